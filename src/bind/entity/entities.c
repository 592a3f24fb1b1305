/*
** entities.c - the gazetteer of a state: what ships, what scripts add, and what it
** tells of an entity.
*/
#include <stdio.h>
#include <string.h>

#include "bind/entity/gazetteer.h"
#include "bind/entity/rows.h"

/* Their addresses are keys of the registry. */
static const char gazetteer_key, gazetteer_class;

static int gazetteer_gc (lua_State *L) {
  gazetteer_object *g = lua_touserdata(L, 1);
  ld_gazetteer_free(g->all);
  g->all = NULL;
  return 0;
}

void ld_gazetteer_class (lua_State *L, const char *key, lua_CFunction gc) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, gc);
    lua_setfield(L, -2, "__gc");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
  }
  lua_setmetatable(L, -2);
}


/* ----------------------------------------------------------------------
** What ships
*/

gazetteer_object *ld_gazetteer_push (lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &gazetteer_key) == LUA_TUSERDATA)
    return lua_touserdata(L, -1);
  lua_pop(L, 1);
  gazetteer_object *g = lua_newuserdatauv(L, sizeof *g, GAZETTEER_VALUES);
  memset(g, 0, sizeof *g);
  ld_memory_of(L, &g->memory);
  ld_gazetteer_class(L, &gazetteer_class, gazetteer_gc);
  g->all = ld_gazetteer_over(&g->memory, &ld_gazetteer_shipped);
  if (!g->all) ld_raise_no_memory(L);
  ld_entity_files(L, g->all, &g->memory);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &gazetteer_key);
  return g;
}


/* ----------------------------------------------------------------------
** Adding
*/

/* Puts new names into the trie. What was made of old ones is made anew: the layers are
** defined once more. [-0, +0, m] */
static void seal_names (lua_State *L, gazetteer_object *g) {
  if (!ld_gazetteer_seal(g->all)) ld_raise_no_memory(L);
  g->made = false;
  g->seals++;
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LAYERS);
  ld_made_define(L);
  lua_pop(L, 2);
}

/* What is wrong with what a script adds: as much as has room, a line each. */
typedef struct complaints {
  const char *where;         /* or NULL: no lines are numbered */
  char text[2000];
  size_t used;
} complaints;

static void take_complaint (void *data, uint32_t line, const char *message) {
  complaints *c = data;
  char *to = c->text + c->used;
  const size_t room = sizeof c->text - c->used;
  const char *next = c->used ? "\n" : "";
  if (room < 2) return;
  const int n = c->where ? snprintf(to, room, "%s%s:%u: %s", next, c->where,
                                    (unsigned)line, message)
                         : snprintf(to, room, "%s%s", next, message);
  c->used += n < (int)room ? (size_t)n : room - 1;
}

/* Pushes them, or nil. */
static int push_complaints (lua_State *L, const complaints *c) {
  if (c->used) lua_pushlstring(L, c->text, c->used);
  else lua_pushnil(L);
  return 1;
}

/* read(text, format, where) -> what is wrong with it | nil, number of rows: adds
** entries or rows. */
static int read_text (lua_State *L) {
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  const char *name = luaL_checkstring(L, 2);
  complaints c = { luaL_checkstring(L, 3), "", 0 };
  const enum ld_entity_format format = ld_bind_entity_format(name);
  if (format == LD_ENTITY_FORMATS)
    return luaL_error(L, "no format '%s' of entities: there are txt csv jsonl",
                      name);
  char *padded = lua_newuserdatauv(L, n + LD_PADDING, 0);
  memcpy(padded, text, n);
  memset(padded + n, 0, LD_PADDING);
  gazetteer_object *g = ld_gazetteer_push(L);
  ld_entity_text to = { g->all, &g->memory, format, take_complaint, &c, 0 };
  const bool good = ld_entity_read(&to, padded, n);
  seal_names(L, g);
  if (!good) return ld_raise_no_memory(L);
  push_complaints(L, &c);
  lua_pushinteger(L, to.rows);
  return 2;
}

static const char *string_at (lua_State *L, lua_Integer i, size_t *n) {
  lua_rawgeti(L, 1, i);
  const char *string = luaL_checklstring(L, -1, n);
  lua_pop(L, 1);                                  /* the array keeps it */
  return string;
}

/* row({key, value, key, value ...}) -> what is wrong with it | nil: adds a row; its
** names are found after seal(). */
static int add_row (lua_State *L) {
  complaints c = { NULL, "", 0 };
  luaL_checktype(L, 1, LUA_TTABLE);
  const size_t count = lua_rawlen(L, 1) / 2;
  ld_cell *cells = lua_newuserdatauv(L, count * sizeof *cells, 0);
  for (size_t i = 0; i < count; i++) {
    const lua_Integer at = (lua_Integer)(2 * i) + 1;
    cells[i].name = string_at(L, at, &cells[i].name_length);
    cells[i].value = string_at(L, at + 1, &cells[i].value_length);
  }
  if (!ld_entity_row(ld_gazetteer_push(L)->all, 0, cells, count, take_complaint, &c))
    return ld_raise_no_memory(L);
  return push_complaints(L, &c);
}

