/*
** blocks.c - from lines to headings, paragraphs and list items.
**
** A line is a block of its own, unless the text is wrapped at a width: then a
** paragraph is what stands between blank lines. Each line is judged by how it
** begins and ends and how long it is; only long ones are searched for lists
** that were run together. Time is linear in the text.
*/
#include <string.h>

#include "mark/block/block.h"

enum {
  WRAP_MAX = 130,        /* bytes of the longest line of a wrapped text */
  FEW_WIDE = 60,         /* bytes of it at least, where it has a few lines only */
  WRAP_SAMPLE = 500      /* lines looked at to tell whether it is wrapped */
};


/* --------------------------------------------------------------- outline */

void ld_outline_init (ld_outline *o, ld_memory *memory) {
  memset(o, 0, sizeof *o);
  o->memory = memory;
}

static bool room (ld_outline *o) {
  if (o->count < o->size) return true;
  uint32_t size = o->size ? o->size * 2 : 64;
  ld_block *blocks = ld_memory_resize(o->memory, o->blocks,
                                      o->size * sizeof *blocks,
                                      size * sizeof *blocks);
  if (!blocks) { o->failed = true; return false; }
  o->blocks = blocks;
  o->size = size;
  return true;
}

void ld_outline_add (ld_outline *o, uint32_t begin, uint32_t end,
                     enum ld_block_kind kind, unsigned level) {
  if (o->failed || !room(o)) return;
  ld_block block = { begin, end, (uint8_t)kind, (uint8_t)level, 0 };
  o->blocks[o->count++] = block;
}

void ld_outline_split (ld_outline *o, const char *text, uint32_t i,
                       uint32_t offset, enum ld_block_kind kind,
                       unsigned level) {
  if (o->failed || !room(o)) return;
  memmove(o->blocks + i + 1, o->blocks + i,
          (o->count++ - i) * sizeof *o->blocks);
  ld_block *head = o->blocks + i, *tail = head + 1;
  head->end = (uint32_t)(ld_trim_space(text + head->begin, text + offset) -
                         text);
  head->kind = (uint8_t)kind;
  head->level = (uint8_t)level;
  tail->begin = (uint32_t)(ld_skip_space(text + offset, text + tail->end) -
                           text);
  /* Marks of footnotes that stood in the head go before the tail. */
  for (const ld_block *last = o->blocks + o->count - 1;
       tail < last && tail[1].begin == tail[1].end &&
       tail[1].begin <= tail->begin; tail++) {
    const ld_block mark = tail[1];
    tail[1] = tail[0];
    tail[0] = mark;
  }
}

void ld_outline_free (ld_outline *o) {
  ld_memory_free(o->memory, o->blocks, o->size * sizeof *o->blocks);
  o->blocks = NULL;
  o->count = o->size = 0;
}



/* ----------------------------------------------------------------- lines */

typedef struct lines {
  ld_outline *outline;
  const char *text, *end;
  char newline;
  uint32_t wrap;          /* width of a wrapped text, or 0 */
  bool tabs;              /* a tab parts the cells of a table */
} lines;

/* One line without its white space; next is where the one after it begins: past
** the last one, begin is the text's end. */
typedef struct line { const char *begin, *end, *next; } line;

static line line_at (const lines *l, const char *p) {
  const char *q = memchr(p, l->newline, (size_t)(l->end - p));
  line found = { p, q ? q : l->end, q ? q + 1 : l->end };
  found.begin = ld_skip_space(p, found.end);
  found.end = ld_trim_space(found.begin, found.end);
  return found;
}

static bool is_stop (const line *l) {
  int n;
  if (l->begin == l->end) return false;
  const char *p = l->end;
  enum ld_class k = ld_class_before(l->begin, p, &n);
  while ((k == LD_CLOSE || k == LD_QUOTE || k == LD_APOSTROPHE) &&
         p - n > l->begin) {
    p -= n;
    k = ld_class_before(l->begin, p, &n);
  }
  return k == LD_STOP || strchr(":;,", p[-n]) != NULL ||
         (n == 3 && (!memcmp(p - 3, "\xEF\xBC\x9A", 3) ||
                     !memcmp(p - 3, "\xEF\xBC\x9B", 3) ||
                     !memcmp(p - 3, "\xEF\xBC\x8C", 3)));
}

