/*
** annotate.c - every layer of every document, a JSON object a line.
**
** Documents in their order; in each its own record first, then the spans of
** the layers that were asked for, merged by where they start in the source; of
** those that start together the layer named first below comes first, which is
** the longer one as well; and last the layers of a script.
**
** Layers that Lua makes want a host. Without a script it is one of this process,
** since all that runs in it is ours. With one it is that of the worker in which the
** script has run: the lines are made there, under what holds the script.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/annotate/annotate.h"

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

/* A script's are numbered from LAYERS on. */
enum { DOCUMENT, BLOCK, SENTENCE, FIRST_MADE, TOKEN = 13, LAYERS };

/* A span that Lua made, and its fields, as they stand in an object of JSON. */
struct made {
  lesdiplo_span span;
  unsigned layer;
  char *fields;
};

/* What is at work: one a process, as the verb is. */
static struct annotation {
  const ld_session *session;
  unsigned set;                 /* of the layers above: a bit each */
  char **own;                   /* names of the script's layers that are asked for */
  unsigned own_count;
  int numbers[LAYERS];          /* what the layers are called by the library */
  const lesdiplo_doc *doc;      /* that is printed ... */
  struct made *spans;           /* ... and what Lua has made of it */
  size_t count, room;
  bool starved;                 /* what every record has was not to be had */
  char unknown[400];            /* why a layer that was asked for is none, or "" */
  ld_lines lines;
} work;


/* ----------------------------------------------------------------------
** Which layers
*/

/* The number of a layer of the table, or LAYERS. */
static unsigned layer_of (const char *name, size_t length) {
  unsigned i = 0;
  while (i < LAYERS && (strlen(layers[i].name) != length ||
                        memcmp(layers[i].name, name, length) != 0)) i++;
  return i;
}

/* The next name of those that were written; NULL at the end. */
static const char *next_name (const char **rest, size_t *length) {
  const char *name = *rest + strspn(*rest, ", ");
  *length = strcspn(name, ", ");
  *rest = name + *length;
  return *length > 0 ? name : NULL;
}

/* Says that there is no such layer: 'near' is the one that was meant, or NULL. */
static int unknown_layer (const char *name, size_t length, const char *near) {
  if (near != NULL)
    ld_message_error("unknown layer '%.*s'; did you mean %s?", (int)length, name,
                     near);
  else
    ld_message_error("unknown layer '%.*s'; there are document block sentence "
                     "country org place person date amount quote event "
                     "stance relation token, and those of the script that "
                     "--script names", (int)length, name);
  return LD_USAGE;
}

/* The layer of the table, or of the script, with the name nearest to this. */
static const char *nearest_layer (const char *name, size_t length) {
  char *whole = strndup(name, length);
  const char *near = NULL;
  if (whole == NULL) return NULL;
  near = ld_nearest(whole, &layers[0].name, LAYERS, sizeof *layers);
  if (near == NULL && work.own_count > 0)
    near = ld_nearest(whole, work.own, work.own_count, sizeof *work.own);
  free(whole);
  return near;
}

/* What was asked for, into 'set'. A script's layers are known once it has run. */
static int choose_layers (const char *asked, bool scripted, unsigned *set) {
  const char *rest = asked, *name;
  size_t length;
  bool any = false;
  *set = (1u << TOKEN) - 1;   /* all that come before token */
  if (asked == NULL) return LD_DONE;
  *set = 0;
  while ((name = next_name(&rest, &length)) != NULL) {
    const unsigned i = layer_of(name, length);
    any = true;
    if (i < LAYERS) *set |= 1u << i;
    else if (!scripted)
      return unknown_layer(name, length, nearest_layer(name, length));
  }
  return any ? LD_DONE : unknown_layer(asked, strlen(asked), NULL);
}

/* The script is looked at as one that is run by itself, without arguments: the
** words are documents. */
static int prepare_script (ld_session *session) {
  ld_arguments *arguments = &session->arguments;
  const size_t count = arguments->words.count;
  int status;
  arguments->script = arguments->layer_script;
  arguments->words.count = 0;
  status = ld_run_prepare(session);
  arguments->words.count = count;
  return status;
}

