--- Whose word a Russian paper is, as its heading says: комментарий МИД России в связи с ...
-- Whoever is named there before what it is about says "we" in it.
-- @module lesdiplo.fact.russian.heading
local plain = require "lesdiplo.fact.plain"
local words = require "lesdiplo.fact.russian.words"
local concat = table.concat
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local LONGEST = 300      -- bytes of a heading

-- Does a text begin with the word for a paper, after an adjective or two?
local function is_paper (text)
  local count = 0
  for word in gmatch(text, "%S+") do
    count = count + 1
    if count > 3 then return false end
    local e = words.of(word)
    if e and e.paper then return true end
  end
  return false
end

-- Where what a paper is about begins: its first preposition, or what ends the heading.
local function topic (text)
  local at = find(text, "[.:\n]%s") or #text + 1
  for from, word in gmatch(text, "()(%S+)") do
    if from >= at then break end
    local e = words.of(word)
    if e and e.tie then return from end
  end
  return at
end

--- The ids of those who speak in a document by its title or its first line, tied by "+"; nil
-- where neither is the heading of a paper.
---@param st table
---@return string?
function M.speaker (st)
  for _, text in ipairs{ st.doc.title or "", match(sub(st.text, 1, LONGEST), "^%s*([^\n]*)") } do
    if is_paper(text) then
      local head = sub(text, 1, topic(text) - 1)
      local out, seen = {}, {}
      for _, m in ipairs(st.mentions) do
        if (m.kind == "country" or m.kind == "org" or m.kind == "person")
           and find(head, sub(st.text, m.first, m.last), 1, true) then
          for _, id in ipairs(plain.resolve(st, { people = {} }, m)) do
            if not seen[id] then out[#out + 1], seen[id] = id, true end
          end
        end
      end
      if #out > 0 then return concat(out, "+") end
    end
  end
end

return M
