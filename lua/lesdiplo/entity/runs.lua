--- Runs of words with a capital, which names of people and bodies are cut out of, and
-- stretches of a text.
--
-- Stretches are an array of positions, first, last, first, last ..., sorted, with an
-- array of rows beside it.
-- @module lesdiplo.entity.runs
local lexicon = require "lesdiplo.entity.lexicon"
local _, native = ...
local find, gsub, rep = string.find, string.gsub, string.rep
local pairs = pairs
_ENV = nil
local M = {}

-- Runs -------------------------------------------------------------------------------

-- Small words inside names, of people and of bodies.
local particles = {}
for particle in pairs(lexicon.list("people.txt", "person.particle")) do
  if not find(particle, "[%s%p]") then particles[#particles + 1] = particle end
end
local joints = { "of", "for", "on", "and", "the", "in", "to", "with", "de", "des", "du", "la", "le",
  "les", "pour", "et", "по", "и" }

local empty = {}
for word in pairs(lexicon.list("people.txt", "person.not")) do empty[#empty + 1] = word end

--- The runs of a document that may be people's names: the first and last byte of each
-- word, and the number of words of each run. Of each word, too, whether a stretch of
-- some lists holds it; what is one word, and held, is left out.
---@type fun(doc: Doc, lists: integer[][]): integer[], integer[], boolean[]
M.people = native.entities.runs(particles, empty, 1)
--- Those that may be names of bodies: they have two words or more.
---@type fun(doc: Doc): integer[], integer[]
M.bodies = native.entities.runs(joints, {}, 2)

--- A text with each white space made as many blanks as it has bytes.
---@param text string
---@return string
function M.plain (text)
  if find(text, "[\n\t\xC2\xE2]") then
    text = gsub(text, "[\r\n\t]", " ")
    text = gsub(text, "\u{A0}", "  ")
    text = gsub(text, "\u{202F}", function (c) return rep(" ", #c) end)
  end
  return text
end

-- Stretches --------------------------------------------------------------------------

--- Walks over sorted stretches in step with growing positions: a function that
-- gives the index of the first one that ends at or behind a place.
---@param positions integer[]
---@return function seek
function M.walker (positions)
  local i, n = 1, #positions // 2
  return function (first)
    while i > 1 and positions[2 * i - 2] >= first do i = i - 1 end
    while i <= n and positions[2 * i] < first do i = i + 1 end
    return i
  end
end

--- A function: does some stretch hold all of another?
---@param positions integer[]
---@return function covers (first, last)
function M.cover (positions)
  local seek = M.walker(positions)
  return function (first, last)
    local i = seek(first)
    local a, b = positions[2 * i - 1], positions[2 * i]
    return a ~= nil and a <= first and last <= b
  end
end

--- Several lists of stretches in one, those that begin together the longest first; of
-- what is the same stretch that of the list named first.
---@param lists table[] each of positions and rows, sorted
---@return integer[] positions
---@return table[] rows
function M.joined (lists)
  local positions, rows, n, next_of = {}, {}, 0, {}
  for k = 1, #lists do next_of[k] = 1 end
  local a, b
  while true do
    local best, first, last
    for k = 1, #lists do
      local list, i = lists[k][1], next_of[k]
      local x, y = list[2 * i - 1], list[2 * i]
      if x and (not best or x < first or x == first and y > last) then
        best, first, last = k, x, y
      end
    end
    if not best then return positions, rows end
    if first ~= a or last ~= b then
      n, a, b = n + 1, first, last
      positions[2 * n - 1], positions[2 * n], rows[n] = a, b, lists[best][2][next_of[best]]
    end
    next_of[best] = next_of[best] + 1
  end
end

return M
