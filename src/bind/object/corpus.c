/*
** corpus.c - the class Corpus: documents by place, by id, by filter, and what
** could not be read.
**
** Its Doc objects are made when first asked for and kept, in a table that is
** its user value: `seen[doc]` works, and asking again costs no memory.
*/
#include <stdio.h>
#include <string.h>

#include "bind/inside.h"

static corpus_object *check_corpus (lua_State *L) {
  return ld_class_check(L, 1, LD_BIND_CORPUS);
}

void ld_bind_push_corpus (lua_State *L, const lesdiplo_corpus *corpus) {
  luaL_checkstack(L, 8, NULL);
  ld_binding_push(L);                                     /* binding */
  lua_getiuservalue(L, -1, USER_CORPORA);                 /* binding corpora */
  if (lua_rawgetp(L, -1, corpus) == LUA_TNIL) {
    lua_pop(L, 1);
    corpus_object *object = lua_newuserdatauv(L, sizeof *object, 1);
    object->corpus = NULL;                    /* nothing is held yet */
    object->binding = lua_touserdata(L, -3);
    lua_newtable(L);                         /* binding corpora object docs */
    lua_setiuservalue(L, -2, 1);
    ld_class_set(L, LD_BIND_CORPUS);
    ld_corpus_hold(corpus);
    object->corpus = corpus;
    lua_pushvalue(L, -1);
    lua_rawsetp(L, -3, corpus);                    /* binding corpora object */
  }
  lua_replace(L, -3);
  lua_pop(L, 1);
}

void ld_push_doc_at (lua_State *L, int corpus, uint32_t i) {
  const corpus_object *object = lua_touserdata(L, corpus);
  corpus = lua_absindex(L, corpus);
  lua_getiuservalue(L, corpus, 1);                        /* docs */
  if (lua_rawgeti(L, -1, (lua_Integer)i + 1) == LUA_TNIL) {
    lua_pop(L, 1);
    doc_object *doc = lua_newuserdatauv(L, sizeof *doc, DOC_LAYERS);
    doc->doc = lesdiplo_corpus_doc(object->corpus, i);
    doc->binding = object->binding;
    lua_pushvalue(L, corpus);
    lua_setiuservalue(L, -2, 1);
    ld_class_set(L, LD_BIND_DOC);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, (lua_Integer)i + 1);               /* docs doc */
  }
  lua_remove(L, -2);
}

void ld_bind_push_doc (lua_State *L, const lesdiplo_doc *doc) {
  ld_bind_push_corpus(L, doc->corpus);
  ld_push_doc_at(L, -1, doc->index);
  lua_remove(L, -2);
}

const lesdiplo_corpus *ld_bind_to_corpus (lua_State *L, int index) {
  if (ld_bind_class_of(L, index) != LD_BIND_CORPUS) return NULL;
  return ((const corpus_object *)lua_touserdata(L, index))->corpus;
}


/* ----------------------------------------------------------------------
** Documents one by one
*/

/* The state ends, or it was never whole. */
static int corpus_gc (lua_State *L) {
  corpus_object *object = lua_touserdata(L, 1);
  const lesdiplo_corpus *corpus = object->corpus;
  object->corpus = NULL;
  if (corpus) ld_corpus_let_go(corpus);
  return 0;
}

static int corpus_len (lua_State *L) {
  const corpus_object *object = check_corpus(L);
  lua_pushinteger(L, lesdiplo_corpus_count(object->corpus));
  return 1;
}

static int corpus_index (lua_State *L) {
  const corpus_object *object = check_corpus(L);
  if (lua_type(L, 2) != LUA_TNUMBER)
    return ld_class_index(L, LD_BIND_CORPUS);
  const lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || i > (lua_Integer)lesdiplo_corpus_count(object->corpus))
    return 0;
  ld_push_doc_at(L, 1, (uint32_t)(i - 1));
  ld_reading_set(object->binding, lesdiplo_corpus_doc(object->corpus,
                                                 (uint32_t)(i - 1)));
  return 1;
}

static int corpus_tostring (lua_State *L) {
  const corpus_object *object = check_corpus(L);
  const uint32_t n = lesdiplo_corpus_count(object->corpus);
  lua_pushfstring(L, "corpus of %d %s", (int)n,
                  n == 1 ? "document" : "documents");
  return 1;
}

