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

/* The layers, in the order of records that start together: first those of the
** library, then those that our Lua makes. */
static const struct layer {
  const char *name;
  const char *fields[4];   /* a NULL ends them */
} layers[] = {
  {"document", {NULL}},
  {"block", {"kind", "level", NULL}},
  {"sentence", {NULL}},
  {"country", {NULL}},
  {"org", {NULL}},
  {"place", {NULL}},
  {"person", {NULL}},
  {"date", {NULL}},
  {"amount", {NULL}},
  {"quote", {NULL}},
  {"event", {NULL}},
  {"stance", {NULL}},
  {"relation", {NULL}},
  {"token", {"folded", "stem", "shape", NULL}}
};

enum { DOCUMENT, BLOCK, SENTENCE, FIRST_MADE, TOKEN = 13, LAYERS };

/* ----------------------------------------------------------------------
** Which layers
*/

static int unknown_layer (const char *name) {
  const char *near;
  near = ld_nearest(name, &layers[0].name, LAYERS, sizeof *layers);
  if (near != NULL)
    ld_message_error("unknown layer '%s'; did you mean %s?", name, near);
  else
    ld_message_error("unknown layer '%s'; there are document block sentence "
                     "country org place person date amount quote event "
                     "stance relation token", name);
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

char *ld_json_character (char *to, const unsigned char **from,
                         const unsigned char *end) {
  if (!plain(**from)) return add_special(to, from, end);
  *to = (char)*(*from)++;
  return to + 1;
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
** Spans that Lua makes
*/

static bool is_made (unsigned layer) {
  return layer >= FIRST_MADE && layer < TOKEN;
}

/* A span of such a layer, and its fields, as they stand in an object of JSON. */
struct made {
  lesdiplo_span span;
  unsigned layer;
  char *fields;
};

/* Those of the document that is printed. */
struct collection {
  lesdiplo_host *host;             /* NULL: no such layer is asked for */
  const lesdiplo_doc *doc;
  struct made *spans;
  size_t count, room;
  bool starved;
};

static void forget_spans (struct collection *c) {
  while (c->count > 0) free(c->spans[--c->count].fields);
}

static struct made *next_made (struct collection *c) {
  if (c->count == c->room) {
    const size_t room = c->room ? 2 * c->room : 256;
    struct made *spans = realloc(c->spans, room * sizeof *spans);
    if (spans == NULL) return NULL;
    c->spans = spans;
    c->room = room;
  }
  return &c->spans[c->count];
}

static unsigned layer_of (const char *name) {
  unsigned i = FIRST_MADE;
  while (i < TOKEN && strcmp(layers[i].name, name) != 0) i++;
  return i;
}

/* span(begin, end, layer, fields): what Lua calls for each. */
static int take_span (lesdiplo_call *call, void *data) {
  struct collection *c = data;
  struct made *to = next_made(c);
  double begin = 0, end = 0;
  const char *name = lesdiplo_call_string(call, 3, NULL);
  const char *fields = lesdiplo_call_string(call, 4, NULL);
  if (to == NULL || (to->fields = strdup(fields)) == NULL) {
    c->starved = true;
    return lesdiplo_call_fail(call, "not enough memory");
  }
  lesdiplo_call_number(call, 1, &begin);
  lesdiplo_call_number(call, 2, &end);
  to->layer = layer_of(name);
  c->count++;
  if (lesdiplo_doc_locate(c->doc, (uint32_t)begin, (uint32_t)end, &to->span) !=
      LESDIPLO_OK)
    return lesdiplo_call_fail(call, "a span lies outside its document");
  return LESDIPLO_OK;
}

static int by_place (const void *a, const void *b) {
  const struct made *x = a, *y = b;
  if (x->span.source_begin != y->span.source_begin)
    return x->span.source_begin < y->span.source_begin ? -1 : 1;
  if (x->layer != y->layer) return x->layer < y->layer ? -1 : 1;
  if (x->span.source_end != y->span.source_end)
    return x->span.source_end > y->span.source_end ? -1 : 1;
  return strcmp(x->fields, y->fields);
}

static const char chunk[] =
  "local number, names, layers = ...\n"
  "layers = {}\n"
  "for name in names:gmatch '%a+' do layers[#layers + 1] = name end\n"
  "require 'lesdiplo.report.annotate'.spans(corpus[tonumber(number)], layers,\n"
  "  span)";

/* Collects them, sorted. */
static int collect_spans (struct collection *c, const lesdiplo_doc *doc,
                          unsigned set) {
  char number[16], names[128] = "";
  const char *arguments[2];
  lesdiplo_error error = {0, 0, "", ""};
  unsigned i;
  int code;
  forget_spans(c);
  if (c->host == NULL) return LD_DONE;
  for (i = FIRST_MADE; i < TOKEN; i++)
    if (set >> i & 1) strcat(strcat(names, layers[i].name), " ");
  snprintf(number, sizeof number, "%u", lesdiplo_doc_index(doc) + 1);
  arguments[0] = number;
  arguments[1] = names;
  c->doc = doc;
  code = lesdiplo_host_run(c->host, chunk, sizeof chunk - 1, "=(annotate)",
                           arguments, 2, &error);
  if (c->count > 0) qsort(c->spans, c->count, sizeof *c->spans, by_place);
  return code == LESDIPLO_OK ? LD_DONE : ld_message_failure(&error);
}

/* Makes the host, if a layer is asked for that needs one. */
static int open_collection (struct collection *c, ld_session *session) {
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  lesdiplo_error error = {0, 0, "", ""};
  unsigned i, made = 0;
  int code;
  for (i = FIRST_MADE; i < TOKEN; i++) made |= session->layers & 1u << i;
  if (!made) return LD_DONE;
  ld_session_host(session, &options);
  code = lesdiplo_host_new(&c->host, session->corpus, &options, &error);
  if (code == LESDIPLO_OK)
    code = lesdiplo_host_register(c->host, "span", take_span, c,
                                  "span(begin, end, layer, fields)");
  return code == LESDIPLO_OK ? LD_DONE : ld_message_failure(&error);
}

static void close_collection (struct collection *c) {
  forget_spans(c);
  free(c->spans);
  lesdiplo_host_free(c->host);
}

static void add_made (writer *w, const struct place *place,
                      const struct made *made) {
  const lesdiplo_span *span = &made->span;
  const char *text = place->text + span->begin;
  const size_t length = span->end - span->begin;
  add_head(w, place->doc, made->layer, span->source_begin, span->source_end);
  add_field(w, "text", text, length);
  add(w, made->fields, strlen(made->fields));
  if (length != span->source_end - span->source_begin ||
      memcmp(text, place->source + span->source_begin, length) != 0)
    add_hash(w, place->doc, span);
  ADD(w, "}\n");
}


/* ----------------------------------------------------------------------
** The merge
*/

/* Where a layer stands; spans of one layer of the library do not overlap, so that
** they are in order of their start, and an empty one comes before what follows
** it. */
struct cursor {
  lesdiplo_span span;
  uint32_t index;
  bool on;         /* false: the layer is not asked for, or at its end */
};

static void begin_cursors (struct cursor *cursors, const struct place *place,
                           unsigned set) {
  unsigned i;
  for (i = 1; i < LAYERS; i++) {
    struct cursor *c = &cursors[i];
    c->index = 0;
    c->on = (set >> i & 1) != 0 && !is_made(i) &&
        lesdiplo_doc_span(place->doc, place->numbers[i], 0, &c->span) == 0;
  }
}

/* The layer of the library whose span comes next; LAYERS where none is left. */
static unsigned next_layer (const struct cursor *cursors) {
  unsigned i, best = LAYERS;
  for (i = 1; i < LAYERS; i++)
    if (cursors[i].on && (best == LAYERS || cursors[i].span.source_begin <
                                            cursors[best].span.source_begin))
      best = i;
  return best;
}

/* Does what Lua made come before the next span of a layer of the library? */
static bool comes_before (const struct made *made, unsigned layer,
                          const struct cursor *cursor) {
  if (made->span.source_begin != cursor->span.source_begin)
    return made->span.source_begin < cursor->span.source_begin;
  return made->layer < layer;
}

static void add_spans (writer *w, const struct place *place, unsigned set,
                       const struct collection *collection) {
  struct cursor cursors[LAYERS];
  size_t next = 0;
  begin_cursors(cursors, place, set);
  while (w->output->failure == 0) {
    const unsigned i = next_layer(cursors);
    struct cursor *c = &cursors[i];
    if (next < collection->count &&
        (i == LAYERS || comes_before(&collection->spans[next], i, c))) {
      add_made(w, place, &collection->spans[next++]);
      continue;
    }
    if (i == LAYERS) return;
    add_span(w, place, i, c->index, &c->span);
    c->on = lesdiplo_doc_span(place->doc, place->numbers[i], ++c->index,
                              &c->span) == LESDIPLO_OK;
  }
}

int ld_annotate (ld_session *session) {
  writer *w = malloc(sizeof *w);
  struct place place;
  struct collection collection = {NULL, NULL, NULL, 0, 0, false};
  uint32_t count = lesdiplo_corpus_count(session->corpus), i;
  int status;
  if (w == NULL) {
    ld_message_error("no memory");
    return LD_STOPPED;
  }
  status = open_collection(&collection, session);
  w->output = &session->output;
  w->starved = false;
  w->used = 0;
  for (i = 1; i < LAYERS; i++)
    place.numbers[i] = lesdiplo_layer(layers[i].name);
  for (i = 0; i < count && status == LD_DONE && w->output->failure == 0 &&
              !w->starved; i++) {
    place.doc = lesdiplo_corpus_doc(session->corpus, i);
    place.text = lesdiplo_doc_text(place.doc, NULL);
    place.source = lesdiplo_doc_source(place.doc, NULL);
    if (session->layers & 1u << DOCUMENT) add_document(w, place.doc);
    status = collect_spans(&collection, place.doc, session->layers);
    if (status == LD_DONE) add_spans(w, &place, session->layers, &collection);
  }
  flush(w);
  close_collection(&collection);
  session->output.complete = !w->starved && status == LD_DONE;
  if (w->starved) {
    ld_message_error("no memory: what is printed stops here");
    status = LD_STOPPED;
  }
  free(w);
  return status;
}
