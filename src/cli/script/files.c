/*
** files.c - the scripts that a verb's words name: files, and what lies in folders.
** Nothing of them is run to find them.
*/
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

/* Folders in folders: a link may lead back. */
enum { DEPTH_MOST = 16 };

static int worst (int a, int b) {
  return a > b ? a : b;
}

/* Hidden ones are left out; of files, what does not end in .lua. */
static int is_wanted (const struct dirent *entry) {
  const char *dot = strrchr(entry->d_name, '.');
  if (entry->d_name[0] == '.') return 0;
  return entry->d_type != DT_REG || (dot && strcmp(dot, ".lua") == 0);
}

static int by_bytes (const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static int visit_folder (ld_session *session, const char *folder, int depth,
                         ld_each_script each);

static int visit (ld_session *session, const char *path, int depth,
                  ld_each_script each) {
  const char *dot = strrchr(path, '.');
  struct stat what;
  if (stat(path, &what) != 0) return LD_DONE;
  if (S_ISDIR(what.st_mode))
    return depth < DEPTH_MOST ? visit_folder(session, path, depth + 1, each)
                              : LD_DONE;
  if (!S_ISREG(what.st_mode) || !dot || strcmp(dot, ".lua") != 0)
    return LD_DONE;
  return each(session, path, false);
}

static int visit_folder (ld_session *session, const char *folder, int depth,
                         ld_each_script each) {
  struct dirent **entries = NULL;
  const int count = scandir(folder, &entries, is_wanted, by_bytes);
  const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
  int status = LD_DONE, i;
  if (count < 0) {
    ld_message_error("cannot read %s: %s", folder, strerror(errno));
    return LD_UNREADABLE;
  }
  for (i = 0; i < count; i++) {
    char *path = NULL;
    const int n = strcmp(folder, ".") == 0
        ? asprintf(&path, "%s", entries[i]->d_name)
        : asprintf(&path, "%s%s%s", folder, slash, entries[i]->d_name);
    if (n >= 0) {
      status = worst(status, visit(session, path, depth, each));
      free(path);
    }
    free(entries[i]);
  }
  free(entries);
  return status;
}

int ld_scripts (ld_session *session, ld_each_script each) {
  const ld_words *words = &session->arguments.words;
  struct stat what;
  int status = LD_DONE;
  size_t i;
  if (words->count == 0) return visit_folder(session, ".", 0, each);
  for (i = 0; i < words->count; i++) {
    const char *path = words->items[i];
    if (stat(path, &what) == 0 && S_ISDIR(what.st_mode))
      status = worst(status, visit_folder(session, path, 0, each));
    else
      status = worst(status, each(session, path, true));
  }
  return status;
}