static int corpus_doc (lua_State *L) {
  const corpus_object *object = check_corpus(L);
  const char *id = luaL_checkstring(L, 2);
  const lesdiplo_doc *doc = lesdiplo_corpus_find(object->corpus, id);
  const uint32_t count = lesdiplo_corpus_count(object->corpus);
  ld_near near = LD_NEAR_INIT(id);
  char hint[300];
  if (doc) {
    ld_push_doc_at(L, 1, lesdiplo_doc_index(doc));
    return 1;
  }
  for (uint32_t i = 0; i < count; i++)
    ld_near_try(&near, lesdiplo_doc_id(lesdiplo_corpus_doc(object->corpus, i)));
  luaL_pushfail(L);
  lua_pushfstring(L, "no document '%s'%s", id,
                  ld_near_text(&near, hint, sizeof hint));
  return 2;
}

/* "file:line: message" of a note, as warnings are printed. */
static int note_tostring (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "where");
  lua_getfield(L, 1, "line");
  lua_getfield(L, 1, "message");
  if (lua_isnil(L, 3))
    lua_pushfstring(L, "%s: %s", lua_tostring(L, 2), lua_tostring(L, 4));
  else
    lua_pushfstring(L, "%s:%s: %s", lua_tostring(L, 2), lua_tostring(L, 3),
                    lua_tostring(L, 4));
  return 1;
}

/* [-0, +1, m] */
static void push_note (lua_State *L, const lesdiplo_error *note) {
  lua_createtable(L, 0, 3);
  lua_pushstring(L, note->where);
  lua_setfield(L, -2, "where");
  if (note->line > 0) {
    lua_pushinteger(L, note->line);
    lua_setfield(L, -2, "line");
  }
  lua_pushstring(L, note->message);
  lua_setfield(L, -2, "message");
}

static int corpus_notes (lua_State *L) {
  const corpus_object *object = check_corpus(L);
  lesdiplo_error note;
  lua_newtable(L);                                        /* notes */
  lua_createtable(L, 0, 2);                               /* notes meta */
  ld_class_meta(L, "__tostring", note_tostring);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  for (uint32_t i = 0; lesdiplo_corpus_note(object->corpus, i, &note) == 0;
       i++) {
    push_note(L, &note);
    lua_pushvalue(L, -2);
    lua_setmetatable(L, -2);
    lua_rawseti(L, -3, (lua_Integer)i + 1);
  }
  lua_pop(L, 1);
  return 1;
}


/* ----------------------------------------------------------------------
** Duplicates
*/

/* What is found, before any of it goes to Lua: a callback must not raise. */
typedef struct twins {
  uint32_t count;
  lesdiplo_duplicate all[];
} twins;

static void keep_twin (void *data, const lesdiplo_duplicate *one) {
  twins *t = data;
  t->all[t->count++] = *one;
}

/* The number of the one option there is. */
static double check_near (lua_State *L) {
  if (lua_isnoneornil(L, 2)) return 0.8;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, 2)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING ||
        strcmp(lua_tostring(L, -1), "near") != 0)
      luaL_error(L, "corpus:duplicates(options): there is one option, near");
  }
  if (lua_getfield(L, 2, "near") == LUA_TNIL) return 0.8;
  const double near = lua_tonumber(L, -1);
  if (!(near >= 0.5 && near <= 1))
    luaL_error(L, "corpus:duplicates(options): near is a number from 0.5 to "
                  "1");
  lua_pop(L, 1);
  return near;
}

/* A member of a group, as a table. [-0, +1, m] */
static void push_twin (lua_State *L, const lesdiplo_corpus *corpus,
                       const lesdiplo_duplicate *one) {
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, one->index);
  lua_createtable(L, 0, 5);
  ld_push_doc_at(L, 1, one->index);
  lua_setfield(L, -2, "doc");
  ld_push_cite(L, doc, 0, doc->text_length);
  lua_setfield(L, -2, "cite");
  if (one->like == one->index) return;
  ld_push_doc_at(L, 1, one->like);
  lua_setfield(L, -2, "like");
  lua_pushnumber(L, one->similarity);
  lua_setfield(L, -2, "similarity");
  lua_pushboolean(L, one->same);
  lua_setfield(L, -2, "same");
}

