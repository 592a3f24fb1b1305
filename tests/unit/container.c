/*
** container.c - archives of every kind: what is in them is read, whatever
** stands around it; and no archive, however made, does harm.
*/
#include "pack.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}

static const char first[] = "The talks began in Maseru. They went well.\n";
static const char second[] = "Both sides agreed on a plan for 1983.\n";
static const char third[] = "# Aims\n\n**Peace** and [trade](x) of [both](y)\n";

/* Written in no order of names. */
static const item three[] = {
  { "z.txt", first, 0, NULL }, { "b/c.md", third, 0, NULL },
  { "b", NULL, 0, NULL }, { "a.txt", second, 0, NULL }
};

static const struct { const char *format, *filter, *name; } kinds[] = {
  { "zip", "none", "x.zip" }, { "7zip", "none", "x.7z" },
  { "ustar", "none", "x.tar" }, { "pax", "none", "y.tar" },
  { "ustar", "gzip", "x.tar.gz" }, { "pax", "bzip2", "x.tar.bz2" },
  { "pax", "xz", "x.tar.xz" }, { "ustar", "zstd", "x.tar.zst" },
  { "ustar", "lz4", "x.tar.lz4" }, { "ustar", "gzip", "no-suffix" },
  { "zip", "gzip", "x.zip.gz" }
};

static void check_three (const lesdiplo_corpus *c, const char *name) {
  static const struct { const char *id, *source; } wanted[] = {
    { "a.txt", second }, { "b/c.md", third }, { "z.txt", first }
  };
  char id[100];
  assert_int_equal(lesdiplo_corpus_count(c), 3);
  for (uint32_t i = 0; i < 3; i++) {
    snprintf(id, sizeof id, "%s!/%s", name, wanted[i].id);
    const lesdiplo_doc *doc = check_doc(c, id, wanted[i].source);
    assert_int_equal(doc->index, i);                /* in order of names */
    assert_string_equal(lesdiplo_doc_field(doc, "path"), id);
  }
}


static void test_kinds (void **state) {
  (void)state;
  for (size_t i = 0; i < CHECK_COUNT(kinds); i++) {
    pack p = make_pack(kinds[i].format, kinds[i].filter, NULL, three,
                       CHECK_COUNT(three));
    lesdiplo_corpus *c = read_pack(kinds[i].name, &p);
    check_three(c, kinds[i].name);
    assert_int_equal(c->note_count, 0);
    check_cites(c);
    lesdiplo_corpus_close(c);
    free(p.bytes);
  }
}


static void test_one_file (void **state) {
  (void)state;
  static const char record[] = "{\"text\":\"They met. They left.\"}\n";
  static const char *const filters[][2] = {
    { "gzip", ".gz" }, { "bzip2", ".bz2" }, { "xz", ".xz" },
    { "zstd", ".zst" }, { "lz4", ".lz4" }, { "gzip", ".GZ" }, { "xz", "" }
  };
  for (size_t i = 0; i < CHECK_COUNT(filters); i++) {
    char name[40], id[50];
    item text = { "data", first, 0, NULL }, json = { "data", record, 0, NULL };
    pack p = make_pack("raw", filters[i][0], NULL, &text, 1);
    snprintf(name, sizeof name, "report.txt%s", filters[i][1]);
    lesdiplo_corpus *c = read_pack(name, &p);
    assert_int_equal(lesdiplo_corpus_count(c), 1);
    check_doc(c, name, first);
    check_cites(c);
    lesdiplo_corpus_close(c);
    free(p.bytes);
    /* what it is, is told by the name without the suffix */
    p = make_pack("raw", filters[i][0], NULL, &json, 1);
    snprintf(name, sizeof name, "news.jsonl%s", filters[i][1]);
    snprintf(id, sizeof id, "%s:1", name);
    c = read_pack(name, &p);
    check_doc(c, id, "They met. They left.");
    lesdiplo_corpus_close(c);
    free(p.bytes);
  }
}


