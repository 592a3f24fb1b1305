--- What a run of tokens says: dates, lengths, repetitions, stretches, put together from
-- the parts that dates_items.lua and dates_times.lua read.
--
-- A rule makes a table, op being what kind of thing it is:
--
--   abs      y m d (any may lack)             12 May 1919; May; 2019
--   num      a b c                            12/05/1919, the order not known
--   rel      unit n | month n | season n      last week (-1), this month, next June
--   span     n unit dir                       the last two weeks (-1)
--   nth      n, unit or dow, of               the first Monday of March
--   dow      d n week                         Friday; last, next Friday; of next week
--   day      n                                yesterday
--   ago      list dir                         two weeks ago (-1), in three days (+1)
--   shift    list dir from                    two days after the 5th of May
--   dur      list                             three days
--   every    list, dow, month, part           annually, every Monday
--   time     date clock clocks part           3 pm tomorrow; Monday from 9 to 11
--   set dec cen quarter half season holiday ref anniv range open week fiscal
-- @module lesdiplo.grammar.dates_read
local items = require "lesdiplo.grammar.dates_items"
local times = require "lesdiplo.grammar.dates_times"
local words = require "lesdiplo.grammar.dates_words"
local lexicon = require "lesdiplo.data.dates"
local find, sub = string.find, string.sub
_ENV = nil
local M = {}
local skip, number, length, glued, is_sure = items.skip, items.number, items.length,
    items.glued, items.is_sure

local T, F, L, N, loose, unspaced, at_start, source, week_steps
local depth = 0
local point

-- ------------------------------------------------------------ near and far: next week

local function the (i) return T[i].the and not T[i].step and i + 1 or i end

-- A unit, a month, a weekday ... that a word such as "last" is said of.
local function said_of (n, i)
  local t = T[i]
  if t.unit and not t.article then
    local u = T[i + 1].fraction and T[i + 1].fraction
    if u then return nil end
    return { op = "rel", unit = t.unit, n = n }, i + 1
  end
  if t.dow then return { op = "dow", d = t.dow, n = n }, i + 1 end
  if t.month then return { op = "rel", m = t.month, n = n }, i + 1 end
  if t.season then return { op = "rel", season = t.season, n = n }, i + 1 end
  if t.halfyear then return { op = "rel", half = t.halfyear, n = n }, i + 1 end
  if t.holiday then
    local j = T[i + 1].dayword and i + 2 or i + 1
    return { op = "holiday", key = t.holiday, n = n }, j
  end
  if t.part then return { op = "time", date = { op = "day", n = n }, part = t.part, night = n }, i + 1 end
end

-- last week, next Monday, the last two years, the coming June, next 6th of April
local function stepped (i)
  local j = the(i)
  local n = T[j].step
  if n and T[j + 1].step and T[j].step == T[j + 1].step then j = j + 1 end
  if n then
    local k = j + 1
    if T[k].of and T[k].the == nil then k = k + 1 end
    if T[k].filler or T[k].mod == "APPROX" then k = k + 1 end
    if T[k].num and not T[k].suffix then
      local c, u = number(k)
      if c and T[u].filler then u = u + 1 end
      local again = c and T[u].unit
      if again and n ~= 0 then
        local more, l2 = length(skip(u + 1, "and_"))
        if more and loose and T[u + 1].num then
          return { op = "span", list = { c, again, more[1], more[2] }, dir = n, n = c, unit = again }, l2
        end
        return { op = "span", n = c, unit = again, dir = n }, u + 1
      end
      if c and n ~= 0 and T[u].weekend then return { op = "span", n = c, unit = "WE", dir = n }, u + 1 end
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
      if node.op == "rel" and node.unit and T[after].dow and T[after].unit == nil and (loose or unspaced) then
        return { op = "dow", d = T[after].dow, week = n }, after + 1
      end
      if node.op == "rel" and node.m and items.day_number(after) then
        local d, l2 = items.day_number(after)
        if T[after].suffix or loose then return { op = "reldate", m = node.m, d = d, n = n }, l2 end
      end
      if node.op == "rel" and T[after].after == 1 and n == 1 then node.n, after = 2, after + 1 end
      return node, after
    end
    if loose then
      local date, l2 = items.date(k)
      if date and date.op ~= "dowday" then date.step = n return date, l2 end
      if date and date.op == "dowday" then return { op = "dowday", dow = date.dow, d = date.d }, l2 end
    end
    return nil
  end
  if T[j].same then
    local u = T[j + 1].unit
    if u then return { op = "same", unit = u, n = T[j].same == true and 0 or T[j].same }, j + 2 end
  end
  return nil
end

