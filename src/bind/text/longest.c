/*
** longest.c - the longest of some phrases at a place of a text.
**
** A grammar that knows a phrase may begin somewhere asks which it is. The phrases are a
** tree of bytes. A character may be written in several ways, all of which lead to the
** same node; letters of ASCII in both cases, unless that counts. A space stands for white
** space within a paragraph. A phrase ends where a word does, save behind characters of
** scripts that part no words.
*/
#include <string.h>

#include "bind/inside.h"

typedef unsigned char byte;

/* No node, no edge. */
#define NONE UINT32_MAX

typedef struct node {
  uint32_t edges;           /* the first, or NONE */
  uint32_t gap;             /* the node behind white space, or NONE */
  uint32_t value;           /* where it stands in the values, from 1; 0: no phrase ends here */
  bool wordly;              /* does the phrase end a word? */
} node;

typedef struct edge {
  uint32_t next;            /* of the same node, or NONE */
  uint32_t to;
  byte c;
} edge;

/* Followed by the nodes and the edges. */
typedef struct phrases {
  bool open;                /* a phrase may end within a word */
  bool exact;               /* case counts */
  uint32_t nodes, edges;    /* so far */
  size_t room;              /* for each of them */
  uint32_t begin[256];      /* the node behind a first byte, or NONE */
  node *node;               /* the first is the root */
  edge *edge;
} phrases;

/* What begins a word that goes on: ASCII letters, digits, first bytes of others. */
static bool in_word (byte c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c >= 0xC3 && c <= 0xD4);
}

static byte folded (const phrases *p, byte c) {
  return !p->exact && c >= 'A' && c <= 'Z' ? (byte)(c + 32) : c;
}

static uint32_t behind (const phrases *p, uint32_t from, byte c) {
  uint32_t i = p->node[from].edges;
  while (i != NONE && p->edge[i].c != c) i = p->edge[i].next;
  return i == NONE ? NONE : p->edge[i].to;
}


/* ----------------------------------------------------------------------
** The tree
*/

static uint32_t new_node (phrases *p) {
  p->node[p->nodes] = (node){ .edges = NONE, .gap = NONE };
  return p->nodes++;
}

static void tie (phrases *p, uint32_t from, byte c, uint32_t to) {
  p->edge[p->edges] = (edge){ .next = p->node[from].edges, .to = to, .c = c };
  p->node[from].edges = p->edges++;
}

/* The node behind one way to write a character; where there is none yet, it is 'shared', the
** node behind another way, or a new one. */
static uint32_t spell (phrases *p, uint32_t from, const char *s, size_t n, uint32_t shared) {
  for (size_t i = 0; i + 1 < n; i++) {
    const byte c = folded(p, (byte)s[i]);
    uint32_t to = behind(p, from, c);
    if (to == NONE) tie(p, from, c, to = new_node(p));
    from = to;
  }
  const byte c = folded(p, (byte)s[n - 1]);
  const uint32_t to = behind(p, from, c);
  if (to != NONE) return to;
  if (shared == NONE) shared = new_node(p);
  tie(p, from, c, shared);
  return shared;
}

/* The stack of longest(): its arguments, and what it makes. */
enum { LIST = 1, OPEN, WORDLY, SPELLINGS, VALUES, TREE };

/* Pushes the ways to write the character of n bytes at s, as a table. [-0, +1, e] */
static void push_spellings (lua_State *L, const char *s, size_t n) {
  lua_pushlstring(L, s, n);
  lua_gettable(L, SPELLINGS);
  luaL_argcheck(L, lua_istable(L, -1) && lua_rawlen(L, -1) > 0, SPELLINGS,
                "a character has a list of ways to write it");
}

/* How many bytes the character at s has. */
static size_t width_at (const char *s, const char *end) {
  size_t n = 1;
  while (n < (size_t)(end - s) && ((byte)s[n] & 0xC0) == 0x80) n++;
  return n;
}

/* The bytes of all ways to write a phrase, each of which may need a node. [-0, +0, e] */
static size_t room_for (lua_State *L, const char *s, const char *end) {
  size_t room = 0;
  for (size_t n; s < end; s += n) {
    n = width_at(s, end);
    if (*s == ' ' || lua_isnil(L, SPELLINGS)) {
      room += n;
      continue;
    }
    push_spellings(L, s, n);
    const lua_Integer ways = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= ways; i++) {
      lua_rawgeti(L, -1, i);
      luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING && lua_rawlen(L, -1) > 0, SPELLINGS,
                    "a way to write a character is a string");
      room += lua_rawlen(L, -1);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  return room;
}

