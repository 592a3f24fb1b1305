/*
** modules.c - `require` for the Lua that is compiled in, and the doors of
** lesdiplo_lua.h.
**
** A module runs in an environment that has our `require` and, behind it, the
** state's globals: so the same code serves a host and a state of somebody
** else's, whose own `require` and `package` are left alone. Embedded modules
** are bytecode of ours, made by the Lua of this build; no other bytecode is
** ever loaded.
*/
#include <string.h>

#include "bind/query/query.h"
#include "embedded.h"
#include "lesdiplo_lua.h"

/* Their addresses are keys of the registry. */
static const char loaded_key, native_key, environment_key;

/* Stands in the table of loaded modules while one is being loaded. */
static const char loading;

/* A module's name, or a path made of it, is never longer. */
enum { NAME_ROOM = 128, PATH_ROOM = 1024 };

void ld_bind_loaded (lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
}

void ld_bind_native (lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &native_key);
}


/* ----------------------------------------------------------------------
** Names
*/

/* Words of letters, digits and '_', joined by single dots. */
static bool is_module_name (const char *name, size_t n) {
  if (n == 0 || n >= NAME_ROOM || strlen(name) != n) return false;
  if (name[0] == '.' || name[n - 1] == '.' || strstr(name, "..")) return false;
  return strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                      "0123456789_.") == n;
}

static void change (char *name, char from, char to) {
  for (; *name; name++)
    if (*name == from) *name = to;
}

/* The embedded file of that module, or NULL. They are sorted by name. */
static const ld_embedded *embedded_find (const char *module) {
  char name[NAME_ROOM];
  size_t low = 0, high = ld_embedded_count;
  strcpy(name, module);                   /* is_module_name saw that it fits */
  change(name, '.', '/');
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = strcmp(ld_embedded_files[middle].name, name);
    if (order == 0) return &ld_embedded_files[middle];
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

/* Names with a dot are data, not modules. */
const char *ld_bind_module_name (uint32_t index, char *out, size_t size) {
  for (size_t i = 0; i < ld_embedded_count; i++) {
    const char *name = ld_embedded_files[i].name;
    if (strchr(name, '.') || strlen(name) >= size || index-- > 0) continue;
    strcpy(out, name);
    change(out, '/', '.');
    return out;
  }
  return NULL;
}

static int unknown_module (lua_State *L, const char *name) {
  ld_near near = LD_NEAR_INIT(name);
  char module[NAME_ROOM], best[NAME_ROOM] = "", hint[NAME_ROOM + 32];
  for (uint32_t i = 0; ld_bind_module_name(i, module, sizeof module); i++) {
    ld_near_try(&near, module);
    if (near.best != module) continue;
    strcpy(best, module);
    near.best = best;
  }
  if (near.best)
    return luaL_error(L, "no module '%s'%s", name,
                      ld_near_text(&near, hint, sizeof hint));
  return luaL_error(L, "no module '%s': scripts may require lesdiplo and its "
                       "parts, lpeg, re and the libraries that they have as "
                       "globals", name);
}


/* ----------------------------------------------------------------------
** Loading
*/

/* Pushes the module's chunk from the folder of --stdlib. false, and nothing
** pushed, when there is no such file. [-0, +(0|1), e] */
static bool load_from_folder (lua_State *L, const char *name) {
  static const char *const endings[] = { ".lua", "/init.lua" };
  const char *folder = ld_binding_of(L)->stdlib;
  char path[PATH_ROOM];
  if (!folder) return false;
  for (int i = 0; i < 2; i++) {
    char module[NAME_ROOM];
    strcpy(module, name);
    change(module, '.', '/');
    if (strlen(folder) + strlen(module) + 12 > sizeof path) return false;
    strcat(strcat(strcat(strcpy(path, folder), "/"), module), endings[i]);
    switch (luaL_loadfilex(L, path, "t")) {
      case LUA_OK: return true;
      case LUA_ERRFILE: lua_pop(L, 1); break;
      default: lua_error(L);
    }
  }
  return false;
}

/* Pushes the chunk of a module, or raises. [-0, +1, e] */
static int load_chunk (lua_State *L, const char *name) {
  const ld_embedded *file;
  char chunk[NAME_ROOM + 1] = "=";
  if (load_from_folder(L, name)) return 0;
  file = embedded_find(name);
  if (!file) return unknown_module(L, name);
  if (luaL_loadbufferx(L, (const char *)file->bytes, file->size,
                       strcat(chunk, name), "b") != LUA_OK)
    return lua_error(L);
  return 0;
}

/*
** The metatable that LPeg's patterns share, unlocked: `re` takes operators out
** of it while it loads. Pushes it and what locked it. [-0, +2, m]
*/
static void unlock_patterns (lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, "lpeg-pattern") != LUA_TTABLE)
    luaL_error(L, "LPeg is not loaded");
  lua_pushliteral(L, "__metatable");
  lua_rawget(L, -2);                              /* metatable lock */
  lua_pushliteral(L, "__metatable");
  lua_pushnil(L);
  lua_rawset(L, -4);
}

