/*
** pdf.c - other programs that are run, and pages that become paragraphs.
**
** The PDFs are made here, line by line. Where pdftotext is missing what needs
** it is left out, and says so.
*/
#include "pack.h"

#include <signal.h>
#include <unistd.h>


/* ----------------------------------------------------------------- programs */

static int run (const char *script, const char *input, size_t most,
                unsigned seconds, ld_buffer *out, lesdiplo_error *error) {
  const char *const argv[] = { "sh", "-c", script, NULL };
  ld_helper helper = { argv, input, strlen(input), most, seconds };
  ld_buffer_clear(out);
  return ld_helper_run(&helper, out, error);
}


static void test_helper (void **state) {
  (void)state;
  ld_memory memory;
  ld_buffer out;
  lesdiplo_error error;
  char *large = malloc(3 << 20);
  assert_non_null(large);
  memset(large, 'x', 3 << 20);
  large[(3 << 20) - 1] = '\0';
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&out, &memory);
  assert_int_equal(run("cat; echo $LC_ALL", "They met.\n", 1000, 60, &out,
                       &error), LESDIPLO_OK);
  assert_string_equal(ld_buffer_text(&out), "They met.\nC\n");
  /* more than pipes hold, both ways */
  assert_int_equal(run("cat | tee /dev/stderr", large, 4 << 20, 60, &out,
                       &error), LESDIPLO_OK);
  assert_int_equal(out.used, (3 << 20) - 1);
  assert_int_equal(run("echo no luck >&2; echo more >&2; exit 3", "", 1000, 60,
                       &out, &error), LESDIPLO_EFORMAT);
  assert_string_equal(error.message, "sh ended with status 3: no luck");
  assert_int_equal(run("kill -SEGV $$", "", 1000, 60, &out, &error),
                   LESDIPLO_EFORMAT);
  assert_non_null(strstr(error.message, "sh was ended by Segmentation"));
  assert_int_equal(run("yes", "", 1000, 60, &out, &error), LESDIPLO_ELIMIT);
  assert_non_null(strstr(error.message, "printed too much"));
  assert_int_equal(run("sleep 600 & sleep 600", "", 1000, 1, &out, &error),
                   LESDIPLO_ELIMIT);
  assert_non_null(strstr(error.message, "took too long"));
  assert_int_equal(run("exec >&- 2>&-; sleep 600", "", 1000, 1, &out, &error),
                   LESDIPLO_ELIMIT);
  ld_buffer_free(&out);
  assert_int_equal(memory.used, 0);
  free(large);
}


/* A program sees nothing of ours: no file is open to it but its own. */
static void test_helper_alone (void **state) {
  (void)state;
  ld_memory memory;
  ld_buffer out;
  lesdiplo_error error;
  int ends[2];
  assert_int_equal(pipe(ends), 0);      /* without O_CLOEXEC */
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&out, &memory);
  assert_int_equal(run("for f in 3 4 5 6 7 8 9; do eval \"true <&$f\" 2>&- && "
                       "echo $f; done; true", "", 1000, 60, &out, &error),
                   LESDIPLO_OK);
  assert_string_equal(ld_buffer_text(&out), "");
  static const char *const none[] = { "no-such-program-here", NULL };
  ld_helper helper = { none, "", 0, 1000, 60 };
  if (!check_is_slow())
    assert_int_equal(ld_helper_run(&helper, &out, &error), LESDIPLO_ENOTFOUND);
  ld_buffer_free(&out);
  close(ends[0]);
  close(ends[1]);
}


/* A process without a standard input has its descriptors mixed up. */
static void test_helper_without_input (void **state) {
  (void)state;
  ld_memory memory;
  ld_buffer out;
  int kept = dup(0);
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&out, &memory);
  close(0);
  int code = run("cat", "They met.", 1000, 60, &out, NULL);
  if (kept >= 0) {
    dup2(kept, 0);
    close(kept);
  }
  assert_int_equal(code, LESDIPLO_OK);
  assert_string_equal(ld_buffer_text(&out), "They met.");
  ld_buffer_free(&out);
}


