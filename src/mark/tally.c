/*
** tally.c - counts terms, and sequences of them, over the sentences of
** documents.
**
** A single term's row is the one of its number. Sequences of several terms are
** kept once each, and most of them occur once: where those are not wanted, a
** first pass counts them by their hash, in a byte each, and the second one
** passes over all whose hash came too seldom. What is left out has come less
** often than is wanted; what is kept need not have come often enough.
*/
#include <stdlib.h>
#include <string.h>

#include "mark/mark.h"

#if defined(LD_SMALL)
enum { FIRST = 2, SIEVE = 1 << 4 };
#else
enum { FIRST = 1024, SIEVE = 1 << 24 };
#endif
enum { SEEN_MOST = 255 };

void ld_tally_init (ld_tally *tally, ld_terms *terms, ld_memory *memory,
                    uint32_t n, uint32_t least) {
  memset(tally, 0, sizeof *tally);
  tally->terms = terms;
  tally->memory = memory;
  tally->n = n;
  tally->least = least;
  ld_sequences_init(&tally->sequences, memory, n);
}

static void free_sieve (ld_tally *t) {
  ld_memory_free(t->memory, t->sieve, t->sieve ? (size_t)t->sieve_mask + 1 : 0);
  t->sieve = NULL;
}

void ld_tally_free (ld_tally *t) {
  if (!t->memory) return;
  free_sieve(t);
  ld_sequences_free(&t->sequences);
  ld_memory_free(t->memory, t->rows, t->room * sizeof *t->rows);
  t->rows = NULL;
  t->count = t->room = 0;
}


/* -------------------------------------------------------------------- rows */

static bool make_rows (ld_tally *t, uint32_t count) {
  if (count > t->room) {
    const uint32_t room = count < FIRST ? FIRST : count + count / 2;
    ld_count *rows = ld_memory_resize(t->memory, t->rows,
                                      t->room * sizeof *rows,
                                      room * sizeof *rows);
    if (!rows) return false;
    t->rows = rows;
    t->room = room;
  }
  memset(t->rows + t->count, 0, (count - t->count) * sizeof *t->rows);
  t->count = count;
  return true;
}

/* Counts one more in a row. */
static inline void count_one (ld_tally *t, uint32_t row, int side,
                              uint32_t doc, uint32_t from, uint32_t to) {
  if (row >= t->count && !make_rows(t, row + 1)) {
    t->failed = true;
    return;
  }
  ld_count *one = t->rows + row;
  if (one->last[side] != doc + 1) {
    one->last[side] = doc + 1;
    one->docs[side]++;
    if (one->count[side] == 0 && (side == LD_SIDE_FIRST || !one->count[0])) {
      one->doc = doc;
      one->from = from;
      one->to = to;
    }
  }
  one->count[side]++;
}


/* --------------------------------------------------------------- sequences */

/* The terms of n units from u on; false where they are no sequence. */
static bool read_sequence (const ld_unit *u, uint32_t n, uint32_t *terms) {
  if ((u[0].term | u[n - 1].term) & LD_TERM_STOP) return false;
  for (uint32_t i = 0; i < n; i++)
    if ((terms[i] = LD_TERM(u[i].term)) == 0) return false;
  return true;
}

static void sift (ld_tally *t, uint32_t hash) {
  uint8_t *seen = t->sieve + (hash & t->sieve_mask);
  if (*seen < SEEN_MOST) ++*seen;
}

static bool is_seldom (const ld_tally *t, uint32_t hash) {
  const uint32_t least = t->least < SEEN_MOST ? t->least : SEEN_MOST;
  return t->sieve && t->sieve[hash & t->sieve_mask] < least;
}

static void count_sequences (ld_tally *t, const ld_unit *u, uint32_t count,
                             int side, uint32_t doc, bool sifting) {
  uint32_t terms[LD_SEQUENCE_MOST];
  for (uint32_t i = 0; i + t->n <= count; i++) {
    if (!read_sequence(u + i, t->n, terms)) continue;
    const uint32_t hash = ld_sequence_hash(terms, t->n);
    if (sifting) sift(t, hash);
    else if (!is_seldom(t, hash)) {
      const uint32_t row = ld_sequence_add(&t->sequences, terms, t->n, hash);
      if (row != UINT32_MAX)
        count_one(t, row, side, doc, u[i].from, u[i + t->n - 1].to);
    }
  }
  t->failed |= t->sequences.failed;
}

