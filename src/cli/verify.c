/*
** verify.c - does a file say what its sources say?
**
** On stdout a line for each claim that does not hold, FILE:LINE: WHAT: REASON,
** in the order of the file; the count goes to stderr.
*/
#include <stdlib.h>

#include "cli/cli.h"

struct tally {
  ld_output *output;
  const char *file;
  unsigned long hold, fail;
};

static void found (void *data, const lesdiplo_finding *finding) {
  struct tally *tally = data;
  if (finding->reason == NULL) {
    tally->hold++;
    return;
  }
  tally->fail++;
  ld_output_format(tally->output, "%s:%u: %s: %s\n", tally->file,
                   (unsigned)finding->line, finding->what, finding->reason);
}

static int verify_file (ld_session *session, struct tally *tally,
                        const char *path) {
  lesdiplo_error error = {0, 0, "", ""};
  ld_bytes file;
  int code, status = ld_bytes_read(&file, path);
  if (status != LD_DONE) return status;
  tally->file = path;
  code = lesdiplo_verify(session->corpus, file.bytes, file.length, found,
                         tally, &error);
  free(file.bytes);
  if (code == LESDIPLO_OK) return LD_DONE;
  if (code == LESDIPLO_EFORMAT) return LD_FAILED;   /* said line by line */
  if (code != LESDIPLO_ENOTFOUND) return ld_message_failure(&error);
  ld_message_error("%s claims nothing: there is no citation in it, and no "
                   "record with doc, start and end", path);
  return LD_FAILED;
}

/* Without a file, standard input. The list has room for one word more. */
int ld_verify_prepare (ld_session *session) {
  ld_words *words = &session->arguments.words;
  if (words->count == 0) words->items[words->count++] = "-";
  return LD_DONE;
}

/* Every file is looked at; the exit code is that of the worst. */
int ld_verify (ld_session *session) {
  struct tally tally = {&session->output, NULL, 0, 0};
  const ld_words *words = &session->arguments.words;
  int status = LD_DONE;
  size_t i;
  for (i = 0; i < words->count; i++) {
    int one = verify_file(session, &tally, words->items[i]);
    if (one > status) status = one;
  }
  if (tally.hold + tally.fail > 0)
    ld_message_plain("%lu hold, %lu do not", tally.hold, tally.fail);
  session->output.complete = true;
  return status;
}
