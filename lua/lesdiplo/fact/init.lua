--- Facts: who did what to whom, and who holds which position.
--
--     for span in corpus:layer "event" do
--       print(span.date, span.type, span.modality, span)
--     end
--
-- The layers event and stance come from clauses (clauses.lua), acts as data
-- (data/acts.txt) and stances as data (data/stances.txt). A script adds its own,
-- before it asks for the layers:
--
--     lesdiplo.fact.act "twin: cooperate 060 COOPERATE both\n  en verb twin + with"
--     lesdiplo.fact.stance "supports: 1\n  en verb champion"
--
-- and asks why a sentence tells what it tells, or nothing: lesdiplo.fact.explain(span).
-- @module lesdiplo.fact
local acts = require "lesdiplo.fact.acts"
local attitudes = require "lesdiplo.fact.attitudes"
local layers = require "lesdiplo.fact.layers"
local events = require "lesdiplo.fact.events"
local _, native = ...
local error, ipairs = error, ipairs
_ENV = nil
local M = {}

--- The types of events: an array.
M.types = acts.types

--- Adds acts, written as data/acts.txt has them; `name` is what `rule` calls them.
---@param text string
---@param name string? "acts" when left out
---@return integer count of acts
function M.act (text, name) return acts.read(text, name) end

--- Adds stances, written as data/stances.txt has them.
---@param text string
---@param name string? "stances" when left out
---@return integer count of cues
function M.stance (text, name) return attitudes.read(text, name) end

--- The stances, those of scripts too: an array, in order.
---@return string[] names
function M.stances () return attitudes.names() end

--- All acts: rows of id, type, cameo, plover, both, where.
---@return table[] rows
function M.acts ()
  local out = { columns = { "id", "type", "cameo", "plover", "both", "where" } }
  acts.all()
  for i, act in ipairs(acts.list) do
    out[i] = { id = act.id, type = act.type, cameo = act.cameo, plover = act.plover,
               both = act.both or nil, where = act.where }
  end
  return out
end

-- Of a document that is not read clause by clause: its events, or that there can be none.
local function plainly (doc, how, lang, first, last)
  local out = { columns = { "trigger", "result", "rule", "clause" } }
  if not how and doc:sentences()[1] then
    local begin = doc:sentences()[1]
    out[1] = { trigger = begin, clause = begin,
               result = "facts are not read in this language: " .. lang }
  elseif how then
    for _, span in doc:layer "event":each() do
      if span.first >= first and span.last <= last then
        out[#out + 1] = { trigger = span, result = span.type, rule = span.rule,
                          clause = span.sentence }
      end
    end
  end
  return out
end

--- Why a document, or a stretch of it, tells the events that it tells: a row for each
-- word that may tell an act, with what became of it. The result is a type of event, or
-- what was missing. Of Chinese and Russian the rows are the events alone; where facts are
-- not read in the language of a document, its one row says so.
---@param where Doc|Span
---@return table[] rows trigger, result, rule, clause
function M.explain (where)
  local class = native.base.class(where)
  if class ~= "Doc" and class ~= "Span" then
    error("lesdiplo.fact.explain(where): a Doc or a Span is wanted", 2)
  end
  local doc = class == "Doc" and where or where.doc
  local first, last = 1, #doc.text
  if class == "Span" then first, last = where.first, where.last end
  local how, lang = layers.reading(doc)
  if how ~= "clauses" then return plainly(doc, how, lang, first, last) end
  local told = { positions = {}, rows = {}, why = {} }
  layers.each(doc, function (st, s) events.sentence(st, s, told) end, true)
  local out = { columns = { "trigger", "result", "rule", "clause" } }
  for _, one in ipairs(told.why) do
    if one.first >= first and one.last <= last then
      out[#out + 1] = { trigger = doc:span(one.first, one.last), result = one.what, rule = one.rule,
                        clause = doc:span(one.clause_first, one.clause_last) }
    end
  end
  return out
end

return M
