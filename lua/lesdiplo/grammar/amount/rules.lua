--- The grammar of one amount, put together of the lexicons of some languages.
--
-- `make(langs, marks)` gives a pattern that captures one table: first and last; sign, a
-- currency before the number; number, a table (see numbers.lua and han.lua), with its place
-- in from and to; after, what stands behind it, a {kind, key}; minor, hundredths of a
-- currency that follow. Whether it is an amount at all, context.lua says.
-- @module lesdiplo.grammar.amount.rules
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local digits = require "lesdiplo.grammar.amount.digits"
local han = require "lesdiplo.grammar.amount.han"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local numbers = require "lesdiplo.grammar.amount.numbers"
local short = require "lesdiplo.grammar.amount.short"
local words = require "lesdiplo.grammar.amount.words"
local places = require "lesdiplo.grammar.places"
local _, native = ...
local P, R, S, V, C = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C
local Cc, Cmt, Cp = lpeg.Cc, lpeg.Cmt, lpeg.Cp
local byte, find, match, rep, sub = string.byte, string.find, string.match, string.rep, string.sub
local ipairs, type, utf8char = ipairs, type, utf8.char
_ENV = nil
local M = {}

local gap = lexicon.gap
local blank = atoms.blank^0


-- Currencies ---------------------------------------------------------------------

local codes                   -- of ISO 4217, as a set; read when first asked for
local function is_code (code)
  if not codes then
    codes = {}
    for _, fact in ipairs(native.entities.facts "numeric") do
      if fact[2] == "currency" then codes[fact[1]] = true end
    end
  end
  return codes[code] or false
end

