/*
** pack.h - archives made in memory, for the tests of what reads them.
*/
#ifndef PACK_H
#define PACK_H

#include <archive.h>
#include <archive_entry.h>

#include "check.h"
#include "read/read.h"

/* A member to be. */
typedef struct item {
  const char *name;
  const char *bytes;        /* NULL: what 'link' says, or a folder */
  size_t n;                 /* 0: the string's length */
  const char *link;
} item;

typedef struct pack {
  char *bytes;
  size_t n, room;
} pack;

static la_ssize_t pack_write (struct archive *a, void *data, const void *bytes,
                              size_t n) {
  pack *p = data;
  (void)a;
  if (p->n + n > p->room) {
    p->room = (p->n + n) * 2;
    p->bytes = realloc(p->bytes, p->room);
    assert_non_null(p->bytes);
  }
  memcpy(p->bytes + p->n, bytes, n);
  p->n += n;
  return (la_ssize_t)n;
}

static void pack_item (struct archive *a, const item *it) {
  struct archive_entry *e = archive_entry_new();
  size_t n = it->bytes ? it->n ? it->n : strlen(it->bytes) : 0;
  archive_entry_copy_pathname(e, it->name);
  archive_entry_set_mtime(e, 1705017600, 0);
  archive_entry_set_perm(e, 0644);
  archive_entry_set_size(e, (la_int64_t)n);
  archive_entry_set_filetype(e, it->bytes ? AE_IFREG : it->link ? AE_IFLNK
                                                               : AE_IFDIR);
  if (it->link) archive_entry_copy_symlink(e, it->link);
  assert_true(archive_write_header(a, e) >= ARCHIVE_WARN);
  if (n) assert_int_equal(archive_write_data(a, it->bytes, n), n);
  archive_entry_free(e);
}

/*
** Packs the items: "zip", "7zip", "ustar", "pax" or "raw", and through a filter
** ("none", "gzip", "bzip2", "xz", "zstd", "lz4"). 'options' may be NULL.
*/
static inline pack make_pack (const char *format, const char *filter,
                              const char *options, const item *items,
                              size_t count) {
  pack p = { NULL, 0, 0 };
  struct archive *a = archive_write_new();
  assert_non_null(a);
  assert_int_equal(archive_write_set_format_by_name(a, format), ARCHIVE_OK);
  if (strcmp(filter, "none") != 0)
    assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
  archive_write_set_bytes_per_block(a, 0);
  if (options) {
    assert_int_equal(archive_write_set_options(a, options), ARCHIVE_OK);
    archive_write_set_passphrase(a, "open");
  }
  if (archive_write_open(a, &p, NULL, pack_write, NULL) != ARCHIVE_OK) {
    print_message("%s\n", archive_error_string(a));
    fail();
  }
  for (size_t i = 0; i < count; i++) pack_item(a, items + i);
  assert_int_equal(archive_write_close(a), ARCHIVE_OK);
  archive_write_free(a);
  return p;
}


/* ----------------------------------------------------------------- reading */

/* Reads bytes as those of a file of that name. NULL when memory was refused;
** 'options' and 'bounds' may be NULL. */
static inline lesdiplo_corpus *read_as (const char *name, const char *bytes,
                                        size_t n,
                                        const lesdiplo_options *options,
                                        const ld_bounds *bounds) {
  static const lesdiplo_options plain = LESDIPLO_OPTIONS_INIT;
  ld_builder b;
  lesdiplo_corpus *corpus = NULL;
  if (ld_builder_init(&b, options, ld_word_describe, NULL)) return NULL;
  char *copy = calloc(1, n + LD_PADDING);     /* its end is watched */
  assert_non_null(copy);
  memcpy(copy, bytes, n);
  ld_reading r = { .builder = &b, .options = options ? options : &plain,
                   .bounds = bounds ? bounds : &ld_bounds_usual };
  ld_origin origin = { NULL, NULL, false, NULL, NULL, 0 };
  ld_read_any(&r, name, copy, n, &origin);
  assert_int_equal(r.depth, 0);
  assert_null(r.origin);
  free(copy);
  int code = ld_builder_finish(&b, &corpus, NULL);
  if (!options) assert_int_equal(code, LESDIPLO_OK);
  return corpus;
}

