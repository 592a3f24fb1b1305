--- Dates as stretches of days: which exclude each other, which say the same more finely.
--
-- A period is {first, last, grain, text}: numbers of days (grammar.calendar), and how
-- finely its ends are known: "day", "month", "year" or "more". Made of the values of the
-- layer `date`: 1980, 1980-02, 1980-02-01, 198, 1980-W05, 1980-Q1, 1980-SU, A/B.
-- @module lesdiplo.fact.told.period
local calendar = require "lesdiplo.grammar.calendar"
local find, match, sub = string.find, string.match, string.sub
local max, min, tonumber = math.max, math.min, tonumber
local day_of, huge, month_length = calendar.number, math.huge, calendar.month_length
_ENV = nil
local M = {}

local MONTH = 31       -- days: a longer range is not known to the day, of a visit, say

-- The first month of what stands for some, and of how many.
local parts = { Q1 = 1, Q2 = 4, Q3 = 7, Q4 = 10, SP = 3, SU = 6, FA = 9, H1 = 1, H2 = 7 }

-- The days of the months m to n of a year.
local function months (y, m, n)
  return day_of(y, m, 1), day_of(y, n, month_length(y, n))
end

-- first, last and grain of a value that is no range; nothing where it is not known.
local function simple (text)
  local y, rest = match(text, "^(%d%d%d%d)(.*)$")
  if not y then
    local head = match(text, "^(%d%d%d?)X*$")                  -- 198, 19: a decade, a century
    if not head then return nil end
    local low = tonumber(head) * (#head == 3 and 10 or 100)
    return day_of(low, 1, 1), day_of(low + (#head == 3 and 9 or 99), 12, 31), "more"
  end
  y = tonumber(y)
  local m, d = match(rest, "^%-(%d%d)%-(%d%d)")
  if d and calendar.is_day(y, tonumber(m), tonumber(d)) then
    local n = day_of(y, tonumber(m), tonumber(d))
    return n, n, "day"
  end
  m = tonumber(match(rest, "^%-(%d%d)"))
  if m and calendar.is_day(y, m) then
    local first, last = months(y, m, m)
    return first, last, "month"
  end
  local week, part = match(rest, "^%-W(%d%d)"), parts[sub(rest, 2, 3)]
  if week then
    local january = day_of(y, 1, 4)                                 -- is in week 1
    local first = january - calendar.weekday(january) + 1 + 7 * (tonumber(week) - 1)
    return first, first + 6, "month"
  elseif part then
    local first, last = months(y, part, part + (find(rest, "H") and 5 or 2))
    return first, last, "year"
  elseif find(rest, "^%-WI") then return day_of(y, 1, 1), day_of(y + 1, 3, 31), "year"
  elseif rest == "" or find(rest, "^%-X") then
    return day_of(y, 1, 1), day_of(y, 12, 31), "year"
  end
end

local order = { day = 1, month = 2, year = 3, more = 4 }
M.order = order        -- the finest first

--- The period of a value; nil where the value is none (PAST_REF, XXXX-05-01, nothing).
--     > period.of("1980-02").last - period.of("1980-02").first
--     28
---@param text string?
---@return table? period
function M.of (text)
  if not text then return nil end
  local a, b = match(text, "^(.*)/(.*)$")
  if not a then
    local first, last, grain = simple(text)
    return first and { first = first, last = last, grain = grain, text = text }
  end
  local first, _, one = simple(a)
  local _, last, other = simple(b)
  if not first and not last then return nil end
  local out = { first = first or -huge, last = last or huge, text = text }
  local long = out.last - out.first
  if long < 0 then return nil end
  out.grain = one and other and (order[one] > order[other] and one or other) or "more"
  if out.grain == "day" and long > MONTH then out.grain = long > 366 and "more" or "year" end
  return out
end

--- Do two periods have a day in common? Where one is not known, nothing is excluded.
---@param a table?
---@param b table?
---@return boolean
function M.meet (a, b)
  return not a or not b or a.first <= b.last and b.first <= a.last
end

--- What both have in common, of periods that meet; known as finely as the finer one.
---@param a table?
---@param b table?
---@return table? period
function M.common (a, b)
  if not a or not b then return a or b end
  local finer = order[b.grain] < order[a.grain] and b or a
  if order[a.grain] == order[b.grain] and b.last - b.first < a.last - a.first then finer = b end
  return { first = max(a.first, b.first), last = min(a.last, b.last), grain = finer.grain,
           text = finer.text }
end

--- How one says the date of another: same, finer, coarser (one contains the other),
-- different.
--     > period.compare(period.of "1980-02-01", period.of "1980")
--     finer
---@param a table
---@param b table
---@return string
function M.compare (a, b)
  if a.first == b.first and a.last == b.last then return "same" end
  if a.first >= b.first and a.last <= b.last then return "finer" end
  if b.first >= a.first and b.last <= a.last then return "coarser" end
  return "different"
end

--- Is a period known so finely, or more so?
---@param a table?
---@param grain string day month year
---@return boolean
function M.is_known (a, grain)
  return a ~= nil and order[a.grain] <= order[grain]
end

--- The year of a period that lies in one.
---@param a table?
---@return integer?
function M.year (a)
  if not a or a.first == -huge or a.last == huge then return nil end
  local y, z = calendar.day(a.first), calendar.day(a.last)
  return y == z and y or nil
end

--- The month of a day's number: a number that is one more for the next month.
---@param n integer
---@return integer
function M.month (n)
  local y, m = calendar.day(n)
  return y * 12 + m - 1
end

return M
