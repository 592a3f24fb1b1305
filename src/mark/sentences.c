/*
** sentences.c - where sentences end.
**
** Only the tokens that may end one are looked at. Each is asked in turn: what
** closes with it (quotes, brackets), what comes next, and what stands before
** it (an abbreviation, an initial, a list number). The words are in
** reading.txt.
*/
#include <string.h>

#include "mark/mark.h"

typedef struct view {
  const lesdiplo_doc *doc;
  uint32_t first;         /* token that begins the sentence */
  uint32_t end;           /* past the block's last token */
  bool german;            /* where ordinals are written with a point */
} view;

static const char *at (const view *v, uint32_t i) {
  return v->doc->text + v->doc->token_begin[i];
}
static const ld_word *word_of (const view *v, uint32_t i) {
  return ld_word_at(&v->doc->corpus->vocabulary, v->doc->token_word[i]);
}
/* Both ask the text where it tells, for it is near: words are not. */
static enum ld_class class_of (const view *v, uint32_t i) {
  int n;
  const char *p = at(v, i);
  const size_t length = (unsigned char)*p < 0x80 ? 1 : word_of(v, i)->length;
  return ld_class_at(p, p + length, &n);
}
static bool adjoins (const view *v, uint32_t i) {   /* no space before i */
  if (i <= v->first) return false;
  const char *p = at(v, i);
  if ((unsigned char)p[-1] < 0x80) return p[-1] > ' ';
  return p == at(v, i - 1) + word_of(v, i - 1)->length;
}
static bool in_list (const view *v, uint32_t i, enum ld_list list) {
  return i < v->end && word_of(v, i)->lists >> list & 1;
}
static bool is_word (const view *v, uint32_t i) {
  return i < v->end && word_of(v, i)->shape != LD_SHAPE_OTHER;
}
static bool is_month (const view *v, uint32_t i) {
  return ld_lexicon_lists(at(v, i), word_of(v, i)->length) >> LD_MONTH_1 != 0;
}

/* Digits, or a Roman numeral in capitals other than I: "No. I think ...". */
static bool is_number (const view *v, uint32_t i) {
  if (i >= v->end) return false;
  const ld_word *word = word_of(v, i);
  if (word->shape == LD_SHAPE_NUMBER || word->shape == LD_SHAPE_ORDINAL)
    return true;
  if (word->shape != LD_SHAPE_UPPER && word->shape != LD_SHAPE_INITIAL)
    return false;
  for (uint32_t k = 0; k < word->length; k++)
    if (!strchr("IVXLC", at(v, i)[k])) return false;
  return word->length > 1 || *at(v, i) != 'I';
}

/* A stop that leaves no doubt: not '.', not an ellipsis, not of a script that
** has capital letters to ask. */
static bool is_wide (const view *v, uint32_t i) {
  const char *p = at(v, i);
  return (unsigned char)*p >= 0x80 && memcmp(p, "\xE2\x80\xA6", 3) != 0;
}
static bool is_ellipsis (const view *v, uint32_t i) {
  return memcmp(at(v, i), "\xE2\x80\xA6", 3) == 0 ||
         (at(v, i)[0] == '.' && word_of(v, i)->length > 1);
}

/* Passes a note mark such as [12] that touches the stop. */
static uint32_t skip_note (const view *v, uint32_t i) {
  return i + 2 < v->end && adjoins(v, i) && *at(v, i) == '[' &&
                 word_of(v, i + 1)->shape == LD_SHAPE_NUMBER &&
                 *at(v, i + 2) == ']'
             ? i + 3 : i;
}

/* A mark that opens in one language and closes in another: German ends with
** the English opening one. What touches the stop and has a space after it
** closes. */
static bool is_low_close (const view *v, uint32_t i) {
  const char *p = at(v, i);
  return (!memcmp(p, "\xE2\x80\x9C", 3) || !memcmp(p, "\xE2\x80\x98", 3) ||
          !memcmp(p, "\xC2\xAB", 2)) &&
         (i + 1 == v->end || at(v, i + 1) > p + word_of(v, i)->length);
}

/* The first token after the stop and all that closes with it. A quotation mark
** that may open or close closes when it touches; one that can only close does
** so across a space too, as French typesets it. */
static uint32_t closed (const view *v, uint32_t i) {
  uint32_t j = i + 1;
  for (; j < v->end; j++) {
    uint32_t note = skip_note(v, j);
    if (note > j) { j = note - 1; continue; }
    enum ld_class k = class_of(v, j);
    bool touches = adjoins(v, j);
    if (k == LD_CLOSE || (touches && is_low_close(v, j)) ||
        (touches && (k == LD_STOP || k == LD_QUOTE ||
                     (k == LD_APOSTROPHE && word_of(v, j)->length <= 3))))
      continue;
    break;
  }
  return j;
}

