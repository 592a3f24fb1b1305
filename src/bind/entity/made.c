/*
** made.c - the layers that our Lua makes: what they are called, which module makes
** them, and the fields of their spans.
**
** A module has a function of the layer's name, of a document, that gives positions
** and rows (layers.c). It is loaded when a layer of it is first asked for.
*/
#include "bind/inside.h"

enum { FIELDS_MOST = 16 };

static const struct made_layer {
  const char *name, *module, *fields[FIELDS_MOST + 1];
} made_layers[] = {
  { "country", "lesdiplo.entity.layers", { "id", "form", "also", "rule" } },
  { "org", "lesdiplo.entity.layers", { "id", "name", "form", "kind", "also", "rule" } },
  { "place", "lesdiplo.entity.layers",
    { "id", "name", "form", "kind", "also", "rule" } },
  { "person", "lesdiplo.entity.layers",
    { "id", "name", "form", "role", "of", "to" } },
  { "date", "lesdiplo.grammar.dates",
    { "type", "value", "mod", "anchor", "parts" } },
  { "amount", "lesdiplo.grammar.amounts", { "class", "value", "unit", "mod" } },
  { "quote", "lesdiplo.grammar.quotes",
    { "kind", "speaker", "cue", "speaker_start", "speaker_end", "segments",
      "via", "hedge" } },
  { "relation", "lesdiplo.fact.relations",
    { "relation", "subject", "object", "from", "to", "date" } },
  { "event", "lesdiplo.fact.layers",
    { "event", "type", "cameo", "plover", "date", "source", "target",
      "participants", "place", "modality", "evidence_start", "evidence_end",
      "via", "rule" } },
  { "stance", "lesdiplo.fact.layers",
    { "holder", "stance", "polarity", "via", "negated", "hedge", "rule" } }
};

/* Upvalue: the number of the layer. make(doc) of it, in our Lua. */
static int make_layer (lua_State *L) {
  const struct made_layer *m =
    &made_layers[lua_tointeger(L, lua_upvalueindex(1))];
  lua_settop(L, 1);
  lua_pushcfunction(L, ld_bind_require);
  lua_pushstring(L, m->module);
  lua_call(L, 1, 1);
  lua_getfield(L, -1, m->name);
  lua_pushvalue(L, 1);
  lua_call(L, 1, 2);
  return 2;
}

void ld_made_define (lua_State *L) {
  for (size_t i = 0; i < sizeof made_layers / sizeof *made_layers; i++) {
    const struct made_layer *m = &made_layers[i];
    lua_createtable(L, 0, 5);
    lua_pushstring(L, m->name);
    lua_setfield(L, -2, "name");
    lua_pushinteger(L, LAYERS + (lua_Integer)i);
    lua_setfield(L, -2, "number");
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, "ours");
    lua_newtable(L);
    for (int k = 0; m->fields[k]; k++) {
      lua_pushstring(L, m->fields[k]);
      lua_rawseti(L, -2, k + 1);
    }
    lua_setfield(L, -2, "fields");
    lua_pushinteger(L, (lua_Integer)i);
    lua_pushcclosure(L, make_layer, 1);
    lua_setfield(L, -2, "make");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}
