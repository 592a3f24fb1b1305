/*
** open.c - lesdiplo_corpus_open: walks the paths, recognises each file, lets
** its reader push documents, freezes the corpus. The reader of plain text is
** here too: its source is its text, its lines are its blocks.
**
** Whatever holds bytes (a folder, an archive, a WARC file) gives them to
** ld_read_any.
*/
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "read/given/given.h"

void ld_read_close (ld_builder *builder, const ld_outline *outline) {
  for (uint32_t i = 0; i < outline->count; i++) {
    const ld_block *block = outline->blocks + i;
    ld_builder_block(builder, block->begin, block->end,
                     (enum ld_block_kind)block->kind, block->level);
  }
  if (outline->failed && !builder->failure) builder->failure = LESDIPLO_ENOMEM;
  ld_mark_words(builder);
  ld_builder_close(builder);
}

/* What all readers end with. */
void ld_read_finish (ld_builder *builder, ld_outline *outline,
                     const ld_hints *hints) {
  ld_read_metadata(builder, outline, hints);
  ld_read_close(builder, outline);
}

/* Puts the empty blocks among the others. */
static void merge (ld_outline *out, const ld_outline *blocks,
                   const ld_outline *dropped) {
  uint32_t k = 0;
  for (uint32_t i = 0; i <= blocks->count; i++) {
    const ld_block *block = blocks->blocks + i;
    while (k < dropped->count && (i == blocks->count ||
                                  dropped->blocks[k].begin <= block->begin)) {
      uint32_t at = dropped->blocks[k++].begin;
      ld_outline_add(out, at, at, LD_BOILERPLATE, 0);
    }
    if (i < blocks->count)
      ld_outline_add(out, block->begin, block->end,
                     (enum ld_block_kind)block->kind, block->level);
  }
}

void ld_read_blocks (ld_builder *builder, ld_outline *outline,
                     const ld_outline *blocks, const ld_outline *dropped) {
  ld_outline marked;
  if (!builder->doc) return;
  ld_outline_init(&marked, &builder->corpus->memory);
  ld_mark_blocks(&marked, builder->doc->text, blocks->blocks, blocks->count);
  merge(outline, &marked, dropped);
  outline->failed |= blocks->failed || dropped->failed || marked.failed;
  ld_outline_free(&marked);
}

void ld_read_begin_text (ld_reading *reading, const ld_input *in) {
  ld_input_begin(reading, in);
  if (in->bytes == in->source) return;
  ld_input_give(reading->builder, in, 0, in->n);
  ld_builder_text_end(reading->builder);
}

void ld_read_finish_text (ld_reading *reading, const ld_hints *hints) {
  ld_builder *b = reading->builder;
  if (!b->doc || b->failure) return;
  ld_outline outline;
  ld_outline_init(&outline, &b->corpus->memory);
  const uint32_t front = (uint32_t)ld_front_read(b);
  ld_mark_lines(&outline, b->doc->text + front, b->doc->text_length - front);
  for (uint32_t i = 0; i < outline.count; i++) {    /* counted from there */
    outline.blocks[i].begin += front;
    outline.blocks[i].end += front;
  }
  ld_read_finish(b, &outline, hints);
  ld_outline_free(&outline);
}

void ld_read_text (ld_reading *reading, const ld_input *in) {
  static const ld_hints none = { .kind = NULL };
  ld_read_begin_text(reading, in);
  ld_read_finish_text(reading, &none);
}


bool ld_format_is_source (enum ld_format format) {
  return format == LD_TEXT || format == LD_MARKDOWN || format == LD_HTML;
}

/* Sees to it that an input's source stays as long as the corpus; false after a
** failure. What was read of a small file is copied, for in the corpus it costs no
** fresh page of its own. */
static bool keep (ld_reading *reading, ld_input *in) {
  ld_builder *b = reading->builder;
  const ld_origin *origin = reading->origin;
  bool same = in->bytes == in->source;
  if (origin->stored) return true;
  if (origin->file && origin->file->mapped) {
    ld_builder_keep(b, origin->file);
    origin->file->bytes = NULL;           /* no longer the caller's to close */
    return !b->failure;
  }
  in->source = ld_builder_store(b, in->source, in->source_length);
  if (same) in->bytes = in->source;
  return in->source != NULL;
}

