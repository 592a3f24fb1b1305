/*
** entity.h - between the files of entity: the inside of a gazetteer.
**
** A gazetteer is rows of numbers, a pool of strings, and hash tables from two numbers
** to a third. Each of them has a fixed part, which stands in memory that is never
** written (what ships: src/tools/gazetteer.c makes it while building), and more that
** has grown behind it; both are numbered through. Where a fixed row is to change, all
** rows of its kind are copied first, once: what ships is some thousands.
*/
#ifndef LD_MARK_ENTITY_H
#define LD_MARK_ENTITY_H

#include "mark/mark.h"

/*
** The rows. They have members of four bytes only, as the tool writes them. A string
** is a number, from 1; lists go by links, which are numbers of rows: LD_NONE ends
** them.
*/
typedef struct ld_entity_entry {
  uint32_t id;
  uint32_t kind;             /* a row of kinds */
  uint32_t first_name, last_name, first_fact, last_fact;
} ld_entity_entry;

typedef struct ld_name_entry {
  uint32_t text;             /* a string of three: text, language, form */
  uint32_t folded;
  uint32_t length, entity;
  uint32_t kind;             /* its entity's */
  uint32_t next, same, capitals;
  uint32_t traits;           /* the form, and LD_NAME_... */
} ld_name_entry;
enum {
  LD_NAME_FORM = 0xFF, LD_NAME_DOUBT = 0x100, LD_NAME_LATIN = 0x200,
  LD_NAME_COMMON = 0x400,    /* its language is English, or none */
  LD_NAME_TWIN = 0x800       /* another's in French documents: see trie.c */
};

/* Is nothing to be asked of a name but its words and their capitals? */
static inline bool ld_name_is_plain (const ld_name_entry *name) {
  return name->traits & LD_NAME_COMMON && !(name->traits & LD_NAME_DOUBT) &&
         (name->traits & LD_NAME_FORM) != LD_FORM_ABBREVIATION;
}

typedef struct ld_fact_entry {
  uint32_t key, value, next;
} ld_fact_entry;

/* A node of the trie: the list of names that end there; the kinds of those that end
** there or further on, a bit each (ld_kind_bit), and of those among them that begin
** with no capital; where it leads to; and of the first name what most answers hang on.
** 0 is the root. Most nodes lead to one other by one term, and say so themselves: a
** look at the hash table of edges may be one into memory. Of the others it tells which
** terms there may be, a bit each. */
typedef struct ld_node_entry {
  uint32_t first, last, kinds, small;
  uint32_t low, high;        /* the term, 0 where there is none, and the node; or
                                LD_NODE_MANY, and 63 bits of terms: ld_term_bit */
  uint32_t capitals, plain;  /* plain: its kind's bit, or 0: see set_plain */
} ld_node_entry;
#define LD_NODE_MANY ((uint32_t)1 << 31)     /* in 'high' */

typedef struct ld_kind_entry {
  uint32_t text;
} ld_kind_entry;

/* An entry of a hash table; free where its value is 0. */
typedef struct ld_pair {
  uint32_t a, b, value;
} ld_pair;

enum ld_rows_of {
  LD_ROWS_STRINGS,           /* bytes */
  LD_ROWS_ENTITIES, LD_ROWS_NAMES, LD_ROWS_FACTS, LD_ROWS_NODES,
  LD_ROWS_KINDS, LD_ROWS
};

/* The first four are sets of bytes: they are kept by the halves of a hash, and the value
** tells what string they are (ld_key_find). */
enum ld_pairs_of {
  LD_PAIRS_WORDS,            /* hash -> string: what is kept once */
  LD_PAIRS_TERMS,            /* hash -> string: the terms of names */
  LD_PAIRS_ENTITIES,         /* hash -> the first entity of an id + 1 */
  LD_PAIRS_NAMES,            /* hash -> the first name of a text + 1 */
  LD_PAIRS_IDS,              /* id, kind -> an entity + 1, of another kind than the first */
  LD_PAIRS_KINDS,            /* string, 0 -> kind + 1 */
  LD_PAIRS_OWN,              /* text of a name, entity -> 1: where it is not the first
                                with that text; text of a doubt, entity -> 1 */
  LD_PAIRS_EDGES,            /* node of LD_NODE_MANY, term -> node */
  LD_PAIRS
};

