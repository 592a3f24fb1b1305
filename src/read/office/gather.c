/*
** gather.c - blocks out of the paragraphs and tables of an office document.
**
** A block's runs are collected until its end is there, for only then it is
** known what it is: a table's row, or paragraphs that a table was used to lay
** out.
*/
#include <string.h>

#include "read/office/office.h"

enum {
  CELL_MOST = 300           /* bytes of a cell; more is a paragraph */
};

void ld_office_init (ld_office *o, ld_reading *reading, const ld_input *in) {
  ld_memory *memory = &reading->builder->corpus->memory;
  memset(o, 0, sizeof *o);
  o->reading = reading;
  o->b = reading->builder;
  o->in = in;
  o->style.kind = LD_PARAGRAPH;
  ld_outline_init(&o->blocks, memory);
  ld_outline_init(&o->dropped, memory);
  ld_area_init(&o->runs, memory);
}

void ld_office_free (ld_office *o) {
  if ((o->runs.failed || o->blocks.failed || o->dropped.failed) &&
      !o->b->failure)
    o->b->failure = LESDIPLO_ENOMEM;
  ld_area_free(&o->runs);
  ld_outline_free(&o->dropped);
  ld_outline_free(&o->blocks);
}

static void add (ld_office *o, enum ld_run_kind kind, const char *literal,
                 size_t begin, size_t end) {
  ld_run run = { (uint32_t)begin, (uint32_t)end, literal, (uint8_t)kind,
                 (uint8_t)o->style.kind, (uint8_t)o->style.level };
  ld_area_push(&o->runs, &run, sizeof run);
}

void ld_office_text (ld_office *o, size_t begin, size_t end) {
  if (begin < end) add(o, LD_RUN_TEXT, NULL, begin, end);
}

void ld_office_literal (ld_office *o, const char *bytes, size_t begin,
                        size_t end) {
  add(o, LD_RUN_LITERAL, bytes, begin, end);
}

void ld_office_drop (ld_office *o, size_t begin, size_t end) {
  add(o, LD_RUN_DROPPED, NULL, begin, end);
}


/* ----------------------------------------------------------------- writing */

