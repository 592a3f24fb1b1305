/*
** english.h - an English sentence as items, and its items as clauses. Nothing here
** knows Lua.
**
** An item is a word, a mark or a mention, with a byte for its class: fact/words.lua
** lists them. Clauses are cut in one walk from left to right:
**
**   main    The ministers signed a treaty
**   coord   ... and left               the subject of the clause before it
**   sub     when they met; that ...    a subject of its own
**   rel     , who met them in May ,    its subject is the noun before it
**   resumed , left                     goes on with the clause before the relative one
**   inf     to sign; part  signing, signed by; gerund  of signing
**
** There is no parser: a verb belongs to the nearest noun phrase before it that stands
** free of a preposition, and a clause ends where the next one begins.
*/
#ifndef LD_BIND_ENGLISH_H
#define LD_BIND_ENGLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"

/* Items of a sentence that are read: a longer one is a list or a table. SLACK more may be
** looked at on either side. Each item opens at most two clauses. */
enum { LD_ITEMS = 400, LD_SLACK = 4, LD_CLAUSES = 2 * LD_ITEMS + 2 };

/* What a word or a sentence tells, a bit each; fact/words.lua has the same. */
enum { LD_ACT = 1, LD_STANCE = 2, LD_SOMEBODY = 4 };

/* How a verb stands: fact/inflect.lua says which are whose. BE is of a group that has
** auxiliaries alone. */
enum ld_en_tense { LD_NO_TENSE, LD_BASE, LD_S, LD_PAST, LD_PART, LD_ED, LD_ING, LD_BE };

/* What a word is beside its class, a bit each. The first of them are certain words. */
enum {
  LD_IS_THAT = 1, LD_IS_OF = 2, LD_IS_BY = 4, LD_IS_AS = 8, LD_IS_SUCH = 16, LD_IS_WELL = 32,
  LD_IS_BEFORE_NOUN = 64,      /* opens a clause, or stands before a noun: after */
  LD_IS_CAUSES = 128,          /* a verb that has others do something: help them sign */
  LD_IS_REPORTS = 256,         /* one that tells what others do */
  LD_IS_ADJECTIVAL = 512,      /* a participle that may describe a noun: shared */
  LD_IS_NOUN = 1024,           /* may be a noun */
  LD_IS_PLURAL = 2048,         /* ends in s */
  /* and of a mention */
  LD_IS_MENTION = 4096, LD_IS_PERSON = 8192,
  LD_IS_ADJECTIVE = 16384,     /* a country's: Chadian */
  LD_IS_ONLY = 32768,          /* a word again: "not only" negates nothing */
  /* and of a word again */
  LD_IS_LISTED = 65536,        /* in the lists of words */
  LD_IS_BASE = 131072,         /* a verb's lemma, whatever else the form is: cut, put */
  LD_IS_NO = 262144, LD_IS_LONGER = 524288, LD_IS_YET = 1048576,
  LD_IS_INCLUDING = 2097152,   /* names some of those before it */
  LD_IS_FOR = 4194304,
  LD_IS_SELF = 8388608,        /* herself, themselves */
  LD_IS_PROVIDED = 16777216,   /* before "that" it opens a condition */
  LD_IS_INSTEAD = 33554432,    /* what follows is not done: instead of, rather than */
  LD_IS_FORWARD = 67108864,    /* where one looks */
  LD_IS_NEVER = 134217728,     /* negates a verb, and no noun: never, neither */
  LD_IS_NOR = 268435456
};

/* What a frame of an act or a cue of a stance asks for beside its own word: sets of words by
** their numbers, 0 for none. data/acts.txt and data/stances.txt say what they mean. */
typedef struct ld_en_frame {
  uint32_t next, behind, before, veto;
} ld_en_frame;

/* Of these the first that fits counts. */
typedef struct ld_en_frames {
  const ld_en_frame *frame;
  uint32_t count;
} ld_en_frames;

/* What a word may tell: as a verb or a noun, an act (frames) or a stance (cues). */
typedef struct ld_en_teller {
  ld_en_frames verb, noun, verb_cue, noun_cue;
} ld_en_teller;

