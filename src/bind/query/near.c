/*
** near.c - hits that have a hit of another set near them.
**
** The distance from one hit to another is that of their nearest tokens: 1 is
** the next token, -1 the one before, 0 an overlap. Both sets are sorted by where
** hits begin, and the other one by where they end, too: the nearest hit is found
** by halving, so that a set that is wide or dense costs no more than another.
*/
#include <stdlib.h>
#include <string.h>

#include "bind/query/query.h"

/* meet(a, b, least, most, unit, keep) */
enum { SET_A = 1, SET_B, LEAST, MOST, UNIT, KEEP, PLACES, NAMES, NUMBERS, PAIRS,
       CORPUS, RESULT };

/* The other set. 'ends' are its hits by document and end; 'reach', at each hit,
** the one that ends last of those of its document up to there. */
typedef struct others {
  const hits_object *h;
  uint32_t *ends, *reach;
  uint32_t first, stop;                  /* those of the document at hand */
} others;

/* A hit, and the one near it. */
typedef struct pair {
  hit all;                               /* what both cover */
  uint32_t a, b, order;
} pair;

/* Tokens [from, to) that the nearest one has to reach into. */
typedef struct window {
  uint32_t doc, from, to;
} window;


/* ----------------------------------------------------------------------
** The other set
*/

