--- The smallest parts that dates are made of, numbers and lengths of time, read from the
-- tokens of a run (date/words.lua); and the run itself.
--
-- Each rule takes the place of a token and gives a table of what is said and the place
-- behind it, or nothing. A rule looks at a bounded number of tokens.
-- @module lesdiplo.grammar.date.items
local words = require "lesdiplo.grammar.date.words"
local byte, find, sub = string.byte, string.find, string.sub
_ENV = nil
local M = {}
local none = words.none

-- The run in hand: roles, first and last byte of each token; up to how many places there
-- have ever been tokens, and BEHIND more that a rule may look at.
local T, F, L, N, most = { [0] = none }, { [0] = 0 }, { [0] = -1 }, 0, 0
local BEHIND = 12
local loose, alone, text, unspaced
local run_

-- What stands before a number and makes it no day and no hour: $12, #7, $ 12; and before a month
-- that is then none: $DEC. What is behind such a sign is nothing.
local signs = { [35] = true, [36] = true, [64] = true }
local DOLLAR, BLANK = 36, 32

-- Is a number or a month, whose first byte that is, behind such a sign?
local function is_signed (digits, first)
  if first == 1 then return false end
  local sign = byte(text, first - 1)
  if not digits then return sign == DOLLAR end
  return signs[sign] or sign == BLANK and first > 2 and byte(text, first - 2) == DOLLAR
end

-- 十年中, 2018年中国: where 年中 is no middle of the year, and behind 年 the run goes on.
local inside = { unit = "Y", mark = "Y", starts = true }
local lands = {}
for c in ("国國方美俄日欧歐非英法德韩韓朝印东東亚亞巴央共华華外"):gmatch "[\xC0-\xFF][\x80-\xBF]*" do
  lands[c] = true
end
local function cut_words ()
  for i = 1, N do
    local t = T[i]
    if t.cut then
      local before = T[i - 1]
      if before.num and not before.year or lands[sub(text, L[i] + 1, L[i] + 3)] then
        T[i], L[i] = inside, L[i] - t.cut
      end
    end
  end
end

--- Takes a run in hand: its tokens (as words.lua gives them), which are counted from
-- behind byte `offset`, up to a place of the text.
-- Sets T (roles), F, L (first and last byte) and N of it; behind the last there are tokens
-- without roles. Sets `doubted` of it where it matters whether a word has a capital.
---@param run table loose, alone (it is all that is said), text, lex
---@param tokens table
---@param offset integer
---@param last integer
function M.take (run, tokens, offset, last)
  local n = 0
  loose, alone, text = run.loose, run.alone, run.text
  for k = 1, #tokens, 3 do
    local first, word = tokens[k] + offset, tokens[k + 1]
    if first > last then break end
    n = n + 1
    if word.glue_only and not (loose and n > 1 and first == L[n - 1] + 1) then
      word = word.plain
    end
    local digits = word.digits
    if (digits or word.month) and is_signed(digits, first) then word = none end
    F[n], T[n], L[n] = first, word, tokens[k + 2] + offset - 1
  end
  for i = n + 1, N do T[i], F[i], L[i] = none, 0, -1 end
  for i = (n > most and n or most) + 1, n + BEHIND do T[i], F[i], L[i] = none, 0, -1 end
  if n + BEHIND > most then most = n + BEHIND end
  N = n
  unspaced = run.lex.unspaced
  run_ = run
  if unspaced then cut_words() end
  run.T, run.F, run.L, run.N = T, F, L, N
end

local function glued (i) return F[i] == L[i - 1] + 1 end
M.glued = glued

-- Is the word written with a capital, where it has to be ("May", "March")?
local function is_sure (i)
  if not T[i].doubt then return true end
  run_.doubted = true
  local c = byte(text, F[i])
  if c < 97 or c > 122 then return true end
  return loose and (alone and (N == 1 or not T[i].num) or T[i - 1].digits or T[i + 1].digits
                    or T[i - 1].ord ~= nil
                    or T[i + 1].ord ~= nil or T[i - 1].of ~= nil and not T[i - 1].the
                    or T[i + 1].step == 1 or T[i + 1].after ~= nil or T[i - 1].mod ~= nil
                    or T[i - 1].step == 1 or T[i - 1].step == -1
                    or T[i - 1].between ~= nil or T[i - 1].from ~= nil)
end
M.is_sure = is_sure

local function skip (i, role)
  return T[i][role] and i + 1 or i
