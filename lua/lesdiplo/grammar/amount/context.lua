--- What stands around a number: whether it is an amount at all, its modifier, and what it
-- counts.
--
-- A `view` has the text and the sets of words of its languages. Everything here looks at a
-- few dozen bytes on either side of a number, however long the text; the words before it are
-- read once for all that ask for them.
-- @module lesdiplo.grammar.amount.context
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local util = require "lesdiplo.util"
local plain = lexicon.plain
local _, native = ...
local byte, find, gsub, match, sub = string.byte, string.find, string.gsub, string.match, string.sub
local word_before = native.base.word_before
local char_pattern = utf8.charpattern
local ipairs, max, min = ipairs, math.max, math.min
_ENV = nil
local M = {}

local NEAR = 60           -- bytes before a number in which its modifier and label are looked for
local WORDS = 4           -- of a modifier or a label, at most

-- From the last word of each phrase to the words of the longest that ends with it.
local function reach_of (phrases)
  local out = {}
  for phrase in util.sorted(phrases) do
    local _, gaps = gsub(phrase, " ", "")
    local last = match(phrase, "%S+$")
    out[last] = min(WORDS, max(out[last] or 0, gaps + 1))
  end
  return out
end

--- The sets of words that a view needs.
---@param langs string[]
---@return table
function M.sets (langs)
  local s = { lang = langs[1] }
  for _, kind in ipairs{ "before", "outside", "stop", "label", "name", "volume",
                         "year_before", "range", "ratio", "odds", "between",
                         "noun", "hyphen", "adverb", "determiner", "month", "clock" } do
    s[kind] = lexicon.set(langs, kind)
  end
  s.before_reach, s.label_reach = reach_of(s.before), reach_of(s.label)
  s.han_before, s.han_outside = lexicon.set({ "zh" }, "before"), lexicon.set({ "zh" }, "outside")
  s.han_stop = lexicon.set({ "zh" }, "stop")
  local here = lpeg.Cp()
  s.after_pattern = lexicon.gap * lexicon.trie(lexicon.lists(langs, "after")) * here
  s.han_after = lexicon.trie(lexicon.list("zh", "after")) * here
  s.han_idiom = lexicon.trie(lexicon.list("zh", "idiom")) * here
  for _, lang in ipairs(langs) do
    if lang == "zh" then s.han_name = lexicon.trie(lexicon.list("zh", "name")) end
  end
  s.han_noun = lexicon.trie(lexicon.list("zh", "noun")) * here
  return s
end


-- Before -------------------------------------------------------------------------

-- Looks at the word before a place. What was seen is kept in the view while the place is the
-- same: `word`, in small letters, nil where there is none; `written`, the same as it stands there,
-- or false; where it begins, `word_at`. A blank line ends the words.
local function look_back (view, first)
  if view.looked_at == first then return view end
  local written, at = word_before(view.text, first, NEAR)
  view.looked_at, view.written, view.word_at = first, written, at
  view.word = written and plain(written) or nil
  return view
end

-- The longest of some phrases that the words before a place end with: what it stands for, and
-- where it begins. `reach` tells of a phrase's last word how many the longest has.
local function phrase_before (view, first, phrases, reach)
  local seen = look_back(view, first)
  local row, at = seen.word, seen.word_at
  local value, start = phrases[row], at
  for _ = 2, reach[row] or 0 do
    local word, from = word_before(view.text, at, NEAR - (first - at))
    if not word then break end
    row, at = plain(word) .. " " .. row, from
    if phrases[row] then value, start = phrases[row], at end
  end
  return value, start
end

-- A modifier that is a row of words: more than, at least.
local function spoken_before (view, first)
  if not find(view.text, "^[%s\xA0\xAF'\x99]", first - 1) then return nil end
  return phrase_before(view, first, view.before, view.before_reach)
end

-- A modifier in Chinese stands right before the number.
local function han_before (set, text, first)
  local from, at = first, first
  local found, place
  for _ = 1, 6 do
    at = at - 1
    while at > 0 and find(sub(text, at, at), "[\x80-\xBF]") do at = at - 1 end
    if at < 1 then break end
    local mod = set[sub(text, at, from - 1)]
    if mod then found, place = mod, at end
  end
  return found, place
end

