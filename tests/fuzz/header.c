/*
** header.c - the header of a script: read, judged, made into help.
**
** fuzz-seeds: examples
*/
#include "fuzz.h"

#include "host/host.h"

static void check_list (const ld_value *value) {
  FUZZ_CHECK(value->kind == LD_LIST || value->list.count == 0);
  for (uint32_t i = 0; i < value->list.count; i++)
    FUZZ_CHECK(value->list.items[i] != NULL);
}

/* A test reads what the header holds, and nothing else; what it expects stands
** in the chunk where it says. */
static void check_test (const ld_header *h, const ld_test *t, size_t n) {
  check_list(&t->docs);
  for (uint32_t i = 0; i < t->docs.list.count; i++)
    FUZZ_CHECK(ld_header_doc(h, t->docs.list.items[i]) != NULL);
  FUZZ_CHECK(t->end > 0 && t->end <= n && h->doc_count > 0);
  if (t->expect.present)
    FUZZ_CHECK(t->expect.string && t->expect.begin < t->expect.end &&
               t->expect.end <= t->end);
}

/* What it says is there where it says so. 'n' is the length of the chunk. */
static void check_header (const ld_header *h, size_t n) {
  const ld_value *strings[] = { &h->name, &h->version, &h->summary, &h->author,
                                &h->license, &h->lua, &h->lpeg };
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
    if (strings[i]->present)
      FUZZ_CHECK(strings[i]->kind == LD_STRING && strings[i]->string &&
                 fuzz_is_utf8(strings[i]->string, strlen(strings[i]->string)));
  for (int i = 0; i < LD_NEEDS; i++) check_list(&h->needs[i]);
  for (uint32_t i = 0; i < h->param_count; i++) {
    const ld_param *p = h->params + i;
    FUZZ_CHECK(p->name && *p->name && p->help.string && *p->help.string);
    FUZZ_CHECK(p->type >= 0 && p->type < LD_P_TYPES);
    check_list(&p->values);
  }
  for (uint32_t i = 0; i < h->module_count; i++)
    FUZZ_CHECK(*h->modules[i].name && !h->modules[i].path &&
               strlen(h->modules[i].sha256.string) == 64);
  for (uint32_t i = 0; i < h->doc_count; i++) {
    FUZZ_CHECK(*h->docs[i].name && *h->docs[i].text.string &&
               h->docs[i].fields.count % 2 == 0);
    for (uint32_t k = 0; k < h->docs[i].fields.count; k++)
      FUZZ_CHECK(h->docs[i].fields.items[k] != NULL);
  }
  for (uint32_t i = 0; i < h->test_count; i++) check_test(h, h->tests + i, n);
  for (uint32_t i = 0; i < h->warnings.count; i++)
    FUZZ_CHECK(h->warnings.items[i] && *h->warnings.items[i]);
}

static void check_help (const char *chunk, size_t n, int wanted) {
  lesdiplo_error error;
  char *help;
  const int code = lesdiplo_script_help(&help, chunk, n, "a.lua", &error);
  FUZZ_CHECK((code == LESDIPLO_OK) == (wanted == LESDIPLO_OK));
  FUZZ_CHECK((help != NULL) == (code == LESDIPLO_OK));
  if (help) FUZZ_CHECK(strlen(help) > 0);
  lesdiplo_string_free(help);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  const char *chunk = (const char *)data;
  const uint32_t lines = ld_count_lines(chunk, chunk + size) + 1;
  ld_memory memory;
  ld_arena arena;
  ld_header header;
  lesdiplo_error error = { 0, 0, "", "" };
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  const int code = ld_header_read(&header, &arena, chunk, size, "a.lua",
                                  &error);
  if (code == LESDIPLO_OK) {
    check_header(&header, size);
    const int allowed = ld_header_allowed(&header, &error);
    FUZZ_CHECK(allowed == LESDIPLO_OK || allowed == LESDIPLO_ESCRIPT ||
               allowed == LESDIPLO_EDENIED);
  }
  else
    FUZZ_CHECK(code == LESDIPLO_EFORMAT && error.line >= 1 &&
               error.line <= lines);
  FUZZ_CHECK(fuzz_is_utf8(error.message, strlen(error.message)));
  check_help(chunk, size, code);
  ld_arena_free(&arena);
  FUZZ_CHECK(memory.used == 0);
  return 0;
}
