/*
** session.c - lines in a session: what stays, what is undone, what comes after a
** process is gone.
*/
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "host/jail/jail.h"

#include "check.h"

/* What lines printed since the last look. */
static char printed[1 << 16];
static size_t used;

static int take (void *data, const char *bytes, size_t n) {
  (void)data;
  if (n > sizeof printed - 1 - used) return 1;
  memcpy(printed + used, bytes, n);
  used += n;
  printed[used] = '\0';
  return 0;
}

static lesdiplo_session *open_session (double max_time, uint64_t max_memory) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  lesdiplo_session *session;
  lesdiplo_error error;
  options.host.write = take;
  options.host.max_memory = max_memory;
  options.max_time = max_time;
  options.name = "=(test)";
  assert_int_equal(lesdiplo_session_open(&session, &options, &error),
                   LESDIPLO_OK);
  return session;
}

static int eval (lesdiplo_session *session, const char *text,
                 lesdiplo_error *error) {
  used = 0;
  printed[0] = '\0';
  return lesdiplo_session_eval(session, text, strlen(text), NULL, error);
}

static void shows (lesdiplo_session *session, const char *text,
                   const char *wanted) {
  lesdiplo_error error;
  if (eval(session, text, &error) != LESDIPLO_OK)
    fail_msg("%s: %s", text, error.message);
  assert_string_equal(printed, wanted);
}

static const char crash[] =
  "x = 'lost' print 'before' "
  "print((#(lpeg.Cmt('', function () return true, 1 end) * 'xx') * "
  "lpeg.Cmt('', function () return true, 1 end)):match 'xx')";

static void test_lines (void **state) {
  lesdiplo_session *s = open_session(0, 0);
  lesdiplo_line line;
  lesdiplo_error error;
  (void)state;
  shows(s, "x = 20", "");
  shows(s, "x + 1", "21\n");
  assert_int_equal(lesdiplo_session_eval(s, "x * 2", 5, &line, &error), 0);
  assert_true(line.kept && line.expression && !line.statement);
  assert_true(line.memory > 0 && line.seconds >= 0);
  assert_int_equal(lesdiplo_session_eval(s, "tostring(x)", 11, &line, &error),
                   0);
  assert_true(line.expression && line.statement);
  assert_int_equal(eval(s, "if x then", &error), LESDIPLO_EINCOMPLETE);
  assert_int_equal(eval(s, "#x and", &error), LESDIPLO_EINCOMPLETE);
  assert_int_equal(eval(s, "x = 3 error 'here'", &error), LESDIPLO_ESCRIPT);
  assert_null(strstr(error.message, "undone"));
  shows(s, "x", "3\n");
  shows(s, "_2", "20\n");
  lesdiplo_session_close(s);
}

static void test_undone (void **state) {
  lesdiplo_session *s = open_session(0, 64 << 20);
  lesdiplo_error error;
  (void)state;
  if (check_is_slow()) skip();
  shows(s, "x = 'there'", "");
  assert_int_equal(eval(s, crash, &error), LESDIPLO_ELIMIT);
  assert_non_null(strstr(error.message, "undone"));
  shows(s, "x", "there\n");
  assert_int_equal(eval(s, "x = {} while true do x[#x + 1] = ('x'):rep(1e6) .. "
                           "#x end", &error), LESDIPLO_ELIMIT);
  assert_non_null(strstr(error.message, "undone"));
  shows(s, "x", "there\n");
  lesdiplo_session_close(s);
}

static void test_time (void **state) {
  lesdiplo_session *s = open_session(0.2, 0);
  lesdiplo_error error;
  (void)state;
  assert_int_equal(eval(s, "x = 1 while true do end", &error),
                   LESDIPLO_ELIMIT);
  shows(s, "x", "1\n");
  assert_int_equal(eval(s, "x = 2 string.find(('x'):rep(50000), "
                           "('.-'):rep(12) .. 'b')", &error), LESDIPLO_ELIMIT);
  assert_non_null(strstr(error.message, "undone"));
  shows(s, "x", "1\n");
  lesdiplo_session_close(s);
}

