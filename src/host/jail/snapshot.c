/*
** snapshot.c - how a run goes on after its script has failed in a document.
**
** On its way into a document the process that runs the script makes a snapshot of
** itself, unless the last one is quite new: it forks, and the child sleeps. When
** the script fails, or its process dies, the snapshot is woken, goes on from where
** it was made, and leaves out the document that was read. What was printed since is
** held back until the next snapshot, and files are cut to what they had: so
** nothing comes twice, and nothing of a document that is left out.
**
** The document that is left out is that of the outermost loop or search: it is left
** out of this step of it, and of all that come after. Steps are counted, and
** snapshots made, in the outermost one only: so what comes out does not depend on
** how old the snapshot was.
**
** There are three processes at most: the keeper, which waits for everyone and dies
** with the front; the one that runs; the one that sleeps. What one document costs
** when it fails is a fork and the time since the snapshot.
*/
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/jail/jail.h"

/* Seconds between two snapshots, where nothing fails. */
static const double GAP = 0.05;

/* With which a process ends that has not told the end of the run. */
enum { NOT_NEEDED = 3, REPLACED = 4 };

/* What wakes a snapshot up. One byte says that it is not needed any more, and the
** end of the pipe without either that the process has died. */
typedef struct fall {
  bool inside;               /* of a document: it can be left out */
  lesdiplo_error error;
} fall;

/* How far the run is. In memory that is shared, as a process that dies tells nothing
** any more. */
typedef struct way {
  uint64_t step;             /* from 1; 0: none was made */
  uint64_t entered;          /* the last one that was not left out ... */
  uint32_t doc;              /* ... and where it went into */
} way;

/* One a process, as the worker is. */
static struct {
  const ld_job *job;
  lesdiplo_host *host;
  pid_t keeper;              /* 0: the first failure ends the run */
  int sleeper;               /* wakes the snapshot up; -1: there is none */
  double made;               /* when; 0: the next one is due */
  volatile way *way;
  bool by_for;               /* the last step was a "for"'s, of no coroutine */
  uint64_t *left_out;        /* of each document the first step that leaves it out */
} run = { .sleeper = -1 };


/* ----------------------------------------------------------------------
** Documents that are left out
*/

static bool is_left_out (uint32_t doc) {
  return run.left_out[doc] <= run.way->step;
}

