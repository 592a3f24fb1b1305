/*
** mark.c - characters, folding, lists of words, blocks, tokens, sentences.
**
** What the marker promises of every text is asked of random ones: tokens hold
** each byte that is seen, once and in order; sentences divide a block; blocks
** hold all but the bullets. How single texts are read stands in tests/spec.
*/
#include "check.h"

#include "mark/mark.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}


/* ------------------------------------------------------------- characters */

static void test_classes_of_ascii (void **state) {
  (void)state;
  for (uint32_t cp = 0; cp < 128; cp++)
    assert_int_equal(ld_ascii_class[cp], ld_class_of(cp));
}


static void test_classes (void **state) {
  (void)state;
  static const struct { uint32_t cp; enum ld_class wanted; } known[] = {
    { 0, LD_SPACE }, { ' ', LD_SPACE }, { 0xA0, LD_SPACE },
    { 0x202F, LD_SPACE }, { 0x3000, LD_SPACE }, { 0x2009, LD_SPACE },
    { 0x85, LD_SPACE }, { 0x2028, LD_SPACE }, { 0xE9, LD_LOWER },
    { 0xC9, LD_UPPER }, { 0x416, LD_UPPER }, { 0x436, LD_LOWER },
    { 0x627, LD_LETTER }, { 0x905, LD_LETTER }, { 0xAC00, LD_LETTER },
    { 0x301, LD_MARK }, { 0x93E, LD_MARK }, { 0xFF11, LD_DIGIT },
    { 0x663, LD_DIGIT }, { 0x4E2D, LD_IDEOGRAPH }, { 0x3042, LD_IDEOGRAPH },
    { 0x20000, LD_IDEOGRAPH }, { 0x3002, LD_STOP }, { 0xFF1F, LD_STOP },
    { 0x61F, LD_STOP }, { 0x964, LD_STOP }, { 0x2026, LD_STOP },
    { 0x201C, LD_OPEN }, { 0xAB, LD_OPEN }, { 0x300C, LD_OPEN },
    { 0x201D, LD_CLOSE }, { 0xBB, LD_CLOSE }, { 0xFF09, LD_CLOSE },
    { '"', LD_QUOTE }, { 0x2019, LD_APOSTROPHE }, { 0x2014, LD_DASH },
    { 0xFF0C, LD_PUNCT }, { 0x20AC, LD_SYMBOL }, { 0x1F600, LD_SYMBOL },
    { 0xAD, LD_FORMAT }, { 0x200D, LD_FORMAT }, { 0xFEFF, LD_FORMAT }
  };
  for (size_t i = 0; i < CHECK_COUNT(known); i++)
    assert_int_equal(ld_class_of(known[i].cp), known[i].wanted);
}


/* A random code point, of every class and length in UTF-8. */
static uint32_t any_character (void) {
  static const uint32_t ranges[][2] = {
    { 0x20, 0x7E }, { 0x20, 0x7E }, { 'a', 'z' }, { 0xA0, 0x24F },
    { 0x300, 0x36F }, { 0x400, 0x45F }, { 0x600, 0x6FF }, { 0x900, 0x97F },
    { 0x2000, 0x206F }, { 0x3000, 0x30FF }, { 0x4E00, 0x4E7F },
    { 0xAC00, 0xAC3F }, { 0xFF00, 0xFFEF }, { 0x1F600, 0x1F64F },
    { 0x20000, 0x2001F }, { 0, 0x1F }
  };
  const uint32_t *range = ranges[pick(CHECK_COUNT(ranges))];
  return range[0] + pick(range[1] - range[0] + 1);
}

/* A random text of at most 'most' bytes, with words and spaces in it. */
static size_t any_text (char *out, size_t most) {
  size_t n = 0;
  uint32_t plain = 1 + pick(40);       /* how plain this text is */
  while (n + 4 <= most) {
    if (pick(30) == 0) out[n++] = ' ';
    else if (pick(plain) > 2) out[n++] = (char)('a' + (int)pick(26));
    else n += (size_t)ld_utf8_write(any_character(), out + n);
  }
  return n;
}


static void test_classes_backwards (void **state) {
  (void)state;
  static char text[4000];
  seed = 1;
  for (int round = 0; round < 50; round++) {
    size_t n = any_text(text, sizeof text);
    for (const char *p = text, *end = text + n; p < end;) {
      int forward, backward;
      enum ld_class k = ld_class_at(p, end, &forward);
      p += forward;
      assert_int_equal(ld_class_before(text, p, &backward), k);
      assert_int_equal(backward, forward);
    }
  }
}


static void test_white_space (void **state) {
  (void)state;
  static const char text[] = "\xC2\xA0 \t\xE3\x80\x80" "a b\xE2\x80\xAF\n ";
  const char *end = text + sizeof text - 1;
  const char *p = ld_skip_space(text, end), *q = ld_trim_space(text, end);
  assert_memory_equal(p, "a b", 3);
  assert_int_equal(q - p, 3);
  assert_ptr_equal(ld_skip_space(q, end), end);
  assert_ptr_equal(ld_trim_space(text, p), text);
  assert_ptr_equal(ld_skip_space(end, end), end);
}


