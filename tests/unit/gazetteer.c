/*
** gazetteer.c - tables of entities: what is added, what is read from a file, and
** which words of a document are names.
**
** A document's names are compared as one string, `ID=words` in the order they
** come, parted by '|'.
*/
#include "check.h"

#include "mark/mark.h"

static const char *const all_kinds[] = { "country", "org", "place", "role", NULL };

static ld_memory memory;

static ld_gazetteer *new_table (void) {
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_gazetteer *t = ld_gazetteer_new(&memory);
  assert_non_null(t);
  return t;
}

static ld_entity entity_at (const ld_gazetteer *t, uint32_t number) {
  return ld_gazetteer_entity_at(t, number);
}

static ld_name name_at (const ld_gazetteer *t, uint32_t number) {
  return ld_gazetteer_name_at(t, number);
}

static ld_fact fact_at (const ld_gazetteer *t, uint32_t number) {
  return ld_gazetteer_fact_at(t, number);
}

static void end_table (ld_gazetteer *t) {
  ld_gazetteer_free(t);
  assert_int_equal(memory.used, 0);
}

static uint32_t add_entity (ld_gazetteer *t, const char *id, const char *kind) {
  return ld_gazetteer_entity(t, id, strlen(id), kind, strlen(kind));
}

static bool add_name (ld_gazetteer *t, uint32_t entity, const char *lang,
                      const char *text) {
  return ld_gazetteer_name(t, entity, lang, strlen(lang), LD_FORM_NAME, text,
                           strlen(text));
}

static bool add_fact (ld_gazetteer *t, uint32_t entity, const char *key,
                      const char *value) {
  return ld_gazetteer_fact(t, entity, key, strlen(key), value, strlen(value));
}

static const char *get_fact (const ld_gazetteer *t, uint32_t entity, const char *key) {
  return ld_gazetteer_get(t, entity, ld_gazetteer_key(t, key));
}

static void refuse (void *data, uint32_t line, const char *message) {
  (void)data;
  fail_msg("line %u: %s", line, message);
}

static void add_text (ld_gazetteer *t, const char *text) {
  assert_true(ld_gazetteer_read(t, text, strlen(text), refuse, NULL));
}

static ld_gazetteer *table_of (const char *text) {
  ld_gazetteer *t = new_table();
  add_text(t, text);
  assert_true(ld_gazetteer_seal(t));
  return t;
}


/* ----------------------------------------------------------------- tagging */

/* A corpus of one document, its text one paragraph. */
static lesdiplo_corpus *corpus_of (const char *lang, const char *text, size_t n) {
  ld_builder b;
  lesdiplo_corpus *corpus = NULL;
  assert_int_equal(ld_builder_init(&b, NULL, ld_word_describe, NULL), LESDIPLO_OK);
  const char *kept = ld_builder_store(&b, text, n);
  ld_builder_open(&b, "a", "a", kept, n);
  if (lang) ld_builder_field(&b, LD_F_LANG, lang, strlen(lang));
  ld_builder_text_end(&b);
  ld_builder_block(&b, 0, (uint32_t)n, LD_PARAGRAPH, 0);
  ld_mark_words(&b);
  ld_builder_close(&b);
  assert_int_equal(ld_builder_finish(&b, &corpus, NULL), LESDIPLO_OK);
  return corpus;
}

typedef struct listing {
  const ld_gazetteer *table;
  const lesdiplo_doc *doc;
  ld_buffer out;
  uint32_t count, last;      /* mentions; where the last one begins */
} listing;

static void list (void *data, const ld_mention *m) {
  listing *l = data;
  const ld_name name = name_at(l->table, m->name);
  const uint32_t begin = l->doc->token_begin[m->from];
  assert_true(m->from < m->to && m->to <= l->doc->token_count);
  assert_true(l->count == 0 || m->from > l->last);
  if (l->count++) ld_buffer_char(&l->out, '|');
  l->last = m->from;
  ld_buffer_puts(&l->out, entity_at(l->table, name.entity).id);
  ld_buffer_char(&l->out, '=');
  ld_buffer_add(&l->out, l->doc->text + begin,
                ld_token_end(l->doc, m->to - 1) - begin);
}

/* A text that is being tagged by a table. */
typedef struct tagging {
  ld_memory memory;
  lesdiplo_corpus *corpus;
  ld_tagger tagger;
  listing names;
} tagging;

static void begin_tagging (tagging *g, const ld_gazetteer *t, const char *lang,
                           const char *text) {
  g->corpus = corpus_of(lang, text, strlen(text));
  g->names = (listing){ t, lesdiplo_corpus_doc(g->corpus, 0), { 0 }, 0, 0 };
  ld_memory_init(&g->memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&g->names.out, &g->memory);
  assert_true(ld_tagger_init(&g->tagger, t, g->corpus, &g->memory));
}

/* Adds the names in tokens [from, to). */
static void tag (tagging *g, uint32_t from, uint32_t to, const char *const *kinds) {
  ld_tagger_run(&g->tagger, g->names.doc, from, to, kinds, list, &g->names);
}

/* What was found in all is 'wanted'. */
static void end_tagging (tagging *g, const char *wanted) {
  assert_string_equal(ld_buffer_text(&g->names.out), wanted);
  ld_buffer_free(&g->names.out);
  ld_tagger_free(&g->tagger);
  ld_tagger_free(&g->tagger);                              /* of nothing */
  assert_int_equal(g->memory.used, 0);
  lesdiplo_corpus_close(g->corpus);
}

/* The names of those kinds in a text are 'wanted'. */
static void check_kinds (const ld_gazetteer *t, const char *const *kinds,
                         const char *lang, const char *text, const char *wanted) {
  tagging g;
  begin_tagging(&g, t, lang, text);
  tag(&g, 0, g.names.doc->token_count, kinds);
  end_tagging(&g, wanted);
}

static void check (const ld_gazetteer *t, const char *lang, const char *text,
                   const char *wanted) {
  check_kinds(t, all_kinds, lang, text, wanted);
}

/* A text in a language, and the names that are wanted in it. */
typedef struct example {
  const char *lang, *text, *wanted;
} example;

/* The names of a table in texts, one after the other; a NULL text ends them. */
static void check_names (const char *entries, const example *examples) {
  ld_gazetteer *t = table_of(entries);
  for (const example *e = examples; e->text; e++) check(t, e->lang, e->text, e->wanted);
  end_table(t);
}
#define CHECK_NAMES(entries, ...) \
  check_names(entries, (const example[]){ __VA_ARGS__, { NULL, NULL, NULL } })

