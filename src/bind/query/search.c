/*
** search.c - looks for a compiled pattern in the documents of a corpus.
**
** A document's units (or those of them that hold a token which the pattern
** needs, where postings tell) become subjects of a byte a token, as many units
** each as fit into a cache, and lpeg.match is called once a hit, from where the
** last one ended: the pattern that Lua has built looks for the next place by
** itself. What it leaves is
**
**     begin {id position} end
**
** where id is a capture's number where that opens, and its negative where it
** closes. Functions of a script may run during a match; the scratch memory lies
** on the stack, and nothing else is believed across the call.
*/
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bind/query/query.h"

/* The stack of a search: its arguments, then what it works with. */
enum { QUERY = 1, PATTERN, NAMES, OPTIONS, HITS, TOKENS, MATCH, OF, SCRATCH,
       SUBJECT };

/* Tokens of a subject, if no single unit has more. */
#if defined(LD_SMALL)
enum { SUBJECT_ROOM = 61 };
#else
enum { SUBJECT_ROOM = 65536 };
#endif

typedef struct search {
  lua_State *L;
  binding *binding;
  compiled *query;
  enum unit unit;
  bool overlap;              /* the next match may begin inside the last one */
  lua_Integer most;          /* hits that are wanted */
  const bool *needed;        /* kinds of tokens of which a unit has one, or NULL */
  const lesdiplo_doc *doc;
  unsigned char *subject;    /* of its units, and each byte's token */
  uint32_t *place;
  size_t used, room;
  uint32_t *of;              /* of a hit, and of its captures by number */
  profile profile;
} search;


/* ----------------------------------------------------------------------
** Subjects
*/

/* Room for so many bytes: scratch memory at stack index SCRATCH, where nothing
** of a subject stands yet. [-0, +0, m] */
static void make_room (search *s, size_t need) {
  if (s->subject && need <= s->room) return;
  s->room = need > SUBJECT_ROOM ? need + need / 2 : SUBJECT_ROOM;
  s->place = lua_newuserdatauv(s->L, s->room * (sizeof *s->place + 1), 0);
  s->subject = (unsigned char *)(s->place + s->room);
  lua_replace(s->L, SCRATCH);
}

static void part_units (search *s) {
  s->subject[s->used] = 0;
  s->place[s->used++] = UINT32_MAX;
}

static void add_tokens (search *s, const uint8_t *kinds, uint32_t from,
                        uint32_t to) {
  const uint32_t *words = s->doc->token_word;
  unsigned char *out = s->subject + s->used;
  uint32_t *place = s->place + s->used;
  for (uint32_t i = from; i < to; i++) {
    *out++ = (unsigned char)(kinds[words[i]] + 1);
    *place++ = i;
  }
  ld_marks_add(s->query, s->subject + s->used, from, to);
  s->used += to - from;
}

enum unit ld_unit_check (lua_State *L, int index) {
  static const char *const units[UNITS] = { "sentence", "block", "doc" };
  return (enum unit)ld_check_name(L, index, "unit", units, UNITS);
}

void ld_unit_of (const lesdiplo_doc *doc, uint32_t i, enum unit unit,
                 uint32_t *first, uint32_t *last) {
  const ld_sentence *all = doc->sentences;
  *first = unit == UNIT_DOC ? 0 : i;
  *last = unit == UNIT_DOC ? doc->sentence_count - 1 : i;
  if (unit != UNIT_BLOCK) return;
  while (*first > 0 && all[*first - 1].block == all[i].block) --*first;
  while (*last + 1 < doc->sentence_count &&
         all[*last + 1].block == all[i].block)
    ++*last;
}

/* ----------------------------------------------------------------------
** Matching
*/

