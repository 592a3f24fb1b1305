/*
** pairs.c - the header of a script as pairs: the block is found, and read line by
** line. The bytes are a stranger's, and this runs in the parent too: nothing here
** reads past the block, and work is linear in its length, at most 64 KiB.
*/
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "host/script/pairs.h"

/* The version of headers that this is. */
enum { FORMAT = 1 };
enum { LATEST_START = 4096, LONGEST = 65536 };

/* What is being read. Every step returns false once it has failed. */
typedef struct reader {
  const char *chunk;     /* offsets of values count from here */
  const char *p, *end;   /* of the current line */
  const char *limit;     /* where the block ends */
  uint32_t line;
  const char *table;
  ld_pairs *out;
  uint32_t size;         /* of out->items */
  ld_map seen;           /* of "table\nkey" and "[table]" */
  ld_arena *arena;
  lesdiplo_error *error;
  int code;              /* LESDIPLO_OK, or why it ended */
} reader;

static int fail_at (lesdiplo_error *error, int code, const char *script,
                    uint32_t line, const char *format, va_list arguments)
    LD_PRINTF(5, 0);
static int fail_at (lesdiplo_error *error, int code, const char *script,
                    uint32_t line, const char *format, va_list arguments) {
  char message[400];
  ld_vprint(message, sizeof message, format, arguments);
  /* a script's error shows its place itself */
  return ld_fail(error, code, script, line, "%s\n  %s:%u, in its header",
                 message, script, (unsigned)line);
}

int ld_header_fail (lesdiplo_error *error, int code, const char *script,
                    uint32_t line, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fail_at(error, code, script, line, format, arguments);
  va_end(arguments);
  return code;
}

static bool fail (reader *r, uint32_t line, const char *format, ...)
    LD_PRINTF(3, 4);
static bool fail (reader *r, uint32_t line, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  r->code = fail_at(r->error, LESDIPLO_EFORMAT, r->out->script, line, format,
                    arguments);
  va_end(arguments);
  return false;
}

static bool fail_memory (reader *r) {
  r->code = LESDIPLO_ENOMEM;
  ld_fail_memory(r->error);
  return false;
}


/* ----------------------------------------------------------------------
** The block
*/

typedef struct bounds {
  const char *begin, *end;     /* of what stands between the brackets */
  uint32_t line;               /* of 'begin' */
} bounds;

static bool starts_with (const char *p, const char *end, const char *head) {
  const size_t n = strlen(head);
  return (size_t)(end - p) >= n && memcmp(p, head, n) == 0;
}

/*
** If a header opens at p, sets p behind "lesdiplo-script", '*level' to the
** number of its '=' and returns true.
*/
static bool opens (const char **at, const char *end, size_t *level) {
  const char *p = *at;
  if (!starts_with(p, end, "--[")) return false;
  p += 3;
  *level = 0;
  while (p < end && *p == '=') p++, ++*level;
  if (p == end || *p++ != '[') return false;
  while (p < end && (*p == ' ' || *p == '\t')) p++;
  if (!starts_with(p, end, "lesdiplo-script")) return false;
  *at = p + strlen("lesdiplo-script");
  return true;
}

static const char *find_close (const char *p, const char *end, size_t level) {
  for (; (p = memchr(p, ']', (size_t)(end - p))) != NULL; p++) {
    const char *q = p + 1;
    while (q < end && *q == '=') q++;
    if (q < end && *q == ']' && (size_t)(q - p - 1) == level) return p;
    p = q - 1;
  }
  return NULL;
}

static const char *line_end (const char *p, const char *end) {
  const char *newline = memchr(p, '\n', (size_t)(end - p));
  return newline ? newline : end;
}

