/*
** rows.c - the rows of a sidecar, out of CSV or JSON lines.
**
** A row is a key (the file or the id it speaks of) and the values that its
** fields accept; what they do not accept is a note, and the rest of the row
** holds. Which columns there are is told by their names.
*/
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "read/given/given.h"

enum { NAME_MOST = 1024 };     /* bytes of a file's name in other letters */

/* ----------------------------------------------------------------- arrays */

static ld_memory *memory_of (const ld_sidecar *s) {
  return &s->builder->corpus->memory;
}

/* Room for one more; NULL without memory. */
static void *grown (const ld_sidecar *s, void *array, uint32_t count,
                    uint32_t *size, size_t one) {
  if (count < *size) return array;
  const uint32_t more = *size * 2 + 16;
  void *moved = ld_memory_resize(memory_of(s), array, *size * one,
                                 more * one);
  if (moved) *size = more;
  else ld_sidecar_starve(s);
  return moved;
}

#define GROW(s, array, count, size) \
  grown(s, (s)->array, (s)->count, &(s)->size, sizeof *(s)->array)

const char *ld_sidecar_copy (ld_sidecar *s, const char *bytes, size_t n) {
  const char *place = ld_arena_string(&s->arena, bytes, n);
  if (!place) ld_sidecar_starve(s);
  return place;
}


/* ---------------------------------------------------------------- columns */

/* Further fields that readers find themselves: they need no prefix. */
static const char *const by_readers[] = {
  "url", "subtitle", "section", "editors", "dateline_place",
  "dateline_agency", "dateline_date"
};
/* What our own lists print of a document and nobody can set: they may stand
** here, so that such a list can be edited and put back. */
static const char *const ours[] = {
  "doc", "layer", "start", "end", "date_precision", "date_how", "sha256",
  "charset_how", "bytes", "words", "sentences", "duplicate", "like", "similarity", "cite",
  "metadata"
};
static const char *const named[] = {
  "file", "id", "title", "date", "source", "byline", "dateline", "lang",
  "kind", "url", "charset"
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *among (const char *name, const char *const *list,
                          size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcasecmp(name, list[i]) == 0) return list[i];
  return NULL;
}

static void note_unknown (const ld_sidecar *s, uint32_t line,
                          const char *name) {
  const char *best = NULL;
  int least = strlen(name) < 5 ? 2 : 3;       /* changes: fewer than that */
  char meant[64] = "";
  for (size_t i = 0; i < COUNT(named); i++) {
    int far = ld_distance(name, named[i], least);
    if (far >= least || far >= (int)strlen(name)) continue;
    best = named[i];
    least = far;
  }
  if (best) snprintf(meant, sizeof meant, "; did you mean %s?", best);
  ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, line,
                  "no field is called '%.60s'%s It is passed over; a field of "
                  "your own is written meta.%.60s", name,
                  best ? meant : ".", name);
}

/* What a name stands for. 'line' is where it stands. */
static ld_given_column column_of (const ld_sidecar *s, uint32_t line,
                         const char *name) {
  ld_given_column c = { name, LD_G_NOTHING,
                        ld_given_field(name, strlen(name)) };
  const char *further = among(name, by_readers, COUNT(by_readers));
  if (c.field < LD_F_COUNT) c.slot = LD_G_FIELD;
  else if (!strcasecmp(name, "file") || !strcasecmp(name, "filename") ||
           !strcasecmp(name, "path"))
    c.slot = LD_G_FILE;
  else if (!strcasecmp(name, "id")) c.slot = LD_G_ID;
  else if (!strcasecmp(name, "charset") || !strcasecmp(name, "encoding"))
    c.slot = LD_G_CHARSET;
  else if (strncasecmp(name, "meta.", 5) == 0 && name[5]) {
    c.slot = LD_G_FURTHER;
    c.name = name + 5;
  } else if (further) {
    c.slot = LD_G_FURTHER;
    c.name = further;
  } else if (*name && !among(name, ours, COUNT(ours)))
    note_unknown(s, line, name);
  return c;
}

