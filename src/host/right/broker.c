/*
** broker.c - the parent's side of what a worker asks for: opens a file and
** hands over the descriptor, starts a program, tells a variable.
**
** A file to be written begins beside its place, under another name, and is put
** there at the end of a run that went well: so none is ever half written, and a
** script that failed leaves nothing. What the worker sends is taken for hostile.
*/
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/right/right.h"

extern char **environ;

enum { WORDS_MOST = 200, NAME_MOST = 200 };

/* Descriptors that go with an answer. */
typedef struct parcel {
  int fds[2];
  int count;
} parcel;

void ld_broker_begin (ld_broker *broker, const ld_rights *rights,
                      ld_arena *arena, int fd) {
  memset(broker, 0, sizeof *broker);
  broker->rights = rights;
  broker->arena = arena;
  broker->fd = fd;
}

static void close_broker (ld_broker *broker) {
  if (broker->fd >= 0) close(broker->fd);
  broker->fd = -1;
}

/* The descriptors are closed here. A worker that takes no answers is left. */
static void answer (ld_broker *broker, const ld_answer *a, parcel *p) {
  union {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof p->fds)];
  } control;
  const size_t length = offsetof(ld_answer, message) + strlen(a->message) + 1;
  struct iovec bytes = { (void *)(uintptr_t)a, length };
  struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1 };
  const size_t size = (size_t)p->count * sizeof *p->fds;
  if (p->count > 0) {
    memset(&control, 0, sizeof control);
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(size);
    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    control.head.cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(&control.head), p->fds, size);
  }
  ssize_t sent;
  do
    sent = sendmsg(broker->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (sent < 0 && errno == EINTR);
  if (sent < 0) close_broker(broker);
  for (int i = 0; i < p->count; i++) close(p->fds[i]);
}

static void tell (ld_answer *a, int code, const char *what, const char *why) {
  ld_text text;
  a->code = code;
  ld_text_init(&text, a->message, sizeof a->message);
  ld_text_escape(&text, what, strlen(what));
  ld_text_format(&text, ": %s", why);
}

static void tell_error (ld_answer *a, const lesdiplo_error *error) {
  a->code = error->code;
  snprintf(a->message, sizeof a->message, "%s", error->message);
}


/* ----------------------------------------------------------------------
** Reading
*/

/* The real path has no links in it; a pipe is not waited for. */
static void open_to_read (ld_broker *broker, const char *what, ld_answer *a,
                          parcel *p) {
  char real[PATH_MAX];
  lesdiplo_error error;
  struct stat about;
  if (ld_right_read(broker->rights, what, real, &error) != LESDIPLO_OK) {
    tell_error(a, &error);
    return;
  }
  const int fd = *real ? open(real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
                                    O_NONBLOCK | O_NOCTTY) : -1;
  if (!*real) errno = ENOENT;
  if (fd < 0 || fstat(fd, &about) != 0)
    tell(a, LESDIPLO_EIO, what, strerror(errno));
  else if (!S_ISREG(about.st_mode))
    tell(a, LESDIPLO_EIO, what, S_ISDIR(about.st_mode) ? "it is a folder"
                                                       : "it is no file");
  else
    p->fds[p->count++] = fd;
  if (fd >= 0 && p->count == 0) close(fd);
}


/* ----------------------------------------------------------------------
** Writing
*/

/* Names that are one part of a path, not hidden, and safe to show. */
static bool is_plain (const char *name) {
  const size_t n = strlen(name);
  if (n == 0 || n > NAME_MOST || *name == '.') return false;
  for (const char *p = name; *p; p++)
    if (*p == '/' || (unsigned char)*p < ' ' || *p == 0x7F) return false;
  return ld_utf8_check(name, n) == n;
}

/* FOLDER/NAME; with 'hidden' another name there, of no other file. */
static bool path_in (const ld_broker *broker, char path[PATH_MAX],
                     const char *folder, const char *name, bool hidden) {
  const int n = hidden
      ? snprintf(path, PATH_MAX, "%s/.%s.%ld.%u", folder, name,
                 (long)getpid(), broker->output_count)
      : snprintf(path, PATH_MAX, "%s/%s", folder, name);
  return n > 0 && n < PATH_MAX;
}

/* Remembers a file that is begun; only of these, which are few, anything is
** kept: a script may ask for ever. */
static bool note_draft (ld_broker *broker, const char *target,
                        const char *temporary) {
  ld_draft *o = &broker->outputs[broker->output_count];
  o->target = ld_arena_string(broker->arena, target, strlen(target));
  o->temporary = ld_arena_string(broker->arena, temporary, strlen(temporary));
  return o->target && o->temporary;
}

