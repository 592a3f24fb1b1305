/*
** gmatch.c - every match of an LPeg pattern in a document or a corpus.
**
** A pattern p is compiled once into a grammar that looks for it,
**
**     S <- Cp p Cp / . jump S
**
** and lpeg.match is called once a match, from the first place after the last
** one where p may begin: the tail call makes LPeg's search a loop without a
** stack, each byte is tried once, and what a match leaves behind is its own
** captures and one Span. `jump` is a function of ours that moves on to the next
** place where p may begin, by what is known of it (record.c). Where nothing is
** known, or such places lie so near to one another that jumps cost more than
** tries, the text is gone through by LPeg alone:
**
**     S <- Cp p Cp / . [^first]* S
**
** Function captures run during a match and may do anything, even ask this
** iterator for more: nothing is believed across the call but what stands in C
** variables, and a position that no longer fits ends the document.
*/
#include <string.h>

#include "bind/inside.h"

/*
** A jump is worth as many bytes as LPeg goes through in its time. Each puts
** what it passed, less its price, to the credit; at the lower end there are no
** jumps for a while.
*/
enum {
  PRICE = 12, PASSED_MOST = 16 * PRICE,
  CREDIT_LEAST = -16 * PRICE, CREDIT_MOST = 64 * PRICE, WHILE = 16384
};

#define NOWHERE UINT64_MAX

/* What a document's search goes on from. */
typedef struct hunt {
  const lesdiplo_corpus *corpus;   /* NULL: one document only */
  const lesdiplo_doc *doc;         /* being read; NULL: take the next one */
  const lesdiplo_doc *pushed;      /* whose Doc and text are upvalues */
  uint32_t next_doc;
  uint64_t at;                     /* text offset; past the end: done */
  uint64_t last_end;               /* of the last match; NOWHERE: none */
  uint64_t before;                 /* bytes of the documents before this one */
  binding *binding;
  bool jumps;                      /* the finder knows where p may begin */
  int32_t credit;
  uint64_t dense_until;            /* as 'before' and 'at': no jumps till then */
  uint64_t gave_up;                /* where jumps ended, or NOWHERE */
  ld_finder finder;
} hunt;

enum {
  UP_HUNT = 1, UP_MATCH, UP_PATTERN, UP_JUMPING, UP_DENSE, UP_TEXT, UP_DOC,
  UP_CORPUS, UP_COUNT = UP_CORPUS
};

static bool inside_character (const lesdiplo_doc *doc, uint64_t at) {
  return at < doc->text_length && ((unsigned char)doc->text[at] & 0xC0) == 0x80;
}

static uint64_t next_character (const lesdiplo_doc *doc, uint64_t at) {
  do at++; while (inside_character(doc, at));
  return at;
}

static bool take_doc (hunt *h) {
  h->binding->reading = NULL;
  h->doc = h->corpus ? lesdiplo_corpus_doc(h->corpus, h->next_doc) : NULL;
  if (!h->doc) return false;
  h->next_doc++;
  h->at = 0;
  h->last_end = NOWHERE;
  return true;
}

static void end_doc (hunt *h) {
  if (h->doc) h->before += h->doc->text_length;
  h->doc = NULL;
}


/* ----------------------------------------------------------------------
** Looking for one match
*/

/* Pushes the text of the document that is open. Its Doc is made here: one
** without a match needs none. [-0, +1, m] */
static void push_text (lua_State *L, hunt *h) {
  if (h->pushed != h->doc) {
    if (h->corpus) {
      ld_push_doc_at(L, lua_upvalueindex(UP_CORPUS), h->next_doc - 1);
      lua_replace(L, lua_upvalueindex(UP_DOC));
    }
    ld_push_text(L, h->doc);
    lua_replace(L, lua_upvalueindex(UP_TEXT));
    h->pushed = h->doc;
  }
  lua_pushvalue(L, lua_upvalueindex(UP_TEXT));
}

