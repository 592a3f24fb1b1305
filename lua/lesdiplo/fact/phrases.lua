--- Noun phrases of a sentence: where one begins, what governs it, who is a clause's
-- subject.
-- @module lesdiplo.fact.phrases
local items = require "lesdiplo.fact.items"
local before, classes = items.before, items.classes
_ENV = nil
local M = {}

local noun_like = classes 'doxXARNTGYLqsEIW"-'
local no_head = classes 'WT"-'
local passed = classes 'doxXWARNGYLsEIT"&,-q()'
local parties = classes "ARqGYo"
local heads = classes "ARqGY"
local joined = classes "AG"

-- Does an item belong to a noun phrase?
local function is_inside (s, i)
  local class = s.c[i]
  return noun_like[class] or class == "U" and s.taken[i] ~= "V"
         or class == "p" and s.e[i].form == "of"
end

--- Where the noun phrase begins that ends before i, not before `least`. Two that "and"
-- ties are one behind a comma: ", the king and the president exchanged".
function M.first (s, i, least)
  local k = i - 1
  while k >= least and is_inside(s, k) do k = k - 1 end
  if s.c[k] == "&" and k > least and joined[s.c[k - 1]] then
    local first = M.first(s, k, least)
    if first < k and s.c[first - 1] == "," then return first end
  end
  return k + 1
end

--- Does a stretch hold something that may be a subject?
function M.has_noun (s, first, last)
  for k = first, last do
    local class = s.c[k]
    if (noun_like[class] or s.taken[k] == "N") and not no_head[class] then return true end
  end
  return false
end

--- The preposition that governs item i, not before `first`: its index, or nil where it
-- stands free. "of" is looked through: the people of Ukraine. What opens a sentence with
-- a date governs nothing: In 2024 Norway ...
function M.governor (s, first, i)
  local k = i - 1
  while k >= first do
    local class = s.c[k]
    if class == "p" and s.e[k].form ~= "of" or class == "t" then return k end
    if class == "T" and s.c[k - 1] == "p" then
      k = k - 1
    elseif not (passed[class] or class == "p" or class == "U" and s.taken[k] == "N") then
      return nil
    end
    k = k - 1
  end
  return nil
end

--- Is an item somebody who may act?
function M.is_party (s, i) return parties[s.c[i]] == true end

-- Does a list go on behind item i: ", Togo", "and the minister"?
local function goes_on (s, i)
  local class, behind = s.c[i], s.c[i + 1]
  if class == "&" or class == "-" then return true end
  return class == "," and (behind == "A" or behind == "R" or behind == "d" and s.c[i + 2] == "A")
end

-- May item i head a subject? An office before a name is part of the name.
local function is_head (s, i, found)
  local class = s.c[i]
  return heads[class] and not (class == "R" and s.c[i + 1] == "A") or class == "o" and not found
end

local nothing = {}         -- nobody writes into it

--- The items that are a clause's subject: the first party that stands free before the
-- verb, and those that "and" ties to it. Nothing where the subject is something else.
---@param s table sentence
---@param clause table
---@return integer[]
function M.subject (s, clause)
  local first = clause.subject_first or clause.first
  local last = clause.subject_last or (clause.group or clause.last + 1) - 1
  local out, n, tie = nothing, 0, true
  for i = first, last do
    local class = s.c[i]
    if is_head(s, i, n > 0) then
      if tie and not M.governor(s, first, i) then
        if n == 0 then out = {} end
        n = n + 1
        out[n], tie = i, false
      end
    elseif n > 0 then
      if goes_on(s, i) then tie = true
      elseif class == "," then break
      elseif class == "p" or class == "S" then tie = false
      end
    end
  end
  local one = out[1]
  if n == 1 and s.c[one] == "R" then
    local k = before(s, last + 1)
    if k > one and s.c[k] == "A" and s.m[k].kind == "person" then
      out[1] = k                         -- Secretary for Labor and Rights Ann Peters said
    end
  end
  return out
end

return M
