/*
** corpus.c - vocabulary, builder, source maps, citations, lines, look-ups.
**
** Maps and look-ups are compared with the slow and plain way to say the same,
** over random documents; the numbers come from a fixed seed.
*/
#include "check.h"

#include <limits.h>

#include "corpus/corpus.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}


/* ------------------------------------------------------------ vocabulary */

static uint32_t described;

/* Lower case as the folded form: adds a word while one is added, as the real
** one does. */
static void describe (ld_vocabulary *vocabulary, uint32_t id,
                      const char *form, size_t n) {
  char lower[LD_WORD_MAX] = { 0 };
  for (size_t i = 0; i < n; i++)
    lower[i] = (char)(form[i] >= 'A' && form[i] <= 'Z' ? form[i] + 32
                                                       : form[i]);
  described++;
  uint32_t folded = memcmp(lower, form, n) == 0
                        ? id : ld_word_add(vocabulary, lower, n);
  ((ld_word *)(void *)vocabulary->words.base)[id].folded = folded;
}


static void test_vocabulary (void **state) {
  (void)state;
  enum { FORMS = 20000 };
  static char forms[FORMS][LD_WORD_MAX];
  static uint32_t lengths[FORMS], ids[FORMS];
  ld_memory memory;
  ld_vocabulary v;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  assert_true(ld_vocabulary_init(&v, &memory, describe));
  assert_int_equal(v.count, 1);
  assert_int_equal(ld_word_at(&v, 0)->length, 0);
  seed = 1;
  described = 0;
  for (uint32_t i = 0; i < FORMS; i++) {
    /* many that are alike: the same first 16 bytes, other ends */
    lengths[i] = i % 3 == 0 ? 14 + pick(5) : 1 + pick(i % 7 ? 12 : LD_WORD_MAX);
    for (uint32_t k = 0; k < lengths[i]; k++)
      forms[i][k] = (char)(i % 3 == 0 && k < 14 ? 'a' : 'A' + (int)pick(40));
    ids[i] = ld_word_add(&v, forms[i], lengths[i]);
    assert_int_not_equal(ids[i], 0);
  }
  assert_false(v.failed);
  assert_int_equal(described, v.count - 1);
  for (uint32_t i = 0; i < FORMS; i++) {
    const ld_word *word = ld_word_at(&v, ids[i]);
    assert_int_equal(word->length, lengths[i]);
    assert_memory_equal(ld_word_form(&v, ids[i]), forms[i], lengths[i]);
    assert_int_equal(ld_word_add(&v, forms[i], lengths[i]), ids[i]);
    assert_int_equal(ld_word_find(&v, forms[i], lengths[i]), ids[i]);
    const ld_word *folded = ld_word_at(&v, word->folded);
    assert_int_equal(folded->length, lengths[i]);
    assert_int_equal(folded->folded, word->folded);
  }
  /* One id a form, in both directions. */
  for (uint32_t i = 1; i < v.count; i++)
    assert_int_equal(ld_word_find(&v, ld_word_form(&v, i),
                                  ld_word_at(&v, i)->length), i);
  ld_vocabulary_free(&v);
  assert_int_equal(memory.used, 0);
}


static void test_vocabulary_finds_no_other (void **state) {
  (void)state;
  static const char longest[LD_WORD_MAX + 1] = { 'x' };
  ld_memory memory;
  ld_vocabulary v;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  assert_true(ld_vocabulary_init(&v, &memory, describe));
  assert_int_equal(ld_word_find(&v, "treaty", 6), UINT32_MAX);
  uint32_t id = ld_word_add(&v, "treaty", 6);
  assert_int_equal(ld_word_find(&v, "treaty", 6), id);
  assert_int_equal(ld_word_find(&v, "treat", 5), UINT32_MAX);
  assert_int_equal(ld_word_find(&v, "treatys", 7), UINT32_MAX);
  assert_int_equal(ld_word_find(&v, "Treaty", 6), UINT32_MAX);
  assert_int_equal(ld_word_find(&v, "", 0), UINT32_MAX);
  assert_int_equal(ld_word_find(&v, longest, sizeof longest), UINT32_MAX);
  ld_vocabulary_free(&v);
}


/* Words are added until there is no memory for more, be it the budget's or the
** system's: those that are there stay right. */
static void test_vocabulary_without_memory (void **state) {
  (void)state;
  for (long left = 0; left < 12; left++) {
    check_heap heap = { left, 0 };
    ld_memory memory;
    ld_vocabulary v;
    ld_memory_init(&memory, check_alloc, &heap,
                   left % 2 ? (uint64_t)left * 50000 : UINT64_MAX);
    bool good = ld_vocabulary_init(&v, &memory, describe);
    assert_int_equal(good, !v.failed);
    uint32_t last = 0;
    for (uint32_t i = 0; good && i < 30000; i++) {
      char form[16];
      int n = snprintf(form, sizeof form, "%u", i);
      uint32_t id = ld_word_add(&v, form, (size_t)n);
      if (id == 0) { assert_true(v.failed); break; }
      assert_int_equal(id, last + 1);
      last = id;
    }
    for (uint32_t i = 1; i <= last; i++)
      assert_int_equal(ld_word_find(&v, ld_word_form(&v, i),
                                    ld_word_at(&v, i)->length), i);
    if (good && v.failed) assert_int_equal(ld_word_add(&v, "new", 3), 0);
    ld_vocabulary_free(&v);
    assert_int_equal(memory.used, 0);
    assert_int_equal(heap.blocks, 0);
  }
}


/* --------------------------------------------------------------- builder */

static void start (ld_builder *b) {
  lesdiplo_error error;
  assert_int_equal(ld_builder_init(b, NULL, describe, &error), LESDIPLO_OK);
}

static lesdiplo_corpus *finish (ld_builder *b) {
  lesdiplo_error error;
  lesdiplo_corpus *corpus;
  assert_int_equal(ld_builder_finish(b, &corpus, &error), LESDIPLO_OK);
  return corpus;
}

