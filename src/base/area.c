/*
** area.c - growing arrays that never move.
**
** An area is one long stretch of addresses of which the front may be touched.
** Addresses cost nothing; pages come into being when they are first written,
** large ones where the kernel has them. So the array grows in place. Nobody
** writes to it once it is sealed, so a fork shares it; with large pages it has
** next to no page table to copy. The budget counts the bytes taken, not the
** addresses.
*/
#include "base/base.h"
#include "base/sanitize.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/*
** FIRST: bytes that may be touched at first; they double from there.
** RESERVE: addresses for one area, four times what 32-bit offsets can reach,
** since arrays of 16-byte things are kept in areas too.
*/
#if defined(LD_SMALL)
#define FIRST page_up(1)
#define RESERVE ((size_t)64 << 20)
#else
#define FIRST ((size_t)64 << 10)
#define RESERVE ((size_t)16 << 30)
#endif

/*
** LARGE: a large page. An array begins so far before one that the first pages are
** small, for a first large one may come half empty, which a small corpus should not
** pay for; from there on all are large, since a small page costs nearly as much to
** come by as a large one does.
*/
#define LARGE ((size_t)2 << 20)
#define SMALL_PAGES ((size_t)512 << 10)

/* Below this there is no sense in halving the reserve any further. */
#define RESERVE_LEAST ((size_t)1 << 20)


static size_t page_up (size_t n) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  return (n + page - 1) / page * page;
}


void ld_area_init (ld_area *area, ld_memory *memory) {
  memset(area, 0, sizeof *area);
  area->memory = memory;
}


/*
** How much to ask for. Under a limit on addresses a greedy first area would
** leave nothing for the dozen others that a corpus has, nor for malloc.
*/
static size_t reserve_most (void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return RESERVE;
  size_t most = RESERVE;
  while (most > RESERVE_LEAST && most > limit.rlim_cur / 32) most /= 2;
  return most;
}


/* Gives the front of a reserve back, up to SMALL_PAGES before a large page. The
** calls may fail without harm. */
static void align (ld_area *area) {
  const size_t before =
    (LARGE - ((uintptr_t)area->base + SMALL_PAGES) % LARGE) % LARGE;
  if (before > 0 && munmap(area->base, before) == 0) {
    area->base += before;
    area->reserve -= before;
  }
  madvise(area->base + SMALL_PAGES, area->reserve - SMALL_PAGES, MADV_HUGEPAGE);
}


static bool reserve (ld_area *area) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  for (size_t n = reserve_most(); n >= RESERVE_LEAST; n /= 2) {
    void *base = mmap(NULL, n, PROT_NONE, flags, -1, 0);
    if (base != MAP_FAILED) {
      area->base = base;
      area->reserve = n;
      if (n > 2 * LARGE) align(area);
      return true;
    }
  }
  return false;
}


void ld_advise_large (void *block, size_t size) {
  const size_t page = page_up(1), before = (page - (uintptr_t)block % page) % page;
  if (size < LARGE + before) return;
  madvise((char *)block + before, (size - before) / page * page, MADV_HUGEPAGE);
}


/* Lets 'need' bytes be touched: beyond the small pages whole large ones. */
static bool grow (ld_area *area, size_t need) {
  if (area->base == NULL && !reserve(area)) return false;
  if (need > area->reserve) return false;
  if (need <= area->size) return true;
  size_t size = area->size > 0 ? area->size : FIRST;
  while (size < need) size *= 2;
  if (size > SMALL_PAGES)
    size = SMALL_PAGES + (size - SMALL_PAGES + LARGE - 1) / LARGE * LARGE;
  if (size > area->reserve) size = area->reserve;
  if (mprotect(area->base, size, PROT_READ | PROT_WRITE) != 0) return false;
  ld_forbid(area->base + area->size, size - area->size);
  area->size = size;
  return true;
}


void *ld_area_room (ld_area *area, size_t n) {
  const ld_memory *memory = area->memory;
  if (area->failed) return NULL;
  if (memory->used > memory->limit || n > memory->limit - memory->used) {
    errno = EDQUOT;
    area->failed = true;
    return NULL;
  }
  if ((n > area->size - area->used || area->base == NULL) &&
      (n > SIZE_MAX / 4 || !grow(area, area->used + n))) {
    errno = ENOMEM;
    area->failed = true;
    return NULL;
  }
  ld_allow(area->base + area->used, n);
  return area->base + area->used;
}


void *ld_area_take (ld_area *area, size_t n) {
  ld_memory *memory = area->memory;
  void *place = ld_area_room(area, n);
  if (place == NULL) return NULL;
  area->used += n;
  memory->used += n;
  if (memory->used > memory->peak) memory->peak = memory->used;
  return place;
}


void *ld_area_push (ld_area *area, const void *bytes, size_t n) {
  void *place = ld_area_take(area, n);
  if (place != NULL && n > 0) memcpy(place, bytes, n);
  return place;
}


void ld_area_cut (ld_area *area, size_t used) {
  area->memory->used -= area->used - used;
  area->used = used;
}


/*
** After this 'size' and 'reserve' are 'used': the next take fails instead of
** writing to a page that is read-only. One page is kept at least, so that
** 'base' stays good. The calls may fail without harm: then more stays mapped
** or writable than need be.
*/
void ld_area_seal (ld_area *area) {
  if (area->base == NULL) return;
  const size_t keep = page_up(area->used > 0 ? area->used : 1);
  if (keep < area->size) ld_allow(area->base + keep, area->size - keep);
  if (keep < area->reserve) munmap(area->base + keep, area->reserve - keep);
  mprotect(area->base, keep, PROT_READ);
  area->size = area->reserve = area->used;
}


void ld_area_free (ld_area *area) {
  if (area->base != NULL) {
    ld_allow(area->base, page_up(area->size > 0 ? area->size : 1));
    munmap(area->base, page_up(area->reserve > 0 ? area->reserve : 1));
  }
  area->memory->used -= area->used;
  ld_area_init(area, area->memory);
}
