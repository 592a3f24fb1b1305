--- Patterns over tokens, composed as LPeg patterns are.
--
--     local q = require "lesdiplo".query
--     local visit = q.stem "visit" * q.gap(0, 4) * q.shape "title":as "where"
--     for hit in corpus:find(visit) do print(hit.where, hit.cite) end
--
-- A pattern is a tree that knows nothing of a corpus: compile.lua makes it an
-- LPeg pattern for one. Operators mean what they mean in LPeg: `*` one after the
-- other, `+` the first of two that matches, `-` the left one where the right one
-- does not match, `^` repetition, `#` and unary `-` look ahead and take nothing.
-- @module lesdiplo.query.pattern
local _, native = ...
local error, format, getmetatable, ipairs = error, string.format, getmetatable, ipairs
local math_type, setmetatable, type = math.type, setmetatable, type
_ENV = nil
local M = {}

local GAP_MOST = 250      -- tokens of a gap: each is a rule of a grammar

local Pattern = {}
Pattern.__index = Pattern
Pattern.__name = "Pattern"
Pattern.__metatable = false

-- Nodes: op says which fields there are.
--   word   alternatives = array of {how, what}    one token
--   any                                           one token
--   seq, choice   array part                      patterns
--   rep    p, least, most (nil: no bound)
--   gap    least, most                            as few as what follows needs
--   ahead, refuse, behind   p                     take nothing
--   start, stop                                   of the unit
--   as     p, name
--   where  p, test                                p, where test(span) holds
local function node (fields) return setmetatable(fields, Pattern) end

local function is_pattern (x)
  return type(x) == "table" and getmetatable(x) == false and x.op ~= nil
end

local empty = node{ op = "seq" }

local function to_pattern (x)
  if is_pattern(x) then return x end
  if type(x) == "string" then return M.word(x) end
  if x == true then return empty end
  if math_type(x) == "integer" and x >= 0 then
    return node{ op = "rep", p = M.any, least = x, most = x }
  end
  error(format("a token pattern is wanted, and this is a %s: words are strings, "
               .. "and the rest comes from lesdiplo.query", type(x)), 3)
end

local function join (op, a, b)
  local out = { op = op }
  for _, p in ipairs{ to_pattern(a), to_pattern(b) } do
    if p.op == op then
      for _, inner in ipairs(p) do out[#out + 1] = inner end
    else
      out[#out + 1] = p
    end
  end
  return node(out)
end

function Pattern.__mul (a, b) return join("seq", a, b) end

-- Two tests of one token are one test.
function Pattern.__add (a, b)
  a, b = to_pattern(a), to_pattern(b)
  if a.op ~= "word" or b.op ~= "word" then return join("choice", a, b) end
  local out = {}
  for _, p in ipairs{ a, b } do
    for _, alternative in ipairs(p.alternatives) do out[#out + 1] = alternative end
  end
  return node{ op = "word", alternatives = out }
end

function Pattern.__unm (a) return node{ op = "refuse", p = a } end
function Pattern.__len (a) return node{ op = "ahead", p = a } end
function Pattern.__sub (a, b) return -to_pattern(b) * to_pattern(a) end

function Pattern.__pow (a, n)
  if math_type(n) ~= "integer" then error("a pattern is repeated a whole number of times", 2) end
  if n >= 0 then return node{ op = "rep", p = a, least = n } end
  return node{ op = "rep", p = a, least = 0, most = -n }
end

--- pattern:as(name): what it matches is a field of the hit.
function Pattern:as (name)
  if type(name) ~= "string" or name == "" then error("a capture's name is a text", 2) end
  if native.tokens.has_field(name) then
    error(format("a capture cannot be called '%s': every hit has a field of that name", name), 2)
  end
  return node{ op = "as", p = self, name = name }
end

--- pattern:where(f): what it matches counts where f(span) is true. Where it is
-- not, the pattern does not match there, and what else it might match is tried.
function Pattern:where (f)
  if type(f) ~= "function" then error("where takes a function of a span", 2) end
  return node{ op = "where", p = self, test = f }
end

--- Any token.
M.any = node{ op = "any" }
--- The unit's beginning and end (a sentence's, unless it is told otherwise).
M.bos = node{ op = "start" }
M.eos = node{ op = "stop" }

local function test (how, what) return node{ op = "word", alternatives = { { how, what } } } end

--- A word, whatever its case and accents.
function M.word (w) return test("word", w) end
--- A word as it is written.
function M.form (w) return test("form", w) end
--- All words with the same stem, in the language of each document.
function M.stem (w) return test("stem", w) end
--- lower title upper mixed initial number ordinal dotted han other.
function M.shape (name) return test("shape", name) end
--- A token whose text an LPeg pattern matches from end to end.
function M.text (pattern) return test("match", pattern) end

--- From m to n tokens of any kind, as few as what follows needs.
function M.gap (m, n)
  if n == nil then m, n = 0, m end
  if math_type(m) ~= "integer" or math_type(n) ~= "integer" or m < 0 or n < m or n > GAP_MOST then
    error(format("a gap is gap(m, n) with 0 <= m <= n <= %d", GAP_MOST), 2)
  end
  return node{ op = "gap", least = m, most = n }
end

--- What stands before, up to here.
function M.behind (p) return node{ op = "behind", p = to_pattern(p) } end

M.to_pattern = to_pattern
return M
