/*
** lines.c - which lines of a PDF's pages go on with a paragraph.
**
** A paragraph's line ends where the next word did not fit any more; a line
** that had room for it was the last one. Besides, paragraphs are told by a
** wider gap, by an indented first line, by letters of another size, by a
** bullet. When all of it fails, two paragraphs become one block or one becomes
** two, at the end of a sentence: sentences stay whole. Over the edge of a
** column or a page only a sentence that has not ended is taken on.
*/
#include <stdlib.h>
#include <string.h>

#include "read/pdf/pdf.h"

enum {
  STEP = 50,              /* hundredths of a point: sizes closer are the same */
  STEPS = 256,            /* sizes told apart */
  FLOW_LEAST = 3,         /* lines by which a flow's width is known */
  INDENT = 4,             /* heights a first line may be indented by */
  MARKER_MOST = 6,        /* bytes of a bullet or number that stands apart */
  MARKER_GAP = 5          /* heights between it and what it marks */
};

/* What is usual in the whole document. */
typedef struct usual {
  int32_t height;         /* of a line of the body */
  int32_t pitch;          /* from one line's top to the next one's */
} usual;

static int32_t height_of (const ld_pdf_line *line) {
  return line->bottom - line->top;
}

/* The size that has most of the weight. */
static int32_t commonest (const uint64_t weight[STEPS]) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < STEPS; i++)
    if (weight[i] > weight[best]) best = i;
  return (int32_t)(best * STEP + STEP / 2);
}

static uint32_t step_of (int32_t size) {
  if (size < 0) return 0;
  return size / STEP < STEPS ? (uint32_t)(size / STEP) : STEPS - 1;
}

static usual find_usual (const ld_pdf *pdf) {
  uint64_t heights[STEPS] = { 0 }, pitches[STEPS] = { 0 };
  usual u = { 0, 0 };
  for (uint32_t i = 0; i < pdf->line_count; i++)
    heights[step_of(height_of(pdf->lines + i))] +=
        pdf->lines[i].end - pdf->lines[i].begin;
  u.height = commonest(heights);
  for (uint32_t i = 1; i < pdf->line_count; i++) {
    const ld_pdf_line *a = pdf->lines + i - 1, *b = a + 1;
    int32_t pitch = b->top - a->top;
    if (a->page == b->page && a->flow == b->flow && pitch > u.height / 2 &&
        pitch < u.height * 3)
      pitches[step_of(pitch)]++;
  }
  u.pitch = commonest(pitches);
  if (u.pitch < u.height) u.pitch = u.height;
  return u;
}

static bool is_large (const ld_pdf_line *line, const usual *u) {
  return height_of(line) * 100 > u->height * 115;
}


/* Of a heading, by how large its letters are. */
static uint8_t level_of (const ld_pdf_line *line, const usual *u) {
  int32_t percent = height_of(line) * 100 / u->height;
  return percent > 150 ? 1 : percent > 125 ? 2 : 3;
}


/* ----------------------------------------------------------------- columns */

/* Where lines begin and end: those of a flow, when it has enough; else those of
** all flows that begin in the same place. */
enum { BUCKETS = 64, BUCKET = 3600 };     /* of half an inch */

typedef struct column {
  int32_t left, right;
  uint32_t lines;
} column;

static uint32_t bucket_of (const ld_pdf_line *line) {
  int32_t n = line->left / BUCKET;
  return n < 0 ? 0 : n < BUCKETS ? (uint32_t)n : BUCKETS - 1;
}

static void widen (column *c, int32_t left, int32_t right) {
  if (!c->lines++) { c->left = left; c->right = right; }
  if (left < c->left) c->left = left;
  if (right > c->right) c->right = right;
}

/* The column of the flow that begins with line i; '*end' is the line after its
** last. */
static column flow_at (const ld_pdf *pdf, const usual *u, uint32_t i,
                       uint32_t *end) {
  const ld_pdf_line *lines = pdf->lines;
  column flow = { 0, 0, 0 };
  for (*end = i; *end < pdf->line_count && lines[*end].page == lines[i].page &&
                 lines[*end].flow == lines[i].flow; ++*end)
    if (!is_large(lines + *end, u) && lines[*end].role == LD_LINE_BODY)
      widen(&flow, lines[*end].left, lines[*end].right);
  return flow;
}

