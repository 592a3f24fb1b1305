/*
** embed.c - run while building: turns lua/ into C.
**
**     embed FOLDER FILE... [NAME=FILE]...
**
** writes FOLDER/embedded.h and FOLDER/embedded.c: each .lua file as bytecode
** without debug information, each other file as it is, and the doc comments
** that stand above public functions. A file's name is its path below lua/,
** without ".lua" or "/init.lua", unless NAME is given. Both tables are sorted
** by their names. A syntax error stops the build with its file and line.
**
** It makes its files and ends; what it allocates is left to the system.
*/
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>


/* Some bytes that grow; always terminated. */
struct text {
  char *bytes;
  size_t used, size;
};

/* A file to embed, or the help of a function or a module. */
struct entry {
  char *name;
  struct text text;
};

struct table {
  struct entry *entries;
  size_t count, size;
};


static _Noreturn void die (const char *what, const char *why) {
  fprintf(stderr, "embed: %s: %s\n", what, why);
  exit(1);
}


static void *resize (void *block, size_t size) {
  void *result = realloc(block, size);
  if (result == NULL) die("no memory", "close other programs");
  return result;
}


static void text_add (struct text *text, const char *bytes, size_t n) {
  while (text->used + n + 1 > text->size) {
    text->size = text->size * 2 + 256;
    text->bytes = resize(text->bytes, text->size);
  }
  if (n > 0) memcpy(text->bytes + text->used, bytes, n);
  text->used += n;
  text->bytes[text->used] = '\0';
}


static void text_puts (struct text *text, const char *string) {
  text_add(text, string, strlen(string));
}


static struct entry *table_add (struct table *table, const char *name,
                                size_t n) {
  if (table->count == table->size) {
    table->size = table->size * 2 + 64;
    table->entries = resize(table->entries,
                            table->size * sizeof *table->entries);
  }
  struct entry *entry = &table->entries[table->count++];
  memset(entry, 0, sizeof *entry);
  entry->name = resize(NULL, n + 1);
  memcpy(entry->name, name, n);
  entry->name[n] = '\0';
  text_add(&entry->text, "", 0);
  return entry;
}


static int by_name (const void *a, const void *b) {
  return strcmp(((const struct entry *)a)->name,
                ((const struct entry *)b)->name);
}


static void table_sort (struct table *table) {
  if (table->count == 0) return;
  qsort(table->entries, table->count, sizeof *table->entries, by_name);
  for (size_t i = 1; i < table->count; i++)
    if (strcmp(table->entries[i - 1].name, table->entries[i].name) == 0)
      die(table->entries[i].name, "stands for two things: rename one");
}


static void read_file (struct text *text, const char *path) {
  char bytes[8192];
  size_t n;
  FILE *file = fopen(path, "rb");
  if (file == NULL) die(path, strerror(errno));
  text_add(text, "", 0);
  while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
    text_add(text, bytes, n);
  if (ferror(file)) die(path, "cannot be read");
  fclose(file);
}


static int ends_with (const char *string, size_t n, const char *tail) {
  const size_t m = strlen(tail);
  return n >= m && memcmp(string + n - m, tail, m) == 0;
}


/* ----------------------------------------------------------- doc comments */

/*
** One line of a file at a time, without its newline; 0 at the end.
*/
struct lines {
  const char *at, *end;
  const char *line;
  size_t length;
};

static int next_line (struct lines *lines) {
  if (lines->at >= lines->end) return 0;
  const size_t left = (size_t)(lines->end - lines->at);
  const char *newline = memchr(lines->at, '\n', left);
  lines->line = lines->at;
  lines->length = newline == NULL ? left : (size_t)(newline - lines->at);
  lines->at += lines->length + (newline != NULL);
  return 1;
}


static int starts_with (const struct lines *lines, const char *head) {
  const size_t n = strlen(head);
  return lines->length >= n && memcmp(lines->line, head, n) == 0;
}


