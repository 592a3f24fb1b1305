/*
** host.c - a Lua state on a counted allocator: made, run, freed; functions that
** an embedder registers.
**
** Every entry runs its work behind one wall, ld_host_protected: an error of
** any kind ends there as a lesdiplo_error, and nothing of Lua's ever jumps
** over a frame of the caller's. What a registered function asks for that may
** raise is protected by itself for the same reason.
*/
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "host/right/right.h"

#define DEFAULT_MEMORY (UINT64_C(1) << 30)

static const char *const formats[] = {
  "table", "tsv", "csv", "json", "jsonl", "md", "html"
};

/* Its address is the key of the help of registered functions, by name. */
static const char help_key;


/* ----------------------------------------------------------------------
** Memory and output
*/

/*
** Lua's allocator. At the soft limit the script is asked to stop, which
** succeeds unless a collection helps; a quarter above it there is no more.
** The gap is there because Lua 5.4.4 may write where it should not when an
** allocation fails in the middle of a collection.
*/
static void *resize (void *data, void *block, size_t old, size_t size) {
  lesdiplo_host *host = data;
  if (!block) old = 0;            /* a type tag */
  void *result = host->options.alloc
                     ? ld_memory_resize(&host->memory, block, old, size)
                     : ld_pool_resize(&host->pool, block, old, size);
  if (!result && size > 0) host->starved = errno;
  if (result && size > old && host->memory.used > host->soft_limit &&
      host->stop == LD_STOP_NONE && host->current)
    ld_host_stop(host, LD_STOP_MEMORY);
  return result;
}

static void set_limit (lesdiplo_host *host, uint64_t bytes) {
  if (bytes > UINT64_MAX / 2) bytes = UINT64_MAX / 2;
  host->soft_limit = bytes;
  host->memory.limit = bytes + bytes / 4;
}

const char *ld_host_size (uint64_t bytes, char *out, size_t size) {
  static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
  unsigned unit = 0;
  double value = (double)bytes;
  for (; value >= 1024 && unit < 4; unit++) value /= 1024;
  snprintf(out, size, "%.4g %s", value, units[unit]);
  return out;
}

void ld_host_write (lua_State *L, const char *bytes, size_t n) {
  lesdiplo_host *host = ld_host_of(L);
  int failed;
  if (ld_host_stopped(L)) ld_host_raise_stop(L);
  if (host->options.write)
    failed = host->options.write(host->options.write_data, bytes, n);
  else
    failed = fwrite(bytes, 1, n, stdout) != n;
  if (!failed) return;
  ld_host_stop(host, LD_STOP_OUTPUT);
  ld_host_raise_stop(L);
}

int ld_host_refuse (lua_State *L, int code, const char *format, ...) {
  lesdiplo_host *host = ld_host_of(L);
  char message[1400];
  ld_text begin;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  host->refusal = code;
  ld_text_init(&begin, host->refused, sizeof host->refused);
  ld_text_add(&begin, message, strlen(message));
  return luaL_error(L, "%s", message);
}

void ld_host_warn (const char *format, ...) {
  char message[1600], line[2000];
  ld_text text;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  ld_text_init(&text, line, sizeof line - 1);
  ld_text_add(&text, "warning: ", 9);
  ld_text_escape(&text, message, strlen(message));
  line[text.used++] = '\n';
  ssize_t ignored = write(STDERR_FILENO, line, text.used);
  (void)ignored;
}


/* ----------------------------------------------------------------------
** The wall
*/

int ld_host_protected (lesdiplo_host *host, lua_CFunction function,
                       void *data, lesdiplo_error *error) {
  lesdiplo_error scratch = { LESDIPLO_OK, 0, "", "" };
  lua_State *L = host->L;
  lesdiplo_error *before = host->error;
  const int top = lua_gettop(L);
  host->error = error ? error : &scratch;
  *host->error = scratch;
  lua_pushcfunction(L, ld_message_handler);
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, data);
  const int status = lua_pcall(L, 1, 0, -3);
  if (status != LUA_OK && (status != LUA_ERRRUN || !host->error->code))
    ld_message_bare(host, status);
  const int code = status == LUA_OK ? LESDIPLO_OK : host->error->code;
  lua_settop(L, top);
  host->error = before;
  return code;
}


