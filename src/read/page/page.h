/*
** page.h - a document's page while its lines are told apart: shared by
** metadata.c, head.c, datelines.c and inferred.c.
*/
#ifndef LD_READ_PAGE_H
#define LD_READ_PAGE_H

#include "read/read.h"

enum {
  HEAD_MAX = 24,          /* blocks looked at before the body */
  BODY_MIN = 120,         /* bytes: a paragraph of the body, not a line */
  LINE_MAX = 160,         /* bytes of a line of furniture */
  SEEN_MAX = 4000,        /* blocks looked at for a line that is repeated */
  WORDS = 24              /* of a line */
};

typedef struct page {
  ld_builder *b;
  ld_outline *o;
  const ld_hints *hints;
  const char *text;
  uint32_t body;          /* first block of the body */
  bool news, official, speech;
  bool title;             /* it was known, or was found */
} page;

/* What a line is made of. */
typedef struct words {
  struct { const char *begin; size_t n; enum ld_class first; bool caps; }
  at[WORDS];
  int count;
  int digits, stops, commas;
} words;
void ld_page_split_words (const char *s, size_t n, words *w);

/* The text of block i. */
const char *ld_page_at (const page *p, uint32_t i, size_t *n);
/* Is it a paragraph, not a line above one? */
bool ld_page_is_body (const page *p, uint32_t i);
void ld_page_mark (page *p, uint32_t i, enum ld_block_kind kind);

/* Fields from words of the text, unless they are set. */
void ld_page_set_field (page *p, enum ld_field_id id, const char *s, size_t n);
bool ld_page_has_field (const page *p, enum ld_field_id id);
/* The line s names the day: the date, its precision, how it is known. */
void ld_page_set_date (page *p, const char *s, size_t n, const ld_day *day);

bool ld_page_ends_with_stop (const char *s, size_t n);
/* Two to four capitalised words and nothing else: it may be a person. */
bool ld_page_is_name (const char *s, size_t n);
/* No letters at all: a rule, "###", "- 30 -". */
bool ld_page_is_ornament (const char *s, size_t n);

/* Goes through the lines before the body: head.c. */
void ld_page_read_head (page *p);
/* Cuts a dateline off the body's first paragraphs: datelines.c. */
void ld_page_read_dateline (page *p);
/* Where nothing tells the date, works it out of an anniversary: inferred.c. */
void ld_page_infer_date (page *p);

#endif
