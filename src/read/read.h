/*
** read.h - bytes in, documents out: recognise, charset, text, markdown, HTML,
** JSON lines, archives; metadata. Uses mark, corpus and base.
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
enum ld_format {
  LD_TEXT, LD_MARKDOWN, LD_HTML, LD_JSONL, LD_JSON,
  LD_ARCHIVE,       /* holds other files, or one that is compressed */
  LD_PDF, LD_REFUSED
};

/*
** What bytes are by their name and their beginning, before they are decoded: an
** archive, a PDF, LD_REFUSED where they are none of a text whatever its encoding
** ('*reason' is why, and what to do), else a text, of the format that its name
** tells.
*/
enum ld_format ld_recognise_bytes (const char *name, const char *bytes,
                                   size_t n, const char **reason);
/* Are bytes in ASCII, or something wider, a web page? */
bool ld_recognise_page (const char *name, const char *bytes, size_t n);
/* Why decoded bytes are no text: controls in numbers that no text has. NULL
** where they may be one. */
const char *ld_recognise_binary (const char *bytes, size_t n);
/*
** Tells a text's format, once it is decoded. For LD_REFUSED '*reason' is why,
** and what to do. One whose name says nothing is Markdown when it has its links
** or headings.
*/
enum ld_format ld_recognise (const char *name, const char *bytes, size_t n,
                             const char **reason);
/* Are the bytes of such a file the source of its document? */
bool ld_format_is_source (enum ld_format format);


/* ----------------------------------------------------------------- inputs */

typedef struct ld_sidecar ld_sidecar;

/* How much may come out of one file of a folder, the archives inside its
** archives counted in. */
typedef struct ld_bounds {
  uint64_t unpacked;          /* bytes */
  uint64_t free;              /* bytes one archive may give whatever its size */
  uint32_t ratio;             /* ... and from there on, as often its bytes */
  uint32_t members;
  uint32_t depth;             /* archives inside archives */
} ld_bounds;
extern const ld_bounds ld_bounds_usual;

/* Where bytes come from that are read under a name. */
typedef struct ld_origin {
  const char *as;             /* the name that tells their format; NULL: the
                                 one they are read under */
  ld_file *file;              /* it holds them, and is kept (and then closed,
                                 for the caller) when a document needs them */
  bool stored;                /* they lie in the corpus */
  const char *charset;        /* declared from outside, or NULL */
  const ld_field *fields;     /* what is known of their documents */
  uint32_t field_count;
} ld_origin;

/* One reading of a corpus: what readers share. */
typedef struct ld_reading {
  ld_builder *builder;
  const lesdiplo_options *options;
  ld_sidecar *sidecar;        /* of the nearest folder that has one, or NULL */
  ld_buffer entered;          /* the folder the walk is in, "sub/" */
  const ld_bounds *bounds;
  const ld_origin *origin;    /* of what is being read, or NULL */
  uint64_t done;              /* bytes of files, for the progress */
  uint64_t unpacked;          /* of the outermost archive: bytes so far, ... */
  uint32_t members;           /* ... members so far, ... */
  uint32_t depth;             /* ... how deep in it we are */
} ld_reading;

/* Says what is being read to who wants to know. */
void ld_tell_progress (const ld_reading *reading, const char *name);

/*
** Reads any bytes, LD_PADDING readable ones after them, under a name: those of
** a file of a folder, of an archive's member, of a page that a WARC file holds.
** What cannot be read is a note.
*/
void ld_read_any (ld_reading *reading, const char *name, const char *bytes,
                  size_t n, const ld_origin *origin);

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
** that a header names, or NULL, is believed unless the bytes speak against it.
** Lines may be UTF-8 and something else by turns. What is no character becomes
** U+FFFD. Each doubt is a note. Returns false, with nothing to free, after a
** failure.
*/
bool ld_input_open (ld_input *in, ld_reading *reading, const char *name,
                    const char *source, size_t n, const char *declared);
