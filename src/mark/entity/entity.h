/*
** entity.h - between the files of entity: the inside of a table.
*/
#ifndef LD_MARK_ENTITY_H
#define LD_MARK_ENTITY_H

#include "mark/mark.h"

/* An edge of the trie: the node behind 'from' by a term. Free where to is 0, for
** no edge leads to the root. */
typedef struct ld_edge {
  uint32_t from, term, to;
} ld_edge;

struct ld_gazetteer {
  ld_memory *memory;
  ld_arena arena;            /* of all strings */
  ld_map ids;                /* id -> entity; id \1 kind -> entity */
  ld_map terms;              /* term -> its number, from 1 */
  ld_area entities, names, facts;
  ld_area nodes;             /* uint32_t: the first name that ends there */
  ld_edge *edges;
  uint32_t edge_count, edge_size;    /* size is 0 or a power of two */
  uint32_t sealed;           /* names before it are in the trie */
  uint32_t tokens_most;      /* of a name */
  bool failed;
};

/* The term of a folded word: dashes are one, and Cyrillic words lose their
** endings. Returns its length in out[4 * LD_WORD_MAX]. */
size_t ld_name_term (const char *folded, size_t n, char *out);
/* May 'text' be a case form of 'name', a word of a table in the nominative?
** Both are folded. */
bool ld_russian_form (const char *name, size_t name_length, const char *text,
                      size_t text_length);

/* The node behind one by a term; 0 where there is none. */
uint32_t ld_gazetteer_step (const ld_gazetteer *table, uint32_t node, uint32_t term);

static inline ld_name *ld_gazetteer_names (const ld_gazetteer *table) {
  return (ld_name *)(void *)table->names.base;
}

#endif
