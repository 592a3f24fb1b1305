/*
** words.c - dictionary words of scripts that do not part theirs: where they
** begin among the tokens, which are characters.
**
** By ICU's dictionary (Han and kana), a stretch of such characters at a time.
** Names that it does not have fall to pieces, and are put together again:
** countries, by their names in CLDR, where one reaches from border to border;
** foreign names, by the characters that they are written with. ICU takes a
** second for 7 MB of text, so it is done once, when first asked for, in the
** process that asks; what is kept is a bit a token.
*/
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "mark/mark.h"

enum { NAME_MOST = 12 };     /* characters of a country's name */

/*
** Characters that foreign names are written with, and some that are words of
** their own as often: these stand inside such a name only. A name has so many
** characters at least, one of which is a word to the dictionary; next to the
** dot that parts first from last names two will do.
*/
enum { FOREIGN_LEAST = 3, FOREIGN_LEAST_DOT = 2 };
enum { FOREIGN = 1, FOREIGN_INSIDE };
static const char foreign[] =
    "阿埃艾安昂奥巴拜班邦贝彼宾波勃伯博布查达戴丹德登迪蒂丁杜敦顿厄恩尔法凡菲费芬弗夫福"
    "盖甘冈戈格葛古瓜圭哈豪赫亨胡惠霍基吉贾杰捷津喀卡凯坎考科柯克肯库夸昆拉莱赖兰朗劳勒"
    "雷黎里利莉丽列林琳卢鲁伦罗洛马玛迈麦曼梅蒙孟米密缅摩莫姆穆纳娜奈瑙嫩尼涅宁纽努诺欧"
    "帕潘庞佩彭皮珀普奇齐契乔切琴丘瑞若撒萨塞赛桑瑟森沙尚绍舍圣施史舒斯苏索塔泰坦汤陶特滕"
    "廷图吐托陀瓦旺威韦维魏温文翁沃乌伍武希锡席夏肖谢辛欣休雅亚扬耶伊英尤约泽扎詹珍朱祖佐"
    "兹孜";
static const char foreign_inside[] = "比内本西因加海华日可连";

struct ld_words {
  ld_memory *memory;
  UBreakIterator *borders;
  ld_arena strings;
  ld_map names, heads;       /* folded names; their first two characters */
  ld_map foreign;            /* FOREIGN or FOREIGN_INSIDE by character */
  uint8_t **starts;          /* by document; NULL: not asked for yet */
  uint32_t docs;
};

/* Stands for a document in which each token is a word. */
static uint8_t every;

static size_t size_of (const lesdiplo_doc *doc) {
  return ((size_t)doc->token_count + 7) / 8;
}

static void close_words (struct ld_words *w, const lesdiplo_corpus *c) {
  for (uint32_t i = 0; w->starts && i < w->docs; i++)
    if (w->starts[i] && w->starts[i] != &every)
      ld_memory_free(w->memory, w->starts[i],
                     size_of(lesdiplo_corpus_doc(c, i)));
  ld_memory_free(w->memory, w->starts, w->docs * sizeof *w->starts);
  if (w->borders) ubrk_close(w->borders);
  ld_map_free(&w->names);
  ld_map_free(&w->heads);
  ld_map_free(&w->foreign);
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
  static const char *const languages[] = { "zh", "zh_Hant", "zh_Hant_HK",
                                           "ja" };
  for (const char *const *region = uloc_getISOCountries(); *region; region++)
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
      add_name(w, *region, languages[i]);
}

