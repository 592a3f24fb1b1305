/*
** prompt.h - the prompt: keys in, lines out (keys.c); lines evaluated in a
** session (repl.c); commands that begin with a colon (commands.c); what was
** entered, as a script (saved.c); and what is remembered (history.c).
*/
#ifndef LD_CLI_PROMPT_H
#define LD_CLI_PROMPT_H

#include "cli/cli.h"


/* ---------------------------------------------------------------- keys.c */

/* What could complete the text before the cursor: name 'index' or NULL. */
typedef const char *(*ld_completer) (const char *text, uint32_t index);

/* Takes over the terminal, with readline where it can, and the signals. */
void ld_keys_open (ld_completer completer, bool editing);
/* The shell's prompt begins a line. */
void ld_keys_close (void);
/*
** A line, to be freed; NULL at the end of input. After Ctrl-C, or a signal to
** leave, '*interrupted' is set, and what was typed is void.
*/
char *ld_keys_line (const char *prompt, bool *interrupted);
/* While it is on, Ctrl-C stops what the library runs. */
void ld_keys_running (bool on);
/* Ctrl-C since the last line was asked for; a signal to leave. */
bool ld_keys_interrupted (void);
bool ld_keys_leaving (void);
/* Becomes not 0 with either, while it is listened: for what the library does in this
** process. */
const volatile int *ld_keys_stop (void);
void ld_keys_listen (bool on);


/* --------------------------------------------------------------- saved.c */

/* An entry that was evaluated. */
typedef struct ld_entered {
  char *text;
  bool expression;         /* it is one ... */
  bool statement;          /* ... and, being a call, could stand by itself */
  bool kept;               /* the session went on with what it did */
  bool failed;
  unsigned looks;          /* commands behind it that have states of their own */
} ld_entered;

typedef struct ld_log {
  ld_entered *items;
  size_t count, room;
} ld_log;

bool ld_log_add (ld_log *log, const char *text, const lesdiplo_line *line,
                 bool failed);
/* The last one that stayed; NULL when there is none. */
ld_entered *ld_log_last (ld_log *log);
void ld_log_forget (ld_log *log);
void ld_log_free (ld_log *log);


/* ---------------------------------------------------------------- repl.c */

/* The prompt's state: there is one terminal, and one of these. */
typedef struct ld_prompt {
  ld_session *session;
  lesdiplo_session *lines;
  char format[8];
  ld_log log;
  lesdiplo_line last;      /* what the last line cost */
  ld_words set;            /* of :set, as flags of scripts; to be freed */
  bool ended;
} ld_prompt;

/* Evaluates a chunk in the session, its messages shown; LD_DONE or an exit
** code. With 'incomplete' a chunk that wants more lines is no error, and told
** there. */
int ld_prompt_eval (ld_prompt *prompt, const char *chunk, bool *incomplete);
/* The same for a line that a command stands for. */
void ld_prompt_look (ld_prompt *prompt, const char *chunk);
/* The same, and what it prints is kept, as far as there is room; "" when it
** fails. Nothing is shown. */
void ld_prompt_ask (ld_prompt *prompt, const char *chunk, char *out,
                    size_t size);
/* Runs a script in it. */
int ld_prompt_run (ld_prompt *prompt, const ld_bytes *script,
                   const char *name);
/* Runs a script apart from it, over some documents. */
int ld_prompt_try (ld_prompt *prompt, const ld_bytes *script, const char *name,
                   const uint32_t *docs, size_t count);
/* A session anew, over the corpus that is loaded now. */
int ld_prompt_open (ld_prompt *prompt);


/* ------------------------------------------------------------ commands.c */

/* Does what a line that begins with ':' says. */
void ld_command (ld_prompt *prompt, const char *line);
/* Command 'index', with its colon, or NULL. */
const char *ld_command_name (size_t index);


/* --------------------------------------------------------------- saved.c */

/* Writes what was entered as a script, a file that is there only with 'force'.
** LD_DONE or LD_UNREADABLE. */
int ld_saved_write (ld_prompt *prompt, const char *path, bool force);


/* -------------------------------------------------------------- sample.c */

/* 'head', documents, a test of them, 'rest': a script that passes its test, to be
** freed; NULL where there is none, having said why. */
char *ld_sample_test (ld_prompt *prompt, const char *path, const char *head,
                      const char *rest);


/* ------------------------------------------------------------- history.c */

/* For the next time: of each corpus its own. */
void ld_history_load (const ld_session *session);
void ld_history_add (const char *text);
void ld_history_save (void);

#endif
