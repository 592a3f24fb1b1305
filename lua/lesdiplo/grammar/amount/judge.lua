--- Is a number an amount, and of which class? Rules over what the grammar captured and what
-- stands around it.
-- @module lesdiplo.grammar.amount.judge
local context = require "lesdiplo.grammar.amount.context"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local money = require "lesdiplo.grammar.amount.money"
local numbers = require "lesdiplo.grammar.amount.numbers"
local find, format, match, sub = string.find, string.format, string.match, string.sub
local floor, huge, max = math.floor, math.huge, math.max
local ipairs, type = ipairs, type
local plain = lexicon.plain
_ENV = nil
local M = {}


-- Classes --------------------------------------------------------------------------------

-- Signs that are letters are one only in a text about their country.
local letter_sign = { R = "ZAR", M = "LSL", P = "BWP", E = "SZL", Sh = "KES" }

local Class = {}

function Class.money (view, one, key)
  one.class, one.unit = "money", money.code(view, key)
  local minor = one.minor
  if minor and one.value and one.value == floor(one.value) and minor[1] < 100
     and (minor[2] == "cent" or not one.number.ratio) then
    one.value, one.last = numbers.tidy(one.value + minor[1] / 100), one.stop - 1
  end
end
function Class.coin (view, one, key)
  if not one.value or find(view.text, "^%s*[%w]", one.unit_to) then
    one.last = one.number_to - 1
    return
  end
  one.value = numbers.tidy(one.value * key)
  one.class, one.unit = "money", money.code(view, "dollar")
  one.coin = key
end
function Class.cent (_, one) one.class, one.unit = "money", "cent" end
function Class.percent (_, one, key)
  one.class = "percent"
  if key == "permille" then one.value = numbers.tidy(one.value / 10)
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
  one.class = "count"
  local last = context.noun(view, one.unit_to - 1, one.value, true)
  one.noun = sub(view.text, last and one.unit_to or one.unit_from, last or one.unit_to - 1)
  one.classifier = true
  one.last = last or one.last
end

-- The sign before digits, and what may be said behind them again: $ 5 million dollars.
local function signed (view, one)
  local needs = letter_sign[match(view.text, "^%a+", one.first) or ""]
  if needs and one.sign[2] == needs and not money.is_about(view, needs) then return false end
  if one.extra then one.value = numbers.tidy(one.value * one.extra) end
  local key = one.sign[2]
  if one.sign[3] then one.value = numbers.tidy(one.value * one.sign[3]) end
  one.last = one.bare_to - 1
  if one.after and one.after[1] == "money" then
    one.last = one.unit_to - 1
    if #key ~= 3 then key = one.after[2] end
  end
  if key == "cent" then Class.cent(view, one) else Class.money(view, one, key) end
  return true
end

-- A dash or a "minus" right behind something is none: 10-20, au moins 10.
local function is_negative (view, one)
  if find(sub(view.text, max(1, one.first - 1), one.first - 1), "[%w%)%]%%$-ÿ]") then
    return find(sub(view.text, one.first, one.first), "[èÐ]") ~= nil
  end
  local word = find(sub(view.text, one.first, one.first), "%a") and context.word_before(view, one.first)
  return not (word and (plain(word) == "au" or plain(word) == "à" or plain(word) == "du"))
end

local function classify (view, one)
  local n = one.number
  one.value = n.value
  if one.minus and not is_negative(view, one) then one.minus, one.first = nil, one.unsigned end
  if one.value and one.minus then one.value = -one.value end
  one.mod = n.mod
  one.last = one.number_to - 1
  local after = one.after
  if n.percent then one.class = "percent"
  elseif one.sign then
    if not signed(view, one) then one.bad = "sign" end
  elseif n.ordinal then
    one.class = "ordinal"
    if after and (after[1] == "classifier" or after[1] == "noun") and n.han then
      Class[after[1]](view, one)
      one.last, one.class = max(one.last, one.unit_to - 1), "ordinal"
    end
  elseif after and not (n.words and find(view.text, "^%u%l?%f[%W]", one.unit_from)) then
    one.last = one.unit_to - 1
    if after[3] and one.value then one.value = numbers.tidy(one.value * after[3]) end
    Class[after[1]](view, one, after[2])
  end
  one.class = one.class or "count"
end


-- Context ----------------------------------------------------------------------------------

-- Whether there is nothing else in the text.
local function is_alone (view, first, last)
  return first <= view.begins and last >= view.ends
end

local function is_near_digit (text, first, last)
  return find(sub(text, max(1, first - 2), first - 1), "%d[ ./:–-]$")
         or find(text, "^[ /:]%d", last + 1) or find(text, "^%-%d", last + 1)
end

