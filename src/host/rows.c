/*
** rows.c - rows that a script emits or returns, on their way to report.
**
** The writer of lua/lesdiplo/report is made when the first row comes, with the
** host's format and our write; it is finished at the end of the run, also when
** an error ends it, so that what was printed is whole.
*/
#include "host/host.h"

/* Its address is the writer's key in the registry. */
static const char writer_key;

/* write(text) of the writer. */
static int write_text (lua_State *L) {
  size_t n;
  const char *bytes = luaL_checklstring(L, 1, &n);
  ld_host_write(L, bytes, n);
  return 0;
}

/* warn(text) of the writer. */
static int write_warning (lua_State *L) {
  ld_host_warn("%s", luaL_checkstring(L, 1));
  return 0;
}

/* Makes a writer. [-0, +1, e] */
static void new_writer (lua_State *L) {
  const lesdiplo_host *host = ld_host_of(L);
  lua_pushcfunction(L, ld_bind_require);
  lua_pushliteral(L, "lesdiplo.report");
  lua_call(L, 1, 1);                              /* report */
  lua_getfield(L, -1, "writer");
  lua_remove(L, -2);                              /* make */
  lua_pushstring(L, host->options.format ? host->options.format : "tsv");
  lua_pushcfunction(L, write_text);
  lua_createtable(L, 0, 2);                       /* make format write opts */
  lua_pushinteger(L, host->options.width ? (lua_Integer)host->options.width
                                         : 100);
  lua_setfield(L, -2, "width");
  lua_pushcfunction(L, write_warning);
  lua_setfield(L, -2, "warn");
  lua_call(L, 3, 1);
}

/* Pushes the run's writer. [-0, +1, e] */
static void push_writer (lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &writer_key) != LUA_TNIL) return;
  lua_pop(L, 1);
  new_writer(L);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &writer_key);
}

/* writer:row(row, columns), with the values at these indices. */
static void write_row (lua_State *L, int row, int columns) {
  push_writer(L);
  lua_getfield(L, -1, "row");
  lua_insert(L, -2);                              /* method writer */
  lua_pushvalue(L, row);
  lua_pushvalue(L, columns);
  lua_call(L, 3, 0);
}

int ld_rows_emit (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  write_row(L, 1, 2);
  return 0;
}

bool ld_rows_are (lua_State *L, int index) {
  if (!lua_istable(L, index)) return false;
  index = lua_absindex(L, index);
  const int first = lua_rawgeti(L, index, 1);
  lua_pushliteral(L, "columns");                  /* of none at all, too */
  const int columns = lua_rawget(L, index);
  lua_pop(L, 2);
  return first == LUA_TTABLE || (first == LUA_TNIL && columns == LUA_TTABLE);
}

/* The array at 'index' may be long: a stop gets in by the calls to Lua. */
static void write_rows (lua_State *L, int index) {
  const lua_Unsigned n = lua_rawlen(L, index);
  push_writer(L);                                 /* it tells of no rows, too */
  lua_pop(L, 1);
  lua_getfield(L, index, "columns");              /* columns */
  for (lua_Unsigned i = 1; i <= n; i++) {
    if (lua_rawgeti(L, index, (lua_Integer)i) != LUA_TTABLE)
      luaL_error(L, "the script returns rows, and row %I is a %s",
                 (lua_Integer)i, luaL_typename(L, -1));
    write_row(L, lua_gettop(L), lua_gettop(L) - 1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void write_value (lua_State *L, int index) {
  size_t n;
  const char *text = ld_host_tostring(L, index, &n);
  ld_host_write(L, text, n);
  if (lua_type(L, index) != LUA_TSTRING) ld_host_write(L, "\n", 1);
  lua_pop(L, 1);
}

/* A table that is no array of rows: empty, or a mistake worth a word. */
static void refuse_table (lua_State *L, int index) {
  lua_pushnil(L);
  if (lua_next(L, index) == 0) return;
  luaL_error(L, "a script returns an array of rows, {{name = value}, ...}: "
                "put this row into one, or lesdiplo.emit it");
}

void ld_rows_returned (lua_State *L, int base) {
  const int top = lua_gettop(L);
  luaL_checkstack(L, 12, NULL);
  for (int i = base + 1; i <= top; i++) {
    if (lua_isnil(L, i)) continue;
    if (ld_bind_class_of(L, i) == LD_BIND_HITS) {
      lua_getfield(L, i, "rows");
      lua_pushvalue(L, i);
      lua_call(L, 1, 1);
      lua_replace(L, i);
    }
    if (ld_rows_are(L, i)) write_rows(L, i);
    else if (lua_istable(L, i) && !luaL_getmetafield(L, i, "__tostring"))
      refuse_table(L, i);
    else write_value(L, i);
  }
  lua_settop(L, base);
}

void ld_rows_forget (lua_State *L) {
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &writer_key);
}

void ld_rows_finish (lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &writer_key) != LUA_TNIL) {
    ld_rows_forget(L);
    lua_getfield(L, -1, "finish");
    lua_pushvalue(L, -2);
    lua_call(L, 1, 0);
  }
  lua_pop(L, 1);
}

const ld_bind_entry ld_rows_entries[] = {
  { "lesdiplo.emit", ld_rows_emit,
    "lesdiplo.emit(row[, columns])\n"
    "Prints a row, in the format of -f. A script may also return an array of\n"
    "rows.\n"
    "@param row table  values by the names of their columns: string number\n"
    "  boolean Span; a Span is printed with its citation\n"
    "@param columns table?  names in the order wanted; without it by name\n"
    "@example for doc in corpus:docs() do\n"
    "    lesdiplo.emit({id = doc.id, title = doc.title}, {\"id\", \"title\"})\n"
    "  end\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};
