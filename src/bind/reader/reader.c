/*
** reader.c - sentences of English for readers written in Lua.
**
**     reader = native.base.english(known, sets)
**     reader:read(s, text, first, last, places, mentions, from, all) -> bits, next
**     reader:governor(first, i) -> item or nil
**     reader:party(first, i, last) -> item, governor; nothing where there is none
**     reader:bytes(item) -> first, last
**     reader:word(item) -> its word in small letters; of a mention the last one
**     reader:frame(clause), reader:noun(item), reader:cue(item) -> number, last item, filler
**
** `known` answers for every word with its entry (fact/words.lua), whose frames ask for words
** of the `sets`; mentions stand for all the words in them, at places[2i - 1] to places[2i].
** `from` is the first of them that may stand in the sentence, `next` that of the next sentence.
** What a word is, is asked once and kept here. Of a sentence that tells anything the tables of
** `s` (fact/items.lua) are filled in place of what stood there; of others only where `all` is
** true and some word in them may tell something. What is asked about a sentence is about the one
** that was read last.
*/
#include <string.h>

#include "bind/reader/reader.h"

#define READER "lesdiplo english reader"

static ld_reader *check_reader (lua_State *L) {
  ld_reader *r = lua_touserdata(L, SELF);
  if (!r || !lua_getmetatable(L, SELF) ||
      !lua_rawequal(L, -1, lua_upvalueindex(METATABLE))) luaL_typeerror(L, SELF, READER);
  lua_pop(L, 1);
  return r;
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
  *item = (ld_en_item){ .number = (uint32_t)number, .is = LD_IS_MENTION, .asked = LD_UNASKED,
                        .written = LD_UNASKED };
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

/* Gives item i, a word, the class that the one before it asks for: it's, no longer, not yet. */
static void fit_in (ld_english *s, int i) {
  const uint8_t class = ld_en_class(s, i), before = ld_en_class(s, i - 1);
  if (class == 's' && is_short_is(s, i)) s->item[i].class = 'b';
  if (ld_en_is(s, i, LD_IS_LONGER) && ld_en_is(s, i - 1, LD_IS_NO)) s->item[i - 1].class = 'n';
  if (ld_en_is(s, i, LD_IS_YET) && (before == 'n' || before == 'h')) s->item[i].class = 'W';
}

/* Reads items 1 to n, with mentions from '*next' on, which is set to the first of the sentence
** behind. Returns what they may tell together. [-0, +0, e] */
static unsigned read_items (lua_State *L, ld_reader *r, const char *end, lua_Integer *next,
                            bool ordered) {
  ld_english *s = &r->s;
  const char *p = s->text + s->begin, *last;
  unsigned tells = 0;
  bool quote;
  stretch m;
  take_stretch(L, &m, *next);
  lua_Integer reached = 0;                 /* the last byte of the mention before */
  for (s->n = 0; s->n < LD_ITEMS && (p = ld_lex_next(p, end, &last, &quote)); p = last) {
    const lua_Integer at = p - s->text + 1;
    if (at <= reached) continue;
    ld_en_item *item = &s->item[++s->n];
    item->tense = LD_NO_TENSE;
    while (m.last < at) take_stretch(L, &m, m.number + 1);
    const bool mentioned = m.first <= at;
    if (mentioned && ordered && s->n == 1 && m.last == last - s->text)       /* advocate for */
      ld_words_item(L, &r->words, item, p, (size_t)(last - p));
    if (mentioned && item->tense != LD_BASE) {
      put_mention(L, item, m.number);
      item->begin = (uint32_t)(m.first - 1);
      item->end = (uint32_t)(reached = m.last);
    } else {
      if (mentioned) reached = m.last;
      if (quote) ld_words_item(L, &r->words, item, "\"", 1);
      else ld_words_item(L, &r->words, item, p, (size_t)(last - p));
      fit_in(s, s->n);
      item->begin = (uint32_t)(at - 1);
      item->end = (uint32_t)(last - s->text);
    }
    tells |= item->tells;
  }
  memset(&s->item[s->n + 1], 0, LD_SLACK * sizeof *s->item);
  *next = m.number;
  return tells;
}


/* ----------------------------------------------------------------------
** What a sentence tells
*/

/* By a clause: its verb, and what it says that will or must be. */
static unsigned told_by_clause (ld_english *s, ld_en_clause *clause) {
  int last, filler;
  unsigned bits = 0;
  if (clause->verb && ld_frame_cue(s, clause->verb, &last)) bits |= LD_STANCE;
  if (ld_frame_verb(s, clause, &last, &filler)) bits |= LD_ACT;
  clause->tells = (uint8_t)bits;
  return clause->modal || clause->possible ? bits | LD_STANCE : bits;
}

/* By a noun, or a forum's name. */
static unsigned told_by_item (ld_english *s, int i) {
  ld_en_item *item = &s->item[i];
  int last;
  if (!ld_may_tell(item)) return 0;
  if (ld_en_is(s, i, LD_IS_MENTION)) return LD_ACT;
  return item->tells = (uint8_t)((ld_frame_noun(s, i, &last) ? LD_ACT : 0) |
                                 (ld_frame_cue(s, i, &last) ? LD_STANCE : 0));
}

/* What a sentence tells, of what its words may tell: all that its clauses and nouns tell is
** known from then on. */
static unsigned told (ld_english *s, unsigned may) {
  unsigned bits = 0;
  for (int k = 0; k < s->clauses; k++) bits |= told_by_clause(s, &s->clause[k]);
  for (int i = 1; i <= s->n; i++) bits |= told_by_item(s, i);
  return bits & may & (LD_ACT | LD_STANCE);
}

/* ... may tell, whether a frame fits or not. */
static void leave_open (ld_english *s) {
  for (int k = 0; k < s->clauses; k++)
    if (s->clause[k].verb) s->clause[k].tells = LD_ACT | LD_STANCE;
}

/* May the subject of a clause be somebody, whom the next sentence takes up? */
static bool names_somebody (const ld_english *s) {
  int heads[LD_ITEMS];
  for (int k = 0; k < s->clauses; k++) {
    const ld_en_clause *clause = &s->clause[k];
    if (clause->kind == LD_REL || ld_phrase_subject(s, clause, heads) > 0 || clause->paper)
      return true;
  }
  return false;
}


/* ----------------------------------------------------------------------
** The reader
*/

/* Are two mentions of one? Those without an id are not told apart. */
static bool same (void *data, uint32_t a, uint32_t b) {
  const ld_reader *r = data;
  lua_State *L = r->L;
  lua_rawgeti(L, MENTIONS, a);
  lua_getfield(L, -1, "id");
  lua_rawgeti(L, MENTIONS, b);
  lua_getfield(L, -1, "id");
  const bool is = lua_rawequal(L, -1, -3);
  lua_pop(L, 4);
  return is;
}

/* Reads the first word of an item of a list as the verb that it is: we will | support the
** reform. Returns what that tells. */
static unsigned order (ld_english *s) {
  int i = 1;
  while (i < s->n && ld_en_class(s, i) == 'W') i++;
  const uint8_t class = ld_en_class(s, i);
  if (i > s->n || s->item[i].tense != LD_BASE || (class != 'U' && class != 'V')) return 0;
  s->item[i].class = 'V';
  return LD_STANCE;
}

static int read_sentence (lua_State *L) {
  ld_reader *r = check_reader(L);
  size_t length;
  luaL_checktype(L, SENTENCE, LUA_TTABLE);
  const char *text = luaL_checklstring(L, TEXT, &length);
  const lua_Integer first = luaL_checkinteger(L, FIRST), last = luaL_checkinteger(L, LAST);
  luaL_argcheck(L, first >= 1 && first <= (lua_Integer)length + 1, FIRST,
                "a place in the text is wanted");
  luaL_argcheck(L, last >= 0 && last <= (lua_Integer)length && last <= UINT32_MAX, LAST,
                "a place in the text is wanted");
  luaL_checktype(L, PLACES, LUA_TTABLE);
  luaL_checktype(L, MENTIONS, LUA_TTABLE);
  lua_settop(L, ALL);
  for (int i = USER_KNOWN; i <= USER_LETTERS; i++) lua_getiuservalue(L, SELF, i);
  luaL_checkstack(L, 24, NULL);
  lua_pushvalue(L, TEXT);
  lua_setiuservalue(L, SELF, USER_TEXT);
  lua_getiuservalue(L, SELF, USER_SENTENCE);
  const bool other = !lua_rawequal(L, -1, SENTENCE);
  lua_settop(L, TOP);
  if (ld_words_trim(&r->words)) r->made = 0;
  if (other || r->made == 0) ld_give_forget(r);
  lua_pushvalue(L, SENTENCE);
  lua_setiuservalue(L, SELF, USER_SENTENCE);
  r->L = L;
  r->s.text = text;
  r->s.begin = (uint32_t)(first - 1);
  r->s.end = (uint32_t)last;
  r->s.running = -1;
  lua_Integer next = luaL_checkinteger(L, FROM);
  lua_getfield(L, SENTENCE, "orders");
  const bool orders = lua_toboolean(L, -1);
  lua_pop(L, 1);
  unsigned tells = read_items(L, r, text + last, &next, orders);
  const unsigned ordered = orders ? order(&r->s) : 0;
  r->s.clauses = 0;
  tells |= ordered;
  if (tells != 0) {
    ld_clauses_cut(&r->s);
    for (int k = 0; k < r->s.clauses; k++)
      r->s.clause[k].paper = ld_phrase_paper(&r->s, &r->s.clause[k]);
    if (lua_toboolean(L, ALL)) leave_open(&r->s);
    else tells = told(&r->s, tells) | ordered;
    if (tells == 0 && !names_somebody(&r->s)) r->s.clauses = 0;
  }
  if (r->s.clauses > 0) {
    ld_give_items(L, r);
    ld_give_clauses(L, r);
  }
  lua_pushinteger(L, r->s.clauses);
  lua_setfield(L, SENTENCE, "opened");
  lua_pushinteger(L, tells);
  lua_pushinteger(L, next);
  return 2;
}

/* governor: of an item of the sentence that was read last. */
static int governor (lua_State *L) {
  const ld_reader *r = check_reader(L);
  const lua_Integer first = luaL_checkinteger(L, 2), i = luaL_checkinteger(L, 3);
  luaL_argcheck(L, first >= 1 && first <= LD_ITEMS + 1, 2, "an item is wanted");
  luaL_argcheck(L, i >= 0 && i <= r->s.n + 1, 3, "an item is wanted");
  const int found = ld_phrase_governor(&r->s, (int)first, (int)i);
  if (found) lua_pushinteger(L, found);
  else lua_pushnil(L);
  return 1;
}

/* party: the next item from i to `last` that may act, and the preposition that governs it, not
** before `first`. */
static int party (lua_State *L) {
  const ld_reader *r = check_reader(L);
  const lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 4);
  lua_Integer i = luaL_checkinteger(L, 3);
  luaL_argcheck(L, first >= 1 && first <= LD_ITEMS + 1, 2, "an item is wanted");
  luaL_argcheck(L, i >= 1, 3, "an item is wanted");
  while (i <= last && i <= r->s.n && !ld_en_in(&r->s, (int)i, LD_IN_HEADS)) i++;
  if (i > last || i > r->s.n) return 0;
  const int tie = ld_phrase_governor(&r->s, (int)first, (int)i);
  lua_pushinteger(L, i);
  if (tie) lua_pushinteger(L, tie);
  else lua_pushnil(L);
  return 2;
}

