--- Runs of words with a capital: what names of people and bodies are cut out of.
-- @module lesdiplo.entity.runs
local lexicon = require "lesdiplo.entity.lexicon"
local q = require "lesdiplo.query.pattern"
local util = require "lesdiplo.util"
local find, gsub, rep, sub = string.find, string.gsub, string.rep, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local dash = q.form "-" + q.form "‑" + q.form "–"
local capital = q.shape "title" + q.shape "mixed" + q.shape "upper"
local initial = q.shape "initial" * q.form "."
local dotted = q.shape "dotted"
local word = initial + (capital + dotted + q.shape "initial") * (dash * (capital + dotted))^0

-- Small words inside names, of people and of bodies.
local particles = {}
for particle in util.sorted(lexicon.list("people.txt", "person.particle")) do
  if not find(particle, "[%s%p]") then particles[#particles + 1] = particle end
end
local joints = { "of", "for", "on", "and", "the", "in", "to", "with", "de", "des", "du", "la", "le",
  "les", "pour", "et", "по", "и" }

local function joined (words)
  local small = q.form(words[1])
  for i = 2, #words do small = small + q.form(words[i]) end
  return word * (word + small^-3 * (q.form "'s")^-1 * word)^0
end

--- A run that may be a person's name.
M.person = joined(particles)
--- A run that may be a body's name.
M.body = joined(joints)

--- The text of a span with each white space made as many blanks as it has bytes.
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

--- The words of a run: text, and first and last byte in the document.
---@param text string made plain
---@param first integer of the run
---@return table[]
function M.words (text, first)
  local out, at = {}, 1
  while true do
    local a, b = find(text, "[^ ]+", at)
    if not a then return out end
    out[#out + 1] = { text = sub(text, a, b), first = first + a - 1, last = first + b - 1 }
    at = b + 1
  end
end

--- Walks over sorted stretches in step with growing positions: a function that
-- gives the index of the first one that ends at or behind a place.
---@param positions integer[] first, last, first, last ...
---@return function seek
function M.walker (positions)
  local i, n = 1, #positions // 2
  return function (first)
    while i > 1 and positions[2 * i - 2] >= first do i = i - 1 end
    while i <= n and positions[2 * i] < first do i = i + 1 end
    return i
  end
end

--- Puts several lists of stretches into one, list after list.
---@param lists table[] each of positions and rows
---@return table[] array of {first, last, row, number of its list}
function M.merge (lists)
  local all = {}
  for number, list in ipairs(lists) do
    local positions, rows = list[1], list[2]
    for i = 1, #rows do
      all[#all + 1] = { positions[2 * i - 1], positions[2 * i], rows[i], number }
    end
  end
  return all
end

return M