/* Reads a text, once it is decoded, in its format. A record's source is its
** `text`, which the corpus has stored. */
static void read_decoded (ld_reading *reading, ld_input *in, const char *as) {
  const char *reason = in->refused;
  enum ld_format format = reason ? LD_REFUSED
                                 : ld_recognise(as, in->bytes, in->n, &reason);
  if (format == LD_REFUSED)
    ld_builder_note(reading->builder, LESDIPLO_EFORMAT, in->name, 0,
                    "left out: it %s", reason);
  else if (!ld_format_is_source(format))
    ld_read_json(reading, in, format == LD_JSONL);
  else if (keep(reading, in)) {
    if (format == LD_MARKDOWN) ld_read_markdown(reading, in);
    else if (format == LD_HTML) ld_read_html(reading, in);
    else ld_read_text(reading, in);
  }
}

static void read_bytes (ld_reading *reading, const char *name,
                        const char *bytes, size_t n, const char *as) {
  char declared[64];
  const char *given = ld_sidecar_charset(reading, name);
  const char *charset = reading->origin->charset;
  ld_input in;
  if (!given && !charset && ld_recognise_page(as, bytes, n))
    charset = ld_html_charset(bytes, n, declared, sizeof declared);
  if (!(given ? ld_input_open_as(&in, reading, name, bytes, n, given)
              : ld_input_open(&in, reading, name, bytes, n, charset)))
    return;
  read_decoded(reading, &in, as);
  ld_input_free(&in);
}

void ld_tell_progress (const ld_reading *reading, const char *name) {
  const lesdiplo_options *options = reading->options;
  if (options->progress)
    options->progress(options->progress_data, reading->done, 0, name);
}

void ld_read_any (ld_reading *reading, const char *name, const char *bytes,
                  size_t n, const ld_origin *origin) {
  const ld_origin *outer = reading->origin;
  const char *reason, *as = origin->as ? origin->as : name;
  reading->origin = origin;
  switch (ld_recognise_bytes(as, bytes, n, &reason)) {
    case LD_REFUSED:
      ld_builder_note(reading->builder, LESDIPLO_EFORMAT, name, 0,
                      "left out: it %s", reason);
      break;
    case LD_ARCHIVE: ld_read_archive(reading, name, bytes, n); break;
    case LD_PDF: ld_read_pdf(reading, name, bytes, n); break;
    default: read_bytes(reading, name, bytes, n, as);
  }
  reading->origin = outer;
}


typedef struct opening {
  ld_builder builder;
  ld_reading reading;
  lesdiplo_options options; /* a copy, of whatever size they came in */
  const char *root;         /* the path being walked */
} opening;

/* A file that was named itself stands for no folder: only where one is walked
** are there sidecars. */
static bool is_sidecar (opening *o, const char *path, const char *name) {
  if (strcmp(path, o->root) != 0)
    return ld_sidecar_visit(&o->reading, path, name);
  if (strcasecmp(name, "metadata.csv") != 0) return false;
  ld_builder_note(&o->builder, LESDIPLO_EFORMAT, name, 0,
                  "left out: it speaks of the files beside it; name the folder "
                  "to have both read");
  return true;
}

static int visit (void *data, const char *path, const char *name) {
  opening *o = data;
  ld_file file;
  ld_origin origin = { NULL, &file, false, NULL, NULL, 0 };
  lesdiplo_error error;
  ld_tell_progress(&o->reading, name);
  if (o->options.stop && *o->options.stop) return LESDIPLO_ELIMIT;
  if (is_sidecar(o, path, name)) return o->builder.failure;
  if (ld_file_open(&file, &o->builder.corpus->memory, path, &error)) {
    if (error.code == LESDIPLO_ENOMEM) return error.code;
    ld_builder_note(&o->builder, error.code, name, 0, "left out: %s",
                    error.message);
    return LESDIPLO_OK;
  }
  const size_t size = file.size;
  ld_read_any(&o->reading, name, file.bytes, size, &origin);
  ld_file_close(&file);
  o->reading.done += size;
  return o->builder.failure;
}

