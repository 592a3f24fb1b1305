/*
** fail.h - memory that is refused when it is told to be.
**
** The linker sends every request of ours here (--wrap, see fail.c and the
** Makefile): malloc and its kin, and the mappings that areas and large files
** stand on, whatever allocator an embedder has given. What libraries ask for
** themselves is not counted and never refused, save Lua's state, which lives on
** our allocator.
*/
#ifndef OOM_FAIL_H
#define OOM_FAIL_H

#include <stdbool.h>
#include <stddef.h>

/* Blocks and mapped bytes alive. */
typedef struct fail_counts {
  long blocks;
  long bytes;
} fail_counts;
extern fail_counts fail_seen;

/* The highest number of a request, in memory that a forked worker shares. */
extern long *fail_most;

/* From now on request 'number', from 0, is refused, and with 'after' all that
** come behind it; none where it is negative. */
void fail_begin (long number, bool after);
void fail_end (void);

/* Memory for the test itself. */
void *fail_test_alloc (size_t size);

#endif
