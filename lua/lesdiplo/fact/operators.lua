--- Operators: words that make something of the act or the position that they take.
--
-- What is refused, ruled out or denied is not done; of what is not refused nobody says whether
-- it is (open); what does not stop goes on; what is considered or opposed may be done or not.
-- The words are lists of data/english.txt: a verb with what ties it to the act, "rule out",
-- "refrain from", "refuse to".
-- @module lesdiplo.fact.operators
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local find, match, sub = string.find, string.match, string.sub
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local PHRASE = 4          -- items between a verb and the act that it takes in an operator
local BEFORE = 6          -- items before a noun in which "no" may stand

local function list (name) return lexicon.list("english.txt", name) end

local refuses, ceases, weighs = list "refuses", list "ceases", list "weighs"
local hinders, disowns, claims = list "hinders", list "disowns", list "claims"
local undoes, defers, falls = list "undoes", list "defers", list "falls"
local happens, scheduled, accuses = list "happens", list "scheduled", list "accuses"
local wishes = list "wishes"

-- The verbs of some lists: of "rule out" it is "rule".
local function verbs_of (...)
  local out = {}
  for _, phrases in ipairs{ ... } do
    for phrase in pairs(phrases) do out[match(phrase, "^%S+")] = true end
  end
  return out
end

-- Verbs of operators on acts, and on nouns: most verbs are none.
local on_acts = verbs_of(refuses, ceases, weighs, defers, hinders)
local on_nouns = verbs_of(undoes, defers, weighs, falls, happens, scheduled)

--- May the verb of a clause say what becomes of the act of a noun?
---@param s table
---@param clause table
---@return boolean
function M.concerns_nouns (s, clause)
  return s.c[clause.verb] == "b" or on_nouns[s.e[clause.verb].lemma] ~= nil
end

-- Which operator a phrase is, or nil.
local function kind_of (phrase)
  return refuses[phrase] and "refuses" or ceases[phrase] and "ceases"
         or weighs[phrase] and "weighs" or defers[phrase] and "defers" or nil
end

-- The verb of a clause with the particle right behind it: rule out.
local function verb_of (s, clause)
  local lemma = s.e[clause.verb].lemma
  local particle = lemma and clause.verb < s.n and s.c[clause.verb + 1] == "p"
                   and items.form(s, clause.verb + 1)
  return lemma, particle and lemma .. " " .. particle
end

-- The verb of a clause and all words between it and an item, without adverbs: stop short of.
local function phrase_to (s, up, last)
  local out = s.e[up.verb].lemma
  if not out or last - up.verb > PHRASE then return nil end
  for i = up.verb + 1, last do
    if s.c[i] ~= "W" then out = out .. " " .. items.word(s, i) end
  end
  return out
end

local nouns = items.classes "NUxX"

local function is_claim (s, i) return i > 0 and claims[items.word(s, i)] == true end

--- Does a clause say that a claim is false, or that a call is not heeded: rejected?
function M.disowns (s, up)
  local lemma, both = verb_of(s, up)
  return disowns[lemma] or disowns[both] or false
end

--- Is a clause a claim that somebody disowns: denied that it had signed, rejected claims that it
-- had, denied accusations of signing?
---@param s table
---@param clause table
---@return boolean
function M.is_disowned (s, clause)
  local up = clause.up
  if not up or not up.verb then return false end
  if clause.kind == "gerund" then
    return clause.first - 2 > up.verb and M.disowns(s, up)
           and items.form(s, clause.first - 1) == "of" and is_claim(s, clause.first - 2)
  end
  if clause.kind ~= "sub" or clause.cue and clause.cue ~= "that" then return false end
  if s.e[up.verb].lemma == "deny" and up.verb < clause.first then return true end
  return M.disowns(s, up) and is_claim(s, clause.first - 1)
end

--- Who accuses of what a clause tells: the clause of "accused Oslo of signing", or nil.
---@param s table
---@param clause table
---@return table?
function M.accusation (s, clause)
  local up = clause.kind == "gerund" and clause.up
  if not up or not up.verb or not accuses[s.e[up.verb].lemma] then return nil end
  local tie = items.form(s, clause.first - 1)
  return (tie == "of" or tie == "for") and up or nil
