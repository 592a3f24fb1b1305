/*
** html.c - web pages: from tags and text to blocks.
**
** A page is walked once. Text goes to the document in the order of the page,
** white space folded as a browser folds it, and every block is noted with where
** it stands. Once all is seen, article.c tells the article from the rest, and
** what the page says of itself becomes fields.
**
** What a reader of the page does not see is left out: scripts, styles, templates,
** pictures and their texts, <noscript>, controls (buttons, menus of choices,
** fields to fill in), readings beside ruby text, what is hidden by an attribute,
** by style="display:none" or by a class such as "screen-reader-text". What is
** seen but is no part of the article (navigation, share bars, cookie notes,
** comments, related links, forms) stays in the text as blocks of boilerplate.
** Should nothing be left, what is hidden is read after all.
*/
#include <string.h>
#include <strings.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "read/html/html.h"

enum {
  HEADING_MAX = 400,      /* bytes: a longer one was not closed */
  BOLD_MAX = 120,         /* bytes of a paragraph that is a heading when bold */
  BOLD_LEVEL = 4,
  MARK_BYTES = 300,       /* of a footnote's mark with its tags ... */
  MARK_MAX = 8            /* ... and without */
};

static bool is_space (char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}


/* ----------------------------------------------------------------- blocks */

/* A note for each block that was added to the outline. Of lines that are links,
** each is one. */
static void add_notes (ld_html *w, uint32_t first, bool prose,
                       uint32_t length) {
  uint32_t count = w->outline.count;
  if (count > w->notes_size) {
    uint32_t size = count * 2 > 64 ? count * 2 : 64;
    ld_html_note *notes = ld_memory_resize(
        &w->builder->corpus->memory, w->notes,
        w->notes_size * sizeof *notes, size * sizeof *notes);
    if (!notes) { w->failed = true; return; }
    w->notes = notes;
    w->notes_size = size;
  }
  ld_html_note note = { w->region, w->link_bytes, (uint16_t)w->link_count,
                        prose };
  bool all = w->lines && w->link_bytes * 10 >= length * 7;
  if (w->link_count > UINT16_MAX) note.links = UINT16_MAX;
  for (uint32_t i = first; i < count; i++) {
    const ld_block *block = w->outline.blocks + i;
    w->notes[i] = note;
    if (all) w->notes[i].link_bytes = block->end - block->begin;
    if (all) w->notes[i].links = 1;
    else note.link_bytes = note.links = 0;
  }
}

/* A paragraph: one, or lines parted by <br>. */
static void add_paragraph (ld_html *w, const char *text, uint32_t begin,
                           uint32_t end) {
  ld_outline *o = &w->outline;
  uint32_t first = o->count, n = end - begin;
  if (w->lines) {
    ld_mark_lines(o, text + begin, n);
    for (uint32_t i = first; i < o->count; i++) {
      o->blocks[i].begin += begin;
      o->blocks[i].end += begin;
    }
  } else if (w->bold_bytes * 10 >= n * 9 && n <= BOLD_MAX) {
    ld_outline_add(o, begin, end, LD_HEADING, BOLD_LEVEL);
  } else {
    ld_mark_paragraph(o, text, begin, end);
  }
}

/* Running text: long enough, or a sentence, and not all links. */
static bool is_prose (const ld_html *w, const char *p, const char *end) {
  size_t n = (size_t)(end - p);
  int k;
  if (w->kind == LD_HEADING || w->kind == LD_CAPTION || n < 40 ||
      w->link_bytes * 2 > n)
    return false;
  enum ld_class last = ld_class_before(p, end, &k);
  return n >= 80 || last == LD_STOP || last == LD_CLOSE || last == LD_QUOTE;
}

