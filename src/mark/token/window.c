/*
** window.c - the tokens of 64 bytes at once.
**
** What each byte is becomes a bit; where words begin and end is then a matter
** of shifts. The same thing twice, for 16 and for 64 bytes an instruction: both
** find the same tokens as the plain code of tokens.c does.
*/
#include "mark/token/scan.h"

#ifdef LD_VECTOR_CODE
#include <immintrin.h>

#define LAST_BIT ((uint64_t)1 << 63)

/* Which of 64 bytes are what, a bit each. */
typedef struct kinds {
  uint64_t word, space, high;          /* high: past ASCII */
  uint64_t stop, comma, dash, apostrophe;
  uint64_t s;                          /* s and S */
  uint64_t c2, a0, e2, x80, mid, x99;  /* where 'high' has bits; mid: 90 to A5 */
} kinds;

/*
** Finds the tokens of a window whose bytes are told apart. Words are found by
** bits alone, signs are words of one byte; so are no-break spaces (C2 A0),
** dashes and quotation marks (E2 80 90 to A5), and the s of a possessive with
** either apostrophe. Special are the other bytes past ASCII and apostrophes,
** stops and commas that a number or an abbreviation may go on after, and stops
** and dashes in rows. A token of several bytes begins where all of it and the
** byte after it are in the window. It is part of its callers, for each of them has
** other instructions.
*/
__attribute__((always_inline))
static inline void tell_apart (ld_window *w, const kinds *m) {
  uint64_t word = m->word, space = m->space, special = m->high;
  uint64_t wide = 0, owner2 = 0, owner4 = 0;
  uint64_t letter = word | m->high;
  if (m->high) {
    uint64_t nobreak = m->high & m->c2 & m->a0 >> 1 & ld_bits_below(62);
    uint64_t e280 = m->high & m->e2 & m->x80 >> 1;
    uint64_t mark = m->x99 >> 2;
    wide = e280 & m->mid >> 2 & ~mark & ld_bits_below(61);
    owner4 = e280 & mark & m->s >> 3 & ~(letter >> 4) & ld_bits_below(60);
    space |= nobreak | nobreak << 1;
    special &= ~(nobreak | nobreak << 1 | wide | wide << 1 | wide << 2 |
                 owner4 | owner4 << 1 | owner4 << 2);
  }
  if (m->apostrophe) {
    owner2 = m->apostrophe & m->s >> 1 & ~(letter >> 2) & ld_bits_below(62);
    special |= m->apostrophe & ~owner2;
  }
  word &= ~(owner2 << 1 | owner4 << 3);
  special |= (m->stop | m->comma) & (m->word >> 1 | LAST_BIT);
  special |= m->stop & m->stop >> 1;
  special |= m->dash & (m->dash << 1 | m->dash >> 1 | LAST_BIT);
  uint64_t sign = ~(word | space | m->high | owner2 | owner2 << 1 |
                    owner4 << 3);
  w->word = word;
  w->begins = (word & ~(word << 1)) | sign | wide | owner2 | owner4;
  w->ends = ((word << 1) & ~word) | sign << 1 | wide << 3 | owner2 << 2 |
            owner4 << 4;
  w->stops = m->stop;
  w->special = special;
}

/* The bits of bytes before the end of the block. */
static inline uint64_t before_end (const char *p, const char *end) {
  return end - p < 64 ? ld_bits_below((size_t)(end - p)) : UINT64_MAX;
}

/* Where the run of word bytes begins that reaches up to bit i, or i. */
static inline unsigned run_start (uint64_t word, unsigned i) {
  if (i == 0) return 0;
  uint64_t gaps = ~(word << (64 - i));
  return gaps ? i - (unsigned)__builtin_clzll(gaps) : 0;
}

/* Tokens among the next bytes: a bit each where they begin and end, counted
** from where the scan stands. */
typedef struct found {
  uint64_t begins, ends;
  uint64_t stops;           /* those that may end a sentence begin there */
  unsigned count, passed;   /* how many; the bytes that are passed with them */
} found;

/*
** The tokens from p on, which is in none, up to the first that touches something
** special or the window's end. Nothing is passed when that is the first.
*/
static inline found cut (const ld_window *w, const char *p) {
  unsigned from = (unsigned)(p - w->base);
  uint64_t special = (w->special | LAST_BIT) >> from;
  unsigned passed = run_start(w->word >> from,
                              (unsigned)__builtin_ctzll(special));
  uint64_t inside = ld_bits_below(passed);
  found f = { w->begins >> from & inside,
              w->ends >> from & (inside << 1 | 1) & ~(uint64_t)1,
              w->stops >> from & inside, 0, passed };
  f.count = (unsigned)__builtin_popcountll(f.begins);
  return f;
}

