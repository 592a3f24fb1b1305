/*
** metadata.c - what a document says of itself, and which of its lines are not
** the document: title, date, source, byline, dateline, language, kind.
**
** The head (blocks before the first real paragraph) and the tail are looked at
** line by line; each line is taken for what it looks like by its shape and by
** the words of reading.txt. A field is set only from words of the document or
** its record; what is not there stays absent.
*/
#include <stdio.h>
#include <string.h>

#include "read/read.h"

enum {
  HEAD_MAX = 24,          /* blocks looked at before the body */
  BODY_MIN = 120,         /* bytes: a paragraph of the body, not a line */
  LINE_MAX = 160,         /* bytes of a line of furniture */
  SEEN_MAX = 4000         /* blocks looked at for furniture inside */
};

typedef struct page {
  ld_builder *b;
  ld_outline *o;
  const ld_hints *hints;
  const char *text;
  uint32_t body;          /* first block of the body */
  bool news, official, speech;
  bool title;             /* it was known, or was found */
} page;

static const char *at (const page *p, uint32_t i, size_t *n) {
  const ld_block *block = p->o->blocks + i;
  *n = block->end - block->begin;
  return p->text + block->begin;
}

static bool ends_with_stop (const char *s, size_t n) {
  int k;
  const char *end = s + n;
  while (end > s) {
    enum ld_class c = ld_class_before(s, end, &k);
    if (c != LD_CLOSE && c != LD_QUOTE && c != LD_APOSTROPHE) {
      return c == LD_STOP;
    }
    end -= k;
  }
  return false;
}

static bool is_body (const page *p, uint32_t i) {
  size_t n;
  const char *s = at(p, i, &n);
  return p->o->blocks[i].kind == LD_PARAGRAPH &&
         (n >= BODY_MIN || (n >= BODY_MIN / 3 && ends_with_stop(s, n)));
}

static void mark (page *p, uint32_t i, enum ld_block_kind kind) {
  p->o->blocks[i].kind = (uint8_t)kind;
  p->o->blocks[i].level = 0;
}

static void set_field (page *p, enum ld_field_id id, const char *s, size_t n) {
  uint32_t begin = (uint32_t)(s - p->text);
  ld_builder_field_at(p->b, id, begin, begin + (uint32_t)n);
}

static bool has_field (const page *p, enum ld_field_id id) {
  return p->b->doc->field[id] != NULL;
}

static void set_date (page *p, const char *s, size_t n, const ld_day *day) {
  char value[32], how[160];
  if (has_field(p, LD_F_DATE)) return;
  snprintf(value, sizeof value, "%04d-%02d-%02d", day->year, day->month,
           day->day);
  ld_builder_field(p->b, LD_F_DATE, value, strlen(value));
  p->b->doc->evidence[LD_F_DATE].begin =
      (uint32_t)(s + day->begin - p->text);
  p->b->doc->evidence[LD_F_DATE].end = (uint32_t)(s + day->end - p->text);
  ld_builder_field(p->b, LD_F_DATE_PRECISION, "day", 3);
  if (n > 100) n = ld_utf8_floor(s, 100);
  snprintf(how, sizeof how, "stated in the line \"%.*s\"", (int)n, s);
  ld_builder_field(p->b, LD_F_DATE_HOW, how, strlen(how));
}


/* ------------------------------------------------------- words of a line */

enum { WORDS = 24 };
typedef struct words {
  struct { const char *begin; size_t n; enum ld_class first; bool caps; }
  at[WORDS];
  int count;
  int digits, stops, commas;
} words;

static void split_words (const char *s, size_t n, words *w) {
  const char *p = s, *end = s + n;
  int k;
  memset(w, 0, sizeof *w);
  while (p < end && w->count < WORDS) {
    enum ld_class c = ld_class_at(p, end, &k);
    if (ld_is_letter(c)) {
      const char *from = p;
      bool lower = false;
      enum ld_class inner;
      for (; p < end; p += k) {
        inner = ld_class_at(p, end, &k);
        if (!ld_is_letter(inner) && inner != LD_MARK && *p != '-' &&
            inner != LD_APOSTROPHE && !(*p == '.' && p - from <= 1))
          break;
        lower |= inner == LD_LOWER;
      }
      w->at[w->count].begin = from;
      w->at[w->count].n = (size_t)(p - from);
      w->at[w->count].caps = !lower;
      w->at[w->count++].first = c;
      continue;
    }
    w->digits += c == LD_DIGIT;
    w->stops += c == LD_STOP;
    w->commas += *p == ',';
    p += k;
  }
}

