/*
** piles.c - files whose lines are of several old encodings.
**
** A guess for all lines of such a file is wrong for some of them. So the lines
** are weighed one by one (guess.c): one that is poor text in all encodings
** found so far, and plainly better in another one, begins a pile of its own.
** Then each line goes to the pile that it fits best, each pile is guessed anew
** as a whole, and they are kept only if each fits its own encoding better by
** far than those of all others. So a file in one encoding, whatever strange
** lines it has, stays one.
**
** Of a line its front is weighed; of a long file, so many bytes in each third,
** so that time is linear.
*/
#include <string.h>

#include "read/charset/charset.h"

enum {
  FRONT = 512,             /* bytes of a line that are weighed */
  BUDGET = 1 << 18,        /* bytes of lines in a third of the file */
  GUESSES = 48,            /* lines that are guessed for themselves, at most */
  SAMPLE = 4096,           /* bytes of a pile */
  USUAL = 44,              /* a letter's cost in a text: more is poor */
  PLAIN = 300,             /* by so much another encoding fits a line better */
  STAY = 100               /* by less than that nobody leaves the pile before */
};

/* A pile in the making. */
typedef struct pile { char bytes[SAMPLE]; size_t n; } pile;

typedef struct sorting {
  ld_piles *piles;
  ld_memory *memory;
  const char *bytes;
  size_t begin, n;
  pile samples[LD_PILES];
  int guesses;
  bool failed;             /* without memory */
} sorting;

static size_t front_of (const char *line, size_t n) {
  if (n <= FRONT) return n;
  size_t end = FRONT;      /* not inside a pair, where that can be told */
  while (end > FRONT / 2 && (unsigned char)line[end - 1] >= '0') end--;
  return end > FRONT / 2 ? end : FRONT;
}

/* The pile that fits best, and by how much; -1 without memory. */
static int best_of (const ld_piles *p, ld_memory *memory, const char *line,
                    size_t n, ld_weight weights[LD_PILES]) {
  int best = 0;
  for (int i = 0; i < p->count; i++) {
    if (!ld_weigh(weights + i, memory, p->charset[i], line, n)) return -1;
    if (weights[i].cost < weights[best].cost) best = i;
  }
  return best;
}

int ld_piles_of (const ld_piles *p, ld_memory *memory, const char *line,
                 size_t n, int last) {
  ld_weight weights[LD_PILES] = { { .cost = 0 } };
  int best = best_of(p, memory, line, front_of(line, n), weights);
  if (best < 0 || last < 0 || last >= p->count) return best;
  return weights[best].cost + STAY < weights[last].cost ? best : last;
}

/* Visits the fronts of the lines that are not UTF-8. */
static void each_line (sorting *s,
                       void (*visit) (sorting *s, const char *line,
                                      size_t n)) {
  size_t seen[3] = { 0 };
  for (size_t at = s->begin; at < s->n && !s->failed;) {
    size_t from = at, third = from / (s->n / 3 + 1);
    enum ld_line kind = ld_lines_one(s->bytes, &at, s->n);
    size_t front = front_of(s->bytes + from, at - from);
    if (kind != LD_LINE_OTHER || seen[third] > BUDGET) continue;
    seen[third] += front;
    visit(s, s->bytes + from, front);
  }
}

static bool is_pile (const ld_piles *p, const ld_charset *charset) {
  for (int i = 0; i < p->count; i++)
    if (p->charset[i] == charset) return true;
  return false;
}

/* Is nothing odd about a line? Cyrillic letters in the wrong case are: so KOI8
** and Windows are told apart. */
static bool is_good (const ld_weight *w, const ld_charset *charset) {
  if (w->cost < PLAIN) return true;      /* nothing is better by so much */
  return w->fits && (charset->home != LD_HOME_ALPHABET ||
                     w->cost <= w->odd * USUAL);
}

/* A line drawn with one or two signs, or made of spaces, is no sign of an
** encoding. */
static bool is_drawn (const char *line, size_t n) {
  unsigned char known[2] = { 0, 0 };
  int count = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)line[i];
    if (c < 0x80 || c == known[0] || c == known[1]) continue;
    if (count == 2) return false;
    known[count++] = c;
  }
  return true;
}