/* Whether to go on jumping after one over that many bytes. */
static bool is_worth_it (hunt *h, uint64_t passed) {
  if (passed > PASSED_MOST) passed = PASSED_MOST;
  h->credit += (int32_t)passed - PRICE;
  if (h->credit > CREDIT_MOST) h->credit = CREDIT_MOST;
  return h->credit >= CREDIT_LEAST;
}

/* In a match: (text, position) -> where p may begin, from there on; nothing
** when there is no such place, or when it is not worth it. Upvalue: the hunt. */
static int jump (lua_State *L) {
  hunt *h = lua_touserdata(L, lua_upvalueindex(1));
  size_t n;
  const char *text = lua_tolstring(L, 1, &n);
  const char *from = text + lua_tointeger(L, 2) - 1;
  const char *to = ld_finder_next(&h->finder, from, text + n);
  if (!to) return 0;
  if (!is_worth_it(h, (uint64_t)(to - from))) {
    h->gave_up = (uint64_t)(to - text);
    return 0;
  }
  lua_pushinteger(L, to - text + 1);
  return 1;
}


/* ----------------------------------------------------------------------
** Compiling
*/

/* The name of the rule: one that no grammar of a script has. */
#define RULE "\1lesdiplo search"

static const char *const lpeg_names[LPEG_COUNT] = {
  NULL, "match", "P", "V", "Cp", "type", "Cmt", "S"
};

/* Keeps the functions of the LPeg on the top, whatever a script may do to its
** table later. [-0, +0, m] */
void ld_gmatch_open (lua_State *L) {
  ld_binding_push(L);                            /* lpeg binding */
  lua_createtable(L, LPEG_COUNT - 1, 0);         /* lpeg binding kept */
  for (int i = 1; i < LPEG_COUNT; i++) {
    lua_getfield(L, -3, lpeg_names[i]);
    lua_rawseti(L, -2, i);
  }
  lua_setiuservalue(L, -2, USER_LPEG);
  lua_pop(L, 1);
}

static int push_kept (lua_State *L) {
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LPEG);
  lua_remove(L, -2);
  return lua_gettop(L);
}

/* Calls a kept function with the n values on the top. [-n, +1, e] */
static void call (lua_State *L, int kept, int function, int n) {
  lua_rawgeti(L, kept, function);
  lua_insert(L, -n - 1);
  lua_call(L, n, 1);
}

/* Pushes P(true), or a run of bytes that p cannot begin with. [-0, +1, e] */
static void push_run (lua_State *L, int kept, const hunt *h) {
  luaL_Buffer other;
  luaL_buffinit(L, &other);
  for (int c = 0; h->jumps && c < 256; c++)
    if (!h->finder.exact[0][c]) luaL_addchar(&other, (char)c);
  luaL_pushresult(&other);
  if (lua_rawlen(L, -1) == 0) {
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
    call(L, kept, LPEG_P, 1);
    return;
  }
  call(L, kept, LPEG_S, 1);
  lua_pushinteger(L, 0);
  lua_arith(L, LUA_OPPOW);
}

/* Pushes a pattern that jumps, for the hunt at 'at'. [-0, +1, e] */
static void push_jump (lua_State *L, int kept, int at) {
  lua_pushboolean(L, 1);
  lua_pushvalue(L, at);
  lua_pushcclosure(L, jump, 1);
  call(L, kept, LPEG_CMT, 2);
}

