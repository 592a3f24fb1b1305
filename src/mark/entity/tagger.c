/*
** tagger.c - where names of a table stand in a document.
**
** A word of the corpus is looked up once, whatever the number of its tokens: from
** then on the trie is walked by numbers. The longest name that fits counts where
** it begins; one of another place may lie inside it.
*/
#include <string.h>

#include "mark/entity/entity.h"

/* A word of the corpus: its term, 0 where no name has it; and the node that it leads
** to from the root, 0 where no name begins with it. */
struct ld_tagger_word {
  uint32_t term, start;
  uint32_t kinds;            /* of the names that begin with it */
};

/* The term of a folded word. Plurals have that of the singular, unless a name is
** written so. */
static uint32_t term_of (const ld_gazetteer *all, const char *folded, size_t n) {
  char term[4 * LD_WORD_MAX];
  n = ld_name_term(folded, n, term);
  const uint32_t found = ld_string_find(all, LD_PAIRS_TERMS, term, n);
  if (found || n <= 4 || term[n - 1] != 's') return found;
  return ld_string_find(all, LD_PAIRS_TERMS, term, n - 1);
}

bool ld_tagger_init (ld_tagger *tagger, const ld_gazetteer *table,
                     const lesdiplo_corpus *corpus, ld_memory *memory) {
  const ld_vocabulary *v = &corpus->vocabulary;
  *tagger = (ld_tagger){ table, corpus, memory, NULL };
  tagger->words = ld_memory_new(memory, v->count * sizeof *tagger->words);
  if (!tagger->words) return false;
  for (uint32_t id = 0; id < v->count; id++) {
    const ld_word *word = ld_word_at(v, id);
    struct ld_tagger_word *out = tagger->words + id;
    *out = (struct ld_tagger_word){ 0, 0, 0 };
    if (word->folded < id) {
      *out = tagger->words[word->folded];
    } else if (word->length > 0) {
      out->term = term_of(table, ld_word_form(v, word->folded),
                          ld_word_at(v, word->folded)->length);
      if (out->term) out->start = ld_gazetteer_step(table, 0, out->term);
      if (out->start) out->kinds = ld_link_get(table, LD_LINK_KINDS, out->start);
    }
  }
  return true;
}

void ld_tagger_free (ld_tagger *t) {
  if (t->words)
    ld_memory_free(t->memory, t->words,
                   t->corpus->vocabulary.count * sizeof *t->words);
  t->words = NULL;
}


/* ----------------------------------------------------------------------
** What may be meant
*/

/* Abbreviations are meant as they are written: US is not us; in US$ it is part of
** a sum. */
static bool is_written_so (const ld_name *name, const lesdiplo_doc *doc,
                           uint32_t from, uint32_t to) {
  const uint32_t begin = doc->token_begin[from];
  const uint32_t n = ld_token_end(doc, to - 1) - begin;
  if (begin + n < doc->text_length && doc->text[begin + n] == '$') return false;
  return n == name->length && memcmp(doc->text + begin, name->text, n) == 0;
}

static bool begins_large (const lesdiplo_doc *doc, uint32_t token) {
  const char *p = doc->text + doc->token_begin[token];
  int n;
  return ld_class_at(p, doc->text + doc->text_length, &n) == LD_UPPER;
}

/* In a line of capitals a doubtful name tells nothing. */
static bool is_among_capitals (const lesdiplo_doc *doc, uint32_t from,
                               uint32_t to) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  const uint32_t i = ld_sentence_of_token(doc, from);
  if (i == UINT32_MAX) return false;
  uint32_t words = 0;
  for (uint32_t t = doc->sentences[i].token; t < ld_sentence_end(doc, i); t++) {
    const uint8_t shape = ld_word_at(v, doc->token_word[t])->shape;
    if (shape == LD_SHAPE_LOWER) return false;
    words += (t < from || t >= to) && shape == LD_SHAPE_UPPER;
  }
  return words > 0;
}

/* Languages share letters, and one's names are words of another (Island, Man): in
** Latin letters those of the document's language count, and English ones. */
static bool is_foreign (const ld_name *name, const lesdiplo_doc *doc) {
  const char *lang = doc->field[LD_F_LANG];
  return name->latin && *name->lang && lang && strcmp(name->lang, "en") != 0 &&
         strcmp(name->lang, lang) != 0;
}

