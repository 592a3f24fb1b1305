/*
** sidecar.c - metadata.csv and metadata.jsonl: what people say of the documents
** of a folder, in a file beside them.
**
** A sidecar is read when the walk first comes to its folder, and forgotten when
** it leaves it; those of the folders above stay. So they form a stack, and a
** document is looked up in each of them, the nearest first: one look-up a map,
** however many rows there are. What is wrong in a row is a note with its line;
** the rest of the row, and the rest of the rows, hold.
*/
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "read/given/given.h"

static const char CSV[] = "metadata.csv", JSONL[] = "metadata.jsonl";

static ld_memory *memory_of (const ld_sidecar *s) {
  return &s->builder->corpus->memory;
}

static void see_text (void *data, const ld_json_field *f) {
  *(bool *)data |= f->name_length == 4 && memcmp(f->name, "text", 4) == 0;
}

/* Does the first line have a text? Then it is a file of documents that happens
** to have that name. */
static bool holds_documents (const char *bytes, size_t n) {
  const char *p = bytes, *end = p + n;
  if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3;
  p = ld_skip_space(p, end);
  const char *stop = memchr(p, '\n', (size_t)(end - p));
  bool text = false;
  ld_json *json = ld_json_new();
  if (json)
    ld_json_object(json, p, (size_t)((stop ? stop : end) - p), see_text,
                   &text);
  ld_json_free(json);
  return text;
}

/* The length of the folder in a path, its slash with it. */
static size_t folder_of (const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? (size_t)(slash + 1 - path) : 0;
}

bool ld_sidecar_is (const char *name, const char *bytes, size_t n) {
  name += folder_of(name);
  return strcasecmp(name, CSV) == 0 ||
         (strcasecmp(name, JSONL) == 0 && !holds_documents(bytes, n));
}


/* ---------------------------------------------------------------- a stack */

/* Says which rows speak of nothing. */
static void note_unused (const ld_sidecar *s) {
  for (uint32_t i = 0; i < s->row_count; i++) {
    const ld_given_row *r = s->rows + i;
    if (r->used) continue;
    if (!r->id)
      ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, r->line,
                      "no file here is called '%.300s': check its name; it is "
                      "the path below this folder", r->file);
    else
      ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, r->line,
                      "no document%s%.300s has the id '%.200s': check it; "
                      "lesdiplo corpus -f csv lists them",
                      r->file ? " of " : "", r->file ? r->file : "", r->id);
  }
}

static void destroy (ld_sidecar *s) {
  ld_memory *memory = memory_of(s);
  ld_map_free(&s->names);
  ld_map_free(&s->files);
  ld_map_free(&s->ids);
  ld_map_free(&s->both);
  ld_map_free(&s->composed);
  ld_memory_free(memory, s->columns, s->column_size * sizeof *s->columns);
  ld_memory_free(memory, s->cells, s->cell_size * sizeof *s->cells);
  ld_memory_free(memory, s->rows, s->row_size * sizeof *s->rows);
  ld_arena_free(&s->arena);
  ld_memory_free(memory, s, sizeof *s);
}

/* Forgets the sidecar on the top. */
static void leave (ld_reading *reading) {
  ld_sidecar *s = reading->sidecar;
  if (!s->builder->failure) note_unused(s);
  reading->sidecar = s->above;
  destroy(s);
}

/* An empty one for the folder of its name; NULL without memory. Those of longer
** folders stay above it: of two that hold a document the nearer comes first. */
static ld_sidecar *enter (ld_reading *reading, const char *name) {
  ld_memory *memory = &reading->builder->corpus->memory;
  ld_sidecar *s = ld_memory_new(memory, sizeof *s), **at = &reading->sidecar;
  if (!s) {
    if (!reading->builder->failure)
      reading->builder->failure = LESDIPLO_ENOMEM;
    return NULL;
  }
  memset(s, 0, sizeof *s);
  s->builder = reading->builder;
  ld_arena_init(&s->arena, memory);
  ld_map_init(&s->names, memory);
  ld_map_init(&s->files, memory);
  ld_map_init(&s->ids, memory);
  ld_map_init(&s->both, memory);
  ld_map_init(&s->composed, memory);
  s->folder = ld_sidecar_copy(s, name, folder_of(name));
  s->name = ld_sidecar_copy(s, name, strlen(name));
  if (!s->folder || !s->name) {
    destroy(s);
    return NULL;
  }
  while (*at && strlen((*at)->folder) > folder_of(name)) at = &(*at)->above;
  s->above = *at;
  return *at = s;
}

/* Reads one; NULL without memory. */
static ld_sidecar *add (ld_reading *reading, const char *name,
                        const char *bytes, size_t n) {
  ld_sidecar *s = enter(reading, name);
  ld_input in;
  if (!s || !ld_input_open(&in, reading, s->name, bytes, n, NULL)) return s;
  if (in.refused)
    ld_builder_note(s->builder, LESDIPLO_EFORMAT, s->name, 1, "is no table: it "
                    "%s", in.refused);
  else if (strcasecmp(name + folder_of(name), JSONL) == 0)
    ld_sidecar_read_jsonl(s, &in);
  else
    ld_sidecar_read_csv(s, &in);
  ld_input_free(&in);
  return s;
}

