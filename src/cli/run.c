/*
** run.c - a script from a file, from standard input or from -e, run in a
** process of its own. Here is the parent's part: the text, the output, the
** signals; the worker is the library's.
*/
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"


/* ----------------------------------------------------------------------
** The text
*/

/* Several -e are the lines of one script. */
static int join_chunks (ld_session *session) {
  const ld_words *chunks = &session->arguments.chunks;
  size_t room = 1, i;
  char *to;
  for (i = 0; i < chunks->count; i++) room += strlen(chunks->items[i]) + 1;
  to = session->script.bytes = malloc(room);
  if (to == NULL) {
    ld_message_error("no memory");
    return LD_STOPPED;
  }
  for (i = 0; i < chunks->count; i++) {
    if (i > 0) *to++ = '\n';
    to = stpcpy(to, chunks->items[i]);
  }
  session->script.length = (size_t)(to - session->script.bytes);
  session->script_name = "=(-e)";
  return LD_DONE;
}

static int read_script (ld_session *session) {
  const char *script = session->arguments.script;
  if (session->arguments.chunks.count > 0) return join_chunks(session);
  session->script_name =
      strcmp(script, "-") == 0 ? "=(standard input)" : script;
  return ld_bytes_read(&session->script, script);
}

const char *ld_script_text (const ld_bytes *script, size_t *length) {
  const char *text = script->bytes, *end = text + script->length;
  if (script->length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3;
  if (end - text >= 2 && text[0] == '#' && text[1] == '!')
    while (text < end && *text != '\n') text++;   /* keeps line 1 a line */
  *length = (size_t)(end - text);
  return text;
}


/* ----------------------------------------------------------------------
** The host
*/

/* A file called report.csv wants csv. */
static const char *format_of_name (const char *path) {
  static const char *const endings[] = {
    "tsv", "csv", "json", "jsonl", "md", "html"
  };
  const char *dot = strrchr(path, '.');
  size_t i;
  for (i = 0; dot && i < sizeof endings / sizeof *endings; i++)
    if (strcmp(dot + 1, endings[i]) == 0) return endings[i];
  return NULL;
}

const char *ld_session_asked (const ld_session *session) {
  const ld_arguments *arguments = &session->arguments;
  if (arguments->format != NULL || arguments->output == NULL)
    return arguments->format;
  return format_of_name(arguments->output);
}

const char *ld_session_format (const ld_session *session) {
  const char *format = ld_session_asked(session);
  if (format == NULL) format = session->output.terminal ? "table" : "tsv";
  return format;
}

void ld_session_host (ld_session *session, lesdiplo_host_options *options) {
  options->max_memory = session->arguments.max_memory;
  options->write = ld_output_write;
  options->write_data = &session->output;
  options->format = ld_session_format(session);
  options->width = ld_terminal_width(session->output.fd);
  options->stdlib = session->arguments.stdlib;
  options->entities = session->arguments.entities.items;
  options->entity_count = session->arguments.entities.count;
  if (session->seeds != NULL) {
    options->paths = (const char *const *)&session->seeds;
    options->path_count = 1;
  }
}


/* ----------------------------------------------------------------------
** Signals
*/

static volatile sig_atomic_t interrupted;

/* Ctrl-C asks the script to stop; a second one kills it. */
static void stop (int number) {
  (void)number;
  interrupted = 1;
  lesdiplo_run_stop();
}

/* Who sends these does not wait. */
static void kill_at_once (int number) {
  (void)number;
  lesdiplo_run_stop();
  lesdiplo_run_stop();
}

/* A document in the script's place is the mistake of the first minute. */
static void hint_at_document (const char *script) {
  static const char *const endings[] = {".txt", ".md", ".jsonl", ".html"};
  const char *dot = script ? strrchr(script, '.') : NULL;
  size_t i;
  for (i = 0; dot && i < sizeof endings / sizeof *endings; i++)
    if (strcmp(dot, endings[i]) == 0)
      ld_message_plain("%s was run as a script; documents are named with -c",
                       script);
}

/* And that of the second: our option among the script's arguments. */
static void hint_at_order (const ld_words *words) {
  size_t i;
  for (i = 0; i < words->count && !ld_option_known(words->items[i]); i++) ;
  if (i < words->count)
    ld_message_plain("%s stands after the script: lesdiplo's own options go "
                     "before it", words->items[i]);
}

/* A search of our own prints as much as there is. */
static uint64_t output_most (const ld_session *session) {
  static const uint64_t usual = UINT64_C(256) << 20;
  const ld_verb *verb = session->arguments.verb;
  if (verb != &ld_verb_run && verb != &ld_verb_repl &&
      session->arguments.script == NULL) return 0;
  return session->arguments.max_output ? session->arguments.max_output : usual;
}

/* Says why a script did not end well, and returns the exit code. */
static int report (const ld_session *session, int code,
                   const lesdiplo_error *error) {
  int status;
  if (interrupted && isatty(STDERR_FILENO))
    ld_message_plain("%s", "");   /* the terminal's ^C has a line for itself */
  status = ld_message_failure(error);
  if (code == LESDIPLO_ESCRIPT) hint_at_document(session->arguments.script);
  if (code == LESDIPLO_EARG) hint_at_order(&session->arguments.words);
  return status;
}

void ld_run_set (ld_session *session, lesdiplo_run_options *options) {
  options->corpus = session->corpus;
  ld_session_host(session, &options->host);
  if (session->script.bytes)
    options->chunk = ld_script_text(&session->script, &options->length);
  options->name = session->script_name;
  options->arguments = session->arguments.words.items;
  options->argument_count = session->arguments.words.count;
  options->max_time = session->arguments.max_time;
  options->max_output = output_most(session);
  options->isolation = (int)session->arguments.isolation;
  options->after = session->after;
  ld_rights_set(session, options);
}

/* The script's text, and whether it may run: before documents are read. */
int ld_run_prepare (ld_session *session) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  lesdiplo_error error = {0, 0, "", ""};
  int code, status = read_script(session);
  if (status == LD_DONE) status = ld_rights_prepare(session);
  if (status != LD_DONE) return status;
  ld_run_set(session, &options);
  code = lesdiplo_run_check(&options, &error);
  return code == LESDIPLO_OK ? LD_DONE : report(session, code, &error);
}

int ld_run (ld_session *session) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  lesdiplo_error error = {0, 0, "", ""};
  int code, status;
  ld_run_set(session, &options);
  ld_progress_set(session, &options);
  ld_failures_set(session, &options);
  ld_signal_catch(SIGINT, stop);
  ld_signal_catch(SIGTERM, kill_at_once);
  ld_signal_catch(SIGHUP, kill_at_once);
  code = lesdiplo_run_isolated(&options, &error);
  ld_progress_wipe();
  session->output.complete = code == LESDIPLO_OK;
  status = code == LESDIPLO_OK || session->output.failure != 0
               ? LD_DONE : report(session, code, &error);
  return ld_failures_print(status);
}
