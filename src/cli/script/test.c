/*
** test.c - the verb `test`: runs the tests that scripts carry in their headers,
** shows how what came differs from what was expected, and with --update writes
** what came into the script.
*/
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* What a script is to say from now on, in place of bytes of its header. */
struct change {
  size_t from, to;
  char *text;
};

/* The tests of one script. */
struct file {
  ld_session *session;
  const char *path;
  struct change *changes;
  size_t change_count;
};

static struct {
  unsigned passed, failed, written;
} counts;

static volatile sig_atomic_t interrupted;

static void stop (int number) {
  (void)number;
  interrupted = 1;
  lesdiplo_run_stop();
}


/* ----------------------------------------------------------------------
** Text as a header has it
*/

/* Whether what begins here would end the string, or the header's comment. */
static bool ends_something (const char *p, const char *begin) {
  if (*p == ']') return p[1] == ']' || p[1] == '=' ||
                        (p > begin && (p[-1] == ']' || p[-1] == '='));
  return *p == '"' && (p[1] == '"' || p[1] == '\0');
}

/* One character; blanks at the end of a line are what editors take away. */
static char *put_character (char *to, const char *p, const char *begin,
                            bool lines) {
  const unsigned char c = (unsigned char)*p;
  const bool last = p[1] == '\n' || p[1] == '\0';
  if (c == '\n' && lines) *to++ = '\n';
  else if (c == '\n') to = stpcpy(to, "\\n");
  else if (c == '\t') to = stpcpy(to, "\\t");
  else if (c == '\\') to = stpcpy(to, "\\\\");
  else if (c == '"' && (!lines || ends_something(p, begin)))
    to = stpcpy(to, "\\\"");
  else if (c < 0x20 || c == 0x7F || (c == ' ' && last) ||
           (c == ']' && ends_something(p, begin)))
    to += sprintf(to, "\\u%04X", c);
  else *to++ = (char)c;
  return to;
}

char *ld_header_quote (const char *text, size_t length) {
  const bool lines = memchr(text, '\n', length) != NULL;
  char *out = malloc(6 * length + 32), *to = out;
  const char *p;
  if (out == NULL) return NULL;
  to = stpcpy(to, lines ? "\"\"\"\n" : "\"");
  for (p = text; p < text + length; p++)
    to = put_character(to, p, text, lines);
  strcpy(to, lines ? "\"\"\"" : "\"");
  return out;
}


/* ----------------------------------------------------------------------
** Tests
*/

/* Notes what is to be written; what is no text cannot be. */
static bool note_change (struct file *file, const lesdiplo_test *test) {
  struct change *grown = realloc(file->changes, (file->change_count + 1) *
                                                sizeof *grown);
  char *text;
  if (grown == NULL) return false;
  file->changes = grown;
  text = ld_header_quote(test->actual, test->actual_length);
  if (text == NULL) return false;
  grown += file->change_count++;
  grown->from = test->from;
  grown->to = test->to;
  grown->text = text;
  if (test->from < test->to) return true;
  grown->text = NULL;
  if (asprintf(&grown->text, "\nexpect = %s", text) < 0) grown->text = NULL;
  free(text);
  return grown->text != NULL;
}

static void put_diff (ld_output *output, const lesdiplo_test *test) {
  ld_output_text(output, "--- expected\n+++ what came\n");
  ld_diff(output, test->expected, test->expected_length, test->actual,
          test->actual_length);
}

/* A reason may have several lines. */
static void put_reason (ld_output *output, const char *reason) {
  ld_output_text(output, "  ");
  for (; *reason; reason++) {
    ld_output_write(output, reason, 1);
    if (*reason == '\n' && reason[1]) ld_output_text(output, "  ");
  }
  ld_output_text(output, "\n");
}

static void put_result (struct file *file, const lesdiplo_test *test,
                        bool update) {
  ld_output *output = &file->session->output;
  ld_output_format(output, "%s  %s  %s\n",
                   test->passed ? "ok   " : update ? "new  " : "FAIL ",
                   file->path, test->name);
  if (test->passed) return;
  if (test->reason != NULL) put_reason(output, test->reason);
  else if (test->expected == NULL && !update)
    put_reason(output, "it has no expect yet: --update writes what came");
  else put_diff(output, test);
}

