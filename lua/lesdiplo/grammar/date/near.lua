--- What is near or far by a word such as "next": last week, the coming June, la semaine
-- dernière, friday after next; Friday of next week, the 5th of this month; read from the tokens of
-- a run.
-- @module lesdiplo.grammar.date.near
local days = require "lesdiplo.grammar.date.days"
local items = require "lesdiplo.grammar.date.items"
local none = require "lesdiplo.grammar.date.words".none
local math_type = math.type
_ENV = nil
local M = {}
local number, length, is_sure = items.number, items.length, items.is_sure

local WEEKS_MOST = 520     -- between a weekday and today

local T, F, loose, unspaced, week_steps, cardinal_days

--- The run in hand, and those to come of the same language.
---@param run table T, F (tokens, their first bytes), loose, lex
function M.take (run)
  T, F, loose = run.T, run.F, run.loose
  unspaced, week_steps = run.lex.unspaced, run.lex.week_steps
  cardinal_days = run.lex.cardinal_days
end

local function the (i) return T[i].the and not T[i].step and i + 1 or i end

-- A unit, a month, a weekday ... that a word such as "last" is said of.
local function said_of (n, i)
  local t = T[i]
  if t.unit == "N" then
    return { op = "time", date = { op = "day", n = n }, part = "TNI", night = n }, i + 1
  end
  if t.many_ and n ~= 0 then                                       -- последние дни
    return { op = "ref", value = n < 0 and "PAST_REF" or "FUTURE_REF" }, i + 1
  end
  if t.unit and not t.article then
    local u = T[i + 1].fraction and T[i + 1].fraction
    if u then return nil end
    return { op = "rel", unit = t.unit, n = n }, i + 1
  end
  if t.dow then return { op = "dow", d = t.dow, n = n }, i + 1 end
  if t.month and (n ~= 0 or is_sure(i)) then return { op = "rel", m = t.month, n = n }, i + 1 end
  if t.season then return { op = "rel", season = t.season, n = n }, i + 1 end
  if t.halfyear then return { op = "rel", half = t.halfyear, n = n }, i + 1 end
  if t.holiday then
    local j = T[i + 1].dayword and i + 2 or i + 1
    return { op = "holiday", key = t.holiday, n = n }, j
  end
  if t.part then return { op = "time", date = { op = "day", n = n }, part = t.part, night = n },
      i + 1 end
end

-- Marks what is reckoned from the date spoken of last because of a word: the following year. Some
-- words say so behind "the" alone ("the next year", but not "over the next year" and "next year").
local stories = { D = true, W = true, M = true, Y = true }

local function tell (node, step, i)
  local how, before = step.told, T[i - 1]
  if not node or not how or node.unit and not stories[node.unit] then return end
  if how == "the" and (not T[i].definite or step.step > 0 and (before.inn or before.on
                                                    or before.mod == "MORE_THAN")) then
    return
  end
  node.told = how
end

-- last week, next Monday, the last two years, the coming June, next 6th of April
local stepped_by

local function stepped (i)
  local j = the(i)
  local n = T[j].step
  if n and (T[j + 1].or_ or T[j + 1].and_) then          -- this or next week
    local k = (T[j + 2].inn or T[j + 2].of) and j + 3 or j + 2
    k = the(k)
    if T[k].step and T[k].step ~= n and not T[k].num then
      local node = said_of(n, k + 1)
      if node and node.op ~= "time" then return node, j + 1 end
    end
  end
  if n and T[j + 1].step and T[j].step == T[j + 1].step then j = j + 1 end
  if n then
    if T[j].told and j == i and T[j + 1].plural then return nil end       -- following months of war
    local node, k = stepped_by(n, j + 1)
    tell(node, T[j], i)
    return node, k
  end
  if T[j].same then
    local u = T[j + 1].unit
    if u then return { op = "same", unit = u, n = T[j].same == true and 0 or T[j].same }, j + 2 end
  end
  return nil
end

