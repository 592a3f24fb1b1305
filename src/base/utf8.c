/*
** utf8.c - reading, writing and checking UTF-8.
**
** What is valid is the table of the Unicode standard: no overlong forms, no
** surrogates, nothing past U+10FFFF. A bad byte counts as one U+FFFD each.
*/
#include "base/base.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif


static bool is_tail (unsigned char c) { return (c & 0xC0) == 0x80; }


/*
** The length of the valid sequence of two to four bytes at p, or 0. The second
** byte alone decides about overlong forms, surrogates and the upper end, so
** its bounds depend on the first.
*/
static int sequence (const unsigned char *p, size_t n) {
  const unsigned char c = p[0];
  if (c < 0xC2 || n < 2) return 0;
  if (c < 0xE0) return is_tail(p[1]) ? 2 : 0;
  if (c < 0xF0) {
    const unsigned char low = c == 0xE0 ? 0xA0 : 0x80;
    const unsigned char high = c == 0xED ? 0x9F : 0xBF;
    return n >= 3 && p[1] >= low && p[1] <= high && is_tail(p[2]) ? 3 : 0;
  }
  if (c < 0xF5) {
    const unsigned char low = c == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = c == 0xF4 ? 0x8F : 0xBF;
    return n >= 4 && p[1] >= low && p[1] <= high && is_tail(p[2]) &&
           is_tail(p[3]) ? 4 : 0;
  }
  return 0;
}


int ld_utf8_read (const char *p, const char *end, uint32_t *cp) {
  const unsigned char *u = (const unsigned char *)p;
  if (u[0] < 0x80) {
    *cp = u[0];
    return 1;
  }
  switch (sequence(u, (size_t)(end - p))) {
    case 2:
      *cp = (uint32_t)(u[0] & 0x1F) << 6 | (u[1] & 0x3Fu);
      return 2;
    case 3:
      *cp = (uint32_t)(u[0] & 0x0F) << 12 | (uint32_t)(u[1] & 0x3F) << 6 |
            (u[2] & 0x3Fu);
      return 3;
    case 4:
      *cp = (uint32_t)(u[0] & 0x07) << 18 | (uint32_t)(u[1] & 0x3F) << 12 |
            (uint32_t)(u[2] & 0x3F) << 6 | (u[3] & 0x3Fu);
      return 4;
    default:
      *cp = 0xFFFD;
      return 1;
  }
}


/* What is no code point is written as U+FFFD. */
int ld_utf8_write (uint32_t cp, char *out) {
  if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) cp = 0xFFFD;
  if (cp < 0x80) {
    out[0] = (char)cp;
    return 1;
  }
  if (cp < 0x800) {
    out[0] = (char)(0xC0 | cp >> 6);
    out[1] = (char)(0x80 | (cp & 0x3F));
    return 2;
  }
  if (cp < 0x10000) {
    out[0] = (char)(0xE0 | cp >> 12);
    out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[2] = (char)(0x80 | (cp & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | cp >> 18);
  out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
  out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
  out[3] = (char)(0x80 | (cp & 0x3F));
  return 4;
}


/* Where the run of ASCII that begins at i ends, or a little before: whole
** steps of 64 bytes are skipped, then of 16, then single ones. */
static size_t skip_ascii (const unsigned char *p, size_t i, size_t n) {
#if defined(__SSE2__)
  for (; n - i >= 64; i += 64) {
    const __m128i *at = (const __m128i *)(const void *)(p + i);
    const __m128i all =
      _mm_or_si128(_mm_or_si128(_mm_loadu_si128(at), _mm_loadu_si128(at + 1)),
                   _mm_or_si128(_mm_loadu_si128(at + 2),
                                _mm_loadu_si128(at + 3)));
    if (_mm_movemask_epi8(all) != 0) break;
  }
  for (; n - i >= 16; i += 16) {
    const int high = _mm_movemask_epi8(
        _mm_loadu_si128((const __m128i *)(const void *)(p + i)));
    if (high != 0) return i + (size_t)__builtin_ctz((unsigned)high);
  }
#endif
  while (i < n && p[i] < 0x80) i++;
  return i;
}


size_t ld_utf8_check (const char *bytes, size_t n) {
  const unsigned char *p = (const unsigned char *)bytes;
  size_t i = 0;
  while (i < n) {
    const unsigned char c = p[i];
    if (c < 0x80) {
      /* between words of other scripts stands a single space: no steps */
      if (++i < n && p[i] < 0x80) i = skip_ascii(p, i, n);
    }
    else if (c >= 0xC2 && c < 0xE0 && n - i >= 2 && is_tail(p[i + 1])) i += 2;
    else if (c > 0xE0 && c < 0xED && n - i >= 3 && is_tail(p[i + 1]) &&
             is_tail(p[i + 2])) i += 3;
    else {
      const int length = sequence(p + i, n - i);
      if (length == 0) return i;
      i += (size_t)length;
    }
  }
  return n;
}


/* Goes by what the first byte promises: the bytes past 'at' are not ours to
** read. */
size_t ld_utf8_floor (const char *bytes, size_t at) {
  const unsigned char *p = (const unsigned char *)bytes;
  size_t begin = at;
  while (begin > 0 && at - begin < 3 && is_tail(p[begin])) begin--;
  const unsigned char c = p[begin];
  const size_t length = c < 0xC2 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 :
                        c < 0xF5 ? 4 : 1;
  return length > at - begin ? begin : at;
}


uint32_t ld_count_lines (const char *p, const char *end) {
  uint32_t n = 0;
  for (; p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++) n++;
  return n;
}
