--- Lists of parties: ids in order, each once, with the people who acted for them.
--
-- A list is an array and a set of ids at once: out[1] == "LSO", out.LSO == true; and
-- people, an array of person ids.
-- @module lesdiplo.fact.ids
local move = table.move
_ENV = nil
local M = {}

-- No people, the same table for all lists without any: add_person puts another in its place.
local nobody = {}

--- An empty list, with room for one id.
function M.new () return { nil, people = nobody, id = nil } end

--- The list of one.
function M.of (id) return { id, people = nobody, [id] = true } end

--- The list of nobody, one for all: nothing is ever added to it.
M.none = M.new()

--- Adds an id.
function M.add (out, id)
  if not out[id] then out[#out + 1], out[id] = id, true end
end

-- Is a person among some?
local function holds (people, id)
  for i = 1, #people do
    if people[i] == id then return true end
  end
  return false
end

-- Adds a person.
local function add_person (out, id)
  local people = out.people
  if people == nobody then
    out.people = { id }
  elseif not holds(people, id) then
    people[#people + 1] = id
  end
end

--- Adds a person.
M.add_person = add_person

-- Adds what is in a list.
local function add_all (out, list)
  for i = 1, #list do M.add(out, list[i]) end
  for i = 1, #list.people do add_person(out, list.people[i]) end
  return out
end

local function is_nobody (list) return #list == 0 and #list.people == 0 end

--- A list with the same ids and people, the caller's to change.
function M.copy (list) return add_all(M.new(), list) end

--- Two or three lists in one, which may be one of them: not the caller's to change.
function M.joined (a, b, c)
  if c then b = M.joined(b, c) end
  if is_nobody(a) then return b end
  return is_nobody(b) and a or add_all(add_all(M.new(), a), b)
end

--- A list without what another has: the same one where that has nothing.
function M.less (all, taken)
  if #all == 0 or #taken == 0 then return all end
  local out = { people = all.people }
  for i = 1, #all do
    if not taken[all[i]] then M.add(out, all[i]) end
  end
  return out
end

--- Two sides of what one list tells: the first, and the others.
function M.split (all)
  local first, others = { people = all.people }, M.new()
  for i = 1, #all do M.add(i == 1 and first or others, all[i]) end
  return first, others
end

--- The people of two lists, each once, as a plain array.
function M.people (a, b)
  local first, second = a.people, b.people
  local out = move(first, 1, #first, 1, {})
  for i = 1, #second do
    if not first[1] or not holds(first, second[i]) then out[#out + 1] = second[i] end
  end
  return out
end

--- The ids alone, as a plain array.
function M.plain (list)
  local out = {}
  for i = 1, #list do out[i] = list[i] end
  return out
end

return M