/* Is the text wrapped at a width? Then most lines that another follows are
** nearly as long as the longest, and end anywhere; of few lines, each but the
** first goes on in small letters. */
static uint32_t wrap_width (const lines *l) {
  uint32_t widest = 0, pairs = 0, full = 0, stops = 0, small = 0, seen = 0;
  for (const char *p = l->text; p < l->end && seen < WRAP_SAMPLE; seen++) {
    line here = line_at(l, p);
    uint32_t n = (uint32_t)(here.end - here.begin);
    if (n > WRAP_MAX) return 0;
    if (n > widest) widest = n;
    p = here.next;
  }
  if (widest < 40) return 0;
  seen = 0;
  for (const char *p = l->text; p < l->end && seen < WRAP_SAMPLE; seen++) {
    line here = line_at(l, p), next = line_at(l, here.next);
    if (here.begin < here.end && next.begin < next.end) {
      int k;
      pairs++;
      full += (uint32_t)(here.end - here.begin) * 4 > widest * 3;
      stops += is_stop(&here);
      small += ld_class_at(next.begin, next.end, &k) == LD_LOWER;
    }
    p = here.next;
  }
  const bool many = pairs >= 3 || (pairs > 0 && small == pairs && widest >= FEW_WIDE);
  return many && full * 10 > pairs * 6 && stops * 10 < pairs * 4 ? widest : 0;
}

/* Does 'next' go on with the paragraph whose last line is 'here'? */
static bool continues (const lines *l, const line *here, const line *next) {
  if (!l->wrap || next->begin == next->end) return false;
  if (ld_marker_at(next->begin, next->end).kind) return false;
  int n;
  return (uint32_t)(here->end - here->begin) * 2 > l->wrap ||
         ld_class_at(next->begin, next->end, &n) == LD_LOWER;
}

static uint32_t count_words (const line *l) {
  uint32_t words = 0;
  bool inside = false;
  int n;
  for (const char *p = l->begin; p < l->end; p += n) {
    enum ld_class k = ld_class_at(p, l->end, &n);
    if (k == LD_IDEOGRAPH) { words++; inside = false; continue; }
    words += k != LD_SPACE && !inside;
    inside = k != LD_SPACE;
  }
  return words;
}

/* A line that breaks off, or a turn of a conversation: "MR PRICE: Well -". */
static bool is_speech (const line *l) {
  int n;
  if (ld_class_before(l->begin, l->end, &n) == LD_DASH) return true;
  const char *colon = memchr(l->begin, ':', (size_t)(l->end - l->begin));
  if (!colon || colon - l->begin > 50) return false;
  int capitals = 0;
  for (const char *p = l->begin; p < colon; p += n) {
    enum ld_class k = ld_class_at(p, colon, &n);
    if (k == LD_LOWER || k == LD_DIGIT) return false;
    capitals += k == LD_UPPER;
  }
  return capitals > 3;
}

/* A short line that ends without a stop and begins as a heading may. */
static bool is_heading (const line *l, const char *content) {
  int n;
  if (l->end - l->begin > LD_HEADING_MAX || is_stop(l) || is_speech(l))
    return false;
  enum ld_class k = ld_class_at(content, l->end, &n);
  return k != LD_LOWER && count_words(l) <= LD_HEADING_WORDS + 8;
}

static void add (const lines *l, const line *at, const char *from,
                 enum ld_block_kind kind, unsigned level) {
  ld_outline_add(l->outline, (uint32_t)(from - l->text),
                 (uint32_t)(at->end - l->text), kind, level);
}

/* A line with a marker: an item, or a numbered heading when what it numbers is
** short and no line beside it is of the same list. */
static void add_marked (const lines *l, const line *at, const ld_marker *m,
                        enum ld_marker_kind before, enum ld_marker_kind after) {
  if (m->kind == LD_MARKER_BULLET)
    add(l, at, m->content, LD_ITEM, 1);
  else if (is_heading(at, m->content) && before != m->kind && after != m->kind)
    add(l, at, at->begin, LD_HEADING, ld_marker_level(m->kind));
  else if (at->end - at->begin > LD_RUN_ON_MIN)
    ld_mark_run_on(l->outline, l->text, (uint32_t)(at->begin - l->text),
                   (uint32_t)(at->end - l->text));
  else
    add(l, at, at->begin, LD_ITEM, 1);
}

