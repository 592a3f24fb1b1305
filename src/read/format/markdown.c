/*
** markdown.c - Markdown by md4c, wiki exports with their scars too.
**
** md4c hands text out as pointers into its input: the offset in the source is
** a subtraction. The text of a block is gathered first, piece by piece, then
** cleaned (footnote markers, stray brackets and stars of broken links) and
** given to the builder; what is left out becomes an empty block of
** boilerplate, which stands for its bytes.
*/
#include <string.h>

#include <md4c.h>

#include "read/format/markup.h"
#include "read/given/given.h"

/* A piece of the block being gathered: bytes of the source, or bytes that
** stand for others. */
typedef struct part {
  const char *bytes;
  uint32_t n;
  uint32_t source, source_end;
  char store[4];            /* what a character reference stands for */
  bool escaped;             /* it follows a backslash */
} part;

typedef struct reader {
  ld_builder *builder;
  const ld_input *in;
  ld_outline outline;
  ld_hints hints;
  const char *source;       /* what md4c reads: the input's bytes */
  size_t size;
  uint32_t at;              /* in those: where the last piece ended */
  part *parts;              /* of the open block */
  uint32_t count, room;
  enum ld_block_kind kind;
  unsigned level, lists;    /* of a heading; open lists */
  unsigned items;           /* open list items */
  bool caption, apparatus;  /* a picture's link; after a heading of notes */
  unsigned apparatus_level;
  bool category;            /* a link to a category is in the block */
  bool strong, seen_body;
  uint32_t wiki_links, strong_begin, strong_end;   /* parts of the title */
  bool failed;
} reader;

static bool has (const char *p, size_t n, const char *what) {
  return n > 0 && memmem(p, n, what, strlen(what)) != NULL;
}


/* ---------------------------------------------------------------- blocks */

static bool is_digit (char c) { return c >= '0' && c <= '9'; }

/* How many parts from i on make a footnote marker: \[12\]. */
static uint32_t footnote_at (const reader *r, uint32_t i) {
  if (!r->parts[i].escaped || *r->parts[i].bytes != '[') return 0;
  uint32_t k = i, digits = 0;
  const char *p = r->parts[i].bytes + 1;
  uint32_t left = r->parts[i].n - 1;
  for (;;) {
    while (left == 0) {
      if (++k == r->count) return 0;
      p = r->parts[k].bytes;
      left = r->parts[k].n;
    }
    if (*p == ']') return digits && r->parts[k].n == 1 ? k - i + 1 : 0;
    if (!is_digit(*p) || ++digits > 4) return 0;
    p++;
    left--;
  }
}

/* Marks of wiki markup that belong to no pair any more: ]] and **. Returns how
** many bytes from p are such. */
static uint32_t scar_at (const char *p, uint32_t n, bool escaped) {
  if (escaped && n == 1 && (*p == ']' || *p == '[')) return 1;
  if (n >= 2 && (!memcmp(p, "]]", 2) || !memcmp(p, "[[", 2) ||
                 !memcmp(p, "**", 2)))
    return 2;
  return 0;
}

static void give (reader *r, const char *p, uint32_t n, uint32_t begin,
                  uint32_t end) {
  if (n == end - begin && n > 0) ld_input_give(r->builder, r->in, begin, end);
  else ld_input_replace(r->builder, r->in, p, n, begin, end);
}

/* Gives one part without its scars. */
static void give_part (reader *r, const part *piece) {
  if (piece->n != piece->source_end - piece->source) {
    give(r, piece->store[0] ? piece->store : piece->bytes, piece->n,
         piece->source, piece->source_end);
    return;
  }
  uint32_t from = 0, i = 0;
  while (i < piece->n) {
    uint32_t scar = scar_at(piece->bytes + i, piece->n - i,
                            piece->escaped && i == 0);
    if (scar) {
      if (i > from)
        give(r, piece->bytes + from, i - from, piece->source + from,
             piece->source + i);
      from = i + scar;
    }
    i += scar ? scar : 1;
  }
  if (from < piece->n)
    give(r, piece->bytes + from, piece->n - from, piece->source + from,
         piece->source_end);
}

/* The kind of the block that is complete now. */
static enum ld_block_kind final_kind (reader *r, uint32_t begin,
                                      uint32_t end) {
  const char *text = r->builder->doc->text + begin;
  if (r->kind == LD_HEADING) {
    if (r->apparatus && r->level <= r->apparatus_level) r->apparatus = false;
    if (ld_lexicon_has(LD_APPARATUS, text, end - begin)) {
      r->apparatus = true;
      r->apparatus_level = r->level;
    }
  }
  if (r->apparatus || r->category) return LD_BOILERPLATE;
  if (r->caption) return LD_CAPTION;
  return r->kind;
}

