/*
** stems.c - stems of words by Snowball, and the fields of spans.
**
** A stem is worked out when first asked for, once a form and language, in the
** process that asks; it stays until the corpus is closed. One lock a corpus:
** stemmers keep state. The way back, from a stem to its words, wants the stems
** of all words: it is made when a query first asks for a stem.
*/
#include <errno.h>
#include <string.h>

#include <libstemmer.h>

#include "mark/mark.h"

enum { LANGUAGES = 32 };

struct ld_stems {
  ld_memory *memory;
  ld_arena strings;
  struct language {
    char code[12];
    struct sb_stemmer *stemmer;     /* NULL: the language has none */
    const char **stems;             /* by word id; NULL: not asked yet */
    ld_map numbers;                 /* stem -> its number */
    ld_area lists;                  /* of uint32_t: where each number's words
                                       begin, then the words; empty: not made */
    uint32_t stem_count;
  } languages[LANGUAGES];
  int count;
  uint32_t words;
};

static void close_stems (struct ld_stems *stems) {
  ld_memory *memory = stems->memory;
  for (int i = 0; i < stems->count; i++) {
    if (stems->languages[i].stemmer)
      sb_stemmer_delete(stems->languages[i].stemmer);
    ld_memory_free(memory, stems->languages[i].stems,
                   stems->words * sizeof(char *));
    ld_map_free(&stems->languages[i].numbers);
    ld_area_free(&stems->languages[i].lists);
  }
  ld_arena_free(&stems->strings);
  ld_memory_free(memory, stems, sizeof *stems);
}

static struct ld_stems *open_stems (lesdiplo_corpus *c) {
  if (c->stems) return c->stems;
  struct ld_stems *stems = ld_memory_new(&c->lazy, sizeof *stems);
  if (!stems) return NULL;
  memset(stems, 0, sizeof *stems);
  stems->memory = &c->lazy;
  stems->words = c->vocabulary.count;
  ld_arena_init(&stems->strings, &c->lazy);
  c->close_stems = close_stems;
  return c->stems = stems;
}

static struct language *known (struct ld_stems *stems, const char *code) {
  for (int i = 0; i < stems->count; i++)
    if (strcmp(stems->languages[i].code, code) == 0)
      return &stems->languages[i];
  return NULL;
}

/* Adds one; takes the stemmer, which may be NULL. */
static struct language *add (struct ld_stems *stems, const char *code,
                             struct sb_stemmer *stemmer) {
  size_t size = stems->words * sizeof(char *);
  const char **table = ld_memory_new(stems->memory, size);
  if (!table) {
    sb_stemmer_delete(stemmer);
    return NULL;
  }
  memset(table, 0, size);
  struct language *made = &stems->languages[stems->count++];
  strcpy(made->code, code);
  made->stemmer = stemmer;
  made->stems = table;
  ld_map_init(&made->numbers, stems->memory);
  ld_area_init(&made->lists, stems->memory);
  return made;
}

/*
** The language of that code. Those without a stemmer are one, called "", and
** so are the ones past LANGUAGES: a document's field may say anything. NULL
** without memory.
*/
static struct language *language_of (struct ld_stems *stems,
                                     const char *code) {
  struct language *found = known(stems, code);
  if (found) return found;
  struct sb_stemmer *stemmer = NULL;
  if (strlen(code) < sizeof found->code && stems->count < LANGUAGES - 1) {
    errno = 0;
    stemmer = sb_stemmer_new(code, NULL);
    if (!stemmer && errno == ENOMEM) return NULL;
  }
  if (stemmer) return add(stems, code, stemmer);
  found = known(stems, "");
  return found ? found : add(stems, "", NULL);
}

/* What Snowball makes of a form in small letters; lent until it is asked again.
** NULL without memory. */
static const char *snowball (const struct language *language, const char *form,
                             size_t *n) {
  if (!language->stemmer) return form;
  const sb_symbol *stem = sb_stemmer_stem(
      language->stemmer, (const sb_symbol *)form, (int)*n);
  if (stem) *n = (size_t)sb_stemmer_length(language->stemmer);
  return (const char *)stem;
}

/* The stem of the folded form; what has no small letters is its own. */
static const char *make_stem (struct ld_stems *stems,
                              const struct language *language,
                              const ld_vocabulary *v, uint32_t word) {
  const ld_word *folded = ld_word_at(v, ld_word_at(v, word)->folded);
  const char *form = folded->length ? v->forms.base + folded->bytes : "";
  size_t n = folded->length;
  if (folded->shape == LD_SHAPE_LOWER) form = snowball(language, form, &n);
  return form ? ld_arena_string(&stems->strings, form, n) : NULL;
}

/* Under the lock: the language, or NULL without memory. */
static struct language *ask (lesdiplo_corpus *c, const char *lang) {
  struct ld_stems *stems = open_stems(c);
  return stems ? language_of(stems, lang ? lang : "") : NULL;
}

static const char *stem_of (lesdiplo_corpus *c, struct language *language,
                            uint32_t word) {
  const char *stem = language->stems[word];
  if (!stem) stem = make_stem(c->stems, language, &c->vocabulary, word);
  return language->stems[word] = stem;
}

const char *ld_stem (const lesdiplo_corpus *corpus, uint32_t word,
                     const char *lang, size_t *n) {
  lesdiplo_corpus *c = (lesdiplo_corpus *)(uintptr_t)corpus;
  pthread_mutex_lock(&c->lock);
  struct language *language = ask(c, lang);
  const char *stem = language ? stem_of(c, language, word) : NULL;
  pthread_mutex_unlock(&c->lock);
  if (n) *n = stem ? strlen(stem) : 0;
  return stem;
}