/* Reads {id position} from stack index 'from' up to 'to'. Captures are added
** as they close. */
static uint32_t add_captures (search *s, int from, int to) {
  lua_State *L = s->L;
  uint32_t count = 0;
  for (int i = from; i + 1 < to; i += 2) {
    const lua_Integer id = -lua_tointeger(L, i), end = lua_tointeger(L, i + 1);
    int open = i - 2, depth = 0;
    if (id <= 0) continue;
    for (; open >= from; open -= 2) {         /* the last that is still open */
      const lua_Integer other = lua_tointeger(L, open);
      if (other == -id) depth++;
      else if (other == id && depth-- == 0) break;
    }
    if (open < from) continue;
    const lua_Integer begin = lua_tointeger(L, open + 1);
    if (begin >= end) continue;               /* it has no token */
    const capture one = { (uint32_t)id, s->place[begin - 1],
                          s->place[end - 2] + 1, s->of[id] };
    ld_hits_add_capture(L, HITS, &one);
    count++;
  }
  return count;
}

/* Adds what the values above SUBJECT tell. Returns where to go on. */
static size_t add_hit (search *s) {
  lua_State *L = s->L;
  const int first = SUBJECT + 1, last = lua_gettop(L);
  const lua_Integer begin = lua_tointeger(L, first);
  const lua_Integer end = lua_tointeger(L, last);
  const hits_object *hits = lua_touserdata(L, HITS);
  if (begin < 1 || end > (lua_Integer)s->used || end <= begin)
    return begin < 1 ? s->used + 1 : (size_t)begin + 1;   /* it took no token */
  hit one = { s->doc->index, s->place[begin - 1], s->place[end - 2] + 1,
              hits->capture_count, 0, s->of[0] };
  one.capture_count = add_captures(s, first + 1, last);
  ld_hits_add(L, HITS, &one);
  return (size_t)(s->overlap ? begin + 1 : end);
}

/* Where LPeg looks up how many entries its stack may have. */
static const char stack_limit[] = "lpeg-maxstack";

/* Entries that a token may take: those of rules around one another, for each
** repetition. */
enum { ENTRIES_A_TOKEN = 16 };

/* What LPeg's stack may have is set for texts. A subject of many tokens, in which
** a repetition may take them all, needs more: returns the limit that was, 0 where it
** holds. [-0, +0, m] */
static lua_Integer raise_stack (search *s) {
  lua_State *L = s->L;
  const lua_Integer need = (lua_Integer)s->used * ENTRIES_A_TOKEN;
  lua_getfield(L, LUA_REGISTRYINDEX, stack_limit);
  const lua_Integer now = lua_tointeger(L, -1);
  lua_pop(L, 1);
  if (now >= need) return 0;
  lua_pushinteger(L, need);
  lua_setfield(L, LUA_REGISTRYINDEX, stack_limit);
  return now;
}

static void lower_stack (lua_State *L, lua_Integer to) {
  if (!to) return;
  lua_pushinteger(L, to);
  lua_setfield(L, LUA_REGISTRYINDEX, stack_limit);
}

/* All matches in the subject. */
static void match_subject (search *s) {
  lua_State *L = s->L;
  compiled *c = s->query;
  const hits_object *hits = lua_touserdata(L, HITS);
  lua_settop(L, SCRATCH);
  const lua_Integer limit = raise_stack(s);
  lua_pushlstring(L, (const char *)s->subject, s->used);
  for (size_t at = 1; at <= s->used && hits->count < s->most;) {
    lua_pushvalue(L, MATCH);
    lua_pushvalue(L, PATTERN);
    lua_pushvalue(L, SUBJECT);
    lua_pushinteger(L, (lua_Integer)at);
    c->doc = s->doc;                          /* a function may search, too */
    c->place = s->place;
    c->length = s->used;
    lua_call(L, 3, LUA_MULTRET);
    s->profile.tries++;
    if (lua_gettop(L) < SUBJECT + 2) break;
    at = add_hit(s);
    lua_settop(L, SUBJECT);
  }
  c->doc = NULL;
  lower_stack(L, limit);
}


/* ----------------------------------------------------------------------
** Documents
*/

static bool has_enough (const search *s) {
  return ((const hits_object *)lua_touserdata(s->L, HITS))->count >= s->most;
}

static void begin_doc (search *s, const lesdiplo_doc *doc) {
  ld_marks_open_doc(s->L, QUERY, doc);
  s->doc = doc;
  s->used = 0;
}

/* false: it is to be left out. */
static bool enter_doc (search *s, const lesdiplo_doc *doc) {
  if (!ld_reading_enter(s->binding, doc)) return false;
  begin_doc(s, doc);
  return true;
}

