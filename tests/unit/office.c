/*
** office.c - docx, odt and epub: what their text is, and what it is not.
*/
#include "pack.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}

#define W_BEGIN \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document><w:body>"
#define W_END "<w:sectPr/></w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLED(style, text) \
  "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t>" text \
  "</w:t></w:r></w:p>"

/* Everything that a document has: "kind level|text" a line. */
static void list_blocks (const lesdiplo_doc *doc, char *out, size_t size) {
  size_t used = 0;
  out[0] = '\0';
  for (uint32_t i = 0; i < doc->block_count && used < size; i++) {
    const ld_block *block = doc->blocks + i;
    used += (size_t)snprintf(out + used, size - used, "%s %u|%.*s\n",
                             ld_block_names[block->kind], block->level,
                             (int)(block->end - block->begin),
                             doc->text + block->begin);
  }
}

static void check_blocks (const lesdiplo_corpus *c, const char *id,
                          const char *wanted) {
  char got[8000];
  const lesdiplo_doc *doc = check_doc(c, id, NULL);
  list_blocks(doc, got, sizeof got);
  assert_string_equal(got, wanted);
  check_cites(c);
}

static const char rels[] =
    "<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" "
    "Target=\"word/document.xml\"/></Relationships>";

static const char styles[] =
    "<w:styles>"
    "<w:style w:type=\"paragraph\" w:styleId=\"berschrift1\">"
    "<w:name w:val=\"heading 1\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Mine\"><w:name w:val=\"Mine\"/>"
    "<w:basedOn w:val=\"Mid\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Mid\"><w:name w:val=\"Mid\"/>"
    "<w:basedOn w:val=\"berschrift1\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Lvl\"><w:name w:val=\"Lvl\"/>"
    "<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Ring\"><w:name w:val=\"Ring\"/>"
    "<w:basedOn w:val=\"Ring\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Titel\">"
    "<w:name w:val=\"Title\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"cap\">"
    "<w:name w:val=\"caption\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"l2\">"
    "<w:name w:val=\"List Bullet 2\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"t1\"><w:name w:val=\"toc 1\"/>"
    "</w:style></w:styles>";

/* Reads a docx of this body; 'more' are further parts. */
static lesdiplo_corpus *read_word (const char *body, const item *more,
                                   size_t count) {
  item items[10] = { { "[Content_Types].xml", "<Types/>", 0, NULL },
                     { "_rels/.rels", rels, 0, NULL },
                     { "word/document.xml", body, 0, NULL } };
  assert_true(count <= 7);
  for (size_t i = 0; i < count; i++) items[3 + i] = more[i];
  pack p = make_pack("zip", "none", NULL, items, 3 + count);
  lesdiplo_corpus *c = read_pack("r.docx", &p);
  free(p.bytes);
  return c;
}

static void check_word (const char *body, const char *wanted) {
  const item part = { "word/styles.xml", styles, 0, NULL };
  lesdiplo_corpus *c = read_word(body, &part, 1);
  assert_int_equal(lesdiplo_corpus_count(c), 1);
  check_doc(c, "r.docx", body);             /* its source is the part */
  check_blocks(c, "r.docx", wanted);
  lesdiplo_corpus_close(c);
}


static void test_paragraphs (void **state) {
  (void)state;
  check_word(W_BEGIN
             "<w:p><w:r><w:t>They </w:t></w:r><w:r><w:rPr><w:b/></w:rPr>"
             "<w:t xml:space=\"preserve\">met &amp; </w:t></w:r>"
             "<w:hyperlink><w:r><w:t>left&#xA0;soon.</w:t></w:r></w:hyperlink>"
             "</w:p><w:p/>" P(" ") P("Then it rained.") W_END,
             "paragraph 0|They met & left\xC2\xA0soon.\n"
             "paragraph 0|Then it rained.\n");
  check_word(W_BEGIN
             "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>"
             "<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t>"
             "<w:br w:type=\"page\"/><w:noBreakHyphen/><w:t>four.</w:t></w:r>"
             "</w:p>" W_END,
             "paragraph 0|One\ttwo\nthree\xE2\x80\x91" "four.\n");
  check_word(W_BEGIN P("<![CDATA[a < b & c.]]>") W_END,
             "paragraph 0|a < b & c.\n");
}


