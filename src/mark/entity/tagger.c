/*
** tagger.c - where names of a table stand in a document.
**
** A word of the corpus is looked up once, whatever the number of its tokens: from
** then on the trie is walked by numbers. The longest name that fits counts where
** it begins; one of another place may lie inside it.
*/
#include <string.h>

#include "mark/entity/entity.h"

/* Tokens that are gone through together. */
#if defined(LD_SMALL)
enum { BATCH = 2 };
#else
enum { BATCH = 1024 };
#endif

/* A word of the corpus: its term, 0 where no name has it; the node that it leads to
** from the root, 0 where no name begins with it. */
struct ld_tagger_word {
  uint32_t term, start;
  uint32_t only;             /* the one term that leads on from there; 0: several */
  uint32_t ends;             /* the kinds of the names that end there, a bit each */
  bool large;                /* it begins with a capital */
  bool exact;                /* its term is no other word's */
};

/* The term of the singular, as far as an s at the end tells one; 0 where no name has it. */
static uint32_t singular_of (const ld_gazetteer *all, const char *term, size_t n) {
  return n > 4 && term[n - 1] == 's' ? ld_string_find(all, LD_PAIRS_TERMS, term, n - 1) : 0;
}

/* Sets the term of a folded word, and where it leads to from the root. Plurals have the
** term of the singular, unless a name is written so; where no name begins with that one,
** though, they begin as the singular does: Americans, in spite of North Americans. Other
** words that have a term are case forms, and dashes. */
static void set_term (const ld_gazetteer *all, const char *folded, size_t n,
                      struct ld_tagger_word *out) {
  char term[4 * LD_WORD_MAX];
  const size_t m = ld_name_term(folded, n, term);
  const unsigned char c = (unsigned char)*term;
  out->term = ld_string_find(all, LD_PAIRS_TERMS, term, m);
  out->exact = out->term && c != '-' && c != 0xD0 && c != 0xD1;
  if (out->term) out->start = ld_gazetteer_step(all, 0, out->term, ld_term_bit(out->term));
  if (out->start) return;
  const uint32_t singular = singular_of(all, term, m);
  if (!singular) return;
  if (!out->term) out->term = singular;
  out->exact = false;
  out->start = ld_gazetteer_step(all, 0, singular, ld_term_bit(singular));
}

static bool is_large (const char *p, size_t n) {
  int length;
  return ld_class_at(p, p + n, &length) == LD_UPPER;
}

/* Sets what is known of a word. Of a folded form that stands before it all is known
** but the case. */
static void set_word (const ld_tagger *t, uint32_t id, const ld_word *word) {
  const ld_vocabulary *v = &t->corpus->vocabulary;
  struct ld_tagger_word *out = t->words + id;
  *out = (struct ld_tagger_word){ 0 };
  t->kinds[id] = 0;
  if (word->length == 0) return;
  if (word->folded < id) *out = t->words[word->folded];
  else set_term(t->table, ld_word_form(v, word->folded),
                ld_word_at(v, word->folded)->length, out);
  out->large = is_large(ld_word_form(v, id), word->length);
  if (!out->term) return;
  if (!out->start) return;
  const ld_node_entry *start = ld_node_at(t->table, out->start);
  t->kinds[id] = out->large ? start->kinds : start->small;
  if (word->folded < id) return;
  out->only = start->high & LD_NODE_MANY ? 0 : start->low;
  for (uint32_t i = start->first; i != LD_NONE; i = ld_name_entry_at(t->table, i)->same)
    out->ends |= ld_kind_bit(ld_name_entry_at(t->table, i)->kind);
}

/* The bit of an edge in a sieve of `size` bytes. */
static inline uint64_t sieve_bit (uint32_t node, uint32_t term, uint32_t size) {
  return (uint64_t)ld_word_hash((uint64_t)node << 32 | term, 0) * size >> 29;
}

/* May there be such an edge? Then memory is asked for it. */
static inline bool sieve_has (const ld_tagger *t, uint32_t node, uint32_t term) {
  const ld_pairs *edges = &t->table->pairs[LD_PAIRS_EDGES];
  const uint64_t hash = ld_word_hash((uint64_t)node << 32 | term, 0);
  const uint64_t bit = hash * t->sieve_size >> 29;
  if (!(t->sieve[bit / 8] >> bit % 8 & 1)) return false;
  if (edges->size) __builtin_prefetch(edges->more + (hash * edges->size >> 32));
  if (node < t->table->fixed_nodes && edges->fixed_size)
    __builtin_prefetch(edges->fixed + (hash * edges->fixed_size >> 32));
  return true;
}