static void test_helper_no_memory (void **state) {
  (void)state;
  for (long k = 0;; k++) {
    check_heap heap = { k, 0 };
    ld_memory memory;
    ld_buffer out;
    ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
    ld_buffer_init(&out, &memory);
    int code = run("echo They met.", "", 1000, 60, &out, NULL);
    bool whole = heap.left > 0;
    assert_int_equal(code, whole || code == 0 ? LESDIPLO_OK
                                              : LESDIPLO_ENOMEM);
    ld_buffer_free(&out);
    assert_int_equal(heap.blocks, 0);
    if (whole) break;
  }
}


/* -------------------------------------------------------------------- pages */

static bool have_pdftotext (void) {
  static int known = -1;
  if (known < 0) {
    known = system("pdftotext -v >/dev/null 2>&1") == 0;
    if (!known)
      print_message("left out: pdftotext is not installed (poppler-utils)\n");
  }
  return known;
}

/* A line of a page: points from its lower left corner, the letters' size. */
typedef struct word { int page, x, y, size; const char *text; } word;

typedef struct paper {
  char bytes[60000];
  size_t n, objects[80];
  int count;
} paper;

static void add_object (paper *p, const char *text, const char *stream) {
  p->objects[p->count++] = p->n;
  p->n += (size_t)snprintf(p->bytes + p->n, sizeof p->bytes - p->n,
                           "%d 0 obj\n%s\n%s%s%sendobj\n", p->count, text,
                           stream ? "stream\n" : "", stream ? stream : "",
                           stream ? "endstream\n" : "");
}

/* A PDF of so many pages, A4: objects, and where each of them stands. */
static void make_pdf (paper *p, int pages, const word *words, size_t count) {
  char text[400], kids[300] = "";
  memset(p, 0, sizeof *p);
  p->n = (size_t)sprintf(p->bytes, "%%PDF-1.4\n");
  add_object(p, "<< /Type /Catalog /Pages 2 0 R >>", NULL);
  for (int i = 0; i < pages; i++)
    sprintf(kids + strlen(kids), "%d 0 R ", 4 + 2 * i);
  snprintf(text, sizeof text, "<< /Type /Pages /Count %d /Kids [%s] >>", pages,
           kids);
  add_object(p, text, NULL);
  add_object(p, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                "/Encoding /WinAnsiEncoding >>", NULL);
  for (int i = 0; i < pages; i++) {
    char stream[8000];
    size_t used = 0;
    for (size_t k = 0; k < count; k++)
      if (words[k].page == i)
        used += (size_t)snprintf(stream + used, sizeof stream - used,
                                 "BT /F1 %d Tf %d %d Td (%s) Tj ET\n",
                                 words[k].size, words[k].x, words[k].y,
                                 words[k].text);
    stream[used] = '\0';
    snprintf(text, sizeof text, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 "
                                "595 "
             "842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
             5 + 2 * i);
    add_object(p, text, NULL);
    snprintf(text, sizeof text, "<< /Length %zu >>", used);
    add_object(p, text, stream);
  }
  size_t at = p->n;
  p->n += (size_t)sprintf(p->bytes + p->n, "xref\n0 %d\n0000000000 65535 f \n",
                          p->count + 1);
  for (int i = 0; i < p->count; i++)
    p->n += (size_t)sprintf(p->bytes + p->n, "%010zu 00000 n \n",
                            p->objects[i]);
  p->n += (size_t)sprintf(p->bytes + p->n, "trailer << /Size %d /Root 1 0 R "
                                           ">>\n"
                          "startxref\n%zu\n%%%%EOF\n", p->count + 1, at);
}

