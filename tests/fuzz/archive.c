/*
** archive.c - archives, compressed files and crawls as they come; the option
** chooses the name.
*/
#include "fuzz.h"

static const char *const names[] = {
  "a.zip", "a.tar", "a.tar.gz", "a.txt.gz", "a.warc", "a.warc.gz", "a.7z",
  "a.docx", "a.odt", "a.epub", "a.bz2", "a.xz", "a.zst", "a.lz4", "a"
};
enum { NAMES = sizeof names / sizeof *names };

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  fuzz_any(names[fuzz_option(data, &size) % NAMES], data, size);
  return 0;
}