/* Each of those words, parted by blanks, is a name of the entity, or none is. */
static void check_forms (const ld_gazetteer *t, const char *id, bool is,
                         const char *words) {
  char word[200], wanted[300];
  for (const char *p = words; *p; p += strspn(p, " ")) {
    const size_t n = strcspn(p, " ");
    snprintf(word, sizeof word, "%.*s", (int)n, p);
    if (is) snprintf(wanted, sizeof wanted, "%s=%s", id, word);
    else *wanted = '\0';
    check(t, "ru", word, wanted);
    p += n;
  }
}


/* ------------------------------------------------------------------ adding */

static void test_entities (void **state) {
  (void)state;
  ld_gazetteer *t = new_table();
  assert_int_equal(add_entity(t, "LSO", "country"), 0);
  assert_int_equal(add_entity(t, "UN", "org"), 1);
  assert_int_equal(add_entity(t, "LSO", "country"), 0);
  assert_int_equal(add_entity(t, "LSO", "place"), 2);      /* another kind's */
  assert_int_equal(ld_gazetteer_count(t), 3);
  assert_int_equal(ld_gazetteer_find(t, "LSO", 3), 0);
  assert_int_equal(ld_gazetteer_find(t, "UN", 2), 1);
  assert_int_equal(ld_gazetteer_find(t, "LS", 2), LD_NONE);
  assert_int_equal(ld_gazetteer_find(t, "", 0), LD_NONE);
  assert_string_equal(entity_at(t, 2).id, "LSO");
  assert_string_equal(entity_at(t, 2).kind, "place");
  assert_int_equal(entity_at(t, 2).first_name, LD_NONE);
  assert_int_equal(entity_at(t, 2).first_fact, LD_NONE);
  end_table(t);
}


static void test_long_ids (void **state) {
  (void)state;
  char id[400];
  ld_gazetteer *t = new_table();
  memset(id, 'x', sizeof id);
  assert_int_equal(ld_gazetteer_entity(t, id, sizeof id, "org", 3), LD_NONE);
  assert_int_equal(ld_gazetteer_entity(t, "org", 3, id, sizeof id), LD_NONE);
  assert_int_equal(ld_gazetteer_entity(t, id, 247, "org", 3), 0);
  assert_int_equal(ld_gazetteer_count(t), 1);
  assert_int_equal(ld_gazetteer_find(t, id, 247), 0);
  end_table(t);
}


/* The names of an entity are a list in the order they came. */
static void test_names (void **state) {
  (void)state;
  ld_gazetteer *t = new_table();
  const uint32_t lso = add_entity(t, "LSO", "country");
  const uint32_t un = add_entity(t, "UN", "org");
  assert_true(add_name(t, lso, "en", "Lesotho"));
  assert_true(add_name(t, un, "en", "United Nations"));
  assert_true(add_name(t, lso, "ru", "Лесото"));
  assert_true(add_name(t, lso, "en", "Lesotho"));          /* is there */
  assert_int_equal(ld_gazetteer_name_count(t), 3);
  assert_true(add_name(t, lso, "fr", "Lesotho"));
  assert_true(ld_gazetteer_name(t, lso, "en", 2, LD_FORM_SHORT, "Lesotho", 7));
  assert_true(add_name(t, lso, "", "Lesotho"));            /* of no language */
  assert_int_equal(ld_gazetteer_name_count(t), 6);
  static const uint32_t wanted[] = { 0, 2, 3, 4, 5, LD_NONE };
  uint32_t i = entity_at(t, lso).first_name;
  for (size_t k = 0; k < CHECK_COUNT(wanted); k++) {
    assert_int_equal(i, wanted[k]);
    if (i == LD_NONE) break;
    assert_int_equal(name_at(t, i).entity, lso);
    i = name_at(t, i).next;
  }
  assert_string_equal(name_at(t, 2).text, "Лесото");
  assert_int_equal(name_at(t, 2).length, strlen("Лесото"));
  assert_string_equal(name_at(t, 2).lang, "ru");
  assert_int_equal(name_at(t, 4).form, LD_FORM_SHORT);
  end_table(t);
}


static void test_no_names (void **state) {
  (void)state;
  static char large[70000];
  ld_gazetteer *t = new_table();
  const uint32_t a = add_entity(t, "A", "org");
  memset(large, 'a', sizeof large);
  assert_false(add_name(t, a, "en", ""));
  assert_false(add_name(t, a, "en", "- -"));
  assert_false(add_name(t, a, "en", "«—»…?!"));
  assert_false(add_name(t, a, "en", " \xC2\xA0\t"));
  assert_false(add_name(t, a, "en-Latin", "Lesotho"));     /* 8 bytes: no room */
  assert_false(ld_gazetteer_name(t, a, "en", 2, LD_FORM_NAME, large, sizeof large));
  assert_int_equal(ld_gazetteer_name_count(t), 0);
  assert_int_equal(entity_at(t, a).first_name, LD_NONE);
  assert_true(add_name(t, a, "en", "7"));
  assert_true(add_name(t, a, "zh-Hant", "中"));
  assert_true(ld_gazetteer_seal(t));
  check(t, "en", "The 7 met. - - «—»…?!", "A=7");
  end_table(t);
}


static void test_facts (void **state) {
  (void)state;
  ld_gazetteer *t = new_table();
  const uint32_t lso = add_entity(t, "LSO", "country");
  const uint32_t un = add_entity(t, "UN", "org");
  assert_null(get_fact(t, lso, "capital"));
  assert_true(add_fact(t, lso, "capital", "maseru"));
  assert_true(add_fact(t, un, "capital", ""));
  assert_true(add_fact(t, lso, "capital", "roma"));
  assert_true(add_fact(t, lso, "numeric", "426"));
  assert_string_equal(get_fact(t, lso, "capital"), "maseru");
  assert_string_equal(get_fact(t, lso, "numeric"), "426");
  assert_string_equal(get_fact(t, un, "capital"), "");
  assert_null(get_fact(t, lso, "capita"));
  const uint32_t first = entity_at(t, lso).first_fact;
  const uint32_t second = fact_at(t, first).next;
  assert_string_equal(fact_at(t, second).value, "roma");
  const uint32_t third = fact_at(t, second).next;
  assert_string_equal(fact_at(t, third).key, "numeric");
  assert_int_equal(fact_at(t, third).next, LD_NONE);
  end_table(t);
}


