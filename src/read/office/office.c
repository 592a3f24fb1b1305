/*
** office.c - what kind of document a zip is, and what it says of itself.
*/
#include <string.h>

#include "read/office/office.h"
#include "read/page/page.h"

enum {
  PEEK_FRONT = 1 << 16,     /* bytes of a zip in which the names of office */
  PEEK_BACK = 1 << 20,      /* documents are looked for: at both its ends */
  TITLE_WITHIN = 4000,      /* bytes of the text that may show its title */
  VALUE_MOST = 1000         /* bytes of a property */
};

/* The parts that tell the kinds apart, and those that are read. */
enum {
  MIMETYPE, CONTAINER, CONTENT, META, RELS, DOCUMENT, STYLES, FOOTNOTES,
  ENDNOTES, CORE, WORKBOOK, SLIDES, PARTS
};


/* ------------------------------------------------------------ properties */

void ld_office_skip (ld_markup *m) {
  const char *name = m->name;
  size_t n = m->name_length, depth = m->empty ? 0 : 1;
  while (depth > 0 && ld_markup_next(m) != LD_MARKUP_END) {
    if ((m->kind != LD_MARKUP_OPEN && m->kind != LD_MARKUP_CLOSE) ||
        m->name_length != n || memcmp(m->name, name, n) != 0)
      continue;
    if (m->kind == LD_MARKUP_CLOSE) depth--;
    else depth += !m->empty;
  }
}

/* The text inside the tag that was found last, or NULL. */
static const char *read_value (ld_arena *arena, ld_markup *m) {
  char raw[VALUE_MOST], value[VALUE_MOST];
  size_t n = 0;
  if (m->empty) return NULL;
  while (ld_markup_next(m) == LD_MARKUP_TEXT || m->kind == LD_MARKUP_LITERAL) {
    size_t more = m->end - m->begin;
    if (more > sizeof raw - n) more = sizeof raw - n;
    memcpy(raw + n, m->bytes + m->begin, more);
    n += more;
  }
  n = ld_markup_decode(raw, n, value, sizeof value, true);
  return ld_is_blank(value, n) ? NULL : ld_arena_string(arena, value, n);
}

void ld_office_properties (ld_arena *arena, const ld_part *part,
                           ld_properties *out) {
  const struct { const char *name; const char **value; } known[] = {
    { "dc:title", &out->title }, { "dc:creator", &out->creator },
    { "meta:initial-creator", &out->creator }, { "dc:date", &out->date },
    { "dcterms:created", &out->created },
    { "meta:creation-date", &out->created },
    { "dcterms:modified", &out->modified }, { "dc:language", &out->lang },
    { "dc:publisher", &out->publisher }
  };
  ld_markup m;
  memset(out, 0, sizeof *out);
  if (!part->bytes) return;
  ld_markup_init(&m, part->bytes, part->n, true);
  while (ld_markup_next(&m) != LD_MARKUP_END) {
    if (m.kind != LD_MARKUP_OPEN) continue;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
      if (ld_tag_is(&m, known[i].name)) {
        const char *value = read_value(arena, &m);
        if (!*known[i].value) *known[i].value = value;
        break;
      }
  }
}

static void set_more (ld_builder *b, const char *name, const char *value) {
  if (value) ld_builder_more(b, name, value, strlen(value));
}

/*
** The title: a paragraph of that style; else the one of the properties, where
** the document shows it, too, for that is often one of years ago. When a file
** was made is not when its text was published.
*/
static void set_fields (ld_office *o, const ld_properties *p) {
  ld_builder *b = o->b;
  size_t n = b->doc->text_length, length = p->title ? strlen(p->title) : 0;
  if (o->title_begin < o->title_end) {
    ld_builder_field_at(b, LD_F_TITLE, o->title_begin, o->title_end);
  } else if (length > 0) {
    const char *found = memmem(b->doc->text, n < TITLE_WITHIN ? n
                                                              : TITLE_WITHIN,
                               p->title, length);
    uint32_t at = found ? (uint32_t)(found - b->doc->text) : 0;
    if (found)
      ld_builder_field_at(b, LD_F_TITLE, at, at + (uint32_t)length);
  }
  set_more(b, "creator", p->creator);
  set_more(b, "created", p->created);
  set_more(b, "modified", p->modified);
}

/* What the text itself did not tell. */
static void set_rest (ld_builder *b, const ld_properties *p) {
  if (p->title)
    ld_builder_field(b, LD_F_TITLE, p->title, strlen(p->title));
  if (p->creator && ld_page_is_name(p->creator, strlen(p->creator)))
    ld_builder_field(b, LD_F_BYLINE, p->creator, strlen(p->creator));
}


/* ------------------------------------------------------------------ texts */

typedef void (*gather) (ld_office *o, const ld_part *styles);

