/*
** help.c - one table of what has help, from the registration tables in C and
** the comments in Lua; versions.
**
** The table is sorted once, when it is first asked for, by whichever thread
** comes first; it only points to what is compiled in.
*/
#include <libexttextcat/textcat.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uversion.h>
#include <xxhash.h>

#include "embedded.h"
#include "host/right/right.h"
#include "read/read.h"

LUAMOD_API int luaopen_lpeg (lua_State *L);

/* More names than we shall ever have; what is past it has no help. */
enum { MOST = 2048 };

static struct {
  pthread_once_t once;
  ld_help entries[MOST];
  uint32_t count;
} table = { .once = PTHREAD_ONCE_INIT };

static void add (const char *name, const char *text) {
  if (table.count == MOST) return;
  table.entries[table.count].name = name;
  table.entries[table.count++].text = text;
}

static void add_all (const ld_bind_entry *entries) {
  for (; entries->name; entries++) add(entries->name, entries->doc);
}

static int by_name (const void *a, const void *b) {
  return strcmp(((const ld_help *)a)->name, ((const ld_help *)b)->name);
}

static void make_table (void) {
  const ld_bind_entry *entry;
  for (uint32_t i = 0; (entry = ld_bind_help(i)) != NULL; i++)
    add(entry->name, entry->doc);
  add_all(ld_basic_entries);
  add_all(ld_control_entries);
  add_all(ld_environment_entries);
  add_all(ld_rows_entries);
  add_all(ld_files_entries);
  for (size_t i = 0; i < ld_lua_help_count; i++)
    add(ld_lua_help[i].name, ld_lua_help[i].text);
  qsort(table.entries, table.count, sizeof *table.entries, by_name);
}

const char *lesdiplo_help_name (uint32_t index) {
  pthread_once(&table.once, make_table);
  return index < table.count ? table.entries[index].name : NULL;
}

/* Whether both name the same: a dot will do for a colon. */
static bool is_same (const char *a, const char *b) {
  for (; *a && *b; a++, b++) {
    const bool marks = strchr(".:", *a) && strchr(".:", *b);
    if (*a != *b && !marks) return false;
  }
  return *a == *b;
}

/* Whether 'name' is the whole of 'full' or the end of it, behind a mark. */
static bool is_end (const char *full, const char *name) {
  const size_t n = strlen(name), m = strlen(full);
  return m > n && strchr(".:", full[m - n - 1]) && is_same(full + m - n, name);
}

const char *lesdiplo_help (const char *name) {
  pthread_once(&table.once, make_table);
  if (!name || !*name) return NULL;
  char full[128];
  if (name[0] == 'q' && name[1] == '.') {        /* local q = lesdiplo.query */
    snprintf(full, sizeof full, "lesdiplo.query.%s", name + 2);
    name = full;
  }
  for (uint32_t i = 0; i < table.count; i++)
    if (is_same(table.entries[i].name, name)) return table.entries[i].text;
  for (uint32_t i = 0; i < table.count; i++)
    if (is_end(table.entries[i].name, name)) return table.entries[i].text;
  return NULL;
}

/* The part behind the last mark. */
static const char *tail_of (const char *name) {
  const char *p = name + strlen(name);
  while (p > name && !strchr(".:", p[-1])) p--;
  return p;
}

const char *ld_help_nearest (const char *name, char *out, size_t size) {
  ld_text text;
  ld_near near = LD_NEAR_INIT(name), tails = LD_NEAR_INIT(tail_of(name));
  const char *full, *whole = NULL;
  ld_text_init(&text, out, size);
  for (uint32_t i = 0; (full = lesdiplo_help_name(i)) != NULL; i++) {
    ld_near_try(&near, full);
    const char *best = tails.best;
    ld_near_try(&tails, tail_of(full));
    if (tails.best != best) whole = full;
  }
  if (near.best) ld_text_format(&text, "; did you mean %s?", near.best);
  else if (whole) ld_text_format(&text, "; did you mean %s?", whole);
  return out;
}


/* ----------------------------------------------------------------------
** Versions
*/

const char *lesdiplo_version (void) {
  return LESDIPLO_VERSION;
}

static struct {
  pthread_once_t once;
  char text[800];
} versions = { .once = PTHREAD_ONCE_INIT };

/* "Lua 5.4.4" out of what the linked Lua says of itself. */
static void add_lua (ld_text *text) {
  const char *name = strstr(lua_ident, "Lua 5");
  const size_t n = name ? strcspn(name + 4, " ") + 4 : 0;
  ld_text_add(text, name ? name : "Lua", name ? n : 3);
  ld_text_add(text, "\n", 1);
}

/* lpeg.version is a function before 1.1, a string since. */
static int lpeg_version (lua_State *L) {
  luaL_requiref(L, "lpeg", luaopen_lpeg, 0);
  lua_getfield(L, -1, "version");
  if (lua_isfunction(L, -1)) lua_call(L, 0, 1);
  lua_pushfstring(L, "%s%s\n", strstr(lua_tostring(L, -1), "LPeg") ? ""
                                                                   : "LPeg ",
                  lua_tostring(L, -1));
  return 1;
}

static void add_lpeg (ld_text *text) {
  lua_State *L = luaL_newstate();
  if (!L) return;
  lua_pushcfunction(L, lpeg_version);
  if (lua_pcall(L, 0, 1, 0) == LUA_OK)
    ld_text_add(text, lua_tostring(L, -1), lua_rawlen(L, -1));
  lua_close(L);
}

/* Those that do not tell their version stand without one. */
static void make_versions (void) {
  ld_text text;
  UVersionInfo icu;
  char number[U_MAX_VERSION_STRING_LENGTH];
  const unsigned xxhash = XXH_versionNumber();
  ld_text_init(&text, versions.text, sizeof versions.text);
  add_lua(&text);
  add_lpeg(&text);
  u_getVersion(icu);
  u_versionToString(icu, number);
  ld_text_format(&text, "ICU %s\nsimdjson %s\nlibexttextcat %s\n"
                        "%s\nxxHash %u.%u.%u\nmd4c\nlibstemmer\nlibmd\n",
                 number, ld_json_version(), textcat_Version(),
                 ld_archive_version(),
                 xxhash / 10000, xxhash / 100 % 100, xxhash % 100);
}

const char *lesdiplo_libraries (void) {
  pthread_once(&versions.once, make_versions);
  return versions.text;
}


/* ----------------------------------------------------------------------
** A script's help
*/

int lesdiplo_script_help (char **out, const char *chunk, size_t length,
                          const char *name, lesdiplo_error *error) {
  ld_memory memory;
  ld_arena arena;
  ld_header header;
  ld_buffer text;
  if (!out || !chunk || !name)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a chunk, its name and a place for its help are needed");
  *out = NULL;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  ld_buffer_init(&text, &memory);
  int code = ld_header_read(&header, &arena, chunk, length,
                            ld_message_name(name), error);
  if (code == LESDIPLO_OK) {
    ld_params_help(&header, &text);
    *out = text.failed ? NULL : strdup(ld_buffer_text(&text));
    if (!*out) code = ld_fail_memory(error);
  }
  ld_buffer_free(&text);
  ld_arena_free(&arena);
  return code;
}

void lesdiplo_string_free (char *string) {
  free(string);
}

void lesdiplo_sha256 (const char *bytes, size_t length, char out[65]) {
  ld_sha256(bytes, length, out);
}
