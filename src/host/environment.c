/*
** environment.c - what a script finds: libraries opened one by one, edited in
** their real tables.
**
** Strings and patterns reach their library past any wrapper, through methods:
** so nothing is wrapped from outside, a function is replaced where it stands
** or it is gone. What is gone says what is missing and why. Addresses never
** reach a script, or its output would differ from run to run.
*/
#include <lualib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/right/right.h"

/* LPeg's stack of choices: what it starts with is too small for real text,
** and a script may ask for more, within reason. */
enum { LPEG_STACK = 10000, LPEG_STACK_MOST = 100000 };

/* Seeds of math.random: the same numbers in every run. */
enum { SEED = 20240229 };

/* Their addresses are keys of the registry. */
static const char sort_key;

/* Those from "files" on are made together. */
enum { FIRST_RIGHT = 3 };
const char *const ld_host_lazy_names[] = {
  "corpus", "lesdiplo", "re", "files", "out", "env", "run", NULL
};


/* ----------------------------------------------------------------------
** os, math, debug, lpeg
*/

/* Reads a field of os.time's table; 'missing' < 0: it has to be there. */
static int time_field (lua_State *L, const char *name, int missing) {
  int is_number;
  lua_getfield(L, 1, name);
  const lua_Integer value = lua_tointegerx(L, -1, &is_number);
  if (!is_number) {
    if (!lua_isnil(L, -1))
      luaL_error(L, "os.time: field '%s' is no integer", name);
    if (missing < 0)
      luaL_error(L, "os.time: field '%s' is missing", name);
    lua_pop(L, 1);
    return missing;
  }
  if (value < -1000000 || value > 1000000)
    luaL_error(L, "os.time: field '%s' is out of bounds", name);
  lua_pop(L, 1);
  return (int)value;
}

/* os.time in UTC, as os.date below: one machine's zone is not another's. */
static int os_time (lua_State *L) {
  struct tm tm;
  if (lua_isnoneornil(L, 1)) {
    lua_pushinteger(L, (lua_Integer)time(NULL));
    return 1;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  memset(&tm, 0, sizeof tm);
  tm.tm_year = time_field(L, "year", -1) - 1900;
  tm.tm_mon = time_field(L, "month", -1) - 1;
  tm.tm_mday = time_field(L, "day", -1);
  tm.tm_hour = time_field(L, "hour", 12);
  tm.tm_min = time_field(L, "min", 0);
  tm.tm_sec = time_field(L, "sec", 0);
  lua_pushinteger(L, (lua_Integer)timegm(&tm));
  return 1;
}

/* Upvalue: the original. */
static int os_date (lua_State *L) {
  const char *wanted = luaL_optstring(L, 1, "%c");
  lua_settop(L, 2);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushfstring(L, "%s%s", *wanted == '!' ? "" : "!", wanted);
  if (lua_isnil(L, 2))
    lua_pushinteger(L, (lua_Integer)time(NULL));
  else
    lua_pushvalue(L, 2);
  lua_call(L, 2, 1);
  return 1;
}

/* The original without arguments seeds with an address, and returns it.
** Upvalue: the original. */
static int random_seed (lua_State *L) {
  if (lua_gettop(L) == 0) lua_pushinteger(L, SEED);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 0);
  return 0;
}

/* Whether a line of a traceback tells of C or of our modules. */
static bool is_inner (const char *line, size_t n) {
  return (n > 5 && memcmp(line, "\t[C]:", 5) == 0) ||
         (n > 2 && memcmp(line, "\t?", 2) == 0);
}

static int traceback (lua_State *L) {
  lua_State *of = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;
  const int shift = of != L;
  const char *message = lua_tostring(L, shift + 1);
  luaL_Buffer out;
  if (!message && !lua_isnoneornil(L, shift + 1)) {
    lua_pushvalue(L, shift + 1);
    return 1;
  }
  luaL_traceback(L, of, message,
                 (int)luaL_optinteger(L, shift + 2, of == L ? 1 : 0));
  const char *line = lua_tostring(L, -1);
  luaL_buffinit(L, &out);
  while (*line) {
    const char *end = strchrnul(line, '\n');
    if (!is_inner(line, (size_t)(end - line))) {
      if (luaL_bufflen(&out) > 0) luaL_addchar(&out, '\n');
      luaL_addlstring(&out, line, (size_t)(end - line));
    }
    line = *end ? end + 1 : end;
  }
  luaL_pushresult(&out);
  return 1;
}

