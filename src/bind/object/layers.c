/*
** layers.c - layers that a script adds: what they are called, and their spans,
** made a document at a time when they are first asked for.
**
** A definition is a table, {name =, number =, make =, fields =}; make(doc) gives
** either Hits, or an array of positions (first, last, first, last ...) and a
** table of the spans' fields by their number. What was made is kept with the Doc
** until the layer is defined anew.
*/
#include <stdlib.h>
#include <string.h>

#include "bind/query/query.h"

/* The user values of what was made. */
enum { MADE_FIELDS = 1, MADE_DEFINITION };

/* Stands for spans that are being made. */
static const char making;


/* ----------------------------------------------------------------------
** Definitions
*/

/* Pushes the table of definitions, from 1. [-0, +1, -] */
static void push_definitions (lua_State *L) {
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LAYERS);
  lua_remove(L, -2);
}

/* Pushes that of a layer of a script. [-0, +1, -] */
static void push_definition (lua_State *L, int layer) {
  push_definitions(L);
  lua_rawgeti(L, -1, layer - LAYERS + 1);
  lua_remove(L, -2);
}

const char *ld_layer_name (lua_State *L, int layer) {
  if (layer < LAYERS) return ld_layer_names[layer];
  push_definition(L, layer);
  lua_getfield(L, -1, "name");
  const char *name = lua_tostring(L, -1);     /* the definition stays */
  lua_pop(L, 2);
  return name;
}

/* The number of a layer, or -1; what is nearest to its name goes to 'near'. */
static int find_layer (lua_State *L, const char *name, ld_near *near) {
  for (int i = 0; i < LAYERS; i++) {
    if (strcmp(ld_layer_names[i], name) == 0) return i;
    if (near) ld_near_try(near, ld_layer_names[i]);
  }
  push_definitions(L);
  int found = -1;
  for (int i = LAYERS;
       found < 0 && lua_rawgeti(L, -1, i - LAYERS + 1) == LUA_TTABLE; i++) {
    lua_getfield(L, -1, "name");
    const char *other = lua_tostring(L, -1);
    if (strcmp(other, name) == 0) found = i;
    else if (near) ld_near_try(near, other);
    lua_pop(L, 2);
  }
  lua_pop(L, found < 0 ? 2 : 1);
  return found;
}

int ld_check_layer (lua_State *L, int index) {
  const char *name = luaL_checkstring(L, index);
  const int layer = find_layer(L, name, NULL);
  if (layer >= 0) return layer;
  ld_near near = LD_NEAR_INIT(name);
  char hint[96];
  find_layer(L, name, &near);
  lua_pushfstring(L, "no layer '%s'%s", name,
                  near.best ? ld_near_text(&near, hint, sizeof hint)
                            : "; lesdiplo.layer{name = ...} defines one");
  return index < 0 ? lua_error(L) : luaL_argerror(L, index, lua_tostring(L, -1));
}

/* known(name): is there such a layer? */
static int known (lua_State *L) {
  lua_pushboolean(L, find_layer(L, luaL_checkstring(L, 1), NULL) >= 0);
  return 1;
}

/* names() -> array of the names of all layers. */
static int names (lua_State *L) {
  lua_createtable(L, LAYERS, 0);
  for (int i = 0; i < LAYERS; i++) {
    lua_pushstring(L, ld_layer_names[i]);
    lua_rawseti(L, -2, i + 1);
  }
  push_definitions(L);                            /* names definitions */
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TTABLE; i++) {
    lua_getfield(L, -1, "name");
    lua_rawseti(L, -4, LAYERS + i);
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return 1;
}

/* define{name =, make =, fields =}: adds a layer, or defines it anew. */
static int define (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "name");
  int layer = find_layer(L, luaL_checkstring(L, 2), NULL);
  bool ours = layer >= 0 && layer < LAYERS;
  if (layer >= LAYERS) {
    push_definition(L, layer);
    lua_getfield(L, -1, "ours");
    ours = lua_toboolean(L, -1);
    lua_pop(L, 2);
  }
  if (ours)
    return luaL_error(L, "the layer '%s' cannot be defined anew: choose another "
                         "name", lua_tostring(L, 2));
  push_definitions(L);                            /* definition name all */
  if (layer < 0) layer = LAYERS + (int)lua_rawlen(L, -1);
  lua_pushinteger(L, layer);
  lua_setfield(L, 1, "number");
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, layer - LAYERS + 1);
  return 0;
}


/* ----------------------------------------------------------------------
** Making
*/

