--- Scripts, read and not run: what is wrong in them, what they use.
--
-- The verbs `check` and `inspect` ask it, in a state of its own; its `known` comes
-- from the program: `help`, the names that have help and their texts; `lazy`, the
-- names of globals that are made when they are touched; `header`, with `params`,
-- the names of parameters and their lines, and `needs`, the rights asked for and theirs.
-- @module lesdiplo.script
local editor = require "lesdiplo.script.editor"
local looks = require "lesdiplo.script.looks"
local meaning = require "lesdiplo.script.meaning"
local names = require "lesdiplo.script.names"
local parser = require "lesdiplo.script.parser"
local results = require "lesdiplo.script.results"
local shapes = require "lesdiplo.script.shapes"
local sort = table.sort
_ENV = nil
local M = {}

-- Lines whose remark says that they were looked at.
local function lines_left_alone (text)
  local alone, number = {}, 0
  for line in text:gmatch "([^\n]*)\n?" do
    number = number + 1
    if line:find("-- check: ok", 1, true) then alone[number] = true end
  end
  return alone
end

--- What is wrong in a script that compiles: an array of { line, message }, in the
-- order of their lines.
---@param text string
---@param known table
---@return table[]
function M.check (text, known)
  local tree = parser.parse(text)
  local alone, found, told = lines_left_alone(text), {}, {}
  local function say (line, message)
    local key = line .. message
    if alone[line] or told[key] then return end
    told[key] = true
    found[#found + 1] = { line, message, #found }
  end
  meaning.prepare(tree)
  names.check(tree, known, say)
  results.check(tree, known, say)
  shapes.check(tree, say)
  sort(found, function (a, b)
    if a[1] ~= b[1] then return a[1] < b[1] end
    return a[3] < b[3]
  end)
  return found
end

--- What a script that compiles uses, as text for a person.
---@param text string
---@param known table
---@return string
function M.inspect (text, known)
  local tree = parser.parse(text)
  meaning.prepare(tree)
  return looks.text(text, tree, known.help)
end

-- The files of init-editor.
M.definitions, M.luarc, M.luacheckrc = editor.definitions, editor.luarc, editor.luacheckrc

return M
