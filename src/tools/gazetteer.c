/*
** gazetteer.c - run while building: turns the tables of entities into C.
**
**     gazetteer OUT.c FILE...
**
** reads the files as a script's are read, into one gazetteer, and writes its rows,
** strings and hash tables as arrays of constants without a pointer in them:
** ld_gazetteer_shipped. A line that cannot be read stops the build with its file and
** line.
*/
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mark/entity/entity.h"

/* The types of the rows, as they are written, and their names. */
static const char *const row_types[LD_ROWS] = {
  "char", "ld_entity_entry", "ld_name_entry", "ld_fact_entry", "ld_node_entry",
  "ld_kind_entry"
};
static const char *const row_names[LD_ROWS] = {
  "strings", "entities", "names", "facts", "nodes", "kinds"
};
static const char *const pair_names[LD_PAIRS] = {
  "words", "terms", "first_of", "named", "ids", "kind_of", "own", "edges"
};

static _Noreturn void die (const char *what, const char *why) {
  fprintf(stderr, "gazetteer: %s: %s\n", what, why);
  exit(1);
}


/* ----------------------------------------------------------------------
** Reading
*/

typedef struct complaints {
  const char *path;
  int count;
} complaints;

static void complain (void *data, uint32_t line, const char *message) {
  complaints *c = data;
  fprintf(stderr, "%s:%lu: %s\n", c->path, (unsigned long)line, message);
  c->count++;
}

static void read_file (ld_gazetteer *all, ld_memory *memory, const char *path) {
  complaints c = { path, 0 };
  ld_file file;
  lesdiplo_error error;
  if (ld_file_open(&file, memory, path, &error) != LESDIPLO_OK)
    die(path, error.message);
  if (!ld_gazetteer_read(all, file.bytes, file.size, complain, &c))
    die(path, "no memory");
  ld_file_close(&file);
  if (c.count > 0) exit(1);
}


/* ----------------------------------------------------------------------
** Writing
*/

static void put_strings (FILE *out, const char *bytes, size_t n) {
  fprintf(out, "static const char strings[%zu] =\n  \"", n);
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = (unsigned char)bytes[i];
    if (c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '?') putc(c, out);
    else fprintf(out, "\\%03o", c);
    if (c == '\0' && i + 1 < n) fputs("\"\n  \"", out);
  }
  fputs("\";\n\n", out);
}

/* Numbers n of a row, which has members of four bytes only. */
static void put_row (FILE *out, const char *row, size_t n) {
  for (size_t i = 0; i < n; i++) {
    uint32_t number;
    memcpy(&number, row + i * sizeof number, sizeof number);
    fprintf(out, i ? ",%lu" : "{%lu", (unsigned long)number);
  }
  fputs("},\n", out);
}

static void put_rows (FILE *out, int i, const ld_rows *rows) {
  const uint32_t count = ld_rows_count(rows);
  fprintf(out, "static const %s %s[%lu] = {\n", row_types[i], row_names[i],
          (unsigned long)count);
  for (uint32_t k = 0; k < count; k++)
    put_row(out, ld_row(rows, k), rows->size / sizeof(uint32_t));
  fputs("};\n\n", out);
}

static void put_pairs (FILE *out, int i, const ld_pairs *pairs) {
  if (pairs->size == 0) return;
  fprintf(out, "static const ld_pair %s[%lu] = {\n", pair_names[i],
          (unsigned long)pairs->size);
  for (uint32_t k = 0; k < pairs->size; k++) {
    if (pairs->more[k].value == 0) continue;
    fprintf(out, "[%lu]=", (unsigned long)k);
    put_row(out, (const char *)&pairs->more[k], 3);
  }
  fputs("};\n\n", out);
}

static void put_all (FILE *out, const ld_gazetteer *all) {
  const ld_rows *strings = &all->rows[LD_ROWS_STRINGS];
  fputs("/* The entities that ship, made by gazetteer. */\n"
        "#include \"mark/entity/entity.h\"\n\n", out);
  put_strings(out, strings->more.base, ld_rows_count(strings));
  for (int i = LD_ROWS_ENTITIES; i < LD_ROWS; i++) put_rows(out, i, &all->rows[i]);
  for (int i = 0; i < LD_PAIRS; i++) put_pairs(out, i, &all->pairs[i]);
  fputs("const ld_gazetteer_base ld_gazetteer_shipped = { {\n", out);
  for (int i = 0; i < LD_ROWS; i++)
    fprintf(out, "  { %s, %lu },\n", row_names[i],
            (unsigned long)ld_rows_count(&all->rows[i]));
  fputs("}, {\n", out);
  for (int i = 0; i < LD_PAIRS; i++)
    fprintf(out, "  { %s, %lu },\n", all->pairs[i].size ? pair_names[i] : "0",
            (unsigned long)all->pairs[i].size);
  fputs("} };\n", out);
}

/* Fixed tables have no need to grow: a quarter of their slots is free. */
static void pack (ld_gazetteer *all) {
  for (int i = 0; i < LD_PAIRS; i++) {
    ld_pairs *pairs = &all->pairs[i];
    if (pairs->count > 0 && !ld_pairs_resize(pairs, pairs->count / 3 * 4 + 4))
      die("no memory", "close other programs");
  }
}

int main (int argc, char **argv) {
  ld_memory memory;
  if (argc < 3) {
    fputs("usage: gazetteer OUT.c FILE...\n", stderr);
    return 2;
  }
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_gazetteer *all = ld_gazetteer_new(&memory);
  if (!all) die("no memory", "close other programs");
  for (int i = 2; i < argc; i++) read_file(all, &memory, argv[i]);
  if (!ld_gazetteer_seal(all)) die("no memory", "close other programs");
  pack(all);
  FILE *out = fopen(argv[1], "wb");
  if (!out) die(argv[1], strerror(errno));
  put_all(out, all);
  if (ferror(out) || fclose(out) != 0) die(argv[1], "cannot be written");
  ld_gazetteer_free(all);
  return 0;
}
