/*
** table.c - entities, their names and what is known of them.
*/
#include <string.h>
#include <strings.h>

#include "mark/entity/entity.h"

const char *const ld_form_names[LD_FORMS] = {
  "name", "official", "abbreviation", "adjective", "demonym", "historical",
  "metonym", "short", "plural"
};

enum { ID_MOST = 250, TEXT_MOST = UINT16_MAX, LANGUAGE_MOST = 7 };

const char ld_kinds_told[] = "country org place person role honorific currency word";

bool ld_is_kind (const char *name, size_t n) {
  for (const char *p = ld_kinds_told; *p; p += strspn(p, " ")) {
    const size_t length = strcspn(p, " ");
    if (n > 0 && n == length && memcmp(p, name, n) == 0) return true;
    p += length;
  }
  return false;
}

enum ld_form ld_form_find (const char *name, size_t n) {
  enum ld_form form = LD_FORM_NAME;
  if (n == 0) return form;
  while (form < LD_FORMS && (strlen(ld_form_names[form]) != n ||
                             strncasecmp(ld_form_names[form], name, n) != 0))
    form++;
  return form;
}


/* ----------------------------------------------------------------------
** Making
*/

ld_gazetteer *ld_gazetteer_over (ld_memory *memory, const ld_gazetteer_base *base) {
  static const uint32_t sizes[LD_ROWS] = {
    1, sizeof(ld_entity_entry), sizeof(ld_name_entry), sizeof(ld_fact_entry),
    sizeof(ld_node_entry), sizeof(ld_kind_entry)
  };
  ld_gazetteer *t = ld_memory_new(memory, sizeof *t);
  if (!t) return NULL;
  memset(t, 0, sizeof *t);
  t->memory = memory;
  for (int i = 0; i < LD_ROWS; i++) {
    t->rows[i].size = sizes[i];
    ld_area_init(&t->rows[i].more, memory);
    if (!base) continue;
    t->rows[i].fixed = base->rows[i].rows;
    t->rows[i].fixed_count = base->rows[i].count;
  }
  for (int i = 0; i < LD_PAIRS; i++) {
    t->pairs[i].memory = memory;
    if (!base) continue;
    t->pairs[i].fixed = base->pairs[i].slots;
    t->pairs[i].fixed_size = base->pairs[i].size;
  }
  t->sealed = ld_gazetteer_name_count(t);
  t->fixed_nodes = ld_rows_count(&t->rows[LD_ROWS_NODES]);
  return t;
}

ld_gazetteer *ld_gazetteer_new (ld_memory *memory) {
  return ld_gazetteer_over(memory, NULL);
}

void ld_gazetteer_free (ld_gazetteer *t) {
  if (!t) return;
  for (int i = 0; i < LD_ROWS; i++) ld_area_free(&t->rows[i].more);
  for (int i = 0; i < LD_PAIRS; i++)
    ld_memory_free(t->memory, t->pairs[i].more,
                   t->pairs[i].size * sizeof *t->pairs[i].more);
  ld_memory_free(t->memory, t, sizeof *t);
}

/* The number of a new row, or LD_NONE. */
static uint32_t add_row (ld_gazetteer *t, enum ld_rows_of rows, const void *row) {
  const uint32_t number = ld_rows_add(&t->rows[rows], row);
  if (number == LD_NONE) t->failed = true;
  return number;
}

static void put_pair (ld_gazetteer *t, enum ld_pairs_of pairs, uint32_t a, uint32_t b,
                      uint32_t value) {
  if (!ld_pairs_put(&t->pairs[pairs], a, b, value)) t->failed = true;
}


/* ----------------------------------------------------------------------
** Entities
*/

uint32_t ld_kind_find (const ld_gazetteer *t, const char *kind, size_t n) {
  const uint32_t word = ld_string_find(t, LD_PAIRS_WORDS, kind, n);
  const uint32_t found = word ? ld_pairs_get(&t->pairs[LD_PAIRS_KINDS], word, 0) : 0;
  return found ? found - 1 : LD_NONE;
}

static uint32_t kind_of (const ld_gazetteer *t, uint32_t entity) {
  const ld_entity_entry *row = ld_row(&t->rows[LD_ROWS_ENTITIES], entity);
  return row->kind;
}

uint32_t ld_gazetteer_find_kind (const ld_gazetteer *t, const char *id, size_t n,
                                 const char *kind, size_t kind_length) {
  ld_key key;
  const uint32_t first = ld_key_find(t, LD_PAIRS_ENTITIES, id, n, &key);
  const uint32_t number = ld_kind_find(t, kind, kind_length);
  if (!first || number == LD_NONE) return LD_NONE;
  if (kind_of(t, first - 1) == number) return first - 1;
  const ld_entity_entry *row = ld_row(&t->rows[LD_ROWS_ENTITIES], first - 1);
  const uint32_t found = ld_pairs_get(&t->pairs[LD_PAIRS_IDS], row->id, number);
  return found ? found - 1 : LD_NONE;
}

