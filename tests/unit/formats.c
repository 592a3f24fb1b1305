/*
** formats.c - a folder with the same report in every format, and one in every
** script and encoding, opened as a user does: all of them give the same.
*/
#include "pack.h"

#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#define TITLE "Ministers sign a water accord"
#define FIRST "The two ministers signed an accord on the river on Friday."
#define SECOND "They will meet again in Maseru, with the engineers, in June."
#define BODY FIRST " " SECOND

static char folder[200];


/* ------------------------------------------------------------------ a folder */

static void put (const char *name, const char *bytes, size_t n) {
  char path[400];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, n, file), n);
  assert_int_equal(fclose(file), 0);
}

static void put_text (const char *name, const char *text) {
  put(name, text, strlen(text));
}

static void put_pack (const char *name, const char *format, const char *filter,
                      const item *items, size_t count) {
  pack p = make_pack(format, filter, NULL, items, count);
  put(name, p.bytes, p.n);
  free(p.bytes);
}

static lesdiplo_corpus *open_folder (void) {
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  if (lesdiplo_corpus_open(&corpus, folder, &error) != LESDIPLO_OK) {
    print_message("%s\n", error.message);
    fail();
  }
  return corpus;
}

static int make_folder (void **state) {
  (void)state;
  const char *place = getenv("WORK") ? getenv("WORK") : "/tmp";
  snprintf(folder, sizeof folder, "%s/formats-XXXXXX", place);
  return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder (void **state) {
  char command[300];
  (void)state;
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  return system(command);
}

static const char *field (const lesdiplo_doc *doc, const char *name) {
  const char *value = lesdiplo_doc_field(doc, name);
  return value ? value : "";
}


/* ------------------------------------------------------------------- formats */

static const char text[] = "date: 2024-05-03\n\n" TITLE "\n\n" BODY "\n";
static const char markdown[] =
    "---\ndate: 2024-05-03\n---\n# " TITLE "\n\n" FIRST "\n"
    "They will *meet* again in [Maseru](http://a.example), with the engineers,\n"
    "in June.\n";
static const char record[] =
    "{\"title\":\"" TITLE "\",\"date\":\"2024-05-03\",\"text\":\"" FIRST
    "\\u0020" SECOND "\"}\n";
static const char page[] =
    "<!doctype html><html lang=en><head><title>" TITLE "</title>"
    "<meta property=\"article:published_time\" content=\"2024-05-03T10:00Z\">"
    "<style>p { color: red }</style></head><body><nav>Home News</nav>"
    "<article><h1>" TITLE "</h1><p>The two ministers&#32;signed an <b>accord</b>"
    " on the river\non Friday. " SECOND "</p></article>"
    "<script>var a = 1;</script></body></html>";

static const char word[] =
    "<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r>"
    "<w:t>" TITLE "</w:t></w:r></w:p><w:p><w:r><w:t>2024-05-03</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>" FIRST "</w:t></w:r><w:r><w:t xml:space=\"preserve\"> "
    SECOND "</w:t></w:r></w:p></w:body></w:document>";
static const char writer[] =
    "<office:document-content><office:body><office:text><text:h "
    "text:outline-level=\"1\">" TITLE "</text:h><text:p>2024-05-03</text:p>"
    "<text:p>" FIRST "<text:s/>" SECOND "</text:p></office:text></office:body>"
    "</office:document-content>";
static const char chapter[] =
    "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>" TITLE
    "</title></head><body><h1>" TITLE "</h1><p>2024-05-03</p><p>" BODY
    "</p></body></html>";

static void put_office (void) {
  const item docx[] = {
    { "[Content_Types].xml", "<Types/>", 0, NULL },
    { "_rels/.rels", "<Relationships><Relationship Id=\"r1\" "
      "Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/>"
      "</Relationships>", 0, NULL },
    { "word/document.xml", word, 0, NULL },
    { "word/styles.xml", "<w:styles><w:style w:type=\"paragraph\" "
      "w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style></w:styles>", 0,
      NULL }
  };
  const item odt[] = {
    { "mimetype", "application/vnd.oasis.opendocument.text", 0, NULL },
    { "content.xml", writer, 0, NULL },
    { "META-INF/manifest.xml", "<x/>", 0, NULL }
  };
  const item epub[] = {
    { "mimetype", "application/epub+zip", 0, NULL },
    { "META-INF/container.xml", "<container><rootfile full-path=\"b.opf\"/>"
      "</container>", 0, NULL },
    { "b.opf", "<package><manifest><item id=\"c\" href=\"c.xhtml\"/></manifest>"
      "<spine><itemref idref=\"c\"/></spine></package>", 0, NULL },
    { "c.xhtml", chapter, 0, NULL }
  };
  put_pack("k.docx", "zip", "none", docx, CHECK_COUNT(docx));
  put_pack("l.odt", "zip", "none", odt, CHECK_COUNT(odt));
  put_pack("m.epub", "zip", "none", epub, CHECK_COUNT(epub));
}

static void put_archives (void) {
  const item one[] = { { "r.txt", text, 0, NULL } };
  const item two[] = { { "d/r.md", markdown, 0, NULL },
                       { "d/s.html", page, 0, NULL } };
  char crawl[3000];
  snprintf(crawl, sizeof crawl,
           "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/c\r\n"
           "Content-Length: %zu\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: "
           "text/html\r\n\r\n%s\r\n\r\n", strlen(page) + 44, page);
  put_pack("n.zip", "zip", "none", two, 2);
  put_pack("o.tar", "ustar", "none", two, 2);
  put_pack("p.tar.gz", "pax", "gzip", two, 2);
  put_pack("q.tar.bz2", "ustar", "bzip2", two, 2);
  put_pack("r.tar.xz", "ustar", "xz", two, 2);
  put_pack("s.tar.zst", "ustar", "zstd", two, 2);
  put_pack("t.7z", "7zip", "none", two, 2);
  put_pack("u.txt.gz", "raw", "gzip", one, 1);
  put_text("v.warc", crawl);
}

/* A page of a PDF, as simple as they come. */
static void put_paper (void) {
  static const char stream[] =
      "BT /F1 20 Tf 72 720 Td (" TITLE ") Tj ET\n"
      "BT /F1 11 Tf 72 680 Td (2024-05-03) Tj ET\n"
      "BT /F1 11 Tf 72 640 Td (" FIRST ") Tj ET\n"
      "BT /F1 11 Tf 72 626 Td (" SECOND ") Tj ET\n";
  char paper[2000];
  snprintf(paper, sizeof paper,
           "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
           "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
           "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents "
           "4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n"
           "4 0 obj\n<</Length %zu>>\nstream\n%sendstream\nendobj\n"
           "5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
           "trailer\n<</Root 1 0 R/Size 6>>\n%%%%EOF\n", strlen(stream), stream);
  put_text("w.pdf", paper);
}

static void check_report (const lesdiplo_doc *doc) {
  static const char *const wanted[] = { FIRST, SECOND };
  const int layer = lesdiplo_layer("sentence");
  uint32_t count = lesdiplo_doc_count(doc, layer), seen = 0;
  for (uint32_t i = 0; i < count && seen < 2; i++) {
    char got[200];
    lesdiplo_span span;
    size_t n = 0;
    lesdiplo_doc_span(doc, layer, i, &span);
    for (uint32_t k = span.begin; k < span.end && n + 1 < sizeof got; k++)
      got[n++] = doc->text[k] == '\n' ? ' ' : doc->text[k];
    got[n] = '\0';
    seen += strcmp(got, wanted[seen]) == 0;
  }
  if (seen < 2 || strcmp(field(doc, "title"), TITLE) != 0 ||
      strcmp(field(doc, "date"), "2024-05-03") != 0 ||
      strcmp(field(doc, "lang"), "en") != 0) {
    print_message("%s: \"%s\" %s %s, %u of 2 sentences: %s\n", doc->id,
                  field(doc, "title"), field(doc, "date"), field(doc, "lang"),
                  seen, doc->text);
    fail();
  }
}

static void test_formats (void **state) {
  (void)state;
  bool pdf = system("pdftotext -v >/dev/null 2>&1") == 0;
  put_text("a.txt", text);
  put_text("b.md", markdown);
  put_text("c.json", record);
  put_text("d.jsonl", record);
  put_text("e.html", page);
  put_office();
  put_archives();
  put_paper();
  lesdiplo_corpus *corpus = open_folder();
  const uint32_t count = lesdiplo_corpus_count(corpus);
  /* eight of their own, seven archives of two, two of one, and the paper */
  assert_int_equal(count, 8 + 14 + 2 + pdf);
  assert_int_equal(corpus->note_count, !pdf);
  if (!pdf) assert_int_equal(count_notes(corpus, "w.pdf", "poppler-utils"), 1);
  for (uint32_t i = 0; i < count; i++)
    check_report(lesdiplo_corpus_doc(corpus, i));
  check_cites(corpus);
  lesdiplo_corpus_close(corpus);
}


/* ----------------------------------------------------------------- encodings */

static const char french[] =
    "Les deux ministres ont signé l'accord à Genève après une longue journée de "
    "négociations. Ils se réuniront à nouveau à l'été, où qu'ils soient reçus.";
static const char polish[] =
    "Ministrowie podpisali umowę o współpracy w dziedzinie gospodarki wodnej. "
    "Następne spotkanie odbędzie się w Łodzi, gdzie omówią również żeglugę.";
static const char russian[] =
    "Министры подписали соглашение о реке в пятницу. Следующая встреча пройдёт "
    "летом в Москве, и в ней примут участие инженеры обеих стран.";
static const char simplified[] =
    "两国部长星期五签署了关于河流的协议。双方将于六月再次会晤，届时工程师也将出席。"
    "外交部发言人表示，中方对此表示欢迎，愿同各方加强合作。";
static const char traditional[] =
    "兩國部長星期五簽署了關於河流的協議。雙方將於六月再次會晤，屆時工程師也將出席。"
    "外交部發言人表示，對此表示歡迎，願與各方加強合作。";
static const char japanese[] =
    "両国の大臣は金曜日に川に関する協定に署名した。次の会談は六月に東京で行われ、"
    "技術者も出席する予定だと外務省の報道官は述べた。";
static const char korean[] =
    "양국 장관은 금요일에 강에 관한 협정에 서명했다. 다음 회담은 유월에 서울에서 "
    "열리며 기술자들도 참석할 예정이라고 외교부 대변인이 말했다.";

static const struct { const char *charset, *text, *lang; } encoded[] = {
  { "UTF-8", french, "fr" }, { "windows-1252", french, "fr" },
  { "ISO-8859-15", french, "fr" }, { "macintosh", french, "fr" },
  { "IBM850", french, "fr" }, { "windows-1250", polish, "pl" },
  { "ISO-8859-2", polish, "pl" }, { "windows-1251", russian, "ru" },
  { "KOI8-R", russian, "ru" }, { "x-mac-cyrillic", russian, "ru" },
  { "IBM866", russian, "ru" }, { "ISO-8859-5", russian, "ru" },
  { "gb18030", simplified, "zh" }, { "Big5", traditional, "zh" },
  { "Shift_JIS", japanese, "ja" }, { "euc-jp-2007", japanese, "ja" },
  { "ISO-2022-JP", japanese, "ja" }, { "EUC-KR", korean, "ko" },
  { "UTF-16LE", russian, "ru" }, { "UTF-16BE", simplified, "zh" },
  { "UTF-32LE", korean, "ko" }
};

static void put_encoded (int i) {
  char name[60], bytes[4000];
  UErrorCode status = U_ZERO_ERROR;
  snprintf(name, sizeof name, "%02d-%s.txt", i, encoded[i].charset);
  UConverter *converter = ucnv_open(encoded[i].charset, &status);
  int32_t n = ucnv_fromAlgorithmic(converter, UCNV_UTF8, bytes, sizeof bytes,
                                   encoded[i].text, -1, &status);
  ucnv_close(converter);
  assert_true(U_SUCCESS(status));
  put(name, bytes, (size_t)n);
}

/* Nothing declares them: the bytes tell. */
static void test_encodings (void **state) {
  (void)state;
  for (int i = 0; i < (int)CHECK_COUNT(encoded); i++) put_encoded(i);
  lesdiplo_corpus *corpus = open_folder();
  assert_int_equal(lesdiplo_corpus_count(corpus), CHECK_COUNT(encoded));
  for (uint32_t i = 0; i < CHECK_COUNT(encoded); i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
    if (strcmp(doc->text, encoded[i].text) != 0)
      print_message("%s (%s, %s)\n", doc->id, field(doc, "charset"),
                    field(doc, "charset_how"));
    assert_string_equal(doc->text, encoded[i].text);
    assert_string_equal(field(doc, "lang"), encoded[i].lang);
  }
  check_cites(corpus);
  lesdiplo_corpus_close(corpus);
}


/* ------------------------------------------------------------------- sidecar */

/* What a person says of an encoding holds, though the bytes look otherwise; a
** sidecar in an archive is like one in a folder. */
static void test_given (void **state) {
  (void)state;
  static const char table[] =
      "file,title,charset\na.txt,Accord,iso-8859-7\nb.txt,,utf-8\n";
  const item items[] = { { "d/a.txt", "\xF3\xE9 \xE5", 0, NULL },
                         { "d/b.txt", "sign\xE9", 0, NULL },
                         { "d/metadata.csv", table, 0, NULL },
                         { "e.txt", "They met.", 0, NULL } };
  put_pack("x.zip", "zip", "none", items, CHECK_COUNT(items));
  lesdiplo_corpus *corpus = open_folder();
  assert_int_equal(lesdiplo_corpus_count(corpus), 3);
  const lesdiplo_doc *a = check_doc(corpus, "x.zip!/d/a.txt", NULL);
  assert_string_equal(a->text, "σι ε");
  assert_string_equal(field(a, "title"), "Accord");
  assert_string_equal(field(a, "charset_how"), "given");
  assert_string_equal(field(a, "metadata"), "x.zip!/d/metadata.csv:2");
  const lesdiplo_doc *b = check_doc(corpus, "x.zip!/d/b.txt", NULL);
  assert_string_equal(b->text, "sign\xEF\xBF\xBD");
  assert_int_equal(count_notes(corpus, "x.zip!/d/b.txt", "U+FFFD"), 1);
  assert_string_equal(field(check_doc(corpus, "x.zip!/e.txt", NULL),
                            "metadata"), "");
  check_cites(corpus);
  lesdiplo_corpus_close(corpus);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test_setup_teardown(test_formats, make_folder, remove_folder),
  cmocka_unit_test_setup_teardown(test_encodings, make_folder, remove_folder),
  cmocka_unit_test_setup_teardown(test_given, make_folder, remove_folder)
};


int main (void) {
  return CHECK_ALL(tests);
}
