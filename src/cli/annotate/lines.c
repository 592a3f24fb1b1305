/*
** lines.c - records as lines of JSON, put together piece by piece in one buffer: no
** span passes through printf.
*/
#include <stdio.h>
#include <string.h>

#include "cli/annotate/annotate.h"

/* A string is taken in pieces, each of which fits at its longest. */
enum { PIECE = 1 << 14, WIDEST = 6 };

void ld_lines_flush (ld_lines *w) {
  if (w->used > 0 && !w->failed && w->write(w->data, w->bytes, w->used) != 0)
    w->failed = true;
  w->used = 0;
}

/* Room for n bytes, n at most that of the buffer. */
static inline char *make_room (ld_lines *w, size_t n) {
  if (sizeof w->bytes - w->used < n) ld_lines_flush(w);
  return w->bytes + w->used;
}

void ld_lines_long (ld_lines *w, const char *bytes, size_t n) {
  while (n > 0) {
    const size_t part = n > PIECE ? PIECE : n;
    memcpy(make_room(w, part), bytes, part);
    w->used += part;
    bytes += part;
    n -= part;
  }
}

void ld_lines_number (ld_lines *w, size_t number) {
  char digits[24], *p = digits + sizeof digits;
  do *--p = (char)('0' + number % 10); while ((number /= 10) > 0);
  ld_lines_add(w, p, (size_t)(digits + sizeof digits - p));
}

