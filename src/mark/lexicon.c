/*
** lexicon.c - the rules' words: lists of phrases out of reading.txt.
**
** The file is compiled in and parsed once in a process, all of it or nothing. A
** list has a number, and a phrase a set of numbers: one look-up answers for all
** lists at once. The first words of phrases are kept in the same way, so that a
** line which no phrase can begin costs one look-up too.
*/
#include <string.h>

#include "embedded.h"
#include "mark/mark.h"

enum { PHRASE_MAX = 96, PHRASES = 8192, MARKS = 1 << 15 };

static const char LANGUAGE[] = "language.";

/* Names of the lists that rules ask for, in the order of enum ld_list. */
static const char *const names[LD_LISTS] = {
  "abbreviation.always", "abbreviation.number", "abbreviation.month",
  "abbreviation.maybe", "abbreviation.country", "starter", "auxiliary", "title.small", "related",
  "furniture", "editor", "apparatus", "section", "statement.frame",
  "attribution", "agency", "outlet", "issuer", "kind.letter",
  "kind.communique", "kind.policy", "kind.speech", "salutation", "by",
  "office", "caption", "key.date", "key.title", "key.source", "key.byline",
  "key.url", "page.body", "page.side", "page.header", "page.hidden",
  "page.caption", "page.modifier", "page.nobody", "page.line",
  "month.1", "month.2", "month.3", "month.4", "month.5", "month.6",
  "month.7", "month.8", "month.9", "month.10", "month.11", "month.12"
};

/* Phrases, folded, each with the index of its set; and a bit for what is easily seen
** of one (mark_of): most words that are asked for are none, and cost no look-up. */
typedef struct phrases {
  ld_map map;
  uint64_t marks[MARKS / 64];
} phrases;

static struct {
  ld_memory memory;
  ld_arena arena;
  phrases all;
  phrases firsts;            /* first words of phrases */
  phrases common;            /* function words */
  uint64_t sets[PHRASES];    /* of lists, of lists, and of languages */
  uint32_t count;
  size_t longest;            /* phrase, in bytes */
  const char *languages[64];
  int language_count;
} lexicon;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic bool ready;      /* all of it is there, for good */

/* The same for ASCII: most words asked for. False when it is not. */
static bool normal_ascii (const char *bytes, size_t n, char *out, size_t size,
                          size_t *length) {
  size_t used = 0;
  bool gap = false;
  for (size_t i = 0; i < n && used < size; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c >= 0x80) return false;
    if (c <= ' ') { gap = used > 0; continue; }
    if (gap) out[used++] = ' ';
    gap = false;
    if (used < size) out[used++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  *length = used;
  return true;
}

/* Folds, and makes each run of white space one space. */
static size_t normal (const char *bytes, size_t n, char *out, size_t size) {
  size_t length;
  if (normal_ascii(bytes, n, out, size, &length)) return length;
  char folded[4 * PHRASE_MAX];
  size_t m = ld_fold(bytes, n, folded, sizeof folded), used = 0;
  const char *p = folded, *end = folded + m;
  while ((p = ld_skip_space(p, end)) < end) {
    if (used && used < size) out[used++] = ' ';
    for (int k; p < end && ld_class_at(p, end, &k) != LD_SPACE; p += k)
      for (int i = 0; i < k && used < size; i++) out[used++] = p[i];
  }
  return used;
}

/* A number below MARKS of the first, second and last byte of a key and its length. */
static uint32_t mark_of (const char *key, size_t n) {
  const unsigned char *k = (const unsigned char *)key;
  const uint32_t ends = k[0] | (uint32_t)k[n > 1] << 8 | (uint32_t)k[n - 1] << 16;
  return ((ends ^ (uint32_t)n << 24) * 0x9E3779B1u) >> 17;
}

/* Adds a number to the set of a key. */
static void add (phrases *p, const char *key, size_t n, int number) {
  uint32_t i;
  if (!ld_map_get(&p->map, key, n, &i)) {
    key = ld_arena_string(&lexicon.arena, key, n);
    if (!key || lexicon.count == PHRASES) return;
    i = ld_map_put(&p->map, key, n, lexicon.count++);
    p->marks[mark_of(key, n) / 64] |= (uint64_t)1 << mark_of(key, n) % 64;
  }
  lexicon.sets[i] |= (uint64_t)1 << number;
}

static uint64_t set_of (const phrases *p, const char *key, size_t n) {
  uint32_t i;
  if (n == 0 || !(p->marks[mark_of(key, n) / 64] >> mark_of(key, n) % 64 & 1))
    return 0;
  return ld_map_get(&p->map, key, n, &i) ? lexicon.sets[i] : 0;
}

/* Where the word that begins at p ends. An ideograph is a word; a mark that is
** no letter belongs to the word before it, as in "e.g". */
static const char *word_end (const char *p, const char *end) {
  int k;
  enum ld_class first = ld_class_at(p, end, &k);
  p += k;
  if (first == LD_IDEOGRAPH) return p;
  for (; p < end; p += k) {
    enum ld_class next = ld_class_at(p, end, &k);
    if (next == LD_SPACE || next == LD_IDEOGRAPH ||
        (ld_is_letter(next) != ld_is_letter(first) && next != LD_MARK &&
         next != LD_FORMAT && next != LD_APOSTROPHE))
      break;
  }
  return p;
}

/* Lists are numbered by enum ld_list, languages from LD_LISTS on. */
static void add_phrase (int list, const char *bytes, size_t n) {
  char phrase[PHRASE_MAX];
  size_t m = normal(bytes, n, phrase, sizeof phrase);
  if (!m || list < 0) return;
  if (list >= LD_LISTS) {
    add(&lexicon.common, phrase, m, list - LD_LISTS);
    return;
  }
  add(&lexicon.all, phrase, m, list);
  add(&lexicon.firsts, phrase,
      (size_t)(word_end(phrase, phrase + m) - phrase), list);
  if (m > lexicon.longest) lexicon.longest = m;
}

static int list_number (const char *name, size_t n) {
  for (int i = 0; i < LD_LISTS; i++)
    if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0) return i;
  size_t prefix = sizeof LANGUAGE - 1;
  if (n <= prefix || memcmp(name, LANGUAGE, prefix) != 0 ||
      lexicon.language_count == 64)
    return -1;
  lexicon.languages[lexicon.language_count] =
      ld_arena_string(&lexicon.arena, name + prefix, n - prefix);
  return LD_LISTS + lexicon.language_count++;
}

