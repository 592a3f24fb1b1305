/*
** read.c - what a file is, days, repaired UTF-8, the maps of Markdown, JSON,
** citations that hold.
**
** How whole documents are read stands in tests/spec; here are the parts, and
** what must be true of any document however wild.
*/
#include "check.h"

#include <fcntl.h>
#include <unistd.h>

#include "read/read.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}


/* -------------------------------------------------------------- recognise */

static void check_format (const char *name, const char *bytes, size_t n,
                          enum ld_format wanted) {
  const char *reason;
  enum ld_format format = ld_recognise_bytes(name, bytes, n, &reason);
  if (format != LD_ARCHIVE && format != LD_PDF && format != LD_REFUSED)
    format = ld_recognise(name, bytes, n, &reason);
  assert_int_equal(format, wanted);
  if (wanted == LD_REFUSED) assert_non_null(reason);
  else assert_null(reason);
}


static void test_recognise (void **state) {
  (void)state;
  static const struct { const char *name, *bytes; enum ld_format wanted; }
  files[] = {
    { "a.txt", "The talks.", LD_TEXT }, { "a", "The talks.", LD_TEXT },
    { "a.md", "The talks.", LD_MARKDOWN },
    { "a.MARKDOWN", "The talks.", LD_MARKDOWN },
    { "a.jsonl", "{}", LD_JSONL }, { "a.ndjson", "{}", LD_JSONL },
    { "a.JSON", "{}", LD_JSON }, { ".json", "{}", LD_TEXT },
    { "a.txt", "# Talks\n\n**Aims** of it", LD_MARKDOWN },
    { "a.txt", "[a](b) and [c](d)", LD_MARKDOWN },
    { "a.txt", "see [a](b)", LD_TEXT }, { "a.txt", "#1 of 2", LD_TEXT },
    { "a.html", "The talks.", LD_HTML }, { "a.HTM", "x", LD_HTML },
    { "a.xhtml", "x", LD_HTML }, { "a.html", "", LD_REFUSED },
    { "a.txt", "\n <!DOCTYPE html><p>", LD_HTML },
    { "a.md", "<!doctype HTML>", LD_HTML },
    { "a.txt", "\xEF\xBB\xBF<!-- a --><?xml version='1.0'?>\n<html>",
      LD_HTML },
    { "a", "<html lang='en'>", LD_HTML },
    { "a", "<!-- a <html>", LD_TEXT }, { "a", "see <html>", LD_TEXT },
    { "a.txt", "<p>a</p><div>b</div>", LD_HTML },
    { "a.md", "<p>a</p><div>b</div>", LD_MARKDOWN },
    { "a.txt", "<p>a</p> is a paragraph", LD_TEXT },
    { "a.jsonl", "<html>", LD_JSONL },
    { "a.txt", "", LD_REFUSED }, { "a.md", " \n\xC2\xA0\t", LD_REFUSED },
    { "a.txt", "%PDF-1.4 and so on", LD_PDF },
    { "a.txt", "PK\3\4 and so on", LD_ARCHIVE },
    { "a.txt", "PK and so on", LD_TEXT },
    { "a.txt", "\x1F\x8B\x08 and so on", LD_ARCHIVE },
    { "a.txt", "BZh91AY&SY and so on", LD_ARCHIVE },
    { "a.txt", "BZh9 is a name", LD_TEXT },
    { "a.txt", "7z\xBC\xAF\x27\x1C and so on", LD_ARCHIVE },
    { "a.txt", "WARC/1.0\r\nWARC-Type: x", LD_ARCHIVE },
    { "a.txt", "Rar!\x1A\7 and so on", LD_REFUSED },
    { "a.doc", "\xD0\xCF\x11\xE0 and so on", LD_REFUSED },
    { "a.txt", "{\\rtf1 and so on}", LD_REFUSED },
    { "a.txt", "\xFF\xD8\xFF and so on", LD_REFUSED },
    { "a.txt", "\x89PNG and so on", LD_REFUSED },
    { "a.txt", "\x7F" "ELF and so on", LD_REFUSED },
    { "a.jsonl", "\1\2\3\4\5\6 a", LD_REFUSED }
  };
  for (size_t i = 0; i < CHECK_COUNT(files); i++)
    check_format(files[i].name, files[i].bytes, strlen(files[i].bytes),
                 files[i].wanted);
  check_format("a.txt", "\0\0\0\0ab", 6, LD_REFUSED);
}


/* The beginning of anything; files have zeros after their end. */
static void test_recognise_noise (void **state) {
  (void)state;
  static const char *const starts[] = { "<!doctype htm", "<htm", "<!--", "<?xml",
                                        "<p><p><p><", "%PD", "PK", "#",
                                        "\n# ", "](", "\xEF\xBB" };
  seed = 1;
  for (int round = 0; round < 4000; round++) {
    const char *start = starts[pick(CHECK_COUNT(starts))], *reason;
    size_t n = strlen(start) + pick(30);
    char *bytes = calloc(1, n + LD_PADDING);
    assert_non_null(bytes);
    memcpy(bytes, start, strlen(start));
    for (size_t i = strlen(start); i < n; i++) bytes[i] = (char)pick(256);
    ld_recognise_bytes("a", bytes, n, &reason);
    ld_recognise("a", bytes, n, &reason);
    free(bytes);
  }
}


