--- Is a number an amount? Rules over what stands around it.
--
-- `look` completes what the grammar captured; where it is no amount, `bad` says why: it is
-- bound to a name, a label, a year, a list's mark, an adverb.
-- @module lesdiplo.grammar.amount.judge
local classes = require "lesdiplo.grammar.amount.classes"
local context = require "lesdiplo.grammar.amount.context"
local digits = require "lesdiplo.grammar.amount.digits"
local plain = require "lesdiplo.grammar.amount.lexicon".plain
local byte, find, format = string.byte, string.find, string.format
local match, sub = string.match, string.sub
local floor, huge, max = math.floor, math.huge, math.max
local ipairs, type = ipairs, type
_ENV = nil
local M = {}


-- Digits ---------------------------------------------------------------------------------

local function is_near_digit (text, first, last)
  return find(sub(text, max(1, first - 2), first - 1), "%d[ ./:-]$")
         or find(text, "^[ /:]%d", last + 1) or find(text, "^%-%d", last + 1)
end

-- What hangs on the front of a number: COVID-19, A320, #4, +266, №7. A Han character may.
local function is_held_before (before)
  local wide = find(before, "[\xE2-\xEF][\x80-\xBF][\x80-\xBF]$")
  return find(before, "[%w_#@+/\\^]$")
         or find(before, "\xC2\xA7$") or find(before, "\xE2\x84\x96$")
         or find(before, "[\xC3-\xD1][\x80-\xBF]$") and not wide
         or find(before, "[%w%)]%-$") or find(before, "[\xC3-\xD1].%-$")
         or find(before, "%w\xE2\x80[\x90\x91]$")
end

-- The same behind: 7031(c), 9/11, 5+1, 10:30, 737s, 3-D.
local function is_held_behind (behind)
  return find(behind, "^%(%w") or find(behind, "^[/_:+]%w") or find(behind, "^%a")
         or find(behind, "^%-%u") or find(behind, "^\xE2\x80[\x90\x91]%a")
end

local open_byte = { [0x20] = true, [0x0A] = true }

local function is_bound (text, first, last)
  local b, c = byte(text, first - 1) or 0x20, byte(text, last + 1) or 0x20
  if open_byte[b] and open_byte[c] then return false end
  local before, behind = sub(text, max(1, first - 3), first - 1), sub(text, last + 1, last + 4)
  if find(before, "%[$") or find(behind, "^%]") then return true end       -- a note's mark
  if find(before, "%($") and find(behind, "^%)") then return true end
  return is_held_before(before) or is_held_behind(behind)
end

-- 2. or (2) or 2) at the start of a line; of a list that runs on, behind a stop.
local function is_list_mark (text, first, last)
  if last - first < 2 and find(text, "^%.%s+%u", last + 1)
     and find(sub(text, max(1, first - 3), first - 1), "[.;:]%s+$") then
    return true
  end
  if not find(text, "^%.?%)?[%s\xE3\xEF]", last + 1) then return false end
  if not find(text, "^[.)\xE3\xEF]", last + 1) then return false end
  local before = sub(text, max(1, first - 3), first - 1)
  return before == "" or find(before, "\n[%s(#*]*$") ~= nil
end

local function written (view, one)
  return digits.ascii(sub(view.text, one.number_from, one.number_to - 1))
end

local function is_year (view, one)
  local at = one.number_from
  if at > 4 and find(view.text, "^%d%d%f[^%w]", at)                  -- the ’67 war
     and (find(view.text, "^ '", at - 2) or find(view.text, "^ ’", at - 4)) then
    return true
  end
  if one.mod or one.number.scale or one.classifier then return false end
  if one.value and (one.value < 1000 or one.value > 2199) then return false end
  local s = written(view, one)
  return find(s, "^1%d%d%d$") ~= nil or find(s, "^2[01]%d%d$") ~= nil
end

-- Whether a word hangs on it that it does not count: two-day, ten-point. Of one that it
-- does count ("three-member") that is the unit.
local function is_hyphened (view, one)
  local word, stop = match(view.text, "^%-(%a+)()", one.last + 1)
  if not word then word, stop = match(view.text, "^\xE2\x80[\x90\x91](%a+)()", one.last + 1) end
  if not word then                                            -- two- to three-year plans
    return find(view.text, "^%- %l+ ", one.last + 1) ~= nil
  end
  if view.hyphen[plain(word)] then
    one.last, one.noun = stop - 1, word
    return false
  end
  return true
end

local function is_code (s)
  return find(s, "^0%d") or #s > 16 and not find(s, "[^%d]")
end

-- Degrees, minutes and seconds of where something lies: 29°36'S.
local function is_coordinate (text, first, last)
  return find(text, "^\xC2\xB0%s?[NSEW%d]", last + 1) ~= nil
         or find(sub(text, max(1, first - 3), first - 1), "\xC2\xB0%s?$") ~= nil
         or find(text, "^['\xE2][^%s%w]-%s?[NSEW]%f[%W]", last + 1) ~= nil
