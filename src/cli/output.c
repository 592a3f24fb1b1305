/*
** output.c - what leaves the program, and whole files on their way in.
**
** Results go through an ld_output, messages to stderr. What goes to a terminal
** has its control bytes shown as \x1b: a document may hold anything, and a
** terminal obeys escape sequences.
*/
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"


/* ----------------------------------------------------------------------
** Bytes to a descriptor
*/

int ld_send (int fd, const char *bytes, size_t n) {
  while (n > 0) {
    ssize_t sent = write(fd, bytes, n);
    if (sent >= 0) {
      bytes += sent;
      n -= (size_t)sent;
    }
    else if (errno == EAGAIN) {
      struct pollfd wait = {fd, POLLOUT, 0};
      poll(&wait, 1, -1);
    }
    else if (errno != EINTR) return errno;
  }
  return 0;
}

void ld_output_guard (void) {
  int fd;
  do fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
  while (fd >= 0 && fd <= STDERR_FILENO &&
         fcntl(fd, F_SETFD, 0) == 0);   /* this one stays */
  if (fd > STDERR_FILENO) close(fd);
}

unsigned ld_terminal_width (int fd) {
  struct winsize size;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}


/* ----------------------------------------------------------------------
** Bytes for a terminal
**
** Escaped are the C0 controls but newline and tab (a CR only before an LF),
** DEL, the C1 controls, written as UTF-8 or as lone bytes. Sequences may be
** cut by the end of a write, so what was seen of one is kept in the output.
*/

/* Room for one byte at its longest: the held one, and its own escape. */
enum { SCREEN = 4096, ESCAPED = 4 };

static size_t escape (char *to, unsigned char c) {
  static const char digits[] = "0123456789abcdef";
  to[0] = '\\';
  to[1] = 'x';
  to[2] = digits[c >> 4];
  to[3] = digits[c & 15];
  return ESCAPED;
}

/* Puts what stands for the next byte into 'to'; returns its length. */
static size_t show (ld_output *output, char *to, unsigned char c) {
  size_t n = 0;
  unsigned char held = output->held;
  output->held = 0;
  if (held == '\r' && c != '\n') n += escape(to, '\r');
  else if (held == 0xC2 && c >= 0x80 && c < 0xA0)   /* a C1 control */
    return escape(to, c);
  else if (held == 0xC2) {
    to[n++] = (char)held;
    output->follow = 1;
  }
  if (c == '\r' || c == 0xC2) {
    output->held = c;
    output->follow = 0;
    return n;
  }
  if (c < 0x80) {
    output->follow = 0;
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
      return n + escape(to + n, c);
  }
  else if (c < 0xC0) {
    if (output->follow == 0) return n + escape(to + n, c);
    output->follow--;
  }
  else output->follow = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
  to[n++] = (char)c;
  return n;
}

static int send_shown (ld_output *output, const char *bytes, size_t n) {
  char screen[SCREEN];
  size_t used = 0, i;
  int failure = 0;
  for (i = 0; i < n && failure == 0; i++) {
    used += show(output, screen + used, (unsigned char)bytes[i]);
    if (used > sizeof screen - (size_t)2 * ESCAPED) {
      failure = ld_send(output->fd, screen, used);
      used = 0;
    }
  }
  return failure ? failure : ld_send(output->fd, screen, used);
}


/* ----------------------------------------------------------------------
** Results
*/