/* Two to four capitalised words and nothing else: it may be a person. */
static bool is_name (const char *s, size_t n) {
  words w;
  split_words(s, n, &w);
  if (w.count < 2 || w.count > 4 || w.digits || w.commas || w.stops)
    return false;
  for (int i = 0; i < w.count; i++)
    if (w.at[i].first != LD_UPPER ||
        ld_lexicon_has(LD_STARTER, w.at[i].begin, w.at[i].n) ||
        ld_lexicon_has(LD_OUTLET, w.at[i].begin, w.at[i].n) ||
        ld_lexicon_has(LD_SECTION, w.at[i].begin, w.at[i].n))
      return false;
  return !ld_lexicon_within(LD_ISSUER, s, n) &&
         !ld_lexicon_has(LD_OFFICE, s, n);
}

/* "Local NewsNews": section labels, run together or not. */
static bool is_section (const char *s, size_t n) {
  char line[3 * LINE_MAX];
  size_t m = 0;
  int k;
  enum ld_class last = LD_SPACE;
  if (n > LINE_MAX) return false;
  for (const char *p = s, *end = s + n; p < end; p += k) {
    enum ld_class c = ld_class_at(p, end, &k);
    if (c == LD_UPPER && last == LD_LOWER) line[m++] = ' ';
    bool plain = ld_is_letter(c) || c == LD_IDEOGRAPH || c == LD_SPACE;
    for (int i = 0; i < k; i++) line[m++] = plain ? p[i] : ' ';
    last = c;
  }
  const char *p = ld_skip_space(line, line + m), *end = line + m;
  if (p == end) return false;
  while (p < end) {
    size_t got = ld_lexicon_prefix(LD_SECTION, p, (size_t)(end - p));
    if (!got) return false;
    p = ld_skip_space(p + got, end);
  }
  return true;
}

/* Does the same line stand elsewhere too, as a site's name does? */
static bool is_repeated (const page *p, uint32_t i) {
  size_t n, m;
  const char *s = at(p, i, &n);
  uint32_t last = p->o->count < SEEN_MAX ? p->o->count : SEEN_MAX, seen = 0;
  for (uint32_t k = i + 1; k < last; k++) {
    const char *t = at(p, k, &m);
    seen += n == m && memcmp(s, t, n) == 0;
  }
  return seen > 0;
}

/* The name of an outlet: few words, the last one such as an outlet's. */
static bool is_outlet (const page *p, uint32_t i) {
  size_t n;
  const char *s = at(p, i, &n);
  words w;
  split_words(s, n, &w);
  if (n > 60 || w.digits || w.stops || w.commas) return false;
  if (ld_lexicon_has(LD_AGENCY, s, n)) return true;
  if (w.count == 0 || w.count > 5) return false;
  if (is_repeated(p, i)) return true;
  for (int k = 0; k < w.count; k++)
    if (w.at[k].first == LD_LOWER && w.at[k].n > 3) return false;
  return ld_lexicon_has(LD_OUTLET, w.at[w.count - 1].begin,
                        w.at[w.count - 1].n);
}


/* ------------------------------------------------------ lines of the head */

/* "date 2026-01-12 Title ...": a key of a header line, its value after it. */
static size_t header_key (enum ld_list list, const char *s, size_t n) {
  size_t key = ld_lexicon_prefix(list, s, n);
  if (!key || key == n) return 0;
  const char *p = s + key, *end = s + n;
  bool colon = *p == ':' || (end - p > 2 && !memcmp(p, "\xEF\xBC\x9A", 3));
  if (colon) p += *p == ':' ? 1 : 3;
  const char *value = ld_skip_space(p, end);
  if (value == end || (!colon && value == p)) return 0;
  /* Without a colon only a date makes a key of a word like "date". */
  if (!colon && !(*value >= '0' && *value <= '9')) return 0;
  return (size_t)(value - s);
}

