/*
** countries.c - prints the entity file of countries, territories and their
** currencies as CLDR, in the release that ICU carries, names them.
**
**     countries >lua/lesdiplo/data/entities/countries.txt
**
** Countries are the entries of ISO 3166-1, and Kosovo; currencies those that
** one of them uses. Beside CLDR's own names stand the spellings that follow
** from them (`spellings`, `add_bracket`). The same ICU prints the same bytes.
**
** It prints and ends; what it allocates is left to the system.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/ucurr.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ulocdata.h>
#include <unicode/uregion.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum {
  LANGUAGES = 8,
  LOCALES = 3,      /* of a language */
  MOST = 300,       /* entries of a kind; ISO 3166-1 has 249 */
  NAMES = 24,       /* of an entry in a language */
  LONGEST = 200     /* bytes of a name, and of what is made from it */
};

/* What is printed for a language comes from these locales, in this order. */
static const struct language {
  const char *id;
  const char *locales[LOCALES];
} languages[LANGUAGES] = {
  { "en", { "en" } }, { "zh", { "zh", "zh_Hant", "zh_Hant_HK" } },
  { "ru", { "ru" } }, { "fr", { "fr" } }, { "pt", { "pt", "pt_PT" } },
  { "es", { "es" } }, { "de", { "de" } }, { "ar", { "ar" } }
};
enum { CURRENCY_LANGUAGES = 4 };    /* the first of them */

enum form { NAME, ABBREVIATION, HISTORICAL, FORMS };
static const char *const forms[FORMS] = { "", " abbreviation", " historical" };

struct names {
  struct { enum form form; const char *text; } list[NAMES];
  int count;
};

struct entry {
  char id[4];           /* alpha-3, or the code of a currency */
  char alpha2[3];       /* "" for a currency */
  int numeric;          /* 0: ISO gives none */
  char currency[4];     /* of a country; "" where none is in use */
  struct names names[LANGUAGES];
};

struct table { struct entry entries[MOST]; int count; };
static struct table countries, currencies;


static _Noreturn void die (const char *what, const char *why) {
  fprintf(stderr, "countries: %s: %s\n", what, why);
  exit(1);
}

static void check (UErrorCode status, const char *what) {
  if (U_FAILURE(status)) die(what, u_errorName(status));
}

/* Into UTF-8. No-break spaces, as in the symbol of a franc, become plain. */
static void to_utf8 (char out[LONGEST], const UChar *text, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  UChar plain[LONGEST];
  if (length >= LONGEST) die("a name", "longer than LONGEST");
  for (int32_t i = 0; i < length; i++)
    plain[i] = text[i] == 0xA0 || text[i] == 0x202F ? ' ' : text[i];
  u_strToUTF8(out, LONGEST - 1, NULL, plain, length, &status);
  check(status, "a name");
  out[LONGEST - 1] = '\0';
}


/* ---------------------------------------------------------------- names */

/* The name as the program looks for it: simplified Han. */
static void simplify (char out[LONGEST], const char *name) {
  static UTransliterator *hans;
  UErrorCode status = U_ZERO_ERROR;
  static const UChar id[] = u"Traditional-Simplified";
  UChar text[LONGEST];
  int32_t length, limit;
  if (!hans)
    hans = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  u_strFromUTF8(text, LONGEST, &length, name, -1, &status);
  limit = length;
  utrans_transUChars(hans, text, &length, LONGEST, 0, &limit, &status);
  check(status, "Traditional-Simplified");
  to_utf8(out, text, length);
}

/* Adds a name unless the entry has it, be it in the other Han script. */
static void add (struct names *names, enum form form, const char *text) {
  char ours[LONGEST], other[LONGEST];
  simplify(ours, text);
  for (int i = 0; i < names->count; i++) {
    simplify(other, names->list[i].text);
    if (strcmp(ours, other) == 0) return;
  }
  if (names->count == NAMES) die(text, "no room: raise NAMES");
  names->list[names->count].form = form;
  names->list[names->count].text = strdup(text);
  if (!names->list[names->count++].text) die("no memory", text);
}

