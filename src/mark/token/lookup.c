/*
** lookup.c - word ids for the tokens of a batch.
*/
#include <string.h>

#include "mark/token/scan.h"

#ifdef LD_VECTOR_CODE
#include <immintrin.h>

/* The first n <= 15 bytes of p are left by a mask that begins 16 - n bytes into
** these. */
static const unsigned char keep[32] = {
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255
};
#endif

/* The key of a form of at most LD_KEY_MAX bytes. Reads 16 bytes, however short
** it is: texts are padded. */
static inline void key_of (const char *p, unsigned n, uint64_t *a,
                           uint32_t *b) {
#ifdef LD_VECTOR_CODE
  __m128i c = _mm_and_si128(
      _mm_loadu_si128((const __m128i *)(const void *)p),
      _mm_loadu_si128((const __m128i *)(const void *)(keep + 16 - n)));
  *a = (uint64_t)_mm_cvtsi128_si64(c);
  *b = (uint32_t)_mm_cvtsi128_si32(_mm_unpackhi_epi64(c, c));
#else
  char copy[12] = { 0 };
  memcpy(copy, p, n);
  memcpy(a, copy, 8);
  memcpy(b, copy + 8, 4);
#endif
}

/* The id of a form: most are in the first slot or the second. */
static inline uint32_t id_of (ld_vocabulary *v, const char *p, unsigned n) {
  uint64_t a;
  uint32_t b;
  if (n <= LD_KEY_MAX) {
    key_of(p, n, &a, &b);
    uint32_t at = ld_word_hash(a, b);
    const ld_slot *slot = v->slots + (at & v->slot_mask);
    if (slot->a == a && slot->b == b) return slot->id;
    slot = v->slots + ((at + 1) & v->slot_mask);
    if (slot->a == a && slot->b == b) return slot->id;
  }
  return ld_word_add(v, p, n);
}

/*
** Puts ids in the place of ends, for the tokens of the batch. One long loop with
** nothing in it that depends on the word before: the look-ups overlap, which
** hides most of the waiting for memory.
*/
void ld_scan_look_up (ld_scan *s) {
  for (size_t i = 0; i < s->used; i++)
    s->word[i] = id_of(s->vocabulary, s->text + s->begin[i],
                       s->word[i] - s->begin[i]);
}

#ifdef LD_VECTOR_CODE
/*
** The same for eight tokens at a time. What is not in its first slot is
** remembered and added afterwards: the loop never guesses wrong.
*/
LD_WIDE_CODE
void ld_scan_look_up_wide (ld_scan *s) {
  ld_vocabulary *v = s->vocabulary;
  const char *text = s->text, *slots = (const char *)v->slots;
  const __m512i zero = _mm512_setzero_si512(), ones = _mm512_set1_epi64(-1);
  const __m512i mask = _mm512_set1_epi64(v->slot_mask);
  const __m256i count = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
  uint32_t missed[LD_BATCH + 8], missing = 0;
  for (size_t i = 0; i < s->used; i += 8) {
    size_t left = s->used - i;
    __mmask8 lanes = left >= 8 ? 0xFF : (__mmask8)((1u << left) - 1);
    __m512i begin = _mm512_cvtepu32_epi64(
        _mm256_maskz_loadu_epi32(lanes, s->begin + i));
    __m512i end = _mm512_cvtepu32_epi64(
        _mm256_maskz_loadu_epi32(lanes, s->word + i));
    __m512i bits = _mm512_slli_epi64(_mm512_sub_epi64(end, begin), 3);
    __mmask8 hit = _mm512_mask_cmple_epi64_mask(
        lanes, bits, _mm512_set1_epi64(8 * LD_KEY_MAX));
    /* The form's bytes are left by ones, shifted by the bits it does not have;
    ** a shift by more than there are, or by less than none, gives zero. */
    __m512i a = _mm512_mask_i64gather_epi64(zero, lanes, begin, text, 1);
    __m512i tail = _mm512_mask_i64gather_epi64(zero, lanes, begin, text + 8, 1);
    __m512i spare = _mm512_sub_epi64(_mm512_set1_epi64(64), bits);
    a = _mm512_and_si512(a, _mm512_srlv_epi64(ones, _mm512_max_epi64(spare, zero)));
    spare = _mm512_sub_epi64(_mm512_set1_epi64(128), bits);
    tail = _mm512_and_si512(tail, _mm512_srlv_epi64(ones, spare));
    /* ld_word_hash */
    __m512i h = _mm512_mullo_epi64(a, _mm512_set1_epi64(LD_HASH_1));
    h = _mm512_xor_si512(_mm512_xor_si512(h, _mm512_srli_epi64(h, 32)), tail);
    h = _mm512_mullo_epi64(h, _mm512_set1_epi64(LD_HASH_2));
    h = _mm512_and_si512(_mm512_srli_epi64(h, 32), mask);
    h = _mm512_slli_epi64(h, 1);                   /* a slot is twice 8 bytes */
    __m512i key = _mm512_mask_i64gather_epi64(zero, hit, h, slots, 8);
    __m512i rest = _mm512_mask_i64gather_epi64(zero, hit, h, slots + 8, 8);
    __m512i id = _mm512_srli_epi64(rest, 32);
    hit = _mm512_mask_cmpeq_epi64_mask(hit, key, a);
    hit = _mm512_mask_cmpeq_epi64_mask(
        hit, _mm512_and_si512(rest, _mm512_set1_epi64(0xFFFFFFFF)), tail);
    _mm256_mask_storeu_epi32(s->word + i, hit, _mm512_cvtepi64_epi32(id));
    lanes &= (__mmask8)~hit;
    _mm256_storeu_si256(
        (__m256i *)(void *)(missed + missing),
        _mm256_maskz_compress_epi32(
            lanes, _mm256_add_epi32(count, _mm256_set1_epi32((int)i))));
    missing += (uint32_t)__builtin_popcount(lanes);
  }
  for (uint32_t i = 0; i < missing; i++) {
    uint32_t k = missed[i], begin = s->begin[k];
    s->word[k] = id_of(v, text + begin, s->word[k] - begin);
  }
}
#endif
