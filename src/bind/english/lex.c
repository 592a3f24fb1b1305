/*
** lex.c - a stretch of text as words and marks: english.h says what those are.
*/
#include <string.h>

#include "bind/english/english.h"

typedef unsigned char byte;

static bool is_plain (byte c) {
  return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

static bool is_tail (const char *p, const char *end) {
  return p < end && ((byte)*p & 0xC0) == 0x80;
}

/* Are the bytes at p those of U+2000 to U+203F, punctuation, that ends so? */
static bool is_general (const char *p, const char *end, byte last) {
  return end - p >= 3 && (byte)p[0] == 0xE2 && (byte)p[1] == 0x80 &&
         (byte)p[2] == last;
}

/* The end of the letters and digits at p. Of two bytes those from U+00C0 on are
** letters, of more all but U+2000 to U+203F. */
static const char *letters_end (const char *p, const char *end) {
  while (p < end) {
    const byte c = (byte)*p;
    if (is_plain(c)) {
      p++;
    } else if (c >= 0xC3 && c <= 0xDF && is_tail(p + 1, end)) {
      p += 2;
    } else if (c >= 0xE0 && c <= 0xF4 && is_tail(p + 1, end) &&
               !(c == 0xE2 && (byte)p[1] == 0x80)) {
      for (p += 2; is_tail(p, end);) p++;
    } else {
      break;
    }
  }
  return p;
}

static int apostrophe (const char *p, const char *end) {
  return p < end && *p == '\'' ? 1 : is_general(p, end, 0x99) ? 3 : 0;
}

/* The length of the end of a word at p that stands for itself behind an apostrophe, or 0: the
** "s" of a genitive; we're, they've, she'll, I'd, I'm. */
static int short_word (const char *p, const char *end) {
  const int n = (int)(letters_end(p, end) - p);
  if (n == 1) return strchr("sdm", *p | 32) ? 1 : 0;
  if (n != 2) return 0;
  const char low[] = { (char)(p[0] | 32), (char)(p[1] | 32), '\0' };
  return strcmp(low, "re") == 0 || strcmp(low, "ve") == 0 || strcmp(low, "ll") == 0 ? 2 : 0;
}

/* How many bytes at p tie two parts of a word, if letters follow. */
static int tie (const char *p, const char *end) {
  if (p < end && *p == '-') return 1;
  if (is_general(p, end, 0x91)) return 3;                 /* one that breaks no line */
  const int n = apostrophe(p, end);
  return n && !short_word(p + n, end) ? n : 0;
}

/* Are the letters from p to q a word with "n't" behind it: is|n't? Not so "can't" and
** "won't", whose first parts are no words. */
static bool is_negated (const char *p, const char *q, const char *end) {
  const int n = apostrophe(q, end);
  if (n == 0 || q - p < 3 || (q[-1] | 32) != 'n' || letters_end(q + n, end) != q + n + 1 ||
      (q[n] | 32) != 't') return false;
  return !(q - p == 3 && ((q[-2] | 32) == 'a' || (q[-2] | 32) == 'o') && (p[0] | 32) != 'd');
}

static const char *word_end (const char *p, const char *end) {
  const char *q = letters_end(p, end);
  if (q == p) return p;
  if (is_negated(p, q, end)) return q - 1;
  for (int n; (n = tie(q, end)) != 0;) {
    const char *next = letters_end(q + n, end);
    if (next == q + n) break;
    q = next;
  }
  return q;
}

/* The end of a mark at p that is an item, or p; 'quote': any quotation mark. */
static const char *mark_end (const char *p, const char *end, bool *quote) {
  const int n = apostrophe(p, end);
  *quote = false;
  if (n) return p + n + short_word(p + n, end);
  if (end - p >= 2 && p[0] == '-' && p[1] == '-') return p + 2;
  if (is_general(p, end, 0x93) || is_general(p, end, 0x94)) return p + 3;
  if (memchr(",;:()-", *p, 6)) return p + 1;
  *quote = true;
  if (*p == '"') return p + 1;
  return is_general(p, end, 0x9C) || is_general(p, end, 0x9D) ? p + 3 : p;
}

const char *ld_lex_next (const char *p, const char *end, const char **last, bool *quote) {
  for (; p < end; p++) {
    if (*p == ' ') continue;                      /* as half of the places are */
    *quote = false;
    *last = word_end(p, end);
    if (*last == p) *last = mark_end(p, end, quote);
    if (*last != p) return p;
  }
  return NULL;
}
