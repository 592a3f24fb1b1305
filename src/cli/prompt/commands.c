/*
** commands.c - lines of the prompt that begin with a colon.
**
** Most are a line of Lua under a short name: what they show, a script can show as
** well. The others are about the session itself.
*/
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/prompt/prompt.h"

typedef struct command {
  const char *name, *usage, *summary;
  /* a line of Lua in which %s is what stands behind the name, or NULL */
  const char *lua;
  void (*act) (ld_prompt *prompt, const char *rest);
  bool wants;              /* something has to stand behind the name */
} command;

static const command commands[];


/* ----------------------------------------------------------------------
** Help
*/

/* Does a name, or the first line of its help, have the word in it? */
static bool speaks_of (const char *name, const char *word) {
  const char *text = lesdiplo_help(name), *line;
  char head[400];
  int i;
  if (strcasestr(name, word) != NULL) return true;
  if (text == NULL) return false;
  for (i = 0, line = text; i < 2 && *line; i++) {
    snprintf(head, sizeof head, "%.*s", (int)strcspn(line, "\n"), line);
    if (strcasestr(head, word) != NULL) return true;
    line += strcspn(line, "\n");
    line += *line == '\n';
  }
  return false;
}

static void search_help (ld_output *out, const char *word) {
  unsigned found = 0;
  const char *name;
  for (uint32_t i = 0; (name = lesdiplo_help_name(i)) != NULL; i++) {
    const char *text = lesdiplo_help(name);
    if (!speaks_of(name, word)) continue;
    text += strcspn(text, "\n");
    text += *text == '\n';
    ld_output_format(out, "  %-28s %.*s\n", name, (int)strcspn(text, "\n"),
                     text);
    found++;
  }
  if (found == 0) ld_message_error("no help speaks of '%s'", word);
}

static void help_command (ld_output *out, const char *name) {
  unsigned found = 0;
  for (const command *c = commands; c->name; c++) {
    if (strncmp(c->name, name, strlen(name)) != 0) continue;
    ld_output_format(out, "%s %s: %s\n", c->name, c->usage, c->summary);
    found++;
  }
  if (found == 0) ld_message_error("no command %s; :help shows them", name);
}

static void help (ld_prompt *prompt, const char *rest) {
  ld_output *out = &prompt->session->output;
  if (*rest == ':') {
    help_command(out, rest);
    return;
  }
  if (*rest) {
    search_help(out, rest);
    return;
  }
  ld_output_text(out,
    "  ?NAME, NAME?             help on a name: ?corpus:find\n"
    "  EXPRESSION               shows its value; with ; at its end it does not\n"
    "  _, _1 ... _9             the last value, and those before it\n");
  for (const command *c = commands; c->name; c++) {
    char head[40];
    snprintf(head, sizeof head, "%s %s", c->name, c->usage);
    ld_output_format(out, "  %-24s %s\n", head, c->summary);
  }
  ld_output_text(out, "  Ctrl-C                   stops a line; twice kills it, "
                      "and it is undone\n");
}


/* ----------------------------------------------------------------------
** The session
*/

/* What commands have done since goes with it. */
static bool undo_one (ld_prompt *prompt) {
  ld_entered *last = ld_log_last(&prompt->log);
  lesdiplo_error error;
  unsigned steps;
  if (last == NULL) {
    ld_message_error("no line to undo");
    return false;
  }
  for (steps = last->looks + 1; steps > 0; steps--)
    if (lesdiplo_session_undo(prompt->lines, &error) != LESDIPLO_OK) {
      ld_message_failure(&error);
      return false;
    }
  last->kept = false;
  return true;
}

static void undo (ld_prompt *prompt, const char *rest) {
  char *end;
  long n = *rest ? strtol(rest, &end, 10) : 1;
  if (*rest && (*end || n < 1)) {
    ld_message_error(":undo [N]: how many lines? got '%s'", rest);
    return;
  }
  while (n > 0 && undo_one(prompt)) n--;
}

