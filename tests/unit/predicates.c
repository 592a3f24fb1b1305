/*
** predicates.c - predicates on words: what tables of kinds and postings say
** of each token is what a plain look at it says.
*/
#include "pack.h"

#include "mark/mark.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}

static const char english[] =
    "{\"id\":\"a\",\"text\":\"The Minister visited Maseru. He visits the King, "
    "and the visit was long; the ministers' VISITING hours, 27 of them, are the "
    "visitor's. It was the U.S. that said the talks of the 3rd day are many.\"}"
    "\n";
static const char french[] =
    "{\"id\":\"b\",\"text\":\"Le ministre a visité la capitale. Les visites du "
    "roi sont longues, et la visite était la première; les ministres visitent "
    "les villes et la cité où ils sont reçus par le roi.\"}\n";
static const char chinese[] =
    "{\"id\":\"c\",\"text\":\"外交部长访问了莱索托。The visit 訪問 was long.\"}\n";

static lesdiplo_corpus *read_three (void) {
  char all[2000];
  snprintf(all, sizeof all, "%s%s%s", english, french, chinese);
  lesdiplo_corpus *c = read_as("a.jsonl", all, strlen(all), NULL, NULL);
  assert_int_equal(lesdiplo_corpus_count(c), 3);
  return c;
}

static const char *const asked[] = {
  "visit", "Visits", "VISITÉ", "the", "The", "ministre", "ministers", "27",
  "访", "訪", "none", "U.S.", "roi", "long", "longues", "3rd"
};

/* A predicate at random; by list it takes ids from 'room'. */
static ld_predicate make (const lesdiplo_corpus *c, uint32_t room[64]) {
  ld_predicate p = { NULL, 0, room, 0, (enum ld_predicate_type)pick(4) };
  p.text = asked[pick(CHECK_COUNT(asked))];
  p.n = strlen(p.text);
  for (uint32_t id = 1 + pick(20); id < c->vocabulary.count && p.count < 64;
       id += 1 + pick(20))
    room[p.count++] = id;
  return p;
}

/* The same asked of one token. */
static bool holds (const lesdiplo_doc *doc, uint32_t i, const ld_predicate *p) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  const uint32_t id = doc->token_word[i];
  const ld_word *word = ld_word_at(v, id);
  const ld_word *plain = ld_word_at(v, word->folded);
  char folded[400];
  size_t n;
  switch (p->type) {
    case LD_BY_FOLDED:
      n = ld_fold(p->text, p->n, folded, sizeof folded);
      return n == plain->length &&
             memcmp(folded, ld_word_form(v, word->folded), n) == 0;
    case LD_BY_FORM:
      return p->n == word->length &&
             memcmp(p->text, ld_word_form(v, id), p->n) == 0;
    case LD_BY_STEM: {
      /* the text is a word of the corpus, or has no fellow */
      const uint32_t other = ld_word_find(v, folded,
          ld_fold(p->text, p->n, folded, sizeof folded));
      const char *lang = lesdiplo_doc_field(doc, "lang");
      return other != UINT32_MAX &&
             strcmp(ld_stem(doc->corpus, id, lang, NULL),
                    ld_stem(doc->corpus, other, lang, NULL)) == 0;
    }
    default:
      for (uint32_t k = 0; k < p->count; k++)
        if (p->words[k] == id) return true;
      return false;
  }
}

static void check_table (const lesdiplo_corpus *c, const ld_kind_table *t,
                         const ld_predicate *all, uint32_t count) {
  for (uint32_t d = 0; d < lesdiplo_corpus_count(c); d++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(c, d);
    const uint8_t *kinds = ld_kind_table_of(t, doc);
    for (uint32_t i = 0; i < doc->token_count; i++) {
      const uint8_t kind = kinds[doc->token_word[i]];
      assert_true(kind < ld_kind_table_count(t));
      for (uint32_t k = 0; k < count; k++)
        assert_int_equal(ld_kind_table_has(t, kind, k),
                         holds(doc, i, all + k));
    }
  }
}