static void put_edges (ld_tagger *t, const ld_pair *edges, uint32_t size) {
  for (uint32_t i = 0; i < size; i++) {
    if (!edges[i].value) continue;
    const uint64_t bit = sieve_bit(edges[i].a, edges[i].b, t->sieve_size);
    t->sieve[bit / 8] |= (uint8_t)(1 << bit % 8);
  }
}

/* Most words that follow lead nowhere: a byte an edge tells nearly all of them, and
** stays in the cache where the edges do not. */
static bool make_sieve (ld_tagger *t) {
  const ld_pairs *edges = &t->table->pairs[LD_PAIRS_EDGES];
  t->sieve_size = edges->fixed_size + edges->count + 1;
  t->sieve = ld_memory_new(t->memory, t->sieve_size);
  if (!t->sieve) return false;
  memset(t->sieve, 0, t->sieve_size);
  put_edges(t, edges->fixed, edges->fixed_size);
  put_edges(t, edges->more, edges->size);
  return true;
}

bool ld_tagger_init (ld_tagger *tagger, const ld_gazetteer *table,
                     const lesdiplo_corpus *corpus, ld_memory *memory) {
  const ld_vocabulary *v = &corpus->vocabulary;
  *tagger = (ld_tagger){ .table = table, .corpus = corpus, .memory = memory };
  tagger->words = ld_memory_new(memory, v->count * sizeof *tagger->words);
  tagger->kinds = ld_memory_new(memory, v->count * sizeof *tagger->kinds);
  if (!tagger->words || !tagger->kinds || !make_sieve(tagger)) {
    ld_tagger_free(tagger);
    return false;
  }
  for (uint32_t id = 0; id < v->count; id++)
    set_word(tagger, id, ld_word_at(v, id));
  return true;
}

void ld_tagger_free (ld_tagger *t) {
  const uint32_t count = t->corpus ? t->corpus->vocabulary.count : 0;
  if (t->words) ld_memory_free(t->memory, t->words, count * sizeof *t->words);
  if (t->kinds) ld_memory_free(t->memory, t->kinds, count * sizeof *t->kinds);
  t->words = NULL;
  if (t->sieve) ld_memory_free(t->memory, t->sieve, t->sieve_size);
  t->kinds = NULL;
  t->sieve = NULL;
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
  const uint32_t begin = doc->token_begin[token];
  return is_large(doc->text + begin, doc->text_length - begin);
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
            : !is_word_of(name, p, n, folded->length, t + 1 == to))
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

/* May a name be meant by tokens [from, to)? `exact`: they are its words, and no other
** forms of them. Then of most names their capitals tell all. */
static bool fits (const run *r, const ld_name_entry *row, uint32_t number, bool exact,
                  uint32_t from, uint32_t to) {
  if (exact && ld_name_is_plain(row)) return true;
  const ld_name name = ld_gazetteer_name_at(r->tagger->table, number);
  return ld_name_fits(&name, r->doc, from, to);
}

/* The first name that ends in a node, is wanted and fits, or LD_NONE. The capitals that
** tokens [from, to) have are known, a bit each. */
static uint32_t name_at (const run *r, const ld_node_entry *node, uint32_t large,
                         bool exact, uint32_t from, uint32_t to) {
  uint32_t i = node->first;
  while (i != LD_NONE) {
    const ld_name_entry *row = ld_name_entry_at(r->tagger->table, i);
    if (is_wanted(r, row->kind) && !(row->capitals & ~large) &&
        fits(r, row, i, exact, from, to))
      break;
    i = row->same;
  }
  return i;
}

/* A walk from a token on: where it stands, and the longest name so far. */
typedef struct walk {
  uint32_t node;             /* the one that the tokens before `to` lead to; or */
  uint32_t term;             /* before it an edge of this term, 0 where there is none */
  uint32_t large;            /* which of the tokens begin with a capital */
  uint32_t to;
  bool exact;                /* the terms are no other words' */
  ld_mention best;           /* its `to` is 0 where there is none */
} walk;

/* Does a node tell by itself that its name, the only one, is not meant by the tokens of
** a walk: not wanted, or its capitals are wanting? */
static inline bool is_settled (const run *r, const walk *w, const ld_node_entry *node) {
  return node->first == node->last && node->plain &&
         (!(node->plain & r->bits) || (node->capitals & ~w->large));
}

