/*
** walking.c - which loops over documents a script is in the midst of.
**
** Lua keeps what a generic "for" asks for its next values in a local variable that
** has no name a script could use. So a loop that was left by break is not mistaken
** for one that goes on, and needs nothing to be done at its end.
*/
#include <string.h>

#include "bind/inside.h"

/* Frames that are looked at on either end of a stack: a loop over documents begins
** near its bottom. To reach a frame costs what there is above it. */
enum { SEEN = 12 };

/* What is asked by the loops of a frame. 'own' is an index in L: the function that
** runs, or 0. [-0, +0, -] */
static unsigned loops_of (lua_State *L, lua_State *from, lua_Debug *ar, int own) {
  unsigned found = 0;
  const char *name;
  for (int n = 1; (name = lua_getlocal(from, ar, n)) != NULL; n++) {
    if (strcmp(name, "(temporary)") == 0 || strcmp(name, "(C temporary)") == 0) {
      lua_pop(from, 1);
      break;
    }
    if (from != L) lua_xmove(from, L, 1);
    if (strcmp(name, "(for state)") == 0 &&
        (ld_corpus_walks(L, -1) || ld_gmatch_walks(L, -1)))
      found |= own && lua_rawequal(L, own, -1) ? LD_WALKS_THIS : LD_WALKS_OTHER;
    lua_pop(L, 1);
  }
  return found;
}

/* The number of frames, found as luaL_traceback finds it: by halving. */
static int depth_of (lua_State *L) {
  lua_Debug ar;
  int low = 0, high = 1;
  while (lua_getstack(L, high, &ar)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const int middle = low + (high - low) / 2;
    if (lua_getstack(L, middle, &ar)) low = middle;
    else high = middle;
  }
  return high;
}

static unsigned loops_in (lua_State *L, lua_State *from, int own) {
  const int depth = depth_of(from);
  unsigned found = 0;
  lua_Debug ar;
  for (int i = 0; i < depth; i++) {
    if (i == SEEN && depth > 2 * SEEN) i = depth - SEEN;
    if (lua_getstack(from, i, &ar)) found |= loops_of(L, from, &ar, own);
  }
  return found;
}

unsigned ld_bind_walks (lua_State *L) {
  lua_Debug ar;
  if (!lua_checkstack(L, 6)) return 0;
  if (!lua_getstack(L, 0, &ar) || !lua_getinfo(L, "f", &ar)) lua_pushnil(L);
  const int own = lua_gettop(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
  lua_State *first = lua_tothread(L, -1);
  unsigned found = loops_in(L, L, own);
  if (first != L && lua_checkstack(first, 2)) found |= loops_in(L, first, own);
  lua_settop(L, own - 1);
  return found;
}
