/*
** terms.c - words as terms to be counted.
**
** A word's term is worked out when it first comes up, in a table by word id:
** one look a token from then on. Stop words depend on the document's language,
** and so do stems: then there is a table a language. Dictionary words of
** several characters are sequences of the characters' terms.
*/
#include <string.h>

#include "mark/mark.h"

typedef struct language {
  uint32_t *terms;       /* by word; NULL: none has come up */
  ld_map stops;          /* folded stop words */
} language;

struct ld_terms {
  const lesdiplo_corpus *corpus;
  ld_memory *memory;
  enum ld_term_by by;
  bool furniture, stop_numbers, characters;
  ld_languages of;
  language languages[LD_LANGUAGES_MOST];   /* by those */
  ld_sequences words;         /* dictionary words: term V + i is sequence i */
  bool *stopped;              /* by sequence: is it a stop word? */
  uint32_t stopped_room;
  ld_map stems;               /* stem -> a word with it, which is its term */
  const char **stem_of;       /* by such a word */
  ld_arena strings;
  ld_unit *units;             /* of the sentence that was asked for last */
  uint32_t unit_room;
  const lesdiplo_doc *doc;    /* the one that is open */
  const uint8_t *starts;
  language *language;         /* its language */
};

static uint32_t words_of (const ld_terms *t) {
  return t->corpus->vocabulary.count;
}


/* The table of a language. NULL without memory. */
static uint32_t *table_of (ld_terms *t, language *l) {
  const size_t size = (size_t)words_of(t) * sizeof *l->terms;
  if (!l->terms && (l->terms = ld_memory_new(t->memory, size)) != NULL)
    for (uint32_t i = 0; i < words_of(t); i++) l->terms[i] = LD_TERM_UNSEEN;
  return l->terms;
}


/* -------------------------------------------------------- making, freeing */

static bool has_characters (const ld_vocabulary *v) {
  for (uint32_t id = 1; id < v->count; id++)
    if (ld_word_at(v, id)->shape == LD_SHAPE_HAN) return true;
  return false;
}

ld_terms *ld_terms_new (const lesdiplo_corpus *corpus, ld_memory *memory,
                        enum ld_term_by by, bool furniture) {
  ld_terms *t = ld_memory_new(memory, sizeof *t);
  if (!t) return NULL;
  memset(t, 0, sizeof *t);
  t->corpus = corpus;
  t->memory = memory;
  t->by = by;
  t->furniture = furniture;
  t->characters = has_characters(&corpus->vocabulary);
  ld_sequences_init(&t->words, memory, 0);
  ld_map_init(&t->stems, memory);
  ld_arena_init(&t->strings, memory);
  t->of = ld_languages_of(corpus);
  for (uint32_t i = 0; i < t->of.count; i++)
    ld_map_init(&t->languages[i].stops, memory);
  return t;
}

void ld_terms_free (ld_terms *t) {
  if (!t) return;
  const uint32_t words = words_of(t);
  for (uint32_t i = 0; i < t->of.count; i++) {
    ld_memory_free(t->memory, t->languages[i].terms, words * sizeof(uint32_t));
    ld_map_free(&t->languages[i].stops);
  }
  ld_memory_free(t->memory, t->stem_of, words * sizeof *t->stem_of);
  ld_memory_free(t->memory, t->stopped, t->stopped_room * sizeof *t->stopped);
  ld_memory_free(t->memory, t->units, t->unit_room * sizeof *t->units);
  ld_sequences_free(&t->words);
  ld_map_free(&t->stems);
  ld_arena_free(&t->strings);
  ld_memory_free(t->memory, t, sizeof *t);
}

const lesdiplo_corpus *ld_terms_corpus (const ld_terms *t) {
  return t->corpus;
}


/* -------------------------------------------------------------- stop words */

bool ld_terms_stop (ld_terms *t, const char *lang, const char *word,
                    size_t n) {
  char folded[4 * LD_WORD_MAX];
  n = ld_fold(word, n, folded, sizeof folded);
  const char *kept = ld_arena_string(&t->strings, folded, n);
  if (!kept) return false;
  for (uint32_t i = 0; i < t->of.count; i++) {
    language *l = &t->languages[i];
    if (lang && !ld_language_same(t->of.names[i], lang)) continue;
    ld_map_put(&l->stops, kept, n, 1);
    if (l->stops.failed) return false;
  }
  return true;
}