static void relock_patterns (lua_State *L, int metatable) {
  lua_pushliteral(L, "__metatable");
  lua_pushvalue(L, metatable + 1);
  lua_rawset(L, metatable);
}

/* Runs the chunk on the top with the module's name; leaves its value. */
static void run_chunk (lua_State *L, const char *name) {
  const int base = lua_gettop(L);                 /* of the chunk */
  const bool is_re = strcmp(name, "re") == 0;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
  if (!lua_setupvalue(L, base, 1)) lua_pop(L, 1);
  if (is_re) unlock_patterns(L);                  /* chunk metatable lock */
  lua_pushvalue(L, base);
  lua_pushstring(L, name);
  ld_bind_native(L);
  const int status = lua_pcall(L, 2, 1, 0);
  if (is_re) relock_patterns(L, base + 1);
  lua_replace(L, base);
  lua_settop(L, base);
  if (status != LUA_OK) {
    ld_bind_loaded(L);
    lua_pushnil(L);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
    lua_error(L);
  }
}

int ld_bind_require (lua_State *L) {
  size_t n;
  const char *name = luaL_checklstring(L, 1, &n);
  lua_settop(L, 1);
  ld_bind_loaded(L);                              /* name loaded */
  if (lua_getfield(L, 2, name) != LUA_TNIL) {     /* name loaded module */
    if (lua_touserdata(L, 3) == &loading)
      return luaL_error(L, "module '%s' requires itself", name);
    return 1;
  }
  lua_pop(L, 1);
  if (!is_module_name(name, n)) return unknown_module(L, name);
  load_chunk(L, name);                            /* name loaded chunk */
  lua_pushlightuserdata(L, (void *)(uintptr_t)&loading);
  lua_setfield(L, 2, name);
  run_chunk(L, name);                             /* name loaded module */
  if (lua_isnil(L, 3)) {
    lua_pushboolean(L, 1);
    lua_replace(L, 3);
  }
  lua_pushvalue(L, 3);
  lua_setfield(L, 2, name);
  return 1;
}


int ld_module_call (lua_State *L, const char *module, const char *name, int n) {
  lua_pushcfunction(L, ld_bind_require);
  lua_pushstring(L, module);
  lua_call(L, 1, 1);
  lua_getfield(L, -1, name);
  lua_replace(L, -2);
  lua_insert(L, -n - 1);
  lua_call(L, n, 1);
  return 1;
}

int ld_ask (lua_State *L, const char *name, int n) {
  return ld_module_call(L, "lesdiplo.query.ask", name, n);
}


/* ----------------------------------------------------------------------
** The C half of require "lesdiplo"
*/

static const char *const layer_fields[LAYERS][4] = {
  { "kind", "level", NULL }, { NULL }, { "folded", "stem", "shape", NULL }
};

