/*
** corpus.c - the documents: which, read with a line of progress, and what to
** say of those that could not be read.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* Warnings printed before the rest is only counted. */
enum { MOST_NOTES = 20 };


/* ----------------------------------------------------------------------
** The seeds
*/

/* "../share/lesdiplo/seeds" once installed, "../seeds" beside build/, one
** further up beside a variant such as build/asan/. */
static char *beside_program (const char *below) {
  char place[4096];
  char *path, *real;
  ssize_t n = readlink("/proc/self/exe", place, sizeof place - 1);
  if (n < 0) return NULL;
  place[n] = '\0';
  *strrchr(place, '/') = '\0';   /* the kernel's answer starts with one */
  if (asprintf(&path, "%s/%s", place, below) < 0) return NULL;
  real = realpath(path, NULL);
  free(path);
  return real;
}

char *ld_corpus_seeds (void) {
  char *seeds = beside_program("../share/lesdiplo/seeds");
  if (!seeds) seeds = beside_program("../seeds");
  return seeds ? seeds : beside_program("../../seeds");
}


/* ----------------------------------------------------------------------
** Progress
*/

struct progress {
  double began, drawn;   /* seconds; drawn is 0 until the first line */
  unsigned width;
};

/*
** "150 MB  110 MB/s  8.txt", with the share of the whole where it is known. A
** file's name is printed as far as it is plain and fits.
*/
static void redraw (void *data, uint64_t done, uint64_t total,
                    const char *path) {
  struct progress *progress = data;
  double time = ld_seconds(), spent = time - progress->began, mega = 1e-6;
  char line[512], share[32] = "";
  int n;
  if (spent < 1 || time - progress->drawn < 0.1) return;
  progress->drawn = time;
  if (total > 0)
    snprintf(share, sizeof share, "/%.0f MB  %.0f %%", (double)total * mega,
             100 * (double)done / (double)total);
  n = snprintf(line, sizeof line, "%.0f%s  %.0f MB/s  %s",
               (double)done * mega, total > 0 ? share : " MB",
               (double)done * mega / spent, path);
  if (n < 0) return;
  line[strcspn(line, "\r\n\t\33\177")] = '\0';
  fprintf(stderr, "\r\33[K%.*s", (int)progress->width - 1, line);
  fflush(stderr);
}

static void wipe (const struct progress *progress) {
  if (progress->drawn > 0) fputs("\r\33[K", stderr);
}


/* ----------------------------------------------------------------------
** Reading
*/

static void print_notes (const ld_session *session) {
  lesdiplo_error note;
  uint32_t i = 0, most = session->arguments.verbose ? UINT32_MAX : MOST_NOTES;
  for (; lesdiplo_corpus_note(session->corpus, i, &note) == LESDIPLO_OK; i++) {
    if (i >= most || session->arguments.quiet) continue;
    if (note.line > 0)
      ld_message_warning("%s:%u: %s", note.where, (unsigned)note.line,
                         note.message);
    else
      ld_message_warning("%s: %s", note.where, note.message);
  }
  if (i > most)
    ld_message_warning("%u more; -v shows them all", (unsigned)(i - most));
}

/* Does the verb show them itself? */
static bool shows_notes (const ld_session *session) {
  return session->arguments.verb->act == ld_inventory &&
         ld_session_asked(session) == NULL;
}

static void print_summary (const ld_session *session, double seconds) {
  ld_message_plain("%u documents, %.1f MB, read in %.3f s",
                   (unsigned)lesdiplo_corpus_count(session->corpus),
                   (double)lesdiplo_corpus_memory(session->corpus) / 1e6,
                   seconds);
}

/* -c, then what annotate and corpus name; the seeds when there is neither. */
static size_t choose_paths (ld_session *session, const char **paths) {
  const ld_arguments *arguments = &session->arguments;
  size_t count = 0, i;
  for (i = 0; i < arguments->paths.count; i++)
    paths[count++] = arguments->paths.items[i];
  if (arguments->verb->act == ld_annotate ||
      arguments->verb->act == ld_inventory)
    for (i = 0; i < arguments->words.count; i++)
      paths[count++] = arguments->words.items[i];
  if (count > 0) return count;
  session->seeds = ld_corpus_seeds();
  if (session->seeds != NULL) paths[count++] = session->seeds;
  return count;
}

static int open_paths (ld_session *session, const char **paths,
                       size_t count) {
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  struct progress progress = {ld_seconds(), 0, ld_terminal_width(STDERR_FILENO)};
  lesdiplo_error error = {0, 0, "", ""};
  int code;
  options.max_memory = session->arguments.max_memory;
  options.stop = session->stop;
  if (progress.width < 2) progress.width = 80;   /* it does not say */
  if (ld_terminal_moves(STDERR_FILENO) && !session->arguments.quiet) {
    options.progress = redraw;
    options.progress_data = &progress;
  }
  code = lesdiplo_corpus_open_all(&session->corpus, paths, count, &options,
                                  &error);
  wipe(&progress);
  if (code != LESDIPLO_OK) return ld_message_failure(&error);
  if (!shows_notes(session)) print_notes(session);
  if (session->arguments.verbose)
    print_summary(session, ld_seconds() - progress.began);
  return LD_DONE;
}

int ld_corpus_load (ld_session *session) {
  const ld_arguments *arguments = &session->arguments;
  size_t room = arguments->paths.count + arguments->words.count + 1, count;
  const char **paths;
  int status;
  if (arguments->verb->need == LD_NOTHING) return LD_DONE;
  paths = calloc(room, sizeof *paths);
  if (paths == NULL) {
    ld_message_error("no memory");
    return LD_STOPPED;
  }
  count = choose_paths(session, paths);
  if (arguments->verb->need == LD_NAMED && session->arguments.paths.count == 0)
    status = LD_DONE;   /* the script's host reads the seeds, if it must */
  else if (count == 0) {
    ld_message_error("no corpus: name one with -c PATH (the seeds that ship "
                     "with lesdiplo are not beside it)");
    status = LD_UNREADABLE;
  }
  else status = open_paths(session, paths, count);
  free(paths);
  return status;
}
