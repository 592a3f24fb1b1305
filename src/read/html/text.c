/*
** text.c - the text of a block: white space folded, references decoded, line
** breaks, and the small marks that are not read as they are written.
**
** White space is held back until text follows it, so that none stands at the
** edges of a block or before a gap.
*/
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "read/html/html.h"

enum {
  MARK_BYTES = 400,       /* of a footnote's mark with its tags, ... */
  MARK_PIECES = 16,       /* so many of them and of stretches of text, ... */
  MARK_MAX = 8            /* and bytes of the mark itself */
};

static bool is_space (char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void start_block (ld_html *w, size_t at) {
  const ld_html_open *top = ld_html_top(w);
  if (ld_builder_at(w->builder))          /* blocks stand apart */
    ld_input_replace(w->builder, w->in, "\n\n", 2, at, at);
  w->started = true;
  w->lines = false;
  w->begin = ld_builder_at(w->builder);
  w->region = top->region;
  w->kind = top->kind;
  w->level = top->level;
  w->link_bytes = w->bold_bytes = 0;
  w->link_count = w->links > 0;
}

/* A line break: it joins where the sentence plainly goes on, in small letters
** that are no "a)" of a list. */
static void give_break (ld_html *w, const char *next) {
  const char *end = w->markup.bytes + w->markup.n;
  int n;
  bool joins = ld_class_at(next, end, &n) == LD_LOWER && next + n < end &&
               next[n] != ')' && next[n] != '.';
  bool breaks = w->kind != LD_TABLE && !joins;
  w->lines |= breaks;
  ld_input_replace(w->builder, w->in, breaks ? "\n" : " ", 1, w->br_begin,
                   w->br_end);
  w->brs = 0;
}

/* Room for text that begins at byte 'at': a block, or what stands between it
** and the text before. Two line breaks part paragraphs. */
static void prepare (ld_html *w, size_t at) {
  if (w->brs > 1 && w->kind == LD_PARAGRAPH) ld_html_end_block(w);
  if (!w->started) start_block(w, at);
  else if (w->brs) give_break(w, w->markup.bytes + at);
  else if (w->space_end)
    ld_input_replace(w->builder, w->in, " ", 1, w->space_begin, w->space_end);
  w->space_end = 0;
  w->gap = false;
}

static void count (ld_html *w, size_t n) {
  if (w->links) w->link_bytes += (uint32_t)n;
  if (w->bolds) w->bold_bytes += (uint32_t)n;
}

/* Bytes of the page as they are. */
static void give (ld_html *w, size_t begin, size_t end) {
  if (begin == end) return;
  prepare(w, begin);
  ld_input_give(w->builder, w->in, begin, end);
  count(w, end - begin);
}

/* White space of any length is one space, once text follows it; but at the
** start of a line it is nothing. */
void ld_html_space (ld_html *w, size_t begin, size_t end) {
  if (w->gap) return;
  w->gap = true;
  w->space_begin = begin;
  w->space_end = end;
}

static void give_reference (ld_html *w, size_t begin, size_t end,
                            const char *bytes, int n) {
  if (n == 1 && is_space(*bytes)) {
    ld_html_space(w, begin, end);
    return;
  }
  prepare(w, begin);
  ld_input_replace(w->builder, w->in, bytes, (size_t)n, begin, end);
  count(w, (size_t)n);
}

/* The next byte from p that needs thought: a reference, or white space other
** than one blank between words. */
static const char *plain_end (const char *p, const char *end) {
#if defined(__SSE2__) && !defined(LD_SMALL)
  const __m128i blank = _mm_set1_epi8(' '), reference = _mm_set1_epi8('&');
  const __m128i control = _mm_set1_epi8(' ' - 1);
  for (; end - p > 16; p += 16) {
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(p + 1));
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(c, control), c);
    __m128i two = _mm_and_si128(_mm_cmpeq_epi8(c, blank),
                                _mm_cmpeq_epi8(_mm_min_epu8(next, blank),
                                               next));
    __m128i found = _mm_or_si128(_mm_or_si128(low, two),
                                 _mm_cmpeq_epi8(c, reference));
    unsigned bits = (unsigned)_mm_movemask_epi8(found);
    if (bits) { p += __builtin_ctz(bits); break; }
  }
