--- Numbers of dates as tokens: 2019, 12.05.1919, 10:30, 24th, the 1980s, Q3, XIX, 1941-го.
-- @module lesdiplo.grammar.date.figures
local lpeg = require "lpeg"
local stamps = require "lesdiplo.grammar.date.stamps"
local util = require "lesdiplo.util"
local ipairs, tonumber = ipairs, tonumber
local gsub = string.gsub
local C, P, R, S = lpeg.C, lpeg.P, lpeg.R, lpeg.S
_ENV = nil
local M = {}

--- What stands behind the last token: it has no roles, and begins nothing.
M.none = {}

local digit = R "09"
local curly = P "\xE2\x80"
--- What is behind a word: nothing that goes on with it.
M.word_end = -(R "az" + (R "\xC3\xF4" - curly))
local word_end = M.word_end

local kept = {}
for i = 0, 3000 do kept[i] = {} end

--- Entries of small numbers are made once.
---@param text string
---@return table
local function number_entry (text)
  local n = tonumber(text)
  local e = #text <= 4 and kept[n] and kept[n][#text]
  if not e then
    e = { starts = true, weak = true, num = n, digits = true, len = #text }
    if #text == 4 and n >= 1000 and n <= 2199 then e.year = n end
    if #text <= 4 and kept[n] then kept[n][#text] = e end
  end
  return e
end

local function grouped (text)
  local n = tonumber((gsub(text, ",", "")))
  return { starts = true, weak = true, num = n, digits = true, len = 9 }
end
local function decimal (text)
  local n = tonumber((gsub(text, ",", ".")))
  return { starts = true, weak = true, num = n, digits = true, len = 9, decimal = text }
end
local function ordinal (text)
  local n = tonumber(text)
  return { starts = true, weak = true, num = n, digits = true, len = #text, suffix = true, ord = n }
end
-- 1941-го: a year where no other word is counted so.
local function hung_year (text)
  local e = ordinal(text)
  e.hung_year = e.num <= 2199 and e.num or nil
  return e
end
-- В 90-е, в 1990-х: a decade where no other word is counted so.
local function hung_decade (text)
  local e = ordinal(text)
  e.hung_decade = e.num
  return e
end
local function clock (h, min, s)
  local full = #h == 2 and h < "10" or nil                        -- 07:30 is no evening's
  h, min = tonumber(h), tonumber(min)
  if h > 24 or min > 59 or s and tonumber(s) > 59 then return M.none end
  return { starts = true, h = h, min = min, s = s and tonumber(s), hh = true, leading = full }
end
local function hour_clock (h, min)
  h, min = tonumber(h), tonumber(min)
  if h > 24 or min and min > 59 then return M.none end
  return { starts = true, h = h, min = min, hh = true, full = true }
end
local function slashed (a, sep, b, c)
  return { starts = true, slash = true, weak = c == nil and sep ~= "/" or nil, a = tonumber(a),
    b = tonumber(b),
           c = c and tonumber(c), clen = c and #c, sep = sep, alen = #a, blen = #b }
end
-- 26. 10. 2021, 26 . 10 . 21: the day first.
local function pointed (a, b, c)
  local e = slashed(a, ".", b, c)
  e.spaced = true
  return e
end
-- 15.10.: a day, or an hour at the end of a sentence.
local function pointed_two (a, b)
  local e = slashed(a, ".", b)
  e.num, e.digits, e.len, e.decimal = tonumber(a), true, 9, a .. "." .. b
  return e
end
local function month_of (m, y)
  if m + 0 < 1 or m + 0 > 12 or y + 0 > 2199 then return M.none end
  return { starts = true, iso = true, y = tonumber(y), m = tonumber(m) }
end
local function fraction_of (a, b)
  return { starts = true, weak = true, fraction = a / b, fractional = true }
end
local function decade_of (text)
  local y = tonumber(text)
  return { starts = true, tens = y, tenslen = #text }
end
local function quarter_of (text) return { starts = true, q = tonumber(text) } end
local function half_of (text) return { starts = true, hy = tonumber(text) } end
local function fiscal_of (text)
  local y = tonumber(text)
  return { starts = true, fy = y < 100 and 2000 + y or y }
end
local function year_of (text)
  local y = tonumber(text)
  return { starts = true, iso = true, y = y < 100 and 2000 + y or y }
end
local function roman_of (text)
  return { starts = true, weak = true, roman = util.roman(text) or nil }
end
local function apostrophe (text) return { starts = true, yy = tonumber(text) } end

local d2 = digit * digit^-1
local no_digit = -digit
local number_end = -digit * word_end

local tens = (S "12" * digit * digit + R "29") * "0"

-- The numbers of a language, and what is made of them.
local function numeric (lex)
  local stop = lex.unspaced and P "" or word_end
  local number_end_ = -digit * stop
  local endings, year4 = P(false), C(S "12" * digit * digit * digit)
  local point = P(false)                   -- 12. Mai; but 1990. Im Mai
  for _, e in ipairs(lex.ordinal_endings or {}) do
    if e == "." then point = P "." * #(S " \u{A0}"^1 * R "a\xFF")
    else endings = endings + P(e) * stop end
  end
  local hung, hung_tens = P(false), P(false)
  for _, e in ipairs(lex.hung_decades or {}) do hung_tens = hung_tens + C(tens) * e * stop end
  for _, e in ipairs(lex.hung_years or {}) do hung = hung + year4 * e * stop end
  local tail = -digit * -(S "/-.:" * digit)
  local before_clock = S ".:" * #(d2 * ":" * digit * digit)             -- 31/05/2024.14:15
  local gap = P " "^-1 * "." * P " "^-1
  local d4 = digit * digit * digit * digit
  local spaced = C(d2) * gap * C(d2) * gap * C(d4 + digit * digit) * no_digit * -(S "/-." * digit)
  local phone = digit * digit * digit * "-" * digit * digit * digit^-2 * "-" * d4 * no_digit
  local p = #(digit * digit * digit * "-") * phone / function () return M.none end
    + stamps.with_clock * no_digit
    + stamps.day * (before_clock + tail + #(P "/" * year4 * "-"))
    + stamps.slashed * (tail + #(P "-" * year4))
    + stamps.month * tail * stop
    + C(d2) * S "/-" * year4 * no_digit * stop / month_of
    + C(S "13") * "/" * C(S "24") * -digit * #(P " "^-1 * R "a\xFF") / fraction_of
    + C(d2) * C(S "/-.") * C(d2) * S "/-." * C(d4) * (before_clock + no_digit) / slashed
    + C(d2) * C(S "/-") * C(d2) * S "/-" * C(digit * digit) * -(S "/-." * digit) * no_digit
      * stop / slashed
    + C(lex.point_dates and d2 or digit * digit) * C(P ".") * C(digit * digit) * "."
      * C(digit * digit) * -(S "/-." * digit) * no_digit * stop / slashed
    + #(d2 * P "."^-1 * " ") * spaced / pointed
    + #(d2 * "." * d2 * (P " " + ". ")) * spaced / pointed
    + C(d2) * P ":" * P "  "^-1 * C(digit * digit)
      * (":" * C(digit * digit) * (S ".," * digit^1)^-1)^-1 * no_digit * -(P ":" * digit) / clock
    + C(d2) * P "h" * C(digit * digit) * -digit / hour_clock
    + C(d2) * P "h" * number_end_ / hour_clock
    + C(d2) * C(S "/") * C(d2) * no_digit * -(S "/." * digit) * stop / slashed
    + hung / hung_year + hung_tens / hung_decade
    + (C(digit * digit^-3) * endings + C(digit * digit^-2) * point) / ordinal
    + C(digit * digit * digit * "0") * (P "'" + "’")^-1 * "s" * stop / decade_of
    + (P "'" + "’") * C(R "29" * "0") * (P "'" + "’")^-1 * "s" * stop / decade_of
    + C(R "29" * "0") * (P "'" + "’")^-1 * "s" * stop / decade_of
    + (P "'" + "’") * C(digit * digit) * number_end_ / apostrophe
    + C(digit * digit^-2 * ("," * digit * digit * digit)^1) * no_digit * -(S ".," * digit) / grouped
    + (lex.point_dates and C(d2) * "." * C(S "01" * digit) * "." * -digit / pointed_two or P(false))
    + (lex.point_dates and C(d2) * "." * #(P " "^0 * (P "-" + "–")) / ordinal or P(false))
    + C(digit^1 * S ".," * digit^1) * no_digit * -(S ".," * digit) / decimal
    + C(digit^1) * -(S ".," * digit) / number_entry
    + C(digit^1 * (S ".," * digit^1)^1) / function () return M.none end
  return p
end

-- Q3, H1, FY2024, XIX: letters and numbers that mean something together.
local function coded (lex)
  local dashes = S " -"^-1
  local p = P "q" * C(R "14") * number_end / quarter_of
    + P "h" * C(R "12") * number_end / half_of
    + P "cy" * dashes^-1 * C(digit * digit * (digit * digit)^-1) * number_end / year_of
    + (P "fy" + P "f.y.")
      * dashes * C(digit * digit * (digit * digit)^-1) * number_end / fiscal_of
  if lex.roman then
    local ending = P(false)
    for _, e in ipairs(lex.roman_endings or {}) do ending = ending + P(e) end
    p = p + C(S "ivx"^1) * ending^-1 * word_end / roman_of
  end
  return p
end

M.number_entry, M.numeric, M.coded = number_entry, numeric, coded

return M