static void check_pdf (int pages, const word *words, size_t count,
                       const char *source, const char *wanted) {
  static paper p;
  char got[8000];
  size_t used = 0;
  make_pdf(&p, pages, words, count);
  lesdiplo_corpus *c = read_as("r.pdf", p.bytes, p.n, NULL, NULL);
  if (c->note_count) show_notes(c);
  assert_int_equal(c->note_count, 0);
  const lesdiplo_doc *doc = check_doc(c, "r.pdf", source);
  for (uint32_t i = 0; i < doc->block_count; i++) {
    const ld_block *block = doc->blocks + i;
    used += (size_t)snprintf(got + used, sizeof got - used, "%s %u|%.*s\n",
                             ld_block_names[block->kind], block->level,
                             (int)(block->end - block->begin),
                             doc->text + block->begin);
  }
  assert_string_equal(got, wanted);
  check_cites(c);
  lesdiplo_corpus_close(c);
}


/* Two pages, each with its head and number; a sentence that runs over them. */
static void test_pages (void **state) {
  (void)state;
  if (!have_pdftotext()) return;
  static const word words[] = {
    { 0, 200, 805, 9, "Office of Notes - S/2024/11" },
    { 0, 60, 740, 22, "On the talks in Maseru" },
    { 0, 60, 700, 12, "The delegations met in the old town hall of Maseru on "
                      "the "
                      "twelfth of January and" },
    { 0, 60, 686, 12, "agreed on a plan for the coming year." },
    { 0, 60, 660, 12, "They also spoke of trade, of schools and of the roads "
                      "that "
                      "both of them need and" },
    { 0, 280, 30, 9, "Page 1 of 2" },
    { 1, 200, 805, 9, "Office of Notes - S/2024/11" },
    { 1, 60, 740, 12, "want to build before the next summer. The talks went "
                      "on for "
                      "three days, and it" },
    { 1, 60, 726, 12, "rained." },
    { 1, 60, 700, 12, "\\225 the first point of the plan" },
    { 1, 60, 686, 12, "\\225 the second point of it" },
    { 1, 280, 30, 9, "Page 2 of 2" }
  };
  check_pdf(2, words, CHECK_COUNT(words),
            "Office of Notes - S/2024/11\n\nOn the talks in Maseru\n\n"
            "The delegations met in the old town hall of Maseru on the twelfth "
            "of January and\nagreed on a plan for the coming year.\n\n"
            "They also spoke of trade, of schools and of the roads that both "
            "of "
            "them need and\n\nPage 1 of 2\n\n\fOffice of Notes - S/2024/11\n"
            "want to build before the next summer. The talks went on for three "
            "days, and it\nrained.\n\n\xE2\x80\xA2 the first point of the plan"
            "\n\n\xE2\x80\xA2 the second point of it\n\nPage 2 of 2\n",
            "header 0|Office of Notes - S/2024/11\n"
            "heading 1|On the talks in Maseru\n"
            "paragraph 0|The delegations met in the old town hall of Maseru on "
            "the twelfth of January and\nagreed on a plan for the coming "
            "year.\n"
            "paragraph 0|They also spoke of trade, of schools and of the roads "
            "that both of them need and\nwant to build before the next summer. "
            "The talks went on for three days, and it\nrained.\n"
            "boilerplate 0|\n"
            "item 1|the first point of the plan\nitem 1|the second point of "
            "it\n"
            "boilerplate 0|Page 2 of 2\n");
}


/* Two columns; paragraphs told by their indented first lines; a hyphen. */
static void test_columns (void **state) {
  (void)state;
  if (!have_pdftotext()) return;
  static const word words[] = {
    { 0, 72, 700, 12, "It was agreed in Maseru that the" },
    { 0, 60, 686, 12, "Indo-Pacific partners of both sides, Afro-" },
    { 0, 60, 672, 12, "Asian states among them, would be" },
    { 0, 60, 658, 12, "asked for their views on it." },
    { 0, 72, 644, 12, "Nobody spoke against the plan, and" },
    { 0, 60, 630, 12, "so the secretary of the conference" },
    { 0, 320, 700, 12, "read it out once more to those who" },
    { 0, 320, 686, 12, "had come late." },
    { 0, 332, 672, 12, "The vote was taken at noon on the" },
    { 0, 320, 658, 12, "third day." }
  };
  static paper p;
  make_pdf(&p, 1, words, CHECK_COUNT(words));
  check_pdf(1, words, CHECK_COUNT(words), NULL,
            "paragraph 0|It was agreed in Maseru that the\nIndo-Pacific "
            "partners "
            "of both sides, Afro-\nAsian states among them, would be\nasked "
            "for "
            "their views on it.\n"
            "paragraph 0|Nobody spoke against the plan, and\nso the secretary "
            "of "
            "the conference\nread it out once more to those who\nhad come late."
            "\nparagraph 0|The vote was taken at noon on the\nthird day.\n");
}


