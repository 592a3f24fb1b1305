/*
** rights.c - what the user grants a script: on the command line, at a screen
** that shows what it asks for, or once for all for a file of exactly these
** bytes; and a record of what was used.
**
** What a script wrote about itself is cut and shown without what a terminal
** obeys, and only a key pressed after the screen has appeared is an answer.
*/
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

static const char *const kinds[] = {"read", "write", "run", "env"};

/* Columns of what a script says that are shown; uses that are noted of one run,
** which could ask for ever. */
enum { SHOWN = 200, MOST_NOTED = 10000 };

static char *copy_absolute (const char *path) {
  char *folder = *path == '/' ? NULL : getcwd(NULL, 0), *out = NULL;
  int n = folder ? asprintf(&out, "%s/%s", folder, path)
                 : asprintf(&out, "%s", path);
  free(folder);
  return n < 0 ? NULL : out;
}


/* ----------------------------------------------------------------------
** Remembered
**
** A line a right: the SHA-256 of the script, the kind, what. Paths are whole: a
** right to data/ here is none to data/ elsewhere.
*/

static char *file_of_grants (void) {
  char *path = ld_state_file("granted");
  if (path != NULL) ld_make_folders(path);
  return path;
}

/* Its line, without the newline, to be freed; NULL for what is not kept. */
static char *line_of (const char *sha256, const lesdiplo_right *right) {
  bool path = right->kind <= LESDIPLO_RIGHT_WRITE;
  char *what = path ? copy_absolute(right->what) : strdup(right->what), *line;
  int n = -1;
  if (what != NULL && what[strcspn(what, "\r\n")] == '\0')
    n = asprintf(&line, "%s %s %s", sha256, kinds[right->kind], what);
  free(what);
  return n < 0 ? NULL : line;
}

/* Is there a line that is this text, or that begins with it? */
static bool has_line (FILE *file, const char *wanted, bool whole) {
  const size_t n = strlen(wanted);
  char *line = NULL;
  size_t room = 0;
  bool found = false;
  rewind(file);
  while (!found && getline(&line, &room, file) > 0) {
    line[strcspn(line, "\n")] = '\0';
    found = strncmp(line, wanted, n) == 0 && (!whole || line[n] == '\0');
  }
  free(line);
  return found;
}

/* Has the user ever allowed something always to a script of these bytes? */
static bool is_known (const char *sha256) {
  char *path = file_of_grants();
  FILE *file = path ? fopen(path, "re") : NULL;
  const bool known = file != NULL && has_line(file, sha256, false);
  if (file != NULL) fclose(file);
  free(path);
  return known;
}

static bool is_remembered (const char *sha256,
                           const lesdiplo_request *request) {
  char *path = file_of_grants();
  FILE *file = path ? fopen(path, "re") : NULL;
  bool all = file != NULL;
  size_t i;
  for (i = 0; all && i < request->count; i++) {
    char *line = line_of(sha256, &request->rights[i]);
    all = line != NULL && has_line(file, line, true);
    free(line);
  }
  if (file != NULL) fclose(file);
  free(path);
  return all;
}

static void remember (const char *sha256, const lesdiplo_request *request) {
  char *path = file_of_grants();
  int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)
                : -1;
  FILE *file = fd >= 0 ? fdopen(fd, "a") : NULL;
  size_t i;
  for (i = 0; file != NULL && i < request->count; i++) {
    char *line = line_of(sha256, &request->rights[i]);
    if (line != NULL) fprintf(file, "%s\n", line);
    free(line);
  }
  if (file == NULL || fclose(file) != 0)
    ld_message_warning("this cannot be remembered: %s", strerror(errno));
  else
    ld_kept_put(request->name, request->script, request->chunk,
                request->length);
  free(path);
}


/* ----------------------------------------------------------------------
** The screen
*/

/* Signs that turn the direction of what stands beside them: E2 80 AA to AE,
** E2 81 A6 to A9. */
static bool turns (const char *p) {
  return strncmp(p, "\xE2\x80", 2) == 0
             ? p[2] >= '\xAA' && p[2] <= '\xAE'
             : strncmp(p, "\xE2\x81", 2) == 0 && p[2] >= '\xA6' &&
                   p[2] <= '\xA9';
}

