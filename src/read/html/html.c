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

#include "read/html/html.h"

enum {
  HEADING_MAX = 400,      /* bytes: a longer one was not closed */
  BOLD_MAX = 120,         /* bytes of a paragraph that is a heading when bold */
  BOLD_LEVEL = 4,
  TAG_MAX = 80            /* bytes of a tag that a note quotes */
};


/* ----------------------------------------------------------------- blocks */

/* A note for each block that was added to the outline. Of lines that are links,
** each is one. */
static void add_notes (ld_html *w, uint32_t first, bool prose,
                       uint32_t length) {
  uint32_t count = w->outline.count;
  if (count > w->notes_size) {
    uint32_t size = count * 2 > LD_HTML_FIRST ? count * 2 : LD_HTML_FIRST;
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

/* Does a paragraph in bold type stand for a heading? A sentence does not. */
static bool is_bold_heading (const ld_html *w, const char *p, const char *end) {
  size_t n = (size_t)(end - p);
  int k;
  return w->bold_bytes * 10 >= n * 9 && n <= BOLD_MAX &&
         (ld_class_before(p, end, &k) != LD_STOP || end[-1] == '?');
}

/* A paragraph: one, or lines parted by <br>. */
static void add_paragraph (ld_html *w, const char *text, uint32_t begin,
                           uint32_t end) {
  ld_outline *o = &w->outline;
  uint32_t first = o->count;
  if (w->lines) {
    ld_mark_lines(o, text + begin, end - begin);
    for (uint32_t i = first; i < o->count; i++) {
      o->blocks[i].begin += begin;
      o->blocks[i].end += begin;
    }
  } else if (is_bold_heading(w, text + begin, text + end)) {
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


/* ------------------------------------------------------------------- tags */

/* Cells of a table of data are parted by tabs; what begins a block inside a cell
** parts words. */
static void part_cells (ld_html *w, enum ld_element element) {
  if (!w->started || w->hidden || !ld_html_in_row(w, element)) return;
  if (element == LD_EL_TD || element == LD_EL_TH) ld_html_gap(w, "\t");
  else if (!w->gap && ld_html_traits(element) & LD_EL_IS_BLOCK)
    ld_html_space(w, w->markup.begin, w->markup.end);
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

/* "application/ld+json", with whatever parameters. */
static bool is_linked_data (const ld_attribute *type) {
  if (!type->value) return false;
  const char *end = type->value + type->value_length;
  const char *p = ld_skip_space(type->value, end);
  return end - p >= 19 && !strncasecmp(p, "application/ld+json", 19) &&
         (end - p == 19 || p[19] == ';' || (unsigned char)p[19] <= ' ');
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
    case LD_EL_NOSCRIPT: case LD_EL_IFRAME: case LD_EL_NOEMBED:
    case LD_EL_TEXTAREA:          /* one that never ends hides nothing */
      return !w->markup.raw;
    case LD_EL_BR: ld_html_break(w); return true;
    case LD_EL_FRAME: w->frames = true; return true;
    case LD_EL_SUP: return ld_html_superscript(w);
    case LD_EL_A:
      w->note_link = a->href.value_length > 1 && *a->href.value == '#';
      w->link_count += a->href.name && w->started && !w->hidden;
      return ld_html_anchor(w);
    case LD_EL_SCRIPT:
      w->linked_data = is_linked_data(&a->type);
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
  else if (element == LD_EL_Q) ld_html_quote(w, "\xE2\x80\x9C");
}

static void on_close (ld_html *w) {
  enum ld_element element = ld_html_element(w->markup.name,
                                            w->markup.name_length);
  if (element == LD_EL_BR) { ld_html_break(w); return; }
  if (element == LD_EL_Q && w->open[LD_EL_Q]) ld_html_quote(w, "\xE2\x80\x9D");
  if (element != LD_EL_TD && element != LD_EL_TH) part_cells(w, element);
  ld_html_leave(w, element);
}

static void on_literal (ld_html *w) {
  const ld_markup *m = &w->markup;
  if (w->linked_data && w->open[LD_EL_SCRIPT])
    ld_html_linked_data(w, m->bytes + m->begin, m->end - m->begin);
  else
    ld_html_text(w, false);
}


/* ------------------------------------------------------------------ whole */

static void walk (ld_html *w) {
  ld_html_open page = { .element = LD_EL_HTML, .kind = LD_PARAGRAPH };
  ld_markup_init(&w->markup, w->in->bytes, w->in->n, false);
  w->stack[0] = page;
  w->depth = 1;
  w->gap = true;
  ld_html_add_region(w, LD_REGION_PLAIN);
  while (!w->failed && !w->builder->failure) {
    enum ld_markup_kind kind = ld_markup_next(&w->markup);
    if (kind == LD_MARKUP_END) break;
    if (kind == LD_MARKUP_TEXT) ld_html_text(w, true);
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

/* A tag that hides, and whose end never comes, is told: what stands behind it
** may be the article. */
static void tell_lost (const ld_html *w) {
  const char *bytes = w->markup.bytes, *tag = bytes + w->lost - 1;
  const char *end = bytes + w->markup.n;
  const char *close = w->lost ? memchr(tag, '>', (size_t)(end - tag)) : NULL;
  if (!w->lost) return;
  size_t n = close ? (size_t)(close + 1 - tag) : (size_t)(end - tag);
  if (n > TAG_MAX) n = ld_utf8_floor(tag, TAG_MAX);
  ld_builder_note(w->builder, LESDIPLO_EFORMAT, w->in->name,
                  ld_count_lines(bytes, tag) + 1,
                  "%.*s never ends: what follows it was taken as hidden and "
                  "is left out", (int)n, tag);
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
  tell_lost(w);
  ld_html_choose(w);
  ld_html_fields(w, &hints);
  ld_read_finish(w->builder, &w->outline, &hints);
  return true;
}

void ld_read_html (ld_reading *reading, const ld_input *in) {
  ld_html w;
  init(&w, reading, in);
  bool read = read_page(&w), deep = w.deep, frames = w.frames;
  release(&w);
  if (read || reading->builder->failure) return;
  init(&w, reading, in);
  w.shown = true;
  w.deep = deep;          /* it has been told */
  if (!read_page(&w))
    ld_builder_note(reading->builder, LESDIPLO_EFORMAT, in->name, 0, "%s",
                    frames ? "left out: it is a frame around other pages, "
                             "which hold the text"
                           : "left out: it has markup but no text");
  release(&w);
}
