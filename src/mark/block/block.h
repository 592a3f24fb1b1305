/*
** block.h - what blocks.c and run_on.c share: list markers.
*/
#ifndef LD_MARK_BLOCK_H
#define LD_MARK_BLOCK_H

#include "mark/mark.h"

enum {
  LD_RUN_ON_MIN = 300,     /* a shorter paragraph holds no run-on list but of bullets */
  LD_HEADING_MAX = 120,    /* bytes of a heading in a script like Latin */
  LD_HEADING_WORDS = 16
};

enum ld_marker_kind { LD_MARKER_NONE, LD_MARKER_BULLET, LD_MARKER_NUMBER, LD_MARKER_LETTER, LD_MARKER_ROMAN };

/* A list marker: its kind, its value (from 1) and where the content begins. */
typedef struct ld_marker {
  enum ld_marker_kind kind;
  unsigned value;
  const char *content;
} ld_marker;

/* The marker that a line begins with, or one of kind LD_MARKER_NONE. */
ld_marker ld_marker_at (const char *p, const char *end);
/* The level of an item with it. */
unsigned ld_marker_level (enum ld_marker_kind kind);

#endif