/* grown() -> a number that is another one whenever it has grown: what was made of its
** entities before has to be made anew. */
static int grown (lua_State *L) {
  lua_pushinteger(L, ld_gazetteer_push(L)->seals);
  return 1;
}

static int seal (lua_State *L) {
  seal_names(L, ld_gazetteer_push(L));
  return 0;
}


/* ----------------------------------------------------------------------
** Asking
*/

static void set_string (lua_State *L, const char *key, const char *value) {
  lua_pushstring(L, value);
  lua_setfield(L, -2, key);
}

/* Pushes the names of an entity, an array of {text, lang, form}. */
static void push_names (lua_State *L, const ld_gazetteer *all,
                        const ld_entity *e) {
  lua_newtable(L);
  for (uint32_t i = e->first_name, k = 1; i != LD_NONE; k++) {
    const ld_name name = ld_gazetteer_name_at(all, i);
    lua_createtable(L, 0, 3);
    set_string(L, "text", name.text);
    if (*name.lang) set_string(L, "lang", name.lang);
    set_string(L, "form", ld_form_names[name.form]);
    lua_rawseti(L, -2, k);
    i = name.next;
  }
}

/* entity(id[, kind]) -> {id, kind, names, facts}, facts an array of {key, value};
** nil where there is none. */
static int get_entity (lua_State *L) {
  size_t n, kind_length;
  const char *id = luaL_checklstring(L, 1, &n);
  const char *kind = luaL_optlstring(L, 2, NULL, &kind_length);
  const ld_gazetteer *all = ld_gazetteer_push(L)->all;
  const uint32_t number =
      kind ? ld_gazetteer_find_kind(all, id, n, kind, kind_length)
           : ld_gazetteer_find(all, id, n);
  if (number == LD_NONE) return 0;
  const ld_entity e = ld_gazetteer_entity_at(all, number);
  lua_createtable(L, 0, 5);
  set_string(L, "id", e.id);
  set_string(L, "kind", e.kind);
  push_names(L, all, &e);
  lua_setfield(L, -2, "names");
  lua_newtable(L);
  for (uint32_t i = e.first_fact, k = 1; i != LD_NONE; k++) {
    const ld_fact fact = ld_gazetteer_fact_at(all, i);
    lua_createtable(L, 2, 0);
    lua_pushstring(L, fact.key);
    lua_rawseti(L, -2, 1);
    lua_pushstring(L, fact.value);
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, k);
    i = fact.next;
  }
  lua_setfield(L, -2, "facts");
  return 1;
}

/* ids(beginning) -> array of the ids that begin so. */
static int list_ids (lua_State *L) {
  size_t n;
  const char *beginning = luaL_checklstring(L, 1, &n);
  const ld_gazetteer *all = ld_gazetteer_push(L)->all;
  lua_Integer count = 0;
  lua_newtable(L);
  for (uint32_t i = 0; i < ld_gazetteer_count(all); i++) {
    const ld_entity e = ld_gazetteer_entity_at(all, i);
    if (strncmp(e.id, beginning, n) != 0) continue;
    lua_pushstring(L, e.id);
    lua_rawseti(L, -2, ++count);
  }
  return 1;
}

/* facts(key) -> array of {id, kind, value}: of each entity its first fact of that key. */
static int list_facts (lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  const ld_gazetteer *all = ld_gazetteer_push(L)->all;
  const uint32_t key = ld_gazetteer_key(all, name);
  lua_Integer count = 0;
  lua_newtable(L);
  for (uint32_t i = 0; i < ld_gazetteer_count(all); i++) {
    const ld_entity e = ld_gazetteer_entity_at(all, i);
    const char *value = ld_gazetteer_get(all, i, key);
    if (!value) continue;
    lua_createtable(L, 3, 0);
    lua_pushstring(L, e.id);
    lua_rawseti(L, -2, 1);
    lua_pushstring(L, e.kind);
    lua_rawseti(L, -2, 2);
    lua_pushstring(L, value);
    lua_rawseti(L, -2, 3);
    lua_rawseti(L, -2, ++count);
  }
  return 1;
}


/* root(word) -> a folded Russian word without its case ending. */
static int root (lua_State *L) {
  size_t n;
  const char *word = luaL_checklstring(L, 1, &n);
  lua_pushlstring(L, word, ld_russian_root(word, n));
  return 1;
}

void ld_entities_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "read", read_text }, { "row", add_row }, { "seal", seal },
    { "grown", grown },
    { "entity", get_entity }, { "facts", list_facts }, { "ids", list_ids },
    { "root", root },
    { "mentions", ld_entity_mentions }, { "runs", ld_entity_runs },
    { "has_han", ld_entity_has_han }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
}
