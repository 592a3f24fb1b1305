/*
** words.c - what a word is: asked of fact/words.lua when it is met for the first time, and
** kept here as numbers.
*/
#include <stdlib.h>
#include <string.h>

#include "bind/reader/words.h"

enum { WORDS_KEPT = 65536 };      /* words that are remembered before all are forgotten */

/* Of a word; the fields are those of an item. */
struct ld_en_word {
  const ld_en_teller *teller;
  uint32_t is, asked, written;
  uint8_t class, tense, tells;
};

static void start (ld_en_words *w) {
  ld_map_init(&w->numbers, w->memory);
  ld_arena_init(&w->kept, w->memory);
  w->count = 0;
}

static void forget (ld_en_words *w) {
  ld_map_free(&w->numbers);
  ld_arena_free(&w->kept);
  start(w);
}

void ld_words_init (ld_en_words *w, ld_memory *memory) {
  memset(w, 0, sizeof *w);
  w->memory = memory;
  start(w);
  ld_map_init(&w->asked.words, memory);
  ld_arena_init(&w->sets, memory);
}

void ld_words_close (ld_en_words *w) {
  forget(w);
  ld_memory_free(w->memory, w->word, w->word ? (WORDS_KEPT + 1) * sizeof *w->word : 0);
  w->word = NULL;
  ld_map_free(&w->asked.words);
  ld_arena_free(&w->sets);
}

/* A sentence has at most LD_ITEMS new ones, so none is forgotten in the middle of it. */
bool ld_words_trim (ld_en_words *w) {
  if (w->count <= WORDS_KEPT - LD_ITEMS) return false;
  forget(w);
  return true;
}


/* ----------------------------------------------------------------------
** Words that are asked for
*/

static int by_number (const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* The number of the word on the top. [-0, +0, e] */
static uint32_t ask_word (lua_State *L, ld_en_words *w) {
  size_t n;
  const char *text = luaL_checklstring(L, -1, &n);
  const char *key = ld_arena_string(&w->sets, text, n);
  if (!key) return 0;
  return ld_map_put(&w->asked.words, key, n, w->asked.words.count + 1);
}

/* Makes a set of the table on the top, whose keys are its words. [-0, +0, e] */
static struct ld_en_asked_set read_set (lua_State *L, ld_en_words *w) {
  struct ld_en_asked_set set = { 0 };
  uint32_t size = 0;
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) size++;
  uint32_t *words = ld_arena_take(&w->sets, (size + 1) * sizeof *words);
  if (!words) return set;
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    words[set.count++] = ask_word(L, w);
    lua_pop(L, 1);
  }
  qsort(words, set.count, sizeof *words, by_number);
  set.words = words;
  return set;
}

void ld_words_ask (lua_State *L, ld_en_words *w, int list, int numbers) {
  const uint32_t count = (uint32_t)lua_rawlen(L, list);
  struct ld_en_asked_set *sets = ld_arena_take(&w->sets, (count + 1) * sizeof *sets);
  for (uint32_t n = 1; sets && n <= count; n++) {
    lua_rawgeti(L, list, n);
    luaL_checktype(L, -1, LUA_TTABLE);
    sets[n] = read_set(L, w);
    lua_pushinteger(L, n);
    lua_settable(L, numbers);                                 /* pops the set, too */
  }
  if (w->sets.failed || w->asked.words.failed) ld_raise_no_memory(L);
  w->asked.sets = sets;
  w->asked.count = count;
}

static uint32_t number_of (const ld_en_words *w, const char *p, size_t n) {
  uint32_t number;
  return ld_map_get(&w->asked.words, p, n, &number) ? number : 0;
}


/* ----------------------------------------------------------------------
** Entries
*/

const char *const ld_words_tenses[] = { "", "base", "s", "past", "part", "ed", "ing", "be" };

static enum ld_en_tense tense_of (const char *name) {
  for (int i = LD_BASE; name && i < LD_BE; i++)
    if (strcmp(ld_words_tenses[i], name) == 0) return (enum ld_en_tense)i;
  return LD_NO_TENSE;
}

/* Words that have a bit of their own. */
static unsigned certain (const char *form) {
  static const struct {
    const char *form;
    unsigned bits;
  } words[] = {
    { "that", LD_IS_THAT }, { "of", LD_IS_OF }, { "by", LD_IS_BY }, { "such", LD_IS_SUCH },
    { "well", LD_IS_WELL }, { "only", LD_IS_ONLY }, { "no", LD_IS_NO },
    { "longer", LD_IS_LONGER }, { "yet", LD_IS_YET }, { "including", LD_IS_INCLUDING },
    { "for", LD_IS_FOR }, { "himself", LD_IS_SELF }, { "herself", LD_IS_SELF },
    { "itself", LD_IS_SELF }, { "ourselves", LD_IS_SELF }, { "themselves", LD_IS_SELF },
    { "provided", LD_IS_PROVIDED }, { "providing", LD_IS_PROVIDED },
    { "instead", LD_IS_INSTEAD }, { "rather", LD_IS_INSTEAD }, { "forward", LD_IS_FORWARD },
    { "never", LD_IS_NEVER }, { "neither", LD_IS_NEVER }, { "nor", LD_IS_NOR },
    { "as", LD_IS_AS | LD_IS_BEFORE_NOUN },
    { "after", LD_IS_BEFORE_NOUN }, { "before", LD_IS_BEFORE_NOUN },
    { "since", LD_IS_BEFORE_NOUN }, { "until", LD_IS_BEFORE_NOUN }
  };
  if (!form) return 0;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(words[i].form, form) == 0) return LD_IS_LISTED | words[i].bits;
  return LD_IS_LISTED;
}