/* The place of a column by its name, new or known; UINT32_MAX without
** memory. */
static uint32_t column_at (ld_sidecar *s, uint32_t line, const char *name,
                           size_t n) {
  uint32_t at;
  if (ld_map_get(&s->names, name, n, &at)) return at;
  const char *own = ld_sidecar_copy(s, name, n);
  ld_given_column *columns = GROW(s, columns, column_count, column_size);
  if (!own || !columns) return UINT32_MAX;
  s->columns = columns;
  columns[s->column_count] = column_of(s, line, own);
  ld_map_put(&s->names, own, n, s->column_count);
  if (s->names.failed) ld_sidecar_starve(s);
  return s->column_count++;
}


/* ------------------------------------------------------------------- rows */

/* A value that its field takes, in the form in which it is kept; NULL, with a
** note, for one that it does not take. */
static const char *accepted (ld_sidecar *s, uint32_t line,
                             const ld_given_column *c, const char *value,
                             size_t n) {
  ld_given_day day;
  char language[LD_LANGUAGE];
  const char *kind, *advice;
  UErrorCode error = U_ZERO_ERROR;
  const char *text = ld_sidecar_copy(s, value, n);
  if (!text) return NULL;
  if (c->slot == LD_G_CHARSET) {
    if (ucnv_countAliases(text, &error) > 0) return text;
    advice = "no charset that is known: write utf-8, windows-1252, gb18030";
  } else if (c->slot != LD_G_FIELD) {
    return text;
  } else if (c->field == LD_F_DATE) {
    if (ld_given_date(text, n, &day))
      return ld_sidecar_copy(s, day.value, strlen(day.value));
    advice = "no date, or may be one of two: write 2026-01-31";
  } else if (c->field == LD_F_LANG) {
    if (ld_given_language(text, n, language))
      return ld_sidecar_copy(s, language, strlen(language));
    advice = "no language by ISO 639: write en, zh, ru, fr";
  } else if (c->field == LD_F_KIND) {
    if ((kind = ld_given_kind(text, n)) != NULL) return kind;
    advice = "no kind: write news, wiki, policy, communique, speech, letter "
             "or other";
  } else {
    return text;
  }
  ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, line,
                  "%s: '%.60s' is %s", c->name, text, advice);
  return NULL;
}

/* Begins a row. */
static void row_begin (ld_sidecar *s, uint32_t line) {
  ld_given_row *rows = GROW(s, rows, row_count, row_size);
  if (!rows) return;
  s->rows = rows;
  rows[s->row_count] = (ld_given_row){ .line = line, .first = s->cell_count };
}

/* A file's name as the walk has it: with slashes, and without "./". */
static const char *tidy_path (ld_sidecar *s, const char *value, size_t n) {
  char *path = ld_arena_string(&s->arena, value, n);
  if (!path) {
    ld_sidecar_starve(s);
    return NULL;
  }
  if (!strchr(path, '/'))
    for (char *p = path; (p = strchr(p, '\\')) != NULL;) *p = '/';
  while (strncmp(path, "./", 2) == 0) path += 2;
  return path;
}

/* A value of the row that was begun. */
static void row_cell (ld_sidecar *s, uint32_t at, const char *value,
                      size_t n) {
  if (n == 0 || s->builder->failure || at == UINT32_MAX) return;
  ld_given_row *r = s->rows + s->row_count;
  const ld_given_column *c = s->columns + at;
  if (c->slot == LD_G_NOTHING) return;
  if (c->slot == LD_G_FILE) {
    if (!r->file) r->file = tidy_path(s, value, n);
    return;
  }
  const char *kept = accepted(s, r->line, c, value, n);
  if (!kept) return;
  if (c->slot == LD_G_ID) {
    r->id = kept;
    return;
  }
  ld_given_cell *cells = GROW(s, cells, cell_count, cell_size);
  if (!cells) return;
  s->cells = cells;
  cells[s->cell_count++] = (ld_given_cell){ at, kept };
}