#endif
  for (; p < end; p++) {
    if ((unsigned char)*p > ' ' && *p != '&') continue;
    if (*p == '&') break;
    if (is_space(*p) && (*p != ' ' || p + 1 == end || is_space(p[1]))) break;
  }
  return p;
}

static void read_text (ld_html *w, size_t begin, size_t stop,
                       bool references) {
  const char *bytes = w->markup.bytes, *p = bytes + begin;
  const char *end = bytes + stop;
  while (p < end) {
    const char *q = p;
    while (q < end && is_space(*q)) q++;
    if (q > p) ld_html_space(w, (size_t)(p - bytes), (size_t)(q - bytes));
    p = q;
    q = plain_end(p, end);
    char out[4];
    int n;
    size_t taken = q < end && *q == '&' && references
                       ? ld_reference(q, end, false, out, &n) : 0;
    if (q < end && *q == '&' && !taken) q++;      /* just a sign */
    give(w, (size_t)(p - bytes), (size_t)(q - bytes));
    if (taken)
      give_reference(w, (size_t)(q - bytes), (size_t)(q - bytes) + taken, out,
                     n);
    p = q + taken;
  }
}

/* Text inside <pre>: lines and blanks as they are. */
static void read_lines (ld_html *w, size_t begin, size_t stop,
                        bool references) {
  const char *bytes = w->markup.bytes, *p = bytes + begin;
  const char *end = bytes + stop;
  if (!w->started)                   /* blank lines begin nothing */
    while (p < end && is_space(*p)) p++;
  while (p < end) {
    const char *q = references ? memchr(p, '&', (size_t)(end - p)) : NULL;
    char out[4];
    int n;
    size_t taken = q ? ld_reference(q, end, false, out, &n) : 0;
    if (!q) q = end;
    else if (!taken) q++;
    give(w, (size_t)(p - bytes), (size_t)(q - bytes));
    if (taken)
      give_reference(w, (size_t)(q - bytes), (size_t)(q - bytes) + taken, out,
                     n);
    p = q + taken;
  }
  w->lines |= w->started;
}

void ld_html_text (ld_html *w, bool references) {
  const ld_markup *m = &w->markup;
  if (w->in_title) {
    if (!w->title) {
      w->title = m->bytes + m->begin;
      w->title_length = m->end - m->begin;
    }
    w->in_title = false;
    return;
  }
  if (w->hidden) {
    if (!ld_is_blank(m->bytes + m->begin, m->end - m->begin))
      w->hid += m->end - m->begin;
    return;
  }
  if (ld_html_top(w)->pre) read_lines(w, m->begin, m->end, references);
  else read_text(w, m->begin, m->end, references);
}

/* A gap that the page shows without having it. White space before it is part of
** it. */
void ld_html_gap (ld_html *w, const char *gap) {
  if (w->hidden) return;
  w->space_end = 0;
  prepare(w, w->markup.begin);
  ld_input_replace(w->builder, w->in, gap, strlen(gap), w->markup.begin,
                   w->markup.begin);
  w->gap = true;
}

/* Quotation marks stand for the tags of <q>; a tag of three bytes lends two, for
** it is not the mark itself. */
void ld_html_quote (ld_html *w, const char *sign) {
  size_t begin = w->markup.begin, end = w->markup.end;
  if (w->hidden) return;
  prepare(w, begin);
  ld_input_replace(w->builder, w->in, sign, strlen(sign), begin,
                   end - (end - begin == strlen(sign)));
}

void ld_html_break (ld_html *w) {
  if (w->hidden || !w->started) return;
  if (ld_html_top(w)->pre) {
    ld_html_gap(w, "\n");
    w->lines = true;
    return;
  }
  if (!w->brs++) w->br_begin = w->markup.begin;
  w->br_end = w->markup.end;
  w->space_end = 0;
  w->gap = true;
}


/* ------------------------------------------------------------------ marks */

/* A small element and its letters: <sup>, or a link. */
typedef struct mark {
  char letters[MARK_MAX];
  size_t n, end;          /* of them; where the element ends in the page */
  bool link;              /* it is a link into a page, or holds one */
} mark;

