/*
** jail.h - a worker: the process in which a script runs, and what the kernel
** keeps from it.
**
** In the order in which it is closed: descriptors, environment, limits, rights
** that cannot be gained, files (Landlock), calls (seccomp). All of it is done
** before the first line of the script is read.
*/
#ifndef LD_HOST_JAIL_H
#define LD_HOST_JAIL_H

#include <sys/types.h>

#include "host/right/right.h"

/* A sanitizer has a memory of its own, and calls of its own when it reports. */
#if defined(__SANITIZE_ADDRESS__)
#define LD_JAIL_LENIENT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LD_JAIL_LENIENT 1
#endif
#endif
#if !defined(LD_JAIL_LENIENT)
#define LD_JAIL_LENIENT 0
#endif


/* ------------------------------------------------------------ landlock.c */

/* Has the kernel Landlock? */
bool ld_jail_has_files (void);
/* From now on this thread, and all that comes of it, opens nothing, save to
** read what lies at these paths or below them. */
bool ld_jail_files (const char *const *paths, size_t count);


/* ------------------------------------------------------------- seccomp.c */

/* Has the kernel filters that can kill? */
bool ld_jail_has_calls (void);
/* From now on no thread of this process makes a call that is not in the list;
** calls that open files are in it only where 'reads', and those by which a
** process forks only where 'forks'. */
bool ld_jail_calls (bool reads, bool forks);


/* -------------------------------------------------------------- worker.c */

/* Descriptors of a worker besides the usual three: where its end is told, and
** where it asks its parent for what it may not do itself. */
enum { LD_STATUS_FD = 3, LD_BROKER_FD = 4 };

/* How much a worker may print past its limit, to close what it has begun. */
enum { LD_OUTPUT_MORE = 1 << 16 };

/* What a worker is to do. It shares the memory, being a fork. */
typedef struct ld_job {
  const lesdiplo_run_options *options;
  bool session;                 /* it serves requests until its parent leaves */
  bool lasting;                 /* it goes on when the script fails (snapshot.c) */
  bool files, calls;            /* closed by Landlock, by seccomp */
  const char *const *reads;     /* paths that it may read from by itself ... */
  size_t read_count;
  const ld_module *modules;     /* of the script, read ... */
  uint32_t module_count;        /* ... and how many */
  volatile uint32_t *place;     /* shared with the parent: the document that is
                                   read, from 1; NULL: nobody asks */
  int ends[4];                  /* its ends: output, errors, status, broker */
  pid_t parent;
} ld_job;

/* What it tells on its status socket, a message each. */
enum ld_tale {
  LD_TALE_END,                  /* the chunk, or the request, has ended */
  LD_TALE_FAILED,               /* a document is left out; the run goes on */
  LD_TALE_BEGUN,                /* of a session: a request is being served ... */
  LD_TALE_NAME,                 /* ... this is a completion ... */
  LD_TALE_BACK                  /* ... its process is gone, this one is there */
};

typedef struct ld_report {
  int32_t tale;                 /* enum ld_tale */
  int32_t kept;                 /* END: the process goes on with its state */
  int32_t expression;           /* END: the line was one ... */
  int32_t statement;            /* ... and could be the other, too */
  int32_t status;               /* BACK: what waitpid said; FAILED: the document */
  double cpu;                   /* END: seconds */
  uint64_t memory;              /* END: bytes of the Lua state */
  lesdiplo_error error;         /* END, FAILED; of NAME the message */
} ld_report;

/* The life of the process that was just forked, all signals held back. */
_Noreturn void ld_worker (const ld_job *job);
/* All of the bytes to a descriptor; 0, or errno. */
int ld_send_all (int fd, const char *bytes, size_t n);
/* Tells its parent, and drops what cannot be told. */
void ld_worker_tell (const ld_report *report);
/* Tells that the chunk has ended so, and ends the process. */
_Noreturn void ld_worker_end (const lesdiplo_error *error);
/* Sends what was printed; 0, or errno. */
int ld_worker_flush (void);
/* The limit of what may be printed counts from here. */
void ld_worker_anew (void);
/* Seconds of a clock that only goes on. */
double ld_now (void);


/* ------------------------------------------------------------ snapshot.c */

/* From now on documents that are not in the sample are left out; and what runs in a
** job that lasts is run in a process that can be replaced: this one stays behind, and
** waits. Before the chunk; signals are held back. */
int ld_snapshot_begin (const ld_job *job, lesdiplo_host *host,
                       lesdiplo_error *error);
/* The script has failed so: ends the process if another one goes on. */
void ld_snapshot_fall (const lesdiplo_error *error);
/* The script has ended, and none needs to go on. */
void ld_snapshot_end (void);


