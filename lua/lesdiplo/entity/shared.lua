--- Names that several states share: Congolese, of which Congo?
--
-- Meant is the one that the document names otherwise; where it names several of them so, or
-- none, what stands nearest decides: a name of theirs, a place there, a body of theirs. Where no
-- such thing stands anywhere, somebody who is known to lead one of them does, or a neighbour of
-- one of them alone. The rule says which it was; without any the tables' first one stays.
-- @module lesdiplo.entity.shared
local leaders = require "lesdiplo.entity.leaders"
local entity = require "lesdiplo.entity".get
local _, native = ...
local grown, mentions = native.entities.grown, native.entities.mentions
local find, gmatch = string.find, string.gmatch
local huge, sort = math.huge, table.sort
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local OTHERWISE = "named otherwise in the document"
local NEAREST = "what stands nearest in the document"
local LED = "its leader is named in the document"
local NEIGHBOUR = "its neighbour is named in the document"

local is_country, home = {}, {}      -- by id
local read_at                        -- when they were read

-- The states that share a row's name, by id, and how many these are.
local function states_of (row)
  local out, count = {}, 0
  local function add (id)
    if is_country[id] == nil then
      local one = entity(id)
      is_country[id] = one ~= nil and one.kind == "country"
    end
    if is_country[id] and not out[id] then out[id], count = true, count + 1 end
  end
  add(row.id)
  for _, id in ipairs(row.also) do add(id) end
  return out, count
end

-- The state in which a place is, or whose a body is, or where it works; false of others.
local function home_of (id)
  if home[id] == nil then
    local one = entity(id)
    home[id] = one and (one.country or one.of or one["in"]) or false
  end
  return home[id]
end

-- What tells of states in a document: for each id of a state where such a thing begins, sorted.
local function told (doc, known)
  local positions, names, out = known.positions, known.names, {}
  local function add (id, first)
    out[id] = out[id] or {}
    out[id][#out[id] + 1] = first
  end
  for i, row in ipairs(known.rows) do
    if names[i] > 0 then add(row.id, positions[2 * i - 1]) end
  end
  for _, kind in ipairs{ "place", "org" } do
    local at, found = mentions(doc, kind)
    for i, row in ipairs(found) do
      local id = home_of(row.id)
      if id then add(id, at[2 * i - 1]) end
    end
  end
  for _, list in pairs(out) do sort(list) end
  return out
end

-- How far the nearest of some sorted places is. The search halves what is left.
local function distance (places, first)
  local low, high = 1, #places + 1
  while low < high do
    local middle = (low + high) // 2
    if places[middle] < first then low = middle + 1 else high = middle end
  end
  local behind = places[low] and places[low] - first or huge
  local before = low > 1 and first - places[low - 1] or huge
  return before < behind and before or behind
end

-- Of some states the one of which something is told nearest to a byte; nil where that is none,
-- or two as near.
local function nearest (states, evidence, first)
  local best, least = nil, huge
  for id in pairs(states) do
    local far = evidence[id] and distance(evidence[id], first) or huge
    if far < least then best, least = id, far
    elseif far == least then best = nil
    end
  end
  return best
end

-- The only one of some states for which says(id) is true; nil where there is none or several.
local function only (states, says)
  local found
  for id in pairs(states) do
    if says(id) then
      if found then return nil end
      found = id
    end
  end
  return found
end

-- Is somebody named who is known to lead a state in a document's time?
local function is_led (doc, id)
  for _, row in ipairs(leaders.all()) do
    if row.state == id and leaders.is_in_force(row, doc.date)
       and find(doc.text, row.name, 1, true) then
      return true
    end
  end
  return false
end

-- Is a neighbour of a state named, which the tables give for those whose name is shared?
local function has_neighbour (named, id)
  for other in gmatch(entity(id).neighbour or "", "%u+") do
    if named[other] then return true end
  end
  return false
end

-- Which of some states is meant at a byte, and why; nil where nothing tells.
local function meant (doc, states, known, first)
  known.evidence = known.evidence or told(doc, known)
  local one = nearest(states, known.evidence, first)
  if one then return one, NEAREST end
  one = only(states, function (id) return is_led(doc, id) end)
  if one then return one, LED end
  one = only(states, function (id) return has_neighbour(known.named, id) end)
  return one, NEIGHBOUR
end

-- A row with another id, and why; the ids that it could have had are its `also`.
local function settled_row (row, id, why)
  local also = {}
  if id ~= row.id then also[1] = row.id end
  for _, other in ipairs(row.also) do
    if other ~= id then also[#also + 1] = other end
  end
  return { id = id, form = row.form, also = also, rule = why }
end

-- What is known of a document's names, and their rows once more, to be changed.
local function known_of (positions, rows, names)
  if read_at ~= grown() then is_country, home, read_at = {}, {}, grown() end
  local known, out = { positions = positions, rows = rows, names = names, named = {} }, {}
  for i, row in ipairs(rows) do
    out[i] = row
    if names[i] > 0 then known.named[row.id] = true end
  end
  return known, out
end

--- The rows of a document's countries, each that shares its name settled.
---@param doc Doc
---@param positions integer[]
---@param rows table[]
---@param names integer[] of each row, negative where the name is doubtful
---@return table[] rows
function M.settled (doc, positions, rows, names)
  local known, out
  for i, row in ipairs(rows) do
    if names[i] < 0 and row.also then
      if not known then known, out = known_of(positions, rows, names) end
      local states, count = states_of(row)
      local id, why = only(states, function (one) return known.named[one] end), OTHERWISE
      if not id and count > 1 then id, why = meant(doc, states, known, positions[2 * i - 1]) end
      if id then out[i] = settled_row(row, id, why) end
    end
  end
  return out or rows
end

return M
