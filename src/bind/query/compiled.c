/*
** compiled.c - predicates on tokens, compiled for a corpus: which bytes of a
** subject each of them holds for.
**
** A predicate comes from Lua as an array of alternatives, {how, what}: {"word",
** "visit"}, {"form", "Visit"}, {"stem", "visit"}, or {"list", words} with what
** shaped() or matching() gave.
*/
#include <string.h>

#include "bind/query/query.h"

static const char compiled_key;      /* of its metatable in the registry */

compiled *ld_compiled_check (lua_State *L, int index) {
  compiled *c = lua_touserdata(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &compiled_key);
  if (!c || !lua_getmetatable(L, index) || !lua_rawequal(L, -1, -2)) {
    luaL_typeerror(L, index, "compiled query");
    return NULL;
  }
  lua_pop(L, 2);
  ld_check_open(L, c->corpus);
  return c;
}

static const lesdiplo_corpus *check_corpus (lua_State *L) {
  const enum ld_bind_class class = ld_bind_class_of(L, 1);
  if (class != LD_BIND_CORPUS)
    luaL_error(L, "a corpus is wanted, got a %s",
               class == LD_BIND_NONE ? luaL_typename(L, 1)
                                     : ld_bind_class_name(class));
  const corpus_object *object = ld_class_check(L, 1, LD_BIND_CORPUS);
  return object->corpus;
}

static int compiled_gc (lua_State *L) {
  compiled *c = lua_touserdata(L, 1);
  ld_kind_table_free(c->table);
  c->table = NULL;
  for (uint32_t i = 0; i < c->count; i++) ld_kind_table_free(c->own[i]);
  c->count = 0;
  return 0;
}


/* ----------------------------------------------------------------------
** Predicates
*/

/* In the order of enum ld_predicate_type. */
static const char *const hows[] = { "word", "form", "stem", "list" };

/* A list of words is a userdata of ids. It may have been through the hands of a
** script: what is no id ends it. */
static void read_list (lua_State *L, int index, uint32_t words,
                       ld_predicate *p) {
  p->words = lua_touserdata(L, index);
  const size_t size = p->words ? lua_rawlen(L, index) / sizeof *p->words : 0;
  while (p->count < size && p->words[p->count] < words) p->count++;
}

ld_predicate ld_predicate_read (lua_State *L, const lesdiplo_corpus *corpus) {
  ld_predicate p = { NULL, 0, NULL, 0, LD_BY_FOLDED };
  const int alternative = lua_gettop(L);
  lua_rawgeti(L, alternative, 2);
  lua_rawgeti(L, alternative, 1);
  p.type = (enum ld_predicate_type)ld_check_name(L, -1, "predicate", hows,
      sizeof hows / sizeof *hows);
  lua_pop(L, 1);                                  /* alternative what */
  if (p.type == LD_BY_LIST) read_list(L, -1, corpus->vocabulary.count, &p);
  else p.text = luaL_checklstring(L, -1, &p.n);
  lua_replace(L, alternative);
  return p;
}

/* Is an alternative of the predicate on the top by stem? [-0, +0, -] */
static bool is_stem (lua_State *L) {
  const int predicate = lua_gettop(L);
  bool found = false;
  for (lua_Integer i = 1;
       !found && lua_rawgeti(L, predicate, i) == LUA_TTABLE; i++) {
    lua_rawgeti(L, -1, 1);
    found = lua_isstring(L, -1) && strcmp(lua_tostring(L, -1), "stem") == 0;
    lua_settop(L, predicate);
  }
  lua_settop(L, predicate);
  return found;
}

/* Adds the alternatives of the predicate on the top to a table, as 'number'.
** False where it is full. [-0, +0, e] */
static bool add_predicate (lua_State *L, const compiled *c,
                           ld_kind_table *table, uint32_t number) {
  const int predicate = lua_gettop(L);
  bool room = true;
  for (lua_Integer i = 1;
       room && lua_rawgeti(L, predicate, i) == LUA_TTABLE; i++) {
    const ld_predicate p = ld_predicate_read(L, c->corpus);
    switch (ld_kind_table_add(table, number, &p)) {
      case LESDIPLO_OK: break;
      case LESDIPLO_ELIMIT: room = false; break;
      default: ld_raise_no_memory(L);
    }
    lua_settop(L, predicate);
  }
  lua_settop(L, predicate);
  return room;
}

