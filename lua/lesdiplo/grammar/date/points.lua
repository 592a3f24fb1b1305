--- Points and stretches of the calendar, put together from the parts that items.lua, days.lua
-- and near.lua read: the first Monday of March, Q3 2024, the fifth of this month, the feasts.
-- @module lesdiplo.grammar.date.points
local days = require "lesdiplo.grammar.date.days"
local dual = require "lesdiplo.grammar.date.dual"
local items = require "lesdiplo.grammar.date.items"
local near = require "lesdiplo.grammar.date.near"
local shares = require "lesdiplo.grammar.date.shares"
local words = require "lesdiplo.grammar.date.words"
local none = words.none
local find, sub = string.find, string.sub
_ENV = nil
local M = {}
local skip, number, is_sure = items.skip, items.number, items.is_sure
local the, stepped, followed = near.the, near.stepped, near.followed
local weekday, day_of = near.weekday, near.day_of
local fraction_of_year, year_of_it = shares.of_year, shares.year_told

local DAYS_MOST = 1000     -- between tomorrow and another day

local run, T, F, L, loose, unspaced, inflected, cardinal_days, on_day, month_first
local depth, point, lengthy = 0, nil, nil

--- The run in hand, and those to come of the same language.
---@param lent table T, F, L, N (tokens, first and last bytes, how many), loose, lex, source
---@param length_rule function the rule of phrases.lua for lengths of time
function M.take (lent, length_rule)
  run, T, F, L, loose = lent, lent.T, lent.F, lent.L, lent.loose
  unspaced, cardinal_days = run.lex.unspaced, run.lex.cardinal_days
  inflected, on_day = run.lex.inflected, run.lex.on_day
  month_first, lengthy = run.lex.month_first, length_rule
end

-- Does a preposition of time stand before it? "In May", "until March".
local function in_time (i)
  local p = T[i - 1]
  return p.inn or p.on or p.since or p.till or p.before or p.beyond or p.between
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
  if T[k].beyond and (loose or T[k + 1].holiday or T[k + 1].month) then
    local p, after = point(k + 1)
    if p then
      what.op, what.after = "nthafter", p
      return what, after
    end
    return nil
  end
  local unit = T[k].genitive and T[k].unit                     -- последний день месяца
  if unit and not T[k - 1].many_ then
    what.of = { op = "rel", unit = unit, n = 0 }
    return what, k + 1
  end
  if not (T[k].of or T[k].inn or T[k].month or T[k].year or inflected and T[k].step) then
    if loose and what.unit == "W" and n > 5 then return { op = "weekno", n = n }, k end
    if what.unit == "Q" and n > 0 and n < 5 then
      local y, after = days.year_after(k)
      return { op = "quarter", q = n, y = y }, after or k
    end
    return nil
  end
  k = T[k].of and k + 1 or T[k].inn and k + 1 or k
  k = T[k].of and k + 1 or k
  local p, after
  if T[the(k)].unit and not T[the(k)].step and (the(k) > k or T[k - 1].of_the)
     and not T[the(k) + 1].after then
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

