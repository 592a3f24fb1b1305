/*
** record.c - remembers how LPeg patterns are composed.
**
** LPeg's values are opaque. So the functions and operators that make them are
** replaced where they stand, in its table and in the metatable of patterns, by
** ones that work out what the new pattern can begin with, of what its parts
** can (begin.h), and keep that by the pattern's address.
**
** LPeg's own function is called within our frame, on the same stack: what a
** script passes, gets back and is told when it is wrong is LPeg's.
**
** A table with weak keys would do, but collecting it costs more than all the
** rest. An address is enough because whatever makes a pattern goes through
** here, and what was known of an earlier one at that place is overwritten. So
** this is for states in which nothing but this LPeg can be reached: a host's.
*/
#include <ctype.h>
#include <string.h>

#include "bind/inside.h"

/* Its address is the key of the memory in the registry. */
static const char memory_key;

/* Upvalues of each of our functions: LPeg's own, and the memory. */
enum { UP_OWN = 1, UP_MEMORY };

/* A grammar whose first rule is a grammar, and so on, is followed this far. */
enum { DEEP = 8 };

/* Room for patterns, a power of 2: when it is full, all are forgotten. */
#ifdef LD_SMALL
enum { SLOTS_FIRST = 4, SLOTS_MOST = 64 };
#else
enum { SLOTS_FIRST = 256, SLOTS_MOST = 65536 };
#endif

typedef struct slot {
  const void *pattern;
  void *known;           /* a beginning and steps; NULL: nothing is known */
  size_t size;
} slot;

typedef struct memory {
  lua_Alloc alloc;
  void *alloc_data;
  slot *slots;           /* three in four in use at most */
  size_t size, used;     /* size: a power of 2, or 0 */
} memory;


/* What is known of a pattern. */
typedef struct known {
  ld_begin begin;
  ld_steps steps;
} known;


/* ----------------------------------------------------------------------
** What is known of patterns
*/

static void know_nothing (known *out) {
  ld_begin_unknown(&out->begin);
  ld_steps_none(&out->steps);
}

static void forget (memory *m) {
  for (size_t i = 0; i < m->size; i++)
    if (m->slots[i].known)
      m->alloc(m->alloc_data, m->slots[i].known, m->slots[i].size, 0);
  if (m->slots)
    m->alloc(m->alloc_data, m->slots, m->size * sizeof *m->slots, 0);
  m->slots = NULL;
  m->size = m->used = 0;
}

static int memory_gc (lua_State *L) {
  forget(lua_touserdata(L, 1));
  return 0;
}

/* The slot of that pattern, or the free one where it belongs. */
static slot *slot_of (const memory *m, const void *pattern) {
  size_t i = (size_t)((uintptr_t)pattern >> 4) * 0x9E3779B97F4A7C15u >> 20;
  for (;; i++) {
    slot *s = &m->slots[i & (m->size - 1)];
    if (!s->pattern || s->pattern == pattern) return s;
  }
}

/* Makes room for one more; false without memory. */
static bool grow (memory *m) {
  if (m->used + 1 <= m->size / 4 * 3) return true;
  if (m->size == SLOTS_MOST) forget(m);
  const memory old = *m;
  const size_t size = old.size ? 2 * old.size : SLOTS_FIRST;
  slot *slots = m->alloc(m->alloc_data, NULL, 0, size * sizeof *slots);
  if (!slots) return false;
  memset(slots, 0, size * sizeof *slots);
  m->slots = slots;
  m->size = size;
  for (size_t i = 0; i < old.size; i++)
    if (old.slots[i].pattern)
      *slot_of(m, old.slots[i].pattern) = old.slots[i];
  if (old.slots)
    m->alloc(m->alloc_data, old.slots, old.size * sizeof *slots, 0);
  return true;
}

