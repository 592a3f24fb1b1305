--- Dates as they are written: what a phrase says, before it is worked out which day
-- that is.
--
-- One set of rules for all languages that write words; the words are data
-- (lesdiplo/data/dates.lua). A rule makes a table, op being what kind of thing it is:
--
--   abs     y m d (any may lack), dow, mod     12 May 1919; May; 2019
--   num     a b c                              12/05/1919, order not known
--   rel     unit n, d                          last week (-1), this month, the 5th of it
--   dow     d, which                           on Friday; last, next, this Friday
--   ago     n unit                             -2 W; two weeks ago; in three days (+3 D)
--   day     n                                  yesterday
--   dur     n unit mod                         three days
--   set     value                              annually, every Monday
--   dec cen quarter half season ref time anniv range open
-- @module lesdiplo.grammar.dates_read
local lpeg = require "lpeg"
local util = require "lesdiplo.util"
local words = require "lesdiplo.data.dates"
local ipairs, pairs, tonumber, type = ipairs, pairs, tonumber, type
local sort = table.sort
local B, C, Cc, Cg, Cp, Ct, P, R, S = lpeg.B, lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct, lpeg.P,
                                     lpeg.R, lpeg.S
_ENV = nil
local M = {}

local letter = R "az" + (R "\x80\xFF" - P "\xE2\x80")
local digit = R "09"
local stop = -letter
local begin = -B(R("az", "09")) * -B(R "\xC3\xD1" * R "\x80\xBF")
local blank = S " \t\n\r"^1
local dash = P "-" + "–" + "—" + "‑"

