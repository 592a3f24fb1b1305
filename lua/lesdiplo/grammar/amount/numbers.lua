--- Numbers in digits and in words, and what they are worth.
--
-- `make(langs)` gives a pattern for numbers of those languages that captures one table:
-- value (nil of "hundreds of"), ordinal, words (written out), mod, and mantissa and scale
-- where there are such ("2.5 million"), for "5 to 7 million".
-- @module lesdiplo.grammar.amount.numbers
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local P, R, S, C, Cc, Cmt, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cmt, lpeg.Cp,
                                    lpeg.Ct
local find, format, gsub, match = string.find, string.format, string.gsub, string.match
local floor, huge, tointeger = math.floor, math.huge, math.tointeger
local V, match_at = lpeg.V, lpeg.match
local ipairs, setmetatable, tonumber = ipairs, setmetatable, tonumber
local utf8char = utf8.char
_ENV = nil
local M = {}

--- A number without the noise of its computation, an integer where it is one.
--     > numbers.tidy(2.2 * 1e6)
--     2200000
---@param x number
---@return number
function M.tidy (x)
  if x ~= x or x >= 1e300 or x <= -1e300 then return huge end
  if x == floor(x) and x > -2^53 and x < 2^53 then return tointeger(x) end
  local rounded = tonumber(format("%.15g", x))
  if rounded == floor(rounded) and rounded > -2^53 and rounded < 2^53 then
    return tointeger(rounded)
  end
  return rounded
end
local tidy = M.tidy


-- Digits -----------------------------------------------------------------------

local decide               -- what parts groups, by the text's own numbers

-- Digits of other scripts as ASCII ones.
local ascii = {}
for i = 0, 9 do
  for _, zero in ipairs{ 0xFF10, 0x660, 0x6F0, 0x966 } do
    ascii[utf8char(zero + i)] = format("%d", i)
  end
end
ascii["．"], ascii["，"] = ".", ","

--- The text with ASCII digits, dots and commas.
---@param s string
---@return string
function M.ascii (s)
  if not find(s, "[\x80-\xFF]") then return s end
  return (gsub(s, "[\xC2-\xF4][\x80-\xBF]+", ascii))
end

--- What written digits are worth. One separator with three digits after it is a group
-- where `comma` or `dot` says so, a decimal sign otherwise.
--     > numbers.digits("1.234,5", {})
--     1234.5
---@param s string
---@param marks table comma, dot: true where such a sign parts groups
---@return number
function M.digits (s, marks)
  s = gsub(M.ascii(s), "[^%d.,]", "")           -- spaces and apostrophes part groups
  local _, dots = gsub(s, "%.", "")
  local _, commas = gsub(s, ",", "")
  if dots > 0 and commas > 0 then
    local group = find(s, "%..*,") and "%." or ","
    s = gsub(gsub(s, group, ""), ",", ".")
  elseif dots > 1 or commas > 1 then
    s = gsub(s, "[.,]", "")
  elseif match(s, "^[1-9]%d?%d?[.,]%d%d%d$") then
    if marks.comma == nil then decide(marks) end
    local group = find(s, ",") and marks.comma or not find(s, ",") and marks.dot
    s = gsub(s, "[.,]", group and "" or ".")
  else
    s = gsub(s, ",", ".")
  end
  local x = tonumber(s) or huge
  return x < 1e300 and tidy(x) or huge
end


--- Sets what parts groups where one separator and three digits leave it open: as the
-- language writes, unless the text's own numbers say otherwise.
---@param marks table is filled
---@param lang string
---@param text string
function M.set_marks (marks, lang, text)
  marks.lang, marks.text, marks.comma, marks.dot = lang, text, nil, nil
end

function decide (marks)
  local lang, text = marks.lang or "en", marks.text or ""
  marks.comma = lang == "en" or lang == "zh" or lang == "ru"
  marks.dot = not (lang == "en" or lang == "zh" or lang == "ru")
  if find(text, "%d%.%d%d%d,%d%d?%f[%D]") or find(text, "%d%.%d%d%d%.%d%d%d%f[^%d.]") then
    marks.comma, marks.dot = false, true
  elseif find(text, "%d,%d%d%d%.%d%d?%f[%D]") or find(text, "%d,%d%d%d,%d%d%d") then
    marks.comma, marks.dot = true, false
  end
