/*
** cli.h - the command-line program, between its own files.
**
** It stands on include/lesdiplo.h and the system alone: what cannot be done
** with these, no embedder could do either. Every file has one thing to do with
** the session below, in the order in which main.c calls them.
*/
#ifndef LD_CLI_H
#define LD_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lesdiplo.h"

#if defined(__GNUC__)
#define LD_SAYS(f, a) __attribute__((format(printf, f, a)))
#else
#define LD_SAYS(f, a)
#endif

/* How the program ends. Scripts rely on the numbers. */
enum ld_exit {
  LD_DONE = 0,        /* all went well; bad documents are only warnings */
  LD_FAILED = 1,      /* a script's error, or a check that does not hold */
  LD_USAGE = 2,       /* an option, verb or value that makes no sense */
  LD_UNREADABLE = 3,  /* nothing could be read, or written */
  LD_STOPPED = 4,     /* a limit or a signal */
  LD_REFUSED = 5      /* a right that was not granted */
};

typedef struct ld_session ld_session;

/* Words of the command line, lent by it. */
typedef struct ld_words {
  const char **items;
  size_t count;
} ld_words;


/* ------------------------------------------------------------- arguments */

/* What a verb wants of the corpus before it acts. */
enum ld_need {
  LD_NOTHING,    /* it reads no documents */
  LD_NAMED,      /* what -c names, and nothing when nothing was named */
  LD_WHOLE       /* what was named, else the seeds */
};

/*
** Something the program does. 'prepare' looks at what needs no documents, so
** that a mistyped name is told before a long read; it may be NULL. Both
** return an enum ld_exit.
*/
typedef struct ld_verb {
  const char *name;      /* NULL: chosen by what is left out, not by a name */
  const char *usage;     /* what follows the name */
  const char *summary;   /* one line */
  const char *more;      /* for `help NAME`; lines end with '\n' */
  enum ld_need need;
  int (*prepare) (ld_session *session);
  int (*act) (ld_session *session);
} ld_verb;

/* The verbs that have names; the last one's name is NULL. In main.c. */
extern const ld_verb ld_verbs[];
/* Those that have none. */
extern const ld_verb ld_verb_run, ld_verb_repl, ld_verb_version;

/* An option. 'key' is its short letter, or a number past the letters. */
typedef struct ld_option {
  int key;
  const char *name;      /* without the dashes; NULL ends the table */
  const char *value;     /* what its value is called, or NULL */
  const char *help;      /* NULL: it belongs to a later version */
} ld_option;

extern const ld_option ld_options[];

enum ld_color { LD_COLOR_AUTO, LD_COLOR_ALWAYS, LD_COLOR_NEVER };

typedef struct ld_arguments {
  const ld_verb *verb;
  ld_words paths;        /* of -c */
  ld_words chunks;       /* of -e */
  ld_words entities;     /* files of --entities */
  ld_words words;        /* a script's arguments, or a verb's */
  const char *script;    /* a file, "-" for standard input, or NULL */
  const char *format;    /* NULL: chosen by where the output goes */
  const char *output;    /* NULL: standard output */
  const char *layers;    /* as written, or NULL */
  const char *layer_script;   /* annotate: whose layers are printed, too; or NULL */
  const char *sort, *width, *most;   /* of kwic; as written, or NULL */
  const char *stdlib;
  double max_time;       /* seconds; 0: no bound */
  uint64_t max_memory;   /* bytes; 0: no bound */
  uint64_t max_output;   /* likewise */
  enum lesdiplo_isolation isolation;
  lesdiplo_right *rights;   /* of --allow-... and --deny-... */
  size_t right_count;
  const char *audit;     /* where their use is noted, or NULL */
  bool no_prompt;        /* what is not granted is not asked for */
  const char *pin;       /* "sha256:..." of the script, or NULL */
  bool force;            /* files may be written anew */
  bool update;           /* test: write what came into the script */
  bool keep_going;       /* leave out the documents in which a script fails */
  enum ld_color color;
  bool quiet, verbose;
  bool summary;          /* help without the names of the library: --help */
} ld_arguments;

/*
** Reads the command line into session->arguments, and says what is wrong with
** it. Returns LD_DONE or LD_USAGE.
*/
int ld_arguments_read (ld_session *session, int argc, char **argv);
void ld_arguments_free (ld_arguments *arguments);

/* Is a word written as one of our options? */
bool ld_option_known (const char *word);

