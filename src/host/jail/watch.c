/*
** watch.c - a worker, seen from its parent.
**
** The parent forks a worker (worker.c), hands on what it prints, keeps the
** clock and reaps it; it never runs a line of the script. The worker has a pipe
** for its output, one for stderr, a socket to tell its end on, and a socket to
** ask on. It opens no file: the parent has read the corpus before, and opens for
** it what was granted (right/).
**
** A stop comes in two steps. A signal asks the Lua state to end; one second
** later, or at a second interrupt, SIGKILL ends what does not listen.
*/
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/jail/jail.h"

/* Bytes of a pipe that are read at once, and shown at once on a terminal. */
enum { BUFFER = 1 << 16, PIECE = 1024 };

/* What a pipe may hold: more in one go is of one that goes on writing. */
enum { PIPE_MOST = 1 << 20 };

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
** The parent
*/

static void close_end (int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static void ask (ld_watch *w, int number) {
  ld_process_signal(w->pid, w->process, number);
  if (w->kill_at <= 0) w->kill_at = ld_now() + GRACE;
}

/* Looks at the clock; returns the milliseconds to wait for the worker. */
static int keep_time (ld_watch *w) {
  const double time = ld_now();
  double next = time + (w->broker.awaited ? GLANCE : TICK);
  if (w->stop_at > 0 && time >= w->stop_at) {
    w->timed_out = true;
    w->stop_at = 0;
    ask(w, SIGALRM);
  }
  if (ld_running_stops(w->slot) > 0 && w->kill_at <= 0) w->kill_at = time + GRACE;
  if (w->kill_at > 0 && time >= w->kill_at && !w->killed) {
    w->killed = true;
    ld_process_signal(w->pid, w->process, SIGKILL);
  }
  if (w->stop_at > 0 && w->stop_at < next) next = w->stop_at;
  if (w->kill_at > time && w->kill_at < next) next = w->kill_at;
  return (int)((next - time) * 1000) + 1;
}

/* The worker keeps its limit by itself, unless it is no longer ours. */
static bool is_flood (ld_watch *w, size_t n) {
  const uint64_t limit = w->options->max_output;
  w->passed += n;
  return limit > 0 && w->passed > limit + LD_OUTPUT_MORE;
}

/* What the caller's write refuses is lost, and the worker has to end. */
static void pass_output (ld_watch *w, const char *bytes, size_t n) {
  const lesdiplo_host_options *host = &w->options->host;
  if (w->flooded || w->refused) return;
  if (is_flood(w, n)) {
    w->flooded = w->killed = true;
    w->kill_at = ld_now();
    ld_process_signal(w->pid, w->process, SIGKILL);
    return;
  }
  const int failed = host->write ? host->write(host->write_data, bytes, n)
                                 : send_quietly(STDOUT_FILENO, bytes, n);
  if (!failed) return;
  w->refused = true;
  ask(w, SIGUSR1);
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

/* Reads what has come through one pipe; how much that was. */
static size_t serve (ld_watch *w, int *fd) {
  char bytes[BUFFER];
  const ssize_t n = read(*fd, bytes, sizeof bytes);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  if (n <= 0) close_end(fd);
  else if (fd == &w->out) pass_output(w, bytes, (size_t)n);
  else pass_errors(bytes, (size_t)n);
  return n > 0 ? (size_t)n : 0;
}

/* Who sent a message, by the kernel's word; -1 when it gives none. */
static pid_t sender_of (struct msghdr *message) {
  struct ucred sender;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;
       c = CMSG_NXTHDR(message, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_CREDENTIALS) {
      memcpy(&sender, CMSG_DATA(c), sizeof sender);
      return sender.pid;
    }
  return -1;
}

/* What a caller may rely on, whoever wrote it: a code that there is, strings that
** end in their room. */
static void tidy (ld_report *report) {
  lesdiplo_error *error = &report->error;
  if (error->code > LESDIPLO_OK || error->code < LESDIPLO_EINCOMPLETE)
    error->code = LESDIPLO_ESCRIPT;
  error->where[sizeof error->where - 1] = '\0';
  error->message[sizeof error->message - 1] = '\0';
  report->kept = report->kept != 0;
  report->expression = report->expression != 0;
  report->statement = report->statement != 0;
}

/* One of another size is none of ours. */
static void serve_status (ld_watch *w) {
  union {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(struct ucred))];
  } control;
  ld_report report;
  struct iovec bytes = { &report, sizeof report };
  struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = sizeof control };
  const ssize_t n = recvmsg(w->status, &message,
                            MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (n <= 0) close_end(&w->status);
  if (n != (ssize_t)sizeof report) return;
  tidy(&report);
  w->hear(w, &report, sender_of(&message));
}

