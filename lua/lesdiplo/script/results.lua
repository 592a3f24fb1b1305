--- What a script works out and throws away, and what it prints in an order that
-- differs from run to run.
-- @module lesdiplo.script.results
local meaning = require "lesdiplo.script.meaning"
local parser = require "lesdiplo.script.parser"
local format, ipairs = string.format, ipairs
_ENV = nil
local M = {}

-- Called for their results alone.
local pure = { tostring = true, tonumber = true, type = true, ipairs = true, pairs = true,
               select = true, ["table.concat"] = true, ["table.unpack"] = true,
               ["re.compile"] = true, ["re.match"] = true, ["re.find"] = true }
local impure = { ["lpeg.setmaxstack"] = true, ["lpeg.locale"] = true, ["lpeg.match"] = true,
                 ["string.gsub"] = true, ["corpus:entities"] = true }

local function is_pattern (path)
  return path and not impure[path] and (path:find "^lpeg%.%a+$" or path == "re.compile"
                                        or path:find "^lesdiplo%.query%.[%w_]+$")
end

local function is_pure (path, help)
  if not path or impure[path] then return false end
  return pure[path] or path:find "^math%.[^r]" or path:find "^string%."
         or help[path] and (path:find "^corpus:" or path:find "^doc:")
end

-- gsub with a function is a way to go through a text.
local function replaces (node)
  local args = node.args
  local with = node.tag == "Method" and args[2] or args[3]
  local is = node.tag == "Method" and node.name == "gsub" or
             node.tag == "Call" and meaning.called(node) == "string.gsub"
  return is and with and with.tag == "String"
end

local function check_statement (node, help, say)
  if node.tag ~= "Call" and node.tag ~= "Method" then return end
  local path = meaning.called(node)
  if replaces(node) then
    say(node.line, "gsub gives the new text, which is thrown away here: text = text:gsub(...)")
  elseif is_pattern(path) then
    say(node.line, format("%s builds a pattern, which is thrown away here", path))
  elseif is_pure(path, help) then
    say(node.line, format("what %s gives is thrown away here", path))
  end
end

local function each_block (node, visit)
  local bodies = node.bodies or { node.body }
  for _, body in ipairs(bodies) do visit(body) end
end

local function check_dropped (tree, help, say)
  local function block (body)
    for _, statement in ipairs(body) do check_statement(statement, help, say) end
  end
  block(tree.body)
  parser.walk(tree.body, function (node)
    -- pcall(function () corpus:find(x) end) asks whether it raises
    local asks = node.tag == "Function" and #node.body == 1
    if (node.body or node.bodies) and not asks then each_block(node, block) end
  end)
  for _, variable in ipairs(tree.variables) do
    local init = variable.init
    if variable.kind == "local" and variable.reads == 0 and not variable.name:find "^_" and init
       and (init.tag == "Call" or init.tag == "Method") and is_pattern(meaning.called(init)) then
      say(variable.line, format("the pattern '%s' is built and never used", variable.name))
    end
  end
end


-- The order of pairs ---------------------------------------------------------

local prints = { print = true, ["lesdiplo.emit"] = true }
local shows = { print = true, ["lesdiplo.emit"] = true, ["table.concat"] = true }

-- What `x[#x + 1] = y` and `table.insert(x, y)` add to.
local function added_to (node)
  local target = node.tag == "Assign" and node.targets[1]
  if target and target.tag == "Index" and target[1].tag == "Name" then
    local key = target.key
    if key.tag == "Op" and key.op == "+" and key[1].tag == "Op" and key[1].op == "#"
       and key[1][1].tag == "Name" and key[1][1].name == target[1].name then
      return target[1].variable
    end
  end
  if node.tag == "Call" and meaning.called(node) == "table.insert" and #node.args == 2
     and node.args[1].tag == "Name" then
    return node.args[1].variable
  end
end

-- Which arrays are sorted somewhere, and which are shown as they are.
local function uses (tree)
  local sorted, shown = {}, {}
  local function mark (set, nodes)
    for _, node in ipairs(nodes) do
      if node.tag == "Name" and node.variable then set[node.variable] = true end
    end
  end
  for _, statement in ipairs(tree.body) do
    if statement.tag == "Return" then mark(shown, statement.values) end
  end
  parser.walk(tree.body, function (node)
    if node.tag ~= "Call" and node.tag ~= "Method" then return end
    local name = node.name or node[1].name or node[1].key and node[1].key.value
    if name and name.find and name:find "sort" then
      mark(sorted, node.args)
      mark(sorted, { node[1] })
    elseif shows[meaning.called(node) or ""] then
      mark(shown, node.args)
    end
  end)
  return sorted, shown
end

local function check_loop (loop, sorted, shown, say)
  local told = false
  parser.walk(loop.body, function (node)
    if told then return true end
    if node.tag == "Function" then return true end
    local path = node.tag == "Call" and meaning.called(node)
    local array = added_to(node)
    if path and prints[path] then
      told = true
      say(loop.line, "pairs comes in another order each run, and this prints in it: "
                     .. "for key, value in lesdiplo.util.sorted(t) do")
    elseif array and array.line < loop.line and shown[array] and not sorted[array] then
      told = true
      say(loop.line, format("pairs comes in another order each run, and '%s' is shown in it: "
                            .. "sort it, or take lesdiplo.util.sorted(t)", array.name))
    end
  end)
end

local function check_order (tree, say)
  local sorted, shown = uses(tree)
  parser.walk(tree.body, function (node)
    local from = node.tag == "For" and not node.numeric and node.values[1]
    if from and from.tag == "Call" and meaning.called(from) == "pairs" then
      check_loop(node, sorted, shown, say)
    end
  end)
end

--- Tells of results that are thrown away, and of output without an order.
---@param tree table
---@param known table help
---@param say fun(line: integer, message: string)
function M.check (tree, known, say)
  check_dropped(tree, known.help, say)
  check_order(tree, say)
end

return M