/* The same in the encoding that a person names, whatever the bytes look like. */
bool ld_input_open_as (ld_input *in, ld_reading *reading, const char *name,
                       const char *source, size_t n, const char *charset);
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


/* --------------------------------------------------------------- sidecars */

/*
** A file metadata.csv or metadata.jsonl in a folder says of its documents what
** they do not say themselves. Those of the folder being walked and of the ones
** above it are known to the reading. Their notes name line and field.
**
** To be called for each file that the walk visits: reads the sidecars of folders
** that it comes to, forgets those it has left. True when the file is a sidecar,
** and so no document.
*/
bool ld_sidecar_visit (ld_reading *reading, const char *path,
                       const char *name);
/* The file is there, though it may not be read: its row speaks of something. */
void ld_sidecar_seen (ld_reading *reading, const char *path);
/*
** For an archive, whose members are not walked: is that one a sidecar, and reads
** it. 'name' is its path ("a.zip!/b/metadata.csv"), and its rows speak of what
** lies in its folder, by the path below that. It holds until something is
** visited that lies elsewhere, so all are to be added before members are read.
** There are LD_PADDING readable bytes after the n.
*/
bool ld_sidecar_is (const char *name, const char *bytes, size_t n);
void ld_sidecar_add (ld_reading *reading, const char *name, const char *bytes,
                     size_t n);
/* Forgets all: the end of a walk. */
void ld_sidecar_end (ld_reading *reading);
/* The encoding that is given for a file, or NULL. It has to be known before
** the file is decoded: hand it to ld_input_open_as. */
const char *ld_sidecar_charset (ld_reading *reading, const char *path);
/* Gives the open document the fields that are written of it. 'path' is that of
** its file. ld_input_begin does it. */
void ld_sidecar_apply (ld_reading *reading, const char *path);


/* ----------------------------------------------------------------- tables */

/* A file that a person keeps for us, as text: as it lies, or decoded from UTF-16
** or UTF-32 where a byte order mark says so. LD_PADDING readable bytes follow. */
typedef struct ld_text_file {
  const char *bytes;          /* without the mark */
  size_t n;
  ld_file file;
  ld_area decoded;
} ld_text_file;
int ld_text_file_open (ld_text_file *text, ld_memory *memory, const char *path,
                       lesdiplo_error *error);
void ld_text_file_close (ld_text_file *text);

/* A value that is not empty, without white space at its ends, and the name of its
** column, or its path in JSON: "names.0.text". */
typedef struct ld_cell {
  const char *name, *value;
  size_t name_length, value_length;
} ld_cell;

/* Who reads a table. */
typedef struct ld_given_rows {
  ld_memory *memory;
  const char *key;            /* the column that a CSV file has to have */
  /* Is given each row, lent for the call; false ends the reading. */
  bool (*row) (void *data, uint32_t line, const ld_cell *cells, size_t count);
  ld_complain *complain;      /* hears of what is passed over, or in doubt */
  void *data;                 /* of both */
} ld_given_rows;

/*
** Reads the rows of a table: CSV whose first line names the columns, or JSON lines,
** an object each. 'bytes' have LD_PADDING readable ones after them and need not be
** good UTF-8: a row that is not is passed over. False without memory, or when
** 'row' said so.
*/
bool ld_given_csv (const ld_given_rows *table, const char *bytes, size_t n);
bool ld_given_jsonl (const ld_given_rows *table, const char *bytes, size_t n);


/* ---------------------------------------------------------------- readers */

/* What a reader knows of a document besides its text. */
typedef struct ld_hints {
  bool wiki;                      /* an exported wiki page */
  uint32_t title_begin, title_end;  /* its bold first words; equal: none */
  const char *kind;               /* as its record says, or NULL */
  const char *late_date, *late_how;  /* a day (2026-01-31) that is taken for the
                                        date where no line tells one, or NULL */
} ld_hints;

