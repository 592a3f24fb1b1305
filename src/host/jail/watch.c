/*
** watch.c - a worker, seen from its parent.
**
** The parent forks a worker (worker.c), hands on what it prints, keeps the
** clock and reaps it; it never runs a line of the script. The worker has a pipe
** for its output, one for stderr, one for the lesdiplo_error it ends with, and
** a socket to ask on. It opens no file: the parent has read the corpus before, and
** opens for it what was granted (right/).
**
** A stop comes in two steps. A signal asks the Lua state to end; one second
** later, or at a second interrupt, SIGKILL ends what does not listen.
*/
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/jail/jail.h"

/* Runs that can be under way at once and still be reached by a stop. */
enum { RUNS_MOST = 64 };

/* Bytes of a pipe that are read at once, and shown at once on a terminal. */
enum { BUFFER = 1 << 16, PIECE = 1024 };

/* Seconds between a stop and the kill; and the longest wait of the parent,
** which cannot be woken when another thread got the signal. */
static const double GRACE = 1.0, TICK = 0.25;

/* Seconds between two looks at a program that a script waits for. */
static const double GLANCE = 0.005;

/* All of the bytes to a descriptor of the caller's, whose reader may be gone: no
** SIGPIPE is left behind that was not there. */
static int send_quietly (int fd, const char *bytes, size_t n) {
  sigset_t pipe_signal, pending, before;
  const struct timespec none = { 0, 0 };
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const int failure = ld_send_all(fd, bytes, n);
  if (failure == EPIPE && !sigismember(&pending, SIGPIPE))
    while (sigtimedwait(&pipe_signal, NULL, &none) < 0 && errno == EINTR) ;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return failure;
}


/* ----------------------------------------------------------------------
** Runs under way
*/

typedef struct slot {
  _Atomic pid_t pid;        /* 0: free; -1: taken, no worker yet or any more */
  _Atomic int stops;        /* how often a stop was asked for */
} slot;

static slot slots[RUNS_MOST];

/* A slot for a new run; NULL when there are too many: it can run, but no
** lesdiplo_run_stop reaches it. */
static slot *take_slot (void) {
  for (int i = 0; i < RUNS_MOST; i++) {
    pid_t free = 0;
    if (atomic_compare_exchange_strong(&slots[i].pid, &free, -1)) {
      atomic_store(&slots[i].stops, 0);
      return &slots[i];
    }
  }
  return NULL;
}

static int stops_of (const slot *s) {
  return s ? atomic_load(&s->stops) : 0;
}

void lesdiplo_run_stop (void) {
  const int saved = errno;
  for (int i = 0; i < RUNS_MOST; i++) {
    const pid_t pid = atomic_load(&slots[i].pid);
    if (pid == 0) continue;
    const int stops = atomic_fetch_add(&slots[i].stops, 1) + 1;
    if (pid > 0) kill(pid, stops == 1 ? SIGUSR1 : SIGKILL);
  }
  errno = saved;
}


/* ----------------------------------------------------------------------
** The parent
*/

/* A worker, seen from its parent. */
typedef struct watch {
  const lesdiplo_run_options *options;
  slot *slot;
  pid_t pid;
  int out, err, status;      /* reading ends; -1 once they are closed */
  double stop_at, kill_at;   /* 0: never */
  bool timed_out, killed;
  bool refused;              /* the caller's write gave up */
  uint64_t passed;           /* bytes of output handed on */
  bool flooded;              /* more came than a worker of ours prints */
  volatile uint32_t *place;  /* the document that is read, from 1; or NULL */
  ld_broker broker;
  lesdiplo_error report;
  size_t reported;           /* bytes of it that came */
} watch;

