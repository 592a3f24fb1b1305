/*
** ask.c - the questions to a corpus that lesdiplo.query.ask answers: cql, near,
** kwic; and the order of concordance lines.
*/
#include <stdlib.h>
#include <string.h>

#include "bind/query/query.h"

int ld_corpus_cql (lua_State *L) {
  ld_class_check(L, 1, LD_BIND_CORPUS);
  luaL_checkstring(L, 2);
  if (!lua_isnoneornil(L, 3)) luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  return ld_ask(L, "cql", 3);
}

int ld_doc_cql (lua_State *L) {
  const doc_object *object = ld_class_check(L, 1, LD_BIND_DOC);
  luaL_checkstring(L, 2);
  if (!lua_isnoneornil(L, 3)) luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  ld_bind_push_corpus(L, object->doc->corpus);
  lua_insert(L, 2);                              /* doc corpus query options */
  lua_pushvalue(L, 1);
  return ld_ask(L, "cql", 4);
}

/* What is looked for, at argument 'index'. [-0, +0, v] */
static void check_term (lua_State *L, int index) {
  luaL_argcheck(L, !lua_isnoneornil(L, index), index,
                "a word, a pattern of lesdiplo.query, or Hits is wanted");
}

int ld_corpus_near (lua_State *L) {
  ld_class_check(L, 1, LD_BIND_CORPUS);
  check_term(L, 2);
  check_term(L, 3);
  luaL_optinteger(L, 4, 1);
  if (!lua_isnoneornil(L, 5)) luaL_checktype(L, 5, LUA_TTABLE);
  lua_settop(L, 5);
  return ld_ask(L, "near", 5);
}

int ld_corpus_kwic (lua_State *L) {
  ld_class_check(L, 1, LD_BIND_CORPUS);
  check_term(L, 2);
  if (!lua_isnoneornil(L, 3)) luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  return ld_ask(L, "kwic", 3);
}


/* ----------------------------------------------------------------------
** Order
*/

/* Words of the context that two lines are compared by. */
enum { CONTEXT = 8 };

enum order { BY_DOC, BY_LEFT, BY_RIGHT, ORDERS };

typedef struct sorting {
  const hits_object *h;
  enum order order;
} sorting;

/* The word of the k-th token, from 0, on that side of a hit; 0 beyond the ends
** of its document. */
static uint32_t word_beside (const sorting *s, const hit *one, uint32_t k) {
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(s->h->corpus, one->doc);
  if (s->order == BY_RIGHT)
    return k < doc->token_count - one->to ? doc->token_word[one->to + k] : 0;
  return k < one->from ? doc->token_word[one->from - 1 - k] : 0;
}

/* By folded forms; nothing comes before everything. */
static int compare_words (const ld_vocabulary *v, uint32_t a, uint32_t b) {
  if (a == b) return 0;
  if (!a || !b) return a ? 1 : -1;
  const uint32_t x = ld_word_at(v, a)->folded, y = ld_word_at(v, b)->folded;
  const size_t n = ld_word_at(v, x)->length, m = ld_word_at(v, y)->length;
  const int order = memcmp(ld_word_form(v, x), ld_word_form(v, y),
                           n < m ? n : m);
  return x == y ? 0 : order ? order : n < m ? -1 : n > m;
}

static int by_context (const void *a, const void *b, void *data) {
  const sorting *s = data;
  const uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
  const hit *x = s->h->hits + i, *y = s->h->hits + k;
  const ld_vocabulary *v = &s->h->corpus->vocabulary;
  for (uint32_t n = 0; n < CONTEXT; n++) {
    const int order = compare_words(v, word_beside(s, x, n),
                                    word_beside(s, y, n));
    if (order) return order;
  }
  return i < k ? -1 : i > k;
}

/* order(hits, "left" | "right") -> the numbers of hits, sorted by the words
** beside them; nil for "doc". */
static int order (lua_State *L) {
  static const char *const names[ORDERS] = { "doc", "left", "right" };
  sorting s = { ld_class_check(L, 1, LD_BIND_HITS), BY_DOC };
  s.order = (enum order)ld_check_name(L, 2, "order", names, ORDERS);
  if (s.order == BY_DOC) return 0;
  uint32_t *all = lua_newuserdatauv(L, s.h->count * sizeof *all + 1, 0);
  for (uint32_t i = 0; i < s.h->count; i++) all[i] = i;
  if (s.h->count > 0) qsort_r(all, s.h->count, sizeof *all, by_context, &s);
  lua_createtable(L, (int)s.h->count, 0);
  for (uint32_t i = 0; i < s.h->count; i++) {
    lua_pushinteger(L, (lua_Integer)all[i] + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}


/* ----------------------------------------------------------------------
** Lines
*/

/* Pushes a stretch of text in one line, each run of white space a space.
** [-0, +1, m] */
static void push_line (lua_State *L, const char *text, uint32_t n) {
  luaL_Buffer b;
  char *line = luaL_buffinitsize(L, &b, n);
  uint32_t used = 0;
  for (uint32_t i = 0; i < n; i++) {
    const bool space = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');
    if (space && used > 0 && line[used - 1] == ' ') continue;
    line[used++] = space ? ' ' : text[i];
  }
  luaL_pushresultsize(&b, used);
}

/* Letters and signs that take one column: of the West, Greek, Cyrillic, Armenian,
** and dashes, quotes and the like. Others may, too. */
static bool is_narrow (uint32_t c) {
  return c < 0x300 || (c >= 0x370 && c < 0x483) || (c >= 0x48A && c < 0x590) ||
         (c >= 0x2010 && c < 0x2028) || (c >= 0x202F && c < 0x2060) ||
         (c >= 0x20A0 && c < 0x20D0);
}

static bool is_all_narrow (const char *text, uint32_t n) {
  for (uint32_t i = 0; i < n;) {
    const unsigned char c = (unsigned char)text[i];
    if (c < 0x80) {
      i++;
      continue;
    }
    uint32_t point;
    const int length = ld_utf8_read(text + i, text + n, &point);
    if (length <= 0 || !is_narrow(point)) return false;
    i += (uint32_t)length;
  }
  return true;
}

/* line(hit, width) -> left, right, left_ready, right_ready: what stands on either
** side of it, 'width' characters of it. Where a side is ready each of them takes one
** column; else how wide it is has to be seen. */
static int line (lua_State *L) {
  const span_object *span = ld_class_check(L, 1, LD_BIND_SPAN);
  const lua_Integer width = luaL_checkinteger(L, 2);
  const char *text = span->doc->text;
  const uint32_t left = ld_bytes_before(span->doc, span->begin, width);
  const uint32_t right = ld_bytes_after(span->doc, span->end, width);
  push_line(L, text + span->begin - left, left);
  push_line(L, text + span->end, right);
  lua_pushboolean(L, is_all_narrow(text + span->begin - left, left));
  lua_pushboolean(L, is_all_narrow(text + span->end, right));
  return 4;
}

void ld_order_open (lua_State *L) {
  lua_pushcfunction(L, order);
  lua_setfield(L, -2, "order");
  lua_pushcfunction(L, line);
  lua_setfield(L, -2, "line");
}
