--- Stretches of a text: an array of positions, first, last, first, last ..., sorted,
-- with an array of rows beside it.
-- @module lesdiplo.entity.stretches
local _, native = ...
local huge = math.huge
_ENV = nil
local M = {}

--- room(count): an array of positions and one of rows, empty, that hold so many without
-- being made anew.
M.room = native.layers.room

--- Walks over sorted stretches in step with growing positions: a function that
-- gives the index of the first one that ends at or behind a place.
---@param positions integer[]
---@return function seek
function M.walker (positions)
  local i, n = 1, #positions // 2
  return function (first)
    while i > 1 and positions[2 * i - 2] >= first do i = i - 1 end
    while i <= n and positions[2 * i] < first do i = i + 1 end
    return i
  end
end

--- A function: does some stretch of some lists hold all of another?
---@param ... integer[] positions
---@return function covers (first, last)
function M.cover (...)
  local lists, seeks = { ... }, {}
  for k = 1, #lists do seeks[k] = M.walker(lists[k]) end
  return function (first, last)
    for k = 1, #lists do
      local positions, i = lists[k], seeks[k](first)
      local a = positions[2 * i - 1]
      if a and a <= first and last <= positions[2 * i] then return true end
    end
    return false
  end
end

--- Several lists of stretches in one, those that begin together the longest first; of
-- what is the same stretch that of the list named first.
---@param all table[] each of positions and rows, sorted
---@return integer[] positions
---@return table[] rows
function M.joined (all)
  local lists = {}                    -- those that are not empty
  for k = 1, #all do
    if all[k][1][1] then lists[#lists + 1] = all[k] end
  end
  if #lists == 1 then return lists[1][1], lists[1][2] end
  local count, next_of = 0, {}
  for k = 1, #lists do next_of[k], count = 1, count + #lists[k][2] end
  local positions, rows = M.room(count)
  local n = 0
  local a, b
  while true do
    local best, first, last
    local limit = huge                -- where the next one of another list begins
    for k = 1, #lists do
      local list, i = lists[k][1], next_of[k]
      local x, y = list[2 * i - 1], list[2 * i]
      if x and (not best or x < first or x == first and y > last) then
        best, first, last, limit = k, x, y, first or limit
      elseif x and x < limit then limit = x
      end
    end
    if not best then return positions, rows end
    local from, from_rows, i = lists[best][1], lists[best][2], next_of[best]
    repeat
      if first ~= a or last ~= b then
        n, a, b = n + 1, first, last
        positions[2 * n - 1], positions[2 * n], rows[n] = a, b, from_rows[i]
      end
      i = i + 1
      first, last = from[2 * i - 1], from[2 * i]
    until not first or first >= limit
    next_of[best] = i
  end
end

return M
