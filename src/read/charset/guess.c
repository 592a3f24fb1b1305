/*
** guess.c - which encoding a sample of bytes is in.
**
** A sample is read by every encoding there is, and the reading that looks most
** like text wins (judge.c). Most are out after the first lines, and often all
** but one after some more: only what is in doubt is tried on the whole sample.
*/
#include <math.h>
#include <string.h>

#include "read/charset/charset.h"

enum {
  CANDIDATES = 64,         /* more than there are encodings */
  FAVOUR = 40,             /* how much less the declared one costs */
  OVERRULE = 200, OVERRULE_EACH = 15,     /* what must speak against it */
  ALPHABET_MOST = 72, HAN_MOST = 96,      /* a character's cost in a text */
  ALREADY = 80,            /* what speaks for an encoding that is known from
                              elsewhere against UTF-8 by accident */
  LOST = INT32_MAX,        /* the cost of what cannot be read at all */
  FAR = 500,               /* who is behind by so much has lost */
  SURE = 400               /* who is ahead by so much has won */
};

/* The rounds: on how many bytes, how many words beyond ASCII are looked up, and
** who may go on: so many at least, and those that cost little more than the
** best one. */
static const struct { size_t part; unsigned words; int keep, near; }
rounds[] = {
  { 512, 0, 10, 200 }, { 2048, 60, 5, 100 }, { SIZE_MAX, 120, 0, 0 }
};
enum { ROUNDS = sizeof rounds / sizeof *rounds };

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

/* Reads n bytes by an encoding and sets '*length' to how many bytes of text that
** gives; to none when it is seen on the way that they are not in it. False
** without memory. */
static bool read_as (trial *t, const ld_charset *charset, const char *sample,
                     size_t n, size_t *length) {
  ld_decoder decoder;
  ld_row row;
  size_t used = 0;
  *length = n;
  if (charset->coding == LD_CODING_UTF8) {
    memcpy(t->text, sample, n);
    return true;
  }
  ld_decoder_open(&decoder, charset, sample, 0, n);
  while (ld_decoder_next(&decoder, t->text + used, &row)) {
    used += row.n;
    if (charset != t->declared && decoder.bad * 20 > decoder.at + 200) {
      used = 0;
      break;
    }
  }
  ld_decoder_close(&decoder);
  *length = used;
  return !decoder.failed;
}

/* Reads and judges that; false without memory. */
static bool try_one (trial *t, candidate *c, const char *sample, size_t n,
                     unsigned words, int64_t most) {
  uint32_t own[LD_TALLY];
  size_t used;
  if (!read_as(t, c->charset, sample, n, &used)) return false;
  if (used == 0 && n > 0) {
    c->cost = LOST;
    return true;
  }
  memcpy(own, t->tally, sizeof own);
  if (c->charset->width[0] > 1) {      /* the bytes' words are none */
    memset(own, 0, sizeof own);
    ld_judge_words(t->text, used, own);
  }
  c->verdict = ld_judge(t->text, used, c->charset, own, words,
                        most < UINT32_MAX ? (uint32_t)most : UINT32_MAX);
  c->cost = (int64_t)c->verdict.cost;
  if (c->charset == t->declared) c->cost -= FAVOUR;
  else if (c->charset->cost != LD_COST_DECLARED) c->cost += c->charset->cost;
  c->text = ld_hash(t->text, used);
  return true;
}

/* Tries all; then they are in the order of their cost, like ones as they
** were. Who costs far more than the best so far is not heard out. */
static bool try_all (trial *t, const char *sample, size_t n, unsigned words) {
  int64_t best = UINT32_MAX;
  for (int i = 0; i < t->count; i++) {
    candidate *c = t->all + i;
    if (!try_one(t, c, sample, n, words,
                 c->charset == t->declared ? INT64_MAX : best + FAR))
      return false;
    if (c->cost < best) best = c->cost;
  }
  for (int i = 1; i < t->count; i++) {
    candidate c = t->all[i];
    int k = i;
    for (; k > 0 && t->all[k - 1].cost > c.cost; k--) t->all[k] = t->all[k - 1];
    t->all[k] = c;
  }
  return true;
}

/* Keeps those that may still win. */
static void narrow (trial *t, int keep, int near) {
  int kept = 0;
  for (int i = 0; i < t->count; i++)
    if (i < keep || t->all[i].charset == t->declared ||
        t->all[i].cost < t->all[0].cost + near)
      t->all[kept++] = t->all[i];
  t->count = kept;
}

