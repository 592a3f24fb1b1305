--- Token patterns made LPeg patterns over subjects of a byte a token.
-- @module lesdiplo.query.compile
local lpeg = require "lpeg"
local _, native = ...
local P, S, V, B, Cc, Cp, Cmt = lpeg.P, lpeg.S, lpeg.V, lpeg.B, lpeg.Cc, lpeg.Cp, lpeg.Cmt
local concat, format, ipairs = table.concat, string.format, ipairs
local rawlen, tostring = rawlen, tostring
local tokens = native.tokens
_ENV = nil
local M = {}

local FREQUENT = 32    -- of so many tokens one: sentences have as many or so

-- Predicates ------------------------------------------------------------------

-- Tests that are made lists of words, once a query.
local listed = { shape = tokens.shaped, match = tokens.matching }

-- The number of a predicate: the same tests have the same.
local function predicate (alternatives, c)
  local keys, out = {}, {}
  for i, a in ipairs(alternatives) do keys[i] = format("%s %s", a[1], tostring(a[2])) end
  local key = concat(keys, "\0")
  if not c.number[key] then
    for i, a in ipairs(alternatives) do
      local list = listed[a[1]]
      out[i] = list and { "list", list(c.corpus, a[2]) } or a
    end
    c.predicates[#c.predicates + 1] = out
    c.number[key] = #c.predicates
  end
  return c.number[key]
end

-- Gives each test of a tree, and each name, a number.
local function number (p, c)
  if p.op == "word" then c.of[p] = predicate(p.alternatives, c)
  elseif p.op == "as" and not c.name[p.name] then
    c.names[#c.names + 1] = p.name
    c.name[p.name] = #c.names
  end
  if p.p then number(p.p, c) end
  for _, inner in ipairs(p) do number(inner, c) end
end

-- Patterns --------------------------------------------------------------------

local build = {}

local function make (p, c) return build[p.op](p, c) end

function build.word (p, c)
  local set = c.sets[c.of[p]]
  return set and S(set) or Cmt(P(true), tokens.asker(c.compiled, c.of[p]))
end

function build.any (_, c) return S(c.all) end
function build.start () return B(P"\0") end
function build.stop () return #P"\0" end
function build.ahead (p, c) return #make(p.p, c) end
function build.refuse (p, c) return -make(p.p, c) end
function build.behind (p, c) return B(make(p.p, c)) end

function build.rep (p, c)
  local inner = make(p.p, c)
  if not p.most then return inner^p.least end
  local out = p.most > p.least and inner^-(p.most - p.least) or P(true)
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
  return Cc(id) * Cp() * make(p.p, c) * Cc(-id) * Cp()
end

-- At the end of a sequence nothing follows: it takes the least.
function build.gap (p, c)
  local out = P(true)
  for _ = 1, p.least do out = S(c.all) * out end
  return out
end

-- The captures inside are handed on.
function build.where (p, c)
  local compiled, test = c.compiled, p.test
  return Cmt(Cp() * make(p.p, c), function (_, at, begin, ...)
    local span = tokens.span(compiled, begin, at)
    if span and test(span) then return at, ... end
  end)
end

-- least tokens, and then one more as long as what follows does not match.
local function lazy (p, rest, c)
  local any = S(c.all)
  local grammar = { "gap" .. p.most - p.least, rest = rest, gap0 = V"rest" }
  for i = 1, p.most - p.least do
    grammar["gap" .. i] = V"rest" + any * V("gap" .. i - 1)
  end
  local out = P(grammar)
  for _ = 1, p.least do out = any * out end
  return out
end

function build.seq (p, c)
  local out = P(true)
  for i = rawlen(p), 1, -1 do
    local item, last = p[i], i == rawlen(p)
    out = item.op == "gap" and not last and lazy(item, out, c) or make(item, c) * out
  end
  return out
end


-- Where it may begin ------------------------------------------------------------

-- The set of the bytes that a match begins with, or nil where it is not known.
local function first (p, c)
  if p.op == "word" then
    local set = c.sets[c.of[p]]
    return set and set ~= "" and S(set) or nil
  elseif p.op == "as" or p.op == "where" then return first(p.p, c)
  elseif p.op == "rep" then return p.least > 0 and first(p.p, c) or nil
  elseif p.op == "choice" then
    local out
    for _, inner in ipairs(p) do
      local set = first(inner, c)
      if not set then return nil end
      out = out and out + set or set
    end
    return out
  elseif p.op == "seq" then
    for _, inner in ipairs(p) do
      local zero = inner.op == "ahead" or inner.op == "refuse" or inner.op == "behind"
                   or inner.op == "start" or inner.op == "stop"
      if not zero then return first(inner, c) end
    end
  end
end

-- What it needs -------------------------------------------------------------------

-- The tests of which each match has a token.
local function needs (p, out)
  if p.op == "word" then out[#out + 1] = p
  elseif p.op == "as" or p.op == "where" then needs(p.p, out)
  elseif p.op == "rep" and p.least > 0 then needs(p.p, out)
  elseif p.op == "seq" then
    for _, inner in ipairs(p) do needs(inner, out) end
  end
  return out
end

-- The rarest of them by postings; nil where it is so frequent that its sentences
-- are most of the corpus.
local function rarest (p, c)
  local best, least
  for _, test in ipairs(needs(p, {})) do
    local count, all = tokens.count(c.corpus, c.predicates[c.of[test]])
    if count * FREQUENT < all and (not least or count < least) then
      best, least = c.predicates[c.of[test]], count
    end
  end
  return best
end

-- A pattern for a corpus: {compiled, pattern, names}, and `of`, `predicates`.
local function compile (corpus, p)
  local c = { corpus = corpus, of = {}, number = {}, predicates = {}, name = {}, names = {} }
  number(p, c)
  c.compiled, c.sets, c.all = tokens.compile(corpus, c.predicates)
  local found = Cp() * make(p, c) * Cp()
  local begin = first(p, c)
  local skip = begin and (P(1) - begin)^0 or P(true)
  c.pattern = P{ skip * (found + 1 * V(1)) }
  return c
end

--- The hits of a pattern in a corpus, or in one document of it. Options are
-- those of corpus:find; `plan = false` looks at every sentence.
---@param corpus Corpus
---@param p Pattern
---@param options table?
---@param doc Doc?
---@return Hits hits
function M.find (corpus, p, options, doc)
  options = options or {}
  local c = compile(corpus, p)
  return tokens.search(c.compiled, c.pattern, c.names, {
    within = options.within, overlap = options.overlap, most = options.most, doc = doc,
    need = options.plan ~= false and not doc and rarest(p, c) or nil,
  })
end

return M
