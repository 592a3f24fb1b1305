/*
** arguments.c - the command line.
**
** Options stand before or after a verb's name. What follows the name of a
** script, or the first word after -e, belongs to the script, so that its flags
** and ours never meet. A word that means nothing is answered with the nearest
** one that does.
*/
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

/* Keys of the options that have no letter. */
enum {
  MAX_TIME = 256, MAX_MEMORY, COLOR, STDLIB, LAYERS, SCRIPT, ENTITIES, SORT, WIDTH, MOST,
  VERSION, MAX_OUTPUT, ISOLATION, NO_PROMPT, AUDIT, FORCE, PIN, UPDATE, KEEP_GOING,
  ALLOW,                       /* and a kind of right */
  DENY = ALLOW + 4
};

const ld_option ld_options[] = {
  {'c', "corpus", "PATH",
   "file, folder or archive; repeatable; without: the seeds"},
  {'f', "format", "F",
   "table (terminal) tsv (pipe) csv json jsonl md html"},
  {'o', "output", "FILE", "write results there, whole or not at all"},
  {'e', "execute", "CHUNK", "run this text; several are its lines"},
  {ENTITIES, "entities", "FILE",
   "add countries, organisations, places (csv jsonl txt)"},
  {LAYERS, "layers", "A,B", "annotate: only these layers"},
  {SCRIPT, "script", "FILE", "annotate: the layers that this script defines, too"},
  {MOST, "most", "N", "query, kwic: only the first N"},
  {SORT, "sort", "SIDE", "kwic: by the words on the left, right, or doc"},
  {WIDTH, "width", "N", "kwic: columns on either side (40)"},
  {MAX_TIME, "max-time", "S", "stop a script after S seconds (of a file: 600)"},
  {MAX_MEMORY, "max-memory", "M",
   "bytes for documents, and for the script (512M, 2G)"},
  {MAX_OUTPUT, "max-output", "M", "stop a script that prints more (256M)"},
  {ISOLATION, "isolation", "HOW",
   "kernel, or none: do not ask the kernel to hold a script"},
  {ALLOW + LESDIPLO_RIGHT_READ, "allow-read", "P",
   "let a script read this file or folder"},
  {ALLOW + LESDIPLO_RIGHT_WRITE, "allow-write", "P",
   "let it write new files in this folder (P or NAME=P)"},
  {ALLOW + LESDIPLO_RIGHT_RUN, "allow-run", "C",
   "let it run this program: as good as full trust"},
  {ALLOW + LESDIPLO_RIGHT_ENV, "allow-env", "V",
   "let it know this variable of the environment"},
  {'A', "allow-all", NULL, "all of these; it still runs in its own process"},
  {DENY + LESDIPLO_RIGHT_READ, "deny-read", "P",
   "never let it read this, whatever is allowed"},
  {DENY + LESDIPLO_RIGHT_WRITE, "deny-write", "P", "never let it write there"},
  {DENY + LESDIPLO_RIGHT_RUN, "deny-run", "C",
   "never let it run this"},
  {DENY + LESDIPLO_RIGHT_ENV, "deny-env", "V",
   "never let it know this"},
  {FORCE, "force", NULL, "replace files that are there (a script, init-editor)"},
  {PIN, "pin", "HASH", "run the script only if it is that of sha256:HASH"},
  {KEEP_GOING, "keep-going", NULL,
   "leave out documents in which a script fails; sum them up"},
  {UPDATE, "update", NULL, "test: write what came into the script"},
  {NO_PROMPT, "no-prompt", NULL, "do not ask what to allow: refuse it"},
  {AUDIT, "audit", "FILE", "note each right that is used, a JSON line each"},
  {'q', "quiet", NULL, "no warnings, no progress"},
  {'v', "verbose", NULL, "every warning, and what was read"},
  {COLOR, "color", "WHEN", "auto, always or never"},
  {STDLIB, "stdlib", "DIR", "take our Lua from DIR, not from the program"},
  {VERSION, "version", NULL, "our version, and those of our libraries"},
  {'h', "help", NULL, "this text; after a verb or a script, theirs"},
  {'j', "jobs", "N", NULL},
  {0, NULL, NULL, NULL}
};

static const char *const formats[] = {
  "table", "tsv", "csv", "json", "jsonl", "md", "html"
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])


/* ----------------------------------------------------------------------
** Nearest names
*/

static size_t least (size_t a, size_t b) { return a < b ? a : b; }

