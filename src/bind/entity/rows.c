/*
** rows.c - a row of somebody's table becomes an entity, names of it and facts.
**
** All rows come this way, whether CSV, JSON or Lua wrote them. A row that cannot be
** placed (no id, no kind, no name) leaves nothing behind; of one that can, each name
** that is none is told and the others are kept.
*/
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <unicode/uloc.h>

#include "bind/entity/rows.h"

/* Bytes; a table's files have the same bounds for heads. */
enum { ID_MOST = 100, KIND_MOST = 40 };
/* So many facts of an entity are looked through for one that is there already. */
enum { FACTS_SEEN = 64 };

typedef struct row {
  ld_gazetteer *all;
  uint32_t line;
  const ld_cell *cells;
  size_t count;
  const ld_cell *id, *kind, *lang, *form;    /* NULL: not told */
  size_t names, facts;                       /* how many cells */
  ld_complain *complain;
  void *data;
} row;

typedef struct slice {
  const char *p;
  size_t n;
} slice;

/* Tells what is wrong, and is false. */
static bool refuse (const row *r, const char *format, ...) LD_PRINTF(2, 3);
static bool refuse (const row *r, const char *format, ...) {
  char message[400];
  va_list arguments;
  va_start(arguments, format);
  ld_vprint(message, sizeof message, format, arguments);
  va_end(arguments);
  r->complain(r->data, r->line, message);
  return false;
}

/* For "%.*s": so much of a value as a message has room for. */
static int shown (size_t n) { return n < 60 ? (int)n : 60; }

