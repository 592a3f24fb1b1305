/*
** builder.c - a corpus in the making, one document at a time.
**
** Each kind of thing goes to the end of its own area, so a document's things
** lie side by side and a document is a handful of pointers and counts. Areas
** never move, so the pointers are final from the start. The first failure is
** kept and makes every later call a no-op.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/corpus.h"

const char *const ld_block_names[LD_BLOCK_KINDS] = {
  "heading", "paragraph", "item", "caption", "byline", "dateline", "header",
  "footer", "boilerplate", "table"
};

const char *const ld_field_names[LD_F_COUNT] = {
  "path", "title", "date", "date_precision", "date_how", "source", "byline",
  "dateline", "lang", "kind"
};

/* The areas of a corpus, for what is done to each. */
enum { AREAS = 11 };
static ld_area *area_at (lesdiplo_corpus *c, int i) {
  ld_area *const all[AREAS] = {
    &c->docs, &c->text, &c->strings, &c->pieces, &c->blocks, &c->sentences,
    &c->token_begin, &c->token_word, &c->files, &c->notes, &c->counts
  };
  return all[i];
}

static void fail (ld_builder *b, int code) {
  if (!b->failure) b->failure = code;
}

/* Looks whether any container has failed since, or it is enough. */
static bool alive (ld_builder *b) {
  lesdiplo_corpus *c = b->corpus;
  if (b->stop && *b->stop) fail(b, LESDIPLO_ELIMIT);
  for (int i = 0; i < AREAS; i++)
    if (area_at(c, i)->failed) fail(b, LESDIPLO_ENOMEM);
  if (c->vocabulary.failed || c->ids.failed || c->repeats.failed)
    fail(b, LESDIPLO_ENOMEM);
  return b->failure == LESDIPLO_OK;
}

/* The corpus lies in its own first memory: a block outside its budget. */
int ld_builder_init (ld_builder *b, const lesdiplo_options *options,
                     ld_describe describe, lesdiplo_error *error) {
  memset(b, 0, sizeof *b);
  uint64_t limit = options && options->max_memory ? options->max_memory
                                                  : UINT64_MAX;
  ld_memory memory;
  ld_memory_init(&memory, options ? options->alloc : NULL,
                 options ? options->alloc_data : NULL, limit);
  lesdiplo_corpus *c = ld_memory_new(&memory, sizeof *c);
  if (!c) return ld_fail_memory(error);
  memset(c, 0, sizeof *c);
  c->memory = memory;
  ld_memory_init(&c->lazy, memory.alloc, memory.data, UINT64_MAX);
  pthread_mutex_init(&c->lock, NULL);
  for (int i = 0; i < AREAS; i++) ld_area_init(area_at(c, i), &c->memory);
  ld_map_init(&c->ids, &c->memory);
  ld_map_init(&c->repeats, &c->memory);
  b->corpus = c;
  b->stop = options ? options->stop : NULL;
  if (!ld_vocabulary_init(&c->vocabulary, &c->memory, describe))
    fail(b, LESDIPLO_ENOMEM);
  return LESDIPLO_OK;
}

void ld_builder_keep (ld_builder *b, const ld_file *file) {
  if (!ld_area_push(&b->corpus->files, file, sizeof *file)) {
    ld_file copy = *file;
    ld_file_close(&copy);
    fail(b, LESDIPLO_ENOMEM);
  }
}

/* A terminated copy among the strings, or NULL. */
static const char *string (ld_builder *b, const char *bytes, size_t n) {
  char *place = ld_area_take(&b->corpus->strings, n + 1);
  if (!place) return NULL;
  if (n) memcpy(place, bytes, n);
  place[n] = '\0';
  return place;
}

/* The same of bytes that may be no UTF-8, such as a file's name: each that is
** none becomes U+FFFD, for all strings that are handed out are UTF-8. */
static const char *clean (ld_builder *b, const char *bytes, size_t n) {
  size_t good = ld_utf8_check(bytes, n);
  if (good == n) return string(b, bytes, n);
  char *place = ld_area_room(&b->corpus->strings, 3 * n + 1);
  if (!place) return NULL;
  size_t used = 0;
  for (;; good = ld_utf8_check(bytes, n)) {
    memcpy(place + used, bytes, good);
    used += good;
    if (good == n) break;
    memcpy(place + used, "\xEF\xBF\xBD", 3);
    used += 3;
    bytes += good + 1;
    n -= good + 1;
  }
  place[used++] = '\0';
  ld_area_take(&b->corpus->strings, used);
  return place;
}