/* Pushes the number of a frame or cue and the items that go with it, false for none; nothing
** where none fits. [-0, +(0..3), m] */
static int push_fit (lua_State *L, int number, int last, int filler) {
  if (number == 0) return 0;
  lua_pushinteger(L, number);
  lua_pushinteger(L, last);
  if (filler) lua_pushinteger(L, filler);
  else lua_pushboolean(L, 0);
  return 3;
}

static int item_arg (lua_State *L, const ld_reader *r) {
  const lua_Integer i = luaL_checkinteger(L, 2);
  luaL_argcheck(L, i >= 1 && i <= r->s.n, 2, "an item is wanted");
  return (int)i;
}

/* A clause, by the number that its table has: its place in C. */
static int clause_arg (lua_State *L, const ld_reader *r) {
  const lua_Integer k = luaL_checkinteger(L, 2);
  luaL_argcheck(L, k >= 1 && k <= r->s.clauses, 2, "a clause is wanted");
  return (int)k - 1;
}

/* bytes: the first and the last byte of an item. */
static int item_bytes (lua_State *L) {
  const ld_reader *r = check_reader(L);
  const ld_en_item *item = &r->s.item[item_arg(L, r)];
  lua_pushinteger(L, (lua_Integer)item->begin + 1);
  lua_pushinteger(L, item->end);
  return 2;
}

