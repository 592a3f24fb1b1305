/*
** diff.c - two texts as a unified diff: what was expected, what came.
**
** The shortest way from one to the other, line by line (Myers): the work grows
** with how much they differ, and past a bound all that differs is shown as taken
** away and added.
*/
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum { STEPS_MOST = 1000, CONTEXT = 3, SHOWN_MOST = 101 };

/* A line with its newline, if it has one. */
struct line {
  const char *text;
  size_t length;
};

struct lines {
  struct line *items;
  long count;
};

struct diff {
  struct lines a, b;
  long *path;          /* after each number of steps, how far each diagonal goes */
  char *marks;         /* of each line of a: taken away; then of b: added */
  long shown;          /* lines, of which only some are */
};

static bool split (struct lines *out, const char *text, size_t length) {
  const char *end = text + length, *next;
  size_t room = 1;
  for (next = text; next < end; next++) room += *next == '\n';
  out->count = 0;
  out->items = calloc(room, sizeof *out->items);
  for (; out->items != NULL && text < end; text = next) {
    next = memchr(text, '\n', (size_t)(end - text));
    next = next ? next + 1 : end;
    out->items[out->count].text = text;
    out->items[out->count++].length = (size_t)(next - text);
  }
  return out->items != NULL;
}

static bool is_same (const struct diff *d, long i, long j) {
  const struct line *a = &d->a.items[i], *b = &d->b.items[j];
  return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* How far along a diagonal 'steps' steps lead, one step before being known. */
static long reach (const struct diff *d, const long *before, long steps,
                   long k) {
  const long n = d->a.count, m = d->b.count;
  long i, j;
  if (steps == 0) i = 0;
  else if (k == -steps || (k != steps && before[k - 1] < before[k + 1]))
    i = before[k + 1];
  else i = before[k - 1] + 1;
  for (j = i - k; i < n && j < m && j >= 0 && i >= 0 && is_same(d, i, j); j++)
    i++;
  return i;
}

/* The row of a number of steps, at its diagonal 0: rows lie behind each other, each
** by two longer. */
static long *row_of (const struct diff *d, long steps) {
  return d->path + steps * steps + steps;
}

/* Steps that lead from one text to the other, or -1 past the bound. */
static long walk (struct diff *d) {
  const long n = d->a.count, m = d->b.count;
  long steps, k;
  for (steps = 0; steps <= STEPS_MOST; steps++) {
    long *row = row_of(d, steps);
    const long *before = steps > 0 ? row_of(d, steps - 1) : row;
    for (k = -steps; k <= steps; k += 2) {
      row[k] = reach(d, before, steps, k);
      if (row[k] >= n && row[k] - k >= m) return steps;
    }
  }
  return -1;
}

static void mark_path (struct diff *d, long steps) {
  long i = d->a.count, j = d->b.count;
  for (; steps > 0; steps--) {
    const long *before = row_of(d, steps - 1);
    const long k = i - j;
    const bool down = k == -steps ||
                      (k != steps && before[k - 1] < before[k + 1]);
    const long from = before[down ? k + 1 : k - 1];
    if (down) d->marks[d->a.count + (from - k - 1)] = 1;
    else d->marks[from] = 1;
    i = from;
    j = from - (down ? k + 1 : k - 1);
  }
}

static void put_line (struct diff *d, ld_output *output, char mark,
                      const struct line *line) {
  if (d->shown++ >= SHOWN_MOST) return;
  ld_output_write(output, &mark, 1);
  ld_output_write(output, line->text, line->length);
  if (line->text[line->length - 1] != '\n')
    ld_output_text(output, "\n\\ No newline at end of file\n");
}

/* The end of a hunk that begins before line i of a and j of b: a change is no
** further from the next one than twice the context. */
static void find_end (const struct diff *d, long i, long j, long *to_a,
                      long *to_b) {
  long same = 0;
  while (i < d->a.count || j < d->b.count) {
    const bool gone = i < d->a.count && d->marks[i];
    const bool come = j < d->b.count && d->marks[d->a.count + j];
    if (!gone && !come && ++same > 2 * CONTEXT) break;
    if (gone || come) same = 0;
    if (gone) i++;
    else if (come) j++;
    else i++, j++;
  }
  if (same > 2 * CONTEXT) same = 2 * CONTEXT;   /* the last one was not passed */
  *to_a = i - (same > CONTEXT ? same - CONTEXT : 0);
  *to_b = j - (same > CONTEXT ? same - CONTEXT : 0);
}

static void put_hunk (struct diff *d, ld_output *output, long i, long j,
                      long to_a, long to_b) {
  if (d->shown >= SHOWN_MOST) {
    d->shown += to_a - i + to_b - j;
    return;
  }
  ld_output_format(output, "@@ -%ld,%ld +%ld,%ld @@\n",
                   to_a > i ? i + 1 : i, to_a - i,
                   to_b > j ? j + 1 : j, to_b - j);
  while (i < to_a || j < to_b) {
    if (i < to_a && d->marks[i]) put_line(d, output, '-', &d->a.items[i++]);
    else if (j < to_b && d->marks[d->a.count + j])
      put_line(d, output, '+', &d->b.items[j++]);
    else {
      put_line(d, output, ' ', &d->a.items[i++]);
      j++;
    }
  }
}

static void put_hunks (struct diff *d, ld_output *output) {
  long i = 0, j = 0;
  while (i < d->a.count || j < d->b.count) {
    const bool gone = i < d->a.count && d->marks[i];
    const bool come = j < d->b.count && d->marks[d->a.count + j];
    long to_a, to_b, back = i < j ? i : j;
    if (!gone && !come) {
      i++;
      j++;
      continue;
    }
    if (back > CONTEXT) back = CONTEXT;
    find_end(d, i - back, j - back, &to_a, &to_b);
    put_hunk(d, output, i - back, j - back, to_a, to_b);
    i = to_a;
    j = to_b;
  }
  if (d->shown > SHOWN_MOST)
    ld_output_format(output, "(%ld more lines)\n", d->shown - SHOWN_MOST);
}

void ld_diff (ld_output *output, const char *a, size_t a_length, const char *b,
              size_t b_length) {
  struct diff d;
  long steps;
  memset(&d, 0, sizeof d);
  d.path = calloc((size_t)(STEPS_MOST + 1) * (STEPS_MOST + 1), sizeof *d.path);
  if (split(&d.a, a, a_length) && split(&d.b, b, b_length))
    d.marks = calloc((size_t)(d.a.count + d.b.count) + 1, 1);
  if (d.path == NULL || d.marks == NULL) ld_message_error("no memory");
  else {
    steps = walk(&d);
    if (steps >= 0) mark_path(&d, steps);
    else memset(d.marks, 1, (size_t)(d.a.count + d.b.count));
    put_hunks(&d, output);
  }
  free(d.a.items);
  free(d.b.items);
  free(d.path);
  free(d.marks);
}