/* A header line with a key. What follows a date on the same line is cut off,
** and looked at as a line of its own. */
static bool read_key (page *p, uint32_t i) {
  static const struct { enum ld_list list; enum ld_field_id id; } keys[] = {
    { LD_KEY_TITLE, LD_F_TITLE }, { LD_KEY_SOURCE, LD_F_SOURCE },
    { LD_KEY_BYLINE, LD_F_BYLINE }
  };
  size_t n;
  const char *s = at(p, i, &n);
  size_t value = header_key(LD_KEY_DATE, s, n);
  ld_day day;
  if (value && ld_find_day(s + value, n - value < 80 ? n - value : 80, &day) &&
      day.begin == 0) {
    uint32_t cut = (uint32_t)(s - p->text + (long)(value + day.end));
    day.begin += value;
    day.end += value;
    set_date(p, s, day.end, &day);
    if (cut < p->o->blocks[i].end)
      ld_outline_split(p->o, p->text, i, cut, LD_HEADER, 0);
    else
      mark(p, i, LD_HEADER);
    if (cut < p->o->blocks[i].end + 1 && i + 1 < p->o->count &&
        p->o->blocks[i + 1].kind == LD_PARAGRAPH && !is_body(p, i + 1))
      p->o->blocks[i + 1].kind = LD_HEADING;
    return true;
  }
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
    value = header_key(keys[k].list, s, n);
    if (!value || n > 2 * LINE_MAX || !memchr(s, ':', value)) continue;
    set_field(p, keys[k].id, s + value, n - value);
    mark(p, i, keys[k].id == LD_F_BYLINE ? LD_BYLINE : LD_HEADER);
    return true;
  }
  value = header_key(LD_KEY_URL, s, n);
  if (value && n <= 3 * LINE_MAX) {
    ld_builder_more(p->b, "url", s + value, n - value);
    mark(p, i, LD_HEADER);
    return true;
  }
  return false;
}

/* Looks for an agency's or outlet's name in what is left of a credit line. */
static void read_credit (page *p, const char *s, size_t n) {
  const char *word = s, *end = s + n;
  while (word < end && !has_field(p, LD_F_SOURCE)) {
    size_t got = ld_lexicon_prefix(LD_AGENCY, word, (size_t)(end - word));
    if (got) {
      set_field(p, LD_F_SOURCE, word, got);
      p->news = true;
      return;
    }
    int k;
    while (word < end && ld_is_letter(ld_class_at(word, end, &k))) word += k;
    if (word < end) { ld_class_at(word, end, &k); word += k; }
  }
}

/* A time stamp: a date, perhaps a time and a credit, and little else. */
static bool read_stamp (page *p, uint32_t i) {
  size_t n;
  const char *s = at(p, i, &n);
  ld_day day;
  words w;
  if (n > 90 || ends_with_stop(s, n) || !ld_find_day(s, n, &day)) return false;
  split_words(s, n, &w);
  size_t letters = 0;
  for (int k = 0; k < w.count; k++)
    if (w.at[k].begin < s + day.begin || w.at[k].begin >= s + day.end)
      letters += w.at[k].n;
  if (letters > 30) return false;
  set_date(p, s, n, &day);
  mark(p, i, LD_HEADER);
  read_credit(p, s, n);
  return true;
}

/* "2:32 p.m. EDT", "08:28": a time of day and no words to speak of. */
static bool is_time (const char *s, size_t n) {
  words w;
  split_words(s, n, &w);
  size_t letters = 0;
  for (int k = 0; k < w.count; k++) letters += w.at[k].n;
  return w.digits >= 3 && letters <= 12 && memchr(s, ':', n) && n < 30;
}