/*
** Insertions, deletions, changes, and swaps of neighbours that lead from one
** name to the other. Names longer than a row are far from everything.
*/
static size_t distance (const char *a, const char *b) {
  size_t row[3][64], n = strlen(a), m = strlen(b), i, j;
  if (n >= 64 || m >= 64) return 64;
  for (j = 0; j <= m; j++) row[0][j] = j;
  for (i = 1; i <= n; i++) {
    size_t *now = row[i % 3], *past = row[(i + 2) % 3], *old = row[(i + 1) % 3];
    now[0] = i;
    for (j = 1; j <= m; j++) {
      now[j] = past[j - 1] + (a[i - 1] != b[j - 1]);
      now[j] = least(now[j], least(past[j], now[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = least(now[j], old[j - 2] + 1);
    }
  }
  return row[n % 3][m];
}

const char *ld_nearest (const char *word, const void *names, size_t count,
                        size_t stride) {
  const char *best = NULL;
  size_t length = strlen(word), i;
  size_t most = length < 3 ? 1 : length < 6 ? 2 : 3;
  for (i = 0; i < count; i++) {
    const char *name;
    size_t far;
    memcpy(&name, (const char *)names + i * stride, sizeof name);
    if (name == NULL) break;
    far = distance(word, name);
    /* a name that the word begins is what most people mean */
    if (length >= 3 && strncmp(word, name, length) == 0) far = 1;
    if (far <= most && far < least(length, strlen(name))) {
      best = name;
      most = far - (far > 0);
      if (far == 0) break;
    }
  }
  return best;
}


/* ----------------------------------------------------------------------
** Values
*/

static int bad_value (const ld_option *option, const char *value,
                      const char *wanted) {
  ld_message_error("--%s: '%s' is not %s", option->name, value, wanted);
  return LD_USAGE;
}

static int take_seconds (const ld_option *option, const char *value,
                         double *out) {
  char *end;
  *out = strtod(value, &end);
  if (end == value || *end != '\0' || !isfinite(*out) || *out <= 0)
    return bad_value(option, value, "a number of seconds");
  return LD_DONE;
}

/* Powers of 1024, as every tool that counts memory has them. */
static int take_bytes (const ld_option *option, const char *value,
                       uint64_t *out) {
  static const char suffixes[] = "KMGT";
  char *end;
  double number = strtod(value, &end);
  const char *suffix = *end ? strchr(suffixes, *end & ~0x20) : NULL;
  if (suffix != NULL) {
    number *= (double)(UINT64_C(1) << (10 * (suffix - suffixes + 1)));
    end++;
  }
  if (end == value || *end != '\0' || !(number >= 1 && number < 1e18))
    return bad_value(option, value, "a number of bytes (512M, 2G)");
  *out = (uint64_t)number;
  return LD_DONE;
}

static int take_format (const char *value, const char **out) {
  const char *near;
  size_t i;
  for (i = 0; i < COUNT(formats); i++) {
    if (strcmp(value, formats[i]) == 0) {
      *out = value;
      return LD_DONE;
    }
  }
  near = ld_nearest(value, formats, COUNT(formats), sizeof *formats);
  if (near != NULL)
    ld_message_error("unknown format '%s'; did you mean %s?", value, near);
  else
    ld_message_error("unknown format '%s'; there are table tsv csv json jsonl "
                     "md html", value);
  return LD_USAGE;
}

static int take_color (const ld_option *option, const char *value,
                       enum ld_color *out) {
  static const char *const names[] = {"auto", "always", "never"};
  size_t i;
  for (i = 0; i < COUNT(names); i++) {
    if (strcmp(value, names[i]) == 0) {
      *out = (enum ld_color)i;
      return LD_DONE;
    }
  }
  return bad_value(option, value, "auto, always or never");
}

static int take_isolation (const ld_option *option, const char *value,
                           enum lesdiplo_isolation *out) {
  *out = LESDIPLO_ISOLATION_KERNEL;
  if (strcmp(value, "kernel") == 0) return LD_DONE;
  *out = LESDIPLO_ISOLATION_NONE;
  if (strcmp(value, "none") == 0) return LD_DONE;
  return bad_value(option, value, "kernel or none");
}

/* Kept as it is written: a script reads it. */
static int take_count (const ld_option *option, const char *value,
                       const char **out) {
  size_t n = strlen(value);
  *out = value;
  if (n == 0 || n > 9 || strspn(value, "0123456789") < n)
    return bad_value(option, value, "a whole number");
  return LD_DONE;
}

static int take_sort (const ld_option *option, const char *value,
                      const char **out) {
  static const char *const names[] = {"left", "right", "doc"};
  size_t i;
  *out = value;
  for (i = 0; i < COUNT(names); i++)
    if (strcmp(value, names[i]) == 0) return LD_DONE;
  return bad_value(option, value, "left, right or doc");
}

/* As `hash` prints it, or the digits alone. */
static int take_pin (const ld_option *option, const char *value,
                     const char **out) {
  static const char mark[] = "sha256:";
  if (strncmp(value, mark, sizeof mark - 1) == 0) value += sizeof mark - 1;
  *out = value;
  if (strlen(value) != 64 || strspn(value, "0123456789abcdef") != 64)
    return bad_value(option, value, "sha256: and 64 hexadecimal digits, as "
                                    "`lesdiplo hash SCRIPT` prints them");
  return LD_DONE;
}

/* The lists have room for every word of the command line. */
static void push (ld_words *words, const char *word) {
  words->items[words->count++] = word;
}

static int grant (ld_arguments *to, int kind, bool denied, const char *what) {
  const lesdiplo_right right = {kind, denied, what};
  if (what != NULL && *what == '\0') {
    ld_message_error("a right to nothing: name a path, a program or a variable");
    return LD_USAGE;
  }
  to->rights[to->right_count++] = right;
  return LD_DONE;
}

static int grant_all (ld_arguments *to) {
  int kind;
  for (kind = 0; kind < 4; kind++) grant(to, kind, false, NULL);
  return LD_DONE;
}

/* Carries out one option; 'value' is NULL where it has none. */
static int apply (ld_arguments *to, const ld_option *option,
                  const char *value) {
  if (option->key >= DENY)
    return grant(to, option->key - DENY, true, value);
  if (option->key >= ALLOW)
    return grant(to, option->key - ALLOW, false, value);
  switch (option->key) {
    case 'A': return grant_all(to);
    case AUDIT: to->audit = value; return LD_DONE;
    case FORCE: to->force = true; return LD_DONE;
    case PIN: return take_pin(option, value, &to->pin);
    case UPDATE: to->update = true; return LD_DONE;
    case KEEP_GOING: to->keep_going = true; return LD_DONE;
    case NO_PROMPT: to->no_prompt = true; return LD_DONE;
    case 'c': push(&to->paths, value); return LD_DONE;
    case 'e': push(&to->chunks, value); return LD_DONE;
    case ENTITIES: push(&to->entities, value); return LD_DONE;
    case 'f': return take_format(value, &to->format);
    case 'o': to->output = value; return LD_DONE;
    case 'q': to->quiet = true; return LD_DONE;
    case 'v': to->verbose = true; return LD_DONE;
    case LAYERS: to->layers = value; return LD_DONE;
    case SCRIPT: to->layer_script = value; return LD_DONE;
    case STDLIB: to->stdlib = value; return LD_DONE;
    case SORT: return take_sort(option, value, &to->sort);
    case WIDTH: return take_count(option, value, &to->width);
    case MOST: return take_count(option, value, &to->most);
    case COLOR: return take_color(option, value, &to->color);
    case MAX_TIME: return take_seconds(option, value, &to->max_time);
    case MAX_MEMORY: return take_bytes(option, value, &to->max_memory);
    case MAX_OUTPUT: return take_bytes(option, value, &to->max_output);
    case ISOLATION: return take_isolation(option, value, &to->isolation);
    default: return LD_DONE;   /* help and version: see below */
  }
}


/* ----------------------------------------------------------------------
** Words
*/

/* The command line while it is read. */
struct reader {
  ld_session *session;
  char **argv;
  int argc, at;        /* argv[at] is the word being read */
  bool only_words;     /* after "--" */
  bool help, version;
};

static int unknown_option (const char *written, const char *name) {
  const char *near = ld_nearest(name, &ld_options[0].name,
                                COUNT(ld_options), sizeof *ld_options);
  if (near != NULL)
    ld_message_error("unknown option %s; did you mean --%s?", written, near);
  else
    ld_message_error("unknown option %s; lesdiplo --help lists them", written);
  return LD_USAGE;
}

/*
** One option, with the value that came attached to it, or NULL: then the next
** word is taken if it wants one.
*/
static int take_option (struct reader *reader, const ld_option *option,
                        const char *value) {
  if (option->help == NULL) {
    ld_message_error("lesdiplo %s does not have --%s yet; it comes in a later "
                     "version", LESDIPLO_VERSION, option->name);
    return LD_USAGE;
  }
  if (option->value == NULL && value != NULL) {
    ld_message_error("--%s takes no value", option->name);
    return LD_USAGE;
  }
  if (option->value != NULL && value == NULL) {
    if (reader->at + 1 >= reader->argc) {
      ld_message_error("--%s wants a value: %s", option->name, option->help);
      return LD_USAGE;
    }
    value = reader->argv[++reader->at];
  }
  reader->help |= option->key == 'h';
  reader->version |= option->key == VERSION;
  return apply(&reader->session->arguments, option, value);
}

static const ld_option *find_long (const char *name, size_t length) {
  const ld_option *option;
  for (option = ld_options; option->name != NULL; option++)
    if (strlen(option->name) == length &&
        strncmp(option->name, name, length) == 0) return option;
  return NULL;
}

static const ld_option *find_short (char letter) {
  const ld_option *option;
  for (option = ld_options; option->name != NULL; option++)
    if (option->key == letter) return option;
  return NULL;
}

/* --name, --name value, --name=value */
static int take_long (struct reader *reader, const char *word) {
  const char *value = strchr(word, '=');
  size_t length = value ? (size_t)(value - word) - 2 : strlen(word) - 2;
  const ld_option *option = find_long(word + 2, length);
  char name[64];
  if (option != NULL)
    return take_option(reader, option, value ? value + 1 : NULL);
  length = least(length, sizeof name - 1);
  memcpy(name, word + 2, length);
  name[length] = '\0';
  return unknown_option(word, name);
}

/* -q, -qv, -c value, -cvalue */
static int take_short (struct reader *reader, const char *word) {
  const char *letter;
  int status = LD_DONE;
  for (letter = word + 1; *letter && status == LD_DONE; letter++) {
    const ld_option *option = find_short(*letter);
    if (option == NULL) return unknown_option(word, word + 1);
    if (option->value != NULL)
      return take_option(reader, option, letter[1] ? letter + 1 : NULL);
    status = take_option(reader, option, NULL);
  }
  return status;
}

bool ld_option_known (const char *word) {
  if (word[0] != '-' || word[1] == '\0') return false;
  if (word[1] != '-') return find_short(word[1]) != NULL;
  return find_long(word + 2, strcspn(word + 2, "=")) != NULL;
}

static const ld_verb *find_verb (const char *word) {
  const ld_verb *verb;
  for (verb = ld_verbs; verb->name != NULL; verb++)
    if (strcmp(word, verb->name) == 0) return verb;
  return NULL;
}

/*
** A bare word that is neither a verb nor a file was meant as a verb. With a
** slash or a dot in it, it is a file that is not there: ld_run_prepare says so.
*/
static int check_script (const char *word) {
  const char *near;
  if (strpbrk(word, "./") || access(word, F_OK) == 0 || !strcmp(word, "-"))
    return LD_DONE;
  near = ld_nearest(word, &ld_verbs[0].name, 64, sizeof *ld_verbs);
  if (near != NULL)
    ld_message_error("no verb and no file is called '%s'; did you mean %s?",
                     word, near);
  else
    ld_message_error("no verb and no file is called '%s'; "
                     "lesdiplo --help lists the verbs", word);
  return LD_USAGE;
}

/* The rest of the command line, as it stands. */
static void take_rest (struct reader *reader) {
  ld_words *words = &reader->session->arguments.words;
  while (reader->at < reader->argc)
    push(words, reader->argv[reader->at++]);
}

/* A script's flag --help is answered from its header, without running it. */
static bool asks_help (const ld_words *words) {
  size_t i;
  for (i = 0; i < words->count && strcmp(words->items[i], "--") != 0; i++)
    if (strcmp(words->items[i], "--help") == 0) return true;
  return false;
}

static int take_word (struct reader *reader, const char *word) {
  ld_arguments *to = &reader->session->arguments;
  int status;
  if (to->verb != NULL) {
    push(&to->words, word);
    return LD_DONE;
  }
  if (to->chunks.count > 0) {
    take_rest(reader);
    return LD_DONE;
  }
  if (!reader->only_words) {
    to->verb = find_verb(word);
    if (to->verb != NULL) return LD_DONE;
  }
  status = check_script(word);
  to->script = word;
  reader->at++;
  take_rest(reader);
  reader->help |= asks_help(&to->words);
  return status;
}

static int read_words (struct reader *reader) {
  int status = LD_DONE;
  while (status == LD_DONE && ++reader->at < reader->argc) {
    const char *word = reader->argv[reader->at];
    if (reader->only_words || word[0] != '-' || word[1] == '\0')
      status = take_word(reader, word);
    else if (strcmp(word, "--") == 0)
      reader->only_words = true;
    else if (word[1] == '-')
      status = take_long(reader, word);
    else
      status = take_short(reader, word);
  }
  return status;
}


/* ----------------------------------------------------------------------
** What was asked
*/

/* Help on a verb or a script is the verb `help` with its name. */
static void choose_help (ld_arguments *to) {
  const char *subject = to->script ? to->script
                        : to->verb ? to->verb->name : NULL;
  if (to->verb == NULL || strcmp(to->verb->name, "help") != 0) {
    to->words.count = 0;
    if (subject != NULL) push(&to->words, subject);
  }
  to->verb = find_verb("help");
  to->summary = true;
}

static int complain (const char *message) {
  ld_message_error("%s", message);
  return LD_USAGE;
}

static int choose_verb (struct reader *reader) {
  ld_arguments *to = &reader->session->arguments;
  bool script = to->script != NULL || to->chunks.count > 0, runs;
  if (reader->version) to->verb = &ld_verb_version;
  else if (reader->help) choose_help(to);
  else if (to->verb != NULL && to->chunks.count > 0)
    return complain("-e runs a script; it goes with no verb");
  else if (to->verb == NULL && !script && isatty(STDIN_FILENO))
    to->verb = &ld_verb_repl;
  else if (to->verb == NULL) {
    to->verb = &ld_verb_run;
    if (!script) to->script = "-";
  }
  if (to->layers != NULL && to->verb->act != ld_annotate)
    return complain("--layers goes with annotate only");
  if (to->layer_script != NULL && to->verb->act != ld_annotate)
    return complain("--script goes with annotate only; a script is run by its "
                    "name alone");
  if ((to->sort != NULL || to->width != NULL) && to->verb->act != ld_kwic)
    return complain("--sort and --width go with kwic only");
  if (to->most != NULL && to->verb->act != ld_kwic &&
      to->verb->act != ld_query)
    return complain("--most goes with query and kwic only");
  if (to->entities.count > 0 && (to->verb->act == ld_verify ||
                                 to->verb->act == ld_inventory))
    return complain("--entities goes with scripts, the prompt, annotate, query "
                    "and kwic only");
  runs = to->verb == &ld_verb_run || to->layer_script != NULL;
  if ((to->right_count > 0 || to->audit != NULL) && !runs &&
      to->verb != &ld_verb_repl)
    return complain("rights are for scripts: --allow-..., --deny-... and --audit "
                    "go with SCRIPT, -e, the prompt and annotate --script only");
  if (to->force && !runs && to->verb != &ld_verb_repl &&
      to->verb->act != ld_editor)
    return complain("--force goes with SCRIPT, -e, the prompt and init-editor "
                    "only");
  if (to->pin != NULL && !runs)
    return complain("--pin goes with SCRIPT only");
  if (to->update && to->verb->act != ld_test)
    return complain("--update goes with test only");
  if (to->output != NULL && to->verb == &ld_verb_repl)
    return complain("-o wants a script: at the prompt results are shown");
  return LD_DONE;
}

int ld_arguments_read (ld_session *session, int argc, char **argv) {
  ld_arguments *to = &session->arguments;
  struct reader reader = {session, argv, argc, 0, false, false, false};
  size_t room = (size_t)argc + 1;   /* for each of four lists */
  const char **items = calloc(4 * room, sizeof *items);
  int status;
  memset(to, 0, sizeof *to);
  to->rights = calloc(4 * room, sizeof *to->rights);   /* -A is four */
  to->paths.items = items;
  if (items == NULL || to->rights == NULL) {
    ld_message_error("no memory");
    return LD_STOPPED;
  }
  to->chunks.items = items + room;
  to->words.items = items + 2 * room;
  to->entities.items = items + 3 * room;
  status = read_words(&reader);
  if (status == LD_DONE) status = choose_verb(&reader);
  if (status == LD_DONE) ld_message_setup(to);
  return status;
}

void ld_arguments_free (ld_arguments *arguments) {
  free(arguments->paths.items);   /* the first of the lists */
  free(arguments->rights);
}
