/*
** record.c - remembers how LPeg patterns are composed.
**
** LPeg's values are opaque. So the functions and operators that make them are
** replaced where they stand, in its table and in the metatable of patterns, by
** ones that work out what the new pattern can begin with, of what its parts
** can (begin.h), and keep that beside the pattern in a table with weak keys.
**
** LPeg's own function is called within our frame, on the same stack: what a
** script passes, gets back and is told when it is wrong is LPeg's. A pattern
** that was made some other way has nothing beside it, and nothing is known.
*/
#include <ctype.h>
#include <string.h>

#include "bind/inside.h"

/* Its address is the key of the table in the registry. */
static const char begins_key;

/* Upvalues of each of our functions: LPeg's own, and the table. */
enum { UP_OWN = 1, UP_BEGINS };

/* A grammar whose first rule is a grammar, and so on, is followed this far. */
enum { DEEP = 8 };


/* ----------------------------------------------------------------------
** What is known of a value
*/

/* Of the pattern on the top. [-1, +0, -] */
static bool recall (lua_State *L, int begins, ld_begin *out) {
  lua_rawget(L, begins);
  const ld_begin *known = lua_touserdata(L, -1);
  const size_t size = lua_rawlen(L, -1);
  if (known) memcpy(out, known, size);
  lua_pop(L, 1);
  return known != NULL;
}

/* What LPeg makes a pattern of: see lpeg.P in its manual. The table of a
** grammar is read without its metamethods, which may be a script's. */
static void begin_of (lua_State *L, int index, int begins, int depth,
                      ld_begin *out) {
  size_t n;
  lua_Integer number;
  ld_begin_unknown(out);
  switch (lua_type(L, index)) {
    case LUA_TUSERDATA:
      lua_pushvalue(L, index);
      recall(L, begins, out);
      break;
    case LUA_TSTRING: {
      const char *bytes = lua_tolstring(L, index, &n);
      ld_begin_literal(out, bytes, n);
      break;
    }
    case LUA_TNUMBER:
      number = lua_tointeger(L, index);
      ld_begin_some(out, number > 0 ? (size_t)number : 0);
      break;
    case LUA_TBOOLEAN:
      ld_begin_empty(out);
      if (!lua_toboolean(L, index)) out->count = 0;
      break;
    case LUA_TTABLE:
      if (depth == DEEP) break;
      if (lua_rawgeti(L, index, 1) == LUA_TSTRING ||
          lua_type(L, -1) == LUA_TNUMBER)
        lua_rawget(L, index);                    /* the rule of that name */
      begin_of(L, lua_gettop(L), begins, depth + 1, out);
      lua_pop(L, 1);
      out->acts = true;
      break;
    default:
      break;
  }
}

static void argument (lua_State *L, int index, ld_begin *out) {
  if (index > lua_gettop(L))
    ld_begin_unknown(out);
  else
    begin_of(L, index, lua_upvalueindex(UP_BEGINS), 0, out);
}

/* Keeps what is known of the pattern on the top, unless something is: what
** LPeg returns may be one of the operands. [-0, +0, m] */
static void keep (lua_State *L, const ld_begin *begin) {
  const size_t size = ld_begin_size(begin);
  luaL_checkstack(L, 3, NULL);
  lua_pushvalue(L, -1);
  if (lua_rawget(L, lua_upvalueindex(UP_BEGINS)) != LUA_TNIL) {
    lua_pop(L, 1);
    return;
  }
  lua_pop(L, 1);
  lua_pushvalue(L, -1);
  memcpy(lua_newuserdatauv(L, size, 0), begin, size);   /* pattern pattern kept */
  lua_rawset(L, lua_upvalueindex(UP_BEGINS));
}

/* LPeg's own function, in this frame; its value is a pattern that begins so. */
static int made (lua_State *L, const ld_begin *begin) {
  const int n = lua_tocfunction(L, lua_upvalueindex(UP_OWN))(L);
  keep(L, begin);
  return n;
}


/* ----------------------------------------------------------------------
** LPeg's functions
*/

/* Of what consumes nothing and looks at nothing: Cp Cc Carg Cb. */
static int nothing (lua_State *L) {
  ld_begin out;
  ld_begin_empty(&out);
  ld_begin_capture(&out);
  return made(L, &out);
}

/* Of what matches as its first argument does: C Cs Ct Cg Cf and p / x. */
static int capture (lua_State *L) {
  ld_begin out;
  argument(L, 1, &out);
  ld_begin_capture(&out);
  return made(L, &out);
}

static int literal (lua_State *L) {
  ld_begin out;
  argument(L, 1, &out);
  return made(L, &out);
}

/* The bytes of a string argument: numbers become strings, as they do in LPeg
** itself. NULL when it is none. */
static const char *bytes_of (lua_State *L, int index, size_t *n) {
  *n = 0;
  return lua_tolstring(L, index, n);
}

static int set (lua_State *L) {
  ld_bytes bytes = { { 0 } };
  ld_begin out;
  size_t n;
  const char *s = lua_isnone(L, 1) ? NULL : bytes_of(L, 1, &n);
  for (size_t i = 0; s && i < n; i++) ld_bytes_add(&bytes, (unsigned char)s[i]);
  ld_begin_set(&out, &bytes);
  return made(L, &out);
}

