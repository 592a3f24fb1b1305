/*
** minimal.c - lesdiplo inside a C program: reads a corpus, looks at its
** documents, gives scripts a function, runs one, and handles an error.
**
**     cc minimal.c $(pkg-config --cflags --libs lesdiplo) -o minimal
**     ./minimal FOLDER
**
** With the static library, ask for `pkg-config --static` and link with
** -Wl,-Bstatic -llesdiplo -Wl,-Bdynamic.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lesdiplo.h>

/* Every failure comes the same way: a code, and what to tell the user. */
static void report (const lesdiplo_error *error) {
  if (error->where[0] != '\0') fprintf(stderr, "%s: ", error->where);
  fprintf(stderr, "%s\n", error->message);
}

/* The index of a document's longest sentence. */
static uint32_t longest_sentence (const lesdiplo_doc *doc,
                                  lesdiplo_span *span) {
  const int sentences = lesdiplo_layer("sentence");
  lesdiplo_span other;
  uint32_t i, best = 0;
  memset(span, 0, sizeof *span);
  for (i = 0; lesdiplo_doc_span(doc, sentences, i, &other) == LESDIPLO_OK;
       i++) {
    if (i > 0 && other.end - other.begin <= span->end - span->begin) continue;
    *span = other;
    best = i;
  }
  return best;
}

/*
** A function for scripts: longest(doc) gives a Span. What is wrong with a call
** is told by lesdiplo_call_fail, and the script sees it at its own line.
*/
static int longest (lesdiplo_call *call, void *data) {
  const lesdiplo_doc *doc = lesdiplo_call_doc(call, 1);
  unsigned *calls = data;
  lesdiplo_span span;
  if (doc == NULL)
    return lesdiplo_call_fail(call, "longest(doc): doc must be a document");
  ++*calls;
  longest_sentence(doc, &span);
  return lesdiplo_return_span(call, doc, span.begin, span.end);
}

/* A document as C sees it. Titles and the like may be unknown: NULL. */
static void print_document (const lesdiplo_doc *doc) {
  const char *title = lesdiplo_doc_field(doc, "title");
  const char *text = lesdiplo_doc_text(doc, NULL);
  char cite[512];
  lesdiplo_span span;
  uint32_t best = longest_sentence(doc, &span);
  printf("%s: %s\n", lesdiplo_doc_id(doc), title ? title : "(no title)");
  printf("  %u sentences; number %u is the longest, %u bytes: %.40s...\n",
         (unsigned)lesdiplo_doc_count(doc, lesdiplo_layer("sentence")),
         (unsigned)best + 1, (unsigned)(span.end - span.begin),
         text + span.begin);
  if (lesdiplo_doc_cite(doc, span.begin, span.end, cite, sizeof cite) > 0)
    printf("  %s\n", cite);
}

/* What a script prints comes here; another result than 0 would stop it. */
static int print_indented (void *data, const char *bytes, size_t length) {
  FILE *out = data;
  size_t i;
  for (i = 0; i < length; i++) {
    putc(bytes[i], out);
    if (bytes[i] == '\n' && i + 1 < length) fputs("  ", out);
  }
  return 0;
}

static int run (lesdiplo_host *host, const char *script,
                lesdiplo_error *error) {
  return lesdiplo_host_run(host, script, strlen(script), "=(minimal)", NULL, 0,
                           error);
}

/* Scripts over the corpus; returns a LESDIPLO_ code. */
static int run_scripts (const lesdiplo_corpus *corpus, lesdiplo_error *error) {
  static const char rows[] =
      "for doc in corpus:docs{ lang = 'en' } do\n"
      "  lesdiplo.emit({ lang = doc.lang, longest = #longest(doc).text },\n"
      "                { 'lang', 'longest' })\n"
      "end\n";
  static const char wrong[] = "return longest(42)";
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  lesdiplo_host *host;
  unsigned calls = 0;
  int code;
  options.write = print_indented;
  options.write_data = stdout;
  options.format = "table";
  code = lesdiplo_host_new(&host, corpus, &options, error);
  if (code != LESDIPLO_OK) return code;
  code = lesdiplo_host_register(host, "longest", longest, &calls,
                                "longest(doc) -> Span\n"
                                "The longest sentence of a document.\n");
  if (code == LESDIPLO_OK) code = run(host, rows, error);
  if (code == LESDIPLO_OK) {
    printf("longest was called %u times\n", calls);
    /* An error ends the script and nothing else: the host is as good as new. */
    if (run(host, wrong, error) != LESDIPLO_ESCRIPT) abort();
    printf("as it should, a wrong call failed:\n%s\n", error->message);
    code = run(host, "print('and the host goes on')", error);
  }
  lesdiplo_host_free(host);
  return code;
}

int main (int argc, char **argv) {
  lesdiplo_corpus *corpus;
  lesdiplo_error error = { 0, 0, "", "" };
  uint32_t i;
  int code;
  if (lesdiplo_corpus_open(&corpus, argc > 1 ? argv[1] : ".", &error)) {
    report(&error);
    return EXIT_FAILURE;
  }
  /* Documents that could not be read are no failure, but they are told. */
  for (i = 0; lesdiplo_corpus_note(corpus, i, &error) == LESDIPLO_OK; i++)
    report(&error);
  for (i = 0; i < lesdiplo_corpus_count(corpus); i++)
    print_document(lesdiplo_corpus_doc(corpus, i));
  code = run_scripts(corpus, &error);
  if (code != LESDIPLO_OK) report(&error);
  lesdiplo_corpus_close(corpus);   /* after the hosts that stand on it */
  return code == LESDIPLO_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
