/*
** duplicates.c - what is found is compared with what comparing each with each
** would find, over texts made of others by changes.
*/
#include "check.h"

#include "read/read.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}


/* ---------------------------------------------------------------- corpora */

enum { MOST = 400, WORDS = 120 };

static struct {
  ld_builder builder;
  ld_reading reading;
} job;

static void begin (const lesdiplo_options *options) {
  lesdiplo_error error;
  memset(&job, 0, sizeof job);
  assert_int_equal(ld_builder_init(&job.builder, options, ld_word_describe,
                                   &error), 0);
  job.reading = (ld_reading){ .builder = &job.builder, .options = options };
}

static void add (const char *name, const char *text) {
  ld_input in;
  const char *bytes = ld_builder_store(&job.builder, text, strlen(text));
  assert_non_null(bytes);
  assert_true(ld_input_open(&in, &job.reading, name, bytes, strlen(text),
                            NULL));
  ld_read_text(&job.reading, &in);
  ld_input_free(&in);
}

static lesdiplo_corpus *end (void) {
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  assert_int_equal(ld_builder_finish(&job.builder, &corpus, &error),
                   LESDIPLO_OK);
  return corpus;
}

/* What was told, by document. */
typedef struct told {
  lesdiplo_duplicate by[MOST];
  bool in[MOST];
  uint32_t count, groups, last;
} told;

static void keep (void *data, const lesdiplo_duplicate *one) {
  told *t = data;
  assert_true(one->index < MOST && !t->in[one->index]);
  assert_true(one->similarity >= 0 && one->similarity <= 1);
  if (one->like == one->index) {            /* the first of a group */
    assert_int_equal(one->group, t->groups);
    assert_int_equal(one->same, 0);
    t->groups++;
  } else {
    assert_true(t->groups > 0 && one->group == t->groups - 1);
    assert_true(one->index > t->last && one->like < MOST);
    assert_true(one->like != one->index);
  }
  t->by[one->index] = *one;
  t->in[one->index] = true;
  t->last = one->index;
  t->count++;
}

static void find (const lesdiplo_corpus *corpus, double near, told *t) {
  lesdiplo_error error;
  memset(t, 0, sizeof *t);
  assert_int_equal(lesdiplo_corpus_duplicates(corpus, near, keep, t, &error),
                   LESDIPLO_OK);
  for (uint32_t i = 0; i < MOST; i++) {
    const lesdiplo_duplicate *one = t->by + i;
    assert_true(!t->in[i] || (t->in[one->like] &&
                              t->by[one->like].group == one->group));
  }
}


/* -------------------------------------------------------------- the plain way */

typedef struct set { uint64_t items[WORDS * 2]; uint32_t count; } set;

static int by_value (const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* All different runs of four words of a text without furniture. */
static void shingles_of (const lesdiplo_doc *doc, set *out) {
  uint32_t words[4] = { 0 }, n = 0;
  out->count = 0;
  for (uint32_t i = 0; i < doc->token_count; i++) {
    const ld_word *word = ld_word_at(&doc->corpus->vocabulary,
                                     doc->token_word[i]);
    if (word->shape == LD_SHAPE_OTHER) continue;
    memmove(words, words + 1, sizeof words - sizeof *words);
    words[3] = word->folded;
    if (++n >= 4)
      out->items[out->count++] = ((uint64_t)words[0] << 48) ^
                                 ((uint64_t)words[1] << 32) ^
                                 ((uint64_t)words[2] << 16) ^ words[3];
  }
  qsort(out->items, out->count, sizeof *out->items, by_value);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < out->count; i++)
    if (i == 0 || out->items[i] != out->items[kept - 1])
      out->items[kept++] = out->items[i];
  out->count = kept;
}

static double jaccard (const set *a, const set *b) {
  uint32_t i = 0, k = 0, common = 0;
  while (i < a->count && k < b->count) {
    if (a->items[i] == b->items[k]) { common++; i++; k++; }
    else if (a->items[i] < b->items[k]) i++;
    else k++;
  }
  return (double)common / (a->count + b->count - common);
}


/* ------------------------------------------------------------------- tests */

/* Texts of words that differ from one before them in some places. */
static char texts[MOST][WORDS * 8];

