/*
** basic.c - functions of Lua's own that are changed: tostring, print and
** string.format without addresses, load for text only, setmetatable without
** the events that do harm, collectgarbage without its options.
**
** An object is printed by a number, given when it is first printed: table:
** #12. So two runs print the same bytes, and nothing tells where memory lies.
*/
#include <string.h>

#include "host/host.h"

/* Its address is a key of the registry. */
static const char numbers_key;


/* ----------------------------------------------------------------------
** tostring, print, format: no addresses
*/

/* The number of the object at 'index', given when it is first asked for. */
static lua_Integer number_of (lua_State *L, int index) {
  lua_Integer number;
  index = lua_absindex(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &numbers_key);
  lua_pushvalue(L, index);
  if (lua_rawget(L, -2) == LUA_TNIL) {
    number = ++ld_host_of(L)->objects;
    lua_pushvalue(L, index);
    lua_pushinteger(L, number);
    lua_rawset(L, -4);
  }
  else
    number = lua_tointeger(L, -1);
  lua_pop(L, 2);
  return number;
}

static bool has_address (lua_State *L, int index) {
  switch (lua_type(L, index)) {
    case LUA_TTABLE: case LUA_TFUNCTION: case LUA_TUSERDATA: case LUA_TTHREAD:
    case LUA_TLIGHTUSERDATA: return true;
    default: return false;
  }
}

const char *ld_host_tostring (lua_State *L, int index, size_t *n) {
  index = lua_absindex(L, index);
  if (luaL_callmeta(L, index, "__tostring")) {
    if (!lua_isstring(L, -1))
      luaL_error(L, "'__tostring' must return a string");
  }
  else if (has_address(L, index)) {
    const char *kind = luaL_typename(L, index);
    if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
      kind = lua_tostring(L, -1);
    else
      lua_pushnil(L);
    lua_pushfstring(L, "%s: #%I", kind, number_of(L, index));
    lua_remove(L, -2);
  }
  else
    luaL_tolstring(L, index, NULL);
  return lua_tolstring(L, -1, n);
}

static int to_string (lua_State *L) {
  luaL_checkany(L, 1);
  ld_host_tostring(L, 1, NULL);
  return 1;
}

static int print (lua_State *L) {
  const int n = lua_gettop(L);
  luaL_Buffer line;
  for (int i = 1; i <= n; i++) {
    ld_host_tostring(L, i, NULL);
    lua_replace(L, i);
  }
  luaL_buffinit(L, &line);
  for (int i = 1; i <= n; i++) {
    if (i > 1) luaL_addchar(&line, '\t');
    lua_pushvalue(L, i);
    luaL_addvalue(&line);
  }
  luaL_addchar(&line, '\n');
  luaL_pushresult(&line);
  size_t length;
  const char *bytes = lua_tolstring(L, -1, &length);
  ld_host_write(L, bytes, length);
  return 0;
}

/* Argument 'i' of a format: turned into what string.format may see. */
static void prepare_argument (lua_State *L, int i, char conversion) {
  switch (conversion) {
    case 'c': case 'd': case 'i': case 'o': case 'u': case 'x': case 'X':
      luaL_checkinteger(L, i);
      break;
    case 'a': case 'A': case 'e': case 'E': case 'f': case 'F': case 'g':
    case 'G':
      luaL_checknumber(L, i);
      break;
    case 'p':
      luaL_checkany(L, i);
      if (has_address(L, i))
        lua_pushfstring(L, "#%I", number_of(L, i));
      else
        lua_pushliteral(L, "(null)");
      lua_replace(L, i);
      break;
    default:
      luaL_checkany(L, i);
      if (conversion != 's' || lua_isstring(L, i)) break;
      ld_host_tostring(L, i, NULL);
      lua_replace(L, i);
      break;
  }
}

/*
** string.format with our tostring for %s, and numbers of objects for %p.
** Upvalue: the original.
*/
static int format (lua_State *L) {
  size_t n;
  const char *given = luaL_checklstring(L, 1, &n);
  const int top = lua_gettop(L);
  int argument = 1;
  char *copy = lua_newuserdatauv(L, n + 1, 0);
  memcpy(copy, given, n + 1);
  for (char *p = copy; p < copy + n; p++) {
    if (*p != '%') continue;
    if (*++p == '%') continue;
    p += strspn(p, "-+ #0123456789.");
    if (p >= copy + n) break;
    if (++argument > top) luaL_argerror(L, argument, "no value");
    prepare_argument(L, argument, *p);
    if (*p == 'p') *p = 's';
  }
  lua_pushlstring(L, copy, n);
  lua_replace(L, 1);
  lua_settop(L, top);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, top, 1);
  return 1;
}


/* ----------------------------------------------------------------------
** Text only
*/

/* The reader of a function that gives pieces; each is kept at 'place'. */
enum { PLACE = 5 };

/* Bytes of a chunk: more is no script, and the compiler would never end. */
enum { CHUNK_MOST = 64 << 20 };

