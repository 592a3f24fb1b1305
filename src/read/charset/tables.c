/*
** tables.c - the encodings there are, and what their bytes mean.
**
** ICU knows; what it says of single bytes and of pairs is kept in tables, made
** when an encoding is first used: decoding is then a look-up, and the map from
** text to source comes for nothing. Sequences that are neither, and whatever
** has no place in a table, are asked of ICU one by one (decode.c).
*/
#include <stdatomic.h>
#include <string.h>

#include <unicode/ucnv.h>

#include "read/charset/charset.h"

#define ONE { 1, 1, 1, 1 }
#define ALPHABET(name, icu, cost, frames) \
  { name, icu, NULL, LD_CODING_BYTES, LD_HOME_ALPHABET, cost, false, frames, \
    ONE }

/* First those that are tried on every file. */
static const ld_charset charsets[] = {
  { "windows-1252", "windows-1252", NULL, LD_CODING_BYTES, LD_HOME_ALPHABET,
    LD_COST_USUAL, false, false, ONE },
  ALPHABET("windows-1251", "windows-1251", LD_COST_KNOWN, false),
  ALPHABET("windows-1250", "windows-1250", LD_COST_KNOWN, false),
  ALPHABET("windows-1253", "windows-1253", LD_COST_KNOWN, false),
  ALPHABET("windows-1254", "windows-1254", LD_COST_KNOWN, false),
  ALPHABET("windows-1255", "windows-1255", LD_COST_KNOWN, false),
  ALPHABET("windows-1256", "windows-1256", LD_COST_KNOWN, false),
  ALPHABET("windows-1257", "windows-1257", LD_COST_KNOWN, false),
  ALPHABET("ISO-8859-15", "ISO-8859-15", LD_COST_OLD, false),
  ALPHABET("ISO-8859-2", "ISO-8859-2", LD_COST_OLD, false),
  ALPHABET("ISO-8859-5", "ISO-8859-5", LD_COST_OLD, false),
  ALPHABET("ISO-8859-7", "ISO-8859-7", LD_COST_OLD, false),
  ALPHABET("ISO-8859-6", "ISO-8859-6", LD_COST_OLD, false),
  ALPHABET("ISO-8859-8", "ISO-8859-8", LD_COST_OLD, false),
  ALPHABET("ISO-8859-9", "ISO-8859-9", LD_COST_OLD, false),
  ALPHABET("ISO-8859-13", "ISO-8859-13", LD_COST_RARE, false),
  ALPHABET("ISO-8859-4", "ISO-8859-4", LD_COST_RARE, false),
  ALPHABET("ISO-8859-3", "ISO-8859-3", LD_COST_RARE, false),
  ALPHABET("KOI8-R", "KOI8-R", LD_COST_KNOWN, true),
  ALPHABET("KOI8-U", "KOI8-U", LD_COST_OLD, true),
  ALPHABET("macintosh", "macintosh", LD_COST_OLD, false),
  ALPHABET("x-mac-cyrillic", "x-mac-cyrillic", LD_COST_OLD, false),
  ALPHABET("x-mac-ce", "x-mac-ce", LD_COST_RARE, false),
  ALPHABET("x-mac-greek", "x-mac-greek", LD_COST_RARE, false),
  ALPHABET("x-mac-turkish", "x-mac-turkish", LD_COST_RARE, false),
  ALPHABET("IBM866", "IBM866", LD_COST_OLD, true),
  ALPHABET("IBM850", "IBM850", LD_COST_OLD, true),
  ALPHABET("IBM437", "IBM437", LD_COST_OLD, true),
  ALPHABET("IBM852", "IBM852", LD_COST_OLD, true),
  ALPHABET("IBM855", "IBM855", LD_COST_RARE, true),
  ALPHABET("IBM857", "IBM857", LD_COST_RARE, true),
  ALPHABET("IBM737", "IBM737", LD_COST_RARE, true),
  ALPHABET("IBM862", "IBM862", LD_COST_RARE, true),
  { "GB18030", "gb18030",
    "windows-936-2000 ibm-1383_P110-1999 ibm-5478_P100-1995",
    LD_CODING_PAIRS, LD_HOME_HANS, LD_COST_KNOWN, false, false, { 1, 2, 2, 4 } },
  { "Big5-HKSCS", "ibm-1375_P100-2008", "windows-950-2000 ibm-950_P110-1999",
    LD_CODING_PAIRS, LD_HOME_HANT, LD_COST_KNOWN, false, false, { 1, 2, 2, 2 } },
  { "Shift_JIS", "ibm-943_P15A-2003", NULL,
    LD_CODING_PAIRS, LD_HOME_JAPANESE, LD_COST_KNOWN, false, false,
    { 1, 2, 2, 2 } },
  { "EUC-JP", "euc-jp-2007", NULL, LD_CODING_PAIRS, LD_HOME_JAPANESE,
    LD_COST_KNOWN, false, false, { 1, 2, 2, 2 } },
  { "EUC-KR", "windows-949-2000",
    "ibm-970_P110_P110-2006_U2 ibm-949_P110-1999",
    LD_CODING_PAIRS, LD_HOME_KOREAN, LD_COST_KNOWN, false, false,
    { 1, 2, 2, 2 } },
  /* Those that show themselves, or have to be declared. */
  { "UTF-8", "UTF-8", "US-ASCII", LD_CODING_UTF8, LD_HOME_ANY,
    LD_COST_DECLARED, false, false, { 0, 0, 0, 0 } },
  { "UTF-16LE", "UTF-16LE", "UTF-16", LD_CODING_UTF16, LD_HOME_ANY,
    LD_COST_DECLARED, false, false, { 2, 2, 2, 4 } },
  { "UTF-16BE", "UTF-16BE", NULL, LD_CODING_UTF16, LD_HOME_ANY,
    LD_COST_DECLARED, true, false, { 2, 2, 2, 4 } },
  { "UTF-32LE", "UTF-32LE", "UTF-32", LD_CODING_UTF32, LD_HOME_ANY,
    LD_COST_DECLARED, false, false, { 4, 4, 4, 4 } },
  { "UTF-32BE", "UTF-32BE", NULL, LD_CODING_UTF32, LD_HOME_ANY,
    LD_COST_DECLARED, true, false, { 4, 4, 4, 4 } },
  { "ISO-2022-JP", "ISO-2022-JP", NULL, LD_CODING_STATES, LD_HOME_JAPANESE,
    LD_COST_DECLARED, false, false, { 1, 2, 2, 2 } },
  { "ISO-2022-KR", "ISO-2022-KR", NULL, LD_CODING_STATES, LD_HOME_KOREAN,
    LD_COST_DECLARED, false, false, { 1, 2, 2, 2 } },
  { "HZ-GB-2312", "HZ", NULL, LD_CODING_STATES, LD_HOME_HANS,
    LD_COST_DECLARED, false, false, { 1, 2, 2, 2 } },
  ALPHABET("ISO-8859-1", "ISO-8859-1", LD_COST_DECLARED, false),
  ALPHABET("ISO-8859-10", "ISO-8859-10", LD_COST_DECLARED, false),
  ALPHABET("ISO-8859-14", "ISO-8859-14", LD_COST_DECLARED, false),
  ALPHABET("windows-1258", "windows-1258", LD_COST_DECLARED, false),
  ALPHABET("windows-874", "windows-874-2000", LD_COST_DECLARED, false)
};
enum { CHARSETS = sizeof charsets / sizeof *charsets };

