/*
** given.c - what people write down of documents: CSV, dates, languages, front
** matter, sidecars.
**
** How whole documents come out stands in tests/spec/metadata.md; here are the
** parts, and what must hold however wild the bytes are.
*/
#include "check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/given/given.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}


/* -------------------------------------------------------------------- CSV */

/* One row, its cells with bars between them. */
static void check_row (ld_csv *csv, uint32_t line, const char *wanted) {
  char got[400] = "";
  assert_true(ld_csv_row(csv));
  assert_int_equal(csv->line, line);
  for (uint32_t i = 0; i < csv->count; i++) {
    size_t n, used = strlen(got);
    const char *cell = ld_csv_cell(csv, i, &n);
    snprintf(got + used, sizeof got - used, "%s%.*s", i ? "|" : "", (int)n,
             cell);
  }
  assert_string_equal(got, wanted);
}


static void test_csv_rows (void **state) {
  (void)state;
  static const char text[] =
      "a,b,c\r\n"
      "1, 2 ,\n"
      "\n"
      " \"x, \"\"y\"\"\" ,\"two\nlines\",\"\"\r"
      "\"open,z\n"
      "\"a \"b\" c\",d\n"
      "last";
  ld_memory memory;
  ld_csv csv;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_csv_init(&csv, &memory, text, sizeof text - 1);
  assert_int_equal(csv.delimiter, ',');
  check_row(&csv, 1, "a|b|c");
  check_row(&csv, 2, "1|2|");
  check_row(&csv, 4, "x, \"y\"|two\nlines|");
  assert_int_equal(csv.broken, 0);
  check_row(&csv, 6, "\"open|z");
  assert_int_equal(csv.broken, 6);
  check_row(&csv, 7, "a \"b\" c|d");
  assert_int_equal(csv.broken, 7);
  check_row(&csv, 8, "last");
  assert_false(ld_csv_row(&csv));
  ld_csv_free(&csv);
  assert_int_equal(memory.used, 0);
}


static char delimiter_of (const char *text) {
  ld_memory memory;
  ld_csv csv;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_csv_init(&csv, &memory, text, strlen(text));
  ld_csv_free(&csv);
  return csv.delimiter;
}


static void test_csv_delimiters (void **state) {
  (void)state;
  assert_int_equal(delimiter_of("file"), ',');
  assert_int_equal(delimiter_of(""), ',');
  assert_int_equal(delimiter_of("file;a\n1,2,3"), ';');
  assert_int_equal(delimiter_of("file\ta,b\tc"), '\t');
  assert_int_equal(delimiter_of("\"a,b,c\";d"), ';');
  assert_int_equal(delimiter_of("sep=;\na,b"), ';');
  assert_int_equal(delimiter_of("sep=|\r\na|b"), '|');
}


/* Puts a cell into a row as RFC 4180 has it. */
static void write_cell (ld_buffer *out, const char *cell) {
  if (!strpbrk(cell, ",;\t\"\r\n ") && pick(2)) {
    ld_buffer_puts(out, cell);
    return;
  }
  ld_buffer_char(out, '"');
  for (; *cell; cell++) {
    if (*cell == '"') ld_buffer_char(out, '"');
    ld_buffer_char(out, *cell);
  }
  ld_buffer_char(out, '"');
}

enum { ROWS = 12, CELLS = 5, LONG = 9 };

