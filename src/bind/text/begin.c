/*
** begin.c - what a pattern can begin with, made of what its parts can.
**
** Everything errs to one side: a front allows all that the pattern does. Where
** a script's function could run, which LPeg calls while it tries, a front ends
** at the latest, so that it is called wherever it would be without fronts.
*/
#include <string.h>

#include "bind/text/begin.h"

/*
** What bounds the work: no more pairs of fronts than this are put together, and
** rounds of a repetition are followed so far, for most as far as vector code
** looks.
*/
enum { PAIRS_MOST = 16, ROUNDS = 2 };


/* ----------------------------------------------------------------------
** Sets and fronts
*/

static bool is_none (const ld_bytes *a) {
  return !(a->bits[0] | a->bits[1] | a->bits[2] | a->bits[3]);
}

static bool is_within (const ld_bytes *a, const ld_bytes *b) {
  uint64_t outside = 0;
  for (int i = 0; i < 4; i++) outside |= a->bits[i] & ~b->bits[i];
  return outside == 0;
}

static bool is_same (const ld_bytes *a, const ld_bytes *b) {
  return memcmp(a, b, sizeof *a) == 0;
}

static void unite (ld_bytes *a, const ld_bytes *b) {
  for (int i = 0; i < 4; i++) a->bits[i] |= b->bits[i];
}

/* How much of common text is in the set, roughly: of letters and spaces there
** is more than of all the rest. */
static double share (const ld_bytes *a) {
  enum { COMMON = 8, ALL = 256 - 27 + 27 * COMMON };
  const uint64_t letters = ((((uint64_t)1 << 26) - 1) << 33);   /* a to z */
  const int common = __builtin_popcountll(a->bits[1] & letters) +
                     (int)(a->bits[0] >> ' ' & 1);
  int all = 0;
  for (int i = 0; i < 4; i++) all += __builtin_popcountll(a->bits[i]);
  return (double)(all + (COMMON - 1) * common) / ALL;
}

static double frequency (const ld_front *s) {
  double f = 1;
  for (int i = 0; i < s->depth; i++) f *= share(&s->at[i]);
  return f;
}

static bool is_never (const ld_front *s) {
  for (int i = 0; i < s->depth; i++)
    if (is_none(&s->at[i])) return true;
  return false;
}

/* Whether whatever has front s has front a. */
static bool covers (const ld_front *a, const ld_front *s) {
  if (a->whole ? !s->whole || s->depth != a->depth : s->depth < a->depth)
    return false;
  for (int i = 0; i < a->depth; i++)
    if (!is_within(&s->at[i], &a->at[i])) return false;
  return true;
}

/* Makes one front of two that differ in one place; false for others. */
static bool join (ld_front *a, const ld_front *s) {
  int place = -1;
  if (a->depth != s->depth || a->whole != s->whole) return false;
  for (int i = 0; i < a->depth; i++) {
    if (is_same(&a->at[i], &s->at[i])) continue;
    if (place >= 0) return false;
    place = i;
  }
  if (place >= 0) unite(&a->at[place], &s->at[place]);
  return true;
}

/* Makes one front of two, whatever they are: it allows more than they did. */
static void blend (ld_front *a, const ld_front *s) {
  a->whole = a->whole && s->whole && a->depth == s->depth;
  if (s->depth < a->depth) a->depth = s->depth;
  for (int i = 0; i < a->depth; i++) unite(&a->at[i], &s->at[i]);
}

/* How much more of text a allows after that. */
static double blend_cost (const ld_front *a, const ld_front *s) {
  ld_front both = *a;
  blend(&both, s);
  return frequency(&both) - frequency(a);
}

