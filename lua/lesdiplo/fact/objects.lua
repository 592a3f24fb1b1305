--- What a stance is about: where its object ends, and whether it is a list.
-- @module lesdiplo.fact.objects
local frames = require "lesdiplo.fact.frames"
local items = require "lesdiplo.fact.items"
local gmatch = string.gmatch
local ipairs = ipairs
_ENV = nil
local M = {}

local MEMBER = 9         -- items of a list's member
local cue_of = frames.cue

local function least (a, b) return a < b and a or b end

-- Words that open a clause which is no part of an object.
local cuts = {}
for word in gmatch("as while when after before because if although though since unless whereas "
                   .. "provided providing", "%a+") do
  cuts[word] = true
end

-- Is an infinitive a neighbour of another: to oppose this and promote that?
local function is_beside (one, clause)
  local k = one.beside
  while k and k ~= clause do k = k.beside end
  return k == clause
end

-- Does a gerund begin a series of them that say how something is done: support the reform,
-- including by training judges, welcoming observers?
local function tells_how (s, one)
  return one.kind == "gerund" and items.form(s, one.first - 1) == "by"
         and items.form(s, one.first - 2) == "including"
end

-- Does a relative clause only add to what is named, to the end: the pact, which remains useful?
local function is_aside (s, one)
  if s.c[one.first - 1] ~= "," then return false end
  for k = one.number + 1, s.opened do
    if s.clauses[k].kind == "resumed" then return false end
  end
  return true
end

-- Does a clause end the object of another that stands before it?
local function ends (s, one, clause, i, doing)
  local kind = one.kind
  if kind == "resumed" then return not one.up or one.up.first < i end    -- that those who V | V
  if kind == "main" or kind == "coord" then return true end
  if kind == "sub" then
    local behind = s.clauses[one.number + 2]        -- as Chad, instead of paying, left
    local resumed = behind and behind.kind == "resumed" and behind.up == one
    return cuts[one.cue] == true and (one.finite == true or resumed == true)
  end
  if kind == "inf" then return is_beside(one, clause) end
  if kind == "rel" then return is_aside(s, one) end
  if kind == "part" and one.verb and not one.reduced then
    if doing then return false end                 -- building roads, deepening trade, and ...
    local tie = s.c[one.first - 1]
    local tied = tie == "," or tie == "&" and clause.verb and s.e[clause.verb].tense == "ing"
    return tied and (s.e[one.verb].cue ~= nil or s.e[one.verb].verb ~= nil)
  end
  return false
end

-- Does a noun that carries a stance of its own begin at an item: "and recognition that"?
local function carries (s, i, last)
  local stop = i + 2 < last and i + 2 or last
  for k = i, stop do
    if s.taken[k] == "N" and s.e[k].noun_cue and cue_of(s, k) then return true end
    if s.c[k] ~= "d" and s.c[k] ~= "o" and s.c[k] ~= "x" then return false end
  end
  return false
end

-- Where the object of a noun has to end that stands before its clause's verb: our duty to
-- the region | remains; in its support for reform | , Oslo has helped.
local function before_verb (s, clause, i)
  local group = clause.finite and clause.group
  if not group or i >= group then return s.n end
  for k = group - 2, i + 1, -1 do
    if s.c[k] == "&" then break end
    if s.c[k] == "," then return k - 1 end
  end
  return group - 1
end

-- Is a clause what the verb at i takes: ensuring | all help is sent; help | bring peace?
local function is_complement (s, one, i)
  if one.first ~= i + 1 or s.m[i] then return false end
  return (one.kind == "main" or one.kind == "coord") and (s.taken[i] == "V" or s.c[i] == "I")
end

-- Where an object ends before a relative clause that is broken off: the Council, where Chad |
-- home to millions.
local function before_fragment (s, i, last)
  local c, taken = s.c, s.taken
  for k = last, i + 2, -1 do
    local class = c[k]
    if taken[k] == "V" or class == "b" or class == "h" then return last end
    if class == "r" then return c[k - 1] == "," and k - 2 or last end
  end
  return last
end

local at_end = items.classes ',&;"n'           -- what no object ends with

--- The last item of an object that begins at i in a clause.
---@param s table
---@param clause table
---@param i integer
---@return integer
function M.last (s, clause, i)
  local last = before_verb(s, clause, i)
  local doing = s.c[i] == "I" or s.taken[i] == "V" and not s.m[i] and s.e[i].tense == "ing"
  local series
  for k = clause.number + 1, s.opened do
    local one = s.clauses[k]
    if one.first > i and tells_how(s, one) then series = one.first - 2 end
    if one.first > i and ends(s, one, clause, i, doing) and not is_complement(s, one, i) then
      last = least(last, (one.kind == "part" and series or one.first) - 1)
      break
    end
  end
  local c = s.c
  for k = i + 1, last do
    if c[k] == "&" and carries(s, k + 1, last) then
      last = k - 1
      break
    end
  end
  while last >= i and (at_end[c[last]] or c[last] == "W" and c[last - 1] == "&") do
    last = last - 1
  end
  return before_fragment(s, i, last)
end

-- Is it a list whose first member may stand alone? Not so adjectives before one noun
-- (safe, open and fair trade), nor a list inside the first one's prepositions.
local function is_list (s, list)
  local first, singles = list[1], 0
  for _, one in ipairs(list) do
    if one[1] == one[2] then singles = singles + 1 end
  end
  local head = s.c[first[1]] == "d" and first[1] + 1 or first[1]
  if head == first[2] and singles < #list and (head == first[1] or singles > 0) then
    return false
  end
  for i = first[1], first[2] do
    local class = s.c[i]
    if class == "p" or class == "A" or class == "R" or class == "o" then return false end
  end
  return true