static void count_terms (ld_tally *t, const ld_unit *u, uint32_t count,
                         int side, uint32_t doc) {
  for (uint32_t i = 0; i < count; i++)
    if (u[i].term != 0 && !(u[i].term & LD_TERM_STOP))
      count_one(t, u[i].term, side, doc, u[i].from, u[i].to);
}

/* The same where each token is a unit. Returns how many words there are. */
static uint32_t count_tokens (ld_tally *t, const uint32_t *table,
                              const lesdiplo_doc *doc, uint32_t i, int side) {
  const uint32_t end = ld_sentence_end(doc, i);
  uint32_t words = 0;
  for (uint32_t k = doc->sentences[i].token; k < end; k++) {
    uint32_t term = table[doc->token_word[k]];
    if (term == LD_TERM_UNSEEN) {
      term = ld_term_of(t->terms, doc->token_word[k]);
      if (term == LD_TERM_UNSEEN) t->failed = true;
    }
    words += term != 0;
    if (term != 0 && !(term & LD_TERM_STOP) && !t->failed)
      count_one(t, term, side, doc->index, k, k + 1);
  }
  return words;
}

static uint32_t count_words (const ld_unit *u, uint32_t count) {
  uint32_t words = 0;
  for (uint32_t i = 0; i < count; i++) words += u[i].term != 0;
  return words;
}

/* Counts a sentence. Returns how many words it has. */
static uint32_t tally_sentence (ld_tally *t, const lesdiplo_doc *doc,
                                uint32_t i, int side, bool sifting) {
  const uint32_t *table = t->n == 1 ? ld_terms_table(t->terms) : NULL;
  uint32_t count;
  if (table) return count_tokens(t, table, doc, i, side);
  const ld_unit *u = ld_terms_units(t->terms, i, &count);
  if (!u) {
    t->failed = true;
    return 0;
  }
  if (t->n == 1) count_terms(t, u, count, side, doc->index);
  else count_sequences(t, u, count, side, doc->index, sifting);
  return count_words(u, count);
}

static void tally_doc (ld_tally *t, const lesdiplo_doc *doc, int side,
                       bool sifting) {
  uint64_t words = 0;
  if (!ld_terms_open(t->terms, doc)) t->failed = true;
  for (uint32_t i = 0; i < doc->sentence_count && !t->failed; i++)
    if (ld_terms_counts(t->terms, doc, i))
      words += tally_sentence(t, doc, i, side, sifting);
  if (sifting) return;
  t->total[side] += words;
  t->docs[side] += words > 0;
}

static void tally_pass (ld_tally *t, const lesdiplo_corpus *c,
                        const uint8_t *sides, bool sifting) {
  for (uint32_t i = 0; i < c->doc_count && !t->failed; i++)
    if (sides[i] < LD_SIDE_NONE)
      tally_doc(t, lesdiplo_corpus_doc(c, i), sides[i], sifting);
}

/* A byte for each token there is, about, and SIEVE at most. */
static bool make_sieve (ld_tally *t, const lesdiplo_corpus *c) {
  uint64_t tokens = 0;
  uint32_t size = FIRST;
  for (uint32_t i = 0; i < c->doc_count; i++)
    tokens += lesdiplo_corpus_doc(c, i)->token_count;
  while (size < SIEVE && size < tokens) size *= 2;
  t->sieve = ld_memory_new(t->memory, size);
  if (!t->sieve) return false;
  memset(t->sieve, 0, size);
  t->sieve_mask = size - 1;
  return true;
}

void ld_tally_docs (ld_tally *t, const uint8_t *sides) {
  const lesdiplo_corpus *c = ld_terms_corpus(t->terms);
  if (t->n > 1 && t->least > 1) {
    if (!make_sieve(t, c)) t->failed = true;
    tally_pass(t, c, sides, true);
  }
  tally_pass(t, c, sides, false);
  free_sieve(t);
}


/* ----------------------------------------------------------------- windows */

/* What a unit of a sentence is to the nodes. */
enum { OUTSIDE, WITHIN, NODE };
typedef struct stand {
  uint8_t is;
  uint32_t from, to;        /* WITHIN: the node's tokens */
} stand;

