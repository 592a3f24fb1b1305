/*
** datelines.c - full dates in headers, and datelines.
**
** Only what stands there in so many words; dates in running text are the
** business of lesdiplo.grammar.
*/
#include <stdio.h>
#include <string.h>

#include "read/page/page.h"

/* ----------------------------------------------------------------- dates */

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
  if (p[1].number >= 0 && p[2].number >= 0 &&
      ((joined(p, p + 1, '-') && joined(p + 1, p + 2, '-')) ||
       (joined(p, p + 1, '/') && joined(p + 1, p + 2, '/')) ||
       (joined(p, p + 1, '.') && joined(p + 1, p + 2, '.')))) {
    if (*p->end == '/' && p[1].number > 12)           /* 03/13/2024 */
      return set(out, text, p, p + 2, p[2].number, p->number, p[1].number);
    if (is_year(p->number))                           /* 2026-01-12 */
      return set(out, text, p, p + 2, p->number, p[1].number, p[2].number);
    /* 13.01.2026; where the first two could be exchanged it is not known which
    ** is the month, but for points, which are always day first. */
    if (*p->end == '.' || p->number > 12)
      return set(out, text, p, p + 2, p[2].number, p[1].number, p->number);
    return false;
  }
  int skip = 1;                                       /* 12th January 2026 */
  while (skip < 3 && left > skip + 2 && !month_of(p + skip) &&
         p[skip].number < 0 && p[skip].end - p[skip].begin <= 2)
    skip++;
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


/* -------------------------------------------------------------- dateline */

/* Bytes of a dash that ends a dateline at s, or 0. */
static size_t dash_at (const char *s, const char *end) {
  size_t n = 0;
  while (s + n < end && s[n] == '-') n++;
  if (!n && end - s >= 3 && (!memcmp(s, "\xE2\x80\x93", 3) ||
                             !memcmp(s, "\xE2\x80\x94", 3)))
    n = 3;
  return n && s + n < end && ld_skip_space(s + n, end) > s + n ? n : 0;
}

typedef struct dateline {
  const char *place, *place_end, *agency, *agency_end, *end;
  int month, day;
  int year;              /* where it says so, else 0 */
  const char *by, *by_end;   /* the reporter that a Chinese one names */
} dateline;

/* PLACE[, Region][, Jan. 11] [(Agency)] -- : the capitals, the agency or the
** dash alone do not make one; two of three do. */
static bool find_dateline (const char *s, size_t n, dateline *d) {
  memset(d, 0, sizeof *d);
  if (n > 140) n = ld_utf8_floor(s, 140);
  if (!memchr(s, '-', n) && !memchr(s, 0xE2, n)) return false;
  const char *end = s + n, *p = s, *dash = NULL;
  for (; p < end && !dash; p++)
    if ((size_t)(p - s) > 2 && p[-1] != ' ' ? *p == ' ' : 0) {
      const char *q = ld_skip_space(p, end);
      if (dash_at(q, end)) dash = q;
    }
  if (!dash || memchr(s, ':', (size_t)(dash - s))) return false;
  words w;
  ld_page_split_words(s, (size_t)(dash - s), &w);
  if (w.count == 0 || w.count > 10 || w.at[0].first != LD_UPPER ||
      w.at[0].n < 3)
    return false;
  const char *open = memchr(s, '(', (size_t)(dash - s));
  const char *close = memchr(s, ')', (size_t)(dash - s));
  if (open && close > open) { d->agency = open + 1; d->agency_end = close; }
  const char *stop = open ? open : dash;
  for (int i = 0; i < w.count && w.at[i].begin < stop; i++) {
    int month = ld_month(w.at[i].begin, w.at[i].n);
    const char *after = w.at[i].begin + w.at[i].n;
    if (!month || w.at[i].caps) continue;
    while (after < stop && (*after == '.' || *after == ' ')) after++;
    int day = 0;
    if (sscanf(after, "%2d", &day) != 1) {
      const char *before = w.at[i].begin;
      while (before > s && before[-1] == ' ') before--;
      const char *digits = before;
      while (digits > s && digits[-1] >= '0' && digits[-1] <= '9') digits--;
      if (digits < before) sscanf(digits, "%2d", &day);
      if (day) stop = digits;
    } else {
      stop = w.at[i].begin;
    }
    if (day >= 1 && day <= 31) { d->month = month; d->day = day; }
    break;
  }
  const char *place_end = ld_trim_space(s, stop);
  while (place_end > s && place_end[-1] == ',') place_end--;
  ld_day full;
  if (ld_find_day(s, (size_t)(dash - s), &full)) {
    d->year = full.year;
    d->month = full.month;
    d->day = full.day;
    if (s + full.begin < place_end)
      place_end = ld_trim_space(s, s + full.begin);
  }
  while (place_end > s && place_end[-1] == ',') place_end--;
  d->place = s;
  d->place_end = place_end;
  d->end = dash + dash_at(dash, end);
  /* A place not in capitals needs an agency that is known, or a full date. */
  bool known = d->agency && ld_lexicon_has(LD_AGENCY, d->agency,
                                           (size_t)(d->agency_end - d->agency));
  if (!w.at[0].caps && !known && !d->year) return false;
  /* Without agency and day there must be names only, and a sentence after. */
  if (!d->agency && !d->day) {
    int k;
    const char *next = ld_skip_space(d->end, end);
    if (next < end && ld_class_at(next, end, &k) == LD_LOWER) return false;
    for (int i = 0; i < w.count; i++)
      if (w.at[i].first != LD_UPPER) return false;
  }
  return place_end > s;
}

