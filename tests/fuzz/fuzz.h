/*
** fuzz.h - what every fuzz target includes, and the manual of them all.
**
** A target is one file in this folder with one function:
**
**     #include "fuzz.h"
**
**     int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
**       fuzz_document(ld_read_text, "a.txt", NULL, data, size);
**       return 0;
**     }
**
** That is all: Makefile and tests/run.sh find it by its name. What a target
** calls NAME may have, and none of it must:
**
**     seeds/NAME/         small inputs written by hand, one a shape
**     seeds/NAME.dict     words that the fuzzer puts together (libFuzzer's form)
**     finds/NAME/         inputs that once failed, as small as they go
**     a comment `fuzz-seeds: FOLDER...` in NAME.c, naming more folders to
**     start from
**
** `make fuzz` builds the targets with clang and libFuzzer, under the address
** and undefined-behaviour sanitizers, and runs each for FUZZ_TIME seconds,
** FUZZ_JOBS at a time; TARGETS="text json" chooses. What it learns stays in
** build/fuzz/corpus. A find is made small and put into finds/NAME: mend the
** code, keep the file, commit both. `make check` and its variants replay all
** seeds and finds through the same targets, without clang (replay/main.c).
**
** Where options are to be tried too, they are the last byte of an input
** (fuzz_option), so that a plain file is an input as it stands.
**
** What does not hold ends the process (FUZZ_CHECK). An input that takes longer
** than ten seconds is a find as well.
*/
#ifndef FUZZ_H
#define FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Takes the options off the end of an input. */
static inline unsigned fuzz_option (const uint8_t *data, size_t *size) {
  return *size ? data[--*size] : 0;
}

/* So that an archive cannot take longer than an input may. */
static const ld_bounds fuzz_bounds = { 4 << 20, 1 << 20, 250, 200, 4 };

/* A corpus in the making whose one source is the input. */
typedef struct fuzz_reading {
  ld_builder builder;
  ld_reading reading;
  lesdiplo_options options;
  char *bytes;              /* a block of its own: reading past it is seen */
  size_t n;
} fuzz_reading;

static inline void fuzz_begin (fuzz_reading *f, const uint8_t *data,
                               size_t size) {
  static const lesdiplo_options plain = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error;
  f->options = plain;
  f->bytes = calloc(1, size + LD_PADDING);
  f->n = size;
  FUZZ_CHECK(f->bytes != NULL);
  if (size) memcpy(f->bytes, data, size);
  FUZZ_CHECK(ld_builder_init(&f->builder, &f->options, ld_word_describe,
                             &error) == LESDIPLO_OK);
  memset(&f->reading, 0, sizeof f->reading);
  f->reading.builder = &f->builder;
  f->reading.options = &f->options;
  f->reading.bounds = &fuzz_bounds;
}

/* Freezes it, looks at all there is in it, and closes it. */
static inline void fuzz_end (fuzz_reading *f) {
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  ld_sidecar_end(&f->reading);
  FUZZ_CHECK(ld_builder_finish(&f->builder, &corpus, &error) == LESDIPLO_OK);
  fuzz_check_corpus(corpus);
  lesdiplo_corpus_close(corpus);
  free(f->bytes);
}

/* Reads the input as the file or the archive's member of that name, as a whole
** corpus would, and checks what comes out. */
static inline void fuzz_any (const char *name, const uint8_t *data,
                             size_t size) {
  static const ld_origin origin = { 0 };
  fuzz_reading f;
  fuzz_begin(&f, data, size);
  ld_read_any(&f.reading, name, f.bytes, f.n, &origin);
  fuzz_end(&f);
}

/* Reads a document out of the input and checks it. 'declared' is an encoding
** that a header names, or NULL. */
typedef void (*fuzz_reader) (ld_reading *reading, const ld_input *in);

static inline void fuzz_document (fuzz_reader read, const char *name,
                                  const char *declared, const uint8_t *data,
                                  size_t size) {
  fuzz_reading f;
  ld_input in;
  fuzz_begin(&f, data, size);
  FUZZ_CHECK(ld_input_open(&in, &f.reading, name, f.bytes, f.n, declared));
  if (!in.refused) read(&f.reading, &in);
  ld_input_free(&in);
  fuzz_end(&f);
}

#endif
