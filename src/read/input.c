/*
** input.c - bytes that are not UTF-8 made so, with a map back.
*/
#include <string.h>

#include "read/read.h"

enum { PIECE = 65536 };

/* Where the first bad byte and the first NUL stand, n where there are none:
** piece by piece, so that memory is gone through once. */
static void examine (const char *bytes, size_t n, size_t *good,
                     const char **nul) {
  *nul = NULL;
  *good = 0;
  for (size_t i = 0; i < n;) {
    size_t end = n - i > PIECE ? ld_utf8_floor(bytes, i + PIECE) : n;
    if (end <= i) end = i + PIECE;
    if (!*nul) *nul = memchr(bytes + i, '\0', end - i);
    if (*good == i) *good += ld_utf8_check(bytes + i, end - i);
    if (*good < end && *nul) return;
    i = end;
  }
}

/* The number of bytes that are no UTF-8. */
static size_t count_bad (const char *bytes, size_t n) {
  size_t bad = 0;
  for (size_t good; (good = ld_utf8_check(bytes, n)) < n; bad++) {
    bytes += good + 1;
    n -= good + 1;
  }
  return bad;
}

/* Notes NULs, and bytes that are no UTF-8; true where there are such bytes. */
static bool note_doubts (ld_builder *builder, const char *name,
                         const char *bytes, size_t n) {
  const char *nul;
  size_t good;
  examine(bytes, n, &good, &nul);
  if (nul)
    ld_builder_note(builder, LESDIPLO_EFORMAT, name,
                    ld_count_lines(bytes, nul) + 1,
                    "has NUL bytes, the first at byte %zu; they are read as "
                    "spaces", (size_t)(nul - bytes));
  size_t bad = good < n ? count_bad(bytes, n) : 0;
  if (bad)
    ld_builder_note(builder, LESDIPLO_EFORMAT, name,
                    ld_count_lines(bytes, bytes + good) + 1,
                    "%zu byte%s not UTF-8, the first at byte %zu; each is read "
                    "as U+FFFD; if the file is in another encoding, run: iconv "
                    "-f ENCODING -t UTF-8 FILE", bad,
                    bad == 1 ? " is" : "s are", good);
  return bad > 0;
}

/* Appends bytes that stand for source bytes [begin, end). Pieces that go on
** byte for byte are one. */
static void add (ld_input *in, const char *bytes, size_t n, size_t begin,
                 size_t end) {
  if (n == 0) return;
  size_t at = in->decoded.used;
  ld_piece *last = NULL;
  if (in->pieces.used)
    last = (ld_piece *)(void *)(in->pieces.base + in->pieces.used) - 1;
  ld_area_push(&in->decoded, bytes, n);
  if (last && n == end - begin && last->source_end == begin &&
      last->source_end - last->source == at - last->text) {
    last->source_end = (uint32_t)end;
    return;
  }
  ld_piece piece = { (uint32_t)at, (uint32_t)begin, (uint32_t)end };
  ld_area_push(&in->pieces, &piece, sizeof piece);
}

/* Copies what is good; a byte that is not becomes U+FFFD. */
static void repair (ld_input *in, size_t at) {
  while (at < in->source_length) {
    size_t good = ld_utf8_check(in->source + at, in->source_length - at);
    add(in, in->source + at, good, at, at + good);
    at += good;
    if (at == in->source_length) break;
    add(in, "\xEF\xBF\xBD", 3, at, at + 1);
    at++;
  }
}

static bool decode (ld_input *in, ld_builder *builder, size_t mark) {
  char *padding;
  repair(in, mark);
  in->n = in->decoded.used;
  padding = ld_area_take(&in->decoded, LD_PADDING);
  if (!padding || in->pieces.failed) {
    if (!builder->failure) builder->failure = LESDIPLO_ENOMEM;
    ld_input_free(in);
    return false;
  }
  memset(padding, 0, LD_PADDING);
  in->bytes = in->decoded.base;
  in->map = (const ld_piece *)(const void *)in->pieces.base;
  in->map_count = (uint32_t)(in->pieces.used / sizeof *in->map);
  return true;
}

bool ld_input_open (ld_input *in, ld_reading *reading, const char *name,
                    const char *source, size_t n, const char *declared) {
  ld_builder *builder = reading->builder;
  (void)declared;
  memset(in, 0, sizeof *in);
  ld_area_init(&in->decoded, &builder->corpus->memory);
  ld_area_init(&in->pieces, &builder->corpus->memory);
  in->name = in->path = name;
  in->source = in->bytes = source;
  in->source_length = in->n = n;
  size_t mark = n >= 3 && memcmp(source, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  if (!note_doubts(builder, name, source, n) && !mark) return true;
  return decode(in, builder, mark);
}

void ld_input_free (ld_input *in) {
  ld_area_free(&in->decoded);
  ld_area_free(&in->pieces);
}

void ld_input_begin (ld_reading *reading, const ld_input *in) {
  ld_builder_open(reading->builder, in->path, in->name, in->source,
                  in->source_length);
  ld_sidecar_apply(reading, in->path);
}

/* The piece that holds byte 'at'; the last one for the end. */
static uint32_t piece_at (const ld_input *in, size_t at) {
  uint32_t low = 0, high = in->map_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (in->map[middle].text <= at) low = middle;
    else high = middle;
  }
  return low;
}

/* Where piece i ends in the input's bytes. */
static size_t piece_end (const ld_input *in, uint32_t i) {
  return i + 1 < in->map_count ? in->map[i + 1].text : in->n;
}

static bool is_same (const ld_input *in, uint32_t i) {
  return piece_end(in, i) - in->map[i].text ==
         in->map[i].source_end - in->map[i].source;
}

size_t ld_input_source (const ld_input *in, size_t at) {
  if (!in->map) return at;
  if (at >= in->n) return in->source_length;
  uint32_t i = piece_at(in, at);
  return in->map[i].source + (is_same(in, i) ? at - in->map[i].text : 0);
}

size_t ld_input_source_end (const ld_input *in, size_t at) {
  if (!in->map) return at;
  if (at == 0) return 0;
  uint32_t i = piece_at(in, at - 1);
  return is_same(in, i) ? in->map[i].source + (at - in->map[i].text)
                        : in->map[i].source_end;
}

void ld_input_give (ld_builder *builder, const ld_input *in, size_t begin,
                    size_t end) {
  if (!in->map) {
    ld_builder_text(builder, in->bytes + begin, end - begin, begin, end);
    return;
  }
  for (uint32_t i = piece_at(in, begin); begin < end; i++) {
    size_t stop = piece_end(in, i) < end ? piece_end(in, i) : end;
    const ld_piece *piece = in->map + i;
    size_t from = piece->source, to = piece->source_end;
    if (is_same(in, i)) {
      from = piece->source + (begin - piece->text);
      to = piece->source + (stop - piece->text);
    }
    ld_builder_text(builder, in->bytes + begin, stop - begin, from, to);
    begin = stop;
  }
}

void ld_input_replace (ld_builder *builder, const ld_input *in,
                       const char *bytes, size_t n, size_t begin,
                       size_t end) {
  size_t from = ld_input_source(in, begin);
  size_t to = begin == end ? from : ld_input_source_end(in, end);
  ld_builder_text(builder, bytes, n, from, to);
}
