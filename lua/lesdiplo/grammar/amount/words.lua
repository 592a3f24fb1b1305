--- Numbers in words, and what they are worth: two hundred and fifty, 2.5 million, a third of.
--
-- A row of number words is read whole, then summed up (sums.lua). The words and their kinds are
-- data/amounts.txt.
-- @module lesdiplo.grammar.amount.words
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local digits = require "lesdiplo.grammar.amount.digits"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local sums = require "lesdiplo.grammar.amount.sums"
local P, S, Cmt, Cp = lpeg.P, lpeg.S, lpeg.Cmt, lpeg.Cp
local find = string.find
local floor, ipairs = math.floor, ipairs
_ENV = nil
local M = {}

local WORDS_MOST = 12    -- of one number: what is longer is a list


-- Vocabularies ---------------------------------------------------------------------------

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

-- English ordinals in the plural are parts: twenty fifths. A second is none, a first only at
-- the end of another: twenty-firsts.
local function plurals (ordinals)
  local out = {}
  for _, entry in ipairs(ordinals) do
    if entry[2] ~= 2 then out[#out + 1] = { entry[1] .. "s", entry[2] } end
  end
  return out
end

local joiners = { en = "and", fr = "et", pt = "e", es = "y", de = "und" }
local of_words = { en = P"of", fr = P"de" + P"d" * atoms.apostrophe }
local articles = { en = { "a", "an" }, fr = { "un", "une" }, de = { "ein", "eine" } }

-- The words of a language as one list: what each does.
local function vocabulary (lang)
  local out, alone = {}, lexicon.set({ lang }, "alone")
  local function put (kind, list)
    for _, entry in ipairs(list) do
      local plural = (lang == "en" or lang == "fr") and find(entry[1], "s$") ~= nil
      out[#out + 1] = { entry[1], { kind, entry[2], alone[lexicon.plain(entry[1])] ~= nil,
                                    plural } }
    end
  end
  local numbers, ordinals = lexicon.list(lang, "number"), lexicon.list(lang, "ordinal")
  put("number", lang == "de" and german(numbers) or numbers)
  put("ordinal", lang == "ru" and russian(ordinals, lexicon.list(lang, "ending")) or ordinals)
  for _, kind in ipairs{ "scale", "group", "half", "part", "point" } do
    put(kind, lexicon.list(lang, kind))
  end
  if lang == "en" then put("part", plurals(ordinals)) end
  return out
end

