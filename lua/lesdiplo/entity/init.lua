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
local util = require "lesdiplo.util"
local _, native = ...
local entities, fold = native.entities, native.tokens.fold
local error, find, format, ipairs = error, string.find, string.format, ipairs
local getmetatable, rawget, setmetatable = getmetatable, rawget, setmetatable
local match, sort, sub, tostring, type = string.match, table.sort, string.sub, tostring, type
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

--- entity:name_in(lang): its plain name in a language, or nil.
function methods:name_in (lang)
  for _, name in ipairs(self.names) do
    if name.lang == lang and name.form == "name" then return name.text end
  end
end

--- entity:mentions(corpus): an iterator of Span over its mentions, of the layer that
-- is called as its kind.
function methods:mentions (corpus)
  if native.base.class(corpus) ~= "Corpus" then
    error("entity:mentions(corpus) takes a corpus", 2)
  end
  return corpus:mentions(self.id)
end

--- The entity of an id; nil where there is none.
---@param id string such as "LSO", "SADC", "maseru"
---@return table? entity
function M.get (id)
  if type(id) ~= "string" then error("lesdiplo.entity(id): an id is a text, such as \"LSO\"", 2) end
  local found = entities.entity(id)
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

-- Variants ---------------------------------------------------------------------------------

-- People of a corpus by the first word of their names: the first span of each id, and
-- the offices that they are said to hold.
local function people_by_first (corpus)
  local by_id, by_first = {}, {}
  for span in corpus:layer "person" do
    if span.form == "name" then
      local one = by_id[span.id]
      if not one then
        one = { span = span, roles = {}, words = {} }
        for word in span.name:gmatch "%S+" do one.words[#one.words + 1] = word end
        by_id[span.id] = one
        local first = fold(one.words[1])
        by_first[first] = by_first[first] or {}
        by_first[first][#by_first[first] + 1] = one
      end
      if span.role then one.roles[span.role] = true end
    end
  end
  return by_first
end

local LETTERS_LEAST, LETTERS_MOST = 5, 64    -- bytes of names that may be a letter apart

-- Of some words those a letter apart, each pair once. Two that are have one in common of
-- the words that they are without a letter, or without none.
local function apart (words)
  local by_key, found = {}, {}
  for _, word in ipairs(words) do
    local seen, keys = {}, {}
    if #word >= LETTERS_LEAST and #word <= LETTERS_MOST then
      for i = 1, #word do keys[i] = sub(word, 1, i - 1) .. sub(word, i + 1) end
      keys[#keys + 1] = word
    end
    for _, key in ipairs(keys) do
      local others = by_key[key] or {}
      by_key[key] = others
      for _, other in ipairs(others) do
        if not seen[other] and other ~= word and util.distance(other, word, 1) == 1 then
          found[#found + 1] = { other, word }
        end
        seen[other] = true
      end
      if others[#others] ~= word then others[#others + 1] = word end
    end
  end
  return found
end

-- People by their last words, and of each by the number of words: arrays of places in
-- the list. Also the last words, in order.
local function people_by_last (list)
  local by_last, words = {}, {}
  for i, one in ipairs(list) do
    local last, n = fold(one.words[#one.words]), #one.words
    if not by_last[last] then
      by_last[last] = {}
      words[#words + 1] = last
    end
    by_last[last][n] = by_last[last][n] or {}
    by_last[last][n][#by_last[last][n] + 1] = i
  end
  return by_last, words
end

-- Pairs of people of one first name who may be one: the same words but for a letter of
-- the last one, or words more in the middle of one of them. What is gone through are
-- the pairs that are told.
local function pairs_of (list)
  local by_last, words = people_by_last(list)
  local out = {}
  local function add (some, others, what)
    for _, i in ipairs(some) do
      for _, k in ipairs(others) do
        local a, b = list[i < k and i or k], list[i < k and k or i]
        local why = what or format("'%s' and '%s' are a letter apart", a.words[#a.words],
                                   b.words[#b.words])
        for _, role in ipairs(util.keys(a.roles)) do
          if b.roles[role] then why = format("%s; both are %s", why, role) end
        end
        out[#out + 1] = { i < k and i or k, i < k and k or i, why }
      end
    end
  end
  for _, pair in ipairs(apart(words)) do
    for n, some in util.sorted(by_last[pair[1]]) do
      local others = by_last[pair[2]][n]
      if others then add(some, others) end
    end
  end
  for _, last in ipairs(words) do
    local counts = util.keys(by_last[last])
    for x = 1, #counts do
      for y = x + 1, #counts do
        if counts[x] > 1 then
          add(by_last[last][counts[x]], by_last[last][counts[y]],
              "the same but for what stands between")
        end
      end
    end
  end
  sort(out, function (x, y)
    if x[1] ~= y[1] then return x[1] < y[1] end
    if x[2] ~= y[2] then return x[2] < y[2] end
    return x[3] < y[3]
  end)
  return out
end

local function is_initial (word) return find(word, "^[%a\xC3-\xD1][\x80-\xBF]?%.$") ~= nil end
local function first_letter (word) return match(fold(word), "^[^\x80-\xBF][\x80-\xBF]*") end

-- May the words before the surname of a name with initials be those of a full one: V. V. Holm,
-- Viktor Holm?
local function fits_initials (short, full)
  local n = #short.words < #full.words and #short.words - 1 or #full.words - 1
  for i = 1, n do
    if first_letter(short.words[i]) ~= first_letter(full.words[i]) then return false end
  end
  return true
end

-- Pairs of a name with an initial in front and a full one of the same surname, in the order of
-- the text of those with initials.
local function pairs_by_initials (by_first)
  local short, by_last, out = {}, {}, {}
  for _, list in util.sorted(by_first) do
    for _, one in ipairs(list) do
      local last = fold(one.words[#one.words])
      if #one.words > 1 and is_initial(one.words[1]) then
        short[#short + 1] = one
      elseif #one.words > 1 then
        by_last[last] = by_last[last] or {}
        by_last[last][#by_last[last] + 1] = one
      end
    end
  end
  for _, one in ipairs(short) do
    for _, other in ipairs(by_last[fold(one.words[#one.words])] or {}) do
      if fits_initials(one, other) then out[#out + 1] = { one, other } end
    end
  end
  return out
end

--- What corpus:variants() gives: people who may be one, with the reason. Nothing is
-- merged.
---@param corpus Corpus
---@return table[] rows name, other (each a Span), reason
function M.variants (corpus)
  local out = { columns = { "name", "other", "reason" } }
  local by_first = people_by_first(corpus)
  for _, list in util.sorted(by_first) do
    for _, pair in ipairs(pairs_of(list)) do
      out[#out + 1] = { name = list[pair[1]].span, other = list[pair[2]].span, reason = pair[3] }
    end
  end
  for _, pair in ipairs(pairs_by_initials(by_first)) do
    out[#out + 1] = { name = pair[1].span, other = pair[2].span,
                      reason = "the same surname, and initials of the other's" }
  end
  return out
end

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
