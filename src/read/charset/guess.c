/*
** guess.c - which encoding a sample of bytes is in.
**
** A sample is read by every encoding there is, and the reading that looks most
** like text wins (judge.c). Most are out after a kilobyte or two, so that only
** a few are tried on the whole sample.
*/
#include <math.h>
#include <string.h>

#include "read/charset/charset.h"

enum {
  FIRST = 1500,            /* bytes that all are tried on */
  CANDIDATES = 64,
  KEPT = 6,                /* that many go on at least, and those that cost */
  NEAR = 150,              /* less than this more than the best one */
  FAVOUR = 40,             /* how much less the declared one costs */
  OVERRULE = 200, OVERRULE_EACH = 15,     /* what must speak against it */
  ALPHABET_MOST = 72, HAN_MOST = 96       /* a character's cost in a text */
};

typedef struct candidate {
  const ld_charset *charset;
  ld_verdict verdict;
  int64_t cost;            /* the verdict's and its own */
  uint64_t text;           /* the hash of what it reads */
} candidate;

typedef struct trial {
  candidate all[CANDIDATES];
  int count;
  const ld_charset *declared;
  uint32_t tally[LD_TALLY];
  char *text;              /* room for what the sample is read as */
} trial;

/* Reads n bytes by an encoding; returns how many bytes of text that gives, or
** -1 without memory. */
static ptrdiff_t read_as (trial *t, const ld_charset *charset,
                          const char *sample, size_t n) {
  ld_decoder decoder;
  ld_row row;
  size_t used = 0;
  if (charset->coding == LD_CODING_UTF8) {
    memcpy(t->text, sample, n);
    return (ptrdiff_t)n;
  }
  ld_decoder_open(&decoder, charset, sample, 0, n);
  while (ld_decoder_next(&decoder, t->text + used, &row)) used += row.n;
  ld_decoder_close(&decoder);
  return decoder.failed ? -1 : (ptrdiff_t)used;
}

/* Reads and judges that; false without memory. */
static bool try_one (trial *t, candidate *c, const char *sample, size_t n) {
  uint32_t own[LD_TALLY];
  ptrdiff_t length = read_as(t, c->charset, sample, n);
  if (length < 0) return false;
  size_t used = (size_t)length;
  memcpy(own, t->tally, sizeof own);
  if (c->charset->width[0] > 1) {      /* the bytes' words are none */
    memset(own, 0, sizeof own);
    ld_judge_words(t->text, used, own);
  }
  c->verdict = ld_judge(t->text, used, c->charset, own);
  c->cost = (int64_t)c->verdict.cost;
  if (c->charset == t->declared) c->cost -= FAVOUR;
  else if (c->charset->cost != LD_COST_DECLARED) c->cost += c->charset->cost;
  c->text = ld_hash(t->text, used);
  return true;
}

/* Tries all; then they are in the order of their cost, like ones as they
** were. */
static bool try_all (trial *t, const char *sample, size_t n) {
  for (int i = 0; i < t->count; i++)
    if (!try_one(t, t->all + i, sample, n)) return false;
  for (int i = 1; i < t->count; i++) {
    candidate c = t->all[i];
    int k = i;
    for (; k > 0 && t->all[k - 1].cost > c.cost; k--) t->all[k] = t->all[k - 1];
    t->all[k] = c;
  }
  return true;
}

/* Keeps those that may still win. */
static void narrow (trial *t) {
  int kept = 0;
  for (int i = 0; i < t->count; i++)
    if (i < KEPT || t->all[i].charset == t->declared ||
        t->all[i].cost < t->all[0].cost + NEAR)
      t->all[kept++] = t->all[i];
  t->count = kept;
}

/* Whether there are controls that no text in bytes has. */
static bool has_controls (const char *p, size_t n) {
  for (size_t i = 0; i < n; i++)
    if ((unsigned char)p[i] < ' ' && !(p[i] >= '\b' && p[i] <= '\r') &&
        p[i] != 0x1B)
      return true;
  return false;
}

