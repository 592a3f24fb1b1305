/*
** lesdiplo.h - read a body of diplomatic documents, and run scripts over it.
**
** The whole of a small program (examples/embed/minimal.c is a longer one):
**
**     #include <stdio.h>
**     #include <lesdiplo.h>
**
**     int main (int argc, char **argv) {
**       lesdiplo_corpus *corpus;
**       lesdiplo_error error;
**       if (lesdiplo_corpus_open(&corpus, argc > 1 ? argv[1] : ".", &error)) {
**         fprintf(stderr, "%s: %s\n", error.where, error.message);
**         return 1;
**       }
**       for (uint32_t i = 0; i < lesdiplo_corpus_count(corpus); i++) {
**         const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, i);
**         const char *title = lesdiplo_doc_field(doc, "title");
**         printf("%s: %s\n", lesdiplo_doc_id(doc), title ? title : "unknown");
**       }
**       lesdiplo_corpus_close(corpus);
**       return 0;
**     }
**
** The law of ownership: what an `_open` or `_new` sets through its first
** argument is yours, and is given back by the `_close` or `_free` of its kind,
** which take NULL. What a getter returns is lent: it belongs to the corpus or
** the host and lives as long. Strings are UTF-8 and end with a NUL, save where
** a length is given beside them.
**
** Functions return LESDIPLO_OK or a negative LESDIPLO_E...; `error` may be
** NULL everywhere. There is no global state and no last error: two threads may
** use two corpora, or two hosts over one corpus, without asking each other.
** One host belongs to one thread at a time.
*/
#ifndef LESDIPLO_H
#define LESDIPLO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define LESDIPLO_API __attribute__((visibility("default")))
#else
#define LESDIPLO_API
#endif

#define LESDIPLO_VERSION "0.1.0"


/* ----------------------------------------------------------------------
** Errors
*/

enum {
  LESDIPLO_OK = 0,
  LESDIPLO_ENOMEM = -1,      /* no memory, or the budget is used up */
  LESDIPLO_EARG = -2,        /* the caller's argument makes no sense */
  LESDIPLO_EIO = -3,         /* a file cannot be opened, read or written */
  LESDIPLO_EFORMAT = -4,     /* bytes that are not what they claim to be */
  LESDIPLO_ESCRIPT = -5,     /* a script raised an error, or does not parse */
  LESDIPLO_ELIMIT = -6,      /* stopped: time, memory, or an interrupt */
  LESDIPLO_EDENIED = -7,     /* a right that was not granted */
  LESDIPLO_ENOTFOUND = -8,   /* nothing of that name */
  LESDIPLO_EINCOMPLETE = -9  /* a chunk that stops before its end (REPL) */
};

/*
** What went wrong. The caller owns it, on the stack as a rule, and may use it
** again: filling one in allocates nothing and cannot fail.
*/
typedef struct lesdiplo_error {
  int code;             /* LESDIPLO_OK, or one of the negative LESDIPLO_E... */
  uint32_t line;        /* in 'where', counted from 1; 0 when there is none */
  char where[240];      /* script or document; "" when neither was open */
  char message[1200];   /* what happened and what to do; may hold several
                           lines when a script's source is shown */
} lesdiplo_error;


/* ----------------------------------------------------------------------
** Corpus
*/

typedef struct lesdiplo_corpus lesdiplo_corpus;
typedef struct lesdiplo_doc lesdiplo_doc;

/*
** An allocator with the meaning of Lua's: `size` 0 frees and returns NULL;
** otherwise returns a block of `size` bytes that keeps what the old one held,
** or NULL and leaves the old one alone. `old` is the block's size, or any
** value where `block` is NULL. Making a block smaller must not fail.
*/
typedef void *(*lesdiplo_alloc) (void *data, void *block, size_t old,
                                 size_t size);

/*
** Called now and then while documents are read. `total` is 0 as long as it is
** not known. `path` is the file being read and is lent for the call.
*/
typedef void (*lesdiplo_progress) (void *data, uint64_t done, uint64_t total,
                                   const char *path);

/* How to read a corpus. Start from LESDIPLO_OPTIONS_INIT. */
typedef struct lesdiplo_options {
  size_t size;                 /* of this struct, for later versions */
  lesdiplo_alloc alloc;        /* NULL: malloc */
  void *alloc_data;
  uint64_t max_memory;         /* bytes, mapped files apart; 0: no bound */
  lesdiplo_progress progress;  /* NULL: none */
  void *progress_data;
  const volatile int *stop;    /* once it is not 0, which a signal handler may set,
                                  reading ends soon, with LESDIPLO_ELIMIT; NULL */
} lesdiplo_options;

#define LESDIPLO_OPTIONS_INIT \
  { sizeof(lesdiplo_options), NULL, NULL, 0, NULL, NULL, NULL }

