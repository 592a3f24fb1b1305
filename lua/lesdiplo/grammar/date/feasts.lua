--- Days that have names, of a year: fixed ones, those of a weekday, those that go with
-- Easter, with the moon or with the sun. The days are data: lesdiplo.data.feasts.
-- @module lesdiplo.grammar.date.feasts
local calendar = require "lesdiplo.grammar.calendar"
local data = require "lesdiplo.data.feasts"
local sky = require "lesdiplo.grammar.sky"
local number = calendar.number
local type = type
_ENV = nil
local M = {}

-- The n-th weekday of a month, from its end where n is less than none.
local function nth (y, m, n, dow)
  if n > 0 then
    local first = number(y, m, 1)
    return first + (dow - calendar.weekday(first)) % 7 + 7 * (n - 1)
  end
  local last = number(y, m, calendar.month_length(y, m))
  return last - (calendar.weekday(last) - dow) % 7 + 7 * (n + 1)
end

-- A day of a lunar calendar that falls into a year: the first one there.
local function lunar (reckon, y, m, d)
  local from, to = number(y, 1, 1), number(y, 12, 31)
  local guess = reckon.year(y)
  for by = -1, 2 do
    local n = reckon.number(guess + by, m, d)
    if n >= from and n <= to then return n end
  end
end

local function plain (rule, y)
  if rule.easter then return calendar.easter(y) + rule.easter end
  if rule.orthodox then return calendar.orthodox_easter(y) + rule.orthodox end
  if rule.nth then return nth(y, rule.m, rule.nth, rule.dow) + (rule.plus or 0) end
  if rule.islamic then return calendar.islamic(y, rule.islamic[1], rule.islamic[2]) end
  if rule.hebrew then
    local n = lunar(calendar.hebrew, y, rule.hebrew[1], rule.hebrew[2])
    return n and n + (rule.moved and rule.moved[calendar.weekday(n)] or 0)
  end
  if rule.indian then
    local n = sky.indian(y, rule.indian[1], rule.indian[2], rule.at or "sunrise")
    return n and n + (rule.plus or 0)
  end
  if rule.sign then return sky.entry(y, rule.sign) + (rule.plus or 0) end
  if rule.sun then return sky.solar(y, rule.sun, rule.zone) end
  if rule.lunar then return calendar.chinese(y, rule.lunar[1], rule.lunar[2]) end
  if not calendar.is_day(y, rule.m, rule.d) then return nil end
  local n = number(y, rule.m, rule.d)
  local dow = calendar.weekday(n)
  if rule.workday then                       -- the nearest of them
    return dow == 6 and n - 1 or dow == 7 and n + 1 or n
  end
  if rule.not_sunday and dow == 7 then return n - 1 end
  return n
end

--- The day of a feast in a year, and its last day where it lasts.
---@param key string|table its name in lesdiplo.data.feasts, or a rule as there
---@param y integer
---@return integer?, integer?
function M.day (key, y)
  local rule = type(key) == "table" and key or data[key]
  if not rule or y < 1583 and not rule.d or y > 2200 then return nil end
  local n = plain(rule, y)
  if n and rule.days then return n, n + rule.days - 1 end
  return n
end

return M
