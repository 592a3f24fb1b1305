/*
** json_parser.cc - the one C++ file: simdjson behind a C door.
**
** simdjson is the fastest JSON parser that Debian has, and validates; it wants
** C++. Nothing here throws: every call answers with an error code.
*/
#include <simdjson.h>

#include <cstdio>
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

/* The bytes of a string, number or boolean; 'plain' tells that it is one of
** these. */
static simdjson::error_code read_plain (simdjson::ondemand::value value,
                                        std::string_view &bytes,
                                        bool &is_string, bool &plain) {
  json_type type = json_type::null;
  simdjson::error_code error = value.type().get(type);
  plain = is_string = !error && type == json_type::string;
  if (error || type == json_type::object || type == json_type::array)
    return error;
  if (is_string) return value.get_string().get(bytes);
  plain = type != json_type::null;
  return plain_token(value, type, &bytes);
}

/* Hands one field over; a nested value is skipped by the iteration. */
static simdjson::error_code visit_field (simdjson::ondemand::field &field,
                                         ld_json_visit visit, void *data) {
  std::string_view name, value;
  bool is_string = false, plain = false;
  simdjson::error_code error = field.unescaped_key().get(name);
  if (!error) error = read_plain(field.value(), value, is_string, plain);
  if (error || !plain) return error;
  ld_json_field found = { name.data(), name.size(), value.data(),
                          value.size(), is_string };
  visit(data, &found);
  return simdjson::SUCCESS;
}

/* What is wrong, in words that say what to mend. */
static const char *in_words (simdjson::error_code error) {
  switch (error) {
    case simdjson::INCORRECT_TYPE:
      return "it is no object such as {\"text\": \"...\"}";
    case simdjson::STRING_ERROR:
      return "a string in it has a backslash that begins no escape: write "
             "\\\\ for one, \\n for a line end";
    case simdjson::UNCLOSED_STRING:
      return "a string in it is not closed: a \" is missing, or one inside a "
             "string is to be written \\\"";
    case simdjson::UNESCAPED_CHARS:
      return "a string in it holds a line end or another control byte as it "
             "is: write \\n for a line end, \\t for a tab";
    case simdjson::NUMBER_ERROR:
      return "a number in it is written wrongly, or a text stands without "
             "quotes";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR:
      return "a value in it is no string, number, true, false or null: is a "
             "text without quotes?";
    case simdjson::TAPE_ERROR:
      return "a comma, a colon, a quote or a bracket is missing in it, or one "
             "too many";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
      return "it breaks off: a } or ] is missing at its end";
    case simdjson::DEPTH_ERROR:
      return "its values lie too deep inside each other";
    case simdjson::EMPTY:
      return "it is empty";
    default:
      return simdjson::error_message(error);
  }
}

extern "C" const char *ld_json_object (ld_json *json, const char *bytes,
                                       size_t n, ld_json_visit visit,
                                       void *data) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  simdjson::error_code error =
      json->parser.iterate(bytes, n, n + LD_PADDING).get(document);
  if (!error) error = document.get_object().get(object);
  if (error) return in_words(error);
  for (auto field : object) {
    simdjson::ondemand::field plain;
    error = std::move(field).get(plain);
    if (!error) error = visit_field(plain, visit, data);
    if (error) return in_words(error);
  }
  const char *rest;
  if (!document.current_location().get(rest))
    return "something follows the end of the object";
  return nullptr;
}

extern "C" bool ld_utf8_valid (const char *bytes, size_t n) {
  return simdjson::validate_utf8(bytes, n);
}

/* ------------------------------------------------------------------ trees */

namespace {

enum { DEPTH = 16, PATH = 400 };

/* Where a walk through nested values is: names with points between. */
struct walk {
  char path[PATH];
  ld_json_visit visit;
  void *data;
};

simdjson::error_code visit_value (walk &w, simdjson::ondemand::value value,
                                  size_t length, int depth);

/* Adds a name to the path; 0 when there is no room: it is passed over. */
size_t add_name (walk &w, size_t length, std::string_view name) {
  if (length + name.size() + 1 >= PATH) return 0;
  if (length) w.path[length++] = '.';
  memcpy(w.path + length, name.data(), name.size());
  return length + name.size();
}

simdjson::error_code visit_object (walk &w, simdjson::ondemand::object object,
                                   size_t length, int depth) {
  for (auto item : object) {
    simdjson::ondemand::field field;
    std::string_view name;
    simdjson::error_code error = std::move(item).get(field);
    if (!error) error = field.unescaped_key().get(name);
    if (error) return error;
    size_t longer = add_name(w, length, name);
    if (longer) error = visit_value(w, field.value(), longer, depth);
    if (error) return error;
  }
  return simdjson::SUCCESS;
}

simdjson::error_code visit_array (walk &w, simdjson::ondemand::array array,
                                  size_t length, int depth) {
  unsigned number = 0;
  for (auto item : array) {
    simdjson::ondemand::value value;
    char digits[16];
    simdjson::error_code error = std::move(item).get(value);
    if (error) return error;
    int n = snprintf(digits, sizeof digits, "%u", number++);
    size_t longer = add_name(w, length, { digits, static_cast<size_t>(n) });
    if (longer) error = visit_value(w, value, longer, depth);
    if (error) return error;
  }
  return simdjson::SUCCESS;
}

simdjson::error_code visit_value (walk &w, simdjson::ondemand::value value,
                                  size_t length, int depth) {
  json_type type;
  simdjson::error_code error = value.type().get(type);
  if (error) return error;
  if (type == json_type::object || type == json_type::array) {
    if (depth == DEPTH) return simdjson::SUCCESS;
    simdjson::ondemand::object object;
    simdjson::ondemand::array array;
    if (type == json_type::object) {
      error = value.get_object().get(object);
      return error ? error : visit_object(w, object, length, depth + 1);
    }
    error = value.get_array().get(array);
    return error ? error : visit_array(w, array, length, depth + 1);
  }
  std::string_view bytes;
  bool is_string = false, plain = false;
  error = read_plain(value, bytes, is_string, plain);
  if (error || !plain) return error;
  ld_json_field found = { w.path, length, bytes.data(), bytes.size(),
                          is_string };
  w.visit(w.data, &found);
  return simdjson::SUCCESS;
}

}  // namespace

extern "C" const char *ld_json_tree (ld_json *json, const char *bytes,
                                     size_t n, ld_json_visit visit,
                                     void *data) {
  simdjson::ondemand::document document;
  simdjson::ondemand::value value;
  walk w;
  w.visit = visit;
  w.data = data;
  simdjson::error_code error =
      json->parser.iterate(bytes, n, n + LD_PADDING).get(document);
  if (!error) error = document.get_value().get(value);
  if (!error) error = visit_value(w, value, 0, 0);
  return error ? in_words(error) : nullptr;
}
