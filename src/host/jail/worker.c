/*
** worker.c - the process that runs a script: closes its world, makes a host,
** runs the chunk, tells its end and is gone.
**
** Its state runs in a thread with a large stack, because Lua and LPeg recurse
** in C. A stop comes as a signal: SIGUSR1 (an interrupt) or SIGALRM (the clock)
** asks the Lua state to end. The signal also sends off what the worker still
** holds in its buffer, so that rows printed before a kill are not lost. What a
** terminal sends to both processes is for the parent alone to act on.
*/
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "host/jail/jail.h"

enum { BUFFER = 1 << 16, STACK = 256 << 20, STACK_LEAST = 1 << 20 };

/* Processes that there may be beyond those that there are: far more than one
** that is ours needs, also when the user starts others. */
enum { FORKS = 4096 };

/* One a process, and its signal handler needs it: hence static. */
static struct {
  const ld_job *job;
  lesdiplo_host *host;              /* set before stops are let through */
  volatile sig_atomic_t busy;       /* the buffer is being changed */
  volatile size_t used;
  size_t room;
  bool direct;                      /* the reader watches: hold nothing back */
  double sent;                      /* when the buffer was last sent */
  uint64_t printed;                 /* bytes, those in the buffer included */
  char *bytes;                      /* at first these */
  char buffer[BUFFER];
} worker = { .room = BUFFER, .bytes = worker.buffer };


/* ----------------------------------------------------------------------
** Output
*/

double ld_now (void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int ld_send_all (int fd, const char *bytes, size_t n) {
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

void ld_worker_tell (const ld_report *report) {
  ssize_t n;
  do n = write(LD_STATUS_FD, report, sizeof *report);
  while (n < 0 && errno == EINTR);
}

static int flush_buffer (void) {
  const size_t n = worker.used;
  worker.used = 0;
  return ld_send_all(STDOUT_FILENO, worker.bytes, n);
}

int ld_worker_flush (void) {
  worker.busy = 1;
  const int failure = flush_buffer();
  worker.busy = 0;
  return failure;
}

void ld_worker_anew (void) {
  worker.printed = 0;
}

/* Whether so much may still be printed. Past the limit the script is stopped;
** what it has begun, a table of rows, may then be closed. */
static bool has_room (size_t n) {
  const uint64_t limit = worker.job->options->max_output;
  const bool ended = worker.host->stop == LD_STOP_FLOOD || !worker.host->current;
  worker.printed += n;
  if (limit == 0 || worker.printed <= limit) return true;
  if (ended && worker.printed <= limit + LD_OUTPUT_MORE) return true;
  worker.printed -= n;
  ld_host_stop(worker.host, LD_STOP_FLOOD);
  return false;
}

static int put (const char *bytes, size_t n) {
  int failure = 0;
  if (n > worker.room - worker.used) failure = flush_buffer();
  if (n > worker.room)
    return failure ? failure : ld_send_all(STDOUT_FILENO, bytes, n);
  memcpy(worker.bytes + worker.used, bytes, n);
  worker.used += n;
  const double time = ld_now();
  if (!failure && (worker.direct || time - worker.sent > 0.1)) {
    failure = flush_buffer();
    worker.sent = time;
  }
  return failure;
}

/* What may have to be taken back is not sent: ld_worker_flush does. */
static int hold (const char *bytes, size_t n) {
  if (n > worker.room - worker.used) {
    const size_t room = 2 * (worker.used + n);
    char *wider = malloc(room);
    if (!wider) return ENOMEM;
    memcpy(wider, worker.bytes, worker.used);
    if (worker.bytes != worker.buffer) free(worker.bytes);
    worker.bytes = wider;
    worker.room = room;
  }
  memcpy(worker.bytes + worker.used, bytes, n);
  worker.used += n;
  return 0;
}

/* A lesdiplo_write. Sends what has waited for a tenth of a second. */
static int write_buffer (void *data, const char *bytes, size_t n) {
  (void)data;
  if (!has_room(n)) return EFBIG;
  worker.busy = 1;
  const int failure = worker.job->lasting ? hold(bytes, n) : put(bytes, n);
  worker.busy = 0;
  return failure;
}


/* ----------------------------------------------------------------------
** Signals
*/

static void on_stop (int number) {
  const int saved = errno;
  if (!worker.busy) flush_buffer();
  ld_host_stop(worker.host, number == SIGALRM ? LD_STOP_TIME
                                              : LD_STOP_INTERRUPT);
  errno = saved;
}

static void on_child (int number) {
  (void)number;
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
  action.sa_handler = on_child;       /* wakes up who waits for one */
  sigaction(SIGCHLD, &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGPIPE, &action, NULL);      /* a failed write tells it */
  sigaction(SIGXFSZ, &action, NULL);
}

/* Signals are held back since before the fork: now there is a host to stop.
** The first thread never hears one. */
static void hear_signals (void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_UNBLOCK, &all, NULL);
}


/* ----------------------------------------------------------------------
** Closing the world
*/

_Noreturn void ld_worker_end (const lesdiplo_error *error) {
  const ld_report end = { .tale = LD_TALE_END, .error = *error };
  ld_worker_tell(&end);
  _exit(0);
}

static _Noreturn void give_up (int code, const char *why) {
  lesdiplo_error error;
  memset(&error, 0, sizeof error);
  ld_fail(&error, code, NULL, 0, "%s", why);
  ld_worker_end(&error);
}

/* Moves a descriptor out of the way of the numbers that are given out. */
static int lift (int fd) {
  return fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 10);
}