-- Digits that hang on something: COVID-19, A320, 7031(c), [3], 9/11, #4, +266.
local function is_bound (text, first, last)
  local before, behind = sub(text, max(1, first - 3), first - 1), sub(text, last + 1, last + 4)
  if find(before, "[%w_#@+§№\xA7\x96/\\^]$") and not find(before, "\xE2\x80\x93$") then
    return not find(before, "[\xE3-\xE9]..$")
  end
  if find(before, "[%w%)]%-$") or find(before, "[\xC3-\xD1].%-$") or find(before, "[%w]\xE2\x80[\x90\x91]$") then
    return true
  end
  if find(before, "%[$") or find(behind, "^%]") then return true end
  if find(before, "%($") and find(behind, "^%)") then return true end
  if find(behind, "^%(%w") or find(behind, "^[/_:]%w") or find(behind, "^%a") or find(behind, "^%-%u") then
    return true
  end
  return find(behind, "^\xE2\x80[\x90\x91]%a") ~= nil
end

-- 2. or (2) or 2) at the start of a line.
local function is_list_mark (text, first, last)
  if not find(text, "^[.)\xEF\xE3]", last + 1) or not find(text, "^%.?%)?[%s\xE3\xEF]", last + 1) then return false end
  local before = sub(text, max(1, first - 3), first - 1)
  return before == "" or find(before, "\n[%s(#*]*$") ~= nil
end

local function written (view, one)
  return numbers.ascii(sub(view.text, one.number_from, one.number_to - 1))
end

local function is_year (view, one)
  if one.mod or one.number.scale then return false end
  local s = written(view, one)
  return find(s, "^1[0-9]%d%d$") ~= nil or find(s, "^20%d%d$") ~= nil or find(s, "^21%d%d$") ~= nil
end

-- two-day, three-member, ten-point
local function hyphened (view, one)
  local word, stop = match(view.text, "^[-\xE2][\x80]?[\x90\x91]?(%a+)()", one.last + 1)
  if not word then return false end
  if view.hyphen[plain(word)] then
    one.last, one.noun = stop - 1, word
    return false
  end
  return true
end

-- Numbers in digits that count.
local function judge_digits (view, one)
  local text, first, last = view.text, one.number_from, one.last
  if is_bound(text, first, one.class == "count" and not one.noun and last or one.last) then return "bound" end
  if one.class ~= "count" then return nil end
  if not one.noun and hyphened(view, one) then return "hyphen" end
  if is_list_mark(text, first, last) then return "list" end
  if context.is_label(view, first) and not one.mod then return "label" end
  if context.is_date(view, first, one.number_to - 1) then return "date" end
  if is_year(view, one) and not one.classifier then return "year" end
  if not one.noun and is_near_digit(text, first, last) then return "run" end
  local s = written(view, one)
  if find(s, "^0%d") or #s > 16 and not find(s, "[^%d]") then return "code" end
  if one.number.ratio and not find(text, "^ of%f[%A]", last + 1) and not one.noun then return "ratio" end
end

local singles = { en = true, fr = true, pt = true, es = true, de = true, ru = true, zh = true }
local article_like = { fr = true, pt = true, es = true, de = true }

-- one: it is a number where it is told from others; elsewhere a pronoun or an article.
local function judge_one (view, one)
  local text = view.text
  if view.lang == "en" and not article_like[view.lang] then
    local word = context.word_before(view, one.first)
    word = word and plain(word)
    local behind = context.word_after(text, one.number_to - 1)
    if not behind or view.stop[plain(behind)] then return "one" end
    if word == "only" or word == "but" or word == "just" or one.mod then return nil end
  end
  return "one"
end

-- both sides, but not "both Oslo and Rome": what is counted has to be named, in the plural,
-- and nothing joined to it.
local function judge_both (view, one)
  if not one.noun then
    local next_word = context.word_after(view.text, one.number_to - 1)
    local small = next_word and plain(next_word)
    if small ~= "our" and small ~= "of" and small ~= "their" then
      return "both"
    end
  end
  if find(view.text, "^ and%f[%A]", one.last + 1) or find(view.text, "^ %a+ and%f[%A]", one.last + 1) then
    return "both"
  end
end

-- Numbers in words.
local function judge_words (view, one)
  local text, n = view.text, one.number
  if find(sub(text, max(1, one.first - 2), one.first - 1), "[%w]%-$") then return "bound" end
  if hyphened(view, one) then return "hyphen" end
  if n.lone or one.coin == 0.25 or one.coin == 1e3 and n.words then return "coin" end
  if one.class ~= "count" then return nil end
  if n.both then return judge_both(view, one) end
  if n.fraction and not one.mod and not find(text, "^ of%f[%A]", one.number_to)
     and not find(text, "^ the%f[%A]", one.number_to) and not find(sub(text, one.first, one.number_to), " ") then
    return "fraction"
  end
  if context.is_label(view, one.first) and not one.mod then return "label" end
  if n.count == 1 and one.value == 1 and singles[view.lang] then return judge_one(view, one) end
  if n.count == 1 and one.value == 0 then return not one.noun and "zero" or nil end
end

