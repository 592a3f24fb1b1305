/*
** verify.c - claims of any kind against two small documents.
**
** The documents stand here, so that citations in seeds hold for as long as
** their text stays.
*/
#include "fuzz.h"

static const char text[] =
    "Talks in Maseru\n\nThe delegations met on 3 May 2024. They spoke of the "
    "river.\n\n\xE4\xBC\x9A\xE8\xB0\x88\xE3\x80\x82\n";
static const char markdown[] =
    "# Talks\n\nThe *two* sides &amp; their [guests](http://a.example) met.\n";

static lesdiplo_corpus *open_corpus (void) {
  static const struct { const char *name, *bytes; size_t n; fuzz_reader read; }
  files[] = {
    { "talks.txt", text, sizeof text - 1, ld_read_text },
    { "a (b).md", markdown, sizeof markdown - 1, ld_read_markdown }
  };
  ld_builder builder;
  lesdiplo_corpus *corpus;
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  FUZZ_CHECK(ld_builder_init(&builder, &options, ld_word_describe, NULL) ==
             LESDIPLO_OK);
  ld_reading reading = { .builder = &builder, .options = &options,
                         .bounds = &fuzz_bounds };
  for (int i = 0; i < 2; i++) {
    ld_input in;
    const char *bytes = ld_builder_store(&builder, files[i].bytes, files[i].n);
    FUZZ_CHECK(ld_input_open(&in, &reading, files[i].name, bytes, files[i].n,
                             NULL));
    files[i].read(&reading, &in);
    ld_input_free(&in);
  }
  FUZZ_CHECK(ld_builder_finish(&builder, &corpus, NULL) == LESDIPLO_OK);
  FUZZ_CHECK(lesdiplo_corpus_count(corpus) == 2);
  return corpus;
}

typedef struct tally { uint32_t line, claims, broken; } tally;

/* Findings come in the order of the lines. */
static void count (void *data, const lesdiplo_finding *finding) {
  tally *t = data;
  FUZZ_CHECK(finding->line >= t->line && finding->line > 0);
  FUZZ_CHECK(finding->what && finding->what[0]);
  t->line = finding->line;
  t->claims++;
  t->broken += finding->reason != NULL;
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  static lesdiplo_corpus *corpus;
  tally t = { 0, 0, 0 };
  lesdiplo_error error = { 0, 0, "", "" };
  if (!corpus) corpus = open_corpus();
  const int code = lesdiplo_verify(corpus, (const char *)data, size, count, &t,
                                   &error);
  FUZZ_CHECK(code == (t.broken ? LESDIPLO_EFORMAT
                      : t.claims ? LESDIPLO_OK : LESDIPLO_ENOTFOUND));
  FUZZ_CHECK(error.code == code);
  FUZZ_CHECK(ld_count_lines((const char *)data, (const char *)data + size) +
             1 >= t.line);
  return 0;
}
