/*
** head.c - the lines above the body: outlet, section, title, deck, byline,
** captions, dates, who issues a statement.
**
** A line is asked in turn what it may be; the first answer holds. Nothing is
** set that a record has set before.
*/
#include <stdio.h>
#include <string.h>

#include "read/given/given.h"
#include "read/page/page.h"

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
  const char *s = ld_page_at(p, i, &n);
  uint32_t last = p->o->count < SEEN_MAX ? p->o->count : SEEN_MAX, seen = 0;
  for (uint32_t k = i + 1; k < last; k++) {
    const char *t = ld_page_at(p, k, &m);
    seen += n == m && memcmp(s, t, n) == 0;
  }
  return seen > 0;
}

/* The name of an outlet: few words, the last one such as an outlet's. */
static bool is_outlet (const page *p, uint32_t i) {
  size_t n;
  const char *s = ld_page_at(p, i, &n);
  words w;
  ld_page_split_words(s, n, &w);
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
  const char *s = ld_page_at(p, i, &n);
  size_t value = header_key(LD_KEY_DATE, s, n);
  ld_day day;
  if (value && ld_find_day(s + value, n - value < 80 ? n - value : 80, &day) &&
      day.begin == 0) {
    uint32_t cut = (uint32_t)(s - p->text + (long)(value + day.end));
    day.begin += value;
    day.end += value;
    ld_page_set_date(p, s, day.end, &day);
    if (cut < p->o->blocks[i].end)
      ld_outline_split(p->o, p->text, i, cut, LD_HEADER, 0);
    else
      ld_page_mark(p, i, LD_HEADER);
    if (cut < p->o->blocks[i].end + 1 && i + 1 < p->o->count &&
        p->o->blocks[i + 1].kind == LD_PARAGRAPH && !ld_page_is_body(p, i + 1))
      p->o->blocks[i + 1].kind = LD_HEADING;
    return true;
  }
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
    value = header_key(keys[k].list, s, n);
    if (!value || n > 2 * LINE_MAX ||
        (!memchr(s, ':', value) && !memmem(s, value, "\xEF\xBC\x9A", 3)))
      continue;
    ld_page_set_field(p, keys[k].id, s + value, n - value);
    ld_page_mark(p, i, keys[k].id == LD_F_BYLINE ? LD_BYLINE : LD_HEADER);
    return true;
  }
  value = header_key(LD_KEY_URL, s, n);
  if (value && n <= 3 * LINE_MAX) {
    ld_builder_more(p->b, "url", s + value, n - value);
    ld_page_mark(p, i, LD_HEADER);
    return true;
  }
  return false;
}

/* "Language: en", "Tags: water, rivers" right below a line with a key that we
** know: it goes on. */
static bool read_further_key (page *p, uint32_t i, uint32_t last) {
  char name[32] = "", code[LD_LANGUAGE];
  size_t n;
  const char *s = ld_page_at(p, i, &n), *end = s + n;
  const char *colon = memchr(s, ':', n < sizeof name ? n : sizeof name - 1);
  if (!colon || n > LINE_MAX || ld_count_lines(p->text + last, s) != 1)
    return false;
  words w;
  ld_page_split_words(s, (size_t)(colon - s), &w);
  const char *value = ld_skip_space(colon + 1, end);
  if (w.count < 1 || w.count > 2 || w.at[0].begin != s || w.stops ||
      value == end || value == colon + 1)
    return false;
  memcpy(name, s, (size_t)(colon - s));
  ld_page_mark(p, i, LD_HEADER);
  enum ld_field_id id = ld_given_field(name, strlen(name));
  n = (size_t)(end - value);
  if (id == LD_F_COUNT) ld_builder_more(p->b, name, value, n);
  else if (id == LD_F_LANG && ld_given_language(value, n, code))
    ld_builder_field(p->b, id, code, strlen(code));
  else if (id != LD_F_LANG && id != LD_F_KIND && id != LD_F_DATE)
    ld_page_set_field(p, id, value, n);
  return true;
}

