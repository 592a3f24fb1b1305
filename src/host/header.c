/*
** header.c - the static header of a script, read and never run.
**
** It is a Lua long comment on line 1 or 2 that holds a strict subset of TOML:
** one pair a line; strings, integers, booleans, arrays of strings; tables of
** one or two names. Two passes: the lines become pairs, then the pairs are
** looked up by name. What asks for a right must be understood or the script is
** refused; what only informs may be unknown, with a warning.
**
** The bytes are a stranger's, and this runs in the parent too: nothing here
** reads past the block, and work is linear in its length, at most 64 KiB.
*/
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/host.h"

/* The version of headers, and of what scripts may use, that this is. */
enum { FORMAT = 1, API = 1 };
enum { LATEST_START = 4096, LONGEST = 65536 };

const char *const ld_param_types[LD_P_TYPES] = {
  "string", "int", "number", "bool", "date", "country", "enum", "list"
};
const char *const ld_need_names[LD_NEEDS] = { "read", "write", "run", "env" };

typedef struct entry {
  const char *table;     /* "", "needs", "param.country" */
  const char *key;
  ld_value value;
} entry;

/* What is being read. Every step returns false once 'failed'. */
typedef struct reader {
  const char *p, *end;   /* of the current line */
  uint32_t line;
  const char *table;
  entry *pairs;
  uint32_t count, size;
  ld_map seen;           /* of "table\nkey" and "[table]" */
  ld_arena *arena;
  ld_header *header;
  lesdiplo_error *error;
  int code;              /* LESDIPLO_OK, or why it ended */
} reader;

static bool fail (reader *r, uint32_t line, const char *format, ...)
    LD_PRINTF(3, 4);
static bool fail (reader *r, uint32_t line, const char *format, ...) {
  char message[400];
  va_list arguments;
  va_start(arguments, format);
  ld_vprint(message, sizeof message, format, arguments);
  va_end(arguments);
  /* a script's error shows its place itself */
  r->code = ld_fail(r->error, LESDIPLO_EFORMAT, r->header->script, line,
                    "%s\n  %s:%u, in its header", message, r->header->script,
                    (unsigned)line);
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

static bool read_value (reader *r, ld_value *value) {
  memset(value, 0, sizeof *value);
  value->present = true;
  value->line = r->line;
  skip_space(r);
  if (at_end(r)) return fail(r, r->line, "a value is missing behind '='");
  if (*r->p == '"' || *r->p == '\'') return read_string(r, &value->string);
  if (*r->p == '[') return read_list(r, value);
  return read_word(r, value);
}


/* ----------------------------------------------------------------------
** Lines
*/

/* Letters, digits, '_' and '-'; with 'dots', joined by dots. NULL: none. */
static const char *read_key (reader *r, bool dots) {
  const char *begin = r->p;
  while (r->p < r->end &&
         (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                 "0123456789_-", *r->p) || (dots && *r->p == '.')) && *r->p)
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
                    const char *key) {
  const size_t n = strlen(table) + strlen(mark) + strlen(key);
  char *name = ld_arena_take(r->arena, n + 1);
  uint32_t line;
  if (!name) return fail_memory(r);
  strcat(strcat(strcpy(name, table), mark), key);
  if (ld_map_get(&r->seen, name, n, &line))
    return fail(r, r->line, "%s stands twice: on line %u, too",
                *key ? key : table, (unsigned)line);
  ld_map_put(&r->seen, name, n, r->line);
  return r->seen.failed ? fail_memory(r) : true;
}

static bool add_pair (reader *r, const entry *pair) {
  if (r->count == r->size) {
    const uint32_t size = r->size * 2 + 32;
    entry *pairs = ld_arena_take(r->arena, size * sizeof *pairs);
    if (!pairs) return fail_memory(r);
    if (r->count > 0) memcpy(pairs, r->pairs, r->count * sizeof *pairs);
    r->pairs = pairs;
    r->size = size;
  }
  r->pairs[r->count++] = *pair;
  return true;
}