/* Finds the block on line 1 or 2. false with code OK: there is none. */
static bool find_block (reader *r, const char *chunk, size_t n,
                        bounds *out) {
  const char *p = chunk, *end = chunk + n;
  size_t level = 0;
  uint32_t line = 1;
  if (starts_with(p, end, "\xEF\xBB\xBF")) p += 3;
  if (!opens(&p, end, &level)) {
    p = line_end(p, end);
    if (p == end || p - chunk >= LATEST_START) return false;
    p++;
    line = 2;
    if (!opens(&p, end, &level)) return false;
  }
  char *number_end = NULL;
  char digits[8] = "";
  memcpy(digits, p, (size_t)(end - p) < 7 ? (size_t)(end - p) : 7);
  const long format = strtol(digits, &number_end, 10);
  if (number_end == digits || format < 1)
    return fail(r, line, "the header begins with lesdiplo-script and its "
                         "version: lesdiplo-script 1");
  if (format > FORMAT)
    return fail(r, line, "the header is of version %ld and this lesdiplo reads "
                         "version %d: install a newer one", format, FORMAT);
  const char *limit = end - p > LONGEST ? p + LONGEST : end;
  const char *close = find_close(p, limit, level);
  if (!close)
    return fail(r, line, "the header's comment is not closed within %d bytes",
                LONGEST);
  p = line_end(p, close);
  out->begin = p < close ? p + 1 : close;
  out->end = close;
  out->line = line + 1;
  return true;
}


/* ----------------------------------------------------------------------
** Values
*/

static const char QUOTES[] = "\"\"\"";

static void skip_space (reader *r) {
  while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\r'))
    r->p++;
}

/* Whether nothing but a comment is left on the line. */
static bool at_end (reader *r) {
  skip_space(r);
  return r->p == r->end || *r->p == '#';
}

/* Four or eight hexadecimal digits as UTF-8. */
static bool read_code_point (reader *r, int digits, char **to) {
  uint32_t cp = 0;
  for (int i = 0; i < digits; i++) {
    static const char hex[] = "0123456789abcdef";
    const char *d = r->p < r->end && *r->p ? strchr(hex, *r->p | 0x20) : NULL;
    if (!d || !*d)
      return fail(r, r->line, "\\u wants 4 hexadecimal digits, \\U 8");
    cp = cp * 16 + (uint32_t)(d - hex);
    r->p++;
  }
  if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
    return fail(r, r->line, "\\u: there is no such character");
  *to += ld_utf8_write(cp, *to);
  return true;
}

static bool read_escape (reader *r, char **to) {
  static const char names[] = "\"\\bfnrt", values[] = "\"\\\b\f\n\r\t";
  const char c = r->p < r->end ? *r->p++ : '\0';
  const char *name = c ? strchr(names, c) : NULL;
  if (c == 'u' || c == 'U') return read_code_point(r, c == 'u' ? 4 : 8, to);
  if (!name)
    return fail(r, r->line, "strings know \\\" \\\\ \\b \\f \\n \\r \\t \\u "
                            "\\U; for others write '...'");
  *(*to)++ = values[name - names];
  return true;
}

/* The closing quote, or NULL. */
static const char *string_end (const reader *r, char quote) {
  const char *p = r->p;
  for (; p < r->end && *p != quote; p++)
    if (*p == '\\' && quote == '"') p++;
  return p < r->end ? p : NULL;
}

/* "..." with escapes, or '...' without. What is written is never longer than
** what is read. */
static bool read_string (reader *r, const char **out) {
  const char quote = *r->p++;
  const char *end = string_end(r, quote);
  if (!end) return fail(r, r->line, "the string has no end");
  if (memchr(r->p, '\0', (size_t)(end - r->p)))
    return fail(r, r->line, "a header holds no NUL bytes");
  char *to = ld_arena_take(r->arena, (size_t)(end - r->p) + 1);
  if (!to) return fail_memory(r);
  *out = to;
  while (r->p < end) {
    if (*r->p != '\\' || quote == '\'') *to++ = *r->p++;
    else {
      r->p++;
      if (!read_escape(r, &to)) return false;
    }
  }
  *to = '\0';
  if (ld_utf8_check(*out, (size_t)(to - *out)) < (size_t)(to - *out))
    return fail(r, r->line, "the string is no UTF-8");
  r->p++;
  return true;
}