/* ------------------------------------------------------------------- days */

static void check_day (const char *text, int year, int month, int day,
                       const char *place) {
  ld_day found;
  assert_true(ld_find_day(text, strlen(text), &found));
  assert_int_equal(found.year, year);
  assert_int_equal(found.month, month);
  assert_int_equal(found.day, day);
  assert_int_equal(found.end - found.begin, strlen(place));
  assert_memory_equal(text + found.begin, place, strlen(place));
}


static void test_days (void **state) {
  (void)state;
  check_day("2026-01-12", 2026, 1, 12, "2026-01-12");
  check_day("2026-1-2T10:00Z", 2026, 1, 2, "2026-1-2");
  check_day("on 2026/01/12, at", 2026, 1, 12, "2026/01/12");
  check_day("2026.01.12", 2026, 1, 12, "2026.01.12");
  check_day("12.01.2026", 2026, 1, 12, "12.01.2026");
  check_day("13/01/2026", 2026, 1, 13, "13/01/2026");
  check_day("Xinhua) 08:28, January 12, 2026", 2026, 1, 12,
            "January 12, 2026");
  check_day("Jan. 12, 2026", 2026, 1, 12, "Jan. 12, 2026");
  check_day("JANUARY 12 2026", 2026, 1, 12, "JANUARY 12 2026");
  check_day("Sept. 3, 1999", 1999, 9, 3, "Sept. 3, 1999");
  check_day("May 1st, 2020", 2020, 5, 1, "May 1st, 2020");
  check_day("12 January 2026", 2026, 1, 12, "12 January 2026");
  check_day("12th January, 2026.", 2026, 1, 12, "12th January, 2026");
  check_day("Mon, 12 Jan 2026 10:00", 2026, 1, 12, "12 Jan 2026");
  check_day("于2026年1月12日发布", 2026, 1, 12, "2026年1月12日");
  check_day("2026年01月12号", 2026, 1, 12, "2026年01月12号");
  check_day("12 января 2026 года", 2026, 1, 12, "12 января 2026");
  check_day("le 1er août 2026", 2026, 8, 1, "1er août 2026");
  check_day("12 de enero de 2026", 2026, 1, 12, "12 de enero de 2026");
  check_day("12. März 2026", 2026, 3, 12, "12. März 2026");
  check_day("12 de março de 2026", 2026, 3, 12, "12 de março de 2026");
  check_day("29 February 2024", 2024, 2, 29, "29 February 2024");
  check_day("29.02.2000", 2000, 2, 29, "29.02.2000");
  /* the first of them that there is */
  check_day("31 June 2020 or 30 June 2020", 2020, 6, 30, "30 June 2020");
  check_day("1 May 2020 - 2 May 2020", 2020, 5, 1, "1 May 2020");
}


static void test_no_days (void **state) {
  (void)state;
  static const char *const texts[] = {
    "", "12", "January", "January 2026", "12 January", "2026", "2026-01",
    "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-02-29",
    "1900-02-29", "31 April 2026", "0 May 2026", "February 30, 2026",
    "12/01/2026", "01/12/2026", "12.13.2026", "12 January 26",
    "12 January 3026", "12 January 0999", "2026年13月1日", "2026年2月30日",
    "99999999999999999999-01-01", "January 12, 20261", "12 Fooember 2026",
    "10:12:2026", "1,234,567", "the 12th of the 1st"
  };
  ld_day found;
  for (size_t i = 0; i < CHECK_COUNT(texts); i++) {
    if (ld_find_day(texts[i], strlen(texts[i]), &found))
      print_message("a day in '%s'\n", texts[i]);
    assert_false(ld_find_day(texts[i], strlen(texts[i]), &found));
  }
}


/* Every day of three years in each form, and the days after a month's last. */
static void test_every_day (void **state) {
  (void)state;
  static const char *const names[] = {
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"
  };
  for (int year = 1999; year <= 2001; year++)
    for (int month = 1; month <= 12; month++)
      for (int day = 1; day <= 32; day++) {
        bool leap = year == 2000;
        int last = month == 2 ? 28 + leap
                   : month == 4 || month == 6 || month == 9 || month == 11
                       ? 30 : 31;
        for (int form = 0; form < 6; form++) {
          char text[80];
          ld_day found;
          const char *name = names[month - 1];
          int n = 0;
          switch (form) {
            case 0: n = sprintf(text, "%d-%02d-%02d", year, month, day); break;
            case 1: n = sprintf(text, "%s %d, %d", name, day, year); break;
            case 2: n = sprintf(text, "%d %s %d", day, name, year); break;
            case 3: n = sprintf(text, "%d.%d.%d", day, month, year); break;
            case 4: n = sprintf(text, "%d年%d月%d日", year, month, day); break;
            default: n = sprintf(text, "%.3s. %d, %d", name, day, year);
          }
          bool got = ld_find_day(text, (size_t)n, &found);
          assert_int_equal(got, day <= last);
          if (!got) continue;
          assert_int_equal(found.year * 10000 + found.month * 100 + found.day,
                           year * 10000 + month * 100 + day);
          assert_int_equal(found.end - found.begin, n);
        }
      }
}