/* A token for each run of bytes that are no space. */
static void add_tokens (ld_builder *b) {
  uint32_t *begin, *word;
  size_t used = 0;
  if (!b->doc || !ld_builder_token_room(b, b->doc->text_length + 1, &begin,
                                        &word))
    return;
  const char *text = b->doc->text;
  for (uint32_t i = 0; i < b->doc->text_length;) {
    uint32_t from = i;
    while (i < b->doc->text_length && text[i] != ' ' && i - from < 200) i++;
    if (i > from) {
      begin[used] = from;
      word[used++] = ld_word_add(&b->corpus->vocabulary, text + from, i - from);
    } else {
      i++;
    }
  }
  ld_builder_tokens(b, used);
}

/* Two documents with a little of everything. */
static void build (ld_builder *b) {
  static const char plain[] = "the signing of the river treaty in the capital";
  const char *bytes = ld_builder_store(b, plain, sizeof plain - 1);
  ld_builder_open(b, "a.txt", "a.txt", bytes, sizeof plain - 1);
  ld_builder_field(b, LD_F_TITLE, "  The  treaty\n", 14);
  ld_builder_field_at(b, LD_F_SOURCE, 4, 11);
  ld_builder_more(b, "url", "https://example.org", 19);
  ld_builder_more(b, "votes", "12", 2);
  ld_builder_block(b, 0, sizeof plain - 1, LD_PARAGRAPH, 0);
  add_tokens(b);
  ld_builder_sentence(b, 0, sizeof plain - 1, 0, 0);
  ld_builder_close(b);
  bytes = ld_builder_store(b, "*so* <b>it</b> went", 19);
  ld_builder_open(b, "b.md", "a.txt", bytes, 19);
  ld_builder_text(b, "so", 2, 1, 3);
  ld_builder_text(b, " ", 1, 4, 5);
  ld_builder_text(b, "it", 2, 8, 10);
  ld_builder_text(b, " went", 5, 14, 19);
  ld_builder_text_end(b);
  ld_builder_block(b, 0, 10, LD_ITEM, 300);
  add_tokens(b);
  ld_builder_sentence(b, 0, 10, 0, 0);
  ld_builder_note(b, LESDIPLO_EFORMAT, "b.md", 3, "%d marks were lost", 2);
  ld_builder_close(b);
  ld_builder_open(b, "c.txt", "c.txt", bytes, 19);
  ld_builder_drop(b);
}

static void check_built (const lesdiplo_corpus *c) {
  lesdiplo_error note;
  lesdiplo_span span;
  assert_int_equal(lesdiplo_corpus_count(c), 2);
  const lesdiplo_doc *a = lesdiplo_corpus_find(c, "a.txt");
  const lesdiplo_doc *b = lesdiplo_corpus_find(c, "a.txt:2");
  assert_ptr_equal(a, lesdiplo_corpus_doc(c, 0));
  assert_ptr_equal(b, lesdiplo_corpus_doc(c, 1));
  assert_null(lesdiplo_corpus_find(c, "c.txt"));
  assert_null(lesdiplo_corpus_doc(c, 2));
  assert_string_equal(lesdiplo_doc_field(a, "title"), "The treaty");
  assert_string_equal(lesdiplo_doc_field(a, "source"), "signing");
  assert_int_equal(a->evidence[LD_F_SOURCE].begin, 4);
  assert_int_equal(a->evidence[LD_F_SOURCE].end, 11);
  assert_string_equal(lesdiplo_doc_field(a, "votes"), "12");
  assert_null(lesdiplo_doc_field(a, "date"));
  assert_null(a->pieces);
  assert_int_equal(a->token_count, 9);
  assert_string_equal(lesdiplo_doc_field(b, "path"), "b.md");
  assert_int_equal(b->text_length, 10);
  assert_memory_equal(b->text, "so it went", 10);
  assert_int_equal(b->token_count, 3);
  assert_int_equal(b->blocks[0].level, 255);
  assert_int_equal(lesdiplo_doc_span(b, lesdiplo_layer("token"), 1, &span),
                   LESDIPLO_OK);
  assert_int_equal(span.source_begin, 8);
  assert_int_equal(span.source_end, 10);
  /* The second id was taken, and two marks were lost. */
  assert_int_equal(lesdiplo_corpus_note(c, 0, &note), LESDIPLO_OK);
  assert_non_null(strstr(note.message, "a.txt:2"));
  assert_int_equal(lesdiplo_corpus_note(c, 1, &note), LESDIPLO_OK);
  assert_string_equal(note.message, "2 marks were lost");
  assert_string_equal(note.where, "b.md");
  assert_int_equal(note.line, 3);
  assert_int_equal(lesdiplo_corpus_note(c, 2, &note), LESDIPLO_ENOTFOUND);
}


static void test_builder (void **state) {
  (void)state;
  ld_builder b;
  start(&b);
  build(&b);
  lesdiplo_corpus *corpus = finish(&b);
  check_built(corpus);
  assert_true(lesdiplo_corpus_memory(corpus) > 100);
  lesdiplo_corpus_close(corpus);
  lesdiplo_corpus_close(NULL);
}


/*
** Builds with one failure: of the allocator when 'left' blocks were given, or
** of the budget. Returns what finishing said; nothing is left behind.
*/
static int build_with (long left, uint64_t budget) {
  check_heap heap = { left, 0 };
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error = { 0, 0, "", "" };
  lesdiplo_corpus *corpus = NULL;
  ld_builder b;
  options.alloc = check_alloc;
  options.alloc_data = &heap;
  options.max_memory = budget;
  int code = ld_builder_init(&b, &options, describe, &error);
  if (code == LESDIPLO_OK) {
    build(&b);
    code = ld_builder_finish(&b, &corpus, &error);
  }
  if (code == LESDIPLO_OK) {
    check_built(corpus);
    lesdiplo_corpus_close(corpus);
  } else {
    assert_null(corpus);
    assert_int_equal(code, LESDIPLO_ENOMEM);
    assert_int_equal(error.code, LESDIPLO_ENOMEM);
    assert_int_not_equal(error.message[0], '\0');
  }
  assert_int_equal(heap.blocks, 0);
  return code;
}


static void test_builder_without_memory (void **state) {
  (void)state;
  long left = 0;
  while (build_with(left, 0) != LESDIPLO_OK) left++;
  assert_true(left > 0);
}


/* Bytes are given back as they run out: each budget up to one that is enough,
** in small steps. */
static void test_builder_without_budget (void **state) {
  (void)state;
  uint64_t budget = 1;
  uint32_t failures = 0;
  for (; build_with(-1, budget) != LESDIPLO_OK; failures++)
    budget += budget < 2000 ? 61 : 997;
  assert_true(failures > 30);
}


