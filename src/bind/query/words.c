/*
** words.c - what query's Lua asks about words as such: their forms without
** case, or accents, or both.
*/
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "bind/query/query.h"

/* UTF-16 units: a word has LD_WORD_MAX bytes at most, and what is longer is
** folded as far as they go. */
enum { UNITS_MOST = 1024 };

/* Without case: each form of a letter is one. */
static int32_t fold_case (const UChar *from, int32_t n, UChar *to) {
  UErrorCode status = U_ZERO_ERROR;
  n = u_strFoldCase(to, UNITS_MOST, from, n, U_FOLD_CASE_DEFAULT, &status);
  return n < UNITS_MOST ? n : UNITS_MOST;
}

/* Without marks on letters. What is in 'to' comes composed again. */
static int32_t fold_marks (const UChar *from, int32_t n, UChar *to) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *apart = unorm2_getNFDInstance(&status);
  const UNormalizer2 *whole = unorm2_getNFCInstance(&status);
  UChar parts[UNITS_MOST];
  int32_t kept = 0;
  n = unorm2_normalize(apart, from, n, parts, UNITS_MOST, &status);
  if (U_FAILURE(status)) return 0;
  for (int32_t i = 0; i < n; i++)        /* marks are single units, as a rule */
    if (U16_IS_SURROGATE(parts[i]) ||
        u_charType(parts[i]) != U_NON_SPACING_MARK)
      parts[kept++] = parts[i];
  n = unorm2_normalize(whole, parts, kept, to, UNITS_MOST, &status);
  return U_FAILURE(status) ? 0 : n;
}

/* folded(text, how) -> text without case ("c"), accents ("d"), or both ("cd":
** as search folds). */
static int folded (lua_State *L) {
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n), *how = luaL_checkstring(L, 2);
  const bool cases = strchr(how, 'c') != NULL, marks = strchr(how, 'd') != NULL;
  char out[4 * UNITS_MOST];
  UChar a[UNITS_MOST], b[UNITS_MOST];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length;
  if (cases && marks) {
    lua_pushlstring(L, out, ld_fold(text, n, out, sizeof out));
    return 1;
  }
  if (n > UNITS_MOST) n = UNITS_MOST;         /* no word: units are no more */
  u_strFromUTF8WithSub(a, UNITS_MOST, &length, text, (int32_t)n, 0xFFFD, NULL,
                       &status);
  if (U_FAILURE(status)) length = 0;
  const int32_t got = cases ? fold_case(a, length, b)
                      : marks ? fold_marks(a, length, b) : -1;
  u_strToUTF8(out, sizeof out, &length, got < 0 ? a : b,
              got < 0 ? length : got, &status);
  lua_pushlstring(L, out, U_FAILURE(status) ? 0 : (size_t)length);
  return 1;
}

/* shapes() -> the names of all shapes. */
static int shapes (lua_State *L) {
  lua_createtable(L, LD_SHAPES, 0);
  for (int i = 0; i < LD_SHAPES; i++) {
    lua_pushstring(L, ld_shape_names[i]);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

void ld_words_open (lua_State *L) {
  lua_pushcfunction(L, folded);
  lua_setfield(L, -2, "folded");
  lua_pushcfunction(L, shapes);
  lua_setfield(L, -2, "shapes");
}
