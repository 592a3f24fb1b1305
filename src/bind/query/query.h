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
enum { COMPILED_CORPUS = 1, COMPILED_MADE };

/* The unit at argument 'index': sentence, block or doc. [-0, +0, v] */
enum unit { UNIT_SENTENCE, UNIT_BLOCK, UNIT_DOC, UNITS };
enum unit ld_unit_check (lua_State *L, int index);
/* The sentences [*first, *last] of the unit that sentence i is in. */
void ld_unit_of (const lesdiplo_doc *doc, uint32_t i, enum unit unit,
                 uint32_t *first, uint32_t *last);

/*
** Predicates compiled for a corpus. Those that would tell more than
** SUBJECT_KINDS kinds apart have a table of their own, and are asked by a call
** during the match. So it is with marks: as many of them as there is room for are in
** the subject, whose bytes are then 1 + kind + kinds * (a bit for each mark).
** User value 1: the Corpus; 2: what was made of the marks' layers.
*/
enum { MARKS_MOST = 32 };
/* A question about a token and a layer. */
typedef struct mark {
  int layer;
  bool inside;               /* is it inside a span? else: does one begin there? */
} mark;

typedef struct compiled {
  const lesdiplo_corpus *corpus;
  ld_memory memory;
  ld_kind_table *table;
  ld_kind_table *own[LD_PREDICATES_MOST];   /* NULL: it is in the table */
  uint32_t count;
  mark marks[MARKS_MOST];
  const made *made[MARKS_MOST];      /* of the document; the same layer, twice */
  uint32_t mark_count, told;         /* the first ones are told by the subject */
  /* While a search runs: the document, and each subject byte's token. */
  const lesdiplo_doc *doc;
  const uint32_t *place;
  size_t length;
} compiled;

/* The token at a position of the subject, from 1; UINT32_MAX where there is none.
** What is asked during a match is asked behind the token that it is about: so
** LPeg knows that it takes one. */
static inline uint32_t ld_query_token (const compiled *c, lua_Integer at) {
  return c->doc && at >= 1 && (size_t)at <= c->length ? c->place[at - 1]
                                                      : UINT32_MAX;
}

/* Tokens [from, to) of a document; of a hit's capture likewise. Where the pattern
** says that they are a span of a layer, 'of' is 1 + its number, else 0. */
typedef struct hit {
  uint32_t doc, from, to;
  uint32_t captures, capture_count;    /* among those of all hits */
  uint32_t of;
} hit;

typedef struct capture {
  uint32_t name, from, to;             /* the name's number, from 1 */
  uint32_t of;
} capture;

/* What a search cost. */
typedef struct profile {
  uint64_t units, tokens;              /* that were looked at */
  uint64_t tries;                      /* calls of lpeg.match */
  double seconds;                      /* of processor time */
} profile;

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
  profile profile;                     /* none of a set made of others */
} hits_object;

/* Reads the alternative of a predicate on the top: {how, what}. What it lends
** from takes its place. [-1, +1, e] */
ld_predicate ld_predicate_read (lua_State *L, const lesdiplo_corpus *corpus);
/* The compiled query at 'index'. [-0, +0, v] */
compiled *ld_compiled_check (lua_State *L, int index);
/* Reads marks, an array of {how, layer}, at 'index': "inside" or "begins".
** [-0, +0, e] */
void ld_marks_read (lua_State *L, compiled *c, int index);
/* The number of kinds a subject's bytes tell apart: of words, and with marks. */
uint32_t ld_marks_states (const compiled *c);
/* Makes the layers that the query at 'index' asks for, of a document that is
** read next. [-0, +0, e] */
void ld_marks_open_doc (lua_State *L, int index, const lesdiplo_doc *doc);
/* Puts the marks of tokens [from, to) into their bytes of a subject. */
void ld_marks_add (const compiled *c, unsigned char *subject, uint32_t from,
                   uint32_t to);
/* Pushes an empty Hits for the Corpus and the names at those indices.
** [-0, +1, m] */
hits_object *ld_hits_new (lua_State *L, int corpus, int names);
/* Pushes the Span of a layer of the Doc on the top that is tokens [from, to), or
** nothing where there is none any more. [-0, +1, e] */
bool ld_push_layer_tokens (lua_State *L, int layer, uint32_t from, uint32_t to);
/* Adds to the Hits at an absolute index. [-0, +0, m] */
void ld_hits_add (lua_State *L, int index, const hit *one);
void ld_hits_add_capture (lua_State *L, int index, const capture *one);

/* By document, begin and end: negative, 0 or positive. */
int ld_hits_compare (const hit *a, const hit *b);
/* Pushes the names of the Hits at 1 and 2, and a userdata with the numbers that
** those of the second one have among them. [-0, +2, m] */
const uint32_t *ld_hits_join_names (lua_State *L);
/* Adds the captures of a hit of 'from' to those of the Hits at an absolute index,
** their names numbered anew by 'names', or as they are. [-0, +0, m] */
void ld_hits_copy_captures (lua_State *L, int to, const hits_object *from,
                            const hit *one, const uint32_t *names);
int ld_hits_near (lua_State *L);
int ld_hits_each (lua_State *L);

/* Puts the functions of these files into the table on the top. [-0, +0, m] */
void ld_compiled_open (lua_State *L);
void ld_search_open (lua_State *L);
void ld_near_open (lua_State *L);
void ld_order_open (lua_State *L);
void ld_words_open (lua_State *L);
void ld_marks_open (lua_State *L);
void ld_phrases_open (lua_State *L);
void ld_statistics_open (lua_State *L);
/* Pushes a table of functions on hits. [-0, +1, m] */
void ld_sets_open (lua_State *L);

#endif
