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
LD_WIDE_CODE
static inline __mmask8 lanes_of (size_t left) {      /* of eight */
  return (__mmask8)(left >= 8 ? 0xFF : (1u << left) - 1);
}

/* The 16 bytes at each of four places from p on: by four loads, which take less
** than a gather. */
LD_WIDE_CODE
static inline __m512i load_4 (const char *p, const uint32_t *at) {
  const __m128i *a = (const __m128i *)(const void *)(p + at[0]);
  const __m128i *b = (const __m128i *)(const void *)(p + at[1]);
  const __m128i *c = (const __m128i *)(const void *)(p + at[2]);
  const __m128i *d = (const __m128i *)(const void *)(p + at[3]);
  __m512i all = _mm512_castsi128_si512(_mm_loadu_si128(a));
  all = _mm512_inserti32x4(all, _mm_loadu_si128(b), 1);
  all = _mm512_inserti32x4(all, _mm_loadu_si128(c), 2);
  return _mm512_inserti32x4(all, _mm_loadu_si128(d), 3);
}

/* Where the slots of eight keys are, in bytes: what ld_word_hash says, times 16. */
LD_WIDE_CODE
static inline __m256i places_of (__m512i low, __m512i high, uint32_t mask) {
  const __m512i even = _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0);
  const __m512i odd = _mm512_set_epi64(15, 13, 11, 9, 7, 5, 3, 1);
  __m512i a = _mm512_permutex2var_epi64(low, even, high);
  __m512i b = _mm512_permutex2var_epi64(low, odd, high);
  __m512i h = _mm512_mullo_epi64(a, _mm512_set1_epi64(LD_HASH_1));
  h = _mm512_xor_si512(_mm512_xor_si512(h, _mm512_srli_epi64(h, 32)), b);
  h = _mm512_mullo_epi64(h, _mm512_set1_epi64(LD_HASH_2));
  h = _mm512_and_si512(_mm512_srli_epi64(h, 28),
                       _mm512_set1_epi64((long long)mask << 4));
  return _mm512_cvtepi64_epi32(h);
}

/* Which of four slots hold those keys: two bits each. */
LD_WIDE_CODE
static inline uint32_t equal_4 (__m512i keys, __m512i slots) {
  const __m512i form = _mm512_set4_epi32(0, -1, -1, -1);
  __m512i apart = _mm512_xor_si512(keys, _mm512_and_si512(slots, form));
  return _mm512_cmpeq_epi64_mask(apart, _mm512_setzero_si512());
}

/* Tokens whose slots memory is asked for before they are looked at. */
enum { AHEAD = 256 };

/*
** Finds the keys of tokens, four in a vector, and where their slots are; memory is
** asked for these. Of a form that is too long for a key its first 16 bytes stand
** here, which no slot has.
*/
LD_WIDE_CODE
static inline void find_slots (const ld_scan *s, size_t from, size_t to,
                               __m512i *keys, uint32_t *at) {
  const char *slots = (const char *)s->vocabulary->slots;
  const __m256i one = _mm256_set1_epi32(1), most = _mm256_set1_epi32(16);
  for (size_t i = from; i < to; i += 8, keys += 2, at += 8) {
    const __mmask8 lanes = lanes_of(to - i);
    uint32_t places[8];
    __m256i begin = _mm256_maskz_loadu_epi32(lanes, s->begin + i);
    __m256i length = _mm256_sub_epi32(
        _mm256_maskz_loadu_epi32(lanes, s->word + i), begin);
    /* A bit for each byte of a form, in 16 for each. */
    __m128i bits = _mm256_cvtepi32_epi16(_mm256_sub_epi32(
        _mm256_sllv_epi32(one, _mm256_min_epu32(length, most)), one));
    _mm256_storeu_si256((__m256i *)(void *)places, begin);
    keys[0] = _mm512_maskz_mov_epi8((__mmask64)_mm_cvtsi128_si64(bits),
                                    load_4(s->text, places));
    keys[1] = _mm512_maskz_mov_epi8((__mmask64)_mm_extract_epi64(bits, 1),
                                    load_4(s->text, places + 4));
    _mm256_storeu_si256((__m256i *)(void *)at,
                        places_of(keys[0], keys[1], s->vocabulary->slot_mask));
    for (int k = 0; k < 8; k++) __builtin_prefetch(slots + at[k]);
  }
}

/* Puts ids in the place of ends, where slots hold the keys. Returns how many of the
** tokens are in 'missed'. */
LD_WIDE_CODE
static inline uint32_t compare_slots (ld_scan *s, size_t from, size_t to,
                                      const __m512i *keys, const uint32_t *at,
                                      uint32_t *missed) {
  const char *slots = (const char *)s->vocabulary->slots;
  const __m512i ids = _mm512_set_epi32(0, 0, 0, 0, 0, 0, 0, 0, 31, 27, 23, 19,
                                       15, 11, 7, 3);
  const __m256i count = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
  uint32_t missing = 0;
  for (size_t i = from; i < to; i += 8, keys += 2, at += 8) {
    __mmask8 lanes = lanes_of(to - i);
    __m512i low = load_4(slots, at), high = load_4(slots, at + 4);
    uint32_t equal = equal_4(keys[0], low) | equal_4(keys[1], high) << 8;
    __mmask8 hit = lanes & (__mmask8)_pext_u32(equal & equal >> 1, 0x5555);
    _mm256_mask_storeu_epi32(s->word + i, hit,
                             _mm512_castsi512_si256(_mm512_permutex2var_epi32(
                                 low, ids, high)));
    lanes &= (__mmask8)~hit;
    _mm256_storeu_si256(
        (__m256i *)(void *)(missed + missing),
        _mm256_maskz_compress_epi32(
            lanes, _mm256_add_epi32(count, _mm256_set1_epi32((int)i))));
    missing += (uint32_t)__builtin_popcount(lanes);
  }
  return missing;
}

/*
** What ld_scan_look_up does, for eight tokens at a time. What is not in its first
** slot is remembered and added afterwards: the loops never guess wrong.
*/
LD_WIDE_CODE
void ld_scan_look_up_wide (ld_scan *s) {
  __m512i keys[AHEAD / 4];
  uint32_t at[AHEAD], missed[LD_BATCH + 8], missing = 0;
  for (size_t i = 0; i < s->used; i += AHEAD) {
    const size_t to = s->used - i < AHEAD ? s->used : i + AHEAD;
    find_slots(s, i, to, keys, at);
    missing += compare_slots(s, i, to, keys, at, missed + missing);
  }
  for (uint32_t i = 0; i < missing; i++) {
    const uint32_t k = missed[i], begin = s->begin[k];
    s->word[k] = id_of(s->vocabulary, s->text + begin, s->word[k] - begin);
  }
}
#endif
