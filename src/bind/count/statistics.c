/*
** statistics.c - the C half of lesdiplo.statistics: what goes through tokens.
**
** A Terms (mark.h) says what is counted as what; a Tally has counted. Both are
** boxes that own their memory, which is taken from the state's allocator, and
** so are under its budget. Which documents count, and on which side, is a
** string of a byte a document. Options are checked in Lua; what is wrong here
** is an argument error.
*/
#include <string.h>

#include "bind/count/counts.h"

static const char terms_key, tally_key;      /* of their metatables */

/* User value 1: the Terms. */
typedef struct tally_box {
  const lesdiplo_corpus *corpus;
  ld_memory memory;
  ld_tally tally;
  ld_buffer name;           /* of the row that is being pushed */
} tally_box;

static void *check_box (lua_State *L, int index, const void *key,
                        const char *name) {
  void *box = lua_touserdata(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, key);
  if (!box || !lua_getmetatable(L, index) || !lua_rawequal(L, -1, -2))
    luaL_typeerror(L, index, name);
  lua_pop(L, 2);
  return box;
}

terms_box *ld_terms_check (lua_State *L, int index) {
  return check_box(L, index, &terms_key, "Terms");
}

static tally_box *check_tally (lua_State *L, int index) {
  return check_box(L, index, &tally_key, "Tally");
}

static int terms_gc (lua_State *L) {
  terms_box *box = lua_touserdata(L, 1);
  ld_terms_free(box->terms);
  box->terms = NULL;
  return 0;
}

static int tally_gc (lua_State *L) {
  tally_box *box = lua_touserdata(L, 1);
  ld_tally_free(&box->tally);
  ld_buffer_free(&box->name);
  return 0;
}

static const lesdiplo_corpus *check_corpus (lua_State *L) {
  const corpus_object *object = ld_class_check(L, 1, LD_BIND_CORPUS);
  return object->corpus;
}


/* ----------------------------------------------------------------------
** Terms
*/

/* Makes stop words of the words at 'index', a text: of a language, or of all.
** [-0, +0, v] */
static void read_stops (lua_State *L, terms_box *box, const char *lang,
                        int index) {
  size_t n;
  const char *p = luaL_checklstring(L, index, &n), *end = p + n;
  for (p = ld_skip_space(p, end); p < end; p = ld_skip_space(p, end)) {
    const char *word = p;
    int length;
    while (p < end && ld_class_at(p, end, &length) != LD_SPACE) p += length;
    if (!ld_terms_stop(box->terms, lang, word, (size_t)(p - word)))
      ld_raise_no_memory(L);
  }
}

/* terms(corpus, by, stops, furniture) -> Terms. stops: nil, a text of words, or
** a table of such texts by language; with it numbers are stop words. */
static int new_terms (lua_State *L) {
  static const char *const bys[] = { "word", "form", "stem" };
  const lesdiplo_corpus *corpus = check_corpus(L);
  const int by = ld_check_name(L, 2, "way to count words", bys, 3);
  lua_settop(L, 4);
  terms_box *box = lua_newuserdatauv(L, sizeof *box, 1);
  memset(box, 0, sizeof *box);
  box->corpus = corpus;
  ld_memory_of(L, &box->memory);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &terms_key);
  lua_setmetatable(L, -2);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  box->terms = ld_terms_new(corpus, &box->memory, (enum ld_term_by)by,
                            lua_toboolean(L, 4));
  if (!box->terms) return ld_raise_no_memory(L);
  if (lua_type(L, 3) == LUA_TSTRING) read_stops(L, box, NULL, 3);
  if (lua_type(L, 3) != LUA_TTABLE) return 1;
  ld_terms_stop_numbers(box->terms);
  for (lua_pushnil(L); lua_next(L, 3); lua_pop(L, 1))
    if (lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING)
      read_stops(L, box, lua_tostring(L, -2), -1);
  return 1;
}