/* Is the character before p a space, or one that breaks no line? */
static bool is_behind_space (const char *first, const char *p) {
  return p[-1] == ' ' || (p[-1] >= '\t' && p[-1] <= '\r') ||
         (p - first > 1 && p[-2] == '\xC2' && p[-1] == '\xA0');
}

/* word: in small letters, those of ASCII; of a mention the last of its words. */
static int item_word (lua_State *L) {
  const ld_reader *r = check_reader(L);
  const ld_en_item *item = &r->s.item[item_arg(L, r)];
  if (!(item->is & LD_IS_MENTION)) {
    lua_getiuservalue(L, SELF, USER_FORMS);
    lua_rawgeti(L, -1, item->number);
    return 1;
  }
  const char *first = r->s.text + item->begin, *end = r->s.text + item->end, *p = end;
  while (p > first && !is_behind_space(first, p)) p--;
  if (p == end) p = first;
  ld_words_push_small(L, p, (size_t)(end - p));
  return 1;
}

/* frame: what the verb of a clause tells. */
static int verb_frame (lua_State *L) {
  ld_reader *r = check_reader(L);
  int last = 0, filler = 0;
  const int number = ld_frame_verb(&r->s, &r->s.clause[clause_arg(L, r)], &last, &filler);
  return push_fit(L, number, last, filler);
}

