/*
** word.c - the text of a docx: WordprocessingML (ECMA-376, part 1, chapter 17).
**
** Text stands in <w:t> alone, which is inside paragraphs, <w:p>; the rest is
** looks. What was deleted or moved away while changes were tracked, what is
** hidden, and the second version of a drawing are passed over. Paragraphs are
** told by their style's name, and by an outline level or a numbering of their
** own. The footnotes come after the text, as they do in the source.
*/
#include <stdlib.h>
#include <string.h>

#include "read/office/office.h"

enum { BASES_MOST = 16 };     /* styles that are based on each other */

/* A style of styles.xml. */
typedef struct word_style {
  const char *base;           /* the id of the one it is based on, or NULL */
  size_t base_length;
  ld_style is;                /* what its own name and settings tell */
} word_style;

typedef struct word {
  ld_office *o;
  ld_markup m;
  ld_map ids;                 /* a style's id -> its place */
  ld_area styles;             /* of word_style */
  bool text;                  /* inside <w:t> */
  bool run;                   /* inside the properties of a run */
  bool hidden;                /* the run is */
  bool notes;                 /* all that comes are notes */
  bool joined;                /* the paragraph's mark was deleted: the next one
                                 goes on with it */
} word;


/* ----------------------------------------------------------------- styles */

static bool value_of (const ld_markup *m, const char *name, ld_attribute *a) {
  return ld_markup_find(m, name, a) && a->value_length > 0;
}

/* A small number in an attribute; -1 without. */
static int number_of (const ld_markup *m, const char *name) {
  ld_attribute a;
  if (!value_of(m, name, &a) || a.value_length > 9) return -1;
  int value = 0;
  for (size_t i = 0; i < a.value_length; i++) {
    if (a.value[i] < '0' || a.value[i] > '9') return -1;
    value = value * 10 + (a.value[i] - '0');
  }
  return value;
}

/* An outline level, from 0; the tenth is the body's. */
static void set_outline (ld_style *style, int level) {
  if (level < 0 || level > 8) return;
  style->kind = LD_HEADING;
  style->level = (unsigned)level + 1;
}

/* A numbering or a bullet makes an item of what is no heading. */
static void set_item (ld_style *style, int level) {
  if (level < 0 || style->kind != LD_PARAGRAPH) return;
  style->kind = LD_ITEM;
  style->level = (unsigned)level + 1;
}

/* Reads the styles; ids and the like are lent by the part's bytes. */
static void read_styles (word *w, const ld_part *part) {
  ld_markup m;
  ld_attribute a;
  word_style *style = NULL;
  if (!part || !part->bytes) return;
  ld_markup_init(&m, part->bytes, part->n, true);
  while (ld_markup_next(&m) != LD_MARKUP_END && !w->ids.failed) {
    if (m.kind != LD_MARKUP_OPEN) continue;
    if (ld_tag_is(&m, "w:style")) {
      word_style none = { NULL, 0, { LD_PARAGRAPH, 0, false } };
      uint32_t place = (uint32_t)(w->styles.used / sizeof none);
      style = NULL;
      if (!value_of(&m, "w:styleid", &a) ||
          ld_map_put(&w->ids, a.value, a.value_length, place) != place)
        continue;
      style = ld_area_push(&w->styles, &none, sizeof none);
    } else if (!style) {
      continue;
    } else if (ld_tag_is(&m, "w:name") && value_of(&m, "w:val", &a)) {
      style->is = ld_style_named(a.value, a.value_length);
    } else if (ld_tag_is(&m, "w:basedOn") && value_of(&m, "w:val", &a)) {
      style->base = a.value;
      style->base_length = a.value_length;
    } else if (ld_tag_is(&m, "w:outlineLvl")) {
      set_outline(&style->is, number_of(&m, "w:val"));
    }
  }
}

/* The style of that id: its own, or that of one it is based on. Of a file
** without styles the ids are names. */
static ld_style find_style (const word *w, const char *id, size_t n) {
  const word_style *list = (const word_style *)(const void *)w->styles.base;
  uint32_t place;
  if (!w->styles.used) return ld_style_named(id, n);
  ld_style none = { LD_PARAGRAPH, 0, false };
  for (int i = 0; id && i < BASES_MOST && ld_map_get(&w->ids, id, n, &place);
       i++) {
    if (list[place].is.kind != LD_PARAGRAPH) return list[place].is;
    id = list[place].base;
    n = list[place].base_length;
  }
  return none;
}


/* ------------------------------------------------------------------- text */

static void begin_paragraph (word *w) {
  static const ld_style plain = { LD_PARAGRAPH, 0, false };
  if (!w->joined) ld_office_end(w->o);
  w->joined = false;
  w->o->style = plain;
  w->text = w->run = w->hidden = false;
  if (w->notes) w->o->style.kind = LD_BOILERPLATE;
}

static void end_paragraph (word *w) {
  static const ld_style plain = { LD_PARAGRAPH, 0, false };
  if (!w->joined) ld_office_end(w->o);
  w->o->style = plain;              /* of what may follow a text box */
  w->text = w->hidden = false;
}

/* Is a switch such as <w:vanish/> on? */
static bool is_on (const ld_markup *m) {
  ld_attribute a;
  if (!value_of(m, "w:val", &a)) return true;
  return *a.value != '0' && *a.value != 'f' && strncmp(a.value, "off", 3) != 0;
}

static void set_style (word *w) {
  ld_attribute a;
  if (w->notes || !value_of(&w->m, "w:val", &a)) return;
  ld_style style = find_style(w, a.value, a.value_length);
  if (style.kind != LD_PARAGRAPH) w->o->style = style;
}

