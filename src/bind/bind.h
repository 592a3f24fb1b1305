/*
** bind.h - Corpus, Doc, Spans and Span for Lua, and the modules of ours.
**
** Uses corpus (and mark, to fold words for search). Besides host it is the
** only room that knows Lua, and it needs no host: luaopen_lesdiplo and
** lesdiplo_push_corpus of lesdiplo_lua.h are its own.
**
** Every object lends from a frozen corpus that outlives the state. A Doc is one
** object a document and a state, so that it can be the key of a table; a Span
** is a few numbers and its Doc.
*/
#ifndef LD_BIND_H
#define LD_BIND_H

#include <lua.h>

#include "corpus/corpus.h"

/* What an object is. The order is that of the names in bind.c. */
enum ld_bind_class {
  LD_BIND_CORPUS, LD_BIND_DOC, LD_BIND_SPANS, LD_BIND_SPAN, LD_BIND_META,
  LD_BIND_HITS, LD_BIND_CLASSES,
  LD_BIND_NONE = -1
};

/*
** A public function or field: "corpus:gmatch" is called on an object,
** "doc.title" is read from it, "lesdiplo.emit" stands in a table. The first
** line of 'doc' is the signature; 'doc' is the help that ?name prints.
*/
typedef struct ld_bind_entry {
  const char *name;
  lua_CFunction function;    /* of a field: pushes it, the object being at 1 */
  const char *doc;
} ld_bind_entry;

/* The message of an error that says that there is no memory for what a corpus
** makes when it is first asked for: a host has a code of its own for it. */
extern const char ld_bind_no_memory[];

/*
** Makes the state ready: LPeg, the classes, the table of modules. Doing it
** twice does no harm.                                          [-0, +0, m]
*/
void ld_bind_open (lua_State *L);

/*
** Makes LPeg remember how patterns are composed, by which gmatch is faster. For
** states where no other LPeg can be reached; a script sees no difference. After
** ld_bind_open; doing it twice does no harm.                   [-0, +0, m]
*/
void ld_bind_record (lua_State *L);

/* Pushes the Corpus of that corpus: always the same one.       [-0, +1, m] */
void ld_bind_push_corpus (lua_State *L, const lesdiplo_corpus *corpus);
/* Pushes the Doc of that document: always the same one.        [-0, +1, m] */
void ld_bind_push_doc (lua_State *L, const lesdiplo_doc *doc);
/* Pushes a Span of no layer.                                   [-0, +1, m] */
void ld_bind_push_span (lua_State *L, const lesdiplo_doc *doc,
                        uint32_t begin, uint32_t end);

/* What the value at 'index' is; a cheap question.              [-0, +0, -] */
enum ld_bind_class ld_bind_class_of (lua_State *L, int index);
/* The document of a Doc or Span at 'index', or NULL.           [-0, +0, -] */
const lesdiplo_doc *ld_bind_to_doc (lua_State *L, int index);
/* The corpus of a Corpus at 'index', or NULL.                  [-0, +0, -] */
const lesdiplo_corpus *ld_bind_to_corpus (lua_State *L, int index);
/* The numbers of a Spans or Span at 'index'. 1, or 0.          [-0, +0, -] */
int ld_bind_to_span (lua_State *L, int index, lesdiplo_span *out);

/*
** The document whose text a script is going through, for messages; NULL
** between documents. Setting it back is the host's.            [-0, +0, -]
*/
const lesdiplo_doc *ld_bind_reading (lua_State *L);
void ld_bind_reading_set (lua_State *L, const lesdiplo_doc *doc);
/* From now on its number, from 1, is put there as well, and 0 between documents,
** for who watches; or NULL. */
void ld_bind_reading_tell (lua_State *L, volatile uint32_t *place);

/*
** Asked before a walk or a search goes into a document, and before a layer of the
** script's is made for one: false leaves it out. It may raise errors.
*/
typedef bool (*ld_bind_step) (void *data, const lesdiplo_doc *doc);
void ld_bind_steps (lua_State *L, ld_bind_step step, void *data);

/*
** The loops over documents that the thread, and the state's first one, are in the
** midst of: bits. THIS is the one whose next step is made by the function that runs;
** loops that were left, or are driven by hand, are none.      [-0, +0, -]
*/
enum { LD_WALKS_THIS = 1, LD_WALKS_OTHER = 2 };
unsigned ld_bind_walks (lua_State *L);

/* Entry 'index' of all that bind offers, or NULL past the end. */
const ld_bind_entry *ld_bind_help (uint32_t index);

/* "Doc", by which messages call it, and "doc", by which help does. */
const char *ld_bind_class_name (enum ld_bind_class class);
const char *ld_bind_class_prefix (enum ld_bind_class class);

/*
** Looks for the name nearest to one that is not there. Start from
** LD_NEAR_INIT; 'best' is NULL when none was near enough.
*/
typedef struct ld_near {
  const char *wanted;
  const char *best;
  int distance;
} ld_near;

#define LD_NEAR_INIT(wanted) { wanted, NULL, 0 }

void ld_near_try (ld_near *near, const char *name);
/* "; did you mean 'title'?", or "". Lent in 'out'. */
const char *ld_near_text (const ld_near *near, char *out, size_t size);


/* -------------------------------------------------------------- entities */

/* How a table of entities is written: entries, as lua/lesdiplo/data/entities has
** them, or rows. */
enum ld_entity_format {
  LD_ENTITY_TXT, LD_ENTITY_CSV, LD_ENTITY_JSONL, LD_ENTITY_FORMATS
};
/* That of "csv", and of the file "a.csv"; LD_ENTITY_FORMATS where there is none.
** Case does not count. */
enum ld_entity_format ld_bind_entity_format (const char *name);
enum ld_entity_format ld_bind_entity_file (const char *path);

/* Files of entities, of these formats. */
typedef struct ld_bind_entities {
  const char *const *paths;
  size_t count;
  /* Hears of what is left out; it may not raise. */
  void (*warn) (void *data, const char *path, uint32_t line,
                const char *message);
  /* Raises for a file that cannot be opened. */
  void (*fail) (lua_State *L, const lesdiplo_error *error);
  void *data;
} ld_bind_entities;
/* They are read, after what ships, when the state first asks for an entity or a
** layer of them; after a failure, whenever it asks again. Lent.  [-0, +0, m] */
void ld_bind_entities_set (lua_State *L, const ld_bind_entities *files);


/* --------------------------------------------------------------- modules */

/*
** `require` for our modules: a C function that takes a name and pushes the
** module, loading it first where need be. Raises for an unknown name.
*/
int ld_bind_require (lua_State *L);
/* Pushes the table of what was loaded, by name: another module is added to
** what `require` finds by putting it in.                       [-0, +1, -] */
void ld_bind_loaded (lua_State *L);
/*
** Pushes the table that lua/lesdiplo.lua is given as its second argument:
** its C half. A host puts its `emit` in.                       [-0, +1, -]
*/
void ld_bind_native (lua_State *L);
/* Takes modules from that folder first. Lent; NULL for none. */
void ld_bind_stdlib (lua_State *L, const char *folder);
/* Name 'index' of the embedded modules ("lesdiplo.report"), written into
** out[size]; NULL past the end. */
const char *ld_bind_module_name (uint32_t index, char *out, size_t size);

#endif
