--- Which day, week, month ... a phrase means: values of TIMEX3.
--
-- What is relative is reckoned from the day of publication (or of the dateline), in
-- stories of the past from the date spoken of last. `anchor` says from what. Without a
-- day to reckon from, or with one that is not known so exactly, there is no value.
--
-- A report is read as newspapers write: a weekday is the past one. An utterance (see
-- dates.lua) looks ahead, knows its hour, and counts weeks to the day.
-- @module lesdiplo.grammar.date.resolve
local calendar = require "lesdiplo.grammar.calendar"
local hours = require "lesdiplo.grammar.date.hours"
local nights = require "lesdiplo.grammar.date.nights"
local periods = require "lesdiplo.grammar.date.periods"
local shift = require "lesdiplo.grammar.date.shift"
local years = require "lesdiplo.grammar.date.years"
local format, match, sub = string.format, string.match, string.sub
local abs, pairs, tonumber, type = math.abs, pairs, tonumber, type
_ENV = nil
local M = {}
local number_of, day_text, ahead = shift.number_of, shift.day_text, years.ahead

--- A date of ISO 8601 as {y, m, d}: what lacks is nil.
---@param text string?
---@return table?
function M.parse (text)
  local y, m, d, rest = match(text or "", "^(%d%d%d%d)-?(%d?%d?)-?(%d?%d?)(.*)")
  if not y then return nil end
  local out = { y = tonumber(y), m = tonumber(m), d = tonumber(d) }
  local h, min, s = match(rest, "^[T ](%d%d):(%d%d):?(%d?%d?)")
  if h and out.d then out.h, out.min, out.s = tonumber(h), tonumber(min), tonumber(s) or 0 end
  return out
end
local parse = M.parse

local resolve = {}

local function whole_year (y, len)
  if y and len and len <= 2 then return y + (y < 50 and 2000 or 1900) end
  return y
end

local function year_text (y)
  if y < 0 then return format("BC%04d", -y) end
  return format("%04d", y)
end

-- A date before our era, as BC0480.
local function ancient (t)
  local text = year_text(t.y)
  if t.m then text = text .. format("-%02d", t.m) end
  if t.d then text = text .. format("-%02d", t.d) end
  return text
end

function resolve.abs (t, c)
  local y, m, d = t.y, t.m, t.d
  if y and y < 0 then return ancient(t) end
  if m and not calendar.is_day(y, m, d) then return nil end
  if not m and not y then return M.lone_day(t, c) end
  local anchor
  if not y and c.story then
    y = c.story(t)
    anchor = y and "text"
  end
  if not y then
    y = years.of(t, c)
    anchor = y and "document"
  end
  if not y then return format("XXXX-%02d", m) .. (d and format("-%02d", d) or ""), nil, t.mod end
  if m and not calendar.is_day(y, m, d) then return nil end
  if not m and (y < 1 or y > 2200) then return nil end
  local value = calendar.text(y, m, d)
  if t.h then
    value = value .. format("T%02d:%02d", t.h, t.min)
    if t.s and t.s > 0 then value = value .. format(":%02d", t.s) end
    if t.tz and t.tz ~= true then value = value .. (t.tz == "z" and "Z" or t.tz) end
    return value, nil, t.mod, "TIME"
  end
  return value, anchor, t.mod
end

-- The 15th: of this month, or of the next where that is past.
function M.lone_day (t, c)
  local a = c.anchor
  if not a or not a.m or not t.d then return nil end
  local y, m = a.y, a.m
  if c.loose and a.d and t.d < a.d and ahead(c) then y, m = calendar.add_months(y, m, 1) end
  if not calendar.is_day(y, m, t.d) then
    y, m = calendar.add_months(y, m, 1)
    if not calendar.is_day(y, m, t.d) then return nil end
  end
  return calendar.text(y, m, t.d), "document", t.mod
end

