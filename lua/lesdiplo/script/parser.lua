--- A chunk as a tree, with its variables found.
--
-- A node is a table with `tag`, `line` and parts of its own:
--
--     expressions  Const String{value} Vararg{main} Name{name, variable} Index{[1], key}
--                  Call{[1], args} Method{[1], name, args} Function{params, body}
--                  Table{fields} Op{op, [1], [2]} Paren{[1]}
--     statements   Local{variables, values} Assign{targets, values} Call Method
--                  Do{body} While{[1], body} Repeat{[1], body} If{tests, bodies}
--                  For{variables, values, body, numeric} Define{target, [1]} Return{values}
--
-- A Name without a `variable` is a global. A variable counts its `reads` and
-- `writes` after the first value, `init`, which is nil where it has none of its own.
-- @module lesdiplo.script.parser
local lexer = require "lesdiplo.script.lexer"
local error, ipairs, setmetatable = error, ipairs, setmetatable
_ENV = nil
local M = {}

local parser = {}
parser.__index = parser


-- Tokens and scopes ----------------------------------------------------------

function parser:next ()
  local token = self.tokens[self.at]
  self.at = self.at + 1
  return token
end

function parser:peek (ahead)
  local token = self.tokens[self.at + (ahead or 0)]
  return token and token.kind
end

function parser:accept (kind)
  if self:peek() == kind then return self:next() end
end

function parser:expect (kind)
  local token = self:next()
  if not token or token.kind ~= kind then
    error("a chunk that does not compile, at line " .. (token and token.line or "?"))
  end
  return token
end

function parser:line () return self.tokens[self.at].line end

function parser:open () self.scope = { above = self.scope, names = {} } end
function parser:close () self.scope = self.scope.above end

