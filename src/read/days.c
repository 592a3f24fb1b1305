/*
** days.c - full dates in headers and datelines: year, month and day.
**
** Only what stands in so many words; dates in running text are the business of
** lesdiplo.grammar.
*/
#include <string.h>

#include "read/read.h"

int ld_month (const char *name, size_t n) {
  if (n > 24) return 0;
  if (n > 1 && name[n - 1] == '.') n--;
  uint64_t lists = ld_lexicon_lists(name, n) >> LD_MONTH_1 & 0xFFF;
  return lists ? __builtin_ctzll(lists) + 1 : 0;
}

/* A piece of a date: a number, a word, or one of the Chinese units. */
typedef struct piece {
  const char *begin, *end;
  int number;            /* -1: a word */
} piece;

enum { PIECES = 48 };

static bool is_digit (char c) { return c >= '0' && c <= '9'; }

static int split (const char *p, const char *end, piece *pieces) {
  int count = 0, n;
  while (p < end && count < PIECES) {
    piece *q = pieces + count;
    q->begin = p;
    q->number = -1;
    if (is_digit(*p)) {
      q->number = 0;
      for (; p < end && is_digit(*p); p++)
        q->number = q->number < 100000 ? q->number * 10 + (*p - '0')
                                       : q->number;
      q->end = p;
      count++;
      continue;
    }
    enum ld_class k = ld_class_at(p, end, &n);
    p += n;
    if (ld_is_letter(k))
      while (p < end && ld_is_letter(ld_class_at(p, end, &n))) p += n;
    q->end = p;
    count += ld_is_letter(k) || k == LD_IDEOGRAPH;
  }
  return count;
}

static bool is_year (int y) { return y >= 1000 && y <= 2999; }
static bool is_day (int year, int month, int day) {
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  if (month < 1 || month > 12 || day < 1) return false;
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap);
}

static int month_of (const piece *p) {
  return p->number < 0 ? ld_month(p->begin, (size_t)(p->end - p->begin)) : 0;
}

/* Are two pieces parted by just this sign? */
static bool joined (const piece *a, const piece *b, char sign) {
  return b->begin - a->end == 1 && *a->end == sign;
}

static bool is_unit (const piece *p, const char *unit) {
  return p->end - p->begin == 3 && memcmp(p->begin, unit, 3) == 0;
}

static bool set (ld_day *out, const char *text, const piece *first,
                 const piece *last, int year, int month, int day) {
  if (!is_year(year) || !is_day(year, month, day)) return false;
  out->year = year;
  out->month = month;
  out->day = day;
  out->begin = (size_t)(first->begin - text);
  out->end = (size_t)(last->end - text);
  return true;
}

/* A date whose first piece is p, one of 'left'. */
static bool date_at (const char *text, const piece *p, int left,
                     ld_day *out) {
  if (left < 3) return false;
  int month = month_of(p);
  if (month)                                          /* January 12, 2026 */
    return p[1].number >= 0 && p[2].number >= 0
               ? set(out, text, p, p + 2, p[2].number, month, p[1].number)
               : left > 3 && p[1].number >= 0 && p[2].end - p[2].begin == 2 &&
                     set(out, text, p, p + 3, p[3].number, month, p[1].number);
  if (p->number < 0) return false;
  if (left >= 6 && is_unit(p + 1, "年") && is_unit(p + 3, "月") &&
      (is_unit(p + 5, "日") || is_unit(p + 5, "号")))
    return set(out, text, p, p + 5, p->number, p[2].number, p[4].number);
  if ((joined(p, p + 1, '-') && joined(p + 1, p + 2, '-')) ||
      (joined(p, p + 1, '/') && joined(p + 1, p + 2, '/')) ||
      (joined(p, p + 1, '.') && joined(p + 1, p + 2, '.'))) {
    if (is_year(p->number))                           /* 2026-01-12 */
      return set(out, text, p, p + 2, p->number, p[1].number, p[2].number);
    /* 13.01.2026; where the first two could be exchanged it is not known which
    ** is the month, but for points, which are always day first. */
    if (*p->end == '.' || p->number > 12)
      return set(out, text, p, p + 2, p[2].number, p[1].number, p->number);
    return false;
  }
  int skip = 1;                                       /* 12th January 2026 */
  if (!month_of(p + 1) && p[1].number < 0 && p[1].end - p[1].begin <= 2 &&
      left > 3)
    skip = 2;
  month = month_of(p + skip);
  if (month && p[skip + 1].number < 0 && left > skip + 2)   /* de enero de */
    return set(out, text, p, p + skip + 2, p[skip + 2].number, month,
               p->number);
  return month && set(out, text, p, p + skip + 1, p[skip + 1].number, month,
                      p->number);
}

bool ld_find_day (const char *text, size_t n, ld_day *out) {
  piece pieces[PIECES];
  int count = split(text, text + n, pieces);
  for (int i = 0; i < count; i++)
    if (date_at(text, pieces + i, count - i, out)) return true;
  return false;
}