-- 12/05/1919: the day first or the month, as the document has it, unless one number says otherwise.
function resolve.num (t, c)
  local d, m = t.a, t.b
  local month_first = c.month_first() or c.year_first and t.two                -- 9/5
  if t.b > 12 or month_first and t.a <= 12 then d, m = t.b, t.a end
  if t.two then
    if m < 1 or m > 12 then return nil end
    return resolve.abs({ m = m, d = d, dow = t.dow, step = t.step, mod = t.mod }, c)
  end
  local y = whole_year(t.c, t.clen)
  if t.clen == 2 and c.year_first and t.a < 50 then y, d = 2000 + t.a, t.c m = t.b end
  if m < 1 or not calendar.is_day(y, m, d) then return nil end
  return calendar.text(y, m, d), nil, t.mod
end

function resolve.day (t, c)
  local a, how = c.anchor, "document"
  if t.from_text and not c.loose and c.last then
    local spoken = c.last(nil, t.n > 0)
    if spoken then a, how = spoken, "text" end
  end
  if not a or not a.d then return nil end
  return day_text(number_of(a) + t.n), how, t.mod
end

-- From when a phrase is reckoned, and how that is called: where its words say so (the following
-- year) from the date spoken of last, else from the document's day.
local function reckoned_from (t, c, unit)
  local last = t.told and not c.loose and c.told and c.told(unit, t.told)
  if last then return last, "text" end
  return c.anchor, "document"
end

local season_begins = { SP = 3, SU = 6, FA = 9, WI = 12 }

-- Of two or more units: last week, the coming quarter, next June, this spring.
function resolve.rel (t, c)
  local a, how = reckoned_from(t, c, t.unit or t.m and "M" or "Y")
  if not a then return nil end
  if t.unit then
    local value, kind = shift.unit(a, t.unit, t.n)
    return value, how, t.mod, kind
  end
  if t.m then
    local y = a.y + t.n
    if not a.m then return nil end
    if t.n == -1 and t.m < a.m or t.n == 1 and t.m > a.m then y = a.y end
    if abs(t.n) == 2 then y = a.y + (t.n == 2 and (t.m > a.m and 1 or 2) or (t.m < a.m and -1
        or -2)) end
    return calendar.text(y, t.m), how, t.mod
  end
  if t.half then return format("%04d-%s", a.y + t.n, t.half), how, t.mod end
  local y, begins = a.y + t.n, season_begins[t.season]
  if begins and a.m and (t.n == 1 and begins > a.m or t.n == -1 and begins + 4 <= a.m) then
    y = a.y                                           -- last summer, in October
  end
  return format("%04d-%s", y, t.season), how, t.mod
end
resolve.near = resolve.rel

-- A month, or a day of it, of last year, this one or the next.
function resolve.reldate (t, c)
  local of = t.y_of or { op = "rel", m = t.m, n = t.n, told = t.told }
  local value, how = M.value(of, c)
  local y = value and tonumber(match(value, "^%d%d%d%d"))
  local a = c.anchor
  -- The coming 15 April may be one of this month.
  if y and not c.loose and not t.y_of and a and a.d and a.m == t.m and t.n * (t.d - a.d) > 0 then
    y = a.y
  end
  if not y or not calendar.is_day(y, t.m, t.d) then return nil end
  return calendar.text(y, t.m, t.d), how, t.mod
end

resolve["of"] = function (t, c)
  local month, anchor = resolve.rel(t.of, c)
  if not month or not month:find "^%d+%-%d+$" then return nil end
  local date = parse(month)
  if not calendar.is_day(date.y, date.m, t.d) then return nil end
  return calendar.text(date.y, date.m, t.d), anchor, t.mod
end

-- The same year: the one spoken of last.
function resolve.same (t, c)
  local a = not c.loose and c.last and c.last(t.unit) or nil
  local how = a and "text" or "document"
  a = a or c.anchor
  if not a then return nil end
  return shift.unit(a, t.unit, t.n), how, t.mod
end

-- The last two weeks: a length in a report; from then to now in an utterance.
function resolve.span (t, c)
  local a = c.anchor
  if not c.loose or not a or not a.d then
    return shift.duration(t.list or { t.n, t.unit }), nil, t.mod, "DURATION"
  end
  if t.list then
    local first, last, kind = shift.stretch_of(a, t.list, t.dir)
    if not first then return nil end
    return first .. "/" .. last, "document", t.mod, kind
  end
  local n = t.n == "X" and 3 or t.n
  local first, last, kind = shift.stretch(a, n, t.unit, t.dir)
  if not first then return shift.duration { n, t.unit }, nil, t.mod, "DURATION" end
  return first .. "/" .. last, "document", t.mod, kind
