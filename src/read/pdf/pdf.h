/*
** pdf.h - the lines of a PDF's pages: shared by the files of this folder.
*/
#ifndef LD_READ_PDF_H
#define LD_READ_PDF_H

#include "read/read.h"

/* What a line is on its page. */
enum ld_line_role {
  LD_LINE_BODY,
  LD_LINE_HEADER, LD_LINE_FOOTER,     /* repeated on other pages */
  LD_LINE_NUMBER                      /* the page's number */
};

/* A line of a page, in reading order. Lengths are hundredths of a point, from
** the page's upper left corner. */
typedef struct ld_pdf_line {
  int32_t left, top, right, bottom;
  int32_t first;          /* width of its first word */
  uint32_t begin, end;    /* of its text, without the newline */
  uint32_t page, flow;    /* counted from 0; lines of a column are one flow */
  uint8_t role;           /* enum ld_line_role */
  bool joined;            /* it goes on with the paragraph of the body line
                             before it */
  uint8_t level;          /* of a heading, for a line set in larger letters
                             than the body; else 0 */
} ld_pdf_line;

typedef struct ld_pdf_page { int32_t width, height; } ld_pdf_page;

typedef struct ld_pdf {
  ld_reading *reading;
  const char *source;     /* what the lines' offsets count: their words first,
                             then the document's source */
  ld_pdf_line *lines;
  uint32_t line_count;
  ld_pdf_page *pages;
  uint32_t page_count;
} ld_pdf;

/* Finds headers, footers and page numbers. */
void ld_pdf_find_furniture (ld_pdf *pdf);
/* Finds the lines that go on with a paragraph. */
void ld_pdf_join_lines (ld_pdf *pdf);

#endif
