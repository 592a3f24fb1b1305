/*
** filter.c - writes the seccomp filters of a worker as tables of BPF, made by
** libseccomp while building: the program itself neither links it nor spends
** time on making them.
**
** What a worker needs is allowed. What a library may try, and can do without,
** fails with EPERM; everything else kills the process. In libseccomp a rule
** without a condition takes the place of those with one, so these are two
** filters, of which the kernel takes the harder answer: the outer one kills
** what is in no list, the inner one lets through what is allowed.
**
** usage: filter FILE
*/
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <termios.h>
#include <unistd.h>

/* Sockets are for messages: the one they come on is the only one there is. */
static const char *const allowed[] = {
  "read", "readv", "write", "writev", "pread64", "close", "fstat", "lseek",
  "munmap", "mremap", "brk", "madvise", "futex", "sched_yield",
  "sched_getaffinity", "clock_gettime", "clock_getres", "clock_nanosleep",
  "nanosleep", "gettimeofday", "time", "times", "getrusage", "sysinfo",
  "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "getrandom",
  "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid",
  "poll", "ppoll", "sendmsg", "recvmsg", "restart_syscall", "rseq",
  "set_robust_list", "getrlimit", "exit", "exit_group", NULL
};

/* Besides: what only those who may open files need. */
static const char *const reading[] = {
  "getdents64", "statx", "faccessat", "faccessat2", "readlink", "readlinkat",
  "getcwd", "dup", "dup2", "dup3", NULL
};

/* Besides: what only those who fork need. */
static const char *const forked[] = { "wait4", "pipe2", "ftruncate", NULL };

static const char *const refused[] = {
  "open", "creat", "openat2", "stat", "lstat", "statx",
  "getdents64", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
  "getcwd", "chdir", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat",
  "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
  "mknod", "mknodat", "truncate", "ftruncate", "fallocate", "chmod", "fchmod",
  "fchmodat", "chown", "fchown", "lchown", "fchownat", "utimensat",
  "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
  "sendto", "recvfrom", "shutdown", "getsockopt", "setsockopt",
  "execve", "execveat", "fork", "vfork", "clone", "wait4", "waitid",
  "kill", "tkill", "tgkill", "pipe", "pipe2", "dup", "dup2", "dup3",
  "prctl", "personality", "uname", "setrlimit", "arch_prctl",
  "statfs", "fstatfs", "membarrier", "sched_setaffinity", "clone3", "seccomp",
  NULL
};

/* Allowed by an argument: see add_by_argument. */
static const char *const conditional[] = {
  "mmap", "mprotect", "ioctl", "fcntl", "prlimit64", "newfstatat", "openat",
  NULL
};

/* The first call that libseccomp did not take, or 0. */
static int failure;

static void take (int code) {
  if (code < 0 && failure == 0) failure = -code;
}

/* A call that this machine has no number for is none that can be made. */
static void allow (scmp_filter_ctx filter, const char *const *names) {
  for (; *names; names++) {
    const int call = seccomp_syscall_resolve_name(*names);
    if (call >= 0) take(seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0));
  }
}

/* Allowed where argument 'i' has none of the bits. */
static void without (scmp_filter_ctx filter, int call, unsigned i,
                     unsigned long long bits) {
  take(seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                        SCMP_CMP(i, SCMP_CMP_MASKED_EQ, bits, 0)));
}

/* Allowed where argument 'i', an int, is this value. */
static void only (scmp_filter_ctx filter, int call, unsigned i,
                  unsigned long long value) {
  take(seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                        SCMP_CMP(i, SCMP_CMP_MASKED_EQ, 0xFFFFFFFFULL, value)));
}

/* Memory that can be written is never run; malloc in a second thread grows its
** heap with mprotect. A file that Landlock lets be read could be emptied by
** O_TRUNC under its first versions. Where no file may be opened, what is asked
** about is a descriptor. */
static void add_by_argument (scmp_filter_ctx filter, bool reads) {
  without(filter, SCMP_SYS(mmap), 2, PROT_EXEC);
  without(filter, SCMP_SYS(mprotect), 2, PROT_EXEC);
  only(filter, SCMP_SYS(ioctl), 1, TCGETS);
  only(filter, SCMP_SYS(ioctl), 1, TIOCGWINSZ);
  only(filter, SCMP_SYS(fcntl), 1, F_GETFD);
  only(filter, SCMP_SYS(fcntl), 1, F_GETFL);
  take(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                        SCMP_A2(SCMP_CMP_EQ, 0, 0)));
  if (!reads) {
    only(filter, SCMP_SYS(newfstatat), 3, AT_EMPTY_PATH);
    return;
  }
  take(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 0));
  without(filter, SCMP_SYS(openat), 2,
          O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY));
}

/* A session's process forks for each line, and who goes on after a failure for
** its snapshots; by fork alone: no threads, no other kinds of children. A child
** ends with its parent until it is told otherwise, hears of it through a pipe, and
** takes back what an output of its own has had since. */
static void add_forks (scmp_filter_ctx filter) {
  only(filter, SCMP_SYS(clone), 0,
       CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD);
  only(filter, SCMP_SYS(prctl), 0, PR_SET_PDEATHSIG);
  allow(filter, forked);
}

static scmp_filter_ctx begin (uint32_t other) {
  scmp_filter_ctx filter = seccomp_init(other);
  if (!filter) {
    take(-ENOMEM);
    return NULL;
  }
  take(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
                        SCMP_ACT_KILL_PROCESS));
  take(seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2));
  allow(filter, allowed);
  return filter;
}

/* The one that kills is put in place first: it lets the next one come. */
static scmp_filter_ctx make_outer (void) {
  scmp_filter_ctx filter = begin(SCMP_ACT_KILL_PROCESS);
  if (!filter) return NULL;
  allow(filter, reading);
  allow(filter, refused);
  allow(filter, conditional);
  return filter;
}

static scmp_filter_ctx make_inner (bool reads, bool forks) {
  scmp_filter_ctx filter = begin(SCMP_ACT_ERRNO(EPERM));
  if (!filter) return NULL;
  if (reads) allow(filter, reading);
  add_by_argument(filter, reads);
  if (forks) add_forks(filter);
  return filter;
}


/* ----------------------------------------------------------------------
** The tables
*/

/* The filter's BPF comes through a file: that is how the library gives it. */
static void print (FILE *out, const char *name, scmp_filter_ctx filter) {
  FILE *code = tmpfile();
  struct sock_filter one;
  if (!filter || !code) {
    take(-ENOMEM);
    return;
  }
  take(seccomp_export_bpf(filter, fileno(code)));
  rewind(code);
  fprintf(out, "static const struct sock_filter %s[] = {\n", name);
  while (fread(&one, sizeof one, 1, code) == 1)
    fprintf(out, "  { 0x%02x, %u, %u, 0x%08x },\n", (unsigned)one.code,
            (unsigned)one.jt, (unsigned)one.jf, (unsigned)one.k);
  fputs("};\n", out);
  fclose(code);
  seccomp_release(filter);
}

int main (int argc, char **argv) {
  FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
  if (!out) {
    fputs("filter: cannot write its file\n", stderr);
    return 1;
  }
  fputs("/* Made by src/tools/filter.c with libseccomp: do not edit. */\n", out);
  print(out, "outer", make_outer());
  print(out, "closed", make_inner(false, false));
  print(out, "reading", make_inner(true, false));
  print(out, "forking", make_inner(false, true));
  print(out, "forking_reading", make_inner(true, true));
  if (fclose(out) == 0 && failure == 0) return 0;
  fprintf(stderr, "filter: %s\n", strerror(failure));
  return 1;
}