end

function resolve.dow (t, c)
  local a, how = reckoned_from(t, c, "D")
  if not a or not a.d then return format("XXXX-WXX-%d", t.d) end
  local today = number_of(a)
  if t.week then
    return day_text(today - calendar.weekday(today) + t.d + 7 * t.week), how, t.mod
  end
  local back = (calendar.weekday(today) - t.d) % 7
  local day = today - back
  local n = t.n
  if n == 1 then day = day + 7
  elseif n == 2 then day = day + 14
  elseif n == -1 then day = back == 0 and day - 7 or day
  elseif n == -2 then day = back == 0 and day - 14 or day - 7
  elseif n == 0 or c.loose then
    if back > 0 and t.side ~= -1 and ahead(c) then day = day + 7 end
  elseif day < today and (t.side or 0) >= 0 and ahead(c, t.side) then day = day + 7
  end
  if t.plus then day = day + t.plus end
  return day_text(day), how, t.mod
end

-- Monday 21: the next month that has it so.
function resolve.dowday (t, c)
  local a = c.anchor
  if not a or not a.d then return nil end
  local now = number_of(a)
  for by = 0, 90 do
    local y, m = calendar.add_months(a.y, a.m, by)
    if calendar.is_day(y, m, t.d) then
      local n = calendar.number(y, m, t.d)
      if n >= now - 1 and calendar.weekday(n) == t.dow then return day_text(n), "document" end
    end
  end
end

local point_of, is_backward = periods.point_of, periods.is_backward

local function fixed (n) return n == "X" and 3 or n end

-- Two weeks ago, in three hours.
function resolve.ago (t, c)
  local a, list = c.anchor, t.list
  if list[1] == "X" and not c.loose then
    return shift.duration(list), nil, t.mod, "DURATION"
  end
  local how = "document"
  local last = not c.loose and (t.later and c.last and c.last(list[2], true)
                                or t.told and c.told and c.told(list[2], t.told))
  if last then a, how = last, "text" end
  if t.told and not c.loose and not last and c.past() then         -- from when, nobody says
    return shift.duration(list), nil, t.mod, "DURATION"
  end
  if t.inn and not c.loose and not ahead(c) and list[2] ~= "D" then
    return shift.duration(list), nil, t.mod, "DURATION"      -- within six months
  end
  if not a then return nil end
  local copy = {}
  for i = 1, #list, 2 do copy[i], copy[i + 1] = fixed(list[i]), list[i + 1] end
  local value, kind = shift.by(a, copy, t.dir, c.loose)
  if not value and (list[2] == "H" or list[2] == "MIN" or list[2] == "S") and t.inn then
    return shift.duration(list), nil, t.mod, "DURATION"
  end
  return value, how, t.mod, kind
end

-- Two days after the fifth of May.
function resolve.shift (t, c)
  local from, how = point_of(t.from, c)
  if not from then return nil end
  local copy = {}
  for i = 1, #t.list, 2 do copy[i], copy[i + 1] = fixed(t.list[i]), t.list[i + 1] end
  local value, kind = shift.by(from, copy, t.dir, c.loose, from.d ~= nil)
  return value, how, t.mod, kind
end

function resolve.dur (t, c)
  local list = t.list
  if list[1] == "X" and c.loose and list[2] ~= "DE" and list[2] ~= "CE" then list = { 3,
      list[2] } end
  return shift.duration(list), nil, t.mod, "DURATION"
end

-- From an hour on for some length: of a day, or of none that is known.
local function from_hour (value, from, list)
  local h, min = match(value, "T(%d%d):?(%d?%d?)")
  local a = from or { y = 2000, m = 1, d = 1 }
  a.h, a.min = tonumber(h), tonumber(min) or 0
  local to, kind = shift.by(a, list, 1, true, true)
  if not to then return nil end
  local clock = format("T%02d:%02d", a.h, a.min)
  local zone = match(value, "T[%d:]+(.*)$")
  if kind ~= "TIME" then to = to .. clock end
  clock, to = clock .. zone, to .. zone
  if from then return calendar.text(a.y, a.m, a.d) .. clock .. "/" .. to end
  return match(to, "^2000%-01%-01") and clock .. "/" .. sub(to, 11) or nil
