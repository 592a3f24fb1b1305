/*
** json.c - records with a `text`: JSON lines, an object, an array of objects.
**
** The source of such a document is its decoded text: that is what its offsets
** count. The other strings of the record are its metadata, and win over what
** the text would tell. A record that does not parse is a note; the rest is
** read.
*/
#include <stdio.h>
#include <string.h>

#include "read/given/given.h"

/* The fields of one record, copied: the parser lends them. */
typedef struct record {
  ld_arena *arena;
  struct { const char *name, *value; size_t n; } fields[64];
  int count;
  const char *text, *id;
  size_t text_length;
  bool text_is_wrong;       /* a `text` that is no string */
} record;

static void keep (void *data, const ld_json_field *f) {
  record *r = data;
  if (f->name_length == 4 && memcmp(f->name, "text", 4) == 0) {
    r->text = f->is_string ? f->value : NULL;   /* lent: stored by the caller */
    r->text_length = f->value_length;
    r->text_is_wrong = !f->is_string;
    return;
  }
  if (r->count == (int)(sizeof r->fields / sizeof *r->fields)) return;
  const char *name = ld_arena_string(r->arena, f->name, f->name_length);
  const char *value = ld_arena_string(r->arena, f->value, f->value_length);
  if (!name || !value) return;
  if (strcmp(name, "id") == 0) { r->id = *value ? value : NULL; return; }
  r->fields[r->count].name = name;
  r->fields[r->count].n = f->value_length;
  r->fields[r->count++].value = value;
}

/* The hour of 2026-01-31T10:30:00 is kept beside the day: what is said at an
** hour speaks of "in two hours". */
static void set_hour (ld_builder *b, const char *value, size_t n) {
  int h, minute, used = 0;
  char rest[9] = "";
  if (n < 16 || (value[10] != 'T' && value[10] != ' ')) return;
  memcpy(rest, value + 11, n - 11 < 8 ? n - 11 : 8);
  if (sscanf(rest, "%2d:%2d%n", &h, &minute, &used) == 2 && used == 5 &&
      h >= 0 && h < 24 && minute >= 0 && minute < 60)
    ld_builder_more(b, "date_time", rest, strlen(rest));
}

/* Values that have to be of a form are left out where they are not. */
static void set_date (ld_builder *b, const char *value, size_t n) {
  ld_given_day day;
  if (ld_given_date(value, n, &day)) {
    ld_given_set_date(b, &day, "field date of the record");
    set_hour(b, value, n);
  } else
    ld_builder_note(b, LESDIPLO_EFORMAT, b->doc->id, 0,
                    "its date \"%.40s\" is none that is known; write it as "
                    "2026-01-31", value);
}

static void set_language (ld_builder *b, const char *value, size_t n) {
  char code[LD_LANGUAGE];
  if (n == 0) return;
  if (ld_given_language(value, n, code))
    ld_builder_field(b, LD_F_LANG, code, strlen(code));
  else
    ld_builder_note(b, LESDIPLO_EFORMAT, b->doc->id, 0,
                    "its language \"%.40s\" is none of ISO 639, and is told "
                    "by its words; write en, zh, ru, fr", value);
}

static void set_fields (ld_builder *b, const record *r, ld_hints *hints) {
  static const struct { const char *name; enum ld_field_id id; } known[] = {
    { "title", LD_F_TITLE }, { "source", LD_F_SOURCE },
    { "byline", LD_F_BYLINE }, { "author", LD_F_BYLINE },
    { "dateline", LD_F_DATELINE }
  };
  for (int i = 0; i < r->count; i++) {
    const char *name = r->fields[i].name, *value = r->fields[i].value;
    bool done = false;
    for (size_t k = 0; k < sizeof known / sizeof *known && !done; k++)
      if ((done = strcmp(name, known[k].name) == 0))
        ld_builder_field(b, known[k].id, value, r->fields[i].n);
    if (strcmp(name, "date") == 0) set_date(b, value, r->fields[i].n);
    else if (strcmp(name, "lang") == 0 || strcmp(name, "language") == 0)
      set_language(b, value, r->fields[i].n);
    else if (strcmp(name, "kind") == 0) hints->kind = value;
    else if (!done) ld_builder_more(b, name, value, r->fields[i].n);
  }
}