--- The modifier before a place, and where it begins; of one that stays outside the span no
-- such place.
---@param view table
---@param first integer
---@return string? mod
---@return integer? at
function M.before (view, first)
  local text = view.text
  local stop = byte(text, first - 1) == 0x20 and first - 1 or first
  local b = byte(text, stop - 1)
  if not b then return nil end
  if b >= 0x80 then
    local mod, at = han_before(view.han_before, text, stop)
    if mod then return mod, at end
    mod = han_before(view.han_outside, text, stop)
    if mod then return mod end
  end
  local mod, at = spoken_before(view, first)
  if mod then return mod, at end
  return view.outside[look_back(view, first).word]
end

--- The modifier behind a place, and where it ends.
---@param view table
---@param last integer
---@return string? mod
---@return integer? last
function M.after (view, last)
  local text = view.text
  local c = byte(text, last + 1)
  if not c then return nil end
  if c == 0x2B then                                          -- 50+, but not 5+1
    if not find(text, "^%d", last + 2) then return "more_than", last + 1 end
    return nil
  end
  if c >= 0x80 then
    local mod, e = view.han_after:match(text, last + 1)
    if mod then return mod, e - 1 end
  end
  if c == 0x20 then
    local mod, e = view.after_pattern:match(text, last + 1)
    if mod then return mod, e - 1 end
  end
end


-- What is counted ------------------------------------------------------------------

-- The word behind a place: the word, where it begins and where it ends.
local function word_after (text, last)
  if byte(text, last + 1) == 0x20 then
    local plain_word, stop = match(text, "^(%a[%w-]*)()", last + 2)
    local next_byte = plain_word and byte(text, stop) or 0x20
    if next_byte == 0x2E then
      local short, behind = match(text, "^(%u%.[%u.]+%-?%l*)()", last + 2) -- U.S.-led jobs
      if short then return short, last + 2, behind - 1 end
    end
    if plain_word and next_byte < 0x80 and next_byte ~= 0x27 then
      return plain_word, last + 2, stop - 1
    end
  end
  local from = match(text, "^[ \n\xC2\xA0\xE2\x80\xAF]+()", last + 1)
  if not from then return nil end
  local a, word, b = match(text, "^()([%a\xC3-\xD4][%w'\x80-\xD4\xE2-]*)()", from)
  if word then
    word = match(word, "^(.-)\xE2\x80[\x9C-\x9F].*$") or word
    word = match(word, "^(.-)['\xE2].*$") or word
    word = match(word, "^(.-)\xC2\xA0") or word
    if word == "" then return nil end
    b = a + #word
  end
  return word, a, b and b - 1
end

local function is_plural (view, small)
  if view.noun[small] then return true end
  return find(small, "^%l[%l-]+s$") and not find(small, "[sui]s$") or find(small, "^%l+ies$")
end

-- Peoples whose name ends as no plural of a small word does.
local peoples = {}
for word in ("Yemenis Iraqis Israelis Saudis Kuwaitis Pakistanis Bangladeshis Qataris Bahrainis "
             .. "Emiratis Omanis Azerbaijanis Somalis Nepalis Malawis Djiboutis Punjabis Yazidis "
             .. "Houthis Nazis Maoris Swazis Kazakhstanis Tajikistanis"):gmatch "%a+" do
  peoples[word] = true
end

-- How an adjective ends that may be joined to another one, or a name: allied and partner nations.
local joinable = { "al", "ic", "ive", "ous", "ary", "ed", "other", "private", "public" }

