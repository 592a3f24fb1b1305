/*
** plan.c - what is to be done with a file's bytes: which encoding they are in,
** and how that is known.
**
** A byte order mark decides, then escape sequences. Good UTF-8 is UTF-8, unless
** a header calls it something else and is right. What is full of controls is
** UTF-16, UTF-32 or no text. Everything else is guessed (guess.c), from the
** lines that are not UTF-8.
*/
#include <string.h>

#include "read/charset/charset.h"
#include "read/read.h"

enum { ESCAPES = 65536 };      /* bytes among which the first one stands */

bool ld_is_wide (const ld_charset *charset) {
  return charset && charset->width[0] > 1;
}

bool ld_is_utf8 (const ld_charset *charset) {
  return !charset || charset->coding == LD_CODING_UTF8;
}

const ld_charset *ld_plan_mark (const char *bytes, size_t n, size_t *mark) {
  static const struct { const char *bytes; size_t n; const char *name; }
  marks[] = {
    { "\xEF\xBB\xBF", 3, "UTF-8" }, { "\xFF\xFE\0\0", 4, "UTF-32LE" },
    { "\0\0\xFE\xFF", 4, "UTF-32BE" }, { "\xFF\xFE", 2, "UTF-16LE" },
    { "\xFE\xFF", 2, "UTF-16BE" }
  };
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (n >= marks[i].n && memcmp(bytes, marks[i].bytes, marks[i].n) == 0 &&
        (marks[i].n != 4 || n % 4 == 0)) {
      *mark = marks[i].n;
      return ld_charset_named(marks[i].name);
    }
  return NULL;
}

const ld_charset *ld_plan_escapes (const char *bytes, size_t n) {
  const char *end = bytes + (n < ESCAPES ? n : ESCAPES);
  for (const char *p = bytes; p < end; p++) {
    p = memchr(p, 0x1B, (size_t)(end - p));
    if (!p) break;
    if (end - p >= 3 && p[1] == '$' && (p[2] == 'B' || p[2] == '@'))
      return ld_charset_named("ISO-2022-JP");
    if (end - p >= 4 && memcmp(p + 1, "$)C", 3) == 0)
      return ld_charset_named("ISO-2022-KR");
  }
  return NULL;
}

/* A guess by one stretch of bytes. */
static bool guess (ld_plan *p, ld_memory *memory, const char *bytes, size_t n) {
  ld_guess found;
  if (!ld_guess_charset(&found, memory, bytes, n,
                        ld_is_utf8(p->declared) ? NULL : p->declared))
    return false;
  p->charset = found.charset;
  p->rival = found.rival;
  p->percent = found.percent;
  return true;
}

/* Lines that are plainly of several old encodings. */
static bool plan_piles (ld_plan *p, ld_memory *memory, const char *bytes,
                        size_t n) {
  if (!ld_piles_find(&p->piles, memory, p->charset, bytes, p->mark, n))
    return false;
  if (p->piles.count < 2) return true;
  p->charset = p->piles.charset[0];
  p->percent = p->piles.percent;
  p->rival = NULL;
  return true;
}

/* Bytes that are no good UTF-8: another encoding, or that in some lines only,
** or damage. */
static bool plan_lines (ld_plan *p, ld_memory *memory, const char *bytes,
                        size_t n) {
  ld_lines *lines = ld_memory_new(memory, sizeof *lines);
  if (!lines) return false;
  ld_lines_count(lines, bytes, p->mark, n);
  bool done = true;
  if (lines->others)
    done = guess(p, memory, lines->other.bytes, lines->other.n);
  if (done && lines->others && (!p->charset || p->charset != p->declared))
    done = plan_piles(p, memory, bytes, n);
  if (done && p->charset && lines->sequences) {
    p->mixed = p->mark || !ld_beats_utf8(p->charset, memory, lines->utf8.bytes,
                                          lines->utf8.n);
    p->lines = lines->count;
    p->others = lines->others;
    p->first_other = lines->first_other;
  }
  ld_memory_free(memory, lines, sizeof *lines);
  return done;
}

/* Good UTF-8 that a header calls something else. What is ASCII only is in that,
** too, unless it would be switched by what it does not have. */
static bool plan_declared (ld_plan *p, ld_memory *memory, const char *bytes,
                           size_t n) {
  ld_lines *lines = ld_memory_new(memory, sizeof *lines);
  if (!lines) return false;
  ld_lines_count(lines, bytes, 0, n);
  bool ascii = lines->sequences == 0;
  if (p->declared->coding == LD_CODING_STATES) {
    if (ascii && (memchr(bytes, 0x1B, n) || memmem(bytes, n, "~{", 2)))
      p->charset = p->declared;
  } else if (!ascii && !ld_is_wide(p->declared) &&
             ld_beats_utf8(p->declared, memory, lines->utf8.bytes,
                           lines->utf8.n)) {
    p->charset = p->declared;
  }
  if (ascii && !p->charset && !ld_is_wide(p->declared)) p->declared = NULL;
  ld_memory_free(memory, lines, sizeof *lines);
  return true;
}

/* UTF-16 and UTF-32 are full of NULs and other controls. What is so and is none
** of them is no text, or text with a few NULs. */
static bool plan_controls (ld_plan *p, ld_memory *memory, const char *bytes,
                           size_t n) {
  size_t part = n < LD_SAMPLE ? n : LD_SAMPLE;
  const char *binary = ld_recognise_binary(bytes, n);
  if (!binary && !memchr(bytes, '\0', part) && !ld_is_wide(p->declared))
    return true;
  if (!guess(p, memory, bytes, part)) return false;
  if (ld_is_wide(p->charset)) return true;
  p->charset = NULL;
  p->refused = binary;
  return true;
}

void ld_plan_given (ld_plan *p, const char *bytes, size_t n) {
  p->charset = ld_plan_mark(bytes, n, &p->mark);
  if (p->charset && p->charset->coding == p->declared->coding) return;
  p->charset = p->declared;
  p->mark = 0;
}

bool ld_plan_make (ld_plan *p, ld_memory *memory, const char *bytes, size_t n,
                   bool good, bool nul) {
  p->charset = ld_plan_mark(bytes, n, &p->mark);
  if (ld_is_wide(p->charset)) return true;
  p->charset = NULL;
  if ((nul || !good) && !plan_controls(p, memory, bytes, n)) return false;
  if (p->refused || p->charset) return true;
  if (!good) return plan_lines(p, memory, bytes, n);
  p->charset = ld_plan_escapes(bytes, n);
  if (p->charset || ld_is_utf8(p->declared) || p->mark) return true;
  return plan_declared(p, memory, bytes, n);
}
