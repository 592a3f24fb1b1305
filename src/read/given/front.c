/*
** front.c - front matter: the lines between two fences at the head of a text,
** YAML between "---", TOML between "+++".
**
** What people write there are names and values: words, quoted words, dates, and
** lists of these. That is read; whatever is nested or has other signs of these
** languages is left alone, with one note for the document. The lines stay in
** the text, as blocks of the kind header, so that a field can be cited.
*/
#include <stdio.h>
#include <string.h>

#include "read/given/given.h"

static const char PART = '\x1F';

enum { FRONT_MAX = 65536,   /* bytes: a longer one is no front matter */
       KEY_MAX = 63, VALUE_MAX = 4000 };

/* A stretch of the text. */
typedef struct stretch {
  const char *begin, *end;
} stretch;

typedef struct front {
  ld_builder *b;
  stretch all;              /* between the fences */
  bool toml;
  char value[VALUE_MAX];    /* of the entry at hand, decoded; the values of a
                               list with PART between them */
  size_t n;
  uint32_t items;           /* that it is joined of */
  stretch place;            /* where it stands */
  uint32_t odd_line;        /* of the first entry left alone; 0: none */
  uint32_t odd_count;
  char odd[KEY_MAX + 1];    /* its key */
} front;


/* ------------------------------------------------------------------ lines */

static bool is_line_end (char c) { return c == '\n' || c == '\r'; }
static bool is_blank (char c) { return c == ' ' || c == '\t'; }

/* The line at p without its end; '*next' is where the next one begins. */
static stretch line_at (const char *p, const char *end, const char **next) {
  stretch line = { p, p };
  while (line.end < end && !is_line_end(*line.end)) line.end++;
  p = line.end;
  if (p < end && *p == '\r') p++;
  if (p < end && *p == '\n') p++;
  *next = p;
  while (line.end > line.begin && is_blank(line.end[-1])) line.end--;
  return line;
}

static bool is_fence (stretch line, const char *fence) {
  return line.end - line.begin == 3 && memcmp(line.begin, fence, 3) == 0;
}

static const char *skip_blanks (const char *p, const char *end) {
  while (p < end && is_blank(*p)) p++;
  return p;
}

static bool is_key_byte (char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         c == ' ' || (unsigned char)c >= 0x80;
}

/* The key that a line begins with, and what follows its sign; false where it
** begins with none. */
static bool split_entry (stretch line, bool toml, stretch *key,
                         stretch *value) {
  const char *p = line.begin, sign = toml ? '=' : ':';
  char quote = p < line.end && (*p == '"' || *p == '\'') ? *p : '\0';
  key->begin = p += quote != '\0';
  while (p < line.end && is_key_byte(*p)) p++;
  key->end = p;
  if (quote && (p == line.end || *p++ != quote)) return false;
  while (key->end > key->begin && is_blank(key->end[-1])) key->end--;
  p = skip_blanks(p, line.end);
  if (p == line.end || *p++ != sign || key->end == key->begin ||
      is_blank(*key->begin) || key->end - key->begin > KEY_MAX)
    return false;
  if (!toml && p < line.end && !is_blank(*p)) return false;   /* a:b */
  value->begin = skip_blanks(p, line.end);
  value->end = line.end;
  return true;
}

/* Between two rules of a page there may be anything: front matter begins with an
** entry, its key one word, or with a table, or is empty. */
static bool is_plausible (stretch all, bool toml) {
  const char *next = all.begin;
  while (next < all.end) {
    stretch line = line_at(next, all.end, &next), key, value;
    if (line.begin == line.end || *line.begin == '#') continue;
    if (toml && *line.begin == '[') return true;
    return split_entry(line, toml, &key, &value) &&
           !memchr(key.begin, ' ', (size_t)(key.end - key.begin));
  }
  return true;
}

/* Finds the fences. Returns how many bytes front matter takes, or 0. */
static size_t find_front (const char *bytes, size_t n, front *f) {
  const char *end = bytes + (n < FRONT_MAX ? n : FRONT_MAX), *next;
  if (n < 6 || (*bytes != '+' && *bytes != '-')) return 0;
  stretch line = line_at(bytes, end, &next);
  f->toml = is_fence(line, "+++");
  if (!f->toml && !is_fence(line, "---")) return 0;
  f->all.begin = next;
  while (next < end) {
    line = line_at(next, end, &next);
    if (f->toml ? is_fence(line, "+++")
                : is_fence(line, "---") || is_fence(line, "...")) {
      f->all.end = line.begin;
      return is_plausible(f->all, f->toml) ? (size_t)(next - bytes) : 0;
    }
  }
  return 0;
}

