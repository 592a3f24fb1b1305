--- One-character states before 方: 中方, 俄方, 莱方.
--
-- Several states share a character: the one that the document names is meant, else the
-- one that the table has first.
-- @module lesdiplo.fact.han.short
local plain = require "lesdiplo.fact.plain.parties"
local _, native = ...
local facts = native.entities.facts
local char_pattern = utf8.charpattern
local find, gmatch, sub = string.find, string.gmatch, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local shorts

-- Character to states, in the order of the table.
local function read ()
  shorts = {}
  for _, fact in ipairs(facts "zh_short") do
    for c in gmatch(fact[3], char_pattern) do
      if find(c, "^[\xE3-\xE9]") then
        shorts[c] = shorts[c] or {}
        shorts[c][#shorts[c] + 1] = fact[1]
      end
    end
  end
end

local first_of = { ["中"] = "CHN", ["俄"] = "RUS", ["美"] = "USA", ["法"] = "FRA", ["英"] =
                   "GBR", ["日"] = "JPN",
                   ["印"] = "IND", ["南"] = "ZAF", ["巴"] = "PAK", ["苏"] = "SUN", ["乌"] =
                       "UKR", ["伊"] = "IRN" }

local function meant (st, c)
  if not shorts then read() end
  st.sides = st.sides or {}
  if st.sides[c] == nil then
    st.sides[c] = first_of[c] or shorts[c] and shorts[c][1] or false
    local named = plain.names(st)
    for _, id in ipairs(shorts[c] or {}) do
      if named[id] then
        st.sides[c] = id
        break
      end
    end
  end
  return st.sides[c] or nil
end

--- The state that a character stands for in a document, or nil.
M.meant = meant

--- The state that 方 at a byte means by the character before it, or that 中方 means.
---@param st table with simple, the text
---@param word string 方 or 中方
---@param first integer
---@return string? id
function M.side (st, word, first)
  return meant(st, word == "中方" and "中" or sub(st.simple, first - 3, first - 1))
end

return M
