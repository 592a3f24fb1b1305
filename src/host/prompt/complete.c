/*
** complete.c - what could complete a line of the prompt.
**
** Nothing of the script's is run for it: tables are read raw, and of our objects the
** names come from the help. In a session, whose process for this is thrown away, an
** index is looked up as Lua does.
*/
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "host/prompt/prompt.h"

/* Its address is the key of the last completions in the registry. */
static const char completions_key;

typedef struct completion {
  const char *line;       /* as typed, to the cursor */
  const char *text;       /* its last word */
  bool quoted;            /* which stands in quotation marks */
  const char *rest;       /* the part behind the last mark */
  uint32_t index;
  const char *found;
} completion;

static bool is_name (char c) {
  return isalnum((unsigned char)c) || c == '_';
}

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

/* Is it our library? Its rooms are loaded when they are first read. */
static bool is_library (lua_State *L, int index) {
  lua_getglobal(L, "lesdiplo");
  const bool same = lua_rawequal(L, -1, index < 0 ? index - 1 : index);
  lua_pop(L, 1);
  return same;
}

/* Replaces the value on the top by its member of that name: nil, unless that
** can be told without running anything of the script's. */
static void step (lua_State *L, const char *name) {
  if (lua_istable(L, -1) && is_library(L, -1)) lua_getfield(L, -1, name);
  else if (lua_istable(L, -1)) {
    lua_pushstring(L, name);
    lua_rawget(L, -2);
  }
  else if (ld_bind_class_of(L, -1) == LD_BIND_SPAN && is_link(name))
    lua_getfield(L, -1, name);
  else
    lua_pushnil(L);
  lua_remove(L, -2);
}

/* Pushes a global: of ours, too, which are made when they are touched. */
static void push_global (lua_State *L, const char *name) {
  for (int i = 0; ld_host_lazy_names[i]; i++)
    if (strcmp(ld_host_lazy_names[i], name) == 0) {
      lua_getglobal(L, name);
      return;
    }
  lua_pushglobaltable(L);
  lua_pushstring(L, name);
  lua_rawget(L, -2);
  lua_remove(L, -2);
}

/* Replaces the value on the top by what the names up to 'end' lead to. */
static void walk (lua_State *L, const char *p, const char *end) {
  char name[100];
  while (p < end && !lua_isnil(L, -1)) {
    const size_t n = strcspn(p, ".:");
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

/* Pushes what "corpus[1]" or "hits[3].doc" is: no calls. Only where nothing that it
** does can last. */
static void push_indexed (lua_State *L, const completion *c) {
  const char *begin = c->text;
  while (begin > c->line && (is_name(begin[-1]) || strchr(".[]", begin[-1])))
    begin--;
  lua_pushliteral(L, "return ");
  lua_pushlstring(L, begin, (size_t)(c->text - begin));
  lua_concat(L, 2);
  const bool known = ld_host_of(L)->broker >= 0 && begin < c->text &&
      c->text[-1] == ']' &&
      luaL_loadbufferx(L, lua_tostring(L, -1), lua_rawlen(L, -1), "=", "t") ==
          LUA_OK && lua_pcall(L, 0, 1, 0) == LUA_OK;
  if (!known) lua_pushnil(L);
}

/* Pushes what the head of the text names, as far as it is known. */
static void resolve (lua_State *L, const completion *c, const char *head) {
  const char *end = c->rest - 1;
  const size_t first = strcspn(head, ".:");
  char name[100];
  if (first == 0) {                             /* a mark behind brackets */
    push_indexed(L, c);
    walk(L, c->text + 1, end);
    return;
  }
  snprintf(name, sizeof name, "%.*s", (int)(first < 100 ? first : 0), head);
  push_global(L, name);
  walk(L, c->text + first + 1, end);
}

static void add_members (lua_State *L, int out, const completion *c) {
  const char mark = c->rest[-1];
  char head[200];
  const size_t n = (size_t)(c->rest - 1 - c->text);
  if (n >= sizeof head) return;
  memcpy(head, c->text, n);
  head[n] = '\0';
  if (n > 0) add_helped(L, out, c, head, mark);
  resolve(L, c, head);                            /* value */
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
  lua_settop(L, out);
}

/* Names in quotation marks, by the word before them: layer "co... */
static void add_quoted (lua_State *L, int out, const completion *c) {
  const char *end = c->text - 1, *begin;
  while (end > c->line && strchr(" (", end[-1])) end--;
  for (begin = end; begin > c->line && is_name(begin[-1]); ) begin--;
  lua_pushcfunction(L, ld_bind_require);
  lua_pushliteral(L, "lesdiplo.report.prompt");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "names");
  ld_host_push_corpus(L);
  lua_pushlstring(L, begin, (size_t)(end - begin));
  lua_pushstring(L, c->text);
  lua_call(L, 3, 1);
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
    lua_pushboolean(L, 1);
    lua_rawset(L, out);
  }
  lua_settop(L, out);
}

/* Makes the sorted array of completions: kept in the registry. */
static void collect (lua_State *L, const completion *c) {
  lua_newtable(L);                                /* names as keys */
  const int out = lua_gettop(L);
  if (c->quoted) add_quoted(L, out, c);
  else if (c->rest == c->text) add_globals(L, out, c);
  else add_members(L, out, c);
  ld_prompt_keys(L, out);
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

size_t lesdiplo_complete_begin (const char *text, int *quoted) {
  static const char breaks[] = " \t\n\"\\'`@$><=;|&{}()[]+-*/%^~#,?!";
  const char *begin = text, *open = NULL;
  for (const char *p = text; *p; p++) {
    if (open && *p == '\\' && p[1]) p++;
    else if (open) open = *p == *open ? NULL : open;
    else if (*p == '"' || *p == '\'') open = p;
    if (!open && strchr(breaks, *p)) begin = p + 1;
  }
  if (quoted) *quoted = open != NULL;
  return (size_t)((open ? open + 1 : begin) - text);
}

const char *lesdiplo_host_complete (lesdiplo_host *host, const char *line,
                                    uint32_t index) {
  if (!host || !line || host->current) return NULL;
  int quoted;
  const char *text = line + lesdiplo_complete_begin(line, &quoted);
  completion c = { line, text, quoted, text, index, NULL };
  for (const char *p = text; *p && !quoted; p++)
    if (*p == '.' || *p == ':') c.rest = p + 1;
  ld_host_protected(host, complete, &c, NULL);
  return c.found;
}