size_t ld_front_length (const char *bytes, size_t n) {
  front f;
  return find_front(bytes, n, &f);
}


/* ----------------------------------------------------------------- values */

static void put (front *f, const char *bytes, size_t n) {
  if (n > VALUE_MAX - f->n) n = VALUE_MAX - f->n;
  memcpy(f->value + f->n, bytes, n);
  f->n += n;
}

/* What a backslash and the byte after it stand for; *p is moved past them. */
static void put_escape (front *f, const char **p, const char *end) {
  char c = *(*p)++, utf8[4];
  unsigned cp = 0, digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  if (!digits) {
    c = c == 'n' || c == 't' || c == 'r' ? ' ' : c;
    put(f, &c, 1);
    return;
  }
  for (; digits > 0 && *p < end; digits--, ++*p) {
    static const char hex[] = "0123456789abcdef";
    const char *digit = memchr(hex, **p | 0x20, 16);
    if (!digit) break;
    cp = cp << 4 | (unsigned)(digit - hex);
  }
  if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) cp = 0xFFFD;
  put(f, utf8, (size_t)ld_utf8_write(cp, utf8));
}

/* Reads what stands in quotes at p; NULL where they are not closed. */
static const char *put_quoted (front *f, const char *p, const char *end) {
  const char quote = *p++;
  while (p < end) {
    const char c = *p++;
    if (c == '\\' && quote == '"' && p < end) put_escape(f, &p, end);
    else if (c != quote) put(f, is_line_end(c) ? " " : &c, 1);
    else if (quote == '\'' && !f->toml && p < end && *p == quote)
      put(f, p++, 1);
    else return p;
  }
  return NULL;
}

/* Where a plain value ends that begins at p: before a remark, and in a list
** before its comma or bracket. */
static const char *plain_end (const char *p, const char *end, bool list) {
  const char *from = p;
  for (; p < end; p++) {
    if (*p == '#' && p > from && (is_blank(p[-1]) || is_line_end(p[-1])))
      break;
    if (list && (*p == ',' || *p == ']')) break;
  }
  while (p > from && (is_blank(p[-1]) || is_line_end(p[-1]))) p--;
  return p;
}

static bool is_nothing (const char *p, size_t n) {
  return (n == 1 && *p == '~') || (n == 4 && memcmp(p, "null", 4) == 0);
}

/* Signs of YAML and TOML for what we do not read. */
static bool is_odd (const char *p, const char *end) {
  return p < end && (memchr("{&*!@`%", *p, 7) != NULL ||
                     (end - p > 2 && (memcmp(p, "\"\"\"", 3) == 0 ||
                                      memcmp(p, "'''", 3) == 0)));
}

static const char *skip_space (const char *p, const char *end) {
  while (p < end && (is_blank(*p) || is_line_end(*p))) p++;
  return p;
}

/* One value, alone or of a list: adds it, and returns where it ended; NULL
** where it is none that we read. */
static const char *put_value (front *f, const char *p, const char *end,
                              bool list) {
  const size_t before = f->n;
  const char *stop;
  if (is_odd(p, end) || (p < end && *p == '[')) return NULL;
  if (f->items++ > 0) put(f, &PART, 1);
  const size_t from = f->n;
  if (p < end && (*p == '"' || *p == '\'')) {
    stop = put_quoted(f, p, end);
    if (stop) f->place = (stretch){ p + 1, stop - 1 };
  } else {
    stop = plain_end(p, end, list);
    f->place = (stretch){ p, stop };
    if (!is_nothing(p, (size_t)(stop - p))) put(f, p, (size_t)(stop - p));
  }
  if (f->n == from) {       /* nothing, or an empty text */
    f->n = before;
    f->items--;
  }
  return stop;
}

/* [a, "b", c]: all its values. False where it is not closed, or nested. */
static bool put_list (front *f, const char *p, const char *end) {
  for (p = skip_space(p + 1, end); p && p < end && *p != ']';) {
    if (*p != ',' && *p != '#' && !(p = put_value(f, p, end, true)))
      return false;
    p = skip_space(p, end);
    while (p < end && *p == '#')                   /* a remark in between */
      while (p < end && !is_line_end(*p)) p++;
    p = skip_space(p, end);
    if (p < end && *p == ',') p = skip_space(p + 1, end);
  }
  if (!p || p == end) return false;
  p = skip_space(p + 1, end);
  return p == end || *p == '#';
}

