/*
** gazetteer.h - between the files of entity: the gazetteer of a state.
*/
#ifndef LD_BIND_GAZETTEER_H
#define LD_BIND_GAZETTEER_H

#include "bind/inside.h"

/*
** One a state, in the registry. User values, made when mentions are asked for, and
** anew when it has grown: taggers by Corpus; tables of fields by name, from 1; the
** mentions in the document that was asked about last, by kind.
*/
enum { GAZETTEER_TAGGERS = 1, GAZETTEER_ROWS, GAZETTEER_MENTIONS,
       GAZETTEER_VALUES = GAZETTEER_MENTIONS };
typedef struct gazetteer_object {
  ld_memory memory;
  ld_gazetteer *all;
  uint32_t seals;            /* how often it has grown */
  bool made;                 /* the user values are, of all that it has */
  const lesdiplo_doc *doc;   /* that the mentions are of */
  bool han_known, has_han;   /* whether it has a Chinese character */
} gazetteer_object;

/* Pushes it, and makes it first where there is none. [-0, +1, e] */
gazetteer_object *ld_gazetteer_push (lua_State *L);
/* Gives the userdata on the top a metatable with that __gc, kept in the registry by
** the key. [-0, +0, m] */
void ld_gazetteer_class (lua_State *L, const char *key, lua_CFunction gc);

/* Numbers that become an array at an index of the stack; where they are many, they lie in
** a userdata there before. All zero but for that, it is empty; it is not to be copied. */
#if defined(LD_SMALL)
enum { LD_NUMBERS_FEW = 2 };
#else
enum { LD_NUMBERS_FEW = 512 };
#endif
typedef struct ld_numbers {
  int index;
  uint32_t count, size;
  uint32_t *all;
  uint32_t few[LD_NUMBERS_FEW];
} ld_numbers;
/* Adds one. [-0, +0, m] */
void ld_numbers_add (lua_State *L, ld_numbers *numbers, uint32_t number);
/* Puts the array in their place. [-0, +0, m] */
void ld_numbers_make (lua_State *L, const ld_numbers *numbers);

/* What Lua calls: see where they are defined. */
int ld_entity_mentions (lua_State *L);
int ld_entity_runs (lua_State *L);
int ld_entity_has_han (lua_State *L);

#endif