-- la semaine dernière, friday after next, 2 upcoming weeks, deux derniers jours
local function followed (i)
  local j = the(i)
  local t = T[j]
  if t.num and not t.suffix then
    local c, k = number(j)
    if c and c ~= "X" and loose and c >= 1 and c % 1 == 0 and (T[k].dowset or T[k].dow) and T[k + 1].ago then
      local back = T[k + 1].ago < 0
      return { op = "dow", d = T[k].dowset or T[k].dow, n = back and -1 or 1, plus = (back and -7 or 7) * (c - 1) }, k + 2
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
    return said_of(n, j), j + 2
  end
  if t.dow and loose and T[j + 1].inn and T[j + 2].num and not T[j + 3].unit then   -- lundi en huit
    local w = T[j + 2].num
    if w == 8 or w == 15 then return { op = "dow", d = t.dow, plus = w == 8 and 7 or 14 }, j + 3 end
  end
end

-- ---------------------------------------------------- the first Monday of, the end of

-- The first Monday of March; the last week of September; 第一个星期一 behind its month.
local function counted (i)
  local j = the(i)
  local n, k
  local t = T[j]
  if t.ord then
    n, k = t.ord, j + 1
    if t.suffix == nil and t.ord >= 20 and T[k].ord then return nil end
    if T[k].lastof or T[k].step == -1 then n, k = -n, k + 1 end
  elseif t.lastof or t.step == -1 and (T[j + 1].unit or T[j + 1].dow) then
    n, k = -1, j + 1
  else
    return nil
  end
  local u = T[k]
  local what = { op = "nth", n = n, unit = u.unit or u.weekend and "WE", dow = u.dow }
  if not what.unit and not what.dow then return nil end
  if what.unit == "WE" then what.dow = nil end
  k = k + 1
  if T[k].beyond and loose then
    local p, after = point(k + 1)
    if p then
      what.op, what.after = "nthafter", p
      return what, after
    end
    return nil
  end
  if not (T[k].of or T[k].inn or T[k].month) then
    if what.unit == "Q" and n > 0 and n < 5 then
      local y, after = items.year_after(k)
      return { op = "quarter", q = n, y = y }, after or k
    end
    return nil
  end
  k = T[k].of and k + 1 or T[k].inn and k + 1 or k
  k = T[k].of and k + 1 or k
  local p, after
  if T[the(k)].unit and not T[the(k)].step and the(k) > k then
    p, after = { op = "rel", unit = T[the(k)].unit, n = 0 }, the(k) + 1
  else
    p, after = point(k)
  end
  if not p then return nil end
  if what.unit == "Q" and n < 5 then
    return { op = "quarter", q = n > 0 and n or 5 + n, of = p }, after
  end
  what.of = p
  return what, after
end

-- The third quarter of 2023; the first half of the year; Q3 2024; H1
local function fraction_of_year (i)
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
  elseif t.roman and T[i + 1].unit == "Q" then op, n, j = "quarter", t.roman, i + 2
  else
    j = the(i)
    local o = T[j]
    n = o.ord or o.lastof and 5
    local u = T[j + 1]
    if not n then return nil end
    if u.fraction and u.halfmark and not u.unit then op = "half"
    elseif u.hyear then op = "half"
    elseif u.unit == "Q" then op = "quarter" else return nil end
    j = j + 2
    if n == 5 then n = op == "half" and 2 or 4 end
    if op == "half" and not (T[j].of or T[j - 1].hyear) then return nil end
  end
  local k = T[j].of and j + 1 or T[j].dash and j + 1 or j
  if T[k].of then k = k + 1 end
  if T[the(k)].unit == "Y" and the(k) > k then return { op = op, q = n }, the(k) + 1 end
  local y, after = items.year_after(k, true)
  if y then return { op = op, q = n, y = y }, after end
  local rel
  rel, after = stepped(k)
  if rel and rel.unit == "Y" then return { op = op, q = n, of = rel }, after end
  rel, after = followed(k)
  if rel and rel.unit == "Y" then return { op = op, q = n, of = rel }, after end
  if op == "half" and not t.hy and not T[j - 1].hyear then return nil end
  return { op = op, q = n }, j
end