/* A checksum that is wrong, and zeros, are told. */
static void test_gzip_damage (void **state) {
  (void)state;
  static const char zeros[2000];
  item text = { "data", first, 0, NULL };
  item none = { "data", zeros, sizeof zeros, NULL };
  pack p = make_pack("raw", "gzip", NULL, &text, 1);
  for (size_t i = p.n; i > 8; i--)          /* a pack may end with zeros */
    if (memcmp(p.bytes + i - 4, (uint32_t[]){ (uint32_t)strlen(first) }, 4)
        == 0) {
      p.n = i;
      break;
    }
  lesdiplo_corpus *c = read_pack("a.txt.gz", &p);
  assert_int_equal(c->note_count, 0);
  lesdiplo_corpus_close(c);
  p.bytes[p.n - 7] ^= 1;
  c = read_pack("a.txt.gz", &p);
  check_doc(c, "a.txt.gz", first);
  assert_int_equal(count_notes(c, "a.txt.gz", "is damaged"), 1);
  lesdiplo_corpus_close(c);
  free(p.bytes);
  p = make_pack("raw", "gzip", NULL, &none, 1);
  c = read_pack("z.gz", &p);
  assert_int_equal(count_notes(c, "z.gz", "nothing but zeros"), 1);
  lesdiplo_corpus_close(c);
  free(p.bytes);
}


/* A file of a folder in an archive and a plain one are the same document. */
static void test_same_as_file (void **state) {
  (void)state;
  pack p = make_pack("zip", "none", NULL, three, CHECK_COUNT(three));
  lesdiplo_corpus *packed = read_pack("x.zip", &p);
  lesdiplo_corpus *plain = read_as("c.md", third, strlen(third), NULL, NULL);
  const lesdiplo_doc *a = check_doc(packed, "x.zip!/b/c.md", third);
  const lesdiplo_doc *b = check_doc(plain, "c.md", third);
  assert_int_equal(a->text_length, b->text_length);
  assert_memory_equal(a->text, b->text, a->text_length);
  assert_int_equal(a->token_count, b->token_count);
  assert_string_equal(lesdiplo_doc_field(a, "title"),
                      lesdiplo_doc_field(b, "title"));
  lesdiplo_corpus_close(plain);
  lesdiplo_corpus_close(packed);
  free(p.bytes);
}


/* ------------------------------------------------------------------- names */

static void test_names (void **state) {
  (void)state;
  char longest[2100];
  memset(longest, 'n', sizeof longest);
  memcpy(longest + sizeof longest - 5, ".txt", 5);
  const item items[] = {
    { "../../etc/passwd", first, 0, NULL }, { "/abs//./x.txt", first, 0, NULL },
    { "..", first, 0, NULL }, { ".hidden", first, 0, NULL },
    { ".git/config", first, 0, NULL }, { "a/.DS_Store", first, 0, NULL },
    { "__MACOSX/a/x.txt", first, 0, NULL }, { "folder/", NULL, 0, NULL },
    { "link.txt", NULL, 0, "/etc/passwd" },
    { "bad\xFFname.txt", first, 0, NULL },
    { "bell\a\n.txt", first, 0, NULL }, { "same.txt", first, 0, NULL },
    { "same.txt", second, 0, NULL }, { "中文/文件.txt", first, 0, NULL },
    { longest, first, 0, NULL }
  };
  static const char *const formats[] = { "zip", "pax", "ustar" };
  for (size_t i = 0; i < CHECK_COUNT(formats); i++) {
    size_t count = CHECK_COUNT(items) - (i == 2);     /* too long for ustar */
    pack p = make_pack(formats[i], "none", NULL, items, count);
    lesdiplo_corpus *c = read_pack("x", &p);
    check_doc(c, "x!/etc/passwd", first);
    check_doc(c, "x!/abs/x.txt", first);
    check_doc(c, "x!/badÿname.txt", first);
    check_doc(c, "x!/bell__.txt", first);
    check_doc(c, "x!/same.txt", first);
    check_doc(c, "x!/same.txt:2", second);
    check_doc(c, "x!/中文/文件.txt", first);
    assert_int_equal(lesdiplo_corpus_count(c), count - 7);
    assert_int_equal(c->note_count, 2);     /* one name twice, and one old */
    for (uint32_t k = 0; k < lesdiplo_corpus_count(c); k++)
      assert_true(strlen(lesdiplo_doc_id(lesdiplo_corpus_doc(c, k))) <= 900);
    check_cites(c);
    lesdiplo_corpus_close(c);
    free(p.bytes);
  }
}


