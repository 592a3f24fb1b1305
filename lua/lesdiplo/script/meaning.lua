--- What expressions of a script stand for, as far as that can be told without
-- running it: a value of our library, the corpus, a document, the script's header.
--
-- A meaning is a table: `value` and `path` ("lpeg.P") of what really stands in the
-- library; or `class`, "corpus" or "doc"; or `script`, "script" or "params". nil is
-- all else. Locals stand for what they were given, if nothing else is put into them.
-- @module lesdiplo.script.meaning
local parser = require "lesdiplo.script.parser"
local globals = _G
local pcall, rawget, require, type = pcall, rawget, require, type
_ENV = nil
local M = {}

-- Globals whose fields are known; what is made when it is touched is required.
local libraries = { string = true, table = true, math = true, utf8 = true, os = true,
                    coroutine = true, debug = true }
local required = { lesdiplo = true, lpeg = true, re = true }

-- What iterators give, for `for x in ...`.
local given = { ["corpus:docs"] = "doc" }

local function index (t, key) return t[key] end

local of

local function of_name (node)
  local variable = node.variable
  if variable then
    if variable.class then return { class = variable.class } end
    if variable.init and variable.writes == 0 and variable.kind == "local" then
      return of(variable.init)
    end
    return nil
  end
  if node.name == "corpus" then return { class = "corpus" } end
  if required[node.name] then return { value = require(node.name), path = node.name } end
  if libraries[node.name] then
    return { value = rawget(globals, node.name), path = node.name }
  end
  local value = rawget(globals, node.name)
  return value and { value = value, path = node.name }
end

local function of_index (node)
  local base = of(node[1])
  if not base or node.key.tag ~= "String" then return nil end
  local key = node.key.value
  if base.script == "script" then return key == "params" and { script = "params" } or nil end
  if type(base.value) ~= "table" then return nil end
  local fine, value = pcall(index, base.value, key)
  if fine and value ~= nil then return { value = value, path = base.path .. "." .. key } end
end

local function of_call (node)
  local called = of(node[1])
  local name = node.args[1]
  if not called or called.value ~= globals.require or not name or name.tag ~= "String" then
    return nil
  end
  local fine, value = pcall(require, name.value)
  return fine and { value = value, path = name.value } or nil
end

local rules = {
  Name = of_name, Index = of_index, Call = of_call,
  Paren = function (node) return of(node[1]) end,
  Vararg = function (node) return node.main and { script = "script" } or nil end,
}

of = function (node)
  if node.known == nil then
    node.known = false                  -- while it is looked for: `local a = a`
    local rule = rules[node.tag]
    node.known = rule and rule(node) or false
  end
  return node.known or nil
end

--- What an expression stands for, or nil.
---@param node table
---@return table? meaning
M.of = of

--- The name under which a call's function is known: "lpeg.P", "corpus:find"; or nil.
---@param node table a Call or a Method
---@return string?
function M.called (node)
  local base = of(node[1])
  if node.tag == "Call" then return base and base.path end
  return base and base.class and base.class .. ":" .. node.name
end

--- Finds out what loops give their variables.
---@param tree table
function M.prepare (tree)
  parser.walk(tree.body, function (node)
    local from = node.tag == "For" and not node.numeric and node.values[1]
    if not from or (from.tag ~= "Method" and from.tag ~= "Call") then return end
    node.variables[1].class = given[M.called(from)]
  end)
end

return M
