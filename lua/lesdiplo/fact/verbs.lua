--- Verb or noun: what a word is that may be either, by what stands around it.
--
-- The word before decides mostly: "the visit", "to visit", "Chad's visit". Behind
-- "and" a word goes with the one before it; behind a name it is the clause's verb,
-- where that has none yet.
-- @module lesdiplo.fact.verbs
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local before, classes = items.before, items.classes
local find = string.find
_ENV = nil
local M = {}

local opens_object = classes "doAqtRS"
local firm = classes "dos"
local governs = classes "tmuDqn"
local inside = classes "xXWEIN"
local follows_plural = classes "doAqtRSWxp"

local reports = lexicon.list("english.txt", "report")

--- Classes of auxiliaries, and of what may stand among them.
M.auxiliary = classes "bhDmunW"

--- The nearest clause, from one outwards, that has a finite verb; nil where none has.
function M.finite (clause)
  while clause and not clause.finite do clause = clause.up end
  return clause
end

-- How the verb or noun before "and" was taken, and its tense.
local function partner (s, i, clause)
  for k = i - 1, 1, -1 do
    if s.taken[k] then return s.taken[k], s.e[k].tense end
  end
  return clause.verb and "V" or "N"
end

-- Has a clause its verb? One that reports leaves room for another: Chad said Mali agreed.
local function is_closed (s, clause)
  return clause.verb and not reports[s.e[clause.verb].lemma]
end

-- Does a word that is mostly a verb end a noun phrase that is no subject: of friendly
-- exchanges?
local function ends_phrase (s, i, clause)
  local tense = s.e[i].tense
  if tense ~= "s" and tense ~= "base" or not is_closed(s, clause) then return false end
  local k = i - 1
  while k > clause.verb and inside[s.c[k]] do k = k - 1 end
  return k < i - 1 and (s.c[k] == "p" or firm[s.c[k]] == true)
end

-- Behind "and" or a comma.
local function in_list (s, i, clause, p)
  local tense, behind = s.e[i].tense, s.c[i + 1]
  local kind, other = partner(s, p, clause)
  if tense == "past" then return true end
  if tense == "ing" then
    return s.c[p] == "," and opens_object[behind] or kind == "V" and other == "ing"
  elseif tense == "ed" then
    local main = M.finite(clause)
    local now = main and s.e[main.verb].tense
    return now ~= "base" and now ~= "s" or opens_object[behind] == true
  end
  return kind == "V" and (other == tense or tense == "base" and other ~= "s")
         or tense == "s" and opens_object[behind] == true
end

-- Behind a name: "Chad visits", "Chad and Mali visit"; not "Chadian visits".
local function behind_name (s, i, clause, p)
  if s.m[p].row.form == "adjective" then return false end
  if is_closed(s, clause) then return false end
  if s.e[i].tense ~= "base" then return true end
  return s.c[p - 1] == "&" or s.c[p - 1] == "," and s.c[p - 2] == "A"
end

-- Is an item a noun in the plural?
local function is_plural (s, i)
  local class = s.c[i]
  return class == "X" or (class == "N" or class == "U") and find(items.word(s, i), "s$") ~= nil
end

local verbal = { b = { ed = true, ing = true, part = true }, h = { ed = true, part = true } }

-- Is the word at i, which may be both, a verb here?
local function is_verb (s, i, clause)
  local tense, p = s.e[i].tense, before(s, i)
  local class, behind = s.c[p], s.c[i + 1]
  if items.is_named(s, i) or firm[class] then return false end
  if p == 0 then return tense == "ing" or tense == "ed" end
  if governs[class] then return class ~= "n" or tense == "base" end
  if verbal[class] then return verbal[class][tense] == true end
  if class == "p" then
    return tense == "ing" and behind ~= "p" and (s.e[i].noun == nil or opens_object[behind] == true)
  end
  if class == "&" or class == "," then return in_list(s, i, clause, p) end
  if class == "r" or tense == "ed" or tense == "past" then return true end
  if tense == "ing" then return false end
  if class == "A" then return behind_name(s, i, clause, p) end
  if is_closed(s, clause) then return false end
  if tense == "base" then return is_plural(s, p) and follows_plural[behind] == true end
  return opens_object[behind] == true
end

--- Is the word at i a verb, in a clause that has been read so far?
---@param s table sentence
---@param i integer item
---@param clause table
---@return boolean
function M.is_verb (s, i, clause)
  if s.c[i] == "U" then return is_verb(s, i, clause) end
  return not firm[s.c[before(s, i)]] and not ends_phrase(s, i, clause)
end

--- Is an unknown word in -ing a verb: ", leaving the town"; not "and mining".
function M.is_participle (s, i)
  local class, behind = s.c[i - 1], s.c[i + 1]
  if class == "," then return true end
  if behind == nil or behind == "," or behind == "&" then return false end
  return class == "p" or class == "&" and behind ~= "p"
end

local nouns = classes "xXNUG&"

--- Does a participle stand before the noun that it describes: shared goals?
function M.modifies (s, i)
  local class = s.c[before(s, i)]
  return s.e[i].adjectival and nouns[s.c[i + 1]] and not M.auxiliary[class]
         and class ~= "A" and class ~= "q" and class ~= "G"
end

return M