/* Which document the script is at, to who wants to know. */
static void tell_progress (const ld_watch *w) {
  const lesdiplo_run_options *options = w->options;
  const uint32_t place = w->place && options->progress ? *w->place : 0;
  const lesdiplo_doc *doc = place > 0
      ? lesdiplo_corpus_doc(options->corpus, place - 1) : NULL;
  if (doc)
    options->progress(options->progress_data, place - 1,
                      lesdiplo_corpus_count(options->corpus),
                      lesdiplo_doc_id(doc));
}

void ld_watch_turn (ld_watch *w) {
  struct pollfd polled[] = {
    { w->out, POLLIN, 0 }, { w->err, POLLIN, 0 }, { w->status, POLLIN, 0 },
    { w->broker.fd, POLLIN, 0 }
  };
  const int ready = poll(polled, 4, keep_time(w));
  if (ready > 0 && polled[1].revents && w->place && w->options->progress)
    w->options->progress(w->options->progress_data, 0, 0, NULL);
  if (ready > 0 && polled[0].revents) serve(w, &w->out);
  if (ready > 0 && polled[1].revents) serve(w, &w->err);
  if (ready > 0 && polled[3].revents) ld_broker_serve(&w->broker);
  if (ready > 0 && polled[2].revents) serve_status(w);
  ld_broker_tick(&w->broker);
  tell_progress(w);
}

static void drain (ld_watch *w, int *fd) {
  size_t n = 1, sum = 0;
  while (*fd >= 0 && n > 0 && sum < PIPE_MOST) sum += n = serve(w, fd);
}

void ld_watch_drain (ld_watch *w) {
  drain(w, &w->out);
  drain(w, &w->err);
}

void ld_watch_begin (ld_watch *w, double max_time) {
  w->timed_out = w->killed = w->refused = w->flooded = false;
  w->passed = 0;
  w->kill_at = 0;
  w->max_time = max_time;
  if (w->place) *w->place = 0;
  w->stop_at = max_time > 0 ? ld_now() + max_time : 0;
}

void ld_watch_close (ld_watch *w) {
  close_end(&w->out);
  close_end(&w->err);
  close_end(&w->status);
  if (w->place) munmap((void *)(uintptr_t)w->place, sizeof *w->place);
  w->place = NULL;
}

int ld_watch_died (const ld_watch *w, const char *what, int status,
                   lesdiplo_error *error) {
  if (w->flooded)
    return ld_fail(error, LESDIPLO_ELIMIT, NULL, 0,
                   "%s was killed: it printed more than its limit "
                   "(--max-output)", what);
  if (w->timed_out)
    return ld_fail(error, LESDIPLO_ELIMIT, NULL, 0,
                   "%s was killed after %g seconds, the limit (--max-time); a "
                   "match or a library call did not end", what,
                   w->max_time);
  if (ld_running_stops(w->slot) > 0)
    return ld_fail(error, LESDIPLO_ELIMIT, NULL, 0, "%s was killed", what);
  if (WIFSIGNALED(status))
    return ld_fail(error, LESDIPLO_ELIMIT, NULL, 0,
                   "%s: the process that ran it died of signal %d (%s); what "
                   "it had printed is whole up to there", what,
                   WTERMSIG(status), strsignal(WTERMSIG(status)));
  return ld_fail(error, LESDIPLO_ELIMIT, NULL, 0,
                 "%s: the process that ran it ended with %d before it did",
                 what, WEXITSTATUS(status));
}


/* ----------------------------------------------------------------------
** Forking
*/

/* Our ends first, then the worker's; all -1 when there are none. */
typedef struct pipes {
  int ends[8];
} pipes;

enum { THEIRS = 4, STATUS = 2, BROKER = 3 };

static void close_pipes (pipes *p) {
  for (int i = 0; i < 8; i++) close_end(&p->ends[i]);
}

/* Who writes on a socket is told by the kernel. */
static int open_pair (pipes *p, int i) {
  const int yes = 1;
  int pair[2];
  const int code = i == STATUS || i == BROKER
      ? socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)
      : pipe2(pair, O_CLOEXEC);
  if (code != 0) return errno;
  p->ends[i] = pair[0];
  p->ends[THEIRS + i] = pair[1];
  if (i == STATUS && setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &yes,
                                sizeof yes) != 0) return errno;
  if (i < STATUS && fcntl(pair[0], F_SETFL, O_NONBLOCK) != 0) return errno;
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
static int fork_worker (ld_watch *w, const ld_job *job,
                        lesdiplo_error *error) {
  sigset_t all, before;
  sigfillset(&all);
  fflush(NULL);                   /* or what is buffered is printed twice */
  pthread_sigmask(SIG_SETMASK, &all, &before);
  w->pid = fork();
  if (w->pid == 0) ld_worker(job);
  const int number = errno;
  const bool forked = w->pid > 0;
  if (forked && (job->session || job->lasting)) setpgid(w->pid, w->pid);
  if (forked && job->lasting) w->pid = -w->pid;
  if (forked) ld_running_set(w->slot, w->pid, w->process);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (forked) return LESDIPLO_OK;
  return ld_fail(error, LESDIPLO_ENOMEM, NULL, 0,
                 "no process to run the script in: %s", strerror(number));
}

