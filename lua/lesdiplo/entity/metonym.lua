--- Capitals that act: "Moscow rejected the draft" says it of the state.
-- @module lesdiplo.entity.metonym
local lexicon = require "lesdiplo.entity.lexicon"
local _, native = ...
local facts, grown = native.entities.facts, native.entities.grown
local fold = native.tokens.fold
local find, match, sub = string.find, string.match, string.sub
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local PASSED_MOST = 3      -- words between a capital and its verb

local country_of           -- of capitals, by id
local rows = {}            -- of countries, by id
local read_at              -- when they were read

local function read ()
  local capital = {}
  country_of, read_at = {}, grown()
  for _, fact in ipairs(facts "capital") do capital[fact[1]] = fact[2] == "place" end
  for _, fact in ipairs(facts "country") do
    if capital[fact[1]] then country_of[fact[1]] = match(fact[3], "^%u%u%u$") end
  end
end

-- The word of a verb behind a byte: has rejected, a également rejeté.
local function verb_behind (text, last)
  local word, stop = match(text, "^ +([^%s%p]+)()", last + 1)
  local passed = lexicon.list("bodies.txt", "passed")
  for _ = 1, PASSED_MOST do
    if not (word and passed[fold(word)]) then break end
    word, stop = match(text, "^ +([^%s%p]+)()", stop)
  end
  return word
end

-- Does what follows a byte say that somebody acts?
local function acts (text, last)
  local word = verb_behind(text, last)
  local list = lexicon.list("bodies.txt", "acts")
  if word then return list[fold(word)] or false end
  local rest = fold(sub(text, last + 1, last + 6))
  if not find(rest, "^[\xE3-\xE9]") then return false end
  for act in pairs(list) do
    if find(rest, act, 1, true) == 1 then return true end
  end
  return false
end

-- Does what stands before a byte say where?
local function is_where (text, first)
  local before = sub(text, first > 16 and first - 16 or 1, first - 1)
  local word = match(before, "([^%s%p]+)[%s\xC2\xA0]+$") or match(before, "([\xE3-\xE9]..)$")
  return word and lexicon.list("bodies.txt", "where")[fold(word)] or false
end

--- The capitals among places that stand for their states.
---@param text string
---@param positions integer[] of places
---@param found table[] their rows
---@return integer[] positions
---@return table[] rows
function M.find (text, positions, found)
  if read_at ~= grown() then read() end
  local out, out_rows = {}, {}
  for i, row in ipairs(found) do
    local country = row.form == "name" and country_of[row.id]
    local first, last = positions[2 * i - 1], positions[2 * i]
    if country and acts(text, last) and not is_where(text, first) then
      rows[country] = rows[country] or { id = country, form = "metonym" }
      out[#out + 1], out[#out + 2], out_rows[#out_rows + 1] = first, last, rows[country]
    end
  end
  return out, out_rows
end

return M