static bool has_word (const char *p, const char *end) {
  for (int n; p < end; p += n) {
    const enum ld_class k = ld_class_at(p, end, &n);
    if (ld_is_letter(k) || k == LD_DIGIT || k == LD_IDEOGRAPH) return true;
  }
  return false;
}

/* words(corpus, text, written) -> array: a text as the corpus would have its
** words, the longest that it has from each place on; folded unless 'written'.
** Marks are no words. */
static int split_words (lua_State *L) {
  const lesdiplo_corpus *corpus = check_corpus(L);
  size_t n;
  const char *text = luaL_checklstring(L, 2, &n);
  char folded[4096];
  if (!lua_toboolean(L, 3)) {
    n = ld_fold(text, n, folded, sizeof folded);
    text = folded;
  }
  const char *p = text, *end = text + n;
  lua_newtable(L);
  while ((p = ld_skip_space(p, end)) < end) {
    const char *stop = p, *best = NULL;
    int length = 1;
    while (stop < end && stop - p < LD_WORD_MAX &&
           ld_class_at(stop, end, &length) != LD_SPACE) {
      stop += length;
      if (ld_word_find(&corpus->vocabulary, p, (size_t)(stop - p)) !=
          UINT32_MAX)
        best = stop;
    }
    if (!best) best = stop;
    if (has_word(p, best)) {
      lua_pushlstring(L, p, (size_t)(best - p));
      lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    }
    p = best;
  }
  return 1;
}


/* ----------------------------------------------------------------------
** Documents
*/

/* Puts a side into the bytes for the documents of the array at 'index'.
** [-0, +0, e] */
static void read_docs (lua_State *L, const lesdiplo_corpus *corpus, int index,
                       uint8_t *sides, enum ld_count_side side) {
  luaL_checktype(L, index, LUA_TTABLE);
  for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
    const lesdiplo_doc *doc = ld_bind_class_of(L, -1) == LD_BIND_DOC
                                  ? ld_bind_to_doc(L, -1) : NULL;
    if (!doc)
      luaL_error(L, "docs[%I] is no document, but a %s: write docs = "
                    "{corpus[1], corpus[2]}, or collect what corpus:docs{...} "
                    "gives", i, luaL_typename(L, -1));
    if (doc && doc->corpus != corpus)
      luaL_error(L, "docs[%I], %s, is of another corpus", i, doc->id);
    if (doc && sides[doc->index] != LD_SIDE_NONE &&
        sides[doc->index] != (uint8_t)side)
      luaL_error(L, "%s is in both sub-corpora: take it out of one", doc->id);
    if (doc) sides[doc->index] = (uint8_t)side;
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* sides(corpus, docs, others) -> sides, and how many documents are on each.
** docs may be nil: all of them; others nil: none; others true: the rest. */
static int new_sides (lua_State *L) {
  const lesdiplo_corpus *corpus = check_corpus(L);
  const uint32_t count = corpus->doc_count;
  lua_Integer on[LD_SIDE_NONE + 1] = { 0 };
  lua_settop(L, 3);
  uint8_t *sides = lua_newuserdatauv(L, count + 1, 0);
  const bool rest = lua_isboolean(L, 3) && lua_toboolean(L, 3);
  memset(sides, lua_isnil(L, 2) ? LD_SIDE_FIRST : LD_SIDE_NONE, count);
  if (!lua_isnil(L, 2)) read_docs(L, corpus, 2, sides, LD_SIDE_FIRST);
  if (lua_istable(L, 3)) read_docs(L, corpus, 3, sides, LD_SIDE_SECOND);
  for (uint32_t i = 0; i < count; i++) {
    if (rest && sides[i] == LD_SIDE_NONE) sides[i] = LD_SIDE_SECOND;
    on[sides[i]]++;
  }
  lua_pushlstring(L, (const char *)sides, count);
  lua_pushinteger(L, on[LD_SIDE_FIRST]);
  lua_pushinteger(L, on[LD_SIDE_SECOND]);
  return 3;
}

const uint8_t *ld_sides_check (lua_State *L, int index,
                               const lesdiplo_corpus *corpus) {
  size_t n;
  const char *sides = luaL_checklstring(L, index, &n);
  luaL_argcheck(L, n == corpus->doc_count, index, "sides of another corpus");
  return (const uint8_t *)sides;
}

/* A whole number from 'least' to 'most' at 'index'. [-0, +0, v] */
static uint32_t check_number (lua_State *L, int index, lua_Integer least,
                              lua_Integer most) {
  const lua_Integer n = luaL_checkinteger(L, index);
  luaL_argcheck(L, n >= least && n <= most, index, "out of bounds");
  return (uint32_t)n;
}


/* ----------------------------------------------------------------------
** Tallies
*/

/* Pushes an empty Tally for the Terms at 1. [-0, +1, m] */
static tally_box *new_tally (lua_State *L, uint32_t n, uint32_t least) {
  const terms_box *terms = ld_terms_check(L, 1);
  tally_box *box = lua_newuserdatauv(L, sizeof *box, 1);
  memset(box, 0, sizeof *box);
  box->corpus = terms->corpus;
  ld_memory_of(L, &box->memory);
  ld_tally_init(&box->tally, terms->terms, &box->memory, n, least);
  ld_buffer_init(&box->name, &box->memory);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &tally_key);
  lua_setmetatable(L, -2);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  return box;
}