static void test_days_in_noise (void **state) {
  (void)state;
  static const char *const pieces[] = {
    "12", "2026", "1", "0", "January", "мая", "年", "月", "日", "de", "th",
    "-", "/", ".", " ", ", ", "\xFF", "\xE5\xB9", "999999999999", "x"
  };
  char text[400];
  seed = 2;
  for (int round = 0; round < 20000; round++) {
    size_t n = 0, most = pick(sizeof text - 20);
    ld_day found;
    while (n < most) {
      const char *piece = pieces[pick(CHECK_COUNT(pieces))];
      memcpy(text + n, piece, strlen(piece));
      n += strlen(piece);
    }
    char *exact = malloc(n + 1);
    assert_non_null(exact);
    memcpy(exact, text, n);
    if (ld_find_day(exact, n, &found)) {
      assert_true(found.begin < found.end && found.end <= n);
      assert_true(found.year >= 1000 && found.year <= 2999);
      assert_true(found.month >= 1 && found.month <= 12);
      assert_true(found.day >= 1 && found.day <= 31);
    }
    free(exact);
  }
}


static void test_months (void **state) {
  (void)state;
  static const struct { const char *name; int wanted; } months[] = {
    { "January", 1 }, { "jan.", 1 }, { "JAN", 1 }, { "мая", 5 }, { "май", 5 },
    { "déc", 12 }, { "dec", 12 }, { "März", 3 }, { "septiembre", 9 },
    { "", 0 }, { ".", 0 }, { "Janu", 0 }, { "Monday", 0 },
    { "a name that is much longer than any", 0 }
  };
  for (size_t i = 0; i < CHECK_COUNT(months); i++)
    assert_int_equal(ld_month(months[i].name, strlen(months[i].name)),
                     months[i].wanted);
}


/* --------------------------------------------------------------- documents */

typedef struct reading {
  ld_builder builder;
  lesdiplo_corpus *corpus;
  const lesdiplo_doc *doc;
} reading;

typedef void (*reader) (ld_reading *reading, const ld_input *in);

/* One document out of these bytes, or none. */
static void read_bytes (reading *r, reader read, const char *bytes, size_t n) {
  lesdiplo_error error;
  ld_builder *b = &r->builder;
  assert_int_equal(ld_builder_init(b, NULL, ld_word_describe, &error), 0);
  bytes = ld_builder_store(b, bytes, n);
  assert_non_null(bytes);
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  ld_reading all = { .builder = b, .options = &options };
  ld_input in;
  assert_true(ld_input_open(&in, &all, "a.md", bytes, n, NULL));
  read(&all, &in);
  ld_input_free(&in);
  assert_int_equal(ld_builder_finish(b, &r->corpus, &error), LESDIPLO_OK);
  r->doc = lesdiplo_corpus_doc(r->corpus, 0);
}

/* How many bytes of the source a row stands for. */
static uint32_t row_source (const lesdiplo_doc *doc, const ld_piece *p,
                            uint32_t end) {
  uint32_t n = 0;
  for (const char *at = doc->text + p->text; at < doc->text + end;) {
    uint32_t cp;
    int length = ld_utf8_read(at, doc->text + end, &cp);
    n += p->width[length - 1];
    at += length;
  }
  return n;
}

/* Pieces are in order, inside the source, and where one is as long as its
** source, and no row, the bytes are the same. */
static void check_map (const lesdiplo_doc *doc) {
  uint32_t source = 0;
  for (uint32_t i = 0; i < doc->piece_count; i++) {
    const ld_piece *p = doc->pieces + i;
    uint32_t end = i + 1 < doc->piece_count ? p[1].text : doc->text_length;
    assert_true(p->text <= end && end <= doc->text_length);
    assert_true(p->source >= source && p->source_end >= p->source);
    assert_true(p->source_end <= doc->source_length);
    if (ld_piece_is_row(p))
      assert_int_equal(row_source(doc, p, end), p->source_end - p->source);
    else if (end - p->text == p->source_end - p->source)
      assert_memory_equal(doc->text + p->text, doc->source + p->source,
                          end - p->text);
    source = p->source_end;
  }
}

/* The text is UTF-8; every span has a source, and one that is as long as its
** text is the same unless something in it was replaced; citations hold. */
static void check_doc (const lesdiplo_doc *doc) {
  lesdiplo_span span;
  assert_int_equal(ld_utf8_check(doc->text, doc->text_length),
                   doc->text_length);
  check_map(doc);
  for (int layer = 0; layer < 3; layer++)
    for (uint32_t i = 0; i < lesdiplo_doc_count(doc, layer); i++) {
      uint32_t begin, end;
      assert_int_equal(lesdiplo_doc_span(doc, layer, i, &span), LESDIPLO_OK);
      assert_true(span.begin <= span.end && span.end <= doc->text_length);
      assert_true(span.source_begin <= span.source_end);
      assert_true(span.source_end <= doc->source_length);
      if (span.begin == span.end) continue;
      if (layer == lesdiplo_layer("token"))
        assert_true(span.source_begin < span.source_end);
      assert_true(ld_locate_source(doc, span.source_begin, span.source_end,
                                   &begin, &end));
      assert_true(begin <= span.begin && end >= span.end);
    }
  for (uint32_t i = 0; i < doc->sentence_count; i++) {
    const ld_block *block = doc->blocks + doc->sentences[i].block;
    assert_true(block->begin <= doc->sentences[i].begin);
    assert_true(block->end >= doc->sentences[i].end);
  }
}


