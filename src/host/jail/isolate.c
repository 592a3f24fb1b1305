/*
** isolate.c - lesdiplo_run_isolated: what is looked at before a worker is forked.
**
** Header, parameters and rights come first, so that what is wrong is told before
** a document is read; then the kernel is asked what it has to hold a worker with;
** then the corpus is read, since the worker opens nothing.
*/
#include <string.h>

#include "host/jail/jail.h"

/* Seconds for a script that nobody has spoken for. */
enum { STRANGER_TIME = 600 };


/* ----------------------------------------------------------------------
** The script
*/

/* The caller's limit, or the author's, or that of a stranger. */
static void limit_time (lesdiplo_run_options *options, double header) {
  if (options->max_time <= 0) options->max_time = header;
  if (options->max_time <= 0 && !options->trusted)
    options->max_time = STRANGER_TIME;
}

/* Reads header and parameters before anything is forked or read: a mistyped
** flag is told at once. Takes the header's time limit if there is no other. */
int ld_run_check (lesdiplo_run_options *options, ld_job *job,
                  ld_rights *rights, ld_arena *arena, lesdiplo_error *error) {
  ld_header header;
  ld_value *values;
  int code = ld_header_read(&header, arena, options->chunk, options->length,
                            ld_message_name(options->name), error);
  if (code == LESDIPLO_EFORMAT) {
    code = LESDIPLO_ESCRIPT;
    if (error) error->code = code;
  }
  if (code == LESDIPLO_OK && !header.present) limit_time(options, 0);
  if (code != LESDIPLO_OK || !header.present ||
      ld_params_ask_help(&header, options->arguments, options->argument_count))
    return code;
  code = ld_header_allowed(&header, error);
  if (code == LESDIPLO_OK)
    code = ld_modules_read(&header, options->name, options->module_folders,
                           options->module_folder_count, arena, error);
  job->modules = header.modules;
  job->module_count = header.module_count;
  if (code == LESDIPLO_OK)
    code = ld_params_read(&header, arena, options->arguments,
                          options->argument_count, &values, error);
  if (code == LESDIPLO_OK && !options->rights_later)
    code = ld_rights_ask(rights, options, &header, arena, error);
  if (code == LESDIPLO_OK) limit_time(options, header.time);
  return code;
}


/* ----------------------------------------------------------------------
** What it stands on
*/

static bool has_corpus (const char *text, size_t n) {
  static const char name[] = "corpus";
  return memmem(text, n, name, sizeof name - 1) != NULL;
}

/*
** The worker opens no documents, so they are read here, if the script speaks of
** them at all: `-e 'print(1)'` has nothing to wait for. Sets '*own' to what is
** to be closed.
*/
static int read_corpus (lesdiplo_run_options *options, const ld_job *job,
                        lesdiplo_corpus **own, lesdiplo_error *error) {
  bool wanted = has_corpus(options->chunk, options->length);
  *own = NULL;
  for (uint32_t i = 0; i < job->module_count; i++)
    wanted |= has_corpus(job->modules[i].text, job->modules[i].length);
  if (options->corpus || options->host.path_count == 0 || !wanted)
    return LESDIPLO_OK;
  const int code = ld_host_open_corpus(own, &options->host, error);
  options->corpus = *own;
  return code;
}

/* What a worker has to read by itself while the script runs. */
static int list_reads (const lesdiplo_host_options *host, ld_arena *arena,
                       ld_job *job, lesdiplo_error *error) {
  const char **paths = ld_arena_take(arena, (host->entity_count + 1) *
                                            sizeof *paths);
  if (!paths) return ld_fail_memory(error);
  for (size_t i = 0; i < host->entity_count; i++)
    paths[job->read_count++] = host->entities[i];
  if (host->stdlib) paths[job->read_count++] = host->stdlib;
  job->reads = paths;
  return LESDIPLO_OK;
}

unsigned lesdiplo_sandbox (void) {
  return (ld_jail_has_files() ? LESDIPLO_SANDBOX_FILES : 0U) |
         (ld_jail_has_calls() ? LESDIPLO_SANDBOX_CALLS : 0U);
}

