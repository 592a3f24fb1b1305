/*
** corpus.c - the public getters of a frozen corpus and its documents.
**
** Embedders' arguments are checked here; the rooms below believe theirs.
*/
#include <string.h>

#include "corpus/corpus.h"

uint32_t lesdiplo_corpus_count (const lesdiplo_corpus *c) {
  return c ? c->doc_count : 0;
}

const lesdiplo_doc *lesdiplo_corpus_doc (const lesdiplo_corpus *c,
                                         uint32_t index) {
  if (!c || index >= c->doc_count) return NULL;
  return (const lesdiplo_doc *)(const void *)c->docs.base + index;
}

const lesdiplo_doc *lesdiplo_corpus_find (const lesdiplo_corpus *c,
                                          const char *id) {
  uint32_t index;
  if (!c || !id || !ld_map_get(&c->ids, id, strlen(id), &index)) return NULL;
  return lesdiplo_corpus_doc(c, index);
}

int lesdiplo_corpus_note (const lesdiplo_corpus *c, uint32_t index,
                          lesdiplo_error *note) {
  if (!c || !note) return LESDIPLO_EARG;
  if (index >= c->note_count) return LESDIPLO_ENOTFOUND;
  const ld_note *kept = (const ld_note *)(const void *)c->notes.base + index;
  ld_fail(note, kept->code, kept->where, kept->line, "%s", kept->message);
  return LESDIPLO_OK;
}

uint64_t lesdiplo_corpus_memory (const lesdiplo_corpus *c) {
  if (!c) return 0;
  uint64_t mapped = 0;
  const ld_file *files = (const ld_file *)(const void *)c->files.base;
  for (size_t i = 0; i < c->files.used / sizeof *files; i++)
    mapped += files[i].mapped;
  return c->memory.used + c->lazy.used + mapped;
}

const char *lesdiplo_doc_id (const lesdiplo_doc *doc) {
  return doc ? doc->id : NULL;
}

uint32_t lesdiplo_doc_index (const lesdiplo_doc *doc) {
  return doc ? doc->index : 0;
}

/* Worked out when first asked for: it is a pass over the whole source. */
static const char *sha256_of (const lesdiplo_doc *doc) {
  lesdiplo_corpus *c = (lesdiplo_corpus *)(uintptr_t)doc->corpus;
  size_t size = c->doc_count * sizeof *c->sha256;
  char (*digest)[65] = NULL;
  pthread_mutex_lock(&c->lock);
  if (!c->sha256 && (c->sha256 = ld_memory_new(&c->lazy, size)) != NULL)
    memset(c->sha256, 0, size);
  if (c->sha256) {
    digest = c->sha256[doc->index];
    if (!digest && (digest = ld_memory_new(&c->lazy, sizeof *digest)) != NULL)
      ld_sha256(doc->source, doc->source_length, *digest);
    c->sha256[doc->index] = digest;
  }
  pthread_mutex_unlock(&c->lock);
  return digest ? *digest : NULL;
}

const char *lesdiplo_doc_field (const lesdiplo_doc *doc, const char *name) {
  if (!doc || !name) return NULL;
  if (strcmp(name, "sha256") == 0) return sha256_of(doc);
  for (int i = 0; i < LD_F_COUNT; i++)
    if (strcmp(ld_field_names[i], name) == 0) return doc->field[i];
  for (uint32_t i = 0; i < doc->more_count; i++)
    if (strcmp(doc->more[i].name, name) == 0) return doc->more[i].value;
  return NULL;
}

int lesdiplo_doc_field_at (const lesdiplo_doc *doc, uint32_t index,
                           const char **name, const char **value) {
  if (!doc || !name || !value) return LESDIPLO_EARG;
  for (int i = 0; i < LD_F_COUNT; i++) {
    if (!doc->field[i] || index-- > 0) continue;
    *name = ld_field_names[i];
    *value = doc->field[i];
    return LESDIPLO_OK;
  }
  if (index >= doc->more_count) return LESDIPLO_ENOTFOUND;
  *name = doc->more[index].name;
  *value = doc->more[index].value;
  return LESDIPLO_OK;
}

const char *lesdiplo_doc_text (const lesdiplo_doc *doc, size_t *length) {
  if (length) *length = doc ? doc->text_length : 0;
  return doc ? doc->text : NULL;
}

const char *lesdiplo_doc_source (const lesdiplo_doc *doc, size_t *length) {
  if (length) *length = doc ? doc->source_length : 0;
  return doc ? doc->source : NULL;
}


/* ----------------------------------------------------------------- spans */

enum { BLOCK, SENTENCE, TOKEN, LAYERS };

int lesdiplo_layer (const char *name) {
  static const char *const names[LAYERS] = { "block", "sentence", "token" };
  for (int i = 0; name && i < LAYERS; i++)
    if (strcmp(names[i], name) == 0) return i;
  return LESDIPLO_ENOTFOUND;
}

uint32_t lesdiplo_doc_count (const lesdiplo_doc *doc, int layer) {
  if (!doc) return 0;
  switch (layer) {
    case BLOCK: return doc->block_count;
    case SENTENCE: return doc->sentence_count;
    case TOKEN: return doc->token_count;
    default: return 0;
  }
}

int lesdiplo_doc_span (const lesdiplo_doc *doc, int layer, uint32_t index,
                       lesdiplo_span *out) {
  if (!doc || !out || layer < 0 || layer >= LAYERS) return LESDIPLO_EARG;
  if (index >= lesdiplo_doc_count(doc, layer)) return LESDIPLO_ENOTFOUND;
  if (layer == BLOCK)
    ld_locate(doc, doc->blocks[index].begin, doc->blocks[index].end, out);
  else if (layer == SENTENCE)
    ld_locate(doc, doc->sentences[index].begin, doc->sentences[index].end,
              out);
  else
    ld_locate(doc, doc->token_begin[index], ld_token_end(doc, index), out);
  return LESDIPLO_OK;
}

int lesdiplo_doc_locate (const lesdiplo_doc *doc, uint32_t begin, uint32_t end,
                         lesdiplo_span *out) {
  if (!doc || !out || begin > end || end > doc->text_length)
    return LESDIPLO_EARG;
  ld_locate(doc, begin, end, out);
  return LESDIPLO_OK;
}