/*
** Of the pattern at 'pattern' and two that move on, on the top, makes
**
**     S <- start (Cp p Cp / . step S)                         [-2, +1, e]
*/
static void make_search (lua_State *L, int kept, int pattern) {
  const int step = lua_gettop(L), start = step - 1;
  lua_createtable(L, 1, 1);                      /* start step grammar */
  lua_pushliteral(L, RULE);
  lua_rawseti(L, -2, 1);
  lua_pushvalue(L, start);
  call(L, kept, LPEG_CP, 0);
  lua_pushvalue(L, pattern);
  call(L, kept, LPEG_P, 1);                      /* ... start Cp p */
  lua_arith(L, LUA_OPMUL);
  call(L, kept, LPEG_CP, 0);
  lua_arith(L, LUA_OPMUL);                       /* ... start found */
  lua_pushinteger(L, 1);
  call(L, kept, LPEG_P, 1);
  lua_pushvalue(L, step);
  lua_arith(L, LUA_OPMUL);
  lua_pushliteral(L, RULE);
  call(L, kept, LPEG_V, 1);
  lua_arith(L, LUA_OPMUL);                       /* ... start found further */
  lua_arith(L, LUA_OPADD);
  lua_arith(L, LUA_OPMUL);
  lua_setfield(L, -2, RULE);
  call(L, kept, LPEG_P, 1);
  lua_replace(L, start);
  lua_settop(L, start);
}

/* Pushes the search without jumps for the pattern at 'pattern'. */
static void push_dense (lua_State *L, int kept, int pattern, const hunt *h) {
  push_run(L, kept, h);
  lua_pushboolean(L, 1);
  call(L, kept, LPEG_P, 1);
  make_search(L, kept, pattern);
}

/* The search with jumps. Where to start, we have seen. */
static void push_jumping (lua_State *L, int kept, int pattern, int at) {
  lua_pushboolean(L, 1);
  call(L, kept, LPEG_P, 1);
  push_jump(L, kept, at);
  make_search(L, kept, pattern);
}


/* ----------------------------------------------------------------------
** Matching
*/

/* lpeg.match of the search at upvalue 'search' and the text at 1. Leaves the
** text and what it returns. */
static void match (lua_State *L, int search, uint64_t at) {
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(UP_MATCH));
  lua_pushvalue(L, lua_upvalueindex(search));
  lua_pushvalue(L, 1);
  lua_pushinteger(L, (lua_Integer)at + 1);
  lua_call(L, 3, LUA_MULTRET);             /* text begin captures... end */
}

/* The same without jumps; that search is made when it is first asked for. */
static void match_dense (lua_State *L, hunt *h, uint64_t at) {
  if (lua_isnil(L, lua_upvalueindex(UP_DENSE))) {
    const int kept = push_kept(L);
    push_dense(L, kept, lua_upvalueindex(UP_PATTERN), h);
    lua_replace(L, lua_upvalueindex(UP_DENSE));
  }
  match(L, UP_DENSE, at);
}

/* The same with jumps, as long as they are worth it. */
static void match_jumping (lua_State *L, hunt *h, uint64_t at) {
  match(L, UP_JUMPING, at);
  const uint64_t gave_up = h->gave_up;
  h->gave_up = NOWHERE;
  if (gave_up == NOWHERE || lua_gettop(L) > 2) return;
  h->credit = 0;
  h->dense_until = h->before + gave_up + WHILE;
  match_dense(L, h, gave_up);
}

/*
** Looks for one match from h->at on. Leaves the text, begin, captures and end
** on the stack and returns true; else the document has no further one.
*/
static bool find (lua_State *L, hunt *h) {
  const lesdiplo_doc *doc = h->doc;
  const bool jumps = h->jumps && h->before + h->at >= h->dense_until;
  uint64_t at = h->at;
  if (jumps) {
    const char *to = ld_finder_next(&h->finder, doc->text + at,
                                    doc->text + doc->text_length);
    if (!to) return false;
    at = (uint64_t)(to - doc->text);
  }
  h->binding->reading = doc;
  lua_settop(L, 0);
  push_text(L, h);
  if (jumps)
    match_jumping(L, h, at);
  else
    match_dense(L, h, at);
  return lua_gettop(L) > 2;
}