/* What was written is what is read, with the lines where it stands. */
static void test_csv_returns (void **state) {
  (void)state;
  static const char signs[] = "ab,;\t\"\n ", delimiters[] = ",;\t";
  ld_memory memory;
  ld_buffer out;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&out, &memory);
  seed = 7;
  for (int round = 0; round < 2000; round++) {
    static char cells[ROWS][CELLS][LONG + 3];
    uint32_t lines[ROWS], rows = 1 + pick(ROWS), width = 1 + pick(CELLS);
    char delimiter = delimiters[pick(3)];
    ld_buffer_clear(&out);
    ld_buffer_format(&out, "sep=%c\n", delimiter);
    for (uint32_t r = 0; r < rows; r++) {
      lines[r] = ld_count_lines(out.bytes, out.bytes + out.used) + 1;
      for (uint32_t c = 0; c < width; c++) {
        uint32_t n = pick(LONG);
        char *cell = cells[r][c];
        for (uint32_t k = 0; k < n; k++) cell[k + 1] = signs[pick(8)];
        cell[0] = cell[n + 1] = 'x';       /* so that there is no blank end */
        cell[n + 2] = '\0';
        if (c) ld_buffer_char(&out, delimiter);
        write_cell(&out, cell);
      }
      ld_buffer_puts(&out, r + 1 == rows && pick(2) ? "" : "\r\n");
    }
    ld_csv csv;
    ld_csv_init(&csv, &memory, out.bytes, out.used);
    for (uint32_t r = 0; r < rows; r++) {
      assert_true(ld_csv_row(&csv));
      assert_int_equal(csv.count, width);
      assert_int_equal(csv.line, lines[r]);
      assert_int_equal(csv.broken, 0);
      for (uint32_t c = 0; c < width; c++) {
        size_t n;
        const char *cell = ld_csv_cell(&csv, c, &n);
        assert_int_equal(n, strlen(cells[r][c]));
        assert_memory_equal(cell, cells[r][c], n);
      }
    }
    assert_false(ld_csv_row(&csv));
    ld_csv_free(&csv);
  }
  ld_buffer_free(&out);
  assert_int_equal(memory.used, 0);
}


/* Whatever the bytes: rows go forward, and each line is counted once. */
static void test_csv_noise (void **state) {
  (void)state;
  static const char signs[] = "\"\",;\t\n\r \"a";
  ld_memory memory;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  seed = 8;
  for (int round = 0; round < 20000; round++) {
    size_t n = pick(60), text = 0;
    char *bytes = malloc(n + 1);
    uint32_t line = 0, ends = 0;
    ld_csv csv;
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++) {
      bytes[i] = signs[pick(sizeof signs - 1)];
      ends += bytes[i] == '\n' || bytes[i] == '\r';
      if (i && bytes[i] == '\n' && bytes[i - 1] == '\r') ends--;
    }
    ld_csv_init(&csv, &memory, bytes, n);
    while (ld_csv_row(&csv)) {
      assert_true(csv.line > line && csv.line <= ends + 1);
      assert_true(!csv.broken || (csv.broken >= csv.line &&
                                  csv.broken <= csv.lines + 1));
      line = csv.line;
      for (uint32_t i = 0; i < csv.count; i++) {
        size_t length;
        ld_csv_cell(&csv, i, &length);
        text += length;
      }
    }
    assert_ptr_equal(csv.p, csv.end);
    assert_int_equal(csv.lines, ends);
    assert_true(text <= n);
    ld_csv_free(&csv);
    free(bytes);
  }
  assert_int_equal(memory.used, 0);
}


/* ----------------------------------------------------------------- fields */

static void test_fields (void **state) {
  (void)state;
  assert_int_equal(ld_given_field("title", 5), LD_F_TITLE);
  assert_int_equal(ld_given_field("Author", 6), LD_F_BYLINE);
  assert_int_equal(ld_given_field("PUBLISHED", 9), LD_F_DATE);
  assert_int_equal(ld_given_field("titles", 6), LD_F_COUNT);
  assert_int_equal(ld_given_field("titles", 5), LD_F_TITLE);
  assert_int_equal(ld_given_field("", 0), LD_F_COUNT);
  assert_int_equal(ld_given_field("path", 4), LD_F_COUNT);
  assert_string_equal(ld_given_kind("NEWS", 4), "news");
  assert_null(ld_given_kind("newsy", 5));
  assert_null(ld_given_kind("", 0));
}


static void test_dates (void **state) {
  (void)state;
  static const struct { const char *text, *value, *precision; } dates[] = {
    { "2024-03-12", "2024-03-12", "day" },
    { "2024-03-12T23:59:00Z", "2024-03-12", "day" },
    { "12 March 2024", "2024-03-12", "day" },
    { "2024年3月12日", "2024-03-12", "day" },
    { "2024-03", "2024-03", "month" }, { "2024-3", "2024-03", "month" },
    { "March 2024", "2024-03", "month" }, { "mars  2024", "2024-03", "month" },
    { "Март 2024", "2024-03", "month" }, { "2024", "2024", "year" }
  };
  static const char *const none[] = {
    "", "x", "24", "20245", "2024-13", "2024-00", "0999", "3000", "2024-",
    "-2024", "2024-1-", "01/02/2024", "March", "March 24", "Monday 2024",
    "12 2024", "2024 March"
  };
  ld_given_day day;
  for (size_t i = 0; i < CHECK_COUNT(dates); i++) {
    assert_true(ld_given_date(dates[i].text, strlen(dates[i].text), &day));
    assert_string_equal(day.value, dates[i].value);
    assert_string_equal(day.precision, dates[i].precision);
    assert_string_equal(ld_given_precision(day.value), dates[i].precision);
  }
  for (size_t i = 0; i < CHECK_COUNT(none); i++) {
    if (ld_given_date(none[i], strlen(none[i]), &day))
      fail_msg("'%s' was taken for %s", none[i], day.value);
  }
}


