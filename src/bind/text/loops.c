/*
** loops.c - grammars that look for a pattern in a text.
**
** Of a pattern p are made, for gmatch.c to choose from,
**
**     S <- Cp p Cp / . jump S            jumps to where p may begin
**     S <- run (Cp p Cp / . S)           goes over what p cannot begin with
**     M <- S S? S? ...                   the same, many times
**
** In the last, where a match may have captures, each ends with a mark: a value that
** no script has.
**
** The tail call makes LPeg's search a loop without a stack. LPeg's functions
** are those that the state began with.
*/
#include "bind/inside.h"

/* The names of the rules: none that a grammar of a script has. */
#define RULE "\1lesdiplo search"
#define RULE_MANY "\1lesdiplo searches"

/* Its address is the mark behind the captures of a match. */
static const char mark;

static const char *const lpeg_names[LPEG_COUNT] = {
  NULL, "match", "P", "V", "Cp", "type", "Cmt", "S", "Cc"
};

/* Keeps the functions of the LPeg on the top, whatever a script may do to its
** table later. */
void ld_loop_open (lua_State *L) {
  ld_binding_push(L);                            /* lpeg binding */
  lua_createtable(L, LPEG_COUNT - 1, 0);         /* lpeg binding kept */
  for (int i = 1; i < LPEG_COUNT; i++) {
    lua_getfield(L, -3, lpeg_names[i]);
    lua_rawseti(L, -2, i);
  }
  lua_setiuservalue(L, -2, USER_LPEG);
  lua_pop(L, 1);
}

/* [-0, +1, -] */
static void push_kept (lua_State *L, int function) {
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LPEG);
  lua_rawgeti(L, -1, function);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

void ld_loop_push_match (lua_State *L) {
  push_kept(L, LPEG_MATCH);
}

/* Calls a kept function with the n values on the top. [-n, +1, e] */
static void call (lua_State *L, int function, int n) {
  push_kept(L, function);
  lua_insert(L, -n - 1);
  lua_call(L, n, 1);
}

bool ld_loop_is_pattern (lua_State *L, int index) {
  bool yes;
  switch (lua_type(L, index)) {
    case LUA_TSTRING: case LUA_TTABLE:
      return true;
    case LUA_TUSERDATA:
      lua_pushvalue(L, index);
      call(L, LPEG_TYPE, 1);
      yes = lua_isstring(L, -1);
      lua_pop(L, 1);
      return yes;
    default:
      return false;
  }
}

static void push_true (lua_State *L) {
  lua_pushboolean(L, 1);
  call(L, LPEG_P, 1);
}

static void push_rule (lua_State *L, const char *name) {
  lua_pushstring(L, name);
  call(L, LPEG_V, 1);
}

/* Pushes a grammar without rules that begins with that one. [-0, +1, m] */
static void push_grammar (lua_State *L, const char *first) {
  lua_createtable(L, 1, 2);
  lua_pushstring(L, first);
  lua_rawseti(L, -2, 1);
}

/* Of the pattern at 'pattern' and two that move on, on the top, makes the body
** of S: start (Cp p Cp / . step S), or with a mark, start (Cp p Cp Cc / . step S).
** [-2, +1, e] */
static void make_body (lua_State *L, int pattern, bool marked) {
  const int step = lua_gettop(L), start = step - 1;
  lua_pushvalue(L, start);
  call(L, LPEG_CP, 0);
  lua_pushvalue(L, pattern);
  call(L, LPEG_P, 1);                            /* ... start Cp p */
  lua_arith(L, LUA_OPMUL);
  call(L, LPEG_CP, 0);
  lua_arith(L, LUA_OPMUL);                       /* ... start found */
  if (marked) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)&mark);
    call(L, LPEG_CC, 1);
    lua_arith(L, LUA_OPMUL);
  }
  lua_pushinteger(L, 1);
  call(L, LPEG_P, 1);
  lua_pushvalue(L, step);
  lua_arith(L, LUA_OPMUL);
  push_rule(L, RULE);
  lua_arith(L, LUA_OPMUL);                       /* ... start found further */
  lua_arith(L, LUA_OPADD);
  lua_arith(L, LUA_OPMUL);
  lua_replace(L, start);
  lua_settop(L, start);
}

void ld_loop_push_jumping (lua_State *L, int pattern) {
  const int jump = lua_gettop(L);
  push_grammar(L, RULE);                         /* jump grammar */
  push_true(L);                                  /* where to start is known */
  lua_pushboolean(L, 1);
  lua_pushvalue(L, jump);
  call(L, LPEG_CMT, 2);                          /* jump grammar start step */
  make_body(L, pattern, false);
  lua_setfield(L, -2, RULE);
  call(L, LPEG_P, 1);
  lua_remove(L, jump);
}

/* Pushes a run of the n bytes, as many as there are. [-0, +1, e] */
static void push_run (lua_State *L, const char *bytes, size_t n) {
  if (n == 0) {
    push_true(L);
    return;
  }
  lua_pushlstring(L, bytes, n);
  call(L, LPEG_S, 1);
  lua_pushinteger(L, 0);
  lua_arith(L, LUA_OPPOW);
}

bool ld_loop_is_mark (lua_State *L, int index) {
  return lua_touserdata(L, index) == &mark;
}

void ld_loop_push_dense (lua_State *L, int pattern, const char *other,
                         size_t n, int count, bool marked) {
  push_grammar(L, count > 1 ? RULE_MANY : RULE);
  push_run(L, other, n);
  push_true(L);
  make_body(L, pattern, marked);
  lua_setfield(L, -2, RULE);                     /* grammar */
  if (count > 1) {
    push_rule(L, RULE);
    push_rule(L, RULE);
    lua_pushinteger(L, 1 - count);
    lua_arith(L, LUA_OPPOW);
    lua_arith(L, LUA_OPMUL);
    lua_setfield(L, -2, RULE_MANY);
  }
  call(L, LPEG_P, 1);
}