typedef struct windows {
  ld_tally *tally;
  const ld_place *nodes;
  uint32_t count, next;     /* the first node that is not behind us */
  uint32_t left, right;
  stand *stands;
  uint32_t room;
} windows;

static bool make_stands (windows *w, uint32_t count) {
  if (!w->stands || count > w->room) {
    const uint32_t room = count < FIRST ? FIRST : count + count / 2;
    stand *more = ld_memory_resize(w->tally->memory, w->stands,
                                   w->room * sizeof *more,
                                   room * sizeof *more);
    if (!more) return false;
    w->stands = more;
    w->room = room;
  }
  memset(w->stands, 0, count * sizeof *w->stands);
  return true;
}

static void put_within (windows *w, uint32_t i, const ld_place *node) {
  stand *s = w->stands + i;
  if (s->is != OUTSIDE) return;
  s->is = WITHIN;
  s->from = node->from;
  s->to = node->to;
}

/* Marks the units [first, stop) of a node, and those within its window. A word
** that another node has taken keeps its place and is counted as a step. */
static void mark_window (windows *w, const ld_unit *u, uint32_t count,
                         uint32_t first, uint32_t stop, const ld_place *node) {
  uint32_t steps = 0;
  for (uint32_t i = first; i < stop; i++) w->stands[i].is = NODE;
  for (uint32_t i = first; i-- > 0 && steps < w->left;)
    if (u[i].term != 0) {
      put_within(w, i, node);
      steps++;
    }
  steps = 0;
  for (uint32_t i = stop; i < count && steps < w->right; i++)
    if (u[i].term != 0) {
      put_within(w, i, node);
      steps++;
    }
}

/* Marks all windows of a sentence, whose units go from one token up to another
** one. A node that reaches past it counts where it begins. */
static void mark_windows (windows *w, const ld_unit *u, uint32_t count,
                          uint32_t doc) {
  const uint32_t end = u[count - 1].to;
  uint32_t first = 0;
  for (; w->next < w->count; w->next++) {
    const ld_place *node = w->nodes + w->next;
    if (node->doc > doc || (node->doc == doc && node->from >= end)) break;
    if (node->doc < doc || node->from < u[0].from) continue;
    while (u[first].to <= node->from) first++;
    uint32_t stop = first;
    while (stop < count && u[stop].from < node->to) stop++;
    mark_window(w, u, count, first, stop, node);
    w->tally->nodes++;
  }
}

static void count_stands (windows *w, const ld_unit *u, uint32_t count,
                          uint32_t doc, uint32_t words[2]) {
  for (uint32_t i = 0; i < count; i++) {
    const stand *s = w->stands + i;
    if (u[i].term == 0 || s->is == NODE) continue;
    const int side = s->is == WITHIN ? LD_SIDE_FIRST : LD_SIDE_SECOND;
    words[side]++;
    if (u[i].term & LD_TERM_STOP) continue;
    uint32_t from = u[i].from, to = u[i].to;
    if (s->is == WITHIN && s->from < from) from = s->from;
    if (s->is == WITHIN && s->to > to) to = s->to;
    count_one(w->tally, u[i].term, side, doc, from, to);
  }
}

static void window_doc (windows *w, const lesdiplo_doc *doc) {
  ld_tally *t = w->tally;
  uint32_t words[2] = { 0, 0 };
  if (!ld_terms_open(t->terms, doc)) t->failed = true;
  for (uint32_t i = 0; i < doc->sentence_count && !t->failed; i++) {
    uint32_t count;
    if (!ld_terms_counts(t->terms, doc, i)) continue;
    const ld_unit *u = ld_terms_units(t->terms, i, &count);
    if (!u || !make_stands(w, count)) t->failed = true;
    else if (count > 0) {
      mark_windows(w, u, count, doc->index);
      count_stands(w, u, count, doc->index, words);
    }
  }
  for (int side = 0; side < 2; side++) {
    t->total[side] += words[side];
    t->docs[side] += words[side] > 0;
  }
}