-- Chinese numerals: one by itself is part of a word, as a rule; so are idioms.
local function judge_han (view, one)
  local text, n = view.text, one.number
  local e = view.han_idiom:match(text, one.first)
  if e then return "idiom" end
  if n.formal then return "bare" end                 -- 陆地, 登陆
  if one.class ~= "count" or n.vague then return nil end
  if n.count and n.count > 1 or find(written(view, one), "%d") then
    if is_year(view, one) and not one.classifier then return "year" end
    return nil
  end
  if one.value == 1 then return not one.mod and "one" or nil end
  if one.classifier or one.noun then return nil end
  return "bare"
end

-- Ordinals: names (First Lady), adverbs (at first), parts of dates (3rd of May).
local function judge_ordinal (view, one)
  local text, last = view.text, one.number_to - 1
  if one.number.han then return view.han_idiom:match(text, one.first) and "idiom" or nil end
  if context.is_date(view, one.first, last) then return "date" end
  local before = context.word_before(view, one.first)
  before = before and plain(before)
  if find(sub(text, one.first - 1, one.first - 1), "[%w-]") and one.first > 1 then return "bound" end
  local word, _, stop = context.word_after(text, last)
  local small = word and plain(word)
  if small and view.name[small] then return "name" end
  if find(text, "^%-hand", last + 1) or find(text, "^hand", last + 1) or find(text, "^%-class", last + 1)
     or find(text, "^%-degree", last + 1) or find(text, "^%-tier", last + 1) then
    return "name"
  end
  if one.number.words and one.number.count == 1 then
    local told = before and view.determiner[match(before, "[%a']+$") or before]
    if find(text, "^,", last + 1) and not told then return "adverb" end
    if before and view.adverb[before] == "modal" then return "adverb" end
    if small and view.stop[small] and not told then return "adverb" end
    if before == "a" and find(text, "^[.,;?!]", last + 1) then return "time" end
    if before == "at" and not (small and find(small, "^%l+$")) then return "adverb" end
    if small and view.adverb[small] == "after" or find(text, "^ of all", last + 1) then return "adverb" end
    if before and view.adverb[before] == "before" and small and find(small, "^%l+ed$") then return "adverb" end
    if small and find(small, "^%l+ed$") and not (before == "the" or before == "a") then return "adverb" end
    if before == "one" or before == "per" then return "time" end
  end
  local second = stop and context.word_after(text, stop)
  if second and small == "deputy" and view.name[plain(second)] then return "name" end
end

-- Modifiers, and with them where the amount begins and ends.
local function modify (view, one)
  if one.class == "ordinal" then return end
  local mod, at = context.before(view, one.first)
  if mod and not (at and mod == "about" and sub(view.text, at, at + 3) == "Some") then
    one.mod = mod
    one.before_at = at
  elseif mod then
    one.mod, one.before_at = mod, at
  end
  local after, last = context.after(view, one.last)
  if after then one.mod, one.last = one.mod or after, max(last, one.last) end
end

--- Completes what the grammar captured: class, value, unit, mod, last; bad says why it is no
-- amount.
---@param view table
---@param one table
function M.look (view, one)
  one.unit_from = one.number_to
  if one.after then one.unit_from = match(view.text, "^[ \n\xC2\xA0-]*()", one.number_to) end
  classify(view, one)
  if one.bad then return end
  one.alone = is_alone(view, one.first, one.last) or is_alone(view, one.first, one.stop - 1)
  modify(view, one)
  if one.class == "count" and not one.noun and not one.is_time then
    local last = context.noun(view, one.last, one.value)
    if last then
      one.noun = match(sub(view.text, one.last + 1, last), "^[%s\xC2\xA0]*(.*)$")
      one.last = last
    end
  end
  if one.is_time then one.bad = "time"
  elseif one.value and (one.value == huge or one.value ~= one.value) then one.bad = "huge"
  elseif one.alone then one.bad = nil
  elseif one.class == "ordinal" then one.bad = judge_ordinal(view, one)
  elseif one.number.words then one.bad = judge_words(view, one)
  elseif one.number.han then one.bad = judge_han(view, one)
  else one.bad = judge_digits(view, one)
  end
  if not one.bad and one.class == "count" and not one.noun and not one.mod and not one.alone
     and not one.number.words and not one.number.han and not one.number.scale
     and context.is_name(view, one.first) then
    one.bad = "name"
  end
end

--- The rows of what was found and is good.
---@param view table
---@param found table[]
---@return table[]
function M.keep (view, found)
  local rows, reach = {}, 0
  for _, one in ipairs(found) do
    local first = one.before_at and one.before_at > reach and one.before_at or one.first
    if not one.bad and first > reach and (one.value or one.number.vague) then
      local value = one.value
      if one.upto then value = format("%s..%s", M.text_of(value), M.text_of(one.upto)) end
      rows[#rows + 1] = { first = first, last = one.last, class = one.class, value = value,
                          unit = one.unit or one.noun, mod = one.mod }
      reach = one.last
    end
  end
  return rows, view
end

--- A number as text: no exponent, no idle zeros.
---@param x number
---@return string
function M.text_of (x)
  return type(x) == "number" and x == floor(x) and format("%.0f", x) or format("%.15g", x)
end

return M