static void line_up (trial *t, const char *sample, size_t n,
                     const ld_charset *declared) {
  bool wide = has_controls(sample, n);
  const ld_charset *charset;
  t->count = 0;
  t->declared = declared;
  for (int i = 0; (charset = ld_charset_at(i)) != NULL; i++)
    if (charset->cost != LD_COST_DECLARED || charset == declared ||
        (wide && (charset->coding == LD_CODING_UTF16 ||
                  charset->coding == LD_CODING_UTF32)))
      t->all[t->count++].charset = charset;
  memset(t->tally, 0, sizeof t->tally);
  ld_judge_words(sample, n, t->tally);
}

static bool fits (const candidate *c) {
  const ld_verdict *v = &c->verdict;
  uint32_t most = c->charset->home == LD_HOME_ALPHABET ? ALPHABET_MOST
                                                       : HAN_MOST;
  return v->bad * 50 <= v->odd && v->cost <= v->odd * most;
}

/* A header is right about text that is hard to judge. */
static bool may_fit (const trial *t, const candidate *c) {
  return fits(c) ||
         (c->charset == t->declared && c->verdict.bad * 10 <= c->verdict.odd);
}

/* The first, or the declared one where nothing much speaks against it. */
static const candidate *winner (const trial *t) {
  for (int i = 1; i < t->count; i++) {
    const candidate *c = t->all + i;
    if (c->charset != t->declared || c->verdict.bad > t->all[0].verdict.bad)
      continue;
    if (c->cost <= t->all[0].cost + OVERRULE ||
        c->cost <= t->all[0].cost + (int64_t)c->verdict.odd * OVERRULE_EACH)
      return c;
  }
  return t->all;
}

static void decide (const trial *t, ld_guess *guess) {
  const candidate *best = winner(t);
  memset(guess, 0, sizeof *guess);
  guess->percent = 99;
  if (!may_fit(t, best)) return;
  guess->charset = best->charset;
  for (int i = 0; i < t->count && !guess->rival; i++)
    if (t->all[i].text != best->text) {
      guess->rival = t->all[i].charset;
      double ahead = (double)(t->all[i].cost - best->cost) / 10;
      int percent = (int)(100 / (1 + exp(-ahead / 2)));
      guess->percent = percent < 50 ? 50 : percent > 99 ? 99 : percent;
    }
}

/* Where the first part of a sample ends: after a byte that is no part of a
** pair, if one is near. */
static size_t first_part (const char *sample, size_t n) {
  if (n <= FIRST) return n;
  size_t end = FIRST;
  while (end > FIRST - 200 && (unsigned char)sample[end - 1] >= '0') end--;
  return end > FIRST - 200 ? end : FIRST;
}

/* Tries those that are lined up on the first part and then on all. */
static bool hold (trial *t, ld_memory *memory, const char *sample, size_t n) {
  size_t room = 3 * n + LD_ROW_MAX, part = first_part(sample, n);
  t->text = ld_memory_new(memory, room);
  if (!t->text) return false;
  bool done = try_all(t, sample, part);
  if (done && part < n) {
    narrow(t);
    done = try_all(t, sample, n);
  }
  ld_memory_free(memory, t->text, room);
  return done;
}

bool ld_guess_charset (ld_guess *guess, ld_memory *memory, const char *sample,
                       size_t n, const ld_charset *declared) {
  trial t;
  line_up(&t, sample, n, declared);
  if (!hold(&t, memory, sample, n)) return false;
  decide(&t, guess);
  return true;
}

bool ld_guess_utf8 (ld_guess *guess, ld_memory *memory, const char *sample,
                    size_t n, const ld_charset *other) {
  trial t;
  t.count = 2;
  t.declared = NULL;
  t.all[0].charset = ld_charset_named("UTF-8");
  t.all[1].charset = other;
  memset(t.tally, 0, sizeof t.tally);
  ld_judge_words(sample, n, t.tally);
  if (!hold(&t, memory, sample, n)) return false;
  decide(&t, guess);
  return true;
}