static void on_alarm (int number) {
  (void)number;
  lesdiplo_run_stop();
}

static void stop_at_alarm (void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_alarm;
  sigaction(SIGALRM, &action, NULL);
  alarm(1);
}

static void test_stop (void **state) {
  lesdiplo_session *s = open_session(0, 0);
  lesdiplo_error error;
  (void)state;
  stop_at_alarm();
  assert_int_equal(eval(s, "x = 1 while true do end", &error),
                   LESDIPLO_ELIMIT);
  assert_non_null(strstr(error.message, "interrupted"));
  shows(s, "x", "1\n");
  lesdiplo_run_stop();              /* between lines: the next */
  assert_int_equal(eval(s, "x = 2 while true do end", &error),
                   LESDIPLO_ELIMIT);
  shows(s, "x ~= nil", "true\n");
  lesdiplo_run_stop();
  lesdiplo_run_forgive();           /* taken back: no line is stopped */
  assert_int_equal(eval(s, "x = 3", &error), LESDIPLO_OK);
  shows(s, "x", "3\n");
  lesdiplo_session_close(s);
}

static void test_back (void **state) {
  lesdiplo_session *s = open_session(0, 0);
  lesdiplo_error error;
  char line[40];
  int i, steps = 0;
  (void)state;
  assert_int_equal(lesdiplo_session_undo(s, &error), LESDIPLO_ENOTFOUND);
  for (i = 1; i <= 40; i++) {
    snprintf(line, sizeof line, "x = %d", i);
    shows(s, line, "");
  }
  while (lesdiplo_session_undo(s, &error) == LESDIPLO_OK) steps++;
  assert_int_equal(error.code, LESDIPLO_ENOTFOUND);
  assert_true(steps >= 2 && steps < 40);
  snprintf(line, sizeof line, "%d\n", 40 - steps);
  shows(s, "x", line);
  assert_int_equal(lesdiplo_session_reset(s, &error), LESDIPLO_OK);
  assert_int_equal(eval(s, "x", &error), LESDIPLO_ESCRIPT);
  shows(s, "x = 1", "");
  assert_int_equal(lesdiplo_session_undo(s, &error), LESDIPLO_OK);
  assert_int_equal(eval(s, "x", &error), LESDIPLO_ESCRIPT);
  lesdiplo_session_close(s);
}

static void test_names (void **state) {
  lesdiplo_session *s = open_session(0, 0);
  lesdiplo_error error;
  int quoted;
  (void)state;
  shows(s, "longish = {field = {deeper = 1}}", "");
  assert_string_equal(lesdiplo_session_complete(s, "print(longi", 0),
                      "longish");
  assert_null(lesdiplo_session_complete(s, "print(longi", 1));
  assert_string_equal(lesdiplo_session_complete(s, "longish.fi", 0),
                      "longish.field");
  shows(s, "list = {longish}", "");
  assert_string_equal(lesdiplo_session_complete(s, "list[1].field.de", 0),
                      ".field.deeper");
  assert_null(lesdiplo_session_complete(s, "nosuch().x", 0));
  /* what cannot be told soon is given up, and nothing is lost by it */
  shows(s, "slow = setmetatable({}, {__index = function () while true do end "
           "end})", "");
  assert_null(lesdiplo_session_complete(s, "slow[1].x", 0));
  shows(s, "longish.field.deeper", "1\n");
  assert_int_equal(lesdiplo_complete_begin("a.b + c.d", &quoted), 6);
  assert_int_equal(quoted, 0);
  assert_int_equal(lesdiplo_complete_begin("doc \"a b", &quoted), 5);
  assert_int_equal(quoted, 1);
  assert_int_equal(lesdiplo_session_format(s, "cvs", 0, &error),
                   LESDIPLO_EARG);
  assert_int_equal(lesdiplo_session_format(s, "csv", 0, &error), LESDIPLO_OK);
  shows(s, "{{a = 1}}", "a\r\n1\r\n");
  lesdiplo_session_close(s);
}