static void test_ids_are_unique (void **state) {
  (void)state;
  static const char *const ids[] = { "a", "a:2", "a", "a", "", "", "a:2" };
  static const char *const given[] = { "a", "a:2", "a:3", "a:4", "", ":2",
                                       "a:2:2" };
  char name[1400];
  ld_builder b;
  start(&b);
  for (size_t i = 0; i < CHECK_COUNT(ids); i++) {
    ld_builder_open(&b, "path", ids[i], "text", 4);
    ld_builder_close(&b);
  }
  memset(name, 'x', sizeof name);
  name[sizeof name - 1] = '\0';
  for (int i = 0; i < 3; i++) {
    ld_builder_open(&b, "path", name, "text", 4);
    ld_builder_close(&b);
  }
  lesdiplo_corpus *corpus = finish(&b);
  for (uint32_t i = 0; i < CHECK_COUNT(ids); i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
    assert_string_equal(lesdiplo_doc_id(doc), given[i]);
    assert_int_equal(lesdiplo_doc_index(doc), i);
  }
  for (uint32_t i = 0; i < lesdiplo_corpus_count(corpus); i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
    assert_ptr_equal(lesdiplo_corpus_find(corpus, lesdiplo_doc_id(doc)), doc);
  }
  lesdiplo_corpus_close(corpus);
}


static void test_fields (void **state) {
  (void)state;
  static const char text[] = "by  Anna\xC2\xA0 Berg ";
  const char *name, *value;
  ld_builder b;
  start(&b);
  ld_builder_open(&b, "a", "a", text, sizeof text - 1);
  ld_builder_field(&b, LD_F_TITLE, " \t\n", 3);      /* no value */
  ld_builder_field(&b, LD_F_TITLE, "\xE3\x80\x80one\xE2\x80\xAF\n two ", 14);
  ld_builder_field(&b, LD_F_TITLE, "another", 7);    /* it has one already */
  ld_builder_field_at(&b, LD_F_BYLINE, 3, sizeof text - 1);
  ld_builder_field_at(&b, LD_F_SOURCE, 2, 4);        /* white space */
  ld_builder_more(&b, "zeal", "1", 1);
  ld_builder_more(&b, "aim", "2", 1);
  ld_builder_more(&b, "zeal", "3", 1);
  ld_builder_more(&b, "void", "  ", 2);
  ld_builder_close(&b);
  lesdiplo_corpus *corpus = finish(&b);
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  static const char *const wanted[][2] = {
    { "path", "a" }, { "title", "one two" }, { "byline", "Anna Berg" },
    { "zeal", "1" }, { "aim", "2" }
  };
  for (uint32_t i = 0; i < CHECK_COUNT(wanted); i++) {
    assert_int_equal(lesdiplo_doc_field_at(doc, i, &name, &value),
                     LESDIPLO_OK);
    assert_string_equal(name, wanted[i][0]);
    assert_string_equal(value, wanted[i][1]);
    assert_ptr_equal(lesdiplo_doc_field(doc, name), value);
  }
  assert_int_equal(lesdiplo_doc_field_at(doc, CHECK_COUNT(wanted), &name,
                                         &value), LESDIPLO_ENOTFOUND);
  assert_null(lesdiplo_doc_field(doc, "void"));
  assert_int_equal(doc->evidence[LD_F_SOURCE].end, 0);
  lesdiplo_corpus_close(corpus);
}


/* Nothing but an open document takes blocks, words and fields. */
static void test_builder_without_document (void **state) {
  (void)state;
  uint32_t *begin, *word;
  ld_builder b;
  start(&b);
  ld_builder_text(&b, "x", 1, 0, 1);
  ld_builder_text_end(&b);
  ld_builder_block(&b, 0, 1, LD_ITEM, 1);
  ld_builder_sentence(&b, 0, 1, 0, 0);
  ld_builder_field(&b, LD_F_TITLE, "x", 1);
  ld_builder_more(&b, "x", "y", 1);
  ld_builder_close(&b);
  assert_false(ld_builder_token_room(&b, 1, &begin, &word));
  assert_int_equal(ld_builder_at(&b), 0);
  lesdiplo_corpus *corpus = finish(&b);
  assert_int_equal(lesdiplo_corpus_count(corpus), 0);
  lesdiplo_corpus_close(corpus);
}


/* ------------------------------------------------------------ source maps */

enum { SOURCE = 400, TEXT = 3 * SOURCE };

/* A random map, and what each byte of its text stands for. */
typedef struct shadow {
  char text[TEXT], source[SOURCE];
  uint32_t length;
  uint32_t begin[TEXT], end[TEXT];    /* in the source, of each text byte */
  int piece[TEXT];      /* which piece; negative where it is replaced */
  uint32_t drop_begin[TEXT + 1], drop_end[TEXT + 1];   /* dropped there */
  int drops[TEXT + 1];
} shadow;

/* Adds n text bytes for source [begin, end), to both. */
static void add_piece (ld_builder *b, shadow *s, uint32_t n, uint32_t begin,
                       uint32_t end, int number) {
  bool same = n == end - begin;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t at = s->length + i;
    s->text[at] = same ? s->source[begin + i] : (char)('A' + (int)pick(26));
    s->begin[at] = same ? begin + i : begin;
    s->end[at] = same ? begin + i + 1 : end;
    s->piece[at] = same ? number : -number;
  }
  if (n == 0 && end > begin) {
    s->drops[s->length]++;
    s->drop_begin[s->length] = begin;
    s->drop_end[s->length] = end;
  }
  ld_builder_text(b, s->text + s->length, n, begin, end);
  s->length += n;
}

