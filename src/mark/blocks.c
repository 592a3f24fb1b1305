/*
** blocks.c - from lines to headings, paragraphs and list items.
**
** A line is a block of its own, unless the text is wrapped at a width: then a
** paragraph is what stands between blank lines. Each line is judged by how it
** begins and ends and how long it is; only long ones are searched for lists
** that were run together. Time is linear in the text.
*/
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "mark/mark.h"

enum {
  HEADING_MAX = 120,     /* bytes of a heading in a script like Latin */
  HEADING_WORDS = 16,
  RUN_ON_MIN = 300,      /* a shorter paragraph holds no run-on list */
  AHEAD = 8000,          /* how far the second of a list is looked for */
  WRAP_MAX = 130,        /* bytes of the longest line of a wrapped text */
  WRAP_SAMPLE = 500      /* lines looked at to tell whether it is wrapped */
};


/* --------------------------------------------------------------- outline */

void ld_outline_init (ld_outline *o, ld_memory *memory) {
  memset(o, 0, sizeof *o);
  o->memory = memory;
}

static bool room (ld_outline *o) {
  if (o->count < o->size) return true;
  uint32_t size = o->size ? o->size * 2 : 64;
  ld_block *blocks = ld_memory_resize(o->memory, o->blocks,
                                      o->size * sizeof *blocks,
                                      size * sizeof *blocks);
  if (!blocks) { o->failed = true; return false; }
  o->blocks = blocks;
  o->size = size;
  return true;
}

void ld_outline_add (ld_outline *o, uint32_t begin, uint32_t end,
                     enum ld_block_kind kind, unsigned level) {
  if (o->failed || !room(o)) return;
  ld_block block = { begin, end, (uint8_t)kind, (uint8_t)level, 0 };
  o->blocks[o->count++] = block;
}

void ld_outline_split (ld_outline *o, const char *text, uint32_t i,
                       uint32_t offset, enum ld_block_kind kind,
                       unsigned level) {
  if (o->failed || !room(o)) return;
  memmove(o->blocks + i + 1, o->blocks + i,
          (o->count++ - i) * sizeof *o->blocks);
  ld_block *head = o->blocks + i, *tail = head + 1;
  head->end = (uint32_t)(ld_trim_space(text + head->begin, text + offset) -
                         text);
  head->kind = (uint8_t)kind;
  head->level = (uint8_t)level;
  tail->begin = (uint32_t)(ld_skip_space(text + offset, text + tail->end) -
                           text);
  /* Marks of footnotes that stood in the head go before the tail. */
  for (const ld_block *last = o->blocks + o->count - 1;
       tail < last && tail[1].begin == tail[1].end &&
       tail[1].begin <= tail->begin; tail++) {
    const ld_block mark = tail[1];
    tail[1] = tail[0];
    tail[0] = mark;
  }
}

void ld_outline_free (ld_outline *o) {
  ld_memory_free(o->memory, o->blocks, o->size * sizeof *o->blocks);
  o->blocks = NULL;
  o->count = o->size = 0;
}


/* ---------------------------------------------------------- list markers */

enum marker_kind { NO_MARKER, BULLET, NUMBER, LETTER, ROMAN };

/* A list marker: its kind, its value (from 1) and where the content begins. */
typedef struct marker {
  enum marker_kind kind;
  unsigned value;
  const char *content;
} marker;

/* Bytes of a bullet at p that needs no company, or 0. */
static size_t bullet_at (const char *p, const char *end) {
  static const char *const bullets[] = {
    "\xE2\x80\xA2", "\xE2\x80\xA3", "\xE2\x97\x8F", "\xE2\x97\x8B",
    "\xE2\x96\xAA", "\xE2\x96\xAB", "\xE2\x96\xA0", "\xE2\x96\xA1",
    "\xE2\x97\xA6", "\xE2\x9E\xA2", "\xE2\x9C\x93", "\xE2\x9C\x94",
    "\xEF\x82\xB7", "\xE2\x9E\x94", "\xE2\x9D\x96"
  };
  if (end - p < 3 || (unsigned char)*p < 0xE2) return 0;
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
    if (memcmp(p, bullets[i], 3) == 0) return 3;
  return 0;
}

