/*
** repl.c - the prompt: a line in, its value out, until Ctrl-D.
**
** Here is the front of a session: lines run in processes of their own
** (lesdiplo_session), so that one which crashes, hangs or fills the memory is
** undone, and the rest is as it was.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/prompt/prompt.h"

static const char first_prompt[] = "> ", next_prompt[] = ".. ";

/* An entry: the lines of a chunk that is not complete yet. */
struct entry {
  char *text;              /* its room is kept for the next one */
  size_t length;
  bool open;               /* there is one */
  bool pasted;             /* its lines came with prompts before them */
};

static ld_prompt prompt;
static struct entry entry;
static lesdiplo_error failure;   /* of the last evaluation */
static bool editing;

/* Where the output of a line goes that is not the user's; NULL: to them. */
static struct {
  char *out;
  size_t size, used;
} asked;


/* ----------------------------------------------------------------------
** Evaluating
*/

/* Signals come in while it runs. */
static int finish (int code, bool incomplete_too) {
  ld_output *output = &prompt.session->output;
  ld_keys_running(false);
  ld_progress_wipe();
  if (code == LESDIPLO_EINCOMPLETE && !incomplete_too) return LD_DONE;
  if (output->last != '\n') ld_output_text(output, "\n");
  if (ld_keys_interrupted()) ld_message_prompt("\n");   /* after the ^C */
  return code == LESDIPLO_OK ? LD_DONE : ld_message_failure(&failure);
}

/* The terminal may have another width now. */
static void begin (void) {
  lesdiplo_session_format(prompt.lines, prompt.format,
                          ld_terminal_width(prompt.session->output.fd), NULL);
  ld_progress_begin();
  ld_keys_running(true);
}

int ld_prompt_eval (ld_prompt *p, const char *chunk, bool *incomplete) {
  int code;
  begin();
  code = lesdiplo_session_eval(p->lines, chunk, strlen(chunk), &p->last,
                               &failure);
  if (incomplete != NULL) *incomplete = code == LESDIPLO_EINCOMPLETE;
  return finish(code, incomplete == NULL);
}

void ld_prompt_look (ld_prompt *p, const char *chunk) {
  const lesdiplo_line last = p->last;
  ld_entered *line = ld_log_last(&p->log);
  ld_prompt_eval(p, chunk, NULL);
  if (p->last.kept && line != NULL) line->looks++;
  p->last = last;          /* :time is about lines */
}

/* A lesdiplo_write. */
static int take_output (void *data, const char *bytes, size_t n) {
  if (asked.out == NULL) return ld_output_write(data, bytes, n);
  if (n > asked.size - 1 - asked.used) n = asked.size - 1 - asked.used;
  memcpy(asked.out + asked.used, bytes, n);
  asked.used += n;
  asked.out[asked.used] = '\0';
  return 0;
}

void ld_prompt_ask (ld_prompt *p, const char *chunk, char *out, size_t size) {
  ld_entered *line = ld_log_last(&p->log);
  lesdiplo_line state;
  int code;
  *out = '\0';
  asked.out = out;
  asked.size = size;
  asked.used = 0;
  begin();
  code = lesdiplo_session_eval(p->lines, chunk, strlen(chunk), &state,
                               &failure);
  ld_keys_running(false);
  ld_progress_wipe();
  asked.out = NULL;
  if (code != LESDIPLO_OK) *out = '\0';
  if (state.kept && line != NULL) line->looks++;
}

int ld_prompt_run (ld_prompt *p, const ld_bytes *script, const char *name) {
  size_t length;
  const char *text = ld_script_text(script, &length);
  int code;
  ld_rights_know(p->session, script, name);
  begin();
  code = lesdiplo_session_run(p->lines, text, length, name, p->set.items,
                              p->set.count, &p->last, &failure);
  ld_rights_know(p->session, NULL, NULL);
  return finish(code, true);
}

int ld_prompt_try (ld_prompt *p, const ld_bytes *script, const char *name,
                   const uint32_t *docs, size_t count) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  int code;
  ld_rights_know(p->session, script, name);
  ld_run_set(p->session, &options);
  options.chunk = ld_script_text(script, &options.length);
  options.name = name;
  options.arguments = p->set.items;
  options.argument_count = p->set.count;
  options.host.format = p->format;
  options.sample = docs;
  options.sample_count = count;
  ld_progress_set(p->session, &options);
  ld_progress_begin();
  ld_keys_running(true);
  code = lesdiplo_run_isolated(&options, &failure);
  ld_rights_know(p->session, NULL, NULL);
  return finish(code, true);
}


/* ----------------------------------------------------------------------
** Entries
*/

static void forget_entry (void) {
  entry.length = 0;
  entry.open = entry.pasted = false;
}

static bool add_line (const char *line, size_t n) {
  char *more = realloc(entry.text, entry.length + n + 2);
  if (more == NULL) {
    ld_message_error("no memory for this line");
    forget_entry();
    return false;
  }
  entry.text = more;
  if (entry.open) more[entry.length++] = '\n';
  memcpy(more + entry.length, line, n);
  entry.length += n;
  more[entry.length] = '\0';
  entry.open = true;
  return true;
}

