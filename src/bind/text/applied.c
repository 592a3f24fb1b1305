/*
** applied.c - patterns that are p / x, x a function or a table of a script, or C(p).
**
** LPeg asks x for a value within the call that matches. Who wants to match ahead
** (gmatch.c) looks for p alone, and asks x when the match's turn has come. So p
** and x are kept here, as long as the pattern lives: in a table with weak keys,
** whose entries are only those where p's captures are LPeg's own. C(p) is kept
** where p has none, and then there is no x: the value is the text of the match.
*/
#include "bind/inside.h"

/* Its address is the key of that table in the registry. */
static const char applied_key;

enum { PART_P = 1, PART_X };

static void push_table (lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &applied_key) != LUA_TNIL) return;
  lua_pop(L, 1);
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &applied_key);
}

void ld_applied_keep (lua_State *L, int p, int x) {
  const int pattern = lua_gettop(L);
  push_table(L);
  lua_pushvalue(L, pattern);
  lua_createtable(L, 2, 0);                      /* table pattern parts */
  lua_pushvalue(L, p);
  lua_rawseti(L, -2, PART_P);
  if (x == 0) lua_pushnil(L);
  else lua_pushvalue(L, x);
  lua_rawseti(L, -2, PART_X);
  lua_rawset(L, -3);
  lua_settop(L, pattern);
}

bool ld_applied_push (lua_State *L, int pattern) {
  const int top = lua_gettop(L);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &applied_key);
  if (!lua_istable(L, -1)) {
    lua_settop(L, top);
    return false;
  }
  lua_pushvalue(L, pattern);
  if (lua_rawget(L, -2) != LUA_TTABLE) {         /* table parts */
    lua_settop(L, top);
    return false;
  }
  lua_rawgeti(L, -1, PART_P);
  lua_rawgeti(L, -2, PART_X);                    /* table parts p x */
  lua_replace(L, top + 2);
  lua_replace(L, top + 1);                       /* p x */
  return true;
}
