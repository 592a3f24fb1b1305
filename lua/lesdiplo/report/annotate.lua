--- The spans of layers as records: what the verb annotate prints of a document.
-- @module lesdiplo.report.annotate
local json = require "lesdiplo.report.json"
local _, native = ...
local stretches = native.layers.stretches
local concat, ipairs = table.concat, ipairs
local type, userdata_text = type, tostring
_ENV = nil
local M = {}

-- A value as it is printed: a span is its text.
local function plain (value)
  return type(value) == "userdata" and userdata_text(value) or value
end

-- Texts that came lately, as JSON: ids, forms and names come again and again.
local TEXTS_MOST = 4000
local texts, count = {}, 0

local function encoded (value)
  if type(value) ~= "string" then return json.encode(plain(value)) end
  local out = texts[value]
  if out then return out end
  if count == TEXTS_MOST then texts, count = {}, 0 end
  out = json.encode(value)
  texts[value], count = out, count + 1
  return out
end

-- The fields that a row has, as they stand in an object.
local function members (row, fields)
  local out = {}
  for _, field in ipairs(fields) do
    local value = row[field]
    if value ~= nil then out[#out + 1] = "," .. encoded(field) .. ":" .. encoded(value) end
  end
  return concat(out)
end

--- Tells each span of some layers that our Lua makes of a document: where it begins
-- and ends in the text (bytes, from 0, half open), its layer, and its fields as they
-- stand in an object of JSON, in the order in which the layer has them.
---@param doc Doc
---@param names string[] layers
---@param tell function (first, last, layer, fields)
function M.spans (doc, names, tell)
  for _, name in ipairs(names) do
    local fields = native.layer(name).fields
    local positions, rows = stretches(doc, name)
    local told = {}          -- by row: mentions of one name share it
    for i, row in ipairs(rows) do
      told[row] = told[row] or members(row, fields)
      tell(positions[2 * i - 1] - 1, positions[2 * i], name, told[row])
    end
  end
end

return M
