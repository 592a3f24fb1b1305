/*
** tokens.c - words, numbers, marks; each with the id of its form.
**
** A token is a run of letters and digits; a number with its inner points and
** commas; letters with a point after each (U.S.); "'s" by itself; an
** ideograph; or a mark, alike ones in a row together ("..."). White space and
** format characters are between tokens. Hyphens part words.
**
** Most words are ASCII and short: 64 bytes are looked at together, and the
** first 16 bytes of a word are its key in the vocabulary. Whatever is not plain
** leaves that path for one that reads code points.
*/
#include <string.h>

/* The small build tries the plain code on machines that have the fast one:
** both give the same tokens. */
#if defined(__SSE2__) && !defined(LD_SMALL)
#include <emmintrin.h>
#define FAST
#endif

#include "mark/mark.h"

/* Tokens are written into room for this many at a time. */
enum { BATCH = 4096 };

/* What 64 bytes of the text are, a bit each: used until it is passed. */
typedef struct window {
  const char *base;
  uint64_t word;       /* ASCII letters and digits */
  uint64_t space;      /* white space and controls */
  uint64_t points;     /* points and commas */
  uint64_t special;    /* what the code for one token has to look at */
} window;

struct ld_scan {
  ld_builder *builder;
  ld_vocabulary *vocabulary;
  ld_stops *stops;
  const char *text, *end;      /* of the block */
  uint32_t *begin, *word;      /* the batch: where tokens begin, and where they
                                  end until they are looked up */
  size_t used, room, first;    /* tokens in it; it may have; before it */
  window window;
  bool elision, failed;
};
typedef ld_scan scan;

static bool is_digit (unsigned char c) { return c >= '0' && c <= '9'; }
static bool is_word_byte (unsigned char c) {
  return ((c | 32) >= 'a' && (c | 32) <= 'z') || is_digit(c);
}

#ifdef FAST
/* Which of 16 bytes are ASCII letters or digits, 255 each. */
static inline __m128i is_alnum (__m128i c) {
  __m128i letter = _mm_sub_epi8(_mm_or_si128(c, _mm_set1_epi8(32)),
                                _mm_set1_epi8('a'));
  __m128i digit = _mm_sub_epi8(c, _mm_set1_epi8('0'));
  letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
  digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
  return _mm_or_si128(letter, digit);
}
#endif

/* The end of the run of ASCII letters and digits that begins at p. Reads 16
** bytes past the end of the run at most: texts are padded. */
static inline const char *run_end (const char *p) {
#ifdef FAST
  for (;; p += 16) {
    unsigned out = (unsigned)_mm_movemask_epi8(is_alnum(_mm_loadu_si128(
                       (const __m128i *)(const void *)p))) ^ 0xFFFF;
    if (out) return p + __builtin_ctz(out);
  }
#else
  while (is_word_byte((unsigned char)*p)) p++;
  return p;
#endif
}

/* Remembers a token that may end a sentence. */
static void add_stop (scan *s, size_t token) {
  ld_stops *stops = s->stops;
  if (stops->count == stops->size) {
    uint32_t size = stops->size ? stops->size * 2 : 64;
    uint32_t *tokens = ld_memory_resize(stops->memory, stops->tokens,
                                        stops->size * sizeof *tokens,
                                        size * sizeof *tokens);
    if (!tokens) { stops->failed = true; return; }
    stops->tokens = tokens;
    stops->size = size;
  }
  stops->tokens[stops->count++] = (uint32_t)token;
}

#ifdef FAST
/* The first n <= 15 bytes of p are left by a mask that begins 16 - n bytes into
** these. */
static const unsigned char ones[32] = {
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255
};

/* Bytes equal to c, 255 each. */
static inline __m128i equal (__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}
static inline uint64_t bits (__m128i mask, int i) {
  return (uint64_t)(unsigned)_mm_movemask_epi8(mask) << (16 * i);
}

