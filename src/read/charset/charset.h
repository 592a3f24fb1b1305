/*
** charset.h - encodings: which there are, how their bytes become text, which
** one a file is in. Between the files of this folder and input.c.
*/
#ifndef LD_READ_CHARSET_H
#define LD_READ_CHARSET_H

#include "mark/mark.h"

#ifdef __cplusplus
extern "C" {
#endif


/* -------------------------------------------------------------- encodings */

/* What is written in an encoding. */
enum ld_home {
  LD_HOME_ANY, LD_HOME_ALPHABET, LD_HOME_HANS, LD_HOME_HANT, LD_HOME_JAPANESE,
  LD_HOME_KOREAN
};

/* How its bytes make characters. */
enum ld_coding {
  LD_CODING_UTF8,
  LD_CODING_BYTES,     /* a byte a character */
  LD_CODING_PAIRS,     /* ASCII, and bytes of two or more */
  LD_CODING_STATES,    /* likewise, switched by escape sequences */
  LD_CODING_UTF16, LD_CODING_UTF32
};

/* How likely it is that a file is in it, before a byte was looked at, as a cost
** in tenths of a nat (judge.c); what is not guessed has to be declared. */
enum { LD_COST_USUAL = 0, LD_COST_KNOWN = 10, LD_COST_OLD = 20,
       LD_COST_RARE = 40, LD_COST_DECLARED = 255 };

typedef struct ld_charset {
  const char *name;      /* as documents show it, and iconv knows it */
  const char *icu;       /* ICU's converter, which may hold more than it */
  const char *also;      /* other converters of ICU it stands in for, with
                            spaces between; or NULL */
  uint8_t coding;        /* enum ld_coding */
  uint8_t home;          /* enum ld_home */
  uint8_t cost;
  bool big_endian;
  bool frames;           /* has signs for frames, as DOS had: its no-break space
                            is a thing that nobody used */
  uint8_t width[4];      /* of its rows (ld_piece) */
} ld_charset;

/* Encoding number i, or NULL; those that are guessed stand in the order in
** which they win where the text is the same. */
const ld_charset *ld_charset_at (int i);
/* The one that is called just that in the list: it has to be there. */
const ld_charset *ld_charset_named (const char *name);
/* The encoding that a header names, or NULL where none is known by it. */
const ld_charset *ld_charset_find (const char *name);
/* The text of each byte of an encoding of one byte a character: up to three
** bytes, the first the lowest, and their number in the highest one. What has no
** character is U+FFFD. NULL without memory. */
const uint32_t *ld_charset_bytes (const ld_charset *charset);
/* The characters of its pairs, or 0; from lead 0x81 and trail 0x40 on. */
enum { LD_LEADS = 126, LD_TRAILS = 191 };
typedef uint16_t ld_pairs[LD_LEADS][LD_TRAILS];
const ld_pairs *ld_charset_pairs (const ld_charset *charset);


/* --------------------------------------------------------------- decoding */

struct UConverter;

/* Source bytes on their way to text, row by row. */
typedef struct ld_decoder {
  const ld_charset *charset;
  const char *source;
  size_t at, end;            /* what is left of it */
  size_t bad, first_bad;     /* bytes that are no characters */
  const uint32_t *bytes;     /* the tables, where the coding has them */
  const ld_pairs *pairs;
  struct UConverter *converter;    /* opened when it is needed */
  bool failed;               /* no memory for it */
} ld_decoder;

/* A stretch of text and what it stands for, as ld_piece has it. */
typedef struct ld_row {
  size_t n, begin, end;
  uint8_t width[4];
} ld_row;

void ld_decoder_open (ld_decoder *decoder, const ld_charset *charset,
                      const char *source, size_t begin, size_t end);
/* Writes the next row into 'out', which has room for LD_ROW_MAX; false at the
** end. Rows follow each other without gaps, save where nothing was to read. */
bool ld_decoder_next (ld_decoder *decoder, char *out, ld_row *row);
void ld_decoder_close (ld_decoder *decoder);


/* --------------------------------------------------------------- judgement */

/* How unlikely it is that somebody wrote a text, in tenths of a nat. */
typedef struct ld_verdict {
  uint32_t cost;         /* of all that is not ASCII */
  uint32_t odd, bad;     /* characters that are not; controls and such of them */
} ld_verdict;

/* How often words of each language (ld_lexicon_languages) were met. */
enum { LD_TALLY = 64 };

/* Judges a text as one that was read by an encoding. 'tally' is of the words in
** ASCII that stand around it; up to 'words' others are looked up, which takes
** more time than all the rest. Once it costs more than 'most' it goes no further. */
ld_verdict ld_judge (const char *text, size_t n, const ld_charset *charset,
                     const uint32_t tally[LD_TALLY], unsigned words,
                     uint32_t most);
/* Adds the words in ASCII of n bytes, those that touch no other bytes. */
void ld_judge_words (const char *bytes, size_t n, uint32_t tally[LD_TALLY]);


/* ------------------------------------------------------------------- guess */

typedef struct ld_guess {
  const ld_charset *charset;     /* NULL where nothing fits */
  const ld_charset *rival;       /* the next likely one with another text */
  int percent;                   /* how sure: 50 ... 99 */
} ld_guess;

/*
** Finds the encoding of a sample that is not UTF-8. 'declared' is favoured, or
** NULL. Returns false without memory.
*/
bool ld_guess_charset (ld_guess *guess, ld_memory *memory, const char *sample,
                       size_t n, const ld_charset *declared);
/* What a sample costs as text of one encoding, as ld_judge has it, and whether
** it may be text at all. Returns false without memory. */
typedef struct ld_weight { uint32_t cost, odd; bool fits; } ld_weight;
bool ld_weigh (ld_weight *weight, ld_memory *memory, const ld_charset *charset,
               const char *sample, size_t n);
/* Whether a sample of good UTF-8 is that by accident only, since in another
** encoding, that of the lines around it or of a header, it looks no less like
** text. Without memory it is not. */
bool ld_beats_utf8 (const ld_charset *other, ld_memory *memory,
                    const char *sample, size_t n);


/* ------------------------------------------------------------------- lines */

/* What a line is. */
enum ld_line { LD_LINE_ASCII, LD_LINE_UTF8, LD_LINE_OTHER };

/* Bytes of a sample at most. */
enum { LD_SAMPLE = 24576 };
typedef struct ld_sample { char bytes[LD_SAMPLE]; size_t n; } ld_sample;

/* The lines of a file: how many, and a sample of each kind from all over it. */
typedef struct ld_lines {
  uint32_t count, others;        /* all; those that are not UTF-8 */
  uint32_t first_other;          /* the first of them, from 1 */
  size_t sequences;              /* characters beyond ASCII in those that are */
  ld_sample other, utf8;
} ld_lines;

void ld_lines_count (ld_lines *lines, const char *bytes, size_t begin,
                     size_t n);
/* Moves '*at', where a line begins, to the end of the lines of one kind, which
** it returns; lines in ASCII are of any. */
enum ld_line ld_lines_next (const char *bytes, size_t *at, size_t n);

/* The same of one line. */
enum ld_line ld_lines_one (const char *bytes, size_t *at, size_t n);

/*
** Good UTF-8 that seems to have been encoded twice: read once as an encoding of
** one byte a character, and then saved as UTF-8 again. Looked for in parts of a
** long text only.
*/
enum { LD_DOUBLED_PART = 65536 };
typedef struct ld_doubled {
  uint32_t count;                /* such characters; what follows is of the */
  size_t at, length;             /* first: its bytes, */
  uint32_t once;                 /* the character that was meant, */
  const ld_charset *charset;     /* and the encoding it was read as */
} ld_doubled;

void ld_find_doubled (ld_doubled *found, const char *bytes, size_t n);


/* ------------------------------------------------------------------- piles */

/* Encodings of one file beside UTF-8, at most. */
enum { LD_PILES = 6 };
/* The encodings that the lines of a file are in; fewer than two: it is not
** known that they are of several. */
typedef struct ld_piles {
  const ld_charset *charset[LD_PILES];
  int count;
  int percent;                   /* how sure the least sure of them is */
} ld_piles;

/*
** Tells the encodings of a file apart whose lines, those that are not UTF-8,
** are plainly of several. 'whole' is the guess for all of them, or NULL. Of a
** long file, parts are looked at. Returns false without memory.
*/
bool ld_piles_find (ld_piles *piles, ld_memory *memory,
                    const ld_charset *whole, const char *bytes, size_t begin,
                    size_t n);
/*
** The number of the pile to which a line belongs: the one before it, 'last',
** unless another fits it better by far. -1 without memory.
*/
int ld_piles_of (const ld_piles *piles, ld_memory *memory, const char *line,
                 size_t n, int last);


/* -------------------------------------------------------------------- plan */

/* What is to be done with a file's bytes. */
typedef struct ld_plan {
  const ld_charset *declared;    /* what a header names, where it is known; NULL
                                    once it is found to say nothing */
  const ld_charset *charset;     /* NULL: UTF-8 */
  const ld_charset *rival;       /* of a guess, */
  int percent;                   /* as there */
  size_t mark;                   /* bytes of a byte order mark */
  const char *refused;           /* why it is no text, in no encoding */
  bool mixed;                    /* lines that are UTF-8 are that; then: */
  uint32_t lines, others, first_other;     /* as in ld_lines */
  ld_piles piles;                /* two or more: 'charset' is the first */
} ld_plan;

bool ld_is_wide (const ld_charset *charset);      /* UTF-16 and UTF-32 */
bool ld_is_utf8 (const ld_charset *charset);      /* or NULL */
/* The encoding that a byte order mark tells, and the mark's length; or NULL. */
const ld_charset *ld_plan_mark (const char *bytes, size_t n, size_t *mark);
/* The encoding that escape sequences near the start tell, or NULL. */
const ld_charset *ld_plan_escapes (const char *bytes, size_t n);
/* A plan by the encoding 'declared', whatever the bytes look like; only a mark
** of the same encoding tells the order of its bytes. */
void ld_plan_given (ld_plan *plan, const char *bytes, size_t n);
/* Fills all but 'declared' of a plan that was cleared. 'good' bytes are UTF-8;
** 'nul': some are NUL. Returns false without memory. */
bool ld_plan_make (ld_plan *plan, ld_memory *memory, const char *bytes,
                   size_t n, bool good, bool nul);

#ifdef __cplusplus
}
#endif

#endif
