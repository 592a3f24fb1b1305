/*
** show.c - values, as the prompt shows them. What is printed is bounded: a table
** of a million rows shows a screenful and says how many there are.
*/
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "host/prompt/prompt.h"

/* What is shown of a value. */
enum {
  ROWS_SHOWN = 40, SPANS_SHOWN = 10, KEYS_SHOWN = 20, KEYS_WALKED = 1000,
  DEPTH_SHOWN = 3, TEXT_SHOWN = 76
};

static void write_string (lua_State *L, const char *string) {
  ld_host_write(L, string, strlen(string));
}

/* n bytes on one line: white space runs become a space, long text is cut. */
static void add_line (luaL_Buffer *out, const char *bytes, size_t n,
                      size_t most) {
  const bool long_text = n > most;
  if (long_text) n = ld_utf8_floor(bytes, most);
  for (size_t i = 0; i < n; i++) {
    const bool space = isspace((unsigned char)bytes[i]) || bytes[i] == '\0';
    if (space && i > 0 && isspace((unsigned char)bytes[i - 1])) continue;
    luaL_addchar(out, space ? ' ' : bytes[i]);
  }
  if (long_text) luaL_addstring(out, "...");
}

/* Pushes a field of the value at 'index', and gives it as a string. */
static const char *field (lua_State *L, int index, const char *name,
                          size_t *n) {
  lua_getfield(L, index, name);
  return lua_tolstring(L, -1, n);
}

/* "corpus[3]  3-policy.txt  'Title'  1998-07-04 en policy" [-0, +1, e] */
static void describe_doc (lua_State *L, int index) {
  static const char *const names[] = { "date", "lang", "kind" };
  const lesdiplo_doc *doc = ld_bind_to_doc(L, index);
  const char *title = lesdiplo_doc_field(doc, "title");
  luaL_Buffer out;
  char number[32];
  luaL_buffinit(L, &out);
  snprintf(number, sizeof number, "corpus[%u]  ",
           (unsigned)lesdiplo_doc_index(doc) + 1);
  luaL_addstring(&out, number);
  luaL_addstring(&out, lesdiplo_doc_id(doc));
  luaL_addstring(&out, title ? "  '" : "  (no title)");
  if (title) {
    add_line(&out, title, strlen(title), TEXT_SHOWN);
    luaL_addchar(&out, '\'');
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = lesdiplo_doc_field(doc, names[i]);
    if (!value) continue;
    luaL_addstring(&out, i == 0 ? "  " : " ");
    luaL_addstring(&out, value);
  }
  luaL_pushresult(&out);
}

/* "'its text'  cite" [-0, +1, e] */
static void describe_span (lua_State *L, int index) {
  size_t n;
  luaL_Buffer out;
  field(L, index, "cite", NULL);                  /* cite */
  const char *text = field(L, index, "text", &n); /* cite text */
  luaL_buffinit(L, &out);
  luaL_addchar(&out, '\'');
  add_line(&out, text, n, TEXT_SHOWN);
  luaL_addstring(&out, "'  ");
  luaL_pushresult(&out);
  lua_insert(L, -3);                              /* line cite text */
  lua_pop(L, 1);
  lua_concat(L, 2);
}

static void describe (lua_State *L, int index, int depth);

/* A string as it would be written in a program, on one line. [-0, +1, e] */
static void describe_string (lua_State *L, int index) {
  size_t n;
  const char *bytes = lua_tolstring(L, index, &n);
  luaL_Buffer out;
  luaL_buffinit(L, &out);
  luaL_addchar(&out, '"');
  add_line(&out, bytes, n, TEXT_SHOWN);
  luaL_addchar(&out, '"');
  luaL_pushresult(&out);
}

/* Orders keys: numbers by value, then the rest by their text. */
static int compare_keys (lua_State *L) {
  const bool a = lua_type(L, 1) == LUA_TNUMBER;
  const bool b = lua_type(L, 2) == LUA_TNUMBER;
  if (a && b) lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
  else if (a || b) lua_pushboolean(L, a);
  else
    lua_pushboolean(L, strcmp(ld_host_tostring(L, 1, NULL),
                              ld_host_tostring(L, 2, NULL)) < 0);
  return 1;
}

bool ld_prompt_keys (lua_State *L, int index) {
  lua_Integer n = 0;
  lua_newtable(L);                                /* keys */
  lua_pushnil(L);
  while (n < KEYS_WALKED && lua_next(L, index)) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, ++n);
  }
  const bool all = n < KEYS_WALKED;
  if (!all) lua_pop(L, 1);
  ld_host_push_sort(L);                           /* keys sort */
  lua_pushvalue(L, -2);
  lua_pushcfunction(L, compare_keys);
  lua_call(L, 2, 0);
  return all;
}

/* Appends "name = " for the key on the top, nothing for `expected`. */
static void add_key (lua_State *L, int out, lua_Integer expected) {
  if (lua_isinteger(L, -1) && lua_tointeger(L, -1) == expected)
    lua_pushliteral(L, "");
  else if (lua_type(L, -1) == LUA_TSTRING)
    lua_pushfstring(L, "%s = ", lua_tostring(L, -1));
  else
    lua_pushfstring(L, "[%s] = ", ld_host_tostring(L, -1, NULL));
  lua_rawseti(L, out, (lua_Integer)lua_rawlen(L, out) + 1);
}

