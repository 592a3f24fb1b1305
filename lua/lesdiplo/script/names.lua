--- Names that a script uses and nothing has: globals, fields and methods of our
-- library, parameters.
-- @module lesdiplo.script.names
local meaning = require "lesdiplo.script.meaning"
local parser = require "lesdiplo.script.parser"
local util = require "lesdiplo.util"
local globals = _G
local format, pairs, pcall, rawget, type = string.format, pairs, pcall, rawget, type
_ENV = nil
local M = {}

local function index (t, key) return t[key] end

-- Globals that a script gives values to are there.
local function own_globals (tree)
  local own = {}
  parser.walk(tree.body, function (node)
    local targets = node.tag == "Assign" and node.targets or node.tag == "Define" and
                    { node.target } or {}
    for i = 1, #targets do
      local target = targets[i]
      if target.tag == "Name" and not target.variable then own[target.name] = target.line end
    end
  end)
  return own
end

--- The globals that a script sets, and the line of the last time.
---@param tree table
---@return table<string, integer>
M.own_globals = own_globals

-- The message that a run would have, without its place.
local function unknown_global (name)
  local _, message = pcall(index, globals, name)
  return type(message) == "string" and message:gsub("^[^:]*:%d+: ", "") or
         format("unknown global '%s'", name)
end

local function check_globals (tree, lazy, say)
  local own = own_globals(tree)
  local has_environment = false
  parser.walk(tree.body, function (node)
    if node.tag == "Name" and node.name == "_ENV" then has_environment = true end
  end)
  for _, variable in pairs(tree.variables) do
    if variable.name == "_ENV" then has_environment = true end
  end
  if has_environment then return end
  parser.walk(tree.body, function (node)
    if node.tag ~= "Name" or node.variable or own[node.name] or lazy[node.name]
       or rawget(globals, node.name) ~= nil then
      return
    end
    say(node.line, unknown_global(node.name))
  end)
end

-- Names in strings: a script's own layers are fields of lesdiplo.query.
local function strings_of (tree)
  local strings = {}
  for i = 1, #tree.tokens do
    if tree.tokens[i].kind == "string" then strings[tree.tokens[i].value] = true end
  end
  return strings
end

local function check_field (node, own, say)
  local base = meaning.of(node[1])
  if not base or type(base.value) ~= "table" or node.key.tag ~= "String" then return end
  local key = node.key.value
  local fine, value = pcall(index, base.value, key)
  if fine and value ~= nil then return end
  if base.path == "lesdiplo.query" and own[key] then return end
  -- a room of ours says itself what it has
  local own_words = not fine and type(value) == "string" and value:match "lesdiplo.*"
  say(node.line, own_words or format("%s has no '%s'%s", base.path, key,
                                     util.hint(key, util.keys(base.value))))
end

-- What objects have, from the names that have help: "doc.title", "corpus:find".
local function members_of (help)
  local members = { corpus = {}, doc = {} }
  for name in pairs(help) do
    local class, mark, key = name:match "^(%l+)([.:])([%w_]+)$"
    if members[class] then members[class][key] = mark end
  end
  return members
end

local function check_member (class, key, mark, line, members, say)
  local is = members[class][key]
  local what = class == "doc" and "a document" or "the corpus"
  if not is then
    say(line, format("%s has no '%s'%s", what, key, util.hint(key, util.keys(members[class]))))
  elseif is == "." and mark == ":" then
    say(line, format("%s.%s is no function: write it without ':' and ()", class, key))
  end
end

local function check_members (tree, help, say)
  local members, own = members_of(help), strings_of(tree)
  local written = {}
  parser.walk(tree.body, function (node)
    if node.tag ~= "Assign" then return end
    for i = 1, #node.targets do written[node.targets[i]] = true end
  end)
  parser.walk(tree.body, function (node)
    local base = (node.tag == "Index" or node.tag == "Method") and meaning.of(node[1])
    if not base or written[node] then return end
    if node.tag == "Method" and base.class then
      check_member(base.class, node.name, ":", node.line, members, say)
    elseif node.tag == "Index" and base.class and node.key.tag == "String" then
      check_member(base.class, node.key.value, ".", node.line, members, say)
    elseif node.tag == "Index" then
      check_field(node, own, say)
    end
  end)
end

-- Which parameters are read; all of them where script or params goes elsewhere.
local function params_read (tree)
  local read, whole = {}, false
  local function visit (node)
    local known = meaning.of(node)
    if node.tag == "Index" then
      local base = meaning.of(node[1])
      if base and base.script == "params" and node.key.tag == "String" then
        read[node.key.value] = read[node.key.value] or node.line
        return true
      end
      if base and base.script == "script" and node.key.tag == "String" then
        -- params itself, somewhere else than before a name: known to be a local's
        whole = whole or known ~= nil
        return true
      end
    end
    if node.tag == "Local" then
      for i = 1, #node.values do
        local value = node.values[i]
        local has = meaning.of(value)
        local variable = node.variables[i]
        local plain = has and has.script and variable and variable.writes == 0
        if not plain then parser.walk(value, visit) end
      end
      return true
    end
    if known and known.script then whole = true end
  end
  parser.walk(tree.body, visit)
  return read, whole
end

local function check_params (tree, header, say)
  local read, whole = params_read(tree)
  for name, line in util.sorted(read) do
    if not header.params[name] then
      local hint = util.hint(name, util.keys(header.params))
      if hint == "" then hint = format("; [param.%s] in the header declares it", name) end
      say(line, format("script.params has no '%s'%s", name, hint))
    end
  end
  for name, line in util.sorted(header.params) do
    if not read[name] and not whole then
      say(line, format("parameter '%s' is declared and never read as script.params.%s", name,
                       name))
    end
  end
end

-- By which global a right is used.
local users = { read = "files", write = "out", run = "run", env = "env" }

local function check_needs (tree, header, say)
  local used = {}
  parser.walk(tree.body, function (node)
    if node.tag == "Name" and not node.variable then used[node.name] = true end
  end)
  if used._G or used._ENV or used.load then return end       -- names that are not written out
  for need, line in util.sorted(header.needs) do
    if not used[users[need]] then
      say(line, format("the header asks for the right to %s, and the script never uses '%s'",
                       need == "env" and "know variables" or need, users[need]))
    end
  end
end

--- Tells of names that nothing has, and of what the header declares for nothing.
---@param tree table
---@param known table help, lazy (names of globals), header
---@param say fun(line: integer, message: string)
function M.check (tree, known, say)
  check_globals(tree, known.lazy, say)
  check_members(tree, known.help, say)
  check_params(tree, known.header, say)
  check_needs(tree, known.header, say)
end

return M
