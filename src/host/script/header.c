/*
** header.c - what the pairs of a header mean: looked up by name, one after the
** other. What asks for a right must be understood or the script is refused; what
** only informs may be unknown, with a warning.
*/
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/script/pairs.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The version of what scripts may use that this is. */
enum { API = 1 };

const char *const ld_param_types[LD_P_TYPES] = {
  "string", "int", "number", "bool", "date", "country", "enum", "list"
};
const char *const ld_need_names[LD_NEEDS] = { "read", "write", "run", "env" };

/* What is being read. Every step returns false once it has failed. */
typedef struct reader {
  ld_header *header;
  const ld_pairs *pairs;
  ld_map docs;           /* from their names to their places */
  ld_arena *arena;
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
  r->code = ld_header_fail(r->error, LESDIPLO_EFORMAT, r->header->script, line,
                           "%s", message);
  return false;
}

static bool fail_memory (reader *r) {
  r->code = LESDIPLO_ENOMEM;
  ld_fail_memory(r->error);
  return false;
}


/* ----------------------------------------------------------------------
** Fields
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
    case STRING | LIST: return "a string or an array of strings";
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
static bool place (reader *r, const ld_pair *pair, const field *fields,
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

static bool place_top (reader *r, const ld_pair *pair) {
  ld_header *h = r->header;
  const field fields[] = {
    { "name", STRING, &h->name }, { "version", STRING, &h->version },
    { "api", INTEGER, &h->api }, { "summary", STRING, &h->summary },
    { "author", STRING, &h->author }, { "license", STRING, &h->license },
    { "categories", LIST, &h->categories }, { NULL, 0, NULL }
  };
  return place(r, pair, fields, false);
}

static bool place_need (reader *r, const ld_pair *pair) {
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

static bool read_type (reader *r, ld_param *param, const ld_pair *pair) {
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
static bool place_param (reader *r, const ld_pair *pair) {
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

static bool place_module (reader *r, const ld_pair *pair) {
  ld_header *h = r->header;
  if (!pair->key) {
    h->modules[h->module_count].name = strchr(pair->table, '.') + 1;
    h->modules[h->module_count++].line = pair->value.line;
    return true;
  }
  const field fields[] = {
    { "sha256", STRING, &h->modules[h->module_count - 1].sha256 },
    { NULL, 0, NULL }
  };
  return place(r, pair, fields, false);
}

/* What a document is given as a row of metadata.csv gives it. */
static bool place_doc_field (reader *r, const ld_pair *pair, ld_text_doc *doc) {
  static const char *const known[] = {
    "title", "date", "source", "byline", "dateline", "lang", "kind", "url"
  };
  ld_value value = { .present = false };
  field fields[COUNT(known) + 2] = { { "text", STRING, &doc->text } };
  const char *name = pair->key;
  if (strncmp(name, "meta.", 5) == 0 && strcmp(name + 5, "text") != 0 &&
      strcmp(name + 5, "id") != 0 && name[5]) {
    name += 5;
    fields[1] = (field){ pair->key, STRING, &value };
  }
  else
    for (size_t i = 0; i < COUNT(known); i++)
      fields[i + 1] = (field){ known[i], STRING, &value };
  if (!place(r, pair, fields, false)) return false;
  if (!value.present) return true;
  if (strcmp(name, "date") == 0 && !ld_params_date(value.string))
    return fail(r, value.line, "the date of a document is written 1998, 1998-07 "
                               "or 1998-07-04");
  doc->fields.items[doc->fields.count++] = name;
  doc->fields.items[doc->fields.count++] = value.string;
  return true;
}

static bool place_doc (reader *r, const ld_pair *pair) {
  ld_header *h = r->header;
  if (pair->key)
    return place_doc_field(r, pair, &h->docs[h->doc_count - 1]);
  ld_text_doc *doc = &h->docs[h->doc_count];
  doc->name = strchr(pair->table, '.') + 1;
  doc->line = pair->value.line;
  /* the pairs of all documents together are not more than there are */
  doc->fields.items = h->doc_count == 0
      ? ld_arena_take(r->arena, (r->pairs->count + 1) * 2 * sizeof(char *))
      : doc[-1].fields.items + doc[-1].fields.count;
  if (!doc->fields.items) return fail_memory(r);
  ld_map_put(&r->docs, doc->name, strlen(doc->name), h->doc_count++);
  return !r->docs.failed || fail_memory(r);
}