/* Is a folded word a stop word of the open document's language? Also where
** all is that an apostrophe ties: 's, d', we're. */
static bool is_stop (const ld_terms *t, const char *folded, size_t n) {
  const ld_map *stops = &t->language->stops;
  const char *end = folded + n, *part = folded;
  uint32_t one;
  if (stops->count == 0) return false;
  if (ld_map_get(stops, folded, n, &one)) return true;
  if (!memchr(folded, '\'', n)) return false;
  while (part < end) {
    const char *stop = memchr(part, '\'', (size_t)(end - part));
    if (!stop) stop = end;
    if (stop > part && !ld_map_get(stops, part, (size_t)(stop - part), &one))
      return false;
    part = stop + 1;
  }
  return true;
}

void ld_terms_stop_numbers (ld_terms *t) { t->stop_numbers = true; }


/* ------------------------------------------------------------------- terms */

/* The word that stands for all with the stem of this one, in the language of
** the document that is open; 0 without memory. */
static uint32_t stem_term (ld_terms *t, uint32_t folded) {
  size_t n;
  const uint32_t words = words_of(t);
  const char *stem = ld_stem(t->corpus, folded, t->doc->field[LD_F_LANG], &n);
  if (!stem) return 0;
  if (!t->stem_of) {
    t->stem_of = ld_memory_new(t->memory, words * sizeof *t->stem_of);
    if (!t->stem_of) return 0;
    memset(t->stem_of, 0, words * sizeof *t->stem_of);
  }
  const uint32_t term = ld_map_put(&t->stems, stem, n, folded);
  if (t->stems.failed) return 0;
  t->stem_of[term] = stem;
  return term;
}

/* Works a word's term out; LD_TERM_UNSEEN without memory. */
static uint32_t make_term (ld_terms *t, uint32_t word) {
  const ld_vocabulary *v = &t->corpus->vocabulary;
  const ld_word *w = ld_word_at(v, word), *folded = ld_word_at(v, w->folded);
  uint32_t *place = t->language->terms + word, term;
  if (w->shape == LD_SHAPE_OTHER) return *place = 0;
  const bool number = w->shape == LD_SHAPE_NUMBER ||
                      w->shape == LD_SHAPE_ORDINAL;
  const bool stop = (number && t->stop_numbers) ||
                    is_stop(t, v->forms.base + folded->bytes, folded->length);
  switch (t->by) {
    case LD_TERM_FORM: term = word; break;
    case LD_TERM_STEM: term = stem_term(t, w->folded); break;
    default: term = w->folded;
  }
  if (term == 0) return LD_TERM_UNSEEN;
  return *place = term | (stop ? LD_TERM_STOP : 0);
}

static inline uint32_t term_of (ld_terms *t, uint32_t word) {
  const uint32_t term = t->language->terms[word];
  return term == LD_TERM_UNSEEN ? make_term(t, word) : term;
}


/* -------------------------------------------------------- dictionary words */

static bool is_stopped (const ld_terms *t, uint32_t from, uint32_t to) {
  const ld_vocabulary *v = &t->corpus->vocabulary;
  char folded[LD_WORD_MAX];
  size_t n = 0;
  for (uint32_t i = from; i < to; i++) {
    const ld_word *w =
        ld_word_at(v, ld_word_at(v, t->doc->token_word[i])->folded);
    if (n + w->length > sizeof folded) return false;
    memcpy(folded + n, v->forms.base + w->bytes, w->length);
    n += w->length;
  }
  return is_stop(t, folded, n);
}

/* Keeps whether sequence 'i', the newest one, is a stop word. */
static bool keep_stopped (ld_terms *t, uint32_t i, bool stop) {
  if (i >= t->stopped_room) {
    const uint32_t room = t->stopped_room ? t->stopped_room * 2 : 64;
    bool *more = ld_memory_resize(t->memory, t->stopped, t->stopped_room,
                                  room);
    if (!more) return false;
    t->stopped = more;
    t->stopped_room = room;
  }
  t->stopped[i] = stop;
  return true;
}

/* The term of tokens [from, to), a word of several characters;
** LD_TERM_UNSEEN without memory. */
static uint32_t join_terms (ld_terms *t, uint32_t from, uint32_t to) {
  uint32_t terms[64], n = 0;
  for (uint32_t i = from; i < to && n < 64; i++) {
    const uint32_t one = term_of(t, t->doc->token_word[i]);
    if (one == LD_TERM_UNSEEN) return LD_TERM_UNSEEN;
    terms[n++] = LD_TERM(one);
  }
  const uint32_t before = t->words.count;
  const uint32_t i =
      ld_sequence_add(&t->words, terms, n, ld_sequence_hash(terms, n));
  if (t->words.failed) return LD_TERM_UNSEEN;
  if (i == before && !keep_stopped(t, i, is_stopped(t, from, to)))
    return LD_TERM_UNSEEN;
  return (words_of(t) + i) | (t->stopped[i] ? LD_TERM_STOP : 0);
}