/* "Antony J. Blinken, Secretary of State": who issues a statement. */
static bool read_officer (page *p, uint32_t i) {
  size_t n;
  const char *s = at(p, i, &n), *comma = memchr(s, ',', n);
  if (!comma || n > LINE_MAX || ends_with_stop(s, n)) return false;
  const char *title = ld_skip_space(comma + 1, s + n);
  words w;
  split_words(s, (size_t)(comma - s), &w);
  if (w.count < 2 || w.count > 5 || w.digits ||
      !ld_lexicon_within(LD_OFFICE, title, (size_t)(s + n - title)))
    return false;
  mark(p, i, LD_BYLINE);
  set_field(p, LD_F_BYLINE, s, (size_t)(comma - s));
  p->official = true;
  return true;
}

static bool read_by (page *p, uint32_t i) {
  size_t n, by;
  const char *s = at(p, i, &n);
  if (n > 100 || ends_with_stop(s, n)) return false;
  by = ld_lexicon_prefix(LD_BY, s, n);
  if (!by || by == n) return false;
  const char *name = s + by, *end = s + n;
  if (*name == ':') name++;
  name = ld_skip_space(name, end);
  int k;
  words w;
  split_words(name, (size_t)(end - name), &w);
  if (w.count < 1 || w.count > 8 || w.digits ||
      ld_class_at(name, end, &k) == LD_LOWER)
    return false;
  mark(p, i, LD_BYLINE);
  set_field(p, LD_F_BYLINE, name, (size_t)(end - name));
  return true;
}

/* Place lines of a statement: "Washington, D.C.", "Berlin, Germany". */
static bool is_place (const char *s, size_t n) {
  words w;
  split_words(s, n, &w);
  if (w.count < 1 || w.count > 5 || w.commas > 2 || w.digits || n > 48)
    return false;
  for (int k = 0; k < w.count; k++)
    if (w.at[k].first != LD_UPPER) return false;
  return w.commas >= 1;
}

/* Lines that any head may have. True when line i was one. */
static bool read_plain_line (page *p, uint32_t i) {
  size_t n;
  const char *s = at(p, i, &n);
  if (read_key(p, i) || read_stamp(p, i) || read_officer(p, i)) return true;
  if (ld_lexicon_prefix(LD_ATTRIBUTION, s, n) && n < LINE_MAX) {
    mark(p, i, LD_HEADER);
    return p->official = true;
  }
  if (n < 60 && (is_time(s, n) || ld_lexicon_has(LD_STATEMENT_FRAME, s,
                                                 n - ends_with_stop(s, n)) ||
                 ld_lexicon_has(LD_STATEMENT_FRAME, s,
                                s[n - 1] == ':' ? n - 1 : n))) {
    mark(p, i, LD_HEADER);
    return true;
  }
  if (n < 100 && !ends_with_stop(s, n) &&
      ld_lexicon_prefix(LD_ISSUER, s, n) && (has_field(p, LD_F_TITLE) ||
                                            i > 0)) {
    mark(p, i, LD_HEADER);
    return p->official = true;
  }
  return false;
}

/* No letters at all: a rule, "###", "- 30 -". */
static bool is_ornament (const char *s, size_t n) {
  words w;
  split_words(s, n, &w);
  if (w.count == 0 && n < 40) {
    int k;
    for (const char *p = s, *end = s + n; p < end; p += k)
      if (ld_class_at(p, end, &k) == LD_IDEOGRAPH) return false;
    return true;
  }
  return false;
}


/* ----------------------------------------------------------------- title */

static uint32_t newlines (const char *p, const char *end) {
  uint32_t n = 0;
  for (; p < end; p++) n += *p == '\n';
  return n;
}

/* "Foreign Policy", "Joint Statement": the kind of a document, not a person. */
static bool names_kind (const char *s, size_t n) {
  return ld_lexicon_within(LD_KIND_POLICY, s, n) ||
         ld_lexicon_within(LD_KIND_COMMUNIQUE, s, n) ||
         ld_lexicon_within(LD_KIND_SPEECH, s, n);
}

