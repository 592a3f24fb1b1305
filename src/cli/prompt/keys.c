/*
** keys.c - the terminal of the prompt: keys in, lines out.
**
** With history.c all that knows readline. Its callback interface is used, and
** keys are read for it, so that each wait for a key is ours: a signal ends it
** at once and there is no jump out of a handler. Where there is no terminal to
** edit on, lines are plain.
*/
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <readline/readline.h>

#include "cli/prompt/prompt.h"

/* Readline's callbacks and signal handlers take no argument: there is one
** terminal, and one of these. */
static struct {
  ld_completer completer;
  volatile sig_atomic_t running;      /* a line is being evaluated */
  volatile sig_atomic_t interrupts;   /* Ctrl-C since the prompt */
  volatile sig_atomic_t resized, resumed, leaving;
  bool editing;                       /* readline, not plain lines */
  int ahead;                          /* bytes typed before it was */
  char *line;                         /* what readline gave; NULL at its end */
  bool taken;                         /* it gave something */
  sigset_t open;                      /* the mask when none is held */
} keys;

const char *ld_repl_library (void) {
  static char name[40];
  snprintf(name, sizeof name, "readline %s", rl_library_version);
  return name;
}


/* ----------------------------------------------------------------------
** Signals
*/

/* While a line runs, the first Ctrl-C asks it to stop, the second kills it. */
static void on_interrupt (int number) {
  (void)number;
  keys.interrupts++;
  if (keys.running) lesdiplo_run_stop();
}

/* The terminal is ours only while a line is edited: see edit. */
static void on_leave (int number) {
  (void)number;
  keys.leaving = 1;
  keys.interrupts++;
  if (!keys.running) return;
  lesdiplo_run_stop();
  lesdiplo_run_stop();
}

/* Ctrl-Z: the line that runs is in no group of the terminal's, and waits as well. */
static void on_suspend (int number) {
  (void)number;
  if (keys.running) lesdiplo_run_pause(1);
  raise(SIGSTOP);
  if (keys.running) lesdiplo_run_pause(0);
}

static void on_resize (int number) {
  (void)number;
  keys.resized = 1;
}

static void on_resume (int number) {
  (void)number;
  keys.resumed = 1;
}

/* These come in while we wait for a key or a line runs, and are held back all
** the other time: none falls between the look at a flag and the wait. */
static void hold_signals (void) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT};
  sigset_t held;
  size_t i;
  sigemptyset(&held);
  for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
    sigaddset(&held, numbers[i]);
  sigprocmask(SIG_BLOCK, &held, &keys.open);
}

static void release_signals (void) {
  sigprocmask(SIG_SETMASK, &keys.open, NULL);
}

/* Has a signal come that ends the line? Those held back come in. */
static bool signalled (void) {
  release_signals();
  hold_signals();
  return keys.interrupts > 0 || keys.leaving;
}


/* ----------------------------------------------------------------------
** Editing
*/

static void take (char *line) {
  keys.line = line;
  keys.taken = true;
  rl_callback_handler_remove();   /* gives the terminal back */
}

/* Ctrl-C at the prompt: the line is dropped, a search ended. */
static void drop_line (void) {
  rl_callback_sigcleanup();
  rl_replace_line("", 0);
  rl_free_line_state();
  rl_callback_handler_remove();
  fputs("^C\n", stdout);
  fflush(stdout);
}

static void look_at_signals (void) {
  if (keys.resumed) {
    keys.resumed = 0;
    rl_cleanup_after_signal();   /* the shell has changed the terminal: */
    rl_reset_after_signal();     /* ours is to be set once more */
    rl_forced_update_display();
  }
  if (keys.resized) {
    keys.resized = 0;
    rl_resize_terminal();
  }
}

/* Waits for a key; false when a signal ends the line. A ppoll that sees a key
** lets no signal in, so those are asked for. */
static bool await_key (void) {
  struct pollfd key = {STDIN_FILENO, POLLIN, 0};
  bool there = false;
  while (!signalled()) {
    look_at_signals();
    if (there) return true;
    there = ppoll(&key, 1, NULL, &keys.open) > 0;
  }
  return false;
}

/* Reading never waits: a Ctrl-C takes away what was typed before it, perhaps
** between the look at it and the read. */
static void prepare_terminal (int meta) {
  struct termios mode;
  rl_prep_terminal(meta);
  if (tcgetattr(STDIN_FILENO, &mode) != 0) return;
  mode.c_cc[VMIN] = 0;
  tcsetattr(STDIN_FILENO, TCSANOW, &mode);
}

/*
** What readline gets in place of a key when a signal ends the line. Readline
** forgets to terminate a paste that EOF cuts off: it gets the mark that closes
** one, over and over.
*/
static int no_key (void) {
  static const char mark[] = "\033[201~";
  static size_t next;
  if (RL_ISSTATE(RL_STATE_READCMD)) return EOF;
  return mark[next++ % (sizeof mark - 1)];
}

/*
** A key for readline. A Ctrl-D out of the time when the terminal was not
** readline's was the end of input there, and reads as NUL here.
*/
static int read_key (FILE *stream) {
  unsigned char key;
  ssize_t n;
  (void)stream;
  do
    n = await_key() ? read(STDIN_FILENO, &key, 1) : -1;
  while (n == 0 && isatty(STDIN_FILENO));   /* or else it has hung up */
  if (n != 1) return no_key();
  if (keys.ahead == 0) return key;
  keys.ahead--;
  return key == '\0' && RL_ISSTATE(RL_STATE_READCMD) ? EOF : key;
}