/*
** Of 'count' names, 'stride' bytes from one to the next, the one nearest to
** 'word'; NULL when none is near. It ends early at a NULL.
*/
const char *ld_nearest (const char *word, const void *names, size_t count,
                        size_t stride);


/* ---------------------------------------------------------------- output */

/*
** Where results go: standard output, or a file that gets its name only once
** it is whole. Keeps the first failure and ignores what comes after it.
*/
typedef struct ld_output {
  int fd;
  const char *name;      /* as messages call it */
  int failure;           /* errno of the first write that failed, or 0 */
  bool terminal;         /* control bytes are shown, not sent */
  bool complete;         /* everything was written: the file may be kept */
  char last;             /* the last byte sent; '\n' at the start */
  char *target;          /* -o's file, links followed; NULL: none */
  char *temporary;       /* beside it, until it is whole */
  unsigned char held;    /* of a sequence cut by the end of a write */
  unsigned follow;       /* continuation bytes that may still come */
} ld_output;

/*
** Puts something in the place of standard descriptors that were closed, or a
** document would be opened as number 1 and written to. Writes to it fail.
*/
void ld_output_guard (void);
/* All of the bytes to a descriptor; 0, or errno. Waits where it does not block. */
int ld_send (int fd, const char *bytes, size_t n);
/* Opens 'path', or standard output for NULL and "-". */
int ld_output_open (ld_output *output, const char *path);
/* A lesdiplo_write, 'data' being an ld_output. */
int ld_output_write (void *data, const char *bytes, size_t n);
void ld_output_text (ld_output *output, const char *text);
void ld_output_format (ld_output *output, const char *format, ...)
    LD_SAYS(2, 3);
/*
** Puts the file in its place if it is complete, removes it if not. Returns
** 'status', or LD_UNREADABLE when something could not be written. A reader
** that went away (`| head`) is no failure.
*/
int ld_output_close (ld_output *output, int status);

/* Seconds of a clock that only goes on. */
double ld_seconds (void);

/*
** Sets a signal's handler; calls that it interrupts end. A signal that we were
** started without (nohup, a shell's background job) stays ignored.
*/
void ld_signal_catch (int number, void (*handler) (int));

/* A whole file, with a NUL after it; "-" is standard input. */
typedef struct ld_bytes {
  char *bytes;           /* to be given to free */
  size_t length;
} ld_bytes;

/* Returns LD_DONE, or LD_UNREADABLE having said why. */
int ld_bytes_read (ld_bytes *out, const char *path);

/* How two texts differ, as the hunks of a unified diff. In diff.c. */
void ld_diff (ld_output *output, const char *a, size_t a_length, const char *b,
              size_t b_length);

/* Messages, on stderr. Colour and quiet are set once, from the arguments. */
void ld_message_setup (const ld_arguments *arguments);
void ld_message_error (const char *format, ...) LD_SAYS(1, 2);
void ld_message_warning (const char *format, ...) LD_SAYS(1, 2);
void ld_message_plain (const char *format, ...) LD_SAYS(1, 2);
/* A question: shown as it is, quiet or not, and the line stays open. */
void ld_message_prompt (const char *text);
/* Says what went wrong, and returns the exit code for it. */
int ld_message_failure (const lesdiplo_error *error);

/* Is it a terminal whose cursor can be moved, and that has colours? */
bool ld_terminal_moves (int fd);
/* Columns of the terminal behind a descriptor, or 0. */
unsigned ld_terminal_width (int fd);


/* ---------------------------------------------------------------- corpus */

/* The seeds that ship with the program, or NULL; to be given to free. */
char *ld_corpus_seeds (void);
/* Reads the session's corpus if its verb wants one, and prints the notes. */
int ld_corpus_load (ld_session *session);


/*
** What stands in a string of JSON for the character at '*from', which is moved
** over it: at most 6 bytes to 'to', whose end is returned. In lines.c.
*/
char *ld_json_character (char *to, const unsigned char **from,
                         const unsigned char *end);


/*
** A line on stderr while a script runs long: which document it is at, how fast it
** goes, how long it may take. In progress.c. Nothing where stderr is no terminal.
*/
void ld_progress_set (const ld_session *session, lesdiplo_run_options *options);
/* Time counts from here: at the prompt, for each line. */
void ld_progress_begin (void);
/* Takes the line away: something else is about to be printed. */
void ld_progress_wipe (void);


/* --keep-going: hears of documents in which the script fails. In failures.c. */
void ld_failures_set (const ld_session *session, lesdiplo_run_options *options);
/* Sums them up, if there were any. Returns the exit code: 'status', or LD_FAILED. */
int ld_failures_print (int status);


