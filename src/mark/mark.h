/*
** mark.h - text in, spans out: blocks, tokens, sentences, stems; the language.
**
** Uses corpus and base. The rules' words (abbreviations, boilerplate cues,
** function words of languages ...) are data: lua/lesdiplo/data/reading.txt,
** compiled in.
*/
#ifndef LD_MARK_H
#define LD_MARK_H

#include "corpus/corpus.h"


/* ------------------------------------------------------------- characters */

/* What a code point is to the tokenizer. */
enum ld_class {
  LD_SPACE,       /* every white space, the no-break ones, controls, NUL */
  LD_LOWER, LD_UPPER, LD_LETTER,   /* LETTER: without case */
  LD_MARK,        /* combining; stays with its letter */
  LD_DIGIT,
  LD_IDEOGRAPH,   /* one token a character: Han, kana, bopomofo */
  LD_STOP,        /* . ! ? and their kin in other scripts */
  LD_OPEN, LD_CLOSE, LD_QUOTE,     /* brackets and quotation marks that open,
                                      that close, that do either */
  LD_DASH, LD_APOSTROPHE, LD_PUNCT, LD_SYMBOL,
  LD_FORMAT       /* soft hyphen, joiners, direction marks: never a token;
                     inside a word they are part of it */
};

enum ld_class ld_class_of (uint32_t cp);
enum ld_script ld_script_of (uint32_t cp);
extern const unsigned char ld_ascii_class[128];

/* Class of the code point at p < end, its length in '*n'. Most are ASCII. */
enum ld_class ld_wide_class_at (const char *p, const char *end, int *n);
static inline enum ld_class ld_class_at (const char *p, const char *end,
                                         int *n) {
  if ((unsigned char)*p >= 0x80) return ld_wide_class_at(p, end, n);
  *n = 1;
  return (enum ld_class)ld_ascii_class[(unsigned char)*p];
}
/* Class of the code point that ends before p > begin; '*n' as above. */
enum ld_class ld_wide_class_before (const char *begin, const char *p, int *n);
static inline enum ld_class ld_class_before (const char *begin, const char *p,
                                             int *n) {
  if ((unsigned char)p[-1] >= 0x80) return ld_wide_class_before(begin, p, n);
  *n = 1;
  return (enum ld_class)ld_ascii_class[(unsigned char)p[-1]];
}

static inline bool ld_is_letter (enum ld_class k) {
  return k == LD_LOWER || k == LD_UPPER || k == LD_LETTER;
}

/* The first byte at or after p that is no white space, and the end of what is
** left of p when white space is taken off. */
const char *ld_skip_space (const char *p, const char *end);
const char *ld_trim_space (const char *begin, const char *p);

static inline bool ld_is_blank (const char *bytes, size_t n) {
  return ld_skip_space(bytes, bytes + n) == bytes + n;
}

/* Describes a new form (ld_describe of corpus.h). */
void ld_word_describe (ld_vocabulary *vocabulary, uint32_t id,
                       const char *form, size_t n);
/* Folds n bytes for search (case, accents, width, traditional Han) into
** out[size]; returns the length. What does not fit is left out. */
size_t ld_fold (const char *bytes, size_t n, char *out, size_t size);


/* ---------------------------------------------------------------- lexicon */