/* The same, besides with white space folded to one space and the ends trimmed;
** NULL when nothing is left. */
static const char *tidy (ld_builder *b, const char *bytes, size_t n) {
  char *place = ld_area_room(&b->corpus->strings, 3 * n + 1);
  if (!place) return NULL;
  size_t used = 0;
  bool gap = false;
  for (size_t i = 0; i < n;) {
    uint32_t cp;
    size_t length = (size_t)ld_utf8_read(bytes + i, bytes + n, &cp);
    if (cp <= ' ' || cp == 0xA0 || cp == 0x202F || cp == 0x3000 ||
        (cp >= 0x2000 && cp <= 0x200B) || cp == 0xFEFF) {
      gap = used > 0;
    } else {
      if (gap) place[used++] = ' ';
      gap = false;
      const bool bad = cp == 0xFFFD && length == 1;
      const size_t kept = bad ? 3 : length;
      memcpy(place + used, bad ? "\xEF\xBF\xBD" : bytes + i, kept);
      used += kept;
    }
    i += length;
  }
  if (!used) return NULL;
  place[used++] = '\0';
  ld_area_take(&b->corpus->strings, used);
  return place;
}

const char *ld_builder_store (ld_builder *b, const char *bytes, size_t n) {
  if (!alive(b)) return NULL;
  char *place = ld_area_take(&b->corpus->text, n + LD_PADDING);
  if (!place) return alive(b), NULL;
  if (n) memcpy(place, bytes, n);
  memset(place + n, 0, LD_PADDING);
  return place;
}

/* How many documents have come with this id, this one too. */
static uint32_t repeated (ld_builder *b, const char *id, size_t n) {
  uint32_t at;
  if (!ld_map_get(&b->corpus->repeats, id, n, &at)) {
    const char *key = string(b, id, n);
    if (!key) return 2;
    ld_map_put(&b->corpus->repeats, key, n,
               (uint32_t)(b->corpus->counts.used / sizeof at));
    uint32_t count = 1;
    ld_area_push(&b->corpus->counts, &count, sizeof count);
    at = (uint32_t)(b->corpus->counts.used / sizeof at) - 1;
  }
  if (b->corpus->counts.failed) return 2;
  return ++((uint32_t *)(void *)b->corpus->counts.base)[at];
}

/* An id nobody has: 'id' itself, one of the strings, or with a number after
** it. */
static const char *unique (ld_builder *b, const char *id) {
  uint32_t other;
  size_t n = strlen(id);
  if (!ld_map_get(&b->corpus->ids, id, n, &other)) return id;
  char name[LD_ID_MAX + 16];
  /* The next number is as many as have come with this id: one look-up, save
  ** where somebody numbers ids in just this way. */
  uint32_t from = repeated(b, id, n);
  for (unsigned k = from;; k++) {
    int used = snprintf(name, sizeof name, "%s:%u", id, k);
    if (!ld_map_get(&b->corpus->ids, name, (size_t)used, &other)) {
      ld_builder_note(b, LESDIPLO_EFORMAT, id, 0,
                      "another document has this id; this one is cited as %s",
                      name);
      return string(b, name, (size_t)used);
    }
  }
}

/* The id as it is kept: room is left for a number behind it. */
static const char *clean_id (ld_builder *b, const char *id) {
  enum { ROOM = 3 * (LD_ID_MAX - 16) };
  size_t n = strlen(id);
  const char *name = clean(b, id, n < ROOM ? n : ROOM);
  if (name && strlen(name) > LD_ID_MAX - 16)
    name = string(b, name, ld_utf8_floor(name, LD_ID_MAX - 16));
  return name ? unique(b, name) : NULL;
}

static void start (lesdiplo_corpus *c, lesdiplo_doc *doc) {
  doc->pieces = NULL;
  doc->blocks = ld_area_room(&c->blocks, 0);
  doc->sentences = ld_area_room(&c->sentences, 0);
  doc->token_begin = ld_area_room(&c->token_begin, 0);
  doc->token_word = ld_area_room(&c->token_word, 0);
}