/* Of several entities of one name the first is meant, unless another kind is
** asked for; all are a list. */
static void test_one_name_of_several (void **state) {
  (void)state;
  static const char *const country[] = { "country", NULL };
  static const char *const place[] = { "place", NULL };
  static const char *const none[] = { NULL };
  ld_gazetteer *t = table_of("[us-georgia place]\nen: Georgia\n"
                             "[GEO country]\nen: Georgia\n"
                             "[georgia-3 place]\nen: Georgia\n");
  check(t, "en", "He left Georgia.", "us-georgia=Georgia");
  check_kinds(t, country, "en", "He left Georgia.", "GEO=Georgia");
  check_kinds(t, place, "en", "He left Georgia.", "us-georgia=Georgia");
  check_kinds(t, none, "en", "He left Georgia.", "");
  assert_int_equal(name_at(t, 0).same, 1);
  assert_int_equal(name_at(t, 1).same, 2);
  assert_int_equal(name_at(t, 2).same, LD_NONE);
  end_table(t);
}


/* What comes between two seals is found from the second on, and a tagger that
** was made before goes on with what it knew. */
static void test_sealing_twice (void **state) {
  (void)state;
  ld_gazetteer *t = new_table();
  assert_true(ld_gazetteer_seal(t));                       /* nothing */
  check(t, "en", "Lesotho", "");
  add_text(t, "[LSO country]\nen: Lesotho\n");
  check(t, "en", "Lesotho", "");                           /* not sealed */
  assert_true(ld_gazetteer_seal(t));
  assert_true(ld_gazetteer_seal(t));
  check(t, "en", "Lesotho and the Kingdom of Lesotho", "LSO=Lesotho|LSO=Lesotho");
  add_text(t, "[LSO country]\nen official: Kingdom of Lesotho\n"
              "[lesotho-2 place]\nen: Lesotho\n[SWZ country]\nen: Eswatini\n");
  assert_true(ld_gazetteer_seal(t));
  check(t, "en", "Lesotho, the Kingdom of Lesotho, Eswatini",
        "LSO=Lesotho|LSO=Kingdom of Lesotho|LSO=Lesotho|SWZ=Eswatini");
  assert_int_equal(name_at(t, 0).same, 2);
  end_table(t);
}


static void test_growing_under_a_tagger (void **state) {
  (void)state;
  static const char text[] = "Lesotho met Eswatini in Maseru.";
  tagging g;
  ld_gazetteer *t = table_of("[LSO country]\nen: Lesotho\n");
  begin_tagging(&g, t, "en", text);
  add_text(t, "[SWZ country]\nen: Eswatini\n[x org]\nen: Lesotho met Eswatini\n");
  assert_true(ld_gazetteer_seal(t));
  tag(&g, 0, g.names.doc->token_count, all_kinds);
  end_tagging(&g, "LSO=Lesotho");
  check(t, "en", text, "x=Lesotho met Eswatini|SWZ=Eswatini");
  end_table(t);
}


/* ----------------------------------------------------------------- meaning */

static void test_longest (void **state) {
  (void)state;
  static const char *const org[] = { "org", NULL };
  static const char *const two[] = { "place", "country", NULL };
  ld_gazetteer *t = table_of(
    "[UN org]\nen: United Nations\n"
    "[UNSC org]\nen: United Nations Security Council\n"
    "[SC org]\nen: Security Council of Georgia\n"
    "[GEO country]\nen: Georgia\n[nations place]\nen: Nations\n");
  check(t, "en", "The United Nations Security Council of Georgia met.",
        "UNSC=United Nations Security Council|nations=Nations|"
        "SC=Security Council of Georgia|GEO=Georgia");
  check_kinds(t, org, "en", "The United Nations Security of Nations",
              "UN=United Nations");
  check_kinds(t, two, "en", "The United Nations Security Council of Georgia",
              "nations=Nations|GEO=Georgia");
  check(t, "en", "United", "");
  check(t, "en", "United Nations Security", "UN=United Nations|nations=Nations");
  end_table(t);
}


/* A range of tokens is the whole document to names that reach out of it. */
static void test_part_of_a_document (void **state) {
  (void)state;
  tagging g;
  ld_gazetteer *t = table_of("[UN org]\nen: United Nations\n"
                             "[UNSC org]\nen: United Nations Security Council\n");
  begin_tagging(&g, t, "en", "United Nations Security Council");
  tag(&g, 0, 3, all_kinds);
  assert_string_equal(ld_buffer_text(&g.names.out), "UN=United Nations");
  tag(&g, 1, 4, all_kinds);
  tag(&g, 0, 1, all_kinds);
  tag(&g, 4, 4, all_kinds);
  end_tagging(&g, "UN=United Nations");
  end_table(t);
}


static void test_capitals (void **state) {
  (void)state;
  CHECK_NAMES(
    "[USA country]\nen: United States\nen abbreviation: US; U.S.; USA\n"
    "[AU org]\nen abbreviation: AU\n[OECD org]\nen abbreviation: OECD\n"
    "[minister role]\nen: minister\n[TUR country]\nen: Turkey\n",
    { "en", "It told us that the US told US troops.", "USA=US|USA=US" },
    { "en", "Au and au, AU.", "AU=AU" },
    { "en", "The U.S. said the u.s. is not U.S.A.", "USA=U.S." },
    { "en", "united states, United states, UNITED STATES, United States",
      "USA=UNITED STATES|USA=United States" },
    { "en", "Oecd and the OECD's", "OECD=OECD" },
    { "en", "It ate turkey in Turkey.", "TUR=Turkey" },
    { "en", "The Minister, a minister, THE MINISTER.",
      "minister=Minister|minister=minister|minister=MINISTER" });
}


static void test_sums (void **state) {
  (void)state;
  CHECK_NAMES(
    "[USA country]\nen abbreviation: US\n",
    { "en", "It cost US$ 5 or US$5.", "" },
    { "en", "It cost the US 5$.", "USA=US" },
    { "en", "the US", "USA=US" });   /* the text's end */
}


/* In a line of capitals a name that is doubtful tells nothing. */
static void test_doubt (void **state) {
  (void)state;
  ld_gazetteer *t = table_of(
    "[USA country]\nen abbreviation: US\ndoubt: US\n"
    "[JOR country]\nen: Jordan\nfr: Jordan\ndoubt: Jordan; Petra\n"
    "[petra place]\nen: Petra\n");
  check(t, "en", "HE TOLD US OF JORDAN AND PETRA", "petra=PETRA");
  check(t, "en", "HE TOLD the US OF JORDAN", "USA=US|JOR=JORDAN");
  check(t, "en", "US", "USA=US");                          /* nothing beside it */
  check(t, "en", "Jordan said.", "JOR=Jordan");
  assert_true(name_at(t, 0).doubt);
  assert_true(name_at(t, 2).doubt);          /* in any language */
  assert_false(name_at(t, 3).doubt);         /* another's */
  end_table(t);
}