/* The lists of reading.txt that rules ask for, and that a set has a bit for. */
enum ld_list {
  LD_ABBREVIATION_ALWAYS, LD_ABBREVIATION_NUMBER, LD_ABBREVIATION_MONTH,
  LD_ABBREVIATION_MAYBE, LD_ABBREVIATION_COUNTRY, LD_STARTER, LD_AUXILIARY, LD_TITLE_SMALL,
  LD_RELATED, LD_FURNITURE, LD_EDITOR, LD_APPARATUS, LD_SECTION,
  LD_STATEMENT_FRAME, LD_ATTRIBUTION, LD_AGENCY, LD_OUTLET, LD_ISSUER,
  LD_KIND_LETTER, LD_KIND_COMMUNIQUE, LD_KIND_POLICY, LD_KIND_SPEECH,
  LD_SALUTATION, LD_BY, LD_OFFICE, LD_CAPTION_WORD, LD_KEY_DATE,
  LD_KEY_TITLE, LD_KEY_SOURCE, LD_KEY_BYLINE, LD_KEY_URL,
  LD_PAGE_BODY, LD_PAGE_SIDE, LD_PAGE_HEADER, LD_PAGE_HIDDEN, LD_PAGE_CAPTION,
  LD_PAGE_MODIFIER, LD_PAGE_NOBODY, LD_PAGE_LINE, LD_MONTH_1,
  LD_MONTH_12 = LD_MONTH_1 + 11, LD_LISTS
};

/*
** Makes the lists, once a process; false without memory: then all that follows
** finds nothing, and a later call may succeed. Whoever reads documents calls it
** first, or their words would be marked by other rules.
*/
bool ld_lexicon_open (void);
/*
** The lists that hold a phrase, a bit each. Case, accents and runs of white
** space do not count. Safe from any thread.
*/
uint64_t ld_lexicon_lists (const char *bytes, size_t n);
bool ld_lexicon_has (enum ld_list list, const char *bytes, size_t n);
/* The lists with a phrase whose first word is the one 'bytes' begins with:
** where a bit is not set, ld_lexicon_prefix gives 0. */
uint64_t ld_lexicon_first (const char *bytes, size_t n);
/*
** Length in bytes of the longest phrase of the list that 'bytes' begins with,
** ending at a word's end; 0 for none.
*/
size_t ld_lexicon_prefix (enum ld_list list, const char *bytes, size_t n);
/* Whether some phrase of the list occurs anywhere in n bytes. */
bool ld_lexicon_within (enum ld_list list, const char *bytes, size_t n);
/*
** The languages that have this word among their commonest, a bit each; and
** the language of a bit as ISO 639-1, or NULL.
*/
uint64_t ld_lexicon_languages (const char *word, size_t n);
const char *ld_lexicon_language (int number);


/* ----------------------------------------------------------------- blocks */

/*
** Blocks in the making, before they are the document's: readers split, join
** and re-label them. Remembers that it failed.
*/
typedef struct ld_outline {
  ld_memory *memory;
  ld_block *blocks;
  uint32_t count, size;
  bool failed;
} ld_outline;

void ld_outline_init (ld_outline *outline, ld_memory *memory);
void ld_outline_add (ld_outline *outline, uint32_t begin, uint32_t end,
                     enum ld_block_kind kind, unsigned level);
/* Cuts block i at a text offset: what stands before it becomes 'kind', the
** rest stays what it was. White space around the cut belongs to neither. */
void ld_outline_split (ld_outline *outline, const char *text, uint32_t i,
                       uint32_t offset, enum ld_block_kind kind,
                       unsigned level);
void ld_outline_free (ld_outline *outline);

/*
** Splits a text into blocks by its lines: headings, paragraphs, list items.
** Lines of a text that is wrapped at a width are joined; run-on lists inside
** one line are taken apart.
*/
void ld_mark_lines (ld_outline *outline, const char *text, size_t n);
/*
** The same for stretches that are known to be blocks, in order: one that is
** given as a paragraph may turn out a heading or an item, or hold a list that
** was run together. The others stay what they are. Lines inside are joined.
*/
void ld_mark_blocks (ld_outline *outline, const char *text,
                     const ld_block *blocks, uint32_t count);
/* Takes one paragraph apart that runs numbered headings and lists together;
** adds what it finds, or the paragraph as it is. */
void ld_mark_run_on (ld_outline *outline, const char *text, uint32_t begin,
                     uint32_t end);