/* Looks for a name in the node a walk stands at, and for the next token's way on. False
** where there is none. Of nodes with many edges the sieve tells; where it knows the
** edge, memory is asked for it. */
static inline bool look (const run *r, walk *w, uint32_t end) {
  const ld_tagger *t = r->tagger;
  const uint32_t *tokens = r->doc->token_word;
  const struct ld_tagger_word *word = t->words + tokens[w->to - 1];
  const ld_node_entry *node = ld_node_at(t->table, w->node);
  const uint32_t from = w->best.from;
  if (!(node->kinds & r->bits)) return false;
  if (w->to - from <= LD_NAME_TOKENS_MOST)
    w->large |= (uint32_t)word->large << (w->to - from - 1);
  w->exact &= word->exact;
  if (node->plain & r->bits && w->exact && !(node->capitals & ~w->large))
    w->best = (ld_mention){ from, w->to, node->first };
  else if (node->first != LD_NONE && !is_settled(r, w, node)) {
    const uint32_t name = name_at(r, node, w->large, w->exact, from, w->to);
    if (name != LD_NONE) w->best = (ld_mention){ from, w->to, name };
  }
  if (w->to == end) return false;
  const uint32_t term = t->words[tokens[w->to++]].term;
  if (!(node->high & LD_NODE_MANY)) {
    w->node = node->low == term ? node->high : 0;
    return w->node != 0;
  }
  w->term = term;
  return term && sieve_has(t, w->node, term);
}

/* Follows the edge a walk stands before, if there is one, and asks memory for the node.
** False where it leads nowhere. */
static inline bool follow (const run *r, walk *w) {
  const ld_tagger *t = r->tagger;
  if (w->term)
    w->node = ld_gazetteer_step(t->table, w->node, w->term, ld_term_bit(w->term));
  w->term = 0;
  if (w->node) __builtin_prefetch(ld_node_at(t->table, w->node));
  return w->node != 0;
}

/* Makes walks to their ends, all a step at a time: memory gives many answers as fast as
** one. */
static void walk_all (const run *r, walk *walks, uint32_t count, uint32_t end) {
  uint16_t active[BATCH];
  for (uint32_t i = 0; i < count; i++) active[i] = (uint16_t)i;
  while (count > 0) {
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++) {
      active[left] = active[i];
      left += look(r, walks + active[i], end);
    }
    count = left;
    left = 0;
    for (uint32_t i = 0; i < count; i++) {
      active[left] = active[i];
      left += follow(r, walks + active[i]);
    }
    count = left;
  }
}

static void set_kinds (run *r, const char *const *kinds) {
  for (; *kinds && r->count < LD_TAGGER_KINDS_MOST; kinds++) {
    const uint32_t kind = ld_kind_find(r->tagger->table, *kinds, strlen(*kinds));
    if (kind == LD_NONE) continue;
    r->kinds[r->count++] = kind;
    r->bits |= ld_kind_bit(kind);
  }
}

/* May a name begin with a token, one of those before `end`? Most words that begin names
** are not one, and are followed by a word that leads nowhere: no walk is made for these. */
static inline bool may_begin (const run *r, uint32_t token, uint32_t end) {
  const ld_tagger *t = r->tagger;
  const uint32_t *tokens = r->doc->token_word;
  const struct ld_tagger_word *word = t->words + tokens[token];
  if (word->ends & r->bits) return true;
  if (token + 1 == end) return false;
  const uint32_t next = t->words[tokens[token + 1]].term;
  return word->only ? word->only == next : next && sieve_has(t, word->start, next);
}

/* Walks from those of tokens [from, to) that may begin a wanted name, of which the
** document, as far as it is looked at, has more up to `end`; returns how many. Memory is
** asked for their nodes. */
static uint32_t start_walks (const run *r, uint32_t from, uint32_t to, uint32_t end,
                             walk *walks) {
  const ld_tagger *t = r->tagger;
  const uint32_t *tokens = r->doc->token_word;
  uint32_t starts[BATCH] = { 0 }, count = 0, left = 0;
  for (uint32_t i = from; i < to; i++) {
    starts[count] = i;
    count += (t->kinds[tokens[i]] & r->bits) != 0;
  }
  for (uint32_t i = 0; i < count; i++) {
    starts[left] = starts[i];
    left += may_begin(r, starts[i], end);
  }
  for (uint32_t i = 0; i < left; i++) {
    const uint32_t at = starts[i], node = t->words[tokens[at]].start;
    __builtin_prefetch(ld_node_at(t->table, node));
    walks[i] = (walk){ node, 0, 0, at + 1, true, { at, 0, LD_NONE } };
  }
  return left;
}

void ld_tagger_run (const ld_tagger *tagger, const lesdiplo_doc *doc,
                    uint32_t from, uint32_t to, const char *const *kinds,
                    ld_mention_found *found, void *data) {
  run r = { .tagger = tagger, .doc = doc };
  walk walks[BATCH];
  set_kinds(&r, kinds);
  while (from < to) {
    const uint32_t end = to - from > BATCH ? from + BATCH : to;
    const uint32_t count = start_walks(&r, from, end, to, walks);
    walk_all(&r, walks, count, to);
    for (uint32_t i = 0; i < count; i++)
      if (walks[i].best.to) found(data, &walks[i].best);
    from = end;
  }
}
