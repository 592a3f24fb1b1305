/*
** html.c - web pages: the source of each token, encodings that are declared,
** and what must be true of any page however wild. How pages are read stands in
** tests/spec/html.md.
*/
#include "check.h"

#include <strings.h>
#include <unistd.h>

#include "read/format/markup.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}

typedef struct reading {
  lesdiplo_corpus *corpus;
  const lesdiplo_doc *doc;              /* NULL: it was left out */
} reading;

static void read_page (reading *r, const char *bytes, size_t n) {
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  ld_builder b;
  lesdiplo_error error;
  assert_int_equal(ld_builder_init(&b, NULL, ld_word_describe, &error), 0);
  bytes = ld_builder_store(&b, bytes, n);
  assert_non_null(bytes);
  ld_reading all = { .builder = &b, .options = &options };
  ld_input in;
  assert_true(ld_input_open(&in, &all, "a.html", bytes, n, NULL));
  ld_read_html(&all, &in);
  ld_input_free(&in);
  assert_int_equal(ld_builder_finish(&b, &r->corpus, &error), LESDIPLO_OK);
  r->doc = lesdiplo_corpus_doc(r->corpus, 0);
}


/* ---------------------------------------------------------------- sources */

/* The source of the n-th token of that form. */
static void check_source (const reading *r, const char *form, uint32_t which,
                          const char *wanted) {
  const lesdiplo_doc *doc = r->doc;
  for (uint32_t i = 0; i < doc->token_count; i++) {
    lesdiplo_span span;
    lesdiplo_doc_span(doc, lesdiplo_layer("token"), i, &span);
    if (span.end - span.begin != strlen(form) ||
        memcmp(doc->text + span.begin, form, strlen(form)) != 0 ||
        which-- > 0)
      continue;
    if (span.source_end - span.source_begin != strlen(wanted))
      print_message("'%s' is '%.*s'\n", form,
                    (int)(span.source_end - span.source_begin),
                    doc->source + span.source_begin);
    assert_int_equal(span.source_end - span.source_begin, strlen(wanted));
    assert_memory_equal(doc->source + span.source_begin, wanted,
                        strlen(wanted));
    return;
  }
  fail_msg("no token '%s'", form);
}


static void test_sources (void **state) {
  (void)state;
  static const char page[] =
      "<title>x</title><h1 class=\"a b\">The  <i>old</i>\n town</h1>\r\n"
      "<p>It is&nbsp;<b>very</b> far &amp; f&eacute;t<em>ed</em>, re<!-- - -->"
      "af<wbr>firm&#101;d 59<sup>th</sup>.<sup>[1]</sup> x&copy y AT&T<br>\n"
      "Next <q>word</q> 10<sup>6</sup>.</p>"
      "<table><tr><th>k<th>v<tr><td>x<td><p>y</table>"
      "<pre>one\n  two &lt;</pre>last";
  reading r;
  read_page(&r, page, sizeof page - 1);
  check_source(&r, "old", 0, "old");
  check_source(&r, "town", 0, "town");
  check_source(&r, "very", 0, "very");
  check_source(&r, "&", 0, "&amp;");
  check_source(&r, "féted", 0, "f&eacute;t<em>ed");
  check_source(&r, "reaffirmed", 0, "re<!-- - -->af<wbr>firm&#101;d");
  check_source(&r, "59th", 0, "59<sup>th");
  check_source(&r, "x", 0, "x");
  check_source(&r, "Next", 0, "Next");
  check_source(&r, "“", 0, "<q");
  check_source(&r, "”", 0, "</q>");
  check_source(&r, "v", 0, "v");
  check_source(&r, "y", 1, "y");
  check_source(&r, "two", 0, "two");
  check_source(&r, "<", 0, "&lt;");
  check_source(&r, "last", 0, "last");
  lesdiplo_corpus_close(r.corpus);
}


/* ----------------------------------------------------------------- random */

static bool is_space (char c) { return (unsigned char)c <= ' '; }

/* Pieces are in order, inside the source; one that is as long as its source
** is the same, but for white space. */
static void check_map (const lesdiplo_doc *doc) {
  uint32_t source = 0;
  for (uint32_t i = 0; i < doc->piece_count; i++) {
    const ld_piece *p = doc->pieces + i;
    uint32_t end = i + 1 < doc->piece_count ? p[1].text : doc->text_length;
    assert_true(p->text <= end && end <= doc->text_length);
    assert_true(p->source >= source && p->source_end >= p->source);
    assert_true(p->source_end <= doc->source_length);
    for (uint32_t k = 0; end - p->text == p->source_end - p->source &&
                         p->text + k < end; k++) {
      char a = doc->text[p->text + k], b = doc->source[p->source + k];
      assert_true(a == b || (a == ' ' && is_space(b)));
    }
    source = p->source_end;
  }
}

