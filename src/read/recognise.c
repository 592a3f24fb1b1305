/*
** recognise.c - what a file is.
**
** First the bytes as they lie: kinds of files that are no text. Then the decoded
** text: its name decides where it says something; else its beginning does. What
** this version cannot read is refused with the way to make it readable.
*/
#include <string.h>
#include <strings.h>

#include "read/read.h"

enum { SNIFF = 16384 };

static bool ends_with (const char *name, const char *ending) {
  size_t n = strlen(name), m = strlen(ending);
  return n > m && strcasecmp(name + n - m, ending) == 0;
}

static bool begins_with (const char *bytes, size_t n, const char *magic,
                         size_t m) {
  return n >= m && memcmp(bytes, magic, m) == 0;
}

/* Files of other kinds that people have lying beside their texts. */
static const char *foreign (const char *bytes, size_t n) {
  static const struct { const char *magic; size_t n; const char *reason; }
  kinds[] = {
    { "Rar!", 4, "is a RAR archive, which is not read; unpack it with: unrar "
                 "x FILE" },
    { "{\\rtf", 5, "is RTF, which is not read; save it as docx or as text" },
    { "\x89PNG", 4, "is a picture" },
    { "\xFF\xD8\xFF", 3, "is a picture" },
    { "\xD0\xCF\x11\xE0", 4, "is an office document of the old kind (.doc "
                             ".xls .ppt) or one with a password; save it as "
                             "docx without a password, or as text" },
    { "\x7F" "ELF", 4, "is a program" }
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (begins_with(bytes, n, kinds[i].magic, kinds[i].n))
      return kinds[i].reason;
  return NULL;
}

/* What holds other files, or is compressed. */
static bool is_archive (const char *name, const char *bytes, size_t n) {
  static const struct { const char *magic; size_t n; } kinds[] = {
    { "PK\3\4", 4 }, { "PK\5\6", 4 }, { "7z\xBC\xAF\x27\x1C", 6 },
    { "\x1F\x8B\x08", 3 }, { "\xFD" "7zXZ", 6 }, { "\x28\xB5\x2F\xFD", 4 },
    { "\x04\x22\x4D\x18", 4 }, { "WARC/", 5 }
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (begins_with(bytes, n, kinds[i].magic, kinds[i].n)) return true;
  if (begins_with(bytes, n, "BZh", 3) && n > 10)     /* pi, or its root */
    return !memcmp(bytes + 4, "1AY&SY", 6) ||
           !memcmp(bytes + 4, "\x17\x72\x45\x38\x50\x90", 6);
  return n >= 512 && (ends_with(name, ".tar") ||
                      memcmp(bytes + 257, "ustar", 5) == 0);
}

/* How many of so many bytes are controls that texts do not have: all but \b \t
** \n \v \f \r and escape. A sum that compilers make of many bytes at once. */
static unsigned count_odd (const unsigned char *bytes, size_t n) {
  unsigned char odd = 0;
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = bytes[i];
    odd += (unsigned char)(((c < ' ') & ((unsigned char)(c - '\b') > 5) &
                            (c != 0x1B)) | (c == 0x7F));
  }
  return odd;
}

const char *ld_recognise_binary (const char *bytes, size_t n) {
  enum { STEP = 64 };
  const unsigned char *p = (const unsigned char *)bytes;
  size_t odd = 0, i = 0;
  if (n > SNIFF) n = SNIFF;
  for (; n - i >= STEP; i += STEP) odd += count_odd(p + i, STEP);
  odd += count_odd(p + i, n - i);
  return odd * 50 <= n ? NULL
         : "is not text: it holds control bytes; if it is text in another form, "
           "save it as UTF-8 text";
}

/* A word at p, in whatever case. */
static bool at (const char *p, const char *end, const char *word) {
  size_t n = strlen(word);
  return (size_t)(end - p) >= n && strncasecmp(p, word, n) == 0;
}

/* Begins as a page does, past comments and the declaration of XML. */
static bool begins_page (const char *p, const char *end) {
  if (at(p, end, "\xEF\xBB\xBF")) p += 3;
  for (p = ld_skip_space(p, end); p < end; p = ld_skip_space(p, end)) {
    bool comment = at(p, end, "<!--"), xml = at(p, end, "<?xml");
    const char *close = comment ? memmem(p, (size_t)(end - p), "-->", 3)
                        : xml ? memmem(p, (size_t)(end - p), "?>", 2) : NULL;
    if (!close) break;
    p = close + (comment ? 3 : 2);
  }
  return at(p, end, "<!doctype html") || at(p, end, "<html") ||
         at(p, end, "<head>") || at(p, end, "<body");
}

/* Tags of a page's blocks: what is quoted in a text has few of them. */
static size_t block_tags (const char *p, const char *end) {
  static const char *const tags[] = { "p>", "p ", "/p>", "div", "/div>", "br",
                                      "li>", "/li>", "td", "/td>", "tr", "h1",
                                      "h2", "h3", "table", "ul>", "/ul>" };
  size_t count = 0;
  for (; p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++)
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
      if (at(p + 1, end, tags[i])) { count++; break; }
  return count;
}

/* A page by its name or its beginning; or part of one, by tags in numbers that
** text and Markdown do not have. */
bool ld_recognise_page (const char *name, const char *p, size_t n) {
  const char *end = p + (n < SNIFF ? n : SNIFF);
  if (ends_with(name, ".html") || ends_with(name, ".htm") ||
      ends_with(name, ".xhtml") || ends_with(name, ".xht") ||
      ends_with(name, ".shtml") || begins_page(p, end))
    return true;
  if (ends_with(name, ".md") || ends_with(name, ".markdown")) return false;
  size_t tags = block_tags(p, end);
  return tags >= 4 && tags * 400 >= (size_t)(end - p);
}

/* How often 'sign' stands there with 'next' after it. */
static size_t pairs (const char *p, const char *end, char sign, char next) {
  size_t count = 0;
  for (; (p = memchr(p, sign, (size_t)(end - p))) != NULL; p++)
    count += p + 1 < end && p[1] == next;
  return count;
}

/* Lines that begin with one to three '#' and a space. */
static size_t headings (const char *begin, const char *end) {
  size_t count = 0;
  for (const char *p = begin; (p = memchr(p, '#', (size_t)(end - p)));) {
    const char *from = p;
    while (p < end && *p == '#') p++;
    count += (from == begin || from[-1] == '\n') && p - from <= 3 &&
             p < end && *p == ' ';
  }
  return count;
}

/* Links, headings and strong words in numbers that plain text does not have. */
static bool is_markdown (const char *p, size_t n) {
  const char *end = p + (n < SNIFF ? n : SNIFF);
  size_t links = pairs(p, end, ']', '('), heads = headings(p, end);
  size_t strong = pairs(p, end, '*', '*');
  return links >= 2 || (heads >= 1 && links + heads + strong >= 2);
}

/* JSON is known by its name alone: its braces may begin any text. */
static enum ld_format by_name (const char *name) {
  if (ends_with(name, ".jsonl") || ends_with(name, ".ndjson")) return LD_JSONL;
  if (ends_with(name, ".json")) return LD_JSON;
  if (ends_with(name, ".md") || ends_with(name, ".markdown"))
    return LD_MARKDOWN;
  return LD_TEXT;
}

enum ld_format ld_recognise_bytes (const char *name, const char *bytes,
                                   size_t n, const char **reason) {
  *reason = n == 0 ? "is empty" : foreign(bytes, n);
  if (*reason) return LD_REFUSED;
  if (is_archive(name, bytes, n)) return LD_ARCHIVE;
  if (begins_with(bytes, n, "%PDF", 4)) return LD_PDF;
  return by_name(name);
}

enum ld_format ld_recognise (const char *name, const char *bytes, size_t n,
                             const char **reason) {
  *reason = ld_recognise_binary(bytes, n);
  if (*reason) return LD_REFUSED;
  if (ld_is_blank(bytes, n)) *reason = "holds nothing but white space";
  if (*reason) return LD_REFUSED;
  enum ld_format format = by_name(name);
  if (format == LD_JSON || format == LD_JSONL) return format;
  if (ld_recognise_page(name, bytes, n)) return LD_HTML;
  return format == LD_TEXT && is_markdown(bytes, n) ? LD_MARKDOWN : format;
}
