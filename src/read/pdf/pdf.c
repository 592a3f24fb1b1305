/*
** pdf.c - PDF by way of pdftotext, a program of the package poppler-utils.
**
** It is asked for its table of words, which says where on its page each stands:
** by that lines become paragraphs, however the page was set. What it prints as
** text would not do: there paragraphs run together, and hyphens at line ends
** are taken out of "Indo-Pacific", too.
**
** The source of the document, whose bytes citations count, are the lines as
** they stand on the pages: words parted by a space, a newline after each line,
** an empty line after each paragraph, a form feed before each page but the
** first.
*/
#include <string.h>

#include "read/pdf/pdf.h"

enum {
  SECONDS_MOST = 60,              /* pdftotext may take */
  TABLE_MOST = 512 << 20,         /* bytes of its table, some ten a letter */
  HEADING_MOST = 240,             /* bytes; more in large letters is text */
  SIDE_MOST = 1 << 24             /* hundredths of a point: no page is larger */
};


/* ----------------------------------------------------------------- table */

/* The columns of the table: numbers, and the word. */
enum { LEVEL, PAGE, FLOW, BLOCK, LINE, WORD, LEFT, TOP, WIDTH, HEIGHT, SURE,
       COLUMNS };

/* What is made of it. */
typedef struct table {
  ld_memory *memory;
  ld_area text, lines, pages;     /* of bytes, ld_pdf_line, ld_pdf_page */
  int32_t word_end;               /* where the last word ended */
} table;

/* A number, its first two decimals kept: 12.3456 is 1234. */
static int32_t number (const char *p, const char *end) {
  int64_t value = 0;
  bool negative = p < end && *p == '-';
  int decimals = -1;
  for (p += negative; p < end && decimals < 2 && value < SIDE_MOST; p++) {
    if (*p == '.' && decimals < 0) decimals = 0;
    else if (*p >= '0' && *p <= '9') {
      value = value * 10 + (*p - '0');
      if (decimals >= 0) decimals++;
    } else break;
  }
  for (decimals = decimals < 0 ? 0 : decimals; decimals < 2; decimals++)
    value *= 10;
  if (value > SIDE_MOST) value = SIDE_MOST;
  return (int32_t)(negative ? -value : value);
}

static ld_pdf_line *last_line (const table *t) {
  if (!t->lines.used) return NULL;
  return (ld_pdf_line *)(void *)(t->lines.base + t->lines.used) - 1;
}

static void add_page (table *t, const int32_t *row) {
  ld_pdf_page page = { row[WIDTH], row[HEIGHT] };
  ld_area_push(&t->pages, &page, sizeof page);
}

/* A line lies on a page: one that comes before any is none. */
static void add_line (table *t, const int32_t *row) {
  if (!t->pages.used) return;
  ld_pdf_line line = { .left = row[LEFT], .top = row[TOP],
                       .right = row[LEFT] + row[WIDTH],
                       .bottom = row[TOP] + row[HEIGHT],
                       .begin = (uint32_t)t->text.used,
                       .end = (uint32_t)t->text.used,
                       .page = (uint32_t)(t->pages.used /
                                          sizeof(ld_pdf_page)) - 1,
                       .flow = (uint32_t)row[FLOW] };
  ld_area_push(&t->lines, &line, sizeof line);
}

static bool begins_wide (const char *word, size_t n) {
  int length;
  return ld_class_at(word, word + n, &length) == LD_IDEOGRAPH;
}

/* Adds a word to the last line; words that touch are one (a change of letters
** parts them in the table). */
static void add_word (table *t, const int32_t *row, const char *word,
                      size_t n) {
  ld_pdf_line *line = last_line(t);
  if (!line || n == 0) return;
  if (line->end == line->begin) {
    line->begin = (uint32_t)t->text.used;
    line->first = row[WIDTH];
    /* between Han characters a line may end anywhere */
    if (line->first > row[HEIGHT] && begins_wide(word, n))
      line->first = row[HEIGHT];
  } else {
    ld_area_cut(&t->text, t->text.used - 1);      /* the newline */
    if (row[LEFT] - t->word_end > row[HEIGHT] / 12 ||
        row[LEFT] < t->word_end - row[HEIGHT])
      ld_area_push(&t->text, " ", 1);
  }
  ld_area_push(&t->text, word, n);
  line->end = (uint32_t)t->text.used;
  ld_area_push(&t->text, "\n", 1);
  t->word_end = row[LEFT] + row[WIDTH];
}

