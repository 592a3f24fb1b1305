/*
** session.c - lesdiplo_session: a host for a prompt, in processes that a line
** may crash, block or fill without loss. Here is what callers ask for; the front
** (front.c) does it.
*/
#include <stdio.h>
#include <string.h>

#include "host/jail/session.h"

/* Seconds for completions. */
static const double NAMES_TIME = 1.0;


/* ----------------------------------------------------------------------
** Lines
*/

/* Files that a line wrote appear with its state, or not at all. */
static int settle (lesdiplo_session *s, bool keep, int code,
                   lesdiplo_error *error) {
  const int kept = ld_broker_settle(&s->watch.broker, keep, error);
  s->rights = s->granted;
  return code == LESDIPLO_OK ? kept : code;
}

static void describe (const lesdiplo_session *s, double begun,
                      lesdiplo_line *line) {
  if (!line) return;
  memset(line, 0, sizeof *line);
  line->seconds = ld_now() - begun;
  if (!s->ended) return;
  line->kept = s->end.kept;
  line->expression = s->end.expression;
  line->statement = s->end.statement;
  line->cpu = s->end.cpu;
  line->memory = s->end.memory;
}

int lesdiplo_session_eval (lesdiplo_session *s, const char *chunk,
                           size_t length, lesdiplo_line *line,
                           lesdiplo_error *error) {
  const struct iovec part = { (void *)(uintptr_t)chunk, length };
  const double begun = ld_now();
  if (error) memset(error, 0, sizeof *error);
  if (!s || !chunk)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a session and a chunk");
  const ld_request r = { .want = LD_WANT_EVAL,
                         .max_time = s->options.max_time };
  int code = ld_front_ask(s, &r, &part, 1, error);
  code = settle(s, s->ended && s->end.kept, code, error);
  describe(s, begun, line);
  return code;
}

static struct iovec part_of (const char *bytes, size_t n) {
  return (struct iovec){ (void *)(uintptr_t)bytes, n };
}

/* Name, path, length and text, each with its NUL. */
static struct iovec *put_module (struct iovec *to, const ld_module *m,
                                 ld_arena *arena) {
  char digits[24];
  const int n = snprintf(digits, sizeof digits, "%zu", m->length);
  const char *length = ld_arena_string(arena, digits, (size_t)n);
  if (!length) return NULL;
  *to++ = part_of(m->name, strlen(m->name) + 1);
  *to++ = part_of(m->path, strlen(m->path) + 1);
  *to++ = part_of(length, (size_t)n + 1);
  *to++ = part_of(m->text, m->length);
  *to++ = part_of("", 1);
  return to;
}

static int run_parts (lesdiplo_session *s, const lesdiplo_run_options *options,
                      const ld_job *job, ld_arena *arena,
                      lesdiplo_error *error) {
  const size_t words = options->argument_count + 1;
  const size_t most = words + 5 * (size_t)job->module_count + 1;
  struct iovec *parts = ld_arena_take(arena, most * sizeof *parts);
  struct iovec *to = parts;
  if (!parts) return ld_fail_memory(error);
  for (size_t i = 0; i < words; i++) {
    const char *word = i == 0 ? options->name : options->arguments[i - 1];
    *to++ = part_of(word, strlen(word) + 1);
  }
  for (uint32_t i = 0; to && i < job->module_count; i++)
    to = put_module(to, &job->modules[i], arena);
  if (!to) return ld_fail_memory(error);
  *to++ = part_of(options->chunk, options->length);
  const ld_request r = { .want = LD_WANT_RUN, .words = (uint32_t)words,
                         .modules = job->module_count,
                         .max_time = options->max_time };
  return ld_front_ask(s, &r, parts, (int)(to - parts), error);
}

int lesdiplo_session_run (lesdiplo_session *s, const char *chunk,
                          size_t length, const char *name,
                          const char *const *arguments, size_t count,
                          lesdiplo_line *line, lesdiplo_error *error) {
  const double begun = ld_now();
  if (error) memset(error, 0, sizeof *error);
  if (!s || !chunk || !name || (count > 0 && !arguments))
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a session, a chunk and its name are needed");
  lesdiplo_run_options options = s->options;
  ld_arena arena;                 /* what is of this script alone */
  options.chunk = chunk;
  options.length = length;
  options.name = name;
  options.arguments = arguments;
  options.argument_count = count;
  ld_job job = s->job;
  ld_arena_init(&arena, &s->memory);
  int code = ld_run_check(&options, &job, &s->rights, &arena, error);
  if (code == LESDIPLO_OK) code = run_parts(s, &options, &job, &arena, error);
  code = settle(s, code == LESDIPLO_OK, code, error);
  ld_arena_free(&arena);
  describe(s, begun, line);
  return code;
}


