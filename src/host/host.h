/*
** host.h - a Lua state with a policy: libraries, limits, the embedded library,
** scripts with headers, messages, workers. Uses bind and what bind uses.
**
** Its door is lesdiplo.h: lesdiplo_host_*, lesdiplo_run_*, lesdiplo_script_help
** and lesdiplo_help. What stands here is shared by its own files.
**
** The policy is good manners, not a wall: Lua and LPeg have faults of their
** own. The wall is the worker process of jail/.
*/
#ifndef LD_HOST_H
#define LD_HOST_H

#include <lauxlib.h>
#include <signal.h>

#include "bind/bind.h"
#include "host/script/script.h"

/* Why a script has to end. Sticky: no pcall of the script's catches it. */
enum ld_stop {
  LD_STOP_NONE,
  LD_STOP_INTERRUPT,   /* lesdiplo_host_interrupt */
  LD_STOP_TIME,        /* the parent's clock */
  LD_STOP_MEMORY,      /* more than host->soft_limit after a collection */
  LD_STOP_OUTPUT,      /* the caller's write gave up */
  LD_STOP_FLOOD        /* more was printed or written than max_output */
};

struct lesdiplo_host {
  ld_memory memory;              /* of the Lua state and of what host keeps */
  uint64_t soft_limit;           /* bytes; memory.limit is a quarter more */
  ld_pool pool;                  /* of the Lua state, if the system's allocator is it */
  ld_arena strings;              /* copies of the options' strings */
  lesdiplo_host_options options; /* with its strings in 'strings' */
  lua_State *L;
  lua_State *volatile current;   /* the thread that runs; NULL: none */
  volatile sig_atomic_t stop;    /* enum ld_stop */
  enum ld_stop last_stop;        /* that ended the last run */
  bool expression, statement;    /* what the last line could be */
  ld_bind_entities entities;     /* of the options, for bind */
  uint32_t entity_warnings;      /* that these files have given */
  const lesdiplo_corpus *corpus; /* the caller's, or NULL */
  lesdiplo_corpus *opened;       /* ours, opened from options.paths */
  const char *source;            /* the chunk that runs, for excerpts ... */
  size_t source_length;
  const char *source_name;       /* ... "@file" or "=(name)"; NULL: none */
  bool lasting;                  /* they stay those of the first chunk: what runs
                                    behind it is about it */
  lesdiplo_error *error;         /* where the handler leaves its message ... */
  const lesdiplo_doc *failed_in; /* ... the document that was read, or NULL ... */
  bool failed_inside;            /* ... and was it in a loop over documents */
  int refusal;                   /* of ld_host_refuse ... */
  char refused[160];             /* ... and how its message begins */
  int starved;                   /* errno of the last allocation refused */
  double max_time;               /* of the run, for its message; 0: none */
  uint64_t max_output;           /* likewise, in bytes */
  uint64_t written;              /* bytes that went to files */
  const ld_module *modules;      /* that the script may require ... */
  uint32_t module_count;         /* ... and how many */
  bool header_told;              /* its header's warnings have been printed */
  int broker;                    /* a worker's socket to its parent, or -1 */
  unsigned closing;              /* depth of coroutine.close */
  lua_Integer objects;           /* that tostring has numbered */
};

/* The host that owns the state of any of its threads. */
static inline lesdiplo_host *ld_host_of (lua_State *L) {
  return *(lesdiplo_host **)lua_getextraspace(L);
}


/* ------------------------------------------------------------------ host.c */

/* Calls 'function' with 'data' as its light userdata, behind the wall: an
** error ends in '*error' (which may be NULL) and in the result. */
int ld_host_protected (lesdiplo_host *host, lua_CFunction function,
                       void *data, lesdiplo_error *error);
/* Writes through the caller's function; raises when it gives up. [-0,+0,e] */
void ld_host_write (lua_State *L, const char *bytes, size_t n);
/* Raises an error that ends the run with that code, not as a script's fault,
** unless the script catches it. [-0, +0, v] */
int ld_host_refuse (lua_State *L, int code, const char *format, ...)
    LD_PRINTF(3, 4);
/* A line on stderr: "warning: ...". Control bytes are escaped. */
void ld_host_warn (const char *format, ...) LD_PRINTF(1, 2);
/* LESDIPLO_OK, or LESDIPLO_EARG where rows have no such format. */
int ld_host_check_format (const char *format, lesdiplo_error *error);
/* Loads text under a name as the chunk being run. [-0, +1, -] */
int ld_host_load (lesdiplo_host *host, const char *text, size_t n,
                  const char *name);