/* A table that the predicate on the top has to itself. [-0, +0, e] */
static void add_own (lua_State *L, compiled *c, uint32_t number) {
  c->own[number] = ld_kind_table_new(c->corpus, &c->memory,
                                     is_stem(L), 2);
  if (!c->own[number]) ld_raise_no_memory(L);
  add_predicate(L, c, c->own[number], number);
}


/* ----------------------------------------------------------------------
** Compiling
*/

/* Pushes the bytes of a subject that predicate 'number' holds for, or false
** where it has a table of its own. [-0, +1, m] */
static void push_set (lua_State *L, const compiled *c, uint32_t number) {
  const uint32_t kinds = ld_kind_table_count(c->table);
  char bytes[SUBJECT_KINDS];
  size_t n = 0;
  for (uint32_t i = 0; i < ld_marks_states(c); i++)
    if (ld_kind_table_has(c->table, i % kinds, number))
      bytes[n++] = (char)(i + 1);
  if (c->own[number]) lua_pushboolean(L, 0);
  else lua_pushlstring(L, bytes, n);
}

/* The bytes that have mark 'number', or false where they do not tell. */
static void push_marked (lua_State *L, const compiled *c, uint32_t number) {
  const uint32_t kinds = ld_kind_table_count(c->table);
  char bytes[SUBJECT_KINDS];
  size_t n = 0;
  for (uint32_t i = 0; i < ld_marks_states(c); i++)
    if (i / kinds >> number & 1) bytes[n++] = (char)(i + 1);
  if (number >= c->told) lua_pushboolean(L, 0);
  else lua_pushlstring(L, bytes, n);
}

static void push_all_kinds (lua_State *L, const compiled *c) {
  char bytes[SUBJECT_KINDS];
  const uint32_t n = ld_marks_states(c);
  for (uint32_t i = 0; i < n; i++) bytes[i] = (char)(i + 1);
  lua_pushlstring(L, bytes, n);
}

static compiled *new_compiled (lua_State *L, const lesdiplo_corpus *corpus) {
  compiled *c = lua_newuserdatauv(L, sizeof *c, COMPILED_MADE);
  memset(c, 0, sizeof *c);
  c->corpus = corpus;
  ld_memory_of(L, &c->memory);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &compiled_key);
  lua_setmetatable(L, -2);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, COMPILED_CORPUS);
  lua_newtable(L);
  lua_setiuservalue(L, -2, COMPILED_MADE);
  return c;
}