/* Names of the entry that come after the doubt are doubtful, too, and those
** that were sealed before it. */
static void test_doubt_later (void **state) {
  (void)state;
  ld_gazetteer *t = table_of("[JOR country]\nen: Jordan\n");
  assert_false(name_at(t, 0).doubt);
  add_text(t, "[JOR country]\ndoubt: Jordan; Urdun\n");
  assert_true(ld_gazetteer_seal(t));
  add_text(t, "[JOR country]\nen: Urdun\nen: Urdunn\n");
  assert_true(ld_gazetteer_seal(t));
  assert_true(name_at(t, 0).doubt);
  assert_true(name_at(t, 1).doubt);
  assert_false(name_at(t, 2).doubt);
  end_table(t);
}


/* What ships is never written: a doubt of one's own counts for its names in one's own
** table, and in no other. */
static void test_doubt_of_what_ships (void **state) {
  (void)state;
  static const char text[] = "HE TOLD US OF LESOTHO";
  for (int own = 1; own >= 0; own--) {
    ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
    ld_gazetteer *t = ld_gazetteer_over(&memory, &ld_gazetteer_shipped);
    assert_non_null(t);
    if (own) add_text(t, "[LSO country]\ndoubt: Lesotho\n");
    assert_true(ld_gazetteer_seal(t));
    check(t, "en", text, own ? "" : "LSO=LESOTHO");
    check(t, "en", "He told us of Lesotho.", "LSO=Lesotho");
    check(t, "fr", "la Côte d'Ivoire et l’Algérie", "CIV=Côte d'Ivoire|DZA=Algérie");
    end_table(t);
  }
}


/* A document without end of capitals: each doubtful name asks what stands
** beside it, not the whole sentence. */
static void test_capitals_without_end (void **state) {
  (void)state;
  const size_t times = 300000 / check_step(100);
  char *text = malloc(times * 3 + 1);
  assert_non_null(text);
  for (size_t i = 0; i < times; i++) memcpy(text + i * 3, "US ", 4);
  ld_gazetteer *t = table_of("[USA country]\nen abbreviation: US\ndoubt: US\n");
  check(t, "en", text, "");
  free(text);
  end_table(t);
}


static void test_possessives (void **state) {
  (void)state;
  CHECK_NAMES(
    "[CHN country]\nen: China\n"
    "[USA country]\nen: United States\n"
    "[SC org]\nen: China's Security Council\n",
    { "en", "China's aid, China’s aid, CHINA'S", "CHN=China|CHN=China|CHN=CHINA" },
    { "en", "the United States' and the United States’ aid",
      "USA=United States|USA=United States" },
    { "en", "China’s Security Council", "SC=China’s Security Council" },
    { "en", "Chinas and Chinass", "" });
}


static void test_hyphens (void **state) {
  (void)state;
  CHECK_NAMES(
    "[GNB country]\nen: Guinea-Bissau\n[GIN country]\n"
    "en: Guinea\n[CHN country]\nen: China\nen adjective: "
    "Sino\n[RUS country]\nen: Russia\n",
    { "en", "Guinea-Bissau", "GNB=Guinea-Bissau" },
    { "en", "Guinea–Bissau, Guinea—Bissau", "GNB=Guinea–Bissau|GNB=Guinea—Bissau" },
    { "en", "Guinea‐Bissau, Guinea‑Bissau", "GNB=Guinea‐Bissau|GNB=Guinea‑Bissau" },
    { "en", "Guinea Bissau", "GIN=Guinea" },
    { "en", "China-Russia and Sino–Russia ties",
      "CHN=China|RUS=Russia|CHN=Sino|RUS=Russia" });
}


static void test_white_space (void **state) {
  (void)state;
  CHECK_NAMES(
    "[USA country]\nen: United States\n",
    { "en", "United\xC2\xA0States", "USA=United\xC2\xA0States" },
    { "en", "United\nStates", "USA=United\nStates" },
    { "en", "United \r\n  States", "USA=United \r\n  States" },
    { "en", "United\xE2\x80\xAFStates", "USA=United\xE2\x80\xAFStates" },
    { "en", "UnitedStates", "" },
    { "en", "United, States. United\nNations States", "" });
}


static void test_french (void **state) {
  (void)state;
  ld_gazetteer *t = table_of(
    "[DZA country]\nfr: Algérie; l'Algérie\n[CIV country]\nen: Côte d'Ivoire\n"
    "fr: Côte d’Ivoire\n[EU org]\nfr: Union européenne\n"
    "[laquila place]\nfr: L'Aquila\n[FRA country]\nfr: France\n"
    "fr adjective: français\nfr demonym: Français\n");
  check(t, "fr", "Il a quitté l'Algérie pour d’Algérie.",
        "DZA=l'Algérie|DZA=Algérie|DZA=Algérie");
  check(t, "fr", "la Côte d'Ivoire et la Côte d’Ivoire",
        "CIV=Côte d'Ivoire|CIV=Côte d’Ivoire");
  check(t, "en", "The Côte d'Ivoire and Côte d’Ivoire",
        "CIV=Côte d'Ivoire|CIV=Côte d’Ivoire");
  check(t, "fr", "L'Union européenne, l’UNION EUROPÉENNE",
        "EU=Union européenne|EU=UNION EUROPÉENNE");
  check(t, "fr", "à L'Aquila, à L’Aquila", "laquila=L'Aquila|laquila=L’Aquila");
  check(t, "fr", "les Français et le peuple français",
        "FRA=Français|FRA=français");
  add_text(t, "[AQ place]\nit: dell'Aquila\n[LDN place]\nfr: d'Angleterre\n"
              "en: O'Brien\n");
  assert_true(ld_gazetteer_seal(t));
  check(t, "it", "all’Aquila, dell’Aquila", "AQ=dell’Aquila");
  check(t, "fr", "le roi d’Angleterre", "LDN=d’Angleterre");
  check(t, "en", "Mr O’Brien", "LDN=O’Brien");
  check(t, "fr", "M. O’Brien", "LDN=O’Brien");
  end_table(t);
}