static void test_languages (void **state) {
  (void)state;
  static const char *const codes[][2] = {
    { "en", "en" }, { "EN", "en" }, { "eng", "en" }, { "en-GB", "en" },
    { "en_US", "en" }, { "zh-Hant", "zh" }, { "chi", "zh" }, { "zho", "zh" },
    { "fre", "fr" }, { "sot", "st" }, { "haw", "haw" }
  };
  static const char *const none[] = { "", "e", "xx", "english", "qqq", "-", "?",
                                      "a very long name that is no code" };
  char code[LD_LANGUAGE];
  for (size_t i = 0; i < CHECK_COUNT(codes); i++) {
    assert_true(ld_given_language(codes[i][0], strlen(codes[i][0]), code));
    assert_string_equal(code, codes[i][1]);
  }
  for (size_t i = 0; i < CHECK_COUNT(none); i++)
    assert_false(ld_given_language(none[i], strlen(none[i]), code));
}


/* ------------------------------------------------------------ front matter */

static void test_front_length (void **state) {
  (void)state;
  static const struct { const char *text; size_t wanted; } texts[] = {
    { "---\na: b\n---\ntext", 13 }, { "---\na: b\n...\ntext", 13 },
    { "---\r\na: b\r\n---\r\ntext", 16 }, { "---\ra: b\r---\rtext", 13 },
    { "---\n---\n", 8 }, { "---  \n# x\n\na: b\n---", 19 },
    { "+++\na = 1\n+++\n", 14 }, { "+++\n[a]\n+++\n", 12 },
    { "---\na: b\n", 0 }, { "---\na: b\n+++\n", 0 }, { "--\na: b\n--\n", 0 },
    { "----\na: b\n----\n", 0 }, { " ---\na: b\n---\n", 0 },
    { "---\nSome text\n---\n", 0 }, { "---\na:b\n---\n", 0 },
    { "---\nthe minister said: no\n---\n", 0 }, { "", 0 }, { "---", 0 }
  };
  for (size_t i = 0; i < CHECK_COUNT(texts); i++)
    assert_int_equal(ld_front_length(texts[i].text, strlen(texts[i].text)),
                     texts[i].wanted);
}

/* Reads n bytes as a document of that name. */
static const lesdiplo_doc *read_doc (lesdiplo_corpus **corpus, bool markdown,
                                     const char *bytes, size_t n) {
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error;
  ld_builder b;
  ld_input in;
  assert_int_equal(ld_builder_init(&b, NULL, ld_word_describe, &error), 0);
  bytes = ld_builder_store(&b, bytes, n);
  assert_non_null(bytes);
  ld_reading reading = { .builder = &b, .options = &options };
  assert_true(ld_input_open(&in, &reading, "a.md", bytes, n, NULL));
  if (markdown) ld_read_markdown(&reading, &in);
  else ld_read_text(&reading, &in);
  ld_input_free(&in);
  assert_int_equal(ld_builder_finish(&b, corpus, &error), LESDIPLO_OK);
  return lesdiplo_corpus_doc(*corpus, 0);
}

/* The lines of front matter are headers and nothing else is touched by it; what
** a field was read from stands in the text; there is one note at most for what
** is left alone. */
static void check_front (const lesdiplo_corpus *corpus,
                         const lesdiplo_doc *doc, size_t front) {
  lesdiplo_error note;
  uint32_t notes = 0, end = 0;
  for (uint32_t i = 0; lesdiplo_corpus_note(corpus, i, &note) == 0; i++)
    notes += strstr(note.message, "front matter") != NULL;
  assert_true(notes <= 1);
  for (uint32_t i = 0; doc && i < doc->block_count; i++) {
    const ld_block *block = doc->blocks + i;
    assert_true(block->begin >= end && block->begin <= block->end);
    end = block->end;
    if (block->begin < front) {
      assert_int_equal(block->kind, LD_HEADER);
      assert_true(block->end <= front);
    }
  }
  for (int id = 0; doc && id < LD_F_COUNT; id++) {
    assert_true(doc->evidence[id].begin <= doc->evidence[id].end);
    assert_true(doc->evidence[id].end <= doc->text_length);
  }
}


