/*
** kept.c - the text of each script that was allowed something always, by the
** script's name: what a later version has changed can be shown.
**
** It is kept for the reader alone. What a script may do hangs on its bytes
** (rights.c), never on its name.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

enum { NAME_MOST = 100 };

/* Where the script of that name, or, without one, of that file, is kept; to be
** freed. Letters, digits, `-` and `_` are as they are. */
static char *place_of (const char *name, const char *path) {
  const char *slash = strrchr(path, '/');
  char plain[NAME_MOST + 1], *file, *place;
  size_t n = 0;
  if (name == NULL || *name == '\0') name = slash ? slash + 1 : path;
  for (; *name && n < NAME_MOST; name++)
    plain[n++] = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789-_", *name) ? *name : '.';
  plain[n] = '\0';
  if (asprintf(&file, "scripts/allowed-%s", plain) < 0) return NULL;
  place = ld_state_file(file);
  free(file);
  return place;
}

int ld_kept_put (const char *name, const char *path, const char *text,
                 size_t length) {
  char *place = place_of(name, path);
  ld_output output;
  int status = LD_UNREADABLE;
  if (place == NULL) return LD_UNREADABLE;
  ld_make_folders(place);
  status = ld_output_open(&output, place);
  if (status == LD_DONE) {
    ld_output_write(&output, text, length);
    output.complete = true;
  }
  status = ld_output_close(&output, status);
  free(place);
  return status;
}

bool ld_kept_changed (ld_bytes *out, const char *name, const char *path,
                      const char *text, size_t length) {
  char *place = place_of(name, path);
  bool found = place != NULL && access(place, R_OK) == 0 &&
               ld_bytes_read(out, place) == LD_DONE;
  free(place);
  if (!found) return false;
  if (out->length != length || memcmp(out->bytes, text, length) != 0) return true;
  free(out->bytes);
  return false;
}
