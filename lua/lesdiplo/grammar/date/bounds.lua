--- What a phrase in Chinese says of its bounds behind itself, as 起 and 之前 do; and what only looks
-- like a bound; read from the tokens of a run.
-- @module lesdiplo.grammar.date.bounds
local length = require "lesdiplo.grammar.date.items".length
local sub = string.sub
_ENV = nil
local M = {}

local run, T, F, L, loose, unspaced

local clocked = { H = true, MIN = true, S = true, QH = true }

--- The run in hand, and those to come of the same language.
---@param lent table T, F, L (tokens, first and last bytes), loose, lex, source
function M.take (lent)
  run, T, F, L, loose = lent, lent.T, lent.F, lent.L, lent.loose
  unspaced = lent.lex.unspaced
end

--- A phrase with what is said behind it: 起, 以来, 之前, 以后.
---@param p table
---@param i integer where it begins
---@param j integer the place behind it
---@return table, integer
function M.behind (p, i, j)
  if not unspaced then return p, j end
  local t = T[j]
  if t.since_after and p.op == "span" then return p, j + 1 end              -- 近三年来
  if t.since_after then
    return { op = "open", from = p, first = p.first or F[i], ever = t.ever }, j + 1
  end
  if t.ago and (p.op == "abs" and p.d and p.m or p.op == "holiday") then    -- 9月1日前三天
    local list, after = length(j + 1)
    if list and not clocked[list[2]] and not T[after].ago then
      return { op = "shift", list = list, dir = t.ago, from = p, first = p.first or F[i] }, after
    end
  end
  if t.about_after then
    p.mod = p.mod or "APPROX"
    return p, j + 1
  end
  if t.till_after and (p.op == "abs" and (p.m or not p.d) or p.op == "rel"
                       or p.op == "reldate") then
    return { op = "open", to = p, first = p.first or F[i] }, j + 1
  end
  if t.bound_after and (loose or not t.begins or T[i - 1].since or T[i - 1].from) then
    p.mod = p.mod or t.bound_after
    return p, j + 1
  end
  return p, j
end

local changes = { ["增"] = true, ["升"] = true, ["降"] = true, ["减"] = true, ["減"] = true,
  ["跌"] = true, ["涨"] = true, ["漲"] = true, ["扩"] = true, ["大"] = true, ["加"] = true }

--- 由1992年的4亿元增至2021年的9亿元: a year of what was, or of what it came to?
---@param i integer
---@param after integer the place behind the year
---@return boolean
function M.is_change (i, after)
  local source = run.source
  if sub(source, L[after - 1] + 1, L[after - 1] + 3) ~= "的" then return false end
  return T[i].from or T[i].since or changes[sub(source, F[i] - 3, F[i] - 1)] or false
end

return M
