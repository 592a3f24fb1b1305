/*
** numbers.c - numbers that become arrays of Lua's: they are counted first, for an
** array that grows is made anew again and again.
*/
#include <string.h>

#include "bind/entity/gazetteer.h"

/* Makes room for more. [-0, +0, m] */
static void grow (lua_State *L, ld_numbers *n) {
  if (n->size == 0) {
    n->all = n->few;
    n->size = LD_NUMBERS_FEW;
    return;
  }
  uint32_t *more = lua_newuserdatauv(L, 2 * (size_t)n->size * sizeof *more, 0);
  memcpy(more, n->all, n->count * sizeof *more);
  lua_replace(L, n->index);
  n->all = more;
  n->size *= 2;
}

void ld_numbers_add (lua_State *L, ld_numbers *n, uint32_t number) {
  if (n->count == n->size) grow(L, n);
  n->all[n->count++] = number;
}

void ld_numbers_make (lua_State *L, const ld_numbers *n) {
  lua_createtable(L, (int)n->count, 0);
  for (uint32_t i = 0; i < n->count; i++) {
    lua_pushinteger(L, n->all[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_replace(L, n->index);
}