/* Without what Lua's compiler does not take: a byte order mark, "#!...". */
void ld_host_skip_start (const char **text, size_t *n);
/* The bytes of a size as people write it: "512 MB". Lent in 'out'. */
const char *ld_host_size (uint64_t bytes, char *out, size_t size);


/* -------------------------------------------------------------- entities.c */

/* Can all files be tables of entities, by their names? */
int ld_host_check_entities (const lesdiplo_host_options *options,
                            lesdiplo_error *error);
/* Hands them to bind. [-0, +0, m] */
void ld_host_entities (lua_State *L);


/* ----------------------------------------------------------------- basic.c */

/* Puts the changed functions of Lua in their places. [-0, +0, m] */
void ld_host_basic (lua_State *L);
/* As tostring, but without addresses: "table: #12". [-0, +1, e] */
const char *ld_host_tostring (lua_State *L, int index, size_t *n);
extern const ld_bind_entry ld_basic_entries[];


/* ---------------------------------------------------------------- bounds.c */

/* Bounds the functions that could work for hours in one call. [-0, +0, m] */
void ld_host_bounds (lua_State *L);


/* ----------------------------------------------------------- environment.c */

/* Libraries, one by one, and what is changed in them. [-0, +0, m] */
void ld_host_environment (lua_State *L);
/* Opens the documents that the options name, and prints the notes. */
int ld_host_open_corpus (lesdiplo_corpus **out,
                         const lesdiplo_host_options *host,
                         lesdiplo_error *error);
/* Pushes the corpus, opening it if it has to be; raises if it cannot be. */
int ld_host_push_corpus (lua_State *L);
/* Pushes table.sort as it was before any script.               [-0, +1, -] */
void ld_host_push_sort (lua_State *L);
/* Names that are there once they are touched; NULL ends them. */
extern const char *const ld_host_lazy_names[];
extern const ld_bind_entry ld_environment_entries[];


/* --------------------------------------------------------------- control.c */

/* pcall, xpcall and coroutine, through which no stop is caught. [-0,+0,m] */
void ld_host_control (lua_State *L);
extern const ld_bind_entry ld_control_entries[];
/* Asks the running script to end; also from a signal handler. */
void ld_host_stop (lesdiplo_host *host, enum ld_stop why);
/* Whether it has to end; a memory stop is over when a collection helped. */
bool ld_host_stopped (lua_State *L);
/* How the message of a memory stop begins. */
extern const char ld_host_no_room[];
/* Raises the stop. [-0, +0, v] */
int ld_host_raise_stop (lua_State *L);
/* Around a run; after it there is no stop and no hook. */
void ld_host_begin (lesdiplo_host *host);
void ld_host_end (lesdiplo_host *host);


/* --------------------------------------------------------------- message.c */

/* Text in a room of fixed size: what does not fit is left out, between
** characters. Always terminated. Good where memory is gone. */
typedef struct ld_text {
  char *bytes;
  size_t used, size;
} ld_text;

void ld_text_init (ld_text *text, char *bytes, size_t size);
void ld_text_add (ld_text *text, const char *bytes, size_t n);
void ld_text_format (ld_text *text, const char *format, ...) LD_PRINTF(2, 3);
/* The same, safe to print: control bytes and what is no UTF-8 as \x1b. */
void ld_text_escape (ld_text *text, const char *bytes, size_t n);

/* The message handler of every run: makes host->error of the error value and
** the stack. [-1, +1, e] */
int ld_message_handler (lua_State *L);
/* Fills host->error when no handler could run: memory, an error in one. */
void ld_message_bare (lesdiplo_host *host, int status);
/* What errors call a chunk: its name without '@' or '='. */
const char *ld_message_name (const char *name);


/* ------------------------------------------------------------------ rows.c */

int ld_rows_emit (lua_State *L);
/* Prints what a script returned: rows, a string, or another value. The values
** are those above 'base'. [-n, +0, e] */
void ld_rows_returned (lua_State *L, int base);
/* Ends the output of rows, if any were printed. [-0, +0, e] */
void ld_rows_finish (lua_State *L);
/* Forgets an output of rows that an error cut short. [-0, +0, -] */
void ld_rows_forget (lua_State *L);
/* Whether the table at 'index' is an array of rows. [-0, +0, -] */
bool ld_rows_are (lua_State *L, int index);
extern const ld_bind_entry ld_rows_entries[];


/* ------------------------------------------------------------------ help.c */

/* Help that an embedder registered for a global, or NULL. */
const char *ld_help_registered (lua_State *L, const char *name);
/* The names nearest to one without help, or all that end like it: text for a
** person, lent in 'out'. */
const char *ld_help_nearest (const char *name, char *out, size_t size);

#endif