end

-- From 4 pm for thirty minutes; two weeks from 20 May on.
function resolve.starting (t, c)
  local value, how, _, kind = M.value(t.from, c)
  if not value then return nil end
  local from = parse(value)
  if match(value, "T%d%d") then return from_hour(value, from, t.list), how, nil, "TIME" end
  if not from or not from.d or t.list[2] == "H" or t.list[2] == "MIN" then return nil end
  local to = shift.by(from, t.list, 1, true, true)
  local last = to and parse(to)
  if not last or not last.d then return nil end
  return value .. "/" .. day_text(number_of(last) - 1), how, nil, kind
end

function resolve.ref (t, c)
  if c.loose and c.whole and t.value == "PRESENT_REF" and c.anchor and c.anchor.h then
    return shift.moment(c.anchor, true), "document", nil, "TIME"
  end
  return t.value, nil, nil, match(t.value, "^PX") and "DURATION" or nil
end

-- What a phrase says of two things at once, as the end of the month.
function resolve.together (t, c) return resolve.rel({ unit = t.key[1], n = 0, mod = t.key[2] },
  c) end

-- What was read is lent: it is filled up in a copy.
local function copy_of (t)
  local out = {}
  for name, value in pairs(t) do out[name] = value end
  return out
end

-- Gives months of no year those between which today is: in September, May to October is this
-- year's.
local function keep_present (a, b, now)
  if a.op ~= "abs" or b.op ~= "abs" or a.y or b.y or not a.m or not b.m or not now then return end
  local function follows (y, t) return t.m > now.m or t.m == now.m and (not t.d or not now.d
    or t.d >= now.d) or y > now.y end
  local y = a.m > now.m and now.y - 1 or now.y
  local stop = b.m < a.m and y + 1 or y
  if stop >= now.y and follows(stop, b) then a.y, b.y = y, stop end
end

-- A month, or a day of it, that is said without its year; also where a part of it is meant.
local function yearless (t)
  local point = t.op == "nth" and t.of or t
  return point.op == "abs" and point.m and not point.y and point or nil
end

-- What such a point means in a year.
local function value_in (t, y, c)
  local whole = copy_of(t)
  local point = whole
  if t.op == "nth" then
    point = copy_of(t.of)
    whole.of = point
  end
  point.y = y
  return M.value(whole, c)
end

-- An end of a stretch that is said without its year, in the year of the other end or the one
-- beside it: before it where `step` is -1 (April to September of last year), behind it where that
-- is 1 (from today to the end of July).
local function beside (t, other, step, c)
  local y, month = match(other, "^(%d%d%d%d)%-?(%d?%d?)")
  local point = y and yearless(t)
  if not point then return nil end
  month = tonumber(month)
  for by = 0, month and (month - point.m) * step > 0 and 1 or 0 do
    local value = value_in(t, y + step * by, c)
    local backward = value and (step < 0 and is_backward(value, other)
                                or step > 0 and is_backward(other, value))
    if value and not backward then return value end
  end
end

