/*
** input.c - source bytes made good UTF-8, with a map back.
**
** Good UTF-8 is most of what there is: it is checked in one pass and taken as
** it lies. For the rest a plan is made first, which encoding the bytes are in
** and how that is known (charset/); then they are decoded row by row, and the
** rows become the pieces of the map. Whatever is doubtful becomes a note.
*/
#include <stdio.h>
#include <string.h>

#include "read/charset/charset.h"
#include "read/read.h"

#if defined(LD_SMALL)
enum { PIECE = 64 };     /* bytes that are looked at together */
#else
enum { PIECE = 65536 };
#endif

enum { WEAK = 75 };      /* a guess of less than so many hundredths is a note */

/* An input in the making. */
typedef struct opening {
  ld_input *in;
  ld_builder *builder;
  ld_plan plan;
  bool given;                    /* a person named the encoding */
  size_t bad, first_bad;         /* bytes that are no characters */
  size_t first_text;             /* the text before the first of them */
  uint32_t pile_lines[LD_PILES], pile_first[LD_PILES];     /* how many lines are
                                    in each of several encodings, and where */
} opening;

static void fail (opening *o) {
  if (!o->builder->failure) o->builder->failure = LESDIPLO_ENOMEM;
}


/* ----------------------------------------------------------------- looking */

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
    if (*good == i)
      *good += ld_utf8_valid(bytes + i, end - i)
                   ? end - i : ld_utf8_check(bytes + i, end - i);
    if (*good < end && *nul) return;
    i = end;
  }
}


/* ---------------------------------------------------------------- decoding */

/* Appends text that stands for source bytes [begin, end), as ld_builder_row
** does. */
static void add (ld_input *in, const char *bytes, size_t n, const ld_row *row) {
  if (n == 0) return;
  size_t at = in->decoded.used;
  ld_piece *last = NULL;
  if (bytes) ld_area_push(&in->decoded, bytes, n);
  else ld_area_take(&in->decoded, n);      /* it was written there */
  if (in->pieces.used)
    last = (ld_piece *)(void *)(in->pieces.base + in->pieces.used) - 1;
  if (last && last->source_end == row->begin &&
      memcmp(last->width, row->width, sizeof row->width) == 0 &&
      (row->width[0] ? at - last->text + n <= LD_ROW_MAX
                     : n == row->end - row->begin &&
                       last->source_end - last->source == at - last->text)) {
    last->source_end = (uint32_t)row->end;
    return;
  }
  ld_piece piece = { (uint32_t)at, (uint32_t)row->begin, (uint32_t)row->end,
                     { row->width[0], row->width[1], row->width[2],
                       row->width[3] } };
  ld_area_push(&in->pieces, &piece, sizeof piece);
}

static void count_bad (opening *o, size_t at, size_t n) {
  if (!o->bad) {
    o->first_bad = at;
    o->first_text = o->in->decoded.used;
  }
  o->bad += n;
}

/* UTF-8 as it is; a byte that is none becomes U+FFFD. */
static void decode_utf8 (opening *o, size_t at, size_t end) {
  const char *source = o->in->source;
  while (at < end) {
    size_t good = ld_utf8_check(source + at, end - at);
    ld_row row = { good, at, at + good, { 0, 0, 0, 0 } };
    add(o->in, source + at, good, &row);
    at += good;
    if (at == end) break;
    ld_row one = { 3, at, at + 1, { 1, 1, 1, 1 } };
    count_bad(o, at, 1);
    add(o->in, "\xEF\xBF\xBD", 3, &one);
    at++;
  }
}

static void decode_as (opening *o, const ld_charset *charset, size_t begin,
                       size_t end) {
  ld_input *in = o->in;
  ld_decoder decoder;
  ld_row row;
  char *out;
  size_t bad = 0;
  ld_decoder_open(&decoder, charset, in->source, begin, end);
  while ((out = ld_area_room(&in->decoded, LD_ROW_MAX)) != NULL &&
         ld_decoder_next(&decoder, out, &row)) {
    if (decoder.bad > bad)
      count_bad(o, bad ? row.begin : decoder.first_bad, decoder.bad - bad);
    bad = decoder.bad;
    add(in, NULL, row.n, &row);
  }
  if (decoder.failed) fail(o);
  ld_decoder_close(&decoder);
}