/* Looks at the 64 bytes from p on. Special are bytes past ASCII, apostrophes,
** stops and commas that no space follows, and dashes in rows, where they may
** be. */
static inline __attribute__((always_inline)) void look (window *w,
                                                        const char *p) {
  uint64_t word = 0, space = 0, special = 0, dashes = 0, points = 0;
  for (int i = 0; i < 4; i++) {
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
    __m128i stop = _mm_or_si128(equal(c, '\''), _mm_or_si128(
                                    equal(c, '!'), equal(c, '?')));
    word |= bits(is_alnum(c), i);
    space |= bits(_mm_cmpeq_epi8(_mm_min_epu8(c, _mm_set1_epi8(' ')), c), i);
    special |= bits(_mm_or_si128(stop, c), i);   /* and the top bit of c */
    dashes |= bits(equal(c, '-'), i);
    points |= bits(_mm_or_si128(equal(c, '.'), equal(c, ',')), i);
  }
  w->base = p;
  w->word = word;
  w->space = space;
  w->points = points;
  w->special = special | (points & ~(space >> 1)) |
               (dashes & (dashes << 1 | dashes >> 1 | (uint64_t)1 << 63));
}

static inline uint64_t below (unsigned i) {   /* the bits under bit i <= 64 */
  return i < 64 ? ((uint64_t)1 << i) - 1 : UINT64_MAX;
}

/* Where the run of word bytes begins that reaches up to bit i, or i. */
static inline unsigned run_start (uint64_t word, unsigned i) {
  if (i == 0) return 0;
  uint64_t gaps = ~(word << (64 - i));
  return gaps ? i - (unsigned)__builtin_clzll(gaps) : 0;
}

/* Remembers which of the tokens just found are full stops. 'begins' has a bit
** for each token, 'points' for each point or comma. */
static void add_points (scan *s, const char *p, uint64_t begins,
                        uint64_t points) {
  for (; points; points &= points - 1) {
    unsigned i = (unsigned)__builtin_ctzll(points);
    if (p[i] == '.')
      add_stop(s, s->first + s->used +
                      (size_t)__builtin_popcountll(begins & below(i)));
  }
}

#define LAST_BIT ((uint64_t)1 << 63)

/*
** The fast path: the tokens of the next bytes, 63 at most, up to the first that
** touches something special. p begins a token. Words are found by bits alone,
** signs are words of one byte. Returns where it stopped: p itself when the first
** token is special.
*/
static inline __attribute__((always_inline)) const char *plain_tokens (
    scan *s, const char *p) {
  window *w = &s->window;
  if (!w->base || p - w->base >= 48) look(w, p);
  unsigned passed = (unsigned)(p - w->base), here = 64 - passed;
  if (here == 64) here = 63;    /* an end may stand one further */
  size_t left = (size_t)(s->end - p);
  unsigned stop = left < here ? (unsigned)left : here;
  uint64_t all = w->word >> passed;
  uint64_t special = w->special >> passed & below(stop);
  if (special) stop = run_start(all, (unsigned)__builtin_ctzll(special));
  else if (left >= here) stop = run_start(all, here);
  uint64_t inside = below(stop), words = all & inside;
  uint64_t signs = ~all & ~(w->space >> passed) & inside;
  uint64_t begins = (words & ~(words << 1)) | signs;
  uint64_t points = w->points >> passed & inside;
  if (points) add_points(s, p, begins, points);
  uint64_t ends = ((words << 1) & ~words) | (signs << 1);
  unsigned count = (unsigned)__builtin_popcountll(begins);
  uint32_t *begin = s->begin + s->used, *end = s->word + s->used;
  uint32_t offset = (uint32_t)(p - s->text);
  /* Eight at a time, needed or not: a loop that stopped with the last one would
  ** be mispredicted each time. Bit 63 is never a token's. */
  for (unsigned i = 0; i < count; i += 8, begin += 8, end += 8) {
#pragma GCC unroll 8
    for (int k = 0; k < 8; k++) {
      begin[k] = offset + (unsigned)__builtin_ctzll(begins | LAST_BIT);
      begins &= begins - 1;
    }
#pragma GCC unroll 8
    for (int k = 0; k < 8; k++) {
      end[k] = offset + (unsigned)__builtin_ctzll(ends | LAST_BIT);
      ends &= ends - 1;
    }
  }
  s->used += count;
  return p + stop;
}
#endif