/* --------------------------------------------------------------- sentences */

bool ld_terms_open (ld_terms *t, const lesdiplo_doc *doc) {
  t->doc = doc;
  t->starts = NULL;
  t->language = &t->languages[ld_languages_at(&t->of, doc->field[LD_F_LANG])];
  return table_of(t, t->language) &&
         (!t->characters || ld_word_starts(doc, &t->starts));
}

const uint32_t *ld_terms_table (const ld_terms *t) {
  return t->starts ? NULL : t->language->terms;
}

uint32_t ld_term_of (ld_terms *t, uint32_t word) {
  return term_of(t, word);
}

bool ld_terms_begins (const ld_terms *t, uint32_t token) {
  return !t->starts || (t->starts[token / 8] >> token % 8 & 1);
}

bool ld_terms_counts (const ld_terms *t, const lesdiplo_doc *doc,
                      uint32_t sentence) {
  switch (doc->blocks[doc->sentences[sentence].block].kind) {
    case LD_BYLINE: case LD_DATELINE: case LD_HEADER: case LD_FOOTER:
    case LD_BOILERPLATE: return t->furniture;
    default: return true;
  }
}

static bool make_room (ld_terms *t, uint32_t need) {
  if (need <= t->unit_room) return true;
  const uint32_t room = need + need / 2;
  ld_unit *more = ld_memory_resize(t->memory, t->units,
                                   t->unit_room * sizeof *more,
                                   room * sizeof *more);
  if (!more) return false;
  t->units = more;
  t->unit_room = room;
  return true;
}

const ld_unit *ld_terms_units (ld_terms *t, uint32_t sentence,
                               uint32_t *count) {
  const lesdiplo_doc *doc = t->doc;
  const uint32_t from = doc->sentences[sentence].token;
  const uint32_t end = ld_sentence_end(doc, sentence);
  if (!make_room(t, end - from + 1)) return NULL;
  ld_unit *unit = t->units;
  for (uint32_t i = from; i < end; unit++) {
    uint32_t to = i + 1;
    if (t->starts) while (to < end && !ld_terms_begins(t, to)) to++;
    unit->from = i;
    unit->to = to;
    unit->term = to == i + 1 ? term_of(t, doc->token_word[i])
                             : join_terms(t, i, to);
    if (unit->term == LD_TERM_UNSEEN) return NULL;
    i = to;
  }
  *count = (uint32_t)(unit - t->units);
  return t->units;
}


/* ------------------------------------------------------------------- names */

/* The name of a term that is no sequence. */
static const char *plain_name (const ld_terms *t, uint32_t term, size_t *n) {
  const ld_vocabulary *v = &t->corpus->vocabulary;
  if (t->stem_of && t->stem_of[term]) {
    *n = strlen(t->stem_of[term]);
    return t->stem_of[term];
  }
  *n = ld_word_at(v, term)->length;
  return ld_word_form(v, term);
}

/* The terms that a term is made of: itself, or its characters'. */
static const uint32_t *parts_of (const ld_terms *t, const uint32_t *term,
                                 uint32_t *n) {
  *n = 1;
  if (*term < words_of(t)) return term;
  return ld_sequence_at(&t->words, *term - words_of(t), n);
}

void ld_term_name (const ld_terms *t, uint32_t term, ld_buffer *out) {
  uint32_t count;
  const uint32_t *parts = parts_of(t, &term, &count);
  for (uint32_t i = 0; i < count; i++) {
    size_t n;
    const char *name = plain_name(t, parts[i], &n);
    ld_buffer_add(out, name, n);
  }
}

/* Two that differ begin to differ in the names of two parts: as a part is
** one character, or the whole, none of those is the beginning of the other
** but where the shorter one ends. */
int ld_term_compare (const ld_terms *t, uint32_t a, uint32_t b) {
  uint32_t a_count, b_count;
  const uint32_t *x = parts_of(t, &a, &a_count), *y = parts_of(t, &b, &b_count);
  for (uint32_t i = 0; i < a_count && i < b_count; i++) {
    size_t n, m;
    const char *p = plain_name(t, x[i], &n), *q = plain_name(t, y[i], &m);
    const int order = memcmp(p, q, n < m ? n : m);
    if (order != 0) return order;
    if (n != m) return n < m ? -1 : 1;
  }
  return a_count < b_count ? -1 : a_count > b_count;
}