void ld_sidecar_add (ld_reading *reading, const char *name, const char *bytes,
                     size_t n) {
  add(reading, name, bytes, n);
}

/* How the two are written in a folder, for people write METADATA.CSV, too. */
typedef struct names {
  char csv[sizeof CSV], jsonl[sizeof JSONL];    /* empty: not there */
} names;

/* Takes what a file of the folder is called, if that is the name sought: as it
** should be before any other case, and of those the first by their bytes. */
static void take_name (char *found, const char *sought, const char *name) {
  if (strcasecmp(name, sought) == 0 && strcmp(found, sought) != 0 &&
      (!*found || strcmp(name, sought) == 0 || strcmp(name, found) < 0))
    memcpy(found, name, strlen(sought) + 1);
}

/* Looks through a folder, "" for where we are, once for both. */
static names find_names (const char *path) {
  names found = { "", "" };
  DIR *folder = opendir(*path ? path : ".");
  for (struct dirent *e; folder && (e = readdir(folder)) != NULL;) {
    take_name(found.csv, CSV, e->d_name);
    take_name(found.jsonl, JSONL, e->d_name);
  }
  if (folder) closedir(folder);
  return found;
}

/* Opens the file of that name in the folder, n bytes of 'path'. */
static bool open_beside (ld_reading *reading, ld_buffer *path, size_t n,
                         const char *name, ld_file *file) {
  lesdiplo_error error;
  path->used = n;
  ld_buffer_puts(path, name);
  int code = path->failed ? LESDIPLO_ENOMEM
                          : ld_file_open(file, path->memory, path->bytes,
                                         &error);
  if (code == LESDIPLO_ENOMEM && !reading->builder->failure)
    reading->builder->failure = code;
  return code == LESDIPLO_OK;
}

/* Reads the sidecar of a folder, if it has one. 'path' leads to the folder with
** n bytes; what the corpus knows of it begins at byte 'above'. */
static void look_into (ld_reading *reading, const char *path, size_t n,
                       size_t above) {
  ld_builder *b = reading->builder;
  ld_buffer place;
  ld_file file;
  ld_sidecar *csv = NULL;
  ld_buffer_init(&place, &b->corpus->memory);
  ld_buffer_add(&place, path, n);
  const names found = find_names(place.failed ? "" : ld_buffer_text(&place));
  if (*found.csv && open_beside(reading, &place, n, found.csv, &file)) {
    csv = add(reading, place.bytes + above, file.bytes, file.size);
    ld_file_close(&file);
  }
  if (*found.jsonl && !b->failure &&
      open_beside(reading, &place, n, found.jsonl, &file)) {
    const char *name = place.bytes + above;
    bool is = !holds_documents(file.bytes, file.size);
    if (is && csv) {
      ld_builder_note(b, LESDIPLO_EFORMAT, name, 0, "left out: %s stands "
                      "beside it; put all into one of them", found.csv);
      csv->other = ld_sidecar_copy(csv, name, strlen(name));
    } else if (is) {
      add(reading, name, file.bytes, file.size);
    }
    ld_file_close(&file);
  }
  if (place.failed && !b->failure) b->failure = LESDIPLO_ENOMEM;
  ld_buffer_free(&place);
}

/* Does the path lie below the folder? */
static bool is_below (const char *path, const char *folder) {
  return strncmp(path, folder, strlen(folder)) == 0;
}

/* Is the file that is being visited one that was read as a sidecar? */
static bool is_read (const ld_sidecar *s, const char *name) {
  return s && (strcmp(s->name, name) == 0 ||
               (s->other && strcmp(s->other, name) == 0));
}

bool ld_sidecar_visit (ld_reading *reading, const char *path,
                       const char *name) {
  ld_buffer *in = &reading->entered;
  const size_t n = folder_of(name);
  const size_t above = strlen(path) - strlen(name);
  while (reading->sidecar && !is_below(name, reading->sidecar->folder))
    leave(reading);
  size_t same = 0;
  while (same < n && same < in->used && name[same] == in->bytes[same]) same++;
  while (same > 0 && name[same - 1] != '/') same--;
  if (!in->memory) {
    ld_buffer_init(in, &reading->builder->corpus->memory);
    look_into(reading, path, above, above);
  }
  while (same < n && !reading->builder->failure) {
    same = (size_t)((const char *)memchr(name + same, '/', n - same) - name) +
           1;
    look_into(reading, path, above + same, above);
  }
  ld_buffer_clear(in);
  ld_buffer_add(in, name, n);
  if (in->failed && !reading->builder->failure)
    reading->builder->failure = LESDIPLO_ENOMEM;
  ld_sidecar_seen(reading, name);
  return is_read(reading->sidecar, name);
}

void ld_sidecar_end (ld_reading *reading) {
  while (reading->sidecar) leave(reading);
  if (reading->entered.memory) ld_buffer_free(&reading->entered);
  memset(&reading->entered, 0, sizeof reading->entered);
}


