/*
** archive.c - archives, compressed files, crawls, office documents and books,
** with small bounds: a bomb is cut short.
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  static const ld_bounds small = { .unpacked = 1 << 20, .free = 1 << 16,
                                   .ratio = 20, .members = 50, .depth = 3 };
  static const char *const names[] = { "a.zip", "a.docx", "a.odt", "a.epub",
                                       "a.tar.gz", "a.txt.gz", "a.warc" };
  const char *name = names[fuzz_option(data, &size) % 7];
  ld_origin origin = { .stored = true };
  fuzz_reading f;
  fuzz_begin(&f, data, size);
  f.reading.bounds = &small;
  f.reading.origin = &origin;
  ld_read_archive(&f.reading, name, f.bytes, f.n);
  fuzz_end(&f);
  return 0;
}
