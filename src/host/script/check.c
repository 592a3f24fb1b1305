/*
** check.c - what can be said of a script without running it. The looking is done in
** Lua, by lesdiplo.script: here is the state it works in, which has what scripts
** have and nothing of the script but its text, and what it has to know.
*/
#include <stdlib.h>
#include <string.h>

#include "host/host.h"

/* Bytes of a script that is looked at: all that a person wrote is smaller. */
enum { SCRIPT_MOST = 4 << 20 };

/* One question to lesdiplo.script. */
typedef struct question {
  lesdiplo_host *host;
  const char *function;        /* of the module */
  const char *chunk;
  size_t length;
  const ld_header *header;     /* NULL: the question is about no script */
  lesdiplo_remark remark;      /* or NULL */
  void *data;
  uint32_t remarks;
  ld_buffer *text;             /* where a text goes, or NULL */
} question;


/* ----------------------------------------------------------------------
** What it has to know
*/

/* Every name that has help, and its text. [-0, +1, m] */
static void push_help (lua_State *L) {
  const char *name;
  lua_newtable(L);
  for (uint32_t i = 0; (name = lesdiplo_help_name(i)) != NULL; i++) {
    lua_pushstring(L, lesdiplo_help(name));
    lua_setfield(L, -2, name);
  }
}

static void push_params (lua_State *L, const ld_header *header) {
  lua_newtable(L);
  for (uint32_t i = 0; header && i < header->param_count; i++) {
    lua_pushinteger(L, (lua_Integer)header->params[i].line);
    lua_setfield(L, -2, header->params[i].name);
  }
}

/* Kinds of rights that the header asks for, and where. A module may use what its
** script asks for: then nothing is said of them. */
static void push_needs (lua_State *L, const ld_header *header) {
  lua_newtable(L);
  for (int i = 0; header && header->module_count == 0 && i < LD_NEEDS; i++) {
    if (header->needs[i].list.count == 0) continue;
    lua_pushinteger(L, (lua_Integer)header->needs[i].line);
    lua_setfield(L, -2, ld_need_names[i]);
  }
}

/* [-0, +1, m] */
static void push_known (lua_State *L, const ld_header *header) {
  lua_createtable(L, 0, 3);
  push_help(L);
  lua_setfield(L, -2, "help");
  lua_newtable(L);
  for (int i = 0; ld_host_lazy_names[i]; i++) {
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, ld_host_lazy_names[i]);
  }
  lua_pushboolean(L, 1);
  lua_setfield(L, -2, "arg");
  lua_setfield(L, -2, "lazy");
  lua_createtable(L, 0, 2);
  push_params(L, header);
  lua_setfield(L, -2, "params");
  push_needs(L, header);
  lua_setfield(L, -2, "needs");
  lua_setfield(L, -2, "header");
}


/* ----------------------------------------------------------------------
** The answer
*/

static void say (question *q, lua_Integer line, const char *message) {
  q->remarks++;
  if (q->remark) q->remark(q->data, line > 0 ? (uint32_t)line : 1, message);
}

/* An array of { line, message } on the top. [-0, +0, e] */
static void hear_remarks (lua_State *L, question *q) {
  const lua_Integer count = luaL_len(L, -1);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    say(q, lua_tointeger(L, -2), lua_tostring(L, -1));
    lua_pop(L, 3);
  }
}

/* "script:LINE: what": the line and what. */
static const char *split (const char *message, lua_Integer *line) {
  const char *colon = strchr(message, ':');
  char *end = NULL;
  *line = colon ? strtol(colon + 1, &end, 10) : 1;
  return end && *end == ':' && end[1] == ' ' ? end + 2 : message;
}

/* The compiler's word, where it does not take the text. */
static bool compiles (lua_State *L, question *q) {
  lua_Integer line;
  const char *text = q->chunk;
  size_t n = q->length;
  ld_host_skip_start(&text, &n);
  if (n > 0 && *text == LUA_SIGNATURE[0]) {
    say(q, 1, "this is bytecode: scripts are text");
    return false;
  }
  const int status = luaL_loadbufferx(L, text, n, "=script", "t");
  if (status == LUA_ERRMEM) lua_error(L);
  if (status != LUA_OK) {
    const char *message = split(lua_tostring(L, -1), &line);
    say(q, line, message);
  }
  lua_pop(L, 1);
  return status == LUA_OK;
}

static int answer (lua_State *L) {
  question *q = lua_touserdata(L, 1);
  const char *text = q->chunk;
  size_t n = q->length;
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  if (q->chunk && !compiles(L, q)) return 0;
  lua_pushcfunction(L, ld_bind_require);
  lua_pushliteral(L, "lesdiplo.script");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, q->function);
  ld_host_skip_start(&text, &n);
  lua_pushlstring(L, text ? text : "", n);
  push_known(L, q->header);
  lua_call(L, 2, 1);
  if (q->text) {
    const char *out = luaL_checklstring(L, -1, &n);
    ld_buffer_add(q->text, out, n);
  }
  else hear_remarks(L, q);
  return 0;
}

