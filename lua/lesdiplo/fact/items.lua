--- A sentence as items: words, marks and mentions, each with the byte of its class.
--
-- fact/words.lua lists the classes. An item that is a mention (a country, an office, a
-- date) stands for all its words. A sentence is arrays over its items:
--
--   c  class      e  entry of words.lua, or the mention     m  mention, or false
--   a, b  first and last byte in the document                w  the word in small letters,
--   taken  "V" or "N" where it is a verb, or a                  of a mention false where
--          noun of an act, else false                           not asked yet
--
-- and n, how many; told, those that may tell something as a noun or a name, and tellers,
-- how many of them; text, that of the document; clauses (fact/clauses.lua).
-- @module lesdiplo.fact.items
local gmatch, lower, match, sub = string.gmatch, string.lower, string.match, string.sub
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

--- The text of an item.
function M.text (s, i) return sub(s.text, s.a[i], s.b[i]) end

--- The word of an item that is in the lists, in small letters; nil of any other.
function M.form (s, i) return s.e[i] and s.e[i].form end

--- The word of any item, in small letters; of a mention its last one.
function M.word (s, i)
  local w = s.w[i]
  if not w then
    w = lower(M.text(s, i))
    w = match(w, "(%S+)$") or w
    s.w[i] = w
  end
  return w
end

return M
