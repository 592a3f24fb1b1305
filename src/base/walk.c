/*
** walk.c - a file, or all files of a folder, in an order that is the same
** everywhere: names by their bytes.
**
** A folder is read whole and closed before anything in it is visited, so the
** depth costs memory but no descriptors. Folders being walked form a chain, by
** which a link that leads back is known; how deep the chain may grow is bound.
*/
#include "base/base.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MOST = 64 };     /* the chain, and with it the C stack */

/* A folder being walked. */
struct level {
  const struct level *above;
  dev_t dev;
  ino_t ino;
  int depth;                  /* of the root: 1 */
};

struct walk {
  ld_memory *memory;
  ld_visit visit;
  ld_trouble trouble;
  void *data;
  lesdiplo_error *error;
  ld_buffer path;             /* of what is being looked at */
  size_t below;               /* where the part below the root begins */
};

/* A name in a folder, and whether the folder itself says that it is a regular file. */
struct name {
  const char *bytes;
  bool regular;
};

/* The names in one folder. */
struct names {
  ld_arena arena;
  struct name *list;
  size_t count, size;
};

static int walk_folder (struct walk *walk, const struct stat *info,
                        const struct level *above);


static int by_bytes (const void *a, const void *b) {
  const struct name *one = a, *other = b;
  return strcmp(one->bytes, other->bytes);
}


/* Adds a name; false without memory. */
static bool names_add (struct names *names, const char *name, bool regular) {
  if (names->count == names->size) {
    const size_t old = names->size * sizeof *names->list;
    struct name *list = ld_memory_resize(names->arena.memory, names->list,
                                         old, old * 2 + 8 * sizeof *list);
    if (list == NULL) return false;
    names->list = list;
    names->size = names->size * 2 + 8;
  }
  const char *copy = ld_arena_string(&names->arena, name, strlen(name));
  if (copy == NULL) return false;
  names->list[names->count++] = (struct name){ copy, regular };
  return true;
}


static void names_free (struct names *names) {
  ld_memory_free(names->arena.memory, names->list,
                 names->size * sizeof *names->list);
  ld_arena_free(&names->arena);
}


/*
** Fills in all names that are not hidden, sorted. Returns LESDIPLO_OK,
** LESDIPLO_ENOMEM, or LESDIPLO_EIO with the reason in errno.
*/
static int names_read (struct names *names, const char *path) {
  DIR *folder = opendir(path);
  if (folder == NULL) return LESDIPLO_EIO;
  int code = LESDIPLO_OK;
  const struct dirent *entry;
  while (errno = 0, (entry = readdir(folder)) != NULL) {
    if (entry->d_name[0] == '.') continue;
    if (!names_add(names, entry->d_name, entry->d_type == DT_REG)) {
      code = LESDIPLO_ENOMEM;
      break;
    }
  }
  const int why = errno;
  if (entry == NULL && why != 0) code = LESDIPLO_EIO;
  closedir(folder);
  errno = why;
  if (names->count > 1)
    qsort(names->list, names->count, sizeof *names->list, by_bytes);
  return code;
}


static void tell (struct walk *walk, const char *reason) {
  if (walk->trouble != NULL)
    walk->trouble(walk->data, ld_buffer_text(&walk->path) + walk->below,
                  reason);
}


/* Why stat failed, in words; a link is told from a file that is gone. */
static const char *reason_for (const char *path, int why) {
  struct stat info;
  const bool link = lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
  if (link && (why == ENOENT || why == ENOTDIR))
    return "is a link that leads to nothing: mend it or remove it";
  if (why == ELOOP)
    return "is a link that leads back to itself: mend it or remove it";
  if (why == EACCES || why == EPERM)
    return "cannot be read (Permission denied): allow reading it, or leave "
           "it out";
  if (why == ENOENT || why == ENOTDIR)
    return "does not exist (No such file or directory): check the path";
  if (why == ENAMETOOLONG) return "has too long a path: move it further up";
  return "cannot be read: check the disk, or leave it out";
}


static const char *reason_for_mode (mode_t mode) {
  if (S_ISFIFO(mode)) return "is a pipe: only files and folders are read";
  if (S_ISSOCK(mode)) return "is a socket: only files and folders are read";
  return "is a device: only files and folders are read";
}


