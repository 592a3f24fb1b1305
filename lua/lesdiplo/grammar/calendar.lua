--- Reckoning with days, weeks and months of the Gregorian calendar.
-- @module lesdiplo.grammar.calendar
local format = string.format
_ENV = nil
local M = {}

--- The number of a day, counted from 1 January 1970.
---@param y integer
---@param m integer
---@param d integer
---@return integer
function M.number (y, m, d)
  if m <= 2 then y = y - 1 end
  local era = y // 400
  local yoe = y - era * 400
  local doy = (153 * (m + (m > 2 and -3 or 9)) + 2) // 5 + d - 1
  return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468
end

--- The day of a number: year, month, day.
---@param n integer
---@return integer, integer, integer
function M.day (n)
  n = n + 719468
  local era = n // 146097
  local doe = n - era * 146097
  local yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
  local doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
  local mp = (5 * doy + 2) // 153
  local d = doy - (153 * mp + 2) // 5 + 1
  local m = mp + (mp < 10 and 3 or -9)
  return yoe + era * 400 + (m <= 2 and 1 or 0), m, d
end

local lengths = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

--- How many days a month has.
---@param y integer
---@param m integer
---@return integer
function M.month_length (y, m)
  local leap = y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)
  return m == 2 and leap and 29 or lengths[m]
end

--- Is there such a day?
---@param y integer?
---@param m integer
---@param d integer?
---@return boolean
function M.is_day (y, m, d)
  return m >= 1 and m <= 12 and (d == nil or d >= 1 and d <= M.month_length(y or 2000, m))
end

--- The day of the week, from 1, Monday.
---@param n integer number of a day
---@return integer
function M.weekday (n) return (n + 3) % 7 + 1 end

--- The ISO week of a day: year and week.
---@param n integer number of a day
---@return integer, integer
function M.week (n)
  local thursday = n - M.weekday(n) + 4
  local y = M.day(thursday)
  return y, (thursday - M.number(y, 1, 1)) // 7 + 1
end

--- A month some months on: year and month.
---@param y integer
---@param m integer
---@param by integer
---@return integer, integer
function M.add_months (y, m, by)
  local n = y * 12 + m - 1 + by
  return n // 12, n % 12 + 1
end

--- As ISO 8601 writes it: 2025, 2025-03, 2025-03-01.
---@param y integer
---@param m integer?
---@param d integer?
---@return string
function M.text (y, m, d)
  if not m then return format("%04d", y) end
  return d and format("%04d-%02d-%02d", y, m, d) or format("%04d-%02d", y, m)
end

return M
