/*
** text.c - plain text, as it comes.
**
** fuzz-seeds: seeds
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  fuzz_document(ld_read_text, "a.txt", NULL, data, size);
  return 0;
}
