/*
** span.c - the class Span: a stretch of a document's text, and what can be
** asked about it.
*/
#include <string.h>

#include "bind/inside.h"

static span_object *check_span (lua_State *L) {
  return ld_class_check(L, 1, LD_BIND_SPAN);
}

/* Inside __index, where the class is certain. */
static const span_object *this_span (lua_State *L) {
  const span_object *span = lua_touserdata(L, 1);
  ld_check_open(L, span->doc->corpus);
  return span;
}

void ld_push_span (lua_State *L, int doc, uint32_t begin, uint32_t end,
                   int layer, uint32_t index) {
  doc = lua_absindex(L, doc);
  span_object *span = lua_newuserdatauv(L, sizeof *span, layer < LAYERS
                                                             ? SPAN_DOC
                                                             : SPAN_FIELDS);
  span->doc = ((const doc_object *)lua_touserdata(L, doc))->doc;
  span->begin = begin;
  span->end = end;
  span->layer = layer;
  span->index = index;
  span->row = 0;
  lua_pushvalue(L, doc);
  lua_setiuservalue(L, -2, 1);
  ld_class_set(L, LD_BIND_SPAN);
}

void ld_push_span_at (lua_State *L, int doc, int layer, uint32_t index) {
  const lesdiplo_doc *d = ((const doc_object *)lua_touserdata(L, doc))->doc;
  uint32_t begin, end;
  switch (layer) {
    case LAYER_BLOCK:
      begin = d->blocks[index].begin;
      end = d->blocks[index].end;
      break;
    case LAYER_SENTENCE:
      begin = d->sentences[index].begin;
      end = d->sentences[index].end;
      break;
    default:
      begin = d->token_begin[index];
      end = ld_token_end(d, index);
      break;
  }
  ld_push_span(L, doc, begin, end, layer, index);
}

void ld_bind_push_span (lua_State *L, const lesdiplo_doc *doc,
                        uint32_t begin, uint32_t end) {
  ld_bind_push_doc(L, doc);                               /* doc */
  ld_push_span(L, -1, begin, end, NO_LAYER, 0);
  lua_remove(L, -2);
}

int ld_bind_to_span (lua_State *L, int index, lesdiplo_span *out) {
  if (ld_bind_class_of(L, index) != LD_BIND_SPAN) return 0;
  const span_object *span = lua_touserdata(L, index);
  return lesdiplo_doc_locate(span->doc, span->begin, span->end, out) == 0;
}


/* ----------------------------------------------------------------------
** Fields
*/

static int span_text (lua_State *L) {
  const span_object *span = this_span(L);
  lua_pushlstring(L, span->doc->text + span->begin, span->end - span->begin);
  return 1;
}

static int span_doc (lua_State *L) {
  lua_getiuservalue(L, 1, 1);
  return 1;
}

static int span_first (lua_State *L) {
  ld_range_push_first(L, this_span(L)->begin);
  return 1;
}

static int span_last (lua_State *L) {
  ld_range_push_last(L, this_span(L)->end);
  return 1;
}

static int span_layer (lua_State *L) {
  const int layer = this_span(L)->layer;
  if (layer < 0) return 0;
  lua_pushstring(L, ld_layer_name(L, layer));
  return 1;
}

static int span_index (lua_State *L) {
  if (this_span(L)->layer < 0) return 0;
  lua_pushinteger(L, (lua_Integer)this_span(L)->index + 1);
  return 1;
}

static int span_sentence (lua_State *L) {
  const span_object *span = this_span(L);
  const uint32_t i = ld_sentence_at(span->doc, span->begin);
  if (i == UINT32_MAX) return 0;
  lua_getiuservalue(L, 1, 1);
  ld_push_span_at(L, -1, LAYER_SENTENCE, i);
  return 1;
}

/* The block that holds text byte 'at', or UINT32_MAX. Empty blocks (markup that
** was dropped) stand inside others and hold nothing. */
static uint32_t block_at (const lesdiplo_doc *doc, uint32_t at) {
  uint32_t low = 0, high = doc->block_count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (doc->blocks[middle].begin <= at) low = middle + 1;
    else high = middle;
  }
  while (low > 0 && doc->blocks[low - 1].begin == doc->blocks[low - 1].end)
    low--;
  return low > 0 && at < doc->blocks[low - 1].end ? low - 1 : UINT32_MAX;
}

static int span_block (lua_State *L) {
  const span_object *span = this_span(L);
  const uint32_t i = span->layer == LAYER_BLOCK
                     ? span->index : block_at(span->doc, span->begin);
  if (i == UINT32_MAX) return 0;
  lua_getiuservalue(L, 1, 1);
  ld_push_span_at(L, -1, LAYER_BLOCK, i);
  return 1;
}

