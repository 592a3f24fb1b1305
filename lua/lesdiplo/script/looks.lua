--- What a script uses, for somebody who was given it: names of our library, globals,
-- text that is hard to read.
-- @module lesdiplo.script.looks
local meaning = require "lesdiplo.script.meaning"
local names = require "lesdiplo.script.names"
local parser = require "lesdiplo.script.parser"
local util = require "lesdiplo.util"
local concat, format, ipairs = table.concat, string.format, ipairs
_ENV = nil
local M = {}

-- Bytes of a string, and of a line, that a reader would not look through.
local LONG_STRING, LONG_LINE, ENCODED = 2000, 500, 120

-- Strings stand in a script as text; what has the look of packed bytes is none.
local function looks_encoded (text)
  if #text < ENCODED then return false end
  local _, controls = text:gsub("[%z\1-\8\14-\31\127]", "")
  return controls * 20 > #text or not text:find "[%s%p]"
         or not text:find "[^%w+/=\r\n]" and not text:find " "
end

local function used_names (tree, help)
  local used = {}
  parser.walk(tree.body, function (node)
    local path
    if node.tag == "Call" or node.tag == "Method" then path = meaning.called(node) end
    if not path and (node.tag == "Index" or node.tag == "Name") then
      local known = meaning.of(node)
      path = known and known.path
    end
    if node.tag == "Name" and not node.variable then path = path or node.name end
    if path and (help[path] or path:find "^lesdiplo%.") then used[path] = true end
  end)
  return used
end

-- The lines that a name is used in.
local function lines_of (tree, name)
  local lines, last = {}, nil
  parser.walk(tree.body, function (node)
    if node.tag == "Name" and not node.variable and node.name == name and node.line ~= last then
      last = node.line
      lines[#lines + 1] = format("%d", last)
    end
  end)
  return lines
end

local function odd_strings (tree, out)
  for _, token in ipairs(tree.tokens) do
    if token.kind == "string" then
      local n = #token.value
      if looks_encoded(token.value) then
        out[#out + 1] = format("line %d: %d bytes that are no text to read", token.line, n)
      elseif n > LONG_STRING then
        out[#out + 1] = format("line %d: a string of %d bytes", token.line, n)
      end
    end
  end
end

local function odd_lines (text, out)
  local number = 0
  for line in text:gmatch "([^\n]*)\n?" do
    number = number + 1
    if #line > LONG_LINE then
      out[#out + 1] = format("line %d: %d bytes in one line", number, #line)
    end
  end
end

local function add_list (out, title, list)
  if #list == 0 then return end
  out[#out + 1] = "\n" .. title .. "\n"
  for _, line in ipairs(util.wrap(concat(list, " "), 76)) do
    out[#out + 1] = "  " .. line .. "\n"
  end
end

--- What stands in a script, as text for a person.
---@param text string
---@param tree table
---@param help table names that have help
---@return string
function M.text (text, tree, help)
  local out, odd = {}, {}
  add_list(out, "It uses", util.keys(used_names(tree, help)))
  add_list(out, "It sets the globals", util.keys(names.own_globals(tree)))
  local loads = lines_of(tree, "load")
  if #loads > 0 then
    odd[1] = format("line %s: load runs text that is made while it runs", concat(loads, ", "))
  end
  odd_strings(tree, odd)
  odd_lines(text, odd)
  if #odd > 0 then
    out[#out + 1] = "\nHard to read in it\n"
    for _, line in ipairs(odd) do out[#out + 1] = "  " .. line .. "\n" end
  end
  return concat(out)
end

return M