static void make_texts (uint32_t count) {
  static uint32_t words[MOST][WORDS];
  for (uint32_t i = 0; i < count; i++) {
    uint32_t from = i && pick(3) ? pick(i) : i, changes = pick(12);
    for (uint32_t k = 0; k < WORDS; k++)
      words[i][k] = from == i ? pick(5000) : words[from][k];
    for (uint32_t k = 0; from != i && k < changes; k++)
      words[i][pick(WORDS)] = pick(5000);
    char *p = texts[i];
    for (uint32_t k = 0; k < WORDS; k++) {
      uint32_t w = words[i][k];
      char word[5] = { (char)('a' + w % 20), (char)('a' + w / 20 % 20),
                       (char)('a' + w / 400), 'x', '\0' };
      p += sprintf(p, "%s%s", word, k + 1 < WORDS ? " " : ".");
    }
  }
}


/*
** No pair that is told is less alike than was asked for, and its similarity is
** right. Of pairs of one document and the nearest before it that are more alike
** than that by a little, none is missing here.
*/
static void test_as_each_with_each (void **state) {
  (void)state;
  static set sets[MOST];
  static told t;
  static const double nears[] = { 0.5, 0.6, 0.7, 0.8, 0.9, 1 };
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  uint32_t pairs = 0;
  seed = 12;
  make_texts(MOST);
  begin(&options);
  for (uint32_t i = 0; i < MOST; i++) {
    char name[20];
    snprintf(name, sizeof name, "%u", i);
    add(name, texts[i]);
  }
  lesdiplo_corpus *corpus = end();
  for (uint32_t i = 0; i < MOST; i++)
    shingles_of(lesdiplo_corpus_doc(corpus, i), sets + i);
  for (size_t n = 0; n < CHECK_COUNT(nears); n++) {
    find(corpus, nears[n], &t);
    for (uint32_t i = 0; i < MOST; i++) {
      const lesdiplo_duplicate *one = t.by + i;
      double best = 0;
      for (uint32_t k = 0; k < i; k++) {
        const double found = jaccard(sets + i, sets + k);
        if (found > best) best = found;
      }
      if (t.in[i] && one->like != i) {
        const double found = jaccard(sets + i, sets + one->like);
        assert_true(found >= nears[n]);
        assert_true(one->similarity > found - 1e-6 &&
                    one->similarity < found + 1e-6);
        pairs++;
      }
      if (best >= nears[n] + 0.05 || best > 0.99999)
        assert_true(t.in[i] && one->like != i);
    }
  }
  assert_true(pairs > MOST);
  lesdiplo_corpus_close(corpus);
}


/* White space alone makes no difference; marks and case make nearly none. */
static void test_same_and_not (void **state) {
  (void)state;
  static const char *const all[] = {
    "The two ministers met in the old town hall on Monday, in the rain.",
    "The two  ministers met in the\nold town hall on Monday, in the rain.",
    "The two Ministers met in the old town hall on Monday – in the rain.",
    "They will meet again.", "they WILL meet: again!", "They met.",
    "They met.", "-", "-", "", "They."
  };
  static const struct { uint32_t like; int same; } wanted[] = {
    { 0, 0 }, { 0, 1 }, { 0, 0 }, { 3, 0 }, { 3, 0 }, { 5, 0 }, { 5, 1 },
    { 7, 0 }, { 7, 1 }
  };
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  static told t;
  begin(&options);
  for (uint32_t i = 0; i < CHECK_COUNT(all); i++) {
    char name[20];
    snprintf(name, sizeof name, "%u", i);
    add(name, all[i]);
  }
  lesdiplo_corpus *corpus = end();
  find(corpus, 0.9, &t);
  assert_int_equal(t.count, CHECK_COUNT(wanted));
  assert_int_equal(t.groups, 4);
  for (uint32_t i = 0; i < CHECK_COUNT(wanted); i++) {
    assert_true(t.in[i]);
    assert_int_equal(t.by[i].like, wanted[i].like);
    assert_int_equal(t.by[i].same, wanted[i].same);
    assert_true(t.by[i].similarity > 0.999999);
  }
  lesdiplo_corpus_close(corpus);
}


/* One text under two titles; and titles alone, where there is nothing else. */
static void test_titles (void **state) {
  (void)state;
  static const char *const all[] = {
    "Talks on the river\n\nThe foreign minister said on Monday that the talks "
    "on the river would go on until the summer, and that both wanted more.",
    "Both sides want more\n\nThe foreign minister said on Monday that the talks "
    "on the river would go on until the summer, and that both wanted more.",
    "Talks on the river", "Talks on the River"
  };
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  static told t;
  begin(&options);
  for (uint32_t i = 0; i < CHECK_COUNT(all); i++) {
    char name[20];
    snprintf(name, sizeof name, "%u", i);
    add(name, all[i]);
  }
  lesdiplo_corpus *corpus = end();
  assert_string_equal(lesdiplo_doc_field(lesdiplo_corpus_doc(corpus, 1),
                                         "title"), "Both sides want more");
  find(corpus, 1, &t);
  assert_int_equal(t.groups, 2);
  assert_int_equal(t.by[1].like, 0);
  assert_int_equal(t.by[1].same, 0);
  assert_int_equal(t.by[3].like, 2);
  lesdiplo_corpus_close(corpus);
}