static void decode_mixed (opening *o) {
  const ld_input *in = o->in;
  for (size_t at = o->plan.mark; at < in->source_length;) {
    size_t begin = at;
    if (ld_lines_next(in->source, &at, in->source_length) == LD_LINE_OTHER)
      decode_as(o, o->plan.charset, begin, at);
    else
      decode_utf8(o, begin, at);
  }
}

/* Lines of several old encodings, and of UTF-8 where the plan has it. */
static void decode_piles (opening *o) {
  const ld_input *in = o->in;
  const ld_plan *p = &o->plan;
  int last = -1;
  uint32_t line = 1;
  for (size_t at = p->mark; at < in->source_length; line++) {
    size_t begin = at;
    enum ld_line kind = ld_lines_one(in->source, &at, in->source_length);
    if (kind == LD_LINE_ASCII || (p->mixed && kind == LD_LINE_UTF8)) {
      decode_utf8(o, begin, at);
      continue;
    }
    last = ld_piles_of(&p->piles, &o->builder->corpus->memory,
                       in->source + begin, at - begin, last);
    if (last < 0) {
      fail(o);
      return;
    }
    if (!o->pile_lines[last]++) o->pile_first[last] = line;
    decode_as(o, p->piles.charset[last], begin, at);
  }
}

static bool decode (opening *o) {
  ld_input *in = o->in;
  const ld_plan *p = &o->plan;
  if (p->piles.count > 1) decode_piles(o);
  else if (p->mixed) decode_mixed(o);
  else if (ld_is_utf8(p->charset)) decode_utf8(o, p->mark, in->source_length);
  else decode_as(o, p->charset, p->mark, in->source_length);
  in->n = in->decoded.used;
  char *padding = ld_area_take(&in->decoded, LD_PADDING);
  if (!padding || in->pieces.failed || o->builder->failure ||
      in->n > UINT32_MAX - LD_PADDING) {
    fail(o);
    ld_input_free(in);
    return false;
  }
  memset(padding, 0, LD_PADDING);
  in->bytes = in->decoded.base;
  in->map = (const ld_piece *)(const void *)in->pieces.base;
  in->map_count = (uint32_t)(in->pieces.used / sizeof *in->map);
  return true;
}

/* Good UTF-8 after a mark: the bytes stay where they are. */
static bool pass_mark (opening *o) {
  ld_input *in = o->in;
  ld_piece piece = { 0, (uint32_t)o->plan.mark, (uint32_t)in->source_length,
                     { 0, 0, 0, 0 } };
  in->map = ld_area_push(&in->pieces, &piece, sizeof piece);
  if (!in->map) {
    fail(o);
    ld_input_free(in);
    return false;
  }
  in->map_count = 1;
  in->bytes += o->plan.mark;
  in->n -= o->plan.mark;
  return true;
}


/* ------------------------------------------------------------------- notes */

static const char ADVICE[] = "name the right one in the column `charset` of a "
                             "metadata.csv beside it";

static uint32_t line_of (const ld_input *in, size_t at) {
  return ld_count_lines(in->bytes, in->bytes + at) + 1;
}

static void note_bad (const opening *o) {
  const ld_input *in = o->in;
  const char *text = in->bytes + o->first_text, *end = in->bytes + in->n;
  text = memmem(text, (size_t)(end - text), "\xEF\xBF\xBD", 3);
  uint32_t line = line_of(in, text ? (size_t)(text - in->bytes) : 0);
  if (ld_is_utf8(o->plan.charset) || o->plan.mixed ||
      o->plan.piles.count > 1)
    ld_builder_note(o->builder, LESDIPLO_EFORMAT, in->name, line,
                    "%zu byte%s not UTF-8, the first at byte %zu; each is read "
                    "as U+FFFD; if the file is in another encoding, %s, or "
                    "run: iconv -f ENCODING -t UTF-8 FILE", o->bad,
                    o->bad == 1 ? " is" : "s are", o->first_bad, ADVICE);
  else
    ld_builder_note(o->builder, LESDIPLO_EFORMAT, in->name, line,
                    "%zu byte%s no characters in %s, the first at byte %zu; "
                    "each is read as U+FFFD", o->bad,
                    o->bad == 1 ? " is" : "s are", o->plan.charset->name,
                    o->first_bad);
}