/* ---------------------------------------------------------------- rights */

/* Knows the script by its bytes, and opens the record of --audit. */
int ld_rights_prepare (ld_session *session);
/* At the prompt: the script that is loaded, by its bytes; NULL when it is not
** running any more. */
void ld_rights_know (ld_session *session, const ld_bytes *script,
                     const char *name);
/* Keeps the text of a script that was allowed something always, in the place of the
** last of its name. Returns LD_DONE, or LD_UNREADABLE having said why. In kept.c. */
int ld_kept_put (const char *name, const char *path, const char *text,
                 size_t length);
/* Was another text of that name allowed something always? Then it is in 'out', whose
** bytes are to be freed. 'name' may be NULL: the file's is meant. */
bool ld_kept_changed (ld_bytes *out, const char *name, const char *path,
                      const char *text, size_t length);
/* What the command line, and the user, grant a run. */
void ld_rights_set (ld_session *session, lesdiplo_run_options *options);


/* Looks whether the files of --entities are there, and are tables. */
int ld_entities_prepare (const ld_session *session);


/* --------------------------------------------------------------- session */

struct ld_session {
  ld_arguments arguments;
  ld_bytes script;             /* what to run, once read */
  const char *script_name;     /* what errors call it */
  char sha256[65];             /* of its bytes */
  bool known;                  /* allowed something always, some time before */
  bool granted;                /* the user has agreed to what it asks for */
  int audit;                   /* descriptor of --audit, or -1 */
  unsigned noted;              /* lines written to it */
  lesdiplo_after after;        /* what is done when the script has ended; or NULL */
  ld_output output;
  char *seeds;                 /* the corpus when none is named, or NULL */
  const volatile int *stop;    /* becomes not 0 when no more is to be read; or NULL */
  lesdiplo_corpus *corpus;     /* NULL until it is read */
};

/* The format that was asked for, by -f or by the name of -o's file; or NULL. */
const char *ld_session_asked (const ld_session *session);
/* The same, or what 'output' wants when none was asked for. */
const char *ld_session_format (const ld_session *session);
/* What a host of this session starts from: format, limits, paths. */
void ld_session_host (ld_session *session, lesdiplo_host_options *options);

/* What a run of this session starts from: script, arguments, rights, limits. */
void ld_run_set (ld_session *session, lesdiplo_run_options *options);

/* The verbs' two steps, each in the file of its name. */
int ld_run_prepare (ld_session *session);
int ld_run (ld_session *session);
int ld_repl (ld_session *session);
int ld_annotate_prepare (ld_session *session);
int ld_annotate (ld_session *session);
int ld_verify_prepare (ld_session *session);
int ld_verify (ld_session *session);
int ld_inventory (ld_session *session);
int ld_query_prepare (ld_session *session);
int ld_query (ld_session *session);
int ld_kwic_prepare (ld_session *session);
int ld_kwic (ld_session *session);
int ld_test (ld_session *session);
int ld_hash (ld_session *session);
int ld_inspect (ld_session *session);
int ld_list (ld_session *session);
int ld_check (ld_session *session);
int ld_editor (ld_session *session);
int ld_help (ld_session *session);
int ld_help_version (ld_session *session);

/*
** Calls 'each' for every script that the verb's words name: a file, or those that
** end in .lua in a folder and below it, in byte order. With no word: those of the
** folder we are in. Goes on after a bad one; returns the worst exit code. 'named'
** tells that a word named the file itself.
*/
typedef int (*ld_each_script) (ld_session *session, const char *path,
                               bool named);
int ld_scripts (ld_session *session, ld_each_script each);

/* The value that stands for a text in a script's header, in three quotes where it
** has lines; to be freed, NULL without memory. */
char *ld_header_quote (const char *text, size_t length);
/* Runs the tests of a script as the verb `test` does; see lesdiplo_script_test. */
int ld_test_run (ld_session *session, const char *path, const char *text,
                 size_t length, lesdiplo_tested tested, void *data,
                 lesdiplo_error *error);

/* Takes a script's text: without the byte order mark, and with an empty line
** in place of a first line that starts with "#!". */
const char *ld_script_text (const ld_bytes *script, size_t *length);

/* A file that is kept for the user, "history"; NULL, or to be freed; and the
** folders on its way, as `mkdir -p` makes them, for the user alone. */
char *ld_state_file (const char *name);
void ld_make_folders (char *path);
/* "readline 8.2": the one library that is only the program's. */
const char *ld_repl_library (void);

#endif
