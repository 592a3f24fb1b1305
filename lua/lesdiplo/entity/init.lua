--- Entities: countries, organisations, places, offices; their names, and where
-- documents name them.
--
--     local lesotho = lesdiplo.entity "LSO"
--     print(lesotho.name, lesotho.alpha2, #lesotho.names)
--     for span in lesotho:mentions(corpus) do print(span.cite, span.text) end
--
-- An entity has id, kind and name; names, an array of {text, lang, form}; and what
-- its table tells: facts by their key (the first of each; facts is an array of all,
-- {key, value}). What ships is only read; rows of one's own are added to it.
-- @module lesdiplo.entity
-- @names methods entity
local util = require "lesdiplo.util"
local variants = require "lesdiplo.entity.variants"
local _, native = ...
local entities = native.entities
local error, format, ipairs = error, string.format, ipairs
local getmetatable, rawget, setmetatable = getmetatable, rawget, setmetatable
local sort, tostring, type = table.sort, tostring, type
_ENV = nil
local M = {}

-- The class -------------------------------------------------------------------------

local Entity = { __name = "Entity" }
local methods = {}

function Entity.__index (e, key)
  if methods[key] then return methods[key] end
  for _, fact in ipairs(rawget(e, "facts")) do
    if fact[1] == key then return fact[2] end
  end
end

function Entity.__tostring (e) return format("%s (%s %s)", e.name, e.kind, e.id) end
function Entity.__eq (a, b) return a.id == b.id and a.kind == b.kind end

-- The name to show: the first one in English that is a plain name, else the first.
local function shown (names, id)
  local best
  for _, name in ipairs(names) do
    if name.form == "name" and name.lang == "en" then return name.text end
    if name.form == "name" and not best then best = name.text end
  end
  return best or names[1] and names[1].text or id
end

--- Its plain name in a language, or nil.
--     > lesdiplo.entity "LSO":name_in "zh"
--     莱索托
---@param lang string as in en, zh, ru
---@return string?
function methods:name_in (lang)
  for _, name in ipairs(self.names) do
    if name.lang == lang and name.form == "name" then return name.text end
  end
end

--- Where it is named: spans of the layer that is called as its kind.
---@param corpus Corpus
---@return function iterator of Span
function methods:mentions (corpus)
  if native.base.class(corpus) ~= "Corpus" then
    error("entity:mentions(corpus) takes a corpus", 2)
  end
  return corpus:mentions(self.id)
end

--- The entity of an id; nil where there is none. Of several kinds of one id the country, if
-- none is named.
---@param id string such as "LSO", "SADC", "maseru"
---@param kind? string such as "country", "currency"
---@return table? entity
function M.get (id, kind)
  if type(id) ~= "string" then error("lesdiplo.entity(id): an id is a text, such as \"LSO\"", 2) end
  if kind ~= nil and type(kind) ~= "string" then
    error("lesdiplo.entity(id, kind): a kind is a text, such as \"currency\"", 2)
  end
  local found = entities.entity(id, kind)
  if not found then return nil end
  found.name = shown(found.names, id)
  return setmetatable(found, Entity)
end

-- Mentions -----------------------------------------------------------------------------

local layers = { country = "country", org = "org", place = "place" }

-- The layers in which an id may be mentioned.
local function layers_of (id)
  local found = entities.entity(id)
  if found and layers[found.kind] then return { layers[found.kind] } end
  return { "country", "org", "place", "person" }
end

--- What corpus:mentions(id) calls.
---@param corpus Corpus
---@param id string of an entity, a body or a person
---@return function iterator of Span
function M.mentions (corpus, id)
  if type(id) ~= "string" then error("corpus:mentions(id): an id is a text, such as \"LSO\"", 0) end
  local names, doc, layer, spans, at = layers_of(id), 0, 0, nil, 0
  return function ()
    while true do
      at = at + 1
      local span = spans and spans[at]
      if span then
        if span.id == id then return span end
      else
        layer = layer % #names + 1
        if layer == 1 then doc = doc + 1 end
        if not corpus[doc] then return nil end
        spans, at = corpus[doc]:layer(names[layer]), 0
      end
    end
  end
end

-- What a document names, a row an id, in the order of first mention. An office whose
-- holder is not known is nobody.
local function counted (doc, layer)
  local out, by_id = {}, {}
  for _, span in doc:layer(layer):each() do
    local row = span.id and by_id[span.id]
    if span.id and not row then
      row = { id = span.id, mentions = 0, first = span }
      by_id[span.id] = row
      out[#out + 1] = row
    end
    if row then row.mentions = row.mentions + 1 end
    if row and layer == "person" then
      row.name = span.name
      row.role, row.of, row.to = row.role or span.role, row.of or span.of, row.to or span.to
    end
  end
  return out
end

--- What doc.people gives.
---@param doc Doc
---@return table[] rows id, name, role, of, to, mentions, first
function M.people (doc)
  local out = counted(doc, "person")
  out.columns = { "id", "name", "role", "of", "to", "mentions", "first" }
  return out
end

--- What doc.countries gives.
---@param doc Doc
---@return table[] rows id, name, mentions, first
function M.countries (doc)
  local out = counted(doc, "country")
  for i, row in ipairs(out) do row.name, row.place = M.get(row.id).name, i end
  sort(out, function (a, b)
    if a.mentions ~= b.mentions then return a.mentions > b.mentions end
    return a.place < b.place
  end)
  for _, row in ipairs(out) do row.place = nil end
  out.columns = { "id", "name", "mentions", "first" }
  return out
end

--- What corpus:variants() gives, see variants.lua.
M.variants = variants.all

-- Rows of one's own ----------------------------------------------------------------------

-- Adds the cells of a value: of a table those of its values, "names.1.lang".
local function flatten (cells, key, value, depth)
  if type(value) ~= "table" then
    local at = #cells
    cells[at + 1], cells[at + 2] = key, tostring(value)
  elseif depth == 3 then
    return format("'%s' holds tables inside tables", key)
  else
    for inner, item in util.sorted(value) do
      local problem = flatten(cells, key .. "." .. tostring(inner), item, depth + 1)
      if problem then return problem end
    end
  end
end

-- Adds a row; returns what is wrong with it, or nil.
local function add_row (row)
  if type(row) ~= "table" then return format("a row is a table, got a %s", type(row)) end
  local cells = {}
  for key, value in util.sorted(row) do
    local problem = flatten(cells, tostring(key), value, 1)
    if problem then return problem end
  end
  return entities.row(cells)
end

--- What corpus:entities(rows, format) calls: adds rows to what ships. A row is a
-- table: id, kind (where the id is new), name or names, lang, form; what else it has
-- are facts. A text is a file of such rows, or of entries.
---@param rows table[]|string
---@param form? string of a text: "txt", "csv" or "jsonl"
---@return integer count of rows
function M.add (rows, form)
  local where = "corpus:entities"
  if type(rows) == "string" then
    local problems, count = entities.read(rows, form or "txt", where)
    if problems then error(problems, 0) end
    return count
  end
  if type(rows) ~= "table" or getmetatable(rows) then
    error(where .. ": an array of rows is wanted, {{id = \"LSO\", name = \"Lesotho\"}}, or a text",
          0)
  end
  for i, row in ipairs(rows) do
    local problem = add_row(row)
    if problem then error(format("%s: row %d: %s", where, i, problem), 0) end
  end
  entities.seal()
  return #rows
end

return M