const ld_charset *ld_charset_at (int i) {
  return i >= 0 && i < CHARSETS ? charsets + i : NULL;
}


const ld_charset *ld_charset_named (const char *name) {
  int i = 0;
  while (strcmp(charsets[i].name, name) != 0) i++;
  return charsets + i;
}


/* ------------------------------------------------------------------- names */

enum { LABEL_MAX = 60 };

/* Whether a word is among others with spaces between. */
static bool is_among (const char *word, const char *words) {
  size_t n = strlen(word);
  for (const char *p = words; p && (p = strstr(p, word)) != NULL; p += n)
    if ((p == words || p[-1] == ' ') && (p[n] == ' ' || !p[n])) return true;
  return false;
}

/* The one that ICU means by a name, or NULL. */
static const ld_charset *find (const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  const char *meant = ucnv_getAlias(name, 0, &status);
  if (!meant || U_FAILURE(status)) return NULL;
  for (int i = 0; i < CHARSETS; i++) {
    status = U_ZERO_ERROR;
    const char *own = ucnv_getAlias(charsets[i].icu, 0, &status);
    if ((own && strcmp(own, meant) == 0) || is_among(meant, charsets[i].also))
      return charsets + i;
  }
  return NULL;
}

/* Headers come from anywhere: a name is letters, digits and three marks. */
const ld_charset *ld_charset_find (const char *name) {
  static const char good[] = "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:";
  char plain[LABEL_MAX];
  name += strspn(name, " \t\"'");
  size_t n = strspn(name, good);
  if (n == 0 || n >= sizeof plain || name[n + strspn(name + n, " \t\"'")])
    return NULL;
  memcpy(plain, name, n);
  plain[n] = '\0';
  const ld_charset *charset = find(plain);
  bool own = n > 2 && (plain[0] == 'x' || plain[0] == 'X') && plain[1] == '-';
  return charset || !own ? charset : find(plain + 2);
}


