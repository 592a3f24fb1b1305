/*
** sweep.c - refuses every allocation of ours in turn.
**
**     sweep [--all] FOLDER [SCENARIO...]
**     sweep --one SCENARIO NUMBER[+] PATH    one run, for a debugger; with '+'
**                                            all after NUMBER are refused, too
**
** FOLDER holds one small document a format: a new format joins by a file there.
** Each scenario runs once with all the memory it wants, which gives the answer
** and the number of its requests; then once for each request that is refused:
** that one alone, and that one with all behind it. Each time it must say just
** the same, or end with LESDIPLO_ENOMEM; nothing may be left behind, and
** nothing may crash. Without --all some requests are tried of each, spread
** evenly.
**
** Every run is a process of its own: what is made once a process is refused
** memory, too, and a crash is told with the request that led to it.
*/
#include "scenarios.h"

#include <dirent.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fail.h"

/* SOME: requests tried of each scenario without --all. PATIENCE: seconds for
** one run. */
enum { ROOM = 16 << 20, SOME = 20, PATIENCE = 60, REPORTS_MOST = 20 };

/* What a run leaves behind for its parent, in shared memory. */
typedef struct outcome {
  int code;
  fail_counts seen;        /* what was alive at the end ... */
  long again;              /* ... and the blocks after a second run */
  size_t used;
  char said[ROOM];
} outcome;

static outcome *wanted, *got;
static outcome *speaker;           /* whose 'said' is being written */
static unsigned long passed, failed;


void say (const char *bytes, size_t length) {
  if (length > ROOM - speaker->used) abort();
  memcpy(speaker->said + speaker->used, bytes, length);
  speaker->used += length;
}


void say_line (const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int n = vsnprintf(speaker->said + speaker->used, ROOM - speaker->used,
                          format, arguments);
  va_end(arguments);
  if (n < 0 || (size_t)n >= ROOM - speaker->used) abort();
  speaker->used += (size_t)n;
}


/* ------------------------------------------------------------------- runs */

/* Runs the scenario in a process of its own; returns its wait status. */
static int run (const scenario *s, const char *path, outcome *out,
                long number, bool after) {
  memset(out, 0, offsetof(outcome, said));
  out->said[0] = '\0';
  fflush(stdout);
  const pid_t pid = fork();
  if (pid == 0) {
    speaker = out;
    alarm(PATIENCE);
    if (freopen("/dev/null", "w", stderr) == NULL) _exit(1);
    *fail_most = 0;
    fail_begin(number, after);
    out->code = s->run(path);
    fail_end();
    out->seen = fail_seen;
    if (number < 0) {
      const size_t used = out->used;
      s->run(path);
      out->again = fail_seen.blocks;
      out->used = used;
    }
    _exit(0);
  }
  int status = 0;
  if (pid < 0 || waitpid(pid, &status, 0) != pid) {
    perror("fork");
    exit(1);
  }
  return status;
}


static void report (const scenario *s, const char *path, long number,
                    bool after, const char *what) {
  if (++failed > REPORTS_MOST) return;
  printf("FAILED %s %s, request %ld%s refused: %s\n", s->name, path, number,
         after ? " and all after it" : "", what);
}


/* The first line in which the two answers differ. */
static const char *difference (void) {
  static char line[300];
  size_t i = 0, begin = 0;
  while (i < wanted->used && i < got->used && wanted->said[i] == got->said[i])
    if (got->said[i++] == '\n') begin = i;
  snprintf(line, sizeof line, "another answer: \"%.100s\" instead of \"%.100s\"",
           got->said + begin, wanted->said + begin);
  return line;
}


