--- Days told in two calendars, the Julian one first: 13/25 June 1878, 13 (25) июня 1878 года,
-- 30 March (11 April) 1856. The Gregorian one, which stands second, is the day.
-- @module lesdiplo.grammar.date.dual
local calendar = require "lesdiplo.grammar.calendar"
local days = require "lesdiplo.grammar.date.days"
local skip = require "lesdiplo.grammar.date.items".skip
local day_number, month_at, year_after = days.day_number, days.month_at, days.year_after
_ENV = nil
local M = {}

local LEAST, MOST = 10, 13     -- days between the calendars: in 1582, and from 1900 on
local LAST = 1930              -- years up to which papers told both

local T, F

--- The run in hand.
---@param run table T, F (tokens, their first bytes)
function M.take (run) T, F = run.T, run.F end

-- A day, and its month where one stands beside it; and the place behind.
local function side (i)
  local m, j = month_at(i)
  local d, k = day_number(m and j or skip(i, "the"))
  if not d then return nil end
  if m then return { d = d, m = m, ahead = true }, k end
  local stop
  m, stop = month_at(skip(k, "of"))
  return { d = d, m = m }, m and stop or k
end

-- Both days as they stand: the Julian one, the Gregorian one, the place behind them.
local function both (i)
  local t = T[i]
  if t.slash and t.sep == "/" and not t.c then return { d = t.a }, { d = t.b }, i + 1 end
  if t.month and T[i + 1].slash and T[i + 1].sep == "/" and not T[i + 1].c then      -- June 13/25
    return { d = T[i + 1].a, m = t.month }, { d = T[i + 1].b }, i + 2
  end
  local old, j = side(i)
  if not old then return nil end
  if not T[j].bar and not T[j].paren then
    old.y, j = year_after(j, true)                             -- 20 December 1877/1 January 1878
    if not old.y or not (T[j].bar or T[j].paren) then return nil end
  end
  local new, k = side(j + 1)
  if not new then return nil end
  if T[j].paren then
    if not T[k].paren then return nil end
    k = k + 1
  end
  return old, new, k
end

-- Are they the same day?
local function agree (old, new, y)
  local of = old.y or old.m == 12 and new.m == 1 and y - 1 or y
  if not calendar.is_day(y, new.m, new.d) or not calendar.is_day(of, old.m, old.d) then
    return false
  end
  local gap = calendar.number(y, new.m, new.d) - calendar.number(of, old.m, old.d)
  return gap >= LEAST and gap <= MOST
end

--- A day told in two calendars that begins at a token, and the place behind it; nil where none
-- does.
---@param i integer
---@return table?, integer?
function M.date (i)
  local t, u, v, w = T[i], T[i + 1], T[i + 2], T[i + 3]
  if not (t.slash or u.slash or u.bar or u.paren or v.bar or v.paren or w.bar or w.paren) then
    return nil
  end
  local old, new, j = both(i)
  if not old then return nil end
  if not new.m and not (old.m and old.ahead) then
    local m, k = month_at(skip(j, "of"))
    if m then new.m, j = m, k end
  end
  new.m = new.m or old.m
  old.m = old.m or new.m
  local y, stop = year_after(j, true)
  if not new.m or not y or y > LAST or not agree(old, new, y) then return nil end
  return { op = "abs", y = y, m = new.m, d = new.d, first = F[i] }, stop
end

return M