/* Does the character from s on end a word? [-0, +0, e] */
static bool is_wordly (lua_State *L, const char *s, const char *end) {
  lua_pushlstring(L, s, (size_t)(end - s));
  lua_gettable(L, WORDLY);
  const bool is = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return is;
}

/* Adds a phrase, for which there is room. The first of equal ones counts. [-0, +0, e] */
static void add (lua_State *L, phrases *p, const char *s, const char *end, uint32_t value) {
  uint32_t at = 0;
  const char *last = s;
  for (size_t n; s < end; s += n) {
    n = width_at(s, end);
    last = s;
    if (*s == ' ') {
      if (p->node[at].gap == NONE) p->node[at].gap = new_node(p);
      at = p->node[at].gap;
    } else if (lua_isnil(L, SPELLINGS)) {
      at = spell(p, at, s, n, NONE);
    } else {
      uint32_t shared = NONE;
      push_spellings(L, s, n);
      const lua_Integer ways = (lua_Integer)lua_rawlen(L, -1);
      for (lua_Integer i = 1; i <= ways; i++) {
        size_t bytes;
        lua_rawgeti(L, -1, i);
        const char *way = luaL_checklstring(L, -1, &bytes);
        luaL_argcheck(L, bytes > 0 && p->nodes + bytes <= p->room &&
                      p->edges + bytes <= p->room, SPELLINGS, "the ways do not change");
        shared = spell(p, at, way, bytes, shared);
        lua_pop(L, 1);
      }
      lua_pop(L, 1);
      at = shared;
    }
  }
  node *to = &p->node[at];
  if (to->value != 0) return;
  to->value = value;
  to->wordly = is_wordly(L, last, end);
}


/* ----------------------------------------------------------------------
** Reading
*/

/* Bytes of a blank at s; 0: there is none. */
static size_t blank_at (const char *s, const char *end) {
  if (s < end && (*s == ' ' || *s == '\t')) return 1;
  if (end - s >= 2 && memcmp(s, "\xC2\xA0", 2) == 0) return 2;
  if (end - s >= 3 && (memcmp(s, "\xE2\x80\x89", 3) == 0 || memcmp(s, "\xE2\x80\xAF", 3) == 0))
    return 3;
  return 0;
}

static const char *past_blanks (const char *s, const char *end) {
  for (size_t n; (n = blank_at(s, end)) > 0;) s += n;
  return s;
}

static size_t newline_at (const char *s, const char *end) {
  if (s < end && *s == '\n') return 1;
  return end - s >= 2 && s[0] == '\r' && s[1] == '\n' ? 2 : 0;
}

/* Where the white space at s ends, which has one line end at most; NULL: there is none. */
static const char *past_gap (const char *s, const char *end) {
  if (*s == ' ' && end - s >= 2 && (byte)s[1] > ' ') return s + 1;
  const char *after = past_blanks(s, end);
  after = past_blanks(after + newline_at(after, end), end);
  return after == s || newline_at(after, end) > 0 ? NULL : after;
}

/* Where the longest phrase at s ends, and its value; NULL: none is there. */
static const char *longest (const phrases *p, const char *s, const char *end, uint32_t *value) {
  const char *stop = NULL;
  uint32_t at = s < end ? p->begin[folded(p, (byte)*s)] : NONE;
  for (s++; at != NONE;) {
    const node *one = &p->node[at];
    if (one->value != 0 && (p->open || !one->wordly || s == end || !in_word((byte)*s))) {
      *value = one->value;
      stop = s;
    }
    if (s == end) break;
    at = behind(p, at, folded(p, (byte)*s));
    if (at != NONE) s++;
    else if (one->gap != NONE && (s = past_gap(s, end)) != NULL) at = one->gap;
  }
  return stop;
}

/* read(text, place) -> what the longest phrase there stands for, and the place behind it;
** nothing where there is none. */
static int read (lua_State *L) {
  const phrases *p = lua_touserdata(L, lua_upvalueindex(1));
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  const lua_Integer at = luaL_checkinteger(L, 2);
  uint32_t value = 0;
  if (at < 1 || (lua_Unsigned)at > n) return 0;
  const char *stop = longest(p, text + at - 1, text + n, &value);
  if (!stop) return 0;
  lua_getiuservalue(L, lua_upvalueindex(1), 1);
  lua_rawgeti(L, -1, value);
  lua_pushinteger(L, stop - text + 1);
  return 2;
}

