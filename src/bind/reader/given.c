/*
** given.c - the tables of a sentence, for readers written in Lua: fact/items.lua says what those
** over items have, fact/clauses.lua what a clause's has.
**
** They are the same ones for one sentence after the other, and most of what they say of an item
** or a clause they said of the one before: only what differs is written.
*/
#include "bind/reader/reader.h"

/* The fields of a clause's table. */
enum field { KIND, CLAUSE_FIRST, CLAUSE_LAST, VERB, GROUP, UP, BESIDE, CUE, POSSIBLE, TENSE, FINITE,
             PASSIVE, MODAL, NEGATED, PERFECT, REDUCED, SUBJECT_FIRST, HEAD, HEADS, PAPER, TELLS,
             PARTIES, FOUND, STEM, NUMBER, FIELDS };
static const char *const fields[FIELDS] = {
  "kind", "first", "last", "verb", "group", "up", "beside", "cue", "possible", "tense", "finite",
  "passive", "modal", "negated", "perfect", "reduced", "subject_first", "head", "heads", "paper",
  "tells", "parties", "found", "stem", "number"
};

int ld_give_push_names (lua_State *L) {
  luaL_checkstack(L, FIELDS, NULL);
  for (int i = 0; i < FIELDS; i++) lua_pushstring(L, fields[i]);
  return FIELDS;
}


/* ----------------------------------------------------------------------
** Items
*/

enum { UNKNOWN = 0xFF };
static const ld_given_item unknown = { UINT32_MAX, UNKNOWN, UNKNOWN };

void ld_give_forget (ld_reader *r) {
  for (int i = 0; i <= LD_ITEMS + LD_SLACK; i++) r->items[i] = unknown;
}

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
static void give_item (lua_State *L, const ld_en_item *item, int i, ld_given_item *had) {
  const bool mention = (item->is & LD_IS_MENTION) != 0;
  const ld_given_item old = *had, now = { .word = mention ? 0 : item->number,
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
static void give_end (lua_State *L, ld_reader *r) {
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

void ld_give_items (lua_State *L, ld_reader *r) {
  const ld_english *s = &r->s;
  int tellers = 0;
  for (int i = 0; arrays[i]; i++) lua_getfield(L, SENTENCE, arrays[i]);
  for (int i = C; i <= TOLD; i++) luaL_checktype(L, i, LUA_TTABLE);
  for (int i = 1; i <= s->n; i++) {
    give_item(L, &s->item[i], i, &r->items[i]);
    if (ld_may_tell(&s->item[i])) {
      lua_pushinteger(L, i);
      lua_rawseti(L, TOLD, ++tellers);
    }
  }
  give_end(L, r);
  exchange(L, "n", s->n);
  shorten(L, TOLD, tellers, exchange(L, "tellers", tellers));
  lua_settop(L, TOP);
}


/* ----------------------------------------------------------------------
** Clauses
*/

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
static void give_clause (lua_State *L, ld_reader *r, int k, bool known, int pool) {
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

void ld_give_clauses (lua_State *L, ld_reader *r) {
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