/* English names count in French documents, which cut them in other places. There many
** leave the capital behind the apostrophe out. */
static void test_english_in_french (void **state) {
  (void)state;
  ld_gazetteer *t = table_of("[CIV country]\nen: Cote d'Ivoire\nde: Côte d'Ivoire\n"
                             "[OP org]\nen: Operation in Côte d’Ivoire\n"
                             "[XI place]\nen: Xi'an\ndoubt: Xi'an\n");
  for (int i = 0; i < 2; i++) {
    const char *lang = i ? "fr" : "en";
    check(t, lang, "the Operation in Côte d'Ivoire",
          "OP=Operation in Côte d'Ivoire|CIV=Côte d'Ivoire");
    check(t, lang, "Côte d’Ivoire, CÔTE D’IVOIRE, Cote d'ivoire",
          "CIV=Côte d’Ivoire|CIV=CÔTE D’IVOIRE|CIV=Cote d'ivoire");
    check(t, lang, "côte d'Ivoire, Xi’an, xi'an", "XI=Xi’an");
  }
  const ld_entity civ = entity_at(t, 0);
  assert_int_equal(name_at(t, name_at(t, civ.first_name).next).next, LD_NONE);
  end_table(t);
}


static void test_plurals (void **state) {
  (void)state;
  CHECK_NAMES(
    "[USA country]\nen: America\nen adjective: American\nen demonym: American\n"
    "[LSO country]\nen demonym: Mosotho; Basotho\n"
    "[VNM country]\nen adjective: Viet Cong\n[x country]\nen demonym: Lao\n"
    "[NLD country]\nen: Netherlands\n[NAM place]\nen demonym: North Americans\n",
    { "en", "an American, the Americans", "USA=American|USA=Americans" },
    { "en", "the Americas, Americass", "" },   /* of names none */
    { "en", "North Americans and Americans",
      "NAM=North Americans|USA=Americans|USA=Americans" },
    { "en", "the Mosothos", "LSO=Mosothos" },
    { "en", "the Laos and a Lao", "x=Lao" },   /* Laos is more */
    { "en", "the Viet Congs, the Viets Cong", "VNM=Viet Congs" },
    { "en", "the Netherlands, a Netherland", "NLD=Netherlands" });
}


/* One language's name is a word of another; English names are everybody's. */
static void test_languages (void **state) {
  (void)state;
  ld_gazetteer *t = table_of("[ISL country]\nen: Iceland\nde: Island\n"
                             "[IND country]\nru: Индия\nzh: 印度\nfr: Inde\n"
                             "[x country]\n");
  assert_true(add_name(t, 2, "", "Xanadu"));
  assert_true(ld_gazetteer_seal(t));
  static const char text[] = "Island, Iceland, Inde, Индия, 印度, Xanadu";
  check(t, "en", text, "ISL=Iceland|IND=Индия|IND=印度|x=Xanadu");
  check(t, "de", text, "ISL=Island|ISL=Iceland|IND=Индия|IND=印度|x=Xanadu");
  check(t, "fr", text, "ISL=Iceland|IND=Inde|IND=Индия|IND=印度|x=Xanadu");
  check(t, NULL, text, "ISL=Island|ISL=Iceland|IND=Inde|IND=Индия|IND=印度|x=Xanadu");
  end_table(t);
}


static void test_russian (void **state) {
  (void)state;
  ld_gazetteer *t = table_of(
    "[RUS country]\nru: Россия\nru demonym: русский\n[CHN country]\nru: Китай\n"
    "ru demonym: китаец\n[USA country]\nru demonym: американец\n"
    "[lavrov org]\nru: Лавров\n[LSO country]\nru: Лесото\n[MLI country]\n"
    "ru: Мали\n[IRN country]\nru: Иран\n[SRB country]\nru: Сербия\n"
    "[EGY country]\nru: Египет\nru adjective: египетский\n[ambassador role]\nru: посол\n");
  check_forms(t, "RUS", true, "Россия России Россию Россией РОССИЕЙ");
  check_forms(t, "RUS", false, "россия Росси Россияне Росса");
  check_forms(t, "RUS", true, "русский русского русскому русским русские Русских");
  check_forms(t, "CHN", true, "Китай Китая Китаю Китаем Китае");
  check_forms(t, "CHN", true, "китаец китайца китайцу китайцем китайцы китайцев");
  check_forms(t, "CHN", false, "Кит Кита китай");
  check_forms(t, "USA", true, "американец американца американцы американцев "
                              "американцам американцами американцах");
  check_forms(t, "USA", false, "американ американка");
  check_forms(t, "lavrov", true, "Лавров Лаврова Лаврову Лавровым Лаврове");
  check_forms(t, "lavrov", false, "Лавр лавров Лавры");
  check_forms(t, "LSO", true, "Лесото ЛЕСОТО");
  check_forms(t, "LSO", false, "Лесот Лесота Лесоту Лесотом");
  check_forms(t, "MLI", true, "Мали МАЛИ");
  check_forms(t, "MLI", false, "Мало мало Мал Мале Малая");
  check_forms(t, "IRN", true, "Иран Ирана Ирану Ираном Иране");
  check_forms(t, "IRN", false, "Ирания Иранский");
  check_forms(t, "SRB", true, "Сербия Сербии Сербию Сербией");
  check_forms(t, "SRB", false, "Сербы Серб");
  check_forms(t, "EGY", true, "Египет Египта Египту Египтом Египте Египетско");
  check_forms(t, "EGY", true, "египетский египетского египетско египетская");
  check_forms(t, "EGY", false, "Египтян Египетя Егип");
  check_forms(t, "ambassador", true, "посол посла Послу послом послы послов послам "
                                     "послами послах");
  check_forms(t, "ambassador", false, "после пос послать послание посёл");
  end_table(t);
}
    static void test_russian_in_two_words (void **state) {
  (void)state;
  static const char *const cases[] = {
    "Соединённые Штаты", "Соединённых Штатов", "Соединённым Штатам",
    "Соединёнными Штатами", "Соединённых Штатах", "Соединенных Штатов"
  };
  static const char *const others[] = {
    "Соединённые", "Штаты", "Соединённый Штатский", "соединённые Штаты",
    "Соединённые штаты"
  };
  char wanted[100];
  ld_gazetteer *t = table_of("[USA country]\nru: Соединённые Штаты\n"
                             "ru abbreviation: США\n[UN org]\n"
                             "ru: Организация Объединённых Наций\n");
  for (size_t i = 0; i < CHECK_COUNT(cases); i++) {
    snprintf(wanted, sizeof wanted, "USA=%s", cases[i]);
    check(t, "ru", cases[i], wanted);
  }
  for (size_t i = 0; i < CHECK_COUNT(others); i++) check(t, "ru", others[i], "");
  check(t, "ru", "США и сша, в Организации Объединенных Наций",
        "USA=США|UN=Организации Объединенных Наций");
  end_table(t);
}