end


-- Words ------------------------------------------------------------------------

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

local Sum = {}
Sum.__index = Sum

-- Each takes one more word, or says that it does not belong to the number.
function Sum:add (x, joined)
  if self.decimal then                            -- two point zero three
    if joined or x ~= floor(x) then return false end
    local places = x > 9 and 0.01 or 0.1
    if x > 99 then return false end
    self.current = self.current + x * places * self.decimal * 10
    self.decimal = self.decimal * places
    return true
  end
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

function Sum:scale (x, alone)
  local current = self.current
  if x == 100 then
    if current == nil then
      if not alone then return false end
      current = 1
    end
    if current >= 100 or self.hundred then return false end
    self.current, self.hundred = current * 100, true
    return true
  end
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

-- The group nouns of French say about how many; its dozen says it exactly.
local function about (lang, x)
  return lang == "fr" and x ~= 12 and "about" or nil
end

local Takes = {}
function Takes.point (sum)
  if sum.decimal or not sum.current and not sum.total then return false end
  sum.current, sum.decimal = sum.current or 0, 0.1
  return "hold"
end
function Takes.number (sum, x, joined) return sum:add(x, joined) end
function Takes.digits (sum, x, joined)
  if sum.current ~= nil or joined and not sum.total then return false end
  sum.digits = true
  if sum.total and x >= (sum.least or huge) then return false end
  sum.current, sum.mantissa = x, not sum.total and x or nil
  return true
end
function Takes.scale (sum, x, joined, alone)
  return not joined and sum:scale(x, alone)
end
function Takes.group (sum, x, joined, alone)
  if joined or sum.total == nil and sum.current == nil and not alone and sum.lang ~= "ru" then
    return false
  end
  local value = (sum.total or sum.current) and sum:value() or 1
  sum.total, sum.current, sum.done = value * x, nil, true
  sum.mod = about(sum.lang, x)
  return true
end
function Takes.half (sum)
  if sum.current then sum.current, sum.digits = sum.current + 0.5, true
  elseif sum.any_scale then sum.total, sum.done = sum.total + sum.any_scale / 2, true
  else return false end
  return true
end
function Takes.part (sum, x, joined)
  if joined or sum.digits or not sum.current and not sum.total then return false end
  sum.total, sum.current = sum:value() / x, nil
  sum.done = true
  return true
end
function Takes.ordinal (sum, x, joined)
  if sum.digits or sum.mantissa then return false end
  if sum.total == nil and sum.current == 1 and x > 2 and not joined then
    return Takes.part(sum, x)                       -- one third
  end
  if x >= 100 then
    if not sum:scale(x, sum.total == nil and sum.current == nil) then return false end
  elseif not sum:add(x, joined) then
    return false
  end
  sum.ordinal, sum.done = true, true
  return true
end

-- A match-time capture: what a row of words is worth. Of each word: whether "and" is before
-- it, what kind it is, its value, whether it may begin a number, and where it ends. The match
-- goes on behind the last one that belongs to the number.
local function evaluate (lang, words)
  local sum = setmetatable({ lang = lang }, Sum)
  local last, value, count = nil, nil, 0
  for i = 1, #words, 5 do
    local x = words[i + 2]
    local taken = not sum.done and Takes[words[i + 1]](sum, x, words[i], words[i + 3])
    if not taken then break end
    if taken ~= "hold" then last, value, count = words[i + 4], sum:value(), count + 1 end
  end
  if not last or value >= 1e300 then return false end
  return last, { value = tidy(value), ordinal = sum.ordinal, mod = sum.mod, words = true,
                 mantissa = sum.mantissa, scale = sum.any_scale, count = count }
end

