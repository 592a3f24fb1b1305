--- Where phrases stand in a text, found in one pass over its bytes.
--
-- What a grammar reads with care begins, in most texts, at few places. A finder tells them all,
-- and costs little more than going through the text once, however many phrases it knows:
--
--     local find = places.finder{ "percent", "per cent", "%" }
--     for i, at in ipairs(find "6 per cent, or 7%") do ... end
-- @module lesdiplo.grammar.places
local atoms = require "lesdiplo.grammar.atoms"
local _, native = ...
local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

-- A phrase with its first letter as a capital, and all in capitals.
local function capitals (phrase)
  local head = match(phrase, "^[%z\1-\127\192-\255][\128-\191]*")
  return atoms.large(head) .. sub(phrase, #head + 1), atoms.large(phrase)
end

--- A function that finds phrases in a text: an array of the first and the last byte of each, in
-- order, none inside another. Of those that begin alike the longest counts. A phrase begins and
-- ends at word ends, save signs and Chinese characters, which stand anywhere; a star behind one:
-- its last word may go on. A space is any white space, an apostrophe of either kind.
--     > places.finder{ "per cent", "cent" } "6 Per cent"
--     3 10
--
-- Asked for all, the function gives of each phrase its number, too, and the word that stands
-- before it, false where none does.
---@param phrases string[]
---@param exact? boolean capitals count
---@return function find of a text, and whether all is asked for
---@return string[] known the phrases by their numbers
function M.finder (phrases, exact)
  local all, known = {}, {}
  local function put (written, phrase)
    all[#all + 1], known[#all + 1] = written, phrase
  end
  for _, phrase in ipairs(phrases) do
    put(phrase, phrase)
    if not exact and find(phrase, "[\xC3-\xDF]") then      -- others are folded while they are met
      local first, whole = capitals(phrase)
      put(first, phrase)
      put(whole, phrase)
    end
    if find(phrase, "'", 1, true) then put(gsub(phrase, "'", "\u{2019}"), phrase) end
  end
  return native.base.places(all, not exact), known
end

return M
