/*
** locate.c - from text to source and back; lines; what lies where.
**
** A piece of the map reaches to the next piece's text. The bytes between the
** source end of one and the source begin of the next were dropped (markup): a
** span never covers them at its ends, and an empty span stands for them.
*/
#include <string.h>

#include "corpus/corpus.h"


/* ---------------------------------------------------------------- pieces */

uint32_t ld_pieces_find (const ld_pieces *map, uint32_t at) {
  uint32_t low = 0, high = map->count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (map->all[middle].text <= at) low = middle;
    else high = middle;
  }
  return low;
}

static bool is_same (const ld_pieces *map, uint32_t i) {
  const ld_piece *piece = map->all + i;
  return !ld_piece_is_row(piece) &&
         ld_pieces_end(map, i) - piece->text ==
             piece->source_end - piece->source;
}

/* A character of a row: where it stands in the text and in the source, and how
** many bytes it has in each. */
typedef struct step {
  uint32_t text, source;
  uint32_t length, width;
} step;

static uint32_t length_at (const char *p) {
  unsigned char c = (unsigned char)*p;
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* The last character of row i that begins at or before a byte of the text, and
** at or before one of the source. */
static step walk (const ld_pieces *map, uint32_t i, uint32_t text,
                  uint32_t source) {
  const ld_piece *piece = map->all + i;
  uint32_t end = ld_pieces_end(map, i);
  step s = { piece->text, piece->source, 0, 0 };
  for (;;) {
    s.length = length_at(map->text + s.text);
    s.width = piece->width[s.length - 1];
    if (s.text + s.length > text || s.source + s.width > source ||
        s.text + s.length >= end)
      return s;
    s.text += s.length;
    s.source += s.width;
  }
}

uint32_t ld_pieces_source (const ld_pieces *map, uint32_t i, uint32_t at) {
  const ld_piece *piece = map->all + i;
  if (ld_piece_is_row(piece)) return walk(map, i, at, UINT32_MAX).source;
  return is_same(map, i) ? piece->source + (at - piece->text) : piece->source;
}

uint32_t ld_pieces_source_end (const ld_pieces *map, uint32_t i, uint32_t at) {
  const ld_piece *piece = map->all + i;
  if (ld_piece_is_row(piece)) {
    step s = walk(map, i, at - 1, UINT32_MAX);
    return s.source + s.width;
  }
  return is_same(map, i) ? piece->source + (at - piece->text)
                         : piece->source_end;
}


/* ---------------------------------------------------------------- locate */

static ld_pieces map_of (const lesdiplo_doc *doc) {
  ld_pieces map = { doc->pieces, doc->piece_count, doc->text,
                    doc->text_length };
  return map;
}

/* Where the source byte of text byte 'at' stands. */
static uint32_t source_begin (const lesdiplo_doc *doc, uint32_t at) {
  ld_pieces map = map_of(doc);
  if (at >= doc->text_length) return doc->source_length;
  return ld_pieces_source(&map, ld_pieces_find(&map, at), at);
}

/* Where the source of the text before 'at' ends. */
static uint32_t source_end (const lesdiplo_doc *doc, uint32_t at) {
  ld_pieces map = map_of(doc);
  if (at == 0) return 0;
  return ld_pieces_source_end(&map, ld_pieces_find(&map, at - 1), at);
}

/* An empty stretch: what was dropped there. */
static void locate_empty (const lesdiplo_doc *doc, uint32_t at,
                          lesdiplo_span *out) {
  ld_pieces map = map_of(doc);
  uint32_t i = ld_pieces_find(&map, at);
  bool inner = at < doc->text_length;   /* the empty piece comes before */
  if (inner && i > 0) i--;
  const ld_piece *piece = map.all + i;
  bool empty = piece->text == at && ld_pieces_end(&map, i) == at;
  uint32_t from = empty ? piece->source : source_end(doc, at);
  uint32_t to = empty ? piece->source_end : source_begin(doc, at);
  /* Between the bytes of a replacement or of a row's character: all of it. */
  out->source_begin = from < to ? from : to;
  out->source_end = from < to ? to : from;
}

void ld_locate (const lesdiplo_doc *doc, uint32_t begin, uint32_t end,
                lesdiplo_span *out) {
  out->begin = begin;
  out->end = end;
  if (!doc->piece_count) {
    /* The text is the source, or it is empty and all was markup. */
    bool same = doc->text_length == doc->source_length;
    out->source_begin = same ? begin : 0;
    out->source_end = same ? end : doc->source_length;
  } else if (begin == end) {
    locate_empty(doc, begin, out);
  } else {
    out->source_begin = source_begin(doc, begin);
    out->source_end = source_end(doc, end);
  }
}

/* Where the text begins that stands for piece i's source from 'at' on, and
** where that ends which stands for its source before 'at'. */
static uint32_t text_begin (const ld_pieces *map, uint32_t i, uint32_t at) {
  const ld_piece *piece = map->all + i;
  if (at <= piece->source) return piece->text;
  if (ld_piece_is_row(piece)) return walk(map, i, UINT32_MAX, at).text;
  return is_same(map, i) ? piece->text + (at - piece->source) : piece->text;
}

static uint32_t text_end (const ld_pieces *map, uint32_t i, uint32_t at) {
  const ld_piece *piece = map->all + i;
  if (at >= piece->source_end) return ld_pieces_end(map, i);
  if (ld_piece_is_row(piece)) {
    step s = walk(map, i, UINT32_MAX, at - 1);
    return s.text + s.length;
  }
  return is_same(map, i) ? piece->text + (at - piece->source)
                         : ld_pieces_end(map, i);
}

/* The first piece whose source ends after 'at' (their count when none does);
** pieces are in the order of the source. */
static uint32_t first_after (const ld_pieces *map, uint32_t at) {
  uint32_t low = 0, high = map->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (map->all[middle].source_end <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* The last piece from 'low' on whose source begins before 'at'; 'low' itself
** when none does. */
static uint32_t last_before (const ld_pieces *map, uint32_t low, uint32_t at) {
  uint32_t high = map->count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (map->all[middle].source < at) low = middle;
    else high = middle;
  }
  return low;
}

bool ld_locate_source (const lesdiplo_doc *doc, uint32_t s_begin,
                       uint32_t s_end, uint32_t *begin, uint32_t *end) {
  ld_pieces map = map_of(doc);
  if (s_begin > s_end || s_end > doc->source_length) return false;
  if (!doc->piece_count) {
    bool same = doc->text_length == doc->source_length;
    *begin = same ? s_begin : 0;
    *end = same ? s_end : 0;
    return true;
  }
  uint32_t first = first_after(&map, s_begin);
  if (first == map.count) {
    *begin = *end = doc->text_length;
    return true;
  }
  *begin = *end = text_begin(&map, first, s_begin);
  uint32_t last = last_before(&map, first, s_end);
  if (map.all[last].source < s_end) *end = text_end(&map, last, s_end);
  if (*end < *begin) *end = *begin;
  return true;
}


/* ----------------------------------------------------------------- lines */

/* A line is counted from a mark this many bytes before it at most: a number of
** whole code units of any width. */
enum { LINE_STEP = 4096 };

/* Whether the byte 10 at p is a newline of UTF-16 or UTF-32: a code unit whose
** other bytes are zero. */
static bool is_newline (const lesdiplo_doc *doc, uint32_t at) {
  uint32_t unit = doc->unit, first = at - at % unit;
  uint32_t place = doc->big_endian ? unit - 1 : 0;
  if (at % unit != place || first + unit > doc->source_length) return false;
  for (uint32_t i = 0; i < unit; i++)
    if (i != place && doc->source[first + i]) return false;
  return true;
}

/* The newlines of the source from one byte to another. */
static uint32_t count_lines (const lesdiplo_doc *doc, size_t from, size_t to) {
  const char *p = doc->source + from, *end = doc->source + to;
  if (doc->unit == 1) return ld_count_lines(p, end);
  uint32_t n = 0;
  for (; p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
    n += is_newline(doc, (uint32_t)(p - doc->source));
  return n;
}

/* marks[0] is the length of the array, marks[1 + i] the newlines before byte
** i * LINE_STEP. */
static uint32_t *make_marks (const lesdiplo_doc *doc, ld_memory *memory) {
  uint32_t count = doc->source_length / LINE_STEP + 1;
  uint32_t *marks = ld_memory_new(memory, (count + 1) * sizeof *marks);
  if (!marks) return NULL;
  marks[0] = count + 1;
  marks[1] = 0;
  for (uint32_t i = 1; i < count; i++)
    marks[1 + i] = marks[i] + count_lines(doc, (i - 1) * (size_t)LINE_STEP,
                                          i * (size_t)LINE_STEP);
  return marks;
}

/* The index of a long document, made by whoever asks first; NULL when there
** is no memory for it: counting from the start gives the same answer. */
static const uint32_t *line_marks (const lesdiplo_doc *doc) {
  lesdiplo_corpus *c = (lesdiplo_corpus *)(uintptr_t)doc->corpus;
  const uint32_t *marks = NULL;
  pthread_mutex_lock(&c->lock);
  if (!c->lines) {
    c->lines = ld_memory_new(&c->lazy, c->doc_count * sizeof *c->lines);
    if (c->lines) memset(c->lines, 0, c->doc_count * sizeof *c->lines);
  }
  if (c->lines) {
    if (!c->lines[doc->index])
      c->lines[doc->index] = make_marks(doc, &c->lazy);
    marks = c->lines[doc->index];
  }
  pthread_mutex_unlock(&c->lock);
  return marks;
}

uint32_t ld_source_line (const lesdiplo_doc *doc, uint32_t at) {
  if (at > doc->source_length) at = doc->source_length;
  const uint32_t *marks = doc->source_length > 4 * LINE_STEP ? line_marks(doc)
                                                             : NULL;
  uint32_t from = 0, line = 1;
  if (marks) {
    uint32_t mark = at / LINE_STEP;
    if (mark + 1 >= marks[0]) mark = marks[0] - 2;
    from = mark * LINE_STEP;
    line += marks[1 + mark];
  }
  return line + count_lines(doc, from, at);
}


/* ------------------------------------------------------------ look-ups */

uint32_t ld_token_from (const lesdiplo_doc *doc, uint32_t at) {
  uint32_t low = 0, high = doc->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->token_begin[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

uint32_t ld_sentence_from (const lesdiplo_doc *doc, uint32_t at) {
  uint32_t low = 0, high = doc->sentence_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->sentences[middle].begin < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

uint32_t ld_sentence_of_token (const lesdiplo_doc *doc, uint32_t token) {
  uint32_t low = 0, high = doc->sentence_count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (doc->sentences[middle].token <= token) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

uint32_t ld_sentence_at (const lesdiplo_doc *doc, uint32_t at) {
  uint32_t i = ld_sentence_from(doc, at);
  if (i < doc->sentence_count && doc->sentences[i].begin == at) return i;
  return i > 0 && at < doc->sentences[i - 1].end ? i - 1 : UINT32_MAX;
}