void ld_builder_open (ld_builder *b, const char *path, const char *id,
                      const char *source, size_t n) {
  if (!alive(b)) return;
  lesdiplo_corpus *c = b->corpus;
  const char *name = clean_id(b, id);
  lesdiplo_doc *doc = ld_area_room(&c->docs, sizeof *doc);
  if (!doc || !name) { alive(b); return; }
  memset(doc, 0, sizeof *doc);
  doc->corpus = c;
  doc->id = name;
  doc->index = c->doc_count;
  doc->source = doc->text = source;
  doc->source_length = doc->text_length = (uint32_t)n;
  doc->unit = 1;
  start(c, doc);
  b->doc = doc;
  b->own_text = false;
  memset(b->later, 0, sizeof b->later);
  doc->field[LD_F_PATH] = *path ? clean(b, path, strlen(path)) : NULL;
}

void ld_builder_units (ld_builder *b, unsigned unit, bool big_endian) {
  if (!b->doc || b->failure) return;
  b->doc->unit = (uint8_t)unit;
  b->doc->big_endian = big_endian;
}

/* Whether n bytes for source [begin, end) lengthen a piece: both go on byte for
** byte, or both are rows of one width with room for each other. */
static bool goes_on (const ld_piece *last, size_t text, size_t n, size_t begin,
                     size_t end, const uint8_t width[4]) {
  size_t length = text - last->text;
  if (last->source_end != begin || memcmp(last->width, width, 4) != 0)
    return false;
  if (ld_piece_is_row(last)) return length + n <= LD_ROW_MAX;
  return n == end - begin && last->source_end - last->source == length;
}

static void add_piece (ld_builder *b, size_t text, size_t n, size_t begin,
                       size_t end, const uint8_t width[4]) {
  lesdiplo_corpus *c = b->corpus;
  lesdiplo_doc *doc = b->doc;
  ld_piece *last = NULL;
  if (doc->piece_count)
    last = (ld_piece *)(void *)(c->pieces.base + c->pieces.used) - 1;
  if (last && goes_on(last, text, n, begin, end, width)) {
    last->source_end = (uint32_t)end;
    return;
  }
  ld_piece piece = { (uint32_t)text, (uint32_t)begin, (uint32_t)end,
                     { width[0], width[1], width[2], width[3] } };
  const ld_piece *place = ld_area_push(&c->pieces, &piece, sizeof piece);
  if (!doc->piece_count) doc->pieces = place;
  doc->piece_count++;
}

void ld_builder_row (ld_builder *b, const char *bytes, size_t n, size_t begin,
                     size_t end, const uint8_t width[4]) {
  if (!b->doc || b->failure || (n == 0 && begin == end)) return;
  if (!b->own_text) {
    b->own_text = true;
    b->doc->text = ld_area_room(&b->corpus->text, 0);
    b->doc->text_length = 0;
  }
  add_piece(b, b->doc->text_length, n, begin, end, width);
  if (b->doc->text_length + n > UINT32_MAX - LD_PADDING ||
      !ld_area_push(&b->corpus->text, bytes, n) || b->corpus->pieces.failed) {
    fail(b, LESDIPLO_ENOMEM);
    return;
  }
  if (!b->doc->text_length)
    b->doc->text = b->corpus->text.base + b->corpus->text.used - n;
  b->doc->text_length += (uint32_t)n;
}

void ld_builder_text (ld_builder *b, const char *bytes, size_t n,
                      size_t begin, size_t end) {
  static const uint8_t none[4];
  ld_builder_row(b, bytes, n, begin, end, none);
}

uint32_t ld_builder_at (const ld_builder *b) {
  return b->doc && b->own_text ? b->doc->text_length : 0;
}

void ld_builder_text_end (ld_builder *b) {
  if (!b->doc || b->failure || !b->own_text) return;
  char *pad = ld_area_take(&b->corpus->text, LD_PADDING);
  if (!pad) { alive(b); return; }
  memset(pad, 0, LD_PADDING);
  if (!b->doc->text_length) b->doc->text = pad;
  /* A text of one piece that is all of its source needs no map. */
  const ld_piece *only = b->doc->pieces;
  if (b->doc->piece_count == 1 && !ld_piece_is_row(only) &&
      only->source == 0 && only->source_end == b->doc->source_length &&
      only->source_end == b->doc->text_length) {
    b->doc->pieces = NULL;
    b->doc->piece_count = 0;
  }
}