static void reset (ld_prompt *prompt, const char *rest) {
  lesdiplo_error error;
  (void)rest;
  if (lesdiplo_session_reset(prompt->lines, &error) != LESDIPLO_OK)
    ld_message_failure(&error);
  else ld_log_forget(&prompt->log);
}

static void put_size (ld_output *out, double bytes) {
  if (bytes >= 1e9) ld_output_format(out, "%.1f GB", bytes / 1e9);
  else if (bytes >= 1e6) ld_output_format(out, "%.1f MB", bytes / 1e6);
  else ld_output_format(out, "%.0f kB", bytes / 1e3);
}

static void show_time (ld_prompt *prompt, const char *rest) {
  ld_output *out = &prompt->session->output;
  const lesdiplo_line *last = &prompt->last;
  (void)rest;
  ld_output_format(out, "the last line took %.3f s, %.3f s of the processor; "
                        "the state has ", last->seconds, last->cpu);
  put_size(out, (double)last->memory);
  ld_output_text(out, "\n");
}

static void show_limits (ld_prompt *prompt, const char *rest) {
  const ld_arguments *a = &prompt->session->arguments;
  ld_output *out = &prompt->session->output;
  (void)rest;
  if (a->max_time > 0)
    ld_output_format(out, "  --max-time    %g s a line\n", a->max_time);
  else ld_output_text(out, "  --max-time    none: Ctrl-C stops a line\n");
  ld_output_text(out, "  --max-memory  ");
  put_size(out, a->max_memory ? (double)a->max_memory : 1073741824.0);
  ld_output_text(out, "\n  --max-output  ");
  put_size(out, a->max_output ? (double)a->max_output : 268435456.0);
  ld_output_text(out, " a line\n");
}

static void show_rights (ld_prompt *prompt, const char *rest) {
  static const char *const kinds[] = {"read", "write", "run", "env"};
  const ld_arguments *a = &prompt->session->arguments;
  ld_output *out = &prompt->session->output;
  size_t i;
  (void)rest;
  ld_output_text(out, "  reads its corpus, prints\n");
  for (i = 0; i < a->right_count; i++)
    ld_output_format(out, "  --%s-%s %s\n",
                     a->rights[i].denied ? "deny" : "allow",
                     kinds[a->rights[i].kind], a->rights[i].what);
  if (a->right_count == 0)
    ld_output_text(out, "  nothing else: --allow-read, --allow-write, "
                        "--allow-run, --allow-env grant more\n");
}

static void show_log (ld_prompt *prompt, const char *rest) {
  const ld_log *log = &prompt->log;
  long n = *rest ? strtol(rest, NULL, 10) : 20;
  size_t i = n > 0 && (size_t)n < log->count ? log->count - (size_t)n : 0;
  for (; i < log->count; i++)
    ld_output_format(&prompt->session->output, "%s %s\n",
                     log->items[i].failed ? "!" :
                     log->items[i].kept ? " " : "-", log->items[i].text);
}

static void choose_mode (ld_prompt *prompt, const char *rest) {
  lesdiplo_error error;
  if (!*rest)
    ld_output_format(&prompt->session->output, "%s\n", prompt->format);
  else if (lesdiplo_session_format(prompt->lines, rest, 0, &error) !=
           LESDIPLO_OK)
    ld_message_failure(&error);
  else snprintf(prompt->format, sizeof prompt->format, "%s", rest);
}

static void quit (ld_prompt *prompt, const char *rest) {
  (void)rest;
  prompt->ended = true;
}


/* ----------------------------------------------------------------------
** Scripts
*/

