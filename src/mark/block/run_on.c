/*
** run_on.c - list markers, and lists that were run together in one long line.
*/
#include <string.h>

#include "mark/block/block.h"

/* The small build tries the plain code. */
#if defined(LD_VECTOR_CODE) && !defined(LD_SMALL)
#define FAST
#include <immintrin.h>
#endif

enum { AHEAD = 8000 };     /* how far the second of a list is looked for */

/* ---------------------------------------------------------- list markers */

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
  if (n == 0 || !strchr("ivx", *p)) return 0;
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
static ld_marker enumerator_at (const char *p, const char *end, bool points) {
  ld_marker m = { LD_MARKER_NONE, 0, p };
  const char *q = p, *word;
  bool bracket = q < end && *q == '(';
  if (bracket) q++;
  word = q;
  while (q < end && q - word < 4 && *q >= '0' && *q <= '9') q++;
  if (q > word) {
    m.kind = LD_MARKER_NUMBER;
    for (const char *d = word; d < q; d++)
      m.value = m.value * 10 + (unsigned)(*d - '0');
  } else {
    while (q < end && q - word < 5 && *q >= 'a' && *q <= 'z') q++;
    unsigned roman = roman_value(word, (size_t)(q - word));
    if (roman) {
      m.kind = LD_MARKER_ROMAN;
      m.value = roman;
    } else if (q - word == 1) {
      m.kind = LD_MARKER_LETTER;
      m.value = (unsigned)(*word - 'a') + 1;
    }
  }
  if (!m.kind || q >= end || m.value == 0 ||
      (*q != ')' && !(points && *q == '.' && m.kind == LD_MARKER_NUMBER && !bracket)))
    m.kind = LD_MARKER_NONE;
  if (m.kind) m.content = ld_skip_space(q + 1, end);
  if (m.kind && (m.content == q + 1 || m.content == end)) m.kind = LD_MARKER_NONE;
  return m;
}

ld_marker ld_marker_at (const char *p, const char *end) {
  size_t n = bullet_at(p, end);
  if (!n) n = dash_at(p, end);
  if (n) {
    ld_marker m = { LD_MARKER_BULLET, 0, ld_skip_space(p + n, end) };
    if (m.content == end) m.kind = LD_MARKER_NONE;
    return m;
  }
  return enumerator_at(p, end, true);
}

/* Depth of a heading by its marker: below the title and plain headings. */
unsigned ld_marker_level (enum ld_marker_kind kind) {
  return kind == LD_MARKER_NUMBER ? 3 : kind == LD_MARKER_LETTER ? 4 : kind == LD_MARKER_ROMAN ? 5 : 2;
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
  word_span words[LD_HEADING_WORDS + 4];
  int n = 0;
  *whole = false;
  const char *q = p;
  while (n < LD_HEADING_WORDS + 4) {
    const char *next = next_word(q, end, &words[n].begin);
    if (!next) break;
    q = words[n++].end = next;
  }
  if (n > 0 && !is_capital(words)) return NULL;
  for (int i = 1; i < n && i < LD_HEADING_WORDS; i++)
    if (begins_body(words, i, n)) return words[i].begin;
  *whole = n > 0 && n < LD_HEADING_WORDS && ld_skip_space(q, end) == end;
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
  unsigned last[LD_MARKER_ROMAN + 1];       /* value of the last marker of each kind */
  bool headed[LD_MARKER_ROMAN + 1];         /* some entries of that kind have headings */
} run_on;

