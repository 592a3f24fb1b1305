/*
** entities.c - tables of entities that --entities names: looked for before a long
** read. What stands in them the library reads.
*/
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

static bool has_ending (const char *path) {
  static const char *const endings[] = {"csv", "jsonl", "txt"};
  const char *dot = strrchr(path, '.');
  size_t i;
  for (i = 0; dot && i < sizeof endings / sizeof *endings; i++)
    if (strcasecmp(dot + 1, endings[i]) == 0) return true;
  return false;
}

static int check (const char *path) {
  struct stat info;
  if (!has_ending(path)) {
    ld_message_error("--entities %s: how a table is written is told by its name, "
                     "which ends in .csv, .jsonl or .txt: rename it", path);
    return LD_USAGE;
  }
  if (stat(path, &info) != 0 || access(path, R_OK) != 0)
    ld_message_error("--entities %s: cannot be read (%s): check the path", path,
                     strerror(errno));
  else if (!S_ISREG(info.st_mode))
    ld_message_error("--entities %s: is no file: name one that ends in .csv, "
                     ".jsonl or .txt", path);
  else return LD_DONE;
  return LD_UNREADABLE;
}

int ld_entities_prepare (const ld_session *session) {
  const ld_words *files = &session->arguments.entities;
  int status = LD_DONE;
  size_t i;
  if (session->arguments.verb->need == LD_NOTHING) return LD_DONE;
  for (i = 0; status == LD_DONE && i < files->count; i++)
    status = check(files->items[i]);
  return status;
}