static bool place_test (reader *r, const ld_pair *pair) {
  ld_header *h = r->header;
  if (!pair->key) {
    h->tests[h->test_count].name = strchr(pair->table, '.') + 1;
    h->tests[h->test_count].line = pair->value.line;
    h->tests[h->test_count++].end = pair->value.end;
    return true;
  }
  ld_test *t = &h->tests[h->test_count - 1];
  const field fields[] = {
    { "docs", LIST, &t->docs }, { "params", STRING | LIST, &t->params },
    { "columns", LIST, &t->columns }, { "format", STRING, &t->format },
    { "expect", STRING, &t->expect }, { NULL, 0, NULL }
  };
  t->end = pair->value.end;
  return place(r, pair, fields, false);
}

/* Tables whose names have two parts, and who reads them. */
typedef struct kind {
  const char *prefix;
  bool (*place) (reader *r, const ld_pair *pair);
} kind;

static const kind tables[] = {
  { "param.", place_param }, { "module.", place_module },
  { "doc.", place_doc }, { "test.", place_test }
};

static bool place_pair (reader *r, const ld_pair *pair) {
  const char *table = pair->table;
  for (size_t i = 0; i < COUNT(tables); i++)
    if (strncmp(table, tables[i].prefix, strlen(tables[i].prefix)) == 0)
      return tables[i].place(r, pair);
  if (!*table) return place_top(r, pair);
  if (strcmp(table, "needs") == 0)
    return !pair->key || place_need(r, pair);
  if (strncmp(table, "needs.", 6) == 0)
    return fail(r, pair->value.line, "this version does not know the need "
                                     "'%s'", table + 6);
  if (pair->key || strncmp(table, "x-", 2) == 0) return true;
  return warn(r, pair->value.line, "the header has an unknown table [%s]",
              table);
}


/* ----------------------------------------------------------------------
** What has to be so
*/

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

/* A name that `require` takes and that no module of ours has; a hash. */
static bool check_module (reader *r, const ld_module *m) {
  static const char hex[] = "0123456789abcdef", mark[] = "sha256:";
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  const char *hash = m->sha256.string;
  if (strspn(m->name, letters) < strlen(m->name) || strlen(m->name) > 100)
    return fail(r, m->line, "a module's name has letters, digits and '_'");
  if (strcmp(m->name, "lesdiplo") == 0 || strcmp(m->name, "lpeg") == 0 ||
      strcmp(m->name, "re") == 0)
    return fail(r, m->line, "'%s' is a module of the library", m->name);
  if (!hash)
    return fail(r, m->line, "module '%s' has no sha256: lesdiplo hash FILE "
                            "prints it", m->name);
  if (strncmp(hash, mark, sizeof mark - 1) == 0) hash += sizeof mark - 1;
  if (strlen(hash) != 64 || strspn(hash, hex) != 64)
    return fail(r, m->sha256.line, "sha256 has 64 hexadecimal digits, in small "
                                   "letters");
  return true;
}

static bool check_modules (reader *r) {
  for (uint32_t i = 0; i < r->header->module_count; i++) {
    ld_module *m = &r->header->modules[i];
    if (!check_module(r, m)) return false;
    m->sha256.string += strlen(m->sha256.string) - 64;
  }
  return true;
}

static bool check_docs (reader *r) {
  for (uint32_t i = 0; i < r->header->doc_count; i++) {
    const ld_text_doc *doc = &r->header->docs[i];
    const char *text = doc->text.string;
    if (!text || !text[strspn(text, " \t\r\n")])
      return fail(r, doc->line, "document '%s' has no text", doc->name);
  }
  return true;
}

static bool check_test_docs (reader *r, const ld_test *t) {
  const ld_header *h = r->header;
  for (uint32_t i = 0; i < t->docs.list.count; i++) {
    const char *name = t->docs.list.items[i];
    ld_near near = LD_NEAR_INIT(name);
    uint32_t at;
    char hint[96];
    if (ld_map_get(&r->docs, name, strlen(name), &at)) continue;
    for (uint32_t k = 0; k < h->doc_count; k++)
      ld_near_try(&near, h->docs[k].name);
    return fail(r, t->docs.line, "there is no [doc.%.60s]%s", name,
                ld_near_text(&near, hint, sizeof hint));
  }
  return true;
}

