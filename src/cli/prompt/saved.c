/*
** saved.c - what was entered, in order; and the same as a script that runs
** elsewhere, with a header.
**
** Of what was entered the script has what took effect: assignments and calls as
** they were, the last expression as what it returns. A value that was only looked
** at is there as a comment. A test goes with it where there can be one (sample.c).
*/
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/prompt/prompt.h"


/* ----------------------------------------------------------------------
** The log
*/

bool ld_log_add (ld_log *log, const char *text, const lesdiplo_line *line,
                 bool failed) {
  if (log->count == log->room) {
    const size_t room = log->room ? 2 * log->room : 64;
    ld_entered *more = realloc(log->items, room * sizeof *more);
    if (more == NULL) return false;
    log->items = more;
    log->room = room;
  }
  char *copy = strdup(text);
  if (copy == NULL) return false;
  ld_entered *e = &log->items[log->count++];
  e->text = copy;
  e->expression = line->expression;
  e->statement = line->statement;
  e->kept = line->kept;
  e->failed = failed;
  e->looks = 0;
  return true;
}

ld_entered *ld_log_last (ld_log *log) {
  size_t i = log->count;
  while (i > 0 && !log->items[i - 1].kept) i--;
  return i > 0 ? &log->items[i - 1] : NULL;
}

void ld_log_forget (ld_log *log) {
  for (size_t i = 0; i < log->count; i++) log->items[i].kept = false;
}

void ld_log_free (ld_log *log) {
  for (size_t i = 0; i < log->count; i++) free(log->items[i].text);
  free(log->items);
  *log = (ld_log){ NULL, 0, 0 };
}


/* ----------------------------------------------------------------------
** The script
*/

/* A question about a name is no part of a script. */
static bool is_help (const char *text) {
  const size_t n = strlen(text);
  return n > 0 && (text[0] == '?' || text[n - 1] == '?');
}

static bool is_part (const ld_entered *e) {
  return e->kept && !e->failed && !is_help(e->text);
}

/* The name of the file, as far as it can be that of a script. */
static void put_name (FILE *out, const char *path) {
  const char *name = strrchr(path, '/');
  name = name ? name + 1 : path;
  const size_t n = strcspn(name, ".");
  fputs("name    = \"", out);
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = (unsigned char)name[i];
    fputc(c > ' ' && c != '"' && c != '\\' && c < 0x7F ? c : '-', out);
  }
  fputs(n > 0 ? "\"\n" : "script\"\n", out);
}

/* The text without the ';' that kept its value from being shown. */
static int length_of (const char *text) {
  size_t n = strlen(text);
  while (n > 0 && strchr(" \t\r\n;", text[n - 1])) n--;
  return (int)n;
}

static void put_comment (FILE *out, const char *text) {
  for (;; text++) {
    const size_t n = strcspn(text, "\n");
    fprintf(out, "-- %.*s\n", (int)n, text);
    text += n;
    if (*text == '\0') return;
  }
}

static void put_entries (FILE *out, const ld_log *log) {
  size_t last = log->count;
  for (size_t i = 0; i < log->count; i++)
    if (is_part(&log->items[i])) last = i;
  for (size_t i = 0; i < log->count; i++) {
    const ld_entered *e = &log->items[i];
    if (!is_part(e)) continue;
    if (e->expression && i == last)
      fprintf(out, "return %.*s\n", length_of(e->text), e->text);
    else if (e->expression && !e->statement) put_comment(out, e->text);
    else fprintf(out, "%.*s\n", length_of(e->text), e->text);
  }
}

/* The header without its end, and what comes behind that: to be freed. */
static char *make_head (const char *path) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  if (out == NULL) return NULL;
  fputs("--[==[ lesdiplo-script 1\n", out);
  put_name(out, path);
  fputs("version = \"0.1.0\"\napi     = 1\n"
        "summary = \"What was entered at the prompt\"\n", out);
  return fclose(out) == 0 ? text : NULL;
}

static char *make_rest (const ld_log *log) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  if (out == NULL) return NULL;
  fputs("]==]\n", out);
  put_entries(out, log);
  return fclose(out) == 0 ? text : NULL;
}

static int cannot_write (const char *path, int number) {
  ld_message_error("cannot write %s: %s%s", path, strerror(number),
                   number == EEXIST ? "; :save --force FILE writes it anew"
                                    : "");
  return LD_UNREADABLE;
}

/* What it is made of comes first: the test takes a moment. */
static int write_parts (ld_prompt *prompt, const char *path, bool force) {
  char *head = make_head(path), *rest = make_rest(&prompt->log);
  char *tested = NULL;
  int fd = -1, number = ENOMEM;
  if (head != NULL && rest != NULL) {
    tested = ld_sample_test(prompt, path, head, rest);
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC |
                    (force ? O_TRUNC : O_EXCL), 0666);
    number = fd < 0 ? errno : 0;
  }
  if (fd >= 0 && tested != NULL)
    number = ld_send(fd, tested, strlen(tested));
  else if (fd >= 0 && (number = ld_send(fd, head, strlen(head))) == 0)
    number = ld_send(fd, rest, strlen(rest));
  if (fd >= 0 && close(fd) != 0 && number == 0) number = errno;
  if (number == 0 && tested != NULL)
    ld_message_plain("written: lesdiplo %s runs it, lesdiplo test %s its test",
                     path, path);
  else if (number == 0) ld_message_plain("written: lesdiplo %s runs it", path);
  free(head);
  free(rest);
  free(tested);
  return number == 0 ? LD_DONE : cannot_write(path, number);
}

int ld_saved_write (ld_prompt *prompt, const char *path, bool force) {
  if (!force && access(path, F_OK) == 0) return cannot_write(path, EEXIST);
  return write_parts(prompt, path, force);
}
