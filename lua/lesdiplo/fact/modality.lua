--- How an act is meant: asserted, planned, negated, habitual, or only possible.
--
-- Verbs before another are operators on it, from outside in: "refused to agree to sign"
-- is negated. What is reported is told by events.lua, which knows who speaks.
-- @module lesdiplo.fact.modality
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
_ENV = nil
local M = {}

local DEPTH = 8           -- clauses that are looked up through

local condition = { ["if"] = true, unless = true, whether = true }
local intends = lexicon.list("english.txt", "intends")
local refuses = lexicon.list("english.txt", "refuses")
local goes_on = lexicon.list("english.txt", "goes_on")
local habits = lexicon.list("english.txt", "habits")
local denials = lexicon.list("english.txt", "denials")
local pleased = lexicon.list("english.txt", "pleased")

-- Does a noun before an infinitive say that it is not done: its refusal to sign, the refusal
-- of Oslo to sign?
local function denies (s, clause)
  local i = clause.first - 1
  if s.c[i] == "A" and items.form(s, i - 1) == "of" then i = i - 2 end
  return i > 0 and denials[items.word(s, i)] == true
end

-- Does an adjective before an infinitive say that it is done: is pleased to announce?
local function is_pleased (s, up)
  local i = up.verb
  if s.c[i] == "b" then
    repeat i = i + 1 until s.c[i] ~= "W"                        -- is very pleased
  end
  return i <= s.n and pleased[items.word(s, i)] == true
end

-- Does a clause say what somebody is asked to do: demanded that Chad withdraw?
local function is_asked (s, clause, up)
  local act = clause.verb and up and up.found and up.found.act
  return act and act.to and s.e[clause.verb].tense == "base" or false
end

-- Of an infinitive or a gerund: what the verb before makes of it.
local function under_verb (s, clause, up, depth)
  local lemma = s.e[up.verb].lemma
  local act = up.found and up.found.act
  if act and act.to and clause.kind == "inf" then return nil end         -- only asked for
  if clause.kind == "inf" and denies(s, clause) then return "negated" end
  if clause.kind == "inf" and is_pleased(s, up) then return M.of(s, up, depth + 1) end
  if refuses[lemma] then return "negated" end
  local outer = M.of(s, up, depth + 1)
  if clause.kind == "gerund" and not intends[lemma] or goes_on[lemma] then return outer end
  return outer == "asserted" and "planned" or outer
end

--- How the act of a clause is meant; nil where it is only possible.
---@param s table sentence
---@param clause table
---@param depth integer? clauses that have been looked up through
---@return string? modality
function M.of (s, clause, depth)
  depth = depth or 0
  local kind, up = clause.kind, clause.up
  if depth > DEPTH then return "asserted" end
  if clause.possible or kind == "sub" and condition[clause.cue] then return nil end
  if kind == "sub" and is_asked(s, clause, up) then return nil end
  if clause.negated then return "negated" end
  if clause.modal or clause.stem then return "planned" end
  if (kind == "inf" or kind == "gerund") and up and up.verb then
    return under_verb(s, clause, up, depth)
  end
  if kind == "inf" then return denies(s, clause) and "negated" or "planned" end
  if kind == "part" and up then return M.of(s, up, depth + 1) end
  if kind == "coord" and up and (up.modal or up.stem) and s.e[clause.verb].tense == "base" then
    return "planned"                                          -- will come and see
  end
  for i = clause.first, clause.last do
    if s.c[i] == "W" and habits[items.word(s, i)] then return "habitual" end
  end
  return "asserted"
end

return M
