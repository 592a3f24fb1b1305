/*
** markdown.c - Markdown, wiki exports among it.
**
** fuzz-seeds: seeds
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  fuzz_document(ld_read_markdown, "a.md", NULL, data, size);
  return 0;
}