/*
** Reads one file, one archive, or one folder with all below it (names in byte
** order), and freezes the result: it never changes again.
**
** Text, Markdown and JSON (an object with a `text`, an array of them, one a
** line) are read; docx, odt, epub; PDF, when pdftotext of poppler-utils is
** installed: it is run on its bytes. Members of zip, tar and 7z archives and
** the pages of WARC files are documents like files of a folder, in the order of
** their names; a file that gzip, bzip2, xz, zstd or lz4 has packed is read as
** what it was. Archives may lie in archives, four deep. Nothing is written to a
** disk. How much may come out of one file is bounded (8 GiB, a million members,
** 250 times the bytes it has once it gives more than 64 MiB): a note says where
** such a bound has ended it.
**
** Sets '*out' to a corpus that the caller closes, or to NULL on failure.
** Returns LESDIPLO_OK, LESDIPLO_EIO if nothing at 'path' could be read,
** LESDIPLO_ENOMEM or LESDIPLO_EARG. A document that cannot be understood is
** no failure: it is left out, and lesdiplo_corpus_note tells which and why.
**
** A file metadata.csv or metadata.jsonl in a folder is no document: its rows
** give fields to the documents of the folder, and win over what those say. Each
** has a `file`, the path below the folder, or the `id` of a document.
*/
LESDIPLO_API int lesdiplo_corpus_open (lesdiplo_corpus **out, const char *path,
                                       lesdiplo_error *error);

/* The same for several paths, in the order given, and with options. */
LESDIPLO_API int lesdiplo_corpus_open_all (lesdiplo_corpus **out,
                                           const char *const *paths,
                                           size_t count,
                                           const lesdiplo_options *options,
                                           lesdiplo_error *error);

/*
** The same for bytes in memory, read as a file of that name would be: "a.txt",
** "a.html", "records.jsonl". They are copied. LESDIPLO_EIO when there is no
** document in them.
*/
LESDIPLO_API int lesdiplo_corpus_read (lesdiplo_corpus **out, const char *name,
                                       const char *bytes, size_t length,
                                       const lesdiplo_options *options,
                                       lesdiplo_error *error);

/*
** Closes it: its documents and all that was lent of them are gone. A host, or a Lua
** state, that has it may still be open: there, whatever was read of the corpus says
** from then on that it is closed, and its memory is given back with the last of them.
*/
LESDIPLO_API void lesdiplo_corpus_close (lesdiplo_corpus *corpus);

/* How many documents it holds. */
LESDIPLO_API uint32_t lesdiplo_corpus_count (const lesdiplo_corpus *corpus);

/* Document 'index', from 0; NULL past the end. */
LESDIPLO_API const lesdiplo_doc *lesdiplo_corpus_doc (
    const lesdiplo_corpus *corpus, uint32_t index);

/* The document with that id (see lesdiplo_doc_id), or NULL. */
LESDIPLO_API const lesdiplo_doc *lesdiplo_corpus_find (
    const lesdiplo_corpus *corpus, const char *id);

/*
** What could not be read, or was read with doubt: note 'index', from 0. Fills
** '*note' with file, line and reason; returns LESDIPLO_ENOTFOUND past the end.
*/
LESDIPLO_API int lesdiplo_corpus_note (const lesdiplo_corpus *corpus,
                                       uint32_t index, lesdiplo_error *note);

/* Bytes it takes: everything made by us, and every file mapped for it. */
LESDIPLO_API uint64_t lesdiplo_corpus_memory (const lesdiplo_corpus *corpus);


/* ----------------------------------------------------------------------
** Documents
**
** A document has its source and the text that people read: UTF-8, markup gone,
** characters otherwise as they were. Offsets called `begin` and `end` are half
** open and count bytes of the text; `source_begin` and `source_end` count
** bytes of the source, and are what is printed and cited. The source is
**
**   of a file               its bytes; of an archive's member or a file that is
**                           compressed, those that are unpacked
**   of a JSON record        the decoded value of its `text`
**   of a page in a WARC     the body of the answer, put together and unpacked
**   of a docx               the bytes of word/document.xml, and after them
**                           those of its footnotes.xml and endnotes.xml
**   of an odt               the bytes of content.xml, and after them its notes
**                           (<text:note>) once more: there their text is read
**   of a PDF                its text, which no bytes of the file are: the lines
**                           of its pages as pdftotext finds them, words parted
**                           by a space, an empty line after each paragraph, a
**                           form feed before each page but the first. Another
**                           version of pdftotext may find others; then
**                           lesdiplo_verify says so
*/

/*
** Its name in citations: the path below the corpus root, "a.zip!/b/c.txt" for
** an archive's member, "a.warc.gz!/URL" for a page of a crawl; for a JSON-lines
** record its `id`, or file:line where it has none. A member's name is made
** clean: no part of it is "..", bytes that are no UTF-8 are %XX, and one that is
** too long ends in a hash of all of it. No two documents of one corpus share an
** id.
*/
LESDIPLO_API const char *lesdiplo_doc_id (const lesdiplo_doc *doc);

/* Its place in the corpus, from 0. */
LESDIPLO_API uint32_t lesdiplo_doc_index (const lesdiplo_doc *doc);

