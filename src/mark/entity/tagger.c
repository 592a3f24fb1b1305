/*
** tagger.c - where names of a table stand in a document.
**
** A word of the corpus is looked up once, whatever the number of its tokens: from
** then on the trie is walked by numbers. The longest name that fits counts where
** it begins; one of another place may lie inside it.
*/
#include <string.h>

#include "mark/entity/entity.h"

/* The term of a folded word, 0 where no name has it. Plurals have that of the
** singular, unless a name is written so. */
static uint32_t term_of (const ld_gazetteer *all, const char *folded,
                         size_t n) {
  char term[4 * LD_WORD_MAX];
  uint32_t number = 0;
  n = ld_name_term(folded, n, term);
  if (!ld_map_get(&all->terms, term, n, &number) && n > 4 && term[n - 1] == 's')
    ld_map_get(&all->terms, term, n - 1, &number);
  return number;
}

/* The terms of all words; of the root's edges a list by term. */
bool ld_tagger_init (ld_tagger *tagger, const ld_gazetteer *table,
                     const lesdiplo_corpus *corpus, ld_memory *memory) {
  const ld_vocabulary *v = &corpus->vocabulary;
  *tagger = (ld_tagger){ table, corpus, memory, NULL, NULL,
                         table->terms.count + 1 };
  tagger->terms = ld_memory_new(memory, v->count * sizeof *tagger->terms);
  tagger->starts =
    ld_memory_new(memory, tagger->start_count * sizeof *tagger->starts);
  if (!tagger->terms || !tagger->starts) {
    ld_tagger_free(tagger);
    return false;
  }
  for (uint32_t i = 0; i < tagger->start_count; i++)
    tagger->starts[i] = ld_gazetteer_step(table, 0, i);
  for (uint32_t id = 0; id < v->count; id++) {
    const ld_word *word = ld_word_at(v, id);
    tagger->terms[id] = 0;
    if (word->folded != id && word->folded < id) {
      tagger->terms[id] = tagger->terms[word->folded];
    } else if (word->length > 0) {
      const ld_word *folded = ld_word_at(v, word->folded);
      tagger->terms[id] =
        term_of(table, ld_word_form(v, word->folded), folded->length);
    }
  }
  return true;
}

void ld_tagger_free (ld_tagger *t) {
  if (t->terms)
    ld_memory_free(t->memory, t->terms,
                   t->corpus->vocabulary.count * sizeof *t->terms);
  if (t->starts)
    ld_memory_free(t->memory, t->starts, t->start_count * sizeof *t->starts);
  t->terms = t->starts = NULL;
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

/* How many tokens on either side a doubtful name asks: a sentence may have no end,
** and such a name at each token. */
enum { NEAR = 100 };

/* In a line of capitals a doubtful name tells nothing. */
static bool is_among_capitals (const lesdiplo_doc *doc, uint32_t from,
                               uint32_t to) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  const uint32_t i = ld_sentence_of_token(doc, from);
  if (i == UINT32_MAX) return false;
  uint32_t words = 0, t = doc->sentences[i].token, end = ld_sentence_end(doc, i);
  if (from - t > NEAR) t = from - NEAR;
  if (end > to && end - to > NEAR) end = to + NEAR;
  for (; t < end; t++) {
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

static bool is_dash (const char *p, size_t n) {
  int length;
  return n > 0 && ld_class_at(p, p + n, &length) == LD_DASH;
}

/* Is a token's folded word one of a name, of n bytes? Their terms are one. */
static bool is_word_of (const ld_name *name, const char *word, size_t n,
                        size_t length, bool last) {
  return length == n || !name->latin || is_dash(word, n) ||
         is_plural(name, n, last);
}

bool ld_name_fits (const ld_name *name, const lesdiplo_doc *doc, uint32_t from,
                   uint32_t to) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  if (is_foreign(name, doc)) return false;
  if (name->form == LD_FORM_ABBREVIATION && name->capitals &&
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
            : !is_word_of(name, p, n, folded->length, t + 1 == to))
      return false;
    p += n + (p[n] == '\1');
  }
  return true;
}

/* A document that is being gone through. */
typedef struct run {
  const ld_tagger *tagger;
  const lesdiplo_doc *doc;
  const char *const *kinds;
} run;

static bool is_wanted (const run *r, const ld_name *name) {
  const char *kind =
    ld_gazetteer_entity_at(r->tagger->table, name->entity)->kind;
  for (const char *const *k = r->kinds; *k; k++)
    if (strcmp(*k, kind) == 0) return true;
  return false;
}

/* The first name that ends in a node, is wanted and fits, or LD_NONE. */
static uint32_t name_at (const run *r, uint32_t node, uint32_t from,
                         uint32_t to) {
  const ld_gazetteer *t = r->tagger->table;
  const ld_name *names = ld_gazetteer_names(t);
  uint32_t i = ((const uint32_t *)(const void *)t->nodes.base)[node];
  while (i != LD_NONE && (!is_wanted(r, names + i) ||
                          !ld_name_fits(names + i, r->doc, from, to)))
    i = names[i].same;
  return i;
}

/* The longest name that begins at a token; 'to' is 0 where there is none. */
static ld_mention longest (const run *r, uint32_t from, uint32_t end) {
  const ld_tagger *tagger = r->tagger;
  const lesdiplo_doc *doc = r->doc;
  ld_mention best = { from, 0, LD_NONE };
  uint32_t node = tagger->starts[tagger->terms[doc->token_word[from]]];
  for (uint32_t to = from + 1; node; to++) {
    const uint32_t name = name_at(r, node, from, to);
    if (name != LD_NONE) best = (ld_mention){ from, to, name };
    if (to >= end) break;
    const uint32_t term = tagger->terms[doc->token_word[to]];
    node = term ? ld_gazetteer_step(tagger->table, node, term) : 0;
  }
  return best;
}

void ld_tagger_run (const ld_tagger *tagger, const lesdiplo_doc *doc,
                    uint32_t from, uint32_t to, const char *const *kinds,
                    ld_mention_found *found, void *data) {
  const run r = { tagger, doc, kinds };
  for (uint32_t i = from; i < to; i++) {
    if (!tagger->starts[tagger->terms[doc->token_word[i]]]) continue;
    const ld_mention mention = longest(&r, i, to);
    if (mention.to) found(data, &mention);
  }
}
