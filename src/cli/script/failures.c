/*
** failures.c - --keep-going: the documents in which a script failed, by the kind
** of the failure.
**
** Two failures are of one kind when they come from the same line of the script and
** their messages differ in nothing but numbers and what stands in quotes.
*/
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* Documents that are named; with -v all are. */
enum { NAMED = 5 };

struct kind {
  uint32_t line;
  char *key, *message;       /* as compared; the first one, up to its line's end */
  char where[sizeof ((lesdiplo_error *)NULL)->where];
  char **docs;
  size_t count;
};

static struct {
  const ld_arguments *arguments;
  struct kind *kinds;
  size_t count, documents;
} failures;


/* ----------------------------------------------------------------------
** Kinds
*/

/* What is common to messages of one kind: "bad date '1998-13'" is "bad date ''". */
static void fold (char *text) {
  char *to = text;
  const char *end;
  while (*text) {
    const char mark = *text;
    if (isdigit((unsigned char)mark)) {
      *to++ = '0';
      while (isdigit((unsigned char)*text)) text++;
      continue;
    }
    *to++ = *text++;
    if ((mark != '\'' && mark != '"') || !(end = strchr(text, mark))) continue;
    *to++ = mark;
    text += end - text + 1;
  }
  *to = '\0';
}

/* The first line: below it are the script's, and the document. */
static char *first_line (const char *message) {
  return strndup(message, strcspn(message, "\n"));
}

static bool is_of (const struct kind *kind, const lesdiplo_error *error,
                   const char *key) {
  return kind->line == error->line && strcmp(kind->key, key) == 0;
}

/* NULL: no memory. */
static struct kind *kind_of (const lesdiplo_error *error) {
  char *key = first_line(error->message);
  struct kind *wider;
  size_t i;
  if (key == NULL) return NULL;
  fold(key);
  for (i = 0; i < failures.count; i++)
    if (is_of(&failures.kinds[i], error, key)) break;
  if (i < failures.count) {
    free(key);
    return &failures.kinds[i];
  }
  wider = realloc(failures.kinds, (failures.count + 1) * sizeof *wider);
  if (wider == NULL) {
    free(key);
    return NULL;
  }
  failures.kinds = wider;
  wider += failures.count++;
  memset(wider, 0, sizeof *wider);
  wider->line = error->line;
  wider->key = key;
  wider->message = first_line(error->message);
  memcpy(wider->where, error->where, sizeof wider->where);
  return wider;
}

/* Names past the first few are only counted, unless they are to be told. */
static void note_document (struct kind *kind, const char *id) {
  if (kind->count < NAMED || failures.arguments->verbose) {
    char **wider = realloc(kind->docs, (kind->count + 1) * sizeof *wider);
    if (wider == NULL) return;
    kind->docs = wider;
    kind->docs[kind->count] = strdup(id);
  }
  kind->count++;
}

static void hear (void *data, const lesdiplo_doc *doc,
                  const lesdiplo_error *error) {
  struct kind *kind = kind_of(error);
  (void)data;
  failures.documents++;
  if (kind) note_document(kind, lesdiplo_doc_id(doc));
}


/* ----------------------------------------------------------------------
** The summary
*/

static void print_kind (const struct kind *kind) {
  size_t named = kind->count, i;
  if (named > NAMED && !failures.arguments->verbose) named = NAMED;
  if (kind->line > 0)
    ld_message_plain("  %s:%u: %s", kind->where, (unsigned)kind->line,
                     kind->message ? kind->message : "");
  else
    ld_message_plain("  %s", kind->message ? kind->message : "");
  for (i = 0; i < named; i++)
    if (kind->docs[i]) ld_message_plain("    %s", kind->docs[i]);
  if (named < kind->count)
    ld_message_plain("    and %zu more (-v names them)", kind->count - named);
}

static int by_count (const void *a, const void *b) {
  const struct kind *x = a, *y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  if (x->line != y->line) return x->line < y->line ? -1 : 1;
  return strcmp(x->key, y->key);
}

static void forget (struct kind *kind) {
  size_t i;
  for (i = 0; i < kind->count && (i < NAMED || failures.arguments->verbose); i++)
    free(kind->docs[i]);
  free(kind->docs);
  free(kind->key);
  free(kind->message);
}

void ld_failures_set (const ld_session *session, lesdiplo_run_options *options) {
  failures.arguments = &session->arguments;
  if (session->arguments.keep_going) options->failed = hear;
}

int ld_failures_print (int status) {
  const size_t n = failures.documents;
  size_t i;
  if (n == 0) return status;
  qsort(failures.kinds, failures.count, sizeof *failures.kinds, by_count);
  ld_message_error("the script failed in %zu %s, which %s left out:", n,
                   n == 1 ? "document" : "documents", n == 1 ? "is" : "are");
  for (i = 0; i < failures.count; i++) {
    print_kind(&failures.kinds[i]);
    forget(&failures.kinds[i]);
  }
  free(failures.kinds);
  return status == LD_DONE ? LD_FAILED : status;
}
