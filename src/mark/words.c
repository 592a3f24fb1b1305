/*
** words.c - dictionary words of scripts that do not part theirs: where they
** begin among the tokens, which are characters.
**
** By ICU's dictionary (Han and kana), a stretch of such characters at a time.
** Countries, by their names in CLDR, are words that the dictionary need not
** have: where one reaches from one of its borders to another, it stays whole.
** That takes a second for 7 MB of text, so it is done once, when first asked
** for, in the process that asks; what is kept is a bit a token.
*/
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "mark/mark.h"

enum { NAME_MOST = 12 };     /* characters of a name that is kept whole */

struct ld_words {
  ld_memory *memory;
  UBreakIterator *borders;
  ld_arena strings;
  ld_map names, heads;       /* folded names; their first two characters */
  uint8_t **starts;          /* by document; NULL: not asked for yet */
  uint32_t docs;
};

/* Stands for a document in which each token is a word. */
static uint8_t every;

static size_t size_of (const lesdiplo_doc *doc) {
  return ((size_t)doc->token_count + 7) / 8;
}

static void close_words (struct ld_words *w, const lesdiplo_corpus *c) {
  for (uint32_t i = 0; i < w->docs; i++)
    if (w->starts[i] && w->starts[i] != &every)
      ld_memory_free(w->memory, w->starts[i],
                     size_of(lesdiplo_corpus_doc(c, i)));
  ld_memory_free(w->memory, w->starts, w->docs * sizeof *w->starts);
  if (w->borders) ubrk_close(w->borders);
  ld_map_free(&w->names);
  ld_map_free(&w->heads);
  ld_arena_free(&w->strings);
  ld_memory_free(w->memory, w, sizeof *w);
}


/* ------------------------------------------------------------------- names */

/* The bytes of the first n characters. */
static size_t bytes_of (const char *s, const char *end, int n) {
  const char *p = s;
  uint32_t cp;
  while (n-- > 0 && p < end) p += ld_utf8_read(p, end, &cp);
  return (size_t)(p - s);
}

static bool all_ideographs (const char *s, const char *end, int *count) {
  int n;
  for (*count = 0; s < end; s += n, ++*count)
    if (ld_class_at(s, end, &n) != LD_IDEOGRAPH) return false;
  return true;
}

/* Adds the name of a country in a language; one that is no name in characters
** is left out. */
static void add_name (struct ld_words *w, const char *region,
                      const char *language) {
  char id[16] = "und_", text[256], folded[256];
  UChar name[80];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length, count;
  strncat(id, region, sizeof id - 5);
  length = uloc_getDisplayCountry(id, language, name, 80, &status);
  if (U_FAILURE(status)) return;
  u_strToUTF8(text, sizeof text, &count, name, length, &status);
  if (U_FAILURE(status)) return;
  const size_t n = ld_fold(text, (size_t)count, folded, sizeof folded);
  if (!all_ideographs(folded, folded + n, &count)) return;
  if (count < 2 || count > NAME_MOST) return;
  const char *kept = ld_arena_string(&w->strings, folded, n);
  if (!kept) return;
  ld_map_put(&w->names, kept, n, 1);
  ld_map_put(&w->heads, kept, bytes_of(kept, kept + n, 2), 1);
}

static void add_names (struct ld_words *w) {
  static const char *const languages[] = { "zh", "zh_Hant", "zh_Hant_HK", "ja" };
  for (const char *const *region = uloc_getISOCountries(); *region; region++)
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
      add_name(w, *region, languages[i]);
}

/* Under the lock. NULL without memory, or where ICU has no dictionary. */
static struct ld_words *open_words (lesdiplo_corpus *c) {
  UErrorCode status = U_ZERO_ERROR;
  if (c->words) return c->words;
  struct ld_words *w = ld_memory_new(&c->lazy, sizeof *w);
  if (!w) return NULL;
  memset(w, 0, sizeof *w);
  w->memory = &c->lazy;
  ld_arena_init(&w->strings, w->memory);
  ld_map_init(&w->names, w->memory);
  ld_map_init(&w->heads, w->memory);
  w->borders = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
  w->starts = ld_memory_new(w->memory, c->doc_count * sizeof *w->starts);
  if (w->starts) {
    w->docs = c->doc_count;
    memset(w->starts, 0, w->docs * sizeof *w->starts);
  }
  add_names(w);
  if (U_FAILURE(status) || !w->starts || w->names.failed || w->heads.failed ||
      w->strings.failed) {
    close_words(w, c);
    return NULL;
  }
  c->close_words = close_words;
  return c->words = w;
}


