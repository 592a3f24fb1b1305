/*
** office.h - documents out of zips (docx, odt, epub): shared by the files of
** this folder.
**
** The source of such a document is the XML that holds its text, as it was
** unpacked, so that citations stay exact. Of a docx that is its main part
** (word/document.xml), of an odt its content.xml. Text comes in the order of
** the source; a note's text therefore cannot be taken out of the middle of its
** paragraph to its end: what stands elsewhere in a docx (word/footnotes.xml)
** or inside a paragraph of an odt is added to the source after its end.
*/
#ifndef LD_READ_OFFICE_H
#define LD_READ_OFFICE_H

#include "read/container/container.h"
#include "read/format/markup.h"

/* A stretch of a block in the making. */
enum ld_run_kind {
  LD_RUN_TEXT,      /* the input's bytes, with character references */
  LD_RUN_LITERAL,   /* bytes that stand for a tag: a tab, a line break */
  LD_RUN_DROPPED,   /* a note's mark: an empty block stands for it */
  LD_RUN_PARAGRAPH, /* the end of a paragraph inside a table's row ... */
  LD_RUN_CELL       /* ... and of a cell */
};

typedef struct ld_run {
  uint32_t begin, end;        /* in the input */
  const char *literal;
  uint8_t kind;               /* enum ld_run_kind */
  uint8_t block, level;       /* of the paragraph that ends: enum ld_block_kind
                                 and its level */
} ld_run;

/* What a paragraph is, by its style. */
typedef struct ld_style {
  enum ld_block_kind kind;    /* LD_PARAGRAPH: nothing known */
  unsigned level;
  bool title;                 /* of the whole document */
} ld_style;

/* A text that is gathered block by block. */
typedef struct ld_office {
  ld_reading *reading;
  ld_builder *b;
  const ld_input *in;
  ld_outline blocks, dropped;
  ld_area runs;               /* of ld_run: of the open block or row */
  ld_style style;             /* of the open block */
  bool fold;                  /* runs of white space count as one space */
  bool space;                 /* the text ends with white space */
  uint32_t rows;              /* open rows of tables, one inside the other */
  uint32_t title_begin, title_end;    /* in the text; equal: none was seen */
} ld_office;

void ld_office_init (ld_office *o, ld_reading *reading, const ld_input *in);
void ld_office_free (ld_office *o);
/* Adds the input's bytes [begin, end) to the open block, or what a tag there
** stands for. */
void ld_office_text (ld_office *o, size_t begin, size_t end);
void ld_office_literal (ld_office *o, const char *bytes, size_t begin,
                        size_t end);
void ld_office_drop (ld_office *o, size_t begin, size_t end);
/* Ends the open block, if it has any text. */
void ld_office_end (ld_office *o);
/* A row of a table is one block, its cells parted by tabs, unless it is a
** layout of paragraphs. 'at' is where a cell ends in the input. */
void ld_office_row_begin (ld_office *o);
void ld_office_cell_end (ld_office *o, size_t at);
void ld_office_row_end (ld_office *o);

/* What a style's name tells ("heading 1", "Heading_20_1", "Title"). */
ld_style ld_style_named (const char *name, size_t n);

/* What a file says of itself beside its text. */
typedef struct ld_properties {
  const char *title, *creator, *created, *modified, *date, *lang, *publisher;
} ld_properties;
/* Reads them: docProps/core.xml, meta.xml, the metadata of an OPF file. */
void ld_office_properties (ld_arena *arena, const ld_part *part,
                           ld_properties *out);

/* Gather the text of a source. 'styles' may be missing. */
void ld_word_read (ld_office *o, const ld_part *styles);
void ld_writer_read (ld_office *o);
/* Reads the chapters of an epub; false when it is none. */
bool ld_book_read (ld_members *members, const char *bytes, size_t n,
                   const ld_part *container);

/* Is it the tag's name? */
static inline bool ld_tag_is (const ld_markup *m, const char *name) {
  size_t n = __builtin_strlen(name);
  return m->name_length == n && __builtin_memcmp(m->name, name, n) == 0;
}

/* Tags by their names, and what they are to a reader; 0 is none of them. */
typedef struct ld_tag { const char *name; size_t n; int is; } ld_tag;
#define LD_TAG(name, is) { name, sizeof name - 1, is }

static inline int ld_tag_find (const ld_tag *tags, size_t count,
                               const ld_markup *m) {
  for (size_t i = 0; i < count; i++)
    if (tags[i].n == m->name_length &&
        __builtin_memcmp(tags[i].name, m->name, tags[i].n) == 0)
      return tags[i].is;
  return 0;
}

/* Passes what stands inside the tag that was found last, up to its end. */
void ld_office_skip (ld_markup *m);

#endif
