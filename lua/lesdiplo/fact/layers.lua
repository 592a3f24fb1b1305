--- The layers event and stance, made together: a document's sentences are read once.
-- @module lesdiplo.fact.layers
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local items = require "lesdiplo.fact.items"
local events = require "lesdiplo.fact.events"
local stances = require "lesdiplo.fact.stances"
local words = require "lesdiplo.fact.words"
local sub, sort = string.sub, table.sort
local ipairs, require = ipairs, require
_ENV = nil
local M = {}

local reads = { paragraph = true, item = true, caption = true, heading = true, table = true }

-- The sentences of a document, and those of blocks that tell something.
local function sentences_of (doc)
  local all, told, blocks, at = {}, {}, {}, 1
  for i, block in doc:blocks():each() do blocks[i] = { block.first, block.last, block.kind } end
  for i, span in doc:sentences():each() do
    local one = { first = span.first, last = span.last }
    all[i] = one
    while blocks[at] and blocks[at][2] < one.first do at = at + 1 end
    local block = blocks[at]
    if not block or reads[block[3]] or block[1] > one.first then told[#told + 1] = one end
  end
  return all, told
end

--- Reads a document's sentences one after the other: calls f(state, sentence) for
-- each. What it is given holds for that call alone.
---@param doc Doc
---@param f function
function M.each (doc, f)
  local all, told = sentences_of(doc)
  local st, s, text = actors.new(doc, all), items.blank(), doc.text
  for i = 1, #told do
    local one = told[i]
    local from = actors.first_mention(st, one.first)
    f(st, clauses.read(s, sub(text, one.first, one.last), one.first, st.mentions, from))
  end
end

-- Positions and rows in the order of the text.
local function ordered (out)
  local list, positions, rows = {}, {}, {}
  for i = 1, #out.rows do
    list[i] = { out.positions[2 * i - 1], out.positions[2 * i], out.rows[i], i }
  end
  sort(list, function (a, b)
    if a[1] ~= b[1] then return a[1] < b[1] end
    if a[2] ~= b[2] then return a[2] > b[2] end
    return a[4] < b[4]
  end)
  for i, one in ipairs(list) do
    positions[2 * i - 1], positions[2 * i], rows[i] = one[1], one[2], one[3]
  end
  return { positions = positions, rows = rows }
end

-- English, clause by clause.
local function english (doc)
  local told, held = { positions = {}, rows = {} }, { positions = {}, rows = {} }
  M.each(doc, function (st, s)
    events.sentence(st, s, told)
    stances.sentence(st, s, held)
  end)
  events.finish(told)
  return told, held
end

-- By language: a function of a document that gives its events and its stances, in any
-- order.
local readers = {
  en = english,
  zh = function (doc) return require "lesdiplo.fact.han".read(doc, sentences_of(doc)) end,
  ru = function (doc) return require "lesdiplo.fact.russian".read(doc, sentences_of(doc)) end,
}

local nothing = { positions = {}, rows = {} }
local last = {}          -- the document read last, and what came of it

local function facts (doc)
  local version = words.version()
  if last.doc ~= doc or last.version ~= version then
    local read = readers[doc.lang]
    last = { doc = doc, version = version, event = nothing, stance = nothing }
    if read then
      local told, held = read(doc)
      last.event, last.stance = ordered(told), ordered(held)
    end
  end
  return last
end

--- The events of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.event (doc)
  local out = facts(doc).event
  return out.positions, out.rows
end

--- The stances of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.stance (doc)
  local out = facts(doc).stance
  return out.positions, out.rows
end

return M
