/*
** eval.c - for a prompt: a line in, its value out; help; completion.
**
** A line is tried as an expression first. What is printed is bounded: a table
** of a million rows shows a screenful and says how many there are. Completion
** runs nothing of the script's: tables are read raw, and of our objects the
** names come from the help.
*/
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "host/right/right.h"

/* What is shown of a value. */
enum {
  ROWS_SHOWN = 40, SPANS_SHOWN = 10, KEYS_SHOWN = 20, KEYS_WALKED = 1000,
  DEPTH_SHOWN = 3, TEXT_SHOWN = 76
};

/* Its address is the key of the last completions in the registry. */
static const char completions_key;


/* ----------------------------------------------------------------------
** Values
*/

static void write_string (lua_State *L, const char *string) {
  ld_host_write(L, string, strlen(string));
}

/* n bytes on one line: white space runs become a space, long text is cut. */
static void add_line (luaL_Buffer *out, const char *bytes, size_t n,
                      size_t most) {
  const bool long_text = n > most;
  if (long_text) n = ld_utf8_floor(bytes, most);
  for (size_t i = 0; i < n; i++) {
    const bool space = isspace((unsigned char)bytes[i]) || bytes[i] == '\0';
    if (space && i > 0 && isspace((unsigned char)bytes[i - 1])) continue;
    luaL_addchar(out, space ? ' ' : bytes[i]);
  }
  if (long_text) luaL_addstring(out, "...");
}

/* Pushes a field of the value at 'index', and gives it as a string. */
static const char *field (lua_State *L, int index, const char *name,
                          size_t *n) {
  lua_getfield(L, index, name);
  return lua_tolstring(L, -1, n);
}

/* "corpus[3]  3-policy.txt  'Title'  1998-07-04 en policy" [-0, +1, e] */
static void describe_doc (lua_State *L, int index) {
  static const char *const names[] = { "date", "lang", "kind" };
  const lesdiplo_doc *doc = ld_bind_to_doc(L, index);
  const char *title = lesdiplo_doc_field(doc, "title");
  luaL_Buffer out;
  char number[32];
  luaL_buffinit(L, &out);
  snprintf(number, sizeof number, "corpus[%u]  ",
           (unsigned)lesdiplo_doc_index(doc) + 1);
  luaL_addstring(&out, number);
  luaL_addstring(&out, lesdiplo_doc_id(doc));
  luaL_addstring(&out, title ? "  '" : "  (no title)");
  if (title) {
    add_line(&out, title, strlen(title), TEXT_SHOWN);
    luaL_addchar(&out, '\'');
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = lesdiplo_doc_field(doc, names[i]);
    if (!value) continue;
    luaL_addstring(&out, i == 0 ? "  " : " ");
    luaL_addstring(&out, value);
  }
  luaL_pushresult(&out);
}

/* "'its text'  cite" [-0, +1, e] */
static void describe_span (lua_State *L, int index) {
  size_t n;
  luaL_Buffer out;
  field(L, index, "cite", NULL);                  /* cite */
  const char *text = field(L, index, "text", &n); /* cite text */
  luaL_buffinit(L, &out);
  luaL_addchar(&out, '\'');
  add_line(&out, text, n, TEXT_SHOWN);
  luaL_addstring(&out, "'  ");
  luaL_pushresult(&out);
  lua_insert(L, -3);                              /* line cite text */
  lua_pop(L, 1);
  lua_concat(L, 2);
}

static void describe (lua_State *L, int index, int depth);

/* A string as it would be written in a program, on one line. [-0, +1, e] */
static void describe_string (lua_State *L, int index) {
  size_t n;
  const char *bytes = lua_tolstring(L, index, &n);
  luaL_Buffer out;
  luaL_buffinit(L, &out);
  luaL_addchar(&out, '"');
  add_line(&out, bytes, n, TEXT_SHOWN);
  luaL_addchar(&out, '"');
  luaL_pushresult(&out);
}

/* Orders keys: numbers by value, then the rest by their text. */
static int compare_keys (lua_State *L) {
  const bool a = lua_type(L, 1) == LUA_TNUMBER;
  const bool b = lua_type(L, 2) == LUA_TNUMBER;
  if (a && b) lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
  else if (a || b) lua_pushboolean(L, a);
  else
    lua_pushboolean(L, strcmp(ld_host_tostring(L, 1, NULL),
                              ld_host_tostring(L, 2, NULL)) < 0);
  return 1;
}

