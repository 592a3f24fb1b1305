/*
** session.c - lesdiplo_session: a host for a prompt, in processes that a line
** may crash, block or fill without loss. This is their parent, the front: it
** sends lines, hands on what they print, and knows which process holds which
** state (live.c is their side).
**
** What a process says of itself is taken for hostile, save who it is: that is
** the kernel's word. Signals go to a descriptor that was opened while the
** process waited for us, so none meets another that got its number. All of them
** are in the process group of the first, which none can leave: who is in no such
** group is not heard, and with the first all are killed, those too that nobody
** has told us of.
*/
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/jail/jail.h"

/* States that are kept: the first, which is empty, and the newest few; fewer
** where they take more than STATES_ROOM, each counted whole. */
enum { STATES_MOST = 12 };
#define STATES_ROOM (UINT64_C(1) << 30)

/* Seconds for completions. */
static const double NAMES_TIME = 1.0;

/* Seconds after a kill in which something has to come of it. */
static const double DEAF = 3.0;

typedef struct process {
  pid_t pid;                      /* -1: none */
  int fd;                         /* opened, or -1 */
} process;

static const process none = { -1, -1 };

struct lesdiplo_session {
  ld_memory memory;
  ld_arena arena;
  lesdiplo_run_options options;
  ld_rights granted;              /* from the start */
  ld_rights rights;               /* of the line: what a script asked for, too */
  ld_job job;
  ld_watch watch;
  ld_running *slot;               /* from the start: no stop falls beside it */
  process states[STATES_MOST];    /* from the first to the newest */
  int count;
  bool cut;                       /* some behind the first were dropped */
  pid_t group;                    /* of all of them: the first's number */
  process trial;                  /* serves the request */
  bool ended, settled;            /* it told its end; nothing more will come */
  bool going_back;                /* states are being ended by us */
  const ld_request *asked;        /* under way; NULL: none ... */
  int text;                       /* ... its file */
  uint32_t number;                /* of the last one */
  ld_report end;
  int status;                     /* what waitpid said of it */
  char format[8];
  uint32_t width;
  ld_arena names;                 /* completions, until the next */
  const char **list;
  uint32_t name_count;
};


/* ----------------------------------------------------------------------
** States
*/

static void close_process (process *p) {
  if (p->fd >= 0) close(p->fd);
  *p = none;
}

static void kill_process (const process *p) {
  ld_process_signal(p->pid, p->fd, SIGKILL);
}

/* The oldest but the first makes room. It is of no other: whom it has forked
** goes to the first. */
static void drop_state (lesdiplo_session *s) {
  kill_process(&s->states[1]);
  close_process(&s->states[1]);
  s->count--;
  memmove(&s->states[1], &s->states[2],
          (size_t)(s->count - 1) * sizeof s->states[0]);
  s->cut = true;
}

/* One before the newest is always kept. */
static void push_state (lesdiplo_session *s, process newest, uint64_t memory) {
  while (s->count == STATES_MOST ||
         (s->count > 2 && memory > STATES_ROOM / (uint64_t)s->count))
    drop_state(s);
  s->states[s->count++] = newest;
}

/* Is there a state that this process holds? */
static bool is_state (const lesdiplo_session *s, pid_t pid) {
  int i = s->count;
  while (i > 0 && s->states[i - 1].pid != pid) i--;
  return i > 0;
}

/* 'newest' has said that it is there. Below the first nothing is. */
static void pop_states (lesdiplo_session *s, pid_t newest) {
  while (s->count > 1 && s->states[s->count - 1].pid != newest)
    close_process(&s->states[--s->count]);
  if (s->count == 1) s->cut = false;
}

static void forget_states (lesdiplo_session *s) {
  while (s->count > 0) close_process(&s->states[--s->count]);
  close_process(&s->trial);
  s->cut = false;
}


/* ----------------------------------------------------------------------
** Sending
*/

static bool send_request (int to, const ld_request *request, int text) {
  union {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int))];
  } control;
  struct iovec bytes = { (void *)(uintptr_t)request, sizeof *request };
  struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = sizeof control };
  ssize_t n;
  memset(&control, 0, sizeof control);
  control.head.cmsg_level = SOL_SOCKET;
  control.head.cmsg_type = SCM_RIGHTS;
  control.head.cmsg_len = CMSG_LEN(sizeof text);
  memcpy(CMSG_DATA(&control.head), &text, sizeof text);
  do n = sendmsg(to, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  return n == (ssize_t)sizeof *request;
}


