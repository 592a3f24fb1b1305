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
** calls that open files are in it only where 'reads'. */
bool ld_jail_calls (bool reads);


/* -------------------------------------------------------------- worker.c */

/* Descriptors of a worker besides the usual three: where its end is told, and
** where it asks its parent for what it may not do itself. */
enum { LD_STATUS_FD = 3, LD_BROKER_FD = 4 };

/* How much a worker may print past its limit, to close what it has begun. */
enum { LD_OUTPUT_MORE = 1 << 16 };

/* What a worker is to do. It shares the memory, being a fork. */
typedef struct ld_job {
  const lesdiplo_run_options *options;
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

/* The life of the process that was just forked, all signals held back. */
_Noreturn void ld_worker (const ld_job *job);
/* All of the bytes to a descriptor; 0, or errno. */
int ld_send_all (int fd, const char *bytes, size_t n);
/* Seconds of a clock that only goes on. */
double ld_now (void);


/* --------------------------------------------------------------- watch.c */

/* Forks the worker of a job and sees it to its end: lesdiplo_run_isolated says
** what is returned. */
int ld_watch (ld_job *job, const ld_rights *rights, ld_arena *arena,
              lesdiplo_error *error);

#endif