/*
** A field of the document by name: path title date date_precision date_how
** source byline dateline lang kind sha256; or a further one that its record
** or its page carried (url, dateline_place, dateline_agency, dateline_date,
** section, editors ...), or that was given from beside it (`metadata` says
** where: "metadata.csv:12"). NULL where nothing says it: nothing is guessed,
** save the encoding of its file. Where that is not plain UTF-8 it is `charset`,
** and `charset_how` tells how it was found out: "byte order mark", "declared"
** (by a header), "given" (in a metadata.csv), "guessed, 0.87" ... Every document has a sha256: NULL says that there is no
** memory.
*/
LESDIPLO_API const char *lesdiplo_doc_field (const lesdiplo_doc *doc,
                                             const char *name);

/*
** Field 'index', from 0, in a fixed order. Sets '*name' and '*value' and
** returns LESDIPLO_OK, or LESDIPLO_ENOTFOUND past the end. sha256 is not
** among them: it costs a pass over the source and is made when asked for.
*/
LESDIPLO_API int lesdiplo_doc_field_at (const lesdiplo_doc *doc,
                                        uint32_t index, const char **name,
                                        const char **value);

/*
** The text and the source, with their lengths in bytes. Neither ends with a
** NUL, and either may hold one. 'length' may be NULL.
*/
LESDIPLO_API const char *lesdiplo_doc_text (const lesdiplo_doc *doc,
                                            size_t *length);
LESDIPLO_API const char *lesdiplo_doc_source (const lesdiplo_doc *doc,
                                              size_t *length);

/* A stretch of one document. */
typedef struct lesdiplo_span {
  uint32_t begin, end;                /* in the text */
  uint32_t source_begin, source_end;  /* in the source */
} lesdiplo_span;

/*
** A layer's number by its name: "block", "sentence" or "token". Returns
** LESDIPLO_ENOTFOUND for another name.
*/
LESDIPLO_API int lesdiplo_layer (const char *name);

/* How many spans the document has in that layer; 0 for an unknown layer. */
LESDIPLO_API uint32_t lesdiplo_doc_count (const lesdiplo_doc *doc, int layer);

/*
** Span 'index', from 0, of a layer, in order of their beginning. Returns
** LESDIPLO_ENOTFOUND past the end.
*/
LESDIPLO_API int lesdiplo_doc_span (const lesdiplo_doc *doc, int layer,
                                    uint32_t index, lesdiplo_span *out);

/*
** A field of that span, its length in '*length' (which may be NULL), or NULL
** where it has none of that name:
**   block   kind (heading paragraph item caption byline dateline header footer
**           boilerplate table); level (of a heading or item, "1" ...)
**   token   folded stem shape: every token has all; a stem that is NULL says
**           that there is no memory
** It is lent until the corpus is closed.
*/
LESDIPLO_API const char *lesdiplo_doc_span_field (const lesdiplo_doc *doc,
                                                  int layer, uint32_t index,
                                                  const char *name,
                                                  size_t *length);

/*
** Turns text offsets into a whole span: fills the source offsets in. What begins
** or ends inside a character that has other bytes in the source stands for all
** of it. An empty stretch stands for the bytes of markup that were dropped
** there. Returns
** LESDIPLO_EARG when begin > end or end lies past the text.
*/
LESDIPLO_API int lesdiplo_doc_locate (const lesdiplo_doc *doc, uint32_t begin,
                                      uint32_t end, lesdiplo_span *out);


/* ----------------------------------------------------------------------
** Citations
**
** DOC:LINE:START-END#8hex. DOC is the document's id, LINE the source line of
** START, START-END source bytes, half open, and 8hex the first digits of the
** SHA-256 of those bytes. A space, '#', '%', a control byte or a bracket in
** an id is written %XX.
*/

/*
** Writes the citation of a stretch of text as a terminated string. Returns its
** length, however small 'size' is (as snprintf does), or LESDIPLO_EARG.
*/
LESDIPLO_API int lesdiplo_doc_cite (const lesdiplo_doc *doc, uint32_t begin,
                                    uint32_t end, char *out, size_t size);

/*
** Something a check found: it holds where 'reason' is NULL. All is lent for
** the call.
*/
typedef struct lesdiplo_finding {
  uint32_t line;        /* of the checked file, from 1 */
  const char *what;     /* the citation as written, or DOC:LAYER:START-END */
  const char *reason;   /* why it does not hold; NULL where it does */
} lesdiplo_finding;

typedef void (*lesdiplo_found) (void *data, const lesdiplo_finding *finding);

/*
** Checks what a file claims against the sources: every citation in any text,
** and every record of JSON lines that has `doc`, `start`, `end` and, where
** present, `text`, `hash`, `sha256`, `bytes`. 'found' hears of each, in order.
** Returns LESDIPLO_OK when all hold, LESDIPLO_EFORMAT when one does not, or
** LESDIPLO_ENOMEM. A file that claims nothing is LESDIPLO_ENOTFOUND.
*/
LESDIPLO_API int lesdiplo_verify (const lesdiplo_corpus *corpus,
                                  const char *bytes, size_t length,
                                  lesdiplo_found found, void *data,
                                  lesdiplo_error *error);