-- Spring 2024, the 1980s, the 20th century, FY2024
local function long_one (i)
  local j = the(i)
  local t = T[j]
  if t.season and (not t.doubt or loose or T[j + 1].year or T[j + 1].of and T[j + 2].year) then
    local y, k = items.year_after(j + 1, true)
    return { op = "season", season = t.season, y = y }, k or j + 1
  end
  if t.year and T[i + 1].season then
    return { op = "season", season = T[i + 1].season, y = t.year }, i + 2
  end
  if t.tens then return { op = "dec", y = t.tens, len = t.tenslen }, j + 1 end
  if t.decade then                                  -- les années 1980
    local k = j + 1
    if T[k].num and T[k].num ~= "X" and T[k].num % 10 == 0 then
      local n, after = number(k)
      if n and n % 10 == 0 and (n >= 1000 or n < 100) then
        return { op = "dec", y = n, len = n < 100 and 2 or 4 }, after
      end
    end
  end
  if (t.suffix or t.ord) and (t.num or t.ord) % 10 == 0 and T[j + 1].decade_unit then   -- 80-х годах
    local n = t.num or t.ord
    if n >= 20 and n < 100 or n >= 1000 and n < 2100 then
      return { op = "dec", y = n, len = n < 100 and 2 or 4 }, j + 2
    end
  end
  if (t.suffix or t.ord) and T[j + 1].decade_after and t.num and t.num % 10 == 0 then
    return { op = "dec", y = t.num, len = t.len }, j + 2
  end
  local n = t.ord or t.roman or t.num
  if n and n ~= "X" and T[j + 1].century and (t.ord or t.roman or t.spelled or t.digits) and n > 0 then
    local k = j + 2
    local e = T[k].era
    if (unspaced) and T[k].num and T[k].num ~= "X" and T[k].num % 10 == 0 and T[k + 1].decademark then
      return { op = "dec", y = (n - 1) * 100 + T[k].num, len = 4 }, k + 2
    end
    if e == -1 then return { op = "cen", n = -n }, k + 1 end
    return { op = "cen", n = n }, k
  end
  if t.centuryword and T[j + 1].num and T[j + 1].num ~= "X" and T[j + 2].decademark then
    return { op = "dec", y = t.centuryword + T[j + 1].num, len = 4 }, j + 3
  end
  if t.num and T[j + 1].decademark and t.num ~= "X" and t.num % 10 == 0 then
    return { op = "dec", y = t.num, len = t.num < 100 and 2 or 4 }, j + 2
  end
  if t.fiscal then
    local k = T[j + 1].of and j + 2 or j + 1
    if T[k].year then return { op = "fiscal", y = T[k].year, kind = t.fiscal }, k + 1 end
  end
end

-- The feasts and days that have names.
local lengthy

-- The feasts and days that have names.
local function holiday (i)
  local j = the(i)
  if T[j].dayword and T[j + 1].of and T[skip(j + 2, "the")].holiday then j = skip(j + 2, "the") end
  local t = T[j]
  if not t.holiday or not is_sure(j) then return nil end
  local k = j + 1
  if T[k].dayword then k = k + 1 end
  local node = { op = "holiday", key = t.holiday }
  local y, after = items.year_after(k, true)
  if y then node.y = y return node, after end
  local m = T[k].of and k + 1 or k
  local rel
  if loose and (T[k].inn or T[k].num) then
    rel, after = lengthy(k)
    if rel and rel.op == "ago" then node.of = rel return node, after end
  end
  if T[m].step or T[the(m)].step or T[the(m) + 1].after then
    rel, after = stepped(m)
    if not rel then rel, after = followed(m) end
    if rel and rel.unit == "Y" then node.of = rel return node, after end
  end
  if T[m].day_year then node.of = { op = "rel", unit = "Y", n = T[m].day_year } return node, m + 1 end
  return node, k
end

-- late March, the end of next year, mid-2019, the beginning of the week
local function partly (i)
  local j = the(i)
  local mod = T[j].mod
  if not mod then return nil end
  local k = j + 1
  k = T[k].dash and k + 1 or k
  k = T[k].of and k + 1 or k
  k = T[k].of and k + 1 or k
  if T[k].mod == "APPROX" then k = k + 1 end
  local bare = the(k)
  local t = T[bare]
  if t.unit and (bare > k or T[k - 1].of or T[k - 1].unit_mod) and (mod == "START" or mod == "END" or mod == "MID")
     and (t.unit == "Y" or t.unit == "M" or t.unit == "W" or t.unit == "D" or t.unit == "DE" or t.unit == "CE" or t.unit == "Q")
     and not T[bare + 1].after and not T[bare].num then
    return { op = "rel", unit = t.unit, n = 0, mod = mod }, bare + 1
  end
  if T[k].month and not is_sure(k) then return nil end
  local node, after = point(k)
  if not node then return nil end
  if (mod == "START" or mod == "END" or mod == "MID") and node.d and node.op == "abs" then return nil end
  node.mod, node.first = mod, F[i]
  return node, after
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
    if rel and rel.unit == "W" and rel.op == "rel" then return { op = "dow", d = t.dow, week = rel.n }, after end
  end
  return { op = "dow", d = t.dow }, j
end

-- The 5th of this month; the first of March is an absolute date and read before.
local function day_of (i)
  local j = the(i)
  local d, k = items.day_number(j)
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
        local date, l2 = items.date(after)
        if date and date.op == "abs" and not date.y and date.m then
          return { op = "reldate", m = date.m, d = date.d, y_of = rel }, l2
        end
      end
    end
    return nil
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
  end
  k = k + 1
  k = T[k].of and k + 1 or k
  if T[the(k)].unit == "M" and the(k) > k and not T[the(k) + 1].after then
    return { op = "of", d = d, of = { op = "rel", unit = "M", n = 0 } }, the(k) + 1
  end
  local rel, after = stepped(k)
  if not rel then rel, after = followed(k) end
  if rel and rel.unit == "M" then return { op = "of", d = d, of = rel }, after end
end

-- The week of 10 April
local function week_of (i)
  local j = the(i)
  if not T[j].unit or T[j].unit ~= "W" or not T[j + 1].of then return nil end
  local p, after = items.date(j + 2)
  if p then return { op = "week", of = p }, after end