static int ask (question *q, lesdiplo_error *error) {
  if (q->length > SCRIPT_MOST)
    return ld_fail(error, LESDIPLO_ELIMIT, q->header->script, 0,
                   "%s is larger than what is looked at, 4 MB",
                   q->header->script);
  int code = lesdiplo_host_new(&q->host, NULL, NULL, error);
  if (code != LESDIPLO_OK) return code;
  code = ld_host_protected(q->host, answer, q, error);
  lesdiplo_host_free(q->host);
  return code;
}


/* ----------------------------------------------------------------------
** The three questions
*/

/* The first line of a header's error, which has its place in the second. */
static void say_header (question *q, const lesdiplo_error *error) {
  char message[sizeof error->message];
  const size_t n = strcspn(error->message, "\n");
  memcpy(message, error->message, n);
  message[n] = '\0';
  say(q, error->line, message);
}

static void say_warnings (question *q) {
  const ld_header *h = q->header;
  const size_t name = strlen(h->script);
  for (uint32_t i = 0; i < h->warnings.count; i++) {
    const char *warning = h->warnings.items[i];
    char *rest = NULL;
    if (strlen(warning) <= name + 1) continue;
    const long line = strtol(warning + name + 1, &rest, 10);
    say(q, line, *rest == ':' ? rest + 2 : warning);
  }
}

static int check (question *q, ld_header *header, ld_arena *arena,
                  const char *name, lesdiplo_error *error) {
  lesdiplo_error problem = { 0, 0, "", "" };
  int code = ld_header_read(header, arena, q->chunk, q->length, name, &problem);
  if (code == LESDIPLO_OK) code = ld_header_allowed(header, &problem);
  if (code == LESDIPLO_ENOMEM) return ld_fail_memory(error);
  q->header = header;
  if (code != LESDIPLO_OK) {
    say_header(q, &problem);
    return LESDIPLO_EFORMAT;    /* of its parameters nothing is known */
  }
  say_warnings(q);
  code = ask(q, error);
  return code == LESDIPLO_OK && q->remarks > 0 ? LESDIPLO_EFORMAT : code;
}

int lesdiplo_script_check (const char *chunk, size_t length, const char *name,
                           lesdiplo_remark remark, void *data,
                           lesdiplo_error *error) {
  ld_memory memory;
  ld_arena arena;
  ld_header header;
  question q = { .function = "check", .chunk = chunk, .length = length,
                 .remark = remark, .data = data };
  if (!chunk || !name)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a chunk and its name are needed");
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  const int code = check(&q, &header, &arena, ld_message_name(name), error);
  ld_arena_free(&arena);
  return code;
}

/* A text of a script that does not compile is told without what it uses. */
static int inspect (question *q, ld_header *header, ld_arena *arena,
                    const char *name, lesdiplo_error *error) {
  char sha256[65];
  int code = ld_header_read(header, arena, q->chunk, q->length, name, error);
  if (code != LESDIPLO_OK) return code;
  ld_sha256(q->chunk, q->length, sha256);
  ld_header_inspect(header, sha256, q->text);
  q->header = header;
  code = ask(q, error);
  if (code == LESDIPLO_OK && q->remarks > 0)
    ld_buffer_puts(q->text, "\nIt does not compile: lesdiplo check says why.\n");
  return code;
}

static int take_text (ld_buffer *text, int code, char **out,
                      lesdiplo_error *error) {
  if (code == LESDIPLO_OK) {
    *out = text->failed ? NULL : strdup(ld_buffer_text(text));
    if (!*out) code = ld_fail_memory(error);
  }
  ld_buffer_free(text);
  return code;
}

int lesdiplo_script_inspect (char **out, const char *chunk, size_t length,
                             const char *name, lesdiplo_error *error) {
  ld_memory memory;
  ld_arena arena;
  ld_buffer text;
  ld_header header;
  question q = { .function = "inspect", .chunk = chunk, .length = length,
                 .text = &text };
  if (!out || !chunk || !name)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a chunk, its name and a place for the text are needed");
  *out = NULL;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  ld_buffer_init(&text, &memory);
  const int code = take_text(&text,
                             inspect(&q, &header, &arena, ld_message_name(name),
                                     error), out, error);
  ld_arena_free(&arena);
  return code;
}

int lesdiplo_editor_file (uint32_t index, const char **name, char **out,
                          lesdiplo_error *error) {
  static const struct { const char *name, *function; } files[] = {
    { "library/lesdiplo.lua", "definitions" }, { ".luarc.json", "luarc" },
    { ".luacheckrc", "luacheckrc" }
  };
  ld_memory memory;
  ld_buffer text;
  if (!name || !out)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "places for a name and its text are needed");
  *out = NULL;
  if (index >= sizeof files / sizeof *files)
    return ld_fail(error, LESDIPLO_ENOTFOUND, NULL, 0, "no such file");
  question q = { .function = files[index].function, .text = &text };
  *name = files[index].name;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&text, &memory);
  return take_text(&text, ask(&q, error), out, error);
}
