/*
** helper.c - runs another program over bytes, and takes what it prints.
**
** The program is hostile input's first victim, so it gets little: the bytes as
** its standard input, two pipes, no other descriptor, limits on its memory and
** time, a process group of its own. When it takes too long or prints too much
** the whole group is killed.
*/
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "read/read.h"

extern char **environ;

#define ADDRESSES_MOST ((rlim_t)4 << 30)     /* bytes the program may map */

typedef struct helper {
  const ld_helper *how;
  pid_t pid;
  int out[2], err[2];       /* pipes; -1 where closed */
  ld_buffer *output;
  char said[300];           /* the beginning of what it said */
  size_t said_length;
} helper;

static double now (void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void close_end (int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

/* A descriptor above those that the program gets: in a process without a
** standard input ours may be one of them. */
static int lift (int fd) {
  if (fd < 0 || fd > 2) return fd;
  int higher = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  close(fd);
  return higher;
}

static bool make_pipe (int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  ends[0] = lift(ends[0]);
  ends[1] = lift(ends[1]);
  return ends[0] >= 0 && ends[1] >= 0;
}

/* A file without a name that holds the bytes, at its beginning; -1 without. */
static int make_input (const char *bytes, size_t n) {
  int fd = lift(memfd_create("lesdiplo", MFD_CLOEXEC));
  while (fd >= 0 && n > 0) {
    ssize_t done = write(fd, bytes, n);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) { close(fd); return -1; }
    bytes += done;
    n -= (size_t)done;
  }
  if (fd >= 0) lseek(fd, 0, SEEK_SET);
  return fd;
}

/* Our environment with the plain locale, in which numbers have points. */
static char **make_environment (ld_arena *arena) {
  static char plain[] = "LC_ALL=C";
  size_t n = 0, used = 0;
  while (environ && environ[n]) n++;
  char **copy = ld_arena_take(arena, (n + 2) * sizeof *copy);
  if (!copy) return NULL;
  for (size_t i = 0; i < n; i++)
    if (strncmp(environ[i], "LC_ALL=", 7) != 0) copy[used++] = environ[i];
  copy[used] = plain;
  return copy;
}

/* Starts the program; what posix_spawnp says. */
static int start (helper *h, int input, char **environment) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t how;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&how);
  posix_spawn_file_actions_adddup2(&files, input, 0);
  posix_spawn_file_actions_adddup2(&files, h->out[1], 1);
  posix_spawn_file_actions_adddup2(&files, h->err[1], 2);
  posix_spawn_file_actions_addclosefrom_np(&files, 3);
  posix_spawnattr_setpgroup(&how, 0);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setsigdefault(&how, &all);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP |
                                 POSIX_SPAWN_SETSIGMASK |
                                 POSIX_SPAWN_SETSIGDEF);
  int code = posix_spawnp(&h->pid, h->how->argv[0], &files, &how,
                          (char *const *)(uintptr_t)h->how->argv, environment);
  posix_spawnattr_destroy(&how);
  posix_spawn_file_actions_destroy(&files);
  return code;
}

static void limit (const helper *h) {
  const struct rlimit memory = { ADDRESSES_MOST, ADDRESSES_MOST };
  const struct rlimit time = { h->how->seconds, h->how->seconds };
  const struct rlimit none = { 0, 0 };
  prlimit(h->pid, RLIMIT_AS, &memory, NULL);
  prlimit(h->pid, RLIMIT_CPU, &time, NULL);
  prlimit(h->pid, RLIMIT_CORE, &none, NULL);
}

/* Reads what is there from one of the pipes; false at its end. */
static bool drain (helper *h, int *fd) {
  char bytes[65536];
  ssize_t n = read(*fd, bytes, sizeof bytes);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (n <= 0) { close_end(fd); return false; }
  if (fd == &h->out[0]) {
    ld_buffer_add(h->output, bytes, (size_t)n);
    return true;
  }
  size_t room = sizeof h->said - 1 - h->said_length;
  if ((size_t)n < room) room = (size_t)n;
  memcpy(h->said + h->said_length, bytes, room);
  h->said_length += room;
  return true;
}

