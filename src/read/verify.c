/*
** verify.c - does a file say what the sources say?
**
** Citations are looked for in every line; a line that is a JSON object with a
** document and offsets is a record and is checked as a whole. Both claim bytes
** of a source: the slice is taken again and compared.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/read.h"

typedef struct check {
  const lesdiplo_corpus *corpus;
  lesdiplo_found found;
  void *data;
  uint32_t line;
  uint32_t claims, broken;
  bool failed;             /* there was no memory */
} check;

static void report (check *c, const char *what, const char *reason) {
  lesdiplo_finding finding = { c->line, what, reason };
  c->claims++;
  c->broken += reason != NULL;
  if (c->found) c->found(c->data, &finding);
}


/* ------------------------------------------------------------- citations */

/* The document of a citation. In a text without spaces between words, other
** characters may run into its id: they are tried away from the front. */
static const lesdiplo_doc *cited (const lesdiplo_corpus *corpus,
                                  const char **id) {
  const lesdiplo_doc *doc = lesdiplo_corpus_find(corpus, *id);
  for (const char *p = *id; !doc && (unsigned char)*p >= 0x80;) {
    uint32_t cp;
    p += ld_utf8_read(p, p + strlen(p), &cp);
    doc = lesdiplo_corpus_find(corpus, p);
    if (doc) *id = p;
  }
  return doc;
}

static const char *cite_trouble (const lesdiplo_doc *doc,
                                 const ld_citation *cite) {
  char hex[65];
  if (!doc) return "no document of this corpus has that name";
  if (cite->begin > cite->end || cite->end > doc->source_length)
    return "its bytes lie past the end of the document";
  ld_sha256(doc->source + cite->begin, cite->end - cite->begin, hex);
  if (memcmp(hex, cite->hash, 8) != 0)
    return "the bytes there are not the ones that were cited";
  if (ld_source_line(doc, cite->begin) != cite->line)
    return "the bytes are right but stand in another line";
  return NULL;
}

static void check_cites (check *c, const char *p, const char *end) {
  const char *from = p;
  while ((p = memchr(p, '#', (size_t)(end - p))) != NULL) {
    const char *stop = p + 9;
    ld_citation cite;
    if (stop <= end && ld_citation_parse(from, stop, &cite)) {
      const char *id = cite.doc;
      const lesdiplo_doc *doc = cited(c->corpus, &id);
      char what[LD_ID_MAX + 64];
      snprintf(what, sizeof what, "%s:%u:%u-%u#%s", id, cite.line,
               cite.begin, cite.end, cite.hash);
      report(c, what, cite_trouble(doc, &cite));
      from = stop;
    }
    p++;
  }
}


/* --------------------------------------------------------------- records */

typedef struct claim {
  ld_buffer doc, layer, text, hash, sha256;
  bool has_text, has_start, has_end;
  double start, end, bytes;
} claim;

static void take (void *data, const ld_json_field *f) {
  claim *c = data;
  struct { const char *name; ld_buffer *buffer; } strings[] = {
    { "doc", &c->doc }, { "layer", &c->layer }, { "text", &c->text },
    { "hash", &c->hash }, { "sha256", &c->sha256 }
  };
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
    if (f->is_string && strlen(strings[i].name) == f->name_length &&
        memcmp(strings[i].name, f->name, f->name_length) == 0) {
      ld_buffer_add(strings[i].buffer, f->value, f->value_length);
      if (strings[i].buffer == &c->text) c->has_text = true;
    }
  char number[32] = "";
  if (f->is_string || f->value_length >= sizeof number) return;
  memcpy(number, f->value, f->value_length);
  if (f->name_length == 5 && !memcmp(f->name, "start", 5)) {
    c->has_start = true;
    c->start = strtod(number, NULL);
  } else if (f->name_length == 3 && !memcmp(f->name, "end", 3)) {
    c->has_end = true;
    c->end = strtod(number, NULL);
  } else if (f->name_length == 5 && !memcmp(f->name, "bytes", 5)) {
    c->bytes = strtod(number, NULL);
  }
}

static bool has_failed (const claim *c) {
  return c->doc.failed || c->layer.failed || c->text.failed ||
         c->hash.failed || c->sha256.failed;
}

static bool differs (const ld_buffer *claimed, const char *bytes, size_t n) {
  return claimed->used != n || (n && memcmp(claimed->bytes, bytes, n) != 0);
}