static void add_characters (struct ld_words *w, const char *p, uint32_t value) {
  for (const char *end = p + strlen(p); p < end;) {
    const size_t n = bytes_of(p, end, 1);
    ld_map_put(&w->foreign, p, n, value);
    p += n;
  }
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
  ld_map_init(&w->foreign, w->memory);
  w->borders = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
  w->starts = ld_memory_new(w->memory, c->doc_count * sizeof *w->starts);
  if (w->starts) {
    w->docs = c->doc_count;
    memset(w->starts, 0, w->docs * sizeof *w->starts);
  }
  add_names(w);
  add_characters(w, foreign, FOREIGN);
  add_characters(w, foreign_inside, FOREIGN_INSIDE);
  if (U_FAILURE(status) || !w->starts || w->names.failed || w->heads.failed ||
      w->foreign.failed || w->strings.failed) {
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

static const ld_word *folded_at (const lesdiplo_doc *doc, uint32_t i) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  return ld_word_at(v, ld_word_at(v, doc->token_word[i])->folded);
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
** does. One of two characters ends at a border, too: there is no China in the
** developing countries, 发展中国家. */
static uint32_t name_from (const struct ld_words *w, const lesdiplo_doc *doc,
                           uint32_t i, uint32_t to, const uint8_t *starts) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  char folded[NAME_MOST * 8];
  size_t n = 0;
  uint32_t found = i, one;
  for (uint32_t k = i; k < to && k - i < NAME_MOST; k++) {
    const ld_word *word = folded_at(doc, k);
    if (n + word->length > sizeof folded) break;
    memcpy(folded + n, v->forms.base + word->bytes, word->length);
    n += word->length;
    if (k == i + 1 && !ld_map_get(&w->heads, folded, n, &one)) break;
    if (k > i && (k - i >= 2 || k + 1 == to || starts_word(starts, k + 1)) &&
        ld_map_get(&w->names, folded, n, &one))
      found = k + 1;
  }
  return found;
}

/* Makes tokens [from, stop), of those up to 'to', one word. */
static void join (uint8_t *starts, uint32_t from, uint32_t stop, uint32_t to) {
  if (stop < to && stop > from) starts[stop / 8] |= (uint8_t)(1u << stop % 8);
  for (uint32_t k = from + 1; k < stop; k++)
    starts[k / 8] &= (uint8_t)~(1u << k % 8);
}

static uint32_t word_end (const uint8_t *starts, uint32_t i, uint32_t to) {
  for (i++; i < to && !starts_word(starts, i);) i++;
  return i;
}

/* What all characters of a word are to a foreign name; 0: not part of one. */
static uint32_t foreign_word (const struct ld_words *w,
                              const lesdiplo_doc *doc, uint32_t from,
                              uint32_t to) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  uint32_t all = FOREIGN, one;
  for (uint32_t i = from; i < to; i++) {
    const ld_word *word = folded_at(doc, i);
    const char *form = v->forms.base + word->bytes;
    if (!ld_map_get(&w->foreign, form, word->length, &one)) return 0;
    if (one > all) all = one;
  }
  return all;
}

static bool is_dot (const lesdiplo_doc *doc, uint32_t i) {
  static const char *const dots[] = { "·", "•", "‧", "・" };
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  if (i >= doc->token_count) return false;
  const ld_word *word = ld_word_at(v, doc->token_word[i]);
  for (size_t k = 0; k < sizeof dots / sizeof *dots; k++)
    if (word->length == strlen(dots[k]) &&
        memcmp(v->forms.base + word->bytes, dots[k], word->length) == 0)
      return true;
  return false;
}

/* Up to which token a foreign name reaches from the border at i on; i where
** none does. */
static uint32_t foreign_from (const struct ld_words *w, const lesdiplo_doc *doc,
                              uint32_t i, uint32_t to, const uint8_t *starts) {
  uint32_t found = i, singles = 0, most = 0;
  for (uint32_t k = i, end, kind; k < to; k = end) {
    end = word_end(starts, k, to);
    kind = foreign_word(w, doc, k, end);
    if (kind == 0 || (kind == FOREIGN_INSIDE && k == i)) break;
    singles += end == k + 1;
    if (kind != FOREIGN) continue;
    found = end;
    most = singles;
  }
  const bool dotted = is_dot(doc, i - 1) || is_dot(doc, found);
  const uint32_t least = dotted ? FOREIGN_LEAST_DOT : FOREIGN_LEAST;
  return most > 0 && found - i >= least ? found : i;
}

/* Joins what is a name; 'from' and 'to' are borders. */
static void join_names (const struct ld_words *w, const lesdiplo_doc *doc,
                        uint32_t from, uint32_t to, uint8_t *starts) {
  for (uint32_t i = from; i < to; i = word_end(starts, i, to)) {
    uint32_t stop = name_from(w, doc, i, to, starts);
    if (stop == i) stop = foreign_from(w, doc, i, to, starts);
    join(starts, i, stop, to);
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