-- Spring 2024, the 1980s, the 20th century, FY2024
local function long_one (i)
  local j = the(i)
  local t = T[j]
  if t.season and (not t.doubt or loose or T[j + 1].year or T[j + 1].of and T[j + 2].year
                   or T[j + 1].of and not T[j + 1].from and T[the(j + 2)].step) then
    local y, k = days.year_after(j + 1, true)
    if not y and T[j + 1].of and T[j + 2].yy then                      -- the summer of '69
      y, k = T[j + 2].yy + (T[j + 2].yy < 50 and 2000 or 1900), j + 3
    end
    local rel, after = nil, nil
    if not y then rel, after = year_of_it(j + 1) end               -- the summer of the next year
    if rel then return { op = "season", season = t.season, of = rel }, after end
    return { op = "season", season = t.season, y = y }, k or j + 1
  end
  if t.year and T[i + 1].fiscal_after then return { op = "fiscal", y = t.year }, i + 2 end
  if t.year and T[i + 1].season then
    return { op = "season", season = T[i + 1].season, y = t.year }, i + 2
  end
  if t.tens then return { op = "dec", y = t.tens, len = t.tenslen or 2 }, j + 1 end
  if t.decade then                                  -- les années 1980
    local k = j + 1
    if T[k].num and T[k].num ~= "X" and T[k].num % 10 == 0 then
      local n, after = number(k)
      if n and n % 10 == 0 and (n >= 1000 or n < 100) then
        return { op = "dec", y = n, len = n < 100 and 2 or 4 }, after
      end
    end
  end
  if (t.suffix or t.ord) and (t.num or t.ord) % 10 == 0 and T[j + 1].decade_unit then
    local n = t.num or t.ord                                            -- 80-х годах
    if n >= 20 and n < 100 or n >= 1000 and n < 2100 then
      return { op = "dec", y = n, len = n < 100 and 2 or 4 }, j + 2
    end
  end
  local p = t.hung_decade and T[i - 1]
  if p and (p.on or p.of or p.since or p.till or p.mod or p.to or p.from or p.and_) then   -- в 90-е
    local short = t.num < 100
    return { op = "dec", y = t.num, len = short and 2 or 4,
             lone = short and not (T[j + 1].and_ or T[j + 1].dash) }, j + 1
  end
  if (t.suffix or t.ord) and T[j + 1].decade_after and t.num and t.num % 10 == 0 then
    return { op = "dec", y = t.num, len = t.len }, j + 2
  end
  if t.century_word and T[j + 1].roman then                 -- siglo XIX
    return { op = "cen", n = T[j + 1].roman }, j + 2
  end
  if t.decade_word and T[j + 1].num and T[j + 1].num ~= "X" then    -- a década de 1980
    local n, after = number(j + 1)
    if n and n % 10 == 0 and (n >= 1000 or n < 100) then
      return { op = "dec", y = n, len = n < 100 and 2 or 4 }, after
    end
  end
  if t.num and t.digits and T[j + 1].decade_after and t.num % 10 == 0 and (t.len == 4
      or t.len == 2) then
    return { op = "dec", y = t.num, len = t.len }, j + 2       -- 1980er Jahre
  end
  local n = t.ord or t.roman or t.num
  if n and n ~= "X" and T[j + 1].century and (t.ord or t.roman or t.spelled or t.digits)
      and n > 0 then
    local k = j + 2
    local e = T[k].era
    local ten = unspaced and T[k + 1].decademark and T[k].num
    if ten and ten ~= "X" and ten % 10 == 0 then
      return { op = "dec", y = (n - 1) * 100 + ten, len = 4 }, k + 2
    end
    return { op = "cen", n = e == -1 and -n or n }, e == -1 and k + 1 or k
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
local function holiday (i)
  local j = the(i)
  if T[j].dayword and T[j + 1].of and T[skip(j + 2, "the")].holiday then j = skip(j + 2, "the") end
  local t = T[j]
  if not t.holiday or not is_sure(j) or t.local_day and not loose then return nil end
  local k = j + 1
  if T[k].dayword then k = k + 1 end
  local node = { op = "holiday", key = t.holiday }
  if T[k].unit == "WE" then node.op, k = "feastweekend", k + 1 end
  local y, after = days.year_after(k, true)
  if not y and loose then y, after = days.spelled_year(skip(k, "of")) end
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
  if T[m].day_year then node.of = { op = "rel", unit = "Y", n = T[m].day_year } return node,
      m + 1 end
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
  if t.unit and (bare > k or T[k - 1].of or T[k - 1].unit_mod) and (mod == "START" or mod == "END"
      or mod == "MID")
     and (t.unit == "Y" or t.unit == "M" or t.unit == "W" or t.unit == "D" or t.unit == "DE"
       or t.unit == "CE" or t.unit == "Q")
     and not T[bare + 1].after and not T[bare].num then
    return { op = "rel", unit = t.unit, n = 0, mod = mod }, bare + 1
  end
  if T[k].month and not is_sure(k) then return nil end
  local node, after = point(k)
  if not node or T[j].noun_mod and (node.op == "day" or node.op == "dow") then  -- prit fin hier
    return nil
  end
  if (mod == "START" or mod == "END" or mod == "MID") and node.d
      and node.op == "abs" then return nil end
  if mod ~= "START" and mod ~= "MID" and mod ~= "END" and not loose
     and not (mod == "APPROX" and (node.op == "abs" or node.op == "dec" or node.op == "cen")) then
    return nil                      -- "about today", "over the next years" tell no amount
  end
  node.mod, node.first = mod, F[i]
  return node, after