/* Blends s into the one that allows least more by it. None of no bytes: then
** nothing would be known. */
static void blend_nearest (ld_begin *b, const ld_front *s) {
  int nearest = b->fronts[0].depth == 0;
  double least = blend_cost(&b->fronts[nearest], s);
  for (int i = nearest + 1; i < b->count; i++) {
    if (b->fronts[i].depth == 0) continue;
    const double cost = blend_cost(&b->fronts[i], s);
    if (cost >= least) continue;
    least = cost;
    nearest = i;
  }
  blend(&b->fronts[nearest], s);
}

static bool is_unknown (const ld_begin *b) {
  return b->count == 1 && b->fronts[0].depth == 0 && !b->fronts[0].whole;
}

static void add (ld_begin *b, const ld_front *s) {
  if (is_unknown(b) || is_never(s)) return;
  if (s->depth == 0 && !s->whole) {
    b->fronts[0] = *s;
    b->count = 1;
    return;
  }
  for (int i = 0; i < b->count; i++)
    if (covers(&b->fronts[i], s) || join(&b->fronts[i], s)) return;
  if (b->count < LD_FRONTS)
    b->fronts[b->count++] = *s;
  else if (s->depth > 0)
    blend_nearest(b, s);
  else {
    const ld_front last = b->fronts[LD_FRONTS - 1];
    b->fronts[LD_FRONTS - 1] = *s;
    blend_nearest(b, &last);
  }
}


/* ----------------------------------------------------------------------
** Beginnings
*/

static void clear (ld_begin *out) {
  out->count = 0;
  out->one_byte = out->acts = false;
  out->captures = LD_NO_CAPTURES;
}

static void one_front (ld_begin *out, uint8_t depth, bool whole) {
  clear(out);
  out->count = 1;
  memset(&out->fronts[0], 0, sizeof out->fronts[0]);
  out->fronts[0].depth = depth;
  out->fronts[0].whole = whole && depth < LD_DEPTH;
}

size_t ld_begin_size (const ld_begin *b) {
  if (b->count == 0) return offsetof(ld_begin, fronts);
  const ld_front *last = &b->fronts[b->count - 1];
  return (size_t)((const char *)&last->at[last->depth] - (const char *)b);
}

void ld_begin_unknown (ld_begin *out) {
  one_front(out, 0, false);
  out->acts = true;
  out->captures = LD_ANY_CAPTURES;
}

void ld_begin_empty (ld_begin *out) {
  one_front(out, 0, true);
}

void ld_begin_literal (ld_begin *out, const char *bytes, size_t n) {
  one_front(out, (uint8_t)(n < LD_DEPTH ? n : LD_DEPTH), true);
  for (int i = 0; i < out->fronts[0].depth; i++)
    ld_bytes_add(&out->fronts[0].at[i], (unsigned char)bytes[i]);
  out->one_byte = n == 1;
}

void ld_begin_some (ld_begin *out, size_t n) {
  one_front(out, (uint8_t)(n < LD_DEPTH ? n : LD_DEPTH), true);
  memset(out->fronts[0].at, 0xFF, out->fronts[0].depth * sizeof(ld_bytes));
  out->one_byte = n == 1;
}

void ld_begin_set (ld_begin *out, const ld_bytes *set) {
  one_front(out, 1, true);
  out->fronts[0].at[0] = *set;
  out->one_byte = true;
  if (is_none(set)) out->count = 0;
}

/* A front that goes on with another. */
static void follow (ld_begin *out, const ld_front *a, const ld_front *b) {
  ld_front s = *a;
  const int room = LD_DEPTH - a->depth;
  const int n = b->depth < room ? b->depth : room;
  memcpy(&s.at[a->depth], b->at, (size_t)n * sizeof *b->at);
  s.depth = (uint8_t)(a->depth + n);
  s.whole = b->whole && s.depth < LD_DEPTH;
  add(out, &s);
}

static enum ld_captures more (enum ld_captures a, enum ld_captures b) {
  return a > b ? a : b;
}

static int count_whole (const ld_begin *b) {
  int n = 0;
  for (int i = 0; i < b->count; i++) n += b->fronts[i].whole;
  return n;
}

