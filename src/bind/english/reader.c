/*
** reader.c - sentences of English for readers written in Lua.
**
**     reader = native.base.english(known, sets)
**     reader:read(s, text, first, last, places, mentions, from, all) -> bits, next
**     reader:governor(first, i) -> item or nil
**     reader:party(first, i, last) -> item, governor; nothing where there is none
**     reader:bytes(item) -> first, last
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

#include "bind/english/words.h"

#define READER "lesdiplo english reader"

/* User values: the tables of words.h, in their order; bytes as strings of one letter, by
** their numbers; the tables of clauses, which are filled again and again; the sentence and the
** text that were read last. */
enum { USER_KNOWN = 1, USER_ENTRIES, USER_FORMS, USER_SETS, USER_LETTERS, USER_POOL,
       USER_SENTENCE, USER_TEXT };

/* What the tables of a sentence say of an item: its class, 0 of none, and how it was taken, and
** the number of its word, 0 of a mention; or that it is not known. */
typedef struct given_item {
  uint32_t word;
  uint8_t class, taken;
} given_item;

enum { UNKNOWN = 0xFF };
static const given_item unknown = { UINT32_MAX, UNKNOWN, UNKNOWN };

typedef struct reader {
  ld_memory memory;
  ld_en_words words;
  lua_State *L;                   /* of the call */
  ld_english s;
  given_item items[LD_ITEMS + LD_SLACK + 1];      /* from 1: what the tables say of them */
  int made;                       /* clauses in the pool of which is known what they say */
  ld_en_clause given[LD_CLAUSES]; /* that, words by their numbers */
  int heads[LD_CLAUSES];          /* the head that they say; -1 of several */
} reader;

/* Arguments of read, and what stands behind them. */
enum { SELF = 1, SENTENCE, TEXT, FIRST, LAST, PLACES, MENTIONS, FROM, ALL,
       LETTERS = LD_WORDS_SETS + 1, TOP = LETTERS };


/* The fields of a clause's table. */
enum field { KIND, CLAUSE_FIRST, CLAUSE_LAST, VERB, GROUP, UP, BESIDE, CUE, POSSIBLE, TENSE, FINITE,
             PASSIVE, MODAL, NEGATED, PERFECT, REDUCED, SUBJECT_FIRST, HEAD, HEADS, PAPER, TELLS,
             PARTIES, FOUND, STEM, NUMBER, FIELDS };
static const char *const fields[FIELDS] = {
  "kind", "first", "last", "verb", "group", "up", "beside", "cue", "possible", "tense", "finite",
  "passive", "modal", "negated", "perfect", "reduced", "subject_first", "head", "heads", "paper",
  "tells", "parties", "found", "stem", "number"
};

/* Upvalues of all methods: the metatable of readers, and the names of the fields, which are set
** often. */
enum { METATABLE = 1, FIELD_NAMES };

