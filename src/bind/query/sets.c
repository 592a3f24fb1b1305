/*
** sets.c - sets of hits: union, intersection, difference, what lies within
** what, widened to sentences, samples.
**
** The hits of a Hits are sorted by document, begin and end, and no two are
** equal; so all of these are one walk over both sets. Each gives a new Hits; hits
** keep their captures.
*/
#include <string.h>

#include "bind/query/query.h"

int ld_hits_compare (const hit *a, const hit *b) {
  if (a->doc != b->doc) return a->doc < b->doc ? -1 : 1;
  if (a->from != b->from) return a->from < b->from ? -1 : 1;
  return a->to < b->to ? -1 : a->to > b->to;
}

/* The other Hits, argument 2: of the same corpus. [-0, +0, v] */
static const hits_object *check_other (lua_State *L, const hits_object *h) {
  if (ld_bind_class_of(L, 2) != LD_BIND_HITS)
    luaL_argerror(L, 2, lua_pushfstring(L,
        "Hits expected, got %s; corpus:find gives them: of words, a pattern, or a "
        "layer, corpus:find(q.quote)", luaL_typename(L, 2)));
  const hits_object *other = ld_class_check(L, 2, LD_BIND_HITS);
  luaL_argcheck(L, other->corpus == h->corpus, 2, "hits of another corpus");
  return other;
}

