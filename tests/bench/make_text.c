/*
** make_text.c - a long English text out of a short one, the same every time.
**
**     make_text FOLDER BYTES SOURCE...
**
** writes, for the documents of the SOURCEs,
**
**     FOLDER/full.txt half.txt quarter.txt   one text, and its beginnings
**     FOLDER/pieces/NN/NNNN.txt              the same text in 10,000 files, or
**                                            fewer if its lines are long
**     FOLDER/pieces.jsonl                    the same as JSON lines
**
** and prints words and distinct forms of the sources, then of the whole. The
** sources come once as they are, then again and again in other orders.
** Repeating them as they are would leave the vocabulary as small as theirs
** and make every look-up a hit in a warm cache. In running text the number of
** forms grows with a power of the number of words: in 1.8 million words of
** press releases n words have 20 n^0.5 forms, within six in a hundred from
** 60,000 words on, half of the new ones being names. So the curve that the
** sources reach is followed: whenever a copy falls behind it, the next name or
** long word that is new to the document becomes a made-up one, for the whole
** of the document; made-up ones come back in later documents, the more often
** the more they were used; and long numbers get other last digits.
**
** It makes its files and ends: memory is left to the system.
*/
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <lesdiplo.h>

enum {
  PIECES = 10000,
  FORMS = 1 << 20,      /* slots for hashes of forms; 64 MB hold 80,000 */
  CHOSEN = 1 << 14,     /* slots for what became of a document's words */
  USES = 1 << 20,       /* uses of made-up words that are remembered */
  NAME_LEAST = 4,       /* letters of a name that may be replaced ... */
  WORD_LEAST = 8        /* ... and of a word in small letters */
};

/* What became of a word in one document. */
struct choice {
  uint64_t hash;
  uint32_t document;    /* the copy's number, from 1; another one: free */
  uint32_t made;        /* 1 + number of the made-up word; 0: itself */
};

/* The text in the making. */
struct maker {
  char *out;
  size_t used, size;
  uint64_t words, forms;            /* so far */
  uint64_t base_words, base_forms;  /* of the sources; 0: in the first pass */
  uint64_t random;
  uint32_t document;                /* copies so far */
  uint32_t made, use_count;
};

static uint64_t forms[FORMS];       /* 0: free */
static uint64_t base[FORMS];        /* the forms of the sources alone */
static struct choice chosen[CHOSEN];
static uint32_t uses[USES];


static _Noreturn void die (const char *what, const char *why) {
  fprintf(stderr, "make_text: %s: %s\n", what, why);
  exit(1);
}


static void *allocate (size_t size) {
  void *block = malloc(size);
  if (block == NULL) die("no memory", "close other programs");
  return block;
}


static uint32_t draw (struct maker *m, uint32_t below) {
  m->random ^= m->random << 13;
  m->random ^= m->random >> 7;
  m->random ^= m->random << 17;
  return (uint32_t)((m->random >> 32) % below);
}


/* ----------------------------------------------------------------------
** Words and forms
*/

static int is_small (char c) { return c >= 'a' && c <= 'z'; }
static int is_capital (char c) { return c >= 'A' && c <= 'Z'; }
static int is_digit (char c) { return c >= '0' && c <= '9'; }


/* FNV-1a, with 'fold' for capitals that count as small letters; never 0. */
static uint64_t hash_of (const char *word, size_t n, int fold) {
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < n; i++) {
    const char c = word[i];
    const unsigned char byte =
        (unsigned char)(fold && is_capital(c) ? c - 'A' + 'a' : c);
    hash = (hash ^ byte) * 1099511628211u;
  }
  return hash ? hash : 1;
}


/* The slot of a hash, or the free one where it belongs. */
static uint64_t *slot_of (uint64_t *table, uint64_t hash) {
  size_t i = (size_t)hash & (FORMS - 1);
  while (table[i] && table[i] != hash) i = (i + 1) & (FORMS - 1);
  return &table[i];
}


static void put (struct maker *m, const char *bytes, size_t n) {
  if (n > m->size - m->used) n = m->size - m->used;
  memcpy(m->out + m->used, bytes, n);
  m->used += n;
}


static void put_word (struct maker *m, const char *word, size_t n) {
  const uint64_t hash = hash_of(word, n, 0);
  uint64_t *slot = slot_of(forms, hash);
  m->words++;
  if (*slot == 0) {
    *slot = hash;
    if (++m->forms > FORMS / 2) die("too many forms", "give fewer BYTES");
  }
  put(m, word, n);
}


/* Whether the vocabulary is smaller than that of running text: below
** base_forms * sqrt(words / base_words). */
static int is_behind (const struct maker *m) {
  return m->forms * m->forms * m->base_words <
         m->base_forms * m->base_forms * m->words;
}