/* Markers follow each other: 1 or the next one; a letter that is also a
** numeral counts as what continues its own list. */
static bool in_sequence (run_on *r, ld_marker *m) {
  if (m->kind == LD_MARKER_BULLET) return true;
  if (m->kind == LD_MARKER_ROMAN && m->value == 1) {
    /* "i)" after "h)" is the ninth letter, unless "ii)" follows it. */
    size_t ahead = (size_t)(r->end - m->content);
    if (ahead > AHEAD) ahead = AHEAD;
    if (r->last[LD_MARKER_LETTER] == 8 && !memmem(m->content, ahead, " ii) ", 5)) {
      m->kind = LD_MARKER_LETTER;
      m->value = 9;
    }
  }
  if (m->value != 1 && m->value != r->last[m->kind] + 1) return false;
  r->last[m->kind] = m->value;
  for (unsigned k = m->kind + 1; k <= LD_MARKER_ROMAN; k++) r->last[k] = 0;
  return true;
}

/* "(a)" lists what follows only where a clause has ended, or an "and" joins the
** last entry; elsewhere it names a paragraph of something. */
static bool may_list (const run_on *r, const char *p, const ld_marker *m) {
  const char *before = ld_trim_space(r->begin, p);
  if (before == r->begin || strchr(".;:", before[-1])) return true;
  return m->value > 1 && before - r->begin > 5 &&
         (!memcmp(before - 4, " and", 4) || !memcmp(before - 3, " or", 3)) &&
         (before[-5] == ';' || before[-4] == ';' || before[-5] == ',' ||
          before[-4] == ',');
}

