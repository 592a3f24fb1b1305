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
** Why a file's bytes are none of a text, whatever its encoding, and what to do:
** they are empty, or begin as other kinds of files do. NULL where they may be.
*/
const char *ld_recognise_foreign (const char *bytes, size_t n);
/* The same of bytes that are controls in numbers that no text has. */
const char *ld_recognise_binary (const char *bytes, size_t n);
/*
** Tells a text's format, once it is decoded. For LD_REFUSED '*reason' is why,
** and what to do. One whose name says nothing is Markdown when it has its links
** or headings.
*/
enum ld_format ld_recognise (const char *name, const char *bytes, size_t n,
                             const char **reason);


/* ----------------------------------------------------------------- inputs */

/* One reading of a corpus: what readers share. */
typedef struct ld_reading {
  ld_builder *builder;
  const lesdiplo_options *options;
} ld_reading;

/*
** What a reader is given: good UTF-8, LD_PADDING readable bytes after it, and
** what it stands for. The source is what citations count: the bytes of a file,
** of an archive's member, of a decoded value; kept or stored by the builder.
** 'bytes' is the source itself where nothing had to be changed; then there is
** no map.
*/
typedef struct ld_input {
  const char *name;           /* the id of the document read from it ... */
  const char *path;           /* ... and its file: the same below the root,
                                 "a.zip!/b.txt", save for JSON records */
  const char *source, *bytes;
  size_t source_length, n;
  const ld_piece *map;        /* from 'bytes' to the source, as a document's
                                 from its text; NULL: one for one */
  uint32_t map_count;
  const char *refused;        /* why it is no text in any encoding, or NULL;
                                 then 'bytes' is empty */
  const char *charset;        /* its encoding; NULL for UTF-8 and nothing else */
  char charset_how[80];       /* how that was found out */
  uint8_t unit;               /* of its code units, as in a document */
  bool big_endian;
  ld_area decoded, pieces;    /* where the two lie that are not the source */
} ld_input;

/*
** Makes an input of source bytes: finds out their encoding and decodes them.
** A byte order mark decides; good UTF-8 is that; else 'declared', the encoding
** that a header or a user names, or NULL, is believed unless the bytes speak
** against it. Lines may be UTF-8 and something else by turns. What is no
** character becomes U+FFFD. Each doubt is a note. Returns false, with nothing to
** free, after a failure.
*/
bool ld_input_open (ld_input *in, ld_reading *reading, const char *name,
                    const char *source, size_t n, const char *declared);
/* Makes one of what is good UTF-8 for certain: it is not looked at again, save
** for NULs. Nothing is to be freed. */
void ld_input_lend (ld_input *in, ld_reading *reading, const char *name,
                    const char *source, size_t n);
void ld_input_free (ld_input *in);

/* Opens the input's document: ld_builder_open, and the fields that are known
** before it is read. */
void ld_input_begin (ld_reading *reading, const ld_input *in);
/* Appends the input's bytes [begin, end) to the open document's text, as they
** are. An input without a map that gives nothing has its source for a text. */
void ld_input_give (ld_builder *builder, const ld_input *in, size_t begin,
                    size_t end);
/* Appends n bytes that stand for the input's bytes [begin, end), under the
** rules of ld_builder_text. */
void ld_input_replace (ld_builder *builder, const ld_input *in,
                       const char *bytes, size_t n, size_t begin, size_t end);
/* The source byte that the input's byte 'at' begins with, and the one where
** the input's bytes before 'at' end. */
size_t ld_input_source (const ld_input *in, size_t at);
size_t ld_input_source_end (const ld_input *in, size_t at);


/* ---------------------------------------------------------------- readers */

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

/* Readers: each pushes the documents of one input. */
void ld_read_text (ld_reading *reading, const ld_input *in);
/* The same in two steps, for readers that know fields of such a document. */
void ld_read_begin_text (ld_reading *reading, const ld_input *in);
void ld_read_finish_text (ld_reading *reading, const ld_hints *hints);
void ld_read_markdown (ld_reading *reading, const ld_input *in);
/* 'lines': a record a line; else one object or an array of them. A record's
** source is its decoded text. */
void ld_read_json (ld_reading *reading, const ld_input *in, bool lines);

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
