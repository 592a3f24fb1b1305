--- What an amount is: its class, value and unit, of what the grammar captured.
-- @module lesdiplo.grammar.amount.classes
local context = require "lesdiplo.grammar.amount.context"
local money = require "lesdiplo.grammar.amount.money"
local digits = require "lesdiplo.grammar.amount.digits"
local plain = require "lesdiplo.grammar.amount.lexicon".plain
local find, match, sub = string.find, string.match, string.sub
local floor, max = math.floor, math.max
_ENV = nil
local M = {}

-- Signs that are letters are one only in a text about their country.
local letter_sign = { R = "ZAR", M = "LSL", P = "BWP", E = "SZL", Sh = "KES" }

-- What each kind of word behind a number makes of it.
local Class = {}

function Class.money (view, one, key)
  one.class, one.unit = "money", money.code(view, key)
  local minor = one.minor
  if minor and minor[2] == "bare" and minor[1] < 10 and one.number.han and one.value
     and not find(sub(view.text, one.unit_to, one.stop), "零", 1, true) then
    minor = { 10 * minor[1], "bare" }                                           -- 五块五
  end
  if minor and one.value and one.value == floor(one.value) and minor[1] < 100
     and (minor[2] == "cent" or not one.number.ratio) then
    one.value, one.last = digits.tidy(one.value + minor[1] / 100), one.stop - 1
  end
end

-- A coin's name is also a metal's or a part's: a word behind it tells so.
function Class.coin (view, one, key)
  if not one.value or find(view.text, "^%s*%w", one.unit_to) then
    one.last = one.number_to - 1
    return
  end
  one.value = digits.tidy(one.value * key)
  one.class, one.unit, one.coin = "money", money.code(view, "dollar"), key
end

-- Hundredths, or tens of them (两毛), to which more may be added (两毛五).
function Class.cent (_, one, key)
  one.class, one.unit = "money", "cent"
  if not one.value then return end
  one.value = digits.tidy(one.value * key)
  if key > 1 and one.minor and one.minor[1] < key then
    one.value, one.last = digits.tidy(one.value + one.minor[1]), one.stop - 1
  end
end

function Class.percent (_, one, key)
  one.class = "percent"
  if key == "permille" then one.value = digits.tidy(one.value / 10)
  elseif key == "point" then one.unit = key end
end

function Class.measure (_, one, key)
  one.class, one.unit = key == "times" and "count" or "measure", key
end

function Class.time (_, one) one.is_time = true end

function Class.noun (view, one)
  one.class, one.noun = "count", sub(view.text, one.unit_from, one.unit_to - 1)
end

function Class.classifier (view, one)
  local last = context.noun(view, one.unit_to - 1, one.value, true)
  one.class, one.classifier, one.last = "count", true, last or one.last
  one.noun = sub(view.text, last and one.unit_to or one.unit_from, last or one.unit_to - 1)
end

-- The sign before digits, and what may be said behind them again: $ 5 million dollars.
-- False where it is no sign.
local function signed (view, one)
  local needs = letter_sign[match(view.text, "^%a+", one.first) or ""]
  local key, times = one.sign[2], (one.extra or 1) * (one.sign[3] or 1)
  if needs and key == needs and not money.is_about(view, needs) then return false end
  one.value, one.last = digits.tidy(one.value * times), one.bare_to - 1
  if one.after and one.after[1] == "money" then
    one.last = one.unit_to - 1
    if #key ~= 3 then key = one.after[2] end
  end
  if key == "cent" then Class.cent(view, one, 1) else Class.money(view, one, key) end
  return true
end

-- A dash right behind something is none that makes a number negative (10-20), nor is the
-- "moins" of "au moins 10".
local function is_negative (view, one)
  local mark = sub(view.text, one.first, one.first)
  if find(sub(view.text, max(1, one.first - 1), one.first - 1), "[%w%)%]%%$\x80-\xFF]") then
    return find(mark, "[\xE8\xE9\xD0]") ~= nil      -- 负, 零下, минус
  end
  local word = find(mark, "%a") and context.word_before(view, one.first)
  word = word and plain(word)
  return word ~= "au" and word ~= "à" and word ~= "du"
end

local function of_ordinal (view, one)
  local after = one.after
  if after and one.number.han and (after[1] == "classifier" or after[1] == "noun") then
    Class[after[1]](view, one)
    one.last = max(one.last, one.unit_to - 1)
  end
  one.class = "ordinal"
end

-- A unit that is a letter or two ("Rs") goes with digits only.
local function is_unit (view, one)
  return one.after and not (one.number.words and find(view.text, "^%u%l?%f[%W]", one.unit_from))
end

--- Sets value, class, unit or noun, mod and last; is_time of what counts time; bad where a
-- sign is none.
---@param view table
---@param one table as captured
function M.set (view, one)
  local n, after = one.number, one.after
  one.value, one.upto, one.mod, one.last = n.value, n.upto, n.mod, one.number_to - 1
  if one.minus and not is_negative(view, one) then one.minus, one.first = false, one.unsigned end
  if one.value and one.minus then one.value = -one.value end
  if n.percent then one.class = "percent"
  elseif one.sign then one.bad = not signed(view, one) and "sign" or nil
  elseif n.ordinal then of_ordinal(view, one)
  elseif is_unit(view, one) then
    one.last = one.unit_to - 1
    if after[3] and one.value then one.value = digits.tidy(one.value * after[3]) end
    Class[after[1]](view, one, after[2])
  end
  one.class = one.class or "count"
end

return M