/* ----------------------------------------------------------------------
** Hearing
*/

/* It waits for a byte, and so is what its number says. */
static void hear_begun (lesdiplo_session *s, pid_t sender) {
  ld_watch *w = &s->watch;
  static const char go = 0;
  if (s->trial.pid > 0 || sender <= 0) return;
  const int fd = ld_process_open(sender);
  if (getpgid(sender) != s->group) {     /* whose number it is, is another */
    if (fd >= 0) close(fd);
    return;
  }
  s->trial = (process){ sender, fd };
  w->pid = sender;
  w->process = s->trial.fd;
  ld_running_set(w->slot, w->pid, w->process);
  if (ld_running_stops(w->slot) > 0)
    ld_process_signal(w->pid, w->process, SIGUSR1);   /* asked before it was */
  while (send(w->status, &go, sizeof go, MSG_NOSIGNAL) < 0 && errno == EINTR) ;
}

static void hear_end (lesdiplo_session *s, const ld_report *report,
                      pid_t sender) {
  if (sender <= 0 || (s->trial.pid > 0 ? sender != s->trial.pid
                                       : !is_state(s, sender))) return;
  s->end = *report;
  s->ended = true;
  if (!report->kept || s->trial.pid < 0) return;
  push_state(s, s->trial, report->memory);
  s->trial = none;
  s->settled = true;
}

/* Of the newest it says that what it forked is gone, known to us or not; of one
** before it, that the newest is. */
static void hear_back (lesdiplo_session *s, const ld_report *report,
                       pid_t sender) {
  if (!is_state(s, sender)) return;
  const bool served = s->trial.pid > 0 || s->ended;
  const bool newest = s->states[s->count - 1].pid == sender;
  if (served || newest) {
    s->status = report->status;
    s->settled = true;
  }
  else if (!s->going_back) {
    ld_host_warn("a process of the session was ended from outside: variables "
                 "are as some line before has left them");
    if (s->asked) send_request(s->watch.status, s->asked, s->text);
  }
  ld_running_leave(s->watch.slot);
  close_process(&s->trial);
  pop_states(s, sender);
}

static void hear_name (lesdiplo_session *s, const char *name,
                       pid_t sender) {
  if (sender != s->trial.pid) return;
  if (s->list && s->name_count < LD_NAMES_MOST) {
    const char *copy = ld_arena_string(&s->names, name, strlen(name));
    if (copy) s->list[s->name_count++] = copy;
  }
}

static void hear (ld_watch *w, const ld_report *report, pid_t sender) {
  lesdiplo_session *s = w->data;
  switch (report->tale) {
    case LD_TALE_BEGUN: hear_begun(s, sender); break;
    case LD_TALE_END: hear_end(s, report, sender); break;
    case LD_TALE_NAME: hear_name(s, report->error.message, sender); break;
    case LD_TALE_BACK: hear_back(s, report, sender); break;
    default: break;
  }
}


/* ----------------------------------------------------------------------
** The first process
*/

