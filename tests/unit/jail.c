/*
** jail.c - what a closed process cannot do any more, each thing tried in a
** process of its own: with Landlock and seccomp, and with either alone.
*/
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/jail/jail.h"

#include "check.h"

enum { FILES = 1, CALLS = 2, READS = 4, FORKS = 8 };

/* Exit codes of a child; an errno is told as it is. */
enum { DONE = 0, NOT_CLOSED = 200, KILLED = 201 };

static char folder[64], inside[96], outside[96], leads_out[96];
static pid_t test;

static int as_status (long result) {
  return result < 0 ? errno : DONE;
}

static int try_open (void) { return as_status(open("/etc/passwd", O_RDONLY)); }
static int try_inside (void) { return as_status(open(inside, O_RDONLY)); }
static int try_link (void) { return as_status(open(leads_out, O_RDONLY)); }
static int try_write (void) { return as_status(open(inside, O_WRONLY)); }
static int try_empty (void) {
  return as_status(open(inside, O_RDONLY | O_TRUNC));
}
static int try_create (void) {
  return as_status(open(outside, O_RDONLY | O_CREAT, 0600));
}
static int try_old_open (void) {
  return as_status(syscall(SYS_open, inside, O_RDONLY));
}
static int try_above (void) {
  char path[160];
  snprintf(path, sizeof path, "%s/../../etc/passwd", folder);
  return as_status(open(path, O_RDONLY));
}
static int try_memory (void) {
  return as_status(open("/proc/self/mem", O_RDWR));
}
static int try_truncate (void) { return as_status(truncate(inside, 0)); }
static int try_chmod (void) { return as_status(chmod(inside, 0777)); }
static int try_unlink (void) { return as_status(unlink(inside)); }
static int try_rename (void) { return as_status(rename(inside, outside)); }
static int try_make_link (void) { return as_status(symlink("/", outside)); }
static int try_stat (void) {
  struct stat about;
  return as_status(stat("/etc/passwd", &about));
}
static int try_socket (void) {
  return as_status(socket(AF_INET, SOCK_STREAM, 0));
}
static int try_local (void) {
  return as_status(socket(AF_UNIX, SOCK_STREAM, 0));
}
static int try_fork (void) {
  const pid_t pid = fork();
  if (pid == 0) _exit(0);
  return as_status(pid);
}
static int try_pipe (void) {
  int ends[2];
  return as_status(pipe2(ends, O_CLOEXEC));
}
/* By its child, too: who has forked waits for it. */
static int try_follow (void) {
  const int code = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 ? DONE : errno;
  return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0 ? NOT_CLOSED : code;
}

static void *do_nothing (void *data) { return data; }

static int try_thread (void) {
  pthread_t thread;
  return pthread_create(&thread, NULL, do_nothing, NULL) == 0 ? DONE : EPERM;
}

