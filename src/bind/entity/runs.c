/*
** runs.c - runs of words with a capital, small words between them: what names of
** people and bodies are cut out of.
**
** A run lies in one sentence. What a word of the corpus may be in one is worked out
** once, a byte a word; a document's runs come as arrays of numbers.
*/
#include <string.h>

#include "bind/entity/gazetteer.h"

/* What a token may be in a run. */
enum {
  CAPITAL = 1,               /* Maseru, SADC, iPhone */
  DOTTED = 2,                /* U.S. */
  INITIAL = 4,               /* J */
  POINT = 8, DASH = 16, OWN = 32,     /* . - 's */
  SMALL = 64,                /* a word that may stand between: of, de la */
  NEVER = 128,               /* a word that is no part of a name: The */
  NEEDED = 256               /* a word of which a run needs one */
};
enum { SMALL_MOST = 3 };     /* of them in a row */
enum { LISTS_MOST = 8 };     /* of stretches */

/* Upvalues of the function: arrays of the small words, of those that are never part of
** a name, and of those that are needed, or nil; and what was made last: the corpus, as
** an address, and what its words may be. */
enum { UP_SMALL = 1, UP_NEVER, UP_NEEDED, UP_CORPUS, UP_KINDS,
       UP_COUNT = UP_KINDS };

static uint16_t kind_of_shape (uint8_t shape) {
  switch (shape) {
    case LD_SHAPE_TITLE: case LD_SHAPE_MIXED: case LD_SHAPE_UPPER: return CAPITAL;
    case LD_SHAPE_DOTTED: return DOTTED;
    case LD_SHAPE_INITIAL: return INITIAL;
    default: return 0;
  }
}

/* The word of a form, or UINT32_MAX. */
static uint32_t find_form (const ld_vocabulary *v, const char *form, size_t n) {
  return n > 0 && n <= LD_WORD_MAX ? ld_word_find(v, form, n) : UINT32_MAX;
}

