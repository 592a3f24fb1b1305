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
-- @names M lesdiplo.query
-- @names Pattern pattern
local lpeg = require "lpeg"
local describe = require "lesdiplo.query.describe"
local util = require "lesdiplo.util"
local _, native = ...
local error, format, getmetatable, ipairs = error, string.format, getmetatable, ipairs
local math_type, pairs, rawlen, require = math.type, pairs, rawlen, require
local select, setmetatable = select, setmetatable
local concat, len = table.concat, utf8.len
local sort, type, unpack = table.sort, type, table.unpack
_ENV = nil
local M = {}

--- Tokens of a gap, and repetitions where they are counted, at most.
M.COUNTED_MOST = 250
local MOST = M.COUNTED_MOST

local Pattern = {}
Pattern.__name = "Pattern"
Pattern.__metatable = false
Pattern.__tostring = describe

-- Nodes: op says which fields there are.
--   word   alternatives = array of {how, what}    one token
--   any                                           one token
--   layer  name                                   a whole span of it
--   mark   name                                   one token inside a span of it
--   phrases  list = array of arrays of words      the longest that is there
--   same   name                                   what the capture took, again
--   seq, choice   array part                      patterns
--   rep    p, least, most (nil: no bound)
--   gap    least, most                            as few as what follows needs
--   ahead, refuse, behind   p                     take nothing
--   start, stop                                   of the unit
--   as     p, name
--   where  p, test                                p, where test(span) holds
--   grammar  rules, first                         rules by name, one of them first
--   ref    name                                   a rule of the grammar around it
local function node (fields) return setmetatable(fields, Pattern) end

-- Fields are found in the class, and `lpeg`, which is made when it is asked for.
function Pattern.__index (p, key)
  if key == "lpeg" then
    return require "lesdiplo.query.compile".lpeg(p)
  end
  return Pattern[key]
end

local function is_pattern (x)
  return type(x) == "table" and getmetatable(x) == false and x.op ~= nil
end

local empty = node{ op = "seq" }

local function repeated (p, least, most)
  if least > MOST or (most or 0) > MOST then
    error(format("a pattern is repeated at most %d times where they are counted", MOST), 3)
  end
  return node{ op = "rep", p = p, least = least, most = most }
end

local function to_pattern (x)
  if is_pattern(x) then return x end
  if type(x) == "string" then return M.word(x) end
  if x == true then return empty end
  if math_type(x) == "integer" and x >= 0 then return repeated(M.any, x, x) end
  local what = type(x)
  if lpeg.type(x) then what = "pattern over text: q.text(it) asks it of a token" end
  error(format("a token pattern is wanted, and this is a %s; words are strings, "
               .. "and the rest comes from lesdiplo.query", what), 3)
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
  if n >= 0 then return repeated(a, n) end
  return repeated(a, 0, -n)
end

local function check_name (name)
  if type(name) ~= "string" or name == "" or name:find ".%." then
    error("a capture's name is a text without dots, such as \"who\"", 3)
  end
  if native.tokens.has_field(name) then
    error(format("a capture cannot be called '%s': every hit has a field of that name", name), 3)
  end
end

--- What it matches is a field of the hit, a Span. Where it matches more than once, the
-- first one is. In a pattern that is p.lpeg, names are of no use.
--     > local q = lesdiplo.query
--     > corpus:find(q.stem "exchange":as "did")[1].did.text
--     exchanged
---@param name string none that every Span has (text, doc ...)
---@return Pattern
function Pattern:as (name)
  check_name(name)
  return node{ op = "as", p = self, name = name }
end

--- What it matches counts where f(span) is true, or where f, an LPeg pattern, matches its
-- text from end to end. Where that is not so, the pattern does not match there, and what
-- else it might match is tried. Of a layer the span has its fields.
--     > local q = lesdiplo.query
--     > #corpus:find(q.country:where(function (c) return c.id == "ZAF" end))
--     3
---@param f function|userdata
---@return Pattern
function Pattern:where (f)
  if lpeg.type(f) == "pattern" then
    local whole = f / 0 * -1
    f = function (span) return lpeg.match(whole, span.text) end
  elseif type(f) ~= "function" then
    error("where takes a function of a span, or an LPeg pattern", 2)
  end
  return node{ op = "where", p = self, test = f }
end

--- How corpus:find would look for it with those options, as a table that prints: what it
-- needs and how often that comes, which sentences are looked at, and the cost.
---@param corpus Corpus
---@param options table? as of corpus:find
---@return table
function Pattern:plan (corpus, options)
  return require "lesdiplo.query.explain".plan(self, corpus, options)
end

