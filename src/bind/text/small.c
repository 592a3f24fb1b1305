/*
** small.c - a text in small letters, or in one line, each byte in its place.
**
** What a grammar reads without regard to capitals it reads in such a copy, whose
** positions are those of the text. Letters of ASCII, Latin-1 and Russian are
** folded, ё to е; the blanks that take several bytes become as many plain ones,
** and the wide colon, slash and full stop of Chinese plain ones with blanks
** behind them. In one line means that each white space is as many blanks as it has
** bytes, and the rest as it was.
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

/* Eight bytes at once: capitals of ASCII get the bit that small letters have. What
** is above 0x7F is no capital, and adding to the seven low bits of a byte does not
** reach the next one. */
static uint64_t fold_eight (uint64_t w) {
  const uint64_t each = UINT64_C(0x0101010101010101);
  const uint64_t low = w & each * 0x7F;
  const uint64_t past_z = low + each * (0x7F - 'Z');
  const uint64_t from_a = low + each * (0x80 - 'A');
  return w | ((from_a ^ past_z) & ~w & each * 0x80) >> 2;
}

/* Copies n bytes with ASCII folded; whether there are others. */
static bool fold_ascii (byte *to, const char *from, size_t n) {
  uint64_t high = 0, w;
  size_t i = 0;
  for (; n - i >= sizeof w; i += sizeof w) {
    memcpy(&w, from + i, sizeof w);
    high |= w;
    w = fold_eight(w);
    memcpy(to + i, &w, sizeof w);
  }
  for (; i < n; i++) {
    const byte c = (byte)from[i];
    high |= c;
    to[i] = (byte)(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return (high & UINT64_C(0x8080808080808080)) != 0;
}

/* small(text) -> text */
static int small (lua_State *L) {
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  luaL_Buffer b;
  byte *s = (byte *)luaL_buffinitsize(L, &b, n);
  const bool wide = fold_ascii(s, text, n);
  for (size_t i = 0; wide && i + 1 < n; i++) {
    if (s[i] < 0xC2) continue;
    if (s[i] < 0xE0) fold_two(s + i++);
    else if (n - i >= 3) fold_three(s + i);
  }
  luaL_pushresultsize(&b, n);
  return 1;
}

/* Makes a white space blanks, wherever it stands. */
static void make_blank (char *s, size_t n, const char *white) {
  const size_t width = strlen(white);
  char *const end = s + n;
  while ((s = memchr(s, *white, (size_t)(end - s))) != NULL) {
    const bool found = (size_t)(end - s) >= width && memcmp(s, white, width) == 0;
    if (found) memset(s, ' ', width);
    s += found ? width : 1;
  }
}

/* plain(text) -> text in one line */
static int plain (lua_State *L) {
  static const char *const whites[] = { "\n", "\r", "\t", "\xC2\xA0", "\xE2\x80\xAF" };
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  luaL_Buffer b;
  char *s = luaL_buffinitsize(L, &b, n);
  memcpy(s, text, n);
  for (size_t i = 0; i < sizeof whites / sizeof *whites; i++) make_blank(s, n, whites[i]);
  luaL_pushresultsize(&b, n);
  return 1;
}

void ld_small_open (lua_State *L) {
  lua_pushcfunction(L, small);
  lua_setfield(L, -2, "small");
  lua_pushcfunction(L, plain);
  lua_setfield(L, -2, "plain");
}
