--- People who are named again without an office: 王毅 behind 外交部长王毅, 普京 behind
-- 弗拉基米尔·普京. The layer person has those beside whom their office stands.
-- @module lesdiplo.fact.han.names
local words = require "lesdiplo.fact.han.words"
local lpeg = require "lpeg"
local find, match, sub = string.find, string.match, string.sub
local C, Cp, Ct = lpeg.C, lpeg.Cp, lpeg.Ct
local ipairs, next = ipairs, next
_ENV = nil
local M = {}

local SHORT = 6          -- bytes of a name that may stand alone

-- The names of a document's people, in simplified characters: text to mention.
local function known (st)
  local out = {}
  for _, m in ipairs(st.mentions) do
    local name = m.kind == "person" and m.row.name and words.simple(m.row.name)
    if name and find(name, "^[\xE3-\xE9]") then
      if #name >= SHORT then out[name] = out[name] or m end
      local last = match(name, "·([^·]+)$")
      if last and #last >= SHORT then out[last] = out[last] or m end
    end
  end
  return out
end

--- Mentions of people by their names alone; some of them are inside others.
---@param st table with mentions and simple, the text
---@return table[]
function M.again (st)
  local names, out = known(st), {}
  if not next(names) then return out end
  local one = words.choice(names)
  local list = Ct((Cp() * C(one) + 1)^0):match(st.simple)
  for i = 1, #list, 2 do
    local m, first = names[list[i + 1]], list[i]
    if sub(st.simple, first - 2, first - 1) ~= "·" then
      out[#out + 1] = { kind = "person", c = "A", first = first, last =
          first + #list[i + 1] - 1,
                        id = m.id, row = m.row, again = true }
    end
  end
  return out
end

return M
