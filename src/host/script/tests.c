/*
** tests.c - the tests that a script carries: its own texts, read as documents, its
** output compared with what is expected.
**
** A test is a run like any other, in a process of its own, and one without rights.
** What the header holds is all that it reads: names of documents are names of
** tables there, never of files.
*/
#include <stdio.h>
#include <string.h>

#include "host/host.h"

/* Seconds of a test, if nothing else is said; bytes that it may print. */
enum { TEST_TIME = 60, OUTPUT_MOST = 1 << 20 };

typedef struct tester {
  const lesdiplo_run_options *options;
  const ld_header *header;
  ld_arena *arena;
  ld_buffer records;       /* the documents of a test, as JSON lines */
  ld_buffer output;
  lesdiplo_tested tested;
  void *data;
  bool failed;
  bool warned;             /* what is to be said of the header has been said */
} tester;


/* ----------------------------------------------------------------------
** Documents
*/

static void put_string (ld_buffer *out, const char *string) {
  ld_buffer_json(out, string, strlen(string));
}

static void put_record (ld_buffer *out, const ld_text_doc *doc) {
  ld_buffer_puts(out, "{\"id\":");
  put_string(out, doc->name);
  for (uint32_t i = 0; i < doc->fields.count; i += 2) {
    ld_buffer_char(out, ',');
    put_string(out, doc->fields.items[i]);
    ld_buffer_char(out, ':');
    put_string(out, doc->fields.items[i + 1]);
  }
  ld_buffer_puts(out, ",\"text\":");
  put_string(out, doc->text.string);
  ld_buffer_puts(out, "}\n");
}

static void warn_notes (const tester *t, const ld_test *test,
                        const lesdiplo_corpus *corpus) {
  lesdiplo_error note;
  for (uint32_t i = 0; lesdiplo_corpus_note(corpus, i, &note) == LESDIPLO_OK;
       i++)
    ld_host_warn("%s:%u: test '%s': %s: %s", t->header->script,
                 (unsigned)test->line, test->name, note.where, note.message);
}

static int read_docs (tester *t, const ld_test *test, lesdiplo_corpus **out,
                      lesdiplo_error *error) {
  const ld_header *h = t->header;
  const ld_strings *names = &test->docs.list;
  ld_buffer_clear(&t->records);
  for (uint32_t i = 0; i < names->count; i++)
    put_record(&t->records, ld_header_doc(h, names->items[i]));
  for (uint32_t i = 0; names->count == 0 && i < h->doc_count; i++)
    put_record(&t->records, &h->docs[i]);
  if (t->records.failed) return ld_fail_memory(error);
  const int code = lesdiplo_corpus_read(out, "test.jsonl", t->records.bytes,
                                        t->records.used, NULL, error);
  if (code == LESDIPLO_OK) warn_notes(t, test, *out);
  return code;
}


/* ----------------------------------------------------------------------
** Arguments
*/

/* The next word of a command line, in place: blanks part words, quotes of either
** kind keep them. NULL at the end. */
static char *next_word (char **at) {
  char *from = *at + strspn(*at, " \t\n"), *to = from, *word = from, quote = 0;
  if (!*from) return NULL;
  for (; *from && (quote || !strchr(" \t\n", *from)); from++) {
    if (*from == quote) quote = 0;
    else if (!quote && (*from == '"' || *from == '\'')) quote = *from;
    else *to++ = *from;
  }
  *at = from + (*from != '\0');
  *to = '\0';
  return word;
}

static bool set_arguments (tester *t, const ld_test *test,
                           lesdiplo_run_options *run) {
  const ld_value *params = &test->params;
  run->arguments = params->list.items;
  run->argument_count = params->list.count;
  if (!params->present || params->kind == LD_LIST) return true;
  const size_t n = strlen(params->string);
  char *at = ld_arena_string(t->arena, params->string, n), *word;
  const char **words = ld_arena_take(t->arena, (n + 1) * sizeof *words);
  if (!at || !words) return false;
  run->arguments = words;
  while ((word = next_word(&at)) != NULL) words[run->argument_count++] = word;
  return true;
}


/* ----------------------------------------------------------------------
** Columns
*/

enum { COLUMNS_MOST = 64 };

/* The place of a column in the first line of the rows, or -1. */
static int find_column (const char *line, size_t n, const char *name) {
  const char *end = line + n;
  for (int i = 0; ; i++) {
    const char *tab = memchr(line, '\t', (size_t)(end - line));
    const size_t length = (size_t)((tab ? tab : end) - line);
    if (strlen(name) == length && memcmp(line, name, length) == 0) return i;
    if (!tab) return -1;
    line = tab + 1;
  }
}

/* Cell 'index' of a line of rows, "" past its last. */
static void put_cell (ld_buffer *out, const char *line, size_t n, int index) {
  const char *end = line + n, *tab;
  for (; index > 0; index--) {
    tab = memchr(line, '\t', (size_t)(end - line));
    if (!tab) return;
    line = tab + 1;
  }
  tab = memchr(line, '\t', (size_t)(end - line));
  ld_buffer_add(out, line, (size_t)((tab ? tab : end) - line));
}

