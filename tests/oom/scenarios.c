/*
** scenarios.c - what is tried without memory: reading documents and looking at
** all there is in them, verifying, a host with a script, a worker.
*/
#include "scenarios.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAYERS = 3 };
static const char *const layers[LAYERS] = { "block", "sentence", "token" };


/* ---------------------------------------------------------------- reading */

static void say_field (const char *name, const char *value, size_t n) {
  say_line(" %s=", name);
  say(value, n);
}

/* Fields that every span of a layer has are missing only without memory. */
static int say_span (const lesdiplo_doc *doc, int layer, uint32_t i) {
  static const char *const fields[] = { "kind", "level", "folded", "shape",
                                        "stem" };
  const char *text = lesdiplo_doc_text(doc, NULL);
  lesdiplo_span span;
  char cite[400];
  size_t n;
  lesdiplo_doc_span(doc, layer, i, &span);
  lesdiplo_doc_cite(doc, span.begin, span.end, cite, sizeof cite);
  say_line("%s %u-%u %s ", layers[layer], span.begin, span.end, cite);
  say(text + span.begin, span.end - span.begin);
  for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
    const char *value = lesdiplo_doc_span_field(doc, layer, i, fields[k], &n);
    if (value) say_field(fields[k], value, n);
    else if (layer == lesdiplo_layer("token") && k >= 2)
      return LESDIPLO_ENOMEM;
  }
  say("\n", 1);
  return LESDIPLO_OK;
}

static int say_document (const lesdiplo_doc *doc) {
  const char *name, *value;
  int code = LESDIPLO_OK;
  say_line("document %s\n", lesdiplo_doc_id(doc));
  for (uint32_t i = 0;
       lesdiplo_doc_field_at(doc, i, &name, &value) == LESDIPLO_OK; i++)
    say_field(name, value, strlen(value));
  value = lesdiplo_doc_field(doc, "sha256");
  if (!value) return LESDIPLO_ENOMEM;
  say_field("sha256", value, strlen(value));
  for (int layer = 0; layer < LAYERS; layer++)
    for (uint32_t i = 0;
         code == LESDIPLO_OK && i < lesdiplo_doc_count(doc, layer); i++)
      code = say_span(doc, layer, i);
  return code;
}

static int say_corpus (const lesdiplo_corpus *corpus) {
  lesdiplo_error note;
  int code = LESDIPLO_OK;
  for (uint32_t i = 0; lesdiplo_corpus_note(corpus, i, &note) == 0; i++)
    say_line("note %s:%u: %s\n", note.where, note.line, note.message);
  for (uint32_t i = 0;
       code == LESDIPLO_OK && i < lesdiplo_corpus_count(corpus); i++)
    code = say_document(lesdiplo_corpus_doc(corpus, i));
  return code;
}

static int open_corpus (lesdiplo_corpus **out, const char *path) {
  lesdiplo_error error = { 0, 0, "", "" };
  const int code = lesdiplo_corpus_open(out, path, &error);
  if (code != LESDIPLO_OK && code != LESDIPLO_ENOMEM)
    say_line("open: %d %s: %s\n", code, error.where, error.message);
  return code;
}

static int read_all (const char *path) {
  lesdiplo_corpus *corpus;
  int code = open_corpus(&corpus, path);
  if (code == LESDIPLO_OK) code = say_corpus(corpus);
  lesdiplo_corpus_close(corpus);
  return code;
}


/* -------------------------------------------------------------- verifying */

static void say_finding (void *data, const lesdiplo_finding *finding) {
  (void)data;
  say_line("%u: %s: %s\n", finding->line, finding->what,
           finding->reason ? finding->reason : "holds");
}

/* Claims about each document, two that hold and two that do not. */
static size_t write_claims (const lesdiplo_corpus *corpus, char *out,
                            size_t size) {
  size_t n = 0;
  for (uint32_t i = 0; i < lesdiplo_corpus_count(corpus) && n + 2000 < size;
       i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
    lesdiplo_span span;
    char cite[400];
    lesdiplo_doc_span(doc, lesdiplo_layer("sentence"), 0, &span);
    lesdiplo_doc_cite(doc, span.begin, span.end, cite, sizeof cite);
    n += (size_t)snprintf(
        out + n, size - n,
        "see %s, and none:1:0-1#00000000\n"
        "{\"doc\":\"%s\",\"layer\":\"sentence\",\"start\":%u,\"end\":%u,"
        "\"hash\":\"%s\"}\n{\"doc\":\"%s\",\"start\":0,\"end\":1,"
        "\"text\":\"\\u00e9\",\"sha256\":\"0\"}\n",
        cite, lesdiplo_doc_id(doc), span.source_begin, span.source_end,
        strrchr(cite, '#') + 1, lesdiplo_doc_id(doc));
  }
  return n;
}

static int verify (const char *path) {
  static char claims[20000];
  lesdiplo_corpus *corpus;
  lesdiplo_error error = { 0, 0, "", "" };
  int code = open_corpus(&corpus, path);
  if (code == LESDIPLO_OK) {
    const size_t n = write_claims(corpus, claims, sizeof claims);
    code = lesdiplo_verify(corpus, claims, n, say_finding, NULL, &error);
    say_line("verify: %d %s\n", code, error.message);
    if (code == LESDIPLO_EFORMAT) code = LESDIPLO_OK;
  }
  lesdiplo_corpus_close(corpus);
  return code;
}


/* ---------------------------------------------------------------- scripts */

static int say_output (void *data, const char *bytes, size_t n) {
  (void)data;
  say(bytes, n);
  return 0;
}

/* A whole file, in memory that the test does not count. */
static char script[20000];
static size_t read_script (const char *path) {
  FILE *file = fopen(path, "rb");
  const size_t n = file ? fread(script, 1, sizeof script, file) : 0;
  if (!file || n == 0) {
    perror(path);
    exit(1);
  }
  fclose(file);
  return n;
}