end
M.skip = skip

--- Does a clause end before a token?
function M.ends_clause (i)
  if T[i].comma then return true end
  local stop = L[i - 1] + 1
  return T[i] == none
    and (find(text, "^%s*[.,;:!?)]", stop) ~= nil or not find(text, "^%s*%S", stop))
end

-- ------------------------------------------------------------------------- numbers

-- Ninety-nine and less, in words.
local function spelled (i)
  local n = T[i].num
  if not n or T[i].digits or n == "X" then return n ~= "X" and n or nil, i + 1 end
  if n >= 20 and n < 100 and n % 10 == 0 then
    local j = T[i + 1].dash and i + 2 or i + 1
    j = T[j].and_ and j + 1 or j
    local o = T[j]
    if o.num and not o.digits and o.num ~= "X" and o.num >= 1 and o.num < 20 and o.num % 1 == 0
       and (o.num < 10 or n == 60 or n == 80) and not (o.article) then
      return n + o.num, j + 1
    end
  end
  return n, i + 1
end

M.spelled = spelled

-- "and a half", "and three quarters": what is added.
local function fraction (i)
  local j = skip(i, "and_")
  if T[i].dash and T[i + 1].and_ then                                  -- two-and-a-half
    j = skip(i + 2, "dash")
    if T[j].article and T[j + 1].dash then j = j + 2 end
  end
  if j > i and T[j].num and T[j].num ~= "X" and T[j].num <= 3 and T[j + 1].fraction == 0.25 then
    return T[j].num * 0.25, j + 2
  end
  if T[j].fraction and (j > i or unspaced) then return T[j].fraction, j + 1 end
  return nil, i
end

--- A number, in digits or words, with what is added to it; "X" for a few.
local function number (i)
  local t = T[i]
  if t.one_half and T[i + 1].unit and not (T[i - 1].num or T[i - 1].step) then
    return 1.5, i + 1                                       -- 個半月
  end
  if t.fraction and (t.fractional or loose and T[i + 1].unit
      and not t.unit) then return t.fraction, i + 1 end
  if t.num == 3 and T[i + 1].fraction == 0.25 and (T[i + 2].of and T[i + 3].article
      and T[i + 4].unit or T[i + 1].fractional and T[i + 2].unit) then
    return 0.75, i + 2                                        -- three quarters of an hour
  end
  if t.slash and not t.c and t.sep == "/" and (t.b == 2 or t.b == 4) and t.a < t.b then
    return t.a / t.b, i + 1
  end
  if not t.num or t.suffix then return nil end
  local n, j
  if unspaced and t.spelled and T[i + 1].hourmark and T[i + 2].spelled and T[i + 2].num < 10
     and T[i + 3].unit and not T[i + 3].minutemark then              -- 一点五小时
    return t.num + T[i + 2].num / 10, i + 3
  end
  if t.num == "X" then return "X", i + 1 end
  if t.digits then n, j = t.num, i + 1
  else n, j = spelled(i) end
  while T[j].scale do
    n, j = n * T[j].scale, j + 1
    local k = skip(j, "and_")
    if T[k].num and not T[k].digits and T[k].num ~= "X" and n >= 100 then
      local more, after = spelled(k)
      if more and more >= 1 and more < n then
        n, j = n + more, after
      end
    end
  end
  local add, k = fraction(j)
  if add then n, j = n + add, k end
  return n, j
end
M.number = number

-- ------------------------------------------------------------------ lengths of time

-- A unit of time, the words between it and its number passed over.
local function unit_at (i, part)
  local j = i
  if T[j].dash then j = j + 1 end
  if T[j].of and not T[j].of_the then j = j + 1 end
  if part and T[j].num == 1 and T[j].article then j = j + 1 end            -- half a day
  for _ = 1, 2 do if T[j].filler then j = j + 1 end end
  if T[j].unit then return T[j].unit, j + 1 end
end

-- Is a letter behind a number and a blank a unit: 2 m alone, in 1 mon, 21 h 25 m ago?
local function short_is_unit (i, j, goes_on)
  local after = T[j + 1]
  return goes_on or T[i - 1].inn or after.ago or alone and i == 1 and j == N
    or after.digits and T[j + 2].short_unit
end

-- 三分之一 is a third, 三分之后 three minutes on.
local beside = { ["后"] = true, ["後"] = true, ["前"] = true, ["内"] = true, ["內"] = true }
local function is_share (k)
  local at = L[k - 1] + 1
  return sub(text, at, at + 2) == "之" and not beside[sub(text, at + 3, at + 5)]