/* Writes made-up word 'number': three syllables, which no other number has,
** and an ending. Even ones are names. */
static void put_made (struct maker *m, uint32_t number) {
  static const char consonants[] = "bdfghklmnprstv", vowels[] = "aeiou";
  enum { C = sizeof consonants - 1, V = sizeof vowels - 1 };
  uint64_t rest = (uint64_t)number * 100003 % (C * V * C * V * C * V);
  char word[8];
  size_t n = 0;
  while (n < 6) {
    word[n++] = consonants[rest % C];
    rest /= C;
    word[n++] = vowels[rest % V];
    rest /= V;
  }
  if (number % 3) word[n++] = "nr"[number % 3 - 1];
  if (number % 2 == 0) word[0] = (char)(word[0] - 'a' + 'A');
  put_word(m, word, n);
}


/* ----------------------------------------------------------------------
** Replacing
*/

/* A name: a capital, then small letters, and never seen without the capital
** in the sources. */
static int is_name (const char *word, size_t n) {
  size_t i = 1;
  if (n < NAME_LEAST || !is_capital(word[0])) return 0;
  while (i < n && is_small(word[i])) i++;
  return i == n && *slot_of(base, hash_of(word, n, 1)) == 0;
}


static int is_long_word (const char *word, size_t n) {
  size_t i = 0;
  if (n < WORD_LEAST) return 0;
  while (i < n && is_small(word[i])) i++;
  return i == n;
}


/* What a name or word, new to this document, is to become there. */
static uint32_t choose (struct maker *m, int name) {
  uint32_t number;
  if (is_behind(m) && name == (m->made % 2 == 0)) {
    number = m->made++;
  } else {
    if (m->use_count == 0 || draw(m, 8) != 0) return 0;
    number = uses[draw(m, m->use_count)];
    if (name != (number % 2 == 0)) return 0;
  }
  if (m->use_count < USES) uses[m->use_count++] = number;
  return number + 1;
}


/* The same, remembered for the document. */
static uint32_t made_for (struct maker *m, const char *word, size_t n,
                          int name) {
  const uint64_t hash = hash_of(word, n, 0);
  size_t i = (size_t)hash & (CHOSEN - 1);
  for (int probe = 0; probe < 64; probe++, i = (i + 1) & (CHOSEN - 1)) {
    struct choice *c = &chosen[i];
    if (c->document == m->document && c->hash != hash) continue;
    if (c->document != m->document) {
      c->document = m->document;
      c->hash = hash;
      c->made = choose(m, name);
    }
    return c->made;
  }
  return 0;
}


static void put_number (struct maker *m, const char *word, size_t n) {
  char digits[32];
  size_t i = 0;
  while (i < n && is_digit(word[i])) i++;
  if (i < n || n < 3 || n > sizeof digits) {
    put_word(m, word, n);
    return;
  }
  memcpy(digits, word, n);
  digits[n - 1] = (char)('0' + draw(m, 10));
  digits[n - 2] = (char)('0' + draw(m, 10));
  put_word(m, digits, n);
}


static void copy_word (struct maker *m, const char *word, size_t n) {
  uint32_t made = 0;
  if (m->base_words > 0) {
    const int name = is_name(word, n);
    if (is_digit(word[0])) {
      put_number(m, word, n);
      return;
    }
    if (name || is_long_word(word, n)) made = made_for(m, word, n, name);
  }
  if (made)
    put_made(m, made - 1);
  else
    put_word(m, word, n);
}


/* ----------------------------------------------------------------------
** Copying
*/

/* How many bytes the character at p < end has that is no part of a word, or 0
** where it is one. Of those beyond ASCII, quotes and dashes (U+2000 to U+207F)
** and U+0080 to U+00BF are none. */
static size_t between (const char *p, const char *end) {
  const unsigned char c = (unsigned char)*p;
  const size_t left = (size_t)(end - p);
  if (c == 0xE2 && left >= 3 && (unsigned char)(p[1] & 0xFE) == 0x80) return 3;
  if (c == 0xC2 && left >= 2) return 2;
  return !(c >= 0x80 || is_small(*p) || is_capital(*p) || is_digit(*p));
}


static void copy (struct maker *m, const char *text, size_t length) {
  const char *p = text, *const end = text + length;
  m->document++;
  while (p < end && m->used < m->size) {
    const char *begin = p;
    size_t n = between(p, end);
    if (n > 0) {
      if (*p == ' ' || *p == '\n') put(m, p, n); else put_word(m, p, n);
      p += n;
      continue;
    }
    do p++; while (p < end && between(p, end) == 0);
    copy_word(m, begin, (size_t)(p - begin));
  }
  put(m, "\n\n", 2);
}