/* How others write what CLDR writes so. Without a language: in all. */
static const struct spelling { const char *language, *from, *to; }
spellings[] = {
  { "en", " & ", " and " }, { "en", "St. ", "Saint " }, { "en", "St. ", "St " },
  { "en", "U.S. ", "US " },
  { "ru", "о-ва", "острова" }, { "ru", "о-в ", "остров " },
  { "ru", "Св. ", "Святой " }, { "ru", " — ", "-" },
  { "es", "EE. UU.", "Estados Unidos" },
  { NULL, " - ", "-" }
};

/* Adds the spellings of all names, of those that it adds, too. */
static void add_spellings (struct names *names, const char *language) {
  for (int i = 0; i < names->count; i++) {
    const char *text = names->list[i].text;
    for (size_t k = 0; k < sizeof spellings / sizeof *spellings; k++) {
      const struct spelling *s = &spellings[k];
      const char *at = strstr(text, s->from);
      char made[LONGEST];
      if (!at || (s->language && strcmp(s->language, language) != 0)) continue;
      int length = snprintf(made, sizeof made, "%.*s%s%s", (int)(at - text),
                            text, s->to, at + strlen(s->from));
      if (length >= LONGEST) die(text, "its spelling is longer than LONGEST");
      add(names, names->list[i].form, made);
    }
  }
}

/* How many of its characters are such. */
static int count (const char *text, UBool (*such)(UChar32)) {
  const uint8_t *bytes = (const uint8_t *)text;
  int result = 0, n = (int)strlen(text);
  for (int i = 0; i < n; ) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, n, c);
    result += such(c) != 0;
  }
  return result;
}

/* Whether all letters of a short name are capitals: "UK", "É.-U.". */
static int is_abbreviation (const char *text) {
  int letters = count(text, u_isalpha);
  return letters > 0 && letters == count(text, u_isupper);
}


/* ------------------------------------------------------------- brackets */

/* The parts of "Cocos (Keeling) Islands"; "" where nothing is bracketed. */
struct bracket { char without[LONGEST], content[LONGEST]; };

static void split (struct bracket *out, const char *name) {
  static const char *const signs[][2] = { { "(", ")" }, { "（", "）" } };
  *out = (struct bracket){ "", "" };
  for (int i = 0; i < 2; i++) {
    const char *open = strstr(name, signs[i][0]);
    const char *close = open ? strstr(open, signs[i][1]) : NULL;
    if (!close || open == name) continue;
    const char *content = open + strlen(signs[i][0]);
    const char *rest = close + strlen(signs[i][1]);
    int before = (int)(open - name);
    if (name[before - 1] == ' ') before--;
    if (*rest == ' ' && (rest[1] & 0x80) && (name[0] & 0xF0) == 0xE0)
      rest++;                           /* Han has no spaces of its own */
    snprintf(out->without, LONGEST, "%.*s%s", before, name, rest);
    snprintf(out->content, LONGEST, "%.*s", (int)(close - content), content);
  }
}

/*
** Countries that have another name now: CLDR puts the earlier one in brackets,
** or among the variants. In other names a bracket tells places apart ("Congo
** (DRC)") or says what they are ("САР"): it is no name.
*/
static int is_renamed (const struct entry *country) {
  return strcmp(country->id, "MMR") == 0 || strcmp(country->id, "SWZ") == 0;
}

/* The names without brackets, where these leave one that nobody else has. */
static void add_bracket (int which, struct names *names,
                         char (*all)[LONGEST]) {
  struct bracket ours, other;
  split(&ours, all[which]);
  if (!ours.without[0]) return;
  for (int i = 0; i < countries.count; i++) {
    split(&other, all[i]);
    if (i != which && (strcmp(ours.without, all[i]) == 0 ||
                       strcmp(ours.without, other.without) == 0)) return;
  }
  add(names, NAME, ours.without);
  if (is_renamed(&countries.entries[which]))
    add(names, HISTORICAL, ours.content);
}


/* ------------------------------------------------------------ countries */

