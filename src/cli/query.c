/*
** query.c - the verbs `query` and `kwic`: a search without a script.
** lesdiplo.query.ask does the work, for scripts as for us: each verb is a
** script of one line, with what was written on the command line as its
** arguments.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const char check[] = "return require 'lesdiplo.query.ask'.check(...)";
static const char query[] =
  "return require 'lesdiplo.query.ask'.query(corpus, ...)";
static const char lines[] =
  "return require 'lesdiplo.query.ask'.lines(corpus, ...)";

static int no_memory (void) {
  ld_message_error("no memory");
  return LD_STOPPED;
}

/* Runs a script with these arguments. */
static int run (ld_session *session, const char *script,
                const char *const *items, size_t count) {
  ld_words *words = &session->arguments.words;
  const ld_words written = *words;
  int status;
  session->script.bytes = strdup(script);
  words->items = malloc((count + 1) * sizeof *items);
  words->count = count;
  if (session->script.bytes == NULL || words->items == NULL)
    status = no_memory();
  else {
    memcpy(words->items, items, count * sizeof *items);
    session->script.length = strlen(script);
    session->script_name = "=(query)";
    status = ld_run(session);
  }
  free(words->items);
  *words = written;
  return status;
}


/* ----------------------------------------------------------------------
** query
*/

/* What is wrong with a query, as a script prints it: lines, and a mark. */
struct complaint {
  char text[1024];
  size_t length;
};

static int take_complaint (void *data, const char *bytes, size_t n) {
  struct complaint *to = data;
  const size_t room = sizeof to->text - 1 - to->length;
  if (n > room) n = room;
  memcpy(to->text + to->length, bytes, n);
  to->length += n;
  return 0;
}

/* Reads the query without a corpus. */
static int check_query (ld_session *session) {
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  struct complaint complaint = {"", 0};
  lesdiplo_error error = {0, 0, "", ""};
  lesdiplo_host *host;
  int code;
  ld_session_host(session, &options);
  options.write = take_complaint;
  options.write_data = &complaint;
  code = lesdiplo_host_new(&host, NULL, &options, &error);
  if (code != LESDIPLO_OK) return ld_message_failure(&error);
  code = lesdiplo_host_run(host, check, sizeof check - 1, "=(query)",
                           session->arguments.words.items, 1, &error);
  lesdiplo_host_free(host);
  if (code != LESDIPLO_OK) return ld_message_failure(&error);
  if (complaint.length == 0) return LD_DONE;
  ld_message_error("%s", complaint.text);
  return LD_USAGE;
}

int ld_query_prepare (ld_session *session) {
  const size_t count = session->arguments.words.count;
  if (count == 1) return check_query(session);
  if (count == 0)
    ld_message_error("query wants a query: lesdiplo query '[stem=\"visit\"]'");
  else
    ld_message_error("query wants one query, and there are %u arguments: put "
                     "it in single quotes", (unsigned)count);
  return LD_USAGE;
}

int ld_query (ld_session *session) {
  const char *items[2];
  items[0] = session->arguments.words.items[0];
  items[1] = session->arguments.most;
  return run(session, query, items, items[1] != NULL ? 2 : 1);
}


/* ----------------------------------------------------------------------
** kwic
*/

int ld_kwic_prepare (ld_session *session) {
  const ld_words *words = &session->arguments.words;
  size_t i;
  for (i = 0; i < words->count; i++)
    if (words->items[i][strspn(words->items[i], " \t\n")]) return LD_DONE;
  ld_message_error("kwic wants a word: lesdiplo kwic sanctions");
  return LD_USAGE;
}

static const char *or_empty (const char *text) { return text ? text : ""; }

int ld_kwic (ld_session *session) {
  const ld_arguments *arguments = &session->arguments;
  const size_t count = arguments->words.count;
  const char **items = malloc((count + 3) * sizeof *items);
  int status;
  if (items == NULL) return no_memory();
  items[0] = or_empty(arguments->sort);
  items[1] = or_empty(arguments->width);
  items[2] = or_empty(arguments->most);
  memcpy(items + 3, arguments->words.items, count * sizeof *items);
  status = run(session, lines, items, count + 3);
  free(items);
  return status;
}
