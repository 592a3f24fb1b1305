--- Leaders and speakers whom everybody knows, from data/leaders.txt: which state they act for
-- and when, who a Russian surname alone means, in whatever case, and the id that one of them has
-- in every language.
-- @module lesdiplo.entity.leaders
local lexicon = require "lesdiplo.entity.lexicon"
local nominative = require "lesdiplo.entity.nominative"
local lore = require "lesdiplo.entity.traits"
local _, native = ...
local fold, root = native.tokens.fold, native.entities.root
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local match, sub = string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local SHORTEST = 6         -- bytes of a surname that tells somebody alone
local LETTER = 2           -- bytes of a Cyrillic one
local HAN = 3              -- and of a Chinese character

local is_cyrillic = lore.is_cyrillic

-- An id of a name.
local function made (name)
  return (gsub(gsub(fold(name), "[%s%p]+", "-"), "^%-*(.-)%-*$", "%1"))
end

-- Goes through the names of a cell, parted by commas.
local function names_of (cell) return gmatch(cell or "", "[^,%s][^,]*") end

-- Adds what the cells behind the dates tell of a row: names in Russian, in Chinese, in full.
local function add_names (row, cells)
  if #cells < 2 then return end
  local ru, zh, full = match(cells, "^; ([^;]*);? ?([^;]*);? ?(.*)$")
  row.ru, row.zh = ru ~= "" and ru or nil, zh ~= "" and zh or nil
  row.full = full ~= "" and full or find(row.name, " ", 1, true) and row.name or nil
end

-- The id of a row, of the first of its whole names; nil where none is known.
local function id_of (row)
  if not row.id and row.full then row.id = made(match(row.full, "^[^,]+")) end
  return row.id
end
M.id_of = id_of

