/*
** told.c - the methods of Corpus that say what several documents tell together.
** Their work is done by the Lua of lesdiplo.fact, which takes the same arguments.
*/
#include "bind/inside.h"

/* Calls a function of lesdiplo.fact.NAME, of the same name, with the arguments
** there are, of which it takes 'most'. [-n, +1, e] */
static int call (lua_State *L, const char *module, const char *name, int most) {
  ld_class_check(L, 1, LD_BIND_CORPUS);
  lua_settop(L, most);
  return ld_module_call(L, module, name, most);
}

static int drift (lua_State *L) {
  luaL_checkany(L, 2);
  return call(L, "lesdiplo.fact.drift", "drift", 3);
}

const ld_bind_entry ld_told_entries[] = {
  { "corpus:drift", drift,
    "corpus:drift(phrase[, options]) -> array of rows\n"
    "A set phrase through the documents, in the order of their dates: date, wording\n"
    "(the clause that it stands in), change, alike. `change` is a word diff against\n"
    "the document before it of the same language, [-gone-] {+new+}, or `as before`,\n"
    "or `worded anew` where not a third is the same, and cites what it is compared\n"
    "with; `alike` is the share of words that both have. Case, accents and the\n"
    "script of Chinese do not count. A document has a row for each wording; of\n"
    "several in the document before, the nearest is compared. Documents without a\n"
    "date come last.\n"
    "@param phrase string|Pattern|Hits|table  words that follow each other, a token\n"
    "  pattern, hits, or an array of phrases (in several languages, say)\n"
    "@param options table?  around: clause or sentence; changes: true for those\n"
    "  rows only whose wording is new; lang, since, until, kind, source as for\n"
    "  corpus:docs\n"
    "@return table  rows of date, wording (a Span), change, alike\n"
    "@example return corpus:drift({\"territorial integrity\", \"领土完整\"},\n"
    "                      {changes = true})\n"
    "@see corpus:kwic corpus:trend\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};