/* Reads one row of the table. Its names for pages, flows and lines stand where
** words do. */
static void read_row (table *t, const char *p, const char *end) {
  int32_t row[COLUMNS];
  for (int i = 0; i < COLUMNS; i++) {
    const char *q = memchr(p, '\t', (size_t)(end - p));
    if (!q) return;
    row[i] = number(p, q);
    p = q + 1;
  }
  switch (row[LEVEL] / 100) {
    case 1: add_page(t, row); break;
    case 4: add_line(t, row); break;
    case 5: add_word(t, row, p, (size_t)(end - p)); break;
    default: break;
  }
}

static void read_table (table *t, const char *bytes, size_t n) {
  const char *p = bytes, *end = bytes + n;
  while (p < end && !t->text.failed) {
    const char *q = memchr(p, '\n', (size_t)(end - p));
    if (!q) q = end;
    const char *stop = q > p && q[-1] == '\r' ? q - 1 : q;
    read_row(t, p, stop);
    p = q + 1;
  }
}


/* ------------------------------------------------------------------ text */

/* Writes the source, and where each line stands in it. */
static void write_source (const ld_pdf *pdf, ld_area *out) {
  const ld_pdf_line *before = NULL;
  for (uint32_t i = 0; i < pdf->line_count && !out->failed; i++) {
    ld_pdf_line *line = pdf->lines + i;
    if (line->begin == line->end) continue;
    if (before && !line->joined) ld_area_push(out, "\n", 1);
    if (before && line->page != before->page) ld_area_push(out, "\f", 1);
    uint32_t begin = (uint32_t)out->used;
    ld_area_push(out, pdf->source + line->begin, line->end - line->begin);
    line->begin = begin;
    line->end = (uint32_t)out->used;
    ld_area_push(out, "\n", 1);
    before = line;
  }
}

static enum ld_block_kind kind_of (const ld_pdf_line *line) {
  static const enum ld_block_kind kinds[] = {
    LD_PARAGRAPH, LD_HEADER, LD_FOOTER, LD_BOILERPLATE
  };
  return kinds[line->role];
}

typedef struct writing {
  const ld_pdf *pdf;
  const ld_input *in;
  ld_builder *b;
  ld_outline blocks;      /* as the pages show them */
  ld_outline dropped;     /* furniture inside paragraphs */
} writing;

/* The body line after i that goes on with its paragraph, or line_count. */
static uint32_t next_joined (const ld_pdf *pdf, uint32_t i) {
  for (i++; i < pdf->line_count; i++)
    if (pdf->lines[i].role == LD_LINE_BODY)
      return pdf->lines[i].joined ? i : pdf->line_count;
  return i;
}

/* Gives a paragraph from line i on. What stands on the page between its lines,
** the foot of one page and the head of the next, is dropped from the text: a
** sentence that runs over them is one sentence. Returns its last line. */
static uint32_t give_paragraph (writing *w, uint32_t i) {
  const ld_pdf_line *lines = w->pdf->lines;
  uint32_t begin = ld_builder_at(w->b);
  uint8_t level = lines[i].level;
  for (;;) {
    uint32_t next = next_joined(w->pdf, i), stop = lines[i].end;
    if (next < w->pdf->line_count && next == i + 1) stop = lines[next].begin;
    else if (next < w->pdf->line_count) stop++;          /* with its newline */
    ld_input_give(w->b, w->in, lines[i].begin, stop);
    if (next == w->pdf->line_count) break;
    if (next > i + 1) {
      uint32_t at = ld_builder_at(w->b);
      ld_input_replace(w->b, w->in, "", 0, lines[i + 1].begin,
                       lines[next - 1].end);
      ld_outline_add(&w->dropped, at, at, LD_BOILERPLATE, 0);
    }
    i = next;
  }
  uint32_t end = ld_builder_at(w->b);
  const char *text = w->b->doc ? w->b->doc->text : "";
  if (end - begin > HEADING_MOST || ld_is_blank(text + begin, end - begin))
    level = 0;
  ld_outline_add(&w->blocks, begin, end, level ? LD_HEADING : LD_PARAGRAPH,
                 level);
  return i;
}

static void give_text (writing *w) {
  const ld_pdf *pdf = w->pdf;
  uint32_t at = 0;          /* in the source: what stands before was given */
  for (uint32_t i = 0; i < pdf->line_count && w->b->doc; i++) {
    const ld_pdf_line *line = pdf->lines + i;
    if (line->begin == line->end) continue;
    ld_input_give(w->b, w->in, at, line->begin);
    if (line->role == LD_LINE_BODY) {
      i = give_paragraph(w, i);
    } else {
      uint32_t begin = ld_builder_at(w->b);
      ld_input_give(w->b, w->in, line->begin, line->end);
      ld_outline_add(&w->blocks, begin, ld_builder_at(w->b), kind_of(line), 0);
    }
    at = pdf->lines[i].end;
  }
  ld_input_give(w->b, w->in, at, w->in->n);
  ld_builder_text_end(w->b);
}

