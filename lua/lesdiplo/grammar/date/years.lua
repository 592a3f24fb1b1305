--- Which year a month or a day is of that is named without one.
-- @module lesdiplo.grammar.date.years
local calendar = require "lesdiplo.grammar.calendar"
local ipairs = ipairs
_ENV = nil
local M = {}

--- Is the phrase about what will be, as far as its sentence says?
function M.ahead (c, side)
  if c.loose or side == 1 then return c.future() ~= false end
  return c.future() == true
end

-- The year of a month and day in an utterance: this one, or the next where that is long past.
local function coming_year (t, c, a)
  local now = calendar.number(a.y, a.m, a.d or 1)
  local function day (y)
    return calendar.is_day(y, t.m, t.d) and calendar.number(y, t.m, t.d
      or calendar.month_length(y, t.m))
  end
  if t.dow then                            -- the weekday says which
    for _, by in ipairs { 0, 1, -1 } do
      local n = day(a.y + by)
      if n and calendar.weekday(n) == t.dow then return a.y + by end
    end
  end
  if t.step == 1 then
    local n = day(a.y)
    return n and n > now and a.m == t.m and a.y or n and n > now and a.y or a.y + 1
  elseif t.step == -1 then
    local n = day(a.y)
    return n and n < now and a.y or a.y - 1
  elseif t.step == 0 then return a.y end
  local n = day(a.y)
  if not n then
    for by = 1, 8 do if day(a.y + by) then return a.y + by end end
    return a.y
  end
  if t.side == -1 or c.future() == false then return n > now and a.y - 1 or a.y end
  if n < now - (t.d and 183 or 0) then return a.y + 1 end
  return a.y
end

-- The year of a month and day in a report: the last time there was one, or the next one where the
-- sentence is about what will be. What is less than a month ahead is near, too.
local function reported_year (t, c, a)
  local y = a.y
  local off = (t.m - a.m) * 31 + ((t.d or a.d or 1) - (a.d or 1))
  if off >= -60 and off <= 40 and t.d then return y end
  if t.side ~= -1 and M.ahead(c, t.side) then
    if off < (t.d and 0 or -20) then y = y + 1 end
  elseif off > 40 then y = y - 1
  elseif off < -330 then y = y + 1
  end
  return y
end

--- The year of a month and day. A day that a report names again is the same one.
---@param t table m, d where it is told, side
---@param c table of dates.lua
---@return integer?
function M.of (t, c)
  local a = c.anchor
  if not a then return nil end
  if not a.m then return a.y end
  if c.loose then return coming_year(t, c, a) end
  local key = t.d and t.m * 32 + t.d
  local y = key and c.days[key] or reported_year(t, c, a)
  if key then c.days[key] = y end
  return y
end

return M