/* 'data' counts the bytes. */
static const char *read_piece (lua_State *L, void *data, size_t *n) {
  size_t *all = data;
  luaL_checkstack(L, 2, "too many nested functions");
  lua_pushvalue(L, 1);
  lua_call(L, 0, 1);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    *n = 0;
    return NULL;
  }
  if (!lua_isstring(L, -1))
    luaL_error(L, "reader function must return a string");
  lua_replace(L, PLACE);
  const char *piece = lua_tolstring(L, PLACE, n);
  *all += *n;
  if (*all > CHUNK_MOST)
    luaL_error(L, "load: a chunk has at most %d MB", CHUNK_MOST >> 20);
  return piece;
}

/* load(chunk[, name[, mode[, env]]]): bytecode is refused, whatever 'mode'. */
static int load_text (lua_State *L) {
  const bool has_env = !lua_isnone(L, 4);
  const char *mode = luaL_optstring(L, 3, "t");
  size_t n, all = 0;
  const char *text = lua_tolstring(L, 1, &n);
  const char *name = luaL_optstring(L, 2, text ? text : "=(load)");
  int status;
  if (!strchr(mode, 't')) {
    luaL_pushfail(L);
    lua_pushliteral(L, "bytecode is not loaded here: leave the mode out");
    return 2;
  }
  lua_settop(L, PLACE);
  if (text && n > CHUNK_MOST)
    return luaL_error(L, "load: a chunk has at most %d MB", CHUNK_MOST >> 20);
  if (text)
    status = luaL_loadbufferx(L, text, n, name, "t");
  else {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    status = lua_load(L, read_piece, &all, name, "t");
  }
  if (status != LUA_OK) {
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_env) {
    lua_pushvalue(L, 4);
    if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  }
  return 1;
}


/* ----------------------------------------------------------------------
** Metatables and the collector
*/

static void refuse_key (lua_State *L, const char *key, const char *reason) {
  lua_pushstring(L, key);
  if (lua_rawget(L, 2) != LUA_TNIL)
    luaL_error(L, "setmetatable: %s is not for scripts: %s", key, reason);
  lua_pop(L, 1);
}

static int set_metatable (lua_State *L) {
  const int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2,
                   "nil or table");
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
    return luaL_error(L, "cannot change a protected metatable");
  if (type == LUA_TTABLE) {
    refuse_key(L, "__gc", "a finalizer could not be stopped");
    refuse_key(L, "__concat", "in this version of Lua it mixes up the values "
                              "beside it; write tostring(x) .. y");
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

static int collect_garbage (lua_State *L) {
  const char *option = luaL_optstring(L, 1, "collect");
  if (strcmp(option, "count") != 0)
    return luaL_error(L, "collectgarbage: scripts have \"count\" only; memory "
                         "is collected when it is needed");
  const int kilobytes = lua_gc(L, LUA_GCCOUNT);
  lua_pushnumber(L, kilobytes + lua_gc(L, LUA_GCCOUNTB) / 1024.0);
  return 1;
}


/* ----------------------------------------------------------------------
** Registration
*/

const ld_bind_entry ld_basic_entries[] = {
  { "string.format", NULL,
    "string.format(format, ...) -> string\n"
    "As in Lua; %s of a table, and %p, are the number that tostring shows.\n"
    "@since 1\n" },
  { "print", print,
    "print(...)\n"
    "Its arguments as text, tabs between them, a newline behind them.\n"
    "@param ... any\n"
    "@since 1\n" },
  { "tostring", to_string,
    "tostring(value) -> string\n"
    "A value as text. Tables and functions are numbered as they come, table:\n"
    "#12, so that every run prints the same; of a Span it is the text.\n"
    "@param value any\n"
    "@since 1\n" },
  { "load", load_text,
    "load(chunk[, name[, mode[, env]]]) -> function | nil, message\n"
    "Compiles Lua text; bytecode is refused.\n"
    "@param chunk string|function\n"
    "@since 1\n" },
  { "setmetatable", set_metatable,
    "setmetatable(table, metatable) -> table\n"
    "As in Lua, save that __gc and __concat are refused.\n"
    "@since 1\n" },
  { "collectgarbage", collect_garbage,
    "collectgarbage \"count\" -> number\n"
    "Kilobytes that the script uses. Other options are refused.\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

/* Keys are weak, values numbers: it keeps nothing alive. */
static void open_numbers (lua_State *L) {
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &numbers_key);
}

void ld_host_basic (lua_State *L) {
  open_numbers(L);
  lua_pushglobaltable(L);
  for (const ld_bind_entry *e = ld_basic_entries; e->name; e++) {
    if (!e->function) continue;
    lua_pushcfunction(L, e->function);
    lua_setfield(L, -2, e->name);
  }
  lua_getfield(L, -1, "string");
  lua_getfield(L, -1, "format");
  lua_pushcclosure(L, format, 1);
  lua_setfield(L, -2, "format");
  lua_pushnil(L);
  lua_setfield(L, -2, "dump");
  lua_pop(L, 2);
}