/* A note that only holds the line above the notes has a type. */
static void enter_note (word *w) {
  ld_attribute a;
  if (value_of(&w->m, "w:type", &a)) ld_office_skip(&w->m);
}

enum tag {
  T_NONE, T_P, T_T, T_TAB, T_BREAK, T_HYPHEN, T_STYLE, T_OUTLINE, T_LEVEL,
  T_NUMBER, T_ROW, T_CELL, T_SKIP, T_MARK, T_NOTES, T_NOTE, T_RUN, T_LOOKS,
  T_HIDDEN, T_DELETED
};

static enum tag tag_of (const ld_markup *m) {
  static const ld_tag tags[] = {
    LD_TAG("w:p", T_P), LD_TAG("w:t", T_T), LD_TAG("w:r", T_RUN),
    LD_TAG("w:rPr", T_LOOKS), LD_TAG("w:tab", T_TAB), LD_TAG("w:ptab", T_TAB),
    LD_TAG("w:br", T_BREAK), LD_TAG("w:cr", T_BREAK),
    LD_TAG("w:noBreakHyphen", T_HYPHEN), LD_TAG("w:pStyle", T_STYLE),
    LD_TAG("w:outlineLvl", T_OUTLINE), LD_TAG("w:ilvl", T_LEVEL),
    LD_TAG("w:numId", T_NUMBER), LD_TAG("w:tr", T_ROW), LD_TAG("w:tc", T_CELL),
    LD_TAG("w:vanish", T_HIDDEN), LD_TAG("w:footnoteReference", T_MARK),
    LD_TAG("w:endnoteReference", T_MARK), LD_TAG("w:footnotes", T_NOTES),
    LD_TAG("w:endnotes", T_NOTES), LD_TAG("w:footnote", T_NOTE),
    LD_TAG("w:endnote", T_NOTE),
    /* deleted; moved away; a drawing in a form for old programs; the reading
    ** of Han characters; tab stops and what changed in looks */
    LD_TAG("w:del", T_DELETED), LD_TAG("w:moveFrom", T_DELETED),
    LD_TAG("mc:Fallback", T_SKIP), LD_TAG("w:rt", T_SKIP),
    LD_TAG("w:tabs", T_SKIP), LD_TAG("w:pPrChange", T_SKIP),
    LD_TAG("w:rPrChange", T_SKIP), LD_TAG("w:trPrChange", T_SKIP)
  };
  return (enum tag)ld_tag_find(tags, sizeof tags / sizeof *tags, m);
}

static void open_tag (word *w) {
  ld_markup *m = &w->m;
  ld_attribute a;
  switch (tag_of(m)) {
    case T_P: begin_paragraph(w); if (m->empty) end_paragraph(w); break;
    case T_T: w->text = !m->empty; break;
    case T_RUN: w->hidden = false; break;
    case T_LOOKS: w->run = !m->empty; break;
    case T_HIDDEN: w->hidden = w->run && is_on(m); break;
    case T_TAB: ld_office_literal(w->o, "\t", m->begin, m->end); break;
    case T_BREAK:
      if (!ld_markup_find(m, "w:type", &a))
        ld_office_literal(w->o, "\n", m->begin, m->end);
      break;
    case T_HYPHEN:
      ld_office_literal(w->o, "\xE2\x80\x91", m->begin, m->end);
      break;
    case T_STYLE: set_style(w); break;
    case T_OUTLINE:
      if (!w->notes) set_outline(&w->o->style, number_of(m, "w:val"));
      break;
    case T_LEVEL: set_item(&w->o->style, number_of(m, "w:val")); break;
    case T_NUMBER:            /* 0 takes the style's numbering away */
      if (number_of(m, "w:val") == 0 && w->o->style.kind == LD_ITEM)
        w->o->style.kind = LD_PARAGRAPH;
      break;
    case T_ROW: if (!m->empty) ld_office_row_begin(w->o); break;
    case T_MARK: ld_office_drop(w->o, m->begin, m->end); break;
    case T_NOTES: ld_office_end(w->o); w->notes = true; break;
    case T_NOTE: enter_note(w); break;
    case T_DELETED:           /* in the looks of the mark: the mark is */
      w->joined |= w->run;
      ld_office_skip(m);
      break;
    case T_SKIP: ld_office_skip(m); break;
    default: break;
  }
}

static void close_tag (word *w) {
  switch (tag_of(&w->m)) {
    case T_P: end_paragraph(w); break;
    case T_T: w->text = false; break;
    case T_RUN: w->hidden = false; break;
    case T_LOOKS: w->run = false; break;
    case T_CELL: ld_office_cell_end(w->o, w->m.begin); break;
    case T_ROW: ld_office_row_end(w->o); break;
    default: break;
  }
}

void ld_word_read (ld_office *o, const ld_part *styles) {
  word w = { .o = o };
  ld_map_init(&w.ids, o->runs.memory);
  ld_area_init(&w.styles, o->runs.memory);
  read_styles(&w, styles);
  ld_markup_init(&w.m, o->in->bytes, o->in->n, true);
  while (ld_markup_next(&w.m) != LD_MARKUP_END && !o->runs.failed) {
    if (w.m.kind == LD_MARKUP_OPEN) open_tag(&w);
    else if (w.m.kind == LD_MARKUP_CLOSE) close_tag(&w);
    else if (w.text && !w.hidden && (w.m.kind == LD_MARKUP_TEXT ||
                                     w.m.kind == LD_MARKUP_LITERAL))
      ld_office_text(o, w.m.begin, w.m.end);
  }
  while (o->rows) ld_office_row_end(o);
  if ((w.ids.failed || w.styles.failed) && !o->b->failure)
    o->b->failure = LESDIPLO_ENOMEM;
  ld_area_free(&w.styles);
  ld_map_free(&w.ids);
}
