/*
** sidecar.c - tables of metadata beside documents; with an odd option as JSON
** lines.
*/
#include "fuzz.h"
#include "read/given/given.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  const bool lines = fuzz_option(data, &size) % 2 == 1;
  static const char text[LD_PADDING + 11] = "The talks.";
  ld_origin origin = { .stored = true };
  fuzz_reading f;
  fuzz_begin(&f, data, size);
  ld_sidecar_add(&f.reading, lines ? "metadata.jsonl" : "metadata.csv", f.bytes,
                 f.n);
  ld_read_any(&f.reading, "a.txt", text, 10, &origin);
  ld_sidecar_end(&f.reading);
  fuzz_end(&f);
  return 0;
}
