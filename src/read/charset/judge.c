/*
** judge.c - how much a text looks like one that somebody wrote.
**
** Bytes read in a wrong encoding give capitals inside words, letters of two
** scripts side by side, signs between letters, rare characters, controls.
** Every character that is not ASCII has a cost, in tenths of a nat: about the
** logarithm of how seldom it is met where it stands. ASCII costs nothing, since
** nearly all encodings agree on it. The sums of two readings of the same bytes
** can be compared: their difference is what speaks for the cheaper one.
**
** Letters of an alphabet cost by their rank there, Latin ones by the language
** that the words in ASCII are of (ICU knows its letters), ideographs and
** syllables by the levels of the national sets and by lists of the commonest;
** a function word costs no more than such a word does.
*/
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/ulocdata.h>

#include "read/charset/charset.h"

enum {
  BAD = 140,             /* controls, private use, no character at all */
  CASE_ERROR = 60,       /* a capital after a small letter */
  SCRIPT_ERROR = 60,     /* letters of two scripts side by side */
  IN_WORD = 50,          /* a sign between letters */
  DIGIT = 25,            /* between letters */
  OTHER_SCRIPT = 30,     /* a word of another script than the one before it */
  APOSTROPHE = 35,       /* between letters, in a language that has none there */
  REPEATED = 100,        /* the same one a fourth time and on */
  CAPITAL = 10,
  WORD = 45,             /* a function word */
  ACUTE = 0xB4,          /* people type it for an apostrophe */
  WORD_LONG = 12,        /* bytes of a word that is looked up, at most */
  LANGUAGES = LD_TALLY,
  LATIN_FIRST = 0xC0, LATIN_END = 0x250, ODD_LETTERS = LATIN_END - LATIN_FIRST,
  LETTER_FIRST = 0x370, LETTER_END = 0x700,
  HAN_FIRST = 0x4E00, HAN_END = 0xA000,
  HANGUL_FIRST = 0xAC00, HANGUL_END = 0xD7A4
};

/* Letters in the order of their frequency, script by script. */
static const char *const ranks[] = {
  "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъіїєёґўјљњћђџѓќѕ",
  "αοιετσνηυρπκμςλωίάόέήδγύχθφώβξζψϊϋΐΰ",
  "اليمنتروبعدهةسفكقحجشىصطأخضإغثئزذظؤآءیکپگچژ",
  "יוהלאתמרבשנכםדעקפחטגצסזךןץף"
};

/* The commonest ideographs of Chinese and syllables of Korean: half the text. */
static const char common_han[] =
  "的一是不了人在有我他这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你"
  "对對生能而子那得于於着著下自之年过過发發后後作里用道行所然家种種事成方多经經么"
  "去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開"
  "但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又"
  "关關点點正业業外将將两兩高间間由问問很最重并並物手应應战戰向头頭文体體政美相见見"
  "被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先"
  "海通教儿東东声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題"
  "活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场"
  "場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五基"
  "眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告"
  "类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今"
  "切院让讓识識候带帶导導争爭运運";
static const char common_hangul[] =
  "이다는의에을를가고하한지로사도기으정대은인해자시부일아리그나스전국과어서상보장제여주라"
  "수원조들동와구회년선만치유무성경공비안세신소개위계방합오화용관면된적였습니까했말거교데민"
  "마것더모생당외미발양제연행중재단역실모월할있없우야간내요러적통남북협력트드";

/* What is known of characters, made once. */
static struct {
  uint8_t letter[LETTER_END - LETTER_FIRST];   /* its cost; 0: none of them */
  uint8_t han[HAN_END - HAN_FIRST];            /* the levels it is in, a bit
                                                  each, by enum ld_home */
  uint8_t hangul[HANGUL_END - HANGUL_FIRST];   /* 1: of the national set,
                                                  2: common */
  uint8_t latin[LANGUAGES][ODD_LETTERS + 1];   /* 2: of the language's alphabet,
                                                  1: in its texts; at the end,
                                                  whether any is 2 */
  uint8_t shared[ODD_LETTERS];     /* in how many alphabets */
} known;
static pthread_once_t once = PTHREAD_ONCE_INIT;
enum { COMMON = 1 };      /* in 'han': LD_HOME_ANY has no level */

