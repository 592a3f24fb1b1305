/*
** pool.c - small blocks, for a Lua state.
**
** A script makes millions of them, and they die in any order: a general
** allocator spends more on each than the script does. Here a slab has blocks of
** one size, and a block is taken and given back in a few steps. Before each
** stands the address of its slab, so that a slab whose blocks are all free is
** given back whole: a pool keeps no more than is alive, save slabs in part.
**
**     slab: head, [its address, block], [its address, block], ...
*/
#include <string.h>

#include "base/base.h"
#include "base/sanitize.h"

/* Bytes of a slab: what is asked of the allocator at once. */
#if defined(LD_SMALL)
enum { SLAB = 2560 };
#else
enum { SLAB = 16384 };
#endif

/* With the address before them blocks lie as malloc would lay them: sizes are 8 more than
** multiples of STEP. The first NARROW of them are STEP apart; behind these stand those of
** Lua's arrays and hash parts, which have 16 and 24 bytes a place and double. */
enum { STEP = 16, BEFORE = 8, CLASSES = LD_POOL_CLASSES, NARROW = 7, LARGEST = 1032 };
static const uint32_t sizes[CLASSES] = {
  24, 40, 56, 72, 88, 104, 120, 136, 200, 264, 392, 520, 776, LARGEST
};

typedef struct ld_slab {
  struct ld_slab *next, *before;   /* of its class, with a free block each */
  void *free;                      /* given back; each has the next one in it */
  char *fresh;                     /* from here on nothing was taken yet */
  uint32_t left, live;             /* blocks there; blocks alive */
  uint32_t class;
  _Alignas(STEP) char blocks[];
} slab;

/* Where the sanitizer watches each block, each is malloc's. */
#if defined(LD_SANITIZE)
enum { POOLED = 0 };
#else
enum { POOLED = 1 };
#endif

_Static_assert(sizeof(void *) <= BEFORE, "the address of a slab has no room");
_Static_assert(SLAB >= sizeof(slab) + STEP + 2 * (LARGEST + BEFORE),
               "a slab has no room for two of the largest blocks");

/* The first class whose blocks are large enough. */
static uint32_t class_of (size_t size) {
  if (size <= STEP + BEFORE) return 0;
  if (size <= STEP * NARROW + BEFORE) return (uint32_t)((size - BEFORE - 1) / STEP);
  uint32_t class = NARROW;
  while (sizes[class] < size) class++;
  return class;
}

static slab **owner (void *block) {
  return (slab **)(void *)((char *)block - BEFORE);
}

static void link_slab (ld_pool *pool, slab *s) {
  s->before = NULL;
  s->next = pool->open[s->class];
  if (s->next) s->next->before = s;
  pool->open[s->class] = s;
}

static void unlink_slab (ld_pool *pool, slab *s) {
  if (s->next) s->next->before = s->before;
  if (s->before) s->before->next = s->next;
  else pool->open[s->class] = s->next;
}

static slab *new_slab (ld_pool *pool, uint32_t class) {
  slab *s = ld_memory_new(pool->memory, SLAB);
  if (!s) return NULL;
  s->free = NULL;
  s->class = class;
  s->live = 0;
  /* the address comes before the block, and the block is aligned */
  s->fresh = s->blocks + STEP - BEFORE;
  s->left = (uint32_t)((SLAB - sizeof *s - (STEP - BEFORE)) /
                       (sizes[class] + BEFORE));
  link_slab(pool, s);
  return s;
}

static void *take (ld_pool *pool, uint32_t class) {
  slab *s = pool->open[class];
  if (!s && !(s = new_slab(pool, class))) return NULL;
  void *block = s->free;
  if (block) {
    memcpy(&s->free, block, sizeof s->free);
  } else {
    block = s->fresh + BEFORE;
    *owner(block) = s;
    s->fresh += sizes[class] + BEFORE;
    s->left--;
  }
  s->live++;
  if (!s->free && s->left == 0) unlink_slab(pool, s);
  return block;
}

/* The last slab of a class stays: what is taken next would only make it anew. */
static void give (ld_pool *pool, void *block) {
  slab *s = *owner(block);
  if (!s->free && s->left == 0) link_slab(pool, s);
  memcpy(block, &s->free, sizeof s->free);
  s->free = block;
  if (--s->live > 0 || (!s->next && !s->before)) return;
  unlink_slab(pool, s);
  ld_memory_free(pool->memory, s, SLAB);
}

void ld_pool_init (ld_pool *pool, ld_memory *memory) {
  memset(pool, 0, sizeof *pool);
  pool->memory = memory;
}

void *ld_pool_resize (ld_pool *pool, void *block, size_t old, size_t size) {
  const bool was = POOLED && block && old <= LARGEST;
  const bool is = POOLED && size > 0 && size <= LARGEST;
  if (!was && !is) return ld_memory_resize(pool->memory, block, old, size);
  if (was && is && class_of(old) == class_of(size)) return block;
  void *result = is ? take(pool, class_of(size))
                    : ld_memory_new(pool->memory, size);
  if (size > 0 && !result) return NULL;
  if (block && size > 0) memcpy(result, block, old < size ? old : size);
  if (was) give(pool, block);
  else ld_memory_free(pool->memory, block, old);
  return result;
}

void ld_pool_free (ld_pool *pool) {
  for (int i = 0; i < CLASSES; i++)
    while (pool->open[i]) {
      slab *s = pool->open[i];
      unlink_slab(pool, s);
      ld_memory_free(pool->memory, s, SLAB);
    }
}