/* A slice of the page read by itself: tags away, references decoded, what is no
** UTF-8 replaced. */
static void decode (const char *bytes, size_t n, ld_buffer *out) {
  ld_markup m;
  char one[4];
  int length;
  ld_buffer_clear(out);
  ld_markup_init(&m, bytes, n, false);
  while (ld_markup_next(&m) != LD_MARKUP_END) {
    const char *p = bytes + m.begin, *end = bytes + m.end;
    if (m.kind != LD_MARKUP_TEXT) continue;
    while (p < end) {
      size_t taken = *p == '&' ? ld_reference(p, end, false, one, &length) : 0;
      if (!taken) {
        uint32_t cp;
        taken = (size_t)ld_utf8_read(p, end, &cp);
        length = ld_utf8_write(cp, one);
      }
      ld_buffer_add(out, one, (size_t)length);
      p += taken;
    }
  }
}

/* Is there something in a slice that it cannot say itself: quotation marks of
** <q>, digits set high, what is hidden inside a word? */
static bool is_odd (const char *slice, size_t n) {
  static const char *const odd[] = {
    "<q", "</q", "<sup", "hidden", "class", "style", "<title", "<textarea",
    "<svg", "<select", "<button", "<template", "<dialog", "<option", "<object"
  };
  for (size_t i = 0; i < CHECK_COUNT(odd); i++)
    for (size_t k = 0, m = strlen(odd[i]); k + m <= n; k++)
      if (strncasecmp(slice + k, odd[i], m) == 0) return true;
  return false;
}

/* Each token is what its source reads as. */
static void check_tokens (const lesdiplo_doc *doc) {
  ld_memory memory;
  ld_buffer read;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&read, &memory);
  for (uint32_t i = 0; i < doc->token_count; i++) {
    lesdiplo_span span;
    lesdiplo_doc_span(doc, lesdiplo_layer("token"), i, &span);
    const char *slice = doc->source + span.source_begin;
    size_t n = span.source_end - span.source_begin;
    assert_true(span.source_begin < span.source_end);
    if (is_odd(slice, n)) continue;
    decode(slice, n, &read);
    if (read.used != span.end - span.begin ||
        memcmp(ld_buffer_text(&read), doc->text + span.begin, read.used) != 0)
      fail_msg("'%.*s' is '%.*s'", (int)(span.end - span.begin),
               doc->text + span.begin, (int)n, slice);
  }
  ld_buffer_free(&read);
}

static void check_doc (const lesdiplo_doc *doc) {
  uint32_t at = 0;
  assert_int_equal(ld_utf8_check(doc->text, doc->text_length),
                   doc->text_length);
  check_map(doc);
  /* where a byte is no UTF-8, the page may be taken for another encoding */
  if (!lesdiplo_doc_field(doc, "charset")) check_tokens(doc);
  for (uint32_t i = 0; i < doc->block_count; i++) {
    const ld_block *block = doc->blocks + i;
    assert_true(block->begin <= block->end && block->end <= doc->text_length);
    if (block->begin == block->end) continue;
    assert_true(block->begin >= at);
    at = block->end;
  }
  for (uint32_t i = 0; i < doc->sentence_count; i++) {
    const ld_block *block = doc->blocks + doc->sentences[i].block;
    assert_true(block->begin <= doc->sentences[i].begin);
    assert_true(block->end >= doc->sentences[i].end);
  }
}


