/*
** parameters.c - what a script's header declares, and what the command line
** gives: flags into typed values, before anything of the script runs.
**
** A default is converted as if it had been typed, so that one set of checks
** holds for both. Only a parameter's `pattern`, which is Lua's, has to wait
** for a Lua state (ld_params_push).
*/
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uloc.h>

#include "host/host.h"

/* What is converted, and for whom. */
typedef struct conversion {
  const ld_header *header;
  const ld_param *param;
  ld_arena *arena;
  lesdiplo_error *error;
} conversion;


/* ----------------------------------------------------------------------
** Values
*/

static int refuse (const conversion *c, const char *text, const char *wanted) {
  return ld_fail(c->error, LESDIPLO_EARG, c->header->script, 0,
                 "%s: --%s must be %s, got '%s'", c->header->script,
                 c->param->name, wanted, text);
}

/* A bound as a number; 'none' where there is no such bound. */
static double bound (const ld_value *value, double none) {
  if (!value->present) return none;
  return value->kind == LD_INTEGER ? (double)value->integer
                                   : strtod(value->string, NULL);
}

static int check_range (const conversion *c, const char *text, double value) {
  char wanted[100];
  const double min = bound(&c->param->min, -HUGE_VAL);
  const double max = bound(&c->param->max, HUGE_VAL);
  if (value >= min && value <= max) return LESDIPLO_OK;
  if (c->param->min.present && c->param->max.present)
    snprintf(wanted, sizeof wanted, "from %.15g to %.15g", min, max);
  else if (c->param->min.present)
    snprintf(wanted, sizeof wanted, "at least %.15g", min);
  else
    snprintf(wanted, sizeof wanted, "at most %.15g", max);
  return refuse(c, text, wanted);
}

static int convert_int (const conversion *c, const char *text, ld_value *out) {
  char *end;
  errno = 0;
  out->kind = LD_INTEGER;
  out->integer = strtoll(text, &end, 10);
  if (end == text || *end || errno == ERANGE)
    return refuse(c, text, "an integer");
  return check_range(c, text, (double)out->integer);
}

static int convert_number (const conversion *c, const char *text,
                           ld_value *out) {
  char *end;
  out->kind = LD_NUMBER;
  out->number = strtod(text, &end);
  if (end == text || *end || !isfinite(out->number))
    return refuse(c, text, "a number");
  return check_range(c, text, out->number);
}

static int convert_bool (const conversion *c, const char *text,
                         ld_value *out) {
  static const char *const yes[] = { "true", "yes", "on", "1" };
  static const char *const no[] = { "false", "no", "off", "0" };
  out->kind = LD_BOOLEAN;
  for (int i = 0; i < 4; i++) {
    out->integer = strcasecmp(text, yes[i]) == 0;
    if (out->integer || strcasecmp(text, no[i]) == 0) return LESDIPLO_OK;
  }
  return refuse(c, text, "true or false");
}

static int days_in (int year, int month) {
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

bool ld_params_date (const char *text) {
  const size_t n = strlen(text);
  static const char shape[] = "dddd-dd-dd";
  if (n != 4 && n != 7 && n != 10) return false;
  for (size_t i = 0; i < n; i++) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !digit : text[i] != '-') return false;
  }
  const int month = n > 4 ? atoi(text + 5) : 1;
  const int day = n > 7 ? atoi(text + 8) : 1;
  return month >= 1 && month <= 12 && day >= 1 &&
         day <= days_in(atoi(text), month);
}

static int convert_date (const conversion *c, const char *text,
                         ld_value *out) {
  const char *min = c->param->min.string, *max = c->param->max.string;
  if (!ld_params_date(text))
    return refuse(c, text, "a date like 1998, 1998-07 or 1998-07-04");
  if (min && strncmp(text, min, strlen(text)) < 0)
    return refuse(c, text, "a later date");
  if (max && strncmp(text, max, strlen(max)) > 0)
    return refuse(c, text, "an earlier date");
  out->kind = LD_STRING;
  out->string = text;
  return LESDIPLO_OK;
}

