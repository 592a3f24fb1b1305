/*
** message.c - what went wrong, where, in which document, and what to do.
**
** Runs as the message handler, while the stack still stands: the position is
** the innermost line of the script itself, whatever of ours was called from
** there. The text is made in the caller's lesdiplo_error, without memory from
** Lua, which may have none left. What scripts and documents wrote is cut and
** escaped.
*/
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "host/host.h"


/* ----------------------------------------------------------------------
** Text
*/

void ld_text_init (ld_text *text, char *bytes, size_t size) {
  text->bytes = bytes;
  text->used = 0;
  text->size = size;
  *bytes = '\0';
}

void ld_text_add (ld_text *text, const char *bytes, size_t n) {
  const size_t room = text->size - 1 - text->used;
  if (n > room) n = room == 0 ? 0 : ld_utf8_floor(bytes, room);
  memcpy(text->bytes + text->used, bytes, n);
  text->used += n;
  text->bytes[text->used] = '\0';
}

static void add (ld_text *text, const char *string) {
  ld_text_add(text, string, strlen(string));
}

void ld_text_format (ld_text *text, const char *format, ...) {
  char line[1400];
  va_list arguments;
  va_start(arguments, format);
  const int n = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (n > 0)
    ld_text_add(text, line, n < (int)sizeof line ? (size_t)n
                                                 : sizeof line - 1);
}

void ld_text_escape (ld_text *text, const char *bytes, size_t n) {
  const char *end = bytes + n;
  while (bytes < end) {
    uint32_t cp;
    const int length = ld_utf8_read(bytes, end, &cp);
    const bool bad = cp == 0xFFFD && length == 1;
    if (bad || (cp < 0x20 && cp != '\n' && cp != '\t') ||
        (cp >= 0x7F && cp < 0xA0))
      ld_text_format(text, "\\x%02x", bad ? (unsigned char)*bytes : cp);
    else
      ld_text_add(text, bytes, (size_t)length);
    bytes += length;
  }
}

const char *ld_message_name (const char *name) {
  return name && (*name == '@' || *name == '=') ? name + 1 : name;
}


/* ----------------------------------------------------------------------
** Positions
*/

/* What is known about an error. */
typedef struct trouble {
  const char *text;        /* the message, without its position */
  size_t length;
  uint32_t line;           /* of the script; 0: not known */
  char name[48];           /* of the thing that the message blames, or "" */
  char kind[16];           /* field method global local upvalue constant "" */
} trouble;

/* How much of a message is shown. */
enum { MESSAGE_MOST = 600 };

/* "NAME:LINE: rest": the rest, and the two set; NULL when it is no such. */
static const char *split_position (const char *text, size_t *name,
                                   uint32_t *line) {
  for (const char *p = text; (p = strchr(p, ':')) != NULL; p++) {
    const char *digits = p + 1 + (p[1] == '-');
    const size_t n = strspn(digits, "0123456789");
    if (n > 0 && n < 9 && digits[n] == ':' && digits[n + 1] == ' ') {
      *name = (size_t)(p - text);
      *line = (uint32_t)strtoul(digits, NULL, 10);
      return digits + n + 2;
    }
    if (p - text > LUA_IDSIZE) break;
  }
  return NULL;
}

/* Whether Lua calls the chunk so: long names lose their beginning. */
static bool is_script (const lesdiplo_host *host, const char *name, size_t n) {
  const char *ours = ld_message_name(host->source_name);
  if (!ours) return false;
  if (n > 3 && memcmp(name, "...", 3) == 0) {
    name += 3;
    n -= 3;
    if (strlen(ours) < n) return false;
    ours += strlen(ours) - n;
  }
  return strlen(ours) == n && memcmp(ours, name, n) == 0;
}

/* The innermost line of the script on the stack; 0 when it is not there. */
static uint32_t script_line (lua_State *L) {
  const lesdiplo_host *host = ld_host_of(L);
  lua_Debug ar;
  for (int level = 1; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (host->source_name && ar.currentline > 0 &&
        strcmp(ar.source, host->source_name) == 0)
      return (uint32_t)ar.currentline;
  }
  return 0;
}

/* Takes the position off the message, or finds it on the stack. */
static void locate (lua_State *L, trouble *t) {
  size_t name = 0;
  uint32_t line = 0;
  const char *rest = split_position(t->text, &name, &line);
  const bool ours = rest && is_script(ld_host_of(L), t->text, name);
  const bool inner = rest && name == 1 && *t->text == '?';
  if (ours || inner) {
    t->length -= (size_t)(rest - t->text);
    t->text = rest;
  }
  t->line = ours ? line : script_line(L);
}