static void add_letters (mark *found, const ld_markup *m) {
  char text[4 * MARK_MAX];
  size_t n = ld_markup_decode(m->bytes + m->begin, m->end - m->begin, text,
                              sizeof text, false);
  for (size_t i = 0; i < n; i++)
    if (!is_space(text[i])) {
      if (found->n < MARK_MAX) found->letters[found->n] = text[i];
      found->n++;
    }
}

/* Looks ahead to the end of the element that opens here. False when it has no
** letters, too many, or too much inside. */
static bool find_mark (const ld_html *w, const char *name, mark *found) {
  ld_markup m = w->markup;
  ld_attribute href;
  memset(found, 0, sizeof *found);
  found->link = w->links && w->note_link;
  if (m.end + MARK_BYTES < m.n) m.n = m.end + MARK_BYTES;
  for (int pieces = 0; pieces < MARK_PIECES; pieces++) {
    enum ld_markup_kind kind = ld_markup_next(&m);
    if (kind == LD_MARKUP_END || found->n > MARK_MAX) return false;
    if (kind == LD_MARKUP_TEXT) add_letters(found, &m);
    if (kind == LD_MARKUP_OPEN &&
        (ld_markup_is(&m, name) ||
         ld_html_traits(ld_html_element(m.name, m.name_length)) &
             LD_EL_IS_BLOCK))
      return false;
    if (kind == LD_MARKUP_OPEN && ld_markup_is(&m, "a") &&
        ld_markup_find(&m, "href", &href) && href.value_length > 1)
      found->link |= memchr(href.value, '#', href.value_length) != NULL;
    if (kind == LD_MARKUP_CLOSE && ld_markup_is(&m, name)) {
      found->end = m.end;
      return found->n > 0 && found->n <= MARK_MAX;
    }
  }
  return false;
}

static bool is_number (const char *p, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (p[i] < '0' || p[i] > '9') return false;
  return n > 0;
}

/* Leaves a mark out; an empty block stands for it. */
static bool skip_mark (ld_html *w, const mark *found) {
  if (w->space_end) prepare(w, w->markup.begin);
  if (w->note_count < sizeof w->notes_at / sizeof *w->notes_at)
    w->notes_at[w->note_count++] = ld_builder_at(w->builder);
  ld_input_replace(w->builder, w->in, "", 0, w->markup.begin, found->end);
  w->markup.at = found->end;
  return true;
}

/* A number set high that is no footnote, as in 10<sup>6</sup>: its digits are
** read as such signs, for 106 is another number. */
static bool give_power (ld_html *w, const mark *found) {
  static const char digits[][4] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷",
                                    "⁸", "⁹" };
  char power[4 * MARK_MAX] = "";
  if (found->n > 3 || !is_number(found->letters, found->n)) return false;
  for (size_t i = 0; i < found->n; i++)
    strcat(power, digits[found->letters[i] - '0']);
  prepare(w, w->markup.begin);
  ld_input_replace(w->builder, w->in, power, strlen(power), w->markup.begin,
                   found->end);
  w->markup.at = found->end;
  return true;
}

/* <sup>: [12] and a link into the page are marks of footnotes. True when all
** of it was read. */
bool ld_html_superscript (ld_html *w) {
  mark found;
  if (w->hidden || w->brs || !find_mark(w, "sup", &found)) return false;
  const char *p = found.letters;
  bool bracket = found.n > 2 && *p == '[' && p[found.n - 1] == ']' &&
                 is_number(p + 1, found.n - 2);
  if (w->started && (bracket || found.link)) return skip_mark(w, &found);
  return !found.link && give_power(w, &found);
}

/* The sign beside a heading by which it can be linked to, # or a pilcrow, is
** left out. */
bool ld_html_anchor (ld_html *w) {
  mark found;
  int k;
  if (w->hidden || w->brs || !w->started || w->kind != LD_HEADING ||
      !w->note_link || !find_mark(w, "a", &found))
    return false;
  for (const char *p = found.letters, *end = p + found.n; p < end; p += k) {
    enum ld_class c = ld_class_at(p, end, &k);
    if (ld_is_letter(c) || c == LD_DIGIT || c == LD_IDEOGRAPH) return false;
  }
  return skip_mark(w, &found);
}