/* "NAME=VALUE" is kept as a script's flag; without a value the flag is dropped. */
static void set (ld_prompt *prompt, const char *rest) {
  ld_words *flags = &prompt->set;
  size_t n = strcspn(rest, "="), i;
  const char **more;
  char *flag;
  if (*rest && (n == 0 || strcspn(rest, " \t") < n)) {
    ld_message_error(":set NAME=VALUE: '%s' has no name before its =", rest);
    return;
  }
  if (!*rest) {
    for (i = 0; i < flags->count; i++)
      ld_output_format(&prompt->session->output, "%s\n", flags->items[i]);
    return;
  }
  for (i = 0; i < flags->count; i++)
    if (strncmp(flags->items[i] + 2, rest, n) == 0 &&
        flags->items[i][n + 2] == '=') {
      free((char *)(uintptr_t)flags->items[i]);
      flags->items[i] = flags->items[--flags->count];
      break;
    }
  if (rest[n] != '=' || rest[n + 1] == '\0') return;
  more = realloc(flags->items, (flags->count + 1) * sizeof *more);
  if (more != NULL) flags->items = more;
  if (more == NULL || asprintf(&flag, "--%s", rest) < 0)
    ld_message_error("no memory");
  else more[flags->count++] = flag;
}

static void load (ld_prompt *prompt, const char *rest) {
  ld_bytes script = {NULL, 0};
  if (ld_bytes_read(&script, rest) == LD_DONE)
    ld_prompt_run(prompt, &script, rest);
  free(script.bytes);
}

static double bytes_of (const lesdiplo_corpus *corpus, uint32_t i) {
  size_t length;
  lesdiplo_doc_text(lesdiplo_corpus_doc(corpus, i), &length);
  return (double)length;
}

/* What so many seconds are for all, as far as text is what they go into. */
static void put_estimate (ld_output *out, double seconds, double share) {
  const double all = seconds / share;
  ld_output_format(out, "%.2f s; all of them, which are %.0f times as long: "
                        "about ", seconds, 1 / share);
  if (all < 90) ld_output_format(out, "%.1f s\n", all);
  else ld_output_format(out, "%.0f min\n", all / 60);
}

/* Every so many-th: the same ones each time, from all parts of the corpus. */
static void try_on (ld_prompt *prompt, const ld_bytes *script,
                    const char *name, uint32_t wanted) {
  const lesdiplo_corpus *corpus = prompt->session->corpus;
  const uint32_t count = lesdiplo_corpus_count(corpus);
  uint32_t *docs, i, n = wanted < count ? wanted : count;
  double some = 0, all = 0, begun = ld_seconds();
  docs = malloc((n + 1) * sizeof *docs);
  if (docs == NULL) {
    ld_message_error("no memory");
    return;
  }
  for (i = 0; i < count; i++) all += bytes_of(corpus, i);
  for (i = 0; i < n; i++) {
    docs[i] = (uint32_t)((uint64_t)i * count / n);
    some += bytes_of(corpus, docs[i]);
  }
  if (ld_prompt_try(prompt, script, name, docs, n) == LD_DONE && some > 0) {
    ld_output_format(&prompt->session->output, "%u of %u documents took ",
                     (unsigned)n, (unsigned)count);
    put_estimate(&prompt->session->output, ld_seconds() - begun, some / all);
  }
  free(docs);
}

static void try_script (ld_prompt *prompt, const char *rest) {
  ld_bytes script = {NULL, 0};
  char *end;
  const unsigned long n = strtoul(rest, &end, 10);
  const char *path = end + strspn(end, " \t");
  if (n == 0 || n > UINT32_MAX || end == path || *path == '\0') {
    ld_message_error(":try N FILE: how many documents, and which script? got "
                     "'%s'", rest);
    return;
  }
  if (ld_bytes_read(&script, path) == LD_DONE)
    try_on(prompt, &script, path, (uint32_t)n);
  free(script.bytes);
}

static void save (ld_prompt *prompt, const char *rest) {
  static const char option[] = "--force ";
  const bool forced = strncmp(rest, option, sizeof option - 1) == 0;
  const bool force = forced || prompt->session->arguments.force;
  if (forced) rest += sizeof option - 1;
  rest += strspn(rest, " \t");
  if (*rest == '\0' || strcmp(rest, "--force") == 0)
    ld_message_error(":save [--force] FILE: which file?");
  else ld_saved_write(prompt, rest, force);
}


/* ----------------------------------------------------------------------
** The corpus, the system
*/

