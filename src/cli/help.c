/*
** help.c - what can be asked for: of the program, from the tables of verbs and
** options; of the library, from the doc strings it carries; of a script, from
** its header, which is read and not run.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

/* Where the second column begins, for verbs and for options. */
enum { VERBS = 31, OPTIONS = 23 };

/* "  left      right"; a left side that is too long has a line for itself. */
static void row (ld_output *output, int column, const char *left,
                 const char *right) {
  if ((int)strlen(left) + 4 > column)
    ld_output_format(output, "  %s\n%*s%s\n", left, column, "", right);
  else
    ld_output_format(output, "  %-*s%s\n", column - 2, left, right);
}

static void print_usage (ld_output *output) {
  const ld_verb *verb;
  char left[80];
  ld_output_format(output, "lesdiplo %s: read diplomatic documents, and run "
                   "Lua + LPeg scripts over them\n\n", lesdiplo_version());
  row(output, VERBS, "lesdiplo SCRIPT [ARG...]",
      "run a script (- is standard input)");
  row(output, VERBS, "lesdiplo -e CHUNK", "run a piece of Lua");
  row(output, VERBS, "lesdiplo", "explore at a prompt");
  for (verb = ld_verbs; verb->name != NULL; verb++) {
    snprintf(left, sizeof left, "lesdiplo %s %s", verb->name, verb->usage);
    row(output, VERBS, left, verb->summary);
  }
}

static void print_options (ld_output *output) {
  const ld_option *option;
  char left[80];
  ld_output_text(output, "\nOptions stand before a script, and before or "
                         "after a verb:\n");
  for (option = ld_options; option->name != NULL; option++) {
    char letter[5] = "    ";
    if (option->help == NULL) continue;
    if (option->key < 256)
      snprintf(letter, sizeof letter, "-%c, ", option->key);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name,
             option->value ? " " : "", option->value ? option->value : "");
    row(output, OPTIONS, left, option->help);
  }
}

static void print_program (ld_output *output) {
  print_usage(output);
  print_options(output);
  ld_output_text(output,
      "\nEnds with 0 done, 1 a script's error or a failed check, 2 usage, "
      "3 nothing\ncould be read or written, 4 a limit or a signal, 5 not "
      "allowed.\n"
      "lesdiplo help NAME explains a verb, a script, or a name of the "
      "library.\n");
}


/* ----------------------------------------------------------------------
** The library
*/

/* Every name that has help, in as many columns as fit. */
static void print_names (ld_output *output) {
  unsigned width = ld_terminal_width(output->fd), longest = 1, at = 0;
  const char *name;
  uint32_t i;
  if (width < 40) width = 80;
  for (i = 0; (name = lesdiplo_help_name(i)) != NULL; i++)
    if (strlen(name) > longest) longest = (unsigned)strlen(name);
  if (i == 0) return;
  ld_output_text(output, "\nNames of the library:\n");
  for (i = 0; (name = lesdiplo_help_name(i)) != NULL; i++) {
    bool last = at + 2 * (longest + 2) > width ||
                lesdiplo_help_name(i + 1) == NULL;
    ld_output_format(output, "  %-*s%s", last ? 0 : (int)longest, name,
                     last ? "\n" : "");
    at = last ? 0 : at + longest + 2;
  }
}

/* The part that tells it from its neighbours: gmatch of corpus:gmatch. */
static const char *tail (const char *name) {
  const char *mark = strpbrk(name, ".:");
  while (mark != NULL) {
    name = mark + 1;
    mark = strpbrk(name, ".:");
  }
  return name;
}

/* The name of the library nearest to 'word', with or without its prefix. */
static const char *nearest_name (const char *word) {
  const char *name, *best;
  uint32_t i;
  for (i = 0; (name = lesdiplo_help_name(i)) != NULL; i++) {
    best = ld_nearest(word, &name, 1, sizeof name);
    if (best != NULL) return best;
  }
  for (i = 0; (name = lesdiplo_help_name(i)) != NULL; i++) {
    const char *end = tail(name);
    if (ld_nearest(tail(word), &end, 1, sizeof end) != NULL) return name;
  }
  return NULL;
}

static int unknown_name (const char *name) {
  const char *near = ld_nearest(name, &ld_verbs[0].name, 64, sizeof *ld_verbs);
  if (near == NULL) near = nearest_name(name);
  if (near != NULL)
    ld_message_error("no help for '%s'; did you mean %s?", name, near);
  else
    ld_message_error("no help for '%s'; lesdiplo help lists the names", name);
  return LD_USAGE;
}


/* ----------------------------------------------------------------------
** One name
*/

static int print_script (ld_output *output, const char *path) {
  lesdiplo_error error = {0, 0, "", ""};
  ld_bytes script;
  const char *chunk;
  char *text;
  size_t length;
  int code, status = ld_bytes_read(&script, path);
  if (status != LD_DONE) return status;
  chunk = ld_script_text(&script, &length);
  code = lesdiplo_script_help(&text, chunk, length, path, &error);
  free(script.bytes);
  if (code != LESDIPLO_OK) return ld_message_failure(&error);
  ld_output_text(output, text);
  lesdiplo_string_free(text);
  if (output->last != '\n') ld_output_text(output, "\n");
  return LD_DONE;
}

static void print_verb (ld_output *output, const ld_verb *verb) {
  ld_output_format(output, "lesdiplo %s %s\n%s\n\n%s", verb->name, verb->usage,
                   verb->summary, verb->more);
}

static int print_name (ld_output *output, const char *name) {
  const char *text = lesdiplo_help(name);
  const ld_verb *verb;
  for (verb = ld_verbs; verb->name != NULL; verb++) {
    if (strcmp(name, verb->name) == 0) {
      print_verb(output, verb);
      return LD_DONE;
    }
  }
  if (text != NULL) {
    ld_output_text(output, text);
    if (output->last != '\n') ld_output_text(output, "\n");
    return LD_DONE;
  }
  if (strchr(name, '/') || access(name, F_OK) == 0 ||
      strcmp(tail(name), "lua") == 0)
    return print_script(output, name);
  return unknown_name(name);
}

int ld_help (ld_session *session) {
  const ld_arguments *arguments = &session->arguments;
  int status = LD_DONE;
  size_t i;
  session->output.complete = true;
  if (arguments->script != NULL)
    return print_script(&session->output, arguments->script);
  if (arguments->words.count == 0) {
    print_program(&session->output);
    if (!arguments->summary) print_names(&session->output);
  }
  for (i = 0; i < arguments->words.count; i++) {
    int one;
    if (i > 0) ld_output_text(&session->output, "\n");
    one = print_name(&session->output, arguments->words.items[i]);
    if (one > status) status = one;
  }
  return status;
}

int ld_help_version (ld_session *session) {
  ld_output *output = &session->output;
  ld_output_format(output, "lesdiplo %s\n%s", lesdiplo_version(),
                   lesdiplo_libraries());
  if (output->last != '\n') ld_output_text(output, "\n");
  ld_output_format(output, "%s\n", ld_repl_library());
  output->complete = true;
  return LD_DONE;
}
