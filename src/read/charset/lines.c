/*
** lines.c - files that are UTF-8 in one line and something else in another,
** and text that was encoded twice.
*/
#include <string.h>

#include "read/charset/charset.h"


/* ------------------------------------------------------------------- lines */

/* The characters that are not ASCII among good UTF-8: a lead byte each. */
static size_t count_sequences (const char *bytes, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) count += (unsigned char)bytes[i] >= 0xC0;
  return count;
}

/* So many bad bytes, and so many times the good sequences, need no more. */
enum { MANY = 12, TIMES = 2 };

/* A line is UTF-8 where it has no more bad bytes than good sequences. */
static enum ld_line kind_of (const char *p, size_t n, size_t *sequences,
                             size_t *bad) {
  *sequences = *bad = 0;
  for (;;) {
    size_t good = ld_utf8_check(p, n);
    *sequences += count_sequences(p, good);
    if (good == n) break;
    if (++*bad > MANY && *bad > TIMES * *sequences) break;
    p += good + 1;
    n -= good + 1;
  }
  return *bad > *sequences ? LD_LINE_OTHER
         : *sequences ? LD_LINE_UTF8 : LD_LINE_ASCII;
}

static size_t line_end (const char *bytes, size_t at, size_t n) {
  const char *stop = memchr(bytes + at, '\n', n - at);
  return stop ? (size_t)(stop - bytes) + 1 : n;
}

enum ld_line ld_lines_one (const char *bytes, size_t *at, size_t n) {
  size_t sequences, bad, begin = *at;
  *at = line_end(bytes, begin, n);
  return kind_of(bytes + begin, *at - begin, &sequences, &bad);
}

enum ld_line ld_lines_next (const char *bytes, size_t *at, size_t n) {
  size_t sequences, bad, end = line_end(bytes, *at, n);
  enum ld_line kind = kind_of(bytes + *at, end - *at, &sequences, &bad);
  for (*at = end; *at < n; *at = end) {
    end = line_end(bytes, *at, n);
    enum ld_line next = kind_of(bytes + *at, end - *at, &sequences, &bad);
    if (kind == LD_LINE_ASCII) kind = next;
    if (next != kind && next != LD_LINE_ASCII) break;
  }
  return kind;
}

/* Adds bytes to a sample, as many as may come from this third of the file. */
static void take_sample (ld_sample *sample, const char *p, size_t n,
                         size_t most) {
  if (sample->n >= most) return;
  if (n > most - sample->n) {
    n = most - sample->n;
    size_t whole = n;            /* of a character, where that can be told */
    while (whole > 0 && (unsigned char)p[whole - 1] >= '0') whole--;
    if (whole > n / 2) n = whole;
  }
  memcpy(sample->bytes + sample->n, p, n);
  sample->n += n;
}

void ld_lines_count (ld_lines *lines, const char *bytes, size_t begin,
                     size_t n) {
  memset(lines, 0, offsetof(ld_lines, other));
  lines->other.n = lines->utf8.n = 0;
  for (size_t at = begin, end; at < n; at = end, lines->count++) {
    size_t sequences, bad;
    end = line_end(bytes, at, n);
    enum ld_line kind = kind_of(bytes + at, end - at, &sequences, &bad);
    if (kind == LD_LINE_ASCII) continue;
    size_t third = at / (n / 3 + 1) + 1;
    if (kind == LD_LINE_UTF8) {
      lines->sequences += sequences;
      take_sample(&lines->utf8, bytes + at, end - at, third * LD_SAMPLE / 12);
      continue;
    }
    if (!lines->others++) lines->first_other = lines->count + 1;
    take_sample(&lines->other, bytes + at, end - at, third * LD_SAMPLE / 3);
  }
}


/* ------------------------------------------------------------ encoded twice */

