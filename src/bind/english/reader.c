/*
** reader.c - sentences of English for readers written in Lua.
**
**     reader = native.base.english(known)
**     reader:read(s, text, first, last, places, mentions, from) -> bits
**     reader:governor(first, i) -> item or nil
**
** `known` answers for every word with its entry (fact/words.lua); mentions stand for all
** the words in them, at places[2i - 1] to places[2i]. What a word is, is asked once and
** kept here. A sentence by which nothing is told is not cut into clauses; of others the
** tables of `s` (fact/items.lua) are filled in place of what stood there.
*/
#include <string.h>

#include "bind/english/english.h"
#include "bind/inside.h"

#define READER "lesdiplo english reader"

enum { WORDS_KEPT = 65536 };      /* words that are remembered before all are forgotten */

/* Of a word. */
typedef struct word {
  uint16_t is;
  uint8_t class, tense, tells;
} word;

/* User values: `known`; the entries of words by their numbers; the words themselves, in
** small letters. */
enum { USER_KNOWN = 1, USER_ENTRIES, USER_WORDS, USER_VALUES = USER_WORDS };
typedef struct reader {
  ld_memory memory;
  ld_map numbers;                 /* of words */
  ld_arena keys;
  word *words;                    /* WORDS_KEPT, by numbers from 1 */
  uint32_t count;
  lua_State *L;                   /* of the call */
  ld_english s;
} reader;

/* Arguments of read, and what stands behind them. */
enum { SELF = 1, SENTENCE, TEXT, FIRST, LAST, PLACES, MENTIONS, FROM, KNOWN, ENTRIES, WORDS,
       TOP = WORDS };


/* ----------------------------------------------------------------------
** Words
*/

static void forget (reader *r) {
  ld_map_free(&r->numbers);
  ld_arena_free(&r->keys);
  ld_map_init(&r->numbers, &r->memory);
  ld_arena_init(&r->keys, &r->memory);
  r->count = 0;
}

static const char *const tenses[] = { "", "base", "s", "past", "part", "ed", "ing", "be" };

static enum ld_en_tense tense_of (const char *name) {
  for (int i = LD_BASE; name && i < LD_BE; i++)
    if (strcmp(tenses[i], name) == 0) return (enum ld_en_tense)i;
  return LD_NO_TENSE;
}

/* Words that have a bit of their own. */
static unsigned certain (const char *form) {
  static const struct {
    const char *form;
    unsigned bits;
  } words[] = {
    { "that", LD_IS_THAT }, { "of", LD_IS_OF }, { "by", LD_IS_BY }, { "such", LD_IS_SUCH },
    { "well", LD_IS_WELL }, { "only", LD_IS_ONLY }, { "as", LD_IS_AS | LD_IS_BEFORE_NOUN },
    { "after", LD_IS_BEFORE_NOUN }, { "before", LD_IS_BEFORE_NOUN },
    { "since", LD_IS_BEFORE_NOUN }, { "until", LD_IS_BEFORE_NOUN }
  };
  for (size_t i = 0; form && i < sizeof words / sizeof *words; i++)
    if (strcmp(words[i].form, form) == 0) return words[i].bits;
  return 0;
}

/* Is a field of the entry on the top set? [-0, +0, e] */
static bool has (lua_State *L, const char *name) {
  lua_getfield(L, -1, name);
  const bool is = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return is;
}

/* What the entry on the top says of a word. [-0, +0, e] */
static word entry_word (lua_State *L, bool plural) {
  word w = { 0 };
  lua_getfield(L, -1, "c");
  const char *class = lua_tostring(L, -1);
  lua_getfield(L, -2, "tense");
  lua_getfield(L, -3, "form");
  lua_getfield(L, -4, "tells");
  w.class = class ? (uint8_t)(*class & 127) : 'x';
  w.tense = (uint8_t)tense_of(lua_tostring(L, -3));
  w.is = (uint16_t)certain(lua_tostring(L, -2));
  w.tells = (uint8_t)lua_tointeger(L, -1);
  lua_pop(L, 4);
  if (has(L, "causes")) w.is |= LD_IS_CAUSES;
  if (has(L, "reports")) w.is |= LD_IS_REPORTS;
  if (has(L, "adjectival")) w.is |= LD_IS_ADJECTIVAL;
  if (has(L, "noun")) w.is |= LD_IS_NOUN;
  if (plural) w.is |= LD_IS_PLURAL;
  return w;
}