/* ----------------------------------------------------------------------
** Duplicates
*/

/*
** One document of a group of documents that are alike. The first of a group is
** like itself; each further one is like another of the group, an earlier one
** unless it is a later one alone that ties it to them.
*/
typedef struct lesdiplo_duplicate {
  uint32_t group;       /* from 0, in the order of their first documents */
  uint32_t index;       /* the document */
  uint32_t like;        /* the one that it is most like */
  double similarity;    /* of these two, 0 to 1 */
  int same;             /* 1: they have the same words and marks throughout */
} lesdiplo_duplicate;

typedef void (*lesdiplo_duplicate_found) (void *data,
                                          const lesdiplo_duplicate *one);

/*
** Finds documents that are the same or nearly so, in time that grows with the
** text and not with the number of pairs, and tells of them group by group.
**
** Documents are the same when all words and marks are, white space aside. How
** similar others are is the share, among all runs of four words that either
** has, of those that both have (in headings, paragraphs, list items and tables
** only: the title and a page's furniture do not count, nor do case, accents and
** marks). A group is held together by pairs that are at least 'near' similar,
** 0.5 to 1 (0.8 is a good start: an agency's report in two papers, a release
** and its correction). Which pairs are looked at is settled by hashes: of those just as
** similar as 'near' one in a hundred may be missed, of more similar ones
** hardly any. The same corpus gives the same groups every time.
**
** Returns LESDIPLO_OK, LESDIPLO_EARG or LESDIPLO_ENOMEM.
*/
LESDIPLO_API int lesdiplo_corpus_duplicates (const lesdiplo_corpus *corpus,
                                             double near,
                                             lesdiplo_duplicate_found found,
                                             void *data,
                                             lesdiplo_error *error);


/* ----------------------------------------------------------------------
** Host: a Lua state with our library, in this process
**
** It holds scripts to an environment without files, programs or bytecode, and
** to a memory budget. That is good manners, not a wall: Lua and LPeg have
** faults of their own. Run a stranger's script with lesdiplo_run_isolated.
*/

typedef struct lesdiplo_host lesdiplo_host;

/* Bytes a script prints. Returns 0, or another value to stop the script. */
typedef int (*lesdiplo_write) (void *data, const char *bytes, size_t length);

/* How a host is made. Start from LESDIPLO_HOST_INIT. */
typedef struct lesdiplo_host_options {
  size_t size;
  lesdiplo_alloc alloc;         /* NULL: malloc */
  void *alloc_data;
  uint64_t max_memory;          /* of the Lua state; 0: 1 GiB */
  lesdiplo_write write;         /* NULL: stdout */
  void *write_data;
  const char *format;           /* of rows: table tsv csv json jsonl md html;
                                   NULL: tsv */
  uint32_t width;               /* columns of a table; 0: 100 */
  const char *const *paths;     /* read when the script first asks for */
  size_t path_count;            /* `corpus` and none was given */
  const char *stdlib;           /* folder to take our Lua from; NULL: built in */
  const char *const *entities;  /* tables of entities of one's own, added to */
  size_t entity_count;          /* what ships: see below */
} lesdiplo_host_options;

#define LESDIPLO_HOST_INIT \
  { sizeof(lesdiplo_host_options), NULL, NULL, 0, NULL, NULL, NULL, 0, NULL, \
    0, NULL, NULL, 0 }

/*
** `entities` are files of countries, organisations, places ... and their names, read
** in their order when a script first asks for an entity or a layer of them. The end
** of its name tells how a file is written; another one is LESDIPLO_EARG:
**
**   .csv     a line a name. The first one names the columns: id, kind, name, lang,
**            form; any others are facts. Several lines may be of one id.
**   .jsonl   an object a line with the same keys; `names` is an array of texts, or
**            of objects with text, lang and form.
**   .txt     entries, as lua/lesdiplo/data/entities has them:
**                [LHDA org]
**                en: Lesotho Highlands Development Authority
**                en abbreviation: LHDA
**                seat: maseru
**
** `kind` is country, org or place, and may be left out for an id that ships or stood
** before; `lang` is as in en or zh-Hant; `form` one of name (the default), official,
** abbreviation, adjective, demonym, historical, metonym, short, plural. Names are
** added: none that ships is lost. Files are UTF-8, or UTF-16 with a byte order mark.
** A row that cannot be read is a warning on stderr with its file and line, and the
** others are read; a file that cannot be opened ends the run with LESDIPLO_EIO.
*/

/*
** Makes a host over 'corpus', which must outlive it and may be NULL. Sets
** '*out' to a host that the caller frees. Options are copied, and their
** strings with them. Returns LESDIPLO_OK, LESDIPLO_ENOMEM or LESDIPLO_EARG.
*/
LESDIPLO_API int lesdiplo_host_new (lesdiplo_host **out,
                                    const lesdiplo_corpus *corpus,
                                    const lesdiplo_host_options *options,
                                    lesdiplo_error *error);

LESDIPLO_API void lesdiplo_host_free (lesdiplo_host *host);