/* All but the sample, where the caller wants no more. false: no memory. */
static bool begin_left_out (void) {
  const lesdiplo_run_options *o = run.job->options;
  const uint32_t count = lesdiplo_corpus_count(o->corpus);
  void *page = mmap(NULL, sizeof *run.way, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  run.left_out = malloc((count + (size_t)1) * sizeof *run.left_out);
  if (page == MAP_FAILED || !run.left_out) return false;
  run.way = page;
  for (uint32_t i = 0; i < count; i++)
    run.left_out[i] = o->sample ? 0 : UINT64_MAX;
  for (size_t i = 0; o->sample && i < o->sample_count; i++)
    if (o->sample[i] < count) run.left_out[o->sample[i]] = UINT64_MAX;
  return true;
}

/* From the step on that went into it. */
static void leave_out (const fall *f) {
  const uint32_t doc = run.way->doc;
  ld_report failed = { .tale = LD_TALE_FAILED, .status = (int32_t)doc,
                       .error = f->error };
  run.left_out[doc] = run.way->entered;
  ld_worker_tell(&failed);
}


/* ----------------------------------------------------------------------
** The one that sleeps
*/

/* Whoever forked us is gone in a moment, and we are the keeper's child; or the
** keeper is gone as well, and so are we. */
static void change_parent (pid_t before) {
  const struct timespec moment = { 0, 50000 };
  while (getppid() == before) nanosleep(&moment, NULL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != run.keeper) _exit(0);
}

/* A process that died leaves only what is shared: where it was, not what went wrong. */
static void guess (fall *f) {
  f->inside = *run.job->place != 0;
  memset(&f->error, 0, sizeof f->error);
  ld_fail(&f->error, LESDIPLO_ELIMIT, NULL, 0,
          "the process that ran the script died");
}

/* Returns when this process is to go on, from behind step 'here'. */
static void wait_for_fall (int from, pid_t before, uint64_t here) {
  fall f;
  ssize_t n;
  do n = read(from, &f, sizeof f);
  while (n < 0 && errno == EINTR);
  if (n == 1) _exit(NOT_NEEDED);
  close(from);
  change_parent(before);
  if (n != (ssize_t)sizeof f) guess(&f);
  if (!f.inside || run.way->entered <= here) ld_worker_end(&f.error);
  leave_out(&f);
  run.way->step = here;
}

static void release (void) {
  if (run.sleeper < 0) return;
  while (write(run.sleeper, "", 1) < 0 && errno == EINTR) ;
  close(run.sleeper);
  run.sleeper = -1;
}


/* ----------------------------------------------------------------------
** The one that runs
*/

/* Forks one that sleeps. In that one it returns true, when it is woken. Without
** a process to spare the run goes on, and a failure ends it. */
static bool fork_sleeper (void) {
  const uint64_t here = run.way->step;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  const pid_t parent = getpid(), child = fork();
  if (child == 0) {
    close(ends[1]);
    if (run.sleeper >= 0) close(run.sleeper);
    run.sleeper = -1;
    wait_for_fall(ends[0], parent, here);
    return true;
  }
  close(ends[0]);
  release();
  if (child > 0) run.sleeper = ends[1];
  else close(ends[1]);
  while (waitpid(-1, NULL, WNOHANG) > 0) ;     /* those that were released */
  return false;
}

/* What was printed so far stays. Who is woken makes another one at once. A stop is
** for the one that runs: it waits until the other has woken. */
static void take_snapshot (void) {
  lua_State *L = run.host->current;
  sigset_t all, before;
  bool woken;
  ld_files_flush(L);
  ld_worker_flush();
  sigfillset(&all);
  do {
    pthread_sigmask(SIG_SETMASK, &all, &before);
    woken = fork_sleeper();
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (woken) ld_files_back(L);
  } while (woken);
  run.made = ld_now();
}

/* Goes into a document, in the outermost loop or search. */
static bool step_into (uint32_t doc, bool by_for) {
  if (ld_now() - run.made >= GAP) take_snapshot();
  run.by_for = by_for;
  run.way->step++;
  if (is_left_out(doc)) {
    run.made = 0;                    /* behind it the next one may fail, too */
    return false;
  }
  run.way->entered = run.way->step;
  run.way->doc = doc;
  return true;
}

/* A ld_bind_step. */
static bool step (void *data, const lesdiplo_doc *doc) {
  (void)data;
  if (doc->corpus != run.job->options->corpus) return true;
  const uint32_t i = lesdiplo_doc_index(doc);
  const unsigned walks = run.keeper ? ld_bind_walks(run.host->current)
                                    : LD_WALKS_OTHER;
  if (walks & LD_WALKS_OTHER) return !is_left_out(i);
  return step_into(i, walks == LD_WALKS_THIS &&
                      run.host->current == run.host->L);
}

/* Is it of the document that the last step went into? A search's loop, and that of
** a coroutine, is not to be seen: there it is the document being read that counts. */
static bool fell_inside (void) {
  const lesdiplo_host *host = run.host;
  const lesdiplo_doc *doc = host->failed_in;
  return host->failed_inside ||
         (!run.by_for && doc && doc->corpus == run.job->options->corpus &&
          lesdiplo_doc_index(doc) == run.way->doc);
}

void ld_snapshot_fall (const lesdiplo_error *error) {
  fall f;
  if (run.sleeper < 0 || !fell_inside()) return;
  memset(&f, 0, sizeof f);
  f.inside = true;
  f.error = *error;
  while (write(run.sleeper, &f, sizeof f) < 0 && errno == EINTR) ;
  _exit(REPLACED);
}


/* ----------------------------------------------------------------------
** The keeper
*/

/* Until nobody is left. Where none has told the end, the last has died. */
static _Noreturn void keep (void) {
  lesdiplo_error error;
  bool told = false;
  int status = 0, one;
  while (waitpid(-1, &one, 0) > 0 || errno == EINTR) {
    told |= WIFEXITED(one) && WEXITSTATUS(one) == 0;
    if (WIFSIGNALED(one)) status = one;
  }
  if (told || status == 0) _exit(0);
  memset(&error, 0, sizeof error);
  ld_fail(&error, LESDIPLO_ELIMIT, NULL, 0, "the process that ran the script "
          "died of signal %d (%s)", WTERMSIG(status),
          strsignal(WTERMSIG(status)));
  ld_worker_end(&error);
}

/* The child runs the script. Without one it runs here, and fails for good. */
static void fork_runner (void) {
  const pid_t here = getpid();
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t child = fork();
  if (child > 0) keep();
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (child < 0) return;
  run.keeper = here;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != here) _exit(0);
}

int ld_snapshot_begin (const ld_job *job, lesdiplo_host *host,
                       lesdiplo_error *error) {
  run.job = job;
  run.host = host;
  if (!job->lasting && !job->options->sample) return LESDIPLO_OK;
  if (!begin_left_out()) return ld_fail_memory(error);
  if (job->lasting) fork_runner();
  ld_bind_steps(host->L, step, NULL);
  return LESDIPLO_OK;
}

void ld_snapshot_end (void) {
  release();
}