void ld_html_end_block (ld_html *w) {
  w->brs = 0;
  w->space_end = 0;
  w->gap = true;
  if (!w->started) return;
  w->started = false;
  ld_builder *b = w->builder;
  if (!b->doc) return;
  const char *text = b->doc->text, *stop = text + ld_builder_at(b);
  const char *from = ld_skip_space(text + w->begin, stop);
  stop = ld_trim_space(from, stop);
  uint32_t begin = (uint32_t)(from - text), end = (uint32_t)(stop - text);
  uint32_t first = w->outline.count;
  if (begin == end) { w->note_count = 0; return; }
  bool prose = is_prose(w, from, stop);
  if (prose) w->regions[w->region].prose += end - begin;
  if (w->kind == LD_PARAGRAPH ||
      (w->kind == LD_HEADING && end - begin > HEADING_MAX))
    add_paragraph(w, text, begin, end);
  else
    ld_outline_add(&w->outline, begin, end, (enum ld_block_kind)w->kind,
                   w->level);
  for (uint32_t i = 0; i < w->note_count; i++)
    if (w->notes_at[i] >= begin && w->notes_at[i] <= end)
      ld_outline_add(&w->outline, w->notes_at[i], w->notes_at[i],
                     LD_BOILERPLATE, 0);
  w->note_count = 0;
  add_notes(w, first, prose, end - begin);
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


/* ------------------------------------------------------------------- text */

/* A line break: it joins where the sentence plainly goes on, in small letters
** that are no "a)" of a list. */
static void give_break (ld_html *w, const char *next) {
  const char *end = w->markup.bytes + w->markup.n;
  int n, m = 1;
  bool joins = ld_class_at(next, end, &n) == LD_LOWER && next + n < end &&
               ld_class_at(next + n, end, &m) == LD_LOWER;
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
static void give_space (ld_html *w, size_t begin, size_t end) {
  if (w->gap) return;
  w->gap = true;
  w->space_begin = begin;
  w->space_end = end;
}

static void give_reference (ld_html *w, size_t begin, size_t end,
                            const char *bytes, int n) {
  if (n == 1 && is_space(*bytes)) {
    give_space(w, begin, end);
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
    if (q > p) give_space(w, (size_t)(p - bytes), (size_t)(q - bytes));
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

static void on_text (ld_html *w, bool references) {
  const ld_markup *m = &w->markup;
  if (w->in_title) {
    if (!w->title) {
      w->title = m->bytes + m->begin;
      w->title_length = m->end - m->begin;
    }
    w->in_title = false;
    return;
  }
  if (w->hidden) return;
  if (ld_html_top(w)->pre) read_lines(w, m->begin, m->end, references);
  else read_text(w, m->begin, m->end, references);
}


/* ------------------------------------------------------------------- tags */

/* A gap that the page shows without having it. White space before it is part of
** it. */
static void add_gap (ld_html *w, const char *gap) {
  if (w->hidden) return;
  w->space_end = 0;
  prepare(w, w->markup.begin);
  ld_input_replace(w->builder, w->in, gap, strlen(gap), w->markup.begin,
                   w->markup.begin);
  w->gap = true;
}

/* Quotation marks stand for the tags of <q>; a tag of three bytes lends two, for
** it is not the mark itself. */
static void add_quote (ld_html *w, const char *sign) {
  size_t begin = w->markup.begin, end = w->markup.end;
  if (w->hidden) return;
  prepare(w, begin);
  ld_input_replace(w->builder, w->in, sign, strlen(sign), begin,
                   end - (end - begin == strlen(sign)));
}

static void on_break (ld_html *w) {
  if (w->hidden || !w->started) return;
  if (ld_html_top(w)->pre) {
    add_gap(w, "\n");
    w->lines = true;
    return;
  }
  if (!w->brs++) w->br_begin = w->markup.begin;
  w->br_end = w->markup.end;
  w->space_end = 0;
  w->gap = true;
}

/* The letters of a small element, up to its end tag; m is past that then. False
** when they are none or too many. '*link': it is a link into a page. */
static bool read_mark (ld_markup *m, const char *name, char mark[MARK_MAX],
                       size_t *n, bool *link) {
  if (m->end + MARK_BYTES < m->n) m->n = m->end + MARK_BYTES;
  *n = 0;
  while (ld_markup_next(m) != LD_MARKUP_END) {
    ld_attribute href;
    char text[4 * MARK_MAX];
    if (m->kind == LD_MARKUP_CLOSE && ld_markup_is(m, name)) return *n > 0;
    if (m->kind == LD_MARKUP_OPEN)
      *link |= ld_markup_is(m, "a") && ld_markup_find(m, "href", &href) &&
               href.value_length > 1 &&
               memchr(href.value, '#', href.value_length);
    if (m->kind != LD_MARKUP_TEXT) continue;
    size_t got = ld_markup_decode(m->bytes + m->begin, m->end - m->begin, text,
                                  sizeof text);
    for (size_t i = 0; i < got; i++) {
      if (is_space(text[i])) continue;
      if (*n == MARK_MAX) return false;
      mark[(*n)++] = text[i];
    }
  }
  return false;
}

/* A mark of a footnote, [12] or a linked 12: where it ends, or 0. */
static size_t footnote_end (const ld_html *w) {
  ld_markup m = w->markup;
  char mark[MARK_MAX];
  size_t n;
  bool link = w->links && w->note_link;
  if (!read_mark(&m, "sup", mark, &n, &link)) return 0;
  bool bracket = n > 2 && mark[0] == '[' && mark[n - 1] == ']';
  for (size_t i = bracket; i < n - bracket; i++)
    if (!(mark[i] >= '0' && mark[i] <= '9') && !link) return 0;
  return bracket || link ? m.end : 0;
}

/* A number set high that is no footnote, as in 10<sup>6</sup>: its digits are
** read as such signs, for 106 is another number. */
static bool give_power (ld_html *w) {
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷",
                                        "⁸", "⁹" };
  ld_markup m = w->markup;
  char mark[MARK_MAX], power[4 * MARK_MAX] = "";
  size_t n;
  bool link = w->links > 0;
  if (w->hidden || !read_mark(&m, "sup", mark, &n, &link) || link || n > 3)
    return false;
  for (size_t i = 0; i < n; i++) {
    if (mark[i] < '0' || mark[i] > '9') return false;
    strcat(power, digits[mark[i] - '0']);
  }
  prepare(w, w->markup.begin);
  ld_input_replace(w->builder, w->in, power, strlen(power), w->markup.begin,
                   m.end);
  w->markup.at = m.end;
  return true;
}

/* The sign beside a heading by which it can be linked to: # or a pilcrow. */
static size_t anchor_end (const ld_html *w) {
  ld_markup m = w->markup;
  char mark[MARK_MAX];
  size_t n;
  bool link = false;
  int k;
  if (w->kind != LD_HEADING || !w->note_link ||
      !read_mark(&m, "a", mark, &n, &link))
    return 0;
  for (const char *p = mark, *end = mark + n; p < end; p += k) {
    enum ld_class c = ld_class_at(p, end, &k);
    if (ld_is_letter(c) || c == LD_DIGIT || c == LD_IDEOGRAPH) return 0;
  }
  return m.end;
}

/* Leaves such a mark out; an empty block stands for it. */
static bool skip_mark (ld_html *w, size_t (*end_of) (const ld_html *)) {
  size_t end = w->hidden || !w->started || w->brs ? 0 : end_of(w);
  if (!end) return false;
  if (w->space_end) prepare(w, w->markup.begin);
  if (w->note_count < sizeof w->notes_at / sizeof *w->notes_at)
    w->notes_at[w->note_count++] = ld_builder_at(w->builder);
  ld_input_replace(w->builder, w->in, "", 0, w->markup.begin, end);
  w->markup.at = end;
  return true;
}

/* Cells of a table of data are parted by tabs; what begins a block inside a cell
** parts words. */
static void part_cells (ld_html *w, enum ld_element element) {
  if (!w->started || w->hidden || !ld_html_in_row(w, element)) return;
  if (element == LD_EL_TD || element == LD_EL_TH) add_gap(w, "\t");
  else if (!w->gap && ld_html_traits(element) & LD_EL_IS_BLOCK)
    give_space(w, w->markup.begin, w->markup.end);
}

/* <time datetime=...>, or whatever says when the page was published. */
static void on_time (ld_html *w, enum ld_element element,
                     const ld_html_attributes *a) {
  const ld_attribute *value = a->datetime.name ? &a->datetime : &a->content;
  bool published = a->pubdate ||
                   (a->itemprop.value_length == 13 &&
                    !strncasecmp(a->itemprop.value, "datePublished", 13));
  if (!value->value_length || w->hidden || w->time_count == LD_HTML_TIMES ||
      (element != LD_EL_TIME && !published))
    return;
  ld_html_time time = { value->value, value->value_length,
                        w->outline.count, published };
  w->times[w->time_count++] = time;
}

/* Elements that are read apart. True when nothing is left to do. */
static bool on_special (ld_html *w, enum ld_element element,
                        const ld_html_attributes *a) {
  switch (element) {
    case LD_EL_HTML:
      w->markup.xhtml |= a->xmlns;
      ld_html_offer(w, LD_FACT_LANG, 2, a->lang.value, a->lang.value_length,
                    "html lang");
      return false;
    case LD_EL_META: case LD_EL_LINK: ld_html_meta_tag(w); return false;
    case LD_EL_TITLE_ELEMENT:
      w->in_title = !w->open[LD_EL_SVG];
      return true;
    case LD_EL_BR: on_break(w); return true;
    case LD_EL_FRAME: w->frames = true; return true;
    case LD_EL_SUP: return skip_mark(w, footnote_end) || give_power(w);
    case LD_EL_A:
      w->note_link = a->href.value_length > 1 && *a->href.value == '#';
      w->link_count += a->href.name && w->started && !w->hidden;
      return skip_mark(w, anchor_end);
    case LD_EL_SCRIPT:
      w->linked_data = a->type.value_length == 19 &&
                       !strncasecmp(a->type.value, "application/ld+json", 19);
      return false;
    default: return false;
  }
}

static void on_open (ld_html *w) {
  static const ld_html_attributes none;
  const ld_html_attributes *a = &none;
  ld_html_attributes found;
  enum ld_element element = ld_html_element(w->markup.name,
                                            w->markup.name_length);
  if (w->markup.end - w->markup.attributes > 2) {
    ld_html_attributes_read(&w->markup, &found);
    a = &found;
  }
  if (on_special(w, element, a)) return;
  if (a->datetime.name || a->itemprop.name) on_time(w, element, a);
  part_cells(w, element);
  ld_html_enter(w, element, a);
  if (w->markup.empty && w->markup.xhtml) ld_html_leave(w, element);
  else if (element == LD_EL_Q) add_quote(w, "\xE2\x80\x9C");
}

static void on_close (ld_html *w) {
  enum ld_element element = ld_html_element(w->markup.name,
                                            w->markup.name_length);
  if (element == LD_EL_BR) { on_break(w); return; }
  if (element == LD_EL_Q && w->open[LD_EL_Q]) add_quote(w, "\xE2\x80\x9D");
  if (element != LD_EL_TD && element != LD_EL_TH) part_cells(w, element);
  ld_html_leave(w, element);
}

static void on_literal (ld_html *w) {
  const ld_markup *m = &w->markup;
  if (w->linked_data && w->open[LD_EL_SCRIPT])
    ld_html_linked_data(w, m->bytes + m->begin, m->end - m->begin);
  else
    on_text(w, false);
}


/* ------------------------------------------------------------------ whole */

static void walk (ld_html *w) {
  ld_html_open page = { .element = LD_EL_OTHER, .kind = LD_PARAGRAPH };
  ld_markup_init(&w->markup, w->in->bytes, w->in->n, false);
  w->stack[0] = page;
  w->depth = 1;
  w->open[LD_EL_OTHER] = 1;
  w->gap = true;
  ld_html_add_region(w, LD_REGION_PLAIN);
  while (!w->failed && !w->builder->failure) {
    enum ld_markup_kind kind = ld_markup_next(&w->markup);
    if (kind == LD_MARKUP_END) break;
    if (kind == LD_MARKUP_TEXT) on_text(w, true);
    else if (kind == LD_MARKUP_LITERAL) on_literal(w);
    if (kind != LD_MARKUP_OPEN && kind != LD_MARKUP_CLOSE) continue;
    w->in_title = false;
    if (kind == LD_MARKUP_OPEN) on_open(w);
    else on_close(w);
  }
  ld_html_leave_all(w);
}

static void init (ld_html *w, ld_reading *reading, const ld_input *in) {
  memset(w, 0, offsetof(ld_html, stack));
  w->reading = reading;
  w->builder = reading->builder;
  w->in = in;
  ld_outline_init(&w->outline, &reading->builder->corpus->memory);
  ld_arena_init(&w->arena, &reading->builder->corpus->memory);
}

static void release (ld_html *w) {
  ld_memory *memory = &w->builder->corpus->memory;
  if (w->failed || w->arena.failed || w->outline.failed)
    if (!w->builder->failure) w->builder->failure = LESDIPLO_ENOMEM;
  ld_outline_free(&w->outline);
  ld_memory_free(memory, w->notes, w->notes_size * sizeof *w->notes);
  ld_memory_free(memory, w->regions, w->regions_size * sizeof *w->regions);
  ld_memory_free(memory, w->tables, w->table_size);
  ld_arena_free(&w->arena);
  ld_json_free(w->json);
}

/* The page as a document; false when it has no text. */
static bool read_page (ld_html *w) {
  ld_hints hints = { .kind = NULL };
  ld_input_begin(w->reading, w->in);
  if (!w->builder->doc) return true;
  walk(w);
  ld_builder_text_end(w->builder);
  if (w->failed || w->outline.failed || w->builder->failure) return true;
  if (!w->outline.count) {
    ld_builder_drop(w->builder);
    return false;
  }
  ld_html_choose(w);
  ld_html_fields(w, &hints);
  ld_read_finish(w->builder, &w->outline, &hints);
  return true;
}

void ld_read_html (ld_reading *reading, const ld_input *in) {
  ld_html w;
  init(&w, reading, in);
  bool read = read_page(&w), frames = w.frames;
  release(&w);
  if (read || reading->builder->failure) return;
  init(&w, reading, in);
  w.shown = true;
  if (!read_page(&w))
    ld_builder_note(reading->builder, LESDIPLO_EFORMAT, in->name, 0, "%s",
                    frames ? "left out: it is a frame around other pages, "
                             "which hold the text"
                           : "left out: it has markup but no text");
  release(&w);
}