/* ----------------------------------------------------------------------
** Making and freeing
*/

static int open_state (lua_State *L) {
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  ld_host_environment(L);
  ld_bind_stdlib(L, ld_host_of(L)->options.stdlib);
  ld_host_entities(L);
  return 0;
}

static const char *copy_string (lesdiplo_host *host, const char *string) {
  return string ? ld_arena_string(&host->strings, string, strlen(string))
                : NULL;
}

static const char *const *copy_strings (lesdiplo_host *host,
                                        const char *const *strings,
                                        size_t count) {
  const char **copies = ld_arena_take(&host->strings,
                                      (count + 1) * sizeof *copies);
  for (size_t i = 0; copies && i < count; i++)
    copies[i] = copy_string(host, strings[i]);
  return copies;
}

static void copy_options (lesdiplo_host *host,
                          const lesdiplo_host_options *options) {
  const lesdiplo_host_options defaults = LESDIPLO_HOST_INIT;
  lesdiplo_host_options *copy = &host->options;
  *copy = defaults;
  if (options)
    memcpy(copy, options, options->size < sizeof *copy ? options->size
                                                       : sizeof *copy);
  copy->format = copy_string(host, copy->format);
  copy->stdlib = copy_string(host, copy->stdlib);
  copy->paths = copy_strings(host, copy->paths, copy->path_count);
  copy->entities = copy_strings(host, copy->entities, copy->entity_count);
}

int ld_host_check_format (const char *format, lesdiplo_error *error) {
  ld_near near = LD_NEAR_INIT(format);
  char hint[64];
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    if (strcmp(formats[i], format) == 0) return LESDIPLO_OK;
    ld_near_try(&near, formats[i]);
  }
  return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                 "no format '%s'%s", format,
                 near.best ? ld_near_text(&near, hint, sizeof hint)
                           : "; there are table tsv csv json jsonl md html");
}

static int check_options (const lesdiplo_host_options *options,
                          lesdiplo_error *error) {
  if (options && options->size == 0)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "options begin with LESDIPLO_HOST_INIT");
  return options && options->format
             ? ld_host_check_format(options->format, error) : LESDIPLO_OK;
}

/* The host and its strings; NULL without memory. */
static lesdiplo_host *allocate (const lesdiplo_host_options *options) {
  ld_memory memory;
  ld_memory_init(&memory, options ? options->alloc : NULL,
                 options ? options->alloc_data : NULL, UINT64_MAX);
  lesdiplo_host *host = ld_memory_new(&memory, sizeof *host);
  if (!host) return NULL;
  memset(host, 0, sizeof *host);
  host->memory = memory;
  host->broker = -1;
  ld_arena_init(&host->strings, &host->memory);
  ld_pool_init(&host->pool, &host->memory);
  copy_options(host, options);
  set_limit(host, host->options.max_memory ? host->options.max_memory
                                           : DEFAULT_MEMORY);
  return host;
}

int lesdiplo_host_new (lesdiplo_host **out, const lesdiplo_corpus *corpus,
                       const lesdiplo_host_options *options,
                       lesdiplo_error *error) {
  if (!out)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "no place for the host");
  *out = NULL;
  if (check_options(options, error) != LESDIPLO_OK) return LESDIPLO_EARG;
  lesdiplo_host *host = allocate(options);
  if (!host) return ld_fail_memory(error);
  if (!host->strings.failed &&
      ld_host_check_entities(&host->options, error) != LESDIPLO_OK) {
    lesdiplo_host_free(host);
    return LESDIPLO_EARG;
  }
  host->corpus = corpus;
  if (!host->strings.failed) host->L = lua_newstate(resize, host);
  if (!host->L) {
    lesdiplo_host_free(host);
    return ld_fail_memory(error);
  }
  *(lesdiplo_host **)lua_getextraspace(host->L) = host;
  lua_gc(host->L, LUA_GCGEN, 0, 0);
  const int code = ld_host_protected(host, open_state, NULL, error);
  if (code != LESDIPLO_OK) {
    lesdiplo_host_free(host);
    return code;
  }
  *out = host;
  return LESDIPLO_OK;
}