static bool is_there (const ld_broker *broker, const char *path) {
  struct stat about;
  for (unsigned i = 0; i < broker->output_count; i++)
    if (strcmp(broker->outputs[i].target, path) == 0) return true;
  return !broker->rights->overwrite && lstat(path, &about) == 0;
}

/* A file in a folder that may be written to. The folder is made. */
static void create (ld_broker *broker, const char *folder, const char *name,
                    ld_answer *a, parcel *p) {
  char target[PATH_MAX], temporary[PATH_MAX];
  if (broker->output_count == LD_OUTPUTS_MOST) {
    tell(a, LESDIPLO_EIO, name, "a script writes at most 100 files");
    return;
  }
  mkdir(folder, 0777);
  if (!path_in(broker, target, folder, name, false) ||
      !path_in(broker, temporary, folder, name, true)) {
    tell(a, LESDIPLO_EIO, name, "its path is too long");
    return;
  }
  if (is_there(broker, target)) {
    tell(a, LESDIPLO_EIO, target, "it is there already; --force writes it "
                                  "anew");
    return;
  }
  const int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
                                 O_CLOEXEC, 0666);
  if (fd < 0 || !note_draft(broker, target, temporary)) {
    tell(a, LESDIPLO_EIO, target, strerror(fd < 0 ? errno : ENOMEM));
    if (fd >= 0) {
      close(fd);
      unlink(temporary);
    }
    return;
  }
  broker->output_count++;
  p->fds[p->count++] = fd;
}

/* "FOLDER/NAME", or "NAME" in the folder that is granted. */
static void open_to_write (ld_broker *broker, const char *what, ld_answer *a,
                           parcel *p) {
  char folder[NAME_MOST + 1] = "";
  lesdiplo_error error;
  const char *slash = strchr(what, '/'), *name = slash ? slash + 1 : what;
  const size_t n = slash ? (size_t)(slash - what) : 0;
  if (n < sizeof folder) memcpy(folder, what, n);
  if (n >= sizeof folder || !is_plain(name) || (slash && !is_plain(folder))) {
    tell(a, LESDIPLO_EIO, what, "an output has a plain name, or that of its "
                                "folder before it");
    return;
  }
  const char *path = ld_right_write(broker->rights, folder, what, &error);
  if (path) create(broker, path, name, a, p);
  else tell_error(a, &error);
}

static int put_in_place (const ld_rights *rights, const ld_draft *o,
                         lesdiplo_error *error) {
  int failed = rights->overwrite ? rename(o->temporary, o->target)
                                 : link(o->temporary, o->target);
  /* a file system without links; what came in between is not looked for */
  if (failed && !rights->overwrite && (errno == EPERM || errno == ENOTSUP))
    failed = rename(o->temporary, o->target);
  if (!failed) return LESDIPLO_OK;
  return ld_fail(error, LESDIPLO_EIO, NULL, 0, "cannot write %s: %s",
                 o->target, strerror(errno));
}


/* ----------------------------------------------------------------------
** Programs
*/

static bool split_words (char *text, size_t n, char *words[WORDS_MOST + 1]) {
  unsigned count = 0;
  for (char *p = text; p < text + n; p += strlen(p) + 1) {
    if (count == WORDS_MOST) return false;
    words[count++] = p;
  }
  words[count] = NULL;
  return count > 0 && *words[0];
}

/* Starts it with the far ends of two pipes; its errors go where ours go. */
static int spawn (pid_t *pid, char *const words[], int input, int output) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t how;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&how);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&files, 3);
  posix_spawnattr_setpgroup(&how, 0);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setsigdefault(&how, &all);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP |
                                 POSIX_SPAWN_SETSIGMASK |
                                 POSIX_SPAWN_SETSIGDEF);
  const int code = posix_spawnp(pid, words[0], &files, &how, words, environ);
  posix_spawnattr_destroy(&how);
  posix_spawn_file_actions_destroy(&files);
  return code;
}

static void start (ld_broker *broker, char *const words[], ld_answer *a,
                   parcel *p) {
  int in[2] = { -1, -1 }, out[2] = { -1, -1 };
  int code = pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 ? 0
                                                                     : errno;
  if (code == 0 && fcntl(in[1], F_SETFL, O_NONBLOCK) != 0) code = errno;
  if (code == 0) code = spawn(&broker->program, words, in[0], out[1]);
  if (in[0] >= 0) close(in[0]);
  if (out[1] >= 0) close(out[1]);
  p->fds[0] = out[0];
  p->fds[1] = in[1];
  if (code == 0) {
    p->count = 2;
    return;
  }
  broker->program = 0;
  if (out[0] >= 0) close(out[0]);
  if (in[1] >= 0) close(in[1]);
  tell(a, LESDIPLO_EIO, words[0], strerror(code));
}