static int by_place (const void *a, const void *b) {
  const layer_span *x = a, *y = b;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  if (x->end != y->end) return x->end < y->end ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* Pushes room for so many spans. [-0, +1, m] */
static made *push_room (lua_State *L, uint32_t count) {
  made *m = lua_newuserdatauv(L, sizeof *m + count * sizeof *m->spans,
                              MADE_DEFINITION);
  m->count = count;
  m->hits = false;
  return m;
}

/* Sorts the spans, and finds their tokens: those of which they hold a byte. */
static void finish (made *m, const lesdiplo_doc *doc) {
  uint32_t reach = 0;
  qsort(m->spans, m->count, sizeof *m->spans, by_place);
  for (uint32_t i = 0; i < m->count; i++) {
    layer_span *s = m->spans + i;
    s->from = ld_token_from(doc, s->begin);
    if (s->from > 0 && ld_token_end(doc, s->from - 1) > s->begin) s->from--;
    s->to = ld_token_from(doc, s->end);
    if (s->to > reach) reach = s->to;
    s->reach = reach;
  }
}

/* From the array of positions and the table of fields on the top; all of it is
** a script's. [-2, +1, e] */
static void take_positions (lua_State *L, const lesdiplo_doc *doc) {
  const int at = lua_gettop(L) - 1;
  const uint32_t count = (uint32_t)(lua_rawlen(L, at) / 2);
  made *m = push_room(L, count);
  for (uint32_t i = 0; i < count; i++) {
    lua_rawgeti(L, at, 2 * (lua_Integer)i + 1);
    lua_rawgeti(L, at, 2 * (lua_Integer)i + 2);
    const lua_Integer first = lua_tointeger(L, -2), last = lua_tointeger(L, -1);
    if (first < 1 || last < first || last > (lua_Integer)doc->text_length)
      luaL_error(L, "the text of %s has no positions %I to %I",
                 lesdiplo_doc_id(doc), first, last);
    m->spans[i] = (layer_span){ .begin = (uint32_t)first - 1,
                                .end = (uint32_t)last, .row = i + 1 };
    lua_pop(L, 2);
  }
  finish(m, doc);
  lua_pushvalue(L, at + 1);
  lua_setiuservalue(L, -2, MADE_FIELDS);
  lua_replace(L, at);
  lua_settop(L, at);
}

/* From the Hits on the top: those of the document. [-1, +1, m] */
static void take_hits (lua_State *L, const lesdiplo_doc *doc) {
  const hits_object *h = lua_touserdata(L, -1);
  uint32_t first = 0, end;
  if (h->corpus != doc->corpus) first = h->count;
  for (uint32_t high = h->count; first < high;) {
    const uint32_t middle = first + (high - first) / 2;
    if (h->hits[middle].doc < doc->index) first = middle + 1;
    else high = middle;
  }
  for (end = first; end < h->count && h->hits[end].doc == doc->index;) end++;
  made *m = push_room(L, end - first);
  m->hits = true;
  for (uint32_t i = 0; i < m->count; i++) {
    const hit *one = h->hits + first + i;
    m->spans[i] = (layer_span){ .begin = doc->token_begin[one->from],
                                .end = ld_token_end(doc, one->to - 1),
                                .row = first + i };
  }
  finish(m, doc);
  lua_insert(L, -2);
  lua_setiuservalue(L, -2, MADE_FIELDS);
}

/* Pushes the spans of blocks or sentences. [-0, +1, m] */
static void take_built_in (lua_State *L, const lesdiplo_doc *doc, int layer) {
  const uint32_t count = lesdiplo_doc_count(doc, layer);
  made *m = push_room(L, count);
  for (uint32_t i = 0; i < count; i++)
    m->spans[i] = layer == LAYER_BLOCK
        ? (layer_span){ .begin = doc->blocks[i].begin,
                        .end = doc->blocks[i].end, .row = i }
        : (layer_span){ .begin = doc->sentences[i].begin,
                        .end = doc->sentences[i].end, .row = i };
  finish(m, doc);
}

/* Calls make of the definition on the top with the Doc at 'doc', and makes the
** spans of what it gives. [-0, +1, e] */
static void run_make (lua_State *L, int doc, const lesdiplo_doc *d) {
  const int base = lua_gettop(L);
  lua_getfield(L, base, "make");
  lua_pushvalue(L, doc);
  lua_call(L, 1, 2);
  if (ld_bind_class_of(L, base + 1) == LD_BIND_HITS) {
    lua_settop(L, base + 1);
    take_hits(L, d);
  } else {
    luaL_checktype(L, base + 1, LUA_TTABLE);
    luaL_checktype(L, base + 2, LUA_TTABLE);
    take_positions(L, d);
  }
}

/* Is what lies at 'index' made by the definition at 'definition'? */
static bool is_current (lua_State *L, int index, int definition) {
  if (lua_type(L, index) != LUA_TUSERDATA) return false;
  lua_getiuservalue(L, index, MADE_DEFINITION);
  const bool same = lua_rawequal(L, -1, definition);
  lua_pop(L, 1);
  return same;
}

/* Takes away the mark that spans are being made, and hands the error on. */
static void fail (lua_State *L, int kept, int layer) {
  lua_pushnil(L);
  lua_rawseti(L, kept, layer);
  lua_error(L);
}

/* Pushes the spans of a document that is left out: none. [-0, +1, m] */
static void push_no_spans (lua_State *L) {
  push_room(L, 0);
  lua_newtable(L);
  lua_setiuservalue(L, -2, MADE_FIELDS);
}

/* run_make, to be called with the Doc and the definition. */
static int protected_make (lua_State *L) {
  const lesdiplo_doc *d = ((const doc_object *)lua_touserdata(L, 1))->doc;
  binding *b = ld_binding_of(L);
  const lesdiplo_doc *before = b->reading;
  if (ld_reading_enter(b, d)) run_make(L, 1, d);
  else push_no_spans(L);
  ld_reading_set(b, before);
  return 1;
}

const made *ld_layer_made (lua_State *L, int doc, int layer) {
  doc = lua_absindex(L, doc);
  const lesdiplo_doc *d = ((const doc_object *)lua_touserdata(L, doc))->doc;
  const int base = lua_gettop(L);
  luaL_checkstack(L, 12, "too many layers ask for one another");
  if (lua_getiuservalue(L, doc, DOC_LAYERS) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, doc, DOC_LAYERS);
  }
  const int kept = base + 1, definition = base + 2;
  if (layer < LAYERS) lua_pushboolean(L, 0);
  else push_definition(L, layer);
  lua_rawgeti(L, kept, layer);                    /* kept definition made */
  if (lua_touserdata(L, -1) == &making)
    luaL_error(L, "the layer '%s' asks for itself while it is made",
               ld_layer_name(L, layer));
  if (!is_current(L, -1, definition)) {
    lua_pop(L, 1);
    if (layer < LAYERS) {
      take_built_in(L, d, layer);
    } else {
      lua_pushlightuserdata(L, (void *)(uintptr_t)&making);
      lua_rawseti(L, kept, layer);
      lua_pushcfunction(L, protected_make);
      lua_pushvalue(L, doc);
      lua_pushvalue(L, definition);
      if (lua_pcall(L, 2, 1, 0) != LUA_OK) fail(L, kept, layer);
    }
    lua_pushvalue(L, definition);
    lua_setiuservalue(L, -2, MADE_DEFINITION);
    lua_pushvalue(L, -1);
    lua_rawseti(L, kept, layer);
  }
  lua_replace(L, kept);
  lua_settop(L, kept);
  return lua_touserdata(L, -1);
}