/* The title is a line, with the next one where that stands directly below:
** a page that sets its title in two. */
static void read_title (page *p, uint32_t i, uint32_t head) {
  size_t n, m;
  const char *s = at(p, i, &n);
  p->o->blocks[i].kind = LD_HEADING;
  p->o->blocks[i].level = 1;
  if (i + 1 < head && p->o->blocks[i + 1].kind == LD_HEADING) {
    const char *next = at(p, i + 1, &m);
    words w;
    split_words(next, m, &w);
    if (newlines(s + n, next) == 1 && n + m < 120 && w.count >= 2 &&
        !w.digits && (!is_name(next, m) || names_kind(next, m))) {
      n = (size_t)(next + m - s);
      p->o->blocks[i + 1].level = 1;
    }
  }
  set_field(p, LD_F_TITLE, s, n);
  p->title = true;
}

/* A line below the title: a deck, a byline, a caption, or a heading. */
static void read_below_title (page *p, uint32_t i, uint32_t head,
                              bool site) {
  size_t n;
  const char *s = at(p, i, &n);
  int k;
  enum ld_class first = ld_class_at(s, s + n, &k);
  if (read_by(p, i)) return;
  if (first == LD_STOP || first == LD_LOWER || first == LD_DASH) {
    p->o->blocks[i].kind = LD_HEADING;
    p->o->blocks[i].level = 2;
    ld_builder_more(p->b, "subtitle", s, n);
  } else if (site && is_name(s, n)) {
    mark(p, i, LD_BYLINE);
    set_field(p, LD_F_BYLINE, s, n);
  } else if (site && n < 2 * LINE_MAX &&
             (ld_lexicon_within(LD_CAPTION_WORD, s, n) || i + 1 < head)) {
    mark(p, i, LD_CAPTION);
  }
}

static bool in_head (const page *p, uint32_t i) {
  enum ld_block_kind kind = (enum ld_block_kind)p->o->blocks[i].kind;
  return kind == LD_HEADING || kind == LD_PARAGRAPH;
}

/* Goes through the head. Its length may grow: a line may be cut in two. */
static void read_head (page *p) {
  bool site = false;
  p->title = has_field(p, LD_F_TITLE);
  bool given = p->title;
  for (uint32_t i = 0; i < p->o->count && i < HEAD_MAX; i++) {
    if (is_body(p, i) && !header_key(LD_KEY_DATE, p->text +
                                     p->o->blocks[i].begin,
                                     p->o->blocks[i].end -
                                     p->o->blocks[i].begin)) {
      p->body = i;
      break;
    }
    p->body = i + 1;
    size_t n;
    const char *s = at(p, i, &n);
    if (!in_head(p, i)) continue;
    if (read_plain_line(p, i)) continue;
    if (is_ornament(s, n)) { mark(p, i, LD_BOILERPLATE); continue; }
    uint32_t head = p->body;    /* the head's length, as far as is known */
    while (head < p->o->count && head < HEAD_MAX && !is_body(p, head)) head++;
    if (!p->title || given) {
      if (is_section(s, n)) { mark(p, i, LD_HEADER); site = true; continue; }
      if (i < 3 && is_outlet(p, i) && i + 1 < head) {
        mark(p, i, LD_HEADER);
        set_field(p, LD_F_SOURCE, s, n);
        p->news = site = true;
        continue;
      }
    }
    if (given) {
      if (is_place(s, n)) mark(p, i, LD_HEADER);
      else read_by(p, i);
    } else if (!p->title) {
      if (n <= 2 * LINE_MAX && !p->hints->wiki) read_title(p, i, head);
      else break;
    } else if (p->o->blocks[i].level != 1) {
      read_below_title(p, i, head, site);
    }
  }
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
} dateline;