static reader *check_reader (lua_State *L) {
  reader *r = lua_touserdata(L, SELF);
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

/* Reads items 1 to n, with mentions from '*next' on, which is set to the first of the sentence
** behind. Returns what they may tell together. [-0, +0, e] */
static unsigned read_items (lua_State *L, reader *r, const char *end, lua_Integer *next,
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
      if (item->class == 's' && is_short_is(s, s->n)) item->class = 'b';
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

/* Sets numbers n + 1 to `old` of the table at an index to nil. [-0, +0, m] */
static void shorten (lua_State *L, int table, int n, int old) {
  for (int i = n + 1; i <= old; i++) {
    lua_pushnil(L);
    lua_rawseti(L, table, i);
  }
}

/* The tables over items, as they are pushed. */
static const char *const arrays[] = { "c", "e", "m", "taken", "told", NULL };
enum { C = TOP + 1, E, M, TAKEN, TOLD };

static void put_letter (lua_State *L, int table, int i, uint8_t letter) {
  if (letter) lua_rawgeti(L, LETTERS, letter);
  else lua_pushboolean(L, 0);
  lua_rawseti(L, table, i);
}

/* What item i is goes into the tables, as far as they say something else of the one that stood
** there before. [-0, +0, m] */
static void give_item (lua_State *L, const ld_en_item *item, int i, given_item *had) {
  const bool mention = (item->is & LD_IS_MENTION) != 0;
  const given_item old = *had, now = { .word = mention ? 0 : item->number,
                                       .class = item->class, .taken = item->taken };
  *had = unknown;                    /* as it is after an error on the way */
  if (now.class != old.class) put_letter(L, C, i, now.class);
  if (now.taken != old.taken) put_letter(L, TAKEN, i, now.taken);
  if (mention) {
    lua_rawgeti(L, MENTIONS, item->number);
    lua_pushvalue(L, -1);
    lua_rawseti(L, M, i);
    lua_rawseti(L, E, i);
  } else if (now.word != old.word) {
    if (old.word == 0 || old.word == unknown.word) put_letter(L, M, i, 0);
    lua_rawgeti(L, LD_WORDS_ENTRIES, now.word);
    lua_rawseti(L, E, i);
  }
  *had = now;
}

/* Behind the last item stand as many of no class as may be looked at. [-0, +0, m] */
static void give_end (lua_State *L, reader *r) {
  for (int i = r->s.n + 1; i <= r->s.n + LD_SLACK; i++) {
    if (r->items[i].class == 0) continue;
    r->items[i] = unknown;
    for (int table = C; table <= TAKEN; table++) {
      lua_pushnil(L);
      lua_rawseti(L, table, i);
    }
    r->items[i].class = 0;
  }
}

/* Of the tables of a sentence that is not the last one nothing is known. */
static void forget_items (reader *r) {
  for (int i = 0; i <= LD_ITEMS + LD_SLACK; i++) r->items[i] = unknown;
}

/* May item i tell an act or a stance as a noun, or a forum as a name? */
static bool may_tell (const ld_en_item *item) {
  return item->taken == 'N' ? item->tells != 0
                            : (item->is & LD_IS_MENTION) != 0 && (item->tells & LD_ACT) != 0;
}

static void give_items (lua_State *L, reader *r) {
  const ld_english *s = &r->s;
  int tellers = 0;
  for (int i = 0; arrays[i]; i++) lua_getfield(L, SENTENCE, arrays[i]);
  for (int i = C; i <= TOLD; i++) luaL_checktype(L, i, LUA_TTABLE);
  for (int i = 1; i <= s->n; i++) {
    give_item(L, &s->item[i], i, &r->items[i]);
    if (may_tell(&s->item[i])) {
      lua_pushinteger(L, i);
      lua_rawseti(L, TOLD, ++tellers);
    }
  }
  give_end(L, r);
  exchange(L, "n", s->n);
  shorten(L, TOLD, tellers, exchange(L, "tellers", tellers));
  lua_settop(L, TOP);
}

/* Sets a field of the table on the top to a number, false for 0. [-0, +0, m] */
static void number_field (lua_State *L, enum field field, int value) {
  lua_pushvalue(L, lua_upvalueindex(FIELD_NAMES + (int)field));
  if (value) lua_pushinteger(L, value);
  else lua_pushboolean(L, 0);
  lua_rawset(L, -3);
}

static void flag_field (lua_State *L, enum field field, bool value) {
  lua_pushvalue(L, lua_upvalueindex(FIELD_NAMES + (int)field));
  lua_pushboolean(L, value);
  lua_rawset(L, -3);
}

/* ... to a name, false for the first of them. */
static void name_field (lua_State *L, enum field field, const char *value) {
  lua_pushvalue(L, lua_upvalueindex(FIELD_NAMES + (int)field));
  if (*value) lua_pushstring(L, value);
  else lua_pushboolean(L, 0);
  lua_rawset(L, -3);
}

/* ... to number n of the table at an index, false for 0. */
static void entry_field (lua_State *L, enum field field, int table, int n) {
  lua_pushvalue(L, lua_upvalueindex(FIELD_NAMES + (int)field));
  if (n) lua_rawgeti(L, table, n);
  else lua_pushboolean(L, 0);
  lua_rawset(L, -3);
}

/* The number of a clause, 0 of none. */
static int number_of (const ld_english *s, const ld_en_clause *clause) {
  return clause ? (int)(clause - s->clause) + 1 : 0;
}

/* The items of a clause's subject: `head` the first of them, `heads` all where there are
** several; *had is what was there, -1 for several. [-0, +0, m] */
static void give_heads (lua_State *L, const ld_english *s, const ld_en_clause *clause,
                        bool known, int *had) {
  int heads[LD_ITEMS];
  const int n = ld_phrase_subject(s, clause, heads);
  const int head = n > 0 ? heads[0] : 0;
  if (n > 1) {
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
      lua_pushinteger(L, heads[i]);
      lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, fields[HEADS]);
  } else if (!known || *had < 0) {
    flag_field(L, HEADS, false);
  }
  if (!known || *had != head) number_field(L, HEAD, head);
  *had = n > 1 ? -1 : head;
}

static const char *const kinds[LD_KINDS] = { "main", "coord", "sub", "rel", "resumed", "inf",
                                             "part", "gerund" };

/*
** Fills the table on the top with what is known of the k-th clause, where it says something
** else from the last time that it was filled (most fields of most clauses are false). What
** readers add to it is forgotten. [-0, +0, m]
*/
static void give_clause (lua_State *L, reader *r, int k, bool known, int pool) {
  ld_english *s = &r->s;
  ld_en_clause now = s->clause[k];
  const ld_en_clause *had = &r->given[k];
  now.cue = now.cue ? (int)s->item[now.cue].number : 0;
  now.possible = now.possible ? (int)s->item[now.possible].number : 0;
#define CHANGED(field) (!known || now.field != had->field)
  if (CHANGED(kind)) name_field(L, KIND, kinds[now.kind]);
  if (CHANGED(first)) number_field(L, CLAUSE_FIRST, now.first);
  if (CHANGED(last)) {                                        /* 0 of one without items */
    lua_pushinteger(L, now.last);
    lua_setfield(L, -2, fields[CLAUSE_LAST]);
  }
  if (CHANGED(verb)) number_field(L, VERB, now.verb);
  if (CHANGED(group)) number_field(L, GROUP, now.group);
  if (CHANGED(up)) entry_field(L, UP, pool, number_of(s, now.up));
  if (CHANGED(beside)) entry_field(L, BESIDE, pool, number_of(s, now.beside));
  if (CHANGED(cue)) entry_field(L, CUE, LD_WORDS_FORMS, now.cue);
  if (CHANGED(possible)) entry_field(L, POSSIBLE, LD_WORDS_FORMS, now.possible);
  if (CHANGED(tense)) name_field(L, TENSE, ld_words_tenses[now.tense]);
  if (CHANGED(finite)) flag_field(L, FINITE, now.finite);
  if (CHANGED(passive)) flag_field(L, PASSIVE, now.passive);
  if (CHANGED(modal)) flag_field(L, MODAL, now.modal);
  if (CHANGED(negated)) flag_field(L, NEGATED, now.negated);
  if (CHANGED(perfect)) flag_field(L, PERFECT, now.perfect);
  if (CHANGED(reduced)) flag_field(L, REDUCED, now.reduced);
  if (CHANGED(subject_first)) number_field(L, SUBJECT_FIRST, now.subject_first);
  if (CHANGED(paper)) number_field(L, PAPER, now.paper);
  if (CHANGED(tells)) {
    lua_pushinteger(L, now.tells);
    lua_setfield(L, -2, fields[TELLS]);
  }
#undef CHANGED
  give_heads(L, s, &s->clause[k], known, &r->heads[k]);
  flag_field(L, PARTIES, false);
  flag_field(L, FOUND, false);
  flag_field(L, STEM, false);
  r->given[k] = now;
}

static void give_clauses (lua_State *L, reader *r) {
  const ld_english *s = &r->s;
  const int known = r->made, list = TOP + 1, pool = TOP + 2;
  lua_getfield(L, SENTENCE, "clauses");
  luaL_checktype(L, list, LUA_TTABLE);
  lua_getiuservalue(L, SELF, USER_POOL);
  r->made = 0;                       /* an error on the way, and nothing is known of them */
  for (int k = 0; k < s->clauses; k++) {
    if (lua_rawgeti(L, pool, k + 1) != LUA_TTABLE) {
      lua_pop(L, 1);
      lua_createtable(L, 0, FIELDS);
      number_field(L, NUMBER, k + 1);
      lua_pushvalue(L, -1);
      lua_rawseti(L, pool, k + 1);
    }
    give_clause(L, r, k, k < known, pool);
    lua_rawseti(L, list, k + 1);
  }
  r->made = known > s->clauses ? known : s->clauses;
  shorten(L, list, s->clauses, exchange(L, "listed", s->clauses));
  lua_settop(L, TOP);
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
  if (!may_tell(item)) return 0;
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
  reader *r = check_reader(L);
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
  if (other || r->made == 0) forget_items(r);
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
    give_items(L, r);
    give_clauses(L, r);
  }
  lua_pushinteger(L, r->s.clauses);
  lua_setfield(L, SENTENCE, "opened");
  lua_pushinteger(L, tells);
  lua_pushinteger(L, next);
  return 2;
}

