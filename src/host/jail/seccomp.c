/*
** seccomp.c - which system calls a worker may make, in filters that the build
** made (src/tools/filter.c). They hold for every thread of the process.
*/
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "filter.h"
#include "host/jail/jail.h"

#define LENGTH(filter) (sizeof(filter) / sizeof *(filter))

bool ld_jail_has_calls (void) {
  const uint32_t action = SECCOMP_RET_KILL_PROCESS;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* The result is 0, or the number of a thread that cannot be held to it. */
static bool install (const struct sock_filter *filter, size_t length) {
  const struct sock_fprog program = {
    (unsigned short)length, (struct sock_filter *)(uintptr_t)filter
  };
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                 SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

/* A sanitizer that has something to report makes calls of its own: in its
** builds they fail, and do not kill. */
bool ld_jail_calls (bool reads, bool forks) {
  if (!LD_JAIL_LENIENT && !install(outer, LENGTH(outer))) return false;
  if (forks)
    return reads ? install(forking_reading, LENGTH(forking_reading))
                 : install(forking, LENGTH(forking));
  return reads ? install(reading, LENGTH(reading))
               : install(closed, LENGTH(closed));
}
