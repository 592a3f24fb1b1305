/*
** about.c - what a header says, for those who do not run the script: lists,
** catalogues, an embedder's own screens.
*/
#include <string.h>

#include "host/host.h"

/* What is lent, and what it lies in. */
typedef struct about {
  lesdiplo_script script;     /* first: it is what the caller holds */
  ld_memory memory;
  ld_arena arena;
} about;

static const char *string_of (const ld_value *value) {
  return value->present ? value->string : NULL;
}

static bool take_rights (about *a, const ld_header *h) {
  size_t count = 0;
  for (int i = 0; i < LD_NEEDS; i++) count += h->needs[i].list.count;
  lesdiplo_right *rights = ld_arena_take(&a->arena,
                                         (count + 1) * sizeof *rights);
  if (!rights) return false;
  a->script.rights = rights;
  for (int i = 0; i < LD_NEEDS; i++)
    for (uint32_t k = 0; k < h->needs[i].list.count; k++)
      rights[a->script.right_count++] =
          (lesdiplo_right){ i, 0, h->needs[i].list.items[k] };
  return true;
}

static void take_header (about *a, const ld_header *h) {
  lesdiplo_script *s = &a->script;
  s->present = h->present;
  s->name = string_of(&h->name);
  s->version = string_of(&h->version);
  s->summary = string_of(&h->summary);
  s->author = string_of(&h->author);
  s->license = string_of(&h->license);
  s->categories = h->categories.list.items;
  s->category_count = h->categories.list.count;
  s->param_count = h->param_count;
  s->test_count = h->test_count;
  s->warnings = h->warnings.items;
  s->warning_count = h->warnings.count;
}

int lesdiplo_script_read (lesdiplo_script **out, const char *chunk,
                          size_t length, const char *name,
                          lesdiplo_error *error) {
  ld_memory memory;
  ld_header header;
  if (!out || !chunk || !name)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "a chunk, its name and a place for the script are needed");
  *out = NULL;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  about *a = ld_memory_new(&memory, sizeof *a);
  if (!a) return ld_fail_memory(error);
  memset(a, 0, sizeof *a);
  a->memory = memory;
  ld_arena_init(&a->arena, &a->memory);
  const char *named = ld_arena_string(&a->arena, name, strlen(name));
  int code = LESDIPLO_ENOMEM;
  if (named)
    code = ld_header_read(&header, &a->arena, chunk, length,
                          ld_message_name(named), error);
  if (named && code == LESDIPLO_OK) {
    take_header(a, &header);
    if (!take_rights(a, &header)) code = LESDIPLO_ENOMEM;
  }
  if (code == LESDIPLO_ENOMEM) ld_fail_memory(error);
  if (code == LESDIPLO_OK) *out = &a->script;
  else lesdiplo_script_free(&a->script);
  return code;
}

void lesdiplo_script_free (lesdiplo_script *script) {
  about *a = (about *)script;
  if (!a) return;
  ld_arena_free(&a->arena);
  ld_memory memory = a->memory;
  ld_memory_free(&memory, a, sizeof *a);
}
