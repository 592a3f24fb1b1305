/*
** read.c - the files that entity tables are written in:
**
**     # a remark
**     [LSO country]
**     capital: maseru
**     en: Lesotho
**     en adjective: Basotho
**     en demonym: Mosotho; Basotho
**     doubt: Jordan
**
** A head begins an entry, or goes on with it; a key that is a language, or a
** language and a form, has names, any other a fact. `doubt` lists names of the
** entry that are other things, too. Names that differ in a word may be written as
** one, `{United Nations|UN} Office`: each choice is a name, and what stands first
** in its braces comes first. Two blanks and '#' begin a remark.
*/
#include <stdio.h>
#include <string.h>

#include "mark/entity/entity.h"

typedef struct reader {
  ld_gazetteer *table;
  ld_complain *complain;
  void *data;
  uint32_t line, entity;
  bool starved;
} reader;

typedef struct slice {
  const char *p;
  size_t n;
} slice;

enum {
  TOLD_MOST = 100,         /* bytes of a line in a complaint */
  CHOICE_MOST = 512,       /* bytes of a name that was written with choices */
  CHOICES_MOST = 64        /* names that one stands for */
};

static void complain (reader *r, slice what, const char *message) {
  char text[256];
  const size_t n = what.n < TOLD_MOST ? what.n : ld_utf8_floor(what.p, TOLD_MOST);
  if (what.n == 0) snprintf(text, sizeof text, "%s", message);
  else snprintf(text, sizeof text, "'%.*s' %s", (int)n, what.p, message);
  r->complain(r->data, r->line, text);
}

static slice trim (slice s) {
  while (s.n > 0 && (*s.p == ' ' || *s.p == '\t')) s.p++, s.n--;
  while (s.n > 0 && memchr(" \t\r", s.p[s.n - 1], 3)) s.n--;
  return s;
}

static bool is (slice s, const char *word) {
  return s.n == strlen(word) && memcmp(s.p, word, s.n) == 0;
}

static bool is_date (slice s) {
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] != '-' && (s.p[i] < '0' || s.p[i] > '9')) return false;
  return true;
}

/* Cuts what stands before the first `c` off, or all of it. */
static slice cut (slice *rest, char c) {
  const char *stop = memchr(rest->p, c, rest->n);
  const slice first = { rest->p, stop ? (size_t)(stop - rest->p) : rest->n };
  const size_t used = first.n + (stop != NULL);
  rest->p += used;
  rest->n -= used;
  return trim(first);
}

/* Does a stretch of time stand at the end of an office, "(2021-10..2024)"? It is taken
** off; false where it is none. */
static bool cut_time (slice *one) {
  const char *open = memchr(one->p, '(', one->n);
  if (!open) return !memchr(one->p, ')', one->n);
  slice to = { open + 1, (size_t)(one->p + one->n - open) - 1 };
  if (to.n < 3 || to.p[to.n - 1] != ')') return false;
  to.n--;
  const slice from = cut(&to, '.');
  if (to.n == 0 || *to.p != '.') return false;
  to.p++, to.n--;
  one->n = (size_t)(open - one->p);
  *one = trim(*one);
  return is_date(from) && is_date(to);
}

bool ld_is_office_list (const char *text, size_t n) {
  slice rest = { text, n };
  while (rest.n > 0) {
    slice one = trim(cut(&rest, ';'));
    if (!cut_time(&one) || cut(&one, ' ').n == 0 || memchr(trim(one).p, ' ', trim(one).n))
      return false;
  }
  return n > 0;
}

static void read_head (reader *r, slice line) {
  slice rest = { line.p + 1, line.n - 2 };
  const slice id = cut(&rest, ' '), kind = trim(rest);
  if (id.n == 0 || kind.n == 0 || id.n > 100 || kind.n > 40) {
    complain(r, line, "is no head: an entry begins with its id and kind, "
                      "[LSO country]");
    r->entity = LD_NONE;
    return;
  }
  if (!ld_is_kind(kind.p, kind.n)) {
    complain(r, line, "has a kind that nothing reads: there are country, org, place, "
                      "person, role, honorific, currency, word");
    r->entity = LD_NONE;
    return;
  }
  r->entity = ld_gazetteer_entity(r->table, id.p, id.n, kind.p, kind.n);
  r->starved |= r->entity == LD_NONE;
}

/* A language is two small letters, or more behind a dash: zh, zh-Hant. The keys
** `of` and `to` are none. */
static bool is_language (slice s) {
  if (is(s, "of") || is(s, "to")) return false;
  if (s.n != 2 && !(s.n > 3 && s.n < 8 && s.p[2] == '-')) return false;
  return s.p[0] >= 'a' && s.p[0] <= 'z' && s.p[1] >= 'a' && s.p[1] <= 'z';
}

