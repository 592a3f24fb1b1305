--- Times of day as they are written: 10:30, 3 pm, half past three, 15h30, 下午3时, в 8
-- вечера.
-- @module lesdiplo.grammar.date.times
local items = require "lesdiplo.grammar.date.items"
local words = require "lesdiplo.grammar.date.words"
local tonumber, match = tonumber, string.match
_ENV = nil
local M = {}
local no_words = {}
local skip, number, glued = items.skip, items.number, items.glued
local run, T, F, L, loose, hours_after_at, and_minutes, no_hours

--- The run in hand, and those to come of the same language.
---@param lent table T, F, L (tokens, first and last bytes), loose, lex, source
function M.take (lent)
  run, T, F, L, loose = lent, lent.T, lent.F, lent.L, lent.loose
  hours_after_at, no_hours = run.lex.hours_after_at, run.lex.no_hours or no_words
  and_minutes = run.lex.and_minutes
end

-- UTC, GMT+8, (CET): a zone, and how far it is where that is said.
local function zone_at (c, j)
  local k = skip(j, "paren")
  local offset = T[k + 1]                                                     -- 08:00 +0200
  if (T[j].plus or T[j].dash) and glued(j + 1) and not glued(j) and offset.digits
      and offset.len == 4 and offset.num <= 1400 and offset.num % 100 < 60 then
    c.zone = ("%s%02d:%02d"):format(T[j].plus and "+" or "-", offset.num // 100, offset.num % 100)
    return c, j + 2
  end
  if not T[k].zone then
    return c, j
  end
  local zone, after = T[k].zone, k + 1
  local sign = T[after].plus and "+" or T[after].dash and "-"
  local n = T[after + 1]
  if sign and glued(after + 1) and (n.digits and n.num <= 14 or n.hh and n.h <= 14) then
    c.zone, after = ("%s%02d:%02d"):format(sign, n.h or n.num, n.min or 0), after + 2
    if n.digits and T[after].short_unit == "H" then after = after + 1 end
  else
    c.zone = zone
  end
  if k > j and T[after].paren then after = after + 1 end
  return c, after
end

M.zone_at = zone_at

-- What may stand behind an hour: am, pm, o'clock, a zone.
local function rest_of (c, j)
  if T[j].dayhalf then c.half, j = c.h <= 12 and 12 or c.half, j + 1 end        -- в 2 часа дня
  if T[j].filler and T[j + 1].half then j = j + 1 end
  if T[j].sharp then j = j + 1 end
  if T[j].hourmark and not T[j].unit then j = j + 1 end                       -- 14:30 Uhr
  if T[j].oclock then j = j + 1 c.sure = true end
  if T[j].filler and T[j + 1].half then j = j + 1 end
  if T[j].half and c.h <= 24 then c.half, j, c.sure = T[j].half, j + 1, true end
  if T[j].filler and not T[j].part then
    if T[j + 1].half and not c.half then c.half, j = T[j + 1].half, j + 2
    elseif T[j].ish then j = j + 1 end
  end
  return zone_at(c, j)
end

-- The minutes behind an hour: 3点15分, huit heures et quart, sept heures moins dix.
local function minutes_after (c, j)
  local sign, k = 1, j
  if T[k].minus then sign, k = -1, k + 1 elseif T[k].and_ then k = k + 1 end
  k = sign == -1 and T[k].the and k + 1 or k
  local t = T[k]
  local n, after
  if t.fraction and not t.num then n, after = t.fraction * 60, k + 1
  elseif t.fraction and t.halfmark then n, after = 30, k + 1
  elseif t.num and t.num ~= "X" and not t.suffix and not t.decimal then
    n, after = number(k)
    if n == "X" or not n then return c, j end
    if n % 1 ~= 0 then return c, j end
    if T[after].quarterhour then n = 15 * n end                          -- 九点一刻
    if T[after].quarterhour or T[after].unit == "MIN" or T[after].minutemark then after = after + 1
    elseif T[after].unit or T[after].month or T[after].mark or T[after].year
        or T[after].half and not glued(after) then
      return c, j
    end
  end
  if not n or n > 59 then return c, j end
  if T[k].spelled and n < 12 and after == k + 1 and sign == 1 then     -- 三點三, 三點三個字
    if T[after].fiveminutes then after = after + 1 end
    n = n * 5
  end
  c.min = n
  if sign == -1 then c.h, c.min = (c.h - 1) % 24, 60 - n end
  if T[after].num and T[after].num ~= "X" and (T[after + 1].unit == "S") and T[after].num < 60 then
    c.s, after = T[after].num, after + 2
  end
  return c, after
end

-- Ten past three, a quarter to noon: minutes, and the hour they are reckoned from.
local function reckoned (i)
  local n, j = nil, i
  local t = T[i]
  if t.article and t.num == 1 and T[i + 1].fraction then t, j = T[i + 1], i + 1 end
  if t.fraction then n, j = t.fraction * 60, j + 1
  elseif t.num and not t.suffix then n, j = number(i) end
  if not n or n == "X" or n < 1 or n > 59 then return nil end
  if T[j].unit == "MIN" then j = j + 1 end
  local sign = T[j].past or T[j - 1].unit == "MIN" and T[j].from and 1
  if sign and n % 5 ~= 0 and T[j - 1].unit ~= "MIN" and not t.digits then return nil end
  if not sign then
    if n == 30 and t.halfmark and loose and T[j].num and T[j].num ~= "X" and not T[j].article then
      sign, j = 1, j - 1                              -- half three
    else
      return nil
    end
  end
  local hours = t.digits and sign == -1 and T[j + 1].digits and n < T[j + 1].num
  if hours and M.part(j + 2) then return nil end                 -- 10 to 11 in the morning
  local c, after = M.clock(j + 1, true, true)
  if not c or c.min then return nil end
  c.min = n
  if sign == -1 then c.min, c.h, c.half = 60 - n, (c.h - 1), c.half end
  if c.h < 0 then c.h = 23 end
  if c.half == 12 and c.h == 0 then c.h, c.half = 11, 0 end
  return c, after
end

-- Половина девятого, пять минут шестого, без двадцати девять: the hour that goes on is named by
-- the one at its end, or minutes are taken from the one to come.
local function of_next_hour (i)
  local t = T[i]
  if t.lacking then
    local n, j = T[i + 1].fraction and T[i + 1].fraction * 60, i + 2
    if not n then n, j = number(i + 1) end
    if n and not (T[j].num or T[j].clock or T[j].unit or T[j].quarterhour) then
      n, j = T[i + 1].num, i + 2                                        -- без двадцати девять
    end
    if not n or n == "X" or n < 1 or n > 30 or n % 1 ~= 0 then return nil end
    if T[j].quarterhour then n = 15 * n end
    if T[j].unit == "MIN" or T[j].quarterhour then j = j + 1 end
    local c, after = M.clock(j, true, true)
    if not c or c.min or c.h < 1 and not c.noon then return nil end
    c.full, c.noon = c.noon, nil
    c.h, c.min, c.bare = (c.h - 1) % 24, 60 - n, nil
    return c, after
  end
  local n, j = t.half_hour and 30 or t.fraction and t.fraction * 60, i + 1
  if not n and t.num and not t.suffix then
    n, j = number(i)
    if not n or T[j].unit ~= "MIN" then return nil end
    j = j + 1
  end
  local of = t.half_hour ~= true and t.half_hour or T[j].ord or t.half_hour and T[j].num
  if of == t.half_hour then j = j - 1 end                              -- полпервого
  if not n or n == "X" or n > 30 or not of or of == "X" or of < 1 or of > 12
      or T[j].digits and T[j].suffix or T[j + 1].month then
    return nil
  end
  return rest_of({ h = of - 1, min = n }, j + 1)
end

-- Does a number count what is behind it, 6.45 percent, rather than tell an hour?
local function counts (i)
  return no_hours[match(run.source, "^ ?([%a%%\xC3-\xF4][%a\x80-\xFF]*)", L[i] + 1) or ""] ~= nil
end

-- Does what stands before an hour with a point tell that it is one: в 11.30, с 10.00 до 18.00? From
-- 10.05 to 12.05 may be days, and of both 10.25 and 12.30 percent the trap is to tell (traps.lua).
local function leads_hour (i, min)
  local t, u = T[i - 1], T[i + 1]
  if not run.lex.point_hours then return false end
  if t.at then return true end
  if min > 0 and min <= 12 then return false end
  if t.from or t.since then return (u.till or u.to or u.dash) and T[i + 2].decimal ~= nil end
  return t.till or (t.to or t.dash) and T[i - 2].decimal ~= nil
end

-- 11.30, where words beside it tell that it is an hour.
local function pointed_hour (i, text, bare)
  local h, min = match(text, "^(%d%d?)%.(%d%d)$")
  h, min = tonumber(h), tonumber(min)
  if not h or h * 60 + min > 24 * 60 or min > 59 then return nil end
  local u = T[i + 1]
  local counted = u.unit == "H" and T[i - 1].at                          -- a las 10.15 horas
  local sure = u.half or u.hourmark and not u.unit or u.zone or counted
  if sure or loose and bare and not counts(i) or leads_hour(i, min) then
    local clock = { h = h, min = min, full = not u.half, pointed = not sure }
    return rest_of(clock, counted and i + 2 or i + 1)
  end
end

--- Is a number of four digits an hour of Greenwich: 1800 GMT, 0800-1600 GMT?
---@param i integer
---@return boolean
function M.is_greenwich (i)
  if not T[i].digits or T[i].len ~= 4 then return false end
  local u, v = T[i + 1], T[i + 2]
  return u.zone == "Z" and not glued(i + 1)
         or (u.dash or u.to or u.and_) and v.digits and v.len == 4 and T[i + 3].zone == "Z"
         or false
end

-- An hour in digits or words, and what makes it one.
local function hour (i, bare)
  local t = T[i]
  if not t.num or t.num == "X" or t.suffix or t.article then return nil end
  if t.decimal then return pointed_hour(i, t.decimal, bare) end
  local h, j = t.num, i + 1
  if h % 1 ~= 0 then return nil end
  if t.several then return nil end
  if t.digits and t.len > 2 then                       -- 330 p.m.
    local min = h % 100
    local zoned = M.is_greenwich(i)
    if t.len > 4 or h // 100 > 24 or min > 59
        or not (T[j].half or zoned or loose and bare and (not t.year or T[i - 1].at
             or T[i - 1].dash and T[i - 2].len == 4 and T[i - 2].num < 1000)) then
      return nil
    end
    local full = (t.len == 4 and h < 1000 or zoned) and not T[j].half         -- at 0730
    return rest_of({ h = h // 100, min = min, full = full }, T[j].ish and j + 1 or j)
  end
  if not t.digits and h > 12 and h ~= 0 then h, j = number(i) end
  if h > 24 then return nil end
  local u = T[j]
  if u.half or u.oclock or u.filler and u.ish and (loose or T[j + 1].half) then
    return rest_of({ h = h }, j)
  end
  if u.filler and T[j + 1].half then return rest_of({ h = h }, j + 1) end
  if hours_after_at and u.part == "TNI" and (T[i - 1].at or T[i - 1].on) then
    return rest_of({ h = h }, j)                                         -- в 3 ночи
  end
  if u.hourmark and u.unit == "H" and (T[i - 1].for_ or h == 24 and not T[i - 1].at) then
    return nil
  end   -- pour 3 heures
  if u.hourmark and hours_after_at and u.unit == "H" and not T[i - 1].at and not T[i - 1].on
     and not T[j + 1].part and not T[j + 1].dayhalf
     and not (t.digits and (T[i - 1].till or T[i - 1].since))
     and not (glued(j) and T[j + 1].len == 2 and glued(j + 1)) then      -- 17ч10
    return nil                                       -- 5 часов is a length, в 5 часов no
  end
  if u.hourmark then
    local c, k = { h = h, marked = true, full = h > 12 }, j + 1
    if T[k].sharp then k = k + 1 end
    c, k = minutes_after(c, k)
    return rest_of(c, k)
  end
  local k = u.dash and glued(j) and j + 1 or j          -- seven thirty pm, ten-thirty
  local oh = T[k].oh or T[k].num == 0 and not T[k].digits
  if oh then k = T[k + 1].dash and k + 2 or k + 1 end
  local m, after
  if not t.digits or loose and T[k].digits and T[k].len == 2 and bare and not u.dash then
    if T[k].num and T[k].num ~= "X" and not T[k].article and not T[k].suffix
        and not T[k].decimal then
      m, after = number(k)
    end
  end
  if m and m ~= "X" and m % 1 == 0 and (m >= 10 or oh) and m < 60 and (T[after].half
      or T[after].oclock
     or (oh or bare or T[k - 1].dash) and loose) and not T[after].unit then
    return rest_of({ h = h, min = m }, after)
  end
  if and_minutes and T[i - 1].at and (u.and_ or u.minus) then           -- a las ocho y media
    local c, stop = minutes_after({ h = h }, j)
    if c.min then return rest_of(c, stop) end
  end
  if bare and loose then
    if u.unit or u.dash and T[j + 1].unit or u.month or u.mark and u.mark ~= "H"
        or u.bar then return nil end
    return rest_of({ h = h, bare = true }, j)
  end
  return nil
end

--- A time of the clock: {h, min, s, half (0 am, 12 pm), zone}. A bare number is one only
-- where it is asked for.
---@param i integer
---@param bare boolean?
---@param plain boolean? not one that is reckoned from another
---@return table?, integer
function M.clock (i, bare, plain)
  local t = T[i]
  if t.hh and t.full and not t.min and T[i - 1].for_ then return nil end    -- for 3h
  if t.hh then
    local c = { h = t.h, min = t.min, s = t.s, full = t.full or t.leading and not T[i + 1].half }
    local j = i + 1
    if t.full and not t.min then c, j = minutes_after(c, j) end
    return rest_of(c, j)
  end
  if t.clock then
    local j = i + 1
    if T[j].unit or T[j].dash and T[j + 1].unit then return nil end
    local c = { h = t.clock, noon = true, min = nil }
    if T[j].minus or T[j].and_ and T[j + 1].fraction or loose and T[j].num and not T[j + 1].half
       and T[j].num ~= "X" and not T[j + 1].month then
      c, j = minutes_after(c, j)
    end
    return zone_at(c, j)
  end
  if not t.num and not t.fraction then
    if not hours_after_at and not t.lacking and not t.half_hour then return nil end
    if t.unit == "H" and (T[i + 1].part or T[i + 1].dayhalf) and (T[i - 1].at or T[i - 1].on) then
      return rest_of({ h = 1 }, i + 1)                                  -- в час ночи
    end
    return of_next_hour(i)
  end
  if t.digits and t.num == 12 and T[i + 1].clock then return M.clock(i + 1, bare, plain) end
  if not plain then
    local c, j = nil, nil
    if t.half_hour then c, j = of_next_hour(i) end
    if not c then c, j = reckoned(i) end
    if not c and hours_after_at then c, j = of_next_hour(i) end
    if c then return c, j end
  end
  return hour(i, bare)
end

--- A part of a day with the words about it: "in the early morning", "утром", 晚上.
---@param i integer
---@return string?, integer
function M.part (i, clocked)
  local j, mod = i, nil
  local one = T[i]
  if not (one.part or one.inn or one.of or one.the or one.filler or one.mod
      or one.on) then return nil end
  for _ = 1, 5 do
    local t = T[j]
    local p = T[j - 1]
    if t.part and (not t.doubt or clocked and j == i
                   or loose and (p.at or p.beyond or p.before or p.mod)) then
      local k = j + 1
      if T[k].early and loose then k = k + 1 end
      return t.part, k, mod
    end
    if t.mod == "MORE_THAN" or t.mod == "LESS_THAN" then return nil end       -- over lunch
    if t.inn or t.of or t.the or t.filler or t.mod or t.on then
      mod = t.mod or mod
      j = j + 1
    else
      break
    end
  end
end

-- The first hour of a stretch: the hour of 7 to 9 am is known by its end, in a report too.
local function first_clock (k)
  local t = T[k]
  if not loose and t.digits and t.len <= 2 and not t.suffix and t.num <= 12
      and (T[k + 1].to or T[k + 1].dash) then
    return { h = t.num, bare = true }, k + 1
  end
  return M.clock(k, true, t.digits)
end

-- Does a weekday or a day with a name begin here, a preposition before it or not?
local function day_at (i)
  local k = T[i].on and i + 1 or i
  k = T[k].step and k + 1 or k
  return T[k].dow or T[k].day
end

-- Are two numbers from a place up to another all that is said, and small, with blanks about the
-- dash: 7 - 8, but not 8-10 or 15 - 2, which are days?
local function are_alone (i, stop)
  local a, b = T[i], T[stop - 1]
  return T[i - 1] == words.none and T[stop] == words.none and stop == i + 3 and T[i + 1].dash
    and a.digits and b.digits and a.num < b.num and b.num <= 12
    and F[i + 1] > L[i] + 1 and F[i + 2] > L[i + 1] + 1
end
M.are_alone = are_alone

-- Both ends of a stretch of time: 9:30 - 11:00, 3 to 6 pm, from 9 to 11.
---@param i integer
---@param sure boolean? a day stands beside it
---@return table?, integer
function M.range (i, sure)
  local k = i
  local asked
  if T[k].on and (T[k + 1].from or T[k + 1].between) then k = k + 1 end
  if T[k].from or T[k].between then asked, k = true, k + 1 end
  if not asked and T[k].since and loose then asked, k = true, k + 1 end
  local between = T[k - 1].between
  if asked and T[k].at then k = k + 1 end
  local military = T[k].len == 4 and T[k].num < 1000 and T[k + 2].len == 4       -- 0900-1700
  military = military or M.is_greenwich(k)
  if T[k].len and T[k].len > 2 and not asked and not military then return nil end
  local a, j = first_clock(k)
  if not a then return nil end
  local part_a
  if T[j].part then part_a, j = T[j].part, j + 1
  elseif a.bare then
    local part, stop = M.part(j)
    if part and (T[stop].to or T[stop].dash) then part_a, j = part, stop end
  end
  local t = T[j]
  if not (t.to or t.dash or t.till or between and t.and_) then return nil end
  if a.bare and t.at and sure and not asked then return nil end    -- samedi 16 à 18h
  j = j + 1
  if T[j - 1].dash and T[j].to then j = j + 1 end
  for _ = 1, 2 do j = (T[j].at or T[j].the) and j + 1 or j end
  local b, after = M.clock(j, true)
  sure = sure or b and loose and (day_at(after) or are_alone(k, after) or part_a or military
                                  or a.bare and b.bare and M.part(after))
  if not b or b.noon and a.bare and a.h > 12 then return nil end    -- 15 to noon
  if (a.bare or not a.min and not a.marked and not a.half) and b.bare and not (loose and (asked
      or sure or a.noon)) then
    return nil
  end
  if a.bare and not loose and not (b.half or b.min or b.marked) then return nil end
  if a.half == nil and b.half then a.half_of = b.half end
  return { op = "clocks", a = a, b = b, part_a = part_a }, after
end

M.none = words.none

return M