static void note_nul (const opening *o) {
  const ld_input *in = o->in;
  const char *nul = memchr(in->bytes, '\0', in->n);
  if (!nul) return;
  size_t at = (size_t)(nul - in->bytes);
  ld_builder_note(o->builder, LESDIPLO_EFORMAT, in->name, line_of(in, at),
                  "has NUL bytes, the first at byte %zu; they are read as "
                  "spaces", ld_input_source(in, at));
}

/* A header that was not believed. */
static void note_declared (const opening *o, const char *declared) {
  const ld_plan *p = &o->plan;
  const char *name = ld_is_utf8(p->charset) ? "UTF-8" : p->charset->name;
  if (!p->declared && declared && *declared && !ld_charset_find(declared))
    ld_builder_note(o->builder, LESDIPLO_EFORMAT, o->in->name, 0,
                    "is said to be in \"%.40s\", which is no encoding that is "
                    "known; it is read as %s", declared, name);
  else if (p->declared && p->declared != p->charset &&
           !(ld_is_utf8(p->declared) && ld_is_utf8(p->charset)) &&
           !(p->declared->coding == LD_CODING_UTF16 && ld_is_wide(p->charset)))
    ld_builder_note(o->builder, LESDIPLO_EFORMAT, o->in->name, 0,
                    "is said to be in %s, but its bytes are %s, and are read "
                    "so", p->declared->name, p->mixed || p->piles.count > 1
                                               ? "of two encodings or more"
                                               : name);
}

/* The encodings that were told apart: the note stands at the line where the
** second of them begins. */
static void note_piles (const opening *o) {
  const ld_piles *p = &o->plan.piles;
  char list[LD_PILES * 64];
  size_t n = 0;
  uint32_t first = UINT32_MAX, second = UINT32_MAX;
  for (int i = 0; i < p->count; i++) {
    uint32_t line = o->pile_first[i], count = o->pile_lines[i];
    if (!count) continue;
    n += (size_t)snprintf(list + n, sizeof list - n, "%s%s (%u line%s, the "
                          "first is %u)", n ? ", " : "", p->charset[i]->name,
                          count, count == 1 ? "" : "s", line);
    if (line < first) { second = first; first = line; }
    else if (line < second) second = line;
  }
  if (second == UINT32_MAX) return;
  ld_builder_note(o->builder, LESDIPLO_EFORMAT, o->in->name, second,
                  "its lines look like several old encodings, and each is read "
                  "in the one that fits it: %s; check the lines where one "
                  "begins; where words look wrong, split the file there and "
                  "run on each part: iconv -f ENCODING -t UTF-8 FILE", list);
}

static void note_guess (const opening *o) {
  const ld_plan *p = &o->plan;
  if (p->piles.count > 1) {
    note_piles(o);
    return;
  }
  if (p->mixed)
    ld_builder_note(o->builder, LESDIPLO_EFORMAT, o->in->name, p->first_other,
                    p->others == 1
                        ? "%u of %u lines is not UTF-8, this one; it is read "
                          "as %s (%.2f)"
                        : "%u of %u lines are not UTF-8, the first is this one; "
                          "they are read as %s (%.2f)",
                    p->others, p->lines, p->charset->name, p->percent / 100.0);
  if (p->percent < WEAK && p->rival && p->charset != p->declared)
    ld_builder_note(o->builder, LESDIPLO_EFORMAT, o->in->name, 0,
                    "its encoding is guessed to be %s (%.2f), else %s; if "
                    "words look wrong, %s", p->charset->name,
                    p->percent / 100.0, p->rival->name, ADVICE);
}