static int try_exec (void) {
  char *const words[] = { (char[]){ "true" }, NULL };
  return as_status(execv("/bin/true", words));
}
static int try_kill (void) { return as_status(kill(test, 0)); }
static int try_run_memory (void) {
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return as_status(page == MAP_FAILED ? -1 : 0);
}
static int try_make_run (void) {
  void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return as_status(mprotect(page, 4096, PROT_READ | PROT_EXEC));
}
static int try_gain (void) {
  const struct rlimit most = { RLIM_INFINITY, RLIM_INFINITY };
  return as_status(setrlimit(RLIMIT_CPU, &most));
}
static int try_type (void) {
  return as_status(syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, "x"));
}
static int try_trace (void) {
  return as_status(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}
static int try_ring (void) {
  return as_status(syscall(425 /* io_uring_setup */, 1, NULL));
}
static int try_memfd (void) { return as_status(memfd_create("x", 0)); }
static int try_peek (void) {
  return as_status(syscall(SYS_process_vm_readv, test, NULL, 0, NULL, 0, 0));
}
static int try_unshare (void) {
  return as_status(syscall(SYS_unshare, 0));
}
/* What a worker lives on goes on working. */
static int try_living (void) {
  struct stat about;
  char *bytes = malloc((size_t)1 << 26);
  if (bytes) memset(bytes, 1, (size_t)1 << 26);
  const bool done = bytes && fstat(1, &about) == 0 && ld_now() > 0;
  free(bytes);
  return done ? DONE : errno;
}

/* 'calls' tells what seccomp answers, 'files' what Landlock does; -1 where it
** does not reach, and the thing may be done. */
static const struct trial {
  const char *name;
  int (*act) (void);
  int calls, files;
} trials[] = {
  { "open", try_open, EPERM, EACCES },
  { "open a file beside", try_inside, EPERM, EACCES },
  { "open for writing", try_write, EPERM, EACCES },
  { "open and empty", try_empty, EPERM, EACCES },
  { "create", try_create, EPERM, EACCES },
  { "open by the old call", try_old_open, EPERM, EACCES },
  { "open by ..", try_above, EPERM, EACCES },
  { "open memory", try_memory, EPERM, EACCES },
  { "truncate", try_truncate, EPERM, -1 },
  { "chmod", try_chmod, EPERM, -1 },
  { "unlink", try_unlink, EPERM, EACCES },
  { "rename", try_rename, EPERM, EACCES },
  { "link", try_make_link, EPERM, EACCES },
  { "stat", try_stat, EPERM, -1 },
  { "socket", try_socket, EPERM, -1 },
  { "local socket", try_local, EPERM, -1 },
  { "fork", try_fork, EPERM, -1 },
  { "exec", try_exec, EPERM, EACCES },
  { "kill the parent", try_kill, EPERM, -1 },
  { "memory to run", try_run_memory, EPERM, -1 },
  { "memory made to run", try_make_run, EPERM, -1 },
  { "a higher limit", try_gain, EPERM, -1 },
  { "type into the terminal", try_type, EPERM, -1 },
  { "ptrace", try_trace, KILLED, -1 },
  { "io_uring", try_ring, KILLED, -1 },
  { "memfd", try_memfd, KILLED, -1 },
  { "read the parent's memory", try_peek, KILLED, -1 },
  { "unshare", try_unshare, KILLED, -1 },
  { "living", try_living, DONE, DONE },
};

static _Noreturn void be_closed (int (*act) (void), int how) {
  const char *const paths[] = { folder };
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if ((how & FILES) && !ld_jail_files(paths, (how & READS) ? 1 : 0))
    _exit(NOT_CLOSED);
  if ((how & CALLS) && !ld_jail_calls((how & READS) != 0,
                                       (how & FORKS) != 0)) _exit(NOT_CLOSED);
  _exit(act());
}

static int closed (int (*act) (void), int how) {
  int status;
  const pid_t pid = fork();
  if (pid == 0) be_closed(act, how);
  assert_true(pid > 0);
  assert_int_equal(waitpid(pid, &status, 0), pid);
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) return KILLED;
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static void put_file (const char *path) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs("bytes\n", file);
  fclose(file);
}

static int set_up (void **state) {
  (void)state;
  test = getpid();
  strcpy(folder, "/tmp/lesdiplo-jail.XXXXXX");
  if (!mkdtemp(folder)) return -1;
  snprintf(inside, sizeof inside, "%s/inside", folder);
  snprintf(outside, sizeof outside, "%s.outside", folder);
  snprintf(leads_out, sizeof leads_out, "%s/link", folder);
  put_file(inside);
  return symlink("/etc/passwd", leads_out);
}

static int tear_down (void **state) {
  (void)state;
  unlink(inside);
  unlink(leads_out);
  unlink(outside);
  return rmdir(folder);
}

/* What a sanitizer's build only refuses. */
static int expected (int killed) {
  return killed == KILLED && LD_JAIL_LENIENT ? EPERM : killed;
}