/* PLACE[, Region][, Jan. 11] [(Agency)] -- : the capitals, the agency or the
** dash alone do not make one; two of three do. */
static bool find_dateline (const char *s, size_t n, dateline *d) {
  memset(d, 0, sizeof *d);
  if (n > 140) n = ld_utf8_floor(s, 140);
  const char *end = s + n, *p = s, *dash = NULL;
  for (; p < end && !dash; p++)
    if ((size_t)(p - s) > 2 && p[-1] != ' ' ? *p == ' ' : 0) {
      const char *q = ld_skip_space(p, end);
      if (dash_at(q, end)) dash = q;
    }
  if (!dash || memchr(s, ':', (size_t)(dash - s))) return false;
  words w;
  split_words(s, (size_t)(dash - s), &w);
  if (w.count == 0 || w.count > 10 || !w.at[0].caps || w.at[0].n < 3)
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
  d->place = s;
  d->place_end = place_end;
  d->end = dash + dash_at(dash, end);
  /* Without agency and day the whole place must be in capitals. */
  if (!d->agency && !d->day)
    for (int i = 0; i < w.count; i++)
      if (!w.at[i].caps) return false;
  return place_end > s;
}

/* 新华社北京1月12日电, with or without brackets and reporters. */
static bool find_chinese_dateline (const char *s, size_t n, dateline *d) {
  memset(d, 0, sizeof *d);
  if (n > 160) n = ld_utf8_floor(s, 160);
  size_t agency = ld_lexicon_prefix(LD_AGENCY, s, n), got = agency;
  for (int i = 0; i < 6 && !agency && got < n; i++) {   /* 人民网北京: a word */
    int k;
    ld_class_at(s + got, s + n, &k);
    got += (size_t)k;
    agency = ld_lexicon_has(LD_AGENCY, s, got) ? got : 0;
  }
  const char *wire = memmem(s, n, "电", 3);
  if (!wire) wire = memmem(s, n, "電", 3);
  const char *day = memmem(s, n, "日", 3);
  if (!agency || !wire || !day || day > wire) return false;
  const char *p = s + agency, *digits = p;
  while (digits < wire && !(*digits >= '0' && *digits <= '9')) digits++;
  if (sscanf(digits, "%2d月%2d日", &d->month, &d->day) != 2) return false;
  d->agency = s;
  d->agency_end = d->place = p;
  d->place_end = digits;
  d->end = wire + 3;
  return true;
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
  split_words(s, (size_t)(slash - s), &w);
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
  if (!d->day || !date || sscanf(date, "%d-%d-%d", &year, &month, &day) != 3)
    return;
  if (d->month > month || (d->month == month && d->day > day)) year--;
  snprintf(value, sizeof value, "%04d-%02d-%02d", year, d->month, d->day);
  ld_builder_more(p->b, "dateline_date", value, strlen(value));
}

static void read_dateline (page *p) {
  uint32_t last = p->body + 3 < p->o->count ? p->body + 3 : p->o->count;
  for (uint32_t i = p->body; i < last; i++) {
    size_t n;
    const char *s = at(p, i, &n);
    dateline d;
    if (p->o->blocks[i].kind != LD_PARAGRAPH) continue;
    if (!find_dateline(s, n, &d) && !find_chinese_dateline(s, n, &d) &&
        !find_russian_dateline(s, n, &d))
      continue;
    uint32_t cut = (uint32_t)(d.end - p->text);
    set_field(p, LD_F_DATELINE, s, (size_t)(d.end - s));
    ld_builder_more(p->b, "dateline_place", d.place,
                    (size_t)(d.place_end - d.place));
    if (d.agency) {
      ld_builder_more(p->b, "dateline_agency", d.agency,
                      (size_t)(d.agency_end - d.agency));
      set_field(p, LD_F_SOURCE, d.agency,
                (size_t)(d.agency_end - d.agency));
    }
    set_dateline_day(p, &d);
    if (cut < p->o->blocks[i].end)
      ld_outline_split(p->o, p->text, i, cut, LD_DATELINE, 0);
    else
      mark(p, i, LD_DATELINE);
    p->news = true;
    return;
  }
}


/* ------------------------------------------------------------------ tail */

