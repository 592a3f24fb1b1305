/*
** mark.c - the marker without a reader: blocks by lines, by lists that were
** run together, one for the whole text, or cut anywhere; words and sentences
** under the rules of several languages. No metadata is looked for.
**
** fuzz-seeds: seeds
*/
#include "fuzz.h"

static const char *const languages[] = { NULL, "en", "fr", "de", "zh", "ru",
                                         "es", "nosuch" };
enum { LANGUAGES = sizeof languages / sizeof *languages };

/* Blocks whose borders are wherever a character begins and a hash says so. */
static void cut (ld_outline *outline, const lesdiplo_doc *doc, unsigned how) {
  uint32_t begin = 0, state = how;
  for (uint32_t at = 1; at <= doc->text_length; at++) {
    state = state * 1664525u + 1013904223u;
    if (!fuzz_on_border(doc, at) || (at < doc->text_length && state >> 26))
      continue;
    if (state & 4096)
      ld_outline_add(outline, begin, at, LD_PARAGRAPH, 0);
    begin = at;
  }
}

static void mark (fuzz_reading *f, unsigned option) {
  ld_builder *b = &f->builder;
  const lesdiplo_doc *doc = b->doc;
  const char *language = languages[option % LANGUAGES];
  ld_outline outline;
  if (language)
    ld_builder_field(b, LD_F_LANG, language, strlen(language));
  ld_outline_init(&outline, &b->corpus->memory);
  switch (option / LANGUAGES % 4) {
    case 0: ld_mark_lines(&outline, doc->text, doc->text_length); break;
    case 1: ld_mark_run_on(&outline, doc->text, 0, doc->text_length); break;
    case 2: ld_outline_add(&outline, 0, doc->text_length, LD_TABLE, 9); break;
    default: cut(&outline, doc, option);
  }
  for (uint32_t i = 0; i < outline.count; i++) {
    const ld_block *block = outline.blocks + i;
    ld_builder_block(b, block->begin, block->end,
                     (enum ld_block_kind)block->kind, block->level);
  }
  FUZZ_CHECK(!outline.failed);
  ld_outline_free(&outline);
  ld_mark_words(b);
  ld_builder_close(b);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  fuzz_reading f;
  ld_input in;
  const unsigned option = fuzz_option(data, &size);
  fuzz_begin(&f, data, size);
  FUZZ_CHECK(ld_input_open(&in, &f.reading, "a", f.bytes, f.n, NULL));
  if (!in.refused) {
    ld_read_begin_text(&f.reading, &in);
    mark(&f, option);
  }
  ld_input_free(&in);
  fuzz_end(&f);
  return 0;
}
