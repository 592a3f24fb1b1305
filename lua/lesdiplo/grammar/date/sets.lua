--- What is said to be again and again: annually, every Monday at eight, Tuesday afternoons, 6 am
-- every day; read from the tokens of a run.
-- @module lesdiplo.grammar.date.sets
local items = require "lesdiplo.grammar.date.items"
local times = require "lesdiplo.grammar.date.times"
_ENV = nil
local M = {}
local number, is_sure = items.number, items.is_sure

local T, loose

--- The run in hand.
---@param run table T (tokens), loose
function M.take (run) T, loose = run.T, run.loose end

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
    if T[j].other then count, j = 2, j + 1
    elseif T[j].ord and not T[j].unit or T[j].ord and T[j + 1].unit then
      if T[j].ord > 1 and T[j].ord < 10 and (T[j + 1].unit or T[j + 1].dow) then count,
          j = T[j].ord, j + 1 end
    elseif T[j].num and not T[j].unit then
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
    if u.part and not count then return { op = "every", part = u.part }, j + 1 end
    if u.unit then return { op = "every", list = { count or 1, u.unit } }, j + 1 end
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

--- A repetition, with its part of the day and its hour: every Monday at eight.
---@param i integer
---@return table?, integer?
function M.repeated (i)
  local node, j = repeated(i)
  if not node then return nil end
  if T[j].at or T[j].hh then node = as_days(node) end
  if not has_hours(node) then return node, j end
  local part, k = times.part(j)
  if part then node.part, j = part, k end
  local h = T[j].at and j + 1 or j
  local clock, after = times.clock(h, h > j)
  if clock then node.clock, j = clock, after end
  return node, j
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
