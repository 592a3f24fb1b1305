/*
** styles.c - what the names of styles tell of paragraphs.
**
** Word writes the names of its own styles in English whatever language it
** speaks ("heading 1"), as does LibreOffice ("Heading_20_1"); so they are the
** same words once case and spaces are gone.
*/
#include <string.h>

#include "read/office/office.h"

/* The name in small letters, without spaces, "_20_" and hyphens. */
static size_t tidy (const char *name, size_t n, char *out, size_t size) {
  size_t used = 0;
  for (size_t i = 0; i < n && used < size - 1; i++) {
    if (n - i >= 4 && memcmp(name + i, "_20_", 4) == 0) { i += 3; continue; }
    char c = name[i];
    if (c == ' ' || c == '-' || c == '_') continue;
    out[used++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
  }
  out[used] = '\0';
  return used;
}

ld_style ld_style_named (const char *name, size_t n) {
  static const struct {
    const char *begin;
    enum ld_block_kind kind;
    unsigned level;           /* where the name has no number */
    bool whole, title;
  } known[] = {
    { "heading", LD_HEADING, 1, false, false },
    { "title", LD_HEADING, 1, true, true },
    { "subtitle", LD_HEADING, 2, true, false },
    { "caption", LD_CAPTION, 0, false, false },
    { "illustration", LD_CAPTION, 0, true, false },
    { "figure", LD_CAPTION, 0, true, false },
    { "list", LD_ITEM, 1, false, false },
    { "toc", LD_BOILERPLATE, 0, false, false },
    { "tableofcontents", LD_BOILERPLATE, 0, false, false },
    { "contents", LD_BOILERPLATE, 0, false, false },
    { "footnote", LD_BOILERPLATE, 0, false, false },
    { "endnote", LD_BOILERPLATE, 0, false, false },
    { "header", LD_HEADER, 0, true, false },
    { "footer", LD_FOOTER, 0, true, false }
  };
  char tidied[64] = "";
  ld_style none = { LD_PARAGRAPH, 0, false };
  size_t length = tidy(name, n, tidied, sizeof tidied);
  /* such a paragraph need not be an item: Word gives it whatever is indented */
  if (strcmp(tidied, "listparagraph") == 0) return none;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    size_t k = strlen(known[i].begin);
    if (length < k || memcmp(tidied, known[i].begin, k) != 0 ||
        (known[i].whole && length > k))
      continue;
    ld_style style = { known[i].kind, known[i].level, known[i].title };
    char last = tidied[length - 1];
    if (style.level && last >= '1' && last <= '9')
      style.level = (unsigned)(last - '0');
    return style;
  }
  return none;
}