/* Reads the document of the lines. */
static void read_lines (const ld_pdf *pdf, const ld_input *in) {
  static const ld_hints none = { .kind = NULL };
  ld_builder *b = pdf->reading->builder;
  ld_memory *memory = &b->corpus->memory;
  writing w = { .pdf = pdf, .in = in, .b = b };
  ld_outline whole;
  ld_input_begin(pdf->reading, in);
  ld_outline_init(&w.blocks, memory);
  ld_outline_init(&w.dropped, memory);
  ld_outline_init(&whole, memory);
  give_text(&w);
  if (b->doc) {
    ld_read_blocks(b, &whole, &w.blocks, &w.dropped);
    ld_read_finish(b, &whole, &none);
  }
  ld_outline_free(&whole);
  ld_outline_free(&w.dropped);
  ld_outline_free(&w.blocks);
}

/* Makes the document of the table. */
static void read_pages (ld_reading *reading, const char *name, table *t) {
  ld_builder *b = reading->builder;
  ld_input in;
  if (t->text.failed || t->lines.failed || t->pages.failed) {
    if (!b->failure) b->failure = LESDIPLO_ENOMEM;
    return;
  }
  size_t pages = t->pages.used / sizeof(ld_pdf_page);
  if (ld_is_blank(t->text.base ? t->text.base : "", t->text.used)) {
    ld_builder_note(b, LESDIPLO_EFORMAT, name, 0,
                    "left out: its %zu page%s no text, only pictures of it; "
                    "make them text with: ocrmypdf", pages,
                    pages == 1 ? " holds" : "s hold");
    return;
  }
  ld_pdf pdf = { reading, t->text.base,
                 (ld_pdf_line *)(void *)t->lines.base,
                 (uint32_t)(t->lines.used / sizeof(ld_pdf_line)),
                 (ld_pdf_page *)(void *)t->pages.base, (uint32_t)pages };
  ld_pdf_find_furniture(&pdf);
  ld_pdf_join_lines(&pdf);
  ld_area source;
  ld_area_init(&source, t->memory);
  write_source(&pdf, &source);
  if (source.failed && !b->failure) b->failure = LESDIPLO_ENOMEM;
  size_t n = source.used;
  pdf.source = ld_builder_store(b, source.base, n);
  ld_area_free(&source);
  if (!pdf.source || !ld_input_open(&in, reading, name, pdf.source, n,
                                    "UTF-8"))
    return;
  if (in.refused)
    ld_builder_note(b, LESDIPLO_EFORMAT, name, 0, "left out: its text %s",
                    in.refused);
  else if (in.bytes == in.source) read_lines(&pdf, &in);
  else ld_read_text(reading, &in);      /* its bytes had to be mended */
  ld_input_free(&in);
}

void ld_read_pdf (ld_reading *reading, const char *name, const char *bytes,
                  size_t n) {
  static const char *const command[] = { "pdftotext", "-tsv", "-nodiag", "-enc",
                                         "UTF-8", "-", "-", NULL };
  ld_memory *memory = &reading->builder->corpus->memory;
  ld_helper helper = { command, bytes, n, TABLE_MOST, SECONDS_MOST };
  lesdiplo_error error;
  ld_buffer output;
  ld_buffer_init(&output, memory);
  int code = ld_helper_run(&helper, &output, &error);
  if (code == LESDIPLO_OK) {
    table t = { .memory = memory };
    ld_area_init(&t.text, memory);
    ld_area_init(&t.lines, memory);
    ld_area_init(&t.pages, memory);
    read_table(&t, ld_buffer_text(&output), output.used);
    ld_buffer_free(&output);
    read_pages(reading, name, &t);
    ld_area_free(&t.pages);
    ld_area_free(&t.lines);
    ld_area_free(&t.text);
  } else if (code == LESDIPLO_ENOMEM) {
    if (!reading->builder->failure) reading->builder->failure = code;
  } else if (code == LESDIPLO_ENOTFOUND) {
    ld_builder_note(reading->builder, code, name, 0,
                    "left out: it is a PDF, and pdftotext is not there to read "
                    "it; install the package poppler-utils");
  } else {
    ld_builder_note(reading->builder, code, name, 0, "left out: %s",
                    error.message);
  }
  ld_buffer_free(&output);
}
