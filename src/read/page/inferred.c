/*
** inferred.c - the date of a document that tells none, where its own dates fix
** it: it marks the 46th anniversary of 1 February 1980, and so is of 2026; that
** day fell "on the first of this month", and so it is of February.
**
** Only a sum that comes out one way counts: two anniversaries that lead to two
** years tell nothing, nor does one that a full date of the text is later than.
** Each number and each year of the text is looked at once, in a window of fixed
** size; at most so many of either are kept as stand below.
*/
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/page/page.h"

enum { MARKS = 16, DATES = 64, WINDOW = 28 };

typedef struct mark { int n; const char *begin, *end; } mark;
typedef struct base { ld_day day; const char *begin, *end; } base;

typedef struct found {
  mark marks[MARKS];
  int marked;
  base dates[DATES];
  int dated;
} found;

static bool is_digit (char c) { return c >= '0' && c <= '9'; }

/* Words for what is marked. */
static const char *const marking[] = {
  "anniversary", "anniversaire", "годовщин", "летие", "летия", "周年", "週年"
};

/* The number before a word, past its ending and a blank: 46th, 46-я, 46. */
static int number_before (const char *text, const char *word,
                          const char **begin) {
  const char *p = word;
  int skipped = 0;
  while (p > text && skipped < 8 && !is_digit(p[-1])) {
    if (p[-1] == '\n' || p[-1] == '.' || p[-1] == ',') return 0;
    p--;
    skipped++;
  }
  const char *end = p;
  while (p > text && is_digit(p[-1])) p--;
  if (end - p < 1 || end - p > 3 || (p > text && isalnum((unsigned char)p[-1])))
    return 0;
  *begin = p;
  return atoi(p);
}

/* Most texts have none of these words, nor what they begin with, which is found sooner:
** a byte of another script, looked for once, or what the first two have in common. */
static void find_marks (found *f, const char *text, const char *end) {
  const size_t size = (size_t)(end - text);
  const size_t count = sizeof marking / sizeof *marking;
  const char *from = memmem(text, size, "anniversa", 9);
  unsigned char first = 'a';
  for (size_t i = 0; i < count && f->marked < MARKS; i++) {
    const size_t n = strlen(marking[i]);
    if ((unsigned char)*marking[i] != first) {
      first = (unsigned char)*marking[i];
      from = memchr(text, first, size);
    }
    for (const char *at = from;
         at && f->marked < MARKS &&
         (at = memmem(at, (size_t)(end - at), marking[i], n)) != NULL;
         at += n) {
      mark *m = f->marks + f->marked;
      m->n = number_before(text, at, &m->begin);
      m->end = at + n;
      if (m->n > 1 && m->n <= 300) f->marked++;
    }
  }
}

/* Full dates: each year of four digits is looked at with what stands about. */
static void find_dates (found *f, const char *text, const char *end) {
  const char *taken = text;
  for (const char *p = text; p + 4 <= end && f->dated < DATES; p++) {
    if (!is_digit(*p)) continue;
    const char *q = p;
    while (q < end && is_digit(*q)) q++;
    if (q - p == 4) {
      const char *from = p - taken > WINDOW ? p - WINDOW : taken;
      const char *to = end - q > WINDOW ? q + WINDOW : end;
      while (from < p && ((unsigned char)*from & 0xC0) == 0x80) from++;
      while (to > q && to < end && ((unsigned char)*to & 0xC0) == 0x80) to--;
      base *d = f->dates + f->dated;
      if (ld_find_day(from, (size_t)(to - from), &d->day) &&
          d->day.year == atoi(p) && from + d->day.begin <= p &&
          q <= from + d->day.end) {
        d->begin = from + d->day.begin;
        d->end = taken = from + d->day.end;
        f->dated++;
      }
    }
    p = q;
  }
}

/* Does the text speak of this day "of this month"? What it says, or NULL. */
static const char *this_month (const char *text, const char *end, int day,
                               size_t *n) {
  static const char *const ordinals[] = {
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
    "eighth", "ninth", "tenth", "eleventh", "twelfth"
  };
  static const struct { const char *before, *after; } forms[] = {
    { "", "st of this month" }, { "", "nd of this month" },
    { "", "rd of this month" }, { "", "th of this month" },
    { "本月", "日" }, { "", "-го числа этого месяца" },
    { "", "-го числа сего месяца" }, { "", " de ce mois" },
    { "", "er de ce mois" }
  };
  char phrase[64];
  const char *at = NULL;
  if (day <= (int)(sizeof ordinals / sizeof *ordinals)) {
    snprintf(phrase, sizeof phrase, "%s of this month", ordinals[day - 1]);
    at = memmem(text, (size_t)(end - text), phrase, strlen(phrase));
  }
  for (size_t i = 0; i < sizeof forms / sizeof *forms && !at; i++) {
    snprintf(phrase, sizeof phrase, "%s%d%s", forms[i].before, day,
             forms[i].after);
    at = memmem(text, (size_t)(end - text), phrase, strlen(phrase));
    if (at && at > text && is_digit(at[-1]) && is_digit(*at)) at = NULL;
  }
  if (at) *n = strlen(phrase);
  return at;
}

/* The mark and the date whose sum is the one that comes out. */
static bool only_sum (const found *f, const mark **m, const base **d) {
  *m = NULL;
  for (int i = 0; i < f->marked; i++)
    for (int k = 0; k < f->dated; k++) {
      int year = f->dates[k].day.year + f->marks[i].n;
      if (year < 1900 || year > 2100) continue;
      if (!*m) {
        *m = f->marks + i;
        *d = f->dates + k;
      } else if (year != (*d)->day.year + (*m)->n) {
        return false;
      }
    }
  for (int k = 0; *m && k < f->dated; k++)
    if (f->dates[k].day.year > (*d)->day.year + (*m)->n) return false;
  return *m != NULL;
}

void ld_page_infer_date (page *p) {
  const char *text = p->text, *end = text + p->b->doc->text_length;
  const mark *m = NULL;
  const base *d = NULL;
  char value[16], how[320];
  size_t n = 0;
  if (ld_page_has_field(p, LD_F_DATE)) return;
  found f = { .marked = 0, .dated = 0 };
  find_marks(&f, text, end);
  if (f.marked) find_dates(&f, text, end);
  if (!f.dated || !only_sum(&f, &m, &d) || !d) return;
  const int year = d->day.year + m->n;
  const char *month = this_month(text, end, d->day.day, &n);
  if (month)
    snprintf(value, sizeof value, "%04d-%02d", year % 10000, d->day.month % 100);
  else
    snprintf(value, sizeof value, "%04d", year % 10000);
  snprintf(how, sizeof how,
           "inferred: \"%.*s\" of %.*s, and %d + %d = %d%s%.*s%s",
           (int)(m->end - m->begin), m->begin, (int)(d->end - d->begin),
           d->begin, d->day.year, m->n, year, month ? "; it fell on \"" : "",
           (int)n, month ? month : "", month ? "\"" : "");
  ld_builder_field(p->b, LD_F_DATE, value, strlen(value));
  ld_builder_field(p->b, LD_F_DATE_PRECISION, month ? "month" : "year",
                   month ? 5 : 4);
  ld_builder_field(p->b, LD_F_DATE_HOW, how, strlen(how));
  p->b->doc->evidence[LD_F_DATE].begin = (uint32_t)(m->begin - text);
  p->b->doc->evidence[LD_F_DATE].end = (uint32_t)(m->end - text);
}