static void add_piece (lua_State *L, int out, const char *piece) {
  lua_pushstring(L, piece);
  lua_rawseti(L, out, (lua_Integer)lua_rawlen(L, out) + 1);
}

/* Pushes the pieces of an array, joined. [-0, +1, e] */
static void join (lua_State *L, int pieces) {
  luaL_Buffer out;
  const lua_Unsigned n = lua_rawlen(L, pieces);
  luaL_buffinit(L, &out);
  for (lua_Unsigned i = 1; i <= n; i++) {
    lua_rawgeti(L, pieces, (lua_Integer)i);
    luaL_addvalue(&out);
  }
  luaL_pushresult(&out);
}

/* {1, 2, name = "x", ... 12 more} [-0, +1, e] */
static void describe_table (lua_State *L, int index, int depth) {
  const int base = lua_gettop(L);
  lua_newtable(L);                                /* pieces */
  const bool all = ld_prompt_keys(L, index);         /* pieces keys */
  const lua_Integer n = (lua_Integer)lua_rawlen(L, base + 2);
  add_piece(L, base + 1, "{");
  for (lua_Integer i = 1; i <= n && i <= KEYS_SHOWN; i++) {
    if (i > 1) add_piece(L, base + 1, ", ");
    lua_rawgeti(L, base + 2, i);
    add_key(L, base + 1, i);
    lua_settop(L, base + 2);
    lua_rawgeti(L, base + 2, i);
    lua_rawget(L, index);
    describe(L, base + 3, depth + 1);
    lua_rawseti(L, base + 1, (lua_Integer)lua_rawlen(L, base + 1) + 1);
    lua_settop(L, base + 2);
  }
  if (n > KEYS_SHOWN) {
    lua_pushfstring(L, ", ... %I more", n - KEYS_SHOWN);
    add_piece(L, base + 1, lua_tostring(L, -1));
  }
  if (!all) add_piece(L, base + 1, " and others");
  add_piece(L, base + 1, "}");
  join(L, base + 1);
  lua_replace(L, base + 1);
  lua_settop(L, base + 1);
}

/* A value inside others. [-0, +1, e] */
static void describe (lua_State *L, int index, int depth) {
  luaL_checkstack(L, 20, NULL);
  if (lua_type(L, index) == LUA_TSTRING)
    describe_string(L, index);
  else if (ld_bind_class_of(L, index) == LD_BIND_SPAN)
    describe_span(L, index);
  else if (!lua_istable(L, index) ||
           luaL_getmetafield(L, index, "__tostring") != LUA_TNIL)
    ld_host_tostring(L, index, NULL);
  else if (depth >= DEPTH_SHOWN)
    lua_pushliteral(L, "{...}");
  else
    describe_table(L, index, depth);
}

/* An array of rows through the writer of rows; the rest is counted. */
static void show_rows (lua_State *L, int index) {
  const lua_Integer n = (lua_Integer)lua_rawlen(L, index);
  const int base = lua_gettop(L);
  lua_createtable(L, ROWS_SHOWN, 1);
  for (lua_Integer i = 1; i <= n && i <= ROWS_SHOWN; i++) {
    lua_rawgeti(L, index, i);
    lua_rawseti(L, base + 1, i);
  }
  lua_pushliteral(L, "columns");
  lua_rawget(L, index);
  lua_setfield(L, base + 1, "columns");
  ld_rows_returned(L, base);
  ld_rows_finish(L);
  if (n <= ROWS_SHOWN) return;
  write_string(L, lua_pushfstring(L, "... %I more rows\n", n - ROWS_SHOWN));
  lua_pop(L, 1);
}

/* Of a Spans or a Hits. */
static void show_spans (lua_State *L, int index) {
  const lua_Integer n = luaL_len(L, index);
  for (lua_Integer i = 1; i <= n && i <= SPANS_SHOWN; i++) {
    lua_geti(L, index, i);
    describe_span(L, lua_gettop(L));
    write_string(L, lua_pushfstring(L, "%s\n", lua_tostring(L, -1)));
    lua_pop(L, 3);
  }
  if (n <= SPANS_SHOWN) return;
  write_string(L, lua_pushfstring(L, "... %I more\n", n - SPANS_SHOWN));
  lua_pop(L, 1);
}

void ld_prompt_show (lua_State *L, int index) {
  const int top = lua_gettop(L);
  switch (ld_bind_class_of(L, index)) {
    case LD_BIND_SPANS: case LD_BIND_HITS: show_spans(L, index); return;
    case LD_BIND_DOC: describe_doc(L, index); break;
    default:
      if (lua_type(L, index) == LUA_TSTRING) lua_pushvalue(L, index);
      else if (ld_rows_are(L, index)) {
        show_rows(L, index);
        return;
      }
      else describe(L, index, 0);
      break;
  }
  size_t n;
  const char *text = lua_tolstring(L, -1, &n);
  ld_host_write(L, text, n);
  if (n == 0 || text[n - 1] != '\n') write_string(L, "\n");
  lua_settop(L, top);
}
