--- A day and an hour said together, in any order: 3 pm tomorrow, Monday from 9 to 11, on the
-- morning of 3 May; read from the tokens of a run.
-- @module lesdiplo.grammar.date.moments
local near = require "lesdiplo.grammar.date.near"
local points = require "lesdiplo.grammar.date.points"
local times = require "lesdiplo.grammar.date.times"
_ENV = nil
local M = {}
local none, point, stepped = times.none, points.point, near.stepped

local run, T, F, L, loose, unspaced, on_day
local memo_at, memo_node, memo_next

--- The run in hand, and those to come of the same language.
---@param lent table T, F, L, N (tokens, first and last bytes, how many), loose, lex, at_start
function M.take (lent)
  run, T, F, L, loose = lent, lent.T, lent.F, lent.L, lent.loose
  unspaced, on_day = run.lex.unspaced, run.lex.on_day
end

--- Another run begins.
function M.restart ()
  memo_at = 0
  points.restart()
end

-- The connecting words between a day and an hour.
local function joint (i)
  local j = i
  for _ = 1, 3 do
    local t = T[j]
    if t.comma or t.on or t.at or t.of and not t.from or t.filler and not t.part and not t.half
        or t.mod == "APPROX"
       or t.for_ and T[j + 1].hh or t.paren and T[j + 1].dow then
      j = j + 1
    else
      break
    end
  end
  return j
end

local function is_day (p)
  return p.op ~= "dec" and p.op ~= "cen" and p.op ~= "quarter" and p.op ~= "half"
    and p.op ~= "season"
         and not (p.op == "rel" and p.unit ~= "D") and p.op ~= "weekno" and p.op ~= "together"
           and not (p.op == "abs" and not p.d and not p.dow)
         and p.op ~= "span" and p.op ~= "fiscal" and p.op ~= "same" and p.op ~= "near" and not p.th
end