/* The text's word is a name's of n bytes and an s: Americans, ambassadors. */
static bool is_plural (const ld_name *name, size_t n, bool last) {
  return last && n > 3 && (name->form == LD_FORM_DEMONYM ||
                           name->form == LD_FORM_ADJECTIVE);
}

bool ld_name_fits (const ld_name *name, const lesdiplo_doc *doc, uint32_t from,
                   uint32_t to) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  if (is_foreign(name, doc)) return false;
  if (name->form == LD_FORM_ABBREVIATION && (name->capitals || name->latin) &&
      !is_written_so(name, doc, from, to))
    return false;
  if (name->doubt && name->capitals && is_among_capitals(doc, from, to))
    return false;
  const char *p = name->folded;
  for (uint32_t t = from; t < to; t++) {
    const size_t n = strcspn(p, "\1");
    const ld_word *word = ld_word_at(v, doc->token_word[t]);
    if (name->capitals >> (t - from) & 1 && !begins_large(doc, t)) return false;
    const ld_word *folded = ld_word_at(v, word->folded);
    const char *form = ld_word_form(v, word->folded);
    if (word->script == LD_SCRIPT_CYRILLIC
            ? !ld_russian_form(p, n, form, folded->length)
            : folded->length != n && name->latin && !is_plural(name, n, t + 1 == to))
      return false;
    p += n + (p[n] == '\1');
  }
  return true;
}

/* A document that is being gone through, for names of some kinds. */
typedef struct run {
  const ld_tagger *tagger;
  const lesdiplo_doc *doc;
  uint32_t kinds[LD_TAGGER_KINDS_MOST];
  uint32_t count;
  uint32_t bits;             /* of the kinds */
} run;

static bool is_wanted (const run *r, uint32_t kind) {
  uint32_t i = 0;
  while (i < r->count && r->kinds[i] != kind) i++;
  return i < r->count;
}

/* The first name that ends in a node, is wanted and fits, or LD_NONE. */
static uint32_t name_at (const run *r, uint32_t node, uint32_t from, uint32_t to) {
  const ld_gazetteer *t = r->tagger->table;
  uint32_t i = ld_link_get(t, LD_LINK_FIRST_SAME, node);
  for (; i != LD_NONE; i = ld_link_get(t, LD_LINK_SAME, i)) {
    if (!is_wanted(r, ld_name_row_at(t, i)->kind)) continue;
    const ld_name name = ld_gazetteer_name_at(t, i);
    if (ld_name_fits(&name, r->doc, from, to)) break;
  }
  return i;
}

/* The node behind one by a word, if it leads to a wanted name; else 0. */
static uint32_t step (const run *r, uint32_t node, uint32_t word) {
  const ld_gazetteer *t = r->tagger->table;
  const uint32_t term = r->tagger->words[word].term;
  const uint32_t to = term ? ld_gazetteer_step(t, node, term) : 0;
  return to && ld_link_get(t, LD_LINK_KINDS, to) & r->bits ? to : 0;
}

/* The longest name that begins at a token; 'to' is 0 where there is none. */
static ld_mention longest (const run *r, uint32_t from, uint32_t end) {
  const uint32_t *tokens = r->doc->token_word;
  ld_mention best = { from, 0, LD_NONE };
  uint32_t node = r->tagger->words[tokens[from]].start;
  for (uint32_t to = from + 1; node; to++) {
    const uint32_t name = name_at(r, node, from, to);
    if (name != LD_NONE) best = (ld_mention){ from, to, name };
    node = to < end ? step(r, node, tokens[to]) : 0;
  }
  return best;
}

static void set_kinds (run *r, const char *const *kinds) {
  for (; *kinds && r->count < LD_TAGGER_KINDS_MOST; kinds++) {
    const uint32_t kind = ld_kind_find(r->tagger->table, *kinds, strlen(*kinds));
    if (kind == LD_NONE) continue;
    r->kinds[r->count++] = kind;
    r->bits |= ld_kind_bit(kind);
  }
}

void ld_tagger_run (const ld_tagger *tagger, const lesdiplo_doc *doc,
                    uint32_t from, uint32_t to, const char *const *kinds,
                    ld_mention_found *found, void *data) {
  run r = { .tagger = tagger, .doc = doc };
  set_kinds(&r, kinds);
  for (uint32_t i = from; i < to; i++) {
    if (!(tagger->words[doc->token_word[i]].kinds & r.bits)) continue;
    const ld_mention mention = longest(&r, i, to);
    if (mention.to) found(data, &mention);
  }
}
