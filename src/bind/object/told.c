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

static int timeline (lua_State *L) {
  return call(L, "lesdiplo.fact.timeline", "timeline", 2);
}

static int compare (lua_State *L) {
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  return call(L, "lesdiplo.fact.compare", "compare", 4);
}

static int drift (lua_State *L) {
  luaL_checkany(L, 2);
  return call(L, "lesdiplo.fact.drift", "drift", 3);
}

const ld_bind_entry ld_told_entries[] = {
  { "corpus:timeline", timeline,
    "corpus:timeline([options]) -> array of rows\n"
    "What happened, in the order of dates: events that several documents tell are\n"
    "one, with what each of them says. Two are the same where type and parties fit,\n"
    "their dates do not exclude each other, and something specific agrees: the date\n"
    "to the month, a place, a person, a title; of meetings, visits, aid and words\n"
    "the days; of what happens once the year. A state and those it precedes (SUN,\n"
    "RUS) are one party. A row has date (the finest that is told), event, who,\n"
    "evidence (a Span), differences (in date, name, figure, place, and what some\n"
    "leave out: nothing is settled by majority), sources (documents, each cited);\n"
    "and behind these the entry: row.units, row.history, row.persons, row.mentions.\n"
    "@param options table?  type, actor (an id, or a person's name): one or several;\n"
    "  since, until; several: true for what more than one document tells; undated:\n"
    "  true for events without a date, too, at the end; docs: filters as for\n"
    "  corpus:docs; layer: one of your own instead of event, with its fields\n"
    "@return table  rows, with the fields checks (rows of kind: anniversary, break,\n"
    "  contradiction, gap; ok, text, and both sources, one and other; a sum that is\n"
    "  right where another document tells the date), entries and undated (how many\n"
    "  there are in all)\n"
    "@example local t = corpus:timeline{ actor = \"LSO\", type = \"visit\" }\n"
    "  for _, check in ipairs(t.checks) do print(check.text, check.one) end\n"
    "  return t\n"
    "@see corpus:compare corpus:drift lesdiplo.layer\n"
    "@since 1\n" },
  { "corpus:compare", compare,
    "corpus:compare(a, b[, options]) -> array of rows\n"
    "The positions of two documents on the same objects, side by side, the most\n"
    "alike first: relation (agreement; tension, where their polarities are\n"
    "opposite; open, where one has none), a_says (holder and stance), a (the object,\n"
    "a Span), b_says, b, alike. Two objects are alike as they share stems of content\n"
    "words, and countries, bodies and places, each weighing the more the fewer\n"
    "documents of the corpus have it: 1 is the same, 0 nothing in common (the\n"
    "cosine of weighted sets). Of documents in two languages only what they name\n"
    "is compared. A position has one counterpart at most.\n"
    "@param a Doc|string  a document, or its id\n"
    "@param b Doc|string\n"
    "@param options table?  least: how alike they have to be, 0.3; layer: one of your\n"
    "  own instead of stance, with its fields\n"
    "@return table  rows, with only_a and only_b: rows of says and object, of what\n"
    "  has no counterpart\n"
    "@example return corpus:compare(corpus[3], corpus[4])\n"
    "@see corpus:timeline\n"
    "@since 1\n" },
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
