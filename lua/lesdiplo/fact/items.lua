--- A sentence as items: words, marks and mentions, each with the byte of its class.
--
-- fact/words.lua lists the classes. An item that is a mention (a country, an office, a
-- date) stands for all its words. A sentence is arrays over its items:
--
--   c  class      e  entry of words.lua, or the mention     m  mention, or false
--   a, b  first and last byte in the document                w  the word in small letters,
--                                                               false where not asked yet
--
-- and n, how many; text, that of the document, and first and last, where the sentence
-- stands in it; clauses and taken (fact/clauses.lua).
-- @module lesdiplo.fact.items
local words = require "lesdiplo.fact.words"
local _, native = ...
local lex = native.base.words
local find, gmatch, lower, match, sub = string.find, string.gmatch, string.lower, string.match,
                                        string.sub
_ENV = nil
local M = {}

local ITEMS_MOST = 400        -- of a sentence: a longer one is a list or a table

--- A set of classes, written as a string.
---@param text string
---@return table<string, boolean>
function M.classes (text)
  local out = {}
  for class in gmatch(text, ".") do out[class] = true end
  return out
end

-- Reading ---------------------------------------------------------------------------

--- A sentence without items, to be filled again and again.
---@return table
function M.blank () return { n = 0, c = {}, e = {}, m = {}, a = {}, b = {}, w = {} } end

-- Forgets the items behind the last one.
local function shorten (s, n)
  local c, e, m, a, b = s.c, s.e, s.m, s.a, s.b
  for i = n + 1, s.n do c[i], e[i], m[i], a[i], b[i] = nil, nil, nil, nil, nil end
  s.n = n
end

--- Reads a sentence of a document in place of what stood there. Returns whether it can
-- tell anything; s.tells has what, as bits of words.lua.
---@param s table of M.blank
---@param st table state of the document: text, mentions, places (first, last, first ...)
---@param first integer byte of the sentence
---@param last integer
---@param from integer index of the first mention that may stand in it
---@return boolean
function M.fill (s, st, first, last, from)
  local c, e, m, w, tells = s.c, s.e, s.m, s.w, 0
  local n = lex(s.a, s.b, e, st.text, first, last, words.entries(), st.places, st.mentions,
                from, ITEMS_MOST)
  for i = 1, n do
    local one = e[i]
    c[i], m[i], w[i] = one.c, one.kind and one or false, one.form or false
    tells = tells | one.tells
  end
  shorten(s, n)
  s.text, s.first, s.last, s.running, s.tells = st.text, first, last, nil, tells
  return tells ~= 0
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
    if s.m[i] then w = match(w, "(%S+)$") or w end
    s.w[i] = w
  end
  return w
end

--- The item before another, adverbs and quotation marks apart; 0 where there is none.
function M.before (s, i)
  local c = s.c
  i = i - 1
  while i >= 1 and (c[i] == "W" or c[i] == '"') do i = i - 1 end
  return i
end

--- Has a word a capital where others have none: the Minister for EU Funds?
function M.is_named (s, i)
  if i == 1 or not find(s.text, "^%u", s.a[i]) then return false end
  if s.running == nil then
    s.running = find(sub(s.text, s.first, s.last), " %l%l%l%l%l") ~= nil
  end
  return s.running
end

return M