/* The surprise of the first hour; a line that uses what it names is well. */
static void warn_of_locals (const char *text) {
  static bool warned;
  if (warned || strncmp(text, "local ", 6) != 0 || strpbrk(text, "\n;(") != NULL)
    return;
  ld_message_plain("a local ends with its line; without 'local' the name stays");
  warned = true;
}

/* Runs what the entry holds; leaves it alone when it wants more lines. */
static void evaluate (void) {
  bool incomplete;
  int status = ld_prompt_eval(&prompt, entry.text, &incomplete);
  if (incomplete) return;
  if (status == LD_DONE) warn_of_locals(entry.text);
  if (editing) ld_history_add(entry.text);
  ld_log_add(&prompt.log, entry.text, &prompt.last, status != LD_DONE);
  forget_entry();
}

/* An entry that wanted more lines, and gets none: its error is shown. */
static void give_up_entry (void) {
  if (!entry.open) return;
  ld_message_failure(&failure);
  if (editing) ld_history_add(entry.text);
  forget_entry();
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
    entry.pasted = true;
  }
  else if (entry.pasted)
    skip = prompted(line, n, next_prompt);
  if (add_line(line + skip, n - skip)) evaluate();
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
    if (*end == '\0' || ld_keys_interrupted()) return;
  }
}

static bool leaves (const char *line) {
  return strcmp(line, "quit") == 0 || strcmp(line, "exit") == 0;
}

/* What somebody types who has not read the second line of the banner. */
static bool asks_for_commands (const char *line) {
  return strcmp(line, "help") == 0 || strcmp(line, "?help") == 0 ||
         strncmp(line, "?:", 2) == 0;
}

static void help (const char *line) {
  char command[80];
  const char *name = line[0] == '?' && line[1] == ':' ? line + 1 : "";
  snprintf(command, sizeof command, ":help %.60s", name);
  ld_command(&prompt, command);
}

static void step (void) {
  bool interrupted;
  char *line = ld_keys_line(entry.open ? next_prompt : first_prompt,
                            &interrupted);
  if (interrupted) prompt.ended = ld_keys_leaving();
  else if (line == NULL) {
    give_up_entry();
    prompt.ended = true;
  }
  else if (!entry.open && leaves(line)) prompt.ended = true;
  else if (!entry.open && asks_for_commands(line)) help(line);
  else if (!entry.open && line[0] == ':') {
    if (editing) ld_history_add(line);
    ld_command(&prompt, line);
  }
  else if (entry.open || line[strspn(line, " \t")] != '\0')
    take_lines(line);
  if (ld_keys_interrupted()) forget_entry();
  free(line);
  if (prompt.session->output.failure != 0 || ld_keys_leaving())
    prompt.ended = true;
}


/* ----------------------------------------------------------------------
** The session
*/

/* Names of commands, or what stands behind one is Lua's. */
static const char *complete (const char *line, uint32_t index) {
  const char *space = strchr(line, ' '), *name;
  size_t n = strlen(line), i;
  if (line[0] != ':')
    return lesdiplo_session_complete(prompt.lines, line, index);
  if (space != NULL)
    return lesdiplo_session_complete(prompt.lines, space + 1, index);
  for (i = 0; (name = ld_command_name(i)) != NULL; i++)
    if (strncmp(name, line, n) == 0 && index-- == 0) return name;
  return NULL;
}

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
  ld_message_plain("?name shows help, :help the commands, Tab completes, "
                   "Ctrl-D leaves");
}

int ld_prompt_open (ld_prompt *p) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  lesdiplo_session *lines;
  ld_run_set(p->session, &options);
  options.host.write = take_output;
  ld_progress_set(p->session, &options);
  if (lesdiplo_session_open(&lines, &options, &failure) != LESDIPLO_OK)
    return ld_message_failure(&failure);
  lesdiplo_session_close(p->lines);
  p->lines = lines;
  return LD_DONE;
}

static void close_prompt (void) {
  size_t i;
  for (i = 0; i < prompt.set.count; i++)
    free((char *)(uintptr_t)prompt.set.items[i]);
  free(prompt.set.items);
  free(entry.text);
  ld_log_free(&prompt.log);
  lesdiplo_session_close(prompt.lines);
}

int ld_repl (ld_session *session) {
  int status;
  prompt.session = session;
  snprintf(prompt.format, sizeof prompt.format, "%s",
           ld_session_format(session));
  status = ld_rights_prepare(session);
  if (status == LD_DONE) status = ld_prompt_open(&prompt);
  if (status != LD_DONE) return status;
  editing = isatty(STDIN_FILENO) && ld_terminal_moves(STDOUT_FILENO);
  ld_keys_open(complete, editing);
  if (editing) ld_history_load(session);
  print_banner(session);
  while (!prompt.ended) step();
  ld_keys_close();
  if (editing) ld_history_save();
  close_prompt();
  return ld_keys_leaving() ? LD_STOPPED : LD_DONE;
}