/* Bytes of a dash or star at p that makes a list when a space follows. */
static size_t dash_at (const char *p, const char *end) {
  size_t n = 0;
  if (p < end && (*p == '-' || *p == '*')) n = 1;
  else if (end - p >= 3 && (memcmp(p, "\xE2\x80\x93", 3) == 0 ||
                            memcmp(p, "\xE2\x80\x94", 3) == 0)) n = 3;
  else if (end - p >= 2 && memcmp(p, "\xC2\xB7", 2) == 0) n = 2;
  return n && p + n < end && ld_skip_space(p + n, end) > p + n ? n : 0;
}

static unsigned roman_value (const char *p, size_t n) {
  if (!strchr("ivx", *p)) return 0;
  static const char *const numerals[] = { "i", "ii", "iii", "iv", "v", "vi",
                                          "vii", "viii", "ix", "x", "xi",
                                          "xii" };
  for (unsigned i = 0; i < sizeof numerals / sizeof *numerals; i++)
    if (strlen(numerals[i]) == n && memcmp(numerals[i], p, n) == 0)
      return i + 1;
  return 0;
}

/*
** A numbered or lettered marker at p: "1." "1)" "(1)" "a)" "(a)" "iv)" with a
** space after it. 'points' allows the form with a point, which in running text
** needs a sentence end before it.
*/
static marker enumerator_at (const char *p, const char *end, bool points) {
  marker m = { NO_MARKER, 0, p };
  const char *q = p, *word;
  bool bracket = q < end && *q == '(';
  if (bracket) q++;
  word = q;
  while (q < end && q - word < 4 && *q >= '0' && *q <= '9') q++;
  if (q > word) {
    m.kind = NUMBER;
    for (const char *d = word; d < q; d++)
      m.value = m.value * 10 + (unsigned)(*d - '0');
  } else {
    while (q < end && q - word < 5 && *q >= 'a' && *q <= 'z') q++;
    unsigned roman = roman_value(word, (size_t)(q - word));
    if (roman) {
      m.kind = ROMAN;
      m.value = roman;
    } else if (q - word == 1) {
      m.kind = LETTER;
      m.value = (unsigned)(*word - 'a') + 1;
    }
  }
  if (!m.kind || q >= end || m.value == 0 ||
      (*q != ')' && !(points && *q == '.' && m.kind == NUMBER && !bracket)))
    m.kind = NO_MARKER;
  if (m.kind) m.content = ld_skip_space(q + 1, end);
  if (m.kind && (m.content == q + 1 || m.content == end)) m.kind = NO_MARKER;
  return m;
}

static marker marker_at (const char *p, const char *end) {
  size_t n = bullet_at(p, end);
  if (!n) n = dash_at(p, end);
  if (n) {
    marker m = { BULLET, 0, ld_skip_space(p + n, end) };
    if (m.content == end) m.kind = NO_MARKER;
    return m;
  }
  return enumerator_at(p, end, true);
}

/* Depth of a heading by its marker: below the title and plain headings. */
static unsigned level_of (enum marker_kind kind) {
  return kind == NUMBER ? 3 : kind == LETTER ? 4 : kind == ROMAN ? 5 : 2;
}


/* ---------------------------------------------------- headings in a line */

/* The word that begins at or after p: its end, its start in '*word'. A mark
** other than those that stand inside a heading ends the search: NULL. */
static const char *next_word (const char *p, const char *end,
                              const char **word) {
  int n;
  for (; p < end; p += n) {
    enum ld_class k = ld_class_at(p, end, &n);
    if (ld_is_letter(k) || k == LD_DIGIT) break;
    if (k != LD_SPACE && k != LD_DASH && *p != '&' && *p != ',' && *p != '(' &&
        *p != ')' && *p != '/')
      return NULL;
  }
  *word = p;
  for (; p < end; p += n) {
    enum ld_class k = ld_class_at(p, end, &n);
    if (!ld_is_letter(k) && k != LD_DIGIT && k != LD_MARK &&
        k != LD_APOSTROPHE && *p != '-')
      break;
  }
  return p > *word ? p : NULL;
}

typedef struct word_span { const char *begin, *end; } word_span;

static bool listed (const word_span *w, enum ld_list list) {
  return ld_lexicon_has(list, w->begin, (size_t)(w->end - w->begin));
}

static bool is_capital (const word_span *w) {
  int n;
  return ld_class_at(w->begin, w->end, &n) == LD_UPPER;
}

static bool same_word (const word_span *a, const word_span *b) {
  char x[256], y[256];
  size_t n = (size_t)(a->end - a->begin), m = (size_t)(b->end - b->begin);
  if (n > 60 || m > 60) return false;
  n = ld_fold(a->begin, n, x, sizeof x);
  m = ld_fold(b->begin, m, y, sizeof y);
  return n == m && memcmp(x, y, n) == 0;
}

