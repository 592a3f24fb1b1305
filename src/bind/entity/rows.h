/*
** rows.h - between the files of entity: entities that somebody adds to what ships,
** a row at a time, out of files or out of Lua.
*/
#ifndef LD_BIND_ROWS_H
#define LD_BIND_ROWS_H

#include "bind/inside.h"
#include "read/read.h"

/*
** Adds a row: `id`; `kind`, where the id is new; `name` or `names`, a text, or in
** JSON and Lua an array (names.0) of texts or of objects with text, lang and form
** (names.0.lang), or texts by their languages (names.en); `lang` and `form` of names
** that do not tell their own. Whatever else it has are facts. What is wrong is told
** to 'complain' under that line, and left out. False without memory.
*/
bool ld_entity_row (ld_gazetteer *all, uint32_t line, const ld_cell *cells,
                    size_t count, ld_complain *complain, void *data);

/* Reads entries, or rows, of n bytes with LD_PADDING readable ones after them; adds
** the number of rows to '*rows'. They are found after ld_gazetteer_seal. */
typedef struct ld_entity_text {
  ld_gazetteer *all;
  ld_memory *memory;
  enum ld_entity_format format;
  ld_complain *complain;
  void *data;
  uint32_t rows;             /* that were read */
} ld_entity_text;
bool ld_entity_read (ld_entity_text *to, const char *bytes, size_t n);

/* Reads the files of ld_bind_entities_set, if there are any. [-0, +0, e] */
void ld_entity_files (lua_State *L, ld_gazetteer *all, ld_memory *memory);

#endif
