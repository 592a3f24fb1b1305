/*
** read.h - bytes in, documents out: recognise, charset, text, markdown, JSON
** lines; metadata. Uses mark, corpus and base.
**
** To the world its door is lesdiplo_corpus_open_all and lesdiplo_verify of
** lesdiplo.h; this header is shared by its own files and their tests.
*/
#ifndef LD_READ_H
#define LD_READ_H

#include "mark/mark.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a file is, by its name and its first bytes. */
enum ld_format { LD_TEXT, LD_MARKDOWN, LD_JSONL, LD_JSON, LD_REFUSED };

/*
** Tells a file's format. For LD_REFUSED '*reason' is why, and what to do. A
** text whose name says nothing is Markdown when it has its links or headings.
*/
enum ld_format ld_recognise (const char *name, const char *bytes, size_t n,
                             const char **reason);

/*
** Appends n source bytes that stand at 'at' to the open document's text: bytes
** that are not UTF-8 become U+FFFD each.
*/
void ld_read_bytes (ld_builder *builder, const char *bytes, size_t n,
                    size_t at);
/* Notes NULs, and bytes that are no UTF-8; true where there are such bytes. */
bool ld_read_doubts (ld_builder *builder, const char *name,
                     const char *bytes, size_t n);
/*
** Makes the open document's whole source its text: as it is where it is good
** UTF-8 without a byte order mark, else repaired, with a note.
*/
void ld_read_source (ld_builder *builder, const char *name);

/* What a reader knows of a document besides its text. */
typedef struct ld_hints {
  bool wiki;                      /* an exported wiki page */
  uint32_t title_begin, title_end;  /* its bold first words; equal: none */
  const char *kind;               /* as its record says, or NULL */
} ld_hints;

/*
** Looks through the blocks of the open document for its title, date, source
** and the like, and gives headers, bylines, datelines, captions and furniture
** their kinds. Sets the fields that are not set yet. Blocks are pushed and
** words marked by ld_read_finish, which calls it.
*/
void ld_read_metadata (ld_builder *builder, ld_outline *outline,
                       const ld_hints *hints);
/* Metadata, blocks, words; closes the document. */
void ld_read_finish (ld_builder *builder, ld_outline *outline,
                     const ld_hints *hints);

/* Readers of a source kept by the builder; 'name' is its path below the root,
** and the id of the one document it holds. */
void ld_read_text (ld_builder *builder, const char *name, const char *bytes,
                   size_t n);
void ld_read_markdown (ld_builder *builder, const char *name,
                       const char *bytes, size_t n);
/* 'lines': a record a line; else one object or an array of them. */
void ld_read_json (ld_builder *builder, const char *name, const char *bytes,
                   size_t n, bool lines);

/* A full date in a short text: its place and parts. Months are numbers or
** words of reading.txt. */
typedef struct ld_day { int year, month, day; size_t begin, end; } ld_day;
bool ld_find_day (const char *text, size_t n, ld_day *out);
/* A month's number by its name, or 0. */
int ld_month (const char *name, size_t n);


/* -------------------------------------------------------- JSON (simdjson) */

/* A string, number or boolean of a record, unescaped and lent to the call. */
typedef struct ld_json_field {
  const char *name;
  size_t name_length;
  const char *value;
  size_t value_length;
  bool is_string;
} ld_json_field;

typedef void (*ld_json_visit) (void *data, const ld_json_field *field);

/* A parser for many records; NULL without memory. */
typedef struct ld_json ld_json;
ld_json *ld_json_new (void);
void ld_json_free (ld_json *json);
/*
** Visits the fields of one object; nested values are passed over. 'bytes' must
** have LD_PADDING readable bytes after them. Returns NULL, or what is wrong.
*/
const char *ld_json_object (ld_json *json, const char *bytes, size_t n,
                            ld_json_visit visit, void *data);
/*
** Finds the next object at the top of a file that holds one or an array of
** them, from '*at' on. Returns its start and length, or NULL at the end.
*/
const char *ld_json_next (const char *bytes, size_t n, size_t *at,
                          size_t *length);
/* The version of the library that is linked. */
const char *ld_json_version (void);

#ifdef __cplusplus
}
#endif

#endif