static int corpus_duplicates (lua_State *L) {
  const lesdiplo_corpus *corpus = check_corpus(L)->corpus;
  const double near = check_near(L);
  lesdiplo_error error;
  twins *t = lua_newuserdatauv(L, sizeof *t + lesdiplo_corpus_count(corpus) *
                                                  sizeof *t->all, 0);
  t->count = 0;
  if (lesdiplo_corpus_duplicates(corpus, near, keep_twin, t, &error) != 0)
    return luaL_error(L, "%s", error.message);
  lua_newtable(L);                                        /* twins groups */
  for (uint32_t i = 0; i < t->count;) {
    const uint32_t group = t->all[i].group;
    lua_newtable(L);
    for (lua_Integer k = 1; i < t->count && t->all[i].group == group; k++) {
      push_twin(L, corpus, &t->all[i++]);
      lua_rawseti(L, -2, k);
    }
    lua_rawseti(L, -2, (lua_Integer)group + 1);
  }
  return 1;
}


/* ----------------------------------------------------------------------
** Filters
*/

enum { LANG, SINCE, UNTIL, KIND, SOURCE, FILTERS };
static const char *const filter_names[FILTERS] = {
  "lang", "since", "until", "kind", "source"
};

/* Fields longer than this are compared by their beginning: the name of an
** outlet or a language is never as long. */
enum { FOLDED = 240 };

/* A walk over the documents that pass. The state of the iterator. */
typedef struct walk {
  uint32_t next;
  size_t length[FILTERS];            /* 0: no such filter */
  char filter[FILTERS][FOLDED];      /* folded; dates as they are */
} walk;

/* YYYY, YYYY-MM or YYYY-MM-DD */
static bool is_date (const char *s, size_t n) {
  static const char shape[] = "dddd-dd-dd";
  if (n != 4 && n != 7 && n != 10) return false;
  for (size_t i = 0; i < n; i++) {
    const bool digit = s[i] >= '0' && s[i] <= '9';
    if (shape[i] == 'd' ? !digit : s[i] != '-') return false;
  }
  return true;
}

static void read_filter (lua_State *L, walk *w, int i) {
  size_t n;
  const char *value;
  if (lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER)
    luaL_error(L, "corpus:docs(filters): %s must be a string, got %s",
               filter_names[i], luaL_typename(L, -1));
  value = lua_tolstring(L, -1, &n);
  if (i == SINCE || i == UNTIL) {
    if (!is_date(value, n))
      luaL_error(L, "corpus:docs(filters): %s must be a date like 1998, "
                    "1998-07 or 1998-07-04, got '%s'", filter_names[i], value);
    memcpy(w->filter[i], value, n);
    w->length[i] = n;
  }
  else {
    w->length[i] = ld_fold(value, n, w->filter[i], FOLDED);
    if (w->length[i] == 0)
      luaL_error(L, "corpus:docs(filters): %s is empty", filter_names[i]);
  }
}

/* Filters from the table at 2, into the walk on the top. */
static void read_filters (lua_State *L, walk *w) {
  lua_pushnil(L);                                         /* walk key */
  while (lua_next(L, 2)) {                                /* walk key value */
    lua_pushvalue(L, -2);
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "corpus:docs(filters): filters have names: "
                    "{lang = \"en\"}");
    const char *name = lua_tostring(L, -1);
    ld_near near = LD_NEAR_INIT(name);
    char hint[96];
    int i = 0;
    for (; i < FILTERS && strcmp(name, filter_names[i]) != 0; i++)
      ld_near_try(&near, filter_names[i]);
    if (i == FILTERS)
      luaL_error(L, "corpus:docs(filters): no filter '%s'%s", name,
                 near.best ? ld_near_text(&near, hint, sizeof hint)
                           : "; there are lang since until kind source");
    lua_pop(L, 1);
    read_filter(L, w, i);
    lua_pop(L, 1);
  }
}

