--- What who speaks says of the talk itself, which is no promise: I should add; I will turn to your
-- questions; we will take a question.
-- @module lesdiplo.fact.talk
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
_ENV = nil
local M = {}

local LEAD = 5           -- items behind a verb in which "question" stands

--- The pronouns of who speaks.
M.speakers = { we = true, i = true }

local remarks = lexicon.list("english.txt", "remarks")
local conducts = lexicon.list("english.txt", "conducts")
local turns = lexicon.list("english.txt", "turns")

--- What who reads is told to do, by verb: should contact the press office.
M.instructs = lexicon.list("english.txt", "instructs")

--- Does a clause only say how the talk goes on?
---@param s table sentence
---@param clause table
---@param i integer item of its verb
---@return boolean
function M.goes_on (s, clause, i)
  if not (clause.head and M.speakers[items.form(s, clause.head)]) then return false end
  local lemma = s.e[i].lemma
  if remarks[lemma] or conducts[lemma] and clause.modal and not clause.negated then return true end
  for k = i + 1, i + LEAD < clause.last and i + LEAD or clause.last do
    if turns[items.word(s, k)] then return true end
  end
  return false
end

return M
