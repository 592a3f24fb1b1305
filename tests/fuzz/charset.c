/*
** charset.c - text in any encoding: guessed, or declared by the option, the
** number of one, whether it is true or not.
*/
#include "fuzz.h"

#include "read/charset/charset.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  const ld_charset *charset = ld_charset_at((int)fuzz_option(data, &size) - 1);
  fuzz_document(ld_read_text, "a.txt", charset ? charset->name : NULL, data,
                size);
  return 0;
}
