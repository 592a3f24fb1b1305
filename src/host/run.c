/*
** run.c - a script in a process of its own.
**
** The parent forks a worker, hands on what it prints, keeps the clock and
** reaps it; it never runs a line of the script. The worker has a pipe for its
** output, one for stderr, one for the lesdiplo_error it ends with, and no
** other descriptor. Its state runs in a thread with a large stack, because Lua
** and LPeg recurse in C.
**
** A stop comes in two steps. SIGUSR1 (an interrupt) or SIGALRM (the clock) asks
** the Lua state to end; one second later, or at a second interrupt, SIGKILL
** ends what does not listen. The signal also sends off what the worker still
** holds in its buffer, so that rows printed before a kill are not lost. What a
** terminal sends to both processes is for the parent alone to act on.
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
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/host.h"

/* Runs that can be under way at once and still be reached by a stop. */
enum { RUNS_MOST = 64 };

/* Descriptors of the worker besides the usual three. */
enum { STATUS_FD = 3 };

enum { BUFFER = 1 << 16, STACK = 256 << 20, STACK_LEAST = 1 << 20 };

/* Seconds between a stop and the kill; and the longest wait of the parent,
** which cannot be woken when another thread got the signal. */
static const double GRACE = 1.0, TICK = 0.25;

static double now (void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* All of the bytes to a descriptor; 0, or errno. */
static int send_all (int fd, const char *bytes, size_t n) {
  while (n > 0) {
    const ssize_t sent = write(fd, bytes, n);
    if (sent > 0) {
      bytes += sent;
      n -= (size_t)sent;
    }
    else if (sent < 0 && errno == EAGAIN) {
      struct pollfd wait = { fd, POLLOUT, 0 };
      poll(&wait, 1, -1);
    }
    else if (sent < 0 && errno != EINTR) return errno;
  }
  return 0;
}

/* The same in the caller's process, whose reader may be gone: no SIGPIPE is
** left behind that was not there. */
static int send_quietly (int fd, const char *bytes, size_t n) {
  sigset_t pipe_signal, pending, before;
  const struct timespec none = { 0, 0 };
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const int failure = send_all(fd, bytes, n);
  if (failure == EPIPE && !sigismember(&pending, SIGPIPE))
    while (sigtimedwait(&pipe_signal, NULL, &none) < 0 && errno == EINTR) ;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return failure;
}


/* ----------------------------------------------------------------------
** The worker
**
** One a process, and its signal handler needs it: hence static.
*/

static struct {
  const lesdiplo_run_options *options;
  lesdiplo_host *host;              /* set before stops are let through */
  volatile sig_atomic_t busy;       /* the buffer is being changed */
  volatile size_t used;
  bool direct;                      /* the reader watches: hold nothing back */
  double sent;                      /* when the buffer was last sent */
  char bytes[BUFFER];
} worker;

static int flush_buffer (void) {
  const size_t n = worker.used;
  worker.used = 0;
  return send_all(STDOUT_FILENO, worker.bytes, n);
}

/* A lesdiplo_write. Sends what has waited for a tenth of a second. */
static int write_buffer (void *data, const char *bytes, size_t n) {
  int failure = 0;
  (void)data;
  worker.busy = 1;
  if (n > BUFFER - worker.used) failure = flush_buffer();
  if (n > BUFFER)
    failure = failure ? failure : send_all(STDOUT_FILENO, bytes, n);
  else {
    memcpy(worker.bytes + worker.used, bytes, n);
    worker.used += n;
  }
  const double time = now();
  if (!failure && (worker.direct || time - worker.sent > 0.1)) {
    failure = flush_buffer();
    worker.sent = time;
  }
  worker.busy = 0;
  return failure;
}

static void on_stop (int number) {
  const int saved = errno;
  if (!worker.busy) flush_buffer();
  ld_host_stop(worker.host, number == SIGALRM ? LD_STOP_TIME
                                              : LD_STOP_INTERRUPT);
  errno = saved;
}

/* Handlers of the caller's program are not for the worker. */
static void set_signals (void) {
  struct sigaction action;
  for (int i = 1; i < NSIG; i++)
    if (sigaction(i, NULL, &action) == 0 && action.sa_handler != SIG_IGN &&
        action.sa_handler != SIG_DFL) {
      memset(&action, 0, sizeof action);
      action.sa_handler = SIG_DFL;
      sigaction(i, &action, NULL);
    }
  memset(&action, 0, sizeof action);
  action.sa_handler = on_stop;
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGALRM, &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGPIPE, &action, NULL);      /* a failed write tells it */
  sigaction(SIGXFSZ, &action, NULL);
}