static void test_run (void **state) {
  static const char script[] =
    "--[==[ lesdiplo-script 1\n[param.word]\ntype = \"string\"\nrequired = true\n"
    "help = \"it\"\n]==]\nlocal script = ...\nsaid = script.params.word\nreturn said";
  static const char *const words[] = { "--word", "hello" };
  lesdiplo_session *s = open_session(0, 0);
  lesdiplo_error error;
  (void)state;
  used = 0;
  assert_int_equal(lesdiplo_session_run(s, script, sizeof script - 1, "a.lua",
                                        words, 2, NULL, &error), LESDIPLO_OK);
  assert_string_equal(printed, "hello");
  shows(s, "said", "hello\n");
  assert_int_equal(lesdiplo_session_run(s, script, sizeof script - 1, "a.lua",
                                        NULL, 0, NULL, &error), LESDIPLO_EARG);
  shows(s, "said", "hello\n");
  lesdiplo_session_close(s);
}

/* Wrong uses are told, and nothing is lost by them. */
/* A child of a process, whichever of its threads has forked it; or 0. */
static pid_t child_of (pid_t parent) {
  char path[400];
  const struct dirent *task;
  int child = 0;
  snprintf(path, sizeof path, "/proc/%d/task", (int)parent);
  DIR *tasks = opendir(path);
  while (tasks != NULL && child == 0 && (task = readdir(tasks)) != NULL) {
    snprintf(path, sizeof path, "/proc/%d/task/%s/children", (int)parent,
             task->d_name);
    FILE *list = fopen(path, "r");
    if (list != NULL && fscanf(list, "%d", &child) != 1) child = 0;
    if (list != NULL) fclose(list);
  }
  if (tasks != NULL) closedir(tasks);
  return child;
}

/* The processes of the session, from the first to the newest; their count. */
static int chain_of (pid_t chain[], int most) {
  pid_t at = getpid();
  int count = 0;
  while (count < most && (at = child_of(at)) != 0) chain[count++] = at;
  return count;
}

/* It has ended, or does within some seconds; who reaps it is no matter. */
static bool is_gone (pid_t pid) {
  for (int i = 0; i < 100; i++) {
    char path[40], state = 'Z';
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *about = fopen(path, "r");
    if (about != NULL && fscanf(about, "%*d (%*[^)]) %c", &state) != 1)
      state = 'Z';
    if (about != NULL) fclose(about);
    if (state == 'Z') return true;
    usleep(50000);
  }
  return false;
}

/* What runs is held, and goes on; then it is stopped. Tells whether it was held. */
static void *hold (void *was_held) {
  pid_t chain[16];
  char path[40], state = '?';
  sleep(1);
  const int count = chain_of(chain, 16);
  lesdiplo_run_pause(1);
  snprintf(path, sizeof path, "/proc/%d/stat", (int)chain[count - 1]);
  for (int i = 0; i < 100 && state != 'T'; i++) {
    FILE *about = fopen(path, "r");
    usleep(10000);
    if (about != NULL && fscanf(about, "%*d (%*[^)]) %c", &state) != 1)
      state = '?';
    if (about != NULL) fclose(about);
  }
  *(bool *)was_held = state == 'T';
  lesdiplo_run_pause(0);
  lesdiplo_run_stop();
  return NULL;
}

static void test_pause (void **state) {
  lesdiplo_session *s = open_session(0, 0);
  lesdiplo_error error;
  (void)state;
  if (check_is_slow()) skip();
  bool was_held = false;
  pthread_t other;
  shows(s, "x = 0", "");                    /* no fork while there are two */
  assert_int_equal(pthread_create(&other, NULL, hold, &was_held), 0);
  assert_int_equal(eval(s, "x = 1 while true do end", &error),
                   LESDIPLO_ELIMIT);
  pthread_join(other, NULL);
  assert_true(was_held);
  shows(s, "x", "1\n");
  lesdiplo_session_close(s);
}

