--- Days, months and years of the calendar as they are written out or in numbers: 12 May 1919,
-- May 12, 2019-05-12, 2019年5月12日; read from the tokens of a run as date/items.lua reads
-- numbers.
-- @module lesdiplo.grammar.date.days
local calendar = require "lesdiplo.grammar.calendar"
local items = require "lesdiplo.grammar.date.items"
local times = require "lesdiplo.grammar.date.times"
local words = require "lesdiplo.grammar.date.words"
local find, sub = string.find, string.sub
_ENV = nil
local M = {}
local glued, is_sure, number = items.glued, items.is_sure, items.number
local skip, spelled = items.skip, items.spelled

local point_dates
local run, T, F, L, loose, cardinal_days, unspaced, month_first, hours_after_at, spelled_days

--- The run in hand, and those to come of the same language.
---@param lent table T, F, L, N (tokens, first and last bytes, how many), loose, text, lex
function M.take (lent)
  run, T, F, L, loose = lent, lent.T, lent.F, lent.L, lent.loose
  spelled_days = run.lex.cardinal_days
  cardinal_days, unspaced = run.lex.cardinal_days or loose, run.lex.unspaced
  point_dates = run.lex.point_dates
  month_first, hours_after_at = run.lex.month_first, run.lex.hours_after_at
end

-- Does a line end before a token? What stands there may be a title, and the date below it.
local function on_new_line (i)
  return find(sub(run.text, L[i - 1] + 1, F[i] - 1), "\n", 1, true) ~= nil
end

--- A year in words: nineteen ninety-six, two thousand and fifteen.
local function spelled_year (i)
  local a, j = spelled(i)
  if not a or T[i].spelled then return nil end
  if T[j].scale == 1000 and a <= 2 or T[j].scale == 100 and a >= 11 and a <= 20 then
    local n, k = number(i)
    if n and n % 1 == 0 and n >= 1100 and n <= 2199 then return n, k end
  end
  if a >= 11 and a <= 20 and a % 1 == 0 then
    local b, k = spelled(skip(j, "dash"))
    if b and b >= 10 and b <= 99 and b % 1 == 0 and not T[j].comma then return a * 100 + b, k end
  end
end

M.spelled_year = spelled_year

-- A day of a month: 12, 12th, the twelfth.
local function day_number (i)
  local t = T[i]
  if t.num and t.digits then
    if t.num >= 1 and t.num <= 31 and t.len <= 2 then return t.num, i + 1 end
    return nil
  end
  local n, j = t.num, i + 1
  if n and n ~= "X" and n >= 20 and n % 10 == 0 and not t.ord then     -- twenty first
    local k = T[j].dash and j + 1 or j
    if T[k].ord and T[k].ord < 10 then return n + T[k].ord, k + 1 end
  end
  if t.ord and t.ord >= 1 and t.ord <= 31 then
    if t.ord >= 20 and t.ord % 10 == 0 and T[j].ord and T[j].ord < 10 then
      return t.ord + T[j].ord, j + 1
    end
    return t.ord, j
  end
  if t.num and (cardinal_days or t.spelled) and t.num ~= "X" then
    n, j = spelled(i)
    if n and n >= 1 and n <= 31 and n % 1 == 0 and not T[j].scale then return n, j end
  end
end
M.day_number = day_number

-- Two digits behind a day and a month are a year where nothing else can be meant.
local function short_year (i)
  local t, after = T[i], T[i + 1]
  if t.yy then return t.yy end
  if t.digits and t.len == 2 and not t.suffix and (loose or t.num > 31)
     and not (after.unit or after.half or after.month or after.hourmark or after.dash
              or after.oclock or after.past or after.num) then
    return t.num
  end
end

-- 234 BC, 88 AD: the era behind a year, or before it.
local function era_of (y, j)
  local e = T[j].era
  if e == -1 then return -y, j + 1 end
  if e then return y - (e > 1 and e or 0), j + 1 end
  return y, j, true