static void learn_ranks (const char *letters) {
  const char *p = letters, *end = p + strlen(p);
  for (unsigned rank = 0; p < end; rank++) {
    uint32_t cp;
    p += ld_utf8_read(p, end, &cp);
    unsigned cost = 20 + rank * 5 / 4;
    uint32_t capital = (uint32_t)u_toupper((UChar32)cp);
    known.letter[cp - LETTER_FIRST] = (uint8_t)cost;
    if (capital != cp && capital >= LETTER_FIRST && capital < LETTER_END)
      known.letter[capital - LETTER_FIRST] = (uint8_t)(cost + CAPITAL);
  }
}

/* The first level of a national set: pairs of these leads, of trails from
** 'trail' on. */
static void learn_level (int home, unsigned first, unsigned last,
                         unsigned trail) {
  const ld_charset *charset = NULL;
  for (int i = 0; (charset = ld_charset_at(i)) != NULL; i++)
    if (charset->home == home && charset->coding == LD_CODING_PAIRS &&
        strcmp(charset->name, "Shift_JIS") != 0)
      break;
  const ld_pairs *pairs = charset ? ld_charset_pairs(charset) : NULL;
  if (!pairs) return;
  for (unsigned a = first; a <= last; a++)
    for (unsigned b = trail; b <= 0xFE; b++) {
      uint32_t cp = (*pairs)[a - 0x81][b - 0x40];
      if (cp >= HAN_FIRST && cp < HAN_END)
        known.han[cp - HAN_FIRST] |= (uint8_t)(1 << home);
      else if (cp >= HANGUL_FIRST && cp < HANGUL_END)
        known.hangul[cp - HANGUL_FIRST] |= 1;
    }
}

static void learn_common (const char *p, bool hangul) {
  for (const char *end = p + strlen(p); p < end;) {
    uint32_t cp;
    p += ld_utf8_read(p, end, &cp);
    if (hangul) known.hangul[cp - HANGUL_FIRST] |= 2;
    else known.han[cp - HAN_FIRST] |= COMMON;
  }
}

static void learn_alphabet (const char *language, uint8_t *letters) {
  UErrorCode status = U_ZERO_ERROR;
  ULocaleData *data = ulocdata_open(language, &status);
  USet *set = NULL;
  for (int kind = 0; kind < 2 && U_SUCCESS(status); kind++) {
    set = ulocdata_getExemplarSet(data, set, USET_ADD_CASE_MAPPINGS,
                                  kind ? ULOCDATA_ES_STANDARD
                                       : ULOCDATA_ES_AUXILIARY, &status);
    for (UChar32 cp = LATIN_FIRST; U_SUCCESS(status) && cp < LATIN_END; cp++)
      if (uset_contains(set, cp))
        letters[cp - LATIN_FIRST] = (uint8_t)(1 + kind);
  }
  /* What is printed with a comma below was long typed with a cedilla. */
  if (letters[0x21B - LATIN_FIRST] == 2) {
    letters[0x15E - LATIN_FIRST] = letters[0x15F - LATIN_FIRST] = 2;
    letters[0x162 - LATIN_FIRST] = letters[0x163 - LATIN_FIRST] = 2;
  }
  if (set) uset_close(set);
  if (data) ulocdata_close(data);
}

static void learn (void) {
  for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
    learn_ranks(ranks[i]);
  learn_level(LD_HOME_HANS, 0xB0, 0xD7, 0xA1);
  learn_level(LD_HOME_HANT, 0xA4, 0xC6, 0x40);
  learn_level(LD_HOME_JAPANESE, 0xB0, 0xCF, 0xA1);
  learn_level(LD_HOME_KOREAN, 0xB0, 0xC8, 0xA1);
  learn_common(common_han, false);
  learn_common(common_hangul, true);
  for (int i = 0; i < LANGUAGES && ld_lexicon_language(i); i++) {
    learn_alphabet(ld_lexicon_language(i), known.latin[i]);
    for (int k = 0; k < ODD_LETTERS; k++)
      if (known.latin[i][k] == 2) {
        known.latin[i][ODD_LETTERS] = 1;
        known.shared[k]++;
      }
  }
}


/* -------------------------------------------------------------- characters */

