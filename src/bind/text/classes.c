/*
** classes.c - what a finder knows of the forms of a corpus, a byte each.
**
** A finder is a closure whose first upvalue is its userdata; that one's first user
** value is a table from Corpus objects to these bytes. It holds no corpus.
*/
#include <string.h>

#include "bind/inside.h"

void ld_keep_classes (lua_State *L) {
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_setiuservalue(L, -2, 1);
}

unsigned char *ld_push_classes (lua_State *L, const lesdiplo_corpus *corpus) {
  lua_getiuservalue(L, lua_upvalueindex(1), 1);
  ld_bind_push_corpus(L, corpus);
  lua_pushvalue(L, -1);
  if (lua_rawget(L, -3) != LUA_TUSERDATA) {           /* kept corpus nil */
    const size_t n = corpus->vocabulary.count + 1;
    lua_pop(L, 1);
    memset(lua_newuserdatauv(L, n, 0), 0, n);
    lua_pushvalue(L, -1);
    lua_insert(L, -3);
    lua_rawset(L, -4);
    lua_replace(L, -2);
    return lua_touserdata(L, -1);
  }
  lua_replace(L, -3);
  lua_pop(L, 1);
  return lua_touserdata(L, -1);
}
