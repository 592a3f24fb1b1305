/*
** entities.c - the gazetteer of a state: what ships, and what scripts add; where its
** names stand in a document.
**
** Names of a corpus are looked up once (ld_tagger); a gazetteer that has grown
** since makes that anew. Fields of a mention hang on the name alone: mentions of
** one name share a table.
*/
#include <stdio.h>
#include <string.h>

#include "bind/entity/rows.h"

/* User values: taggers by Corpus; tables of fields by name, from 1. */
enum { GAZETTEER_TAGGERS = 1, GAZETTEER_ROWS };
typedef struct gazetteer_object {
  ld_memory memory;
  ld_gazetteer *all;
  uint32_t names;            /* that the taggers know */
} gazetteer_object;

/* Their addresses are keys of the registry. */
static const char gazetteer_key, gazetteer_class, tagger_class;

static int gazetteer_gc (lua_State *L) {
  gazetteer_object *g = lua_touserdata(L, 1);
  ld_gazetteer_free(g->all);
  g->all = NULL;
  return 0;
}

static int tagger_gc (lua_State *L) {
  ld_tagger *t = lua_touserdata(L, 1);
  ld_tagger_free(t);
  return 0;
}

/* Gives the userdata on the top a metatable with that __gc. [-0, +0, m] */
static void set_class (lua_State *L, const char *key, lua_CFunction gc) {
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

/* Pushes it. [-0, +1, m] */
static gazetteer_object *push_gazetteer (lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &gazetteer_key) == LUA_TUSERDATA)
    return lua_touserdata(L, -1);
  lua_pop(L, 1);
  void *data;
  const lua_Alloc alloc = lua_getallocf(L, &data);
  gazetteer_object *g = lua_newuserdatauv(L, sizeof *g, GAZETTEER_ROWS);
  memset(g, 0, sizeof *g);
  ld_memory_init(&g->memory, alloc, data, UINT64_MAX);
  set_class(L, &gazetteer_class, gazetteer_gc);
  lua_newtable(L);
  lua_setiuservalue(L, -2, GAZETTEER_TAGGERS);
  lua_newtable(L);
  lua_setiuservalue(L, -2, GAZETTEER_ROWS);
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

/* Puts new names into the trie. What layers were made of old ones is made anew: they
** are defined once more. [-0, +0, m] */
static void seal_names (lua_State *L, gazetteer_object *g) {
  if (!ld_gazetteer_seal(g->all)) ld_raise_no_memory(L);
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LAYERS);
  ld_made_define(L);
  lua_pop(L, 2);
}

static uint32_t check_entity (lua_State *L, const ld_gazetteer *all) {
  const lua_Integer number = luaL_checkinteger(L, 1);
  luaL_argcheck(L, number >= 0 && number < (lua_Integer)ld_gazetteer_count(all),
                1, "an entity's number");
  return (uint32_t)number;
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
  gazetteer_object *g = push_gazetteer(L);
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
  if (!ld_entity_row(push_gazetteer(L)->all, 0, cells, count, take_complaint, &c))
    return ld_raise_no_memory(L);
  return push_complaints(L, &c);
}

