--- What editors and luacheck want to know of our names, from the help of each.
--
-- The files are made when they are asked for, so that they tell what this program
-- has: definitions for the Lua language server (LuaCATS), its .luarc.json, and a
-- .luacheckrc.
-- @module lesdiplo.script.editor
local util = require "lesdiplo.util"
local concat, format, ipairs, pairs, pcall = table.concat, string.format, ipairs, pairs, pcall
local rawget, require, type = rawget, require, type
_ENV = nil
local M = {}

-- Objects by the names that help calls them, and the names of their classes.
local classes = { corpus = "Corpus", doc = "Doc", span = "Span", spans = "Spans", hits = "Hits",
                  file = "File", output = "Output" }

-- What has no name in the help: numbers as indices, fields of layers.
local more = {
  Corpus = { "---@operator len: integer", "---@field [integer] Doc" },
  Spans = { "---@operator len: integer", "---@field [integer] Span" },
  Hits = { "---@operator len: integer", "---@field [integer] Span" },
  Span = { "---@field [string] any" },
}

local head = [[
---@meta
-- The names of lesdiplo, for the Lua language server: `lesdiplo init-editor` made this.

---@class Pattern
---@operator mul(any): Pattern
---@operator add(any): Pattern
---@operator sub(any): Pattern
---@operator pow(integer): Pattern
---@operator unm: Pattern
---@operator len: Pattern

---@type Corpus
corpus = nil

---@type table
lpeg = {}

---@type table
re = {}
]]

local function index (t, key) return t[key] end

-- What a dotted name stands for in the library; nil where scripts cannot reach it.
local function value_of (name)
  local value
  for part in name:gmatch "[%w_]+" do
    if not value then value = part == "lesdiplo" and require "lesdiplo" or nil
    elseif type(value) ~= "table" then return nil
    else
      local fine, inner = pcall(index, value, part)
      value = fine and inner or nil
    end
    if value == nil then return nil end
  end
  return value
end

-- The help of each function, under whatever name it is reached.
local function texts_of (help)
  local texts = {}
  for name in util.sorted(help) do
    local module, member = name:match "^(lesdiplo%..+)%.([%w_]+)$"
    local value = value_of(name)
    if module and value == nil then
      local fine, found = pcall(require, module)
      value = fine and type(found) == "table" and rawget(found, member) or nil
    end
    if type(value) == "function" and not texts[value] then texts[value] = help[name] end
  end
  return texts
end

-- The tables of the library that scripts reach, by their names, in order.
local function tables_of (help)
  local tables = { lesdiplo = require "lesdiplo" }
  for name in pairs(help) do
    local path = name:match "^(lesdiplo%..+)%.[%w_]+$"
    while path and path ~= "lesdiplo" do
      local value = tables[path] == nil and value_of(path)
      if type(value) == "table" then tables[path] = value end
      path = path:match "^(.+)%.[%w_]+$"
    end
  end
  return tables
end