end

--- A year as it follows a day or a month.
local function year_after (i, tight, monthly)
  local j = T[i].comma and i + 1 or i
  j = T[j].of and j + 1 or T[j].inn and j + 1 or j
  if T[j].of and j > i then j = j + 1 end
  j = T[j].the and T[j + 1].year_word and j + 1 or j
  j = T[j].year_word and j + 1 or j
  local t = T[j]
  if t.hung_year then return t.hung_year, skip(j + 1, "yearmark") end
  if t.year and not t.suffix and not (T[j + 1].unit and T[j + 1].unit ~= "Y") then
    local y, k = era_of(t.year, j + 1)
    return y, skip(k, "yearmark")
  end
  if t.num and t.digits and not t.suffix and t.len <= 3 and T[j + 1].era and not t.decimal then
    local y, k, none = era_of(t.num, j + 1)
    if not none then return y, k, true end
  end
  if not tight then
    local y = short_year(j)
    if y and (j == i and (not monthly or t.yy or y > 49) or T[i].of or loose and y > 31
        and not monthly) then
      return y < 50 and 2000 + y or 1900 + y, skip(j + 1, "yearmark")
    end
    local n, k = spelled_year(j)
    if n then return n, k end
  end
end
M.year_after = year_after

-- Is a number more than the days of any month: 32 August, August 32?
local function is_too_many (i)
  local t = T[i]
  return t and t.digits and t.len == 2 and t.num > 31 and not t.suffix and not t.decimal
end

--- A year by itself: 2019, nineteen ninety-six, 234 BC.
local function year_alone (i)
  local t = T[i]
  if t.year then
    local p = T[i - 1].comma and i - 2 or i - 1
    if T[p].month and is_too_many(p - 1) or is_too_many(p) and T[p - 1].month then return nil end
  end
  if T[i - 1].month and not loose or T[i + 1].half and t.digits or T[i + 1].plural
     or times.is_greenwich(i) then
    return nil                                         -- 2000 years
  end
  if t.year and not t.suffix then
    local y, j = era_of(t.year, i + 1)
    return { op = "abs", y = y }, skip(j, "yearmark")
  end
  local e = T[i + 1].yearmark and i + 2 or i + 1                         -- 500 год до н. э.
  local p = t.hung_year and T[i - 1]                                     -- в 1941-м, к 1943-му
  if p and (T[i + 1].yearmark or t.num >= 1700 and t.num <= 2100
            and (p.on or p.of or p.since or p.till or p.mod or p.to or p.from or p.and_)) then
    return { op = "abs", y = t.num }, skip(i + 1, "yearmark")
  end
  if t.num and t.digits and not t.decimal and T[e].era and t.num > 0 and not t.suffix then
    local y, j, none = era_of(t.num, e)
    if not none then return { op = "abs", y = y }, j end
  end
  if t.era_ahead and is_sure(i) and T[i + 1].num and T[i + 1].num ~= "X" then      -- 公元前221年
    local n, j = number(i + 1)
    if T[j].century then return { op = "cen", n = t.era_ahead < 0 and -n or n }, j + 1 end
    if n < 1 or n > 3000 or n % 1 ~= 0 or unspaced and T[j].mark ~= "Y" then return nil end
    return { op = "abs", y = t.era_ahead < 0 and -n or n }, T[j].mark == "Y" and j + 1 or j
  end
  if t.era and T[i + 1].digits and T[i + 1].num and T[i + 1].num < 3000 and not T[i + 1].decimal
     and t.era ~= -1 then
    return { op = "abs", y = T[i + 1].num }, i + 2
  end
  if t.num and not t.digits and not t.spelled then
    local y, j = spelled_year(i)
    if y then return { op = "abs", y = y }, j end
  end
  if t.yy and loose then
    return { op = "abs", y = t.yy < 50 and 2000 + t.yy or 1900 + t.yy }, i + 1
  end