static inline lesdiplo_corpus *read_pack (const char *name, const pack *p) {
  return read_as(name, p->bytes, p->n, NULL, NULL);
}

/* Reads them again and again, each time with memory for one allocation more,
** until there was enough: then there are 'count' documents, and no block is lost
** before. */
static inline void read_each_failure (const char *name, const char *bytes,
                                      size_t n, uint32_t count) {
  for (long k = 0;; k++) {
    check_heap heap = { k, 0 };
    lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
    options.alloc = check_alloc;
    options.alloc_data = &heap;
    lesdiplo_corpus *c = read_as(name, bytes, n, &options, NULL);
    bool whole = c && heap.left > 0;
    if (c && heap.left != 0)
      assert_int_equal(lesdiplo_corpus_count(c), count);
    lesdiplo_corpus_close(c);
    assert_int_equal(heap.blocks, 0);
    if (whole) break;
  }
}

static inline void pack_count (void *data, const lesdiplo_finding *finding) {
  uint32_t *broken = data;
  if (finding->reason) print_message("%s: %s\n", finding->what,
                                     finding->reason);
  *broken += finding->reason != NULL;
}

/* All that is cited of the corpus holds. */
static inline void check_cites (const lesdiplo_corpus *corpus) {
  ld_memory memory;
  ld_buffer cites;
  uint32_t broken = 0;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&cites, &memory);
  for (uint32_t i = 0; i < lesdiplo_corpus_count(corpus); i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
    for (int layer = 0; layer < 3; layer++)
      for (uint32_t k = 0; k < lesdiplo_doc_count(doc, layer); k++) {
        char cite[1400];
        lesdiplo_span span;
        lesdiplo_doc_span(doc, layer, k, &span);
        assert_true(span.source_begin <= span.source_end);
        assert_true(span.source_end <= doc->source_length);
        int n = lesdiplo_doc_cite(doc, span.begin, span.end, cite,
                                  sizeof cite);
        assert_true(n > 0 && n < (int)sizeof cite);
        ld_buffer_format(&cites, "(%s)\n", cite);
      }
  }
  if (cites.used)
    assert_int_equal(lesdiplo_verify(corpus, cites.bytes, cites.used,
                                     pack_count, &broken, NULL), LESDIPLO_OK);
  assert_int_equal(broken, 0);
  ld_buffer_free(&cites);
}

/* Document 'id' is there, and its source is this. */
static inline const lesdiplo_doc *check_doc (const lesdiplo_corpus *corpus,
                                             const char *id,
                                             const char *source) {
  if (!lesdiplo_corpus_find(corpus, id)) print_message("no %s\n", id);
  const lesdiplo_doc *doc = lesdiplo_corpus_find(corpus, id);
  assert_non_null(doc);
  if (source) {
    assert_int_equal(doc->source_length, strlen(source));
    assert_memory_equal(doc->source, source, strlen(source));
  }
  return doc;
}

/* How many notes are about 'where' and say 'what'; either may be NULL. */
static inline uint32_t count_notes (const lesdiplo_corpus *corpus,
                                    const char *where, const char *what) {
  lesdiplo_error note;
  uint32_t count = 0;
  for (uint32_t i = 0; lesdiplo_corpus_note(corpus, i, &note) == LESDIPLO_OK;
       i++)
    count += (!where || strcmp(note.where, where) == 0) &&
             (!what || strstr(note.message, what) != NULL);
  return count;
}

static inline void show_notes (const lesdiplo_corpus *corpus) {
  lesdiplo_error note;
  for (uint32_t i = 0; lesdiplo_corpus_note(corpus, i, &note) == LESDIPLO_OK;
       i++)
    print_message("note: %s: %s\n", note.where, note.message);
}

#endif