/* The key of a form of at most 15 bytes. Reads 16 bytes, however short it is:
** texts are padded. */
static inline void key_of (const char *p, unsigned n, uint64_t *a,
                           uint64_t *b) {
#ifdef FAST
  __m128i c = _mm_and_si128(
      _mm_loadu_si128((const __m128i *)(const void *)p),
      _mm_loadu_si128((const __m128i *)(const void *)(ones + 16 - n)));
  *a = (uint64_t)_mm_cvtsi128_si64(c);
  *b = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(c, c));
#else
  char copy[16] = { 0 };
  memcpy(copy, p, n);
  memcpy(a, copy, 8);
  memcpy(b, copy + 8, 8);
#endif
}

/*
** Puts ids in the place of ends, for the tokens of the batch. One long loop with
** nothing in it that depends on the word before: the look-ups overlap, which
** hides most of the waiting for memory.
*/
static void look_up (scan *s) {
  ld_vocabulary *v = s->vocabulary;
  const ld_slot *slots = v->slots;
  uint32_t mask = v->slot_mask;
  const char *text = s->text;
  const uint32_t *begin = s->begin, *last = begin + s->used;
  for (uint32_t *word = s->word; begin < last; begin++, word++) {
    const char *p = text + *begin;
    unsigned n = *word - *begin;
    uint64_t a, b;
    key_of(p, n <= 15 ? n : 15, &a, &b);
    const ld_slot *slot = slots + ((uint32_t)ld_word_hash(a, b) & mask);
    if (slot->a == a && slot->b == b && n <= 15) {
      *word = (uint32_t)slot->id;
    } else {
      *word = ld_word_add(v, p, n);
      slots = v->slots;
      mask = v->slot_mask;
    }
  }
}

/* Gives the tokens so far to the document. */
static void commit (scan *s) {
  look_up(s);
  ld_builder_tokens(s->builder, s->used);
  s->begin += s->used;
  s->word += s->used;
  s->room -= s->used;
  s->used = 0;
  s->first = s->builder->doc->token_count;
}

/* Makes room for a whole batch. */
static bool batch (scan *s) {
  if (s->used) commit(s);
  s->room = BATCH;
  s->failed = !ld_builder_token_room(s->builder, BATCH, &s->begin, &s->word);
  return !s->failed;
}

/* Adds a token of 1 to LD_WORD_MAX bytes. */
static void emit (scan *s, const char *p, size_t n) {
  if (s->used == s->room && !batch(s)) return;
  s->begin[s->used] = (uint32_t)(p - s->text);
  s->word[s->used++] = (uint32_t)(p - s->text) + (uint32_t)n;
}

/* A word that may be too long for one form: cut between code points. */
static void emit_word (scan *s, const char *p, const char *q) {
  while (q - p > LD_WORD_MAX && !s->failed) {
    size_t n = ld_utf8_floor(p, LD_WORD_MAX);
    if (n == 0) n = LD_WORD_MAX;
    emit(s, p, n);
    p += n;
  }
  if (q > p && !s->failed) emit(s, p, (size_t)(q - p));
}

