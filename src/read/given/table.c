/*
** table.c - tables that people keep for us, row by row: CSV and JSON lines, and the
** text of such a file.
**
** A table has to be in UTF-8, or to say by its first bytes in what else: names
** that were guessed wrong would be found nowhere, and nobody would see why. Rows
** in other bytes are told one by one.
*/
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "read/charset/charset.h"
#include "read/given/given.h"


/* ------------------------------------------------------------------- text */

static bool decode (ld_text_file *text, const ld_charset *charset,
                    size_t mark) {
  ld_decoder decoder;
  ld_row row;
  char *out;
  ld_decoder_open(&decoder, charset, text->file.bytes, mark, text->file.size);
  while ((out = ld_area_room(&text->decoded, LD_ROW_MAX)) != NULL &&
         ld_decoder_next(&decoder, out, &row))
    ld_area_take(&text->decoded, row.n);
  const bool failed = decoder.failed;
  ld_decoder_close(&decoder);
  text->n = text->decoded.used;
  char *padding = ld_area_take(&text->decoded, LD_PADDING);
  if (failed || !padding) return false;
  memset(padding, 0, LD_PADDING);
  text->bytes = text->decoded.base;
  return true;
}

int ld_text_file_open (ld_text_file *text, ld_memory *memory, const char *path,
                       lesdiplo_error *error) {
  size_t mark = 0;
  ld_area_init(&text->decoded, memory);
  const int code = ld_file_open(&text->file, memory, path, error);
  if (code != LESDIPLO_OK) return code;
  const ld_charset *charset =
    ld_plan_mark(text->file.bytes, text->file.size, &mark);
  text->bytes = text->file.bytes + mark;
  text->n = text->file.size - mark;
  if (ld_is_utf8(charset) || decode(text, charset, mark)) return LESDIPLO_OK;
  ld_text_file_close(text);
  return ld_fail_memory(error);
}

void ld_text_file_close (ld_text_file *text) {
  ld_area_free(&text->decoded);
  ld_file_close(&text->file);
}


/* -------------------------------------------------------------------- CSV */

static const char NOT_UTF8[] =
  "this row is not UTF-8, and is passed over: save the file as UTF-8, or run: "
  "iconv -f ENCODING -t UTF-8 FILE";

/* A CSV file while it is read. */
typedef struct csv_reader {
  const ld_given_rows *table;
  ld_csv csv;
  ld_arena arena;
  ld_cell *columns;          /* their names; one without a name is passed over */
  ld_cell *cells;            /* room for those of a row */
  uint32_t count;            /* of columns */
} csv_reader;

/* Whether the row that was read last is good UTF-8. */
static bool is_good (const csv_reader *r) {
  for (uint32_t i = 0; i < r->csv.count; i++) {
    size_t n;
    const char *cell = ld_csv_cell(&r->csv, i, &n);
    if (!ld_utf8_valid(cell, n)) return false;
  }
  return true;
}

/* Keeps the names of the columns; false without memory. */
static bool keep_columns (csv_reader *r) {
  const size_t size = r->csv.count * sizeof *r->columns;
  r->count = r->csv.count;
  r->columns = ld_arena_take(&r->arena, size);
  r->cells = ld_arena_take(&r->arena, size);
  for (uint32_t i = 0; !r->arena.failed && i < r->count; i++) {
    size_t n;
    const char *name = ld_csv_cell(&r->csv, i, &n);
    r->columns[i].name = ld_arena_string(&r->arena, name, n);
    r->columns[i].name_length = n;
  }
  return !r->arena.failed;
}

/* Is there the column that has to be there? */
static bool has_key (const csv_reader *r) {
  for (uint32_t i = 0; i < r->count; i++)
    if (strcasecmp(r->columns[i].name, r->table->key) == 0) return true;
  return false;
}

/* The first line; false where no row can be read. */
static bool read_columns (csv_reader *r) {
  const ld_given_rows *t = r->table;
  char message[160];
  if (!ld_csv_row(&r->csv)) {
    if (!r->csv.text.failed) t->complain(t->data, 1, "the table is empty");
    return false;
  }
  if (!is_good(r)) t->complain(t->data, r->csv.line, NOT_UTF8);
  if (!keep_columns(r)) return false;
  if (has_key(r)) return true;
  snprintf(message, sizeof message, "the table is left out: its first line names "
           "the columns, and none is called %s", t->key);
  t->complain(t->data, r->csv.line, message);
  return false;
}

