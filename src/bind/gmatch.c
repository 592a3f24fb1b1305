/*
** gmatch.c - every match of an LPeg pattern in a document or a corpus.
**
** A pattern p is compiled once into a grammar that looks for it,
**
**     S <- Cp p Cp / . S
**
** and lpeg.match is called once a match, from where the last one ended: the
** tail call makes LPeg's search a loop without a stack, each byte is tried
** once, and what a match leaves behind is its own captures and one Span.
**
** Function captures run during a match and may do anything, even ask this
** iterator for more: nothing is believed across the call but what stands in C
** variables, and a position that no longer fits ends the document.
*/
#include <string.h>

#include "bind/inside.h"

/* What a document's search goes on from. */
typedef struct hunt {
  const lesdiplo_corpus *corpus;   /* NULL: one document only */
  const lesdiplo_doc *doc;         /* being read; NULL: take the next one */
  uint32_t next_doc;
  uint64_t at;                     /* text offset; past the end: done */
  uint64_t last_end;               /* of the last match; UINT64_MAX: none */
  binding *binding;
} hunt;

enum {
  UP_HUNT = 1, UP_MATCH, UP_PATTERN, UP_TEXT, UP_DOC, UP_CORPUS, UP_COUNT =
  UP_CORPUS
};

static bool inside_character (const lesdiplo_doc *doc, uint64_t at) {
  return at < doc->text_length && ((unsigned char)doc->text[at] & 0xC0) == 0x80;
}

static uint64_t next_character (const lesdiplo_doc *doc, uint64_t at) {
  do at++; while (inside_character(doc, at));
  return at;
}

/* Makes 'doc', which lies on the top as a Doc, the one being read. [-1, +0] */
static void open_doc (lua_State *L, hunt *h, const lesdiplo_doc *doc) {
  lua_replace(L, lua_upvalueindex(UP_DOC));
  ld_push_text(L, doc);
  lua_replace(L, lua_upvalueindex(UP_TEXT));
  h->doc = doc;
  h->at = 0;
  h->last_end = UINT64_MAX;
}

static bool take_doc (lua_State *L, hunt *h) {
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(h->corpus, h->next_doc);
  h->doc = NULL;
  h->binding->reading = NULL;
  if (!doc) return false;
  ld_push_doc_at(L, lua_upvalueindex(UP_CORPUS), h->next_doc++);
  open_doc(L, h, doc);
  return true;
}

/*
** Looks for one match from h->at on. Leaves begin, captures and end on the
** stack and returns true; else h->doc has no further one.
*/
static bool find (lua_State *L, hunt *h) {
  h->binding->reading = h->doc;
  lua_settop(L, 0);
  lua_pushvalue(L, lua_upvalueindex(UP_MATCH));
  lua_pushvalue(L, lua_upvalueindex(UP_PATTERN));
  lua_pushvalue(L, lua_upvalueindex(UP_TEXT));
  lua_pushinteger(L, (lua_Integer)h->at + 1);
  lua_call(L, 3, LUA_MULTRET);                   /* begin captures... end */
  return lua_gettop(L) >= 2;
}

/* Pushes the Span of a match in 'doc': not always the document that is open
** now, since a capture may have moved this very iterator on. [-0, +1, m] */
static void push_match (lua_State *L, const hunt *h, const lesdiplo_doc *doc,
                        uint64_t begin, uint64_t end) {
  if (h->doc == doc)
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
  while (h->doc || take_doc(L, h)) {
    const lesdiplo_doc *doc = h->doc;
    if (h->at > doc->text_length || !find(L, h)) {
      h->doc = NULL;
      continue;
    }
    const uint64_t begin = (uint64_t)lua_tointeger(L, 1) - 1;
    const uint64_t end = (uint64_t)lua_tointeger(L, -1) - 1;
    const bool again = begin == end && begin == h->last_end;
    h->at = end > begin ? end : next_character(doc, begin);
    if (again || inside_character(doc, begin)) {
      if (!again) h->at = next_character(doc, begin);
      continue;
    }
    h->last_end = end;
    lua_pop(L, 1);                               /* begin captures... */
    push_match(L, h, doc, begin, end);
    lua_replace(L, 1);                           /* span captures... */
    return lua_gettop(L);
  }
  return 0;
}


/* ----------------------------------------------------------------------
** Compiling
*/

/* The name of the rule: one that no grammar of a script has. */
#define RULE "\1lesdiplo search"

static const char *const lpeg_names[LPEG_COUNT] = {
  NULL, "match", "P", "V", "Cp", "type"
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

/* Calls a kept function with the n values on the top. [-n, +1, e] */
static void call (lua_State *L, int kept, int function, int n) {
  lua_rawgeti(L, kept, function);
  lua_insert(L, -n - 1);
  lua_call(L, n, 1);
}

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

/* Pushes the search for the pattern at 2. [-0, +1, e] */
static void push_search (lua_State *L, int kept) {
  lua_createtable(L, 1, 1);                      /* grammar */
  lua_pushliteral(L, RULE);
  lua_rawseti(L, -2, 1);
  call(L, kept, LPEG_CP, 0);
  lua_pushvalue(L, 2);
  call(L, kept, LPEG_P, 1);                      /* grammar Cp p */
  lua_arith(L, LUA_OPMUL);
  call(L, kept, LPEG_CP, 0);
  lua_arith(L, LUA_OPMUL);                       /* grammar found */
  lua_pushinteger(L, 1);
  call(L, kept, LPEG_P, 1);
  lua_pushliteral(L, RULE);
  call(L, kept, LPEG_V, 1);
  lua_arith(L, LUA_OPMUL);                       /* grammar found further */
  lua_arith(L, LUA_OPADD);
  lua_setfield(L, -2, RULE);
  call(L, kept, LPEG_P, 1);
}

int ld_gmatch_new (lua_State *L, const lesdiplo_corpus *corpus,
                   const lesdiplo_doc *doc) {
  enum { KEPT = 3 };
  luaL_checkany(L, 2);
  lua_settop(L, 2);
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LPEG);
  lua_remove(L, -2);                             /* self pattern kept */
  if (!is_pattern(L, KEPT, 2)) luaL_typeerror(L, 2, "LPeg pattern");
  hunt *h = lua_newuserdatauv(L, sizeof *h, 0);
  memset(h, 0, sizeof *h);
  h->corpus = corpus;
  h->binding = ld_binding_of(L);
  lua_rawgeti(L, KEPT, LPEG_MATCH);
  push_search(L, KEPT);                          /* ... hunt match pattern */
  if (doc)
    ld_push_text(L, doc);
  else
    lua_pushnil(L);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 1);                /* hunt match pattern text doc corpus */
  h->doc = doc;
  h->last_end = UINT64_MAX;
  lua_pushcclosure(L, next_match, UP_COUNT);
  return 1;
}
