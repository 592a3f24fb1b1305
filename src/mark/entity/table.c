/*
** table.c - entities, their names and what is known of them; the trie of names.
**
** Names are cut into tokens as documents are, a name a line, all that are new at
** once. A node of the trie is a number, its edges lie in one hash table; several
** names of the same words end in one node and are a list.
*/
#include <string.h>

#include "mark/entity/entity.h"

const char *const ld_form_names[LD_FORMS] = {
  "name", "official", "abbreviation", "adjective", "demonym", "historical",
  "metonym", "short", "plural"
};


/* ----------------------------------------------------------------------
** Growing
*/

ld_gazetteer *ld_gazetteer_new (ld_memory *memory) {
  ld_gazetteer *t = ld_memory_new(memory, sizeof *t);
  if (!t) return NULL;
  memset(t, 0, sizeof *t);
  t->memory = memory;
  ld_arena_init(&t->arena, memory);
  ld_map_init(&t->ids, memory);
  ld_map_init(&t->terms, memory);
  ld_area_init(&t->entities, memory);
  ld_area_init(&t->names, memory);
  ld_area_init(&t->facts, memory);
  ld_area_init(&t->nodes, memory);
  return t;
}

void ld_gazetteer_free (ld_gazetteer *t) {
  if (!t) return;
  ld_arena_free(&t->arena);
  ld_map_free(&t->ids);
  ld_map_free(&t->terms);
  ld_area_free(&t->entities);
  ld_area_free(&t->names);
  ld_area_free(&t->facts);
  ld_area_free(&t->nodes);
  ld_memory_free(t->memory, t->edges, t->edge_size * sizeof *t->edges);
  ld_memory_free(t->memory, t, sizeof *t);
}

static ld_entity *entity_at (const ld_gazetteer *t, uint32_t number) {
  return (ld_entity *)(void *)t->entities.base + number;
}

static ld_fact *facts_of (const ld_gazetteer *t) {
  return (ld_fact *)(void *)t->facts.base;
}

uint32_t ld_gazetteer_count (const ld_gazetteer *t) {
  return (uint32_t)(t->entities.used / sizeof(ld_entity));
}

uint32_t ld_gazetteer_name_count (const ld_gazetteer *t) {
  return (uint32_t)(t->names.used / sizeof(ld_name));
}

static uint32_t fact_count (const ld_gazetteer *t) {
  return (uint32_t)(t->facts.used / sizeof(ld_fact));
}

const ld_entity *ld_gazetteer_entity_at (const ld_gazetteer *t, uint32_t number) {
  return entity_at(t, number);
}

const ld_name *ld_gazetteer_name_at (const ld_gazetteer *t, uint32_t number) {
  return ld_gazetteer_names(t) + number;
}

const ld_fact *ld_gazetteer_fact_at (const ld_gazetteer *t, uint32_t number) {
  return facts_of(t) + number;
}

uint32_t ld_gazetteer_find (const ld_gazetteer *t, const char *id, size_t n) {
  uint32_t number;
  return ld_map_get(&t->ids, id, n, &number) ? number : LD_NONE;
}

uint32_t ld_gazetteer_entity (ld_gazetteer *t, const char *id, size_t n,
                          const char *kind, size_t kind_length) {
  char key[256];
  uint32_t number;
  const size_t m = n + 1 + kind_length;
  if (m > sizeof key) return LD_NONE;
  memcpy(key, id, n);
  key[n] = '\1';
  memcpy(key + n + 1, kind, kind_length);
  if (ld_map_get(&t->ids, key, m, &number)) return number;
  const char *kept = ld_arena_string(&t->arena, key, m);
  ld_entity one = { ld_arena_string(&t->arena, id, n),
                    ld_arena_string(&t->arena, kind, kind_length), LD_NONE,
                    LD_NONE, LD_NONE, LD_NONE };
  number = ld_gazetteer_count(t);
  if (t->arena.failed || !ld_area_push(&t->entities, &one, sizeof one))
    return LD_NONE;
  ld_map_put(&t->ids, one.id, n, number);
  ld_map_put(&t->ids, kept, m, number);
  return t->ids.failed ? LD_NONE : number;
}