end
M.year_alone = year_alone

-- A month, with the little words about it: "the month of March".
local function month_at (i)
  local j = i
  if T[j].monthword and T[j + 1].of then j = j + 2 end
  local p = T[i - 1]                  -- 32 August is no day, and no August either
  if p.digits and p.num > 31 and p.len <= 2 and not p.suffix and not on_new_line(i) then
    return nil
  end
  local after = T[j + 1]
  if after.digits and after.num > 31 and after.num < 50 and after.len <= 2 then return nil end
  if T[j].month and is_sure(j) then return T[j].month, j + 1 end
end
M.month_at = month_at

--- Is it a day of a year whose numbers and month are tied by dashes: 13-Sep-24?
---@param i integer
---@return boolean?
function M.is_dashed (i)
  local y = T[i + 4]
  return T[i].digits and T[i + 1].dash and T[i + 2].month and T[i + 3].dash and y.digits
    and y.len == 2 and not y.suffix and glued(i + 1) and glued(i + 2) and glued(i + 3)
    and glued(i + 4)
end

-- 12 May 1919; the 3rd of June, 2001
local function day_first (i)
  local j = skip(i, "the")
  local d, k = day_number(j)
  if not d then return nil end
  if T[k].dayword then k = k + 1 end
  k = T[k].of and k + 1 or T[k].inn and T[k + 1].month and k + 1
      or (T[k].dash or T[k].bar) and k + 1 or k
  local m, after = month_at(T[k].comma and loose and T[k + 1].month and k + 1 or k)
  if not m then return nil end
  local parted = (T[after].dash or T[after].bar) and T[after + 1].year
  if T[i + 1].dash and M.is_dashed(i) then
    local short = T[i + 4].num
    return { op = "abs", y = short + (short < 50 and 2000 or 1900), m = m, d = d }, i + 5
  end
  local y, stop = year_after(parted and after + 1 or after)
  return { op = "abs", y = y, m = m, d = d }, stop or after
end

-- The year behind a list of days of which one is read: May 12, 13 and 14, 2019.
local function listed_year (j, d)
  for _ = 1, 8 do
    local k = skip(j, "comma")
    k = (T[k].and_ or T[k].or_) and k + 1 or k
    local e, behind = day_number(k)
    if k == j or not e or e <= d then return nil end
    local y = year_after(behind)
    if y then return y end
    j, d = behind, e
  end
end

-- May 12, 1919
local function month_first_date (i)
  local m, j = month_at(i)
  if not m then return nil end
  if T[j].comma and loose then j = j + 1 end
  local tied = T[j + 1]                                                 -- Sep-10-2024
  if T[j].dash and tied.iso and not tied.d and glued(j) and glued(j + 1) then
    return { op = "abs", y = tied.y, m = m, d = tied.m }, j + 2
  end
  local k = skip(j, "the")
  k = T[k].dash and T[k + 1].year == nil and k + 1 or k
  k = T[k].bar and k + 1 or k
  local d, after = day_number(k)
  if not d then return nil end
  local t = T[after]
  if t.hh == nil and (t.half or t.oclock) then return nil end
  if not loose and T[after].unit and not T[k].suffix then return nil end   -- May 12 days
  local y, stop = year_after(after)
  y = y or listed_year(after, d)
  return { op = "abs", y = y, m = m, d = d, month_first = true }, stop or after
end

-- 2016 September 3; 2024 Aug
local function year_first (i)
  local t = T[i]
  if not t.year or t.suffix then return nil end
  local j = i + 1
  if T[j].era then j = j + 1 end
  if T[j].dash or T[j].bar or T[j].comma then j = j + 1 end
  if on_new_line(j) then return nil end
  local m, k = month_at(j)
  if m then
    local e = T[k].dash or T[k].bar
    local d, after = day_number(e and k + 1 or k)
    if d and not T[after].hourmark and not (T[after].half and not T[e and k + 1 or k].suffix) then
      return { op = "abs", y = t.year, m = m, d = d }, after
    end
    return { op = "abs", y = t.year, m = m }, k
  end
  local d, after = day_number(j)           -- 2020/23/Sep
  if d and loose and (T[after].bar or T[after].dash) then
    m, k = month_at(after + 1)
    if m then return { op = "abs", y = t.year, m = m, d = d }, k end
  end