local rows
--- All of them: array of {name, state, from, to, ru, zh, full}, an open end being "9999"; `zh`
-- and `full` are names parted by commas.
---@return table[]
function M.all ()
  if not rows then
    rows = {}
    for name, state, from, to, rest in gmatch(native.base.data "leaders.txt",
        "\n([^#;\n]+); (%w+); ([%d-]+); ?([%d-]*)([^\n]*)") do
      local row = { name = name, state = state, from = from, to = to ~= "" and to or "9999" }
      add_names(row, rest)
      rows[#rows + 1] = row
    end
  end
  return rows
end

local by_full              -- rows by whole names, folded

--- The id that a name in Latin letters has: a leader's own, or one made of it.
---@param name string
---@return string
function M.id (name)
  if not by_full then
    by_full = {}
    for _, row in ipairs(M.all()) do
      for full in names_of(row.full) do
        local key = fold(full)
        by_full[key] = by_full[key] or row
      end
    end
  end
  local row = by_full[fold(name)]
  return row and id_of(row) or made(name)
end

-- Was somebody in office at a time? A date counts as far as it tells.
local function is_in_force (row, day)
  return not day or day >= sub(row.from, 1, #day) and sub(day, 1, #row.to) <= row.to
end
M.is_in_force = is_in_force

-- By the root of the surname, those that have a Russian name.
local by_root
local function read ()
  by_root = {}
  for _, row in ipairs(M.all()) do
    if row.ru then
      row.given, row.surname = match(row.ru, "^(%S+)"), match(row.ru, "%S+$")
      local key = root(fold(row.surname))
      by_root[key] = by_root[key] or {}
      by_root[key][#by_root[key] + 1] = row
    end
  end
end

-- Is a word somebody's given name, in any case, or its initial?
local function is_given (row, word)
  if find(word, ".", 1, true) then return sub(word, 1, LETTER) == sub(row.given, 1, LETTER) end
  return root(fold(word)) == root(fold(row.given))
end

local LATIN_LEAST = 5      -- letters of a surname that tells somebody, unless nobody else has it

local sole = lexicon.list("people.txt", "person.leader.sole")
local women = lexicon.list("people.txt", "person.leader.woman")

--- Has nobody else a surname of whom texts speak by it alone?
---@param word string
---@return boolean
function M.is_sole (word) return sole[fold(word)] == true end

--- Of a surname by which texts speak of nobody else: "m" or "f"; nil of another.
---@param word string
---@return string?
function M.gender (word)
  return M.is_sole(word) and (women[fold(word)] and "f" or "m") or nil
end

-- By the surname, folded, those who have one in Latin letters.
local by_name
local function read_names ()
  by_name = {}
  for _, row in ipairs(M.all()) do
    if (#row.name >= LATIN_LEAST or M.is_sole(row.name)) and not find(row.name, " ", 1, true) then
      local key = fold(row.name)
      by_name[key] = by_name[key] or {}
      by_name[key][#by_name[key] + 1] = row
    end
  end
end

-- Those whose surname in Latin letters a word is, or false.
local rows_of = lexicon.remembered(function (word)
  if not by_name then read_names() end
  return by_name[fold(word)] or false
end)

--- The state for which somebody of a surname in Latin letters acts at a time; nil where that is
-- nobody who is known.
---@param word string
---@param day string?
---@return string? state
function M.state (word, day)
  local found = rows_of[word]
  for i = 1, found and #found or 0 do
    if is_in_force(found[i], day) then return found[i].state end
  end
end

-- Has somebody's time in office begun? Of whom nobody else has the surname texts speak by it
-- afterwards, too.
local function has_begun (row, day)
  return not day or day >= sub(row.from, 1, #day)
end

M.has_begun = has_begun

--- Who alone has a surname, in office at a time or before; nil where others have it.
---@param word string
---@param day string?
---@return table? row of all(), with a whole name
function M.sole (word, day)
  for _, row in ipairs(M.is_sole(word) and rows_of[word] or {}) do
    if row.full and has_begun(row, day) then return row end
  end
end

-- Is a row meant by the words of a Russian name, by a surname alone or with a given name, or its
-- initial?
local function is_called (row, words)
  return nominative.is_form(row.surname, words[#words])
         and (#words == 1 and #row.surname >= SHORTEST or #words > 1 and is_given(row, words[1]))
end

-- Those of a Russian surname, by its root.
local function rows_of_root (word)
  if not find(word, is_cyrillic) then return {} end
  if not by_root then read() end
  return by_root[root(fold(word))] or {}
end

--- Who is meant by the words of a Russian name, or by a surname alone, at a time; nil where it is
-- nobody who is known.
---@param words string[]
---@param day string?
---@return table? row of all()
function M.of (words, day)
  for _, row in ipairs(rows_of_root(words[#words])) do
    if is_called(row, words)
       and (is_in_force(row, day) or M.is_sole(row.name) and has_begun(row, day)) then
      return row
    end
  end
end

--- The id of whom the words of a Russian name mean, with a given name at any time.
---@param words string[]
---@param day string?
---@return string? id
function M.russian_id (words, day)
  local whole = #words > 1 and not find(words[1], ".", 1, true)
  for _, row in ipairs(rows_of_root(words[#words])) do
    if row.full and is_called(row, words) and (whole or is_in_force(row, day)) then
      return id_of(row)
    end
  end
end

-- By the name in Chinese, in simplified characters and without dots of any kind but one; and by
-- what stands behind the last dot, those who have a given name before it.
local by_han, by_family

local function read_han ()
  by_han, by_family = {}, {}
  local function add (list, name, row)
    local key = fold(name)
    list[key] = list[key] or {}
    list[key][#list[key] + 1] = row
  end
  for _, row in ipairs(M.all()) do
    local spelled = row.zh and find(row.zh, "·", 1, true)
    for name in names_of(row.full and row.zh) do
      local family = match(name, "^.*·(.+)$")
      if family then add(by_family, family, row) end
      add((family or not spelled) and by_han or by_family, name, row)
    end
  end
end

-- Bytes of a Chinese name that no text has by chance, three characters; lists tell shorter ones.
local HAN_LEAST = 9
local short_ones = lexicon.list("people.txt", "person.zh.sole")

local alone                -- array of {name, row}
--- Names in Chinese, surnames or whole ones, that nobody else has, and whose they are.
---@return table[] array of {name, row of all()}
function M.han_alone ()
  if alone then return alone end
  alone = {}
  for _, row in ipairs(M.all()) do
    local known = row.full and (M.is_sole(row.name) or find(row.name, " ", 1, true))
    for name in names_of(known and row.zh) do
      local long = #name >= HAN_LEAST and not find(name, "·", 1, true)
      if long or short_ones[fold(name)] then alone[#alone + 1] = { name, row } end
    end
  end
  return alone
end

-- Has a row a whole name in Chinese whose given name begins as another one does?
local function begins_alike (row, name)
  for own in names_of(row.zh) do
    if find(own, "·", 1, true) and sub(fold(own), 1, HAN) == sub(fold(name), 1, HAN) then
      return true
    end
  end
  return false
end

-- Is a row meant by a Chinese surname, where an office of a state is told beside it or none? If
-- others have it, the office has to be of the same state, and the time that of the row.
local function is_meant (row, state, day)
  if M.is_sole(row.name) then return has_begun(row, day) end
  return state == row.state and is_in_force(row, day)
end

--- The id of whom a Chinese name means: a whole one at any time, a surname alone where nobody
-- else has it or the office is of the same state. No office is another state's.
---@param name string with "·" between its parts
---@param state string? whose office is told beside it
---@param day string?
---@return string? id
function M.han_id (name, state, day)
  if not by_han then read_han() end
  for _, row in ipairs(by_han[fold(name)] or {}) do
    if not state or state == row.state then return id_of(row) end
  end
  local family = match(name, "^.*·(.+)$")
  for _, row in ipairs(by_family[fold(family or name)] or {}) do
    if (not state or state == row.state)
       and (family and begins_alike(row, name) or not family and is_meant(row, state, day)) then
      return id_of(row)
    end
  end
end

return M