--- The public names of the library's tables with their help, and the functions
-- among them that have none.
---@param help table<string, string>
---@return table<string, string> names
---@return string[] without
function M.names (help)
  local names, without, texts = {}, {}, texts_of(help)
  for name, text in pairs(help) do
    if name:find "^lesdiplo%." and value_of(name) ~= nil then names[name] = text end
  end
  for path, t in util.sorted(tables_of(help)) do
    for _, key in ipairs(util.keys(t)) do
      local name = format("%s.%s", path, key)
      if type(key) == "string" and not key:find "^_" and type(t[key]) == "function"
         and not names[name] then
        names[name] = texts[t[key]]
        if not names[name] then without[#without + 1] = name end
      end
    end
  end
  return names, without
end


-- Definitions ----------------------------------------------------------------

local types = { iterator = "function" }

-- "iterator of Doc" is a function; "string | nil" is written without blanks.
local function type_of (text)
  local first = text:match "^%a+"
  if types[first] then return types[first] end
  return (text:gsub("%s*|%s*", "|"):gsub(",.*", ""):gsub("%s.*", ""))
end

local function is_type (text)
  return text:find "^[%w_|%[%]<>.]+%??$" ~= nil
end

-- The lines of a help text behind its signature, as comments of a definition.
local function add_comment (out, text)
  local in_example = false
  for line in text:gmatch "[^\n]+" do
    local example = line:match "^@example (.*)"
    if example or line:find "^@" or not line:find "^ " then
      if in_example then out[#out + 1] = "--- ```" end
      in_example = false
    end
    if example then
      out[#out + 1] = "--- ```lua"
      out[#out + 1] = "--- " .. example
      in_example = true
    elseif line:find "^@param" or line:find "^@return" or line:find "^@see" then
      out[#out + 1] = "---" .. line
    else
      out[#out + 1] = "--- " .. line:gsub("^@(%a+)", "%1:")
    end
  end
  if in_example then out[#out + 1] = "--- ```" end
end

-- The names between the parentheses of a signature.
local function params_of (signature)
  local inside = signature:match "%((.*)%)" or ""
  local names = {}
  for name in inside:gsub("[%[%]{}]", ""):gmatch "[^,]+" do
    name = name:match "[%a_][%w_]*" or name:match "%.%.%." or "value"
    names[#names + 1] = name == "end" and "end_" or name
  end
  return concat(names, ", ")
end

local function add_function (out, name, text)
  local signature, rest = text:match "^([^\n]*)\n?(.*)$"
  add_comment(out, rest)
  local gives = signature:match "%->%s*(.+)$"
  if gives and not rest:find "@return" and is_type(type_of(gives)) then
    out[#out + 1] = "---@return " .. type_of(gives)
  end
  out[#out + 1] = format("function %s(%s) end\n", name, params_of(signature))
end

-- Fields stand with their class, methods behind it.
local function add_class (out, class, help)
  local fields, methods = {}, {}
  for name, text in util.sorted(help) do
    local object, mark, key = name:match "^(%l+)([.:])([%w_]+)$"
    if classes[object] == class and mark == "." and object ~= "corpus" then
      local gives = text:match "^[^\n]*%->%s*([^\n]+)" or "any"
      local about = text:match "^[^\n]*\n([^\n@][^\n]*)" or ""
      local kind = type_of(gives)
      if not is_type(kind) then kind = "any" end
      fields[#fields + 1] = format("---@field %s %s %s", key, kind, about)
    elseif classes[object] == class and mark == ":" then
      add_function(methods, class .. ":" .. key, text)
    end
  end
  out[#out + 1] = "---@class " .. class
  for _, line in ipairs(more[class] or {}) do out[#out + 1] = line end
  for _, field in ipairs(fields) do out[#out + 1] = field end
  out[#out + 1] = format("local %s = {}\n", class)
  for _, method in ipairs(methods) do out[#out + 1] = method end
end

local function add_library (out, help)
  local names, without = M.names(help)
  for _, name in ipairs(without) do out[#out + 1] = format("-- %s has no help", name) end
  for path in util.sorted(tables_of(help)) do
    out[#out + 1] = format("---@type table\n%s = {}\n", path)
  end
  for name, text in util.sorted(names) do
    if type(value_of(name)) == "function" then add_function(out, name, text) end
  end
end

local function add_rights (out, help)
  out[#out + 1] = "---@type table<string, string>\nenv = {}\n\nfiles = {}\n\nout = {}\n"
  for _, name in ipairs{ "files.open", "out.open", "run" } do
    if help[name] then add_function(out, name, help[name]) end
  end
end

--- The names of the library as the Lua language server reads them.
---@param _ string nothing
---@param known table help
---@return string
function M.definitions (_, known)
  local out = { head }
  for _, class in util.sorted(classes) do add_class(out, class, known.help) end
  add_library(out, known.help)
  add_rights(out, known.help)
  return concat(out, "\n")
end

--- A .luarc.json that names them to the server.
---@return string
function M.luarc ()
  return [[
{
  "runtime.version": "Lua 5.4",
  "runtime.builtin": { "io": "disable", "package": "disable" },
  "workspace.library": ["library"]
}
]]
end

--- A .luacheckrc for scripts: their globals, and those that they have not.
---@param _ string nothing
---@param known table lazy
---@return string
function M.luacheckrc (_, known)
  local names = {}
  for _, name in ipairs(util.keys(known.lazy)) do
    names[#names + 1] = format("    %s = { other_fields = true },\n", name)
  end
  return "-- `lesdiplo init-editor` made this.\n"
         .. "stds.lesdiplo = {\n  read_globals = {\n" .. concat(names) .. "  },\n}\n"
         .. 'std = "lua54+lesdiplo"\n'
         .. 'not_globals = { "io", "package", "dofile", "loadfile" }\n'
         .. 'files["library"] = { ignore = { "..." } }\n'
end

return M
