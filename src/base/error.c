/*
** error.c - filling in a lesdiplo_error, and "did you mean".
**
** Nothing here allocates and nothing can fail: an error has to be told when
** memory is gone, too.
*/
#include "base/base.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>


/* Copies 'where'. Of a path that is too long the end says more. */
static void set_where (lesdiplo_error *error, const char *where) {
  const size_t room = sizeof(error->where) - 1;
  const size_t n = strlen(where);
  if (n <= room) {
    memcpy(error->where, where, n + 1);
    return;
  }
  size_t from = n - (room - 3);
  while (from < n && ((unsigned char)where[from] & 0xC0) == 0x80) from++;
  memcpy(error->where, "...", 3);
  memcpy(error->where + 3, where + from, n - from + 1);
}


void ld_vprint (char *out, size_t size, const char *format,
                va_list arguments) {
  const int n = vsnprintf(out, size, format, arguments);
  size_t used = n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1, kept = 0;
  for (size_t at = 0; at < used;) {
    const size_t good = ld_utf8_check(out + at, used - at);
    memmove(out + kept, out + at, good);
    kept += good;
    at += good + 1;
  }
  out[kept] = '\0';
}


int ld_fail (lesdiplo_error *error, int code, const char *where,
             uint32_t line, const char *format, ...) {
  if (error == NULL) return code;
  va_list arguments;
  va_start(arguments, format);
  ld_vprint(error->message, sizeof error->message, format, arguments);
  va_end(arguments);
  error->code = code;
  error->line = line;
  set_where(error, where == NULL ? "" : where);
  return code;
}


/*
** Who refused is known from errno, as ld_memory_resize and ld_area_room leave
** it. A later call may have changed it: then the message names both.
*/
int ld_fail_memory (lesdiplo_error *error) {
  const char *what =
    errno == EDQUOT ? "the memory budget is used up: raise it (--max-memory) "
                      "or read fewer documents at a time" :
    errno == ENOMEM ? "the system gives no more memory: close other programs "
                      "or read fewer documents at a time" :
                      "out of memory: raise the budget (--max-memory), close "
                      "other programs or read fewer documents at a time";
  return ld_fail(error, LESDIPLO_ENOMEM, NULL, 0, "%s", what);
}


enum { NAME_MAX_LENGTH = 64 };   /* longer names are nobody's typing slip */

static int least (int a, int b) { return a < b ? a : b; }

/* Three rows of the usual table, so that a swap can look two rows back. */
int ld_distance (const char *a, const char *b, int most) {
  const size_t m = strlen(a), n = strlen(b);
  if (m > NAME_MAX_LENGTH || n > NAME_MAX_LENGTH) return most + 1;
  int rows[3][NAME_MAX_LENGTH + 1];
  int *before = rows[0], *above = rows[1], *row = rows[2];
  for (size_t j = 0; j <= n; j++) above[j] = before[j] = (int)j;
  for (size_t i = 1; i <= m; i++) {
    int best = row[0] = (int)i;
    for (size_t j = 1; j <= n; j++) {
      int change = above[j - 1] + (a[i - 1] != b[j - 1]);
      row[j] = least(change, least(above[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = least(row[j], before[j - 2] + 1);
      best = least(best, row[j]);
    }
    if (best > most) return most + 1;
    int *oldest = before;
    before = above; above = row; row = oldest;
  }
  return least(above[n], most + 1);
}