/* Adds a row of random characters for source bytes from 'begin' on, as long as
** there is source up to 'end'; returns where its source ends. */
static uint32_t add_row (ld_builder *b, shadow *s, uint32_t begin,
                         uint32_t end, int *number) {
  static const char *const characters[] = { "a", "\xC3\xA9", "\xE6\xB2\xB3",
                                            "\xF0\x9F\x98\x80" };
  static const uint8_t widths[][4] = { { 1, 1, 1, 1 }, { 1, 2, 2, 4 },
                                       { 2, 2, 2, 4 }, { 4, 4, 4, 4 },
                                       { 1, 2, 3, 4 }, { 5, 5, 5, 5 } };
  const uint8_t *width = widths[pick(CHECK_COUNT(widths))];
  uint32_t source = begin, n = 0, most = 1 + pick(LD_ROW_MAX - 3);
  if (most > 60) most = 60;
  while (n < most) {
    uint32_t k = pick(4), at = s->length + n;
    if (source + width[k] > end || n + k + 1 > LD_ROW_MAX) break;
    memcpy(s->text + at, characters[k], k + 1);
    for (uint32_t i = at; i <= at + k; i++) {
      s->begin[i] = source;
      s->end[i] = source + width[k];
      s->piece[i] = -*number;
    }
    ++*number;
    source += width[k];
    n += k + 1;
  }
  ld_builder_row(b, s->text + s->length, n, begin, source, width);
  s->length += n;
  return source;
}

static void make_map (ld_builder *b, shadow *s) {
  uint32_t at = 0;
  memset(s, 0, sizeof *s);
  for (uint32_t i = 0; i < SOURCE; i++)
    s->source[i] = (char)('a' + (int)pick(26));
  const char *source = ld_builder_store(b, s->source, SOURCE);
  ld_builder_open(b, "a", "a", source, SOURCE);
  for (int number = 1; at < SOURCE && s->length < TEXT - 80; number++) {
    uint32_t most = SOURCE - at < 20 ? SOURCE - at : 20;
    uint32_t n = 1 + pick(most), length;
    switch (pick(8)) {
      case 0:                                  /* source that is passed over */
        break;
      case 1:                                  /* text the source has not */
        add_piece(b, s, 1 + pick(3), at, at, number);
        n = 0;
        break;
      case 2:                                  /* dropped for a reason */
        if (s->drops[s->length]) n = 0;
        else add_piece(b, s, 0, at, at + n, number);
        break;
      case 3:                                  /* replaced */
        length = 1 + pick(6);
        add_piece(b, s, length + (length == n), at, at + n, number);
        break;
      case 4:                                  /* in another encoding */
      case 5:
        n = add_row(b, s, at, SOURCE, &number) - at;
        break;
      default:
        add_piece(b, s, n, at, at + n, number);
    }
    at += n;
  }
  if (s->length == 0) add_piece(b, s, 1, 0, 0, 1);
  ld_builder_text_end(b);
  ld_builder_close(b);
}

/* Is 'at' between two bytes of one replacement? */
static bool inside (const shadow *s, uint32_t at) {
  return at > 0 && at < s->length && s->piece[at] < 0 &&
         s->piece[at] == s->piece[at - 1];
}

/* A stretch of text, from where its first byte's source begins to where its
** last one's ends. */
static void check_locate (const lesdiplo_doc *doc, const shadow *s,
                          uint32_t begin, uint32_t end) {
  lesdiplo_span span;
  assert_int_equal(lesdiplo_doc_locate(doc, begin, end, &span), LESDIPLO_OK);
  assert_int_equal(span.begin, begin);
  assert_int_equal(span.end, end);
  if (begin < end) {
    assert_int_equal(span.source_begin, s->begin[begin]);
    assert_int_equal(span.source_end, s->end[end - 1]);
    if (s->piece[begin] > 0 && s->piece[begin] == s->piece[end - 1]) {
      assert_int_equal(span.source_end - span.source_begin, end - begin);
      assert_memory_equal(s->source + span.source_begin, s->text + begin,
                          end - begin);
    }
  } else if (s->drops[begin]) {
    assert_int_equal(span.source_begin, s->drop_begin[begin]);
    assert_int_equal(span.source_end, s->drop_end[begin]);
  } else if (!inside(s, begin)) {
    assert_int_equal(span.source_begin, begin ? s->end[begin - 1] : 0);
    assert_int_equal(span.source_end,
                     end < s->length ? s->begin[end] : SOURCE);
  }
  if (begin < end || !inside(s, begin))
    assert_true(span.source_begin <= span.source_end);
  assert_true(span.source_end <= SOURCE);
}

/* Source back to text: the least that holds every byte that stands for some of
** it; nothing where all of it was dropped. */
static void check_back (const lesdiplo_doc *doc, const shadow *s,
                        uint32_t begin, uint32_t end) {
  uint32_t first = UINT32_MAX, last = 0, got_first, got_last;
  for (uint32_t i = 0; i < s->length; i++)
    if (s->begin[i] < end && s->end[i] > begin) {
      if (first == UINT32_MAX) first = i;
      last = i + 1;
    }
  assert_true(ld_locate_source(doc, begin, end, &got_first, &got_last));
  assert_true(got_first <= got_last && got_last <= s->length);
  if (first == UINT32_MAX) {
    assert_int_equal(got_first, got_last);
  } else {
    assert_int_equal(got_first, first);
    assert_int_equal(got_last, last);
  }
}


static void test_map (void **state) {
  (void)state;
  static shadow s;
  seed = 7;
  for (int round = 0; round < 60; round++) {
    ld_builder b;
    start(&b);
    make_map(&b, &s);
    lesdiplo_corpus *corpus = finish(&b);
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
    assert_int_equal(doc->text_length, s.length);
    assert_memory_equal(doc->text, s.text, s.length);
    lesdiplo_span span, before = { 0, 0, 0, 0 };
    for (uint32_t i = 0; i < s.length; i++) {
      check_locate(doc, &s, i, i);
      check_locate(doc, &s, i, i + 1);
      check_locate(doc, &s, i, i + pick(s.length - i + 1));
      ld_locate(doc, i, i + 1, &span);
      assert_true(span.source_begin >= before.source_begin);
      assert_true(span.source_end >= before.source_end);
      before = span;
    }
    check_locate(doc, &s, s.length, s.length);
    for (int i = 0; i < 1000; i++) {
      uint32_t begin = pick(SOURCE);
      check_back(doc, &s, begin, begin + 1 + pick(SOURCE - begin));
    }
    lesdiplo_corpus_close(corpus);
  }
}


