/*
** lex.c - a stretch of text as words and marks, for readers written in Lua.
**
** A reader has a table that answers for every word, and stretches of its own, such
** as names, that stand for all the words in them. It gets three arrays: where each
** item begins and ends, and what the table or the stretch says of it. Nothing is
** made but the words as strings, by which the table is asked.
**
** A word is letters and digits, parts of it tied by hyphens or apostrophes; "'s" and
** an apostrophe behind a word are by themselves. Of marks those are items that part
** phrases: , ; : ( ) - and dashes, and quotation marks, which are all asked as one.
** Everything else is passed over.
*/
#include <string.h>

#include "bind/inside.h"

typedef unsigned char byte;

static bool is_plain (byte c) {
  return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

static bool is_tail (const char *p, const char *end) {
  return p < end && ((byte)*p & 0xC0) == 0x80;
}

/* Are the bytes at p those of U+2000 to U+203F, punctuation, that ends so? */
static bool is_general (const char *p, const char *end, byte last) {
  return end - p >= 3 && (byte)p[0] == 0xE2 && (byte)p[1] == 0x80 &&
         (byte)p[2] == last;
}

/* The end of the letters and digits at p. Of two bytes those from U+00C0 on are
** letters, of more all but U+2000 to U+203F. */
static const char *letters_end (const char *p, const char *end) {
  while (p < end) {
    const byte c = (byte)*p;
    if (is_plain(c)) {
      p++;
    } else if (c >= 0xC3 && c <= 0xDF && is_tail(p + 1, end)) {
      p += 2;
    } else if (c >= 0xE0 && c <= 0xF4 && is_tail(p + 1, end) &&
               !(c == 0xE2 && (byte)p[1] == 0x80)) {
      for (p += 2; is_tail(p, end);) p++;
    } else {
      break;
    }
  }
  return p;
}

static int apostrophe (const char *p, const char *end) {
  return p < end && *p == '\'' ? 1 : is_general(p, end, 0x99) ? 3 : 0;
}

/* Is p at the "s" of a genitive? */
static bool is_s (const char *p, const char *end) {
  return p < end && (*p | 32) == 's' && letters_end(p + 1, end) == p + 1;
}

/* How many bytes at p tie two parts of a word, if letters follow. */
static int tie (const char *p, const char *end) {
  if (p < end && *p == '-') return 1;
  if (is_general(p, end, 0x91)) return 3;                 /* one that breaks no line */
  const int n = apostrophe(p, end);
  return n && !is_s(p + n, end) ? n : 0;
}

static const char *word_end (const char *p, const char *end) {
  const char *q = letters_end(p, end);
  if (q == p) return p;
  for (int n; (n = tie(q, end)) != 0;) {
    const char *next = letters_end(q + n, end);
    if (next == q + n) break;
    q = next;
  }
  return q;
}

/* The end of a mark at p that is an item, or p; 'quote': any quotation mark. */
static const char *mark_end (const char *p, const char *end, bool *quote) {
  const int n = apostrophe(p, end);
  *quote = false;
  if (n) return p + n + (is_s(p + n, end) ? 1 : 0);
  if (end - p >= 2 && p[0] == '-' && p[1] == '-') return p + 2;
  if (is_general(p, end, 0x93) || is_general(p, end, 0x94)) return p + 3;
  if (memchr(",;:()-", *p, 6)) return p + 1;
  *quote = true;
  if (*p == '"') return p + 1;
  return is_general(p, end, 0x9C) || is_general(p, end, 0x9D) ? p + 3 : p;
}


/* ----------------------------------------------------------------------
** Items
*/

/* Arguments of words. */
enum { BEGINS = 1, ENDS, WHAT, TEXT, FIRST, LAST, KNOWN, POSITIONS, VALUES, FROM, MOST };

/* The next of a caller's stretches; past them all it begins behind every text. */
typedef struct stretch {
  lua_Integer number, first, last;
} stretch;

static void take_stretch (lua_State *L, stretch *s, lua_Integer number) {
  s->number = number;
  s->first = s->last = LUA_MAXINTEGER;
  if (lua_rawgeti(L, POSITIONS, 2 * number - 1) == LUA_TNUMBER) {
    s->first = lua_tointeger(L, -1);
    lua_rawgeti(L, POSITIONS, 2 * number);
    s->last = lua_tointeger(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* Stores item n, whose value is on the top. [-1, +0, m] */
static void store (lua_State *L, lua_Integer n, lua_Integer first, lua_Integer last) {
  lua_rawseti(L, WHAT, n);
  lua_pushinteger(L, first);
  lua_rawseti(L, BEGINS, n);
  lua_pushinteger(L, last);
  lua_rawseti(L, ENDS, n);
}

/*
** words(begins, ends, what, text, first, last, known, positions, values, from,
** most) -> how many: the items of a stretch of a text, each with first and last
** byte, and known[word] or, where a word begins in one of the stretches
** positions[2i - 1] to positions[2i], with those and values[i]. They are sorted,
** none inside another; the first that may count is `from`. No more than `most`.
*/
static int words (lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, TEXT, &length);
  const lua_Integer first = luaL_checkinteger(L, FIRST), last = luaL_checkinteger(L, LAST);
  const lua_Integer most = luaL_checkinteger(L, MOST);
  luaL_argcheck(L, first >= 1, FIRST, "a place in the text is wanted");
  luaL_argcheck(L, last <= (lua_Integer)length, LAST, "a place in the text is wanted");
  lua_settop(L, MOST);
  stretch s;
  take_stretch(L, &s, luaL_checkinteger(L, FROM));
  const char *end = text + last;
  lua_Integer n = 0, reached = 0;       /* the last byte of the stretch before */
  for (const char *p = text + first - 1, *q; p < end && n < most; p = q) {
    bool quote = false;
    q = word_end(p, end);
    if (q == p) q = mark_end(p, end, &quote);
    const lua_Integer at = p - text + 1;
    if (q == p) {
      q++;
      continue;
    }
    if (at <= reached) continue;
    while (s.last < at) take_stretch(L, &s, s.number + 1);
    if (s.first <= at) {
      lua_rawgeti(L, VALUES, s.number);
      store(L, ++n, s.first, reached = s.last);
    } else {
      if (quote) lua_pushliteral(L, "\"");
      else lua_pushlstring(L, p, (size_t)(q - p));
      lua_gettable(L, KNOWN);
      store(L, ++n, at, q - text);
    }
  }
  lua_pushinteger(L, n);
  return 1;
}

void ld_lex_open (lua_State *L) {
  lua_pushcfunction(L, words);
  lua_setfield(L, -2, "words");
}
