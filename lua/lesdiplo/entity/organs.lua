--- Organs: bodies that are called by a short name beside what they are a part of, the "Political
-- Bureau of the CPC".
-- @module lesdiplo.entity.organs
local lexicon = require "lesdiplo.entity.lexicon"
local stretches = require "lesdiplo.entity.stretches"
local entity = require "lesdiplo.entity".get
local _, native = ...
local entities = native.entities
local fold, plain = native.tokens.fold, native.base.plain
local byte, find, match, sub = string.byte, string.find, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local same = lexicon.list("bodies.txt", "same")      -- behind a name the body again: NATO Alliance

local OWNERS_MOST = 8        -- steps from a part to the whole

-- The value of an entity's first fact of that key.
local function fact_of (known, key)
  for _, fact in ipairs(known.facts) do
    if fact[1] == key then return fact[2] end
  end
end

-- Is a body a part of another one, or of a part of it?
local function is_part (id, whole)
  for _ = 1, OWNERS_MOST do
    local known = id and entities.entity(id)
    id = known and fact_of(known, "part_of")
    if id == whole then return true end
  end
  return false
end

-- The body that is called so, or that shares the name, and is a part of another; nil
-- where none is.
local function organ_of (row, whole)
  if is_part(row.id, whole) then
    return { id = row.id, name = row.name, form = "name", kind = row.kind }
  end
  for _, id in ipairs(row.also or {}) do
    if is_part(id, whole) then
      local known = entity(id)
      return { id = id, name = known.name, form = "name", kind = fact_of(known, "kind") }
    end
  end
end

-- What stands between a part and the whole, or between the whole and its part.
local of = { [" of "] = true, [" of the "] = true, [" du "] = true, [" de la "] = true,
             [" de l'"] = true, [" de l’"] = true, [" des "] = true, [" de "] = true,
             [" "] = true }
local own = { ["'s "] = true, ["’s "] = true, ["' "] = true, ["’ "] = true, [" "] = true }

-- Does a name count only beside that of another body? Doubtful short names of parts do.
local function is_bound (row, name)
  return name < 0 and row.form == "short" and fact_of(entities.entity(row.id), "part_of") ~= nil
end

-- The bodies that a document names by more than a short name of a part, each once.
local function wholes_of (rows, names)
  local out, seen = {}, {}
  for i, row in ipairs(rows) do
    if not seen[row.id] and not is_bound(row, names[i]) then
      seen[row.id] = true
      out[#out + 1] = row.id
    end
  end
  return out
end

-- The organ of that name that one of some bodies has; nil where several have other ones.
local function only_organ (row, wholes)
  local organ
  for _, whole in ipairs(wholes) do
    local one = organ_of(row, whole)
    if one and organ and one.id ~= organ.id then return nil end
    organ = one or organ
  end
  return organ
end

-- What a short name of a part means that stands alone: that of the one whole which the
-- document names, if it names one, and the name has several words.
local function organ_alone (text, first, last, row, known)
  if not find(sub(text, first, last), "%S%s+%S") or find(text, "^ of ", last + 1)
     or find(text, "^ d[eu] ", last + 1) or find(text, "^ des ", last + 1) then
    return nil
  end
  local organs = known.organs
  if organs[row.id] == nil then organs[row.id] = only_organ(row, known.wholes) or false end
  return organs[row.id] or nil
end

-- Where the name of a body ends with the word behind it that means it again: NATO Alliance.
local function again_to (text, last)
  if byte(text, last + 1) ~= 32 then return last end
  local word, stop = match(text, "^(%u%l+)()", last + 2)
  local is = word and same[fold(word)] and not find(text, "^ [%u(]", stop)
             and not find(text, "^ of ", stop) and not find(text, "^ for ", stop)
  return is and stop - 1 or last
end

--- Bodies that are called by a short name beside what they are a part of: "Political
-- Bureau of the CPC". They and the whole become one mention; where such a name stands
-- alone, it is that of a whole which the document names elsewhere; beside something
-- else it is none.
---@param text string
---@param positions integer[] of organisations that are known by name
---@param rows table[]
---@param names integer[] as the tagger numbers them
---@return integer[] positions
---@return table[] rows
function M.joined (text, positions, rows, names)
  local out, out_rows = stretches.room(#rows)
  local known, i, n = { organs = {}, wholes = wholes_of(rows, names) }, 1, 0
  local function gap (k)
    return plain(sub(text, positions[2 * k] + 1, positions[2 * k + 1] - 1))
  end
  local function put (first, last, row)
    n = n + 1
    out[2 * n - 1], out[2 * n], out_rows[n] = first, last, row
  end
  while i <= #rows do
    local first, last, row = positions[2 * i - 1], positions[2 * i], rows[i]
    if not is_bound(row, names[i]) then put(first, again_to(text, last), row)
    else
      local organ = rows[i + 1] and of[gap(i)] and organ_of(row, rows[i + 1].id)
      if organ then
        i = i + 1
        put(first, positions[2 * i], organ)
      elseif n > 0 and out[2 * n] == positions[2 * i - 2] and own[gap(i - 1)] then
        organ = organ_of(row, out_rows[n].id)
        if organ then out[2 * n], out_rows[n] = last, organ end
      else
        organ = organ_alone(text, first, last, row, known)
        if organ then put(first, last, organ) end
      end
    end
    i = i + 1
  end
  return out, out_rows
end

return M