/* An empty stretch between the bytes of one replacement (in the middle of a
** U+FFFD) has a source, too, that does not end before it begins. */
static void test_map_inside_a_replacement (void **state) {
  (void)state;
  char cite[64];
  lesdiplo_span span;
  ld_builder b;
  start(&b);
  ld_builder_open(&b, "a", "a", "a\xFF" "b", 3);
  ld_builder_text(&b, "a", 1, 0, 1);
  ld_builder_text(&b, "\xEF\xBF\xBD", 3, 1, 2);
  ld_builder_text(&b, "b", 1, 2, 3);
  ld_builder_text_end(&b);
  ld_builder_close(&b);
  lesdiplo_corpus *corpus = finish(&b);
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  for (uint32_t i = 2; i < 4; i++) {
    assert_int_equal(lesdiplo_doc_locate(doc, i, i, &span), LESDIPLO_OK);
    assert_true(span.source_begin >= 1);
    assert_true(span.source_begin <= span.source_end);
    assert_true(span.source_end <= 2);
    assert_true(lesdiplo_doc_cite(doc, i, i, cite, sizeof cite) > 0);
  }
  lesdiplo_corpus_close(corpus);
}


/* Pieces that go on byte for byte are one; a text that is all of its source has
** no map at all. Rows of one width are one as long as they are short. */
static void test_map_joins (void **state) {
  (void)state;
  static const char text[] = "abcdef";
  ld_builder b;
  start(&b);
  ld_builder_open(&b, "a", "a", text, 6);
  for (size_t i = 0; i < 6; i++) ld_builder_text(&b, text + i, 1, i, i + 1);
  ld_builder_text_end(&b);
  ld_builder_close(&b);
  ld_builder_open(&b, "b", "b", text, 6);
  for (size_t i = 0; i < 5; i++) ld_builder_text(&b, text + i, 1, i, i + 1);
  ld_builder_text_end(&b);
  ld_builder_close(&b);
  lesdiplo_corpus *corpus = finish(&b);
  assert_int_equal(lesdiplo_corpus_doc(corpus, 0)->piece_count, 0);
  assert_int_equal(lesdiplo_corpus_doc(corpus, 1)->piece_count, 1);
  lesdiplo_corpus_close(corpus);
  start(&b);
  ld_builder_open(&b, "a", "a", NULL, 4 * LD_ROW_MAX);
  for (size_t i = 0; i < 2 * LD_ROW_MAX; i++)
    ld_builder_row(&b, "a", 1, 2 * i, 2 * i + 2,
                   (const uint8_t[4]){ 2, 2, 2, 4 });
  ld_builder_row(&b, "a", 1, 4 * LD_ROW_MAX, 4 * LD_ROW_MAX + 1,
                 (const uint8_t[4]){ 1, 1, 1, 1 });
  ld_builder_text_end(&b);
  ld_builder_close(&b);
  corpus = finish(&b);
  assert_int_equal(lesdiplo_corpus_doc(corpus, 0)->piece_count, 3);
  lesdiplo_corpus_close(corpus);
}


/* A newline of UTF-16 or UTF-32 is a code unit, wherever the byte 10 stands. */
static void test_lines_of_units (void **state) {
  (void)state;
  static char source[40000];
  static const unsigned units[] = { 2, 4 };
  seed = 8;
  for (size_t round = 0; round < 4; round++) {
    unsigned unit = units[round / 2];
    bool big = round % 2;
    ld_builder b;
    start(&b);
    for (size_t i = 0; i < sizeof source; i++)      /* many tens, some zeros */
      source[i] = (char)(pick(3) ? 0 : pick(2) ? 10 : pick(256));
    ld_builder_open(&b, "a", "a", source, sizeof source);
    ld_builder_units(&b, unit, big);
    ld_builder_close(&b);
    lesdiplo_corpus *corpus = finish(&b);
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
    uint32_t line = 1;
    for (uint32_t at = 0; at < sizeof source; at += unit) {
      uint32_t value = 0;
      assert_int_equal(ld_source_line(doc, at), line);
      for (unsigned i = 0; i < unit; i++)
        value |= (uint32_t)(unsigned char)source[at + i]
                 << 8 * (big ? unit - 1 - i : i);
      line += value == 10;
    }
    assert_true(line > 10);
    lesdiplo_corpus_close(corpus);
  }
}


/* Where the text is the source, and where the source is all markup. */
static void test_map_of_one_piece (void **state) {
  (void)state;
  uint32_t begin, end;
  lesdiplo_span span;
  ld_builder b;
  start(&b);
  ld_builder_open(&b, "a", "a", "abcdef", 6);
  ld_builder_close(&b);
  lesdiplo_corpus *corpus = finish(&b);
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  for (uint32_t i = 0; i <= 6; i++)
    for (uint32_t k = i; k <= 6; k++) {
      assert_int_equal(lesdiplo_doc_locate(doc, i, k, &span), LESDIPLO_OK);
      assert_int_equal(span.source_begin, i);
      assert_int_equal(span.source_end, k);
      assert_true(ld_locate_source(doc, i, k, &begin, &end));
      assert_int_equal(begin, i);
      assert_int_equal(end, k);
    }
  assert_int_equal(lesdiplo_doc_locate(doc, 3, 2, &span), LESDIPLO_EARG);
  assert_int_equal(lesdiplo_doc_locate(doc, 0, 7, &span), LESDIPLO_EARG);
  assert_int_equal(lesdiplo_doc_locate(doc, 0, 1, NULL), LESDIPLO_EARG);
  assert_int_equal(lesdiplo_doc_locate(NULL, 0, 0, &span), LESDIPLO_EARG);
  assert_false(ld_locate_source(doc, 0, 7, &begin, &end));
  assert_false(ld_locate_source(doc, 3, 2, &begin, &end));
  lesdiplo_corpus_close(corpus);
}


/* -------------------------------------------------------------- citations */

/* A corpus of one document of that id, over "alpha\nbeta gamma\n". */
static lesdiplo_corpus *cited (const char *id) {
  static const char text[] = "alpha\nbeta gamma\n";
  ld_builder b;
  start(&b);
  ld_builder_open(&b, "path", id, text, sizeof text - 1);
  ld_builder_close(&b);
  return finish(&b);
}

