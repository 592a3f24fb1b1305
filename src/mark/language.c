/*
** language.c - which language a text is in.
**
** Scripts settle most of it, and letters that Russian has alone. Among other Latin and
** Cyrillic texts the function words decide where one language is clearly ahead;
** libexttextcat, which costs most of a millisecond, is asked only where they do not.
*/
#include <stdlib.h>
#include <string.h>

#include <libexttextcat/textcat.h>

#include "mark/mark.h"

/* Where Debian keeps textcat's fingerprints. */
#ifndef LD_TEXTCAT
#define LD_TEXTCAT "/usr/share/libexttextcat"
#endif

/* Bytes: of the text that is looked at; fewer textcat is not asked about. */
enum { SAMPLE = 6000, TEXTCAT_LEAST = 80, CODE = 6 };

static void count_scripts (const char *p, const char *end,
                           uint32_t counts[LD_SCRIPT_COUNT]) {
  while (p < end) {
    uint32_t cp;
    for (; p < end && (unsigned char)*p < 0x80; p++)
      counts[LD_SCRIPT_LATIN] += ((unsigned char)*p | 32u) - 'a' < 26u;
    if (p == end) break;
    p += ld_utf8_read(p, end, &cp);
    counts[ld_script_of(cp)]++;
  }
}

/* How many of the words read so far each language claims. */
typedef struct claims {
  uint32_t words, of[64];
  int winner;               /* the language with most, or -1 */
  uint32_t best, next;      /* how many it has, and the one after it */
} claims;

static void find_winner (claims *c) {
  c->best = c->next = 0;
  c->winner = -1;
  for (int i = 0; i < 64; i++) {
    if (c->of[i] > c->best) {
      c->next = c->best;
      c->best = c->of[i];
      c->winner = i;
    }
    else if (c->of[i] > c->next) c->next = c->of[i];
  }
}

/* Reads up to 'most' more words. Returns where it stopped. */
static const char *count_words (claims *c, const char *p, const char *end,
                                uint32_t most) {
  for (uint32_t words = 0; p < end && words < most;) {
    int k;
    const char *word = p;
    while (p < end && ld_is_letter(ld_class_at(p, end, &k))) p += k;
    if (p == word) {
      ld_class_at(p, end, &k);
      p += k;
      continue;
    }
    words++;
    c->words++;
    if (p - word > 24) continue;
    uint64_t mask = ld_lexicon_languages(word, (size_t)(p - word));
    for (; mask; mask &= mask - 1) c->of[__builtin_ctzll(mask)]++;
  }
  return p;
}

/*
** The language whose words make up a tenth of the text at least, and a half
** more than the next one's. Where one is far ahead in the first words, the rest
** is not asked. A sentence that is too short for textcat may have two such words
** only: then the next one has half as many at most.
*/
static const char *by_words (const char *p, const char *end) {
  enum { SOME = 24, AHEAD = 6 };
  const bool brief = end - p < TEXTCAT_LEAST;
  claims c;
  memset(&c, 0, sizeof c);
  while (p < end) {
    p = count_words(&c, p, end, SOME);
    find_winner(&c);
    if (c.best >= AHEAD && c.best > 3 * c.next && c.best * 5 >= c.words) break;
  }
  if (c.winner < 0 || c.best < (brief ? 2 : 3) || c.best * 10 < c.words ||
      c.best * 2 < c.next * (c.best < 3 ? 4 : 3))
    return NULL;
  return ld_lexicon_language(c.winner);
}

/* Russian, if one in a hundred letters of a Cyrillic text is one that its southern
** neighbours lack (ё ы э), and none is one that Russian lacks. They share small words. */
static const char *by_letters (const char *p, const char *end) {
  uint32_t own = 0, all = 0;
  while (p < end) {
    uint32_t cp;
    p += ld_utf8_read(p, end, &cp);
    if (cp < 0x400 || cp >= 0x530) continue;
    all++;
    if (cp == 0x401 || cp == 0x451 || cp == 0x42B || cp == 0x44B || cp == 0x42D ||
        cp == 0x44D)
      own++;
    else if (cp < 0x410 || cp > 0x44F) return NULL;
  }
  return own > 0 && own * 100 >= all ? "ru" : NULL;
}

/* textcat's own list of fingerprints, "[en--utf8]"; ISO 639-1 where it says
** so. The handle keeps state while it classifies: one caller at a time. */
static const char *by_textcat (const char *p, size_t n) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static void *handle;
  static bool tried;
  static char codes[64][CODE];   /* answers live as long as the process */
  const char *found = NULL;
  pthread_mutex_lock(&lock);
  if (!tried) {
    tried = true;
    handle = special_textcat_Init(LD_TEXTCAT "/fpdb.conf", LD_TEXTCAT "/");
  }
  const char *answer = handle ? textcat_Classify(handle, p, n) : NULL;
  if (answer && answer[0] == '[' && strchr(answer, ']') &&
      !strchr(answer + 1, '[')) {
    size_t length = strcspn(answer + 1, "-]");
    for (int i = 0; length < CODE && i < 64 && !found; i++) {
      if (!codes[i][0]) memcpy(codes[i], answer + 1, length);
      if (strncmp(codes[i], answer + 1, length) == 0 && !codes[i][length])
        found = codes[i];
    }
  }
  pthread_mutex_unlock(&lock);
  return found;
}

/* Of these texts the words tell the language, of Cyrillic ones the letters first. */
static const char latin[] = "latin", cyrillic[] = "cyrillic";

/* What the scripts of a sample say: a language, `latin` or `cyrillic`, or NULL where
** there are too few letters. */
static const char *by_script (const char *p, const char *end) {
  uint32_t counts[LD_SCRIPT_COUNT] = { 0 }, all = 0;
  count_scripts(p, end, counts);
  for (int i = 1; i < LD_SCRIPT_COUNT; i++) all += counts[i];
  uint32_t han = counts[LD_SCRIPT_HAN], kana = counts[LD_SCRIPT_KANA];
  if (all < 12 && !han && !kana) return NULL;
  /* A Han character says as much as a word of letters: it weighs three. */
  if ((han + kana) * 3 > all - han - kana)
    return kana * 8 > han ? "ja" : "zh";
  if (counts[LD_SCRIPT_HANGUL] * 2 > all) return "ko";
  if (counts[LD_SCRIPT_GREEK] * 2 > all) return "el";
  if (counts[LD_SCRIPT_HEBREW] * 2 > all) return "he";
  return counts[LD_SCRIPT_CYRILLIC] * 2 > all ? cyrillic : latin;
}

const char *ld_language (const char *text, size_t n) {
  const char *script = NULL;
  /* A short sample decides most texts; the long one is for the others. */
  for (size_t size = SAMPLE / 12;; size = SAMPLE) {
    const char *end = text + (n > size ? ld_utf8_floor(text, size) : n);
    const char *language = script = by_script(text, end);
    if (script == cyrillic) language = by_letters(text, end);
    else if (script == latin) language = NULL;
    if (script && !language) language = by_words(text, end);
    if (language) return language;
    if (n <= size || size == SAMPLE) break;
  }
  if (!script) return NULL;        /* what has no letters is for nobody */
  if (n > SAMPLE) n = ld_utf8_floor(text, SAMPLE);
  n = strnlen(text, ld_utf8_check(text, n));   /* all that textcat can take */
  return n < TEXTCAT_LEAST ? NULL : by_textcat(text, n);
}
