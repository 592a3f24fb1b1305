--- The LPeg patterns of token patterns, over subjects of a byte a token.
--
-- All rules of a query are those of one grammar. A node is built with what
-- follows it, so that a gap can be as short as that allows; what follows is
-- shared through a rule, never written twice.
--
-- There are two ways. LPeg's own: the first alternative that matches is kept, a
-- repetition takes all it can. And the way of regular expressions: what follows
-- is part of each alternative, so that all of them are tried. The second one is
-- what the policies longest, shortest and all, and CQL, are about.
-- @module lesdiplo.query.build
local lpeg = require "lpeg"
local util = require "lesdiplo.util"
local _, native = ...
local P, S, V, B = lpeg.P, lpeg.S, lpeg.V, lpeg.B
local Cb, Cc, Cg, Cmt, Cp = lpeg.Cb, lpeg.Cc, lpeg.Cg, lpeg.Cmt, lpeg.Cp
local error, format, ipairs, next, pairs = error, string.format, ipairs, next, pairs
local rawlen, tostring = rawlen, tostring
local concat, sorted = table.concat, util.sorted
local tokens = native.tokens
_ENV = nil
local M = {}

local succeed = P(true)

-- Leaves ------------------------------------------------------------------------------

local leaf = {}

-- A call is made behind the token that it is about: that something is taken, LPeg
-- has to know.
local function set_or_call (set, c, call)
  return set and S(set) or S(c.all) * Cmt(succeed, call())
end

function leaf.word (p, c)
  local number = c.of[p]
  return set_or_call(c.sets[number], c, function () return tokens.asker(c.compiled, number) end)
end

function leaf.any (_, c) return S(c.all) end
function leaf.start () return B(P"\0") end
function leaf.stop () return #P"\0" end

function leaf.mark (p, c)
  local number = c.of[p]
  return set_or_call(c.marked[number], c, function () return tokens.marker(c.compiled, number) end)
end

-- Bytes tell where spans begin; a call, where the one there ends.
function leaf.layer (p, c)
  local number = c.of[p]
  return S(c.marked[number] or c.all) * Cmt(succeed, tokens.mention(c.compiled, number))
end

function leaf.phrases (p, c)
  return S(c.sets[c.of[p]] or c.all) * Cmt(succeed, tokens.phrase(c.compiled, c.phrases[p]))
end

-- The names of groups that hold where a capture begins and ends.
local function first_of (name) return "first " .. name end
local function last_of (name) return "last " .. name end

function leaf.same (p, c)
  return S(c.all) * Cmt(Cb(first_of(p.name)) * Cb(last_of(p.name)), tokens.same(c.compiled))
end

-- A rule of a grammar is on its own: what follows is not part of it.
leaf["ref"] = function (p, c)
  local rule = c.scope and c.scope[p.name]
  if not rule then
    error(format("q.rule: no rule '%s' in a grammar around it", tostring(p.name)), 0)
  end
  return V(rule)
end

local function new_rule (c)
  c.rule_count = c.rule_count + 1
  return "rule " .. c.rule_count
end

local REMEMBERED = 1 << 20     -- failures; then they are forgotten, which only costs time

local function forget (memory)
  for i = 1, memory.rules do memory[i] = nil end
  memory.count = 0
end

-- What stands for a place and the positions that are held there.
local function key_of (at, a, b, ...)
  if not b then return at << 32 | a end
  return concat({ at, a, b, ... }, " ")
end

-- Where a rule has failed once, it fails the next time, too: with what follows it,
-- and where the groups of c.held begin at the same places, it is the same question.
-- `c.memory` is there where asking again and again would cost more than to remember.
local function remember (c, pattern)
  local memory, held = c.memory, succeed
  if not memory then return pattern end
  local key = c.held[1] and key_of or function (at) return at end
  local rule = memory.rules + 1
  memory.rules = rule
  for _, group in ipairs(c.held) do held = held * Cb(group) end
  local open = Cmt(held, function (_, at, ...)
    local failed = memory[rule]
    return not failed or failed[key(at, ...)] ~= memory.turn
  end)
  local shut = Cmt(held, function (_, at, ...)
    if memory.count > REMEMBERED then forget(memory) end
    memory.count = memory.count + 1
    memory[rule] = memory[rule] or {}
    memory[rule][key(at, ...)] = memory.turn
    return false
  end)
  return open * pattern + shut
end

-- What stands in for a pattern that is used more than once.
local function share (c, pattern)
  local name = new_rule(c)
  c.rules[name] = remember(c, pattern)
  return V(name)