end

--- Where those stand who are kept from what a gerund tells: barred | Chad | from signing; nil
-- where it is told of nobody.
---@param s table
---@param clause table
---@return integer? first
---@return integer? last
function M.hindered (s, clause)
  local up = clause.kind == "gerund" and clause.up
  if not up or not up.verb or up.passive or items.form(s, clause.first - 1) ~= "from" then
    return nil
  end
  local lemma = s.e[up.verb].lemma
  if not lemma or not hinders[lemma .. " from"] or clause.first <= up.verb + 2 then return nil end
  return up.verb + 1, clause.first - 2
end

local of_whom = items.classes "dxXNUAREs&"

--- Where those begin behind "for" who are to do what an infinitive tells: easier | for families to
-- visit; nil where it is told of nobody. Thanks for efforts to end it are for the efforts.
function M.for_whom (s, clause)
  local i = clause.first - 1
  while i >= 1 and of_whom[s.c[i]] and s.taken[i] ~= "V" do i = i - 1 end
  if items.form(s, i) ~= "for" or i == clause.first - 1 or s.c[i + 1] == "&" then return nil end
  for k = i + 1, clause.first - 1 do
    if s.taken[k] == "N" or s.c[k] == "o" then return nil end
  end
  local up = clause.up
  return (not up or not up.found) and i + 1 or nil
end

local describes = items.classes "xXWEIN-U"
local may_count = items.classes "xXWEIN-Udon"

-- "no", "any" or "without" before a noun and what describes it: no further talks, without a treaty.
local function quantifier (s, i)
  local c, e, k = s.c, s.e, i - 1
  if not may_count[c[k]] then return nil end
  local least = k > BEFORE and i - BEFORE or 1
  while k > least and describes[c[k]] and s.taken[k] ~= "V" do k = k - 1 end
  local class, any = c[k], false
  while class == "d" do                                            -- no such talks
    local form = e[k].form
    if form == "no" then return form end
    any, k = any or form == "any", k - 1
    class = c[k]
  end
  if class == "o" then class, k = c[k - 1], k - 1 end
  if class == "n" and e[k].form == "without" then return "without" end
  return any and "any" or nil
end

--- What stands before the noun of an act that makes none of it, or no single one: no talks;
-- without a treaty; any talks.
---@param s table
---@param i integer item of the noun
---@return string? "no", "without" or "any"
M.quantifier = quantifier

local between = items.classes 'Wp"tTdbhD'

-- The operator on an infinitive, behind its verb or behind what that verb takes: refused on Monday
-- to sign; rejected CALLS to sign; has no plans to.
local function above_infinitive (s, up, first)
  local last = first - 1
  if last > up.verb and nouns[s.c[last]] and quantifier(s, last) == "no" then return "refuses" end
  if not on_acts[s.e[up.verb].lemma] then return nil end
  local lemma, both = verb_of(s, up)
  local operator = lemma and (kind_of(lemma .. " to") or both and kind_of(both .. " to"))
  if not operator or wishes[items.word(s, last)] then return operator end
  for i = up.verb + 1, last do
    if not between[s.c[i]] then return nil end
  end
  return operator
end

-- What a clause hangs on, with no more between than belongs to an operator: which one it is, of
-- "refuse to", "rule out", "have no plans to".
local function above (s, clause)
  local up, kind = clause.up, clause.kind
  if not up or not up.verb or up.verb >= clause.first then return nil end
  if kind == "inf" then
    local one = clause
    for _ = 1, PHRASE do one = one.beside or one end                 -- refused to meet or to sign
    return above_infinitive(s, up, one.first)
  elseif kind == "gerund" then
    if M.is_disowned(s, clause) then return "refuses" end
    local lemma = s.e[up.verb].lemma
    local from = on_acts[lemma] and items.form(s, clause.first - 1) == "from"
    if from and hinders[lemma .. " from"] then return "refuses" end
    local noun = clause.first - 2
    if noun > up.verb and s.c[clause.first - 1] == "p" and quantifier(s, noun) == "no" then
      return "refuses"                                              -- has no intention of
    end
    local phrase = on_acts[lemma] and phrase_to(s, up, clause.first - 1)
    return phrase and kind_of(phrase)
  elseif kind == "part" and not clause.reduced then
    local phrase = on_acts[s.e[up.verb].lemma] and phrase_to(s, up, clause.first - 1)
    return phrase and kind_of(phrase)                                -- denied signing
  end