end

-- 22 U.S.C. 2751, 22 CFR parts 120 and 121
local function is_volume (view, one)
  local code, at = match(view.text, "^ ([%u.]+)%f[^%u.]()", one.number_to)
  return code ~= nil and view.volume[plain(code)] ~= nil
         and (find(view.text, "^ ?%d", at) or find(view.text, "^ ?\xC2\xA7", at)
              or find(view.text, "^ [Pp]arts?%f[%A]", at) or find(view.text, "^ [Ss]ec", at)) ~= nil
end

-- Codes of currencies that are words or other abbreviations in capitals: COP26, ALL 50, CUP 2022.
-- Before a year they are no money, nor before a number of so many digits.
local doubtful = { COP = 2, ALL = 3, TOP = 3, TRY = 3, CUP = 3, SOS = 3 }

local function is_doubtful (view, one)
  local code = one.number_from - one.first < 5
               and match(sub(view.text, one.first, one.number_from - 1), "^(%u%u%u) ?$")
  if not code or not doubtful[code] or one.number.scale then return false end
  local number = written(view, one)
  return find(number, "^%d+$") and #number <= doubtful[code]
         or find(number, "^19%d%d$") or find(number, "^20%d%d$")
end

-- Is "marks" a verb behind a number: 2022 marks a century, 4 May marks the day?
local function is_verb (view, one)
  local text, last = view.text, one.last
  if find(text, "^%s?marks", one.number_to) == nil then return false end
  local word = match(text, "^ (%w+)", last + 1)
  return context.is_date(view, one.first, one.number_to - 1)
         or word ~= nil and (view.determiner[word] ~= nil or word == "a" or word == "an"
                             or find(word, "^%d") ~= nil)
end

local function judge_digits (view, one)
  local text, last = view.text, one.last
  local first = one.sign and one.first or one.number_from
  local marked = one.sign and not find(text, "^%w", first)         -- mxn$ 15: nothing holds a $
  local plus = one.class ~= "count"
               and find(sub(text, max(1, first - 2), first - 1), "^[%s(]?%+$")
  if not marked and not plus and is_bound(text, first, last) then return "bound" end
  if find(text, "^[2-6]G%f[%W]", first) then return "name" end                  -- 5G
  if one.class == "money" and (one.sign and is_doubtful(view, one) or is_verb(view, one)) then
    return "name"
  end
  if one.class ~= "count" then return nil end
  if is_volume(view, one) then return "label" end
  if not one.noun and is_hyphened(view, one) then return "hyphen" end
  if is_list_mark(text, first, last) then return "list" end
  if is_coordinate(text, first, last) then return "coordinate" end
  if context.is_label(view, first) and not one.mod then return "label" end
  if context.is_date(view, first, one.number_to - 1) then return "date" end
  if is_year(view, one) then return "year" end
  if context.is_hour(view, first, written(view, one), one.noun) then return "hour" end
  if not one.noun and is_near_digit(text, first, last) then return "run" end
  if is_code(written(view, one)) then return "code" end
  if one.number.ratio and not one.noun and not find(text, "^ of%f[%A]", last + 1) then
    return "ratio"
  end
  if not one.noun and not one.mod and not one.number.scale and context.is_name(view, first) then
    return "name"
  end
end


-- Words ----------------------------------------------------------------------------------

-- The word before and the word behind, in small letters.
local function words_beside (view, first, last)
  local before = context.word_before(view, first)
  local behind, _, stop = context.word_after(view.text, last)
  return before, behind and plain(behind), stop
end

-- one: a number where it is told from others, elsewhere a pronoun or an article.
local function judge_one (view, one)
  if view.lang ~= "en" then return "one" end
  local before, behind = words_beside(view, one.first, one.number_to - 1)
  local counts = behind and not view.stop[behind] and (one.mod or view.adverb[before] == "only")
  return not counts and "one" or nil
end

local relative = { which = true, who = true, it = true }

-- How adjectives end, and hardly a verb.
local adjectives = { "al", "ic", "ive", "ous", "ful", "ble", "ary", "less", "an", "ese", "ish",
                     "ant", "ent", "ed", "er" }