/* The sets: their words are numbers from 1, growing. The first of them is that of papers. */
enum { LD_PAPERS = 1 };
typedef struct ld_en_asked {
  ld_map words;                /* to their numbers */
  uint32_t count;              /* of sets */
  const struct ld_en_asked_set {
    const uint32_t *words;
    uint32_t count;
  } *sets;                     /* from 1 */
} ld_en_asked;

typedef struct ld_en_item {
  const ld_en_teller *teller;   /* NULL of a word that tells nothing, and of a mention */
  uint32_t begin, end;      /* bytes of the text, half open */
  uint32_t number;          /* of its word, or of the mention */
  uint32_t asked, written;  /* numbers among the words that are asked for, in small letters and
                               as it stands; 0 where nothing does, LD_UNASKED not known yet */
  uint32_t is;              /* bits */
  uint8_t class;            /* a letter or a mark */
  uint8_t tense;            /* enum ld_en_tense */
  uint8_t tells;            /* bits of fact/words.lua */
  uint8_t taken;            /* 'V' or 'N' as it was read, else 0 */
} ld_en_item;

#define LD_UNASKED UINT32_MAX

enum ld_en_kind { LD_MAIN, LD_COORD, LD_SUB, LD_REL, LD_RESUMED, LD_INF, LD_PARTICIPLE,
               LD_GERUND, LD_KINDS };

/* Items are numbers from 1, and 0 is none. */
typedef struct ld_en_clause {
  struct ld_en_clause *up;          /* the one that it hangs on, or NULL */
  struct ld_en_clause *beside;      /* an infinitive's neighbour: to sign and ratify */
  int first, last;               /* its items */
  int verb, group;               /* the verb; the first of its auxiliaries */
  int subject_first, subject_last;
  int cue;                       /* the word that opens it: when, that, who */
  int possible;                  /* may, could */
  int paper;                     /* its subject: ld_phrase_paper */
  enum ld_en_kind kind;
  enum ld_en_tense tense;
  bool finite, passive, modal, negated, perfect, aux;
  bool reduced;                  /* a participle without a subject: signed in May */
  uint8_t tells;                 /* by its verb: LD_ACT, LD_STANCE */
} ld_en_clause;

/* Sets of classes: english.c says which are in them. */
enum ld_en_set {
  LD_IN_AUXILIARY = 1 << 0, LD_IN_OPENS_OBJECT = 1 << 1, LD_IN_FIRM = 1 << 2,
  LD_IN_GOVERNS = 1 << 3, LD_IN_INSIDE = 1 << 4, LD_IN_FOLLOWS_PLURAL = 1 << 5,
  LD_IN_NOUNS = 1 << 6, LD_IN_NOUN_LIKE = 1 << 7, LD_IN_NO_HEAD = 1 << 8,
  LD_IN_PASSED = 1 << 9, LD_IN_HEADS = 1 << 10, LD_IN_JOINED = 1 << 11,
  LD_IN_AMONG = 1 << 12, LD_IN_VERBAL = 1 << 13, LD_IN_AFTER_MODAL = 1 << 14,
  LD_IN_SUBJECT_LIKE = 1 << 15, LD_IN_CAUSED = 1 << 16, LD_IN_STARTS_SUBJECT = 1 << 17,
  LD_IN_FRONTS = 1 << 18, LD_IN_OPENS_GROUP = 1 << 19, LD_IN_WORD_LIKE = 1 << 20,
  LD_IN_STOPS_VERB = 1 << 21, LD_IN_BEFORE_CUE = 1 << 22, LD_IN_NO_OBJECT = 1 << 23
};