--- How far it gets in each sentence, the nearest to a hit first, as a table that prints:
-- what it took, what it expected then, what stands there; and how often each of its
-- elements was tried and passed.
---@param where Doc|Span
---@return table
function Pattern:explain (where)
  return require "lesdiplo.query.explain".explain(self, where)
end

--- Any token.
M.any = node{ op = "any" }
--- The unit's beginning (a sentence's, unless it is told otherwise); takes no token.
M.bos = node{ op = "start" }
--- The unit's end; takes no token.
M.eos = node{ op = "stop" }

local function test (how, what)
  if type(what) ~= "string" then error(format("q.%s takes a text", how), 3) end
  return node{ op = "word", alternatives = { { how, what } } }
end

local function pick (list, places)
  local out = {}
  for i, place in ipairs(places) do out[i] = list[place] end
  return out
end

-- The words of a phrase, one after the other.
local function in_a_row (tokens)
  local out = {}
  for i, token in ipairs(tokens) do out[i] = test("word", token) end
  return rawlen(out) == 1 and out[1] or node{ op = "seq", unpack(out) }
end

-- The arrays of words that phrases are in documents of a language, or of most.
local function cut (phrases, lang)
  local lines = {}
  if #phrases == 0 then return {} end
  for i, phrase in ipairs(phrases) do
    if not len(phrase) then error(format("no UTF-8: these bytes are no text, %q", phrase), 0) end
    lines[i] = phrase:gsub("[\n%z]", " ")
  end
  local out, now = {}, {}
  for _, token in ipairs(native.tokens.words(concat(lines, "\n"), lang)) do
    if token == "" then
      out[#out + 1], now = now, {}
    else
      now[#now + 1] = token
    end
  end
  return out
end

-- The same of each phrase, one or two of them: French cuts l'accord in two.
local function readings (phrases)
  local out, special = {}, {}
  for i, words in ipairs(cut(phrases)) do
    out[i] = { words }
    if phrases[i]:find "['\u{2019}]" then special[#special + 1] = i end
  end
  for k, words in ipairs(#special == 0 and {} or cut(pick(phrases, special), "fr")) do
    local all = out[special[k]]
    if #words ~= #all[1] then all[2] = words end
  end
  return out
end

-- One of several, of which each is made by itself.
local function either (make, first, ...)
  local out = make(first)
  for i = 1, select("#", ...) do out = out + make((select(i, ...))) end
  return out
end

local function one_word (w)
  if type(w) ~= "string" then error("q.word takes a text", 2) end
  if w:find "^%a+$" then return test("word", w) end
  local read = readings{ w }[1]
  if #read[1] == 0 then error("q.word: there is no word in ''", 2) end
  local out = in_a_row(read[1])
  return read[2] and out + in_a_row(read[2]) or out
end

--- A word, or several with spaces between, whatever their case and accents; one of them where
-- more are given. A string in a pattern is the same.
---@param w string
---@param ... string others that may stand for it
---@return Pattern
function M.word (w, ...) return either(one_word, w, ...) end

-- A test of one token, whose text has to be one.
local function test_of_token (how, what)
  local out = test(how, what)
  if #M.tokens(what) ~= 1 then
    error(format("q.%s(%q): a test of one token; several are q.%s \"one\" * q.%s \"other\"",
                 how, what, how, how), 2)
  end
  return out
end

--- A word as it is written, capitals and accents too.
---@param w string one token
---@param ... string others that may stand for it
---@return Pattern
function M.form (w, ...)
  return either(function (one) return test_of_token("form", one) end, w, ...)
end
--- All words with the same stem, in the language of each document.
---@param w string one token, in any of its forms
---@param ... string others that may stand for it
---@return Pattern
function M.stem (w, ...)
  return either(function (one) return test_of_token("stem", one) end, w, ...)
end

--- A token that looks so: lower title upper mixed initial number ordinal dotted han other.
---@param name string
---@return Pattern
function M.shape (name)
  native.tokens.shape(name)      -- raises where there is none
  return test("shape", name)
end

--- A token whose text an LPeg pattern matches from end to end.
--     > #corpus:find(lesdiplo.query.text(lpeg.P "inter" * lpeg.P(1)^0)) > 0
--     true
---@param pattern userdata
---@return Pattern
function M.text (pattern)
  if lpeg.type(pattern) ~= "pattern" then
    error("q.text takes an LPeg pattern: lpeg.R \"09\"^4", 2)
  end
  return node{ op = "word", alternatives = { { "match", pattern / 0 } } }
end

--- From m to n tokens of any kind, as few as what follows needs; q.gap(n) is q.gap(0, n).
---@param m integer
---@param n integer? 250 at most
---@return Pattern
function M.gap (m, n)
  if n == nil then m, n = 0, m end
  if math_type(m) ~= "integer" or math_type(n) ~= "integer" or m < 0 or n < m or n > MOST then
    error(format("a gap is gap(m, n) with 0 <= m <= n <= %d; of a whole sentence it is any^0",
                 MOST), 2)
  end
  return node{ op = "gap", least = m, most = n }
end

--- What stands before, up to here: of a length that is known, without captures. It takes
-- no token; -q.behind(p) is what does not stand behind p.
---@param p Pattern|string
---@return Pattern
function M.behind (p) return node{ op = "behind", p = to_pattern(p) } end

--- The words that documents have of a phrase.
function M.tokens (phrase)
  if phrase:find "^%a+$" then return { phrase } end
  return cut{ phrase }[1] or {}
end

-- Layers ----------------------------------------------------------------------------

local function layer_node (op, name)
  if type(name) ~= "string" then error("a layer's name is a text", 3) end
  return node{ op = op, name = name }
end

--- A whole span of a layer, the longest that begins there, in one unit: q.layer "person"
-- is q.person. All layers are there: country org place person date amount quote event
-- stance relation block sentence, and a script's own.
---@param name string
---@return Pattern
function M.layer (name)
  if name == "token" then return M.any end
  return layer_node("layer", name)
end

--- A token inside a span of a layer.
---@param name string
---@return Pattern
function M.inside (name) return layer_node("mark", name) end

--- A token outside all spans of a layer.
---@param name string
---@return Pattern
function M.outside (name) return M.any - layer_node("mark", name) end

-- Lists ------------------------------------------------------------------------------

local lexicons = {}

-- Names of a lexicon, sorted: an array of phrases, or a set with phrases as keys.
local function phrases_of (list)
  local out = {}
  for key, value in pairs(list) do
    out[#out + 1] = type(key) == "string" and key or value
    if type(out[#out]) ~= "string" then
      error("q.lexicon: an array of words and phrases is wanted, or a table with them as keys", 3)
    end
  end
  sort(out)
  return out
end

--- One of many words and phrases, the longest that is there; case and accents do
-- not count. With a name before the list, the list is kept under it, and
-- q.lexicon(name) is the same pattern from then on.
---@param name string|table a name, or the list itself
---@param list table? an array of words and phrases, or a table with them as keys
function M.lexicon (name, list)
  if list == nil and type(name) == "string" then
    if not lexicons[name] then
      error(format("no lexicon '%s'%s", name,
                   util.hint(name, util.keys(lexicons), "; q.lexicon(name, list) makes one")), 2)
    end
    return lexicons[name]
  end
  if list == nil then name, list = nil, name end
  if type(list) ~= "table" then error("q.lexicon takes a table of words and phrases", 2) end
  local out = { op = "phrases", list = {}, title = name }
  for _, read in ipairs(readings(phrases_of(list))) do
    for _, words in ipairs(read) do
      if #words > 0 then out.list[#out.list + 1] = words end
    end
  end
  node(out)
  if name then lexicons[name] = out end
  return out
end

-- Captures again, rules ---------------------------------------------------------------

--- What the capture of that name took, once more: the same entity where a layer of
-- the pattern knows it, else the same words.
function M.same (name)
  check_name(name)
  return node{ op = "same", name = name }
end

--- Rules by name, which may use each other and themselves by q.rule(name). The
-- first element names the one to begin with, or is it.
function M.grammar (rules)
  if type(rules) ~= "table" or rules[1] == nil then
    error("q.grammar takes a table of rules, and first the name of the one to begin with", 2)
  end
  local out = { op = "grammar", rules = {}, first = rules[1] }
  for name, p in pairs(rules) do
    if name ~= 1 then out.rules[name] = to_pattern(p) end
  end
  if type(out.first) ~= "string" then
    out.rules[1], out.first = to_pattern(rules[1]), 1
  elseif not out.rules[out.first] then
    error(format("q.grammar: there is no rule '%s' to begin with", out.first), 2)
  end
  return node(out)
end

--- A rule of the grammar around it.
---@param name string
---@return Pattern
function M.rule (name) return node{ op = "ref", name = name } end

--- A node made of its fields, and whether something is one.
M.node = node
--- Is it a pattern over tokens?
---@param x any
---@return boolean
M.is_pattern = is_pattern

--- A pattern of what may stand for one: a string is a word, a whole number as many
-- tokens, true nothing at all. Raises for anything else.
---@param x any
---@return Pattern
M.to_pattern = to_pattern
return M