end

-- A look-ahead that explain puts before and behind a leaf, to see what it does. A
-- rule's name is none: its rule has leaves of its own.
local function leaf_of (p, c)
  local make = leaf[p.op]
  if not make then return nil end
  local out = make(p, c)
  return c.watch and p.op ~= "ref" and c.watch(p, out) or out
end

-- A mark of a capture, and the groups for q.same.
local function bound (id, name, group, c)
  local out = Cc(id) * Cp()
  return c.again[name] and out * Cg(Cp(), group) or out
end

--- The layer that each match is a span of, or nil.
---@param p Pattern
---@return string? name
local function layer_of (p)
  while p.op == "as" or p.op == "where" do p = p.p end
  return p.op == "layer" and p.name or nil
end
M.layer_of = layer_of

-- Calls a where's function for the stretch from a group's position on.
local function testing (p, c, group)
  local compiled, test, layer = c.compiled, p.test, layer_of(p)
  local out = Cmt(Cb(group), function (_, at, begin)
    local span = tokens.span(compiled, begin, at, layer)
    return span and test(span) and true or false
  end)
  return c.watch and c.watch(p, out) or out
end

local function new_group (c)
  c.group_count = c.group_count + 1
  return "where " .. c.group_count
end

-- What stands before one more round of a repetition or a gap: c.further, a function of
-- the position, may say that it leads nowhere.
local function further (c)
  return c.further and Cmt(succeed, c.further) or succeed
end

-- least tokens, and then one more as long as what follows does not match.
local function gap (p, c, follows)
  local any, k = further(c) * S(c.all), share(c, follows)
  local out = k
  for _ = p.least + 1, p.most do out = k + any * out end
  for _ = 1, p.least do out = any * out end
  return out
end

-- LPeg's way ----------------------------------------------------------------------------

local build = {}

local function make (p, c) return leaf_of(p, c) or build[p.op](p, c) end

function build.ahead (p, c) return #make(p.p, c) end
function build.refuse (p, c) return -make(p.p, c) end
-- LPeg takes nothing here whose length it does not know: it is not watched.
function build.behind (p, c)
  local watch = c.watch
  c.watch = nil
  local out = B(make(p.p, c))
  c.watch = watch
  return out
end

function build.rep (p, c)
  local inner = make(p.p, c)
  if not p.most then return inner^p.least end
  local out = p.most > p.least and inner^-(p.most - p.least) or succeed
  for _ = 1, p.least do out = inner * out end
  return out
end

function build.choice (p, c)
  local out = P(false)
  for _, inner in ipairs(p) do out = out + make(inner, c) end
  return out
end

build["as"] = function (p, c)
  local id = c.name[p.name]
  return bound(id, p.name, first_of(p.name), c) * make(p.p, c)
         * bound(-id, p.name, last_of(p.name), c)
end

-- At the end of a sequence nothing follows: it takes the least.
function build.gap (p, c)
  local out = succeed
  for _ = 1, p.least do out = S(c.all) * out end
  return out
end

function build.where (p, c)
  local group = new_group(c)
  return Cg(Cp(), group) * make(p.p, c) * testing(p, c, group)
end

function build.seq (p, c)
  local out = succeed
  for i = rawlen(p), 1, -1 do
    local item, last = p[i], i == rawlen(p)
    out = item.op == "gap" and not last and gap(item, c, out) or make(item, c) * out
  end
  return out
end

-- Its rules are named anew, so that two grammars may have rules of one name.
function build.grammar (p, c)
  local scope, outer = {}, c.scope
  for name in pairs(outer or {}) do scope[name] = outer[name] end
  for name in pairs(p.rules) do
    scope[name] = new_rule(c)
    c.rule_name[scope[name]] = name
  end
  c.scope = scope
  for name, rule in next, p.rules do c.rules[scope[name]] = make(rule, c) end
  c.scope = outer
  return V(scope[p.first])
end

-- The way of regular expressions -----------------------------------------------------------

-- What follows is written once in what `follow` makes: where it is part of several
-- alternatives it is shared.
local whole = {}

local function follow (p, c, k)
  local own = whole[p.op]
  if own then return own(p, c, k) end
  return make(p, c) * k          -- a leaf; a grammar and what looks around, too
end

function whole.seq (p, c, k)
  for i = rawlen(p), 1, -1 do k = follow(p[i], c, k) end
  return k
end

function whole.choice (p, c, k)
  local out = P(false)
  k = share(c, k)
  for _, inner in ipairs(p) do out = out + follow(inner, c, k) end
  return out
