--- JSON, written: whole values, and rows as an array or one object a line.
--
-- What is written reads back as the same value: integers stay integers, floats
-- keep every bit and stay floats. Names are sorted unless an order is given.
-- @module lesdiplo.report.json
local cells = require "lesdiplo.report.cells"
local util = require "lesdiplo.util"
local concat, sort = table.concat, table.sort
local error, format, ipairs = error, string.format, ipairs
local math_type, pairs, tostring, type = math.type, pairs, tostring, type
_ENV = nil
local M = {}

-- Tables inside tables: deeper is a table that holds itself, or as good as.
local DEPTH = 100

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b",
  ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }
local function escape (c)
  return escapes[c] or format("\\u%04x", c:byte())
end

local function string_ (text)
  text = util.mend(text)
  text = text:gsub('[%c"\\]', escape)
  -- line ends to JavaScript, though not to JSON
  if text:find("\xE2\x80[\xA8\xA9]") then
    text = text:gsub("\u{2028}", "\\u2028"):gsub("\u{2029}", "\\u2029")
  end
  return '"' .. text .. '"'
end

local function number (n)
  if math_type(n) == "float" and (n ~= n or n == 1 / 0 or n == -1 / 0) then
    error(format("JSON has no number %s: leave the value out", cells.number(n)), 0)
  end
  return cells.number(n)
end

local encode

local function members (value, names, depth)
  local out = {}
  for _, name in ipairs(names) do
    if value[name] ~= nil then
      out[#out + 1] = string_(name) .. ":" .. encode(value[name], depth + 1)
    end
  end
  return "{" .. concat(out, ",") .. "}"
end

local function object (value, depth)
  local names = {}
  for name in pairs(value) do
    if type(name) ~= "string" then
      error(format("a JSON object has names, found the key %s", tostring(name)), 0)
    end
    names[#names + 1] = name
  end
  sort(names)
  return members(value, names, depth)
end

local function list (value, depth)
  local out, count = {}, 0
  for _ in pairs(value) do count = count + 1 end
  if count ~= #value then
    error("a table is either a list or has names, for JSON: this one is both", 0)
  end
  for i, item in ipairs(value) do out[i] = encode(item, depth + 1) end
  return "[" .. concat(out, ",") .. "]"
end

function encode (value, depth)
  if depth > DEPTH then
    error(format("JSON: tables more than %d deep; does one hold itself?", DEPTH), 0)
  end
  local kind, text, cite = cells.kind(value)
  if kind == "string" then return string_(value)
  elseif kind == "number" then return number(value)
  elseif kind == "boolean" then return tostring(value)
  elseif kind == "nil" then return "null"
  elseif kind == "list" then return list(value, depth)
  elseif kind == "doc" then return string_(text)
  elseif kind == "hits" then return text
  elseif kind == "cited" and type(value) == "userdata" then
    return '{"text":' .. string_(text) .. ',"cite":' .. string_(cite) .. "}"
  elseif kind == "record" or kind == "cited" then return object(value, depth)
  end
  error(format("JSON has no value for a %s", type(value)), 0)
end

--- A value as JSON text: nil, booleans, numbers, strings, lists, tables with
-- names (sorted), a Span as {"text", "cite"}, a document as its id. NaN,
-- infinity and functions raise.
--     > json.encode{ b = 1, a = { true, 0.5, "é\n" } }
--     {"a":[true,0.5,"é\n"],"b":1}
---@param value any
---@return string
function M.encode (value) return encode(value, 0) end

local function row_text (row, columns)
  return columns and members(row, columns, 0) or members(row, cells.names(row), 0)
end

-- Rows as one object a line. Members have the order of the columns, or of
-- their names; what a row does not have is left out.
-- @param write fun(text: string)
-- @return table writer
function M.lines (write)
  return {
    row = function (_, row, columns) write(row_text(row, columns) .. "\n") end,
    finish = function () end,
  }
end

-- Rows as one array, a line each.
-- @param write fun(text: string)
-- @return table writer
function M.array (write)
  local rows = {}
  return {
    row = function (_, row, columns) rows[#rows + 1] = row_text(row, columns) end,
    finish = function ()
      write(rows[1] and "[\n" .. concat(rows, ",\n") .. "\n]\n" or "[]\n")
    end,
  }
end

return M