/* Upvalue: the original. */
static int set_max_stack (lua_State *L) {
  const lua_Integer most = luaL_checkinteger(L, 1);
  luaL_argcheck(L, most > 0, 1, "a number of entries, not negative");
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushinteger(L, most > LPEG_STACK_MOST ? LPEG_STACK_MOST : most);
  lua_call(L, 1, 0);
  return 0;
}


/* ----------------------------------------------------------------------
** What is gone
*/

typedef struct gone {
  const char *name, *why;
} gone;

static const gone gone_globals[] = {
  { "io", "scripts print with print and lesdiplo.emit, and read documents "
          "through corpus; no file is open to them" },
  { "package", "modules are found by require; no other place is searched" },
  { "socket", "scripts have no network" },
  { "http", "scripts have no network" },
  { "dofile", "a script is one file; its modules are found by require" },
  { "loadfile", "a script is one file; its modules are found by require" },
  { NULL, NULL }
};

static const gone gone_os[] = {
  { "execute", "scripts start no programs" },
  { "exit", "a script ends at its end, or with error()" },
  { "getenv", "the variables of the process are not for scripts" },
  { "remove", "scripts change no files" },
  { "rename", "scripts change no files" },
  { "tmpname", "scripts make no files" },
  { "setlocale", "every run has the same locale, or results would differ" },
  { NULL, NULL }
};

/* Upvalues: the name and the reason. */
static int refuse_call (lua_State *L) {
  return luaL_error(L, "'%s' is not there: %s",
                    lua_tostring(L, lua_upvalueindex(1)),
                    lua_tostring(L, lua_upvalueindex(2)));
}

/* Names as near as a slip, of the globals and of what is there when touched. */
static void nearest_global (lua_State *L, ld_near *near) {
  for (int i = 0; ld_host_lazy_names[i]; i++)
    ld_near_try(near, ld_host_lazy_names[i]);
  lua_pushglobaltable(L);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING)
      ld_near_try(near, lua_tostring(L, -1));
  }
  lua_pop(L, 1);
}

/* Warnings that are printed before the rest is only counted. */
enum { MOST_NOTES = 20 };

static void print_notes (const lesdiplo_corpus *corpus) {
  lesdiplo_error note;
  uint32_t i = 0;
  for (; lesdiplo_corpus_note(corpus, i, &note) == LESDIPLO_OK; i++) {
    if (i >= MOST_NOTES) continue;
    if (note.line > 0)
      ld_host_warn("%s:%u: %s", note.where, (unsigned)note.line, note.message);
    else
      ld_host_warn("%s: %s", note.where, note.message);
  }
  if (i > MOST_NOTES)
    ld_host_warn("%u more: corpus:notes() has them",
                 (unsigned)(i - MOST_NOTES));
}

int ld_host_open_corpus (lesdiplo_corpus **out,
                         const lesdiplo_host_options *host,
                         lesdiplo_error *error) {
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  options.alloc = host->alloc;
  options.alloc_data = host->alloc_data;
  options.max_memory = host->max_memory;
  const int code = lesdiplo_corpus_open_all(out, host->paths, host->path_count,
                                            &options, error);
  if (code == LESDIPLO_OK) print_notes(*out);
  return code;
}

static void open_corpus (lua_State *L) {
  lesdiplo_host *host = ld_host_of(L);
  lesdiplo_error error;
  const int code = ld_host_open_corpus(&host->opened, &host->options, &error);
  if (code != LESDIPLO_OK)
    ld_host_refuse(L, code, "the corpus cannot be read: %s%s%s", error.where,
                   *error.where ? ": " : "", error.message);
}

int ld_host_push_corpus (lua_State *L) {
  const lesdiplo_host *host = ld_host_of(L);
  if (!host->corpus && !host->opened) {
    if (host->options.path_count == 0) {
      /* a script that does not speak of a corpus has none read for it */
      const bool speaks = host->source && memmem(host->source,
                                                 host->source_length,
                                                 "corpus", 6);
      return luaL_error(L, "there is no corpus: name one with -c%s",
                        speaks ? "" : ", and write the word corpus in the script");
    }
    open_corpus(L);
  }
  ld_bind_push_corpus(L, host->corpus ? host->corpus : host->opened);
  return 1;
}

/* Ways to more than the corpus. What a script has put there is left alone. */
static bool make_rights (lua_State *L, const char *name) {
  bool wanted = false;
  for (int i = FIRST_RIGHT; ld_host_lazy_names[i]; i++)
    wanted |= strcmp(ld_host_lazy_names[i], name) == 0;
  if (!wanted) return false;
  ld_files_push(L, name);
  return true;
}

