/*
** corpus.h - the store: vocabulary, documents, spans, source maps, citations.
**
** A corpus is built once, by a builder that remembers its first failure, and
** then frozen. All of it lies in areas (base.h), so that a fork shares
** it. Uses base. It knows nothing of file formats, nor where words end: `read`
** pushes documents and `mark` pushes spans.
*/
#ifndef LD_CORPUS_H
#define LD_CORPUS_H

#include <pthread.h>

#include "base/base.h"


/* ------------------------------------------------------------ vocabulary */

/* What a word looks like, worked out once a form. */
enum ld_shape {
  LD_SHAPE_OTHER,     /* punctuation, symbols */
  LD_SHAPE_LOWER,     /* talks; also letters without case */
  LD_SHAPE_TITLE,     /* Maseru, McBride */
  LD_SHAPE_UPPER,     /* SADC, THE */
  LD_SHAPE_MIXED,     /* iPhone, US27 */
  LD_SHAPE_INITIAL,   /* J: one capital letter */
  LD_SHAPE_NUMBER,    /* 1980, 27,000, 1.57 */
  LD_SHAPE_ORDINAL,   /* 46th, 21st */
  LD_SHAPE_DOTTED,    /* U.S., a.m. */
  LD_SHAPE_HAN        /* one character */
};

/* One distinct form. The same bytes have the same id all through a corpus. No
** form holds a NUL byte. Word 0 is no word: its form is empty. */
typedef struct ld_word {
  uint32_t bytes;     /* where its form stands in the area of forms */
  uint32_t folded;    /* id of its folded form: its own where nothing folds */
  uint16_t length;    /* in bytes, at most LD_WORD_MAX */
  uint8_t shape;      /* enum ld_shape */
  uint8_t script;     /* enum ld_script, of its first letter */
  uint32_t lists;     /* what mark's rules know of it: a bit a list */
} ld_word;

enum ld_script {
  LD_SCRIPT_NONE, LD_SCRIPT_LATIN, LD_SCRIPT_CYRILLIC, LD_SCRIPT_GREEK,
  LD_SCRIPT_ARABIC, LD_SCRIPT_HEBREW, LD_SCRIPT_HAN, LD_SCRIPT_KANA,
  LD_SCRIPT_HANGUL, LD_SCRIPT_OTHER, LD_SCRIPT_COUNT
};

/* A longer run of letters is cut into several words. */
enum { LD_WORD_MAX = 255 };

/* Puts a new form's shape, script and folded form into '*word'. Given by
** mark, since the store does not know what letters are. */
typedef struct ld_vocabulary ld_vocabulary;
typedef void (*ld_describe) (ld_vocabulary *vocabulary, uint32_t id,
                             const char *form, size_t n);

/*
** A slot of the hash table holds the key itself, so that a look-up waits for
** memory once. The key of a form of at most LD_KEY_MAX bytes is the form, zeros
** after its end, as little-endian numbers; that of a longer one is its hash and
** a last byte that no short form has. A free slot is all zero.
*/
enum { LD_KEY_MAX = 12 };
typedef struct ld_slot {
  uint64_t a;
  uint32_t b, id;
} ld_slot;

struct ld_vocabulary {
  ld_area words;      /* of ld_word */
  ld_area forms;      /* bytes, one form after the other */
  ld_area table;      /* of ld_slot: in an area for the sake of large pages,
                         without which most look-ups would miss the TLB */
  ld_slot *slots;     /* slot_mask + 1 of them, a power of two */
  uint32_t slot_mask;
  uint32_t count;
  ld_memory *memory;
  ld_describe describe;
  bool failed;
};

bool ld_vocabulary_init (ld_vocabulary *vocabulary, ld_memory *memory,
                         ld_describe describe);
void ld_vocabulary_free (ld_vocabulary *vocabulary);
/* The id of a form of 1 to LD_WORD_MAX bytes, new or known. Without memory it
** is 0, and the vocabulary has failed. */
uint32_t ld_word_add (ld_vocabulary *vocabulary, const char *bytes, size_t n);
/* The id of a form, or UINT32_MAX; also on a frozen corpus. */
uint32_t ld_word_find (const ld_vocabulary *vocabulary, const char *bytes,
                       size_t n);
