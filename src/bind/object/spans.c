/*
** spans.c - the class Spans: a layer of a document, or a part of it, as a view.
**
** It holds four numbers however long the layer is; a Span is made when one is
** asked for. Words and forms go by as strings, without a Span each.
*/
#include <string.h>

#include "bind/inside.h"

static spans_object *check_spans (lua_State *L) {
  return ld_class_check(L, 1, LD_BIND_SPANS);
}

void ld_push_spans (lua_State *L, int doc, int layer, uint32_t from,
                    uint32_t count) {
  doc = lua_absindex(L, doc);
  spans_object *spans = lua_newuserdatauv(L, sizeof *spans, SPANS_MADE);
  spans->doc = ((const doc_object *)lua_touserdata(L, doc))->doc;
  spans->layer = layer;
  spans->from = from;
  spans->count = count;
  lua_pushvalue(L, doc);
  lua_setiuservalue(L, -2, 1);
  ld_class_set(L, LD_BIND_SPANS);
}

void ld_push_layer (lua_State *L, int doc, int layer) {
  doc = lua_absindex(L, doc);
  const lesdiplo_doc *d = ((const doc_object *)lua_touserdata(L, doc))->doc;
  if (layer < LAYERS) {
    ld_push_spans(L, doc, layer, 0, lesdiplo_doc_count(d, layer));
    return;
  }
  const made *m = ld_layer_made(L, doc, layer);           /* made */
  ld_push_spans(L, doc, layer, 0, m->count);
  lua_insert(L, -2);
  lua_setiuservalue(L, -2, SPANS_MADE);
}

static int spans_len (lua_State *L) {
  const spans_object *spans = check_spans(L);
  lua_pushinteger(L, (lua_Integer)spans->count);
  return 1;
}

void ld_push_spans_at (lua_State *L, int index, uint32_t i) {
  const spans_object *spans = lua_touserdata(L, index);
  lua_getiuservalue(L, index, SPANS_DOC);                 /* doc */
  if (spans->layer < LAYERS) {
    ld_push_span_at(L, -1, spans->layer, spans->from + i);
    lua_remove(L, -2);
    return;
  }
  lua_getiuservalue(L, index, SPANS_MADE);                /* doc made */
  ld_push_made_span(L, -2, -1, spans->layer, spans->from + i);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

static int spans_index (lua_State *L) {
  const spans_object *spans = check_spans(L);
  if (lua_type(L, 2) != LUA_TNUMBER)
    return ld_class_index(L, LD_BIND_SPANS);
  const lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || i > (lua_Integer)spans->count) return 0;
  ld_push_spans_at(L, 1, (uint32_t)(i - 1));
  return 1;
}

static int spans_tostring (lua_State *L) {
  const spans_object *spans = check_spans(L);
  lua_pushfstring(L, "%d %s%s of %s", (int)spans->count,
                  ld_layer_name(L, spans->layer), spans->count == 1 ? "" : "s",
                  lesdiplo_doc_id(spans->doc));
  return 1;
}


/* ----------------------------------------------------------------------
** Iterators
*/

/* The state of an iterator; indices in the view, from 0, half open. */
typedef struct walk {
  uint32_t next, end;
} walk;

enum what { SPANS, WORDS, FORMS };

/* Upvalues of all three: the walk, the Spans. */
static walk *this_walk (lua_State *L) {
  const spans_object *spans = lua_touserdata(L, lua_upvalueindex(2));
  ld_check_open(L, spans->doc->corpus);
  return lua_touserdata(L, lua_upvalueindex(1));
}

static int next_span (lua_State *L) {
  walk *w = this_walk(L);
  if (w->next >= w->end) return 0;
  lua_pushinteger(L, (lua_Integer)w->next + 1);
  ld_push_spans_at(L, lua_upvalueindex(2), w->next++);
  return 2;
}

static int next_token (lua_State *L, bool folded) {
  walk *w = this_walk(L);
  const spans_object *spans = lua_touserdata(L, lua_upvalueindex(2));
  const ld_vocabulary *words = &spans->doc->corpus->vocabulary;
  if (w->next >= w->end) return 0;
  uint32_t id = spans->doc->token_word[spans->from + w->next];
  if (folded) id = ld_word_at(words, id)->folded;
  lua_pushinteger(L, (lua_Integer)++w->next);
  lua_pushlstring(L, ld_word_form(words, id), ld_word_at(words, id)->length);
  return 2;
}

static int next_word (lua_State *L) { return next_token(L, true); }

static int next_form (lua_State *L) { return next_token(L, false); }

/* Pushes an iterator over the Spans on the top, [begin, end). [-1, +1, m] */
static void push_iterator (lua_State *L, enum what what, uint32_t begin,
                           uint32_t end) {
  static const lua_CFunction steps[] = { next_span, next_word, next_form };
  walk *w = lua_newuserdatauv(L, sizeof *w, 0);
  w->next = begin;
  w->end = end;
  lua_insert(L, -2);                                      /* walk spans */
  lua_pushcclosure(L, steps[what], 2);
}

static int iterate (lua_State *L, enum what what) {
  const spans_object *spans = check_spans(L);
  uint32_t begin, end;
  if (what != SPANS && spans->layer != LAYER_TOKEN)
    luaL_error(L, "only tokens have words: a %s has them as "
                  "span:tokens() or span:words()",
               ld_layer_name(L, spans->layer));
  ld_range_check(L, 2, spans->count, &begin, &end);
  lua_settop(L, 1);
  push_iterator(L, what, begin, end);
  return 1;
}

static int spans_each (lua_State *L) { return iterate(L, SPANS); }

static int spans_words (lua_State *L) { return iterate(L, WORDS); }

static int spans_forms (lua_State *L) { return iterate(L, FORMS); }

void ld_push_words (lua_State *L, int doc, uint32_t from, uint32_t count) {
  ld_push_spans(L, doc, LAYER_TOKEN, from, count);
  push_iterator(L, WORDS, 0, count);
}


/* ----------------------------------------------------------------------
** Registration
*/

const ld_bind_entry ld_spans_entries[] = {
  { "spans:each", spans_each,
    "spans:each([first[, last]]) -> iterator of (index, Span)\n"
    "The spans of a view in order; #spans counts them, spans[i] is one.\n"
    "@param first integer?\n"
    "@param last integer?\n"
    "@example for i, s in corpus[1]:sentences():each(1, 3) do print(i, s) end\n"
    "@since 1\n" },
  { "spans:words", spans_words,
    "spans:words([first[, last]]) -> iterator of (index, string)\n"
    "The folded forms of tokens: case and accents gone, as search compares\n"
    "them. No Span is made.\n"
    "@param first integer?\n"
    "@param last integer?\n"
    "@example local n = {}\n"
    "  for _, w in corpus[1]:tokens():words() do n[w] = (n[w] or 0) + 1 end\n"
    "@since 1\n" },
  { "spans:forms", spans_forms,
    "spans:forms([first[, last]]) -> iterator of (index, string)\n"
    "The forms of tokens as they are written.\n"
    "@param first integer?\n"
    "@param last integer?\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

void ld_spans_open_class (lua_State *L) {
  ld_class_new(L, LD_BIND_SPANS, ld_spans_entries, spans_index);
  ld_class_meta(L, "__len", spans_len);
  ld_class_meta(L, "__tostring", spans_tostring);
  lua_pop(L, 1);
}