uint32_t ld_made_from (const made *m, uint32_t token) {
  uint32_t low = 0, high = m->count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (m->spans[middle].reach <= token) low = middle + 1;
    else high = middle;
  }
  return low;
}


/* ----------------------------------------------------------------------
** Spans
*/

void ld_push_made_span (lua_State *L, int doc, int made_index, int layer,
                        uint32_t i) {
  doc = lua_absindex(L, doc);
  made_index = lua_absindex(L, made_index);
  const made *m = lua_touserdata(L, made_index);
  ld_push_span(L, doc, m->spans[i].begin, m->spans[i].end, layer, i);
  if (layer < LAYERS) return;
  span_object *span = lua_touserdata(L, -1);
  span->row = m->spans[i].row;
  lua_getiuservalue(L, made_index, MADE_FIELDS);
  if (!m->hits) {
    lua_rawgeti(L, -1, span->row);
    lua_replace(L, -2);
  }
  lua_setiuservalue(L, -2, SPAN_FIELDS);
}

/* Stores stretch i, from 0, in the array of positions at 'index'. [-0, +0, m] */
static void put_stretch (lua_State *L, int index, uint32_t i, uint32_t begin,
                         uint32_t end) {
  lua_pushinteger(L, (lua_Integer)begin + 1);
  lua_rawseti(L, index, 2 * (lua_Integer)i + 1);
  lua_pushinteger(L, end);
  lua_rawseti(L, index, 2 * (lua_Integer)i + 2);
}

/* The arrays of positions and rows, of so many. [-0, +2, m] */
static void push_stretches (lua_State *L, uint32_t count, uint32_t rows) {
  lua_createtable(L, (int)count * 2, 0);
  lua_createtable(L, (int)rows, 0);
}

