--- What is a share of a longer stretch: the first nine months of 2024, the last three
-- weeks of the year, the second half of May; the week of a day; and days that share a month: 18
-- and 19 June.
-- @module lesdiplo.grammar.date.shares
local days = require "lesdiplo.grammar.date.days"
local items = require "lesdiplo.grammar.date.items"
local near = require "lesdiplo.grammar.date.near"
local find, sub = string.find, string.sub
_ENV = nil
local M = {}
local number, day_number = items.number, days.day_number
local the, stepped, followed = near.the, near.stepped, near.followed

local run, T, F, L, loose, point

--- The run in hand, and those to come of the same language.
---@param lent table T, F, L (tokens, first and last bytes), loose, source
---@param point_rule function the rule of points.lua for a point of the calendar
function M.take (lent, point_rule)
  run, T, F, L, loose = lent, lent.T, lent.F, lent.L, lent.loose
  point = point_rule
end

-- The stretch that a share is of: "of 2024", "of the year", "of next month".
local function whole (i)
  local k = (T[i].of or T[i].inn) and i + 1 or i
  k = T[k].of and k + 1 or k
  local unit = T[the(k)].unit
  if unit and the(k) > k and unit ~= "H" then
    return { op = "rel", unit = unit, n = 0 }, the(k) + 1
  end
  local p, after = point(k)
  if p and (p.op == "abs" and not p.d or p.op == "rel" or p.op == "near") then return p, after end
end

--- The third quarter of 2023; the first half of the year; Q3 2024; H1
---@param i integer
---@return table?, integer?
function M.of_year (i)
  local t = T[i]
  local op, n, j
  if t.q or t.quarter_of then op, n, j = "quarter", t.q or t.quarter_of, i + 1
  elseif t.halves_of then return { op = "half", q = t.halves_of }, i + 1
  elseif t.hy then op, n, j = "half", t.hy, i + 1
  elseif t.fy then return { op = "fiscal", y = t.fy }, i + 1
  elseif t.year and not t.suffix then
    local k = T[i + 1].dash and i + 2 or i + 1
    if T[k].q then return { op = "quarter", q = T[k].q, y = t.year }, k + 1 end
    if T[k].hy then return { op = "half", q = T[k].hy, y = t.year }, k + 1 end
    return nil
  elseif t.roman and (T[i + 1].unit == "Q" or T[i + 1].quarter_one) then
    op, n, j = "quarter", t.roman, i + 2
  elseif t.roman and T[i + 1].hyear then op, n, j = "half", t.roman, i + 2
  elseif t.digits and t.len == 1 and t.num < 5 and T[i + 1].quarter_one
      and (T[i + 1].unit or T[i + 2].year) then                            -- в 3 квартале
    op, n, j = "quarter", t.num, i + 2
  else
    j = the(i)
    local o = T[j]
    n = o.ord or o.lastof and 5
    if T[j + 1].dash and T[j + 2].unit == "Q" then j = j + 1 end
    local u = T[j + 1]
    if not n or n == 5 and o.step and not T[j + 2].of then return nil end   -- last quarter
    if u.fraction and u.halfmark and not u.unit then op = "half"
    elseif u.hyear then op = "half"
    elseif u.unit == "Q" then op = "quarter" else return nil end
    j = j + 2
    if n == 5 then n = op == "half" and 2 or 4 end
    if op == "half" and not (T[j].of or T[j - 1].hyear) then return nil end
  end
  local k = T[j].of and j + 1 or T[j].dash and j + 1 or j
  if T[k].of then k = k + 1 end
  if T[the(k)].unit == "Y" and the(k) > k and not T[the(k) + 1].after then
    return { op = op, q = n }, the(k) + 1
  end
  local y, after = days.year_after(k, true)
  if y then return { op = op, q = n, y = y }, after end
  local rel
  rel, after = stepped(k)
  if rel and rel.unit == "Y" then return { op = op, q = n, of = rel }, after end
  rel, after = followed(k)
  if rel and rel.unit == "Y" then return { op = op, q = n, of = rel }, after end
  if op == "half" and not t.hy and not T[j - 1].hyear or t.q and t.weak then return nil end
  return { op = op, q = n }, j