/* A global that is made when it is touched. Leaves it; false for others. */
static bool make_global (lua_State *L, const char *name) {
  if (strcmp(name, "corpus") == 0)
    ld_host_push_corpus(L);
  else if (strcmp(name, "re") == 0 || strcmp(name, "lesdiplo") == 0) {
    lua_pushcfunction(L, ld_bind_require);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
  }
  else
    return make_rights(L, name);
  return true;
}

/* "lesdiplo.emit" for emit; NULL when it is no member of lesdiplo. */
static const char *lesdiplo_member (const char *name) {
  static const char prefix[] = "lesdiplo.";
  const char *full;
  for (uint32_t i = 0; (full = lesdiplo_help_name(i)) != NULL; i++)
    if (strncmp(full, prefix, sizeof prefix - 1) == 0 &&
        strcmp(full + sizeof prefix - 1, name) == 0)
      return full;
  return NULL;
}

/* __index of the globals: (table, name). */
static int unknown_global (lua_State *L) {
  char hint[96];
  const char *inside;
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  const char *name = lua_tostring(L, 2);
  if (make_global(L, name)) {
    lua_pushvalue(L, -1);
    lua_setfield(L, 1, name);
    return 1;
  }
  for (const gone *g = gone_globals; g->name; g++)
    if (strcmp(g->name, name) == 0)
      return luaL_error(L, "'%s' is not there: %s", name, g->why);
  if ((inside = lesdiplo_member(name)) != NULL)
    return luaL_error(L, "unknown global '%s'; write %s", name, inside);
  ld_near near = LD_NEAR_INIT(name);
  nearest_global(L, &near);
  return luaL_error(L, "unknown global '%s'%s", name,
                    ld_near_text(&near, hint, sizeof hint));
}


/* ----------------------------------------------------------------------
** Opening
*/

const ld_bind_entry ld_environment_entries[] = {
  { "require", ld_modules_require,
    "require(name) -> module\n"
    "A module of the library: lesdiplo, lesdiplo.report ..., lpeg, re; or one\n"
    "that the script's header names with its hash ([module.NAME]).\n"
    "@param name string\n"
    "@example local report = require \"lesdiplo.report\"\n"
    "@since 1\n" },
  { "corpus", NULL,
    "corpus -> Corpus\n"
    "The documents: #corpus counts them, corpus[1] is the first. They are\n"
    "read when a script first touches it.\n"
    "@example for doc in corpus:docs() do print(doc.id, doc.title) end\n"
    "@see corpus:docs corpus:gmatch\n"
    "@since 1\n" },
  { "lpeg", NULL,
    "lpeg -> table\n"
    "LPeg: patterns over text. `re` has its short notation.\n"
    "@example print(lpeg.match(lpeg.C(lpeg.R\"az\"^1), \"talks\"))\n"
    "@since 1\n" },
  { "re", NULL,
    "re -> table\n"
    "LPeg's short notation: re.compile, re.find, re.match, re.gsub.\n"
    "@example print(re.match(\"1998\", \"{ [0-9]+ }\"))\n"
    "@since 1\n" },
  { "os.date", NULL,
    "os.date([format[, time]]) -> string | table\n"
    "As in Lua, always in UTC.\n"
    "@since 1\n" },
  { "os.time", NULL,
    "os.time([table]) -> integer\n"
    "As in Lua; the fields of the table are UTC.\n"
    "@since 1\n" },
  { "math.randomseed", NULL,
    "math.randomseed([x[, y]])\n"
    "Starts math.random anew. Without a seed it is the one that every run\n"
    "begins with.\n"
    "@since 1\n" },
  { "debug.traceback", NULL,
    "debug.traceback([thread,] [message[, level]]) -> string\n"
    "As in Lua, with the lines of the script only. debug has nothing else.\n"
    "@since 1\n" },
  { "lpeg.setmaxstack", NULL,
    "lpeg.setmaxstack(n)\n"
    "How deep a pattern may go: 10000 at the start, 100000 at most.\n"
    "@since 1\n" },
  { "arg", NULL,
    "arg -> table\n"
    "The words behind the script's name on the command line; arg[0] is its\n"
    "name.\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

static void open_libraries (lua_State *L) {
  static const luaL_Reg libraries[] = {
    { LUA_GNAME, luaopen_base }, { LUA_STRLIBNAME, luaopen_string },
    { LUA_TABLIBNAME, luaopen_table }, { LUA_MATHLIBNAME, luaopen_math },
    { LUA_UTF8LIBNAME, luaopen_utf8 }, { LUA_COLIBNAME, luaopen_coroutine },
    { LUA_OSLIBNAME, luaopen_os }, { NULL, NULL }
  };
  for (const luaL_Reg *library = libraries; library->name; library++) {
    luaL_requiref(L, library->name, library->func, 1);
    lua_pop(L, 1);
  }
}

/* Of the table on the top: sets a function that has the old one as upvalue. */
static void replace (lua_State *L, const char *name, lua_CFunction function) {
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, function, 1);
  lua_setfield(L, -2, name);
}

static void erase (lua_State *L, const char *name) {
  lua_pushnil(L);
  lua_setfield(L, -2, name);
}

static void lock (lua_State *L) {
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
}

static void edit_base (lua_State *L) {
  lua_pushglobaltable(L);
  for (const ld_bind_entry *e = ld_environment_entries; e->name; e++) {
    if (!e->function) continue;
    lua_pushcfunction(L, e->function);
    lua_setfield(L, -2, e->name);
  }
  for (const gone *g = gone_globals; g->name; g++) erase(L, g->name);
  lua_pop(L, 1);
}

static void lock_strings (lua_State *L) {
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  lock(L);
  lua_pop(L, 2);
}

static void edit_math (lua_State *L) {
  lua_getglobal(L, LUA_MATHLIBNAME);
  replace(L, "randomseed", random_seed);
  lua_getfield(L, -1, "randomseed");
  lua_call(L, 0, 0);
  lua_pop(L, 1);
}

static void edit_os (lua_State *L) {
  lua_getglobal(L, LUA_OSLIBNAME);
  for (const gone *g = gone_os; g->name; g++) {
    lua_pushfstring(L, "os.%s", g->name);
    lua_pushstring(L, g->why);
    lua_pushcclosure(L, refuse_call, 2);
    lua_setfield(L, -2, g->name);
  }
  replace(L, "date", os_date);
  lua_pushcfunction(L, os_time);
  lua_setfield(L, -2, "time");
  lua_pop(L, 1);
}

static void open_debug (lua_State *L) {
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, traceback);
  lua_setfield(L, -2, "traceback");
  lua_setglobal(L, LUA_DBLIBNAME);
}