static void run (ld_broker *broker, char *text, size_t n, ld_answer *a,
                 parcel *p) {
  char *words[WORDS_MOST + 1];
  lesdiplo_error error;
  if (!split_words(text, n, words))
    tell(a, LESDIPLO_EIO, "run", "a program and at most 199 words");
  else if (broker->program)
    tell(a, LESDIPLO_EIO, words[0], "another program is still running");
  else if (ld_right_run(broker->rights, words[0], &error) != LESDIPLO_OK)
    tell_error(a, &error);
  else
    start(broker, words, a, p);
}

static bool has_ended (pid_t program) {
  siginfo_t info = { .si_pid = 0 };
  const int code = waitid(P_PID, (id_t)program, &info,
                          WEXITED | WNOHANG | WNOWAIT);
  return code < 0 ? errno != EINTR : info.si_pid != 0;
}

/* What it has started in its group ends with it, while the group's number is
** still its own. Returns its wait status. */
static int end_program (ld_broker *broker) {
  int status = 0;
  if (!broker->program) return 0;
  kill(-broker->program, SIGKILL);
  while (waitpid(broker->program, &status, 0) < 0 && errno == EINTR) ;
  broker->program = 0;
  return status;
}

void ld_broker_tick (ld_broker *broker) {
  ld_answer a = { LESDIPLO_OK, 0, "" };
  parcel none = { { -1, -1 }, 0 };
  if (!broker->awaited || broker->fd < 0) return;
  if (broker->program && !has_ended(broker->program)) return;
  const int status = end_program(broker);
  broker->awaited = false;
  a.status = WIFEXITED(status) ? WEXITSTATUS(status)
                               : 128 + WTERMSIG(status);
  answer(broker, &a, &none);
}


/* ----------------------------------------------------------------------
** Questions
*/

static void tell_variable (const ld_broker *broker, const char *name,
                           ld_answer *a) {
  lesdiplo_error error;
  const char *value = getenv(name);
  a->code = LESDIPLO_ENOTFOUND;
  if (ld_right_env(broker->rights, name, &error) != LESDIPLO_OK || !value)
    return;
  a->code = strlen(value) < sizeof a->message ? LESDIPLO_OK : LESDIPLO_EIO;
  snprintf(a->message, sizeof a->message, "%s", value);
}

/* Those behind the first so many are no more. */
static void drop_drafts (ld_broker *broker, unsigned count) {
  while (broker->output_count > count)
    unlink(broker->outputs[--broker->output_count].temporary);
}

static void reply (ld_broker *broker, ld_question *q, size_t n) {
  ld_answer a = { LESDIPLO_OK, 0, "" };
  parcel p = { { -1, -1 }, 0 };
  switch (q->ask) {
    case LD_ASK_READ: open_to_read(broker, q->text, &a, &p); break;
    case LD_ASK_WRITE: open_to_write(broker, q->text, &a, &p); break;
    case LD_ASK_ENV: tell_variable(broker, q->text, &a); break;
    case LD_ASK_RUN: run(broker, q->text, n, &a, &p); break;
    case LD_ASK_BACK: drop_drafts(broker, (unsigned)strtoul(q->text, NULL, 10));
      break;
    case LD_ASK_WAIT:
      broker->awaited = true;
      ld_broker_tick(broker);
      return;
    default:
      close_broker(broker);
      return;
  }
  answer(broker, &a, &p);
}

/* A message that is no question ends the talk. */
void ld_broker_serve (ld_broker *broker) {
  ld_question q;
  const size_t head = offsetof(ld_question, text);
  const ssize_t n = recv(broker->fd, &q, sizeof q - 1, MSG_DONTWAIT);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (n < (ssize_t)head || broker->awaited) {
    close_broker(broker);
    return;
  }
  ((char *)&q)[n] = '\0';
  reply(broker, &q, (size_t)n - head);
}

int ld_broker_settle (ld_broker *broker, bool keep, lesdiplo_error *error) {
  int code = LESDIPLO_OK;
  char late;
  end_program(broker);
  /* a worker that was killed gets no answer, nor does the next one get it */
  while (broker->fd >= 0 && recv(broker->fd, &late, 1, MSG_DONTWAIT) > 0) ;
  for (unsigned i = 0; i < broker->output_count; i++) {
    const ld_draft *o = &broker->outputs[i];
    if (keep && code == LESDIPLO_OK)
      code = put_in_place(broker->rights, o, error);
    unlink(o->temporary);
  }
  broker->output_count = 0;
  broker->awaited = false;
  return code;
}

int ld_broker_end (ld_broker *broker, bool keep, lesdiplo_error *error) {
  close_broker(broker);
  return ld_broker_settle(broker, keep, error);
}