static int hear (void *data, const lesdiplo_test *test) {
  struct file *file = data;
  const bool update = file->session->arguments.update && !test->passed &&
                      test->reason == NULL && !interrupted;
  if (interrupted) return 1;
  if (!update || !note_change(file, test)) {
    put_result(file, test, false);
    if (test->passed) counts.passed++;
    else counts.failed++;
    return 0;
  }
  put_result(file, test, true);
  counts.written++;
  return 0;
}


/* ----------------------------------------------------------------------
** The script, written anew
*/

/* Changes come in the order of the tests, which is that of their places. */
static char *changed (const struct file *file, const ld_bytes *script,
                      size_t *length) {
  size_t room = script->length + 1, at = 0, i;
  char *out, *to;
  for (i = 0; i < file->change_count; i++)
    room += strlen(file->changes[i].text);
  out = to = malloc(room);
  if (out == NULL) return NULL;
  for (i = 0; i < file->change_count; i++) {
    const struct change *change = &file->changes[i];
    memcpy(to, script->bytes + at, change->from - at);
    to = stpcpy(to + (change->from - at), change->text);
    at = change->to;
  }
  memcpy(to, script->bytes + at, script->length - at);
  *length = (size_t)(to - out) + script->length - at;
  return out;
}

/* Whole or not at all: what could not be read again is not written. */
static int write_script (const struct file *file, const ld_bytes *script) {
  lesdiplo_error error = {0, 0, "", ""};
  ld_output output;
  size_t length = 0;
  char *text = changed(file, script, &length), *help = NULL;
  int status = LD_UNREADABLE;
  if (text == NULL) ld_message_error("no memory");
  else if (lesdiplo_script_help(&help, text, length, file->path, &error) !=
           LESDIPLO_OK)
    ld_message_error("%s is left as it is: with what came, its header would be "
                     "wrong: %s", file->path, error.message);
  else {
    status = ld_output_open(&output, file->path);
    if (status == LD_DONE) {
      ld_output_write(&output, text, length);
      output.complete = true;
    }
    status = ld_output_close(&output, status);
  }
  lesdiplo_string_free(help);
  free(text);
  return status;
}

int ld_test_run (ld_session *session, const char *path, const char *text,
                 size_t length, lesdiplo_tested tested, void *data,
                 lesdiplo_error *error) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  ld_session_host(session, &options.host);
  ld_rights_set(session, &options);
  options.chunk = text;
  options.length = length;
  options.name = path;
  options.max_time = session->arguments.max_time;
  options.isolation = (int)session->arguments.isolation;
  options.trusted = 0;
  return lesdiplo_script_test(&options, tested, data, error);
}

static int test_text (struct file *file, const ld_bytes *script, bool named) {
  lesdiplo_error error = {0, 0, "", ""};
  const int code = ld_test_run(file->session, file->path, script->bytes,
                               script->length, hear, file, &error);
  if (interrupted) return LD_STOPPED;
  if (code == LESDIPLO_OK) return LD_DONE;
  if (code == LESDIPLO_ENOTFOUND) {
    if (named) ld_message_error("%s has no tests", file->path);
    return named ? LD_FAILED : LD_DONE;
  }
  /* a test that failed has been told */
  if (code == LESDIPLO_ESCRIPT && error.line == 0) return LD_DONE;
  counts.failed++;
  return ld_message_failure(&error);
}

static int test_file (ld_session *session, const char *path, bool named) {
  struct file file = {session, path, NULL, 0};
  ld_bytes script;
  size_t i;
  int status;
  if (interrupted) return LD_STOPPED;
  status = ld_bytes_read(&script, path);
  if (status != LD_DONE) return status;
  status = test_text(&file, &script, named);
  if (status == LD_DONE && file.change_count > 0)
    status = write_script(&file, &script);
  for (i = 0; i < file.change_count; i++) free(file.changes[i].text);
  free(file.changes);
  free(script.bytes);
  return status;
}

int ld_test (ld_session *session) {
  ld_output *output = &session->output;
  int status;
  ld_signal_catch(SIGINT, stop);
  ld_signal_catch(SIGTERM, stop);
  status = ld_scripts(session, test_file);
  ld_output_format(output, "%u passed, %u failed", counts.passed,
                   counts.failed);
  if (session->arguments.update)
    ld_output_format(output, ", %u written", counts.written);
  ld_output_text(output, "\n");
  output->complete = true;
  if (status == LD_DONE && counts.failed > 0) status = LD_FAILED;
  if (status == LD_DONE && counts.passed + counts.written == 0) {
    ld_message_error("there are no tests");
    status = LD_FAILED;
  }
  return status;
}