/* All characters of a kind are one; a plain table finds what is written in
** traditional ones, and the other way round. */
static void test_han (void **state) {
  (void)state;
  CHECK_NAMES(
    "[LSO country]\nzh: 莱索托\n[TWN place]\nzh: 臺灣\n"
    "[CHN country]\nzh: 中国\nzh short: 中\n"
    "[FM role]\nzh: 外交部长\n",
    { "zh", "賴索托與萊索托", "LSO=萊索托" },
    { "zh", "台灣、台湾、臺灣", "TWN=台灣|TWN=台湾|TWN=臺灣" },
    { "zh", "中國外交部長访问莱索托。", "CHN=中國|FM=外交部長|LSO=莱索托" },
    { "en", "He (莱索托) said", "LSO=莱索托" });
}


static void test_long_names (void **state) {
  (void)state;
  static char text[70000];
  ld_gazetteer *t = new_table();
  const uint32_t a = add_entity(t, "A", "org");
  const uint32_t b = add_entity(t, "B", "org");
  for (size_t i = 0; i < 33; i++) memcpy(text + i * 2, "a ", 3);
  add_name(t, a, "en", text);                              /* 33 words */
  text[63] = '\0';
  assert_true(add_name(t, b, "en", text));                 /* 32 */
  for (size_t i = 0; i < 10000; i++) memcpy(text + i * 2, "a ", 3);
  add_name(t, a, "en", text);                              /* 10000 */
  memset(text, 'x', 60000);
  text[60000] = '\0';
  add_name(t, a, "en", text);                              /* one, cut in many */
  assert_true(ld_gazetteer_seal(t));
  check(t, "en", text, "");
  for (size_t i = 0; i < 33; i++) memcpy(text + i * 2, "a ", 3);
  text[65] = '\0';
  char wanted[200];
  snprintf(wanted, sizeof wanted, "B=%.63s|B=%.63s", text, text);
  check(t, "en", text, wanted);
  end_table(t);
}


/* Long words of a name are those of a document, cut where they are cut. */
static void test_long_words (void **state) {
  (void)state;
  char name[800], wanted[800];
  ld_gazetteer *t = new_table();
  const uint32_t a = add_entity(t, "A", "org");
  memset(name, 'y', 600);
  name[600] = '\0';
  assert_true(add_name(t, a, "en", name));
  for (int i = 0; i < 150; i++) memcpy(name + i * 4, "Яй", 5);
  assert_true(add_name(t, a, "ru", name));
  assert_true(ld_gazetteer_seal(t));
  snprintf(wanted, sizeof wanted, "A=%s", name);
  check(t, "ru", name, wanted);
  end_table(t);
}


/* ------------------------------------------------------------------- files */

typedef struct complaints {
  ld_memory memory;
  ld_buffer text;
} complaints;

static void note (void *data, uint32_t line, const char *message) {
  complaints *c = data;
  assert_int_equal(ld_utf8_check(message, strlen(message)), strlen(message));
  ld_buffer_format(&c->text, "%u: %s\n", line, message);
}

/* Reads a text, of which that is to be complained. */
static ld_gazetteer *check_read (const char *text, size_t n, const char *wanted) {
  complaints c;
  ld_gazetteer *t = new_table();
  ld_memory_init(&c.memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&c.text, &c.memory);
  assert_true(ld_gazetteer_read(t, text, n, note, &c));
  assert_string_equal(ld_buffer_text(&c.text), wanted);
  ld_buffer_free(&c.text);
  assert_true(ld_gazetteer_seal(t));
  return t;
}

/* What a table has, written down: `[id kind] key: value lang form: name`. */
static void check_all (const ld_gazetteer *t, const char *wanted) {
  ld_memory m;
  ld_buffer out;
  ld_memory_init(&m, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&out, &m);
  for (uint32_t k = 0; k < ld_gazetteer_count(t); k++) {
    const ld_entity e = entity_at(t, k);
    ld_buffer_format(&out, "[%s %s]", e.id, e.kind);
    for (uint32_t i = e.first_fact; i != LD_NONE;
         i = fact_at(t, i).next)
      ld_buffer_format(&out, " %s: %s", fact_at(t, i).key,
                       fact_at(t, i).value);
    for (uint32_t i = e.first_name; i != LD_NONE;
         i = name_at(t, i).next)
      ld_buffer_format(&out, " %s %s: %s", name_at(t, i).lang,
                       ld_form_names[name_at(t, i).form],
                       name_at(t, i).text);
    ld_buffer_char(&out, '\n');
  }
  assert_string_equal(ld_buffer_text(&out), wanted);
  ld_buffer_free(&out);
}


static void test_reading (void **state) {
  (void)state;
  static const char text[] =
    "\xEF\xBB\xBF# a remark\r\n"
    "\r\n"
    "[LSO country]   # another\r\n"
    "capital: maseru\r\n"
    "  en: Lesotho ;; Basutoland;  # a third\r\n"
    "en adjective: Basotho\r\n"
    "zh-Hant: 賴索托\r\n"
    "to: Berlin\r\n"
    "url: http://a.b/#c # d\r\n"
    "\t[UN  org]\t\r\n"
    "[LSO country]\r\n"
    "numeric:426";                                         /* no line end */
  ld_gazetteer *t = check_read(text, strlen(text), "");
  check_all(t, "[LSO country] capital: maseru to: Berlin url: http://a.b/#c # d "
               "numeric: 426 en name: Lesotho en name: Basutoland "
               "en adjective: Basotho zh-Hant name: 賴索托\n[UN org]\n");
  end_table(t);
  t = check_read("", 0, "");
  end_table(t);
  t = check_read("\xEF\xBB\xBF", 3, "");
  end_table(t);
}


