/*
** mentions.c - where names of entities stand in a document.
**
** Names of a corpus are looked up once (ld_tagger). Fields of a mention hang on the
** name alone: mentions of one name share a table. What was found in the document
** that was asked about last is kept, for its layers ask for the same kinds in turn.
*/
#include <string.h>

#include "bind/entity/gazetteer.h"

/* Its address is a key of the registry. */
static const char tagger_class;

static int tagger_gc (lua_State *L) {
  ld_tagger *t = lua_touserdata(L, 1);
  ld_tagger_free(t);
  return 0;
}

/* Gives the gazetteer on the top an empty table as a user value. [-0, +0, m] */
static void clear_value (lua_State *L, int value) {
  lua_newtable(L);
  lua_setiuservalue(L, -2, value);
}

/* Pushes the tagger of the Corpus at an absolute index. [-0, +1, m] */
static const ld_tagger *push_tagger (lua_State *L, gazetteer_object *g,
                                     int gazetteer, int corpus) {
  lua_getiuservalue(L, gazetteer, GAZETTEER_TAGGERS);
  lua_pushvalue(L, corpus);
  if (lua_rawget(L, -2) == LUA_TNIL) {
    lua_pop(L, 1);
    ld_tagger *t = lua_newuserdatauv(L, sizeof *t, 1);
    memset(t, 0, sizeof *t);
    ld_gazetteer_class(L, &tagger_class, tagger_gc);
    if (!ld_tagger_init(t, g->all, ld_bind_to_corpus(L, corpus), &g->memory))
      ld_raise_no_memory(L);
    lua_pushvalue(L, gazetteer);            /* its memory outlives it */
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, corpus);
    lua_pushvalue(L, -2);
    lua_rawset(L, -4);
  }
  lua_remove(L, -2);
  return lua_touserdata(L, -1);
}


/* ----------------------------------------------------------------------
** Fields
*/

static void set_string (lua_State *L, const char *key, const char *value) {
  lua_pushstring(L, value);
  lua_setfield(L, -2, key);
}

/* The name of an entity to show: in English, if it has one, or else in French. */
static const char *shown (const ld_gazetteer *all, const ld_entity *e) {
  const char *french = NULL, *first = NULL;
  for (uint32_t i = e->first_name; i != LD_NONE;) {
    const ld_name name = ld_gazetteer_name_at(all, i);
    const bool plain = name.form == LD_FORM_NAME;
    if (plain && strcmp(name.lang, "en") == 0) return name.text;
    if (plain && strcmp(name.lang, "fr") == 0) french = name.text;
    if (!first) first = name.text;
    i = name.next;
  }
  return french ? french : first ? first : e->id;
}

/* Sets `also`: other entities with names of the same words, each once; and as `rule` why
** it is this one's. */
static void set_others (lua_State *L, const ld_gazetteer *all,
                        const ld_name *name) {
  uint32_t count = 0;
  lua_newtable(L);                                        /* seen */
  lua_newtable(L);                                        /* seen also */
  for (uint32_t i = name->same; i != LD_NONE;) {
    const ld_name other = ld_gazetteer_name_at(all, i);
    i = other.same;
    if (other.entity == name->entity || strcmp(other.folded, name->folded) != 0)
      continue;
    const bool seen = lua_rawgeti(L, -2, other.entity) != LUA_TNIL;
    lua_pop(L, 1);
    if (seen) continue;
    lua_pushboolean(L, 1);
    lua_rawseti(L, -3, other.entity);
    lua_pushstring(L, ld_gazetteer_entity_at(all, other.entity).id);
    lua_rawseti(L, -2, ++count);
  }
  lua_remove(L, -2);
  if (count) {
    lua_setfield(L, -2, "also");
    set_string(L, "rule", "first in the tables");
  }
  else lua_pop(L, 1);
}