static inline const ld_word *ld_word_at (const ld_vocabulary *vocabulary,
                                         uint32_t id) {
  return (const ld_word *)(const void *)vocabulary->words.base + id;
}

/* Chooses the slot of a key, by its lower bits. Two odd numbers without a
** pattern (of the golden ratio, and of xxHash). */
#define LD_HASH_1 0x1E3779B97F4A7C15
#define LD_HASH_2 0x42B2AE3D27D4EB4F
static inline uint32_t ld_word_hash (uint64_t a, uint32_t b) {
  uint64_t h = a * (uint64_t)LD_HASH_1;
  h = (h ^ h >> 32 ^ b) * (uint64_t)LD_HASH_2;
  return (uint32_t)(h >> 32);
}
static inline const char *ld_word_form (const ld_vocabulary *vocabulary,
                                        uint32_t id) {
  return vocabulary->forms.base + ld_word_at(vocabulary, id)->bytes;
}


/* ------------------------------------------------------------- documents */

enum ld_block_kind {
  LD_HEADING, LD_PARAGRAPH, LD_ITEM, LD_CAPTION, LD_BYLINE, LD_DATELINE,
  LD_HEADER, LD_FOOTER, LD_BOILERPLATE, LD_TABLE, LD_BLOCK_KINDS
};
extern const char *const ld_block_names[LD_BLOCK_KINDS];

/* A stretch of the text of one kind. Blocks do not overlap; they are sorted;
** an empty one stands for bytes of markup (a footnote marker). */
typedef struct ld_block {
  uint32_t begin, end;
  uint8_t kind;       /* enum ld_block_kind */
  uint8_t level;      /* of a heading (1 ...) or item (1 ...), else 0 */
  uint16_t spare;     /* 0 */
} ld_block;

/* A sentence; its tokens are [token, token of the next one). */
typedef struct ld_sentence {
  uint32_t begin, end;
  uint32_t token;     /* the document's first token at or after 'begin' */
  uint32_t block;     /* the document's block it lies in */
} ld_sentence;

/*
** A piece of the map from text to source. It reaches to the next one's 'text'
** (the last one to the end). What it stands for is told by 'width':
**   all 0   where the piece is as long in the source as in the text the bytes
**           are the same, one for one, but that a blank may stand for
**           another white space; else the whole stands for the whole;
**   else    it is a row of characters in another encoding, and one that has k
**           bytes of UTF-8 stands for width[k - 1] bytes of the source:
**           1 1 1 1 in KOI8-R, 1 2 2 4 in GB18030, 2 2 2 4 in UTF-16. Places in
**           it are found by counting characters, so it is short: LD_ROW_MAX.
*/
typedef struct ld_piece {
  uint32_t text;
  uint32_t source, source_end;
  uint8_t width[4];
} ld_piece;

/* Bytes of text in a row at most: what a look-up walks through, and what a
** piece's own sixteen bytes are spread over. */
#if defined(LD_SMALL)
enum { LD_ROW_MAX = 16 };
#else
enum { LD_ROW_MAX = 512 };
#endif

/* A map whole: its pieces and the text they are of; what a document has, and a
** reader's input. */
typedef struct ld_pieces {
  const ld_piece *all;
  uint32_t count;
  const char *text;
  uint32_t length;
} ld_pieces;

static inline bool ld_piece_is_row (const ld_piece *piece) {
  return piece->width[0] != 0;
}
/* The number of the piece that holds text byte 'at', the last one for the end;
** and where a piece ends in the text. */
uint32_t ld_pieces_find (const ld_pieces *map, uint32_t at);
static inline uint32_t ld_pieces_end (const ld_pieces *map, uint32_t i) {
  return i + 1 < map->count ? map->all[i + 1].text : map->length;
}
/* The source byte that text byte 'at' of piece i begins with, 'at' not being
** the piece's end; and the one where the text before 'at' ends, 'at' not being
** its begin. Inside a character both are rounded away from each other. */
uint32_t ld_pieces_source (const ld_pieces *map, uint32_t i, uint32_t at);
uint32_t ld_pieces_source_end (const ld_pieces *map, uint32_t i, uint32_t at);