/* Pushes the fields of a layer as an array, or nil. [-0, +1, m] */
static void push_fields (lua_State *L, int layer) {
  if (layer >= LAYERS) {
    ld_push_layer_fields(L, layer);
    return;
  }
  lua_newtable(L);
  for (int i = 0; layer_fields[layer][i]; i++) {
    lua_pushstring(L, layer_fields[layer][i]);
    lua_rawseti(L, -2, i + 1);
  }
}

static int layer (lua_State *L) {
  if (lua_istable(L, 1)) {
    lua_settop(L, 1);
    ld_module_call(L, "lesdiplo.query.layers", "define", 1);
    return 0;
  }
  const int which = ld_check_layer(L, 1);
  lua_createtable(L, 0, 2);                       /* layer */
  lua_pushstring(L, ld_layer_name(L, which));
  lua_setfield(L, -2, "name");
  push_fields(L, which);
  lua_setfield(L, -2, "fields");
  return 1;
}

static int get_entity (lua_State *L) {
  lua_settop(L, 2);
  return ld_module_call(L, "lesdiplo.entity", "get", 2);
}

static int emit_nowhere (lua_State *L) {
  return luaL_error(L, "lesdiplo.emit prints rows through a host, and this "
                       "state has none: use lesdiplo.report.writer");
}

