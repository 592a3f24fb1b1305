/*
** rows.c - what a gazetteer is made of: rows, hash tables of numbers, strings and
** lists. Strings and hash tables have a part that is never written and one that
** grows; rows are fixed until one is added or changed, and then all copied.
*/
#include <string.h>

#include "mark/entity/entity.h"

/* Slots of a hash table at first. */
#if defined(LD_SMALL)
enum { FIRST = 2 };
#else
enum { FIRST = 1024 };
#endif

/* Copies fixed rows; nothing has grown behind them yet. */
static bool copy_fixed (ld_rows *rows) {
  const size_t bytes = (size_t)rows->fixed_count * rows->size;
  if (!rows->fixed_count) return true;
  if (!ld_area_push(&rows->more, rows->fixed, bytes)) return false;
  rows->fixed_count = 0;
  return true;
}

uint32_t ld_rows_add (ld_rows *rows, const void *row) {
  if (!copy_fixed(rows)) return LD_NONE;
  const uint32_t number = ld_rows_count(rows);     /* the last number is none */
  return number < (uint32_t)LD_NONE - 1 && ld_area_push(&rows->more, row, rows->size)
           ? number : LD_NONE;
}

void *ld_rows_change (ld_rows *rows, uint32_t i) {
  return copy_fixed(rows) ? rows->more.base + (size_t)i * rows->size : NULL;
}

bool ld_pairs_resize (ld_pairs *p, uint32_t size) {
  ld_pair *slots = ld_memory_new(p->memory, size * sizeof *slots);
  if (!slots) return false;
  ld_advise_large(slots, size * sizeof *slots);
  memset(slots, 0, size * sizeof *slots);
  for (uint32_t i = 0; i < p->size; i++) {
    const ld_pair *one = p->more + i;
    if (one->value) slots[ld_pair_slot(slots, size, one->a, one->b)] = *one;
  }
  ld_memory_free(p->memory, p->more, p->size * sizeof *slots);
  p->more = slots;
  p->size = size;
  return true;
}

/* While it grows half of the slots are free. */
static bool make_room (ld_pairs *p) {
  if (p->count < p->size / 2) return true;
  return p->size <= UINT32_MAX / 2 &&
         ld_pairs_resize(p, p->size ? p->size * 2 : FIRST);
}

bool ld_pairs_put (ld_pairs *p, uint32_t a, uint32_t b, uint32_t value) {
  if (!make_room(p)) return false;
  ld_pair *slot = p->more + ld_pair_slot(p->more, p->size, a, b);
  p->count += slot->value == 0;
  *slot = (ld_pair){ a, b, value };
  return true;
}


/* ----------------------------------------------------------------------
** Strings
*/

uint32_t ld_string_add (ld_gazetteer *t, const char *bytes, size_t n) {
  ld_rows *pool = &t->rows[LD_ROWS_STRINGS];
  const size_t left = (uint32_t)LD_NONE - 1 - (size_t)ld_rows_count(pool);
  const uint32_t at = ld_rows_count(pool);
  char *copy = n < left ? ld_area_take(&pool->more, n + 1) : NULL;
  if (!copy) {
    t->failed = true;
    return 0;
  }
  memcpy(copy, bytes, n);
  copy[n] = '\0';
  return at + 1;
}

/* Are these n bytes a string, and all of it? */
static bool is_string (const ld_gazetteer *t, uint32_t string, const char *bytes,
                       size_t n) {
  const ld_rows *pool = &t->rows[LD_ROWS_STRINGS];
  const uint32_t at = string - 1;
  const size_t end = at < pool->fixed_count ? pool->fixed_count
                                            : ld_rows_count(pool);
  const char *kept = ld_string(t, string);
  return n < end - at && memcmp(kept, bytes, n) == 0 && kept[n] == '\0';
}

