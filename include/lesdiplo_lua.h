/*
** lesdiplo_lua.h - lesdiplo for those who own a lua_State.
**
**     luaL_requiref(L, "lesdiplo", luaopen_lesdiplo, 0);
**     lesdiplo_push_corpus(L, corpus);
**
** The state must have been made by the Lua 5.4 that lesdiplo is linked with.
** Its libraries and globals are left alone: none of the limits of a host hold.
*/
#ifndef LESDIPLO_LUA_H
#define LESDIPLO_LUA_H

#include <lua.h>

#include "lesdiplo.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Pushes the table that `require "lesdiplo"` gives.            [-0, +1, m] */
LESDIPLO_API int luaopen_lesdiplo (lua_State *L);

/*
** Pushes a Corpus. The corpus is lent, and may be closed while the state is open:
** from then on its Corpus, documents, spans and hits raise an error that says so, and
** the memory is given back when the state is closed, too. Not from one thread while
** the state runs in another.                                   [-0, +1, m]
*/
LESDIPLO_API void lesdiplo_push_corpus (lua_State *L,
                                        const lesdiplo_corpus *corpus);

#ifdef __cplusplus
}
#endif

#endif