double ld_seconds (void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void ld_signal_catch (int number, void (*handler) (int)) {
  struct sigaction action;
  if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
    return;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigaction(number, &action, NULL);
}

/*
** The file to remove when a signal ends us. Set once, before the handlers.
*/
static const char *volatile unfinished;

static void give_up (int number) {
  if (unfinished != NULL) unlink(unfinished);
  signal(number, SIG_DFL);
  raise(number);   /* delivered on return: we die of what was sent */
}

static void remove_on_signals (const char *path) {
  unfinished = path;
  ld_signal_catch(SIGINT, give_up);
  ld_signal_catch(SIGTERM, give_up);
  ld_signal_catch(SIGHUP, give_up);
}

static int cannot_write (const char *path, int number) {
  ld_message_error("cannot write %s: %s", path, strerror(number));
  return LD_UNREADABLE;
}

/* ".NAME.PID" in the folder of 'target'; NULL without memory. */
static char *name_beside (const char *target) {
  const char *slash = strrchr(target, '/');
  int folder = slash ? (int)(slash + 1 - target) : 0;
  char *name;
  int n = asprintf(&name, "%.*s.%s.%ld", folder, target, target + folder,
                   (long)getpid());
  return n < 0 ? NULL : name;
}

/* A new file beside the target, with the target's own rights if it exists. */
static int open_beside (ld_output *output, const char *path,
                        const struct stat *old) {
  char *followed = realpath(path, NULL);   /* a link stays a link */
  output->target = followed ? followed : strdup(path);
  output->temporary = output->target ? name_beside(output->target) : NULL;
  if (output->temporary == NULL) return cannot_write(path, ENOMEM);
  output->fd = open(output->temporary,
                    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (output->fd < 0) return cannot_write(path, errno);
  remove_on_signals(output->temporary);
  if (old != NULL && fchmod(output->fd, old->st_mode & 07777) != 0)
    errno = 0;   /* a file system without rights: no harm */
  return LD_DONE;
}

int ld_output_open (ld_output *output, const char *path) {
  struct stat old;
  memset(output, 0, sizeof *output);
  output->last = '\n';
  output->name = path;
  signal(SIGPIPE, SIG_IGN);   /* a failed write tells it as well ... */
  signal(SIGXFSZ, SIG_IGN);   /* ... and so it does past a limit on files */
  if (path == NULL || strcmp(path, "-") == 0) {
    output->fd = STDOUT_FILENO;
    output->name = "standard output";
    output->terminal = isatty(STDOUT_FILENO);
    return LD_DONE;
  }
  if (stat(path, &old) != 0) {
    if (errno != ENOENT) return cannot_write(path, errno);
    return open_beside(output, path, NULL);
  }
  if (S_ISREG(old.st_mode)) return open_beside(output, path, &old);
  output->fd = open(path, O_WRONLY | O_CLOEXEC);   /* a device, a pipe */
  if (output->fd < 0) return cannot_write(path, errno);
  output->terminal = isatty(output->fd);
  return LD_DONE;
}

int ld_output_write (void *data, const char *bytes, size_t n) {
  ld_output *output = data;
  if (output->failure != 0 || n == 0) return output->failure;
  output->last = bytes[n - 1];
  output->failure = output->terminal ? send_shown(output, bytes, n)
                                     : ld_send(output->fd, bytes, n);
  return output->failure;
}

void ld_output_text (ld_output *output, const char *text) {
  ld_output_write(output, text, strlen(text));
}

void ld_output_format (ld_output *output, const char *format, ...) {
  char *text;
  int n;
  va_list arguments;
  va_start(arguments, format);
  n = vasprintf(&text, format, arguments);
  va_end(arguments);
  if (n < 0) {
    if (output->failure == 0) output->failure = ENOMEM;
    return;
  }
  ld_output_write(output, text, (size_t)n);
  free(text);
}

/* So that a power cut cannot leave a name without its bytes. */
static int put_in_place (ld_output *output) {
  if (fsync(output->fd) != 0 && errno != EINVAL) return errno;
  if (close(output->fd) != 0) return errno;
  output->fd = -1;
  return rename(output->temporary, output->target) == 0 ? 0 : errno;
}

int ld_output_close (ld_output *output, int status) {
  if (output->temporary != NULL) {
    if (output->failure == 0 && output->complete)
      output->failure = put_in_place(output);
    if (output->failure != 0 || !output->complete)
      unlink(output->temporary);
    if (output->failure == 0 && !output->complete && output->fd >= 0)
      ld_message_plain("%s was not written", output->name);
    unfinished = NULL;
  }
  /* a reader that went away has what it wanted: what the verb found stands */
  if (output->failure != 0 && output->failure != EPIPE)
    status = cannot_write(output->name, output->failure);
  free(output->target);
  free(output->temporary);
  return status;
}


/* ----------------------------------------------------------------------
** Whole files
*/

/* Grows 'out' and reads on until the end; returns 0 or errno. */
static int read_all (int fd, ld_bytes *out, size_t room) {
  for (;;) {
    ssize_t got;
    if (out->length + 1 >= room || out->bytes == NULL) {
      char *more = realloc(out->bytes, room = 2 * room + 4096);
      if (more == NULL) return ENOMEM;
      out->bytes = more;
    }
    got = read(fd, out->bytes + out->length, room - out->length - 1);
    if (got == 0) break;
    if (got > 0) out->length += (size_t)got;
    else if (errno != EINTR) return errno;
  }
  out->bytes[out->length] = '\0';
  return 0;
}

int ld_bytes_read (ld_bytes *out, const char *path) {
  bool input = strcmp(path, "-") == 0;
  int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  int failure = 0;
  memset(out, 0, sizeof *out);
  if (fd < 0 || fstat(fd, &about) != 0) failure = errno;
  else if (S_ISDIR(about.st_mode)) failure = EISDIR;
  else failure = read_all(fd, out, S_ISREG(about.st_mode)
                                     ? (size_t)about.st_size + 2 : 0);
  if (fd > STDIN_FILENO) close(fd);
  if (failure == 0) return LD_DONE;
  free(out->bytes);
  memset(out, 0, sizeof *out);
  ld_message_error("cannot read %s: %s%s", input ? "standard input" : path,
                   strerror(failure), failure == EISDIR
                   ? "; documents are named with -c" : "");
  return LD_UNREADABLE;
}


/* ----------------------------------------------------------------------
** Messages
*/

static struct {
  bool set, quiet, color;
} manner;

bool ld_terminal_moves (int fd) {
  const char *terminal = getenv("TERM");
  return isatty(fd) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

void ld_message_setup (const ld_arguments *arguments) {
  bool plain = arguments != NULL && arguments->color == LD_COLOR_NEVER;
  bool always = arguments != NULL && arguments->color == LD_COLOR_ALWAYS;
  const char *refused = getenv("NO_COLOR");
  manner.set = true;
  manner.quiet = arguments != NULL && arguments->quiet;
  manner.color = always || (!plain && (refused == NULL || *refused == '\0') &&
                            ld_terminal_moves(STDERR_FILENO));
}

/* One write a message, so that those of two processes do not mix. */
static void LD_SAYS(3, 0) print (const char *color, const char *kind,
                                 const char *format, va_list arguments) {
  ld_output error = {.fd = STDERR_FILENO};
  char *text, *line, *shown;
  size_t used = 0;
  int n = vasprintf(&text, format, arguments), i;
  if (!manner.set) ld_message_setup(NULL);
  if (n < 0) return;
  shown = malloc((size_t)n * ESCAPED + 1);
  if (shown != NULL) {
    for (i = 0; i < n; i++)
      used += show(&error, shown + used, (unsigned char)text[i]);
    while (used > 0 && shown[used - 1] == '\n') used--;
    n = asprintf(&line, "%s%s%s%.*s\n", manner.color ? color : "", kind,
                 manner.color && *kind ? "\33[0m" : "", (int)used, shown);
    if (n > 0) {
      ld_send(STDERR_FILENO, line, (size_t)n);
      free(line);
    }
  }
  free(shown);
  free(text);
}

void ld_message_error (const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  print("\33[1;31m", "error: ", format, arguments);
  va_end(arguments);
}

void ld_message_warning (const char *format, ...) {
  va_list arguments;
  if (manner.quiet) return;
  va_start(arguments, format);
  print("\33[33m", "warning: ", format, arguments);
  va_end(arguments);
}

void ld_message_plain (const char *format, ...) {
  va_list arguments;
  if (manner.quiet) return;
  va_start(arguments, format);
  print("", "", format, arguments);
  va_end(arguments);
}

void ld_message_prompt (const char *text) {
  ld_send(STDERR_FILENO, text, strlen(text));
}

static int exit_of (int code) {
  switch (code) {
    case LESDIPLO_OK: return LD_DONE;
    case LESDIPLO_EARG: return LD_USAGE;
    case LESDIPLO_EIO: return LD_UNREADABLE;
    case LESDIPLO_ENOMEM: case LESDIPLO_ELIMIT: return LD_STOPPED;
    case LESDIPLO_EDENIED: return LD_REFUSED;
    default: return LD_FAILED;
  }
}

/* The message of a script's error shows the place itself. */
int ld_message_failure (const lesdiplo_error *error) {
  bool shown = error->where[0] == '\0' || error->code == LESDIPLO_ESCRIPT ||
               strstr(error->message, error->where) != NULL;
  if (shown)
    ld_message_error("%s", error->message);
  else if (error->line > 0)
    ld_message_error("%s:%u: %s", error->where, (unsigned)error->line,
                     error->message);
  else
    ld_message_error("%s: %s", error->where, error->message);
  return exit_of(error->code);
}
