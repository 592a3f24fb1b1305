/*
** progress.c - a line that tells how far a script is, once it has run for a while.
**
** It is drawn anew a few times a second on a terminal, and gone before anything
** else is printed there.
*/
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static struct {
  double began;              /* seconds */
  unsigned width;            /* columns; 0: no line at all */
  bool drawn;                /* the line is there */
  double last;               /* seconds: when something was shown */
  const ld_output *output;   /* of the script: perhaps on the same terminal */
  lesdiplo_write write;      /* and how it gets there */
  void *data;
} progress;

void ld_progress_wipe (void) {
  if (progress.drawn) ld_send(STDERR_FILENO, "\r\33[K", 4);
  progress.drawn = false;
}

/* "2m31s" */
static void put_seconds (char *out, size_t size, double seconds) {
  const unsigned long n = seconds < 1e6 ? (unsigned long)seconds : 1000000;
  if (n >= 3600) snprintf(out, size, "%luh%02lum", n / 3600, n / 60 % 60);
  else if (n >= 60) snprintf(out, size, "%lum%02lus", n / 60, n % 60);
  else snprintf(out, size, "%lus", n);
}

/* A document's name is printed as far as it is plain and fits. */
static void draw (uint64_t done, uint64_t total, double spent,
                  const char *path) {
  const double rate = (double)done / spent;
  char line[512], left[40] = "";
  int n;
  if (done > 0) put_seconds(left, sizeof left, (double)(total - done) / rate);
  n = snprintf(line, sizeof line, "\r\33[K%llu/%llu  %llu %%  %.*f doc/s  %s%s",
               (unsigned long long)done, (unsigned long long)total,
               (unsigned long long)(done * 100 / total), rate < 10, rate, left,
               *left ? " left  " : "");
  if (n < 0 || (size_t)n + strlen(path) >= sizeof line) return;
  strcpy(line + n, path);
  line[4 + strcspn(line + 4, "\r\n\t\33\177")] = '\0';
  n = (int)strlen(line);
  if (n > (int)progress.width + 3) n = (int)progress.width + 3;
  while (n > 0 && ((unsigned char)line[n] & 0xC0) == 0x80) n--;
  ld_send(STDERR_FILENO, line, (size_t)n);
  progress.drawn = true;
}

/* A line that the script has begun on the terminal would be wiped with ours. */
static bool is_within_line (void) {
  return progress.output->terminal && progress.output->last != '\n' &&
         !progress.drawn;
}

static void tell (void *data, uint64_t done, uint64_t total,
                  const char *path) {
  const double spent = ld_seconds() - progress.began;
  (void)data;
  if (path == NULL || total == 0) ld_progress_wipe();
  else if (spent > 1 && ld_seconds() - progress.last > 0.15 && !is_within_line()) {
    draw(done, total, spent, path);
    progress.last = ld_seconds();
  }
}

/* A lesdiplo_write. */
static int write_output (void *data, const char *bytes, size_t n) {
  (void)data;
  if (progress.output->terminal) {
    ld_progress_wipe();
    progress.last = ld_seconds();
  }
  return progress.write(progress.data, bytes, n);
}

void ld_progress_begin (void) { progress.began = ld_seconds(); }

void ld_progress_set (const ld_session *session, lesdiplo_run_options *options) {
  if (session->arguments.quiet || !ld_terminal_moves(STDERR_FILENO)) return;
  ld_progress_begin();
  progress.width = ld_terminal_width(STDERR_FILENO);
  if (progress.width < 2) progress.width = 80;   /* it does not say */
  progress.output = &session->output;
  progress.write = options->host.write;
  progress.data = options->host.write_data;
  options->host.write = write_output;
  options->progress = tell;
}
