/*
** pdf.c - what pdftotext may print of a PDF: the input stands for its output
** (see the Makefile), no program is run.
*/
#include "fuzz.h"

static const uint8_t *printed;
static size_t printed_size;

int __wrap_ld_helper_run (const ld_helper *how, ld_buffer *output,
                          lesdiplo_error *error);
int __wrap_ld_helper_run (const ld_helper *how, ld_buffer *output,
                          lesdiplo_error *error) {
  (void)how; (void)error;
  ld_buffer_add(output, (const char *)printed, printed_size);
  return LESDIPLO_OK;
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  static const char pdf[] = "%PDF-1.4\n";
  printed = data;
  printed_size = size;
  fuzz_any("a.pdf", (const uint8_t *)pdf, sizeof pdf - 1);
  return 0;
}
