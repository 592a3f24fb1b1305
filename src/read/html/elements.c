/*
** elements.c - the elements of HTML, their attributes, and what the words of
** classes and ids say of them. The words are lists of reading.txt.
*/
#include <string.h>
#include <strings.h>

#include "read/html/html.h"

enum {
  BLOCK = LD_EL_IS_BLOCK, VOID = LD_EL_IS_VOID, DROP = LD_EL_IS_DROP,
  TITLE = LD_EL_IS_TITLE, LIST = LD_EL_IS_LIST, SCOPE = LD_EL_IS_SCOPE,
  FORMAT = LD_EL_IS_FORMAT
};

static const struct { char name[12]; uint8_t traits; } elements[] = {
#define X(id, name, traits) { name, traits },
  LD_ELEMENTS(X)
#undef X
};
enum { COUNT = sizeof elements / sizeof *elements };

/* Eight bytes as a number, in the order of strings. */
static uint64_t number_of (const char *p) {
  uint64_t number;
  memcpy(&number, p, sizeof number);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  number = __builtin_bswap64(number);
#endif
  return number;
}

enum ld_element ld_html_element (const char *name, size_t n) {
  char small[12] = "";
  if (n < sizeof small) {
    for (size_t i = 0; i < n; i++) small[i] = (char)(name[i] | 0x20);
    uint64_t number = number_of(small);
    size_t low = 0, high = COUNT;
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      uint64_t other = number_of(elements[middle].name);
      int order = other == number ? memcmp(elements[middle].name + 8, small + 8,
                                           sizeof small - 8)
                                  : other < number ? -1 : 1;
      if (order == 0) return (enum ld_element)middle;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
  }
  return memchr(name, '-', n) ? LD_EL_CUSTOM : LD_EL_OTHER;
}

unsigned ld_html_traits (enum ld_element element) {
  return (size_t)element < COUNT ? elements[element].traits : 0;
}


/* ------------------------------------------------------------- attributes */

static bool says (const ld_attribute *a, const char *what) {
  size_t n = strlen(what);
  for (size_t i = 0; i + n <= a->value_length; i++)
    if (strncasecmp(a->value + i, what, n) == 0) return true;
  return false;
}

/* style="display: none", or visibility. */
static bool is_hidden_style (const ld_attribute *style) {
  return says(style, "display:none") || says(style, "display: none") ||
         says(style, "visibility:hidden") || says(style, "visibility: hidden");
}

void ld_html_attributes_read (ld_markup *m, ld_html_attributes *out) {
  static const struct { const char *name; size_t at; } wanted[] = {
    { "class", offsetof(ld_html_attributes, class_) },
    { "href", offsetof(ld_html_attributes, href) },
    { "id", offsetof(ld_html_attributes, id) },
    { "style", offsetof(ld_html_attributes, style) },
    { "role", offsetof(ld_html_attributes, role) },
    { "itemprop", offsetof(ld_html_attributes, itemprop) },
    { "datetime", offsetof(ld_html_attributes, datetime) },
    { "content", offsetof(ld_html_attributes, content) },
    { "lang", offsetof(ld_html_attributes, lang) },
    { "xml:lang", offsetof(ld_html_attributes, lang) },
    { "rel", offsetof(ld_html_attributes, rel) },
    { "type", offsetof(ld_html_attributes, type) }
  };
  ld_attribute a;
  memset(out, 0, sizeof *out);
  while (ld_markup_attribute(m, &a)) {
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
      if ((*a.name | 0x20) == *wanted[i].name &&
          ld_attribute_is(&a, wanted[i].name)) {
        ld_attribute *place =
            (ld_attribute *)(void *)((char *)out + wanted[i].at);
        if (!place->name) *place = a;
      }
    out->hidden |= ld_attribute_is(&a, "hidden");
    out->open |= ld_attribute_is(&a, "open");
    out->pubdate |= ld_attribute_is(&a, "pubdate");
    out->xmlns |= ld_attribute_is(&a, "xmlns");
  }
  out->hidden |= is_hidden_style(&out->style);
}


/* ------------------------------------------------------------ class words */

/* "c-articleBody__text" as "c article body text", lower case. */
static size_t separate (const char *p, const char *end, char *out,
                        size_t size) {
  size_t n = 0;
  for (const char *q = p; q < end && n + 2 < size; q++) {
    bool capital = *q >= 'A' && *q <= 'Z';
    bool plain = capital || (*q >= 'a' && *q <= 'z') ||
                 (*q >= '0' && *q <= '9') || (unsigned char)*q >= 0x80;
    if (capital && q > p && q[-1] >= 'a' && q[-1] <= 'z') out[n++] = ' ';
    if (plain) out[n++] = capital ? (char)(*q | 0x20) : *q;
    else if (n && out[n - 1] != ' ') out[n++] = ' ';
  }
  while (n && out[n - 1] == ' ') n--;
  return n;
}

/* One class or id. "has-sidebar" says that there is one elsewhere. */
static unsigned one_word (const char *p, const char *end) {
  static const uint64_t lists = (uint64_t)1 << LD_PAGE_SIDE |
                                (uint64_t)1 << LD_PAGE_BODY |
                                (uint64_t)1 << LD_PAGE_CAPTION;
  static const struct { enum ld_list list; unsigned says; } parts[] = {
    { LD_PAGE_SIDE, LD_SAYS_SIDE }, { LD_PAGE_BODY, LD_SAYS_BODY },
    { LD_PAGE_CAPTION, LD_SAYS_CAPTION }
  };
  char words[80];
  size_t n = separate(p, end, words, sizeof words);
  unsigned result = 0;
  if (n < 2 || ld_lexicon_prefix(LD_PAGE_MODIFIER, words, n)) return 0;
  uint64_t whole = ld_lexicon_lists(words, n);
  if (whole >> LD_PAGE_HEADER & 1) result |= LD_SAYS_HEADER;
  if (whole >> LD_PAGE_HIDDEN & 1) result |= LD_SAYS_HIDDEN;
  for (const char *word = words, *stop = words + n; word < stop; word++) {
    size_t left = (size_t)(stop - word);
    uint64_t first = ld_lexicon_first(word, left) & lists;
    for (size_t i = 0; first && i < sizeof parts / sizeof *parts; i++)
      if (first >> parts[i].list & 1 &&
          ld_lexicon_prefix(parts[i].list, word, left))
        result |= parts[i].says;
    while (word < stop && *word != ' ') word++;
  }
  return result & LD_SAYS_SIDE ? result & ~(unsigned)LD_SAYS_BODY : result;
}

/* What any word says. Where one names the body of an article, others that
** name furniture speak of what is in it. */
unsigned ld_html_words (const char *bytes, size_t n) {
  const char *p = bytes, *end = bytes + n;
  unsigned result = 0;
  for (int words = 0; p < end && words < 24; words++) {
    p = ld_skip_space(p, end);
    const char *stop = p;
    while (stop < end && (unsigned char)*stop > ' ') stop++;
    if (stop == p) { p++; continue; }
    result |= one_word(p, stop);
    p = stop;
  }
  return result & LD_SAYS_BODY ? result & ~(unsigned)LD_SAYS_SIDE : result;
}
