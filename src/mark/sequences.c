/*
** sequences.c - sequences of numbers, each kept once: a hash by open
** addressing, at most half full.
*/
#include <string.h>

#include "mark/mark.h"

#if defined(LD_SMALL)
enum { FIRST = 2 };
#else
enum { FIRST = 256 };
#endif

void ld_sequences_init (ld_sequences *s, ld_memory *memory) {
  memset(s, 0, sizeof *s);
  s->memory = memory;
}

void ld_sequences_free (ld_sequences *s) {
  ld_memory_free(s->memory, s->all, s->room * sizeof *s->all);
  ld_memory_free(s->memory, s->numbers, s->numbers_room * sizeof *s->numbers);
  ld_memory_free(s->memory, s->slots, s->slot_count * sizeof *s->slots);
  ld_sequences_init(s, s->memory);
}

uint32_t ld_sequence_hash (const uint32_t *numbers, uint32_t n) {
  uint64_t h = n;
  for (uint32_t i = 0; i < n; i++)
    h = (h ^ h >> 32 ^ numbers[i]) * (uint64_t)LD_HASH_2;
  return (uint32_t)(h >> 32);
}

/* The slot of a sequence, or the empty one where it belongs. */
static uint32_t *find (const ld_sequences *s, const uint32_t *numbers,
                       uint32_t n, uint32_t hash) {
  const uint32_t mask = s->slot_count - 1;
  for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
    if (s->slots[i] == 0) return s->slots + i;
    const ld_sequence *one = s->all + s->slots[i] - 1;
    if (one->hash == hash && one->length == n &&
        memcmp(s->numbers + one->from, numbers, n * sizeof *numbers) == 0)
      return s->slots + i;
  }
}

static bool grow_slots (ld_sequences *s) {
  const uint32_t count = s->slot_count ? s->slot_count * 2 : FIRST;
  uint32_t *slots = ld_memory_new(s->memory, count * sizeof *slots);
  if (!slots) return false;
  memset(slots, 0, count * sizeof *slots);
  for (uint32_t i = 0; i < s->count; i++) {
    uint32_t k = s->all[i].hash & (count - 1);
    while (slots[k]) k = (k + 1) & (count - 1);
    slots[k] = i + 1;
  }
  ld_memory_free(s->memory, s->slots, s->slot_count * sizeof *s->slots);
  s->slots = slots;
  s->slot_count = count;
  return true;
}

/* Lets an array that is full double; its room is told in items. */
static bool grow (ld_memory *memory, void **array, uint32_t *room,
                  uint32_t need, size_t item) {
  if (need <= *room) return true;
  const uint32_t more = need < FIRST ? FIRST : need + need / 2;
  void *moved = ld_memory_resize(memory, *array, *room * item, more * item);
  if (!moved) return false;
  *array = moved;
  *room = more;
  return true;
}

static bool make_room (ld_sequences *s, uint32_t n) {
  void *all = s->all, *numbers = s->numbers;
  const bool done =
      s->used <= UINT32_MAX / 4 - n &&      /* else numbers of 32 bits end */
      (s->slot_count > s->count * 2 || grow_slots(s)) &&
      grow(s->memory, &all, &s->room, s->count + 1, sizeof *s->all) &&
      grow(s->memory, &numbers, &s->numbers_room, s->used + n,
           sizeof *s->numbers);
  s->all = all;
  s->numbers = numbers;
  return done;
}

uint32_t ld_sequence_add (ld_sequences *s, const uint32_t *numbers, uint32_t n,
                          uint32_t hash) {
  if (s->failed || !make_room(s, n)) {
    s->failed = true;
    return UINT32_MAX;
  }
  uint32_t *slot = find(s, numbers, n, hash);
  if (*slot) return *slot - 1;
  const ld_sequence one = { hash, s->used, n };
  memcpy(s->numbers + s->used, numbers, n * sizeof *numbers);
  s->used += n;
  s->all[s->count++] = one;
  *slot = s->count;
  return s->count - 1;
}
