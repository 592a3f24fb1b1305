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
** cost more than tries, LPeg goes through the text alone; for a pattern whose
** captures are LPeg's own, over many matches in one call: their values wait on the
** stack of a thread. A pattern that is a few sets of bytes in a row (steps.c) is
** matched here, and LPeg is not asked at all. Of p / x, x a function or a table of
** a script, p is looked for (applied.c), and x is asked when a match is handed out: so
** the script's code runs when it would if no match were looked for ahead.
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
  int from, values;                /* its captures, where they wait */
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
  bool captures;                   /* there may be some */
  bool applies;                    /* the pattern is p / x, or C(p) */
  lua_State *waiting;              /* the thread, where there is one */
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
  UP_CORPUS, UP_APPLIED, UP_WAITING, UP_COUNT = UP_WAITING
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
  h->next = h->count = 0;
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
  ld_loop_push_dense(L, pattern, other, n, h->batches ? BATCH : 1,
                     h->batches && h->captures);
}

/* The stack where the values of a batch wait: it lives as long as the hunt. */
static lua_State *waiting (lua_State *L, hunt *h) {
  if (!h->waiting) {
    h->waiting = lua_newthread(L);
    lua_replace(L, lua_upvalueindex(UP_WAITING));
  }
  return h->waiting;
}

/* Finds the places of a batch among its values, which are, for each match, begin,
** captures, end, and where there may be captures the mark of loops.c. A batch that
** is not full was the last. */
static void keep_batch (hunt *h, lua_State *stack) {
  const int top = lua_gettop(stack);
  int i = 1;
  h->next = h->count = 0;
  while (i < top) {
    place *m = &h->ready[h->count++];
    m->begin = (uint64_t)lua_tointeger(stack, i) - 1;
    m->from = ++i;
    while (h->captures && !ld_loop_is_mark(stack, i + 1)) i++;
    m->values = i - m->from;
    m->end = (uint64_t)lua_tointeger(stack, i) - 1;
    i += h->captures ? 2 : 1;
  }
  h->finished = h->count < BATCH;
}

/*
** Looks for many matches from 'at' on. What goes wrong in one of them goes wrong
** once more, in its turn, when they are looked for one by one: so false is all that
** is told of it.                                                [-0, +0, m]
*/
static bool match_many (lua_State *L, hunt *h, uint64_t at) {
  lua_State *stack = waiting(L, h);
  const lesdiplo_doc *doc = h->doc;
  const uint64_t from = h->at;
  h->next = h->count = 0;
  lua_settop(stack, 0);
  lua_pushvalue(L, lua_upvalueindex(UP_MATCH));
  lua_pushvalue(L, lua_upvalueindex(UP_ALONE));
  lua_pushvalue(L, 1);
  lua_pushinteger(L, (lua_Integer)at + 1);
  lua_xmove(L, stack, 4);
  if (lua_pcall(stack, 3, LUA_MULTRET, 0) != LUA_OK) return false;
  if (h->doc != doc || h->at != from) return false;
  if (lua_isnil(stack, 1)) lua_settop(stack, 0);
  keep_batch(h, stack);
  return true;
}

/* Makes the grammar that goes on alone, where it is not there as it has to be. */
static void make_alone (lua_State *L, hunt *h) {
  if (!lua_isnil(L, lua_upvalueindex(UP_ALONE)) &&
      h->alone_batches == h->batches)
    return;
  push_alone(L, h, lua_upvalueindex(UP_PATTERN));
  lua_replace(L, lua_upvalueindex(UP_ALONE));
  h->alone_batches = h->batches;
}

/* The same by LPeg alone; its grammar is made when it is first asked for. */
static void match_alone (lua_State *L, hunt *h, uint64_t at) {
  make_alone(L, h);
  if (h->batches) {
    if (match_many(L, h, at)) return;
    h->batches = false;
    make_alone(L, h);
  }
  match(L, UP_ALONE, at);
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
** Looks for one match from h->at on: leaves the text, begin, captures and end
** on the stack. Or for many: leaves the text, and they are ready. false where the
** document has no further one.
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
  return lua_gettop(L) > 2 || h->next < h->count;
}