static void edit_lpeg (lua_State *L) {
  ld_bind_open(L);
  ld_bind_record(L);
  ld_bind_loaded(L);                              /* loaded */
  lua_getfield(L, -1, "lpeg");                    /* loaded lpeg */
  erase(L, "pcode");                              /* these two write to */
  erase(L, "ptree");                              /* stdout themselves */
  replace(L, "setmaxstack", set_max_stack);
  lua_getfield(L, -1, "setmaxstack");
  lua_pushinteger(L, LPEG_STACK);
  lua_call(L, 1, 0);
  lua_setglobal(L, "lpeg");                       /* loaded */
  lua_getfield(L, LUA_REGISTRYINDEX, "lpeg-pattern");
  lock(L);                                        /* bind opens it for `re` */
  lua_pop(L, 2);
}

/* What `require` finds besides our own: the libraries that are globals. */
static void share_libraries (lua_State *L) {
  static const char *const names[] = {
    LUA_STRLIBNAME, LUA_TABLIBNAME, LUA_MATHLIBNAME, LUA_UTF8LIBNAME,
    LUA_COLIBNAME, LUA_OSLIBNAME, LUA_DBLIBNAME
  };
  ld_bind_loaded(L);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    lua_getglobal(L, names[i]);
    lua_setfield(L, -2, names[i]);
  }
  lua_pop(L, 1);
}

static void guard_globals (lua_State *L) {
  lua_pushglobaltable(L);
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, unknown_global);
  lua_setfield(L, -2, "__index");
  lock(L);
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}

void ld_host_push_sort (lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &sort_key);
}

static void keep_sort (lua_State *L) {
  lua_getglobal(L, LUA_TABLIBNAME);
  lua_getfield(L, -1, "sort");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &sort_key);
  lua_pop(L, 1);
}

static void print_warning (void *data, const char *message, int more) {
  (void)data;
  (void)more;
  if (*message != '@') ld_host_warn("%s", message);
}

void ld_host_environment (lua_State *L) {
  open_libraries(L);
  keep_sort(L);
  ld_host_basic(L);
  ld_host_bounds(L);
  edit_base(L);
  lock_strings(L);
  edit_math(L);
  edit_os(L);
  open_debug(L);
  ld_host_control(L);
  edit_lpeg(L);
  share_libraries(L);
  ld_bind_native(L);
  lua_pushcfunction(L, ld_rows_emit);
  lua_setfield(L, -2, "emit");
  lua_pop(L, 1);
  lua_setwarnf(L, print_warning, NULL);
  guard_globals(L);
}
