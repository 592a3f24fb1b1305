/*
** files.c - files of entities, told apart by the ends of their names.
**
** They are read in C from end to end: no error of Lua's passes through, so that
** what is open is closed again. What is wrong in them goes to who named them.
*/
#include <string.h>
#include <strings.h>

#include "bind/entity/rows.h"

/* Its address is the key of the registry. */
static const char files_key;

static const char *const endings[LD_ENTITY_FORMATS] = { "txt", "csv", "jsonl" };

enum ld_entity_format ld_bind_entity_format (const char *name) {
  int format = 0;
  while (format < LD_ENTITY_FORMATS && strcasecmp(name, endings[format]) != 0)
    format++;
  return (enum ld_entity_format)format;
}

enum ld_entity_format ld_bind_entity_file (const char *path) {
  const char *point = strrchr(path, '.');
  return point ? ld_bind_entity_format(point + 1) : LD_ENTITY_FORMATS;
}

static bool take_row (void *data, uint32_t line, const ld_cell *cells,
                      size_t count) {
  ld_entity_text *to = data;
  to->rows++;
  return ld_entity_row(to->all, line, cells, count, to->complain, to->data);
}

static void take_complaint (void *data, uint32_t line, const char *message) {
  const ld_entity_text *to = data;
  to->complain(to->data, line, message);
}

bool ld_entity_read (ld_entity_text *to, const char *bytes, size_t n) {
  const ld_given_rows table = { to->memory, "id", take_row, take_complaint, to };
  switch (to->format) {
    case LD_ENTITY_CSV: return ld_given_csv(&table, bytes, n);
    case LD_ENTITY_JSONL: return ld_given_jsonl(&table, bytes, n);
    default:
      return ld_gazetteer_read(to->all, bytes, n, to->complain, to->data);
  }
}


/* ----------------------------------------------------------------------
** Files
*/

void ld_bind_entities_set (lua_State *L, const ld_bind_entities *files) {
  lua_pushlightuserdata(L, (void *)(uintptr_t)files);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &files_key);
}

/* A file that is being read. */
typedef struct reading {
  const ld_bind_entities *files;
  const char *path;
} reading;

static void warn (void *data, uint32_t line, const char *message) {
  const reading *r = data;
  r->files->warn(r->files->data, r->path, line, message);
}

static int read_file (const reading *r, ld_gazetteer *all, ld_memory *memory,
                      lesdiplo_error *error) {
  ld_text_file text;
  ld_entity_text to = { all, memory, ld_bind_entity_file(r->path), warn,
                        (void *)(uintptr_t)r, 0 };
  const int code = ld_text_file_open(&text, memory, r->path, error);
  if (code != LESDIPLO_OK) return code;
  const bool good = ld_entity_read(&to, text.bytes, text.n);
  ld_text_file_close(&text);
  return good ? LESDIPLO_OK : LESDIPLO_ENOMEM;
}

void ld_entity_files (lua_State *L, ld_gazetteer *all, ld_memory *memory) {
  lesdiplo_error error;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &files_key);
  const ld_bind_entities *files = lua_touserdata(L, -1);
  lua_pop(L, 1);
  for (size_t i = 0; files && i < files->count; i++) {
    const reading r = { files, files->paths[i] };
    const int code = read_file(&r, all, memory, &error);
    if (code == LESDIPLO_ENOMEM) ld_raise_no_memory(L);
    if (code != LESDIPLO_OK) files->fail(L, &error);
  }
  if (!ld_gazetteer_seal(all)) ld_raise_no_memory(L);
}