end

local clause_ends = { ["，"] = true, ["。"] = true, ["；"] = true, ["："] = true, ["！"] = true,
  ["？"] = true }

-- Does a clause begin with a token, as far as the mark before it tells?
local function leads_clause (i)
  local first = F[i]
  return first == 1 or find(run.source, "^[%s%p]", first - 1) ~= nil
         or clause_ends[sub(run.source, first - 3, first - 1)] ~= nil
end

local lasting = { D = true, W = true, FN = true, M = true, Y = true }

-- The Sunday before Easter, the Monday after 5 May
local function dow_beside (i)
  local j = the(i)
  local way = T[j + 1].before and -1 or T[j + 1].beyond and 1 or T[j + 1].shift
  if not way or not T[j].dow or not is_sure(j) then return nil end
  local k = T[j + 1].of and j + 1 or j + 2
  if not (T[the(k)].holiday or T[k].month or T[the(k)].digits and j > i) then return nil end
  local p, after = point(k)
  if p and (p.op == "holiday" or p.op == "abs" and p.d and p.m) then
    return { op = "nthafter", n = way, dow = T[j].dow, after = p }, after
  end
end

-- Yesterday; today; the day after tomorrow
local function day_word (i)
  local t = T[i]
  local from = t.day and t.from_text and (T[i + 1].of or T[i + 1].from or T[i + 1].shift)
  if from or t.beside then                   -- le lendemain du 13 mai, the day before Easter
    local k = from and i + 2 or i + 1
    local date, after = days.date(k)
    if not date and (T[k].holiday or T[the(k)].holiday) then date, after = point(k) end
    if date and (date.op == "holiday" or date.d) then
      return { op = "shift", list = { t.day < 0 and -t.day or t.day, "D" },
               dir = t.day < 0 and -1 or 1, from = date }, after
    end
  end
  if t.num and T[i + 1].day_off and not T[i - 1].at then          -- 2 days after tomorrow, as 1 day
    local n, k = number(i)
    local off = T[i + 1].day_off
    if k == i + 1 and n ~= "X" and n % 1 == 0 and n <= DAYS_MOST then
      return { op = "day", n = off + off * n }, i + 2
    end
  end
  if t.day then
    if t.part then
      return { op = "time", date = { op = "day", n = t.day, from_text = t.from_text },
               part = t.part }, i + 1
    end
    return { op = "day", n = t.day, from_text = t.from_text }, i + 1
  end
  if t.near then
    if t.leads and not leads_clause(i) then return nil end
    local u = T[i + 1]
    local rel = { op = "near", unit = t.near[1], n = t.near[2], told = t.told }
    if u.halves_of then return { op = "half", q = u.halves_of, of = rel }, i + 2 end
    if u.quarter_of then return { op = "quarter", q = u.quarter_of, of = rel }, i + 2 end
    if u.season then
      return { op = "rel", season = u.season, n = t.near[2], told = t.told }, i + 2
    end
    if u.mod_after then rel.mod = u.mod_after return rel, i + 2 end
    if u.ends and u.ends[1] == rel.unit then rel.mod = u.ends[2] return rel, i + 2 end
    if u.holiday and t.near[1] == "Y" then return { op = "holiday", key = u.holiday, of = rel },
        i + 2 end
    local share, stop = shares.behind(i + 1, rel)
    if share then return share, stop end
    local k = T[i + 1].of and i + 2 or i + 1
    if t.near[1] == "Y" and (T[k].num or T[k].month) then
      local date, after = days.date(k)
      if date and date.op == "abs" and date.m and not date.y then
        local mod = unspaced and not date.d and T[after].mod_after        -- 去年12月初
        return { op = "reldate", m = date.m, d = date.d, y_of = rel, mod = mod or nil },
          mod and after + 1 or after
      end
    end
    return rel, i + 1
  end
  if t.ends then return { op = "together", key = t.ends }, i + 1 end
  if t.both_of then                                              -- 今明两年
    local unit = t.both_of[1]
    return { op = "range", a = { op = "rel", unit = unit, n = t.both_of[2] },
      b = { op = "rel", unit = unit, n = t.both_of[3] } }, i + 1
  end
  if t.unit == "W" and T[i + 1].digits and T[i + 1].len <= 2 and not T[i + 2].unit
     and (loose or T[i + 2].of and T[i + 3].year) then
    local k = skip(i + 2, "of")
    local node = { op = "weekno", n = T[i + 1].num, y = T[k].year }
    local rel, after = stepped(k)
    if rel and rel.unit == "Y" and rel.op == "rel" then node.of = rel else after = nil end
    return node, after or node.y and k + 1 or i + 2
  end
  if T[the(i)].unit == "WE" and (the(i) > i) and not T[the(i) + 1].after then
    return { op = "rel", unit = "WE", n = 0 }, the(i) + 1
  end
  local title = T[i - 1].of and not T[i - 1].inn                        -- partner of the week
  local at_hand = t.definite and loose and not title and T[i + 1].unit
  if at_hand and lasting[at_hand] and items.ends_clause(i + 2) then           -- free for the day
    return { op = "rel", unit = at_hand, n = 0 }, i + 2
  end
  if t.together then return { op = "together", key = t.together }, i + 1 end
  if unspaced and loose and t.unit == "WE" then return { op = "rel", unit = "WE", n = 0 }, i + 1 end
  if t.week then return { op = "weekno", n = t.week, y = t.y, dow = t.weekday }, i + 1 end
  if t.todate then return { op = "day", n = 0 }, i + 1 end