static void test_styles (void **state) {
  (void)state;
  check_word(W_BEGIN STYLED("Titel", "The Joint Note")
             STYLED("berschrift1", "One thing") STYLED("Mine", "Another thing")
             STYLED("Lvl", "A third") STYLED("cap", "A picture.")
             STYLED("l2", "an item") STYLED("t1", "Contents 1")
             STYLED("Ring", "It was said.") STYLED("none", "It was heard.")
             "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>Own "
             "level</w:t></w:r></w:p>"
             "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"3\"/>"
             "</w:numPr></w:pPr><w:r><w:t>numbered</w:t></w:r></w:p>"
             "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/>"
             "</w:numPr></w:pPr><w:r><w:t>It has no number.</w:t></w:r></w:p>"
             W_END,
             "heading 1|The Joint Note\nheading 1|One thing\n"
             "heading 1|Another thing\nheading 3|A third\n"
             "caption 0|A picture.\n"
             "item 2|an item\nboilerplate 0|Contents 1\n"
             "paragraph 0|It was said.\nparagraph 0|It was heard.\n"
             "heading 2|Own level\nitem 2|numbered\n"
             "paragraph 0|It has no number.\n");
}


/* Where headings have styles, a paragraph that has none is no heading, even
** without a full stop. */
static void test_plain_paragraphs (void **state) {
  (void)state;
  check_word(W_BEGIN STYLED("berschrift1", "Signatures")
             P("The parties agreed to open an embassy in Maseru")
             STYLED("ListParagraph", "To close another")
             "<w:p><w:r><w:t>They met in May. They parted in June.</w:t>"
             "<w:br/><w:t>Done in Riga</w:t></w:r></w:p>" W_END,
             "heading 1|Signatures\n"
             "paragraph 0|The parties agreed to open an embassy in Maseru\n"
             "paragraph 0|To close another\n"
             "paragraph 0|They met in May. They parted in June.\n"
             "Done in Riga\n");
  check_word(W_BEGIN STYLED("Titel", "The Joint Note")
             P("What comes first") P("It rained all day.") W_END,
             "heading 1|The Joint Note\nheading 2|What comes first\n"
             "paragraph 0|It rained all day.\n");
}


/* A mark that was deleted while changes were tracked ends no paragraph. */
static void test_deleted_mark (void **state) {
  (void)state;
  check_word(W_BEGIN
             "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>"
             "<w:r><w:t>The parties met </w:t></w:r></w:p>"
             P("in Maseru today.") P("It rained.") W_END,
             "paragraph 0|The parties met in Maseru today.\n"
             "paragraph 0|It rained.\n");
}


/* What nobody sees on the page is not read, nor is anything read twice. */
static void test_unseen (void **state) {
  (void)state;
  check_word(W_BEGIN
             "<w:p><w:r><w:t>They </w:t></w:r><w:del><w:r><w:delText>never"
             "</w:delText><w:t>never</w:t></w:r></w:del><w:ins><w:r><w:t>often"
             "</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> gone</w:t></w:r>"
             "</w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
             "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
             "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t> met.</w:t></w:r>"
             "</w:p>" W_END,
             "paragraph 0|They often met.\n");
  check_word(W_BEGIN
             "<w:p><w:r><w:t>Before it.</w:t></w:r><w:r><mc:AlternateContent>"
             "<mc:Choice><w:txbxContent>" P("In the box.") "</w:txbxContent>"
             "</mc:Choice><mc:Fallback><w:txbxContent>" P("In the box.")
             "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
             "<w:r><w:t>After it.</w:t></w:r></w:p>" W_END,
             "paragraph 0|Before it.\nparagraph 0|In the box.\n"
             "paragraph 0|After it.\n");
}


#define CELL(text) "<w:tc>" P(text) "</w:tc>"