/* The citation of "beta" is read back out of a text around it. */
static void check_cite (const char *id) {
  static const char *const before[] = {
    "", " ", "see (", "[", "\"", "'", "<td>", "|", "a,", "`", "\xC2\xA0 ", ";"
  };
  static const char *const after[] = { "", ")", ".", " x", "\"", "0", "#" };
  static char cite[3 * LD_ID_MAX + 100], place[sizeof cite + 100];
  lesdiplo_corpus *corpus = cited(id);
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  int n = lesdiplo_doc_cite(doc, 6, 10, cite, sizeof cite);
  assert_true(n > 0 && n < (int)sizeof cite);
  assert_int_equal(strlen(cite), n);
  for (const char *p = cite; *p; p++)
    assert_true((unsigned char)*p > ' ' && *p != 0x7F &&
                !strchr("\"'()[]{}<>,;`|\\&*", *p));
  for (size_t i = 0; i < CHECK_COUNT(before); i++)
    for (size_t k = 0; k < CHECK_COUNT(after); k++) {
      ld_citation found;
      snprintf(place, sizeof place, "%s%s%s", before[i], cite, after[k]);
      const char *from = place + strlen(before[i]);
      assert_ptr_equal(ld_citation_parse(place, from + n, &found), from);
      assert_string_equal(found.doc, doc->id);
      assert_int_equal(found.line, 2);
      assert_int_equal(found.begin, 6);
      assert_int_equal(found.end, 10);
      assert_string_equal(found.hash, cite + n - 8);
    }
  lesdiplo_corpus_close(corpus);
}


static void test_citations (void **state) {
  (void)state;
  static const char *const ids[] = {
    "a.txt", "folder/a b.txt", "100%", "%41", "%", "%%%", "#", "a#b",
    "a:1:2-3#00000000", "archive.zip!/member", "\xE6\xB2\xB3\xE6\xB5\x81.txt",
    "(x)[y]{z}<w>", "\"quoted\"", "it's", "a,b;c|d", "back\\slash", "a\tb\nc",
    "\x01\x7F", "`*&", "-", ":", "0", "1:2-3"
  };
  static char id[LD_ID_MAX + 10];
  for (size_t i = 0; i < CHECK_COUNT(ids); i++) check_cite(ids[i]);
  for (int c = 1; c < 256; c++) {       /* each byte, alone and in a word */
    snprintf(id, sizeof id, "%c", c);
    check_cite(id);
    snprintf(id, sizeof id, "a%cb", c);
    check_cite(id);
  }
  memset(id, 'x', sizeof id - 1);       /* as long as any: the rest is cut */
  id[sizeof id - 1] = '\0';
  check_cite(id);
  memset(id, '#', sizeof id - 1);       /* each of them is escaped */
  check_cite(id);
}


/* Ids are the names they were given where those are UTF-8 and not too long. */
static void test_ids (void **state) {
  (void)state;
  static char given[LD_ID_MAX + 10], wanted[LD_ID_MAX + 10];
  static const struct { const char *given, *kept; } ids[] = {
    { "a b.txt", "a b.txt" }, { "\xE6\xB2\xB3", "\xE6\xB2\xB3" },
    { "a\xFF", "a\xEF\xBF\xBD" }, { "\xE6\xB2x", "\xEF\xBF\xBD\xEF\xBF\xBDx" }
  };
  for (size_t i = 0; i < CHECK_COUNT(ids); i++) {
    lesdiplo_corpus *corpus = cited(ids[i].given);
    assert_string_equal(lesdiplo_doc_id(lesdiplo_corpus_doc(corpus, 0)),
                        ids[i].kept);
    lesdiplo_corpus_close(corpus);
  }
  for (size_t n = LD_ID_MAX - 15; n < sizeof given; n++) {
    memset(given, 'x', n);              /* cut between characters */
    memcpy(given + LD_ID_MAX - 18, "\xE6\xB2\xB3", 3);
    given[n] = '\0';
    lesdiplo_corpus *corpus = cited(given);
    const char *id = lesdiplo_doc_id(lesdiplo_corpus_doc(corpus, 0));
    memcpy(wanted, given, n + 1);
    wanted[LD_ID_MAX - 18] = '\0';
    assert_string_equal(id, wanted);
    lesdiplo_corpus_close(corpus);
  }
}


/* As snprintf: what fits is written, the whole length is told. */
static void test_citation_room (void **state) {
  (void)state;
  char whole[64], some[64];
  lesdiplo_corpus *corpus = cited("a.txt");
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  int n = lesdiplo_doc_cite(doc, 6, 10, whole, sizeof whole);
  assert_string_equal(whole, "a.txt:2:6-10#f44e64e7");
  for (size_t size = 0; size < sizeof some; size++) {
    memset(some, '!', sizeof some);
    assert_int_equal(lesdiplo_doc_cite(doc, 6, 10, size ? some : NULL, size),
                     n);
    if (size > 0 && size <= (size_t)n) {
      assert_int_equal(strlen(some), size - 1);
      assert_memory_equal(some, whole, size - 1);
    }
    if (size < sizeof some) assert_int_equal(some[size], '!');
  }
  assert_int_equal(lesdiplo_doc_cite(doc, 0, 99, whole, sizeof whole),
                   LESDIPLO_EARG);
  assert_int_equal(lesdiplo_doc_cite(doc, 3, 2, whole, sizeof whole),
                   LESDIPLO_EARG);
  assert_int_equal(lesdiplo_doc_cite(NULL, 0, 0, whole, sizeof whole),
                   LESDIPLO_EARG);
  assert_true(lesdiplo_doc_cite(doc, 0, 0, whole, sizeof whole) > 0);
  assert_string_equal(whole, "a.txt:1:0-0#e3b0c442");
  lesdiplo_corpus_close(corpus);
}


