/*
** finder.c - places in a text where a match can begin.
**
** A byte has a bit for each front that allows it, at each depth: where the
** bits of bytes in a row have one in common, that front fits. The vector code
** looks the bits up by half bytes, 32 places at once; that lets more through,
** so that what it finds is looked at again. Both find the same.
*/
#include <string.h>

#include "bind/text/begin.h"

#ifdef LD_VECTOR_CODE
#include <immintrin.h>
#endif

typedef unsigned char byte;

enum ld_speed ld_finder_speed (void) {
#if defined(LD_VECTOR_CODE) && !defined(LD_SMALL)
  return __builtin_cpu_supports("avx2") ? LD_VECTOR : LD_PLAIN;
#else
  return LD_PLAIN;
#endif
}

void ld_finder_init (ld_finder *finder, const ld_begin *begin,
                     enum ld_speed speed) {
  memset(finder, 0, sizeof *finder);
  finder->speed = speed;
  for (int s = 0; s < begin->count; s++) {
    const ld_front *front = &begin->fronts[s];
    const byte bit = (byte)(1u << s);
    for (int d = 0; d < LD_DEPTH; d++) {
      if (d >= front->depth) finder->past[d] |= bit;
      for (int c = 0; c < 256; c++)
        if (d >= front->depth || ld_bytes_has(&front->at[d], (byte)c))
          finder->exact[d][c] |= bit;
    }
  }
  for (int d = 0; d < LD_LOOK; d++)
    for (int c = 0; c < 256; c++) {
      finder->low[d][c & 15] |= finder->exact[d][c];
      finder->high[d][c >> 4] |= finder->exact[d][c];
    }
}

/* Whether a front fits at p, after which there are LD_DEPTH bytes. */
static inline bool fits (const ld_finder *f, const byte *p) {
  return (f->exact[0][p[0]] & f->exact[1][p[1]] & f->exact[2][p[2]] &
          f->exact[3][p[3]]) != 0;
}

/* The same where there may be fewer. */
static bool fits_before (const ld_finder *f, const byte *p, const byte *end) {
  unsigned fronts = 0xFF;
  for (int d = 0; d < LD_DEPTH; d++)
    fronts &= d < end - p ? f->exact[d][p[d]] : f->past[d];
  return fronts != 0;
}

static const byte *find_plain (const ld_finder *f, const byte *p,
                               const byte *end) {
  for (; end - p >= LD_DEPTH; p++)
    if (fits(f, p)) return p;
  for (; p < end; p++)
    if (fits_before(f, p, end)) return p;
  return NULL;
}

#ifdef LD_VECTOR_CODE

#define AVX2 __attribute__((target("avx2,bmi")))

/* The fronts that allow each of 32 bytes, by half bytes. */
AVX2 static inline __m256i allowed (const byte *p, __m256i low, __m256i high) {
  const __m256i half = _mm256_set1_epi8(15);
  __m256i c = _mm256_loadu_si256((const __m256i *)(const void *)p);
  __m256i upper = _mm256_and_si256(_mm256_srli_epi16(c, 4), half);
  return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(c, half)),
                          _mm256_shuffle_epi8(high, upper));
}

AVX2 static inline __m256i table (const byte *sixteen) {
  return _mm256_broadcastsi128_si256(
      _mm_loadu_si128((const __m128i *)(const void *)sixteen));
}

AVX2 static const byte *find_vector (const ld_finder *f, const byte *p,
                                     const byte *end) {
  enum { WIDTH = 32 };
  const __m256i low0 = table(f->low[0]), high0 = table(f->high[0]);
  const __m256i low1 = table(f->low[1]), high1 = table(f->high[1]);
  const __m256i low2 = table(f->low[2]), high2 = table(f->high[2]);
  for (; end - p >= WIDTH + LD_DEPTH - 1; p += WIDTH) {
    __m256i fronts = _mm256_and_si256(
        allowed(p, low0, high0),
        _mm256_and_si256(allowed(p + 1, low1, high1),
                         allowed(p + 2, low2, high2)));
    __m256i none = _mm256_cmpeq_epi8(fronts, _mm256_setzero_si256());
    uint32_t places = ~(uint32_t)_mm256_movemask_epi8(none);
    for (; places; places &= places - 1) {
      const byte *place = p + __builtin_ctz(places);
      if (fits(f, place)) return place;
    }
  }
  return find_plain(f, p, end);
}

#endif

const char *ld_finder_next (const ld_finder *finder, const char *p,
                            const char *end) {
  const byte *from = (const byte *)p, *to = (const byte *)end;
#ifdef LD_VECTOR_CODE
  if (finder->speed != LD_PLAIN)
    return (const char *)find_vector(finder, from, to);
#endif
  return (const char *)find_plain(finder, from, to);
}
