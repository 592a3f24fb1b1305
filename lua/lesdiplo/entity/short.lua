--- One-character names of countries in Chinese, which count in company only: in rows
-- (中俄关系, 美日韩三国), behind a few verbs (驻莱大使, 访华), and as a side (中方).
--
-- Several countries share a character; of these one that the document names in full is
-- meant, or else the one that the table says is usual. A row has to be followed by
-- something that states have, and each of its characters has to mean one.
-- @module lesdiplo.entity.short
local lexicon = require "lesdiplo.entity.lexicon"
local lpeg = require "lpeg"
local _, native = ...
local facts, grown = native.entities.facts, native.entities.grown
local fold = native.tokens.fold
local find, gmatch, sub = string.find, string.gmatch, string.sub
local ipairs = ipairs
local Cp = lpeg.Cp
_ENV = nil
local M = {}

local ROW_MOST = 5           -- characters of a row
local CHAR = 3               -- bytes of one of them

local function list (name) return lexicon.list("chinese.txt", "short." .. name) end

local shorts, usual  -- character -> array of {id, kind}; -> id
local read_at        -- when they were read

local function read ()
  shorts, usual, read_at = {}, {}, grown()
  for _, fact in ipairs(facts "zh_short") do
    for c in gmatch(fact[3], "[^;%s]+") do
      if #c == CHAR and find(c, "^[\xE3-\xE9]") then
        shorts[c] = shorts[c] or {}
        shorts[c][#shorts[c] + 1] = { fact[1], fact[2] }
      end
    end
  end
  for _, fact in ipairs(facts "zh_usual") do usual[fact[3]] = fact[1] end
end

local any = lpeg.R("\xE3\xE9") * lpeg.R("\x80\xBF") * lpeg.R("\x80\xBF")

-- Does one of a list's words, of three characters at most, stand at a byte?
local function stands_at (text, at, words)
  local rest = fold(sub(text, at, at + 3 * CHAR - 1))
  return words[sub(rest, 1, CHAR)] or words[sub(rest, 1, 2 * CHAR)] or words[rest] or false
end

--- Of the states that share a character, the one that is meant; nil where none is.
---@param c string in simplified script
---@param named table<string, any> by the ids of what the document names in full
---@return table? array of id and kind
function M.meant (c, named)
  if read_at ~= grown() then read() end
  local all, found = shorts[c], nil
  for _, one in ipairs(all or {}) do
    if named[one[1]] and (not found or one[1] == usual[c]) then found = one end
  end
  if found or not all or list "named"[c] then return found end
  for _, one in ipairs(all) do
    if #all == 1 or one[1] == usual[c] then found = one end
  end
  return found
end

-- Does what stands behind one alone say that it is a state: a mark, the end, a word?
local function is_followed (text, at)
  return not find(text, "^[\xE4-\xE9]", at) and not find(text, "^\xE3[\x90-\xBF]", at)
         or stands_at(text, at, list "follower")
end

-- What goes on behind a side with a character that makes another word of 方: 中方面临.
local goes_on = { ["面"] = { ["临"] = true, ["对"] = true }, ["长"] = { ["期"] = true } }

-- Is a character with 方 behind it a side, and no word: 中方, not 其中方案?
local function is_side (text, c, stop)
  if sub(text, stop, stop + CHAR - 1) ~= "方" or list "sideless"[c] then return false end
  local rest = fold(sub(text, stop + CHAR, stop + 3 * CHAR - 1))
  local first = sub(rest, 1, CHAR)
  return not list "square"[first]
         and (not goes_on[first] or goes_on[first][sub(rest, CHAR + 1)] or false)
end

--- Where they stand in a text.
---@param text string
---@param named table<string, true> ids of what the document names in full
---@param taken function (first, last): is it part of a name?
---@param kind string country or place
---@return integer[] positions
---@return table[] rows
function M.find (text, named, taken, kind)
  local positions, rows = {}, {}
  local simple, of = {}, {}            -- by character: in simplified script, whom it means
  local function state_at (first)
    local c = sub(text, first, first + CHAR - 1)
    if of[c] == nil then
      simple[c] = fold(c)
      of[c] = M.meant(simple[c], named) or false
    end
    return of[c] and not taken(first, first + CHAR - 1) and of[c], simple[c]
  end
  local function add (first, one)
    if one[2] == kind then
      positions[#positions + 1], positions[#positions + 2] = first, first + CHAR - 1
      rows[#rows + 1] = { id = one[1], form = "short" }
    end
  end
  -- How many characters from a byte on are a row of states, something of theirs behind it.
  local function row_at (first)
    local count = 0
    while count < ROW_MOST and state_at(first + CHAR * count) do count = count + 1 end
    while count > 1 and not stands_at(text, first + CHAR * count, list "company") do
      count = count - 1
    end
    return count > 1 and count or 0
  end
  local place = (1 - any)^0 * Cp() * any * Cp()
  local at = 1
  while true do
    local first, stop = place:match(text, at)
    if not first then return positions, rows end
    local one, c = state_at(first)
    local count = one and row_at(first) or 0
    for i = 0, count - 1 do add(first + CHAR * i, (state_at(first + CHAR * i))) end
    local before = one and count == 0 and fold(sub(text, first - CHAR, first - 1))
    if before and (is_side(text, c, stop) or list "verb"[before] and is_followed(text, stop)) then
      add(first, one)
    end
    at = count > 0 and first + CHAR * count or stop
  end
end

return M