/* What may follow 电: the bracket that closes, or （记者李华）. */
static void read_reporter (dateline *d, const char *end) {
  const char *p = d->end;
  if (end - p < 3) return;
  if (!memcmp(p, "）", 3) || !memcmp(p, "】", 3)) {
    d->end = p + 3;
    return;
  }
  const char *close = memmem(p, (size_t)(end - p), "）", 3);
  if (memcmp(p, "（", 3) != 0 || !close) return;
  size_t by = ld_lexicon_prefix(LD_BY, p + 3, (size_t)(close - p - 3));
  if (by < 6) {                          /* 记者 without a space after it */
    by = end - p > 9 && (!memcmp(p + 3, "记者", 6) || !memcmp(p + 3, "記者", 6))
             ? 6 : 0;
  }
  if (!by) return;
  d->by = p + 3 + by;
  d->by_end = close;
  d->end = close + 3;
}

/* 新华社北京1月12日电, with or without brackets and reporters. */
static bool find_chinese_dateline (const char *s, size_t n, dateline *d) {
  memset(d, 0, sizeof *d);
  if (n > 160) n = ld_utf8_floor(s, 160);
  if (!memchr(s, (unsigned char)"日"[0], n)) return false;
  const char *wire = memmem(s, n, "电", 3);
  if (!wire) wire = memmem(s, n, "電", 3);
  if (!wire) return false;
  if (n > 3 && (!memcmp(s, "（", 3) || !memcmp(s, "【", 3))) {
    s += 3;
    n -= 3;
  }
  size_t agency = ld_lexicon_prefix(LD_AGENCY, s, n), got = agency;
  for (int i = 0; i < 6 && !agency && got < n; i++) {   /* 人民网 and place */
    int k;
    ld_class_at(s + got, s + n, &k);
    got += (size_t)k;
    agency = ld_lexicon_has(LD_AGENCY, s, got) ? got : 0;
  }
  const char *day = memmem(s, n, "日", 3);
  if (!agency || !day || day > wire) return false;
  const char *p = s + agency, *digits = p;
  while (digits < wire && !(*digits >= '0' && *digits <= '9')) digits++;
  if (sscanf(digits, "%2d月%2d日", &d->month, &d->day) != 2) return false;
  d->agency = s;
  d->agency_end = d->place = p;
  d->place_end = digits;
  d->end = wire + 3;
  read_reporter(d, s + n);
  return true;
}

