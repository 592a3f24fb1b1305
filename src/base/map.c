/*
** map.c - a hash from strings to numbers: open addressing, next slot on.
**
** Keys are lent, never copied. There is always an empty slot, so a search
** ends. A map that cannot grow goes on in the room it has, slower but right,
** until that one slot is left.
*/
#include "base/base.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(LD_SMALL)
enum { FIRST = 2 };
#else
enum { FIRST = 64 };
#endif

struct ld_map_slot {
  const char *key;      /* NULL: the slot is empty */
  size_t length;
  uint32_t tag;         /* of the hash: spares most comparisons, and growing
                           needs no key */
  uint32_t value;
};


uint64_t ld_hash (const char *bytes, size_t n) {
  return XXH3_64bits(bytes, n);
}


void ld_map_init (ld_map *map, ld_memory *memory) {
  memset(map, 0, sizeof *map);
  map->memory = memory;
}


/* The slot of a key, or the empty one where it belongs. */
static struct ld_map_slot *find (const ld_map *map, const char *key, size_t n,
                                 uint32_t tag) {
  const uint32_t mask = map->size - 1;
  uint32_t i = tag & mask;
  for (;; i = (i + 1) & mask) {
    struct ld_map_slot *slot = &map->slots[i];
    if (slot->key == NULL) return slot;
    if (slot->tag == tag && slot->length == n &&
        memcmp(slot->key, key, n) == 0)
      return slot;
  }
}


/* Moves all slots to a table of twice the size. */
static bool grow (ld_map *map) {
  if (map->size > UINT32_MAX / 2) return false;
  const uint32_t size = map->size > 0 ? map->size * 2 : FIRST;
  struct ld_map_slot *slots =
    ld_memory_new(map->memory, size * sizeof *slots);
  if (slots == NULL) return false;
  memset(slots, 0, size * sizeof *slots);
  for (uint32_t i = 0; i < map->size; i++) {
    if (map->slots[i].key == NULL) continue;
    uint32_t to = map->slots[i].tag & (size - 1);
    while (slots[to].key != NULL) to = (to + 1) & (size - 1);
    slots[to] = map->slots[i];
  }
  ld_memory_free(map->memory, map->slots, map->size * sizeof *slots);
  map->slots = slots;
  map->size = size;
  return true;
}


uint32_t ld_map_put (ld_map *map, const char *key, size_t n, uint32_t value) {
  const uint32_t tag = (uint32_t)ld_hash(key, n);
  /* three quarters full: from there on searches grow long */
  if (map->count >= map->size / 4 * 3 && !grow(map) &&
      map->count + 1 >= map->size) {
    map->failed = true;
    return value;
  }
  struct ld_map_slot *slot = find(map, key, n, tag);
  if (slot->key == NULL) {
    *slot = (struct ld_map_slot){ key, n, tag, value };
    map->count++;
  }
  return slot->value;
}


bool ld_map_get (const ld_map *map, const char *key, size_t n,
                 uint32_t *value) {
  if (map->size == 0) return false;
  const struct ld_map_slot *slot = find(map, key, n,
                                        (uint32_t)ld_hash(key, n));
  if (slot->key == NULL) return false;
  *value = slot->value;
  return true;
}


void ld_map_free (ld_map *map) {
  ld_memory_free(map->memory, map->slots,
                 map->size * sizeof(struct ld_map_slot));
  ld_map_init(map, map->memory);
}