/* All documents once; 'pass' 0 takes them as they are. The step is a prime, so
** that every document has its turn. */
static void copy_all (struct maker *m, const lesdiplo_corpus *corpus,
                      uint32_t pass) {
  const uint64_t count = lesdiplo_corpus_count(corpus);
  const uint64_t step = count % 7919 ? 7919 : 1;
  for (uint64_t i = 0; i < count && m->used < m->size; i++) {
    const uint64_t at = pass ? (i * step + pass) % count : i;
    size_t length;
    const char *text = lesdiplo_doc_text(
        lesdiplo_corpus_doc(corpus, (uint32_t)at), &length);
    copy(m, text, length);
  }
  if (pass > 0) return;
  if (m->words == 0) die("no words", "give sources that hold text");
  m->base_words = m->words;
  m->base_forms = m->forms;
  memcpy(base, forms, sizeof base);
}


/* ----------------------------------------------------------------------
** Writing
*/

/* The end of the last line that begins and ends within the first n bytes. */
static size_t line_end (const struct maker *m, size_t n) {
  while (n > 0 && m->out[n - 1] != '\n') n--;
  return n;
}


static FILE *create (const char *path) {
  FILE *file = fopen(path, "w");
  if (file == NULL) die(path, strerror(errno));
  return file;
}


static void finish (FILE *file, const char *path) {
  const int bad = ferror(file);
  if (fclose(file) != 0 || bad) die(path, "could not be written");
}


static void write_file (const char *path, const char *bytes, size_t n) {
  FILE *file = create(path);
  fwrite(bytes, 1, n, file);
  finish(file, path);
}


static void write_begin (const struct maker *m, const char *folder,
                         const char *name, size_t n) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s.txt", folder, name);
  write_file(path, m->out, line_end(m, n));
}


static void write_record (FILE *file, int number, const char *text, size_t n) {
  fprintf(file, "{\"id\": \"piece-%04d\", \"text\": \"", number);
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = (unsigned char)text[i];
    if (c == '\n') fputs("\\n", file);
    else if (c == '"' || c == '\\') fprintf(file, "\\%c", c);
    else if (c < 0x20) fprintf(file, "\\u%04x", c);
    else putc(c, file);
  }
  fputs("\"}\n", file);
}


static void make_folder (const char *path) {
  if (mkdir(path, 0777) != 0 && errno != EEXIST) die(path, strerror(errno));
}


static void write_pieces (const struct maker *m, const char *folder) {
  char path[1024];
  size_t begin = 0;
  snprintf(path, sizeof path, "%s/pieces.jsonl", folder);
  FILE *records = create(path);
  snprintf(path, sizeof path, "%s/pieces", folder);
  make_folder(path);
  for (int i = 0; i < PIECES; i++) {
    const size_t end =
        line_end(m, (size_t)((uint64_t)m->used * (unsigned)(i + 1) / PIECES));
    if (i % 100 == 0) {
      snprintf(path, sizeof path, "%s/pieces/%02d", folder, i / 100);
      make_folder(path);
    }
    if (end <= begin) continue;      /* one line goes through it */
    snprintf(path, sizeof path, "%s/pieces/%02d/%04d.txt", folder, i / 100, i);
    write_file(path, m->out + begin, end - begin);
    write_record(records, i, m->out + begin, end - begin);
    begin = end;
  }
  finish(records, "pieces.jsonl");
}


int main (int argc, char **argv) {
  struct maker m = {.random = 88172645463325252u};
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  if (argc < 4 || (m.size = strtoul(argv[2], NULL, 10)) == 0) {
    fprintf(stderr, "usage: make_text FOLDER BYTES SOURCE...\n");
    return 2;
  }
  if (lesdiplo_corpus_open_all(&corpus, (const char *const *)argv + 3,
                               (size_t)(argc - 3), NULL, &error) !=
      LESDIPLO_OK)
    die(error.where, error.message);
  m.out = allocate(m.size);
  for (uint32_t pass = 0; m.used < m.size; pass++) copy_all(&m, corpus, pass);
  m.used = line_end(&m, m.used);
  write_begin(&m, argv[1], "full", m.used);
  write_begin(&m, argv[1], "half", m.used / 2);
  write_begin(&m, argv[1], "quarter", m.used / 4);
  write_pieces(&m, argv[1]);
  printf("%llu %llu %llu %llu\n", (unsigned long long)m.base_words,
         (unsigned long long)m.base_forms, (unsigned long long)m.words,
         (unsigned long long)m.forms);
  return 0;
}