/* Pushes an array of the table's keys, sorted, at most KEYS_WALKED, and says
** whether these are all. [-0, +1, e] */
static bool sorted_keys (lua_State *L, int index) {
  lua_Integer n = 0;
  lua_newtable(L);                                /* keys */
  lua_pushnil(L);
  while (n < KEYS_WALKED && lua_next(L, index)) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, ++n);
  }
  const bool all = n < KEYS_WALKED;
  if (!all) lua_pop(L, 1);
  ld_host_push_sort(L);                           /* keys sort */
  lua_pushvalue(L, -2);
  lua_pushcfunction(L, compare_keys);
  lua_call(L, 2, 0);
  return all;
}

/* Appends "name = " for the key on the top, nothing for `expected`. */
static void add_key (lua_State *L, int out, lua_Integer expected) {
  if (lua_isinteger(L, -1) && lua_tointeger(L, -1) == expected)
    lua_pushliteral(L, "");
  else if (lua_type(L, -1) == LUA_TSTRING)
    lua_pushfstring(L, "%s = ", lua_tostring(L, -1));
  else
    lua_pushfstring(L, "[%s] = ", ld_host_tostring(L, -1, NULL));
  lua_rawseti(L, out, (lua_Integer)lua_rawlen(L, out) + 1);
}

static void add_piece (lua_State *L, int out, const char *piece) {
  lua_pushstring(L, piece);
  lua_rawseti(L, out, (lua_Integer)lua_rawlen(L, out) + 1);
}

/* Pushes the pieces of an array, joined. [-0, +1, e] */
static void join (lua_State *L, int pieces) {
  luaL_Buffer out;
  const lua_Unsigned n = lua_rawlen(L, pieces);
  luaL_buffinit(L, &out);
  for (lua_Unsigned i = 1; i <= n; i++) {
    lua_rawgeti(L, pieces, (lua_Integer)i);
    luaL_addvalue(&out);
  }
  luaL_pushresult(&out);
}

/* {1, 2, name = "x", ... 12 more} [-0, +1, e] */
static void describe_table (lua_State *L, int index, int depth) {
  const int base = lua_gettop(L);
  lua_newtable(L);                                /* pieces */
  const bool all = sorted_keys(L, index);         /* pieces keys */
  const lua_Integer n = (lua_Integer)lua_rawlen(L, base + 2);
  add_piece(L, base + 1, "{");
  for (lua_Integer i = 1; i <= n && i <= KEYS_SHOWN; i++) {
    if (i > 1) add_piece(L, base + 1, ", ");
    lua_rawgeti(L, base + 2, i);
    add_key(L, base + 1, i);
    lua_settop(L, base + 2);
    lua_rawgeti(L, base + 2, i);
    lua_rawget(L, index);
    describe(L, base + 3, depth + 1);
    lua_rawseti(L, base + 1, (lua_Integer)lua_rawlen(L, base + 1) + 1);
    lua_settop(L, base + 2);
  }
  if (n > KEYS_SHOWN) {
    lua_pushfstring(L, ", ... %I more", n - KEYS_SHOWN);
    add_piece(L, base + 1, lua_tostring(L, -1));
  }
  if (!all) add_piece(L, base + 1, " and others");
  add_piece(L, base + 1, "}");
  join(L, base + 1);
  lua_replace(L, base + 1);
  lua_settop(L, base + 1);
}

/* A value inside others. [-0, +1, e] */
static void describe (lua_State *L, int index, int depth) {
  luaL_checkstack(L, 20, NULL);
  if (lua_type(L, index) == LUA_TSTRING)
    describe_string(L, index);
  else if (ld_bind_class_of(L, index) == LD_BIND_SPAN)
    describe_span(L, index);
  else if (!lua_istable(L, index) ||
           luaL_getmetafield(L, index, "__tostring") != LUA_TNIL)
    ld_host_tostring(L, index, NULL);
  else if (depth >= DEPTH_SHOWN)
    lua_pushliteral(L, "{...}");
  else
    describe_table(L, index, depth);
}

