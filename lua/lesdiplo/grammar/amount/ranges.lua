--- Amounts that stand side by side: two with "to" or a dash between them are a range, whose
-- value is A..B; behind a label that goes on ("resolutions 242 and 338") the next is one too.
-- @module lesdiplo.grammar.amount.ranges
local context = require "lesdiplo.grammar.amount.context"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local digits = require "lesdiplo.grammar.amount.digits"
local han = require "lesdiplo.grammar.amount.han"
local find, match, sub = string.find, string.match, string.sub
local abs, ipairs = math.abs, ipairs
local plain = lexicon.plain
_ENV = nil
local M = {}

local dashes = { ["-"] = true, ["–"] = true, ["—"] = true, ["~"] = true, ["～"] = true,
                 ["至"] = true, ["到"] = true, ["－"] = true }
local together = { ["and"] = true, et = true, ["и"] = true, e = true, y = true, und = true }
local either = { ["or"] = true, ou = true, o = true, oder = true }

-- What stands between two places: "dash", "word", "and"; nil where it is something else.
local function link (view, from, to)
  if to - from > 12 or to < from then return nil end
  local word = match(plain(sub(view.text, from, to)), "^%)?%s*(.-)%s*$")
  if dashes[word] then return "dash" end
  if together[word] then return "and" end
  return view.range[word] and not either[word] and "word" or nil
end

-- Why a number may be no amount by itself and still be an end of a range.
local open = { bound = true, run = true, bare = true, one = true, name = true }

local function may_be_end (one)
  return (not one.bad or open[one.bad]) and one.value and one.class ~= "ordinal"
end

-- Whether the two differ in nothing but that the first leaves out what the second says.
local function is_short_of (a, b)
  if (a.sign or a.number.percent) and b.class == "count" then                  -- $10-15 million
    return b.noun == nil and (b.number.han or not a.number.percent)
  end
  if a.class ~= b.class then return a.class == "count" and not a.noun end
  return a.noun == nil or b.noun == nil or a.noun == b.noun
end

-- От 3 до 5: each word by itself is a modifier.
local function are_ends (view, a, b)
  if not b.before_at then return false end
  local opens = a.before_at and match(sub(view.text, a.before_at, a.first - 1), "^(.-)%s*$")
                or context.word_before(view, a.first)
  local ends = match(plain(sub(view.text, b.before_at, b.first - 1)), "^(.-)%s*$")
  return opens and view.between[plain(opens)] and view.range[ends]
    and find(sub(view.text, a.last + 1, b.before_at - 1), "^%s*$") ~= nil
end

-- A share by which something changed, before what it came to: up by one third to 8 percent.
local function is_share (a, b)
  return a.class == "count" and a.value > 0 and a.value < 1 and b.value >= 1
         and (a.number.words or a.number.han) ~= nil
end

local function is_range (view, a, b)
  if is_share(a, b) then return false end
  if are_ends(view, a, b) then return is_short_of(a, b) and may_be_end(a) and may_be_end(b) end
  local how = link(view, a.last + 1, (b.before_at or b.first) - 1)
  if not how or not is_short_of(a, b) then return false end
  if not may_be_end(a) or not may_be_end(b) then return false end
  if how == "dash" then
    if find(view.text, "^%d%-", a.first - 2) then return false end       -- 2026-01-12
    return b.class ~= "count" or b.noun ~= nil or b.mod ~= nil or a.mod ~= nil
           or b.alone or a.sign or a.number.percent or a.number.han and b.number.han
  end
  if how == "and" then
    local before = context.word_before(view, a.before_at or a.first)
    return before ~= nil and view.between[plain(before)] ~= nil
  end
  return true
end

local function written (view, one) return sub(view.text, one.number_from, one.number_to - 1) end

