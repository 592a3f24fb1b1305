/*
** postings.c - where each word of a corpus stands.
**
** Made when first asked for, in the process that asks: the tokens are counted
** by word, and put into their places by a second pass. Four bytes a token and
** eight a word: less than a byte a byte of text.
*/
#include <string.h>

#include "corpus/corpus.h"

/* Tokens are numbered through the corpus, document after document. */
static uint32_t number_tokens (const lesdiplo_corpus *c, uint32_t *first) {
  uint64_t all = 0;
  for (uint32_t i = 0; i < c->doc_count; i++) {
    first[i] = (uint32_t)all;
    all += lesdiplo_corpus_doc(c, i)->token_count;
  }
  first[c->doc_count] = (uint32_t)all;
  return (uint32_t)all;
}

/* Turns counts, kept one place further on, into where each group begins. */
static void sum_up (uint32_t *from, uint32_t groups) {
  for (uint32_t i = 0; i < groups; i++) from[i + 1] += from[i];
}

/* After the groups were filled, from[i] is where group i ends: one too far. */
static void shift (uint32_t *from, uint32_t groups) {
  memmove(from + 1, from, groups * sizeof *from);
  from[0] = 0;
}

void ld_group (const uint32_t *key, size_t stride, uint32_t count,
               uint32_t groups, uint32_t *from, uint32_t *list) {
  const char *keys = (const char *)key;
  uint32_t k;
  for (uint32_t i = 0; i < count; i++) {
    memcpy(&k, keys + i * stride, sizeof k);
    from[k + 1]++;
  }
  sum_up(from, groups);
  for (uint32_t i = 0; i < count; i++) {
    memcpy(&k, keys + i * stride, sizeof k);
    list[from[k]++] = i;
  }
  shift(from, groups);
}

/* Lists the places by word. 'from' has been counted and summed up: it serves as
** where the next place of a word goes, and is one group further on after it. */
static void put_places (const lesdiplo_corpus *c, uint32_t *from,
                        uint32_t *places) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < c->doc_count; i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(c, i);
    for (uint32_t k = 0; k < doc->token_count; k++)
      places[from[doc->token_word[k]]++] = at++;
  }
}

static void count_tokens (const lesdiplo_corpus *c, uint32_t *from) {
  for (uint32_t i = 0; i < c->doc_count; i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(c, i);
    for (uint32_t k = 0; k < doc->token_count; k++)
      from[doc->token_word[k] + 1]++;
  }
}

static uint32_t *numbers (ld_area *area, size_t count) {
  uint32_t *place = ld_area_take(area, count * sizeof *place);
  if (place) memset(place, 0, count * sizeof *place);
  return place;
}

static ld_postings *make (lesdiplo_corpus *c) {
  const uint32_t words = c->vocabulary.count;
  ld_postings *p = ld_memory_new(&c->lazy, sizeof *p);
  if (!p) return NULL;
  memset(p, 0, sizeof *p);
  ld_area_init(&p->area, &c->lazy);
  uint32_t *first = numbers(&p->area, (size_t)c->doc_count + 1);
  uint32_t *from = numbers(&p->area, (size_t)words + 1);
  uint32_t *folded = numbers(&p->area, (size_t)words + 1);
  uint32_t *forms = numbers(&p->area, words);
  const uint32_t tokens = first ? number_tokens(c, first) : 0;
  uint32_t *places = ld_area_take(&p->area, tokens * sizeof *places);
  if (p->area.failed) {
    ld_postings_free(&c->lazy, p);
    return NULL;
  }
  count_tokens(c, from);
  sum_up(from, words);
  put_places(c, from, places);
  shift(from, words);
  ld_group(&ld_word_at(&c->vocabulary, 0)->folded, sizeof(ld_word), words, words,
           folded, forms);
  p->first = first;
  p->from = from;
  p->places = places;
  p->folded_from = folded;
  p->forms = forms;
  p->token_count = tokens;
  return p;
}

const ld_postings *ld_postings_of (const lesdiplo_corpus *corpus) {
  lesdiplo_corpus *c = (lesdiplo_corpus *)(uintptr_t)corpus;
  pthread_mutex_lock(&c->lock);
  if (!c->postings) c->postings = make(c);
  const ld_postings *p = c->postings;
  pthread_mutex_unlock(&c->lock);
  return p;
}

void ld_postings_free (ld_memory *memory, ld_postings *p) {
  if (!p) return;
  ld_area_free(&p->area);
  ld_memory_free(memory, p, sizeof *p);
}

uint32_t ld_postings_doc (const ld_postings *p, uint32_t count,
                          uint32_t token) {
  uint32_t low = 0, high = count;
  while (high - low > 1) {
    const uint32_t middle = low + (high - low) / 2;
    if (p->first[middle] <= token) low = middle;
    else high = middle;
  }
  return low;
}
