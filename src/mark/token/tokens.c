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

#include "mark/token/scan.h"

typedef ld_scan scan;

static bool is_digit (unsigned char c) { return c >= '0' && c <= '9'; }
static bool is_word_byte (unsigned char c) {
  return ((c | 32) >= 'a' && (c | 32) <= 'z') || is_digit(c);
}

/* The end of the run of ASCII letters and digits that begins at p: texts are
** padded. */
static inline const char *run_end (const char *p) {
  while (is_word_byte((unsigned char)*p)) p++;
  return p;
}

/* Makes room for as many stops as a batch may have tokens, and for a whole vector
** behind them. */
static bool stop_room (ld_stops *stops) {
  const uint32_t need = stops->count + LD_BATCH + 16;
  if (need <= stops->size) return true;
  const uint32_t size = need < 2 * stops->size ? 2 * stops->size : need;
  uint32_t *tokens = ld_memory_resize(stops->memory, stops->tokens,
                                      stops->size * sizeof *tokens,
                                      size * sizeof *tokens);
  stops->failed = !tokens;
  if (!tokens) return false;
  stops->tokens = tokens;
  stops->size = size;
  return true;
}

/* Gives the tokens so far to the document. */
static void commit (scan *s) {
  s->look_up(s);
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
  s->room = LD_BATCH;
  s->failed = !stop_room(s->stops) ||
              !ld_builder_token_room(s->builder, LD_BATCH, &s->begin, &s->word);
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
      if (stop[-1] == '.') ld_scan_stop(s, s->first + s->used - 1);
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
  if (a && is_possessive(p + a, s->end)) {
    emit(s, p, (size_t)a + 1);
    return p + a + 1;
  }
  const char *q = p + 1;
  if (q < s->end && *q == *p && strchr(".-!?", *p))
    while (q < s->end && *q == *p && q - p < LD_WORD_MAX) q++;
  emit(s, p, (size_t)(q - p));
  if (*p == '.' || *p == '!' || *p == '?') ld_scan_stop(s, s->first + s->used - 1);
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
  if (u[2] == 0xA6) ld_scan_stop(s, s->first + s->used - 1);
  return p + 3;
}

/* What begins with a byte past ASCII. */
static const char *wide (scan *s, const char *p) {
  const char *q = typographic(s, p);
  if (q) return q;
  int n, a = apostrophe(p, s->end);
  if (a && is_possessive(p + a, s->end)) {
    emit(s, p, (size_t)a + 1);
    return p + a + 1;
  }
  enum ld_class k = ld_class_at(p, s->end, &n);
  if (k == LD_SPACE || k == LD_FORMAT) return p + n;
  if (ld_is_letter(k) || k == LD_DIGIT) return long_word(s, p, p);
  emit(s, p, (size_t)n);
  if (k == LD_STOP) ld_scan_stop(s, s->first + s->used - 1);
  return p + n;
}

/* One token, or one white space. */
static const char *step (scan *s, const char *p) {
  unsigned char c = (unsigned char)*p;
  if (is_word_byte(c)) return word(s, p);
  if (c >= 0x80) return wide(s, p);
  return c <= ' ' ? p + 1 : mark(s, p);
}

enum ld_speed ld_scan_most (void) {
#ifdef LD_VECTOR_CODE
  return __builtin_cpu_supports("avx512vbmi2") ? LD_WIDE : LD_VECTOR;
#else
  return LD_PLAIN;
#endif
}

enum ld_speed ld_scan_speed (void) {
#ifdef LD_SMALL
  return LD_PLAIN;
#else
  return ld_scan_most();
#endif
}

ld_scan *ld_scan_new (ld_builder *builder, bool elision, ld_stops *stops,
                      enum ld_speed speed) {
  ld_scan *s = ld_memory_new(&builder->corpus->memory, sizeof *s);
  if (!s) return NULL;
  memset(s, 0, sizeof *s);
  s->builder = builder;
  s->vocabulary = &builder->corpus->vocabulary;
  s->stops = stops;
  s->text = builder->doc->text;
  s->elision = elision;
  s->look_up = ld_scan_look_up;
#ifdef LD_VECTOR_CODE
  if (speed == LD_WIDE) s->look_up = ld_scan_look_up_wide;
  if (speed != LD_PLAIN)
    s->find = speed == LD_WIDE ? ld_scan_find_wide : ld_scan_find;
#endif
  return s;
}

void ld_scan_free (ld_scan *s) {
  if (s) ld_memory_free(&s->builder->corpus->memory, s, sizeof *s);
}

void ld_mark_tokens (ld_scan *s, uint32_t begin, uint32_t end) {
  const char *p = s->text + begin;
  s->end = s->text + end;
  s->window.base = NULL;
  while (p < s->end && !s->failed) {
    if (s->find && (unsigned char)*p < 0x80) {
      if (s->used + LD_AT_ONCE > s->room && !batch(s)) return;
      p = s->find(s, p);
      if (p >= s->end || s->used + LD_AT_ONCE > s->room) continue;
    }
    p = step(s, p);
  }
}

uint32_t ld_scan_count (const ld_scan *s) { return (uint32_t)(s->first + s->used); }

uint32_t ld_scan_flush (ld_scan *s) {
  if (!s->failed && s->used) commit(s);
  return s->builder->doc->token_count;
}
