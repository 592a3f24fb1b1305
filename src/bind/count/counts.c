/*
** counts.c - the methods of Corpus that count. Their work is done by the Lua of
** lesdiplo.statistics, which takes the same arguments.
*/
#include "bind/inside.h"

/* Calls a function of lesdiplo.statistics with the arguments there are, of
** which it takes 'most'. [-n, +1, e] */
static int call (lua_State *L, const char *name, int most) {
  ld_class_check(L, 1, LD_BIND_CORPUS);
  lua_settop(L, most);
  return ld_module_call(L, "lesdiplo.statistics", name, most);
}

static int frequency (lua_State *L) { return call(L, "frequency", 2); }
static int ngrams (lua_State *L) { return call(L, "ngrams", 3); }
static int collocates (lua_State *L) { return call(L, "collocates", 3); }
static int keyness (lua_State *L) { return call(L, "keyness", 4); }
static int dispersion (lua_State *L) { return call(L, "dispersion", 3); }
static int trend (lua_State *L) { return call(L, "trend", 3); }
static int cooccurrence (lua_State *L) { return call(L, "cooccurrence", 3); }

const ld_bind_entry ld_count_entries[] = {
  { "corpus:frequency", frequency,
    "corpus:frequency([options]) -> array of rows\n"
    "How often each word comes: count, per_million words, docs (in how many\n"
    "documents), and an example, where it stands first. Marks are no words; Han\n"
    "and kana are counted by the words of ICU's dictionary; what belongs to the\n"
    "page (headers, footers, bylines, datelines, boilerplate) is not counted.\n"
    "@param options table?  docs: the documents to count in: an array, what\n"
    "  corpus:docs gives, or its filters; by: word (case and accents do not\n"
    "  count), form (as it is written) or stem; stop: true leaves out numbers\n"
    "  and the stop words of each document's language, an array those words;\n"
    "  least: how often at least, 1; most: how many rows, 100; furniture: true\n"
    "  counts what belongs to the page, too\n"
    "@return table  rows, with columns for lesdiplo.emit, and the fields words\n"
    "  (that there are) and docs\n"
    "@example return corpus:frequency{stop = true, most = 20}\n"
    "@see corpus:ngrams\n"
    "@since 1\n" },
  { "corpus:ngrams", ngrams,
    "corpus:ngrams(n[, options]) -> array of rows\n"
    "How often each run of n words comes, inside a sentence and over no mark.\n"
    "@param n integer  1 to 10\n"
    "@param options table?  those of corpus:frequency; least is 2; with stop no\n"
    "  run begins or ends with a stop word\n"
    "@example return corpus:ngrams(3, {stop = true, most = 20})\n"
    "@see corpus:frequency\n"
    "@since 1\n" },
  { "corpus:collocates", collocates,
    "corpus:collocates(node[, options]) -> array of rows\n"
    "The words that stand near to a node more often than by chance: near (how\n"
    "often within the window), count (in all), ll (log-likelihood, negative where\n"
    "it is less often than by chance), pmi, t, dice (logDice). The window ends\n"
    "with the sentence; a word in the windows of two nodes counts once, the nodes'\n"
    "own words do not count. The example reaches from the word to its node.\n"
    "@param node string|Pattern|Hits  a word or phrase, a token pattern, or hits\n"
    "@param options table?  left, right: words on either side, 5; sort: ll, pmi,\n"
    "  t, dice or count; docs, by, stop, most, furniture as for\n"
    "  corpus:frequency; least: how often near, 3\n"
    "@return table  rows, with the fields nodes and words\n"
    "@example return corpus:collocates(\"embassy\", {stop = true, most = 10})\n"
    "@see lesdiplo.statistics\n"
    "@since 1\n" },
  { "corpus:keyness", keyness,
    "corpus:keyness(docs[, others[, options]]) -> array of rows\n"
    "The words that some documents have more often than others: count here, other\n"
    "(there), ll (log-likelihood, negative where it is less often here), ratio\n"
    "(Hardie's log ratio; 1: twice as often here), diff (%DIFF), docs (here).\n"
    "@param docs table|function  an array, what corpus:docs gives, or its filters\n"
    "@param others table|function?  likewise; without it all other documents\n"
    "@param options table?  sort: ll, ratio, diff or count; n: runs of so\n"
    "  many words; by, stop, most, furniture as for corpus:frequency; least:\n"
    "  how often in both, 3\n"
    "@return table  rows, with the fields words and other_words\n"
    "@example return corpus:keyness({kind = \"policy\"}, nil, {most = 10})\n"
    "@see corpus:docs\n"
    "@since 1\n" },
  { "corpus:dispersion", dispersion,
    "corpus:dispersion(terms[, options]) -> array of rows\n"
    "How evenly terms are spread: range (in how many parts), parts, d (Juilland's\n"
    "D, 1 where all parts have as much), dp (Gries' deviation of proportions, 0\n"
    "where they have; dp_norm reaches 1).\n"
    "@param terms string|Pattern|Hits|table  a term, or a table of some; those\n"
    "  with a key are called by it: {visits = lesdiplo.query.stem \"visit\"}\n"
    "@param options table?  parts: so many of the same size, else a part is a\n"
    "  document; by: how a word that is given is looked for; docs, furniture as\n"
    "  for corpus:frequency\n"
    "@example return corpus:dispersion({\"peace\", \"trade\"}, {parts = 10})\n"
    "@since 1\n" },
  { "corpus:trend", trend,
    "corpus:trend(terms[, options]) -> array of rows\n"
    "How often terms come over time: count, words (of that period), per_million,\n"
    "docs. A date that says less than the period stands by itself; documents\n"
    "without one are `unknown`, the last row.\n"
    "@param terms string|Pattern|Hits|table  as for corpus:dispersion\n"
    "@param options table?  by: day, month, year or decade; docs, furniture as\n"
    "  for corpus:frequency\n"
    "@example return corpus:trend(\"cooperation\", {by = \"month\"})\n"
    "@since 1\n" },
  { "corpus:cooccurrence", cooccurrence,
    "corpus:cooccurrence(terms[, options]) -> array of rows\n"
    "Which terms come together: a, b, count (of sentences with both), of_a, of_b\n"
    "(with each), ll, pmi, dice; the example has both.\n"
    "@param terms table  two or more, as for corpus:dispersion\n"
    "@param options table?  within: sentence, block or doc; matrix: true gives a\n"
    "  row and a column a term; least: how often, 1; by, docs, most, furniture\n"
    "  as before\n"
    "@return table  rows, with the field units: how many sentences there are\n"
    "@example return corpus:cooccurrence({\"china\", \"lesotho\", \"russia\"})\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};
