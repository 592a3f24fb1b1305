--- Reckoning with lengths of time: so many of a unit from a day, and lengths as values.
-- @module lesdiplo.grammar.date.shift
local calendar = require "lesdiplo.grammar.calendar"
local floor, format = math.floor, string.format
local math_type, min = math.type, math.min
local concat = table.concat
_ENV = nil
local M = {}

--- The number of a day {y, m, d}: the next one has one more.
function M.number_of (date) return calendar.number(date.y, date.m, date.d) end
--- The day of a number, as 2024-05-02.
function M.day_text (n) return calendar.text(calendar.day(n)) end
local number_of, day_text = M.number_of, M.day_text

local seconds = { H = 3600, MIN = 60, S = 1, QH = 900 }
local function year (y) return y >= 1 and y <= 9999 and format("%04d", y) or nil end

--- A moment as a value: with seconds where they matter.
function M.moment (a, exact)
  local text = calendar.text(a.y, a.m, a.d) .. format("T%02d:%02d", a.h, a.min or 0)
  if exact and a.s and a.s > 0 then text = text .. format(":%02d", a.s) end
  return text
end

-- A moment some seconds on.
local function later (a, by)
  local total = number_of(a) * 86400 + a.h * 3600 + (a.min or 0) * 60 + (a.s or 0) + floor(by + 0.5)
  local y, m, d = calendar.day(total // 86400)
  local s = total % 86400
  return { y = y, m = m, d = d, h = s // 3600, min = s // 60 % 60, s = s % 60 }
end

-- A day some workdays from another, which may be none.
local function workdays_on (day, n)
  local step = n < 0 and -1 or 1
  local dow = calendar.weekday(day)
  if dow > 5 then day = step > 0 and day - dow + 5 or day - dow + 8 end
  n = n * step
  day = day + step * 7 * (n // 5)
  for _ = 1, n % 5 do
    repeat day = day + step until calendar.weekday(day) < 6
  end
  return day
end

--- A unit some steps from a day, as its value.
---@return string?, string? type
function M.unit (a, unit, n)
  if unit == "Y" then return year(a.y + n) end
  if unit == "DE" then return format("%03dX", a.y // 10 + n) end
  if unit == "CE" then return format("%02d", a.y // 100 + n) end
  if not a.m then return nil end
  if unit == "M" then return calendar.text(calendar.add_months(a.y, a.m, n)) end
  if unit == "Q" then
    local y, m = calendar.add_months(a.y, a.m, 3 * n)
    return format("%04d-Q%d", y, (m + 2) // 3)
  end
  if not a.d then return nil end
  local day = number_of(a)
  if unit == "W" then return format("%04d-W%02d", calendar.week(day + 7 * n)) end
  if unit == "FN" then return format("%04d-W%02d", calendar.week(day + 14 * n)) end
  if unit == "WE" then return format("%04d-W%02d-WE", calendar.week(day + 7 * n)) end
  if unit == "D" then return day_text(day + n) end
  if unit == "N" then return day_text(day + n) .. "TNI", "TIME" end
  if unit == "WD" then return day_text(workdays_on(day, n)) end
  if seconds[unit] and a.h then
    return M.moment(later(a, n * seconds[unit]), unit == "S"), "TIME"
  end
end

-- A day some months on, not later than the end of that month.
local function months_on (a, n)
  local y, m = calendar.add_months(a.y, a.m, n)
  return { y = y, m = m, d = a.d and min(a.d, calendar.month_length(y, m)), h = a.h, min = a.min,
    s = a.s }
end

local function days_on (a, n)
  local y, m, d = calendar.day(number_of(a) + n)
  return { y = y, m = m, d = d, h = a.h, min = a.min, s = a.s }
end

local in_months = { Y = 12, M = 1, Q = 3, DE = 120, CE = 1200 }
local in_days = { D = 1, W = 7, FN = 14, N = 1, WD = 1, WE = 7 }
local fineness = { CE = 1, DE = 1, Y = 1, Q = 2, M = 2, W = 3, WE = 3, FN = 3, D = 4, N = 4,
  WD = 4, H = 5, QH = 5, MIN = 5, S = 6 }

--- A day some lengths from another; the finest unit says how exactly. `by_day` keeps the
-- day whatever the unit.
---@return string?, string? type
function M.by (a, list, dir, weeks_to_days, by_day)
  local finest = 0
  for i = 1, #list, 2 do
    local n, unit = list[i] * dir, list[i + 1]
    local fine = fineness[unit]
    if fine > finest then finest = fine end
    if in_months[unit] then
      local months = n * in_months[unit]
      if months % 1 ~= 0 then months = floor(months + 0.5) end
      if months % 12 ~= 0 and finest < 2 then finest = 2 end            -- in a year and a half
      if months < -12 * a.y or months > 1e5 then return nil end
      if not a.m then
        if months % 12 ~= 0 then return nil end
        a = { y = a.y + months // 12 }
      else
        a = months_on(a, floor(months))
      end
    elseif in_days[unit] then
      if not a.d then return nil end
      local days = n * in_days[unit]
      if days > 4e6 or days < -4e6 then return nil end
      if unit == "WD" and days % 1 == 0 then
        days = workdays_on(number_of(a), floor(days)) - number_of(a)
      end
      if days % 1 ~= 0 and a.h then a, finest = later(a, days * 86400), fine
      else a = days_on(a, floor(days)) end
    else
      if not a.d or not a.h or n > 1e9 or n < -1e9 then return nil end
      a = later(a, n * seconds[unit])
    end
  end
  if a.y < 1 or a.y > 9999 then return nil end
  if finest >= 5 then return M.moment(a, finest == 6), "TIME" end
  if by_day and a.d then return calendar.text(a.y, a.m, a.d) end
  if finest == 1 then return year(a.y) end
  if finest == 2 then return calendar.text(a.y, a.m) end
  if finest == 3 and not weeks_to_days then return format("%04d-W%02d",
      calendar.week(number_of(a))) end
  return calendar.text(a.y, a.m, a.d)
end

--- From so many units ago until now, or from now on.
---@return string?, string?, string?
function M.stretch (a, n, unit, dir)
  if dir == 0 or n % 1 ~= 0 or n > 10000 then return nil end
  if seconds[unit] then
    if not a.h then return nil end
    local there = M.moment(later(a, dir * n * seconds[unit]), unit == "S")
    local here = M.moment(a, unit == "S")
    if dir < 0 then return there, here, "TIME" end
    return here, there, "TIME"
  end
  if unit == "Q" then
    if dir < 0 then return M.unit(a, unit, -n), M.unit(a, unit, -1) end
    return M.unit(a, unit, 1), M.unit(a, unit, n)
  end
  if unit == "Y" or unit == "M" then
    if dir < 0 then return M.unit(a, unit, -n), M.unit(a, unit, 0) end
    return M.unit(a, unit, 1), M.unit(a, unit, n)
  end
  local days = in_days[unit] and n * in_days[unit]
  if not days then return nil end
  local today = number_of(a)
  if unit == "WD" then
    if dir < 0 then return day_text(workdays_on(today, -n)), day_text(today) end
    return day_text(workdays_on(today, 1)), day_text(workdays_on(today, n))
  end
  if dir < 0 then return day_text(today - days), day_text(today) end
  return day_text(today + 1), day_text(today + days)
end

--- The same of a length of several units: the last two weeks and three days.
---@return string?, string?, string?
function M.stretch_of (a, list, dir)
  local there, kind = M.by(a, list, dir, true, true)
  if not there then return nil end
  local here = kind == "TIME" and M.moment(a, #there > 16)
    or day_text(number_of(a) + (dir > 0 and 1 or 0))
  if dir < 0 then return there, here, kind end
  return here, there, kind
end

local forms = { D = "D", W = "W", M = "M", Y = "Y", H = "H", MIN = "M", S = "S", DE = "Y", CE = "Y",
  Q = "M", FN = "W", WE = "WE", N = "D", WD = "D" }
local factors = { DE = 10, CE = 100, Q = 3, FN = 2 }
local order = { Y = 1, DE = 1, CE = 1, Q = 2, M = 2, W = 3, FN = 3, WE = 3, D = 4, N = 4, WD = 4,
  H = 5, MIN = 6, S = 7 }

local function plain (n)
  if math_type(n) == "float" and n == floor(n) and n < 1e15 then return format("%d", n) end
  return math_type(n) == "float" and format("%.10g", n) or format("%s", n)
end

-- Halves and quarters that are whole in a smaller unit.
local function finer (n, unit)
  if unit == "Y" and n == 0.5 then return 6, "M" end
  if unit == "QH" then return n * 15, "MIN" end
  if unit == "H" and n < 1 and n * 60 % 1 == 0 then return n * 60, "MIN" end
  if unit == "D" and n == 0.5 then return 12, "H" end
  return n, unit
end

--- A length as a value: {1, "Y", 3, "M"} is P1Y3M.
---@param list table
---@return string
function M.duration (list)
  local n, unit = list[1], list[2]
  if n == "X" then
    if unit == "DE" or unit == "CE" then return "PX" .. unit end
    return (seconds[unit] and "PTX" or "PX") .. forms[unit]
  end
  if not list[3] then
    n, unit = finer(n, unit)
    return (order[unit] < 5 and "P" or "PT") .. plain(n * (factors[unit] or 1)) .. forms[unit]
  end
  local parts, sums = {}, {}
  for i = 1, #list, 2 do
    n, unit = finer(list[i], list[i + 1])
    local k = order[unit]
    sums[k] = (sums[k] or 0) + n * (factors[unit] or 1)       -- a decade and two years
    parts[k] = plain(sums[k]) .. forms[unit]
  end
  local days, hours = {}, {}
  for k = 1, 4 do days[#days + 1] = parts[k] end
  for k = 5, 7 do hours[#hours + 1] = parts[k] end
  return "P" .. concat(days) .. (#hours > 0 and "T" .. concat(hours) or "")
end

return M