/* One line of what a script wrote; the output shows its control bytes. */
static void put (ld_output *screen, const char *text) {
  char line[SHOWN + 4];
  size_t used = 0;
  for (; *text && used < SHOWN; text++) {
    if (turns(text)) {
      line[used++] = '?';
      text += 2;
    }
    else line[used++] = *text == '\n' || *text == '\t' ? ' ' : *text;
  }
  while (*text && used > 0 && (*text & 0xC0) == 0x80) {
    text--;                       /* not in the middle of a character */
    used--;
  }
  line[used] = '\0';
  ld_output_text(screen, line);
  if (*text) ld_output_text(screen, " ...");
}

static void put_request (ld_output *screen, const lesdiplo_request *r,
                         const char *sha256) {
  static const char *const asks[] = {
    "to read", "to write new files in", "to run",
    "to know the variable"
  };
  ld_bytes before;
  size_t i;
  ld_output_text(screen, "\n");
  put(screen, r->name ? r->name : r->script);
  ld_output_text(screen, r->version ? " " : "");
  put(screen, r->version ? r->version : "");
  ld_output_text(screen, r->author ? ", by " : "");
  put(screen, r->author ? r->author : "");
  ld_output_text(screen, r->summary ? "\n" : "");
  put(screen, r->summary ? r->summary : "");
  ld_output_text(screen, "\n\n  file      ");
  put(screen, r->script);
  ld_output_format(screen, "\n  sha256    %.64s\n", sha256);
  if (ld_kept_changed(&before, r->name, r->script, r->chunk, r->length)) {
    ld_output_text(screen, "  changed   since one of this name was allowed always; "
                           "lesdiplo inspect shows what\n");
    free(before.bytes);
  }
  ld_output_text(screen, "\nBesides reading its corpus and printing, it asks\n");
  for (i = 0; i < r->count; i++) {
    ld_output_format(screen, "  %-22s", asks[r->rights[i].kind]);
    put(screen, r->rights[i].what);
    ld_output_text(screen, r->rights[i].kind == LESDIPLO_RIGHT_RUN
                   ? "   (as good as full trust: a program can do all that "
                     "you can)\n" : "\n");
  }
}

/* A key pressed from now on; 'n' when there is none. What was pressed before is
** dropped, and nobody answers a screen within a third of a second: such a key was
** meant for something else. */
static int read_key (void) {
  static const struct timespec glance = {0, 333000000};
  struct termios before, mode;
  unsigned char key = 'n';
  ssize_t n;
  if (tcgetattr(STDIN_FILENO, &before) != 0) return 'n';
  mode = before;
  mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  nanosleep(&glance, NULL);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &mode);
  ld_message_prompt("\nallow it? [o]nce  [a]lways, this file as it is  "
                    "[s]how the script  [n]o: ");
  do n = read(STDIN_FILENO, &key, 1);
  while (n < 0 && errno == EINTR);
  tcsetattr(STDIN_FILENO, TCSANOW, &before);
  return n == 1 ? key | 0x20 : 'n';
}

static bool decide (const lesdiplo_request *request, const char *sha256) {
  ld_output screen = {.fd = STDERR_FILENO, .terminal = true, .last = '\n'};
  put_request(&screen, request, sha256);
  for (;;) {
    switch (read_key()) {
      case 's':
        ld_output_text(&screen, "show\n\n");
        ld_output_write(&screen, request->chunk, request->length);
        ld_output_text(&screen, "\n");
        put_request(&screen, request, sha256);
        break;
      case 'a':
        ld_output_text(&screen, "always\n\n");
        remember(sha256, request);
        return true;
      case 'o':
        ld_output_text(&screen, "once\n\n");
        return true;
      default:
        ld_output_text(&screen, "no\n");
        return false;
    }
  }
}

/* Asked before the corpus is read, and again when the script is run. */
static int ask (void *data, const lesdiplo_request *request) {
  ld_session *session = data;
  const ld_arguments *arguments = &session->arguments;
  bool terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) &&
                  arguments->script && strcmp(arguments->script, "-") != 0;
  if (session->granted) return 1;
  if (!is_remembered(session->sha256, request)) {
    if (!terminal || arguments->no_prompt) return -1;
    if (!decide(request, session->sha256)) return 0;
  }
  session->granted = true;
  return 1;
}


