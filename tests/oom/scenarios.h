/*
** scenarios.h - pieces of work that need memory, for sweep.c to refuse it.
**
** A scenario says all that it sees, line by line, and returns LESDIPLO_OK, or
** the code of its first failure; whatever happens it gives everything back.
*/
#ifndef OOM_SCENARIOS_H
#define OOM_SCENARIOS_H

#include "lesdiplo.h"

/* Adds to what the scenario has said; kept where the sweep can compare it. */
void say (const char *bytes, size_t length);
void say_line (const char *format, ...) __attribute__((format(printf, 1, 2)));

typedef struct scenario {
  const char *name;
  int (*run) (const char *path);
  const char *only;    /* what it is tried with, below the folder ("" for all
                          of it); NULL: with each document, and all */
  int step;            /* every so many requests are tried, where there are
                          tens of thousands alike */
} scenario;

extern const scenario scenarios[];      /* a NULL name ends them */

#endif