-- The names that the entity tables have of currencies, as a list of money.
local function names_of (langs)
  local out, wanted = {}, {}
  for _, lang in ipairs(langs) do wanted[lang] = true end
  is_code "USD"
  for _, fact in ipairs(native.entities.facts "numeric") do
    local entity = fact[2] == "currency" and native.entities.entity(fact[1], "currency")
    for _, name in ipairs(entity and entity.names or {}) do
      if wanted[name.lang] and find(name.text, "[^%w$]") and not find(name.text, "[$¥£]") then
        out[#out + 1] = { name.text, fact[1] }
        if name.lang == "en" then out[#out + 1] = { name.text .. "s", fact[1] } end
      end
    end
  end
  return out
end

-- A code of three capitals, with a letter for millions before it: 30 MUSD.
local code = Cmt(C(R"AZ" * R"AZ" * R"AZ" * R"AZ"^-1) * -R("AZ", "az"), function (_, p, name)
  local millions = #name == 4 and match(name, "^M(%u+)$")
  if not is_code(millions or name) then return false end
  return p, { "money", millions or name, millions and 1e6 or nil }
end)


-- Behind a number ------------------------------------------------------------------

local kinds = { "percent", "money", "cent", "measure", "time", "noun", "classifier", "coin" }

-- Everything that may stand behind a number, as one trie: the longest counts.
local function units (langs, names)
  local all = {}
  for _, kind in ipairs(kinds) do
    for _, entry in ipairs(lexicon.lists(langs, kind)) do
      all[#all + 1] = { entry[1], { kind, entry[2] } }
    end
  end
  for _, entry in ipairs(names) do all[#all + 1] = { entry[1], { "money", entry[2] } } end
  return lexicon.trie(all)
end

local function is_sign (s) return find(s, "[^%w. ]") ~= nil end

local function signs (behind)
  local all = {}
  for _, entry in ipairs(lexicon.list("sign", "money")) do
    if not behind or is_sign(entry[1]) or #entry[1] > 1 then
      all[#all + 1] = { entry[1], { "money", entry[2] } }
    end
  end
  return lexicon.trie(all, not behind, true)
end

local of = gap * (P"de" * gap + P"d" * atoms.apostrophe + P"des" * gap + P"of" * gap)
local percent_sign = (P"%" + "％") * Cc{ "percent", "percent" }
                   + P"‰" * Cc{ "percent", "permille" }

local function coins (langs)
  local out = {}
  for _, entry in ipairs(lexicon.lists(langs, "coin")) do
    out[#out + 1] = { entry[1], { "coin", entry[2] } }
    out[#out + 1] = { "a " .. entry[1], { "coin", entry[2] } }
  end
  return out
end

local function hundredths (langs)
  local out = {}
  for _, entry in ipairs(lexicon.lists(langs, "cent")) do
    if entry[2] == 1 then out[#out + 1] = entry end
  end
  return out
end

-- What is written behind a number, behind a space, a hyphen or "of": where it begins, and what it
-- is.
local function behind (langs, names)
  local money_scale = lexicon.trie(lexicon.list("sign", "money_scale"), false, true)
  local unit = Cp() * V"unit"
  local unit_split = Cp() * signs(true) * #(R"09" * R"09" * -R"09")              -- 3€50
  return blank * Cp() * percent_sign
       + of * unit + gap * unit + atoms.hyphen * #atoms.letter * unit + unit
       + unit_split,
         units(langs, names) + (signs(true) + code) * -(blank * atoms.digit)
         + code * #(gap * R"09"^1 * (gap * V"cents" + -P(1))), money_scale
end


-- One amount -----------------------------------------------------------------------

local dash = P"-" + "−" + "－"
local minus_words = { "minus", "negative", "moins", "минус" }
local minus = (-lpeg.B(1) * dash * blank
               + dash * #(atoms.digit + P"." * R"09" + atoms.set "$€£¥")) * Cc(true)
            + atoms.phrases(minus_words) * gap * Cc(true)
            + (P"负" + "負" + "零下") * Cc(true)

local roman_digits = { I = 1, V = 5, X = 10, L = 50, C = 100 }
local function roman (s)
  local sum, last = 0, 0
  for c in s:reverse():gmatch "." do
    local x = roman_digits[c] or 0
    sum = x < last and sum - x or sum + x
    last = x > last and x or last
  end
  return { value = sum, ordinal = true, roman = true }
end
-- XXIVe session; XX съезд
local roman_digits_of = C(S"IVX" * S"IVXLC"^0)
local roman_ordinal = roman_digits_of * (P"e" + "ème" + "er" + "ère") * lexicon.word_end / roman
                    + roman_digits_of * #(P" " * (P"съезд" + "сесси" + "век" + "саммит" + "форум"
                      + "конференц" + "ассамбле" + "Ассамбле" + "встреч" + "созыв")) / roman

local function optional (pattern) return pattern + Cc(false) end

-- What the grammar captured, as one table. Fields that all have are laid out at once, also those
-- that are found out later (classes.lua, judge.lua).
local function record (first, negative, unsigned, sign, from, number, to, extra, bare_to,
                       unit_from, after, unit_to, minor, stop)
  local one = { first = first, minus = negative, number = number, number_from = from,
                number_to = to, after = after or nil, unit_from = unit_from or to,
                unit_to = unit_to, stop = stop, last = nil, value = nil, class = nil }
  if negative then one.unsigned = unsigned end
  if sign then one.sign, one.extra, one.bare_to = sign, extra or nil, bare_to end
  if minor then one.minor = minor end
  return one
end

local function value_of (n) return n.value end
local function pair (x, how) return { x, how } end

-- Hundredths behind an amount of money, as {how many, "cent" or "bare"}: and 25 cents, 又五分;
-- a bare number only before a stop (3 dollars 50.). Tried only before what they begin with.
local function minor_of (number)
  local x = number / value_of
  local conjunction = atoms.ci "and" + atoms.ci "et" + P"и" + P"y" + P"e"
  local stop = blank * (S".,;?!)" * (atoms.space + -1) + -1)
  local named = blank * V"cents" * Cc "cent" + #stop * Cc "bare"
  local tenths = x * (P"角" + "毛" + "毫") * (x * P"分"^-1 + Cc(0))
                 / function (ten, one) return { ten * 10 + one, "cent" } end
  return gap * (conjunction * gap)^-1 * x * named / pair
       + #(atoms.digit + R"\xE3\xE9")
         * (P"又"^-1 * x * named / pair + tenths
            + P"又"^-1 * x * P"美"^-1 * (P"分" + "仙") * Cc "cent" / pair)
end

-- 第十二, 第 12
local function han_ordinal (number)
  return P"第" * blank * (number + atoms.digit^1 / digits.ascii / function (s)
           return { value = digits.worth(s, {}) } end)
         / function (n) return { value = n.value, ordinal = true, han = true } end
end

-- A sign and a number; a number and its unit; a coin: a dime.
local function anything (number, after, money_scale, coin)
  local sign = V"sign" * blank * #(atoms.digit + P"." * R"09")
  local lone = (atoms.ci "a" * gap)^-1 * Cc{ value = 1, lone = true, words = true }
  local none = Cc(false)
  after = after + none * none
  return optional(minus) * Cp()
       * ( sign * Cp() * number * Cp() * optional(money_scale) * Cp() * after
         + none * Cp() * number * Cp() * none * none * after
         + none * Cp() * lone * Cp() * none * none * Cp() * coin )
       * Cp()
end

--- The pattern of one amount.
---@param langs string[] the first is the text's own
---@param marks table what parts groups of digits, see digits.worth
---@return userdata pattern
---@return function reader reads the amount at a place, see short.lua
function M.make (langs, marks)
  local has_han = false
  for _, lang in ipairs(langs) do has_han = has_han or lang == "zh" end
  local number, after = V"number", V"after"
  local names = names_of(langs)
  local behind_number, unit, money_scale = behind(langs, names)
  local value = has_han and han_ordinal(number) + number or number
  local all = anything(value, after, money_scale, lexicon.trie(coins(langs)))
              * optional(minor_of(number))
  local numerals = roman_ordinal + numbers.make(langs, marks)
  local pattern = P{ "amount", amount = Cp() * all * Cp() / record,
                     number = has_han and han.pattern + numerals or numerals,
                     after = behind_number, unit = unit, sign = code + signs(false),
                     cents = lexicon.trie(hundredths(langs)) }
  return pattern, short.reader(pattern, langs, names)
end

-- Where amounts begin --------------------------------------------------------------

-- Roman numbers up to 39: of sessions, congresses, centuries.
local function romans ()
  local out = {}
  for tens = 0, 3 do
    for _, ones in ipairs{ "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" } do
      for _, ending in ipairs{ "", "e", "er", "ème", "ère" } do
        out[#out + 1] = rep("X", tens) .. ones .. ending
        if tens > 0 then out[#out + 1] = rep("X", tens) .. ending end
      end
    end
  end
  return out
end

-- Digits of all scripts: of those that are letters to a search by words, as their beginnings.
local figures = { "½", "⅓", "⅔", "¼", "¾", "⅕", "⅛" }
for i = 0, 9 do
  for _, zero in ipairs{ 0x30, 0xFF10, 0x966 } do figures[#figures + 1] = utf8char(zero + i) end
  for _, zero in ipairs{ 0x660, 0x6F0 } do figures[#figures + 1] = utf8char(zero + i) .. "*" end
end
local links = { "http://", "https://", "www." }

local function openings (langs)
  local all = words.openings(langs)
  local function put (list)
    for _, one in ipairs(list) do all[#all + 1] = type(one) == "table" and one[1] or one end
  end
  for _, kind in ipairs{ "vague", "both", "fraction" } do put(lexicon.lists(langs, kind)) end
  put(coins(langs))
  put(minus_words)
  put(lexicon.list("sign", "money"))
  put(figures)
  put(links)
  put(han.openings)
  if langs[1] ~= "en" then put(romans()) end
  return all
end

-- A sign or a code before digits, and a dash, belong to the amount: back to where they begin.
local function begin_of (text, at)
  local b = byte(text, at - 1)
  if b == 0x20 then b = byte(text, at - 2) end
  if not b then return at end
  if b >= 0x41 and b <= 0x5A then                         -- USD 5
    local first, code_of = match(sub(text, at > 6 and at - 6 or 1, at - 1), "()%f[%w](%u+) ?$")
    return first and #code_of < 5 and (at > 6 and at - 7 or 0) + first or at
  elseif b == 0x2D or b == 0x2E then                        -- -5, .5
    local first = at - (byte(text, at - 1) == 0x20 and 2 or 1)
    return b == 0x2E and byte(text, first - 1) == 0x2D and first - 1 or first
  elseif b == 0x92 or b == 0x8D then                        -- − and －
    local first = match(sub(text, at > 4 and at - 4 or 1, at - 1), "()\xE2\x88\x92 ?$")
                  or match(sub(text, at > 4 and at - 4 or 1, at - 1), "()\xEF\xBC\x8D ?$")
    return first and (at > 4 and at - 5 or 0) + first or at
  end
  return at
end

--- A function that finds where amounts of some languages may begin in a text: an array of first
-- and last bytes.
---@param langs string[]
---@return function
function M.finder (langs) return places.finder(openings(langs)) end

--- What there is at such places, in order.
---@param g table pattern and reader
---@param text string
---@param found_at integer[]
---@return table[]
function M.read (g, text, found_at)
  local found, reach, amount, reader = {}, 0, g.pattern, g.reader
  for i = 1, #found_at, 2 do
    local at = found_at[i]
    if at > reach then
      local first = begin_of(text, at)
      local one = first > reach and first < at and amount:match(text, first)
                  or reader(text, at, found_at[i + 1])
      if one then
        found[#found + 1], reach = one, one.stop - 1
      elseif find(text, "^%a+[:.]", at) then                -- an address
        reach = match(text, "^http[^ \t\r\n\"<>]+()", at)
                or match(text, "^www[^ \t\r\n\"<>]+()", at) or at
      end
    end
  end
  return found
end

return M