static void test_no_text (void **state) {
  (void)state;
  static paper p;
  if (!have_pdftotext()) return;
  make_pdf(&p, 2, NULL, 0);
  lesdiplo_corpus *c = read_as("r.pdf", p.bytes, p.n, NULL, NULL);
  assert_int_equal(lesdiplo_corpus_count(c), 0);
  assert_int_equal(count_notes(c, "r.pdf", "its 2 pages hold no text"), 1);
  assert_int_equal(count_notes(c, "r.pdf", "ocrmypdf"), 1);
  lesdiplo_corpus_close(c);
}


static void test_damaged (void **state) {
  (void)state;
  static const word words[] = { { 0, 60, 700, 12, "They met." } };
  static paper p;
  if (!have_pdftotext()) return;
  make_pdf(&p, 1, words, 1);
  for (size_t n = 5; n < p.n; n += 97) {        /* cut short */
    lesdiplo_corpus *c = read_as("r.pdf", p.bytes, n, NULL, NULL);
    assert_true(lesdiplo_corpus_count(c) == 1 || c->note_count == 1);
    check_cites(c);
    lesdiplo_corpus_close(c);
  }
  lesdiplo_corpus *c = read_as("r.pdf", "%PDF-1.4\nnothing", 16, NULL, NULL);
  assert_int_equal(count_notes(c, "r.pdf", "left out: pdftotext ended with "
                               "status 1: "), 1);
  lesdiplo_corpus_close(c);
}


/* Inside an archive, and without the program. */
static void test_around (void **state) {
  (void)state;
  static const word words[] = { { 0, 60, 700, 12, "They met." } };
  static paper p;
  make_pdf(&p, 1, words, 1);
  item it = { "a/r.pdf", p.bytes, p.n, NULL };
  pack zip = make_pack("zip", "none", NULL, &it, 1);
  if (have_pdftotext()) {
    lesdiplo_corpus *c = read_pack("x.zip", &zip);
    check_doc(c, "x.zip!/a/r.pdf", "They met.\n");
    lesdiplo_corpus_close(c);
  }
  char path[4096] = "/usr/bin:/bin";
  if (getenv("PATH")) snprintf(path, sizeof path, "%s", getenv("PATH"));
  setenv("PATH", "/nowhere", 1);
  lesdiplo_corpus *c = read_pack("x.zip", &zip);
  setenv("PATH", path, 1);
  assert_int_equal(lesdiplo_corpus_count(c), 0);
  if (!check_is_slow())
    assert_int_equal(count_notes(c, "x.zip!/a/r.pdf", "poppler-utils"), 1);
  lesdiplo_corpus_close(c);
  free(zip.bytes);
}


static void test_no_memory (void **state) {
  (void)state;
  static const word words[] = {
    { 0, 60, 805, 9, "Head" }, { 0, 60, 700, 12, "They met in the hall and" },
    { 1, 60, 805, 9, "Head" }, { 1, 60, 700, 12, "left." }
  };
  static paper p;
  if (!have_pdftotext()) return;
  make_pdf(&p, 2, words, CHECK_COUNT(words));
  read_each_failure("r.pdf", p.bytes, p.n, 1);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_helper),
  cmocka_unit_test(test_helper_alone),
  cmocka_unit_test(test_helper_without_input),
  cmocka_unit_test(test_helper_no_memory),
  cmocka_unit_test(test_pages),
  cmocka_unit_test(test_columns),
  cmocka_unit_test(test_no_text),
  cmocka_unit_test(test_damaged),
  cmocka_unit_test(test_around),
  cmocka_unit_test(test_no_memory)
};

int main (void) { return CHECK_ALL(tests); }