typedef struct judge {
  const ld_charset *charset;
  ld_verdict verdict;
  uint32_t cost;                   /* of the open word, not yet added */
  const char *word;                /* where it begins, or NULL */
  bool odd_word;                   /* it has a letter that is not ASCII */
  enum ld_script word_script;      /* of its last letter, or the last word's */
  uint32_t before;                 /* the character before */
  enum ld_class before_class;
  enum ld_class second_class;      /* and that before it */
  unsigned repeats;                /* how often 'before' came in a row */
  unsigned signs;                  /* odd ones in a row, after a letter */
  uint32_t latin[ODD_LETTERS];    /* Latin letters, counted */
  uint32_t apostrophes;            /* U+2019 between letters */
  const uint32_t *tally;           /* function words */
  unsigned words;                  /* that may still be looked up */
} judge;

static bool is_bad (uint32_t cp, enum ld_class k) {
  if (cp < 0xA0)
    return (cp < ' ' && !(cp >= '\b' && cp <= '\r') && cp != 0x1B) ||
           cp >= 0x7F;
  if (k != LD_SYMBOL && k != LD_SPACE) return false;
  if (cp == 0xFFFD) return true;
  switch (u_charType((UChar32)cp)) {
    case U_UNASSIGNED: case U_PRIVATE_USE_CHAR: case U_SURROGATE:
    case U_CONTROL_CHAR: return true;
    default: return false;
  }
}

static uint32_t han_cost (const judge *j, uint32_t cp) {
  if (cp < HAN_FIRST || cp >= HAN_END) return 125;
  unsigned levels = known.han[cp - HAN_FIRST];
  int home = j->charset->home;
  if (home == LD_HOME_KOREAN) return 100;
  if (home == LD_HOME_JAPANESE)
    return levels & 1u << LD_HOME_JAPANESE ? 80 : 120;
  bool own = home == LD_HOME_HANS ? levels & 1u << LD_HOME_HANS
             : home == LD_HOME_HANT ? levels & 1u << LD_HOME_HANT : levels > 1;
  if (own) return levels & COMMON ? 45 : 82;
  return levels > 1 ? 105 : 125;
}

static uint32_t kana_cost (const judge *j, uint32_t cp) {
  if (cp >= 0xFF61 && cp <= 0xFF9F) return 90;      /* of half width */
  if (j->charset->home != LD_HOME_JAPANESE && j->charset->home != LD_HOME_ANY)
    return 70;
  return cp < 0x30A0 ? 30 : 42;
}

static uint32_t hangul_cost (const judge *j, uint32_t cp) {
  int home = j->charset->home;
  if (cp < HANGUL_FIRST || cp >= HANGUL_END) return 110;
  unsigned level = known.hangul[cp - HANGUL_FIRST];
  if (home == LD_HOME_HANS && level) return 80;      /* four bytes each */
  if (home != LD_HOME_KOREAN && home != LD_HOME_ANY) return 120;
  return level & 2 ? 42 : level ? 68 : 110;
}

static uint32_t letter_cost (judge *j, uint32_t cp, enum ld_script script) {
  switch (script) {
    case LD_SCRIPT_HAN: return han_cost(j, cp);
    case LD_SCRIPT_KANA: return kana_cost(j, cp);
    case LD_SCRIPT_HANGUL: return hangul_cost(j, cp);
    case LD_SCRIPT_LATIN:
      if (cp < LATIN_FIRST || cp >= LATIN_END) return 85;
      j->latin[cp - LATIN_FIRST]++;                 /* later: by language */
      return 0;
    default:
      if (cp >= 0x2B0 && cp < 0x300 && cp != 0x2BC) return 105;   /* accents */
      if (cp < LETTER_FIRST || cp >= LETTER_END) return 60;
      return known.letter[cp - LETTER_FIRST] ? known.letter[cp - LETTER_FIRST]
                                             : 75;
  }
}

