/*
** document.h - what must be true of any document and any corpus, however wild
** its source was.
**
** Spans are sorted and lie inside the text, on the borders of characters;
** tokens tile sentences, and sentences blocks; the map from text to source goes
** forward; a span is found again by its source, its citation is read back as it
** was written and holds, and so does its record in JSON.
*/
#ifndef FUZZ_DOCUMENT_H
#define FUZZ_DOCUMENT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mark/mark.h"

/* Holds, or ends the process; asserts may be compiled out, these not. */
#define FUZZ_CHECK(condition) \
  ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition))

static inline void fuzz_fail (const char *file, int line, const char *what) {
  fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
  abort();
}

static inline bool fuzz_is_utf8 (const char *bytes, size_t n) {
  return ld_utf8_check(bytes, n) == n;
}

/* Whether a character begins, or the text ends, at that byte. */
static inline bool fuzz_on_border (const lesdiplo_doc *doc, uint32_t at) {
  return at == doc->text_length ||
         (at < doc->text_length &&
          ((unsigned char)doc->text[at] & 0xC0) != 0x80);
}


/* -------------------------------------------------------------------- map */

/* Whether the text's byte is the source's; white space may have become a blank,
** and a reference to no character U+FFFD. */
static inline bool fuzz_is_same (const lesdiplo_doc *doc, const ld_piece *p,
                                 uint32_t at) {
  const char *text = doc->text + at;
  if (*text == doc->source[p->source + at - p->text]) return true;
  if (*text == ' ' || *text == '\n') return true;
  for (int back = 0; back < 3 && at >= p->text + (uint32_t)back; back++)
    if (memcmp(text - back, "\xEF\xBF\xBD", 3) == 0) return true;
  return false;
}

/* Pieces are in order, inside the source; where the source is UTF-8 too, what
** is as long as its source is the same. */
static inline void fuzz_check_map (const lesdiplo_doc *doc) {
  const bool plain = fuzz_is_utf8(doc->source, doc->source_length);
  uint32_t source = 0, text = 0;
  for (uint32_t i = 0; i < doc->piece_count; i++) {
    const ld_piece *p = doc->pieces + i;
    const uint32_t end = i + 1 < doc->piece_count ? p[1].text
                                                  : doc->text_length;
    FUZZ_CHECK(p->text >= text && p->text <= end && end <= doc->text_length);
    FUZZ_CHECK(p->source >= source && p->source_end >= p->source);
    FUZZ_CHECK(p->source_end <= doc->source_length);
    FUZZ_CHECK(fuzz_on_border(doc, p->text));
    if (plain && !ld_piece_is_row(p) &&
        end - p->text == p->source_end - p->source)
      for (uint32_t at = p->text; at < end; at++)
        FUZZ_CHECK(fuzz_is_same(doc, p, at));
    source = p->source_end;
    text = end;
  }
  if (doc->piece_count) FUZZ_CHECK(doc->pieces->text == 0);
}


/* ------------------------------------------------------------------ spans */

/* The span has a place in the source, and is found again from there. */
static inline void fuzz_check_place (const lesdiplo_doc *doc,
                                     const lesdiplo_span *span) {
  lesdiplo_span again;
  uint32_t begin, end;
  FUZZ_CHECK(span->begin <= span->end && span->end <= doc->text_length);
  FUZZ_CHECK(fuzz_on_border(doc, span->begin));
  FUZZ_CHECK(fuzz_on_border(doc, span->end));
  FUZZ_CHECK(span->source_begin <= span->source_end);
  FUZZ_CHECK(span->source_end <= doc->source_length);
  FUZZ_CHECK(lesdiplo_doc_locate(doc, span->begin, span->end, &again) ==
             LESDIPLO_OK);
  FUZZ_CHECK(again.source_begin == span->source_begin);
  FUZZ_CHECK(again.source_end == span->source_end);
  if (span->begin == span->end) return;
  FUZZ_CHECK(ld_locate_source(doc, span->source_begin, span->source_end,
                              &begin, &end));
  FUZZ_CHECK(begin <= span->begin && end >= span->end);
}

/* Spans are sorted, in the text and in the source, and do not overlap; only an
** empty one (a footnote's mark) may lie inside another. */
static inline void fuzz_check_layer (const lesdiplo_doc *doc, int layer) {
  const uint32_t count = lesdiplo_doc_count(doc, layer);
  uint32_t begin = 0, end = 0, source = 0;
  lesdiplo_span span;
  for (uint32_t i = 0; i < count; i++) {
    FUZZ_CHECK(lesdiplo_doc_span(doc, layer, i, &span) == LESDIPLO_OK);
    fuzz_check_place(doc, &span);
    FUZZ_CHECK(span.begin >= begin && span.source_begin >= source);
    if (span.begin < span.end) {
      FUZZ_CHECK(span.begin >= end);
      end = span.end;
    }
    begin = span.begin;
    source = span.source_begin;
  }
  FUZZ_CHECK(lesdiplo_doc_span(doc, layer, count, &span) ==
             LESDIPLO_ENOTFOUND);
}