uint32_t ld_gazetteer_find (const ld_gazetteer *t, const char *id, size_t n) {
  ld_key key;
  const uint32_t country = ld_gazetteer_find_kind(t, id, n, "country", 7);
  if (country != LD_NONE) return country;
  const uint32_t first = ld_key_find(t, LD_PAIRS_ENTITIES, id, n, &key);
  return first ? first - 1 : LD_NONE;
}

static bool is_kind (const ld_gazetteer *t, uint32_t number, const char *kind, size_t n) {
  const ld_kind_entry *row = ld_row(&t->rows[LD_ROWS_KINDS], number);
  const char *text = ld_string(t, row->text);
  return strlen(text) == n && memcmp(text, kind, n) == 0;
}

/* The kind of that name, made where there is none. As a rule it is the last entity's. */
static uint32_t put_kind (ld_gazetteer *t, const char *kind, size_t n) {
  const uint32_t count = ld_gazetteer_count(t);
  const uint32_t last = count > 0 ? kind_of(t, count - 1) : LD_NONE;
  if (last != LD_NONE && is_kind(t, last, kind, n)) return last;
  uint32_t number = ld_kind_find(t, kind, n);
  if (number != LD_NONE) return number;
  const ld_kind_entry one = { ld_string_put(t, LD_PAIRS_WORDS, kind, n) };
  if (t->failed) return LD_NONE;
  number = add_row(t, LD_ROWS_KINDS, &one);
  if (number != LD_NONE) put_pair(t, LD_PAIRS_KINDS, one.text, 0, number + 1);
  return number;
}

uint32_t ld_gazetteer_entity (ld_gazetteer *t, const char *id, size_t n,
                              const char *kind, size_t kind_length) {
  if (n > ID_MOST || kind_length > ID_MOST - n) return LD_NONE;
  ld_key key;
  const uint32_t first = ld_key_find(t, LD_PAIRS_ENTITIES, id, n, &key);
  ld_entity_entry one = { 0, put_kind(t, kind, kind_length),
                          LD_NONE, LD_NONE, LD_NONE, LD_NONE };
  if (t->failed) return LD_NONE;
  if (first) {
    if (kind_of(t, first - 1) == one.kind) return first - 1;
    const ld_entity_entry *row = ld_row(&t->rows[LD_ROWS_ENTITIES], first - 1);
    one.id = row->id;
    const uint32_t known = ld_pairs_get(&t->pairs[LD_PAIRS_IDS], one.id, one.kind);
    if (known) return known - 1;
  }
  else one.id = ld_string_add(t, id, n);
  const uint32_t number = t->failed ? LD_NONE : add_row(t, LD_ROWS_ENTITIES, &one);
  if (t->failed) return LD_NONE;
  if (first) put_pair(t, LD_PAIRS_IDS, one.id, one.kind, number + 1);
  else put_pair(t, LD_PAIRS_ENTITIES, key.a, key.b, number + 1);
  return t->failed ? LD_NONE : number;
}

uint32_t ld_gazetteer_count (const ld_gazetteer *t) {
  return ld_rows_count(&t->rows[LD_ROWS_ENTITIES]);
}

ld_entity ld_gazetteer_entity_at (const ld_gazetteer *t, uint32_t number) {
  const ld_entity_entry *row = ld_row(&t->rows[LD_ROWS_ENTITIES], number);
  const ld_kind_entry *kind = ld_row(&t->rows[LD_ROWS_KINDS], row->kind);
  return (ld_entity){ ld_string(t, row->id), ld_string(t, kind->text),
                      row->first_name, row->first_fact };
}


/* ----------------------------------------------------------------------
** Names
*/

bool ld_is_name (const char *text, size_t n) {
  int length;
  if (n > TEXT_MOST) return false;
  for (const char *p = text, *end = text + n; p < end; p += length) {
    const enum ld_class k = ld_class_at(p, end, &length);
    if (ld_is_letter(k) || k == LD_DIGIT || k == LD_IDEOGRAPH) return true;
  }
  return false;
}

/* What a name is kept by: text, language and form, a zero between them. A doubt has
** the form LD_FORMS. */
typedef struct name_key {
  char bytes[TEXT_MOST + LANGUAGE_MOST + 3];
  size_t used;
} name_key;

static void set_key (name_key *key, const char *text, size_t n, const char *lang,
                     size_t lang_length, enum ld_form form) {
  memcpy(key->bytes, text, n);
  key->bytes[n] = '\0';
  memcpy(key->bytes + n + 1, lang, lang_length);
  key->bytes[n + 1 + lang_length] = '\0';
  key->bytes[n + 2 + lang_length] = (char)('A' + form);
  key->used = n + 3 + lang_length;
}

