--- States whose name is that of a part of another state as well, where that is meant:
-- Atlanta, Georgia; the state of Georgia; Georgia, USA.
-- @module lesdiplo.entity.twins
local stretches = require "lesdiplo.entity.stretches"
local entity = require "lesdiplo.entity".get
local _, native = ...
local mentions = native.entities.mentions
local find, sub = string.find, string.sub
local ipairs, setmetatable = ipairs, setmetatable
_ENV = nil
local M = {}

local TIE = ", "           -- between a place and what it is in
local BEFORE = 16          -- bytes before a name in which its kind stands
local RULE = "told beside the name"

-- The kind of a place: a city, a state.
local function kind_of (one)
  for _, fact in ipairs(one.facts) do
    if fact[1] == "kind" then return fact[2] end
  end
end

-- Of the entities that share a state's name, a place in another state: its row, and that
-- state; false where there is none.
local function place_of (row)
  for _, id in ipairs(row.also) do
    local one = entity(id)
    if one and one.kind == "place" and one.country and one.country ~= row.id then
      return { { id = id, name = one.name, form = "name", kind = kind_of(one),
                 also = { row.id }, rule = RULE }, one.country }
    end
  end
  return false
end

-- The same, of the rows of names, which mentions share.
local places_of = setmetatable({}, { __mode = "k", __index = function (known, row)
  known[row] = place_of(row)
  return known[row]
end })

-- Does a place in a state stand before a byte, a comma between?
local function is_behind (text, places, first, land)
  local i = places.seek(first) - 1
  if i < 1 or places.positions[2 * i] ~= first - #TIE - 1
     or sub(text, first - #TIE, first - 1) ~= TIE then
    return false
  end
  local one = entity(places.rows[i].id)
  return one ~= nil and one.country == land
end

local ties = { [", "] = true, [" and "] = true, [" or "] = true, [", and "] = true }

-- Is it one of several parts of a state: Georgia and Alabama; Texas, Georgia?
local function is_one_of (text, places, first, last, kind, land)
  local i = places.seek(first)
  while places.positions[2 * i] and places.positions[2 * i - 1] <= last do i = i + 1 end
  local function is_part (k, from, stop)
    local one = places.rows[k] and ties[sub(text, from, stop)] and entity(places.rows[k].id)
    return one and one.country == land and kind_of(one) == kind
  end
  local behind, before = places.positions[2 * i - 1], places.seek(first) - 1
  return behind and is_part(i, last + 1, behind - 1)
         or before > 0 and is_part(before, places.positions[2 * before] + 1, first - 1)
end

-- Does what stands before a byte say that a part of a state is named?
local function is_called_part (text, first)
  local before = sub(text, first > BEFORE and first - BEFORE or 1, first - 1)
  return find(before, "%f[%a]state of $") ~= nil and not find(before, "of state of $")
end

--- Such places of a document, by the first byte their rows; nil where there is none.
---@param doc Doc
---@return table<integer, table>?
---@return integer[]? positions the same as stretches
---@return table[]? rows
function M.find (doc)
  local positions, rows = mentions(doc, "country")
  local text, places, found, at, list = doc.text, nil, nil, {}, {}
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    local twin = row.also and places_of[row]
    local place, land = twin and twin[1], twin and twin[2]
    if place and not places then
      local all, all_rows = mentions(doc, "place")
      places = { positions = all, rows = all_rows, seek = stretches.walker(all) }
    end
    local next_row = place and rows[i + 1]
    local is_in = next_row and next_row.id == land and positions[2 * i + 1] == last + #TIE + 1
                  and sub(text, last + 1, last + #TIE) == TIE
    if place and (is_in or is_behind(text, places, first, land) or is_called_part(text, first)
                  or is_one_of(text, places, first, last, place.kind, land)) then
      found = found or {}
      found[first], list[#list + 1] = place, place
      at[#at + 1], at[#at + 2] = first, last
    end
  end
  return found, at, list
end

return M