/* "(field 'title')" and the like, else the first word in quotes. */
static void find_name (trouble *t) {
  const char *open = strchr(t->text, '\''), *paren = strrchr(t->text, '(');
  if (paren) {
    const size_t n = strspn(paren + 1, "abcdefghijklmnopqrstuvwxyz");
    if (n > 0 && n < sizeof t->kind && strncmp(paren + 1 + n, " '", 2) == 0) {
      memcpy(t->kind, paren + 1, n);
      t->kind[n] = '\0';
      open = paren + 2 + n;
    }
  }
  const char *end = open ? strchr(open + 1, '\'') : NULL;
  const size_t n = end ? (size_t)(end - open - 1) : 0;
  if (n == 0 || n >= sizeof t->name) return;
  memcpy(t->name, open + 1, n);
  t->name[n] = '\0';
}


/* ----------------------------------------------------------------------
** The excerpt
*/

/* Bytes of a line that are shown. */
enum { COLUMNS = 88 };

typedef struct slice {
  const char *begin, *end;
} slice;

/* Line 'number' of the source, from 1; empty begin when there is none. */
static slice line_of (const lesdiplo_host *host, uint32_t number) {
  const char *p = host->source;
  const char *end = p ? p + host->source_length : NULL;
  slice line = { NULL, NULL };
  for (; p && number > 1; number--) {
    p = memchr(p, '\n', (size_t)(end - p));
    if (p) p++;
  }
  if (!p || number == 0) return line;
  const char *newline = memchr(p, '\n', (size_t)(end - p));
  line.begin = p;
  line.end = newline ? newline : end;
  if (line.end > p && line.end[-1] == '\r') line.end--;
  return line;
}

static bool is_word (char c) {
  return isalnum((unsigned char)c) || c == '_';
}

/* Whether the name at p, in its line, can be the one the message means. */
static bool fits (const trouble *t, slice line, const char *p) {
  const size_t n = strlen(t->name);
  const char before = p > line.begin ? p[-1] : ' ';
  if (!is_word(t->name[0])) return true;
  if (is_word(before) || (p + n < line.end && is_word(p[n]))) return false;
  if (strcmp(t->kind, "method") == 0) return before == ':';
  if (strcmp(t->kind, "field") == 0) return before == '.';
  if (strcmp(t->kind, "local") == 0 || strcmp(t->kind, "global") == 0 ||
      strcmp(t->kind, "upvalue") == 0)
    return before != '.' && before != ':';
  return true;
}

/* The next place of the name in the line, from p on; NULL for none. */
static const char *next_mark (const trouble *t, slice line, const char *p) {
  const size_t n = strlen(t->name);
  if (n == 0) return NULL;
  while ((p = memmem(p, (size_t)(line.end - p), t->name, n)) != NULL) {
    if (fits(t, line, p)) return p;
    p++;
  }
  return NULL;
}

/* Columns of a terminal that a character takes. */
static int width_of (uint32_t cp) {
  switch (u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_FULLWIDTH: case U_EA_WIDE: return 2;
    default: break;
  }
  switch (u_charType((UChar32)cp)) {
    case U_NON_SPACING_MARK: case U_ENCLOSING_MARK: case U_FORMAT_CHAR:
      return 0;
    default: return 1;
  }
}

/* Spaces, or '^', as wide as the text of [begin, end). A tab stays one. */
static void add_width (ld_text *out, const char *begin, const char *end,
                       const char *fill) {
  while (begin < end) {
    uint32_t cp;
    const int n = ld_utf8_read(begin, end, &cp);
    if (cp == '\t' && *fill == ' ')
      add(out, "\t");
    else
      for (int i = width_of(cp); i > 0; i--) add(out, fill);
    begin += n;
  }
}

static void add_marks (ld_text *out, const trouble *t, slice shown, int pad) {
  const char *p = shown.begin, *mark = next_mark(t, shown, p);
  const size_t n = strlen(t->name);
  if (!mark) return;
  if (!is_word(t->name[0]) && next_mark(t, shown, mark + 1)) return;
  ld_text_format(out, "    %*s | ", pad, "");
  for (; mark; mark = next_mark(t, shown, p)) {
    add_width(out, p, mark, " ");
    add_width(out, mark, mark + n, "^");
    p = mark + n;
  }
  add(out, "\n");
}

/* The part of a line that is shown: around the first mark of a long one. */
static slice cut (const trouble *t, slice line) {
  const char *mark = next_mark(t, line, line.begin);
  const size_t n = (size_t)(line.end - line.begin);
  if (n <= COLUMNS) return line;
  if (mark && mark - line.begin > COLUMNS - 20)
    line.begin += ld_utf8_floor(line.begin,
                                (size_t)(mark - line.begin) - COLUMNS / 2);
  if (line.end - line.begin > COLUMNS)
    line.end = line.begin + ld_utf8_floor(line.begin, COLUMNS);
  return line;
}

