/*
** hits.c - the class Hits: what a token pattern found, as a set of tokens'
** numbers. A Span is made when one is asked for.
*/
#include <string.h>

#include "bind/query/query.h"

static hits_object *check_hits (lua_State *L) {
  return ld_class_check(L, 1, LD_BIND_HITS);
}

hits_object *ld_hits_new (lua_State *L, int corpus, int names) {
  corpus = lua_absindex(L, corpus);
  names = lua_absindex(L, names);
  hits_object *h = lua_newuserdatauv(L, sizeof *h, HITS_CAPTURES);
  memset(h, 0, sizeof *h);
  h->corpus = ld_bind_to_corpus(L, corpus);
  lua_pushvalue(L, corpus);
  lua_setiuservalue(L, -2, HITS_CORPUS);
  lua_pushvalue(L, names);
  lua_setiuservalue(L, -2, HITS_NAMES);
  ld_class_set(L, LD_BIND_HITS);
  return h;
}

/* Room for one more item in an array that lies in a user value: it doubles.
** [-0, +0, m] */
static void *grow (lua_State *L, int index, int user, const void *items,
                   size_t used, size_t item) {
  lua_getiuservalue(L, index, user);
  const size_t size = lua_isnil(L, -1) ? 0 : lua_rawlen(L, -1);
  void *data = lua_touserdata(L, -1);
  lua_pop(L, 1);
  if (used + item <= size) return data;
  data = lua_newuserdatauv(L, size ? size * 2 : 16 * item, 0);
  if (used) memcpy(data, items, used);
  lua_setiuservalue(L, index, user);
  return data;
}

void ld_hits_add (lua_State *L, int index, const hit *one) {
  hits_object *h = lua_touserdata(L, index);
  h->hits = grow(L, index, HITS_HITS, h->hits, h->count * sizeof *one,
                 sizeof *one);
  h->hits[h->count++] = *one;
}

void ld_hits_add_capture (lua_State *L, int index, const capture *one) {
  hits_object *h = lua_touserdata(L, index);
  h->captures = grow(L, index, HITS_CAPTURES, h->captures,
                     h->capture_count * sizeof *one, sizeof *one);
  h->captures[h->capture_count++] = *one;
}


/* ----------------------------------------------------------------------
** Spans
*/

bool ld_push_layer_tokens (lua_State *L, int layer, uint32_t from,
                           uint32_t to) {
  const int doc = lua_gettop(L);
  const made *m = ld_layer_made(L, doc, layer);
  uint32_t i = ld_made_from(m, from);
  while (i < m->count && m->spans[i].from <= from &&
         (m->spans[i].from != from || m->spans[i].to != to))
    i++;
  const bool found = i < m->count && m->spans[i].from == from;
  if (found) ld_push_made_span(L, doc, -1, layer, i);
  lua_remove(L, doc + 1);
  return found;
}

/* Pushes tokens [from, to) of a document as a Span: of a layer, or of none.
** [-0, +1, e] */
static void push_tokens (lua_State *L, int index, uint32_t doc,
                         const capture *c) {
  const hits_object *h = lua_touserdata(L, index);
  const lesdiplo_doc *d = lesdiplo_corpus_doc(h->corpus, doc);
  lua_getiuservalue(L, index, HITS_CORPUS);
  ld_push_doc_at(L, -1, doc);                             /* corpus doc */
  if (!c->of || !ld_push_layer_tokens(L, (int)c->of - 1, c->from, c->to))
    ld_push_span(L, -1, d->token_begin[c->from], ld_token_end(d, c->to - 1),
                 NO_LAYER, 0);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

/* Pushes hit i of the Hits at an absolute index. [-0, +1, m] */
static void push_hit (lua_State *L, int index, uint32_t i) {
  const hits_object *h = lua_touserdata(L, index);
  const hit *one = h->hits + i;
  const lesdiplo_doc *d = lesdiplo_corpus_doc(h->corpus, one->doc);
  span_object *span = lua_newuserdatauv(L, sizeof *span, SPAN_FIELDS);
  span->doc = d;
  span->begin = d->token_begin[one->from];
  span->end = ld_token_end(d, one->to - 1);
  span->layer = A_HIT;
  span->index = span->row = i;
  lua_getiuservalue(L, index, HITS_CORPUS);
  ld_push_doc_at(L, -1, one->doc);                        /* span corpus doc */
  lua_setiuservalue(L, -3, SPAN_DOC);
  lua_pop(L, 1);
  lua_pushvalue(L, index);
  lua_setiuservalue(L, -2, SPAN_FIELDS);
  ld_class_set(L, LD_BIND_SPAN);
}

/* The number of the name at 'name' among those of the Hits, or 0. */
static uint32_t name_of (lua_State *L, int hits, int name) {
  uint32_t number = 0;
  lua_getiuservalue(L, hits, HITS_NAMES);                 /* names */
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL && !number; i++) {
    if (lua_rawequal(L, -1, name)) number = (uint32_t)i;
    lua_pop(L, 1);
  }
  lua_pop(L, number ? 1 : 2);
  return number;
}