/* How deep a number such as "1.2.3" at the front is: 2 for that, else 0. */
static unsigned number_depth (const line *l) {
  unsigned depth = 0;
  const char *p = l->begin;
  while (p < l->end && *p >= '0' && *p <= '9') p++;
  while (l->end - p > 1 && p > l->begin && *p == '.' && p[1] >= '0' &&
         p[1] <= '9') {
    depth++;
    for (p++; p < l->end && *p >= '0' && *p <= '9'; p++) { }
  }
  return p < l->end && *p == ' ' ? depth : 0;
}

/* A line, or lines that were joined. 'before' and 'after' are the markers of
** those beside it. */
static void add_line (const lines *l, const line *here, const ld_marker *m,
                      enum ld_marker_kind before, enum ld_marker_kind after) {
  unsigned depth = m->kind ? 0 : number_depth(here);
  if (m->kind)
    add_marked(l, here, m, before, after);
  else if (l->tabs && memchr(here->begin, '\t',
                             (size_t)(here->end - here->begin)))
    add(l, here, here->begin, LD_TABLE, 0);
  else if (depth && is_heading(here, here->begin))
    add(l, here, here->begin, LD_HEADING,
        ld_marker_level(LD_MARKER_NUMBER) + depth);
  else if (is_heading(here, here->begin))
    add(l, here, here->begin, LD_HEADING, 2);
  else
    ld_mark_run_on(l->outline, l->text, (uint32_t)(here->begin - l->text),
                   (uint32_t)(here->end - l->text));
}

void ld_mark_lines (ld_outline *outline, const char *text, size_t n) {
  lines l = { outline, text, text + n, '\n', 0, true };
  if (!memchr(text, '\n', n) && memchr(text, '\r', n)) l.newline = '\r';
  l.wrap = wrap_width(&l);
  enum ld_marker_kind before = LD_MARKER_NONE;
  line next = line_at(&l, text);
  while (next.begin < l.end && !outline->failed) {
    line here = next, last = here;
    next = line_at(&l, here.next);
    if (here.begin == here.end) continue;
    ld_marker m = ld_marker_at(here.begin, here.end);
    while (continues(&l, &last, &next)) {
      here.end = next.end;
      last = next;
      next = line_at(&l, next.next);
    }
    ld_marker after = { LD_MARKER_NONE, 0, NULL };
    if (next.begin < next.end) after = ld_marker_at(next.begin, next.end);
    add_line(&l, &here, &m, before, after.kind);
    before = m.kind;
  }
}

/* The marker of block i, none where there is no such block or it has a kind. */
static ld_marker marker_of (const char *text, const ld_block *blocks,
                            uint32_t count, uint32_t i) {
  ld_marker none = { LD_MARKER_NONE, 0, text };
  if (i >= count || blocks[i].kind != LD_PARAGRAPH) return none;
  const char *end = text + blocks[i].end;
  const char *p = ld_skip_space(text + blocks[i].begin, end);
  return p < end ? ld_marker_at(p, end) : none;
}

void ld_mark_blocks (ld_outline *outline, const char *text,
                     const ld_block *blocks, uint32_t count) {
  enum ld_marker_kind before = LD_MARKER_NONE;
  ld_marker m = marker_of(text, blocks, count, 0);
  for (uint32_t i = 0; i < count && !outline->failed; i++) {
    ld_marker next = marker_of(text, blocks, count, i + 1);
    lines l = { outline, text, text + blocks[i].end, '\n', 0, false };
    line here = { text + blocks[i].begin, l.end, l.end };
    here.begin = ld_skip_space(here.begin, here.end);
    here.end = ld_trim_space(here.begin, here.end);
    if (blocks[i].kind != LD_PARAGRAPH)
      ld_outline_add(outline, blocks[i].begin, blocks[i].end,
                     (enum ld_block_kind)blocks[i].kind, blocks[i].level);
    else if (here.begin < here.end)
      add_line(&l, &here, &m, before, next.kind);
    before = m.kind;
    m = next;
  }
}

void ld_mark_paragraph (ld_outline *outline, const char *text, uint32_t begin,
                        uint32_t end) {
  ld_marker m = ld_marker_at(text + begin, text + end);
  if (m.kind == LD_MARKER_BULLET)
    ld_outline_add(outline, (uint32_t)(m.content - text), end, LD_ITEM, 1);
  else if (m.kind && end - begin <= LD_RUN_ON_MIN)
    ld_outline_add(outline, begin, end, LD_ITEM, 1);
  else
    ld_mark_run_on(outline, text, begin, end);
}
