/*
** doc.c - the class Doc: a document's fields, its layers and its text; and
** Meta, its further fields by name.
**
** A field is read from the corpus each time: nothing is copied into Lua before
** a script asks for it.
*/
#include <string.h>

#include "bind/inside.h"

/* A Doc at 1 that a script calls a method of: now it is being read. */
static const lesdiplo_doc *check_doc (lua_State *L) {
  const doc_object *object = ld_class_check(L, 1, LD_BIND_DOC);
  ld_reading_set(object->binding, object->doc);
  return object->doc;
}

/* The same inside __index, where the class is certain. */
static const lesdiplo_doc *this_doc (lua_State *L) {
  const doc_object *object = lua_touserdata(L, 1);
  ld_check_open(L, object->doc->corpus);
  ld_reading_set(object->binding, object->doc);
  return object->doc;
}

const lesdiplo_doc *ld_bind_to_doc (lua_State *L, int index) {
  switch (ld_bind_class_of(L, index)) {
    case LD_BIND_DOC:
      return ((const doc_object *)lua_touserdata(L, index))->doc;
    case LD_BIND_SPAN:
      return ((const span_object *)lua_touserdata(L, index))->doc;
    default:
      return NULL;
  }
}


/* ----------------------------------------------------------------------
** Fields
*/

static int push_string (lua_State *L, const char *value) {
  if (value)
    lua_pushstring(L, value);
  else
    lua_pushnil(L);
  return 1;
}

static int doc_id (lua_State *L) {
  return push_string(L, lesdiplo_doc_id(this_doc(L)));
}

static int doc_index (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)lesdiplo_doc_index(this_doc(L)) + 1);
  return 1;
}

static int doc_text (lua_State *L) {
  ld_push_text(L, this_doc(L));
  return 1;
}

static int doc_bytes (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)this_doc(L)->source_length);
  return 1;
}

static int doc_words (lua_State *L) {
  const lesdiplo_doc *doc = this_doc(L);
  lua_Integer count = 0;
  for (uint32_t i = 0; i < doc->token_count; i++)
    count += ld_word_at(&doc->corpus->vocabulary, doc->token_word[i])->shape !=
             LD_SHAPE_OTHER;
  lua_pushinteger(L, count);
  return 1;
}

static int doc_sha256 (lua_State *L) {
  const char *value = lesdiplo_doc_field(this_doc(L), "sha256");
  return value ? push_string(L, value) : ld_raise_no_memory(L);
}

/* One of the fixed fields: its name is the key at 2. */
static int doc_named (lua_State *L) {
  return push_string(L, lesdiplo_doc_field(this_doc(L), lua_tostring(L, 2)));
}

static int doc_meta (lua_State *L) {
  meta_object *meta = lua_newuserdatauv(L, sizeof *meta, 1);
  meta->doc = this_doc(L);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  ld_class_set(L, LD_BIND_META);
  return 1;
}


/* ----------------------------------------------------------------------
** Methods
*/

static int push_layer (lua_State *L, int layer) {
  check_doc(L);
  ld_push_layer(L, 1, layer);
  return 1;
}

static int doc_blocks (lua_State *L) {
  return push_layer(L, LAYER_BLOCK);
}

static int doc_sentences (lua_State *L) {
  return push_layer(L, LAYER_SENTENCE);
}

static int doc_tokens (lua_State *L) {
  return push_layer(L, LAYER_TOKEN);
}

static int doc_layer (lua_State *L) {
  check_doc(L);
  return push_layer(L, ld_check_layer(L, 2));
}

static int doc_span (lua_State *L) {
  const lesdiplo_doc *doc = check_doc(L);
  uint32_t begin, end;
  luaL_checkinteger(L, 2);
  ld_range_check(L, 2, doc->text_length, &begin, &end);
  ld_push_span(L, 1, begin, end, NO_LAYER, 0);
  return 1;
}

static int doc_find (lua_State *L) {
  const lesdiplo_doc *doc = check_doc(L);
  luaL_checkany(L, 2);
  return ld_find(L, doc);
}

static int doc_gmatch (lua_State *L) {
  return ld_gmatch_new(L, NULL, check_doc(L));
}

static int doc_evidence (lua_State *L) {
  const lesdiplo_doc *doc = check_doc(L);
  const int field = ld_check_name(L, 2, "field", ld_field_names, LD_F_COUNT);
  if (!doc->field[field] ||
      doc->evidence[field].begin >= doc->evidence[field].end)
    return 0;
  ld_push_span(L, 1, doc->evidence[field].begin, doc->evidence[field].end,
               NO_LAYER, 0);
  return 1;
}

static int doc_tostring (lua_State *L) {
  return doc_id(L);
}

