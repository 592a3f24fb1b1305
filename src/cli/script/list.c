/*
** list.c - the verbs `list` and `hash`: which scripts there are, from their headers
** alone, and the sha256 by which each is known.
*/
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "cli/cli.h"

int ld_hash (ld_session *session) {
  const ld_words *words = &session->arguments.words;
  ld_output *output = &session->output;
  int status = LD_DONE;
  size_t i;
  if (words->count == 0) {
    ld_message_error("hash wants a FILE");
    return LD_USAGE;
  }
  for (i = 0; i < words->count; i++) {
    char sha256[65];
    ld_bytes file;
    if (ld_bytes_read(&file, words->items[i]) != LD_DONE) {
      status = LD_UNREADABLE;
      continue;
    }
    lesdiplo_sha256(file.bytes, file.length, sha256);
    free(file.bytes);
    ld_output_format(output, words->count > 1 ? "sha256:%s  %s\n"
                                              : "sha256:%s\n",
                     sha256, words->items[i]);
  }
  output->complete = status == LD_DONE;
  return status;
}


/* ----------------------------------------------------------------------
** List
*/

/* Words that are no paths; cells of the rows so far. */
static struct {
  const char **words;
  size_t word_count;
  char **cells;
  size_t cell_count, room;
} list;

/* Rows as the host prints them, in each of its formats. */
static const char rows_chunk[] =
  "local rows = { columns = { 'file', 'name', 'version', 'summary', 'rights' } }\n"
  "for i = 1, #arg, 5 do\n"
  "  local row = {}\n"
  "  for k, column in ipairs(rows.columns) do\n"
  "    if arg[i + k - 1] ~= '' then row[column] = arg[i + k - 1] end\n"
  "  end\n"
  "  rows[#rows + 1] = row\n"
  "end\n"
  "return rows\n";

static void add_cell (char *text) {
  if (list.cell_count == list.room) {
    size_t room = list.room * 2 + 50;
    char **grown = realloc(list.cells, room * sizeof *grown);
    if (grown == NULL) {
      free(text);
      return;
    }
    list.cells = grown;
    list.room = room;
  }
  list.cells[list.cell_count++] = text;
}

static bool has (const char *text, const char *word) {
  return text != NULL && strcasestr(text, word) != NULL;
}

static bool has_word (const lesdiplo_script *script, const char *path,
                      const char *word) {
  bool found = has(path, word) || has(script->name, word) ||
               has(script->summary, word) || has(script->author, word);
  size_t i;
  for (i = 0; !found && i < script->category_count; i++)
    found = has(script->categories[i], word);
  return found;
}

/* "read data/a.txt, run dot" */
static char *rights_of (const lesdiplo_script *script) {
  static const char *const kinds[] = {"read ", "write ", "run ", "env "};
  size_t room = 1, i;
  char *out, *to;
  for (i = 0; i < script->right_count; i++)
    room += strlen(script->rights[i].what) + 10;
  out = to = malloc(room);
  if (out == NULL) return NULL;
  *to = '\0';
  for (i = 0; i < script->right_count; i++) {
    if (i > 0) to = stpcpy(to, ", ");
    to = stpcpy(stpcpy(to, kinds[script->rights[i].kind]),
                script->rights[i].what);
  }
  return out;
}

static char *copy (const char *text) {
  return strdup(text ? text : "");
}

static void add_row (const char *path, const lesdiplo_script *script) {
  size_t i;
  for (i = 0; i < list.word_count; i++)
    if (!has_word(script, path, list.words[i])) return;
  add_cell(copy(path));
  add_cell(copy(script->name));
  add_cell(copy(script->version));
  add_cell(copy(script->summary));
  add_cell(rights_of(script));
}

/* A bad one is a warning: the others are listed. One without a header is not. */
static int add_script (ld_session *session, const char *path, bool named) {
  lesdiplo_script *script;
  lesdiplo_error error = {0, 0, "", ""};
  ld_bytes file;
  int code;
  (void)session;
  if (ld_bytes_read(&file, path) != LD_DONE) return LD_DONE;
  code = lesdiplo_script_read(&script, file.bytes, file.length, path, &error);
  free(file.bytes);
  if (code != LESDIPLO_OK) ld_message_warning("%s", error.message);
  else if (script->present || named) add_row(path, script);
  lesdiplo_script_free(code == LESDIPLO_OK ? script : NULL);
  return LD_DONE;
}

/* Leaves the paths among the words for ld_scripts. */
static void part_words (ld_words *words) {
  struct stat what;
  size_t count = words->count, i;
  words->count = 0;
  for (i = 0; i < count; i++) {
    if (stat(words->items[i], &what) == 0)
      words->items[words->count++] = words->items[i];
    else
      list.words[list.word_count++] = words->items[i];
  }
}

static int print_rows (ld_session *session) {
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  lesdiplo_error error = {0, 0, "", ""};
  lesdiplo_host *host;
  int code;
  ld_session_host(session, &options);
  code = lesdiplo_host_new(&host, NULL, &options, &error);
  if (code == LESDIPLO_OK)
    code = lesdiplo_host_run(host, rows_chunk, sizeof rows_chunk - 1, "=list",
                             (const char *const *)list.cells, list.cell_count,
                             &error);
  lesdiplo_host_free(host);
  return code == LESDIPLO_OK ? LD_DONE : ld_message_failure(&error);
}

int ld_list (ld_session *session) {
  ld_words *words = &session->arguments.words;
  int status;
  size_t i;
  list.words = calloc(words->count + 1, sizeof *list.words);
  if (list.words == NULL) {
    ld_message_error("no memory");
    return LD_STOPPED;
  }
  part_words(words);
  status = ld_scripts(session, add_script);
  if (status == LD_DONE && list.cell_count > 0) status = print_rows(session);
  else if (status == LD_DONE)
    ld_message_plain("no script here%s", list.word_count > 0
                     ? " has all these words in its header"
                     : " has a header");
  for (i = 0; i < list.cell_count; i++) free(list.cells[i]);
  free(list.cells);
  free(list.words);
  session->output.complete = true;
  return status;
}
