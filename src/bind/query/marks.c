/*
** marks.c - what a query asks of layers: where a span begins, and what is inside
** one.
**
** A mark is a bit of a subject's bytes as long as there is room in them; the rest
** are asked by a call during the match. That a span begins somewhere lets LPeg
** look for it among bytes; where it ends is asked then.
*/
#include <string.h>

#include "bind/query/query.h"

/* In the order of false and true. */
static const char *const hows[] = { "begins", "inside" };

uint32_t ld_marks_states (const compiled *c) {
  return ld_kind_table_count(c->table) << c->told;
}

void ld_marks_read (lua_State *L, compiled *c, int index) {
  const lua_Unsigned count = lua_rawlen(L, index);
  if (count > MARKS_MOST)
    luaL_error(L, "the pattern asks for more than %d layers: make one of several, "
                  "lesdiplo.layer{ name = ..., find = q.one + q.other }", MARKS_MOST);
  for (lua_Unsigned i = 1; i <= count; i++) {
    lua_rawgeti(L, index, (lua_Integer)i);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    mark *m = c->marks + c->mark_count++;
    m->inside = ld_check_name(L, -2, "mark", hows, 2);
    m->layer = ld_check_layer(L, -1);
    lua_pop(L, 3);
  }
  while (c->told < c->mark_count &&
         ld_kind_table_count(c->table) << (c->told + 1) <= SUBJECT_KINDS)
    c->told++;
}

void ld_marks_open_doc (lua_State *L, int index, const lesdiplo_doc *doc) {
  compiled *c = lua_touserdata(L, index);
  if (!c->mark_count) return;
  lua_getiuservalue(L, index, COMPILED_MADE);
  lua_getiuservalue(L, index, COMPILED_CORPUS);
  ld_push_doc_at(L, -1, doc->index);              /* made corpus doc */
  for (uint32_t i = 0; i < c->mark_count; i++) {
    c->made[i] = ld_layer_made(L, -1, c->marks[i].layer);
    lua_rawseti(L, -4, (lua_Integer)i + 1);
  }
  lua_pop(L, 3);
}

static uint32_t least (uint32_t a, uint32_t b) { return a < b ? a : b; }

static uint32_t greatest (uint32_t a, uint32_t b) { return a > b ? a : b; }

void ld_marks_add (const compiled *c, unsigned char *subject, uint32_t from,
                   uint32_t to) {
  const uint32_t kinds = ld_kind_table_count(c->table);
  for (uint32_t k = 0; k < c->told; k++) {
    const made *m = c->made[k];
    const unsigned char bit = (unsigned char)(kinds << k);
    uint32_t done = from;                /* tokens before it have their mark */
    for (uint32_t i = ld_made_from(m, from);
         i < m->count && m->spans[i].from < to; i++) {
      const layer_span *s = m->spans + i;
      const bool inside = c->marks[k].inside;
      uint32_t t = greatest(s->from, done);
      const uint32_t end = inside ? least(s->to, to) : s->from + 1;
      for (; t < end; t++)
        subject[t - from] = (unsigned char)(subject[t - from] + bit);
      done = greatest(done, end);
    }
  }
}


/* ----------------------------------------------------------------------
** During a match
*/

/* The greatest end of the spans that begin at the token; 0 where none does. */
static uint32_t mention_end (const made *m, uint32_t token) {
  uint32_t end = 0;
  for (uint32_t i = ld_made_from(m, token);
       i < m->count && m->spans[i].from <= token; i++)
    if (m->spans[i].from == token) end = greatest(end, m->spans[i].to);
  return end;
}

static bool is_inside (const made *m, uint32_t token) {
  const uint32_t i = ld_made_from(m, token);
  return i < m->count && m->spans[i].from <= token;
}

/* Upvalues: the query, the mark's number. A match-time capture: has the token before
** it the mark? */
static int ask_mark (lua_State *L) {
  const compiled *c = lua_touserdata(L, lua_upvalueindex(1));
  const uint32_t number = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
  const uint32_t token = ld_query_token(c, luaL_checkinteger(L, 2) - 1);
  if (token == UINT32_MAX) return 0;
  lua_pushboolean(L, c->marks[number].inside
                     ? is_inside(c->made[number], token)
                     : mention_end(c->made[number], token) > 0);
  return 1;
}

/* Likewise: takes the rest of the longest span that begins at the token, if it is
** all in the unit. */
static int take_mention (lua_State *L) {
  const compiled *c = lua_touserdata(L, lua_upvalueindex(1));
  const uint32_t number = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
  const lua_Integer at = luaL_checkinteger(L, 2) - 1;
  const uint32_t token = ld_query_token(c, at);
  if (token == UINT32_MAX) return 0;
  const uint32_t end = mention_end(c->made[number], token);
  if (end <= token || ld_query_token(c, at + (end - token) - 1) != end - 1) return 0;
  lua_pushinteger(L, at + (end - token));
  return 1;
}