/*
** The arguments of a call from Lua and the place for its results. It lives
** for the call. Indices count from 1.
*/
typedef struct lesdiplo_call lesdiplo_call;

/*
** A C function that scripts may call. Returns LESDIPLO_OK, or what
** lesdiplo_call_fail returned: then the script sees an error at its own line.
*/
typedef int (*lesdiplo_function) (lesdiplo_call *call, void *data);

/*
** Makes 'function' a global of that name. 'doc' is its help, shown by ?name:
** the first line is its signature. Returns LESDIPLO_OK, LESDIPLO_EARG for a
** name that is no Lua name or is taken, or LESDIPLO_ENOMEM.
*/
LESDIPLO_API int lesdiplo_host_register (lesdiplo_host *host, const char *name,
                                         lesdiplo_function function,
                                         void *data, const char *doc);

LESDIPLO_API int lesdiplo_call_count (const lesdiplo_call *call);
/* Argument 'i' as a string (numbers are converted), or NULL. */
LESDIPLO_API const char *lesdiplo_call_string (lesdiplo_call *call, int i,
                                               size_t *length);
/* Argument 'i' as a number: 1 and '*out' set, or 0. */
LESDIPLO_API int lesdiplo_call_number (lesdiplo_call *call, int i,
                                       double *out);
/* Argument 'i' as a document, or NULL. */
LESDIPLO_API const lesdiplo_doc *lesdiplo_call_doc (lesdiplo_call *call,
                                                    int i);
/* Results, in order. Each returns LESDIPLO_OK or LESDIPLO_ENOMEM. */
LESDIPLO_API int lesdiplo_return_string (lesdiplo_call *call,
                                         const char *bytes, size_t length);
LESDIPLO_API int lesdiplo_return_number (lesdiplo_call *call, double value);
LESDIPLO_API int lesdiplo_return_boolean (lesdiplo_call *call, int value);
LESDIPLO_API int lesdiplo_return_span (lesdiplo_call *call,
                                       const lesdiplo_doc *doc,
                                       uint32_t begin, uint32_t end);
/* Ends the call with an error; return what it returns. */
LESDIPLO_API int lesdiplo_call_fail (lesdiplo_call *call, const char *message);

/*
** Runs Lua text (bytecode is refused). 'name' is what errors call it: a file
** name, or "=(something)". 'arguments' become the chunk's `...` and `arg`; a
** script that has a header gets its parameters from them. Rows that it returns
** or emits are printed in the host's format at its end.
** Returns LESDIPLO_OK, LESDIPLO_ESCRIPT, LESDIPLO_ELIMIT, LESDIPLO_EARG (a
** parameter the script does not know), LESDIPLO_EDENIED or LESDIPLO_ENOMEM;
** the error shows the line of source and the document being read.
*/
LESDIPLO_API int lesdiplo_host_run (lesdiplo_host *host, const char *chunk,
                                    size_t length, const char *name,
                                    const char *const *arguments, size_t count,
                                    lesdiplo_error *error);

/*
** For a prompt: runs a chunk and prints what it gives, an expression without
** `return` too. Returns LESDIPLO_EINCOMPLETE when more lines are wanted.
** `?name` shows help. Globals that it sets stay.
*/
LESDIPLO_API int lesdiplo_host_eval (lesdiplo_host *host, const char *chunk,
                                     size_t length, lesdiplo_error *error);

/*
** Stops the running Lua soon, from a signal handler or another thread: the run
** returns LESDIPLO_ELIMIT. It cannot reach into LPeg or string.find.
*/
LESDIPLO_API void lesdiplo_host_interrupt (lesdiplo_host *host);

/*
** What could complete the last word of 'line' (a name, with dots and colons; in
** quotation marks that of a layer, an entity, a document), in byte order. 'index'
** counts from 0; returns NULL past the end. Lent until the next call.
*/
LESDIPLO_API const char *lesdiplo_host_complete (lesdiplo_host *host,
                                                 const char *line,
                                                 uint32_t index);
/* Where that word begins; 'quoted', unless NULL, tells whether it is in marks. */
LESDIPLO_API size_t lesdiplo_complete_begin (const char *line, int *quoted);

/*
** The help for a name of our library ("corpus:gmatch", "span.cite",
** "lesdiplo.emit"), or NULL. Names are found without their prefix too.
*/
LESDIPLO_API const char *lesdiplo_help (const char *name);

/* Name 'index' that has help, from 0, in byte order; NULL past the end. */
LESDIPLO_API const char *lesdiplo_help_name (uint32_t index);


/* ----------------------------------------------------------------------
** Scripts
*/

/*
** The help of a script, made from its header without running it: what it does,
** its parameters as flags, an example. '*out' is to be given to
** lesdiplo_string_free. Returns LESDIPLO_OK, LESDIPLO_EFORMAT for a bad header
** (with file and line), or LESDIPLO_ENOMEM.
*/
LESDIPLO_API int lesdiplo_script_help (char **out, const char *chunk,
                                       size_t length, const char *name,
                                       lesdiplo_error *error);

LESDIPLO_API void lesdiplo_string_free (char *string);

struct lesdiplo_right;