static int seal (lua_State *L) {
  seal_names(L, push_gazetteer(L));
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

/* entity(id | number) -> {id, kind, names, facts}, facts an array of {key, value};
** nil where there is none. */
static int get_entity (lua_State *L) {
  const ld_gazetteer *all = push_gazetteer(L)->all;
  uint32_t number;
  if (lua_type(L, 1) == LUA_TSTRING) {
    size_t n;
    const char *id = lua_tolstring(L, 1, &n);
    number = ld_gazetteer_find(all, id, n);
    if (number == LD_NONE) return 0;
  } else {
    number = check_entity(L, all);
  }
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

/* facts(key) -> array of {id, kind, value}: all facts of that key. */
static int list_facts (lua_State *L) {
  const char *key = luaL_checkstring(L, 1);
  const ld_gazetteer *all = push_gazetteer(L)->all;
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


/* ----------------------------------------------------------------------
** Mentions
*/

/* Pushes the tagger of the Corpus at an absolute index. [-0, +1, m] */
static const ld_tagger *push_tagger (lua_State *L, gazetteer_object *g,
                                     int gazetteer, int corpus) {
  const lesdiplo_corpus *c = ld_bind_to_corpus(L, corpus);
  if (g->names != ld_gazetteer_name_count(g->all)) {
    lua_newtable(L);
    lua_setiuservalue(L, gazetteer, GAZETTEER_TAGGERS);
    lua_newtable(L);
    lua_setiuservalue(L, gazetteer, GAZETTEER_ROWS);
    g->names = ld_gazetteer_name_count(g->all);
  }
  lua_getiuservalue(L, gazetteer, GAZETTEER_TAGGERS);
  lua_pushvalue(L, corpus);
  if (lua_rawget(L, -2) == LUA_TNIL) {
    lua_pop(L, 1);
    ld_tagger *t = lua_newuserdatauv(L, sizeof *t, 1);
    memset(t, 0, sizeof *t);
    set_class(L, &tagger_class, tagger_gc);
    if (!ld_tagger_init(t, g->all, c, &g->memory)) ld_raise_no_memory(L);
    lua_pushvalue(L, gazetteer);            /* its memory outlives it */
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, corpus);
    lua_pushvalue(L, -2);
    lua_rawset(L, -4);
  }
  lua_remove(L, -2);
  return lua_touserdata(L, -1);
}

/* The name of an entity to show: in English, if it has one. */
static const char *shown (const ld_gazetteer *all, const ld_entity *e) {
  const char *best = NULL;
  for (uint32_t i = e->first_name; i != LD_NONE;) {
    const ld_name name = ld_gazetteer_name_at(all, i);
    const bool plain = name.form == LD_FORM_NAME;
    if (plain && strcmp(name.lang, "en") == 0) return name.text;
    if (!best || (plain && !strcmp(name.lang, "fr"))) best = name.text;
    i = name.next;
  }
  return best ? best : e->id;
}

/* Sets `also`: other entities with names of the same words. */
static void set_others (lua_State *L, const ld_gazetteer *all,
                        const ld_name *name) {
  uint32_t count = 0;
  lua_newtable(L);
  for (uint32_t i = name->same; i != LD_NONE;) {
    const ld_name other = ld_gazetteer_name_at(all, i);
    if (other.entity != name->entity &&
        strcmp(other.folded, name->folded) == 0) {
      lua_pushstring(L, ld_gazetteer_entity_at(all, other.entity).id);
      lua_rawseti(L, -2, ++count);
    }
    i = other.same;
  }
  if (count) lua_setfield(L, -2, "also");
  else lua_pop(L, 1);
}

/* Pushes the fields of a name's mentions; the rows are at 'rows'. */
static void push_row (lua_State *L, const ld_gazetteer *all, int rows,
                      uint32_t number) {
  if (lua_rawgeti(L, rows, (lua_Integer)number + 1) == LUA_TTABLE) return;
  const ld_name name = ld_gazetteer_name_at(all, number);
  const ld_entity e = ld_gazetteer_entity_at(all, name.entity);
  const char *kind = ld_gazetteer_get(all, name.entity, "kind");
  lua_pop(L, 1);
  lua_createtable(L, 0, 5);
  set_string(L, "id", e.id);
  set_string(L, "form", ld_form_names[name.form]);
  if (strcmp(e.kind, "country") != 0) {
    set_string(L, "name", shown(all, &e));
    if (kind) set_string(L, "kind", kind);
  }
  set_others(L, all, &name);
  lua_pushvalue(L, -1);
  lua_rawseti(L, rows, (lua_Integer)number + 1);
}

/* What a run of the tagger fills: of three kinds of layers at once. */
typedef struct collector {
  lua_State *L;
  const ld_gazetteer *all;
  const lesdiplo_doc *doc;
  const char *kind;
  int positions, rows, fields, names;
  lua_Integer count;
  uint32_t reach;            /* tokens before it are in a mention */
} collector;

static const char *kind_of (const ld_gazetteer *all, uint32_t name) {
  return ld_gazetteer_entity_at(all, ld_gazetteer_name_at(all, name).entity).kind;
}

/* A place inside a country's name, and a country inside a place's, are none: Niger
** in Nigeria's Niger State, China in the South China Sea. Names inside those of
** organisations count. */
static void collect (void *data, const ld_mention *m) {
  collector *c = data;
  lua_State *L = c->L;
  const ld_name name = ld_gazetteer_name_at(c->all, m->name);
  const bool wanted = strcmp(kind_of(c->all, m->name), c->kind) == 0;
  if (m->to <= c->reach) return;
  c->reach = m->to;
  if (!wanted) return;
  lua_pushinteger(L, (lua_Integer)c->doc->token_begin[m->from] + 1);
  lua_rawseti(L, c->positions, 2 * c->count + 1);
  lua_pushinteger(L, ld_token_end(c->doc, m->to - 1));
  lua_rawseti(L, c->positions, 2 * c->count + 2);
  push_row(L, c->all, c->fields, m->name);
  lua_rawseti(L, c->rows, c->count + 1);
  const lua_Integer number = (lua_Integer)m->name + 1;
  lua_pushinteger(L, name.doubt ? -number : number);
  lua_rawseti(L, c->names, ++c->count);
}

/*
** mentions(doc, kind) -> positions, rows, names: where names of entities of that
** kind stand, as a layer's make gives them; and the name of each, a number from 1,
** negative where it is a doubtful one.
*/
static int mentions (lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_to_doc(L, 1);
  luaL_argexpected(L, doc, 1, "Doc");
  collector c = { .L = L, .doc = doc, .kind = luaL_checkstring(L, 2) };
  lua_settop(L, 2);
  const bool land = !strcmp(c.kind, "country") || !strcmp(c.kind, "place");
  const char *const kinds[] = { land ? "country" : c.kind,
                                land ? "place" : NULL, NULL };
  gazetteer_object *g = push_gazetteer(L);                /* at 3 */
  ld_bind_push_corpus(L, doc->corpus);                    /* at 4 */
  const ld_tagger *tagger = push_tagger(L, g, 3, 4);      /* at 5 */
  c.all = g->all;
  lua_getiuservalue(L, 3, GAZETTEER_ROWS);                /* at 6 */
  lua_newtable(L);
  lua_newtable(L);
  lua_newtable(L);
  c.fields = 6;
  c.positions = 7;
  c.rows = 8;
  c.names = 9;
  ld_tagger_run(tagger, doc, 0, doc->token_count, kinds, collect, &c);
  return 3;
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
    { "entity", get_entity },
    { "facts", list_facts }, { "mentions", mentions }, { "root", root },
    { NULL, NULL }
  };
  luaL_newlib(L, functions);
}