/* What markup says is one paragraph: an item when it begins with a list marker,
** else as ld_mark_run_on takes it. */
void ld_mark_paragraph (ld_outline *outline, const char *text, uint32_t begin,
                        uint32_t end);


/* ------------------------------------------------- words, sentences, stems */

/* Tokens and sentences of the open document, inside its blocks. */
void ld_mark_words (ld_builder *builder);

/*
** The language of a text as ISO 639-1, or NULL when in doubt: by script, then
** by function words, then by libexttextcat. The byte behind the text is read, too.
*/
const char *ld_language (const char *text, size_t n);

/* The stem of a word in that language (Snowball); its folded form where the
** language is NULL or has no stemmer. Lent until the corpus is closed. */
const char *ld_stem (const lesdiplo_corpus *corpus, uint32_t word,
                     const char *lang, size_t *n);


/*
** The words with the same stem as this one, of n bytes, in that language: ids,
** ascending, lent until the corpus is closed. The stems of all words are worked
** out when first asked for. False without memory.
*/
bool ld_stem_words (const lesdiplo_corpus *corpus, const char *word, size_t n,
                    const char *lang, const uint32_t **words, uint32_t *count);


/*
** The tokens of phrases, a line each, as documents in that language (or NULL) are
** cut, given one by one: tokens of a document that is lent for the call, and after
** each line LD_PHRASE_END. False without memory; then none was given. 'text' has less
** than 2 GiB.
*/
#define LD_PHRASE_END UINT32_MAX
typedef void ld_phrase_token (void *data, const lesdiplo_doc *doc, uint32_t token);
bool ld_phrase_tokens (const char *text, size_t n, const char *lang,
                       ld_phrase_token *each, void *data);


/* The names of enum ld_shape. */
enum { LD_SHAPES = LD_SHAPE_HAN + 1 };
extern const char *const ld_shape_names[LD_SHAPES];


/* -------------------------------------------------------------- languages */

/* Those told apart in what depends on a document's language. */
enum { LD_LANGUAGES_MOST = 32 };

/* names[0 .. count), lent by the documents; count is 1 or more. NULL is the
** language of documents without one, the last of a full list that of others. */
typedef struct ld_languages {
  const char *names[LD_LANGUAGES_MOST];
  uint32_t count;
} ld_languages;

ld_languages ld_languages_of (const lesdiplo_corpus *corpus);
/* One for all documents, where their languages do not matter. */
ld_languages ld_languages_none (void);
/* The place of a document's language. */
uint32_t ld_languages_at (const ld_languages *languages, const char *lang);
bool ld_language_same (const char *a, const char *b);


/* ------------------------------------------------------------------ kinds */

/*
** The kinds of token that a query tells apart. A predicate is a set of words,
** which may depend on the language of the document (stems do); two words are of
** one kind where every predicate holds for both of them or for neither. Kinds
** are counted from 0; a word's kind is told by one look into a table, one a
** language.
*/
typedef struct ld_kind_table ld_kind_table;

/* What a predicate asks of a word. */
enum ld_predicate_type {
  LD_BY_FOLDED,     /* its folded form is that of 'text' */
  LD_BY_FORM,       /* it is written like 'text' */
  LD_BY_STEM,       /* its stem is that of 'text' in the document's language */
  LD_BY_LIST        /* it is one of 'words' */
};

typedef struct ld_predicate {
  const char *text;
  size_t n;
  const uint32_t *words;    /* ids, ascending */
  uint32_t count;
  enum ld_predicate_type type;
} ld_predicate;

/*
** The tokens that a predicate holds for, by postings: how many, in '*count', and
** their numbers, unsorted, into 'out' unless it is NULL. A token may be among
** them that is no such word in its own document's language. False without
** memory.
*/
bool ld_predicate_tokens (const lesdiplo_corpus *corpus,
                          const ld_predicate *predicate, uint32_t *out,
                          uint64_t *count);