static void test_front_noise (void **state) {
  (void)state;
  static const char *const pieces[] = {
    "title: ", "date: ", "author:", "tags: ", "\n", "\n", "\n", "\r\n", "\n- ",
    "\n  ", "[", "]", ",", "\"", "'", "# ", "|", ">", "{", "}", "&", "*", "a",
    "Anna Berg", "2024-03-12", "\\", "\\u00e9", "\\x4", "null", "---", "\n---\n",
    "...", "\n+++\n", "+++", "= ", "\"\"\"", "\n[x]\n", "lang: zz", "kind: news",
    ": ", ":", "河流", "\xFF", "\x1F", "title = ", "\t"
  };
  static char text[3000];
  seed = 9;
  for (int round = 0; round < 2000; round++) {
    lesdiplo_corpus *corpus;
    size_t n = 0, most = pick(400);
    n += (size_t)sprintf(text, "%s", pick(2) ? "---\n" : "+++\n");
    n += (size_t)sprintf(text + n, "%s", pick(2) ? "title: x\n" : "a = 1\n");
    while (n < most) {
      const char *piece = pieces[pick(CHECK_COUNT(pieces))];
      n += (size_t)sprintf(text + n, "%s", piece);
    }
    n += (size_t)sprintf(text + n, "\n%s\nThe text of it.\n",
                         pick(2) ? "---" : "+++");
    const lesdiplo_doc *doc = read_doc(&corpus, pick(2), text, n);
    size_t front = 0;           /* what Markdown leaves may look like it */
    if (doc && ld_front_length(text, n))
      front = ld_front_length(doc->text, doc->text_length);
    check_front(corpus, doc, front);
    lesdiplo_corpus_close(corpus);
  }
}


/* Each entry is read where it stands, and no other. */
static void test_front_values (void **state) {
  (void)state;
  static const struct { const char *value, *wanted; } values[] = {
    { " word", "word" }, { " two words # remark", "two words" },
    { " a#b", "a#b" }, { " \"q: \\\"x\\\" \\u00e9\"", "q: \"x\" é" },
    { " 'it''s'", "it's" }, { " \"a\" # b", "a" }, { " [a, b]", "a, b" },
    { " [ \"a, b\" , c ]", "a, b; c" }, { "\n  - a\n  - b", "a, b" },
    { "\n- a\n- \"b\"", "a, b" }, { " >\n  a\n  b", "a b" },
    { " |\n  a\n\n  b", "a b" }, { " a\n  b", "a b" }, { " [a,\n  b]", "a, b" },
    { " a: b", "a: b" }, { " 2024-03-12", "2024-03-12" }, { " true", "true" },
    { "", NULL }, { " ~", NULL }, { " null", NULL }, { " []", NULL },
    { " \"\"", NULL }, { " {a: b}", NULL }, { " [a, [b]]", NULL },
    { " &x a", NULL }, { " *x", NULL }, { " !!str a", NULL },
    { "\n  a: b", NULL }, { "\n  - a: b", NULL }, { " \"open", NULL },
    { " [open", NULL }, { " \"a\" b", NULL }, { "\n  plain", NULL }
  };
  for (size_t i = 0; i < CHECK_COUNT(values); i++) {
    lesdiplo_corpus *corpus;
    char text[200];
    int n = snprintf(text, sizeof text, "---\nfirst: 1\nx:%s\nlast: 2\n---\n"
                     "Text.\n", values[i].value);
    const lesdiplo_doc *doc = read_doc(&corpus, false, text, (size_t)n);
    const char *got = lesdiplo_doc_field(doc, "x");
    assert_string_equal(lesdiplo_doc_field(doc, "first"), "1");
    assert_string_equal(lesdiplo_doc_field(doc, "last"), "2");
    if (values[i].wanted == NULL && got != NULL)
      fail_msg("x:%s was read as '%s'", values[i].value, got);
    if (values[i].wanted != NULL) {
      assert_non_null(got);
      assert_string_equal(got, values[i].wanted);
    }
    lesdiplo_corpus_close(corpus);
  }
}


/* ---------------------------------------------------------------- sidecars */