-- Both ends; what one lacks it has of the other.
function resolve.range (t, c)
  local a, b = copy_of(t.a), copy_of(t.b)
  if c.loose and not t.a.d and not t.b.d then keep_present(a, b, c.anchor) end
  if b.op == "abs" and a.op == "abs" then
    if not a.y and b.y then a.y = b.y end
    if not a.m and a.d then a.m = b.m end
    if not b.m and b.d and a.m then b.m = a.m end
    if a.y and b.y and a.y > b.y and not t.swapped and a.m and b.m
        and not t.a_year then a.y = b.y end
    if a.y and a.y == b.y and a.m and b.m and a.m > b.m and a.y_of_b == nil then a.y = b.y - 1 end
  end
  if a.op == "num" and a.two and b.op == "num" and b.c then a.c, a.clen, a.two = b.c, b.clen,
      nil end
  if b.op == "reldate" and b.y_of and a.op == "abs" and a.m and not a.y and a.m <= b.m then
    a.op, a.y_of = "reldate", b.y_of                  -- from April to September next year
  end
  if a.op == "fiscal" and b.op == "abs" and not b.m then b.op, b.kind = "fiscal", a.kind end
  if a.op == "dow" and b.op == "dow" and a.week and not b.week then b.week = a.week end
  if a.h and b.op == "time" and not b.date then
    b.date = { op = "abs", y = a.y, m = a.m, d = a.d }
  end
  if a.op == "time" and b.op == "time" and b.date and not a.date then a.date = b.date end
  if a.op == "time" and b.op == "time" and a.date and not b.date then b.date = a.date end
  local first, how, _, kind = M.value(a, c)
  if a.op == "abs" and b.op == "abs" and not b.y and first then
    local from = parse(first)
    b.y = from and from.y
    if from and b.d and not b.m then b.m = from.m end        -- 18日至19日
    if b.m and a.m and (b.m < a.m) and b.y then b.y = b.y + 1 end
  end
  local second, how2, _, kind2 = M.value(b, c)
  if first and second and first > second then
    local from, to = a.op == "time" and a.date or a, b.op == "time" and b.date or b
    if from.op == "dow" and to.op == "dow" and parse(second) then
      second = day_text(number_of(parse(second)) + 7) .. sub(second, 11)
    end
  end
  if first and second and is_backward(first, second) then
    local before = beside(t.a, second, -1, c)
    -- Behind a weekday no month ends it: he spoke on Monday to March families.
    if not before then second = t.a.op ~= "dow" and beside(t.b, first, 1, c) or nil end
    first = before or first
  end
  if not first or not second or #first > 25 or match(first, "^P") or match(second, "^P")
      or match(first, "/") or match(second, "/") then return nil end
  if a.first and a.stop and b.first then
    c.parts = { { a.first, a.stop - 1, first }, { b.first, b.stop - 1, second } }
  end
  return first .. "/" .. second, how or how2, nil, kind or kind2
end

function resolve.open (t, c)
  local point = t.from or t.to
  -- "Since March" looks back and "by March" ahead, unless the sentence says otherwise.
  if point.op == "dow" and not point.n or point.op == "abs" and not point.y then
    point.side = t.ever and -1 or t.to and 1 or nil
  end
  local value, anchor, mod, kind = M.value(point, c)
  if not value then return nil end
  if kind == "DURATION" then return value, nil, nil, kind end
  if match(value, "^P") or match(value, "[_/]") then return nil end
  if t.as_of and c.anchor and value <= calendar.text(c.anchor.y, c.anchor.m, c.anchor.d) then
    return value, anchor, mod, kind                    -- a state of that day: 9,000 as of May
  end
  if point.first and point.stop then c.parts = { { point.first, point.stop - 1, value } } end
  return t.from and value .. "/.." or "../" .. value, anchor, mod, kind
end

-- What is marked: base + n years.
function resolve.anniv (t, c)
  if not t.n or t.n < 1 then return nil end
  local base = c.base and c.base(t.n)
  if base then
    return calendar.text(base.y + t.n, base.m, base.d),
           format("%s+P%dY", calendar.text(base.y, base.m, base.d), t.n)
  end
  local told = c.year and c.year(t.n)
  if told then return format("%04d", told), "text" end
  if c.anchor then return format("%04d", c.anchor.y), "document" end
end

--- What a phrase means: value, anchor, mod, type; nothing where it is not known.
---@param t table as dates_read makes it
---@param c table anchor {y, m, d, h, min, s}, loose, whole, future(), month_first(), base(n),
-- last(unit): the date spoken of last, told(unit, how): that from which a phrase is reckoned,
-- year(n): the year that the sentence tells of an n-th anniversary
---@return string? value
---@return string? anchor
---@return string? mod
---@return string? type DATE where there is none
function M.value (t, c)
  local f = type(t) == "table" and resolve[t.op]
  if f then return f(t, c) end
end

resolve.time = hours.new(M.value)
periods.add(resolve, M.value, parse, ahead)
nights.add(resolve, M.value, parse)

return M