const ld_bind_entry ld_module_entries[] = {
  { "lesdiplo.layer", layer,
    "lesdiplo.layer(name) -> table\n"
    "What a layer is: its name, and the fields that its spans have besides\n"
    "those of every Span. With a table instead of a name it adds a layer: name,\n"
    "and either find, a token pattern or an LPeg pattern, or make, a function of\n"
    "a document. Its spans are made when a document is first asked for them; from\n"
    "then on it is a layer like any other. The module lesdiplo.query.layers says more.\n"
    "@param name string|table  block, sentence, token, or one that was added\n"
    "@return table  {name = string, fields = array of strings, or nil where any\n"
    "  span may have any}; nothing where a layer is added\n"
    "@example local q = lesdiplo.query\n"
    "  lesdiplo.layer{ name = \"office\", find = q.word \"prime\" * \"minister\" }\n"
    "  print(#corpus:find(q.layer \"office\" * q.shape \"title\"))\n"
    "@see hits:layer\n"
    "@since 1\n" },
  { "lesdiplo.entity", get_entity,
    "lesdiplo.entity(id[, kind]) -> table | nil\n"
    "An entity of the tables: id, kind, name; names, an array of {text, lang,\n"
    "form}; facts by their keys: of a country alpha2, numeric, currency, of a place\n"
    "country and, of a capital, capital = \"yes\", of an organisation members, of ...;\n"
    "and the methods mentions(corpus) and name_in(lang).\n"
    "@param id string  ISO 3166-1 alpha-3 of a country, an abbreviation of an\n"
    "  organisation, a place's name in small letters, ISO 4217 of a currency\n"
    "@param kind string?  country org place role currency: where an id is that of\n"
    "  several (ZAR is Zaire, and the Rand); without it the country is meant\n"
    "@return table|nil\n"
    "@example local lesotho = lesdiplo.entity \"LSO\"\n"
    "  print(lesotho.name, lesotho:name_in \"zh\", lesotho.currency)\n"
    "  print(lesdiplo.entity(\"ZAR\", \"currency\").name)\n"
    "@see entity:mentions entity:name_in corpus:mentions corpus:entities\n"
    "@since 1\n" },
  { "lesdiplo.version", NULL,
    "lesdiplo.version -> string\n"
    "The version of the library that runs the script.\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

/* data(name) -> the text of lesdiplo/data/NAME, which is compiled in; nil where
** there is none. */
static int data_text (lua_State *L) {
  const char *name = lua_pushfstring(L, "lesdiplo/data/%s",
                                     luaL_checkstring(L, 1));
  for (size_t i = 0; i < ld_embedded_count; i++) {
    const ld_embedded *file = &ld_embedded_files[i];
    if (strcmp(file->name, name) != 0) continue;
    lua_pushlstring(L, (const char *)file->bytes, file->size);
    return 1;
  }
  return 0;
}

/* class(x) -> "Corpus", "Doc", "Spans", "Span", "Meta" or "Hits"; nil of anything
** else. */
static int class_of (lua_State *L) {
  const enum ld_bind_class class = ld_bind_class_of(L, 1);
  if (class == LD_BIND_NONE) return 0;
  lua_pushstring(L, ld_bind_class_name(class));
  return 1;
}

/* source(doc, first, last) -> start, stop: where a stretch of the text stands in
** the source, half open. */
static int source_of (lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_to_doc(L, 1);
  lesdiplo_span span;
  const lua_Integer first = luaL_checkinteger(L, 2);
  const lua_Integer last = luaL_checkinteger(L, 3);
  if (!doc || first < 1 || last < first - 1 || last > UINT32_MAX
      || lesdiplo_doc_locate(doc, (uint32_t)first - 1, (uint32_t)last, &span)
         != LESDIPLO_OK)
    return luaL_error(L, "no stretch %I to %I in that document", first, last);
  lua_pushinteger(L, (lua_Integer)span.source_begin);
  lua_pushinteger(L, (lua_Integer)span.source_end);
  return 2;
}

static void open_native (lua_State *L) {
  lua_createtable(L, 0, 5);
  lua_pushstring(L, lesdiplo_version());
  lua_setfield(L, -2, "version");
  lua_pushcfunction(L, layer);
  lua_setfield(L, -2, "layer");
  lua_createtable(L, 0, 6);
  lua_pushcfunction(L, class_of);
  lua_setfield(L, -2, "class");
  lua_pushcfunction(L, source_of);
  lua_setfield(L, -2, "source");
  lua_pushcfunction(L, data_text);
  lua_setfield(L, -2, "data");
  ld_places_open(L);
  ld_pieces_open(L);
  ld_small_open(L);
  ld_merge_open(L);
  ld_longest_open(L);
  ld_parted_open(L);
  ld_english_open(L);
  lua_setfield(L, -2, "base");
  lua_pushcfunction(L, get_entity);
  lua_setfield(L, -2, "entity");
  lua_pushcfunction(L, emit_nowhere);
  lua_setfield(L, -2, "emit");
  lua_newtable(L);
  ld_compiled_open(L);
  ld_marks_open(L);
  ld_phrases_open(L);
  ld_search_open(L);
  ld_near_open(L);
  ld_order_open(L);
  ld_words_open(L);
  lua_setfield(L, -2, "tokens");
  ld_layers_open(L);
  lua_setfield(L, -2, "layers");
  ld_sets_open(L);
  lua_setfield(L, -2, "hits");
  ld_entities_open(L);
  lua_setfield(L, -2, "entities");
  lua_newtable(L);
  ld_statistics_open(L);
  lua_setfield(L, -2, "statistics");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &native_key);
}

/* [-0, +0, m] */
static void open_environment (lua_State *L) {
  lua_createtable(L, 0, 1);                       /* environment */
  lua_pushcfunction(L, ld_bind_require);
  lua_setfield(L, -2, "require");
  lua_createtable(L, 0, 1);
  lua_pushglobaltable(L);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
}

void ld_modules_open (lua_State *L) {
  lua_newtable(L);                                /* loaded */
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, "lpeg");
  lua_setfield(L, -3, "lpeg");
  lua_pop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
  open_native(L);
  open_environment(L);
}

int luaopen_lesdiplo (lua_State *L) {
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  ld_bind_open(L);
  lua_pushcfunction(L, ld_bind_require);
  lua_pushliteral(L, "lesdiplo");
  lua_call(L, 1, 1);
  return 1;
}

void lesdiplo_push_corpus (lua_State *L, const lesdiplo_corpus *corpus) {
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  ld_bind_open(L);
  ld_bind_push_corpus(L, corpus);
}
