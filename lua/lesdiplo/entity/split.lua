--- French offices that an adjective parts: le ministre russe des Affaires étrangères.
--
-- The first word of an office stands before the adjective of a country, the rest behind.
-- Such an office is told by its rest, and is one mention from the first word to the last.
-- @module lesdiplo.entity.split
local stretches = require "lesdiplo.entity.stretches"
local _, native = ...
local entity, facts, plain = native.entities.entity, native.entities.facts, native.base.plain
local fold, grown, mentions = native.tokens.fold, native.entities.grown, native.entities.mentions
local find, match, sub = string.find, string.match, string.sub
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local REST_MOST = 80       -- bytes behind the adjective

local offices, read_at     -- by first word: by the rest, ids; folded

local function read ()
  offices, read_at = {}, grown()
  for _, fact in ipairs(facts "takes") do
    local role = entity(fact[1])
    for _, name in ipairs(role and role.names or {}) do
      local head, rest = match(name.text, "^(%S+) (d.+)$")
      if head and name.lang == "fr" and name.form ~= "plural" then
        head = fold(head)
        offices[head] = offices[head] or {}
        offices[head][fold(rest)] = offices[head][fold(rest)] or fact[1]
      end
    end
  end
end

-- Where the rest of an office ends, and the office, the longest; nil where none stands
-- behind a byte.
local function rest_behind (text, rests, last)
  local behind = plain(sub(text, last + 2, last + 1 + REST_MOST))
  local best, id
  for rest, role in pairs(rests) do
    local stop = #rest             -- accents folded away make it shorter
    while stop <= #behind and #fold(sub(behind, 1, stop)) < #rest do stop = stop + 1 end
    if (not best or stop > best) and fold(sub(behind, 1, stop)) == rest
       and not find(behind, "^[%w\x80-\xFF]", stop + 1) then
      best, id = stop, role
    end
  end
  return best and last + 1 + best, id
end

-- The adjective of a country behind a blank and a byte: where it ends.
local function adjective_behind (countries, rows, seek, last)
  local i = seek(last + 2)
  return countries[2 * i - 1] == last + 2 and rows[i].form == "adjective" and countries[2 * i]
end

--- The offices of a document, with those that an adjective parts in the place of their
-- first words.
---@param doc Doc
---@param positions integer[]
---@param rows table[]
---@return integer[] positions
---@return table[] rows
function M.joined (doc, positions, rows)
  if doc.lang ~= "fr" then return positions, rows end
  if read_at ~= grown() then read() end
  local text = doc.text
  local countries, country_rows = mentions(doc, "country")
  local seek = stretches.walker(countries)
  local out, out_rows, n, free = {}, {}, 0, 0
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    local rests = offices[fold(sub(text, first, last))]
    local adjective = rests and adjective_behind(countries, country_rows, seek, last)
    local stop, id = nil, nil
    if adjective then stop, id = rest_behind(text, rests, adjective) end
    if stop then last, row = stop, { id = id, form = "name" } end
    if first > free then
      n = n + 1
      out[2 * n - 1], out[2 * n], out_rows[n] = first, last, row
    end
    if stop then free = stop end
  end
  return out, out_rows
end

return M
