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
local INSERTED_MOST = 24   -- bytes of what stands between commas behind a capital
local TIE_MOST = 8         -- bytes between two capitals that act together

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

-- The last byte of what stands between commas behind a byte, where it is short: for its part; or
-- that byte.
local function insertion (text, last)
  local stop = match(text, "^, %l[%l ]+,()", last + 1)
  return stop and stop - last <= INSERTED_MOST and stop - 1 or last
end

-- The word of a verb behind a byte: has rejected, a également rejeté.
local function verb_behind (text, last)
  last = insertion(text, last)
  local word, stop = match(text, "^ +([^%s%p]+)()", last + 1)
  local passed = lexicon.list("bodies.txt", "passed")
  for _ = 1, PASSED_MOST do
    if not (word and passed[fold(word)]) then break end
    word, stop = match(text, "^ +([^%s%p]+)()", stop)
  end
  return word
end

-- Does what follows a byte say that a state has it: 's refusal, 's brutal war?
local function has_deed (text, last)
  local at = match(text, "^'s +()", last + 1) or match(text, "^’s +()", last + 1)
  if not at then return false end
  local list = lexicon.list("bodies.txt", "deeds")
  local word, rest = match(text, "^([^%s%p]+)()", at)
  local after = rest and match(text, "^ ([^%s%p]+)", rest)
  return word and list[fold(word)] or after and list[fold(after)] or false
end

-- Does what follows a byte say that somebody acts?
local function acts (text, last)
  if has_deed(text, last) then return true end
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

-- Is what stands between two places a word that makes one subject of them: Oslo and Rabat?
local function ties (text, from, to)
  if to - from > TIE_MOST then return false end
  local word = match(sub(text, from, to), "^,?%s*([^%s,]+)%s*$")
  return word and lexicon.list("bodies.txt", "ties")[fold(word)] or false
end

--- The capitals among places that stand for their states.
---@param text string
---@param positions integer[] of places
---@param found table[] their rows
---@return integer[] positions
---@return table[] rows
function M.find (text, positions, found)
  if read_at ~= grown() then read() end
  local acting, any = {}, false
  for i = #found, 1, -1 do
    local row = found[i]
    local first, last = positions[2 * i - 1], positions[2 * i]
    if row.form == "name" and country_of[row.id] then
      acting[i] = acting[i + 1] and ties(text, last + 1, positions[2 * i + 1] - 1)
                  or acts(text, last)
      if acting[i] and is_where(text, first) then acting[i] = nil end
      any = any or acting[i]
    end
  end
  local out, out_rows = {}, {}
  for i = 1, any and #found or 0 do
    if acting[i] then
      local country = country_of[found[i].id]
      rows[country] = rows[country] or { id = country, form = "metonym" }
      out[#out + 1], out[#out + 2] = positions[2 * i - 1], positions[2 * i]
      out_rows[#out_rows + 1] = rows[country]
    end
  end
  return out, out_rows
end

return M
