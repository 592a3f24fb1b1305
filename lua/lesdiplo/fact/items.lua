--- A sentence as items: words, marks and mentions, each with the byte of its class.
--
-- fact/words.lua lists the classes. An item that is a mention (a country, an office, a
-- date) stands for all its words. A sentence is arrays over its items:
--
--   c  class      e  entry of words.lua, or the mention     m  mention, or false
--   taken  "V" or "N" where it is a verb, or a noun of an act, else false
--
-- each with four nils behind the last item (what stands behind those is of no meaning)
-- and n, how many; told, those that tell something as a noun, or may by a name, and tellers,
-- how many of them; text, that of the document; clauses (fact/clauses.lua).
-- @module lesdiplo.fact.items
local gmatch, sub = string.gmatch, string.sub
_ENV = nil
local M = {}

--- A set of classes, written as a string.
---@param text string
---@return table<string, boolean>
function M.classes (text)
  local out = {}
  for class in gmatch(text, ".") do out[class] = true end
  return out
end

-- Asking ----------------------------------------------------------------------------

--- The first and the last byte of an item in the document.
function M.bytes (s, i) return s.reader:bytes(i) end

--- The text of an item.
function M.text (s, i) return sub(s.text, s.reader:bytes(i)) end

--- The word of an item that is in the lists, in small letters; nil of any other.
function M.form (s, i)
  local e = s.e[i]
  return e and e.form
end

--- The word of any item, in small letters; of a mention its last one.
function M.word (s, i) return s.e[i].form or s.reader:word(i) end

return M
