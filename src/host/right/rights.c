/*
** rights.c - what was granted to a script and what was denied, which wins.
**
** Paths are compared as the file system resolves them: a link is where it
** leads, and a file that a granted folder does not hold is not granted. What is
** not there is compared as it is written, so that a script hears of no names
** outside of what it may read.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/right/right.h"

void ld_right_flag (int kind, const char *what, char *out, size_t size) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST"
                              "UVWXYZ0123456789_-./:=,+@%";
  ld_text text;
  ld_text_init(&text, out, size);
  ld_text_format(&text, "--allow-%s ", ld_need_names[kind]);
  if (*what && strspn(what, plain) == strlen(what)) {
    ld_text_add(&text, what, strlen(what));
    return;
  }
  ld_text_add(&text, "'", 1);
  for (const char *p = what; *p; ) {
    const size_t n = strcspn(p, "'");
    ld_text_escape(&text, p, n);
    p += n;
    if (*p) ld_text_add(&text, "'\\''", 4);
    if (*p) p++;
  }
  ld_text_add(&text, "'", 1);
}

static int not_granted (int kind, const char *what, const char *verb,
                        lesdiplo_error *error) {
  char flag[600], shown[300];
  ld_text text;
  ld_right_flag(kind, what, flag, sizeof flag);
  ld_text_init(&text, shown, sizeof shown);
  ld_text_escape(&text, what, strlen(what));
  return ld_fail(error, LESDIPLO_EDENIED, NULL, 0,
                 "the script may not %s '%s'; %s would allow it", verb, shown,
                 flag);
}

static int denied (int kind, const char *what, const char *verb,
                   lesdiplo_error *error) {
  char shown[300];
  ld_text text;
  ld_text_init(&text, shown, sizeof shown);
  ld_text_escape(&text, what, strlen(what));
  return ld_fail(error, LESDIPLO_EDENIED, NULL, 0,
                 "the script may not %s '%s': --deny-%s says so", verb, shown,
                 ld_need_names[kind]);
}

static const char *const verbs[LD_NEEDS] = {
  "read", "write to", "run", "know the variable"
};

static void hear (const ld_rights *rights, int kind, const char *what,
                  bool granted) {
  const lesdiplo_right right = { kind, !granted, what };
  if (rights->used) rights->used(rights->data, &right);
}

/* Calls 'matches' with each right of the kind, those that deny first. */
static int decide (const ld_rights *rights, int kind, const char *what,
                   bool (*matches) (const lesdiplo_right *, const char *),
                   const char *compared, lesdiplo_error *error) {
  bool granted = false, refused = false;
  for (size_t i = 0; i < rights->count; i++) {
    const lesdiplo_right *right = &rights->items[i];
    if (right->kind != kind || !matches(right, compared)) continue;
    if (right->denied) refused = true;
    else granted = true;
  }
  if (refused) return denied(kind, what, verbs[kind], error);
  return granted ? LESDIPLO_OK : not_granted(kind, what, verbs[kind], error);
}

static bool is_named (const lesdiplo_right *right, const char *what) {
  return !right->what || strcmp(right->what, what) == 0;
}

int ld_right_env (const ld_rights *rights, const char *what,
                  lesdiplo_error *error) {
  const int code = decide(rights, LD_NEED_ENV, what, is_named, what, error);
  hear(rights, LD_NEED_ENV, what, code == LESDIPLO_OK);
  return code;
}

int ld_right_run (const ld_rights *rights, const char *what,
                  lesdiplo_error *error) {
  const int code = decide(rights, LD_NEED_RUN, what, is_named, what, error);
  hear(rights, LD_NEED_RUN, what, code == LESDIPLO_OK);
  return code;
}


/* ----------------------------------------------------------------------
** Paths
*/