static bool has_field (const walk *w, int i, const char *value) {
  char folded[FOLDED];
  if (w->length[i] == 0) return true;
  if (!value) return false;
  const size_t n = ld_fold(value, strlen(value), folded, sizeof folded);
  if (i == SOURCE)
    return memmem(folded, n, w->filter[i], w->length[i]) != NULL;
  return n == w->length[i] && memcmp(folded, w->filter[i], n) == 0;
}

/* Compares as much as both say: 1998-07 is not before 1998-07-04. */
static int compare_dates (const char *date, const walk *w, int i) {
  size_t n = strlen(date);
  if (n > w->length[i]) n = w->length[i];
  return memcmp(date, w->filter[i], n);
}

static bool passes (const walk *w, const lesdiplo_doc *doc) {
  if (w->length[SINCE] > 0 || w->length[UNTIL] > 0) {
    const char *date = lesdiplo_doc_field(doc, "date");
    if (!date) return false;
    if (w->length[SINCE] > 0 && compare_dates(date, w, SINCE) < 0)
      return false;
    if (w->length[UNTIL] > 0 && compare_dates(date, w, UNTIL) > 0)
      return false;
  }
  return has_field(w, LANG, lesdiplo_doc_field(doc, "lang")) &&
         has_field(w, KIND, lesdiplo_doc_field(doc, "kind")) &&
         has_field(w, SOURCE, lesdiplo_doc_field(doc, "source"));
}

/* Upvalues: the walk, the Corpus. */
static int next_doc (lua_State *L) {
  walk *w = lua_touserdata(L, lua_upvalueindex(1));
  const corpus_object *object = lua_touserdata(L, lua_upvalueindex(2));
  ld_check_open(L, object->corpus);
  const uint32_t count = lesdiplo_corpus_count(object->corpus);
  while (w->next < count) {
    const uint32_t i = w->next++;
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(object->corpus, i);
    if (!passes(w, doc) || !ld_reading_enter(object->binding, doc)) continue;
    ld_push_doc_at(L, lua_upvalueindex(2), i);
    return 1;
  }
  ld_reading_set(object->binding, NULL);
  return 0;
}

static int corpus_docs (lua_State *L) {
  check_corpus(L);
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  walk *w = lua_newuserdatauv(L, sizeof *w, 0);
  memset(w, 0, sizeof *w);
  if (lua_istable(L, 2)) read_filters(L, w);
  lua_pushvalue(L, 1);                                    /* walk corpus */
  lua_pushcclosure(L, next_doc, 2);
  return 1;
}


/* ----------------------------------------------------------------------
** Spans of all documents
*/

typedef struct layer_walk {
  int layer;
  uint32_t doc;              /* the next one */
  uint32_t span, count;      /* of the one that is open */
} layer_walk;

/* Upvalues: the walk, the Corpus, the Spans of the document that is open. */
static int next_span (lua_State *L) {
  layer_walk *w = lua_touserdata(L, lua_upvalueindex(1));
  const corpus_object *object = lua_touserdata(L, lua_upvalueindex(2));
  ld_check_open(L, object->corpus);
  while (w->span == w->count) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(object->corpus, w->doc++);
    if (!doc) {
      ld_reading_set(object->binding, NULL);
      return 0;
    }
    if (!ld_reading_enter(object->binding, doc)) continue;
    ld_push_doc_at(L, lua_upvalueindex(2), w->doc - 1);
    ld_push_layer(L, -1, w->layer);
    w->span = 0;
    w->count = ((const spans_object *)lua_touserdata(L, -1))->count;
    lua_replace(L, lua_upvalueindex(3));
    lua_settop(L, 0);
  }
  object->binding->reading =
      ((const spans_object *)lua_touserdata(L, lua_upvalueindex(3)))->doc;
  ld_push_spans_at(L, lua_upvalueindex(3), w->span++);
  return 1;
}

static int corpus_layer (lua_State *L) {
  check_corpus(L);
  const int layer = ld_check_layer(L, 2);
  layer_walk *w = lua_newuserdatauv(L, sizeof *w, 0);
  memset(w, 0, sizeof *w);
  w->layer = layer;
  lua_pushvalue(L, 1);
  lua_pushnil(L);                                         /* walk corpus nil */
  lua_pushcclosure(L, next_span, 3);
  return 1;
}

