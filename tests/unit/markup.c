/*
** markup.c - tags, text and character references of HTML and XML.
*/
#include "check.h"

#include "read/format/markup.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}

/* Bytes with what the readers may look at after them. */
static char *padded (const char *bytes, size_t n) {
  char *copy = calloc(1, n + LD_PADDING);
  assert_non_null(copy);
  memcpy(copy, bytes, n);
  return copy;
}


/* ----------------------------------------------------------------- pieces */

/* All pieces of a page in a line each: T text, L literal, O open, C close,
** ! comment, ? other. */
static void spell (const char *page, bool xml, ld_buffer *out) {
  static const char signs[] = ".TLOC!?";
  char *bytes = padded(page, strlen(page));
  ld_markup m;
  ld_attribute a;
  ld_markup_init(&m, bytes, strlen(page), xml);
  while (ld_markup_next(&m) != LD_MARKUP_END) {
    ld_buffer_char(out, signs[m.kind]);
    if (m.kind == LD_MARKUP_OPEN || m.kind == LD_MARKUP_CLOSE) {
      ld_buffer_add(out, m.name, m.name_length);
      if (m.empty) ld_buffer_char(out, '/');
      while (ld_markup_attribute(&m, &a))
        ld_buffer_format(out, " %.*s=%.*s", (int)a.name_length, a.name,
                         (int)a.value_length, a.value);
    } else {
      ld_buffer_add(out, bytes + m.begin, m.end - m.begin);
    }
    ld_buffer_char(out, '|');
  }
  free(bytes);
}

static void check_pieces (const char *page, bool xml, const char *wanted) {
  ld_memory memory;
  ld_buffer out;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&out, &memory);
  spell(page, xml, &out);
  assert_string_equal(ld_buffer_text(&out), wanted);
  ld_buffer_free(&out);
}


static void test_tags (void **state) {
  (void)state;
  check_pieces("", false, "");
  check_pieces("The talks.", false, "TThe talks.|");
  check_pieces("<p>One<br>two</P >.", false, "Op|TOne|Obr|Ttwo|CP|T.|");
  check_pieces("<a href=\"x>y\" title='it\"s' data-n=1 hidden>z</a>", false,
               "Oa href=x>y title=it\"s data-n=1 hidden=|Tz|Ca|");
  check_pieces("<br/><img src=a.png/><hr />", false,
               "Obr/|Oimg/ src=a.png/|Ohr/|");
  check_pieces("<a b = 'c' d= e =f>", false, "Oa b=c d=e =f=|");
  check_pieces("<P\nClass\n=\nx\n>", false, "OP Class=x|");
  check_pieces("<a b=\"c\"d=\"e\">", false, "Oa b=c d=e|");
  check_pieces("<o:p>x</o:p><h1>", false, "Oo:p|Tx|Co:p|Oh1|");
  check_pieces("</p class=x>", false, "Cp|");
}


/* What is no tag is text; what is no text is markup. */
static void test_signs (void **state) {
  (void)state;
  check_pieces("a < b, 1<2, x <y", false, "Ta |T< b, 1|T<2, x |T<y|");
  check_pieces("<", false, "T<|");
  check_pieces("</", false, "T</|");
  check_pieces("</>x</ p>y", false, "?</>|Tx|?</ p>|Ty|");
  check_pieces("<新闻>", false, "T<新闻>|");
  check_pieces("<新闻>", true, "O新闻|");
  check_pieces("<!DOCTYPE html>\n<!-- a > b -->x<!>y<?php x?>", false,
               "?<!DOCTYPE html>|T\n|!<!-- a > b -->|Tx|?<!>|Ty|?<?php x?>|");
  check_pieces("<!-->a<!--->b<!----!>c<!--x--!>d-->", false,
               "!<!-->|Ta|!<!--->|Tb|!<!----!>|Tc|!<!--x--!>|Td-->|");
  check_pieces("<!--a--!>b<!--c-->d", false, "!<!--a--!>|Tb|!<!--c-->|Td|");
  check_pieces("<![if !IE]>x<![endif]>", false,
               "?<![if !IE]>|Tx|?<![endif]>|");
}


/* A page that was cut off, or forgets to close, keeps its text. */
static void test_unclosed (void **state) {
  (void)state;
  check_pieces("<p>One <b>two", false, "Op|TOne |Ob|Ttwo|");
  check_pieces("<p <b>x</b", false, "Op|Ob|Tx|T</b|");
  check_pieces("<p>x<a href=\"http://x.example/", false,
               "Op|Tx|T<a href=\"http://x.example/|");
  check_pieces("<a href=\"x>y</a> z", false, "Oa href=\"x|Ty|Ca|T z|");
  check_pieces("x<!-- y<p>z", false, "Tx|!<!--|T y|Op|Tz|");
  check_pieces("x<!-- y", false, "Tx|!<!--|T y|");
  check_pieces("<!x<!y", false, "?<!|Tx|?<!|Ty|");
  check_pieces("<title>x<p>y", false, "Otitle|Tx|Op|Ty|");
  check_pieces("<noscript>x<p>y", false, "Onoscript|Tx|Op|Ty|");
  check_pieces("<script>x<p>y", false, "Oscript|Lx<p>y|");
}