/* An absolute path without "." and ".." and doubled slashes, as it is written;
** false when it is too long. */
static bool absolute (const char *path, char out[PATH_MAX]) {
  size_t used = 0;
  char begin[PATH_MAX];
  if (*path != '/' && !getcwd(begin, sizeof begin)) return false;
  const char *parts[] = { *path == '/' ? "" : begin, path };
  for (int i = 0; i < 2; i++) {
    for (const char *p = parts[i]; *p; ) {
      p += strspn(p, "/");
      const size_t n = strcspn(p, "/");
      if (n == 2 && memcmp(p, "..", 2) == 0)
        while (used > 0 && out[--used] != '/') ;
      else if (n > 0 && !(n == 1 && *p == '.')) {
        if (used + n + 2 > PATH_MAX) return false;
        out[used++] = '/';
        memcpy(out + used, p, n);
        used += n;
      }
      p += n;
    }
  }
  if (used == 0) out[used++] = '/';
  out[used] = '\0';
  return true;
}

static bool resolve (const char *path, char out[PATH_MAX]) {
  return realpath(path, out) || absolute(path, out);
}

static bool is_below (const char *path, const char *folder) {
  const size_t n = strlen(folder);
  if (n == 1) return true;                        /* "/" */
  return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

/* The kernel's own folders have this process's memory in them: a right to a
** folder above them does not reach there. */
static bool is_hidden (const char *path, const char *folder) {
  static const char *const own[] = { "/proc", "/sys", "/dev" };
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (is_below(path, own[i]) && !(folder && is_below(folder, own[i])))
      return true;
  return false;
}

static bool holds (const lesdiplo_right *right, const char *path) {
  char folder[PATH_MAX];
  if (!right->what) return right->denied || !is_hidden(path, NULL);
  if (!resolve(right->what, folder)) return right->denied;
  if (!is_below(path, folder)) return false;
  return right->denied || !is_hidden(path, folder);
}

int ld_right_read (const ld_rights *rights, const char *what, char *real,
                   lesdiplo_error *error) {
  char path[PATH_MAX];
  const bool there = *what && realpath(what, path);
  *real = '\0';
  if (!there && (!*what || !absolute(what, path)))
    return not_granted(LD_NEED_READ, what, verbs[LD_NEED_READ], error);
  const int code = decide(rights, LD_NEED_READ, what, holds, path, error);
  hear(rights, LD_NEED_READ, what, code == LESDIPLO_OK);
  if (code == LESDIPLO_OK && there) strcpy(real, path);
  return code;
}

/* A folder to write to: its path, and the length of its name before '=', or of
** the last part of the path. */
static const char *split_folder (const char *what, const char **name,
                                 size_t *n) {
  const char *equals = strchr(what, '=');
  if (equals && equals > what && !memchr(what, '/', (size_t)(equals - what))) {
    *name = what;
    *n = (size_t)(equals - what);
    return equals + 1;
  }
  size_t end = strlen(what);
  while (end > 1 && what[end - 1] == '/') end--;
  size_t begin = end;
  while (begin > 0 && what[begin - 1] != '/') begin--;
  *name = what + begin;
  *n = end - begin;
  return what;
}

/* A folder goes by its name; "" is any. */
static bool is_folder (const lesdiplo_right *right, const char *wanted) {
  const char *name;
  size_t n;
  if (!right->what || !*wanted) return true;
  split_folder(right->what, &name, &n);
  return strlen(wanted) == n && memcmp(name, wanted, n) == 0;
}

const char *ld_right_write (const ld_rights *rights, const char *name,
                            const char *what, lesdiplo_error *error) {
  const char *found = NULL, *ignored;
  size_t n;
  const int code = decide(rights, LD_NEED_WRITE, *name ? name : ".", is_folder,
                          name, error);
  hear(rights, LD_NEED_WRITE, what, code == LESDIPLO_OK);
  if (code != LESDIPLO_OK) return NULL;
  for (size_t i = 0; i < rights->count; i++) {
    const lesdiplo_right *right = &rights->items[i];
    if (right->kind != LD_NEED_WRITE || right->denied ||
        !is_folder(right, name)) continue;
    /* a named one goes before the right to all of them */
    if (right->what) return split_folder(right->what, &ignored, &n);
    found = *name ? name : ".";
  }
  return found;
}


/* ----------------------------------------------------------------------
** What a header asks for
*/

static int wanted (const ld_rights *rights, int need, const char *what,
                   lesdiplo_error *error) {
  char real[PATH_MAX];
  switch (need) {
    case LD_NEED_READ: return ld_right_read(rights, what, real, error);
    case LD_NEED_WRITE:
      return ld_right_write(rights, what, what, error) ? LESDIPLO_OK
                                                       : LESDIPLO_EDENIED;
    case LD_NEED_RUN: return ld_right_run(rights, what, error);
    default: return ld_right_env(rights, what, error);
  }
}

/* Is it denied, whatever is granted besides? */
static bool is_denied (const ld_rights *rights, int need, const char *what,
                       lesdiplo_error *error) {
  const lesdiplo_right all = { need, 0, NULL };
  lesdiplo_right both[64] = { all };
  size_t n = 1;
  for (size_t i = 0; i < rights->count; i++)
    if (rights->items[i].denied && n < 64) both[n++] = rights->items[i];
  const ld_rights others = { both, n, false, NULL, NULL };
  return wanted(&others, need, what, error) != LESDIPLO_OK;
}

/* The needs that nothing grants yet, into 'missing'; EDENIED when one of them
** is denied. */
static int list_missing (const ld_rights *rights, const ld_header *header,
                         lesdiplo_right *missing, size_t *count,
                         lesdiplo_error *error) {
  const ld_rights quiet = { rights->items, rights->count, false, NULL, NULL };
  *count = 0;
  for (int need = 0; need < LD_NEEDS; need++)
    for (uint32_t i = 0; i < header->needs[need].list.count; i++) {
      const char *what = header->needs[need].list.items[i];
      if (wanted(&quiet, need, what, error) == LESDIPLO_OK) continue;
      if (is_denied(&quiet, need, what, error)) return LESDIPLO_EDENIED;
      missing[(*count)++] = (lesdiplo_right){ need, 0, what };
    }
  return LESDIPLO_OK;
}

/* Names all flags at once, so that nobody has to run it again for each. */
static int refuse (const lesdiplo_run_options *options,
                   const ld_header *header, const lesdiplo_right *missing,
                   size_t count, lesdiplo_error *error) {
  const char *name = ld_message_name(options->name);
  char flags[900], one[300];
  ld_text text;
  ld_text_init(&text, flags, sizeof flags);
  for (size_t i = 0; i < count; i++) {
    ld_right_flag(missing[i].kind, missing[i].what, one, sizeof one);
    ld_text_format(&text, " %s", one);
  }
  return ld_fail(error, LESDIPLO_EDENIED, name, 0,
                 "%s asks for more than to read its corpus; this would allow "
                 "it:\n %s\n  %s:%u, in its header", name, flags, name,
                 (unsigned)header->needs[missing[0].kind].line);
}

static int not_agreed (const lesdiplo_run_options *options,
                       lesdiplo_error *error) {
  const char *name = ld_message_name(options->name);
  return ld_fail(error, LESDIPLO_EDENIED, name, 0,
                 "%s was not run: what it asks for was not allowed", name);
}

static int ask (const lesdiplo_run_options *options,
                    const ld_header *header, const lesdiplo_right *missing,
                    size_t count) {
  const lesdiplo_request request = {
    .script = ld_message_name(options->name),
    .name = header->name.string, .version = header->version.string,
    .summary = header->summary.string, .author = header->author.string,
    .chunk = options->chunk, .length = options->length,
    .rights = missing, .count = count,
    .max_time = header->time, .max_memory = header->memory
  };
  return options->ask(options->rights_data, &request);
}

int ld_rights_ask (ld_rights *rights, const lesdiplo_run_options *options,
                   const ld_header *header, ld_arena *arena,
                   lesdiplo_error *error) {
  size_t most = 1, count;
  for (int i = 0; i < LD_NEEDS; i++) most += header->needs[i].list.count;
  lesdiplo_right *all = ld_arena_take(arena, (rights->count + most) *
                                             sizeof *all);
  if (!all) return ld_fail_memory(error);
  if (rights->count > 0)
    memcpy(all, rights->items, rights->count * sizeof *all);
  lesdiplo_right *missing = all + rights->count;
  const int code = list_missing(rights, header, missing, &count, error);
  if (code != LESDIPLO_OK || count == 0) return code;
  const int agreed = options->ask ? ask(options, header, missing, count) : -1;
  if (agreed == 0) return not_agreed(options, error);
  if (agreed != 1) return refuse(options, header, missing, count, error);
  rights->items = all;
  rights->count += count;
  return LESDIPLO_OK;
}