/* Does word i of n, after others, begin the sentence below a heading? */
static bool begins_body (const word_span *w, int i, int n) {
  if (i == 0 || !is_capital(w + i)) return false;
  if (same_word(w + i, w) && !listed(w + i - 1, LD_TITLE_SMALL)) return true;
  if (listed(w + i - 1, LD_TITLE_SMALL)) return false;
  if (listed(w + i, LD_STARTER)) return true;
  for (int k = i + 1; k < n && k <= i + 2 && !is_capital(w + k); k++)
    if (listed(w + k, LD_AUXILIARY)) return true;
  return false;
}

/* The last capitalised word before the first that a heading would capitalise
** and that is small, 0 for none: "Armed Conflicts Disputes, within a country".
*/
static int last_capital (const word_span *w, int n) {
  int last = 0;
  for (int i = 1; i < n; i++) {
    if (is_capital(w + i)) last = i;
    else if (!listed(w + i, LD_TITLE_SMALL)) return last;
  }
  return 0;
}

/*
** Where the sentence begins that follows a heading without a stop between them
** ("a) Trade Trade is ..."), or NULL when [p, end) does not begin so. 'whole'
** says that all of it is a heading. 'guess' lets capitals alone decide, for a
** list whose other entries have headings.
*/
static const char *body_after (const char *p, const char *end, bool guess,
                               bool *whole) {
  word_span words[HEADING_WORDS + 4];
  int n = 0;
  *whole = false;
  const char *q = p;
  while (n < HEADING_WORDS + 4) {
    const char *next = next_word(q, end, &words[n].begin);
    if (!next) break;
    q = words[n++].end = next;
  }
  if (n > 0 && !is_capital(words)) return NULL;
  for (int i = 1; i < n && i < HEADING_WORDS; i++)
    if (begins_body(words, i, n)) return words[i].begin;
  *whole = n > 0 && n < HEADING_WORDS && ld_skip_space(q, end) == end;
  int last = guess && !*whole ? last_capital(words, n) : 0;
  return last ? words[last].begin : NULL;
}


/* --------------------------------------------------------- run-on lists */

/* Whether what stands before p allows a list marker there. */
static bool after_stop (const char *begin, const char *p) {
  p = ld_trim_space(begin, p);
  return p == begin || strchr(".;:!?", p[-1]) != NULL;
}

typedef struct run_on {
  ld_outline *outline;
  const char *text, *begin, *end;
  unsigned last[ROMAN + 1];       /* value of the last marker of each kind */
  bool headed[ROMAN + 1];         /* some entries of that kind have headings */
} run_on;

/* Markers follow each other: 1 or the next one; a letter that is also a
** numeral counts as what continues its own list. */
static bool in_sequence (run_on *r, marker *m) {
  if (m->kind == BULLET) return true;
  if (m->kind == ROMAN && m->value == 1) {
    /* "i)" after "h)" is the ninth letter, unless "ii)" follows it. */
    size_t ahead = (size_t)(r->end - m->content);
    if (ahead > AHEAD) ahead = AHEAD;
    if (r->last[LETTER] == 8 && !memmem(m->content, ahead, " ii) ", 5)) {
      m->kind = LETTER;
      m->value = 9;
    }
  }
  if (m->value != 1 && m->value != r->last[m->kind] + 1) return false;
  r->last[m->kind] = m->value;
  for (unsigned k = m->kind + 1; k <= ROMAN; k++) r->last[k] = 0;
  return true;
}

/* "(a)" lists what follows only where a clause has ended, or an "and" joins the
** last entry; elsewhere it names a paragraph of something. */
static bool may_list (const run_on *r, const char *p, const marker *m) {
  const char *before = ld_trim_space(r->begin, p);
  if (before == r->begin || strchr(".;:", before[-1])) return true;
  return m->value > 1 && before - r->begin > 5 &&
         (!memcmp(before - 4, " and", 4) || !memcmp(before - 3, " or", 3)) &&
         (before[-5] == ';' || before[-4] == ';' || before[-5] == ',' ||
          before[-4] == ',');
}

