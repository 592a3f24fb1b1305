--- What looks like a date and is none: numbers of documents, amounts, parts of names and titles.
-- @module lesdiplo.grammar.date.traps
local lpeg = require "lpeg"
local words = require "lesdiplo.data.dates"
local find, lower, match, sub = string.find, string.lower, string.match, string.sub
local ipairs, require = ipairs, require
_ENV = nil
local M = {}

-- What stands before a number, up to it, and what behind it.
local sign = lpeg.S "$#/@" + "€" + "£" + "¥" + "№"
local blanks = lpeg.P " "^0
local word_letter = lpeg.R("az", "09") + "_"
local cyrillic = (lpeg.S "\xD0\xD1" * lpeg.R "\x80\xBF")^0
local stands = sign * lpeg.P(1)^-1 + "resolution " * lpeg.P "("^-1 + "res." + "box "
  + (lpeg.P "u.s.c." + "c.f.r." + "usc" + "cfr" + "h.r." + "pub. l." + "flight" + "room"
     + "unscr" + "unsc"
     + "résolution") * lpeg.P " "
  + (lpeg.P "резолюци" + "рейс" + "стать" + "пункт") * cyrillic * " "
  + (lpeg.P "section" + "article") * blanks + lpeg.R "09" * lpeg.S ".," + word_letter * "-"
local no_year_before = lpeg.P{ stands * -1 + "no" * lpeg.P "."^-1 * blanks * -1
                               + word_letter^1 * lpeg.S "-." ^-1 * -1 * lpeg.P(false)
                               + 1 * lpeg.V(1) }
local no_year_after = sign + blanks * "%" + word_letter + "," * lpeg.R "09"^3
  + "-" * lpeg.R "az" * -(lpeg.R "az"^0 * lpeg.P(false))

-- What looks like a year and is another number.
-- The groups of a telephone number before the last: +1 555 010 1999.
local PHONE = "%+%d[%d().-]* [%d ().-]*%d[) -]+$"

local function is_no_year (text, one)
  local before = sub(text, one.first > 24 and one.first - 24 or 1, one.first - 1)
  return no_year_before:match(before) or find(before, PHONE)
         or no_year_after:match(sub(text, one.last + 1, one.last + 12))
end

-- What is no date although it looks like one.
local function is_trap (text, one, loose, whole)
  local t = one.t
  if t.op == "abs" and t.y and t.m and not t.d and find(text, "^%d", one.first)
     and is_no_year(text, one) then
    return true                                       -- No. 7/2025
  end
  if t.op == "abs" and t.y and not t.m and not t.bound then
    if t.y > 0 and is_no_year(text, one) then return true end
    return loose and not whole and t.y >= 1000 and find(sub(text, one.first - 12 > 0
      and one.first - 12 or 1, one.first - 1), "%d[ -]*$") ~= nil
  end
  if t.op == "abs" and t.m and not t.d and not t.y and not t.mod and not t.sure
      and not loose then
    local word = sub(text, one.first, one.last)
    return word == "may" or word == "mar" or word == "march" or word == "sun" or #word <= 3
  end
  if loose and t.op == "abs" and t.m == 5 and not t.d and not t.y
      and find(text, "^ [iwy][eo]?u? ", one.last + 1) then return true end      -- May I ask
  if t.op == "time" and not t.date and not t.clock and not t.clocks then
    local meal = find(t.part or "", "^TME") and t.mod ~= "APPROX"       -- or its hour?
    if loose and not whole and meal then
      local before = sub(text, one.first > 8 and one.first - 8 or 1, one.first - 1)
      if not find(before, "%f[%a]at ") and not find(before, "%f[%a]after ")
          and not find(before, "%f[%a]before ") then return true end
    end
    return find(sub(text, one.first > 6 and one.first - 6 or 1, one.first - 1),
      "%f[%a]good $") ~= nil
  end
  if t.again and not loose then                       -- this year and next, but not next steps
    return not find(text, "^%s*[.,;:!?)]", one.last + 1) and find(text, "%S", one.last + 1) ~= nil
  end
  if t.op == "dow" and not t.n and not t.week and one.last - one.first < 3
      and not loose then return true end
  return false
end

-- The nouns of a language that are surely counted, and so no title of a year: 2000 people.
local nouns = {}
local function counted (lang)
  local lexicon = require "lesdiplo.grammar.amount.lexicon"
  if not nouns[lang] then nouns[lang] = lexicon.set({ lang }, "noun") end
  return nouns[lang]
end

-- The words before which what is counted ends, save those that join two numbers.
local stops, joining = {}, { ["and"] = true, ["or"] = true, to = true, et = true, ou = true,
  ["и"] = true, ["или"] = true, e = true, y = true, o = true, u = true, und = true, oder = true,
  bis = true, a = true, ["à"] = true, ["до"] = true, ["по"] = true }
local function is_stop (lang, word)
  local lexicon = require "lesdiplo.grammar.amount.lexicon"
  if not stops[lang] then stops[lang] = lexicon.set({ lang }, "stop") end
  return stops[lang][word] ~= nil and not joining[word]
end

-- Is a word of repetition an adjective there that says how something is: everyday life?
local function is_attribute (text, one, lang)
  local lex = words[lang]
  if one.t.op ~= "set" or not lex.attributes or not lex.attributes[sub(text, one.first, one.last)]
  then
    return false
  end
  local word = match(text, "^ (%l+)", one.last + 1)
  return word ~= nil and not joining[word] and not is_stop(lang, word)