static void end_block (reader *r) {
  if (!r->builder->doc || r->builder->failure) { r->count = 0; return; }
  if (r->count && ld_builder_at(r->builder)) {   /* blocks stand apart */
    uint32_t at = r->parts[0].source - r->parts[0].escaped;
    give(r, "\n\n", 2, at, at);
  }
  uint32_t begin = ld_builder_at(r->builder), notes[64], marks = 0;
  uint32_t strong_begin = 0, strong_end = 0;
  for (uint32_t i = 0; i < r->count; i++) {
    if (i == r->strong_begin) strong_begin = ld_builder_at(r->builder);
    uint32_t skip = footnote_at(r, i);
    if (skip) {
      if (marks < 64) notes[marks++] = ld_builder_at(r->builder);
      give(r, "", 0, r->parts[i].source - 1, r->parts[i + skip - 1].source_end);
      i += skip - 1;
    } else {
      give_part(r, r->parts + i);
    }
    if (i + 1 == r->strong_end) strong_end = ld_builder_at(r->builder);
  }
  uint32_t end = ld_builder_at(r->builder);
  const char *text = r->builder->doc->text;
  if (end > begin && ld_skip_space(text + begin, text + end) < text + end) {
    enum ld_block_kind kind = final_kind(r, begin, end);
    uint32_t start = (uint32_t)(ld_skip_space(text + begin, text + end) - text);
    uint32_t stop = (uint32_t)(ld_trim_space(text + start, text + end) - text);
    uint32_t i = 0;           /* blocks are in order: what stands before ... */
    for (; i < marks && notes[i] <= start; i++)
      ld_outline_add(&r->outline, notes[i], notes[i], LD_BOILERPLATE, 0);
    ld_outline_add(&r->outline, start, stop, kind, kind == LD_HEADING
                   ? r->level : kind == LD_ITEM ? r->lists : 0);
    for (; i < marks; i++)    /* ... and what stands in it, or behind */
      ld_outline_add(&r->outline, notes[i], notes[i], LD_BOILERPLATE, 0);
    if (kind == LD_PARAGRAPH && !r->seen_body) {
      r->seen_body = true;
      r->hints.title_begin = strong_begin;
      r->hints.title_end = strong_end > strong_begin ? strong_end
                                                     : strong_begin;
    }
  }
  r->count = 0;
  r->strong_begin = r->strong_end = UINT32_MAX;
  r->caption = r->category = false;
}

static void begin_block (reader *r, enum ld_block_kind kind, unsigned level) {
  if (r->count) end_block(r);
  r->kind = kind;
  r->level = level;
}


/* ------------------------------------------------------------- callbacks */

static int enter_block (MD_BLOCKTYPE type, void *detail, void *data) {
  reader *r = data;
  switch (type) {
    case MD_BLOCK_H:
      begin_block(r, LD_HEADING, ((MD_BLOCK_H_DETAIL *)detail)->level);
      break;
    case MD_BLOCK_UL: case MD_BLOCK_OL:
      if (r->count) end_block(r);
      r->lists++;
      break;
    case MD_BLOCK_LI:
      r->items++;
      begin_block(r, LD_ITEM, 0);
      break;
    case MD_BLOCK_P:
      begin_block(r, r->items ? LD_ITEM : LD_PARAGRAPH, 0);
      break;
    case MD_BLOCK_TR: begin_block(r, LD_TABLE, 0); break;
    case MD_BLOCK_CODE: begin_block(r, LD_PARAGRAPH, 0); break;
    default: break;
  }
  return 0;
}

static void add_part (reader *r, const part *piece) {
  if (r->count == r->room) {
    uint32_t room = r->room ? r->room * 2 : 64;
    part *parts = ld_memory_resize(&r->builder->corpus->memory, r->parts,
                                   r->room * sizeof *parts,
                                   room * sizeof *parts);
    if (!parts) { r->failed = true; return; }
    r->parts = parts;
    r->room = room;
  }
  r->parts[r->count++] = *piece;
}

/* Bytes that the source does not have: a gap between table cells. */
static void add_gap (reader *r, const char *bytes) {
  part piece = { bytes, (uint32_t)strlen(bytes), r->at, r->at, "", false };
  add_part(r, &piece);
}

static int leave_block (MD_BLOCKTYPE type, void *detail, void *data) {
  reader *r = data;
  (void)detail;
  switch (type) {
    case MD_BLOCK_UL: case MD_BLOCK_OL:
      if (r->count) end_block(r);
      r->lists--;
      break;
    case MD_BLOCK_LI:
      if (r->count) end_block(r);
      r->items--;
      break;
    case MD_BLOCK_H: case MD_BLOCK_P: case MD_BLOCK_TR: case MD_BLOCK_CODE:
      if (r->count) end_block(r);
      break;
    case MD_BLOCK_TD: case MD_BLOCK_TH: add_gap(r, "\t"); break;
    default: break;
  }
  return r->failed;
}