/* Leaves the Tally on the top, and how many words there are on each side. */
static int finish_tally (lua_State *L, const tally_box *box) {
  if (box->tally.failed) return ld_raise_no_memory(L);
  lua_pushinteger(L, (lua_Integer)box->tally.total[0]);
  lua_pushinteger(L, (lua_Integer)box->tally.total[1]);
  return 3;
}

/* tally(terms, sides, n, least) -> Tally, words, words of the others */
static int tally_docs (lua_State *L) {
  const uint8_t *sides = ld_sides_check(L, 2, ld_terms_check(L, 1)->corpus);
  const uint32_t n = check_number(L, 3, 1, LD_SEQUENCE_MOST);
  tally_box *box = new_tally(L, n, check_number(L, 4, 0, UINT32_MAX));
  ld_tally_docs(&box->tally, sides);
  return finish_tally(L, box);
}

/* windows(terms, sides, hits, left, right) -> Tally, words within, words
** outside, nodes */
static int tally_windows (lua_State *L) {
  const terms_box *terms = ld_terms_check(L, 1);
  const uint8_t *sides = ld_sides_check(L, 2, terms->corpus);
  const hits_object *hits = ld_class_check(L, 3, LD_BIND_HITS);
  luaL_argcheck(L, hits->corpus == terms->corpus, 3, "hits of another corpus");
  const uint32_t left = check_number(L, 4, 0, UINT32_MAX);
  const uint32_t right = check_number(L, 5, 0, UINT32_MAX);
  ld_place *nodes = lua_newuserdatauv(L, hits->count * sizeof *nodes + 1, 0);
  for (uint32_t i = 0; i < hits->count; i++) {
    const hit *one = hits->hits + i;
    nodes[i] = (ld_place){ one->doc, one->from, one->to };
  }
  tally_box *box = new_tally(L, 1, 1);
  ld_tally_windows(&box->tally, sides, nodes, hits->count, left, right);
  finish_tally(L, box);
  lua_pushinteger(L, box->tally.nodes);
  return 4;
}

/* Pushes tokens [from, to) of a document of the Corpus at 'corpus' as a Span.
** [-0, +1, m] */
static void push_tokens (lua_State *L, int corpus, uint32_t doc, uint32_t from,
                         uint32_t to) {
  const lesdiplo_doc *d =
      lesdiplo_corpus_doc(ld_bind_to_corpus(L, corpus), doc);
  ld_push_doc_at(L, corpus, doc);
  ld_push_span(L, -1, d->token_begin[from], ld_token_end(d, to - 1), NO_LAYER,
               0);
  lua_replace(L, -2);
}