/* A corpus that is being read. */
typedef struct job {
  ld_builder builder;
  ld_reading reading;
  lesdiplo_corpus *corpus;
} job;

static void begin (job *j) {
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error;
  memset(j, 0, sizeof *j);
  assert_int_equal(ld_builder_init(&j->builder, NULL, ld_word_describe,
                                   &error), 0);
  j->reading.builder = &j->builder;
  j->reading.options = &options;
}

static void add (job *j, const char *name) {
  static const char text[] = "They met in the hall on Monday.";
  ld_input in;
  const char *bytes = ld_builder_store(&j->builder, text, sizeof text - 1);
  assert_non_null(bytes);
  assert_true(ld_input_open(&in, &j->reading, name, bytes, sizeof text - 1,
                            NULL));
  ld_read_text(&j->reading, &in);
  ld_input_free(&in);
}

static void add_sidecar (job *j, const char *name, const char *text) {
  const char *bytes = ld_builder_store(&j->builder, text, strlen(text));
  assert_non_null(bytes);
  assert_true(ld_sidecar_is(name, bytes, strlen(text)));
  ld_sidecar_add(&j->reading, name, bytes, strlen(text));
}

static void end (job *j) {
  lesdiplo_error error;
  ld_sidecar_end(&j->reading);
  assert_int_equal(ld_builder_finish(&j->builder, &j->corpus, &error),
                   LESDIPLO_OK);
}

static void check_title (const job *j, const char *id, const char *wanted) {
  const lesdiplo_doc *doc = lesdiplo_corpus_find(j->corpus, id);
  assert_non_null(doc);
  const char *title = lesdiplo_doc_field(doc, "title");
  if (wanted == NULL) assert_null(title);
  else {
    assert_non_null(title);
    assert_string_equal(title, wanted);
  }
}


/* One inside an archive speaks of its members, until they are past. */
static void test_sidecar_of_archive (void **state) {
  (void)state;
  job j;
  lesdiplo_error note;
  begin(&j);
  add_sidecar(&j, "metadata.csv", "file,title,charset,source\n"
              "a.zip!/m.txt,From above,koi8-r,\n"
              "a.zip,,gb18030,Of the archive\nb.txt,B,,\n");
  add_sidecar(&j, "a.zip!/deep/metadata.csv", "file,id,byline\n"
              "n.txt,,Nobody\n,a.zip!/m.txt,Not below\n");
  add_sidecar(&j, "a.zip!/metadata.csv", "file,title,byline\n"
              "./m.txt,M,\ndeep\\n.txt,N,Somebody\nnone.txt,None,\n");
  assert_string_equal(ld_sidecar_charset(&j.reading, "a.zip!/m.txt"),
                      "koi8-r");
  assert_string_equal(ld_sidecar_charset(&j.reading, "a.zip!/b.tgz!/c"),
                      "gb18030");
  assert_null(ld_sidecar_charset(&j.reading, "b.txt"));
  add(&j, "a.zip!/m.txt");
  add(&j, "a.zip!/deep/n.txt");
  assert_false(ld_sidecar_visit(&j.reading, "root/b.txt", "b.txt"));
  add(&j, "b.txt");
  add(&j, "m.txt");
  end(&j);
  check_title(&j, "a.zip!/m.txt", "M");
  check_title(&j, "a.zip!/deep/n.txt", "N");
  const lesdiplo_doc *doc = lesdiplo_corpus_find(j.corpus, "a.zip!/m.txt");
  assert_null(lesdiplo_doc_field(doc, "byline"));
  doc = lesdiplo_corpus_find(j.corpus, "a.zip!/deep/n.txt");
  assert_string_equal(lesdiplo_doc_field(doc, "byline"), "Nobody");
  assert_string_equal(lesdiplo_doc_field(doc, "source"), "Of the archive");
  assert_string_equal(lesdiplo_doc_field(doc, "metadata"),
                      "a.zip!/deep/metadata.csv:2, a.zip!/metadata.csv:3, "
                      "metadata.csv:3");
  check_title(&j, "b.txt", "B");
  check_title(&j, "m.txt", NULL);
  assert_int_equal(lesdiplo_corpus_note(j.corpus, 0, &note), LESDIPLO_OK);
  assert_string_equal(note.where, "a.zip!/deep/metadata.csv");
  assert_int_equal(note.line, 3);
  assert_int_equal(lesdiplo_corpus_note(j.corpus, 1, &note), LESDIPLO_OK);
  assert_string_equal(note.where, "a.zip!/metadata.csv");
  assert_int_equal(note.line, 4);
  assert_non_null(strstr(note.message, "'none.txt'"));
  assert_int_equal(lesdiplo_corpus_note(j.corpus, 2, &note),
                   LESDIPLO_ENOTFOUND);
  lesdiplo_corpus_close(j.corpus);
}