static void add_line (ld_text *out, const trouble *t, uint32_t number,
                      slice line, int pad) {
  const slice shown = cut(t, line);
  ld_text_format(out, "    %*u | ", pad, (unsigned)number);
  ld_text_escape(out, shown.begin, (size_t)(shown.end - shown.begin));
  add(out, "\n");
  if (number == t->line) add_marks(out, t, shown, pad);
}

static void add_excerpt (ld_text *out, const lesdiplo_host *host,
                         const trouble *t) {
  char digits[16];
  const int pad = snprintf(digits, sizeof digits, "%u", (unsigned)t->line + 1);
  if (t->line == 0) return;
  const char *name = ld_message_name(host->source_name);
  add(out, "  ");
  ld_text_escape(out, name, strlen(name));
  ld_text_format(out, ":%u\n", (unsigned)t->line);
  for (uint32_t i = t->line > 1 ? t->line - 1 : 1; i <= t->line + 1; i++) {
    const slice line = line_of(host, i);
    const bool blank = !line.begin ||
        strspn(line.begin, " \t\r") >= (size_t)(line.end - line.begin);
    if (!blank || i == t->line) {
      const slice none = { "", "" };
      add_line(out, t, i, line.begin ? line : none, pad);
    }
  }
}


/* ----------------------------------------------------------------------
** What to do
*/

/* "%s" is the name that the message blames. The first row that fits counts. */
static const struct advice {
  const char *message, *hint;
} advices[] = {
  { "concatenate a Span", "write tostring(%s), or %s.text" },
  { "concatenate a Doc", "write tostring(%s), or a field such as %s.id" },
  { "concatenate a nil", "%s is nil here; write (%s or \"\")" },
  { "get length of a nil", "%s is nil here; write (%s or \"\"), or test it" },
  { "arithmetic on a nil", "%s is nil here; write (%s or 0), or test it" },
  { "arithmetic on a string", "turn it into a number: tonumber(%s)" },
  { "index a nil value", "%s is nil here: test it before its fields are read" },
  { "call a Corpus", "write: for doc in corpus:docs() do" },
  { "call a Spans", "write: for i, span in %s:each() do" },
  { "call a table value", "write: for i, value in ipairs(%s) do" },
  { "call a nil value (method", "no method is called %s there: `:` is for "
                                "methods, `.` for functions in a table" },
  { "call a nil value", "no function is called %s there" },
  { "attempt to compare", "both sides have to be numbers, or both strings" },
  { "syntax error near", "this is no statement; a value is printed with "
                         "print(...)" },
  { "'=' expected near", "this is no statement; a value is printed with "
                         "print(...)" },
  { "'end' expected", "a block is not closed: each then, do and function has "
                      "its end" },
  { "backtrack stack overflow", "the pattern goes too deep; lpeg.setmaxstack "
                                "allows up to 100000" },
  { "grammar has no initial rule", "a table is a grammar, its [1] the first rule's "
                                   "name; a pattern over tokens mixes with "
                                   "LPeg as its field .lpeg" },
  { "may accept empty string", "p^0 of a p that may match nothing would never "
                               "end: let p take a character" },
  { "left recursive", "a rule has to take a character before it calls itself" },
  { "stack overflow", "a function calls itself without end" },
  { "subject is too long", "match it in parts, a paragraph or a document at a "
                           "time" },
  { NULL, NULL }
};

/* Fields of a document that may be absent. */
static bool is_absent_field (const trouble *t) {
  for (int i = LD_F_TITLE; strcmp(t->kind, "field") == 0 && i < LD_F_COUNT;
       i++)
    if (strcmp(t->name, ld_field_names[i]) == 0) return true;
  return false;
}

/* Puts the name where the hint has %s. */
static void add_hint (ld_text *out, const char *hint, const char *name) {
  if (!*name || strcmp(name, "?") == 0 || strcmp(name, "for iterator") == 0)
    name = "value";
  for (const char *p; (p = strstr(hint, "%s")) != NULL; hint = p + 2) {
    ld_text_add(out, hint, (size_t)(p - hint));
    add(out, name);
  }
  add(out, hint);
}

