--- What is said to be again and again: annually, every Monday at eight, Tuesday afternoons, 6 am
-- every day; read from the tokens of a run.
-- @module lesdiplo.grammar.date.sets
local days = require "lesdiplo.grammar.date.days"
local items = require "lesdiplo.grammar.date.items"
local near = require "lesdiplo.grammar.date.near"
local times = require "lesdiplo.grammar.date.times"
_ENV = nil
local M = {}
local number, is_sure = items.number, items.is_sure

local T, F, loose, unspaced

--- The run in hand, and those to come of the same language.
---@param run table T, F (tokens, their first bytes), loose, lex
function M.take (run) T, F, loose, unspaced = run.T, run.F, run.loose, run.lex.unspaced end

-- The day of every year or month that is told behind it: every year on 4 July, 每月5号.
local function dated (count, unit, i)
  if count ~= 1 then return nil end
  local k = T[i].comma and i + 1 or i
  k = (T[k].on or T[k].of or T[k].inn) and k + 1 or k
  if unit == "Y" then
    local date, after = days.date(k)
    if not date then
      local m, behind = days.month_at(k)
      if m and (unspaced or k > i) then return { op = "every", m = m }, behind end
    elseif date.op == "abs" and date.m and not date.y then
      return { op = "every", m = date.m, d = date.d }, after
    end
  elseif unit == "M" then
    local d, after = days.day_number(near.the(k))
    if d and (T[after].mark == "D" or not unspaced and (k > i or near.the(k) > k)) then
      return { op = "every", d = d }, T[after].mark == "D" and after + 1 or after
    end
  end
end

-- Every two years; once a year; every Monday; Mondays; Tuesday afternoons.
local function repeated (i)
  local t = T[i]
  if t.set then
    local j = i + 1
    return { op = "set", value = t.set }, j
  end
  if t.every then
    local j = i + 1
    if T[j].the then j = j + 1 end
    local count
    local d = T[j].ord and days.day_number(j)
    if d then                                              -- every first Monday of the month
      local behind = T[j + 1].dow and j + 2 or j + 1
      local k = T[behind].of and near.the(behind + 1) or behind
      if T[k].unit == "M" and (k > behind + 1 or T[k].genitive or T[k - 1].of_the) then
        if T[j + 1].dow then return { op = "set", value = "P1M" }, k + 1 end
        return { op = "every", d = d }, k + 1
      end
    end
    local date, behind = days.date(j)                                      -- every 4 July
    if date and date.op == "abs" and date.m and date.d and not date.y then
      return { op = "every", m = date.m, d = date.d }, behind
    end
    if T[j].other then count, j = 2, j + 1
    elseif T[j].ord and not T[j].unit or T[j].ord and T[j + 1].unit then
      if T[j].ord > 1 and T[j].ord < 10 and (T[j + 1].unit or T[j + 1].dow) then count,
          j = T[j].ord, j + 1 end
    elseif (T[j].num or T[j].fraction and T[j + 1].unit) and not T[j].unit then
      local n, k = number(j)
      if n then count, j = n, k end
    end
    local u = T[j]
    if u.dow or u.dowset then
      return { op = "every", dow = u.dow or u.dowset, n = count }, j + 1
    end
    if u.weekend then return { op = "every", list = { count or 1, "WE" } }, j + 1 end
    if u.workday then return { op = "set", value = "P1WD" }, j + 1 end
    if u.month and is_sure(j) then return { op = "every", m = u.month }, j + 1 end
    if u.season and not count then
      return { op = "set", value = "XXXX-" .. u.season }, j + 1
    end
    local part = u.part or u.each_part
    if part and not count then return { op = "every", part = part }, j + 1 end
    if u.unit then
      local node, k = dated(count or 1, u.unit, j + 1)
      return node or { op = "every", list = { count or 1, u.unit } }, k or j + 1
    end
    return nil
  end
  if t.per then                                      -- once a year
    local j = i + 1
    j = T[j].inn and j + 1 or j
    j = T[j].the and j + 1 or j
    local count = 1
    if T[j].num then
      local n, k = number(j)
      if n then count, j = n, k end
    end
    if T[j].unit and count then return { op = "every", list = { count, T[j].unit },
        freq = t.per }, j + 1 end
  end
  if t.weekend == "set" and loose then return { op = "every", list = { 1, "WE" } }, i + 1 end
  if t.dow and T[i + 1].partset and is_sure(i) then                 -- Tuesday afternoons
    return { op = "every", dow = t.dow, part = T[i + 1].partset }, i + 2
  end
  if t.dowset and is_sure(i) then return { op = "every", dow = t.dowset }, i + 1 end