/* --------------------------------------------------------- repaired UTF-8 */

/* A line with no more bad bytes than good characters is UTF-8 that was damaged:
** each bad byte is one U+FFFD that stands for it; all others are as they were,
** and know their place. */
static void check_repaired (const lesdiplo_doc *doc, const char *bytes,
                            size_t n) {
  uint32_t at = 0;
  lesdiplo_span span;
  size_t mark = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
  for (size_t i = mark; i < n;) {
    uint32_t cp;
    size_t length = (size_t)ld_utf8_read(bytes + i, bytes + n, &cp);
    bool bad = cp == 0xFFFD && length == 1;
    uint32_t end = at + (bad ? 3 : (uint32_t)length);
    assert_true(end <= doc->text_length);
    assert_memory_equal(doc->text + at, bad ? "\xEF\xBF\xBD" : bytes + i,
                        end - at);
    assert_int_equal(lesdiplo_doc_locate(doc, at, end, &span), LESDIPLO_OK);
    assert_int_equal(span.source_begin, i);
    assert_int_equal(span.source_end, i + length);
    at = end;
    i += length;
  }
  assert_int_equal(at, doc->text_length);
}


static void test_repaired (void **state) {
  (void)state;
  static const char *const pieces[] = {
    "river ", "Treaty. ", "\n\n", "\xFF", "\xC3", "\xC3\xA9", "\xE6\xB2\xB3",
    "\xE6\xB2", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC0\xAF", "\x80",
    "\xF0\x9F\x98\x80", "\xF0\x9F\x98", "\xEF\xBF\xBD", "\xEF\xBB\xBF"
  };
  static char bytes[3000];
  seed = 3;
  for (int round = 0; round < 150; round++) {
    reading r;
    size_t n = 0, most = 10 + pick(sizeof bytes - 60);
    uint32_t good = 1 + pick(30);
    if (round % 5 == 0) { memcpy(bytes, "\xEF\xBB\xBF", 3); n = 3; }
    memcpy(bytes + n, "x", 1);
    n++;
    while (n < most) {
      const char *piece = pieces[pick(good) ? pick(3) :
                                 pick(CHECK_COUNT(pieces))];
      size_t length = strlen(piece);
      memcpy(bytes + n, piece, length);
      n += length;
      for (size_t i = ld_utf8_check(piece, length); i < length; i++, n += 2)
        memcpy(bytes + n, "\xC3\xA4", 2);
    }
    read_bytes(&r, ld_read_text, bytes, n);
    assert_non_null(r.doc);
    check_repaired(r.doc, bytes, n);
    check_doc(r.doc);
    lesdiplo_corpus_close(r.corpus);
  }
}


/* Good UTF-8 is not copied; what was repaired is told once, with the line. */
static void test_repair_is_told (void **state) {
  (void)state;
  lesdiplo_error note;
  reading r;
  read_bytes(&r, ld_read_text, "The talks.", 10);
  assert_ptr_equal(r.doc->text, r.doc->source);
  assert_int_equal(lesdiplo_corpus_note(r.corpus, 0, &note),
                   LESDIPLO_ENOTFOUND);
  lesdiplo_corpus_close(r.corpus);
  static const char damaged[] =
      "The\n\xFFt\xC3\xA4lks\xFF \xC3\xA4nd\0 nothing else, as far as one can see.";
  read_bytes(&r, ld_read_text, damaged, sizeof damaged - 1);
  assert_int_equal(lesdiplo_corpus_note(r.corpus, 0, &note), LESDIPLO_OK);
  assert_string_equal(note.where, "a.md");
  assert_int_equal(note.line, 2);
  assert_non_null(strstr(note.message, "NUL"));
  assert_int_equal(lesdiplo_corpus_note(r.corpus, 1, &note), LESDIPLO_OK);
  assert_int_equal(note.line, 2);
  assert_non_null(strstr(note.message, "2 bytes are not UTF-8"));
  assert_non_null(strstr(note.message, "at byte 4"));
  assert_int_equal(lesdiplo_corpus_note(r.corpus, 2, &note),
                   LESDIPLO_ENOTFOUND);
  lesdiplo_corpus_close(r.corpus);
}


/* --------------------------------------------------------------- Markdown */

/* The source of the n-th token of that form. */
static void check_source (const reading *r, const char *form, uint32_t which,
                          const char *wanted) {
  const lesdiplo_doc *doc = r->doc;
  for (uint32_t i = 0; i < doc->token_count; i++) {
    lesdiplo_span span;
    lesdiplo_doc_span(doc, lesdiplo_layer("token"), i, &span);
    if (span.end - span.begin != strlen(form) ||
        memcmp(doc->text + span.begin, form, strlen(form)) != 0 ||
        which-- > 0)
      continue;
    assert_int_equal(span.source_end - span.source_begin, strlen(wanted));
    assert_memory_equal(doc->source + span.source_begin, wanted,
                        strlen(wanted));
    return;
  }
  fail_msg("no token '%s'", form);
}