/* Each token that it holds for is listed; a stem of another language may be,
** too: the kinds tell them apart. */
static void check_postings (const lesdiplo_corpus *c, const ld_predicate *p) {
  static uint32_t out[2000];
  uint64_t most, count;
  uint32_t number = 0;
  assert_true(ld_predicate_tokens(c, p, NULL, &most));
  assert_true(most < CHECK_COUNT(out));
  assert_true(ld_predicate_tokens(c, p, out, &count));
  assert_int_equal(count, most);
  for (uint32_t d = 0; d < lesdiplo_corpus_count(c); d++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(c, d);
    for (uint32_t i = 0; i < doc->token_count; i++, number++) {
      bool listed = false;
      for (uint32_t k = 0; k < count; k++) listed |= out[k] == number;
      if (p->type != LD_BY_STEM) assert_int_equal(listed, holds(doc, i, p));
      else if (holds(doc, i, p)) assert_true(listed);
    }
  }
}


static void test_predicates (void **state) {
  (void)state;
  enum { MOST = 6 };
  ld_predicate all[MOST];
  uint32_t rooms[MOST][64];
  ld_memory memory;
  lesdiplo_corpus *c = read_three();
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  seed = 31;
  for (int round = 0; round < 300; round++) {
    const uint32_t count = pick(7);
    ld_kind_table *t = ld_kind_table_new(c, &memory, true, LD_KINDS_MOST);
    assert_non_null(t);
    for (uint32_t k = 0; k < count; k++) {
      all[k] = make(c, rooms[k]);
      assert_int_equal(ld_kind_table_add(t, k, all + k), LESDIPLO_OK);
      check_postings(c, all + k);
    }
    check_table(c, t, all, count);
    ld_kind_table_free(t);
  }
  assert_int_equal(memory.used, 0);
  lesdiplo_corpus_close(c);
}


/* Languages keep their stems apart; what no language has is no word's. */
static void test_stems (void **state) {
  (void)state;
  lesdiplo_corpus *c = read_three();
  const uint32_t *words;
  uint32_t count;
  assert_true(ld_stem_words(c, "visits", 6, "en", &words, &count));
  assert_true(count >= 5);                 /* visit visits visited VISITING */
  assert_true(ld_stem_words(c, "Visiter", 7, "fr", &words, &count));
  assert_true(count >= 3);
  assert_true(ld_stem_words(c, "negotiate", 9, "en", &words, &count));
  assert_int_equal(count, 0);
  assert_true(ld_stem_words(c, "访", 3, NULL, &words, &count));
  assert_int_equal(count, 2);              /* and the traditional sign */
  lesdiplo_corpus_close(c);
}


static void test_without_memory (void **state) {
  (void)state;
  ld_predicate p = { "visits", 6, NULL, 0, LD_BY_STEM };
  for (long left = 0;; left++) {
    check_heap heap = { left, 0 };
    ld_memory memory;
    lesdiplo_corpus *c = read_three();
    ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
    ld_kind_table *t = ld_kind_table_new(c, &memory, true, LD_KINDS_MOST);
    const bool whole = heap.left > 0;
    assert_true(t || !whole);
    if (t) {
      assert_int_equal(ld_kind_table_add(t, 0, &p), LESDIPLO_OK);
      check_table(c, t, &p, 1);
    }
    ld_kind_table_free(t);
    assert_int_equal(heap.blocks, 0);
    lesdiplo_corpus_close(c);
    if (whole) break;
  }
}


/* A table that is full takes no more, and stays as it is. */
static void test_full (void **state) {
  (void)state;
  enum { MOST = 40 };
  ld_predicate all[MOST];
  uint32_t rooms[MOST][64], count = 0;
  ld_memory memory;
  lesdiplo_corpus *c = read_three();
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_kind_table *t = ld_kind_table_new(c, &memory, false, 20);
  seed = 32;
  while (count < MOST) {
    all[count] = make(c, rooms[count]);
    all[count].type = LD_BY_LIST;
    if (ld_kind_table_add(t, count, all + count) == LESDIPLO_ELIMIT) break;
    count++;
  }
  assert_true(count > 3 && count < MOST);
  check_table(c, t, all, count);
  ld_kind_table_free(t);
  lesdiplo_corpus_close(c);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_predicates),
  cmocka_unit_test(test_stems),
  cmocka_unit_test(test_without_memory),
  cmocka_unit_test(test_full)
};


int main (void) { return CHECK_ALL(tests); }
