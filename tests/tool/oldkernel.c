/*
** oldkernel.c - a system that lacks part of what closes a worker.
**
**     oldkernel LACKS COMMAND [ARGUMENT]...
**
** LACKS is files (no Landlock), calls (no filters for system calls), both, or
** nothing. The command finds that the kernel has no such call. Ends with 125
** when that cannot be had.
*/
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static int lacks (scmp_filter_ctx filter, const char *name) {
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
                          seccomp_syscall_resolve_name(name), 0);
}

static int take_files (scmp_filter_ctx filter) {
  /* by number: this libseccomp may be older than they are */
  for (int call = 444; call <= 446; call++) {
    const int code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0);
    if (code != 0) return code;
  }
  return 0;
}

static int take_calls (scmp_filter_ctx filter) {
  const int code = lacks(filter, "seccomp");
  if (code != 0) return code;
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                          SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP, 0));
}

static int fail (const char *why) {
  fprintf(stderr, "oldkernel: %s\n", why);
  return 125;
}

int main (int argc, char **argv) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  int code = 0;
  if (argc < 3 || !filter) return fail("what is lacking, and a command");
  const int both = strcmp(argv[1], "both") == 0;
  if (both || strcmp(argv[1], "files") == 0) code = take_files(filter);
  if (code == 0 && (both || strcmp(argv[1], "calls") == 0))
    code = take_calls(filter);
  if (code == 0) code = seccomp_load(filter);
  seccomp_release(filter);
  if (code != 0) return fail(strerror(-code));
  execvp(argv[2], argv + 2);
  return fail(strerror(errno));
}
