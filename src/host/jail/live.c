/*
** live.c - the processes of a session, seen from inside.
**
** Each holds the state of the host as some line has left it. One of them, the
** newest, waits for requests; for each it forks a process that serves it. Where
** a line ends well the new process is the newest from then on, and the other
** waits until it is needed again: when the process that it forked is gone,
** killed or crashed or taken back, it is the newest once more, with its state as
** it was.
**
** Whose parent has gone early becomes a child of the first of all, which waits
** for everyone: so there is always one to go on with.
*/
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/jail/jail.h"

/* What a request brought: bytes, with a NUL behind them. */
typedef struct text {
  const char *bytes;
  size_t length;
} text;

/* The format of rows, which the host only lends. */
static char format[sizeof((ld_request *)NULL)->format];


/* ----------------------------------------------------------------------
** Requests
*/

/* Takes the descriptors that came with a message; keeps the first, or -1. */
static int take_fd (struct msghdr *message) {
  int kept = -1;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;
       c = CMSG_NXTHDR(message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    for (size_t i = 0; i < (c->cmsg_len - CMSG_LEN(0)) / sizeof(int); i++) {
      int fd;
      memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
      if (kept < 0) kept = fd;
      else close(fd);
    }
  }
  return kept;
}

/* Waits for the next one and returns the descriptor of its text. What has
** another size is the answer to a process that is gone; and a request comes twice
** when the front cannot know whether such a process has taken it along. */
static int next_request (ld_request *request) {
  static uint32_t last;
  union {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int))];
  } control;
  for (;;) {
    struct iovec bytes = { request, sizeof *request };
    struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1,
                              .msg_control = &control,
                              .msg_controllen = sizeof control };
    const ssize_t n = recvmsg(LD_STATUS_FD, &message, MSG_CMSG_CLOEXEC);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) _exit(0);                 /* the front has gone */
    const int fd = take_fd(&message);
    if (n == (ssize_t)sizeof *request && fd >= 0 && request->number != last) {
      last = request->number;
      return fd;
    }
    if (fd >= 0) close(fd);
  }
}

/* The text stays: messages of later lines may speak of it. */
static text map_text (int fd) {
  struct stat about;
  text out = { "", 0 };
  if (fstat(fd, &about) == 0 && about.st_size > 0) {
    const size_t n = (size_t)about.st_size;
    const char *bytes = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) _exit(1);
    out = (text){ bytes, n - 1 };
  }
  close(fd);
  return out;
}


/* ----------------------------------------------------------------------
** Serving one
*/

