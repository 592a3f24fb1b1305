/*
** typist.c - a hand at a terminal: runs a command on a pseudo-terminal and
** types when it sees what it waits for.
**
**     typist COLUMNSxROWS [WAIT KEYS]... -- COMMAND [ARGUMENT]...
**
** Each WAIT is a text that the terminal shows after what was matched before;
** once it is there, KEYS are typed. Both know \n \t \\ and octal bytes such as
** \003; an empty WAIT waits for nothing. After the last KEYS the command has to
** end. What the terminal showed goes to standard output as it came.
**
** Nothing here depends on how fast the machine is: there are no pauses, and a
** step that takes longer than PATIENCE will never be done. Ends with the
** command's exit code, with 128 and the signal that ended it, with FAILED and a
** word on the step that was not done, or with NO_TERMINAL.
*/
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 30 };       /* seconds */
enum { MOST_SHOWN = 1 << 20 };
enum { NO_TERMINAL = 77, FAILED = 125 };

/* The signal handler takes no argument: there is one of these. */
static struct {
  int fd;                     /* the terminal's other side */
  pid_t child;                /* 0: not there yet */
  char shown[MOST_SHOWN];
  size_t length;              /* bytes shown */
  size_t matched;             /* the first of them that may begin a match */
  const char *volatile step, *volatile text;   /* what is being done */
} play;


/* ----------------------------------------------------------------------
** Failing
*/

/* Writes all of it. Like all that fail uses, safe in a signal handler. */
static void put (int fd, const char *bytes, size_t n) {
  ssize_t done;
  for (; n > 0; bytes += done, n -= (size_t)done)
    if ((done = write(fd, bytes, n)) < 0) return;
}

static void say (const char *text) { put(STDERR_FILENO, text, strlen(text)); }

static _Noreturn void fail (int status, const char *why) {
  if (play.child > 0) kill(play.child, SIGKILL);
  say("typist: ");
  say(play.step);
  say(play.text);
  say(why);
  say("\n");
  _exit(status);
}

static void on_alarm (int number) {
  (void)number;
  fail(FAILED, ": not in time");
}

static void begin (const char *step, const char *text) {
  play.step = step;
  play.text = text;
  alarm(PATIENCE);
}


/* ----------------------------------------------------------------------
** The terminal
*/

/*
** Waits until the terminal can be read, or written to if 'events' asks for
** that; keeps and passes on what it showed. A Ctrl-C may have taken that away
** again, so reading does not wait. False once nobody has the terminal open.
*/
static bool turn (short events) {
  struct pollfd terminal = {play.fd, (short)(events | POLLIN), 0};
  ssize_t n;
  poll(&terminal, 1, -1);
  if (play.length == MOST_SHOWN) fail(FAILED, ": too much is shown");
  n = read(play.fd, play.shown + play.length, MOST_SHOWN - play.length);
  if (n <= 0) return n < 0 && (errno == EAGAIN || errno == EINTR);
  put(STDOUT_FILENO, play.shown + play.length, (size_t)n);
  play.length += (size_t)n;
  return true;
}

/* What was searched is not searched again. */
static bool match (const char *text, size_t n) {
  const char *from = play.shown + play.matched;
  const char *at = memmem(from, play.length - play.matched, text, n);
  if (at != NULL)
    play.matched = (size_t)(at - play.shown) + n;
  else if (play.length - play.matched >= n)
    play.matched = play.length - n + 1;
  return at != NULL;
}

static void await (const char *text, size_t n) {
  while (!match(text, n))
    if (!turn(0)) fail(FAILED, ": the command has ended");
}

/* Reads meanwhile: who waits to be read reads no keys. */
static void type (const char *keys, size_t n) {
  while (n > 0) {
    ssize_t done = write(play.fd, keys, n);
    if (done > 0) keys += done, n -= (size_t)done;
    else if (!turn(POLLOUT)) fail(FAILED, ": the command has ended");
  }
}


/* ----------------------------------------------------------------------
** The play
*/

/* What stands behind a backslash; '*text' moves past it. */
static char escaped (const char **text) {
  const char *p = (*text)++;
  unsigned byte = 0;
  if (*p == 'n') return '\n';
  if (*p == 't') return '\t';
  if (*p == '\\') return '\\';
  if (*p < '0' || *p > '7') fail(FAILED, ": an escape that is none");
  for (*text = p; p < *text + 3 && *p >= '0' && *p <= '7'; p++)
    byte = byte * 8 + (unsigned)(*p - '0');
  *text = p;
  return (char)byte;
}

static void perform (const char *step, const char *text,
                     void (*act) (const char *bytes, size_t n)) {
  char *bytes = malloc(strlen(text) + 1), *to = bytes;
  begin(step, text);
  if (bytes == NULL) fail(FAILED, ": no memory");
  while (*text != '\0')
    if (*text == '\\') text++, *to++ = escaped(&text);
    else *to++ = *text++;
  act(bytes, (size_t)(to - bytes));
  free(bytes);
}

/* A job in the background is started without these; one at a terminal is not. */
static void hear_signals (void) {
  signal(SIGINT, SIG_DFL);
  signal(SIGQUIT, SIG_DFL);
  signal(SIGHUP, SIG_DFL);
}

static void start (const char *size, char **command) {
  struct winsize window = {0, 0, 0, 0};
  char *rows;
  begin("starting ", command[0]);
  window.ws_col = (unsigned short)strtoul(size, &rows, 10);
  if (*rows != 'x') fail(FAILED, ": no COLUMNSxROWS");
  window.ws_row = (unsigned short)strtoul(rows + 1, NULL, 10);
  play.child = forkpty(&play.fd, NULL, NULL, &window);
  if (play.child < 0) fail(NO_TERMINAL, ": no pseudo-terminal");
  if (play.child == 0) {
    hear_signals();
    execvp(command[0], command);
    fail(FAILED, ": it cannot be run");
  }
  fcntl(play.fd, F_SETFL, O_NONBLOCK);
}

static int finish (void) {
  int status;
  begin("waiting for the command's end", "");
  while (turn(0)) ;
  while (waitpid(play.child, &status, 0) < 0)
    if (errno != EINTR) fail(FAILED, ": it cannot be asked for");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main (int argc, char **argv) {
  int command = 2, i;
  signal(SIGALRM, on_alarm);
  begin("usage: ", "typist COLUMNSxROWS [WAIT KEYS]... -- COMMAND...");
  while (command < argc && strcmp(argv[command], "--") != 0) command += 2;
  if (command + 1 >= argc) fail(FAILED, "");
  start(argv[1], argv + command + 1);
  for (i = 2; i < command; i += 2) {
    perform("waiting for ", argv[i], await);
    perform("typing ", argv[i + 1], type);
  }
  return finish();
}