/* How many bytes the UTF-8 sequence at p has; 0 when it is none. */
static size_t sequence (const unsigned char *p, const unsigned char *end) {
  size_t n = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3
             : p[0] < 0xF5 ? 4 : 0, i;
  if (n == 0 || (size_t)(end - p) < n) return 0;
  for (i = 1; i < n; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
      (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
    return 0;
  return n;
}

/* A byte that JSON wants escaped, as \n or as \u001f. */
static char *add_escape (char *to, unsigned c) {
  static const char digits[] = "0123456789abcdef";
  const char *letter = strchr("\"\"\\\\\nn\tt\rr\bb\ff", (int)c);
  *to++ = '\\';
  if (c != 0 && letter != NULL) {
    *to++ = letter[1];
    return to;
  }
  memcpy(to, "u00", 3);
  to[3] = digits[c >> 4];
  to[4] = digits[c & 15];
  return to + 5;
}

static inline bool plain (unsigned char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/*
** What stands for one character that is not plain; moves '*from' over it.
** Control characters are escaped, those of C1 too; a byte that is no UTF-8
** (of a file's name: texts are clean) becomes U+FFFD.
*/
static char *add_special (char *to, const unsigned char **from,
                          const unsigned char *end) {
  const unsigned char *p = *from;
  size_t n;
  if (*p < 0x80) {
    *from = p + 1;
    return add_escape(to, *p);
  }
  n = sequence(p, end);
  *from = p + (n ? n : 1);
  if (n == 0) {
    memcpy(to, "\xEF\xBF\xBD", 3);
    return to + 3;
  }
  if (p[0] == 0xC2 && p[1] < 0xA0) return add_escape(to, p[1]);
  memcpy(to, p, n);
  return to + n;
}

char *ld_json_character (char *to, const unsigned char **from,
                         const unsigned char *end) {
  if (!plain(**from)) return add_special(to, from, end);
  *to = (char)*(*from)++;
  return to + 1;
}

static void add_json (ld_lines *w, const char *bytes, size_t n) {
  const unsigned char *p = (const unsigned char *)bytes, *end = p + n;
  ld_lines_add(w, "\"", 1);
  while (p < end) {
    const unsigned char *stop = end - p > PIECE ? p + PIECE : end;
    char *to = make_room(w, (PIECE + (size_t)4) * WIDEST);
    while (p < stop) {
      if (plain(*p)) *to++ = (char)*p++;
      else to = add_special(to, &p, end);
    }
    w->used = (size_t)(to - w->bytes);
  }
  ld_lines_add(w, "\"", 1);
}

void ld_lines_string (ld_lines *w, const char *string) {
  add_json(w, string, strlen(string));
}

void ld_lines_field (ld_lines *w, const char *name, const char *value,
                     size_t n) {
  ld_lines_add(w, ",", 1);
  ld_lines_string(w, name);
  ld_lines_add(w, ":", 1);
  add_json(w, value, n);
}


/* ----------------------------------------------------------------------
** Records
*/

/* What every record starts with. */
static void add_head (ld_lines *w, const lesdiplo_doc *doc, const char *layer,
                      size_t start, size_t end) {
  LD_LINES_ADD(w, "{\"doc\":");
  ld_lines_string(w, lesdiplo_doc_id(doc));
  LD_LINES_ADD(w, ",\"layer\":");
  ld_lines_string(w, layer);
  LD_LINES_ADD(w, ",\"start\":");
  ld_lines_number(w, start);
  LD_LINES_ADD(w, ",\"end\":");
  ld_lines_number(w, end);
}

/* Every document's fields, in the order they are printed. */
static const char *const known[] = {
  "path", "title", "date", "date_precision", "date_how", "source", "byline",
  "dateline", "lang", "kind", "sha256"
};
/* Names that a further field cannot have here. */
static const char *const taken[] = {
  "doc", "layer", "start", "end", "text", "rule", "hash", "bytes"
};

static bool among (const char *name, const char *const *names, size_t count) {
  while (count > 0)
    if (strcmp(name, names[--count]) == 0) return true;
  return false;
}

#define AMONG(name, names) among(name, names, sizeof names / sizeof *names)

/* Fields of its own that a document came with. */
static void add_further (ld_lines *w, const lesdiplo_doc *doc) {
  const char *name, *value;
  char longer[32];
  uint32_t i;
  for (i = 0; lesdiplo_doc_field_at(doc, i, &name, &value) == LESDIPLO_OK;
       i++) {
    if (AMONG(name, known)) continue;
    snprintf(longer, sizeof longer, "meta_%s", name);
    ld_lines_field(w, AMONG(name, taken) ? longer : name, value,
                   strlen(value));
  }
}

bool ld_lines_document (ld_lines *w, const lesdiplo_doc *doc) {
  bool whole = true;
  size_t length, i;
  lesdiplo_doc_source(doc, &length);
  add_head(w, doc, "document", 0, length);
  for (i = 0; i < sizeof known / sizeof *known; i++) {
    const char *value = lesdiplo_doc_field(doc, known[i]);
    if (value != NULL)
      ld_lines_field(w, known[i], value, strlen(value));
    else if (strcmp(known[i], "sha256") == 0) whole = false;
  }
  LD_LINES_ADD(w, ",\"bytes\":");
  ld_lines_number(w, length);
  add_further(w, doc);
  LD_LINES_ADD(w, "}\n");
  return whole;
}

void ld_lines_begin (ld_lines *w, const lesdiplo_doc *doc, const char *layer,
                     const lesdiplo_span *span) {
  add_head(w, doc, layer, span->source_begin, span->source_end);
  ld_lines_field(w, "text", lesdiplo_doc_text(doc, NULL) + span->begin,
                 span->end - span->begin);
}

/* Are the bytes of the text those of the source? */
static bool is_same (const lesdiplo_doc *doc, const lesdiplo_span *span) {
  const size_t length = span->end - span->begin;
  return length == span->source_end - span->source_begin &&
         memcmp(lesdiplo_doc_text(doc, NULL) + span->begin,
                lesdiplo_doc_source(doc, NULL) + span->source_begin,
                length) == 0;
}

void ld_lines_end (ld_lines *w, const lesdiplo_doc *doc,
                   const lesdiplo_span *span) {
  char cite[16384];   /* an id is a path, at most 4096 bytes, escaped */
  const char *hash = NULL;
  if (!is_same(doc, span) &&
      lesdiplo_doc_cite(doc, span->begin, span->end, cite, sizeof cite) > 0)
    hash = strrchr(cite, '#');
  if (hash != NULL) ld_lines_field(w, "hash", hash + 1, strlen(hash + 1));
  LD_LINES_ADD(w, "}\n");
}
