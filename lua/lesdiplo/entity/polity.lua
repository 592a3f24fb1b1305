--- A state called by what it is: the Kingdom, the Republic, the kingdom.
--
-- With the definite article, and a capital where the word may mean something else as well, it
-- is the one state of that sort which the document has named before; where it has named two, the
-- last that it has called so in full, the Kingdom of Lesotho; where it has named none, nobody.
-- @module lesdiplo.entity.polity
local _, native = ...
local entity = native.entities.entity
local find, ipairs, sub = string.find, ipairs, string.sub
_ENV = nil
local M = {}

-- As they stand in a text, and in the names of states.
local words = { "Kingdom", "Republic", "Federation", "Sultanate", "Principality", "Emirate",
                "Grand Duchy", "kingdom", "sultanate", "principality", "emirate" }
local in_names = { kingdom = "Kingdom", sultanate = "Sultanate", principality = "Principality",
                   emirate = "Emirate" }
local RULE = "the one named before"

local sorts = {}           -- of countries by id: set of the words in their official names

local function sorts_of (id)
  if not sorts[id] then
    local known = entity(id)
    sorts[id] = {}
    for _, name in ipairs(known and known.names or {}) do
      for _, word in ipairs(words) do
        if name.lang == "en" and find(name.text, word, 1, true) then sorts[id][word] = true end
      end
    end
  end
  return sorts[id]
end

-- A function: the country of a sort that is meant at a byte, of bytes that grow: the one named
-- before, or of several the last that was called so; nil where there is none.
local function named_before (text, positions, rows, word)
  local i, found, several, called = 1, nil, false, nil
  return function (first)
    while rows[i] and positions[2 * i] < first do
      local id = rows[i].id
      if sorts_of(id)[word] then
        several, found = several or found ~= nil and id ~= found, id
        local name = sub(text, positions[2 * i - 1], positions[2 * i])
        if find(name, word, 1, true) then called = id end
      end
      i = i + 1
    end
    if several then return called end
    return found
  end
end

-- Is the word from first to last said of a state alone?
local function stands_alone (text, first, last)
  return find(sub(text, first > 4 and first - 4 or 1, first - 1), "[Tt]he[ \n]$")
         and not find(text, "^[%w-]", last + 1) and not find(text, "^%s+%u", last + 1)
         and not find(text, "^%s+of%s", last + 1)
end

-- Where one of the words stands.
local function find_word (text, word, positions, rows)
  local out, out_rows = {}, {}
  local named
  local first, last = find(text, word, 1, true)
  while first do
    if stands_alone(text, first, last) then
      named = named or named_before(text, positions, rows, in_names[word] or word)
      local id, n = named(first), #out_rows + 1
      if id then
        out[2 * n - 1], out[2 * n] = first, last
        out_rows[n] = { id = id, form = "short", rule = RULE }
      end
    end
    first, last = find(text, word, last + 1, true)
  end
  return out, out_rows
end

--- Where such words stand in a text.
---@param text string
---@param positions integer[] of countries
---@param rows table[] of theirs
---@return table[] lists of positions and rows, one a word that was found
function M.find (text, positions, rows)
  local lists = {}
  for _, word in ipairs(words) do
    local out, out_rows = find_word(text, word, positions, rows)
    if out[1] then lists[#lists + 1] = { out, out_rows } end
  end
  return lists
end

return M