/* Archives whose names are in an old code page do not say so. */
static void test_old_names (void **state) {
  (void)state;
  static const struct { const char *raw[2], *id[2]; } names[] = {
    { { "\xCD\xE2\xBD\xBB\xB2\xBF\xC9\xF9\xC3\xF7.txt", "\xD0\xC2\xCE\xC5/\xB9\xAB\xB1\xA8.txt" },
      { "x!/外交部声明.txt", "x!/新闻/公报.txt" } },
    { { "\xC9\xF9\xC3\xF7.txt", NULL },
      { "x!/声明.txt", NULL } },
    { { "\x84\xAE\xAA\xAB\xA0\xA4 \xAC\xA8\xAD\xA8\xE1\xE2\xE0\xA0.txt", "\x8D\xAE\xA2\xAE\xE1\xE2\xA8/\x8C\x88\x84.txt" },
      { "x!/Доклад министра.txt", "x!/Новости/МИД.txt" } },
    { { "r\x82sum\x82.txt", NULL },
      { "x!/résumé.txt", NULL } },
    { { "Communiqu\xE9 final.txt", "Visite \xE0 Gen\xE8ve.txt" },
      { "x!/Communiqué final.txt", "x!/Visite à Genève.txt" } },
    { { "\x8AO\x96\xB1\x8F\xC8\x95\xF1\x8D\x90.txt", NULL },
      { "x!/外務省報告.txt", NULL } },
    { { "\xA5~\xA5\xE6\xB3\xA1\xC1n\xA9\xFA.txt", NULL },
      { "x!/外交部聲明.txt", NULL } }
  };
  static const char *const formats[] = { "zip", "ustar" };
  for (size_t i = 0; i < CHECK_COUNT(names); i++)
    for (size_t k = 0; k < CHECK_COUNT(formats); k++) {
      const item items[] = { { names[i].raw[0], first, 0, NULL },
                             { names[i].raw[1], second, 0, NULL } };
      const size_t count = names[i].raw[1] ? 2 : 1;
      pack p = make_pack(formats[k], "none", NULL, items, count);
      lesdiplo_corpus *c = read_pack("x", &p);
      check_doc(c, names[i].id[0], first);
      if (count == 2) check_doc(c, names[i].id[1], second);
      assert_int_equal(lesdiplo_corpus_count(c), count);
      lesdiplo_corpus_close(c);
      free(p.bytes);
    }
  /* what is in doubt is told; what would have to be unpacked twice is not
     looked at */
  static const item doubt[] = { { "\x84\xAE\xAA\xAB\xA0\xA4.txt", first, 0,
                                  NULL } };
  pack p = make_pack("zip", "none", NULL, doubt, 1);
  lesdiplo_corpus *c = read_pack("x", &p);
  check_doc(c, "x!/Доклад.txt", first);
  assert_int_equal(count_notes(c, "x", "IBM866, which is a guess"), 1);
  lesdiplo_corpus_close(c);
  free(p.bytes);
  p = make_pack("ustar", "gzip", NULL, doubt, 1);
  c = read_pack("x", &p);
  check_doc(c, "x!/%84%AE%AA%AB%A0%A4.txt", first);
  lesdiplo_corpus_close(c);
  read_each_failure("x", p.bytes, p.n, 1);
  free(p.bytes);
  p = make_pack("zip", "none", NULL, doubt, 1);
  read_each_failure("x", p.bytes, p.n, 1);
  free(p.bytes);
}