static void test_calls (void **state) {
  (void)state;
  if (check_is_slow() || !ld_jail_has_calls()) skip();
  for (size_t i = 0; i < CHECK_COUNT(trials); i++) {
    print_message("  %s\n", trials[i].name);
    assert_int_equal(closed(trials[i].act, CALLS), expected(trials[i].calls));
  }
}

static void test_files (void **state) {
  (void)state;
  if (check_is_slow() || !ld_jail_has_files()) skip();
  for (size_t i = 0; i < CHECK_COUNT(trials); i++) {
    if (trials[i].files < 0) continue;
    print_message("  %s\n", trials[i].name);
    assert_int_equal(closed(trials[i].act, FILES), trials[i].files);
  }
  assert_int_equal(access(inside, R_OK), 0);
}

static void test_both (void **state) {
  (void)state;
  if (check_is_slow() || !ld_jail_has_files() || !ld_jail_has_calls()) skip();
  for (size_t i = 0; i < CHECK_COUNT(trials); i++) {
    print_message("  %s\n", trials[i].name);
    assert_int_equal(closed(trials[i].act, FILES | CALLS),
                     expected(trials[i].calls));
  }
}

/* One that may read what lies below a folder does that, and no more. */
static void test_reading (void **state) {
  static const struct { int (*act) (void); int result; } rows[] = {
    { try_inside, DONE }, { try_open, EACCES }, { try_link, EACCES },
    { try_above, EACCES }, { try_write, EPERM }, { try_empty, EPERM },
    { try_create, EPERM }, { try_old_open, EPERM }, { try_truncate, EPERM },
    { try_unlink, EPERM }, { try_memory, EPERM }, { try_socket, EPERM },
    { try_exec, EPERM }, { try_stat, DONE }, { try_living, DONE },
  };
  (void)state;
  if (check_is_slow() || !ld_jail_has_files() || !ld_jail_has_calls()) skip();
  for (size_t i = 0; i < CHECK_COUNT(rows); i++)
    assert_int_equal(closed(rows[i].act, FILES | CALLS | READS),
                     rows[i].result);
}

/* Who forks learns of its parent's end; it does nothing else that matters and that
** the others do not. */
static void test_forking (void **state) {
  (void)state;
  if (check_is_slow() || !ld_jail_has_calls()) skip();
  assert_int_equal(closed(try_fork, CALLS), EPERM);
  assert_int_equal(closed(try_fork, CALLS | FORKS), DONE);
  assert_int_equal(closed(try_pipe, CALLS), EPERM);
  assert_int_equal(closed(try_pipe, CALLS | FORKS), DONE);
  assert_int_equal(closed(try_follow, CALLS), EPERM);
  assert_int_equal(closed(try_follow, CALLS | FORKS), DONE);
  assert_int_equal(closed(try_thread, CALLS | FORKS), EPERM);
  for (size_t i = 0; i < CHECK_COUNT(trials); i++) {
    if (trials[i].act == try_fork) continue;
    print_message("  %s\n", trials[i].name);
    assert_int_equal(closed(trials[i].act, CALLS | FORKS),
                     expected(trials[i].calls));
  }
}

/* Nothing is closed by itself: what the trials try can be done otherwise. */
static void test_open (void **state) {
  (void)state;
  assert_int_equal(closed(try_open, 0), DONE);
  assert_int_equal(closed(try_socket, 0), DONE);
  assert_int_equal(closed(try_exec, 0), DONE);
  assert_int_equal(closed(try_make_run, 0), DONE);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_calls),
  cmocka_unit_test(test_files),
  cmocka_unit_test(test_both),
  cmocka_unit_test(test_reading), cmocka_unit_test(test_forking),
  cmocka_unit_test(test_open),
};

int main (void) {
  return check_end(cmocka_run_group_tests(tests, set_up, tear_down),
                   CHECK_COUNT(tests));
}