/* The next marker at or after p; '*start' is where it stands. */
static ld_marker find_marker (run_on *r, const char *p, const char **start) {
  ld_marker none = { LD_MARKER_NONE, 0, r->end };
  for (; p < r->end; p++) {
    if ((unsigned char)*p == 0xE2 || (unsigned char)*p == 0xEF) {
      size_t n = bullet_at(p, r->end);
      if (n) {
        ld_marker m = { LD_MARKER_BULLET, 0, ld_skip_space(p + n, r->end) };
        *start = p;
        return m;
      }
    } else if ((p == r->begin || p[-1] == ' ') &&
               ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') ||
                *p == '(')) {
      ld_marker m = enumerator_at(p, r->end, after_stop(r->begin, p));
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

static void add_numbered (run_on *r, const ld_marker *m, const char *start,
                          const char *q) {
  bool whole;
  const char *body = body_after(m->content, q, r->headed[m->kind], &whole);
  if (body) {
    add_trimmed(r, start, body, LD_HEADING, ld_marker_level(m->kind));
    add_trimmed(r, body, q, LD_PARAGRAPH, 0);
  } else {
    add_trimmed(r, start, q, whole ? LD_HEADING : LD_ITEM,
                whole ? ld_marker_level(m->kind) : 1);
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

/*
** Which of 64 bytes a marker must have and prose rarely has: ')', a point after a digit (or the first one), and
** the last bytes of bullets; a bit each.
*/
#ifdef FAST
static const char rare[] = ")\xA2\xAA\x8F\xA6\xB7";

static uint64_t signs (const char *p) {
  uint64_t found = 0, digits = 0, points = 0;
  for (int i = 0; i < 4; i++) {
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
    __m128i odd = _mm_cmpeq_epi8(c, _mm_set1_epi8(rare[0]));
    for (int k = 1; k < 6; k++)
      odd = _mm_or_si128(odd, _mm_cmpeq_epi8(c, _mm_set1_epi8(rare[k])));
    __m128i digit = _mm_sub_epi8(c, _mm_set1_epi8('0'));
    digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    __m128i point = _mm_cmpeq_epi8(c, _mm_set1_epi8('.'));
    found |= (uint64_t)(unsigned)_mm_movemask_epi8(odd) << 16 * i;
    digits |= (uint64_t)(unsigned)_mm_movemask_epi8(digit) << 16 * i;
    points |= (uint64_t)(unsigned)_mm_movemask_epi8(point) << 16 * i;
  }
  return found | (points & (digits << 1 | 1));
}

LD_WIDE_CODE
static uint64_t signs_wide (const char *p) {
  __m512i c = _mm512_loadu_si512(p);
  uint64_t found = 0;
  for (int k = 0; k < 6; k++)
    found |= _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8(rare[k]));
  uint64_t digits = _mm512_cmplt_epu8_mask(
      _mm512_sub_epi8(c, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
  uint64_t points = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8('.'));
  return found | (points & (digits << 1 | 1));
}
#else
static uint64_t signs (const char *p) {
  uint64_t found = 0;
  for (int i = 0; i < 64; i++)
    if (p[i] && strchr(").\xA2\xAA\x8F\xA6\xB7", p[i]))
      found |= (uint64_t)1 << i;
  return found;
}
#define signs_wide signs
#endif

/* Could two markers stand here? Most paragraphs are passed over by this. */
static bool may_have_list (const char *begin, const char *end) {
  bool wide = ld_scan_speed() == LD_WIDE;
  int found = 0;
  for (const char *p = begin; p < end; p += 64) {
    char last[64] = { 0 };      /* a text in the making has no padding yet */
    const char *row = p;
    if (end - p < 64) row = memcpy(last, p, (size_t)(end - p));
    uint64_t bits = wide ? signs_wide(row) : signs(row);
    for (; bits; bits &= bits - 1) {
      found += is_sign(begin, p + __builtin_ctzll(bits), end);
      if (found == 2) return true;
    }
  }
  return false;
}

/* At least two markers make a list. */
static bool has_list (run_on *r) {
  if (!may_have_list(r->begin, r->end)) return false;
  run_on copy = *r;
  const char *p = r->begin;
  for (int n = 0; n < 2; n++) {
    const char *start;
    ld_marker m = find_marker(&copy, p, &start);
    if (!m.kind) return false;
    p = m.content;
  }
  return true;
}

/* Goes through the markers once to see which kinds number headings. */
static void find_headed (run_on *r) {
  run_on copy = *r;
  const char *start;
  ld_marker m = find_marker(&copy, r->begin, &start);
  while (m.kind) {
    bool whole;
    ld_marker next = find_marker(&copy, m.content, &start);
    if (m.kind != LD_MARKER_BULLET && body_after(m.content, start, false, &whole))
      r->headed[m.kind] = true;
    m = next;
  }
}

/* The last byte before p that is no blank, or 0. */
static char mark_before (const char *begin, const char *p) {
  while (p > begin && (p[-1] == ' ' || p[-1] == '\n')) p--;
  return p > begin ? p[-1] : '\0';
}

/* Has a short paragraph a list all the same: bullets, the first of them behind a colon or a
** semicolon, the second behind the end of an item? */
static bool is_bulleted (const char *begin, const char *end) {
  static const char bullet[] = "\xE2\x80\xA2";
  const char *first = memmem(begin, (size_t)(end - begin), bullet, 3);
  const char *second = first ? memmem(first + 3, (size_t)(end - first - 3), bullet, 3) : NULL;
  if (!second) return false;
  const char opens = mark_before(begin, first), ends = mark_before(begin, second);
  return (opens == ':' || opens == ';') && (ends == ';' || ends == '.' || ends == ',');
}

void ld_mark_run_on (ld_outline *outline, const char *text, uint32_t begin,
                     uint32_t end) {
  run_on r = { outline, text, text + begin, text + end, { 0 },
               { false } };
  const bool may = end - begin >= LD_RUN_ON_MIN || is_bulleted(r.begin, r.end);
  if (!may || !has_list(&r)) {
    ld_outline_add(outline, begin, end, LD_PARAGRAPH, 0);
    return;
  }
  find_headed(&r);
  const char *start;
  ld_marker m = find_marker(&r, r.begin, &start);
  add_trimmed(&r, r.begin, start, LD_PARAGRAPH, 0);
  while (m.kind) {
    const char *here = start;
    ld_marker next = find_marker(&r, m.content, &start);
    if (m.kind == LD_MARKER_BULLET)
      add_item(&r, m.content, start, next.kind != LD_MARKER_BULLET);
    else
      add_numbered(&r, &m, here, start);
    m = next;
  }
}