void ld_builder_block (ld_builder *b, uint32_t begin, uint32_t end,
                       enum ld_block_kind kind, unsigned level) {
  if (!b->doc || b->failure) return;
  ld_block *place = ld_area_take(&b->corpus->blocks, sizeof *place);
  if (!place) { alive(b); return; }
  *place = (ld_block){ begin, end, (uint8_t)kind,
                       (uint8_t)(level < 255 ? level : 255), 0 };
  if (!b->doc->block_count++) b->doc->blocks = place;
}

void ld_builder_sentence (ld_builder *b, uint32_t begin, uint32_t end,
                          uint32_t token, uint32_t block) {
  if (!b->doc || b->failure) return;
  ld_sentence *place = ld_area_take(&b->corpus->sentences, sizeof *place);
  if (!place) { alive(b); return; }
  *place = (ld_sentence){ begin, end, token, block };
  if (!b->doc->sentence_count++) b->doc->sentences = place;
}

bool ld_builder_token_room (ld_builder *b, size_t n, uint32_t **begin,
                            uint32_t **word) {
  if (!b->doc || b->failure) return false;
  *begin = ld_area_room(&b->corpus->token_begin, n * sizeof **begin);
  *word = ld_area_room(&b->corpus->token_word, n * sizeof **word);
  if (*begin && *word) {
    if (!b->doc->token_count) {
      b->doc->token_begin = *begin;
      b->doc->token_word = *word;
    }
    return true;
  }
  fail(b, LESDIPLO_ENOMEM);
  return false;
}

void ld_builder_tokens (ld_builder *b, size_t used) {
  ld_area_take(&b->corpus->token_begin, used * sizeof(uint32_t));
  ld_area_take(&b->corpus->token_word, used * sizeof(uint32_t));
  b->doc->token_count += (uint32_t)used;
}

void ld_builder_field (ld_builder *b, enum ld_field_id id, const char *value,
                       size_t n) {
  if (!b->doc || b->failure || b->doc->field[id]) return;
  b->doc->field[id] = tidy(b, value, n);
}

void ld_builder_field_at (ld_builder *b, enum ld_field_id id, uint32_t begin,
                          uint32_t end) {
  if (!b->doc || b->failure || b->doc->field[id]) return;
  b->doc->field[id] = tidy(b, b->doc->text + begin, end - begin);
  if (!b->doc->field[id]) return;
  b->doc->evidence[id].begin = begin;
  b->doc->evidence[id].end = end;
}

void ld_builder_later (ld_builder *b, enum ld_field_id id, const char *value,
                       size_t n) {
  if (b->doc && !b->failure && !b->later[id]) b->later[id] = tidy(b, value, n);
}

static void set_later (ld_builder *b) {
  lesdiplo_doc *doc = b->doc;
  for (int id = 0; id < LD_F_COUNT; id++) {
    const char *value = b->later[id];
    if (!value || (doc->field[id] && strcmp(doc->field[id], value) == 0))
      continue;
    doc->field[id] = value;
    doc->evidence[id].begin = doc->evidence[id].end = 0;
  }
}

/* Further fields lie among the strings too, as an array that is copied when it
** grows: documents have a handful of them. */
void ld_builder_more (ld_builder *b, const char *name, const char *value,
                      size_t n) {
  if (!b->doc || b->failure) return;
  for (uint32_t i = 0; i < b->doc->more_count; i++)
    if (strcmp(b->doc->more[i].name, name) == 0) return;
  ld_field field = { string(b, name, strlen(name)), tidy(b, value, n) };
  if (!field.name || !field.value) return;
  size_t old = b->doc->more_count * sizeof field;
  size_t misfit = b->corpus->strings.used % _Alignof(ld_field);
  if (misfit) ld_area_take(&b->corpus->strings, _Alignof(ld_field) - misfit);
  char *place = ld_area_take(&b->corpus->strings, old + sizeof field);
  if (!place) { alive(b); return; }
  if (old) memcpy(place, b->doc->more, old);
  memcpy(place + old, &field, sizeof field);
  b->doc->more = (const ld_field *)(void *)place;
  b->doc->more_count++;
}

void ld_builder_close (ld_builder *b) {
  if (!b->doc || !alive(b)) return;
  lesdiplo_corpus *c = b->corpus;
  set_later(b);
  ld_area_take(&c->docs, sizeof *b->doc);
  ld_map_put(&c->ids, b->doc->id, strlen(b->doc->id), b->doc->index);
  c->doc_count++;
  b->doc = NULL;
}