end

-- A number and its unit: three days, 2h, half an hour.
local function one_length (i, goes_on)
  local n, j = number(i)
  if not n then return nil end
  local t = T[j]
  if T[i].year and T[i].len == 4 and t.unit == "Y" and n >= 1700 and not t.plural
      and (T[j + 1].ago ~= -1 or unspaced) then
    return nil
  end
  if t.mark == "M" and not goes_on and (n == "X" or n % 1 == 0)
      or T[i].len == 2 and T[i].digits and n ~= "X" and n < 10
      and t.mark == "Y" then
    return nil                                       -- 7月 is July, and 07年 a year
  end
  if t.mark == "D" and T[i - 1].mark == "M" then return nil end          -- 13月5日
  if n ~= "X" and T[i].digits and (t.mark == "M" and n > 12
     or t.unit == "Y" and (n == 0 or t.mark and T[j + 1].digits and T[j + 2].mark == "M"
                           and T[j + 1].num > 12)) then
    return nil                            -- the year 0, 9999年99月: no date, and no length either
  end
  if loose and n ~= "X" and t.short_unit and (glued(j) or short_is_unit(i, j, goes_on)) then
    return n, t.short_unit, j + 1
  end
  if loose and glued(j) and t.secondmark then return n, "S", j + 1 end
  if loose and glued(j) and t.minutemark_ and T[i].len and T[i].len <= 2 then return n, "MIN",
      j + 1 end
  local unit, k = unit_at(j, n == "X" or n % 1 ~= 0 or T[i].several)
  if unit and T[i].article and T[i - 1].num and not T[k].ago and not loose then
    return nil                                       -- 13 a month
  end
  if unit and n == 1 and T[i].article and not T[k].ago
      and (not loose or find(text, "^ %l", L[k - 1] + 1) and T[k] == words.none)
      and (unit == "S" and T[k - 1].ord or unit == "Q") then
    return nil                            -- a second day, a quarter of them
  end
  if unit == "Q" and T[k].of and not loose then return nil end
  if unit == "MIN" and unspaced and is_share(k) then return nil end
  if unspaced and F[i] > 3 and sub(text, F[i] - 3, F[i] - 1) == "第" then return nil end    -- 第三天
  if unit then
    local add, after = fraction(k)
    if add and n ~= "X" then n, k = n + add, after end
    return n, unit, k
  end
end

-- What a length may go on with behind a comma: two hours, thirty minutes.
local finer = { Y = "M", M = "D", W = "D", D = "H", H = "MIN", MIN = "S" }

--- A length of time: {n, unit, n, unit ...}; one of an hour where only the unit is said.
local function length (i, bare)
  local n, unit, j = one_length(i)
  if not n and T[i].hh and T[i].full and not T[i].min then n, unit, j = T[i].h, "H", i + 1 end
  if not n then
    if not bare or not T[i].unit then return nil end
    n, unit, j = 1, T[i].unit, i + 1
    local add, after = fraction(j)
    if add then return { n + add, unit }, after, true end
    return { n, unit }, j, true
  end
  local out = { n, unit }
  local first, stop = unit, nil         -- where a comma parts the first from the rest, in words
  for _ = 1, 6 do
    if n == "X" or not loose and unspaced and T[j].comma then break end
    local comma = T[j].comma and j + 1 or j
    local k = skip(comma, "and_")
    local m, u, after = one_length(k, true)
    if m and m ~= "X" and (k > j or glued(k) or not T[j].article) and u ~= unit
       and not (u == "N" or unit == "N") then                         -- 三天两夜
      if k == comma and comma > j and not T[k].digits then stop = stop or j
      elseif stop and k > comma then stop = nil end
      out[#out + 1], out[#out + 2], j, unit = m, u, after, u
    else
      break
    end
  end
  if stop and not loose and (T[j].ago or T[i - 1].agob or finer[first] ~= out[4]) then
    return { n, first }, stop           -- it took three years, two months ago it ended
  end
  if out[2] == "H" and #out == 2 then        -- 2 hours ten
    local k = skip(j, "and_")
    local m = number(k)
    if loose and m and m ~= "X" and m > 1 and m < 60 and not T[k + 1].unit and not T[k + 1].half
       and (T[k + 1] == words.none) then
      out[3], out[4], j = m, "MIN", k + 1
    end
  end
  return out, j
end
M.length = length

return M
