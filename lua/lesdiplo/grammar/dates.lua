--- Dates, times, durations and repetitions, with their values as in TIMEX3.
--
--     local dates = require "lesdiplo".grammar.dates
--     for _, row in ipairs(dates.all("from 2 to 5 March 2025")) do print(row.value) end
--     2025-03-02/2025-03-05
--
-- The words of a language are data (lesdiplo.data.dates); date/words.lua makes tokens of
-- them, date/read.lua tells what is said, date/resolve.lua which day is meant.
--
-- A report and an utterance are read in two ways. A newspaper's Friday is the last one, and
-- a number or "may" alone is no date. An utterance is a short text that is dated to the
-- minute, as a message is: its Friday is the next one unless the verb is in the past, "in
-- two hours" leads to an hour, "at 5" is a time.
-- @module lesdiplo.grammar.dates
local atoms = require "lesdiplo.grammar.atoms"
local bare = require "lesdiplo.grammar.bare"
local calendar = require "lesdiplo.grammar.calendar"
local lpeg = require "lpeg"
local read = require "lesdiplo.grammar.date.read"
local resolve = require "lesdiplo.grammar.date.resolve"
local tense = require "lesdiplo.grammar.date.tense"
local traps = require "lesdiplo.grammar.date.traps"
local words = require "lesdiplo.data.dates"
local util = require "lesdiplo.util"
local _, native = ...
local class, error, format = native.base.class, error, string.format
local small, source = native.base.small, native.base.source
local byte, find = string.byte, string.find
local match, sub = string.match, string.sub
local ipairs, sort, tonumber = ipairs, table.sort, tonumber
_ENV = nil
local M = {}

--- The words, by language: tables to read, and to add to before the first use.
M.lexicon = words

-- An utterance is no longer than this; what is longer is a report.
local UTTERANCE = 600
-- "The same year" is looked for no further back than this.
local PARAGRAPH = 2000
-- And "the next year", which may be that of the report, too, no further than this.
local NEAR = 300

-- ------------------------------------------------------------------------ anniversaries