static int by_id (const void *a, const void *b) {
  return strcmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

/* Gives the country its own currency, of several ("LSL" begins with "LS"),
** or else the one CLDR has first. XXX stands for none. */
static void choose_currency (struct entry *country) {
  UErrorCode status = U_ZERO_ERROR;
  char locale[8];
  const char *code;
  snprintf(locale, sizeof locale, "und_%s", country->alpha2);
  UEnumeration *used = ucurr_getKeywordValuesForLocale("currency", locale, 1,
                                                       &status);
  while ((code = uenum_next(used, NULL, &status)) != NULL) {
    int own = strncmp(code, country->alpha2, 2) == 0;
    if (strcmp(code, "XXX") == 0) continue;
    if (!country->currency[0] ||
        (own && strncmp(country->currency, country->alpha2, 2) != 0))
      snprintf(country->currency, sizeof country->currency, "%s", code);
  }
  check(status, locale);
  uenum_close(used);
}

/* Regions that have a number are those of ISO 3166-1, and Kosovo: its codes
** are the users' own, and most write XKX where ICU writes XKK. */
static void list_countries (void) {
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *all = uregion_getAvailable(URGN_TERRITORY, &status);
  const char *code;
  while ((code = uenum_next(all, NULL, &status)) != NULL) {
    const URegion *region = uregion_getRegionFromCode(code, &status);
    char locale[8];
    check(status, code);
    if (uregion_getNumericCode(region) <= 0) continue;
    if (countries.count == MOST) die(code, "no room: raise MOST");
    struct entry *country = &countries.entries[countries.count++];
    int kosovo = strcmp(code, "XK") == 0;
    snprintf(locale, sizeof locale, "und_%s", code);
    snprintf(country->alpha2, sizeof country->alpha2, "%s", code);
    snprintf(country->id, sizeof country->id, "%s",
             kosovo ? "XKX" : uloc_getISO3Country(locale));
    country->numeric = kosovo ? 0 : uregion_getNumericCode(region);
    choose_currency(country);
  }
  check(status, "territories");
  uenum_close(all);
  qsort(countries.entries, (size_t)countries.count, sizeof(struct entry),
        by_id);
}

/* The names of all countries in a locale, long or short. */
static void display (char (*out)[LONGEST], const char *locale,
                     UDisplayContext length) {
  UErrorCode status = U_ZERO_ERROR;
  ULocaleDisplayNames *shown = uldn_openForContext(locale, &length, 1, &status);
  check(status, locale);
  for (int i = 0; i < countries.count; i++) {
    UChar text[LONGEST];
    int32_t n = uldn_regionDisplayName(shown, countries.entries[i].alpha2, text,
                                       LONGEST, &status);
    check(status, countries.entries[i].id);
    to_utf8(out[i], text, n);
  }
  uldn_close(shown);
}

/* CLDR's variants, such as "Czech Republic", are in ICU's data alone: no
** function asks for them. */
static void add_variants (int language, const char *locale) {
  UErrorCode status = U_ZERO_ERROR;
  UResourceBundle *regions = ures_open(U_ICUDATA_NAME "-region", locale,
                                       &status);
  UResourceBundle *variants = ures_getByKey(regions, "Countries%variant", NULL,
                                            &status);
  check(status, locale);
  for (int i = 0; i < countries.count; i++) {
    struct entry *country = &countries.entries[i];
    int32_t length;
    char name[LONGEST];
    status = U_ZERO_ERROR;
    const UChar *text = ures_getStringByKey(variants, country->alpha2, &length,
                                            &status);
    if (U_FAILURE(status)) continue;
    to_utf8(name, text, length);
    add(&country->names[language], is_renamed(country) ? HISTORICAL : NAME,
        name);
  }
  ures_close(variants);
  ures_close(regions);
}

static void name_countries (int language, const char *locale) {
  static char full[MOST][LONGEST], brief[MOST][LONGEST];
  display(full, locale, UDISPCTX_LENGTH_FULL);
  display(brief, locale, UDISPCTX_LENGTH_SHORT);
  for (int i = 0; i < countries.count; i++) {
    struct names *names = &countries.entries[i].names[language];
    add(names, NAME, full[i]);
    add(names, is_abbreviation(brief[i]) ? ABBREVIATION : NAME, brief[i]);
    add_bracket(i, names, full);
  }
  add_variants(language, locale);
}


/* ----------------------------------------------------------- currencies */

static void list_currencies (void) {
  for (int i = 0; i < countries.count; i++) {
    const char *code = countries.entries[i].currency;
    UChar wide[4];
    int k = 0;
    while (k < currencies.count && strcmp(currencies.entries[k].id, code) != 0)
      k++;
    if (!code[0] || k < currencies.count) continue;
    u_uastrcpy(wide, code);
    strcpy(currencies.entries[k].id, code);
    currencies.entries[k].numeric = ucurr_getNumericCode(wide);
    currencies.count++;
  }
  qsort(currencies.entries, (size_t)currencies.count, sizeof(struct entry),
        by_id);
}

/* Its long name, and its sign where that is a word: "FCFA", "R$". */
static void name_currency (struct entry *currency, int language,
                           const char *locale) {
  struct names *names = &currency->names[language];
  UErrorCode status = U_ZERO_ERROR;
  UChar code[4];
  UBool choice;
  int32_t length;
  char text[LONGEST];
  u_uastrcpy(code, currency->id);
  const UChar *name = ucurr_getName(code, locale, UCURR_LONG_NAME, &choice,
                                    &length, &status);
  check(status, currency->id);
  to_utf8(text, name, length);
  if (strcmp(text, currency->id) != 0) add(names, NAME, text);
  name = ucurr_getName(code, locale, UCURR_SYMBOL_NAME, &choice, &length,
                       &status);
  check(status, currency->id);
  to_utf8(text, name, length);
  if (strcmp(text, currency->id) != 0 && count(text, u_isalpha) > 0)
    add(names, ABBREVIATION, text);
}


/* --------------------------------------------------------------- output */

static void name_all (void) {
  for (int i = 0; i < LANGUAGES; i++)
    for (int k = 0; k < LOCALES && languages[i].locales[k]; k++) {
      name_countries(i, languages[i].locales[k]);
      for (int m = 0; m < currencies.count && i < CURRENCY_LANGUAGES; m++)
        name_currency(&currencies.entries[m], i, languages[i].locales[k]);
    }
}

/* The names of one form in a line; none where there are none. */
static void print_names (const struct names *names, const char *language,
                         enum form form) {
  int printed = 0;
  for (int i = 0; i < names->count; i++) {
    if (names->list[i].form != form) continue;
    if (printed++ == 0) printf("%s%s: ", language, forms[form]);
    else printf("; ");
    printf("%s", names->list[i].text);
  }
  if (printed > 0) printf("\n");
}

static void print_table (struct table *table, const char *kind) {
  for (int i = 0; i < table->count; i++) {
    struct entry *entry = &table->entries[i];
    printf("\n[%s %s]\n", entry->id, kind);
    if (entry->alpha2[0]) printf("alpha2: %s\n", entry->alpha2);
    if (entry->numeric > 0) printf("numeric: %03d\n", entry->numeric);
    if (entry->currency[0]) printf("currency: %s\n", entry->currency);
    for (int k = 0; k < LANGUAGES; k++) {
      add_spellings(&entry->names[k], languages[k].id);
      for (int form = 0; form < FORMS; form++)
        print_names(&entry->names[k], languages[k].id, (enum form)form);
    }
  }
}

static void print_header (void) {
  UErrorCode status = U_ZERO_ERROR;
  UVersionInfo cldr, icu;
  char version[U_MAX_VERSION_STRING_LENGTH];
  ulocdata_getCLDRVersion(cldr, &status);
  check(status, "CLDR's version");
  u_getVersion(icu);
  u_versionToString(cldr, version);
  printf("# Countries, territories and currencies.\n"
         "# Made from CLDR %s", version);
  u_versionToString(icu, version);
  printf(" in ICU %s by `make countries`: do not edit.\n"
         "#\n"
         "# A country's id is its alpha-3 code in ISO 3166-1; of Kosovo, which"
         " has none there, XKX.\n"
         "#   alpha2    its code of two letters in the same standard\n"
         "#   numeric   its number there, three digits (of Kosovo none)\n"
         "#   currency  the code of what it pays with: its own currency, if it"
         " has one\n"
         "# A currency's id is its code in ISO 4217, numeric its number"
         " there.\n", version);
}

int main (void) {
  list_countries();
  list_currencies();
  name_all();
  print_header();
  print_table(&countries, "country");
  print_table(&currencies, "currency");
  if (fflush(stdout) != 0 || ferror(stdout))
    die("standard output", "cannot be written");
  return 0;
}