static void close_end (int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static void ask (watch *w, int number) {
  kill(w->pid, number);
  if (w->kill_at <= 0) w->kill_at = ld_now() + GRACE;
}

/* Looks at the clock; returns the milliseconds to wait for the worker. */
static int keep_time (watch *w) {
  const double time = ld_now();
  double next = time + (w->broker.awaited ? GLANCE : TICK);
  if (w->stop_at > 0 && time >= w->stop_at) {
    w->timed_out = true;
    w->stop_at = 0;
    ask(w, SIGALRM);
  }
  if (stops_of(w->slot) > 0 && w->kill_at <= 0) w->kill_at = time + GRACE;
  if (w->kill_at > 0 && time >= w->kill_at && !w->killed) {
    w->killed = true;
    kill(w->pid, SIGKILL);
  }
  if (w->stop_at > 0 && w->stop_at < next) next = w->stop_at;
  if (w->kill_at > time && w->kill_at < next) next = w->kill_at;
  return (int)((next - time) * 1000) + 1;
}

/* The worker keeps its limit by itself, unless it is no longer ours. */
static bool is_flood (watch *w, size_t n) {
  const uint64_t limit = w->options->max_output;
  w->passed += n;
  return limit > 0 && w->passed > limit + LD_OUTPUT_MORE;
}

/* What the caller's write refuses is lost, and the worker has to end. */
static void pass_output (watch *w, const char *bytes, size_t n) {
  const lesdiplo_host_options *host = &w->options->host;
  if (is_flood(w, n)) {
    w->flooded = w->killed = true;
    close_end(&w->out);
    kill(w->pid, SIGKILL);
    return;
  }
  const int failed = host->write ? host->write(host->write_data, bytes, n)
                                 : send_quietly(STDOUT_FILENO, bytes, n);
  if (!failed) return;
  w->refused = true;
  close_end(&w->out);
  ask(w, SIGUSR1);
}

/* Its strings end in their room, whoever wrote them. */
static void take_report (watch *w, const char *bytes, size_t n) {
  const size_t room = sizeof w->report - w->reported;
  if (n > room) n = room;
  memcpy((char *)&w->report + w->reported, bytes, n);
  w->reported += n;
  w->report.where[sizeof w->report.where - 1] = '\0';
  w->report.message[sizeof w->report.message - 1] = '\0';
}

/* On a terminal what it says of itself is shown, not obeyed: our own warnings
** are text already, but it may no longer be ours. */
static void pass_errors (const char *bytes, size_t n) {
  char shown[4 * PIECE + 8];
  ld_text text;
  if (!isatty(STDERR_FILENO)) {
    send_quietly(STDERR_FILENO, bytes, n);
    return;
  }
  while (n > 0) {
    size_t taken = n > PIECE ? ld_utf8_floor(bytes, PIECE) : n;
    if (taken == 0) taken = PIECE;
    ld_text_init(&text, shown, sizeof shown);
    ld_text_escape(&text, bytes, taken);
    send_quietly(STDERR_FILENO, shown, text.used);
    bytes += taken;
    n -= taken;
  }
}

/* Reads what has come through one pipe. */
static void serve (watch *w, int *fd) {
  char bytes[BUFFER];
  const ssize_t n = read(*fd, bytes, sizeof bytes);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (n <= 0) close_end(fd);
  else if (fd == &w->out) pass_output(w, bytes, (size_t)n);
  else if (fd == &w->err) pass_errors(bytes, (size_t)n);
  else take_report(w, bytes, (size_t)n);
}

/* Which document the script is at, to who wants to know. */
static void tell_progress (const watch *w) {
  const lesdiplo_run_options *options = w->options;
  const uint32_t place = w->place ? *w->place : 0;
  const lesdiplo_doc *doc = place > 0
      ? lesdiplo_corpus_doc(options->corpus, place - 1) : NULL;
  if (doc)
    options->progress(options->progress_data, place - 1,
                      lesdiplo_corpus_count(options->corpus),
                      lesdiplo_doc_id(doc));
}

static void serve_all (watch *w) {
  int *const ends[] = { &w->out, &w->err, &w->status, &w->broker.fd };
  while (w->out >= 0 || w->err >= 0 || w->status >= 0) {
    struct pollfd polled[4];
    for (int i = 0; i < 4; i++)
      polled[i] = (struct pollfd){ *ends[i], POLLIN, 0 };
    const int ready = poll(polled, 4, keep_time(w));
    if (ready > 0 && polled[1].revents && w->place)
      w->options->progress(w->options->progress_data, 0, 0, NULL);
    for (int i = 0; ready > 0 && i < 3; i++)
      if (polled[i].revents && *ends[i] >= 0) serve(w, ends[i]);
    if (ready > 0 && polled[3].revents && w->broker.fd >= 0)
      ld_broker_serve(&w->broker);
    ld_broker_tick(&w->broker);
    tell_progress(w);
  }
}

/* Waits for the worker's end. Its slot is freed while its number is still its
** own, so that no stop meets another process. Returns its wait status. */
static int reap (watch *w) {
  siginfo_t info;
  int status = 0;
  while (waitid(P_PID, (id_t)w->pid, &info, WEXITED | WNOWAIT) < 0 &&
         errno == EINTR) ;
  if (w->slot) atomic_store(&w->slot->pid, -1);
  while (waitpid(w->pid, &status, 0) < 0) {
    if (errno == EINTR) continue;
    return 0;                       /* ECHILD: the caller ignores SIGCHLD */
  }
  return status;
}

static int died (const watch *w, int status, lesdiplo_error *error) {
  const char *name = ld_message_name(w->options->name);
  if (w->flooded)
    return ld_fail(error, LESDIPLO_ELIMIT, name, 0,
                   "%s was killed: it printed more than its limit "
                   "(--max-output)", name);
  if (w->timed_out)
    return ld_fail(error, LESDIPLO_ELIMIT, name, 0,
                   "%s was killed after %g seconds, the limit (--max-time); a "
                   "match or a library call did not end", name,
                   w->options->max_time);
  if (stops_of(w->slot) > 0)
    return ld_fail(error, LESDIPLO_ELIMIT, name, 0, "%s was killed", name);
  if (WIFSIGNALED(status))
    return ld_fail(error, LESDIPLO_ELIMIT, name, 0,
                   "%s: the process that ran it died of signal %d (%s); what "
                   "it had printed is whole up to there", name,
                   WTERMSIG(status), strsignal(WTERMSIG(status)));
  return ld_fail(error, LESDIPLO_ELIMIT, name, 0,
                 "%s: the process that ran it ended with %d before the script "
                 "did", name, WEXITSTATUS(status));
}

static int result (watch *w, int status, lesdiplo_error *error) {
  if (w->refused)
    return ld_fail(error, LESDIPLO_EIO, NULL, 0,
                   "the output cannot be written");
  if (w->flooded || w->reported < sizeof w->report)
    return died(w, status, error);
  if (error) *error = w->report;
  return w->report.code;
}


/* ----------------------------------------------------------------------
** Forking
*/

/* Reading ends first, then the worker's, the broker's behind the others; all -1
** when there are none. */
typedef struct pipes {
  int ends[8];
} pipes;

enum { THEIRS = 4, BROKER = 3 };

static void close_pipes (pipes *p) {
  for (int i = 0; i < 8; i++) close_end(&p->ends[i]);
}

static int open_pair (pipes *p, int i) {
  int pair[2];
  const int code = i == BROKER
      ? socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)
      : pipe2(pair, O_CLOEXEC);
  if (code != 0) return errno;
  p->ends[i] = pair[0];
  p->ends[THEIRS + i] = pair[1];
  return 0;
}