/* A comment line without its dashes and the space behind them. */
static void add_comment (struct text *comment, const struct lines *lines) {
  size_t i = 0;
  while (i < 3 && i < lines->length && lines->line[i] == '-') i++;
  if (i < lines->length && lines->line[i] == ' ') i++;
  if (lines->length - i > 6 && (memcmp(lines->line + i, "@modul", 6) == 0 ||
                                memcmp(lines->line + i, "@names", 6) == 0))
    return;
  text_add(comment, lines->line + i, lines->length - i);
  text_add(comment, "\n", 1);
}


/*
** What a line of code defines in a table, M in most files: `function M.name (a)`,
** `function M:name (a)` or `M.name = `. Gives the place of ".name" or ":name", its
** length, and the length with the arguments that follow; returns 0 for other lines
** and for names with a leading underscore, which are nobody's business.
*/
static int definition (const struct lines *lines, const char *table,
                       const char **name, size_t *length, size_t *arguments) {
  const char *p = lines->line, *end = p + lines->length;
  const size_t n = strlen(table);
  const int function = starts_with(lines, "function ");
  if (function) p += strlen("function ");
  if ((size_t)(end - p) < n + 2 || memcmp(p, table, n) != 0 ||
      (p[n] != '.' && p[n] != ':'))
    return 0;
  *name = p += n;
  for (p++; p < end && (isalnum((unsigned char)*p) || *p == '_'); ) p++;
  *length = (size_t)(p - *name);
  *arguments = 0;
  while (p < end && *p == ' ') p++;
  if (function) {
    const char *close = memchr(p, ')', (size_t)(end - p));
    if (p == end || *p != '(' || close == NULL) return 0;
    *arguments = (size_t)(close + 1 - p);
  }
  else if (p == end || *p != '=' || (p + 1 < end && p[1] == '=')) return 0;
  return *length > 1 && (*name)[1] != '_';
}


/* A table of a file, and what others call it: lesdiplo.query.build, say, for M. A file
** whose table they know by another name says so, and so does one with a class:
**
**     -- @names M lesdiplo.query
**     -- @names Pattern pattern
*/
enum { TABLES = 2 };
struct named {
  char table[32], name[128];
};

static void read_names (struct named *tables, const struct lines *lines) {
  char line[200], table[32], name[128];
  snprintf(line, sizeof line, "%.*s", (int)lines->length, lines->line);
  if (sscanf(line, "-- @names %31s %127s", table, name) != 2) return;
  struct named *one = tables + (strcmp(table, "M") != 0);
  snprintf(one->table, sizeof one->table, "%s", table);
  snprintf(one->name, sizeof one->name, "%s", name);
}


/* Adds the help of one definition, its signature first. */
static void add_help (struct table *help, const struct named *table,
                      const struct lines *lines, const struct text *comment) {
  const char *name;
  size_t length, arguments;
  if (!definition(lines, table->table, &name, &length, &arguments)) return;
  struct text full = { NULL, 0, 0 };
  for (const char *p = table->name; *p != '\0'; p++)
    text_add(&full, *p == '/' ? "." : p, 1);
  const size_t dot = full.used;
  text_add(&full, name, length);
  struct entry *entry = table_add(help, full.bytes, full.used);
  entry->name[dot] = '.';       /* methods are found by a dot as well */
  text_add(&entry->text, full.bytes, full.used);
  if (arguments > 0) {
    const char *open = memchr(name, '(', lines->length);
    text_add(&entry->text, open, arguments);
  }
  text_add(&entry->text, "\n", 1);
  text_add(&entry->text, comment->bytes, comment->used);
  free(full.bytes);
}


/* What the head of a file says is the help of the module. */
static void add_head (struct table *heads, const char *module,
                      const struct text *comment) {
  char name[128];
  size_t n = 0;
  for (const char *p = module; *p != '\0' && n + 1 < sizeof name; p++)
    name[n++] = *p == '/' ? '.' : *p;
  name[n] = '\0';
  struct entry *entry = table_add(heads, name, n);
  text_add(&entry->text, name, n);
  text_add(&entry->text, "\n", 1);
  text_add(&entry->text, comment->bytes, comment->used);
}


