--- What the named and counted stretches of the calendar mean: decades, quarters, seasons, the
-- first Monday of, the last ten days of, feasts.
--
-- `add(resolve, value, parse, ahead)` puts a function an op into a table, as resolve.lua has
-- them; value is that of resolve.lua, for what a node has inside, ahead tells whether the
-- sentence is about what will be.
-- @module lesdiplo.grammar.date.periods
local calendar = require "lesdiplo.grammar.calendar"
local feasts = require "lesdiplo.grammar.date.feasts"
local hours = require "lesdiplo.grammar.date.hours"
local shift = require "lesdiplo.grammar.date.shift"
local format, match, sub = string.format, string.match, string.sub
local pairs, tonumber = pairs, tonumber
_ENV = nil
local M = {}
local number_of, day_text = shift.number_of, shift.day_text

local value_of, parse, ahead
local resolve = {}

-- What a node says, as a day to reckon from; how exactly is told by what it has.
local function point_of (t, c)
  local value, how = value_of(t, c)
  if not value then return nil end
  local date = parse(value)
  if not date and match(value, "^%d+%-W%d+$") then return nil end
  return date, how, value
end

M.point_of = point_of

function resolve.dec (t)
  local y = t.y
  if t.len and t.len <= 2 then y = 1900 + y end
  return format("%03dX", y // 10), nil, t.mod
end

function resolve.cen (t)
  local n = t.n
  if not n or n == 0 or n > 30 or n < -50 then return nil end
  if n < 0 then return format("BC%02d", -n - 1), nil, t.mod end
  return format("%02d", n - 1), nil, t.mod
end

local function year_said (t, c)
  if t.y then return t.y end
  if t.of then
    local value, how = value_of(t.of, c)
    return value and tonumber(match(value, "^%d%d%d%d")), how
  end
  return c.anchor and c.anchor.y, "document"
end

function resolve.quarter (t, c)
  local y, how = year_said(t, c)
  if not y or not t.q or t.q > 4 then return nil end
  return format("%04d-Q%d", y, t.q), how, t.mod
end

function resolve.half (t, c)
  local y, how = year_said(t, c)
  return y and t.q <= 2 and format("%04d-H%d", y, t.q) or nil, how, t.mod
end

function resolve.season (t, c)
  local y, how = year_said(t, c)
  if t.y or not y then how = nil end
  return y and format("%04d-%s", y, t.season) or t.season, how, t.mod
end

function resolve.fiscal (t) return (t.kind == "SY" and "SY" or "FY") .. format("%04d", t.y), nil,
  t.mod end

function resolve.week (t, c)
  local date, how = point_of(t.of, c)
  if not date or not date.d then return nil end
  return format("%04d-W%02d", calendar.week(number_of(date))), how
end

-- The first and last day of what a value stands for.
local function period (value)
  local y, m, d = match(value, "^(%d%d%d%d)%-?(%d?%d?)%-?(%d?%d?)$")
  if not y then
    local wy, w = match(value, "^(%d%d%d%d)%-W(%d%d)$")
    if wy then
      local jan4 = calendar.number(tonumber(wy), 1, 4)
      local first = jan4 - calendar.weekday(jan4) + 1 + 7 * (tonumber(w) - 1)
      return first, first + 6, "week"
    end
    return nil
  end
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  if d then return calendar.number(y, m, d), calendar.number(y, m, d), "day" end
  if m then return calendar.number(y, m, 1), calendar.number(y, m, calendar.month_length(y, m)),
      "month" end
  return calendar.number(y, 1, 1), calendar.number(y, 12, 31), "year"
end

M.period = period

-- Does a stretch end before its beginning, or inside of it? An end may hold its beginning: from
-- now to the end of June.
local season_order = { SP = 1, SU = 2, FA = 3, WI = 4 }
local function is_backward (first, second)
  local y, season = match(first, "^(%d+)%-(%u%u)$")
  local z, other = match(second, "^(%d+)%-(%u%u)$")
  if y and z then return y > z or y == z and season_order[season] > season_order[other] end
  local _, a = period(first)
  local _, b = period(second)
  if a and b then return a > b end
  return first > second
end

M.is_backward = is_backward

-- The n-th of some days a week apart within a period.
local function nth_of (first, last, dow, n)
  if n > 0 then
    local day = first + (dow - calendar.weekday(first)) % 7 + 7 * (n - 1)
    return day <= last and day or nil
  end
  local day = last - (calendar.weekday(last) - dow) % 7 + 7 * (n + 1)
  return day >= first and day or nil
end

function resolve.nth (t, c)
  local value, how = value_of(t.of, c)
  if not value then return nil end
  local first, last, kind = period(value)
  if not first then return nil end
  local n, day = t.n, nil
  if t.dow then day = nth_of(first, last, t.dow, n)
  elseif t.unit == "D" then
    day = n > 0 and first + n - 1 or last + n + 1
    if day < first or day > last then return nil end
  elseif t.unit == "W" or t.unit == "WE" then
    if kind == "year" and t.unit == "W" then
      local y = parse(value).y
      if n > 0 then return n < 54 and format("%04d-W%02d", y, n) or nil, how end
      local _, weeks = calendar.week(calendar.number(y, 12, 28))
      return format("%04d-W%02d", y, weeks + n + 1), how
    end
    if kind == "day" then return nil end
    day = nth_of(first, last, t.unit == "WE" and 6 or 4, n)    -- a week is where its Thursday is
    return day and format(t.unit == "WE" and "%04d-W%02d-WE" or "%04d-W%02d", calendar.week(day)),
      how
  elseif t.unit == "WD" then
    local y, m, d = calendar.day(n > 0 and first - 1 or last + 1)
    day = number_of(parse((shift.unit({ y = y, m = m, d = d }, "WD", n))))
    if day < first or day > last then return nil end
  elseif t.unit == "M" and kind == "year" then
    local m = n > 0 and n or 13 + n
    return m >= 1 and m <= 12 and calendar.text(parse(value).y, m) or nil, how
  end
  return day and day_text(day), how, t.mod
end

-- The first nine months of a year: both ends; from the end where n is less than none.
function resolve.some (t, c)
  local value, how = value_of(t.of, c)
  local first, last, kind = period(value or "")
  local n = t.n
  if not first then return nil end
  if t.unit == "M" then
    if kind ~= "year" or n > 12 or n < -12 then return nil end
    local y = parse(value).y
    return calendar.text(y, n > 0 and 1 or 13 + n) .. "/" .. calendar.text(y, n > 0 and n or 12),
      how
  end
  local days = t.unit == "W" and 7 * n or n
  if days > last - first + 1 or -days > last - first + 1 then return nil end
  if days > 0 then last = first + days - 1 else first = last + days + 1 end
  return day_text(first) .. "/" .. day_text(last), how
end

-- The first or second half of a month.
function resolve.halfmonth (t, c)
  local value, how = value_of(t.of, c)
  local first, last, kind = period(value or "")
  if kind ~= "month" then return nil end
  local days = t.days
  if t.q * days <= 20 then last = first + t.q * days - 1 end
  first = first + (t.q - 1) * days
  return day_text(first) .. "/" .. day_text(last), how
end

-- Week 23: of this year, or of the one that is said.
function resolve.weekno (t, c)
  local y, how = c.anchor and c.anchor.y, "document"
  if t.of or t.y then y, how = year_said(t, c) end
  if not y or t.n < 1 or t.n > 53 then return nil end
  if t.dow then return day_text(period(format("%04d-W%02d", y, t.n)) + t.dow - 1) end
  return format("%04d-W%02d", y, t.n), how
end

function resolve.nthafter (t, c)
  local date, how = point_of(t.after, c)
  if not date or not date.d or not t.dow then return nil end
  local day = number_of(date)
  if t.n < 0 then return day_text(nth_of(day - 400, day - 1, t.dow, t.n)), how end
  return day_text(nth_of(day + 1, day + 401, t.dow, t.n)), how
end

-- A day with a name: of a year, or the next one.
function resolve.holiday (t, c)
  local a = c.anchor
  local y, how = t.y, nil
  if t.of then y, how = year_said(t, c) end
  if not y then
    if not a then return nil end
    how, y = "document", a.y
    if a.m then
      local n = feasts.day(t.key, y)
      local now = calendar.number(a.y, a.m, a.d or 1)
      if not n then return nil end
      if t.n == -1 then y = n < now and y or y - 1
      elseif t.n == 1 then y = n >= now and y or y + 1
      elseif c.loose and ahead(c) and t.n ~= 0 then y = n >= now and y or y + 1
      elseif not t.n and not ahead(c) and n > now + 45 then y = y - 1
      elseif not t.n and ahead(c) and n < now - 45 then y = y + 1 end
    end
  end
  local first, last = feasts.day(t.key, y)
  if not first then return nil end
  if how and not a.d and a.m then          -- no more exactly than the document is dated
    local _, m = calendar.day(first)
    return m == a.m and calendar.text(y, m) or nil, how, t.mod
  end
  if last then return day_text(first) .. "/" .. day_text(last), how, t.mod end
  return day_text(first), how, t.mod
end

-- The weekend of a feast: the one it is on, or beside.
function resolve.feastweekend (t, c)
  local date = parse((resolve.holiday(t, c)))
  if not date or not date.d then return nil end
  local n = number_of(date)
  local dow = calendar.weekday(n)
  if dow == 3 then return nil end
  if dow < 3 then n = n - 3 end
  return format("%04d-W%02d-WE", calendar.week(n)), not t.y and "document" or nil
end

function resolve.set (t) return t.value, nil, nil, "SET" end

function resolve.every (t)
  local value
  if t.dow then value = format("XXXX-WXX-%d", t.dow)
  elseif t.d or t.m then
    value = "XXXX-" .. (t.m and format("%02d", t.m) or "XX") .. (t.d and format("-%02d", t.d) or "")
  elseif t.part or t.clock then value = "XXXX-XX-XX"
  else value = shift.duration(t.list) end
  if t.clock then value = value .. hours.time(t.clock, t.part)
  elseif t.part then value = value .. "T" .. sub(t.part, 2) end
  return value, nil, nil, "SET"
end

--- Adds these ops to those of a table.
---@param to table op -> function
---@param value function
---@param parse_date function
---@param is_ahead function
function M.add (to, value, parse_date, is_ahead)
  value_of, parse, ahead = value, parse_date, is_ahead
  for op, f in pairs(resolve) do to[op] = f end
end

return M