/* Pushes an empty Hits for those at 'index' and their names. [-0, +1, m] */
static void push_like (lua_State *L, int index) {
  lua_getiuservalue(L, index, HITS_CORPUS);
  lua_getiuservalue(L, index, HITS_NAMES);
  ld_hits_new(L, -2, -1);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

void ld_hits_copy_captures (lua_State *L, int to, const hits_object *from,
                            const hit *one, const uint32_t *names) {
  for (uint32_t i = 0; i < one->capture_count; i++) {
    capture c = from->captures[one->captures + i];
    if (names) c.name = names[c.name];
    ld_hits_add_capture(L, to, &c);
  }
}

/* Adds a hit of 'from' to the Hits at 'to', its captures' names numbered anew
** by 'names', or as they are. [-0, +0, m] */
static void add (lua_State *L, int to, const hits_object *from, const hit *one,
                 const uint32_t *names) {
  hit copy = *one;
  copy.captures = ((const hits_object *)lua_touserdata(L, to))->capture_count;
  ld_hits_copy_captures(L, to, from, one, names);
  ld_hits_add(L, to, &copy);
}


/* ----------------------------------------------------------------------
** Two sets
*/

enum { RESULT = 3 };

static int keep_common (lua_State *L, bool wanted) {
  const hits_object *a = ld_class_check(L, 1, LD_BIND_HITS);
  const hits_object *b = check_other(L, a);
  uint32_t k = 0;
  lua_settop(L, 2);
  push_like(L, 1);
  for (uint32_t i = 0; i < a->count; i++) {
    while (k < b->count && ld_hits_compare(b->hits + k, a->hits + i) < 0) k++;
    const bool both = k < b->count && ld_hits_compare(b->hits + k, a->hits + i) == 0;
    if (both == wanted) add(L, RESULT, a, a->hits + i, NULL);
  }
  return 1;
}

static int hits_intersect (lua_State *L) { return keep_common(L, true); }

static int hits_minus (lua_State *L) { return keep_common(L, false); }

const uint32_t *ld_hits_join_names (lua_State *L) {
  lua_Integer count = 0;
  lua_newtable(L);                                        /* names */
  const int names = lua_gettop(L);
  lua_getiuservalue(L, 1, HITS_NAMES);
  while (lua_rawgeti(L, -1, count + 1) != LUA_TNIL)
    lua_rawseti(L, names, ++count);
  lua_pop(L, 2);
  lua_getiuservalue(L, 2, HITS_NAMES);                    /* names others */
  const size_t others = lua_rawlen(L, -1);
  uint32_t *numbers = lua_newuserdatauv(L, (others + 1) * sizeof *numbers, 0);
  lua_insert(L, -2);                                      /* names numbers others */
  for (size_t i = 1; i <= others; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i);
    numbers[i] = 0;
    for (lua_Integer k = 1; k <= count && !numbers[i]; k++) {
      lua_rawgeti(L, names, k);
      if (lua_rawequal(L, -1, -2)) numbers[i] = (uint32_t)k;
      lua_pop(L, 1);
    }
    if (!numbers[i]) {
      numbers[i] = (uint32_t)++count;
      lua_pushvalue(L, -1);
      lua_rawseti(L, names, count);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return numbers;
}

static int hits_union (lua_State *L) {
  const hits_object *a = ld_class_check(L, 1, LD_BIND_HITS);
  const hits_object *b = check_other(L, a);
  uint32_t i = 0, k = 0;
  lua_settop(L, 2);
  const uint32_t *numbers = ld_hits_join_names(L);                /* names numbers */
  lua_getiuservalue(L, 1, HITS_CORPUS);
  ld_hits_new(L, -1, RESULT);
  const int result = lua_gettop(L);
  while (i < a->count || k < b->count) {
    const int order = i == a->count ? 1 : k == b->count ? -1
                      : ld_hits_compare(a->hits + i, b->hits + k);
    if (order <= 0) add(L, result, a, a->hits + i++, NULL);
    if (order > 0) add(L, result, b, b->hits + k, numbers);
    k += order >= 0;
  }
  return 1;
}

/* Of what begins before or with a hit, the one that ends last tells whether the
** hit is inside any. */
static int hits_within (lua_State *L) {
  const hits_object *a = ld_class_check(L, 1, LD_BIND_HITS);
  const hits_object *b = check_other(L, a);
  uint32_t k = 0, reach = 0, doc = 0;
  lua_settop(L, 2);
  push_like(L, 1);
  for (uint32_t i = 0; i < a->count; i++) {
    const hit *one = a->hits + i;
    if (one->doc != doc) reach = 0;
    doc = one->doc;
    for (; k < b->count; k++) {
      const hit *other = b->hits + k;
      if (other->doc > doc || (other->doc == doc && other->from > one->from))
        break;
      if (other->doc == doc && other->to > reach) reach = other->to;
    }
    if (reach >= one->to) add(L, RESULT, a, one, NULL);
  }
  return 1;
}


/* ----------------------------------------------------------------------
** One set
*/

/* Those for which a function is true. */
static int hits_filter (lua_State *L) {
  const hits_object *h = ld_class_check(L, 1, LD_BIND_HITS);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  push_like(L, 1);
  for (uint32_t i = 0; i < h->count; i++) {
    lua_pushvalue(L, 2);
    lua_geti(L, 1, (lua_Integer)i + 1);
    lua_call(L, 1, 1);
    if (lua_toboolean(L, -1)) add(L, RESULT, h, h->hits + i, NULL);
    lua_settop(L, RESULT);
  }
  return 1;
}

/* The units that hits begin in, each once. */
static int hits_expand (lua_State *L) {
  const hits_object *h = ld_class_check(L, 1, LD_BIND_HITS);
  const enum unit unit = ld_unit_check(L, 2);
  hit last = { .doc = UINT32_MAX };
  lua_settop(L, 2);
  push_like(L, 1);
  for (uint32_t i = 0; i < h->count; i++) {
    hit one = h->hits[i];
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(h->corpus, one.doc);
    if (one.doc == last.doc && one.from >= last.from && one.from < last.to)
      continue;
    uint32_t first, end;
    ld_unit_of(doc, ld_sentence_of_token(doc, one.from), unit, &first, &end);
    one.from = doc->sentences[first].token;
    one.to = ld_sentence_end(doc, end);
    last = one;
    add(L, RESULT, h, &one, NULL);
  }
  return 1;
}

/* Each of the hits that are left is taken with the chance that gives so many in
** all (Knuth's selection sampling): in order, and the same for the same seed. */
static int hits_sample (lua_State *L) {
  const hits_object *h = ld_class_check(L, 1, LD_BIND_HITS);
  const lua_Integer n = luaL_checkinteger(L, 2);
  uint64_t state = (uint64_t)luaL_optinteger(L, 3, 1), wanted;
  luaL_argcheck(L, n >= 0, 2, "a number of hits, not negative");
  wanted = (uint64_t)n;
  lua_settop(L, 2);
  push_like(L, 1);
  for (uint32_t i = 0; i < h->count && wanted > 0; i++) {
    state += 0x9E3779B97F4A7C15;                          /* splitmix64 */
    uint64_t x = (state ^ state >> 30) * 0xBF58476D1CE4E5B9;
    x = (x ^ x >> 27) * 0x94D049BB133111EB;
    if ((x ^ x >> 31) % (h->count - i) >= wanted) continue;
    add(L, RESULT, h, h->hits + i, NULL);
    wanted--;
  }
  return 1;
}


/* pick(hits, numbers): those hits, by ascending numbers from 1. */
static int pick (lua_State *L) {
  const hits_object *h = ld_class_check(L, 1, LD_BIND_HITS);
  lua_Integer last = 0;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  push_like(L, 1);
  for (lua_Integer i = 1; lua_rawgeti(L, 2, i) != LUA_TNIL; i++) {
    const lua_Integer number = lua_tointeger(L, -1);
    if (number <= last || number > (lua_Integer)h->count)
      return luaL_error(L, "numbers of hits, ascending");
    add(L, RESULT, h, h->hits + number - 1, NULL);
    last = number;
    lua_pop(L, 1);
  }
  lua_settop(L, RESULT);
  return 1;
}

/* names(hits) -> those of their captures. */
static int names (lua_State *L) {
  ld_class_check(L, 1, LD_BIND_HITS);
  lua_getiuservalue(L, 1, HITS_NAMES);
  return 1;
}

void ld_sets_open (lua_State *L) {
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, pick);
  lua_setfield(L, -2, "pick");
  lua_pushcfunction(L, names);
  lua_setfield(L, -2, "names");
}


/* ----------------------------------------------------------------------
** Rows
*/

static int call_rows (lua_State *L, const char *name, int n) {
  return ld_module_call(L, "lesdiplo.query.rows", name, n);
}

static int hits_rows (lua_State *L) {
  ld_class_check(L, 1, LD_BIND_HITS);
  lua_settop(L, 2);
  lua_getiuservalue(L, 1, HITS_NAMES);
  return call_rows(L, "rows", 3);
}

/* A function of lesdiplo.query.rows with all arguments. */
static int hand_on (lua_State *L, const char *name) {
  ld_class_check(L, 1, LD_BIND_HITS);
  return call_rows(L, name, lua_gettop(L));
}

static int hits_count (lua_State *L) {
  if (lua_gettop(L) > 1) return hand_on(L, "count");
  lua_pushinteger(L, ((hits_object *)ld_class_check(L, 1,
                                                    LD_BIND_HITS))->count);
  return 1;
}

static int hits_profile (lua_State *L) {
  const hits_object *h = ld_class_check(L, 1, LD_BIND_HITS);
  const profile *p = &h->profile;
  lua_createtable(L, 0, 5);
  lua_pushinteger(L, (lua_Integer)p->units);
  lua_setfield(L, -2, "units");
  lua_pushinteger(L, (lua_Integer)p->tokens);
  lua_setfield(L, -2, "tokens");
  lua_pushinteger(L, (lua_Integer)p->tries);
  lua_setfield(L, -2, "tries");
  lua_pushinteger(L, h->count);
  lua_setfield(L, -2, "hits");
  lua_pushnumber(L, p->seconds);
  lua_setfield(L, -2, "seconds");
  return 1;
}

static int hits_group (lua_State *L) { return hand_on(L, "group"); }

static int hits_sort (lua_State *L) { return hand_on(L, "sort"); }

static int hits_layer (lua_State *L) {
  ld_class_check(L, 1, LD_BIND_HITS);
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, 1);
  ld_module_call(L, "lesdiplo.query.layers", "define_hits", 2);
  lua_settop(L, 1);
  return 1;
}