-- The same, from behind such a word.
stepped_by = function (n, k)
  if T[k].of and T[k].the == nil then k = k + 1 end
  if T[k].filler or T[k].mod == "APPROX" then k = k + 1 end
  if T[k].num and not T[k].suffix then
    local c, u = number(k)
    if c and T[u].filler then u = u + 1 end
    local again = c and T[u].unit
    if again and n ~= 0 then
      local list, l2 = length(k)
      if list and not list[3] and list[1] ~= c then                         -- 过去一年半
        return { op = "span", n = list[1], unit = list[2], dir = n }, l2
      end
      if list and list[3] and not T[l2].ago then
        return { op = "span", list = list, dir = n, n = c, unit = again }, l2
      end
      return { op = "span", n = c, unit = again, dir = n }, u + 1
    end
    if c and n ~= 0 and T[u].weekend then return { op = "span", n = c, unit = "WE", dir = n },
        u + 1 end
  end
  local node, after = said_of(n, k)
  if node and unspaced and node.op == "dow" and week_steps then
    return { op = "dow", d = node.d, week = n }, after
  end
  if node and unspaced and node.op == "rel" and node.unit and T[after].mod_after then
    node.mod = T[after].mod_after
    return node, after + 1
  end
  if node then
    if T[after].poss and T[after + 1].dow then after = after + 1 end
    if node.op == "rel" and node.unit == "W" and loose and T[after].dash and T[after + 1].dow then
      after = after + 1
    end
    if node.op == "rel" and node.unit and T[after].dow and T[after].unit == nil and (loose
        or unspaced) then
      return { op = "dow", d = T[after].dow, week = n }, after + 1
    end
    if node.op == "rel" and node.m and days.day_number(after) then
      local d, l2 = days.day_number(after)
      if T[after].suffix or loose then return { op = "reldate", m = node.m, d = d, n = n }, l2 end
    end
    if node.op == "rel" and T[after].after == 1 and n == 1 then node.n, after = 2, after + 1 end
    return node, after
  end
  if loose then
    local date, l2 = days.date(k)
    if date and date.op ~= "dowday" then date.step = n return date, l2 end
    if date and date.op == "dowday" then return { op = "dowday", dow = date.dow, d = date.d },
        l2 end
  end
end

-- la semaine dernière, friday after next, 2 upcoming weeks, deux derniers jours
local function followed (i)
  local j = the(i)
  local t = T[j]
  if t.num and not t.suffix then
    local c, k = number(j)
    if c and c ~= "X" and loose and c >= 1 and c % 1 == 0 and (T[k].dowset or T[k].dow)
        and T[k + 1].ago then
      local back = T[k + 1].ago < 0
      return { op = "dow", d = T[k].dowset or T[k].dow, n = back and -1 or 1, plus = (back and -7
        or 7) * (c - 1) }, k + 2
    end
    if c and T[k].step and T[k].step ~= 0 and T[k + 1].unit and (c == "X" or c <= 60 and c > 1) then
      return { op = "span", n = c, unit = T[k + 1].unit, dir = T[k].step }, k + 2
    end
    if c and T[k].unit and T[k + 1].after then
      return { op = "span", n = c, unit = T[k].unit, dir = T[k + 1].after }, k + 2
    end
    return nil
  end
  if T[j + 1].after and (t.unit or t.dow or t.month or t.season or t.holiday) then
    local n = T[j + 1].after
    if t.month and not is_sure(j) then return nil end
    local node = said_of(n, j)
    tell(node, T[j + 1], i)
    return node, j + 2
  end
  local side = loose and j > i and t.unit and T[j + 2] == none
    and (T[j + 1].beyond and 1 or T[j + 1].before and -1)          -- the minute before
  if side then return { op = "rel", unit = t.unit, n = side }, j + 2 end
  if t.dow and loose and T[j + 1].inn and T[j + 2].num and not T[j + 3].unit then   -- lundi en huit
    local w = T[j + 2].num
    if w == 8 or w == 15 then return { op = "dow", d = t.dow, plus = w == 8 and 7 or 14 }, j + 3 end
  end
end

--- This week or next: a step that is said of the unit before it.
---@param i integer
---@param before table? what was read before the joint
---@return table?, integer?
function M.again (i, before)
  local j = the(i)
  local n, joint = T[j].step or T[j].after, T[i - 1]
  if not n or not (joint.or_ or joint.and_) or not before or before.op ~= "rel" or not before.unit
     or before.n == n or T[j + 1] ~= none and not T[j + 1].comma then
    return nil
  end
  return { op = "rel", unit = before.unit, n = n, again = true }, j + 1
end

-- Friday; Friday of next week; Tuesday last week
local function weekday (i)
  local t = T[i]
  if not t.dow or not is_sure(i) then return nil end
  local j = i + 1
  local k = T[j].of and j + 1 or T[j].comma and loose and j + 1 or T[j].inn and j + 1 or j
  if T[k].step or T[the(k)].step or T[the(k) + 1].after then
    local rel, after = stepped(k)
    if not rel then rel, after = followed(k) end
    if rel and rel.unit == "W" and rel.op == "rel" then return { op = "dow", d = t.dow,
        week = rel.n }, after end
  end
  local inn = T[j].inn and j + 1 or j
  local list, after = length(inn)                       -- Monday two weeks from now; in two weeks
  if list and inn > j and #list == 2 and list[2] == "W" and not T[after].ago
     and math_type(list[1]) == "integer" and list[1] <= WEEKS_MOST then
    return { op = "dow", d = t.dow, week = list[1] }, after
  end
  if list and #list == 2 and list[2] == "W" and T[after].ago
     and math_type(list[1]) == "integer" and list[1] <= WEEKS_MOST then
    return { op = "dow", d = t.dow, week = list[1] * T[after].ago }, after + 1
  end
  if list and #list == 2 and list[2] == "D" and T[after].ago then       -- Saturday, 3 days from now
    return { op = "ago", list = list, dir = T[after].ago }, after + 1
  end
  return { op = "dow", d = t.dow }, j