/* The first match of steps from h->at on; at[] as ld_steps_match has it. */
static bool find_steps (const hunt *h, place *out, const char **at) {
  const char *text = h->doc->text, *end = text + h->doc->text_length;
  const char *p = text + h->at;
  for (; (p = ld_finder_next(&h->finder, p, end)) != NULL; p++) {
    const char *to = ld_steps_match(&h->steps, p, end, at);
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
  const bool other = h->pushed != doc;
  if (other) ld_bind_push_doc(L, doc);
  ld_push_span(L, other ? -1 : lua_upvalueindex(UP_DOC), (uint32_t)m->begin,
               (uint32_t)m->end, NO_LAYER, 0);
  if (other) lua_remove(L, -2);
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

/* Of p / x, asks x about the values above 'from', or the text of the match where
** there are none, as LPeg would; of C(p), that text is the value. How many values
** there are then.                                                [-n, +n, e] */
static int apply (lua_State *L, const hunt *h, const lesdiplo_doc *doc,
                  const place *m, int from) {
  if (!h->applies) return lua_gettop(L) - from;
  if (lua_gettop(L) == from)
    lua_pushlstring(L, doc->text + m->begin, (size_t)(m->end - m->begin));
  if (lua_isnil(L, lua_upvalueindex(UP_APPLIED))) return 1;
  lua_pushvalue(L, lua_upvalueindex(UP_APPLIED));
  lua_insert(L, from + 1);                       /* ... x value... */
  if (lua_isfunction(L, from + 1)) {
    lua_call(L, lua_gettop(L) - from - 1, LUA_MULTRET);
    return lua_gettop(L) - from;
  }
  lua_settop(L, from + 2);
  const bool found = lua_gettable(L, from + 1) != LUA_TNIL;
  lua_replace(L, from + 1);
  lua_settop(L, from + found);
  return found;
}

/* The next match of a batch: how many values it has, its Span first; 0 where none
** is left. */
static int take_ready (lua_State *L, hunt *h) {
  const lesdiplo_doc *doc = h->doc;
  while (h->next < h->count) {
    const place m = h->ready[h->next++];
    if (!take(h, doc, &m)) continue;
    lua_settop(L, 0);
    push_match(L, h, doc, &m);
    if (h->captures && m.values > 0) {
      lua_State *stack = h->waiting;
      luaL_checkstack(L, m.values, "captures");
      for (int i = 0; i < m.values; i++) lua_pushvalue(stack, m.from + i);
      lua_xmove(stack, L, m.values);
    }
    return 1 + apply(L, h, doc, &m, 1);
  }
  return 0;
}

/* Pushes the captures of a match of steps: each begins where its step stands, in the
** order of LPeg's, the outer before the inner. [-0, +n, m] */
static void push_steps (lua_State *L, const hunt *h, const char *const *at) {
  const ld_steps *s = &h->steps;
  for (int i = 0; h->captures && i < s->count; i++) {
    int open = 1, j = i + 1;
    if (s->at[i].kind == LD_STEP_HERE)
      ld_range_push_first(L, (uint32_t)(at[i] - h->doc->text));
    if (s->at[i].kind != LD_STEP_OPEN) continue;
    for (;; j++) {
      open += (s->at[j].kind == LD_STEP_OPEN) - (s->at[j].kind == LD_STEP_CLOSE);
      if (open == 0) break;
    }
    lua_pushlstring(L, at[i], (size_t)(at[j] - at[i]));
  }
}

/* The next match of steps. */
static int next_steps (lua_State *L, hunt *h) {
  const char *at[LD_STEPS];
  place m;
  while (h->doc || take_doc(h)) {
    const lesdiplo_doc *doc = h->doc;
    if (h->at > doc->text_length || !find_steps(h, &m, at)) {
      end_doc(h);
      continue;
    }
    if (!take(h, doc, &m)) continue;
    make_doc(L, h);
    ld_reading_set(h->binding, doc);
    lua_settop(L, 0);
    push_match(L, h, doc, &m);
    push_steps(L, h, at);
    return 1 + apply(L, h, doc, &m, 1);
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
    const int ready = take_ready(L, h);
    if (ready > 0) return ready;
    if (h->at > doc->text_length || !find(L, h)) {
      end_doc(h);
      continue;
    }
    if (h->next < h->count) continue;
    const place m = { (uint64_t)lua_tointeger(L, 2) - 1,
                      (uint64_t)lua_tointeger(L, -1) - 1, 0, 0 };
    if (!take(h, doc, &m)) continue;
    lua_pop(L, 1);                               /* text begin captures... */
    const int values = lua_gettop(L);
    push_match(L, h, doc, &m);
    lua_replace(L, 2);                           /* text span captures... */
    lua_settop(L, values);
    return 1 + apply(L, h, doc, &m, 2);
  }
  return 0;
}

bool ld_gmatch_walks (lua_State *L, int index) {
  if (lua_tocfunction(L, index) != next_match ||
      !lua_getupvalue(L, index, UP_HUNT)) return false;
  const bool many = ((const hunt *)lua_touserdata(L, -1))->corpus != NULL;
  lua_pop(L, 1);
  return many;
}


/* ----------------------------------------------------------------------
** Opening
*/

/* Pushes the hunt for the pattern at 'pattern'. [-0, +1, m] */
static hunt *push_hunt (lua_State *L, int pattern) {
  ld_begin begin;
  hunt *h = lua_newuserdatauv(L, sizeof *h, 0);
  memset(h, 0, sizeof *h);
  h->binding = ld_binding_of(L);
  h->gave_up = h->last_end = NOWHERE;
  ld_record_known(L, pattern, &begin, &h->steps);
  h->jumps = ld_begin_tells(&begin);
  h->captures = begin.captures != LD_NO_CAPTURES;
  h->batches = h->jumps && begin.captures != LD_ANY_CAPTURES;
  if (h->jumps) ld_finder_init(&h->finder, &begin, ld_finder_speed());
  return h;
}

int ld_gmatch_new (lua_State *L, const lesdiplo_corpus *corpus,
                   const lesdiplo_doc *doc) {
  luaL_checkany(L, 2);
  lua_settop(L, 2);
  if (!ld_loop_is_pattern(L, 2)) luaL_typeerror(L, 2, "LPeg pattern");
  const bool applies = ld_applied_push(L, 2);
  if (!applies) {
    lua_pushvalue(L, 2);
    lua_pushnil(L);
  }
  lua_replace(L, 2);                             /* object applied pattern */
  hunt *h = push_hunt(L, 3);
  h->applies = applies;
  h->corpus = corpus;
  h->doc = h->pushed = doc;
  ld_loop_push_match(L);
  lua_pushvalue(L, 3);                           /* ... hunt match pattern */
  if (h->jumps) {
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, jump, 1);
    ld_loop_push_jumping(L, 3);
    lua_pushnil(L);                 /* ... hunt match pattern jumping alone */
  } else {
    lua_pushnil(L);
    push_alone(L, h, 3);
  }
  if (doc)
    ld_push_text(L, doc);
  else
    lua_pushnil(L);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 1);              /* ... text doc corpus */
  lua_pushvalue(L, 2);
  lua_pushnil(L);                   /* ... applied waiting */
  lua_pushcclosure(L, next_match, UP_COUNT);
  return 1;
}
