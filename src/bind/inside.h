/*
** inside.h - between the files of bind. What the objects hold, and the few
** steps that all of them take.
*/
#ifndef LD_BIND_INSIDE_H
#define LD_BIND_INSIDE_H

#include <lauxlib.h>

#include "bind/text/begin.h"
#include "bind/bind.h"
#include "mark/mark.h"

/* The built-in layers, by the numbers of lesdiplo_layer (asserted in
** bind.c). NO_LAYER: a stretch of text that a pattern or a script chose; A_HIT:
** one that a token pattern found, with its captures. */
enum { LAYER_BLOCK, LAYER_SENTENCE, LAYER_TOKEN, LAYERS, NO_LAYER = -1,
       A_HIT = -2 };
extern const char *const ld_layer_names[LAYERS];

/* Texts of the documents used last, kept as Lua strings. */
enum { TEXTS = 4 };

/*
** One a state, in the registry. Its user values 1 to TEXTS are the strings,
** TEXTS + 1 the table of Corpus objects by the address of their corpus, and
** after it what is needed of LPeg, and the layers of scripts (layers.c).
*/
enum { USER_CORPORA = TEXTS + 1, USER_LPEG, USER_LAYERS,
       USER_COUNT = USER_LAYERS };
/* What that table has, from 1: functions of the LPeg that a state began with. */
enum { LPEG_MATCH = 1, LPEG_P, LPEG_V, LPEG_CP, LPEG_TYPE, LPEG_CMT, LPEG_S,
       LPEG_CC, LPEG_COUNT };
typedef struct binding {
  const lesdiplo_doc *reading;
  volatile uint32_t *place;        /* its number, for who watches; or NULL */
  ld_bind_step step;               /* may leave documents out; or NULL */
  void *step_data;
  const lesdiplo_doc *text_of[TEXTS];
  unsigned next_text;              /* the place to use for the next text */
  const char *stdlib;              /* a folder, or NULL */
  bool open;                       /* everything in bind.c is done */
} binding;

/* From now on it is this document that is read, or NULL: for messages, and for
** those who watch. Cheap: each field of a document comes by here. */
static inline void ld_reading_set (binding *b, const lesdiplo_doc *doc) {
  b->reading = doc;
  if (b->place) *b->place = doc ? lesdiplo_doc_index(doc) + 1 : 0;
}

/* The same on the way into a document; false: it is to be left out. */
static inline bool ld_reading_enter (binding *b, const lesdiplo_doc *doc) {
  if (b->step && !b->step(b->step_data, doc)) return false;
  ld_reading_set(b, doc);
  return true;
}

/* User value 1: table of its Doc objects by index, from 1. */
typedef struct corpus_object {
  const lesdiplo_corpus *corpus;
  binding *binding;
} corpus_object;

/* User value 1: its Corpus; then the spans of layers that were made, by their
** numbers, in a table. */
enum { DOC_CORPUS = 1, DOC_LAYERS };
typedef struct doc_object {
  const lesdiplo_doc *doc;
  binding *binding;
} doc_object;

/* Spans [from, from + count) of a layer. User value 1: the Doc; of a script's
** layer, 2: what was made (layers.c). */
enum { SPANS_DOC = 1, SPANS_MADE };
typedef struct spans_object {
  const lesdiplo_doc *doc;
  int32_t layer;
  uint32_t from, count;
} spans_object;

/* User value 1: the Doc; 2: the table of its fields, or the Hits that it is of. */
enum { SPAN_DOC = 1, SPAN_FIELDS };
typedef struct span_object {
  const lesdiplo_doc *doc;
  uint32_t begin, end;
  int32_t layer;        /* or NO_LAYER, or A_HIT */
  uint32_t index;       /* in the layer or the hits, from 0; else 0 */
  uint32_t row;         /* where it is of Hits, which of them */
} span_object;

/* Further fields of a document. User value 1: the Doc. */
typedef struct meta_object {
  const lesdiplo_doc *doc;
} meta_object;

/* The state's binding, NULL before ld_bind_open. [-0, +0, -] */
binding *ld_binding_of (lua_State *L);
/* Pushes it, for its user values. [-0, +1, -] */
void ld_binding_push (lua_State *L);

/* Gives the userdata on the top its class. [-0, +0, -] */
void ld_class_set (lua_State *L, enum ld_bind_class class);
/* Raises where its owner has closed it: nothing more can be asked of it.
** [-0, +0, v] */
void ld_check_open (lua_State *L, const lesdiplo_corpus *corpus);
/* The object at 'index', which has to be of that class, of an open corpus.
** [-0, +0, v] */
void *ld_class_check (lua_State *L, int index, enum ld_bind_class class);
/*
** Makes a class of its entries: methods, and fields by their getters. Leaves
** the metatable, which has `index` as its __index.             [-0, +1, m]
*/
void ld_class_new (lua_State *L, enum ld_bind_class class,
                   const ld_bind_entry *entries, lua_CFunction index);