/* Whether nobody can catch up with the first one, save those that read the
** same text. */
static bool is_won (const trial *t) {
  int i = 1;
  while (i < t->count && t->all[i].text == t->all[0].text) i++;
  return t->all[0].verdict.bad == 0 && i < t->count &&
         t->all[i].cost > t->all[0].cost + SURE;
}

/* Whether bytes can be pairs: high ones come by twos at least. A few may be cut
** or strange. */
static bool are_pairs (const char *p, size_t n) {
  size_t high = 0, alone = 0;
  for (size_t i = 0; i < n; i++) {
    if ((unsigned char)p[i] < 0x80) continue;
    high += 2;
    i++;
    alone += i == n || (unsigned char)p[i] < 0x30;
  }
  return alone * 10 <= high;
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
  bool wide = has_controls(sample, n), pairs = are_pairs(sample, n);
  const ld_charset *charset;
  t->count = 0;
  t->declared = declared;
  for (int i = 0; (charset = ld_charset_at(i)) != NULL; i++)
    if (charset == declared ||
        (charset->cost != LD_COST_DECLARED &&
         (pairs || charset->coding != LD_CODING_PAIRS)) ||
        (wide && (charset->coding == LD_CODING_UTF16 ||
                  charset->coding == LD_CODING_UTF32)))
      t->all[t->count++] = (candidate){ .charset = charset };
  memset(t->tally, 0, sizeof t->tally);
  ld_judge_words(sample, n, t->tally);
}

static bool fits (const candidate *c) {
  const ld_verdict *v = &c->verdict;
  uint32_t most = c->charset->home == LD_HOME_ALPHABET ? ALPHABET_MOST
                                                       : HAN_MOST;
  return v->bad * 50 <= v->odd && v->cost <= v->odd * most &&
         (v->odd > 0 || c->charset->width[0] > 1);
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

/* Where a part of a sample ends: after a byte that is no part of a pair, if one
** is near. */
static size_t part_end (const char *sample, size_t n, size_t most) {
  if (n <= most) return n;
  size_t end = most;
  while (end > most - most / 4 && (unsigned char)sample[end - 1] >= '0') end--;
  return end > most - most / 4 ? end : most;
}

/* Tries those that are lined up, round by round. */
static bool hold (trial *t, ld_memory *memory, const char *sample, size_t n) {
  size_t room = 3 * n + LD_ROW_MAX, before = 0;
  bool done = true;
  t->text = ld_memory_new(memory, room);
  if (!t->text) return false;
  for (int i = 0; i < ROUNDS && done; i++) {
    size_t part = part_end(sample, n, rounds[i].part);
    if (i == ROUNDS - 1 && (part == before || is_won(t))) break;
    done = try_all(t, sample, part, rounds[i].words);
    if (i < ROUNDS - 1) narrow(t, rounds[i].keep, rounds[i].near);
    before = part;
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

bool ld_weigh (ld_weight *weight, ld_memory *memory, const ld_charset *charset,
               const char *sample, size_t n) {
  trial t;
  size_t room = 3 * n + LD_ROW_MAX;
  t.declared = charset;
  memset(t.tally, 0, sizeof t.tally);
  ld_judge_words(sample, n, t.tally);
  t.text = ld_memory_new(memory, room);
  if (!t.text) return false;
  candidate c = { .charset = charset };
  bool done = try_one(&t, &c, sample, n, rounds[1].words, INT64_MAX);
  ld_memory_free(memory, t.text, room);
  *weight = (ld_weight){ c.verdict.cost, c.verdict.odd, fits(&c) };
  return done;
}

bool ld_beats_utf8 (const ld_charset *other, ld_memory *memory,
                    const char *sample, size_t n) {
  trial t;
  t.count = 2;
  t.declared = NULL;
  t.all[0] = (candidate){ .charset = ld_charset_named("UTF-8") };
  t.all[1] = (candidate){ .charset = other };
  memset(t.tally, 0, sizeof t.tally);
  ld_judge_words(sample, n, t.tally);
  if (!hold(&t, memory, sample, n)) return false;
  return t.all[0].charset == other || t.all[1].cost < t.all[0].cost + ALREADY;
}
