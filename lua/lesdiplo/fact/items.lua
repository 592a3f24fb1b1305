--- A sentence as items: words, marks and mentions, each with the byte of its class.
--
-- fact/words.lua lists the classes. An item that is a mention (a country, an office, a
-- date) stands for all its words. A sentence is arrays over its items:
--
--   c  class      e  entry of words.lua, or the mention     m  mention, or false
--   a, b  first and last byte in the document                w  the word in small letters,
--                                                               false where not asked yet
--
-- and n, how many; text and first, where it begins; clauses and taken (fact/clauses.lua).
-- @module lesdiplo.fact.items
local lpeg = require "lpeg"
local words = require "lesdiplo.fact.words"
local C, Ct, Cp, P, R, S = lpeg.C, lpeg.Ct, lpeg.Cp, lpeg.P, lpeg.R, lpeg.S
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

local ascii, tail = R("az", "AZ", "09"), R"\x80\xBF"
local letter = ascii^1 + R"\xC3\xDF" * tail + (R"\xE0\xF4" - P"\xE2\x80") * tail^1
local apostrophe = P"'" + "’"
local letters = letter^1
local word = letters * ((P"-" + "‑" + apostrophe * -(S"sS" * -letter)) * letters)^0
local genitive = apostrophe * (S"sS" * -letter)^-1
local quote = P'"' + "“" + "”"
local mark = P"--" + "–" + "—" + S",;:()-"

-- Positions and entries of the words up to the end of a text: first, entry, behind ...
local function lexer (entries)
  local one = Cp() * (C(word) / entries) * Cp()
              + Cp() * (C(genitive + mark) / entries) * Cp()
              + Cp() * (quote / '"' / entries) * Cp()
  return Ct((one + 1)^0)
end

local lex, entries

--- A sentence without items, to be filled again and again.
---@return table
function M.blank () return { n = 0, c = {}, e = {}, m = {}, a = {}, b = {}, w = {} } end

-- Forgets the items behind the last one.
local function shorten (s, n)
  local c, e, m, a, b = s.c, s.e, s.m, s.a, s.b
  for i = n + 1, s.n do c[i], e[i], m[i], a[i], b[i] = nil, nil, nil, nil, nil end
  s.n = n
end

--- Reads a text into a sentence, in place of what stood there. Returns whether it can
-- tell anything: names somebody, or has a word that tells an act or a stance.
---@param s table of M.blank
---@param text string of the sentence
---@param first integer its first byte in the document
---@param mentions table[] with first, last, class; sorted, none inside another
---@param from integer index of the first mention that may stand in it
---@return boolean
function M.fill (s, text, first, mentions, from)
  local now = words.entries()
  if entries ~= now then lex, entries = lexer(now), now end
  local list = lex:match(text)
  local c, e, m, a, b, w, n = s.c, s.e, s.m, s.a, s.b, s.w, 0
  local at, mention, last, tells = from, mentions[from], 0, false
  for i = 1, #list, 3 do
    local begin = first + list[i] - 1
    if begin > last then                       -- not inside the mention before
      while mention and mention.last < begin do
        at = at + 1
        mention = mentions[at]
      end
      if n == ITEMS_MOST then break end
      n = n + 1
      if mention and mention.first <= begin then
        last = mention.last
        tells = tells or mention.class ~= "T" and mention.class ~= "L"
        c[n], e[n], m[n], a[n], b[n] = mention.class, mention, mention, mention.first, last
        w[n] = false
      else
        local entry = list[i + 1]
        tells = tells or entry.tells
        c[n], e[n], m[n], a[n], b[n] = entry.c, entry, false, begin, first + list[i + 2] - 2
        w[n] = entry.form or false
      end
    end
  end
  shorten(s, n)
  s.text, s.first, s.running = text, first, nil
  return tells
end

-- Asking ----------------------------------------------------------------------------

--- The text of an item.
function M.text (s, i) return sub(s.text, s.a[i] - s.first + 1, s.b[i] - s.first + 1) end

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
  if i == 1 or not find(s.text, "^%u", s.a[i] - s.first + 1) then return false end
  if s.running == nil then s.running = find(s.text, " %l%l%l%l%l") ~= nil end
  return s.running
end

return M