end

local function is_year (t)
  return t.op == "abs" and t.y and not t.m and not t.bound and t.y >= 1000 and t.y <= 2199
end

-- Is a year, or what ends with one, so many of something, 2000 refugees or EUR 2000? The grammar
-- of amounts tells, where a word or a sign stands beside it; it is loaded when it is first asked.
local function is_amount (written, one, lang)
  local first, last = one.last - 3, one.last
  if not find(written, "^%d%d%d%d", first) then return false end
  if not find(sub(written, first > 4 and first - 4 or 1, first - 1), "%u%l?%u? ?$") then
    local word = match(written, "^ ?([%a\xC3-\xF4][%a\x80-\xFF]*)", last + 1)
    if not word or is_stop(lang, word) then return false end
  end
  local from = one.first > 8 and one.first - 8 or 1
  while from > 1 and find(written, "^[%w\x80-\xBF]", from) do from = from - 1 end
  local amounts = require "lesdiplo.grammar.amounts"
  local window = sub(written, from, last + 40)
  for _, row in ipairs(amounts.all(window, lang)) do
    if from + row.first - 1 <= first and from + row.last - 1 >= last then
      local word = lower(match(sub(window, row.first, row.last), "%S+$"))
      if (words[lang].no_units or {})[word] then return false end
      if row.class ~= "count" then return row.class ~= "ordinal" end
      local unit = row.unit
      return unit ~= nil and (row.mod ~= nil or counted(lang)[unit] ~= nil
                              or counted(lang)[match(unit, "^%S+")] ~= nil)
    end
  end
  return false
end

-- Is an hour with a point, в 11.30, a number of something: at 11.30 percent?
local function is_pointed_amount (written, one, lang)
  local t = one.t
  if t.op == "range" then t = t.b elseif t.op == "open" then t = t.to or t.from end
  local c = t and (t.clock or t.clocks and t.clocks.b)
  if not c or not c.pointed then return false end
  local at = match(sub(written, one.first, one.last), ".*%f[%d]()%d%d?%.%d%d")
  if not at then return false end
  local amounts = require "lesdiplo.grammar.amounts"
  local first = one.first + at - 1
  for _, row in ipairs(amounts.all(sub(written, first, first + 60), lang)) do
    if row.first == 1 then
      return row.class ~= "count" or row.unit == "times" or counted(lang)[row.unit] ~= nil
    end
  end
  return false
end

-- How far before a year its programme's name begins.
local NAME = 90

-- Is a feast another one by the word before it: National Women's Day?
local function is_another (written, one, lex)
  if one.t.op ~= "holiday" or not lex.own_feasts then return false end
  local before = sub(written, one.first > NAME and one.first - NAME or 1, one.first - 1)
  return lex.own_feasts[lower(match(before, "(%a+) $") or "")] ~= nil
end

-- Is a weekday part of a title, Sunday Times, or a month a name at its end: Марта Берг?
local function is_part_of_name (written, one, lex)
  local t = one.t
  if t.op == "dow" and not t.n and not t.week then
    local after = lex.titles and match(written, "^[ -](%u%l+)", one.last + 1)
    return after ~= nil and lex.titles[lower(after)] ~= nil
  end
  return lex.small_months and t.op == "abs" and t.m ~= nil and not t.d and not t.y
         and find(written, "^\xD0[\x90-\xAF]", one.first) ~= nil
         and find(written, "^ \xD0[\x90-\xAF]\xD0", one.last + 1) ~= nil
end

-- Is a year part of a programme's name, Vision 2030, the 2030 Agenda, or of that of games: Paris
-- 2024? Or is it a weekday or a month that is part of one?
local function is_name (written, one, lang)
  local lex = words[lang]
  if is_part_of_name(written, one, lex) or is_another(written, one, lex) then return true end
  local named = lex.programmes
  if not named or not is_year(one.t) then return false end
  local from = one.first > NAME and one.first - NAME or 1
  local before = match(sub(written, from, one.first - 1), "(%u%l+)[ -]$")
  local after = match(written, "^[ -](%u%l+)", one.last + 1)
  local told = before and named[lower(before)]
  return told ~= nil and (told == true or told[one.t.y] ~= nil)
         or after ~= nil and named[lower(after)] == true
end

-- Does 60-е count the word behind it, на 60-е место, rather than tell of a decade: в 60-е он ...
local function is_counting (text, one, lang)
  local t = one.t.op == "open" and (one.t.from or one.t.to) or one.t
  if not t.lone then return false end
  local word = match(text, "^%s*([^%s.,;:)!?]+)", one.last + 1)
  return word ~= nil and not is_stop(lang, word)
end

--- Is a phrase no date, although it looks like one?
---@param text string in small letters
---@param written string as it is written
---@param one table {first, last, t} of read.find
---@param lang string
---@param loose boolean is it an utterance?
---@param whole boolean is the phrase all of it?
---@return boolean
function M.is_none (text, written, one, lang, loose, whole)
  if is_trap(text, one, loose, whole) or is_name(written, one, lang)
     or is_attribute(text, one, lang) or is_counting(text, one, lang)
     or is_pointed_amount(written, one, lang) then
    return true
  end
  local year = one.t.op == "range" and one.t.b or one.t
  return is_year(year) and is_amount(written, one, lang) or false
end

return M