/* Looks through what there is, and begins anew. */
static void flush (search *s) {
  if (s->used > 1) match_subject(s);
  s->used = 0;
}

/* May a match stand in some tokens: is there one that it needs? */
static bool is_candidate (const search *s, const uint8_t *kinds, uint32_t from,
                          uint32_t to) {
  const uint32_t *words = s->doc->token_word;
  bool is = !s->needed;
  for (uint32_t i = from; i < to && !is; i++) is = s->needed[kinds[words[i]]];
  return is;
}

/* Adds the unit that a sentence is in, if a match may stand in it. Returns the
** sentence after it. */
static uint32_t add_unit (search *s, const uint8_t *kinds, uint32_t i) {
  uint32_t first, last;
  ld_unit_of(s->doc, i, s->unit, &first, &last);
  const uint32_t from = s->doc->sentences[first].token;
  const uint32_t to = ld_sentence_end(s->doc, last);
  if (!is_candidate(s, kinds, from, to)) return last + 1;
  if (s->used + (to - from) + 2 > s->room) {
    flush(s);
    make_room(s, (size_t)(to - from) + 2);
  }
  if (!s->used) part_units(s);
  add_tokens(s, kinds, from, to);
  part_units(s);
  s->profile.units++;
  s->profile.tokens += to - from;
  return last + 1;
}

static void search_doc (search *s, const lesdiplo_doc *doc) {
  const uint8_t *kinds = ld_kind_table_of(s->query->table, doc);
  if (has_enough(s) || !enter_doc(s, doc)) return;
  for (uint32_t i = 0; i < doc->sentence_count && !has_enough(s);)
    i = add_unit(s, kinds, i);
  flush(s);
}

/* The units of a document that hold tokens [*at ...), numbered through the
** corpus from 'first' on; '*at' goes on behind them. */
static const uint32_t *search_some (search *s, const lesdiplo_doc *doc,
                                    uint32_t first, const uint32_t *at,
                                    const uint32_t *stop) {
  const uint8_t *kinds = ld_kind_table_of(s->query->table, doc);
  uint32_t next = 0;                          /* sentence behind the last unit */
  if (!enter_doc(s, doc)) {
    while (at < stop && *at - first < doc->token_count) at++;
    return at;
  }
  for (; at < stop && *at - first < doc->token_count; at++) {
    const uint32_t token = *at - first;
    if (next > 0 && token < ld_sentence_end(doc, next - 1)) continue;
    const uint32_t i = ld_sentence_of_token(doc, token);
    if (i != UINT32_MAX) next = add_unit(s, kinds, i);
  }
  flush(s);
  return at;
}


/* ----------------------------------------------------------------------
** The whole
*/