static void trouble (void *data, const char *name, const char *reason) {
  opening *o = data;
  ld_sidecar_seen(&o->reading, name);
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
                 "no document here; name an archive, or a folder that holds "
                 "text, Markdown, HTML or JSON-lines files");
}

/* Makes what a corpus is read into; after a failure nothing is to be freed. */
static int begin (opening *o, const lesdiplo_options *options,
                  lesdiplo_error *error) {
  static const lesdiplo_options plain = LESDIPLO_OPTIONS_INIT;
  memset(o, 0, sizeof *o);
  o->options = plain;
  if (options)
    memcpy(&o->options, options, options->size < sizeof o->options
                                     ? options->size : sizeof o->options);
  o->reading.builder = &o->builder;
  o->reading.options = &o->options;
  o->reading.bounds = &ld_bounds_usual;
  const int code = ld_builder_init(&o->builder, o->reading.options,
                                   ld_word_describe, error);
  if (!code && !ld_lexicon_open()) o->builder.failure = LESDIPLO_ENOMEM;
  return code;
}

/* Freezes it. A corpus without a document is a failure. */
static int finish (opening *o, lesdiplo_corpus **out, const char *path,
                   lesdiplo_error *error) {
  int code = ld_builder_finish(&o->builder, out, error);
  if (code == LESDIPLO_OK && (*out)->doc_count == 0) {
    code = fail_empty(*out, path, error);
    lesdiplo_corpus_close(*out);
    *out = NULL;
  }
  return code;
}

/* Reads a copy, since readers look a little past the end. */
static void read_copy (opening *o, const char *name, const char *bytes,
                       size_t n) {
  const ld_origin origin = { NULL, NULL, false, NULL, NULL, 0 };
  ld_memory *memory = &o->builder.corpus->memory;
  char *copy = ld_memory_new(memory, n + LD_PADDING);
  if (!copy) {
    o->builder.failure = LESDIPLO_ENOMEM;
    return;
  }
  if (n > 0) memcpy(copy, bytes, n);
  memset(copy + n, 0, LD_PADDING);
  ld_read_any(&o->reading, name, copy, n, &origin);
  ld_memory_free(memory, copy, n + LD_PADDING);
}

int lesdiplo_corpus_read (lesdiplo_corpus **out, const char *name,
                          const char *bytes, size_t length,
                          const lesdiplo_options *options,
                          lesdiplo_error *error) {
  opening o;
  if (!out) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "'out' is NULL");
  *out = NULL;
  if (!name || !*name || (length > 0 && !bytes))
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "bytes and a name for them are needed");
  const int code = begin(&o, options, error);
  if (code) return code;
  if (!o.builder.failure) read_copy(&o, name, bytes, length);
  return finish(&o, out, name, error);
}

int lesdiplo_corpus_open_all (lesdiplo_corpus **out, const char *const *paths,
                              size_t count, const lesdiplo_options *options,
                              lesdiplo_error *error) {
  opening o;
  if (!out) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "'out' is NULL");
  *out = NULL;
  if (!paths || !count)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "no path was given");
  int code = begin(&o, options, error);
  if (code) return code;
  for (size_t i = 0; i < count && !o.builder.failure; i++) {
    lesdiplo_error problem;
    o.root = paths[i];
    code = ld_walk(&o.builder.corpus->memory, paths[i], visit, trouble, &o,
                   &problem);
    ld_sidecar_end(&o.reading);
    if (code == LESDIPLO_EIO)
      ld_builder_note(&o.builder, code, problem.where, 0, "%s",
                      problem.message);
    else if (code && !o.builder.failure)
      o.builder.failure = code;
  }
  return finish(&o, out, paths[0], error);
}

int lesdiplo_corpus_open (lesdiplo_corpus **out, const char *path,
                          lesdiplo_error *error) {
  return lesdiplo_corpus_open_all(out, &path, path ? 1 : 0, NULL, error);
}