/* ------------------------------------------------------- from stem to words */

/* The number of a word's stem. Forms that fold alike have one stem: it is
** worked out for the folded form only. UINT32_MAX without memory. */
static uint32_t number_of (lesdiplo_corpus *c, struct language *language,
                           uint32_t word) {
  const uint32_t folded = ld_word_at(&c->vocabulary, word)->folded;
  const char *stem = stem_of(c, language, folded);
  if (!stem) return UINT32_MAX;
  const uint32_t next = language->numbers.count;
  const uint32_t number = ld_map_put(&language->numbers, stem, strlen(stem),
                                     next);
  return language->numbers.failed ? UINT32_MAX : number;
}

/* Groups the words by their stems' numbers. */
static bool list_words (lesdiplo_corpus *c, struct language *language,
                        uint32_t *number) {
  const uint32_t words = c->vocabulary.count;
  for (uint32_t i = 0; i < words; i++)
    if ((number[i] = number_of(c, language, i)) == UINT32_MAX) return false;
  const uint32_t stems = language->numbers.count;
  uint32_t *from = ld_area_take(&language->lists,
                                ((size_t)stems + 1 + words) * sizeof *from);
  if (!from) return false;
  memset(from, 0, ((size_t)stems + 1) * sizeof *from);
  ld_group(number, sizeof *number, words, stems, from, from + stems + 1);
  language->stem_count = stems;
  return true;
}

/* What failed half way begins anew when it is asked for again. */
static bool make_lists (lesdiplo_corpus *c, struct language *language) {
  ld_memory *memory = &c->lazy;
  if (language->lists.used) return true;
  const size_t size = c->vocabulary.count * sizeof(uint32_t);
  uint32_t *number = ld_memory_new(memory, size);
  const bool done = number && list_words(c, language, number);
  ld_memory_free(memory, number, number ? size : 0);
  if (done) return true;
  ld_map_free(&language->numbers);
  ld_map_init(&language->numbers, memory);
  ld_area_free(&language->lists);
  ld_area_init(&language->lists, memory);
  return false;
}

/* The stem of a word that the corpus need not have, in 'folded'. */
static const char *stem_of_text (lesdiplo_corpus *c, struct language *language,
                                 const char *folded, size_t *n) {
  const uint32_t id = ld_word_find(&c->vocabulary, folded, *n);
  if (id == UINT32_MAX) return snowball(language, folded, n);
  const char *stem = stem_of(c, language, id);
  *n = stem ? strlen(stem) : 0;
  return stem;
}

bool ld_stem_words (const lesdiplo_corpus *corpus, const char *word, size_t n,
                    const char *lang, const uint32_t **words,
                    uint32_t *count) {
  lesdiplo_corpus *c = (lesdiplo_corpus *)(uintptr_t)corpus;
  char folded[4 * LD_WORD_MAX];
  uint32_t number;
  *words = NULL;
  *count = 0;
  n = ld_fold(word, n, folded, sizeof folded);
  pthread_mutex_lock(&c->lock);
  struct language *language = ask(c, lang);
  const char *stem = NULL;
  if (language && make_lists(c, language))
    stem = stem_of_text(c, language, folded, &n);
  if (stem && ld_map_get(&language->numbers, stem, n, &number)) {
    const uint32_t *from = (const uint32_t *)(void *)language->lists.base;
    *words = from + language->stem_count + 1 + from[number];
    *count = from[number + 1] - from[number];
  }
  pthread_mutex_unlock(&c->lock);
  return stem != NULL;
}


/* --------------------------------------------------------- fields of spans */

const char *const ld_shape_names[LD_SHAPES] = {
  "other", "lower", "title", "upper", "mixed", "initial", "number", "ordinal",
  "dotted", "han"
};

static const char *sized (const char *string, size_t *n) {
  if (n) *n = strlen(string);
  return string;
}

static const char *block_field (const lesdiplo_doc *doc, uint32_t i,
                                const char *name, size_t *n) {
  static const char *const levels[] = { "1", "2", "3", "4", "5", "6", "7",
                                        "8", "9" };
  const ld_block *block = doc->blocks + i;
  if (strcmp(name, "kind") == 0) return sized(ld_block_names[block->kind], n);
  if (strcmp(name, "level") == 0 && block->level)
    return sized(levels[(block->level > 9 ? 9 : block->level) - 1], n);
  return NULL;
}

static const char *token_field (const lesdiplo_doc *doc, uint32_t i,
                                const char *name, size_t *n) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  uint32_t word = doc->token_word[i];
  const ld_word *folded = ld_word_at(v, ld_word_at(v, word)->folded);
  if (strcmp(name, "folded") == 0) {
    if (n) *n = folded->length;
    return v->forms.base + folded->bytes;
  }
  if (strcmp(name, "stem") == 0)
    return ld_stem(doc->corpus, word, doc->field[LD_F_LANG], n);
  if (strcmp(name, "shape") == 0)
    return sized(ld_shape_names[ld_word_at(v, word)->shape], n);
  return NULL;
}

/* It stands here, and not in corpus, for a stem is the marker's knowledge. */
const char *lesdiplo_doc_span_field (const lesdiplo_doc *doc, int layer,
                                     uint32_t index, const char *name,
                                     size_t *length) {
  if (length) *length = 0;
  if (!doc || !name || index >= lesdiplo_doc_count(doc, layer)) return NULL;
  if (layer == lesdiplo_layer("block"))
    return block_field(doc, index, name, length);
  if (layer == lesdiplo_layer("token"))
    return token_field(doc, index, name, length);
  return NULL;
}