static int by_number (const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* The tokens of the predicate at stack index 'predicate', unsorted, into 'out'
** unless it is NULL; how many. [-0, +0, e] */
static size_t read_tokens (lua_State *L, const lesdiplo_corpus *c,
                           int predicate, uint32_t *out) {
  size_t all = 0;
  for (lua_Integer i = 1; lua_rawgeti(L, predicate, i) == LUA_TTABLE; i++) {
    const ld_predicate p = ld_predicate_read(L, c);
    uint64_t more;
    if (!ld_predicate_tokens(c, &p, out ? out + all : NULL, &more))
      ld_raise_no_memory(L);
    all += (size_t)more;
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return all;
}

/* Puts them into the place of the predicate, sorted: some may come twice.
** [-0, +0, e] */
static const uint32_t *list_tokens (lua_State *L, const lesdiplo_corpus *c,
                                    int predicate, size_t *count) {
  *count = read_tokens(L, c, predicate, NULL);
  uint32_t *tokens = lua_newuserdatauv(L, *count * sizeof *tokens + 1, 0);
  read_tokens(L, c, predicate, tokens);
  lua_replace(L, predicate);
  qsort(tokens, *count, sizeof *tokens, by_number);
  return tokens;
}

/* The units that hold the tokens at TOKENS. */
static void search_needed (search *s, const lesdiplo_corpus *corpus,
                           const uint32_t *at, size_t count) {
  const ld_postings *postings = ld_postings_of(corpus);
  const uint32_t *stop = at + count;
  if (!postings) {
    ld_raise_no_memory(s->L);
    return;
  }
  while (at < stop && !has_enough(s)) {
    const uint32_t d = ld_postings_doc(postings, corpus->doc_count, *at);
    at = search_some(s, lesdiplo_corpus_doc(corpus, d), postings->first[d], at,
                     stop);
  }
}

/* Leaves at OF what hits and captures are spans of, by number: `layers` among the
** options names the layers. [-0, +0, v] */
static void read_layers (search *s) {
  lua_State *L = s->L;
  const size_t count = lua_rawlen(L, NAMES) + 1;
  s->of = lua_newuserdatauv(L, count * sizeof *s->of, 0);
  lua_replace(L, OF);
  lua_settop(L, OF);
  const bool any = lua_getfield(L, OPTIONS, "layers") == LUA_TTABLE;
  for (size_t i = 0; i < count; i++) {
    s->of[i] = 0;
    if (!any) continue;
    if (lua_rawgeti(L, OF + 1, (lua_Integer)i) == LUA_TSTRING)
      s->of[i] = (uint32_t)ld_check_layer(L, OF + 2) + 1;
    lua_pop(L, 1);
  }
  lua_settop(L, OF);
}

/* Takes the kinds of tokens of which every match has one: `bytes` among the options, those
** that a subject has for them. [-0, +0, e] */
static void read_needed (search *s, bool *needed) {
  size_t n = 0;
  lua_getfield(s->L, OPTIONS, "bytes");
  const char *bytes = lua_tolstring(s->L, -1, &n);
  memset(needed, 0, SUBJECT_KINDS * sizeof *needed);
  for (size_t i = 0; i < n; i++)
    if (bytes[i] != 0) needed[(unsigned char)bytes[i] - 1] = true;
  if (bytes) s->needed = needed;
  lua_settop(s->L, OPTIONS);
}

/*
** search(compiled, pattern, names, options) -> Hits. Options: `within`, a unit;
** `overlap`; `most`, hits that are wanted; `need`, a predicate that each match
** needs a token of: other units are passed over; `doc`, the only one to look at; `bytes`,
** those of a subject of which each match in it needs one;
** `match`, what to call instead of lpeg.match; `layers`, by the number of a name,
** and of 0, those that captures, and hits, are spans of.
*/
static int search_all (lua_State *L) {
  search s;
  bool kinds[SUBJECT_KINDS];
  const uint32_t *tokens = NULL;
  size_t count = 0;
  memset(&s, 0, sizeof s);
  s.L = L;
  s.query = ld_compiled_check(L, QUERY);
  luaL_checktype(L, NAMES, LUA_TTABLE);
  luaL_checktype(L, OPTIONS, LUA_TTABLE);
  lua_settop(L, OPTIONS);
  if (lua_getfield(L, OPTIONS, "within") != LUA_TNIL)
    s.unit = ld_unit_check(L, -1);
  lua_getfield(L, OPTIONS, "overlap");
  s.overlap = lua_toboolean(L, -1);
  lua_getfield(L, OPTIONS, "most");
  s.most = luaL_optinteger(L, -1, UINT32_MAX);
  lua_getfield(L, OPTIONS, "doc");
  const lesdiplo_doc *doc = ld_bind_to_doc(L, -1);
  lua_settop(L, OPTIONS);
  if (doc) read_needed(&s, kinds);
  const lesdiplo_corpus *corpus = s.query->corpus;
  lua_getiuservalue(L, QUERY, 1);
  ld_hits_new(L, -1, NAMES);
  lua_replace(L, HITS);
  const bool needed = lua_getfield(L, OPTIONS, "need") == LUA_TTABLE && !doc;
  if (needed) tokens = list_tokens(L, corpus, TOKENS, &count);
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LPEG);
  if (lua_getfield(L, OPTIONS, "match") != LUA_TFUNCTION)
    lua_rawgeti(L, -2, LPEG_MATCH);
  lua_replace(L, MATCH);
  lua_settop(L, MATCH);
  lua_pushnil(L);
  read_layers(&s);
  lua_pushnil(L);                             /* scratch */
  s.binding = ld_binding_of(L);
  const lesdiplo_doc *before = s.binding->reading;
  const clock_t start = clock();
  if (needed) search_needed(&s, corpus, tokens, count);
  else if (doc) search_doc(&s, doc);
  else
    for (uint32_t i = 0; i < corpus->doc_count; i++)
      search_doc(&s, lesdiplo_corpus_doc(corpus, i));
  s.profile.seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  ld_reading_set(s.binding, before);
  ((hits_object *)lua_touserdata(L, HITS))->profile = s.profile;
  lua_settop(L, HITS);
  return 1;
}

/* span(compiled, begin, end, layer?): the Span of subject bytes [begin, end), during a
** match: that of the layer, where it is one; nothing where they are none. */
static int match_span (lua_State *L) {
  const compiled *c = ld_compiled_check(L, 1);
  const lua_Integer begin = luaL_checkinteger(L, 2);
  const lua_Integer end = luaL_checkinteger(L, 3);
  if (!c->doc || begin < 1 || end <= begin || (size_t)end > c->length + 1)
    return 0;
  const uint32_t from = c->place[begin - 1], to = c->place[end - 2];
  if (from == UINT32_MAX || to == UINT32_MAX) return 0;
  if (!lua_isnoneornil(L, 4)) {
    const int layer = ld_check_layer(L, 4);
    ld_bind_push_doc(L, c->doc);
    if (ld_push_layer_tokens(L, layer, from, to + 1)) return 1;
  }
  ld_bind_push_span(L, c->doc, c->doc->token_begin[from],
                    ld_token_end(c->doc, to));
  return 1;
}

/* The sentence of a token, as a subject in scratch memory at SCRATCH. Returns the
** position of the token in it. [-0, +0, e] */
static lua_Integer one_unit (search *s, const lesdiplo_doc *doc,
                             uint32_t token) {
  const uint32_t i = ld_sentence_of_token(doc, token);
  if (i == UINT32_MAX) return 0;
  begin_doc(s, doc);
  add_unit(s, ld_kind_table_of(s->query->table, doc), i);
  return (lua_Integer)(token - doc->sentences[i].token) + 2;
}

static const char elsewhere[] =
    "the .lpeg of a token pattern matches in the text of a document: use it with "
    "corpus:gmatch or doc:gmatch";

/* The document whose text is the string at 'index'. */
static const lesdiplo_doc *check_text (lua_State *L, int index) {
  const lesdiplo_doc *doc = ld_text_doc(L, index);
  if (!doc) luaL_error(L, elsewhere);
  return doc;
}

/* corpus(text): that of the document with that text. */
static int read_corpus (lua_State *L) {
  const lesdiplo_doc *doc = check_text(L, 1);
  if (doc) ld_bind_push_corpus(L, doc->corpus);
  return doc != NULL;
}

/*
** here(compiled, pattern, text, at): the byte behind a match of the pattern that
** begins with the token at byte 'at' of a document's text; nothing where it does
** not match there. What a plain LPeg pattern calls.
*/
static int match_here (lua_State *L) {
  const lesdiplo_doc *doc = check_text(L, 3);
  search s;
  memset(&s, 0, sizeof s);
  s.L = L;
  s.query = ld_compiled_check(L, QUERY);
  const lua_Integer at = luaL_checkinteger(L, 4);
  if (!doc || doc->corpus != s.query->corpus) return luaL_error(L, elsewhere);
  const uint32_t token = ld_token_from(doc, (uint32_t)(at - 1));
  if (token >= doc->token_count || doc->token_begin[token] != at - 1) return 0;
  const compiled before = *s.query;
  lua_settop(L, PATTERN);
  lua_getiuservalue(L, QUERY, COMPILED_MADE);     /* at NAMES: kept meanwhile */
  lua_newtable(L);
  lua_setiuservalue(L, QUERY, COMPILED_MADE);
  lua_settop(L, SCRATCH);
  const lua_Integer from = one_unit(&s, doc, token);
  ld_binding_push(L);
  lua_getiuservalue(L, -1, USER_LPEG);
  lua_rawgeti(L, -1, LPEG_MATCH);
  lua_pushvalue(L, PATTERN);
  lua_pushlstring(L, (const char *)s.subject, s.used);
  lua_pushinteger(L, from);
  s.query->doc = doc;
  s.query->place = s.place;
  s.query->length = s.used;
  const int status = from ? lua_pcall(L, 3, 1, 0) : LUA_OK;
  *s.query = before;              /* this pattern may be one inside itself */
  lua_pushvalue(L, NAMES);
  lua_setiuservalue(L, QUERY, COMPILED_MADE);
  if (!from) return 0;
  if (status != LUA_OK) return lua_error(L);
  const lua_Integer end = lua_tointeger(L, -1);
  if (end <= from) return 0;
  lua_pushinteger(L, (lua_Integer)ld_token_end(doc, s.place[end - 2]) + 1);
  return 1;
}

/* place(x) -> Corpus, Doc: of a Doc or a Span. */
static int place_of (lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_to_doc(L, 1);
  if (!doc)
    return luaL_error(L, "a document or a span is wanted (corpus[1], or a "
                         "sentence of it), got a %s%s",
                      ld_bind_class_of(L, 1) == LD_BIND_NONE
                          ? luaL_typename(L, 1)
                          : ld_bind_class_name(ld_bind_class_of(L, 1)),
                      ld_bind_class_of(L, 1) == LD_BIND_CORPUS
                          ? "; of a whole corpus ask corpus:near_misses(pattern)"
                          : "");
  ld_bind_push_corpus(L, doc->corpus);
  ld_bind_push_doc(L, doc);
  return 2;
}

/* units(doc, unit) -> how many sentences, or stretches of them in one block. */
static int count_units (lua_State *L) {
  const lesdiplo_doc *doc = ld_bind_to_doc(L, 1);
  const enum unit unit = ld_unit_check(L, 2);
  lua_Integer count = 0;
  uint32_t first, last;
  for (uint32_t i = 0; doc && i < doc->sentence_count; i = last + 1, count++)
    ld_unit_of(doc, i, unit, &first, &last);
  lua_pushinteger(L, count);
  return 1;
}

/* walk(compiled, sentence, f): calls f with the subject of the sentence; as long
** as it runs, positions in it have tokens. */
static int walk_unit (lua_State *L) {
  search s;
  memset(&s, 0, sizeof s);
  s.L = L;
  s.query = ld_compiled_check(L, QUERY);
  const span_object *span = ld_class_check(L, 2, LD_BIND_SPAN);
  luaL_checktype(L, 3, LUA_TFUNCTION);
  lua_settop(L, SCRATCH);
  if (!one_unit(&s, span->doc, ld_token_from(span->doc, span->begin))) return 0;
  s.query->doc = s.doc;
  s.query->place = s.place;
  s.query->length = s.used;
  lua_pushvalue(L, 3);
  lua_pushlstring(L, (const char *)s.subject, s.used);
  lua_call(L, 1, 0);
  s.query->doc = NULL;
  return 0;
}

int ld_find (lua_State *L, const lesdiplo_doc *doc) {
  lua_settop(L, 3);
  if (doc) {
    lua_pushvalue(L, 1);                          /* doc pattern options doc */
    ld_bind_push_corpus(L, doc->corpus);
    lua_replace(L, 1);
  }
  return ld_ask(L, "find", lua_gettop(L));
}

void ld_search_open (lua_State *L) {
  lua_pushcfunction(L, search_all);
  lua_setfield(L, -2, "search");
  lua_pushcfunction(L, match_span);
  lua_setfield(L, -2, "span");
  lua_pushcfunction(L, place_of);
  lua_setfield(L, -2, "place");
  lua_pushcfunction(L, count_units);
  lua_setfield(L, -2, "units");
  lua_pushcfunction(L, walk_unit);
  lua_setfield(L, -2, "walk");
  lua_pushcfunction(L, read_corpus);
  lua_setfield(L, -2, "corpus");
  lua_pushcfunction(L, match_here);
  lua_setfield(L, -2, "here");
}
