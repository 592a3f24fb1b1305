/*
** pairs.h - the text of a header as pairs, before anybody asks what they mean.
**
** The text is a strict subset of TOML, one pair a line: strings (one in three
** quotes may go over several lines), integers, booleans, arrays of strings; tables
** of one or two names.
*/
#ifndef LD_HOST_SCRIPT_PAIRS_H
#define LD_HOST_SCRIPT_PAIRS_H

#include "host/host.h"

/* The table opens where there is no key: it is there even if it is empty. */
typedef struct ld_pair {
  const char *table;     /* "", "needs", "param.country" */
  const char *key;
  ld_value value;        /* of an opening only its line, and its end */
} ld_pair;

typedef struct ld_pairs {
  bool present;          /* there is a header */
  const char *script;    /* what messages call the file */
  ld_pair *items;
  uint32_t count;
} ld_pairs;

/* Fills the error with a message and its place in the script. */
int ld_header_fail (lesdiplo_error *error, int code, const char *script,
                    uint32_t line, const char *format, ...) LD_PRINTF(5, 6);

/*
** Reads the header's text. No key and no table stands twice. Returns LESDIPLO_OK,
** also where there is no header, LESDIPLO_EFORMAT or LESDIPLO_ENOMEM; what is made
** lies in the arena.
*/
int ld_pairs_read (ld_pairs *out, ld_arena *arena, const char *chunk, size_t n,
                   const char *name, lesdiplo_error *error);

#endif