void ld_push_cite (lua_State *L, const lesdiplo_doc *doc, uint32_t begin,
                   uint32_t end) {
  luaL_Buffer buffer;
  char *out = luaL_buffinitsize(L, &buffer, 1024);
  int n = lesdiplo_doc_cite(doc, begin, end, out, 1024);
  if (n >= 1024) {
    out = luaL_prepbuffsize(&buffer, (size_t)n + 1);
    n = lesdiplo_doc_cite(doc, begin, end, out, (size_t)n + 1);
  }
  luaL_pushresultsize(&buffer, n > 0 ? (size_t)n : 0);
}

static int span_cite (lua_State *L) {
  const span_object *span = this_span(L);
  ld_push_cite(L, span->doc, span->begin, span->end);
  return 1;
}

/* A field of the span's layer: its name is the key at 2. nil in another. A
** token has all of its own; a stem is made when it is first asked for. */
static int span_named (lua_State *L) {
  const span_object *span = this_span(L);
  const char *name = lua_tostring(L, 2);
  size_t n;
  if (span->layer < 0 || span->layer >= LAYERS) return 0;
  const char *value = lesdiplo_doc_span_field(span->doc, span->layer,
                                              span->index, name, &n);
  if (!value && span->layer == LAYER_TOKEN && strcmp(name, "stem") == 0)
    return ld_raise_no_memory(L);
  if (!value) return 0;
  lua_pushlstring(L, value, n);
  return 1;
}

static int span_level (lua_State *L) {
  const span_object *span = this_span(L);
  if (span->layer != LAYER_BLOCK || !span->doc->blocks[span->index].level)
    return 0;
  lua_pushinteger(L, span->doc->blocks[span->index].level);
  return 1;
}


/* ----------------------------------------------------------------------
** Methods
*/

uint32_t ld_bytes_before (const lesdiplo_doc *doc, uint32_t at, lua_Integer n) {
  uint32_t p = at;
  for (; n > 0 && p > 0; n--)
    do p--; while (p > 0 && ((unsigned char)doc->text[p] & 0xC0) == 0x80);
  return at - p;
}

uint32_t ld_bytes_after (const lesdiplo_doc *doc, uint32_t at, lua_Integer n) {
  uint32_t p = at;
  for (; n > 0 && p < doc->text_length; n--)
    do p++; while (p < doc->text_length &&
                   ((unsigned char)doc->text[p] & 0xC0) == 0x80);
  return p - at;
}

static int span_context (lua_State *L) {
  const span_object *span = check_span(L);
  const lua_Integer n = luaL_checkinteger(L, 2);
  luaL_argcheck(L, n >= 0, 2, "a number of characters, not negative");
  const uint32_t left = ld_bytes_before(span->doc, span->begin, n);
  lua_pushlstring(L, span->doc->text + span->begin - left, left);
  lua_pushlstring(L, span->doc->text + span->end,
                  ld_bytes_after(span->doc, span->end, n));
  return 2;
}

/* The tokens that begin inside: [*from, *from + result). */
static uint32_t tokens_of (const span_object *span, uint32_t *from) {
  if (span->layer == LAYER_TOKEN) {
    *from = span->index;
    return 1;
  }
  *from = ld_token_from(span->doc, span->begin);
  return ld_token_from(span->doc, span->end) - *from;
}

static int span_tokens (lua_State *L) {
  const span_object *span = check_span(L);
  uint32_t from;
  const uint32_t count = tokens_of(span, &from);
  lua_getiuservalue(L, 1, 1);
  ld_push_spans(L, -1, LAYER_TOKEN, from, count);
  return 1;
}

static int span_words (lua_State *L) {
  const span_object *span = check_span(L);
  uint32_t from;
  const uint32_t count = tokens_of(span, &from);
  lua_getiuservalue(L, 1, 1);
  ld_push_words(L, -1, from, count);
  return 1;
}

static int span_eq (lua_State *L) {
  if (ld_bind_class_of(L, 1) != LD_BIND_SPAN ||
      ld_bind_class_of(L, 2) != LD_BIND_SPAN) {
    lua_pushboolean(L, 0);
    return 1;
  }
  const span_object *a = lua_touserdata(L, 1), *b = lua_touserdata(L, 2);
  lua_pushboolean(L, a->doc == b->doc && a->begin == b->begin &&
                     a->end == b->end && a->layer == b->layer);
  return 1;
}

/* Is the name at 2 among the array of names on the top? [-0, +0, -] */
static bool is_listed (lua_State *L) {
  bool found = false;
  for (lua_Integer i = 1; !found && lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
    found = lua_rawequal(L, -1, 2);
    lua_pop(L, 1);
  }
  if (!found) lua_pop(L, 1);
  return found;
}