void lesdiplo_host_free (lesdiplo_host *host) {
  if (!host) return;
  if (host->L) lua_close(host->L);
  lesdiplo_corpus_close(host->opened);
  ld_arena_free(&host->strings);
  ld_pool_free(&host->pool);
  ld_memory memory = host->memory;
  ld_memory_free(&memory, host, sizeof *host);
}


/* ----------------------------------------------------------------------
** Running a script
*/

typedef struct run {
  lesdiplo_host *host;
  const char *chunk;
  size_t length;
  const char *name;                /* as Lua wants it */
  const char *const *arguments;
  size_t count;
  ld_header header;
  ld_value *values;                /* of its parameters */
} run;

/* Without what Lua's compiler does not take: a byte order mark, "#!...". The
** line of the latter stays a line. */
void ld_host_skip_start (const char **text, size_t *n) {
  const char *p = *text, *end = p + *n;
  if (*n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3;
  if (p < end && *p == '#') {
    p = memchr(p, '\n', (size_t)(end - p));
    if (!p) p = end;
  }
  *n = (size_t)(end - p);
  *text = p;
}

int ld_host_load (lesdiplo_host *host, const char *text, size_t n,
                  const char *name) {
  ld_host_skip_start(&text, &n);
  if (!host->lasting || !host->source) {
    host->source = text;
    host->source_length = n;
    host->source_name = name;
  }
  if (n > 0 && *text == LUA_SIGNATURE[0]) {
    lua_pushfstring(host->L, "%s is bytecode: scripts are text",
                    ld_message_name(name));
    return LUA_ERRSYNTAX;
  }
  return luaL_loadbufferx(host->L, text, n, name, "t");
}

static void push_arg_table (lua_State *L, const run *r) {
  lua_createtable(L, (int)r->count, 1);
  lua_pushstring(L, ld_message_name(r->name));
  lua_rawseti(L, -2, 0);
  for (size_t i = 0; i < r->count; i++) {
    lua_pushstring(L, r->arguments[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* Pushes what the chunk gets as `...`; returns how many. */
static int push_arguments (lua_State *L, const run *r) {
  if (r->header.present) {
    ld_params_push(L, &r->header, r->values);
    return 1;
  }
  luaL_checkstack(L, (int)r->count, "too many arguments");
  for (size_t i = 0; i < r->count; i++) lua_pushstring(L, r->arguments[i]);
  return (int)r->count;
}

static int run_script (lua_State *L) {
  const run *r = lua_touserdata(L, 1);
  lua_settop(L, 0);
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  push_arg_table(L, r);
  lua_setglobal(L, "arg");
  if (ld_host_load(r->host, r->chunk, r->length, r->name) != LUA_OK)
    return lua_error(L);
  lua_call(L, push_arguments(L, r), LUA_MULTRET);
  ld_rows_returned(L, 0);
  ld_rows_finish(L);
  ld_files_finish(L);
  return 0;
}

static int finish_rows (lua_State *L) {
  ld_rows_finish(L);
  return 0;
}

static int print_help (lua_State *L) {
  const ld_buffer *help = lua_touserdata(L, 1);
  ld_host_write(L, help->bytes, help->used);
  return 0;
}

static int write_help (const run *r, lesdiplo_error *error) {
  ld_buffer help;
  int code = LESDIPLO_ENOMEM;
  ld_buffer_init(&help, &r->host->memory);
  ld_params_help(&r->header, &help);
  if (help.failed) ld_fail_memory(error);
  else code = ld_host_protected(r->host, print_help, &help, error);
  ld_buffer_free(&help);
  return code;
}

/* Runs with the limits that the header asks for; the caller's win. */
static int run_limited (const run *r, lesdiplo_error *error) {
  lesdiplo_host *host = r->host;
  const uint64_t limit = host->soft_limit;
  for (uint32_t i = 0; !host->header_told && i < r->header.warnings.count; i++)
    ld_host_warn("%s", r->header.warnings.items[i]);
  if (r->header.memory > 0 && host->options.max_memory == 0)
    set_limit(host, r->header.memory);
  ld_host_begin(host);
  ld_bind_reading_set(host->L, NULL);
  const int code = ld_host_protected(host, run_script, (void *)(uintptr_t)r,
                                     error);
  const bool silent = code == LESDIPLO_OK || host->stop == LD_STOP_OUTPUT;
  ld_host_end(host);
  /* what was printed before an error is made whole; the error is told */
  if (!silent) ld_host_protected(host, finish_rows, NULL, NULL);
  ld_rows_forget(host->L);
  ld_bind_reading_set(host->L, NULL);
  if (!host->lasting) host->source = host->source_name = NULL;
  set_limit(host, limit);
  return code;
}

/* In this process nothing is granted; of a worker the parent has looked. */
static int check_needs (const run *r, ld_arena *arena,
                        lesdiplo_error *error) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  ld_rights none = { NULL, 0, false, NULL, NULL };
  if (r->host->broker >= 0) return LESDIPLO_OK;
  options.name = r->name;
  return ld_rights_ask(&none, &options, &r->header, arena, error);
}

/* They are the parent's to read, and of a script in this process ours. */
static int give_modules (const run *r, ld_arena *arena,
                         lesdiplo_error *error) {
  if (r->host->broker >= 0) return LESDIPLO_OK;
  r->host->modules = r->header.modules;
  r->host->module_count = r->header.module_count;
  return ld_modules_read(&r->header, r->name, NULL, 0, arena, error);
}

/* The header and its parameters first: nothing of the script has run yet. */
static int run_checked (run *r, ld_arena *arena, lesdiplo_error *error) {
  const ld_header *header = &r->header;
  int code = ld_header_read(&r->header, arena, r->chunk, r->length,
                            ld_message_name(r->name), error);
  if (code == LESDIPLO_EFORMAT && error) error->code = LESDIPLO_ESCRIPT;
  if (code == LESDIPLO_EFORMAT) return LESDIPLO_ESCRIPT;
  if (code == LESDIPLO_OK &&
      ld_params_ask_help(header, r->arguments, r->count))
    return write_help(r, error);
  if (code == LESDIPLO_OK) code = ld_header_allowed(header, error);
  if (code == LESDIPLO_OK) code = check_needs(r, arena, error);
  if (code == LESDIPLO_OK) code = give_modules(r, arena, error);
  if (code == LESDIPLO_OK && header->present)
    code = ld_params_read(header, arena, r->arguments, r->count, &r->values,
                          error);
  if (code == LESDIPLO_OK) code = run_limited(r, error);
  if (r->host->broker < 0) r->host->module_count = 0;
  return code;
}

int lesdiplo_host_run (lesdiplo_host *host, const char *chunk, size_t length,
                       const char *name, const char *const *arguments,
                       size_t count, lesdiplo_error *error) {
  run r = { .host = host, .chunk = chunk, .length = length,
            .arguments = arguments, .count = count };
  ld_arena arena;
  if (error) memset(error, 0, sizeof *error);
  if (!host || !chunk || !name || (count > 0 && !arguments))
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a host, a chunk and its name are needed");
  if (host->current)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "the host runs a script");
  ld_arena_init(&arena, &host->memory);
  const bool marked = *name == '=' || *name == '@';
  char *named = ld_arena_take(host->lasting ? &host->strings : &arena,
                              strlen(name) + 2);
  int code = LESDIPLO_ENOMEM;
  if (named) {
    if (!marked) *named = '@';
    strcpy(named + !marked, name);
    r.name = named;
    code = run_checked(&r, &arena, error);
  }
  else
    ld_fail_memory(error);
  ld_arena_free(&arena);
  return code;
}


/* ----------------------------------------------------------------------
** Functions of the embedder's
*/

struct lesdiplo_call {
  lua_State *L;
  int count;             /* arguments: stack places 1 to count */
  int results;           /* pushed above them */
  char message[400];     /* of lesdiplo_call_fail */
};

typedef struct registered {
  lesdiplo_function function;
  void *data;
} registered;

static int call_registered (lua_State *L) {
  const registered *r = lua_touserdata(L, lua_upvalueindex(1));
  lesdiplo_call call = { L, lua_gettop(L), 0, "" };
  const int code = r->function(&call, r->data);
  if (code == LESDIPLO_OK) return call.results;
  if (*call.message) return luaL_error(L, "%s", call.message);
  return luaL_error(L, "a function of the program failed (%d)", code);
}

/* What a protected step works on. */
typedef struct step {
  const char *bytes;
  size_t length;
  const lesdiplo_doc *doc;
  uint32_t begin, end;
  int index;
} step;

/* Runs it with the value at step->index, if any, and keeps its result. */
static int protect (lesdiplo_call *call, lua_CFunction function, step *s) {
  lua_State *L = call->L;
  if (!lua_checkstack(L, 8)) return LESDIPLO_ENOMEM;
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, s);
  if (s->index > 0) lua_pushvalue(L, s->index);
  if (lua_pcall(L, s->index > 0 ? 2 : 1, 1, 0) == LUA_OK) return LESDIPLO_OK;
  lua_pop(L, 1);
  return ld_host_of(L)->stop ? LESDIPLO_ELIMIT : LESDIPLO_ENOMEM;
}

int lesdiplo_call_count (const lesdiplo_call *call) {
  return call ? call->count : 0;
}

static bool is_argument (const lesdiplo_call *call, int i) {
  return call && i >= 1 && i <= call->count;
}

static int step_tostring (lua_State *L) {
  lua_tolstring(L, 2, NULL);
  return 1;
}

const char *lesdiplo_call_string (lesdiplo_call *call, int i,
                                  size_t *length) {
  if (!is_argument(call, i) || !lua_isstring(call->L, i)) return NULL;
  if (lua_type(call->L, i) == LUA_TNUMBER) {
    step s = { .index = i };
    if (protect(call, step_tostring, &s) != LESDIPLO_OK) return NULL;
    lua_replace(call->L, i);
  }
  return lua_tolstring(call->L, i, length);
}

int lesdiplo_call_number (lesdiplo_call *call, int i, double *out) {
  int is_number = 0;
  if (is_argument(call, i) && out) {
    const double value = lua_tonumberx(call->L, i, &is_number);
    if (is_number) *out = value;
  }
  return is_number;
}

const lesdiplo_doc *lesdiplo_call_doc (lesdiplo_call *call, int i) {
  return is_argument(call, i) && lua_checkstack(call->L, 4)
         ? ld_bind_to_doc(call->L, i) : NULL;
}

static int step_string (lua_State *L) {
  const step *s = lua_touserdata(L, 1);
  lua_pushlstring(L, s->bytes, s->length);
  return 1;
}

static int step_span (lua_State *L) {
  const step *s = lua_touserdata(L, 1);
  ld_bind_push_span(L, s->doc, s->begin, s->end);
  return 1;
}

static int add_result (lesdiplo_call *call, lua_CFunction function, step *s) {
  const int code = protect(call, function, s);
  if (code == LESDIPLO_OK) call->results++;
  return code;
}

int lesdiplo_return_string (lesdiplo_call *call, const char *bytes,
                            size_t length) {
  step s = { .bytes = bytes, .length = length };
  if (!call || (!bytes && length > 0)) return LESDIPLO_EARG;
  if (!bytes) s.bytes = "";
  return add_result(call, step_string, &s);
}

int lesdiplo_return_number (lesdiplo_call *call, double value) {
  if (!call) return LESDIPLO_EARG;
  if (!lua_checkstack(call->L, 1)) return LESDIPLO_ENOMEM;
  /* a whole number is printed as one: 3, not 3.0 */
  if (value >= -9007199254740992.0 && value <= 9007199254740992.0 &&
      value == (double)(lua_Integer)value)
    lua_pushinteger(call->L, (lua_Integer)value);
  else
    lua_pushnumber(call->L, value);
  call->results++;
  return LESDIPLO_OK;
}

int lesdiplo_return_boolean (lesdiplo_call *call, int value) {
  if (!call) return LESDIPLO_EARG;
  if (!lua_checkstack(call->L, 1)) return LESDIPLO_ENOMEM;
  lua_pushboolean(call->L, value);
  call->results++;
  return LESDIPLO_OK;
}

int lesdiplo_return_span (lesdiplo_call *call, const lesdiplo_doc *doc,
                          uint32_t begin, uint32_t end) {
  step s = { .doc = doc, .begin = begin, .end = end };
  lesdiplo_span span;
  if (!call || lesdiplo_doc_locate(doc, begin, end, &span) != LESDIPLO_OK)
    return LESDIPLO_EARG;
  return add_result(call, step_span, &s);
}

int lesdiplo_call_fail (lesdiplo_call *call, const char *message) {
  ld_text text;
  if (!call) return LESDIPLO_EARG;
  ld_text_init(&text, call->message, sizeof call->message);
  ld_text_add(&text, message ? message : "failed",
              message ? strlen(message) : 6);
  return LESDIPLO_ESCRIPT;
}


/* ----------------------------------------------------------------------
** Registering
*/

static bool is_name (const char *name) {
  static const char *const reserved[] = {
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function",
    "goto", "if", "in", "local", "nil", "not", "or", "repeat", "return",
    "then", "true", "until", "while"
  };
  if (!isalpha((unsigned char)*name) && *name != '_') return false;
  for (const char *p = name; *p; p++)
    if (!isalnum((unsigned char)*p) && *p != '_') return false;
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (strcmp(reserved[i], name) == 0) return false;
  return true;
}

typedef struct registration {
  const char *name, *doc;
  registered what;
  bool taken;
} registration;

static bool is_taken (lua_State *L, const char *name) {
  for (int i = 0; ld_host_lazy_names[i]; i++)
    if (strcmp(ld_host_lazy_names[i], name) == 0) return true;
  lua_pushglobaltable(L);
  lua_pushstring(L, name);
  const bool taken = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return taken;
}

static int add_function (lua_State *L) {
  registration *r = lua_touserdata(L, 1);
  r->taken = is_taken(L, r->name);
  if (r->taken) return 0;
  registered *kept = lua_newuserdatauv(L, sizeof *kept, 0);
  *kept = r->what;
  lua_pushcclosure(L, call_registered, 1);
  lua_setglobal(L, r->name);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &help_key) == LUA_TNIL) {
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &help_key);
  }
  lua_pushstring(L, r->doc ? r->doc : r->name);
  lua_setfield(L, -2, r->name);
  return 0;
}

int lesdiplo_host_register (lesdiplo_host *host, const char *name,
                            lesdiplo_function function, void *data,
                            const char *doc) {
  registration r = { name, doc, { function, data }, false };
  if (!host || !name || !function || !is_name(name) || host->current)
    return LESDIPLO_EARG;
  const int code = ld_host_protected(host, add_function, &r, NULL);
  if (code == LESDIPLO_OK && r.taken) return LESDIPLO_EARG;
  return code == LESDIPLO_OK ? LESDIPLO_OK : LESDIPLO_ENOMEM;
}

const char *ld_help_registered (lua_State *L, const char *name) {
  const char *text = NULL;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &help_key) == LUA_TTABLE) {
    lua_getfield(L, -1, name);
    text = lua_tostring(L, -1);     /* the table keeps it */
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return text;
}