static const char *const parts[] = {
  "river ", "The treaty. ", "word", " ", "\n", "\r\n", "\t", "  ", "&nbsp;",
  "&amp;", "&", "&#8212;", "&#32;", "&eacute;", "&copy", "é", "河流。", "\xFF",
  "\xC2\xA0", "<p>", "</p>", "<p class=\"lead\">", "<div>", "</div>", "<br>",
  "<br/>", "<b>", "</b>", "<i>", "</i>", "<a href=\"#n\">",
  "<a href=\"http://x.example/?a=1&b=2\">", "</a>", "<span>", "</span>",
  "<span hidden>", "<h1>", "</h1>", "<h2>", "</h2>", "<ul>", "</ul>", "<li>",
  "</li>", "<ol>", "</ol>", "<table>", "</table>", "<tr>", "</tr>", "<td>",
  "</td>", "<th>", "<caption>", "<pre>", "</pre>", "<q>", "</q>", "<sup>",
  "</sup>", "[1]", "12", "<article>", "</article>", "<nav>", "</nav>",
  "<main>", "</main>", "<header>", "</header>", "<div class=\"article-body\">",
  "<aside>", "</aside>", "<form>", "</form>", "<div id=\"comments\">",
  "<title>", "</title>", "<script>", "</script>", "<style>p{}</style>",
  "<!-- ", " -->", "<!doctype html>", "<html lang=en>", "<head>", "</body>",
  "<meta name=date content=2024-03-12>", "<time datetime=\"2024-03-12\">",
  "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"H\"}",
  "<", ">", "</", "\"", "'", "=", "<x-y>", "</x-y>", "<svg>", "</svg>",
  "<select>", "<figure>", "<figcaption>", "</figure>", "<blockquote>", "<dl>",
  "<dt>", "<dd>", "<hr>", "<noscript>", "</noscript>", "<textarea>", "- ",
  "(a) ", "• ", "<wbr>", "<template>", "</template>", "<dialog>", "<button>"
};

static void test_soup (void **state) {
  (void)state;
  static char page[3000];
  seed = 21;
  for (int round = 0; round < 3000; round++) {
    reading r;
    size_t n = 0, most = 20 + pick(sizeof page - 200);
    while (n < most) {
      const char *part = parts[pick(4) ? pick(CHECK_COUNT(parts)) : pick(3)];
      memcpy(page + n, part, strlen(part));
      n += strlen(part);
    }
    read_page(&r, page, n);
    if (r.doc) check_doc(r.doc);
    lesdiplo_corpus_close(r.corpus);
  }
}


/* Whatever is open, closed and cut off: the text of a page in which nothing is
** hidden is all there. */
static void test_nothing_is_lost (void **state) {
  (void)state;
  static const char *const tags[] = {
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<h2>",
    "</h2>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>",
    "<br>", "<a href=x>", "</a>", "<article>", "</article>", "<nav>", "</nav>",
    "<section class=\"comments\">", "</section>", "<form>", "</form>", "<pre>",
    "</pre>", "<hr>", "<title", "<em title=\"", "<!--", "<noscript>", "\n", "&amp;", "< "
  };
  static char page[4000];
  seed = 22;
  for (int round = 0; round < 1500; round++) {
    reading r;
    size_t n = 0;
    uint32_t words = 0, found = 0;
    bool open = false;          /* a tag or a comment that may not end */
    while (n < sizeof page - 60) {
      const char *tag = tags[pick(CHECK_COUNT(tags))];
      bool opens = strchr("-\"e", tag[strlen(tag) - 1]) != NULL;
      if (opens && (open || pick(8))) continue;
      open |= opens;
      n += (size_t)sprintf(page + n, "%s", tag);
      if (!open) n += (size_t)sprintf(page + n, "w%ux ", words++);
    }
    read_page(&r, page, n);
    assert_non_null(r.doc);
    for (uint32_t i = 0; i < r.doc->token_count; i++) {
      char form[16];
      int length = sprintf(form, "w%ux", found);
      const ld_word *word = ld_word_at(&r.corpus->vocabulary,
                                       r.doc->token_word[i]);
      found += word->length == length &&
               !memcmp(r.doc->text + r.doc->token_begin[i], form,
                       (size_t)length);
    }
    assert_int_equal(found, words);
    lesdiplo_corpus_close(r.corpus);
  }
}


/* Elements deeper than are told apart: told once, and all is read. */
static void test_depth (void **state) {
  (void)state;
  enum { DEPTH = 5000 };
  lesdiplo_error note;
  reading r;
  char *page = malloc(DEPTH * 30);
  assert_non_null(page);
  size_t n = 0;
  for (int i = 0; i < DEPTH; i++)
    n += (size_t)sprintf(page + n, "<div>\nd%dx ", i);
  for (int i = 0; i < DEPTH; i++)
    n += (size_t)sprintf(page + n, "</div>u%dx ", i);
  read_page(&r, page, n);
  assert_non_null(r.doc);
  assert_int_equal(r.doc->token_count, 2 * DEPTH);
  check_doc(r.doc);
  assert_int_equal(lesdiplo_corpus_note(r.corpus, 0, &note), LESDIPLO_OK);
  assert_int_equal(note.line, 512);
  assert_non_null(strstr(note.message, "512"));
  assert_int_equal(lesdiplo_corpus_note(r.corpus, 1, &note),
                   LESDIPLO_ENOTFOUND);
  lesdiplo_corpus_close(r.corpus);
  free(page);
}