/* A parameter is there even if its table is empty: an entry without a key. */
static bool read_table (reader *r) {
  entry opening = { .value = { .line = r->line } };
  r->p++;
  skip_space(r);
  const char *name = read_key(r, true);
  if (!name) return false;
  const char *dot = strchr(name, '.');
  skip_space(r);
  if (r->p == r->end || *r->p != ']' || *name == '.' ||
      (dot && (!dot[1] || strchr(dot + 1, '.'))))
    return fail(r, r->line, "a table is [name] or [name.name]");
  r->p++;
  if (!at_end(r)) return fail(r, r->line, "nothing stands behind a table's ]");
  r->table = opening.table = name;
  return is_new(r, name, "[]", "") &&
         (strncmp(name, "param.", 6) != 0 || add_pair(r, &opening));
}

static bool read_pair (reader *r) {
  entry one;
  one.table = r->table;
  one.key = read_key(r, false);
  if (!one.key) return false;
  skip_space(r);
  if (r->p == r->end || *r->p++ != '=')
    return fail(r, r->line, "'=' is missing behind %s", one.key);
  if (!read_value(r, &one.value)) return false;
  if (!at_end(r))
    return fail(r, r->line, "something stands behind the value of %s",
                one.key);
  return is_new(r, one.table, "\n", one.key) && add_pair(r, &one);
}

static bool read_lines (reader *r, const bounds *block) {
  const char *next = block->begin;
  r->line = block->line;
  r->table = "";
  for (; next < block->end; r->line++) {
    r->p = next;
    r->end = line_end(next, block->end);
    next = r->end < block->end ? r->end + 1 : block->end;
    if (at_end(r)) continue;
    if (!(*r->p == '[' ? read_table(r) : read_pair(r))) return false;
  }
  return true;
}


/* ----------------------------------------------------------------------
** Meaning
*/

/* A key that may stand in a table, and where its value goes. */
typedef struct field {
  const char *key;
  int kinds;             /* a bit for each enum ld_kind that will do */
  ld_value *to;
} field;

enum {
  STRING = 1 << LD_STRING, INTEGER = 1 << LD_INTEGER,
  BOOLEAN = 1 << LD_BOOLEAN, LIST = 1 << LD_LIST,
  ANY = STRING | INTEGER | BOOLEAN | LIST
};

static const char *kinds_text (int kinds) {
  switch (kinds) {
    case STRING: return "a string";
    case INTEGER: return "an integer";
    case BOOLEAN: return "true or false";
    case LIST: return "an array of strings";
    case STRING | INTEGER: return "a string or an integer";
    default: return "a value of another kind";
  }
}

static bool warn (reader *r, uint32_t line, const char *format, ...)
    LD_PRINTF(3, 4);
static bool warn (reader *r, uint32_t line, const char *format, ...) {
  enum { MOST = 20 };
  ld_strings *warnings = &r->header->warnings;
  char message[300], full[600];
  va_list arguments;
  if (warnings->count == MOST) return true;
  va_start(arguments, format);
  ld_vprint(message, sizeof message, format, arguments);
  va_end(arguments);
  snprintf(full, sizeof full, "%s:%u: %s", r->header->script, (unsigned)line,
           message);
  if (!warnings->items)
    warnings->items = ld_arena_take(r->arena, MOST * sizeof(char *));
  const char *copy = ld_arena_string(r->arena, full, strlen(full));
  if (!warnings->items || !copy) return fail_memory(r);
  warnings->items[warnings->count++] = copy;
  return true;
}

/* Puts the pair where its field wants it; strict: an unknown key is refused. */
static bool place (reader *r, const entry *pair, const field *fields,
                   bool strict) {
  ld_near near = LD_NEAR_INIT(pair->key);
  char hint[96];
  for (const field *f = fields; f->key; f++) {
    if (strcmp(f->key, pair->key) != 0) {
      ld_near_try(&near, f->key);
      continue;
    }
    if (!(f->kinds & (1 << pair->value.kind)))
      return fail(r, pair->value.line, "%s must be %s", pair->key,
                  kinds_text(f->kinds));
    *f->to = pair->value;
    return true;
  }
  ld_near_text(&near, hint, sizeof hint);
  if (strncmp(pair->key, "x-", 2) == 0) return true;
  if (strict)
    return fail(r, pair->value.line, "this version does not know the need "
                                     "'%s'%s", pair->key, hint);
  return warn(r, pair->value.line, "the header has an unknown key '%s'%s",
              pair->key, hint);
}