static void test_tables (void **state) {
  (void)state;
  char body[4000];
  check_word(W_BEGIN "<w:tbl><w:tr>" CELL("Country") CELL("Votes") "</w:tr>"
             "<w:tr>" CELL("Lesotho") "<w:tc>" P("27") P("of 30") "</w:tc>"
             "</w:tr><w:tr>" CELL("") CELL("none") "</w:tr></w:tbl>"
             P("They voted.") W_END,
             "table 0|Country\tVotes\ntable 0|Lesotho\t27 of 30\n"
             "table 0|none\nparagraph 0|They voted.\n");
  /* a table of one cell, or of long ones, is a layout */
  check_word(W_BEGIN "<w:tbl><w:tr><w:tc>" STYLED("berschrift1", "Head")
             P("They met.") "</w:tc></w:tr></w:tbl>" W_END,
             "heading 1|Head\nparagraph 0|They met.\n");
  char text[400], wanted[1000];
  memset(text, 'x', sizeof text);
  memcpy(text + sizeof text - 2, ".", 2);
  snprintf(body, sizeof body, W_BEGIN "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>%s"
           "</w:t></w:r></w:p></w:tc>" CELL("They met.") "</w:tr></w:tbl>"
           W_END, text);
  snprintf(wanted, sizeof wanted, "paragraph 0|%s\nparagraph 0|They met.\n",
           text);
  check_word(body, wanted);
  /* a table in a table is part of its cell */
  check_word(W_BEGIN "<w:tbl><w:tr>" CELL("a") "<w:tc><w:tbl><w:tr>" CELL("b")
             CELL("c") "</w:tr></w:tbl></w:tc></w:tr></w:tbl>" W_END,
             "table 0|a\tb c\n");
}


/* The source is the document, and after it its notes. */
static void test_notes (void **state) {
  (void)state;
  static const char body[] = W_BEGIN
      "<w:p><w:r><w:t>They met</w:t></w:r><w:r>"
      "<w:footnoteReference w:id=\"1\"/></w:r><w:r><w:t> in Maseru."
      "</w:t></w:r></w:p>" W_END;
  static const char notes[] =
      "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r>"
      "<w:t>line</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"1\"><w:p>"
      "<w:r><w:footnoteRef/></w:r><w:r><w:t> In 1983.</w:t></w:r></w:p>"
      "</w:footnote>"
      "</w:footnotes>";
  const item parts[] = { { "word/footnotes.xml", notes, 0, NULL },
                         { "word/endnotes.xml", "<w:endnotes/>", 0, NULL } };
  char source[2000];
  snprintf(source, sizeof source, "%s%s", body, notes);
  lesdiplo_corpus *c = read_word(body, parts, 2);
  const lesdiplo_doc *doc = check_doc(c, "r.docx", source);
  check_blocks(c, "r.docx", "paragraph 0|They met in Maseru.\nboilerplate 0|\n"
                            "boilerplate 0|In 1983.\n");
  lesdiplo_span span;
  lesdiplo_doc_locate(doc, doc->blocks[1].begin, doc->blocks[1].end, &span);
  assert_memory_equal(doc->source + span.source_begin,
                      "<w:footnoteReference w:id=\"1\"/>",
                      span.source_end - span.source_begin);
  lesdiplo_corpus_close(c);
}


static void test_properties (void **state) {
  (void)state;
  static const char core[] =
      "<cp:coreProperties><dc:title>Note &amp; Reply</dc:title><dc:creator>"
      "Anna Berg</dc:creator><dcterms:created>2024-01-12T10:00:00Z"
      "</dcterms:created>"
      "<dcterms:modified>2024-02-01T10:00:00Z</dcterms:modified>"
      "</cp:coreProperties>";
  static const char body[] = W_BEGIN P("Some heading") P("They met in Maseru "
      "on the day after, and it rained all day.") W_END;
  static const char shown[] = W_BEGIN P("Office of Notes") P("Note &amp; Reply")
      P("They met in Maseru on the day after, and it rained all day.") W_END;
  const item part = { "docProps/core.xml", core, 0, NULL };
  lesdiplo_corpus *c = read_word(body, &part, 1);
  const lesdiplo_doc *doc = check_doc(c, "r.docx", body);
  assert_string_equal(lesdiplo_doc_field(doc, "title"), "Some heading");
  assert_string_equal(lesdiplo_doc_field(doc, "byline"), "Anna Berg");
  assert_string_equal(lesdiplo_doc_field(doc, "created"),
                      "2024-01-12T10:00:00Z");
  assert_string_equal(lesdiplo_doc_field(doc, "modified"),
                      "2024-02-01T10:00:00Z");
  assert_null(lesdiplo_doc_field(doc, "date"));
  lesdiplo_corpus_close(c);
  c = read_word(shown, &part, 1);         /* the document shows that title */
  doc = check_doc(c, "r.docx", shown);
  assert_string_equal(lesdiplo_doc_field(doc, "title"), "Note & Reply");
  lesdiplo_corpus_close(c);
}