/*
** What a script's header says. Strings it does not have are NULL; `rights` are
** what it asks for, `param_count` and `test_count` how many of them there are.
** `warnings` are unknown keys and the like, a line each with its place.
*/
typedef struct lesdiplo_script {
  const char *name, *version, *summary, *author, *license;
  const char *const *categories;
  size_t category_count;
  const struct lesdiplo_right *rights;
  size_t right_count;
  size_t param_count, test_count;
  const char *const *warnings;
  size_t warning_count;
  int present;                      /* 0: there is no header, all is empty */
} lesdiplo_script;

/*
** Reads a header, and runs nothing. Sets '*out' to what lesdiplo_script_free takes.
** Returns LESDIPLO_OK, LESDIPLO_EFORMAT for a bad header (with file and line),
** LESDIPLO_ENOMEM.
*/
LESDIPLO_API int lesdiplo_script_read (lesdiplo_script **out, const char *chunk,
                                       size_t length, const char *name,
                                       lesdiplo_error *error);

LESDIPLO_API void lesdiplo_script_free (lesdiplo_script *script);

/* Hears of what is wrong in a script, in the order of its lines. */
typedef void (*lesdiplo_remark) (void *data, uint32_t line,
                                 const char *message);

/*
** Looks for mistakes in a script without running it: `lesdiplo help check` says for
** which. Returns LESDIPLO_OK when there is nothing to say, LESDIPLO_EFORMAT when
** there is, LESDIPLO_ENOMEM, or LESDIPLO_ELIMIT for a text too large to look at.
*/
LESDIPLO_API int lesdiplo_script_check (const char *chunk, size_t length,
                                        const char *name,
                                        lesdiplo_remark remark, void *data,
                                        lesdiplo_error *error);

/*
** What a script says of itself, what it asks for in sentences, what it uses, what is
** hard to read in it: text for a person. It is not run. As lesdiplo_script_help.
*/
LESDIPLO_API int lesdiplo_script_inspect (char **out, const char *chunk,
                                          size_t length, const char *name,
                                          lesdiplo_error *error);

/*
** File 'index', from 0, of those by which editors know our names: sets '*name', its
** path, and '*text', to be given to lesdiplo_string_free. LESDIPLO_ENOTFOUND past
** the end.
*/
LESDIPLO_API int lesdiplo_editor_file (uint32_t index, const char **name,
                                       char **text, lesdiplo_error *error);

/* The SHA-256 of the bytes, by which a script is known: 64 hexadecimal digits and
** a NUL. */
LESDIPLO_API void lesdiplo_sha256 (const char *bytes, size_t length,
                                   char out[65]);

/* What holds a script besides its Lua environment. */
enum lesdiplo_isolation {
  LESDIPLO_ISOLATION_KERNEL,   /* Landlock and seccomp, as far as they are there */
  LESDIPLO_ISOLATION_NONE      /* a process of its own, and no more */
};

enum lesdiplo_right_kind {
  LESDIPLO_RIGHT_READ,         /* a file, or what a folder holds */
  LESDIPLO_RIGHT_WRITE,        /* new files in a folder */
  LESDIPLO_RIGHT_RUN,          /* a program: as good as full trust */
  LESDIPLO_RIGHT_ENV           /* a variable of the environment */
};

/*
** A right beyond reading the corpus and printing. 'what' is a path, a program or
** a variable; of a folder to write to it may be NAME=PATH, so that scripts find
** it by that name and not by the last part of its path. NULL: all of the kind.
*/
typedef struct lesdiplo_right {
  int kind;                         /* enum lesdiplo_right_kind */
  int denied;                       /* 1: denied; that wins over what is granted */
  const char *what;
} lesdiplo_right;

/* What a script's header asks for and nothing grants yet. All is lent. */
typedef struct lesdiplo_request {
  const char *script;               /* its file */
  const char *name, *version;       /* as its header has them; each may be NULL */
  const char *summary, *author;
  const char *chunk;                /* its text ... */
  size_t length;                    /* ... in bytes */
  const lesdiplo_right *rights;
  size_t count;
  double max_time;                  /* seconds; 0: not said */
  uint64_t max_memory;              /* bytes; 0: not said */
} lesdiplo_request;

/* Decides on a request: 1 grants all of it for this run, 0 nothing; -1 tells that
** there is nobody to decide, and the message names what would grant it. */
typedef int (*lesdiplo_ask) (void *data, const lesdiplo_request *request);
/* Hears of each right that is used; 'denied' tells whether it was refused. */
typedef void (*lesdiplo_used) (void *data, const lesdiplo_right *right);

/* Hears of a document in which the script failed, and how. 'doc' is lent. */
typedef void (*lesdiplo_failed) (void *data, const lesdiplo_doc *doc,
                                 const lesdiplo_error *error);

/*
** What is done in the worker once the chunk has ended well: layers that it has
** defined, say, are there for what 'host' is asked to run. What scripts print is
** dropped; bytes that 'write' is given, with 'write_data', reach the caller's. Fills
** 'error' and returns its code, which is that of the run. It runs behind the walls
** of the worker: it can open nothing.
*/
typedef int (*lesdiplo_after) (void *data, lesdiplo_host *host,
                               lesdiplo_write write, void *write_data,
                               lesdiplo_error *error);