end

-- May 2019
local function month_year (i)
  local m, j = month_at(i)
  if not m then return nil end
  local k = (T[j].dash or T[j].bar) and T[j + 1].year and j + 1 or j
  local y, stop = year_after(k, false, true)
  if y and k > j and T[stop].dash and T[stop + 1].digits and T[stop + 1].len == 2
     and T[stop + 1].num <= 31 and F[stop + 1] == L[stop - 1] + 2 then         -- May-2020-23
    return { op = "abs", y = y, m = m, d = T[stop + 1].num }, stop + 2
  end
  if y then return { op = "abs", y = y, m = m }, stop end
end

-- 6-8 next Monday, or 7 - 8 alone: two numbers and a dash that are hours.
local function are_hours (i)
  local k = T[i + 3].on and i + 4 or i + 3
  local day = T[k].dow or T[k].day or T[k].step and T[k + 1].dow
  return day or times.are_alone(i, i + 3)
end

-- 15.02: a day and a month.
local function pointed (i)
  local a, b = T[i].decimal:match "^(%d%d?)%.(%d%d?)$"
  if a and (not point_dates or a + 0 <= 31 and b + 0 <= 12) then
    return { op = "num", a = a + 0, b = b + 0, two = true }, i + 1
  end
end
M.pointed = pointed