static void test_complaints (void **state) {
  (void)state;
  static const char text[] =
    "en: Nobody\n"                                         /* 1 */
    "[LSO]\n"
    "[]\n"
    "capital: maseru\n"
    "[LSO country]\n"                                      /* 5 */
    "en\n"
    "en:\n"
    ": Lesotho\n"
    "en nickname: Kingdom in the Sky\n"
    "en: Lesotho; -; Basutoland\n"                         /* 10 */
    "fr: L\xE9sotho\n"
    "[\n"
    "# en\n"
    "[LSO country\n"
    "fr: Lesotho\n";
  ld_gazetteer *t = check_read(text, strlen(text),
    "1: 'en: Nobody' stands before the first entry, [LSO country]\n"
    "2: '[LSO]' is no head: an entry begins with its id and kind, [LSO country]\n"
    "3: '[]' is no head: an entry begins with its id and kind, [LSO country]\n"
    "4: 'capital: maseru' stands before the first entry, [LSO country]\n"
    "6: 'en' cannot be read: write 'en: names' or 'key: value'\n"
    "7: 'en:' cannot be read: write 'en: names' or 'key: value'\n"
    "8: ': Lesotho' cannot be read: write 'en: names' or 'key: value'\n"
    "9: 'en nickname' is no form of a name; there are official abbreviation "
    "adjective demonym historical metonym short plural\n"
    "10: '-' is no name: it has no letter, or is too long\n"
    "11: this line is not UTF-8, and is passed over: save the file as UTF-8\n"
    "12: '[' cannot be read: write 'en: names' or 'key: value'\n"
    "14: '[LSO country' cannot be read: write 'en: names' or 'key: value'\n");
  check_all(t, "[LSO country] en name: Lesotho en name: Basutoland "
               "fr name: Lesotho\n");
  end_table(t);
}


/* One name with braces stands for several; what has no other half, or too much in it, is
** told, and the rest goes on. */
static void test_choices (void **state) {
  (void)state;
  static const char text[] =
    "[A org]\n"
    "en: {United Nations|UN} {Program|Programme}; B|C; {|Old }D\n"
    "doubt: {UN|B}\n"
    "fr: {A|B; {A|B}}; A}; {A{B}}; E\n"
    "ru: {А|Б}{А|Б}{А|Б}{А|Б}{А|Б}{А|Б}; {А|Б}{А|Б}{А|Б}{А|Б}{А|Б}{А|Б}{А|Б}\n"
    "zh: {-|·}\n";
  static const char wrong[] =
    "cannot be read: braces have two halves, {United Nations|UN}, and a name with braces "
    "has less than 512 bytes and 64 choices\n";
  char wanted[2000], many[3000], long_name[700];
  snprintf(wanted, sizeof wanted,
           "4: '{A|B' %s4: '{A|B}}' %s4: 'A}' %s4: '{A{B}}' %s"
           "5: '{А|Б}{А|Б}{А|Б}{А|Б}{А|Б}{А|Б}{А|Б}' %s"
           "6: '-' is no name: it has no letter, or is too long\n"
           "6: '·' is no name: it has no letter, or is too long\n",
           wrong, wrong, wrong, wrong, wrong);
  ld_gazetteer *t = check_read(text, strlen(text), wanted);
  int n = snprintf(many, sizeof many, "[A org] doubt: UN doubt: B "
                   "en name: United Nations Program en name: UN Program "
                   "en name: United Nations Programme en name: UN Programme "
                   "en name: B|C en name: D en name: Old D fr name: E");
  for (int i = 0; i < 64; i++) {
    n += snprintf(many + n, sizeof many - (size_t)n, " ru name: ");
    for (int k = 0; k < 6; k++)
      n += snprintf(many + n, sizeof many - (size_t)n, i >> k & 1 ? "Б" : "А");
  }
  snprintf(many + n, sizeof many - (size_t)n, "\n");
  check_all(t, many);
  end_table(t);
  n = snprintf(long_name, sizeof long_name, "[A org]\nen: {A|B}");
  memset(long_name + n, 'x', 507);                         /* 512 bytes, and one */
  memcpy(long_name + n + 507, "\n", 2);
  t = check_read(long_name, strlen(long_name), "");
  assert_int_equal(ld_gazetteer_name_count(t), 2);
  end_table(t);
  memcpy(long_name + n + 507, "x\n", 3);
  snprintf(wanted, sizeof wanted, "2: '{A|B}%.*s' %s", 95, long_name + n, wrong);
  t = check_read(long_name, strlen(long_name), wanted);
  end_table(t);
}


/* A head that is too long begins nothing; a complaint has a part of it, cut
** between characters. */
static void test_long_heads (void **state) {
  (void)state;
  char text[3000], wanted[3000], id[200] = "";
  for (int i = 0; i < 33; i++) strcat(id, "яя");           /* 132 bytes */
  snprintf(text, sizeof text, "[%s org]\nen: A\n[x %s]\nen: B\n[%.100s org]\n"
           "en: C\n[%.102s org]\n[x org]\n%s\n", id, id, id, id, id);
  snprintf(wanted, sizeof wanted,
    "1: '[%.98s' is no head: an entry begins with its id and kind, [LSO country]\n"
    "2: 'en: A' stands before the first entry, [LSO country]\n"
    "3: '[x %.96s' is no head: an entry begins with its id and kind, "
    "[LSO country]\n4: 'en: B' stands before the first entry, [LSO country]\n"
    "7: '[%.98s' is no head: an entry begins with its id and kind, [LSO country]\n"
    "9: '%.100s' cannot be read: write 'en: names' or 'key: value'\n",
    id, id, id, id);
  ld_gazetteer *t = check_read(text, strlen(text), wanted);
  char all[400];
  snprintf(all, sizeof all, "[%.100s org] en name: C\n[x org]\n", id);
  check_all(t, all);
  end_table(t);
}


/* Strings end where a zero byte is: a line with one is left out. */
static void test_zero_bytes (void **state) {
  (void)state;
  static const char text[] = "[A org]\nen: a\0b\nen: c\n\0\n[B\0 org]\nen: d\0\n";
  static const char zero[] = "this line has a zero byte, and is passed over: "
                             "save the file as plain text";
  char wanted[500];
  snprintf(wanted, sizeof wanted, "2: %s\n4: %s\n5: %s\n6: %s\n", zero, zero, zero,
           zero);
  ld_gazetteer *t = check_read(text, sizeof text - 1, wanted);
  check_all(t, "[A org] en name: c\n");
  end_table(t);
}


/* ------------------------------------------------------------------ bounds */

/* Rows of the large tables, and how often ten of them may ask for memory: where all
** is small an arena has a string a chunk. */
#if defined(LD_SMALL)
enum { ROWS = 100000, REQUESTS = 80 };
#else
enum { ROWS = 1000000, REQUESTS = 1 };
#endif

/* Two or three words from a number, other ones for each. */
static size_t spell (uint32_t number, char *out) {
  static const char *const parts[] = { "Ba", "ke", "di", "lo", "mu", "na", "pe",
                                       "ri", "so", "tu" };
  char *p = out;
  for (uint32_t k = number, i = 0; i < 7; k /= 10, i++) {
    if (i == 3) *p++ = ' ', *p++ = 'L';
    memcpy(p, parts[k % 10], 2);
    p += 2;
  }
  *p = '\0';
  return (size_t)(p - out);
}

