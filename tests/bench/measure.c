/*
** measure.c - runs commands in turn and prints the best of each.
**
**     measure ROUNDS COMMAND [ARGUMENT...] [-- COMMAND [ARGUMENT...]]...
**
** A round runs every command once, so that what disturbs the machine for a
** while disturbs all of them. For each command one line: seconds by the wall,
** seconds of processor time (children included), both the best of all rounds;
** the largest resident set in KB; bytes it wrote. A command that ends with
** another status than 0 in any round gets the line `failed`.
**
** Output is read through a pipe: grep stops at its first match when it finds
** itself writing to /dev/null.
*/
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MOST = 16 };

struct command {
  char **arguments;     /* ends with NULL */
  double wall, cpu;     /* seconds, the best so far; 0: none yet */
  long memory;          /* KB, the most so far */
  long long written;    /* bytes of the last round */
  int failed;
};


static double now (void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}


static double seconds (struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}


static void keep_least (double *best, double value) {
  if (*best <= 0 || value < *best) *best = value;
}


/* Starts a command with nothing to read; its output comes from '*output'. */
static pid_t start (char **arguments, int *output) {
  posix_spawn_file_actions_t actions;
  pid_t child;
  int ends[2], failure;
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  failure = posix_spawnp(&child, arguments[0], &actions, NULL, arguments,
                         environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (failure) {
    fprintf(stderr, "measure: %s: %s\n", arguments[0], strerror(failure));
    close(ends[0]);
    return -1;
  }
  *output = ends[0];
  return child;
}


/* Reads to the end; returns how many bytes there were. */
static long long drain (int from) {
  static char buffer[1 << 16];
  long long sum = 0;
  ssize_t n;
  while ((n = read(from, buffer, sizeof buffer)) != 0) {
    if (n > 0)
      sum += n;
    else if (errno != EINTR)
      break;
  }
  close(from);
  return sum;
}


static void run (struct command *command) {
  struct rusage usage;
  int output, status;
  const double begin = now();
  const pid_t child = start(command->arguments, &output);
  if (child < 0) {
    command->failed = 1;
    return;
  }
  command->written = drain(output);
  if (wait4(child, &status, 0, &usage) != child || status != 0)
    command->failed = 1;
  keep_least(&command->wall, now() - begin);
  keep_least(&command->cpu,
             seconds(usage.ru_utime) + seconds(usage.ru_stime));
  if (usage.ru_maxrss > command->memory) command->memory = usage.ru_maxrss;
}


/* Takes the commands apart, in place; returns how many there are, or 0 when
** one is empty. */
static int split (struct command *commands, char **arguments) {
  int count = 0;
  while (*arguments && count < MOST) {
    commands[count++].arguments = arguments;
    if (strcmp(*arguments, "--") == 0) return 0;
    do arguments++; while (*arguments && strcmp(*arguments, "--") != 0);
    if (*arguments) *arguments++ = NULL;
  }
  return count;
}


int main (int argc, char **argv) {
  static struct command commands[MOST];
  const int rounds = argc > 2 ? atoi(argv[1]) : 0;
  const int count = rounds > 0 ? split(commands, argv + 2) : 0;
  if (count == 0) {
    fprintf(stderr, "usage: measure ROUNDS COMMAND [-- COMMAND]...\n");
    return 2;
  }
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i < count; i++)
      if (!commands[i].failed) run(&commands[i]);
  for (int i = 0; i < count; i++) {
    const struct command *c = &commands[i];
    if (c->failed)
      puts("failed");
    else
      printf("%.6f %.6f %ld %lld\n", c->wall, c->cpu, c->memory, c->written);
  }
  return 0;
}