static void test_left_out (void **state) {
  (void)state;
  static const item items[] = {
    { "a.txt", first, 0, NULL }, { "empty.txt", "", 0, NULL },
    { "p.png", "\x89PNG\r\n\x1A\n and so on", 0, NULL },
    { "x.rar", "Rar!\x1A\7", 0, NULL }, { "r.rtf", "{\\rtf1 x}", 0, NULL }
  };
  pack p = make_pack("zip", "none", NULL, items, CHECK_COUNT(items));
  lesdiplo_corpus *c = read_pack("x.zip", &p);
  assert_int_equal(lesdiplo_corpus_count(c), 1);
  assert_int_equal(c->note_count, 4);
  assert_int_equal(count_notes(c, "x.zip!/empty.txt", "is empty"), 1);
  assert_int_equal(count_notes(c, "x.zip!/p.png", "picture"), 1);
  assert_int_equal(count_notes(c, "x.zip!/x.rar", "unrar"), 1);
  assert_int_equal(count_notes(c, "x.zip!/r.rtf", "save it as docx"), 1);
  lesdiplo_corpus_close(c);
  free(p.bytes);
  p = make_pack("zip", "none", NULL, items, 0);
  c = read_pack("x.zip", &p);
  assert_int_equal(count_notes(c, "x.zip", "holds no file"), 1);
  lesdiplo_corpus_close(c);
  free(p.bytes);
}


/* ------------------------------------------------------------------ bounds */

/* An archive in an archive, and so on, each with a text beside it. */
static pack nest (unsigned depth) {
  item it = { "a.txt", first, 0, NULL };
  pack p = make_pack("ustar", "gzip", NULL, &it, 1);
  for (unsigned i = 1; i < depth; i++) {
    item inner[] = { { i % 2 ? "n.tgz" : "n.zip", p.bytes, p.n, NULL },
                     { "z.txt", second, 0, NULL } };
    pack outer = make_pack("zip", "none", "zip:compression=store", inner, 2);
    free(p.bytes);
    p = outer;
  }
  return p;
}


static void test_depth (void **state) {
  (void)state;
  pack p = nest(4);
  lesdiplo_corpus *c = read_pack("x", &p);
  check_doc(c, "x!/n.tgz!/n.zip!/n.tgz!/a.txt", first);
  check_doc(c, "x!/n.tgz!/n.zip!/z.txt", second);
  check_doc(c, "x!/z.txt", second);
  assert_int_equal(lesdiplo_corpus_count(c), 4);
  assert_int_equal(c->note_count, 0);
  lesdiplo_corpus_close(c);
  free(p.bytes);
  p = nest(1000);
  c = read_pack("x", &p);
  assert_int_equal(lesdiplo_corpus_count(c), 4);
  assert_int_equal(c->note_count, 1);
  assert_int_equal(count_notes(c, NULL, "an archive inside 4 others"), 1);
  lesdiplo_corpus_close(c);
  free(p.bytes);
}


/* Zeros that pack to a thousandth; 'text' is before and after them. */
static pack make_bomb (const char *format, const char *filter, size_t zeros) {
  char *bytes = calloc(1, zeros);
  assert_non_null(bytes);
  const item items[] = { { "a.txt", first, 0, NULL },
                         { "b.txt", bytes, zeros, NULL },
                         { "c.txt", second, 0, NULL } };
  pack p = make_pack(format, filter, NULL, items, 3);
  free(bytes);
  return p;
}


static void test_bombs (void **state) {
  (void)state;
  ld_bounds small = ld_bounds_usual;
  small.free = 1 << 18;
  small.ratio = 100;                  /* lz4 packs nothing to a 250th */
  for (size_t i = 0; i < CHECK_COUNT(kinds); i++) {
    bool packs = strcmp(kinds[i].format, "zip") == 0 ||
                 strcmp(kinds[i].filter, "none") != 0;
    if (!packs) continue;
    pack p = make_bomb(kinds[i].format, kinds[i].filter, 12 << 20);
    lesdiplo_corpus *c = read_as("x", p.bytes, p.n, NULL, &small);
    assert_int_equal(lesdiplo_corpus_count(c), 1);
    check_doc(c, "x!/a.txt", first);
    assert_int_equal(c->note_count, 1);
    assert_int_equal(count_notes(c, "x!/b.txt", "100 times its size"), 1);
    assert_true(c->memory.peak < 6 << 20);
    lesdiplo_corpus_close(c);
    free(p.bytes);
  }
}


