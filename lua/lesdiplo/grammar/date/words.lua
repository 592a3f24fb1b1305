--- From the lexicon of a language to tokens: which words of a text may belong to a date.
--
-- A word has roles: `month = 5`, `unit = "D"`, `num = 2`, `step = -1` ... and may have
-- several ("second": ord 2, unit S). All words and phrases of a language make one tree of
-- letters in LPeg; a text is gone through once, word by word, and only runs of such words
-- are cut into tokens. A run that has no word that makes a date (`weak` ones such as "the",
-- "two", "in" are not enough) is passed over.
-- @module lesdiplo.grammar.date.words
local lpeg = require "lpeg"
local figures = require "lesdiplo.grammar.date.figures"
local han = require "lesdiplo.grammar.date.han"
local pieces = require "lesdiplo.grammar.date.pieces"
local stamps = require "lesdiplo.grammar.date.stamps"
local tree = require "lesdiplo.grammar.date.tree"
local ipairs, pairs, type = ipairs, pairs, type
local rawget, setmetatable = rawget, setmetatable
local find, gsub, sub = string.find, string.gsub, string.sub
local Cc, Cp, Ct, P, R, S = lpeg.Cc, lpeg.Cp, lpeg.Ct, lpeg.P, lpeg.R, lpeg.S
_ENV = nil
local M = {}

--- What stands behind the last token: it has no roles, and begins nothing.
M.none = figures.none

-- Roles of which no phrase begins with a word that has no other.
local inner = { weak = true, of = true, to = true, and_ = true, or_ = true, comma = true,
  dash = true,
  paren = true, bar = true, ago = true, half = true, era = true, anniv = true, century = true,
  short = true, poss = true, oclock = true, zone = true, filler = true, old = true,
  hourmark = true, minutemark = true, mark = true, on = true, at = true, after = true,
  dayword = true, monthword = true, short_unit = true, glue_only = true, plain = true, other = true,
  scale = true, past = true, yearmark = true, article = true, doubt = true, later = true,
  decademark = true, bound_after = true, since_after = true, till_after = true, agoback = true,
  mod_after = true, sharp = true, firstday = true, minus = true, oh = true, ish = true,
  several = true, both = true, shift = true, nothing = true, secondmark = true, halfmark = true,
  minutemark_ = true, decade_unit = true, monthday = true, same_ = true, first = true,
  begins = true, of_month = true }

-- May a phrase begin with it?
local function starts (e)
  for role in pairs(e) do
    if not inner[role] then return true end
  end
  return false
end

-- Roles with which no point of the calendar begins; and those of them with which an hour, a part
-- of a day or a stretch of either may.
local no_point = { weak = true, starts = true, of = true, to = true, and_ = true, or_ = true,
  inn = true,
  on = true, at = true, comma = true, dash = true, paren = true, bar = true, plus = true,
  secondmark = true, minutemark_ = true, since = true, till = true, before = true,
  beyond = true, from = true, between = true, for_ = true, ref = true, set = true, every = true,
  per = true, ago = true, half = true, oclock = true, past = true, poss = true, zone = true,
  anniv = true, annivword = true, other = true, shift = true, later = true, doubt = true,
  short = true, ever = true, course_of = true, both = true, filler = true, old = true,
  clock = true, all = true, many = true, halfunit = true, dur_word = true, timeword = true }
local hourly = { of = true, inn = true, on = true, since = true, from = true, between = true,
  filler = true, clock = true }

-- Notes of a word which rules it cannot begin: a point, a moment.
local function note_rules (e)
  e.no_point, e.no_moment = true, true
  for role in pairs(e) do
    if role ~= "no_point" and role ~= "no_moment" then
      if not no_point[role] then
        e.no_point, e.no_moment = nil, nil
        return e
      end
      if hourly[role] then e.no_moment = nil end
    end
  end
  return e
end
note_rules(M.none)

local digit = R "09"
local curly = P "\xE2\x80"
local word_end, number_entry = figures.word_end, figures.number_entry
local numeric, coded = figures.numeric, figures.coded
local d2, number_end = digit * digit^-1, -digit * word_end
local nothing = P ""

-- ---------------------------------------------------------------- the roles of words