/* The string that a value of a set stands for. */
static uint32_t string_of (const ld_gazetteer *t, enum ld_pairs_of set, uint32_t value) {
  const ld_entity_entry *entity;
  switch (set) {
    case LD_PAIRS_ENTITIES:
      entity = ld_row(&t->rows[LD_ROWS_ENTITIES], value - 1);
      return entity->id;
    case LD_PAIRS_NAMES: return ld_name_entry_at(t, value - 1)->text;
    default: return value;
  }
}

/* Bytes are kept by the halves of their hash; those whose hash others have, behind
** them. */
uint32_t ld_key_find (const ld_gazetteer *t, enum ld_pairs_of set, const char *bytes,
                      size_t n, ld_key *key) {
  const uint64_t hash = ld_hash(bytes, n);
  uint32_t value;
  *key = (ld_key){ (uint32_t)hash, (uint32_t)(hash >> 32) };
  while ((value = ld_pairs_get(&t->pairs[set], key->a, key->b)) != 0 &&
         !is_string(t, string_of(t, set, value), bytes, n))
    key->b++;
  return value;
}

uint32_t ld_string_find (const ld_gazetteer *t, enum ld_pairs_of set,
                         const char *bytes, size_t n) {
  ld_key key;
  return ld_key_find(t, set, bytes, n, &key);
}

uint32_t ld_string_put (ld_gazetteer *t, enum ld_pairs_of set, const char *bytes,
                        size_t n) {
  ld_key key;
  uint32_t string = ld_key_find(t, set, bytes, n, &key);
  if (string) return string;
  string = ld_string_add(t, bytes, n);
  if (!string || ld_pairs_put(&t->pairs[set], key.a, key.b, string)) return string;
  t->failed = true;
  return 0;
}


/* ----------------------------------------------------------------------
** Links and lists
*/

static const struct {
  enum ld_rows_of rows;
  size_t offset;
} links[LD_LINKS] = {
  [LD_LINK_FIRST_NAME] = { LD_ROWS_ENTITIES, offsetof(ld_entity_entry, first_name) },
  [LD_LINK_LAST_NAME] = { LD_ROWS_ENTITIES, offsetof(ld_entity_entry, last_name) },
  [LD_LINK_FIRST_FACT] = { LD_ROWS_ENTITIES, offsetof(ld_entity_entry, first_fact) },
  [LD_LINK_LAST_FACT] = { LD_ROWS_ENTITIES, offsetof(ld_entity_entry, last_fact) },
  [LD_LINK_NEXT_NAME] = { LD_ROWS_NAMES, offsetof(ld_name_entry, next) },
  [LD_LINK_NEXT_FACT] = { LD_ROWS_FACTS, offsetof(ld_fact_entry, next) },
  [LD_LINK_SAME] = { LD_ROWS_NAMES, offsetof(ld_name_entry, same) },
  [LD_LINK_FIRST_SAME] = { LD_ROWS_NODES, offsetof(ld_node_entry, first) },
  [LD_LINK_LAST_SAME] = { LD_ROWS_NODES, offsetof(ld_node_entry, last) }
};

uint32_t ld_link_get (const ld_gazetteer *t, enum ld_link link, uint32_t row) {
  const char *at = ld_row(&t->rows[links[link].rows], row);
  uint32_t value;
  memcpy(&value, at + links[link].offset, sizeof value);
  return value;
}

void ld_link_set (ld_gazetteer *t, enum ld_link link, uint32_t row,
                  uint32_t value) {
  char *at = ld_rows_change(&t->rows[links[link].rows], row);
  if (at) memcpy(at + links[link].offset, &value, sizeof value);
  else t->failed = true;
}

void ld_chain_append (ld_gazetteer *t, ld_chain list, uint32_t owner, uint32_t row) {
  const uint32_t last = ld_link_get(t, list.last, owner);
  if (last == LD_NONE) ld_link_set(t, list.first, owner, row);
  else ld_link_set(t, list.next, last, row);
  ld_link_set(t, list.last, owner, row);
}
