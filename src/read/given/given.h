/*
** given.h - what people write down of a document, beside it or above it: shared
** by sidecar.c, front.c and the readers of records.
*/
#ifndef LD_READ_GIVEN_H
#define LD_READ_GIVEN_H

#include "read/read.h"


/* ----------------------------------------------------------------- fields */

/*
** The field that people call so: LD_F_BYLINE for "author", LD_F_SOURCE for
** "publisher". LD_F_COUNT when it is no field of ours that can be given. Case
** does not count.
*/
enum ld_field_id ld_given_field (const char *name, size_t n);

/* A date as it is kept, and how much of it is known. */
typedef struct ld_given_day {
  char value[16];           /* 2024, 2024-03 or 2024-03-12 */
  const char *precision;    /* "year", "month" or "day" */
} ld_given_day;

/* A date to the day, month or year, in digits or in words; false where it is
** none, or could be two. */
bool ld_given_date (const char *text, size_t n, ld_given_day *out);
/* The precision of a date that is kept. */
const char *ld_given_precision (const char *value);

enum { LD_LANGUAGE = 12 };      /* room for a language's code */
/* The ISO 639 code of a language by one of its codes, the short one where it
** has two: en for eng, EN, en-GB. */
bool ld_given_language (const char *text, size_t n, char out[LD_LANGUAGE]);

/* The kinds of documents; a NULL ends them. */
extern const char *const ld_kinds[];
/* The kind of that name, whatever its case, or NULL. */
const char *ld_given_kind (const char *text, size_t n);

/* Sets the three fields of a date, unless a date is set. */
void ld_given_set_date (ld_builder *builder, const ld_given_day *day,
                        const char *how);


/* ----------------------------------------------------------- front matter */

/* How many bytes front matter takes at the head of a text: 0 for none. */
size_t ld_front_length (const char *bytes, size_t n);
/*
** Reads the front matter at the head of the open document's text: sets the
** fields that are not set yet, and gives the builder a header block for each
** line, before all other blocks. So the lines are in no outline, and nothing
** else is looked for in them. Returns how many bytes it takes.
*/
size_t ld_front_read (ld_builder *builder);


/* -------------------------------------------------------------------- CSV */

/*
** Rows of a text by RFC 4180: cells in double quotes may hold the delimiter,
** line ends and doubled quotes. Every kind of line end will do. A quote that
** does not close its cell is a character like others.
*/
typedef struct ld_csv {
  const char *p, *end;      /* what is still to be read */
  char delimiter;
  uint32_t lines;           /* line ends before p */
  /* The row that was read last: */
  uint32_t line;            /* where it begins, from 1 */
  uint32_t broken;          /* the line of its first quote that closes nothing,
                               0 where all are in order */
  struct ld_csv_cell *cells;
  uint32_t count, size;
  ld_buffer text;           /* of its cells */
} ld_csv;

/* Begins with good UTF-8, lent. The delimiter is the one of , ; | and tab that
** is most frequent in the first line, or the one that a line "sep=;" names. */
void ld_csv_init (ld_csv *csv, ld_memory *memory, const char *bytes, size_t n);
/* Reads the next row that is not empty; false at the end and without memory:
** then csv->text has failed. */
bool ld_csv_row (ld_csv *csv);
/* Cell i < csv->count, without white space at its ends; lent until the next
** row. */
const char *ld_csv_cell (const ld_csv *csv, uint32_t i, size_t *n);
/* Complains of a row with stray quotes, or with more or fewer cells than there are
** columns. */
void ld_csv_check (const ld_csv *csv, uint32_t columns, ld_complain *complain,
                   void *data);
void ld_csv_free (ld_csv *csv);


/* --------------------------------------------------------------- sidecars */

/* What a column is. */
enum ld_given_slot {
  LD_G_NOTHING,   /* it has no name, or one that means nothing: passed over */
  LD_G_FILE, LD_G_ID, LD_G_CHARSET,
  LD_G_FIELD,     /* column->field */
  LD_G_FURTHER    /* a field under the column's own name */
};

typedef struct ld_given_column {
  const char *name;           /* what it is called by the document */
  enum ld_given_slot slot;
  enum ld_field_id field;
} ld_given_column;

typedef struct ld_given_cell {
  uint32_t column;
  const char *value;
} ld_given_cell;

typedef struct ld_given_row {
  uint32_t line;
  uint32_t first, count;      /* its cells: values that are not empty */
  const char *file, *id;      /* what it speaks of; one of them may be NULL */
  bool used;                  /* that is there */
} ld_given_row;

/* The arrays are grown by doubling. */
struct ld_sidecar {
  struct ld_sidecar *above;   /* of a folder further up, or NULL */
  const char *folder;         /* "sub/", "a.zip!/", "" */
  const char *name;           /* its own, as notes call it */
  const char *other;          /* a second one beside it, left out, or NULL */
  ld_builder *builder;
  ld_arena arena;             /* of all strings */
  ld_given_column *columns;
  ld_given_cell *cells;
  ld_given_row *rows;
  uint32_t column_count, column_size;
  uint32_t cell_count, cell_size;
  uint32_t row_count, row_size;
  ld_map names;               /* a column's name -> its place */
  ld_map files, ids, both;    /* "file", "id", "id\nfile" -> the row's place */
  ld_map composed;            /* a "file" beyond ASCII, in NFC -> likewise */
};

/* Fill an empty one with columns and rows: rows.c. */
void ld_sidecar_read_csv (ld_sidecar *sidecar, const ld_input *in);
void ld_sidecar_read_jsonl (ld_sidecar *sidecar, const ld_input *in);
/* A file's name in NFC, as some systems write it and others do not; NULL for
** one in ASCII, which has no other form, one that is too long, and without memory:
** then the arena has failed. */
const char *ld_given_composed (ld_arena *arena, const char *name, size_t n);
/* Memory is gone: the builder fails. */
static inline void ld_sidecar_starve (const ld_sidecar *sidecar) {
  if (!sidecar->builder->failure) sidecar->builder->failure = LESDIPLO_ENOMEM;
}
/* A terminated copy among its strings; NULL, and the builder has failed,
** without memory. */
const char *ld_sidecar_copy (ld_sidecar *sidecar, const char *bytes,
                             size_t n);

#endif