static inline void fuzz_check_blocks (const lesdiplo_doc *doc) {
  const int layer = lesdiplo_layer("block");
  for (uint32_t i = 0; i < doc->block_count; i++) {
    const ld_block *b = doc->blocks + i;
    FUZZ_CHECK(b->kind < LD_BLOCK_KINDS);
    FUZZ_CHECK(lesdiplo_doc_span_field(doc, layer, i, "kind", NULL) != NULL);
    const char *level = lesdiplo_doc_span_field(doc, layer, i, "level", NULL);
    FUZZ_CHECK((level != NULL) == (b->level > 0));
  }
}

/* What is known of a word is there, and is UTF-8. */
static inline void fuzz_check_word (const lesdiplo_doc *doc, uint32_t i) {
  static const char *const fields[] = { "folded", "stem", "shape" };
  const int layer = lesdiplo_layer("token");
  for (int k = 0; k < 3; k++) {
    size_t n;
    const char *s = lesdiplo_doc_span_field(doc, layer, i, fields[k], &n);
    FUZZ_CHECK(s != NULL && fuzz_is_utf8(s, n));
  }
}

/* A token is its word's form. Words are looked at for a hundred of them. */
static inline void fuzz_check_tokens (const lesdiplo_doc *doc) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  for (uint32_t i = 0; i < doc->token_count; i++) {
    const uint32_t word = doc->token_word[i], at = doc->token_begin[i];
    FUZZ_CHECK(word > 0 && word < v->count);
    const uint32_t length = ld_word_at(v, word)->length;
    FUZZ_CHECK(length > 0 && at + length <= doc->text_length);
    FUZZ_CHECK(memcmp(ld_word_form(v, word), doc->text + at, length) == 0);
    FUZZ_CHECK(memchr(ld_word_form(v, word), 0, length) == NULL);
    FUZZ_CHECK(ld_word_find(v, doc->text + at, length) == word);
    if (i % (1 + doc->token_count / 100) == 0) fuzz_check_word(doc, i);
  }
}

static inline bool fuzz_is_between (const lesdiplo_doc *doc, uint32_t begin,
                                    uint32_t end) {
  const char *p = doc->text + begin, *stop = doc->text + end;
  for (int n; p < stop; p += n) {
    const enum ld_class k = ld_class_at(p, stop, &n);
    if (k != LD_SPACE && k != LD_FORMAT) return false;
  }
  return true;
}

/* Each token lies in one sentence, each sentence in one block; what is in a
** block and in no token is white space. */
static inline void fuzz_check_tiles (const lesdiplo_doc *doc) {
  uint32_t token = 0, s = 0;
  for (uint32_t i = 0; i < doc->block_count; i++) {
    const ld_block *b = doc->blocks + i;
    uint32_t at = b->begin;
    for (; s < doc->sentence_count && doc->sentences[s].block == i; s++) {
      const ld_sentence *one = doc->sentences + s;
      const uint32_t stop = s + 1 < doc->sentence_count ? one[1].token
                                                        : doc->token_count;
      FUZZ_CHECK(one->token == token && stop > token);
      FUZZ_CHECK(one->begin == doc->token_begin[token]);
      for (; token < stop; token++) {
        FUZZ_CHECK(fuzz_is_between(doc, at, doc->token_begin[token]));
        at = ld_token_end(doc, token);
      }
      FUZZ_CHECK(one->end == at && at <= b->end);
    }
    FUZZ_CHECK(at <= b->end && fuzz_is_between(doc, at, b->end));
  }
  FUZZ_CHECK(s == doc->sentence_count && token == doc->token_count);
}


/* ----------------------------------------------------------------- claims */

/* Adds the citation of a span, and its record as annotate writes it. */
static inline void fuzz_add_claim (const lesdiplo_doc *doc,
                                   const lesdiplo_span *span,
                                   ld_buffer *out) {
  static char cite[16384];
  static ld_citation read;
  const char *hash;
  const int n = lesdiplo_doc_cite(doc, span->begin, span->end, cite,
                                  sizeof cite);
  FUZZ_CHECK(n > 0 && n < (int)sizeof cite);
  FUZZ_CHECK(ld_citation_parse(cite, cite + n, &read) == cite);
  FUZZ_CHECK(strcmp(read.doc, doc->id) == 0);
  FUZZ_CHECK(read.begin == span->source_begin && read.end == span->source_end);
  hash = read.hash;
  ld_buffer_format(out, "so it says (%s), and\n{\"doc\":", cite);
  ld_buffer_json(out, doc->id, strlen(doc->id));
  ld_buffer_format(out, ",\"start\":%u,\"end\":%u,\"hash\":\"%s\",\"text\":",
                   read.begin, read.end, hash);
  ld_buffer_json(out, doc->text + span->begin, span->end - span->begin);
  ld_buffer_puts(out, "}\n");
}