end

-- One more round, and then on, or on at once: the latter first where c.lazy.
local function more (p, c, out, k)
  local round = further(c) * follow(p.p, c, out)
  return c.lazy and k + round or round + k
end

function whole.rep (p, c, k)
  k = share(c, k)
  local out = k
  if p.most then
    for _ = p.least + 1, p.most do out = more(p, c, out, k) end
  else
    local name = new_rule(c)
    c.rules[name] = remember(c, more(p, c, V(name), k))
    out = V(name)
  end
  for _ = 1, p.least do out = follow(p.p, c, out) end
  return out
end

whole["as"] = function (p, c, k)
  local id = c.name[p.name]
  return bound(id, p.name, first_of(p.name), c)
         * follow(p.p, c, bound(-id, p.name, last_of(p.name), c) * k)
end

function whole.gap (p, c, k) return gap(p, c, k) end

-- Whether what is inside fails hangs on where it began, too.
function whole.where (p, c, k)
  local group = new_group(c)
  k = share(c, k)
  c.held[rawlen(c.held) + 1] = group
  local out = Cg(Cp(), group) * follow(p.p, c, testing(p, c, group) * k)
  c.held[rawlen(c.held)] = nil
  return out
end

-- A match may look beyond its end: there c.further has no say.
local function looking (p, c)
  local before = c.further
  c.further = nil
  local out = follow(p.p, c, succeed)
  c.further = before
  return out
end

function whole.ahead (p, c, k) return #looking(p, c) * k end
function whole.refuse (p, c, k) return -looking(p, c) * k end

-- Groups of what `same` takes again. What was not captured yet begins nowhere.
local function blank_groups (c)
  local out = succeed
  c.held = {}
  for name in sorted(c.again) do
    for _, group in ipairs{ first_of(name), last_of(name) } do
      out = out * Cg(Cc(0), group)
      c.held[#c.held + 1] = group
    end
  end
  return out
end

-- Tokens that a repetition without end has, as a rule, by the unit that is searched.
local many = { sentence = 30, block = 200, doc = 10000 }
local COSTLY = 5000      -- ways of matching from which on failures are remembered

local cost

-- A repetition of what can be done in several ways is done in more than there
-- are tokens.
local function cost_of_rep (p, unit)
  local inner, most = cost(p.p, unit), p.most or many[unit]
  if inner > 1 and most > 1 then return COSTLY + 1 end
  return inner * (most - p.least + 1)
end

-- In how many ways a tree may match from one place, by a rough estimate.
function cost (p, unit)
  if p.op == "rep" then return cost_of_rep(p, unit) end
  local out = p.op == "gap" and p.most - p.least + 1 or p.p and cost(p.p, unit) or 1
  if p.op == "choice" then out = 0 end
  for _, inner in ipairs(p) do
    out = p.op == "choice" and out + cost(inner, unit) or out * cost(inner, unit)
    if out > COSTLY then break end
  end
  return out
end

-- Does a function of a script ask more than what it is given? Of a `where` that is
-- `stateful` the answer may be another one the next time.
local function is_stateful (p)
  if p.stateful or p.p and is_stateful(p.p) then return true end
  for _, item in ipairs(p) do
    if is_stateful(item) then return true end
  end
  return false
end

--- In how many ways a tree may match from one place, roughly, and from how many on
-- failures are remembered.
---@param p Pattern
---@param unit string sentence, block or doc
---@return number ways
---@return integer costly
function M.ways (p, unit) return cost(p, unit), COSTLY end

--- The pattern of a tree that ends with `last`, an LPeg pattern; what it is part
-- of has the rules in c.rules. `c` is compile.lua's; `regular` says which way. The
-- second pattern is to be matched once, before it is tried anywhere: it forgets what
-- failed in the last match, whose subject may have stood for other tokens.
---@return userdata pattern
---@return userdata before
function M.node (p, c, last, regular)
  local memory = cost(p, c.unit or "sentence") > COSTLY and not is_stateful(p)
                 and { turn = 0, count = 0, rules = 0 } or nil
  c.memory = memory
  local out = blank_groups(c) * (regular and follow(p, c, last) or make(p, c) * last)
  c.memory = nil
  if not memory then return out, succeed end
  return out, Cmt(succeed, function () memory.turn = memory.turn + 1 return true end)
end

-- Fields of `c` that a grammar begins with.
function M.begin (c)
  c.rules, c.rule_count, c.group_count, c.rule_name = {}, 0, 0, {}
  c.scope = nil
end

return M
