/*
** repl.c - the prompt: a line in, its value out, until Ctrl-D.
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
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>

#include <readline/readline.h>

#include "cli/cli.h"

static const char first_prompt[] = "> ", next_prompt[] = ".. ";

/* An entry: the lines of a chunk that is not complete yet. */
struct entry {
  char *text;              /* its room is kept for the next one */
  size_t length;
  bool open;               /* there is one */
  bool pasted;             /* its lines came with prompts before them */
};

/* Readline's callbacks and signal handlers take no argument: there is one
** terminal, and one of these. */
static struct {
  ld_session *session;
  lesdiplo_host *host;
  volatile sig_atomic_t running;      /* an entry is being evaluated */
  volatile sig_atomic_t interrupts;   /* Ctrl-C since the prompt */
  volatile sig_atomic_t resized, resumed, leaving;
  bool editing;                       /* readline, not plain lines */
  int ahead;                          /* bytes typed before it was */
  bool ended;                         /* Ctrl-D */
  char *line;                         /* what readline gave; NULL at its end */
  bool taken;                         /* it gave something */
  struct entry entry;
  lesdiplo_error error;               /* of the last evaluation */
  sigset_t open;                      /* the mask when none is held */
} repl;

const char *ld_repl_library (void) {
  static char name[40];
  snprintf(name, sizeof name, "readline %s", rl_library_version);
  return name;
}


/* ----------------------------------------------------------------------
** Signals
*/

static void say (const char *text) {
  ssize_t ignored = write(STDERR_FILENO, text, strlen(text));
  (void)ignored;
}

/* Lua that has yet to start does not hear it, and is told again in a second. */
static void stop_lua (void) {
  lesdiplo_host_interrupt(repl.host);
  alarm(1);
}

/*
** While a line runs, the first Ctrl-C asks Lua to stop. LPeg and string.find
** do not hear it, and they share this process: the third one leaves.
*/
static void on_interrupt (int number) {
  (void)number;
  repl.interrupts++;
  if (!repl.running) return;
  stop_lua();
  if (repl.interrupts == 2)
    say("\nwaiting for a match to end; Ctrl-C once more leaves lesdiplo\n");
  if (repl.interrupts > 2) _exit(LD_STOPPED);
}

static void on_time (int number) {
  (void)number;
  if (repl.running) stop_lua();
}

/* The terminal is ours only while a line is edited: see edit. */
static void on_leave (int number) {
  (void)number;
  if (repl.running) _exit(LD_STOPPED);
  repl.leaving = 1;
}

static void on_resize (int number) {
  (void)number;
  repl.resized = 1;
}

static void on_resume (int number) {
  (void)number;
  repl.resumed = 1;
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
  sigprocmask(SIG_BLOCK, &held, &repl.open);
}

static void release_signals (void) {
  sigprocmask(SIG_SETMASK, &repl.open, NULL);
}

/* Has a signal come that ends the line? Those held back come in. */
static bool signalled (void) {
  release_signals();
  hold_signals();
  return repl.interrupts > 0 || repl.leaving;
}