end

-- Yesterday; today; the day after tomorrow; 14th alone
local function day_word (i)
  local t = T[i]
  if t.day then
    if t.part then return { op = "time", date = { op = "day", n = t.day }, part = t.part }, i + 1 end
    return { op = "day", n = t.day, from_text = t.from_text }, i + 1
  end
  if t.near then
    local u = T[i + 1]
    local rel = { op = "near", unit = t.near[1], n = t.near[2], from_text = t.from_text }
    if u.halves_of then return { op = "half", q = u.halves_of, of = rel }, i + 2 end
    if u.quarter_of then return { op = "quarter", q = u.quarter_of, of = rel }, i + 2 end
    if u.season then return { op = "rel", season = u.season, n = t.near[2] }, i + 2 end
    if u.mod_after then rel.mod = u.mod_after return rel, i + 2 end
    if u.holiday and t.near[1] == "Y" then return { op = "holiday", key = u.holiday, of = rel }, i + 2 end
    local k = T[i + 1].of and i + 2 or i + 1
    if t.near[1] == "Y" and (T[k].num or T[k].month) then
      local date, after = items.date(k)
      if date and date.op == "abs" and date.m and not date.y then
        return { op = "reldate", m = date.m, d = date.d, y_of = rel }, after
      end
    end
    return rel, i + 1
  end
  if t.ends then return { op = "together", key = t.ends }, i + 1 end
  if t.unit == "W" and T[i + 1].digits and T[i + 1].len <= 2 and loose and not T[i + 2].unit then
    return { op = "weekno", n = T[i + 1].num }, i + 2
  end
  if T[the(i)].unit == "WE" and (the(i) > i) and not T[the(i) + 1].after then
    return { op = "rel", unit = "WE", n = 0 }, the(i) + 1
  end
  if t.together then return { op = "together", key = t.together }, i + 1 end
  if t.todate then return { op = "day", n = 0 }, i + 1 end
end

-- The 15th, by itself: only in what is said to someone.
local function lone_day (i)
  if not loose then return nil end
  local j = the(i)
  local d, k = items.day_number(j)
  if not d or T[k].unit or T[k].half or T[k].hourmark or T[k].ord or T[k].year or T[k].num then return nil end
  local t = T[j]
  if T[k].dow and (T[i - 1].on or j > i) then return { op = "dowday", dow = T[k].dow, d = d }, k + 1 end
  if t.suffix and (j > i or T[i - 1].on or T[i - 1].between or T[i - 1].from or N == 1 or T[i - 1].comma or true) and j == i and not (T[k] ~= words.none and not T[k].inn and not T[k].comma and not T[k].to and not T[k].dash and not T[k].and_ and not T[k].at and not T[k].between and not T[k].from) then
    return { op = "abs", d = d }, k
  end
  if j > i and (t.digits or t.suffix or t.ord and (T[i - 1].on or N == k - 1)) then return { op = "abs", d = d }, k end
end

--- A point or stretch of the calendar, the smallest that stands by itself.
point = function (i)
  if depth > 4 then return nil end
  depth = depth + 1
  local node, j = day_of(i)
  if not node then node, j = items.date(i) end
  if unspaced and node and node.op == "abs" and not node.d then
    local u = T[j]
    if u.halves_of then node, j = { op = "half", q = u.halves_of, y = node.y, first = F[i] }, j + 1
    elseif u.quarter_of then node, j = { op = "quarter", q = u.quarter_of, y = node.y, first = F[i] }, j + 1
    elseif u.season and node.y and not node.m then node, j = { op = "season", season = u.season, y = node.y }, j + 1
    elseif u.mod_after then node.mod, j = u.mod_after, j + 1
    elseif u.ends and T[j - 1].year and not T[j - 1].mark then
      node.mod, j = u.ends[2], j + 1
    elseif T[skip(j, "of")].ord or T[skip(j, "of")].lastof then
      local k = skip(j, "of")
      local n, w = T[k].ord or -1, T[k + 1]
      if w.unit or w.dow then
        node, j = { op = "nth", n = n, unit = not w.dow and w.unit or nil, dow = w.dow, of = node }, k + 2
      end
    elseif u.holiday and node.y and not node.m then
      node, j = { op = "holiday", key = u.holiday, y = node.y }, j + 1
    end
  end
  if not node then node, j = fraction_of_year(i) end
  if not node then node, j = counted(i) end
  if not node then node, j = partly(i) end
  if not node then node, j = stepped(i) end
  if not node then node, j = followed(i) end
  if not node then node, j = holiday(i) end
  if not node then node, j = long_one(i) end
  if not node then node, j = week_of(i) end
  if not node then node, j = day_word(i) end
  if not node then node, j = weekday(i) end
  if not node then node, j = items.year_alone(i) end
  if not node then
    local k = the(i)
    if k > i and T[k].month then node, j = items.date(k) end
    if node then node.first = F[k]
    else
      local m, after = items.month_at(k)
      if m then node, j = { op = "abs", m = m, first = F[k] }, after end
    end
  end
  if not node then node, j = lone_day(i) end
  depth = depth - 1
  if node then
    node.first, node.stop = node.first or F[i], L[j - 1] + 1
    if node.op == "abs" and not node.y and node.m and not node.d and T[j].step == nil then
      -- March in 1 year; March of next year
      local k = T[j].of and j + 1 or j
      if T[k].step or T[the(k)].step or T[the(k) + 1].after then
        local rel, after = stepped(k)
        if not rel then rel, after = followed(k) end
        if rel and rel.unit == "Y" and rel.op == "rel" then
          return { op = "reldate", m = node.m, y_of = rel, first = node.first }, after
        end
      end
      if loose and T[j].inn then
        local rel, after = lengthy(j)
        if rel and rel.op == "ago" then
          return { op = "reldate", m = node.m, y_of = rel, first = node.first }, after
        end
      end
    end
    if T[j].of and T[j + 1].step == 0 and node.op == "quarter" then return node, j end
    return node, j
  end
