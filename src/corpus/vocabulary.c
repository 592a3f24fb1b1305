/*
** vocabulary.c - every distinct form once, with an id.
**
** An open hash table. It is at most half full, so a free slot always ends a
** search, and most words are found in their first slot, which is all that the
** marker's fast path tries.
*/
#include <string.h>

#include "corpus/corpus.h"

#ifdef LD_SMALL
enum { FIRST_SLOTS = 8 };
#else
enum { FIRST_SLOTS = 16384 };
#endif

/* The key of a form (see ld_slot). */
static ld_slot key_of (const char *bytes, size_t n) {
  ld_slot key = { 0, 0, 0 };
  if (n > LD_KEY_MAX) {
    key.a = ld_hash(bytes, n);
    key.b = (uint32_t)0xFF << 24 | (uint32_t)n;
    return key;
  }
  char copy[LD_KEY_MAX] = { 0 };
  memcpy(copy, bytes, n);
  memcpy(&key.a, copy, 8);
  memcpy(&key.b, copy + 8, 4);
  return key;
}

/* The slot of a key: the one that holds it, or the free one it would take. Long
** forms of one hash are told apart by their bytes. */
static ld_slot *slot_of (const ld_vocabulary *v, const ld_slot *key,
                         const char *bytes, size_t n) {
  uint32_t at = ld_word_hash(key->a, key->b) & v->slot_mask;
  for (;; at = (at + 1) & v->slot_mask) {
    ld_slot *slot = v->slots + at;
    if (!slot->id) return slot;
    if (slot->a == key->a && slot->b == key->b &&
        (n <= LD_KEY_MAX ||
         memcmp(ld_word_form(v, slot->id), bytes, n) == 0))
      return slot;
  }
}

/* Room for four times the words. They are put in anew in the order they came: common
** ones come early, and so stand in their first slot. */
static bool grow (ld_vocabulary *v) {
  uint32_t size = v->slots ? (v->slot_mask + 1) * 4 : FIRST_SLOTS;
  ld_area table;
  ld_area_init(&table, v->memory);
  ld_slot *slots = ld_area_take(&table, size * sizeof *slots);   /* zeros */
  if (!slots) {
    ld_area_free(&table);       /* its addresses may be reserved */
    return false;
  }
  for (uint32_t id = 1; id < v->count; id++) {
    ld_slot key = key_of(ld_word_form(v, id), ld_word_at(v, id)->length);
    uint32_t at = ld_word_hash(key.a, key.b) & (size - 1);
    while (slots[at].id) at = (at + 1) & (size - 1);
    key.id = id;
    slots[at] = key;
  }
  ld_area_free(&v->table);
  v->table = table;
  v->slots = slots;
  v->slot_mask = size - 1;
  return true;
}

bool ld_vocabulary_init (ld_vocabulary *v, ld_memory *memory,
                         ld_describe describe) {
  memset(v, 0, sizeof *v);
  v->memory = memory;
  v->describe = describe;
  ld_area_init(&v->words, memory);
  ld_area_init(&v->forms, memory);
  ld_area_init(&v->table, memory);
  ld_word *none = ld_area_take(&v->words, sizeof *none);
  v->failed = !none || !grow(v);
  if (none) memset(none, 0, sizeof *none);
  v->count = 1;
  return !v->failed;
}

void ld_vocabulary_free (ld_vocabulary *v) {
  ld_area_free(&v->table);
  ld_area_free(&v->words);
  ld_area_free(&v->forms);
}

/*
** Adds a form known to be new. The word is stored after all memory for it is
** there; describing it may add others (its folded form).
*/
static uint32_t insert (ld_vocabulary *v, const char *bytes, size_t n,
                        const ld_slot *key) {
  if (v->failed) return 0;
  if ((v->count + 1) * 2 > v->slot_mask + 1 && !grow(v)) v->failed = true;
  size_t place = v->forms.used;
  ld_word *word = ld_area_room(&v->words, sizeof *word);
  if (v->failed || !word || place + n > UINT32_MAX ||
      !ld_area_push(&v->forms, bytes, n)) {
    v->failed = true;
    return 0;
  }
  ld_area_take(&v->words, sizeof *word);
  uint32_t id = v->count++;
  memset(word, 0, sizeof *word);
  word->bytes = (uint32_t)place;
  word->folded = id;
  word->length = (uint16_t)n;
  ld_slot *slot = slot_of(v, key, bytes, n);
  *slot = *key;
  slot->id = id;
  v->describe(v, id, v->forms.base + place, n);
  return id;
}

uint32_t ld_word_add (ld_vocabulary *v, const char *bytes, size_t n) {
  ld_slot key = key_of(bytes, n);
  const ld_slot *slot = slot_of(v, &key, bytes, n);
  return slot->id ? slot->id : insert(v, bytes, n, &key);
}

uint32_t ld_word_find (const ld_vocabulary *v, const char *bytes, size_t n) {
  if (n == 0 || n > LD_WORD_MAX) return UINT32_MAX;
  ld_slot key = key_of(bytes, n);
  const ld_slot *slot = slot_of(v, &key, bytes, n);
  return slot->id ? slot->id : UINT32_MAX;
}
