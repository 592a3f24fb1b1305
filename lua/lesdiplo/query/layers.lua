--- Layers that a script adds: lesdiplo.layer{...}.
--
--     local q = require "lesdiplo".query
--     lesdiplo.layer{ name = "treaty", find = q.word "treaty" * "on" * q.shape "title"^1 }
--     lesdiplo.layer{
--       name = "year", fields = { "value" },
--       make = function (doc, add)
--         for span in doc:gmatch(lpeg.R "12" * lpeg.R "09"^3) do
--           add(span, { value = tonumber(span.text) })
--         end
--       end,
--     }
--
-- What a token pattern captures are the fields of the spans. An LPeg pattern's
-- first capture is: a table has fields by name, anything else is called `value`. So the
-- patterns of values are layers as they are:
--
--     lesdiplo.layer{ name = "since", find = lpeg.P "since " * lesdiplo.grammar.dates.pattern }
-- @module lesdiplo.query.layers
local lpeg = require "lpeg"
local pattern = require "lesdiplo.query.pattern"
local util = require "lesdiplo.util"
local _, native = ...
local error, format, ipairs, math_type = error, string.format, ipairs, math.type
local pairs, tostring, type = pairs, tostring, type
_ENV = nil
local M = {}

local known = { "name", "find", "make", "fields", "within" }

local function fail (text, ...) error("lesdiplo.layer: " .. format(text, ...), 0) end

-- Collects spans: what a document's layer is made of.
local function collector (name, declared, doc)
  local places, rows = {}, {}
  local is_field = {}
  for _, field in ipairs(declared or {}) do is_field[field] = true end

  local function check (fields)
    if fields == nil then return nil end
    if type(fields) ~= "table" then
      fail("the fields of a span of '%s' are a table, {value = 3}", name)
    end
    for field in pairs(fields) do
      if declared and not is_field[field] then
        fail("the layer '%s' declares no field '%s'%s", name, tostring(field),
             util.hint(field, declared))
      elseif type(field) == "string" and native.tokens.has_field(field) then
        fail("a field cannot be called '%s': every Span has one of that name", field)
      end
    end
    return fields
  end

  -- add(span[, fields]) or add(first, last[, fields])
  local function add (first, last, fields)
    if type(first) == "userdata" then
      if first.doc ~= doc then
        fail("a span of %s was added to the layer '%s' of %s", first.doc.id, name, doc.id)
      end
      first, last, fields = first.first, first.last, last
    elseif math_type(first) ~= "integer" then
      fail("add(span, fields) or add(first, last, fields): there is no span")
    end
    if math_type(last) ~= "integer" then
      fail("add(span, fields) or add(first, last, fields): positions are whole numbers")
    end
    places[#places + 1] = first
    places[#places + 1] = last
    rows[#places // 2] = check(fields)
  end
  return add, places, rows
end

-- What a capture says of a span. The row of a value grammar has first and last, as a span
-- has them, and the fields are the others.
local function fields_of (value)
  if type(value) ~= "table" then return value ~= nil and { value = value } or nil end
  local out = {}
  for name, field in pairs(value) do
    if name ~= "first" and name ~= "last" then out[name] = field end
  end
  return out
end

-- An LPeg pattern's matches in a document.
local function by_text (p)
  return function (doc, add)
    for span, value in doc:gmatch(p) do
      if span.last >= span.first then add(span, fields_of(value)) end
    end
  end
end

-- The names of a pattern's captures.
local function captures (p, out)
  if p.op == "as" then out[#out + 1] = p.name end
  if p.p then captures(p.p, out) end
  for _, inner in ipairs(p) do captures(inner, out) end
  for _, name in ipairs(util.keys(p.rules or {})) do captures(p.rules[name], out) end
  return out
end

local function check_names (fields)
  for _, field in ipairs(fields or {}) do
    if type(field) ~= "string" or native.tokens.has_field(field) then
      fail("a field cannot be called '%s': every Span has one of that name", tostring(field))
    end
  end
end

--- Raises unless a layer may be called so: q[name] has to be free for it.
---@param name any
function M.check_name (name)
  if type(name) ~= "string" or not name:find "^[%a_\x80-\xff][%w_\x80-\xff]*$" then
    fail("a layer has a name, of letters, digits and _")
  elseif pattern[name] ~= nil then
    fail("no layer can be called '%s': lesdiplo.query.%s is something else", name, name)
  end
end

--- Makes a layer of hits: what hits:layer(name) calls.
---@param name string
---@param hits Hits
function M.define_hits (name, hits)
  M.check_name(name)
  native.layers.define_hits(name, hits)
end

--- Adds a layer, or defines one anew: what lesdiplo.layer{...} calls.
---@param spec table name; find or make; fields; within
function M.define (spec)
  util.options("lesdiplo.layer", spec, known)
  local name, find, make = spec.name, spec.find, spec.make
  M.check_name(name)
  if (find == nil) == (make == nil) then
    fail("the layer '%s' has either find, a pattern, or make, a function of a document", name)
  elseif make ~= nil and type(make) ~= "function" then
    fail("make is a function (doc, add)")
  elseif spec.within and not pattern.is_pattern(find) then
    fail("within goes with find and a token pattern")
  end
  check_names(spec.fields)
  if pattern.is_pattern(find) or type(find) == "string" then
    local tokens = pattern.to_pattern(find)
    native.layers.define{
      name = name, fields = captures(tokens, {}),
      make = function (doc) return doc:find(tokens, { within = spec.within }) end,
    }
    return
  elseif find then
    make = by_text(lpeg.P(find))
  end
  native.layers.define{ name = name, fields = spec.fields, make = function (doc)
    local add, places, rows = collector(name, spec.fields, doc)
    if make(doc, add) ~= nil then
      fail("make of '%s' adds its spans with add(span, fields); what it returns is lost", name)
    end
    return places, rows
  end }
end

return M
