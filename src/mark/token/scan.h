/*
** scan.h - a document while its tokens are found: shared by tokens.c, window.c
** and lookup.c.
*/
#ifndef LD_MARK_SCAN_H
#define LD_MARK_SCAN_H

#include "mark/mark.h"

/* Tokens are written into room for this many at a time. */
enum { LD_BATCH = 4096 };
/* The room that a window's tokens need: they are written in whole vectors. */
enum { LD_AT_ONCE = 72 };

/* What 64 bytes of the text are, a bit each: used until it is passed. Bytes
** past the end of the block are spaces. */
typedef struct ld_window {
  const char *base;
  uint64_t word;           /* ASCII letters and digits of words */
  uint64_t begins, ends;   /* of tokens; an end is the bit after the last */
  uint64_t stops;          /* tokens that may end a sentence */
  uint64_t special;        /* what the code for one token has to look at */
} ld_window;

struct ld_scan {
  ld_builder *builder;
  ld_vocabulary *vocabulary;
  ld_stops *stops;
  const char *text, *end;      /* of the block */
  uint32_t *begin, *word;      /* the batch: where tokens begin, and where they
                                  end until they are looked up */
  size_t used, room, first;    /* tokens in it; it may have; before it */
  ld_window window;
  bool elision, failed;
  /* Finds plain tokens from p on, which is in none, and adds them, for as long as
  ** the batch has room for LD_AT_ONCE. Returns where it stopped: the first that is
  ** not plain, or past the end. NULL where tokens are found one by one. */
  const char *(*find) (ld_scan *scan, const char *p);
  void (*look_up) (ld_scan *scan);      /* ids in the place of ends */
};

/* Remembers a token that may end a sentence: a batch has room for those of all its
** tokens. */
static inline void ld_scan_stop (ld_scan *scan, size_t token) {
  if (!scan->failed) scan->stops->tokens[scan->stops->count++] = (uint32_t)token;
}

const char *ld_scan_find (ld_scan *scan, const char *p);
const char *ld_scan_find_wide (ld_scan *scan, const char *p);
void ld_scan_look_up (ld_scan *scan);
void ld_scan_look_up_wide (ld_scan *scan);

static inline uint64_t ld_bits_below (size_t i) {   /* under bit i <= 64 */
  return i < 64 ? ((uint64_t)1 << i) - 1 : UINT64_MAX;
}

#endif