/* --------------------------------------------------------------- stretches */

static bool is_character (const lesdiplo_doc *doc, uint32_t i) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  return ld_word_at(v, doc->token_word[i])->shape == LD_SHAPE_HAN;
}

static bool starts_word (const uint8_t *starts, uint32_t i) {
  return starts[i / 8] >> i % 8 & 1;
}

/* The dictionary's borders in tokens [from, to), which lie one beside the
** other; all bits there are set as yet. */
static bool find_borders (struct ld_words *w, const lesdiplo_doc *doc,
                          uint32_t from, uint32_t to, uint8_t *starts) {
  const uint32_t begin = doc->token_begin[from];
  UErrorCode status = U_ZERO_ERROR;
  UText *text = utext_openUTF8(NULL, doc->text + begin,
                               ld_token_end(doc, to - 1) - begin, &status);
  ubrk_setUText(w->borders, text, &status);
  int32_t border = U_SUCCESS(status) ? ubrk_first(w->borders) : UBRK_DONE;
  for (uint32_t i = from; U_SUCCESS(status) && i < to; i++) {
    const uint32_t at = doc->token_begin[i] - begin;
    while (border != UBRK_DONE && (uint32_t)border < at)
      border = ubrk_next(w->borders);
    if (border == UBRK_DONE || (uint32_t)border != at)
      starts[i / 8] &= (uint8_t)~(1u << i % 8);
  }
  utext_close(text);
  return U_SUCCESS(status);
}

/* Up to which token a name reaches from the border at i on; i where none
** does. */
static uint32_t name_from (const struct ld_words *w, const lesdiplo_doc *doc,
                           uint32_t i, uint32_t to, const uint8_t *starts) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  char folded[NAME_MOST * 8];
  size_t n = 0;
  uint32_t found = i, one;
  for (uint32_t k = i; k < to && k - i < NAME_MOST; k++) {
    const ld_word *word = ld_word_at(v, ld_word_at(v, doc->token_word[k])->folded);
    if (n + word->length > sizeof folded) break;
    memcpy(folded + n, v->forms.base + word->bytes, word->length);
    n += word->length;
    if (k == i + 1 && !ld_map_get(&w->heads, folded, n, &one)) break;
    if (k > i && (k + 1 == to || starts_word(starts, k + 1)) &&
        ld_map_get(&w->names, folded, n, &one))
      found = k + 1;
  }
  return found;
}

static void join_names (const struct ld_words *w, const lesdiplo_doc *doc,
                        uint32_t from, uint32_t to, uint8_t *starts) {
  for (uint32_t i = from; i < to;) {
    const uint32_t stop =
        starts_word(starts, i) ? name_from(w, doc, i, to, starts) : i;
    for (uint32_t k = i + 1; k < stop; k++)
      starts[k / 8] &= (uint8_t)~(1u << k % 8);
    i = stop > i ? stop : i + 1;
  }
}

/* The document's bits; &every where it has no such stretch; NULL without
** memory. */
static uint8_t *make_starts (struct ld_words *w, const lesdiplo_doc *doc) {
  uint8_t *starts = NULL;
  for (uint32_t i = 0; i < doc->token_count;) {
    uint32_t to = i;
    while (to < doc->token_count && is_character(doc, to) &&
           (to == i || doc->token_begin[to] == ld_token_end(doc, to - 1)))
      to++;
    if (to > i + 1) {
      if (!starts) {
        starts = ld_memory_new(w->memory, size_of(doc));
        if (!starts) return NULL;
        memset(starts, 0xFF, size_of(doc));
      }
      if (!find_borders(w, doc, i, to, starts)) {
        ld_memory_free(w->memory, starts, size_of(doc));
        return NULL;
      }
      join_names(w, doc, i, to, starts);
    }
    i = to > i ? to : i + 1;
  }
  return starts ? starts : &every;
}

bool ld_word_starts (const lesdiplo_doc *doc, const uint8_t **starts) {
  lesdiplo_corpus *c = (lesdiplo_corpus *)(uintptr_t)doc->corpus;
  uint8_t *found = NULL;
  pthread_mutex_lock(&c->lock);
  struct ld_words *w = open_words(c);
  if (w) {
    if (!w->starts[doc->index]) w->starts[doc->index] = make_starts(w, doc);
    found = w->starts[doc->index];
  }
  pthread_mutex_unlock(&c->lock);
  *starts = found == &every ? NULL : found;
  return found != NULL;
}