/* What this system has to hold a script with: bits. */
enum lesdiplo_walls {
  LESDIPLO_SANDBOX_FILES = 1,      /* Landlock */
  LESDIPLO_SANDBOX_CALLS = 2       /* seccomp */
};
LESDIPLO_API unsigned lesdiplo_sandbox (void);

/* A run in a process of its own. Start from LESDIPLO_RUN_INIT. */
typedef struct lesdiplo_run_options {
  size_t size;
  const lesdiplo_corpus *corpus;    /* NULL: host.paths are read, if the chunk
                                       has the word `corpus` in it */
  lesdiplo_host_options host;       /* write: in the calling process */
  const char *chunk;                /* Lua text ... */
  size_t length;
  const char *name;                 /* ... and what errors call it */
  const char *const *arguments;
  size_t argument_count;
  double max_time;                  /* seconds, by the wall; 0: what the header
                                       says, or 600, or none if 'trusted' */
  uint64_t max_output;              /* bytes printed, and as many written to
                                       files; 0: no bound */
  int isolation;                    /* enum lesdiplo_isolation */
  int trusted;                      /* 1: the chunk is the caller's own. It runs,
                                       with a warning, on a system that has no
                                       sandbox; another one is LESDIPLO_EDENIED
                                       there */
  const lesdiplo_right *rights;     /* granted and denied */
  size_t right_count;
  int overwrite;                    /* 1: files that are there may be replaced */
  lesdiplo_ask ask;                 /* NULL: what is asked for is refused */
  lesdiplo_used used;               /* or NULL */
  void *rights_data;                /* of both */
  int rights_later;                 /* 1: the script runs without what its header
                                       asks for, and is refused where it uses it */
  const char *const *module_folders;  /* where modules of the header are looked */
  size_t module_folder_count;         /* for, after the folder of the script */
  lesdiplo_progress progress;       /* told now and then where the script is: done
                                       and total are documents, path is the one it
                                       reads, or NULL: a message is about to be
                                       printed. NULL: none */
  void *progress_data;
  int header_told;                  /* 1: what its header is warned of has been
                                       told, and is not told again */
  lesdiplo_failed failed;           /* told of each document in which the script
                                       fails: it goes on as if that one were not
                                       in the corpus. NULL: its first failure ends
                                       the run */
  void *failed_data;
  const uint32_t *sample;           /* numbers of documents: walks and searches go
                                       into no others. NULL: into all */
  size_t sample_count;
  lesdiplo_after after;             /* NULL: nothing */
  void *after_data;
} lesdiplo_run_options;

#define LESDIPLO_RUN_INIT \
  { sizeof(lesdiplo_run_options), NULL, LESDIPLO_HOST_INIT, NULL, 0, NULL, \
    NULL, 0, 0, 0, LESDIPLO_ISOLATION_KERNEL, 0, NULL, 0, 0, NULL, NULL, NULL, \
    0, NULL, 0, NULL, NULL, 0, NULL, NULL, NULL, 0, NULL, NULL }

/*
** Forks a worker that makes a host, runs the chunk and ends; what it prints
** goes to host.write in this process, in pieces, as it comes.
**
** The worker cannot open files, make connections, start programs or reach other
** processes: the kernel keeps it from that, whatever it runs. It has no
** environment, no standard input, no descriptor but its pipes; memory, time and
** output have limits; it dies with the caller. So the documents are read before
** it is forked, in the calling process; and files of host.entities, and
** host.stdlib, are what it may read by itself.
**
** A script that has a right uses it through this process: files.open, out.open,
** env and run ask, and get a descriptor. Files that it writes are put in their
** places when it has ended well; otherwise none appears.
**
** Returns as lesdiplo_host_run does, LESDIPLO_ELIMIT when the worker ran out of
** time or died of a signal, LESDIPLO_EDENIED when a right is missing: the
** message names it.
*/
LESDIPLO_API int lesdiplo_run_isolated (const lesdiplo_run_options *options,
                                        lesdiplo_error *error);
/*
** Does what lesdiplo_run_isolated does first: header, parameters and rights are
** looked at, and 'ask' is asked. Nothing is read or run.
*/
LESDIPLO_API int lesdiplo_run_check (const lesdiplo_run_options *options,
                                     lesdiplo_error *error);

/* How a test of a script's header ended. All is lent for the call. */
typedef struct lesdiplo_test {
  const char *name;
  uint32_t line;               /* where it stands in the script */
  int passed;
  const char *reason;          /* why it failed where its output does not say:
                                  the script's error, a column that is missing;
                                  NULL: the two differ, or it passed, or
                                  nothing is expected yet */
  const char *expected;        /* as the header has it; NULL: it has nothing */
  const char *actual;          /* what came, each with a NUL behind it */
  size_t expected_length, actual_length;
  size_t from, to;             /* bytes of the chunk that say what is expected;
                                  the same where a line is to be added */
} lesdiplo_test;