static bool place_top (reader *r, const entry *pair) {
  ld_header *h = r->header;
  const field fields[] = {
    { "name", STRING, &h->name }, { "version", STRING, &h->version },
    { "api", INTEGER, &h->api }, { "summary", STRING, &h->summary },
    { "author", STRING, &h->author }, { "license", STRING, &h->license },
    { "categories", LIST, &h->categories }, { NULL, 0, NULL }
  };
  return place(r, pair, fields, false);
}

static bool place_need (reader *r, const entry *pair) {
  ld_header *h = r->header;
  const field fields[] = {
    { "read", LIST, &h->needs[LD_NEED_READ] },
    { "write", LIST, &h->needs[LD_NEED_WRITE] },
    { "run", LIST, &h->needs[LD_NEED_RUN] },
    { "env", LIST, &h->needs[LD_NEED_ENV] },
    { "max_time", INTEGER, &h->max_time },
    { "max_memory", STRING | INTEGER, &h->max_memory },
    { "lua", STRING, &h->lua }, { "lpeg", STRING, &h->lpeg },
    { NULL, 0, NULL }
  };
  return place(r, pair, fields, true);
}

static bool read_type (reader *r, ld_param *param, const entry *pair) {
  const ld_value *value = &pair->value;
  if (value->kind != LD_STRING)
    return fail(r, value->line, "type must be a string");
  ld_near near = LD_NEAR_INIT(value->string);
  char hint[64];
  for (int i = 0; i < LD_P_TYPES; i++) {
    param->type = (enum ld_param_type)i;
    if (strcmp(ld_param_types[i], value->string) == 0) return true;
    ld_near_try(&near, ld_param_types[i]);
  }
  return fail(r, value->line, "unknown type '%s'%s", value->string,
              near.best ? ld_near_text(&near, hint, sizeof hint)
                        : "; there are string int number bool date country "
                          "enum list");
}

/* The pairs of a parameter follow the entry that opens it. */
static bool place_param (reader *r, const entry *pair) {
  ld_header *h = r->header;
  if (!pair->key) {
    h->params[h->param_count].name = strchr(pair->table, '.') + 1;
    h->params[h->param_count++].line = pair->value.line;
    return true;
  }
  ld_param *p = &h->params[h->param_count - 1];
  const field fields[] = {
    { "help", STRING, &p->help }, { "default", ANY, &p->fallback },
    { "required", BOOLEAN, &p->required }, { "example", ANY, &p->example },
    { "values", LIST, &p->values }, { "min", STRING | INTEGER, &p->min },
    { "max", STRING | INTEGER, &p->max }, { "pattern", STRING, &p->pattern },
    { NULL, 0, NULL }
  };
  if (strcmp(pair->key, "type") == 0) return read_type(r, p, pair);
  return place(r, pair, fields, false);
}

/* Tables whose content is for other verbs, or for later versions. */
static bool is_elsewhere (const char *table) {
  return strncmp(table, "module.", 7) == 0 ||
         strncmp(table, "doc.", 4) == 0 || strncmp(table, "test.", 5) == 0 ||
         strncmp(table, "x-", 2) == 0;
}

static bool place_pair (reader *r, const entry *pair) {
  if (!*pair->table) return place_top(r, pair);
  if (strcmp(pair->table, "needs") == 0) return place_need(r, pair);
  if (strncmp(pair->table, "needs.", 6) == 0)
    return fail(r, pair->value.line, "this version does not know the need "
                                     "'%s'", pair->table + 6);
  if (strncmp(pair->table, "param.", 6) == 0) return place_param(r, pair);
  if (is_elsewhere(pair->table)) return true;
  return warn(r, pair->value.line, "the header has an unknown table [%s]",
              pair->table);
}

static bool check_params (reader *r) {
  for (uint32_t i = 0; i < r->header->param_count; i++) {
    const ld_param *p = &r->header->params[i];
    if (strcmp(p->name, "help") == 0 || p->name[0] == '-')
      return fail(r, p->line, "a parameter cannot be called '%s'", p->name);
    if (!p->help.present || !*p->help.string)
      return fail(r, p->line, "parameter '%s' has no help: say in a few words "
                              "what it is", p->name);
    if (p->type == LD_P_ENUM && p->values.list.count == 0)
      return fail(r, p->line, "parameter '%s' is an enum without values",
                  p->name);
    if (p->type == LD_P_BOOL && p->fallback.present &&
        p->fallback.kind != LD_BOOLEAN)
      return fail(r, p->fallback.line, "the default of '%s' must be true or "
                                       "false", p->name);
  }
  return true;
}

