/*
** memory.c - an allocator with a budget, and arenas on top of it.
**
** Every byte that lesdiplo makes is counted here once: one limit, one number
** to print, one place where the tests let allocations fail.
*/
#include "base/base.h"
#include "base/sanitize.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>


static void *system_alloc (void *data, void *block, size_t old, size_t size) {
  (void)data; (void)old;
  if (size == 0) {
    free(block);
    return NULL;
  }
  return realloc(block, size);
}


void ld_memory_init (ld_memory *memory, lesdiplo_alloc alloc, void *data,
                     uint64_t limit) {
  memory->alloc = alloc == NULL ? system_alloc : alloc;
  memory->data = data;
  memory->used = memory->peak = 0;
  memory->limit = limit;
}


/*
** errno tells ld_fail_memory who refused: EDQUOT the budget, ENOMEM the
** allocator. Lua gives a type tag as 'old' of a new block, hence the test.
*/
void *ld_memory_resize (void *memory, void *block, size_t old, size_t size) {
  ld_memory *m = memory;
  if (block == NULL) {
    if (size == 0) return NULL;
    old = 0;
  }
  if (size > old && (m->used > m->limit ||
                     size - old > m->limit - m->used)) {
    errno = EDQUOT;
    return NULL;
  }
  void *result = m->alloc(m->data, block, old, size);
  if (result == NULL && size > 0) {
    errno = ENOMEM;
    return NULL;
  }
  m->used += size;
  m->used -= old;
  if (m->used > m->peak) m->peak = m->used;
  return result;
}


void *ld_memory_new (ld_memory *memory, size_t size) {
  return ld_memory_resize(memory, NULL, 0, size);
}


void ld_memory_free (ld_memory *memory, void *block, size_t size) {
  if (block != NULL) ld_memory_resize(memory, block, size, 0);
}


/* ---------------------------------------------------------------- arenas */

/* The size of a chunk with its head: a few kilobytes waste little and cost
** one allocation for hundreds of small things. */
#if defined(LD_SMALL)
enum { CHUNK = 64 };
#else
enum { CHUNK = 8192 };
#endif

#define ALIGNMENT _Alignof(max_align_t)

struct ld_arena_chunk {
  struct ld_arena_chunk *next;     /* an older one */
  size_t size;                     /* with this head */
  _Alignas(max_align_t) char bytes[];
};


void ld_arena_init (ld_arena *arena, ld_memory *memory) {
  arena->memory = memory;
  arena->chunks = NULL;
  arena->free = 0;
  arena->failed = false;
}


static struct ld_arena_chunk *chunk_new (ld_arena *arena, size_t room) {
  const size_t size = sizeof(struct ld_arena_chunk) + room;
  struct ld_arena_chunk *chunk = ld_memory_new(arena->memory, size);
  if (chunk == NULL) {
    arena->failed = true;
    return NULL;
  }
  chunk->size = size;
  return chunk;
}


/*
** A request that would waste the better part of a chunk gets one of its own,
** put behind the newest: the room left in that one stays in use.
*/
static void *take_alone (ld_arena *arena, size_t size) {
  struct ld_arena_chunk *chunk = chunk_new(arena, size);
  if (chunk == NULL) return NULL;
  if (arena->chunks == NULL) {
    chunk->next = NULL;
    arena->chunks = chunk;
    arena->free = 0;
  }
  else {
    chunk->next = arena->chunks->next;
    arena->chunks->next = chunk;
  }
  return memset(chunk->bytes, 0, size);
}


void *ld_arena_take (ld_arena *arena, size_t size) {
  const size_t room = CHUNK - sizeof(struct ld_arena_chunk);
  if (arena->failed) return NULL;
  if (size > SIZE_MAX / 2) {      /* no overflow in what follows */
    errno = ENOMEM;
    arena->failed = true;
    return NULL;
  }
  const size_t asked = size;
  size = (size + (size == 0) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (size > arena->free) {
    if (size > room / 2) return take_alone(arena, size);
    struct ld_arena_chunk *chunk = chunk_new(arena, room);
    if (chunk == NULL) return NULL;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->free = room;
    ld_forbid(chunk->bytes, room);
  }
  /* what is free is the end of the newest chunk, whatever its size */
  char *result = (char *)arena->chunks + arena->chunks->size - arena->free;
  arena->free -= size;
  ld_allow(result, asked);
  return memset(result, 0, asked);
}


char *ld_arena_string (ld_arena *arena, const char *bytes, size_t n) {
  char *copy = n == SIZE_MAX ? NULL : ld_arena_take(arena, n + 1);
  if (copy != NULL && n > 0) memcpy(copy, bytes, n);
  return copy;
}


void ld_arena_free (ld_arena *arena) {
  struct ld_arena_chunk *chunk = arena->chunks;
  while (chunk != NULL) {
    struct ld_arena_chunk *next = chunk->next;
    ld_allow(chunk, chunk->size);
    ld_memory_free(arena->memory, chunk, chunk->size);
    chunk = next;
  }
  ld_arena_init(arena, arena->memory);
}