/* An array of rows through the writer of rows; the rest is counted. */
static void show_rows (lua_State *L, int index) {
  const lua_Integer n = (lua_Integer)lua_rawlen(L, index);
  const int base = lua_gettop(L);
  lua_createtable(L, ROWS_SHOWN, 1);
  for (lua_Integer i = 1; i <= n && i <= ROWS_SHOWN; i++) {
    lua_rawgeti(L, index, i);
    lua_rawseti(L, base + 1, i);
  }
  lua_pushliteral(L, "columns");
  lua_rawget(L, index);
  lua_setfield(L, base + 1, "columns");
  ld_rows_returned(L, base);
  ld_rows_finish(L);
  if (n <= ROWS_SHOWN) return;
  write_string(L, lua_pushfstring(L, "... %I more rows\n", n - ROWS_SHOWN));
  lua_pop(L, 1);
}

/* Of a Spans or a Hits. */
static void show_spans (lua_State *L, int index) {
  const lua_Integer n = luaL_len(L, index);
  for (lua_Integer i = 1; i <= n && i <= SPANS_SHOWN; i++) {
    lua_geti(L, index, i);
    describe_span(L, lua_gettop(L));
    write_string(L, lua_pushfstring(L, "%s\n", lua_tostring(L, -1)));
    lua_pop(L, 3);
  }
  if (n <= SPANS_SHOWN) return;
  write_string(L, lua_pushfstring(L, "... %I more\n", n - SPANS_SHOWN));
  lua_pop(L, 1);
}

static void show (lua_State *L, int index) {
  const int top = lua_gettop(L);
  switch (ld_bind_class_of(L, index)) {
    case LD_BIND_SPANS: case LD_BIND_HITS: show_spans(L, index); return;
    case LD_BIND_DOC: describe_doc(L, index); break;
    default:
      if (lua_type(L, index) == LUA_TSTRING) lua_pushvalue(L, index);
      else if (ld_rows_are(L, index)) {
        show_rows(L, index);
        return;
      }
      else describe(L, index, 0);
      break;
  }
  size_t n;
  const char *text = lua_tolstring(L, -1, &n);
  ld_host_write(L, text, n);
  if (n == 0 || text[n - 1] != '\n') write_string(L, "\n");
  lua_settop(L, top);
}


/* ----------------------------------------------------------------------
** Evaluating
*/

typedef struct line {
  lesdiplo_host *host;
  const char *text;
  size_t n;
  bool silent;          /* it ends in ';' */
  bool incomplete;
} line;

/* The answer to "?name". [-0, +0, e] */
static int show_help (lua_State *L, const char *name) {
  const char *text = ld_help_registered(L, name);
  char hint[200];
  if (!text) text = lesdiplo_help(name);
  if (!*name)
    text = "?name shows the help of a name: ?corpus:gmatch, ?doc.title, "
           "?lesdiplo.emit.\nTab completes names; `_` is the last value; a "
           "line that ends in ; prints nothing.\n";
  if (!text)
    return luaL_error(L, "no help for '%s'%s", name,
                      ld_help_nearest(name, hint, sizeof hint));
  write_string(L, text);
  if (*text && text[strlen(text) - 1] != '\n') write_string(L, "\n");
  return 0;
}

/* "?name" or "name?": copies the name and returns true. */
static bool asks_help (const line *l, char *name, size_t size) {
  const char *begin = l->text, *end = begin + l->n;
  const bool before = l->n > 0 && *begin == '?';
  const bool after = l->n > 1 && end[-1] == '?';
  if (before) begin++;
  else if (after) end--;
  while (begin < end && *begin == ' ') begin++;
  for (const char *p = begin; p < end; p++)
    if (!isalnum((unsigned char)*p) && !strchr("_.:", *p)) return false;
  if ((!before && !after) || (size_t)(end - begin) >= size) return false;
  memcpy(name, begin, (size_t)(end - begin));
  name[end - begin] = '\0';
  return true;
}

static bool wants_more (lua_State *L, int status) {
  size_t n;
  const char *message = lua_tolstring(L, -1, &n);
  return status == LUA_ERRSYNTAX && n >= 5 &&
         strcmp(message + n - 5, "<eof>") == 0;
}

/* Leaves the compiled line; false when it is incomplete. */
static bool compile (lua_State *L, line *l) {
  static const char name[] = "=(prompt)";
  lua_pushlstring(L, "return ", 7);
  lua_pushlstring(L, l->text, l->silent ? l->n - 1 : l->n);
  lua_concat(L, 2);
  const char *expression = lua_tostring(L, -1);
  int status = ld_host_load(l->host, expression, lua_rawlen(L, -1), name);
  l->host->expression = status == LUA_OK;
  l->host->statement = luaL_loadbufferx(L, l->text, l->n, name, "t") == LUA_OK;
  lua_pop(L, 1);
  if (status != LUA_OK) {
    lua_pop(L, 1);
    status = ld_host_load(l->host, l->text, l->n, name);
  }
  l->host->source = l->text;      /* what was typed, for messages */
  l->host->source_length = l->n;
  if (wants_more(L, status)) return false;
  if (status != LUA_OK) lua_error(L);
  lua_remove(L, -2);
  return true;
}