-- One of some words, the longest first; what it stands for is captured.
local function one_of (list, ending)
  local names, out = {}, P(false)
  for key, value in pairs(list) do
    names[#names + 1] = type(key) == "string" and { key, value } or { value, value }
  end
  sort(names, function (a, b)
    if #a[1] ~= #b[1] then return #a[1] > #b[1] end
    return a[1] < b[1]
  end)
  for _, name in ipairs(names) do
    if name[1] ~= "" and not name[1]:find "%[" then
      out = out + P(name[1]) * (ending or true) * Cc(name[2])
    end
  end
  return out
end

local function either (list) return list and (one_of(list) / 0) * stop or P(false) end
-- What has no meaning of its own: `p / 0` would still capture nothing, and that is wanted.

-- Words, and their abbreviations, which may have a full stop: those that are shorter
-- than another word for the same.
local function named_by (list)
  local longest, short = {}, {}
  for word, value in pairs(list) do
    if not longest[value] or #word > #longest[value] then longest[value] = word end
  end
  for word, value in pairs(list) do
    if #word < #longest[value] - 1 then short[word] = value end
  end
  return one_of(short) * stop * P "." + one_of(list) * stop
end

local function field (name, p) return Cg(p, name) end
-- What a rule says, and where it stands.
local function made (op, p)
  return Ct(Cg(Cc(op), "op") * Cg(Cp(), "first") * p * Cg(Cp(), "stop"))
end

local function to_number (text) return tonumber((text:gsub(",", "."))) end

-- The rules of a language.
local function rules (lex)
  local r = {}
  local endings = P(false)
  for _, e in ipairs(lex.ordinal_endings or {}) do endings = endings + P(e) end
  local of = either(lex.of)
  local the = (either(lex.the or { "the" }) * blank^0)^-1
  local sep = blank + P "-"

  r.year4 = begin * (C((P "1" + "20" + "21") * digit * digit * digit^-1) / to_number)
            * -(digit + S ".," * digit) * -letter
  r.year4 = begin * C(S "12" * digit * digit * digit) / to_number * -(digit + S ".," * digit)
            * -(letter - P "г") * -(P "-" * letter)
  if lex.year then r.year = r.year4 * (blank^0 * either(lex.year))^-1
  else r.year = r.year4
  end
  local small = digit * digit^-1
  local spelled = one_of(lex.ordinals) * stop
  r.day = begin * (C(R "03" * digit + R "19") / to_number * (endings * stop)^-1 * -digit
                   * -(S ".," * digit) + spelled)
  if lex.month_endings then
    local ending = P(false)
    for _, e in ipairs(lex.month_endings) do ending = ending + P(e) end
    r.month = begin * one_of(lex.months) * (ending + P ".")^-1 * stop
  else
    r.month = begin * named_by(lex.months)
  end
  r.weekday = begin * named_by(lex.weekdays)
  local comma = (blank^0 * P ",")^-1 * blank^0

  local ones, tens = {}, {}
  for word, n in pairs(lex.numbers) do
    if type(n) == "number" and n < 10 and n >= 1 and #word > 2 then ones[word] = n end
    if type(n) == "number" and n >= 20 and n < 100 and n % 10 == 0 then tens[word] = n end
  end
  tens = one_of(tens) * (P "-" + blank) * one_of(ones) * stop / function (a, b) return a + b end
         + one_of(lex.numbers) * stop
  r.number = begin * (C(digit^1 * ("," * digit * digit * digit)^0 * (S ".," * digit^1)^-1)
                      / function (text)
                        if text:find "^%d+,%d%d%d" then text = text:gsub(",", "") end
                        return to_number(text)
                      end + tens)
  r.unit = one_of(lex.units) * stop

  -- Absolute
  local y, m, d = field("y", r.year), field("m", r.month), field("d", r.day)
  local named = (field("dow", r.weekday) * comma * (either(lex.on) * blank)^-1)^-1
  local year_part = (comma * (of * blank)^-1 * y)^-1
  local dmy = named * (the * d * blank^0 * (of * blank)^-1 * m) * year_part
  local mdy = lex.month_first and named * m * blank * (P "the" * blank)^-1 * d * year_part
      or P(false)
  local my = m * comma * (of * blank)^-1 * y
  local iso = begin * field("y", C(S "12" * digit * digit * digit) / to_number) * "-"
              * field("m", C(S "01" * digit) / to_number) * ("-" * field("d", C(R "03"
                  * digit) / to_number))^-1
              * -digit * -(P "-" * digit)
  local full = begin * field("d", C(small) / to_number) * "." * field("m", C(small) / to_number)
      * "."
               * field("y", C(S "12" * digit * digit * digit) / to_number) * -digit
  r.abs = made("abs", iso + full + mdy + dmy + my)
  local year_only = made("abs", y)
  local month_only = made("abs", m)
  local num = made("num", begin * field("a", C(small) / to_number) * field("s", C(S "/-."))
    * field("b", C(small) / to_number) * S "/-." * field("c", C(digit * digit * (digit
        * digit)^-1) / to_number)
    * -digit)

  -- Ranges of days and of dates
  local to = blank^0 * (dash + either(lex.to)) * blank^0
  local days_dm = made("range", field("a", made("abs", d)) * to
    * field("b", made("abs", d * blank^0 * (of * blank)^-1 * m * year_part)))
  local days_md = lex.month_first and made("range",
    field("a", made("abs", m * blank * d)) * to
    * field("b", made("abs", d * -(blank^0 * r.month) * year_part))) or P(false)
  local months = made("range", field("a", made("abs", m)) * to * field("b", made("abs", m
      * year_part)))
  local years = made("range", field("a", year_only) * (blank^0 * dash * blank^0)
    * field("b", made("abs", field("y", C(S "12" * digit * digit * digit + digit
        * digit) / to_number)
                             * -digit * -letter * -(S ".," * digit))))

  -- Times
  local am = blank^0 * one_of(lex.am or {}) * Cc(0) / function (_, v) return v end
  local pm = blank^0 * one_of(lex.pm or {}) * Cc(12) / function (_, v) return v end
  local clock = begin * (field("h", C(small) / to_number) * ":" * field("min", C(digit
      * digit) / to_number)
    * (":" * field("s", C(digit * digit) / to_number))^-1 * field("half", am + pm)^-1
    + field("h", C(small) / to_number) * field("half", am + pm)
    + field("h", one_of(lex.times or {}) * stop))
  local zone = (blank^0 * field("zone", C(P "z" + "gmt" + "utc") * stop))^-1
  r.clock = clock * -digit * zone
  local part = field("part", one_of(lex.parts or {}) * stop)

  -- Relative
  local last = lex.last and one_of(lex.last) * stop * Cc(-1) / function (_, v) return v end
      or P(false)
  local next_ = lex.next and one_of(lex.next) * stop * Cc(1) / function (_, v) return v end
      or P(false)
  local this = lex.this and one_of(lex.this) * stop * Cc(0) / function (_, v) return v end
      or P(false)
  local n = field("n", begin * (last + next_ + this))
  local unit = field("unit", r.unit)
  local after = P(false)
  if lex.last_after then
    local back = one_of(lex.last_after) * stop * Cc(-1) / function (_, v) return v end
    local on = one_of(lex.next_after) * stop * Cc(1) / function (_, v) return v end
    after = field("n", back + on)
  end
  local season = field("season", begin * one_of(lex.seasons) * stop)
  r.rel = made("rel", n * blank * (unit + m + season) + (unit + m + season) * blank * after)
  local of_month = made("of", field("d", begin * the * r.day) * blank * (of * blank)^-1
                              * field("of", r.rel))
  local dow = made("dow", (field("n", last + next_ + this) * blank)^-1 * field("d", r.weekday)
                          + field("d", r.weekday) * blank * after)
  local count = field("count", r.number)
  local ago = P(false)
  if lex.ago then
    ago = made("ago", count * sep * unit * blank * either(lex.ago) * field("sign", Cc(-1)))
  end
  if lex.before then
    ago = ago + made("ago", either(lex.before) * blank * count * sep * unit * field("sign", Cc(-1)))
  end
  local ahead = lex.later and made("ago", count * sep * unit * blank * either(lex.later)
                                         * field("sign", Cc(1))) or P(false)
  local within = lex.after and made("ago", begin * either(lex.after) * blank * count * sep * unit
                                         * field("sign", Cc(1)) * field("in_", Cc(true)))
                                             or P(false)
  local day = made("day", field("n", begin * one_of(lex.days) * stop) * (blank * part)^-1)
  local this_part = lex.this and made("day", field("n", begin * this) * blank * part) or P(false)

  -- Long ones
  local dec = made("dec", field("y", begin * C(S "12" * digit * digit * "0") / to_number)
    * (P "'" + "’")^-1 * "s" * stop
    + (lex == words.fr and P "années" * blank * field("y", C(S "12" * digit * digit
        * "0") / to_number)
       or P(false)))
  if lex == words.ru then
    dec = dec + made("dec", field("y", begin * C(S "12" * digit * digit * "0") / to_number)
                            * "-" * P "х" * blank * P "год" * letter^0)
        + made("dec", field("y", begin * (C(R "19" * "0") / function (t) return 1900
            + tonumber(t) end))
                      * "-" * P "х" * blank * P "год" * letter^0)
  end
  local roman = C(S "ivxlc"^1) / util.roman
  local cen = made("cen", field("n", begin * (C(digit^1) / to_number * (endings * stop)^-1 + spelled
                                              + roman * endings^-1 * stop))
                          * blank * either(lex.century))
  local quarter = made("quarter", P "q" * field("q", C(R "14") / to_number) * stop * comma * y)
  if lex == words.en then
    local part_of = (blank * of)^-1 * blank * (P "the" * blank)^-1
    quarter = quarter + made("quarter", field("q", spelled) * blank * "quarter" * part_of * y)
              + made("half", field("q", spelled) * blank * "half" * part_of * (y + P "year" * stop))
  end
  local in_season = made("season", season * (blank * (of * blank)^-1 * y)^-1)
  local mod = field("mod", begin * one_of(lex.mods)) * (blank + P "-" + #digit + B "-")
  local many = P "decades" * Cc "DE" + P "centuries" * Cc "CE"
  local dur = made("dur", mod^-1 * (count * sep * unit * (blank * (P "old" * stop))^-1
                                    + begin * field("count", Cc "X") * field("unit", many) * stop))
  local every = lex.every and made("every", begin * either(lex.every) * blank
      * (either(lex.other) * blank * field("count", Cc(2)) + count * blank)^-1
      * (field("dow", r.weekday) + field("m", r.month) + unit)) or P(false)
  local set = made("set", field("value", begin * one_of(lex.sets) * stop)) + every
  local ref = made("ref", field("value", begin * one_of(lex.refs) * stop))
  local anniv = made("anniv", field("n", begin * (C(digit^1) / to_number * (endings + "-")^-1
      + spelled))
                              * sep^0 * either(lex.anniversary))
  local year_end = made("abs", mod * (the * y)) + made("abs", mod * m * year_part)
                   + made("rel", mod * the * n * blank * unit) + made("dec", mod * the
                       * field("y", C(S "12" * digit * digit * "0") / to_number) * "s" * stop)

  -- One thing, then what two of them make
  local point = r.abs + num + year_end + of_month + dec + cen + quarter + r.rel + day + this_part
      + dow
                + in_season + year_only
  local timed = made("time", (r.clock * comma * (either(lex.on) * blank)^-1
                              * field("date", r.abs + day + dow))
                + field("date", r.abs + day + dow) * comma * (either(lex.on) * blank)^-1
                    * (r.clock + part)
                + r.clock)
  local open = lex.since and made("open", begin * either(lex.since) * blank * the * field("from",
      point))
                             + made("open", begin * either(lex["until"]) * blank * the
                                            * field("to", point - month_only)) or P(false)
  local span = made("range", field("a", r.abs + r.rel + day + dow + dec + year_only + month_only)
      * to
                             * field("b", r.abs + r.rel + day + dow + dec + year_only))
  local written = made("abs", iso) + made("abs", full)
  r.any = days_dm + days_md + timed + written * -(to * written) + years + months + span + open
      + anniv + ago + ahead + within
          + set + point + dur + ref + month_only
  return r
end

M.rules = {}
for lang, lex in pairs(words) do M.rules[lang] = rules(lex) end

-- Where one begins and ends, and what it says; the text is in small letters.
for lang, r in pairs(M.rules) do
  M.rules[lang].found = Cp() * r.any * Cp()
end

return M
