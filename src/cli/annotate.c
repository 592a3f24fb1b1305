/*
** annotate.c - every layer of every document, a JSON object a line.
**
** Documents in their order; in each its own record first, then the spans of
** the layers that were asked for, merged by where they start in the source; of
** those that start together the layer named first below comes first, which is
** the longer one as well. A span never passes through printf: the lines
** are copied piece by piece into one buffer.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* The layers, in the order of records that start together. */
static const struct layer {
  const char *name;
  const char *fields[4];   /* a NULL ends them */
} layers[] = {
  {"document", {NULL}},
  {"block", {"kind", "level", NULL}},
  {"sentence", {NULL}},
  {"token", {"folded", "stem", "shape", NULL}}
};

enum { DOCUMENT, TOKEN = 3, LAYERS };

/* Those of the design that wait for a later version. */
static const char *const later[] = {
  "country", "org", "place", "person", "date", "amount", "quote", "event",
  "stance", "relation"
};


/* ----------------------------------------------------------------------
** Which layers
*/

static int unknown_layer (const char *name) {
  const char *near;
  size_t i;
  for (i = 0; i < sizeof later / sizeof *later; i++) {
    if (strcmp(name, later[i]) != 0) continue;
    ld_message_error("lesdiplo %s does not have the layer '%s' yet",
                     LESDIPLO_VERSION, name);
    return LD_USAGE;
  }
  near = ld_nearest(name, &layers[0].name, LAYERS, sizeof *layers);
  if (near != NULL)
    ld_message_error("unknown layer '%s'; did you mean %s?", name, near);
  else
    ld_message_error("unknown layer '%s'; there are document block sentence "
                     "token", name);
  return LD_USAGE;
}

static int add_layer (ld_session *session, const char *name) {
  unsigned i;
  for (i = 0; i < LAYERS; i++) {
    if (strcmp(name, layers[i].name) == 0) {
      session->layers |= 1u << i;
      return LD_DONE;
    }
  }
  return unknown_layer(name);
}

int ld_annotate_prepare (ld_session *session) {
  const char *asked = session->arguments.layers;
  char *copy, *rest, *name;
  int status = LD_DONE;
  session->layers = (1u << TOKEN) - 1;   /* all that come before token */
  if (asked == NULL) return LD_DONE;
  session->layers = 0;
  copy = rest = strdup(asked);
  if (copy == NULL) return LD_STOPPED;
  while (status == LD_DONE && (name = strsep(&rest, ", ")) != NULL)
    if (*name != '\0') status = add_layer(session, name);
  free(copy);
  if (status == LD_DONE && session->layers == 0) status = unknown_layer(asked);
  return status;
}


/* ----------------------------------------------------------------------
** Writing
*/

/* A string is taken in pieces, each of which fits at its longest. */
enum { ROOM = 1 << 18, PIECE = 1 << 14, WIDEST = 6 };

typedef struct writer {
  ld_output *output;
  bool starved;      /* what every document or token has was not to be had */
  size_t used;
  char bytes[ROOM];
} writer;

static void flush (writer *w) {
  ld_output_write(w->output, w->bytes, w->used);
  w->used = 0;
}

/* Room for n bytes, n at most ROOM. */
static inline char *make_room (writer *w, size_t n) {
  if (ROOM - w->used < n) flush(w);
  return w->bytes + w->used;
}

static inline void add (writer *w, const char *bytes, size_t n) {
  memcpy(make_room(w, n), bytes, n);
  w->used += n;
}

#define ADD(w, literal) add(w, literal, sizeof(literal) - 1)