/* Metadata: name and value, both terminated, in the corpus's strings. */
typedef struct ld_field {
  const char *name, *value;
} ld_field;

/* Fields every document has a place for, in the order they are printed. */
enum ld_field_id {
  LD_F_PATH, LD_F_TITLE, LD_F_DATE, LD_F_DATE_PRECISION, LD_F_DATE_HOW,
  LD_F_SOURCE, LD_F_BYLINE, LD_F_DATELINE, LD_F_LANG, LD_F_KIND, LD_F_COUNT
};
extern const char *const ld_field_names[LD_F_COUNT];

struct lesdiplo_doc {
  const lesdiplo_corpus *corpus;
  const char *id;
  uint32_t index;
  const char *field[LD_F_COUNT];      /* NULL where unknown */
  const ld_field *more;               /* further ones, in the order found */
  uint32_t more_count;
  const char *text, *source;          /* equal where nothing was changed */
  uint32_t text_length, source_length;
  const ld_piece *pieces;             /* NULL: text and source are the same */
  uint32_t piece_count;
  uint8_t unit;                       /* bytes of the source's code units: 2 in
                                         UTF-16, 4 in UTF-32, else 1 */
  bool big_endian;                    /* their first byte is the highest */
  const ld_block *blocks;
  uint32_t block_count;
  const ld_sentence *sentences;
  uint32_t sentence_count;
  const uint32_t *token_begin;        /* where each token begins ... */
  const uint32_t *token_word;         /* ... and its word id */
  uint32_t token_count;
  /* Places that the metadata was read from, text offsets; begin == end where
  ** it came from elsewhere. For the citations of a brief. */
  struct { uint32_t begin, end; } evidence[LD_F_COUNT];
};

static inline uint32_t ld_token_end (const lesdiplo_doc *doc, uint32_t i);

/*
** Where the words of a corpus stand. Tokens are numbered through it, document
** after document; what is listed by word or by form is ascending.
*/
typedef struct ld_postings {
  ld_area area;                 /* all of it */
  const uint32_t *first;        /* each document's first token; then their sum */
  const uint32_t *from;         /* word w stands at places[from[w]] ... up to */
  const uint32_t *places;       /* ... places[from[w + 1]]: token numbers */
  const uint32_t *folded_from;  /* the forms that fold to f are ... */
  const uint32_t *forms;        /* ... forms[folded_from[f]] ... likewise */
  uint32_t token_count;
} ld_postings;

/* What could not be read, its strings among the corpus's: a note costs what it
** says, for there may be millions. */
typedef struct ld_note {
  const char *where, *message;
  int code;
  uint32_t line;
} ld_note;

struct lesdiplo_corpus {
  ld_memory memory;
  uint32_t holders;      /* Lua states that have it, under the lock */
  bool closed;           /* by its owner: it is there for its holders only */
  ld_vocabulary vocabulary;
  ld_area docs;          /* of lesdiplo_doc */
  ld_area text;          /* texts and sources that are not mapped files */
  ld_area strings;       /* ids, fields, notes */
  ld_area pieces, blocks, sentences, token_begin, token_word;
  ld_area files;         /* of ld_file: the maps to give back */
  ld_area notes;         /* of ld_note */
  ld_map ids;            /* id -> index */
  ld_map repeats;        /* an id that came twice -> its place in counts */
  ld_area counts;        /* of uint32_t: how often it came */
  uint32_t doc_count, note_count;
  /* What is made when first asked for, in the process that asks, under the
  ** lock: the only things of a frozen corpus that change. */
  pthread_mutex_t lock;
  ld_memory lazy;              /* their memory: not counted while loading */
  uint32_t **lines;            /* a document's line index, or NULL */
  char (**sha256)[65];         /* a document's digest, or NULL */
  ld_postings *postings;
  struct ld_stems *stems;      /* made and known by mark */
  void (*close_stems) (struct ld_stems *stems);
  struct ld_words *words;      /* likewise: dictionary words */
  void (*close_words) (struct ld_words *words, const lesdiplo_corpus *corpus);
};

