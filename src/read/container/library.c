/*
** library.c - finds libarchive, and its functions in it.
*/
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "read/container/library.h"

/* The name of the interface that archive.h declares: all of 3.x. */
#define SONAME "libarchive.so.13"
_Static_assert(ARCHIVE_VERSION_NUMBER >= 3002000 &&
               ARCHIVE_VERSION_NUMBER < 4000000,
               "this libarchive has another interface");

static ld_library library;
static bool found;

static bool find (void *handle, const char *name, void *place) {
  void *function = dlsym(handle, name);
  memcpy(place, &function, sizeof function);
  return function != NULL;
}

/* It stays loaded, as one that is linked does. */
static void load (void) {
  void *handle = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
#define CALL(name) && find(handle, #name, &library.name)
  found = true LD_ARCHIVE_CALLS(CALL);
#undef CALL
}

const ld_library *ld_library_get (void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return found ? &library : NULL;
}

const char *ld_archive_version (void) {
  const ld_library *lib = ld_library_get();
  return lib ? lib->archive_version_string() : "libarchive (not installed)";
}
