/*
** bounds.c - functions of Lua's own that can be made to work for hours in one
** call, where no stop reaches them: plain find with two long strings, nothing
** repeated without end, and those of table when a length or a range is a lie.
**
** They are replaced in their real tables, since strings reach theirs as methods.
*/
#include <string.h>

#include "host/host.h"

/* Elements that one call of table's may walk over. */
#define RANGE_MOST ((lua_Integer)1 << 26)


/* ----------------------------------------------------------------------
** string
*/

/* Where a search begins, from 0; more than n when it is past the end. */
static size_t start_of (lua_Integer init, size_t n) {
  if (init > 0) return (size_t)init - 1;
  if (init == 0 || init < -(lua_Integer)n) return 0;
  return n - (size_t)-init;
}

static bool is_plain (lua_State *L, const char *pattern, size_t n) {
  if (lua_toboolean(L, 4)) return true;
  for (size_t i = 0; i < n; i++)
    if (pattern[i] && strchr("^$*+?.([%-", pattern[i])) return false;
  return true;
}

/* Upvalue: the original of the function, which has none. It runs in our frame:
** nothing is paid for the way, and its errors name the function. */
static int call_original (lua_State *L) {
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* Time grows with the lengths, not with their product, as memmem promises. A
** pattern goes to the original. */
static int find (lua_State *L) {
  size_t n, m;
  const char *text = luaL_checklstring(L, 1, &n);
  const char *wanted = luaL_checklstring(L, 2, &m);
  const size_t start = start_of(luaL_optinteger(L, 3, 1), n);
  if (!is_plain(L, wanted, m)) return call_original(L);
  const char *found = start > n ? NULL
                                : memmem(text + start, n - start, wanted, m);
  if (!found) {
    luaL_pushfail(L);
    return 1;
  }
  lua_pushinteger(L, found - text + 1);
  lua_pushinteger(L, found - text + (lua_Integer)m);
  return 2;
}

/* Of nothing the original makes as many copies as of anything. */
static int repeat (lua_State *L) {
  size_t n, m;
  luaL_checklstring(L, 1, &n);
  luaL_checkinteger(L, 2);
  luaL_optlstring(L, 3, "", &m);
  if (n > 0 || m > 0) return call_original(L);
  lua_pushliteral(L, "");
  return 1;
}


/* ----------------------------------------------------------------------
** table
*/

static int too_many (lua_State *L, const char *name) {
  return luaL_error(L, "%s: more than %d elements at once", name,
                    (int)RANGE_MOST);
}

/* Both ends may be any integers. */
static bool is_wide (lua_Integer first, lua_Integer last) {
  return last >= first &&
         (lua_Unsigned)last - (lua_Unsigned)first >= (lua_Unsigned)RANGE_MOST;
}

/* The length, as its metamethod has it, in bounds. */
static lua_Integer length_of (lua_State *L, const char *name) {
  const lua_Integer n = luaL_len(L, 1);
  if (n > RANGE_MOST) too_many(L, name);
  return n;
}

static int move (lua_State *L) {
  if (is_wide(luaL_checkinteger(L, 2), luaL_checkinteger(L, 3)))
    too_many(L, "table.move");
  return call_original(L);
}

/* A table without a metatable tells no lies, and ends where it ends: a range
** past that is an error of the original's, at once. */
static bool is_honest (lua_State *L) {
  if (lua_type(L, 1) != LUA_TTABLE) return false;
  if (!lua_getmetatable(L, 1)) return true;
  lua_pop(L, 1);
  return false;
}

/* The last index is told to the original, which asks no length then: it could
** be another one the second time. */
static int with_range (lua_State *L, const char *name, int first) {
  if (is_honest(L)) return call_original(L);
  const lua_Integer from = luaL_optinteger(L, first, 1);
  lua_settop(L, first + 1);
  const lua_Integer to = lua_isnoneornil(L, first + 1)
      ? length_of(L, name) : luaL_checkinteger(L, first + 1);
  if (is_wide(from, to)) too_many(L, name);
  lua_pushinteger(L, to);
  lua_replace(L, first + 1);
  return call_original(L);
}

static int concat (lua_State *L) { return with_range(L, "table.concat", 3); }
static int unpack (lua_State *L) { return with_range(L, "table.unpack", 2); }

/* Of these the original always asks for the length. A table's own is true. */
static int refuse_length (lua_State *L, const char *name) {
  if (!is_honest(L) && luaL_getmetafield(L, 1, "__len") != LUA_TNIL)
    luaL_error(L, "%s: not for a table with a length of its own (__len)", name);
  return call_original(L);
}

/* t[#t + 1] = value is what most scripts do most often. */
static int insert (lua_State *L) {
  if (lua_gettop(L) != 2 || !is_honest(L))
    return refuse_length(L, "table.insert");
  lua_rawseti(L, 1, (lua_Integer)lua_rawlen(L, 1) + 1);
  return 0;
}

static int take_out (lua_State *L) { return refuse_length(L, "table.remove"); }
static int sort (lua_State *L) { return refuse_length(L, "table.sort"); }


/* ----------------------------------------------------------------------
** Registration
*/

static const struct {
  const char *table, *name;
  lua_CFunction function;
} bounded[] = {
  { "string", "find", find }, { "string", "rep", repeat },
  { "table", "move", move },
  { "table", "concat", concat }, { "table", "unpack", unpack },
  { "table", "insert", insert }, { "table", "remove", take_out },
  { "table", "sort", sort }
};

void ld_host_bounds (lua_State *L) {
  for (size_t i = 0; i < sizeof bounded / sizeof *bounded; i++) {
    lua_getglobal(L, bounded[i].table);
    lua_getfield(L, -1, bounded[i].name);
    lua_pushcclosure(L, bounded[i].function, 1);
    lua_setfield(L, -2, bounded[i].name);
    lua_pop(L, 1);
  }
}