static void test_refused (void **state) {
  (void)state;
  static const struct { const char *name, *bytes, *note; } kinds[] = {
    { "xl/workbook.xml", "<workbook/>", "a spreadsheet" },
    { "ppt/presentation.xml", "<p/>", "a set of slides" },
    { "word/document.xml", W_BEGIN W_END, "it has no text" }
  };
  for (size_t i = 0; i < CHECK_COUNT(kinds); i++) {
    const item items[] = { { "[Content_Types].xml", "<Types/>", 0, NULL },
                           { kinds[i].name, kinds[i].bytes, 0, NULL },
                           { "docProps/app.xml", "<x/>", 0, NULL } };
    pack p = make_pack("zip", "none", NULL, items, 3);
    lesdiplo_corpus *c = read_pack("x", &p);
    assert_int_equal(lesdiplo_corpus_count(c), 0);
    assert_int_equal(c->note_count, 1);
    assert_int_equal(count_notes(c, "x", kinds[i].note), 1);
    lesdiplo_corpus_close(c);
    free(p.bytes);
  }
}


/* In an archive it is one document, too, and no further archive. */
static void test_inside (void **state) {
  (void)state;
  const item parts[] = { { "[Content_Types].xml", "<Types/>", 0, NULL },
                         { "word/document.xml", W_BEGIN P("They met.") W_END, 0,
                           NULL } };
  pack inner = make_pack("zip", "none", NULL, parts, 2);
  pack p = inner;
  for (int i = 0; i < 4; i++) {
    item outer = { i ? "n.zip" : "r.docx", p.bytes, p.n, NULL };
    pack next = make_pack("zip", "none", NULL, &outer, 1);
    free(p.bytes);
    p = next;
  }
  lesdiplo_corpus *c = read_pack("x", &p);
  check_blocks(c, "x!/n.zip!/n.zip!/n.zip!/r.docx", "paragraph 0|They met.\n");
  assert_int_equal(c->note_count, 0);
  lesdiplo_corpus_close(c);
  free(p.bytes);
}


/* --------------------------------------------------------------------- odt */

#define O_BEGIN \
  "<?xml version=\"1.0\"?>\n<office:document-content>" \
  "<office:automatic-styles><style:style style:name=\"P1\" " \
  "style:parent-style-name=\"Title\"/><style:style style:name=\"P2\" " \
  "style:parent-style-name=\"Text_20_body\"/></office:automatic-styles>" \
  "<office:body><office:text>\n"
#define O_END "</office:text></office:body></office:document-content>\n"

static void check_writer (const char *body, const char *more,
                          const char *wanted) {
  const item items[] = {
    { "mimetype", "application/vnd.oasis.opendocument.text", 0, NULL },
    { "content.xml", body, 0, NULL }, { "Pictures/x.png", "\x89PNG", 0, NULL },
    { "META-INF/manifest.xml", "<x/>", 0, NULL }
  };
  char source[4000];
  pack p = make_pack("zip", "none", NULL, items, 4);
  lesdiplo_corpus *c = read_pack("r.odt", &p);
  snprintf(source, sizeof source, "%s%s", body, more);
  assert_int_equal(lesdiplo_corpus_count(c), 1);
  check_doc(c, "r.odt", source);
  check_blocks(c, "r.odt", wanted);
  lesdiplo_corpus_close(c);
  free(p.bytes);
}