/* A name is found in whatever way its accents are written; a name in capitals,
** bars between the cells and nested fields will do. */
static void test_sidecar_forms (void **state) {
  (void)state;
  job j;
  begin(&j);
  add_sidecar(&j, "METADATA.CSV", "file|title\n"
              "r\xC3\xA9sum\xC3\xA9.txt|One\nre\xCC\x81.txt|Two\n");
  add_sidecar(&j, "a.zip!/Metadata.jsonl",
              "{\"file\": \"b.txt\", \"meta\": {\"x\": 1}}\n");
  add(&j, "a.zip!/b.txt");
  add(&j, "re\xCC\x81sume\xCC\x81.txt");
  add(&j, "r\xC3\xA9.txt");
  end(&j);
  check_title(&j, "re\xCC\x81sume\xCC\x81.txt", "One");
  check_title(&j, "r\xC3\xA9.txt", "Two");
  const lesdiplo_doc *doc = lesdiplo_corpus_find(j.corpus, "a.zip!/b.txt");
  assert_string_equal(lesdiplo_doc_field(doc, "x"), "1");
  assert_int_equal(j.corpus->note_count, 0);
  lesdiplo_corpus_close(j.corpus);
}


/* Many rows, each found by what it names. */
static void test_sidecar_rows (void **state) {
  (void)state;
  enum { MANY = 3000 };
  job j;
  ld_memory memory;
  ld_buffer text;
  char name[40], title[40];
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&text, &memory);
  ld_buffer_puts(&text, "id,file,title\n");
  for (int i = 0; i < MANY; i++) {
    if (i % 3 == 0) ld_buffer_format(&text, ",f%d.txt,T%d\n", i, i);
    else if (i % 3 == 1) ld_buffer_format(&text, "f%d.txt,,T%d\n", i, i);
    else ld_buffer_format(&text, "f%d.txt,f%d.txt,T%d\n", i, i, i);
  }
  begin(&j);
  add_sidecar(&j, "metadata.csv", text.bytes);
  for (int i = 0; i < MANY; i++) {
    snprintf(name, sizeof name, "f%d.txt", i);
    add(&j, name);
  }
  end(&j);
  for (int i = 0; i < MANY; i++) {
    snprintf(name, sizeof name, "f%d.txt", i);
    snprintf(title, sizeof title, "T%d", i);
    check_title(&j, name, title);
  }
  assert_int_equal(j.corpus->note_count, 0);
  lesdiplo_corpus_close(j.corpus);
  ld_buffer_free(&text);
}


/* Noise instead of a table: nothing is lost but what it says. */
static void test_sidecar_noise (void **state) {
  (void)state;
  static const char *const pieces[] = {
    "file", "id", "title", ",", ",", ";", "\n", "\n", "a.txt", "b.txt", "\"",
    "\"\"", "date", "2024", "lang", "meta.x", "\r", "x", "\xFF", " ", "{", "}",
    "\"file\":\"a.txt\"", "charset"
  };
  static char text[2000];
  seed = 11;
  for (int round = 0; round < 1500; round++) {
    job j;
    size_t n = 0, most = pick(300);
    bool json = pick(4) == 0;
    n += (size_t)sprintf(text, "%s", pick(2) ? "file,title,date\n" : "");
    while (n < most)
      n += (size_t)sprintf(text + n, "%s", pieces[pick(CHECK_COUNT(pieces))]);
    begin(&j);
    text[n] = '\0';
    add_sidecar(&j, json ? "metadata.jsonl" : "metadata.csv", text);
    add(&j, "a.txt");
    add(&j, "b.txt");
    end(&j);
    assert_int_equal(lesdiplo_corpus_count(j.corpus), 2);
    lesdiplo_corpus_close(j.corpus);
  }
}


/* ------------------------------------------------------------------ memory */

static void put_file (const char *folder, const char *name, const char *text) {
  char path[600];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  assert_true(file >= 0);
  assert_int_equal(write(file, text, strlen(text)), strlen(text));
  close(file);
}

static void remove_file (const char *folder, const char *name) {
  char path[600];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  unlink(path);
}