/* A page that the worker writes to and the parent reads; without one there is no
** progress to tell, and no going on. */
static volatile uint32_t *share_place (const lesdiplo_run_options *options) {
  if ((!options->progress && !options->failed) || !options->corpus) return NULL;
  void *page = mmap(NULL, sizeof(uint32_t), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? NULL : page;
}

/* The worker's ends are closed here once it has them. */
int ld_watch_fork (ld_watch *w, ld_job *job, const ld_rights *rights,
                   ld_arena *arena, lesdiplo_error *error) {
  pipes p;
  w->out = w->err = w->status = w->broker.fd = -1;
  int code = open_pipes(&p, error);
  if (code != LESDIPLO_OK) return code;
  w->options = job->options;
  w->process = -1;
  job->parent = getpid();
  job->place = w->place = share_place(job->options);
  job->lasting = job->options->failed && job->place && !job->session;
  memcpy(job->ends, p.ends + THEIRS, sizeof job->ends);
  code = fork_worker(w, job, error);
  if (code == LESDIPLO_OK) {
    w->out = p.ends[0];
    w->err = p.ends[1];
    w->status = p.ends[STATUS];
    ld_broker_begin(&w->broker, rights, arena, p.ends[BROKER]);
    for (int i = 0; i < THEIRS; i++) p.ends[i] = -1;
  }
  close_pipes(&p);
  return code;
}


/* ----------------------------------------------------------------------
** One run
*/

typedef struct ending {
  ld_report report;
  bool told;
} ending;

static void tell_failure (const lesdiplo_run_options *options,
                          const ld_report *report) {
  const lesdiplo_doc *doc = options->failed && options->corpus
      ? lesdiplo_corpus_doc(options->corpus, (uint32_t)report->status) : NULL;
  if (doc) options->failed(options->failed_data, doc, &report->error);
}

static void hear_end (ld_watch *w, const ld_report *report, pid_t sender) {
  ending *e = w->data;
  (void)sender;
  if (report->tale == LD_TALE_FAILED) tell_failure(w->options, report);
  if (report->tale != LD_TALE_END) return;
  e->report = *report;
  e->told = true;
}

/* Waits for the worker's end. Its slot is freed while its number is still its
** own, so that no stop meets another process. Returns its wait status. */
static int reap (const ld_watch *w) {
  const pid_t worker = w->pid < 0 ? -w->pid : w->pid;
  siginfo_t info;
  int status = 0;
  while (waitid(P_PID, (id_t)worker, &info, WEXITED | WNOWAIT) < 0 &&
         errno == EINTR) ;
  ld_running_leave(w->slot);
  while (waitpid(worker, &status, 0) < 0) {
    if (errno == EINTR) continue;
    return 0;                       /* ECHILD: the caller ignores SIGCHLD */
  }
  return status;
}

static int result (const ld_watch *w, const ending *e, int status,
                   lesdiplo_error *error) {
  const char *name = ld_message_name(w->options->name);
  if (w->refused)
    return ld_fail(error, LESDIPLO_EIO, NULL, 0,
                   "the output cannot be written");
  if (w->flooded || !e->told) {
    const int code = ld_watch_died(w, name, status, error);
    if (error) snprintf(error->where, sizeof error->where, "%s", name);
    return code;
  }
  if (error) *error = e->report.error;
  return e->report.error.code;
}

static int watch_worker (ld_watch *w, const ending *e, lesdiplo_error *error) {
  if (ld_running_stops(w->slot) > 0) ask(w, SIGUSR1);  /* asked before it was */
  while (w->out >= 0 || w->err >= 0 || w->status >= 0) ld_watch_turn(w);
  const int code = result(w, e, reap(w), error);
  const int kept = ld_broker_end(&w->broker, code == LESDIPLO_OK, error);
  return code == LESDIPLO_OK ? kept : code;
}

int ld_watch_run (ld_job *job, const ld_rights *rights, ld_arena *arena,
                  lesdiplo_error *error) {
  ending e = { .told = false };
  ld_watch w = { .hear = hear_end, .data = &e, .slot = ld_running_take() };
  int code = ld_watch_fork(&w, job, rights, arena, error);
  ld_watch_begin(&w, job->options->max_time);
  if (code == LESDIPLO_OK) code = watch_worker(&w, &e, error);
  ld_watch_close(&w);
  ld_running_free(w.slot);
  return code;
}