static const char *claim_trouble (const lesdiplo_corpus *corpus,
                                  const claim *c) {
  const lesdiplo_doc *doc =
      lesdiplo_corpus_find(corpus, ld_buffer_text(&c->doc));
  char hex[65];
  uint32_t begin, end;
  if (!doc) return "no document of this corpus has that name";
  /* put so that no number is not a number, either */
  if (!(c->start >= 0 && c->start <= c->end && c->end <= doc->source_length))
    return "its bytes lie past the end of the document";
  uint32_t from = (uint32_t)c->start, to = (uint32_t)c->end;
  if (c->bytes >= 0 && c->bytes != (double)doc->source_length)
    return "the document has another length now";
  if (c->sha256.used) {
    ld_sha256(doc->source, doc->source_length, hex);
    if (differs(&c->sha256, hex, 64)) return "the document was changed";
  }
  if (c->hash.used) {
    ld_sha256(doc->source + from, to - from, hex);
    if (differs(&c->hash, hex, 8)) return "the bytes there were changed";
  }
  if (!c->has_text) return NULL;
  /* Where the text is the slice itself, no map is needed; else the slice must
  ** read as the text. */
  if (!differs(&c->text, doc->source + from, to - from)) return NULL;
  if (ld_locate_source(doc, from, to, &begin, &end) &&
      !differs(&c->text, doc->text + begin, end - begin))
    return NULL;
  return "the text there is another";
}

static void free_claim (claim *c) {
  ld_buffer_free(&c->doc);
  ld_buffer_free(&c->layer);
  ld_buffer_free(&c->text);
  ld_buffer_free(&c->hash);
  ld_buffer_free(&c->sha256);
}

/* Checks a line that is a record; false when it is none, or without memory. */
static bool check_record (check *c, ld_json *json, ld_memory *memory,
                          ld_buffer *line) {
  claim k;
  memset(&k, 0, sizeof k);
  k.bytes = -1;
  ld_buffer_init(&k.doc, memory);
  ld_buffer_init(&k.layer, memory);
  ld_buffer_init(&k.text, memory);
  ld_buffer_init(&k.hash, memory);
  ld_buffer_init(&k.sha256, memory);
  bool is_record =
      !ld_json_object(json, line->bytes, line->used - LD_PADDING, take, &k) &&
      k.doc.used && k.has_start && k.has_end;
  if (has_failed(&k)) {
    c->failed = true;
    is_record = false;
  }
  if (is_record) {
    char what[LD_ID_MAX + 800];      /* a number has 310 digits at most */
    snprintf(what, sizeof what, "%.*s:%.60s:%.0f-%.0f", LD_ID_MAX,
             ld_buffer_text(&k.doc), ld_buffer_text(&k.layer), k.start, k.end);
    report(c, what, claim_trouble(c->corpus, &k));
  }
  free_claim(&k);
  return is_record;
}

int lesdiplo_verify (const lesdiplo_corpus *corpus, const char *bytes,
                     size_t length, lesdiplo_found found, void *data,
                     lesdiplo_error *error) {
  static const char padding[LD_PADDING];
  if (!corpus || (!bytes && length))
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "nothing to verify with");
  ld_memory memory;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer copy;        /* the parser reads past the end of what it parses */
  ld_buffer_init(&copy, &memory);
  ld_json *json = ld_json_new();
  check c = { corpus, found, data, 0, 0, 0, json == NULL };
  for (const char *p = bytes, *end = bytes + length; p < end && !c.failed;) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop) stop = end;
    c.line++;
    const char *first = ld_skip_space(p, stop);
    bool record = false;
    if (first < stop && *first == '{') {
      ld_buffer_clear(&copy);
      ld_buffer_add(&copy, first, (size_t)(stop - first));
      ld_buffer_add(&copy, padding, sizeof padding);
      c.failed = copy.failed;
      record = !c.failed && check_record(&c, json, &memory, &copy);
    }
    if (!record && !c.failed) check_cites(&c, p, stop);
    p = stop + 1;
  }
  ld_json_free(json);
  ld_buffer_free(&copy);
  if (c.failed) return ld_fail_memory(error);
  if (!c.claims)
    return ld_fail(error, LESDIPLO_ENOTFOUND, NULL, 0,
                   "no citation and no record in it; a citation looks like "
                   "DOC:LINE:START-END#8hex");
  if (c.broken)
    return ld_fail(error, LESDIPLO_EFORMAT, NULL, 0,
                   "%u of %u do not hold", c.broken, c.claims);
  return LESDIPLO_OK;
}