/* Length of an apostrophe at p, 0 where there is none. */
static int apostrophe (const char *p, const char *end) {
  if (p < end && *p == '\'') return 1;
  return end - p >= 3 && memcmp(p, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static bool letter_at (const char *p, const char *end) {
  int n;
  return p < end && ld_is_letter(ld_class_at(p, end, &n));
}

/* Is p at the "s" of a possessive: an s and no letter after it? */
static bool is_possessive (const char *p, const char *end) {
  return p < end && (*p | 32) == 's' && !letter_at(p + 1, end) &&
         !(p + 1 < end && is_digit((unsigned char)p[1]));
}

/*
** Goes on with a word that [p, q) begins and that is not plain: reads code
** points to its end, keeping apostrophes between letters. Adds it, in two where
** an elision parts it, and returns where it ends.
*/
static const char *long_word (scan *s, const char *p, const char *q) {
  bool number = is_digit((unsigned char)*p);
  while (q < s->end) {
    int n, a = apostrophe(q, s->end);
    if (a) {
      if (q == p || number || !letter_at(q + a, s->end) ||
          is_possessive(q + a, s->end))
        break;
      q += a;
      if (s->elision && q - p <= 3 + a) {
        emit_word(s, p, q);
        p = q;
      }
      continue;
    }
    enum ld_class k = ld_class_at(q, s->end, &n);
    if (!ld_is_letter(k) && k != LD_MARK && k != LD_DIGIT && k != LD_FORMAT)
      break;
    q += n;
  }
  const char *stop = q;
  for (int n; stop > p && ld_class_before(p, stop, &n) == LD_FORMAT;)
    stop -= n;           /* a trailing joiner belongs to nothing */
  emit_word(s, p, stop);
  return q;
}

/* A number that goes on after a point or comma: 27,000.50. */
static const char *number_end (const char *q, const char *end) {
  while (end - q >= 2 && (*q == '.' || *q == ',') &&
         is_digit((unsigned char)q[1])) {
    const char *next = run_end(q + 1);
    for (const char *c = q + 1; c < next; c++)
      if (!is_digit((unsigned char)*c)) return q;
    if (next > end) return q;
    q = next;
  }
  return q;
}

/* Letters with a point after each, two at least: U.S., a.m., Ph.D. Returns
** the end with the last point, or NULL. */
static const char *dotted_end (const char *p, const char *end) {
  const char *q = p;
  int points = 0;
  while (end - q >= 2 && (*q | 32) - 'a' < 26 && (*q | 32) >= 'a') {
    int letters = q[1] == '.' ? 1 : q[1] == 'h' && end - q >= 3 && q[2] == '.'
                                        ? 2 : 0;
    if (!letters) break;
    q += letters + 1;
    points++;
  }
  if (points < 2 || (q < end && is_word_byte((unsigned char)*q))) {
    /* "U.S" without its last point, then something else than a word. */
    if (points >= 1 && q < end && is_word_byte((unsigned char)*q) &&
        !is_digit((unsigned char)*q) && run_end(q) == q + 1)
      return q + 1;
    return NULL;
  }
  return q;
}

/* A word or number that begins with an ASCII letter or digit at p. */
static inline const char *word (scan *s, const char *p) {
  const char *q = run_end(p);
  if (q > s->end) q = s->end;
  unsigned char next = q < s->end ? (unsigned char)*q : ' ';
  if (next == ' ' || next == '\n') {
    /* by far the most */
  } else if (next == 0xE2 && (unsigned char)q[1] == 0x80 &&
             (unsigned char)q[2] != 0x99 && (unsigned char)q[2] >= 0x90 &&
             (unsigned char)q[2] <= 0xA7) {
    /* a dash or a quotation mark: it ends the word */
  } else if (next >= 0x80 || next == '\'') {
    return long_word(s, p, q);
  } else if ((next == '.' || next == ',') && is_digit((unsigned char)*p) &&
             is_digit((unsigned char)q[-1])) {
    q = number_end(q, s->end);
  } else if (next == '.' && q - p <= 2) {
    const char *stop = dotted_end(p, s->end);
    if (stop) {
      emit(s, p, (size_t)(stop - p));
      if (stop[-1] == '.') add_stop(s, s->first + s->used - 1);
      return stop;
    }
  }
  if (q - p <= LD_WORD_MAX) emit(s, p, (size_t)(q - p));
  else emit_word(s, p, q);
  return q;
}

/* A mark in ASCII: alike ones in a row make one token. */
static const char *mark (scan *s, const char *p) {
  int a = apostrophe(p, s->end);
  if (a && s->text < p && is_possessive(p + a, s->end)) {
    emit(s, p, (size_t)a + 1);
    return p + a + 1;
  }
  const char *q = p + 1;
  if (q < s->end && *q == *p && strchr(".-!?", *p))
    while (q < s->end && *q == *p && q - p < LD_WORD_MAX) q++;
  emit(s, p, (size_t)(q - p));
  if (*p == '.' || *p == '!' || *p == '?') add_stop(s, s->first + s->used - 1);
  return q;
}

/* A dash, quotation mark or ellipsis among U+2010 to U+2026, or a no-break
** space: what English pages have past ASCII. NULL for anything else. */
static const char *typographic (scan *s, const char *p) {
  const unsigned char *u = (const unsigned char *)p;
  if (u[0] == 0xC2 && u[1] == 0xA0) return p + 2;
  if (u[0] != 0xE2 || u[1] != 0x80 || u[2] < 0x90 || u[2] > 0xA6 ||
      u[2] == 0x99 || s->end - p < 3)
    return NULL;
  emit(s, p, 3);
  if (u[2] == 0xA6) add_stop(s, s->first + s->used - 1);
  return p + 3;
}

/* What begins with a byte past ASCII. */
static const char *wide (scan *s, const char *p) {
  const char *q = typographic(s, p);
  if (q) return q;
  int n, a = apostrophe(p, s->end);
  if (a && is_possessive(p + a, s->end) && s->used + s->first > 0) {
    emit(s, p, (size_t)a + 1);
    return p + a + 1;
  }
  enum ld_class k = ld_class_at(p, s->end, &n);
  if (k == LD_SPACE || k == LD_FORMAT) return p + n;
  if (ld_is_letter(k) || k == LD_DIGIT) return long_word(s, p, p);
  emit(s, p, (size_t)n);
  if (k == LD_STOP) add_stop(s, s->first + s->used - 1);
  return p + n;
}

/* One token, or one white space. */
static const char *step (scan *s, const char *p) {
  unsigned char c = (unsigned char)*p;
  if (is_word_byte(c)) return word(s, p);
  if (c >= 0x80) return wide(s, p);
  return c <= ' ' ? p + 1 : mark(s, p);
}

static inline __attribute__((always_inline)) void scan_bytes (
    scan *s, const char *p) {
  while (p < s->end && !s->failed) {
#ifdef FAST
    if ((unsigned char)*p <= ' ') { p++; continue; }
    if ((unsigned char)*p < 0x80) {
      if (s->used + 72 > s->room && !batch(s)) return;
      const char *q = plain_tokens(s, p);
      if (q > p) { p = q; continue; }
    }
#endif
    p = step(s, p);
  }
}

/* The same code twice: later processors have one instruction for what the
** masks need several of. Both give the same tokens. */
static void scan_plain (scan *s, const char *p) { scan_bytes(s, p); }

#if defined(FAST) && defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("bmi,bmi2,popcnt,avx2")))
static void scan_late (scan *s, const char *p) { scan_bytes(s, p); }

static void scan_block (scan *s, const char *p) {
  static _Atomic int late = -1;
  int choice = late;
  if (choice < 0)
    late = choice = __builtin_cpu_supports("avx2") &&
                    __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
  if (choice) scan_late(s, p);
  else scan_plain(s, p);
}
#else
static void scan_block (scan *s, const char *p) { scan_plain(s, p); }
#endif

ld_scan *ld_scan_new (ld_builder *builder, bool elision, ld_stops *stops) {
  ld_scan *s = ld_memory_new(&builder->corpus->memory, sizeof *s);
  if (!s) return NULL;
  memset(s, 0, sizeof *s);
  s->builder = builder;
  s->vocabulary = &builder->corpus->vocabulary;
  s->stops = stops;
  s->text = builder->doc->text;
  s->elision = elision;
  return s;
}

void ld_scan_free (ld_scan *s) {
  if (s) ld_memory_free(&s->builder->corpus->memory, s, sizeof *s);
}

void ld_mark_tokens (ld_scan *s, uint32_t begin, uint32_t end) {
  s->end = s->text + end;
  s->window.base = NULL;
  scan_block(s, s->text + begin);
  if (!s->failed && s->used) commit(s);
}