static void test_markdown_sources (void **state) {
  (void)state;
  static const char text[] =
      "# The *old* town\n\nIt is **very** [far](http://far.example) &amp; "
      "f&eacute;ted, a\\*b.\n\n- one `two`\n  three\n\n"
      "| k | v |\n|---|---|\n| x | y\\|z |\n";
  reading r;
  read_bytes(&r, ld_read_markdown, text, sizeof text - 1);
  check_doc(r.doc);
  check_source(&r, "old", 0, "old");
  check_source(&r, "very", 0, "very");
  check_source(&r, "far", 0, "far");
  check_source(&r, "&", 0, "&amp;");
  check_source(&r, "féted", 0, "f&eacute;ted");
  check_source(&r, "*", 0, "*");
  check_source(&r, "two", 0, "two");
  check_source(&r, "three", 0, "three");
  check_source(&r, "v", 0, "v");
  check_source(&r, "z", 0, "z");
  /* A whole sentence: all bytes from its first to its last. */
  lesdiplo_span span;
  lesdiplo_doc_span(r.doc, lesdiplo_layer("sentence"), 1, &span);
  assert_memory_equal(r.doc->source + span.source_begin, "It is **very**", 14);
  assert_memory_equal(r.doc->source + span.source_end - 5, "a\\*b.", 5);
  lesdiplo_corpus_close(r.corpus);
}


/* Every kind of line end is one, and what follows it keeps its place. */
static void test_markdown_line_ends (void **state) {
  (void)state;
  static const char text[] = "one\rtwo\r\nthree\nfour  \rfive\\\rsix\n";
  static const char *const words[] = { "one", "two", "three", "four", "five",
                                       "six" };
  reading r;
  read_bytes(&r, ld_read_markdown, text, sizeof text - 1);
  for (size_t i = 0; i < CHECK_COUNT(words); i++)
    check_source(&r, words[i], 0, words[i]);
  lesdiplo_corpus_close(r.corpus);
}


/* Markup put together at random, with and without bytes that are not UTF-8. */
static void test_markdown_maps (void **state) {
  (void)state;
  static const char *const pieces[] = {
    "river ", "The treaty. ", "*", "**", "_", "`", "```\n", "[", "](", ")",
    "![", "](a.png)", "[a](http://wikipedia.org \"wikilink\") ", "\\[1\\]",
    "\\[12\\]", "\\*", "&amp;", "&nbsp;", "&#8212;", "&nosuch;", "&#x110000;",
    "\n", "\n\n", "\r\n", "\r", "\n# ", "\n## References\n", "\n- ", "\n  - ",
    "\n1. ", "\n> ", "| a | b |\n|---|---|\n| c | d |\n", "<b>", "</b>",
    "<!-- ", " -->", "]]", "[[", "\n---\n", "  \n", "\\\n", "河流。", "\xFF",
    "\n[Category:X](http://x/Category:X)\n", "http://a.example ", "\t", "    ",
    "é", "e\xCC\x81", "\xC2\xA0", "~~", "\n[r]: http://r\n", "[r]"
  };
  static char text[4000];
  seed = 4;
  for (int round = 0; round < 1500; round++) {
    reading r;
    size_t n = 0, most = 20 + pick(sizeof text - 100);
    while (n < most) {
      const char *piece = pieces[pick(3) ? pick(CHECK_COUNT(pieces))
                                         : pick(2)];
      memcpy(text + n, piece, strlen(piece));
      n += strlen(piece);
    }
    read_bytes(&r, ld_read_markdown, text, n);
    if (r.doc) check_doc(r.doc);
    lesdiplo_corpus_close(r.corpus);
  }
}


/* ------------------------------------------------------------------- JSON */

typedef struct fields { char text[400]; size_t used; } fields;

static void keep (void *data, const ld_json_field *f) {
  fields *all = data;
  all->used += (size_t)snprintf(all->text + all->used,
                                sizeof all->text - all->used, "%.*s=%s%.*s;",
                                (int)f->name_length, f->name,
                                f->is_string ? "$" : "", (int)f->value_length,
                                f->value);
}

static const char *visit (ld_json *json, const char *text, fields *all) {
  char padded[1000] = { 0 };
  size_t n = strlen(text);
  memcpy(padded, text, n);
  all->used = 0;
  all->text[0] = '\0';
  return ld_json_object(json, padded, n, keep, all);
}