/* The field, its name at 2, of the layer's span that a hit of the Hits at 3 is: -1
** where it has no field of that name. [-0, +1, e] */
static int field_of_span (lua_State *L, const hit *one) {
  const capture whole = { 0, one->from, one->to, one->of };
  push_tokens(L, 3, one->doc, &whole);
  if (((const span_object *)lua_touserdata(L, -1))->layer == NO_LAYER) return -1;
  lua_pushvalue(L, 2);
  lua_gettable(L, -2);
  return 1;
}

int ld_hit_capture (lua_State *L) {
  const span_object *span = lua_touserdata(L, 1);
  lua_settop(L, 2);
  lua_getiuservalue(L, 1, SPAN_FIELDS);                   /* span name hits */
  const hits_object *h = lua_touserdata(L, 3);
  const hit *one = h->hits + span->row;
  const uint32_t name = name_of(L, 3, 2);
  if (!name) return one->of ? field_of_span(L, one) : -1;
  for (uint32_t i = 0; i < one->capture_count; i++) {
    const capture *c = h->captures + one->captures + i;
    if (c->name != name) continue;
    push_tokens(L, 3, one->doc, c);
    return 1;
  }
  return 0;
}


/* ----------------------------------------------------------------------
** The class
*/

static int hits_len (lua_State *L) {
  lua_pushinteger(L, check_hits(L)->count);
  return 1;
}

static int hits_index (lua_State *L) {
  const hits_object *h = check_hits(L);
  if (lua_type(L, 2) != LUA_TNUMBER) return ld_class_index(L, LD_BIND_HITS);
  const lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || i > (lua_Integer)h->count) return 0;
  push_hit(L, 1, (uint32_t)(i - 1));
  return 1;
}

/* `for hit in hits do`: the hit after the one at 3. */
static int hits_call (lua_State *L) {
  const hits_object *h = check_hits(L);
  uint32_t next = 0;
  if (ld_bind_class_of(L, 3) == LD_BIND_SPAN)
    next = ((const span_object *)lua_touserdata(L, 3))->index + 1;
  if (next >= h->count) return 0;
  push_hit(L, 1, next);
  return 1;
}

static int next_hit (lua_State *L) {
  const lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 0 || i >= (lua_Integer)check_hits(L)->count) return 0;
  lua_pushinteger(L, i + 1);
  push_hit(L, 1, (uint32_t)i);
  return 2;
}

int ld_hits_each (lua_State *L) {
  check_hits(L);
  lua_pushcfunction(L, next_hit);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

static int hits_tostring (lua_State *L) {
  const hits_object *h = check_hits(L);
  lua_pushfstring(L, "%d %s", (int)h->count, h->count == 1 ? "hit" : "hits");
  return 1;
}

void ld_hits_open_class (lua_State *L) {
  ld_class_new(L, LD_BIND_HITS, ld_hits_entries, hits_index);
  ld_class_meta(L, "__len", hits_len);
  ld_class_meta(L, "__call", hits_call);
  ld_class_meta(L, "__tostring", hits_tostring);
  lua_pop(L, 1);
}