-- A table of a lexicon, and the role of its words; a list where the value is the same for all.
local roles = {
  months = "month", weekdays = "dow", days = "day", numbers = "num", ordinals = "ord",
  units = "unit", seasons = "season", parts = "part", times = "clock", refs = "ref",
  sets = "set", mods = "mod", holidays = "holiday", fractions = "fraction", scales = "scale",
  eras = "era", zones = "zone", steps = "step", steps_after = "after", near = "near",
  year_words = "year_word", reigns = "reign", marks = "mark", halves = "halfyear",
  shifts = "shift", ends = "ends", together = "together",
}
local lists = {
  ago = { "ago", -1 }, later = { "ago", 1 }, after = { "inn", true }, since = { "since", true },
  ["until"] = { "till", true }, before = { "before", true }, beyond = { "beyond", true },
  to = { "to", true }, of = { "of", true }, on = { "on", true }, the = { "the", true },
  ["and"] = { "and_", true }, between = { "between", true }, from = { "from", true },
  every = { "every", true }, other = { "other", true }, anniversary = { "anniv", true },
  anniversary_whole = { "annivword", true },
  century = { "century", true }, am = { "half", 0 }, pm = { "half", 12 }, filler = { "filler",
    true },
  oclock = { "oclock", true }, past = { "past", 1 }, to_hour = { "past", -1 },
  for_ = { "for_", true }, year = { "yearmark", true }, ago_before = { "agob", true },
  last_of = { "lastof", true }, decade = { "decade", true }, old = { "old", true },
  weekends = { "weekend", true }, per = { "per", true }, fiscal = { "fiscal", true },
  week_of = { "weekof", true }, all = { "all", true }, pair_of = { "pairof", true },
  day_word = { "dayword", true }, month_word = { "monthword", true }, at = { "at", true },
  rest = { "rest", true }, same = { "same", true }, hour_marks = { "hourmark", true },
  minute_marks = { "minutemark", true }, oh = { "oh", true }, to_date = { "todate", true },
}
-- Words with one of these roles make a date; the others stand beside one.
local strong = { century_word = true, decade_word = true, month = true, dow = true, day = true,
  unit = true, season = true, part = true,
  clock = true, ref = true, set = true, holiday = true, era = false, anniv = true,
  annivword = true, century = true, decade = true, weekend = true, reign = true, mark = true,
  halfyear = true, together = true, near = true, halves_of = true, quarter_of = true,
  halfunit = true, dur_word = true, decade_unit = true, hyear = true, ends = true, todate = true,
  both_of = true, oclock = true, monthday = true, of_month = true }

-- A word without the half of the day that it tells behind a number alone: 5a, but 5 a day.
local function plain_of (e)
  local out = {}
  for role, value in pairs(e) do
    if role ~= "half" and role ~= "glue_only" then out[role] = value end
  end
  out.starts = starts(out) or nil
  return note_rules(out)
end

-- Adds what has an apostrophe as it is printed, too: l’an, new year’s eve.
local function curl (words)
  local printed = {}
  for word, e in pairs(words) do
    if find(word, "'", 1, true) then printed[gsub(word, "'", "’")] = e end
  end
  for word, e in pairs(printed) do words[word] = words[word] or e end
end

-- The words of a lexicon with their roles.
local function words_of (lex)
  local out = {}
  local function put (word, role, value)
    local e = out[word]
    if not e then
      e = { weak = true }
      out[word] = e
    end
    e[role] = value
    if strong[role] then e.weak = nil end
  end
  for name, role in pairs(roles) do
    for word, value in pairs(lex[name] or {}) do put(word, role, value) end
  end
  for name, role in pairs(lists) do
    for _, word in ipairs(lex[name] or {}) do put(word, role[1], role[2]) end
  end
  for role, list in pairs(lex.more or {}) do
    for key, value in pairs(list) do
      if type(key) == "number" then put(value, role, true) else put(key, role, value) end
    end
  end
  curl(out)
  for _, e in pairs(out) do e.starts = starts(e) or nil end
  for _, word in ipairs(lex.doubtful or {}) do
    if out[word] then out[word].doubt = true end
  end
  for _, word in ipairs(lex.weak or {}) do
    if out[word] then out[word].weak = true end
  end
  for _, e in pairs(out) do
    if e.glue_only then e.plain = plain_of(e) end
    note_rules(e)
  end
  return out
end

-- Abbreviations may have a full stop: those shorter than another word for the same.
local function mark_short (words, list)
  local longest = {}
  for word, value in pairs(list or {}) do
    if not longest[value] or #word > #longest[value] then longest[value] = word end
  end
  for word, value in pairs(list or {}) do
    if #word < #longest[value] - 1 and words[word] then words[word].short = true end
  end
end

-- ----------------------------------------------------------------- runs and tokens