static void test_json_object (void **state) {
  (void)state;
  static const char *const wrong[] = {
    "", "x", "[]", "\"a\"", "12", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
    "{\"a\":\"b}", "{\"a\":1} x", "{\"a\":1}{\"b\":2}",
    "{\"a\":\"\\ud800\"}", "{\"a\":[1,2}", "{\"a\":\"\\x\"}",
    "{\"a\":1x}", "{\"a\":01}", "{\"a\":-}", "{\"a\":1.}", "{\"a\":1e+}",
    "{\"a\":.5}", "{\"a\":truth}", "{\"a\":fals}", "{\"a\":nul}"
  };
  fields all;
  ld_json *json = ld_json_new();
  assert_non_null(json);
  assert_null(visit(json, "{}", &all));
  assert_string_equal(all.text, "");
  assert_null(visit(json, " {\"a\": \"b\\n\\u00e9\", \"n\" : -1.5 , \"t\":true,"
                          "\"o\":{\"x\":1},\"l\":[\"y\"],\"z\":null,"
                          "\"e\":10E-02,\"i\":0,\"f\" : false\t,"
                          "\"\\u0061\\\"\":\"last\"} ", &all));
  assert_string_equal(all.text, "a=$b\né;n=-1.5;t=true;e=10E-02;i=0;f=false;"
                                "a\"=$last;");
  for (size_t i = 0; i < CHECK_COUNT(wrong); i++) {
    const char *reason = visit(json, wrong[i], &all);
    if (reason == NULL) print_message("no fault in '%s'\n", wrong[i]);
    assert_non_null(reason);
    assert_null(visit(json, "{\"good\":1}", &all));   /* and it goes on */
    assert_string_equal(all.text, "good=1;");
  }
  ld_json_free(json);
  ld_json_free(NULL);
}


static const char *walk (ld_json *json, const char *text, fields *all) {
  char padded[6000] = { 0 };
  size_t n = strlen(text);
  memcpy(padded, text, n);
  all->used = 0;
  all->text[0] = '\0';
  return ld_json_tree(json, padded, n, keep, all);
}


static void test_json_tree (void **state) {
  (void)state;
  fields all;
  char deep[5000];
  ld_json *json = ld_json_new();
  assert_non_null(json);
  assert_null(walk(json, "{\"a\":\"x\",\"b\":{\"c\":[1,{\"d\":true},[\"y\"]]},"
                         "\"n\":null}", &all));
  assert_string_equal(all.text, "a=$x;b.c.0=1;b.c.1.d=true;b.c.2.0=$y;");
  assert_null(walk(json, "[{\"a\":1},[2]]", &all));
  assert_string_equal(all.text, "0.a=1;1.0=2;");
  assert_null(walk(json, "{}", &all));
  assert_string_equal(all.text, "");
  assert_non_null(walk(json, "", &all));
  assert_non_null(walk(json, "{\"a\":[1,}", &all));
  assert_non_null(walk(json, "{\"a\":", &all));
  /* deeper than is looked, and a name that is longer than a path */
  size_t n = 0;
  for (int i = 0; i < 100; i++) deep[n++] = '[';
  deep[n++] = '1';
  for (int i = 0; i < 100; i++) deep[n++] = ']';
  deep[n] = '\0';
  assert_null(walk(json, deep, &all));
  assert_string_equal(all.text, "");
  n = (size_t)sprintf(deep, "{\"");
  memset(deep + n, 'k', 3000);
  sprintf(deep + n + 3000, "\":1,\"b\":2}");
  assert_null(walk(json, deep, &all));
  assert_string_equal(all.text, "b=2;");
  ld_json_free(json);
}


static void test_json_next (void **state) {
  (void)state;
  static const char text[] =
      " [ {\"a\":\"}{\\\"]\"}, 12, {\"b\":{\"c\":[{}]}} ,{}] {\"d\":1";
  static const char *const wanted[] = {
    "{\"a\":\"}{\\\"]\"}", "{\"b\":{\"c\":[{}]}}", "{}", "{\"d\":1"
  };
  size_t at = 0, n, count = 0;
  const char *p;
  while ((p = ld_json_next(text, sizeof text - 1, &at, &n)) != NULL) {
    assert_true(count < CHECK_COUNT(wanted));
    assert_int_equal(n, strlen(wanted[count]));
    assert_memory_equal(p, wanted[count], n);
    count++;
  }
  assert_int_equal(count, CHECK_COUNT(wanted));
  assert_int_equal(at, sizeof text - 1);
}


static void test_json_next_in_noise (void **state) {
  (void)state;
  static const char bytes[] = "{}[]\"\\,: a";
  seed = 5;
  for (int round = 0; round < 20000; round++) {
    size_t n = pick(60), at = 0, length, before = 0;
    char *text = malloc(n + 1);
    const char *p;
    assert_non_null(text);
    for (size_t i = 0; i < n; i++) text[i] = bytes[pick(sizeof bytes - 1)];
    while ((p = ld_json_next(text, n, &at, &length)) != NULL) {
      assert_true(p >= text + before && *p == '{' && length > 0);
      assert_true((size_t)(p - text) + length <= n && at > before);
      before = at;
    }
    free(text);
  }
}


/* ------------------------------------------------------------------ verify */

typedef struct tally { uint32_t good, bad; } tally;

static void count (void *data, const lesdiplo_finding *finding) {
  tally *t = data;
  if (finding->reason) t->bad++;
  else t->good++;
}

/* A citation of every sentence and block, a line each. */
static void cite_all (const lesdiplo_doc *doc, ld_buffer *out) {
  for (int layer = 0; layer < 2; layer++)
    for (uint32_t i = 0; i < lesdiplo_doc_count(doc, layer); i++) {
      char cite[200];
      lesdiplo_span span;
      lesdiplo_doc_span(doc, layer, i, &span);
      int n = lesdiplo_doc_cite(doc, span.begin, span.end, cite, sizeof cite);
      assert_true(n > 0 && n < (int)sizeof cite);
      ld_buffer_format(out, "line %u (%s), and so on\n", i, cite);
    }
}