/* --------------------------------------------------------------- look-ups */

static ld_given_row *find (ld_sidecar *s, const ld_map *map, const char *key,
                           size_t n) {
  uint32_t at;
  if (!ld_map_get(map, key, n, &at)) return NULL;
  s->rows[at].used = true;
  return s->rows + at;
}

/* The row of the first n bytes of a path. */
static ld_given_row *find_file (ld_sidecar *s, const char *path, size_t n) {
  const size_t folder = strlen(s->folder);
  if (n <= folder) return NULL;
  ld_given_row *row = find(s, &s->files, path + folder, n - folder);
  if (row || !s->composed.count) return row;
  ld_arena arena;
  ld_arena_init(&arena, memory_of(s));
  const char *name = ld_given_composed(&arena, path + folder, n - folder);
  if (name) row = find(s, &s->composed, name, strlen(name));
  if (arena.failed) ld_sidecar_starve(s);
  ld_arena_free(&arena);
  return row;
}

static ld_given_row *find_both (ld_sidecar *s, const char *path,
                                const char *id) {
  if (!s->both.count) return NULL;
  ld_given_row *found = NULL;
  ld_buffer key;
  ld_buffer_init(&key, memory_of(s));
  ld_buffer_puts(&key, id);
  ld_buffer_char(&key, '\n');
  ld_buffer_puts(&key, path + strlen(s->folder));
  if (key.failed) ld_sidecar_starve(s);
  else found = find(s, &s->both, key.bytes, key.used);
  ld_buffer_free(&key);
  return found;
}

/* The length of the archive's path in that of its member, "a.zip!/b.txt": of
** the innermost one in the first n bytes; 0 where there is none. */
static size_t archive_of (const char *path, size_t n) {
  while (n-- > 1)
    if (path[n - 1] == '!' && path[n] == '/') return n - 1;
  return 0;
}

void ld_sidecar_seen (ld_reading *reading, const char *path) {
  for (ld_sidecar *s = reading->sidecar; s; s = s->above)
    if (is_below(path, s->folder)) find_file(s, path, strlen(path));
}

static const char *charset_of (const ld_sidecar *s, const ld_given_row *r) {
  for (uint32_t i = 0; r && i < r->count; i++) {
    const ld_given_cell *c = s->cells + r->first + i;
    if (s->columns[c->column].slot == LD_G_CHARSET) return c->value;
  }
  return NULL;
}

const char *ld_sidecar_charset (ld_reading *reading, const char *path) {
  const char *found = NULL;
  for (ld_sidecar *s = reading->sidecar; s && !found; s = s->above)
    if (is_below(path, s->folder))
      for (size_t n = strlen(path); n && !found; n = archive_of(path, n))
        found = charset_of(s, find_file(s, path, n));
  return found;
}

static void apply_value (const ld_sidecar *s, const ld_given_cell *cell,
                         const char *place) {
  ld_builder *b = s->builder;
  const ld_given_column *c = s->columns + cell->column;
  const size_t n = strlen(cell->value);
  if (c->slot == LD_G_FURTHER) ld_builder_more(b, c->name, cell->value, n);
  if (c->slot != LD_G_FIELD) return;
  if (c->field == LD_F_DATE) {
    ld_given_day day;
    snprintf(day.value, sizeof day.value, "%s", cell->value);
    day.precision = ld_given_precision(day.value);
    ld_given_set_date(b, &day, place);
  } else if (c->field == LD_F_LANG) {
    ld_builder_field(b, c->field, cell->value, n);
  } else {
    ld_builder_later(b, c->field, cell->value, n);
  }
}

/* Gives the open document the values of a row, and adds its place to those that
** have given some. Title, source and the like wait until the document was read:
** it is to be read as it would be without them. */
static void apply (const ld_sidecar *s, const ld_given_row *r,
                   ld_buffer *places) {
  if (!r || !r->count) return;
  if (places->used) ld_buffer_puts(places, ", ");
  const size_t from = places->used;
  ld_buffer_format(places, "%s:%u", s->name, r->line);
  for (uint32_t i = 0; i < r->count && !places->failed; i++)
    apply_value(s, s->cells + r->first + i, places->bytes + from);
}

void ld_sidecar_apply (ld_reading *reading, const char *path) {
  ld_builder *b = reading->builder;
  if (!reading->sidecar || !b->doc) return;
  const char *id = b->doc->id;
  ld_buffer places;
  ld_buffer_init(&places, &b->corpus->memory);
  for (ld_sidecar *s = reading->sidecar; s; s = s->above) {
    if (!is_below(path, s->folder)) continue;
    apply(s, find_both(s, path, id), &places);
    apply(s, find(s, &s->ids, id, strlen(id)), &places);
    for (size_t n = strlen(path); n; n = archive_of(path, n))
      apply(s, find_file(s, path, n), &places);
  }
  if (places.used) ld_builder_more(b, "metadata", places.bytes, places.used);
  if (places.failed) ld_sidecar_starve(reading->sidecar);
  ld_buffer_free(&places);
}