static void test_raw (void **state) {
  (void)state;
  check_pieces("<script>if (a<b) x=\"</p>\";</script>y", false,
               "Oscript|Lif (a<b) x=\"</p>\";|Cscript|Ty|");
  check_pieces("<SCRIPT>x</scripts></Script >y", false,
               "OSCRIPT|Lx</scripts>|CScript|Ty|");
  check_pieces("<title>A &amp; <b></title><style>p{}</style>", false,
               "Otitle|TA &amp; <b>|Ctitle|Ostyle|Lp{}|Cstyle|");
  check_pieces("<script></script><script src=x /></script>z", false,
               "Oscript|Cscript|Oscript/ src=x|Cscript|Tz|");
  check_pieces("<?xml version='1.0'?><title/><p>", false,
               "?<?xml version='1.0'?>|Otitle/|Op|");
  check_pieces("<noscript><img src=x></noscript>", false,
               "Onoscript|L<img src=x>|Cnoscript|");
}


static void test_xml (void **state) {
  (void)state;
  check_pieces("<w:p w:id=\"1\"><w:t xml:space='preserve'> x</w:t></w:p>",
               true, "Ow:p w:id=1|Ow:t xml:space=preserve|T x|Cw:t|Cw:p|");
  check_pieces("<a><![CDATA[x < y & z]]>b<![CDATA[]]></a>", true,
               "Oa|Lx < y & z|Tb|L|Ca|");
  check_pieces("<a><![CDATA[x", true, "Oa|?<![CDATA[|Tx|");
  check_pieces("<!DOCTYPE a [ <!ENTITY b \"c>\"> ]><a/>", true,
               "?<!DOCTYPE a [ <!ENTITY b \"c>\"> ]>|Oa/|");
  check_pieces("<script>x<b/></script>", true, "Oscript|Tx|Ob/|Cscript|");
  check_pieces("<?a > ?>x", true, "?<?a > ?>|Tx|");
  ld_markup m;
  ld_markup_init(&m, "<Title>", 7, true);
  ld_markup_next(&m);
  assert_false(ld_markup_is(&m, "title"));
  ld_markup_init(&m, "<Title>", 7, false);
  ld_markup_next(&m);
  assert_true(ld_markup_is(&m, "title"));
  assert_false(ld_markup_is(&m, "titl"));
  assert_false(ld_markup_is(&m, "titles"));
}


static void test_find (void **state) {
  (void)state;
  static const char page[] = "<a CLASS=x class=y href='z'>";
  ld_markup m;
  ld_attribute a;
  ld_markup_init(&m, page, sizeof page - 1, false);
  assert_false(ld_markup_find(&m, "class", &a));
  ld_markup_next(&m);
  assert_true(ld_markup_find(&m, "class", &a));
  assert_memory_equal(a.value, "x", 1);
  assert_true(ld_markup_attribute(&m, &a));
  assert_true(ld_attribute_is(&a, "class"));
  assert_true(ld_markup_find(&m, "href", &a));
  assert_int_equal(a.value_length, 1);
  assert_false(ld_markup_find(&m, "hre", &a));
  assert_true(ld_markup_attribute(&m, &a));     /* where it had stopped */
  assert_memory_equal(a.value, "y", 1);
}


/* ---------------------------------------------------------------- random */

/* Pieces follow each other, lie inside the page, and what lies between them
** is markup; attributes lie inside their tag. */
static void check_order (const char *bytes, size_t n, bool xml) {
  ld_markup m;
  ld_attribute a;
  size_t at = 0, pieces = 0;
  ld_markup_init(&m, bytes, n, xml);
  while (ld_markup_next(&m) != LD_MARKUP_END) {
    assert_true(m.begin >= at && m.end >= m.begin && m.end <= n);
    assert_true(m.end > m.begin || m.kind == LD_MARKUP_LITERAL);
    assert_true(m.begin == at || m.kind == LD_MARKUP_LITERAL ||
                !memcmp(bytes + at, "]]>", 3));
    at = m.end;
    assert_true(++pieces <= n);
    if (m.kind == LD_MARKUP_OPEN || m.kind == LD_MARKUP_CLOSE) {
      assert_true(m.name_length > 0 && m.name > bytes + m.begin);
      assert_true(m.name + m.name_length <= bytes + m.end);
    }
    while (ld_markup_attribute(&m, &a)) {
      assert_true(a.name >= m.name + m.name_length && a.name_length > 0);
      assert_true(a.value >= a.name + a.name_length);
      assert_true(a.value + a.value_length <= bytes + m.end);
    }
  }
  assert_true(at == n || !memcmp(bytes + at, "]]>", 3));
}