-- 12.05.1919, 12/05: numbers whose order the document decides.
local function in_numbers (i)
  local t = T[i]
  if t.iso then
    local zone, stop = { zone = t.tz }, i + 1
    local h = t.th
    if h and h <= 12 and T[stop].half then                               -- 2024-09-10 2:00 PM
      h, stop = h % 12 + T[stop].half, stop + 1
    end
    if h and not t.tz then zone, stop = times.zone_at(zone, stop) end     -- 2022-03-12 23:00 CET
    return { op = "abs", y = t.y, m = t.m, d = t.d, h = h, min = t.tmin, s = t.ts,
             tz = zone.zone }, stop
  end
  if t.slash then
    if t.spaced and t.clen == 2 and not loose then return nil end
    if t.decimal and (T[i - 1].at or hours_after_at and T[i - 1].on) then return nil end
    if t.c then return { op = "num", a = t.a, b = t.b, c = t.c, alen = t.alen, clen = t.clen,
        blen = t.blen }, i + 1 end
    if not loose then return nil end
    return { op = "num", a = t.a, b = t.b, two = true }, i + 1
  end
  if not loose or not t.digits or t.suffix then return nil end
  if t.decimal and T[i - 1].on and not T[i - 1].at and not T[i - 1].for_ then        -- on 5.12
    local node, j = pointed(i)
    if node then return node, j end
  end
  if t.len == 8 and t.num >= 19000101 and t.num <= 20991231
     and calendar.is_day(t.num // 10000, t.num // 100 % 100, t.num % 100) then     -- 20240901
    return { op = "abs", y = t.num // 10000, m = t.num // 100 % 100, d = t.num % 100 }, i + 1
  end
  local u, v = T[i + 1], T[i + 2]
  if not month_first and (run.N == i or run.N == i + 1)
      and (i == 1 or i == 2 and T[1].the) then    -- 31 10; 15.2
    local d, m = nil, nil
    if t.decimal then d, m = t.decimal:match "^(%d%d?)%.(%d%d?)$" end
    if d and run.N == i and d + 0 <= 31 and m + 0 <= 12 then
      return { op = "num", a = d + 0, b = m + 0, two = true }, i + 1
    end
    if t.len <= 2 and u.digits and u.len == 2 and u.num <= 12 and t.num <= 31 then
      return { op = "num", a = t.num, b = u.num, two = true }, i + 2
    end
  end
  if t.len <= 2 and (u.dash or u.bar) and v.digits and v.len <= 2 and not v.suffix
     and not T[i + 3].half and not T[i + 3].month and not T[i + 3].hourmark and not T[i + 3].dash
     and not T[i - 1].from and not T[i + 3].of and not T[i + 3].unit
     and not (u.dash and are_hours(i)) then
    return { op = "num", a = t.num, b = v.num, two = true, dashed = u.dash }, i + 3
  end
  if t.len <= 2 and u.digits and u.len <= 2 and v.digits and (v.len == 4 or v.len == 2)
     and not u.suffix and not T[i + 3].unit then
    return { op = "num", a = t.num, b = u.num, c = v.num, clen = v.len }, i + 3
  end
end

-- 2019年5月12日, 民国三年, 5月12日: each number with its mark.
local function marked (i)
  local y, m, d, j = nil, nil, nil, i
  local t = T[j]
  if t.year and T[j + 1].ends and T[j + 1].ends[1] == "Y" then     -- 2024年底
    return { op = "abs", y = t.year, mod = T[j + 1].ends[2] }, j + 2
  end
  if t.reign then
    local n, k = T[j + 1].num, j + 2
    if T[j + 1].first then n = 1 end
    if n and n ~= "X" and T[k].mark == "Y" then y, j = t.reign + n, k + 1 end
  elseif t.num and t.num ~= "X" and T[j + 1].mark == "Y" then
    local short = t.len == 2 and t.digits
    if t.year then y, j = t.year, j + 2
    elseif short and (T[j + 2].num and T[j + 3].mark == "M" or t.num < 10) then
      y, j = t.num < 50 and 2000 + t.num or 1900 + t.num, j + 2
    end
  end
  if j > i and T[j].ends and T[j].ends[1] == "Y" then                 -- 2024年年底
    return { op = "abs", y = y, mod = T[j].ends[2] }, j + 1
  end
  local at = j
  if j > i and T[j].of then at = j + 1 end
  if j > i and T[at].comma then at = at + 1 end
  if j > i and T[at].lunar then at = at + 1 end
  if T[at].num and T[at].num ~= "X" and T[at + 1].mark == "M" and T[at].num <= 12 then
    m, j = T[at].num, at + 2
  elseif T[at].month and j > i then
    m, j = T[at].month, at + 1
  end
  if m then
    local k = T[j].comma and j + 1 or j
    if T[k].firstday then k = k + 1 end
    local n = T[k].num
    if n and n ~= "X" and n <= 31 and n >= 1 and n % 1 == 0 then
      if T[k + 1].mark == "D" then d, j = n, k + 2
      elseif T[k].digits and T[k].len == 2 and y and k == j then d, j = n, k + 1   -- no 5月，12人
      elseif T[k - 1].firstday then d, j = n, k + 1 end
    end
  end
  if y or m then return { op = "abs", y = y, m = m, d = d }, j end
  if t.num and t.num ~= "X" and T[i + 1].mark == "D" and t.num <= 31 and t.num >= 1
      and T[i - 1].mark ~= "M"                       -- 13月5日 is no day
      and t.num % 1 == 0 then
    return { op = "abs", d = t.num }, i + 2
  end
end

--- 1-6月, 2024年1至6月: months whose mark stands behind the last.
---@param i integer
---@return table?, integer?
function M.months_between (i)
  local y = T[i].year and T[i + 1].mark == "Y" and T[i].year or nil
  local near = T[i].near and T[i].near[1] == "Y" and { op = "near", unit = "Y", n = T[i].near[2] }
  local k = y and i + 2 or near and i + 1 or i
  local a, link, b = T[k].num, T[k + 1], T[k + 2].num
  if not a or not b or a == "X" or b == "X" or not (link.dash or link.to)
     or T[k + 3].mark ~= "M" or T[k + 4].num or a >= b or b > 12 or a < 1 or a % 1 ~= 0 then
    return nil
  end
  local op = near and "reldate" or "abs"
  return { op = "range", a = { op = op, y = y, y_of = near, m = a, first = F[i], stop = L[k] + 1 },
    b = { op = op, y = y, y_of = near, m = b, first = F[k + 2], stop = L[k + 3] + 1 },
    first = F[i] }, k + 4
end

-- Is a date this weekday, as far as is said?
local function falls_on (t, dow)
  if not t.y or not t.d or t.op ~= "abs" or not calendar.is_day(t.y, t.m, t.d) then return true end
  return calendar.weekday(calendar.number(t.y, t.m, t.d)) == dow
end

--- A day, a month of a year: what has a day or a year with its month.
function M.date (i)
  local t = T[i]
  local node, j
  if unspaced then
    node, j = marked(i)
    local k = node and node.d and node.m and (T[j].dow and j or T[j].paren and T[j + 1].dow
      and (T[j + 2].paren or T[j + 2] == words.none) and j + 1)
    if k then                                                             -- 9月13日（星期五）
      node.dow = T[k].dow
      return node, T[k + 1].paren and k > j and k + 2 or k + 1
    end
    if node and node.y and T[j].comma and T[j + 1].dow and falls_on(node, T[j + 1].dow) then
      return node, j + 2
    end
    if node then return node, j end
  end
  if t.dow and is_sure(i) then                   -- Friday, 3 May
    local k = i + 1
    for _ = 1, 2 do if T[k].comma or T[k].paren then k = k + 1 end end
    k = T[k].on and k + 1 or k
    node, j = nil, nil
    if unspaced then node, j = marked(k) end
    if not node or not node.d then node, j = day_first(k) end
    if not node then node, j = month_first_date(k) end
    if not node and (loose and T[k].slash and T[k].sep ~= "-" or T[k].c or T[k].iso) then node,
        j = in_numbers(k) end
    if not node and point_dates and T[k].decimal then node, j = pointed(k) end       -- пт 13.09
    if node and on_new_line(k) and not falls_on(node, t.dow) then return nil end
    if node then
      node.dow = t.dow
      if k > i + 1 and T[k - 1].paren and T[j].paren then j = j + 1 end
      return node, j
    end
    local the = T[k].the and k + 1 or k
    local d, after = day_number(the)
    if d and (loose and not T[after].unit and not T[after].half and not T[after].hourmark
              and not T[after].oclock and not T[after].dash and not T[after].ish
              and not (T[after].to and not T[after].at
                and not T[the].suffix)
              and (T[the].suffix or T[the].ord or T[the].digits or the > k
                   or spelled_days and T[the].num and T[after].at) or T[the].suffix
                and the > k)
       and not (T[k].comma) then
      return { op = "dowday", dow = t.dow, d = d }, after
    end
    return nil
  end
  if t.iso or t.slash or (loose and t.digits) then
    node, j = in_numbers(i)
    if node and not (node.two and t.slash and T[j].month) then return node, j end
  end
  node, j = day_first(i)
  if node then
    local k = T[j].comma and j + 1 or j            -- Jul 18, Fri
    if loose and T[k].dow then node.dow, j = T[k].dow, k + 1 end
    return node, j
  end
  if t.month or t.monthword then
    node, j = month_first_date(i)
    if not node then return month_year(i) end
    local k = (T[j].comma or T[j].paren) and j + 1 or j
    if loose and T[k].dow then
      node.dow, j = T[k].dow, T[k - 1].paren and T[k + 1].paren and k + 2 or k + 1
    end
    return node, j
  end
  return year_first(i)
end

return M
