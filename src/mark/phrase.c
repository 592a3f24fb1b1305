/*
** phrase.c - the tokens of phrases that somebody looks for: cut as the words of a
** document are, for they are read as one, a block a line.
*/
#include <string.h>

#include "mark/mark.h"

static bool read_phrase (ld_builder *b, const char *text, size_t n,
                         const char *lang) {
  const char *kept = ld_builder_store(b, text, n);
  if (!kept) return false;
  ld_builder_open(b, "", "phrase", kept, n);
  if (lang) ld_builder_field(b, LD_F_LANG, lang, strlen(lang));
  ld_builder_text_end(b);
  for (const char *p = text, *end = text + n, *line; p < end; p = line + 1) {
    line = memchr(p, '\n', (size_t)(end - p));
    if (!line) line = end;
    if (line > p)
      ld_builder_block(b, (uint32_t)(p - text), (uint32_t)(line - text),
                       LD_PARAGRAPH, 0);
  }
  ld_mark_words(b);
  return !b->failure;
}

/* Gives the tokens of a document, and each end of a line, and that of the text. */
static void give_tokens (const lesdiplo_doc *doc, ld_phrase_token *each,
                         void *data) {
  const char *p = doc->text, *end = doc->text + doc->text_length;
  uint32_t i = 0;
  while (p) {
    const char *stop = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
    const uint32_t at = (uint32_t)((stop ? stop : end) - doc->text);
    for (; i < doc->token_count && doc->token_begin[i] < at; i++) each(data, doc, i);
    each(data, doc, LD_PHRASE_END);
    p = stop ? stop + 1 : NULL;
  }
}

bool ld_phrase_tokens (const char *text, size_t n, const char *lang,
                       ld_phrase_token *each, void *data) {
  ld_builder b;
  lesdiplo_corpus *corpus = NULL;
  if (ld_builder_init(&b, NULL, ld_word_describe, NULL) != LESDIPLO_OK)
    return false;
  bool good = read_phrase(&b, text, n, lang);
  if (good) give_tokens(b.doc, each, data);
  if (b.doc) ld_builder_close(&b);
  good &= ld_builder_finish(&b, &corpus, NULL) == LESDIPLO_OK;
  lesdiplo_corpus_close(corpus);
  return good;
}