static void gather_writer (ld_office *o, const ld_part *styles) {
  (void)styles;
  ld_writer_read(o);
}

/* Who styles headings styles all of them: a plain paragraph without a full stop
** is none. A title's style alone says nothing of the others. */
static void trust_headings (const ld_office *o, ld_outline *outline) {
  bool styled = false;
  for (uint32_t i = 0; i < o->blocks.count && !styled; i++)
    styled = o->blocks.blocks[i].kind == LD_HEADING &&
             !(o->title_begin < o->title_end &&
               o->blocks.blocks[i].begin == o->title_begin);
  for (uint32_t i = 0, k = 0; styled && i < outline->count; i++) {
    ld_block *block = outline->blocks + i;
    while (k < o->blocks.count && o->blocks.blocks[k].end <= block->begin) k++;
    if (block->kind != LD_HEADING || k == o->blocks.count ||
        o->blocks.blocks[k].kind == LD_HEADING)
      continue;
    block->kind = LD_PARAGRAPH;
    block->level = 0;
  }
}

/* Reads the document whose source is there. */
static void read_source (ld_reading *reading, const char *name,
                         const char *source, size_t n, gather read,
                         const ld_part *styles, const ld_properties *p) {
  static const ld_hints none = { .kind = NULL };
  ld_builder *b = reading->builder;
  ld_input in;
  if (!source || !ld_input_open(&in, reading, name, source, n, "UTF-8"))
    return;
  ld_office o;
  ld_input_begin(reading, &in);
  ld_office_init(&o, reading, &in);
  if (b->doc) {
    read(&o, styles);
    ld_office_end(&o);
    ld_builder_text_end(b);
  }
  if (b->doc && !ld_builder_at(b)) {
    ld_builder_note(b, LESDIPLO_EFORMAT, name, 0, "left out: it has no text");
    ld_builder_drop(b);
  } else if (b->doc) {
    ld_outline outline;
    ld_outline_init(&outline, &b->corpus->memory);
    set_fields(&o, p);
    ld_read_blocks(b, &outline, &o.blocks, &o.dropped);
    trust_headings(&o, &outline);
    ld_read_metadata(b, &outline, &none);
    set_rest(b, p);
    ld_read_close(b, &outline);
    ld_outline_free(&outline);
  }
  ld_office_free(&o);
  ld_input_free(&in);
}

/* The name of the main part of a docx, which its relations tell. */
static const char *main_part (ld_arena *arena, const ld_part *rels) {
  static const char type[] = "/officeDocument";
  ld_markup m;
  ld_attribute a, target;
  if (!rels->bytes) return NULL;
  ld_markup_init(&m, rels->bytes, rels->n, true);
  while (ld_markup_next(&m) != LD_MARKUP_END) {
    if (m.kind != LD_MARKUP_OPEN || !ld_tag_is(&m, "Relationship") ||
        !ld_markup_find(&m, "type", &a) || a.value_length < sizeof type ||
        memcmp(a.value + a.value_length - (sizeof type - 1), type,
               sizeof type - 1) != 0 ||
        !ld_markup_find(&m, "target", &target))
      continue;
    while (target.value_length > 0 && *target.value == '/') {
      target.value++;
      target.value_length--;
    }
    return ld_arena_string(arena, target.value, target.value_length);
  }
  return NULL;
}

/* Source bytes in the corpus: the document, then its notes. */
static const char *join_parts (ld_members *m, const ld_part *parts, size_t *n) {
  const ld_part *all[] = { parts + DOCUMENT, parts + FOOTNOTES,
                           parts + ENDNOTES };
  size_t mark = m->bytes.used;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (all[i]->bytes &&
        (i == 0 || memmem(all[i]->bytes, all[i]->n, "<w:t", 4)))
      ld_area_push(&m->bytes, all[i]->bytes, all[i]->n);
  *n = m->bytes.used - mark;
  if (m->bytes.failed) return NULL;
  return ld_builder_store(m->reading->builder, m->bytes.base + mark, *n);
}

static void read_word (ld_members *m, ld_part *parts) {
  ld_properties p;
  size_t n;
  ld_office_properties(&m->strings, parts + CORE, &p);
  const char *source = join_parts(m, parts, &n);
  read_source(m->reading, m->name, source, n, ld_word_read, parts + STYLES,
              &p);
}

/* Source bytes in the corpus: the content, then its notes once more. */
static const char *join_notes (ld_members *m, const ld_part *content,
                               size_t *n) {
  ld_area *bytes = &m->bytes;
  size_t mark = bytes->used;
  ld_markup x;
  ld_area_push(bytes, content->bytes, content->n);
  ld_markup_init(&x, content->bytes, content->n, true);
  while (ld_markup_next(&x) != LD_MARKUP_END)
    if (x.kind == LD_MARKUP_OPEN && ld_tag_is(&x, "text:note") && !x.empty) {
      size_t begin = x.begin;
      ld_office_skip(&x);
      ld_area_push(bytes, content->bytes + begin, x.end - begin);
    }
  *n = bytes->used - mark;
  if (bytes->failed) return NULL;
  return ld_builder_store(m->reading->builder, bytes->base + mark, *n);
}