/*
** A sentence: item[1] to item[n], with items without a class around them, and clauses
** in their order. 'same' says whether two mentions are of one, by their numbers.
*/
typedef struct ld_english {
  const char *text;              /* of the document */
  uint32_t begin, end;           /* its bytes */
  int n, clauses;
  int running;                   /* are there words in small letters? -1: not asked yet */
  bool (*same) (void *data, uint32_t a, uint32_t b);
  void *data;                    /* of same */
  const ld_en_asked *asked;      /* the words that frames ask for, or NULL */
  uint32_t sets[128];            /* by class: bits of enum ld_en_set */
  ld_en_item *item;                 /* store + SLACK */
  ld_en_item store[LD_ITEMS + 2 * LD_SLACK];
  ld_en_clause clause[LD_CLAUSES];
} ld_english;

/* Makes it ready, without items. */
void ld_english_init (ld_english *s);
/* The class of an item, 0 of none. */
static inline uint8_t ld_en_class (const ld_english *s, int i) { return s->item[i].class; }
/* Is the class of an item in one of the sets? */
static inline bool ld_en_in (const ld_english *s, int i, uint32_t sets) {
  return (s->sets[s->item[i].class] & sets) != 0;
}
/* Is a word or a mention one of those? */
static inline bool ld_en_is (const ld_english *s, int i, unsigned bits) {
  return (s->item[i].is & bits) != 0;
}

/*
** The next word or mark at or behind p, before end: sets '*last' to its end and '*quote'
** where it is a quotation mark. Returns where it begins, or NULL.
**
** A word is letters and digits, parts of it tied by hyphens or apostrophes; "'s", what is
** short for a verb (we're, I've) and an apostrophe behind a word are by themselves. Of marks those count that part phrases:
** , ; : ( ) - and dashes, and quotation marks. All else is passed over.
*/
const char *ld_lex_next (const char *p, const char *end, const char **last, bool *quote);

/* Cuts items 1 to n into clauses. */
void ld_clauses_cut (ld_english *s);

/* The nearest clause, from one outwards, that has a finite verb; NULL where none has. */
ld_en_clause *ld_clause_finite (ld_en_clause *clause);

/* Is the word at i, whose class says that it may be one, a verb, in a clause that has been
** read so far? */
bool ld_verb_is (ld_english *s, int i, ld_en_clause *clause);
/* Is an unknown word in -ing a verb: ", leaving the town"; not "and mining". */
bool ld_verb_participle (const ld_english *s, int i);
/* Does one look forward to something, which nobody is asked to do? Not a step forward. */
bool ld_verb_looks (ld_english *s, int i);
/* Does a participle stand before the noun that it describes: shared goals? */
bool ld_verb_modifies (const ld_english *s, int i);

/* The item before another, adverbs and quotation marks apart; 0 where there is none. */
int ld_phrase_before (const ld_english *s, int i);
/* Where the noun phrase begins that ends before i, not before 'least'. */
int ld_phrase_first (const ld_english *s, int i, int least);
/* Does a stretch hold something that may be a subject? */
bool ld_phrase_noun (const ld_english *s, int first, int last);
/* The preposition that governs item i, not before 'first', or 0 where it stands free. */
int ld_phrase_governor (const ld_english *s, int first, int i);
/* The items that are a clause's subject, into heads[LD_ITEMS]: the first party that stands
** free before the verb, and those that "and" ties to it. Returns how many. */
int ld_phrase_subject (const ld_english *s, const ld_en_clause *clause, int *heads);
/* The joint statement, the communique that is the subject of a clause with a verb: the first
** such item before its verb and before any preposition, or 0. */
int ld_phrase_paper (ld_english *s, const ld_en_clause *clause);

/* The act that the verb of a clause tells: the number of its frame, 0 where none fits; in
** '*last' the last item of what told it, in '*filler' the noun that the frame asked for, 0
** where it asked for none. */
int ld_frame_verb (ld_english *s, const ld_en_clause *clause, int *last, int *filler);
/* ... that a noun tells. */
int ld_frame_noun (ld_english *s, int i, int *last);
/* Does item i as a verb tell something together with item k: call FOR? */
bool ld_frame_takes (ld_english *s, int i, int k);
/* The stance that item i tells as it was taken, a verb or a noun: the number of its cue, and
** in '*last' the last item of that. */
int ld_frame_cue (ld_english *s, int i, int *last);

#endif