-- Some of the words may follow digits: 2.5 million, 3 dozen. A French hundred does not, nor do
-- others that are cents.
local function scales_of (lang, words)
  local out = {}
  for _, entry in ipairs(words) do
    local kind, value = entry[2][1], entry[2][2]
    local behind_digits = kind == "scale" or kind == "group" or kind == "half"
    if behind_digits and not (lang == "fr" and value == 100) then out[#out + 1] = entry end
  end
  return out
end

--- What words a number of some languages may begin with.
---@param langs string[]
---@return string[]
function M.openings (langs)
  local out = {}
  for _, lang in ipairs(langs) do
    for _, entry in ipairs(vocabulary(lang)) do
      local phrase = lang == "de" and entry[1] .. "*" or entry[1]
      out[#out + 1] = phrase
      local kind = entry[2][1]
      local counted = kind == "scale" or kind == "group" or kind == "ordinal" and entry[2][2] >= 100
      for _, article in ipairs(counted and articles[lang] or {}) do
        out[#out + 1] = article .. " " .. phrase
      end
      if kind == "part" and lang == "en" then out[#out + 1] = "a " .. phrase .. " of" end
    end
  end
  return out
end


-- Reading ------------------------------------------------------------------------------------

local function reader (lang, written)
  local words = vocabulary(lang)
  local open = lang == "de"                              -- zweihundertfünfzig
  local read, first = lexicon.reader(words, open)
  local scale = lexicon.reader(scales_of(lang, words), open)
  local gap = lexicon.gap + atoms.hyphen
  local joiner = joiners[lang] and lexicon.gap * atoms.ci(joiners[lang]) * lexicon.gap or P(false)
  local article = P(false)
  for _, word in ipairs(articles[lang] or {}) do
    article = article + atoms.ci(word) * #lexicon.gap
  end
  local of, of_article = P(false), P(false)                     -- of a, d'un
  if of_words[lang] then
    of = lexicon.gap * of_words[lang] * #(lexicon.gap + atoms.letter)
    of_article = of * lexicon.gap^-1 * article * lexicon.gap
  end
  local r = { lang = lang, open = open, of = of, of_article = of_article * Cp(),
              gap = gap, joiner = joiner, article = article, read = read, scale = scale,
              written = written }
  return r, articles[lang] and first + S"aeuAEU" or first
end

local function put (row, joined, entry, alone, stop)
  local n = #row
  row[n + 1], row[n + 2], row[n + 3] = joined, entry[1], entry[2]
  row[n + 4], row[n + 5], row[n + 6] = alone or entry[3] or false, entry[4] or false, stop
end

local the_article, of_digits = { "article", 1 }, { "digits" }

-- One word of a row at a place: true if there was one. An article may begin a row, or stand
-- behind "and"; digits, where a scale follows them or they end what began with digits.
local function word_at (r, s, at, row, joined)
  local entry, stop = r.read(s, at)
  if (#row == 0 or joined) and not (entry and entry[1] == "number") then
    local behind = r.article:match(s, at)
    if behind then
      put(row, joined, the_article, false, behind)
      return true
    end
  end
  if entry then
    put(row, joined, entry, false, stop)
    return true
  end
  local x = #row > 0 and find(s, "^%d", at) and r.written:match(s, at)
  if not x then return false end
  local behind = r.written_end:match(s, at)
  local gap = lexicon.gap:match(s, behind)
  local followed = gap and r.scale(s, gap)
  local ends = joined and row[2] == "digits" and r.lang == "en"             -- 3 hundred and 21
               and x == floor(x) and x > 0 and x < 1000
  if not followed and not ends then return false end
  of_digits[2] = x
  put(row, joined, of_digits, false, behind)
  return true
end

-- The half of a number has its "and" in it: and a half, et demi.
local function half_at (r, s, at, row)
  local entry, stop
  if at then entry, stop = r.read(s, at) end
  if not entry or entry[1] ~= "half" then return false end
  put(row, false, entry, false, stop)
  return true
end

-- Two thirds of a million: the place behind the scale, and what both are worth.
local function of_scale (r, s, at, x)
  local behind = r.of_article:match(s, at)
  if not behind then return nil end
  local entry, stop = r.read(s, behind)
  if not entry or entry[1] ~= "scale" or entry[2] < 1000 then return nil end
  return stop, { value = digits.tidy(x * entry[2]), words = true, count = 3 }
end

-- A quarter, as a part of what follows.
local function part_of (row)
  local i = row[2] == "article" and 7 or 1
  if #row == i + 5 and (row[i + 1] == "part" or i > 1 and row[i + 1] == "ordinal")
      and row[i + 2] > 2 then
    return 1 / row[i + 2], row[#row]
  end
end

-- Goes on with a row behind a place.
local function rest (r, s, at, row)
  for _ = 2, WORDS_MOST do
    local gap, joined = r.gap:match(s, at) or r.open and at, r.joiner:match(s, at)
    if not half_at(r, s, gap, row) then
      local behind = joined or gap
      if not behind or not word_at(r, s, behind, row, joined ~= nil) then return end
    end
    at = row[#row]
  end
end

--- What reads numbers in the words of a language.
---@param lang string
---@param written userdata a pattern of digits, which captures what they are worth
---@return userdata spoken captures a table: a number in words
---@return function scaled of a text, the place behind digits and what these are worth: the place
-- behind the words that make them more, and such a table
function M.patterns (lang, written)
  local r, first = reader(lang, written)
  r.written_end = written / 0 * Cp()
  local function ends (s, stop) return not r.open or lexicon.word_end:match(s, stop) end
  local spoken = first * Cmt(true, function (s, behind_first)
    local row = {}
    if not word_at(r, s, behind_first - 1, row, false) then return false end
    rest(r, s, row[#row], row)
    local stop, number = sums.evaluate(lang, row)
    local part, part_end = part_of(row)
    if not part and stop and number.value < 1 then part, part_end = number.value, stop end
    if part then
      local behind, product = of_scale(r, s, part_end, part)
      if behind then stop, number = behind, product
      elseif row[2] == "article" and r.of:match(s, part_end)
          and not r.of_article:match(s, part_end) then                 -- a third of them
        stop, number = part_end, { value = digits.tidy(part), words = true, count = 2 }
      end
    end
    if stop and ends(s, stop) then return stop, number end
    return false
  end)
  return spoken, function (s, at, x)
    local gap = lexicon.gap:match(s, at) or r.open and at
    local entry, stop
    if gap then entry, stop = r.scale(s, gap) end
    if not entry then return nil end
    local row = { false, "digits", x, false, false, at }
    put(row, false, entry, false, stop)
    rest(r, s, stop, row)
    local behind, number = sums.evaluate(lang, row)
    if behind and behind > at and ends(s, behind) then return behind, number end
  end
end

return M
