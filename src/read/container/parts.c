/*
** parts.c - single members of a zip, by their names.
*/
#include <string.h>

#include "read/container/unpack.h"

typedef struct search {
  ld_unpacking u;
  ld_part *parts;
  ld_map places;          /* a name -> its place among the parts */
} search;

/* The place of the part of that name; false when none is wanted, or it is
** there. */
static bool is_wanted (const search *s, const char *name, uint32_t *place) {
  while (*name == '/' || (name[0] == '.' && name[1] == '/')) name++;
  return ld_map_get(&s->places, name, strlen(name), place) &&
         !s->parts[*place].bytes;
}

static void take (search *s, uint32_t place) {
  static const char padding[LD_PADDING];
  ld_area *bytes = &s->u.members->bytes;
  size_t mark = bytes->used;
  int code = ld_unpack_member(&s->u, s->u.members->name);
  s->parts[place].n = bytes->used - mark;
  bool good = code == ARCHIVE_EOF ||
              (ld_unpack_is_cut_off(&s->u) && bytes->used > mark);
  if (good && ld_area_push(bytes, padding, sizeof padding))
    s->parts[place].bytes = bytes->base + mark;
  if (code != ARCHIVE_EOF && code != ARCHIVE_OK)
    ld_builder_note(ld_unpack_builder(&s->u), LESDIPLO_EFORMAT,
                    s->u.members->name, 0,
                    "its part %s cannot be unpacked to its end (%s); %s",
                    s->parts[place].name, ld_unpack_trouble(&s->u),
                    good ? "what there is of it is read"
                         : "if the file is damaged, fetch it again");
}

static void go_through (search *s) {
  struct archive_entry *entry;
  int code;
  if (!ld_unpack_open(&s->u, false)) return;
  while ((code = ld_unpack_next(&s->u, &entry)) == ARCHIVE_OK ||
         code == ARCHIVE_WARN) {
    const char *name = s->u.lib->archive_entry_pathname(entry);
    uint32_t place;
    if (s->u.stopped || s->u.members->bytes.failed) return;
    if (name && ld_unpack_is_file(&s->u, entry) && is_wanted(s, name, &place))
      take(s, place);
  }
}

void ld_archive_parts (ld_members *members, const char *bytes, size_t n,
                       ld_part *parts, size_t count) {
  ld_builder *b = members->reading->builder;
  search s = { .parts = parts };
  ld_map_init(&s.places, members->strings.memory);
  for (size_t i = 0; i < count; i++) {
    parts[i].bytes = NULL;
    parts[i].n = 0;
    ld_map_put(&s.places, parts[i].name, strlen(parts[i].name), (uint32_t)i);
  }
  if (s.places.failed) {
    if (!b->failure) b->failure = LESDIPLO_ENOMEM;
  } else {
    if (ld_unpack_begin(&s.u, members, bytes, n)) go_through(&s);
    ld_unpack_end(&s.u);
  }
  ld_map_free(&s.places);
}