int ld_annotate_prepare (ld_session *session) {
  const ld_arguments *arguments = &session->arguments;
  const bool scripted = arguments->layer_script != NULL;
  int status = choose_layers(arguments->layers, scripted, &work.set);
  if (status == LD_DONE && scripted) status = prepare_script(session);
  return status;
}


/* ----------------------------------------------------------------------
** Records
*/

/* A span of a layer of the library. */
static void add_span (unsigned layer, uint32_t index,
                      const lesdiplo_span *span) {
  size_t i;
  ld_lines_begin(&work.lines, work.doc, layers[layer].name, span);
  for (i = 0; layers[layer].fields[i] != NULL; i++) {
    const char *name = layers[layer].fields[i];
    size_t n;
    const char *value = lesdiplo_doc_span_field(
        work.doc, work.numbers[layer], index, name, &n);
    if (value == NULL) {
      if (layer == TOKEN) work.starved = true;
      continue;
    }
    if (strcmp(name, "level") == 0) {   /* the one number */
      LD_LINES_ADD(&work.lines, ",\"level\":");
      ld_lines_add(&work.lines, value, n);
    }
    else ld_lines_field(&work.lines, name, value, n);
  }
  ld_lines_end(&work.lines, work.doc, span);
}

static void add_made (const struct made *made) {
  const char *name = made->layer < LAYERS ? layers[made->layer].name
                                          : work.own[made->layer - LAYERS];
  ld_lines_begin(&work.lines, work.doc, name, &made->span);
  ld_lines_add(&work.lines, made->fields, strlen(made->fields));
  ld_lines_end(&work.lines, work.doc, &made->span);
}


/* ----------------------------------------------------------------------
** The merge
*/

static bool is_made (unsigned layer) {
  return layer >= FIRST_MADE && layer < TOKEN;
}

