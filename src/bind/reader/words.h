/*
** words.h - the words of English for the reader: what is asked of Lua once a word.
*/
#ifndef LD_BIND_WORDS_H
#define LD_BIND_WORDS_H

#include "bind/english/english.h"
#include "bind/inside.h"

/* Where the tables stand on the stack while a sentence is read: `known` answers for every
** word with its entry (fact/words.lua); by the numbers of words their entries, and the words
** themselves in small letters; from sets of words to their numbers. */
enum { LD_WORDS_KNOWN = 10, LD_WORDS_ENTRIES, LD_WORDS_FORMS, LD_WORDS_SETS };

typedef struct ld_en_words {
  ld_memory *memory;
  ld_map numbers;                 /* of words */
  ld_arena kept;                  /* the words, and what they tell */
  struct ld_en_word *word;        /* by number, from 1 */
  uint32_t count;
  ld_en_asked asked;              /* the words that frames ask for */
  ld_arena sets;                  /* what those are made of */
} ld_en_words;

/* Makes it ready; ld_words_close is right from then on. */
void ld_words_init (ld_en_words *w, ld_memory *memory);
/* Takes the sets of words for which frames ask: the table at `list` has them. Puts into the
** table at `numbers` the number of each. [-0, +0, m] */
void ld_words_ask (lua_State *L, ld_en_words *w, int list, int numbers);
/* Before a sentence: forgets all words where there are many; whether it did. */
bool ld_words_trim (ld_en_words *w);
/* Makes an item of n bytes. [-0, +0, e] */
void ld_words_item (lua_State *L, ld_en_words *w, ld_en_item *item, const char *p, size_t n);
/* Pushes n bytes in small letters, those of ASCII. [-0, +1, m] */
void ld_words_push_small (lua_State *L, const char *p, size_t n);
void ld_words_close (ld_en_words *w);

/* The names of tenses, by enum ld_en_tense. */
extern const char *const ld_words_tenses[];

#endif
