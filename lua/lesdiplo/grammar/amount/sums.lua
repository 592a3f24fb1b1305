--- Sums of number words: what a row of them is worth, word by word as far as it makes one
-- number; what is behind belongs to something else.
--
-- A row is a flat array of `WIDTH` values a word: whether "and" is before it, its kind, value,
-- whether it may stand alone, whether it is a plural, and the place behind it. What a kind does
-- to a sum stands in `Takes`.
-- @module lesdiplo.grammar.amount.sums
local digits = require "lesdiplo.grammar.amount.digits"
local floor, huge, setmetatable = math.floor, math.huge, setmetatable
_ENV = nil
local M = {}


-- Sums ---------------------------------------------------------------------------

-- How much may be added behind a number without a change of its other digits:
-- twenty takes 1 to 9, two hundred 1 to 99. French sixty and eighty take 1 to 19.
local function room (x, lang)
  if lang == "fr" and (x % 100 == 60 or x % 100 == 80) then return 20 end
  if x == 0 then return 0 end
  if x % 100 == 0 then return 100 end
  return x % 10 == 0 and x % 100 ~= 10 and 10 or 0
end

-- May "and" stand between a number and what is added to it?
local function may_join (lang, current, x, is_new)
  if lang == "fr" then return x == 1 or x == 11 end
  if lang == "es" then return x < 10 and current % 10 == 0 and current % 100 > 20 end
  if lang == "en" then return is_new or current % 100 == 0 end
  return lang ~= "ru"
end

-- total is what scales have closed, least the smallest of those; current what the next one
-- will multiply; decimal the worth of the next place behind the point.
local Sum = {}
Sum.__index = Sum

-- two point zero three; two point seventy-one
local function add_decimal (sum, x, joined)
  if joined or x ~= floor(x) or x > 99 then return false end
  local place = sum.decimal
  sum.parts = sum.parts + x
  if sum.tens and x < 10 then
    sum.current, sum.tens = sum.current + x * place, nil
  elseif x > 9 then
    sum.current, sum.tens = sum.current + x * place / 10, x % 10 == 0
    sum.decimal = place / 10
    return true
  else
    sum.current, sum.tens = sum.current + x * place, nil
  end
  sum.decimal = place / 10
  return true
end

-- Each takes one more word, or says that it does not belong to the number.
function Sum:add (x, joined)
  if self.decimal then return add_decimal(self, x, joined) end
  if self.current == nil then
    if joined and not may_join(self.lang, 0, x, true) then return false end
    if self.total and x >= (self.least or huge) then return false end
    self.current = x
    return true
  end
  if x ~= floor(x) or self.digits or x >= room(self.current, self.lang) or x == 0 then
    return false
  end
  if joined and not may_join(self.lang, self.current, x, false) then return false end
  self.current = self.current + x
  return true
end

function Sum:hundred_of (alone)
  if self.current == nil then
    if not alone then return false end
    self.current = 1
  end
  local most = self.lang == "fr" and 10 or 100       -- forty-five cents are money
  if self.current >= most or self.hundred then return false end
  self.current, self.hundred, self.digits = self.current * 100, true, nil
  return true
end

function Sum:scale (x, alone)
  local current = self.current
  if x == 100 then return self:hundred_of(alone) end
  if current == nil then
    if self.total == nil then
      if not alone then return false end
      self.total, self.least = x, x
    else
      self.total = self.total * x                -- three thousand million
    end
  elseif self.least and x > self.least then
    self.total, self.current = (self.total + current) * x, nil
  else
    if self.least == x then return false end
    self.total, self.current = (self.total or 0) + current * x, nil
  end
  self.least = self.least and self.least < x and self.least or x
  self.hundred, self.digits, self.decimal, self.any_scale = nil, nil, nil, x
  return true
end

function Sum:value () return (self.total or 0) + (self.current or 0) end

function Sum:is_empty () return self.total == nil and self.current == nil end

local function new_sum (lang) return setmetatable({ lang = lang }, Sum) end


-- What each kind of word does ------------------------------------------------------

-- Each gets the sum, the word's value, whether "and" is before it and whether it may stand
-- alone; false: it does not belong there; "hold": only if more follows.
local Takes = {}

function Takes.article (sum, _, joined)
  if joined or not sum:is_empty() then return false end
  sum.article = true
  return "hold"
end

function Takes.point (sum)
  if sum.decimal or sum:is_empty() then return false end
  sum.current, sum.decimal = sum.current or 0, 0.1
  sum.whole, sum.parts = sum.current, 0
  return "hold"
end

function Takes.number (sum, x, joined) return not sum.article and sum:add(x, joined) end

-- Digits begin a number (2.5 million); behind hundreds and thousands they end one too.
function Takes.digits (sum, x, joined)
  if sum.article then return false end
  if joined and sum.hundred and x < 100 and x == floor(x) then
    sum.current, sum.digits = sum.current + x, true
    return true
  end
  if sum.current ~= nil or joined and not sum.total then return false end
  if sum.total and x >= (sum.least or huge) then return false end
  sum.digits = true
  sum.current, sum.mantissa = x, not sum.total and x or nil
  return true
end

function Takes.scale (sum, x, joined, alone)
  if joined or not sum:scale(x, alone or sum.article) then return false end
  sum.article = nil                                        -- a hundred and forty
  return true