/* Reads the folder with that many blocks to be had; returns the code. */
static int read_with (long left, const char *folder) {
  check_heap heap = { left, 0 };
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error;
  lesdiplo_corpus *corpus;
  options.alloc = check_alloc;
  options.alloc_data = &heap;
  int code = lesdiplo_corpus_open_all(&corpus, &folder, 1, &options, &error);
  if (code == LESDIPLO_OK) {
    const lesdiplo_doc *doc = lesdiplo_corpus_find(corpus, "a.txt");
    assert_int_equal(lesdiplo_corpus_count(corpus), 3);
    assert_string_equal(lesdiplo_doc_field(doc, "title"), "From the table");
    assert_string_equal(lesdiplo_doc_field(doc, "byline"), "Anna Berg");
    doc = lesdiplo_corpus_find(corpus, "sub/b.txt");
    assert_string_equal(lesdiplo_doc_field(doc, "title"), "From the lines");
    doc = lesdiplo_corpus_find(corpus, "m-1");
    assert_string_equal(lesdiplo_doc_field(doc, "date"), "2024-03");
    assert_int_equal(corpus->note_count, 3);
  } else {
    assert_int_equal(code, LESDIPLO_ENOMEM);
  }
  lesdiplo_corpus_close(corpus);
  assert_int_equal(heap.blocks, 0);
  return code;
}

static void test_given_without_memory (void **state) {
  (void)state;
  const char *work = getenv("WORK");
  char folder[400], sub[420];
  snprintf(folder, sizeof folder, "%s/given.%ld", work ? work : "/tmp",
           (long)getpid());
  snprintf(sub, sizeof sub, "%s/sub", folder);
  assert_int_equal(mkdir(folder, 0700), 0);
  assert_int_equal(mkdir(sub, 0700), 0);
  put_file(folder, "a.txt", "---\nauthor: [Anna Berg]\nodd: {}\n---\nThey met "
                            "in the hall on Monday.\n");
  put_file(folder, "m.jsonl", "{\"id\":\"m-1\",\"text\":\"They met.\"}\n");
  put_file(folder, "metadata.csv", "file,id,title,date,meta.x\n"
           "a.txt,,From the table,,\nm.jsonl,m-1,,2024-03,y\n,none,,,\n"
           "a.txt,,Twice,,\n");
  put_file(sub, "b.txt", "They met in the town hall.\n");
  put_file(sub, "metadata.jsonl",
           "{\"file\":\"b.txt\",\"title\":\"From the lines\"}\n");
  long left = 0;
  while (read_with(left, folder) != LESDIPLO_OK) left++;
  assert_true(left > 20);
  remove_file(sub, "b.txt");
  remove_file(sub, "metadata.jsonl");
  remove_file(folder, "a.txt");
  remove_file(folder, "m.jsonl");
  remove_file(folder, "metadata.csv");
  rmdir(sub);
  rmdir(folder);
}


/* ----------------------------------------------------------------- tables */

/* "line:name=value name=value" and "line!message", a line each. */
typedef struct heard {
  char text[2000];
  size_t rows;
} heard;

LD_PRINTF(2, 3)
static void hear (heard *h, const char *format, ...) {
  const size_t used = strlen(h->text);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(h->text + used, sizeof h->text - used, format, arguments);
  va_end(arguments);
}

static bool hear_row (void *data, uint32_t line, const ld_cell *cells,
                      size_t count) {
  heard *h = data;
  hear(h, "%u:", (unsigned)line);
  for (size_t i = 0; i < count; i++)
    hear(h, "%s%.*s=%.*s", i ? " " : "", (int)cells[i].name_length,
         cells[i].name, (int)cells[i].value_length, cells[i].value);
  hear(h, "\n");
  h->rows++;
  return true;
}

/* The first words are enough. */
static void hear_complaint (void *data, uint32_t line, const char *message) {
  hear(data, "%u!%.20s\n", (unsigned)line, message);
}

typedef bool read_rows (const ld_given_rows *rows, const char *bytes, size_t n);

static void check_table (read_rows *read, const char *bytes, size_t n,
                         const char *wanted) {
  char padded[512];
  heard h = { "", 0 };
  ld_memory memory;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  memset(padded, 0, sizeof padded);
  memcpy(padded, bytes, n);
  const ld_given_rows rows = { &memory, "id", hear_row, hear_complaint, &h };
  assert_true(read(&rows, padded, n));
  assert_string_equal(h.text, wanted);
  assert_int_equal(memory.used, 0);
}