/* МОСКВА, 3 марта. and then the text: a place in capitals, a day, a point. */
static bool find_plain_dateline (const char *s, size_t n, dateline *d) {
  memset(d, 0, sizeof *d);
  if (n > 80) n = ld_utf8_floor(s, 80);
  const char *stop = memmem(s, n, ". ", 2);
  const char *comma = memchr(s, ',', n);
  if (!stop || !comma || comma > stop) return false;
  words w;
  ld_page_split_words(s, (size_t)(stop - s), &w);
  if (w.count < 2 || w.count > 4 || !w.at[0].caps || w.at[0].n < 5)
    return false;
  for (int i = 1; i < w.count; i++) {
    d->month = ld_month(w.at[i].begin, w.at[i].n);
    if (d->month && sscanf(comma + 1, "%2d", &d->day) == 1 && d->day > 0) {
      d->place = s;
      d->place_end = comma;
      d->end = stop + 1;
      return true;
    }
  }
  return false;
}

/* МОСКВА, 12 января. /ТАСС/. */
static bool find_russian_dateline (const char *s, size_t n, dateline *d) {
  memset(d, 0, sizeof *d);
  if (n > 160) n = ld_utf8_floor(s, 160);
  const char *slash = memchr(s, '/', n);
  const char *close = slash ? memchr(slash + 1, '/',
                                     (size_t)(s + n - slash - 1)) : NULL;
  if (!close || !ld_lexicon_within(LD_AGENCY, slash + 1,
                                   (size_t)(close - slash - 1)))
    return false;
  words w;
  ld_page_split_words(s, (size_t)(slash - s), &w);
  if (w.count == 0 || w.count > 6 || !w.at[0].caps) return false;
  d->place = s;
  const char *comma = memchr(s, ',', (size_t)(slash - s));
  d->place_end = comma ? comma : ld_trim_space(s, slash);
  for (int i = 0; i < w.count; i++)
    if (ld_month(w.at[i].begin, w.at[i].n) && comma) {
      d->month = ld_month(w.at[i].begin, w.at[i].n);
      sscanf(comma + 1, "%2d", &d->day);
    }
  d->agency = slash + 1;
  d->agency_end = close;
  d->end = close + 1;
  if (d->end < s + n && *d->end == '.') d->end++;
  return true;
}

/* The day of a dateline, in the year that brings it nearest before the date of
** publication. */
static void set_dateline_day (page *p, const dateline *d) {
  int year, month, day;
  char value[32];
  const char *date = p->b->doc->field[LD_F_DATE];
  if (!date && d->year && d->day) {     /* the dateline dates the document */
    ld_day full;
    size_t n = (size_t)(d->end - d->place);
    if (ld_find_day(d->place, n, &full))
      ld_page_set_date(p, d->place, n, &full);
    date = p->b->doc->field[LD_F_DATE];
  }
  if (!d->day || !date || sscanf(date, "%d-%d-%d", &year, &month, &day) != 3)
    return;
  if (d->month > month || (d->month == month && d->day > day)) year--;
  snprintf(value, sizeof value, "%04d-%02d-%02d", year, d->month, d->day);
  ld_builder_more(p->b, "dateline_date", value, strlen(value));
}

void ld_page_read_dateline (page *p) {
  uint32_t last = p->body + 3 < p->o->count ? p->body + 3 : p->o->count;
  for (uint32_t i = p->body; i < last; i++) {
    size_t n;
    const char *s = ld_page_at(p, i, &n);
    dateline d;
    if (p->o->blocks[i].kind != LD_PARAGRAPH) continue;
    if (!find_dateline(s, n, &d) && !find_chinese_dateline(s, n, &d) &&
        !find_russian_dateline(s, n, &d) && !find_plain_dateline(s, n, &d))
      continue;
    uint32_t cut = (uint32_t)(d.end - p->text);
    ld_page_set_field(p, LD_F_DATELINE, s, (size_t)(d.end - s));
    ld_builder_more(p->b, "dateline_place", d.place,
                    (size_t)(d.place_end - d.place));
    if (d.agency) {
      ld_builder_more(p->b, "dateline_agency", d.agency,
                      (size_t)(d.agency_end - d.agency));
      ld_page_set_field(p, LD_F_SOURCE, d.agency,
                (size_t)(d.agency_end - d.agency));
    }
    if (d.by) ld_page_set_field(p, LD_F_BYLINE, d.by,
                                (size_t)(d.by_end - d.by));
    set_dateline_day(p, &d);
    if (cut < p->o->blocks[i].end)
      ld_outline_split(p->o, p->text, i, cut, LD_DATELINE, 0);
    else
      ld_page_mark(p, i, LD_DATELINE);
    p->news = true;
    return;
  }
}