/* ----------------------------------------------------------------------
** Going back
*/

int lesdiplo_session_undo (lesdiplo_session *s, lesdiplo_error *error) {
  if (error) memset(error, 0, sizeof *error);
  if (!s) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a session");
  if (s->count > (s->cut ? 2 : 1)) return ld_front_back(s, s->count - 1, error);
  return ld_fail(error, LESDIPLO_ENOTFOUND, NULL, 0,
                 s->cut ? "no state before this one is kept any more"
                        : "no line has been run");
}

int lesdiplo_session_reset (lesdiplo_session *s, lesdiplo_error *error) {
  if (error) memset(error, 0, sizeof *error);
  if (!s) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a session");
  return s->count > 1 ? ld_front_back(s, 1, error) : LESDIPLO_OK;
}


/* ----------------------------------------------------------------------
** Completions, format
*/

const char *lesdiplo_session_complete (lesdiplo_session *s, const char *text,
                                       uint32_t index) {
  if (!s || !text) return NULL;
  if (index == 0) {
    const struct iovec part = { (void *)(uintptr_t)text, strlen(text) };
    ld_arena_free(&s->names);
    s->name_count = 0;
    s->list = ld_arena_take(&s->names, LD_NAMES_MOST * sizeof *s->list);
    ld_front_ask(s, &(ld_request){ .want = LD_WANT_NAMES,
                                   .max_time = NAMES_TIME }, &part, 1, NULL);
  }
  return index < s->name_count ? s->list[index] : NULL;
}

int lesdiplo_session_format (lesdiplo_session *s, const char *format,
                             uint32_t width, lesdiplo_error *error) {
  if (error) memset(error, 0, sizeof *error);
  if (!s) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a session");
  if (!format) format = "tsv";
  if (ld_host_check_format(format, error) != LESDIPLO_OK)
    return LESDIPLO_EARG;
  snprintf(s->format, sizeof s->format, "%s", format);
  s->width = width;
  return LESDIPLO_OK;
}


/* ----------------------------------------------------------------------
** Opening and closing
*/

static int open_session (lesdiplo_session *s, lesdiplo_error *error) {
  lesdiplo_run_options *o = &s->options;
  s->granted = (ld_rights){ o->rights, o->right_count, o->overwrite != 0,
                            o->used, o->rights_data };
  s->job.options = o;
  s->job.session = true;
  o->trusted = 1;                 /* what is typed is the caller's own */
  o->host.path_count = 0;
  int code = lesdiplo_session_format(s, o->host.format, o->host.width, error);
  if (code == LESDIPLO_OK) code = ld_run_close(o, &s->job, &s->arena, error);
  if (code == LESDIPLO_OK) code = ld_front_start(s, error);
  return code == LESDIPLO_OK
             ? ld_front_ask(s, &(ld_request){ .want = LD_WANT_NOTHING }, NULL,
                            0, error) : code;
}

int lesdiplo_session_open (lesdiplo_session **out,
                           const lesdiplo_run_options *options,
                           lesdiplo_error *error) {
  lesdiplo_run_options copy = LESDIPLO_RUN_INIT;
  ld_memory memory;
  if (!out)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "no place for the session");
  *out = NULL;
  if (ld_run_options(&copy, options, error) != LESDIPLO_OK)
    return LESDIPLO_EARG;
  ld_memory_init(&memory, copy.host.alloc, copy.host.alloc_data, UINT64_MAX);
  lesdiplo_session *s = ld_memory_new(&memory, sizeof *s);
  if (!s) return ld_fail_memory(error);
  memset(s, 0, sizeof *s);
  s->memory = memory;
  s->options = copy;
  s->trial = (ld_process){ -1, -1 };
  s->watch.out = s->watch.err = s->watch.status = s->watch.broker.fd = -1;
  ld_arena_init(&s->arena, &s->memory);
  ld_arena_init(&s->names, &s->memory);
  s->slot = ld_running_take();
  const int code = open_session(s, error);
  if (code == LESDIPLO_OK) *out = s;
  else lesdiplo_session_close(s);
  return code;
}

void lesdiplo_session_close (lesdiplo_session *s) {
  if (!s) return;
  ld_front_end(s);
  ld_running_free(s->slot);
  ld_arena_free(&s->names);
  ld_arena_free(&s->arena);
  ld_memory memory = s->memory;
  ld_memory_free(&memory, s, sizeof *s);
}
