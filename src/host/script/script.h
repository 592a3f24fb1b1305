/*
** script.h - what a script says of itself in its header: what it is, its
** parameters, what it needs, its modules, its documents and tests. Nothing of it
** is run to read that.
**
** It is a part of host.h, which includes it.
*/
#ifndef LD_HOST_SCRIPT_H
#define LD_HOST_SCRIPT_H

#include <lua.h>

#include "base/base.h"


/* ---------------------------------------------------------------- header.c */

enum ld_kind { LD_STRING, LD_INTEGER, LD_BOOLEAN, LD_LIST, LD_NUMBER };

typedef struct ld_strings {
  const char **items;
  uint32_t count;
} ld_strings;

/* What stands in a header, or a parameter's value. */
typedef struct ld_value {
  enum ld_kind kind;
  bool present;
  const char *string;      /* of LD_STRING */
  long long integer;       /* of LD_INTEGER and LD_BOOLEAN */
  double number;           /* of LD_NUMBER */
  ld_strings list;         /* of LD_LIST */
  uint32_t line;           /* where it stands in the script; 0: nowhere ... */
  uint32_t begin, end;     /* ... and the bytes that it is written in */
} ld_value;

enum ld_param_type {
  LD_P_STRING, LD_P_INT, LD_P_NUMBER, LD_P_BOOL, LD_P_DATE, LD_P_COUNTRY,
  LD_P_ENUM, LD_P_LIST, LD_P_TYPES
};
extern const char *const ld_param_types[LD_P_TYPES];

typedef struct ld_param {
  const char *name;
  uint32_t line;           /* of its table in the script */
  enum ld_param_type type;
  ld_value help, fallback, required, example, values, min, max, pattern;
} ld_param;

/* A file that `require` finds: only these bytes. */
typedef struct ld_module {
  const char *name;
  uint32_t line;           /* of its table, as below */
  ld_value sha256;         /* 64 digits, small letters */
  const char *path;        /* where it was found; NULL: not looked for yet */
  const char *text;
  size_t length;
} ld_module;

/* A text that tests read. */
typedef struct ld_text_doc {
  const char *name;
  uint32_t line;
  ld_value text;
  ld_strings fields;       /* names and values by turns */
} ld_text_doc;

typedef struct ld_test {
  const char *name;
  uint32_t line;
  ld_value docs, params, columns, format, expect;
  uint32_t end;            /* where its last pair ends, in bytes of the chunk */
} ld_test;

enum { LD_NEED_READ, LD_NEED_WRITE, LD_NEED_RUN, LD_NEED_ENV, LD_NEEDS };
extern const char *const ld_need_names[LD_NEEDS];

/* All of it lies in the arena that ld_header_read was given. */
typedef struct ld_header {
  bool present;            /* the script has one */
  const char *script;      /* what messages call the file */
  ld_value name, version, api, summary, author, license, categories;
  ld_param *params;
  uint32_t param_count;
  ld_value needs[LD_NEEDS];
  ld_value max_time, max_memory, lua, lpeg;
  ld_module *modules;
  uint32_t module_count;
  ld_text_doc *docs;
  uint32_t doc_count;
  ld_test *tests;
  uint32_t test_count;
  double time;             /* seconds; 0: not said */
  uint64_t memory;         /* bytes; 0: not said */
  ld_strings warnings;
} ld_header;

/*
** Reads the header of a script, which may have none. Returns LESDIPLO_OK,
** LESDIPLO_EFORMAT (with the line in the script) or LESDIPLO_ENOMEM.
*/
int ld_header_read (ld_header *out, ld_arena *arena, const char *chunk,
                    size_t n, const char *name, lesdiplo_error *error);
/* Its document of that name, or NULL. */
const ld_text_doc *ld_header_doc (const ld_header *header, const char *name);
/* Whether this version can run it: api and versions. LESDIPLO_OK or
** LESDIPLO_ESCRIPT. */
int ld_header_allowed (const ld_header *header, lesdiplo_error *error);


/* ------------------------------------------------------------ parameters.c */

/*
** Arguments into values, one for each parameter of the header, in the arena.
** Returns LESDIPLO_OK, LESDIPLO_EARG or LESDIPLO_ENOMEM.
*/
int ld_params_read (const ld_header *header, ld_arena *arena,
                    const char *const *arguments, size_t count,
                    ld_value **values, lesdiplo_error *error);
/* Whether `--help` is among the arguments. */
bool ld_params_ask_help (const ld_header *header,
                         const char *const *arguments, size_t count);
/* Pushes `script`, read only: its params and meta. Checks the patterns of
** parameters, which are Lua's. [-0, +1, e] */
void ld_params_push (lua_State *L, const ld_header *header,
                     const ld_value *values);
/* Is it 1998, 1998-07 or 1998-07-04, and a day that there was? */
bool ld_params_date (const char *text);
/* The help that a header makes. */
void ld_params_help (const ld_header *header, ld_buffer *out);
/* What it says and asks for, to somebody who was given the script. */
void ld_header_inspect (const ld_header *header, const char *sha256,
                        ld_buffer *out);


/* --------------------------------------------------------------- modules.c */

/*
** Reads the modules that a header names: NAME.lua beside the script 'path', then
** in each of the folders. LESDIPLO_OK, LESDIPLO_EIO where one is not there,
** LESDIPLO_EDENIED where it has other bytes, LESDIPLO_ENOMEM.
*/
int ld_modules_read (const ld_header *header, const char *path,
                     const char *const *folders, size_t count,
                     ld_arena *arena, lesdiplo_error *error);
/* `require` for scripts: their modules, then ours. [-1, +1, e] */
int ld_modules_require (lua_State *L);

#endif
