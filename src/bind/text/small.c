/*
** small.c - a text in small letters, or in one line, each byte in its place.
**
** What a grammar reads without regard to capitals it reads in such a copy, whose
** positions are those of the text. Letters of ASCII, Latin-1 and Russian are
** folded, ё to е; the blanks that take several bytes become as many plain ones,
** and the wide colon, slash and full stop of Chinese plain ones with blanks
** behind them. In one line means that each white space is as many blanks as it has
** bytes, and the rest as it was. And whether a text has signs that such a copy had
** better not have (grammar/bare.lua).
*/
#include <string.h>

#include "bind/inside.h"

typedef unsigned char byte;

/* Two bytes from 0xC2 on: folded in place. */
static void fold_two (byte *s) {
  const byte c = s[0], d = s[1];
  if (c == 0xC2 && d == 0xA0) {
    s[0] = s[1] = ' ';
  } else if (c == 0xC3 && d >= 0x80 && d <= 0x9E && d != 0x97) {
    s[1] = (byte)(d + 32);
  } else if (c == 0xD0 && d >= 0x90 && d <= 0x9F) {
    s[1] = (byte)(d + 32);
  } else if (c == 0xD0 && d >= 0xA0 && d <= 0xAF) {
    s[0] = 0xD1;
    s[1] = (byte)(d - 32);
  } else if ((c == 0xD1 && d == 0x91) || (c == 0xD0 && d == 0x81)) {
    s[0] = 0xD0;
    s[1] = 0xB5;
  }
}

