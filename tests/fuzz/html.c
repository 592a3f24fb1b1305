/*
** html.c - web pages, whatever is open, closed and cut off in them.
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  fuzz_document(ld_read_html, "a.html", NULL, data, size);
  return 0;
}