static void add_number (writer *w, size_t number) {
  char digits[24], *p = digits + sizeof digits;
  do *--p = (char)('0' + number % 10); while ((number /= 10) > 0);
  add(w, p, (size_t)(digits + sizeof digits - p));
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

static void add_json (writer *w, const char *bytes, size_t n) {
  const unsigned char *p = (const unsigned char *)bytes, *end = p + n;
  ADD(w, "\"");
  while (p < end) {
    const unsigned char *stop = end - p > PIECE ? p + PIECE : end;
    char *to = make_room(w, (PIECE + (size_t)4) * WIDEST);
    while (p < stop) {
      if (plain(*p)) *to++ = (char)*p++;
      else to = add_special(to, &p, end);
    }
    w->used = (size_t)(to - w->bytes);
  }
  ADD(w, "\"");
}

static void add_string (writer *w, const char *string) {
  add_json(w, string, strlen(string));
}

/* ,"name":"value" */
static void add_field (writer *w, const char *name, const char *value,
                       size_t n) {
  ADD(w, ",");
  add_string(w, name);
  ADD(w, ":");
  add_json(w, value, n);
}

/* What every record starts with. */
static void add_head (writer *w, const lesdiplo_doc *doc, unsigned layer,
                      size_t start, size_t end) {
  ADD(w, "{\"doc\":");
  add_string(w, lesdiplo_doc_id(doc));
  ADD(w, ",\"layer\":");
  add_string(w, layers[layer].name);
  ADD(w, ",\"start\":");
  add_number(w, start);
  ADD(w, ",\"end\":");
  add_number(w, end);
}


/* ----------------------------------------------------------------------
** Records
*/

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
static void add_further (writer *w, const lesdiplo_doc *doc) {
  const char *name, *value;
  char longer[32];
  uint32_t i;
  for (i = 0; lesdiplo_doc_field_at(doc, i, &name, &value) == LESDIPLO_OK;
       i++) {
    if (AMONG(name, known)) continue;
    snprintf(longer, sizeof longer, "meta_%s", name);
    add_field(w, AMONG(name, taken) ? longer : name, value, strlen(value));
  }
}

static void add_document (writer *w, const lesdiplo_doc *doc) {
  size_t length, i;
  lesdiplo_doc_source(doc, &length);
  add_head(w, doc, DOCUMENT, 0, length);
  for (i = 0; i < sizeof known / sizeof *known; i++) {
    const char *value = lesdiplo_doc_field(doc, known[i]);
    if (value != NULL) add_field(w, known[i], value, strlen(value));
    else if (strcmp(known[i], "sha256") == 0) w->starved = true;
  }
  ADD(w, ",\"bytes\":");
  add_number(w, length);
  add_further(w, doc);
  ADD(w, "}\n");
}

/* The hash of the source bytes, for text that is not the same: the citation
** ends with it. */
static void add_hash (writer *w, const lesdiplo_doc *doc,
                      const lesdiplo_span *span) {
  char cite[16384];   /* an id is a path, at most 4096 bytes, escaped */
  int n = lesdiplo_doc_cite(doc, span->begin, span->end, cite, sizeof cite);
  const char *hash = n > 0 ? strrchr(cite, '#') : NULL;
  if (hash != NULL) add_field(w, "hash", hash + 1, strlen(hash + 1));
}

/* A document's texts, and what the layer is called by the library. */
struct place {
  const lesdiplo_doc *doc;
  const char *text, *source;
  int numbers[LAYERS];
};

static void add_span (writer *w, const struct place *place, unsigned layer,
                      uint32_t index, const lesdiplo_span *span) {
  const lesdiplo_doc *doc = place->doc;
  const char *text = place->text + span->begin;
  size_t length = span->end - span->begin, i;
  add_head(w, doc, layer, span->source_begin, span->source_end);
  add_field(w, "text", text, length);
  for (i = 0; layers[layer].fields[i] != NULL; i++) {
    const char *name = layers[layer].fields[i];
    size_t n;
    const char *value = lesdiplo_doc_span_field(doc, place->numbers[layer],
                                                index, name, &n);
    if (value == NULL) {
      if (layer == TOKEN) w->starved = true;
      continue;
    }
    if (strcmp(name, "level") == 0) {   /* the one number */
      ADD(w, ",\"level\":");
      add(w, value, n);
    }
    else add_field(w, name, value, n);
  }
  if (length != span->source_end - span->source_begin ||
      memcmp(text, place->source + span->source_begin, length) != 0)
    add_hash(w, doc, span);
  ADD(w, "}\n");
}


/* ----------------------------------------------------------------------
** The merge
*/

/* Where a layer stands; spans of one layer do not overlap, so that they are in
** order of their start, and an empty one comes before what follows it. */
struct cursor {
  lesdiplo_span span;
  uint32_t index;
  bool on;         /* false: the layer is not asked for, or at its end */
};

static void add_spans (writer *w, const struct place *place, unsigned set) {
  struct cursor cursors[LAYERS];
  unsigned i;
  for (i = 1; i < LAYERS; i++) {
    struct cursor *c = &cursors[i];
    c->index = 0;
    c->on = (set >> i & 1) != 0 &&
        lesdiplo_doc_span(place->doc, place->numbers[i], 0, &c->span) == 0;
  }
  for (;;) {
    struct cursor *c = NULL;
    for (i = 1; i < LAYERS; i++) {
      struct cursor *other = &cursors[i];
      if (other->on &&
          (c == NULL || other->span.source_begin < c->span.source_begin))
        c = other;
    }
    if (c == NULL || w->output->failure != 0) return;
    i = (unsigned)(c - cursors);
    add_span(w, place, i, c->index, &c->span);
    c->on = lesdiplo_doc_span(place->doc, place->numbers[i], ++c->index,
                              &c->span) == LESDIPLO_OK;
  }
}

int ld_annotate (ld_session *session) {
  writer *w = malloc(sizeof *w);
  struct place place;
  uint32_t count = lesdiplo_corpus_count(session->corpus), i;
  int status = LD_DONE;
  if (w == NULL) {
    ld_message_error("no memory");
    return LD_STOPPED;
  }
  w->output = &session->output;
  w->starved = false;
  w->used = 0;
  for (i = 1; i < LAYERS; i++)
    place.numbers[i] = lesdiplo_layer(layers[i].name);
  for (i = 0; i < count && w->output->failure == 0 && !w->starved; i++) {
    place.doc = lesdiplo_corpus_doc(session->corpus, i);
    place.text = lesdiplo_doc_text(place.doc, NULL);
    place.source = lesdiplo_doc_source(place.doc, NULL);
    if (session->layers & 1u << DOCUMENT) add_document(w, place.doc);
    add_spans(w, &place, session->layers);
  }
  flush(w);
  session->output.complete = !w->starved;
  if (w->starved) {
    ld_message_error("no memory: what is printed stops here");
    status = LD_STOPPED;
  }
  free(w);
  return status;
}