/* governor: of an item of the sentence that was read last. */
static int governor (lua_State *L) {
  const reader *r = check_reader(L);
  const lua_Integer first = luaL_checkinteger(L, 2), i = luaL_checkinteger(L, 3);
  luaL_argcheck(L, first >= 1, 2, "an item is wanted");
  luaL_argcheck(L, i <= r->s.n + 1, 3, "an item is wanted");
  const int found = ld_phrase_governor(&r->s, (int)first, (int)i);
  if (found) lua_pushinteger(L, found);
  else lua_pushnil(L);
  return 1;
}

/* party: the next item from i to `last` that may act, and the preposition that governs it, not
** before `first`. */
static int party (lua_State *L) {
  const reader *r = check_reader(L);
  const lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 4);
  lua_Integer i = luaL_checkinteger(L, 3);
  luaL_argcheck(L, first >= 1, 2, "an item is wanted");
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

static int item_arg (lua_State *L, const reader *r) {
  const lua_Integer i = luaL_checkinteger(L, 2);
  luaL_argcheck(L, i >= 1 && i <= r->s.n, 2, "an item is wanted");
  return (int)i;
}

/* A clause, by the number that its table has: its place in C. */
static int clause_arg (lua_State *L, const reader *r) {
  const lua_Integer k = luaL_checkinteger(L, 2);
  luaL_argcheck(L, k >= 1 && k <= r->s.clauses, 2, "a clause is wanted");
  return (int)k - 1;
}