/* "512M", "2G", or bytes. 0: it makes no sense. */
static uint64_t read_size (const ld_value *value) {
  char *end = NULL;
  if (value->kind == LD_INTEGER)
    return value->integer > 0 ? (uint64_t)value->integer : 0;
  const double number = strtod(value->string, &end);
  static const char units[] = { 'K', 'M', 'G', 'T' };
  static const double powers[] = { 1024.0, 1048576.0, 1073741824.0,
                                   1099511627776.0 };
  const char *unit = memchr(units, *end & ~0x20, sizeof units);
  if (end == value->string || (*end && (!unit || end[1]))) return 0;
  const double bytes = unit ? number * powers[unit - units] : number;
  return bytes >= 1 && bytes < 9e18 ? (uint64_t)bytes : 0;
}

static bool check_limits (reader *r) {
  ld_header *h = r->header;
  if (h->max_time.present) {
    if (h->max_time.integer <= 0)
      return fail(r, h->max_time.line, "max_time is a number of seconds");
    h->time = (double)h->max_time.integer;
  }
  if (h->max_memory.present) {
    h->memory = read_size(&h->max_memory);
    if (h->memory == 0)
      return fail(r, h->max_memory.line, "max_memory is a size like \"512M\"");
  }
  return true;
}

static bool read_meaning (reader *r) {
  ld_header *h = r->header;
  /* each parameter has an entry that opens it */
  h->params = ld_arena_take(r->arena, (r->count + 1) * sizeof *h->params);
  if (!h->params) return fail_memory(r);
  for (uint32_t i = 0; i < r->count; i++)
    if (!place_pair(r, &r->pairs[i])) return false;
  return check_params(r) && check_limits(r);
}

int ld_header_read (ld_header *out, ld_arena *arena, const char *chunk,
                    size_t n, const char *name, lesdiplo_error *error) {
  reader r;
  bounds block = { NULL, NULL, 0 };
  memset(out, 0, sizeof *out);
  memset(&r, 0, sizeof r);
  out->script = name;
  r.header = out;
  r.arena = arena;
  r.error = error;
  ld_map_init(&r.seen, arena->memory);
  if (find_block(&r, chunk, n, &block)) {
    out->present = true;
    if (read_lines(&r, &block)) read_meaning(&r);
  }
  ld_map_free(&r.seen);
  return r.code;
}


/* ----------------------------------------------------------------------
** Whether it may run
*/

/* "5.4" against 5.4.4: compared number by number. */
static bool is_older (const char *have, const char *want) {
  while (*want) {
    char *have_end, *want_end;
    const long a = strtol(have, &have_end, 10);
    const long b = strtol(want, &want_end, 10);
    if (a != b) return a < b;
    if (want_end == want) return false;
    have = *have_end == '.' ? have_end + 1 : have_end;
    want = *want_end == '.' ? want_end + 1 : want_end;
  }
  return false;
}

static int refuse (const ld_header *h, int code, uint32_t line,
                   lesdiplo_error *error, const char *message) {
  return ld_fail(error, code, h->script, line, "%s\n  %s:%u, in its header",
                 message, h->script, (unsigned)line);
}

int ld_header_allowed (const ld_header *h, lesdiplo_error *error) {
  char message[200];
  if (h->api.present && (h->api.integer > API || h->api.integer < 1)) {
    snprintf(message, sizeof message,
             "the script is written for api %lld and this lesdiplo (%s) has "
             "api %d: install a newer one", h->api.integer, lesdiplo_version(),
             API);
    return refuse(h, LESDIPLO_ESCRIPT, h->api.line, error, message);
  }
  if (h->lua.present && is_older("5.4.4", h->lua.string))
    return refuse(h, LESDIPLO_ESCRIPT, h->lua.line, error,
                  "the script needs a newer Lua than this one, 5.4");
  if (h->lpeg.present && is_older("1.0.2", h->lpeg.string))
    return refuse(h, LESDIPLO_ESCRIPT, h->lpeg.line, error,
                  "the script needs a newer LPeg than this one, 1.0.2");
  return LESDIPLO_OK;
}