static void limit_time (double seconds) {
  struct itimerval timer;
  memset(&timer, 0, sizeof timer);
  timer.it_value.tv_sec = (time_t)seconds;
  timer.it_value.tv_usec =
      (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
  setitimer(ITIMER_REAL, &timer, NULL);
}


/* ----------------------------------------------------------------------
** Editing
*/

static void take (char *line) {
  repl.line = line;
  repl.taken = true;
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
  if (repl.resumed) {
    repl.resumed = 0;
    rl_cleanup_after_signal();   /* the shell has changed the terminal: */
    rl_reset_after_signal();     /* ours is to be set once more */
    rl_forced_update_display();
  }
  if (repl.resized) {
    repl.resized = 0;
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
    there = ppoll(&key, 1, NULL, &repl.open) > 0;
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
  if (repl.ahead == 0) return key;
  repl.ahead--;
  return key == '\0' && RL_ISSTATE(RL_STATE_READCMD) ? EOF : key;
}

/*
** One line from readline, to be freed. NULL at the end of input. After Ctrl-C
** or a signal to leave '*interrupted' is set, and what was typed is void.
*/
static char *edit (const char *text, bool *interrupted) {
  repl.taken = false;
  repl.line = NULL;
  rl_callback_handler_install(text, take);
  if (ioctl(STDIN_FILENO, FIONREAD, &repl.ahead) != 0) repl.ahead = 0;
  while (!repl.taken && await_key()) rl_callback_read_char();
  *interrupted = signalled();
  if (*interrupted) drop_line();
  return repl.line;
}

/* The same without readline. */
static char *read_plain (const char *text, bool *interrupted) {
  char *line = NULL;
  size_t room = 0;
  ssize_t n = -1;
  fputs(text, stderr);
  if (await_key()) {
    release_signals();
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
  if (state == 0) index = 0;
  name = lesdiplo_host_complete(repl.host, text, index++);
  return name ? strdup(name) : NULL;
}

/* Names of Lua; never those of files. */
static char **complete (const char *text, int start, int end) {
  (void)start;
  (void)end;
  rl_attempted_completion_over = 1;
  rl_completion_append_character = '\0';
  return rl_completion_matches(text, complete_next);
}

static void set_up_editing (void) {
  static char breaks[] = " \t\n\"\\'`@$><=;|&{}()[]+-*/%^~#,?!";
  rl_readline_name = "lesdiplo";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_prep_term_function = prepare_terminal;
  rl_getc_function = read_key;
  rl_attempted_completion_function = complete;
  rl_completer_word_break_characters = breaks;   /* not . : _ */
  rl_basic_word_break_characters = breaks;
  rl_completer_quote_characters = "";
}


/* ----------------------------------------------------------------------
** Evaluating
*/

static void forget_entry (struct entry *entry) {
  entry->length = 0;
  entry->open = entry->pasted = false;
}

static bool add_line (struct entry *entry, const char *line, size_t n) {
  char *more = realloc(entry->text, entry->length + n + 2);
  if (more == NULL) {
    ld_message_error("no memory for this line");
    forget_entry(entry);
    return false;
  }
  entry->text = more;
  if (entry->open) more[entry->length++] = '\n';
  memcpy(more + entry->length, line, n);
  entry->length += n;
  more[entry->length] = '\0';
  entry->open = true;
  return true;
}

/* Runs what the entry holds; leaves it alone when it wants more lines. */
static void evaluate (void) {
  ld_output *output = &repl.session->output;
  int code;
  repl.running = 1;
  limit_time(repl.session->arguments.max_time);
  release_signals();
  code = lesdiplo_host_eval(repl.host, repl.entry.text, repl.entry.length,
                            &repl.error);
  hold_signals();
  limit_time(0);
  repl.running = 0;
  if (code == LESDIPLO_EINCOMPLETE) return;
  if (output->last != '\n') ld_output_text(output, "\n");
  if (repl.interrupts > 0) say("\n");   /* after the terminal's ^C */
  if (code != LESDIPLO_OK) ld_message_failure(&repl.error);
  if (repl.editing) ld_history_add(repl.entry.text);
  forget_entry(&repl.entry);
}

/* An entry that wanted more lines, and gets none: its error is shown. */
static void give_up_entry (void) {
  if (!repl.entry.open) return;
  ld_message_failure(&repl.error);
  if (repl.editing) ld_history_add(repl.entry.text);
  forget_entry(&repl.entry);
}

/* How much of a line is this prompt, its trailing space perhaps lost; 0 when
** it begins with something else. */
static size_t prompted (const char *line, size_t n, const char *with) {
  size_t length = strlen(with);
  if (n >= length && strncmp(line, with, length) == 0) return length;
  return n == length - 1 && strncmp(line, with, n) == 0 ? n : 0;
}

/*
** One line, perhaps out of a copied session. "> " cannot begin a line of Lua,
** so it is a prompt, and begins an entry; ".. " then goes on with it.
*/
static void take_line (const char *line, size_t n) {
  size_t skip = prompted(line, n, first_prompt);
  if (skip > 0) {
    give_up_entry();
    repl.entry.pasted = true;
  }
  else if (repl.entry.pasted)
    skip = prompted(line, n, next_prompt);
  if (add_line(&repl.entry, line + skip, n - skip)) evaluate();
}

/*
** A pasted block comes as one line with newlines in it. In a copied session
** what has no prompt before it was printed, and is left out.
*/
static void take_lines (const char *text) {
  const char *end = strchrnul(text, '\n');
  bool session = prompted(text, (size_t)(end - text), first_prompt) > 0;
  if (!session) {
    take_line(text, strlen(text));
    return;
  }
  for (;; text = end + 1) {
    size_t n;
    end = strchrnul(text, '\n');
    n = (size_t)(end - text);
    if (prompted(text, n, first_prompt) || prompted(text, n, next_prompt))
      take_line(text, n);
    if (*end == '\0' || repl.interrupts > 0) return;
  }
}

static bool leaves (const char *line) {
  static const char *const words[] = {"quit", "exit", ":quit", ":q"};
  size_t i;
  for (i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(line, words[i]) == 0) return true;
  return false;
}

static void step (void) {
  const char *text = repl.entry.open ? next_prompt : first_prompt;
  bool interrupted;
  char *line;
  repl.interrupts = 0;
  line = repl.editing ? edit(text, &interrupted)
                      : read_plain(text, &interrupted);
  if (interrupted) repl.ended = repl.leaving;
  else if (line == NULL) {
    give_up_entry();
    repl.ended = true;
  }
  else if (!repl.entry.open && leaves(line)) repl.ended = true;
  else if (repl.entry.open || line[strspn(line, " \t")] != '\0')
    take_lines(line);
  if (repl.interrupts > 0) forget_entry(&repl.entry);
  free(line);
  if (repl.session->output.failure != 0) repl.ended = true;
}


/* ----------------------------------------------------------------------
** The session
*/

/* Two lines: what this is and what is loaded; where help is. */
static void print_banner (const ld_session *session) {
  uint32_t count = lesdiplo_corpus_count(session->corpus), i;
  const ld_words *paths = &session->arguments.paths;
  double bytes = 0;
  if (session->arguments.quiet) return;
  for (i = 0; i < count; i++) {
    size_t length;
    lesdiplo_doc_text(lesdiplo_corpus_doc(session->corpus, i), &length);
    bytes += (double)length;
  }
  ld_message_plain("lesdiplo %s: %u document%s, %.1f %s of text from %s%s",
                   lesdiplo_version(), (unsigned)count, count == 1 ? "" : "s",
                   bytes < 1e6 ? bytes / 1e3 : bytes / 1e6,
                   bytes < 1e6 ? "kB" : "MB",
                   paths->count ? paths->items[0] : "its own seeds",
                   paths->count > 1 ? " and others" : "");
  ld_message_plain("?name shows help, Tab completes, Ctrl-D leaves");
}

static int make_host (ld_session *session) {
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  lesdiplo_error error = {0, 0, "", ""};
  ld_session_host(session, &options);
  if (lesdiplo_host_new(&repl.host, session->corpus, &options, &error) == 0)
    return LD_DONE;
  return ld_message_failure(&error);
}

/* The shell's prompt begins a line. Readline sees to it where it has marked
** what is pasted. */
static void end_line (void) {
  const char *marks = rl_variable_value("enable-bracketed-paste");
  if (marks == NULL || strcmp(marks, "on") != 0) fputs("\n", stdout);
}

int ld_repl (ld_session *session) {
  int status = make_host(session);
  if (status != LD_DONE) return status;
  repl.session = session;
  repl.editing = isatty(STDIN_FILENO) && ld_terminal_moves(STDOUT_FILENO);
  ld_signal_catch(SIGINT, on_interrupt);
  ld_signal_catch(SIGALRM, on_time);
  ld_signal_catch(SIGTERM, on_leave);
  ld_signal_catch(SIGHUP, on_leave);
  if (repl.editing) {
    ld_signal_catch(SIGWINCH, on_resize);
    ld_signal_catch(SIGCONT, on_resume);
    set_up_editing();
    ld_history_load();
  }
  else setvbuf(stdin, NULL, _IONBF, 0);   /* what is left, ppoll can see */
  hold_signals();
  print_banner(session);
  while (!repl.ended) step();
  if (repl.editing && !repl.leaving) end_line();
  if (repl.editing) ld_history_save();
  free(repl.entry.text);
  lesdiplo_host_free(repl.host);
  return repl.leaving ? LD_STOPPED : LD_DONE;
}
