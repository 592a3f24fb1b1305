/*
** modules.c - the modules of a script: files that its header names with the hash
** of their bytes, so that what was read and tried is what runs elsewhere.
**
** They are read before the script's process is closed, by the parent, and go with
** it in its memory. `require` gives them by name; they run once, in the script's
** own environment, and share its rights.
*/
#include <string.h>
#include <unistd.h>

#include "host/host.h"

/* Bytes of one module, and of all of a script. */
enum { MODULE_MOST = 8 << 20, MODULES_MOST = 64 << 20 };


/* ----------------------------------------------------------------------
** Reading
*/

static int wrong_bytes (const ld_header *h, const ld_module *m,
                        const char *path, const char *sha256,
                        lesdiplo_error *error) {
  return ld_fail(error, LESDIPLO_EDENIED, h->script, m->sha256.line,
                 "%s is not the module that the script was written with\n"
                 "  wanted    sha256:%s\n  there is  sha256:%s\n"
                 "  %s:%u, in its header", path, m->sha256.string, sha256,
                 h->script, (unsigned)m->sha256.line);
}

/* Takes the file if it is there: '*found' tells. */
static int read_file (const ld_header *h, ld_module *m, const char *path,
                      ld_arena *arena, bool *found, lesdiplo_error *error) {
  ld_file file;
  char sha256[65];
  *found = access(path, F_OK) == 0;
  if (!*found) return LESDIPLO_OK;
  int code = ld_file_open(&file, arena->memory, path, error);
  if (code != LESDIPLO_OK) return code;
  ld_sha256(file.bytes, file.size, sha256);
  if (strcmp(sha256, m->sha256.string) != 0)
    code = wrong_bytes(h, m, path, sha256, error);
  else if (file.size > MODULE_MOST)
    code = ld_fail(error, LESDIPLO_ELIMIT, h->script, m->line,
                   "%s is larger than a module may be, 8 MB", path);
  else {
    m->text = ld_arena_string(arena, file.bytes, file.size);
    m->path = ld_arena_string(arena, path, strlen(path));
    m->length = file.size;
    if (!m->text || !m->path) code = ld_fail_memory(error);
  }
  ld_file_close(&file);
  return code;
}

/* The folder's NAME.lua, in the arena; "" is the folder we are in. */
static const char *path_in (ld_arena *arena, const char *folder, size_t n,
                            const char *name) {
  char *path = ld_arena_take(arena, n + strlen(name) + sizeof "/.lua");
  if (!path) return NULL;
  memcpy(path, folder, n);
  if (n > 0 && folder[n - 1] != '/') path[n++] = '/';
  strcat(strcpy(path + n, name), ".lua");
  return path;
}

/* What did not come from a file has no folder beside it. */
static int read_module (const ld_header *h, ld_module *m, const char *script,
                        const char *const *folders, size_t count,
                        ld_arena *arena, lesdiplo_error *error) {
  const char *slash = strrchr(script, '/');
  bool found = false;
  for (size_t i = *script == '=' ? 1 : 0; i <= count && !found; i++) {
    const char *folder = i > 0 ? folders[i - 1] : script;
    const size_t n = i > 0 ? strlen(folder)
                     : slash ? (size_t)(slash + 1 - script) : 0;
    const char *path = path_in(arena, folder, n, m->name);
    if (!path) return ld_fail_memory(error);
    const int code = read_file(h, m, path, arena, &found, error);
    if (code != LESDIPLO_OK) return code;
  }
  if (found) return LESDIPLO_OK;
  return ld_fail(error, LESDIPLO_EIO, h->script, m->line,
                 "the script needs the module %s.lua: put it beside the script"
                 "%s%s\n  %s:%u, in its header", m->name,
                 count > 0 ? ", or into " : "", count > 0 ? folders[0] : "",
                 h->script, (unsigned)m->line);
}

int ld_modules_read (const ld_header *header, const char *path,
                     const char *const *folders, size_t count,
                     ld_arena *arena, lesdiplo_error *error) {
  size_t bytes = 0;
  if (*path == '@') path++;
  for (uint32_t i = 0; i < header->module_count; i++) {
    ld_module *m = &header->modules[i];
    const int code = read_module(header, m, path, folders, count, arena, error);
    if (code != LESDIPLO_OK) return code;
    bytes += m->length;
    if (bytes > MODULES_MOST)
      return ld_fail(error, LESDIPLO_ELIMIT, header->script, m->line,
                     "the modules of a script have 64 MB at most");
  }
  return LESDIPLO_OK;
}


/* ----------------------------------------------------------------------
** require
*/

static const ld_module *find (const lesdiplo_host *host, const char *name) {
  for (uint32_t i = 0; i < host->module_count; i++)
    if (strcmp(host->modules[i].name, name) == 0) return &host->modules[i];
  return NULL;
}

/* Pushes the module's chunk, or raises.                      [-0, +1, e] */
static void load (lua_State *L, const ld_module *m) {
  const char *text = m->text;
  size_t n = m->length;
  ld_host_skip_start(&text, &n);
  if (n > 0 && *text == LUA_SIGNATURE[0])
    luaL_error(L, "module '%s' is bytecode: modules are text", m->name);
  lua_pushfstring(L, "@%s", m->path);
  if (luaL_loadbufferx(L, text, n, lua_tostring(L, -1), "t") != LUA_OK)
    lua_error(L);
  lua_remove(L, -2);
}

int ld_modules_require (lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  const ld_module *m = find(ld_host_of(L), name);
  if (!m || !m->text) return ld_bind_require(L);
  lua_settop(L, 1);
  ld_bind_loaded(L);                              /* name loaded */
  if (lua_getfield(L, 2, name) != LUA_TNIL) {     /* name loaded module */
    if (!lua_toboolean(L, 3))
      return luaL_error(L, "module '%s' requires itself, or has failed before",
                        name);
    return 1;
  }
  load(L, m);                                     /* name loaded nil chunk */
  lua_pushboolean(L, 0);                          /* while it runs */
  lua_setfield(L, 2, name);
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  if (!lua_toboolean(L, -1)) {                    /* nothing, or false */
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, 2, name);
  return 1;
}