struct ld_gazetteer_base {
  struct { const void *rows; uint32_t count; } rows[LD_ROWS];
  struct { const ld_pair *slots; uint32_t size; } pairs[LD_PAIRS];
};


/* ------------------------------------------------------------- containers */

typedef struct ld_rows {
  const char *fixed;
  uint32_t fixed_count;      /* 0 once they are copied: then all are in more */
  uint32_t size;             /* bytes of a row */
  ld_area more;
} ld_rows;

typedef struct ld_pairs {
  ld_memory *memory;
  const ld_pair *fixed;
  ld_pair *more;
  uint32_t fixed_size, size; /* slots */
  uint32_t count;            /* of those in more */
} ld_pairs;

static inline uint32_t ld_rows_count (const ld_rows *rows) {
  return rows->fixed_count + (uint32_t)(rows->more.used / rows->size);
}

static inline const void *ld_row (const ld_rows *rows, uint32_t i) {
  return i < rows->fixed_count
           ? rows->fixed + (size_t)i * rows->size
           : rows->more.base + (size_t)(i - rows->fixed_count) * rows->size;
}

/* Adds a row, and returns its number; LD_NONE without memory. */
uint32_t ld_rows_add (ld_rows *rows, const void *row);
/* A row to be changed; NULL without memory. What rows lie at stays, once one has been
** added or changed. */
void *ld_rows_change (ld_rows *rows, uint32_t i);

/* The slot of two numbers, or the free one where they belong. There is always a free
** one. */
static inline uint32_t ld_pair_slot (const ld_pair *slots, uint32_t size, uint32_t a,
                                     uint32_t b) {
  const uint64_t hash = ld_word_hash((uint64_t)a << 32 | b, 0);
  uint32_t i = (uint32_t)(hash * size >> 32);
  while (slots[i].value && (slots[i].a != a || slots[i].b != b))
    i = i + 1 < size ? i + 1 : 0;
  return i;
}

/* The value of two numbers; 0 where they have none. */
static inline uint32_t ld_pairs_get (const ld_pairs *p, uint32_t a, uint32_t b) {
  uint32_t value = 0;
  if (p->fixed_size)
    value = p->fixed[ld_pair_slot(p->fixed, p->fixed_size, a, b)].value;
  if (!value && p->size) value = p->more[ld_pair_slot(p->more, p->size, a, b)].value;
  return value;
}

/* Sets it, what is fixed aside. False without memory. */
bool ld_pairs_put (ld_pairs *pairs, uint32_t a, uint32_t b, uint32_t value);
/* Gives what has grown another number of slots, more than are taken. */
bool ld_pairs_resize (ld_pairs *pairs, uint32_t size);


/* ------------------------------------------------------------------ inside */

struct ld_gazetteer {
  ld_memory *memory;
  ld_rows rows[LD_ROWS];
  ld_pairs pairs[LD_PAIRS];
  uint32_t sealed;           /* names before it are in the trie */
  uint32_t fixed_nodes;      /* from these on only what has grown leads on */
  bool doubted;              /* doubts have come since, maybe of sealed names */
  bool failed;               /* memory has been refused */
};

static inline const char *ld_string (const ld_gazetteer *table, uint32_t string) {
  return ld_row(&table->rows[LD_ROWS_STRINGS], string - 1);
}

static inline const ld_name_entry *ld_name_entry_at (const ld_gazetteer *table,
                                                 uint32_t number) {
  return ld_row(&table->rows[LD_ROWS_NAMES], number);
}

static inline const ld_node_entry *ld_node_at (const ld_gazetteer *table,
                                               uint32_t number) {
  return ld_row(&table->rows[LD_ROWS_NODES], number);
}

