--- What a run of tokens says: dates, lengths, repetitions, stretches, put together from
-- the parts that the other files of date/ read.
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
-- @module lesdiplo.grammar.date.phrases
local bounds = require "lesdiplo.grammar.date.bounds"
local days = require "lesdiplo.grammar.date.days"
local dual = require "lesdiplo.grammar.date.dual"
local items = require "lesdiplo.grammar.date.items"
local moments = require "lesdiplo.grammar.date.moments"
local near = require "lesdiplo.grammar.date.near"
local nights = require "lesdiplo.grammar.date.nights"
local points = require "lesdiplo.grammar.date.points"
local sets = require "lesdiplo.grammar.date.sets"
local shares = require "lesdiplo.grammar.date.shares"
local times = require "lesdiplo.grammar.date.times"
local find, sub = string.find, string.sub
_ENV = nil
local M = {}
local length, glued = items.length, items.glued
local joint, is_day, moment = moments.joint, moments.is_day, moments.moment
local the, point, day_of = near.the, points.point, points.day_of

local T, F, L, N, loose, lex, unspaced, inflected, at_start, source
-- The phrase read last, the place behind it, and its last byte.
local latest, latest_stop, latest_last
local lengthy

-- ---------------------------------------------------------------- lengths and stretches

local clocked = { H = true, MIN = true, S = true, QH = true }