/* Another one: variables of the old one's documents would be of no use. */
static void load_corpus (ld_prompt *prompt, const char *path) {
  ld_session *session = prompt->session;
  lesdiplo_corpus *before = session->corpus;
  const ld_words paths = session->arguments.paths;
  const char *one = strdup(path);
  int status = LD_STOPPED;
  session->arguments.paths = (ld_words){ &one, 1 };
  if (one != NULL) {
    session->stop = ld_keys_stop();
    ld_keys_listen(true);
    status = ld_corpus_load(session);
    ld_keys_listen(false);
    session->stop = NULL;
  }
  if (status != LD_DONE || ld_prompt_open(prompt) != LD_DONE) {
    session->arguments.paths = paths;
    session->corpus = before;
    free((char *)(uintptr_t)one);
    return;
  }
  session->arguments.paths = paths;
  lesdiplo_corpus_close(before);
  ld_log_forget(&prompt->log);
  ld_message_plain("%u documents from %s; the session begins anew",
                   (unsigned)lesdiplo_corpus_count(session->corpus), path);
  free((char *)(uintptr_t)one);
}

static void corpus (ld_prompt *prompt, const char *rest) {
  if (*rest) load_corpus(prompt, rest);
  else
    ld_prompt_look(prompt, "print(lesdiplo.report.inventory(corpus):text())");
}

static void diagnose (ld_output *out, const char *what, bool good,
                      const char *otherwise) {
  ld_output_format(out, "  %-22s %s\n", what, good ? "yes" : otherwise);
}

static bool can_write_state (void) {
  char *path = ld_state_file("history"), *slash;
  bool can = path != NULL;
  if (can) {
    ld_make_folders(path);
    slash = strrchr(path, '/');
    *slash = '\0';
    can = access(path, W_OK) == 0;
  }
  free(path);
  return can;
}

static bool has_program (const char *name) {
  const char *path = getenv("PATH");
  while (path != NULL && *path) {
    const size_t n = strcspn(path, ":");
    char file[4096];
    snprintf(file, sizeof file, "%.*s/%s", (int)n, path, name);
    if (access(file, X_OK) == 0) return true;
    path += n + (path[n] == ':');
  }
  return false;
}

static void doctor (ld_prompt *prompt, const char *rest) {
  ld_output *out = &prompt->session->output;
  const unsigned walls = lesdiplo_sandbox();
  const lesdiplo_corpus *loaded = prompt->session->corpus;
  lesdiplo_error note;
  uint32_t notes = 0;
  (void)rest;
  while (lesdiplo_corpus_note(loaded, notes, &note) == LESDIPLO_OK) notes++;
  ld_output_format(out, "  lesdiplo %s\n", lesdiplo_version());
  diagnose(out, "Landlock", walls & LESDIPLO_SANDBOX_FILES,
           "no: this kernel cannot keep scripts from files; seccomp still can "
           "where nothing is granted");
  diagnose(out, "seccomp", walls & LESDIPLO_SANDBOX_CALLS,
           "no: this kernel cannot keep scripts from system calls");
  diagnose(out, "history is kept", can_write_state(),
           "no: $XDG_STATE_HOME or ~/.local/state cannot be written");
  diagnose(out, "PDF files", has_program("pdftotext"),
           "no: install poppler-utils for pdftotext");
  ld_output_format(out, "  %-22s %u, with %u notes (:corpus shows them)\n",
                   "documents",
                   (unsigned)lesdiplo_corpus_count(loaded), (unsigned)notes);
}


/* ----------------------------------------------------------------------
** The list
*/

#define SHOWN "require(\"lesdiplo.report.prompt\")."

