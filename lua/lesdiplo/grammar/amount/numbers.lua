--- Numbers in digits and in words.
--
-- `make(langs)` gives a pattern for numbers of those languages that captures one table:
-- value (nil of "hundreds of"), ordinal, words (written out), mod, and mantissa and scale
-- where there are such ("2.5 million"), for "5 to 7 million".
-- @module lesdiplo.grammar.amount.numbers
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local digits = require "lesdiplo.grammar.amount.digits"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local words = require "lesdiplo.grammar.amount.words"
local P, R, S, C, Cc, Cmt = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cmt
local ipairs, tonumber = ipairs, tonumber
local tidy = digits.tidy
_ENV = nil
local M = {}

local vulgar = P(false)
for sign, x in ("½0.5 ⅓0.33333333333333333 ⅔0.66666666666666667 ¼0.25 ¾0.75 ⅕0.2 ⅛0.125")
  :gmatch "([^%d%s]+)(%S+)" do
  vulgar = vulgar + P(sign) * Cc(tonumber(x))
end

local figure = R"09"
local whole = C(figure^1) / tonumber
local power = P"^" * C(S"+-"^-1 * figure^1 * (P"." * figure^1)^-1)
local exponent = S"eE" * C(S"+-"^-1 * figure^1) * lexicon.word_end

-- One part of so many: 3/4, but no 9/11/2001.
local slash = whole * (P"/" + "／") * whole * -(S"/.,-" * figure) * -figure

local function number (x) return { value = tidy(x) } end
local function mixed (x, fraction) return number(x + fraction) end
local function ordinal (x) return { value = x, ordinal = true } end
local function raised (x, y) return number(x ^ y) end
local function scaled (x, y) return number(x * y) end
local function times (x, scale) return { value = tidy(x * scale), mantissa = x, scale = scale } end

-- What may stand right behind digits, as a function of their worth and what was captured.
local function tails ()
  local letters = lexicon.trie(lexicon.list("sign", "scale"), false, true)
  return exponent / function (y) return scaled, 10.0 ^ tonumber(y) end
       + vulgar / function (y) return mixed, y end
       + power / function (y) return raised, tonumber(y) end
       + atoms.blank^-1 * letters / function (y) return times, y end
end

-- Numbers that begin with ASCII digits: 27, 2.5 million, 27th, 3 1/2, 1/4, 5e6.
local function figures (langs, written, scalers)
  local tail = tails() * lpeg.Cp()
  local function plain (s, at, x)
    for _, scaler in ipairs(scalers) do
      local stop, found = scaler(s, at, x)
      if stop then return stop, found end
    end
    local make, y, stop = tail:match(s, at)
    if not make then return at, number(x) end
    return stop, make(x, y)
  end
  local suffixes = lexicon.trie(lexicon.lists(langs, "suffix"))
  local hung = lexicon.trie(lexicon.lists(langs, "hung"))        -- в 5-м, but 5 м and 5м
  return whole * (atoms.hyphen^-1 * suffixes + atoms.hyphen * hung) * -(S"+-" * figure) / ordinal
       + whole * atoms.blank^1 * Cmt(slash, function (_, p, a, b)
           return b > 0 and b < 100 and p, a / b end) / mixed
       + Cmt(slash, function (_, p, a, b)
           return b > 0 and a <= 1000 and p, { value = tidy(a / b), ratio = true } end)
       + Cmt(written, plain)
end

-- Digits of the full width, as Chinese texts have them.
local function full_width (letters)
  local wide = atoms.range(0xFF10, 0xFF19)
  local comma = P"，" + ","
  local full = C(wide^1 * (comma * wide * wide * wide * -wide)^0 * ((P"．" + ".") * wide^1)^-1)
               / function (s) return digits.worth(s, { comma = true }) end
  return full * letters / times + full / number
end

-- Words that are one number by themselves: several, both, half.
local function wordy (list, field)
  return lexicon.trie(list) / function (x)
    return { value = x ~= "some" and x or nil, [field] = true, words = true, count = 1 }
  end
end

--- A pattern for numbers of some languages; the first of them is the text's own.
---@param langs string[]
---@param marks table what parts groups, see digits.worth; read while matching
---@return userdata pattern
function M.make (langs, marks)
  local written = C(atoms.number) / function (s) return digits.worth(s, marks) end
  local spoken, scalers = P(false), {}
  for i, lang in ipairs(langs) do
    local of_words
    of_words, scalers[i] = words.patterns(lang, written)
    spoken = spoken + of_words
  end
  local letters = lexicon.trie(lexicon.list("sign", "scale"), false, true)
  local point = P"." * C(figure^1) / function (s) return tonumber("0." .. s) end
  return #figure * figures(langs, written, scalers)
       + wordy(lexicon.lists(langs, "vague"), "vague")
       + wordy(lexicon.lists(langs, "both"), "both")
       + spoken
       + wordy(lexicon.lists(langs, "fraction"), "fraction")
       + full_width(letters)
       + vulgar / number
       + -figure * written / number                        -- other scripts' digits
       + point * (letters / 1)^-1 / function (x, scale) return number(x * (scale or 1)) end
end

return M
