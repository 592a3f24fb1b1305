/*
** stems.c - stems of words by Snowball, and the fields of spans.
**
** A stem is worked out when first asked for, once a form and language, in the
** process that asks; it stays until the corpus is closed. One lock a corpus:
** stemmers keep state.
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

/* The stem of the folded form. Snowball's rules for some languages want the
** accents that folding takes away: they get the form in lower case. */
static const char *make_stem (struct ld_stems *stems,
                              const struct language *language,
                              const ld_vocabulary *v, uint32_t word) {
  const ld_word *folded = ld_word_at(v, ld_word_at(v, word)->folded);
  const char *form = v->forms.base + folded->bytes;
  size_t n = folded->length;
  if (language->stemmer && folded->shape == LD_SHAPE_LOWER) {
    const sb_symbol *stem =
        sb_stemmer_stem(language->stemmer, (const sb_symbol *)form, (int)n);
    if (!stem) return NULL;
    form = (const char *)stem;
    n = (size_t)sb_stemmer_length(language->stemmer);
  }
  return ld_arena_string(&stems->strings, form, n);
}

const char *ld_stem (const lesdiplo_corpus *corpus, uint32_t word,
                     const char *lang, size_t *n) {
  lesdiplo_corpus *c = (lesdiplo_corpus *)(uintptr_t)corpus;
  const char *stem = NULL;
  pthread_mutex_lock(&c->lock);
  struct ld_stems *stems = open_stems(c);
  struct language *language = stems ? language_of(stems, lang ? lang : "")
                                    : NULL;
  if (language) {
    stem = language->stems[word];
    if (!stem) stem = make_stem(stems, language, &c->vocabulary, word);
    language->stems[word] = stem;
  }
  pthread_mutex_unlock(&c->lock);
  if (n) *n = stem ? strlen(stem) : 0;
  return stem;
}

static const char *const shapes[] = {
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
    return sized(shapes[ld_word_at(v, word)->shape], n);
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