/* Pushes the fields of a name's mentions; the rows are at 'rows'. [-0, +1, m] */
static void push_row (lua_State *L, const ld_gazetteer *all, int rows,
                      uint32_t number) {
  if (lua_rawgeti(L, rows, (lua_Integer)number + 1) == LUA_TTABLE) return;
  const ld_name name = ld_gazetteer_name_at(all, number);
  const ld_entity e = ld_gazetteer_entity_at(all, name.entity);
  const char *kind = ld_gazetteer_get(all, name.entity,
                                      ld_gazetteer_key(all, "kind"));
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


/* ----------------------------------------------------------------------
** Mentions
*/

/* What a run of the tagger fills: for one kind, or for country and place together, with
** the words that only look like one of them. Of each mention three numbers: where it
** begins, where it ends, and the name. */
enum { COLLECTED_MOST = 2, NUMBERS = 3 };
typedef struct collector {
  lua_State *L;
  const ld_gazetteer *all;
  const lesdiplo_doc *doc;
  int fields;                /* stack index: the rows of all names */
  const char *kinds[COLLECTED_MOST + 2];     /* a NULL ends them */
  int count;                 /* of those that are collected */
  ld_numbers of[COLLECTED_MOST];
  uint32_t reach;            /* tokens before it are in a mention */
} collector;

/* A place inside a country's name, and a country inside a place's, are none: Niger
** in Nigeria's Niger State, China in the South China Sea; and both inside a word of
** words.txt. Names inside those of organisations count. */
static void collect (void *data, const ld_mention *m) {
  collector *c = data;
  if (m->to <= c->reach) return;
  c->reach = m->to;
  const ld_name name = ld_gazetteer_name_at(c->all, m->name);
  const char *kind = ld_gazetteer_entity_at(c->all, name.entity).kind;
  int i = 0;
  while (i < c->count && strcmp(kind, c->kinds[i]) != 0) i++;
  if (i == c->count) return;
  ld_numbers_add(c->L, &c->of[i], c->doc->token_begin[m->from]);
  ld_numbers_add(c->L, &c->of[i], ld_token_end(c->doc, m->to - 1));
  ld_numbers_add(c->L, &c->of[i], m->name);
}

/* Stores a number in the array at 'index'. [-0, +0, m] */
static void put (lua_State *L, int index, uint32_t i, lua_Integer number) {
  lua_pushinteger(L, number);
  lua_rawseti(L, index, (lua_Integer)i + 1);
}

/* Pushes an array of the positions, the rows and the names that were found of a kind.
** [-0, +1, m] */
static void push_found (const collector *c, const ld_numbers *found) {
  lua_State *L = c->L;
  const uint32_t count = found->count / NUMBERS;
  lua_createtable(L, 3, 0);
  lua_createtable(L, 2 * (int)count, 0);
  lua_createtable(L, (int)count, 0);
  lua_createtable(L, (int)count, 0);
  const int names = lua_gettop(L), rows = names - 1, positions = names - 2;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t *one = found->all + NUMBERS * (size_t)i;
    const lua_Integer number = (lua_Integer)one[2] + 1;
    put(L, positions, 2 * i, (lua_Integer)one[0] + 1);
    put(L, positions, 2 * i + 1, one[1]);
    put(L, names, i, ld_gazetteer_name_at(c->all, one[2]).doubt ? -number : number);
    push_row(L, c->all, c->fields, one[2]);
    lua_rawseti(L, rows, (lua_Integer)i + 1);
  }
  for (int i = 3; i >= 1; i--) lua_rawseti(L, positions - 1, i);
}

/* The stack of ld_entity_mentions, behind its arguments. */
enum { GAZETTEER = 3, CORPUS, FIELDS, KEPT };

/* Finds the mentions of a kind in the document, and keeps them, with those of the
** other kind that it is told from. [-0, +0, m] */
static void find (lua_State *L, gazetteer_object *g, const lesdiplo_doc *doc,
                  const char *kind) {
  const bool land = !strcmp(kind, "country") || !strcmp(kind, "place");
  collector c = { .L = L, .all = g->all, .doc = doc, .fields = FIELDS,
                  .kinds = { kind }, .count = 1 };
  const int top = lua_gettop(L);
  luaL_checkstack(L, 20, "no room for mentions");
  if (land) {
    c.kinds[0] = "country";
    c.kinds[1] = "place";
    c.kinds[2] = "word";
    c.count = 2;
  }
  const ld_tagger *tagger = push_tagger(L, g, GAZETTEER, CORPUS);
  for (int i = 0; i < c.count; i++) {
    lua_pushnil(L);
    c.of[i].index = lua_gettop(L);
  }
  ld_tagger_run(tagger, doc, 0, doc->token_count, c.kinds, collect, &c);
  for (int i = 0; i < c.count; i++) {
    push_found(&c, &c.of[i]);
    lua_setfield(L, KEPT, c.kinds[i]);
  }
  lua_settop(L, top);
}

/*
** mentions(doc, kind) -> positions, rows, names: where names of entities of that
** kind stand, as a layer's make gives them; and the name of each, a number from 1,
** negative where it is a doubtful one. They are not the caller's to change.
*/
int ld_entity_mentions (lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_to_doc(L, 1);
  luaL_argexpected(L, doc, 1, "Doc");
  luaL_checkstring(L, 2);
  lua_settop(L, 2);
  gazetteer_object *g = ld_gazetteer_push(L);             /* at GAZETTEER */
  if (!g->made) {
    clear_value(L, GAZETTEER_TAGGERS);
    clear_value(L, GAZETTEER_ROWS);
  }
  if (!g->made || g->doc != doc) {
    clear_value(L, GAZETTEER_MENTIONS);
    g->han_known = false;
  }
  g->made = true;
  g->doc = doc;
  ld_bind_push_corpus(L, doc->corpus);                    /* at CORPUS */
  lua_getiuservalue(L, GAZETTEER, GAZETTEER_ROWS);        /* at FIELDS */
  lua_getiuservalue(L, GAZETTEER, GAZETTEER_MENTIONS);    /* at KEPT */
  lua_pushvalue(L, 2);
  if (lua_rawget(L, KEPT) == LUA_TNIL) {
    find(L, g, doc, lua_tostring(L, 2));
    lua_pushvalue(L, 2);
    lua_rawget(L, KEPT);
  }
  const int all = lua_gettop(L);
  for (int i = 1; i <= 3; i++) lua_rawgeti(L, all, i);
  return 3;
}