static int range (lua_State *L) {
  ld_bytes bytes = { { 0 } };
  ld_begin out;
  size_t n;
  for (int i = 1; i <= lua_gettop(L); i++) {
    const char *s = bytes_of(L, i, &n);
    if (!s || n != 2) continue;                  /* LPeg will refuse it */
    for (int c = (unsigned char)s[0]; c <= (unsigned char)s[1]; c++)
      ld_bytes_add(&bytes, (unsigned char)c);
  }
  ld_begin_set(&out, &bytes);
  return made(L, &out);
}

static int match_time (lua_State *L) {
  ld_begin out;
  argument(L, 1, &out);
  ld_begin_act(&out);
  return made(L, &out);
}

/* #p, -p and B(p). */
static int look (lua_State *L) {
  ld_begin p, out;
  argument(L, 1, &p);
  ld_begin_look(&out, &p);
  return made(L, &out);
}

typedef void combine_function (ld_begin *out, const ld_begin *a, const ld_begin *b);

static int combined (lua_State *L, combine_function *combine) {
  ld_begin a, b, out;
  argument(L, 1, &a);
  argument(L, 2, &b);
  combine(&out, &a, &b);
  return made(L, &out);
}

static int sequence (lua_State *L) {
  return combined(L, ld_begin_sequence);
}
static int choice (lua_State *L) {
  return combined(L, ld_begin_choice);
}
static int minus (lua_State *L) {
  return combined(L, ld_begin_minus);
}

static int repeat (lua_State *L) {
  ld_begin p, out;
  const lua_Integer n = lua_tointeger(L, 2);
  argument(L, 1, &p);
  ld_begin_repeat(&out, &p, n > LD_DEPTH    ? LD_DEPTH
                            : n < -LD_DEPTH ? -LD_DEPTH - 1
                                            : (int)n);
  return made(L, &out);
}

static const struct {
  const char *name;
  int (*is) (int c);
} categories[] = {
  { "alnum", isalnum }, { "alpha", isalpha }, { "cntrl", iscntrl },
  { "digit", isdigit }, { "graph", isgraph }, { "lower", islower },
  { "print", isprint }, { "punct", ispunct }, { "space", isspace },
  { "upper", isupper }, { "xdigit", isxdigit }
};

/* lpeg.locale: its sets come by the same questions to the C library. */
static int locale (lua_State *L) {
  const int n = lua_tocfunction(L, lua_upvalueindex(UP_OWN))(L);
  for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
    ld_bytes bytes = { { 0 } };
    ld_begin out;
    lua_pushstring(L, categories[i].name);
    lua_rawget(L, -2);                           /* table pattern */
    for (int c = 0; c < 256; c++)
      if (categories[i].is(c)) ld_bytes_add(&bytes, (unsigned char)c);
    ld_begin_set(&out, &bytes);
    if (lua_isuserdata(L, -1)) keep(L, &out);
    lua_pop(L, 1);
  }
  return n;
}


/* ----------------------------------------------------------------------
** Opening
*/

static const luaL_Reg functions[] = {
  { "P", literal }, { "S", set }, { "R", range }, { "B", look },
  { "C", capture }, { "Cs", capture }, { "Ct", capture }, { "Cg", capture },
  { "Cf", capture }, { "Cp", nothing }, { "Cc", nothing }, { "Carg", nothing },
  { "Cb", nothing }, { "Cmt", match_time }, { "locale", locale }, { NULL, NULL }
};

static const luaL_Reg operators[] = {
  { "__mul", sequence }, { "__add", choice }, { "__sub", minus },
  { "__pow", repeat }, { "__div", capture }, { "__len", look },
  { "__unm", look }, { NULL, NULL }
};

/* Whether the value on the top is a C function with nothing of its own. */
static bool is_plain (lua_State *L) {
  if (!lua_iscfunction(L, -1)) return false;
  if (!lua_getupvalue(L, -1, 1)) return true;
  lua_pop(L, 1);
  return false;
}

/* Replaces them in the table on the top. One that is not plain is ours by now,
** or not LPeg's. [-0, +0, m] */
static void replace (lua_State *L, const luaL_Reg *list) {
  for (; list->name; list++) {
    lua_pushstring(L, list->name);
    lua_pushvalue(L, -1);
    lua_rawget(L, -3);                           /* table name own */
    if (!is_plain(L)) {
      lua_pop(L, 2);
      continue;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &begins_key);
    lua_pushcclosure(L, list->func, UP_BEGINS);  /* table name ours */
    lua_rawset(L, -3);
  }
}

void ld_record_open (lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &begins_key) == LUA_TNIL) {
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &begins_key);
  }
  lua_pop(L, 1);                                 /* lpeg */
  replace(L, functions);
  lua_getfield(L, LUA_REGISTRYINDEX, "lpeg-pattern");
  replace(L, operators);
  lua_pop(L, 1);
}

bool ld_record_is_open (lua_State *L) {
  const bool open = lua_rawgetp(L, LUA_REGISTRYINDEX, &begins_key) != LUA_TNIL;
  lua_pop(L, 1);
  return open;
}

void ld_record_begin (lua_State *L, int index, ld_begin *out) {
  ld_begin_unknown(out);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &begins_key) != LUA_TNIL)
    begin_of(L, index, lua_gettop(L), 0, out);
  lua_pop(L, 1);
}