void ld_builder_drop (ld_builder *b) { b->doc = NULL; }

void ld_builder_note (ld_builder *b, int code, const char *where,
                      uint32_t line, const char *format, ...) {
  char message[sizeof ((lesdiplo_error *)0)->message];
  va_list arguments;
  va_start(arguments, format);
  ld_vprint(message, sizeof message, format, arguments);
  va_end(arguments);
  ld_note note = { clean(b, where, strlen(where)),
                   clean(b, message, strlen(message)), code, line };
  if (note.where && note.message &&
      ld_area_push(&b->corpus->notes, &note, sizeof note))
    b->corpus->note_count++;
}

int ld_builder_finish (ld_builder *b, lesdiplo_corpus **out,
                       lesdiplo_error *error) {
  lesdiplo_corpus *c = b->corpus;
  *out = NULL;
  b->doc = NULL;
  alive(b);
  if (b->failure) {
    int code = b->failure;
    lesdiplo_corpus_close(c);
    return code == LESDIPLO_ENOMEM
               ? ld_fail_memory(error)
               : ld_fail(error, code, NULL, 0, "reading was stopped");
  }
  for (int i = 0; i < AREAS; i++) ld_area_seal(area_at(c, i));
  ld_area_seal(&c->vocabulary.words);
  ld_area_seal(&c->vocabulary.forms);
  *out = c;
  return LESDIPLO_OK;
}

static void free_lazy (lesdiplo_corpus *c) {
  ld_postings_free(&c->lazy, c->postings);
  for (uint32_t i = 0; c->lines && i < c->doc_count; i++)
    if (c->lines[i])
      ld_memory_free(&c->lazy, c->lines[i],
                     c->lines[i][0] * sizeof(uint32_t));
  if (c->lines)
    ld_memory_free(&c->lazy, c->lines, c->doc_count * sizeof *c->lines);
  for (uint32_t i = 0; c->sha256 && i < c->doc_count; i++)
    ld_memory_free(&c->lazy, c->sha256[i],
                   c->sha256[i] ? sizeof *c->sha256[i] : 0);
  if (c->sha256)
    ld_memory_free(&c->lazy, c->sha256, c->doc_count * sizeof *c->sha256);
  if (c->stems) c->close_stems(c->stems);
  if (c->words) c->close_words(c->words, c);
}

static void free_corpus (lesdiplo_corpus *c) {
  free_lazy(c);
  ld_file *files = (ld_file *)(void *)c->files.base;
  for (size_t i = 0; i < c->files.used / sizeof *files; i++) {
    ld_file copy = files[i];      /* the area may be sealed */
    copy.memory = &c->memory;
    ld_file_close(&copy);
  }
  ld_map_free(&c->ids);
  ld_map_free(&c->repeats);
  ld_vocabulary_free(&c->vocabulary);
  for (int i = 0; i < AREAS; i++) ld_area_free(area_at(c, i));
  pthread_mutex_destroy(&c->lock);
  ld_memory memory = c->memory;
  ld_memory_free(&memory, c, sizeof *c);
}

/* The only thing that changes of a corpus that others read. */
static lesdiplo_corpus *held (const lesdiplo_corpus *c) {
  return (lesdiplo_corpus *)(uintptr_t)c;
}

void ld_corpus_hold (const lesdiplo_corpus *corpus) {
  lesdiplo_corpus *c = held(corpus);
  pthread_mutex_lock(&c->lock);
  c->holders++;
  pthread_mutex_unlock(&c->lock);
}

/* It is gone when it is closed and nobody holds it: whoever comes last frees it. */
static void leave (lesdiplo_corpus *c, uint32_t holders, bool closes) {
  pthread_mutex_lock(&c->lock);
  c->holders -= holders;
  if (closes) __atomic_store_n(&c->closed, true, __ATOMIC_RELAXED);
  const bool gone = c->closed && c->holders == 0;
  pthread_mutex_unlock(&c->lock);
  if (gone) free_corpus(c);
}

void ld_corpus_let_go (const lesdiplo_corpus *corpus) {
  leave(held(corpus), 1, false);
}

void lesdiplo_corpus_close (lesdiplo_corpus *c) {
  if (c) leave(c, 0, true);
}
