--- What the words about a date say of its time: is it about what will be, or about what was?
--
-- A date without its year, and a weekday, is the last one in a report, but the next one where the
-- clause that it stands in is about what will be.
-- @module lesdiplo.grammar.date.tense
local lpeg = require "lpeg"
local tokens = require "lesdiplo.grammar.date.words"
local words = require "lesdiplo.data.dates"
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local letter = lpeg.R("az", "\x80\xFF") + lpeg.P "'"
local signs, joints = {}, {}

-- A pattern of some words.
local function any (list)
  local set = {}
  for _, word in ipairs(list or {}) do set[word] = true end
  return tokens.any_of(set)
end

-- A month whose name is such a word, too, where it is the month: 12 May, May 2019, in May.
local function month_of (lex)
  local digit, names = lpeg.R "09", {}
  for _, word in ipairs(lex.future or {}) do names[#names + 1] = lex.months[word] and word end
  if #names == 0 then return lpeg.P(false) end
  local month = any(names)
  local before = any(lex.of) + any(lex.since) + any(lex["until"])
  return (digit^1 * letter^0 * " " * month + month * #(" " * digit) + before * " " * month) / 0
end

-- A word that is a verb of what will be, as far as its ending says.
local function verb_of (lex)
  local ending, none = lpeg.P(false), {}
  if not lex.future_endings then return ending end
  for _, one in ipairs(lex.future_endings) do ending = ending + one * -letter end
  for _, one in ipairs(lex.no_future) do none[one] = true end
  return letter * (letter - ending)^1 * ending * -letter
         / function (word) if not none[word] then return true end end
end

-- A pattern of the words that say so: true for what will be, false for what was.
local function signs_of (lang)
  if signs[lang] == nil then
    local lex = words[lang] or words.en
    local list = {}
    for _, word in ipairs(lex.past_signs or {}) do list[word] = false end
    for _, word in ipairs(lex.future or {}) do list[word] = true end
    local p = tokens.any_of(list, lex.unspaced)
    if lex.unspaced then signs[lang] = lpeg.Ct((p + 1)^0)
    else signs[lang] = lpeg.Ct((month_of(lex) + p + verb_of(lex) + letter^1 + 1)^0) end
  end
  return signs[lang]
end

-- A pattern of the place where another verb begins that says what will be: and will, but later may.
local function joint_of (lang)
  if joints[lang] == nil then
    local lex = words[lang] or words.en
    local joint = lpeg.P " " * any(lex.joins) * " " * (any(lex.beside) * " ")^0 * any(lex.future)
    joints[lang] = lpeg.P{ lpeg.Cp() * joint + 1 * lpeg.V(1) }
  end
  return joints[lang]
end

-- How far a sentence is looked at before a phrase and behind it.
local BEFORE, BEHIND = 90, 70

-- The clause about a phrase, as far as it is looked at: what is before it and what behind.
local function clause_of (text, first, last, lang)
  local lex = words[lang] or words.en
  local before = sub(text, first > BEFORE and first - BEFORE or 1, first - 1)
  before = match(before, "^.*[.!?\n](.*)$") or before
  local after = match(sub(text, last + 1, last + BEHIND), "^[^.!?\n]*")
  for _, stop in ipairs(lex.stops or {}) do
    before = match(before, "^.*" .. stop .. "(.*)$") or before
    after = match(after, "^(.-)" .. stop) or after
  end
  -- Behind a comma another clause begins, but not where the phrase leads its own.
  local mark = lex.comma or ","
  local lead = match(before, "^.*" .. mark .. "(.*)$") or before
  local leads = not find(lead, lex.unspaced and "[\x80-\xFF]" or "%S +%S+ +%S")
  local comma = not leads and find(after, mark, 2, true)
  if comma then after = sub(after, 1, comma - 1) end
  for _, word in ipairs(lex.clauses or {}) do
    local at = find(after, " " .. word .. " ", 1, true)
    if at then after = sub(after, 1, at - 1) end
  end
  local joint = lex.joins and joint_of(lang):match(after)
  return before, joint and sub(after, 1, joint - 1) or after
end

--- What the clause about a phrase says: true for what will be, false for what was, nil where it
-- does not say. The last word before the phrase that says so counts, else the first behind it: met
-- on Monday and will meet again. In a report only what will be matters.
---@param text string in small letters
---@param first integer
---@param last integer
---@param lang string
---@return boolean?
function M.future (text, first, last, lang)
  local before, after = clause_of(text, first, last, lang)
  for _, word in ipairs((words[lang] or words.en).future_before or {}) do
    if find(before, word, 1, true) then return true end
  end
  local found = signs_of(lang):match(before)
  if #found > 0 then return found[#found] end
  return signs_of(lang):match(after)[1]
end

-- A verb's stem has so many bytes at least.
local STEM = 6

--- Does the sentence about a phrase tell what was, as far as the endings of its words say?
---@param text string in small letters
---@param first integer
---@param last integer
---@param lang string
---@return boolean
function M.is_past (text, first, last, lang)
  local before, after = clause_of(text, first, last, lang)
  for word in gmatch(before .. after, "[%a\x80-\xFF]+") do
    for _, ending in ipairs((words[lang] or words.en).past_endings or {}) do
      if #word >= #ending + STEM and sub(word, -#ending) == ending then return true end
    end
  end
  return false
end

return M