/* Is a field of the entry on the top set? [-0, +0, e] */
static bool has (lua_State *L, const char *name) {
  lua_getfield(L, -1, name);
  const bool is = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return is;
}

/* The number of a set in the field of the frame on the top, 0 of none. [-0, +0, e] */
static uint32_t set_field (lua_State *L, const char *name) {
  lua_getfield(L, -1, name);
  if (!lua_isnil(L, -1)) {
    lua_pushvalue(L, -1);
    lua_gettable(L, LD_WORDS_SETS);
    lua_remove(L, -2);
  }
  const uint32_t number = (uint32_t)lua_tointeger(L, -1);
  lua_pop(L, 1);
  return number;
}

/* The frames in a field of the entry on the top. [-0, +0, e] */
static ld_en_frames frames_field (lua_State *L, ld_en_words *w, const char *name) {
  ld_en_frames out = { 0 };
  lua_getfield(L, -1, name);
  const uint32_t count = lua_istable(L, -1) ? (uint32_t)lua_rawlen(L, -1) : 0;
  ld_en_frame *frames = count ? ld_arena_take(&w->kept, count * sizeof *frames) : NULL;
  for (; frames && out.count < count; out.count++) {
    lua_rawgeti(L, -1, out.count + 1);
    frames[out.count] = (ld_en_frame){ .next = set_field(L, "next"),
                                       .behind = set_field(L, "behind"),
                                       .before = set_field(L, "before"),
                                       .veto = set_field(L, "veto") };
    lua_pop(L, 1);
  }
  out.frame = frames;
  lua_pop(L, 1);
  return out;
}

/* What the entry on the top tells, or NULL. [-0, +0, e] */
static const ld_en_teller *entry_teller (lua_State *L, ld_en_words *w) {
  const ld_en_teller t = { .verb = frames_field(L, w, "verb"), .noun = frames_field(L, w, "noun"),
                           .verb_cue = frames_field(L, w, "cue"),
                           .noun_cue = frames_field(L, w, "noun_cue") };
  if (t.verb.count + t.noun.count + t.verb_cue.count + t.noun_cue.count == 0) return NULL;
  ld_en_teller *out = ld_arena_take(&w->kept, sizeof *out);
  if (out) *out = t;
  return out;
}

/* What the entry on the top says of a word. [-0, +0, e] */
static struct ld_en_word entry_word (lua_State *L, ld_en_words *w, bool plural) {
  struct ld_en_word out = { .teller = entry_teller(L, w) };
  lua_getfield(L, -1, "c");
  const char *class = lua_tostring(L, -1);
  lua_getfield(L, -2, "tense");
  lua_getfield(L, -3, "form");
  lua_getfield(L, -4, "tells");
  out.class = class ? (uint8_t)(*class & 127) : 'x';
  out.tense = (uint8_t)tense_of(lua_tostring(L, -3));
  out.is = certain(lua_tostring(L, -2));
  out.tells = (uint8_t)lua_tointeger(L, -1);
  lua_pop(L, 4);
  if (has(L, "causes")) out.is |= LD_IS_CAUSES;
  if (has(L, "reports")) out.is |= LD_IS_REPORTS;
  if (has(L, "adjectival")) out.is |= LD_IS_ADJECTIVAL;
  if (has(L, "noun")) out.is |= LD_IS_NOUN;
  if (has(L, "base")) out.is |= LD_IS_BASE;
  if (plural) out.is |= LD_IS_PLURAL;
  return out;
}

void ld_words_push_small (lua_State *L, const char *p, size_t n) {
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, n);
  for (size_t i = 0; i < n; i++)
    out[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]);
  luaL_pushresultsize(&b, n);
}

/* Pushes the form of the entry on the top, or else the word in small letters. [-0, +1, m] */
static void push_form (lua_State *L, const char *p, size_t n) {
  lua_getfield(L, -1, "form");
  if (lua_type(L, -1) == LUA_TSTRING) return;
  ld_words_push_small(L, p, n);
  lua_remove(L, -2);
}

/* The number of a word that was not met yet. [-0, +0, e] */
static uint32_t meet (lua_State *L, ld_en_words *w, const char *p, size_t n) {
  if (!w->word) w->word = ld_memory_new(w->memory, (WORDS_KEPT + 1) * sizeof *w->word);
  if (!w->word) ld_raise_no_memory(L);
  const uint32_t number = w->count + 1;
  lua_pushlstring(L, p, n);
  lua_gettable(L, LD_WORDS_KNOWN);
  struct ld_en_word *word = &w->word[number];
  *word = entry_word(L, w, n > 0 && (p[n - 1] | 32) == 's');
  push_form(L, p, n);
  size_t length;
  const char *form = lua_tolstring(L, -1, &length);
  word->asked = number_of(w, form, length);
  word->written = word->is & LD_IS_LISTED ? word->asked : number_of(w, p, n);
  lua_rawseti(L, LD_WORDS_FORMS, number);
  lua_rawseti(L, LD_WORDS_ENTRIES, number);
  const char *key = ld_arena_string(&w->kept, p, n);
  if (key) ld_map_put(&w->numbers, key, n, number);
  if (w->kept.failed || w->numbers.failed) ld_raise_no_memory(L);
  return w->count = number;
}

void ld_words_item (lua_State *L, ld_en_words *w, ld_en_item *item, const char *p, size_t n) {
  uint32_t number;
  if (!ld_map_get(&w->numbers, p, n, &number)) number = meet(L, w, p, n);
  const struct ld_en_word *word = &w->word[number];
  *item = (ld_en_item){ .number = number, .is = word->is, .class = word->class,
                        .tense = word->tense, .tells = word->tells, .teller = word->teller,
                        .asked = word->asked, .written = word->written };
}