/* A row is {name, count, count of the others, documents, documents of the
** others, example}. [-0, +1, e] */
static void push_row (lua_State *L, tally_box *box, int corpus, uint32_t row) {
  const ld_count *c = box->tally.rows + row;
  ld_buffer_clear(&box->name);
  ld_tally_name(&box->tally, row, &box->name);
  if (box->name.failed) ld_raise_no_memory(L);
  lua_createtable(L, 6, 0);                       /* row */
  lua_pushlstring(L, ld_buffer_text(&box->name), box->name.used);
  lua_rawseti(L, -2, 1);
  for (int side = 0; side < 2; side++) {
    lua_pushinteger(L, c->count[side]);
    lua_rawseti(L, -2, 2 + side);
    lua_pushinteger(L, c->docs[side]);
    lua_rawseti(L, -2, 4 + side);
  }
  push_tokens(L, corpus, c->doc, c->from, c->to);
  lua_rawseti(L, -2, 6);
}

/* best(tally, order, least, most) -> array of rows */
static int tally_best (lua_State *L) {
  static const char *const orders[LD_ORDERS] = {
    "count", "ll", "pmi", "t", "dice", "ratio", "diff"
  };
  tally_box *box = check_tally(L, 1);
  const int order = ld_check_name(L, 2, "measure", orders, LD_ORDERS);
  const uint32_t least = check_number(L, 3, 0, UINT32_MAX);
  uint32_t most = check_number(L, 4, 0, UINT32_MAX);
  lua_settop(L, 4);
  if (most > box->tally.count) most = box->tally.count;
  ld_ranked *ranked = lua_newuserdatauv(L, most * sizeof *ranked + 1, 0);
  const uint32_t count = ld_tally_best(&box->tally, (enum ld_order)order,
                                       least, ranked, most);
  lua_getiuservalue(L, 1, 1);
  lua_getiuservalue(L, -1, 1);                    /* ranked terms corpus */
  const int corpus = lua_gettop(L);
  lua_createtable(L, (int)(count < INT32_MAX ? count : 0), 0);
  for (uint32_t i = 0; i < count; i++) {
    push_row(L, box, corpus, ranked[i].row);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}


/* ----------------------------------------------------------------------
** Measures
*/

/* association(both, first, second, all) -> ll, pmi, t, log_ratio, diff */
static int association (lua_State *L) {
  const ld_table t = { luaL_checknumber(L, 1), luaL_checknumber(L, 2),
                       luaL_checknumber(L, 3), luaL_checknumber(L, 4) };
  lua_pushnumber(L, ld_log_likelihood(&t));
  lua_pushnumber(L, ld_mutual_information(&t));
  lua_pushnumber(L, ld_t_score(&t));
  lua_pushnumber(L, ld_log_ratio(&t));
  lua_pushnumber(L, ld_percent_difference(&t));
  return 5;
}

/* dice(both, first, second) */
static int dice (lua_State *L) {
  lua_pushnumber(L, ld_log_dice(luaL_checknumber(L, 1), luaL_checknumber(L, 2),
                                luaL_checknumber(L, 3)));
  return 1;
}

/* A metatable that scripts cannot look into. [-0, +0, m] */
static void open_box (lua_State *L, const void *key, lua_CFunction gc) {
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, gc);
  lua_setfield(L, -2, "__gc");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void ld_statistics_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "terms", new_terms }, { "words", split_words }, { "sides", new_sides },
    { "tally", tally_docs }, { "windows", tally_windows },
    { "best", tally_best }, { "association", association },
    { "dice", dice }, { NULL, NULL }
  };
  open_box(L, &terms_key, terms_gc);
  open_box(L, &tally_key, tally_gc);
  luaL_setfuncs(L, functions, 0);
  ld_spread_open(L);
}