/* Puts into the table `words` the form of the entry on the top, or else the word in small
** letters. [-0, +0, m] */
static void keep_form (lua_State *L, uint32_t number, const char *p, size_t n) {
  lua_getfield(L, -1, "form");
  if (lua_isnil(L, -1)) {
    luaL_Buffer b;
    char *out = luaL_buffinitsize(L, &b, n);
    for (size_t i = 0; i < n; i++)
      out[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]);
    luaL_pushresultsize(&b, n);
    lua_remove(L, -2);
  }
  lua_rawseti(L, WORDS, number);
}

/* The number of a word that was not met yet. [-0, +0, e] */
static uint32_t meet (lua_State *L, reader *r, const char *p, size_t n) {
  if (r->count == WORDS_KEPT) forget(r);
  lua_pushlstring(L, p, n);
  lua_gettable(L, KNOWN);
  const uint32_t number = r->count + 1;
  keep_form(L, number, p, n);
  r->words[number] = entry_word(L, n > 0 && (p[n - 1] | 32) == 's');
  lua_rawseti(L, ENTRIES, number);
  const char *key = ld_arena_string(&r->keys, p, n);
  if (key) ld_map_put(&r->numbers, key, n, number);
  if (!key || r->numbers.failed) ld_raise_no_memory(L);
  return r->count = number;
}

/* Makes item i of a word. [-0, +0, e] */
static void put_word (lua_State *L, reader *r, ld_en_item *item, const char *p, size_t n) {
  uint32_t number;
  if (!ld_map_get(&r->numbers, p, n, &number)) number = meet(L, r, p, n);
  const word *w = &r->words[number];
  *item = (ld_en_item){ .number = number, .is = w->is, .class = w->class, .tense = w->tense,
                     .tells = w->tells };
}


/* ----------------------------------------------------------------------
** Items
*/

/* The next of the mentions; past them all it begins behind every text. */
typedef struct stretch {
  lua_Integer number, first, last;
} stretch;