/* The tokens behind those at 'at' that are the same words as [from, to), case
** and accents apart; 0 where they are not. */
static uint32_t same_words (const compiled *c, lua_Integer at, uint32_t from,
                            uint32_t to) {
  const ld_vocabulary *v = &c->corpus->vocabulary;
  const uint32_t *words = c->doc->token_word;
  for (uint32_t i = from; i < to; i++, at++) {
    const uint32_t token = ld_query_token(c, at);
    if (token == UINT32_MAX ||
        ld_word_at(v, words[token])->folded != ld_word_at(v, words[i])->folded)
      return 0;
  }
  return to - from;
}

/* Pushes the field `id` of span i of what was made at 'index', or nil.
** [-0, +1, -] */
static void push_id (lua_State *L, int index, uint32_t i) {
  const made *m = lua_touserdata(L, index);
  if (m->hits || lua_getiuservalue(L, index, 1) != LUA_TTABLE) {
    lua_pushnil(L);
    return;
  }
  if (lua_rawgeti(L, -1, m->spans[i].row) == LUA_TTABLE) {
    lua_getfield(L, -1, "id");
    lua_replace(L, -2);
  } else {
    lua_pop(L, 1);
    lua_pushnil(L);
  }
  lua_replace(L, -2);
}

/* The end of the longest span of the layer at 'index' that begins at 'token' and
** has the id of its span [from, to); 0 where there is none. [-0, +0, -] */
static uint32_t same_entity (lua_State *L, int index, uint32_t token,
                             uint32_t from, uint32_t to) {
  const made *m = lua_touserdata(L, index);
  uint32_t end = 0, one = ld_made_from(m, from);
  while (one < m->count && m->spans[one].from <= from &&
         (m->spans[one].from != from || m->spans[one].to != to))
    one++;
  if (one == m->count || m->spans[one].from != from) return 0;
  push_id(L, index, one);
  for (uint32_t i = ld_made_from(m, token);
       i < m->count && m->spans[i].from <= token; i++) {
    if (m->spans[i].from != token) continue;
    push_id(L, index, i);
    if (!lua_isnil(L, -1) && lua_rawequal(L, -1, -2))
      end = greatest(end, m->spans[i].to);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return end;
}

/*
** Upvalue: the query. A match-time capture behind a token, with the subject bytes
** [begin, end) of a capture: takes the rest of the same entity, where a layer that the query asks for has
** it at both places, or the same words.
*/
static int take_same (lua_State *L) {
  const compiled *c = lua_touserdata(L, lua_upvalueindex(1));
  const lua_Integer at = luaL_checkinteger(L, 2) - 1;
  const lua_Integer begin = luaL_checkinteger(L, 3);
  const lua_Integer end = luaL_checkinteger(L, 4);
  const uint32_t token = ld_query_token(c, at), from = ld_query_token(c, begin);
  if (token == UINT32_MAX || from == UINT32_MAX || end <= begin) return 0;
  const uint32_t to = from + (uint32_t)(end - begin);
  uint32_t taken = same_words(c, at, from, to);
  lua_getiuservalue(L, lua_upvalueindex(1), COMPILED_MADE);
  for (uint32_t i = 0; !taken && i < c->mark_count; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    const uint32_t stop = same_entity(L, lua_gettop(L), token, from, to);
    if (stop > token && ld_query_token(c, at + (stop - token) - 1) == stop - 1)
      taken = stop - token;
    lua_pop(L, 1);
  }
  if (!taken) return 0;
  lua_pushinteger(L, at + taken);
  return 1;
}

/* same(compiled): that function. */
static int same (lua_State *L) {
  ld_compiled_check(L, 1);
  lua_settop(L, 1);
  lua_pushcclosure(L, take_same, 1);
  return 1;
}

/* A function with the query at 1 and the number, from 1, at 2. */
static int with_number (lua_State *L, lua_CFunction function) {
  const compiled *c = ld_compiled_check(L, 1);
  const lua_Integer number = luaL_checkinteger(L, 2);
  luaL_argcheck(L, number >= 1 && number <= (lua_Integer)c->mark_count, 2,
                "a mark's number");
  lua_pushvalue(L, 1);
  lua_pushinteger(L, number - 1);
  lua_pushcclosure(L, function, 2);
  return 1;
}

/* marker(compiled, number), mention(compiled, number): those functions. */
static int marker (lua_State *L) { return with_number(L, ask_mark); }

static int mention (lua_State *L) { return with_number(L, take_mention); }

void ld_marks_open (lua_State *L) {
  lua_pushcfunction(L, marker);
  lua_setfield(L, -2, "marker");
  lua_pushcfunction(L, mention);
  lua_setfield(L, -2, "mention");
  lua_pushcfunction(L, same);
  lua_setfield(L, -2, "same");
}