-- Full dates that are written out, by their year, in the order of the text; those since which
-- something is, too.
local function full_dates (all)
  local out = {}
  for _, one in ipairs(all) do
    local t = one.t.op == "open" and one.t.from or one.t
    if t.op == "abs" and t.y and t.m and t.d and t.y > 0 and calendar.is_day(t.y, t.m, t.d) then
      out[#out + 1] = { y = t.y, m = t.m, d = t.d, first = one.first, last = one.last }
      out[t.y - 1e6] = out[t.y - 1e6] or out[#out]      -- a year's first, beside the list
    end
  end
  return out
end

-- The day that an n-th anniversary is of: the first of the text whose n-th year is the year
-- of the document.
local function base_of (all, anchor)
  local full
  return function (n)
    full = full or full_dates(all)
    return anchor and full[anchor.y - n - 1e6]
  end
end

-- The year and month that a text without a date of its own is of: the one in which it marks
-- an anniversary of a day that it names ("46th anniversary", "1 February 1980"). Where "the
-- first of this month" or the like stands beside, the month is that of the day marked. The
-- first anniversary with one base counts; two bases that disagree tell nothing.
local function inferred (all)
  local found, full = nil, full_dates(all)
  local seen, this_month = {}, {}
  for _, one in ipairs(all) do
    local t = one.t
    if t.op == "of" and t.of.n == 0 then this_month[t.d] = true end
  end
  for _, one in ipairs(all) do
    local n = one.t.op == "anniv" and one.t.n
    if n and n >= 1 and n <= 1000 and not seen[n] then
      seen[n] = true
      for y = 1991, 2099 do
        local base = full[y - n - 1e6]
        if base then
          if found and found.y ~= y then return nil end
          found = found or { y = y, m = this_month[base.d] and base.m or nil }
        end
      end
    end
  end
  return found
end

-- ------------------------------------------------------------------------------- rows

-- Which of the dates spoken of a unit is counted from: of months, one that has its month. What is
-- not here is counted from a day.
local grains = { Y = "year", DE = "year", CE = "year", M = "month", Q = "month" }

-- Keeps a date that was spoken of; of a stretch its end. A day that is reckoned from the
-- document's, as Friday, tells of the report rather than of its story: no year is counted from it.
local function keep_spoken (state, value, how, one)
  if #value ~= 4 and (#value ~= 10 or find(value, "^%.")) then
    value = match(value, "/(%d.*)$") or value
  end
  local y, m, d = match(value, "^(%d%d%d%d)%-?(%d?%d?)%-?(%d?%d?)")
  if not y or find(value, "W", 5, true) then return end
  local date = { y = y + 0, m = tonumber(m), d = tonumber(d), stop = one.last,
    first = one.first, how = how }
  if date.d then state.day = date end
  if date.d and how == "document" and one.t.op ~= "abs" then return end
  if date.m then state.month = date end
  state.year = date
  if #value == 4 then state.bare = date end
end

-- Takes note of the dates that were spoken of since this was done last: few texts ever ask.
local function catch_up (state)
  local rows, said = state.rows, state.said
  for i = state.seen + 1, #rows do
    local row = rows[i]
    local value = row.type == "DATE" and row.value
                  or row.type == "TIME" and match(row.value, "^(%d%d%d%d%-%d%d%-%d%d)T[^/]*$")
    if value then keep_spoken(state, value, row.anchor, said[i]) end
  end
  state.seen = #rows
end

-- The date of a paragraph that was spoken of last before a place and says as much as a unit asks
-- for; the last of all where none does, from which nothing can be counted. `far` looks into the
-- paragraphs before it, too.
local function spoken (text, state, at, unit, far)
  catch_up(state)
  local last = state[grains[unit] or "day"] or state.year
  if last and at - last.stop < PARAGRAPH
     and (far or not find(sub(text, last.stop, at), "\n *\n")) then
    return last
  end
end

-- What is a year by itself at the head of a sentence or a line: In 1905 the king ...
local HEAD = "[.!?:;\n] *[%a\x80-\xFF]?[%a\x80-\xFF]? ?$"
-- A day without its year is written of what is so many days away; what is further is the story's.
local NEARBY = 62

-- The year of a story that is told about a month or a day without its own: that of the full date
-- before it, where this lies years back and the report's own such day is far.
local function story_year (text, state, at, t, anchor)
  local last = spoken(text, state, at, "Y")
  if not last or last.y < 1 or anchor.y - last.y < 2 or t.m < 1 then return nil end
  local between = sub(text, last.stop + 1, at - 1)
  if #between < 6 and last.how ~= "text" then return nil end         -- 3-Mar-19 and 3-5 March
  local same = not find(between, "[.!?]%s") and not find(between, "。", 1, true)
  if not last.m and last.how ~= "text" then
    local before = sub(text, last.first > 12 and last.first - 12 or 1, last.first - 1)
    if not same or not find("\n" .. before, HEAD) then return nil end
  end
  if not same or last.m and last.how ~= "text" then
    local off = (t.m - anchor.m) * 31 + ((t.d or 15) - (anchor.d or 15))
    off = off % 372
    if off < NEARBY or off > 372 - NEARBY then return nil end
  end
  return last.m and last.m - t.m >= 6 and last.y + 1 or last.y
end

-- Is the phrase all that the text has?
local function is_whole (text, one, n)
  return one.first <= 12 and n - one.last <= 4
         and find(text, "^[^%w\x80-\xFF]*$", one.last + 1) ~= nil
         and (one.first == 1 or find(sub(text, 1, one.first - 1),
           "^%s*[%p%s]*[a-z\x80-\xFF]*[%p%s]*$") ~= nil)
end

local between_days = { [", "] = true, [" or "] = true, [" and "] = true, [", or "] = true,
  [", and "] = true, ["/"] = true }

-- The weekday of a phrase, with an hour or without.
local function weekday_of (one)
  local t = one.t.op == "time" and one.t.date or one.t
  return t.op == "dow" and t or nil
end

-- Takes the week of a weekday that is named beside another.
local function share_week (text, a, b, of, to)
  local from, day = weekday_of(of), weekday_of(to)
  if from and from.week and day and not day.n and not day.week
     and between_days[sub(text, a.last + 1, b.first - 1)] then
    day.week = from.week
  end
end

-- "Next week on Tuesday or Thursday", "Tuesday or Thursday next week": both are of that week.
local function share_weeks (text, all)
  for i = 2, #all do share_week(text, all[i - 1], all[i], all[i - 1], all[i]) end
  for i = #all, 2, -1 do share_week(text, all[i - 1], all[i], all[i], all[i - 1]) end
end

-- The parts of a range, which are counted from behind a byte, as places of the text.
local function moved (parts, offset)
  for _, part in ipairs(offset and parts or {}) do
    part[1], part[2] = part[1] + offset, part[2] + offset
  end
  return parts
end

local CLOSING, WIDE = byte ")", byte "）"

-- The last byte of a phrase, with the parenthesis that it opens: Friday (3 May).
local function closed (text, first, last)
  local b = byte(text, last + 1)
  if b ~= CLOSING and b ~= WIDE then return last end
  local said = sub(text, first, last)
  if b == WIDE then
    local opens = sub(text, last + 1, last + 3) == "）" and find(said, "（", 1, true)
    return opens and not find(said, "）", 1, true) and last + 3 or last
  end
  return find(said, "(", 1, true) and not find(said, ")", 1, true) and last + 1 or last
end

-- An end of a stretch as a phrase of its own.
local function end_of (side, offset)
  if not side.first or not side.stop or side.op == "abs" and side.d and not side.m then
    return nil
  end
  return { t = side, first = side.first + offset, last = side.stop - 1 + offset, offset = offset }
end

-- Does the month stand first where a day is told in numbers, 12/05/2019? So the other dates of the
-- text say, of which one number is no month; else those with the month's name, where the language
-- has both orders; else the language.
local function is_month_first (text, all, lex)
  local first, second, before, behind = false, false, false, false
  local function look (t, at, offset)
    if t.op == "range" then
      look(t.a, at, offset)
      look(t.b, t.b.first and t.b.first + offset or at, offset)
    elseif t.op == "num" and t.c then
      first, second = first or t.a <= 12 and t.b > 12, second or t.a > 12 and t.b <= 12
    elseif t.month_first then before = true
    elseif t.op == "abs" and t.m and t.d and find(text, "^%d%d?%a* %a", at) then behind = true
    end
  end
  for i = 1, #all do look(all[i].t, all[i].first, all[i].offset or 0) end
  if first ~= second then return first end
  if before ~= behind and lex.month_first then return before end
  return lex.month_first or false
end

-- Rows of a text that has no signs of typesetting.
local function rows_of_bare (written, lang, anchor, loose)
  if not words[lang] then lang = "en" end
  local text = small(written)
  local all = read.find(written, text, lang, loose)
  local out, size = {}, #text
  if #all == 0 then return out end
  anchor = anchor or inferred(all)
  local base = base_of(all, anchor)
  local state, lex = { rows = out, said = {}, seen = 0 }, words[lang]
  local one
  local c = { anchor = anchor, loose = loose, base = base, year_first = lex.year_first, days = {} }
  function c.month_first ()
    if state.month_first == nil then state.month_first = is_month_first(text, all, lex) end
    return state.month_first
  end
  function c.future () return tense.future(text, one.first, one.last, lang) end
  function c.past ()
    local future = c.future()
    return future == false or future == nil and tense.is_past(text, one.first, one.last, lang)
  end
  function c.year (n)                    -- the one behind is told in English alone
    local behind = match(text, "^,? in (%d%d%d%d)%f[%D]", one.last + 1)
    if behind then return behind + 0 end
    catch_up(state)
    local year = state.bare
    if not year or one.first - year.stop > PARAGRAPH
       or find(sub(text, year.stop + 1, one.first), "[.!?\n]") then return nil end
    -- founded in 1960, it marked its 60th anniversary
    local founded = anchor and year.y + n <= anchor.y + 1
    return founded and year.y + n or year.y
  end
  -- Beyond its paragraph a story goes on where it is surely one.
  local function goes_on () return lex.unspaced and c.future() ~= true or c.past() end
  function c.last (unit, ahead)
    local last = spoken(text, state, one.first, unit)
    if not last and ahead and goes_on() then last = spoken(text, state, one.first, unit, true) end
    return last
  end
  function c.story (t)
    if loose or not anchor or not anchor.m or c.future() then return nil end
    return story_year(text, state, one.first, t, anchor)
  end
  function c.told (unit, how)
    local last = spoken(text, state, one.first, unit)
    if not last and how ~= "past" and goes_on() then
      last = spoken(text, state, one.first, unit, true)
    elseif not last or how ~= true and one.first - last.stop > NEAR then return nil end
    if not last then return nil end
    local future = c.future()
    if future and (how ~= true or anchor and last.y < anchor.y) then return nil end
    if how == "past" and not c.past() then return nil end
    return last
  end
  if loose then share_weeks(text, all) end
  -- Adds the row of a phrase; of a stretch whose ends are none of one, those of both.
  local function add (phrase)
    one, c.parts = phrase, nil
    local word = one.t.op == "ago" and lex.earlier and match(sub(text, one.first, one.last), "%S+$")
    if word and lex.earlier[word] then one.t.later = true end
    local value, how, mod, kind = resolve.value(one.t, c)
    if value then
      local n = #out + 1
      out[n] = { first = one.first, last = closed(text, one.first, one.last),
        value = value, anchor = how, mod = mod, type = kind or "DATE",
        parts = c.parts and moved(c.parts, one.offset) }
      state.said[n] = one
    elseif one.t.op == "range" and (anchor or one.t.a.y) then
      local a, b = end_of(phrase.t.a, phrase.offset or 0), end_of(phrase.t.b, phrase.offset or 0)
      if a and b then
        add(a)
        add(b)
      end
    end
  end
  for i = 1, #all do
    one = all[i]
    c.whole = loose and #all == 1 and is_whole(text, one, size)
    if not traps.is_none(text, written, one, lang, loose, c.whole) then add(one) end
  end
  return out
end

-- Rows of a text.
local function rows_of (written, lang, anchor, loose)
  local text, back = bare(written)
  local rows = rows_of_bare(text, lang, anchor, loose)
  for _, row in ipairs(back and rows or {}) do
    row.first, row.last = back(row.first), back(row.last)
    for _, part in ipairs(row.parts or {}) do part[1], part[2] = back(part[1]), back(part[2]) end
  end
  return rows
end

local ALL = "dates.all(text[, lang[, date]]): "

--- The dates of a text.
---@param text string
---@param lang? string en
---@param date? string the day that they are reckoned from, as 2025-05-14; with its hour
-- (2025-05-14T10:30) a short text is read as an utterance
---@return table[] rows first, last, type, value, mod, anchor
function M.all (text, lang, date)
  util.of_type(ALL .. "text", text, "string")
  util.of_type(ALL .. "lang", lang, "string", true)
  util.of_type(ALL .. "date", date, "string", true)
  local anchor = resolve.parse(date)
  if date and not anchor then
    error(format("%sdate: '%s' is none; write 2025-05-14 or 2025-05-14T10:30", ALL, date), 0)
  end
  return rows_of(text, lang or "en", anchor, anchor ~= nil and anchor.h ~= nil
    and #text <= UTTERANCE)
end

-- A date in English that is read by itself, and where the parts of a range stand in the
-- whole subject.
local one_date = atoms.value(function (text) return rows_of(text, "en", nil, false) end)
                 / function (row)
                   moved(row.parts, row.first - 1)
                   return row
                 end

local word = lpeg.R("az", "AZ", "09", "\x80\xFF")

--- An LPeg pattern of one date in English, at the start of a subject or in a grammar of one's
-- own; it captures the row. It begins where a word does. No document's day is known: yesterday is
-- no match, and a weekday is XXXX-WXX-5.
--     > dates.pattern:match("12 May 1919, when they met").value
--     1919-05-12
M.pattern = -lpeg.B(lpeg.R("az", "AZ", "09")) * #(word + "'") * one_date

-- The day that a document's words are reckoned from: its dateline's, else its own; with its
-- hour where that is known.
local function anchor_of (doc)
  local meta = doc.meta
  local dateline = meta.dateline_date
  if dateline then return resolve.parse(dateline) end
  local date = doc.date
  if date and meta.date_time then date = date .. "T" .. meta.date_time end
  return resolve.parse(date)
end

-- The dates inside a range as records: where they stand in the source, and their values.
local function parts_of (doc, parts)
  local out = {}
  for i, part in ipairs(parts) do
    local first, stop = source(doc, part[1], part[2])
    out[i] = { start = first, ["end"] = stop, value = part[3] }
  end
  return out
end

local function by_place (a, b)
  if a.first ~= b.first then return a.first < b.first end
  if a.last ~= b.last then return a.last > b.last end
  return a.value < b.value
end

--- The layer of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.date (doc)
  local positions, rows = {}, {}
  local anchor, text = anchor_of(doc), doc.text
  local loose = anchor ~= nil and anchor.h ~= nil and #text <= UTTERANCE
  local all = rows_of(text, doc.lang or "en", anchor, loose)
  for i = 2, #all do
    if all[i].first <= all[i - 1].first and by_place(all[i], all[i - 1]) then
      sort(all, by_place)
      break
    end
  end
  for i = 1, #all do
    local row = all[i]
    positions[2 * i - 1], positions[2 * i], rows[i] = row.first, row.last, row
    row.first, row.last = nil, nil
    if row.parts then row.parts = parts_of(doc, row.parts) end
  end
  return positions, rows
end

--- An iterator over the dates of a document, as Spans.
---@param doc Doc
---@return function
function M.each (doc)
  if class(doc) ~= "Doc" then error("dates.each(doc): a Doc is wanted", 0) end
  local i, spans = 0, doc:layer "date"
  return function ()
    i = i + 1
    return spans[i]
  end
end

return M
