/*
** parameters.c - a header, and the arguments of a command line: what stands
** between the NUL bytes that follow it.
*/
#include "fuzz.h"

#include "host/host.h"

enum { MOST = 12 };

typedef struct pushing {
  const ld_header *header;
  const ld_value *values;
} pushing;

static int push (lua_State *L) {
  const pushing *p = lua_touserdata(L, 1);
  ld_params_push(L, p->header, p->values);
  return 0;
}

/* A pattern of Lua's may take for ever: a script's own, in its own process. */
static bool has_pattern (const ld_header *header) {
  for (uint32_t i = 0; i < header->param_count; i++)
    if (header->params[i].pattern.present) return true;
  return false;
}

static void check_value (const ld_param *param, const ld_value *value) {
  if (!value->present) return;
  if (value->kind == LD_STRING) FUZZ_CHECK(value->string != NULL);
  for (uint32_t i = 0; i < value->list.count; i++)
    FUZZ_CHECK(value->list.items[i] != NULL);
  if (param->type == LD_P_COUNTRY && value->string)
    FUZZ_CHECK(strlen(value->string) == 3);
}

static void check_values (const ld_header *header, const ld_value *values) {
  static lesdiplo_host *host;
  lesdiplo_error error;
  pushing all = { header, values };
  for (uint32_t i = 0; i < header->param_count; i++)
    check_value(header->params + i, values + i);
  if (!host)
    FUZZ_CHECK(lesdiplo_host_new(&host, NULL, NULL, &error) == LESDIPLO_OK);
  if (!has_pattern(header))
    FUZZ_CHECK(ld_host_protected(host, push, &all, &error) == LESDIPLO_OK);
}

static void read_both (char *text, size_t size) {
  const char *arguments[MOST];
  size_t count = 0, header_size = strlen(text);
  ld_memory memory;
  ld_arena arena;
  ld_header header;
  ld_value *values;
  lesdiplo_error error = { 0, 0, "", "" };
  for (char *p = text + header_size + 1; p < text + size && count < MOST;
       p += strlen(p) + 1)
    arguments[count++] = p;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  if (ld_header_read(&header, &arena, text, header_size, "a.lua", &error) ==
          LESDIPLO_OK &&
      !ld_params_ask_help(&header, arguments, count)) {
    const int code = ld_params_read(&header, &arena, arguments, count, &values,
                                    &error);
    FUZZ_CHECK(code == LESDIPLO_OK || code == LESDIPLO_EARG);
    if (code == LESDIPLO_OK) check_values(&header, values);
  }
  ld_arena_free(&arena);
  FUZZ_CHECK(memory.used == 0);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  FUZZ_CHECK(text != NULL);
  if (size) memcpy(text, data, size);
  text[size] = '\0';
  read_both(text, size);
  free(text);
  return 0;
}
