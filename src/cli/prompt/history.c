/*
** history.c - what was entered at the prompt, in readline's memory and in a
** file that is the user's alone.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>

#include "cli/prompt/prompt.h"

/* Entries kept in memory and in the file. */
enum { MOST_HISTORY = 2000 };

static char *file;         /* its path, or NULL */

void ld_make_folders (char *path) {
  char *slash = path;
  while ((slash = strchr(slash + 1, '/')) != NULL) {
    *slash = '\0';
    mkdir(path, 0700);   /* where this fails, opening the file fails too */
    *slash = '/';
  }
}

char *ld_state_file (const char *name) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  char *path;
  int n;
  if (state != NULL && *state == '/')
    n = asprintf(&path, "%s/lesdiplo/%s", state, name);
  else if (home != NULL && *home == '/')
    n = asprintf(&path, "%s/.local/state/lesdiplo/%s", home, name);
  else return NULL;
  return n < 0 ? NULL : path;
}

/* Their places, a line each; NULL without memory. */
static char *places_of (const ld_words *paths) {
  char *all = strdup("");
  size_t i;
  for (i = 0; all != NULL && i < paths->count; i++) {
    char *real = realpath(paths->items[i], NULL), *more;
    int n = asprintf(&more, "%s%s\n", all, real ? real : paths->items[i]);
    free(real);
    free(all);
    all = n < 0 ? NULL : more;
  }
  return all;
}

/* "history"; of corpora that were named with -c one that is theirs, wherever
** the program is started. */
static char *name_of (const ld_words *paths) {
  char sum[65], *places, *name = NULL;
  if (paths->count == 0) return strdup("history");
  places = places_of(paths);
  if (places == NULL) return NULL;
  lesdiplo_sha256(places, strlen(places), sum);
  free(places);
  return asprintf(&name, "history-%.12s", sum) < 0 ? NULL : name;
}

/* Entries of several lines need the times between them in the file. */
void ld_history_load (const ld_session *session) {
  char *name = name_of(&session->arguments.paths);
  history_comment_char = '#';
  history_write_timestamps = 1;
  stifle_history(MOST_HISTORY);
  file = name ? ld_state_file(name) : NULL;
  free(name);
  if (file == NULL) return;
  ld_make_folders(file);
  read_history(file);
}

/* Each entry is appended at once: two sessions do not erase each other's. */
void ld_history_add (const char *text) {
  HIST_ENTRY *last;
  if (text[strspn(text, " \t\n")] == '\0') return;
  last = history_length > 0 ? history_get(history_base + history_length - 1)
                            : NULL;
  if (last != NULL && strcmp(last->line, text) == 0) return;
  add_history(text);
  if (file == NULL) return;
  if (access(file, F_OK) != 0) write_history(file);
  else append_history(1, file);
  chmod(file, 0600);
}

void ld_history_save (void) {
  if (file != NULL && history_is_stifled() && history_length >= MOST_HISTORY)
    write_history(file);   /* cuts what had grown past the bound */
  free(file);
}