static double cpu_now (void) {
  struct timespec used;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

/* Says who we are, and goes on once we are known. */
static void introduce (void) {
  const ld_report begun = { .tale = LD_TALE_BEGUN };
  ssize_t n;
  char go;
  ld_worker_tell(&begun);
  do n = read(LD_STATUS_FD, &go, sizeof go);
  while (n < 0 && errno == EINTR);
  if (n != (ssize_t)sizeof go) _exit(0);
}

static void serve_names (lesdiplo_host *host, const char *what) {
  const char *name;
  for (uint32_t i = 0; i < LD_NAMES_MOST &&
                       (name = lesdiplo_host_complete(host, what, i)); i++) {
    ld_report one = { .tale = LD_TALE_NAME };
    if (strlen(name) >= sizeof one.error.message) continue;
    strcpy(one.error.message, name);
    ld_worker_tell(&one);
  }
}

static const char *next_word (const char **p) {
  const char *word = *p;
  *p += strlen(word) + 1;
  return word;
}

/* They are not freed: functions of theirs stay, and their text with them. */
static bool take_modules (lesdiplo_host *host, const char **p, uint32_t count) {
  ld_module *modules = calloc((size_t)count + 1, sizeof *modules);
  if (!modules) return false;
  for (uint32_t i = 0; i < count; i++) {
    modules[i].name = next_word(p);
    modules[i].path = next_word(p);
    modules[i].length = strtoull(next_word(p), NULL, 10);
    modules[i].text = *p;
    *p += modules[i].length + 1;
  }
  host->modules = modules;
  host->module_count = count;
  return true;
}

/* Name, arguments, modules, chunk. */
static int serve_run (lesdiplo_host *host, text t, const ld_request *r,
                      lesdiplo_error *error) {
  const char **words = calloc((size_t)r->words + 1, sizeof *words);
  const char *p = t.bytes;
  if (!words) return ld_fail_memory(error);
  for (uint32_t i = 0; i < r->words; i++) words[i] = next_word(&p);
  const int code = take_modules(host, &p, r->modules)
      ? lesdiplo_host_run(host, p, t.length - (size_t)(p - t.bytes), words[0],
                          words + 1, r->words - 1, error)
      : ld_fail_memory(error);
  host->module_count = 0;
  free(words);
  return code;
}

/* A state without room for anything is not one to go on with. */
static bool is_good (const lesdiplo_host *host, int code) {
  return code != LESDIPLO_EINCOMPLETE && code != LESDIPLO_ENOMEM &&
         host->last_stop != LD_STOP_MEMORY;
}

/* Returns when the state that came of it is to stay. */
static void serve (lesdiplo_host *host, const ld_request *request, int fd) {
  ld_report end = { .tale = LD_TALE_END };
  introduce();
  const text t = map_text(fd);
  memcpy(format, request->format, sizeof format - 1);
  host->options.format = format;
  host->options.width = request->width;
  host->last_stop = LD_STOP_NONE;
  host->max_time = request->max_time;
  ld_worker_anew();
  if (request->want == LD_WANT_EVAL)
    end.error.code = lesdiplo_host_eval(host, t.bytes, t.length, &end.error);
  else if (request->want == LD_WANT_RUN && request->words > 0)
    end.error.code = serve_run(host, t, request, &end.error);
  else if (request->want == LD_WANT_NAMES)
    serve_names(host, t.bytes);
  if (ld_worker_flush() != 0 && end.error.code == LESDIPLO_OK)
    ld_fail(&end.error, LESDIPLO_EIO, NULL, 0, "the output cannot be written");
  end.kept = (request->want == LD_WANT_EVAL || request->want == LD_WANT_RUN) &&
             is_good(host, end.error.code);
  end.expression = host->expression;
  end.statement = host->statement;
  end.cpu = cpu_now();
  end.memory = host->memory.used;
  if (end.kept) prctl(PR_SET_PDEATHSIG, 0);
  ld_worker_tell(&end);
  if (!end.kept) _exit(0);
}


/* ----------------------------------------------------------------------
** Waiting
*/

/* Until the process that it forked is gone, and everyone who has become its
** child; or until the front is. Returns the wait status of the first. */
static int await_end (pid_t child) {
  struct pollfd front = { LD_STATUS_FD, 0, 0 };
  sigset_t chld, open;
  int status = 0, one;
  sigemptyset(&chld);
  sigaddset(&chld, SIGCHLD);
  sigprocmask(SIG_BLOCK, &chld, &open);
  for (;;) {
    const pid_t gone = waitpid(-1, &one, WNOHANG);
    if (gone == child) status = one;
    if (gone < 0 && errno != EINTR) break;
    if (gone == 0 && ppoll(&front, 1, NULL, &open) > 0) _exit(0);
  }
  sigprocmask(SIG_SETMASK, &open, NULL);
  return status;
}

static void tell_back (int status) {
  const ld_report back = { .tale = LD_TALE_BACK, .status = status };
  ld_worker_tell(&back);
}

static void tell_no_process (void) {
  ld_report end = { .tale = LD_TALE_END };
  ld_fail(&end.error, LESDIPLO_ENOMEM, NULL, 0,
          "no process to run the line in: %s", strerror(errno));
  ld_worker_tell(&end);
  tell_back(0);
}

/* A child that is not known yet ends with the process that forked it. */
static void follow (pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);
}

_Noreturn void ld_live (lesdiplo_host *host) {
  for (;;) {
    ld_request request;
    const int fd = next_request(&request);
    const pid_t parent = getpid(), child = fork();
    if (child == 0) {
      host->stop = LD_STOP_NONE;      /* a stop that came late was not for us */
      follow(parent);
      serve(host, &request, fd);
      continue;
    }
    close(fd);
    if (child > 0) tell_back(await_end(child));
    else tell_no_process();
  }
}
