--- Whom a Chinese text calls by a name without telling who that is: those whom it has named, 马克龙
-- for 埃马纽埃尔·马克龙, and leaders whose name nobody else has.
-- @module lesdiplo.entity.recall
local leaders = require "lesdiplo.entity.leaders"
local _, native = ...
local fold = native.tokens.fold
local find, gmatch, gsub, match = string.find, string.gmatch, string.gsub, string.match
local sort, sub = table.sort, string.sub
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local CALL_LEAST = 6         -- bytes that somebody may be called by alone: two characters

local folded = {}
--- A character in simplified writing.
local function simple (c)
  local f = folded[c]
  if not f then
    f = fold(c)
    folded[c] = f
  end
  return f
end

M.simple = simple

--- A text in simplified characters.
---@param text string
---@return string
local function simply (text) return (gsub(text, "[\xE3-\xE9]..", simple)) end
M.simply = simply

-- By what the people found are called: their names, and what stands behind the last dot of
-- one, in simplified characters; by the first two of them, the longest first.
local function calls_of (found)
  local out, seen = {}, {}
  local function add (text, row, form)
    local key = sub(text, 1, CALL_LEAST)
    if #text < CALL_LEAST or seen[text] then return end
    seen[text], out[key] = true, out[key] or {}
    out[key][#out[key] + 1] = { text, { id = row.id, name = row.name, form = form } }
  end
  for _, one in ipairs(found) do
    local row = one[3]
    local name = simply(row.name)
    if row.form == "name" then add(name, row, "name") end
    add(match(name, "^.*·(.+)$") or "", row, "short")
  end
  for _, list in pairs(out) do sort(list, function (a, b) return #a[1] > #b[1] end) end
  return out
end

--- Adds those who are called by a name of the text again.
---@param text string
---@param found table[] people in order: {first, last, row}
---@param out table[] the same, to which they are added
function M.again (text, found, out)
  local calls, k, free = calls_of(found), 1, 1
  local function call_at (first)
    local head = simply(sub(text, first, first + CALL_LEAST - 1))
    for _, call in ipairs(calls[head] or {}) do
      if simply(sub(text, first, first + #call[1] - 1)) == call[1] then return call end
    end
  end
  for first in gmatch(text, "()[\xE3-\xE9]") do
    local call = first >= free and call_at(first)
    if call then
      while found[k] and found[k][2] < first do k = k + 1 end
      free = first + #call[1]
      if not (found[k] and found[k][1] < free) then out[#out + 1] = { first, free - 1, call[2] } end
    end
  end
end

local dots = { "·", "‧", "・", "•", "．" }

-- Is a name from first to last a part of another: 马克龙·杜邦?
local function is_part (text, first, last)
  for _, dot in ipairs(dots) do
    if sub(text, last + 1, last + #dot) == dot
       or first > #dot and sub(text, first - #dot, first - 1) == dot then
      return true
    end
  end
  return false
end

-- Notes the bytes of somebody found.
local function hold (held, one)
  for i = one[1], one[2] do held[i] = true end
end

-- The bytes of people found, as a set.
local function bytes_of (found)
  local held = {}
  for _, one in ipairs(found) do hold(held, one) end
  return held
end

--- Adds leaders who are called by a name that nobody else has.
---@param known table see lesdiplo.entity.people
---@param out table[] people found, to which they are added
function M.leaders (known, out)
  local text, held = known.text, nil
  for _, one in ipairs(leaders.han_alone()) do
    local name, row = one[1], one[2]
    local first, last = find(text, name, 1, true)
    local state = leaders.is_in_force(row, known.day) and row.state or nil
    while first and leaders.has_begun(row, known.day) do
      held = held or bytes_of(out)
      if not is_part(text, first, last) and not known.taken(first)
         and not held[first] and not held[last] then
        local n = #out + 1
        out[n] = { first, last,
                   { id = leaders.id_of(row), name = name, form = "short", of = state } }
        hold(held, out[n])
      end
      first, last = find(text, name, last + 1, true)
    end
  end
end

return M