/* How the text goes on at token j: the class of its first word or mark, past
** what opens a quotation or a bracket. */
static enum ld_class goes_on (const view *v, uint32_t j) {
  for (; j < v->end; j++) {
    enum ld_class k = class_of(v, j);
    if (k != LD_OPEN && k != LD_QUOTE && k != LD_APOSTROPHE && k != LD_DASH)
      return k;
  }
  return LD_SPACE;
}

static bool opens_quote (const view *v, uint32_t j) {
  enum ld_class k = class_of(v, j);
  return k == LD_OPEN || k == LD_QUOTE;
}

/* A sentence that plainly begins: a capitalised function word, or a quote. */
static bool begins_plainly (const view *v, uint32_t j) {
  if (word_of(v, j)->shape == LD_SHAPE_INITIAL && j + 1 < v->end &&
      *at(v, j + 1) == '.')
    return false;                         /* the second of two initials */
  return opens_quote(v, j) ||
         ((word_of(v, j)->shape == LD_SHAPE_TITLE ||
           word_of(v, j)->shape == LD_SHAPE_INITIAL) &&
          in_list(v, j, LD_STARTER));
}

static int code_points (const view *v, uint32_t i) {
  int count = 0;
  for (uint32_t k = 0; k < word_of(v, i)->length; k++)
    count += ((unsigned char)at(v, i)[k] & 0xC0) != 0x80;
  return count;
}

/*
** Does the word before a full stop take the stop for itself? 'w' is that word,
** 'j' the token after. Only a word of its own counts, not the end of an
** address such as state.gov.
*/
static bool abbreviates (const view *v, uint32_t w, uint32_t j) {
  const ld_word *word = word_of(v, w);
  if (adjoins(v, w)) {
    enum ld_class k = class_of(v, w - 1);
    if (k == LD_STOP && code_points(v, w) == 1)       /* the last of т.е. */
      return !begins_plainly(v, j);
    if (k != LD_OPEN && k != LD_DASH && k != LD_QUOTE) return false;
  }
  if (w == v->first && (word->shape == LD_SHAPE_NUMBER || word->length == 1))
    return true;                                     /* 1. or a. of a list */
  if (word->shape == LD_SHAPE_INITIAL) return !begins_plainly(v, j);
  if (word->shape == LD_SHAPE_NUMBER && word->length <= 2 &&
      ((v->german && !begins_plainly(v, j)) || is_month(v, j)))
    return true;                                     /* am 3. Mai */
  if (word->shape == LD_SHAPE_NUMBER || word->shape == LD_SHAPE_HAN)
    return false;
  if (in_list(v, w, LD_ABBREVIATION_ALWAYS))
    return word->shape != LD_SHAPE_LOWER || !begins_plainly(v, j);
  if (in_list(v, w, LD_ABBREVIATION_MONTH) ||
      in_list(v, w, LD_ABBREVIATION_NUMBER))
    if (is_number(v, j)) return true;
  return in_list(v, w, LD_ABBREVIATION_MAYBE) && !begins_plainly(v, j);
}

/* Two sentences with the space between them lost: "countries.The". */
static bool is_glued (const view *v, uint32_t i, uint32_t j) {
  return i > v->first && is_word(v, i - 1) && word_of(v, j)->length > 1 &&
         word_of(v, i - 1)->shape == LD_SHAPE_LOWER &&
         word_of(v, i - 1)->length > 2 && !adjoins(v, i - 1) &&
         word_of(v, j)->shape == LD_SHAPE_TITLE &&
         !(j + 1 < v->end && adjoins(v, j + 1) && *at(v, j + 1) != ',');
}

