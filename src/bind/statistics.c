/*
** statistics.c - the C half of lesdiplo.statistics: what goes through tokens.
**
** A Terms (mark.h) says what is counted as what; a Tally has counted. Both are
** boxes that own their memory, which is taken from the state's allocator, and so
** are under its budget. Which documents count, and on which side, is a string of
** a byte a document. Options are checked in Lua; what is wrong here is an
** argument error.
*/
#include <string.h>

#include "bind/query.h"

static const char terms_key, tally_key;      /* of their metatables */

/* User value 1: the Corpus. */
typedef struct terms_box {
  const lesdiplo_corpus *corpus;
  ld_memory memory;
  ld_terms *terms;
} terms_box;

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

static terms_box *check_terms (lua_State *L, int index) {
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

static void take_memory (lua_State *L, ld_memory *memory) {
  void *data;
  const lua_Alloc alloc = lua_getallocf(L, &data);
  ld_memory_init(memory, alloc, data, UINT64_MAX);
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
  take_memory(L, &box->memory);
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

/* sides(corpus, docs, others) -> sides, and how many documents are on each. docs
** may be nil: all of them; others nil: none; others true: the rest. */
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

/* The sides at 'index'. [-0, +0, v] */
static const uint8_t *check_sides (lua_State *L, int index,
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
  const terms_box *terms = check_terms(L, 1);
  tally_box *box = lua_newuserdatauv(L, sizeof *box, 1);
  memset(box, 0, sizeof *box);
  box->corpus = terms->corpus;
  take_memory(L, &box->memory);
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
  const uint8_t *sides = check_sides(L, 2, check_terms(L, 1)->corpus);
  const uint32_t n = check_number(L, 3, 1, LD_SEQUENCE_MOST);
  tally_box *box = new_tally(L, n, check_number(L, 4, 0, UINT32_MAX));
  ld_tally_docs(&box->tally, sides);
  return finish_tally(L, box);
}

/* windows(terms, sides, hits, left, right) -> Tally, words within, words
** outside, nodes */
static int tally_windows (lua_State *L) {
  const terms_box *terms = check_terms(L, 1);
  const uint8_t *sides = check_sides(L, 2, terms->corpus);
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

/* A row is {name, count, count of the others, documents, documents of the others,
** example}. [-0, +1, e] */
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
** Hits
*/

/* count(terms, sides, hits, whole) -> Hits: those in sentences that count, of
** documents on the first side; where 'whole', only those that begin and end where
** words do. */
static int counted_hits (lua_State *L) {
  const terms_box *box = check_terms(L, 1);
  const uint8_t *sides = check_sides(L, 2, box->corpus);
  const hits_object *hits = ld_class_check(L, 3, LD_BIND_HITS);
  const bool whole = lua_toboolean(L, 4);
  const lesdiplo_doc *doc = NULL;
  luaL_argcheck(L, hits->corpus == box->corpus, 3, "hits of another corpus");
  lua_getiuservalue(L, 3, HITS_CORPUS);
  lua_newtable(L);
  ld_hits_new(L, -2, -1);
  const int result = lua_gettop(L);
  for (uint32_t i = 0; i < hits->count; i++) {
    hit one = hits->hits[i];
    if (sides[one.doc] != LD_SIDE_FIRST) continue;
    if (!doc || doc->index != one.doc) {
      doc = lesdiplo_corpus_doc(box->corpus, one.doc);
      if (!ld_terms_open(box->terms, doc)) return ld_raise_no_memory(L);
    }
    const uint32_t sentence = ld_sentence_of_token(doc, one.from);
    if (sentence == UINT32_MAX || !ld_terms_counts(box->terms, doc, sentence))
      continue;
    if (whole && !(ld_terms_begins(box->terms, one.from) &&
                   (one.to == doc->token_count ||
                    ld_terms_begins(box->terms, one.to))))
      continue;
    one.captures = one.capture_count = 0;
    ld_hits_add(L, result, &one);
  }
  return 1;
}

/* A walk over words and hits at once. */
typedef struct spread {
  lua_State *L;
  const terms_box *terms;
  const uint8_t *sides;
  const hits_object *hits;
  uint32_t next;              /* the first hit that has not come yet */
  lua_Integer *words, *counts, *firsts;      /* by part */
  uint32_t parts;             /* 0: a part a document */
  uint64_t at, all;           /* words that are behind us, and that there are */
} spread;

/* The part that the next word is in; marks behind the last word are in its. */
static uint32_t part_of (const spread *s, uint32_t doc) {
  if (s->parts == 0) return doc;
  if (s->at >= s->all) return s->parts - 1;
  return (uint32_t)(s->at * s->parts / s->all);
}

/* Counts the hits that begin before the end of a unit. */
static void spread_hits (spread *s, uint32_t doc, uint32_t end, uint32_t part) {
  for (; s->next < s->hits->count; s->next++) {
    const hit *one = s->hits->hits + s->next;
    if (one->doc > doc || (one->doc == doc && one->from >= end)) break;
    if (one->doc != doc) continue;
    if (s->counts[part]++ == 0) s->firsts[part] = (lua_Integer)s->next + 1;
  }
}

/* Goes through the words of a document; counts them only where 's->words' is
** NULL. */
static void spread_doc (spread *s, const lesdiplo_doc *doc) {
  ld_terms *terms = s->terms->terms;
  if (!ld_terms_open(terms, doc)) ld_raise_no_memory(s->L);
  for (uint32_t i = 0; i < doc->sentence_count; i++) {
    uint32_t count = 0;
    if (!ld_terms_counts(terms, doc, i)) continue;
    const ld_unit *u = ld_terms_units(terms, i, &count);
    if (!u) ld_raise_no_memory(s->L);
    for (uint32_t k = 0; u && k < count; k++) {
      const bool word = u[k].term != 0;
      if (!s->words) s->all += word;
      else {
        const uint32_t part = part_of(s, doc->index);
        spread_hits(s, doc->index, u[k].to, part);
        s->words[part] += word;
        s->at += word;
      }
    }
  }
}

static void spread_docs (spread *s) {
  const lesdiplo_corpus *c = s->terms->corpus;
  for (uint32_t i = 0; i < c->doc_count; i++)
    if (s->sides[i] == LD_SIDE_FIRST)
      spread_doc(s, lesdiplo_corpus_doc(c, i));
}

/* Pushes an array of n numbers. [-0, +1, m] */
static void push_numbers (lua_State *L, const lua_Integer *all, uint32_t n) {
  lua_createtable(L, (int)(n < INT32_MAX ? n : 0), 0);
  for (uint32_t i = 0; i < n; i++) {
    lua_pushinteger(L, all[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* spread(terms, sides, hits, parts) -> words, counts, firsts: of each part how
** many words it has, how many hits, and the number of the first one or 0. Parts
** are documents, those that do not count being empty; or so many parts with the
** same number of words. */
static int spread_parts (lua_State *L) {
  spread s;
  memset(&s, 0, sizeof s);
  s.L = L;
  s.terms = check_terms(L, 1);
  s.sides = check_sides(L, 2, s.terms->corpus);
  s.hits = ld_class_check(L, 3, LD_BIND_HITS);
  luaL_argcheck(L, s.hits->corpus == s.terms->corpus, 3,
                "hits of another corpus");
  s.parts = (uint32_t)luaL_optinteger(L, 4, 0);
  const uint32_t n = s.parts ? s.parts : s.terms->corpus->doc_count;
  const size_t size = (size_t)n * 3 * sizeof *s.words;
  lua_Integer *numbers = lua_newuserdatauv(L, size + 1, 0);
  memset(numbers, 0, size);
  if (s.parts) spread_docs(&s);
  s.words = numbers;
  s.counts = numbers + n;
  s.firsts = numbers + 2 * (size_t)n;
  spread_docs(&s);
  push_numbers(L, s.words, n);
  push_numbers(L, s.counts, n);
  push_numbers(L, s.firsts, n);
  return 3;
}

/* units(terms, sides, unit) -> how many sentences, blocks with sentences, or
** documents there are that count. */
static int count_units (lua_State *L) {
  const terms_box *box = check_terms(L, 1);
  const uint8_t *sides = check_sides(L, 2, box->corpus);
  const enum unit unit = ld_unit_check(L, 3);
  lua_Integer all = 0;
  for (uint32_t d = 0; d < box->corpus->doc_count; d++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(box->corpus, d);
    uint32_t block = UINT32_MAX;
    bool any = false;
    if (sides[d] != LD_SIDE_FIRST) continue;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
      if (!ld_terms_counts(box->terms, doc, i)) continue;
      any = true;
      all += unit == UNIT_SENTENCE ||
             (unit == UNIT_BLOCK && doc->sentences[i].block != block);
      block = doc->sentences[i].block;
    }
    all += unit == UNIT_DOC && any;
  }
  lua_pushinteger(L, all);
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
    { "best", tally_best }, { "counted", counted_hits },
    { "spread", spread_parts }, { "units", count_units },
    { "association", association }, { "dice", dice }, { NULL, NULL }
  };
  open_box(L, &terms_key, terms_gc);
  open_box(L, &tally_key, tally_gc);
  luaL_setfuncs(L, functions, 0);
}
