/*
** check.h - what every unit test includes: cmocka, its closing line, and an
** allocator that fails when it is told to.
**
**     static void test_adding (void **state) { ... }
**     static const struct CMUnitTest tests[] = {
**       cmocka_unit_test(test_adding)
**     };
**     int main (void) { return CHECK_ALL(tests); }
*/
#ifndef CHECK_H
#define CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CHECK_COUNT(array) (sizeof(array) / sizeof *(array))
#define CHECK_ALL(tests) \
  check_end(cmocka_run_group_tests(tests, NULL, NULL), CHECK_COUNT(tests))

/* Whether valgrind runs us: posix_spawn then cannot tell that there is no such
** program, and a case costs fifty times as much. */
static inline bool check_is_slow (void) {
  return getenv("MEMCHECK") != NULL;
}

/* How many steps at once a long series of cases takes: one of 'most' then. */
static inline size_t check_step (size_t most) {
  return check_is_slow() ? most : 1;
}

/* Prints the line that tests/run.sh adds up. */
static inline int check_end (int failed, size_t count) {
  fflush(stderr);
  printf("%zu passed, %d failed\n", count - (size_t)failed, failed);
  return failed != 0;
}

/*
** An allocator (lesdiplo_alloc, with a check_heap as its data) that answers
** NULL from one moment on, and makes sure that sizes are told right.
*/
typedef struct check_heap {
  long left;          /* blocks still to be given; negative: no end */
  size_t blocks;      /* alive */
} check_heap;

static inline void *check_alloc (void *data, void *block, size_t old,
                                 size_t size) {
  check_heap *heap = data;
  size_t *head = block == NULL ? NULL : (size_t *)block - 2;
  if (head != NULL) assert_int_equal(*head, old);
  if (size == 0) {
    if (head != NULL) heap->blocks--;
    free(head);
    return NULL;
  }
  const bool grows = head == NULL || size > old;
  if (grows && heap->left == 0) return NULL;
  if (grows && heap->left > 0) heap->left--;
  heap->blocks += head == NULL;
  size_t *moved = realloc(head, size + 2 * sizeof *moved);
  assert_non_null(moved);
  *moved = size;
  return moved + 2;
}

#endif
