/*
** load.c - how long it takes to open a corpus, without what a program adds.
**
**     load ROUNDS PATH...
**
** For each path one line: documents, bytes of text, tokens, sentences, bytes
** of memory; then the best of lesdiplo_corpus_open, in seconds by the wall and
** of processor time: first in forked processes, where all memory is fresh, then
** in this one; and the bytes of its postings. The paths take turns.
*/
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lesdiplo.h>

enum { MOST = 16 };

/* A stretch of time, in seconds. */
struct spent {
  double wall, cpu;
};

/* The best of a path; 0: none yet. */
struct best {
  struct spent forked, here;
};


static double now (clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}


static void keep_least (struct spent *best, struct spent value) {
  if (best->wall <= 0 || value.wall < best->wall) best->wall = value.wall;
  if (best->cpu <= 0 || value.cpu < best->cpu) best->cpu = value.cpu;
}


/* Opens a corpus, which is the caller's, or ends the program. */
static lesdiplo_corpus *open_corpus (const char *path, struct spent *spent) {
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  const double wall = now(CLOCK_MONOTONIC);
  const double cpu = now(CLOCK_PROCESS_CPUTIME_ID);
  if (lesdiplo_corpus_open(&corpus, path, &error) != LESDIPLO_OK) {
    fprintf(stderr, "load: %s: %s\n", error.where, error.message);
    exit(1);
  }
  spent->wall = now(CLOCK_MONOTONIC) - wall;
  spent->cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  return corpus;
}


static struct spent load_here (const char *path) {
  struct spent spent;
  lesdiplo_corpus_close(open_corpus(path, &spent));
  return spent;
}


static struct spent load_forked (const char *path) {
  struct spent spent;
  int ends[2], status;
  if (pipe(ends) != 0) exit(1);
  const pid_t child = fork();
  if (child < 0) exit(1);
  if (child == 0) {
    open_corpus(path, &spent);
    _exit(write(ends[1], &spent, sizeof spent) != sizeof spent);
  }
  close(ends[1]);
  const ssize_t n = read(ends[0], &spent, sizeof spent);
  close(ends[0]);
  waitpid(child, &status, 0);
  if (n != sizeof spent || status != 0) exit(1);
  return spent;
}


/* What the corpus holds more once a word has been looked up. */
static unsigned long long postings_of (const lesdiplo_corpus *corpus) {
  static const char script[] = "return corpus:find 'no-such-word'";
  const uint64_t before = lesdiplo_corpus_memory(corpus);
  lesdiplo_host *host;
  lesdiplo_error error;
  if (lesdiplo_host_new(&host, corpus, NULL, &error) != LESDIPLO_OK ||
      lesdiplo_host_run(host, script, sizeof script - 1, "=(load)", NULL, 0,
                        &error) != LESDIPLO_OK) {
    fprintf(stderr, "load: %s\n", error.message);
    exit(1);
  }
  const uint64_t after = lesdiplo_corpus_memory(corpus);
  lesdiplo_host_free(host);
  return after - before;
}


static void print_corpus (const char *path, const struct best *best) {
  struct spent spent;
  lesdiplo_corpus *corpus = open_corpus(path, &spent);
  const int token = lesdiplo_layer("token");
  const int sentence = lesdiplo_layer("sentence");
  const uint32_t count = lesdiplo_corpus_count(corpus);
  unsigned long long bytes = 0, tokens = 0, sentences = 0;
  for (uint32_t i = 0; i < count; i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
    size_t length;
    lesdiplo_doc_text(doc, &length);
    bytes += length;
    tokens += lesdiplo_doc_count(doc, token);
    sentences += lesdiplo_doc_count(doc, sentence);
  }
  const unsigned long long memory = lesdiplo_corpus_memory(corpus);
  printf("%lu %llu %llu %llu %llu %.6f %.6f %.6f %.6f %llu\n",
         (unsigned long)count, bytes, tokens, sentences, memory,
         best->forked.wall, best->forked.cpu, best->here.wall,
         best->here.cpu, postings_of(corpus));
  lesdiplo_corpus_close(corpus);
}


int main (int argc, char **argv) {
  struct best best[MOST] = {{{0, 0}, {0, 0}}};
  const int rounds = argc > 1 ? atoi(argv[1]) : 0;
  const int count = argc - 2;
  char **paths = argv + 2;
  if (rounds < 1 || count < 1 || count > MOST) {
    fprintf(stderr, "usage: load ROUNDS PATH...\n");
    return 2;
  }
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i < count; i++)
      keep_least(&best[i].forked, load_forked(paths[i]));
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i < count; i++)
      keep_least(&best[i].here, load_here(paths[i]));
  for (int i = 0; i < count; i++) print_corpus(paths[i], &best[i]);
  return 0;
}
