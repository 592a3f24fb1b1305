/*
** runs.c - runs of words with a capital, small words between them: what names of
** people and bodies are cut out of.
**
** A run lies in one sentence. What a word of the corpus may be in one is worked out
** once, a byte a word; a document's runs come as two arrays of numbers.
*/
#include <string.h>

#include "bind/entity/gazetteer.h"

/* What a token may be in a run. */
enum {
  CAPITAL = 1,               /* Maseru, SADC, iPhone */
  DOTTED = 2,                /* U.S. */
  INITIAL = 4,               /* J */
  POINT = 8, DASH = 16, OWN = 32,     /* . - 's */
  SMALL = 64                 /* a word that may stand between: of, de la */
};
enum { SMALL_MOST = 3 };     /* of them in a row */

/* Upvalues of the function: the array of small words, the least number of words in a
** run, and what was made last: the corpus, as an address, and its bytes. */
enum { UP_SMALL = 1, UP_LEAST, UP_CORPUS, UP_KINDS, UP_COUNT = UP_KINDS };

static uint8_t kind_of_shape (uint8_t shape) {
  switch (shape) {
    case LD_SHAPE_TITLE: case LD_SHAPE_MIXED: case LD_SHAPE_UPPER: return CAPITAL;
    case LD_SHAPE_DOTTED: return DOTTED;
    case LD_SHAPE_INITIAL: return INITIAL;
    default: return 0;
  }
}

static void add_form (uint8_t *kinds, const ld_vocabulary *v, const char *form,
                      size_t n, uint8_t kind) {
  const uint32_t id = n > 0 && n <= LD_WORD_MAX ? ld_word_find(v, form, n)
                                                : UINT32_MAX;
  if (id != UINT32_MAX) kinds[id] |= kind;
}

/* The bytes of a corpus's words. [-0, +0, m] */
static const uint8_t *kinds_of (lua_State *L, const lesdiplo_corpus *corpus) {
  static const struct { const char *form; uint8_t kind; } signs[] = {
    { ".", POINT }, { "-", DASH }, { "‑", DASH }, { "–", DASH }, { "'s", OWN }
  };
  const ld_vocabulary *v = &corpus->vocabulary;
  if (lua_touserdata(L, lua_upvalueindex(UP_CORPUS)) == corpus)
    return lua_touserdata(L, lua_upvalueindex(UP_KINDS));
  uint8_t *kinds = lua_newuserdatauv(L, v->count, 0);
  for (uint32_t id = 0; id < v->count; id++)
    kinds[id] = kind_of_shape(ld_word_at(v, id)->shape);
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    add_form(kinds, v, signs[i].form, strlen(signs[i].form), signs[i].kind);
  for (lua_Integer i = 1;
       lua_rawgeti(L, lua_upvalueindex(UP_SMALL), i) == LUA_TSTRING; i++) {
    size_t n;
    const char *form = lua_tolstring(L, -1, &n);
    add_form(kinds, v, form, n, SMALL);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  lua_replace(L, lua_upvalueindex(UP_KINDS));
  lua_pushlightuserdata(L, (void *)(uintptr_t)corpus);
  lua_replace(L, lua_upvalueindex(UP_CORPUS));
  return kinds;
}

/* A document that is being gone through. */
typedef struct walk {
  lua_State *L;
  const lesdiplo_doc *doc;
  const uint8_t *kinds;
  uint32_t end;              /* of the sentence: a token */
  lua_Integer words, runs;   /* that have been pushed */
} walk;

/* What token i may be; behind the sentence's end nothing. */
static uint8_t kind_at (const walk *w, uint32_t i) {
  return i < w->end ? w->kinds[w->doc->token_word[i]] : 0;
}

/* Where a word ends that begins with token i, J. and Jean-Yves being one; i where
** none begins. */
static uint32_t word_end (const walk *w, uint32_t i) {
  const uint8_t kind = kind_at(w, i);
  if (kind & INITIAL && kind_at(w, i + 1) & POINT) return i + 2;
  if (!(kind & (CAPITAL | DOTTED | INITIAL))) return i;
  i++;
  while (kind_at(w, i) & DASH && kind_at(w, i + 1) & (CAPITAL | DOTTED)) i += 2;
  return i;
}

/* Where a run ends that begins with token i; i where none begins. */
static uint32_t run_end (const walk *w, uint32_t i) {
  uint32_t end = word_end(w, i);
  if (end == i) return i;
  for (;;) {
    uint32_t next = word_end(w, end);
    if (next == end) {
      uint32_t small = end;
      while (small < end + SMALL_MOST && kind_at(w, small) & SMALL) small++;
      small += (kind_at(w, small) & OWN) != 0;
      next = word_end(w, small);
      if (next == small) return end;
    }
    end = next;
  }
}

/* Does token i stand behind white space? */
static bool is_apart (const lesdiplo_doc *doc, uint32_t i) {
  return doc->token_begin[i] > ld_token_end(doc, i - 1);
}

/* Pushes the words of the run of tokens [from, to), parted by white space, into the
** arrays at 2 and 3. [-0, +0, m] */
static void push_run (walk *w, uint32_t from, uint32_t to, lua_Integer least) {
  lua_State *L = w->L;
  lua_Integer count = 1;
  for (uint32_t i = from + 1; i < to; i++) count += is_apart(w->doc, i);
  if (count < least) return;
  for (uint32_t i = from; i < to; i++) {
    if (i == from || is_apart(w->doc, i)) {
      lua_pushinteger(L, (lua_Integer)w->doc->token_begin[i] + 1);
      lua_rawseti(L, 2, 2 * w->words + 1);
    }
    if (i + 1 == to || is_apart(w->doc, i + 1)) {
      lua_pushinteger(L, ld_token_end(w->doc, i));
      lua_rawseti(L, 2, 2 * ++w->words);
    }
  }
  lua_pushinteger(L, count);
  lua_rawseti(L, 3, ++w->runs);
}

/* find(doc) -> words, counts: the first and last byte of each word of its runs, and
** the number of words of each run. */
static int find (lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_to_doc(L, 1);
  luaL_argexpected(L, doc, 1, "Doc");
  const lua_Integer least = lua_tointeger(L, lua_upvalueindex(UP_LEAST));
  lua_settop(L, 1);
  walk w = { .L = L, .doc = doc, .kinds = kinds_of(L, doc->corpus) };
  lua_newtable(L);                                        /* at 2 */
  lua_newtable(L);                                        /* at 3 */
  for (uint32_t s = 0; s < doc->sentence_count; s++) {
    w.end = ld_sentence_end(doc, s);
    for (uint32_t i = doc->sentences[s].token; i < w.end;) {
      const uint32_t end = run_end(&w, i);
      if (end > i) push_run(&w, i, end, least);
      i = end > i ? end : i + 1;
    }
  }
  return 2;
}

/* runs(small, least) -> find: a function that gives the runs of a document, with
** these words between those with a capital, of so many words or more. */
int ld_entity_runs (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkinteger(L, 2);
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
