/*
** spread.c - where hits stand among the words that count: which of them do, how
** many there are in each part of the corpus.
*/
#include <string.h>

#include "bind/count/counts.h"

/* count(terms, sides, hits, whole) -> Hits: those in sentences that count,
** of documents on the first side; where 'whole', only those that begin and
** end where words do. */
static int counted_hits (lua_State *L) {
  const terms_box *box = ld_terms_check(L, 1);
  const uint8_t *sides = ld_sides_check(L, 2, box->corpus);
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
  s.terms = ld_terms_check(L, 1);
  s.sides = ld_sides_check(L, 2, s.terms->corpus);
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
  const terms_box *box = ld_terms_check(L, 1);
  const uint8_t *sides = ld_sides_check(L, 2, box->corpus);
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

void ld_spread_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "counted", counted_hits }, { "spread", spread_parts },
    { "units", count_units }, { NULL, NULL }
  };
  luaL_setfuncs(L, functions, 0);
}