static void forget_spans (void) {
  while (work.count > 0) free(work.spans[--work.count].fields);
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

/* Where a layer stands; spans of one layer of the library do not overlap, so that
** they are in order of their start, and an empty one comes before what follows
** it. */
struct cursor {
  lesdiplo_span span;
  uint32_t index;
  bool on;         /* false: the layer is not asked for, or at its end */
};

static void begin_cursors (struct cursor *cursors) {
  unsigned i;
  for (i = 1; i < LAYERS; i++) {
    struct cursor *c = &cursors[i];
    c->index = 0;
    c->on = (work.set >> i & 1) != 0 && !is_made(i) &&
        lesdiplo_doc_span(work.doc, work.numbers[i], 0, &c->span) == 0;
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

static void add_spans (void) {
  struct cursor cursors[LAYERS];
  size_t next = 0;
  begin_cursors(cursors);
  while (!work.lines.failed) {
    const unsigned i = next_layer(cursors);
    struct cursor *c = &cursors[i];
    if (next < work.count &&
        (i == LAYERS || comes_before(&work.spans[next], i, c))) {
      add_made(&work.spans[next++]);
      continue;
    }
    if (i == LAYERS) return;
    add_span(i, c->index, &c->span);
    c->on = lesdiplo_doc_span(work.doc, work.numbers[i], ++c->index,
                              &c->span) == LESDIPLO_OK;
  }
}

static const char starved[] = "no memory: what is printed stops here";

/* Can more be written? */
static bool is_well (void) {
  return !work.starved && !work.lines.failed;
}

/* All lines of a document, with what Lua has made of it. */
static void put_document (const lesdiplo_doc *doc) {
  work.doc = doc;
  if (work.count > 0)
    qsort(work.spans, work.count, sizeof *work.spans, by_place);
  if (work.set & 1u << DOCUMENT && !ld_lines_document(&work.lines, doc))
    work.starved = true;
  add_spans();
  forget_spans();
}


/* ----------------------------------------------------------------------
** With a host
*/

static int no_memory (lesdiplo_call *call) {
  work.starved = true;
  return lesdiplo_call_fail(call, "not enough memory");
}

static struct made *next_made (void) {
  if (work.count == work.room) {
    const size_t room = work.room ? 2 * work.room : 256;
    struct made *spans = realloc(work.spans, room * sizeof *spans);
    if (spans == NULL) return NULL;
    work.spans = spans;
    work.room = room;
  }
  return &work.spans[work.count];
}

/* Was the layer of a script asked for? */
static bool is_asked (const char *name) {
  const char *rest = work.session->arguments.layers, *one;
  size_t length;
  if (rest == NULL) return true;
  while ((one = next_name(&rest, &length)) != NULL)
    if (strlen(name) == length && memcmp(one, name, length) == 0) return true;
  return false;
}

static unsigned own_layer (const char *name) {
  unsigned i = 0;
  while (i < work.own_count && strcmp(work.own[i], name) != 0) i++;
  return i;
}

/* The code and the message of an error. */
static int fail (lesdiplo_error *error, int code, const char *message) {
  memset(error, 0, sizeof *error);
  error->code = code;
  snprintf(error->message, sizeof error->message, "%s", message);
  return code;
}

/* Is whatever was asked for there, now that the script has run? */
static bool check_layers (void) {
  const char *rest = work.session->arguments.layers, *name;
  size_t length;
  while (rest != NULL && (name = next_name(&rest, &length)) != NULL) {
    bool found = layer_of(name, length) < LAYERS;
    unsigned i;
    for (i = 0; i < work.own_count; i++)
      found |= strlen(work.own[i]) == length &&
               memcmp(work.own[i], name, length) == 0;
    if (found) continue;
    snprintf(work.unknown, sizeof work.unknown, "the layer '%.*s' is neither one "
             "of the library nor one that %s defines (lesdiplo.layer)",
             (int)length, name, work.session->arguments.script);
    return false;
  }
  return true;
}

/* annotate_layer(name) -> 0, 1, 2: hears of each that there is, in their order, and
** tells whether Lua is to make it, as one of ours or of the script's. Without a name:
** there are no more. */
static int take_layer (lesdiplo_call *call, void *data) {
  const char *name = lesdiplo_call_string(call, 1, NULL);
  char **own;
  unsigned i;
  (void)data;
  if (name == NULL)
    return check_layers() ? LESDIPLO_OK : lesdiplo_call_fail(call, work.unknown);
  i = layer_of(name, strlen(name));
  if (i < LAYERS || !is_asked(name))
    return lesdiplo_return_number(call, i < LAYERS && is_made(i) &&
                                        (work.set >> i & 1) != 0);
  if (own_layer(name) < work.own_count) return lesdiplo_return_number(call, 2);
  own = realloc(work.own, (work.own_count + 1) * sizeof *own);
  if (own == NULL) return no_memory(call);
  work.own = own;
  own[work.own_count] = strdup(name);
  if (own[work.own_count] == NULL) return no_memory(call);
  work.own_count++;
  return lesdiplo_return_number(call, 2);
}

/* annotate_span(doc, begin, end, layer, fields): it is one of the document that is
** told next. */
static int take_span (lesdiplo_call *call, void *data) {
  const lesdiplo_doc *doc = lesdiplo_call_doc(call, 1);
  const char *name = lesdiplo_call_string(call, 4, NULL);
  const char *fields = lesdiplo_call_string(call, 5, NULL);
  struct made *to = next_made();
  double begin = -1, end = -1;
  (void)data;
  if (to == NULL) return no_memory(call);
  if (doc == NULL || name == NULL || fields == NULL)
    return lesdiplo_call_fail(call, "a document, begin, end, layer, fields");
  lesdiplo_call_number(call, 2, &begin);
  lesdiplo_call_number(call, 3, &end);
  if (!(begin >= 0 && begin <= end && end <= UINT32_MAX) ||
      lesdiplo_doc_locate(doc, (uint32_t)begin, (uint32_t)end, &to->span) !=
      LESDIPLO_OK)
    return lesdiplo_call_fail(call, "a span lies outside its document");
  to->layer = layer_of(name, strlen(name));
  if (to->layer == LAYERS) to->layer += own_layer(name);
  if (to->layer >= LAYERS + work.own_count)
    return lesdiplo_call_fail(call, "a layer that was not named before");
  to->fields = strdup(fields);
  if (to->fields == NULL) return no_memory(call);
  work.count++;
  return LESDIPLO_OK;
}

/* annotate_document(doc): its spans have been told. Without one: that was the last. */
static int take_document (lesdiplo_call *call, void *data) {
  const lesdiplo_doc *doc = lesdiplo_call_doc(call, 1);
  (void)data;
  if (doc == NULL) ld_lines_flush(&work.lines);
  else put_document(doc);
  return is_well() ? LESDIPLO_OK : lesdiplo_call_fail(call, "no more lines");
}

static const char chunk[] =
  "require 'lesdiplo.report.annotate'.all(corpus, annotate_layer,\n"
  "                                       annotate_span, annotate_document)";

/* A lesdiplo_after: makes and prints everything. Lua knows the functions by names
** that scripts hardly have, and they bear whatever a script calls them with. */
static int annotate (void *data, lesdiplo_host *host, lesdiplo_write write,
                     void *write_data, lesdiplo_error *error) {
  int code;
  (void)data;
  work.lines.write = write;
  work.lines.data = write_data;
  if (lesdiplo_host_register(host, "annotate_layer", take_layer, NULL, NULL) ||
      lesdiplo_host_register(host, "annotate_span", take_span, NULL, NULL) ||
      lesdiplo_host_register(host, "annotate_document", take_document, NULL, NULL))
    return fail(error, LESDIPLO_ENOMEM, "no memory, or no names, for annotate's "
                                        "functions");
  code = lesdiplo_host_run(host, chunk, sizeof chunk - 1, "=(annotate)", NULL, 0,
                           error);
  if (work.starved) return fail(error, LESDIPLO_ENOMEM, starved);
  return *work.unknown ? fail(error, LESDIPLO_EARG, work.unknown) : code;
}

/* In this process. */
static int annotate_here (ld_session *session) {
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  lesdiplo_error error = {0, 0, "", ""};
  lesdiplo_host *host;
  int code;
  ld_session_host(session, &options);
  code = lesdiplo_host_new(&host, session->corpus, &options, &error);
  if (code == LESDIPLO_OK)
    code = annotate(NULL, host, ld_output_write, &session->output, &error);
  lesdiplo_host_free(host);
  /* what could not be written is told when the output is closed */
  return code == LESDIPLO_OK || work.lines.failed ? LD_DONE
                                                  : ld_message_failure(&error);
}

/* Without Lua. */
static int annotate_plain (const ld_session *session) {
  uint32_t i;
  for (i = 0; i < lesdiplo_corpus_count(session->corpus) && is_well(); i++)
    put_document(lesdiplo_corpus_doc(session->corpus, i));
  ld_lines_flush(&work.lines);
  if (!work.starved) return LD_DONE;
  ld_message_error("%s", starved);
  return LD_STOPPED;
}

int ld_annotate (ld_session *session) {
  unsigned i, made = 0;
  int status;
  work.session = session;
  work.lines.write = ld_output_write;
  work.lines.data = &session->output;
  for (i = 1; i < LAYERS; i++) {
    work.numbers[i] = lesdiplo_layer(layers[i].name);
    if (is_made(i)) made |= work.set & 1u << i;
  }
  if (session->arguments.script != NULL) {
    session->arguments.words.count = 0;   /* they were paths, and are read */
    session->after = annotate;
    return ld_run(session);
  }
  status = made ? annotate_here(session) : annotate_plain(session);
  session->output.complete = status == LD_DONE;
  forget_spans();
  free(work.spans);
  return status;
}