/* room(count) -> positions, rows: empty, with room for so many. */
static int room (lua_State *L) {
  const lua_Integer count = luaL_checkinteger(L, 1);
  luaL_argcheck(L, count >= 0 && count < INT32_MAX / 2, 1, "no such count");
  push_stretches(L, (uint32_t)count, (uint32_t)count);
  return 2;
}

/* Of blocks and sentences, in the order of the document. [-0, +2, m] */
static void built_in_stretches (lua_State *L, const lesdiplo_doc *doc, int layer) {
  const uint32_t count = lesdiplo_doc_count(doc, layer);
  push_stretches(L, count, layer == LAYER_BLOCK ? count : 0);
  const int positions = lua_gettop(L) - 1;
  for (uint32_t i = 0; i < count; i++) {
    if (layer == LAYER_SENTENCE) {
      put_stretch(L, positions, i, doc->sentences[i].begin, doc->sentences[i].end);
      continue;
    }
    put_stretch(L, positions, i, doc->blocks[i].begin, doc->blocks[i].end);
    lua_pushstring(L, lesdiplo_doc_span_field(doc, layer, i, "kind", NULL));
    lua_rawseti(L, positions + 1, (lua_Integer)i + 1);
  }
}

/* Stores a number in the array at 'index'. [-0, +0, m] */
static void put_number (lua_State *L, int index, uint32_t i, lua_Integer n) {
  lua_pushinteger(L, n);
  lua_rawseti(L, index, (lua_Integer)i + 1);
}

/* sentences(doc) -> firsts, lasts: where its sentences begin and end. */
static int sentences (lua_State *L) {
  const doc_object *object = ld_class_check(L, 1, LD_BIND_DOC);
  const lesdiplo_doc *doc = object->doc;
  const uint32_t count = lesdiplo_doc_count(doc, LAYER_SENTENCE);
  lua_settop(L, 1);
  lua_createtable(L, (int)count, 0);
  lua_createtable(L, (int)count, 0);
  for (uint32_t i = 0; i < count; i++) {
    put_number(L, 2, i, (lua_Integer)doc->sentences[i].begin + 1);
    put_number(L, 3, i, doc->sentences[i].end);
  }
  return 2;
}

/* stretches(doc, layer) -> positions, rows: where the spans of a layer that our Lua
** makes stand, as first, last, first, last ..., and their fields; sorted. They are
** not the caller's to change. Of blocks the rows are their kinds, of sentences there
** are none; of tokens this would be a table a token. */
static int stretches (lua_State *L) {
  const doc_object *doc = ld_class_check(L, 1, LD_BIND_DOC);
  const int layer = ld_check_layer(L, 2);
  lua_settop(L, 2);
  luaL_argcheck(L, layer != LAYER_TOKEN, 2, "another layer than that of tokens");
  if (layer < LAYERS) {
    built_in_stretches(L, doc->doc, layer);
    return 2;
  }
  const made *m = ld_layer_made(L, 1, layer);             /* at 3 */
  luaL_argcheck(L, !m->hits, 2, "a layer with a table of fields");
  lua_getiuservalue(L, 3, MADE_FIELDS);                   /* at 4 */
  push_stretches(L, m->count, m->count);
  for (uint32_t i = 0; i < m->count; i++) {
    put_stretch(L, 5, i, m->spans[i].begin, m->spans[i].end);
    lua_rawgeti(L, 4, m->spans[i].row);
    lua_rawseti(L, 6, (lua_Integer)i + 1);
  }
  return 2;
}

/* Pushes the fields of a layer's spans as an array, or nil where any may be.
** [-0, +1, -] */
void ld_push_layer_fields (lua_State *L, int layer) {
  push_definition(L, layer);
  lua_getfield(L, -1, "fields");
  lua_replace(L, -2);
}

/* define_hits(name, hits): the layer that consists of these. */
static int give_hits (lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  return 1;
}

static int define_hits (lua_State *L) {
  luaL_checkstring(L, 1);
  ld_class_check(L, 2, LD_BIND_HITS);
  lua_createtable(L, 0, 4);
  lua_pushvalue(L, 1);
  lua_setfield(L, -2, "name");
  lua_getiuservalue(L, 2, HITS_NAMES);
  lua_setfield(L, -2, "fields");
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, give_hits, 1);
  lua_setfield(L, -2, "make");
  lua_pushcfunction(L, define);
  lua_insert(L, -2);
  lua_call(L, 1, 0);
  return 0;
}

void ld_layers_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "define", define }, { "define_hits", define_hits }, { "known", known },
    { "names", names }, { "stretches", stretches }, { "sentences", sentences },
    { "room", room }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
}
