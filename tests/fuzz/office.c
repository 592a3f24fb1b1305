/*
** office.c - docx, odt and epub, by the option. The input is their parts, a line
** "====" between one and the next; they are put into a zip as they are, so that
** the fuzzer sees what it changes.
*/
#include "fuzz.h"

enum { PARTS = 6 };

/* The first is what tells the kind of the zip, whatever the input. */
static const struct { const char *name, *first, *bytes, *parts[PARTS]; }
kinds[] = {
  { "a.docx", "_rels/.rels",
    "<Relationships><Relationship Id='r1' Type='http://x/officeDocument' "
    "Target='word/document.xml'/></Relationships>",
    { "word/document.xml", "word/styles.xml", "word/footnotes.xml",
      "word/endnotes.xml", "docProps/core.xml" } },
  { "a.odt", "mimetype", "application/vnd.oasis.opendocument.text",
    { "content.xml", "meta.xml", "styles.xml" } },
  { "a.epub", "META-INF/container.xml",
    "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles>"
    "</container>", { "c.opf", "a.xhtml", "b.xhtml" } }
};
enum { KINDS = sizeof kinds / sizeof *kinds };


/* --------------------------------------------------------------------- zip */

/* A zip in the making: members, then their directory. */
typedef struct zip {
  ld_buffer members, directory;
  uint16_t count;
} zip;

static void add_number (ld_buffer *out, uint32_t number, int bytes) {
  for (; bytes > 0; bytes--, number >>= 8)
    ld_buffer_char(out, (char)(number & 255));
}

static uint32_t crc_of (const char *bytes, size_t n) {
  uint32_t crc = UINT32_MAX;
  for (size_t i = 0; i < n; i++) {
    crc ^= (unsigned char)bytes[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

/* What a member's header and its line in the directory have in common. */
static void add_facts (ld_buffer *out, const char *name, uint32_t crc,
                       size_t n) {
  add_number(out, 20, 2);                 /* version, flags, stored, time */
  add_number(out, 0, 4);
  add_number(out, 0x00210000, 4);
  add_number(out, crc, 4);
  add_number(out, (uint32_t)n, 4);
  add_number(out, (uint32_t)n, 4);
  add_number(out, (uint32_t)strlen(name), 2);
}

static void add_member (zip *z, const char *name, const char *bytes,
                        size_t n) {
  const uint32_t at = (uint32_t)z->members.used, crc = crc_of(bytes, n);
  ld_buffer_add(&z->members, "PK\3\4", 4);
  add_facts(&z->members, name, crc, n);
  add_number(&z->members, 0, 2);
  ld_buffer_puts(&z->members, name);
  ld_buffer_add(&z->members, bytes, n);
  ld_buffer_add(&z->directory, "PK\1\2", 4);
  add_number(&z->directory, 20, 2);
  add_facts(&z->directory, name, crc, n);
  for (int i = 0; i < 3; i++) add_number(&z->directory, 0, 4);
  add_number(&z->directory, at, 4);
  ld_buffer_puts(&z->directory, name);
  z->count++;
}

static void end_zip (zip *z) {
  const size_t at = z->members.used, n = z->directory.used;
  ld_buffer_add(&z->members, z->directory.bytes, n);
  ld_buffer_add(&z->members, "PK\5\6", 4);
  add_number(&z->members, 0, 4);
  add_number(&z->members, z->count, 2);
  add_number(&z->members, z->count, 2);
  add_number(&z->members, (uint32_t)n, 4);
  add_number(&z->members, (uint32_t)at, 4);
  add_number(&z->members, 0, 2);
}


/* ------------------------------------------------------------------- whole */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  static const char line[] = "\n====\n";
  const unsigned kind = fuzz_option(data, &size) % KINDS;
  const char *p = (const char *)data, *end = p + size;
  ld_memory memory;
  zip z = { .count = 0 };
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&z.members, &memory);
  ld_buffer_init(&z.directory, &memory);
  add_member(&z, kinds[kind].first, kinds[kind].bytes,
             strlen(kinds[kind].bytes));
  for (int i = 0; i < PARTS && kinds[kind].parts[i] && p; i++) {
    const char *stop = size ? memmem(p, (size_t)(end - p), line,
                                     sizeof line - 1) : NULL;
    add_member(&z, kinds[kind].parts[i], p, (size_t)((stop ? stop : end) - p));
    p = stop ? stop + sizeof line - 1 : NULL;
  }
  end_zip(&z);
  fuzz_any(kinds[kind].name, (const uint8_t *)z.members.bytes, z.members.used);
  ld_buffer_free(&z.directory);
  ld_buffer_free(&z.members);
  return 0;
}