/* ---------------------------------------------------------------- folding */

static void check_fold (const char *from, const char *to) {
  char out[256];
  size_t n = ld_fold(from, strlen(from), out, sizeof out);
  assert_int_equal(n, strlen(to));
  assert_memory_equal(out, to, n);
}


static void test_folding (void **state) {
  (void)state;
  check_fold("", "");
  check_fold("MASERU", "maseru");
  check_fold("Łódź", "lodz");
  check_fold("Straße", "strasse");
  check_fold("ÉCOLE e\xCC\x81" "cole", "ecole ecole");
  check_fold("Ｇ２０", "g20");
  check_fold("ﬁne", "fine");
  check_fold("D’Souza", "d'souza");
  check_fold("Ёлка Йод йод", "елка йод йод");
  check_fold("ΑΘΉΝΑ", "αθηνα");
  check_fold("萊索托關係", "莱索托关系");
  check_fold("한국", "한국");
  check_fold("gov\xC2\xAD" "ern", "govern");
  check_fold("İstanbul Diyarbakır", "istanbul diyarbakir");
  check_fold("समझौता", "समझौता");
}


/* What is folded stays as it is when it is folded again; but for three Han
** characters that ICU turns in a circle. */
static void test_folding_twice (void **state) {
  (void)state;
  for (uint32_t cp = 0x20; cp < 0x30000; cp++) {
    char from[4], once[64], twice[64];
    if (cp >= 0xD800 && cp < 0xE000) continue;
    if (cp == 0x82CE || cp == 0x82E7 || cp == 0x85B4) continue;
    size_t n = (size_t)ld_utf8_write(cp, from);
    n = ld_fold(from, n, once, sizeof once);
    assert_int_equal(ld_utf8_check(once, n), n);
    size_t m = ld_fold(once, n, twice, sizeof twice);
    if (n != m || memcmp(once, twice, n) != 0) print_message("U+%04X\n", cp);
    assert_int_equal(m, n);
    assert_memory_equal(once, twice, n);
  }
}


/* Long texts are folded piece by piece, to the same bytes; nothing is written
** past the room there is. */
static void test_folding_long (void **state) {
  (void)state;
  static char text[3000], whole[9000], some[9000];
  static const char *const words[] = { "Śmigły ", "РЕКА ", "關係 ", "river " };
  size_t n = 0, m = 0;
  seed = 2;
  while (n < sizeof text - 20) {
    const char *word = words[pick(CHECK_COUNT(words))];
    memcpy(text + n, word, strlen(word));
    m += ld_fold(word, strlen(word), whole + m, sizeof whole - m);
    n += strlen(word);
  }
  assert_int_equal(ld_fold(text, n, some, sizeof some), m);
  assert_memory_equal(some, whole, m);
  for (size_t size = 0; size < m; size += 41) {
    memset(some, '!', sizeof some);
    size_t got = ld_fold(text, n, some, size);
    assert_true(got <= size);
    assert_memory_equal(some, whole, got);
    for (size_t i = size; i < size + 100; i++) assert_int_equal(some[i], '!');
  }
}


/* ---------------------------------------------------------- lists of words */

static void test_lists (void **state) {
  (void)state;
  static const struct { enum ld_list list; const char *phrase; } known[] = {
    { LD_ABBREVIATION_ALWAYS, "Mr" }, { LD_ABBREVIATION_ALWAYS, "проф" },
    { LD_ABBREVIATION_NUMBER, "NOS" }, { LD_STARTER, "The" },
    { LD_RELATED, "Related  Posts" }, { LD_RELATED, "相關閱讀" },
    { LD_AGENCY, "xinhua" }, { LD_AGENCY, "新華社" }, { LD_AGENCY, "ТАСС" },
    { LD_AGENCY, "Agence\xC2\xA0" "France-Presse" },
    { LD_MONTH_1, "January" }, { LD_MONTH_12, "DÉC" }, { LD_MONTH_12, "dec" },
    { LD_KIND_COMMUNIQUE, "Communiqué" }, { LD_OFFICE, "Secretary of State" }
  };
  for (size_t i = 0; i < CHECK_COUNT(known); i++) {
    const char *phrase = known[i].phrase;
    size_t n = strlen(phrase);
    assert_true(ld_lexicon_has(known[i].list, phrase, n));
    assert_true(ld_lexicon_lists(phrase, n) >> known[i].list & 1);
    assert_true(ld_lexicon_first(phrase, n) >> known[i].list & 1);
    assert_int_equal(ld_lexicon_prefix(known[i].list, phrase, n), n);
    assert_true(ld_lexicon_within(known[i].list, phrase, n));
  }
  assert_false(ld_lexicon_has(LD_AGENCY, "xinhu", 5));
  assert_false(ld_lexicon_has(LD_AGENCY, "", 0));
  assert_false(ld_lexicon_has(LD_AGENCY, "xinhua news", 11));
}