static void test_writer (void **state) {
  (void)state;
  check_writer(O_BEGIN
               "<text:sequence-decls><x/></text:sequence-decls>\n"
               "<text:p text:style-name=\"P1\">The Note</text:p>\n"
               "<text:h text:outline-level=\"2\">One <text:span>thing"
               "</text:span></text:h><text:p text:style-name=\"P2\">They  \n met"
               "<text:s "
               "text:c=\"3\"/>and &lt;left&gt;.<text:line-break/>It rained.\n"
               "</text:p><text:p/><text:list><text:list-item><text:p>an item"
               "</text:p><text:list><text:list-item><text:p>deeper</text:p>"
               "</text:list-item></text:list></text:list-item></text:list>"
               "<text:p text:style-name=\"Heading_20_3\">Old heading</text:p>"
               O_END, "",
               "heading 1|The Note\nheading 2|One thing\n"
               "paragraph 0|They met and <left>.\nIt rained.\nitem 1|an item\n"
               "item 2|deeper\nheading 3|Old heading\n");
  check_writer(O_BEGIN
               "<text:tracked-changes><text:p>It was deleted.</text:p>"
               "</text:tracked-changes><text:p>They met.<office:annotation>"
               "<text:p>Really?</text:p></office:annotation></text:p>"
               "<text:table-of-content><text:p>One thing 1</text:p>"
               "</text:table-of-content><text:p>Before.<draw:frame>"
               "<draw:text-box><text:p>In the box.</text:p></draw:text-box>"
               "<svg:desc>a picture</svg:desc></draw:frame>After.</text:p>"
               O_END, "",
               "paragraph 0|They met.\nboilerplate 0|One thing 1\n"
               "paragraph 0|Before.\nparagraph 0|In the box.\n"
               "paragraph 0|After.\n");
}


#define OCELL(text) "<table:table-cell><text:p>" text \
                    "</text:p></table:table-cell>"
#define NOTE "<text:note><text:note-citation>1</text:note-citation>" \
             "<text:note-body><text:p>In 1983.</text:p></text:note-body>" \
             "</text:note>"

static void test_writer_parts (void **state) {
  (void)state;
  check_writer(O_BEGIN "<table:table><table:table-row>" OCELL("Country")
               OCELL("Votes") "</table:table-row><table:table-row>"
               "<table:table-cell/>" OCELL("27") "</table:table-row>"
               "</table:table>" O_END, "",
               "table 0|Country\tVotes\ntable 0|27\n");
  /* the text of notes follows the document's, in the source as well */
  check_writer(O_BEGIN "<text:p>They met" NOTE " in Maseru.</text:p>" O_END,
               NOTE, "paragraph 0|They met in Maseru.\nboilerplate 0|\n"
               "boilerplate 0|In 1983.\n");
}


/* -------------------------------------------------------------------- epub */

static void test_book (void **state) {
  (void)state;
  static const item items[] = {
    { "mimetype", "application/epub+zip", 0, NULL },
    { "META-INF/container.xml",
      "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/>"
      "</rootfiles></container>", 0, NULL },
    { "OEBPS/book.opf",
      "<opf:package><opf:metadata><dc:title>Notes of a Consul</dc:title>"
      "<dc:creator>Anna Berg</dc:creator><dc:language>en-GB</dc:language>"
      "</opf:metadata><opf:manifest>"
      "<opf:item id=\"a\" href=\"a.xhtml\"/><opf:item id=\"b\" "
      "href=\"../Text/b%20c.xhtml#top\"/><opf:item id=\"gone\" "
      "href=\"gone.xhtml\"/></opf:manifest><opf:spine><opf:itemref "
      "idref=\"b\"/><opf:itemref idref=\"a\"/><opf:itemref idref=\"gone\"/>"
      "<opf:itemref idref=\"x\"/></opf:spine></opf:package>", 0, NULL },
    { "OEBPS/a.xhtml", "<html><body><p>They met.</p></body></html>", 0, NULL },
    { "Text/b c.xhtml", "<html><body><p>They left.</p></body></html>", 0,
      NULL },
    { "OEBPS/style.css", "p { }", 0, NULL }
  };
  pack p = make_pack("zip", "none", NULL, items, CHECK_COUNT(items));
  lesdiplo_corpus *c = read_pack("b.epub", &p);
  /* whatever reads web pages gets the chapters, in the book's order */
  lesdiplo_error note;
  const char *wanted[] = { "b.epub!/Text/b c.xhtml", "b.epub!/OEBPS/a.xhtml" };
  for (uint32_t i = 0; i < 2; i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(c, i);
    if (doc) {
      assert_string_equal(lesdiplo_doc_id(doc), wanted[i]);
      assert_string_equal(lesdiplo_doc_field(doc, "book"),
                          "Notes of a Consul");
      assert_string_equal(lesdiplo_doc_field(doc, "byline"), "Anna Berg");
      assert_string_equal(lesdiplo_doc_field(doc, "lang"), "en");
    } else {
      assert_int_equal(lesdiplo_corpus_note(c, i, &note), LESDIPLO_OK);
      assert_string_equal(note.where, wanted[i]);
    }
  }
  /* the chapter that is named and not there */
  assert_int_equal(lesdiplo_corpus_count(c), 2);
  assert_int_equal(c->note_count, 1);
  assert_int_equal(lesdiplo_corpus_note(c, 0, &note), LESDIPLO_OK);
  assert_string_equal(note.where, "b.epub!/OEBPS/gone.xhtml");
  lesdiplo_corpus_close(c);
  free(p.bytes);
}