end
M.above = above

--- How an act is meant on which an operator is, by how the operator's own verb is: what is
-- refused is negated, what is not refused only possible, what does not stop is done.
---@param operator string
---@param outer string?
---@param up table the operator's clause
---@return string? modality
function M.apply (operator, outer, up)
  if not outer or operator == "weighs" then return nil end
  if outer ~= "negated" then return operator == "defers" and "planned" or "negated" end
  if operator ~= "ceases" then return nil end
  return up.modal and "planned" or "asserted"                       -- will not fail to sign
end

-- Kinds of clauses that an operator may govern.
local governed = { inf = true, gerund = true, part = true, sub = true }

local LOOK = 6            -- clauses that a position is looked up through
local carries = { agree = true, plan = true, want = true, intend = true, wish = true, seek = true,
                  aim = true, decide = true, commit = true, promise = true, pledge = true,
                  continue = true, begin = true, start = true }

--- Is a position negated by its clause and what the clause hangs on: refused to support, denied
-- that it supports? nil where nobody says whether it is held: is considering supporting.
---@param s table
---@param clause table
---@param depth integer? clauses that have been looked up through
---@return boolean? negated
function M.is_negated (s, clause, depth)
  local negated, one = clause.negated or false, clause
  for k = (depth or 0) + 1, LOOK do
    local up = governed[one.kind] and one.up
    if not up or not up.verb then return negated end
    if M.is_disowned(s, one) then
      if up.possible or up.negated then return nil end
      return not negated
    end
    local operator = above(s, one)
    if operator then
      local outer = M.is_negated(s, up, k)
      if outer == nil or operator == "weighs" or operator == "defers" then return nil end
      if not outer then return not negated end
      if operator ~= "ceases" then return nil end
      return negated
    end
    local deeper = one.kind == "inf" and carries[s.e[up.verb].lemma]
    if not deeper then return negated end
    if up.negated then negated = true end
    one = up
  end
  return negated
end

--- What the verb of a clause makes of the act of a noun that it takes, or that a passive has for
-- its subject: negated where it is cancelled or ruled out, planned where it is put off.
---@param s table
---@param clause table
---@return string?
function M.on_noun (s, clause)
  local lemma, both = verb_of(s, clause)
  if both and undoes[both] or lemma and undoes[lemma] then return "negated" end
  if both and defers[both] or lemma and defers[lemma] then return "planned" end
end

--- What the verb of a clause says of its subject where that is an act: "negated" where it fell
-- through, "planned" where it is to be, "as told" where it only happens: took place.
---@param s table
---@param clause table
---@return string?
function M.on_subject (s, clause)
  local lemma, both = verb_of(s, clause)
  if not lemma then
    local due = s.c[clause.verb] == "b" and clause.verb < s.n and items.word(s, clause.verb + 1)
    return due == "due" and "planned" or nil
  end
  if clause.passive then
    local made = M.on_noun(s, clause)
    if made then return made end
    if scheduled[lemma] then return "planned" end
  elseif falls[both] or falls[lemma] then return "negated"
  end
  local behind = clause.verb < s.n and items.word(s, clause.verb + 1)
  local told = happens[lemma .. (clause.passive and " by" or "")]
               or behind and happens[lemma .. " " .. behind]
  if not told or clause.negated and clause.tense == "ing" then return nil end    -- not in a vacuum
  return "as told"
end

--- Verbs by which somebody weighs what they take: considers sanctions.
---@param s table
---@param clause table
---@return boolean
function M.is_weighed (s, clause)
  local lemma, both = verb_of(s, clause)
  return lemma and weighs[lemma] or both and weighs[both] or false
end

--- Is a noun in -ing, as the signing of a treaty?
---@param s table
---@param i integer
function M.is_gerund (s, i) return find(sub(items.word(s, i), -4), "ing$") ~= nil end

return M
