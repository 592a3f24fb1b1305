--- Somebody whom no table knows, kept as text: by a capital that a document's other words tell.
-- @module lesdiplo.fact.unlisted
local ids = require "lesdiplo.fact.ids"
local items = require "lesdiplo.fact.items"
local find, lower = string.find, string.lower
_ENV = nil
local M = {}

local NAMES_MOST = 100   -- words of a document that are looked for

-- Does a text have a word behind what ends with one of some characters and a blank?
local function has_behind (text, word, before)
  local at, stop = find(text, " " .. word, 1, true)
  while at do
    local ends = not find(text, "^[%l\x80-\xFF]", stop + 1)
    if ends and find(text, before, at - 1) then return true end
    at, stop = find(text, " " .. word, stop, true)
  end
  return false
end

-- Is a word with a capital a name: a document never has it in small letters, and, `first` in a
-- sentence, has it with its capital inside of one? Of a document so many are looked for.
local function is_name (st, word, first)
  local names = st.unlisted
  if names[word] == nil then
    if names.count == NAMES_MOST then return false end
    names.count = names.count + 1
    names[word] = not has_behind(st.text, lower(word), "^.")
  end
  if not names[word] or not first then return names[word] end
  local inside = names[" " .. word]
  if inside == nil then
    inside = has_behind(st.text, word, "^[%l,;]")
    names[" " .. word] = inside
  end
  return inside
end

local behind_break = items.classes ",;&SrTW\""

--- What is remembered of a document's words.
---@return table
function M.new () return { count = 0 } end

--- The one word that is all of a clause's subject, if it is a name: its parties, or nil.
---@param st table state of the document: text, unlisted
---@param s table sentence
---@param clause table
---@return table? ids
function M.subject (st, s, clause)
  local i = s.tells ~= 0 and clause.finite and not clause.head and clause.group - 1
  if not i or i < clause.first or (s.c[i] ~= "x" and s.c[i] ~= "X") then return nil end
  if i > clause.first and not behind_break[s.c[i - 1]] then return nil end
  local word = items.text(s, i)
  if not find(word, "^%u[%l\x80-\xFF]+$") or not is_name(st, word, i == 1) then return nil end
  return ids.of(lower(word))
end

return M