/* -------------------------------------------------------------------- open */

/* What the document will tell of its encoding. */
static void set_charset (opening *o) {
  ld_input *in = o->in;
  const ld_plan *p = &o->plan;
  char *how = in->charset_how;
  if (ld_is_utf8(p->charset)) return;
  in->charset = p->charset->name;
  in->unit = p->charset->coding == LD_CODING_UTF16 ? 2
             : p->charset->coding == LD_CODING_UTF32 ? 4 : 1;
  in->big_endian = p->charset->big_endian;
  if (p->mark && ld_is_wide(p->charset))
    snprintf(how, sizeof in->charset_how, "byte order mark");
  else if (p->charset->coding == LD_CODING_STATES)
    snprintf(how, sizeof in->charset_how, "escape sequences");
  else if (o->given)
    snprintf(how, sizeof in->charset_how, "given");
  else if (p->charset == p->declared)
    snprintf(how, sizeof in->charset_how, "declared");
  else
    snprintf(how, sizeof in->charset_how, "guessed, %.2f", p->percent / 100.0);
  size_t n = strlen(how);
  if (p->piles.count > 1)
    snprintf(how + n, sizeof in->charset_how - n, ", one of %d encodings in "
             "this file", p->piles.count + p->mixed);
  else if (p->mixed)
    snprintf(how + n, sizeof in->charset_how - n, ", in %u of %u lines, the "
             "others are UTF-8", p->others, p->lines);
}

/* All that is not plain UTF-8. */
static bool open_other (opening *o, const char *declared, bool good,
                        bool nul) {
  static const char nothing[LD_PADDING];
  ld_input *in = o->in;
  if (o->given)
    ld_plan_given(&o->plan, in->source, in->source_length);
  else if (!ld_plan_make(&o->plan, &o->builder->corpus->memory, in->source,
                    in->source_length, good, nul)) {
    fail(o);
    return false;
  }
  const ld_plan *p = &o->plan;
  in->refused = p->refused;
  if (in->refused) {
    in->bytes = nothing;
    in->n = 0;
    return true;
  }
  if (!ld_is_utf8(p->charset) || !good) {
    if (!decode(o)) return false;
  } else if (p->mark && !pass_mark(o)) {
    return false;
  }
  set_charset(o);
  note_nul(o);
  if (o->bad) note_bad(o);
  note_declared(o, declared);
  if (!ld_is_utf8(p->charset)) note_guess(o);
  return true;
}

static void start (ld_input *in, ld_builder *builder, const char *name,
                   const char *source, size_t n) {
  memset(in, 0, sizeof *in);
  ld_area_init(&in->decoded, &builder->corpus->memory);
  ld_area_init(&in->pieces, &builder->corpus->memory);
  in->name = in->path = name;
  in->source = in->bytes = source;
  in->source_length = in->n = n;
  in->unit = 1;
}

void ld_input_lend (ld_input *in, ld_reading *reading, const char *name,
                    const char *source, size_t n) {
  opening o = { .in = in, .builder = reading->builder };
  start(in, reading->builder, name, source, n);
  note_nul(&o);
}

static bool open_in (opening *o, ld_reading *reading, const char *name,
                     const char *source, size_t n, const char *declared) {
  const char *nul;
  size_t good;
  o->builder = reading->builder;
  start(o->in, reading->builder, name, source, n);
  examine(source, n, &good, &nul);
  if (declared && !*declared) declared = NULL;
  o->plan.declared = declared ? ld_charset_find(declared) : NULL;
  o->given &= o->plan.declared != NULL;
  bool plain = good == n && !nul && ld_is_utf8(o->plan.declared) &&
               (!declared || o->plan.declared) &&
               !(n >= 3 && memcmp(source, "\xEF\xBB\xBF", 3) == 0) &&
               (o->given || !ld_plan_escapes(source, n));
  return plain || open_other(o, declared, good == n, nul != NULL);
}