end

-- ------------------------------------------------- what is said of a day and of an hour

-- The connecting words between a day and an hour.
local function joint (i)
  local j = i
  for _ = 1, 3 do
    local t = T[j]
    if t.comma or t.on or t.at or t.of and not t.from or t.filler and not t.part and not t.half or t.mod == "APPROX"
       or t.for_ and T[j + 1].hh or t.paren and T[j + 1].dow then
      j = j + 1
    else
      break
    end
  end
  return j
end

local function is_day (p)
  return p.op ~= "dec" and p.op ~= "cen" and p.op ~= "quarter" and p.op ~= "half" and p.op ~= "season"
         and not (p.op == "rel" and p.unit ~= "D") and p.op ~= "weekno" and p.op ~= "together"  and not (p.op == "abs" and not p.d and not p.dow)
         and p.op ~= "span" and p.op ~= "fiscal" and p.op ~= "same" and p.op ~= "near" and not p.th
end

-- A day, an hour, a part of the day, a stretch of hours, in any order.
local function moment (i)
  local out = { op = "time", first = F[i] }
  local j, k, count = i, i, 0
  for _ = 1, 4 do
    local node, after
    if count > 0 then k = joint(j) end
    if not out.clock and not out.clocks then
      node, after = times.range(k, out.date ~= nil)
      if node then out.clocks = node end
    end
    if not node and not out.date then
      node, after = point(k)
      if node and node.op == "time" then
        if out.part and node.part then node, after = nil, nil
        else
          out.part, out.night = out.part or node.part, node.night
          out.date = node.date
        end
      elseif node and count > 0 and not is_day(node) then node, after = nil, nil
      elseif node and node.op == "abs" and node.h then out.date = node
      elseif node then out.date = node end
    elseif not node and out.date and out.date.op == "dow" and not out.date.n and not out.date.week then
      local rel, stop = stepped(k)
      if rel and rel.op == "rel" and rel.unit == "W" then
        out.date = { op = "dow", d = out.date.d, week = rel.n }
        node, after = rel, stop
      end
    elseif not node and out.date and out.date.op == "rel" and out.date.unit == "W" and T[k].dow
           and not out.clock and not out.part then
      out.date, node, after = { op = "dow", d = T[k].dow, week = out.date.n }, T[k], k + 1
    end
    if not node and out.date == nil and count == 0 and loose and T[k - 1].at and T[k].year and T[k].digits
       and T[k].year < 1260 then
      node, after = times.clock(k, true)
      out.clock = node
    end
    if not node and not out.clock and not out.clocks then
      local bare = T[k - 1].at or T[k - 1].on and loose
      if count == 0 and loose and not bare then
        local n = T[k + 1].comma and k + 2 or k + 1
        local u = T[n]
        bare = k == 1 and at_start and (u.day or u.part or u.step == 0 and (T[n + 1].part) or k == 1 and N == 1 and T[k].digits
               or u.dow and not T[k].suffix or u.inn and T[n + 1].the and T[n + 2].part or u.oclock
               or u.of and T[n + 1].part or N <= 3 and not T[k].suffix and (T[k + 1].oh or T[k + 1].dash))
        bare = bare or u.oclock
      elseif count > 0 and loose and out.date and is_day(out.date) and (out.date.op ~= "abs" or T[k - 1].at)
             and not (T[k].digits and T[k + 1].unit) then
        bare = true
      end
      if count > 0 and T[k].part == nil or count == 0 then node, after = times.clock(k, bare) end
      if node and out.date and not is_day(out.date) then node = nil end
      if node then out.clock = node end
    end
    if not node and not out.part then
      local part, stop, mod = times.part(k)
      if part and (count > 0 or stop and T[stop - 1].part) then
        if count > 0 and out.date and not is_day(out.date) then part = nil
        else out.part, out.mod, node, after = part, mod, true, stop end
      end
    end
    if not node then break end
    j, count = after, count + 1
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

-- ---------------------------------------------------------------- lengths and stretches