/*
** Where the window for p begins: NULL for the one that is there. The next one
** begins a fixed step on where it can: then the processor looks at it before it
** knows where the tokens of this one end.
*/
enum { STEP = 48 };
static inline const char *next_window (const ld_window *w, const char *p) {
  if (!w->base) return p;
  if (p - w->base < STEP) return NULL;
  return p - w->base < 2 * STEP ? w->base + STEP : p;
}


/* ---------------------------------------------------------------- 128 bits */

/* Which of 16 bytes are ASCII letters or digits, 255 each. */
static inline __m128i is_alnum (__m128i c) {
  __m128i letter = _mm_sub_epi8(_mm_or_si128(c, _mm_set1_epi8(32)),
                                _mm_set1_epi8('a'));
  __m128i digit = _mm_sub_epi8(c, _mm_set1_epi8('0'));
  letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
  digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
  return _mm_or_si128(letter, digit);
}

/* Bytes equal to c, 255 each. */
static inline __m128i equal (__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}
static inline uint64_t bits (__m128i mask, int i) {
  return (uint64_t)(unsigned)_mm_movemask_epi8(mask) << (16 * i);
}

/* Looks at the 64 bytes from p on. */
static inline void look (ld_window *w, const char *p, const char *block_end) {
  kinds m = { 0 };
  for (int i = 0; i < 4; i++) {
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
    __m128i stop = _mm_or_si128(equal(c, '.'), _mm_or_si128(
                                    equal(c, '!'), equal(c, '?')));
    m.word |= bits(is_alnum(c), i);
    m.space |= bits(_mm_cmpeq_epi8(_mm_min_epu8(c, _mm_set1_epi8(' ')), c), i);
    m.high |= bits(c, i);
    m.stop |= bits(stop, i);
    m.comma |= bits(equal(c, ','), i);
    m.dash |= bits(equal(c, '-'), i);
    m.apostrophe |= bits(equal(c, '\''), i);
  }
  uint64_t in = before_end(p, block_end);
  m.high &= in;
  m.word &= in;
  m.space |= ~in;
  for (int i = 0; i < 4 && (m.high | m.apostrophe); i++) {
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
    __m128i mid = _mm_sub_epi8(c, _mm_set1_epi8((char)0x90));
    mid = _mm_cmpeq_epi8(_mm_min_epu8(mid, _mm_set1_epi8(0x15)), mid);
    m.s |= bits(equal(_mm_or_si128(c, _mm_set1_epi8(32)), 's'), i);
    m.c2 |= bits(equal(c, (char)0xC2), i);
    m.a0 |= bits(equal(c, (char)0xA0), i);
    m.e2 |= bits(equal(c, (char)0xE2), i);
    m.x80 |= bits(equal(c, (char)0x80), i);
    m.x99 |= bits(equal(c, (char)0x99), i);
    m.mid |= bits(mid, i);
  }
  m.apostrophe &= in;
  m.stop &= in;
  m.s &= in;
  w->base = p;
  tell_apart(w, &m);
}

/* Writes where tokens begin, and where they end. Eight at a time, needed or not: a loop
** that stopped with the last one would be mispredicted each time. Bit 63 is never a
** token's. */
static inline void put (uint32_t *begin, uint32_t *end, found f, uint32_t offset) {
  for (unsigned i = 0; i < f.count; i += 8, begin += 8, end += 8) {
#pragma GCC unroll 8
    for (int k = 0; k < 8; k++) {
      begin[k] = offset + (unsigned)__builtin_ctzll(f.begins | LAST_BIT);
      f.begins &= f.begins - 1;
    }
#pragma GCC unroll 8
    for (int k = 0; k < 8; k++) {
      end[k] = offset + (unsigned)__builtin_ctzll(f.ends | LAST_BIT);
      f.ends &= f.ends - 1;
    }
  }
}

const char *ld_scan_find (ld_scan *s, const char *p) {
  ld_window w = s->window;
  while (s->used + LD_AT_ONCE <= s->room && p < s->end) {
    const char *next = next_window(&w, p);
    if (next) look(&w, next, s->end);
    const found f = cut(&w, p);
    if (!f.passed) break;
    for (uint64_t stops = f.stops; stops; stops &= stops - 1) {
      uint64_t before = ld_bits_below((size_t)__builtin_ctzll(stops));
      ld_scan_stop(s, s->first + s->used +
                          (size_t)__builtin_popcountll(f.begins & before));
    }
    put(s->begin + s->used, s->word + s->used, f, (uint32_t)(p - s->text));
    s->used += f.count;
    p += f.passed;
  }
  s->window = w;
  return p;
}


/* ---------------------------------------------------------------- 512 bits */

/* What a table says of an ASCII byte. */
enum { WORD = 1, SPACE = 2, STOP = 4, COMMA = 8, DASH = 16, APOSTROPHE = 32,
       S = 64 };