static bool has_name (const ld_gazetteer *t, const ld_entity *e, const char *lang,
                      size_t lang_length, enum ld_form form, const char *text,
                      size_t n) {
  for (uint32_t i = e->first_name; i != LD_NONE;) {
    const ld_name *other = ld_gazetteer_names(t) + i;
    if (other->form == form && other->length == n &&
        memcmp(other->text, text, n) == 0 &&
        strlen(other->lang) == lang_length &&
        memcmp(other->lang, lang, lang_length) == 0)
      return true;
    i = other->next;
  }
  return false;
}

static bool has_letter (const char *text, size_t n) {
  int length;
  for (const char *p = text, *end = text + n; p < end; p += length) {
    const enum ld_class k = ld_class_at(p, end, &length);
    if (ld_is_letter(k) || k == LD_DIGIT || k == LD_IDEOGRAPH) return true;
  }
  return false;
}

bool ld_gazetteer_name (ld_gazetteer *t, uint32_t entity, const char *lang,
                    size_t lang_length, enum ld_form form, const char *text,
                    size_t n) {
  ld_entity *e = entity_at(t, entity);
  ld_name one = { .length = (uint32_t)n, .entity = entity, .next = LD_NONE,
                  .same = LD_NONE, .form = (uint8_t)form };
  if (!has_letter(text, n) || n > UINT16_MAX || lang_length >= sizeof one.lang)
    return false;
  if (has_name(t, e, lang, lang_length, form, text, n)) return true;
  memcpy(one.lang, lang, lang_length);
  one.text = ld_arena_string(&t->arena, text, n);
  const uint32_t number = ld_gazetteer_name_count(t);
  if (!one.text || !ld_area_push(&t->names, &one, sizeof one)) return false;
  if (e->last_name == LD_NONE) e->first_name = number;
  else ld_gazetteer_names(t)[e->last_name].next = number;
  e->last_name = number;
  return true;
}

bool ld_gazetteer_fact (ld_gazetteer *t, uint32_t entity, const char *key,
                    size_t key_length, const char *value, size_t n) {
  ld_entity *e = entity_at(t, entity);
  const ld_fact one = { ld_arena_string(&t->arena, key, key_length),
                        ld_arena_string(&t->arena, value, n), LD_NONE };
  const uint32_t number = fact_count(t);
  if (t->arena.failed || !ld_area_push(&t->facts, &one, sizeof one))
    return false;
  if (e->last_fact == LD_NONE) e->first_fact = number;
  else facts_of(t)[e->last_fact].next = number;
  e->last_fact = number;
  if (strcmp(one.key, "doubt") == 0)
    for (uint32_t i = e->first_name; i != LD_NONE; i = ld_gazetteer_names(t)[i].next)
      if (strcmp(ld_gazetteer_names(t)[i].text, one.value) == 0)
        ld_gazetteer_names(t)[i].doubt = true;
  return true;
}

const char *ld_gazetteer_get (const ld_gazetteer *t, uint32_t entity,
                          const char *key) {
  for (uint32_t i = entity_at(t, entity)->first_fact; i != LD_NONE;
       i = facts_of(t)[i].next)
    if (strcmp(facts_of(t)[i].key, key) == 0) return facts_of(t)[i].value;
  return NULL;
}


/* ----------------------------------------------------------------------
** The trie
*/

static ld_edge *slot_of (ld_edge *edges, uint32_t size, uint32_t from,
                         uint32_t term) {
  uint32_t i = ld_word_hash((uint64_t)from << 32 | term, 0) & (size - 1);
  while (edges[i].to && (edges[i].from != from || edges[i].term != term))
    i = (i + 1) & (size - 1);
  return edges + i;
}