/* Somebody else kills or stops processes: the front goes on. */
static void test_meddled (void **state) {
  lesdiplo_session *s = open_session(0, 0);
  lesdiplo_error error;
  pid_t chain[16], all[16];
  int count, i;
  (void)state;
  if (check_is_slow()) skip();
  shows(s, "x = 1", "");
  shows(s, "x = 2", "");
  shows(s, "x = 3", "");
  count = chain_of(chain, 16);
  if (count == 0) skip();                   /* no such list in this kernel */
  assert_int_equal(count, 4);
  kill(chain[3], SIGKILL);                  /* the newest */
  assert_true(is_gone(chain[3]));
  shows(s, "x", "2\n");
  kill(chain[1], SIGKILL);                  /* one that waits */
  assert_true(is_gone(chain[1]));
  shows(s, "x", "2\n");
  count = chain_of(all, 16);
  lesdiplo_session_close(s);
  for (i = 0; i < count; i++) assert_true(is_gone(all[i]));
  s = open_session(0, 0);
  shows(s, "x = 4", "");
  count = chain_of(all, 16);
  assert_int_equal(count, 2);
  kill(all[1], SIGSTOP);                    /* the newest does not serve */
  stop_at_alarm();
  assert_int_equal(eval(s, "x", &error), LESDIPLO_ELIMIT);
  assert_non_null(strstr(error.message, "gone"));
  for (i = 0; i < count; i++) assert_true(is_gone(all[i]));
  shows(s, "x = 5", "");                    /* anew */
  shows(s, "x", "5\n");
  chain_of(chain, 16);
  kill(chain[0], SIGKILL);                  /* the first */
  assert_true(is_gone(chain[0]));
  eval(s, "x", &error);
  eval(s, "x = 6", &error);
  shows(s, "x", "6\n");
  lesdiplo_session_close(s);
}

/* One is killed at the moment a line comes to it: the one before it takes the line,
** once. */
static void test_handed_on (void **state) {
  lesdiplo_session *s = open_session(0, 0);
  lesdiplo_error error;
  pid_t chain[16];
  (void)state;
  if (check_is_slow()) skip();
  shows(s, "n = 0", "");
  for (int i = 0; i < 40; i++) {
    shows(s, "n = 0", "");
    shows(s, "m = 0", "");
    const int count = chain_of(chain, 16);
    if (count < 2) skip();
    kill(chain[count - 1], SIGKILL);
    assert_int_equal(eval(s, "n = n + 1", &error), LESDIPLO_OK);
    shows(s, "n", "1\n");
  }
  lesdiplo_session_close(s);
}

/*
** A worker that is not ours any more: the caller's allocator runs in it, and does
** what a fault of Lua's could be made to do, when a line asks for so many bytes.
*/
enum { FORGE = 7000000, FLOOD = 7001000, ORPHAN = 7002000, DEAF = 7003000,
       NOISE = 7004000, BOUND = 7005000, KINDS_APART = 500 };

static void forge (int tale) {
  ld_report report;
  memset(&report, 0, sizeof report);
  report.tale = tale;
  report.kept = 1;
  report.memory = UINT64_MAX;
  memset(&report.error, 'x', sizeof report.error);
  if (write(LD_STATUS_FD, &report, sizeof report) < 0) _exit(1);
}