-- German joins the ones to the tens, and the hundreds to both: zweihundertfünfzig.
local function german (list)
  local out, ones, tens = {}, {}, {}
  for _, entry in ipairs(list) do
    out[#out + 1] = entry
    if entry[2] > 0 and entry[2] < 10 and find(entry[1], "^%l") then ones[#ones + 1] = entry end
    if entry[2] >= 20 then tens[#tens + 1] = entry end
  end
  for _, one in ipairs(ones) do
    for _, ten in ipairs(tens) do
      out[#out + 1] = { one[1] .. "und" .. ten[1], one[2] + ten[2] }
    end
  end
  return out
end

-- Russian ordinals: a stem and an ending each.
local function russian (stems, endings)
  local out = {}
  for _, stem in ipairs(stems) do
    for _, ending in ipairs(endings) do
      out[#out + 1] = { stem[1] .. ending[1], stem[2] }
    end
  end
  return out
end

local joiners = { en = "and", fr = "et", pt = "e", es = "y", de = "und" }
local articles = { en = "a", fr = "un", de = "ein" }
local WORDS_MOST = 12    -- of one number: what is longer is a list

-- The words of a language as one list: what each takes.
local function vocabulary (lang)
  local words, alone = {}, lexicon.set({ lang }, "alone")
  local function put (kind, list)
    for _, entry in ipairs(list) do
      words[#words + 1] = { entry[1], { kind, entry[2], alone[lexicon.plain(entry[1])] ~= nil } }
    end
  end
  local numbers, ordinals = lexicon.list(lang, "number"), lexicon.list(lang, "ordinal")
  put("number", lang == "de" and german(numbers) or numbers)
  put("ordinal", lang == "ru" and russian(ordinals, lexicon.list(lang, "ending")) or ordinals)
  put("scale", lexicon.list(lang, "scale"))
  put("group", lexicon.list(lang, "group"))
  put("half", lexicon.list(lang, "half"))
  put("part", lexicon.list(lang, "part"))
  put("point", lexicon.list(lang, "point"))
  return words
end

-- Captures of a word: kind, value, whether it may stand alone, where it ends.
local function word_of (entry, alone)
  return entry / function (e) return e[1], e[2], alone or e[3] end * Cp()
end

-- A row of number words; `digits` begins it too if it is given: 2.5 million.
local function row (lang, digits)
  local words = vocabulary(lang)
  local open = lang == "de"                  -- zweihundertfünfzig
  local scales = {}
  for _, entry in ipairs(words) do
    local kind = entry[2][1]
    local small = lang == "fr" and entry[2][2] == 100        -- 34 cents is money
    if (kind == "scale" or kind == "group" or kind == "half") and not small then
      scales[#scales + 1] = entry
    end
  end
  local joiner = joiners[lang] and atoms.ci(joiners[lang])
  local gap = lexicon.gap + atoms.hyphen + P(open)
  local article = articles[lang] and atoms.ci(articles[lang]) * (lang == "fr" and P"e" or P"n")^-1
                  * lexicon.gap or P(false)
  -- grammars, so that the long lists are in each once
  local word, scale = lexicon.trie(words, open), lexicon.trie(scales, open)
  local more = V"next"
  for _ = 2, WORDS_MOST do more = V"next" * more^-1 end
  local function rules (start)
    return P{ "start", start = Ct(start * more^-1), word = word, scale = scale, digits = digits,
      join = (joiner and lexicon.gap * joiner * lexicon.gap or P(false)) * Cc(true),
      next = V"join" * V"more" + gap * Cc(false) * V"more",
      more = word_of(V"word") + V"digits" * Cc(false) * Cp() * #(lexicon.gap * V"scale") }
  end
  -- The first word is matched in place, the whole row apart: what is behind the last word that
  -- belongs to the number is read again.
  local edge = open and lexicon.word_end or P(true)
  local function apart (first, whole)
    whole = rules(whole)
    return Cmt(Cp() * (first / 0), function (s, _, at)
      return evaluate(lang, match_at(whole, s, at))
    end) * edge
  end
  return apart(article * scale + word,
               article * Cc(false) * word_of(V"scale", true) + Cc(false) * word_of(V"word")),
         apart(digits * (lexicon.gap + P(open)) * scale,
               Cc(false) * V"digits" * Cc(false) * Cp() * (lexicon.gap + P(open)) * Cc(false)
               * word_of(V"scale"))
end


-- Patterns ---------------------------------------------------------------------

local superscripts = { ["½"] = 0.5, ["⅓"] = 1 / 3, ["⅔"] = 2 / 3, ["¼"] = 0.25, ["¾"] = 0.75,
                       ["⅕"] = 0.2, ["⅛"] = 0.125 }
local vulgar = P(false)
for _, c in ipairs{ "½", "⅓", "⅔", "¼", "¾", "⅕", "⅛" } do
  vulgar = vulgar + P(c) * Cc(superscripts[c])
end

local power = P"^" * C(S"+-"^-1 * R"09"^1 * (P"." * R"09"^1)^-1)
local exponent = S"eE" * C(S"+-"^-1 * R"09"^1) * lexicon.word_end

--- What words a number of some languages may begin with, as a list of {phrase, true}.
---@param langs string[]
---@return table[]
function M.words (langs)
  local out = {}
  for _, lang in ipairs(langs) do
    for _, entry in ipairs(vocabulary(lang)) do
      out[#out + 1] = { entry[1], true }
      if articles[lang] then
        out[#out + 1] = { articles[lang] .. " " .. entry[1], true }
        if lang == "fr" then out[#out + 1] = { "une " .. entry[1], true } end
      end
    end
  end
  for _, kind in ipairs{ "vague", "both", "fraction" } do
    for _, entry in ipairs(lexicon.lists(langs, kind)) do out[#out + 1] = { entry[1], true } end
  end
  return out
end

--- A pattern for numbers of some languages; the first of them is the text's own.
---@param langs string[]
---@param marks table what parts groups, see digits; read while matching
---@return userdata pattern
function M.make (langs, marks)
  local written = C(atoms.number) / function (s) return M.digits(s, marks) end
  local plain, digits = V"plain", Cc "digits" * written
  local letters = lexicon.trie(lexicon.list("sign", "scale"), false, true)
  local suffixes = lexicon.trie(lexicon.lists(langs, "suffix"))
  local scaled, spoken = P(false), P(false)
  for _, lang in ipairs(langs) do
    local words, after_digits = row(lang, digits)
    spoken, scaled = spoken + words, scaled + after_digits
  end
  local function wordy (list, field)
    return lexicon.trie(list) / function (x)
      return { value = x ~= "some" and x or nil, [field] = true, words = true, count = 1 }
    end
  end
  local function number (x) return { value = tidy(x) } end
  local function times (x, scale)
    return { value = tidy(x * scale), mantissa = x, scale = scale }
  end
  local function mixed (x, fraction) return { value = tidy(x + fraction) } end
  local function ratio (a, b) return b > 0 and { value = tidy(a / b), ratio = true } end
  local whole = C(R"09"^1) / tonumber
  local slash = whole * (P"/" + "／") * whole * -(S"/.,-" * R"09") * -R"09"
  local point = P"." * C(R"09"^1) / function (s) return tonumber("0." .. s) end
  local wide = atoms.range(0xFF10, 0xFF19)
  local comma = P"，" + ","
  local full_width = C(wide^1 * (comma * wide * wide * wide * -wide)^0 * ((P"．" + ".") * wide^1)^-1)
                   / function (s) return M.digits(s, { comma = true }) end
  local all = wordy(lexicon.lists(langs, "vague"), "vague")
       + wordy(lexicon.lists(langs, "both"), "both")
       + scaled
       + plain * exponent / function (x, y) return number(x * 10.0 ^ tonumber(y)) end
       + C(R"09"^1) / tonumber * atoms.hyphen^-1 * suffixes / function (x)
           return { value = x, ordinal = true } end
       + whole * atoms.blank^1 * Cmt(slash, function (_, p, a, b)
           return b > 0 and b < 100 and p, a / b end) / mixed
       + Cmt(slash, function (_, p, a, b)
           return b > 0 and a <= 1000 and p, ratio(a, b) end)
       + plain * vulgar / mixed
       + plain * power / function (x, y) return number(x ^ tonumber(y)) end
       + plain * atoms.blank^-1 * letters / times
       + full_width * letters / times + full_width / number
       + vulgar / number
       + plain / number
       + point * (letters / 1)^-1 / function (x, scale) return number(x * (scale or 1)) end
       + spoken + wordy(lexicon.lists(langs, "fraction"), "fraction")
  return P{ "all", all = all, plain = written }
end

return M
