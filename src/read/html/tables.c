/*
** tables.c - tables of data, and tables that only lay a page out.
**
** The page is gone through once, when its first table is met. A table holds
** data when it has several columns, no table inside, and cells that are words
** or a sentence or two; cells with several paragraphs are parts of a page.
*/
#include <string.h>

#include "read/html/html.h"

enum {
  OPEN_MAX = 64,        /* tables in tables; deeper ones are layout */
  LONG = 600            /* bytes of a cell that is more than data */
};

typedef struct table {
  uint32_t number;
  uint32_t rows, cells, columns, most;  /* cells of this row, of the widest */
  uint32_t parts;       /* cells with several blocks, or long ones */
  uint32_t text, blocks;    /* of the open cell */
  bool nested, presentation, header;
} table;

static void end_cell (table *t) {
  t->parts += t->text > LONG || t->blocks > 1;
  t->text = t->blocks = 0;
}

static void end_row (table *t) {
  end_cell(t);
  if (t->columns > t->most) t->most = t->columns;
  t->columns = 0;
}

static bool holds_data (table *t) {
  end_row(t);
  if (t->nested || t->presentation || t->most < 2 ||
      (t->rows < 2 && !t->header))
    return false;
  return t->header ? t->parts * 2 <= t->cells : t->parts * 4 <= t->cells;
}

static void verdict (ld_html *w, table *t) {
  if (t->number < w->table_count) w->tables[t->number] = holds_data(t);
}

/* A place for one more table's verdict, which is "layout" until then. */
static bool add_table (ld_html *w) {
  if (w->table_count == w->table_size) {
    uint32_t size = w->table_size ? w->table_size * 2 : LD_HTML_FIRST;
    uint8_t *tables = ld_memory_resize(&w->builder->corpus->memory, w->tables,
                                       w->table_size, size);
    if (!tables) { w->failed = true; return false; }
    w->tables = tables;
    w->table_size = size;
  }
  w->tables[w->table_count++] = 0;
  return true;
}

/* A tag inside the innermost table. */
static void see_tag (table *t, const ld_markup *m, enum ld_element element) {
  bool opens = m->kind == LD_MARKUP_OPEN;
  ld_attribute role;
  switch (element) {
    case LD_EL_TR:
      end_row(t);
      t->rows += opens;
      break;
    case LD_EL_TH: case LD_EL_TD:
      end_cell(t);
      t->cells += opens;
      t->columns += opens;
      t->header |= element == LD_EL_TH;
      break;
    case LD_EL_CAPTION: case LD_EL_THEAD: t->header = true; break;
    case LD_EL_TABLE:
      if (ld_markup_find(m, "role", &role))
        t->presentation = role.value_length == 12 || role.value_length == 4;
      break;
    default:      /* a second paragraph begins once there is a first */
      if ((ld_html_traits(element) & LD_EL_IS_BLOCK || element == LD_EL_BR) &&
          opens && t->text)
        t->blocks++;
  }
}

static uint32_t count_letters (const char *p, const char *end) {
  uint32_t count = 0;
  for (; p < end; p++) count += (unsigned char)*p > ' ';
  return count;
}

void ld_html_find_tables (ld_html *w) {
  ld_markup m;
  table open[OPEN_MAX];
  uint32_t depth = 0, over = 0;
  ld_markup_init(&m, w->markup.bytes, w->markup.n, false);
  m.xhtml = w->markup.xhtml;      /* the same tags as in the walk */
  while (ld_markup_next(&m) != LD_MARKUP_END && !w->failed) {
    if (m.kind == LD_MARKUP_TEXT && depth)
      open[depth - 1].text += count_letters(m.bytes + m.begin,
                                            m.bytes + m.end);
    if (m.kind != LD_MARKUP_OPEN && m.kind != LD_MARKUP_CLOSE) continue;
    enum ld_element element = ld_html_element(m.name, m.name_length);
    if (element == LD_EL_TABLE && m.kind == LD_MARKUP_OPEN) {
      if (depth) open[depth - 1].nested = true;
      if (!add_table(w)) return;
      if (depth == OPEN_MAX) { over++; continue; }
      memset(open + depth, 0, sizeof *open);
      open[depth++].number = w->table_count - 1;
    } else if (element == LD_EL_TABLE && over) {
      over--;
    } else if (element == LD_EL_TABLE && depth) {
      verdict(w, open + --depth);
      continue;
    }
    if (depth && !over) see_tag(open + depth - 1, &m, element);
  }
  while (depth) verdict(w, open + --depth);
}