/* All that is cited holds. Once a byte of the source is another, exactly those
** citations do not hold that cover it, or stand on another line now. */
static void test_verify (void **state) {
  (void)state;
  static char text[3000];
  seed = 6;
  for (int round = 0; round < 40; round++) {
    reading r, changed;
    ld_memory memory;
    ld_buffer cites;
    tally t = { 0, 0 };
    uint32_t claims = 0, broken = 0;
    size_t n = 0;
    while (n < sizeof text - 60)
      n += (size_t)sprintf(text + n, "The %u. delegation *left* the %s.%s",
                           pick(99), pick(2) ? "hall" : "town",
                           pick(3) ? " " : "\n\n");
    ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
    ld_buffer_init(&cites, &memory);
    read_bytes(&r, round % 2 ? ld_read_text : ld_read_markdown, text, n);
    cite_all(r.doc, &cites);
    claims = lesdiplo_doc_count(r.doc, 0) + lesdiplo_doc_count(r.doc, 1);
    assert_int_equal(lesdiplo_verify(r.corpus, cites.bytes, cites.used, count,
                                     &t, NULL), LESDIPLO_OK);
    assert_int_equal(t.good, claims);
    /* any byte but a line end: lines stay where they are */
    uint32_t at = pick((uint32_t)n);
    while (text[at] == '\n') at--;
    for (int layer = 0; layer < 2; layer++)
      for (uint32_t i = 0; i < lesdiplo_doc_count(r.doc, layer); i++) {
        lesdiplo_span span;
        lesdiplo_doc_span(r.doc, layer, i, &span);
        broken += span.source_begin <= at && at < span.source_end;
      }
    text[at] = text[at] == '#' ? 'x' : '#';
    read_bytes(&changed, ld_read_text, text, n);
    t.good = t.bad = 0;
    assert_int_equal(lesdiplo_verify(changed.corpus, cites.bytes, cites.used,
                                     count, &t, NULL),
                     broken ? LESDIPLO_EFORMAT : LESDIPLO_OK);
    assert_int_equal(t.bad, broken);
    assert_int_equal(t.good, claims - broken);
    lesdiplo_corpus_close(changed.corpus);
    lesdiplo_corpus_close(r.corpus);
    ld_buffer_free(&cites);
  }
}


/* ---------------------------------------------------------- whole folders */

static void check_seeds (const lesdiplo_corpus *corpus) {
  assert_int_equal(lesdiplo_corpus_count(corpus), 5);
  for (uint32_t i = 0; i < 5; i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
    check_doc(doc);
    assert_true(doc->sentence_count > 5);
    assert_non_null(lesdiplo_doc_field(doc, "title"));
  }
}


static void test_seeds (void **state) {
  (void)state;
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  assert_int_equal(lesdiplo_corpus_open(&corpus, "seeds", &error),
                   LESDIPLO_OK);
  check_seeds(corpus);
  lesdiplo_corpus_close(corpus);
}


static void test_open_arguments (void **state) {
  (void)state;
  lesdiplo_corpus *corpus = (lesdiplo_corpus *)&seed;
  lesdiplo_error error;
  assert_int_equal(lesdiplo_corpus_open(NULL, "seeds", &error), LESDIPLO_EARG);
  assert_int_equal(lesdiplo_corpus_open(&corpus, NULL, &error), LESDIPLO_EARG);
  assert_null(corpus);
  assert_int_equal(lesdiplo_corpus_open(&corpus, "no such folder", &error),
                   LESDIPLO_EIO);
  assert_null(corpus);
  assert_string_equal(error.where, "no such folder");
  assert_int_equal(lesdiplo_corpus_open(&corpus, "no such folder", NULL),
                   LESDIPLO_EIO);
}


static void test_read_bytes (void **state) {
  (void)state;
  static const char records[] = "{\"id\":\"x\",\"text\":\"He came.\"}\n"
                                "{\"text\":\"\"}\n";
  lesdiplo_corpus *corpus = (lesdiplo_corpus *)&seed;
  lesdiplo_error error;
  assert_int_equal(lesdiplo_corpus_read(&corpus, NULL, "x", 1, NULL, &error),
                   LESDIPLO_EARG);
  assert_null(corpus);
  assert_int_equal(lesdiplo_corpus_read(&corpus, "a.txt", NULL, 0, NULL,
                                        &error), LESDIPLO_EIO);
  assert_null(corpus);
  assert_int_equal(lesdiplo_corpus_read(&corpus, "a.md", "# Head\n\nHe came.",
                                        16, NULL, &error), LESDIPLO_OK);
  assert_string_equal(lesdiplo_doc_id(lesdiplo_corpus_doc(corpus, 0)), "a.md");
  assert_string_equal(lesdiplo_doc_field(lesdiplo_corpus_doc(corpus, 0),
                                         "title"), "Head");
  lesdiplo_corpus_close(corpus);
  assert_int_equal(lesdiplo_corpus_read(&corpus, "a.jsonl", records,
                                        sizeof records - 1, NULL, &error),
                   LESDIPLO_OK);
  assert_int_equal(lesdiplo_corpus_count(corpus), 1);
  assert_non_null(lesdiplo_corpus_find(corpus, "x"));
  assert_int_equal(lesdiplo_corpus_note(corpus, 0, &error), LESDIPLO_OK);
  lesdiplo_corpus_close(corpus);
}