static int no_sandbox (const lesdiplo_run_options *options,
                       const char *missing, lesdiplo_error *error) {
  if (!options->trusted)
    return ld_fail(error, LESDIPLO_EDENIED, ld_message_name(options->name), 0,
                   "this system has no %s to hold a script to its rights; if "
                   "you trust %s, run it with --isolation none", missing,
                   ld_message_name(options->name));
  ld_host_warn("this system has no %s: what runs here is not held to its "
               "rights by the kernel", missing);
  return LESDIPLO_OK;
}

/*
** Where there is no Landlock a worker that may open nothing is closed by its
** calls alone. One that may open something could open anything.
*/
static int close_world (const lesdiplo_run_options *options, ld_job *job,
                        lesdiplo_error *error) {
  if (options->isolation == LESDIPLO_ISOLATION_NONE) return LESDIPLO_OK;
  job->files = ld_jail_has_files();
  job->calls = ld_jail_has_calls();
  if (!job->files && !job->calls)
    return no_sandbox(options, "sandbox (Landlock, seccomp)", error);
  if (!job->files && job->read_count > 0)
    return no_sandbox(options, "Landlock, which --entities and --stdlib want",
                      error);
  return LESDIPLO_OK;
}

int ld_run_close (const lesdiplo_run_options *options, ld_job *job,
                  ld_arena *arena, lesdiplo_error *error) {
  const int code = list_reads(&options->host, arena, job, error);
  return code == LESDIPLO_OK ? close_world(options, job, error) : code;
}


/* ----------------------------------------------------------------------
** The run
*/

/* 'options' are a copy, to be filled in. With 'only' nothing is run. */
static int run_checked (lesdiplo_run_options *options, bool only,
                        ld_arena *arena, lesdiplo_error *error) {
  ld_rights rights = { options->rights, options->right_count,
                       options->overwrite != 0, options->used,
                       options->rights_data };
  ld_job job = { .options = options };
  lesdiplo_corpus *own = NULL;
  int code = ld_run_check(options, &job, &rights, arena, error);
  if (code != LESDIPLO_OK || only) return code;
  code = ld_run_close(options, &job, arena, error);
  if (code != LESDIPLO_OK) return code;
  code = read_corpus(options, &job, &own, error);
  options->host.path_count = 0;
  if (code == LESDIPLO_OK) code = ld_watch_run(&job, &rights, arena, error);
  lesdiplo_corpus_close(own);
  return code;
}

int ld_run_options (lesdiplo_run_options *copy,
                    const lesdiplo_run_options *options,
                    lesdiplo_error *error) {
  const lesdiplo_run_options defaults = LESDIPLO_RUN_INIT;
  if (error) memset(error, 0, sizeof *error);
  if (!options || options->size == 0)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "options begin with LESDIPLO_RUN_INIT");
  *copy = defaults;
  memcpy(copy, options, options->size < sizeof *copy ? options->size
                                                     : sizeof *copy);
  return LESDIPLO_OK;
}

static int run (const lesdiplo_run_options *options, bool only,
                lesdiplo_error *error) {
  lesdiplo_run_options copy = LESDIPLO_RUN_INIT;
  ld_memory memory;
  ld_arena arena;
  if (ld_run_options(&copy, options, error) != LESDIPLO_OK)
    return LESDIPLO_EARG;
  if (!copy.chunk || !copy.name ||
      (copy.argument_count > 0 && !copy.arguments))
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a chunk and its name are needed");
  ld_memory_init(&memory, copy.host.alloc, copy.host.alloc_data, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  const int code = run_checked(&copy, only, &arena, error);
  ld_arena_free(&arena);
  return code;
}

int lesdiplo_run_check (const lesdiplo_run_options *options,
                        lesdiplo_error *error) {
  return run(options, true, error);
}

int lesdiplo_run_isolated (const lesdiplo_run_options *options,
                           lesdiplo_error *error) {
  return run(options, false, error);
}