#define CHECK_TABLE(read, bytes, wanted) \
  check_table(read, bytes, sizeof(bytes) - 1, wanted)

static void test_table_csv (void **state) {
  (void)state;
  CHECK_TABLE(ld_given_csv, "ID;name;\r\n1; \"a;\"\"b\"\"\" ;x\r\n\r\n;c;\r\n",
              "2:ID=1 name=a;\"b\"\n4:name=c\n");
  CHECK_TABLE(ld_given_csv, "id,name\n1,\xE9t\xE9\n2,two\n3\n4,a,b\n",
              "2!this row is not UTF-\n3:id=2 name=two\n"
              "4!this row has 1 cell,\n4:id=3\n"
              "5!this row has 3 cells\n5:id=4 name=a\n");
  CHECK_TABLE(ld_given_csv, "name\na\n", "1!the table is left ou\n");
  CHECK_TABLE(ld_given_csv, "\n \n", "1!the table is empty\n");
}

static void test_table_jsonl (void **state) {
  (void)state;
  CHECK_TABLE(ld_given_jsonl,
              "{\"id\":\"1\",\"names\":[\"a\",{\"text\":\" b \"}],\"n\":7,\"x\":\"\"}\n"
              "\n[1]\n{\"id\":\"\xE9\"}\n{\"id\":\n{\"id\":null}",
              "1:id=1 names.0=a names.1.text=b n=7\n"
              "3!this line is passed \n4!this row is not UTF-\n"
              "5!this line is passed \n6:\n");
  CHECK_TABLE(ld_given_jsonl, "", "");
}

/* What a file has as text, in each encoding that a mark tells. */
static void test_text_file (void **state) {
  (void)state;
  static const struct { const char *bytes; size_t n; } cases[] = {
    { "a\xC3\xA9", 3 }, { "\xEF\xBB\xBF" "a\xC3\xA9", 6 },
    { "\xFF\xFE" "a\0\xE9\0", 6 }, { "\xFE\xFF\0a\0\xE9", 6 },
    { "\xFF\xFE\0\0" "a\0\0\0\xE9\0\0\0", 12 }
  };
  char path[200];
  const char *parent = getenv("TMPDIR");
  snprintf(path, sizeof path, "%s/lesdiplo-given-XXXXXX",
           parent == NULL ? P_tmpdir : parent);
  const int fd = mkstemp(path);
  check_heap heap = { -1, 0 };
  lesdiplo_error error;
  ld_text_file text;
  ld_memory memory;
  assert_true(fd >= 0);
  for (size_t i = 0; i < CHECK_COUNT(cases); i++) {
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(pwrite(fd, cases[i].bytes, cases[i].n, 0), cases[i].n);
    ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
    assert_int_equal(ld_text_file_open(&text, &memory, path, &error), 0);
    assert_int_equal(text.n, 3);
    assert_memory_equal(text.bytes, "a\xC3\xA9\0\0", 5);
    ld_text_file_close(&text);
    assert_int_equal(memory.used, 0);
    heap.left = 0;
    assert_int_equal(ld_text_file_open(&text, &memory, path, &error),
                     LESDIPLO_ENOMEM);
    heap.left = -1;
  }
  close(fd);
  unlink(path);
  assert_int_equal(ld_text_file_open(&text, &memory, path, &error),
                   LESDIPLO_EIO);
  assert_int_equal(heap.blocks, 0);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_csv_rows),
  cmocka_unit_test(test_csv_delimiters),
  cmocka_unit_test(test_csv_returns),
  cmocka_unit_test(test_csv_noise),
  cmocka_unit_test(test_fields),
  cmocka_unit_test(test_dates),
  cmocka_unit_test(test_languages),
  cmocka_unit_test(test_front_length),
  cmocka_unit_test(test_front_values),
  cmocka_unit_test(test_front_noise),
  cmocka_unit_test(test_sidecar_of_archive),
  cmocka_unit_test(test_sidecar_forms),
  cmocka_unit_test(test_sidecar_rows),
  cmocka_unit_test(test_sidecar_noise),
  cmocka_unit_test(test_given_without_memory),
  cmocka_unit_test(test_table_csv),
  cmocka_unit_test(test_table_jsonl),
  cmocka_unit_test(test_text_file)
};

int main (void) { return CHECK_ALL(tests); }