/* A terminated copy of n bytes; 0 without memory. */
uint32_t ld_string_add (ld_gazetteer *table, const char *bytes, size_t n);
/* The value of n bytes in a set; 0 where there is none. The key is what it is put by. */
typedef struct ld_key {
  uint32_t a, b;
} ld_key;
uint32_t ld_key_find (const ld_gazetteer *table, enum ld_pairs_of set, const char *bytes,
                      size_t n, ld_key *key);
/* The string of n bytes in a set, LD_PAIRS_WORDS or LD_PAIRS_TERMS; 0 where there is
** none. ld_string_put adds it; 0 without memory. */
uint32_t ld_string_find (const ld_gazetteer *table, enum ld_pairs_of set,
                         const char *bytes, size_t n);
uint32_t ld_string_put (ld_gazetteer *table, enum ld_pairs_of set, const char *bytes,
                        size_t n);

/* The kind of that name; LD_NONE where there is none. */
uint32_t ld_kind_find (const ld_gazetteer *table, const char *kind, size_t n);

/* Those behind the 30th share a bit. */
enum { LD_KINDS_ALONE = 31 };
static inline uint32_t ld_kind_bit (uint32_t kind) {
  return (uint32_t)1 << (kind < LD_KINDS_ALONE ? kind : LD_KINDS_ALONE);
}

/* Which of the 63 bits of a node of many edges is a term's. */
static inline unsigned ld_term_bit (uint32_t term) {
  return ld_word_hash(term, 0) % 63;
}

/* The members of rows that change. */
enum ld_link {
  LD_LINK_FIRST_NAME, LD_LINK_LAST_NAME, LD_LINK_FIRST_FACT, LD_LINK_LAST_FACT,
  LD_LINK_NEXT_NAME, LD_LINK_NEXT_FACT, LD_LINK_SAME, LD_LINK_FIRST_SAME,
  LD_LINK_LAST_SAME, LD_LINKS
};
uint32_t ld_link_get (const ld_gazetteer *table, enum ld_link link, uint32_t row);
void ld_link_set (ld_gazetteer *table, enum ld_link link, uint32_t row,
                  uint32_t value);
/* A list, of three links: its owner's first and last one, and each one's next. */
typedef struct ld_chain {
  enum ld_link first, last, next;
} ld_chain;
/* Appends a row to the list of an owner. */
void ld_chain_append (ld_gazetteer *table, ld_chain list, uint32_t owner, uint32_t row);

/* Is a name of the entity's doubtful? */
bool ld_gazetteer_doubts (const ld_gazetteer *table, uint32_t entity, const char *text,
                          size_t n);


/* -------------------------------------------------------------------- words */

/* The term of a folded word: dashes are one, and Cyrillic words lose their
** endings. Returns its length in out[4 * LD_WORD_MAX]. */
size_t ld_name_term (const char *folded, size_t n, char *out);
/* What stands for a folded word in the trie that loses a vowel in the other cases; NULL
** where it is none. */
const char *ld_russian_stem (const char *word, size_t n);
/* May 'text' be a case form of 'name', a word of a table in the nominative?
** Both are folded. */
bool ld_russian_form (const char *name, size_t name_length, const char *text,
                      size_t text_length);

/* The node behind one by a term, of that bit; 0 where there is none. Only what has
** grown leads on from nodes that have grown. */
static inline uint32_t ld_gazetteer_step (const ld_gazetteer *table, uint32_t number,
                                          uint32_t term, unsigned bit) {
  const ld_node_entry *node = ld_node_at(table, number);
  if (!(node->high & LD_NODE_MANY)) return node->low == term ? node->high : 0;
  const uint64_t leads = (uint64_t)node->high << 32 | node->low;
  if (!(leads >> bit & 1)) return 0;
  const ld_pairs *edges = &table->pairs[LD_PAIRS_EDGES];
  if (number < table->fixed_nodes) return ld_pairs_get(edges, number, term);
  return edges->more[ld_pair_slot(edges->more, edges->size, number, term)].value;
}

#endif