/* The name of a country in English, as the table of ICU has it. */
static bool country_name (const char *alpha2, char *out, size_t size) {
  UChar name[100];
  char locale[8];
  UErrorCode status = U_ZERO_ERROR;
  size_t used = 0;
  snprintf(locale, sizeof locale, "und_%s", alpha2);
  const int32_t n = uloc_getDisplayCountry(locale, "en", name, 100, &status);
  if (U_FAILURE(status) || n >= 100) return false;
  for (int32_t i = 0; i < n && used + 4 < size; i++)
    used += (size_t)ld_utf8_write(name[i], out + used);
  out[used] = '\0';
  return true;
}

/* ISO 3166 alpha-3, from either code or the name in English. */
static int convert_country (const conversion *c, const char *text,
                            ld_value *out) {
  ld_near near = LD_NEAR_INIT(text);
  char names[2][200], wanted[300], locale[8];
  int best = 0;
  out->kind = LD_STRING;
  for (const char *const *code = uloc_getISOCountries(); *code; code++) {
    char *name = names[!best];
    snprintf(locale, sizeof locale, "und_%s", *code);
    out->string = uloc_getISO3Country(locale);
    const bool known = country_name(*code, name, sizeof names[0]);
    if (strcasecmp(text, *code) == 0 || strcasecmp(text, out->string) == 0 ||
        (known && strcasecmp(text, name) == 0))
      return LESDIPLO_OK;
    ld_near_try(&near, name);
    if (near.best == name) best = !best;
  }
  snprintf(wanted, sizeof wanted, "a country, as FRA or France%s%s%s",
           near.best ? " (did you mean " : "", near.best ? near.best : "",
           near.best ? "?)" : "");
  return refuse(c, text, wanted);
}

static int convert_enum (const conversion *c, const char *text,
                         ld_value *out) {
  const ld_strings *values = &c->param->values.list;
  char room[400];
  ld_text wanted;
  ld_text_init(&wanted, room, sizeof room);
  ld_text_format(&wanted, "one of");
  out->kind = LD_STRING;
  for (uint32_t i = 0; i < values->count; i++) {
    out->string = values->items[i];
    if (strcmp(out->string, text) == 0) return LESDIPLO_OK;
    ld_text_format(&wanted, " %s", out->string);
  }
  return refuse(c, text, room);
}

/* Appends the words of "a,b" to the list; a flag may be given again. */
static int convert_list (const conversion *c, const char *text,
                         ld_value *out) {
  uint32_t n = 1;
  for (const char *p = text; *p; p++) n += *p == ',';
  const char **items = ld_arena_take(c->arena, (out->list.count + n) *
                                                  sizeof *items);
  if (!items) return ld_fail_memory(c->error);
  if (out->list.count > 0)
    memcpy(items, out->list.items, out->list.count * sizeof *items);
  out->kind = LD_LIST;
  out->list.items = items;
  for (;;) {
    const char *end = strchrnul(text, ',');
    const char *item = ld_arena_string(c->arena, text, (size_t)(end - text));
    if (!item) return ld_fail_memory(c->error);
    if (*item) items[out->list.count++] = item;
    if (!*end) return LESDIPLO_OK;
    text = end + 1;
  }
}

static int convert (const conversion *c, const char *text, ld_value *out) {
  if (!out->present || c->param->type != LD_P_LIST)
    memset(out, 0, sizeof *out);
  out->present = true;
  switch (c->param->type) {
    case LD_P_INT: return convert_int(c, text, out);
    case LD_P_NUMBER: return convert_number(c, text, out);
    case LD_P_BOOL: return convert_bool(c, text, out);
    case LD_P_DATE: return convert_date(c, text, out);
    case LD_P_COUNTRY: return convert_country(c, text, out);
    case LD_P_ENUM: return convert_enum(c, text, out);
    case LD_P_LIST: return convert_list(c, text, out);
    default:
      out->kind = LD_STRING;
      out->string = text;
      return LESDIPLO_OK;
  }
}