static void test_soup (void **state) {
  (void)state;
  static const char *const parts[] = {
    "<", ">", "</", "/>", "<p", "<p>", "</p>", "<a href=", "\"", "'", "=",
    " ", "x", "é", "<!--", "-->", "--!>", "<!", "<?", "?>", "<![CDATA[", "]]>",
    "<script>", "</script>", "<title>", "</title", "<textarea>", "&amp;", "&",
    "<style/>", "\xFF", "\n", "/", "-", "<noscript>", "<?xml?>", "[", "]>"
  };
  static char page[600];
  seed = 11;
  for (int round = 0; round < 40000; round++) {
    size_t n = 0, most = pick(sizeof page - 20);
    while (n < most) {
      const char *part = parts[pick(CHECK_COUNT(parts))];
      memcpy(page + n, part, strlen(part));
      n += strlen(part);
    }
    char *bytes = padded(page, n);
    check_order(bytes, n, round % 2);
    free(bytes);
  }
}


/* ------------------------------------------------------------- references */

static void check_reference (const char *text, bool value, size_t taken,
                             const char *wanted) {
  char out[4];
  int length = 0;
  size_t got = ld_reference(text, text + strlen(text), value, out, &length);
  if (got != taken) print_message("'%s' takes %zu\n", text, got);
  assert_int_equal(got, taken);
  if (!taken) return;
  assert_int_equal(length, strlen(wanted));
  assert_memory_equal(out, wanted, (size_t)length);
}


static void test_references (void **state) {
  (void)state;
  check_reference("&amp;", false, 5, "&");
  check_reference("&eacute;t", false, 8, "é");
  check_reference("&Eacute;", false, 8, "É");
  check_reference("&hellip;", false, 8, "…");
  check_reference("&thetasym;", false, 10, "ϑ");
  check_reference("&ccaron;", false, 8, "č");
  check_reference("&SHCHcy;", false, 8, "Щ");
  check_reference("&softcy;", false, 8, "ь");
  check_reference("&ZeroWidthSpace;", false, 16, "\xE2\x80\x8B");
  check_reference("&#233;", false, 6, "é");
  check_reference("&#xE9;", false, 6, "é");
  check_reference("&#X4e2d;", false, 8, "中");
  check_reference("&#128;", false, 6, "€");
  check_reference("&#146;", false, 6, "’");
  check_reference("&#x97;", false, 6, "—");
  check_reference("&#129;", false, 6, "\xC2\x81");
  check_reference("&#0;", false, 4, "\xEF\xBF\xBD");
  check_reference("&#xD800;", false, 8, "\xEF\xBF\xBD");
  check_reference("&#x110000;", false, 10, "\xEF\xBF\xBD");
  check_reference("&#99999999999999999999;", false, 23, "\xEF\xBF\xBD");
  check_reference("&#x10FFFF;", false, 10, "\xF4\x8F\xBF\xBF");
  /* without a semicolon */
  check_reference("&amp", false, 4, "&");
  check_reference("&ampere", false, 4, "&");
  check_reference("&notit;", false, 4, "¬");
  check_reference("&notin;", false, 7, "∉");
  check_reference("&#233x", false, 5, "é");
  check_reference("&hellip ", false, 0, "");
  check_reference("&copy=1", false, 5, "©");
  check_reference("&copy=1", true, 0, "");
  check_reference("&copyright", true, 0, "");
  check_reference("&copy;right", true, 6, "©");
  check_reference("&copy\"", true, 5, "©");
  /* none */
  check_reference("&", false, 0, "");
  check_reference("& ", false, 0, "");
  check_reference("&;", false, 0, "");
  check_reference("&#", false, 0, "");
  check_reference("&#;", false, 0, "");
  check_reference("&#x;", false, 0, "");
  check_reference("&nosuch;", false, 0, "");
  check_reference("&averyveryverylongnamethatnothinghas;", false, 0, "");
}


static void test_decode (void **state) {
  (void)state;
  char out[12];
  assert_int_equal(ld_markup_decode("a&amp;b?c&d=1", 13, out, sizeof out, true), 9);
  assert_string_equal(out, "a&b?c&d=1");
  assert_int_equal(ld_markup_decode("&eacute;", 8, out, 2, true), 0);
  assert_string_equal(out, "");
  assert_int_equal(ld_markup_decode("x&eacute;y", 10, out, 4, true), 3);
  assert_string_equal(out, "xé");
  assert_int_equal(ld_markup_decode("", 0, out, 1, true), 0);
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_tags),
  cmocka_unit_test(test_signs),
  cmocka_unit_test(test_unclosed),
  cmocka_unit_test(test_raw),
  cmocka_unit_test(test_xml),
  cmocka_unit_test(test_find),
  cmocka_unit_test(test_soup),
  cmocka_unit_test(test_references),
  cmocka_unit_test(test_decode)
};

int main (void) { return CHECK_ALL(tests); }