static int doc_eq (lua_State *L) {
  lua_pushboolean(L, ld_bind_class_of(L, 1) == LD_BIND_DOC &&
                     ld_bind_class_of(L, 2) == LD_BIND_DOC &&
                     ld_bind_to_doc(L, 1) == ld_bind_to_doc(L, 2));
  return 1;
}

static int doc_member (lua_State *L) {
  return ld_class_index(L, LD_BIND_DOC);
}


/* ----------------------------------------------------------------------
** Meta
*/

static const meta_object *this_meta (lua_State *L, int index) {
  const meta_object *meta = lua_touserdata(L, index);
  ld_check_open(L, meta->doc->corpus);
  return meta;
}

static int meta_index (lua_State *L) {
  const meta_object *meta = this_meta(L, 1);
  const char *name = lua_tostring(L, 2);
  for (uint32_t i = 0; name && i < meta->doc->more_count; i++)
    if (strcmp(meta->doc->more[i].name, name) == 0)
      return push_string(L, meta->doc->more[i].value);
  return 0;
}

/* Upvalues: the Meta, how many pairs were given. */
static int meta_next (lua_State *L) {
  const meta_object *meta = this_meta(L, lua_upvalueindex(1));
  const uint32_t i = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
  if (i >= meta->doc->more_count) return 0;
  lua_pushinteger(L, (lua_Integer)i + 1);
  lua_replace(L, lua_upvalueindex(2));
  lua_pushstring(L, meta->doc->more[i].name);
  lua_pushstring(L, meta->doc->more[i].value);
  return 2;
}

static int meta_pairs (lua_State *L) {
  lua_settop(L, 1);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, meta_next, 2);
  return 1;
}

static int meta_tostring (lua_State *L) {
  const meta_object *meta = this_meta(L, 1);
  lua_pushfstring(L, "further fields of %s", lesdiplo_doc_id(meta->doc));
  return 1;
}


/* ----------------------------------------------------------------------
** Registration
*/

/* In lesdiplo.entity: who and what a document names. */
static int doc_people (lua_State *L) {
  lua_settop(L, 1);
  return ld_module_call(L, "lesdiplo.entity", "people", 1);
}

static int doc_countries (lua_State *L) {
  lua_settop(L, 1);
  return ld_module_call(L, "lesdiplo.entity", "countries", 1);
}