static int enter_span (MD_SPANTYPE type, void *detail, void *data) {
  reader *r = data;
  if (type == MD_SPAN_STRONG && r->strong_begin == UINT32_MAX)
    r->strong_begin = r->count;
  if (type == MD_SPAN_IMG) r->caption = true;
  if (type == MD_SPAN_A) {
    const MD_SPAN_A_DETAIL *a = detail;
    r->wiki_links += has(a->href.text, a->href.size, "wikipedia.org") ||
                     has(a->title.text, a->title.size, "wikilink");
    r->category |= has(a->href.text, a->href.size, "Category:");
    r->caption |= has(a->href.text, a->href.size, "File:") ||
                  (a->title.size > 4 && !memcmp(a->title.text, "fig:", 4));
  }
  return 0;
}

static int leave_span (MD_SPANTYPE type, void *detail, void *data) {
  reader *r = data;
  (void)detail;
  if (type == MD_SPAN_STRONG && r->strong_end == UINT32_MAX)
    r->strong_end = r->count;
  return 0;
}

/* What a character reference stands for, in UTF-8; 0 bytes when unknown. */
static int entity (const char *p, size_t n, char out[4]) {
  int length = 0;
  return ld_reference(p, p + n, false, out, &length) == n ? length : 0;
}

/* md4c gives text in the order of the source, save what it makes up itself: that
** stands for no bytes, so the map stays in order whatever comes. */
static int on_text (MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n,
                    void *data) {
  reader *r = data;
  part piece = { text, n, r->at, r->at, "", false };
  if (type == MD_TEXT_HTML || type == MD_TEXT_NULLCHAR) return 0;
  if (text >= r->source + r->at && text < r->source + r->size) {
    piece.source = (uint32_t)(text - r->source);
    piece.source_end = piece.source + n;
    /* A backslash that is text itself was given before. */
    piece.escaped = piece.source > r->at &&
                    r->source[piece.source - 1] == '\\';
    r->at = piece.source_end;
  } else if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR) {
    /* A line of its own that begins with a picture is its caption. */
    if (r->caption && r->kind == LD_PARAGRAPH) {
      end_block(r);
      return r->failed;
    }
    const char *q = r->source + r->at, *end = r->source + r->size;
    while (q < end && *q != '\n' && *q != '\r') q++;
    if (q + 1 < end && q[0] == '\r' && q[1] == '\n') q++;
    piece.bytes = q < end ? q : "\n";
    piece.n = 1;
    if (q < end) {
      piece.source = (uint32_t)(q - r->source);
      r->at = piece.source_end = piece.source + 1;
    }
  }
  if (type == MD_TEXT_ENTITY) {
    int length = entity(text, n, piece.store);
    if (length) piece.n = (uint32_t)length;
  }
  add_part(r, &piece);
  return r->failed;
}


/* ----------------------------------------------------------------- whole */

void ld_read_markdown (ld_reading *reading, const ld_input *in) {
  static const MD_PARSER parser = {
    0, MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS,
    enter_block, leave_block, enter_span, leave_span, on_text, NULL, NULL
  };
  ld_builder *builder = reading->builder;
  ld_input_begin(reading, in);
  if (!builder->doc) return;
  reader r;
  memset(&r, 0, sizeof r);
  r.builder = builder;
  r.in = in;
  r.source = in->bytes;
  r.size = in->n;
  r.kind = LD_PARAGRAPH;
  r.strong_begin = r.strong_end = UINT32_MAX;
  ld_outline_init(&r.outline, &builder->corpus->memory);
  const size_t front = ld_front_length(in->bytes, in->n);
  if (front) {
    ld_input_give(builder, in, 0, front);
    ld_front_read(builder);
    r.at = (uint32_t)front;
  }
  /* its own failure is one of memory: nothing else ends it */
  if (md_parse(in->bytes + front, (MD_SIZE)(in->n - front), &parser, &r) != 0)
    r.failed = true;
  if (r.count) end_block(&r);
  ld_builder_text_end(builder);
  if ((r.failed || r.outline.failed) && !builder->failure)
    builder->failure = LESDIPLO_ENOMEM;
  if (builder->failure || !builder->doc) {
    ld_builder_drop(builder);
  } else if (!ld_builder_at(builder)) {
    ld_builder_note(builder, LESDIPLO_EFORMAT, in->name, 0,
                    "left out: it has markup but no text");
    ld_builder_drop(builder);
  } else {
    r.hints.wiki = r.wiki_links >= 2;
    if (!r.hints.wiki) r.hints.title_end = r.hints.title_begin;
    ld_read_finish(builder, &r.outline, &r.hints);
  }
  ld_outline_free(&r.outline);
  ld_memory_free(&builder->corpus->memory, r.parts,
                 r.room * sizeof *r.parts);
}
