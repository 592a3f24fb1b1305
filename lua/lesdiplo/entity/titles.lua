--- The titles of a document: words for an office, and forms of address, that may stand with a
-- name. Some are names as well, which what stands around them tells: Julie Bishop, Senator
-- King, Dean Acheson. The words are in data/people.txt.
-- @module lesdiplo.entity.titles
local lexicon = require "lesdiplo.entity.lexicon"
local lore = require "lesdiplo.entity.traits"
local stretches = require "lesdiplo.entity.stretches"
local _, native = ...
local entity, facts = native.entities.entity, native.entities.facts
local grown = native.entities.grown
local fold = native.tokens.fold
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local BACK = 40           -- bytes before a word in which the two before it stand

local given = lexicon.list("people.txt", "person.given.office")
local surnames = lexicon.list("people.txt", "person.surname.office")
local is, GIVEN, INITIAL = lore.is, lore.GIVEN, lore.INITIAL

-- Ranks in which somebody is whatever office is held; and those besides that are no offices.
local borne = { royal = true, officer = true, academic = true }
local no_office = { royal = true, officer = true, academic = true, religious = true }

-- Of each role its rank; that of former, acting is a modifier.
local ranks, read_at
local function rank_of (role)
  if read_at ~= grown() then
    ranks, read_at = {}, grown()
    for _, fact in ipairs(facts "rank") do ranks[fact[1]] = fact[3] end
  end
  return ranks[role]
end

--- Is a role a rank, and no office: a prince, a general?
---@param role string
---@return boolean
function M.is_rank (role) return borne[rank_of(role)] == true end

--- Is it an office, which tells more of somebody than a rank does?
---@param role string
---@return boolean
function M.is_office (role) return not no_office[rank_of(role)] end

-- Titles of one word in the plural that no table has: Senators.
local plurals, plurals_at
local function read_plurals ()
  plurals, plurals_at = {}, grown()
  for _, fact in ipairs(facts "title") do
    local role = entity(fact[1])
    for _, name in ipairs(role and role.names or {}) do
      local word = name.lang == "en" and match(name.text, "^%u%l+$")
      if word then plurals[word .. "s"] = true end
    end
  end
end

--- Is a word with a capital a title in the plural?
---@param word string
---@return boolean
function M.is_plural (word)
  if plurals_at ~= grown() then read_plurals() end
  return plurals[word] == true
end

-- What makes another thing of an office in Chinese: 大使馆 is a house.
local houses = {}
for c in gmatch("馆 館 府 处 處 室 级 級 职 職 团 團", "%S+") do houses[c] = true end

local function is_of_house (text, first, last)
  return find(text, "^[\xE4-\xE9]", first) ~= nil and houses[sub(text, last + 1, last + 3)]
end

-- Articles and the like before a word: who has one holds an office.
local definite = {}
for word in gmatch("the a an this that his her their our its my your of", "%l+") do
  definite[word] = true
end

-- The word before a byte, and that before it; what is not a blank or a point parts them.
local function words_before (text, first)
  local before = sub(text, first > BACK and first - BACK or 1, first - 1)
  local word = match(before, "([%a\x80-\xFF'-]+%.?) $")
  return word, word and match(before, "([%a\x80-\xFF'-]+%.?) [^ ]+ $")
end

-- Is a title, bytes first to last, a surname: behind a given name, a form of address or another
-- office? No name stands behind it, nor whose it is. `titled`: a title ends right before it.
local function is_surname (text, first, last, titled)
  if find(text, "^ of%f[%A]", last + 1) or find(text, "^ %u%l", last + 1)
     and not find(text, "^ [JS]r%f[%A]", last + 1) then
    return false
  end
  local word, before = words_before(text, first)
  if titled or not word then return titled end
  return is(word, GIVEN) or before ~= nil and is(before, GIVEN) and find(word, "^%u") ~= nil
         or is(word, INITIAL) and before ~= nil and is(before, GIVEN)
end

-- Is one a given name: a name stands behind it, and no article before?
local function is_given (text, first, last)
  if not find(text, "^ %u%l", last + 1) then return false end
  local word = words_before(text, first)
  return not (word and definite[word])
end

-- May a surname's title stand alone for somebody who was named: Bishop said, but not the King?
local function is_bare (text, first, last)
  if find(text, "^ of%f[%A]", last + 1) or find(text, "^ %u%l", last + 1) then return false end
  local word = words_before(text, first)
  return not (word and (definite[fold(word)] or find(word, "^%u[^.]*$")))
end

-- Does one of some stretches, the one before number k, end right before a byte: Senator King,
-- Mr. King?
local function ends_before (positions, k, text, first)
  local last = positions[2 * k - 2]
  return last ~= nil and (last == first - 2 or last == first - 3
                                               and sub(text, last + 1, first - 1) == ". ")
end

-- Which roles of a document are names: by number true; nil where none is. `forms` are forms of
-- address, which may stand before them.
local function names_of (text, positions, forms)
  local out, named
  local seek = stretches.walker(forms)
  local function is_name (i, first, last)
    local word = find(text, "^%u%l+%f[%A]", first) and fold(sub(text, first, last))
    if not word then return false end
    if surnames[word] and is_surname(text, first, last, ends_before(positions, i, text, first)
                                     or ends_before(forms, seek(first), text, first)) then
      named = named or {}
      named[word] = true
      return true
    end
    return given[word] ~= nil and is_given(text, first, last)
  end
  for i = 1, #positions // 2 do
    if is_name(i, positions[2 * i - 1], positions[2 * i]) then
      out = out or {}
      out[i] = true
    end
  end
  for i = 1, named and #positions // 2 or 0 do
    local first, last = positions[2 * i - 1], positions[2 * i]
    if named[fold(sub(text, first, last))] and is_bare(text, first, last) then out[i] = true end
  end
  return out
end

--- The roles that a person can have. One letter is an initial, not a judge.
---@param doc Doc
---@param positions integer[] of all roles
---@param rows table[]
---@param forms integer[] the forms of address
---@return integer[] positions
---@return table[] rows
function M.roles (doc, positions, rows, forms)
  local kept, kept_rows = stretches.room(#rows)
  local text, n = doc.text, 0
  local names = names_of(text, positions, forms)
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    if last - first > 1 and rank_of(row.id) ~= "modifier" and not is_of_house(text, first, last)
       and not (names and names[i]) then
      n = n + 1
      kept[2 * n - 1], kept[2 * n], kept_rows[n] = first, last, row
    end
  end
  return kept, kept_rows
end

--- The forms of address, without those that are given names in English: Don Holm.
---@param doc Doc
---@param positions integer[]
---@param rows table[]
---@param names integer[] of the table, less than none where they are doubtful
---@return integer[] positions
---@return table[] rows
---@return integer[] names
function M.forms (doc, positions, rows, names)
  if doc.lang ~= "en" then return positions, rows, names end
  local kept, kept_rows = stretches.room(#rows)
  local kept_names = {}
  local text, n = doc.text, 0
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    if not (given[fold(sub(text, first, last))] and is_given(text, first, last)) then
      n = n + 1
      kept[2 * n - 1], kept[2 * n], kept_rows[n], kept_names[n] = first, last, row, names[i]
    end
  end
  return kept, kept_rows, kept_names
end

return M