/* Begins a pile by a line that belongs to none. */
static void begin_pile (sorting *s, const char *line, size_t n) {
  ld_piles *p = s->piles;
  ld_weight weights[LD_PILES] = { { .cost = 0 } }, own = { .cost = 0 };
  ld_guess guess;
  if (p->count == LD_PILES || s->guesses == GUESSES || is_drawn(line, n))
    return;
  int best = best_of(p, s->memory, line, n, weights);
  if (best < 0) s->failed = true;
  if (best < 0 || (p->count && is_good(weights + best, p->charset[best])))
    return;
  s->guesses++;
  if (!ld_guess_charset(&guess, s->memory, line, n, NULL) ||
      (guess.charset &&
       !ld_weigh(&own, s->memory, guess.charset, line, n))) {
    s->failed = true;
    return;
  }
  if (!guess.charset || !own.fits || is_pile(p, guess.charset)) return;
  if (p->count && weights[best].cost < own.cost + PLAIN) return;
  p->charset[p->count++] = guess.charset;
}

static void take_line (sorting *s, const char *line, size_t n) {
  ld_weight weights[LD_PILES] = { { .cost = 0 } };
  int best = best_of(s->piles, s->memory, line, n, weights);
  if (best < 0) {
    s->failed = true;
    return;
  }
  pile *to = s->samples + best;
  if (n > SAMPLE - to->n) return;
  memcpy(to->bytes + to->n, line, n);
  to->n += n;
}

/* Guesses each pile anew: those that are empty or no text are gone. */
static bool settle (sorting *s) {
  ld_piles *p = s->piles;
  int kept = 0;
  p->percent = 99;
  for (int i = 0; i < p->count; i++) {
    ld_guess guess = { NULL, NULL, 0 };
    if (s->samples[i].n &&
        !ld_guess_charset(&guess, s->memory, s->samples[i].bytes,
                          s->samples[i].n, NULL))
      return false;
    bool again = false;
    for (int k = 0; k < kept; k++) again |= p->charset[k] == guess.charset;
    if (!guess.charset || again) continue;
    if (guess.percent < p->percent) p->percent = guess.percent;
    p->charset[kept] = guess.charset;
    if (kept != i) s->samples[kept] = s->samples[i];
    kept++;
  }
  p->count = kept;
  return true;
}

/* Are they all plainly of different encodings? */
static bool are_apart (sorting *s) {
  const ld_piles *p = s->piles;
  ld_weight weights[LD_PILES] = { { .cost = 0 } };
  for (int i = 0; i < p->count; i++) {
    const pile *sample = s->samples + i;
    if (best_of(p, s->memory, sample->bytes, sample->n, weights) < 0) {
      s->failed = true;
      return false;
    }
    for (int k = 0; k < p->count; k++)
      if (k != i && weights[k].cost < weights[i].cost + PLAIN) return false;
    if (!weights[i].fits) return false;
  }
  return true;
}

static void sort_lines (sorting *s) {
  each_line(s, begin_pile);
  if (s->failed || s->piles->count < 2) return;
  each_line(s, take_line);
  if (!s->failed && !settle(s)) s->failed = true;
  if (!s->failed && !are_apart(s)) s->piles->count = 0;
}

bool ld_piles_find (ld_piles *piles, ld_memory *memory,
                    const ld_charset *whole, const char *bytes, size_t begin,
                    size_t n) {
  sorting *s = ld_memory_new(memory, sizeof *s);
  if (!s) return false;
  memset(s, 0, sizeof *s);
  memset(piles, 0, sizeof *piles);
  *s = (sorting){ .piles = piles, .memory = memory, .bytes = bytes,
                  .begin = begin, .n = n };
  if (whole) piles->charset[piles->count++] = whole;
  sort_lines(s);
  bool done = !s->failed;
  ld_memory_free(memory, s, sizeof *s);
  return done;
}