/*
** For those who may outlive it: a corpus that is closed stays, and says that it is
** closed, until its last holder has let go. Safe from any thread.
*/
void ld_corpus_hold (const lesdiplo_corpus *corpus);
void ld_corpus_let_go (const lesdiplo_corpus *corpus);
static inline bool ld_corpus_is_closed (const lesdiplo_corpus *corpus) {
  return __atomic_load_n(&corpus->closed, __ATOMIC_RELAXED);
}

static inline uint32_t ld_token_end (const lesdiplo_doc *doc, uint32_t i) {
  return doc->token_begin[i] +
         ld_word_at(&doc->corpus->vocabulary, doc->token_word[i])->length;
}

/* The token behind sentence i's last: where those of the next one begin. */
static inline uint32_t ld_sentence_end (const lesdiplo_doc *doc, uint32_t i) {
  return i + 1 < doc->sentence_count ? doc->sentences[i + 1].token
                                     : doc->token_count;
}

/* Those of the corpus, made when they are first asked for. NULL without memory.
** Safe from any thread. */
const ld_postings *ld_postings_of (const lesdiplo_corpus *corpus);
/* The document, of 'count', that holds a token. */
uint32_t ld_postings_doc (const ld_postings *postings, uint32_t count,
                          uint32_t token);
/*
** Groups 'count' things by their keys, less than 'groups', of which the next one
** lies 'stride' bytes further on: those of group g are list[from[g]] up to
** list[from[g + 1]], ascending. 'from' comes as groups + 1 zeros.
*/
void ld_group (const uint32_t *key, size_t stride, uint32_t count,
               uint32_t groups, uint32_t *from, uint32_t *list);
/* For ld_builder: gives them back; NULL is fine. */
void ld_postings_free (ld_memory *memory, ld_postings *postings);

/* The first token, sentence or block that begins at or after 'at' (their
** count when there is none). */
uint32_t ld_token_from (const lesdiplo_doc *doc, uint32_t at);
uint32_t ld_sentence_from (const lesdiplo_doc *doc, uint32_t at);
/* The sentence that a token is among those of; UINT32_MAX before the first. */
uint32_t ld_sentence_of_token (const lesdiplo_doc *doc, uint32_t token);
/* The sentence that holds byte 'at', or UINT32_MAX. */
uint32_t ld_sentence_at (const lesdiplo_doc *doc, uint32_t at);

/* Text to source, and back (see lesdiplo_doc_locate). What begins or ends inside
** a character of a row stands for all of it. The way back gives the smallest
** stretch of text that covers those source bytes; 1, or 0 when they lie outside
** the source. */
void ld_locate (const lesdiplo_doc *doc, uint32_t begin, uint32_t end,
                lesdiplo_span *out);
bool ld_locate_source (const lesdiplo_doc *doc, uint32_t source_begin,
                       uint32_t source_end, uint32_t *begin, uint32_t *end);
/* The line of a source byte, from 1. Long documents get an index of lines when
** first asked, so that a citation costs the same anywhere. */
uint32_t ld_source_line (const lesdiplo_doc *doc, uint32_t at);

/* The longest id, in bytes: a path may have as many. */
enum { LD_ID_MAX = 4096 };

/* A parsed citation; 'doc' is unescaped and terminated. */
typedef struct ld_citation {
  char doc[LD_ID_MAX + 1];
  uint32_t line, begin, end;
  char hash[9];
} ld_citation;
/*
** Reads a citation whose text ends exactly at 'end' and begins as far back as
** it goes, but not before 'begin'. Its start is returned, or NULL when no
** citation ends there.
*/
const char *ld_citation_parse (const char *begin, const char *end,
                               ld_citation *out);


/* --------------------------------------------------------------- builder */

/*
** Builds a corpus, one document at a time. Every call after the first failure
** does nothing; ld_builder_finish says what it was. Used by one thread.
*/
typedef struct ld_builder {
  lesdiplo_corpus *corpus;
  lesdiplo_doc *doc;        /* the one that is open, or NULL */
  int failure;              /* LESDIPLO_OK, or the first failure */
  bool own_text;            /* the open document's text is not its source */
  const char *later[LD_F_COUNT];   /* of the open document, or NULL */
  const volatile int *stop; /* becomes not 0 when no more is wanted; or NULL */
} ld_builder;

int ld_builder_init (ld_builder *builder, const lesdiplo_options *options,
                     ld_describe describe, lesdiplo_error *error);

