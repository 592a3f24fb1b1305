--- Where the object of a stance begins, behind its cue and behind whom that is turned to; where it
-- ends objects.lua says.
-- @module lesdiplo.fact.openings
local items = require "lesdiplo.fact.items"
local sought = require "lesdiplo.fact.sought"
local form_of = items.form
_ENV = nil
local M = {}

local LEAD = 5           -- items of a phrase like "in the strongest terms"
local ADDRESSEE = 12     -- items that say who is asked
local THANKED = 8        -- items that say who is thanked

local function least (a, b) return a < b and a or b end

-- Does an item stand between a cue and its object?
local function leads (s, i, cue)
  local class = s.c[i]
  if class == "W" then
    local much = form_of(s, i) == "very" and s.c[i + 1] == "x"          -- very dangerous allies
    return s.c[i + 1] ~= nil and not much
  end
  if class == "S" then return form_of(s, i) == "that" end
  if class == "p" then return form_of(s, i) == "of" end
  return class == "," or class == "t" and cue.next ~= nil
end

local begins = items.classes "dAoRqG"

-- Where the object goes on behind what only says when or how strongly, or nil: condemned | on
-- Monday | the attack; condemn | in the strongest terms | the attack.
local function aside (s, i, last)
  local k = s.c[i] == "p" and i + 1 or i
  if s.c[k] == "T" then
    k = k + 1
  elseif k > i then
    local stop = least(i + LEAD, last)
    while k <= stop and items.word(s, k) ~= "terms" do k = k + 1 end
    if k > stop then return nil end
    k = k + 1
  end
  return k > i and k <= last and begins[s.c[k]] and k or nil
end

--- Where the object of a verb begins, behind its cue's last item: "that" and prepositions of the
-- cue left out.
---@param s table sentence
---@param stop integer
---@param cue table of frames.cue
---@return integer
function M.of_verb (s, stop, cue)
  local i = stop + 1
  while i <= s.n and leads(s, i, cue) do i = i + 1 end
  return aside(s, i, s.n) or i
end

local after_noun = { next = true }

--- The same of a noun, whose object stands behind "to" as well.
function M.of_noun (s, stop) return M.of_verb(s, stop, after_noun) end

local of_party = items.classes "dARoqG&"
local of_phrase = items.classes "xXNUYWEL"

-- Does a verb stand at an item, an adverb before it or not: to | immediately release?
local function does (s, i, is_for)
  while s.c[i] == "W" do i = i + 1 end
  return s.taken[i] == "V" or not is_for and s.c[i] == "x"
end

-- Behind whom it is that somebody is asked to do something: Oslo | TO SIGN, parties of all kinds |
-- TO TALK; not behind what is asked for: calls for efforts to end it.
local function behind_asked (s, first)
  local is_for = form_of(s, first - 1) == "for"
  for i = first, least(first + ADDRESSEE, s.n) do
    local class = s.c[i]
    local acts = class == "t" and does(s, i + 1, is_for)
    if i > first and acts then return i + 1 end
    local phrase = not is_for and s.taken[i] ~= "V"
                   and (of_phrase[class] or class == "p" or class == "s")
    if not (of_party[class] or phrase or class == "W" and i > first) then return first end
  end
  return first
end

--- Where an object goes on behind whom a cue is turned to: urge Oslo TO SIGN, thank Oslo FOR its
-- help.
---@param s table
---@param cue table
---@param first integer item where it began
---@return integer? first nil of a courtesy
function M.behind_party (s, cue, first)
  if cue.stance == "calls_for" then return behind_asked(s, first) end
  if cue.stance ~= "appreciates" then return first end
  if form_of(s, first) == "you" then return sought.behind_thanks(s, first) end
  for i = first, least(first + THANKED, s.n) do
    local class = s.c[i]
    local form = form_of(s, i)
    if i > first and (form == "for" or form == "on") then return i + 1 end
    local of = form == "of" and i > first
    local within = of_party[class] or class == "x" or of or class == "W" and i > first
    if not within then return first end
  end
  return first
end

return M
