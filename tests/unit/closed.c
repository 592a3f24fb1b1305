/*
** A corpus that its owner closes while a Lua state has it: whatever was read of it
** says so, and its memory is given back with the state.
*/
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#include "bind/bind.h"
#include "check.h"
#include "lesdiplo_lua.h"

/* One object of each class by its name in the help, and what goes on by itself. */
static const char keep[] =
    "local corpus = ...\n"
    "local q = require 'lesdiplo'.query\n"
    "local pattern = q.word 'the':as 'what' * q.any\n"
    "local hits = corpus:find(pattern)\n"
    "assert(#hits > 10)\n"
    "objects = { corpus = corpus, doc = corpus[1], spans = corpus[1]:tokens(),\n"
    "  span = corpus[1]:tokens()[3], hits = hits, ['doc.meta'] = corpus[1].meta }\n"
    "hit, capture, sentence = hits[2], hits[2].what, hits[2].sentence\n"
    "going = { corpus:docs(), corpus:gmatch(lpeg.P 'a'), corpus[1]:gmatch(lpeg.P(1)),\n"
    "  corpus[1]:tokens():words(), corpus:layer 'sentence', pairs(corpus[1].meta) }\n"
    "for _, f in ipairs(going) do f() end\n"
    "more = {\n"
    "  function () return pattern:plan(corpus) end,\n"
    "  function () return pattern:explain(corpus[1]) end,\n"
    "  function () return pattern:explain(sentence) end,\n"
    "  function () return lpeg.match(pattern.lpeg, text, 1) end,\n"
    "  function () return hits[1] end, function () return #hits end,\n"
    "  function () for _ in hits do end end,\n"
    "  function () return hit.what end, function () return capture.text end,\n"
    "  function () return tostring(hit) end, function () return sentence.cite end,\n"
    "  function () return corpus[1] end, function () return #corpus end,\n"
    "  function () return objects.spans[1] end, function () return hits:nonsense() end,\n"
    "}\n"
    "text = corpus[1].text\n";

/* A member, as the help lists it, of the object kept for its class: a method called
** as it was before, and by its name; a field. */
static const char ask[] =
    "local name, method = ...\n"
    "local object, member = name:match '^(.*)[.:](.-)$'\n"
    "object = objects[object]\n"
    "if not object then return 0 end\n"
    "if name:find ':' then\n"
    "  if not method then kept = kept or {} kept[name] = object[member] return 0 end\n"
    "  local ok, message = pcall(kept[name], object, 'x', 'x')\n"
    "  assert(not ok and tostring(message):find 'the corpus was closed', name)\n"
    "elseif not method then return 0 end\n"
    "local ok, message = pcall(function () return object[member] end)\n"
    "assert(not ok and message:find 'the corpus was closed', name)\n"
    "return 1\n";

static const char go_on[] =
    "for i, f in ipairs(going) do\n"
    "  local ok, message = pcall(f)\n"
    "  assert(not ok and message:find 'the corpus was closed', 'iterator ' .. i)\n"
    "end\n"
    "for i, f in ipairs(more) do\n"
    "  local ok, message = pcall(f)\n"
    "  assert(not ok and tostring(message):find 'the corpus was closed', 'use ' .. i)\n"
    "end\n"
    "assert(hit == hit and hit ~= capture)\n"
    "objects = nil collectgarbage()\n";

static void run (lua_State *L, const char *chunk, int arguments) {
  assert_int_equal(luaL_loadstring(L, chunk), LUA_OK);
  lua_insert(L, -arguments - 1);
  if (lua_pcall(L, arguments, 1, 0) != LUA_OK) fail_msg("%s", lua_tostring(L, -1));
}

/* Every member there is; returns how many belong to what was kept. */
static int ask_all (lua_State *L, bool after) {
  int asked = 0;
  const ld_bind_entry *entry;
  for (uint32_t i = 0; (entry = ld_bind_help(i)) != NULL; i++) {
    lua_pushstring(L, entry->name);
    lua_pushboolean(L, after);
    run(L, ask, 2);
    asked += (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
  }
  return asked;
}

static lua_State *open_state (void) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  luaL_requiref(L, "lesdiplo", luaopen_lesdiplo, 0);
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, "lesdiplo");
  ld_bind_loaded(L);
  lua_getfield(L, -1, "lpeg");
  lua_setglobal(L, "lpeg");
  lua_settop(L, 0);
  return L;
}

/* Opens the library in a host that has much on its stack already. */
static int open_deep (lua_State *L) {
  const int most = (int)lua_tointeger(L, 1);
  luaL_checkstack(L, most, "values");
  for (int i = 0; i < most; i++) lua_pushinteger(L, i);
  luaL_requiref(L, "lesdiplo", luaopen_lesdiplo, 0);
  lua_settop(L, 0);
  return 0;
}

static void test_deep_stack (void **state) {
  (void)state;
  for (int n = 0; n <= 60; n++) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    lua_pushcfunction(L, open_deep);
    lua_pushinteger(L, n);
    assert_int_equal(lua_pcall(L, 1, 0, 0), LUA_OK);
    lua_close(L);
  }
}

static void test_closed_first (void **state) {
  (void)state;
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  assert_int_equal(lesdiplo_corpus_open(&corpus, "seeds", &error), LESDIPLO_OK);
  lua_State *L = open_state(), *other = open_state();
  lesdiplo_push_corpus(L, corpus);
  run(L, keep, 1);
  assert_int_equal(ask_all(L, false), 0);
  lesdiplo_push_corpus(other, corpus);
  run(other, keep, 1);
  lesdiplo_corpus_close(corpus);
  assert_true(ask_all(L, true) > 60);
  run(L, go_on, 0);
  lua_close(L);
  run(other, go_on, 0);
  lua_close(other);
}

static void test_state_first (void **state) {
  (void)state;
  lesdiplo_corpus *corpus;
  lesdiplo_error error;
  assert_int_equal(lesdiplo_corpus_open(&corpus, "seeds", &error), LESDIPLO_OK);
  lua_State *L = open_state();
  lesdiplo_push_corpus(L, corpus);
  run(L, keep, 1);
  lua_close(L);
  assert_true(lesdiplo_corpus_count(corpus) > 0);
  lesdiplo_corpus_close(corpus);
  lesdiplo_corpus_close(NULL);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_deep_stack),
    cmocka_unit_test(test_closed_first),
  cmocka_unit_test(test_state_first)
};

int main (void) {
  return CHECK_ALL(tests);
}