static bool check_test (reader *r, const ld_test *t) {
  static const char *const formats[] = {
    "table", "tsv", "csv", "json", "jsonl", "md", "html"
  };
  ld_near near = LD_NEAR_INIT(t->format.string);
  char hint[96];
  bool known = !t->format.present;
  if (r->header->doc_count == 0)
    return fail(r, t->line, "test '%s' has no document to read: add a [doc.a] "
                            "with a text", t->name);
  for (size_t i = 0; i < COUNT(formats) && !known; i++) {
    known = strcmp(t->format.string, formats[i]) == 0;
    ld_near_try(&near, formats[i]);
  }
  if (!known)
    return fail(r, t->format.line, "unknown format '%s'%s", t->format.string,
                ld_near_text(&near, hint, sizeof hint));
  if (t->columns.present && t->format.present &&
      strcmp(t->format.string, "tsv") != 0)
    return fail(r, t->columns.line, "columns are chosen from rows in tsv: leave "
                                    "format out");
  return check_test_docs(r, t);
}

static bool check_tests (reader *r) {
  for (uint32_t i = 0; i < r->header->test_count; i++)
    if (!check_test(r, &r->header->tests[i])) return false;
  return true;
}

/* Room for as many tables as have that prefix. */
static void *take_tables (reader *r, const char *prefix, size_t size) {
  size_t count = 1;
  for (uint32_t i = 0; i < r->pairs->count; i++)
    count += !r->pairs->items[i].key &&
             strncmp(r->pairs->items[i].table, prefix, strlen(prefix)) == 0;
  return ld_arena_take(r->arena, count * size);
}

static bool read_meaning (reader *r) {
  ld_header *h = r->header;
  h->params = take_tables(r, "param.", sizeof *h->params);
  h->modules = take_tables(r, "module.", sizeof *h->modules);
  h->docs = take_tables(r, "doc.", sizeof *h->docs);
  h->tests = take_tables(r, "test.", sizeof *h->tests);
  if (!h->params || !h->modules || !h->docs || !h->tests)
    return fail_memory(r);
  for (uint32_t i = 0; i < r->pairs->count; i++)
    if (!place_pair(r, &r->pairs->items[i])) return false;
  return check_params(r) && check_limits(r) && check_modules(r) &&
         check_docs(r) && check_tests(r);
}

int ld_header_read (ld_header *out, ld_arena *arena, const char *chunk,
                    size_t n, const char *name, lesdiplo_error *error) {
  ld_pairs pairs;
  memset(out, 0, sizeof *out);
  out->script = name;
  reader r = { .header = out, .pairs = &pairs, .arena = arena, .error = error };
  r.code = ld_pairs_read(&pairs, arena, chunk, n, name, error);
  out->present = pairs.present;
  if (r.code != LESDIPLO_OK || !pairs.present) return r.code;
  ld_map_init(&r.docs, arena->memory);
  read_meaning(&r);
  ld_map_free(&r.docs);
  return r.code;
}

const ld_text_doc *ld_header_doc (const ld_header *h, const char *name) {
  for (uint32_t i = 0; i < h->doc_count; i++)
    if (strcmp(h->docs[i].name, name) == 0) return &h->docs[i];
  return NULL;
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

int ld_header_allowed (const ld_header *h, lesdiplo_error *error) {
  char message[200];
  if (h->api.present && (h->api.integer > API || h->api.integer < 1)) {
    snprintf(message, sizeof message,
             "the script is written for api %lld and this lesdiplo (%s) has "
             "api %d: install a newer one", h->api.integer, lesdiplo_version(),
             API);
    return ld_header_fail(error, LESDIPLO_ESCRIPT, h->script, h->api.line, "%s",
                          message);
  }
  if (h->lua.present && is_older("5.4.4", h->lua.string))
    return ld_header_fail(error, LESDIPLO_ESCRIPT, h->script, h->lua.line,
                          "the script needs a newer Lua than this one, 5.4");
  if (h->lpeg.present && is_older("1.0.2", h->lpeg.string))
    return ld_header_fail(error, LESDIPLO_ESCRIPT, h->script, h->lpeg.line,
                          "the script needs a newer LPeg than this one, 1.0.2");
  return LESDIPLO_OK;
}
