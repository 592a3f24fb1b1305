/*
** front.c - the processes of a session, seen from their parent: it sends them
** requests, hands on what they print, and knows which of them holds which state
** (live.c is their side).
**
** What a process says of itself is taken for hostile, save who it is: that is
** the kernel's word. Signals go to a descriptor that was opened while the
** process waited for us, so none meets another that got its number. All of them
** are in the process group of the first, which none can leave: who is in no such
** group is not heard, and with the first all are killed, those too that nobody
** has told us of.
*/
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/jail/session.h"

#define STATES_ROOM (UINT64_C(1) << 30)

/* Seconds after a kill in which something has to come of it. */
static const double DEAF = 3.0;

static const ld_process none = { -1, -1 };

/* ----------------------------------------------------------------------
** States
*/

static void close_process (ld_process *p) {
  if (p->fd >= 0) close(p->fd);
  *p = none;
}

static void kill_process (const ld_process *p) {
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
static void push_state (lesdiplo_session *s, ld_process newest, uint64_t memory) {
  while (s->count == LD_STATES_MOST ||
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
  s->trial = (ld_process){ sender, fd };
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
void ld_front_end (lesdiplo_session *s) {
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

int ld_front_start (lesdiplo_session *s, lesdiplo_error *error) {
  s->watch = (ld_watch){ .hear = hear, .data = s, .slot = s->slot };
  s->trial = none;
  s->rights = s->granted;
  const int code = ld_watch_fork(&s->watch, &s->job, &s->rights, &s->arena,
                                 error);
  if (code != LESDIPLO_OK) return code;
  s->states[s->count++] = (ld_process){ s->watch.pid,
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
  ld_front_end(s);
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

int ld_front_ask (lesdiplo_session *s, const ld_request *what,
                  const struct iovec *parts, int count,
                  lesdiplo_error *error) {
  ld_request r = *what;
  int code = s->watch.status < 0 ? ld_front_start(s, error) : LESDIPLO_OK;
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


/* ----------------------------------------------------------------------
** Going back
*/

int ld_front_back (lesdiplo_session *s, int left, lesdiplo_error *error) {
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
