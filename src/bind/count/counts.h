/*
** counts.h - between the files of bind that count: what says which words and
** which documents do.
*/
#ifndef LD_BIND_COUNTS_H
#define LD_BIND_COUNTS_H

#include "bind/query/query.h"

/* A Terms of Lua. User value 1: the Corpus. */
typedef struct terms_box {
  const lesdiplo_corpus *corpus;
  ld_memory memory;
  ld_terms *terms;
} terms_box;

/* The Terms at 'index'. [-0, +0, v] */
terms_box *ld_terms_check (lua_State *L, int index);
/* The sides at 'index', a byte a document. [-0, +0, v] */
const uint8_t *ld_sides_check (lua_State *L, int index,
                               const lesdiplo_corpus *corpus);

/* Puts the functions of spread.c into the table on the top. [-0, +0, m] */
void ld_spread_open (lua_State *L);

#endif
