--- Numbers behind which nothing more of an amount can come, read without the grammar.
--
-- Behind most numbers of a text stands a word that goes on with none ("first we", "2021 the"),
-- or a stop. What the grammar makes of such a number in words depends on nothing but the words:
-- it is asked once and remembered, also where letters hang on digits (25th). Such a number in
-- digits alone is worth its digits.
--
-- Which words go on with a number the lexicon says: each that begins a phrase of it, of all
-- kinds but those that are only looked for around an amount.
-- @module lesdiplo.grammar.amount.short
local digits = require "lesdiplo.grammar.amount.digits"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local util = require "lesdiplo.util"
local byte, lower, match, sub = string.byte, string.lower, string.match, string.sub
local ipairs, tonumber = ipairs, tonumber
_ENV = nil
local M = {}

-- Kinds that no number goes on with (see context.lua).
local around = {}
for _, kind in ipairs{ "before", "outside", "after", "stop", "label", "name", "month", "adverb",
                       "determiner", "range", "ratio", "odds", "between", "hyphen", "clock",
                       "context" } do
  around[kind] = true
end

-- What the grammar has of its own: articles, what joins numbers or parts them from a unit.
local own = { "a", "an", "un", "une", "and", "et", "e", "y", "of", "de", "d", "des" }

-- The words, as far as their letters are ASCII ones, that a number may go on with.
local function words_of (langs, names)
  local out = {}
  local function put (list)
    for _, entry in ipairs(list) do out[lower(match(entry[1], "^%a*"))] = true end
  end
  for _, one in ipairs(own) do out[one] = true end
  put(names)
  local function put_all (lang)
    for kind, list in util.sorted(lexicon.words[lang] or {}) do
      if not around[kind] then put(list) end
    end
  end
  put_all "sign"
  for _, lang in ipairs(langs) do put_all(lang) end
  return out
end

local stops = { [0x21] = true, [0x29] = true, [0x2C] = true, [0x2E] = true, [0x3A] = true,
                [0x3B] = true, [0x3F] = true }                     -- ! ) , . : ; ?

-- Where what a number is read from ends for sure, of which the words end before a place; nil
-- where more may come. An "of" that no unit follows is read, too: "a hundredth of" is a part.
local function end_of (goes_on, text, to)
  local c = byte(text, to)
  if stops[c] then
    local d = byte(text, to + 1)
    return (not d or d == 0x20 or d == 0x0A) and to or nil
  end
  if c ~= 0x20 then return nil end
  local word = match(text, "^ (%l+)%f[%A]", to) or match(text, "^ (%u%l%l%l+)%f[%A]", to)
  if word == "of" then
    word = match(text, "^ (%l+)%f[%A]", to + 3)
    to = to + 3
  end
  return word and not goes_on[lower(word)] and to or nil
end

-- An amount that is a number and nothing else, as rules.lua has it.
local function bare (number, first, to)
  return { first = first, minus = false, number = number, number_from = first, number_to = to,
           after = nil, unit_from = to, unit_to = to, stop = to,
           last = nil, value = nil, class = nil }
end

-- What is remembered of words. Forgotten when it is MOST.
local MOST = 4096

-- Whether an amount is a number and nothing else.
local function is_bare (one, at)
  return one.first == at and one.number_from == at and one.stop == one.number_to and not one.minor
end

-- A function that reads a number in words, of the text, the place and that of its end. What the
-- grammar makes of words is remembered, false where they are no number.
local function reader_of_words (pattern)
  local known, count = {}, 0
  return function (text, at, stop)
    local words = sub(text, at, stop - 1)
    local seen = known[words]
    if seen == nil then
      local one = pattern:match(text, at)
      if one and not is_bare(one, at) then return one end
      if count == MOST then known, count = {}, 0 end
      seen = one and { one.number, one.number_to - at } or false
      known[words], count = seen, count + 1
    end
    return seen and bare(seen[1], at, at + seen[2]) or nil
  end
end

-- Chinese and German numbers go on without a space.
local unparted = { zh = true, de = true }

--- A function that reads the amount at a place, as the pattern does: of the text, the place, and
-- the last byte of the phrase by which the place was found.
---@param pattern userdata
---@param langs string[]
---@param names table[] of currencies, as lists of the lexicon are
---@return function
function M.reader (pattern, langs, names)
  for _, lang in ipairs(langs) do
    if unparted[lang] then return function (text, at) return pattern:match(text, at) end end
  end
  local goes_on, of_words = words_of(langs, names), reader_of_words(pattern)
  return function (text, at, last)
    local b = byte(text, at)
    if b >= 0x30 and b <= 0x39 then
      local to, stop = match(text, "^%d+()%l*()", at)
      if to - at < 16 and end_of(goes_on, text, stop) then
        if stop > to then return of_words(text, at, stop) end           -- 25th, 1980s
        return bare({ value = digits.tidy(tonumber(sub(text, at, to - 1))) }, at, to)
      end
    elseif b < 0x80 then
      local stop = end_of(goes_on, text, last + 1)
      if stop then return of_words(text, at, stop) end
    end
    return pattern:match(text, at)
  end
end

return M
