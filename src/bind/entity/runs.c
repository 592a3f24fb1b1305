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
  NEEDED = 256,              /* a word of which a run needs one */
  FAMILY = 512,              /* a word behind which a name stands: wife */
  COMMA = 1024,
  BEGINS = CAPITAL | DOTTED | INITIAL     /* a word begins with it, and a run */
};
enum { SMALL_MOST = 3 };     /* of them in a row */
enum { LISTS_MOST = 8 };     /* of stretches */

/* Upvalues of the function: arrays of the small words, of those that are never part of
** a name, of those that are needed, or nil, and of those of the family, or nil; and what
** was made last: the corpus, as an address, and what its words may be. */
enum { UP_SMALL = 1, UP_NEVER, UP_NEEDED, UP_FAMILY, UP_CORPUS, UP_KINDS,
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
    { ".", POINT }, { "-", DASH }, { "‑", DASH }, { "–", DASH }, { "'s", OWN },
    { ",", COMMA }
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
  add_list(L, lua_upvalueindex(UP_FAMILY), v, kinds, FAMILY);
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
  lua_Integer before;        /* the last byte of the one before it, or 0 */
} stretches;

/* Where the numbers of the results are, and then the arrays. */
enum { LISTS = 2, TOLD, WORDS, COUNTS, STATES, NEXT };

/* A document that is being gone through. */
typedef struct walk {
  lua_State *L;
  const lesdiplo_doc *doc;
  const uint16_t *kinds;     /* by word */
  bool needs;                /* a run needs a word of a list */
  uint32_t end;              /* of the sentence: a token */
  ld_numbers words, counts, states, next;
  stretches lists[LISTS_MOST];
  int count, told;           /* of lists; of those whose numbers are told */
} walk;

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
  if (!(kind & BEGINS)) return i;
  return dashed_end(w, i + 1);
}

/* The same for one inside a run, where al-Sabah is one, too. */
static uint32_t inner_end (const walk *w, uint32_t i) {
  const uint32_t end = word_end(w, i);
  if (end > i || !(kind_at(w, i) & SMALL)) return end;
  const uint32_t dashed = dashed_end(w, i + 1);
  return dashed > i + 1 ? dashed : i;
}

/* Where a run ends that begins with token i, of a kind that one begins with. */
static uint32_t run_end (const walk *w, uint32_t i) {
  uint32_t end = word_end(w, i);
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

/* Goes on to the next one. */
static void read_stretch (lua_State *L, stretches *s) {
  s->before = s->next++ ? s->last : 0;
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
    read_stretch(L, s);
  }
}

/* Does a stretch of one of the lists hold a byte? It lies behind all bytes that were
** asked about. */
static bool is_held (walk *w, lua_Integer at) {
  bool held = false;
  for (int i = 0; i < w->count; i++) {
    stretches *s = &w->lists[i];
    while (s->last < at) read_stretch(w->L, s);
    held |= s->first <= at;
  }
  return held;
}


/* ----------------------------------------------------------------------
** A document
*/

/* Does a stretch of a list end at the word before token i, or at that before a point? */
static bool is_beside (const walk *w, uint32_t i) {
  if (i > 1 && kind_at(w, i - 1) & POINT) i--;
  for (int k = 0; i > 0 && k < w->count; k++)
    if (w->lists[k].before >= (lua_Integer)ld_token_end(w->doc, i - 1)) return true;
  return false;
}

/* Stands a word of the family before token i, a comma between or not: his wife, Jane? */
static bool is_family (const walk *w, uint32_t i) {
  const lesdiplo_doc *doc = w->doc;
  if (i == 0 || doc->token_begin[i] != ld_token_end(doc, i - 1) + 1 ||
      doc->text[doc->token_begin[i] - 1] != ' ')
    return false;
  i--;
  if (i > 0 && kind_at(w, i) & COMMA && !is_apart(doc, i)) i--;
  return (kind_at(w, i) & FAMILY) != 0;
}

/* What Lua is told of a word, a bit each. */
enum { HELD = 1, KIN = 2, BESIDE = 4 };

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

/* Takes the words as a run that have been added since there were so many, unless it is
** one alone that something holds. */
static void end_run (walk *w, uint32_t words) {
  const uint32_t count = w->states.count - words;
  if (count > 1 || (count == 1 && !(w->states.all[words] & HELD))) {
    ld_numbers_add(w->L, &w->counts, count);
    return;
  }
  w->states.count = words;
  w->words.count = 2 * words;
  w->next.count = words * (uint32_t)w->told;
}