static bool is_space (char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Gives bytes that stand for others. Where they are as many, they would be
** taken for the same: then they stand before them. */
static void replace (ld_office *o, const char *bytes, size_t n, size_t begin,
                     size_t end) {
  ld_input_replace(o->b, o->in, bytes, n, begin,
                   end - begin == n ? begin : end);
}

/* A run of white space: as it is, or as one space. */
static size_t give_space (ld_office *o, size_t at, size_t end) {
  const char *p = o->in->bytes;
  size_t from = at;
  while (at < end && is_space(p[at])) at++;
  if (!o->fold || (at == from + 1 && p[from] == ' ' && !o->space))
    ld_input_give(o->b, o->in, from, at);
  else if (!o->space)
    replace(o, " ", 1, from, at);
  o->space = true;
  return at;
}

/* A character reference; what begins none is text. */
static size_t give_reference (ld_office *o, size_t at, size_t end) {
  char out[4];
  int length;
  size_t n = ld_reference(o->in->bytes + at, o->in->bytes + end, false, out,
                          &length);
  if (n == 0) ld_input_give(o->b, o->in, at, at + 1);
  else replace(o, out, (size_t)length, at, at + n);
  o->space = false;
  return at + (n ? n : 1);
}

static void give_text (ld_office *o, size_t at, size_t end) {
  const char *p = o->in->bytes;
  while (at < end) {
    size_t from = at;
    while (at < end && p[at] != '&' && !(o->fold && is_space(p[at]))) at++;
    if (at > from) {
      ld_input_give(o->b, o->in, from, at);
      o->space = is_space(p[at - 1]);
    }
    if (at == end) return;
    at = p[at] == '&' ? give_reference(o, at, end) : give_space(o, at, end);
  }
}

/* A paragraph's end inside a cell: a space, unless the cell ends, too. */
static void give_gap (ld_office *o, const ld_run *run, const ld_run *next) {
  if (o->space || next->kind >= LD_RUN_PARAGRAPH) return;
  replace(o, " ", 1, run->begin, run->begin);
  o->space = true;
}

static void give_run (ld_office *o, const ld_run *run) {
  uint32_t at = ld_builder_at(o->b);
  switch (run->kind) {
    case LD_RUN_TEXT: give_text(o, run->begin, run->end); break;
    case LD_RUN_LITERAL:
      replace(o, run->literal, strlen(run->literal), run->begin, run->end);
      o->space = is_space(*run->literal);
      break;
    case LD_RUN_DROPPED:
      ld_input_replace(o->b, o->in, "", 0, run->begin, run->end);
      ld_outline_add(&o->dropped, at, at, LD_BOILERPLATE, 0);
      break;
    case LD_RUN_CELL:
      replace(o, "\t", 1, run->begin, run->begin);
      o->space = true;
      break;
    default: give_gap(o, run, run + 1);   /* it is not the last one */
  }
}

static bool is_blank (const ld_office *o, const ld_run *runs, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (runs[i].kind == LD_RUN_TEXT &&
        !ld_is_blank(o->in->bytes + runs[i].begin,
                     runs[i].end - runs[i].begin))
      return false;
  return true;
}

/* Gives the runs of a block, without the marks at its end. */
static void give_block (ld_office *o, const ld_run *runs, size_t count,
                        enum ld_block_kind kind, unsigned level) {
  while (count > 0 && runs[count - 1].kind >= LD_RUN_PARAGRAPH) count--;
  if (!o->b->doc || is_blank(o, runs, count)) return;
  if (ld_builder_at(o->b))            /* blocks stand apart */
    replace(o, "\n\n", 2, runs[0].begin, runs[0].begin);
  uint32_t begin = ld_builder_at(o->b);
  o->space = true;                    /* no space at its beginning */
  for (size_t i = 0; i < count; i++) give_run(o, runs + i);
  const char *text = o->b->doc->text, *end = text + ld_builder_at(o->b);
  const char *first = ld_skip_space(text + begin, end);
  const char *last = ld_trim_space(first, end);
  if (first == last) return;
  ld_outline_add(&o->blocks, (uint32_t)(first - text),
                 (uint32_t)(last - text), kind, level);
  if (o->style.title && o->title_begin == o->title_end) {
    o->title_begin = (uint32_t)(first - text);
    o->title_end = (uint32_t)(last - text);
  }
}

void ld_office_end (ld_office *o) {
  const ld_run *runs = (const ld_run *)(const void *)o->runs.base;
  if (!o->runs.used || o->runs.failed) return;
  if (o->rows) {
    uint32_t at = runs[o->runs.used / sizeof *runs - 1].end;
    add(o, LD_RUN_PARAGRAPH, NULL, at, at);
    return;
  }
  give_block(o, runs, o->runs.used / sizeof *runs, o->style.kind,
             o->style.level);
  ld_area_cut(&o->runs, 0);
}


/* ------------------------------------------------------------------ tables */

void ld_office_row_begin (ld_office *o) {
  if (!o->rows) ld_office_end(o);
  o->rows++;
}

void ld_office_cell_end (ld_office *o, size_t at) {
  if (o->rows == 1) add(o, LD_RUN_CELL, NULL, at, at);
}

/* Is it a row of short cells, and not a layout? */
static bool is_row (const ld_run *runs, size_t count) {
  size_t cells = 0, length = 0;
  for (size_t i = 0; i < count; i++) {
    if (runs[i].kind == LD_RUN_TEXT) length += runs[i].end - runs[i].begin;
    if (length > CELL_MOST) return false;
    if (runs[i].kind != LD_RUN_CELL) continue;
    cells++;
    length = 0;
  }
  return cells >= 2;
}

/* Gives the paragraphs of a row that is none, each as what it is. */
static void give_paragraphs (ld_office *o, const ld_run *runs, size_t count) {
  size_t from = 0;
  for (size_t i = 0; i < count; i++)
    if (runs[i].kind >= LD_RUN_PARAGRAPH) {
      give_block(o, runs + from, i - from, (enum ld_block_kind)runs[i].block,
                 runs[i].level);
      from = i + 1;
    }
  give_block(o, runs + from, count - from, LD_PARAGRAPH, 0);
}

void ld_office_row_end (ld_office *o) {
  const ld_run *runs = (const ld_run *)(const void *)o->runs.base;
  size_t count = o->runs.used / sizeof *runs;
  if (o->rows == 0 || --o->rows > 0 || count == 0 || o->runs.failed) return;
  o->style.title = false;
  if (is_row(runs, count)) give_block(o, runs, count, LD_TABLE, 0);
  else give_paragraphs(o, runs, count);
  ld_area_cut(&o->runs, 0);
}
