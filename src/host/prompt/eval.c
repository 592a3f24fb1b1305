/*
** eval.c - a line of the prompt: what it evaluates to, or the help that it asks
** for. It is tried as an expression first.
*/
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "host/prompt/prompt.h"
#include "host/right/right.h"

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
  ld_host_write(L, text, strlen(text));
  if (*text && text[strlen(text) - 1] != '\n') ld_host_write(L, "\n", 1);
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

/* A line that begins with '#' is no comment here: it asks for a length. */
static int load_statement (lua_State *L, const line *l, const char *name) {
  if (*l->text != '#') return ld_host_load(l->host, l->text, l->n, name);
  lua_pushvalue(L, -1);           /* what was wrong with it as an expression */
  return LUA_ERRSYNTAX;
}

/* Leaves the compiled line alone on the stack; false when it is incomplete, as an expression or as
** statements. Of a line that is neither it raises what is wrong with it as the
** latter. */
static bool compile (lua_State *L, line *l) {
  static const char name[] = "=(prompt)";
  lesdiplo_host *host = l->host;
  lua_pushlstring(L, "return ", 7);
  lua_pushlstring(L, l->text, l->silent ? l->n - 1 : l->n);
  lua_concat(L, 2);
  const char *text = lua_tostring(L, -1);
  const int expression = ld_host_load(host, text, lua_rawlen(L, -1), name);
  const int statement = load_statement(L, l, name);
  host->expression = expression == LUA_OK;
  host->statement = statement == LUA_OK;
  host->source = l->text;         /* what was typed, for messages */
  host->source_length = l->n;
  if (host->expression) lua_pop(L, 1);
  else if (!host->statement) {
    if (wants_more(L, statement)) return false;
    lua_pushvalue(L, -2);
    if (wants_more(L, expression)) return false;
    lua_pop(L, 1);
    lua_error(L);
  }
  lua_replace(L, 1);
  lua_settop(L, 1);
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
  for (int i = 1; i <= n && !l->silent; i++) ld_prompt_show(L, i);
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
