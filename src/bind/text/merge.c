/*
** merge.c - several lists of stretches of a text as one.
**
** Layers are sorted each by itself; who reads a text from its beginning to its end
** wants all of them in one order. What is made are lists of numbers, so that a
** stretch costs nothing until somebody asks for it.
*/
#include "bind/inside.h"

enum { LISTS = 8 };

/* One of the lists: its stretches in the order of their numbers, which is by where
** they begin, shorter ones first; those that begin together are taken from the last. */
typedef struct source {
  int positions, numbers;       /* places of its tables on the stack; nil: every number */
  lua_Integer count;
  lua_Integer from, to;         /* those that begin together: from..to - 1 are not taken */
  lua_Integer behind;           /* the first that begins behind them */
  lua_Integer number, first, last;      /* of the next one */
  bool done;
} source;

static lua_Integer integer_at (lua_State *L, int table, lua_Integer i) {
  lua_rawgeti(L, table, i);
  const lua_Integer n = lua_tointeger(L, -1);
  lua_pop(L, 1);
  return n;
}

static lua_Integer number_at (lua_State *L, const source *s, lua_Integer i) {
  return lua_isnil(L, s->numbers) ? i : integer_at(L, s->numbers, i);
}

static lua_Integer first_at (lua_State *L, const source *s, lua_Integer i) {
  return integer_at(L, s->positions, 2 * number_at(L, s, i) - 1);
}

/* Takes the next stretch of a source, if there is one. */
static void take (lua_State *L, source *s) {
  if (s->from == s->to) {
    s->done = s->behind > s->count;
    if (s->done) return;
    s->from = s->behind;
    s->first = first_at(L, s, s->from);
    while (++s->behind <= s->count && first_at(L, s, s->behind) == s->first) continue;
    s->to = s->behind;
  }
  s->number = number_at(L, s, --s->to);
  s->last = integer_at(L, s->positions, 2 * s->number);
}

/* Does the next stretch of a come before that of b: it begins first or, where both
** begin together, is longer? Of equal ones that of the earlier list does. */
static bool comes_before (const source *a, const source *b) {
  if (a->done || b->done) return b->done;
  return a->first != b->first ? a->first < b->first : a->last >= b->last;
}

static void put (lua_State *L, int table, lua_Integer i, lua_Integer value) {
  lua_pushinteger(L, value);
  lua_rawseti(L, table, i);
}

/*
** merged(lists) -> firsts, which, numbers: of each list, a table of the positions of its
** stretches (first, last, first, last ...), sorted, and of the numbers of those that are
** wanted if not all are, what begins where, of which list it is, and its number there; in
** the order of the text, longer ones first.
*/
static int merged (lua_State *L) {
  source sources[LISTS];
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  const int lists = (int)lua_rawlen(L, 1);
  luaL_argcheck(L, lists <= LISTS, 1, "fewer lists");
  luaL_checkstack(L, 3 * LISTS + 8, "lists");
  for (int k = 0; k < lists; k++) {
    lua_rawgeti(L, 1, k + 1);
    luaL_argcheck(L, lua_istable(L, -1), 1, "a list is a table");
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    const int positions = lua_gettop(L) - 1;
    luaL_argcheck(L, lua_istable(L, positions) &&
                  (lua_isnil(L, positions + 1) || lua_istable(L, positions + 1)), 1,
                  "a list has positions, and may have numbers");
    const lua_Unsigned count = lua_isnil(L, positions + 1) ? lua_rawlen(L, positions) / 2
                                                           : lua_rawlen(L, positions + 1);
    sources[k] = (source){ .positions = positions, .numbers = positions + 1,
                           .count = (lua_Integer)count, .from = 1, .to = 1, .behind = 1 };
    take(L, sources + k);
  }
  int count = 0;
  for (int k = 0; k < lists; k++) count += (int)sources[k].count;
  for (int i = 0; i < 3; i++) lua_createtable(L, count, 0);
  const int firsts = lua_gettop(L) - 2;
  for (lua_Integer n = 1; lists > 0; n++) {
    int best = 0;
    for (int k = 1; k < lists; k++)
      if (!comes_before(sources + best, sources + k)) best = k;
    source *s = sources + best;
    if (s->done) break;
    put(L, firsts, n, s->first);
    put(L, firsts + 1, n, best + 1);
    put(L, firsts + 2, n, s->number);
    take(L, s);
  }
  return 3;
}

/* at_or_behind(numbers, at) -> index: of growing numbers the first that is `at` or more, one
** behind the last where none is. */
static int at_or_behind (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  const lua_Integer at = luaL_checkinteger(L, 2);
  lua_Integer low = 1, high = (lua_Integer)lua_rawlen(L, 1) + 1;
  while (low < high) {
    const lua_Integer middle = low + (high - low) / 2;
    if (integer_at(L, 1, middle) < at) low = middle + 1;
    else high = middle;
  }
  lua_pushinteger(L, low);
  return 1;
}

void ld_merge_open (lua_State *L) {
  lua_pushcfunction(L, merged);
  lua_setfield(L, -2, "merged");
  lua_pushcfunction(L, at_or_behind);
  lua_setfield(L, -2, "at_or_behind");
}