static void take_stretch (lua_State *L, stretch *s, lua_Integer number) {
  s->number = number;
  s->first = s->last = LUA_MAXINTEGER;
  if (lua_rawgeti(L, PLACES, 2 * number - 1) == LUA_TNUMBER) {
    s->first = lua_tointeger(L, -1);
    lua_rawgeti(L, PLACES, 2 * number);
    s->last = lua_tointeger(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* Is a field of the table on the top that string? [-0, +0, e] */
static bool says (lua_State *L, const char *field, const char *value) {
  lua_getfield(L, -1, field);
  const char *text = lua_tostring(L, -1);
  const bool same = text && strcmp(text, value) == 0;
  lua_pop(L, 1);
  return same;
}

/* Makes an item of a mention. [-0, +0, e] */
static void put_mention (lua_State *L, ld_en_item *item, lua_Integer number) {
  *item = (ld_en_item){ .number = (uint32_t)number, .is = LD_IS_MENTION };
  lua_rawgeti(L, MENTIONS, number);
  luaL_checktype(L, -1, LUA_TTABLE);
  lua_getfield(L, -1, "c");
  lua_getfield(L, -2, "tells");
  const char *class = lua_tostring(L, -2);
  item->class = class ? (uint8_t)(*class & 127) : 'x';
  item->tells = (uint8_t)lua_tointeger(L, -1);
  lua_pop(L, 2);
  if (says(L, "kind", "person")) item->is |= LD_IS_PERSON;
  if (item->class == 'A' && lua_getfield(L, -1, "row") == LUA_TTABLE &&
      says(L, "form", "adjective")) item->is |= LD_IS_ADJECTIVE;
  lua_settop(L, TOP);
}

/* Does "'s" at item i stand for a verb: it's, that's? */
static bool is_short_is (const ld_english *s, int i) {
  const uint8_t before = ld_en_class(s, i - 1);
  return before == 'q' || before == 'r' || before == 'S';
}

/* Reads items 1 to n. Returns what they tell together. [-0, +0, e] */
static unsigned read_items (lua_State *L, reader *r, const char *end) {
  ld_english *s = &r->s;
  const char *p = s->text + s->begin, *last;
  unsigned tells = 0;
  bool quote;
  stretch m;
  take_stretch(L, &m, luaL_checkinteger(L, FROM));
  lua_Integer reached = 0;                 /* the last byte of the mention before */
  for (s->n = 0; s->n < LD_ITEMS && (p = ld_lex_next(p, end, &last, &quote)); p = last) {
    const lua_Integer at = p - s->text + 1;
    if (at <= reached) continue;
    ld_en_item *item = &s->item[++s->n];
    while (m.last < at) take_stretch(L, &m, m.number + 1);
    if (m.first <= at) {
      put_mention(L, item, m.number);
      item->begin = (uint32_t)(m.first - 1);
      item->end = (uint32_t)(reached = m.last);
    } else {
      if (quote) put_word(L, r, item, "\"", 1);
      else put_word(L, r, item, p, (size_t)(last - p));
      if (item->class == 's' && is_short_is(s, s->n)) item->class = 'b';
      item->begin = (uint32_t)(at - 1);
      item->end = (uint32_t)(last - s->text);
    }
    tells |= item->tells;
  }
  memset(&s->item[s->n + 1], 0, LD_SLACK * sizeof *s->item);
  return tells;
}


/* ----------------------------------------------------------------------
** Tables
*/

/* The number in a field of the sentence, which is `n` from now on. [-0, +0, e] */
static int exchange (lua_State *L, const char *name, int n) {
  lua_getfield(L, SENTENCE, name);
  const int old = (int)lua_tointeger(L, -1);
  lua_pop(L, 1);
  lua_pushinteger(L, n);
  lua_setfield(L, SENTENCE, name);
  return old;
}

/* Sets numbers n + 1 to `old` of tables to nil. [-0, +0, m] */
static void shorten (lua_State *L, int first, int last, int n, int old) {
  for (int table = first; table <= last; table++)
    for (int i = n + 1; i <= old; i++) {
      lua_pushnil(L);
      lua_rawseti(L, table, i);
    }
}

/* The tables over items, as they are pushed. */
static const char *const arrays[] = { "c", "e", "m", "a", "b", "w", "taken", NULL };
enum { C = TOP + 1, E, M, A, B, W, TAKEN, TOLD };

/* What item i is goes into the tables. [-0, +0, m] */
static void give_item (lua_State *L, const ld_en_item *item, int i) {
  const char class = (char)item->class, taken = (char)item->taken;
  const bool mention = (item->is & LD_IS_MENTION) != 0;
  lua_pushlstring(L, &class, 1);
  lua_rawseti(L, C, i);
  lua_rawgeti(L, mention ? MENTIONS : ENTRIES, item->number);
  lua_rawseti(L, E, i);
  if (mention) lua_rawgeti(L, MENTIONS, item->number);
  else lua_pushboolean(L, 0);
  lua_rawseti(L, M, i);
  lua_pushinteger(L, (lua_Integer)item->begin + 1);
  lua_rawseti(L, A, i);
  lua_pushinteger(L, item->end);
  lua_rawseti(L, B, i);
  if (mention) lua_pushboolean(L, 0);
  else lua_rawgeti(L, WORDS, item->number);
  lua_rawseti(L, W, i);
  if (taken) lua_pushlstring(L, &taken, 1);
  else lua_pushboolean(L, 0);
  lua_rawseti(L, TAKEN, i);
}

/* May item i tell an act or a stance as a noun, or a forum as a name? */
static bool may_tell (const ld_en_item *item) {
  return item->taken == 'N' ? item->tells != 0
                            : (item->is & LD_IS_MENTION) != 0 && (item->tells & 1) != 0;
}

static void give_items (lua_State *L, const ld_english *s) {
  int tellers = 0;
  for (int i = 0; arrays[i]; i++) lua_getfield(L, SENTENCE, arrays[i]);
  lua_getfield(L, SENTENCE, "told");
  for (int i = C; i <= TOLD; i++) luaL_checktype(L, i, LUA_TTABLE);
  for (int i = 1; i <= s->n; i++) {
    give_item(L, &s->item[i], i);
    if (may_tell(&s->item[i])) {
      lua_pushinteger(L, i);
      lua_rawseti(L, TOLD, ++tellers);
    }
  }
  shorten(L, C, TAKEN, s->n, exchange(L, "n", s->n));
  shorten(L, TOLD, TOLD, tellers, exchange(L, "tellers", tellers));
  lua_settop(L, TOP);
}

/* Sets a field of the table on the top to a number, false for 0. [-0, +0, m] */
static void number_field (lua_State *L, const char *name, int value) {
  if (value) lua_pushinteger(L, value);
  else lua_pushboolean(L, 0);
  lua_setfield(L, -2, name);
}

static void flag_field (lua_State *L, const char *name, bool value) {
  lua_pushboolean(L, value);
  lua_setfield(L, -2, name);
}

/* ... to the word of an item, false for none. */
static void word_field (lua_State *L, const char *name, const ld_english *s, int i) {
  if (i) lua_rawgeti(L, WORDS, s->item[i].number);
  else lua_pushboolean(L, 0);
  lua_setfield(L, -2, name);
}

/* ... to another clause, whose tables are at `pool`. */
static void clause_field (lua_State *L, const char *name, const ld_english *s,
                          const ld_en_clause *clause, int pool) {
  if (clause) lua_rawgeti(L, pool, clause - s->clause + 1);
  else lua_pushboolean(L, 0);
  lua_setfield(L, -2, name);
}

/* The items of a clause's subject: `head` the first of them, `heads` all where there are
** several. [-0, +0, m] */
static void give_heads (lua_State *L, const ld_english *s, const ld_en_clause *clause) {
  int heads[LD_ITEMS];
  const int n = ld_phrase_subject(s, clause, heads);
  number_field(L, "head", n > 0 ? heads[0] : 0);
  if (n > 1) {
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
      lua_pushinteger(L, heads[i]);
      lua_rawseti(L, -2, i + 1);
    }
  } else {
    lua_pushboolean(L, 0);
  }
  lua_setfield(L, -2, "heads");
}

static const char *const kinds[LD_KINDS] = { "main", "coord", "sub", "rel", "resumed", "inf",
                                             "part", "gerund" };

/* Fills the table on the top with what is known of a clause; what readers add to it is
** forgotten. [-0, +0, m] */
static void give_clause (lua_State *L, const ld_english *s, const ld_en_clause *clause,
                         int pool) {
  static const char *const added[] = { "parties", "act", "row", "asks", "announces" };
  lua_pushstring(L, kinds[clause->kind]);
  lua_setfield(L, -2, "kind");
  number_field(L, "first", clause->first);
  lua_pushinteger(L, clause->last);
  lua_setfield(L, -2, "last");
  number_field(L, "verb", clause->verb);
  number_field(L, "group", clause->group);
  clause_field(L, "up", s, clause->up, pool);
  clause_field(L, "beside", s, clause->beside, pool);
  word_field(L, "cue", s, clause->cue);
  word_field(L, "possible", s, clause->possible);
  if (clause->tense) lua_pushstring(L, tenses[clause->tense]);
  else lua_pushboolean(L, 0);
  lua_setfield(L, -2, "tense");
  flag_field(L, "finite", clause->finite);
  flag_field(L, "passive", clause->passive);
  flag_field(L, "modal", clause->modal);
  flag_field(L, "negated", clause->negated);
  flag_field(L, "perfect", clause->perfect);
  flag_field(L, "reduced", clause->reduced);
  number_field(L, "subject_first", clause->subject_first);
  give_heads(L, s, clause);
  for (size_t i = 0; i < sizeof added / sizeof *added; i++) flag_field(L, added[i], false);
}

static void give_clauses (lua_State *L, const ld_english *s) {
  lua_getfield(L, SENTENCE, "clauses");
  lua_getfield(L, SENTENCE, "pool");
  const int list = TOP + 1, pool = TOP + 2;
  for (int i = list; i <= pool; i++) luaL_checktype(L, i, LUA_TTABLE);
  for (int k = 1; k <= s->clauses; k++) {
    if (lua_rawgeti(L, pool, k) != LUA_TTABLE) {
      lua_pop(L, 1);
      lua_createtable(L, 0, 26);
      lua_pushvalue(L, -1);
      lua_rawseti(L, pool, k);
    }
    give_clause(L, s, &s->clause[k - 1], pool);
    lua_rawseti(L, list, k);
  }
  shorten(L, list, list, s->clauses, exchange(L, "listed", s->clauses));
  lua_settop(L, TOP);
}


/* ----------------------------------------------------------------------
** The reader
*/

/* Are two mentions of one? Those without an id are not told apart. */
static bool same (void *data, uint32_t a, uint32_t b) {
  const reader *r = data;
  lua_State *L = r->L;
  lua_rawgeti(L, MENTIONS, a);
  lua_getfield(L, -1, "id");
  lua_rawgeti(L, MENTIONS, b);
  lua_getfield(L, -1, "id");
  const bool is = lua_rawequal(L, -1, -3);
  lua_pop(L, 4);
  return is;
}

/* read: the comment at the top. */
static int read_sentence (lua_State *L) {
  reader *r = luaL_checkudata(L, SELF, READER);
  size_t length;
  luaL_checktype(L, SENTENCE, LUA_TTABLE);
  const char *text = luaL_checklstring(L, TEXT, &length);
  const lua_Integer first = luaL_checkinteger(L, FIRST), last = luaL_checkinteger(L, LAST);
  luaL_argcheck(L, first >= 1, FIRST, "a place in the text is wanted");
  luaL_argcheck(L, last <= (lua_Integer)length && last <= UINT32_MAX, LAST,
                "a place in the text is wanted");
  luaL_checktype(L, PLACES, LUA_TTABLE);
  luaL_checktype(L, MENTIONS, LUA_TTABLE);
  lua_settop(L, FROM);
  for (int i = USER_KNOWN; i <= USER_VALUES; i++) lua_getiuservalue(L, SELF, i);
  luaL_checkstack(L, 24, NULL);
  r->L = L;
  r->s.text = text;
  r->s.begin = (uint32_t)(first - 1);
  r->s.end = (uint32_t)last;
  r->s.running = -1;
  const unsigned tells = first <= last ? read_items(L, r, text + last) : 0;
  r->s.clauses = 0;
  if (tells != 0) {
    ld_clauses_cut(&r->s);
    give_items(L, &r->s);
    give_clauses(L, &r->s);
  }
  lua_pushinteger(L, r->s.clauses);
  lua_setfield(L, SENTENCE, "opened");
  lua_pushinteger(L, tells);
  return 1;
}

/* governor: of an item of the sentence that was read last. */
static int governor (lua_State *L) {
  const reader *r = luaL_checkudata(L, 1, READER);
  const lua_Integer first = luaL_checkinteger(L, 2), i = luaL_checkinteger(L, 3);
  luaL_argcheck(L, first >= 1, 2, "an item is wanted");
  luaL_argcheck(L, i <= r->s.n + 1, 3, "an item is wanted");
  const int found = ld_phrase_governor(&r->s, (int)first, (int)i);
  if (found) lua_pushinteger(L, found);
  else lua_pushnil(L);
  return 1;
}

static int close_reader (lua_State *L) {
  reader *r = luaL_checkudata(L, 1, READER);
  forget(r);
  ld_memory_free(&r->memory, r->words, r->words ? (WORDS_KEPT + 1) * sizeof *r->words : 0);
  r->words = NULL;
  return 0;
}

/* english(known) -> reader */
static int new_reader (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  reader *r = lua_newuserdatauv(L, sizeof *r, USER_VALUES);
  memset(r, 0, sizeof *r);
  ld_memory_of(L, &r->memory);
  ld_map_init(&r->numbers, &r->memory);
  ld_arena_init(&r->keys, &r->memory);
  ld_english_init(&r->s);
  r->s.same = same;
  r->s.data = r;
  luaL_setmetatable(L, READER);
  r->words = ld_memory_new(&r->memory, (WORDS_KEPT + 1) * sizeof *r->words);
  if (!r->words) return ld_raise_no_memory(L);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, USER_KNOWN);
  lua_newtable(L);
  lua_setiuservalue(L, -2, USER_ENTRIES);
  lua_newtable(L);
  lua_setiuservalue(L, -2, USER_WORDS);
  return 1;
}

void ld_english_open (lua_State *L) {
  static const luaL_Reg methods[] = { { "read", read_sentence }, { "governor", governor },
                                      { NULL, NULL } };
  luaL_newmetatable(L, READER);
  lua_pushcfunction(L, close_reader);
  lua_setfield(L, -2, "__gc");
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  lua_pushcfunction(L, new_reader);
  lua_setfield(L, -2, "english");
}