static void test_prefixes (void **state) {
  (void)state;
  static const char line[] = "Secretary of State John Smith, Reuters";
  size_t n = sizeof line - 1;
  assert_int_equal(ld_lexicon_prefix(LD_OFFICE, line, n), 18);
  assert_int_equal(ld_lexicon_prefix(LD_OFFICE, line, 17), 0);
  assert_int_equal(ld_lexicon_prefix(LD_OFFICE, "Presidents", 10), 0);
  assert_int_equal(ld_lexicon_prefix(LD_AGENCY, line, n), 0);
  assert_true(ld_lexicon_within(LD_AGENCY, line, n));
  assert_false(ld_lexicon_within(LD_AGENCY, line, n - 1));
  assert_int_equal(ld_lexicon_prefix(LD_AGENCY, "新华社北京", 15), 9);
}


/* Any bytes may be asked for. */
static void test_lists_of_noise (void **state) {
  (void)state;
  char text[600 + LD_PADDING] = "";      /* textcat looks one byte too far */
  seed = 4;
  for (int round = 0; round < 3000; round++) {
    size_t n = pick(600);
    for (size_t i = 0; i < n; i++) text[i] = (char)pick(round % 2 ? 256 : 128);
    for (int list = 0; list < LD_LISTS; list += 7) {
      assert_true(ld_lexicon_prefix((enum ld_list)list, text, n) <= n);
      ld_lexicon_within((enum ld_list)list, text, n < 40 ? n : 40);
    }
    ld_lexicon_languages(text, n);
    ld_language(text, n);
  }
}


static void test_no_language (void **state) {
  (void)state;
  assert_null(ld_language("", 0));
  assert_null(ld_language("OK", 2));
  assert_null(ld_language("1998 - 2004, 12.5%", 18));
}


/* A sentence is enough where its small words are of one language. */
static void test_brief_language (void **state) {
  static const struct { const char *text, *lang; } texts[] = {
    { "The envoy visited Muscat on Friday.", "en" },
    { "L'ambassadeur est arrivé dans la ville.", "fr" },
    { "Der Botschafter und die Delegation.", "de" },
    { "Си Цзиньпин провёл переговоры с послом в Пекине.", "ru" },
    { "Министърът каза, че ще дойде в София, за да подпише договора.", "bg" },
    { "Це український текст про міністра та його країну.", "uk" },
    { "Embassy Muscat visit Friday.", NULL }, { "On Line Plus", NULL },
    { "Secretary of State Antony J. Blinken met today in Jerusalem with Israeli "
      "Alternate Prime Minister and Minister of Defense Benjamin Gantz.", "en" },
    { "Minister Koffi Adama met President Idriss Deby in Lome today.", "en" },
    { "Prime Minister Viktor Orban met President Vladimir Putin in Moscow.", NULL },
    { "Minister Blok heeft met de Turkse minister gesproken.", "nl" },
    { "Het kabinet heeft een verdrag met België gesloten.", "nl" },
    { "Le ministre Jean Barrot a rencontré Wang Yi à Paris.", "fr" },
    { "El ministro se reunió con su homólogo en Madrid.", "es" },
    { "O ministro reuniu-se com o presidente em Lisboa.", "pt" },
    { "Der Bundeskanzler empfing Präsident Macron in Berlin.", "de" },
    { "Utrikesministern reser till Kiev under veckan.", "sv" },
    { "Regeringen har under dagen beslutat om stöd till Ukraina.", "sv" },
    { "Ministrul s-a întâlnit cu președintele la București.", "ro" },
    { "Rais wa Kenya alisema kuwa atatembelea nchi ya Uganda.", "sw" },
  };
  (void)state;
  for (size_t i = 0; i < CHECK_COUNT(texts); i++) {
    const char *lang = ld_language(texts[i].text, strlen(texts[i].text));
    if (texts[i].lang) assert_string_equal(lang, texts[i].lang);
    else assert_null(lang);
  }
}


/* ----------------------------------------------------------------- blocks */

typedef struct outline_check {
  ld_memory memory;
  ld_outline outline;
} outline_check;

static void open_outline (outline_check *o) {
  ld_memory_init(&o->memory, NULL, NULL, UINT64_MAX);
  ld_outline_init(&o->outline, &o->memory);
}

static void close_outline (outline_check *o) {
  assert_false(o->outline.failed);
  ld_outline_free(&o->outline);
  assert_int_equal(o->memory.used, 0);
}

/* Blocks are in order, not empty, without white space at their ends, and hold
** every byte that is seen. */
static void check_blocks (const ld_outline *outline, const char *text,
                          size_t n) {
  const char *at = text;
  for (uint32_t i = 0; i < outline->count; i++) {
    const ld_block *block = outline->blocks + i;
    const char *begin = text + block->begin, *end = text + block->end;
    assert_true(begin >= at && end <= text + n && begin < end);
    assert_ptr_equal(ld_skip_space(at, begin), begin);
    assert_ptr_equal(ld_skip_space(begin, end), begin);
    assert_ptr_equal(ld_trim_space(begin, end), end);
    at = end;
  }
  assert_ptr_equal(ld_skip_space(at, text + n), text + n);
}