static void close_others (void) {
  if (close_range(LD_BROKER_FD + 1, ~0U, 0) == 0) return;
  const long most = sysconf(_SC_OPEN_MAX);
  for (int fd = LD_BROKER_FD + 1; fd < (most > 4096 ? 4096 : (int)most); fd++)
    close(fd);
}

static void set_descriptors (const int ends[4]) {
  const int from[] = {
    lift(open("/dev/null", O_RDONLY | O_CLOEXEC)), lift(ends[0]),
    lift(ends[1]), lift(ends[2]), lift(ends[3])
  };
  for (int i = 0; i <= LD_BROKER_FD; i++)
    if (from[i] < 0 || dup2(from[i], i) < 0) _exit(1);
  close_others();
}

static void limit (int what, uint64_t most, uint64_t after) {
  const struct rlimit both = { (rlim_t)most, (rlim_t)(most + after) };
  setrlimit((__rlimit_resource_t)what, &both);
}

/* What a short file of the kernel's says: a string, "" where there is none. */
static void read_short (const char *path, char text[128]) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t n = fd < 0 ? 0 : read(fd, text, 127);
  if (fd >= 0) close(fd);
  text[n > 0 ? n : 0] = '\0';
}

/* Bytes that the process has for data now, or 0. */
static uint64_t data_now (void) {
  char text[128];
  unsigned long long pages;
  read_short("/proc/self/statm", text);
  if (sscanf(text, "%*u %*u %*u %*u %*u %llu", &pages) != 1) return 0;
  return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* Who forks and forks comes to an end. The kernel counts all that runs for the
** user, threads too, and so do we; it does not hold the administrator to it. */
static void limit_forks (void) {
  char text[128];
  unsigned long long now;
  read_short("/proc/loadavg", text);
  if (sscanf(text, "%*s %*s %*s %*[0-9]/%llu", &now) == 1)
    limit(RLIMIT_NPROC, now + FORKS, 0);
}

/*
** Behind the limit that Lua's allocator keeps, one for all memory: what is
** there, the stack, the state, and for layers, postings and the libraries' own
** use a gigabyte and four times the corpus. Of addresses there is no limit,
** since mapped files count as such.
*/
static void limit_data (const lesdiplo_run_options *options) {
  const uint64_t now = data_now();
  const uint64_t most = UINT64_C(1) << 46;
  const uint64_t state = options->host.max_memory ? options->host.max_memory
                                                  : UINT64_C(1) << 30;
  const uint64_t corpus = options->corpus ? options->corpus->memory.used : 0;
  if (LD_JAIL_LENIENT || now == 0 || state > most || corpus > most) return;
  limit(RLIMIT_DATA, now + STACK + state + state / 4 + 4 * corpus +
                     (UINT64_C(1) << 30), 0);
}

/* Do other processes come of it? */
static bool may_fork (const ld_job *job) {
  return job->session || job->lasting;
}

/* What the administrator may do, a worker of theirs may not; but it reads what
** they may read. */
static void drop_powers (void) {
  struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct powers[_LINUX_CAPABILITY_U32S_3];
  if (syscall(SYS_capget, &head, powers) != 0) return;
  for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
    powers[i].effective &= i == 0 ? 1U << CAP_DAC_READ_SEARCH : 0;
    powers[i].permitted = powers[i].effective;
    powers[i].inheritable = 0;
  }
  syscall(SYS_capset, &head, powers);
}

