/*
** worker.c - what it costs that scripts and lines run in processes of their own.
**
**     worker CORPUS
**
** Prints names and seconds by the wall, the best of several turns:
**   inside     a host made in this process, an empty chunk, the host freed
**   isolated   the same by lesdiplo_run_isolated, the corpus being loaded
**   line       an empty line of a session over the corpus
**   grown      the same with some 200 MB of Lua objects in it
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <lesdiplo.h>

enum { TURNS = 20 };

static lesdiplo_error error;
static lesdiplo_corpus *corpus;
static lesdiplo_session *session;

static double now (void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void need (int code) {
  if (code == LESDIPLO_OK) return;
  fprintf(stderr, "worker: %s\n", error.message);
  exit(1);
}

static void run_inside (void) {
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  lesdiplo_host *host;
  need(lesdiplo_host_new(&host, corpus, &options, &error));
  need(lesdiplo_host_run(host, "", 0, "=(empty)", NULL, 0, &error));
  lesdiplo_host_free(host);
}

static lesdiplo_run_options options_of (void) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  options.corpus = corpus;
  options.chunk = "";
  options.name = "=(empty)";
  options.trusted = 1;
  return options;
}

static void run_isolated (void) {
  const lesdiplo_run_options options = options_of();
  need(lesdiplo_run_isolated(&options, &error));
}

static void eval (const char *line) {
  need(lesdiplo_session_eval(session, line, strlen(line), NULL, &error));
}

static void run_line (void) { eval("x = 1"); }

static void best (const char *name, void (*run) (void)) {
  double least = 1e9;
  for (int i = 0; i < TURNS; i++) {
    const double begun = now();
    run();
    const double took = now() - begun;
    if (took < least) least = took;
  }
  printf("%s %.6f\n", name, least);
}

int main (int argc, char **argv) {
  if (argc != 2) return 2;
  need(lesdiplo_corpus_open(&corpus, argv[1], &error));
  best("inside", run_inside);
  best("isolated", run_isolated);
  const lesdiplo_run_options options = options_of();
  need(lesdiplo_session_open(&session, &options, &error));
  best("line", run_line);
  eval("t = {} for i = 1, 2e6 do t[i] = {i} end");
  best("grown", run_line);
  lesdiplo_session_close(session);
  lesdiplo_corpus_close(corpus);
  return 0;
}
