/*
** csv.c - rows of comma-separated values.
**
** Our own: a warning has to name its line, and quotes go wrong in files that
** people edit. libcsv (LGPL, Debian's only one for C) counts no lines, and at
** a stray quote either ends or takes what follows into the cell.
*/
#include <stdio.h>
#include <string.h>

#include "read/given/given.h"

/* A cell of the row that was read last: bytes of csv->text. */
struct ld_csv_cell {
  size_t begin, end;
};

static bool is_line_end (char c) { return c == '\n' || c == '\r'; }

/* Passes the line end at p, if there is one. */
static const char *skip_line_end (const char *p, const char *end) {
  if (p < end && *p == '\r') p++;
  if (p < end && *p == '\n') p++;
  return p;
}

static uint32_t count_line_ends (const char *p, const char *end) {
  uint32_t count = 0;
  for (; p < end; p++)
    count += *p == '\n' || (*p == '\r' && !(p + 1 < end && p[1] == '\n'));
  return count;
}

/* Where the first line ends, and in it, outside quotes, the most frequent of
** the delimiters. */
static char find_delimiter (const char *p, const char *end) {
  static const char signs[] = ",;\t|";
  size_t counts[sizeof signs] = { 0 }, best = 0;
  bool quoted = false;
  for (; p < end && (quoted || !is_line_end(*p)); p++) {
    const char *sign = memchr(signs, *p, sizeof signs - 1);
    if (*p == '"') quoted = !quoted;
    else if (sign && !quoted) counts[sign - signs]++;
  }
  for (size_t i = 1; i < sizeof signs - 1; i++)
    if (counts[i] > counts[best]) best = i;
  return signs[best];
}

void ld_csv_init (ld_csv *csv, ld_memory *memory, const char *bytes,
                  size_t n) {
  memset(csv, 0, sizeof *csv);
  csv->p = bytes;
  csv->end = bytes + n;
  ld_buffer_init(&csv->text, memory);
  if (n > 5 && memcmp(bytes, "sep=", 4) == 0 && is_line_end(bytes[5])) {
    csv->delimiter = bytes[4];              /* a spreadsheet's own remark */
    csv->p = skip_line_end(bytes + 5, csv->end);
    csv->lines = 1;
    return;
  }
  csv->delimiter = find_delimiter(csv->p, csv->end);
}

/* Does a cell end at p? */
static bool at_cell_end (const ld_csv *csv, const char *p) {
  return p == csv->end || *p == csv->delimiter || is_line_end(*p);
}

static const char *skip_blanks (const ld_csv *csv, const char *p) {
  while (p < csv->end && (*p == ' ' || *p == '\t') && *p != csv->delimiter)
    p++;
  return p;
}

/*
** A cell in quotes, which stand at p; false, with csv as it was, when the
** closing one is missing or is followed by more. A scan that fails has stopped
** at a single quote, or at the end; those that begin before that place meet
** pairs of quotes only and are short, so that all of them together are linear.
*/
static bool read_quoted (ld_csv *csv, const char *p) {
  const size_t begin = csv->text.used;
  const char *from = ++p, *after;
  while ((p = memchr(p, '"', (size_t)(csv->end - p))) != NULL) {
    ld_buffer_add(&csv->text, from, (size_t)(p - from));
    if (p + 1 == csv->end || p[1] != '"') break;
    from = p + 1;                           /* the second of two is text */
    p += 2;
  }
  after = p ? skip_blanks(csv, p + 1) : NULL;
  if (!after || !at_cell_end(csv, after)) {
    csv->text.used = begin;
    return false;
  }
  csv->lines += count_line_ends(csv->p, after);
  csv->p = after;
  return true;
}

/* A cell as it stands; 'begin' is past its blanks. Where it is in quotes after
** all, and has others inside, the two are not part of it. */
static void read_plain (ld_csv *csv, const char *begin) {
  const char *from = csv->p, *end;
  while (!at_cell_end(csv, csv->p)) csv->p++;
  end = ld_trim_space(begin, csv->p);
  if (end - begin > 1 && *begin == '"' && end[-1] == '"') {
    from = begin + 1;
    end--;
  }
  ld_buffer_add(&csv->text, from, (size_t)(end - from));
}

static void add_cell (ld_csv *csv, size_t begin) {
  if (csv->count == csv->size) {
    const uint32_t size = csv->size * 2 + 16;
    struct ld_csv_cell *cells =
      ld_memory_resize(csv->text.memory, csv->cells,
                       csv->size * sizeof *cells, size * sizeof *cells);
    if (!cells) {
      csv->text.failed = true;
      return;
    }
    csv->cells = cells;
    csv->size = size;
  }
  csv->cells[csv->count++] = (struct ld_csv_cell){ begin, csv->text.used };
}

/* Reads a row; one that holds nothing at all has no cells. */
static void read_row (ld_csv *csv) {
  csv->line = csv->lines + 1;
  csv->broken = csv->count = 0;
  ld_buffer_clear(&csv->text);
  for (;;) {
    const size_t begin = csv->text.used;
    const char *quote = skip_blanks(csv, csv->p);
    if (quote == csv->end || *quote != '"') read_plain(csv, quote);
    else if (!read_quoted(csv, quote)) {
      if (!csv->broken) csv->broken = csv->lines + 1;
      read_plain(csv, quote);
    }
    add_cell(csv, begin);
    if (csv->p == csv->end || *csv->p != csv->delimiter) break;
    csv->p++;
  }
  if (csv->p < csv->end) csv->lines++;
  csv->p = skip_line_end(csv->p, csv->end);
  if (ld_is_blank(ld_buffer_text(&csv->text), csv->text.used)) csv->count = 0;
}

bool ld_csv_row (ld_csv *csv) {
  csv->count = 0;
  while (csv->count == 0 && csv->p < csv->end && !csv->text.failed)
    read_row(csv);
  return csv->count > 0 && !csv->text.failed;
}

const char *ld_csv_cell (const ld_csv *csv, uint32_t i, size_t *n) {
  const char *text = ld_buffer_text(&csv->text);
  const char *p = text + csv->cells[i].begin, *end = text + csv->cells[i].end;
  p = ld_skip_space(p, end);
  *n = (size_t)(ld_trim_space(p, end) - p);
  return p;
}

/* How many cells of a row hold something, from the front. */
static uint32_t filled (const ld_csv *csv) {
  size_t n = 0;
  uint32_t count = csv->count;
  while (count > 0 && (ld_csv_cell(csv, count - 1, &n), n == 0)) count--;
  return count;
}

void ld_csv_check (const ld_csv *csv, uint32_t columns, ld_complain *complain,
                   void *data) {
  char message[200];
  if (csv->broken)
    complain(data, csv->broken, "a cell in quotes has another quotation mark in "
             "it, or is not closed, and is read as it stands: inside quotes "
             "write \"\" for one");
  if (filled(csv) > columns)
    snprintf(message, sizeof message, "this row has %u cells, and the first "
             "line names %u columns: what is past them is passed over; is a "
             "comma not in quotes?", filled(csv), columns);
  else if (csv->count < columns)
    snprintf(message, sizeof message, "this row has %u cell%s, and the first "
             "line names %u columns: the others are taken as empty", csv->count,
             csv->count == 1 ? "" : "s", columns);
  else return;
  complain(data, csv->line, message);
}

void ld_csv_free (ld_csv *csv) {
  ld_memory_free(csv->text.memory, csv->cells,
                 csv->size * sizeof *csv->cells);
  ld_buffer_free(&csv->text);
}