static _Noreturn void end_worker (const lesdiplo_error *error) {
  send_all(STATUS_FD, (const char *)error, sizeof *error);
  _exit(0);
}

/* Signals are held back since before the fork: now there is a host to stop.
** The first thread never hears one. */
static void hear_signals (void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_UNBLOCK, &all, NULL);
}

static int run_here (lesdiplo_error *error) {
  const lesdiplo_run_options *options = worker.options;
  lesdiplo_host_options host_options = options->host;
  lesdiplo_host *host;
  host_options.write = write_buffer;
  int code = lesdiplo_host_new(&host, options->corpus, &host_options, error);
  if (code != LESDIPLO_OK) return code;
  host->max_time = options->max_time;
  worker.host = host;
  hear_signals();
  code = lesdiplo_host_run(host, options->chunk, options->length,
                           options->name, options->arguments,
                           options->argument_count, error);
  worker.busy = 1;
  if (flush_buffer() != 0 && code == LESDIPLO_OK)
    code = ld_fail(error, LESDIPLO_EIO, NULL, 0,
                   "the output cannot be written");
  return code;
}

/* The state is not closed: the process ends. */
static void *run_thread (void *data) {
  lesdiplo_error error;
  (void)data;
  memset(&error, 0, sizeof error);
  error.code = run_here(&error);
  end_worker(&error);
}

/* Under a limit on addresses the stack may have an eighth of them: what it took
** beyond would be missing in the script. */
static size_t stack_most (void) {
  struct rlimit limit;
  size_t most = STACK;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return most;
  while (most > STACK_LEAST && most > limit.rlim_cur / 8) most /= 4;
  return most;
}

/* Where the addresses are used up a smaller stack has to do. */
static _Noreturn void start_thread (void) {
  lesdiplo_error error;
  pthread_attr_t attributes;
  pthread_t thread;
  int failure = 1;
  for (size_t n = stack_most(); failure && n >= STACK_LEAST; n /= 4) {
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, n);
    failure = pthread_create(&thread, &attributes, run_thread, NULL);
  }
  if (!failure) pthread_join(thread, NULL);
  memset(&error, 0, sizeof error);
  ld_fail(&error, LESDIPLO_ENOMEM, NULL, 0,
          "the system gives no thread to run the script in");
  end_worker(&error);
}

/* Moves a descriptor out of the way of the numbers that are given out. */
static int lift (int fd) {
  return fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 10);
}

static void close_others (void) {
  if (close_range(STATUS_FD + 1, ~0U, 0) == 0) return;
  const long most = sysconf(_SC_OPEN_MAX);
  for (int fd = STATUS_FD + 1; fd < (most > 4096 ? 4096 : (int)most); fd++)
    close(fd);
}

/* out, err and status are the writing ends. */
static void set_descriptors (int out, int err, int status) {
  const int from[] = {
    lift(open("/dev/null", O_RDONLY | O_CLOEXEC)), lift(out), lift(err),
    lift(status)
  };
  for (int i = 0; i <= STATUS_FD; i++)
    if (from[i] < 0 || dup2(from[i], i) < 0) _exit(1);
  close_others();
}

static void set_limits (pid_t parent) {
  struct rlimit limit = { 0, 0 };
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);      /* it went before the line above */
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  setrlimit(RLIMIT_CORE, &limit);
  if (worker.options->max_time <= 0) return;
  /* a backstop, should the parent's own work keep it from the clock */
  limit.rlim_cur = (rlim_t)worker.options->max_time + 3;
  limit.rlim_max = limit.rlim_cur + 1;
  setrlimit(RLIMIT_CPU, &limit);
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
  lesdiplo_error report;
  size_t reported;           /* bytes of it that came */
} watch;