typedef struct fuzz_tally { uint32_t claims; const char *broken; } fuzz_tally;

static inline void fuzz_count (void *data, const lesdiplo_finding *finding) {
  fuzz_tally *tally = data;
  tally->claims++;
  if (!finding->reason) return;
  fprintf(stderr, "%s: %s\n", finding->what, finding->reason);
  tally->broken = finding->reason;
}

/* What is cited holds: of some twenty spans a layer, for each costs two digests. */
static inline void fuzz_check_claims (const lesdiplo_doc *doc) {
  ld_memory memory;
  ld_buffer out;
  fuzz_tally tally = { 0, NULL };
  uint32_t claims = 0;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&out, &memory);
  for (int layer = 0; layer < 3; layer++) {
    const uint32_t count = lesdiplo_doc_count(doc, layer);
    for (uint32_t i = 0; i < count; i += 1 + count / 20) {
      lesdiplo_span span;
      lesdiplo_doc_span(doc, layer, i, &span);
      fuzz_add_claim(doc, &span, &out);
      claims += 2;
    }
  }
  FUZZ_CHECK(!out.failed);
  const int code = lesdiplo_verify(doc->corpus, ld_buffer_text(&out), out.used,
                                   fuzz_count, &tally, NULL);
  FUZZ_CHECK(tally.broken == NULL && tally.claims == claims);
  FUZZ_CHECK(code == (claims ? LESDIPLO_OK : LESDIPLO_ENOTFOUND));
  ld_buffer_free(&out);
}


/* ------------------------------------------------------------------ whole */

static inline void fuzz_check_fields (const lesdiplo_doc *doc) {
  const char *name, *value;
  uint32_t i = 0;
  for (; lesdiplo_doc_field_at(doc, i, &name, &value) == LESDIPLO_OK; i++)
    FUZZ_CHECK(*value && fuzz_is_utf8(name, strlen(name)) &&
               fuzz_is_utf8(value, strlen(value)));
  for (int k = 0; k < LD_F_COUNT; k++)
    FUZZ_CHECK(doc->evidence[k].begin <= doc->evidence[k].end &&
               doc->evidence[k].end <= doc->text_length);
  value = lesdiplo_doc_field(doc, "sha256");
  FUZZ_CHECK(value != NULL && strlen(value) == 64);
}

static inline void fuzz_check_doc (const lesdiplo_doc *doc) {
  FUZZ_CHECK(fuzz_is_utf8(doc->text, doc->text_length));
  fuzz_check_map(doc);
  for (int layer = 0; layer < 3; layer++) fuzz_check_layer(doc, layer);
  fuzz_check_blocks(doc);
  fuzz_check_tokens(doc);
  fuzz_check_tiles(doc);
  fuzz_check_fields(doc);
  fuzz_check_claims(doc);
}

/* Groups come in order, of two documents at least; each is like one of them. */
typedef struct fuzz_group { uint32_t group, size; } fuzz_group;

static inline void fuzz_count_alike (void *data,
                                     const lesdiplo_duplicate *one) {
  fuzz_group *last = data;
  FUZZ_CHECK(one->similarity >= 0 && one->similarity <= 1);
  if (last->size == 0 || one->group != last->group) {
    FUZZ_CHECK(last->size != 1);
    FUZZ_CHECK(one->group == (last->size ? last->group + 1 : 0));
    FUZZ_CHECK(one->like == one->index);
    last->size = 0;
  }
  last->group = one->group;
  last->size++;
}

static inline void fuzz_check_duplicates (const lesdiplo_corpus *corpus) {
  fuzz_group last = { 0, 0 };
  FUZZ_CHECK(lesdiplo_corpus_duplicates(corpus, 0.8, fuzz_count_alike, &last,
                                        NULL) == LESDIPLO_OK);
  FUZZ_CHECK(last.size != 1);
}

static inline void fuzz_check_corpus (const lesdiplo_corpus *corpus) {
  lesdiplo_error note;
  for (uint32_t i = 0; i < lesdiplo_corpus_count(corpus); i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
    FUZZ_CHECK(doc->index == i);
    FUZZ_CHECK(lesdiplo_corpus_find(corpus, doc->id) == doc);
    fuzz_check_doc(doc);
  }
  if (lesdiplo_corpus_count(corpus) > 1) fuzz_check_duplicates(corpus);
  uint32_t i = 0;
  for (; lesdiplo_corpus_note(corpus, i, &note) == LESDIPLO_OK; i++)
    FUZZ_CHECK(note.code < 0 && note.message[0] &&
               fuzz_is_utf8(note.message, strlen(note.message)) &&
               fuzz_is_utf8(note.where, strlen(note.where)));
}

#endif