/* A book that does not tell the order of its chapters, and one that does not
** tell which they are. */
static void test_book_without_order (void **state) {
  (void)state;
  static const item items[] = {
    { "mimetype", "application/epub+zip", 0, NULL },
    { "b.xhtml", "<html><body><p>They left.</p></body></html>", 0, NULL },
    { "a.xhtml", "<html><body><p>They met.</p></body></html>", 0, NULL },
    { "META-INF/container.xml",
      "<container><rootfile full-path=\"book.opf\"/></container>", 0, NULL },
    { "book.opf",
      "<package><manifest><item id=\"b\" href=\"b.xhtml\" "
      "media-type=\"application/xhtml+xml\"/><item id=\"a\" href=\"a.xhtml\" "
      "media-type=\"application/xhtml+xml\"/></manifest></package>", 0, NULL }
  };
  static const size_t counts[] = { 5, 4, 3 };
  for (size_t i = 0; i < CHECK_COUNT(counts); i++) {
    pack p = make_pack("zip", "none", NULL, items, counts[i]);
    lesdiplo_corpus *c = read_pack("b.epub", &p);
    lesdiplo_error note;
    assert_int_equal(lesdiplo_corpus_count(c), 2);
    assert_string_equal(lesdiplo_doc_id(lesdiplo_corpus_doc(c, 0)),
                        i == 0 ? "b.epub!/b.xhtml" : "b.epub!/a.xhtml");
    assert_int_equal(c->note_count, 1);
    assert_int_equal(lesdiplo_corpus_note(c, 0, &note), LESDIPLO_OK);
    assert_string_equal(note.where, "b.epub");
    assert_non_null(strstr(note.message, i == 0 ? "<spine>"
                                         : i == 1 ? "OPF" : "container.xml"));
    lesdiplo_corpus_close(c);
    free(p.bytes);
  }
}


/* ------------------------------------------------------------------ hostile */

/* A book in a book in a book: as deep as archives, and no deeper. */
static void test_book_in_book (void **state) {
  (void)state;
  pack p = { strdup("They met."), 9, 9 };
  for (int i = 0; i < 300; i++) {
    const item items[] = {
      { "mimetype", "application/epub+zip", 0, NULL },
      { "META-INF/container.xml", "<container><rootfile full-path=\"b.opf\"/>"
        "</container>", 0, NULL },
      { "b.opf", "<package><manifest><item id=\"a\" href=\"a\"/></manifest>"
        "<spine><itemref idref=\"a\"/></spine></package>", 0, NULL },
      { "a", p.bytes, p.n, NULL }
    };
    pack next = make_pack("zip", "none", "zip:compression=store", items, 4);
    free(p.bytes);
    p = next;
  }
  lesdiplo_corpus *c = read_pack("x", &p);
  assert_int_equal(lesdiplo_corpus_count(c), 0);
  assert_int_equal(c->note_count, 1);
  assert_int_equal(count_notes(c, "x!/a!/a!/a!/a", "inside 4 others"), 1);
  lesdiplo_corpus_close(c);
  free(p.bytes);
}