end

--- A year that is told by a word: of last year, de l'année suivante, следующего года.
---@param i integer
---@return table?, integer?
function M.year_told (i)
  local k = T[i].of and i + 1 or i
  if not (T[k].step or T[the(k)].step or T[the(k) + 1].after) then return nil end
  local rel, after = stepped(k)
  if not rel then rel, after = followed(k) end
  if rel and rel.op == "rel" and rel.unit == "Y" then return rel, after end
end

local counted = { M = true, W = true, D = true }

-- First or last, before the number or behind it: "les neuf premiers mois", "neuf mois".
local function end_at (i)
  local t = T[i]
  if t.ord == 1 or t.firsts then return 1, i + 1 end
  if t.lastof or t.step == -1 then return -1, i + 1 end
end

--- The first nine months of 2024; the last ten days of June.
---@param i integer
---@return table?, integer?
function M.some_of (i)
  local k = the(i)
  local way, j = end_at(k)
  local n
  if way then n, j = number(j)
  elseif T[k].num and not T[k].suffix then
    local after
    n, j = number(k)
    way, after = end_at(j or k)
    if way then j = after
    elseif T[i - 1].course_of then way = 1 end        -- за девять месяцев 2024 года
  end
  if not way or not n then return nil end
  local unit = n ~= "X" and n > 1 and n % 1 == 0 and T[j].unit
  local u = T[j + 1]
  if not counted[unit] or unit == "M" and n > 12
      or not (u.of or u.inn or u.year or u.step or u.month) then
    return nil
  end
  local p, after = whole(j + 1)
  if p then return { op = "some", n = n * way, unit = unit, of = p }, after end
end

--- The first half of May, of 2024; the second ten days of May.
---@param i integer
---@return table?, integer?
function M.half_of (i)
  local k = the(i)
  local q, u = T[k].ord, T[k + 1]
  if not q or q > 3 or q == 3 and not u.tenday then return nil end
  if not (u.halfmark and not u.unit or u.halfmonth or u.tenday) then return nil end
  local p, after = whole(k + 2)
  if not p then return nil end
  if p.m or p.unit == "M" then
    return { op = "halfmonth", q = q, of = p, days = u.tenday and 10 or 15 }, after
  elseif u.halfmonth and (p.y or p.unit == "Y") and u.unit == nil then
    return { op = "half", q = q, y = p.y, of = not p.y and p or nil }, after
  end
end

local single = { D = true, W = true, WE = true, M = true }

--- What stands behind the stretch that it is a share of: 今年前九个月, 5月上半月.
---@param i integer
---@param p table? the stretch
---@return table?, integer?
function M.behind (i, p)
  i = T[i].of and i + 1 or i
  local q = T[i].halfmonth_of
  if q then
    p = p or { op = "rel", unit = "M", n = 0 }
    return { op = "halfmonth", q = q, of = p, days = 15 }, i + 1
  end
  local nth, u = T[i].ord or T[i].lastof and -1, T[i + 1]          -- 上个月第一天, 去年最后一个月
  if nth == -1 and u.num == 1 and single[T[i + 2].unit] then u, i = T[i + 2], i + 1 end
  if nth and p and single[u.unit] and u.unit ~= p.unit and not u.part then
    return { op = "nth", n = nth, unit = u.unit, of = p }, i + 2
  end
  local way, j
  if T[i].firsts then way, j = 1, i + 1 elseif T[i].lastof then way, j = -1, i + 1 end
  if not way or not T[j].num then return nil end
  local n, k = number(j)
  local unit = n and n ~= "X" and n >= 1 and n % 1 == 0 and T[k].unit
  if not unit or not p and unit ~= "Q" then return nil end
  p = p or { op = "rel", unit = "Y", n = 0 }
  if unit == "Q" then n, unit = 3 * n, "M" end
  if counted[unit] then return { op = "some", n = n * way, unit = unit, of = p }, k + 1 end
end

-- A day of a list, with its weekday.
local function day_at (i)
  local k = the(i)
  if T[k].dow then k = T[k + 1].comma and k + 2 or k + 1 end
  k = the(k)
  local d, j = day_number(k)
  if d and not T[k].year then return d, j end