/* A line is "[list]", or phrases with commas between; '#' begins a remark. */
static int read_line (int list, const char *p, const char *end) {
  const char *remark = memchr(p, '#', (size_t)(end - p));
  if (remark) end = remark;
  p = ld_skip_space(p, end);
  end = ld_trim_space(p, end);
  if (p < end && *p == '[' && end[-1] == ']')
    return list_number(p + 1, (size_t)(end - p) - 2);
  while (p < end) {
    const char *comma = memchr(p, ',', (size_t)(end - p));
    const char *stop = comma ? comma : end;
    add_phrase(list, p, (size_t)(stop - p));
    p = stop + 1;
  }
  return list;
}

static bool read_lists (void) {
  ld_memory_init(&lexicon.memory, NULL, NULL, UINT64_MAX);
  ld_arena_init(&lexicon.arena, &lexicon.memory);
  ld_map_init(&lexicon.all.map, &lexicon.memory);
  ld_map_init(&lexicon.firsts.map, &lexicon.memory);
  ld_map_init(&lexicon.common.map, &lexicon.memory);
  const char *p = NULL, *end = NULL;
  for (size_t i = 0; i < ld_embedded_count; i++)
    if (strcmp(ld_embedded_files[i].name, "lesdiplo/data/reading.txt") == 0) {
      p = (const char *)ld_embedded_files[i].bytes;
      end = p + ld_embedded_files[i].size;
    }
  for (int list = -1; p < end;) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop) stop = end;
    list = read_line(list, p, stop);
    p = stop + 1;
  }
  return !lexicon.arena.failed && !lexicon.all.map.failed &&
         !lexicon.firsts.map.failed && !lexicon.common.map.failed;
}

static void forget_lists (void) {
  ld_map_free(&lexicon.all.map);
  ld_map_free(&lexicon.firsts.map);
  ld_map_free(&lexicon.common.map);
  ld_arena_free(&lexicon.arena);
  memset(&lexicon, 0, sizeof lexicon);
}

bool ld_lexicon_open (void) {
  if (ready) return true;
  pthread_mutex_lock(&lock);
  if (!ready) {
    ready = read_lists();
    if (!ready) forget_lists();
  }
  pthread_mutex_unlock(&lock);
  return ready;
}

uint64_t ld_lexicon_lists (const char *bytes, size_t n) {
  char phrase[PHRASE_MAX];
  if (n > 2 * PHRASE_MAX || !ld_lexicon_open()) return 0;
  return set_of(&lexicon.all, phrase,
                normal(bytes, n, phrase, sizeof phrase));
}

bool ld_lexicon_has (enum ld_list list, const char *bytes, size_t n) {
  return ld_lexicon_lists(bytes, n) >> list & 1;
}

uint64_t ld_lexicon_first (const char *bytes, size_t n) {
  char word[PHRASE_MAX];
  if (n == 0 || !ld_lexicon_open()) return 0;
  n = (size_t)(word_end(bytes, bytes + n) - bytes);
  if (n > PHRASE_MAX) return 0;
  return set_of(&lexicon.firsts, word, normal(bytes, n, word, sizeof word));
}

size_t ld_lexicon_prefix (enum ld_list list, const char *bytes, size_t n) {
  if (!(ld_lexicon_first(bytes, n) >> list & 1)) return 0;
  size_t best = 0;
  const char *end = bytes + n, *p = bytes;
  while (p < end && (size_t)(p - bytes) <= 2 * lexicon.longest) {
    p = word_end(p, end);
    char phrase[PHRASE_MAX];
    size_t m = normal(bytes, (size_t)(p - bytes), phrase, sizeof phrase);
    if (m > lexicon.longest) break;
    if (set_of(&lexicon.all, phrase, m) >> list & 1)
      best = (size_t)(p - bytes);
    p = ld_skip_space(p, end);
  }
  return best;
}

bool ld_lexicon_within (enum ld_list list, const char *bytes, size_t n) {
  const char *end = bytes + n, *p = ld_skip_space(bytes, end);
  while (p < end) {
    if (ld_lexicon_prefix(list, p, (size_t)(end - p))) return true;
    p = ld_skip_space(word_end(p, end), end);
  }
  return false;
}

uint64_t ld_lexicon_languages (const char *word, size_t n) {
  char folded[PHRASE_MAX];
  if (n > PHRASE_MAX || !ld_lexicon_open()) return 0;
  return set_of(&lexicon.common, folded,
                normal(word, n, folded, sizeof folded));
}

const char *ld_lexicon_language (int number) {
  if (!ld_lexicon_open()) return NULL;
  return number < lexicon.language_count ? lexicon.languages[number] : NULL;
}
