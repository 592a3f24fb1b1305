/*
** phrases.c - lists of phrases, compiled for a corpus: sequences of folded
** words, sorted, so that the phrases which begin as a text does are found by
** halving, a word at a time. A phrase with a word that the corpus has not is left
** out: it cannot be met.
*/
#include <stdlib.h>
#include <string.h>

#include "bind/query/query.h"

typedef struct phrases {
  uint32_t count, ids;
  uint32_t from[];           /* of each phrase, and of the end; then the ids */
} phrases;

static const char phrases_key;       /* of the metatable in the registry */

static const uint32_t *ids_of (const phrases *p) { return p->from + p->count + 1; }


/* ----------------------------------------------------------------------
** Tokens of a phrase
*/

typedef struct gathering {
  char *out;                 /* the tokens, each ended by a NUL */
  uint32_t count;
} gathering;

static void gather (void *data, const lesdiplo_doc *doc, uint32_t token) {
  gathering *g = data;
  if (token != LD_PHRASE_END) {
    const uint32_t begin = doc->token_begin[token];
    const size_t n = ld_token_end(doc, token) - begin;
    memcpy(g->out, doc->text + begin, n);
    g->out += n;
  }
  *g->out++ = '\0';
  g->count++;
}

/* words(text, lang) -> array of the tokens that documents in that language, or
** in none, would have; after those of each line, "". A token has no NUL: the text
** ends at one. */
static int words (lua_State *L) {
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  const char *lang = luaL_optstring(L, 2, NULL);
  luaL_argcheck(L, n < (size_t)1 << 28, 1, "less than 256 MiB of phrases");
  luaL_argcheck(L, ld_utf8_check(text, n) == n, 1, "a phrase in UTF-8");
  n = strlen(text);
  char *p = lua_newuserdatauv(L, 2 * n + 2, 0);      /* a token has a byte */
  gathering g = { p, 0 };
  if (!ld_phrase_tokens(text, n, lang, gather, &g))
    return ld_raise_no_memory(L);
  lua_createtable(L, (int)g.count, 0);
  for (uint32_t i = 0; i < g.count; i++, p += strlen(p) + 1) {
    lua_pushstring(L, p);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}


/* fold(text): without case and accents, as search compares words. */
static int fold (lua_State *L) {
  char word[4 * LD_WORD_MAX], *out = word;
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  if (n > LD_WORD_MAX - 4) out = lua_newuserdatauv(L, 4 * n + 16, 0);
  lua_pushlstring(L, out, ld_fold(text, n, out, 4 * n + 16));
  return 1;
}


/* ----------------------------------------------------------------------
** Making
*/

/* The folded id of the string on the top; UINT32_MAX where it is no word of the
** corpus. [-1, +0, -] */
static uint32_t take_id (lua_State *L, const ld_vocabulary *v) {
  char folded[4 * LD_WORD_MAX];
  size_t n;
  const char *word = lua_tolstring(L, -1, &n);
  uint32_t id = UINT32_MAX;
  if (word && n <= LD_WORD_MAX) {
    n = ld_fold(word, n, folded, sizeof folded);
    id = ld_word_find(v, folded, n);
  }
  lua_pop(L, 1);
  return id;
}

/* How many words the arrays of the table at 'list' have in all. [-0, +0, v] */
static size_t count_words (lua_State *L, int list) {
  size_t all = 0;
  for (lua_Integer i = 1; lua_rawgeti(L, list, i) == LUA_TTABLE; i++) {
    all += lua_rawlen(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return all;
}

/* Reads the array of words on the top into 'out'; how many, 0 where one of them
** is not met in the corpus. [-1, +0, -] */
static uint32_t read_phrase (lua_State *L, const ld_vocabulary *v,
                             uint32_t *out) {
  const size_t n = lua_rawlen(L, -1);
  uint32_t count = 0;
  while (count < n) {
    lua_rawgeti(L, -1, (lua_Integer)count + 1);
    out[count] = take_id(L, v);
    if (out[count++] == UINT32_MAX) count = 0;
    if (count == 0) break;
  }
  lua_pop(L, 1);
  return count;
}

typedef struct slice { const uint32_t *ids; uint32_t n; } slice;

static int by_words (const void *a, const void *b) {
  const slice *x = a, *y = b;
  for (uint32_t i = 0; i < x->n && i < y->n; i++)
    if (x->ids[i] != y->ids[i]) return x->ids[i] < y->ids[i] ? -1 : 1;
  return x->n < y->n ? -1 : x->n > y->n;
}

static int by_number (const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* Pushes the forms of the words that the phrases begin with, as a list for a
** predicate: ascending. [-0, +1, e] */
static void push_first_words (lua_State *L, const lesdiplo_corpus *c,
                              const phrases *p) {
  const ld_postings *postings = ld_postings_of(c);
  uint32_t count = 0, last = UINT32_MAX;
  if (!postings) ld_raise_no_memory(L);
  for (int pass = 0; postings && pass < 2; pass++) {
    uint32_t *list = pass ? lua_newuserdatauv(L, count * sizeof *list + 1, 0)
                          : NULL;
    count = 0;
    last = UINT32_MAX;
    for (uint32_t i = 0; i < p->count; i++) {
      const uint32_t id = ids_of(p)[p->from[i]];
      if (id == last) continue;
      last = id;
      const uint32_t from = postings->folded_from[id];
      const uint32_t n = postings->folded_from[id + 1] - from;
      if (list) memcpy(list + count, postings->forms + from, n * sizeof *list);
      count += n;
    }
    if (list) qsort(list, count, sizeof *list, by_number);
  }
}

/*
** phrases(corpus, list) -> phrases, words: of an array of arrays of words; and
** the words that they begin with, as a list.
*/
static int compile (lua_State *L) {
  const corpus_object *object = ld_class_check(L, 1, LD_BIND_CORPUS);
  const ld_vocabulary *v = &object->corpus->vocabulary;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  const size_t size = count_words(L, 2), most = lua_rawlen(L, 2);
  uint32_t *ids = lua_newuserdatauv(L, size * sizeof *ids + 1, 0);
  slice *all = lua_newuserdatauv(L, most * sizeof *all + 1, 0);
  uint32_t used = 0, count = 0;
  for (size_t i = 1; i <= most; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i);
    all[count] = (slice){ ids + used, read_phrase(L, v, ids + used) };
    used += all[count].n;
    count += all[count].n > 0;
  }
  qsort(all, count, sizeof *all, by_words);
  phrases *p = lua_newuserdatauv(L, sizeof *p + (count + 1 + used) *
                                        sizeof *p->from, 1);
  p->count = count;
  p->ids = 0;
  for (uint32_t i = 0; i < count; i++) {
    p->from[i] = p->ids;
    memcpy(p->from + count + 1 + p->ids, all[i].ids, all[i].n * sizeof *ids);
    p->ids += all[i].n;
  }
  p->from[count] = p->ids;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &phrases_key);
  lua_setmetatable(L, -2);
  push_first_words(L, object->corpus, p);
  return 2;
}


/* ----------------------------------------------------------------------
** Matching
*/

/* Word k of phrase i; 0, which is no folded word's id, past its end. */
static uint32_t word_of (const phrases *p, uint32_t i, uint32_t k) {
  return p->from[i] + k < p->from[i + 1] ? ids_of(p)[p->from[i] + k] : 0;
}

/* The first of phrases [low, high) whose word k is not less than 'id'. */
static uint32_t first_of (const phrases *p, uint32_t low, uint32_t high,
                          uint32_t k, uint32_t id) {
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (word_of(p, middle, k) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Upvalues: the query, the phrases. A match-time capture: takes the rest of the
** longest phrase that begins with the token before it. */
static int take_phrase (lua_State *L) {
  const compiled *c = lua_touserdata(L, lua_upvalueindex(1));
  const phrases *p = lua_touserdata(L, lua_upvalueindex(2));
  const lua_Integer at = luaL_checkinteger(L, 2) - 1;
  uint32_t low = 0, high = p->count, best = 0;
  for (uint32_t k = 0; low < high; k++) {
    const uint32_t token = ld_query_token(c, at + k);
    if (token == UINT32_MAX) break;
    const uint32_t id = ld_word_at(&c->corpus->vocabulary,
                                   c->doc->token_word[token])->folded;
    low = first_of(p, low, high, k, id);
    high = first_of(p, low, high, k, id + 1);
    if (low < high && p->from[low + 1] - p->from[low] == k + 1) best = k + 1;
  }
  if (!best) return 0;
  lua_pushinteger(L, at + best);
  return 1;
}

/* phrase(compiled, phrases): that function. */
static int taker (lua_State *L) {
  ld_compiled_check(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &phrases_key);
  if (!lua_touserdata(L, 2) || !lua_getmetatable(L, 2) ||
      !lua_rawequal(L, -1, -2))
    return luaL_typeerror(L, 2, "phrases");
  lua_settop(L, 2);
  lua_pushcclosure(L, take_phrase, 2);
  return 1;
}

void ld_phrases_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "words", words }, { "fold", fold }, { "phrases", compile }, { "phrase", taker },
    { NULL, NULL }
  };
  lua_createtable(L, 0, 1);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &phrases_key);
  luaL_setfuncs(L, functions, 0);
}
