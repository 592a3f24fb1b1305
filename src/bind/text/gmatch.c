/*
** gmatch.c - every match of an LPeg pattern in a document or a corpus.
**
** lpeg.match is called once a match, with a grammar that looks for the pattern
** (loops.c), from the first place after the last match where the pattern may
** begin: each byte is tried once, and what a match leaves behind is its own
** captures and one Span. A function of ours in that grammar jumps to where the
** pattern may begin, by what is known of it (record.c).
**
** Where nothing is known, or such places lie so near to one another that jumps
** cost more than tries, LPeg goes through the text alone; for a pattern that
** captures nothing, over many matches in one call. A pattern that is a few sets of
** bytes in a row (steps.c) is matched here, and LPeg is not asked at all.
**
** Function captures run during a match and may do anything, even ask this
** iterator for more: nothing is believed across the call but what stands in C
** variables, and a position that no longer fits ends the document.
*/
#include <string.h>

#include "bind/inside.h"

/* Matches of one call, where they are many; bytes without jumps. */
#ifdef LD_SMALL
enum { BATCH = 3, WHILE = 100 };
#else
enum { BATCH = 32, WHILE = 16384 };
#endif

/*
** What a jump costs, and what a call of lpeg.match costs more than one match of
** many, in bytes that LPeg goes through in that time. Each puts what it passed,
** less its price, to the credit; at the lower end LPeg goes on alone for a
** WHILE.
*/
enum {
  JUMP_PRICE = 12, CALL_PRICE = 32, PASSED_MOST = 256,
  CREDIT_LEAST = -256, CREDIT_MOST = 1024
};

#define NOWHERE UINT64_MAX

typedef struct place {
  uint64_t begin, end;
} place;

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
  bool batches;                    /* many matches in one call */
  bool alone_batches;              /* that loop, as it is made now */
  int32_t credit;
  uint64_t alone_until;            /* as 'before' + 'at': no jumps till then */
  uint64_t gave_up;                /* where jumps ended, or NOWHERE */
  ld_finder finder;
  ld_steps steps;                  /* where plain, and it jumps: all there is */
  place ready[BATCH];              /* of a batch: [next, count) are to come */
  int next, count;
  bool finished;                   /* the document has no more than those */
} hunt;

enum {
  UP_HUNT = 1, UP_MATCH, UP_PATTERN, UP_JUMPING, UP_ALONE, UP_TEXT, UP_DOC,
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
  do
    h->doc = h->corpus ? lesdiplo_corpus_doc(h->corpus, h->next_doc++) : NULL;
  while (h->doc && !ld_reading_enter(h->binding, h->doc));
  if (!h->doc) {
    ld_reading_set(h->binding, NULL);
    return false;
  }
  h->at = 0;
  h->last_end = NOWHERE;
  h->finished = false;
  return true;
}

static void end_doc (hunt *h) {
  if (h->doc) h->before += h->doc->text_length;
  h->doc = NULL;
}


/* ----------------------------------------------------------------------
** Looking for one match
*/

/* Whether to go on jumping, after 'passed' bytes were for that price. */
static bool is_worth_it (hunt *h, uint64_t passed, int32_t price) {
  if (passed > PASSED_MOST) passed = PASSED_MOST;
  h->credit += (int32_t)passed - price;
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
  if (!is_worth_it(h, (uint64_t)(to - from), JUMP_PRICE)) {
    h->gave_up = (uint64_t)(to - text);
    return 0;
  }
  lua_pushinteger(L, to - text + 1);
  return 1;
}

/* Makes the Doc of the document that is open: one without a match needs none.
** false: it was there. [-0, +0, m] */
static bool make_doc (lua_State *L, hunt *h) {
  if (h->pushed == h->doc) return false;
  h->pushed = NULL;
  ld_push_doc_at(L, lua_upvalueindex(UP_CORPUS), h->next_doc - 1);
  lua_replace(L, lua_upvalueindex(UP_DOC));
  h->pushed = h->doc;
  return true;
}

/* Pushes the text of the document that is open. [-0, +1, m] */
static void push_text (lua_State *L, hunt *h) {
  if (make_doc(L, h)) {
    h->pushed = NULL;
    ld_push_text(L, h->doc);
    lua_replace(L, lua_upvalueindex(UP_TEXT));
    h->pushed = h->doc;
  }
  lua_pushvalue(L, lua_upvalueindex(UP_TEXT));
}

