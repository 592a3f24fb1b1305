/*
** open.c - lesdiplo_corpus_open: walks the paths, recognises each file, lets
** its reader push documents, freezes the corpus. The reader of plain text is
** here too: its source is its text, its lines are its blocks.
*/
#include <stdio.h>
#include <string.h>

#include "read/read.h"

/* What all readers end with. */
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

void ld_read_begin_text (ld_reading *reading, const ld_input *in) {
  ld_input_begin(reading, in);
  if (in->bytes == in->source) return;
  ld_input_give(reading->builder, in, 0, in->n);
  ld_builder_text_end(reading->builder);
}

void ld_read_finish_text (ld_reading *reading, const ld_hints *hints) {
  ld_builder *b = reading->builder;
  if (!b->doc) return;
  ld_outline outline;
  ld_outline_init(&outline, &b->corpus->memory);
  ld_mark_lines(&outline, b->doc->text, b->doc->text_length);
  ld_read_finish(b, &outline, hints);
  ld_outline_free(&outline);
}

void ld_read_text (ld_reading *reading, const ld_input *in) {
  static const ld_hints none = { false, 0, 0, NULL };
  ld_read_begin_text(reading, in);
  ld_read_finish_text(reading, &none);
}


typedef struct opening {
  ld_builder builder;
  ld_reading reading;
  uint64_t done;
} opening;

/* Reads an input in one of the formats whose source is their own bytes. */
static void read_input (ld_reading *reading, enum ld_format format,
                        const char *name, const char *bytes, size_t n) {
  ld_input in;
  if (!ld_input_open(&in, reading, name, bytes, n, NULL)) return;
  if (format == LD_MARKDOWN) ld_read_markdown(reading, &in);
  else ld_read_text(reading, &in);
  ld_input_free(&in);
}

/* Reads a file and keeps it where documents point into it: a record's source
** is its decoded text, which the corpus has stored. */
static void read_file (opening *o, const char *name, ld_file *file) {
  ld_builder *b = &o->builder;
  const char *reason;
  enum ld_format format = ld_recognise(name, file->bytes, file->size, &reason);
  if (format == LD_TEXT || format == LD_MARKDOWN) {
    ld_builder_keep(b, file);
    read_input(&o->reading, format, name, file->bytes, file->size);
    return;
  }
  if (format == LD_REFUSED)
    ld_builder_note(b, LESDIPLO_EFORMAT, name, 0, "left out: it %s", reason);
  else
    ld_read_json(&o->reading, name, file->bytes, file->size,
                 format == LD_JSONL);
  ld_file_close(file);
}

static int visit (void *data, const char *path, const char *name,
                  uint64_t size) {
  opening *o = data;
  ld_file file;
  lesdiplo_error error;
  const lesdiplo_options *options = o->reading.options;
  if (options->progress)
    options->progress(options->progress_data, o->done, 0, name);
  if (ld_file_open(&file, &o->builder.corpus->memory, path, &error)) {
    if (error.code == LESDIPLO_ENOMEM) return error.code;
    ld_builder_note(&o->builder, error.code, name, 0, "left out: %s",
                    error.message);
    return LESDIPLO_OK;
  }
  read_file(o, name, &file);
  o->done += size;
  return o->builder.failure;
}

static void trouble (void *data, const char *name, const char *reason) {
  opening *o = data;
  ld_builder_note(&o->builder, LESDIPLO_EIO, name, 0, "left out: %s", reason);
}

/* Nothing was read: the first note says why, when there is just one. */
static int fail_empty (const lesdiplo_corpus *c, const char *path,
                       lesdiplo_error *error) {
  lesdiplo_error note;
  if (lesdiplo_corpus_note(c, 0, &note) == LESDIPLO_OK)
    return ld_fail(error, LESDIPLO_EIO, note.where, note.line, "%s%s",
                   note.message,
                   c->note_count > 1 ? " (and others; nothing was read)" : "");
  return ld_fail(error, LESDIPLO_EIO, path, 0,
                 "no document here; name a folder that holds text, Markdown or "
                 "JSON-lines files");
}

int lesdiplo_corpus_open_all (lesdiplo_corpus **out, const char *const *paths,
                              size_t count, const lesdiplo_options *options,
                              lesdiplo_error *error) {
  static const lesdiplo_options plain = LESDIPLO_OPTIONS_INIT;
  if (!out) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "'out' is NULL");
  *out = NULL;
  if (!paths || !count)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "no path was given");
  opening o = { { 0 }, { &o.builder, options ? options : &plain }, 0 };
  int code = ld_builder_init(&o.builder, o.reading.options, ld_word_describe,
                             error);
  if (code) return code;
  if (!ld_lexicon_open()) o.builder.failure = LESDIPLO_ENOMEM;
  for (size_t i = 0; i < count && !o.builder.failure; i++) {
    lesdiplo_error problem;
    code = ld_walk(&o.builder.corpus->memory, paths[i], visit, trouble, &o,
                   &problem);
    if (code == LESDIPLO_EIO)
      ld_builder_note(&o.builder, code, problem.where, 0, "%s",
                      problem.message);
    else if (code && !o.builder.failure)
      o.builder.failure = code;
  }
  code = ld_builder_finish(&o.builder, out, error);
  if (code == LESDIPLO_OK && (*out)->doc_count == 0) {
    code = fail_empty(*out, paths[0], error);
    lesdiplo_corpus_close(*out);
    *out = NULL;
  }
  return code;
}

int lesdiplo_corpus_open (lesdiplo_corpus **out, const char *path,
                          lesdiplo_error *error) {
  return lesdiplo_corpus_open_all(out, &path, path ? 1 : 0, NULL, error);
}