local blank = S " \t\r"^0 * (P "\n" * -P "\n")^-1 * S " \t\r"^0
-- A mark, with its roles.
local function mark_of (role, other)
  local e = { weak = true, [role] = true }
  if other then e[other] = true end
  return Cc(note_rules(e))
end
local punctuation = (P "," + "，") * mark_of "comma"
  + (P "-" + "–" + "—" + "‑" + "‐" + "~" + "～" + "－" + "−") * mark_of "dash"
  + (S "()" + "（" + "）") * mark_of "paren"
  + P "/" * mark_of "bar" + P "@" * mark_of("at", "on") + P "+" * mark_of "plus"
  + P "\"" * mark_of "secondmark" + P "'" * mark_of "minutemark_"

-- What words are, asked for as they are written: with other white space in a phrase, with the full
-- stop of an abbreviation.
local function as_written (words)
  local written = {}
  for word, e in pairs(words) do written[word] = e end
  return setmetatable(written, { __index = function (_, text)
    local word = gsub(text, "[ \n]+", " ")
    return words[word] or words[sub(word, 1, -2)]
  end })
end

-- What is behind a word: nothing that goes on with it; the full stop of a short one.
local stop = P "."^-1
local word_end_stop = word_end * stop
local function end_of (word, e, unspaced)
  if find(word, "-$") then return nothing end
  if e.untold then return han.untold(word) end
  if unspaced or find(word, "[.']$") or find(word, "’", -3, true) then
    return e.short and stop or nothing
  end
  return e.short and word_end_stop or word_end
end

-- A pattern of the words that make a date, of those that stand beside one, or of all.
local function trie (words, lex, want)
  local ends = {}
  for word, e in pairs(words) do
    if want == "all" or (want == "strong") == not e.weak then
      ends[word] = end_of(word, e, lex.unspaced)
    end
  end
  return tree.pattern(ends) or P(false)
end

-- What of digits makes a date by itself: 2019, 12.05.1919, 10:30, 3 pm, the 1980s.
local function strong_number (lex, words, halves)
  local year4 = (P "1" * digit + P "2" * S "01") * digit * digit
  local marks = P(false)
  for _, word in ipairs(lex.hour_marks or {}) do marks = marks + P(word) * word_end end
  local ending = lex.year_ending and P(lex.year_ending)^-1 or nothing                  -- 1990er
  local hung = P(false)                      -- 1990-е годы
  for _, one in ipairs(lex.ordinal_endings or {}) do
    if find(one, "^%-") then hung = hung + P(one) * word_end end
  end
  local hour = d2 * "." * R "05" * digit * -digit * -(S ".," * digit)           -- в 11.30
  if not lex.point_hours then
    local zones = {}                                                 -- 11.30 GMT
    for word, e in pairs(words) do if e.zone then zones[word] = word_end end end
    hour = hour * blank * #(tree.pattern(zones) or P(false))
  end
  local hung_tens = P(false)                 -- в 90-е
  for _, one in ipairs(lex.hung_decades or {}) do hung_tens = hung_tens + P(one) * word_end end
  return R "29" * "0" * hung_tens + year4 * (hung + ending * -digit * -(S ".," * digit))
    + hour
    + d2 * (P ":" * P "  "^-1 + "/") * digit
    + d2 * "h" * -(R "az")
    + d2 * "." * d2 * "." * digit * digit
    + d2 * "-" * d2 * "-" * digit * digit
    + R "29" * "0" * P "'"^-1 * "s" * word_end
    + (d2 * "." * digit * digit + digit * digit^-3) * P " "^-1 * (halves + marks) * -(R "az")
end

-- The words that phrases are looked for by, as one pattern.
local function triggers (words, lex)
  if lex.unspaced then return trie(words, lex, "strong") end
  local ends = {}
  for word, e in pairs(words) do
    local by = not e.weak and pieces.trigger(word, words)
    if by then
      local open = find(by, "[.'-]$") or find(by, "’", -3, true)
      ends[by] = (open and nothing or word_end) * (e.short and stop or nothing)
    end
  end
  return tree.pattern(ends)
end

--- A pattern of some words, each with what it stands for.
---@param list table word -> value
---@param unspaced boolean?
---@return any
function M.any_of (list, unspaced)
  local ends = {}
  for word, value in pairs(list) do ends[word] = (unspaced and nothing or word_end) * Cc(value) end
  return tree.pattern(ends) or P(false)
end

