/*
** entities.c - tables of entities: the input is read as one, twice with a seal
** between, and as a document whose names it has. The option says in which
** language the document is, and where the first half ends.
*/
#include "fuzz.h"

static const char *const languages[] = { NULL, "en", "fr", "ru", "zh" };
enum { LANGUAGES = sizeof languages / sizeof *languages };

static ld_entity entity_at (const ld_gazetteer *t, uint32_t number) {
  return ld_gazetteer_entity_at(t, number);
}

static ld_name name_at (const ld_gazetteer *t, uint32_t number) {
  return ld_gazetteer_name_at(t, number);
}

static ld_fact fact_at (const ld_gazetteer *t, uint32_t number) {
  return ld_gazetteer_fact_at(t, number);
}

typedef struct found {
  const ld_gazetteer *table;
  const lesdiplo_doc *doc;
  uint32_t next, count;      /* the least token that a mention may begin with */
} found;

static void complain (void *data, uint32_t line, const char *message) {
  uint32_t *last = data;
  FUZZ_CHECK(line >= 1 && line >= *last);
  FUZZ_CHECK(fuzz_is_utf8(message, strlen(message)));
  *last = line;
}

/* Lists go through all that there is, once. */
static void check_table (const ld_gazetteer *t) {
  uint32_t names = 0;
  for (uint32_t e = 0; e < ld_gazetteer_count(t); e++) {
    const ld_entity one = entity_at(t, e);
    const uint32_t first = ld_gazetteer_find(t, one.id, strlen(one.id));
    FUZZ_CHECK(first <= e);
    FUZZ_CHECK(strcmp(entity_at(t, first).id, one.id) == 0);
    for (uint32_t i = one.first_fact; i != LD_NONE;
         i = fact_at(t, i).next) {
      const ld_fact fact = fact_at(t, i);
      FUZZ_CHECK(ld_gazetteer_get(t, e, ld_gazetteer_key(t, fact.key)) != NULL);
      FUZZ_CHECK(fuzz_is_utf8(fact.key, strlen(fact.key)));
      FUZZ_CHECK(fuzz_is_utf8(fact.value, strlen(fact.value)));
    }
    for (uint32_t i = one.first_name; i != LD_NONE; names++) {
      const ld_name name = name_at(t, i);
      FUZZ_CHECK(name.entity == e && name.form < LD_FORMS);
      FUZZ_CHECK(name.folded != NULL && fuzz_is_utf8(name.text, name.length));
      FUZZ_CHECK(name.next > i);
      FUZZ_CHECK(name.same != i);
      i = name.next;
    }
  }
  FUZZ_CHECK(names <= ld_gazetteer_name_count(t));     /* twins are in no list */
}

static void check_mention (void *data, const ld_mention *m) {
  found *f = data;
  FUZZ_CHECK(m->from >= f->next && m->from < m->to);
  FUZZ_CHECK(m->to <= f->doc->token_count);
  FUZZ_CHECK(m->to - m->from <= LD_NAME_TOKENS_MOST);
  FUZZ_CHECK(m->name < ld_gazetteer_name_count(f->table));
  const ld_name name = name_at(f->table, m->name);
  FUZZ_CHECK(ld_name_fits(&name, f->doc, m->from, m->to));
  f->next = m->from + 1;
  f->count++;
}

/* The kinds of the first entities. */
static void tag (const ld_gazetteer *t, const lesdiplo_corpus *c) {
  const char *kinds[9];
  ld_memory memory;
  ld_tagger tagger;
  uint32_t n = 0;
  for (; n < 8 && n < ld_gazetteer_count(t); n++)
    kinds[n] = entity_at(t, n).kind;
  kinds[n] = NULL;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  FUZZ_CHECK(ld_tagger_init(&tagger, t, c, &memory));
  for (uint32_t d = 0; d < lesdiplo_corpus_count(c); d++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(c, d);
    found all = { t, doc, 0, 0 };
    ld_tagger_run(&tagger, doc, 0, doc->token_count, kinds, check_mention, &all);
    found half = { t, doc, doc->token_count / 2, 0 };
    ld_tagger_run(&tagger, doc, half.next, doc->token_count, kinds,
                  check_mention, &half);
    FUZZ_CHECK(half.count <= all.count);
  }
  ld_tagger_free(&tagger);
  FUZZ_CHECK(memory.used == 0);
}

static lesdiplo_corpus *document_of (fuzz_reading *f, const char *language) {
  lesdiplo_corpus *corpus;
  ld_builder *b = &f->builder;
  ld_input in;
  FUZZ_CHECK(ld_input_open(&in, &f->reading, "a", f->bytes, f->n, NULL));
  if (!in.refused) {
    ld_read_begin_text(&f->reading, &in);
    if (language) ld_builder_field(b, LD_F_LANG, language, strlen(language));
    ld_builder_block(b, 0, b->doc->text_length, LD_PARAGRAPH, 0);
    ld_mark_words(b);
    ld_builder_close(b);
  }
  ld_input_free(&in);
  FUZZ_CHECK(ld_builder_finish(b, &corpus, NULL) == LESDIPLO_OK);
  return corpus;
}

static void read_part (ld_gazetteer *t, const char *bytes, size_t n) {
  uint32_t last = 0;
  FUZZ_CHECK(ld_gazetteer_read(t, bytes, n, complain, &last));
  FUZZ_CHECK(ld_gazetteer_seal(t));
  check_table(t);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  fuzz_reading f;
  ld_memory memory;
  const unsigned option = fuzz_option(data, &size);
  const size_t half = size * (option / LANGUAGES % 16) / 16;
  fuzz_begin(&f, data, size);
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_gazetteer *t = ld_gazetteer_new(&memory);
  FUZZ_CHECK(t != NULL);
  lesdiplo_corpus *corpus = document_of(&f, languages[option % LANGUAGES]);
  read_part(t, f.bytes, half);
  tag(t, corpus);
  read_part(t, f.bytes + half, size - half);
  const uint32_t names = ld_gazetteer_name_count(t);
  tag(t, corpus);
  read_part(t, f.bytes, half);
  FUZZ_CHECK(ld_gazetteer_name_count(t) == names);
  lesdiplo_corpus_close(corpus);
  ld_gazetteer_free(t);
  FUZZ_CHECK(memory.used == 0);
  free(f.bytes);
  return 0;
}