/* What was known of an earlier pattern at that place goes first: without memory
** nothing is known. */
static void keep (memory *m, const void *pattern, const known *k) {
  if (!grow(m) && (m->size == 0 || !slot_of(m, pattern)->pattern)) return;
  slot *s = slot_of(m, pattern);
  const size_t steps = ld_steps_size(&k->steps);
  const size_t size = steps + ld_begin_size(&k->begin);
  if (!s->pattern) m->used++;
  s->pattern = pattern;
  if (s->known && s->size != size) {
    m->alloc(m->alloc_data, s->known, s->size, 0);
    s->known = NULL;
  }
  if (!s->known) s->known = m->alloc(m->alloc_data, NULL, 0, size);
  s->size = size;
  if (!s->known) return;
  memcpy(s->known, &k->steps, steps);
  memcpy((char *)s->known + steps, &k->begin, size - steps);
}

static void recall (const memory *m, const void *pattern, known *out) {
  if (m->size == 0) return;
  const slot *s = slot_of(m, pattern);
  if (!s->known) return;
  memcpy(&out->steps, s->known, offsetof(ld_steps, at));
  const size_t steps = ld_steps_size(&out->steps);
  memcpy(&out->steps, s->known, steps);
  memcpy(&out->begin, (const char *)s->known + steps, s->size - steps);
}

/* What LPeg makes a pattern of: see lpeg.P in its manual. The table of a
** grammar is read without its metamethods, which may be a script's. */
static void known_of (lua_State *L, int index, const memory *m, int depth,
                      known *out) {
  size_t n;
  lua_Integer number;
  know_nothing(out);
  switch (lua_type(L, index)) {
    case LUA_TUSERDATA:
      recall(m, lua_touserdata(L, index), out);
      break;
    case LUA_TSTRING: {
      const char *bytes = lua_tolstring(L, index, &n);
      ld_begin_literal(&out->begin, bytes, n);
      ld_steps_literal(&out->steps, bytes, n);
      break;
    }
    case LUA_TNUMBER:
      number = lua_tointeger(L, index);
      ld_begin_some(&out->begin, number > 0 ? (size_t)number : 0);
      if (number >= 0) ld_steps_some(&out->steps, (size_t)number);
      break;
    case LUA_TBOOLEAN:
      ld_begin_empty(&out->begin);
      if (!lua_toboolean(L, index)) out->begin.count = 0;
      break;
    case LUA_TTABLE:
      if (depth == DEEP) break;
      if (lua_rawgeti(L, index, 1) == LUA_TSTRING ||
          lua_type(L, -1) == LUA_TNUMBER)
        lua_rawget(L, index);                    /* the rule of that name */
      known_of(L, lua_gettop(L), m, depth + 1, out);
      lua_pop(L, 1);
      out->begin.acts = true;
      ld_steps_none(&out->steps);                /* it may use itself */
      break;
    default:
      break;
  }
}

static memory *own_memory (lua_State *L) {
  return lua_touserdata(L, lua_upvalueindex(UP_MEMORY));
}

static void argument (lua_State *L, int index, known *out) {
  if (index > lua_gettop(L))
    know_nothing(out);
  else
    known_of(L, index, own_memory(L), 0, out);
}

/*
** LPeg's own function, in this frame; its value is a pattern that begins so.
** What it returns may be one of the operands, of which more may be known.
*/
static int recorded (lua_State *L, const known *k) {
  const void *first = lua_touserdata(L, 1), *second = lua_touserdata(L, 2);
  const int n = lua_tocfunction(L, lua_upvalueindex(UP_OWN))(L);
  const void *pattern = lua_touserdata(L, -1);
  if (pattern != first && pattern != second)
    keep(own_memory(L), pattern, k);
  return n;
}


/* ----------------------------------------------------------------------
** LPeg's functions
*/

/* V: what a grammar will have by that name. */
static int rule (lua_State *L) {
  known out;
  know_nothing(&out);
  return recorded(L, &out);
}

/* Of what consumes nothing and looks at nothing. */
static int nothing (lua_State *L, enum ld_captures captures) {
  known out;
  ld_begin_empty(&out.begin);
  ld_begin_capture(&out.begin, captures);
  ld_steps_none(&out.steps);
  return recorded(L, &out);
}

/* Cc; Carg, and Cb, whose group may be one of a match before. */
static int constant (lua_State *L) {
  return nothing(L, LD_OWN_CAPTURES);
}
static int from_elsewhere (lua_State *L) {
  return nothing(L, LD_ANY_CAPTURES);
}