/* ------------------------------------------------------------------ tables */

enum { PAIR_TABLES = 5 };     /* as many encodings have pairs */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint32_t byte_tables[CHARSETS][256];
static ld_pairs pair_tables[PAIR_TABLES];
static int pair_count;
static _Atomic(void *) tables[CHARSETS];     /* an encoding's, once it is made */

/* What a byte is by itself. */
static void *make_bytes (UConverter *converter, int number) {
  uint32_t *table = byte_tables[number];
  for (int i = 0; i < 256; i++) {
    UErrorCode status = U_ZERO_ERROR;
    char byte = (char)i, text[4];
    const char *p = &byte;
    UChar32 cp = ucnv_getNextUChar(converter, &p, &byte + 1, &status);
    int n = ld_utf8_write(U_FAILURE(status) ? 0xFFFD : (uint32_t)cp, text);
    for (int k = 0; k < n; k++)
      table[i] |= (uint32_t)(unsigned char)text[k] << 8 * k;
    table[i] |= (uint32_t)n << 24;
  }
  return table;
}

/* The pairs of one lead byte, each with a line end after it: where that leaves
** one character of the first plane it is the pair's. */
static void make_row (UConverter *converter, uint16_t *row, int lead) {
  char bytes[LD_TRAILS * 3];
  UChar text[LD_TRAILS * 3];
  UErrorCode status = U_ZERO_ERROR;
  for (int i = 0; i < LD_TRAILS; i++) {
    bytes[3 * i] = (char)lead;
    bytes[3 * i + 1] = (char)(0x40 + i);
    bytes[3 * i + 2] = '\n';
  }
  int32_t n = ucnv_toUChars(converter, text, LD_TRAILS * 3, bytes,
                            LD_TRAILS * 3, &status);
  if (U_FAILURE(status)) n = 0;
  for (int32_t i = 0, at = 0; at < n && i < LD_TRAILS; i++) {
    int32_t from = at;
    while (at < n && text[at] != '\n') at++;
    if (at - from == 1 && text[from] != 0xFFFD) row[i] = text[from];
    at++;
  }
}

static void *make_pairs (UConverter *converter, int number) {
  (void)number;
  if (pair_count == PAIR_TABLES) return NULL;
  ld_pairs *table = pair_tables + pair_count++;
  for (int i = 0; i < LD_LEADS; i++)
    make_row(converter, (*table)[i], 0x81 + i);
  return table;
}

static void *table_of (const ld_charset *charset,
                       void *(*make) (UConverter *converter, int number)) {
  int number = (int)(charset - charsets);
  _Atomic(void *) *place = tables + number;
  void *table = atomic_load_explicit(place, memory_order_acquire);
  if (table) return table;
  pthread_mutex_lock(&lock);
  table = atomic_load_explicit(place, memory_order_relaxed);
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = table ? NULL : ucnv_open(charset->icu, &status);
  if (converter) {
    table = make(converter, number);
    ucnv_close(converter);
    atomic_store_explicit(place, table, memory_order_release);
  }
  pthread_mutex_unlock(&lock);
  return table;
}

const uint32_t *ld_charset_bytes (const ld_charset *charset) {
  return table_of(charset, make_bytes);
}

const ld_pairs *ld_charset_pairs (const ld_charset *charset) {
  return table_of(charset, make_pairs);
}
