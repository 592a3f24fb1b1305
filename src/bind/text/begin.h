/*
** begin.h - what the matches of an LPeg pattern can begin with, and where a
** text has such a beginning. Nothing here knows Lua.
**
** A pattern's beginning is a few fronts: rows of up to LD_DEPTH sets of bytes.
** Whatever matches begins with one of the fronts. A front may allow more
** than the pattern does, never less: where none fits no match can begin.
*/
#ifndef LD_BIND_BEGIN_H
#define LD_BIND_BEGIN_H

#include "mark/mark.h"

enum { LD_DEPTH = 4, LD_FRONTS = 8 };

/* A set of bytes: bit c % 64 of word c / 64. */
typedef struct ld_bytes {
  uint64_t bits[4];
} ld_bytes;

static inline void ld_bytes_add (ld_bytes *set, unsigned char c) {
  set->bits[c >> 6] |= (uint64_t)1 << (c & 63);
}
static inline bool ld_bytes_has (const ld_bytes *set, unsigned char c) {
  return set->bits[c >> 6] >> (c & 63) & 1;
}

/* The match has at least 'depth' bytes, the first of at[0], and so on. */
typedef struct ld_front {
  uint8_t depth;
  bool whole;          /* and no more: what comes next goes on from there */
  ld_bytes at[LD_DEPTH];
} ld_front;

/* What is done with a set, at the next byte: one of it is taken, or as many as there
** are, or one if it is there; it has to be one, which is not taken; or none. The last
** three have no set: there a capture of text begins or ends, or is a position. */
enum ld_step_kind { LD_STEP_ONE, LD_STEP_MANY, LD_STEP_MAYBE, LD_STEP_IS,
                    LD_STEP_IS_NOT, LD_STEP_OPEN, LD_STEP_CLOSE, LD_STEP_HERE };

enum { LD_STEPS = 12 };

/* Where 'plain', the pattern is nothing but these steps. */
typedef struct ld_steps {
  bool plain;
  uint8_t count;
  struct ld_step {
    enum ld_step_kind kind;
    ld_bytes set;
  } at[LD_STEPS];
} ld_steps;

/* Of p ^ n, n may be cut to what is more than LD_STEPS. 'out' is no operand. */
void ld_steps_none (ld_steps *out);
void ld_steps_empty (ld_steps *out);
void ld_steps_literal (ld_steps *out, const char *bytes, size_t n);
void ld_steps_some (ld_steps *out, size_t n);
void ld_steps_set (ld_steps *out, const ld_bytes *set);
void ld_steps_sequence (ld_steps *out, const ld_steps *a, const ld_steps *b);
void ld_steps_choice (ld_steps *out, const ld_steps *a, const ld_steps *b);
void ld_steps_minus (ld_steps *out, const ld_steps *a, const ld_steps *b);
void ld_steps_repeat (ld_steps *out, const ld_steps *p, int n);
/* #p, and -p where it is not 'wanted'. */
void ld_steps_look (ld_steps *out, const ld_steps *p, bool wanted);
/* C(p), and Cp. */
void ld_steps_capture (ld_steps *out, const ld_steps *p);
void ld_steps_here (ld_steps *out);
/* Where the match that begins at p ends; NULL where there is none. Where the steps
** of captures are reached is kept in at[], which has a place for each step. */
const char *ld_steps_match (const ld_steps *s, const char *p, const char *end,
                            const char **at);


/* What the captures of a pattern need: none are there; LPeg alone makes their values,
** whenever it is asked; or code or tables of a script may be asked, or what was
** matched before counts. */
enum ld_captures { LD_NO_CAPTURES, LD_OWN_CAPTURES, LD_ANY_CAPTURES };

/*
** No front at all: it never matches. A front of depth 0 that is not whole:
** nothing is known, and it is the only one then.
*/
typedef struct ld_begin {
  uint8_t count;
  bool one_byte;       /* matches any byte of fronts[0].at[0], nothing else */
  bool acts;           /* code of a script may run while it is tried */
  enum ld_captures captures;
  ld_front fronts[LD_FRONTS];
} ld_begin;

/* How many bytes of it say something: as many are enough to keep it. */
size_t ld_begin_size (const ld_begin *b);
size_t ld_steps_size (const ld_steps *s);
/* Where nothing is known; where nothing is consumed. */
void ld_begin_unknown (ld_begin *out);
void ld_begin_empty (ld_begin *out);
/* P of a string, of a number of bytes; R and S; P(false) is no bytes at all. */
void ld_begin_literal (ld_begin *out, const char *bytes, size_t n);
void ld_begin_some (ld_begin *out, size_t n);
void ld_begin_set (ld_begin *out, const ld_bytes *set);
/* a * b, a + b, a - b. 'out' is neither. */
void ld_begin_sequence (ld_begin *out, const ld_begin *a, const ld_begin *b);
void ld_begin_choice (ld_begin *out, const ld_begin *a, const ld_begin *b);
void ld_begin_minus (ld_begin *out, const ld_begin *a, const ld_begin *b);
/* p ^ n. 'out' is not p. */
void ld_begin_repeat (ld_begin *out, const ld_begin *p, int n);
/* #p, -p, B(p). */
void ld_begin_look (ld_begin *out, const ld_begin *p);
/* C(p), p / x and so on, in place; Cmt(p, function), which may move on. */
void ld_begin_capture (ld_begin *p, enum ld_captures captures);
void ld_begin_act (ld_begin *p);

/* Whether the beginning rules any place out. */
bool ld_begin_tells (const ld_begin *b);
/* The bytes that a match begins with, of a beginning that tells. */
void ld_begin_first (const ld_begin *b, ld_bytes *out);
/* Whether a match takes some byte, and none begins inside a character. */
bool ld_begin_is_whole (const ld_begin *b);


/* Bytes looked at by vector code; the rest are looked at where those fit. */
enum { LD_LOOK = 3 };

/* Looks for beginnings. A bit stands for a front. */
typedef struct ld_finder {
  unsigned char exact[LD_DEPTH][256];        /* fronts that allow the byte */
  unsigned char past[LD_DEPTH];              /* that allow the text's end */
  unsigned char low[LD_LOOK][16], high[LD_LOOK][16];  /* by half bytes: more */
  enum ld_speed speed;
} ld_finder;

/* 'speed' is ld_finder_speed() but in tests. Of a beginning that tells. */
void ld_finder_init (ld_finder *finder, const ld_begin *begin,
                     enum ld_speed speed);
enum ld_speed ld_finder_speed (void);
/* The first place from p on where a match may begin, or NULL. Reads nothing
** at or past 'end'. */
const char *ld_finder_next (const ld_finder *finder, const char *p,
                            const char *end);

#endif