end

-- Is it every day, a weekday or a part of the day, so that an hour may be told of it?
local function has_hours (node)
  return node.dow or node.part or node.list and node.list[1] == 1 and node.list[2] == "D"
end

-- Daily, as every day.
local function as_days (node)
  if node.value == "P1D" then return { op = "every", list = { 1, "D" } } end
  return node
end

-- Is it "of every month", or the like, that a day or a weekday is of?
local function every_month (i)
  local k = T[i].of and i + 1 or i
  return T[k].every and T[k + 1].unit == "M" and k + 2
end

--- A day of every month: the 5th of each month; the first Monday of every month.
---@param i integer
---@return table?, integer?
function M.of_every (i)
  local j = near.the(i)
  local d, k = days.day_number(j)
  if not d then return nil end
  local dow = T[k].dow
  if dow or T[k].monthday or T[k].dayword then k = k + 1 end
  local stop = every_month(k)
  if not stop then return nil end
  if dow then return { op = "set", value = "P1M" }, stop end
  return { op = "every", d = d, first = F[i] }, stop
end

--- The 46th anniversary; 25-летие; 建交二十五周年
---@param i integer
---@return table?, integer?
function M.anniversary (i)
  local j = near.the(i)
  local t = T[j]
  if t.annivword then return { op = "anniv", n = t.annivword }, j + 1 end
  local n, k
  if t.ord then
    n, k = t.ord, j + 1
    if T[k].ord and n >= 20 and n % 10 == 0 and T[k].ord < 10 then n, k = n + T[k].ord, k + 1 end
  elseif t.num and t.num ~= "X" then
    n, k = number(j)
    if n and T[k].ord and n >= 20 and n % 10 == 0 then n, k = n + T[k].ord, k + 1 end
    if n and T[k].dash then k = k + 1 end
    if n and T[k].unit == "Y" and T[k + 1].anniv then k = k + 1 end
  end
  if n and n ~= "X" and n % 1 == 0 then
    local m = T[k].filler and k + 1 or k
    if T[m].anniv and T[m].anniv_weak == nil then
      return { op = "anniv", n = n, first = F[j] }, m + 1
    end
  end
end

--- A repetition, with its part of the day and its hour: every Monday at eight.
---@param i integer
---@return table?, integer?
---@param dow integer? the weekday of a list, whose first one was said to be again and again
function M.repeated (i, dow)
  local node, j
  if dow then node, j = { op = "every", dow = dow }, i + 1 else node, j = repeated(i) end
  if not node then return nil end
  local whole = node
  if T[j].at or T[j].hh then node = as_days(node) end
  if not has_hours(node) then return node, j end
  local part, k = times.part(j)
  if part then node.part, j = part, k end
  local h = T[j].at and j + 1 or j
  local clock, after = times.clock(h, h > j)
  if clock then node.clock, j = clock, after end
  return (part or clock) and node or whole, j
end

--- The days on which something is that is told with its hour: 6 am every day.
---@param i integer
---@param moment table the hour
---@return table?, integer?
function M.daily (i, moment)
  local k = T[i].on and i + 1 or i
  local t = T[k]
  if not (t.set == "P1D" or t.every or t.dowset) then return nil end
  local node, j = repeated(k)
  node = node and as_days(node)
  if not node or not has_hours(node) then return nil end
  node.clock, node.part, node.first = moment.clock, node.part or moment.part, moment.first
  return node, j
end

return M
