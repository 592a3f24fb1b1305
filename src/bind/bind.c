/*
** bind.c - what the classes have in common: how an object is made and checked,
** how a member is found, where "did you mean" comes from.
**
** A metatable is kept in the registry under an address of ours, and locked: no
** script gets hold of it, so an __index of ours believes that the object at 1
** is of its class. No class has __concat (Lua 5.4.4 corrupts operands), and
** none but Corpus needs __gc, since objects own nothing. A Corpus holds
** its corpus: one that its owner closes is there to say so.
*/
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "bind/inside.h"

/* From lua-lpeg; its header has no prototype. */
LUAMOD_API int luaopen_lpeg (lua_State *L);

const char *const ld_layer_names[LAYERS] = { "block", "sentence", "token" };

static const char *const class_names[LD_BIND_CLASSES] = {
  "Corpus", "Doc", "Spans", "Span", "Meta", "Hits"
};
static const char *const class_prefixes[LD_BIND_CLASSES] = {
  "corpus", "doc", "spans", "span", "doc.meta", "hits"
};

/* Their addresses are the keys of the registry. */
static const char class_keys[LD_BIND_CLASSES], binding_key;

const char *ld_bind_class_name (enum ld_bind_class class) {
  return class_names[class];
}

const char *ld_bind_class_prefix (enum ld_bind_class class) {
  return class_prefixes[class];
}


/* ----------------------------------------------------------------------
** Did you mean
*/

/* How many letters may be wrong in a name that was meant. */
static int slips (const char *wanted) {
  const size_t n = strlen(wanted);
  return n < 5 ? 1 : n < 9 ? 2 : 3;
}

void ld_near_try (ld_near *near, const char *name) {
  const int most = near->best ? near->distance - 1 : slips(near->wanted);
  const int distance = ld_distance(near->wanted, name, most);
  if (distance > most || distance >= (int)strlen(near->wanted)) return;
  near->best = name;
  near->distance = distance;
}

const char *ld_near_text (const ld_near *near, char *out, size_t size) {
  if (near->best)
    snprintf(out, size, "; did you mean '%s'?", near->best);
  else
    *out = '\0';
  return out;
}

int ld_check_name (lua_State *L, int index, const char *what,
                   const char *const *names, int n) {
  const char *name = luaL_checkstring(L, index);
  ld_near near = LD_NEAR_INIT(name);
  char hint[96];
  for (int i = 0; i < n; i++) {
    if (strcmp(names[i], name) == 0) return i;
    ld_near_try(&near, names[i]);
  }
  lua_pushfstring(L, "no %s '%s'%s", what, name,
                  near.best ? ld_near_text(&near, hint, sizeof hint)
                            : "; there are");
  for (int i = 0; !near.best && i < n; i++) {
    lua_pushfstring(L, " %s", names[i]);
    lua_concat(L, 2);
  }
  return index < 0 ? luaL_error(L, "%s", lua_tostring(L, -1))
                   : luaL_argerror(L, index, lua_tostring(L, -1));
}


/* ----------------------------------------------------------------------
** Classes
*/

void ld_class_set (lua_State *L, enum ld_bind_class class) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &class_keys[class]);
  lua_setmetatable(L, -2);
}

/* Whether the userdata's metatable is that of 'class'. */
static bool is_class (lua_State *L, enum ld_bind_class class) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &class_keys[class]);  /* metatable */
  const bool same = lua_rawequal(L, -1, -2);
  lua_pop(L, 1);
  return same;
}

enum ld_bind_class ld_bind_class_of (lua_State *L, int index) {
  int class = LD_BIND_NONE;
  if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
    return LD_BIND_NONE;
  for (int i = 0; class == LD_BIND_NONE && i < LD_BIND_CLASSES; i++)
    if (is_class(L, (enum ld_bind_class)i)) class = i;
  lua_pop(L, 1);
  return (enum ld_bind_class)class;
}

/* What an object begins with: a corpus, or a document of it. */
static const lesdiplo_corpus *corpus_of (const void *object,
                                         enum ld_bind_class class) {
  const void *first = *(const void *const *)object;
  return class == LD_BIND_CORPUS || class == LD_BIND_HITS
         ? first : ((const lesdiplo_doc *)first)->corpus;
}

void ld_check_open (lua_State *L, const lesdiplo_corpus *corpus) {
  if (!corpus || ld_corpus_is_closed(corpus))
    luaL_error(L, "the corpus was closed: take what is needed of it (texts, "
                  "citations, rows) before, or close it after the Lua state");
}