static void test_blocks_hold_all (void **state) {
  (void)state;
  static const char *const pieces[] = {
    "Aims of the treaty", "a) ", "b) ", "(c) ", "1. ", "2. ", "3) ", "i) ",
    "ii) ", "river ", "The state is old. ", "water, ", "Trade The plan is ",
    "\n", "\n\n", "\r\n", " ", "\t", "\xC2\xA0", "：", "河流会谈。", "договор ",
    "MR PRICE: ", "which goes on for some time and then stops; ", "\n   "
  };
  static char text[6000];
  seed = 5;
  for (int round = 0; round < 400; round++) {
    outline_check o;
    size_t n = 0, most = 50 + pick(sizeof text - 100);
    uint32_t lines = 1 + pick(20);
    while (n < most) {
      uint32_t which = pick(CHECK_COUNT(pieces));
      if (strchr(pieces[which], '\n') && pick(lines)) continue;
      memcpy(text + n, pieces[which], strlen(pieces[which]));
      n += strlen(pieces[which]);
    }
    open_outline(&o);
    ld_mark_lines(&o.outline, text, n);
    check_blocks(&o.outline, text, n);
    close_outline(&o);
  }
}


static void test_no_blocks (void **state) {
  (void)state;
  static const char *const texts[] = { "", "\n", " \t\n\n \xC2\xA0", "\r\r" };
  for (size_t i = 0; i < CHECK_COUNT(texts); i++) {
    outline_check o;
    open_outline(&o);
    ld_mark_lines(&o.outline, texts[i], strlen(texts[i]));
    assert_int_equal(o.outline.count, 0);
    close_outline(&o);
  }
}


static void test_outline_split (void **state) {
  (void)state;
  static const char text[] = "Talks go on.  They last.\nIt rains.";
  outline_check o;
  open_outline(&o);
  ld_outline_add(&o.outline, 0, 24, LD_PARAGRAPH, 0);
  ld_outline_add(&o.outline, 25, 34, LD_ITEM, 2);
  ld_outline_split(&o.outline, text, 0, 12, LD_HEADING, 3);
  static const ld_block wanted[] = {
    { 0, 12, LD_HEADING, 3, 0 }, { 14, 24, LD_PARAGRAPH, 0, 0 },
    { 25, 34, LD_ITEM, 2, 0 }
  };
  assert_int_equal(o.outline.count, CHECK_COUNT(wanted));
  assert_memory_equal(o.outline.blocks, wanted, sizeof wanted);
  close_outline(&o);
}


/* Blocks remember that there was no memory for one of them. */
static void test_outline_without_memory (void **state) {
  (void)state;
  ld_memory memory;
  ld_outline outline;
  ld_memory_init(&memory, NULL, NULL, 2000);
  ld_outline_init(&outline, &memory);
  for (uint32_t i = 0; i < 1000; i++)
    ld_outline_add(&outline, i, i + 1, LD_ITEM, 1);
  assert_true(outline.failed);
  assert_true(outline.count >= 64 && outline.count < 1000);
  ld_outline_split(&outline, "", 0, 0, LD_ITEM, 1);
  ld_outline_free(&outline);
  assert_int_equal(memory.used, 0);
}


/* ----------------------------------------------------------------- tokens */

typedef struct marked {
  ld_builder builder;
  lesdiplo_corpus *corpus;
  const lesdiplo_doc *doc;
} marked;

/* A document of these words, in one block or in random ones. */
static void mark (marked *m, const char *text, size_t n, const char *lang,
                  bool one) {
  lesdiplo_error error;
  ld_builder *b = &m->builder;
  assert_int_equal(ld_builder_init(b, NULL, ld_word_describe, &error), 0);
  text = ld_builder_store(b, text, n);
  ld_builder_open(b, "a", "a", text, n);
  if (lang) ld_builder_field(b, LD_F_LANG, lang, strlen(lang));
  if (one) ld_builder_block(b, 0, (uint32_t)n, LD_PARAGRAPH, 0);
  for (uint32_t at = 0, end; !one && at < n; at = end + pick(9)) {
    at = (uint32_t)ld_utf8_floor(text, at);
    end = at + pick(400);
    if (end > n) end = (uint32_t)n;
    end = (uint32_t)(end < n ? ld_utf8_floor(text, end) : end);
    if (end < at) end = at;
    ld_builder_block(b, at, end, LD_PARAGRAPH, 0);
    if (end == at) end++;
  }
  ld_mark_words(b);
  ld_builder_close(b);
  assert_int_equal(ld_builder_finish(b, &m->corpus, &error), LESDIPLO_OK);
  m->doc = lesdiplo_corpus_doc(m->corpus, 0);
}

/* What stands between tokens is never seen. */
static void check_gap (const char *p, const char *end) {
  int n;
  for (; p < end; p += n) {
    enum ld_class k = ld_class_at(p, end, &n);
    assert_true(k == LD_SPACE || k == LD_FORMAT);
  }
}

