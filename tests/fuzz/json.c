/*
** json.c - JSON lines; with an odd option, one object or an array of them.
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  fuzz_reading f;
  const bool lines = fuzz_option(data, &size) % 2 == 0;
  ld_input in;
  fuzz_begin(&f, data, size);
  FUZZ_CHECK(ld_input_open(&in, &f.reading, lines ? "a.jsonl" : "a.json",
                           f.bytes, f.n, NULL));
  if (!in.refused) ld_read_json(&f.reading, &in, lines);
  ld_input_free(&in);
  fuzz_end(&f);
  return 0;
}