/* `_` is the value at 1; `_1` is it as well, and those before it move up. */
static void keep_result (lua_State *L) {
  static const char *const names[] = {
    "_1", "_2", "_3", "_4", "_5", "_6", "_7", "_8", "_9"
  };
  lua_pushglobaltable(L);
  for (int i = (int)(sizeof names / sizeof *names) - 1; i > 0; i--) {
    lua_pushstring(L, names[i - 1]);
    lua_rawget(L, -2);
    lua_setfield(L, -2, names[i]);
  }
  lua_pushvalue(L, 1);
  lua_setfield(L, -2, names[0]);
  lua_pushvalue(L, 1);
  lua_setfield(L, -2, "_");
  lua_pop(L, 1);
}

static int evaluate (lua_State *L) {
  line *l = lua_touserdata(L, 1);
  char name[100];
  lua_settop(L, 0);
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  if (asks_help(l, name, sizeof name)) return show_help(L, name);
  l->incomplete = !compile(L, l);
  if (l->incomplete) return 0;
  lua_call(L, 0, LUA_MULTRET);
  ld_rows_finish(L);
  ld_files_flush(L);
  const int n = lua_gettop(L);
  if (n > 0) keep_result(L);
  luaL_checkstack(L, LUA_MINSTACK, "too many values to print");
  for (int i = 1; i <= n && !l->silent; i++) show(L, i);
  return 0;
}

static void trim (line *l) {
  while (l->n > 0 && isspace((unsigned char)*l->text)) l->text++, l->n--;
  while (l->n > 0 && isspace((unsigned char)l->text[l->n - 1])) l->n--;
  l->silent = l->n > 0 && l->text[l->n - 1] == ';';
}

int lesdiplo_host_eval (lesdiplo_host *host, const char *chunk, size_t length,
                        lesdiplo_error *error) {
  line l = { host, chunk, length, false, false };
  if (error) memset(error, 0, sizeof *error);
  if (!host || !chunk)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a host and a chunk");
  if (host->current)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "the host runs a script");
  host->expression = host->statement = false;
  trim(&l);
  if (l.n == 0) return LESDIPLO_OK;
  ld_host_begin(host);
  ld_bind_reading_set(host->L, NULL);
  const int code = ld_host_protected(host, evaluate, &l, error);
  ld_host_end(host);
  ld_rows_forget(host->L);
  host->source = host->source_name = NULL;
  if (code == LESDIPLO_OK && l.incomplete)
    return ld_fail(error, LESDIPLO_EINCOMPLETE, NULL, 0,
                   "the line goes on: its end is missing");
  return code;
}


/* ----------------------------------------------------------------------
** Completion
*/

typedef struct completion {
  const char *text;       /* as typed */
  const char *rest;       /* the part behind the last mark */
  uint32_t index;
  const char *found;
} completion;

/* Adds text's head and 'name' to the table at 'out', as a key. [-0, +0, m] */
static void add_name (lua_State *L, int out, const completion *c,
                      const char *name, size_t n) {
  if (strncmp(name, c->rest, strlen(c->rest)) != 0 || n < strlen(c->rest))
    return;
  lua_pushlstring(L, c->text, (size_t)(c->rest - c->text));
  lua_pushlstring(L, name, n);
  lua_concat(L, 2);
  lua_pushboolean(L, 1);
  lua_rawset(L, out);
}

/* The string keys of the table at 'index', and of those behind it. */
static void add_keys (lua_State *L, int out, const completion *c, int index,
                      int depth) {
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING)
      add_name(L, out, c, lua_tostring(L, -1), lua_rawlen(L, -1));
  }
  if (depth >= 5 || !lua_getmetatable(L, index)) return;
  lua_pushliteral(L, "__index");
  if (lua_rawget(L, -2) == LUA_TTABLE)
    add_keys(L, out, c, lua_gettop(L), depth + 1);
  lua_pop(L, 2);
}

