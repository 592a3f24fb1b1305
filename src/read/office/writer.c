/*
** writer.c - the text of an odt: OpenDocument (ISO 26300), office:text.
**
** Text stands in <text:p> and <text:h> and what is inside them; white space
** there counts as one space, and <text:s/>, <text:tab/> stand for more. Notes
** stand in the middle of a sentence: they are passed over there, and their text
** is read where the source has them once more, after its end. What was deleted
** while changes were tracked, and comments, are passed over.
*/
#include <string.h>

#include "read/office/office.h"

typedef struct writer {
  ld_office *o;
  ld_markup m;
  ld_map names;               /* an automatic style's name -> its place */
  ld_area styles;             /* of ld_style */
  uint32_t paragraphs;        /* open ones: a frame holds others */
  uint32_t lists, contents;   /* open lists; open tables of contents */
  bool over;                  /* the text has ended: notes follow */
} writer;

static const ld_style plain = { LD_PARAGRAPH, 0, false };


/* ----------------------------------------------------------------- styles */

/* A style of the document's own is what the one it is made from is. */
static void add_style (writer *w) {
  ld_attribute name, parent;
  uint32_t place = (uint32_t)(w->styles.used / sizeof plain);
  if (!ld_markup_find(&w->m, "style:name", &name) ||
      !ld_markup_find(&w->m, "style:parent-style-name", &parent))
    return;
  ld_style style = ld_style_named(parent.value, parent.value_length);
  if (style.kind != LD_PARAGRAPH &&
      ld_map_put(&w->names, name.value, name.value_length, place) == place)
    ld_area_push(&w->styles, &style, sizeof style);
}

static ld_style find_style (const writer *w) {
  ld_attribute name;
  uint32_t place;
  if (!ld_markup_find(&w->m, "text:style-name", &name)) return plain;
  if (!ld_map_get(&w->names, name.value, name.value_length, &place))
    return ld_style_named(name.value, name.value_length);
  return ((const ld_style *)(const void *)w->styles.base)[place];
}


/* ------------------------------------------------------------------- text */

static void begin_paragraph (writer *w, bool heading) {
  ld_attribute level;
  ld_office_end(w->o);
  ld_style style = find_style(w);
  if (heading) {
    style.kind = LD_HEADING;
    style.level = 1;
    if (ld_markup_find(&w->m, "text:outline-level", &level) &&
        level.value_length == 1 && *level.value >= '1' && *level.value <= '9')
      style.level = (unsigned)(*level.value - '0');
  } else if (w->lists && style.kind == LD_PARAGRAPH) {
    style.kind = LD_ITEM;
  }
  if (style.kind == LD_ITEM) style.level = w->lists ? w->lists : 1;
  if (w->contents || w->over) style = (ld_style){ LD_BOILERPLATE, 0, false };
  w->o->style = style;
  if (!w->m.empty) w->paragraphs++;
}

static void end_paragraph (writer *w) {
  ld_office_end(w->o);
  w->o->style = plain;
  if (w->paragraphs) w->paragraphs--;
}

/* <text:s text:c="3"/>: as many spaces, which the rule for white space would
** make one of: one it is. */
static void add_space (writer *w) {
  if (w->paragraphs) ld_office_literal(w->o, " ", w->m.begin, w->m.end);
}

enum tag {
  T_NONE, T_P, T_H, T_SPACE, T_TAB, T_BREAK, T_LIST, T_ROW, T_CELL, T_NOTE,
  T_CONTENTS, T_SKIP, T_STYLE
};