void *ld_class_check (lua_State *L, int index, enum ld_bind_class class) {
  if (lua_type(L, index) == LUA_TUSERDATA && lua_getmetatable(L, index)) {
    const bool same = is_class(L, class);
    lua_pop(L, 1);
    if (same) {
      void *object = lua_touserdata(L, index);
      ld_check_open(L, corpus_of(object, class));
      return object;
    }
  }
  luaL_typeerror(L, index, class_names[class]);
  return NULL;
}

/* The part of "corpus:gmatch" behind the last ':' or '.'. */
static const char *member_name (const char *name) {
  const char *p = name + strlen(name);
  while (p > name && p[-1] != ':' && p[-1] != '.') p--;
  return p;
}

static bool is_field (const ld_bind_entry *entry) {
  return member_name(entry->name)[-1] == '.';
}

static int unknown_member (lua_State *L, enum ld_bind_class class) {
  const char *name = luaL_tolstring(L, 2, NULL);
  ld_near near = LD_NEAR_INIT(name);
  char hint[96];
  lua_pushnil(L);
  while (lua_next(L, lua_upvalueindex(1))) {
    ld_near_try(&near, lua_tostring(L, -2));
    lua_pop(L, 1);
  }
  return luaL_error(L, "a %s has no field or method '%s'%s",
                    class_names[class], name,
                    ld_near_text(&near, hint, sizeof hint));
}

int ld_class_index (lua_State *L, enum ld_bind_class class) {
  ld_check_open(L, corpus_of(lua_touserdata(L, 1), class));
  lua_pushvalue(L, 2);
  switch (lua_rawget(L, lua_upvalueindex(1))) {           /* member */
    case LUA_TFUNCTION:
      return 1;
    case LUA_TLIGHTUSERDATA: {
      const ld_bind_entry *entry = lua_touserdata(L, -1);
      lua_pop(L, 1);
      return entry->function(L);
    }
    default:
      return unknown_member(L, class);
  }
}

const char ld_bind_no_memory[] =
    "no memory is left for stems, postings or digests: close other programs or "
    "read fewer documents at a time";

void ld_memory_of (lua_State *L, ld_memory *memory) {
  void *data;
  const lua_Alloc alloc = lua_getallocf(L, &data);
  ld_memory_init(memory, alloc, data, UINT64_MAX);
}

int ld_raise_no_memory (lua_State *L) {
  return luaL_error(L, "%s", ld_bind_no_memory);
}

static int refuse_assignment (lua_State *L) {
  return luaL_error(L, "documents and what is read from them cannot be "
                       "changed; keep values of your own in a table");
}

void ld_class_meta (lua_State *L, const char *event, lua_CFunction function) {
  lua_pushcfunction(L, function);
  lua_setfield(L, -2, event);
}

/* Adds members by name to the table on the top: functions, and entries of
** fields. [-0, +0, m] */
static void add_members (lua_State *L, const ld_bind_entry *entries) {
  for (; entries->name; entries++) {
    if (is_field(entries))
      lua_pushlightuserdata(L, (void *)(uintptr_t)entries);
    else
      lua_pushcfunction(L, entries->function);
    lua_setfield(L, -2, member_name(entries->name));
  }
}

void ld_class_new (lua_State *L, enum ld_bind_class class,
                   const ld_bind_entry *entries, lua_CFunction index) {
  lua_createtable(L, 0, 8);                               /* metatable */
  lua_newtable(L);
  add_members(L, entries);
  lua_pushcclosure(L, index, 1);
  lua_setfield(L, -2, "__index");
  ld_class_meta(L, "__newindex", refuse_assignment);
  lua_pushstring(L, class_names[class]);
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &class_keys[class]);
}

void ld_class_more (lua_State *L, const ld_bind_entry *entries) {
  lua_getfield(L, -1, "__index");
  lua_getupvalue(L, -1, 1);                               /* members */
  add_members(L, entries);
  lua_pop(L, 2);
}


/* ----------------------------------------------------------------------
** Positions
*/

void ld_range_check (lua_State *L, int index, uint32_t length,
                     uint32_t *begin, uint32_t *end) {
  lua_Integer first = luaL_optinteger(L, index, 1);
  lua_Integer last = luaL_optinteger(L, index + 1, -1);
  if (first < 0) first += (lua_Integer)length + 1;
  if (last < 0) last += (lua_Integer)length + 1;
  if (first < 1 || first > (lua_Integer)length + 1)
    luaL_argerror(L, index, lua_pushfstring(L,
        "first must be from 1 to %I", (lua_Integer)length + 1));
  if (last < first - 1 || last > (lua_Integer)length)
    luaL_argerror(L, index + 1, lua_pushfstring(L,
        "last must be from %I to %I", first - 1, (lua_Integer)length));
  *begin = (uint32_t)(first - 1);
  *end = (uint32_t)last;
}