function parser:declare (name, kind, line)
  local variable = { name = name, kind = kind, line = line, reads = 0, writes = 0 }
  self.scope.names[name] = variable
  self.variables[#self.variables + 1] = variable
  return variable
end

function parser:find (name)
  local scope = self.scope
  while scope do
    if scope.names[name] then return scope.names[name] end
    scope = scope.above
  end
end


-- Expressions ----------------------------------------------------------------

function parser:name_node (token)
  local node = { tag = "Name", line = token.line, name = token.value,
                 variable = self:find(token.value) }
  if node.variable then node.variable.reads = node.variable.reads + 1 end
  return node
end

function parser:list ()
  local nodes = { self:expression() }
  while self:accept "," do nodes[#nodes + 1] = self:expression() end
  return nodes
end

function parser:table_node ()
  local node = { tag = "Table", line = self:expect "{".line, fields = {} }
  while not self:accept "}" do
    local field = { line = self:line() }
    if self:accept "[" then
      field.key = self:expression()
      self:expect "]"
      self:expect "="
    elseif self:peek() == "name" and self:peek(1) == "=" then
      local token = self:next()
      field.key = { tag = "String", line = token.line, value = token.value }
      self:next()
    end
    field.value = self:expression()
    node.fields[#node.fields + 1] = field
    if not self:accept "," then self:accept ";" end
  end
  return node
end

function parser:function_node (line, method)
  local node = { tag = "Function", line = line, params = {} }
  self:expect "("
  self:open()
  if method then node.params[1] = self:declare("self", "self", line) end
  while not self:accept ")" do
    local token = self:next()
    if token.kind == "name" then
      node.params[#node.params + 1] = self:declare(token.value, "parameter", token.line)
    end
  end
  self.depth = self.depth + 1
  node.body = self:block()
  self.depth = self.depth - 1
  self:close()
  self:expect "end"
  return node
end

function parser:arguments ()
  local kind = self:peek()
  if kind == "string" then
    local token = self:next()
    return { { tag = "String", line = token.line, value = token.value } }
  end
  if kind == "{" then return { self:table_node() } end
  self:expect "("
  if self:accept ")" then return {} end
  local args = self:list()
  self:expect ")"
  return args
end

-- What may follow a name or a parenthesis, again and again.
function parser:suffixed ()
  local node
  local token = self:next()
  if token.kind == "(" then
    node = { tag = "Paren", line = token.line, self:expression() }
    self:expect ")"
  else
    node = self:name_node(token)
  end
  while true do
    local kind, line = self:peek(), self:line()
    if kind == "." then
      self:next()
      local key = self:expect "name"
      node = { tag = "Index", line = key.line, node,
               key = { tag = "String", line = key.line, value = key.value } }
    elseif kind == "[" then
      self:next()
      node = { tag = "Index", line = line, node, key = self:expression() }
      self:expect "]"
    elseif kind == ":" then
      self:next()
      local key = self:expect "name"
      node = { tag = "Method", line = key.line, node, name = key.value, args = self:arguments() }
    elseif kind == "(" or kind == "{" or kind == "string" then
      node = { tag = "Call", line = line, node, args = self:arguments() }
    else
      return node
    end
  end
end

local constants = { ["nil"] = true, ["true"] = true, ["false"] = true, number = true }

function parser:simple ()
  local kind, line = self:peek(), self:line()
  if constants[kind] then
    return { tag = "Const", line = line, value = self:next().value, kind = kind }
  elseif kind == "string" then
    return { tag = "String", line = line, value = self:next().value }
  elseif kind == "..." then
    self:next()
    return { tag = "Vararg", line = line, main = self.depth == 0 }
  elseif kind == "{" then return self:table_node()
  elseif kind == "function" then
    self:next()
    return self:function_node(line)
  end
  return self:suffixed()
end

local unary = { ["not"] = true, ["-"] = true, ["#"] = true, ["~"] = true }
local UNARY = 12
-- How strongly an operator binds what stands left and right of it.
local binary = {
  ["or"] = { 1, 1 }, ["and"] = { 2, 2 }, ["<"] = { 3, 3 }, [">"] = { 3, 3 }, ["<="] = { 3, 3 },
  [">="] = { 3, 3 }, ["~="] = { 3, 3 }, ["=="] = { 3, 3 }, ["|"] = { 4, 4 }, ["~"] = { 5, 5 },
  ["&"] = { 6, 6 }, ["<<"] = { 7, 7 }, [">>"] = { 7, 7 }, [".."] = { 9, 8 }, ["+"] = { 10, 10 },
  ["-"] = { 10, 10 }, ["*"] = { 11, 11 }, ["/"] = { 11, 11 }, ["//"] = { 11, 11 },
  ["%"] = { 11, 11 }, ["^"] = { 14, 13 },
}

function parser:expression (limit)
  local kind, line = self:peek(), self:line()
  local node
  if unary[kind] then
    self:next()
    node = { tag = "Op", line = line, op = kind, self:expression(UNARY) }
  else
    node = self:simple()
  end
  while true do
    local op, at = self:peek(), self:line()
    local power = binary[op]
    if not power or power[1] <= (limit or 0) then return node end
    self:next()
    node = { tag = "Op", line = at, op = op, node, self:expression(power[2]) }
  end
end


-- Statements -----------------------------------------------------------------

local statements = {}

function parser:body_until (word)
  self:open()
  local body = self:block()
  self:close()
  self:expect(word)
  return body
end

statements["do"] = function (self, line)
  return { tag = "Do", line = line, body = self:body_until "end" }
end

statements["while"] = function (self, line)
  local test = self:expression()
  self:expect "do"
  return { tag = "While", line = line, test, body = self:body_until "end" }
end

statements["repeat"] = function (self, line)
  self:open()
  local node = { tag = "Repeat", line = line, body = self:block() }
  self:expect "until"
  node[1] = self:expression()
  self:close()
  return node
end

statements["if"] = function (self, line)
  local node = { tag = "If", line = line, tests = {}, bodies = {} }
  repeat
    node.tests[#node.tests + 1] = self:expression()
    self:expect "then"
    self:open()
    node.bodies[#node.bodies + 1] = self:block()
    self:close()
  until not self:accept "elseif"
  if self:accept "else" then
    self:open()
    node.bodies[#node.bodies + 1] = self:block()
    self:close()
  end
  self:expect "end"
  return node
end

statements["for"] = function (self, line)
  local names = { self:expect "name" }
  while self:accept "," do names[#names + 1] = self:expect "name" end
  local numeric = self:accept "="
  if not numeric then self:expect "in" end
  local node = { tag = "For", line = line, variables = {}, values = self:list(),
                 numeric = numeric and true }
  self:expect "do"
  self:open()
  for i, token in ipairs(names) do
    node.variables[i] = self:declare(token.value, "loop", token.line)
  end
  node.body = self:block()
  self:close()
  self:expect "end"
  return node
end

statements["function"] = function (self, line)
  local target = self:name_node(self:expect "name")
  local method = false
  if target.variable then target.variable.reads = target.variable.reads - 1 end
  while not method and (self:peek() == "." or self:peek() == ":") do
    method = self:next().kind == ":"
    local key = self:expect "name"
    if target.variable and target.tag == "Name" then
      target.variable.reads = target.variable.reads + 1
    end
    target = { tag = "Index", line = key.line, target,
               key = { tag = "String", line = key.line, value = key.value } }
  end
  if target.tag == "Name" and target.variable then
    target.variable.writes = target.variable.writes + 1
  end
  return { tag = "Define", line = line, target = target, self:function_node(line, method) }
end

statements["local"] = function (self, line)
  if self:accept "function" then
    local token = self:expect "name"
    local variable = self:declare(token.value, "function", token.line)
    variable.init = self:function_node(line)
    return { tag = "Local", line = line, variables = { variable }, values = { variable.init } }
  end
  local names = {}
  repeat
    names[#names + 1] = self:expect "name"
    if self:accept "<" then
      self:next()
      self:expect ">"
    end
  until not self:accept ","
  local node = { tag = "Local", line = line, variables = {},
                 values = self:accept "=" and self:list() or {} }
  for i, token in ipairs(names) do
    node.variables[i] = self:declare(token.value, "local", token.line)
    node.variables[i].init = node.values[i]
  end
  return node
end

statements["return"] = function (self, line)
  local kind = self:peek()
  local node = { tag = "Return", line = line, values = {} }
  if kind ~= "end" and kind ~= "end." and kind ~= "else" and kind ~= "elseif" and kind ~= "until"
     and kind ~= ";" then
    node.values = self:list()
  end
  self:accept ";"
  return node
end

statements["break"] = function (_, line) return { tag = "Break", line = line } end
statements["goto"] = function (self, line)
  self:next()
  return { tag = "Goto", line = line }
end
statements["::"] = function (self, line)
  self:next()
  self:expect "::"
  return { tag = "Label", line = line }
end

-- A call, or targets and what they become.
function parser:other ()
  local line = self:line()
  local node = self:suffixed()
  if node.tag == "Call" or node.tag == "Method" then return node end
  local targets = { node }
  while self:accept "," do targets[#targets + 1] = self:suffixed() end
  self:expect "="
  for _, target in ipairs(targets) do
    local variable = target.tag == "Name" and target.variable
    if variable then
      variable.reads, variable.writes = variable.reads - 1, variable.writes + 1
    end
  end
  return { tag = "Assign", line = line, targets = targets, values = self:list() }
end

local ends = { ["end"] = true, ["end."] = true, ["else"] = true, ["elseif"] = true,
               ["until"] = true }

function parser:block ()
  local body = {}
  while not ends[self:peek()] do
    if not self:accept ";" then
      local statement = statements[self:peek()]
      local line = self:line()
      if statement then self:next() end
      body[#body + 1] = statement and statement(self, line) or self:other()
    end
  end
  return body
end

--- The tree of a chunk: `body`, an array of statements; `variables`, every local
-- one; `tokens`.
--     > parser.parse("local a = 1; b = a").variables[1].reads
--     1
---@param text string a chunk that compiles
---@return table tree
function M.parse (text)
  local state = setmetatable({ tokens = lexer.tokens(text), at = 1, variables = {}, depth = 0 },
                             parser)
  state:open()
  local body = state:block()
  state:expect "end."
  return { body = body, variables = state.variables, tokens = state.tokens }
end


-- Walking --------------------------------------------------------------------

local walk_list

-- The parts of a node, in the order of the text.
local parts = {
  Index = function (n, f) f(n[1]) f(n.key) end,
  Call = function (n, f) f(n[1]) walk_list(n.args, f) end,
  Method = function (n, f) f(n[1]) walk_list(n.args, f) end,
  Function = function (n, f) walk_list(n.body, f) end,
  Table = function (n, f)
    for _, field in ipairs(n.fields) do
      if field.key then f(field.key) end
      f(field.value)
    end
  end,
  Op = function (n, f) f(n[1]) if n[2] then f(n[2]) end end,
  Paren = function (n, f) f(n[1]) end,
  Local = function (n, f) walk_list(n.values, f) end,
  Assign = function (n, f) walk_list(n.targets, f) walk_list(n.values, f) end,
  Do = function (n, f) walk_list(n.body, f) end,
  While = function (n, f) f(n[1]) walk_list(n.body, f) end,
  Repeat = function (n, f) walk_list(n.body, f) f(n[1]) end,
  If = function (n, f)
    for i, body in ipairs(n.bodies) do
      if n.tests[i] then f(n.tests[i]) end
      walk_list(body, f)
    end
  end,
  For = function (n, f) walk_list(n.values, f) walk_list(n.body, f) end,
  Define = function (n, f) f(n.target) f(n[1]) end,
  Return = function (n, f) walk_list(n.values, f) end,
}

walk_list = function (list, f)
  for _, node in ipairs(list) do f(node) end
end

--- Calls `visit(node)` for a node, or each of an array of them, and all below, from
-- above; what is below a node for which it returns true is left out.
---@param node table
---@param visit fun(node: table): boolean?
function M.walk (node, visit)
  local function each (n)
    if visit(n) then return end
    local inner = parts[n.tag]
    if inner then inner(n, each) end
  end
  if node.tag then each(node) else walk_list(node, each) end
end

return M
