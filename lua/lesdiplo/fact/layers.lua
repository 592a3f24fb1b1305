--- The layers event and stance, made together: a document's sentences are read once.
-- @module lesdiplo.fact.layers
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local events = require "lesdiplo.fact.events"
local stances = require "lesdiplo.fact.stances"
local stems = require "lesdiplo.fact.stems"
local words = require "lesdiplo.fact.words"
local _, native = ...
local stretches = native.layers.stretches
local find, ipairs, require, setmetatable = string.find, ipairs, require, setmetatable
_ENV = nil
local M = {}

local reads = { paragraph = true, item = true, caption = true, heading = true, table = true }

-- The sentences of a document: where each begins and ends (firsts, lasts), and of those in
-- items of a list whether one begins the item, or goes on with it (item). And the numbers of
-- those that stand in blocks that tell something.
local function sentences_of (doc)
  local item, told, at = {}, {}, 1
  local blocks, kinds = stretches(doc, "block")
  local firsts, lasts = native.layers.sentences(doc)
  for i = 1, #firsts do
    local first = firsts[i]
    while kinds[at] and blocks[2 * at] < first do at = at + 1 end
    local kind, begin = kinds[at], blocks[2 * at - 1]
    if kind == "item" and begin <= first then
      item[i] = (i == 1 or lasts[i - 1] < begin) and "begins" or "goes on"
    end
    if not kind or reads[kind] or begin > first then told[#told + 1] = i end
  end
  return { firsts = firsts, lasts = lasts, item = item }, told
end

local s = clauses.blank()           -- the sentence that is read

--- Reads a document's sentences one after the other: calls f(state, sentence) for
-- each. What it is given holds for that call alone.
---@param doc Doc
---@param f function
---@param all boolean? as clauses.read has it
function M.each (doc, f, all)
  local sentences, told = sentences_of(doc)
  local firsts, lasts, items = sentences.firsts, sentences.lasts, sentences.item
  local st, from = actors.new(doc, sentences), 1
  clauses.begin(s, st)
  for i = 1, #told do
    local k = told[i]
    local item = items[k]
    st.at_sentence = i
    if not item then st.stem, st.listed = nil, nil end
    s.orders = st.stem ~= nil and item == "begins"
    s.in_list = st.listed ~= nil and item == "begins"
    from = clauses.read(s, st, firsts[k], lasts[k], from, all)
    if s.opened > 0 then
      if s.orders then stems.continue(st, s) end
      f(st, s)
      st.stem = stems.of(st, s) or st.stem
    elseif s.in_list then
      f(st, s)
    end
  end
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

-- Any other, by the module that reads it.
local function other (module)
  return function (doc)
    local sentences, told = sentences_of(doc)
    for n, i in ipairs(told) do
      told[n] = { first = sentences.firsts[i], last = sentences.lasts[i] }
    end
    return require(module).read(doc, sentences, told)
  end
end

-- By language: a function of a document that gives its events and its stances, in any
-- order.
local readers = { en = english, zh = other "lesdiplo.fact.han", ru = other "lesdiplo.fact.russian" }

-- The language in which a document's facts are read. Where nobody could tell it (a sentence,
-- a list of names) it is that of its letters; as dates and amounts are, such a text is read
-- as English, of whose words it has some or none.
local function language_of (doc)
  return doc.lang or (find(doc.text, "о", 1, true) and "ru" or "en")
end

--- What reads a document: "clauses", what explain can show, "whole", or nil where facts are
-- not read in its language.
---@param doc Doc
---@return string? how
---@return string lang the language as which it is read
function M.reading (doc)
  local lang = language_of(doc)
  local reader = readers[lang]
  return reader and (reader == english and "clauses" or "whole"), lang
end

local nothing = { positions = {}, rows = {} }

-- What came of a document, until both layers have it: who asks for the events of a
-- corpus and then for its stances has each document read once.
local kept = setmetatable({}, { __mode = "k" })

-- What a layer has of a document.
local function facts (doc, layer)
  local version, read = words.version(), kept[doc]
  if not read or read.version ~= version or not read[layer] then
    local reader = readers[language_of(doc)]
    read = { version = version, event = nothing, stance = nothing }
    if reader then
      read.event, read.stance = reader(doc)
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