bool ld_input_open (ld_input *in, ld_reading *reading, const char *name,
                    const char *source, size_t n, const char *declared) {
  opening o = { .in = in };
  return open_in(&o, reading, name, source, n, declared);
}

bool ld_input_open_as (ld_input *in, ld_reading *reading, const char *name,
                       const char *source, size_t n, const char *charset) {
  opening o = { .in = in, .given = true };
  return open_in(&o, reading, name, source, n, charset);
}

void ld_input_free (ld_input *in) {
  ld_area_free(&in->decoded);
  ld_area_free(&in->pieces);
}

/* Text that was encoded twice is left so: what it was is not certain. */
static void note_doubled (ld_builder *builder, const ld_input *in) {
  ld_doubled found;
  char once[5] = "";
  ld_find_doubled(&found, in->bytes, in->n);
  if (found.count < 2) return;
  ld_utf8_write(found.once, once);
  ld_builder_note(builder, LESDIPLO_EFORMAT, in->name, line_of(in, found.at),
                  "looks encoded twice: \"%.*s\" here seems to stand for "
                  "\"%s\", and there are more; the text is left so; to mend "
                  "it, run: iconv -f UTF-8 -t %s FILE", (int)found.length,
                  in->bytes + found.at, once, found.charset->name);
}

/* A field under its own name, one of the fixed ones or a further one. */
static void set_field (ld_builder *b, const ld_field *field) {
  size_t n = strlen(field->value);
  for (int id = 0; id < LD_F_COUNT; id++)
    if (strcmp(ld_field_names[id], field->name) == 0) {
      ld_builder_field(b, (enum ld_field_id)id, field->value, n);
      return;
    }
  ld_builder_more(b, field->name, field->value, n);
}

void ld_input_begin (ld_reading *reading, const ld_input *in) {
  ld_builder *b = reading->builder;
  ld_builder_open(b, in->path, in->name, in->source, in->source_length);
  ld_sidecar_apply(reading, in->path);
  const ld_origin *origin = reading->origin;
  for (uint32_t i = 0; origin && i < origin->field_count; i++)
    set_field(b, origin->fields + i);
  if (in->unit > 1) ld_builder_units(b, in->unit, in->big_endian);
  if (in->n == 0)         /* a mark alone: its text is empty, not its source */
    ld_builder_text(b, "", 0, 0, in->source_length);
  if (!in->charset) {
    note_doubled(b, in);
    return;
  }
  ld_builder_more(b, "charset", in->charset, strlen(in->charset));
  ld_builder_more(b, "charset_how", in->charset_how, strlen(in->charset_how));
}


/* --------------------------------------------------------------------- map */

static ld_pieces map_of (const ld_input *in) {
  ld_pieces map = { in->map, in->map_count, in->bytes, (uint32_t)in->n };
  return map;
}

size_t ld_input_source (const ld_input *in, size_t at) {
  ld_pieces map = map_of(in);
  if (!in->map) return at;
  if (at >= in->n) return in->source_length;
  return ld_pieces_source(&map, ld_pieces_find(&map, (uint32_t)at),
                          (uint32_t)at);
}

size_t ld_input_source_end (const ld_input *in, size_t at) {
  ld_pieces map = map_of(in);
  if (!in->map) return at;
  if (at == 0) return 0;
  return ld_pieces_source_end(&map, ld_pieces_find(&map, (uint32_t)at - 1),
                              (uint32_t)at);
}

void ld_input_give (ld_builder *builder, const ld_input *in, size_t begin,
                    size_t end) {
  if (!in->map) {
    ld_builder_text(builder, in->bytes + begin, end - begin, begin, end);
    return;
  }
  ld_pieces map = map_of(in);
  for (uint32_t i = ld_pieces_find(&map, (uint32_t)begin); begin < end; i++) {
    uint32_t stop = ld_pieces_end(&map, i);
    if (stop > end) stop = (uint32_t)end;
    ld_builder_row(builder, in->bytes + begin, stop - begin,
                   ld_pieces_source(&map, i, (uint32_t)begin),
                   ld_pieces_source_end(&map, i, stop), in->map[i].width);
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
