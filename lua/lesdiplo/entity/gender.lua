--- Whether a man or a woman is named, as the given name tells, Anna Berg, or the words beside a
-- name: Mrs Berg, King Letsie, his wife Ane Berg.
-- @module lesdiplo.entity.gender
local around = require "lesdiplo.entity.around"
local leaders = require "lesdiplo.entity.leaders"
local nominative = require "lesdiplo.entity.nominative"
local lore = require "lesdiplo.entity.traits"
local _, native = ...
local facts, grown = native.entities.facts, native.entities.grown
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local AHEAD = 24           -- bytes before a name in which a word of the family stands

local of_kin = {}
for word in gmatch("wife daughter sister mother widow aunt niece granddaughter épouse fille",
                   "%S+") do
  of_kin[word] = "f"
end
for word in gmatch("husband son brother father uncle nephew grandson widower époux fils", "%S+") do
  of_kin[word] = "m"
end

local told, read_at        -- by the id of a role or a form of address
local function read ()
  told, read_at = {}, grown()
  for _, fact in ipairs(facts "gender") do told[fact[1]] = fact[3] end
end

--- By a name itself: "m", "f", or nil.
---@param words string[]
---@return string?
function M.of_name (words)
  if #words == 1 then return leaders.gender(words[1]) end
  if not find(words[1], lore.is_cyrillic) then return lore.gender(words) end
  return nominative.gender(words[1])
end

--- Of a name that begins at a byte: "m", "f", or nil.
---@param known table see lesdiplo.entity.around
---@param first integer
---@return string?
function M.of (known, first)
  if read_at ~= grown() then read() end
  for _, kind in ipairs{ "honorific", "role" } do
    local _, last, row = around.before(known, kind, first)
    if row and told[row.id] and find(around.between(known, last, first), "^%.? *$") then
      return told[row.id]
    end
  end
  local ahead = sub(known.text, first > AHEAD and first - AHEAD or 1, first - 1)
  return of_kin[match(ahead, "([^%s%p]+),? $")]
end

return M