-- Does another thing follow "and", by the words behind it: both nations and regions; or what the
-- two do, or what is done with them: both nations and promote trade? It is told of what there are
-- two of as a rule.
local function is_joined (view, one)
  if view.adverb[plain(match(one.noun, "%S+$"))] ~= "pair" then return true end
  local word = match(view.text, "^ and (%a+)", one.last + 1)
  if not word or find(word, "^%u") or find(word, "s$") or view.stop[word] then return true end
  for _, ending in ipairs(adjectives) do
    if find(word, ending, -#ending, true) then return true end
  end
  return false
end

-- both sides, but not "both Oslo and Rome": what is counted has to be named, in the plural,
-- and nothing joined to it.
local function judge_both (view, one)
  local before, behind = words_beside(view, one.first, one.number_to - 1)
  if not one.noun and view.adverb[behind] ~= "both" or relative[before] then return "both" end
  local text, at = view.text, one.last + 1
  local joined = find(text, "^ and%f[%A]", at) and is_joined(view, one)
                 or find(text, "^ %a+ and%f[%A]", at)
  local noun = not one.noun and behind ~= "of"                       -- both our ports and the
               and (match(text, "^ %a+ (%a+) and%f[%A]", at)
                    or match(text, "^ %a+ %a+ (%a+) and%f[%A]", at))
  return (joined or noun and view.adverb[noun] ~= "pair") and "both" or nil
end

-- Is it in a name of several words, the Four Rivers Initiative, and counts nothing? So it is behind
-- an article where one more word with a capital stands behind what it counts.
local function is_titled (view, one)
  local text = view.text
  if not one.noun or one.mod or not find(text, "^%u", one.number_from)
     or not find(one.noun, "^%u") or not find(text, "^ %u%l", one.last + 1) then
    return false
  end
  return find(sub(text, max(1, one.first - 4), one.first - 1), "^the%s$") ~= nil
end

local function judge_words (view, one)
  local text, n = view.text, one.number
  if find(sub(text, max(1, one.first - 2), one.first - 1), "%w%-$") then return "bound" end
  if is_hyphened(view, one) then return "hyphen" end
  if n.lone or one.coin == 0.25 or one.coin == 1e3 then return "coin" end
  if one.class ~= "count" then return nil end
  if n.both then return judge_both(view, one) end
  if is_titled(view, one) then return "name" end
  if n.fraction and not one.mod and not find(sub(text, one.first, one.number_to - 1), " ") then
    return "fraction"
  end
  if context.is_label(view, one.first) and not one.mod then return "label" end
  if n.count == 1 and one.value == 1 then return judge_one(view, one) end
  if n.count == 1 and one.value == 0 then return not one.noun and "zero" or nil end
end

-- Chinese numerals: one character by itself is part of a word, as a rule.
local function judge_han (view, one)
  local n = one.number
  if view.han_idiom:match(view.text, one.first) then return "idiom" end
  if one.class ~= "count" or n.vague then return nil end
  if n.count and n.count > 1 or find(written(view, one), "%d") then
    return is_year(view, one) and "year" or nil
  end
  if one.value == 1 then return not one.mod and "one" or nil end
  return not one.classifier and not one.noun and "bare" or nil
end


-- Ordinals ---------------------------------------------------------------------------------

-- Languages in which an ordinal by itself is no adverb.
local declined = { ru = true, fr = true }

-- "first" that says when or in what order, not which: at first, first of all, First, we ...
local function is_adverb (view, one, before, behind)
  local text, last = view.text, one.number_to - 1
  local kind = before and view.adverb[before]
  local told = before and view.determiner[match(before, "[%a']+$") or before]
  if kind == "modal" or kind == "unit" then return true end
  if not told and not declined[view.lang]
     and (find(text, "^[,.;!?]", last + 1) or behind and view.stop[behind]) then
    return true                                      -- First, we; put it first.
  end
  if kind == "at" and not (behind and find(behind, "^%l")) then return true end
  if find(text, "^ of all%f[%A]", last + 1) or find(text, "^ and foremost", last + 1)
     or view.adverb[behind] == "after" then return true end
  if before == "a" and one.value == 2 and find(text, "^[.,;?!]", last + 1) then
    return true                                      -- in a second.
  end
  return behind and find(behind, "^%l+ed$") and not told
end

-- 20-е годы, в 1941-м, к 1943-му: years and decades as Russian counts them.
local function is_hung_year (view, one)
  local text = view.text
  if not find(text, "^%d+%-", one.number_from) then return false end
  local behind = context.word_after(text, one.number_to - 1)
  if behind and find(plain(behind), "^год") or behind == "гг." then return true end
  if (one.value < 1700 or one.value > 2100)
     and not find(text, "^[2-9]0%-\xD0\xB5%f[^\x80-\xFF]", one.number_from)               -- 90-е
     and not find(text, "^[2-9]0%-\xD1\x85%f[^\x80-\xFF]", one.number_from) then
    return false
  end
  if one.value < 100 and behind and not view.stop[plain(behind)] then return false end
  local before = context.word_before(view, one.first)
  return before ~= nil and view.year_before[before] ~= nil
end

-- What follows 条 where it is an article of a law, 第五条规定, and no road, 第五条铁路.
local of_law = {}
for c in ("第规規款，。、；：）》及和与與至之所的"):gmatch "[\xC2-\xEF][\x80-\xBF]+" do
  of_law[c] = true
end

local function is_article (text, last)
  local unit, behind = sub(text, last + 1, last + 3), sub(text, last + 4, last + 6)
  return unit == "款" or (unit == "条" or unit == "條") and (behind == "" or of_law[behind]) or false
end

-- Names (First Lady), adverbs, parts of dates (3rd of May).
local function judge_ordinal (view, one)
  local text, last = view.text, one.number_to - 1
  if one.number.han then
    if is_article(text, last) or find(text, "^%s*号", last + 1)
       or find(text, "^%s*號", last + 1) then
      return "label"
    end
    return view.han_idiom:match(text, one.first) and "idiom" or nil
  end
  if context.is_date(view, one.first, last) or is_hung_year(view, one) then return "date" end
  if find(sub(text, max(1, one.first - 1), one.first - 1), "[%w-]") then return "bound" end
  if view.lang == "fr" and find(text, "^ au %d", last + 1) then return "date" end   -- du 1er au 2
  local before, behind, stop = words_beside(view, one.first, last)
  if one.number.words and view.lang == "en" and before == "a" and one.value > 2
     and find(sub(text, max(1, one.first - 6), one.first - 1), "%f[%a]by a $") then
    return "fraction"                                                         -- rose by a third
  end
  local hung = match(text, "^%-?(%l+)", last + 1)          -- first-hand, firsthand
  if view.name[behind] or view.name[hung] then
    local second = behind == "deputy" and context.word_after(text, stop)
    if behind ~= "deputy" or second and view.name[plain(second)] then return "name" end
  end
  if one.number.words and one.number.count == 1 and is_adverb(view, one, before, behind) then
    return "adverb"
  end
end


-- All ----------------------------------------------------------------------------------------

-- Modifiers, and with them where the amount begins and ends.
local function modify (view, one)
  if one.class == "ordinal" then return end
  local mod, at = context.before(view, one.first)
  if mod then one.mod, one.before_at = mod, at end
  local after, last = context.after(view, one.last)
  if after then one.mod, one.last = one.mod or after, max(last, one.last) end
end

-- 70 millions de doses, un millier de colons: the last byte of "de".
local function behind_of (view, one)
  if not one.number.scale and not one.number.words then return nil end
  local at = match(view.text, "^ de()%f[ ]", one.last + 1)
  return at and at - 1
end

local function find_noun (view, one)
  if one.class ~= "count" or one.noun then return end
  local n = one.number
  local of = view.lang == "fr" and behind_of(view, one)
  local last = of and context.noun(view, of, one.value)
               or context.noun(view, one.last, one.value, false, n.both or n.ratio or false)
  if not last then return end
  one.noun = match(sub(view.text, (of or one.last) + 1, last), "^[%s\xC2\xA0]*(.*)$")
  one.last = last
end

local function judge (view, one)
  if one.value and (one.value == huge or one.value ~= one.value) then return "huge" end
  if one.number.formal and (one.noun or not one.alone) then return "bare" end   -- 陆地, 登陆
  if one.noun and view.han_name and view.han_name:match(view.text, one.last + 1) then
    return "name"                                    -- 77国集团
  end
  if one.alone then return nil end
  if one.class == "ordinal" then return judge_ordinal(view, one) end
  if one.number.words then return judge_words(view, one) end
  if one.number.han then return judge_han(view, one) end
  return judge_digits(view, one)
end

--- Completes what the grammar captured: class, value, unit, mod, last; alone, whether there is
-- nothing else in the text; bad says why it is no amount.
---@param view table
---@param one table
function M.look (view, one)
  classes.set(view, one)
  if one.is_time then one.bad = "time" end
  if one.bad then return end
  one.alone = one.first <= view.begins and (one.last >= view.ends or one.stop > view.ends)
  modify(view, one)
  find_noun(view, one)
  one.bad = judge(view, one)
end

-- A number as text: no exponent, no idle zeros.
local function text_of (x)
  return type(x) == "number" and x == floor(x) and format("%.0f", x) or format("%.15g", x)
end

--- The rows of what was found and is good.
---@param found table[]
---@return table[]
function M.keep (found)
  local rows, reach = {}, 0
  for _, one in ipairs(found) do
    local first = one.before_at and one.before_at > reach and one.before_at or one.first
    if not one.bad and first > reach and (one.value or one.number.vague) then
      local value = one.value
      if one.upto then value = text_of(value) .. ".." .. text_of(one.upto) end
      rows[#rows + 1] = { first = first, last = one.last, class = one.class, value = value,
                          unit = one.unit or one.noun, mod = one.mod }
      reach = one.last
    end
  end
  return rows
end

return M
