/*
** query.h - between the files of bind that answer token patterns: what a
** compiled query is, and what it finds.
**
** A subject is a string of one byte a token: 1 + the token's kind. 0 stands
** before, between and behind units (sentences, as a rule), so that no pattern
** reaches past them.
*/
#ifndef LD_BIND_QUERY_H
#define LD_BIND_QUERY_H

#include "bind/inside.h"

enum { SUBJECT_KINDS = 255 };

/* The unit at argument 'index': sentence, block or doc. [-0, +0, v] */
enum unit { UNIT_SENTENCE, UNIT_BLOCK, UNIT_DOC, UNITS };
enum unit ld_unit_check (lua_State *L, int index);
/* The sentences [*first, *last] of the unit that sentence i is in. */
void ld_unit_of (const lesdiplo_doc *doc, uint32_t i, enum unit unit,
                 uint32_t *first, uint32_t *last);

/*
** Predicates compiled for a corpus. Those that would tell more than
** SUBJECT_KINDS kinds apart have a table of their own, and are asked by a call
** during the match. User value 1: the Corpus.
*/
typedef struct compiled {
  const lesdiplo_corpus *corpus;
  ld_memory memory;
  ld_kind_table *table;
  ld_kind_table *own[LD_PREDICATES_MOST];   /* NULL: it is in the table */
  uint32_t count;
  /* While a search runs: the document, and each subject byte's token. */
  const lesdiplo_doc *doc;
  const uint32_t *place;
  size_t length;
} compiled;

/* Tokens [from, to) of a document; of a hit's capture likewise. */
typedef struct hit {
  uint32_t doc, from, to;
  uint32_t captures, capture_count;    /* among those of all hits */
} hit;

typedef struct capture {
  uint32_t name, from, to;             /* the name's number, from 1 */
} capture;

/*
** What was found, in the order of the corpus. User values: the Corpus; the names
** of captures, an array; the arrays' memory.
*/
enum { HITS_CORPUS = 1, HITS_NAMES, HITS_HITS, HITS_CAPTURES };
typedef struct hits_object {
  const lesdiplo_corpus *corpus;
  hit *hits;
  capture *captures;
  uint32_t count, capture_count;
} hits_object;

/* Reads the alternative of a predicate on the top: {how, what}. What it lends
** from takes its place. [-1, +1, e] */
ld_predicate ld_predicate_read (lua_State *L, const lesdiplo_corpus *corpus);
/* The compiled query at 'index'. [-0, +0, v] */
compiled *ld_compiled_check (lua_State *L, int index);
/* Pushes an empty Hits for the Corpus and the names at those indices.
** [-0, +1, m] */
hits_object *ld_hits_new (lua_State *L, int corpus, int names);
/* Adds to the Hits at an absolute index. [-0, +0, m] */
void ld_hits_add (lua_State *L, int index, const hit *one);
void ld_hits_add_capture (lua_State *L, int index, const capture *one);

/* Puts the functions of these files into the table on the top. [-0, +0, m] */
void ld_compiled_open (lua_State *L);
void ld_search_open (lua_State *L);
void ld_statistics_open (lua_State *L);

#endif