/* Tokens are in order, each is its form, and they hold every byte of the block
** that is seen. */
static void check_tokens (const lesdiplo_doc *doc, uint32_t first,
                          uint32_t last, const ld_block *block) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  const char *at = doc->text + block->begin;
  for (uint32_t i = first; i < last; i++) {
    const char *begin = doc->text + doc->token_begin[i];
    const ld_word *word = ld_word_at(v, doc->token_word[i]);
    assert_true(word->length > 0 && begin >= at);
    assert_memory_equal(ld_word_form(v, doc->token_word[i]), begin,
                        word->length);
    check_gap(at, begin);
    at = begin + word->length;
    assert_true(at <= doc->text + block->end);
  }
  check_gap(at, doc->text + block->end);
}

/* The sentences of a block hold its tokens, all of them. Returns the number of
** the sentence after them. */
static uint32_t check_sentences (const lesdiplo_doc *doc, uint32_t sentence,
                                 uint32_t first, uint32_t last,
                                 uint32_t block) {
  while (first < last) {
    assert_true(sentence < doc->sentence_count);
    const ld_sentence *s = doc->sentences + sentence++;
    uint32_t next = sentence < doc->sentence_count
                        ? doc->sentences[sentence].token : doc->token_count;
    assert_int_equal(s->block, block);
    assert_int_equal(s->token, first);
    assert_true(next > first && next <= last);
    assert_int_equal(s->begin, doc->token_begin[first]);
    assert_int_equal(s->end, ld_token_end(doc, next - 1));
    first = next;
  }
  return sentence;
}

static void check_marked (const lesdiplo_doc *doc) {
  uint32_t token = 0, sentence = 0;
  for (uint32_t i = 0; i < doc->block_count; i++) {
    uint32_t last = token;
    while (last < doc->token_count &&
           doc->token_begin[last] < doc->blocks[i].end)
      last++;
    check_tokens(doc, token, last, doc->blocks + i);
    sentence = check_sentences(doc, sentence, token, last, i);
    token = last;
  }
  assert_int_equal(token, doc->token_count);
  assert_int_equal(sentence, doc->sentence_count);
}


static void test_tokens_hold_all (void **state) {
  (void)state;
  static char text[9000];
  seed = 6;
  for (int round = 0; round < 300; round++) {
    marked m;
    size_t n = any_text(text, 1 + pick(sizeof text));
    mark(&m, text, n, round % 4 ? "en" : "fr", round % 3 == 0);
    check_marked(m.doc);
    lesdiplo_corpus_close(m.corpus);
  }
}


static void test_tokens_of_real_text (void **state) {
  (void)state;
  static const char *const files[] = {
    "seeds/1-anniversary.txt", "seeds/2-relations.md", "seeds/3-policy.txt",
    "seeds/4-communique.txt", "seeds/5-congratulations.txt"
  };
  for (size_t i = 0; i < CHECK_COUNT(files); i++) {
    ld_memory memory;
    ld_file file;
    lesdiplo_error error;
    marked m;
    ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
    assert_int_equal(ld_file_open(&file, &memory, files[i], &error), 0);
    mark(&m, file.bytes, file.size, "en", true);
    check_marked(m.doc);
    assert_true(m.doc->token_count > 100 && m.doc->sentence_count > 10);
    lesdiplo_corpus_close(m.corpus);
    ld_file_close(&file);
  }
}


/* A word of any length, at each place in the 64 bytes that are looked at
** together: it is cut between characters into forms that fit. */
static void test_long_words (void **state) {
  (void)state;
  static const char *const letters[] = { "x", "é", "河", "e\xCC\x81", "😀" };
  static char text[2000];
  for (uint32_t shift = 0; shift < 66; shift += 5)
    for (size_t i = 0; i < CHECK_COUNT(letters); i++)
      for (uint32_t count = 1; count < 600; count += 37) {
        marked m;
        size_t n = shift, one = strlen(letters[i]);
        memset(text, ' ', shift);
        for (uint32_t k = 0; k < count && n + one < sizeof text - 1; k++) {
          memcpy(text + n, letters[i], one);
          n += one;
        }
        text[n++] = '.';
        mark(&m, text, n, NULL, true);
        check_marked(m.doc);
        for (uint32_t k = 0; k < m.doc->token_count; k++) {
          uint32_t length = ld_token_end(m.doc, k) - m.doc->token_begin[k];
          assert_true(length <= LD_WORD_MAX);
          assert_int_equal(ld_utf8_check(m.doc->text + m.doc->token_begin[k],
                                         length), length);
        }
        lesdiplo_corpus_close(m.corpus);
      }
}