/* Puts the column of each line into 'columns'. */
static void find_columns (const ld_pdf *pdf, const usual *u, column *columns) {
  column places[BUCKETS] = { { 0, 0, 0 } };
  for (uint32_t i = 0, end; i < pdf->line_count; i = end) {
    column flow = flow_at(pdf, u, i, &end);
    for (uint32_t k = i; k < end; k++) columns[k] = flow;
    if (flow.lines >= FLOW_LEAST)
      widen(places + bucket_of(pdf->lines + i), flow.left, flow.right);
  }
  for (uint32_t i = 0; i < pdf->line_count; i++) {
    if (columns[i].lines >= FLOW_LEAST) continue;
    uint32_t at = bucket_of(pdf->lines + i), n = at > 0 ? at - 1 : 0;
    for (; n < BUCKETS && n <= at + 1; n++)
      if (places[n].lines)
        widen(columns + i, places[n].left, places[n].right);
  }
}


/* ------------------------------------------------------------------ joining */

typedef struct joining {
  const ld_pdf *pdf;
  usual usual;
  const column *columns;
  ld_pdf_line row;        /* the paragraph's last row: lines side by side */
  bool first;             /* that row is its first */
} joining;

static const char *text_of (const joining *j, const ld_pdf_line *line,
                            const char **end) {
  *end = j->pdf->source + line->end;
  return j->pdf->source + line->begin;
}

/* Does it begin with a bullet, or with a dash, "1.", "(a)" and the like? */
static bool begins_item (const joining *j, const ld_pdf_line *line,
                         bool *bullet) {
  const char *end, *p = text_of(j, line, &end), *q = p;
  int n = 0;
  enum ld_class first = p < end ? ld_class_at(p, end, &n) : LD_SPACE;
  *bullet = first == LD_SYMBOL ||
            (n == 3 && (!memcmp(p, "\xE2\x80\xA2", 3) ||
                        !memcmp(p, "\xEF\x82\xB7", 3)));
  if (*bullet || first == LD_DASH || (n == 1 && *p == '*'))
    return p + n < end && p[n] == ' ';
  if (q < end && *q == '(') q++;
  const char *word = q;
  while (q < end && q - word < 4 &&
         ((*q >= '0' && *q <= '9') || (*q >= 'a' && *q <= 'z')))
    q++;
  return q > word && end - q > 1 && (*q == '.' || *q == ')') && q[1] == ' ';
}

static bool ends_with_stop (const joining *j, const ld_pdf_line *line) {
  const char *end, *p = text_of(j, line, &end);
  int n;
  while (end > p) {
    enum ld_class k = ld_class_before(p, end, &n);
    if (k != LD_CLOSE && k != LD_QUOTE && k != LD_APOSTROPHE)
      return k == LD_STOP || end[-n] == ':' || end[-n] == ';';
    end -= n;
  }
  return false;
}

static bool ends_with_hyphen (const joining *j, const ld_pdf_line *line) {
  const char *end, *p = text_of(j, line, &end);
  return end - p > 1 && (end[-1] == '-' || (end - p > 3 &&
         (!memcmp(end - 2, "\xC2\xAD", 2) ||
          !memcmp(end - 3, "\xE2\x80\x90", 3))));
}

static bool begins_small (const joining *j, const ld_pdf_line *line) {
  const char *end, *p = text_of(j, line, &end);
  int n;
  return p < end && ld_class_at(p, end, &n) == LD_LOWER;
}

static bool same_size (const ld_pdf_line *a, const ld_pdf_line *b) {
  int32_t x = height_of(a), y = height_of(b);
  return x * 100 < y * 120 && y * 100 < x * 120;
}

/* Had the row room for the first word of the line that follows? */
static bool had_room (const joining *j, const ld_pdf_line *next,
                      const column *c) {
  int32_t height = height_of(&j->row);
  return j->row.right + next->first + height * 3 / 4 < c->right;
}

/* Is the row a bullet or a number that what it marks stands beside? */
static bool is_marker (const joining *j, const ld_pdf_line *row) {
  const char *end, *p = text_of(j, row, &end);
  int n;
  if (!j->first || end - p > MARKER_MOST) return false;
  for (; p < end; p += n)
    if (ld_is_letter(ld_class_at(p, end, &n)) && end - p > n + 1) return false;
  return true;
}