#define ROW(c) c, c, c, c, c, c, c, c
static const unsigned char classes[128] = {
  ROW(SPACE), ROW(SPACE), ROW(SPACE), ROW(SPACE),
  SPACE, STOP, 0, 0, 0, 0, 0, APOSTROPHE, 0, 0, 0, 0, COMMA, DASH, STOP, 0,
  ROW(WORD), WORD, WORD, 0, 0, 0, 0, 0, STOP,
  0, WORD, WORD, WORD, WORD, WORD, WORD, WORD, ROW(WORD),
  WORD, WORD, WORD, WORD | S, WORD, WORD, WORD, WORD, WORD, WORD, WORD, 0, 0, 0,
  0, 0,
  0, WORD, WORD, WORD, WORD, WORD, WORD, WORD, ROW(WORD),
  WORD, WORD, WORD, WORD | S, WORD, WORD, WORD, WORD, WORD, WORD, WORD, 0, 0, 0,
  0, 0
};

LD_WIDE_CODE
static inline void look_512 (ld_window *w, const char *p, const char *end) {
  __m512i c = _mm512_loadu_si512(p);
  __m512i k = _mm512_permutex2var_epi8(_mm512_loadu_si512(classes), c,
                                       _mm512_loadu_si512(classes + 64));
  uint64_t in = before_end(p, end);
  kinds m = { .high = _mm512_movepi8_mask(c) & in };
  k = _mm512_maskz_mov_epi8(in & ~m.high, k);
  m.word = _mm512_test_epi8_mask(k, _mm512_set1_epi8(WORD));
  m.space = _mm512_test_epi8_mask(k, _mm512_set1_epi8(SPACE)) | ~in;
  m.stop = _mm512_test_epi8_mask(k, _mm512_set1_epi8(STOP));
  m.comma = _mm512_test_epi8_mask(k, _mm512_set1_epi8(COMMA));
  m.dash = _mm512_test_epi8_mask(k, _mm512_set1_epi8(DASH));
  m.apostrophe = _mm512_test_epi8_mask(k, _mm512_set1_epi8(APOSTROPHE));
  m.s = _mm512_test_epi8_mask(k, _mm512_set1_epi8(S));
  if (m.high) {
    m.c2 = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8((char)0xC2));
    m.a0 = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8((char)0xA0));
    m.e2 = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8((char)0xE2));
    m.x80 = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8((char)0x80));
    m.x99 = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8((char)0x99));
    m.mid = _mm512_cmplt_epu8_mask(
        _mm512_sub_epi8(c, _mm512_set1_epi8((char)0x90)), _mm512_set1_epi8(0x16));
  }
  w->base = p;
  tell_apart(w, &m);
}

/* Writes offset + i for each bit i, in rows of 16. */
LD_WIDE_CODE
static inline void write_512 (uint32_t *out, uint64_t bits, uint32_t offset,
                              unsigned count) {
  static const unsigned char steps[64] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
    21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
    40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58,
    59, 60, 61, 62, 63
  };
  __m512i base = _mm512_set1_epi32((int)offset);
  __m512i at = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(steps));
  _mm512_storeu_si512(out, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(
                               _mm512_castsi512_si128(at))));
  for (unsigned i = 16; i < count; i += 16) {
    at = _mm512_shuffle_i32x4(at, at, 0x39);    /* the next 16 bytes */
    _mm512_storeu_si512(out + i, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(
                                     _mm512_castsi512_si128(at))));
  }
}

LD_WIDE_CODE
const char *ld_scan_find_wide (ld_scan *s, const char *p) {
  ld_window w = s->window;
  uint32_t *begin = s->begin + s->used, *word = s->word + s->used;
  uint32_t *stop = s->stops->tokens + s->stops->count;
  const uint32_t *room = s->begin + s->room;
  const char *const end = s->end, *const text = s->text;
  uint32_t token = (uint32_t)(s->first + s->used);
  while (room - begin >= LD_AT_ONCE && p < end) {
    const char *next = next_window(&w, p);
    if (next) look_512(&w, next, end);
    const found f = cut(&w, p);
    if (!f.passed) break;
    const uint32_t offset = (uint32_t)(p - text);
    const uint64_t stops = _pext_u64(f.stops, f.begins);      /* a bit a token */
    const unsigned count = (unsigned)__builtin_popcountll(stops);
    write_512(stop, stops, token, count);
    write_512(begin, f.begins, offset, f.count);
    write_512(word, f.ends, offset, f.count);
    stop += count;
    begin += f.count;
    word += f.count;
    token += f.count;
    p += f.passed;
  }
  s->window = w;
  s->used = (size_t)(begin - s->begin);
  s->stops->count = (uint32_t)(stop - s->stops->tokens);
  return p;
}
#endif