/* Of rows in tsv, the columns named, without the line of their names. Says what is
** missing. */
static const char *choose_columns (tester *t, const ld_test *test,
                                   ld_buffer *to) {
  const ld_strings *names = &test->columns.list;
  const char *p = ld_buffer_text(&t->output), *end = p + t->output.used;
  const char *stop = memchr(p, '\n', t->output.used);
  int places[COLUMNS_MOST];
  if (names->count > COLUMNS_MOST) return "more than 64 columns";
  if (p == end) return NULL;      /* no rows have no columns */
  if (!stop) stop = end;
  for (uint32_t i = 0; i < names->count; i++) {
    places[i] = find_column(p, (size_t)(stop - p), names->items[i]);
    if (places[i] < 0) {
      ld_buffer_format(to, "the output has no column '%.100s'; its first line "
                           "is: %.*s", names->items[i],
                       stop - p > 300 ? 300 : (int)(stop - p), p);
      return to->failed ? "no memory" : to->bytes;
    }
  }
  while (stop < end && (p = stop + 1) < end) {
    stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop) stop = end;
    for (uint32_t i = 0; i < names->count; i++) {
      if (i > 0) ld_buffer_char(to, '\t');
      put_cell(to, p, (size_t)(stop - p), places[i]);
    }
    ld_buffer_char(to, '\n');
  }
  return to->failed ? "no memory" : NULL;
}


/* ----------------------------------------------------------------------
** A test
*/

/* A lesdiplo_write. */
static int keep_output (void *data, const char *bytes, size_t n) {
  ld_buffer *output = data;
  ld_buffer_add(output, bytes, n);
  return output->failed;
}

static void set_run (tester *t, const ld_test *test,
                     const lesdiplo_corpus *corpus,
                     lesdiplo_run_options *run) {
  const lesdiplo_run_options *given = t->options;
  *run = *given;
  run->corpus = corpus;
  run->host.write = keep_output;
  run->host.write_data = &t->output;
  run->host.format = test->format.present ? test->format.string : "tsv";
  run->host.width = 0;
  run->host.path_count = 0;
  run->arguments = NULL;
  run->argument_count = 0;
  run->rights = NULL;
  run->right_count = 0;
  run->rights_later = 1;
  run->header_told = t->warned;
  run->max_output = OUTPUT_MOST;
  if (run->max_time <= 0 && t->header->time <= 0) run->max_time = TEST_TIME;
}

/* Runs it; what it printed is in t->output. */
static int run_test (tester *t, const ld_test *test, lesdiplo_error *error) {
  lesdiplo_run_options run;
  lesdiplo_corpus *corpus = NULL;
  ld_buffer_clear(&t->output);
  int code = read_docs(t, test, &corpus, error);
  if (code != LESDIPLO_OK) return code;
  set_run(t, test, corpus, &run);
  code = set_arguments(t, test, &run) ? lesdiplo_run_isolated(&run, error)
                                      : ld_fail_memory(error);
  t->warned = true;
  lesdiplo_corpus_close(corpus);
  return code;
}

static void compare (const ld_test *test, lesdiplo_test *result) {
  const char *expected = test->expect.string;
  result->expected = expected;
  result->expected_length = expected ? strlen(expected) : 0;
  result->passed = expected && !result->reason &&
                   result->actual_length == result->expected_length &&
                   memcmp(expected, result->actual, result->actual_length) == 0;
}

static int tell (tester *t, const ld_test *test, int code,
                 const lesdiplo_error *error) {
  ld_buffer chosen;
  lesdiplo_test result;
  memset(&result, 0, sizeof result);
  ld_buffer_init(&chosen, t->arena->memory);
  result.name = test->name;
  result.line = test->line;
  result.from = test->expect.present ? test->expect.begin : test->end;
  result.to = test->expect.present ? test->expect.end : test->end;
  if (code != LESDIPLO_OK) result.reason = error->message;
  else if (test->columns.list.count > 0)
    result.reason = choose_columns(t, test, &chosen);
  const bool is_chosen = !result.reason && test->columns.list.count > 0;
  const ld_buffer *actual = is_chosen ? &chosen : &t->output;
  result.actual = ld_buffer_text(actual);
  result.actual_length = actual->used;
  compare(test, &result);
  t->failed |= !result.passed;
  const int end = t->tested(t->data, &result);
  ld_buffer_free(&chosen);
  return end;
}

static int run_all (tester *t, lesdiplo_error *error) {
  const ld_header *h = t->header;
  if (h->test_count == 0)
    return ld_fail(error, LESDIPLO_ENOTFOUND, h->script, 0,
                   "%s has no tests", h->script);
  for (uint32_t i = 0; i < h->test_count; i++) {
    lesdiplo_error problem = { 0, 0, "", "" };
    const int code = run_test(t, &h->tests[i], &problem);
    if (tell(t, &h->tests[i], code, &problem) != 0) break;
  }
  if (!t->failed) return LESDIPLO_OK;
  return ld_fail(error, LESDIPLO_ESCRIPT, h->script, 0, "a test has failed");
}

int lesdiplo_script_test (const lesdiplo_run_options *options,
                          lesdiplo_tested tested, void *data,
                          lesdiplo_error *error) {
  ld_memory memory;
  ld_arena arena;
  ld_header header;
  if (!options || options->size < sizeof *options || !options->chunk ||
      !options->name || !tested)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a chunk, its name and a function that hears are needed");
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  int code = ld_header_read(&header, &arena, options->chunk, options->length,
                            ld_message_name(options->name), error);
  if (code == LESDIPLO_OK) code = ld_header_allowed(&header, error);
  if (code == LESDIPLO_OK) {
    tester t = { .options = options, .header = &header, .arena = &arena,
                 .tested = tested, .data = data };
    ld_buffer_init(&t.records, &memory);
    ld_buffer_init(&t.output, &memory);
    code = run_all(&t, error);
    ld_buffer_free(&t.records);
    ld_buffer_free(&t.output);
  }
  if (code == LESDIPLO_EFORMAT) code = LESDIPLO_ESCRIPT;
  ld_arena_free(&arena);
  return code;
}