static void test_no_citations (void **state) {
  (void)state;
  static const char *const texts[] = {
    "", "#", "#00000000", "1-2#00000000", "1:1-2#00000000", ":1:1-2#00000000",
    " :1:1-2#00000000", "a.txt:1:1-2#0000000", "a.txt:1:1-2#0000000G",
    "a.txt:1:1-2#ABCDEF01", "a.txt:1:1+2#00000000", "a.txt:1:-2#00000000",
    "a.txt::1-2#00000000", "a.txt:1:1-#00000000", "a.txt:1:1-2 00000000",
    "a.txt:1:1-99999999999#00000000", "a.txt:1:4294967296-1#00000000",
    "a%2.txt%:1:1-2#00000000", "a%ZZ:1:1-2#00000000"
  };
  ld_citation found;
  for (size_t i = 0; i < CHECK_COUNT(texts); i++)
    assert_null(ld_citation_parse(texts[i], texts[i] + strlen(texts[i]),
                                  &found));
  /* Cut off anywhere it is another citation, or none. */
  static const char cite[] = "folder/a%20b.txt:12:345-678#0123abcd";
  size_t n = sizeof cite - 1;
  assert_ptr_equal(ld_citation_parse(cite, cite + n, &found), cite);
  assert_string_equal(found.doc, "folder/a b.txt");
  for (size_t i = 0; i < n; i++)
    assert_null(ld_citation_parse(cite, cite + i, &found));
  assert_ptr_equal(ld_citation_parse(cite + 7, cite + n, &found), cite + 7);
  assert_string_equal(found.doc, "a b.txt");
  /* An id longer than any is no id. */
  static char longer[2 * LD_ID_MAX];
  memset(longer, 'x', sizeof longer);
  char *end = longer + LD_ID_MAX + 1;
  memcpy(end, ":1:1-2#00000000", 15);
  assert_null(ld_citation_parse(longer, end + 15, &found));
}


/* Random bytes in a block of exactly their size: the sanitizers look on. */
static void test_citations_in_noise (void **state) {
  (void)state;
  static const char bytes[] = "a%:#-0123456789abcdefXY /\x80\xFF";
  seed = 3;
  for (int round = 0; round < 20000; round++) {
    size_t n = pick(40);
    char *text = malloc(n + 1);
    ld_citation found;
    assert_non_null(text);
    for (size_t i = 0; i < n; i++) text[i] = bytes[pick(sizeof bytes - 1)];
    if (n > 9) text[n - 9] = '#';
    const char *from = ld_citation_parse(text, text + n, &found);
    if (from) assert_true(from >= text && from < text + n && found.doc[0]);
    free(text);
  }
}


/* ------------------------------------------------------------------ lines */

/* Asks for the line of each 'step'th byte. */
static void check_lines (const lesdiplo_doc *doc, uint32_t step) {
  uint32_t line = 1;
  for (uint32_t at = 0; at <= doc->source_length; at++) {
    if (at % step == 0) assert_int_equal(ld_source_line(doc, at), line);
    line += at < doc->source_length && doc->source[at] == '\n';
  }
  assert_int_equal(ld_source_line(doc, UINT32_MAX), line);
}


static void test_lines (void **state) {
  (void)state;
  enum { LONG = 102400, DOCS = 4 };
  static const uint32_t sizes[DOCS] = { LONG, 1000, LONG - 1, 4096 * 5 };
  static char bytes[DOCS][LONG];
  ld_builder b;
  start(&b);
  seed = 11;
  for (int d = 0; d < DOCS; d++) {
    for (uint32_t i = 0; i < sizes[d]; i++)
      bytes[d][i] = pick(d == 2 ? 3000 : 12) ? 'x' : '\n';
    ld_builder_open(&b, "a", "a", bytes[d], sizes[d]);
    ld_builder_close(&b);
  }
  ld_builder_open(&b, "empty", "empty", "", 0);
  ld_builder_close(&b);
  lesdiplo_corpus *corpus = finish(&b);
  for (uint32_t d = 0; d < DOCS; d++)
    check_lines(lesdiplo_corpus_doc(corpus, d), 3);
  assert_int_equal(ld_source_line(lesdiplo_corpus_doc(corpus, DOCS), 0), 1);
  lesdiplo_corpus_close(corpus);
}


/* Without memory for an index lines are counted. */
static void test_lines_without_memory (void **state) {
  (void)state;
  static char bytes[102400];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = i % 50 ? 'x' : '\n';
  for (long left = 0; left < 3; left++) {
    check_heap heap = { -1, 0 };
    lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
    lesdiplo_error error;
    lesdiplo_corpus *corpus;
    ld_builder b;
    options.alloc = check_alloc;
    options.alloc_data = &heap;
    assert_int_equal(ld_builder_init(&b, &options, describe, &error), 0);
    ld_builder_open(&b, "a", "a", bytes, sizeof bytes);
    ld_builder_close(&b);
    assert_int_equal(ld_builder_finish(&b, &corpus, &error), LESDIPLO_OK);
    heap.left = left;
    check_lines(lesdiplo_corpus_doc(corpus, 0), 401);
    lesdiplo_corpus_close(corpus);
    assert_int_equal(heap.blocks, 0);
  }
}


/* --------------------------------------------------------------- look-ups */

static void test_look_ups (void **state) {
  (void)state;
  enum { SIZE = 2000 };
  static char text[SIZE];
  seed = 5;
  for (int i = 0; i < SIZE; i++) text[i] = pick(4) ? 'x' : ' ';
  ld_builder b;
  start(&b);
  ld_builder_open(&b, "a", "a", text, SIZE);
  for (uint32_t at = 0, end; at < SIZE - 40; at = end + pick(5)) {
    end = at + 1 + pick(30);
    ld_builder_sentence(&b, at, end, 0, 0);
  }
  add_tokens(&b);
  ld_builder_close(&b);
  lesdiplo_corpus *corpus = finish(&b);
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  assert_true(doc->token_count > 100 && doc->sentence_count > 50);
  for (uint32_t at = 0; at <= SIZE; at++) {
    uint32_t token = 0, sentence = 0, inside = UINT32_MAX;
    while (token < doc->token_count && doc->token_begin[token] < at) token++;
    while (sentence < doc->sentence_count &&
           doc->sentences[sentence].begin < at)
      sentence++;
    for (uint32_t i = 0; i < doc->sentence_count; i++)
      if (doc->sentences[i].begin <= at && at < doc->sentences[i].end)
        inside = i;
    assert_int_equal(ld_token_from(doc, at), token);
    assert_int_equal(ld_sentence_from(doc, at), sentence);
    assert_int_equal(ld_sentence_at(doc, at), inside);
  }
  lesdiplo_corpus_close(corpus);
}


/* --------------------------------------------------------------- postings */