--- All that is known of a language's words: `pieces`, a function, and patterns that tell
-- where runs begin (`found`) and end (`right`), and the `token`s of one, each as place, roles, end.
---@param lex table
---@return table
function M.compile (lex)
  local words = words_of(lex)
  if not lex.inflected then
    mark_short(words, lex.months)
    mark_short(words, lex.weekdays)
  end
  local halves = {}
  for word, e in pairs(words) do
    if pieces.is_behind(word, e) then halves[word] = nothing end
  end
  halves = tree.pattern(halves) or P(false)
  local sep = blank * (punctuation / 0 * blank)^-2
  local numbers = lex.unspaced and han.numbers(number_entry, M.none) or P(false)
  local number_first = #(digit + S "'\xE2")
  local numbered, codes, all = numeric(lex), coded(lex), trie(words, lex, "all")
  local strong_trie = (lex.unspaced or lex.roman) and trie(words, lex, "strong")
  local strong_figures = strong_number(lex, words, halves)
  local named = P(false)                   -- 十胜节: a number is a part of the name
  if lex.unspaced then
    local ends = {}
    for word, e in pairs(words) do
      if (e.holiday or e.quarter_of) and numbers:match(word) then ends[word] = han.named(word) end
    end
    named = tree.pattern(ends) / as_written(words)
  end
  local token = number_first * (stamps.compact + numbered) + codes + named + numbers
    + all / as_written(words) + punctuation
  local romans = P(false)                  -- XIX век, XIXe siècle
  if lex.roman then romans = codes / 0 * blank * #strong_trie end
  local counted = P(false)                 -- 三天, 上周: neither word makes a date alone
  if lex.unspaced then
    local function one_of (...)
      local ends = {}
      for word, e in pairs(words) do
        for _, role in ipairs { ... } do if e[role] then ends[word] = nothing end end
      end
      return tree.pattern(ends)
    end
    local unit = one_of("unit", "mark", "hourmark", "decademark")
    counted = (numbers + digit^1 * (S ".," * digit^1)^-1) / 0 * S " "^0 * one_of("fraction",
      "several")^-1 * unit
      + one_of("one_half") * unit + one_of("step", "every",
        "num") * (numbers / 0)^-1 * S " "^0 * unit + one_of("step") * one_of("dow")
  end
  local strong_word = #digit * strong_figures
                      + P "q" * R "14" * number_end + (lex.unspaced and strong_trie or all)
                      + (lex.unspaced and han.strong or P(false)) + counted
                      + codes / 0 * #P "" * P(lex.roman and false or true)
  local weak = (lex.unspaced and trie(words, lex, "weak") or P(false))
    + number_first * numbered / 0 + numbers / 0 + codes / 0
  -- By stretches of one kind of byte: a set is gone over faster than a choice.
  local word = (R("az", "09")^1 + (R "\xC3\xF4" - curly) * R "\x80\xBF"^1)^1
  if lex.unspaced then
    word = R "az"^1 + digit^1 * -R "az" + P(1) * R "\x80\xBF"^0
    for _, one in ipairs(lex.more.lastof) do word = P(one) + word end       -- 后 is none in 最后
  end
  local any = strong_word + weak
  local other = (1 - R("az", "09", "\x80\xFF"))^1 + curly * 1 + R "\x80\xBF"
  local c = {
    words = words,
    -- of a text, the pieces in which there may be any
    pieces = not lex.unspaced and pieces.finder(words, lex),
    -- where words that make a date begin, each followed by where it ends
    found = Ct((other + Cp() * ((lex.unspaced and strong_word or P(false)) + triggers(words, lex)
      + #digit * strong_figures + P "q" * R "14" * number_end + romans) * Cp() + word + 1)^0),
    right = (sep * any)^0 * Cp(),            -- where the run ends, from behind such a word
    token = Ct((Cp() * (token + word * Cc(M.none)) * Cp() * blank)^0),
    reach = 96,
    dotted = lex.dotted or false,
  }
  -- Made when it is asked for.
  local rare = {
    -- of an utterance, where runs of such words begin and end
    loose = function ()
      local mark = (lpeg.B(digit) * S "'\"" * -R "az")^-1             -- 2' 30"
      local one = number_first * numbered / 0 + any
      return Ct((other + Cp() * one * (sep * one)^0 * mark * Cp() + word + 1)^0)
    end,
    -- where a run begins, up to such a word
    left = function () return P{ Cp() * (any * sep)^1 * -1 + (other + word) * lpeg.V(1) } end,
  }
  return setmetatable(c, { __index = function (_, name)
    if rare[name] then c[name] = rare[name]() end
    return rawget(c, name)
  end })
end

return M
