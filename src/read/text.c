/*
** text.c - plain text: its source is its text, its lines are its blocks.
*/
#include "read/read.h"

void ld_read_finish (ld_builder *builder, ld_outline *outline,
                     const ld_hints *hints) {
  ld_read_metadata(builder, outline, hints);
  for (uint32_t i = 0; i < outline->count; i++) {
    const ld_block *block = outline->blocks + i;
    ld_builder_block(builder, block->begin, block->end,
                     (enum ld_block_kind)block->kind, block->level);
  }
  if (outline->failed && !builder->failure) builder->failure = LESDIPLO_ENOMEM;
  ld_mark_words(builder);
  ld_builder_close(builder);
}

void ld_read_text (ld_builder *builder, const char *name, const char *bytes,
                   size_t n) {
  ld_builder_open(builder, name, name, bytes, n);
  ld_read_source(builder, name);
  if (!builder->doc) return;
  ld_hints hints = { false, 0, 0, NULL };
  ld_outline outline;
  ld_outline_init(&outline, &builder->corpus->memory);
  ld_mark_lines(&outline, builder->doc->text, builder->doc->text_length);
  ld_read_finish(builder, &outline, &hints);
  ld_outline_free(&outline);
}