/* Cp */
static int position (lua_State *L) {
  known out;
  ld_begin_empty(&out.begin);
  ld_begin_capture(&out.begin, LD_OWN_CAPTURES);
  ld_steps_here(&out.steps);
  return recorded(L, &out);
}

/* Of what matches as its first argument does. */
static int captured (lua_State *L, enum ld_captures captures, known *p) {
  known out;
  argument(L, 1, p);
  out = *p;
  ld_begin_capture(&out.begin, captures);
  ld_steps_none(&out.steps);
  return recorded(L, &out);
}

/* C */
static int text (lua_State *L) {
  known p, out;
  argument(L, 1, &p);
  out.begin = p.begin;
  ld_begin_capture(&out.begin, LD_OWN_CAPTURES);
  ld_steps_capture(&out.steps, &p.steps);
  const int n = recorded(L, &out);
  if (!out.steps.plain && p.begin.captures == LD_NO_CAPTURES &&
      ld_begin_is_whole(&p.begin))
    ld_applied_keep(L, 1, 0);
  return n;
}

/* Cs Ct Cg, and Cf. */
static int capture (lua_State *L) {
  known p;
  return captured(L, LD_OWN_CAPTURES, &p);
}
static int fold (lua_State *L) {
  known p;
  return captured(L, LD_ANY_CAPTURES, &p);
}

/* p / string, p / number, p / function and p / table. */
static int divide (lua_State *L) {
  known p;
  const int type = lua_type(L, 2);
  if (type == LUA_TSTRING || type == LUA_TNUMBER)
    return captured(L, LD_OWN_CAPTURES, &p);
  const int n = captured(L, LD_ANY_CAPTURES, &p);
  if (p.begin.captures <= LD_OWN_CAPTURES && ld_begin_is_whole(&p.begin))
    ld_applied_keep(L, 1, 2);
  return n;
}

static int literal (lua_State *L) {
  known out;
  argument(L, 1, &out);
  return recorded(L, &out);
}

/* The bytes of a string argument: numbers become strings, as they do in LPeg
** itself. NULL when it is none. */
static const char *bytes_of (lua_State *L, int index, size_t *n) {
  *n = 0;
  return lua_tolstring(L, index, n);
}

static void know_set (known *out, const ld_bytes *bytes) {
  ld_begin_set(&out->begin, bytes);
  ld_steps_set(&out->steps, bytes);
}

static int set (lua_State *L) {
  ld_bytes bytes = { { 0 } };
  known out;
  size_t n;
  const char *s = lua_isnone(L, 1) ? NULL : bytes_of(L, 1, &n);
  for (size_t i = 0; s && i < n; i++) ld_bytes_add(&bytes, (unsigned char)s[i]);
  know_set(&out, &bytes);
  return recorded(L, &out);
}

static int range (lua_State *L) {
  ld_bytes bytes = { { 0 } };
  known out;
  size_t n;
  for (int i = 1; i <= lua_gettop(L); i++) {
    const char *s = bytes_of(L, i, &n);
    if (!s || n != 2) continue;                  /* LPeg will refuse it */
    for (int c = (unsigned char)s[0]; c <= (unsigned char)s[1]; c++)
      ld_bytes_add(&bytes, (unsigned char)c);
  }
  know_set(&out, &bytes);
  return recorded(L, &out);
}

static int match_time (lua_State *L) {
  known out;
  argument(L, 1, &out);
  ld_begin_act(&out.begin);
  ld_steps_none(&out.steps);
  return recorded(L, &out);
}

/* #p and -p; B(p), of which steps know nothing. */
enum look { LOOK_AHEAD, LOOK_NOT, LOOK_BEHIND };
static int looked (lua_State *L, enum look how) {
  known p, out;
  argument(L, 1, &p);
  ld_begin_look(&out.begin, &p.begin);
  ld_steps_none(&out.steps);
  if (how != LOOK_BEHIND)
    ld_steps_look(&out.steps, &p.steps, how == LOOK_AHEAD);
  return recorded(L, &out);
}

static int ahead (lua_State *L) {
  return looked(L, LOOK_AHEAD);
}
static int refuse (lua_State *L) {
  return looked(L, LOOK_NOT);
}
static int behind (lua_State *L) {
  return looked(L, LOOK_BEHIND);
}