/* "- a" in lines of their own. */
static bool put_items (front *f, stretch lines) {
  const char *next = lines.begin, *first = NULL;
  while (next < lines.end) {
    stretch line = line_at(next, lines.end, &next), key, value;
    line.begin = skip_blanks(line.begin, line.end);
    if (line.begin == line.end || *line.begin == '#') continue;
    if (*line.begin != '-' || line.end - line.begin < 2 ||
        !is_blank(line.begin[1]))
      return false;
    line.begin = skip_blanks(line.begin + 1, line.end);
    if (split_entry(line, false, &key, &value) ||
        !put_value(f, line.begin, line.end, false))
      return false;
    if (first) f->place.begin = first;        /* from the first to the last */
    else first = f->place.begin;
  }
  return true;
}

/* After "|" and ">": the lines, as one. */
static void put_lines (front *f, stretch lines) {
  const char *next = lines.begin;
  f->items = 1;
  while (next < lines.end) {
    stretch line = line_at(next, lines.end, &next);
    line.begin = skip_blanks(line.begin, line.end);
    if (f->n && line.begin < line.end) put(f, " ", 1);
    put(f, line.begin, (size_t)(line.end - line.begin));
  }
}

/* Reads the value of an entry; false where it is none that we read. 'more' is
** what follows in lines that belong to it. */
static bool read_value (front *f, stretch value, stretch more) {
  const char *p = value.begin, *end = more.end;
  f->n = f->items = 0;
  f->place = (stretch){ p, end };
  if (p == value.end || *p == '#') {
    if (more.begin == more.end || f->toml) return !f->toml;
    return put_items(f, more);
  }
  if (*p == '[') {
    if (!put_list(f, p, end)) return false;
    f->place = (stretch){ p, plain_end(p, end, false) };
    return true;
  }
  if (!f->toml && (*p == '|' || *p == '>')) {
    put_lines(f, more);
    f->place = (stretch){ skip_space(more.begin, end), end };
    return true;
  }
  p = put_value(f, p, end, false);
  if (p) p = skip_space(p, end);
  return p && (p == end || *p == '#');
}


/* ----------------------------------------------------------------- fields */

/* Puts between the values of a list what people put there: commas, but where
** one of them has a comma itself. */
static void join (front *f, char out[2 * VALUE_MAX], size_t *n) {
  const char *between = memchr(f->value, ',', f->n) ? "; " : ", ";
  *n = 0;
  for (size_t i = 0; i < f->n; i++) {
    if (f->value[i] == PART) out[(*n)++] = between[0];
    out[(*n)++] = f->value[i] == PART ? ' ' : f->value[i];
  }
}

static void set_place (front *f, enum ld_field_id id) {
  lesdiplo_doc *doc = f->b->doc;
  doc->evidence[id].begin = (uint32_t)(f->place.begin - doc->text);
  doc->evidence[id].end = (uint32_t)(f->place.end - doc->text);
}

static void set_date (front *f, stretch line, const char *value, size_t n,
                      uint32_t number) {
  ld_builder *b = f->b;
  ld_given_day day;
  char how[160];
  size_t shown = (size_t)(line.end - line.begin);
  if (b->doc->field[LD_F_DATE]) return;
  if (!ld_given_date(value, n, &day)) {
    ld_builder_note(b, LESDIPLO_EFORMAT, b->doc->id, number,
                    "its date '%.*s' is none, or may be one of two: write "
                    "2026-01-31", (int)(n < 60 ? n : 60), value);
    return;
  }
  if (shown > 100) shown = ld_utf8_floor(line.begin, 100);
  snprintf(how, sizeof how, "stated in the line \"%.*s\"", (int)shown,
           line.begin);
  ld_given_set_date(b, &day, how);
  set_place(f, LD_F_DATE);
}

/* A value that is out of a list of words: a language, a kind. */
static void set_word (front *f, enum ld_field_id id, const char *value,
                      size_t n, uint32_t number) {
  ld_builder *b = f->b;
  char code[LD_LANGUAGE];
  const char *word = id == LD_F_KIND ? ld_given_kind(value, n)
                     : ld_given_language(value, n, code) ? code : NULL;
  if (b->doc->field[id]) return;
  if (word) {
    ld_builder_field(b, id, word, strlen(word));
    set_place(f, id);
  } else {
    ld_builder_note(b, LESDIPLO_EFORMAT, b->doc->id, number,
                    "its %s '%.*s' is none that is known, and is passed over",
                    id == LD_F_KIND ? "kind" : "language",
                    (int)(n < 60 ? n : 60), value);
  }
}