static int hits_kwic (lua_State *L) {
  ld_class_check(L, 1, LD_BIND_HITS);
  if (!lua_istable(L, 2)) luaL_optinteger(L, 2, 0);
  lua_settop(L, 2);
  return call_rows(L, "kwic", 2);
}

const ld_bind_entry ld_hits_entries[] = {
  { "hits:rows", hits_rows,
    "hits:rows([columns]) -> array of rows\n"
    "A row a hit, for lesdiplo.emit, or to be what a script returns. A column is a\n"
    "capture's name, a field of every Span, or a field of those.\n"
    "@param columns array?  without it the text and each capture\n"
    "@example local q = lesdiplo.query\n"
    "  local visit = q.stem \"visit\" * q.gap(0, 4) * q.shape \"title\":as \"where\"\n"
    "  return corpus:find(visit):rows{\"where\", \"doc.date\", \"cite\"}\n"
    "@since 1\n" },
  { "hits:kwic", hits_kwic,
    "hits:kwic([options]) -> array of rows\n"
    "Concordance lines: what stands before each hit, the hit, what follows.\n"
    "@param options integer|table?  width: columns on either side, 40, which\n"
    "  may be given alone; sort: by the words that stand left or right of the\n"
    "  hit, the nearest first, or doc, the order of the corpus; most: lines\n"
    "@example return corpus:find \"embassy\":kwic{sort = \"right\"}\n"
    "@see corpus:kwic\n"
    "@since 1\n" },
  { "hits:each", ld_hits_each,
    "hits:each() -> iterator of (index, Span)\n"
    "The hits in order, with their numbers; without those, `for hit in hits do`.\n"
    "@example for i, hit in corpus:find(\"embassy\"):each() do print(i, hit.cite) end\n"
    "@since 1\n" },
  { "hits:count", hits_count,
    "hits:count([column, ...]) -> integer | array of rows\n"
    "How many there are; with columns, as of hits:rows, how often each value of\n"
    "them occurs, the most frequent first, in how many documents, and the first\n"
    "hit as an example. Text counts as the same whatever its case.\n"
    "@param column string?  a capture, a field, or a field of those\n"
    "@example local q = lesdiplo.query\n"
    "  return corpus:find(q.shape \"title\":as \"name\"):count(\"name\", \"doc.kind\")\n"
    "@since 1\n" },
  { "hits:profile", hits_profile,
    "hits:profile() -> table\n"
    "What finding them cost: units and tokens that were looked at, tries (matches\n"
    "that were begun), hits, and seconds of processor time. Of a set that was made\n"
    "of others, nothing but hits.\n"
    "@example print(corpus:find(\"embassy\"):profile().units)\n"
    "@see corpus:find\n"
    "@since 1\n" },
  { "hits:group", hits_group,
    "hits:group(column, ...) -> array of tables\n"
    "The hits with the same values, each group a table: the values by the names\n"
    "of the columns, and hits, a Hits. In the order in which they are first met. As\n"
    "rows they show how many hits each has.\n"
    "@param column string  as of hits:rows\n"
    "@example for _, g in ipairs(corpus:find(\"embassy\"):group \"doc.kind\") do\n"
    "    print(g[\"doc.kind\"], #g.hits)\n"
    "  end\n"
    "@since 1\n" },
  { "hits:sort", hits_sort,
    "hits:sort(column[, descending]) -> array of Span\n"
    "The hits by a column's values: numbers before texts, texts by their folded\n"
    "bytes, what has none last, the rest in the order of the corpus.\n"
    "@param column string  as of hits:rows\n"
    "@param descending boolean?\n"
    "@since 1\n" },
  { "hits:layer", hits_layer,
    "hits:layer(name) -> Hits\n"
    "Makes a layer of that name of them, whose spans have their captures as\n"
    "fields: for doc:layer(name), corpus:layer(name), and in patterns.\n"
    "@param name string\n"
    "@return Hits  the same\n"
    "@example local q = lesdiplo.query\n"
    "  corpus:find(q.shape \"title\" ^ 2):layer \"name\"\n"
    "  print(#corpus:find(q.layer \"name\" * q.stem \"say\"))\n"
    "@see lesdiplo.layer\n"
    "@since 1\n" },
  { "hits:union", hits_union,
    "hits:union(other) -> Hits\n"
    "What is in one of the two sets or in both.\n"
    "@param other Hits\n"
    "@since 1\n" },
  { "hits:intersect", hits_intersect,
    "hits:intersect(other) -> Hits\n"
    "The hits whose tokens are those of a hit of the other set.\n"
    "@param other Hits\n"
    "@since 1\n" },
  { "hits:minus", hits_minus,
    "hits:minus(other) -> Hits\n"
    "The hits whose tokens are not those of a hit of the other set.\n"
    "@param other Hits\n"
    "@since 1\n" },
  { "hits:within", hits_within,
    "hits:within(other) -> Hits\n"
    "The hits that lie inside a hit of the other set.\n"
    "@param other Hits  of what they shall be inside of: of quotes, corpus:find(q.quote)\n"
    "@example local q = lesdiplo.query\n"
    "  local told = corpus:find(q.stem \"say\"):expand \"sentence\"\n"
    "  print(#corpus:find(q.word \"peace\"):within(told))\n"
    "@since 1\n" },
  { "hits:expand", hits_expand,
    "hits:expand(unit) -> Hits\n"
    "The sentences, blocks or documents that hits begin in, each once, with the\n"
    "captures of the first hit.\n"
    "@param unit string  sentence, block or doc\n"
    "@since 1\n" },
  { "hits:filter", hits_filter,
    "hits:filter(f) -> Hits\n"
    "The hits for which f(hit) is true.\n"
    "@param f function  of a hit\n"
    "@example local long = corpus:find \"peace\":filter(function (hit)\n"
    "    return #hit.sentence.text > 200\n"
    "  end)\n"
    "@since 1\n" },
  { "hits:near", ld_hits_near,
    "hits:near(other[, n[, options]]) -> Hits\n"
    "The hits that have a hit of the other set near them, in the same sentence.\n"
    "Each new hit goes from the one to the other, the nearest there is, and has\n"
    "them as `a` and `b`; what overlaps is not near.\n"
    "@param other Hits\n"
    "@param n integer?  tokens from one to the other at most, 1 being the next one;\n"
    "  without it any number\n"
    "@param options table?  order: before (the other one comes after), after, any;\n"
    "  within: sentence, block or doc\n"
    "@return Hits\n"
    "@example local sanctions, lifted = corpus:find \"sanctions\", corpus:find \"lift\"\n"
    "  for hit in sanctions:near(lifted, 5) do print(hit.b, hit.cite) end\n"
    "@see corpus:near\n"
    "@since 1\n" },
  { "hits:sample", hits_sample,
    "hits:sample(n[, seed]) -> Hits\n"
    "n of the hits, chosen by chance, in order: the same for the same seed.\n"
    "@param n integer\n"
    "@param seed integer?\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};
