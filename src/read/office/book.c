/*
** book.c - an epub: a web page a chapter, in the order of its spine.
**
** META-INF/container.xml names the package file (OPF); that names the book, its
** files and their order. Each chapter is a document of its own,
** "book.epub!/OEBPS/ch1.xhtml", with the book's name and author.
*/
#include <string.h>

#include "read/office/office.h"

enum {
  CHAPTERS_MOST = 10000,
  PATH_MOST = 1000,         /* bytes of a member's name */
  FIELDS = 6
};

typedef struct book {
  ld_members *members;
  ld_arena *arena;
  const char *folder;       /* of the package file, with its slash, or "" */
  ld_map items;             /* the id of a file -> its place */
  ld_area paths;            /* of const char *: files of the manifest */
  ld_map chosen;            /* a file of the spine -> its place there */
  ld_area spine;            /* of ld_part: chapters in order */
  ld_area pages;            /* likewise: the web pages of the manifest */
  ld_field fields[FIELDS];
  uint32_t field_count;
} book;


/* ------------------------------------------------------------------ paths */

static int hex_digit (char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes %XX, in place; what follows a '#' is no part of a path. */
static size_t unescape (char *p, size_t n) {
  size_t used = 0;
  for (size_t i = 0; i < n && p[i] != '#'; i++) {
    if (p[i] == '%' && i + 2 < n && hex_digit(p[i + 1]) >= 0 &&
        hex_digit(p[i + 2]) >= 0) {
      p[used++] = (char)(hex_digit(p[i + 1]) * 16 + hex_digit(p[i + 2]));
      i += 2;
    } else {
      p[used++] = p[i];
    }
  }
  return used;
}

/* The name of the member that a link in the package file means, or NULL. */
static const char *resolve (book *k, const ld_attribute *link) {
  char path[PATH_MOST * 2], *out = path, *from;
  size_t n = strlen(k->folder), more = link->value_length;
  if (n > PATH_MOST || more >= PATH_MOST) return NULL;
  memcpy(path, k->folder, n);
  more = ld_markup_decode(link->value, more, path + n, PATH_MOST, true);
  n += unescape(path + n, more);
  path[n] = '\0';
  for (from = path; *from;) {             /* "a/../b" is "b" */
    size_t part = strcspn(from, "/"), step = part + (from[part] == '/');
    if (part == 2 && memcmp(from, "..", 2) == 0) {
      if (out > path) out--;
      while (out > path && out[-1] != '/') out--;
    } else if (part > 0 && !(part == 1 && *from == '.')) {
      memmove(out, from, step);
      out += step;
    }
    from += step;
  }
  return out > path ? ld_arena_string(k->arena, path, (size_t)(out - path))
                    : NULL;
}


/* ---------------------------------------------------------------- package */

static const char *package_path (book *k, const ld_part *container) {
  ld_markup m;
  ld_attribute path;
  if (!container->bytes) return NULL;
  ld_markup_init(&m, container->bytes, container->n, true);
  while (ld_markup_next(&m) != LD_MARKUP_END)
    if (m.kind == LD_MARKUP_OPEN && ld_tag_is(&m, "rootfile") &&
        ld_markup_find(&m, "full-path", &path))
      return resolve(k, &path);
  return NULL;
}

/* The local name: packages have their tags with and without "opf:". */
static bool is_tag (const ld_markup *m, const char *name) {
  const char *colon = memchr(m->name, ':', m->name_length);
  size_t front = colon ? (size_t)(colon + 1 - m->name) : 0;
  return m->kind == LD_MARKUP_OPEN && m->name_length - front == strlen(name) &&
         memcmp(m->name + front, name, strlen(name)) == 0;
}

static void add_item (book *k, const ld_markup *m) {
  ld_attribute id, link;
  uint32_t place = (uint32_t)(k->paths.used / sizeof(char *));
  if (!ld_markup_find(m, "id", &id) || !ld_markup_find(m, "href", &link))
    return;
  const char *path = resolve(k, &link);
  if (!path ||
      ld_map_put(&k->items, id.value, id.value_length, place) != place)
    return;
  ld_area_push(&k->paths, &path, sizeof path);
  ld_part part = { path, NULL, 0 };
  ld_attribute type, role;
  if (k->pages.used / sizeof part < CHAPTERS_MOST &&
      ld_markup_find(m, "media-type", &type) &&
      memmem(type.value, type.value_length, "html", 4) &&
      !(ld_markup_find(m, "properties", &role) &&
        memmem(role.value, role.value_length, "nav", 3)))
    ld_area_push(&k->pages, &part, sizeof part);
}

static void add_chapter (book *k, const ld_markup *m) {
  ld_attribute id;
  uint32_t place;
  ld_part part = { NULL, NULL, 0 };
  if (k->spine.used / sizeof part >= CHAPTERS_MOST ||
      !ld_markup_find(m, "idref", &id) ||
      !ld_map_get(&k->items, id.value, id.value_length, &place))
    return;
  part.name = ((const char *const *)(void *)k->paths.base)[place];
  place = (uint32_t)(k->spine.used / sizeof part);
  if (ld_map_put(&k->chosen, part.name, strlen(part.name), place) != place)
    return;                 /* it was there before */
  ld_area_push(&k->spine, &part, sizeof part);
}

static void set_field (book *k, const char *name, const char *value) {
  if (!value || k->field_count == FIELDS) return;
  k->fields[k->field_count++] = (ld_field){ name, value };
}

/* What holds for all chapters. A date that is one to the day, the month or the
** year is that of the publication. */
static void set_fields (book *k, const ld_part *package) {
  ld_properties p;
  ld_office_properties(k->arena, package, &p);
  set_field(k, "book", p.title);
  set_field(k, "byline", p.creator);
  set_field(k, "source", p.publisher);
  size_t n = p.lang ? strcspn(p.lang, "-_") : 0;
  if (n == 2) set_field(k, "lang", ld_arena_string(k->arena, p.lang, n));
  if (p.date) set_field(k, "book_date", p.date);
}

static void read_package (book *k, const ld_part *package) {
  ld_markup m;
  set_fields(k, package);
  ld_markup_init(&m, package->bytes, package->n, true);
  while (ld_markup_next(&m) != LD_MARKUP_END && !k->paths.failed) {
    if (is_tag(&m, "item")) add_item(k, &m);
    else if (is_tag(&m, "itemref")) add_chapter(k, &m);
  }
  if (k->spine.used || !k->pages.used) return;
  ld_area_push(&k->spine, k->pages.base, k->pages.used);
  ld_builder_note(k->members->reading->builder, LESDIPLO_EFORMAT,
                  k->members->name, 0,
                  "does not say in which order its chapters stand (<spine>): "
                  "they are read as its list of files has them");
}


/* --------------------------------------------------------------- chapters */

static void read_chapters (book *k, const char *bytes, size_t n) {
  ld_members *members = k->members;
  ld_reading *r = members->reading;
  ld_part *spine = (ld_part *)(void *)k->spine.base;
  size_t count = k->spine.used / sizeof *spine, found = 0;
  uint32_t notes = r->builder->corpus->note_count;
  ld_archive_parts(members, bytes, n, spine, count);
  bool whole = r->builder->corpus->note_count == notes;
  r->depth++;               /* a chapter may be another book */
  for (size_t i = 0; i < count && !r->builder->failure; i++) {
    const char *id = ld_member_id(members, spine[i].name, false);
    if (!spine[i].bytes && id && whole)
      ld_builder_note(r->builder, LESDIPLO_EFORMAT, id, 0,
                      "left out: the book names this chapter, but does not "
                      "hold it; fetch the book again");
    if (!spine[i].bytes || !id) continue;
    ld_origin origin = { .as = "chapter.xhtml", .fields = k->fields,
                         .field_count = k->field_count };
    found++;
    ld_read_any(r, id, spine[i].bytes, spine[i].n, &origin);
  }
  r->depth--;
  if (!found)
    ld_builder_note(r->builder, LESDIPLO_EFORMAT, members->name, 0,
                    "left out: it is a book without chapters");
}

/* The package file, without which it is no book. */
static bool open_package (book *k, const char *bytes, size_t n,
                          const ld_part *container, ld_part *package) {
  package->name = package_path(k, container);
  if (!package->name) return false;
  ld_archive_parts(k->members, bytes, n, package, 1);
  const char *slash = strrchr(package->name, '/');
  if (slash)
    k->folder = ld_arena_string(k->arena, package->name,
                                (size_t)(slash + 1 - package->name));
  return package->bytes && k->folder;
}

static bool is_starved (const book *k) {
  return k->items.failed || k->chosen.failed || k->paths.failed ||
         k->spine.failed || k->pages.failed;
}

bool ld_book_read (ld_members *members, const char *bytes, size_t n,
                   const ld_part *container) {
  book k = { .members = members, .arena = &members->strings, .folder = "" };
  ld_memory *memory = members->strings.memory;
  ld_part package = { NULL, NULL, 0 };
  ld_map_init(&k.items, memory);
  ld_map_init(&k.chosen, memory);
  ld_area_init(&k.pages, memory);
  ld_area_init(&k.paths, memory);
  ld_area_init(&k.spine, memory);
  bool is_book = open_package(&k, bytes, n, container, &package);
  if (is_book && !ld_is_too_deep(members->reading, members->name)) {
    read_package(&k, &package);
    if (!is_starved(&k)) read_chapters(&k, bytes, n);
  }
  ld_builder *b = members->reading->builder;
  if (is_starved(&k) && !b->failure)
    b->failure = LESDIPLO_ENOMEM;
  ld_area_free(&k.spine);
  ld_area_free(&k.paths);
  ld_area_free(&k.pages);
  ld_map_free(&k.chosen);
  ld_map_free(&k.items);
  return is_book;
}
