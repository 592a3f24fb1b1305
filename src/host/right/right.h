/*
** right.h - what a script may do besides reading its corpus and printing: which
** rights were granted, the broker in the parent that acts on them, and the
** functions by which a script asks it.
**
** The worker opens and starts nothing. It asks on a socket; the parent looks
** whether it may, opens, and hands over the descriptor.
*/
#ifndef LD_HOST_RIGHT_H
#define LD_HOST_RIGHT_H

#include <limits.h>
#include <sys/types.h>

#include "host/host.h"

/* What was granted and denied, and who hears of its use. */
typedef struct ld_rights {
  const lesdiplo_right *items;
  size_t count;
  bool overwrite;               /* files that are there may be written anew */
  lesdiplo_used used;           /* or NULL */
  void *data;                   /* its data */
} ld_rights;

/* What to write on the command line for a right: "--allow-read 'a b'". */
void ld_right_flag (int kind, const char *what, char *out, size_t size);

/* -------------------------------------------------------------- rights.c */

/* LESDIPLO_OK, or LESDIPLO_EDENIED with a message that names the flag. 'what'
** is as the script wrote it. A path's real one is written to real[PATH_MAX];
** it is empty where nothing is there. */
int ld_right_read (const ld_rights *rights, const char *what, char *real,
                   lesdiplo_error *error);
int ld_right_env (const ld_rights *rights, const char *what,
                  lesdiplo_error *error);
int ld_right_run (const ld_rights *rights, const char *what,
                  lesdiplo_error *error);
/* The folder that is granted under a name, or the first for ""; NULL with a
** message. It is lent by the right, or is the name itself. 'what' is the file to
** be written there, for those who hear of it. */
const char *ld_right_write (const ld_rights *rights, const char *name,
                            const char *what, lesdiplo_error *error);

/*
** Adds to 'rights' what the header of a script asks for, once 'ask' has agreed.
** LESDIPLO_OK, LESDIPLO_EDENIED or LESDIPLO_ENOMEM; what is made lies in the
** arena.
*/
int ld_rights_ask (ld_rights *rights, const lesdiplo_run_options *options,
                   const ld_header *header, ld_arena *arena,
                   lesdiplo_error *error);


/* -------------------------------------------------------------- broker.c */

/* What may be asked, and its text: a path, FOLDER/NAME or NAME, a variable,
** words each with its NUL, nothing; how many of the outputs stay, in digits. */
enum ld_ask { LD_ASK_READ, LD_ASK_WRITE, LD_ASK_ENV, LD_ASK_RUN, LD_ASK_WAIT,
              LD_ASK_BACK };

enum { LD_ASK_MOST = 8000, LD_OUTPUTS_MOST = 100 };

typedef struct ld_question {
  uint32_t ask;                 /* enum ld_ask */
  char text[LD_ASK_MOST];       /* as long as the message is */
} ld_question;

typedef struct ld_answer {
  int32_t code;                 /* LESDIPLO_OK, ...EDENIED, ...EIO, ...ENOTFOUND */
  int32_t status;               /* of a program that ended */
  char message[LD_ASK_MOST];    /* or the value of a variable */
} ld_answer;

/* A file on its way to its place. */
typedef struct ld_draft {
  char *target, *temporary;
} ld_draft;

typedef struct ld_broker {
  const ld_rights *rights;
  ld_arena *arena;
  int fd;                       /* the parent's end; -1 when it is closed */
  ld_draft outputs[LD_OUTPUTS_MOST];
  unsigned output_count;
  pid_t program;                /* one runs at a time; 0: none */
  bool awaited;                 /* the worker waits for its end */
} ld_broker;

void ld_broker_begin (ld_broker *broker, const ld_rights *rights,
                      ld_arena *arena, int fd);
/* Answers a question that has come. */
void ld_broker_serve (ld_broker *broker);
/* Looks whether a program that is awaited has ended. */
void ld_broker_tick (ld_broker *broker);
/* Puts the files in their places, or removes them; ends what still runs.
** LESDIPLO_OK or LESDIPLO_EIO. */
int ld_broker_settle (ld_broker *broker, bool keep, lesdiplo_error *error);
/* The same, and answers no more. */
int ld_broker_end (ld_broker *broker, bool keep, lesdiplo_error *error);


/* --------------------------------------------------------------- files.c */

/* Pushes the global of that name: files, out, env or run.     [-0, +1, m] */
void ld_files_push (lua_State *L, const char *name);
/* Writes what open outputs still hold, and closes them. [-0, +0, e] */
void ld_files_finish (lua_State *L);
/* The same, but they stay open. [-0, +0, e] */
void ld_files_flush (lua_State *L);
/* Outputs have again what they had at the last flush of this state, which is that
** of a process that goes on for another one. [-0, +0, e] */
void ld_files_back (lua_State *L);
extern const ld_bind_entry ld_files_entries[];

#endif
