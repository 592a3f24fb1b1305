/*
** locate.c - from text to source and back; lines; what lies where.
**
** A piece of the map reaches to the next piece's text. The bytes between the
** source end of one and the source begin of the next were dropped (markup): a
** span never covers them at its ends, and an empty span stands for them.
*/
#include <string.h>

#include "corpus/corpus.h"

/* The piece that holds text byte 'at'; the last one for the end. */
static const ld_piece *piece_at (const lesdiplo_doc *doc, uint32_t at) {
  uint32_t low = 0, high = doc->piece_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->pieces[middle].text <= at) low = middle;
    else high = middle;
  }
  return doc->pieces + low;
}

static uint32_t piece_length (const lesdiplo_doc *doc, const ld_piece *piece) {
  const ld_piece *next = piece + 1;
  return (next < doc->pieces + doc->piece_count ? next->text
                                                : doc->text_length) -
         piece->text;
}

static bool is_same (const lesdiplo_doc *doc, const ld_piece *piece) {
  return piece_length(doc, piece) == piece->source_end - piece->source;
}

/* Where the source byte of text byte 'at' stands. */
static uint32_t source_begin (const lesdiplo_doc *doc, uint32_t at) {
  const ld_piece *piece = piece_at(doc, at);
  if (at >= doc->text_length) return doc->source_length;
  return is_same(doc, piece) ? piece->source + (at - piece->text)
                             : piece->source;
}

/* Where the source of the text before 'at' ends. */
static uint32_t source_end (const lesdiplo_doc *doc, uint32_t at) {
  if (at == 0) return 0;
  const ld_piece *piece = piece_at(doc, at - 1);
  return is_same(doc, piece) ? piece->source + (at - piece->text)
                             : piece->source_end;
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
    const ld_piece *piece = piece_at(doc, begin);
    bool inner = begin < doc->text_length;   /* the empty one comes before */
    if (inner && piece > doc->pieces) piece--;
    bool empty = piece->text == begin && piece_length(doc, piece) == 0;
    uint32_t from = empty ? piece->source : source_end(doc, begin);
    uint32_t to = empty ? piece->source_end : source_begin(doc, begin);
    /* Between the bytes of a replacement: all that it replaces. */
    out->source_begin = from < to ? from : to;
    out->source_end = from < to ? to : from;
  } else {
    out->source_begin = source_begin(doc, begin);
    out->source_end = source_end(doc, end);
  }
}

bool ld_locate_source (const lesdiplo_doc *doc, uint32_t s_begin,
                       uint32_t s_end, uint32_t *begin, uint32_t *end) {
  if (s_begin > s_end || s_end > doc->source_length) return false;
  if (!doc->piece_count) {
    bool same = doc->text_length == doc->source_length;
    *begin = same ? s_begin : 0;
    *end = same ? s_end : 0;
    return true;
  }
  /* The first piece that ends after s_begin (or at it, when nothing is
  ** asked), and the last that begins before s_end: pieces are in the order of
  ** the source. */
  uint32_t low = 0, high = doc->piece_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->pieces[middle].source_end <= s_begin) low = middle + 1;
    else high = middle;
  }
  if (low == doc->piece_count) {
    *begin = *end = doc->text_length;
    return true;
  }
  const ld_piece *first = doc->pieces + low;
  const ld_piece *stop = doc->pieces + doc->piece_count;
  *begin = first->text;
  if (s_begin > first->source && is_same(doc, first))
    *begin += s_begin - first->source;
  low = (uint32_t)(first - doc->pieces);
  high = doc->piece_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->pieces[middle].source < s_end) low = middle;
    else high = middle;
  }
  const ld_piece *last = doc->pieces + low;
  if (last->source >= s_end) { *end = *begin; return true; }
  *end = last + 1 < stop ? last[1].text : doc->text_length;
  if (s_end < last->source_end && is_same(doc, last))
    *end = last->text + (s_end - last->source);
  if (*end < *begin) *end = *begin;
  return true;
}


/* ----------------------------------------------------------------- lines */

/* A line is counted from a mark this many bytes before it at most. */
enum { LINE_STEP = 4096 };

/* marks[0] is the length of the array, marks[1 + i] the newlines before byte
** i * LINE_STEP. */
static uint32_t *make_marks (const lesdiplo_doc *doc, ld_memory *memory) {
  uint32_t count = doc->source_length / LINE_STEP + 1;
  uint32_t *marks = ld_memory_new(memory, (count + 1) * sizeof *marks);
  if (!marks) return NULL;
  marks[0] = count + 1;
  marks[1] = 0;
  for (uint32_t i = 1; i < count; i++)
    marks[1 + i] = marks[i] +
                   ld_count_lines(doc->source + (i - 1) * (size_t)LINE_STEP,
                               doc->source + i * (size_t)LINE_STEP);
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
  return line + ld_count_lines(doc->source + from, doc->source + at);
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

uint32_t ld_sentence_at (const lesdiplo_doc *doc, uint32_t at) {
  uint32_t i = ld_sentence_from(doc, at);
  if (i < doc->sentence_count && doc->sentences[i].begin == at) return i;
  return i > 0 && at < doc->sentences[i - 1].end ? i - 1 : UINT32_MAX;
}
