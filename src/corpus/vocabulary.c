/*
** vocabulary.c - every distinct form once, with an id.
**
** An open hash table whose slots hold 32 bits of the hash beside the id: a
** wrong candidate is passed over without touching the word. It is at most a
** quarter full: most words are found in their first slot, which is all that the
** marker's fast path tries, and a free slot always ends a search.
*/
#include <string.h>

#include "corpus/corpus.h"

enum { SPARE = 4 };        /* slots a word, at least */
#ifdef LD_SMALL
enum { FIRST_SLOTS = 8 };
#else
enum { FIRST_SLOTS = 8192 };
#endif

/* The first 16 bytes of a form, zeros after its end. */
static void heads (const char *bytes, size_t n, uint64_t head[2]) {
  char copy[16] = { 0 };
  memcpy(copy, bytes, n < sizeof copy ? n : sizeof copy);
  memcpy(head, copy, sizeof copy);
}

static uint64_t hash_of (const char *bytes, size_t n, const uint64_t head[2]) {
  return n <= 15 ? ld_word_hash(head[0], head[1]) : ld_hash(bytes, n);
}

/* Room for twice the words. The ids stay: only slots move. */
static bool grow (ld_vocabulary *v) {
  uint32_t size = v->slots ? (v->slot_mask + 1) * 2 : FIRST_SLOTS;
  uint64_t *slots = ld_memory_new(v->memory, size * sizeof *slots);
  if (!slots) return false;
  memset(slots, 0, size * sizeof *slots);
  for (uint32_t id = 1; id < v->count; id++) {
    const ld_word *word = ld_word_at(v, id);
    uint64_t hash = hash_of(v->forms.base + word->bytes, word->length,
                            word->head);
    uint32_t at = (uint32_t)hash & (size - 1);
    while (slots[at]) at = (at + 1) & (size - 1);
    slots[at] = (hash & 0xFFFFFFFF00000000u) | id;
  }
  if (v->slots)
    ld_memory_free(v->memory, v->slots,
                   ((size_t)v->slot_mask + 1) * sizeof *v->slots);
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
  ld_word *none = ld_area_take(&v->words, sizeof *none);
  v->failed = !none || !grow(v);
  if (none) memset(none, 0, sizeof *none);
  v->count = 1;
  return !v->failed;
}

void ld_vocabulary_free (ld_vocabulary *v) {
  if (v->slots)
    ld_memory_free(v->memory, v->slots,
                   ((size_t)v->slot_mask + 1) * sizeof *v->slots);
  ld_area_free(&v->words);
  ld_area_free(&v->forms);
}

/* The slot of a form: the one that holds it, or the free one it would take. */
static uint32_t slot_of (const ld_vocabulary *v, const char *bytes, size_t n,
                         const uint64_t head[2], uint64_t hash) {
  uint32_t at = (uint32_t)hash & v->slot_mask;
  for (; v->slots[at]; at = (at + 1) & v->slot_mask) {
    if ((v->slots[at] ^ hash) >> 32) continue;
    const ld_word *word = ld_word_at(v, (uint32_t)v->slots[at]);
    if (word->length == n && word->head[0] == head[0] &&
        word->head[1] == head[1] &&
        (n <= 16 || memcmp(v->forms.base + word->bytes, bytes, n) == 0))
      break;
  }
  return at;
}

/*
** Adds a form known to be new. The word is stored after all memory for it is
** there; describing it may add others (its folded form).
*/
static uint32_t insert (ld_vocabulary *v, const char *bytes, size_t n,
                        const uint64_t head[2], uint64_t hash) {
  if (v->failed) return 0;
  if ((v->count + 1) * SPARE > v->slot_mask + 1 && !grow(v)) v->failed = true;
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
  word->head[0] = head[0];
  word->head[1] = head[1];
  word->bytes = (uint32_t)place;
  word->folded = id;
  word->length = (uint16_t)n;
  v->slots[slot_of(v, bytes, n, head, hash)] =
      (hash & 0xFFFFFFFF00000000u) | id;
  v->describe(v, id, v->forms.base + place, n);
  return id;
}

uint32_t ld_word_add (ld_vocabulary *v, const char *bytes, size_t n) {
  uint64_t head[2];
  heads(bytes, n, head);
  uint64_t hash = hash_of(bytes, n, head);
  uint32_t at = slot_of(v, bytes, n, head, hash);
  return v->slots[at] ? (uint32_t)v->slots[at]
                      : insert(v, bytes, n, head, hash);
}

uint32_t ld_word_find (const ld_vocabulary *v, const char *bytes, size_t n) {
  if (n == 0 || n > LD_WORD_MAX) return UINT32_MAX;
  uint64_t head[2];
  heads(bytes, n, head);
  uint64_t slot = v->slots[slot_of(v, bytes, n, head, hash_of(bytes, n, head))];
  return slot ? (uint32_t)slot : UINT32_MAX;
}
