--- Those who are not named with whom somebody does something: partners, allies, the officials of
-- the country where they meet.
-- @module lesdiplo.fact.company
local actors = require "lesdiplo.fact.actors"
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
_ENV = nil
local M = {}

local fellows = lexicon.list("english.txt", "fellows")
local officials = lexicon.list("english.txt", "officials")
local of_fellows = items.classes "doxXNUE&W,sA"
local FELLOWS = 8        -- items behind an act in which they stand

-- Does somebody do something together with some of a list: met with senior officials?
local function has (s, found, list)
  local tied, last = false, found.last
  for i = last, last + FELLOWS < s.n and last + FELLOWS or s.n do
    if items.form(s, i) == "with" then tied = true
    elseif tied and list[items.word(s, i)] then return true
    elseif i > last and not of_fellows[s.c[i]] then return false
    end
  end
  return false
end

--- Does somebody do it with others who are not named: works with our partners and allies?
---@param s table sentence
---@param found table act
---@return boolean
function M.has_fellows (s, found) return has(s, found, fellows) end

--- The place that a clause names, or nil.
---@param s table
---@param clause table
---@return string? id
function M.place (s, clause)
  for i = clause.first, clause.last do
    local m = s.m[i]
    if m and m.kind == "place" then return m.id end
  end
end

-- The country in whose land a clause tells of something, by its place or by what stands before it
-- without a verb: while in Oslo, she met; in Norway, she met.
local function scene_of (s, clause)
  local place = M.place(s, clause)
  local i = place and 0 or clause.first - 1
  while i > 0 and s.taken[i] ~= "V" do
    local m = s.m[i]
    if m and m.kind == "place" then place, i = m.id, 0
    elseif m and m.kind == "country" then
      if s.c[i - 1] == "&" then return nil end                -- in Oman and Chad
      if items.form(s, s.c[i - 1] == "d" and i - 2 or i - 1) == "in" then return m.id end
    end
    i = i - 1
  end
  return place and actors.country_of(place)
end

--- Fills in whom somebody meets who is not named: officials are of the country where that is, or
-- where the journey goes of which the clause hangs on: will travel to Oslo, where she will meet
-- with senior officials. `found.unnamed` says that there are such people.
---@param st table state of the document
---@param s table
---@param clause table
---@param found table a meeting with one side
---@param before table? record of the act whose thing a relative clause describes
function M.meet (st, s, clause, found, before)
  local hosts = has(s, found, officials)
  found.unnamed = hosts or has(s, found, fellows)
  if not hosts then return end
  local up = clause.kind == "inf" and clause.up and clause.up.found
  local host = scene_of(s, clause)
  before = up and up.row or before
  if before and before.type == "visit" then host = not before.target[2] and before.target[1] end
  if host and host ~= found.source[1] then found.target = actors.parties(st, host) end
end

return M