/* The heads of modules, save where a function has the same name: lesdiplo.entity.people
** is what scripts call, and the module beside it is ours. */
static void add_heads (struct table *help, const struct table *heads) {
  const size_t functions = help->count;
  for (size_t i = 0; i < heads->count; i++) {
    const struct entry *head = heads->entries + i;
    size_t k = 0;
    while (k < functions && strcmp(help->entries[k].name, head->name) != 0) k++;
    if (k == functions)
      table_add(help, head->name, strlen(head->name))->text = head->text;
  }
}


/* Finds the comments that begin with three dashes and stand directly above a
** line of code. The first one is the file's head. */
static void find_help (struct table *help, struct table *heads,
                       const char *module, const struct text *source) {
  struct lines lines = { source->bytes, source->bytes + source->used, NULL,
                         0 };
  struct text comment = { NULL, 0, 0 };
  struct named tables[TABLES] = { { "M", "" }, { "", "" } };
  int inside = 0, is_head = 1;
  text_add(&comment, "", 0);
  snprintf(tables[0].name, sizeof tables[0].name, "%s", module);
  while (next_line(&lines)) {
    read_names(tables, &lines);
    if (starts_with(&lines, inside ? "--" : "---")) {
      if (!inside) comment.used = 0;
      inside = 1;
      add_comment(&comment, &lines);
    }
    else {
      if (inside && is_head) add_head(heads, module, &comment);
      if (inside) is_head = 0;
      for (int i = 0; inside && i < TABLES; i++)
        if (tables[i].table[0]) add_help(help, tables + i, &lines, &comment);
      inside = 0;
    }
  }
  free(comment.bytes);
}


/* -------------------------------------------------------------- bytecode */

static int add_bytes (lua_State *L, const void *bytes, size_t n, void *text) {
  (void)L;
  text_add(text, bytes, n);
  return 0;
}


/* The chunk's name makes Lua's own message begin with file and line. */
static void compile (struct text *out, const struct text *source,
                     const char *path) {
  lua_State *L = luaL_newstate();
  if (L == NULL) die(path, "no memory");
  const char *name = lua_pushfstring(L, "@%s", path);
  if (luaL_loadbufferx(L, source->bytes, source->used, name, "t") != LUA_OK) {
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    exit(1);
  }
  lua_dump(L, add_bytes, out, 1);
  lua_close(L);
}


/* ---------------------------------------------------------------- output */

static void write_string (FILE *out, const char *bytes, size_t n) {
  int column = 0;
  fputc('"', out);
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = (unsigned char)bytes[i];
    if (column > 70) {
      fputs("\"\n  \"", out);
      column = 0;
    }
    /* three octal digits end by themselves; '?' could begin a trigraph */
    if (c < 0x20 || c > 0x7E || c == '"' || c == '\\' || c == '?')
      column += fprintf(out, "\\%03o", c);
    else {
      fputc(c, out);
      column++;
    }
  }
  fputc('"', out);
}


/*
** Bytes first, each in a variable of its own with a NUL behind it, then the
** table: constants, which the linker places where nothing has to be done for
** them at the start but setting the addresses.
*/
static void write_files (FILE *out, const struct table *files) {
  for (size_t i = 0; i < files->count; i++) {
    const struct text *text = &files->entries[i].text;
    fprintf(out, "static const unsigned char file%zu[%zu] =\n  ", i,
            text->used + 1);
    write_string(out, text->bytes, text->used);
    fputs(";\n", out);
  }
  fputs("\nconst ld_embedded ld_embedded_files[] = {\n", out);
  for (size_t i = 0; i < files->count; i++)
    fprintf(out, "  { \"%s\", file%zu, %zu },\n", files->entries[i].name, i,
            files->entries[i].text.used);
  fprintf(out, "  { 0, 0, 0 }\n};\nconst size_t ld_embedded_count = %zu;\n\n",
          files->count);
}