/* noun: what a noun tells. */
static int noun_frame (lua_State *L) {
  ld_reader *r = check_reader(L);
  int last = 0;
  const int number = ld_frame_noun(&r->s, item_arg(L, r), &last);
  return push_fit(L, number, last, 0);
}

/* cue: which stance a verb or a noun tells. */
static int stance_cue (lua_State *L) {
  ld_reader *r = check_reader(L);
  int last = 0;
  const int number = ld_frame_cue(&r->s, item_arg(L, r), &last);
  return push_fit(L, number, last, 0);
}

static int close_reader (lua_State *L) {
  ld_reader *r = check_reader(L);
  ld_words_close(&r->words);
  r->s.n = r->s.clauses = 0;
  return 0;
}

/* english(known, sets) -> reader */
static int new_reader (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  ld_reader *r = lua_newuserdatauv(L, sizeof *r, USER_TEXT);
  memset(r, 0, sizeof *r);
  ld_memory_of(L, &r->memory);
  ld_words_init(&r->words, &r->memory);
  ld_english_init(&r->s);
  r->s.same = same;
  r->s.data = r;
  r->s.asked = &r->words.asked;
  luaL_setmetatable(L, READER);
  lua_newtable(L);
  ld_words_ask(L, &r->words, 2, lua_gettop(L));
  lua_setiuservalue(L, -2, USER_SETS);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, USER_KNOWN);
  lua_newtable(L);
  lua_setiuservalue(L, -2, USER_ENTRIES);
  lua_newtable(L);
  lua_setiuservalue(L, -2, USER_FORMS);
  lua_newtable(L);
  lua_setiuservalue(L, -2, USER_POOL);
  lua_createtable(L, 128, 0);
  for (int i = 1; i < 128; i++) {
    const char letter = (char)i;
    lua_pushlstring(L, &letter, 1);
    lua_rawseti(L, -2, i);
  }
  lua_setiuservalue(L, -2, USER_LETTERS);
  return 1;
}

void ld_english_open (lua_State *L) {
  static const luaL_Reg methods[] = {
    { "read", read_sentence }, { "governor", governor }, { "party", party },
    { "bytes", item_bytes }, { "word", item_word }, { "frame", verb_frame },
    { "noun", noun_frame }, { "cue", stance_cue }, { NULL, NULL }
  };
  luaL_newmetatable(L, READER);
  lua_newtable(L);
  lua_pushvalue(L, -2);
  luaL_setfuncs(L, methods, FIELD_NAMES - 1 + ld_give_push_names(L));
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, close_reader, METATABLE);
  lua_setfield(L, -3, "__gc");
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  lua_pushcfunction(L, new_reader);
  lua_setfield(L, -2, "english");
}