static bool read_list (reader *r, ld_value *value) {
  const size_t most = (size_t)(r->end - r->p) / 2 + 1;
  value->kind = LD_LIST;
  value->list.items = ld_arena_take(r->arena, most * sizeof(char *));
  if (!value->list.items) return fail_memory(r);
  r->p++;
  for (skip_space(r); r->p < r->end && *r->p != ']'; skip_space(r)) {
    if (*r->p != '"' && *r->p != '\'')
      return fail(r, r->line, "arrays hold strings, on one line: "
                              "[\"a\", \"b\"]");
    if (!read_string(r, &value->list.items[value->list.count++])) return false;
    skip_space(r);
    if (r->p < r->end && *r->p == ',') r->p++;
    else if (r->p < r->end && *r->p != ']')
      return fail(r, r->line, "a comma is missing between strings");
  }
  if (r->p == r->end) return fail(r, r->line, "the array has no end");
  r->p++;
  return true;
}

/* true, false, or a decimal integer with single '_' between digits. */
static bool read_word (reader *r, ld_value *value) {
  char word[32], *to = word;
  const char *begin = r->p;
  while (r->p < r->end && !strchr(" \t\r#", *r->p) && r->p - begin < 30) {
    if (*r->p != '_') *to++ = *r->p;
    r->p++;
  }
  *to = '\0';
  value->kind = LD_BOOLEAN;
  value->integer = strcmp(word, "true") == 0;
  if (value->integer || strcmp(word, "false") == 0) return true;
  value->kind = LD_INTEGER;
  value->integer = strtoll(word, &to, 10);
  if (to > word && *to == '\0' && value->integer > LLONG_MIN &&
      value->integer < LLONG_MAX)
    return true;
  return fail(r, r->line, "a value is a \"string\", an integer, true, false, "
                          "or an array of strings");
}

/* The three quotes that close a long string, or NULL. */
static const char *long_end (const reader *r) {
  for (const char *p = r->p; r->limit - p >= 3; p++) {
    if (*p == '\\') p++;
    else if (memcmp(p, QUOTES, 3) == 0) return p;
  }
  return NULL;
}

/* A backslash at the end of a line joins it to the next word. Says whether it was
** one, and passes it. */
static bool joins_lines (reader *r, const char *end) {
  const char *p = r->p;
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\r')) p++;
  if (p == end || *p != '\n') return false;
  while (p < end && strchr(" \t\r\n", *p)) r->line += *p++ == '\n';
  r->p = p;
  return true;
}

/* One character of a long string; CR LF is read as LF. */
static bool read_long_part (reader *r, const char *end, char **to) {
  if (*r->p == '\\') {
    r->p++;
    return joins_lines(r, end) || read_escape(r, to);
  }
  if (*r->p == '\r' && r->p[1] == '\n') r->p++;
  r->line += *r->p == '\n';
  *(*to)++ = *r->p++;
  return true;
}

/* Text in three quotes, over several lines. A newline directly behind the first
** ones is none of it. Afterwards the reader stands on its last line. */
static bool read_long_string (reader *r, const char **out) {
  r->p += 3;
  const char *end = long_end(r);
  if (!end) return fail(r, r->line, "the string in three quotes has no end");
  if (memchr(r->p, '\0', (size_t)(end - r->p)))
    return fail(r, r->line, "a header holds no NUL bytes");
  char *to = ld_arena_take(r->arena, (size_t)(end - r->p) + 1);
  if (!to) return fail_memory(r);
  const uint32_t first = r->line;
  *out = to;
  r->end = end;
  if (*r->p == '\r' && r->p[1] == '\n') r->p++;
  if (*r->p == '\n') r->line++, r->p++;
  while (r->p < end)
    if (!read_long_part(r, end, &to)) return false;
  *to = '\0';
  if (ld_utf8_check(*out, (size_t)(to - *out)) < (size_t)(to - *out))
    return fail(r, first, "the string is no UTF-8");
  r->p = end + 3;
  r->end = line_end(r->p, r->limit);
  return true;
}

static bool read_any (reader *r, ld_value *value) {
  if (r->end - r->p >= 3 && memcmp(r->p, QUOTES, 3) == 0)
    return read_long_string(r, &value->string);
  if (*r->p == '"' || *r->p == '\'') return read_string(r, &value->string);
  if (*r->p == '[') return read_list(r, value);
  return read_word(r, value);
}

static bool read_value (reader *r, ld_value *value) {
  memset(value, 0, sizeof *value);
  value->present = true;
  value->line = r->line;
  skip_space(r);
  if (at_end(r)) return fail(r, r->line, "a value is missing behind '='");
  value->begin = (uint32_t)(r->p - r->chunk);
  if (!read_any(r, value)) return false;
  value->end = (uint32_t)(r->p - r->chunk);
  return true;
}