/* Signs that prose has. */
static uint32_t sign_cost (const judge *j, uint32_t cp) {
  bool wide = (cp >= 0x3001 && cp <= 0x3011) || (cp >= 0xFF01 && cp <= 0xFF5E);
  switch (cp) {
    case 0x2019: case 0x201C: case 0x201D: case 0x2013: case 0x2014:
      return 35;
    case 0xA0:
      return j->charset->frames ? 90 : 45;
    case 0x2018: case 0x201E: case 0xAB: case 0xBB: case 0x2116: case 0xA7:
    case 0xB7: case 0xBF: case 0xA1: case 0x30FB: case 0x30FC:
      return 45;
    case ACUTE: return 55;
    case 0x2026: case 0x2022: case 0x201A: case 0x2039: case 0x203A: case 0xB0: case 0x20AC: case 0xA3:
    case 0xA9: case 0xAE: case 0x2122: case 0xBD: case 0xBA: case 0xAA:
    case 0x3000: case 0x25A0: case 0x25CF: case 0x25CB: case 0xAD:
      return 60;
    default:
      if (wide) return j->charset->home == LD_HOME_ALPHABET ? 110 : 32;
      return ld_class_of(cp) == LD_SYMBOL ? 105 : 90;
  }
}

static bool is_alphabetic (enum ld_script script) {
  return script != LD_SCRIPT_NONE && script < LD_SCRIPT_HAN;
}


/* ------------------------------------------------------------------- words */

/* Closes the word before p: a function word costs what such a word does at
** most. Not so in Latin script, where a wrong accent makes it no other word. */
static void end_word (judge *j, const char *p) {
  if (!j->word) return;
  size_t n = (size_t)(p - j->word);
  if (j->odd_word && j->word_script != LD_SCRIPT_LATIN && j->words > 0 &&
      n <= WORD_LONG) {
    j->words--;
    if (j->cost > WORD && ld_lexicon_languages(j->word, n)) j->cost = WORD;
  }
  j->verdict.cost += j->cost;
  j->cost = 0;
  j->word = NULL;
  j->odd_word = false;
}

/* Whether a character is written in East Asia only: it seldom touches a letter
** of ASCII. */
static bool is_ascii_letter (uint32_t cp) { return (cp | 32) - 'a' < 26u; }
static bool is_wide (uint32_t cp) { return cp >= 0x2E80 && cp < 0x10000; }

/* What a letter's neighbours say against it. */
static uint32_t letter_error (const judge *j, uint32_t cp, enum ld_class k,
                              enum ld_script script) {
  uint32_t cost = 0;
  if (k == LD_UPPER && j->before_class == LD_LOWER) cost += CASE_ERROR;
  if (k == LD_UPPER && script == LD_SCRIPT_LATIN && cp >= 0x80) cost += CAPITAL;
  if (k == LD_LOWER && j->before_class == LD_UPPER &&
      j->second_class == LD_UPPER)
    cost += CASE_ERROR / 2;
  if (j->before_class == LD_DIGIT && ld_is_letter(j->second_class) &&
      cp >= 0x80)
    cost += DIGIT;
  if (j->word_script != script && is_alphabetic(script) &&
      is_alphabetic(j->word_script))
    cost += j->word ? SCRIPT_ERROR : OTHER_SCRIPT;
  return cost;
}

static void take_letter (judge *j, const char *p, uint32_t cp, enum ld_class k,
                         enum ld_script script) {
  bool odd = cp >= 0x80;
  if (j->signs && is_alphabetic(script)) j->verdict.cost += j->signs * IN_WORD;
  if (j->before == 0x2019 && ld_is_letter(j->second_class)) j->apostrophes++;
  if (odd || (j->word && j->before >= 0x80))
    j->verdict.cost += letter_error(j, cp, k, script);
  if (odd) j->cost += letter_cost(j, cp, script);
  if (odd && script == LD_SCRIPT_LATIN && j->before >= 0x80 &&
      j->word_script == LD_SCRIPT_LATIN && ld_is_letter(j->before_class))
    j->verdict.cost += 15;         /* marked letters seldom come in a row */
  if (!j->word) j->word = p;
  j->odd_word |= odd;
  j->word_script = script;
}

/* Letters, quotation marks, signs of currency; dashes, points, stars and the
** like are. */
static bool is_never_in_rows (uint32_t cp, enum ld_class k) {
  return ld_is_letter(k) || (k == LD_SYMBOL && cp < 0x2190) || k == LD_IDEOGRAPH || k == LD_APOSTROPHE ||
         k == LD_OPEN || k == LD_CLOSE || k == LD_QUOTE || k == LD_FORMAT;
}