static void add_advice (ld_text *out, const trouble *t) {
  if (strstr(t->text, "a nil value") && is_absent_field(t)) {
    ld_text_format(out, "  to do     not every document has a %s; write "
                        "(doc.%s or \"\")\n", t->name, t->name);
    return;
  }
  for (const struct advice *a = advices; a->message; a++) {
    if (!strstr(t->text, a->message)) continue;
    add(out, "  to do     ");
    add_hint(out, a->hint, t->name);
    add(out, "\n");
    return;
  }
}

static void add_reading (ld_text *out, lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_reading(L);
  if (!doc) return;
  add(out, "  reading   ");
  ld_text_escape(out, lesdiplo_doc_id(doc), strlen(lesdiplo_doc_id(doc)));
  ld_text_format(out, " (document %u of %u)\n",
                 (unsigned)lesdiplo_doc_index(doc) + 1,
                 (unsigned)lesdiplo_corpus_count(doc->corpus));
}


/* ----------------------------------------------------------------------
** The handler
*/

/* The code for an error that the script raised, or was stopped by. */
static int code_of (lua_State *L, const char *message) {
  const lesdiplo_host *host = ld_host_of(L);
  if (host->stop == LD_STOP_OUTPUT) return LESDIPLO_EIO;
  if (host->stop != LD_STOP_NONE) return LESDIPLO_ELIMIT;
  if (host->refusal != LESDIPLO_OK && strstr(message, host->refused))
    return host->refusal;
  if (strstr(message, ld_bind_no_memory)) return LESDIPLO_ENOMEM;
  /* a protected call caught the stop, gave memory back, and handed it on */
  if (strstr(message, ld_host_no_room)) return LESDIPLO_ELIMIT;
  /* Lua's own words, that a call of ours caught and handed on */
  if (strstr(message, "not enough memory"))
    return host->starved == ENOMEM ? LESDIPLO_ENOMEM : LESDIPLO_ELIMIT;
  return LESDIPLO_ESCRIPT;
}

/* The message of an error value, left on the stack where it was made. */
static const char *message_of (lua_State *L, size_t *n) {
  if (lua_type(L, 1) == LUA_TSTRING || lua_type(L, 1) == LUA_TNUMBER)
    return lua_tolstring(L, 1, n);
  if (luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL)
    return ld_host_tostring(L, 1, n);
  if (lua_istable(L, 1)) {
    lua_pushliteral(L, "message");
    if (lua_rawget(L, 1) == LUA_TSTRING) return lua_tolstring(L, -1, n);
  }
  const char *text = lua_pushfstring(L, "the script raised a %s value, not a "
                                        "message", luaL_typename(L, 1));
  *n = strlen(text);
  return text;
}

static void compose (lua_State *L, trouble *t) {
  const lesdiplo_host *host = ld_host_of(L);
  lesdiplo_error *error = host->error;
  ld_text out;
  ld_text_init(&out, error->message, sizeof error->message);
  ld_text_escape(&out, t->text,
                 t->length > MESSAGE_MOST ? ld_utf8_floor(t->text, MESSAGE_MOST)
                                          : t->length);
  if (t->length > MESSAGE_MOST) add(&out, " ...");
  add(&out, "\n");
  if (error->code == LESDIPLO_ESCRIPT || error->code == LESDIPLO_ELIMIT) {
    add_excerpt(&out, host, t);
    add_reading(&out, L);
    add_advice(&out, t);
  }
  while (out.used > 0 && out.bytes[out.used - 1] == '\n')
    out.bytes[--out.used] = '\0';
}

int ld_message_handler (lua_State *L) {
  lesdiplo_host *host = ld_host_of(L);
  trouble t;
  memset(&t, 0, sizeof t);
  luaL_checkstack(L, 8, NULL);
  t.text = message_of(L, &t.length);
  const int code = code_of(L, t.text);
  locate(L, &t);
  if (code == LESDIPLO_ESCRIPT) find_name(&t);
  const char *name = ld_message_name(host->source_name);
  ld_fail(host->error, code, name && t.line ? name : "", t.line, "%s", "");
  host->failed_in = ld_bind_reading(L);
  host->failed_inside = ld_bind_walks(L) != 0;
  compose(L, &t);
  return 1;
}

void ld_message_bare (lesdiplo_host *host, int status) {
  const char *name = ld_message_name(host->source_name);
  char size[32];
  if (status != LUA_ERRMEM)
    ld_fail(host->error, LESDIPLO_ESCRIPT, name, 0,
            "an error in the handling of an error");
  else if (host->starved == ENOMEM)
    ld_fail_memory(host->error);
  else
    ld_fail(host->error, LESDIPLO_ELIMIT, name, 0,
            "the script needs more than %s of memory, the limit "
            "(--max-memory)",
            ld_host_size(host->soft_limit, size, sizeof size));
}