/* Nothing is said against an archive that packs well and is small. */
static void test_no_bomb (void **state) {
  (void)state;
  size_t n = 4 << 20;
  char *bytes = malloc(n + 1);
  assert_non_null(bytes);
  for (size_t i = 0; i < n; i++) bytes[i] = "They met. "[i % 10];
  bytes[n] = '\0';
  item it = { "a.txt", bytes, 0, NULL };
  pack p = make_pack("zip", "none", NULL, &it, 1);
  assert_true(p.n * 250 < n);
  lesdiplo_corpus *c = read_pack("x.zip", &p);
  check_doc(c, "x.zip!/a.txt", bytes);
  assert_int_equal(c->note_count, 0);
  lesdiplo_corpus_close(c);
  free(p.bytes);
  free(bytes);
}


/* Nor against one that packs as texts do, whatever its size and kind. */
static void test_never_a_bomb (void **state) {
  (void)state;
  static char text[400000];
  const item items[] = { { "a.txt", text, 0, NULL }, { "b.txt", text, 0, NULL },
                         { "c.txt", first, 0, NULL } };
  ld_bounds bounds = ld_bounds_usual;
  seed = 14;
  for (size_t i = 0; i < sizeof text - 1; i++)
    text[i] = "aeinorst. "[pick(10)];
  for (size_t i = 0; i < CHECK_COUNT(kinds); i++)
    for (int stored = 0; stored < 2; stored++) {
      bool zip = strcmp(kinds[i].format, "zip") == 0;
      /* a block of lz4, 4 MiB, counts as read when all of it was given */
      bounds.free = strcmp(kinds[i].filter, "lz4") == 0 ? 4 << 20 : 0;
      pack p = make_pack(kinds[i].format, kinds[i].filter,
                         zip && stored ? "zip:compression=store" : NULL, items,
                         3);
      lesdiplo_corpus *c = read_as("x", p.bytes, p.n, NULL, &bounds);
      assert_int_equal(lesdiplo_corpus_count(c), 3);
      assert_int_equal(c->note_count, 0);
      lesdiplo_corpus_close(c);
      free(p.bytes);
    }
}


/* The bounds hold for all archives inside one together. */
static void test_bounds_together (void **state) {
  (void)state;
  static const item small[] = { { "a.txt", first, 0, NULL },
                                { "b.txt", second, 0, NULL } };
  pack inner = make_pack("zip", "none", NULL, small, 2);
  item copies[] = { { "1.zip", inner.bytes, inner.n, NULL },
                    { "2.zip", inner.bytes, inner.n, NULL },
                    { "3.zip", inner.bytes, inner.n, NULL } };
  pack p = make_pack("pax", "none", NULL, copies, 3);
  ld_bounds bounds = ld_bounds_usual;
  bounds.members = 6;                 /* three, two, and one of the second */
  lesdiplo_corpus *c = read_as("x", p.bytes, p.n, NULL, &bounds);
  assert_int_equal(lesdiplo_corpus_count(c), 3);
  assert_int_equal(count_notes(c, "x!/2.zip", "more than 6 members"), 1);
  lesdiplo_corpus_close(c);
  bounds = ld_bounds_usual;
  bounds.unpacked = 3 * inner.n + sizeof first + 10;
  c = read_as("x", p.bytes, p.n, NULL, &bounds);
  assert_int_equal(lesdiplo_corpus_count(c), 1);
  assert_int_equal(count_notes(c, "x!/1.zip!/b.txt", "unpacks to more than"),
                   1);
  lesdiplo_corpus_close(c);
  free(p.bytes);
  free(inner.bytes);
}


static void test_many (void **state) {
  (void)state;
  enum { MANY = 100000 };
  static char names[MANY][16];
  item *items = calloc(MANY, sizeof *items);
  assert_non_null(items);
  for (int i = 0; i < MANY; i++) {
    snprintf(names[i], sizeof names[i], "%d.txt", (i * 7919) % MANY);
    items[i] = (item){ names[i], "They met.", 0, NULL };
  }
  pack p = make_pack("ustar", "gzip", NULL, items, MANY);
  lesdiplo_corpus *c = read_pack("x", &p);
  assert_int_equal(lesdiplo_corpus_count(c), MANY);
  assert_int_equal(c->note_count, 0);
  for (uint32_t i = 1; i < MANY; i++)
    assert_true(strcmp(lesdiplo_doc_id(lesdiplo_corpus_doc(c, i - 1)),
                       lesdiplo_doc_id(lesdiplo_corpus_doc(c, i))) < 0);
  lesdiplo_corpus_close(c);
  free(p.bytes);
  free(items);
}