bool ld_corpus_walks (lua_State *L, int index) {
  const lua_CFunction f = lua_tocfunction(L, index);
  return f == next_doc || f == next_span;
}

static int corpus_find (lua_State *L) {
  check_corpus(L);
  luaL_checkany(L, 2);
  return ld_find(L, NULL);
}

static int corpus_near_misses (lua_State *L) {
  check_corpus(L);
  return ld_ask(L, "near_misses", lua_gettop(L));
}

static int corpus_blind_spots (lua_State *L) {
  check_corpus(L);
  return ld_ask(L, "blind_spots", lua_gettop(L));
}

static int corpus_gmatch (lua_State *L) {
  const corpus_object *object = check_corpus(L);
  return ld_gmatch_new(L, object->corpus, NULL);
}


/* In lesdiplo.entity, with the Corpus for argument 1 where it wants it. */
static int corpus_mentions (lua_State *L) {
  check_corpus(L);
  lua_settop(L, 2);
  return ld_module_call(L, "lesdiplo.entity", "mentions", 2);
}

static int corpus_variants (lua_State *L) {
  check_corpus(L);
  lua_settop(L, 1);
  return ld_module_call(L, "lesdiplo.entity", "variants", 1);
}

static int corpus_entities (lua_State *L) {
  check_corpus(L);
  lua_settop(L, 3);
  return ld_module_call(L, "lesdiplo.entity", "add", 2);
}


/* ----------------------------------------------------------------------
** Registration
*/

