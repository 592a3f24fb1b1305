--- The grammar of one amount, put together of the lexicons of some languages.
--
-- `make(langs, marks)` gives a pattern that captures one table: first and last; sign, a
-- currency before the number; number, a table (see numbers.lua and han.lua), with its place
-- in from and to; after, what stands behind it, a {kind, key}; minor, hundredths of a
-- currency that follow. Whether it is an amount at all, context.lua says.
-- @module lesdiplo.grammar.amount.rules
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local han = require "lesdiplo.grammar.amount.han"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local numbers = require "lesdiplo.grammar.amount.numbers"
local _, native = ...
local P, R, S, C, Cc, Cg, Cmt, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cg,
                                           lpeg.Cmt, lpeg.Cp, lpeg.Ct
local V = lpeg.V
local find, match, ipairs = string.find, string.match, ipairs
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
    local entity = fact[2] == "currency" and native.entities.entity(fact[1])
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
local function units (langs)
  local all = {}
  for _, kind in ipairs(kinds) do
    for _, entry in ipairs(lexicon.lists(langs, kind)) do
      all[#all + 1] = { entry[1], { kind, entry[2] } }
    end
  end
  for _, entry in ipairs(names_of(langs)) do all[#all + 1] = { entry[1], { "money", entry[2] } } end
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

-- What is written behind a number, with the space or the hyphen before it.
local function behind (langs)
  local money_scale = lexicon.trie(lexicon.list("sign", "money_scale"), false, true)
  local unit = V"unit"
  return blank * percent_sign
       + of * unit + gap * unit + atoms.hyphen * #atoms.letter * unit + unit,
         units(langs) + (signs(true) + code) * -(blank * atoms.digit)
         + code * #(gap * R"09"^1 * (gap * V"cents" + -P(1))), money_scale
end


-- One amount -----------------------------------------------------------------------

local dash = P"-" + "−" + "－"
local minus_words = { "minus", "negative", "moins", "минус" }
local minus = (-lpeg.B(1) * dash * blank
               + dash * #(atoms.digit + P"." * R"09" + atoms.set "$€£¥")) * Cc(true)
            + atoms.phrases(minus_words) * gap * Cc(true)
            + (P"负" + "負") * Cc(true)

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

local function place (name, pattern)
  return Cg(Cp(), name .. "_from") * Cg(pattern, name) * Cg(Cp(), name .. "_to")
end

local function value_of (n) return n.value end

--- The pattern of one amount.
---@param langs string[] the first is the text's own
---@param marks table what parts groups of digits, see numbers.digits
---@return userdata pattern
function M.make (langs, marks)
  local number, after = V"number", V"after"
  local behind_number, unit, money_scale = behind(langs)
  local stop = S".,;?!)"
  local coin = lexicon.trie(coins(langs))
  local sign = V"sign" * blank * #(atoms.digit + P"." * R"09")
  local joiner = (lexicon.gap * (atoms.ci "and" + atoms.ci "et" + P"и" + P"y" + P"e") * lexicon.gap
                  + P"又" + lexicon.gap + P(true))
  local minor = joiner * number / value_of
              * (blank * V"cents" * Cc "cent" + #(blank * (stop * (atoms.space + -1) + -1))
                 * Cc "bare")
              / function (x, how) return { x, how } end
            + number / value_of * (P"角" + "毛" + "毫") * (number / value_of * P"分"^-1 + Cc(0))
              / function (tenths, x) return { tenths * 10 + x, "cent" } end
            + P"又"^-1 * number / value_of * P"美"^-1 * (P"分" + "仙")
              / function (x) return { x, "cent" } end
  local ordinal = P"第" * blank * (number + atoms.digit^1 / numbers.ascii / function (s)
                    return { value = numbers.digits(s, {}) } end)
                / function (n) return { value = n.value, ordinal = true, han = true } end
  local value = ordinal + number
  local anything = (Cg(minus, "minus") * Cg(Cp(), "unsigned"))^-1
    * ( Cg(sign, "sign") * place("number", value) * Cg(money_scale, "extra")^-1
        * Cg(Cp(), "bare_to") * Cg(after, "after")^-1
      + place("number", value) * Cg(after, "after")^-1
      + place("number", (atoms.ci "a" * gap)^-1 * Cc{ value = 1, lone = true, words = true })
        * Cg(coin, "after") )
    * Cg(Cp(), "unit_to") * Cg(minor, "minor")^-1
  return P{ "amount", amount = Ct(Cg(Cp(), "first") * anything * Cg(Cp(), "stop")),
            number = han.pattern + roman_ordinal + numbers.make(langs, marks),
            after = behind_number, unit = unit, sign = code + signs(false),
            cents = lexicon.trie(lexicon.lists(langs, "cent")) }
end

-- Where amounts may begin, and how to get past what is none.
local letters = (R("az", "AZ") + R"\xC3\xDF" * R"\x80\xBF")^1
local links = (P"http" * P"s"^-1 * "://" + "www.") * (1 - S" \t\r\n\"<>")^1
local plain = (S" \t\r\n,;:!?()[]{}\"'*=_|~/\\&@" + "\xE2\x80" * R"\x80\xBF")^1
local character = R"\xE0\xEF" * R"\x80\xBF"^-2 + 1

-- Words that an amount may begin with: other words are passed without a try.
local function openings (langs)
  local all = numbers.words(langs)
  for _, entry in ipairs(coins(langs)) do all[#all + 1] = { entry[1], true } end
  for _, word in ipairs(minus_words) do all[#all + 1] = { word, true } end
  local letter_signs = {}
  for _, entry in ipairs(lexicon.list("sign", "money")) do
    if find(entry[1], "^[%a\xC3-\xDF]") then letter_signs[#letter_signs + 1] = entry end
  end
  local signs_first = lexicon.trie(letter_signs, true, true) / 0 * blank * atoms.digit
  local codes_first = R"AZ" * R"AZ" * R"AZ" * R"AZ"^-1 * blank * atoms.digit
  local joined = false
  for _, lang in ipairs(langs) do joined = joined or lang == "de" end      -- zweihundertfünfzig
  local roman_first = S"IVX" * S"IVXLC"^0 * (P"e" + "è" + " ")
  return lexicon.trie(all, joined) / 0 + codes_first + signs_first + roman_first
end

--- A pattern for all amounts of a text, as a list.
---@param amount userdata
---@param langs string[]
---@return userdata pattern
function M.every (amount, langs)
  local letter = R("az", "AZ") + R"\xC3\xDF"
  local digit_first = (S"-." * blank)^-1 * (R"09" + S"$" + R"\x80\xFF")
  amount = (#openings(langs) + -letter * #digit_first) * amount
  return Ct((plain + links + amount + letters + atoms.digit^1 + character)^0)
end

return M
