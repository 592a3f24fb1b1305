/*
** members.c - what an archive holds, from its own order into that of names.
*/
#include <stdlib.h>
#include <string.h>

#include "read/container/container.h"

/* Offsets have 32 bits, and a text may be a little longer than its source. */
#define SOURCE_MOST ((size_t)UINT32_MAX - 65535)

void ld_members_init (ld_members *m, ld_reading *reading, const char *name) {
  ld_memory *memory = &reading->builder->corpus->memory;
  m->reading = reading;
  m->name = name;
  m->names = NULL;
  m->crawl = false;
  ld_arena_init(&m->strings, memory);
  ld_area_init(&m->bytes, memory);
  ld_area_init(&m->list, memory);
}

void ld_members_free (ld_members *m) {
  ld_builder *b = m->reading->builder;
  if ((m->strings.failed || m->bytes.failed || m->list.failed) && !b->failure)
    b->failure = LESDIPLO_ENOMEM;
  ld_area_free(&m->list);
  ld_area_free(&m->bytes);
  ld_arena_free(&m->strings);
}


/* --------------------------------------------------------------- members */

bool ld_members_add (ld_members *m, const ld_member *member, size_t mark) {
  static const char padding[LD_PADDING];
  ld_member copy = *member;
  copy.n = m->bytes.used - mark;
  ld_area_push(&m->bytes, padding, sizeof padding);
  if (m->bytes.failed) return false;
  copy.bytes = m->bytes.base + mark;
  copy.number = (uint32_t)(m->list.used / sizeof copy);
  enum ld_format format = ld_recognise_bytes(
      copy.as ? copy.as : copy.id, copy.bytes, copy.n, &copy.reason);
  if (ld_format_is_source(format) && copy.n > SOURCE_MOST) {
    copy.reason = "has more than 4 GiB; split it";
  } else if (ld_format_is_source(format)) {
    copy.bytes = ld_builder_store(m->reading->builder, copy.bytes, copy.n);
    copy.stored = true;
  }
  if (copy.stored || copy.reason) ld_area_cut(&m->bytes, mark);
  if (copy.bytes && !(copy.reason && m->crawl))
    ld_area_push(&m->list, &copy, sizeof copy);
  return !copy.reason;
}

static int by_name (const void *a, const void *b) {
  const ld_member *x = a, *y = b;
  int order = strcmp(x->id, y->id);
  if (order) return order;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* Sidecars are read before what they speak of. */
static void read_sidecars (ld_members *m, ld_member *list, size_t count) {
  ld_reading *r = m->reading;
  for (size_t i = 0; i < count && !m->crawl && !r->builder->failure; i++) {
    ld_member *member = list + i;
    member->sidecar = !member->reason &&
                      ld_sidecar_is(member->id, member->bytes, member->n);
    if (member->sidecar)
      ld_sidecar_add(r, member->id, member->bytes, member->n);
  }
  for (size_t i = 0; i < count; i++)
    if (!list[i].sidecar) ld_sidecar_seen(r, list[i].id);
}

void ld_members_read (ld_members *m) {
  ld_reading *r = m->reading;
  ld_member *list = (ld_member *)(void *)m->list.base;
  size_t count = m->list.used / sizeof *list;
  if (m->list.failed) return;
  if (count > 1) qsort(list, count, sizeof *list, by_name);
  read_sidecars(m, list, count);
  r->depth++;
  for (size_t i = 0; i < count && !r->builder->failure; i++) {
    const ld_member *member = list + i;
    if (member->sidecar) continue;
    if (member->reason) {
      ld_builder_note(r->builder, LESDIPLO_EFORMAT, member->id, 0,
                      "left out: it %s", member->reason);
      continue;
    }
    ld_origin origin = { member->as, NULL, member->stored, member->charset,
                         member->fields, member->field_count };
    ld_tell_progress(r, member->id);
    ld_read_any(r, member->id, member->bytes, member->n, &origin);
  }
  r->depth--;
}