/* How many names one stands for, with all the choices of its braces; 0 where a brace has no
** other half, and where that is too much. */
static uint32_t count_choices (slice name) {
  uint32_t all = 1, here = 0;      /* `here`: choices of the braces one is in */
  bool braces = false;
  for (size_t i = 0; i < name.n; i++) {
    const char c = name.p[i];
    if (c != '{' && c != '}' && (c != '|' || here == 0)) continue;
    if (c != '|' && (c == '{') == (here > 0)) return 0;
    braces = true;
    if (c == '}') all *= here;
    here = c == '}' ? 0 : here + 1;
    if (all > CHOICES_MOST || here > CHOICES_MOST) return 0;
  }
  return here > 0 || (braces && name.n > CHOICE_MOST) ? 0 : all;
}

/* Writes the name of that number, of all that one with braces stands for, into `text`: the
** choices of the first braces change fastest. */
static slice write_choice (slice name, uint32_t number, char *text) {
  const char *const end = name.p + name.n;
  uint32_t count = 1;              /* choices of the braces one is in */
  uint32_t here = 0, wanted = 0;   /* the choice one is in, and the one that is taken */
  size_t n = 0;
  for (const char *p = name.p; p < end; p++) {
    if (*p == '{') {
      for (const char *q = p; *q != '}'; q++) count += *q == '|';
      wanted = number % count;
      number /= count;
    } else if (*p == '}') {
      count = 1, here = wanted = 0;
    } else if (*p == '|' && count > 1) {
      here++;
    } else if (here == wanted) {
      text[n++] = *p;
    }
  }
  return trim((slice){ text, n });
}

static void take_name (reader *r, slice lang, enum ld_form form, slice name) {
  if (form == LD_FORMS)      /* a doubt: it counts for the entry's names now and later */
    r->starved |= !ld_gazetteer_fact(r->table, r->entity, "doubt", 5, name.p, name.n);
  else if (ld_gazetteer_name(r->table, r->entity, lang.p, lang.n, form, name.p, name.n))
    return;
  else if (r->table->failed)
    r->starved = true;
  else
    complain(r, name, "is no name: it has no letter, or is too long");
}

/* Names of a language and form, or doubts, which have none: LD_FORMS. */
static void read_names (reader *r, slice lang, enum ld_form form, slice names) {
  while (names.n > 0) {
    char text[CHOICE_MOST];
    const slice name = cut(&names, ';');
    const uint32_t count = count_choices(name);
    if (name.n == 0) continue;
    if (count == 0)
      complain(r, name, "cannot be read: braces have two halves, {United Nations|UN}, and a "
                        "name with braces has less than 512 bytes and 64 choices");
    else if (!memchr(name.p, '{', name.n))
      take_name(r, lang, form, name);
    else
      for (uint32_t i = 0; i < count; i++)
        take_name(r, lang, form, write_choice(name, i, text));
  }
}

static void read_line (reader *r, slice line) {
  slice rest = line;
  const slice key = cut(&rest, ':'), value = trim(rest);
  slice after = key;
  const slice lang = cut(&after, ' ');
  const enum ld_form form = ld_form_find(after.p, after.n);
  if (key.n == line.n || key.n == 0 || value.n == 0) {
    complain(r, line, "cannot be read: write 'en: names' or 'key: value'");
  } else if (r->entity == LD_NONE) {
    complain(r, line, "stands before the first entry, [LSO country]");
  } else if (is(key, "doubt")) {
    read_names(r, lang, LD_FORMS, value);
  } else if (is_language(lang) && form < LD_FORMS) {
    read_names(r, lang, form, value);
  } else if (is_language(lang) && after.n > 0) {
    complain(r, key, "is no form of a name; there are official abbreviation "
                     "adjective demonym historical metonym short plural");
  } else if (is(key, "holds") && !ld_is_office_list(value.p, value.n)) {
    complain(r, value, "is nothing to hold; write offices, "
                       "'foreign_minister NOR (2021-10..2024); mayor'");
  } else if (!ld_gazetteer_fact(r->table, r->entity, key.p, key.n, value.p,
                            value.n)) {
    r->starved = true;
  }
}

static slice without_remark (slice line) {
  for (size_t i = 0; i + 3 <= line.n; i++)
    if (memcmp(line.p + i, "  #", 3) == 0) line.n = i;
  return trim(line);
}

bool ld_gazetteer_read (ld_gazetteer *t, const char *bytes, size_t n,
                    ld_complain *say, void *data) {
  reader r = { t, say, data, 0, LD_NONE, false };
  const char *end = bytes + n;
  if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3;
  while (bytes < end && !r.starved) {
    const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
    if (!stop) stop = end;
    const slice line =
      without_remark((slice){ bytes, (size_t)(stop - bytes) });
    r.line++;
    bytes = stop + (stop < end);
    if (line.n == 0 || *line.p == '#') continue;
    if (ld_utf8_check(line.p, line.n) < line.n)
      complain(&r, (slice){ "", 0 }, "this line is not UTF-8, and is passed "
               "over: save the file as UTF-8");
    else if (memchr(line.p, '\0', line.n))
      complain(&r, (slice){ "", 0 }, "this line has a zero byte, and is passed "
               "over: save the file as plain text");
    else if (*line.p == '[' && line.p[line.n - 1] == ']') read_head(&r, line);
    else read_line(&r, line);
  }
  return !r.starved && !t->failed;
}