/* ----------------------------------------------------------------------
** Lines
*/

/* Letters, digits, '_', '-' and dots. NULL: none. */
static const char *read_key (reader *r) {
  const char *begin = r->p;
  while (r->p < r->end &&
         strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                "0123456789_-.", *r->p) && *r->p)
    r->p++;
  if (r->p == begin) {
    fail(r, r->line, "a line is key = value, or [table]");
    return NULL;
  }
  const char *key = ld_arena_string(r->arena, begin, (size_t)(r->p - begin));
  if (!key) fail_memory(r);
  return key;
}

/* Remembers a key or a table; false when it was there before. */
static bool is_new (reader *r, const char *table, const char *mark,
                    const char *key, uint32_t at) {
  const size_t n = strlen(table) + strlen(mark) + strlen(key);
  char *name = ld_arena_take(r->arena, n + 1);
  uint32_t line;
  if (!name) return fail_memory(r);
  strcat(strcat(strcpy(name, table), mark), key);
  if (ld_map_get(&r->seen, name, n, &line))
    return fail(r, at, "%s stands twice: on line %u, too",
                *key ? key : table, (unsigned)line);
  ld_map_put(&r->seen, name, n, at);
  return r->seen.failed ? fail_memory(r) : true;
}

static bool add_pair (reader *r, const ld_pair *pair) {
  ld_pairs *out = r->out;
  if (out->count == r->size) {
    r->size = r->size * 2 + 32;
    ld_pair *items = ld_arena_take(r->arena, r->size * sizeof *items);
    if (!items) return fail_memory(r);
    if (out->count > 0) memcpy(items, out->items, out->count * sizeof *items);
    out->items = items;
  }
  out->items[out->count++] = *pair;
  return true;
}

static bool read_table (reader *r) {
  ld_pair opening = { .value = { .line = r->line } };
  r->p++;
  skip_space(r);
  const char *name = read_key(r);
  if (!name) return false;
  const char *dot = strchr(name, '.');
  skip_space(r);
  if (r->p == r->end || *r->p != ']' || *name == '.' ||
      (dot && (!dot[1] || strchr(dot + 1, '.'))))
    return fail(r, r->line, "a table is [name] or [name.name]");
  r->p++;
  opening.value.end = (uint32_t)(r->p - r->chunk);
  if (!at_end(r)) return fail(r, r->line, "nothing stands behind a table's ]");
  r->table = opening.table = name;
  return is_new(r, name, "[]", "", r->line) && add_pair(r, &opening);
}

static bool read_pair (reader *r) {
  ld_pair one;
  one.table = r->table;
  one.key = read_key(r);
  if (!one.key) return false;
  skip_space(r);
  if (r->p == r->end || *r->p++ != '=')
    return fail(r, r->line, "'=' is missing behind %s", one.key);
  if (!read_value(r, &one.value)) return false;
  if (!at_end(r))
    return fail(r, r->line, "something stands behind the value of %s",
                one.key);
  return is_new(r, one.table, "\n", one.key, one.value.line) &&
         add_pair(r, &one);
}

static bool read_lines (reader *r, const bounds *block) {
  const char *next = block->begin;
  r->line = block->line;
  r->limit = block->end;
  r->table = "";
  for (; next < block->end; r->line++) {
    r->p = next;
    r->end = line_end(next, block->end);
    if (!at_end(r) && !(*r->p == '[' ? read_table(r) : read_pair(r)))
      return false;
    next = r->end < block->end ? r->end + 1 : block->end;
  }
  return true;
}

int ld_pairs_read (ld_pairs *out, ld_arena *arena, const char *chunk, size_t n,
                   const char *name, lesdiplo_error *error) {
  reader r;
  bounds block = { NULL, NULL, 0 };
  memset(out, 0, sizeof *out);
  memset(&r, 0, sizeof r);
  out->script = name;
  r.chunk = chunk;
  r.out = out;
  r.arena = arena;
  r.error = error;
  ld_map_init(&r.seen, arena->memory);
  out->present = find_block(&r, chunk, n, &block);
  if (out->present) read_lines(&r, &block);
  ld_map_free(&r.seen);
  return r.code;
}