/* 'by_language' where some predicate will be by stem; of 'most' kinds, from 1 to
** LD_KINDS_MOST. NULL without memory. */
ld_kind_table *ld_kind_table_new (const lesdiplo_corpus *corpus,
                                  ld_memory *memory, bool by_language,
                                  uint32_t most);
/*
** Adds to predicate 'number' (from 0, in any order; several make one of what
** each of them holds for). LESDIPLO_ELIMIT where there would be more than 'most'
** kinds: then nothing has changed, and the predicate has to be asked in another
** way; LESDIPLO_ENOMEM.
*/
enum { LD_KINDS_MOST = 255, LD_PREDICATES_MOST = 1024 };
int ld_kind_table_add (ld_kind_table *table, uint32_t number,
                       const ld_predicate *predicate);
uint32_t ld_kind_table_count (const ld_kind_table *table);
/* Does the predicate hold for words of that kind? */
bool ld_kind_table_has (const ld_kind_table *table, uint32_t kind,
                        uint32_t number);
/* The kinds of all words, for documents such as that one. */
const uint8_t *ld_kind_table_of (const ld_kind_table *table,
                                 const lesdiplo_doc *doc);
void ld_kind_table_free (ld_kind_table *table);


/* --------------------------------------------------------------- entities */

/*
** A table of entities (countries, organisations, places, offices) and their names,
** and the trie of these names that documents are tagged by. It only grows; what
** was added is found once the table has been sealed, and again after more. It may
** stand on a base that was made while building: that is shared and never written.
** Not shared between threads while it grows.
*/
typedef struct ld_gazetteer ld_gazetteer;
typedef struct ld_gazetteer_base ld_gazetteer_base;

enum ld_form {
  LD_FORM_NAME, LD_FORM_OFFICIAL, LD_FORM_ABBREVIATION, LD_FORM_ADJECTIVE,
  LD_FORM_DEMONYM, LD_FORM_HISTORICAL, LD_FORM_METONYM, LD_FORM_SHORT,
  LD_FORM_PLURAL, LD_FORMS
};
extern const char *const ld_form_names[LD_FORMS];
/* The form of that name, whatever its case; of none a plain name; LD_FORMS where there
** is no such form. */
enum ld_form ld_form_find (const char *name, size_t n);
/* Is an entity of a kind of that name read by somebody: country, org, place ...? */
bool ld_is_kind (const char *name, size_t n);
/* Their names, for messages. */
extern const char ld_kinds_told[];

enum { LD_NONE = UINT32_MAX, LD_NAME_TOKENS_MOST = 32 };

/* What a table tells of each. Strings are lent until it is freed. Lists of an
** entity's names and facts go by their numbers: LD_NONE ends them. */
typedef struct ld_entity {
  const char *id, *kind;
  uint32_t first_name, first_fact;
} ld_entity;

typedef struct ld_name {
  const char *text;          /* as it is written in the table */
  const char *folded;        /* its tokens folded, '\1' between them; once sealed */
  const char *lang;          /* or "" */
  uint32_t length, entity, next;
  uint32_t same;             /* the next name of the same words, or LD_NONE */
  uint32_t capitals;         /* bit k: token k begins with a capital */
  uint8_t form;              /* enum ld_form */
  bool doubt;                /* it is an everyday word, too, or another's name */
  bool latin;                /* its first letter is of the Latin script */
} ld_name;

typedef struct ld_fact {
  const char *key, *value;
  uint32_t next;
} ld_fact;

/* An empty one; one that begins with a base. NULL without memory. */
ld_gazetteer *ld_gazetteer_new (ld_memory *memory);
ld_gazetteer *ld_gazetteer_over (ld_memory *memory, const ld_gazetteer_base *base);
/* What ships: lua/lesdiplo/data/entities, made by src/tools/gazetteer.c. */
extern const ld_gazetteer_base ld_gazetteer_shipped;
void ld_gazetteer_free (ld_gazetteer *table);
/* The number of an entity, made where no other of its kind has the id. LD_NONE
** without memory, and where id and kind have more than 250 bytes. */
uint32_t ld_gazetteer_entity (ld_gazetteer *table, const char *id, size_t n,
                          const char *kind, size_t kind_length);