/* The source with bytes changed, and cut: whatever comes of it holds. */
static void test_damaged_xml (void **state) {
  (void)state;
  static const char body[] = W_BEGIN STYLED("berschrift1", "One thing")
      "<w:tbl><w:tr>" CELL("Country") CELL("Votes &amp; more") "</w:tr></w:tbl>"
      "<w:p><w:r><w:t>They</w:t></w:r><w:del><w:r><w:t>never</w:t></w:r>"
      "</w:del><w:r><w:tab/><w:footnoteReference w:id=\"1\"/><w:t> met.</w:t>"
      "</w:r></w:p>"
      W_END;
  static const char other[] = O_BEGIN "<text:p>They met" NOTE " in "
      "Maseru.</text:p><table:table><table:table-row>" OCELL("a") OCELL("b")
      "</table:table-row></table:table><text:list><text:list-item><text:p>x"
      "</text:p></text:list-item></text:list>" O_END;
  seed = 31;
  for (int round = 0; round < 3000; round++) {
    const char *from = round % 2 ? body : other;
    char *copy = strdup(from);
    assert_non_null(copy);
    size_t n = strlen(copy);
    for (uint32_t k = pick(6); k > 0; k--)
      copy[pick((uint32_t)n)] = "<>/\"&w: \xFF"[pick(9)];
    if (pick(3) == 0) copy[pick((uint32_t)n)] = '\0';
    const item items[] = {
      { "mimetype", "application/vnd.oasis.opendocument.text", 0, NULL },
      { round % 2 ? "word/document.xml" : "content.xml", copy, 0, NULL },
      { "word/styles.xml", round % 3 ? styles : copy, 0, NULL }
    };
    pack p = make_pack("zip", "none", "zip:compression=store", items, 3);
    lesdiplo_corpus *c = read_pack("x", &p);
    assert_true(lesdiplo_corpus_count(c) == 1 || c->note_count > 0);
    check_cites(c);
    lesdiplo_corpus_close(c);
    free(p.bytes);
    free(copy);
  }
}


/* Megabytes of one thing. */
static void test_endless (void **state) {
  (void)state;
  static const char *const pieces[] = {
    "<w:p>", "<w:p><w:r><w:t>x", "</w:p>", "<w:del>", "<w:tr>", "<w:tc>",
    "<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>", "<mc:Fallback>",
    "<w:p><w:r><w:t>x &amp; </w:t></w:r></w:p>", "<w:tab/>", "<"
  };
  enum { SIZE = 2 << 20 };
  for (size_t i = 0; i < CHECK_COUNT(pieces); i++) {
    char *body = malloc(SIZE + 1);
    assert_non_null(body);
    size_t n = strlen(pieces[i]), used = 0;
    for (; used + n <= SIZE; used += n) memcpy(body + used, pieces[i], n);
    body[used] = '\0';
    const item items[] = { { "[Content_Types].xml", "<Types/>", 0, NULL },
                           { "word/document.xml", body, 0, NULL } };
    pack p = make_pack("zip", "none", "zip:compression=store", items, 2);
    lesdiplo_corpus *c = read_pack("x", &p);
    assert_true(lesdiplo_corpus_count(c) == 1 || c->note_count == 1);
    lesdiplo_corpus_close(c);
    free(p.bytes);
    free(body);
  }
}


static void test_no_memory (void **state) {
  (void)state;
  const item items[] = {
    { "[Content_Types].xml", "<Types/>", 0, NULL },
    { "_rels/.rels", rels, 0, NULL },
    { "word/document.xml", W_BEGIN STYLED("Mine", "One thing") "<w:tbl><w:tr>"
      CELL("a") CELL("b") "</w:tr></w:tbl>" P("They met.") W_END, 0, NULL },
    { "word/styles.xml", styles, 0, NULL },
    { "docProps/core.xml", "<c><dc:title>x</dc:title></c>", 0, NULL }
  };
  pack p = make_pack("zip", "none", NULL, items, CHECK_COUNT(items));
  read_each_failure("x", p.bytes, p.n, 1);
  free(p.bytes);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_paragraphs),
  cmocka_unit_test(test_styles),
  cmocka_unit_test(test_plain_paragraphs),
  cmocka_unit_test(test_deleted_mark),
  cmocka_unit_test(test_unseen),
  cmocka_unit_test(test_tables),
  cmocka_unit_test(test_notes),
  cmocka_unit_test(test_properties),
  cmocka_unit_test(test_refused),
  cmocka_unit_test(test_inside),
  cmocka_unit_test(test_writer),
  cmocka_unit_test(test_writer_parts),
  cmocka_unit_test(test_book),
  cmocka_unit_test(test_book_without_order),
  cmocka_unit_test(test_book_in_book),
  cmocka_unit_test(test_damaged_xml),
  cmocka_unit_test(test_endless),
  cmocka_unit_test(test_no_memory)
};

int main (void) { return CHECK_ALL(tests); }