/* Adds entries to the class whose metatable is on the top. [-0, +0, m] */
void ld_class_more (lua_State *L, const ld_bind_entry *entries);
/* The work of such an __index: the member that the string at 2 names, of the
** object at 1, or an error that names the nearest.            [-0, +1, e] */
int ld_class_index (lua_State *L, enum ld_bind_class class);
/* Puts 'function' into the metatable on the top. [-0, +0, m] */
void ld_class_meta (lua_State *L, const char *event, lua_CFunction function);

/* Each file's classes, made by ld_bind_open. [-0, +0, m] */
void ld_corpus_open_class (lua_State *L);
void ld_doc_open_class (lua_State *L);
void ld_spans_open_class (lua_State *L);
void ld_span_open_class (lua_State *L);
void ld_hits_open_class (lua_State *L);
void ld_loop_open (lua_State *L);
void ld_modules_open (lua_State *L);
/* Put `places`, `pieces`, `small` and `plain` into the table on the top. [-0, +0, m] */
void ld_places_open (lua_State *L);
void ld_pieces_open (lua_State *L);
void ld_small_open (lua_State *L);
/* Put `english`, `merged`, `longest` and `parted` into it. [-0, +0, m] */
void ld_english_open (lua_State *L);
void ld_longest_open (lua_State *L);
void ld_merge_open (lua_State *L);
void ld_parted_open (lua_State *L);
/* Gives the userdata on the top, which has a user value, room for what it will know of
** the forms of corpora. [-0, +0, m] */
void ld_keep_classes (lua_State *L);
/* Pushes what the userdata that is the first upvalue knows of a corpus's forms: a byte each,
** by the ids of words, at first 0. [-0, +1, m] */
unsigned char *ld_push_classes (lua_State *L, const lesdiplo_corpus *corpus);
/* Pushes the table of functions for layers. [-0, +1, m] */
void ld_layers_open (lua_State *L);

/* Pushes the table of functions for entities. [-0, +1, m] */
void ld_entities_open (lua_State *L);
/* Puts the layers that our Lua makes into the table on the top, from 1.
** [-0, +0, m] */
void ld_made_define (lua_State *L);

/* What they offer, each table ended by a NULL name. */
extern const ld_bind_entry ld_corpus_entries[], ld_count_entries[],
    ld_told_entries[], ld_doc_entries[], ld_spans_entries[],
    ld_span_entries[], ld_hits_entries[], ld_module_entries[];

/* Pushes document 'i' of the Corpus at 'corpus'. [-0, +1, m] */
void ld_push_doc_at (lua_State *L, int corpus, uint32_t i);
/* Pushes the text as a string; the few used last are kept. [-0, +1, m] */
void ld_push_text (lua_State *L, const lesdiplo_doc *doc);
/* The document whose text is the very string at 'index', or NULL: of those whose
** texts were used last, that which is being read first. [-0, +0, m] */
const lesdiplo_doc *ld_text_doc (lua_State *L, int index);
/* Pushes a Span of the Doc at 'doc'. [-0, +1, m] */
void ld_push_span (lua_State *L, int doc, uint32_t begin, uint32_t end,
                   int layer, uint32_t index);
/* The same for span 'index', from 0, of a layer. [-0, +1, m] */
void ld_push_span_at (lua_State *L, int doc, int layer, uint32_t index);
/* Pushes the citation of a stretch of text. [-0, +1, m] */
void ld_push_cite (lua_State *L, const lesdiplo_doc *doc, uint32_t begin,
                   uint32_t end);
/* Pushes a Spans of the Doc at 'doc'. [-0, +1, m] */
void ld_push_spans (lua_State *L, int doc, int layer, uint32_t from,
                    uint32_t count);       /* of a built-in layer */
/* How many bytes before or after a place of the text hold at most n characters. */
uint32_t ld_bytes_before (const lesdiplo_doc *doc, uint32_t at, lua_Integer n);
uint32_t ld_bytes_after (const lesdiplo_doc *doc, uint32_t at, lua_Integer n);
/* Pushes an iterator of (index, folded form) over tokens. [-0, +1, m] */
void ld_push_words (lua_State *L, int doc, uint32_t from, uint32_t count);

/*
** The spans of a layer in a document, sorted by begin and end, with the tokens
** [from, to) of which they hold a byte; 'reach' is the greatest 'to' so far.
*/
typedef struct layer_span {
  uint32_t begin, end, from, to, reach;
  uint32_t row;              /* of its fields: in the Hits, or the table */
} layer_span;
typedef struct made {
  uint32_t count;
  bool hits;                 /* the fields are captures of Hits */
  layer_span spans[];
} made;

/* The layer named by argument 'index'. [-0, +0, v] */
int ld_check_layer (lua_State *L, int index);
/* The name of a layer: lent as long as it is defined. [-0, +0, -] */
const char *ld_layer_name (lua_State *L, int layer);
/* Pushes an array of the fields that a script's layer has, or nil where those
** are not declared. [-0, +1, -] */
void ld_push_layer_fields (lua_State *L, int layer);
/* Pushes the spans of a layer (of tokens there are none) in the Doc at 'doc',
** and makes them first where need be. [-0, +1, e] */
const made *ld_layer_made (lua_State *L, int doc, int layer);
/* The first span that reaches behind a token: all before it end earlier. */
uint32_t ld_made_from (const made *m, uint32_t token);
/* Pushes Span i of what was made of a layer. [-0, +1, m] */
void ld_push_made_span (lua_State *L, int doc, int made_index, int layer,
                        uint32_t i);
