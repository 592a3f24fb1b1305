/*
** entities.c - the files of entities that a host was given: what is said of them.
**
** They are read by bind, when a script first asks for an entity.
*/
#include "host/host.h"

/* Warnings that are printed before the rest is only counted. */
enum { MOST_WARNINGS = 20 };

static void warn (void *data, const char *path, uint32_t line,
                  const char *message) {
  lesdiplo_host *host = data;
  if (++host->entity_warnings <= MOST_WARNINGS)
    ld_host_warn("%s:%u: %s", path, (unsigned)line, message);
  else if (host->entity_warnings == MOST_WARNINGS + 1)
    ld_host_warn("%s:%u: %s; there is more wrong in it, and what follows is not "
                 "shown", path, (unsigned)line, message);
}

static void fail (lua_State *L, const lesdiplo_error *error) {
  ld_host_refuse(L, error->code, "%s: %s", error->where, error->message);
}

int ld_host_check_entities (const lesdiplo_host_options *options,
                            lesdiplo_error *error) {
  for (size_t i = 0; i < options->entity_count; i++) {
    const char *path = options->entities[i];
    if (ld_bind_entity_file(path) == LD_ENTITY_FORMATS)
      return ld_fail(error, LESDIPLO_EARG, path, 0,
                     "is no table of entities by its name, which ends in .csv, "
                     ".jsonl or .txt: rename it");
  }
  return LESDIPLO_OK;
}

void ld_host_entities (lua_State *L) {
  lesdiplo_host *host = ld_host_of(L);
  host->entities = (ld_bind_entities){ host->options.entities,
                                       host->options.entity_count, warn, fail,
                                       host };
  ld_bind_entities_set(L, &host->entities);
}
