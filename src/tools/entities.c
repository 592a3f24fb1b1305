/*
** entities.c - writes the table of named character references, sorted by name:
** those of HTML 4 out of libxml2, and of the further ones of HTML 5 what texts
** have: punctuation, Latin letters with a mark (their names follow from how ICU
** takes them apart), Cyrillic letters.
**
** usage: entities FILE
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <unicode/unorm2.h>

enum { MOST = 1000, NAME = 16 };

/* 'legacy': also known without a semicolon. */
static struct entity { char name[NAME]; unsigned cp, legacy; } table[MOST];
static int count;

static void add (const char *name, unsigned cp, unsigned legacy) {
  for (int i = 0; i < count; i++)
    if (strcmp(table[i].name, name) == 0) return;
  if (count == MOST || strlen(name) >= NAME) {
    fprintf(stderr, "entities: no room for %s\n", name);
    exit(1);
  }
  strcpy(table[count].name, name);
  table[count].cp = cp;
  table[count++].legacy = legacy;
}

/* HTML 4: the names of Latin-1 and of markup's own signs need no semicolon. */
static void add_html4 (void) {
  for (unsigned cp = 1; cp < 0x10000; cp++) {
    const htmlEntityDesc *known = htmlEntityValueLookup(cp);
    if (known) add(known->name, cp, cp < 0x100 && cp != '\'');
  }
}

static void add_others (void) {
  static const struct entity others[] = {
    { "AMP", '&', 1 }, { "LT", '<', 1 }, { "GT", '>', 1 }, { "QUOT", '"', 1 },
    { "COPY", 0xA9, 1 }, { "REG", 0xAE, 1 }, { "TRADE", 0x2122, 0 },
    { "lang", 0x27E8, 0 }, { "rang", 0x27E9, 0 },   /* not as in HTML 4 */
    { "Tab", '\t', 0 }, { "NewLine", '\n', 0 }, { "excl", '!', 0 },
    { "num", '#', 0 }, { "dollar", '$', 0 }, { "percnt", '%', 0 },
    { "lpar", '(', 0 }, { "rpar", ')', 0 }, { "ast", '*', 0 },
    { "plus", '+', 0 }, { "comma", ',', 0 }, { "period", '.', 0 },
    { "sol", '/', 0 }, { "colon", ':', 0 }, { "semi", ';', 0 },
    { "equals", '=', 0 }, { "quest", '?', 0 }, { "commat", '@', 0 },
    { "lsqb", '[', 0 }, { "lbrack", '[', 0 }, { "bsol", '\\', 0 },
    { "rsqb", ']', 0 }, { "rbrack", ']', 0 }, { "Hat", '^', 0 },
    { "lowbar", '_', 0 }, { "grave", '`', 0 }, { "lcub", '{', 0 },
    { "lbrace", '{', 0 }, { "verbar", '|', 0 }, { "vert", '|', 0 },
    { "rcub", '}', 0 }, { "rbrace", '}', 0 }, { "half", 0xBD, 0 },
    { "hyphen", 0x2010, 0 }, { "dash", 0x2010, 0 }, { "horbar", 0x2015, 0 },
    { "lsquor", 0x201A, 0 }, { "ldquor", 0x201E, 0 }, { "rsquor", 0x2019, 0 },
    { "rdquor", 0x201D, 0 }, { "nldr", 0x2025, 0 }, { "mldr", 0x2026, 0 },
    { "numero", 0x2116, 0 }, { "phone", 0x260E, 0 }, { "star", 0x2606, 0 },
    { "starf", 0x2605, 0 }, { "check", 0x2713, 0 }, { "cross", 0x2717, 0 },
    { "square", 0x25A1, 0 }, { "squf", 0x25AA, 0 }, { "cir", 0x25CB, 0 },
    { "ZeroWidthSpace", 0x200B, 0 }, { "NoBreak", 0x2060, 0 },
    { "puncsp", 0x2008, 0 }, { "numsp", 0x2007, 0 }, { "hairsp", 0x200A, 0 },
    { "Dstrok", 0x110, 0 }, { "dstrok", 0x111, 0 }, { "Hstrok", 0x126, 0 },
    { "hstrok", 0x127, 0 }, { "inodot", 0x131, 0 }, { "imath", 0x131, 0 },
    { "IJlig", 0x132, 0 }, { "ijlig", 0x133, 0 }, { "kgreen", 0x138, 0 },
    { "Lmidot", 0x13F, 0 }, { "lmidot", 0x140, 0 }, { "Lstrok", 0x141, 0 },
    { "lstrok", 0x142, 0 }, { "napos", 0x149, 0 }, { "ENG", 0x14A, 0 },
    { "eng", 0x14B, 0 }, { "Tstrok", 0x166, 0 }, { "tstrok", 0x167, 0 }
  };
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    add(others[i].name, others[i].cp, others[i].legacy);
}

/* A letter and its mark: "Ccaron". */
static void add_marked (void) {
  static const struct { unsigned mark; const char *name; } marks[] = {
    { 0x300, "grave" }, { 0x301, "acute" }, { 0x302, "circ" },
    { 0x303, "tilde" }, { 0x304, "macr" }, { 0x306, "breve" },
    { 0x307, "dot" }, { 0x308, "uml" }, { 0x30A, "ring" }, { 0x30B, "dblac" },
    { 0x30C, "caron" }, { 0x327, "cedil" }, { 0x328, "ogon" }
  };
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
  for (unsigned cp = 0x100; U_SUCCESS(status) && cp < 0x180; cp++) {
    UChar parts[4];
    char name[NAME];
    int32_t n = unorm2_getDecomposition(nfd, (UChar32)cp, parts, 4, &status);
    for (size_t i = 0; n == 2 && i < sizeof marks / sizeof *marks; i++)
      if (marks[i].mark == parts[1]) {
        snprintf(name, sizeof name, "%c%s", (char)parts[0], marks[i].name);
        add(name, cp, 0);
      }
  }
}

/* "Acy", "zhcy": the alphabet from U+0410 and from U+0430. */
static void add_cyrillic (void) {
  static const char *const letters[] = {
    "A", "B", "V", "G", "D", "IE", "ZH", "Z", "I", "J", "K", "L", "M", "N",
    "O", "P", "R", "S", "T", "U", "F", "KH", "TS", "CH", "SH", "SHCH", "HARD",
    "Y", "SOFT", "E", "YU", "YA"
  };
  for (unsigned i = 0; i < 32; i++) {
    char name[NAME];
    snprintf(name, sizeof name, "%scy", letters[i]);
    add(name, 0x410 + i, 0);
    for (char *p = name; *p; p++) *p |= 0x20;
    add(name, 0x430 + i, 0);
  }
  add("IOcy", 0x401, 0);
  add("iocy", 0x451, 0);
}

static int by_name (const void *a, const void *b) {
  return strcmp(((const struct entity *)a)->name,
                ((const struct entity *)b)->name);
}

int main (int argc, char **argv) {
  FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
  if (!out) { fputs("entities: cannot write its file\n", stderr); return 1; }
  add_others();
  add_html4();
  add_marked();
  add_cyrillic();
  qsort(table, (size_t)count, sizeof *table, by_name);
  fputs("/* Made by src/tools/entities.c from libxml2 and ICU: do not edit. */\n",
        out);
  for (int i = 0; i < count; i++)
    fprintf(out, "{ \"%s\", 0x%04X, %u },\n", table[i].name, table[i].cp,
            table[i].legacy);
  return fclose(out) ? 1 : 0;
}