/*
** One line from readline, to be freed. NULL at the end of input. After Ctrl-C
** or a signal to leave '*interrupted' is set, and what was typed is void.
*/
static char *edit (const char *text, bool *interrupted) {
  keys.taken = false;
  keys.line = NULL;
  rl_callback_handler_install(text, take);
  if (ioctl(STDIN_FILENO, FIONREAD, &keys.ahead) != 0) keys.ahead = 0;
  while (!keys.taken && await_key()) rl_callback_read_char();
  *interrupted = signalled();
  if (*interrupted) drop_line();
  return keys.line;
}

/* The same without readline. */
static char *read_plain (const char *text, bool *interrupted) {
  char *line = NULL;
  size_t room = 0;
  ssize_t n = -1;
  fputs(text, stderr);
  if (await_key()) {
    release_signals();
    if (keys.interrupts == 0)         /* else the line is gone, and none may follow */
      n = getline(&line, &room, stdin);
    hold_signals();
  }
  *interrupted = signalled();
  if (*interrupted || n < 0) {
    clearerr(stdin);
    fputs("\n", stderr);
    free(line);
    return NULL;
  }
  if (n > 0 && line[n - 1] == '\n') line[n - 1] = '\0';
  return line;
}

/* Readline asks again with state > 0 until it gets NULL; the names are lent. */
static char *complete_next (const char *text, int state) {
  static uint32_t index;
  const char *name;
  (void)text;
  if (state == 0) index = 0;
  name = keys.completer(rl_line_buffer, index++);
  return name ? strdup(name) : NULL;
}

/* Commands whose argument is a file: only there names of files are offered. */
static bool wants_file (const char *line) {
  static const char *const words[] = {":load ", ":save ", ":corpus ", ":try "};
  size_t i;
  for (i = 0; i < sizeof words / sizeof *words; i++)
    if (strncmp(line, words[i], strlen(words[i])) == 0) return true;
  return false;
}

static char **complete (const char *text, int start, int end) {
  const char after = rl_line_buffer[end];
  char **found = NULL;
  (void)start;
  rl_attempted_completion_over = 1;
  if (wants_file(rl_line_buffer))
    return rl_completion_matches(text, rl_filename_completion_function);
  rl_completion_append_character = '\0';
  rl_line_buffer[end] = '\0';    /* what stands behind the cursor is no matter */
  found = rl_completion_matches(text, complete_next);
  rl_line_buffer[end] = after;
  return found;
}

/* In a name of a file, and in marks, less ends a word than in Lua. */
static char *choose_breaks (void) {
  static char lua[] = " \t\n\"\\'`@$><=;|&{}()[]+-*/%^~#,?!", file[] = " ",
              marks[] = "\"'";
  const char after = rl_line_buffer[rl_point];
  int quoted;
  rl_line_buffer[rl_point] = '\0';
  lesdiplo_complete_begin(rl_line_buffer, &quoted);
  rl_line_buffer[rl_point] = after;
  return wants_file(rl_line_buffer) ? file : quoted ? marks : lua;
}

static void set_up_editing (void) {
  rl_readline_name = "lesdiplo";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_prep_term_function = prepare_terminal;
  rl_getc_function = read_key;
  rl_attempted_completion_function = complete;
  rl_completion_word_break_hook = choose_breaks;
  rl_completer_quote_characters = "";
}


/* ----------------------------------------------------------------------
** The door
*/

void ld_keys_open (ld_completer completer, bool editing) {
  keys.completer = completer;
  keys.editing = editing;
  ld_signal_catch(SIGINT, on_interrupt);
  ld_signal_catch(SIGTERM, on_leave);
  ld_signal_catch(SIGHUP, on_leave);
  ld_signal_catch(SIGTSTP, on_suspend);
  if (editing) {
    ld_signal_catch(SIGWINCH, on_resize);
    ld_signal_catch(SIGCONT, on_resume);
    set_up_editing();
  }
  else setvbuf(stdin, NULL, _IONBF, 0);   /* what is left, ppoll can see */
  hold_signals();
}

/* Readline sees to the new line where it has marked what is pasted. */
void ld_keys_close (void) {
  const char *marks;
  if (!keys.editing || keys.leaving) return;
  marks = rl_variable_value("enable-bracketed-paste");
  if (marks == NULL || strcmp(marks, "on") != 0) fputs("\n", stdout);
}

char *ld_keys_line (const char *prompt, bool *interrupted) {
  keys.interrupts = 0;
  return keys.editing ? edit(prompt, interrupted)
                      : read_plain(prompt, interrupted);
}

void ld_keys_listen (bool on) {
  if (on) release_signals();
  else hold_signals();
}

/* A Ctrl-C between the end of a line and its being known is not for the next. */
void ld_keys_running (bool on) {
  if (on) keys.running = 1;
  ld_keys_listen(on);
  if (on) return;
  keys.running = 0;
  lesdiplo_run_forgive();
}

bool ld_keys_interrupted (void) { return keys.interrupts > 0; }

const volatile int *ld_keys_stop (void) { return &keys.interrupts; }

bool ld_keys_leaving (void) { return keys.leaving != 0; }