/* All that are there, while the first's number is still its own. */
static void kill_group (pid_t first) {
  siginfo_t info;
  if (first > 0 &&
      waitid(P_PID, (id_t)first, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
    kill(-first, SIGKILL);
}

/* The first is reaped here, the others by it. */
static void end_processes (lesdiplo_session *s) {
  const pid_t first = s->count > 0 ? s->states[0].pid : -1;
  for (int i = s->count - 1; i >= 0; i--) kill_process(&s->states[i]);
  if (s->trial.pid > 0) kill_process(&s->trial);
  kill_group(first);
  if (s->watch.status >= 0) ld_watch_drain(&s->watch);
  ld_watch_close(&s->watch);
  ld_broker_end(&s->watch.broker, false, NULL);
  while (first > 0 && waitpid(first, NULL, 0) < 0 && errno == EINTR) ;
  forget_states(s);
}

static int start (lesdiplo_session *s, lesdiplo_error *error) {
  s->watch = (ld_watch){ .hear = hear, .data = s, .slot = s->slot };
  s->trial = none;
  s->rights = s->granted;
  const int code = ld_watch_fork(&s->watch, &s->job, &s->rights, &s->arena,
                                 error);
  if (code != LESDIPLO_OK) return code;
  s->states[s->count++] = (process){ s->watch.pid,
                                     ld_process_open(s->watch.pid) };
  s->group = s->watch.pid;
  ld_running_leave(s->slot);
  s->watch.pid = -1;
  return LESDIPLO_OK;
}


/* ----------------------------------------------------------------------
** Asking
*/

/* A file without a name that holds the parts, and a NUL behind them. */
static int make_text (const struct iovec *parts, int count) {
  const int fd = memfd_create("line", MFD_CLOEXEC);
  for (int i = 0; fd >= 0 && i <= count; i++) {
    const int failed = i < count
        ? ld_send_all(fd, parts[i].iov_base, parts[i].iov_len)
        : ld_send_all(fd, "", 1);
    if (!failed) continue;
    close(fd);
    return -1;
  }
  return fd;
}

/* Whoever was to serve was killed, or should have been, and nobody says so: it
** is stopped, or not ours any more. */
static bool is_deaf (const lesdiplo_session *s) {
  return !s->settled && s->watch.killed &&
         ld_now() > s->watch.kill_at + DEAF;
}

/* Until nothing more comes of it. */
static void attend (lesdiplo_session *s) {
  while (!s->settled && s->watch.status >= 0 && !is_deaf(s))
    ld_watch_turn(&s->watch);
  ld_watch_drain(&s->watch);
}

static const char undone[] = "undone: variables are as before the line";

static int lost (lesdiplo_session *s, lesdiplo_error *error) {
  end_processes(s);
  return ld_fail(error, LESDIPLO_ELIMIT, NULL, 0,
                 "the session's processes are gone, and its variables with "
                 "them; the next line begins anew");
}

/* What a line that has not told its end died of, in words. */
static int died (const lesdiplo_session *s, lesdiplo_error *error) {
  lesdiplo_error why;
  const int code = ld_watch_died(&s->watch, "the line", s->status, &why);
  return ld_fail(error, code, NULL, 0, "%s\n%s", why.message, undone);
}

static int result (lesdiplo_session *s, lesdiplo_error *error) {
  const ld_report *end = &s->end;
  if (is_deaf(s) || (!s->settled && !(s->ended && end->error.code)))
    return lost(s, error);
  if (s->watch.refused)
    return ld_fail(error, LESDIPLO_EIO, NULL, 0,
                   "the output cannot be written");
  if (!s->ended) return died(s, error);
  if (error) *error = end->error;
  if (end->kept || end->error.code == LESDIPLO_EINCOMPLETE ||
      end->error.code == LESDIPLO_OK || !error)
    return end->error.code;
  const size_t n = strlen(error->message);
  snprintf(error->message + n, sizeof error->message - n, "\n%s", undone);
  return error->code;
}

/* Sends a request and waits for what comes of it. */
static int request (lesdiplo_session *s, const ld_request *what,
                    const struct iovec *parts, int count,
                    lesdiplo_error *error) {
  ld_request r = *what;
  int code = s->watch.status < 0 ? start(s, error) : LESDIPLO_OK;
  if (code != LESDIPLO_OK) return code;
  s->text = make_text(parts, count);
  if (s->text < 0)
    return ld_fail(error, LESDIPLO_ENOMEM, NULL, 0,
                   "no room to hand on the line: %s", strerror(errno));
  memcpy(r.format, s->format, sizeof r.format);
  r.width = s->width;
  r.number = ++s->number;
  s->asked = &r;
  s->ended = s->settled = false;
  ld_watch_begin(&s->watch, r.max_time);
  const bool sent = send_request(s->watch.status, &r, s->text);
  const int number = errno;
  if (sent || number == EPIPE) attend(s);    /* it may have told why it ended */
  close(s->text);
  s->asked = NULL;
  code = result(s, error);
  ld_running_leave(s->watch.slot);
  ld_running_forgive(s->watch.slot);
  s->watch.pid = s->watch.process = -1;
  return code;
}

/* Files that a line wrote appear with its state, or not at all. */
static int settle (lesdiplo_session *s, bool keep, int code,
                   lesdiplo_error *error) {
  const int kept = ld_broker_settle(&s->watch.broker, keep, error);
  s->rights = s->granted;
  return code == LESDIPLO_OK ? kept : code;
}

static void describe (const lesdiplo_session *s, double begun,
                      lesdiplo_line *line) {
  if (!line) return;
  memset(line, 0, sizeof *line);
  line->seconds = ld_now() - begun;
  if (!s->ended) return;
  line->kept = s->end.kept;
  line->expression = s->end.expression;
  line->statement = s->end.statement;
  line->cpu = s->end.cpu;
  line->memory = s->end.memory;
}

int lesdiplo_session_eval (lesdiplo_session *s, const char *chunk,
                           size_t length, lesdiplo_line *line,
                           lesdiplo_error *error) {
  const struct iovec part = { (void *)(uintptr_t)chunk, length };
  const double begun = ld_now();
  if (error) memset(error, 0, sizeof *error);
  if (!s || !chunk)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a session and a chunk");
  const ld_request r = { .want = LD_WANT_EVAL,
                         .max_time = s->options.max_time };
  int code = request(s, &r, &part, 1, error);
  code = settle(s, s->ended && s->end.kept, code, error);
  describe(s, begun, line);
  return code;
}

static struct iovec part_of (const char *bytes, size_t n) {
  return (struct iovec){ (void *)(uintptr_t)bytes, n };
}

/* Name, path, length and text, each with its NUL. */
static struct iovec *put_module (struct iovec *to, const ld_module *m,
                                 ld_arena *arena) {
  char digits[24];
  const int n = snprintf(digits, sizeof digits, "%zu", m->length);
  const char *length = ld_arena_string(arena, digits, (size_t)n);
  if (!length) return NULL;
  *to++ = part_of(m->name, strlen(m->name) + 1);
  *to++ = part_of(m->path, strlen(m->path) + 1);
  *to++ = part_of(length, (size_t)n + 1);
  *to++ = part_of(m->text, m->length);
  *to++ = part_of("", 1);
  return to;
}

static int run_parts (lesdiplo_session *s, const lesdiplo_run_options *options,
                      const ld_job *job, ld_arena *arena,
                      lesdiplo_error *error) {
  const size_t words = options->argument_count + 1;
  const size_t most = words + 5 * (size_t)job->module_count + 1;
  struct iovec *parts = ld_arena_take(arena, most * sizeof *parts);
  struct iovec *to = parts;
  if (!parts) return ld_fail_memory(error);
  for (size_t i = 0; i < words; i++) {
    const char *word = i == 0 ? options->name : options->arguments[i - 1];
    *to++ = part_of(word, strlen(word) + 1);
  }
  for (uint32_t i = 0; to && i < job->module_count; i++)
    to = put_module(to, &job->modules[i], arena);
  if (!to) return ld_fail_memory(error);
  *to++ = part_of(options->chunk, options->length);
  const ld_request r = { .want = LD_WANT_RUN, .words = (uint32_t)words,
                         .modules = job->module_count,
                         .max_time = options->max_time };
  return request(s, &r, parts, (int)(to - parts), error);
}

int lesdiplo_session_run (lesdiplo_session *s, const char *chunk,
                          size_t length, const char *name,
                          const char *const *arguments, size_t count,
                          lesdiplo_line *line, lesdiplo_error *error) {
  const double begun = ld_now();
  if (error) memset(error, 0, sizeof *error);
  if (!s || !chunk || !name || (count > 0 && !arguments))
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a session, a chunk and its name are needed");
  lesdiplo_run_options options = s->options;
  ld_arena arena;                 /* what is of this script alone */
  options.chunk = chunk;
  options.length = length;
  options.name = name;
  options.arguments = arguments;
  options.argument_count = count;
  ld_job job = s->job;
  ld_arena_init(&arena, &s->memory);
  int code = ld_run_check(&options, &job, &s->rights, &arena, error);
  if (code == LESDIPLO_OK) code = run_parts(s, &options, &job, &arena, error);
  code = settle(s, code == LESDIPLO_OK, code, error);
  ld_arena_free(&arena);
  describe(s, begun, line);
  return code;
}


/* ----------------------------------------------------------------------
** Going back
*/

/* Ends all states behind the first 'left'. */
static int go_back (lesdiplo_session *s, int left, lesdiplo_error *error) {
  const double until = ld_now() + DEAF;
  ld_watch_begin(&s->watch, 0);
  s->going_back = true;
  for (int i = s->count - 1; i >= left; i--) kill_process(&s->states[i]);
  while (s->count > left && s->watch.status >= 0 && ld_now() < until)
    ld_watch_turn(&s->watch);
  s->going_back = false;
  ld_running_forgive(s->slot);
  return s->count <= left && s->watch.status >= 0 ? LESDIPLO_OK
                                                  : lost(s, error);
}

int lesdiplo_session_undo (lesdiplo_session *s, lesdiplo_error *error) {
  if (error) memset(error, 0, sizeof *error);
  if (!s) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a session");
  if (s->count > (s->cut ? 2 : 1)) return go_back(s, s->count - 1, error);
  return ld_fail(error, LESDIPLO_ENOTFOUND, NULL, 0,
                 s->cut ? "no state before this one is kept any more"
                        : "no line has been run");
}

int lesdiplo_session_reset (lesdiplo_session *s, lesdiplo_error *error) {
  if (error) memset(error, 0, sizeof *error);
  if (!s) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a session");
  return s->count > 1 ? go_back(s, 1, error) : LESDIPLO_OK;
}


/* ----------------------------------------------------------------------
** Completions, format
*/

const char *lesdiplo_session_complete (lesdiplo_session *s, const char *text,
                                       uint32_t index) {
  if (!s || !text) return NULL;
  if (index == 0) {
    const struct iovec part = { (void *)(uintptr_t)text, strlen(text) };
    ld_arena_free(&s->names);
    s->name_count = 0;
    s->list = ld_arena_take(&s->names, LD_NAMES_MOST * sizeof *s->list);
    request(s, &(ld_request){ .want = LD_WANT_NAMES, .max_time = NAMES_TIME },
            &part, 1, NULL);
  }
  return index < s->name_count ? s->list[index] : NULL;
}

int lesdiplo_session_format (lesdiplo_session *s, const char *format,
                             uint32_t width, lesdiplo_error *error) {
  if (error) memset(error, 0, sizeof *error);
  if (!s) return ld_fail(error, LESDIPLO_EARG, NULL, 0, "a session");
  if (!format) format = "tsv";
  if (ld_host_check_format(format, error) != LESDIPLO_OK)
    return LESDIPLO_EARG;
  snprintf(s->format, sizeof s->format, "%s", format);
  s->width = width;
  return LESDIPLO_OK;
}


/* ----------------------------------------------------------------------
** Opening and closing
*/

static int open_session (lesdiplo_session *s, lesdiplo_error *error) {
  lesdiplo_run_options *o = &s->options;
  s->granted = (ld_rights){ o->rights, o->right_count, o->overwrite != 0,
                            o->used, o->rights_data };
  s->job.options = o;
  s->job.session = true;
  o->trusted = 1;                 /* what is typed is the caller's own */
  o->host.path_count = 0;
  int code = lesdiplo_session_format(s, o->host.format, o->host.width, error);
  if (code == LESDIPLO_OK) code = ld_run_close(o, &s->job, &s->arena, error);
  if (code == LESDIPLO_OK) code = start(s, error);
  return code == LESDIPLO_OK
             ? request(s, &(ld_request){ .want = LD_WANT_NOTHING }, NULL, 0,
                       error) : code;
}

int lesdiplo_session_open (lesdiplo_session **out,
                           const lesdiplo_run_options *options,
                           lesdiplo_error *error) {
  lesdiplo_run_options copy = LESDIPLO_RUN_INIT;
  ld_memory memory;
  if (!out)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "no place for the session");
  *out = NULL;
  if (ld_run_options(&copy, options, error) != LESDIPLO_OK)
    return LESDIPLO_EARG;
  ld_memory_init(&memory, copy.host.alloc, copy.host.alloc_data, UINT64_MAX);
  lesdiplo_session *s = ld_memory_new(&memory, sizeof *s);
  if (!s) return ld_fail_memory(error);
  memset(s, 0, sizeof *s);
  s->memory = memory;
  s->options = copy;
  s->trial = none;
  s->watch.out = s->watch.err = s->watch.status = s->watch.broker.fd = -1;
  ld_arena_init(&s->arena, &s->memory);
  ld_arena_init(&s->names, &s->memory);
  s->slot = ld_running_take();
  const int code = open_session(s, error);
  if (code == LESDIPLO_OK) *out = s;
  else lesdiplo_session_close(s);
  return code;
}

void lesdiplo_session_close (lesdiplo_session *s) {
  if (!s) return;
  end_processes(s);
  ld_running_free(s->slot);
  ld_arena_free(&s->names);
  ld_arena_free(&s->arena);
  ld_memory memory = s->memory;
  ld_memory_free(&memory, s, sizeof *s);
}
