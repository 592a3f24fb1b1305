--- One-character names of countries in Chinese, which count in company only: in rows
-- (中俄关系, 美日韩三国), behind a few verbs (驻莱大使, 访华), as a side (中方), and as an army (美军).
--
-- Several countries share a character; of these one that the document names in full is
-- meant, or else the one that the table says is usual. A row has to be followed by
-- something that states have or do, or by other rows of which the last one is, and each of its
-- characters has to mean one. One that ends another word means none: 近日军方, 赞美军人.
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
local ROWS_MOST = 8          -- rows of a list: 美俄、中美、日美关系
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
---@param paired boolean? does it stand behind another state's, where some words are none?
---@return table? array of id and kind
function M.meant (c, named, paired)
  if read_at ~= grown() then read() end
  local all, found = shorts[c], nil
  for _, one in ipairs(all or {}) do
    if named[one[1]] and (not found or one[1] == usual[c]) then found = one end
  end
  if found or not all or list "named"[c] and not (paired and list "paired"[c]) then return found end
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

-- Is a character with 军 behind it an army: 美军, not 以军事为主?
local function is_army (text, c, stop)
  if fold(sub(text, stop, stop + CHAR - 1)) ~= "军" or list "sideless"[c] then return false end
  return not (list "armless"[c] and stands_at(text, stop + CHAR, list "military"))
         and not list "unarmed"[c]
end

-- Does a character end a word with the one before it: 近日, 赞美; 8日? `before` is folded.
local function ends_word (before, c)
  return list "inside"[before .. c] or c == "日" and (find(before, "%d$") or list "day"[before])
         or false
end

-- What ties the rows of a list: 美俄、中美关系.
local AS_WELL = "以及"
local row_ties = { "、", "和", "与", "及", AS_WELL }

-- Where a list goes on behind a byte, or nil.
local function tied (text, at)
  for _, tie in ipairs(row_ties) do
    if fold(sub(text, at, at + #tie - 1)) == tie then return at + #tie end
  end
end

--- Where they stand in a text.
---@param text string
---@param named table<string, true> ids of what the document names in full
---@param taken function (first, last, from): is it part of a name that does not begin at `from`?
---@param kind string country or place
---@return integer[] positions
---@return table[] rows
function M.find (text, named, taken, kind)
  local positions, rows = {}, {}
  local simple, of = {}, { [true] = {}, [false] = {} }   -- by character: in simplified script, whom
  -- Whom the character at a byte means, one of a row from a byte on; it may stand in a pair.
  local function state_at (first, from, paired)
    local c = sub(text, first, first + CHAR - 1)
    local known = of[paired]
    if known[c] == nil then
      simple[c] = simple[c] or fold(c)
      known[c] = M.meant(simple[c], named, paired) or false
    end
    return known[c] and not taken(first, first + CHAR - 1, from) and known[c], simple[c]
  end
  local function before_of (first) return fold(sub(text, first - CHAR, first - 1)) end
  local function add (first, one)
    if one[2] == kind then
      positions[#positions + 1], positions[#positions + 2] = first, first + CHAR - 1
      rows[#rows + 1] = { id = one[1], form = "short" }
    end
  end
  -- How many characters from a byte on are a row of states, something of theirs behind it, or
  -- `more` other rows at most.
  local function row_at (first, more)
    local count = 0
    while count < ROW_MOST and state_at(first + CHAR * count, first, count > 0)
          and sub(text, first + CHAR * count, first + CHAR * count + #AS_WELL - 1) ~= AS_WELL do
      count = count + 1
    end
    if count < 2 or ends_word(before_of(first), simple[sub(text, first, first + CHAR - 1)]) then
      return 0
    end
    local behind = more > 0 and tied(text, first + CHAR * count)
    if behind and row_at(behind, more - 1) > 0 then return count end
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
    local one, c = state_at(first, first, false)
    local count = one and row_at(first, ROWS_MOST) or 0
    for i = 0, count - 1 do
      add(first + CHAR * i, (state_at(first + CHAR * i, first, i > 0)))
    end
    if one and count == 0 and not taken(first, stop - 1) then
      local before = before_of(first)
      if (is_side(text, c, stop) or is_army(text, c, stop)) and not ends_word(before, c)
         or list "verb"[before] and is_followed(text, stop) then
        add(first, one)
      end
    end
    at = count > 0 and first + CHAR * count or stop
  end
end

return M
