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

void ld_sequences_init (ld_sequences *s, ld_memory *memory, uint32_t length) {
  memset(s, 0, sizeof *s);
  s->memory = memory;
  s->length = length;
}

void ld_sequences_free (ld_sequences *s) {
  ld_memory_free(s->memory, s->ends, s->ends_room * sizeof *s->ends);
  ld_memory_free(s->memory, s->numbers, s->numbers_room * sizeof *s->numbers);
  ld_memory_free(s->memory, s->slots, s->slot_count * sizeof *s->slots);
  ld_sequences_init(s, s->memory, s->length);
}

const uint32_t *ld_sequence_at (const ld_sequences *s, uint32_t i,
                                uint32_t *n) {
  *n = s->length;
  if (s->length) return s->numbers + (size_t)i * s->length;
  const uint32_t from = i > 0 ? s->ends[i - 1] : 0;
  *n = s->ends[i] - from;
  return s->numbers + from;
}

uint32_t ld_sequence_hash (const uint32_t *numbers, uint32_t n) {
  uint64_t h = n;
  for (uint32_t i = 0; i < n; i++)
    h = (h ^ h >> 32 ^ numbers[i]) * (uint64_t)LD_HASH_2;
  return (uint32_t)(h >> 32);
}

/* The slot of a sequence, or the empty one where it belongs. */
static ld_sequence_slot *find (const ld_sequences *s, const uint32_t *numbers,
                               uint32_t n, uint32_t hash) {
  const uint32_t mask = s->slot_count - 1;
  for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
    ld_sequence_slot *slot = s->slots + i;
    if (slot->number == 0) return slot;
    if (slot->hash != hash) continue;
    uint32_t length;
    const uint32_t *other = ld_sequence_at(s, slot->number - 1, &length);
    if (length == n && memcmp(other, numbers, n * sizeof *numbers) == 0)
      return slot;
  }
}

static bool grow_slots (ld_sequences *s) {
  const uint32_t count = s->slot_count ? s->slot_count * 2 : FIRST;
  ld_sequence_slot *slots = ld_memory_new(s->memory, count * sizeof *slots);
  if (!slots) return false;
  memset(slots, 0, count * sizeof *slots);
  for (uint32_t i = 0; i < s->slot_count; i++) {
    uint32_t k = s->slots[i].hash & (count - 1);
    if (s->slots[i].number == 0) continue;
    while (slots[k].number) k = (k + 1) & (count - 1);
    slots[k] = s->slots[i];
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
  void *ends = s->ends, *numbers = s->numbers;
  const bool done =
      s->used <= UINT32_MAX / 4 - n &&      /* else numbers of 32 bits end */
      (s->slot_count > s->count * 2 || grow_slots(s)) &&
      (s->length || grow(s->memory, &ends, &s->ends_room, s->count + 1,
                         sizeof *s->ends)) &&
      grow(s->memory, &numbers, &s->numbers_room, s->used + n,
           sizeof *s->numbers);
  s->ends = ends;
  s->numbers = numbers;
  return done;
}

uint32_t ld_sequence_add (ld_sequences *s, const uint32_t *numbers, uint32_t n,
                          uint32_t hash) {
  if (s->failed || !make_room(s, n)) {
    s->failed = true;
    return UINT32_MAX;
  }
  ld_sequence_slot *slot = find(s, numbers, n, hash);
  if (slot->number) return slot->number - 1;
  memcpy(s->numbers + s->used, numbers, n * sizeof *numbers);
  s->used += n;
  if (!s->length) s->ends[s->count] = s->used;
  slot->hash = hash;
  slot->number = ++s->count;
  return s->count - 1;
}
