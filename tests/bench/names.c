/*
** names.c - what it costs to find the names of a table in a text.
**
**     names make COUNT TEXT       prints so many names, of words of TEXT
**     names list NAMES TEXT       prints where they stand, as `rg -o -b` does
**     names shipped ROUNDS        the table that ships, made and asked for a name
**
** `list` writes to its standard error: names in the table, then seconds of
** processor time: to build the table, to load the text, to find and list; and how
** many were found. The names stand in a table over the one that ships, and it is
** built when the text is there, both as a script has it. `shipped` prints the best of its rounds, each in a process of its
** own, and that of the first use in one, by the wall.
*/
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mark/mark.h"

static _Noreturn void die (const char *what) {
  fprintf(stderr, "names: %s\n", what);
  exit(1);
}

static double now (clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static ld_memory new_memory (void) {
  ld_memory memory;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  return memory;
}

static ld_file open_file (ld_memory *memory, const char *path) {
  ld_file file;
  lesdiplo_error error;
  if (ld_file_open(&file, memory, path, &error) != LESDIPLO_OK) die(error.message);
  return file;
}


/* ----------------------------------------------------------------------
** Making names
*/

/* The length of a word of ASCII letters there. */
static size_t word_at (const char *p, const char *end) {
  const char *q = p;
  while (q < end && isalpha((unsigned char)*q)) q++;
  return (size_t)(q - p);
}

/* The length of a name of so many words that begins there with a capital; 0 where
** there is none. */
static size_t name_at (const char *p, const char *end, int words) {
  const char *q = p;
  if (!isupper((unsigned char)*p)) return 0;
  for (; words > 0; words--) {
    const size_t n = word_at(q, end);
    q += n + (words > 1);
    if (n == 0 || q >= end || (words > 1 && q[-1] != ' ')) return 0;
  }
  return (*q == ' ' || *q == ',' || *q == '.') && q - p > 3 ? (size_t)(q - p) : 0;
}

typedef struct name {
  const char *p;
  size_t n;
} name;

/* The names of one to four words, each once, in the order of the text: of these
** `count`, evenly spread; where there are less, two of them make one more. */
static void make (uint32_t count, const char *path) {
  ld_memory memory = new_memory();
  const ld_file text = open_file(&memory, path);
  const char *end = text.bytes + text.size;
  ld_map known;
  ld_area names;
  ld_map_init(&known, &memory);
  ld_area_init(&names, &memory);
  for (const char *p = text.bytes; p < end; p++) {
    if (p > text.bytes && p[-1] != ' ') continue;
    for (int words = 1; words <= 4; words++) {
      const name one = { p, name_at(p, end, words) };
      const uint32_t before = known.count;
      if (one.n > 0) ld_map_put(&known, p, one.n, before);
      if (known.count > before) ld_area_push(&names, &one, sizeof one);
    }
  }
  if (names.failed || known.failed) die("no memory");
  const uint64_t total = names.used / sizeof(name);
  if (total == 0) {
    die("a text without words");
    return;
  }
  const name *all = (const name *)(const void *)names.base;
  for (uint64_t i = 0; i < count; i++) {
    const name *one = all + (count < total ? i * total / count : i % total);
    printf("%.*s", (int)one->n, one->p);
    if (i < total) putchar('\n');
    else one = all + i * 7919 % total, printf(" %.*s\n", (int)one->n, one->p);
  }
}


/* ----------------------------------------------------------------------
** Finding them
*/

/* Writes a number before `p`, two digits at a time; returns where it begins. */
static char *number_before (char *p, uint32_t n) {
  static char pairs[200];
  if (!pairs[0])
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (char)('0' + i / 10);
      pairs[2 * i + 1] = (char)('0' + i % 10);
    }
  for (; n > 99; n /= 100) memcpy(p -= 2, pairs + 2 * (n % 100), 2);
  if (n > 9) return memcpy(p - 2, pairs + 2 * n, 2);
  *--p = (char)('0' + n);
  return p;
}

static ld_gazetteer *build (ld_memory *memory, const char *path) {
  const ld_file file = open_file(memory, path);
  ld_gazetteer *table = ld_gazetteer_over(memory, &ld_gazetteer_shipped);
  const char *end = file.bytes + file.size;
  char id[16];
  uint32_t n = 0;
  for (const char *p = file.bytes, *stop; p < end; p = stop + 1) {
    stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop) stop = end;
    char *from = number_before(id + sizeof id, n++);
    *--from = 'n';
    const uint32_t entity =
      ld_gazetteer_entity(table, from, (size_t)(id + sizeof id - from), "name", 4);
    if (!ld_gazetteer_name(table, entity, "en", 2, LD_FORM_NAME, p,
                           (size_t)(stop - p)))
      die("no name");
  }
  if (!ld_gazetteer_seal(table)) die("no memory");
  return table;
}