#define SCRIPT "tests/oom/script.lua"
static const char *const arguments[] = { "--word", "talks", "--most=5" };
enum { ARGUMENTS = sizeof arguments / sizeof *arguments };

static int double_it (lesdiplo_call *call, void *data) {
  double number;
  (void)data;
  const char *text = lesdiplo_call_string(call, 2, NULL);
  if (!lesdiplo_call_number(call, 1, &number) || !text)
    return lesdiplo_call_fail(call, "twice wants a number and a string");
  const int code = lesdiplo_return_number(call, 2 * number);
  return code ? code : lesdiplo_return_string(call, text, strlen(text));
}

static int run_in (lesdiplo_host *host, const char *name) {
  lesdiplo_error error = { 0, 0, "", "" };
  const size_t n = read_script(name);
  int code = lesdiplo_host_register(host, "twice", double_it, NULL,
                                    "twice(n, s)\nTwice the number.");
  if (code == LESDIPLO_OK)
    code = lesdiplo_host_run(host, script, n, name, arguments, ARGUMENTS,
                             &error);
  if (code != LESDIPLO_OK && code != LESDIPLO_ENOMEM)
    say_line("run: %d %s\n", code, error.message);
  return code;
}

static int evaluate_in (lesdiplo_host *host) {
  static const char *const lines[] = {
    "a = 1 + 1", "a", "for i = 1, 2 do", "error 'no'", "?corpus",
    "corpus[1].title", "{{n = 1, word = 'x'}}", "twice(a, 'b')", "twice()"
  };
  lesdiplo_error error;
  int code = LESDIPLO_OK;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    code = lesdiplo_host_eval(host, lines[i], strlen(lines[i]), &error);
    if (code == LESDIPLO_ENOMEM) return code;
    say_line("eval: %d %s\n", code, code ? error.message : "");
  }
  return LESDIPLO_OK;
}

/* A host whose script opens the corpus by itself; then a few lines at its
** prompt. */
static int run_host (const char *path, const char *name) {
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  lesdiplo_error error = { 0, 0, "", "" };
  lesdiplo_host *made;
  options.write = say_output;
  options.paths = &path;
  options.path_count = 1;
  options.format = "json";
  int code = lesdiplo_host_new(&made, NULL, &options, &error);
  if (code == LESDIPLO_OK) code = run_in(made, name);
  if (code == LESDIPLO_OK) code = evaluate_in(made);
  lesdiplo_host_free(made);
  return code;
}

static int host (const char *path) {
  return run_host(path, SCRIPT);
}

static int library (const char *path) {
  return run_host(path, "tests/oom/library.lua");
}

static int help (const char *path) {
  lesdiplo_error error = { 0, 0, "", "" };
  char *text;
  (void)path;
  const size_t n = read_script(SCRIPT);
  const int code = lesdiplo_script_help(&text, script, n, SCRIPT, &error);
  if (code == LESDIPLO_OK) say_line("%s\n", text);
  lesdiplo_string_free(text);
  return code;
}

static int describe (const char *path) {
  lesdiplo_error error = { 0, 0, "", "" };
  lesdiplo_script *read;
  (void)path;
  const size_t n = read_script(SCRIPT);
  const int code = lesdiplo_script_read(&read, script, n, SCRIPT, &error);
  if (code == LESDIPLO_OK)
    say_line("%s %s: %u, %u, %u\n", read->name, read->summary,
             (unsigned)read->param_count, (unsigned)read->test_count,
             (unsigned)read->right_count);
  lesdiplo_script_free(code == LESDIPLO_OK ? read : NULL);
  return code;
}

static int bytes (const char *path) {
  static const char records[] =
    "{\"id\":\"a\",\"text\":\"The minister came for talks.\"}\n"
    "{\"id\":\"b\",\"text\":\"He left.\",\"lang\":\"en\"}\n";
  lesdiplo_error error = { 0, 0, "", "" };
  lesdiplo_corpus *corpus;
  (void)path;
  const int code = lesdiplo_corpus_read(&corpus, "a.jsonl", records,
                                        sizeof records - 1, NULL, &error);
  for (uint32_t i = 0; i < lesdiplo_corpus_count(corpus); i++)
    say_line("%s\n", lesdiplo_doc_id(lesdiplo_corpus_doc(corpus, i)));
  lesdiplo_corpus_close(corpus);
  return code;
}

/* Here the worker, too, is refused memory. */
static int worker (const char *path) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  lesdiplo_error error = { 0, 0, "", "" };
  lesdiplo_corpus *corpus;
  int code = open_corpus(&corpus, path);
  if (code == LESDIPLO_OK) {
    options.corpus = corpus;
    options.host.write = say_output;
    options.host.format = "csv";
    options.length = read_script(SCRIPT);
    options.chunk = script;
    options.name = SCRIPT;
    options.arguments = arguments;
    options.argument_count = ARGUMENTS;
    code = lesdiplo_run_isolated(&options, &error);
    if (code != LESDIPLO_OK && code != LESDIPLO_ENOMEM)
      say_line("worker: %d %s\n", code, error.message);
  }
  lesdiplo_corpus_close(corpus);
  return code;
}


const scenario scenarios[] = {
  { "read", read_all, NULL, 1 },
  { "verify", verify, "", 1 },
  { "help", help, "", 1 },
  { "describe", describe, "", 1 },
  { "bytes", bytes, "", 1 },
  { "host", host, "c.jsonl", 1 },
  { "worker", worker, "c.jsonl", 1 },
  { "library", library, "a.txt", 20 },
  { NULL, NULL, NULL, 0 }
};
