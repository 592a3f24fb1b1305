--- Which day, week, month ... a phrase means: values of TIMEX3.
--
-- What is relative is reckoned from the day of publication (or of the dateline), in
-- stories of the past from the date spoken of last. `anchor` says from what. Without a
-- day to reckon from, or with one that is not known so exactly, there is no value.
-- @module lesdiplo.grammar.dates_resolve
local calendar = require "lesdiplo.grammar.calendar"
local floor, format, match = math.floor, string.format, string.match
local math_type, tonumber, type = math.type, tonumber, type
_ENV = nil
local M = {}

--- A date of ISO 8601 as {y, m, d}: what lacks is nil.
---@param text string?
---@return table?
function M.parse (text)
  local y, m, d = match(text or "", "^(%d%d%d%d)-?(%d?%d?)-?(%d?%d?)")
  if not y then return nil end
  return { y = tonumber(y), m = tonumber(m), d = tonumber(d) }
end

local function number_of (date) return calendar.number(date.y, date.m, date.d) end

local function day_text (n) return calendar.text(calendar.day(n)) end

-- A unit some steps from a day, as its value.
local function shifted (anchor, unit, n)
  if unit == "Y" then return format("%04d", anchor.y + n) end
  if unit == "DE" then return format("%03dX", anchor.y // 10 + n) end
  if unit == "CE" then return format("%02d", anchor.y // 100 + n) end
  if not anchor.m then return nil end
  if unit == "M" then return calendar.text(calendar.add_months(anchor.y, anchor.m, n)) end
  if unit == "Q" then
    local y, m = calendar.add_months(anchor.y, anchor.m, 3 * n)
    return format("%04d-Q%d", y, (m + 2) // 3)
  end
  if not anchor.d then return nil end
  local day = number_of(anchor)
  if unit == "W" then return format("%04d-W%02d", calendar.week(day + 7 * n)) end
  if unit == "FN" then return format("%04d-W%02d", calendar.week(day + 14 * n)) end
  if unit == "WE" then return format("%04d-W%02d-WE", calendar.week(day + 7 * n)) end
  if unit == "D" then return day_text(day + n) end
end

local durations = { D = "P%sD", W = "P%sW", M = "P%sM", Y = "P%sY", H = "PT%sH", MIN = "PT%sM",
  S = "PT%sS", DE = "P%sY", CE = "P%sY", Q = "P%sM", FN = "P%sW", WE = "P%sWE" }
local factors = { DE = 10, CE = 100, Q = 3, FN = 2 }

local function plain (n)
  if math_type(n) == "float" and n == floor(n) then return format("%d", n) end
  return math_type(n) == "float" and format("%.10g", n) or format("%s", n)
end

-- A length: so many of a unit.
local function duration (n, unit)
  if n == "X" then
    return unit == "DE" and "PXDE" or unit == "CE" and "PXCE" or format(durations[unit], "X")
  end
  if n == 0.5 and unit == "Y" then return "P6M" end
  if n == 0.5 and unit == "H" then return "PT30M" end
  if n == 0.25 and unit == "H" then return "PT15M" end
  return format(durations[unit], plain(n * (factors[unit] or 1)))
end

-- The year of a month and day: the last time there was one, or the next one where the
-- sentence is about what will be. What is less than a month ahead is near, too.
local function year_of (t, c)
  local a = c.anchor
  if not a then return nil end
  if not a.m then return a.y end
  local y = a.y
  local ahead = (t.m - a.m) * 31 + ((t.d or a.d or 1) - (a.d or 1))
  if ahead >= -60 and ahead <= 40 and t.d then return y end
  if c.future then
    if ahead < (t.d and 0 or -20) then y = y + 1 end
  elseif ahead > 40 then y = y - 1
  elseif ahead < -330 then y = y + 1
  end
  return y
end

local resolve = {}

local function whole_year (y) return y and y < 100 and y + (y < 50 and 2000 or 1900) or y end

function resolve.abs (t, c)
  local y, m, d = whole_year(t.y), t.m, t.d
  if m and not calendar.is_day(y, m, d) then return nil end
  if not m and not y then return nil end
  local anchor
  if not y then
    y = year_of(t, c)
    anchor = y and "document"
  end
  if not y then return format("XXXX-%02d", m) .. (d and format("-%02d", d) or ""), nil, t.mod end
  if not m and (y < 1000 or y > 2200) then return nil end
  c.last = { y = y, m = m, d = d }
  return calendar.text(y, m, d), anchor, t.mod
end

-- 12/05/1919: the day first, unless one number says otherwise.
function resolve.num (t, c)
  local d, m, y = t.a, t.b, whole_year(t.c)
  if m > 12 or c.month_first and t.a <= 12 then d, m = t.b, t.a end
  if not calendar.is_day(y, m, d) then return nil end
  return calendar.text(y, m, d)
end

function resolve.day (t, c)
  if not c.anchor or not c.anchor.d then return nil end
  local value = day_text(number_of(c.anchor) + t.n)
  if t.part then return value .. "T" .. t.part:sub(2), "document", nil, "TIME" end
  return value, "document"
end

function resolve.rel (t, c)
  local a = c.anchor
  if not a then return nil end
  if t.unit then return shifted(a, t.unit, t.n), "document", t.mod end
  if t.m then
    local y = a.y + t.n
    if not a.m then return nil end
    if t.n == -1 and t.m < a.m or t.n == 1 and t.m > a.m then y = a.y end
    return calendar.text(y, t.m), "document", t.mod
  end
  return format("%04d-%s", a.y + t.n, t.season), "document"
end

-- A month, or a day of it, of last year, this one or the next.
function resolve.rel_month (t, c)
  if not c.anchor or not calendar.is_day(c.anchor.y + t.n, t.m, t.d) then return nil end
  return calendar.text(c.anchor.y + t.n, t.m, t.d), "document"
end

resolve["of"] = function (t, c)
  local month, anchor = resolve.rel(t.of, c)
  if not month or not month:find "^%d+%-%d+$" then return nil end
  local date = M.parse(month)
  if not calendar.is_day(date.y, date.m, t.d) then return nil end
  return calendar.text(date.y, date.m, t.d), anchor
end

function resolve.dow (t, c)
  if not c.anchor or not c.anchor.d then return format("XXXX-WXX-%d", t.d) end
  local today = number_of(c.anchor)
  local day = today - (calendar.weekday(today) - t.d) % 7
  if t.n == 1 or (c.future and t.n ~= -1 and day < today) then day = day + 7
  elseif t.n == -1 and day == today then day = day - 7
  end
  return day_text(day), "document"
end

-- The day of a week some weeks on: 上周二.
function resolve.week_dow (t, c)
  if not c.anchor or not c.anchor.d then return format("XXXX-WXX-%d", t.d) end
  local today = number_of(c.anchor)
  return day_text(today - calendar.weekday(today) + t.d + 7 * t.n), "document"
end

function resolve.ago (t, c)
  local a, n, unit = c.anchor, t.count, t.unit
  if not a or n == "X" then return n == "X" and (t.sign < 0 and "PAST_REF" or "FUTURE_REF")
      or nil end
  if unit == "H" or unit == "MIN" or unit == "S" then
    if not t.in_ then return nil end
    return duration(n, unit), nil, nil, "DURATION"
  end
  if t.in_ and c.future == false and unit ~= "D" then
    return duration(n, unit), nil, nil, "DURATION"      -- within six months
  end
  if unit == "DE" then return format("%04d", a.y + t.sign * floor(n * 10)), "document" end
  if unit == "CE" then return format("%04d", a.y + t.sign * floor(n * 100)), "document" end
  return shifted(a, unit, t.sign * floor(n)), "document"
end

function resolve.dur (t)
  return duration(t.count, t.unit), nil, t.mod, "DURATION"
end

function resolve.set (t) return t.value, nil, nil, "SET" end

function resolve.every (t)
  if t.dow then return format("XXXX-WXX-%d", t.dow), nil, nil, "SET" end
  if t.m then return format("XXXX-%02d", t.m), nil, nil, "SET" end
  return duration(t.count or 1, t.unit), nil, nil, "SET"
end

function resolve.ref (t) return t.value end
function resolve.dec (t) return format("%03dX", t.y // 10), nil, t.mod end
function resolve.cen (t)
  if not t.n or t.n < 1 or t.n > 30 then return nil end
  return format("%02d", t.n - 1), nil, t.mod
end
function resolve.quarter (t)
  if not t.q or t.q > 4 then return nil end
  return format("%04d-Q%d", t.y, t.q)
end
function resolve.half (t, c)
  local y = t.y or c.anchor and c.anchor.y
  return y and t.q <= 2 and format("%04d-H%d", y, t.q) or nil
end
function resolve.season (t, c)
  local y = t.y or c.anchor and c.anchor.y
  return y and format("%04d-%s", y, t.season) or nil
end

function resolve.time (t, c)
  local date, anchor
  if t.date then date, anchor = M.value(t.date, c)
  elseif c.anchor and c.anchor.d then date, anchor = day_text(number_of(c.anchor)), "document"
  end
  if t.part then return date and date .. "T" .. t.part:sub(2), anchor, nil, "TIME" end
  local h = t.h
  if t.half then h = h % 12 + t.half end
  if h > 24 or (t.min or 0) > 59 or not date or #date < 10 then return nil end
  local clock = t.min and format("T%02d:%02d", h, t.min) or format("T%02d:00", h)
  if t.s then clock = clock .. format(":%02d", t.s) end
  return date .. clock .. (t.zone and "Z" or ""), anchor, nil, "TIME"
end

-- Both ends; what one lacks it has of the other.
function resolve.range (t, c)
  local a, b = t.a, t.b
  if b.op == "abs" and a.op == "abs" then
    if b.y and b.y < 100 and a.y and not b.m then b.y = a.y // 100 * 100 + b.y end
    if not a.y and b.y then a.y = b.y end
    if not a.m and a.d then a.m = b.m end
    if not b.m and b.d then b.m = a.m end
  end
  local first = M.value(a, c)
  if a.op == "abs" and b.op == "abs" and not b.y and first then b.y = M.parse(first)
      and M.parse(first).y end
  local second = M.value(b, c)
  if not first or not second or first > second then return nil end
  c.parts = { { a.first, a.stop - 1, first }, { b.first, b.stop - 1, second } }
  return first .. "/" .. second
end

function resolve.open (t, c)
  local value, anchor = M.value(t.from or t.to, c)
  if not value or value:find "[P_/]" then return nil end
  local point = t.from or t.to
  c.parts = { { point.first, point.stop - 1, value } }
  return t.from and value .. "/.." or "../" .. value, anchor
end

-- What is marked: base + n years.
function resolve.anniv (t, c)
  if not t.n or t.n < 1 then return nil end
  local base = c.base and c.base(t.n)
  if base then
    return calendar.text(base.y + t.n, base.m, base.d),
           format("%s+P%dY", calendar.text(base.y, base.m, base.d), t.n)
  end
  if c.anchor then return format("%04d", c.anchor.y), "document" end
end

--- What a phrase means: value, anchor, mod, type; nothing where it is not known.
---@param t table as dates_read makes it
---@param c table anchor {y, m, d}, future, month_first, base
---@return string? value
---@return string? anchor
---@return string? mod
---@return string? type DATE where there is none
function M.value (t, c)
  if type(t) ~= "table" then return nil end
  return resolve[t.op](t, c)
end

return M