/*
** The tokens of ASCII once more, in the plainest way: a run of letters and
** digits, with apostrophes between letters; digits with points and commas
** between them; single letters with a point after each, two at least; 's; a
** sign, or a row of the same point, hyphen, or mark of question or exclamation.
*/
static bool is_digit (char c) { return c >= '0' && c <= '9'; }
static bool is_letter (char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_plain (char c) { return is_digit(c) || is_letter(c); }

/* 's that no letter or digit follows */
static bool is_possessive (const char *p) {
  return *p == '\'' && (p[1] | 32) == 's' && !is_plain(p[2]);
}

static const char *dotted (const char *p) {
  const char *q = p;
  int letters = 0;
  for (; is_letter(*q); letters++) {
    const char *point = q + 1 + (q[1] == 'h');
    if (*point != '.') break;
    q = point + 1;
  }
  if (letters >= 2 && !is_plain(*q)) return q;
  if (letters >= 1 && is_letter(*q) && !is_plain(q[1])) return q + 1;
  return NULL;
}

/* The end of the token that begins at p. The text ends with zeros. */
static const char *oracle (const char *p) {
  if (!is_plain(*p)) {
    if (is_possessive(p)) return p + 2;
    const char *q = p + 1;
    while (strchr(".-!?", *p) && *q == *p && q - p < LD_WORD_MAX) q++;
    return q;
  }
  const char *q = p;
  while (is_digit(*q)) q++;
  if (q > p && !is_letter(*q) && *q != '\'') {
    while ((*q == '.' || *q == ',') && is_digit(q[1])) {
      const char *end = q + 1;
      while (is_digit(*end)) end++;
      if (is_letter(*end)) break;
      q = end;
    }
    return q;
  }
  const char *stop = dotted(p);
  if (stop) return stop;
  while (is_plain(*q) || (*q == '\'' && q > p && !is_digit(*p) &&
                          is_letter(q[1]) && !is_possessive(q)))
    q++;
  return q;
}

/* Forms that rules have to do with, put together at random. A digit is not
** followed by letters and then by a point or comma: there readers differ. */
static size_t ascii_text (char *out, size_t most) {
  static const char *const pieces[] = {
    "the", "of", "river", "Treaty", "SADC", "a", "I", "x", "U.S.", "p.m.",
    "Ph.D.", "e.g.", "U.S", "O'Brien", "don't", "'s", "s'", "'S", "rock'n'",
    "27,000", "1.57", "1998", "3", "1,2,3", "10", ".", "..", "...", "!", "!!",
    "?", "-", "--", "---", ",", ",,", ";", ":", "'", "\"", "(", ")", "/", "$",
    "%", "_", "\\", "~", "\n", "\t", "internationalisation", "abcdefghijklmno",
    "abcdefghijklmnop", "abcdefghijklmnopq"
  };
  size_t n = 0;
  bool digits = false;
  uint32_t spaces = 1 + pick(6);
  while (n + 60 < most) {
    const char *piece = pieces[pick(CHECK_COUNT(pieces))];
    bool apart = pick(spaces) == 0;
    if (apart) out[n++] = ' ';
    else if (n > 0 && is_plain(out[n - 1]) && is_plain(*piece) &&
             (digits || is_digit(*piece)))
      continue;
    else if (n > 1 && out[n - 1] == '.' && is_digit(*piece) &&
             is_letter(out[n - 2]))
      continue;
    memcpy(out + n, piece, strlen(piece));
    n += strlen(piece);
    digits = is_digit(*piece);
  }
  memset(out + n, 0, 8);
  return n;
}


static void test_tokens_of_ascii (void **state) {
  (void)state;
  static char text[4000];
  seed = 8;
  for (int round = 0; round < 500; round++) {
    marked m;
    size_t n = ascii_text(text, 50 + pick(sizeof text - 50));
    mark(&m, text, n, "en", true);
    uint32_t token = 0;
    for (const char *p = text; p < text + n;) {
      if (*p <= ' ') { p++; continue; }
      const char *q = oracle(p);
      assert_true(token < m.doc->token_count);
      assert_int_equal(m.doc->token_begin[token], p - text);
      if (ld_token_end(m.doc, token) != (uint32_t)(q - text))
        print_message("'%.*s' in '%.40s'\n", (int)(q - p), p,
                      p - text > 10 ? p - 10 : text);
      assert_int_equal(ld_token_end(m.doc, token), q - text);
      token++;
      p = q;
    }
    assert_int_equal(token, m.doc->token_count);
    lesdiplo_corpus_close(m.corpus);
  }
}


/* Wherever in a text it begins, a run of words has the same tokens. */
static void test_tokens_do_not_depend_on_place (void **state) {
  (void)state;
  static const char words[] =
      "The U.S. envoy's 27,000.5 tonnes -- don't \"ask\"... (see L'Aquila, "
      "caf\xC3\xA9, \xE6\xB2\xB3\xE6\xB5\x81\xE3\x80\x82 e.g. 3.5%!) ";
  enum { N = sizeof words - 1 };
  static char text[N + 200];
  uint32_t wanted[N] = { 0 }, count = 0;
  for (uint32_t shift = 0; shift < 130; shift++) {
    marked m;
    memset(text, ' ', shift);
    memcpy(text + shift, words, N);
    mark(&m, text, shift + N, "en", true);
    if (shift == 0) {
      count = m.doc->token_count;
      for (uint32_t i = 0; i < count; i++) wanted[i] = ld_token_end(m.doc, i);
    }
    assert_int_equal(m.doc->token_count, count);
    for (uint32_t i = 0; i < count; i++)
      assert_int_equal(ld_token_end(m.doc, i), wanted[i] + shift);
    lesdiplo_corpus_close(m.corpus);
  }
}


/* What English pages have past ASCII, among other things. */
static size_t typeset_text (char *out, size_t most) {
  static const char *const pieces[] = {
    "\xE2\x80\x99s", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D",
    "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA6", "\xE2\x80\xA5",
    "\xE2\x80\xA7", "\xE2\x80\x8F", "\xE2\x80\xAF", "\xC2\xA0", "\xC2\xA7",
    "\xC3\xA0", "\xE2\x82\xAC", "\xE6\xB2\xB3", "'s", "S", "s", ".", "U.S.",
    "?", "!", "\"", "-", "1", ",", "talks", "a", " ", " ", "\n"
  };
  size_t n = 0;
  uint32_t plain = 1 + pick(8);
  while (n + 60 < most) {
    if (pick(plain) && most - n > 160) n += ascii_text(out + n, 62 + pick(60));
    const char *piece = pieces[pick(CHECK_COUNT(pieces))];
    memcpy(out + n, piece, strlen(piece));
    n += strlen(piece);
  }
  memset(out + n, 0, 8);
  return n;
}

/* Marks tokens in two blocks that part the text at 'middle', and gathers what
** may end sentences. */
static void scan_at (marked *m, ld_stops *stops, const char *text, size_t n,
                     uint32_t middle, enum ld_speed speed) {
  lesdiplo_error error;
  ld_builder *b = &m->builder;
  assert_int_equal(ld_builder_init(b, NULL, ld_word_describe, &error), 0);
  text = ld_builder_store(b, text, n);
  ld_builder_open(b, "a", "a", text, n);
  memset(stops, 0, sizeof *stops);
  stops->memory = &b->corpus->memory;
  ld_scan *scan = ld_scan_new(b, pick(2), stops, speed);
  assert_non_null(scan);
  ld_mark_tokens(scan, 0, middle);
  ld_mark_tokens(scan, middle, (uint32_t)n);
  ld_scan_flush(scan);
  ld_scan_free(scan);
  m->doc = b->doc;
}

static void test_tokens_at_any_speed (void **state) {
  (void)state;
  static char text[3000];
  for (int round = 0; round < 400; round++) {
    marked plain, fast;
    ld_stops wanted, stops;
    seed = 100 + (uint32_t)round;
    size_t n = round % 3 ? typeset_text(text, 80 + pick(2900))
                         : any_text(text, 1 + pick(2900));
    uint32_t middle = (uint32_t)ld_utf8_floor(text, pick((uint32_t)n + 1));
    uint32_t same = seed;
    scan_at(&plain, &wanted, text, n, middle, LD_PLAIN);
    for (int speed = LD_VECTOR; speed <= LD_WIDE; speed++) {
      if (speed > (int)ld_scan_most()) continue;
      seed = same;
      scan_at(&fast, &stops, text, n, middle, (enum ld_speed)speed);
      assert_int_equal(fast.doc->token_count, plain.doc->token_count);
      for (uint32_t i = 0; i < fast.doc->token_count; i++) {
        assert_int_equal(fast.doc->token_begin[i], plain.doc->token_begin[i]);
        assert_int_equal(fast.doc->token_word[i], plain.doc->token_word[i]);
      }
      assert_int_equal(stops.count, wanted.count);
      for (uint32_t i = 0; i < stops.count; i++)
        assert_int_equal(stops.tokens[i], wanted.tokens[i]);
      ld_memory_free(stops.memory, stops.tokens,
                     stops.size * sizeof *stops.tokens);
      ld_builder_drop(&fast.builder);
      lesdiplo_corpus_close(fast.builder.corpus);
    }
    ld_memory_free(wanted.memory, wanted.tokens,
                   wanted.size * sizeof *wanted.tokens);
    ld_builder_drop(&plain.builder);
    lesdiplo_corpus_close(plain.builder.corpus);
  }
}


/* Words that were met before, in this document or another, have one id. */
static void test_same_words_same_ids (void **state) {
  (void)state;
  static char text[6000];
  marked m;
  seed = 9;
  size_t n = ascii_text(text, sizeof text);
  mark(&m, text, n, "en", true);
  const ld_vocabulary *v = &m.corpus->vocabulary;
  for (uint32_t i = 0; i < m.doc->token_count; i++) {
    uint32_t length = ld_token_end(m.doc, i) - m.doc->token_begin[i];
    assert_int_equal(ld_word_find(v, m.doc->text + m.doc->token_begin[i],
                                  length), m.doc->token_word[i]);
  }
  lesdiplo_corpus_close(m.corpus);
}


/* ------------------------------------------------------------------ stems */

static void check_stem (const marked *m, uint32_t token, const char *lang,
                        const char *wanted) {
  size_t n;
  const char *stem = ld_stem(m->corpus, m->doc->token_word[token], lang, &n);
  assert_non_null(stem);
  assert_int_equal(n, strlen(wanted));
  assert_string_equal(stem, wanted);
  /* It is remembered, and lent. */
  assert_ptr_equal(ld_stem(m->corpus, m->doc->token_word[token], lang, NULL),
                   stem);
}


static void test_stems (void **state) {
  (void)state;
  static const char text[] = "Meetings MEETINGS 27,000 U.S. Договоры";
  marked m;
  mark(&m, text, sizeof text - 1, "en", true);
  check_stem(&m, 0, "en", "meet");
  check_stem(&m, 1, "en", "meet");
  check_stem(&m, 0, NULL, "meetings");
  check_stem(&m, 0, "zh", "meetings");
  check_stem(&m, 0, "xx", "meetings");
  check_stem(&m, 2, "en", "27,000");
  check_stem(&m, 3, "en", "u.s.");
  check_stem(&m, 4, "ru", "договор");
  lesdiplo_corpus_close(m.corpus);
}


static void test_fields_of_spans (void **state) {
  (void)state;
  static const char text[] = "Meetings end.";
  marked m;
  size_t n = 9;
  mark(&m, text, sizeof text - 1, "en", true);
  int token = lesdiplo_layer("token"), block = lesdiplo_layer("block");
  const lesdiplo_doc *doc = m.doc;
  assert_string_equal(lesdiplo_doc_span_field(doc, token, 0, "stem", &n),
                      "meet");
  assert_int_equal(n, 4);
  assert_memory_equal(lesdiplo_doc_span_field(doc, token, 0, "folded", &n),
                      "meetings", 8);
  assert_int_equal(n, 8);
  assert_string_equal(lesdiplo_doc_span_field(doc, token, 2, "shape", NULL),
                      "other");
  assert_string_equal(lesdiplo_doc_span_field(doc, block, 0, "kind", &n),
                      "paragraph");
  assert_null(lesdiplo_doc_span_field(doc, block, 0, "level", &n));
  assert_int_equal(n, 0);
  assert_null(lesdiplo_doc_span_field(doc, block, 1, "kind", &n));
  assert_null(lesdiplo_doc_span_field(doc, token, 3, "stem", &n));
  assert_null(lesdiplo_doc_span_field(doc, token, 0, "stems", &n));
  assert_null(lesdiplo_doc_span_field(doc, token, 0, NULL, &n));
  assert_null(lesdiplo_doc_span_field(NULL, token, 0, "stem", &n));
  assert_null(lesdiplo_doc_span_field(doc, lesdiplo_layer("sentence"), 0,
                                      "stem", &n));
  lesdiplo_corpus_close(m.corpus);
}


/* Marking runs out of memory at each point: the builder says so, and nothing
** is left behind. */
static void test_words_without_memory (void **state) {
  (void)state;
  static char text[20000];
  int code = LESDIPLO_ENOMEM;
  seed = 10;
  size_t n = ascii_text(text, sizeof text);
  for (long left = 0; code != LESDIPLO_OK; left++) {
    check_heap heap = { left, 0 };
    lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
    lesdiplo_error error;
    lesdiplo_corpus *corpus = NULL;
    ld_builder b;
    options.alloc = check_alloc;
    options.alloc_data = &heap;
    code = ld_builder_init(&b, &options, ld_word_describe, &error);
    if (code == LESDIPLO_OK) {
      ld_builder_open(&b, "a", "a", ld_builder_store(&b, text, n), n);
      ld_builder_block(&b, 0, (uint32_t)n, LD_PARAGRAPH, 0);
      ld_mark_words(&b);
      ld_builder_close(&b);
      code = ld_builder_finish(&b, &corpus, &error);
    }
    if (code == LESDIPLO_OK) {
      check_marked(lesdiplo_corpus_doc(corpus, 0));
      assert_true(left > 3);
    } else {
      assert_int_equal(code, LESDIPLO_ENOMEM);
      assert_null(corpus);
    }
    lesdiplo_corpus_close(corpus);
    assert_int_equal(heap.blocks, 0);
  }
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_classes_of_ascii),
  cmocka_unit_test(test_classes),
  cmocka_unit_test(test_classes_backwards),
  cmocka_unit_test(test_white_space),
  cmocka_unit_test(test_folding),
  cmocka_unit_test(test_folding_twice),
  cmocka_unit_test(test_folding_long),
  cmocka_unit_test(test_lists),
  cmocka_unit_test(test_prefixes),
  cmocka_unit_test(test_lists_of_noise),
  cmocka_unit_test(test_no_language),
  cmocka_unit_test(test_brief_language),
  cmocka_unit_test(test_blocks_hold_all),
  cmocka_unit_test(test_no_blocks),
  cmocka_unit_test(test_outline_split),
  cmocka_unit_test(test_outline_without_memory),
  cmocka_unit_test(test_tokens_hold_all),
  cmocka_unit_test(test_tokens_of_real_text),
  cmocka_unit_test(test_long_words),
  cmocka_unit_test(test_tokens_of_ascii),
  cmocka_unit_test(test_tokens_do_not_depend_on_place),
  cmocka_unit_test(test_tokens_at_any_speed),
  cmocka_unit_test(test_same_words_same_ids),
  cmocka_unit_test(test_stems),
  cmocka_unit_test(test_fields_of_spans),
  cmocka_unit_test(test_words_without_memory)
};

int main (void) { return CHECK_ALL(tests); }