static int by_end (const void *a, const void *b, void *data) {
  const hit *all = data;
  const hit *x = all + *(const uint32_t *)a, *y = all + *(const uint32_t *)b;
  if (x->doc != y->doc) return x->doc < y->doc ? -1 : 1;
  if (x->to != y->to) return x->to < y->to ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* Its memory is left at PLACES. [-0, +0, m] */
static void open_others (lua_State *L, others *o) {
  const uint32_t n = o->h->count;
  const hit *all = o->h->hits;
  o->ends = lua_newuserdatauv(L, 2 * (size_t)n * sizeof *o->ends + 1, 0);
  o->reach = o->ends + n;
  lua_replace(L, PLACES);
  for (uint32_t i = 0; i < n; i++) {
    o->ends[i] = o->reach[i] = i;
    if (i > 0 && all[i - 1].doc == all[i].doc &&
        all[o->reach[i - 1]].to >= all[i].to)
      o->reach[i] = o->reach[i - 1];
  }
  if (n > 0) qsort_r(o->ends, n, sizeof *o->ends, by_end, o->h->hits);
}

/* Goes on to those of a document. Both arrays have them at the same places. */
static void enter_doc (others *o, uint32_t doc) {
  const uint32_t n = o->h->count;
  for (o->first = o->stop; o->first < n && o->h->hits[o->first].doc < doc;)
    o->first++;
  for (o->stop = o->first; o->stop < n && o->h->hits[o->stop].doc == doc;)
    o->stop++;
}

/* Of those of the document the first that begins at token 'from' or later. */
static uint32_t begins_at (const others *o, int64_t from) {
  uint32_t low = o->first, high = o->stop;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (o->h->hits[middle].from < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* By ends, the first that ends behind token 'to'. */
static uint32_t ends_after (const others *o, int64_t to) {
  uint32_t low = o->first, high = o->stop;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (o->h->hits[o->ends[middle]].to <= to) low = middle + 1;
    else high = middle;
  }
  return low;
}


/* ----------------------------------------------------------------------
** The nearest one
*/

/* The nearest hit behind 'a' with a distance in [least, most]; its distance, or
** 0. */
static int64_t look_ahead (const others *o, const hit *a, const window *w,
                           int64_t least, int64_t most, uint32_t *found) {
  const int64_t last = (int64_t)a->to - 1;
  const uint32_t i = begins_at(o, last + (least > 1 ? least : 1));
  if (i == o->stop) return 0;
  const int64_t from = o->h->hits[i].from;
  if (from > last + most || from >= w->to) return 0;
  *found = i;
  return from - last;
}

static int64_t look_back (const others *o, const hit *a, const window *w,
                          int64_t least, int64_t most, uint32_t *found) {
  const int64_t behind = (int64_t)a->from + 1;  /* + distance = its end */
  const uint32_t i = ends_after(o, behind + (most < -1 ? most : -1));
  if (i == o->first) return 0;
  const int64_t to = o->h->hits[o->ends[i - 1]].to;
  if (to < behind + least || to <= w->from) return 0;
  *found = o->ends[i - 1];
  return to - behind;
}

/* One that shares a token with 'a'. */
static bool overlaps (const others *o, const hit *a, uint32_t *found) {
  const uint32_t i = begins_at(o, a->to);
  if (i == o->first) return false;
  *found = o->reach[i - 1];
  return o->h->hits[*found].to > a->from;
}

/* Of two as near as each other it is the one before. */
static bool nearest (const others *o, const hit *a, const window *w,
                     int64_t least, int64_t most, bool keep, uint32_t *found) {
  uint32_t before = 0, behind = 0;
  if (keep && least <= 0 && most >= 0 && overlaps(o, a, found)) return true;
  const int64_t back = look_back(o, a, w, least, most, &before);
  const int64_t ahead = look_ahead(o, a, w, least, most, &behind);
  if (!back && !ahead) return false;
  *found = back && (!ahead || -back <= ahead) ? before : behind;
  return true;
}

/* The unit that a hit begins in, unless it is the last one's. */
static void enter_unit (const lesdiplo_doc *doc, const hit *a, enum unit unit,
                        window *w) {
  uint32_t first, last;
  if (w->doc == a->doc && a->from >= w->from && a->from < w->to) return;
  w->doc = a->doc;
  w->from = 0;
  w->to = doc->token_count;
  const uint32_t i = ld_sentence_of_token(doc, a->from);
  if (i == UINT32_MAX) return;
  ld_unit_of(doc, i, unit, &first, &last);
  w->from = doc->sentences[first].token;
  w->to = ld_sentence_end(doc, last);
}


/* ----------------------------------------------------------------------
** The new set
*/

static int by_place (const void *a, const void *b) {
  const pair *x = a, *y = b;
  const int order = ld_hits_compare(&x->all, &y->all);
  return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

/* All pairs, into PAIRS. */
static uint32_t find_pairs (lua_State *L, const hits_object *a, others *o,
                            bool keep) {
  const enum unit unit = ld_unit_check(L, UNIT);
  const int64_t least = luaL_checkinteger(L, LEAST);
  const int64_t most = luaL_checkinteger(L, MOST);
  pair *pairs = lua_newuserdatauv(L, a->count * sizeof *pairs + 1, 0);
  window w = { UINT32_MAX, 0, 0 };
  uint32_t count = 0;
  lua_replace(L, PAIRS);
  for (uint32_t i = 0; i < a->count; i++) {
    const hit *one = a->hits + i;
    pair *p = pairs + count;
    if (i == 0 || one->doc != one[-1].doc) enter_doc(o, one->doc);
    enter_unit(lesdiplo_corpus_doc(a->corpus, one->doc), one, unit, &w);
    if (!nearest(o, one, &w, least, most, keep, &p->b)) continue;
    p->all = *one;
    p->a = i;
    p->order = count++;
    if (keep) continue;
    const hit *other = o->h->hits + p->b;
    if (other->from < p->all.from) p->all.from = other->from;
    if (other->to > p->all.to) p->all.to = other->to;
  }
  if (!keep && count > 0) qsort(pairs, count, sizeof *pairs, by_place);
  return count;
}

/* The number of a name among those at NAMES, where it is put. [-0, +0, m] */
static uint32_t add_name (lua_State *L, const char *name) {
  const lua_Integer count = (lua_Integer)lua_rawlen(L, NAMES);
  lua_Integer i = 1;
  for (; i <= count; i++) {
    lua_rawgeti(L, NAMES, i);
    const bool same = strcmp(lua_tostring(L, -1), name) == 0;
    lua_pop(L, 1);
    if (same) return (uint32_t)i;
  }
  lua_pushstring(L, name);
  lua_rawseti(L, NAMES, i);
  return (uint32_t)i;
}

/* Adds a pair with the captures of both; 'names' are the numbers of `a` and
** `b`, or 0. */
static void add_pair (lua_State *L, const hits_object *a, const hits_object *b,
                      const pair *p, const uint32_t *names) {
  const uint32_t *numbers = lua_touserdata(L, NUMBERS);
  const hit *x = a->hits + p->a, *y = b->hits + p->b;
  const hits_object *result = lua_touserdata(L, RESULT);
  hit one = p->all;
  one.captures = result->capture_count;
  if (names[0]) {
    const capture c = { names[0], x->from, x->to, x->of };
    const capture d = { names[1], y->from, y->to, y->of };
    ld_hits_add_capture(L, RESULT, &c);
    ld_hits_add_capture(L, RESULT, &d);
  }
  ld_hits_copy_captures(L, RESULT, a, x, NULL);
  ld_hits_copy_captures(L, RESULT, b, y, numbers);
  one.capture_count = result->capture_count - one.captures;
  ld_hits_add(L, RESULT, &one);
}

/*
** meet(a, b, least, most, unit, keep) -> the hits of a that have one of b at a
** distance from least to most, some of it in the unit that they begin in. With
** 'keep' they stay as they are, and what overlaps is nearest; else
** they grow to cover both, have `a` and `b` as captures, and what overlaps is
** not near.
*/
static int meet (lua_State *L) {
  const hits_object *a = ld_class_check(L, SET_A, LD_BIND_HITS);
  others o = { ld_class_check(L, SET_B, LD_BIND_HITS), NULL, NULL, 0, 0 };
  uint32_t names[2] = { 0, 0 };
  luaL_argcheck(L, o.h->corpus == a->corpus, SET_B, "hits of another corpus");
  const bool keep = lua_toboolean(L, KEEP);
  lua_settop(L, KEEP);
  lua_pushnil(L);
  open_others(L, &o);
  ld_hits_join_names(L);                                  /* names numbers */
  lua_pushnil(L);
  const uint32_t count = find_pairs(L, a, &o, keep);
  const pair *pairs = lua_touserdata(L, PAIRS);
  if (!keep) {
    names[0] = add_name(L, "a");
    names[1] = add_name(L, "b");
  }
  lua_getiuservalue(L, SET_A, HITS_CORPUS);
  ld_hits_new(L, CORPUS, NAMES);
  for (uint32_t i = 0; i < count; i++)
    if (keep || i == 0 || ld_hits_compare(&pairs[i - 1].all, &pairs[i].all))
      add_pair(L, a, o.h, pairs + i, names);
  return 1;
}


/* ----------------------------------------------------------------------
** The method
*/

/* Options of another name are mistakes. */
static void check_options (lua_State *L) {
  static const char *const names[] = { "order", "within" };
  luaL_checktype(L, 4, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, 4)) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    ld_check_name(L, -1, "option", names, 2);
    lua_pop(L, 1);
  }
}

/* Pushes meet's arguments least, most and unit from n at 3 and options at 4. */
static void push_window (lua_State *L) {
  static const char *const orders[] = { "any", "before", "after" };
  lua_Integer n = luaL_optinteger(L, 3, INT32_MAX);
  int order = 0;
  luaL_argcheck(L, n >= 1, 3, "a number of tokens, 1 or more");
  if (n > INT32_MAX) n = INT32_MAX;
  if (!lua_isnoneornil(L, 4)) {
    check_options(L);
    if (lua_getfield(L, 4, "order") != LUA_TNIL)
      order = ld_check_name(L, -1, "order", orders, 3);
    lua_getfield(L, 4, "within");
  }
  else lua_pushnil(L);
  if (lua_isnil(L, -1)) lua_pushliteral(L, "sentence");
  lua_pushinteger(L, order == 1 ? 1 : -n);
  lua_pushinteger(L, order == 2 ? -1 : n);
  lua_pushvalue(L, -3);
}

int ld_hits_near (lua_State *L) {
  ld_class_check(L, 1, LD_BIND_HITS);
  luaL_argexpected(L, ld_bind_class_of(L, 2) == LD_BIND_HITS, 2, "Hits");
  lua_settop(L, 4);
  lua_pushcfunction(L, meet);                             /* at 5 */
  push_window(L);                                /* ... least most unit */
  lua_pushvalue(L, 5);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, -6);
  lua_pushvalue(L, -6);
  lua_pushvalue(L, -6);
  lua_pushboolean(L, 0);
  lua_call(L, 6, 1);
  return 1;
}

void ld_near_open (lua_State *L) {
  lua_pushcfunction(L, meet);
  lua_setfield(L, -2, "meet");
}