/* Can a text be what a person `holds`: offices, each its id, whose it is and from when to
** when, "foreign_minister NOR (2021-10..2024); mayor"? */
bool ld_is_office_list (const char *text, size_t n);
/* Can a text be a name? It has a letter or a digit, and less than 64 KiB. */
bool ld_is_name (const char *text, size_t n);
/* A name more; one that the entity has in that language and form changes nothing.
** The answer is false where the text can be no name, or the language has more than
** seven bytes, and without memory. One of more than LD_NAME_TOKENS_MOST tokens is kept,
** but is found nowhere. */
bool ld_gazetteer_name (ld_gazetteer *table, uint32_t entity, const char *lang,
                    size_t lang_length, enum ld_form form, const char *text,
                    size_t length);
bool ld_gazetteer_fact (ld_gazetteer *table, uint32_t entity, const char *key,
                    size_t key_length, const char *value, size_t length);
/* Puts new names into the trie; new doubts count from then on. False without memory. */
bool ld_gazetteer_seal (ld_gazetteer *table);
/*
** Reads entries as they are written in lua/lesdiplo/data/entities (read.c says how). What cannot be
** read is told to 'complain', a line at a time, and left out. False without memory.
*/
typedef void ld_complain (void *data, uint32_t line, const char *message);
bool ld_gazetteer_read (ld_gazetteer *table, const char *bytes, size_t n,
                    ld_complain *complain, void *data);

uint32_t ld_gazetteer_count (const ld_gazetteer *table);
uint32_t ld_gazetteer_name_count (const ld_gazetteer *table);
ld_entity ld_gazetteer_entity_at (const ld_gazetteer *table, uint32_t number);
ld_name ld_gazetteer_name_at (const ld_gazetteer *table, uint32_t number);
ld_fact ld_gazetteer_fact_at (const ld_gazetteer *table, uint32_t number);
/* The one of that id and kind; LD_NONE where there is none. */
uint32_t ld_gazetteer_find_kind (const ld_gazetteer *table, const char *id, size_t n,
                                 const char *kind, size_t kind_length);
/* Of several kinds of one id (ZAR is Zaire, and the Rand) the country, else the first
** that came; LD_NONE where there is none. */
uint32_t ld_gazetteer_find (const ld_gazetteer *table, const char *id, size_t n);
/* The number of a key of facts; 0 where no fact has it. */
uint32_t ld_gazetteer_key (const ld_gazetteer *table, const char *key);
/* The value of an entity's first fact of that key, a number, or NULL. */
const char *ld_gazetteer_get (const ld_gazetteer *table, uint32_t entity,
                              uint32_t key);

/*
** Which of a corpus's words are words of names: made once for a corpus, and anew
** when the table has grown. False without memory.
*/
typedef struct ld_tagger {
  const ld_gazetteer *table;
  const lesdiplo_corpus *corpus;
  ld_memory *memory;
  uint32_t *kinds;           /* by word: of the names that it may begin */
  struct ld_tagger_word *words;
  uint8_t *sieve;            /* which edges there may be: a bit by their hash */
  uint32_t sieve_size;       /* bytes */
} ld_tagger;
bool ld_tagger_init (ld_tagger *tagger, const ld_gazetteer *table,
                     const lesdiplo_corpus *corpus, ld_memory *memory);
void ld_tagger_free (ld_tagger *tagger);

