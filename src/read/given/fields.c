/*
** fields.c - names that people give to a document's fields, and the values that
** can be wrong: a date, a language, a kind.
*/
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <unicode/uloc.h>

#include "read/given/given.h"

static bool is (const char *name, size_t n, const char *word) {
  return strlen(word) == n && strncasecmp(name, word, n) == 0;
}

enum ld_field_id ld_given_field (const char *name, size_t n) {
  static const struct { const char *name; enum ld_field_id id; } names[] = {
    { "title", LD_F_TITLE }, { "headline", LD_F_TITLE },
    { "date", LD_F_DATE }, { "published", LD_F_DATE },
    { "publishdate", LD_F_DATE }, { "publish_date", LD_F_DATE },
    { "pubdate", LD_F_DATE }, { "date_published", LD_F_DATE },
    { "source", LD_F_SOURCE }, { "publisher", LD_F_SOURCE },
    { "site", LD_F_SOURCE }, { "site_name", LD_F_SOURCE },
    { "outlet", LD_F_SOURCE }, { "publication", LD_F_SOURCE },
    { "byline", LD_F_BYLINE }, { "author", LD_F_BYLINE },
    { "authors", LD_F_BYLINE }, { "creator", LD_F_BYLINE },
    { "dateline", LD_F_DATELINE }, { "lang", LD_F_LANG },
    { "language", LD_F_LANG }, { "kind", LD_F_KIND }
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (is(name, n, names[i].name)) return names[i].id;
  return LD_F_COUNT;
}


/* ------------------------------------------------------------------ dates */

/* March 2024 */
static bool read_month (const char *text, size_t n, int *year, int *month) {
  const char *end = text + n, *space = text;
  int k, used = 0;
  while (space < end && ld_class_at(space, end, &k) != LD_SPACE) space += k;
  const char *p = ld_skip_space(space, end);
  char digits[8] = "";
  *month = ld_month(text, (size_t)(space - text));
  if (!*month || end - p != 4) return false;
  memcpy(digits, p, 4);
  return sscanf(digits, "%4d%n", year, &used) == 1 && used == 4;
}

/* 2024-03, 2024 */
static bool read_digits (const char *text, size_t n, int *year, int *month) {
  char copy[8] = "";
  int used = 0;
  if (n < 4 || n > 7) return false;
  memcpy(copy, text, n);
  if (strspn(copy, "0123456789-") != n) return false;
  if (n == 4) return sscanf(copy, "%4d%n", year, &used) == 1 && used == 4;
  return sscanf(copy, "%4d-%2d%n", year, month, &used) == 2 &&
         used == (int)n && *month >= 1 && *month <= 12;
}

bool ld_given_date (const char *text, size_t n, ld_given_day *out) {
  ld_day day;
  int year = 0, month = 0;
  if (ld_find_day(text, n, &day)) {
    snprintf(out->value, sizeof out->value, "%04d-%02d-%02d",
             day.year % 10000, day.month % 100, day.day % 100);
    out->precision = "day";
    return true;
  }
  if ((!read_digits(text, n, &year, &month) &&
       !read_month(text, n, &year, &month)) || year < 1000 || year > 2999)
    return false;
  if (month)
    snprintf(out->value, sizeof out->value, "%04d-%02d", year, month % 100);
  else
    snprintf(out->value, sizeof out->value, "%04d", year);
  out->precision = ld_given_precision(out->value);
  return true;
}

const char *ld_given_precision (const char *value) {
  size_t n = strlen(value);
  return n == 4 ? "year" : n == 7 ? "month" : "day";
}

void ld_given_set_date (ld_builder *b, const ld_given_day *day,
                        const char *how) {
  if (!b->doc || b->doc->field[LD_F_DATE]) return;
  ld_builder_field(b, LD_F_DATE, day->value, strlen(day->value));
  ld_builder_field(b, LD_F_DATE_PRECISION, day->precision,
                   strlen(day->precision));
  ld_builder_field(b, LD_F_DATE_HOW, how, strlen(how));
}


/* ------------------------------------------------------------- languages */

/* ISO 639-2 has a second code for a score of languages, which libraries use
** and ICU does not know. */
static const char *bibliographic (const char *code) {
  static const char *const codes[][2] = {
    { "alb", "sq" }, { "arm", "hy" }, { "baq", "eu" }, { "bur", "my" },
    { "chi", "zh" }, { "cze", "cs" }, { "dut", "nl" }, { "fre", "fr" },
    { "geo", "ka" }, { "ger", "de" }, { "gre", "el" }, { "ice", "is" },
    { "mac", "mk" }, { "mao", "mi" }, { "may", "ms" }, { "per", "fa" },
    { "rum", "ro" }, { "slo", "sk" }, { "tib", "bo" }, { "wel", "cy" }
  };
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (strcmp(codes[i][0], code) == 0) return codes[i][1];
  return code;
}

bool ld_given_language (const char *text, size_t n, char out[LD_LANGUAGE]) {
  char name[32] = "", code[LD_LANGUAGE] = "";
  UErrorCode error = U_ZERO_ERROR;
  if (n < 2 || n >= sizeof name) return false;
  memcpy(name, text, n);
  int32_t length = uloc_getLanguage(name, code, LD_LANGUAGE, &error);
  if (U_FAILURE(error) || length < 2 || length > 3) return false;
  const char *known = bibliographic(code);
  if (!*uloc_getISO3Language(known)) return false;
  strcpy(out, known);      /* two or three letters */
  return true;
}


/* ------------------------------------------------------------------ kinds */

const char *const ld_kinds[] = {
  "news", "wiki", "policy", "communique", "speech", "letter", "other", NULL
};

const char *ld_given_kind (const char *text, size_t n) {
  for (const char *const *kind = ld_kinds; *kind; kind++)
    if (is(text, n, *kind)) return *kind;
  return NULL;
}
