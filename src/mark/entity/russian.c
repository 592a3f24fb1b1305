/*
** russian.c - case endings: which forms a word of a name may have in a text.
**
** Names stand in a table in the nominative. All forms of a word have one root,
** which the trie is made of; that a text's form is one of the name's own is asked
** afterwards, by the paradigms below. Of a name that no paradigm fits (Лесото,
** Мали, США) there is one form.
*/
#include <string.h>

#include "mark/entity/entity.h"

/* Endings that a root does without, the longest first. */
static const char *const endings[] = {
  "иями", "ями", "ами", "ыми", "ими", "ией", "иям", "иях", "ого", "его",
  "ому", "ему", "овы", "евы", "ая", "яя", "ое", "ее", "ые", "ие", "ий", "ый",
  "ой", "ей", "ую", "юю", "ых", "их", "ым", "им", "ом", "ем", "ам", "ям", "ах",
  "ях", "ов", "ев", "ия", "ии", "ию", "ью", "ье", "ья", "ою", "ею", "а", "я",
  "о", "е", "ы", "и", "у", "ю", "й", "ь", NULL
};

enum { ROOT_LEAST = 6 };     /* bytes: three letters */

/* The ending of a nominative, and those of the other cases and genders, parted by
** blanks; "-" is none. More than one row may fit. */
static const struct paradigm {
  const char *nominative, *others;
} paradigms[] = {
  { "ия", "ии ию ией иею иям иями иях ий" },
  { "ья", "ьи ье ью ьей ьею" },
  { "я", "и е ю ей ею ям ями ях" },
  { "а", "ы и е у ой ою ей" },
  { "ова", "овов овам овами овах" },
  { "тво", "тва тву твом тве тв твам твами твах" },
  { "ие", "ия ию ием ии их им ими" },
  { "ые", "ых ым ыми" },
  { "ы", "- ов ам ами ах" },
  { "ии", "ий иям иями иях" },
  { "й", "я ю ем е и ев ям ями ях" },
  { "ь", "я ю ем е и ью ей ям ями ях" },
  { "ий", "ого ому им ом ая ой ую ое ие их ими его ему ем ей" },
  { "ский", "ско" },         /* российско-китайский */
  { "цкий", "цко" },
  { "ый", "ого ому ым ом ая ой ую ое ые ых ыми" },
  { "ой", "ого ому ым им ом ая ую ое ые ие ых их ыми ими" },
  { "ая", "ой ую ою" },
  { "яя", "ей юю ею" },
  { "ое", "ого ому ым им ом" },
  { "ее", "его ему им ем" },
  { "ец", "ца цу цем цом це цы цев цов цам цами цах" },
  { "аец", "айца айцу айцем айце айцы айцев айцам айцами айцах" },
  { "еец", "ейца ейцу ейцем ейце ейцы ейцев ейцам ейцами ейцах" },
  { "цы", "цев цов цам цами цах" },
  { "е", "- х м ми" },
  { NULL, NULL }
};

/* Words that lose their last vowel in the other cases, with what stands for them in the
** trie, and their endings. "После" is left out: nearly always it is the word for after. */
static const struct fleeting {
  const char *word, *stem, *endings;
} fleeting[] = {
  { "посол", "посл", "а у ом ы ов ам ами ах" },
  { "египет", "египт", "а у ом е" },
  { NULL, NULL, NULL }
};

/* The endings of nouns that end in a consonant; those in -ов, -ев and -ин are
** names of people, too. */
static const char hard[] = "а у ом ем е ы и ов ам ами ах";
static const char surname[] = "а у ым е ы ых ой ыми";

static bool ends (const char *word, size_t n, const char *ending, size_t m) {
  return n >= m && memcmp(word + n - m, ending, m) == 0;
}

/* The length of the longest ending that leaves a root, or 0. */
static size_t ending_of (const char *word, size_t n) {
  for (const char *const *e = endings; *e; e++) {
    const size_t m = strlen(*e);
    if (n >= m + ROOT_LEAST && ends(word, n, *e, m)) return m;
  }
  return 0;
}

/* One ending after the other: Лаврова is Лавров, and both are Лавр-. */
size_t ld_russian_root (const char *word, size_t n) {
  for (size_t m = ending_of(word, n); m > 0; m = ending_of(word, n)) n -= m;
  return n;
}

/* Is the word one of the endings, parted by blanks? */
static bool is_among (const char *ending, size_t n, const char *list) {
  for (const char *p = list; *p;) {
    const size_t m = strcspn(p, " ");
    if (m == n && memcmp(p, ending, n) == 0) return true;
    if (n == 0 && m == 1 && *p == '-') return true;
    p += m;
    p += *p == ' ';
  }
  return false;
}

static bool ends_in_consonant (const char *word, size_t n) {
  static const char *const vowels[] = { "а", "е", "и", "о", "у", "ы", "э", "ю",
                                        "я", "й", "ь", "ъ", NULL };
  for (const char *const *v = vowels; *v; v++)
    if (ends(word, n, *v, 2)) return false;
  return true;
}

static bool is_form (const char *name, size_t n, const char *text, size_t m,
                     size_t stem, const char *list) {
  return n >= stem && m >= stem && memcmp(name, text, stem) == 0 &&
         is_among(text + stem, m - stem, list);
}

static const struct fleeting *fleeting_of (const char *word, size_t n) {
  for (const struct fleeting *f = fleeting; f->word; f++)
    if (n == strlen(f->word) && memcmp(word, f->word, n) == 0) return f;
  return NULL;
}

const char *ld_russian_stem (const char *word, size_t n) {
  const struct fleeting *f = fleeting_of(word, n);
  return f ? f->stem : NULL;
}

bool ld_russian_form (const char *name, size_t n, const char *text,
                      size_t m) {
  if (n == m && memcmp(name, text, n) == 0) return true;
  const struct fleeting *f = fleeting_of(name, n);
  if (f) {
    const size_t stem = strlen(f->stem);
    return m > stem && memcmp(text, f->stem, stem) == 0 &&
           is_among(text + stem, m - stem, f->endings);
  }
  for (const struct paradigm *p = paradigms; p->nominative; p++) {
    const size_t length = strlen(p->nominative);
    if (ends(name, n, p->nominative, length) &&
        is_form(name, n, text, m, n - length, p->others))
      return true;
  }
  if (!ends_in_consonant(name, n)) return false;
  const bool person = ends(name, n, "ов", 4) || ends(name, n, "ев", 4) ||
                      ends(name, n, "ин", 4);
  return is_form(name, n, text, m, n, hard) ||
         (person && is_form(name, n, text, m, n, surname));
}