/* Takes what it prints until it stops; false when that was too much, or took
** too long. */
static bool listen_to (helper *h, double deadline) {
  while (h->out[0] >= 0 || h->err[0] >= 0) {
    struct pollfd ends[] = { { h->out[0], POLLIN, 0 },
                             { h->err[0], POLLIN, 0 } };
    double left = deadline - now();
    if (left <= 0 || h->output->used > h->how->most || h->output->failed)
      return false;
    if (poll(ends, 2, (int)(left * 1000) + 1) < 0 && errno != EINTR)
      return false;
    if (ends[0].revents) drain(h, &h->out[0]);
    if (ends[1].revents) drain(h, &h->err[0]);
  }
  return true;
}

/* Waits for its end; false when it does not come in time. */
static bool wait_for (const helper *h, double deadline, int *status) {
  for (long pause = 100000;; pause = pause < 20000000 ? pause * 2 : pause) {
    pid_t ended = waitpid(h->pid, status, WNOHANG);
    if (ended == h->pid) return true;
    if (ended < 0 && errno != EINTR) { *status = 0; return true; }
    if (now() > deadline) return false;
    nanosleep(&(struct timespec){ 0, pause }, NULL);
  }
}

static void kill_group (const helper *h) {
  kill(-h->pid, SIGKILL);
  while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR) { }
}

/* What a program ends with that is not there, where the system tells it by no error of
** the call that starts it: by a fork, as valgrind does. */
enum { NOT_THERE = 127 };

/* The first line it said, without what a terminal should not get. */
static const char *first_line (helper *h) {
  h->said[h->said_length] = '\0';
  h->said[strcspn(h->said, "\r\n")] = '\0';
  for (char *p = h->said; *p; p++)
    if ((unsigned char)*p < ' ' || (unsigned char)*p >= 0x7F) *p = '?';
  return h->said[0] ? h->said : "it did not say why";
}

static int run (helper *h, lesdiplo_error *error) {
  const char *name = h->how->argv[0];
  double deadline = now() + h->how->seconds;
  int status = 0;
  limit(h);
  close_end(&h->out[1]);
  close_end(&h->err[1]);
  if (!listen_to(h, deadline) || !wait_for(h, deadline, &status)) {
    kill_group(h);
    if (h->output->failed) return ld_fail_memory(error);
    return ld_fail(error, LESDIPLO_ELIMIT, NULL, 0,
                   h->output->used > h->how->most
                       ? "%s printed too much for it and was stopped"
                       : "%s took too long over it and was stopped", name);
  }
  if (h->output->failed) return ld_fail_memory(error);
  if (WIFSIGNALED(status))
    return ld_fail(error, LESDIPLO_EFORMAT, NULL, 0, "%s was ended by %s", name,
                   strsignal(WTERMSIG(status)));
  if (WEXITSTATUS(status) == NOT_THERE && h->said_length == 0)
    return ld_fail(error, LESDIPLO_ENOTFOUND, NULL, 0, "%s cannot be run: %s", name,
                   strerror(ENOENT));
  if (WEXITSTATUS(status))
    return ld_fail(error, LESDIPLO_EFORMAT, NULL, 0, "%s ended with status %d: "
                   "%s", name, WEXITSTATUS(status), first_line(h));
  return LESDIPLO_OK;
}

int ld_helper_run (const ld_helper *how, ld_buffer *output,
                   lesdiplo_error *error) {
  helper h = { how, 0, { -1, -1 }, { -1, -1 }, output, "", 0 };
  ld_arena arena;
  ld_arena_init(&arena, output->memory);
  char **environment = make_environment(&arena);
  int input = make_input(how->bytes, how->n), code;
  if (!environment) code = ld_fail_memory(error);
  else if (input < 0 || !make_pipe(h.out) || !make_pipe(h.err))
    code = ld_fail(error, LESDIPLO_EIO, NULL, 0, "%s cannot be run: %s",
                   how->argv[0], strerror(errno));
  else if ((code = start(&h, input, environment)) == 0) code = run(&h, error);
  else
    code = ld_fail(error, code == ENOENT ? LESDIPLO_ENOTFOUND : LESDIPLO_EIO,
                   NULL, 0, "%s cannot be run: %s", how->argv[0],
                   strerror(code));
  close_end(&input);
  for (int i = 0; i < 2; i++) {
    close_end(&h.out[i]);
    close_end(&h.err[i]);
  }
  ld_arena_free(&arena);
  return code;
}