/* Adds the words of the run of tokens [from, to), which are parted by white space; it
** ends at those that are never a part of a name, and begins anew. [-0, +0, m] */
static void add_run (walk *w, uint32_t from, uint32_t to) {
  uint32_t words = w->states.count;
  if (w->needs && !is_wanted(w, from, to)) return;
  for (uint32_t i = from, end; i < to; i = end) {
    const uint32_t begin = w->doc->token_begin[i];
    const bool held = is_held(w, (lua_Integer)begin + 1);
    end = end_of_word(w, i, to);
    if (end == i + 1 && kind_at(w, i) & NEVER) {
      end_run(w, words);
      words = w->states.count;
      continue;
    }
    ld_numbers_add(w->L, &w->words, begin + 1);
    ld_numbers_add(w->L, &w->words, ld_token_end(w->doc, end - 1));
    for (int k = 0; k < w->told; k++)
      ld_numbers_add(w->L, &w->next, (uint32_t)w->lists[k].next);
    ld_numbers_add(w->L, &w->states, (held ? HELD : 0) | (is_family(w, i) ? KIN : 0) |
                              (is_beside(w, i) ? BESIDE : 0));
  }
  end_run(w, words);
}

/*
** find(doc, lists[, told]) -> words, counts, states, next: the first and last byte of
** each word of its runs, and the number of words of each run, which ends at words that
** are never a part of a name; of each word, in bits, whether a stretch of one of the
** lists, arrays of positions, holds its first byte (a run of one such word is left out),
** whether a word of the family stands before it, and whether one of the stretches ends
** there; and of each word the number, in each of the first `told` lists, of the first
** stretch that ends at its first byte or behind.
*/
static int find (lua_State *L) {
  walk w = { .L = L, .doc = ld_bind_to_doc(L, 1) };
  luaL_argexpected(L, w.doc, 1, "Doc");
  w.needs = lua_istable(L, lua_upvalueindex(UP_NEEDED));
  w.kinds = kinds_of(L, w.doc->corpus);
  lua_settop(L, NEXT);
  luaL_checkstack(L, LISTS_MOST + 10, "no room for runs");
  const uint32_t *tokens = w.doc->token_word;
  w.words.index = WORDS;
  w.counts.index = COUNTS;
  w.states.index = STATES;
  w.next.index = NEXT;
  open_lists(&w);
  w.told = (int)luaL_optinteger(L, TOLD, 0);
  luaL_argcheck(L, w.told >= 0 && w.told <= w.count, TOLD, "no such lists");
  for (uint32_t s = 0; s < w.doc->sentence_count; s++) {
    w.end = ld_sentence_end(w.doc, s);
    for (uint32_t i = w.doc->sentences[s].token; i < w.end; i++) {
      if (!(w.kinds[tokens[i]] & BEGINS)) continue;
      const uint32_t end = run_end(&w, i);
      add_run(&w, i, end);
      i = end - 1;
    }
  }
  ld_numbers_make(L, &w.words);
  ld_numbers_make(L, &w.counts);
  ld_numbers_make(L, &w.states);
  ld_numbers_make(L, &w.next);
  lua_settop(L, NEXT);
  return 4;
}

/* runs(small, never[, needed[, family]]) -> find: a function that gives the runs of a
** document: `small` words may stand between those with a capital; `never` and `needed`
** are arrays of folded words, `family` of others. Where some are needed, a run has one of
** them, and another word. */
int ld_entity_runs (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, UP_FAMILY);
  lua_settop(L, UP_COUNT);
  lua_pushcclosure(L, find, UP_COUNT);
  return 1;
}

/* has_han(doc): is there a Chinese character in it? */
int ld_entity_has_han (lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_to_doc(L, 1);
  luaL_argexpected(L, doc, 1, "Doc");
  gazetteer_object *g = ld_gazetteer_push(L);
  if (g->doc != doc || !g->han_known) {
    const ld_vocabulary *v = &doc->corpus->vocabulary;
    uint32_t i = 0;
    while (i < doc->token_count &&
           ld_word_at(v, doc->token_word[i])->shape != LD_SHAPE_HAN)
      i++;
    g->han_known = g->doc == doc;
    g->has_han = i < doc->token_count;
  }
  lua_pushboolean(L, g->has_han);
  return 1;
}