void ld_tally_windows (ld_tally *t, const uint8_t *sides,
                       const ld_place *nodes, uint32_t count, uint32_t left,
                       uint32_t right) {
  const lesdiplo_corpus *c = ld_terms_corpus(t->terms);
  windows w = { t, nodes, count, 0, left, right, NULL, 0 };
  t->windows = true;
  for (uint32_t i = 0; i < c->doc_count && !t->failed; i++)
    if (sides[i] == LD_SIDE_FIRST) window_doc(&w, lesdiplo_corpus_doc(c, i));
  ld_memory_free(t->memory, w.stands, w.room * sizeof *w.stands);
}


/* ------------------------------------------------------------------- order */

static const uint32_t *terms_of (const ld_tally *t, const uint32_t *row) {
  uint32_t n;
  return t->n == 1 ? row : ld_sequence_at(&t->sequences, *row, &n);
}

void ld_tally_name (const ld_tally *t, uint32_t row, ld_buffer *out) {
  const uint32_t *terms = terms_of(t, &row);
  for (uint32_t i = 0; i < t->n; i++) {
    if (i > 0) ld_buffer_char(out, ' ');
    ld_term_name(t->terms, terms[i], out);
  }
}

/* Is a to stand before b? */
static bool is_before (const ld_tally *t, const ld_ranked *a,
                       const ld_ranked *b) {
  if (a->score != b->score) return a->score > b->score;
  const uint32_t *x = terms_of(t, &a->row), *y = terms_of(t, &b->row);
  for (uint32_t i = 0; i < t->n; i++) {
    const int order = x[i] == y[i] ? 0 : ld_term_compare(t->terms, x[i], y[i]);
    if (order != 0) return order < 0;
  }
  return a->row < b->row;
}

/* In a heap the last one in order is on top: lets what is at i sink to where it
** belongs. */
static void sink (const ld_tally *t, ld_ranked *heap, uint32_t count,
                  uint32_t i) {
  const ld_ranked one = heap[i];
  for (uint32_t k; (k = 2 * i + 1) < count; i = k) {
    if (k + 1 < count && is_before(t, heap + k, heap + k + 1)) k++;
    if (!is_before(t, &one, heap + k)) break;
    heap[i] = heap[k];
  }
  heap[i] = one;
}

static void rise (const ld_tally *t, ld_ranked *heap, uint32_t i) {
  const ld_ranked one = heap[i];
  for (; i > 0 && is_before(t, heap + (i - 1) / 2, &one); i = (i - 1) / 2)
    heap[i] = heap[(i - 1) / 2];
  heap[i] = one;
}

ld_table ld_tally_table (const ld_tally *t, uint32_t row) {
  const ld_count *c = t->rows + row;
  const ld_table table = { c->count[0], (double)t->total[0],
                           (double)c->count[0] + c->count[1],
                           (double)t->total[0] + (double)t->total[1] };
  return table;
}

static double score_of (const ld_tally *t, enum ld_order order, uint32_t row) {
  const ld_table table = ld_tally_table(t, row);
  switch (order) {
    case LD_ORDER_LIKELIHOOD: return ld_log_likelihood(&table);
    case LD_ORDER_INFORMATION: return ld_mutual_information(&table);
    case LD_ORDER_T: return ld_t_score(&table);
    case LD_ORDER_DICE: return ld_log_dice(table.both, t->nodes, table.second);
    case LD_ORDER_RATIO: return ld_log_ratio(&table);
    case LD_ORDER_DIFFERENCE: return ld_percent_difference(&table);
    default: return t->windows ? table.both : table.second;
  }
}

uint32_t ld_tally_best (const ld_tally *t, enum ld_order order, uint32_t least,
                        ld_ranked *out, uint32_t most) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < t->count && most > 0; i++) {
    const ld_count *c = t->rows + i;
    const uint64_t all = t->windows ? c->count[0]
                                    : (uint64_t)c->count[0] + c->count[1];
    if (all == 0 || all < least) continue;
    const ld_ranked one = { score_of(t, order, i), i };
    if (count < most) {
      out[count] = one;
      rise(t, out, count++);
    }
    else if (is_before(t, &one, out)) {
      out[0] = one;
      sink(t, out, count, 0);
    }
  }
  for (uint32_t left = count; left > 1;) {     /* the last one to the end */
    const ld_ranked last = out[0];
    out[0] = out[--left];
    out[left] = last;
    sink(t, out, left, 0);
  }
  return count;
}
