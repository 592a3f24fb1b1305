--- Shapes of LPeg patterns that go wrong: alternatives that read the same recursive
-- rule again, which takes twice as long for each level; captures that run functions
-- under `#`, at which LPeg ends the process.
-- @module lesdiplo.script.shapes
local meaning = require "lesdiplo.script.meaning"
local parser = require "lesdiplo.script.parser"
local format, ipairs, pairs, tostring = string.format, ipairs, pairs, tostring
_ENV = nil
local M = {}

-- A local stands for the pattern that it was given.
local function resolved (node)
  local variable = node.tag == "Name" and node.variable
  if variable and variable.kind == "local" and variable.writes == 0 and variable.init then
    return variable.init
  end
end

-- The rule that V"name" or V(1) means.
local function rule_of (node)
  local key = node.tag == "Call" and meaning.called(node) == "lpeg.V" and node.args[1]
  return key and (key.tag == "String" or key.tag == "Const") and tostring(key.value) or nil
end

-- Every rule that is named below a node.
local function references (node)
  local names, seen = {}, {}
  local function visit (n)
    local rule = rule_of(n)
    if rule then names[rule] = true end
    local inner = resolved(n)
    if inner and not seen[inner] then
      seen[inner] = true
      parser.walk(inner, visit)
    end
  end
  parser.walk(node, visit)
  return names
end

-- The rule that a pattern begins with, as far as it is plain to see.
local function first (node, depth)
  if depth == 0 then return nil end
  local rule = rule_of(node)
  if rule then return rule end
  local inner = resolved(node)
  if inner then return first(inner, depth - 1) end
  if node.tag == "Paren" then return first(node[1], depth - 1) end
  if node.tag == "Op" and (node.op == "*" or node.op == "/" or node.op == "^"
                           or node.op == "-" and node[2]) then
    return first(node[1], depth - 1)
  end
  local path = node.tag == "Call" and meaning.called(node)
  if path and path:find "^lpeg%.C[tgsf]?$" or path == "lpeg.Cmt" then
    return node.args[1] and first(node.args[1], depth - 1)
  end
end

-- The alternatives of a choice; its nodes are marked as seen.
local function alternatives (node, list, seen)
  if node.tag == "Op" and node.op == "+" then
    seen[node] = true
    alternatives(node[1], list, seen)
    list[#list + 1] = node[2]
  elseif node.tag == "Paren" then
    alternatives(node[1], list, seen)
  else
    list[#list + 1] = node
  end
  return list
end

local function rules_of (grammar)
  local rules, place = {}, 0
  for _, field in ipairs(grammar.fields) do
    local name = field.key and field.key.tag == "String" and field.key.value
    if not field.key then
      place = place + 1
      name = tostring(place)
    end
    if name then rules[name] = { node = field.value, names = references(field.value) } end
  end
  return rules
end

-- Whether a rule leads to another one, over any number of others.
local function leads (rules, from, to, seen)
  local rule = rules[from]
  if not rule or seen[from] then return false end
  seen[from] = true
  if rule.names[to] then return true end
  for name in pairs(rule.names) do
    if leads(rules, name, to, seen) then return true end
  end
  return false
end

local function check_choice (rules, name, choices, say)
  local seen = {}
  for _, one in ipairs(choices) do
    local rule = first(one, 20)
    if rule and seen[rule] and leads(rules, rule, name, {}) then
      say(one.line, format("two alternatives of rule '%s' begin with '%s', which leads back to "
                           .. "it: each level doubles the time. Take '%s' out of both: "
                           .. "V\"%s\" * (a + b)", name, rule, rule, rule))
      return
    end
    if rule then seen[rule] = true end
  end
end

local function check_grammar (grammar, say)
  local rules, seen = rules_of(grammar), {}
  for _, field in ipairs(grammar.fields) do
    local name = field.key and field.key.value
    local rule = name and rules[name]
    if rule then
      parser.walk(rule.node, function (node)
        if node.tag == "Op" and node.op == "+" and not seen[node] then
          check_choice(rules, name, alternatives(node, {}, seen), say)
        end
      end)
    end
  end
end

-- Whether a match of the pattern runs functions while it goes.
local function has_function (node, depth)
  if depth == 0 then return false end
  if node.tag == "Paren" then return has_function(node[1], depth - 1) end
  if node.tag == "Op" and node.op ~= "#" then
    return has_function(node[1], depth - 1)
           or node[2] and node.op ~= "/" and has_function(node[2], depth - 1) or false
  end
  local inner = resolved(node)
  if inner then return has_function(inner, depth - 1) end
  local path = node.tag == "Call" and meaning.called(node)
  if path == "lpeg.Cmt" then return true end
  return path and path:find "^lpeg%.[PC][tgsf]?$" and node.args[1]
         and has_function(node.args[1], depth - 1) or false
end

--- Tells of such shapes.
---@param tree table
---@param say fun(line: integer, message: string)
function M.check (tree, say)
  parser.walk(tree.body, function (node)
    if node.tag == "Call" and meaning.called(node) == "lpeg.P" and node.args[1]
       and node.args[1].tag == "Table" then
      check_grammar(node.args[1], say)
    elseif node.tag == "Op" and node.op == "#" and has_function(node[1], 20) then
      say(node.line, "a match-time capture (Cmt) under # can end the process in LPeg 1.0.2: "
                     .. "write -(-pattern), which captures nothing")
    end
  end)
end

return M
