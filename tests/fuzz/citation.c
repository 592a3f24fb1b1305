/*
** citation.c - citations: read wherever they might end; and those of a document
** whose id is the input (repaired where it is no UTF-8), read back as written.
*/
#include "fuzz.h"

static ld_citation found;

/* Tries to read one at every end. */
static void read_all (const char *text, size_t n) {
  for (size_t end = 0; end <= n; end++) {
    const char *start = ld_citation_parse(text, text + end, &found);
    if (!start) continue;
    FUZZ_CHECK(start >= text && start + 15 <= text + end);
    FUZZ_CHECK(found.doc[0] && strlen(found.doc) < sizeof found.doc);
    FUZZ_CHECK(strspn(found.hash, "0123456789abcdef") == 8);
  }
}

static void write_one (const char *id) {
  static const char source[] = "The talks began.\nThey went well.\n";
  ld_builder builder;
  lesdiplo_corpus *corpus;
  char cite[16384];
  FUZZ_CHECK(ld_builder_init(&builder, NULL, ld_word_describe, NULL) ==
             LESDIPLO_OK);
  ld_builder_open(&builder, "a", id, source, sizeof source - 1);
  ld_builder_close(&builder);
  FUZZ_CHECK(ld_builder_finish(&builder, &corpus, NULL) == LESDIPLO_OK);
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  if (fuzz_is_utf8(id, strlen(id)) && strlen(id) < LD_ID_MAX - 16)
    FUZZ_CHECK(strcmp(doc->id, id) == 0);
  const int n = lesdiplo_doc_cite(doc, 17, 21, cite, sizeof cite);
  FUZZ_CHECK(n > 0 && n < (int)sizeof cite);
  FUZZ_CHECK(ld_citation_parse(cite, cite + n, &found) == cite);
  FUZZ_CHECK(strcmp(found.doc, doc->id) == 0);
  FUZZ_CHECK(found.line == 2 && found.begin == 17 && found.end == 21);
  FUZZ_CHECK(lesdiplo_verify(corpus, cite, (size_t)n, NULL, NULL, NULL) ==
             LESDIPLO_OK);
  lesdiplo_corpus_close(corpus);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  FUZZ_CHECK(text != NULL);
  if (size) memcpy(text, data, size);
  text[size] = '\0';
  read_all(text, size);
  if (*text) write_one(text);
  free(text);
  return 0;
}