static void read_record (ld_reading *reading, ld_json *json, ld_arena *arena,
                         const ld_input *file, uint32_t line,
                         const char *bytes, size_t n) {
  ld_builder *b = reading->builder;
  record r = { arena, { { NULL, NULL, 0 } }, 0, NULL, NULL, 0, false };
  const char *wrong = ld_json_object(json, bytes, n, keep, &r);
  if (wrong || !r.text || ld_is_blank(r.text, r.text_length)) {
    ld_builder_note(b, LESDIPLO_EFORMAT, file->name, line,
                    "this record is left out: %s",
                    wrong ? wrong
                    : r.text_is_wrong ? "its \"text\" is not a string"
                    : r.text ? "its \"text\" is empty"
                             : "it has no \"text\"");
    return;
  }
  char place[LD_ID_MAX + 16];
  snprintf(place, sizeof place, "%.*s:%u", LD_ID_MAX, file->name, line);
  const char *source = ld_builder_store(b, r.text, r.text_length);
  if (!source) return;
  ld_input in;
  ld_input_lend(&in, reading, place, source, r.text_length);
  in.path = file->path;
  in.charset = file->charset;
  memcpy(in.charset_how, file->charset_how, sizeof in.charset_how);
  if (r.id && strlen(r.id) <= LD_ID_MAX) in.name = r.id;
  ld_hints hints = { .kind = NULL };
  ld_read_begin_text(reading, &in);
  if (b->doc) {
    set_fields(b, &r, &hints);
    ld_read_finish_text(reading, &hints);
  }
}

/* Passes a string whose first quote stands at p. */
static const char *string_end (const char *p, const char *end) {
  for (p++; p < end && *p != '"'; p++)
    if (*p == '\\') p++;
  return p < end ? p + 1 : end;
}

const char *ld_json_next (const char *bytes, size_t n, size_t *at,
                          size_t *length) {
  const char *p = bytes + *at, *end = bytes + n, *start = NULL;
  long depth = 0;
  while (p < end) {
    char c = *p;
    if (c == '"') { p = string_end(p, end); continue; }
    if (c == '{' && depth++ == 0) start = p;
    p++;
    if (c == '}' && depth > 0 && --depth == 0) break;
  }
  *at = (size_t)(p - bytes);
  *length = start ? (size_t)(p - start) : 0;
  return start;
}

void ld_read_json (ld_reading *reading, const ld_input *in, bool lines) {
  ld_builder *b = reading->builder;
  const char *bytes = in->bytes;
  size_t n = in->n;
  ld_json *json = ld_json_new();
  if (!json) { if (!b->failure) b->failure = LESDIPLO_ENOMEM; return; }
  uint32_t line = 1, records = 0;
  size_t at = 0;
  while (at < n && !b->failure) {
    const char *start = bytes + at;
    size_t length;
    if (lines) {
      const char *q = memchr(start, '\n', n - at);
      length = q ? (size_t)(q - start) : n - at;
      at += length + 1;
    } else {
      size_t from = at;
      start = ld_json_next(bytes, n, &at, &length);
      if (!start) break;
      records++;
      line += ld_count_lines(bytes + from, start);
    }
    ld_arena arena;
    ld_arena_init(&arena, &b->corpus->memory);
    if (ld_skip_space(start, start + length) < start + length)
      read_record(reading, json, &arena, in, line, start, length);
    if (arena.failed && !b->failure) b->failure = LESDIPLO_ENOMEM;
    ld_arena_free(&arena);
    line += lines ? 1 : ld_count_lines(start, start + length);
  }
  if (!lines && !records && !b->failure)
    ld_builder_note(b, LESDIPLO_EFORMAT, in->name, 0,
                    "left out: no object in it; a record is an object with a "
                    "\"text\"");
  ld_json_free(json);
}
