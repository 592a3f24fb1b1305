--- The spans of layers as records: what the verb annotate prints of a document.
-- @module lesdiplo.report.annotate
local json = require "lesdiplo.report.json"
local util = require "lesdiplo.util"
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

-- A layer of the library: in the order in which it has its fields.
local function tell_ours (doc, name, tell)
  local fields = native.layer(name).fields
  local positions, rows = stretches(doc, name)
  local told = {}          -- by row: mentions of one name share it
  for i, row in ipairs(rows) do
    told[row] = told[row] or members(row, fields)
    tell(doc, positions[2 * i - 1] - 1, positions[2 * i], name, told[row])
  end
end

-- What every record has, and a script's field cannot be called there.
local taken = { ["end"] = true, hash = true, start = true }

-- A field of a script's as it stands in an object: a span is text and citation.
local function own_member (field, value)
  if value == nil or type(field) ~= "string" then return "" end
  return "," .. encoded(taken[field] and "field_" .. field or field) .. ":" .. json.encode(value)
end

-- The fields of a span of a script's layer. One that declares none has those of its row.
local function own_members (span, fields, row)
  local out = {}
  for i, field in ipairs(fields or util.keys(row or {})) do
    out[i] = own_member(field, row and row[field] or span[field])
  end
  return concat(out)
end

local function tell_own (doc, name, tell)
  local fields = native.layer(name).fields
  local rows
  if not fields then _, rows = stretches(doc, name) end
  for i, span in doc:layer(name):each() do
    tell(doc, span.first - 1, span.last, name, own_members(span, fields, rows and rows[i]))
  end
end

--- Tells all that our Lua, and a script's, makes of documents.
---@param corpus Corpus
---@param layer function (name) -> 1 where one of ours is wanted, 2 one of a script's; and
-- () when there are no more names
---@param span function (doc, begin, end, layer, fields): where it is in the text (bytes, from
-- 0, half open), and its fields as they stand in an object of JSON
---@param document function (doc) when all its spans have been told; () at the end
function M.all (corpus, layer, span, document)
  local ours, own = {}, {}
  for _, name in ipairs(native.layers.names()) do
    local wanted = layer(name)
    if wanted == 1 then ours[#ours + 1] = name
    elseif wanted == 2 then own[#own + 1] = name end
  end
  layer()
  for doc in corpus:docs() do
    for _, name in ipairs(ours) do tell_ours(doc, name, span) end
    for _, name in ipairs(own) do tell_own(doc, name, span) end
    document(doc)
  end
  document()
end

return M
