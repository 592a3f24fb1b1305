/*
** kinds.c - the kinds of token that a query tells apart.
**
** All words begin as one kind. Each predicate splits the kinds that it holds for
** in part: of those, the words that it holds for become a kind of their own.
** Only the words of the predicate are gone through, so that a rare word costs
** next to nothing, however large the vocabulary.
*/
#include <string.h>

#include "mark/mark.h"

struct ld_kind_table {
  const lesdiplo_corpus *corpus;
  ld_memory *memory;
  ld_languages of;                     /* one where stems do not matter */
  uint8_t *kinds;                      /* a table of all words a language */
  uint32_t count, most;
  uint64_t members[][LD_PREDICATES_MOST / 64];   /* of 'most' kinds */
};

static uint32_t words_of (const ld_kind_table *t) {
  return t->corpus->vocabulary.count;
}

static size_t size_of (uint32_t most) {
  const ld_kind_table *t = NULL;
  return sizeof *t + most * sizeof t->members[0];
}

ld_kind_table *ld_kind_table_new (const lesdiplo_corpus *corpus,
                                  ld_memory *memory, bool by_language,
                                  uint32_t most) {
  ld_kind_table *t = ld_memory_new(memory, size_of(most));
  if (!t) return NULL;
  t->corpus = corpus;
  t->memory = memory;
  t->count = 1;
  t->most = most;
  t->of = by_language ? ld_languages_of(corpus) : ld_languages_none();
  memset(t->members[0], 0, sizeof t->members[0]);
  const size_t size = (size_t)t->of.count * words_of(t) * sizeof *t->kinds;
  t->kinds = ld_memory_new(memory, size);
  if (!t->kinds) {
    ld_memory_free(memory, t, size_of(most));
    return NULL;
  }
  memset(t->kinds, 0, size);
  return t;
}

void ld_kind_table_free (ld_kind_table *t) {
  if (!t) return;
  ld_memory_free(t->memory, t->kinds,
                 (size_t)t->of.count * words_of(t) * sizeof *t->kinds);
  ld_memory_free(t->memory, t, size_of(t->most));
}


/* ------------------------------------------------------ words of predicates */

/* The forms of a folded form. */
static bool forms_of (const lesdiplo_corpus *c, const char *text, size_t n,
                      const uint32_t **words, uint32_t *count) {
  char folded[4 * LD_WORD_MAX];
  const ld_postings *p = ld_postings_of(c);
  if (!p) return false;
  n = ld_fold(text, n, folded, sizeof folded);
  const uint32_t id = ld_word_find(&c->vocabulary, folded, n);
  *count = id == UINT32_MAX ? 0 : p->folded_from[id + 1] - p->folded_from[id];
  *words = id == UINT32_MAX ? NULL : p->forms + p->folded_from[id];
  return true;
}

/* The words of a predicate in a language; false without memory. */
static bool list_of (const lesdiplo_corpus *c, const ld_predicate *p,
                     const char *lang, uint32_t *one, const uint32_t **words,
                     uint32_t *count) {
  switch (p->type) {
    case LD_BY_FOLDED: return forms_of(c, p->text, p->n, words, count);
    case LD_BY_STEM:
      return ld_stem_words(c, p->text, p->n, lang, words, count);
    case LD_BY_FORM:
      *one = ld_word_find(&c->vocabulary, p->text, p->n);
      *words = one;
      *count = *one != UINT32_MAX;
      return true;
    default:
      *words = p->words;
      *count = p->count;
      return true;
  }
}


/* --------------------------------------------------------------- splitting */

static uint64_t bit_of (uint32_t number) { return (uint64_t)1 << number % 64; }

/* What a predicate does to each kind: 0 where it holds for none of its words,
** else the kind of those. */
typedef struct splitting {
  bool touched[LD_KINDS_MOST];
  uint8_t into[LD_KINDS_MOST];
} splitting;

/* Goes through the words of the predicate in a language: marks their kinds as
** touched, or gives them their new ones. False without memory. */
static bool go_through (const ld_kind_table *t, uint32_t language,
                        const ld_predicate *p, splitting *s, bool change) {
  uint8_t *kinds = t->kinds + (size_t)language * words_of(t);
  const uint32_t *words;
  uint32_t one, count;
  if (!list_of(t->corpus, p, t->of.names[language], &one, &words, &count))
    return false;
  for (uint32_t i = 0; i < count; i++)
    if (change) kinds[words[i]] = s->into[kinds[words[i]]];
    else s->touched[kinds[words[i]]] = true;
  return true;
}

/* Makes the new kinds; false where there are too many. A kind that the
** predicate holds for already stays as it is. */
static bool make_kinds (ld_kind_table *t, uint32_t number, splitting *s) {
  const uint32_t before = t->count;
  uint32_t made = 0;
  for (uint32_t i = 0; i < before; i++)
    made += s->touched[i] && !ld_kind_table_has(t, i, number);
  if (made > t->most - before) return false;
  for (uint32_t i = 0; i < before; i++) {
    s->into[i] = (uint8_t)i;
    if (!s->touched[i] || ld_kind_table_has(t, i, number)) continue;
    s->into[i] = (uint8_t)t->count;
    memcpy(t->members[t->count], t->members[i], sizeof t->members[i]);
    t->members[t->count++][number / 64] |= bit_of(number);
  }
  return true;
}

int ld_kind_table_add (ld_kind_table *t, uint32_t number,
                       const ld_predicate *p) {
  splitting s;
  memset(&s, 0, sizeof s);
  for (uint32_t i = 0; i < t->of.count; i++)
    if (!go_through(t, i, p, &s, false)) return LESDIPLO_ENOMEM;
  if (!make_kinds(t, number, &s)) return LESDIPLO_ELIMIT;
  for (uint32_t i = 0; i < t->of.count; i++)
    go_through(t, i, p, &s, true);     /* what was there once is there again */
  return LESDIPLO_OK;
}


/* ----------------------------------------------------------------- getters */

uint32_t ld_kind_table_count (const ld_kind_table *t) { return t->count; }

bool ld_kind_table_has (const ld_kind_table *t, uint32_t kind,
                        uint32_t number) {
  return t->members[kind][number / 64] & bit_of(number);
}

const uint8_t *ld_kind_table_of (const ld_kind_table *t,
                                  const lesdiplo_doc *doc) {
  return t->kinds +
         (size_t)ld_languages_at(&t->of, doc->field[LD_F_LANG]) * words_of(t);
}


/* ---------------------------------------------------------------- postings */

bool ld_predicate_tokens (const lesdiplo_corpus *c, const ld_predicate *p,
                          uint32_t *out, uint64_t *count) {
  const ld_postings *postings = ld_postings_of(c);
  const ld_languages l =
    p->type == LD_BY_STEM ? ld_languages_of(c) : ld_languages_none();
  *count = 0;
  if (!postings) return false;
  for (uint32_t i = 0; i < l.count; i++) {
    const uint32_t *words;
    uint32_t one, n;
    if (!list_of(c, p, l.names[i], &one, &words, &n)) return false;
    for (uint32_t k = 0; k < n; k++) {
      const uint32_t from = postings->from[words[k]];
      const uint32_t more = postings->from[words[k] + 1] - from;
      if (out) memcpy(out + *count, postings->places + from, more * sizeof *out);
      *count += more;
    }
  }
  return true;
}