static bool grow_edges (ld_gazetteer *t) {
  const uint32_t size = t->edge_size ? t->edge_size * 2 : 1024;
  ld_edge *edges = ld_memory_new(t->memory, size * sizeof *edges);
  if (!edges) return false;
  memset(edges, 0, size * sizeof *edges);
  for (uint32_t i = 0; i < t->edge_size; i++)
    if (t->edges[i].to)
      *slot_of(edges, size, t->edges[i].from, t->edges[i].term) = t->edges[i];
  ld_memory_free(t->memory, t->edges, t->edge_size * sizeof *t->edges);
  t->edges = edges;
  t->edge_size = size;
  return true;
}

static uint32_t new_node (ld_gazetteer *t) {
  const uint32_t none = LD_NONE;
  const uint32_t number = (uint32_t)(t->nodes.used / sizeof none);
  return ld_area_push(&t->nodes, &none, sizeof none) ? number : 0;
}

uint32_t ld_gazetteer_step (const ld_gazetteer *t, uint32_t node, uint32_t term) {
  return t->edge_size ? slot_of(t->edges, t->edge_size, node, term)->to : 0;
}

/* The node behind one by a term, made where there is none; 0 without memory. */
static uint32_t step (ld_gazetteer *t, uint32_t node, uint32_t term) {
  if ((t->edge_count + 1) * 2 > t->edge_size && !grow_edges(t)) return 0;
  ld_edge *edge = slot_of(t->edges, t->edge_size, node, term);
  if (edge->to) return edge->to;
  *edge = (ld_edge){ node, term, new_node(t) };
  t->edge_count += edge->to != 0;
  return edge->to;
}

size_t ld_name_term (const char *folded, size_t n, char *out) {
  int length;
  if (ld_class_at(folded, folded + n, &length) == LD_DASH) {
    *out = '-';
    return 1;
  }
  memcpy(out, folded, n);
  const unsigned char c = (unsigned char)*folded;
  if (c != 0xD0 && c != 0xD1) return n;
  n = ld_russian_root(folded, n);
  if (n < 10 || memcmp(folded + n - 4, "ец", 4) != 0) return n;
  const bool vowel = memcmp(folded + n - 6, "а", 2) == 0 ||
                     memcmp(folded + n - 6, "е", 2) == 0;
  memcpy(out + n - 4, vowel ? "йц" : "ц", vowel ? 4 : 2);
  return vowel ? n : n - 2;     /* китаец китайца, американец американца */
}

/* A name's tokens are being put into the trie, one by one. */
typedef struct inserter {
  ld_gazetteer *table;
  uint32_t name, node, tokens;
  bool elided;               /* of which names: see is_elided */
  ld_buffer folded;
} inserter;

/* Is a name cut as documents of its language are, l' and Union? */
static bool is_elided (const ld_name *name) {
  return (!strcmp(name->lang, "fr") || !strcmp(name->lang, "it") ||
          !strcmp(name->lang, "ca")) &&
         (strchr(name->text, '\'') || strstr(name->text, "’"));
}

/* The next such name from a number on. */
static uint32_t next_name (const inserter *in, uint32_t number) {
  const ld_gazetteer *t = in->table;
  const uint32_t count = ld_gazetteer_name_count(t);
  while (number < count && is_elided(ld_gazetteer_names(t) + number) != in->elided)
    number++;
  return number;
}

static uint32_t term_number (ld_gazetteer *t, const char *term, size_t n) {
  uint32_t number;
  if (ld_map_get(&t->terms, term, n, &number)) return number;
  const char *kept = ld_arena_string(&t->arena, term, n);
  if (!kept) return 0;
  number = t->terms.count + 1;
  ld_map_put(&t->terms, kept, n, number);
  return t->terms.failed ? 0 : number;
}

static bool is_capital (const char *token, size_t n) {
  int length;
  return ld_class_at(token, token + n, &length) == LD_UPPER;
}