/* ---------------------------------------------------------------- live.c */

/* What a session is asked to do. Its text is a file, whose descriptor comes
** with the request: of RUN the name of the chunk and the arguments, a NUL behind
** each; of each module its name, its path, its length and its text, a NUL behind
** each; then the chunk. */
enum ld_want {
  LD_WANT_NOTHING, LD_WANT_EVAL, LD_WANT_RUN, LD_WANT_NAMES
};

typedef struct ld_request {
  uint32_t want;                /* enum ld_want */
  uint32_t number;              /* another one each time */
  uint32_t width;               /* of tables */
  uint32_t words;               /* of RUN: name and arguments ... */
  uint32_t modules;             /* ... and how many of these */
  double max_time;              /* which the front keeps; for messages */
  char format[8];               /* of rows */
} ld_request;

/* Completions of one text, no more. */
enum { LD_NAMES_MOST = 2000 };

/* The life of a session's process, with its host. */
_Noreturn void ld_live (lesdiplo_host *host);


/* --------------------------------------------------------------- stops.c */

/* A place where lesdiplo_run_stop finds what runs now. NULL when there are too
** many: it can run, but no stop reaches it. */
typedef struct ld_running ld_running;

ld_running *ld_running_take (void);
/* From now on it is this process, opened as 'fd' or -1. */
void ld_running_set (ld_running *slot, pid_t pid, int fd);
/* It is none any more; and the slot is for others. */
void ld_running_leave (ld_running *slot);
/* The stops so far are dealt with. */
void ld_running_forgive (ld_running *slot);
void ld_running_free (ld_running *slot);
/* How often a stop was asked for. */
int ld_running_stops (const ld_running *slot);
/* A descriptor of a process, or -1 where the kernel has no such. */
int ld_process_open (pid_t pid);
/* Sends a signal to it. */
void ld_process_signal (pid_t pid, int fd, int number);


/* --------------------------------------------------------------- watch.c */

/* A worker, seen from its parent. */
typedef struct ld_watch {
  const lesdiplo_run_options *options;
  ld_running *slot;
  pid_t pid;                 /* of what runs now: a stop meets it; negative: all
                                of its group */
  int process;               /* the same, opened; or -1 */
  int out, err, status;      /* our ends; -1 once they are closed */
  double max_time;           /* seconds; 0: no limit */
  double stop_at, kill_at;   /* 0: never */
  bool timed_out, killed;
  bool refused;              /* the caller's write gave up */
  uint64_t passed;           /* bytes of output handed on */
  bool flooded;              /* more came than a worker of ours prints */
  volatile uint32_t *place;  /* the document that is read, from 1; or NULL */
  ld_broker broker;
  /* what came on the status socket, and who sent it */
  void (*hear) (struct ld_watch *w, const ld_report *report, pid_t sender);
  void *data;                /* for hear */
} ld_watch;

/* Makes the pipes and forks. All of 'w' that is not named here is zero. */
int ld_watch_fork (ld_watch *w, ld_job *job, const ld_rights *rights,
                   ld_arena *arena, lesdiplo_error *error);
/* From now on time and output count. */
void ld_watch_begin (ld_watch *w, double max_time);
/* Waits until something comes, or a moment, and serves it. */
void ld_watch_turn (ld_watch *w);
/* Hands on what was printed and has come, without waiting. */
void ld_watch_drain (ld_watch *w);
void ld_watch_close (ld_watch *w);
/* Why a worker that was killed or died has not told its end. */
int ld_watch_died (const ld_watch *w, const char *what, int status,
                   lesdiplo_error *error);

/* Forks the worker of a job and sees it to its end: lesdiplo_run_isolated says
** what is returned. */
int ld_watch_run (ld_job *job, const ld_rights *rights, ld_arena *arena,
                  lesdiplo_error *error);


/* ------------------------------------------------------------- isolate.c */

/* A copy of what the caller gave, of any size; LESDIPLO_OK or LESDIPLO_EARG. */
int ld_run_options (lesdiplo_run_options *copy,
                    const lesdiplo_run_options *options,
                    lesdiplo_error *error);
/* Header, parameters, rights and limit of a chunk, before anything is run. */
int ld_run_check (lesdiplo_run_options *options, ld_job *job,
                  ld_rights *rights, ld_arena *arena, lesdiplo_error *error);
/* What holds the worker of a job, and what it may read. */
int ld_run_close (const lesdiplo_run_options *options, ld_job *job,
                  ld_arena *arena, lesdiplo_error *error);

#endif