/* bytes: the first and the last byte of an item. */
static int item_bytes (lua_State *L) {
  const reader *r = check_reader(L);
  const ld_en_item *item = &r->s.item[item_arg(L, r)];
  lua_pushinteger(L, (lua_Integer)item->begin + 1);
  lua_pushinteger(L, item->end);
  return 2;
}

/* frame: what the verb of a clause tells. */
static int verb_frame (lua_State *L) {
  reader *r = check_reader(L);
  int last = 0, filler = 0;
  const int number = ld_frame_verb(&r->s, &r->s.clause[clause_arg(L, r)], &last, &filler);
  return push_fit(L, number, last, filler);
}

/* noun: what a noun tells. */
static int noun_frame (lua_State *L) {
  reader *r = check_reader(L);
  int last = 0;
  const int number = ld_frame_noun(&r->s, item_arg(L, r), &last);
  return push_fit(L, number, last, 0);
}

/* cue: which stance a verb or a noun tells. */
static int stance_cue (lua_State *L) {
  reader *r = check_reader(L);
  int last = 0;
  const int number = ld_frame_cue(&r->s, item_arg(L, r), &last);
  return push_fit(L, number, last, 0);
}

static int close_reader (lua_State *L) {
  reader *r = check_reader(L);
  ld_words_close(&r->words);
  r->s.n = r->s.clauses = 0;
  return 0;
}

/* english(known, sets) -> reader */
static int new_reader (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  reader *r = lua_newuserdatauv(L, sizeof *r, USER_TEXT);
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
    { "read", read_sentence }, { "governor", governor }, { "party", party }, { "bytes", item_bytes },
    { "frame", verb_frame }, { "noun", noun_frame }, { "cue", stance_cue },
    { NULL, NULL }
  };
  luaL_newmetatable(L, READER);
  lua_newtable(L);
  lua_pushvalue(L, -2);
  for (int i = 0; i < FIELDS; i++) lua_pushstring(L, fields[i]);
  luaL_setfuncs(L, methods, FIELD_NAMES - 1 + FIELDS);
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, close_reader, METATABLE);
  lua_setfield(L, -3, "__gc");
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  lua_pushcfunction(L, new_reader);
  lua_setfield(L, -2, "english");
}