-- A day, an hour, a part of the day, a stretch of hours, in any order.
local function new_moment (i)
  local out = { op = "time", first = F[i] }
  local j, k, count = i, i, 0
  local aside                         -- where another hour begins that says the same
  for _ = 1, 4 do
    local node, after
    if count > 0 then
      local of = out.part and not out.date and T[j].of and j + 1            -- matinée du 15 mai
      k = joint(of or loose and out.date and not out.clock and T[j].dash and T[j + 1].hh and j + 1
                or j)
    end
    local t = T[k]
    if t == none then break end
    if not out.clock and not out.clocks and (t.num or t.hh or t.clock or t.fraction or t.from
        or t.between or t.on or t.since) then
      node, after = times.range(k, out.date ~= nil)
      if node and out.date and not is_day(out.date) then node = nil end
      out.clocks = node
    end
    if not node and not out.date and not out.clock and loose and T[k - 1].at and T[k].year
        and T[k].digits and T[k].year < 1260 then                        -- at 1030
      node, after = times.clock(k, true)
      out.clock = node
    end
    if not node and not out.date then
      node, after = point(k)
      if node and node.op == "time" then
        if out.part and node.part then node, after = nil, nil
        else
          out.part, out.night, out.mod = out.part or node.part, node.night, out.mod or node.mod
          out.date = node.date
        end
      elseif node and count > 0 and not is_day(node) then node, after = nil, nil
      elseif node and node.op == "abs" and node.h then out.date = node
      elseif node then out.date = node end
    elseif not node and out.date and out.date.op == "dow" and not out.date.n
        and not out.date.week then
      local rel, stop = stepped(k)
      if rel and rel.op == "rel" and rel.unit == "W" then
        out.date = { op = "dow", d = out.date.d, week = rel.n }
        node, after = rel, stop
      end
    elseif not node and out.date and out.date.op == "rel" and out.date.unit == "W" and T[k].dow
           and not out.clock and not out.part then
      out.date, node, after = { op = "dow", d = T[k].dow, week = out.date.n }, T[k], k + 1
    end
    if not node and not out.clock and not out.clocks then
      local bare = T[k - 1].at or T[k - 1].on and loose and not on_day
      if count == 0 and loose and not bare then
        local n = T[k + 1].comma and k + 2 or k + 1
        local u = T[n]
        bare = k == 1 and run.at_start and (u.day or u.part or u.step == 0 and (T[n + 1].part)
          or k == 1 and run.N == 1 and T[k].digits
               or u.dow and not T[k].suffix or u.inn and T[n + 1].the and T[n + 2].part or u.oclock
               or u.of and T[n + 1].part or run.N <= 3 and not T[k].suffix and (T[k + 1].oh
                 or T[k + 1].dash))
        bare = bare or u.oclock or T[k - 1].from and u.for_ and T[k + 2].num
          or u.inn and T[n + 1].the and T[n + 2].part
          or T[k + 1].comma and T[k].digits and (u.day and u.part or u.step == 0 and T[n + 1].part)
        if T[k].len and T[k].len > 2 and u.step == 0 then bare = false end   -- 134 this afternoon
      elseif count > 0 and loose and out.date and is_day(out.date) and (out.date.op ~= "abs"
          or T[k - 1].at)
             and not (T[k].digits and T[k + 1].unit) then
        bare = true
      end
      if count > 0 and T[k].part == nil or count == 0 then node, after = times.clock(k, bare) end
      if node and out.date and not is_day(out.date) then node = nil end
      if node then out.clock = node end
    end
    if not node and not out.part and not out.clock and T[k].half and out.date
       and out.date.op == "day" and loose then
      out.part, node, after = T[k].half == 12 and "TAF" or "TMO", true, k + 1     -- tomorrow am
    end
    if not node and not out.part then
      local part, stop, mod = times.part(k, out.clock)
      if part and (count > 0 or stop and (T[stop - 1].part or T[stop - 1].early)) then
        if count == 0 or not out.date or is_day(out.date) then
          out.part, out.mod, node, after = part, mod, true, stop
          if loose then node, after = times.zone_at({}, stop) end
        end
      end
    end
    if not node then
      j = aside or j                                    -- nothing goes on behind it
      break
    end
    j, count, aside = after, count + 1, nil
    if out.clock and T[j].paren and not out.clock.zone then         -- 9 am (1300 GMT) on Friday
      local other, stop = times.clock(j + 1)
      if other and other.zone and T[stop].paren then aside, j = j, stop + 1 end
    end
    local date = out.date
    if out.clock and date and date.op == "abs" and date.m and date.d and not date.y
       and T[j].year and T[j].digits and not T[j + 1].unit then      -- Wed Oct 26 15:50:06 2016
      date.y, j = T[j].year, j + 1
    end
  end
  if count == 0 then return nil end
  out.stop = L[j - 1] + 1
  if count == 1 and out.date then
    out.date.first, out.date.stop = out.date.first or out.first, out.stop
    if not out.part then return out.date, j end
  end
  if not out.clock and not out.clocks and not out.part then
    out.date.first, out.date.stop = out.first, out.stop
    return out.date, j
  end
  return out, j
end

-- The same behind a zone: 北京时间15时30分.
local function zoned (i)
  local zone = T[i].zone_ahead
  if not zone then return new_moment(i) end
  local node, j = new_moment(i + 1)
  local clock = node and node.op == "time" and (node.clock or node.clocks and node.clocks.b)
  if clock and not clock.zone then
    clock.zone, node.first = zone, F[i]
    return node, j
  end
end

-- The same, which is asked for more than once at the same place.
local function moment (i)
  if T[i].no_moment and not loose and not unspaced then return nil end
  if memo_at ~= i then
    local node, j = zoned(i)
    memo_at, memo_node, memo_next = i, node, j
  end
  return memo_node, memo_next
end

M.joint, M.is_day, M.moment = joint, is_day, moment

return M
