/*
** reader.h - what reads sentences of English for Lua: its state, shared by reader.c, which reads,
** and given.c, which fills the tables of a sentence.
*/
#ifndef LD_BIND_READER_H
#define LD_BIND_READER_H

#include "bind/reader/words.h"

/* User values: the tables of words.h, in their order; bytes as strings of one letter, by
** their numbers; the tables of clauses, which are filled again and again; the sentence and the
** text that were read last. */
enum { USER_KNOWN = 1, USER_ENTRIES, USER_FORMS, USER_SETS, USER_LETTERS, USER_POOL,
       USER_SENTENCE, USER_TEXT };

/* Arguments of read, and what stands behind them. */
enum { SELF = 1, SENTENCE, TEXT, FIRST, LAST, PLACES, MENTIONS, FROM, ALL,
       LETTERS = LD_WORDS_SETS + 1, TOP = LETTERS };

/* Upvalues of all methods: the metatable of readers, and the names of fields, which are set
** often. */
enum { METATABLE = 1, FIELD_NAMES };

/* What the tables of a sentence say of an item: its class, 0 of none, and how it was taken, and
** the number of its word, 0 of a mention; or that it is not known. */
typedef struct ld_given_item {
  uint32_t word;
  uint8_t class, taken;
} ld_given_item;

typedef struct ld_reader {
  ld_memory memory;
  ld_en_words words;
  lua_State *L;                   /* of the call */
  ld_english s;
  ld_given_item items[LD_ITEMS + LD_SLACK + 1];      /* from 1: what the tables say of them */
  int made;                       /* clauses in the pool of which is known what they say */
  ld_en_clause given[LD_CLAUSES]; /* that, words by their numbers */
  int heads[LD_CLAUSES];          /* the head that they say; -1 of several */
} ld_reader;

/* May item i tell an act or a stance as a noun, or a forum as a name? */
static inline bool ld_may_tell (const ld_en_item *item) {
  return item->taken == 'N' ? item->tells != 0
                            : (item->is & LD_IS_MENTION) != 0 && (item->tells & LD_ACT) != 0;
}

/* The tables of a sentence whose items or clauses were read are filled in place of what stood
** there. [-0, +0, e] */
void ld_give_items (lua_State *L, ld_reader *r);
void ld_give_clauses (lua_State *L, ld_reader *r);
/* Of what the tables over items say nothing is known: they are of another sentence. */
void ld_give_forget (ld_reader *r);
/* Pushes the names of fields, which are upvalues from FIELD_NAMES on; how many. [-0, +n, m] */
int ld_give_push_names (lua_State *L);

#endif
