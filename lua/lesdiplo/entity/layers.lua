--- The layers country, org, place and person, made a document at a time.
-- @module lesdiplo.entity.layers
local orgs = require "lesdiplo.entity.orgs"
local people = require "lesdiplo.entity.people"
local runs = require "lesdiplo.entity.runs"
local _, native = ...
local mentions = native.entities.mentions
local ipairs, sort = ipairs, table.sort
_ENV = nil
local M = {}

--- Countries, by their names.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.country (doc) return mentions(doc, "country") end

-- Whether some stretch of a sorted list holds all of another.
local function cover (positions)
  local seek = runs.walker(positions)
  return function (first, last)
    local i = seek(first)
    local a, b = positions[2 * i - 1], positions[2 * i]
    return a ~= nil and a <= first and last <= b
  end
end

-- Several lists in one, sorted; of what is the same stretch the first.
local function joined (lists)
  local all, positions, rows = runs.merge(lists), {}, {}
  sort(all, function (x, y)
    if x[1] ~= y[1] then return x[1] < y[1] end
    if x[2] ~= y[2] then return x[2] > y[2] end
    return x[4] < y[4]
  end)
  local a, b
  for _, one in ipairs(all) do
    if one[1] ~= a or one[2] ~= b then
      a, b = one[1], one[2]
      positions[#positions + 1], positions[#positions + 2] = a, b
      rows[#rows + 1] = one[3]
    end
  end
  return positions, rows
end

--- Organisations: those of the tables, those that a head noun tells, and short forms
-- that the text defines.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.org (doc)
  local named, named_rows = mentions(doc, "org")
  local known = joined{
    { named, named_rows }, { mentions(doc, "country") }, { mentions(doc, "place") },
  }
  local told, told_rows, shorts = orgs.find(doc, cover(known))
  local short, short_rows = orgs.short(doc, shorts)
  return joined{ { named, named_rows }, { told, told_rows }, { short, short_rows } }
end

--- Places.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.place (doc) return mentions(doc, "place") end

--- People.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.person (doc) return people.find(doc) end

return M
