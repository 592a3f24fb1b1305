/*
** annotate.h - the verb annotate, between its own files.
*/
#ifndef LD_CLI_ANNOTATE_H
#define LD_CLI_ANNOTATE_H

#include <string.h>

#include "cli/cli.h"

/* --------------------------------------------------------------- lines.c */

/* Lines of JSON on their way out. */
typedef struct ld_lines {
  lesdiplo_write write;
  void *data;        /* for write */
  bool failed;       /* write has given up: what comes after is dropped */
  size_t used;
  char bytes[1 << 18];
} ld_lines;

/* Hands on what is in the buffer. */
void ld_lines_flush (ld_lines *w);
/* Bytes as they are, however many: what does not fit is handed on. */
void ld_lines_long (ld_lines *w, const char *bytes, size_t n);
void ld_lines_number (ld_lines *w, size_t number);
/* A string, in its marks. */
void ld_lines_string (ld_lines *w, const char *string);
/* ,"name":"value" */
void ld_lines_field (ld_lines *w, const char *name, const char *value, size_t n);

static inline void ld_lines_add (ld_lines *w, const char *bytes, size_t n) {
  if (n > sizeof w->bytes - w->used) {
    ld_lines_long(w, bytes, n);
    return;
  }
  memcpy(w->bytes + w->used, bytes, n);
  w->used += n;
}

#define LD_LINES_ADD(w, literal) ld_lines_add(w, literal, sizeof(literal) - 1)

/* The record of a document; false when there was no memory for some of it. */
bool ld_lines_document (ld_lines *w, const lesdiplo_doc *doc);
/* What the record of a span begins with: layer, place, text. */
void ld_lines_begin (ld_lines *w, const lesdiplo_doc *doc, const char *layer,
                     const lesdiplo_span *span);
/* And its end: for text that is not the same the hash of the source bytes, with which
** the citation ends. */
void ld_lines_end (ld_lines *w, const lesdiplo_doc *doc,
                   const lesdiplo_span *span);

#endif