local function is_joinable (word)
  if find(word, "^%u") or find(word, "-", 1, true) then return true end
  for _, ending in ipairs(joinable) do
    if sub(word, -#ending) == ending then return true end
  end
  return false
end

-- English: to the first plural, over adjectives, of which two may be joined, unless `apart`.
local function english (view, last, value, apart)
  local at, joined, previous = last, apart, nil
  for n = 1, 6 do
    local word, _, stop = word_after(view.text, at)
    local small = word and plain(word)
    if not word then return nil end
    local joins = previous and not joined and (small == "and" or small == "or")
                  and is_joinable(previous)
    if not joins and (view.stop[small] or n > 4 and joined == apart) then return nil end
    if joins then
      joined = true
    elseif is_plural(view, small) or peoples[word] then
      return stop
    elseif value == 1 then
      return n == 1 and find(word, "^%l") and stop or nil
    end
    previous, at = word, stop
  end
end

-- Other languages: the next word, and in Russian the one behind an adjective.
local function other (view, last)
  local word, _, stop = word_after(view.text, last)
  if not word or view.stop[plain(word)] then return nil end
  if view.lang == "de" then return find(word, "^%u") and stop or nil end
  if find(word, "^%u") then return nil end
  local is_adjective = find(word, "ых$") or find(word, "их$")
  if view.lang == "ru" and is_adjective and not view.noun[plain(word)] then
    local second, _, stop2 = word_after(view.text, stop)
    if second and not view.stop[plain(second)] then return stop2 end
  end
  return stop
end

-- Chinese: two characters behind the measure word, or a noun that is known.
local function chinese (view, last)
  local text, at = view.text, last + 1
  local _, e = view.han_noun:match(text, at)
  if e then return e - 1 end
  for _ = 1, 2 do
    local c = match(text, "^" .. char_pattern, at)
    if not c or not lpeg.match(atoms.han, c) or view.han_stop[c] then return nil end
    at = at + #c
  end
  return at - 1
end

--- Where the noun behind a number ends, if one is found.
---@param view table
---@param last integer of the number
---@param value number?
---@param is_han boolean? behind a Chinese measure word
---@param apart boolean? that what "and" joins is no part of it: both national and local
---@return integer? last
function M.noun (view, last, value, is_han, apart)
  if is_han then return chinese(view, last) end
  if view.lang == "en" then return english(view, last, value, apart) end
  return other(view, last)
end

M.word_after = word_after


-- Is it an amount? -------------------------------------------------------------------

--- The word before a place, in small letters, and where it begins.
function M.word_before (view, first)
  local seen = look_back(view, first)
  return seen.word, seen.word_at
end

--- Whether what stands before a place makes the number behind it a label: Article 9, No. 7,
-- Group of 77.
---@param view table
---@param first integer
---@return boolean
function M.is_label (view, first)
  local word = look_back(view, first).word
  if not word then return false end
  if phrase_before(view, first, view.label, view.label_reach) then return true end
  -- l'article; Executive Order (E.O.)
  local bare = match(word, "^%a'(.+)$") or match(word, "^%((.+)%)$") or match(word, "^[(\"']+(.*)$")
  return bare ~= nil and view.label[bare] ~= nil
end

--- Whether a month, or a day of the week, is beside a number: it is a date then.
---@param view table
---@param first integer
---@param last integer
---@return boolean
function M.is_date (view, first, last)
  local parted = first > 1 and find(view.text, "^[%s\xA0\xAF]", first - 1)
  local word = parted and look_back(view, first).word
  if word and (view.month[word] or view.month[match(word, "^%d+%-(%l+)$")]) then return true end
  local behind, _, stop = word_after(view.text, last)
  if behind and (plain(behind) == "of" or plain(behind) == "de") then
    behind = word_after(view.text, stop)
  end
  return behind ~= nil and view.month[plain(behind)] ~= nil
end

--- Whether a number with a point is an hour: в 11.30, с 10.00 до 18.00.
---@param view table
---@param first integer
---@param number string as it is written
---@param noun string? what it seems to count
---@return boolean
function M.is_hour (view, first, number, noun)
  local minutes = match(number, "^[012]?%d%.([0-5]%d)$")
  local seen = minutes and look_back(view, first)
  local kind = seen and view.clock[seen.word]
  if not kind or minutes == "00" or minutes > "12" and not noun then return kind ~= nil end
  return not noun and (kind == "at"
                       or find(sub(view.text, max(1, seen.word_at - 6), seen.word_at - 1),
                               "%d%.[0-5]%d $") ~= nil)
end

--- Whether a name is before a place: a word with a capital that does not begin a sentence.
---@param view table
---@param first integer
---@return boolean
function M.is_name (view, first)
  local seen = look_back(view, first)
  local start = seen.word_at
  if not seen.written or not find(seen.written, "^%u[%w-]*$") then return false end
  local before = sub(view.text, max(1, start - 4), start - 1)
  return before ~= "" and find(before, "[%w,\xBF%)]%s$") ~= nil
end

return M