end

--- Nouns of a list, each its first and last item: unilateral sanctions, protectionism and
-- economic hegemonism; nil where it is none.
---@param s table
---@param first integer
---@param last integer
---@return integer[][]?
function M.members (s, first, last)
  local out, from, commas, short = {}, first, 0, true
  local tied = false                               -- "and" stood before the member in hand
  for i = first, last do
    local class = s.c[i]
    local stop = class == "," or class == "&" and (commas > 0 or i == last)
    if tied and class == "," and i > from and s.c[i + 1] == "d" then       -- what these are
      last = i - 1
      break
    end
    tied = tied or class == "&" and stop
    if items.form(s, i) == "such" then return nil end                 -- such as Oslo and Rabat
    if i > first and class == "&" and carries(s, i + 1, last) then return nil end
    if stop then
      if i > from then
        out[#out + 1] = { from, i - 1 }
        short = short and i - from <= MEMBER
      end
      if class == "," then commas = commas + 1 end
      from = i + 1
    elseif s.taken[i] == "V" or class == "b" or class == "r" or class == "S" then
      return nil
    end
  end
  if from <= last then
    out[#out + 1] = { from, last }
    short = short and last - from < MEMBER
  end
  return #out > 2 and commas > 0 and short and is_list(s, out) and out or nil
end

--- Two objects with the cue's preposition before each: call | for press freedom | and for the
-- restoration of access; nil where there is one.
---@param s table
---@param first integer
---@param last integer
---@return integer[][]?
function M.tied (s, first, last)
  local before = first - 1
  while s.c[before] == "d" or s.c[before] == "W" do before = before - 1 end
  local tie = (s.c[before] == "p" or s.c[before] == "t") and items.form(s, before)
  for i = first + 1, tie and last - 2 or 0 do
    local again = s.c[i] == "&" and items.form(s, i + 1) == tie
    if again and (s.c[i + 1] == "p" or s.c[i + 1] == "t") then
      return { { first, s.c[i - 1] == "," and i - 2 or i - 1 }, { i + 2, last } }
    end
  end
end

local owned = items.classes "do"
local of_phrase, of_deed = items.classes "doxXNUEIVAWLs", items.classes "doxXNUEIVAWLspT"

-- What ties something to the noun of the phrase that begins at an item, and where: "of" (the
-- defence of Oman), "ed" (the steps taken by Oman), "to"; nil where nothing does.
local function complement (s, first, last)
  for i = first + 1, last do
    if s.taken[i] == "V" then return s.e[i].tense == "part" and "ed" or s.e[i].tense, i end
    if not of_phrase[s.c[i]] then return items.form(s, i), i end
  end
end

--- Two objects, each a noun with its own article or owner: our allies and their concerns, the
-- defence of Oman and the help of Chad; nil where the second may belong to what stands behind
-- the first, or where what stands behind the second may belong to both.
---@param s table
---@param first integer
---@param last integer
---@return integer[][]?
function M.pair (s, first, last)
  local tie, both = complement(s, first, last)
  local name = s.c[first] == "A" and both == first + 1 and s.c[both + 1] == "o"    -- Oman and its
  if not (name or owned[s.c[first]]) or s.c[first - 1] == "S" or not tie then return nil end
  local alone, within = tie == "and", tie == "ed" and of_deed or of_phrase
  if not alone then
    if tie ~= "of" and tie ~= "ed" then return nil end
    repeat both = both + 1 until both > last or not within[s.c[both]]
  end
  if both > last - 2 or s.c[both] ~= "&" or not name and both < first + 2 or s.c[both - 1] == "s"
     or not owned[s.c[both + 1]] or items.form(s, both + 1) == "other" then
    return nil
  end
  local other = complement(s, both + 1, last)
  local alike = tie == other
  if alone then alike = (name or s.c[first] == "o") and other ~= "to" end
  return alike and { { first, both - 1 }, { both + 1, last } } or nil
end

local bare = items.classes ",&WtI"

-- Has a member of a list of verbs an object of its own? Else it shares the next one's:
-- plan, build and open the road; act to deter and repel an attack.
local function has_object (s, first, last)
  if s.c[last + 1] == "&" and s.taken[last] == "V" and s.c[last - 1] == "t" then return false end
  for i = first, last do
    if s.taken[i] ~= "V" and not bare[s.c[i]] then return true end
  end
  return false
end

--- Verbs of a list, with what each takes: stop the violence, de-escalate and choose the path of
-- diplomacy; nil where it is none.
---@param s table
---@param first integer
---@param last integer
---@param tense string that the verbs have
---@return integer[][]?
function M.verbs (s, first, last, tense)
  local out, from = {}, first
  for k = 1, s.opened do
    local one = s.clauses[k]
    if one.first > first and one.first <= last and one.verb and one.tense == tense then
      local p = one.first - 1
      while s.c[p] == "W" do p = p - 1 end
      if s.c[p] == "," or s.c[p] == "&" then
        local stop = p
        while s.c[stop] == "," or s.c[stop] == "&" do stop = stop - 1 end
        if has_object(s, from, stop) then
          out[#out + 1] = { from, stop }
          from = s.c[one.first] == "t" and one.first + 1 or one.first
          while s.c[from] == "W" do from = from + 1 end
        end
      end
    end
  end
  if #out == 0 then return nil end
  out[#out + 1] = { from, last }
  return out
end

return M