end

-- The group nouns of French say about how many; its dozen says it exactly.
local function about (lang, x)
  return lang == "fr" and x ~= 12 and "about" or nil
end

function Takes.group (sum, x, joined, alone)
  if joined or sum:is_empty() and not alone and not sum.article and sum.lang ~= "ru" then
    return false
  end
  local value = not sum:is_empty() and sum:value() or 1
  sum.total, sum.current, sum.done = value * x, nil, true
  sum.mod = about(sum.lang, x)
  return true
end

function Takes.half (sum, x)
  if sum.any_scale and not sum.current then
    sum.total, sum.done = sum.total + sum.any_scale * x, true
  elseif sum.current then
    sum.current, sum.digits = sum.current + x, true
  else
    return false
  end
  return true
end

function Takes.part (sum, x, joined)
  if joined or sum.digits or sum:is_empty() or x < 2 then return false end
  sum.total, sum.current, sum.done = sum:value() / x, nil, true
  return true
end

function Takes.ordinal (sum, x, joined, _, plural)
  if sum.digits or sum.mantissa then return false end
  if sum.decimal then                             -- три целых четырнадцать сотых
    local below = x == 10 or x == 100 or x == 1000
    if sum.lang ~= "ru" or not below or sum.parts >= x then return false end
    sum.current, sum.done = sum.whole + sum.parts / x, true
    return true
  end
  if sum.article then                                      -- a hundredth
    if x < 100 then return false end
    sum.total, sum.done = 1 / x, true
    return true
  end
  local is_part = sum.total == nil and sum.current == 1 and x > 2         -- one third
                  or plural and x > 2 and sum.lang == "fr"                 -- trente cinquièmes
  if is_part and not joined and not sum:is_empty() then return Takes.part(sum, x, joined) end
  local taken
  if x >= 100 then taken = sum:scale(x, sum:is_empty())
  else taken = sum:add(x, joined)
  end
  if not taken then return false end
  sum.ordinal, sum.done = true, true
  return true
end


-- Rows of words ------------------------------------------------------------------------

local WIDTH = 6

local function take (sum, row, i)
  return Takes[row[i + 1]](sum, row[i + 2], row[i], row[i + 3], row[i + 4])
end

-- The ordinal that begins with a word: its value, and where its last word stands.
local function ordinal_at (lang, row, i)
  local sum = new_sum(lang)
  for k = i, #row, WIDTH do
    local kind, x = row[k + 1], row[k + 2]
    if kind == "part" then                                  -- twenty fifths
      if not row[k] and (sum:is_empty() or sum:add(x, false)) then
        return sum:is_empty() and x or sum:value(), k
      end
      return nil
    end
    if kind ~= "number" and kind ~= "scale" and kind ~= "ordinal" or not take(sum, row, k) then
      return nil
    end
    if sum.ordinal then return sum:value(), k end
  end
end

-- The denominator that begins with a word, below some number: 1/25, 3/21.
local function over (lang, row, i, above)
  if row[i] then return nil end
  local below, last = ordinal_at(lang, row, i)
  if below and below > 2 and (above == 1 or row[last + 4]) then return above / below, last end
  if below == 2 and row[last + 1] == "part" then return above / 2, last end
end

-- The fraction that begins with a word: a third, three quarters, one twenty-fifth.
local function fraction_at (lang, row, i)
  if row[i + 1] == "article" then
    if i + WIDTH > #row then return nil end
    return over(lang, row, i + WIDTH, 1)
  end
  local sum = new_sum(lang)
  for k = i, #row - WIDTH, WIDTH do
    if row[k + 1] ~= "number" or not sum:add(row[k + 2], k > i and row[k]) then return nil end
    local worth, last = over(lang, row, k + WIDTH, sum:value())
    if worth then return worth, last end
  end
end

--- What a row is worth, and the place behind its last word that belongs to the number.
---@param lang string
---@param row table
---@return integer? stop nil where it makes no number
---@return table? number value, ordinal, mod, words, mantissa, scale, count (of words)
function M.evaluate (lang, row)
  local sum = new_sum(lang)
  local stop, value, count = nil, nil, 0
  for i = 1, #row, WIDTH do
    local worth, last
    if stop and row[i] then worth, last = fraction_at(lang, row, i) end     -- two and a third
    if worth and worth >= 1 then worth, last = nil, nil end   -- but of hundred and ten, fifths
    if worth then
      sum.total = sum:value() + worth * (not sum.current and sum.any_scale or 1)
      sum.current, sum.done = nil, true
    end
    local taken = worth or not sum.done and take(sum, row, i)
    if not taken and stop and not sum.done and not sum.digits then          -- one twenty-fifth
      worth, last = over(lang, row, i, sum:value())
      if worth then sum.total, sum.current, sum.done = worth, nil, true end
    end
    if not taken and not worth then break end
    if taken ~= "hold" then
      stop, value, count = row[(last or i) + 5], sum:value(), count + 1
    end
    if last then break end
  end
  if not stop or value >= 1e300 then return nil end
  return stop, { value = digits.tidy(value), ordinal = sum.ordinal, mod = sum.mod, words = true,
                 mantissa = sum.mantissa, scale = sum.any_scale, count = count }
end

return M