typedef struct counter {
  uint64_t calls;
} counter;

static void *count_alloc (void *data, void *block, size_t old, size_t size) {
  counter *c = data;
  (void)old;
  c->calls += size > 0;
  if (size > 0) return realloc(block, size);
  free(block);
  return NULL;
}

/* Bytes that so many rows take. */
static uint64_t fill (uint32_t rows) {
  counter calls = { 0 };
  char id[20], name[40];
  ld_memory_init(&memory, count_alloc, &calls, UINT64_MAX);
  ld_gazetteer *t = ld_gazetteer_new(&memory);
  assert_non_null(t);
  for (uint32_t i = 0; i < rows; i++) {
    snprintf(id, sizeof id, "%u", i);
    const uint32_t entity = add_entity(t, id, "org");
    assert_int_equal(entity, i);
    assert_true(ld_gazetteer_name(t, entity, "en", 2, LD_FORM_NAME, name,
                                  spell(i, name)));
    assert_true(add_fact(t, entity, "number", id));
  }
  assert_true(ld_gazetteer_seal(t));
  assert_true(calls.calls < rows / 10 * REQUESTS + 1000);
  const uint64_t used = memory.used;
  assert_true(memory.peak < 3 * used);
  spell(rows - 1, name);
  snprintf(id, sizeof id, "%u", rows - 1);
  char wanted[80];
  snprintf(wanted, sizeof wanted, "%s=%s", id, name);
  check(t, "en", name, wanted);
  assert_int_equal(ld_gazetteer_find(t, id, strlen(id)), rows - 1);
  end_table(t);
  return used;
}

/* A million rows take memory by the row, and are read one by one: what went
** over all rows for each would not end. */
static void test_million (void **state) {
  (void)state;
  const uint32_t rows = ROWS / (uint32_t)check_step(50);
  const uint64_t tenth = fill(rows / 10), all = fill(rows);
  assert_true(all / rows < 600);
  assert_true(all < tenth * 20);
}


static const char small[] =
  "[LSO country]\ncapital: maseru\nen: Lesotho\nen official: Kingdom of Lesotho\n"
  "ru: Лесото\nzh: 莱索托\n[UN org]\nen: United Nations\nen abbreviation: UN\n"
  "doubt: UN\n[roma place]\nen: Roma\nen: Lesotho\n";
static const char small_text[] =
  "The Kingdom of Lesotho, Лесото and 莱索托 told the UN and the United Nations.";
static const char small_names[] = "LSO=Kingdom of Lesotho|LSO=Lesotho|LSO=Лесото|"
  "LSO=莱索托|UN=UN|UN=United Nations";

/* Adds, seals and tags. What cannot be done is false, and can be tried again:
** then it is false, too, or whole. */
static bool try_all (ld_memory *m, const lesdiplo_corpus *c) {
  ld_memory plain;
  ld_tagger tagger;
  ld_gazetteer *t = ld_gazetteer_new(m);
  if (!t) return false;
  listing l = { t, lesdiplo_corpus_doc(c, 0), { 0 }, 0, 0 };
  ld_memory_init(&plain, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&l.out, &plain);
  const bool read = ld_gazetteer_read(t, small, strlen(small), refuse, NULL);
  bool good = ld_gazetteer_seal(t);
  assert_int_equal(ld_gazetteer_seal(t), good);
  good &= read;
  const bool tagged = good && ld_tagger_init(&tagger, t, c, m);
  if (tagged) {
    ld_tagger_run(&tagger, l.doc, 0, l.doc->token_count, all_kinds, list, &l);
    assert_string_equal(ld_buffer_text(&l.out), small_names);
    ld_tagger_free(&tagger);
  }
  ld_buffer_free(&l.out);
  ld_gazetteer_free(t);
  assert_int_equal(m->used, 0);
  return tagged;
}

static void test_without_memory (void **state) {
  (void)state;
  lesdiplo_corpus *c = corpus_of("en", small_text, strlen(small_text));
  bool good = false;
  for (long left = 0; !good; left++) {
    check_heap heap = { left, 0 };
    ld_memory m;
    ld_memory_init(&m, check_alloc, &heap, UINT64_MAX);
    good = try_all(&m, c);
    if (heap.left > 0) assert_true(good);
    assert_int_equal(heap.blocks, 0);
  }
  lesdiplo_corpus_close(c);
}

/* Arrays count against a budget, too. */
static void test_budget (void **state) {
  (void)state;
  lesdiplo_corpus *c = corpus_of("en", small_text, strlen(small_text));
  uint64_t limit = 0;
  ld_memory m;
  for (bool good = false; !good; limit += 53 * check_step(20)) {
    ld_memory_init(&m, NULL, NULL, limit);
    good = try_all(&m, c);
    assert_true(m.peak <= limit);
  }
  assert_true(limit < 1000000);
  lesdiplo_corpus_close(c);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_entities),
  cmocka_unit_test(test_long_ids),
  cmocka_unit_test(test_names),
  cmocka_unit_test(test_no_names),
  cmocka_unit_test(test_facts),
  cmocka_unit_test(test_one_name_of_several),
  cmocka_unit_test(test_sealing_twice),
  cmocka_unit_test(test_growing_under_a_tagger),
  cmocka_unit_test(test_longest),
  cmocka_unit_test(test_part_of_a_document),
  cmocka_unit_test(test_capitals),
  cmocka_unit_test(test_sums),
  cmocka_unit_test(test_doubt),
  cmocka_unit_test(test_doubt_later),
  cmocka_unit_test(test_doubt_of_what_ships),
  cmocka_unit_test(test_capitals_without_end),
  cmocka_unit_test(test_possessives),
  cmocka_unit_test(test_hyphens),
  cmocka_unit_test(test_white_space),
  cmocka_unit_test(test_french),
  cmocka_unit_test(test_english_in_french),
  cmocka_unit_test(test_plurals),
  cmocka_unit_test(test_languages),
  cmocka_unit_test(test_russian),
  cmocka_unit_test(test_russian_in_two_words),
  cmocka_unit_test(test_han),
  cmocka_unit_test(test_long_names),
  cmocka_unit_test(test_long_words),
  cmocka_unit_test(test_reading),
  cmocka_unit_test(test_complaints),
  cmocka_unit_test(test_choices),
  cmocka_unit_test(test_long_heads),
  cmocka_unit_test(test_zero_bytes),
  cmocka_unit_test(test_million),
  cmocka_unit_test(test_without_memory),
  cmocka_unit_test(test_budget)
};


int main (void) { return CHECK_ALL(tests); }