/* The row that was read last. */
static bool give_row (csv_reader *r) {
  const ld_given_rows *t = r->table;
  size_t count = 0;
  if (!is_good(r)) {
    t->complain(t->data, r->csv.line, NOT_UTF8);
    return true;
  }
  ld_csv_check(&r->csv, r->count, t->complain, t->data);
  for (uint32_t i = 0; i < r->csv.count && i < r->count; i++) {
    ld_cell cell = r->columns[i];
    cell.value = ld_csv_cell(&r->csv, i, &cell.value_length);
    if (cell.name_length > 0 && cell.value_length > 0) r->cells[count++] = cell;
  }
  return t->row(t->data, r->csv.line, r->cells, count);
}

bool ld_given_csv (const ld_given_rows *table, const char *bytes, size_t n) {
  csv_reader r = { .table = table };
  bool good = true;
  ld_csv_init(&r.csv, table->memory, bytes, n);
  ld_arena_init(&r.arena, table->memory);
  if (read_columns(&r))
    while (good && ld_csv_row(&r.csv)) good = give_row(&r);
  good = good && !r.csv.text.failed && !r.arena.failed;
  ld_csv_free(&r.csv);
  ld_arena_free(&r.arena);
  return good;
}


/* ------------------------------------------------------------- JSON lines */

/* The cells of one object: areas do not move, so that they can be pointed to. */
typedef struct json_row {
  ld_area cells, text;
} json_row;

static void take_cell (void *data, const ld_json_field *f) {
  json_row *row = data;
  const char *value = ld_skip_space(f->value, f->value + f->value_length);
  const char *end = ld_trim_space(value, f->value + f->value_length);
  ld_cell cell = { .name_length = f->name_length,
                   .value_length = (size_t)(end - value) };
  if (cell.name_length == 0 || cell.value_length == 0) return;
  cell.name = ld_area_push(&row->text, f->name, f->name_length);
  cell.value = ld_area_push(&row->text, value, cell.value_length);
  if (cell.value) ld_area_push(&row->cells, &cell, sizeof cell);
}

static void pass_cell (void *data, const ld_json_field *f) {
  (void)data;
  (void)f;
}

/* One line that is not blank. */
static bool give_object (const ld_given_rows *t, ld_json *json, json_row *row,
                         uint32_t line, const char *bytes, size_t n) {
  char message[300];
  ld_area_cut(&row->cells, 0);
  ld_area_cut(&row->text, 0);
  if (!ld_utf8_valid(bytes, n)) {
    t->complain(t->data, line, NOT_UTF8);
    return true;
  }
  if (*ld_skip_space(bytes, bytes + n) != '{') {
    snprintf(message, sizeof message, "this line is passed over: it is no object "
             "such as {\"%s\": \"...\"}, and a line has one", t->key);
    t->complain(t->data, line, message);
    return true;
  }
  const char *wrong = ld_json_object(json, bytes, n, pass_cell, NULL);
  if (!wrong) wrong = ld_json_tree(json, bytes, n, take_cell, row);
  if (wrong) {
    snprintf(message, sizeof message, "this line is passed over: %s", wrong);
    t->complain(t->data, line, message);
    return true;
  }
  if (row->cells.failed || row->text.failed) return false;
  return t->row(t->data, line, (const ld_cell *)(const void *)row->cells.base,
                row->cells.used / sizeof(ld_cell));
}

bool ld_given_jsonl (const ld_given_rows *table, const char *bytes, size_t n) {
  const char *p = bytes, *end = bytes + n;
  ld_json *json = ld_json_new();
  json_row row;
  bool good = json != NULL;
  ld_area_init(&row.cells, table->memory);
  ld_area_init(&row.text, table->memory);
  for (uint32_t line = 1; good && p < end; line++) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop) stop = end;
    const size_t length = (size_t)(stop - p);
    if (!ld_is_blank(p, length))
      good = give_object(table, json, &row, line, p, length);
    p = stop + (stop < end);
  }
  ld_area_free(&row.cells);
  ld_area_free(&row.text);
  ld_json_free(json);
  return good;
}