/* ----------------------------------------------------------------------
** The record
*/

static void put_json (FILE *file, const char *name, const char *value) {
  const unsigned char *p = (const unsigned char *)value, *end = p + strlen(value);
  char room[8];
  fprintf(file, ",\"%s\":\"", name);
  while (p < end) {
    char *to = ld_json_character(room, &p, end);
    fwrite(room, 1, (size_t)(to - room), file);
  }
  fputc('"', file);
}

/* One write a line, so that a file may be that of several runs at a time. */
static void write_use (ld_session *session, const lesdiplo_right *right) {
  char *line = NULL, when[40];
  size_t length = 0;
  time_t now = time(NULL);
  struct tm utc;
  FILE *file = open_memstream(&line, &length);
  if (file == NULL) return;
  strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
  fprintf(file, "{\"time\":\"%s\"", when);
  put_json(file, "script", session->script_name);
  put_json(file, "sha256", session->sha256);
  put_json(file, "right", kinds[right->kind]);
  put_json(file, "what", right->what);
  fprintf(file, ",\"granted\":%s}\n", right->denied ? "false" : "true");
  if (fclose(file) == 0) ld_send(session->audit, line, length);
  free(line);
}

static void note_use (void *data, const lesdiplo_right *right) {
  ld_session *session = data;
  if (session->arguments.audit == NULL || session->noted > MOST_NOTED) return;
  if (session->noted++ < MOST_NOTED)
    write_use(session, right);
  else
    ld_message_warning("%d uses of rights are noted in %s; the others of this "
                       "run are not", MOST_NOTED, session->arguments.audit);
}

static int open_audit (ld_session *session) {
  const char *path = session->arguments.audit;
  session->audit = -1;
  if (path == NULL) return LD_DONE;
  session->audit = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (session->audit >= 0) return LD_DONE;
  ld_message_error("cannot write %s: %s", path, strerror(errno));
  return LD_UNREADABLE;
}


/* ----------------------------------------------------------------------
** For a run
*/

/* Where scripts find modules that they share. */
static const char *module_folder (void) {
  static char path[PATH_MAX];
  const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  const bool own = data == NULL || *data != '/';
  int n = -1;
  if (!own) n = snprintf(path, sizeof path, "%s/lesdiplo/modules", data);
  else if (home != NULL && *home == '/')
    n = snprintf(path, sizeof path, "%s/.local/share/lesdiplo/modules", home);
  return n > 0 && n < (int)sizeof path ? path : NULL;
}

static void know (ld_session *session, const ld_bytes *script) {
  lesdiplo_sha256(script->bytes, script->length, session->sha256);
  session->known = is_known(session->sha256);
  session->granted = false;
}

void ld_rights_know (ld_session *session, const ld_bytes *script,
                     const char *name) {
  session->arguments.script = name;
  if (script != NULL) know(session, script);
}

/* The bytes that were named, or none. */
static int check_pin (const ld_session *session) {
  const char *pin = session->arguments.pin;
  if (pin == NULL || strcmp(pin, session->sha256) == 0) return LD_DONE;
  ld_message_error("%s is not what --pin names\n  wanted    sha256:%s\n"
                   "  there is  sha256:%s", session->script_name, pin,
                   session->sha256);
  return LD_REFUSED;
}

int ld_rights_prepare (ld_session *session) {
  if (session->script.bytes != NULL) know(session, &session->script);
  if (check_pin(session) != LD_DONE) return LD_REFUSED;
  return open_audit(session);
}

void ld_rights_set (ld_session *session, lesdiplo_run_options *options) {
  static const char *folder;
  const ld_arguments *arguments = &session->arguments;
  folder = module_folder();
  options->module_folders = &folder;
  options->module_folder_count = folder != NULL;
  options->rights = arguments->rights;
  options->right_count = arguments->right_count;
  options->overwrite = arguments->force;
  options->trusted = arguments->script == NULL || session->known;
  options->ask = ask;
  options->used = note_use;
  options->rights_data = session;
}
