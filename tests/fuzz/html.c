/*
** html.c - web pages, in whatever encoding they declare.
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  char charset[64];
  const char *declared = ld_html_charset((const char *)data, size, charset,
                                         sizeof charset);
  fuzz_document(ld_read_html, "a.html", declared, data, size);
  return 0;
}