/* Pushes the Span of a match in 'doc': not always the document that is open
** now, since a capture may have moved this very iterator on. [-0, +1, m] */
static void push_match (lua_State *L, const hunt *h, const lesdiplo_doc *doc,
                        uint64_t begin, uint64_t end) {
  if (h->pushed == doc)
    lua_pushvalue(L, lua_upvalueindex(UP_DOC));
  else
    ld_bind_push_doc(L, doc);                    /* doc */
  ld_push_span(L, -1, (uint32_t)begin, (uint32_t)end, NO_LAYER, 0);
  lua_remove(L, -2);
}

/*
** The first match that counts: not one that begins inside a character, nor an
** empty one where the last one ended.
*/
static int next_match (lua_State *L) {
  hunt *h = lua_touserdata(L, lua_upvalueindex(UP_HUNT));
  while (h->doc || take_doc(h)) {
    const lesdiplo_doc *doc = h->doc;
    if (h->at > doc->text_length || !find(L, h)) {
      end_doc(h);
      continue;
    }
    const uint64_t begin = (uint64_t)lua_tointeger(L, 2) - 1;
    const uint64_t end = (uint64_t)lua_tointeger(L, -1) - 1;
    const bool again = begin == end && begin == h->last_end;
    h->at = end > begin ? end : next_character(doc, begin);
    if (again || inside_character(doc, begin)) {
      if (!again) h->at = next_character(doc, begin);
      continue;
    }
    h->last_end = end;
    lua_pop(L, 1);                               /* text begin captures... */
    push_match(L, h, doc, begin, end);
    lua_replace(L, 2);                           /* text span captures... */
    return lua_gettop(L) - 1;
  }
  return 0;
}


/* ----------------------------------------------------------------------
** Opening
*/

static bool is_pattern (lua_State *L, int kept, int index) {
  bool yes;
  switch (lua_type(L, index)) {
    case LUA_TSTRING: case LUA_TTABLE:
      return true;
    case LUA_TUSERDATA:
      lua_pushvalue(L, index);
      call(L, kept, LPEG_TYPE, 1);
      yes = lua_isstring(L, -1);
      lua_pop(L, 1);
      return yes;
    default:
      return false;
  }
}

/* Pushes the hunt for the pattern at 2. [-0, +1, m] */
static hunt *push_hunt (lua_State *L) {
  ld_begin begin;
  hunt *h = lua_newuserdatauv(L, sizeof *h, 0);
  memset(h, 0, sizeof *h);
  h->binding = ld_binding_of(L);
  h->gave_up = h->last_end = NOWHERE;
  ld_record_begin(L, 2, &begin);
  h->jumps = ld_begin_tells(&begin);
  if (h->jumps) ld_finder_init(&h->finder, &begin, ld_finder_speed());
  return h;
}

int ld_gmatch_new (lua_State *L, const lesdiplo_corpus *corpus,
                   const lesdiplo_doc *doc) {
  enum { KEPT = 3, HUNT };
  luaL_checkany(L, 2);
  lua_settop(L, 2);
  push_kept(L);                                  /* self pattern kept */
  if (!is_pattern(L, KEPT, 2)) luaL_typeerror(L, 2, "LPeg pattern");
  hunt *h = push_hunt(L);
  h->corpus = corpus;
  h->doc = h->pushed = doc;
  lua_rawgeti(L, KEPT, LPEG_MATCH);
  lua_pushvalue(L, 2);                           /* ... hunt match pattern */
  if (h->jumps)
    push_jumping(L, KEPT, 2, HUNT);
  else
    lua_pushnil(L);
  if (h->jumps)
    lua_pushnil(L);
  else
    push_dense(L, KEPT, 2, h);      /* ... hunt match pattern jumping dense */
  if (doc)
    ld_push_text(L, doc);
  else
    lua_pushnil(L);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 1);              /* ... text doc corpus */
  lua_pushcclosure(L, next_match, UP_COUNT);
  return 1;
}