/* Tokens [from, to) are a name of that number: of several of the same words, the
** first that may be meant. */
typedef struct ld_mention {
  uint32_t from, to, name;
} ld_mention;
/*
** Gives the names in tokens [from, to) of a document of entities that are of one of
** those kinds (a NULL ends them; LD_TAGGER_KINDS_MOST count), by where they begin, the
** longest of each place; names inside others, too.
*/
enum { LD_TAGGER_KINDS_MOST = 8 };
typedef void ld_mention_found (void *data, const ld_mention *mention);
void ld_tagger_run (const ld_tagger *tagger, const lesdiplo_doc *doc,
                    uint32_t from, uint32_t to, const char *const *kinds,
                    ld_mention_found *found, void *data);
/* The length of a folded Cyrillic word without its case endings, of n bytes; n where
** it has none. */
size_t ld_russian_root (const char *word, size_t n);
/* May a name be meant by tokens [from, to), which are its words? */
bool ld_name_fits (const ld_name *name, const lesdiplo_doc *doc, uint32_t from,
                   uint32_t to);


/* --------------------------------------------------------------- counting */

/*
** Which of a document's tokens begin a word: bit i % 8 of byte i / 8. Han and
** kana are a token a character, and ICU's dictionary makes words of them;
** where each token is a word '*starts' is NULL. Lent until the corpus is
** closed. False without memory.
*/
bool ld_word_starts (const lesdiplo_doc *doc, const uint8_t **starts);

/*
** Sequences of numbers, each kept once and numbered from 0 in the order they
** came: all of one length, or of any. Remembers that it failed.
*/
typedef struct ld_sequence_slot {
  uint32_t hash, number;         /* number: 0, or 1 + a sequence's number */
} ld_sequence_slot;

typedef struct ld_sequences {
  ld_memory *memory;
  ld_sequence_slot *slots;
  uint32_t *numbers, *ends;      /* each one's end in 'numbers'; NULL where all
                                    are of one length */
  uint32_t length;               /* or 0 */
  uint32_t count, ends_room, used, numbers_room, slot_count;
  bool failed;
} ld_sequences;

void ld_sequences_init (ld_sequences *sequences, ld_memory *memory,
                        uint32_t length);
void ld_sequences_free (ld_sequences *sequences);
/* The numbers of sequence i, '*n' of them. */
const uint32_t *ld_sequence_at (const ld_sequences *sequences, uint32_t i,
                                uint32_t *n);
uint32_t ld_sequence_hash (const uint32_t *numbers, uint32_t n);
/* The number of that sequence; UINT32_MAX without memory. */
uint32_t ld_sequence_add (ld_sequences *sequences, const uint32_t *numbers,
                          uint32_t n, uint32_t hash);

/*
** What is counted: the words of a corpus as terms, by their folded form, by
** their form as it is written, or by their stem in the document's language. A
** term is a number below LD_TERM_STOP, from 1 on; 0 stands for a mark, which is
** no word.
*/
typedef struct ld_terms ld_terms;
enum ld_term_by { LD_TERM_WORD, LD_TERM_FORM, LD_TERM_STEM };

/* Of a unit whose term is a stop word; LD_TERM of it is the term. */
#define LD_TERM_STOP ((uint32_t)1 << 31)
#define LD_TERM(term) ((term) & ~LD_TERM_STOP)

/* A word of a text: its term, and its tokens in the document. */
typedef struct ld_unit {
  uint32_t term, from, to;
} ld_unit;

/* 'furniture': what belongs to the page is counted, too (headers, footers,
** bylines, datelines, boilerplate). NULL without memory. */
ld_terms *ld_terms_new (const lesdiplo_corpus *corpus, ld_memory *memory,
                        enum ld_term_by by, bool furniture);
void ld_terms_free (ld_terms *terms);
const lesdiplo_corpus *ld_terms_corpus (const ld_terms *terms);
/*
** Before anything is counted: a stop word of that language, or of all where
** 'lang' is NULL, whatever its case and accents. ld_terms_stop_numbers makes
** all numbers stop words. False without memory.
*/
bool ld_terms_stop (ld_terms *terms, const char *lang, const char *word,
                    size_t n);