-- Two weeks ago; in three days; three days after the 5th; for a length by itself.
lengthy = function (i)
  local j, mod = i, nil
  local one = T[i].halfunit or T[i].dur_word
  if one then
    local u = T[i + 1]
    if u.ago then return { op = "ago", list = one, dir = u.ago }, i + 2 end
    return { op = "dur", list = one }, i + 1
  end
  if (T[i].inn or T[i].since_) and T[i + 1].halfunit then return { op = "ago", list = T[i + 1].halfunit, dir = 1, inn = true }, i + 2 end
  if T[i].many and not T[i - 1].num and not T[i - 1].step then
    return { op = "dur", list = { "X", T[i].many } }, i + 1
  end
  if T[i].all and T[i + 1].unit then return { op = "dur", list = { 1, T[i + 1].unit } }, i + 2 end
  local inn = T[j].inn or (T[j].beyond and loose)
  local before = T[j].agob
  local sign = T[j].plus and 1 or T[j].dash and -1
  if i == 1 and loose and at_start and F[1] > 1 then
    local c = sub(source, F[1] - 1, F[1] - 1)
    sign = c == "+" and 1 or c == "-" and -1
    if sign then
      local list, k = length(i)
      if list then return { op = "ago", list = list, dir = sign }, k end
    end
  end
  if inn or before then
    j = T[j + 1].of and before and j + 2 or j + 1
    if T[j].the and loose then j = j + 1 end
  elseif sign and loose then j = j + 1 end
  if T[j].mod and not (T[j].num and T[j + 1].unit) then mod, j = T[j].mod, j + 1 j = T[j].of and j + 1 or j end
  if T[j].every then return nil end
  local list, k, only = length(j, inn or before or T[j + 1].ago)
  if not list then return nil end
  local n, unit = list[1], list[2]
  if T[k].filler and T[k].timeword then k = k + 1 end
  if before then return { op = "ago", list = list, dir = -1, mod = mod }, k end
  if T[k].ago then return { op = "ago", list = list, dir = T[k].ago, first = F[j], later = T[k].later }, k + 1 end
  if T[k].shift or T[k].beyond or T[k].before and T[k].shift ~= false or T[k].from and T[k].past == nil then
    local dir = T[k].shift or T[k].before and -1 or 1
    local p, after = point(k + 1)
    if not p and T[k + 1].ref == "PRESENT_REF" then p, after = { op = "day", n = 0 }, k + 2 end
    if p and not only and (is_day(p) or loose) and not (p.op == "abs" and not p.d and not p.m and not loose) then
      return { op = "shift", list = list, dir = dir, from = p, first = F[j] }, after
    end
    if loose and T[k].both and k >= N then return { op = "ago", list = list, dir = dir }, k + 1 end
  end
  if T[k].agoback then return { op = "ago", list = list, dir = T[k].agoback }, k + 1 end
  if inn and not (T[i].beyond and not loose) then
    local node = { op = "ago", list = list, dir = 1, inn = true, mod = mod, first = not loose and F[j] or nil }
    if loose or not mod then return node, k end
  end
  if sign and loose and (i == 1) then return { op = "ago", list = list, dir = sign }, k end
  if only and not before then return nil end
  if T[k].old then k = k + 1 end
  local node = { op = "dur", list = list, mod = mod, first = mod and not loose and F[j] or nil }
  if inn then node.first = F[j] end
  if T[k].since and loose and not T[i].for_ then                  -- 2 weeks starting May 20th
    local p, after = moment(k + 1)
    if p and (is_day(p) or p.op == "time") then return { op = "starting", list = list, from = p }, after end
  end
  return node, k
end

local function joins (t, between)
  return t.to or t.dash or t.till or between and t.and_
end