static void misbehave (size_t n) {
  static const char text[4096] = "flood";
  struct rlimit forks;
  if (n < FORGE || n > BOUND + KINDS_APART || n % 1000 > KINDS_APART) return;
  switch (n / 1000 * 1000) {
    case FORGE:
      for (int i = -1; i < 6; i++) forge(i);
      forge(LD_TALE_BACK);
      break;
    case FLOOD:
      forge(LD_TALE_END);
      while (write(STDOUT_FILENO, text, sizeof text) > 0) ;
      break;
    case ORPHAN:
      if (fork() != 0) break;
      for (;;) if (getppid() == 0) break;
      break;
    case BOUND:
      if (getrlimit(RLIMIT_NPROC, &forks) != 0 ||
          forks.rlim_cur == RLIM_INFINITY) abort();
      break;
    case DEAF:
      signal(SIGUSR1, SIG_IGN);
      for (;;) pause();
    default:
      for (int i = 0; i < 20000; i++)
        if (write(i % 2 ? LD_STATUS_FD : LD_BROKER_FD, text, 1 + (size_t)i % 4096)
            < 0) break;
  }
}

static void *hostile (void *data, void *old, size_t old_size, size_t size) {
  (void)data;
  (void)old_size;
  misbehave(size);
  if (size > 0) return realloc(old, size);
  free(old);
  return NULL;
}

/* The line ends, somehow; the front goes on, and nobody is left behind it. Returns how
** it ended. */
static int misbehaves (int what) {
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  lesdiplo_session *s;
  lesdiplo_error error;
  char line[80];
  pid_t all[16];
  options.host.write = take;
  options.host.alloc = hostile;
  options.max_output = 1 << 16;
  options.name = "=(test)";
  assert_int_equal(lesdiplo_session_open(&s, &options, &error), LESDIPLO_OK);
  shows(s, "x = 'there'", "");
  snprintf(line, sizeof line, "x = ('x'):rep(%d)", what);
  stop_at_alarm();
  const int code = eval(s, line, &error);
  assert_in_range(-code, 0, -LESDIPLO_EINCOMPLETE);
  stop_at_alarm();
  eval(s, "x = 1", &error);
  alarm(0);
  const int count = chain_of(all, 16);
  lesdiplo_session_close(s);
  for (int i = 0; i < count; i++) assert_true(is_gone(all[i]));
  assert_int_equal(child_of(getpid()), 0);
  return code;
}

static void test_hostile (void **state) {
  (void)state;
  if (check_is_slow()) skip();
  misbehaves(FORGE);
  misbehaves(FLOOD);
  misbehaves(ORPHAN);
  misbehaves(DEAF);
  misbehaves(NOISE);
  if (lesdiplo_sandbox() && !LD_JAIL_LENIENT)
    assert_int_equal(misbehaves(BOUND), LESDIPLO_OK);
}

static void test_misuse (void **state) {
  static const char *const tables[] = { "names.unknown" };
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  lesdiplo_session *s;
  lesdiplo_error error;
  (void)state;
  assert_int_equal(lesdiplo_session_open(NULL, &options, &error),
                   LESDIPLO_EARG);
  options.host.format = "cvs";
  assert_int_equal(lesdiplo_session_open(&s, &options, &error),
                   LESDIPLO_EARG);
  assert_null(s);
  options.host.format = NULL;
  options.host.entities = tables;
  options.host.entity_count = 1;
  assert_int_not_equal(lesdiplo_session_open(&s, &options, &error),
                       LESDIPLO_OK);
  assert_null(s);
  assert_int_equal(eval(NULL, "1", &error), LESDIPLO_EARG);
  assert_null(lesdiplo_session_complete(NULL, "x", 0));
  lesdiplo_session_close(NULL);
}

int main (void) {
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_lines), cmocka_unit_test(test_undone),
    cmocka_unit_test(test_time), cmocka_unit_test(test_stop),
    cmocka_unit_test(test_back), cmocka_unit_test(test_names),
    cmocka_unit_test(test_run), cmocka_unit_test(test_pause), cmocka_unit_test(test_meddled), cmocka_unit_test(test_handed_on),
    cmocka_unit_test(test_hostile),
    cmocka_unit_test(test_misuse),
  };
  return CHECK_ALL(tests);
}