const ld_bind_entry ld_doc_entries[] = {
  { "doc.id", doc_id,
    "doc.id -> string\n"
    "Its name in citations: the path below the corpus root, or a record's id.\n"
    "@since 1\n" },
  { "doc.index", doc_index,
    "doc.index -> integer\n"
    "Its place in the corpus, from 1: corpus[doc.index] is this document.\n"
    "@since 1\n" },
  { "doc.people", doc_people,
    "doc.people -> array of rows\n"
    "The people it names, in the order of their first mention: id, name, role, of,\n"
    "to (as far as they are told), mentions (how many) and first, a Span.\n"
    "@example for doc in corpus:docs() do\n"
    "    for _, person in ipairs(doc.people) do lesdiplo.emit(person) end\n"
    "  end\n"
    "@see doc.countries corpus:mentions\n"
    "@since 1\n" },
  { "doc.countries", doc_countries,
    "doc.countries -> array of rows\n"
    "The countries it names, those named most often first: id, name, mentions\n"
    "(how many) and first, a Span.\n"
    "@see doc.people corpus:mentions\n"
    "@since 1\n" },
  { "doc.title", doc_named,
    "doc.title -> string | nil\n"
    "Its title, nil where it has none.\n"
    "@see doc:evidence\n"
    "@since 1\n" },
  { "doc.date", doc_named,
    "doc.date -> string | nil\n"
    "When it was published: 1998, 1998-07 or 1998-07-04; nil where it does\n"
    "not say.\n"
    "@see doc.date_precision doc.date_how\n"
    "@since 1\n" },
  { "doc.date_precision", doc_named,
    "doc.date_precision -> string | nil\n"
    "How much of the date is known.\n"
    "@since 1\n" },
  { "doc.date_how", doc_named,
    "doc.date_how -> string | nil\n"
    "How the date was found: stated where, or inferred from what.\n"
    "@since 1\n" },
  { "doc.source", doc_named,
    "doc.source -> string | nil\n"
    "The outlet that published it.\n"
    "@since 1\n" },
  { "doc.byline", doc_named,
    "doc.byline -> string | nil\n"
    "Who wrote it.\n"
    "@since 1\n" },
  { "doc.dateline", doc_named,
    "doc.dateline -> string | nil\n"
    "Place, agency and day as it writes them at its start.\n"
    "@since 1\n" },
  { "doc.lang", doc_named,
    "doc.lang -> string | nil\n"
    "Its language as ISO 639-1: en zh ru fr ...\n"
    "@since 1\n" },
  { "doc.kind", doc_named,
    "doc.kind -> string | nil\n"
    "news wiki policy communique speech letter other\n"
    "@since 1\n" },
  { "doc.path", doc_named,
    "doc.path -> string\n"
    "The file it was read from.\n"
    "@since 1\n" },
  { "doc.sha256", doc_sha256,
    "doc.sha256 -> string\n"
    "SHA-256 of its source; costs a pass over it.\n"
    "@since 1\n" },
  { "doc.bytes", doc_bytes,
    "doc.bytes -> integer\n"
    "Length of its source, in bytes.\n"
    "@since 1\n" },
  { "doc.words", doc_words,
    "doc.words -> integer\n"
    "How many words and numbers it has; of Chinese, how many characters.\n"
    "@since 1\n" },
  { "doc.text", doc_text,
    "doc.text -> string\n"
    "What people read of it: UTF-8, without markup. Its positions are those\n"
    "of span.first and span.last.\n"
    "@since 1\n" },
  { "doc.meta", doc_meta,
    "doc.meta -> table\n"
    "Its further fields by name, read only; pairs gives them in their order.\n"
    "@example for name, value in pairs(corpus[1].meta) do\n"
    "    print(name, value)\n"
    "  end\n"
    "@since 1\n" },
  { "doc:blocks", doc_blocks,
    "doc:blocks() -> Spans\n"
    "Headings, paragraphs, items, captions ...: what kind, span.kind says.\n"
    "@since 1\n" },
  { "doc:sentences", doc_sentences,
    "doc:sentences() -> Spans\n"
    "Its sentences; a heading or list item is one too.\n"
    "@example print(#corpus[1]:sentences())\n"
    "@since 1\n" },
  { "doc:tokens", doc_tokens,
    "doc:tokens() -> Spans\n"
    "Its words, numbers and marks.\n"
    "@see spans:words\n"
    "@since 1\n" },
  { "doc:layer", doc_layer,
    "doc:layer(name) -> Spans\n"
    "Its spans in that layer.\n"
    "@param name string  block, sentence, token, or one that a script defined\n"
    "@see lesdiplo.layer\n"
    "@since 1\n" },
  { "doc:find", doc_find,
    "doc:find(pattern[, options]) -> Hits\n"
    "What a pattern over tokens matches in this document.\n"
    "@param pattern Pattern|string\n"
    "@param options table?\n"
    "@example print(#corpus[1]:find \"embassy\")\n"
    "@see corpus:find\n"
    "@since 1\n" },
  { "doc:cql", ld_doc_cql,
    "doc:cql(query[, options]) -> Hits\n"
    "What a query in CQL finds in this document.\n"
    "@param query string  as in corpus:cql\n"
    "@param options table?  those of corpus:find\n"
    "@return Hits\n"
    "@example print(#corpus[1]:cql '[stem=\"visit\"] within s')\n"
    "@see corpus:cql\n"
    "@since 1\n" },
  { "doc:gmatch", doc_gmatch,
    "doc:gmatch(pattern) -> iterator of Span, captures...\n"
    "Every match of an LPeg pattern in its text; see corpus:gmatch.\n"
    "@param pattern Pattern|string|table\n"
    "@example for span in corpus[1]:gmatch(lpeg.R\"09\"^1) do print(span) end\n"
    "@since 1\n" },
  { "doc:span", doc_span,
    "doc:span(first[, last]) -> Span\n"
    "A stretch of its text, by positions as string.sub counts them.\n"
    "@param first integer\n"
    "@param last integer?  -1, the end, when left out\n"
    "@raises where the text has no such positions\n"
    "@since 1\n" },
  { "doc:evidence", doc_evidence,
    "doc:evidence(field) -> Span | nil\n"
    "Where in the text a field was read; nil when it was not read there.\n"
    "@param field string  title date source byline dateline ...\n"
    "@example local where = corpus[1]:evidence \"title\"\n"
    "  if where then print(where.cite) end\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

static void open_meta (lua_State *L) {
  static const ld_bind_entry none[] = { { NULL, NULL, NULL } };
  ld_class_new(L, LD_BIND_META, none, meta_index);
  ld_class_meta(L, "__pairs", meta_pairs);
  ld_class_meta(L, "__tostring", meta_tostring);
  lua_pop(L, 1);
}

void ld_doc_open_class (lua_State *L) {
  ld_class_new(L, LD_BIND_DOC, ld_doc_entries, doc_member);
  ld_class_meta(L, "__tostring", doc_tostring);
  ld_class_meta(L, "__eq", doc_eq);
  lua_pop(L, 1);
  open_meta(L);
}