/* NULL when the run ended as it may. What is made once a process is there at
** the end, or was given back when it could not be made whole. */
static const char *judge (int status) {
  static char line[200];
  if (WIFSIGNALED(status)) {
    snprintf(line, sizeof line, "died of signal %d, after \"%.100s\"",
             WTERMSIG(status), got->said + (got->used > 100 ? got->used - 100
                                                            : 0));
    return line;
  }
  if (WEXITSTATUS(status) != 0) return "ended early";
  if (got->code != LESDIPLO_OK && got->code != LESDIPLO_ENOMEM) {
    snprintf(line, sizeof line, "ended with %d", got->code);
    return line;
  }
  if (got->seen.bytes != 0) return "a mapping was left behind";
  if (got->seen.blocks != 0 && got->seen.blocks != wanted->seen.blocks) {
    snprintf(line, sizeof line, "%ld blocks are left, and %ld when all is well",
             got->seen.blocks, wanted->seen.blocks);
    return line;
  }
  if (got->code == LESDIPLO_OK &&
      (got->used != wanted->used ||
       memcmp(got->said, wanted->said, got->used) != 0))
    return difference();
  return NULL;
}


/* The answer when nothing is refused; twice, so that what each run leaves
** behind is told from what is made once a process. */
static bool ask (const scenario *s, const char *path) {
  const char *what = NULL;
  if (run(s, path, wanted, -1, false) != 0) what = "it ends early";
  else if (wanted->code != LESDIPLO_OK) what = wanted->said;
  else if (wanted->seen.bytes != 0) what = "it leaves a mapping behind";
  else if (wanted->again != wanted->seen.blocks) what = "it leaves blocks behind";
  if (what) {
    failed++;
    printf("FAILED %s %s, with all its memory: %s\n", s->name, path, what);
  }
  return what == NULL;
}


static double now (void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}


static void sweep (const scenario *s, const char *path, bool all) {
  const double began = now();
  if (!ask(s, path)) return;
  const long most = *fail_most + 1, step = all ? s->step : most / SOME + 1;
  const unsigned long before = failed;
  for (long i = 0; i < most; i += step)
    for (int after = 0; after <= 1; after++) {
      const int status = run(s, path, got, i, after != 0);
      const char *what = judge(status);
      if (what) report(s, path, i, after != 0, what);
      else passed++;
    }
  printf("  %-8s %-32s %6ld requests  %5.1f s%s\n", s->name, path, most,
         now() - began, failed > before ? "  FAILED" : "");
}


static bool is_among (const char *name, char **words) {
  for (; *words; words++)
    if (strcmp(*words, name) == 0) return true;
  return false;
}


static int is_file (const struct dirent *entry) {
  return entry->d_name[0] != '.';
}


/* The run that a report speaks of, in this process. */
static int run_one (char **words) {
  char *end;
  const long number = strtol(words[1], &end, 10);
  speaker = fail_test_alloc(sizeof *speaker);
  for (const scenario *s = scenarios; s->name; s++) {
    if (strcmp(s->name, words[0]) != 0) continue;
    fail_begin(number, *end == '+');
    const int code = s->run(words[2]);
    fail_end();
    fwrite(speaker->said, 1, speaker->used, stdout);
    printf("ended with %d; left: %ld blocks, %ld bytes mapped\n", code,
           fail_seen.blocks, fail_seen.bytes);
    return 0;
  }
  return 2;
}


int main (int argc, char **argv) {
  if (argc == 5 && strcmp(argv[1], "--one") == 0) return run_one(argv + 2);
  const bool all = argc > 2 && strcmp(argv[1], "--all") == 0;
  const char *folder = argv[argc > 1 ? 1 + all : 0];
  char **asked = argv + 2 + all;       /* to the end: scenarios, or none */
  struct dirent **names;
  int count = argc > 1 ? scandir(folder, &names, is_file, alphasort) : -1;
  if (count < 1) {
    fprintf(stderr, "usage: sweep [--all] FOLDER [SCENARIO...]\n");
    return 2;
  }
  wanted = fail_test_alloc(sizeof *wanted);
  got = fail_test_alloc(sizeof *got);
  fail_most = fail_test_alloc(sizeof *fail_most);
  for (const scenario *s = scenarios; s->name; s++) {
    if (*asked && !is_among(s->name, asked)) continue;
    char path[400];
    for (int i = 0; i < count && s->only == NULL; i++) {
      snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
      sweep(s, path, all);
    }
    snprintf(path, sizeof path, "%s/%s", folder, s->only ? s->only : "");
    sweep(s, path, all);
  }
  while (count > 0) free(names[--count]);
  free(names);
  printf("%lu passed, %lu failed\n", passed, failed);
  return failed != 0;
}