/* Reads some files and a few records with one failure; returns the code. */
static int read_with (long left, uint64_t budget, const char *lines,
                      const char *other) {
  const char *const paths[] = { "seeds/2-relations.md",
                                "seeds/5-congratulations.txt", lines, other };
  check_heap heap = { left, 0 };
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error = { 0, 0, "", "" };
  lesdiplo_corpus *corpus;
  options.alloc = check_alloc;
  options.alloc_data = &heap;
  options.max_memory = budget;
  int code = lesdiplo_corpus_open_all(&corpus, paths, 4, &options, &error);
  if (code == LESDIPLO_OK) {
    assert_int_equal(lesdiplo_corpus_count(corpus), 5);
  } else {
    assert_null(corpus);
    assert_int_equal(code, LESDIPLO_ENOMEM);
    assert_int_equal(error.code, LESDIPLO_ENOMEM);
  }
  lesdiplo_corpus_close(corpus);
  assert_int_equal(heap.blocks, 0);
  return code;
}

/* Writes a file below the tests' folder; its path goes to out[400]. */
static void write_file (const char *name, const char *bytes, size_t n,
                        char *out) {
  const char *work = getenv("WORK");
  snprintf(out, 400, "%s/%s", work ? work : "/tmp", name);
  int file = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  assert_true(file >= 0);
  assert_int_equal(write(file, bytes, n), n);
  close(file);
}

/* A lesdiplo_progress that has had enough at the second file. */
static void stop_soon (void *data, uint64_t done, uint64_t total,
                       const char *path) {
  static int files;
  (void)done, (void)total, (void)path;
  if (++files == 2) *(volatile int *)data = 1;
}

static void test_read_stopped (void **state) {
  static const char line[] = "{\"id\": \"a\", \"text\": \"The talks.\"}\n";
  static const char *const seeds = "seeds";
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  volatile int stop = 0;
  (void)state;
  options.stop = &stop;
  options.progress = stop_soon;
  options.progress_data = (void *)(uintptr_t)&stop;
  assert_int_equal(lesdiplo_corpus_open_all(&corpus, &seeds, 1, &options,
                                            &error), LESDIPLO_ELIMIT);
  assert_null(corpus);
  assert_string_equal(error.message, "reading was stopped");
  options.progress = NULL;              /* it is too late, and then not any more */
  assert_int_equal(lesdiplo_corpus_read(&corpus, "a.jsonl", line,
                                        sizeof line - 1, &options, &error),
                   LESDIPLO_ELIMIT);
  stop = 0;
  assert_int_equal(lesdiplo_corpus_read(&corpus, "a.jsonl", line,
                                        sizeof line - 1, &options, &error),
                   LESDIPLO_OK);
  lesdiplo_corpus_close(corpus);
}

static void test_read_without_memory (void **state) {
  (void)state;
  static const char records[] =
      "{\"id\":\"a\",\"title\":\"T\",\"url\":\"u\",\"text\":\"The talks.\"}\n"
      "{\"id\":\"b\",\"date\":\"2024-03-12\",\"text\":\"They \\u00e9nd.\"}\n";
  static const char mixed[] =           /* in windows-1252 and in UTF-8 */
      "Les ministres des affaires \xE9trang\xE8res ont d\xE9" "clar\xE9 que rien "
      "n\x92\xE9tait sign\xE9.\n\nC\xC3\xB4t\xC3\xA9 finances, tout est "
      "r\xC3\xA9gl\xC3\xA9.\n";
  char lines[400], other[400];
  write_file("records.jsonl", records, sizeof records - 1, lines);
  write_file("mixed.txt", mixed, sizeof mixed - 1, other);
  long left = 0;
  while (read_with(left, 0, lines, other) != LESDIPLO_OK) left++;
  assert_true(left > 10);
  uint64_t budget = 1000;
  while (read_with(-1, budget, lines, other) != LESDIPLO_OK) budget += 3001;
  unlink(lines);
  unlink(other);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_recognise),
  cmocka_unit_test(test_recognise_noise),
  cmocka_unit_test(test_days),
  cmocka_unit_test(test_no_days),
  cmocka_unit_test(test_every_day),
  cmocka_unit_test(test_days_in_noise),
  cmocka_unit_test(test_months),
  cmocka_unit_test(test_repaired),
  cmocka_unit_test(test_repair_is_told),
  cmocka_unit_test(test_markdown_sources),
  cmocka_unit_test(test_markdown_line_ends),
  cmocka_unit_test(test_markdown_maps),
  cmocka_unit_test(test_json_object),
  cmocka_unit_test(test_json_tree),
  cmocka_unit_test(test_json_next),
  cmocka_unit_test(test_json_next_in_noise),
  cmocka_unit_test(test_verify),
  cmocka_unit_test(test_seeds),
  cmocka_unit_test(test_open_arguments),
  cmocka_unit_test(test_read_bytes),
  cmocka_unit_test(test_read_stopped),
  cmocka_unit_test(test_read_without_memory)
};

int main (void) { return CHECK_ALL(tests); }