static void write_help (FILE *out, const struct table *help) {
  fputs("const ld_help ld_lua_help[] = {\n", out);
  for (size_t i = 0; i < help->count; i++) {
    fprintf(out, "  { \"%s\",\n  ", help->entries[i].name);
    write_string(out, help->entries[i].text.bytes,
                 help->entries[i].text.used);
    fputs(" },\n", out);
  }
  fprintf(out, "  { 0, 0 }\n};\nconst size_t ld_lua_help_count = %zu;\n",
          help->count);
}


static const char header[] =
  "/* embedded.h - written by src/tools/embed.c: the Lua library and its help."
  " */\n"
  "#ifndef LD_EMBEDDED_H\n"
  "#define LD_EMBEDDED_H\n"
  "\n"
  "#include <stddef.h>\n"
  "\n"
  "/* A module as bytecode, or a file of data; a NUL follows the bytes. */\n"
  "typedef struct ld_embedded {\n"
  "  const char *name;       /* \"lesdiplo/report\", "
  "\"lesdiplo/data/reading.txt\" */\n"
  "  const unsigned char *bytes;\n"
  "  size_t size;\n"
  "} ld_embedded;\n"
  "\n"
  "/* The help of a function: its signature, then its comment. */\n"
  "typedef struct ld_help {\n"
  "  const char *name;       /* \"lesdiplo.grammar.dates.all\" */\n"
  "  const char *text;\n"
  "} ld_help;\n"
  "\n"
  "/* Sorted by name, by bytes; one entry of NULLs follows the last. */\n"
  "extern const ld_embedded ld_embedded_files[];\n"
  "extern const size_t ld_embedded_count;\n"
  "extern const ld_help ld_lua_help[];\n"
  "extern const size_t ld_lua_help_count;\n"
  "\n"
  "#endif\n";


static FILE *open_output (const char *folder, const char *name) {
  struct text path = { NULL, 0, 0 };
  text_puts(&path, folder);
  text_puts(&path, "/");
  text_puts(&path, name);
  FILE *out = fopen(path.bytes, "wb");
  if (out == NULL) die(path.bytes, strerror(errno));
  free(path.bytes);
  return out;
}


static void close_output (FILE *out, const char *name) {
  const int bad = ferror(out);
  if (fclose(out) != 0 || bad) die(name, "cannot be written: disk full?");
}


/* Reads one file of the command line into the tables. */
static void embed (struct table *files, struct table *help, struct table *heads,
                   const char *argument) {
  const char *equals = strchr(argument, '=');
  const char *path = equals == NULL ? argument : equals + 1;
  const char *name = argument;
  size_t n = equals == NULL ? strlen(argument) : (size_t)(equals - argument);
  if (equals == NULL && strncmp(name, "lua/", 4) == 0) {
    name += 4;
    n -= 4;
  }
  const int is_lua = ends_with(path, strlen(path), ".lua");
  if (equals == NULL && is_lua) {
    n -= ends_with(name, n, "/init.lua") ? strlen("/init.lua")
                                         : strlen(".lua");
  }
  struct entry *entry = table_add(files, name, n);
  struct text source = { NULL, 0, 0 };
  read_file(&source, path);
  if (is_lua) {
    compile(&entry->text, &source, path);
    find_help(help, heads, entry->name, &source);
    free(source.bytes);
  }
  else entry->text = source;
}


int main (int argc, char **argv) {
  struct table files = { NULL, 0, 0 }, help = { NULL, 0, 0 };
  struct table heads = { NULL, 0, 0 };
  if (argc < 2) {
    fputs("usage: embed FOLDER FILE... [NAME=FILE]...\n", stderr);
    return 2;
  }
  for (int i = 2; i < argc; i++) embed(&files, &help, &heads, argv[i]);
  add_heads(&help, &heads);
  table_sort(&files);
  table_sort(&help);
  FILE *out = open_output(argv[1], "embedded.h");
  fputs(header, out);
  close_output(out, "embedded.h");
  out = open_output(argv[1], "embedded.c");
  fputs("/* Written by src/tools/embed.c: do not edit. */\n"
        "#include \"embedded.h\"\n\n", out);
  write_files(out, &files);
  write_help(out, &help);
  close_output(out, "embedded.c");
  return 0;
}
