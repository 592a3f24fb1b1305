/*
** json_parser.cc - the one C++ file: simdjson behind a C door.
**
** simdjson is the fastest JSON parser that Debian has, and validates; it wants
** C++. Nothing here throws: every call answers with an error code.
*/
#include <simdjson.h>

#include <cstring>
#include <new>

#include "read/read.h"

#define LD_QUOTE_(x) #x
#define LD_STRING(x) LD_QUOTE_(x)

static_assert(LD_PADDING >= simdjson::SIMDJSON_PADDING, "padding");

struct ld_json {
  simdjson::ondemand::parser parser;
};

extern "C" ld_json *ld_json_new (void) { return new (std::nothrow) ld_json; }

extern "C" void ld_json_free (ld_json *json) { delete json; }

extern "C" const char *ld_json_version (void) {
  return LD_STRING(SIMDJSON_VERSION);
}

using simdjson::ondemand::json_type;

/* As JSON has it: -1.50e+3. The library does not look at what it only hands
** out. */
static bool is_number (std::string_view v) {
  size_t i = 0;
  auto digits = [&] {
    size_t from = i;
    while (i < v.size() && v[i] >= '0' && v[i] <= '9') i++;
    return i - from;
  };
  auto skip = [&] (const char *any) {
    bool found = i < v.size() && std::strchr(any, v[i]) && v[i];
    i += found;
    return found;
  };
  skip("-");
  const bool zero = i < v.size() && v[i] == '0';
  const size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (skip(".") && digits() == 0) return false;
  if (skip("eE")) {
    skip("+-");
    if (digits() == 0) return false;
  }
  return i == v.size();
}

/* A number, true, false or null as it stands, without what follows it. */
static simdjson::error_code plain_token (simdjson::ondemand::value in,
                                         json_type type,
                                         std::string_view *out) {
  std::string_view token = in.raw_json_token();
  while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ')
    token.remove_suffix(1);
  *out = token;
  switch (type) {
    case json_type::number:
      return is_number(token) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
    case json_type::boolean:
      return token == "true" || token == "false" ? simdjson::SUCCESS
                                                 : simdjson::T_ATOM_ERROR;
    default:
      return token == "null" ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
  }
}

/* Hands one field over; a nested value is skipped by the iteration. */
static simdjson::error_code visit_field (simdjson::ondemand::field &field,
                                         ld_json_visit visit, void *data) {
  std::string_view name, value;
  json_type type;
  bool is_string = false;
  simdjson::error_code error = field.unescaped_key().get(name);
  if (!error) error = field.value().type().get(type);
  if (error) return error;
  switch (type) {
    case json_type::string:
      error = field.value().get_string().get(value);
      is_string = true;
      break;
    case json_type::number:
    case json_type::boolean:
    case json_type::null:
      error = plain_token(field.value(), type, &value);
      break;
    default:
      return simdjson::SUCCESS;
  }
  if (error || type == json_type::null) return error;
  ld_json_field found = { name.data(), name.size(), value.data(),
                          value.size(), is_string };
  visit(data, &found);
  return simdjson::SUCCESS;
}

extern "C" const char *ld_json_object (ld_json *json, const char *bytes,
                                       size_t n, ld_json_visit visit,
                                       void *data) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  simdjson::error_code error =
      json->parser.iterate(bytes, n, n + LD_PADDING).get(document);
  if (!error) error = document.get_object().get(object);
  if (error) return simdjson::error_message(error);
  for (auto field : object) {
    simdjson::ondemand::field plain;
    error = std::move(field).get(plain);
    if (!error) error = visit_field(plain, visit, data);
    if (error) return simdjson::error_message(error);
  }
  const char *rest;
  if (!document.current_location().get(rest))
    return "something follows the end of the object";
  return nullptr;
}