/* "(Web editor: A, B)", "Editing by A": who had a hand in it. */
static bool read_editor (page *p, uint32_t i) {
  size_t n;
  const char *s = at(p, i, &n), *end = s + n, *from = s;
  if (n > LINE_MAX) return false;
  bool bracket = *s == '(' || *s == '[' || !memcmp(s, "\xEF\xBC\x88", 3) ||
                 !memcmp(s, "\xE3\x80\x90", 3);
  if (bracket) from += *s == '(' || *s == '[' ? 1 : 3;
  from = ld_skip_space(from, end);
  size_t key = ld_lexicon_prefix(LD_EDITOR, from, (size_t)(end - from));
  const char *value = from + key;
  if (!key || value >= end) return false;
  bool colon = *value == ':' || !memcmp(value, "\xEF\xBC\x9A", 3);
  if (colon) value += *value == ':' ? 1 : 3;
  else if (!ld_lexicon_has(LD_EDITOR, from, key) || !bracket) {
    /* "Reporting by A": needs a capital after it, and no sentence. */
    int k;
    const char *next = ld_skip_space(value, end);
    if (ends_with_stop(s, n) || key < 8 || next == end ||
        ld_class_at(next, end, &k) != LD_UPPER)
      return false;
  }
  while (end > value && (end[-1] == ')' || end[-1] == ']' || end[-1] == '.'))
    end--;
  if (end - value > 3 && (!memcmp(end - 3, "\xEF\xBC\x89", 3) ||
                          !memcmp(end - 3, "\xE3\x80\x91", 3)))
    end -= 3;
  mark(p, i, LD_BOILERPLATE);
  ld_builder_more(p->b, "editors", value, (size_t)(end - value));
  return true;
}

/* A list of other pages goes on to the end, or to a real paragraph. */
static uint32_t mark_related (page *p, uint32_t i) {
  for (; i < p->o->count; i++) {
    size_t n;
    const char *s = at(p, i, &n);
    if (p->o->blocks[i].kind == LD_PARAGRAPH && n > 2 * LINE_MAX &&
        ends_with_stop(s, n))
      break;
    mark(p, i, LD_BOILERPLATE);
  }
  return i;
}

static bool is_furniture (const char *s, size_t n) {
  return n < LINE_MAX && !ends_with_stop(s, n) &&
         ld_lexicon_prefix(LD_FURNITURE, s, n) > 0;
}

static bool is_caption (const char *s, size_t n) {
  if (n > 2 * LINE_MAX) return false;
  size_t got = ld_lexicon_prefix(LD_CAPTION_WORD, s, n);
  return got && got < n && (s[got] == ':' || s[got] == '/' ||
                            !memcmp(s + got, "\xEF\xBC\x9A", 3));
}

/* "SECRETARY BLINKEN: ...": turns of a conversation. */
static bool is_turn (const char *s, size_t n) {
  size_t most = n < 60 ? n : 60;
  const char *colon = memchr(s, ':', most);
  if (!colon || colon - s < 3) return false;
  words w;
  split_words(s, (size_t)(colon - s), &w);
  if (w.count == 0 || w.count > 6 || w.digits) return false;
  for (int i = 0; i < w.count; i++)
    if (!w.at[i].caps) return false;
  return w.count > 1 || w.at[0].n > 5;
}

/* Lines that begin with a letter or digit and with no word of these lists are
** none of it: most lines cost one look-up. */
static bool may_be_furniture (const char *s, size_t n) {
  static const uint64_t lists =
      (uint64_t)1 << LD_RELATED | (uint64_t)1 << LD_EDITOR |
      (uint64_t)1 << LD_FURNITURE | (uint64_t)1 << LD_CAPTION_WORD |
      (uint64_t)1 << LD_STATEMENT_FRAME;
  int k;
  enum ld_class first = ld_class_at(s, s + n, &k);
  if (!ld_is_letter(first) && first != LD_DIGIT && first != LD_IDEOGRAPH)
    return true;
  return (ld_lexicon_first(s, n) & lists) != 0;
}