/* A default, through the same checks; a list is one already. Without one a bool
** is false, a list empty, and anything else absent. */
static int convert_default (const conversion *c, ld_value *out) {
  const ld_value *given = &c->param->fallback;
  char digits[32];
  if (!given->present) {
    out->present = c->param->type == LD_P_BOOL || c->param->type == LD_P_LIST;
    out->kind = c->param->type == LD_P_LIST ? LD_LIST : LD_BOOLEAN;
    return LESDIPLO_OK;
  }
  if (given->kind == LD_LIST || c->param->type == LD_P_BOOL) {
    *out = *given;
    return LESDIPLO_OK;
  }
  const char *text = given->string;
  if (given->kind != LD_STRING) {
    snprintf(digits, sizeof digits, "%lld", given->integer);
    text = ld_arena_string(c->arena, digits, strlen(digits));
    if (!text) return ld_fail_memory(c->error);
  }
  return convert(c, text, out);
}


/* ----------------------------------------------------------------------
** Flags
*/

static const ld_param *find_param (const ld_header *header, const char *name,
                                   size_t n) {
  for (uint32_t i = 0; i < header->param_count; i++)
    if (strlen(header->params[i].name) == n &&
        memcmp(header->params[i].name, name, n) == 0)
      return &header->params[i];
  return NULL;
}

static int unknown_flag (const ld_header *header, const char *name,
                         lesdiplo_error *error) {
  ld_near near = LD_NEAR_INIT(name);
  char room[500];
  ld_text text;
  ld_text_init(&text, room, sizeof room);
  for (uint32_t i = 0; i < header->param_count; i++)
    ld_near_try(&near, header->params[i].name);
  if (near.best)
    ld_text_format(&text, "; did you mean --%s?", near.best);
  else if (header->param_count == 0)
    ld_text_format(&text, "; it has none");
  else {
    ld_text_format(&text, "; it has");
    for (uint32_t i = 0; i < header->param_count; i++)
      ld_text_format(&text, " --%s", header->params[i].name);
  }
  return ld_fail(error, LESDIPLO_EARG, header->script, 0,
                 "%s has no parameter --%s%s", header->script, name, room);
}

/*
** The parameter of "--name", "--name=value" or, for a bool, "--no-name", and
** its value: NULL when that is the next word. NULL, with the error told, when
** there is no such parameter.
*/
static const ld_param *read_flag (const ld_header *header, const char *word,
                                  const char **value, lesdiplo_error *error) {
  const char *name = word + 2, *equals = strchr(name, '=');
  const size_t n = equals ? (size_t)(equals - name) : strlen(name);
  const ld_param *param = find_param(header, name, n);
  *value = equals ? equals + 1 : NULL;
  if (param) {
    if (param->type == LD_P_BOOL && !equals) *value = "true";
    return param;
  }
  if (!equals && strncmp(name, "no-", 3) == 0) {
    param = find_param(header, name + 3, n - 3);
    *value = "false";
    if (param && param->type == LD_P_BOOL) return param;
  }
  char bare[100];
  snprintf(bare, sizeof bare, "%.*s", (int)(n < 99 ? n : 99), name);
  unknown_flag(header, bare, error);
  return NULL;
}

static int stray_word (const ld_header *header, const char *word,
                       lesdiplo_error *error) {
  return ld_fail(error, LESDIPLO_EARG, header->script, 0,
                 "%s takes parameters by name, and '%s' has none%s%s",
                 header->script, word,
                 header->param_count > 0 ? ": write --" : "",
                 header->param_count > 0 ? header->params[0].name : "");
}