enum { OUT = 1 << 16, PLACE = 11 };   /* bytes printed at once; of a place and its colon */

typedef struct lister {
  const lesdiplo_doc *doc;
  unsigned long found;
  size_t used;
  char out[OUT];
} lister;

static void flush (lister *l) {
  fwrite(l->out, 1, l->used, stdout);
  l->used = 0;
}

static void put (void *data, const ld_mention *m) {
  lister *l = data;
  const uint32_t begin = l->doc->token_begin[m->from];
  const uint32_t n = ld_token_end(l->doc, m->to - 1) - begin;
  char place[PLACE];
  place[PLACE - 1] = ':';
  const char *from = number_before(place + PLACE - 1, begin);
  const size_t used = (size_t)(place + PLACE - from);
  if (l->used + PLACE + n + 1 > OUT) flush(l);
  if (PLACE + n + 1 > OUT) die("a name longer than all that is printed at once");
  memcpy(l->out + l->used, from, used);
  memcpy(l->out + l->used + used, l->doc->text + begin, n);
  l->used += used + n + 1;
  l->out[l->used - 1] = '\n';
  l->found++;
}

static unsigned long tag (const ld_gazetteer *table, const lesdiplo_corpus *corpus,
                          ld_memory *memory) {
  static const char *const kinds[] = { "name", NULL };
  static lister l;
  ld_tagger tagger;
  if (!ld_tagger_init(&tagger, table, corpus, memory)) die("no memory");
  for (uint32_t i = 0; i < lesdiplo_corpus_count(corpus); i++) {
    l.doc = lesdiplo_corpus_doc(corpus, i);
    ld_tagger_run(&tagger, l.doc, 0, l.doc->token_count, kinds, put, &l);
  }
  flush(&l);
  ld_tagger_free(&tagger);
  return l.found;
}

static void list (const char *names, const char *text) {
  const clockid_t clock = CLOCK_PROCESS_CPUTIME_ID;
  ld_memory memory = new_memory();
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  const double began = now(clock);
  if (lesdiplo_corpus_open(&corpus, text, &error) != LESDIPLO_OK)
    die(error.message);
  const double loaded = now(clock);
  ld_gazetteer *table = build(&memory, names);
  const double built = now(clock);
  const unsigned long found = tag(table, corpus, &memory);
  const double listed = now(clock);
  fprintf(stderr, "%lu %.6f %.6f %.6f %lu\n",
          (unsigned long)(ld_gazetteer_name_count(table)), built - loaded,
          loaded - began, listed - built, found);
  lesdiplo_corpus_close(corpus);
  ld_gazetteer_free(table);
}


/* ----------------------------------------------------------------------
** What ships
*/

static double first_use (void) {
  const double began = now(CLOCK_MONOTONIC);
  ld_memory memory = new_memory();
  ld_gazetteer *table = ld_gazetteer_over(&memory, &ld_gazetteer_shipped);
  const uint32_t number = ld_gazetteer_find(table, "LSO", 3);
  if (number == LD_NONE || !ld_gazetteer_get(table, number, ld_gazetteer_key(table, "alpha2")))
    die("Lesotho is not known");
  for (uint32_t i = ld_gazetteer_entity_at(table, number).first_name; i != LD_NONE;)
    i = ld_gazetteer_name_at(table, i).next;
  const double took = now(CLOCK_MONOTONIC) - began;
  ld_gazetteer_free(table);
  return took;
}

static void shipped (int rounds) {
  double least = 0, took;
  for (int i = 0; i < rounds; i++) {
    int ends[2], status;
    if (pipe(ends) != 0) die("no pipe");
    const pid_t child = fork();
    if (child == 0) {
      took = first_use();
      _exit(write(ends[1], &took, sizeof took) != sizeof took);
    }
    close(ends[1]);
    if (child < 0 || read(ends[0], &took, sizeof took) != sizeof took) die("no child");
    close(ends[0]);
    waitpid(child, &status, 0);
    if (least <= 0 || took < least) least = took;
  }
  printf("%.6f\n", least);
}

int main (int argc, char **argv) {
  if (argc == 4 && !strcmp(argv[1], "make")) make((uint32_t)atol(argv[2]), argv[3]);
  else if (argc == 4 && !strcmp(argv[1], "list")) list(argv[2], argv[3]);
  else if (argc == 3 && !strcmp(argv[1], "shipped")) shipped(atoi(argv[2]));
  else die("usage: names make COUNT TEXT | list NAMES TEXT | shipped ROUNDS");
  return 0;
}