/* Three bytes from 0xE2 on: blanks, and the wide signs of numbers. */
static void fold_three (byte *s) {
  static const struct { char wide[4], plain[4]; } pairs[] = {
    { "\xEF\xBC\x9A", ":  " }, { "\xEF\xBC\x8F", "/  " },
    { "\xEF\xBC\x8E", ".  " }, { "\xE3\x80\x80", "   " },
    { "\xE2\x80\xAF", "   " }, { "\xE2\x80\x89", "   " },
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (memcmp(s, pairs[i].wide, 3) == 0) memcpy(s, pairs[i].plain, 3);
}

/* Copies n bytes with ASCII folded: a capital gets the bit that small letters have. Returns
** the bits that any of them has. Made for vector code where n is known. */
static inline byte fold_some (byte *restrict to, const char *restrict from, size_t n) {
  byte all = 0;
  for (size_t i = 0; i < n; i++) {
    const byte c = (byte)from[i];
    all |= c;
    to[i] = (byte)(c | ((byte)(c - 'A') < 26 ? 32 : 0));
  }
  return all;
}

/* The same, a row of bytes at once; whether there are others than of ASCII. */
static bool fold_ascii (byte *to, const char *from, size_t n) {
  enum { ROW = 32 };
  byte all = 0;
  size_t i = 0;
  for (; n - i >= ROW; i += ROW) all |= fold_some(to + i, from + i, ROW);
  all |= fold_some(to + i, from + i, n - i);
  return all >= 0x80;
}

/* The first byte from the i-th of n on that is none of ASCII; n: none. */
static size_t next_wide (const byte *s, size_t i, size_t n) {
  for (uint64_t w; n - i >= sizeof w; i += sizeof w) {
    memcpy(&w, s + i, sizeof w);
    if (w & UINT64_C(0x8080808080808080)) break;
  }
  while (i < n && s[i] < 0x80) i++;
  return i;
}

/* small(text) -> text */
static int small (lua_State *L) {
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  luaL_Buffer b;
  byte *s = (byte *)luaL_buffinitsize(L, &b, n);
  const bool wide = fold_ascii(s, text, n);
  for (size_t i = wide ? next_wide(s, 0, n) : n; i + 1 < n; i = next_wide(s, i + 1, n)) {
    if (s[i] < 0xC2) continue;
    if (s[i] < 0xE0) fold_two(s + i++);
    else if (n - i >= 3) fold_three(s + i);
  }
  luaL_pushresultsize(&b, n);
  return 1;
}

/* Bytes of the white space at s, of the kinds that are no blank; 0 for others. */
static size_t white (const char *s, size_t n) {
  const byte c = (byte)*s;
  if (c == '\n' || c == '\r' || c == '\t') return 1;
  if (c == 0xC2) return n >= 2 && (byte)s[1] == 0xA0 ? 2 : 0;
  return c == 0xE2 && n >= 3 && memcmp(s, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* Are eight bytes all from blank to 0x7F, so that none of them is white space of
** another kind? A byte below borrows from its own high bit. */
static bool is_plain (uint64_t w) {
  const uint64_t each = UINT64_C(0x0101010101010101);
  return (((w - each * ' ') | w) & each * 0x80) == 0;
}

/* The first white space from the i-th byte of n on that is no blank; n: none. */
static size_t next_white (const char *text, size_t i, size_t n) {
  while (i < n) {
    uint64_t w;
    const size_t stop = n - i < sizeof w ? n : i + sizeof w;
    if (stop - i == sizeof w) {
      memcpy(&w, text + i, sizeof w);
      if (is_plain(w)) i = stop;
    }
    for (; i < stop; i++)
      if (white(text + i, n - i) > 0) return i;
  }
  return n;
}

/* plain(text) -> text in one line; the same string where it is so already */
static int plain (lua_State *L) {
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  size_t i = next_white(text, 0, n);
  if (i == n) {
    lua_settop(L, 1);
    return 1;
  }
  luaL_Buffer b;
  char *s = luaL_buffinitsize(L, &b, n);
  memcpy(s, text, n);
  for (; i < n; i = next_white(s, i, n)) memset(s + i, ' ', white(s + i, n - i));
  luaL_pushresultsize(&b, n);
  return 1;
}

/* A string that has() looks for: its bytes as a number, and which bits count. */
typedef struct sign {
  uint32_t bytes, mask;
} sign;

typedef struct signs {
  bool first[256];        /* the bytes with which they begin, none of ASCII */
  uint32_t count;
  sign sign[];
} signs;

/* has(text) -> is one of the signs in it? */
static int has (lua_State *L) {
  const signs *all = lua_touserdata(L, lua_upvalueindex(1));
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  bool found = false;
  for (size_t i = next_wide((const byte *)text, 0, n); i < n && !found;
       i = next_wide((const byte *)text, i + 1, n)) {
    if (!all->first[(byte)text[i]]) continue;
    uint32_t here = 0;
    memcpy(&here, text + i, n - i < sizeof here ? n - i : sizeof here);
    for (uint32_t k = 0; k < all->count; k++)
      found |= (here & all->sign[k].mask) == all->sign[k].bytes;
  }
  lua_pushboolean(L, found);
  return 1;
}

/* signs(list) -> has, a function. A sign has four bytes at most, the first none of ASCII. */
static int make_signs (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  const size_t count = lua_rawlen(L, 1);
  luaL_argcheck(L, count < 1 << 16, 1, "fewer signs");
  signs *all = lua_newuserdatauv(L, sizeof *all + count * sizeof *all->sign, 0);
  memset(all, 0, sizeof *all + count * sizeof *all->sign);
  for (; all->count < count; all->count++) {
    sign *one = &all->sign[all->count];
    size_t n;
    lua_rawgeti(L, 1, (lua_Integer)all->count + 1);
    const char *s = lua_tolstring(L, -1, &n);
    luaL_argcheck(L, s && n > 0 && n <= sizeof one->bytes && (byte)*s >= 0x80, 1,
                  "signs are short strings beyond ASCII");
    memcpy(&one->bytes, s, n);
    memset(&one->mask, 0xFF, n);
    all->first[(byte)*s] = true;
    lua_pop(L, 1);
  }
  lua_pushcclosure(L, has, 1);
  return 1;
}

void ld_small_open (lua_State *L) {
  lua_pushcfunction(L, small);
  lua_setfield(L, -2, "small");
  lua_pushcfunction(L, plain);
  lua_setfield(L, -2, "plain");
  lua_pushcfunction(L, make_signs);
  lua_setfield(L, -2, "signs");
}