static bool is (slice s, const char *word) {
  return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

static slice name_of (const ld_cell *c) {
  return (slice){ c->name, c->name_length };
}

static slice value_of (const ld_cell *c) {
  return c ? (slice){ c->value, c->value_length } : (slice){ "", 0 };
}

/* Cuts what stands before the first point off, or all of it. */
static slice cut (slice *rest) {
  const char *point = memchr(rest->p, '.', rest->n);
  const slice first = { rest->p, point ? (size_t)(point - rest->p) : rest->n };
  const size_t used = first.n + (point != NULL);
  rest->p += used;
  rest->n -= used;
  return first;
}

static bool is_name (const ld_cell *c) {
  slice path = name_of(c);
  const slice first = cut(&path);
  return is(first, "name") || is(first, "names");
}

/* The two small letters of a language that there is, and behind a dash the four of a
** script: zh, zh-Hant. In documents no language has a region: of en-GB nothing would
** ever be found. */
static bool is_language (slice s) {
  if (s.n != 2 && !(s.n == 7 && s.p[2] == '-')) return false;
  const char code[3] = { s.p[0], s.p[1], '\0' };
  return code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z' &&
         *uloc_getISO3Language(code) != '\0';
}

static bool is_number (slice s) {
  size_t i = 0;
  while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9') i++;
  return i > 0 && i == s.n;
}


/* ----------------------------------------------------------------------
** What a row has
*/

static bool is_utf8 (slice s) { return ld_utf8_check(s.p, s.n) == s.n; }

/* A NUL would end a name, and U+FFFD is what a bad conversion leaves. */
static bool check_text (const row *r) {
  for (size_t i = 0; i < r->count; i++) {
    const slice v = value_of(&r->cells[i]), name = name_of(&r->cells[i]);
    const bool nul = memchr(v.p, '\0', v.n) != NULL;
    if (!is_utf8(v) || !is_utf8(name))
      return refuse(r, "cell %u of the row is not UTF-8: save the table, or the "
                    "script, as UTF-8", (unsigned)i + 1);
    if (nul || memmem(v.p, v.n, "\xEF\xBF\xBD", 3))
      return refuse(r, "'%.*s' has %s in it: save the table as UTF-8",
                    shown(v.n), v.p, nul ? "a NUL" : "characters that could not "
                    "be read (U+FFFD)");
  }
  return true;
}

static void sort_cells (row *r) {
  for (size_t i = 0; i < r->count; i++) {
    const ld_cell *c = &r->cells[i];
    const slice name = name_of(c);
    if (is_name(c)) r->names++;
    else if (c->value_length == 0) continue;
    else if (is(name, "id")) r->id = c;
    else if (is(name, "kind")) r->kind = c;
    else if (is(name, "lang")) r->lang = c;
    else if (is(name, "form")) r->form = c;
    else r->facts++;
  }
}

/* Can the row be placed? '*kind' is the kind of its entity. */
static bool check_place (const row *r, slice *kind) {
  const slice id = value_of(r->id);
  *kind = value_of(r->kind);
  if (!r->id) return refuse(r, "a row has an id, and this one has none");
  if (id.n > ID_MOST || kind->n > KIND_MOST)
    return refuse(r, "'%.*s' is too long: an id has %d bytes at most, a kind %d",
                  shown(id.n), id.p, ID_MOST, KIND_MOST);
  const uint32_t known = ld_gazetteer_find(r->all, id.p, id.n);
  if (r->kind && !ld_is_kind(kind->p, kind->n))
    return refuse(r, "no kind '%.*s' of an entity: there are %s", shown(kind->n), kind->p,
                  ld_kinds_told);
  if (known == LD_NONE && !r->kind)
    return refuse(r, "'%.*s' is new: say its kind, such as country, org, place",
                  shown(id.n), id.p);
  if (r->names == 0 && (known == LD_NONE || r->facts == 0))
    return refuse(r, "a row has a name, or names, an array of texts, and that "
                  "of '%.*s' has none", shown(id.n), id.p);
  if (!r->kind) {
    kind->p = ld_gazetteer_entity_at(r->all, known).kind;
    kind->n = strlen(kind->p);
  }
  return true;
}


/* ----------------------------------------------------------------------
** Names
*/

typedef struct named {
  slice text, lang, form;
} named;

/* The cells of an object among the names, from r->cells[*i] on: those whose paths
** begin with the same n bytes, "names.0.". Moves *i over them. */
static bool read_object (const row *r, size_t *i, size_t n, named *out) {
  const ld_cell *first = &r->cells[*i];
  bool good = true;
  out->text = (slice){ "", 0 };
  for (; *i < r->count; ++*i) {
    const ld_cell *c = &r->cells[*i];
    if (c->name_length <= n || memcmp(c->name, first->name, n) != 0) break;
    const slice key = { c->name + n, c->name_length - n };
    if (is(key, "text")) out->text = value_of(c);
    else if (is(key, "lang")) out->lang = value_of(c);
    else if (is(key, "form")) out->form = value_of(c);
    else if (good)
      good = refuse(r, "'%.*s' means nothing: a name is a text, or has text, "
                    "lang and form", shown(c->name_length), c->name);
  }
  return good && (out->text.n > 0 ||
                  refuse(r, "'%.*s' has no text", shown(n - 1), first->name));
}

/* The name that begins with r->cells[*i]; moves *i behind it. */
static bool read_name (const row *r, size_t *i, named *out) {
  const ld_cell *c = &r->cells[*i];
  slice path = name_of(c);
  *out = (named){ value_of(c), value_of(r->lang), value_of(r->form) };
  cut(&path);
  const slice key = cut(&path);
  if (is_number(key) && path.n > 0)
    return read_object(r, i, c->name_length - path.n, out);
  ++*i;
  if (key.n == 0 || is_number(key)) return true;
  out->lang = key;
  return (is_language(key) && path.n == 0) ||
         refuse(r, "'%.*s' means nothing: names are an array of texts, or texts "
                "by their languages", shown(c->name_length), c->name);
}

static enum ld_form form_of (const named *name) {
  return ld_form_find(name->form.p, name->form.n);
}

static bool check_name (const row *r, const named *name) {
  if (!ld_is_name(name->text.p, name->text.n))
    return refuse(r, "'%.*s' is no name: it has no letter, or is too long",
                  shown(name->text.n), name->text.p);
  if (name->lang.n > 0 && !is_language(name->lang))
    return refuse(r, "'%.*s' is no language: write en, zh, zh-Hant, ru, fr (two "
                  "small letters of ISO 639-1, no region)",
                  shown(name->lang.n), name->lang.p);
  if (form_of(name) == LD_FORMS)
    return refuse(r, "no form of a name '%.*s': there are name official "
                  "abbreviation adjective demonym historical metonym short plural",
                  shown(name->form.n), name->form.p);
  return true;
}

/* An entity is made with its first good name, so that none is without. False
** without memory. */
static bool add_names (const row *r, slice kind, uint32_t *entity) {
  const slice id = value_of(r->id);
  named name;
  for (size_t i = 0; i < r->count;) {
    if (!is_name(&r->cells[i])) {
      i++;
      continue;
    }
    if (!read_name(r, &i, &name) || !check_name(r, &name)) continue;
    if (*entity == LD_NONE)
      *entity = ld_gazetteer_entity(r->all, id.p, id.n, kind.p, kind.n);
    if (*entity == LD_NONE ||
        !ld_gazetteer_name(r->all, *entity, name.lang.p, name.lang.n,
                           form_of(&name), name.text.p, name.text.n))
      return false;
  }
  return true;
}


/* ----------------------------------------------------------------------
** Facts
*/

/* Several rows of an entity say the same of it, as a rule. */
static bool has_fact (const row *r, uint32_t entity, const ld_cell *c) {
  uint32_t i = ld_gazetteer_entity_at(r->all, entity).first_fact;
  for (int k = 0; i != LD_NONE && k < FACTS_SEEN; k++) {
    const ld_fact fact = ld_gazetteer_fact_at(r->all, i);
    if (strlen(fact.key) == c->name_length &&
        strlen(fact.value) == c->value_length &&
        memcmp(fact.key, c->name, c->name_length) == 0 &&
        memcmp(fact.value, c->value, c->value_length) == 0)
      return true;
    i = fact.next;
  }
  return false;
}

/* Is it one that can be kept? What is said wrongly would be used never, or always. */
static bool check_fact (const row *r, const ld_cell *c) {
  const slice key = { c->name, c->name_length };
  return !is(key, "holds") || ld_is_office_list(c->value, c->value_length) ||
         refuse(r, "'%.*s' is nothing to hold: write offices, \"foreign_minister NOR "
                "(2021-10..2024); mayor\"", shown(c->value_length), c->value);
}

static bool add_facts (const row *r, uint32_t entity) {
  for (size_t i = 0; i < r->count; i++) {
    const ld_cell *c = &r->cells[i];
    if (c == r->id || c == r->kind || c == r->lang || c == r->form ||
        c->value_length == 0 || is_name(c) || has_fact(r, entity, c) ||
        !check_fact(r, c))
      continue;
    if (!ld_gazetteer_fact(r->all, entity, c->name, c->name_length, c->value,
                           c->value_length))
      return false;
  }
  return true;
}

bool ld_entity_row (ld_gazetteer *all, uint32_t line, const ld_cell *cells,
                    size_t count, ld_complain *complain, void *data) {
  row r = { .all = all, .line = line, .cells = cells, .count = count,
            .complain = complain, .data = data };
  uint32_t entity = LD_NONE;
  slice kind;
  sort_cells(&r);
  if (!check_text(&r) || !check_place(&r, &kind)) return true;
  if (r.names == 0)
    entity = ld_gazetteer_entity(all, r.id->value, r.id->value_length, kind.p,
                                 kind.n);
  else if (!add_names(&r, kind, &entity))
    return false;
  if (entity == LD_NONE) return r.names > 0;
  return add_facts(&r, entity);
}
