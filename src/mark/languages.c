/*
** languages.c - the languages that the documents of a corpus are in.
**
** What depends on a document's language (its words' stems, its stop words) is
** kept in a table a language. A field may say anything: documents in a language
** past the most that are told apart share the last table.
*/
#include <string.h>

#include "mark/mark.h"

static const char OTHERS[] = "";

bool ld_language_same (const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

ld_languages ld_languages_none (void) {
  return (ld_languages){ { NULL }, 1 };
}

ld_languages ld_languages_of (const lesdiplo_corpus *c) {
  ld_languages l = { { NULL }, 0 };
  for (uint32_t i = 0; i < c->doc_count && l.count < LD_LANGUAGES_MOST; i++) {
    const char *lang = lesdiplo_corpus_doc(c, i)->field[LD_F_LANG];
    uint32_t k = 0;
    while (k < l.count && !ld_language_same(l.names[k], lang)) k++;
    if (k < l.count) continue;
    l.names[l.count++] = k == LD_LANGUAGES_MOST - 1 ? OTHERS : lang;
  }
  return l.count ? l : ld_languages_none();
}

uint32_t ld_languages_at (const ld_languages *l, const char *lang) {
  uint32_t i = 0;
  while (i < l->count - 1 && !ld_language_same(l->names[i], lang)) i++;
  return i;
}
