/*
** furniture.c - what a PDF's pages repeat: running heads and feet, numbers.
**
** Only the upper and lower edges of a page are looked at. A line is furniture
** when the same words stand at the same edge of several pages (digits count as
** equal), or when it is the number of its page.
*/
#include <string.h>

#include "read/pdf/pdf.h"

enum {
  EDGE = 15,              /* percent of the page's height */
  LINE_MOST = 200,        /* bytes of such a line */
  NUMBER_MOST = 40,       /* of a page's number, "Page 3 of 12" */
  PAGES_LEAST = 3,        /* that must show a line, unless ... */
  SHARE_LEAST = 2         /* ... one in so many does */
};

/* 'H' at the upper edge, 'F' at the lower, or 0. */
static char edge_of (const ld_pdf *pdf, const ld_pdf_line *line) {
  int64_t height = pdf->pages[line->page].height;
  if (line->end == line->begin || line->end - line->begin > LINE_MOST) return 0;
  if ((int64_t)line->bottom * 100 < height * EDGE) return 'H';
  if ((int64_t)line->top * 100 > height * (100 - EDGE)) return 'F';
  return 0;
}

static bool is_digit (char c) { return c >= '0' && c <= '9'; }

/* The line as it is compared: its edge, the size of its letters (the title on
** the first page may be the head of the others), its bytes without spaces, "#"
** for each number. Returns the length. */
static size_t make_key (const ld_pdf *pdf, const ld_pdf_line *line, char edge,
                        char key[LINE_MOST + 2]) {
  const char *p = pdf->source + line->begin, *end = pdf->source + line->end;
  size_t n = 0;
  key[n++] = edge;
  key[n++] = (char)((line->bottom - line->top) / 200);
  for (; p < end; p++) {
    if (*p == ' ') continue;
    if (!is_digit(*p)) key[n++] = *p;
    else if (key[n - 1] != '#') key[n++] = '#';
  }
  return n;
}

/* Does the line hold nothing but the page's number, with or without words, or
** in roman numerals? Of other words the line must tell the pages' count. */
static bool is_number (const ld_pdf *pdf, const ld_pdf_line *line) {
  const char *p = pdf->source + line->begin, *end = pdf->source + line->end;
  uint32_t numbers[3] = { 0, 0, 0 }, count = 0, letters = 0, romans = 0;
  if (line->end - line->begin > NUMBER_MOST) return false;
  while (p < end) {
    if (is_digit(*p)) {
      uint32_t value = 0;
      for (; p < end && is_digit(*p) && value < 100000; p++)
        value = value * 10 + (uint32_t)(*p - '0');
      if (count < 3) numbers[count++] = value;
      continue;
    }
    int n;
    bool letter = ld_is_letter(ld_class_at(p, end, &n)) || (n > 2 && !count);
    letters += letter;
    romans += letter && strchr("ivxlIVXL", *p) != NULL;
    p += n;
  }
  if (letters == 0) return count == 1 || count == 2;
  if (count == 0) return letters == romans && letters <= 6;
  return count == 2 && numbers[0] == line->page + 1 &&
         numbers[1] == pdf->page_count;
}

/* On how many pages a line like this stands at that edge: counted page by page,
** a page once. */
typedef struct seen { uint32_t pages, last; } seen;

static uint32_t place_of (ld_map *map, ld_arena *keys, const char *key,
                          size_t n, uint32_t next) {
  uint32_t place;
  if (ld_map_get(map, key, n, &place)) return place;
  const char *copy = ld_arena_string(keys, key, n);
  return copy ? ld_map_put(map, copy, n, next) : next;
}

static void count_lines (const ld_pdf *pdf, ld_map *map, ld_arena *keys,
                         ld_area *counts) {
  char key[LINE_MOST + 2];
  for (uint32_t i = 0; i < pdf->line_count && !counts->failed; i++) {
    const ld_pdf_line *line = pdf->lines + i;
    char edge = edge_of(pdf, line);
    if (!edge) continue;
    uint32_t next = (uint32_t)(counts->used / sizeof(seen));
    uint32_t place = place_of(map, keys, key, make_key(pdf, line, edge, key),
                              next);
    seen none = { 0, UINT32_MAX };
    if (place == next && !ld_area_push(counts, &none, sizeof none)) return;
    seen *s = (seen *)(void *)counts->base + place;
    if (s->last != line->page) s->pages++;
    s->last = line->page;
  }
}

static bool is_repeated (const ld_pdf *pdf, uint32_t pages) {
  return pages >= 2 && (pages >= PAGES_LEAST ||
                        pages * SHARE_LEAST >= pdf->page_count);
}

static void label_lines (const ld_pdf *pdf, const ld_map *map,
                         const ld_area *counts) {
  char key[LINE_MOST + 2];
  const seen *list = (const seen *)(const void *)counts->base;
  for (uint32_t i = 0; i < pdf->line_count; i++) {
    ld_pdf_line *line = pdf->lines + i;
    char edge = edge_of(pdf, line);
    uint32_t place;
    if (!edge || !ld_map_get(map, key, make_key(pdf, line, edge, key), &place))
      continue;
    if (is_number(pdf, line)) line->role = LD_LINE_NUMBER;
    else if (is_repeated(pdf, list[place].pages))
      line->role = edge == 'H' ? LD_LINE_HEADER : LD_LINE_FOOTER;
  }
}

void ld_pdf_find_furniture (ld_pdf *pdf) {
  ld_builder *b = pdf->reading->builder;
  ld_map map;
  ld_arena keys;
  ld_area counts;
  ld_map_init(&map, &b->corpus->memory);
  ld_arena_init(&keys, &b->corpus->memory);
  ld_area_init(&counts, &b->corpus->memory);
  count_lines(pdf, &map, &keys, &counts);
  if (map.failed || keys.failed || counts.failed) {
    if (!b->failure) b->failure = LESDIPLO_ENOMEM;
  } else label_lines(pdf, &map, &counts);
  ld_area_free(&counts);
  ld_arena_free(&keys);
  ld_map_free(&map);
}
