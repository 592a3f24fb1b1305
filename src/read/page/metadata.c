/*
** metadata.c - what a document says of itself, and which of its lines are not
** the document: title, date, source, byline, dateline, language, kind.
**
** The head (blocks before the first real paragraph: head.c), the dateline
** (datelines.c) and the rest are looked at line by line; each line is taken for
** what it looks like by its shape and by the words of reading.txt. A field is set only from words of the document or
** its record; what is not there stays absent.
*/
#include <stdio.h>
#include <string.h>

#include "read/given/given.h"
#include "read/page/page.h"

const char *ld_page_at (const page *p, uint32_t i, size_t *n) {
  const ld_block *block = p->o->blocks + i;
  *n = block->end - block->begin;
  return p->text + block->begin;
}

bool ld_page_ends_with_stop (const char *s, size_t n) {
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

bool ld_page_is_body (const page *p, uint32_t i) {
  size_t n;
  const char *s = ld_page_at(p, i, &n);
  return p->o->blocks[i].kind == LD_PARAGRAPH &&
         (n >= BODY_MIN || (n >= BODY_MIN / 3 && ld_page_ends_with_stop(s, n)));
}

void ld_page_mark (page *p, uint32_t i, enum ld_block_kind kind) {
  p->o->blocks[i].kind = (uint8_t)kind;
  p->o->blocks[i].level = 0;
}

void ld_page_set_field (page *p, enum ld_field_id id, const char *s, size_t n) {
  uint32_t begin = (uint32_t)(s - p->text);
  ld_builder_field_at(p->b, id, begin, begin + (uint32_t)n);
}

bool ld_page_has_field (const page *p, enum ld_field_id id) {
  return p->b->doc->field[id] != NULL;
}

void ld_page_set_date (page *p, const char *s, size_t n, const ld_day *day) {
  char value[32], how[160];
  if (ld_page_has_field(p, LD_F_DATE)) return;
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

void ld_page_split_words (const char *s, size_t n, words *w) {
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
bool ld_page_is_name (const char *s, size_t n) {
  words w;
  ld_page_split_words(s, n, &w);
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

/* No letters at all: a rule, "###", "- 30 -". */
bool ld_page_is_ornament (const char *s, size_t n) {
  words w;
  ld_page_split_words(s, n, &w);
  if (w.count == 0 && n < 40) {
    int k;
    for (const char *p = s, *end = s + n; p < end; p += k)
      if (ld_class_at(p, end, &k) == LD_IDEOGRAPH) return false;
    return true;
  }
  return false;
}


/* ------------------------------------------------------------------ tail */

/* "(Web editor: A, B)", "Editing by A": who had a hand in it. */
static bool read_editor (page *p, uint32_t i) {
  size_t n;
  const char *s = ld_page_at(p, i, &n), *end = s + n, *from = s;
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
    if (ld_page_ends_with_stop(s, n) || key < 8 || next == end ||
        ld_class_at(next, end, &k) != LD_UPPER)
      return false;
  }
  while (end > value && (end[-1] == ')' || end[-1] == ']' || end[-1] == '.'))
    end--;
  if (end - value > 3 && (!memcmp(end - 3, "\xEF\xBC\x89", 3) ||
                          !memcmp(end - 3, "\xE3\x80\x91", 3)))
    end -= 3;
  ld_page_mark(p, i, LD_BOILERPLATE);
  ld_builder_more(p->b, "editors", value, (size_t)(end - value));
  return true;
}

/* A list of other pages goes on to the end, or to a real paragraph. */
static uint32_t mark_related (page *p, uint32_t i) {
  for (; i < p->o->count; i++) {
    size_t n;
    const char *s = ld_page_at(p, i, &n);
    if (p->o->blocks[i].kind == LD_PARAGRAPH && n > 2 * LINE_MAX &&
        ld_page_ends_with_stop(s, n))
      break;
    ld_page_mark(p, i, LD_BOILERPLATE);
  }
  return i;
}

static bool is_furniture (const char *s, size_t n) {
  bool rights = !memcmp(s, "\xC2\xA9", 2) || memmem(s, n, " rights reserved", 16);
  return n < LINE_MAX && (rights || !ld_page_ends_with_stop(s, n)) &&
         (rights || ld_lexicon_prefix(LD_FURNITURE, s, n) > 0);
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
  ld_page_split_words(s, (size_t)(colon - s), &w);
  if (w.count == 0 || w.count > 6 || w.digits) return false;
  for (int i = 0; i < w.count; i++)
    if (!w.at[i].caps) return false;
  return w.count > 1 || w.at[0].n > 5;
}

/* Lines that begin with a letter or digit and with no word of these lists are
** none of it, nor are sentences without a colon: most lines cost one look-up at
** the most. */
static bool may_be_furniture (const char *s, size_t n) {
  static const uint64_t lists =
      (uint64_t)1 << LD_RELATED | (uint64_t)1 << LD_EDITOR |
      (uint64_t)1 << LD_FURNITURE | (uint64_t)1 << LD_CAPTION_WORD |
      (uint64_t)1 << LD_STATEMENT_FRAME;
  int k;
  enum ld_class first = ld_class_at(s, s + n, &k);
  if (!ld_is_letter(first) && first != LD_DIGIT && first != LD_IDEOGRAPH)
    return true;
  if (ld_page_ends_with_stop(s, n) && n > 40 && !memchr(s, ':', 40))
    return false;
  return (ld_lexicon_first(s, n) & lists) != 0;
}

static void read_rest (page *p) {
  uint32_t turns = 0;
  for (uint32_t i = p->body; i < p->o->count; i++) {
    size_t n;
    const char *s = ld_page_at(p, i, &n);
    enum ld_block_kind kind = (enum ld_block_kind)p->o->blocks[i].kind;
    if (kind == LD_PARAGRAPH && n > 40 && turns < 2) turns += is_turn(s, n);
    if (n == 0 || n > 2 * LINE_MAX || kind == LD_BOILERPLATE ||
        kind == LD_DATELINE || kind == LD_CAPTION ||
        (n > LINE_MAX && ld_page_ends_with_stop(s, n)))
      continue;
    if (!may_be_furniture(s, n)) continue;
    if (ld_lexicon_has(LD_RELATED, s, s[n - 1] == ':' ? n - 1 : n)) {
      i = mark_related(p, i) - 1;
      continue;
    }
    if (read_editor(p, i)) continue;
    if (ld_page_is_ornament(s, n) || is_furniture(s, n))
      ld_page_mark(p, i, LD_BOILERPLATE);
    else if (n < 40 &&
             ld_lexicon_has(LD_STATEMENT_FRAME, s,
                            n - (ld_page_ends_with_stop(s, n) ||
                                 s[n - 1] == ':')))
      ld_page_mark(p, i, LD_HEADER);
    else if (is_caption(s, n)) ld_page_mark(p, i, LD_CAPTION);
  }
  p->speech = turns >= 2;
}

/* Who issued it may stand in the last line. */
static void read_signature (page *p) {
  uint32_t i = p->o->count;
  while (i > p->body && p->o->blocks[i - 1].kind == LD_BOILERPLATE) i--;
  if (i <= p->body + 1) return;
  size_t n;
  const char *s = ld_page_at(p, --i, &n);
  if (n > 120 || ld_page_ends_with_stop(s, n) ||
      p->o->blocks[i].kind == LD_ITEM ||
      !ld_lexicon_prefix(LD_ISSUER, s, n))
    return;
  ld_page_mark(p, i, LD_FOOTER);
  ld_page_set_field(p, LD_F_SOURCE, s, n);
}


/* -------------------------------------------------------- language, kind */

static void set_language (page *p) {
  if (ld_page_has_field(p, LD_F_LANG)) return;
  uint32_t begin = p->body < p->o->count ? p->o->blocks[p->body].begin : 0;
  size_t n = p->b->doc->text_length;
  const char *lang = ld_language(p->text + begin, n - begin);
  if (!lang && begin) lang = ld_language(p->text, n);
  if (lang) ld_builder_field(p->b, LD_F_LANG, lang, strlen(lang));
}

static const char *kind_of (const page *p) {
  const char *title = p->b->doc->field[LD_F_TITLE];
  size_t n;
  const char *given = p->hints->kind;
  if (given && (given = ld_given_kind(given, strlen(given))) != NULL)
    return given;
  if (p->hints->wiki) return "wiki";
  if (p->news) return "news";
  if (p->body < p->o->count) {
    for (uint32_t i = p->body > 0 ? p->body - 1 : 0; i <= p->body; i++) {
      const char *s = ld_page_at(p, i, &n);
      if (ld_lexicon_prefix(LD_SALUTATION, s, n)) return "letter";
    }
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

/* A day that is taken where no line tells one. */
static void set_late_date (page *p) {
  const char *date = p->hints->late_date, *how = p->hints->late_how;
  if (!date || ld_page_has_field(p, LD_F_DATE)) return;
  ld_builder_field(p->b, LD_F_DATE, date, strlen(date));
  ld_builder_field(p->b, LD_F_DATE_PRECISION, "day", 3);
  ld_builder_field(p->b, LD_F_DATE_HOW, how, strlen(how));
}

/* Takes the furniture that a reader has found out of the outline: it is among
** the lines of the head no more. False without memory. */
static bool take_furniture (ld_outline *o, ld_outline *furniture) {
  uint32_t kept = 0;
  ld_outline_init(furniture, o->memory);
  for (uint32_t i = 0; i < o->count; i++) {
    const ld_block *b = o->blocks + i;
    if (b->kind == LD_BOILERPLATE)
      ld_outline_add(furniture, b->begin, b->end, LD_BOILERPLATE, b->level);
    else
      o->blocks[kept++] = *b;
  }
  o->count = kept;
  return !furniture->failed;
}

/* Puts it back in its place: an empty block comes after the one it is in, and
** before the one that begins there, as what it stands for does. */
static void put_back (ld_outline *o, const ld_outline *furniture) {
  uint32_t from = o->count, count = furniture->count;
  for (uint32_t i = 0; i < count; i++)        /* room for them */
    ld_outline_add(o, 0, 0, LD_BOILERPLATE, 0);
  if (o->failed) return;
  for (uint32_t at = o->count; count; at--) {
    const ld_block *next = furniture->blocks + count - 1;
    bool last = from == 0 || o->blocks[from - 1].begin < next->begin;
    o->blocks[at - 1] = last ? *next : o->blocks[from - 1];
    if (last) count--;
    else from--;
  }
}

static void read_page (page *p) {
  set_wiki(p);
  ld_page_read_head(p);
  ld_page_read_dateline(p);
  set_late_date(p);
  read_rest(p);
  read_signature(p);
  ld_page_infer_date(p);
  set_language(p);
  const char *kind = kind_of(p);
  ld_builder_field(p->b, LD_F_KIND, kind, strlen(kind));
}

void ld_read_metadata (ld_builder *b, ld_outline *o, const ld_hints *hints) {
  if (!b->doc || o->failed || b->failure) return;
  page p = { b, o, hints, b->doc->text, 0, false, false, false, false };
  ld_outline furniture;
  if (take_furniture(o, &furniture)) {
    read_page(&p);
    put_back(o, &furniture);
  } else {
    o->failed = true;
  }
  ld_outline_free(&furniture);
}