/* A few documents of short words in both cases, some without any. */
static lesdiplo_corpus *lettered (uint32_t docs, check_heap *heap) {
  enum { SIZE = 300 };
  static char texts[8][SIZE];
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_corpus *corpus = NULL;
  char id[8];
  ld_builder b;
  options.alloc = heap ? check_alloc : NULL;
  options.alloc_data = heap;
  if (ld_builder_init(&b, &options, describe, NULL) != LESDIPLO_OK) return NULL;
  for (uint32_t i = 0; i < docs; i++) {
    for (int k = 0; k < SIZE; k++)
      texts[i][k] = pick(3) && i % 3 ? "abAB"[pick(4)] : ' ';
    snprintf(id, sizeof id, "%u", i);
    ld_builder_open(&b, id, id, texts[i], SIZE);
    add_tokens(&b);
    ld_builder_close(&b);
  }
  ld_builder_finish(&b, &corpus, NULL);
  return corpus;
}


/* Each list is what a look at every token gives. */
static void test_postings (void **state) {
  (void)state;
  seed = 21;
  for (uint32_t docs = 0; docs < 8; docs++) {
    lesdiplo_corpus *c = lettered(docs, NULL);
    const ld_vocabulary *v = &c->vocabulary;
    const ld_postings *p = ld_postings_of(c);
    assert_non_null(p);
    assert_ptr_equal(ld_postings_of(c), p);
    for (uint32_t word = 0; word < v->count; word++) {
      uint32_t at = 0, seen = p->from[word], form = p->folded_from[word];
      for (uint32_t i = 0; i < docs; i++) {
        const lesdiplo_doc *doc = lesdiplo_corpus_doc(c, i);
        assert_int_equal(p->first[i], at);
        for (uint32_t k = 0; k < doc->token_count; k++, at++) {
          assert_int_equal(ld_postings_doc(p, docs, at), i);
          if (doc->token_word[k] == word)
            assert_int_equal(p->places[seen++], at);
        }
      }
      assert_int_equal(seen, p->from[word + 1]);
      assert_int_equal(at, p->token_count);
      for (uint32_t other = 0; other < v->count; other++)
        if (ld_word_at(v, other)->folded == word)
          assert_int_equal(p->forms[form++], other);
      assert_int_equal(form, p->folded_from[word + 1]);
    }
    assert_int_equal(p->first[docs], p->token_count);
    lesdiplo_corpus_close(c);
  }
}


/* They cannot be made, and then they can. */
static void test_postings_without_memory (void **state) {
  (void)state;
  for (long left = 0; left < 3; left++) {
    check_heap heap = { LONG_MAX, 0 };
    seed = 22;
    lesdiplo_corpus *c = lettered(3, &heap);
    assert_non_null(c);
    heap.left = left;
    const ld_postings *p = ld_postings_of(c);
    assert_int_equal(p != NULL, left > 0);      /* the rest lies in maps */
    heap.left = LONG_MAX;
    p = ld_postings_of(c);
    assert_non_null(p);
    assert_int_equal(p->first[3], p->token_count);
    lesdiplo_corpus_close(c);
    assert_int_equal(heap.blocks, 0);
  }
}


/* Embedders' mistakes are answered, not obeyed. */
static void test_arguments (void **state) {
  (void)state;
  lesdiplo_error note;
  lesdiplo_span span;
  const char *name, *value;
  size_t length = 9;
  lesdiplo_corpus *corpus = cited("a");
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  assert_int_equal(lesdiplo_corpus_count(NULL), 0);
  assert_null(lesdiplo_corpus_doc(NULL, 0));
  assert_null(lesdiplo_corpus_find(NULL, "a"));
  assert_null(lesdiplo_corpus_find(corpus, NULL));
  assert_int_equal(lesdiplo_corpus_note(NULL, 0, &note), LESDIPLO_EARG);
  assert_int_equal(lesdiplo_corpus_note(corpus, 0, NULL), LESDIPLO_EARG);
  assert_int_equal(lesdiplo_corpus_memory(NULL), 0);
  assert_null(lesdiplo_doc_id(NULL));
  assert_null(lesdiplo_doc_field(NULL, "title"));
  assert_null(lesdiplo_doc_field(doc, NULL));
  assert_int_equal(lesdiplo_doc_field_at(doc, 0, NULL, &value), LESDIPLO_EARG);
  assert_int_equal(lesdiplo_doc_field_at(NULL, 0, &name, &value),
                   LESDIPLO_EARG);
  assert_null(lesdiplo_doc_text(NULL, &length));
  assert_int_equal(length, 0);
  assert_non_null(lesdiplo_doc_source(doc, NULL));
  assert_int_equal(lesdiplo_layer("sentences"), LESDIPLO_ENOTFOUND);
  assert_int_equal(lesdiplo_layer(NULL), LESDIPLO_ENOTFOUND);
  assert_int_equal(lesdiplo_doc_count(doc, -1), 0);
  assert_int_equal(lesdiplo_doc_count(doc, 3), 0);
  assert_int_equal(lesdiplo_doc_count(NULL, 0), 0);
  assert_int_equal(lesdiplo_doc_span(doc, 7, 0, &span), LESDIPLO_EARG);
  assert_int_equal(lesdiplo_doc_span(doc, lesdiplo_layer("token"), 0, &span),
                   LESDIPLO_ENOTFOUND);
  lesdiplo_corpus_close(corpus);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_vocabulary),
  cmocka_unit_test(test_vocabulary_finds_no_other),
  cmocka_unit_test(test_vocabulary_without_memory),
  cmocka_unit_test(test_builder),
  cmocka_unit_test(test_builder_without_memory),
  cmocka_unit_test(test_builder_without_budget),
  cmocka_unit_test(test_ids_are_unique),
  cmocka_unit_test(test_fields),
  cmocka_unit_test(test_builder_without_document),
  cmocka_unit_test(test_map),
  cmocka_unit_test(test_map_inside_a_replacement),
  cmocka_unit_test(test_map_joins),
  cmocka_unit_test(test_lines_of_units),
  cmocka_unit_test(test_map_of_one_piece),
  cmocka_unit_test(test_citations),
  cmocka_unit_test(test_ids),
  cmocka_unit_test(test_citation_room),
  cmocka_unit_test(test_no_citations),
  cmocka_unit_test(test_citations_in_noise),
  cmocka_unit_test(test_lines),
  cmocka_unit_test(test_lines_without_memory),
  cmocka_unit_test(test_look_ups),
  cmocka_unit_test(test_postings),
  cmocka_unit_test(test_postings_without_memory),
  cmocka_unit_test(test_arguments)
};

int main (void) { return CHECK_ALL(tests); }