end

-- The place behind what joins two days of a list; whether a word does.
local function joined (i)
  local k = T[i].comma and i + 1 or i
  local word = (T[k].and_ or T[k].or_) and not T[k].since
  return word and k + 1 or k, word, k > i or word
end

--- Each of 18, 19 and 20 June but the last, which is a date by itself.
---@param i integer
---@return table?, integer?
function M.listed (i)
  local d, j = day_at(i)
  if not d or T[j].month or T[j].of then return nil end
  local last, k, word = d, j, nil
  for _ = 1, 8 do
    local any
    k, word, any = joined(k)
    if not any then return nil end
    local e, after = day_at(k)
    if not e or e <= last then return nil end
    last, k = e, after
    if word or T[k].month then break end
  end
  local m = T[k].of and k + 1 or k
  if word and (T[k].of or T[k].monthday) then             -- the 21st and 22nd of this month
    local rel = near.day_of(k - 1)
    if rel and rel.op == "of" then return { op = "of", d = d, of = rel.of, first = F[i] }, j end
  end
  if not word or not days.month_at(m) then return nil end
  local y = days.year_after(m + 1)
  return { op = "abs", y = y, m = T[m].month, d = d, first = F[i] }, j
end

-- Is a number all that is said, or does it count what comes behind it?
local function ends_at (j)
  local t = T[j]
  if t.comma or t.inn or t.at or t.paren or t.for_ then return true end
  return find(run.source, "^%s*[.,;:)%]]", L[j - 1] + 1) ~= nil
    or find(run.source, "^%s*$", L[j - 1] + 1) ~= nil
end

-- Does a later day of the same list follow?
local function goes_on (j, d)
  local k, _, any = joined(j)
  local e = any and day_number(k)
  return e and e > d
end

--- May 12 and 13; May 12, 13 or 14: a further day, behind a date that ended before its joint.
---@param i integer
---@param before table? the date before
---@return table?, integer?
function M.another_day (i, before)
  if not before or not before.month_first then return nil end
  local d, j = day_number(i)
  if not d or d <= before.d or not T[i].digits then return nil end
  local word = T[i - 1].and_ or T[i - 1].or_
  if not word and not (T[i - 1].comma and (T[i].suffix or goes_on(j, d))) then return nil end
  local y, after = days.year_after(j)
  if not y and not ends_at(j) and not goes_on(j, d) then return nil end
  return { op = "abs", y = y or before.y, m = before.m, d = d, month_first = true }, after or j
end

--- The week of 10 April, the weekend of Easter.
---@param i integer
---@return table?, integer?
function M.week_of (i)
  local j = the(i)
  local unit = T[j].unit
  local link = T[j + 1]
  if not (unit == "W" or unit == "WE") or not (link.of or link.since or link.ending) then
    return nil
  end
  local p, after = point(j + 2)
  if not p and loose and link.of then                                       -- la semaine du 9
    local d, k = day_number(j + 2)
    if d and not T[k].to and not T[k].unit then p, after = { op = "abs", d = d }, k end
  end
  if unit == "WE" then
    if not p or p.op ~= "holiday" then return nil end
    p.op, p.first = "feastweekend", nil
    return p, after
  end
  if p and (p.op == "abs" and p.d or p.op == "dow" and not link.of) then
    return { op = "week", of = p }, after
  end
end

local joints = { ["、"] = true, ["和"] = true, ["及"] = true, ["与"] = true, ["與"] = true,
  ["以及"] = true, ["或"] = true }

--- 3月2日、5日: what a date lacks it has of the one before, of which it is an equal.
---@param i integer
---@param node table
---@param before table? the date before
---@param last integer? the last byte of it
function M.inherit (i, node, before, last)
  if not before or before.op ~= "abs" or node.op ~= "abs" or node.y or not before.m then return end
  if F[i] - last > 8 or not joints[sub(run.source, last + 1, F[i] - 1)] then return end
  if not node.m and node.d and before.d and node.d > before.d then
    node.y, node.m = before.y, before.m
  elseif node.m and before.y and node.m >= before.m then
    node.y = before.y
  end
end

return M