void ld_begin_sequence (ld_begin *out, const ld_begin *a, const ld_begin *b) {
  const bool pairs = count_whole(a) * b->count <= PAIRS_MOST;
  clear(out);
  out->acts = a->acts || b->acts;
  out->captures = more(a->captures, b->captures);
  for (int i = 0; i < a->count; i++) {
    if (!a->fronts[i].whole || (!pairs && a->fronts[i].depth > 0)) {
      ld_front front = a->fronts[i];
      front.whole = false;
      add(out, &front);
      continue;
    }
    for (int j = 0; j < b->count; j++)
      follow(out, &a->fronts[i], &b->fronts[j]);
  }
}

void ld_begin_choice (ld_begin *out, const ld_begin *a, const ld_begin *b) {
  clear(out);
  for (int i = 0; i < a->count; i++) add(out, &a->fronts[i]);
  for (int i = 0; i < b->count; i++) add(out, &b->fronts[i]);
  out->acts = a->acts || b->acts;
  out->captures = more(a->captures, b->captures);
  out->one_byte = a->one_byte && b->one_byte && out->count == 1;
}

void ld_begin_look (ld_begin *out, const ld_begin *p) {
  if (p->acts)
    ld_begin_unknown(out);
  else
    ld_begin_empty(out);
  out->captures = p->captures;
}

void ld_begin_minus (ld_begin *out, const ld_begin *a, const ld_begin *b) {
  if (b->acts)
    ld_begin_unknown(out);
  else if (a->one_byte && b->one_byte && a->count == 1 && b->count == 1) {
    ld_bytes left = a->fronts[0].at[0];
    for (int i = 0; i < 4; i++)
      left.bits[i] &= ~b->fronts[0].at[0].bits[i];
    ld_begin_set(out, &left);
    out->captures = a->captures;
  } else {
    *out = *a;
    out->one_byte = false;
  }
}

/* All rounds from the last one back: 'out' is what the rounds after this one
** begin with. */
void ld_begin_repeat (ld_begin *out, const ld_begin *p, int n) {
  ld_begin after, empty;
  const bool few = n < 0 && n >= -ROUNDS;
  ld_begin_empty(&empty);
  if (few)
    *out = empty;
  else
    ld_begin_unknown(out);
  for (int rounds = few ? -n : ROUNDS; rounds > 0; rounds--) {
    ld_begin_sequence(&after, p, out);
    ld_begin_choice(out, &empty, &after);
  }
  for (int i = 0; i < n && i < LD_DEPTH; i++) {
    ld_begin_sequence(&after, p, out);
    *out = after;
  }
  out->acts = p->acts;
  out->captures = p->captures;
  out->one_byte = false;
}

void ld_begin_capture (ld_begin *p, enum ld_captures captures) {
  p->captures = more(p->captures, captures);
}

void ld_begin_act (ld_begin *p) {
  for (int i = 0; i < p->count; i++) {
    p->fronts[i].whole = false;
    if (p->fronts[i].depth > 0) continue;
    ld_begin_unknown(p);
    return;
  }
  p->acts = true;
  p->captures = LD_ANY_CAPTURES;
  p->one_byte = false;
}

bool ld_begin_tells (const ld_begin *b) {
  for (int i = 0; i < b->count; i++)
    if (b->fronts[i].depth == 0) return false;
  return true;
}

void ld_begin_first (const ld_begin *b, ld_bytes *out) {
  memset(out, 0, sizeof *out);
  for (int i = 0; i < b->count; i++) unite(out, &b->fronts[i].at[0]);
}

bool ld_begin_is_whole (const ld_begin *b) {
  ld_bytes first;
  if (!ld_begin_tells(b)) return false;
  ld_begin_first(b, &first);
  return first.bits[2] == 0;                     /* 0x80 to 0xBF */
}
