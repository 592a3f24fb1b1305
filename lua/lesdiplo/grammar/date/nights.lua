--- The night between two days: dans la nuit du 4 au 5 août, on the night of 4-5 August, в ночь с 4
-- на 5 августа, в ночь на 5 августа; read from the tokens of a run.
--
-- It is the night of the first day, 1914-08-04TNI.
-- @module lesdiplo.grammar.date.nights
local days = require "lesdiplo.grammar.date.days"
local near = require "lesdiplo.grammar.date.near"
local points = require "lesdiplo.grammar.date.points"
local shift = require "lesdiplo.grammar.date.shift"
local day_number, the, point = days.day_number, near.the, points.point
local match = string.match
_ENV = nil
local M = {}

local T, F

--- The run in hand.
---@param run table T, F (tokens, their first bytes)
function M.take (run) T, F = run.T, run.F end

-- Where the word stands that says so: night, la nuit, dans la nuit.
local function word_at (i)
  local j = (T[i].inn or T[i].on) and i + 1 or i
  return T[the(j)].nightword and the(j), F[j]
end

--- A night between two days; `stretch` is the rule for what has two ends.
---@param i integer
---@param stretch function
---@return table?, integer?
function M.read (i, stretch)
  local j, first = word_at(i)
  if not j then return nil end
  local k = j + 1
  local onto = T[k].onto and k                                -- в ночь на 5 августа
  if not onto and T[k].from then                              -- с 4 на 5 августа
    local _, after = day_number(k + 1)
    if not after and T[k + 1].dow then after = k + 2 end
    if after and T[after].month then after = after + 1 end
    onto = after and T[after].onto and after
  end
  if onto then
    local p, after = point(onto + 1)
    if p and (p.op == "abs" and p.d or p.op == "dow" or p.op == "of") then
      return { op = "night", to = p, first = first }, after
    end
    return nil
  end
  local node, after = stretch(T[k].of and not T[k].from and k + 1 or k)
  if node and node.op == "range" then return { op = "night", of = node, first = first }, after end
end

--- Adds what such a night means to the ops of resolve.lua; `value` and `parse` are those of it.
---@param resolve table op -> function
---@param value function
---@param parse function
function M.add (resolve, value, parse)
  function resolve.night (t, c)
    local said, how, mod, kind = value(t.to or t.of, c)
    local date = t.to and parse(said)
    if date and date.d then
      return shift.day_text(shift.number_of(date) - 1) .. "TNI", how, nil, "TIME"
    end
    local a, b = match(said or "", "^(%d+%-%d+%-%d+)/(%d+%-%d+%-%d+)$")
    if a and shift.number_of(parse(b)) - shift.number_of(parse(a)) == 1 then
      return a .. "TNI", how, nil, "TIME"
    end
    if t.of then return said, how, mod, kind end
  end
end

return M