/* Names with help that begin with 'prefix' and the mark; their next part. */
static void add_helped (lua_State *L, int out, const completion *c,
                        const char *prefix, char mark) {
  const size_t n = strlen(prefix);
  const char *name;
  for (uint32_t i = 0; (name = lesdiplo_help_name(i)) != NULL; i++)
    if (strncmp(name, prefix, n) == 0 && name[n] == mark)
      add_name(L, out, c, name + n + 1, strcspn(name + n + 1, ".:"));
}

static void add_globals (lua_State *L, int out, const completion *c) {
  static const char *const words[] = {
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function",
    "if", "in", "local", "nil", "not", "or", "repeat", "return", "then",
    "true", "until", "while", NULL
  };
  for (int i = 0; words[i]; i++)
    add_name(L, out, c, words[i], strlen(words[i]));
  for (int i = 0; ld_host_lazy_names[i]; i++)
    add_name(L, out, c, ld_host_lazy_names[i], strlen(ld_host_lazy_names[i]));
  lua_pushglobaltable(L);
  add_keys(L, out, c, lua_gettop(L), 5);
  lua_pop(L, 1);
}

/* Fields of ours that lead to other objects, and are cheap to read. */
static bool is_link (const char *name) {
  return strcmp(name, "doc") == 0 || strcmp(name, "sentence") == 0 ||
         strcmp(name, "block") == 0;
}

/* Replaces the value on the top by its member of that name: nil, unless that
** can be told without running anything of the script's. */
static void step (lua_State *L, const char *name) {
  if (lua_istable(L, -1)) {
    lua_pushstring(L, name);
    lua_rawget(L, -2);
  }
  else if (ld_bind_class_of(L, -1) == LD_BIND_SPAN && is_link(name))
    lua_getfield(L, -1, name);
  else
    lua_pushnil(L);
  lua_remove(L, -2);
}

/* Pushes what the head of the text names, as far as it is known. */
static void resolve (lua_State *L, const completion *c) {
  const char *p = c->text, *end = c->rest - 1;
  lua_pushglobaltable(L);
  while (p < end && !lua_isnil(L, -1)) {
    const size_t n = strcspn(p, ".:");
    char name[100];
    if (n >= sizeof name) {
      lua_pushnil(L);
      lua_replace(L, -2);
      return;
    }
    memcpy(name, p, n);
    name[n] = '\0';
    step(L, name);
    p += n + 1;
  }
}

static void add_members (lua_State *L, int out, const completion *c) {
  const char mark = c->rest[-1];
  char head[200];
  const size_t n = (size_t)(c->rest - 1 - c->text);
  if (n >= sizeof head) return;
  memcpy(head, c->text, n);
  head[n] = '\0';
  add_helped(L, out, c, head, mark);
  resolve(L, c);                                  /* value */
  const int value = lua_gettop(L);
  const enum ld_bind_class class = ld_bind_class_of(L, value);
  if (class != LD_BIND_NONE)
    add_helped(L, out, c, ld_bind_class_prefix(class), mark);
  else if (lua_istable(L, value))
    add_keys(L, out, c, value, 0);
  else if (lua_type(L, value) == LUA_TSTRING && mark == ':') {
    lua_getglobal(L, "string");
    if (lua_istable(L, -1)) add_keys(L, out, c, lua_gettop(L), 5);
  }
  lua_settop(L, value - 1);
}

/* Makes the sorted array of completions: kept in the registry. */
static void collect (lua_State *L, const completion *c) {
  lua_newtable(L);                                /* names as keys */
  const int out = lua_gettop(L);
  if (c->rest == c->text) add_globals(L, out, c);
  else add_members(L, out, c);
  sorted_keys(L, out);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &completions_key);
}

static int complete (lua_State *L) {
  completion *c = lua_touserdata(L, 1);
  luaL_checkstack(L, 40, NULL);
  if (c->index == 0) collect(L, c);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &completions_key) != LUA_TTABLE)
    return 0;
  lua_rawgeti(L, -1, (lua_Integer)c->index + 1);
  c->found = lua_tostring(L, -1);                 /* the table keeps it */
  return 0;
}

const char *lesdiplo_host_complete (lesdiplo_host *host, const char *text,
                                    uint32_t index) {
  completion c = { text, text, index, NULL };
  if (!host || !text || host->current) return NULL;
  for (const char *p = text; *p; p++)
    if (*p == '.' || *p == ':') c.rest = p + 1;
  ld_host_protected(host, complete, &c, NULL);
  return c.found;
}
