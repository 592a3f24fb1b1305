--- Lists of parties: ids in order, each once, with the people who acted for them.
--
-- A list is an array and a set of ids at once: out[1] == "LSO", out.LSO == true; and
-- people, an array of person ids.
-- @module lesdiplo.fact.ids
local ipairs = ipairs
_ENV = nil
local M = {}

--- An empty list.
function M.new () return { people = {} } end

--- The list of nobody, one for all: nothing is ever added to it.
M.none = M.new()

--- Adds an id.
function M.add (out, id)
  if not out[id] then out[#out + 1], out[id] = id, true end
end

-- Adds a person.
local function add_person (out, id)
  for _, one in ipairs(out.people) do
    if one == id then return end
  end
  out.people[#out.people + 1] = id
end

--- Adds a person.
M.add_person = add_person

--- Several lists in one.
function M.joined (...)
  local out = M.new()
  for _, list in ipairs{ ... } do
    for _, id in ipairs(list) do M.add(out, id) end
    for _, id in ipairs(list.people) do add_person(out, id) end
  end
  return out
end

--- A list without what another has: the same one where that has nothing.
function M.less (all, taken)
  if #all == 0 or #taken == 0 then return all end
  local out = { people = all.people }
  for _, id in ipairs(all) do
    if not taken[id] then M.add(out, id) end
  end
  return out
end

--- Two sides of what one list tells: the first, and the others.
function M.split (all)
  local first, others = { people = all.people }, M.new()
  for i, id in ipairs(all) do M.add(i == 1 and first or others, id) end
  return first, others
end

--- The ids alone, as a plain array.
function M.plain (list)
  local out = {}
  for i, id in ipairs(list) do out[i] = id end
  return out
end

return M