end

--- A weekday some weeks on: через неделю во вторник, a week on Tuesday.
---@param i integer
---@param long table the length of time before it, of weeks
---@param j integer the place behind that
---@return table?, integer?
function M.weekday_on (i, long, j)
  local k = (T[j].on or T[j].of) and j + 1 or j
  local d, weeks = T[k].dow, long.list[1]
  if not d or weeks == "X" then return nil end
  if long.op == "ago" then
    return { op = "dow", d = d, week = long.dir * weeks, first = long.first }, k + 1
  elseif T[j].on and not T[j].for_ and T[i].article then
    return { op = "dow", d = d, plus = 7 * weeks }, k + 1
  end
end

-- The 5th of this month; the first of March is an absolute date and read before.
local function day_of (i)
  local j = the(i)
  local d, k = days.day_number(j)
  if not d then
    -- 本月5日, 下月十日: the month stands first
    if T[i].step or T[i].rel_month then
      local rel, after = stepped(i)
      if rel and rel.unit == "M" and rel.op == "rel" then
        local n = T[after].num
        if n and n ~= "X" and T[after + 1].mark == "D" and n >= 1 and n <= 31 then
          return { op = "of", d = n, of = rel }, after + 2
        end
      end
      if rel and rel.unit == "Y" and rel.op == "rel" then
        local date, l2 = days.date(after)
        if date and date.op == "abs" and not date.y and date.m then
          return { op = "reldate", m = date.m, d = date.d, y_of = rel }, l2
        end
      end
    end
    return nil
  end
  local months = (cardinal_days or T[j].suffix or T[j].ord) and T[k].of_month    -- the 3rd instant
  if months then return { op = "of", d = d, of = { op = "rel", unit = "M", n = months } }, k + 1 end
  if (loose or T[j].ord) and T[k].monthday and not T[k + 1].step and not T[k + 1].of then
    return { op = "abs", d = d }, k + 1                                        -- 5-го числа
  end
  if T[k].dayword or T[k].monthday then
    k = k + 1
    if T[k - 1].monthday and T[k].step then
      local rel, after = stepped(k)
      if rel and rel.unit == "M" then return { op = "of", d = d, of = rel }, after end
    end
  end
  if not T[k].of and not T[k].inn then
    if not (T[k].step == 0 and loose or T[k].step == 0 and T[k + 1].unit == "M") then return nil end
    k = k - 1
  elseif T[k].inn and not (loose or cardinal_days or T[j].suffix or T[j].ord) then
    return nil                                                         -- 19 in the last month
  end
  k = k + 1
  k = T[k].of and k + 1 or k
  if T[the(k)].unit == "M" and (the(k) > k or T[k - 1].of_the) and not T[the(k) + 1].after then
    return { op = "of", d = d, of = { op = "rel", unit = "M", n = 0 } }, the(k) + 1
  end
  local rel, after = stepped(k)
  if not rel then rel, after = followed(k) end
  if rel and rel.unit == "M" then return { op = "of", d = d, of = rel }, after end
end

-- Friday, June 15: the date behind a weekday of this week or the next, or behind tomorrow.
local function dated (node, i, j)
  local k = (T[j].comma or T[j].paren) and j + 1 or j
  k = T[k].paren and k > j and k + 1 or T[k].dash and loose and T[k + 1].month and k + 1 or k
  if node.op == "day" and (k == j or not loose) or T[k].half then return node, j end
  local date, after = days.date(k)
  if not date and loose and T[k].decimal then date, after = days.pointed(k) end
  local is_day = date and (date.op == "abs" and date.d and date.m and not date.h
                           or date.op == "num" and loose and not date.dashed)
  if not is_day or T[after].hourmark or T[after].half then return node, j end
  if k > j and T[k - 1].paren and T[after].paren then after = after + 1 end
  date.dow, date.first = node.op == "dow" and node.d or nil, node.first or F[i]
  return date, after
end

M.the, M.stepped, M.stepped_by, M.followed = the, stepped, stepped_by, followed
M.weekday, M.day_of, M.dated = weekday, day_of, dated

return M