/* The next marker at or after p; '*start' is where it stands. */
static marker find_marker (run_on *r, const char *p, const char **start) {
  marker none = { NO_MARKER, 0, r->end };
  for (; p < r->end; p++) {
    if ((unsigned char)*p == 0xE2 || (unsigned char)*p == 0xEF) {
      size_t n = bullet_at(p, r->end);
      if (n) {
        marker m = { BULLET, 0, ld_skip_space(p + n, r->end) };
        *start = p;
        return m;
      }
    } else if ((p == r->begin || p[-1] == ' ') &&
               ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') ||
                *p == '(')) {
      marker m = enumerator_at(p, r->end, after_stop(r->begin, p));
      if (m.kind && (*p != '(' || may_list(r, p, &m)) && in_sequence(r, &m)) {
        *start = p;
        return m;
      }
    }
  }
  *start = r->end;
  return none;
}

static void add_trimmed (run_on *r, const char *p, const char *q,
                         enum ld_block_kind kind, unsigned level) {
  p = ld_skip_space(p, q);
  q = ld_trim_space(p, q);
  if (p < q)
    ld_outline_add(r->outline, (uint32_t)(p - r->text),
                   (uint32_t)(q - r->text), kind, level);
}

/* An item that is the last of its list: prose may follow it after a stop, or
** with no stop at all. */
static void add_item (run_on *r, const char *p, const char *q, bool last) {
  bool whole;
  const char *body = last ? body_after(p, q, false, &whole) : NULL;
  if (!body && last) {
    const char *stop = memmem(p, (size_t)(q - p), ". ", 2);
    if (stop) body = stop + 1;
  }
  add_trimmed(r, p, body ? body : q, LD_ITEM, 1);
  if (body) add_trimmed(r, body, q, LD_PARAGRAPH, 0);
}

static void add_numbered (run_on *r, const marker *m, const char *start,
                          const char *q) {
  bool whole;
  const char *body = body_after(m->content, q, r->headed[m->kind], &whole);
  if (body) {
    add_trimmed(r, start, body, LD_HEADING, level_of(m->kind));
    add_trimmed(r, body, q, LD_PARAGRAPH, 0);
  } else {
    add_trimmed(r, start, q, whole ? LD_HEADING : LD_ITEM,
                whole ? level_of(m->kind) : 1);
  }
}

/* May a marker end with the sign at p: the last byte of a bullet (their first
** ones are those of quotation marks, too), a closing bracket soon after a
** space, a point after a number? */
static bool is_sign (const char *begin, const char *p, const char *end) {
  ptrdiff_t at = p - begin;
  if (*p == '.')
    return at > 0 && p[-1] >= '0' && p[-1] <= '9' &&
           (p + 1 == end || p[1] == ' ');
  if (*p == ')')
    return at < 4 || p[-2] == ' ' || p[-3] == ' ' || p[-4] == ' ';
  return at >= 2 && bullet_at(p - 2, p + 1) > 0;
}

#if defined(__SSE2__) && !defined(LD_SMALL)
/* Bytes equal to c, 255 each. */
static inline __m128i equal (__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}
#endif

/* Could two markers stand here? Most paragraphs are passed over by this, which
** looks for bytes that a marker must have and that are rare in prose. */
static bool may_have_list (const char *begin, const char *end) {
  int found = 0;
  const char *p = begin;
#if defined(__SSE2__) && !defined(LD_SMALL)
  for (; end - p >= 16; p += 16) {
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i rare = _mm_or_si128(equal(c, ')'), equal(c, '\xA2'));
    __m128i digit = _mm_sub_epi8(c, _mm_set1_epi8('0'));
    rare = _mm_or_si128(rare, _mm_or_si128(equal(c, '\xAA'),
                                           equal(c, '\x8F')));
    rare = _mm_or_si128(rare, _mm_or_si128(equal(c, '\xA6'),
                                           equal(c, '\xB7')));
    digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    unsigned points = (unsigned)_mm_movemask_epi8(equal(c, '.'));
    unsigned bits = (unsigned)_mm_movemask_epi8(rare) |
                    (points & ((unsigned)_mm_movemask_epi8(digit) << 1 | 1));
    for (; bits; bits &= bits - 1) {
      found += is_sign(begin, p + __builtin_ctz(bits), end);
      if (found == 2) return true;
    }
  }
#endif
  for (; p < end && found < 2; p++)
    if (strchr(").\xA2\xAA\x8F\xA6\xB7", *p) && *p)
      found += is_sign(begin, p, end);
  return found == 2;
}

/* At least two markers make a list. */
static bool has_list (run_on *r) {
  if (!may_have_list(r->begin, r->end)) return false;
  run_on copy = *r;
  const char *p = r->begin;
  for (int n = 0; n < 2; n++) {
    const char *start;
    marker m = find_marker(&copy, p, &start);
    if (!m.kind) return false;
    p = m.content;
  }
  return true;
}