/* Is the name at 2 that of a field which the layer says its spans have? Where it
** does not say, any may be one; raises where one was meant. [-0, +1, v] */
static bool is_declared (lua_State *L, int layer) {
  ld_push_layer_fields(L, layer);
  if (lua_isnil(L, -1) || is_listed(L)) return true;
  ld_near near = LD_NEAR_INIT(lua_tostring(L, 2));
  char hint[96];
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
    ld_near_try(&near, lua_tostring(L, -1));      /* it stays in the array */
    lua_pop(L, 1);
  }
  if (near.best)
    luaL_error(L, "a span of the layer '%s' has no field '%s'%s",
               ld_layer_name(L, layer), near.wanted,
               ld_near_text(&near, hint, sizeof hint));
  return false;
}

/* The fields that a span has of its hit or of a script's layer stand before
** those that only built-in layers have. */
static int span_member (lua_State *L) {
  const int layer = this_span(L)->layer;
  int results = -1;
  if (layer >= 0 && layer < LAYERS) return ld_class_index(L, LD_BIND_SPAN);
  if (lua_type(L, 2) != LUA_TSTRING || ld_span_has(lua_tostring(L, 2)))
    return ld_class_index(L, LD_BIND_SPAN);
  switch (lua_getiuservalue(L, 1, SPAN_FIELDS)) {
    case LUA_TUSERDATA:
      results = ld_hit_capture(L);
      break;
    case LUA_TTABLE:
      lua_pushvalue(L, 2);
      if (lua_rawget(L, -2) != LUA_TNIL) return 1;
      break;
    default: break;
  }
  if (results >= 0) return results;
  lua_settop(L, 2);
  if (layer >= LAYERS && is_declared(L, layer)) return 0;
  lua_settop(L, 2);
  return ld_class_index(L, LD_BIND_SPAN);
}


/* ----------------------------------------------------------------------
** Registration
*/

const ld_bind_entry ld_span_entries[] = {
  { "span.text", span_text,
    "span.text -> string\n"
    "Its words as the document writes them; tostring(span) gives the same.\n"
    "@since 1\n" },
  { "span.doc", span_doc,
    "span.doc -> Doc\n"
    "The document it lies in.\n"
    "@since 1\n" },
  { "span.first", span_first,
    "span.first -> integer\n"
    "Its first byte in doc.text, from 1, as string.sub counts.\n"
    "@since 1\n" },
  { "span.last", span_last,
    "span.last -> integer\n"
    "Its last byte in doc.text; first - 1 for an empty one.\n"
    "@since 1\n" },
  { "span.layer", span_layer,
    "span.layer -> string | nil\n"
    "block, sentence, token, or one that a script defined; nil for a stretch\n"
    "that a pattern found.\n"
    "@since 1\n" },
  { "span.index", span_index,
    "span.index -> integer | nil\n"
    "Its place in its layer of the document, from 1.\n"
    "@since 1\n" },
  { "span.sentence", span_sentence,
    "span.sentence -> Span | nil\n"
    "The sentence that it begins in.\n"
    "@since 1\n" },
  { "span.block", span_block,
    "span.block -> Span | nil\n"
    "The block that it begins in.\n"
    "@since 1\n" },
  { "span.cite", span_cite,
    "span.cite -> string\n"
    "Its citation: document, line, source bytes, hash. `lesdiplo verify`\n"
    "checks it.\n"
    "@since 1\n" },
  { "span.kind", span_named,
    "span.kind -> string | nil\n"
    "Of a block: heading paragraph item caption byline dateline header footer\n"
    "boilerplate table.\n"
    "@since 1\n" },
  { "span.level", span_level,
    "span.level -> integer | nil\n"
    "Of a heading or item, from 1.\n"
    "@since 1\n" },
  { "span.folded", span_named,
    "span.folded -> string | nil\n"
    "Of a token: as search compares it, without case and accents.\n"
    "@since 1\n" },
  { "span.stem", span_named,
    "span.stem -> string | nil\n"
    "Of a token: its stem in the document's language.\n"
    "@since 1\n" },
  { "span.shape", span_named,
    "span.shape -> string | nil\n"
    "Of a token: what it looks like, lower title upper number ...\n"
    "@since 1\n" },
  { "span:context", span_context,
    "span:context(n) -> left, right\n"
    "At most n characters of the text before it, and after it.\n"
    "@param n integer\n"
    "@return string left\n"
    "@return string right\n"
    "@since 1\n" },
  { "span:tokens", span_tokens,
    "span:tokens() -> Spans\n"
    "The tokens that begin inside it.\n"
    "@since 1\n" },
  { "span:words", span_words,
    "span:words() -> iterator of (index, string)\n"
    "The folded forms of its tokens.\n"
    "@see spans:words\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

bool ld_span_has (const char *name) {
  for (const ld_bind_entry *e = ld_span_entries; e->name; e++)
    if (strcmp(e->name + sizeof "span." - 1, name) == 0)
      return e->function != span_named && e->function != span_level;
  return false;
}

void ld_span_open_class (lua_State *L) {
  ld_class_new(L, LD_BIND_SPAN, ld_span_entries, span_member);
  ld_class_meta(L, "__tostring", span_text);
  ld_class_meta(L, "__eq", span_eq);
  lua_pop(L, 1);
}
