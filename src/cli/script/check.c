/*
** check.c - the verbs `check`, `inspect` and `init-editor`: what can be said of
** scripts without running them, and what editors want to know.
*/
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* A script that is being looked at. */
struct looked {
  ld_output *output;
  const char *path;
};

static struct {
  unsigned scripts, remarks;
} counts;

static void put_remark (void *data, uint32_t line, const char *message) {
  const struct looked *looked = data;
  counts.remarks++;
  ld_output_format(looked->output, "%s:%u: ", looked->path, (unsigned)line);
  ld_output_text(looked->output, message);
  ld_output_text(looked->output, "\n");
}

static int check_script (ld_session *session, const char *path, bool named) {
  struct looked looked = {&session->output, path};
  lesdiplo_error error = {0, 0, "", ""};
  ld_bytes file;
  int code, status = ld_bytes_read(&file, path);
  (void)named;
  if (status != LD_DONE) return status;
  counts.scripts++;
  code = lesdiplo_script_check(file.bytes, file.length, path, put_remark,
                               &looked, &error);
  free(file.bytes);
  if (code == LESDIPLO_OK) return LD_DONE;
  return code == LESDIPLO_EFORMAT ? LD_FAILED : ld_message_failure(&error);
}

int ld_check (ld_session *session) {
  int status = ld_scripts(session, check_script);
  if (status == LD_DONE && counts.scripts == 0) {
    ld_message_error("there is no script here");
    return LD_UNREADABLE;
  }
  ld_output_format(&session->output, "%u script%s, ", counts.scripts,
                   counts.scripts == 1 ? "" : "s");
  if (counts.remarks == 0) ld_output_text(&session->output, "nothing to say\n");
  else
    ld_output_format(&session->output, "%u remark%s\n", counts.remarks,
                     counts.remarks == 1 ? "" : "s");
  session->output.complete = true;
  return status;
}

/* What is different from the one of its name that was allowed something always. */
static void put_changes (ld_output *output, const ld_bytes *file,
                         const char *path) {
  lesdiplo_script *script = NULL;
  lesdiplo_error error = {0, 0, "", ""};
  size_t length;
  const char *text = ld_script_text(file, &length);
  const int code = lesdiplo_script_read(&script, text, length, path, &error);
  ld_bytes before;
  if (code == LESDIPLO_OK &&
      ld_kept_changed(&before, script->name, path, text, length)) {
    ld_output_text(output, "\nIt has changed since one of its name was allowed "
                           "always\n");
    ld_diff(output, before.bytes, before.length, text, length);
    free(before.bytes);
  }
  lesdiplo_script_free(code == LESDIPLO_OK ? script : NULL);
}

static int inspect_script (ld_session *session, const char *path) {
  lesdiplo_error error = {0, 0, "", ""};
  ld_bytes file;
  char *text = NULL;
  int code, status = ld_bytes_read(&file, path);
  if (status != LD_DONE) return status;
  code = lesdiplo_script_inspect(&text, file.bytes, file.length, path, &error);
  if (code == LESDIPLO_OK) {
    ld_output_text(&session->output, text);
    lesdiplo_string_free(text);
    put_changes(&session->output, &file, path);
  }
  free(file.bytes);
  return code == LESDIPLO_OK ? LD_DONE : ld_message_failure(&error);
}

int ld_inspect (ld_session *session) {
  const ld_words *words = &session->arguments.words;
  int status = LD_DONE;
  size_t i;
  if (words->count == 0) {
    ld_message_error("inspect wants a SCRIPT");
    return LD_USAGE;
  }
  for (i = 0; i < words->count; i++) {
    int one;
    if (i > 0) ld_output_text(&session->output, "\n");
    one = inspect_script(session, words->items[i]);
    if (one > status) status = one;
  }
  session->output.complete = true;
  return status;
}


/* ----------------------------------------------------------------------
** Editors
*/

static int write_file (const char *path, const char *text) {
  ld_output output;
  int status = ld_output_open(&output, path);
  if (status == LD_DONE) {
    ld_output_text(&output, text);
    output.complete = true;
  }
  return ld_output_close(&output, status);
}

/* A file that is there may be the user's own. */
static int put_file (ld_session *session, const char *folder, const char *name,
                     const char *text) {
  struct stat what;
  char *path = NULL;
  int status = LD_DONE;
  if (asprintf(&path, "%s/%s", folder, name) < 0) return LD_STOPPED;
  if (lstat(path, &what) == 0 && !session->arguments.force)
    ld_message_warning("%s is there and was left as it is; --force writes it "
                       "anew", path);
  else {
    char *slash = strrchr(path, '/');
    *slash = '\0';
    mkdir(path, 0777);          /* one that is there will do */
    *slash = '/';
    status = write_file(path, text);
    if (status == LD_DONE)
      ld_output_format(&session->output, "%s\n", path);
  }
  free(path);
  return status;
}

int ld_editor (ld_session *session) {
  const ld_words *words = &session->arguments.words;
  const char *folder = words->count > 0 ? words->items[0] : ".", *name;
  lesdiplo_error error = {0, 0, "", ""};
  char *text;
  int code = LESDIPLO_OK, status = LD_DONE;
  uint32_t i;
  if (words->count > 1) {
    ld_message_error("init-editor wants one FOLDER");
    return LD_USAGE;
  }
  for (i = 0; status == LD_DONE; i++) {
    code = lesdiplo_editor_file(i, &name, &text, &error);
    if (code != LESDIPLO_OK) break;
    status = put_file(session, folder, name, text);
    lesdiplo_string_free(text);
  }
  session->output.complete = true;
  if (status == LD_DONE && code != LESDIPLO_OK && code != LESDIPLO_ENOTFOUND)
    status = ld_message_failure(&error);
  return status;
}