/* compile(corpus, predicates, marks) -> compiled, sets, all, marked: for each
** predicate the bytes that it holds for, or false; the bytes that there are; and
** for each mark the bytes that have it, or false. */
static int compile (lua_State *L) {
  const lesdiplo_corpus *corpus = check_corpus(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  luaL_checktype(L, 3, LUA_TTABLE);
  const lua_Unsigned count = lua_rawlen(L, 2);
  bool stems = false;
  if (count > LD_PREDICATES_MOST)
    return luaL_error(L, "the pattern has more than %d different tests: put "
                         "lists of words and phrases into q.lexicon",
                      LD_PREDICATES_MOST);
  for (lua_Unsigned i = 1; i <= count; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i);
    stems |= is_stem(L);
    lua_pop(L, 1);
  }
  lua_settop(L, 3);
  compiled *c = new_compiled(L, corpus);    /* corpus predicates marks c */
  c->table = ld_kind_table_new(corpus, &c->memory, stems, SUBJECT_KINDS);
  if (!c->table) return ld_raise_no_memory(L);
  for (; c->count < count; c->count++) {
    lua_rawgeti(L, 2, (lua_Integer)c->count + 1);
    if (!add_predicate(L, c, c->table, c->count)) add_own(L, c, c->count);
    lua_settop(L, 4);
  }
  ld_marks_read(L, c, 3);
  lua_createtable(L, (int)count, 0);
  for (uint32_t i = 0; i < count; i++) {
    push_set(L, c, i);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  push_all_kinds(L, c);
  lua_createtable(L, (int)c->mark_count, 0);
  for (uint32_t i = 0; i < c->mark_count; i++) {
    push_marked(L, c, i);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 4;
}

/* asks(subject, position): a match-time capture: does the predicate hold for
** the token before it? Upvalues: the query, the number. */
static int ask (lua_State *L) {
  const compiled *c = lua_touserdata(L, lua_upvalueindex(1));
  const uint32_t number = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
  const uint32_t token = ld_query_token(c, luaL_checkinteger(L, 2) - 1);
  if (token == UINT32_MAX) return 0;
  const uint32_t word = c->doc->token_word[token];
  const uint8_t *kinds = ld_kind_table_of(c->own[number], c->doc);
  lua_pushboolean(L, ld_kind_table_has(c->own[number], kinds[word], number));
  return 1;
}

/* asker(compiled, number): the function for a predicate without a set. */
static int asker (lua_State *L) {
  const compiled *c = ld_compiled_check(L, 1);
  const lua_Integer number = luaL_checkinteger(L, 2);
  luaL_argcheck(L, number >= 1 && number <= (lua_Integer)c->count &&
                   c->own[number - 1], 2, "no such predicate");
  lua_settop(L, 1);
  lua_pushinteger(L, number - 1);
  lua_pushcclosure(L, ask, 2);
  return 1;
}


/* ----------------------------------------------------------------------
** Postings
*/

/* count(corpus, predicate) -> how many tokens it holds for, at the most, and how
** many there are. */
static int count_tokens (lua_State *L) {
  const lesdiplo_corpus *corpus = check_corpus(L);
  uint64_t all = 0;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  for (lua_Integer i = 1; lua_rawgeti(L, 2, i) == LUA_TTABLE; i++) {
    const ld_predicate p = ld_predicate_read(L, corpus);
    uint64_t count;
    if (!ld_predicate_tokens(corpus, &p, NULL, &count))
      return ld_raise_no_memory(L);
    all += count;
    lua_settop(L, 2);
  }
  const ld_postings *postings = ld_postings_of(corpus);
  if (!postings) return ld_raise_no_memory(L);
  lua_pushinteger(L, (lua_Integer)all);
  lua_pushinteger(L, postings->token_count);
  return 2;
}


/* ----------------------------------------------------------------------
** Lists of words
*/

/* Makes the list of 'count' ids in the userdata on the top one of just them.
** [-1, +1, m] */
static int finish_list (lua_State *L, uint32_t count) {
  const uint32_t *all = lua_touserdata(L, -1);
  uint32_t *list = lua_newuserdatauv(L, count * sizeof *list, 0);
  if (count) memcpy(list, all, count * sizeof *list);
  return 1;
}

/* shaped(corpus, name) -> the words of that shape. */
static int shaped (lua_State *L) {
  const ld_vocabulary *v = &check_corpus(L)->vocabulary;
  const int shape = ld_check_name(L, 2, "shape", ld_shape_names, LD_SHAPES);
  uint32_t *words = lua_newuserdatauv(L, v->count * sizeof *words, 0), n = 0;
  for (uint32_t id = 1; id < v->count; id++)
    if (ld_word_at(v, id)->shape == shape) words[n++] = id;
  return finish_list(L, n);
}

/* matching(corpus, pattern) -> the words whose whole form the LPeg pattern
** matches. */
static int matching (lua_State *L) {
  const ld_vocabulary *v = &check_corpus(L)->vocabulary;
  lua_settop(L, 2);
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LPEG);
  lua_rawgeti(L, -1, LPEG_MATCH);                 /* ... match */
  uint32_t *words = lua_newuserdatauv(L, v->count * sizeof *words, 0), n = 0;
  for (uint32_t id = 1; id < v->count; id++) {
    const size_t length = ld_word_at(v, id)->length;
    lua_pushvalue(L, -2);
    lua_pushvalue(L, 2);
    lua_pushlstring(L, ld_word_form(v, id), length);
    lua_call(L, 2, 1);
    if (lua_isinteger(L, -1) &&
        lua_tointeger(L, -1) == (lua_Integer)length + 1)
      words[n++] = id;
    lua_pop(L, 1);
  }
  return finish_list(L, n);
}

/* shape(name): raises where there is no such shape. */
static int check_shape (lua_State *L) {
  ld_check_name(L, 1, "shape", ld_shape_names, LD_SHAPES);
  return 0;
}

/* has_field(name): no capture can be called so. */
static int has_field (lua_State *L) {
  lua_pushboolean(L, ld_span_has(luaL_checkstring(L, 1)));
  return 1;
}

void ld_compiled_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "compile", compile }, { "asker", asker }, { "count", count_tokens },
    { "has_field", has_field }, { "shape", check_shape },
    { "shaped", shaped }, { "matching", matching },
    { NULL, NULL }
  };
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, compiled_gc);
  lua_setfield(L, -2, "__gc");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &compiled_key);
  luaL_setfuncs(L, functions, 0);
}