static int open_pipes (pipes *p, lesdiplo_error *error) {
  int number = 0;
  for (int i = 0; i < 8; i++) p->ends[i] = -1;
  for (int i = 0; number == 0 && i < THEIRS; i++) number = open_pair(p, i);
  if (number == 0) return LESDIPLO_OK;
  close_pipes(p);
  return ld_fail(error, LESDIPLO_EIO, NULL, 0, "no pipe to a worker: %s",
                 strerror(number));
}

/* Signals are held back until the slot knows the worker. */
static int fork_worker (watch *w, const ld_job *job, lesdiplo_error *error) {
  sigset_t all, before;
  sigfillset(&all);
  fflush(NULL);                   /* or what is buffered is printed twice */
  pthread_sigmask(SIG_SETMASK, &all, &before);
  w->pid = fork();
  if (w->pid == 0) ld_worker(job);
  const int number = errno;
  if (w->pid > 0 && w->slot) atomic_store(&w->slot->pid, w->pid);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (w->pid > 0) return LESDIPLO_OK;
  return ld_fail(error, LESDIPLO_ENOMEM, NULL, 0,
                 "no process to run the script in: %s", strerror(number));
}

/* The worker's ends are closed here once it has them. */
static int watch_worker (watch *w, pipes *p, lesdiplo_error *error) {
  if (stops_of(w->slot) > 0) kill(w->pid, SIGUSR1);  /* asked before it was */
  w->out = p->ends[0];
  w->err = p->ends[1];
  w->status = p->ends[2];
  for (int i = 0; i < THEIRS; i++) p->ends[i] = -1;
  close_pipes(p);
  if (w->options->max_time > 0) w->stop_at = ld_now() + w->options->max_time;
  serve_all(w);
  const int code = result(w, reap(w), error);
  const int kept = ld_broker_end(&w->broker, code == LESDIPLO_OK, error);
  return code == LESDIPLO_OK ? kept : code;
}

/* A page that the worker writes to and the parent reads; without one there is no
** progress to tell. */
static volatile uint32_t *share_place (const lesdiplo_run_options *options) {
  if (!options->progress || !options->corpus) return NULL;
  void *page = mmap(NULL, sizeof(uint32_t), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? NULL : page;
}

int ld_watch (ld_job *job, const ld_rights *rights, ld_arena *arena,
              lesdiplo_error *error) {
  watch w;
  pipes p;
  memset(&w, 0, sizeof w);
  int code = open_pipes(&p, error);
  if (code != LESDIPLO_OK) return code;
  w.options = job->options;
  w.slot = take_slot();
  job->parent = getpid();
  job->place = w.place = share_place(job->options);
  memcpy(job->ends, p.ends + THEIRS, sizeof job->ends);
  ld_broker_begin(&w.broker, rights, arena, p.ends[BROKER]);
  code = fork_worker(&w, job, error);
  if (code == LESDIPLO_OK) code = watch_worker(&w, &p, error);
  close_pipes(&p);
  if (w.slot) atomic_store(&w.slot->pid, 0);
  if (w.place) munmap((void *)(uintptr_t)w.place, sizeof *w.place);
  return code;
}