/* -------------------------------------------------------------- encodings */

static void test_charset (void **state) {
  (void)state;
  static const struct { const char *page, *wanted; } pages[] = {
    { "<meta charset=koi8-r>", "koi8-r" },
    { "<html><head>\n<META CharSet = \" Windows-1251 \" >", "Windows-1251" },
    { "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">",
      "gb2312" },
    { "<meta content='text/html;charset = \"big5\"' http-equiv=content-type>",
      "big5" },
    { "<?xml version=\"1.0\" encoding='ISO-8859-2'?><html>", "ISO-8859-2" },
    { "<meta name=a content=\"charset=x\"><meta charset=utf-8>", "utf-8" },
    { "<meta charset=\"utf-16le\">", "UTF-8" },
    { "<!-- <meta charset=a> --><script>'<meta charset=b>'</script>", NULL },
    { "<meta http-equiv=refresh content=\"charset=x\">", NULL },
    { "<meta charset=\"\">", NULL }, { "<meta charset", NULL }, { "", NULL },
    { "<meta charset=a-name-that-is-longer-than-any-encoding-has>", NULL },
    { "charset=koi8-r", NULL }
  };
  char name[32];
  for (size_t i = 0; i < CHECK_COUNT(pages); i++) {
    const char *got = ld_html_charset(pages[i].page, strlen(pages[i].page),
                                      name, sizeof name);
    if (!pages[i].wanted) assert_null(got);
    else assert_string_equal(got, pages[i].wanted);
  }
  /* only the beginning is looked at */
  char *page = malloc(5000);
  assert_non_null(page);
  memset(page, ' ', 5000);
  memcpy(page + 4500, "<meta charset=koi8-r>", 21);
  assert_null(ld_html_charset(page, 5000, name, sizeof name));
  memcpy(page + 4000, "<meta charset=koi8-r>", 21);
  assert_string_equal(ld_html_charset(page, 5000, name, sizeof name),
                      "koi8-r");
  free(page);
}


/* ----------------------------------------------------------------- memory */

static int read_with (const char *path, long left, uint64_t budget) {
  check_heap heap = { left, 0 };
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  options.alloc = check_alloc;
  options.alloc_data = &heap;
  options.max_memory = budget;
  int code = lesdiplo_corpus_open_all(&corpus, &path, 1, &options, &error);
  if (code == LESDIPLO_OK) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
    assert_string_equal(lesdiplo_doc_field(doc, "title"), "Talks go on");
    assert_string_equal(lesdiplo_doc_field(doc, "byline"), "Anna, Piet");
  } else {
    assert_int_equal(code, LESDIPLO_ENOMEM);
    assert_null(corpus);
  }
  lesdiplo_corpus_close(corpus);
  assert_int_equal(heap.blocks, 0);
  return code;
}

static void test_without_memory (void **state) {
  (void)state;
  static const char head[] =
      "<title>Talks go on</title><meta name=citation_author content=Anna>"
      "<meta name=citation_author content=Piet><script type="
      "\"application/ld+json\">{\"@type\":\"Article\",\"datePublished\":"
      "\"2024-03-12\"}</script><nav><a href=x>Home</a></nav><main>"
      "<h1>Talks go on</h1><table><tr><td>a<td>b<tr><td>c<td>d</table>";
  const char *work = getenv("WORK");
  char path[400];
  snprintf(path, sizeof path, "%s/page.html", work ? work : "/tmp");
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(head, file);
  for (int i = 0; i < 200; i++)         /* more than a first handful of each */
    fprintf(file, "<section class=share><p>The envoy left.</p></section>"
                  "<p>They met.<br>They left.</p>");
  fclose(file);
  long left = 0;
  while (read_with(path, left, 0) != LESDIPLO_OK) left++;
  assert_true(left > 10);
  uint64_t budget = 1000;
  while (read_with(path, -1, budget) != LESDIPLO_OK) budget += 3001;
  unlink(path);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_sources),
  cmocka_unit_test(test_soup),
  cmocka_unit_test(test_nothing_is_lost),
  cmocka_unit_test(test_depth),
  cmocka_unit_test(test_charset),
  cmocka_unit_test(test_without_memory)
};

int main (void) { return CHECK_ALL(tests); }
