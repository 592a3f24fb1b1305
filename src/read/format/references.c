/*
** references.c - character references: &eacute; &#233; &#xE9; to characters.
*/
#include <string.h>

#include "read/format/markup.h"

enum { NAME_MAX = 15 };           /* bytes of the longest name */

/* Sorted by name; 'legacy' ones are also known without a semicolon. */
static const struct entity { char name[NAME_MAX + 1]; uint32_t cp, legacy; }
entities[] = {
#include "entities.h"
};

static bool is_digit (char c) { return c >= '0' && c <= '9'; }

static bool is_alphanumeric (char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The table's entry of a name, or NULL. */
static const struct entity *find (const char *name, size_t n) {
  size_t low = 0, high = sizeof entities / sizeof *entities;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const struct entity *entity = entities + middle;
    int order = strncmp(entity->name, name, n);
    if (order == 0 && entity->name[n]) order = 1;
    if (order == 0) return entity;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

/* Characters 128 to 159 of windows-1252, which is what pages mean by these
** numbers; 0 where it has none. */
static const uint16_t windows[32] = {
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030,
  0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D,
  0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
  0x0178
};

static uint32_t character (uint32_t cp) {
  if (cp >= 0x80 && cp < 0xA0 && windows[cp - 0x80]) return windows[cp - 0x80];
  if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) return 0xFFFD;
  return cp;
}

/* The value of a digit, or 16. */
static unsigned digit (char c) {
  if (is_digit(c)) return (unsigned)(c - '0');
  unsigned letter = (unsigned)(c | 0x20) - 'a';
  return letter < 6 ? letter + 10 : 16;
}

/* &#8212; or &#x2014; */
static size_t numeric (const char *p, const char *end, char out[4],
                       int *length) {
  const char *q = p + 2;
  unsigned base = 10;
  uint32_t cp = 0;
  if (q < end && (*q | 0x20) == 'x') { base = 16; q++; }
  const char *digits = q;
  for (unsigned d; q < end && (d = digit(*q)) < base; q++)
    cp = cp > 0x10FFFF ? cp : cp * base + d;
  if (q == digits) return 0;
  *length = ld_utf8_write(character(cp), out);
  if (q < end && *q == ';') q++;
  return (size_t)(q - p);
}

size_t ld_reference (const char *p, const char *end, bool value, char out[4],
                     int *length) {
  if (end - p < 2) return 0;
  if (p[1] == '#') return numeric(p, end, out, length);
  const char *name = p + 1, *q = name;
  while (q < end && q - name < NAME_MAX && is_alphanumeric(*q)) q++;
  if (q == name) return 0;
  const struct entity *entity = NULL;
  if (q < end && *q == ';') entity = find(name, (size_t)(q - name));
  if (entity) {
    *length = ld_utf8_write(entity->cp, out);
    return (size_t)(q + 1 - p);
  }
  if (value && q < end && *q == '=') return 0;
  for (; q - name >= 2; q--) {      /* the longest that needs no semicolon */
    entity = find(name, (size_t)(q - name));
    if (entity && entity->legacy) {
      *length = ld_utf8_write(entity->cp, out);
      return (size_t)(q - p);
    }
    if (value) return 0;            /* letters or digits follow a shorter one */
  }
  return 0;
}

size_t ld_markup_decode (const char *bytes, size_t n, char *out, size_t size,
                         bool value) {
  const char *p = bytes, *end = bytes + n;
  size_t used = 0;
  while (p < end) {
    char character_bytes[4];
    int length = 0;
    size_t taken = *p == '&' ? ld_reference(p, end, value, character_bytes,
                                            &length) : 0;
    const char *from = character_bytes;
    if (!taken) {
      uint32_t cp;
      from = p;
      length = ld_utf8_read(p, end, &cp);
      taken = (size_t)length;
    }
    if (used + (size_t)length >= size) break;
    memcpy(out + used, from, (size_t)length);
    used += (size_t)length;
    p += taken;
  }
  out[used] = '\0';
  return used;
}
