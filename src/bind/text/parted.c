/*
** parted.c - the words of a text, parted by white space and certain marks.
**
** Who reads a sentence word by word from some place on, to the right or to the left,
** asks for the next one: what is between two of them is white space of ASCII, and a
** mark ends a word. Each step costs the bytes that it goes over.
*/
#include <string.h>

#include "bind/inside.h"

typedef unsigned char byte;

/* What a byte is; the others are of words. */
enum { BLANK = 1, MARK };

typedef struct parting {
  byte class[256];
} parting;

static const byte *classes_of (lua_State *L) {
  return ((const parting *)lua_touserdata(L, lua_upvalueindex(1)))->class;
}

/* The place that is an argument, as the number of bytes before it: no more than n. */
static size_t check_place (lua_State *L, int index, size_t n) {
  const lua_Integer at = luaL_checkinteger(L, index);
  luaL_argcheck(L, at >= 1, index, "places are counted from 1");
  return (lua_Unsigned)at - 1 < n ? (size_t)at - 1 : n;
}

/* behind(text, place) -> first, word, after: the word behind the white space at a place,
** where it begins, and the place behind it; "" where a mark or the end stands there. */
static int behind (lua_State *L) {
  const byte *class = classes_of(L);
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  size_t first = check_place(L, 2, n);
  while (first < n && class[(byte)s[first]] == BLANK) first++;
  size_t after = first;
  while (after < n && class[(byte)s[after]] == 0) after++;
  lua_pushinteger(L, (lua_Integer)first + 1);
  lua_pushlstring(L, s + first, after - first);
  lua_pushinteger(L, (lua_Integer)after + 1);
  return 3;
}

/* before(text, place, low) -> word, first, last: the word or the mark that ends before a place
** and white space, and where it stands; nothing of it before `low`. Nothing where none is. */
static int before (lua_State *L) {
  const byte *class = classes_of(L);
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  size_t last = check_place(L, 2, n);
  const size_t low = check_place(L, 3, n);
  while (last > low && class[(byte)s[last - 1]] == BLANK) last--;
  if (last <= low) return 0;
  size_t first = last;
  while (first > low && class[(byte)s[first - 1]] == 0) first--;
  if (first == last) first--;                             /* a mark */
  lua_pushlstring(L, s + first, last - first);
  lua_pushinteger(L, (lua_Integer)first + 1);
  lua_pushinteger(L, (lua_Integer)last);
  return 3;
}

/* parted(marks) -> behind, before: functions that walk over the words of texts in which
** these bytes are marks. */
static int parted (lua_State *L) {
  size_t n;
  const char *marks = luaL_checklstring(L, 1, &n);
  parting *p = lua_newuserdatauv(L, sizeof *p, 0);
  memset(p, 0, sizeof *p);
  for (size_t i = 0; i < n; i++) p->class[(byte)marks[i]] = MARK;
  for (const char *c = " \t\n\v\f\r"; *c; c++) p->class[(byte)*c] = BLANK;
  lua_pushvalue(L, -1);
  lua_pushcclosure(L, behind, 1);
  lua_insert(L, -2);
  lua_pushcclosure(L, before, 1);
  return 2;
}

void ld_parted_open (lua_State *L) {
  lua_pushcfunction(L, parted);
  lua_setfield(L, -2, "parted");
}