void ld_terms_stop_numbers (ld_terms *terms);
/* Is a sentence counted? */
bool ld_terms_counts (const ld_terms *terms, const lesdiplo_doc *doc,
                      uint32_t sentence);
/* Gets ready for the sentences of a document. False without memory. */
bool ld_terms_open (ld_terms *terms, const lesdiplo_doc *doc);
/* The units of a sentence of it, marks among them: lent until the next call;
** NULL without memory. */
const ld_unit *ld_terms_units (ld_terms *terms, uint32_t sentence,
                               uint32_t *count);
/*
** The terms by word id, for documents in which each token is a unit, else
** NULL; of a word that has not come up it is LD_TERM_UNSEEN, and ld_term_of
** works it out (LD_TERM_UNSEEN without memory).
*/
#define LD_TERM_UNSEEN (~LD_TERM_STOP)
const uint32_t *ld_terms_table (const ld_terms *terms);
uint32_t ld_term_of (ld_terms *terms, uint32_t word);
/* Does a word begin with that token of it? */
bool ld_terms_begins (const ld_terms *terms, uint32_t token);
/* Adds the name of a term to 'out'; compares two by their names' bytes. */
void ld_term_name (const ld_terms *terms, uint32_t term, ld_buffer *out);
int ld_term_compare (const ld_terms *terms, uint32_t a, uint32_t b);

/* What was counted of one sequence of terms: on each of two sides how often and
** in how many documents; and where it stood first, on side 0 if it is there. */
typedef struct ld_count {
  uint32_t count[2], docs[2], last[2];
  uint32_t doc, from, to;
} ld_count;

/*
** Counts sequences of n terms, n from 1 to LD_SEQUENCE_MOST, over the sentences
** of documents. None reaches over a mark; none begins or ends with a stop word.
** Of sequences of several terms those that come less than 'least' times need no
** memory, but for a few.
*/
enum { LD_SEQUENCE_MOST = 10 };
typedef struct ld_tally {
  ld_terms *terms;
  ld_memory *memory;
  uint32_t n, least;
  ld_sequences sequences;     /* of several terms; a single one is its number */
  ld_count *rows;
  uint32_t count, room;       /* of rows; some have counted nothing */
  uint64_t total[2];          /* words on each side, stop words too */
  uint32_t docs[2];           /* documents that have any */
  bool windows;               /* side 0 is what is near to nodes ... */
  uint32_t nodes;             /* ... and so many have been met */
  uint8_t *sieve;             /* while counting: how often a hash came */
  uint32_t sieve_mask;
  bool failed;
} ld_tally;

void ld_tally_init (ld_tally *tally, ld_terms *terms, ld_memory *memory,
                    uint32_t n, uint32_t least);
void ld_tally_free (ld_tally *tally);
/* Which side a document's words are on. */
enum ld_count_side { LD_SIDE_FIRST, LD_SIDE_SECOND, LD_SIDE_NONE };
/* Counts the documents whose side, one a document, is not LD_SIDE_NONE. */
void ld_tally_docs (ld_tally *tally, const uint8_t *sides);
/*
** Counts single terms: those that stand within 'left' words before or 'right'
** words behind one of the nodes, in its sentence, on side 0, each once; other
** words on side 1. The nodes' own words are on neither. Nodes are sorted; only
** documents whose side is LD_SIDE_FIRST count. A row's place reaches from its
** word to the node.
*/
typedef struct ld_place {
  uint32_t doc, from, to;
} ld_place;
void ld_tally_windows (ld_tally *tally, const uint8_t *sides,
                       const ld_place *nodes, uint32_t count, uint32_t left,
                       uint32_t right);
/* Adds the name of a row to 'out', terms parted by blanks. */
void ld_tally_name (const ld_tally *tally, uint32_t row, ld_buffer *out);