static void read_rest (page *p) {
  uint32_t turns = 0;
  for (uint32_t i = p->body; i < p->o->count; i++) {
    size_t n;
    const char *s = at(p, i, &n);
    enum ld_block_kind kind = (enum ld_block_kind)p->o->blocks[i].kind;
    if (kind == LD_PARAGRAPH && n > 40 && i < SEEN_MAX) turns += is_turn(s, n);
    if (n == 0 || n > 2 * LINE_MAX || kind == LD_BOILERPLATE ||
        kind == LD_DATELINE || kind == LD_CAPTION ||
        (n > LINE_MAX && ends_with_stop(s, n)))
      continue;
    if (!may_be_furniture(s, n)) continue;
    if (ld_lexicon_has(LD_RELATED, s, s[n - 1] == ':' ? n - 1 : n)) {
      i = mark_related(p, i) - 1;
      continue;
    }
    if (read_editor(p, i)) continue;
    if (is_ornament(s, n) || is_furniture(s, n)) mark(p, i, LD_BOILERPLATE);
    else if (n < 40 && ld_lexicon_has(LD_STATEMENT_FRAME, s,
                                      n - ends_with_stop(s, n)))
      mark(p, i, LD_HEADER);
    else if (is_caption(s, n)) mark(p, i, LD_CAPTION);
  }
  p->speech = turns >= 2;
}

/* Who issued it may stand in the last line. */
static void read_signature (page *p) {
  uint32_t i = p->o->count;
  while (i > p->body && p->o->blocks[i - 1].kind == LD_BOILERPLATE) i--;
  if (i <= p->body + 1) return;
  size_t n;
  const char *s = at(p, --i, &n);
  if (n > 120 || ends_with_stop(s, n) || p->o->blocks[i].kind == LD_ITEM ||
      !ld_lexicon_prefix(LD_ISSUER, s, n))
    return;
  mark(p, i, LD_FOOTER);
  set_field(p, LD_F_SOURCE, s, n);
}


/* -------------------------------------------------------- language, kind */

static void set_language (page *p) {
  if (has_field(p, LD_F_LANG)) return;
  uint32_t begin = p->body < p->o->count ? p->o->blocks[p->body].begin : 0;
  size_t n = p->b->doc->text_length;
  const char *lang = ld_language(p->text + begin, n - begin);
  if (!lang && begin) lang = ld_language(p->text, n);
  if (lang) ld_builder_field(p->b, LD_F_LANG, lang, strlen(lang));
}

static bool is_kind (const char *kind) {
  static const char *const kinds[] = { "news", "wiki", "policy", "communique",
                                       "speech", "letter", "other" };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(kinds[i], kind) == 0) return true;
  return false;
}

static const char *kind_of (const page *p) {
  const char *title = p->b->doc->field[LD_F_TITLE];
  size_t n;
  if (p->hints->kind && is_kind(p->hints->kind)) return p->hints->kind;
  if (p->hints->wiki) return "wiki";
  if (p->news) return "news";
  if (p->body < p->o->count) {
    const char *s = at(p, p->body > 0 ? p->body - 1 : 0, &n);
    if (ld_lexicon_prefix(LD_SALUTATION, s, n)) return "letter";
  }
  if (p->speech) return "speech";
  static const struct { enum ld_list list; const char *kind; } kinds[] = {
    { LD_KIND_LETTER, "letter" }, { LD_KIND_COMMUNIQUE, "communique" },
    { LD_KIND_POLICY, "policy" }, { LD_KIND_SPEECH, "speech" }
  };
  for (size_t i = 0; title && i < sizeof kinds / sizeof *kinds; i++)
    if (ld_lexicon_within(kinds[i].list, title, strlen(title)))
      return kinds[i].kind;
  return p->official ? "communique" : "other";
}

static void set_wiki (page *p) {
  if (!p->hints->wiki) return;
  if (p->hints->title_end > p->hints->title_begin)
    ld_builder_field_at(p->b, LD_F_TITLE, p->hints->title_begin,
                        p->hints->title_end);
  ld_builder_field(p->b, LD_F_SOURCE, "Wikipedia", 9);
}

void ld_read_metadata (ld_builder *b, ld_outline *o, const ld_hints *hints) {
  if (!b->doc || o->failed || b->failure) return;
  page p = { b, o, hints, b->doc->text, 0, false, false, false, false };
  set_wiki(&p);
  read_head(&p);
  read_dateline(&p);
  read_rest(&p);
  read_signature(&p);
  set_language(&p);
  const char *kind = kind_of(&p);
  ld_builder_field(b, LD_F_KIND, kind, strlen(kind));
}