/* Goes through the markers once to see which kinds number headings. */
static void find_headed (run_on *r) {
  run_on copy = *r;
  const char *start;
  marker m = find_marker(&copy, r->begin, &start);
  while (m.kind) {
    bool whole;
    marker next = find_marker(&copy, m.content, &start);
    if (m.kind != BULLET && body_after(m.content, start, false, &whole))
      r->headed[m.kind] = true;
    m = next;
  }
}

void ld_mark_run_on (ld_outline *outline, const char *text, uint32_t begin,
                     uint32_t end) {
  run_on r = { outline, text, text + begin, text + end, { 0 },
               { false } };
  if (end - begin < RUN_ON_MIN || !has_list(&r)) {
    ld_outline_add(outline, begin, end, LD_PARAGRAPH, 0);
    return;
  }
  find_headed(&r);
  const char *start;
  marker m = find_marker(&r, r.begin, &start);
  add_trimmed(&r, r.begin, start, LD_PARAGRAPH, 0);
  while (m.kind) {
    const char *here = start;
    marker next = find_marker(&r, m.content, &start);
    if (m.kind == BULLET)
      add_item(&r, m.content, start, next.kind != BULLET);
    else
      add_numbered(&r, &m, here, start);
    m = next;
  }
}


/* ----------------------------------------------------------------- lines */

typedef struct lines {
  ld_outline *outline;
  const char *text, *end;
  char newline;
  uint32_t wrap;          /* width of a wrapped text, or 0 */
} lines;

/* One line without its white space; next is where the one after it begins: past
** the last one, begin is the text's end. */
typedef struct line { const char *begin, *end, *next; } line;

static line line_at (const lines *l, const char *p) {
  const char *q = memchr(p, l->newline, (size_t)(l->end - p));
  line found = { p, q ? q : l->end, q ? q + 1 : l->end };
  found.begin = ld_skip_space(p, found.end);
  found.end = ld_trim_space(found.begin, found.end);
  return found;
}

static bool is_stop (const line *l) {
  int n;
  if (l->begin == l->end) return false;
  const char *p = l->end;
  enum ld_class k = ld_class_before(l->begin, p, &n);
  while ((k == LD_CLOSE || k == LD_QUOTE || k == LD_APOSTROPHE) &&
         p - n > l->begin) {
    p -= n;
    k = ld_class_before(l->begin, p, &n);
  }
  return k == LD_STOP || strchr(":;,", p[-n]) != NULL ||
         (n == 3 && (!memcmp(p - 3, "\xEF\xBC\x9A", 3) ||
                     !memcmp(p - 3, "\xEF\xBC\x9B", 3) ||
                     !memcmp(p - 3, "\xEF\xBC\x8C", 3)));
}

/* Is the text wrapped at a width? Then most lines that another follows are
** nearly as long as the longest, and end anywhere. */
static uint32_t wrap_width (const lines *l) {
  uint32_t widest = 0, pairs = 0, full = 0, stops = 0, seen = 0;
  for (const char *p = l->text; p < l->end && seen < WRAP_SAMPLE; seen++) {
    line here = line_at(l, p);
    uint32_t n = (uint32_t)(here.end - here.begin);
    if (n > widest) widest = n;
    p = here.next;
  }
  if (widest > WRAP_MAX || widest < 40) return 0;
  seen = 0;
  for (const char *p = l->text; p < l->end && seen < WRAP_SAMPLE; seen++) {
    line here = line_at(l, p), next = line_at(l, here.next);
    if (here.begin < here.end && next.begin < next.end) {
      pairs++;
      full += (uint32_t)(here.end - here.begin) * 4 > widest * 3;
      stops += is_stop(&here);
    }
    p = here.next;
  }
  return pairs >= 3 && full * 10 > pairs * 6 && stops * 10 < pairs * 4 ? widest
                                                                       : 0;
}

/* Does 'next' go on with the paragraph whose last line is 'here'? */
static bool continues (const lines *l, const line *here, const line *next) {
  if (!l->wrap || next->begin == next->end) return false;
  if (marker_at(next->begin, next->end).kind) return false;
  int n;
  return (uint32_t)(here->end - here->begin) * 2 > l->wrap ||
         ld_class_at(next->begin, next->end, &n) == LD_LOWER;
}