static int visit_file (struct walk *walk) {
  const char *path = ld_buffer_text(&walk->path);
  return walk->visit(walk->data, path, path + walk->below);
}


/* What stands at walk->path: visits it, walks it, or tells the trouble. */
static int walk_entry (struct walk *walk, const struct level *above) {
  struct stat info;
  const char *path = ld_buffer_text(&walk->path);
  if (stat(path, &info) != 0) {
    tell(walk, reason_for(path, errno));
    return LESDIPLO_OK;
  }
  if (S_ISREG(info.st_mode)) return visit_file(walk);
  if (S_ISDIR(info.st_mode)) return walk_folder(walk, &info, above);
  tell(walk, reason_for_mode(info.st_mode));
  return LESDIPLO_OK;
}


/* Visits the names of a folder in turn; walk->path is its path. */
static int walk_names (struct walk *walk, const struct names *names,
                       const struct level *level) {
  const size_t length = walk->path.used;
  for (size_t i = 0; i < names->count; i++) {
    if (length > 0 && walk->path.bytes[length - 1] != '/')
      ld_buffer_char(&walk->path, '/');
    ld_buffer_puts(&walk->path, names->list[i].bytes);
    if (walk->path.failed) return ld_fail_memory(walk->error);
    const int code =
      names->list[i].regular ? visit_file(walk) : walk_entry(walk, level);
    if (code != LESDIPLO_OK) return code;
    walk->path.used = length;
    walk->path.bytes[length] = '\0';
  }
  return LESDIPLO_OK;
}


static int walk_folder (struct walk *walk, const struct stat *info,
                        const struct level *above) {
  const struct level level = { above, info->st_dev, info->st_ino,
                               above == NULL ? 1 : above->depth + 1 };
  for (const struct level *up = above; up != NULL; up = up->above) {
    if (up->dev == level.dev && up->ino == level.ino) {
      tell(walk, "it is a link that leads back to a folder above it");
      return LESDIPLO_OK;
    }
  }
  if (level.depth > DEPTH_MOST) {
    tell(walk, "lies more than 64 folders deep: move it further up");
    return LESDIPLO_OK;
  }
  struct names names = { .list = NULL };
  ld_arena_init(&names.arena, walk->memory);
  const char *path = ld_buffer_text(&walk->path);
  int code = names_read(&names, path);
  if (code == LESDIPLO_OK) code = walk_names(walk, &names, &level);
  else if (code == LESDIPLO_ENOMEM) ld_fail_memory(walk->error);
  else if (above == NULL)
    ld_fail(walk->error, code, path, 0, "%s", reason_for(path, errno));
  else {
    tell(walk, reason_for(path, errno));
    code = LESDIPLO_OK;
  }
  names_free(&names);
  return code;
}


/* Puts the root into walk->path, without slashes at its end, and says where
** names begin: at the file's own, or behind the folder's slash. */
static void set_root (struct walk *walk, const char *root, bool folder) {
  size_t n = strlen(root);
  while (n > 1 && root[n - 1] == '/') n--;
  ld_buffer_add(&walk->path, root, n);
  if (folder) walk->below = n + (root[n - 1] != '/');
  else
    while (n > 0 && root[n - 1] != '/') n--, walk->below = n;
}


int ld_walk (ld_memory *memory, const char *root, ld_visit visit,
             ld_trouble trouble, void *data, lesdiplo_error *error) {
  struct stat info;
  if (stat(root, &info) != 0)
    return ld_fail(error, LESDIPLO_EIO, root, 0, "%s",
                   reason_for(root, errno));
  const bool folder = S_ISDIR(info.st_mode);
  if (!folder && !S_ISREG(info.st_mode))
    return ld_fail(error, LESDIPLO_EIO, root, 0, "%s",
                   reason_for_mode(info.st_mode));
  struct walk walk = { memory, visit, trouble, data, error, { 0 }, 0 };
  ld_buffer_init(&walk.path, memory);
  set_root(&walk, root, folder);
  const int code = walk.path.failed ? ld_fail_memory(error) :
                   folder ? walk_folder(&walk, &info, NULL) :
                   visit_file(&walk);
  ld_buffer_free(&walk.path);
  return code;
}