static const command commands[] = {
  {":help", "[WORD]", "this; or the names whose help speaks of a word", NULL,
   help, false},
  {":docs", "", "the documents", "return " SHOWN "docs(corpus)", NULL, false},
  {":layers", "", "the layers, with an example of each",
   "return " SHOWN "layers(corpus)", NULL, false},
  {":corpus", "[PATH]", "what is loaded; or load another", NULL, corpus,
   false},
  {":why", "[N]", "where row N of the last result comes from",
   "print(" SHOWN "why(corpus, _, tonumber \"%s\"))", NULL, false},
  {":plan", "PATTERN", "how a pattern will be looked for",
   "return (%s):plan(corpus)", NULL, true},
  {":whynot", "PATTERN, DOC", "how far it gets in a document or a span",
   "local p, d = %s print(p:explain(d))", NULL, true},
  {":near", "PATTERN", "sentences where one element of it is missing",
   "return corpus:near_misses(%s)", NULL, true},
  {":mode", "[FORMAT]", "how rows are shown: table tsv csv json jsonl md html",
   NULL, choose_mode, false},
  {":time", "", "what the last line cost", NULL, show_time, false},
  {":limits", "", "of time, memory, output", NULL, show_limits, false},
  {":rights", "", "what is granted here", NULL, show_rights, false},
  {":undo", "[N]", "the state before the last line, or the last N", NULL, undo,
   false},
  {":reset", "", "the state before all lines", NULL, reset, false},
  {":set", "[NAME=VALUE]", "a parameter for :load", NULL, set, false},
  {":load", "FILE", "run a script here", NULL, load, true},
  {":try", "N FILE", "run it over N documents; how long all would take", NULL,
   try_script, true},
  {":save", "[--force] FILE", "what was entered, as a script with a test", NULL,
   save, true},
  {":log", "[N]", "what was entered; - undone, ! failed", NULL, show_log,
   false},
  {":doctor", "", "what this system has, and lacks", NULL, doctor, false},
  {":quit", "", "leave", NULL, quit, false},
  {NULL, NULL, NULL, NULL, NULL, false}
};

const char *ld_command_name (size_t index) {
  return index < sizeof commands / sizeof *commands ? commands[index].name
                                                    : NULL;
}

/* The name or its beginning, where that is of one command only. */
static const command *find (const char *name, size_t n) {
  const command *found = NULL;
  for (const command *c = commands; c->name; c++) {
    if (strncmp(c->name, name, n) != 0) continue;
    if (c->name[n] == '\0') return c;
    if (found != NULL) return NULL;
    found = c;
  }
  return found;
}

static void refuse (const char *name, size_t n) {
  char word[40];
  const char *near;
  unsigned several = 0;
  snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : 39), name);
  for (const command *c = commands; c->name; c++)
    several += strncmp(c->name, word, n) == 0;
  if (several > 1) {
    ld_message_error("%s is the beginning of %u commands; :help %s shows them",
                     word, several, word);
    return;
  }
  near = ld_nearest(word, commands, sizeof commands / sizeof *commands - 1,
                    sizeof *commands);
  ld_message_error("no command %s%s%s; :help shows them", word,
                   near ? ": did you mean " : "", near ? near : "");
}

static void run_lua (ld_prompt *prompt, const command *c, const char *rest) {
  const char *place = strstr(c->lua, "%s");
  const int before = place ? (int)(place - c->lua) : (int)strlen(c->lua);
  char *line;
  if (asprintf(&line, "%.*s%s%s", before, c->lua, place ? rest : "",
               place ? place + 2 : "") < 0) {
    ld_message_error("no memory");
    return;
  }
  ld_prompt_look(prompt, line);
  free(line);
}

void ld_command (ld_prompt *prompt, const char *line) {
  const size_t n = strcspn(line, " \t");
  char *copy = strdup(line + n), *rest = copy;
  const command *c = find(line, n);
  if (copy != NULL) {
    rest += strspn(rest, " \t");
    for (char *end = rest + strlen(rest);
         end > rest && isspace((unsigned char)end[-1]); ) *--end = '\0';
  }
  if (copy == NULL) ld_message_error("no memory");
  else if (c == NULL) refuse(line, n);
  else if (c->wants && !*rest)
    ld_message_error("%s %s: %s", c->name, c->usage, c->summary);
  else if (c->lua != NULL) run_lua(prompt, c, rest);
  else c->act(prompt, rest);
  free(copy);
}