/* Keeps a file mapped for as long as the corpus lives; without memory it is
** closed at once. */
void ld_builder_keep (ld_builder *builder, const ld_file *file);

/*
** Copies bytes into the corpus (never between the first ld_builder_text and
** ld_builder_text_end of a document), LD_PADDING zero bytes after them, and
** returns where they lie now; they stay. NULL after a failure.
*/
const char *ld_builder_store (ld_builder *builder, const char *bytes,
                              size_t n);

/*
** Opens a document whose source is 'source' (kept or stored bytes). 'id' is
** made unique by ":2", ":3" ... when the corpus has it, with a note. Bytes of
** it and of the path that are no UTF-8 become U+FFFD.
** Its text is the source until pieces are added.
*/
void ld_builder_open (ld_builder *builder, const char *path, const char *id,
                      const char *source, size_t n);
/* Says that the open document's source is UTF-16 or UTF-32: its lines end
** where a code unit, not a byte, is a newline. */
void ld_builder_units (ld_builder *builder, unsigned unit, bool big_endian);
/*
** Appends text that stands for source bytes [begin, end), begin not before
** the last piece's end: the same bytes where n == end - begin (white space may
** be another), else a replacement. begin == end adds what the source does not have; n == 0 says
** that those bytes were dropped for a reason (a footnote marker), so that the
** empty span there stands for them alone. The first
** call makes the document's text its own.
*/
void ld_builder_text (ld_builder *builder, const char *bytes, size_t n,
                      size_t begin, size_t end);
/*
** Appends a row (ld_piece): n bytes of whole characters, LD_ROW_MAX at most,
** that stand for source bytes [begin, end), begin not before the last piece's
** end, each for as many as 'width' says.
*/
void ld_builder_row (ld_builder *builder, const char *bytes, size_t n,
                     size_t begin, size_t end, const uint8_t width[4]);
/* Where the text stands: the offset at which the next piece would begin. */
uint32_t ld_builder_at (const ld_builder *builder);
/* Declares that the text is complete: pads it. Blocks may come before or
** after; tokens and sentences only after. */
void ld_builder_text_end (ld_builder *builder);

/* In order of 'begin', not overlapping. */
void ld_builder_block (ld_builder *builder, uint32_t begin, uint32_t end,
                       enum ld_block_kind kind, unsigned level);
void ld_builder_sentence (ld_builder *builder, uint32_t begin, uint32_t end,
                          uint32_t token, uint32_t block);
/* Room for n more tokens of the open document; the caller fills both arrays
** and says how many it used. Returns false after a failure. */
bool ld_builder_token_room (ld_builder *builder, size_t n, uint32_t **begin,
                            uint32_t **word);
void ld_builder_tokens (ld_builder *builder, size_t used);

/* Sets a field unless it has a value already; n bytes of UTF-8 with white
** space folded and ends trimmed. An empty value is no value. */
void ld_builder_field (ld_builder *builder, enum ld_field_id id,
                       const char *value, size_t n);
/* The same, read from that stretch of the text. */
void ld_builder_field_at (ld_builder *builder, enum ld_field_id id,
                          uint32_t begin, uint32_t end);
/* Sets a field when the document is closed, whatever it has by then; the first
** such value counts. For what is said of a document from outside, which is not
** to change how it is read. Where it says the same itself, that remains the
** evidence. */
void ld_builder_later (ld_builder *builder, enum ld_field_id id,
                       const char *value, size_t n);
/* A further field under its own name. */
void ld_builder_more (ld_builder *builder, const char *name,
                      const char *value, size_t n);
/* Ends the document. */
void ld_builder_close (ld_builder *builder);
/* Throws the open document away (its bytes stay). */
void ld_builder_drop (ld_builder *builder);

/* What could not be read, or was read with doubt. */
void ld_builder_note (ld_builder *builder, int code, const char *where,
                      uint32_t line, const char *format, ...)
    LD_PRINTF(5, 6);

/* Freezes the corpus and hands it over, or gives everything back and says
** what failed. */
int ld_builder_finish (ld_builder *builder, lesdiplo_corpus **out,
                       lesdiplo_error *error);

#endif