/* The byte that a code point has in an encoding of one byte a character, or
** -1. What Windows left free stands for the control of that number. */
static int byte_of (const uint32_t *table, uint32_t cp) {
  char text[4];
  uint32_t packed = 0;
  int n = ld_utf8_write(cp, text);
  if (n > 3) return -1;
  for (int i = 0; i < n; i++)
    packed |= (uint32_t)(unsigned char)text[i] << 8 * i;
  for (int i = 0x80; i < 0x100; i++)
    if ((table[i] & 0xFFFFFF) == packed) return i;
  return cp >= 0x80 && cp < 0xA0 ? (int)cp : -1;
}

/* Characters that are in such texts, and do not come about by a capital letter
** with a quotation mark after it. */
static bool is_usual (uint32_t cp) {
  return (cp >= 0xA0 && cp < 0x180) || (cp >= 0x410 && cp < 0x450) ||
         cp == 0x401 || cp == 0x451 || (cp >= 0x391 && cp < 0x3CF) ||
         (cp >= 0x5D0 && cp < 0x5EB) || (cp >= 0x621 && cp < 0x64B) ||
         (cp >= 0x2010 && cp < 0x2040) || cp == 0x20AC || cp == 0x2122 ||
         (cp >= 0x3000 && cp < 0xD7A4);
}

/* The length of the text at p that is one character encoded twice by way of an
** encoding, or 0; the character goes to '*once'. */
static size_t doubled_at (const uint32_t *table, const char *p,
                          const char *end, uint32_t *once) {
  char bytes[4];
  const char *q = p;
  int n = 0;
  for (; n < 4 && q < end && (unsigned char)*q >= 0x80; n++) {
    uint32_t cp;
    q += ld_utf8_read(q, end, &cp);
    int byte = byte_of(table, cp);
    if (byte < 0 || (n == 0) != (byte >= 0xC2)) return 0;
    bytes[n] = (char)byte;
    if (n > 0 && ld_utf8_read(bytes, bytes + n + 1, once) == n + 1)
      return is_usual(*once) ? (size_t)(q - p) : 0;
  }
  return 0;
}

static void keep (ld_doubled *found, size_t at, size_t length, uint32_t once,
                  const ld_charset *charset) {
  if (found->count++ && found->at <= at) return;
  found->at = at;
  found->length = length;
  found->once = once;
  found->charset = charset;
}

/* Looks for such characters in a part of the text. They begin with A circumflex
** to o circumflex, which is C3 82 to C3 B4, or with the Cyrillic capitals Er and
** Es, D0 A0 and D0 A1: bytes that are rare enough to look for. */
static void look (ld_doubled *found, const char *text, const char *begin,
                  const char *end) {
  static const struct { int byte; size_t before; const char *way; } marks[] = {
    { 0xC3, 0, "windows-1252" }, { 0xA0, 1, "windows-1251" },
    { 0xA1, 1, "windows-1251" }
  };
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    const char *p = begin + marks[i].before;
    if (marks[i].before && !memchr(begin, 0xD0, (size_t)(end - begin))) break;
    for (; p < end && (p = memchr(p, marks[i].byte, (size_t)(end - p))); p++) {
      const char *first = p - marks[i].before;
      if (marks[i].before && *first != '\xD0') continue;
      const ld_charset *charset = ld_charset_named(marks[i].way);
      const uint32_t *table = ld_charset_bytes(charset);
      uint32_t once;
      size_t n = table ? doubled_at(table, first, end, &once) : 0;
      if (n) keep(found, (size_t)(first - text), n, once, charset);
    }
  }
}

void ld_find_doubled (ld_doubled *found, const char *bytes, size_t n) {
  memset(found, 0, sizeof *found);
  if (n <= 3 * LD_DOUBLED_PART) {
    look(found, bytes, bytes, bytes + n);
    return;
  }
  for (size_t i = 0; i < 3; i++) {
    size_t from = (n - LD_DOUBLED_PART) / 2 * i;
    look(found, bytes, bytes + ld_utf8_floor(bytes, from),
         bytes + from + LD_DOUBLED_PART);
  }
}