/* lpeg.match of the grammar at upvalue 'loop' and the text at 1. Leaves the
** text and what it returns: begin, captures and end; nil where it failed. */
static void match (lua_State *L, int loop, uint64_t at) {
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(UP_MATCH));
  lua_pushvalue(L, lua_upvalueindex(loop));
  lua_pushvalue(L, 1);
  lua_pushinteger(L, (lua_Integer)at + 1);
  lua_call(L, 3, LUA_MULTRET);
}

/* Pushes the grammar that goes on alone. [-0, +1, e] */
static void push_alone (lua_State *L, const hunt *h, int pattern) {
  char other[256];
  size_t n = 0;
  for (int c = 0; h->jumps && c < 256; c++)
    if (!h->finder.exact[0][c]) other[n++] = (char)c;
  ld_loop_push_dense(L, pattern, other, n, h->batches ? BATCH : 1);
}

/* Keeps the places of a batch for later, but the first. One that is not full
** was the last. */
static void keep_batch (lua_State *L, hunt *h) {
  const int values = lua_gettop(L) - 1;          /* text begin end begin end */
  h->next = 1;
  h->count = values / 2;
  h->finished = h->count < BATCH;
  for (int i = 0; i < h->count; i++) {
    h->ready[i].begin = (uint64_t)lua_tointeger(L, 2 * i + 2) - 1;
    h->ready[i].end = (uint64_t)lua_tointeger(L, 2 * i + 3) - 1;
  }
  lua_settop(L, 3);
}

/* The same by LPeg alone; its grammar is made when it is first asked for. */
static void match_alone (lua_State *L, hunt *h, uint64_t at) {
  if (lua_isnil(L, lua_upvalueindex(UP_ALONE)) ||
      h->alone_batches != h->batches) {
    push_alone(L, h, lua_upvalueindex(UP_PATTERN));
    lua_replace(L, lua_upvalueindex(UP_ALONE));
    h->alone_batches = h->batches;
  }
  match(L, UP_ALONE, at);
  if (h->batches && lua_gettop(L) > 2) keep_batch(L, h);
}

static void leave_alone (lua_State *L, hunt *h, uint64_t at) {
  h->credit = 0;
  h->alone_until = h->before + at + WHILE;
  match_alone(L, h, at);
}

/* With jumps, from a place where p may begin, as long as they are worth it. */
static void match_jumping (lua_State *L, hunt *h, uint64_t at) {
  if (h->batches && !is_worth_it(h, at - h->at, CALL_PRICE)) {
    leave_alone(L, h, at);
    return;
  }
  match(L, UP_JUMPING, at);
  const uint64_t gave_up = h->gave_up;
  h->gave_up = NOWHERE;
  if (gave_up != NOWHERE && lua_gettop(L) <= 2) leave_alone(L, h, gave_up);
}

/*
** Looks for one match from h->at on. Leaves the text, begin, captures and end
** on the stack and returns true; else the document has no further one.
*/
static bool find (lua_State *L, hunt *h) {
  const lesdiplo_doc *doc = h->doc;
  const bool jumps = h->jumps && h->before + h->at >= h->alone_until;
  uint64_t at = h->at;
  if (h->finished) return false;
  if (jumps) {
    const char *to = ld_finder_next(&h->finder, doc->text + at,
                                    doc->text + doc->text_length);
    if (!to) return false;
    at = (uint64_t)(to - doc->text);
  }
  ld_reading_set(h->binding, doc);
  lua_settop(L, 0);
  push_text(L, h);
  if (jumps)
    match_jumping(L, h, at);
  else
    match_alone(L, h, at);
  return lua_gettop(L) > 2;
}


/* The first match of steps from h->at on. */
static bool find_steps (const hunt *h, place *out) {
  const char *text = h->doc->text, *end = text + h->doc->text_length;
  const char *p = text + h->at;
  for (; (p = ld_finder_next(&h->finder, p, end)) != NULL; p++) {
    const char *to = ld_steps_match(&h->steps, p, end);
    if (!to) continue;
    out->begin = (uint64_t)(p - text);
    out->end = (uint64_t)(to - text);
    return true;
  }
  return false;
}


/* ----------------------------------------------------------------------
** The iterator
*/

/* Pushes the Span of a match in 'doc': not always the document that is open
** now, since a capture may have moved this very iterator on. [-0, +1, m] */
static void push_match (lua_State *L, const hunt *h, const lesdiplo_doc *doc,
                        const place *m) {
  int at = lua_upvalueindex(UP_DOC);
  if (h->pushed != doc) {
    ld_bind_push_doc(L, doc);                    /* doc */
    at = lua_gettop(L);
  }
  ld_push_span(L, at, (uint32_t)m->begin, (uint32_t)m->end, NO_LAYER, 0);
}