static int read_words (const conversion *base, const char *const *words,
                       size_t count, ld_value *values) {
  const ld_header *header = base->header;
  for (size_t i = 0; i < count; i++) {
    conversion c = *base;
    const char *value;
    if (strncmp(words[i], "--", 2) != 0 || !words[i][2])
      return stray_word(header, words[i], c.error);
    c.param = read_flag(header, words[i], &value, c.error);
    if (!c.param) return LESDIPLO_EARG;
    if (!value && i + 1 == count)
      return ld_fail(c.error, LESDIPLO_EARG, header->script, 0,
                     "%s: --%s wants a value: %s", header->script,
                     c.param->name, c.param->help.string);
    if (!value) value = words[++i];
    const int code = convert(&c, value, &values[c.param - header->params]);
    if (code != LESDIPLO_OK) return code;
  }
  return LESDIPLO_OK;
}

int ld_params_read (const ld_header *header, ld_arena *arena,
                    const char *const *arguments, size_t count,
                    ld_value **values, lesdiplo_error *error) {
  conversion c = { header, NULL, arena, error };
  *values = ld_arena_take(arena, (header->param_count + 1) * sizeof **values);
  if (!*values) return ld_fail_memory(error);
  int code = read_words(&c, arguments, count, *values);
  for (uint32_t i = 0; code == LESDIPLO_OK && i < header->param_count; i++) {
    c.param = &header->params[i];
    if ((*values)[i].present) continue;
    if (c.param->required.integer && !c.param->fallback.present)
      return ld_fail(error, LESDIPLO_EARG, header->script, 0,
                     "%s needs --%s: %s", header->script, c.param->name,
                     c.param->help.string);
    code = convert_default(&c, &(*values)[i]);
  }
  return code;
}

bool ld_params_ask_help (const ld_header *header,
                         const char *const *arguments, size_t count) {
  for (size_t i = 0; header->present && i < count; i++)
    if (strcmp(arguments[i], "--help") == 0) return true;
  return false;
}


/* ----------------------------------------------------------------------
** script.params and script.meta
*/

static int refuse_change (lua_State *L) {
  return luaL_error(L, "script.params and script.meta cannot be changed; copy "
                       "what you want to change");
}

/* Upvalues: the values by name, and what says by name which there may be, or
** nil where absent ones are nil. */
static int look_up (lua_State *L) {
  char hint[96];
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  if (lua_isnil(L, lua_upvalueindex(2)) || lua_type(L, 2) != LUA_TSTRING)
    return 1;
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) {
    lua_pushnil(L);
    return 1;
  }
  ld_near near = LD_NEAR_INIT(lua_tostring(L, 2));
  for (lua_pushnil(L); lua_next(L, lua_upvalueindex(2)); lua_pop(L, 1))
    ld_near_try(&near, lua_tostring(L, -2));
  return luaL_error(L, "the header declares no '%s'%s", lua_tostring(L, 2),
                    ld_near_text(&near, hint, sizeof hint));
}

/* Upvalues: the values by name, the names in order, how many were given. */
static int next_value (lua_State *L) {
  for (;;) {
    const lua_Integer i = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_settop(L, 0);
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(3));
    if (lua_rawgeti(L, lua_upvalueindex(2), i) == LUA_TNIL) return 1;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 2;
  }
}

/* Upvalues: the values by name, the names in order. */
static int all_values (lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_value, 3);
  return 1;
}

/*
** Makes a read-only table of three on the top: values by name, names in order,
** and the names that may be (or nil). [-3, +1, m]
*/
static void make_readonly (lua_State *L) {
  const int values = lua_gettop(L) - 2;
  lua_newtable(L);                          /* values names may table */
  lua_createtable(L, 0, 4);                 /* values names may table meta */
  lua_pushvalue(L, values);
  lua_pushvalue(L, values + 2);
  lua_pushcclosure(L, look_up, 2);
  lua_setfield(L, -2, "__index");
  lua_pushvalue(L, values);
  lua_pushvalue(L, values + 1);
  lua_pushcclosure(L, all_values, 2);
  lua_setfield(L, -2, "__pairs");
  lua_pushcfunction(L, refuse_change);
  lua_setfield(L, -2, "__newindex");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);                  /* values names may table */
  lua_replace(L, values);
  lua_settop(L, values);
}