static void take (judge *j, const char *p, uint32_t cp) {
  enum ld_class k = ld_class_of(cp);
  bool odd = cp >= 0x80;
  j->verdict.odd += odd;
  j->repeats = cp == j->before ? j->repeats + 1 : 0;
  if ((is_wide(cp) && is_ascii_letter(j->before)) ||
      (is_wide(j->before) && is_ascii_letter(cp)))
    j->verdict.cost += OTHER_SCRIPT;
  if (is_bad(cp, k)) {
    end_word(j, p);
    j->verdict.cost += BAD;
    j->verdict.bad++;
  } else if (odd && j->repeats > 2 && is_never_in_rows(cp, k)) {
    j->verdict.cost += REPEATED;
  } else if (ld_is_letter(k) || k == LD_MARK) {
    take_letter(j, p, cp, k, k == LD_MARK ? j->word_script : ld_script_of(cp));
  } else {
    end_word(j, p);
    if (odd) j->verdict.cost += k == LD_IDEOGRAPH
                                    ? letter_cost(j, cp, ld_script_of(cp))
                                    : sign_cost(j, cp);
  }
  bool sign = odd && cp != ACUTE &&
              (k == LD_SYMBOL || k == LD_PUNCT || k == LD_OPEN || k == LD_CLOSE);
  if (!sign) j->signs = 0;
  else if (j->signs || ld_is_letter(j->before_class)) j->signs++;
  j->second_class = j->before_class;
  j->before_class = k;
  j->before = cp;
}


/* --------------------------------------------------------------- languages */

/* Languages that write an apostrophe between letters. */
static bool has_apostrophe (int language) {
  return strstr("en fr it ca tr uk", ld_lexicon_language(language)) != NULL;
}

/* What the Latin letters and apostrophes cost in a language; in none that is
** known where it is negative. */
static uint32_t latin_cost (const judge *j, int language) {
  uint32_t cost = 0;
  const uint8_t *letters = language < 0 ? NULL : known.latin[language];
  bool plain = letters && !letters[ODD_LETTERS];
  for (int i = 0; i < ODD_LETTERS; i++) {
    if (!j->latin[i]) continue;
    uint32_t rare = 40u / (1u + known.shared[i]);
    uint32_t one = letters ? (plain ? 50 : 65) : 45;
    if (letters && !letters[i]) one += 15;
    one = letters && letters[i] == 2 ? 35 : one + rare;
    cost += j->latin[i] * one;
  }
  if (letters && !has_apostrophe(language)) cost += j->apostrophes * APOSTROPHE;
  return cost;
}

/* The language is the one that makes the letters cheapest, the more so the
** more of its words were met. */
static uint32_t latin_best (const judge *j) {
  uint32_t most = 0;
  for (int i = 0; i < LANGUAGES; i++)
    if (j->tally[i] > most) most = j->tally[i];
  uint32_t best = latin_cost(j, -1) + most * 10;
  for (int i = 0; i < LANGUAGES && most; i++) {
    if (j->tally[i] * 2 < most) continue;
    uint32_t cost = latin_cost(j, i) + (most - j->tally[i]) * 10;
    if (cost < best) best = cost;
  }
  return best;
}

void ld_judge_words (const char *bytes, size_t n, uint32_t tally[LD_TALLY]) {
  const char *p = bytes, *end = bytes + n;
  while (p < end) {
    const char *word = p;
    while (p < end && is_ascii_letter((unsigned char)*p)) p++;
    bool whole = (word == bytes || !(word[-1] & 0x80)) &&
                 (p == end || !(*p & 0x80));
    if (p > word && p - word < 16 && whole) {
      uint64_t mask = ld_lexicon_languages(word, (size_t)(p - word));
      for (; mask; mask &= mask - 1) tally[__builtin_ctzll(mask)]++;
    }
    if (p == word) p++;
  }
}

ld_verdict ld_judge (const char *text, size_t n, const ld_charset *charset,
                     const uint32_t tally[LD_TALLY], unsigned words,
                     uint32_t most) {
  judge j;
  pthread_once(&once, learn);
  memset(&j, 0, sizeof j);
  j.charset = charset;
  j.before_class = j.second_class = LD_SPACE;
  j.tally = tally;
  j.words = words;
  const char *p = text, *end = text + n;
  while (p < end && j.verdict.cost <= most) {
    uint32_t cp;
    const char *at = p;
    p += ld_utf8_read(p, end, &cp);
    take(&j, at, cp);
  }
  end_word(&j, end);
  j.verdict.cost += latin_best(&j);
  return j.verdict;
}