bool ld_gazetteer_name (ld_gazetteer *t, uint32_t entity, const char *lang,
                        size_t lang_length, enum ld_form form, const char *text,
                        size_t n) {
  static const ld_chain names = { LD_LINK_FIRST_NAME, LD_LINK_LAST_NAME,
                                 LD_LINK_NEXT_NAME };
  const ld_entity_entry *e = ld_row(&t->rows[LD_ROWS_ENTITIES], entity);
  name_key key;
  if (lang_length > LANGUAGE_MOST || !ld_is_name(text, n)) return false;
  set_key(&key, text, n, lang, lang_length, form);
  const bool common =
    lang_length == 0 || (lang_length == 2 && memcmp(lang, "en", 2) == 0);
  ld_key at;
  const uint32_t first = ld_key_find(t, LD_PAIRS_NAMES, key.bytes, key.used, &at);
  uint32_t string = first ? ld_name_entry_at(t, first - 1)->text : 0;
  if (first && (ld_name_entry_at(t, first - 1)->entity == entity ||
                ld_pairs_get(&t->pairs[LD_PAIRS_OWN], string, entity)))
    return true;
  if (!first) string = ld_string_add(t, key.bytes, key.used);
  const ld_name_entry one = {
    .text = string, .length = (uint32_t)n, .entity = entity, .kind = e->kind,
    .next = LD_NONE, .same = LD_NONE, .traits = form | (common ? LD_NAME_COMMON : 0)
  };
  if (t->failed) return false;
  const uint32_t number = add_row(t, LD_ROWS_NAMES, &one);
  if (t->failed) return false;
  if (first) put_pair(t, LD_PAIRS_OWN, string, entity, 1);
  else put_pair(t, LD_PAIRS_NAMES, at.a, at.b, number + 1);
  ld_chain_append(t, names, entity, number);
  return !t->failed;
}

uint32_t ld_gazetteer_name_count (const ld_gazetteer *t) {
  return ld_rows_count(&t->rows[LD_ROWS_NAMES]);
}

ld_name ld_gazetteer_name_at (const ld_gazetteer *t, uint32_t number) {
  const ld_name_entry *row = ld_name_entry_at(t, number);
  const char *text = ld_string(t, row->text);
  return (ld_name){
    .text = text, .lang = text + row->length + 1,
    .folded = row->folded ? ld_string(t, row->folded) : "",
    .length = row->length, .entity = row->entity,
    .next = row->next, .same = row->same,
    .capitals = row->capitals, .form = row->traits & LD_NAME_FORM,
    .doubt = row->traits & LD_NAME_DOUBT, .latin = row->traits & LD_NAME_LATIN
  };
}


/* ----------------------------------------------------------------------
** Facts
*/

static void add_doubt (ld_gazetteer *t, uint32_t entity, const char *text, size_t n) {
  name_key key;
  if (n > TEXT_MOST) return;
  set_key(&key, text, n, "", 0, LD_FORMS);
  const uint32_t string = ld_string_put(t, LD_PAIRS_WORDS, key.bytes, key.used);
  if (string) put_pair(t, LD_PAIRS_OWN, string, entity, 1);
  t->doubted = true;
}

bool ld_gazetteer_doubts (const ld_gazetteer *t, uint32_t entity, const char *text,
                          size_t n) {
  name_key key;
  set_key(&key, text, n, "", 0, LD_FORMS);
  const uint32_t string = ld_string_find(t, LD_PAIRS_WORDS, key.bytes, key.used);
  return string && ld_pairs_get(&t->pairs[LD_PAIRS_OWN], string, entity);
}

bool ld_gazetteer_fact (ld_gazetteer *t, uint32_t entity, const char *key,
                        size_t key_length, const char *value, size_t n) {
  static const ld_chain facts = { LD_LINK_FIRST_FACT, LD_LINK_LAST_FACT,
                                 LD_LINK_NEXT_FACT };
  const ld_fact_entry one = { ld_string_put(t, LD_PAIRS_WORDS, key, key_length),
                            ld_string_add(t, value, n), LD_NONE };
  if (t->failed) return false;
  const uint32_t number = add_row(t, LD_ROWS_FACTS, &one);
  if (t->failed) return false;
  ld_chain_append(t, facts, entity, number);
  if (key_length == 5 && memcmp(key, "doubt", 5) == 0)
    add_doubt(t, entity, value, n);
  return !t->failed;
}

ld_fact ld_gazetteer_fact_at (const ld_gazetteer *t, uint32_t number) {
  const ld_fact_entry *row = ld_row(&t->rows[LD_ROWS_FACTS], number);
  return (ld_fact){ ld_string(t, row->key), ld_string(t, row->value),
                    row->next };
}

uint32_t ld_gazetteer_key (const ld_gazetteer *t, const char *key) {
  return ld_string_find(t, LD_PAIRS_WORDS, key, strlen(key));
}

const char *ld_gazetteer_get (const ld_gazetteer *t, uint32_t entity,
                              uint32_t key) {
  uint32_t i = ld_link_get(t, LD_LINK_FIRST_FACT, entity);
  while (key && i != LD_NONE) {
    const ld_fact_entry *row = ld_row(&t->rows[LD_ROWS_FACTS], i);
    if (row->key == key) return ld_string(t, row->value);
    i = row->next;
  }
  return NULL;
}
