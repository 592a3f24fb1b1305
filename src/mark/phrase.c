/*
** phrase.c - the tokens of a phrase that somebody looks for: cut as the words of
** a document are, for it is read as one.
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
  ld_builder_block(b, 0, (uint32_t)n, LD_PARAGRAPH, 0);
  ld_mark_words(b);
  return !b->failure;
}

bool ld_phrase_tokens (const char *text, size_t n, const char *lang,
                       ld_phrase_token *each, void *data) {
  ld_builder b;
  lesdiplo_corpus *corpus = NULL;
  if (ld_builder_init(&b, NULL, ld_word_describe, NULL) != LESDIPLO_OK)
    return false;
  bool good = read_phrase(&b, text, n, lang);
  for (uint32_t i = 0; good && i < b.doc->token_count; i++)
    each(data, b.doc->text + b.doc->token_begin[i],
         ld_token_end(b.doc, i) - b.doc->token_begin[i]);
  if (b.doc) ld_builder_close(&b);
  good &= ld_builder_finish(&b, &corpus, NULL) == LESDIPLO_OK;
  lesdiplo_corpus_close(corpus);
  return good;
}