/*
** Looks through the blocks of the open document for its title, date, source
** and the like, and gives headers, bylines, datelines, captions and furniture
** their kinds. Sets the fields that are not set yet. Blocks are pushed and
** words marked by ld_read_finish, which calls it.
*/
void ld_read_metadata (ld_builder *builder, ld_outline *outline,
                       const ld_hints *hints);
/* Blocks and words; closes the document. */
void ld_read_close (ld_builder *builder, const ld_outline *outline);
/* Metadata, blocks, words; closes the document. */
void ld_read_finish (ld_builder *builder, ld_outline *outline,
                     const ld_hints *hints);
/* Makes the outline of a document whose blocks are known: ld_mark_blocks, and
** the empty blocks of what was 'dropped' inside them, in order. */
void ld_read_blocks (ld_builder *builder, ld_outline *outline,
                     const ld_outline *blocks, const ld_outline *dropped);

/* Readers: each pushes the documents of one input. */
void ld_read_text (ld_reading *reading, const ld_input *in);
/* The same in two steps, for readers that know fields of such a document. */
void ld_read_begin_text (ld_reading *reading, const ld_input *in);
void ld_read_finish_text (ld_reading *reading, const ld_hints *hints);
void ld_read_markdown (ld_reading *reading, const ld_input *in);
void ld_read_html (ld_reading *reading, const ld_input *in);
/* The encoding that a page declares in its first bytes (<meta charset> and the
** like), as it names it, written into out[size]; NULL when there is none. */
const char *ld_html_charset (const char *bytes, size_t n, char *out,
                             size_t size);
/* 'lines': a record a line; else one object or an array of them. A record's
** source is its decoded text. */
void ld_read_json (ld_reading *reading, const ld_input *in, bool lines);

/* Archives, compressed files, WARC files: each member goes to ld_read_any. */
void ld_read_archive (ld_reading *reading, const char *name, const char *bytes,
                      size_t n);
/* The version of libarchive; it is loaded for that. */
const char *ld_archive_version (void);
/* By the program pdftotext; its output is the document's source. */
void ld_read_pdf (ld_reading *reading, const char *name, const char *bytes,
                  size_t n);

/* Another program that is run over bytes. */
typedef struct ld_helper {
  const char *const *argv;    /* its name, looked for in PATH; ends with NULL */
  const char *bytes;          /* its standard input */
  size_t n;
  size_t most;                /* bytes it may print */
  unsigned seconds;           /* it may take */
} ld_helper;
/*
** Runs it and adds what it prints to 'output'. Returns LESDIPLO_OK, or with a
** message that begins with its name LESDIPLO_ENOTFOUND (there is no such
** program), LESDIPLO_ELIMIT, LESDIPLO_EFORMAT (it failed: with its first
** words), LESDIPLO_EIO or LESDIPLO_ENOMEM.
*/
int ld_helper_run (const ld_helper *how, ld_buffer *output,
                   lesdiplo_error *error);

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
** Visits the strings, numbers and booleans of any value, however deep they lie;
** their names are paths: "author.0.name". What lies deeper than sixteen values
** or has a path of hundreds of bytes is passed over. 'bytes' as above.
*/
const char *ld_json_tree (ld_json *json, const char *bytes, size_t n,
                          ld_json_visit visit, void *data);
/*
** Finds the next object at the top of a file that holds one or an array of
** them, from '*at' on. Returns its start and length, or NULL at the end.
*/
const char *ld_json_next (const char *bytes, size_t n, size_t *at,
                          size_t *length);
/* Whether n bytes are good UTF-8, as ld_utf8_check finds byte by byte. */
bool ld_utf8_valid (const char *bytes, size_t n);
/* The version of the library that is linked. */
const char *ld_json_version (void);

#ifdef __cplusplus
}
#endif

#endif