static uint32_t count_words (const line *l) {
  uint32_t words = 0;
  bool inside = false;
  int n;
  for (const char *p = l->begin; p < l->end; p += n) {
    enum ld_class k = ld_class_at(p, l->end, &n);
    if (k == LD_IDEOGRAPH) { words++; inside = false; continue; }
    words += k != LD_SPACE && !inside;
    inside = k != LD_SPACE;
  }
  return words;
}

/* A line that breaks off, or a turn of a conversation: "MR PRICE: Well -". */
static bool is_speech (const line *l) {
  int n;
  if (ld_class_before(l->begin, l->end, &n) == LD_DASH) return true;
  const char *colon = memchr(l->begin, ':', (size_t)(l->end - l->begin));
  if (!colon || colon - l->begin > 50) return false;
  int capitals = 0;
  for (const char *p = l->begin; p < colon; p += n) {
    enum ld_class k = ld_class_at(p, colon, &n);
    if (k == LD_LOWER || k == LD_DIGIT) return false;
    capitals += k == LD_UPPER;
  }
  return capitals > 3;
}

/* A short line that ends without a stop and begins as a heading may. */
static bool is_heading (const line *l, const char *content) {
  int n;
  if (l->end - l->begin > HEADING_MAX || is_stop(l) || is_speech(l))
    return false;
  enum ld_class k = ld_class_at(content, l->end, &n);
  return k != LD_LOWER && count_words(l) <= HEADING_WORDS + 8;
}

static void add (const lines *l, const line *at, const char *from,
                 enum ld_block_kind kind, unsigned level) {
  ld_outline_add(l->outline, (uint32_t)(from - l->text),
                 (uint32_t)(at->end - l->text), kind, level);
}

/* A line with a marker: an item, or a numbered heading when what it numbers is
** short and no line beside it is of the same list. */
static void add_marked (const lines *l, const line *at, const marker *m,
                        enum marker_kind before, enum marker_kind after) {
  if (m->kind == BULLET)
    add(l, at, m->content, LD_ITEM, 1);
  else if (is_heading(at, m->content) && before != m->kind && after != m->kind)
    add(l, at, at->begin, LD_HEADING, level_of(m->kind));
  else if (at->end - at->begin > RUN_ON_MIN)
    ld_mark_run_on(l->outline, l->text, (uint32_t)(at->begin - l->text),
                   (uint32_t)(at->end - l->text));
  else
    add(l, at, at->begin, LD_ITEM, 1);
}

/* How deep a number such as "1.2.3" at the front is: 2 for that, else 0. */
static unsigned number_depth (const line *l) {
  unsigned depth = 0;
  const char *p = l->begin;
  while (p < l->end && *p >= '0' && *p <= '9') p++;
  while (l->end - p > 1 && p > l->begin && *p == '.' && p[1] >= '0' &&
         p[1] <= '9') {
    depth++;
    for (p++; p < l->end && *p >= '0' && *p <= '9'; p++) { }
  }
  return p < l->end && *p == ' ' ? depth : 0;
}

void ld_mark_lines (ld_outline *outline, const char *text, size_t n) {
  lines l = { outline, text, text + n, '\n', 0 };
  if (!memchr(text, '\n', n) && memchr(text, '\r', n)) l.newline = '\r';
  l.wrap = wrap_width(&l);
  enum marker_kind before = NO_MARKER;
  line next = line_at(&l, text);
  while (next.begin < l.end && !outline->failed) {
    line here = next, last = here;
    next = line_at(&l, here.next);
    if (here.begin == here.end) continue;
    marker m = marker_at(here.begin, here.end);
    while (continues(&l, &last, &next)) {
      here.end = next.end;
      last = next;
      next = line_at(&l, next.next);
    }
    marker after = { NO_MARKER, 0, NULL };
    if (next.begin < next.end) after = marker_at(next.begin, next.end);
    unsigned depth = m.kind ? 0 : number_depth(&here);
    if (m.kind)
      add_marked(&l, &here, &m, before, after.kind);
    else if (memchr(here.begin, '\t', (size_t)(here.end - here.begin)))
      add(&l, &here, here.begin, LD_TABLE, 0);
    else if (depth && is_heading(&here, here.begin))
      add(&l, &here, here.begin, LD_HEADING, level_of(NUMBER) + depth);
    else if (is_heading(&here, here.begin))
      add(&l, &here, here.begin, LD_HEADING, 2);
    else
      ld_mark_run_on(outline, text, (uint32_t)(here.begin - text),
                     (uint32_t)(here.end - text));
    before = m.kind;
  }
}