static enum tag tag_of (const ld_markup *m) {
  static const ld_tag tags[] = {
    LD_TAG("text:p", T_P), LD_TAG("text:h", T_H), LD_TAG("text:s", T_SPACE),
    LD_TAG("text:tab", T_TAB), LD_TAG("text:line-break", T_BREAK),
    LD_TAG("text:list", T_LIST), LD_TAG("table:table-row", T_ROW),
    LD_TAG("table:table-cell", T_CELL),
    LD_TAG("table:covered-table-cell", T_CELL), LD_TAG("text:note", T_NOTE),
    LD_TAG("text:table-of-content", T_CONTENTS),
    LD_TAG("text:alphabetical-index", T_CONTENTS),
    LD_TAG("text:illustration-index", T_CONTENTS),
    LD_TAG("text:table-index", T_CONTENTS), LD_TAG("style:style", T_STYLE),
    /* deleted text; comments; the number of a note, the reading of Han
    ** characters, what describes a picture, what a form prompts for */
    LD_TAG("text:tracked-changes", T_SKIP),
    LD_TAG("office:annotation", T_SKIP), LD_TAG("text:note-citation", T_SKIP),
    LD_TAG("text:ruby-text", T_SKIP), LD_TAG("svg:title", T_SKIP),
    LD_TAG("svg:desc", T_SKIP), LD_TAG("office:forms", T_SKIP)
  };
  return (enum tag)ld_tag_find(tags, sizeof tags / sizeof *tags, m);
}

static void pass_note (writer *w) {
  size_t begin = w->m.begin;
  if (w->over) return;
  ld_office_skip(&w->m);
  if (w->paragraphs) ld_office_drop(w->o, begin, w->m.end);
}

static void open_tag (writer *w) {
  ld_markup *m = &w->m;
  switch (tag_of(m)) {
    case T_P: begin_paragraph(w, false); break;
    case T_H: begin_paragraph(w, true); break;
    case T_SPACE: add_space(w); break;
    case T_TAB:
      if (w->paragraphs) ld_office_literal(w->o, "\t", m->begin, m->end);
      break;
    case T_BREAK:
      if (w->paragraphs) ld_office_literal(w->o, "\n", m->begin, m->end);
      break;
    case T_LIST: w->lists += !m->empty; break;
    case T_ROW: if (!m->empty) ld_office_row_begin(w->o); break;
    case T_CELL: if (m->empty) ld_office_cell_end(w->o, m->end); break;
    case T_CONTENTS: w->contents += !m->empty; break;
    case T_NOTE: pass_note(w); break;
    case T_STYLE: add_style(w); break;
    case T_SKIP: ld_office_skip(m); break;
    default: break;
  }
}

static void close_tag (writer *w) {
  switch (tag_of(&w->m)) {
    case T_P: case T_H: end_paragraph(w); break;
    case T_LIST: w->lists -= w->lists > 0; break;
    case T_ROW: ld_office_row_end(w->o); break;
    case T_CELL: ld_office_cell_end(w->o, w->m.begin); break;
    case T_CONTENTS: w->contents -= w->contents > 0; break;
    default:
      if (ld_tag_is(&w->m, "office:text")) {
        ld_office_end(w->o);
        w->over = true;
        w->lists = w->contents = w->paragraphs = 0;
      }
  }
}

void ld_writer_read (ld_office *o) {
  writer w = { .o = o };
  o->fold = true;
  ld_map_init(&w.names, o->runs.memory);
  ld_area_init(&w.styles, o->runs.memory);
  ld_markup_init(&w.m, o->in->bytes, o->in->n, true);
  while (ld_markup_next(&w.m) != LD_MARKUP_END && !o->runs.failed) {
    if (w.m.kind == LD_MARKUP_OPEN) open_tag(&w);
    else if (w.m.kind == LD_MARKUP_CLOSE) close_tag(&w);
    else if (w.paragraphs && (w.m.kind == LD_MARKUP_TEXT ||
                              w.m.kind == LD_MARKUP_LITERAL))
      ld_office_text(o, w.m.begin, w.m.end);
  }
  while (o->rows) ld_office_row_end(o);
  if ((w.names.failed || w.styles.failed) && !o->b->failure)
    o->b->failure = LESDIPLO_ENOMEM;
  ld_area_free(&w.styles);
  ld_map_free(&w.names);
}