/* A chain is one group, in which each is like the one before. */
static void test_chain (void **state) {
  (void)state;
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  static told t;
  char text[WORDS * 8];
  begin(&options);
  for (int i = 0; i < 20; i++) {
    char name[20], *p = text;
    snprintf(name, sizeof name, "%d", i);
    for (int k = i * 8; k < i * 8 + 100; k++)
      p += sprintf(p, "w%d ", k);
    add(name, text);
  }
  lesdiplo_corpus *corpus = end();
  find(corpus, 0.8, &t);
  assert_int_equal(t.groups, 1);
  assert_int_equal(t.count, 20);
  for (uint32_t i = 1; i < 20; i++) assert_int_equal(t.by[i].like, i - 1);
  lesdiplo_corpus_close(corpus);
}


/* Two that are not alike, and then one that is like both. */
static void test_bridge (void **state) {
  (void)state;
  static const int from[] = { 0, 60, 30 };
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  static told t;
  char text[WORDS * 8];
  begin(&options);
  for (int i = 0; i < 3; i++) {
    char name[20], *p = text;
    snprintf(name, sizeof name, "%d", i);
    for (int k = from[i]; k < from[i] + 100; k++) p += sprintf(p, "w%d ", k);
    add(name, text);
  }
  lesdiplo_corpus *corpus = end();
  find(corpus, 0.5, &t);
  assert_int_equal(t.groups, 1);
  assert_int_equal(t.count, 3);
  assert_int_equal(t.by[0].like, 0);
  assert_int_equal(t.by[1].like, 2);
  assert_int_equal(t.by[2].like, 0);
  lesdiplo_corpus_close(corpus);
}


static void test_arguments (void **state) {
  (void)state;
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  static told t;
  lesdiplo_error error;
  begin(&options);
  lesdiplo_corpus *corpus = end();          /* of nothing */
  find(corpus, 0.8, &t);
  assert_int_equal(t.count, 0);
  assert_int_equal(lesdiplo_corpus_duplicates(NULL, 0.8, keep, &t, &error),
                   LESDIPLO_EARG);
  assert_int_equal(lesdiplo_corpus_duplicates(corpus, 0.8, NULL, &t, NULL),
                   LESDIPLO_EARG);
  assert_int_equal(lesdiplo_corpus_duplicates(corpus, 0.4, keep, &t, &error),
                   LESDIPLO_EARG);
  assert_int_equal(lesdiplo_corpus_duplicates(corpus, 1.1, keep, &t, &error),
                   LESDIPLO_EARG);
  assert_non_null(strstr(error.message, "1.1"));
  assert_int_equal(lesdiplo_corpus_duplicates(corpus, 0.0 / 0.0, keep, &t,
                                              &error), LESDIPLO_EARG);
  lesdiplo_corpus_close(corpus);
}


static void test_without_memory (void **state) {
  (void)state;
  static told t;
  check_heap heap = { -1, 0 };
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error;
  options.alloc = check_alloc;
  options.alloc_data = &heap;
  begin(&options);
  add("a", "They met in the hall.");
  add("b", "They met in the hall.");
  lesdiplo_corpus *corpus = end();
  const size_t before = heap.blocks;
  heap.left = 0;
  memset(&t, 0, sizeof t);
  assert_int_equal(lesdiplo_corpus_duplicates(corpus, 0.8, keep, &t, &error),
                   LESDIPLO_ENOMEM);
  assert_int_equal(error.code, LESDIPLO_ENOMEM);
  assert_int_equal(t.count, 0);
  heap.left = -1;
  find(corpus, 0.8, &t);
  assert_int_equal(t.count, 2);
  assert_int_equal(heap.blocks, before);
  lesdiplo_corpus_close(corpus);
  assert_int_equal(heap.blocks, 0);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_as_each_with_each),
  cmocka_unit_test(test_same_and_not),
  cmocka_unit_test(test_titles),
  cmocka_unit_test(test_chain),
  cmocka_unit_test(test_bridge),
  cmocka_unit_test(test_arguments),
  cmocka_unit_test(test_without_memory)
};

int main (void) { return CHECK_ALL(tests); }
