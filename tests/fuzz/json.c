/*
** json.c - JSON lines; with an odd option, one object or an array of them.
*/
#include "fuzz.h"

static void read_lines (ld_reading *reading, const ld_input *in) {
  ld_read_json(reading, in, true);
}

static void read_one (ld_reading *reading, const ld_input *in) {
  ld_read_json(reading, in, false);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  const bool lines = fuzz_option(data, &size) % 2 == 0;
  fuzz_document(lines ? read_lines : read_one, lines ? "a.jsonl" : "a.json",
                NULL, data, size);
  return 0;
}
