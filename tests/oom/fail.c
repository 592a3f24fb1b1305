/*
** fail.c - stands between our code and the system's memory.
**
** `-Wl,--wrap=NAME` makes NAME in our objects mean __wrap_NAME here, and
** __real_NAME the system's. A refusal looks like the system's: NULL or
** MAP_FAILED, and errno. Not for threads: in the scenarios one at a time
** allocates.
*/
#include "fail.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

fail_counts fail_seen;
long *fail_most;

static struct {
  bool on, after;
  long number;           /* to be refused ... */
  long next;             /* ... and that of the request to come */
} order;

/* NOLINTBEGIN(bugprone-reserved-identifier): the linker wants these names */
void *__real_malloc (size_t size);
void *__real_calloc (size_t count, size_t size);
void *__real_realloc (void *block, size_t size);
void __real_free (void *block);
char *__real_strdup (const char *string);
void *__real_mmap (void *at, size_t size, int rights, int flags, int fd,
                   off_t from);
int __real_mprotect (void *at, size_t size, int rights);
int __real_munmap (void *at, size_t size);

void *__wrap_malloc (size_t size);
void *__wrap_calloc (size_t count, size_t size);
void *__wrap_realloc (void *block, size_t size);
void __wrap_free (void *block);
char *__wrap_strdup (const char *string);
void *__wrap_mmap (void *at, size_t size, int rights, int flags, int fd,
                   off_t from);
int __wrap_mprotect (void *at, size_t size, int rights);
int __wrap_munmap (void *at, size_t size);
/* NOLINTEND(bugprone-reserved-identifier) */


void fail_begin (long number, bool after) {
  order.next = 0;
  order.on = number >= 0;
  order.number = number;
  order.after = after;
}


void fail_end (void) {
  order.on = false;
}


void *fail_test_alloc (size_t size) {
  return __real_mmap(NULL, size, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}


static size_t page_up (size_t n) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  return (n + page - 1) / page * page;
}


/* Counts a request; true where it is to be refused. */
static bool refused (void) {
  const long number = order.next++;
  if (fail_most != NULL && number > *fail_most) *fail_most = number;
  if (!order.on || number < order.number) return false;
  if (!order.after && number > order.number) return false;
  errno = ENOMEM;
  return true;
}


void *__wrap_malloc (size_t size) {
  void *block = refused() ? NULL : __real_malloc(size);
  fail_seen.blocks += block != NULL;
  return block;
}


void *__wrap_calloc (size_t count, size_t size) {
  void *block = refused() ? NULL : __real_calloc(count, size);
  fail_seen.blocks += block != NULL;
  return block;
}


/* A block that has the room already is never refused more of it, nor made
** smaller in vain: Lua relies on that. */
void *__wrap_realloc (void *block, size_t size) {
  const bool grows = block == NULL || size > malloc_usable_size(block);
  if (grows && refused()) return NULL;
  void *moved = __real_realloc(block, size);
  fail_seen.blocks += block == NULL && moved != NULL;
  return moved;
}


void __wrap_free (void *block) {
  fail_seen.blocks -= block != NULL;
  __real_free(block);
}


char *__wrap_strdup (const char *string) {
  char *copy = refused() ? NULL : __real_strdup(string);
  fail_seen.blocks += copy != NULL;
  return copy;
}


/* What is mapped over a mapping of ours was counted with that. */
void *__wrap_mmap (void *at, size_t size, int rights, int flags, int fd,
                   off_t from) {
  if (refused()) return MAP_FAILED;
  void *place = __real_mmap(at, size, rights, flags, fd, from);
  if (place != MAP_FAILED && !(flags & MAP_FIXED))
    fail_seen.bytes += (long)page_up(size);
  return place;
}


/* Areas grow by it: pages that may not be touched take no memory. */
int __wrap_mprotect (void *at, size_t size, int rights) {
  return refused() ? -1 : __real_mprotect(at, size, rights);
}


int __wrap_munmap (void *at, size_t size) {
  fail_seen.bytes -= (long)page_up(size);
  return __real_munmap(at, size);
}