static void read_writer (ld_members *m, ld_part *parts) {
  ld_properties p;
  size_t n;
  ld_office_properties(&m->strings, parts + META, &p);
  const char *source = join_notes(m, parts + CONTENT, &n);
  read_source(m->reading, m->name, source, n, gather_writer, NULL, &p);
}


/* ------------------------------------------------------------------ kinds */

/* May it be one of them? Plain archives are told apart by this without having
** their members listed. */
static bool may_be_office (const char *bytes, size_t n) {
  static const char *const signs[] = { "[Content_Types].xml", "META-INF/",
                                       "mimetype" };
  size_t front = n < PEEK_FRONT ? n : PEEK_FRONT;
  size_t back = n < PEEK_BACK ? n : PEEK_BACK;
  if (n < 4 || memcmp(bytes, "PK", 2) != 0) return false;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (memmem(bytes, front, signs[i], strlen(signs[i])) ||
        memmem(bytes + n - back, back, signs[i], strlen(signs[i])))
      return true;
  return false;
}

static bool says (const ld_part *mimetype, const char *what) {
  return mimetype->bytes &&
         memmem(mimetype->bytes, mimetype->n < 200 ? mimetype->n : 200, what,
                strlen(what)) != NULL;
}

static void refuse (ld_members *m, const char *what) {
  ld_builder_note(m->reading->builder, LESDIPLO_EFORMAT, m->name, 0,
                  "left out: it is %s, which is not read; save it as text, or "
                  "print it into a PDF", what);
}

/* A docx whose main part has another name than usual. */
static void find_main (ld_members *m, const char *bytes, size_t n,
                       ld_part *parts) {
  const char *name = main_part(&m->strings, parts + RELS);
  if (parts[DOCUMENT].bytes || !name || strncmp(name, "word/", 5) != 0) return;
  parts[DOCUMENT].name = name;
  ld_archive_parts(m, bytes, n, parts + DOCUMENT, 1);
}

/* A book without its list of chapters is read as a zip like others. */
static bool read_book (ld_members *m, const char *bytes, size_t n,
                       const ld_part *parts) {
  if (ld_book_read(m, bytes, n, parts + CONTAINER)) return true;
  if (says(parts + MIMETYPE, "epub+zip"))
    ld_builder_note(m->reading->builder, LESDIPLO_EFORMAT, m->name, 0,
                    "is a book without the file that lists its chapters (%s): "
                    "its files are read in the order of their names",
                    parts[CONTAINER].bytes ? "OPF" : "META-INF/container.xml");
  return false;
}

static bool read_kind (ld_members *m, const char *bytes, size_t n) {
  ld_part parts[PARTS] = {
    { "mimetype", NULL, 0 }, { "META-INF/container.xml", NULL, 0 },
    { "content.xml", NULL, 0 }, { "meta.xml", NULL, 0 },
    { "_rels/.rels", NULL, 0 }, { "word/document.xml", NULL, 0 },
    { "word/styles.xml", NULL, 0 }, { "word/footnotes.xml", NULL, 0 },
    { "word/endnotes.xml", NULL, 0 }, { "docProps/core.xml", NULL, 0 },
    { "xl/workbook.xml", NULL, 0 }, { "ppt/presentation.xml", NULL, 0 }
  };
  ld_archive_parts(m, bytes, n, parts, PARTS);
  find_main(m, bytes, n, parts);
  if (parts[DOCUMENT].bytes) read_word(m, parts);
  else if (parts[WORKBOOK].bytes) refuse(m, "a spreadsheet");
  else if (parts[SLIDES].bytes) refuse(m, "a set of slides");
  else if (says(parts + MIMETYPE, "opendocument.text") &&
           parts[CONTENT].bytes)
    read_writer(m, parts);
  else if (says(parts + MIMETYPE, "opendocument.spreadsheet"))
    refuse(m, "a spreadsheet");
  else if (says(parts + MIMETYPE, "opendocument.")) refuse(m, "a drawing");
  else return read_book(m, bytes, n, parts);
  return true;
}

bool ld_read_office (ld_reading *reading, const char *name, const char *bytes,
                     size_t n) {
  ld_members members;
  if (!may_be_office(bytes, n)) return false;
  ld_members_init(&members, reading, name);
  bool is_office = read_kind(&members, bytes, n);
  ld_members_free(&members);
  return is_office;
}