local function merge (view, a, b)
  local low, high = a.value, b.value
  if b.number.han and not b.number.percent and a.class == "count" and not a.noun then
    low = digits.tidy(low * han.shared(low, written(view, a), high, written(view, b)))
  end
  local scale = not a.number.scale and not a.extra and (b.number.scale or b.extra)
  local mantissa = b.number.mantissa or b.extra and b.number.value
                   or b.number.words and scale and b.number.value / scale
  if a.class == "count" and b.number.percent and b.number.han and low < 10 then
    low = 10 * low                                                          -- 三到五成
  end
  local hundreds = b.number.words and low < 10 and (mantissa or b.value)     -- two to six hundred
  if hundreds and hundreds % 100 == 0 and hundreds > 0 and hundreds < 1000 and 100 * low < high then
    low = 100 * low
  end
  if scale and not a.noun and (a.class == "count" or a.sign) and mantissa and low <= mantissa then
    low = digits.tidy(low * scale)                                      -- $3 to $5 million
  end
  if are_ends(view, a, b) then a.mod, a.before_at = nil, nil end
  a.value, a.upto, a.bad = low, high, nil
  if a.class == "count" then a.class, a.unit, a.noun = b.class, b.unit, b.noun or a.noun end
  a.unit, a.last = a.unit or b.unit, b.last
  b.bad = "range"
end

-- one over three: the first of the second, and neither counts anything
local function is_ratio (view, a, b)
  if a.class ~= "count" or b.class ~= "count" or a.noun or b.noun then return false end
  if a.bad and not open[a.bad] or b.bad and not open[b.bad] then return false end
  local from = a.last + 1
  local word = match(view.text, "^%s(%S+)%s", from)
  return word ~= nil and view.ratio[plain(word)] ~= nil and from + #word + 2 == b.number_from
end

local ODDS = 20          -- bytes between two numbers that say how many of how many

-- One in five voters, nine out of ten: so large a share of them, where both are words.
local function are_odds (view, a, b)
  local from, to = a.last + 1, b.first - 1
  if to - from > ODDS or not (a.number.words and b.number.words) or a.noun
     or a.class ~= "count" or b.class ~= "count"
     or a.bad and a.bad ~= "one" and not open[a.bad] or b.bad and not open[b.bad] then
    return false
  end
  local said = match(sub(view.text, from, to), "^%s(%S.*)%s$")
  local how = said and view.odds[plain(said)]
  return how == "any" or how == "one" and a.value == 1 and b.value <= 10
end

-- Makes of two numbers the one by the other.
local function divide (a, b)
  a.value, a.last, a.bad, a.noun = digits.tidy(a.value / b.value), b.last, nil, b.noun
  b.bad = "range"
end

local chained = { label = true, date = true }

-- Whether a label that makes a number none goes on to the next: resolutions 242 and 338.
local function goes_on (view, a, b)
  local from, to = a.last + 1, b.first - 1
  if not chained[a.bad] or to - from > 8 then return false end
  if b.bad == "bound" then                           -- 2570 (2021)
    return find(sub(view.text, from, to), "^%s*%(") ~= nil
  end
  if b.bad or b.class ~= "count" or b.noun then return false end
  return link(view, from, to) ~= nil or find(sub(view.text, from, to), "^%s*,[%s%a]*$") ~= nil
end

-- three to five days: both count time
local function shares_time (view, a, b)
  return b.is_time and not a.bad and a.class == "count" and not a.noun
         and link(view, a.last + 1, b.first - 1) ~= nil
end

-- What joins two numbers, and a modifier of the second, have no more bytes than that.
local FAR = 120

--- Joins the ends of ranges: the first holds all, the second is bad.
---@param view table
---@param found table[]
---@return table[]
function M.join (view, found)
  local a
  for _, b in ipairs(found) do
    if a and b.first - a.last <= FAR then
      if a.value and b.value and is_range(view, a, b) and a.value < b.value then merge(view, a, b)
      elseif a.value and b.value and abs(a.value) < b.value
             and (is_ratio(view, a, b) or are_odds(view, a, b)) then
        divide(a, b)
      elseif goes_on(view, a, b) then b.bad = a.bad
      elseif shares_time(view, a, b) then a.bad = "time"
      end
    end
    a = b.bad ~= "range" and b or a
  end
  return found
end

return M