/* The clock of the processor is a backstop, should the parent's own work keep
** it from the other one. */
static void set_limits (const ld_job *job) {
  const lesdiplo_run_options *options = job->options;
  if (may_fork(job)) prctl(PR_SET_CHILD_SUBREAPER, 1);
  /* a session's waits for its parent, on the socket, and for everyone else */
  if (!job->session) prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != job->parent) _exit(1);   /* it went before the line above */
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_CORE, 0, 0);
  if (options->max_output > 0) limit(RLIMIT_FSIZE, options->max_output, 0);
  if (options->max_time > 0)
    limit(RLIMIT_CPU, (uint64_t)options->max_time + 3, 1);
  if (!job->calls && !job->files) return;
  drop_powers();
  if (may_fork(job)) limit_forks();
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  limit(RLIMIT_NOFILE, 256, 0);
  limit_data(options);
}


/* ----------------------------------------------------------------------
** The run
*/

/* A lesdiplo_write: of a script that is not run for what it prints. */
static int drop (void *data, const char *bytes, size_t n) {
  (void)data, (void)bytes, (void)n;
  return 0;
}

static int run_here (lesdiplo_error *error) {
  const lesdiplo_run_options *options = worker.job->options;
  lesdiplo_host_options host_options = options->host;
  lesdiplo_host *host;
  host_options.write = options->after ? drop : write_buffer;
  int code = lesdiplo_host_new(&host, options->corpus, &host_options, error);
  if (code != LESDIPLO_OK) return code;
  host->max_time = options->max_time;
  host->max_output = options->max_output;
  host->header_told = options->header_told != 0;
  host->lasting = options->after != NULL;
  host->broker = LD_BROKER_FD;
  host->modules = worker.job->modules;
  host->module_count = worker.job->module_count;
  worker.host = host;
  ld_bind_reading_tell(host->L, worker.job->place);
  code = ld_snapshot_begin(worker.job, host, error);
  if (code != LESDIPLO_OK) return code;
  hear_signals();
  if (worker.job->session) ld_live(host);
  code = lesdiplo_host_run(host, options->chunk, options->length,
                           options->name, options->arguments,
                           options->argument_count, error);
  if (code == LESDIPLO_OK && options->after)
    code = options->after(options->after_data, host, write_buffer, NULL, error);
  if (code == LESDIPLO_ESCRIPT) ld_snapshot_fall(error);
  ld_snapshot_end();
  if (ld_worker_flush() != 0 && code == LESDIPLO_OK)
    code = ld_fail(error, LESDIPLO_EIO, NULL, 0,
                   "the output cannot be written");
  return code;
}

/* The state is not closed: the process ends. */
static void *run_thread (void *data) {
  const ld_job *job = worker.job;
  lesdiplo_error error;
  (void)data;
  if (job->calls && !ld_jail_calls(job->read_count > 0, may_fork(job)))
    give_up(LESDIPLO_EDENIED, "the kernel does not take the filter for system "
                              "calls (seccomp)");
  memset(&error, 0, sizeof error);
  error.code = run_here(&error);
  ld_worker_end(&error);
}

/* Under a limit on addresses the stack may have an eighth of them: what it took
** beyond would be missing in the script. */
static size_t stack_most (void) {
  struct rlimit addresses;
  size_t most = STACK;
  if (getrlimit(RLIMIT_AS, &addresses) != 0 ||
      addresses.rlim_cur == RLIM_INFINITY)
    return most;
  while (most > STACK_LEAST && most > addresses.rlim_cur / 8) most /= 4;
  return most;
}

/* Where the addresses are used up a smaller stack has to do. */
static _Noreturn void start_thread (void) {
  pthread_attr_t attributes;
  pthread_t thread;
  int failure = 1;
  for (size_t n = stack_most(); failure && n >= STACK_LEAST; n /= 4) {
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, n);
    failure = pthread_create(&thread, &attributes, run_thread, NULL);
  }
  if (!failure) pthread_join(thread, NULL);
  give_up(LESDIPLO_ENOMEM, "the system gives no thread to run the script in");
}

_Noreturn void ld_worker (const ld_job *job) {
  worker.job = job;
  worker.direct = isatty(STDOUT_FILENO);
  if (may_fork(job)) setpgid(0, 0);   /* whoever comes of it stays in there */
  set_signals();
  set_descriptors(job->ends);
  clearenv();
  setlocale(LC_ALL, "C");     /* the caller's would change what %w and < mean */
  tzset();                    /* what it reads, it reads now */
  set_limits(job);
  if (job->files && !ld_jail_files(job->reads, job->read_count))
    give_up(LESDIPLO_EDENIED, "the kernel does not take the rules for files "
                              "(Landlock)");
  start_thread();
}