/* ------------------------------------------------------------------ damage */

static void test_encrypted (void **state) {
  (void)state;
  pack p = make_pack("zip", "none", "zip:encryption=traditional", three,
                     CHECK_COUNT(three));
  lesdiplo_corpus *c = read_pack("x.zip", &p);
  assert_int_equal(lesdiplo_corpus_count(c), 0);
  assert_int_equal(count_notes(c, "x.zip!/a.txt", "encrypted"), 1);
  assert_int_equal(c->note_count, 3);
  lesdiplo_corpus_close(c);
  free(p.bytes);
}


/* Damage in one member of a zip, wherever it is: the others are read. */
static void test_damaged_member (void **state) {
  (void)state;
  static char text[3000];
  item items[20];
  char names[20][16], id[24];
  seed = 11;
  for (size_t i = 0; i < sizeof text - 1; i++)
    text[i] = "abcdefghij. "[pick(12)];
  for (int i = 0; i < 20; i++) {
    snprintf(names[i], sizeof names[i], "%02d.txt", i);
    items[i] = (item){ names[i], text, 0, NULL };
  }
  for (int broken = 0; broken < 20; broken++) {
    pack p = make_pack("zip", "none", NULL, items, 20);
    char *at = memmem(p.bytes, p.n, names[broken], 6);
    assert_non_null(at);
    memset(at + 200, 0xA5, 300);        /* in its packed bytes */
    lesdiplo_corpus *c = read_pack("x", &p);
    snprintf(id, sizeof id, "x!/%.15s", names[broken]);
    assert_int_equal(lesdiplo_corpus_count(c), 19);
    assert_null(lesdiplo_corpus_find(c, id));
    assert_int_equal(count_notes(c, id, "cannot be unpacked"), 1);
    assert_int_equal(c->note_count, 1);
    lesdiplo_corpus_close(c);
    free(p.bytes);
  }
}


/* Every document is a member, or as much of one as there was. */
static void check_prefixes (const lesdiplo_corpus *c) {
  for (uint32_t i = 0; i < lesdiplo_corpus_count(c); i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(c, i);
    const char *id = lesdiplo_doc_id(doc);
    size_t n = strlen(id);
    if (!strstr(id, "!/")) continue;      /* a text of two bytes, "PK" */
    const char *whole = strcmp(id + n - 5, "a.txt") == 0 ? second
                        : strcmp(id + n - 5, "z.txt") == 0 ? first : third;
    assert_true(doc->source_length <= strlen(whole));
    assert_memory_equal(doc->source, whole, doc->source_length);
    if (doc->source_length < strlen(whole))
      assert_int_equal(count_notes(c, id, "breaks off"), 1);
  }
}


/* Cut at every byte: what is read is right, what is missing is told. */
static void test_truncated (void **state) {
  (void)state;
  for (size_t i = 0; i < CHECK_COUNT(kinds); i++) {
    pack p = make_pack(kinds[i].format, kinds[i].filter, NULL, three,
                       CHECK_COUNT(three));
    const size_t step = check_step(37);
    for (size_t n = 12; n < p.n; n += step) { /* it can be told what it is */
      lesdiplo_corpus *c = read_as(kinds[i].name, p.bytes, n, NULL, NULL);
      check_prefixes(c);
      if (lesdiplo_corpus_count(c) < 3 && !c->note_count)
        print_message("%s cut at %zu of %zu\n", kinds[i].name, n, p.n);
      assert_true(lesdiplo_corpus_count(c) == 3 || c->note_count > 0);
      lesdiplo_corpus_close(c);
    }
    free(p.bytes);
  }
}