static void add_token (inserter *in, const char *token, size_t n) {
  ld_gazetteer *t = in->table;
  char folded[4 * LD_WORD_MAX], term[4 * LD_WORD_MAX];
  const size_t m = ld_fold(token, n, folded, sizeof folded);
  if (in->tokens < LD_NAME_TOKENS_MOST && is_capital(token, n))
    ld_gazetteer_names(t)[in->name].capitals |= (uint32_t)1 << in->tokens;
  if (in->tokens++ > 0) ld_buffer_char(&in->folded, '\1');
  ld_buffer_add(&in->folded, folded, m);
  if (in->tokens > LD_NAME_TOKENS_MOST) return;
  const uint32_t number = term_number(t, term, ld_name_term(folded, m, term));
  in->node = number && (in->tokens == 1 || in->node)
                 ? step(t, in->node, number) : 0;
  if (!in->node) t->failed = true;
}

/* Is a name of the entity's one that its `doubt` lists? */
static bool is_doubtful (const ld_gazetteer *t, const ld_name *name) {
  for (uint32_t i = entity_at(t, name->entity)->first_fact; i != LD_NONE;
       i = facts_of(t)[i].next)
    if (strcmp(facts_of(t)[i].key, "doubt") == 0 &&
        strcmp(facts_of(t)[i].value, name->text) == 0)
      return true;
  return false;
}

static bool is_latin (const ld_name *name) {
  uint32_t cp;
  for (const char *p = name->text, *end = p + name->length; p < end;) {
    p += ld_utf8_read(p, end, &cp);
    if (ld_script_of(cp) != LD_SCRIPT_NONE)
      return ld_script_of(cp) == LD_SCRIPT_LATIN;
  }
  return false;
}

/* Names that come first are the first ones asked. */
static void end_name (inserter *in) {
  ld_gazetteer *t = in->table;
  ld_name *names = ld_gazetteer_names(t), *name = names + in->name;
  if (in->tokens > 0 && in->tokens <= LD_NAME_TOKENS_MOST && !t->failed) {
    uint32_t *last = (uint32_t *)(void *)t->nodes.base + in->node;
    while (*last != LD_NONE) last = &names[*last].same;
    *last = in->name;
    if (in->tokens > t->tokens_most) t->tokens_most = in->tokens;
  }
  name->folded = ld_arena_string(&t->arena, ld_buffer_text(&in->folded),
                                 in->folded.used);
  if (!name->folded || in->folded.failed) t->failed = true;
  ld_buffer_clear(&in->folded);
  name->doubt = is_doubtful(t, name);
  name->latin = is_latin(name);
  in->name = next_name(in, in->name + 1);
  in->node = in->tokens = 0;
}

static void take_token (void *data, const char *token, size_t n) {
  inserter *in = data;
  if (in->name >= ld_gazetteer_name_count(in->table)) return;
  if (n > 0) add_token(in, token, n);
  else end_name(in);
}

/* Puts new names into the trie that are elided, or those that are not. */
static bool insert (ld_gazetteer *t, bool elided) {
  const uint32_t count = ld_gazetteer_name_count(t);
  inserter in = { .table = t, .elided = elided };
  ld_buffer lines;
  in.name = next_name(&in, t->sealed);
  if (in.name == count) return true;
  ld_buffer_init(&lines, t->memory);
  ld_buffer_init(&in.folded, t->memory);
  for (uint32_t i = in.name; i < count; i = next_name(&in, i + 1)) {
    const ld_name *name = ld_gazetteer_names(t) + i;
    if (i > in.name) ld_buffer_char(&lines, '\n');
    for (const char *p = name->text; p < name->text + name->length; p++)
      ld_buffer_char(&lines, *p == '\n' ? ' ' : *p);
  }
  const bool good = !lines.failed &&
    ld_phrase_tokens(lines.bytes, lines.used, elided ? "fr" : NULL, take_token, &in);
  ld_buffer_free(&in.folded);
  ld_buffer_free(&lines);
  return good;
}

bool ld_gazetteer_seal (ld_gazetteer *t) {
  const uint32_t count = ld_gazetteer_name_count(t);
  if (t->sealed == count) return !t->failed;
  if (t->nodes.used == 0) new_node(t);            /* 0 is the root */
  if (!insert(t, false) || !insert(t, true) || t->nodes.failed) t->failed = true;
  t->sealed = count;
  return !t->failed;
}
