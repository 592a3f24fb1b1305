/*
** stops.c - lesdiplo_run_stop: how a signal handler reaches the workers that
** run a script or a line now.
**
** Workers of a run are our children, and their numbers stay theirs until we
** reap them. Those of a session are not: they are known by a descriptor, where
** the kernel has such.
*/
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/jail/jail.h"

/* Runs that can be under way at once and still be reached by a stop. */
enum { RUNS_MOST = 64 };

struct ld_running {
  _Atomic pid_t pid;        /* 0: free; -1: taken, no worker yet or any more;
                               below that: a group */
  _Atomic int fd;           /* of the process, or -1 */
  _Atomic int stops;        /* how often a stop was asked for */
};

static ld_running slots[RUNS_MOST];

/* Is it a process, or a group? -1 would be everyone. */
static bool is_known (pid_t pid) {
  return pid > 0 || pid < -1;
}

ld_running *ld_running_take (void) {
  for (int i = 0; i < RUNS_MOST; i++) {
    pid_t free = 0;
    if (atomic_compare_exchange_strong(&slots[i].pid, &free, -1)) {
      atomic_store(&slots[i].stops, 0);
      atomic_store(&slots[i].fd, -1);
      return &slots[i];
    }
  }
  return NULL;
}

void ld_running_set (ld_running *slot, pid_t pid, int fd) {
  if (!slot) return;
  atomic_store(&slot->fd, fd);
  atomic_store(&slot->pid, pid);
}

/* The number goes first: it is of no use without what it was opened as. */
void ld_running_leave (ld_running *slot) {
  if (!slot) return;
  atomic_store(&slot->pid, -1);
  atomic_store(&slot->fd, -1);
}

void ld_running_forgive (ld_running *slot) {
  if (slot) atomic_store(&slot->stops, 0);
}

void ld_running_free (ld_running *slot) {
  if (slot) atomic_store(&slot->pid, 0);
}

int ld_running_stops (const ld_running *slot) {
  return slot ? atomic_load(&slot->stops) : 0;
}

int ld_process_open (pid_t pid) {
#ifdef SYS_pidfd_open
  return (int)syscall(SYS_pidfd_open, pid, 0);
#else
  return (void)pid, -1;
#endif
}

void ld_process_signal (pid_t pid, int fd, int number) {
#ifdef SYS_pidfd_send_signal
  if (fd >= 0) {
    syscall(SYS_pidfd_send_signal, fd, number, NULL, 0);
    return;
  }
#endif
  if (is_known(pid)) kill(pid, number);
}

void lesdiplo_run_pause (int on) {
  const int saved = errno;
  for (int i = 0; i < RUNS_MOST; i++) {
    const pid_t pid = atomic_load(&slots[i].pid);
    if (is_known(pid))
      ld_process_signal(pid, atomic_load(&slots[i].fd), on ? SIGSTOP : SIGCONT);
  }
  errno = saved;
}

void lesdiplo_run_forgive (void) {
  for (int i = 0; i < RUNS_MOST; i++)
    if (!is_known(atomic_load(&slots[i].pid))) ld_running_forgive(&slots[i]);
}

void lesdiplo_run_stop (void) {
  const int saved = errno;
  for (int i = 0; i < RUNS_MOST; i++) {
    const pid_t pid = atomic_load(&slots[i].pid);
    if (pid == 0) continue;
    const int stops = atomic_fetch_add(&slots[i].stops, 1) + 1;
    if (is_known(pid))
      ld_process_signal(pid, atomic_load(&slots[i].fd),
                        stops == 1 ? SIGUSR1 : SIGKILL);
  }
  errno = saved;
}
