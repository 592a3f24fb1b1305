--- What a person is called by alone: the surname, with the particles before it.
-- @module lesdiplo.entity.calls
local lore = require "lesdiplo.entity.traits"
local concat, find, gsub = table.concat, string.find, string.gsub
local sub, upper = string.sub, string.upper
local is, is_surname_of_two = lore.is, lore.is_surname_of_two
local is_surname_in_capitals = lore.is_surname_in_capitals
local GIVEN, PARTICLE, SUFFIX, SURNAME = lore.GIVEN, lore.PARTICLE, lore.SUFFIX, lore.SURNAME
_ENV = nil
local M = {}

-- Where the surname begins that ends with word n, with the particles before it: von der Leyen.
local function surname_from (name, n)
  local i = n
  while i > 2 and is(name[i - 1], PARTICLE) do i = i - 1 end
  return i
end

--- Those particles, with a blank behind each; nil where there is none.
function M.particles (name)
  local n = #name
  local from = surname_from(name, n)
  return from < n and concat(name, " ", from, n - 1) .. " " or nil
end

--- The words that a person is called by alone: the surname, which stands first where
-- it is Chinese or Korean, and last otherwise; a king's name.
function M.names (name, lang)
  local out, n = {}, #name
  while n > 1 and is(name[n], SUFFIX) do n = n - 1 end
  if is_surname_in_capitals(name) then
    return { lore.plain_surname(name[1]), name[1] }
  end
  if is_surname_of_two(name, lang) and not is(name[1], GIVEN) then
    out[1] = name[1]
    if n == 2 and is(name[2], SURNAME) then out[2] = name[2] end          -- Sung Kim
  else out[1] = name[n]
  end
  if lore.ends_in_capitals(name) then
    out[1], out[2] = lore.plain_surname(name[n]), name[n]
    return out
  end
  local article = find(name[n], "^[AEae]l%-%u")
  if article then                     -- al-Assad: Assad, Al-Assad
    out[2], out[3] = sub(name[n], 4), (gsub(name[n], "^%l", upper))
    return out
  end
  local from = surname_from(name, n)
  if from < n then
    local whole = concat(name, " ", from, n)
    out[2], out[3] = whole, (gsub(whole, "^%l", upper))             -- De Gaulle, in front
  elseif n > 2 then                   -- the first of two surnames
    out[#out + 1] = name[n - 1]
    out[#out + 1] = name[n - 1] .. " " .. name[n]
  end
  if n < #name then out[#out + 1] = name[1] end
  return out
end

return M