/* Gives the words in the array at 'list', if there is one, a kind. [-0, +0, -] */
static void add_list (lua_State *L, int list, const ld_vocabulary *v,
                      uint16_t *kinds, uint16_t kind) {
  if (!lua_istable(L, list)) return;
  for (lua_Integer i = 1; lua_rawgeti(L, list, i) == LUA_TSTRING; i++) {
    size_t n;
    const char *form = lua_tolstring(L, -1, &n);
    const uint32_t id = find_form(v, form, n);
    if (id != UINT32_MAX) kinds[id] |= kind;
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* Sets what the words of a corpus may be. What a list has folded holds of all words that
** fold to it. [-0, +0, -] */
static void set_kinds (lua_State *L, const ld_vocabulary *v, uint16_t *kinds) {
  static const struct { const char *form; uint16_t kind; } signs[] = {
    { ".", POINT }, { "-", DASH }, { "‑", DASH }, { "–", DASH }, { "'s", OWN }
  };
  memset(kinds, 0, v->count * sizeof *kinds);
  add_list(L, lua_upvalueindex(UP_NEVER), v, kinds, NEVER);
  add_list(L, lua_upvalueindex(UP_NEEDED), v, kinds, NEEDED);
  for (uint32_t id = 0; id < v->count; id++) {
    const ld_word *word = ld_word_at(v, id);
    const uint16_t folded = kinds[word->folded] & (NEVER | NEEDED);
    kinds[id] |= kind_of_shape(word->shape) | folded;
  }
  add_list(L, lua_upvalueindex(UP_SMALL), v, kinds, SMALL);
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    const uint32_t id = find_form(v, signs[i].form, strlen(signs[i].form));
    if (id != UINT32_MAX) kinds[id] |= signs[i].kind;
  }
}

/* What the words of a corpus may be. [-0, +0, m] */
static const uint16_t *kinds_of (lua_State *L, const lesdiplo_corpus *corpus) {
  if (lua_touserdata(L, lua_upvalueindex(UP_CORPUS)) == corpus)
    return lua_touserdata(L, lua_upvalueindex(UP_KINDS));
  const uint32_t count = corpus->vocabulary.count;
  uint16_t *kinds = lua_newuserdatauv(L, count * sizeof *kinds, 0);
  set_kinds(L, &corpus->vocabulary, kinds);
  lua_replace(L, lua_upvalueindex(UP_KINDS));
  lua_pushlightuserdata(L, (void *)(uintptr_t)corpus);
  lua_replace(L, lua_upvalueindex(UP_CORPUS));
  return kinds;
}

/* Sorted stretches, an array at a stack index: those before 'next' end before what is
** looked at. */
typedef struct stretches {
  int index;
  lua_Integer next;          /* from 1 */
  lua_Integer first, last;   /* of it; both INT64_MAX behind the last one */
} stretches;

/* A document that is being gone through. */
typedef struct walk {
  lua_State *L;
  const lesdiplo_doc *doc;
  const uint16_t *kinds;     /* by word */
  bool needs;                /* a run needs a word of a list */
  uint32_t end;              /* of the sentence: a token */
  lua_Integer words, runs;   /* that have been pushed */
  stretches lists[LISTS_MOST];
  int count;                 /* of lists */
} walk;

/* Where the results are. */
enum { LISTS = 2, WORDS, COUNTS, STATES, NEXT };

/* What token i may be; behind the sentence's end nothing. */
static uint16_t kind_at (const walk *w, uint32_t i) {
  return i < w->end ? w->kinds[w->doc->token_word[i]] : 0;
}

/* Where the rest of a word ends that a dash may go on from token i: Jean-Yves. */
static uint32_t dashed_end (const walk *w, uint32_t i) {
  while (kind_at(w, i) & DASH && kind_at(w, i + 1) & (CAPITAL | DOTTED)) i += 2;
  return i;
}

/* Where a word ends that begins with token i, J. and Jean-Yves being one; i where
** none begins. */
static uint32_t word_end (const walk *w, uint32_t i) {
  const uint16_t kind = kind_at(w, i);
  if (kind & INITIAL && kind_at(w, i + 1) & POINT) return i + 2;
  if (!(kind & (CAPITAL | DOTTED | INITIAL))) return i;
  return dashed_end(w, i + 1);
}

/* The same for one inside a run, where al-Sabah is one, too. */
static uint32_t inner_end (const walk *w, uint32_t i) {
  const uint32_t end = word_end(w, i);
  if (end > i || !(kind_at(w, i) & SMALL)) return end;
  const uint32_t dashed = dashed_end(w, i + 1);
  return dashed > i + 1 ? dashed : i;
}

/* Where a run ends that begins with token i; i where none begins. */
static uint32_t run_end (const walk *w, uint32_t i) {
  uint32_t end = word_end(w, i);
  if (end == i) return i;
  for (;;) {
    uint32_t next = inner_end(w, end);
    if (next == end) {
      uint32_t small = end;
      while (small < end + SMALL_MOST && kind_at(w, small) & SMALL) small++;
      small += (kind_at(w, small) & OWN) != 0;
      next = inner_end(w, small);
      if (next == small) return end;
    }
    end = next;
  }
}

/* Does token i stand behind white space? */
static bool is_apart (const lesdiplo_doc *doc, uint32_t i) {
  return doc->token_begin[i] > ld_token_end(doc, i - 1);
}


/* ----------------------------------------------------------------------
** Stretches
*/

static lua_Integer number_at (lua_State *L, int index, lua_Integer i) {
  const lua_Integer number =
    lua_rawgeti(L, index, i) == LUA_TNUMBER ? lua_tointeger(L, -1) : INT64_MAX;
  lua_pop(L, 1);
  return number;
}

static void read_stretch (lua_State *L, stretches *s) {
  s->first = number_at(L, s->index, 2 * s->next - 1);
  s->last = number_at(L, s->index, 2 * s->next);
}

/* Leaves the arrays of the array at LISTS on the stack. [-0, +n, v] */
static void open_lists (walk *w) {
  lua_State *L = w->L;
  if (lua_isnil(L, LISTS)) return;
  luaL_checktype(L, LISTS, LUA_TTABLE);
  while (w->count < LISTS_MOST &&
         lua_rawgeti(L, LISTS, w->count + 1) == LUA_TTABLE) {
    stretches *s = &w->lists[w->count++];
    s->index = lua_gettop(L);
    s->next = 1;
    read_stretch(L, s);
  }
}

/* Does a stretch of one of the lists hold a byte? It lies behind all bytes that were
** asked about. */
static bool is_held (walk *w, lua_Integer at) {
  bool held = false;
  for (int i = 0; i < w->count; i++) {
    stretches *s = &w->lists[i];
    while (s->last < at) {
      s->next++;
      read_stretch(w->L, s);
    }
    held |= s->first <= at;
  }
  return held;
}


/* ----------------------------------------------------------------------
** A document
*/

static void push_number (lua_State *L, int table, lua_Integer i, lua_Integer number) {
  lua_pushinteger(L, number);
  lua_rawseti(L, table, i);
}

/* What of a word that begins with token i, and of a byte at `first`, Lua is told. */
enum { FREE, IS_HELD, IS_NEVER };
static int state_of (walk *w, uint32_t i, bool one_token, lua_Integer first) {
  const bool held = is_held(w, first);
  if (one_token && kind_at(w, i) & NEVER) return IS_NEVER;
  return held ? IS_HELD : FREE;
}

/* Where the word ends that token i is of, in a run that ends at 'to'. */
static uint32_t end_of_word (const walk *w, uint32_t i, uint32_t to) {
  for (i++; i < to && !is_apart(w->doc, i);) i++;
  return i;
}

/* Does the run of tokens [from, to) have a needed word, and another one? */
static bool is_wanted (const walk *w, uint32_t from, uint32_t to) {
  bool found = false;
  if (end_of_word(w, from, to) == to) return false;
  for (uint32_t i = from; i < to && !found; i++)
    found = (kind_at(w, i) & NEEDED) != 0;
  return found;
}

/* Pushes the words of the run of tokens [from, to), which are parted by white space,
** unless it is not wanted, or one word that can be no name. [-0, +0, m] */
static void push_run (walk *w, uint32_t from, uint32_t to) {
  const lesdiplo_doc *doc = w->doc;
  lua_Integer count = 0;
  if (w->needs && !is_wanted(w, from, to)) return;
  for (uint32_t i = from, end; i < to; i = end) {
    const lua_Integer first = (lua_Integer)doc->token_begin[i] + 1;
    end = end_of_word(w, i, to);
    const int state = state_of(w, i, end == i + 1, first);
    if (i == from && end == to && state != FREE) return;
    push_number(w->L, WORDS, 2 * w->words + 1, first);
    push_number(w->L, WORDS, 2 * w->words + 2, ld_token_end(doc, end - 1));
    for (int k = 0; k < w->count; k++)
      push_number(w->L, NEXT, w->words * w->count + k + 1, w->lists[k].next);
    push_number(w->L, STATES, ++w->words, state);
    count++;
  }
  push_number(w->L, COUNTS, ++w->runs, count);
}

/*
** find(doc, lists) -> words, counts, states, next: the first and last byte of each word
** of its runs, and the number of words of each run; of each word 1 where a stretch of
** one of the lists, arrays of positions, holds its first byte, 2 where it is never a
** part of a name, else 0 (a run of one such word is left out); and of each word the
** number, in each list, of the first stretch that ends at its first byte or behind.
*/
static int find (lua_State *L) {
  walk w = { .L = L, .doc = ld_bind_to_doc(L, 1) };
  luaL_argexpected(L, w.doc, 1, "Doc");
  w.needs = lua_istable(L, lua_upvalueindex(UP_NEEDED));
  w.kinds = kinds_of(L, w.doc->corpus);
  lua_settop(L, LISTS);
  luaL_checkstack(L, LISTS_MOST + 10, "no room for runs");
  for (int i = WORDS; i <= NEXT; i++) lua_newtable(L);
  open_lists(&w);
  for (uint32_t s = 0; s < w.doc->sentence_count; s++) {
    w.end = ld_sentence_end(w.doc, s);
    for (uint32_t i = w.doc->sentences[s].token; i < w.end;) {
      const uint32_t end = run_end(&w, i);
      if (end > i) push_run(&w, i, end);
      i = end > i ? end : i + 1;
    }
  }
  lua_settop(L, NEXT);
  return 4;
}

/* runs(small, never[, needed]) -> find: a function that gives the runs of a document:
** `small` words may stand between those with a capital; `never` and `needed` are arrays
** of folded words. Where some are needed, a run has one of them, and another word. */
int ld_entity_runs (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, UP_NEEDED);
  lua_settop(L, UP_COUNT);
  lua_pushcclosure(L, find, UP_COUNT);
  return 1;
}

/* has_han(doc): is there a Chinese character in it? */
int ld_entity_has_han (lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_to_doc(L, 1);
  luaL_argexpected(L, doc, 1, "Doc");
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  uint32_t i = 0;
  while (i < doc->token_count &&
         ld_word_at(v, doc->token_word[i])->shape != LD_SHAPE_HAN)
    i++;
  lua_pushboolean(L, i < doc->token_count);
  return 1;
}
