/*
** sample.c - a test for what was entered: texts of a few documents, which the last
** result speaks of, and what the script prints when it reads them.
**
** Which documents these are, the session is asked, and believed as far as their
** numbers go: the texts are those of our own corpus. What the script prints is
** found by running it as `lesdiplo test` does, once to know and once to see that it
** is the same again.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/prompt/prompt.h"

/* Documents of a test, and their bytes together. */
enum { DOCS_MOST = 3, BYTES_MOST = 16 << 10 };

struct sample {
  const lesdiplo_doc *docs[DOCS_MOST];
  size_t lengths[DOCS_MOST];     /* of their texts, as far as they are taken */
  unsigned count;
};

/* What came of a test. */
struct outcome {
  char *text;                    /* with what it printed; NULL: it failed ... */
  char reason[1200];             /* ... and why */
  const char *script;
  size_t length;
  bool passed;
};


/* ----------------------------------------------------------------------
** Documents
*/

/* At most so many bytes of a text, to the end of a paragraph or a line. */
static size_t cut (const char *text, size_t length, size_t most) {
  size_t n, line = 0;
  if (length <= most) return length;
  for (n = most; n > most / 8; n--) {
    if (text[n - 1] != '\n') continue;
    if (n > 1 && text[n - 2] == '\n') return n;
    if (line == 0) line = n;
  }
  return line;
}

static void add_doc (struct sample *sample, const lesdiplo_doc *doc) {
  unsigned i;
  if (doc == NULL || sample->count == DOCS_MOST) return;
  for (i = 0; i < sample->count; i++)
    if (sample->docs[i] == doc) return;
  sample->docs[sample->count++] = doc;
}

/* Each gets its part of the room; what one leaves is for those behind it. */
static void measure (struct sample *sample) {
  size_t room = BYTES_MOST;
  unsigned i, kept = 0;
  for (i = 0; i < sample->count; i++) {
    size_t length;
    const char *text = lesdiplo_doc_text(sample->docs[i], &length);
    length = cut(text, length, room / (sample->count - i));
    if (length == 0) continue;
    room -= length;
    sample->docs[kept] = sample->docs[i];
    sample->lengths[kept++] = length;
  }
  sample->count = kept;
}

/* The documents that the last value cites, or else the first. */
static void choose (ld_prompt *prompt, struct sample *sample) {
  static const char line[] =
    "print(require(\"lesdiplo.report.prompt\").cites(corpus, "
    "rawget(_G, \"_\")))";
  const lesdiplo_corpus *corpus = prompt->session->corpus;
  char numbers[200], *p = numbers, *end;
  ld_prompt_ask(prompt, line, numbers, sizeof numbers);
  for (;;) {
    const unsigned long n = strtoul(p, &end, 10);
    if (end == p) break;
    if (n > 0 && n <= UINT32_MAX)
      add_doc(sample, lesdiplo_corpus_doc(corpus, (uint32_t)(n - 1)));
    p = end;
  }
  if (sample->count == 0) add_doc(sample, lesdiplo_corpus_doc(corpus, 0));
  measure(sample);
}

static void put_pair (FILE *out, const char *name, const char *value,
                      size_t length) {
  char *quoted = value ? ld_header_quote(value, length) : NULL;
  if (quoted != NULL) fprintf(out, "%s = %s\n", name, quoted);
  free(quoted);
}

static void put_docs (FILE *out, const struct sample *sample) {
  static const char *const fields[] = {"title", "date", "source", "kind", "lang"};
  unsigned i, k;
  for (i = 0; i < sample->count; i++) {
    const lesdiplo_doc *doc = sample->docs[i];
    fprintf(out, "[doc.%c]\n", 'a' + (int)i);
    for (k = 0; k < sizeof fields / sizeof *fields; k++) {
      const char *value = lesdiplo_doc_field(doc, fields[k]);
      if (value != NULL && *value) put_pair(out, fields[k], value, strlen(value));
    }
    put_pair(out, "text", lesdiplo_doc_text(doc, NULL), sample->lengths[i]);
  }
  fputs("[test.saved]\ndocs = [", out);
  for (i = 0; i < sample->count; i++)
    fprintf(out, "%s\"%c\"", i > 0 ? ", " : "", 'a' + (int)i);
  fputs("]\n", out);
}


/* ----------------------------------------------------------------------
** What comes of it
*/

/* The script with what came put into it. */
static int hear (void *data, const lesdiplo_test *test) {
  struct outcome *o = data;
  char *expect;
  o->passed = test->passed != 0;
  if (test->passed) return 0;
  if (test->reason != NULL || test->expected != NULL)
    snprintf(o->reason, sizeof o->reason, "%s", test->reason ? test->reason
             : "it does not print the same each time");
  else if (test->actual_length == 0)
    snprintf(o->reason, sizeof o->reason, "it prints nothing there");
  else if ((expect = ld_header_quote(test->actual, test->actual_length)) != NULL) {
    if (asprintf(&o->text, "%.*s\nexpect = %s%s", (int)test->from, o->script,
                 expect, o->script + test->from) < 0) o->text = NULL;
    free(expect);
  }
  return 0;
}

static void run_test (ld_prompt *prompt, const char *path, const char *script,
                      struct outcome *o) {
  lesdiplo_error error = {0, 0, "", ""};
  o->script = script;
  o->length = strlen(script);
  ld_keys_running(true);
  ld_test_run(prompt->session, path, script, o->length, hear, o, &error);
  ld_keys_running(false);
  if (o->text == NULL && !o->passed && o->reason[0] == '\0')
    snprintf(o->reason, sizeof o->reason, "%s", error.message);
}

/*
** The script 'head' DOCS 'rest' with a test that passes, to be freed; NULL where
** there is none, having said why.
*/
char *ld_sample_test (ld_prompt *prompt, const char *path, const char *head,
                      const char *rest) {
  struct sample sample = {.count = 0};
  struct outcome first = {.text = NULL}, second = {.text = NULL};
  char *script = NULL;
  size_t length;
  FILE *out;
  choose(prompt, &sample);
  if (sample.count == 0) {
    ld_message_plain("no test is written: no document is short enough for one");
    return NULL;
  }
  if ((out = open_memstream(&script, &length)) == NULL) return NULL;
  fputs(head, out);
  put_docs(out, &sample);
  fputs(rest, out);
  if (fclose(out) == 0) run_test(prompt, path, script, &first);
  if (first.text != NULL) run_test(prompt, path, first.text, &second);
  free(script);
  if (second.passed) return first.text;
  ld_message_plain("no test is written: %s",
                   first.text ? second.reason : first.reason);
  free(first.text);
  free(second.text);
  return NULL;
}