/* Sets the field of that name, unless it is set. */
static void set_field (front *f, stretch line, stretch key, uint32_t number) {
  static const char *const decoded[] = { "charset", "encoding" };
  ld_builder *b = f->b;
  char name[KEY_MAX + 1] = "", value[2 * VALUE_MAX];
  const size_t length = (size_t)(key.end - key.begin);
  size_t n;
  const enum ld_field_id id = ld_given_field(key.begin, length);
  memcpy(name, key.begin, length);
  join(f, value, &n);
  if (n == 0 || !strcmp(name, decoded[0]) || !strcmp(name, decoded[1])) return;
  if (id == LD_F_COUNT) ld_builder_more(b, name, value, n);
  else if (id == LD_F_DATE) set_date(f, line, value, n, number);
  else if (id == LD_F_LANG || id == LD_F_KIND)
    set_word(f, id, value, n, number);
  else if (!b->doc->field[id]) {
    ld_builder_field(b, id, value, n);
    if (b->doc->field[id]) set_place(f, id);
  }
}

static void set_aside (front *f, stretch key, uint32_t number) {
  if (f->odd_count++ > 0) return;
  size_t n = (size_t)(key.end - key.begin);
  if (n > KEY_MAX) n = ld_utf8_floor(key.begin, KEY_MAX);
  memcpy(f->odd, key.begin, n);
  f->odd[n] = '\0';
  f->odd_line = number;
}


/* ------------------------------------------------------------------ whole */

/* The lines after 'next' that complete a list, or a text in three quotes. */
static stretch rest_of_toml (const front *f, stretch value,
                             const char *next) {
  stretch more = { next, next };
  const char *closing = "]";
  size_t n = (size_t)(value.end - value.begin), opened = 1;
  if (n > 2 && (memcmp(value.begin, "\"\"\"", 3) == 0 ||
                memcmp(value.begin, "'''", 3) == 0)) {
    closing = *value.begin == '"' ? "\"\"\"" : "'''";
    opened = 3;
  } else if (n == 0 || *value.begin != '[') {
    return more;
  }
  stretch line = { value.begin + opened, value.end };
  while (more.end < f->all.end &&
         !memmem(line.begin, (size_t)(line.end - line.begin), closing,
                 strlen(closing)))
    line = line_at(more.end, f->all.end, &more.end);
  return more;
}

/* The lines after 'next' that belong to the entry before them: they are
** indented, or the items of a list. */
static stretch rest_of (const front *f, stretch value, const char *next) {
  if (f->toml) return rest_of_toml(f, value, next);
  stretch more = { next, next };
  const char *p = next;
  while (p < f->all.end) {
    const char *after;
    stretch line = line_at(p, f->all.end, &after);
    bool blank = skip_blanks(line.begin, line.end) == line.end;
    bool item = value.begin == value.end && line.end - line.begin > 1 &&
                line.begin[0] == '-' && is_blank(line.begin[1]);
    if (!blank && !item && !is_blank(*line.begin)) break;
    p = after;
    if (!blank) more.end = p;
  }
  return more;
}

static void read_entries (front *f) {
  const char *next = f->all.begin;
  uint32_t number = 1;
  while (next < f->all.end) {
    stretch key, value, line = line_at(next, f->all.end, &next);
    number++;
    if (line.begin == line.end || *line.begin == '#') continue;
    if (!split_entry(line, f->toml, &key, &value)) {
      set_aside(f, line, number);
      if (f->toml && *line.begin == '[') return;     /* tables to the end */
      continue;
    }
    stretch more = rest_of(f, value, next);
    if (read_value(f, value, more)) set_field(f, line, key, number);
    else set_aside(f, key, number);
    number += ld_count_lines(more.begin, more.end);
    next = more.end;
  }
}

size_t ld_front_read (ld_builder *b) {
  front f;
  if (!b->doc || b->failure) return 0;
  memset(&f, 0, sizeof f);
  f.b = b;
  const char *text = b->doc->text;
  const size_t n = find_front(text, b->doc->text_length, &f);
  const char *next = text;
  while (next < text + n) {
    stretch line = line_at(next, text + n, &next);
    line.begin = skip_blanks(line.begin, line.end);
    if (line.begin < line.end)
      ld_builder_block(b, (uint32_t)(line.begin - text),
                       (uint32_t)(line.end - text), LD_HEADER, 0);
  }
  if (n) read_entries(&f);
  if (f.odd_count)
    ld_builder_note(b, LESDIPLO_EFORMAT, b->doc->id, f.odd_line,
                    "'%s'%s of its front matter: only names with words, dates "
                    "and lists of them are read, and the rest is left alone",
                    f.odd, f.odd_count > 1 ? " and others" : "");
  return n;
}
