/*
** inventory.c - the verb `corpus`: what is there, what twice, and what could not
** be read. lesdiplo.report.inventory does the work, for scripts as for us: the
** verb is a script of one line, and is run as any other.
*/
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char rows[] =
  "return lesdiplo.report.inventory(corpus):rows()";
static const char text[] =
  "return lesdiplo.report.inventory(corpus):text(%u)";

int ld_inventory (ld_session *session) {
  int n = ld_session_asked(session) != NULL
          ? asprintf(&session->script.bytes, "%s", rows)
          : asprintf(&session->script.bytes, text,
                     ld_terminal_width(session->output.fd));
  if (n < 0) {
    session->script.bytes = NULL;
    ld_message_error("no memory");
    return LD_STOPPED;
  }
  session->script.length = (size_t)n;
  session->script_name = "=(corpus)";
  session->arguments.words.count = 0;   /* they were paths, and are read */
  return ld_run(session);
}