/*
** How much more often things come together than by chance; of a table of four
** cells: 'both' of 'first' and of 'second' things, of 'all'.
*/
typedef struct ld_table {
  double both, first, second, all;
} ld_table;

/* Dunning's log-likelihood ratio G2 over all four cells; negative where they
** come together less often than by chance. */
double ld_log_likelihood (const ld_table *table);
/* log2 of observed by expected (Church and Hanks); their t-score. */
double ld_mutual_information (const ld_table *table);
double ld_t_score (const ld_table *table);
/* Rychly's logDice: 14 where they never come apart, one less for each time they
** come together half as often. */
double ld_log_dice (double both, double first, double second);
/* Hardie's log ratio of the relative frequencies of the thing on both sides, a
** count of 0 being taken for half; Gabrielatos and Marchi's %DIFF. */
double ld_log_ratio (const ld_table *table);
double ld_percent_difference (const ld_table *table);

/* By what rows are put in order. */
enum ld_order { LD_ORDER_COUNT, LD_ORDER_LIKELIHOOD, LD_ORDER_INFORMATION,
                LD_ORDER_T, LD_ORDER_DICE, LD_ORDER_RATIO, LD_ORDER_DIFFERENCE,
                LD_ORDERS };
/* The table of a row: both is its count on side 0, first all that is there,
** second its count on both sides. */
ld_table ld_tally_table (const ld_tally *tally, uint32_t row);

/*
** The best rows, at most 'most' of them, best first; what is alike by its
** name's bytes. Rows that came less than 'least' times (of windows on side 0,
** else on both) are passed over. Returns how many.
*/
typedef struct ld_ranked {
  double score;
  uint32_t row;
} ld_ranked;
uint32_t ld_tally_best (const ld_tally *tally, enum ld_order order,
                        uint32_t least, ld_ranked *out, uint32_t most);


/* ----------------------------------------- between the files of this room */

/* A token that may end a sentence: its number in the document. */
typedef struct ld_stops {
  ld_memory *memory;
  uint32_t *tokens;
  uint32_t count, size;
  uint32_t taken;         /* those before it are of blocks that are done */
  bool failed;
} ld_stops;

/* Code for those processors is written where these are defined, and run where
** ld_scan_speed says so. It may read LD_PADDING bytes past a text's end. */
#if defined(__x86_64__) && defined(__GNUC__)
#define LD_VECTOR_CODE
#define LD_WIDE_CODE __attribute__((target( \
  "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt," \
  "lzcnt")))
#endif

/* How tokens are found: a byte at a time, or many by the instructions of every
** x86-64 processor, or of later ones. All find the same. */
enum ld_speed { LD_PLAIN, LD_VECTOR, LD_WIDE };
/* The best that this machine can do, and what is used: the small build takes
** the plain code everywhere. */
enum ld_speed ld_scan_most (void);
enum ld_speed ld_scan_speed (void);

/* The marking of one document's words. 'elision' cuts l'accord after its
** apostrophe; what may end a sentence is added to 'stops'. NULL without
** memory. */
typedef struct ld_scan ld_scan;
ld_scan *ld_scan_new (ld_builder *builder, bool elision, ld_stops *stops,
                      enum ld_speed speed);
void ld_scan_free (ld_scan *scan);
/* Finds the tokens of text [begin, end). They are the document's after the next
** ld_scan_flush, which returns how many there are by then. */
void ld_mark_tokens (ld_scan *scan, uint32_t begin, uint32_t end);
uint32_t ld_scan_flush (ld_scan *scan);
/* How many tokens have been found, those of the document too. */
uint32_t ld_scan_count (const ld_scan *scan);
/* Sentences of a block whose tokens are [token, end). Takes its stops. */
void ld_mark_sentences (ld_builder *builder, uint32_t block, uint32_t token,
                        uint32_t end, ld_stops *stops);

#endif
