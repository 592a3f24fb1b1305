/*
** landlock.c - which files a worker may open: none, or those below a few paths,
** to read. Landlock holds whatever the process does later, and so it does for
** its threads and children.
**
** The kernel is asked which version of Landlock it has; a right that it does
** not know cannot be taken away by it, and the system calls behind these are
** refused by seccomp.c.
*/
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/jail/jail.h"

/* As <linux/landlock.h> has them; Debian 12's ends at the second version. The
** call takes a longer structure than it knows, where the rest is zero. */
struct ruleset {
  uint64_t files, net, scoped;
};

struct __attribute__((packed)) beneath {
  uint64_t allowed;
  int32_t folder;
};

enum { RULE_BENEATH = 1, ASK_VERSION = 1 };

enum { READ_FILE = 1 << 2, READ_FOLDER = 1 << 3 };

/* How many rights about files each version knows, from the first on. */
static const unsigned file_rights[] = { 13, 14, 15, 15, 16 };

/* Bind and connect of TCP; abstract sockets and signals of others. */
enum { NET_RIGHTS = 3, NET_SINCE = 4, SCOPES = 3, SCOPES_SINCE = 6 };

static int version (void) {
#ifdef SYS_landlock_create_ruleset
  return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
#else
  return -1;
#endif
}

bool ld_jail_has_files (void) {
  return version() >= 1;
}

#ifdef SYS_landlock_create_ruleset

static struct ruleset everything (int known) {
  const int last = (int)(sizeof file_rights / sizeof *file_rights);
  const unsigned bits = file_rights[(known < last ? known : last) - 1];
  return (struct ruleset){
    .files = (UINT64_C(1) << bits) - 1,
    .net = known >= NET_SINCE ? NET_RIGHTS : 0,
    .scoped = known >= SCOPES_SINCE ? SCOPES : 0
  };
}

/* What is not there needs no rule. */
static bool allow (int rules, const char *path) {
  struct beneath rule = { READ_FILE, open(path, O_PATH | O_CLOEXEC) };
  struct stat about;
  bool done = rule.folder < 0;
  if (!done && fstat(rule.folder, &about) == 0) {
    if (S_ISDIR(about.st_mode)) rule.allowed |= READ_FOLDER;
    done = syscall(SYS_landlock_add_rule, rules, RULE_BENEATH, &rule, 0) == 0;
  }
  if (rule.folder >= 0) close(rule.folder);
  return done;
}

bool ld_jail_files (const char *const *paths, size_t count) {
  const int known = version();
  if (known < 1) return false;
  const struct ruleset denied = everything(known);
  const int rules = (int)syscall(SYS_landlock_create_ruleset, &denied,
                                 sizeof denied, 0);
  bool done = rules >= 0;
  for (size_t i = 0; done && i < count; i++) done = allow(rules, paths[i]);
  done = done && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  if (rules >= 0) close(rules);
  return done;
}

#else

bool ld_jail_files (const char *const *paths, size_t count) {
  (void)paths;
  (void)count;
  return false;
}

#endif