end

-- The 15th, by itself: only in what is said to someone.
local function lone_day (i)
  if not loose then return nil end
  local j = the(i)
  local d, k = days.day_number(j)
  local t, u, on = T[j], T[k], T[i - 1].on
  if not d or u.unit or u.half or u.hourmark or u.ord or u.year or u.num then return nil end
  if u.dow and (t.digits or cardinal_days and t.num) and (on or j > i) then
    return { op = "dowday", dow = u.dow, d = d }, k + 1
  end
  if t.suffix and j == i
      and not (month_first and u == none and find(run.source, "^ %l", L[k - 1] + 1))
      and (u == none or u.inn or u.comma or u.to or u.dash or u.and_ or u.at or u.between
           or u.from) then
    return { op = "abs", d = d }, k
  end
  if on_day and on and not T[i - 1].at and t.digits and (u == none or u.at)          -- am 5.
     or j > i and (t.digits or t.suffix or t.ord and not u.dow and (on or run.N == k - 1)) then
    return { op = "abs", d = d }, k
  end
end

local wholes = { W = true, M = true, Y = true }

--- A point or stretch of the calendar, the smallest that stands by itself.
point = function (i)
  local t = T[i]
  if depth > 4 or t.no_point and not unspaced then return nil end
  local u = t.the and not t.step and T[i + 1] or t
  local counts = u.num or u.ord
  depth = depth + 1
  local node, j
  if counts or t.step then node, j = day_of(i) end
  if not node and (counts or t.month or t.slash) then node, j = dual.date(i) end
  if not node and (counts or t.dow or t.month or t.iso or t.slash or t.monthword or t.reign) then
    node, j = days.date(i)
  end
  if unspaced and node and node.op == "abs" and not node.d then
    local w = T[j]
    if w.halves_of or w.quarter_of then
      node, j = { op = w.halves_of and "half" or "quarter", q = w.halves_of or w.quarter_of,
                  y = node.y, first = F[i] }, j + 1
    elseif w.season and node.y and not node.m then
      node, j = { op = "season", season = w.season, y = node.y }, j + 1
    elseif w.mod_after then node.mod, j = w.mod_after, j + 1
    elseif w.ends and T[j - 1].year and not T[j - 1].mark then
      node.mod, j = w.ends[2], j + 1
    elseif T[skip(j, "of")].ord or T[skip(j, "of")].lastof then
      local k = skip(j, "of")
      local n, x = T[k].ord or -1, T[k + 1]
      if x.unit or x.dow then
        node, j = { op = "nth", n = n, unit = not x.dow and x.unit or nil, dow = x.dow,
          of = node }, k + 2
      end
    elseif w.holiday and node.y and not node.m then
      node, j = { op = "holiday", key = w.holiday, y = node.y }, j + 1
    end
  end
  if unspaced and (not node or node.op == "abs" and not node.d) then
    local share, after = shares.behind(node and j or i, node)
    if share then node, j = share, after end
  end
  if not node and (u.ord or u.num or u.lastof or u.step) then
    node, j = shares.some_of(i)
    if not node then node, j = shares.half_of(i) end
  end
  if not node then node, j = fraction_of_year(i) end
  if not node and (u.ord or u.lastof or u.step == -1) then node, j = counted(i) end
  if not node and u.mod then node, j = partly(i) end
  if not node and (t.step or u.step or u.same) then
    node, j = stepped(i)
    if node and node.unit == "Y" and T[j].poss then             -- next year's first quarter
      local share, after = fraction_of_year(j + 1)
      if share and not share.y and not share.of then share.of, node, j = node, share, after end
    end
  end
  if unspaced and node and node.op == "rel" and wholes[node.unit] then
    local share, after = shares.behind(j, node)
    if share then node, j = share, after end
  end
  if unspaced and node and node.op == "rel" and (node.unit == "M" or node.unit == "Y") then
    local n, x = T[j].ord or T[j].lastof and -1, T[j + 1]         -- 下个月第一个周一
    if n and (x.dow or x.unit == "W" or x.unit == "WE") then
      node = { op = "nth", n = n, unit = not x.dow and x.unit or nil, dow = x.dow, of = node }
      j = j + 2
    end
  end
  if not node then node, j = followed(i) end
  if not node and (u.holiday or u.dayword) then node, j = holiday(i) end
  if not node then node, j = long_one(i) end
  if unspaced and node and (node.op == "dec" or node.op == "cen") and T[j].mod_after then
    node.mod, j = T[j].mod_after, j + 1                                    -- 90年代初
  end
  if not node and u.unit then node, j = shares.week_of(i) end
  if not node then node, j = day_word(i) end
  if not node and (t.dow or u.dow) then node, j = dow_beside(i) end
  if not node and t.dow then node, j = weekday(i) end
  if not node and (t.num or t.era or t.yy or t.era_ahead) then node, j = days.year_alone(i) end
  if not node then
    local k = the(i)
    if k > i and T[k].month then node, j = days.date(k) end
    if node then node.first = F[k]
    else
      local m, after = days.month_at(k)
      if m then node, j = { op = "abs", m = m, first = F[k] }, after end
    end
  end
  if not node then node, j = lone_day(i) end
  if node and (node.op == "dow" and node.n or node.op == "day") then
    node, j = near.dated(node, i, j)
  end
  depth = depth - 1
  if node then
    node.first, node.stop = node.first or F[i], L[j - 1] + 1
    if node.op == "abs" and not node.y and node.m then
      -- March of next year; 15 September last year
      local k = T[j].of and j + 1 or j
      if T[k].step or T[the(k)].step or T[the(k) + 1].after then
        local rel, after = stepped(k)
        if not rel then rel, after = followed(k) end
        if not rel and T[k].year_word then                               -- del año pasado
          rel, after = { op = "rel", unit = "Y", n = T[k + 1].after }, k + 2
        end
        if rel and rel.unit == "Y" and rel.op == "rel" then
          return { op = "reldate", m = node.m, d = node.d, y_of = rel, first = node.first,
            stop = L[after - 1] + 1 }, after
        end
      end
      if node.d or T[j].step then return node, j end
      node.sure = in_time(i)
      node.side = T[i - 1].till and 1 or T[i - 1].ever and -1 or nil
      if loose and T[j].inn then                                  -- March in 1 year
        local rel, after = lengthy(j)
        if rel and rel.op == "ago" then
          return { op = "reldate", m = node.m, y_of = rel, first = node.first }, after
        end
      end
    end
    return node, j
  end
end

--- Another run begins.
function M.restart () depth = 0 end

M.point, M.day_of = point, day_of

return M
