/*
** warc.c - web crawls: which records are pages, and what their bytes are.
*/
#include "pack.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}

typedef struct crawl {
  char bytes[20000];
  size_t n;
} crawl;

/* Adds a record; 'type' may have further lines of the head after it. */
static void add_bytes (crawl *c, const char *type, const char *uri,
                       const char *body, size_t n) {
  c->n += (size_t)snprintf(c->bytes + c->n, sizeof c->bytes - c->n,
                           "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s"
                           "\r\nWARC-Date: 2024-01-12T10:00:00Z\r\n"
                           "Content-Length: %zu\r\n\r\n", type, uri, n);
  assert_true(c->n + n + 4 < sizeof c->bytes);
  memcpy(c->bytes + c->n, body, n);
  memcpy(c->bytes + c->n + n, "\r\n\r\n", 4);
  c->n += n + 4;
}

static void add (crawl *c, const char *type, const char *uri,
                 const char *body) {
  add_bytes(c, type, uri, body, strlen(body));
}

#define OK_TEXT "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\n"

static lesdiplo_corpus *read_crawl (const crawl *c) {
  return read_as("c.warc", c->bytes, c->n, NULL, NULL);
}


static void test_records (void **state) {
  (void)state;
  crawl c = { "", 0 };
  add(&c, "warcinfo", "", "software: test\r\n");
  add(&c, "request", "http://e.org/a", "GET /a HTTP/1.1\r\n\r\n");
  add(&c, "response", "http://e.org/b?q=1#x", OK_TEXT "\r\nThey met.\n");
  add(&c, "response", "http://e.org/a", OK_TEXT "\r\nThey left.\n");
  add(&c, "response", "dns:e.org", "20240112 e.org. 1.2.3.4");
  add(&c, "response", "http://e.org/gone",
      "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nGone.");
  add(&c, "response", "http://e.org/moved",
      "HTTP/1.1 301 Moved\r\nLocation: /a\r\n\r\n");
  add(&c, "response", "http://e.org/p.png",
      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG");
  add(&c, "response", "http://e.org/s.js",
      "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n\r\nf();");
  add(&c, "response", "http://e.org/no-type", "HTTP/1.0 200 OK\r\n\r\nHello.");
  add(&c, "resource\r\nContent-Type: text/plain", "<http://e.org/file>",
      "It is a file.");
  add(&c, "conversion\r\nContent-Type: text/plain", "http://e.org/conv",
      "It was a page.");
  add(&c, "revisit", "http://e.org/a", "HTTP/1.1 200 OK\r\n\r\n");
  add(&c, "metadata", "http://e.org/a", "fetchTimeMs: 1\r\n");
  lesdiplo_corpus *corpus = read_crawl(&c);
  assert_int_equal(lesdiplo_corpus_count(corpus), 5);
  const lesdiplo_doc *doc = check_doc(corpus, "c.warc!/http://e.org/a",
                                      "They left.\n");
  assert_int_equal(doc->index, 0);                /* in order of addresses */
  assert_string_equal(lesdiplo_doc_field(doc, "url"), "http://e.org/a");
  assert_string_equal(lesdiplo_doc_field(doc, "retrieved"),
                      "2024-01-12T10:00:00Z");
  assert_null(lesdiplo_doc_field(doc, "date"));   /* it was only fetched then */
  check_doc(corpus, "c.warc!/http://e.org/b?q=1#x", "They met.\n");
  check_doc(corpus, "c.warc!/http://e.org/no-type", "Hello.");
  check_doc(corpus, "c.warc!/http://e.org/file", "It is a file.");
  check_doc(corpus, "c.warc!/http://e.org/conv", "It was a page.");
  assert_int_equal(corpus->note_count, 1);
  assert_int_equal(count_notes(corpus, "c.warc", "5 of 9 pages are read; left "
                               "out are 2 that were not found or moved "
                               "(another status than 200), 2 that are not "
                               "text, and 0 that are damaged"), 1);
  check_cites(corpus);
  lesdiplo_corpus_close(corpus);
}


static void test_nothing_left_out (void **state) {
  (void)state;
  crawl c = { "", 0 };
  add(&c, "warcinfo", "", "software: test\r\n");
  add(&c, "response", "http://e.org/a", OK_TEXT "\r\nThey left.\n");
  lesdiplo_corpus *corpus = read_crawl(&c);
  assert_int_equal(lesdiplo_corpus_count(corpus), 1);
  assert_int_equal(corpus->note_count, 0);
  lesdiplo_corpus_close(corpus);
  c.n = 0;
  add(&c, "warcinfo", "", "software: test\r\n");
  corpus = read_crawl(&c);
  assert_int_equal(count_notes(corpus, "c.warc", "none is the answer"), 1);
  lesdiplo_corpus_close(corpus);
}


/* What the server did for the way is undone, once. */
static void test_bodies (void **state) {
  (void)state;
  static const char chunked[] = OK_TEXT "Transfer-Encoding: chunked\r\n\r\n";
  static const struct { const char *body, *wanted; } bodies[] = {
    { "5\r\nThey \r\n4\r\nmet.\r\n0\r\n\r\n", "They met." },
    { "5;x=1\r\nThey \r\nA\r\n met again\r\n0\r\nTrailer: x\r\n\r\n",
      "They  met again" },
    { "They met.", "They met." },           /* put together already */
    { "5\r\nThey \r\nff\r\nmet.", "They met." },        /* it breaks off */
    { "5\r\nThey \r\nzz\r\nmet.", "They " },
    { "00000000000000000005\r\nThey \r\n0\r\n\r\n",
      "00000000000000000005\r\nThey \r\n0\r\n\r\n" }
  };
  for (size_t i = 0; i < CHECK_COUNT(bodies); i++) {
    char answer[400];
    crawl c = { "", 0 };
    snprintf(answer, sizeof answer, "%s%s", chunked, bodies[i].body);
    add(&c, "response", "http://e.org/a", answer);
    lesdiplo_corpus *corpus = read_crawl(&c);
    check_doc(corpus, "c.warc!/http://e.org/a", bodies[i].wanted);
    lesdiplo_corpus_close(corpus);
  }
}


static void test_packed_bodies (void **state) {
  (void)state;
  static const char text[] = "They met. Then they left again.\n";
  const item it = { "data", text, 0, NULL };
  static const struct { const char *filter, *coding; bool packed, good; }
  kinds[] = {
    { "gzip", "gzip", true, true }, { "gzip", "x-gzip", true, true },
    { "zstd", "zstd", true, true }, { "gzip", "gzip", false, true },
    { "gzip", "identity", false, true }, { "gzip", "br", false, false },
    { "gzip", "deflate", false, false }
  };
  for (size_t i = 0; i < CHECK_COUNT(kinds); i++) {
    pack p = make_pack("raw", kinds[i].filter, NULL, &it, 1);
    char answer[2000];
    crawl c = { "", 0 };
    size_t n = (size_t)snprintf(answer, sizeof answer, OK_TEXT
                                "Content-Encoding: %s\r\n\r\n",
                                kinds[i].coding);
    memcpy(answer + n, kinds[i].packed ? p.bytes : text,
           kinds[i].packed ? p.n : strlen(text));
    n += kinds[i].packed ? p.n : strlen(text);
    add_bytes(&c, "response", "http://e.org/a", answer, n);
    add(&c, "response", "http://e.org/b", OK_TEXT "\r\nIt goes on.");
    lesdiplo_corpus *corpus = read_crawl(&c);
    if (kinds[i].good) check_doc(corpus, "c.warc!/http://e.org/a", text);
    else assert_int_equal(count_notes(corpus, "c.warc", "1 that are damaged"),
                          1);
    check_doc(corpus, "c.warc!/http://e.org/b", "It goes on.");
    lesdiplo_corpus_close(corpus);
    free(p.bytes);
  }
}


/* Packed as a whole, and record by record, which is what crawlers do. */
static void test_packed_files (void **state) {
  (void)state;
  char all[40000];
  size_t n = 0;
  for (int i = 0; i < 3; i++) {
    crawl c = { "", 0 };
    char uri[40], answer[200];
    snprintf(uri, sizeof uri, "http://e.org/%d", i);
    snprintf(answer, sizeof answer, OK_TEXT "\r\nThey met %d times.", i);
    add(&c, "response", uri, answer);
    item it = { "data", c.bytes, c.n, NULL };
    pack p = make_pack("raw", "gzip", NULL, &it, 1);
    memcpy(all + n, p.bytes, p.n);
    n += p.n;
    free(p.bytes);
  }
  lesdiplo_corpus *corpus = read_as("c.warc.gz", all, n, NULL, NULL);
  assert_int_equal(lesdiplo_corpus_count(corpus), 3);
  check_doc(corpus, "c.warc.gz!/http://e.org/2", "They met 2 times.");
  assert_int_equal(corpus->note_count, 0);
  lesdiplo_corpus_close(corpus);
  item crawls[] = { { "c.warc.gz", all, n, NULL } };
  pack p = make_pack("zip", "none", NULL, crawls, 1);
  corpus = read_pack("x.zip", &p);
  check_doc(corpus, "x.zip!/c.warc.gz!/http://e.org/0", "They met 0 times.");
  lesdiplo_corpus_close(corpus);
  free(p.bytes);
}


/* A record that makes no sense is passed over. */
static void test_damaged (void **state) {
  (void)state;
  static const char *const wrong[] = {
    "WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n",
    "nothing of the kind\r\nand more\r\n",
    "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 11\r\n\r\nno answer.."
  };
  for (size_t i = 0; i < CHECK_COUNT(wrong); i++) {
    crawl c = { "", 0 };
    add(&c, "response", "http://e.org/a", OK_TEXT "\r\nThey met.");
    strcpy(c.bytes + c.n, wrong[i]);
    c.n += strlen(wrong[i]);
    add(&c, "response", "http://e.org/b", OK_TEXT "\r\nThey left.");
    lesdiplo_corpus *corpus = read_crawl(&c);
    check_doc(corpus, "c.warc!/http://e.org/a", "They met.");
    check_doc(corpus, "c.warc!/http://e.org/b", "They left.");
    assert_int_equal(lesdiplo_corpus_count(corpus), 2);
    assert_int_equal(corpus->note_count, 1);
    assert_int_equal(count_notes(corpus, "c.warc", "are damaged"), 1);
    lesdiplo_corpus_close(corpus);
  }
}


static void test_truncated (void **state) {
  (void)state;
  crawl c = { "", 0 };
  add(&c, "response", "http://e.org/a", OK_TEXT "\r\nThey met.");
  add(&c, "response", "http://e.org/b", OK_TEXT "\r\nThey left.");
  for (size_t n = 6; n < c.n; n++) {
    lesdiplo_corpus *corpus = read_as("c.warc", c.bytes, n, NULL, NULL);
    uint32_t count = lesdiplo_corpus_count(corpus);
    assert_true(count <= 2);
    for (uint32_t i = 0; i < count; i++) {
      const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
      const char *whole = i == 0 ? "They met." : "They left.";
      assert_memory_equal(doc->source, whole, doc->source_length);
      if (doc->source_length < strlen(whole))
        assert_int_equal(count_notes(corpus, lesdiplo_doc_id(doc),
                                     "breaks off"), 1);
    }
    assert_true(count > 0 || corpus->note_count > 0);
    lesdiplo_corpus_close(corpus);
  }
}


static void test_flipped (void **state) {
  (void)state;
  crawl c = { "", 0 };
  add(&c, "response", "http://e.org/a", OK_TEXT "\r\nThey met.");
  add(&c, "response", "http://e.org/c", OK_TEXT "Transfer-Encoding: chunked\r\n"
      "\r\n5\r\nThey \r\n4\r\nmet.\r\n0\r\n\r\n");
  add(&c, "response", "http://e.org/b", OK_TEXT "\r\nThey left.");
  seed = 21;
  for (int round = 0; round < 3000; round++) {
    crawl copy = c;
    for (uint32_t k = pick(5) + 1; k > 0; k--)
      copy.bytes[6 + pick((uint32_t)c.n - 6)] = (char)pick(256);
    lesdiplo_corpus *corpus = read_crawl(&copy);
    check_cites(corpus);
    lesdiplo_corpus_close(corpus);
  }
}


/* A body that is a bomb is left out, and the crawl read on. */
static void test_bomb (void **state) {
  (void)state;
  size_t zeros = 3 << 20;
  char *bytes = calloc(1, zeros), answer[8000];
  assert_non_null(bytes);
  item it = { "data", bytes, zeros, NULL };
  pack p = make_pack("raw", "gzip", NULL, &it, 1);
  crawl c = { "", 0 };
  ld_bounds bounds = ld_bounds_usual;
  size_t n = (size_t)snprintf(answer, sizeof answer,
                              OK_TEXT "Content-Encoding: gzip\r\n\r\n");
  assert_true(p.n < sizeof answer - n);
  memcpy(answer + n, p.bytes, p.n);
  add(&c, "response", "http://e.org/a", OK_TEXT "\r\nThey met.");
  add_bytes(&c, "response", "http://e.org/b", answer, n + p.n);
  add(&c, "response", "http://e.org/c", OK_TEXT "\r\nThey left.");
  bounds.free = 1 << 20;
  lesdiplo_corpus *corpus = read_as("c.warc", c.bytes, c.n, NULL, &bounds);
  assert_int_equal(lesdiplo_corpus_count(corpus), 2);
  assert_int_equal(count_notes(corpus, "c.warc", "1 that are damaged"), 1);
  lesdiplo_corpus_close(corpus);
  free(p.bytes);
  free(bytes);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_records),
  cmocka_unit_test(test_nothing_left_out),
  cmocka_unit_test(test_bodies),
  cmocka_unit_test(test_packed_bodies),
  cmocka_unit_test(test_packed_files),
  cmocka_unit_test(test_damaged),
  cmocka_unit_test(test_truncated),
  cmocka_unit_test(test_flipped),
  cmocka_unit_test(test_bomb)
};

int main (void) { return CHECK_ALL(tests); }
