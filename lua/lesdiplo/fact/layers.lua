--- The layers event and stance, made together: a document's sentences are read once.
-- @module lesdiplo.fact.layers
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local events = require "lesdiplo.fact.events"
local stances = require "lesdiplo.fact.stances"
local stems = require "lesdiplo.fact.stems"
local words = require "lesdiplo.fact.words"
local _, native = ...
local stretches, in_order = native.layers.stretches, native.base.in_order
local ipairs, require, select, setmetatable = ipairs, require, select, setmetatable
_ENV = nil
local M = {}

local reads = { paragraph = true, item = true, caption = true, heading = true, table = true }

-- The sentences of a document, and those of blocks that tell something.
local function sentences_of (doc)
  local all, told, at = {}, {}, 1
  local blocks, kinds = stretches(doc, "block")
  local places = stretches(doc, "sentence")
  for i = 1, #places // 2 do
    local one = { first = places[2 * i - 1], last = places[2 * i] }
    all[i] = one
    while kinds[at] and blocks[2 * at] < one.first do at = at + 1 end
    one.item = kinds[at] == "item" and blocks[2 * at - 1] <= one.first
    one.begins = one.item and (i == 1 or all[i - 1].last < blocks[2 * at - 1])
    if not kinds[at] or reads[kinds[at]] or blocks[2 * at - 1] > one.first then
      told[#told + 1] = one
    end
  end
  return all, told
end

local s = clauses.blank()           -- the sentence that is read

--- Reads a document's sentences one after the other: calls f(state, sentence) for
-- each. What it is given holds for that call alone.
---@param doc Doc
---@param f function
---@param all boolean? as clauses.read has it
function M.each (doc, f, all)
  local sentences, told = sentences_of(doc)
  local st, from = actors.new(doc, sentences), 1
  for i = 1, #told do
    local one = told[i]
    st.at_sentence = i
    if not one.item then st.stem = nil end
    s.orders = st.stem ~= nil and one.begins
    from = select(2, clauses.read(s, st, one.first, one.last, from, all))
    if s.opened > 0 then
      if s.orders then stems.continue(st, s) end
      f(st, s)
      st.stem = stems.of(st, s) or st.stem
    end
  end
end

--- Positions and rows in the order of the text.
---@param out table positions, rows
---@return table
function M.ordered (out)
  local positions, rows = {}, {}
  for n, i in ipairs(in_order(out.positions)) do
    positions[2 * n - 1], positions[2 * n] = out.positions[2 * i - 1], out.positions[2 * i]
    rows[n] = out.rows[i]
  end
  return { positions = positions, rows = rows }
end

-- English, clause by clause.
local function english (doc)
  local told, held = { positions = {}, rows = {} }, { positions = {}, rows = {} }
  M.each(doc, function (st, sentence)
    events.sentence(st, sentence, told)
    stances.sentence(st, sentence, held)
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

-- What came of a document, until both layers have it: who asks for the events of a
-- corpus and then for its stances has each document read once.
local kept = setmetatable({}, { __mode = "k" })

-- What a layer has of a document.
local function facts (doc, layer)
  local version, read = words.version(), kept[doc]
  if not read or read.version ~= version or not read[layer] then
    local reader = readers[doc.lang]
    read = { version = version, event = nothing, stance = nothing }
    if reader then
      local told, held = reader(doc)
      read.event, read.stance = M.ordered(told), M.ordered(held)
    end
  end
  local out = read[layer]
  read[layer] = nil
  kept[doc] = (read.event or read.stance) and read or nil
  return out.positions, out.rows
end

--- The events of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.event (doc) return facts(doc, "event") end

--- The stances of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.stance (doc) return facts(doc, "stance") end

return M
