/*
** cite.c - citations: DOC:LINE:START-END#8hex, written and read back.
**
** What might end a citation in prose, CSV, Markdown, JSON or HTML is escaped in
** its id, so a reader can walk back from the '#' to where the id begins.
*/
#include <stdio.h>
#include <string.h>

#include "corpus/corpus.h"

/* Bytes an id keeps: all but white space, controls and what other formats
** put around a citation. Bytes of other scripts stay. */
static bool is_plain (char c) {
  unsigned char u = (unsigned char)c;
  return u > ' ' && u != 0x7F && !strchr("\"#%&'()*,;<>[\\]`{|}", c);
}

static size_t escape (const char *id, char *out, size_t size) {
  static const char digits[] = "0123456789ABCDEF";
  size_t n = 0;
  for (; *id && n + 4 < size; id++) {
    if (is_plain(*id)) {
      out[n++] = *id;
    } else {
      out[n++] = '%';
      out[n++] = digits[(unsigned char)*id >> 4];
      out[n++] = digits[*id & 15];
    }
  }
  out[n] = '\0';
  return n;
}

int lesdiplo_doc_cite (const lesdiplo_doc *doc, uint32_t begin, uint32_t end,
                       char *out, size_t size) {
  lesdiplo_span span;
  if (!doc || (!out && size) ||
      lesdiplo_doc_locate(doc, begin, end, &span) != LESDIPLO_OK)
    return LESDIPLO_EARG;
  char hex[65], id[3 * LD_ID_MAX + 8];
  ld_sha256(doc->source + span.source_begin,
            span.source_end - span.source_begin, hex);
  escape(doc->id, id, sizeof id);
  return snprintf(out, size, "%s:%u:%u-%u#%.8s", id,
                  ld_source_line(doc, span.source_begin), span.source_begin,
                  span.source_end, hex);
}

static bool is_digit (char c) { return c >= '0' && c <= '9'; }

static int hex_value (char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/*
** Reads the number whose last digit stands before p; sets '*out' and returns
** its start, or NULL when there is none or it is too large.
*/
static const char *number_before (const char *begin, const char *p,
                                  uint32_t *out) {
  uint64_t value = 0, place = 1;
  const char *q = p;
  for (; q > begin && is_digit(q[-1]); q--, place *= 10) {
    if (p - q >= 10) return NULL;
    value += place * (uint64_t)(q[-1] - '0');
  }
  if (q == p || value > UINT32_MAX) return NULL;
  *out = (uint32_t)value;
  return q;
}

/* Copies an id and undoes its escapes. No id is empty or has a NUL. */
static bool unescape (const char *p, const char *end, char *out, size_t size) {
  size_t n = 0;
  for (; p < end; p++) {
    if (n + 1 >= size) return false;
    if (*p != '%') { out[n++] = *p; continue; }
    if (end - p < 3 || hex_value(p[1]) < 0 || hex_value(p[2]) < 0) return false;
    if (!(out[n++] = (char)(hex_value(p[1]) * 16 + hex_value(p[2]))))
      return false;
    p += 2;
  }
  out[n] = '\0';
  return n > 0;
}

const char *ld_citation_parse (const char *begin, const char *end,
                               ld_citation *out) {
  if (end - begin < 15 || end[-9] != '#') return NULL;
  for (int i = 0; i < 8; i++) {
    char c = end[i - 8];
    if (hex_value(c) < 0 || (c >= 'A' && c <= 'F')) return NULL;
    out->hash[i] = c;
  }
  out->hash[8] = '\0';
  const char *p = number_before(begin, end - 9, &out->end);
  if (!p || p == begin || p[-1] != '-') return NULL;
  p = number_before(begin, p - 1, &out->begin);
  if (!p || p == begin || p[-1] != ':') return NULL;
  p = number_before(begin, p - 1, &out->line);
  if (!p || p == begin || p[-1] != ':') return NULL;
  const char *stop = p - 1, *start = stop;
  size_t most = 3 * sizeof out->doc;
  while (start > begin && (is_plain(start[-1]) || start[-1] == '%') &&
         (size_t)(stop - start) < most)
    start--;
  if (start == stop || !unescape(start, stop, out->doc, sizeof out->doc))
    return NULL;
  return start;
}