typedef void combine_function (ld_begin *out, const ld_begin *a,
                               const ld_begin *b);
typedef void combine_steps (ld_steps *out, const ld_steps *a,
                            const ld_steps *b);

static int combined (lua_State *L, combine_function *combine,
                     combine_steps *steps) {
  known a, b, out;
  argument(L, 1, &a);
  argument(L, 2, &b);
  combine(&out.begin, &a.begin, &b.begin);
  steps(&out.steps, &a.steps, &b.steps);
  return recorded(L, &out);
}

static int sequence (lua_State *L) {
  return combined(L, ld_begin_sequence, ld_steps_sequence);
}
static int choice (lua_State *L) {
  return combined(L, ld_begin_choice, ld_steps_choice);
}
static int minus (lua_State *L) {
  return combined(L, ld_begin_minus, ld_steps_minus);
}

/* No more rounds than either has room for, and one: that is as good as more. */
enum { ROUNDS_MOST = LD_STEPS + 1 };
_Static_assert((int)LD_STEPS >= (int)LD_DEPTH, "rounds are cut too early");

static int repeat (lua_State *L) {
  known p, out;
  const lua_Integer n = lua_tointeger(L, 2);
  const int rounds = n > ROUNDS_MOST ? ROUNDS_MOST
                     : n < -ROUNDS_MOST ? -ROUNDS_MOST : (int)n;
  argument(L, 1, &p);
  ld_begin_repeat(&out.begin, &p.begin, rounds);
  ld_steps_repeat(&out.steps, &p.steps, rounds);
  return recorded(L, &out);
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
    known out;
    lua_pushstring(L, categories[i].name);
    lua_rawget(L, -2);                           /* table pattern */
    for (int c = 0; c < 256; c++)
      if (categories[i].is(c)) ld_bytes_add(&bytes, (unsigned char)c);
    know_set(&out, &bytes);
    keep(own_memory(L), lua_touserdata(L, -1), &out);
    lua_pop(L, 1);
  }
  return n;
}


/* ----------------------------------------------------------------------
** Opening
*/

static const luaL_Reg functions[] = {
  { "P", literal }, { "V", rule }, { "S", set }, { "R", range },
  { "B", behind }, { "C", text }, { "Cs", capture }, { "Ct", capture },
  { "Cg", capture }, { "Cf", fold }, { "Cp", position }, { "Cc", constant },
  { "Carg", from_elsewhere }, { "Cb", from_elsewhere }, { "Cmt", match_time },
  { "locale", locale }, { NULL, NULL }
};

static const luaL_Reg operators[] = {
  { "__mul", sequence }, { "__add", choice }, { "__sub", minus },
  { "__pow", repeat }, { "__div", divide }, { "__len", ahead },
  { "__unm", refuse }, { NULL, NULL }
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
    lua_rawgetp(L, LUA_REGISTRYINDEX, &memory_key);
    lua_pushcclosure(L, list->func, UP_MEMORY);  /* table name ours */
    lua_rawset(L, -3);
  }
}

static void push_memory (lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &memory_key) != LUA_TNIL) return;
  lua_pop(L, 1);
  memory *m = lua_newuserdatauv(L, sizeof *m, 0);
  memset(m, 0, sizeof *m);
  m->alloc = lua_getallocf(L, &m->alloc_data);
  lua_createtable(L, 0, 1);                      /* memory metatable */
  ld_class_meta(L, "__gc", memory_gc);
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &memory_key);
}

void ld_bind_record (lua_State *L) {
  push_memory(L);                                /* memory */
  ld_bind_loaded(L);
  lua_getfield(L, -1, "lpeg");
  replace(L, functions);
  lua_getfield(L, LUA_REGISTRYINDEX, "lpeg-pattern");
  replace(L, operators);
  lua_pop(L, 4);
}

void ld_record_known (lua_State *L, int index, ld_begin *begin,
                      ld_steps *steps) {
  known out;
  know_nothing(&out);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &memory_key) != LUA_TNIL)
    known_of(L, index, lua_touserdata(L, -1), 0, &out);
  lua_pop(L, 1);
  *begin = out.begin;
  *steps = out.steps;
}