const ld_bind_entry ld_corpus_entries[] = {
  { "corpus:docs", corpus_docs,
    "corpus:docs([filters]) -> iterator of Doc\n"
    "The documents in their order; with filters, those that pass them all.\n"
    "@param filters table?  lang, kind: the whole value; source: a part;\n"
    "  since, until: a date like 1998, 1998-07 or 1998-07-04. Case and\n"
    "  accents do not count. A document without a date passes neither since\n"
    "  nor until.\n"
    "@return function  for doc in corpus:docs{lang = \"en\"} do ... end\n"
    "@raises for a filter of another name\n"
    "@example for doc in corpus:docs{since = \"1998\"} do print(doc.id) end\n"
    "@see corpus:doc\n"
    "@since 1\n" },
  { "corpus:doc", corpus_doc,
    "corpus:doc(id) -> Doc | nil, message\n"
    "The document with that id, as citations write it.\n"
    "@param id string\n"
    "@example print(corpus:doc(corpus[1].id).title)\n"
    "@since 1\n" },
  { "corpus:find", corpus_find,
    "corpus:find(pattern[, options]) -> Hits\n"
    "What a pattern over tokens matches, in the order of the corpus, no hit\n"
    "inside another and none beyond a sentence. A hit is a Span, with a field\n"
    "for each capture.\n"
    "@param pattern Pattern|string  of lesdiplo.query; a string is a word\n"
    "@param options table?  within: sentence, block or doc; most: how many hits\n"
    "  are wanted; overlap: true for those that begin inside another, too;\n"
    "  policy: which of the matches that begin at a place is a hit. first: the\n"
    "  one that LPeg would take; regular: the first one when all alternatives are\n"
    "  tried, as regular expressions do; longest, shortest; all: each of them\n"
    "@return Hits  #hits, hits[i], for hit in hits do ... end\n"
    "@example local q = lesdiplo.query\n"
    "  local visit = q.stem \"visit\" * q.gap(0, 4) * q.shape \"title\":as \"where\"\n"
    "  for hit in corpus:find(visit) do print(hit.where, hit.cite) end\n"
    "@see doc:find\n"
    "@since 1\n" },
  { "corpus:cql", ld_corpus_cql,
    "corpus:cql(query[, options]) -> Hits\n"
    "What a query in CQL, the language of corpus linguists, finds. A mistake is\n"
    "shown with its column.\n"
    "@param query string  a token is \"word\" (as it is written; %c any case, %d\n"
    "  any accents), [word=\"reg.*\"], [stem=\"visit\"], [shape=\"title\"], [] any,\n"
    "  with != & | ! and ( ) between [ and ]; a mention is <person/>; ( ) | * + ?\n"
    "  {m,n} put them together; who:[...] is a field of the hit; <s> and </s> are\n"
    "  where the unit begins and ends; then may follow :: a.word = b.word, within s,\n"
    "  p or doc, cut n. MU(meet \"a\" \"b\" -5 5), MU(meet \"a\" \"b\" s), MU(union ...)\n"
    "  find tokens near others\n"
    "@param options table?  those of corpus:find\n"
    "@return Hits\n"
    "@example for hit in corpus:cql '[stem=\"visit\"] []{0,4} where:[shape=\"title\"]+' do\n"
    "    print(hit.where, hit.cite)\n"
    "  end\n"
    "@see corpus:find\n"
    "@since 1\n" },
  { "corpus:near", ld_corpus_near,
    "corpus:near(a, b[, n[, options]]) -> Hits\n"
    "Where a has b near it, in the same sentence: from the one to the other, with\n"
    "both as fields `a` and `b`.\n"
    "@param a Hits|Pattern|string  a string is words that follow each other\n"
    "@param b Hits|Pattern|string\n"
    "@param n integer?  tokens from one to the other at most, 1 being the next one\n"
    "@param options table?  order: before (a comes first), after, any; within:\n"
    "  sentence, block or doc\n"
    "@return Hits\n"
    "@example local q = lesdiplo.query\n"
    "  for hit in corpus:near(\"sanctions\", q.stem \"lift\" + q.stem \"ease\", 8) do\n"
    "    print(hit.b, hit.sentence)\n"
    "  end\n"
    "@see hits:near\n"
    "@since 1\n" },
  { "corpus:kwic", ld_corpus_kwic,
    "corpus:kwic(term[, options]) -> array of rows\n"
    "Concordance lines of words, whatever their case, or of a pattern or Hits.\n"
    "@param term string|Pattern|Hits  a string is words that follow each other\n"
    "@param options table?  width: columns on either side, 40; sort: left, right\n"
    "  (by the words there, the nearest first) or doc; most: lines\n"
    "@return table  rows of left, hit, right\n"
    "@example return corpus:kwic(\"peace talks\", {sort = \"right\", most = 20})\n"
    "@see hits:kwic\n"
    "@since 1\n" },
  { "corpus:near_misses", corpus_near_misses,
    "corpus:near_misses(pattern[, options]) -> array of rows\n"
    "The sentences without a hit where one element of the pattern is all that\n"
    "lacks: which one, what stands in its place (up to three tokens), and what\n"
    "matched. Those come first where what is there is rarest.\n"
    "@param pattern Pattern\n"
    "@param options table?  most: how many are wanted, 20; must: a pattern that\n"
    "  the sentence matches, too\n"
    "@example local q = lesdiplo.query\n"
    "  return corpus:near_misses(q.stem \"visit\" * q.word \"to\" * q.shape \"title\")\n"
    "@see corpus:blind_spots\n"
    "@since 1\n" },
  { "corpus:blind_spots", corpus_blind_spots,
    "corpus:blind_spots(trigger, pattern) -> Hits\n"
    "The hits of a trigger in whose sentence the pattern has none: what it may\n"
    "have missed.\n"
    "@param trigger Pattern|string\n"
    "@param pattern Pattern\n"
    "@example local q = lesdiplo.query\n"
    "  local visit = q.stem \"visit\" * q.gap(0, 3) * q.shape \"title\"\n"
    "  return corpus:blind_spots(q.stem \"visit\", visit):kwic(30)\n"
    "@see corpus:near_misses\n"
    "@since 1\n" },
  { "corpus:mentions", corpus_mentions,
    "corpus:mentions(id) -> iterator of Span\n"
    "Where documents name an entity: a country, an organisation, a place, or a\n"
    "person, by the id that the spans of those layers have.\n"
    "@param id string  such as LSO, SADC, maseru, xi-jinping\n"
    "@example for span in corpus:mentions \"LSO\" do\n"
    "    print(span.cite, span.text, span.form)\n"
    "  end\n"
    "@see lesdiplo.entity\n"
    "@since 1\n" },
  { "corpus:variants", corpus_variants,
    "corpus:variants() -> array of rows\n"
    "People who may be one and the same: their names differ by a letter, or by a\n"
    "word in the middle, or one has initials of the other's; or in different scripts\n"
    "they sound alike, and both are told to hold one office. Rows of name and other,\n"
    "a Span each, and reason; nothing is merged.\n"
    "@example return corpus:variants()\n"
    "@see doc.people\n"
    "@since 1\n" },
  { "corpus:entities", corpus_entities,
    "corpus:entities(rows[, format]) -> integer\n"
    "Adds entities of your own, or names to those that ship; from then on they\n"
    "are found in all documents. Names that are there stay. A text is what a file\n"
    "of --entities holds.\n"
    "@param rows table|string  an array of {id =, kind =, name =, lang =, form =},\n"
    "  names for an array of them; what else a row has is kept as a fact\n"
    "@param format string?  of a text: txt (entries, as in lesdiplo/data/entities),\n"
    "  csv or jsonl\n"
    "@return integer  how many rows; 0 of entries\n"
    "@raises for a row that cannot be read; those before it are added\n"
    "@example corpus:entities{\n"
    "    { id = \"LHDA\", kind = \"org\", name = \"Highlands Development Authority\" } }\n"
    "  print(lesdiplo.entity \"LHDA\")\n"
    "@see corpus:mentions lesdiplo.entity\n"
    "@since 1\n" },
  { "corpus:gmatch", corpus_gmatch,
    "corpus:gmatch(pattern) -> iterator of Span, captures...\n"
    "Every match of an LPeg pattern in the text of every document, in order,\n"
    "none inside another. A match begins where a character begins; after an\n"
    "empty one the search goes on one character further.\n"
    "@param pattern Pattern|string|table  what lpeg.P takes: a string stands\n"
    "  for itself, a table is a grammar\n"
    "@return function  for span, ... in corpus:gmatch(p) do ... end\n"
    "@example local year = lpeg.C(lpeg.R\"12\" * lpeg.R\"09\"^3)\n"
    "  for span, y in corpus:gmatch(year) do print(y, span.cite) end\n"
    "@see doc:gmatch\n"
    "@since 1\n" },
  { "corpus:layer", corpus_layer,
    "corpus:layer(name) -> iterator of Span\n"
    "The spans of a layer, of all documents.\n"
    "@param name string  block, sentence or token\n"
    "@example local n = 0\n"
    "  for s in corpus:layer \"sentence\" do n = n + 1 end\n"
    "@see doc:layer\n"
    "@since 1\n" },
  { "corpus:notes", corpus_notes,
    "corpus:notes() -> array of tables\n"
    "What could not be read, or was read with doubt. tostring makes a note the\n"
    "line of text that is printed as a warning.\n"
    "@return table  each has where (a file, or a document's id), line where\n"
    "  one is known, and message\n"
    "@example for _, note in ipairs(corpus:notes()) do print(note) end\n"
    "@since 1\n" },
  { "corpus:duplicates", corpus_duplicates,
    "corpus:duplicates([options]) -> array of groups\n"
    "Documents that are the same, or nearly so, in groups. The first document\n"
    "of a group is the one that comes first in the corpus.\n"
    "@param options table?  near: how similar, 0.5 to 1; without it 0.8. It is\n"
    "  the share of runs of four words that two documents have in common, in\n"
    "  their paragraphs, items, tables and headings but for the title; case\n"
    "  and marks do not count. Of pairs just as similar one in a hundred may\n"
    "  be missed.\n"
    "@return table  each group is an array of tables: doc, cite (of all of it),\n"
    "  and from the second on like (the one that it is most like, of those\n"
    "  before it if it can be), similarity, same (true: all words and marks\n"
    "  are)\n"
    "@example for _, group in ipairs(corpus:duplicates{near = 0.9}) do\n"
    "    for _, twin in ipairs(group) do print(twin.doc, twin.similarity) end\n"
    "  end\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

void ld_corpus_open_class (lua_State *L) {
  ld_class_new(L, LD_BIND_CORPUS, ld_corpus_entries, corpus_index);
  ld_class_more(L, ld_count_entries);
  ld_class_more(L, ld_told_entries);
  ld_class_meta(L, "__gc", corpus_gc);
  ld_class_meta(L, "__len", corpus_len);
  ld_class_meta(L, "__tostring", corpus_tostring);
  lua_pop(L, 1);
}