/* Pushes all spans of a layer of the Doc at 'doc' as a Spans. [-0, +1, e] */
void ld_push_layer (lua_State *L, int doc, int layer);
/* Pushes span i, from 0, of the Spans at 'index'. [-0, +1, m] */
void ld_push_spans_at (lua_State *L, int index, uint32_t i);
/* Whether every Span has a member of that name, whatever its layer. */
bool ld_span_has (const char *name);
/* The capture of a hit, its Span at 1, that the name at 2 is of: pushes a Span or
** nothing, or answers -1 where the pattern has no such name. [-0, +1, m] */
int ld_hit_capture (lua_State *L);
/* Makes a memory of the state's own allocator, without a bound of its own. */
void ld_memory_of (lua_State *L, ld_memory *memory);
/* Raises ld_bind_no_memory. [-0, +0, v] */
int ld_raise_no_memory (lua_State *L);
/* Raises unless the string at 'index' names one of n things. [-0, +0, v] */
int ld_check_name (lua_State *L, int index, const char *what,
                   const char *const *names, int n);

/*
** The only place where Lua's positions (from 1, both ends included, from the
** end when negative) and our half-open offsets meet. Arguments 'index' and
** 'index' + 1 are first and last, with string.sub's defaults; a stretch that
** is not inside 'length' bytes is an argument error. [-0, +0, v]
*/
void ld_range_check (lua_State *L, int index, uint32_t length,
                     uint32_t *begin, uint32_t *end);
/* Pushes `first`; `last` of a stretch is its end. [-0, +1, -] */
void ld_range_push_first (lua_State *L, uint32_t begin);
void ld_range_push_last (lua_State *L, uint32_t end);

/* Calls a function of one of our modules with the n values on the top. Returns
** 1, the number of what it left. [-n, +1, e] */
int ld_module_call (lua_State *L, const char *module, const char *name, int n);
/* The same of lesdiplo.query.ask, which answers what is asked of a corpus. */
int ld_ask (lua_State *L, const char *name, int n);
/* The hits of the token pattern at 2, with the options at 3, which may be none, in
** the Corpus, or the one Doc, at 1: lesdiplo.query finds them. [-0, +1, e] */
int ld_find (lua_State *L, const lesdiplo_doc *doc);

/* cql, near and kwic of a Corpus, and cql of a Doc: lesdiplo.query.ask answers.
** [-0, +1, e] */
int ld_corpus_cql (lua_State *L);
int ld_corpus_near (lua_State *L);
int ld_corpus_kwic (lua_State *L);
int ld_doc_cql (lua_State *L);

/* What is known of the value at 'index', which LPeg may make a pattern of. */
void ld_record_known (lua_State *L, int index, ld_begin *begin,
                      ld_steps *steps);

/* Remembers that the pattern on the top is p / x, of those at 'p' and 'x'; where 'x'
** is 0, that it is C(p). [-0, +0, m] */
void ld_applied_keep (lua_State *L, int p, int x);
/* Where the pattern at 'pattern' is known to be p / x, pushes both, or p and nil
** where it is C(p); else it pushes nothing and returns false. [-0, +2, -] */
bool ld_applied_push (lua_State *L, int pattern);

/* lpeg.match, as the state began with it. [-0, +1, -] */
void ld_loop_push_match (lua_State *L);
/* Whether LPeg makes a pattern of the value, numbers and the like aside. */
bool ld_loop_is_pattern (lua_State *L, int index);
/*
** Grammars that look for the pattern at 'pattern', and match begin, captures
** and end of the first. Jumping: from a place where it may begin, with the
** function on the top in a match-time capture.                 [-1, +1, e]
*/
void ld_loop_push_jumping (lua_State *L, int pattern);
/* Dense: from anywhere; it cannot begin with the n bytes of 'other'. Of 'count'
** matches, if there are as many, where they are 'marked' with a mark behind each
** one's end.                                                   [-0, +1, e] */
void ld_loop_push_dense (lua_State *L, int pattern, const char *other,
                         size_t n, int count, bool marked);
/* Whether the value at 'index' is that mark. */
bool ld_loop_is_mark (lua_State *L, int index);

/* Is the value at 'index' what a loop over documents, or over spans of all of them,
** asks for the next one? Of gmatch in one document: no. [-0, +0, -] */
bool ld_corpus_walks (lua_State *L, int index);
bool ld_gmatch_walks (lua_State *L, int index);

/* gmatch over the documents of the Corpus, or the one Doc, at index 1, with
** the pattern at index 2: pushes the iterator. [-0, +1, e] */
int ld_gmatch_new (lua_State *L, const lesdiplo_corpus *corpus,
                   const lesdiplo_doc *doc);

#endif