-- The ends of a stretch of days: a number and a date, a date and a number, two of anything.
local function stretch (i)
  local asked = T[i].from or T[i].between or T[i].since
  local between = T[i].between
  local k = asked and i + 1 or i
  k = T[k].mod == "APPROX" and loose and k + 1 or k
  local s = the(k)
  local dow
  if T[s].dow and T[s + 1].num then dow, s = T[s].dow, s + 1 end
  local d, j = items.day_number(s)
  if d and joins(T[j], between) then                -- 13 to 15 July
    local m = j + 1
    m = T[m].on and loose and m + 1 or m
    local b, after = items.date(m)
    if not b and T[the(m)].dow then b, after = items.date(the(m)) end
    if b and b.op == "abs" and b.d and not (b.m and T[m].year) then
      local a = { op = "abs", d = d, first = F[k], stop = L[j - 1] + 1 }
      b.first, b.stop = F[m], L[after - 1] + 1
      return { op = "range", a = a, b = b, first = F[k] }, after
    end
    local of
    of, after = day_of(m)
    if of then
      return { op = "range", a = { op = "of", d = d, of = of.of, first = F[k], stop = L[j - 1] + 1 },
               b = of, first = F[k] }, after
    end
    local e, l2 = items.day_number(the(m))
    if e and loose and e > d and (asked or the(k) > k) and (T[s].suffix or the(k) > k or T[the(m)].suffix or dow)
       and not T[l2].half and not T[l2].hourmark then
      return { op = "range", a = { op = "abs", d = d }, b = { op = "abs", d = e }, first = F[k] }, l2
    end
    if e and loose and asked and T[l2].inn and T[l2 + 1].step and T[l2 + 2].unit == "M" then
      local rel = { op = "rel", unit = "M", n = T[l2 + 1].step }
      return { op = "range", a = { op = "of", d = d, of = rel }, b = { op = "of", d = e, of = rel }, first = F[k] }, l2 + 3
    end
  end
  local a
  if T[k].ref == "PRESENT_REF" then a, j = { op = "day", n = 0 }, k + 1 else a, j = moment(k) end
  if not a or a.op == "span" then return nil end
  if not joins(T[j], between) then
    if T[j].comma and T[j + 1].till then j = j + 1 else return nil end
  end
  if T[j].dash and not loose and (T[j + 1].dow or T[j + 1].day) then return nil end
  local m = j + 1
  if T[j].dash and T[m].to then m = m + 1 end
  m = T[m].on and m + 1 or m
  local b, after
  if T[m].ref == "PRESENT_REF" or T[m].todate then b, after = { op = "day", n = 0 }, m + 1 end
  if not b and a.op == "abs" and a.d and a.m then               -- July 13 - 15, 2013
    local n = the(m)
    local e, l2 = items.day_number(n)
    if e and not T[l2].month and not (T[l2].of and T[l2 + 1].month) and not T[l2].mark
       and not (T[n].digits and (T[l2].half or T[l2].hourmark or T[l2].unit or T[n].len == 4 or T[l2].dash)) then
      local y, l3 = items.year_after(l2)
      b, after = { op = "abs", d = e, y = y }, l3 or l2
    elseif e and T[l2].mark == "D" and not T[l2 + 1].mark then
      b, after = { op = "abs", d = e }, l2 + 1
    end
  end
  if not b and a.op == "abs" and a.y and not a.m and T[j].dash then  -- 2019-23
    local t = T[m]
    if t.digits and t.len == 2 and not t.suffix and not T[m + 1].month and (glued(m) or not T[m + 1].unit)
       and F[m] - L[j - 1] <= 5 and a.y % 100 < t.num then
      b, after = { op = "abs", y = a.y // 100 * 100 + t.num }, m + 1
    end
  end
  if not b then b, after = moment(m) end
  if not b then return nil end
  if b.op == "span" then return nil end
  if a.op == "time" and b.op == "time" or a.op ~= "time" and b.op ~= "time" or loose then
    a.first, a.stop = a.first or F[k], a.stop or L[j - 1] + 1
    b.first, b.stop = F[m], L[after - 1] + 1
    return { op = "range", a = a, b = b, first = F[k], between = between }, after
  end
end

-- ------------------------------------------------------------------------ repetitions

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
      if T[j].ord > 1 and T[j].ord < 10 and (T[j + 1].unit or T[j + 1].dow) then count, j = T[j].ord, j + 1 end
    elseif T[j].num and not T[j].unit then
      local n, k = number(j)
      if n then count, j = n, k end
    end
    local u = T[j]
    if u.dow then
      return { op = "every", dow = u.dow, n = count }, j + 1
    end
    if u.weekend then return { op = "every", list = { count or 1, "WE" } }, j + 1 end
    if u.workday then return { op = "set", value = "P1WD" }, j + 1 end
    if u.month and is_sure(j) then return { op = "every", m = u.month }, j + 1 end
    if u.unit then return { op = "every", list = { count or 1, u.unit } }, j + 1 end
    if u.part then return { op = "every", part = u.part }, j + 1 end
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
    if T[j].unit and count then return { op = "every", list = { count, T[j].unit }, freq = t.per }, j + 1 end
  end
  if t.weekend == "set" and loose then return { op = "every", list = { 1, "WE" } }, i + 1 end
  if t.dowset and is_sure(i) then return { op = "every", dow = t.dowset }, i + 1 end
end

-- The 46th anniversary; 25-летие; 建交二十五周年
local function marks (i)
  local j = the(i)
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

-- Since 1997; by 2035; until June; before Friday; after 5 pm
local function open_end (i)
  local t = T[i]
  local dir = t.since and "from" or t.till and "to" or t.before and "before" or t.beyond and "after"
  if not dir then return nil end
  local j = i + 1
  local way = dir == "from" or dir == "to"
  j = T[j].at and j + 1 or T[j].on and loose and j + 1 or T[j].mod == "APPROX" and j + 1 or j
  if T[j].of then j = j + 1 end
  local p, after = moment(j)
  if not p and loose and T[j].num then
    local c, k = times.clock(j, true)
    if c then p, after = { op = "time", clock = c }, k end
  end
  if not p then
    local node, l2 = lengthy(j)
    if node and node.op == "ago" then p, after = node, l2 end
  end
  if not p or p.op == "span" or p.op == "range" then return nil end
  if not loose and p.op == "abs" and p.m and not p.d and not p.y and way then return nil end
  if p.op == "time" and p.clocks then return p, after end
  p.first, p.stop = p.first or F[j], p.stop or L[after - 1] + 1
  if way then return { op = "open", [dir] = p, first = F[i] }, after end
  p.mod, p.bound = p.mod or (dir == "before" and "BEFORE" or "AFTER"), true
  p.first = F[j]
  return p, after
end

-- A phrase in Chinese may say behind it how it is meant: 起, 以来, 之前, 以后.
local function bound_behind (p, i, j)
  if not unspaced then return p, j end
  local t = T[j]
  if t.since_after then return { op = "open", from = p, first = p.first or F[i] }, j + 1 end
  if t.till_after and (p.op == "abs" and (not p.m or not p.d) or p.op == "rel") then
    return { op = "open", to = p, first = p.first or F[i] }, j + 1
  end
  if t.bound_after then
    p.mod = p.mod or t.bound_after
    return p, j + 1
  end
  return p, j
end

-- From 18 December for ten days
local function lasting (p, i, j)
  if not loose or not (p.op == "abs" and p.d or p.op == "time" and p.clock or p.op == "day" or p.op == "dow") then return p, j end
  local k = T[j].comma and j + 1 or j
  if T[k].for_ then
    local list, after = length(k + 1)
    if list and (p.op == "time" or list[2] ~= "H") then
      return { op = "starting", list = list, from = p, first = p.first or F[i] }, after
    end
  end
  return p, j
end

--- The phrase that begins at a token, and the place behind it.
local function phrase (i)
  local t = T[i]
  if loose and t.ref == "PRESENT_REF" and (T[i + 1].plus or T[i + 1].dash) then
    local list, k = length(i + 2)
    if list then return { op = "ago", list = list, dir = T[i + 1].plus and 1 or -1 }, k end
  end
  if t.ref and not (T[i + 1].to or T[i + 1].and_) then return { op = "ref", value = t.ref }, i + 1 end
  local node, j = repeated(i)
  if node then                                        -- every Monday at eight
    if node.dow then
      local part, k = times.part(j)
      if part then node.part, j = part, k end
      local h = T[j].at and j + 1 or j
      local c, after = times.clock(h, h > j)
      if c then node.clock, j = c, after end
    end
    return node, j
  end
  node, j = marks(i)
  if node then return node, j end
  node, j = stretch(i)
  if node then return node, j end
  if t.from and loose and not t.since then node, j = nil, nil end
  node, j = times.range(i)
  local moment_, k = moment(i)
  if moment_ and (not j or k >= j) then node, j = moment_, k
  elseif node then node = { op = "time", clocks = node } end
  local long, l2 = lengthy(i)
  if long and long.op == "ago" and loose then
    local unit = long.list[#long.list]
    local k2 = joint(l2)
    local c = (unit == "D" or unit == "W") and times.clock(k2, T[k2 - 1].at)
    if c then
      local _, l3 = times.clock(k2, T[k2 - 1].at)
      long, l2 = { op = "time", date = long, clock = c, first = long.first }, l3
    end
  end
  if long and (not j or l2 > j) then node, j = long, l2 end
  if node then
    if node.op ~= "dur" and node.op ~= "ago" then node, j = bound_behind(node, i, j) end
    node, j = lasting(node, i, j)
    if unspaced and T[i - 1].since and node.op == "abs" and T[j].since_after then return node, j end
    return node, j
  end
  node, j = open_end(i)
  if node then return node, j end
  if t.ref then return { op = "ref", value = t.ref }, i + 1 end
end

-- -------------------------------------------------------------------------- languages

local compiled = {}

local function language (lang)
  local lex = lexicon[lang] or lexicon.en
  local c = compiled[lex]
  if not c then
    c = words.compile(lex)
    c.lex = lex
    compiled[lex] = c
  end
  return c
end

--- The phrases of a text, as a list of {first, last, t}; `small` is the text in small
-- letters (each byte in its place).
---@param text string
---@param small string
---@param lang string
---@param is_loose boolean is it an utterance rather than a report?
---@return table[]
function M.find (text, small, lang, is_loose)
  local c = language(lang)
  local out, n = {}, 0
  local found = (is_loose and c.loose or c.runs):match(small)
  local state = { loose = is_loose, text = text, lex = c.lex }
  for r = 1, #found, 2 do
    T, F, L, N = items.take(c.token:match(small, found[r]), found[r + 1] - 1, state)
    loose, unspaced, depth = is_loose, c.lex.unspaced, 0
    week_steps = c.lex.week_steps
    source = small
    at_start = is_loose and not find(sub(small, 1, found[r] - 1), "[%w\x80-\xFF]")
    times.take(T, F, is_loose)
    local i = 1
    while i <= N do
      local node, j = phrase(i)
      if node then
        n = n + 1
        out[n] = { first = node.first or F[i], last = L[j - 1], t = node }
        i = j
      else
        i = i + 1
      end
    end
  end
  return out
end

return M