/* Looks for an agency's or outlet's name in what is left of a credit line. */
static void read_credit (page *p, const char *s, size_t n) {
  const char *word = s, *end = s + n;
  while (word < end && !ld_page_has_field(p, LD_F_SOURCE)) {
    size_t got = ld_lexicon_prefix(LD_AGENCY, word, (size_t)(end - word));
    if (got) {
      ld_page_set_field(p, LD_F_SOURCE, word, got);
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
  const char *s = ld_page_at(p, i, &n);
  ld_day day;
  words w;
  if (n > 90 || !ld_find_day(s, n, &day)) return false;
  ld_page_split_words(s, n, &w);
  size_t letters = 0;
  for (int k = 0; k < w.count; k++)
    if (w.at[k].begin < s + day.begin || w.at[k].begin >= s + day.end)
      letters += w.at[k].n;
  if (letters > (ld_page_ends_with_stop(s, n) ? 3 : 30)) return false;
  ld_page_set_date(p, s, n, &day);
  ld_page_mark(p, i, LD_HEADER);
  read_credit(p, s, n);
  return true;
}

/* "2:32 p.m. EDT", "08:28": a time of day and no words to speak of. */
static bool is_time (const char *s, size_t n) {
  words w;
  ld_page_split_words(s, n, &w);
  size_t letters = 0;
  for (int k = 0; k < w.count; k++) letters += w.at[k].n;
  return w.digits >= 3 && letters <= 12 && memchr(s, ':', n) && n < 30;
}

/* "Antony J. Blinken, Secretary of State": who issues a statement. What begins with
** another mark is none: « Oui », a dit le ministre, « et ... */
static bool read_officer (page *p, uint32_t i) {
  size_t n;
  int k;
  const char *s = ld_page_at(p, i, &n), *comma = memchr(s, ',', n);
  if (!comma || n > LINE_MAX || ld_page_ends_with_stop(s, n) ||
      !ld_is_letter(ld_class_at(s, s + n, &k)))
    return false;
  const char *title = ld_skip_space(comma + 1, s + n);
  words w;
  ld_page_split_words(s, (size_t)(comma - s), &w);
  if (w.count < 2 || w.count > 5 || w.digits ||
      !ld_lexicon_within(LD_OFFICE, title, (size_t)(s + n - title)))
    return false;
  ld_page_mark(p, i, LD_BYLINE);
  ld_page_set_field(p, LD_F_BYLINE, s, (size_t)(comma - s));
  p->official = true;
  return true;
}

static bool read_by (page *p, uint32_t i) {
  size_t n, by;
  const char *s = ld_page_at(p, i, &n);
  if (n > 100 || ld_page_ends_with_stop(s, n)) return false;
  by = ld_lexicon_prefix(LD_BY, s, n);
  if (!by || by == n) return false;
  const char *name = s + by, *end = s + n;
  if (*name == ':') name++;
  name = ld_skip_space(name, end);
  int k;
  words w;
  ld_page_split_words(name, (size_t)(end - name), &w);
  if (w.count < 1 || w.count > 8 || w.digits ||
      ld_class_at(name, end, &k) == LD_LOWER)
    return false;
  ld_page_mark(p, i, LD_BYLINE);
  ld_page_set_field(p, LD_F_BYLINE, name, (size_t)(end - name));
  return true;
}

/* Place lines of a statement: "Washington, D.C.", "Berlin, Germany". */
static bool is_place (const char *s, size_t n) {
  words w;
  ld_page_split_words(s, n, &w);
  if (w.count < 1 || w.count > 5 || w.commas > 2 || w.digits || n > 48)
    return false;
  for (int k = 0; k < w.count; k++)
    if (w.at[k].first != LD_UPPER) return false;
  return w.commas >= 1;
}

/* Does another line of the head follow, apart from this one? */
static bool has_more_head (const page *p, uint32_t i) {
  return i + 2 < p->o->count && p->o->blocks[i + 1].kind == LD_HEADING &&
         !ld_page_is_body(p, i + 1);
}

/* Lines that any head may have. True when line i was one. */
static bool read_plain_line (page *p, uint32_t i) {
  size_t n;
  const char *s = ld_page_at(p, i, &n);
  if (read_stamp(p, i) || read_officer(p, i)) return true;
  if (ld_lexicon_prefix(LD_ATTRIBUTION, s, n) && n < LINE_MAX) {
    ld_page_mark(p, i, LD_HEADER);
    return p->official = true;
  }
  size_t bare = n - (ld_page_ends_with_stop(s, n) || s[n - 1] == ':');
  if (n < 60 &&
      (is_time(s, n) || ld_lexicon_has(LD_STATEMENT_FRAME, s, bare))) {
    ld_page_mark(p, i, LD_HEADER);
    return true;
  }
  if (n < 100 && !ld_page_ends_with_stop(s, n) &&
      ld_lexicon_prefix(LD_ISSUER, s, n) &&
      (ld_page_has_field(p, LD_F_TITLE) || i > 0 || has_more_head(p, i))) {
    ld_page_mark(p, i, LD_HEADER);
    if (i == 0) ld_page_set_field(p, LD_F_SOURCE, s, n);
    return p->official = true;
  }
  return false;
}

/* ----------------------------------------------------------------- title */

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
  const char *s = ld_page_at(p, i, &n);
  p->o->blocks[i].kind = LD_HEADING;
  p->o->blocks[i].level = 1;
  if (i + 1 < head && p->o->blocks[i + 1].kind == LD_HEADING) {
    const char *next = ld_page_at(p, i + 1, &m);
    words w;
    ld_page_split_words(next, m, &w);
    if (ld_count_lines(s + n, next) == 1 && n + m < 120 && w.count >= 2 &&
        !w.digits && !ld_lexicon_within(LD_OFFICE, next, m) &&
        (!ld_page_is_name(next, m) || names_kind(next, m))) {
      n = (size_t)(next + m - s);
      p->o->blocks[i + 1].level = 1;
    }
  }
  ld_page_set_field(p, LD_F_TITLE, s, n);
  p->title = true;
}

/* The title that a record or front matter gives, once more as a line. */
static bool read_known_title (page *p, uint32_t i) {
  const char *title = p->b->doc->field[LD_F_TITLE];
  char folded[2][4 * LINE_MAX];
  size_t n, m = strlen(title);
  const char *s = ld_page_at(p, i, &n);
  if (n > 2 * LINE_MAX || m > 2 * LINE_MAX) return false;
  n = ld_fold(s, n, folded[0], sizeof folded[0]);
  m = ld_fold(title, m, folded[1], sizeof folded[1]);
  if (n != m || memcmp(folded[0], folded[1], n) != 0) return false;
  s = ld_page_at(p, i, &n);
  p->o->blocks[i].kind = LD_HEADING;
  p->o->blocks[i].level = 1;
  if (p->b->doc->evidence[LD_F_TITLE].end == 0) {
    p->b->doc->evidence[LD_F_TITLE].begin = (uint32_t)(s - p->text);
    p->b->doc->evidence[LD_F_TITLE].end = (uint32_t)(s + n - p->text);
  }
  return true;
}

/* A line below the title: a deck, a byline, a caption, or a heading. */
static void read_below_title (page *p, uint32_t i, uint32_t head,
                              bool site) {
  size_t n;
  const char *s = ld_page_at(p, i, &n);
  int k;
  enum ld_class first = ld_class_at(s, s + n, &k);
  if (read_by(p, i)) return;
  if (is_place(s, n)) {
    ld_page_mark(p, i, LD_HEADER);
    return;
  }
  size_t credit = ld_lexicon_prefix(LD_CAPTION_WORD, s, n);
  if (credit && credit < n && s[credit] == ':') {
    ld_page_mark(p, i, LD_CAPTION);
  } else if (first == LD_STOP || first == LD_LOWER || first == LD_DASH) {
    p->o->blocks[i].kind = LD_HEADING;
    p->o->blocks[i].level = 2;
    ld_builder_more(p->b, "subtitle", s, n);
  } else if (site && ld_page_is_name(s, n)) {
    ld_page_mark(p, i, LD_BYLINE);
    ld_page_set_field(p, LD_F_BYLINE, s, n);
  } else if (site && n < 2 * LINE_MAX &&
             (ld_lexicon_within(LD_CAPTION_WORD, s, n) || i + 1 < head)) {
    ld_page_mark(p, i, LD_CAPTION);
  }
}

static bool in_head (const page *p, uint32_t i) {
  enum ld_block_kind kind = (enum ld_block_kind)p->o->blocks[i].kind;
  return kind == LD_HEADING || kind == LD_PARAGRAPH;
}

/* The heading that the title was read from, by a reader that knows it:
** UINT32_MAX where there is none. */
static uint32_t known_title (const page *p) {
  uint32_t begin = p->b->doc->evidence[LD_F_TITLE].begin;
  if (begin == p->b->doc->evidence[LD_F_TITLE].end) return UINT32_MAX;
  for (uint32_t i = 0; i < p->o->count && i < HEAD_MAX; i++)
    if (p->o->blocks[i].begin == begin && p->o->blocks[i].kind == LD_HEADING)
      return i;
  return UINT32_MAX;
}

/* The first line that is no line of another sort. */
static bool begins_title (page *p, uint32_t i) {
  size_t n;
  const char *s = ld_page_at(p, i, &n);
  bool line = p->o->blocks[i].kind == LD_HEADING ||
              !(s[n - 1] == '.' || s[n - 1] == ':' || s[n - 1] == ';');
  bool letter = ld_lexicon_prefix(LD_SALUTATION, s, n) > 0;
  if (letter) p->o->blocks[i].kind = LD_PARAGRAPH;
  return line && !letter && n <= 2 * LINE_MAX && !p->hints->wiki;
}

/* A label or an outlet above the title. */
static bool read_site (page *p, uint32_t i, uint32_t head, bool *site) {
  size_t n;
  const char *s = ld_page_at(p, i, &n);
  if (is_section(s, n)) {
    ld_page_mark(p, i, LD_HEADER);
    return *site = true;
  }
  if (i >= 3 || !is_outlet(p, i) || i + 1 >= head) return false;
  ld_page_mark(p, i, LD_HEADER);
  ld_page_set_field(p, LD_F_SOURCE, s, n);
  return p->news = *site = true;
}

/* Does the body begin with block i? */
static bool begins_body (const page *p, uint32_t i) {
  size_t n;
  const char *s = ld_page_at(p, i, &n);
  return ld_page_is_body(p, i) && !header_key(LD_KEY_DATE, s, n);
}

/* Below a deck that is a sentence, and so seems to be the body, there may be
** lines of the head still. */
static void read_below_deck (page *p) {
  uint32_t last = p->body + 4 < p->o->count ? p->body + 4 : p->o->count;
  for (uint32_t i = p->body + 1; i < last && !ld_page_is_body(p, i); i++)
    if (p->o->blocks[i].kind == LD_PARAGRAPH && !read_stamp(p, i))
      read_by(p, i);
}

/* Goes through the head. Its length may grow: a line may be cut in two. */
void ld_page_read_head (page *p) {
  bool site = false;
  uint32_t known = known_title(p);
  bool given = ld_page_has_field(p, LD_F_TITLE) && known == UINT32_MAX;
  p->title = given;
  uint32_t keys = 0;            /* where the last line with a key ends */
  for (uint32_t i = 0; i < p->o->count && i < HEAD_MAX; i++) {
    if (begins_body(p, i)) {
      p->body = i;
      break;
    }
    p->body = i + 1;
    size_t n;
    const char *s = ld_page_at(p, i, &n);
    if (known_title(p) == i) { p->title = true; continue; }
    if (!in_head(p, i)) continue;
    if (given && read_known_title(p, i)) continue;
    if (read_key(p, i) || (keys && read_further_key(p, i, keys))) {
      keys = p->o->blocks[i].end;
      continue;
    }
    if (read_plain_line(p, i)) continue;
    if (ld_page_is_ornament(s, n)) {
      ld_page_mark(p, i, LD_BOILERPLATE);
      continue;
    }
    uint32_t head = p->body;    /* the head's length, as far as is known */
    while (head < p->o->count && head < HEAD_MAX && !ld_page_is_body(p, head))
      head++;
    if ((!p->title || given) && read_site(p, i, head, &site)) continue;
    if (given || (!p->title && known != UINT32_MAX)) {
      if (is_place(s, n)) ld_page_mark(p, i, LD_HEADER);
      else read_by(p, i);
    } else if (!p->title) {
      if (!begins_title(p, i)) {
        p->body = i;
        break;
      }
      read_title(p, i, head);
    } else if (p->o->blocks[i].level != 1) {
      read_below_title(p, i, head, site);
    }
  }
  if (known == UINT32_MAX) return;
  p->title = true;
  read_below_deck(p);
}