static void close_end (int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static void ask (watch *w, int number) {
  kill(w->pid, number);
  if (w->kill_at <= 0) w->kill_at = now() + GRACE;
}

/* Looks at the clock; returns the milliseconds to wait for the worker. */
static int keep_time (watch *w) {
  const double time = now();
  double next = time + TICK;
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

/* What the caller's write refuses is lost, and the worker has to end. */
static void pass_output (watch *w, const char *bytes, size_t n) {
  const lesdiplo_host_options *host = &w->options->host;
  const int failed = host->write ? host->write(host->write_data, bytes, n)
                                 : send_quietly(STDOUT_FILENO, bytes, n);
  if (!failed) return;
  w->refused = true;
  close_end(&w->out);
  ask(w, SIGUSR1);
}

static void take_report (watch *w, const char *bytes, size_t n) {
  const size_t room = sizeof w->report - w->reported;
  if (n > room) n = room;
  memcpy((char *)&w->report + w->reported, bytes, n);
  w->reported += n;
}

/* Reads what has come through one pipe. */
static void serve (watch *w, int *fd) {
  char bytes[BUFFER];
  const ssize_t n = read(*fd, bytes, sizeof bytes);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (n <= 0) close_end(fd);
  else if (fd == &w->out) pass_output(w, bytes, (size_t)n);
  else if (fd == &w->err) send_quietly(STDERR_FILENO, bytes, (size_t)n);
  else take_report(w, bytes, (size_t)n);
}

static void serve_all (watch *w) {
  int *const ends[] = { &w->out, &w->err, &w->status };
  while (w->out >= 0 || w->err >= 0 || w->status >= 0) {
    struct pollfd polled[3];
    for (int i = 0; i < 3; i++)
      polled[i] = (struct pollfd){ *ends[i], POLLIN, 0 };
    if (poll(polled, 3, keep_time(w)) <= 0) continue;
    for (int i = 0; i < 3; i++)
      if (polled[i].revents && *ends[i] >= 0) serve(w, ends[i]);
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
  if (w->reported < sizeof w->report) return died(w, status, error);
  if (error) *error = w->report;
  return w->report.code;
}


/* ----------------------------------------------------------------------
** Forking
*/

/* Reading ends first; all -1 when there are none. */
typedef struct pipes {
  int ends[6];
} pipes;

static void close_pipes (pipes *p) {
  for (int i = 0; i < 6; i++) close_end(&p->ends[i]);
}

static int open_pipes (pipes *p, lesdiplo_error *error) {
  for (int i = 0; i < 6; i++) p->ends[i] = -1;
  for (int i = 0; i < 3; i++) {
    int pair[2];
    if (pipe2(pair, O_CLOEXEC) != 0) {
      const int number = errno;
      close_pipes(p);
      return ld_fail(error, LESDIPLO_EIO, NULL, 0,
                     "no pipe to a worker: %s", strerror(number));
    }
    p->ends[i] = pair[0];
    p->ends[3 + i] = pair[1];
  }
  return LESDIPLO_OK;
}

static _Noreturn void be_worker (const lesdiplo_run_options *options,
                                 const pipes *p, pid_t parent) {
  worker.options = options;
  worker.direct = isatty(STDOUT_FILENO);
  set_signals();
  set_descriptors(p->ends[3], p->ends[4], p->ends[5]);
  set_limits(parent);
  start_thread();
}

/* Signals are held back until the slot knows the worker. */
static int fork_worker (watch *w, const pipes *p, lesdiplo_error *error) {
  sigset_t all, before;
  const pid_t parent = getpid();
  sigfillset(&all);
  fflush(NULL);                   /* or what is buffered is printed twice */
  pthread_sigmask(SIG_SETMASK, &all, &before);
  w->pid = fork();
  if (w->pid == 0) be_worker(w->options, p, parent);
  const int number = errno;
  if (w->pid > 0 && w->slot) atomic_store(&w->slot->pid, w->pid);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (w->pid > 0) return LESDIPLO_OK;
  return ld_fail(error, LESDIPLO_ENOMEM, NULL, 0,
                 "no process to run the script in: %s", strerror(number));
}

static int run_worker (const lesdiplo_run_options *options,
                       lesdiplo_error *error) {
  watch w;
  pipes p;
  memset(&w, 0, sizeof w);
  int code = open_pipes(&p, error);
  if (code != LESDIPLO_OK) return code;
  w.options = options;
  w.slot = take_slot();
  code = fork_worker(&w, &p, error);
  if (code == LESDIPLO_OK) {
    if (stops_of(w.slot) > 0) kill(w.pid, SIGUSR1);  /* asked before it was */
    w.out = p.ends[0];
    w.err = p.ends[1];
    w.status = p.ends[2];
    p.ends[0] = p.ends[1] = p.ends[2] = -1;
    close_pipes(&p);
    if (options->max_time > 0) w.stop_at = now() + options->max_time;
    serve_all(&w);
    code = result(&w, reap(&w), error);
  }
  close_pipes(&p);
  if (w.slot) atomic_store(&w.slot->pid, 0);
  return code;
}

/* Reads header and parameters before anything is forked or read: a mistyped
** flag is told at once. Takes the header's time limit if there is no other. */
static int check (lesdiplo_run_options *options, lesdiplo_error *error) {
  ld_memory memory;
  ld_arena arena;
  ld_header header;
  ld_value *values;
  ld_memory_init(&memory, options->host.alloc, options->host.alloc_data,
                 UINT64_MAX);
  ld_arena_init(&arena, &memory);
  int code = ld_header_read(&header, &arena, options->chunk, options->length,
                            ld_message_name(options->name), error);
  if (code == LESDIPLO_EFORMAT) {
    code = LESDIPLO_ESCRIPT;
    if (error) error->code = code;
  }
  else if (code == LESDIPLO_OK && header.present &&
           !ld_params_ask_help(&header, options->arguments,
                               options->argument_count)) {
    code = ld_header_allowed(&header, error);
    if (code == LESDIPLO_OK)
      code = ld_params_read(&header, &arena, options->arguments,
                            options->argument_count, &values, error);
    if (options->max_time <= 0) options->max_time = header.time;
  }
  ld_arena_free(&arena);
  return code;
}

int lesdiplo_run (const lesdiplo_run_options *options, lesdiplo_error *error) {
  lesdiplo_run_options copy = LESDIPLO_RUN_INIT;
  if (error) memset(error, 0, sizeof *error);
  if (!options || options->size == 0)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "options begin with LESDIPLO_RUN_INIT");
  memcpy(&copy, options, options->size < sizeof copy ? options->size
                                                     : sizeof copy);
  if (!copy.chunk || !copy.name ||
      (copy.argument_count > 0 && !copy.arguments))
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a chunk and its name are needed");
  const int code = check(&copy, error);
  return code == LESDIPLO_OK ? run_worker(&copy, error) : code;
}


/* ----------------------------------------------------------------------
** A script's help
*/

int lesdiplo_script_help (char **out, const char *chunk, size_t length,
                          const char *name, lesdiplo_error *error) {
  ld_memory memory;
  ld_arena arena;
  ld_header header;
  ld_buffer text;
  if (!out || !chunk || !name)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a chunk, its name and a place for its help are needed");
  *out = NULL;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  ld_buffer_init(&text, &memory);
  int code = ld_header_read(&header, &arena, chunk, length,
                            ld_message_name(name), error);
  if (code == LESDIPLO_OK) {
    ld_params_help(&header, &text);
    *out = text.failed ? NULL : strdup(ld_buffer_text(&text));
    if (!*out) code = ld_fail_memory(error);
  }
  ld_buffer_free(&text);
  ld_arena_free(&arena);
  return code;
}

void lesdiplo_string_free (char *string) {
  free(string);
}