/* Hears of each; another result than 0 ends the tests. */
typedef int (*lesdiplo_tested) (void *data, const lesdiplo_test *test);

/*
** Runs the tests that a script's header has, one after the other, each on the
** documents of the header that it names (all, if none) and in a process of its own
** without any right: what lesdiplo_run_isolated says holds. Of the options, the
** chunk, its name, the limits, the isolation and the host's stdlib and entities
** count; a test has a minute if nothing says more.
** Returns LESDIPLO_OK when all passed, LESDIPLO_ESCRIPT when one failed or the
** header is wrong ('error' says which), LESDIPLO_ENOTFOUND when there is none.
*/
LESDIPLO_API int lesdiplo_script_test (const lesdiplo_run_options *options,
                                       lesdiplo_tested tested, void *data,
                                       lesdiplo_error *error);

/*
** Of all that runs now, scripts and lines of sessions, from a signal handler too:
** stop asks it to end, called twice kills its worker; pause holds it until it is
** called with 0, and its time goes on. A stop that comes between two lines is for
** the next, unless it is taken back with forgive, called where nothing runs.
*/
LESDIPLO_API void lesdiplo_run_stop (void);
LESDIPLO_API void lesdiplo_run_forgive (void);
LESDIPLO_API void lesdiplo_run_pause (int on);


/* ----------------------------------------------------------------------
** Sessions
**
** A host for a prompt, in a worker of its own, held as lesdiplo_run_isolated says.
** Each line runs in a fork that becomes the session when the line has ended: one
** that crashes, does not end, or runs out of memory is undone, and what was
** defined before is still there. Globals stay from line to line.
*/

typedef struct lesdiplo_session lesdiplo_session;

/* What became of a line. */
typedef struct lesdiplo_line {
  int kept;              /* 1: the session goes on behind it; 0: it is undone */
  int expression;        /* 1: its text is an expression ... */
  int statement;         /* ... or could stand as one: a call can be both */
  double seconds;        /* by the wall ... */
  double cpu;            /* ... and of the processor; 0 for one that died */
  uint64_t memory;       /* bytes of the Lua state behind it */
} lesdiplo_line;

/*
** Of 'options' chunk and arguments are not used; max_time and max_output are those
** of a line, and host.paths are not read: give the corpus. What it points to must
** be there as long as the session. Returns LESDIPLO_OK and sets '*out', or an error
** as lesdiplo_run_isolated has it. Use a session from one thread.
*/
LESDIPLO_API int lesdiplo_session_open (lesdiplo_session **out,
                                        const lesdiplo_run_options *options,
                                        lesdiplo_error *error);
LESDIPLO_API void lesdiplo_session_close (lesdiplo_session *session);

/*
** Evaluates a line as lesdiplo_host_eval does. Where it is undone the code is
** LESDIPLO_ELIMIT (or LESDIPLO_ENOMEM) and the message says why; after another error
** the assignments before it stay. 'line' may be NULL. lesdiplo_run_stop stops it:
** once kindly, twice by the kernel's hand; between two lines it stops the next.
*/
LESDIPLO_API int lesdiplo_session_eval (lesdiplo_session *session,
                                        const char *chunk, size_t length,
                                        lesdiplo_line *line,
                                        lesdiplo_error *error);

/* Runs a script in the session, as lesdiplo_run_isolated does: the rights its
** header asks for are asked of 'ask', and are its own. */
LESDIPLO_API int lesdiplo_session_run (lesdiplo_session *session,
                                       const char *chunk, size_t length,
                                       const char *name,
                                       const char *const *arguments,
                                       size_t count, lesdiplo_line *line,
                                       lesdiplo_error *error);

/* Takes the last line back: LESDIPLO_OK, or LESDIPLO_ENOTFOUND when no state before
** it is kept: some ten are, of large ones at least one. */
LESDIPLO_API int lesdiplo_session_undo (lesdiplo_session *session,
                                        lesdiplo_error *error);
/* Back to the state before the first line. */
LESDIPLO_API int lesdiplo_session_reset (lesdiplo_session *session,
                                         lesdiplo_error *error);

/* As lesdiplo_host_complete; it is given up after a second. */
LESDIPLO_API const char *lesdiplo_session_complete (lesdiplo_session *session,
                                                    const char *text,
                                                    uint32_t index);

/* The format of rows from now on (NULL: tsv), and the columns of a table (0: 100).
** LESDIPLO_OK or LESDIPLO_EARG. */
LESDIPLO_API int lesdiplo_session_format (lesdiplo_session *session,
                                          const char *format, uint32_t width,
                                          lesdiplo_error *error);


/* ----------------------------------------------------------------------
** Version
*/

/* LESDIPLO_VERSION of the library that is linked. */
LESDIPLO_API const char *lesdiplo_version (void);

/* A line a library: "Lua 5.4.4", "LPeg 1.0.2", "ICU 72.1" ... */
LESDIPLO_API const char *lesdiplo_libraries (void);

#ifdef __cplusplus
}
#endif

#endif