/* "id\nfile" of a row that has both. */
static const char *both_of (ld_sidecar *s, const ld_given_row *r, size_t *n) {
  const size_t id = strlen(r->id), file = strlen(r->file);
  char *key = ld_arena_take(&s->arena, id + file + 2);
  if (!key) {
    ld_sidecar_starve(s);
    return NULL;
  }
  memcpy(key, r->id, id);
  key[id] = '\n';
  memcpy(key + id + 1, r->file, file);
  *n = id + file + 1;
  return key;
}

const char *ld_given_composed (ld_arena *arena, const char *name, size_t n) {
  UChar given[NAME_MOST], composed[NAME_MOST];
  char out[3 * NAME_MOST];
  int32_t length;
  UErrorCode error = U_ZERO_ERROR;
  size_t i = 0;
  while (i < n && (unsigned char)name[i] < 0x80) i++;
  if (i == n || n >= NAME_MOST) return NULL;
  u_strFromUTF8(given, NAME_MOST, &length, name, (int32_t)n, &error);
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
  length = unorm2_normalize(nfc, given, length, composed, NAME_MOST, &error);
  u_strToUTF8(out, sizeof out, &length, composed, length, &error);
  return U_SUCCESS(error) ? ld_arena_string(arena, out, (size_t)length) : NULL;
}

/* Puts the row into the map of its key; returns the row that has it now. */
static uint32_t enter_row (ld_sidecar *s, const ld_given_row *r) {
  const char *key = r->id ? r->id : r->file;
  size_t n = strlen(key);
  ld_map *map = r->id ? &s->ids : &s->files;
  if (r->id && r->file) {
    map = &s->both;
    key = both_of(s, r, &n);
  }
  if (!key) return s->row_count;
  const uint32_t at = ld_map_put(map, key, n, s->row_count);
  const char *composed = map == &s->files
                             ? ld_given_composed(&s->arena, key, n) : NULL;
  if (composed)
    ld_map_put(&s->composed, composed, strlen(composed), s->row_count);
  if (map->failed || s->composed.failed || s->arena.failed)
    ld_sidecar_starve(s);
  return at;
}

/* Is the row's id the very file that it names? Then it says it twice. */
static bool says_twice (const ld_sidecar *s, const ld_given_row *r) {
  const size_t n = strlen(s->folder);
  return r->id && r->file && strncmp(r->id, s->folder, n) == 0 &&
         strcmp(r->id + n, r->file) == 0;
}

/* Keeps the row that was begun, unless it says nothing or says it again. */
static void row_end (ld_sidecar *s) {
  if (s->builder->failure) return;
  ld_given_row *r = s->rows + s->row_count;
  const char *problem = NULL;
  char again[80];
  if (says_twice(s, r)) r->id = NULL;
  if (!r->file && !r->id)
    problem = "this row names no file, and is passed over";
  else {
    const uint32_t at = enter_row(s, r);
    if (at < s->row_count) {
      snprintf(again, sizeof again, "this row is passed over: line %u speaks "
               "of the same document", s->rows[at].line);
      problem = again;
    }
  }
  if (problem) {
    ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, r->line, "%s",
                    problem);
    s->cell_count = r->first;
    return;
  }
  r->count = s->cell_count - r->first;
  s->row_count++;
}


/* -------------------------------------------------------------------- CSV */