-- Two weeks ago; in three days; three days after the 5th; for a length by itself.
lengthy = function (i)
  local j, t, u, mod = i, T[i], T[i + 1], nil
  local one = t.halfunit or t.dur_word
  if one then
    if u.ago then return { op = "ago", list = one, dir = u.ago }, i + 2 end
    return { op = "dur", list = one }, i + 1
  end
  local inn = t.inn
  if (inn or t.since_) and u.halfunit then
    return { op = "ago", list = u.halfunit, dir = 1, inn = true }, i + 2
  end
  if t.many and not T[i - 1].num and not T[i - 1].step then
    return { op = "dur", list = { "X", t.many } }, i + 1
  end
  if t.all and u.unit then return { op = "dur", list = { 1, u.unit } }, i + 2 end
  inn = inn or t.beyond and loose and not u.hh
  local before = t.agob
  local sign = t.plus and 1 or t.dash and -1
  if i == 1 and loose and at_start and F[1] > 1 then
    local c = sub(source, F[1] - 1, F[1] - 1)
    sign = c == "+" and 1 or c == "-" and -1
    if sign then
      local list, k = length(i)
      if list then return { op = "ago", list = list, dir = sign }, k end
    end
  end
  local stands                              -- in the week is this one, and no length
  if inn or before then
    j = u.of and before and j + 2 or j + 1
    if T[j].the and loose then stands, j = t.inn and not t.within, j + 1 end
  elseif sign and loose then j = j + 1 end
  u = T[j]
  if u.mod and not (u.num and T[j + 1].unit) then
    mod, j = u.mod, j + 1
    j = T[j].of and j + 1 or j
  end
  if T[j].every then return nil end
  local counted = T[i - 1].course_of and T[j + 1].shift          -- за неделю до 1 мая
  local about = inflected and mod and not T[j].many_              -- около месяца
  local list, k, only = length(j, inn or before or T[j + 1].ago or N == 1 or counted or about)
  if not list then return nil end
  if mod and (t.at or T[j - 1].at and not inn and not before) and list[2] == "H"
     and (loose or t.towards) and (T[k - 1].hourmark or T[k - 1].hh) then
    return nil                                                                 -- vers 18h
  end
  if inn and (mod == "START" or mod == "MID" or mod == "END") then return nil end
  if only and (stands and not clocked[list[2]] or t.beyond and not t.inn and j == i + 1) then
    return nil
  end
  if T[k].filler and T[k].timeword then k = k + 1 end
  if before then return { op = "ago", list = list, dir = -1, mod = mod }, k end
  if T[k].ago and only and T[j].plural and not loose then      -- weeks ago: nobody knows how many
    if T[k].ago > 0 then return { op = "dur", list = { "X", list[2] } }, k end
    return { op = "ref", value = "PAST_REF" }, k + 1
  end
  local beside = T[k].ago and (T[k].before or T[k].beyond) and T[the(k + 1)]
  if beside and (beside.holiday or beside.dow or beside.day and beside.day ~= 0) and not only then
    local p, after = point(k + 1)                                    -- trois jours avant Noël
    if p and is_day(p) then
      return { op = "shift", list = list, dir = T[k].ago, from = p, first = F[j] }, after
    end
  end
  if T[k].ago then return { op = "ago", list = list, dir = T[k].ago, first = F[j],
      later = T[k].later }, k + 1 end
  local on = loose and (T[k].comma and T[k + 1].from and k + 1 or k)
  if on and (T[on].since and not T[on].shift or T[on].from and T[i - 1].for_) then
    local p, after = moment(on + 1)       -- 2 weeks starting May 20; for 3 days, from today
    if p and (is_day(p) or p.op == "time") then
      return { op = "starting", list = list, from = p }, after
    end
  end
  if T[k].shift or T[k].beyond or T[k].before and T[k].shift ~= false or T[k].from
      and T[k].past == nil then
    local dir = T[k].shift or T[k].before and -1 or 1
    local p, after = point(k + 1)
    if not p and T[k + 1].ref == "PRESENT_REF" then p, after = { op = "day", n = 0 }, k + 2 end
    local hourless = clocked[list[#list]] and (p and (p.op == "day" or p.op == "dow" or p.d))
      and not T[k + 1].ref                            -- 3 minutes from today
    if p and (not only or inn or counted) and not hourless and (is_day(p) or loose)
        and not (p.op == "abs" and not p.d and not p.m and not loose) then
      return { op = "shift", list = list, dir = dir, from = p, first = F[j] }, after
    end
    -- через год после войны
    if inn and T[k].shift == 1 and not loose and (t.through or not only) then
      return { op = "dur", list = list, mod = mod, first = F[j] }, k
    end
    if loose and T[k].both and k >= N then return { op = "ago", list = list, dir = dir }, k + 1 end
  end
  if T[k].agoback then return { op = "ago", list = list, dir = T[k].agoback }, k + 1 end
  local through = t.through and not loose and not clocked[list[#list]]        -- через неделю
  if inn and not (t.beyond and not loose) and (loose or not only or through) then
    local node = { op = "ago", list = list, dir = 1, inn = not through, mod = mod,
      told = through and "past", first = not loose
      and F[j] or nil }
    if loose or not mod then return node, k end
  end
  if sign and loose and (i == 1) then return { op = "ago", list = list, dir = sign }, k end
  if only and N == 1 and at_start and not find(source, "[%w\x80-\xFF]",
      L[1] + 1) then return { op = "dur", list = list }, k end
  if only and not before and not about then return nil end
  if T[k].old then k = k + 1 end
  local node = { op = "dur", list = list, mod = mod, first = mod and not loose and F[j] or nil }
  if inn then node.first = F[j] end
  return node, k
end

-- 三月和五月之间: what "between" says behind its ends.
local function between_behind (j)
  if not unspaced or not T[j].and_ then return false end
  for k = j + 2, j + 8 do
    if T[k].between_after then return true end
  end
  return false
end

local function joins (t, between)
  return t.to or t.dash or t.till or between and t.and_
end

-- The ends of a stretch of days: a number and a date, a date and a number, two of anything.
local function stretch (i)
  local t = T[i]
  local between = t.between
  local asked = between or t.from or t.since
  local k = asked and i + 1 or i
  if T[k + 1].dash and days.is_dashed(k) then return nil end
  k = T[k].mod == "APPROX" and loose and k + 1 or k
  local s = the(k)
  local dow
  if T[s].dow and T[s + 1].num then dow, s = T[s].dow, s + 1 end
  if unspaced then
    local months, after = days.months_between(s)
    if months then return months, after end
  end
  local d, j = days.day_number(s)
  local dashed = d and T[j].dash and T[j + 1].month and T[j + 2].dash and T[j + 3].digits
    and glued(j + 2) and glued(j + 3)               -- 3-Mar-19
  if d and joins(T[j], between) and not dashed then  -- 13 to 15 July
    local m = j + 1
    m = T[m].on and loose and m + 1 or m
    local b, after = days.date(m)
    if not b and T[the(m)].dow then b, after = days.date(the(m)) end
    if b and b.op == "abs" and b.d and not (b.m and T[m].year) then
      local a = { op = "abs", d = d, first = F[k], stop = L[j - 1] + 1 }
      b.first, b.stop = F[m], L[after - 1] + 1
      return { op = "range", a = a, b = b, first = F[k] }, after
    end
    if T[m].slash and T[m].sep == "." and d < T[m].a and T[j].dash then
      local to = T[m]                               -- 14-15.10.2018
      b = days.date(m)
      if b then
        return { op = "range", a = { op = "num", a = d, b = to.b, c = to.c, alen = to.alen,
          clen = to.clen, two = to.c == nil, first = F[k], stop = L[j - 1] + 1 }, b = b,
          first = F[k] }, m + 1
      end
    end
    local of
    of, after = day_of(m)
    if of then
      return { op = "range", a = { op = of.op, d = d, of = of.of, first = F[k],
        stop = L[j - 1] + 1 },
               b = of, first = F[k] }, after
    end
    local e, l2 = days.day_number(the(m))
    if e and loose and e > d and (asked or the(k) > k) and (T[s].suffix or the(k) > k
        or T[the(m)].suffix or dow or t.the_from)
       and not T[l2].half and not T[l2].hourmark then
      return { op = "range", a = { op = "abs", d = d }, b = { op = "abs", d = e }, first = F[k] },
        l2
    end
    if e and loose and asked and T[l2].inn and T[l2 + 1].step and T[l2 + 2].unit == "M" then
      local rel = { op = "rel", unit = "M", n = T[l2 + 1].step }
      return { op = "range", a = { op = "of", d = d, of = rel }, b = { op = "of", d = e,
        of = rel }, first = F[k] }, l2 + 3
    end
  end
  local a
  if t.from_now then a, j = { op = "day", n = 0 }, i + 1
  elseif T[k].ref == "PRESENT_REF" then a, j = { op = "day", n = 0 }, k + 1
  else a, j = moment(k) end
  if not a or a.op == "span" then return nil end
  between = between or between_behind(j)
  if T[j].todate and asked then                       -- from March to date
    a.first, a.stop, a.side = a.first or F[k], a.stop or L[j - 1] + 1, -1
    return { op = "range", a = a, b = { op = "day", n = 0, first = F[j], stop = L[j] + 1 },
      first = F[k] }, j + 1
  end
  if not joins(T[j], between) and not (T[j].bar and T[j - 1].iso and T[j + 1].iso) then
    local goes_on = loose and T[j + 1].till or t.from and T[j + 1].to
    if T[j].comma and goes_on then j = j + 1 else return nil end
  end
  if T[j].dash and (not loose and (T[j + 1].dow or T[j + 1].day) and a.op ~= "time"
      or a.op == "time" and T[j + 1].step) then return nil end
  local m = j + 1
  if T[j].dash and T[m].to then m = m + 1 end
  m = T[m].on and m + 1 or m
  local b, after
  if T[m].ref == "PRESENT_REF" or T[m].todate then b, after = { op = "day", n = 0 }, m + 1 end
  if not b and a.op == "abs" and a.d and a.m then               -- July 13 - 15, 2013
    local n = the(m)
    local e, l2 = days.day_number(n)
    if e and not T[l2].month and not (T[l2].of and T[l2 + 1].month) and not T[l2].mark
       and not (T[n].digits and (T[l2].half or T[l2].hourmark or T[l2].unit or T[n].len == 4
         or T[l2].dash)) then
      local y, l3 = days.year_after(l2)
      b, after = { op = "abs", d = e, y = y }, l3 or l2
    elseif e and T[l2].mark == "D" and not T[l2 + 1].mark then
      b, after = { op = "abs", d = e }, l2 + 1
    end
  end
  if not b and a.op == "abs" and a.y and not a.m and T[j].dash then  -- 2019-23
    local to = T[m]
    if to.digits and to.len == 2 and not to.suffix and not T[m + 1].month and (glued(m)
        or not T[m + 1].unit)
       and F[m] - L[j - 1] <= 5 and a.y % 100 < to.num then
      b, after = { op = "abs", y = a.y // 100 * 100 + to.num }, m + 1
    end
  end
  if not b then b, after = moment(m) end
  if not b or b.op == "span" then return nil end
  if b.op == "time" and not b.date and a.op ~= "time" and (T[j].till or not is_day(a)) then
    return nil
  end
  if unspaced and a.op == "reldate" and b.op == "abs" and b.m and not b.y and b.m >= a.m then
    b.op, b.y_of = "reldate", a.y_of                               -- 去年4月到9月
  end
  if a.op == "time" and b.op == "time" or a.op ~= "time" and b.op ~= "time"
      or a.h or loose then
    a.first, a.stop = a.first or F[k], a.stop or L[j - 1] + 1
    b.first, b.stop = F[m], L[after - 1] + 1
    return { op = "range", a = a, b = b, first = F[k], between = between }, after
  end
end

-- -------------------------------------------------------------------------- open stretches

-- Since 1997; by 2035; until June; before Friday; after 5 pm
local function open_end (i)
  local t = T[i]
  local onward = t.from and not loose
  local dir = (t.since or onward) and "from" or (t.till or t.at_latest and not loose) and "to"
    or t.before and "before"
    or t.beyond and "after"
  if not dir then return nil end
  local j = i + 1
  local way = dir == "from" or dir == "to"
  j = T[j].at and j + 1 or T[j].on and loose and j + 1 or T[j].mod == "APPROX" and j + 1 or j
  if T[j].of then j = j + 1 end
  local named = T[j].the and j + 1 or j                             -- by the year 2030
  if T[named].year_word and T[named + 1].year then j = named + 1 end
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
  if T[j].the and p.op == "abs" and p.m and not (p.d or p.y or p.mod) then return nil end
  if onward and T[after].onward then after = after + 1              -- from 2026 onwards
  elseif onward and not t.since then return nil end
  if p.op == "time" and p.clocks then return p, after end
  p.first, p.stop = p.first or F[j], p.stop or L[after - 1] + 1
  if unspaced and way and not t.as_of and bounds.is_change(i, after) then return p, after end
  if way then
    local behind = dir == "from" and T[after].since_after and T[after]         -- 自3月以来
    return { op = "open", [dir] = p, first = F[i], as_of = t.since and t.as_of or nil,
      ever = t.ever or t.as_of and t.till and not loose or behind and behind.ever },
      behind and after + 1 or after
  end
  p.mod, p.bound = p.mod or (dir == "before" and "BEFORE" or "AFTER"), true
  p.first = F[j]
  return p, after
end

-- Thursday before 5 pm; jeudi à partir de 9h30; le 23 après 16h
local function hour_bound (p, j)
  local t = T[j]
  if not (t.before or t.beyond or t.since or t.till) or t.step
      or not (p.op == "day" or p.op == "dow" or p.op == "num" or p.op == "abs" and p.d
              or p.op == "time" and p.date and not p.clock and not p.clocks) then
    return p, j
  end
  local k = j + 1
  k = T[k].at and k + 1 or k
  local clock, after = times.clock(k, loose)
  if not clock or clock.bare and not loose then return p, j end
  local part, behind = times.part(after)                    -- by 2 in the afternoon
  if part and not p.part then after = behind end
  local out = { op = "time", date = p.date or p, part = p.part or part, clock = clock,
    first = p.first, stop = L[after - 1] + 1 }
  if t.before or t.beyond and not t.since then
    out.mod = t.before and "BEFORE" or "AFTER"
    return out, after
  end
  return { op = "open", [t.till and "to" or "from"] = out, first = p.first }, after
end

-- From 18 December for ten days
local function lasting (p, i, j)
  if not loose or not (p.op == "abs" and p.d or p.op == "time" and p.clock or p.op == "day"
      or p.op == "dow") or p.op == "time" and not p.date and T[i - 1].at then return p, j end
  local k = T[j].comma and j + 1 or j
  if T[k].for_ then
    local list, after = length(k + 1)
    if list and (p.op == "time" or list[2] ~= "H") then
      return { op = "starting", list = list, from = p, first = p.first or F[i] }, after
    end
  end
  return p, j
end

-- The phrase that begins at a token, and the place behind it.
local function phrase (i)
  local t, u = T[i], T[i + 1]
  local ref, num, dow = t.ref, t.num, t.dow
  local counts = num or t.ord or t.the
  if loose and ref == "PRESENT_REF" and (u.plus or u.dash) then
    local list, k = length(i + 2)
    if list then return { op = "ago", list = list, dir = u.plus and 1 or -1 }, k end
  end
  if t.past_of and (u.unit or u.num) then   -- in the past ten years
    local way = ref == "FUTURE_REF" and 1 or -1
    local node, j = near.stepped_by(way, i + 1)
    if node then
      if way < 0 and node.op == "rel" and node.unit and not loose then
        node = { op = "span", n = 1, unit = node.unit, dir = -1 }      -- the past year
      end
      node.first = F[i] + t.past_of
      return node, j
    end
  end
  if ref and t.step and u.num then                      -- 最近三个月
    local node, j = near.stepped(i)
    if node and node.op == "span" then return node, j end
  end
  if ref and not (u.to or u.and_) then return { op = "ref", value = ref }, i + 1 end
  local node, j
  local times_per = num and u.per and not u.unit                -- three times a day
  if t.set or t.every or t.per or t.weekend or t.dowset or dow and u.partset or times_per then
    node, j = sets.repeated(times_per and i + 1 or i)
    if node and times_per then node.first = F[i] end
    if node then return node, j end
  end
  if counts or t.annivword then
    node, j = sets.anniversary(i)
    if node then return node, j end
  end
  if dow and latest and latest.op == "every" and latest.dow and latest_stop == i - 1
     and (T[i - 1].and_ or T[i - 1].or_ or T[i - 1].comma) and not times.range(i + 1) then
    return sets.repeated(i, dow)                             -- every Tuesday and Thursday
  end
  if counts and (T[i + 2].every or T[i + 3].every or T[i + 4].every) then
    node, j = sets.of_every(i)
    if node then return node, j end
  end
  if (counts or dow) and not T[i - 1].between then
    node, j = shares.listed(i)
    if not node and (latest_stop == i - 1 or latest_stop == i - 2 and T[i - 2].comma) then
      node, j = shares.another_day(i, latest)
    end
    if node then return node, j end
  end
  if t.course_of then
    node, j = shares.some_of(i + 1)
    if node then
      node.first = F[i + 1]
      return node, j
    end
  end
  if (t.step or t.the or t.after) and latest_stop == i - 1 then
    node, j = near.again(i, latest)
    if node then return node, j end
  end
  if t.nightword or (t.inn or t.on or t.the) and (u.nightword or T[i + 2].nightword) then
    node, j = nights.read(i, stretch)
    if node then return node, j end
  end
  node, j = stretch(i)
  if node then return node, j end
  if num or t.hh or t.clock or t.fraction or t.from or t.between or t.on or t.since then
    node, j = times.range(i)
  end
  local moment_, k = moment(i)
  if moment_ and moment_.op == "time" and moment_.clock and not moment_.date then
    local set, stop = sets.daily(k, moment_)                        -- 6 am every day
    if set then return set, stop end
  end
  if moment_ and (not j or k >= j) then node, j = moment_, k
  elseif node then node = { op = "time", clocks = node } end
  local long, l2 = lengthy(i)
  if long and loose and #long.list == 2 and long.list[2] == "W" then
    local node_, stop = near.weekday_on(i, long, l2)
    if node_ then return node_, stop end
  end
  if long and long.op == "ago" and loose then
    local unit = long.list[#long.list]
    local k2 = joint(l2)
    local c = (unit == "D" or unit == "W") and times.clock(k2, T[k2 - 1].at)
    if c then
      local _, l3 = times.clock(k2, T[k2 - 1].at)
      local part, l4 = times.part(l3, c)
      long, l2 = { op = "time", date = long, clock = c, part = part, first = long.first },
        part and l4 or l3
    end
  end
  local goes_on = long and not unspaced and l2 == j and long.op == "dur" and #long.list > 2
    and node.op == "time" and node.clock and not node.date and not node.part
    and T[j - 1].unit == "MIN" and not T[i - 1].at and not T[i - 1].on        -- 1 h 30 min
  if long and (not j or l2 > j or goes_on) then node, j = long, l2 end
  if node then
    if node.op ~= "dur" and node.op ~= "ago" then node, j = bounds.behind(node, i, j) end
    node, j = lasting(node, i, j)
    node, j = hour_bound(node, j)
    if unspaced and T[i - 1].since and node.op == "abs" and T[j].since_after then return node, j end
    return node, j
  end
  node, j = open_end(i)
  if node then return node, j end
  if ref then return { op = "ref", value = ref }, i + 1 end
end

-- What is the same for all runs of a language that are read in the same way.
local function take_language (run)
  T, F, L, loose, lex = run.T, run.F, run.L, run.loose, run.lex
  unspaced, inflected = lex.unspaced, lex.inflected
  bounds.take(run)
  days.take(run)
  dual.take(run)
  near.take(run)
  nights.take(run)
  points.take(run, lengthy)
  moments.take(run)
  shares.take(run, points.point)
  times.take(run)
  sets.take(run)
end

--- The run in hand.
---@param run table T, F, L, N (tokens, first and last bytes), loose, lex, source, at_start
function M.take (run)
  if run.source ~= source then latest = nil end
  N, at_start, source, latest_stop = run.N, run.at_start, run.source, nil
  if run.lex ~= lex or run.loose ~= loose then take_language(run) end
  moments.restart()
end

--- The phrase that begins at a token, and the place behind it.
function M.phrase (i)
  local node, j = phrase(i)
  if node then
    if unspaced then shares.inherit(i, node, latest, latest_last) end
    latest, latest_stop, latest_last = node, j, L[j - 1]
  end
  return node, j
end

return M