/* Does the line stand beside the row, no farther than a wide space? */
static bool is_beside (const joining *j, const ld_pdf_line *line) {
  int32_t height = height_of(&j->row), gap = line->left - j->row.right;
  bool marker = is_marker(j, &j->row);
  return line->page == j->row.page && gap >= 0 &&
         abs(line->bottom - j->row.bottom) * 2 < height &&
         (marker || same_size(&j->row, line)) &&
         gap < height * (marker ? MARKER_GAP : 2);
}

/* Does the line below this one begin further left? */
static bool is_outdented (const joining *j, const ld_pdf_line *line) {
  const ld_pdf_line *next = line + 1;
  return next < j->pdf->lines + j->pdf->line_count &&
         next->page == line->page && next->flow == line->flow &&
         next->left < line->left - height_of(line) * 7 / 10;
}

/* The line below the row, in the same column. */
static bool continues_below (const joining *j, const ld_pdf_line *line,
                             const column *c) {
  const ld_pdf_line *row = &j->row;
  int32_t height = height_of(row), down = line->top - row->top;
  int32_t pitch = j->usual.pitch * 5 / 4;
  bool large = is_large(row, &j->usual), bullet, item, marked;
  if (large) pitch = height * 3 / 2;
  if (down > pitch || line->left > row->right ||
      line->right < row->left - INDENT * height)
    return false;
  if (large || ends_with_hyphen(j, row)) return true;
  item = begins_item(j, line, &bullet);
  if (bullet && item) return false;
  if (item && (ends_with_stop(j, row) || had_room(j, line, c))) return false;
  marked = j->first && begins_item(j, row, &bullet);
  if (line->left > row->left + height * 7 / 10 && !marked)
    return begins_small(j, line) && !ends_with_stop(j, row);
  if (line->left < row->left - height * 7 / 10 && !j->first) return false;
  if (j->first && !marked && line->left > c->left + height * 7 / 10 &&
      (ends_with_stop(j, row) || is_outdented(j, line)))
    return false;           /* indented as the line before: a first line, too */
  return !had_room(j, line, c) ||
         (begins_small(j, line) && !ends_with_stop(j, row));
}

/* The first line of another column or page, or of what stands below a picture:
** there only a small letter tells that it goes on. */
static bool continues_over (const joining *j, const ld_pdf_line *line,
                            const column *c) {
  bool bullet;
  bool below = line->page == j->row.page && line->top > j->row.top &&
               line->left <= j->row.right && line->right >= j->row.left;
  if (line->page > j->row.page + 1 || is_large(line, &j->usual) ||
      is_large(&j->row, &j->usual) || begins_item(j, line, &bullet))
    return false;
  if (ends_with_hyphen(j, &j->row)) return begins_small(j, line);
  return !ends_with_stop(j, &j->row) &&
         (begins_small(j, line) || (!below && !had_room(j, line, c)));
}

static bool goes_on (const joining *j, const ld_pdf_line *line,
                     const column *c) {
  if (is_beside(j, line)) return true;
  if (!same_size(&j->row, line)) return false;
  if (line->page == j->row.page) {
    if (line->top > j->row.top &&
        (line->flow == j->row.flow || continues_below(j, line, c)))
      return continues_below(j, line, c);
  }
  return continues_over(j, line, c);
}

static void join (joining *j) {
  const column *c = NULL;             /* of the row; NULL: there is none yet */
  for (uint32_t i = 0; i < j->pdf->line_count; i++) {
    ld_pdf_line *line = j->pdf->lines + i;
    if (line->role != LD_LINE_BODY || line->begin == line->end) continue;
    line->level = is_large(line, &j->usual) ? level_of(line, &j->usual) : 0;
    line->joined = c && goes_on(j, line, c);
    if (line->joined && is_beside(j, line)) {
      int32_t left = j->row.left;
      j->row = *line;
      j->row.left = left;
    } else {
      j->first = !line->joined;
      j->row = *line;
    }
    c = j->columns + i;
  }
}

void ld_pdf_join_lines (ld_pdf *pdf) {
  ld_builder *b = pdf->reading->builder;
  ld_memory *memory = &b->corpus->memory;
  size_t size = pdf->line_count * sizeof(column);
  column *columns = ld_memory_new(memory, size);
  if (!columns) {
    if (!b->failure) b->failure = LESDIPLO_ENOMEM;
    return;
  }
  joining j = { .pdf = pdf, .usual = find_usual(pdf), .columns = columns };
  find_columns(pdf, &j.usual, columns);
  join(&j);
  ld_memory_free(memory, columns, size);
}