void ld_range_push_first (lua_State *L, uint32_t begin) {
  lua_pushinteger(L, (lua_Integer)begin + 1);
}

void ld_range_push_last (lua_State *L, uint32_t end) {
  lua_pushinteger(L, (lua_Integer)end);
}


/* ----------------------------------------------------------------------
** The state's binding
*/

void ld_binding_push (lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &binding_key);
}

binding *ld_binding_of (lua_State *L) {
  ld_binding_push(L);
  binding *b = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return b;
}

const lesdiplo_doc *ld_bind_reading (lua_State *L) {
  return ld_binding_of(L)->reading;
}

void ld_bind_reading_tell (lua_State *L, volatile uint32_t *place) {
  ld_binding_of(L)->place = place;
}

void ld_bind_reading_set (lua_State *L, const lesdiplo_doc *doc) {
  ld_reading_set(ld_binding_of(L), doc);
}

void ld_bind_steps (lua_State *L, ld_bind_step step, void *data) {
  binding *b = ld_binding_of(L);
  b->step = step;
  b->step_data = data;
}

void ld_bind_stdlib (lua_State *L, const char *folder) {
  ld_binding_of(L)->stdlib = folder;
}

void ld_push_text (lua_State *L, const lesdiplo_doc *doc) {
  ld_binding_push(L);                                     /* binding */
  binding *b = lua_touserdata(L, -1);
  for (unsigned i = 0; i < TEXTS; i++) {
    if (b->text_of[i] != doc) continue;
    lua_getiuservalue(L, -1, (int)i + 1);                 /* binding text */
    lua_remove(L, -2);
    return;
  }
  const unsigned place = b->next_text;
  lua_pushlstring(L, doc->text, doc->text_length);        /* binding text */
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, -3, (int)place + 1);
  b->text_of[place] = doc;
  b->next_text = (place + 1) % TEXTS;
  lua_remove(L, -2);
}

const lesdiplo_doc *ld_text_doc (lua_State *L, int index) {
  const char *text = lua_tostring(L, index);
  const lesdiplo_doc *found = NULL;
  ld_binding_push(L);
  const binding *b = lua_touserdata(L, -1);
  for (unsigned i = 0; text && i < TEXTS; i++) {
    if (!b->text_of[i]) continue;
    lua_getiuservalue(L, -1, (int)i + 1);
    const bool same = lua_tostring(L, -1) == text;
    lua_pop(L, 1);
    if (same && (!found || b->text_of[i] == b->reading)) found = b->text_of[i];
  }
  lua_pop(L, 1);
  return found;
}

static void binding_new (lua_State *L) {
  binding *b = lua_newuserdatauv(L, sizeof *b, USER_COUNT);
  memset(b, 0, sizeof *b);
  lua_newtable(L);
  lua_setiuservalue(L, -2, USER_CORPORA);
  lua_newtable(L);
  ld_made_define(L);
  lua_setiuservalue(L, -2, USER_LAYERS);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &binding_key);
}

/* Memory may give out anywhere in it; then the next call does it again. */
void ld_bind_open (lua_State *L) {
  const binding *b = ld_binding_of(L);
  if (b && b->open) return;
  for (int i = 0; i < LAYERS; i++)
    assert(lesdiplo_layer(ld_layer_names[i]) == i);
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  binding_new(L);
  luaL_requiref(L, "lpeg", luaopen_lpeg, 0);              /* lpeg */
  ld_loop_open(L);
  lua_pop(L, 1);
  ld_corpus_open_class(L);
  ld_doc_open_class(L);
  ld_spans_open_class(L);
  ld_span_open_class(L);
  ld_hits_open_class(L);
  ld_modules_open(L);
  ld_binding_of(L)->open = true;
}

const ld_bind_entry *ld_bind_help (uint32_t index) {
  static const ld_bind_entry *const tables[] = {
    ld_corpus_entries, ld_count_entries, ld_told_entries, ld_doc_entries,
    ld_span_entries, ld_spans_entries, ld_hits_entries, ld_module_entries
  };
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
    for (const ld_bind_entry *e = tables[t]; e->name; e++)
      if (index-- == 0) return e;
  return NULL;
}