/* capture(text, place) -> the place behind the longest phrase that begins one byte before, and
** what it stands for, or false; for lpeg.Cmt behind a set of first bytes. */
static int capture (lua_State *L) {
  const phrases *p = lua_touserdata(L, lua_upvalueindex(1));
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  const lua_Integer at = luaL_checkinteger(L, 2);
  uint32_t value = 0;
  const char *stop = at < 2 || (lua_Unsigned)at > n + 1
                     ? NULL : longest(p, text + at - 2, text + n, &value);
  if (!stop) {
    lua_pushboolean(L, 0);
    return 1;
  }
  lua_pushinteger(L, stop - text + 1);
  lua_getiuservalue(L, lua_upvalueindex(1), 1);
  lua_rawgeti(L, -1, value);
  lua_replace(L, -2);
  return 2;
}


/* ----------------------------------------------------------------------
** Making
*/

/* Pushes the phrase of the i-th entry of the list. [-0, +1, e] */
static const char *push_phrase (lua_State *L, lua_Integer i, size_t *n) {
  lua_rawgeti(L, LIST, i);
  luaL_argcheck(L, lua_istable(L, -1), LIST, "an entry is a table {phrase, value}");
  lua_rawgeti(L, -1, 1);
  lua_replace(L, -2);
  luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING && lua_rawlen(L, -1) > 0, LIST,
                "a phrase is a string");
  return lua_tolstring(L, -1, n);
}

/* Room for so many nodes and edges; left on the top. [-0, +1, m] */
static phrases *push_room (lua_State *L, size_t nodes, size_t edges) {
  phrases *p = lua_newuserdatauv(L, sizeof *p + nodes * sizeof *p->node +
                                 edges * sizeof *p->edge, 1);
  *p = (phrases){ .node = (node *)(p + 1) };
  p->edge = (edge *)(p->node + nodes);
  return p;
}

/* Pushes a copy of the tree with no more room than it needs. [-0, +1, m] */
static phrases *push_copy (lua_State *L, const phrases *from) {
  phrases *p = push_room(L, from->nodes, from->edges);
  p->open = from->open;
  p->exact = from->exact;
  p->nodes = from->nodes;
  p->edges = from->edges;
  memcpy(p->node, from->node, from->nodes * sizeof *p->node);
  memcpy(p->edge, from->edge, from->edges * sizeof *p->edge);
  for (int c = 0; c < 256; c++) p->begin[c] = behind(p, 0, (byte)c);
  return p;
}

/* Pushes the bytes with which phrases begin, as a string. [-0, +1, m] */
static void push_first (lua_State *L, const phrases *p) {
  char first[256];
  size_t n = 0;
  for (int c = 0; c < 256; c++)
    if (p->begin[folded(p, (byte)c)] != NONE) first[n++] = (char)c;
  lua_pushlstring(L, first, n);
}

/* longest(list, open, wordly[, spellings]) -> read, capture, first: of a list of {phrase,
** value}, two functions and the bytes with which a phrase may begin. 'open': it may end within
** a word. 'wordly': a table of the characters behind which a word may go on. 'spellings': from
** a character to the ways to write it, letters of ASCII apart; where there are none, case
** counts. No phrase begins with a space; one whose value is nil is left out. */
static int make (lua_State *L) {
  lua_settop(L, SPELLINGS);
  luaL_checktype(L, LIST, LUA_TTABLE);
  luaL_checktype(L, WORDLY, LUA_TTABLE);
  if (!lua_isnil(L, SPELLINGS)) luaL_checktype(L, SPELLINGS, LUA_TTABLE);
  const lua_Integer count = (lua_Integer)lua_rawlen(L, LIST);
  size_t room = 1, n;
  for (lua_Integer i = 1; i <= count; i++) {
    const char *s = push_phrase(L, i, &n);
    room += room_for(L, s, s + n);
    luaL_argcheck(L, room < 1 << 28, LIST, "fewer phrases");
    lua_pop(L, 1);
  }
  lua_createtable(L, (int)count, 0);                      /* at VALUES */
  phrases *p = push_room(L, room, room);                  /* at TREE */
  p->room = room;
  p->open = lua_toboolean(L, OPEN);
  p->exact = lua_isnil(L, SPELLINGS);
  new_node(p);
  for (lua_Integer i = 1; i <= count; i++) {
    const char *s = push_phrase(L, i, &n);
    lua_rawgeti(L, LIST, i);
    lua_rawgeti(L, -1, 2);
    if (!lua_isnil(L, -1)) add(L, p, s, s + n, (uint32_t)i);
    lua_rawseti(L, VALUES, i);
    lua_pop(L, 2);
  }
  p = push_copy(L, p);
  lua_pushvalue(L, VALUES);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, -1);
  lua_pushcclosure(L, read, 1);
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, capture, 1);
  push_first(L, p);
  return 3;
}

void ld_longest_open (lua_State *L) {
  lua_pushcfunction(L, make);
  lua_setfield(L, -2, "longest");
}