/* The first row; false, with a note, when it names no documents. */
static bool read_header (ld_sidecar *s, const ld_csv *csv) {
  bool tells = false;
  for (uint32_t i = 0; i < csv->count; i++) {
    size_t n;
    const char *name = ld_csv_cell(csv, i, &n);
    const uint32_t at = column_at(s, csv->line, name, n);
    if (at == UINT32_MAX) return false;
    tells |= s->columns[at].slot == LD_G_FILE || s->columns[at].slot == LD_G_ID;
    if (at == i || n == 0) continue;
    ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, csv->line,
                    "two columns are called '%.60s': where both have a value "
                    "the first is taken", s->columns[at].name);
  }
  if (!tells)
    ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, csv->line,
                    "left out: its first line has no column called file (or "
                    "id), so that no row says what it speaks of");
  return tells;
}

static void take_complaint (void *data, uint32_t line, const char *message) {
  const ld_sidecar *s = data;
  ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, line, "%s", message);
}

/* The places of a CSV file's columns, in their order: a name may come twice. */
static uint32_t *order_of (ld_sidecar *s, const ld_csv *csv) {
  uint32_t *order = ld_arena_take(&s->arena, csv->count * sizeof *order);
  if (!order) ld_sidecar_starve(s);
  for (uint32_t i = 0; order && i < csv->count; i++) {
    size_t n;
    const char *name = ld_csv_cell(csv, i, &n);
    order[i] = column_at(s, csv->line, name, n);
  }
  return order;
}

void ld_sidecar_read_csv (ld_sidecar *s, const ld_input *in) {
  ld_csv csv;
  ld_csv_init(&csv, memory_of(s), in->bytes, in->n);
  uint32_t *order = NULL, columns = 0;
  if (!ld_csv_row(&csv)) {
    if (!csv.text.failed)
      ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, 0,
                      "left out: it is empty");
  } else if (read_header(s, &csv)) {
    columns = csv.count;
    order = order_of(s, &csv);
  }
  while (order && ld_csv_row(&csv) && !s->builder->failure) {
    row_begin(s, csv.line);
    ld_csv_check(&csv, columns, take_complaint, s);
    for (uint32_t i = 0; i < csv.count && i < columns; i++) {
      size_t n;
      const char *value = ld_csv_cell(&csv, i, &n);
      row_cell(s, order[i], value, n);
    }
    row_end(s);
  }
  if (csv.text.failed) ld_sidecar_starve(s);
  ld_csv_free(&csv);
}


/* ------------------------------------------------------------- JSON lines */

static void take_field (void *data, const ld_json_field *f) {
  ld_sidecar *s = data;
  if (s->builder->failure) return;
  const uint32_t line = s->rows[s->row_count].line;
  const char *value = ld_skip_space(f->value, f->value + f->value_length);
  const char *end = ld_trim_space(value, f->value + f->value_length);
  row_cell(s, column_at(s, line, f->name, f->name_length), value,
           (size_t)(end - value));
}

static void pass_field (void *data, const ld_json_field *f) {
  (void)data;
  (void)f;
}

static void read_object (ld_sidecar *s, ld_json *json, const char *bytes,
                         size_t n, uint32_t line) {
  row_begin(s, line);
  if (s->builder->failure) return;
  const char *wrong = ld_json_object(json, bytes, n, pass_field, NULL);
  if (!wrong)           /* {"meta": {"x": 1}} is meta.x */
    wrong = ld_json_tree(json, bytes, n, take_field, s);
  if (!wrong) {
    row_end(s);
    return;
  }
  ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, line,
                  "this line is passed over: %s", wrong);
  s->cell_count = s->rows[s->row_count].first;
}

void ld_sidecar_read_jsonl (ld_sidecar *s, const ld_input *in) {
  ld_json *json = ld_json_new();
  if (!json) ld_sidecar_starve(s);
  const char *p = in->bytes, *end = p + in->n;
  for (uint32_t line = 1; json && p < end && !s->builder->failure; line++) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop) stop = end;
    if (!ld_is_blank(p, (size_t)(stop - p)))
      read_object(s, json, p, (size_t)(stop - p), line);
    p = stop + 1;
  }
  ld_json_free(json);
}