/*
** Moves on behind a match. false for one that does not count: it begins inside
** a character, or is an empty one where the last one ended. A batch went on
** from its end: where that lies behind the place to go on from, what it found
** further is wrong, and with such a pattern may be so again.
*/
static bool take (hunt *h, const lesdiplo_doc *doc, const place *m) {
  const bool empty = m->begin == m->end;
  const bool again = empty && m->begin == h->last_end;
  const bool inside = inside_character(doc, m->begin);
  h->at = empty || inside ? next_character(doc, m->begin) : m->end;
  if (inside && m->end > h->at) {
    h->next = h->count = 0;
    h->batches = h->finished = false;
  }
  if (again || inside) return false;
  h->last_end = m->end;
  return true;
}

/* The matches of a batch that are left. */
static bool take_ready (lua_State *L, hunt *h) {
  while (h->next < h->count) {
    const place *m = &h->ready[h->next++];
    if (!take(h, h->doc, m)) continue;
    lua_settop(L, 0);
    push_match(L, h, h->doc, m);
    return true;
  }
  return false;
}

/* The next match of steps. */
static int next_steps (lua_State *L, hunt *h) {
  place m;
  while (h->doc || take_doc(h)) {
    if (h->at > h->doc->text_length || !find_steps(h, &m)) {
      end_doc(h);
      continue;
    }
    if (!take(h, h->doc, &m)) continue;
    make_doc(L, h);
    ld_reading_set(h->binding, h->doc);
    push_match(L, h, h->doc, &m);
    return 1;
  }
  return 0;
}

static int next_match (lua_State *L) {
  hunt *h = lua_touserdata(L, lua_upvalueindex(UP_HUNT));
  if (h->corpus || h->doc)
    ld_check_open(L, h->corpus ? h->corpus : h->doc->corpus);
  if (h->jumps && h->steps.plain) return next_steps(L, h);
  while (h->doc || take_doc(h)) {
    const lesdiplo_doc *doc = h->doc;
    if (take_ready(L, h)) return 1;
    if (h->at > doc->text_length || !find(L, h)) {
      end_doc(h);
      continue;
    }
    const place m = { (uint64_t)lua_tointeger(L, 2) - 1,
                      (uint64_t)lua_tointeger(L, -1) - 1 };
    if (!take(h, doc, &m)) continue;
    lua_pop(L, 1);                               /* text begin captures... */
    const int values = lua_gettop(L);
    push_match(L, h, doc, &m);
    lua_replace(L, 2);                           /* text span captures... */
    lua_settop(L, values);
    return values - 1;
  }
  return 0;
}


/* ----------------------------------------------------------------------
** Opening
*/

/* Pushes the hunt for the pattern at 2. [-0, +1, m] */
static hunt *push_hunt (lua_State *L) {
  ld_begin begin;
  hunt *h = lua_newuserdatauv(L, sizeof *h, 0);
  memset(h, 0, sizeof *h);
  h->binding = ld_binding_of(L);
  h->gave_up = h->last_end = NOWHERE;
  ld_record_known(L, 2, &begin, &h->steps);
  h->jumps = ld_begin_tells(&begin);
  h->batches = h->jumps && !begin.captures;
  if (h->jumps) ld_finder_init(&h->finder, &begin, ld_finder_speed());
  return h;
}

int ld_gmatch_new (lua_State *L, const lesdiplo_corpus *corpus,
                   const lesdiplo_doc *doc) {
  luaL_checkany(L, 2);
  lua_settop(L, 2);
  if (!ld_loop_is_pattern(L, 2)) luaL_typeerror(L, 2, "LPeg pattern");
  hunt *h = push_hunt(L);
  h->corpus = corpus;
  h->doc = h->pushed = doc;
  ld_loop_push_match(L);
  lua_pushvalue(L, 2);                           /* ... hunt match pattern */
  if (h->jumps) {
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, jump, 1);
    ld_loop_push_jumping(L, 2);
    lua_pushnil(L);                 /* ... hunt match pattern jumping alone */
  } else {
    lua_pushnil(L);
    push_alone(L, h, 2);
  }
  if (doc)
    ld_push_text(L, doc);
  else
    lua_pushnil(L);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 1);              /* ... text doc corpus */
  lua_pushcclosure(L, next_match, UP_COUNT);
  return 1;
}