/* Does a sentence end with stop i, when token j is the next? */
static bool ends (const view *v, uint32_t i, uint32_t j) {
  if (is_wide(v, i)) return true;
  bool touches = adjoins(v, j) && j == i + 1;
  enum ld_class next = goes_on(v, j);
  if (touches && !opens_quote(v, j)) return is_glued(v, i, j);
  if (next == LD_LOWER || next == LD_PUNCT || next == LD_CLOSE ||
      next == LD_STOP)
    return false;
  if (is_ellipsis(v, i))
    return i > v->first && next != LD_DIGIT && next != LD_SYMBOL;
  if (word_of(v, i)->shape == LD_SHAPE_DOTTED) {   /* U.S. and the like */
    if (in_list(v, i, LD_ABBREVIATION_ALWAYS)) return false;
    if (begins_plainly(v, j)) return true;
    /* "... U.S.") Ties" and "in Washington, D.C. Secretary ..." */
    bool place = i > v->first && *at(v, i - 1) == ',' &&
                 class_of(v, i) == LD_UPPER &&
                 !in_list(v, i, LD_ABBREVIATION_COUNTRY);
    return next == LD_UPPER && (j != i + 1 || place);
  }
  if (*at(v, i) == '.' && i > v->first && is_word(v, i - 1) &&
      adjoins(v, i) && j == i + 1)
    return !abbreviates(v, i - 1, j);
  return true;
}

static void add (ld_builder *builder, const view *v, uint32_t end,
                 uint32_t block) {
  const lesdiplo_doc *doc = builder->doc;
  ld_builder_sentence(builder, doc->token_begin[v->first],
                      ld_token_end(doc, end - 1), v->first, block);
}

void ld_mark_sentences (ld_builder *builder, uint32_t block, uint32_t token,
                        uint32_t end, ld_stops *stops) {
  if (!builder->doc || token == end) return;
  const char *lang = builder->doc->field[LD_F_LANG];
  view v = { builder->doc, token, end, lang && strcmp(lang, "de") == 0 };
  uint32_t s = stops->taken;
  for (; s < stops->count && stops->tokens[s] < end; s++) {
    uint32_t i = stops->tokens[s];
    if (i < v.first) continue;
    uint32_t j = closed(&v, i);
    if (j >= v.end) break;
    /* Of several stops that close together the last one decides. */
    while (s + 1 < stops->count && stops->tokens[s + 1] < j)
      i = stops->tokens[++s];
    if (!ends(&v, i, j)) continue;
    add(builder, &v, j, block);
    v.first = j;
  }
  while (s < stops->count && stops->tokens[s] < end) s++;
  stops->taken = s;
  add(builder, &v, v.end, block);
}

/* Blocks whose words are looked up together. */
#ifdef LD_SMALL
enum { BLOCKS = 2 };
#else
enum { BLOCKS = 64 };
#endif

/* Asks memory for the words on either side of each stop. */
static void ask_for_words (const lesdiplo_doc *doc, const ld_stops *stops) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  for (uint32_t s = 0; s < stops->count; s++) {
    const uint32_t i = stops->tokens[s];
    if (i > 0) __builtin_prefetch(ld_word_at(v, doc->token_word[i - 1]));
    if (i + 1 < doc->token_count)
      __builtin_prefetch(ld_word_at(v, doc->token_word[i + 1]));
  }
}

/* Tokens and sentences of blocks [from, to), BLOCKS at the most. */
static void mark_blocks (ld_builder *builder, ld_scan *scan, ld_stops *stops,
                         uint32_t from, uint32_t to) {
  const ld_block *blocks = builder->doc->blocks;
  uint32_t token[BLOCKS + 1];
  stops->count = stops->taken = 0;
  for (uint32_t i = from; i < to; i++) {
    token[i - from] = ld_scan_count(scan);
    ld_mark_tokens(scan, blocks[i].begin, blocks[i].end);
  }
  token[to - from] = ld_scan_flush(scan);
  if (builder->failure || stops->failed) return;
  ask_for_words(builder->doc, stops);
  for (uint32_t i = from; i < to; i++)
    ld_mark_sentences(builder, i, token[i - from], token[i - from + 1], stops);
}

void ld_mark_words (ld_builder *builder) {
  lesdiplo_doc *doc = builder->doc;
  if (!doc || builder->failure) return;
  const char *lang = doc->field[LD_F_LANG];
  bool elision = lang && (!strcmp(lang, "fr") || !strcmp(lang, "it") ||
                          !strcmp(lang, "ca"));
  ld_stops stops = { .memory = &builder->corpus->memory };
  ld_scan *scan = ld_scan_new(builder, elision, &stops, ld_scan_speed());
  for (uint32_t i = 0; scan && i < doc->block_count && !stops.failed; i += BLOCKS) {
    const uint32_t left = doc->block_count - i;
    mark_blocks(builder, scan, &stops, i, i + (left < BLOCKS ? left : BLOCKS));
  }
  if ((!scan || stops.failed) && !builder->failure)
    builder->failure = LESDIPLO_ENOMEM;
  ld_scan_free(scan);
  ld_memory_free(stops.memory, stops.tokens,
                 stops.size * sizeof *stops.tokens);
}