/* Bytes of an archive changed at random: whatever comes of it can be cited. */
static void test_flipped (void **state) {
  (void)state;
  seed = 12;
  for (size_t i = 0; i < CHECK_COUNT(kinds); i++) {
    pack p = make_pack(kinds[i].format, kinds[i].filter, NULL, three,
                       CHECK_COUNT(three));
    for (size_t round = 0; round < 300; round += check_step(20)) {
      char *copy = malloc(p.n);
      assert_non_null(copy);
      memcpy(copy, p.bytes, p.n);
      for (uint32_t k = pick(4) + 1; k > 0; k--)
        copy[pick((uint32_t)p.n)] = (char)pick(256);
      lesdiplo_corpus *c = read_as("x", copy, p.n, NULL, NULL);
      check_cites(c);
      lesdiplo_corpus_close(c);
      free(copy);
    }
    free(p.bytes);
  }
}


/* The first bytes of each kind, and then anything. */
static void test_noise (void **state) {
  (void)state;
  static const struct { const char *bytes; size_t n; } magic[] = {
    { "PK\3\4", 4 }, { "PK\5\6", 4 }, { "7z\xBC\xAF\x27\x1C", 6 },
    { "\x1F\x8B\x08", 3 }, { "BZh91AY&SY", 10 }, { "\xFD" "7zXZ\0", 6 },
    { "\x28\xB5\x2F\xFD", 4 }, { "\x04\x22\x4D\x18", 4 },
    { "WARC/1.0\r\n", 10 },
    { "%PDF-1.4\n", 9 }, { "Rar!", 4 }, { "PK\3\4[Content_Types].xml", 23 }
  };
  seed = 13;
  for (size_t i = 0; i < CHECK_COUNT(magic); i++)
    for (int round = 0; round < (magic[i].bytes[0] == '%' ? 3 : 60); round++) {
      size_t n = magic[i].n + pick(3000);
      char *bytes = malloc(n);
      assert_non_null(bytes);
      memcpy(bytes, magic[i].bytes, magic[i].n);
      for (size_t k = magic[i].n; k < n; k++) bytes[k] = (char)pick(256);
      lesdiplo_corpus *c = read_as("x", bytes, n, NULL, NULL);
      assert_int_equal(lesdiplo_corpus_count(c), 0);
      assert_true(c->note_count > 0);
      lesdiplo_corpus_close(c);
      free(bytes);
    }
}


/* Memory fails at each allocation of ours in turn. */
static void test_no_memory (void **state) {
  (void)state;
  static const char record[] = "{\"id\":\"r\",\"text\":\"They met.\"}\n";
  static const char crawl[] =
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.org/a\r\n"
      "Content-Length: 28\r\n\r\nHTTP/1.1 200 OK\r\n\r\nThey met.\r\n\r\n";
  pack inner = make_pack("zip", "none", NULL, three, CHECK_COUNT(three));
  item items[] = { { "n.zip", inner.bytes, inner.n, NULL },
                   { "r.jsonl", record, 0, NULL },
                   { "c.warc", crawl, 0, NULL },
                   { "a.txt", first, 0, NULL } };
  pack p = make_pack("ustar", "gzip", NULL, items, 4);
  read_each_failure("x", p.bytes, p.n, 6);
  free(p.bytes);
  free(inner.bytes);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_kinds),
  cmocka_unit_test(test_one_file),
  cmocka_unit_test(test_gzip_damage),
  cmocka_unit_test(test_same_as_file),
  cmocka_unit_test(test_names), cmocka_unit_test(test_old_names),
  cmocka_unit_test(test_left_out),
  cmocka_unit_test(test_depth),
  cmocka_unit_test(test_bombs),
  cmocka_unit_test(test_no_bomb),
  cmocka_unit_test(test_never_a_bomb),
  cmocka_unit_test(test_bounds_together),
  cmocka_unit_test(test_many),
  cmocka_unit_test(test_encrypted),
  cmocka_unit_test(test_damaged_member),
  cmocka_unit_test(test_truncated),
  cmocka_unit_test(test_flipped),
  cmocka_unit_test(test_noise),
  cmocka_unit_test(test_no_memory)
};

int main (void) { return CHECK_ALL(tests); }