static void push_value (lua_State *L, const ld_value *value) {
  switch (value->kind) {
    case LD_INTEGER: lua_pushinteger(L, value->integer); break;
    case LD_NUMBER: lua_pushnumber(L, value->number); break;
    case LD_BOOLEAN: lua_pushboolean(L, value->integer != 0); break;
    case LD_LIST:
      lua_createtable(L, (int)value->list.count, 0);
      for (uint32_t i = 0; i < value->list.count; i++) {
        lua_pushstring(L, value->list.items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
      }
      break;
    default: lua_pushstring(L, value->string); break;
  }
}

/* Adds a value, if it is present, to the tables of values and names. */
static void add_value (lua_State *L, int values, const char *name,
                       const ld_value *value) {
  lua_pushstring(L, name);
  lua_rawseti(L, values + 1, (lua_Integer)lua_rawlen(L, values + 1) + 1);
  if (!value->present) return;
  push_value(L, value);
  lua_setfield(L, values, name);
}

/* A parameter's pattern is Lua's: string.find has to find it. */
static void check_pattern (lua_State *L, const ld_header *header,
                           const ld_param *param, const ld_value *value) {
  if (!param->pattern.present || !value->present ||
      value->kind != LD_STRING)
    return;
  lua_getglobal(L, "string");
  lua_getfield(L, -1, "find");
  lua_remove(L, -2);
  lua_pushstring(L, value->string);
  lua_pushstring(L, param->pattern.string);
  lua_call(L, 2, 1);
  if (lua_isnil(L, -1))
    ld_host_refuse(L, LESDIPLO_EARG, "%s: --%s must look like %s, got '%s'",
                   header->script, param->name, param->pattern.string,
                   value->string);
  lua_pop(L, 1);
}

static void push_params (lua_State *L, const ld_header *header,
                         const ld_value *values) {
  lua_newtable(L);
  lua_newtable(L);
  lua_newtable(L);                          /* values names may */
  const int base = lua_gettop(L) - 2;
  for (uint32_t i = 0; i < header->param_count; i++) {
    const ld_param *param = &header->params[i];
    check_pattern(L, header, param, &values[i]);
    add_value(L, base, param->name, &values[i]);
    lua_pushboolean(L, 1);
    lua_setfield(L, base + 2, param->name);
  }
  make_readonly(L);
}

static void push_meta (lua_State *L, const ld_header *h) {
  lua_newtable(L);
  lua_newtable(L);
  const int base = lua_gettop(L) - 1;
  add_value(L, base, "name", &h->name);
  add_value(L, base, "version", &h->version);
  add_value(L, base, "api", &h->api);
  add_value(L, base, "summary", &h->summary);
  add_value(L, base, "author", &h->author);
  add_value(L, base, "license", &h->license);
  add_value(L, base, "categories", &h->categories);
  lua_pushnil(L);
  make_readonly(L);
}

void ld_params_push (lua_State *L, const ld_header *header,
                     const ld_value *values) {
  luaL_checkstack(L, 20, NULL);
  lua_newtable(L);
  lua_newtable(L);                          /* values names */
  push_params(L, header, values);
  lua_setfield(L, -3, "params");
  lua_pushliteral(L, "params");
  lua_rawseti(L, -2, 1);
  push_meta(L, header);
  lua_setfield(L, -3, "meta");
  lua_pushliteral(L, "meta");
  lua_rawseti(L, -2, 2);
  lua_pushvalue(L, -2);                     /* what there is may be */
  make_readonly(L);
}
