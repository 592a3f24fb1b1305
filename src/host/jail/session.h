/*
** session.h - the front of a session: processes that hold its states, and the one
** request that is under way (front.c); what callers ask of it (session.c).
*/
#ifndef LD_HOST_SESSION_H
#define LD_HOST_SESSION_H

#include <sys/uio.h>

#include "host/jail/jail.h"

/* States that are kept: the first, which is empty, and the newest few; fewer
** where they take more than a gigabyte, each counted whole. */
enum { LD_STATES_MOST = 12 };

typedef struct ld_process {
  pid_t pid;                      /* -1: none */
  int fd;                         /* opened, or -1 */
} ld_process;

struct lesdiplo_session {
  ld_memory memory;
  ld_arena arena;
  lesdiplo_run_options options;
  ld_rights granted;              /* from the start */
  ld_rights rights;               /* of the line: what a script asked for, too */
  ld_job job;
  ld_watch watch;
  ld_running *slot;               /* from the start: no stop falls beside it */
  ld_process states[LD_STATES_MOST];  /* from the first to the newest */
  int count;
  bool cut;                       /* some behind the first were dropped */
  pid_t group;                    /* of all of them: the first's number */
  ld_process trial;               /* serves the request */
  bool ended, settled;            /* it told its end; nothing more will come */
  bool going_back;                /* states are being ended by us */
  const ld_request *asked;        /* under way; NULL: none ... */
  int text;                       /* ... its file */
  uint32_t number;                /* of the last one */
  ld_report end;
  int status;                     /* what waitpid said of it */
  char format[8];
  uint32_t width;
  ld_arena names;                 /* completions, until the next */
  const char **list;
  uint32_t name_count;
};

/* Forks the first process; none runs. */
int ld_front_start (lesdiplo_session *s, lesdiplo_error *error);
/*
** Sends a request, its text in parts, and waits for what comes of it: how the line
** ended, and in the session what it told. Starts the first process where there is
** none.
*/
int ld_front_ask (lesdiplo_session *s, const ld_request *what,
                  const struct iovec *parts, int count, lesdiplo_error *error);
/* Ends all states behind the first 'left'. */
int ld_front_back (lesdiplo_session *s, int left, lesdiplo_error *error);
/* Ends all processes, the first too. */
void ld_front_end (lesdiplo_session *s);

#endif
