--- Leaders and speakers whom everybody knows, from data/leaders.txt: which state they act for
-- and when, and who a Russian surname alone means, in whatever case.
-- @module lesdiplo.entity.leaders
local lexicon = require "lesdiplo.entity.lexicon"
local nominative = require "lesdiplo.entity.nominative"
local lore = require "lesdiplo.entity.traits"
local _, native = ...
local fold, root = native.tokens.fold, native.entities.root
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local SHORTEST = 6         -- bytes of a surname that tells somebody alone
local LETTER = 2           -- bytes of a Cyrillic one

local is_cyrillic = lore.is_cyrillic

local rows
--- All of them: array of {name, state, from, to, ru}, an open end being "9999".
---@return table[]
function M.all ()
  if not rows then
    rows = {}
    for name, state, from, to, rest in gmatch(native.base.data "leaders.txt",
        "\n([^#;\n]+); (%w+); ([%d-]+); ?([%d-]*)([^\n]*)") do
      rows[#rows + 1] = { name = name, state = state, from = from, to = to ~= "" and to or "9999",
                          ru = match(rest, "^; (.+)$") }
    end
  end
  return rows
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

-- By the surname, folded, those who have one in Latin letters.
local by_name
local LATIN_LEAST = 5      -- letters of one that tells somebody alone, unless nobody else has it

local sole = lexicon.list("people.txt", "person.leader.sole")

--- Has nobody else a surname of whom texts speak by it alone?
---@param word string
---@return boolean
function M.is_sole (word) return sole[fold(word)] == true end

--- The state for which somebody of a surname in Latin letters acts at a time; nil where that is
-- nobody who is known.
---@param word string
---@param day string?
---@return string? state
function M.state (word, day)
  if not by_name then
    by_name = {}
    for _, row in ipairs(M.all()) do
      if (#row.name >= LATIN_LEAST or M.is_sole(row.name)) and not find(row.name, " ", 1, true) then
        local key = fold(row.name)
        by_name[key] = by_name[key] or {}
        by_name[key][#by_name[key] + 1] = row
      end
    end
  end
  for _, row in ipairs(by_name[fold(word)] or {}) do
    if is_in_force(row, day) then return row.state end
  end
end

--- Who is meant by the words of a Russian name, or by a surname alone, at a time; nil where it is
-- nobody who is known.
---@param words string[]
---@param day string?
---@return table? row of all()
function M.of (words, day)
  local last = words[#words]
  if not find(last, is_cyrillic) then return nil end
  if not by_root then read() end
  for _, row in ipairs(by_root[root(fold(last))] or {}) do
    if nominative.is_form(row.surname, last)
       and (#words == 1 and #row.surname >= SHORTEST or #words > 1 and is_given(row, words[1]))
       and is_in_force(row, day) then
      return row
    end
  end
end

return M
