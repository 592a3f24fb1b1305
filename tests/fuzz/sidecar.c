/*
** sidecar.c - metadata.csv, or with an odd option metadata.jsonl, and three
** documents that its rows may speak of.
*/
#include "fuzz.h"

static void add_document (ld_reading *reading, const char *name,
                          const char *text) {
  const char *bytes = ld_builder_store(reading->builder, text, strlen(text));
  const ld_origin origin = { .stored = true };
  ld_read_any(reading, name, bytes, strlen(text), &origin);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  fuzz_reading f;
  const char *name = fuzz_option(data, &size) % 2 ? "z.zip!/metadata.jsonl"
                                                  : "z.zip!/metadata.csv";
  fuzz_begin(&f, data, size);
  if (ld_sidecar_is(name, f.bytes, f.n))
    ld_sidecar_add(&f.reading, name, f.bytes, f.n);
  add_document(&f.reading, "z.zip!/a.txt", "Talks\n\nThey met on 3 May 2024.\n");
  add_document(&f.reading, "z.zip!/sub/b.md", "# Treaty\n\nIt was *signed*.\n");
  add_document(&f.reading, "z.zip!/c.jsonl",
               "{\"id\":\"x\",\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n");
  fuzz_end(&f);
  return 0;
}
