--- What the methods that count are told: options, documents, terms.
-- @module lesdiplo.statistics.options
local util = require "lesdiplo.util"
local _, native = ...
local count = native.statistics
local error, format, getmetatable, ipairs = error, string.format, getmetatable, ipairs
local concat, huge, math_type, next = table.concat, math.huge, math.type, next
local pcall, require, tointeger, tostring = pcall, require, math.tointeger, tostring
local type = type
_ENV = nil
local M = {}

local MOST = 4294967295     -- C counts in 32 bits
M.MOST = MOST

--- Raises a message that names the method.
---@param c table a call
function M.refuse (c, ...) error("corpus:" .. c.method .. ": " .. format(...), 0) end
local refuse = M.refuse

-- Values ------------------------------------------------------------------------

local checks = {}

-- A whole number within bounds.
local function whole (least, most)
  return function (c, name, value)
    if value == huge then value = most end
    if math_type(value) == "float" then value = tointeger(value) or value end
    if math_type(value) ~= "integer" or value < least or value > most then
      refuse(c, "%s is a whole number from %d%s, got %s", name, least,
             most < MOST and format(" to %d", most) or "", tostring(value))
    end
    return value
  end
end

-- One of some names.
local function one_of (names)
  return function (c, name, value)
    for _, other in ipairs(names) do
      if other == value then return value end
    end
    refuse(c, "no %s '%s'%s", name, tostring(value),
           util.hint(value, names, ": it is one of " .. concat(names, " ")))
  end
end

local function yes_or_no (c, name, value)
  if type(value) ~= "boolean" then
    refuse(c, "%s is true or false, got a %s", name, type(value))
  end
  return value
end

-- The stop words that come along: a text a language.
local function stop_words ()
  local out = {}
  for _, name in ipairs{ "stopwords", "function_words" } do
    for lang, text in util.sorted(require("lesdiplo.data." .. name)) do
      out[lang] = (out[lang] or "") .. " " .. text
    end
  end
  return out
end

-- true: those; an array: words of one's own. What C takes.
function checks.stop (c, _, value)
  if value == true then return stop_words() end
  if value == false then return nil end
  if type(value) ~= "table" then
    refuse(c, "stop is true, or an array of words: {\"said\", \"mr\"}; got a %s", type(value))
  end
  for i, word in ipairs(value) do
    if type(word) ~= "string" then refuse(c, "stop[%d] is no word, but a %s", i, type(word)) end
  end
  return concat(value, " ")
end

checks.by = one_of{ "word", "form", "stem" }
checks.within = one_of{ "sentence", "block", "doc" }
checks.least = whole(0, MOST)
checks.most = whole(1, MOST)
checks.left = whole(0, 1000)
checks.right = whole(0, 1000)
checks.parts = whole(2, 10000)
checks.n = whole(1, 10)
checks.furniture = yes_or_no
checks.matrix = yes_or_no
function checks.docs (_, _, value) return value end

--- A call of a method: its options, checked. `allowed` has a default for each, or
-- false where there is none.
---@param method string
---@param options table?
---@param allowed table
---@param special table? checks of its own
---@return table call
function M.read (method, options, allowed, special)
  local c = { method = method }
  options = util.options("corpus:" .. method, options, util.keys(allowed))
  for name, value in util.sorted(options) do
    c[name] = (special and special[name] or checks[name])(c, name, value)
  end
  for name, value in util.sorted(allowed) do
    if c[name] == nil and value ~= false then c[name] = value end
  end
  return c
end

--- A check for an option of those names.
---@param names string[]
---@return function check
function M.one_of (names) return one_of(names) end

-- Documents -----------------------------------------------------------------------

--- An array of documents: one that is given, what an iterator gives, or those
-- that filters let pass.
---@param c table a call
---@param corpus Corpus
---@param docs any
---@return Doc[]?
function M.docs (c, corpus, docs, name)
  if docs == nil then return nil end
  if type(docs) == "table" and docs[1] == nil and next(docs) ~= nil then
    docs = corpus:docs(docs)
  end
  if type(docs) == "function" then
    local out = {}
    for doc in docs do out[#out + 1] = doc end
    docs = out
  end
  if type(docs) ~= "table" then
    refuse(c, "%s is an array of documents, what corpus:docs gives, or its filters: "
           .. "{lang = \"en\"}; got a %s", name or "docs", type(docs))
  end
  if docs[1] == nil then
    refuse(c, "%s has no document: see what corpus:docs gives for those filters", name or "docs")
  end
  return docs
end

-- Which documents count, as C has it.
local function sides (c, corpus, docs, others)
  local ok, found, first, second = pcall(count.sides, corpus, docs, others)
  if not ok then refuse(c, "%s", found) end
  if first == 0 then refuse(c, "the corpus has no document") end
  return found, first, second
end

--- Puts what the call is about into it: `sides` and `terms`.
---@param c table a call
---@param corpus Corpus
---@param others any of keyness: the documents of the other side, or true
function M.open (c, corpus, others)
  c.corpus = corpus
  c.docs = M.docs(c, corpus, c.docs)
  if others ~= nil and others ~= true then
    others = M.docs(c, corpus, others, "the other documents")
  end
  c.sides, c.first, c.second = sides(c, corpus, c.docs, others)
  c.terms = count.terms(corpus, c.by or "word", c.stop, c.furniture or false)
  return c
end

-- Terms -----------------------------------------------------------------------------

-- A phrase as a pattern: words of the corpus, one beside the other.
local function phrase (c, text)
  local q = require "lesdiplo.query"
  local by = c.by or "word"
  local pattern
  for _, word in ipairs(count.words(c.corpus, text, by == "form")) do
    local one = q[by](word)
    pattern = pattern and pattern * one or one
  end
  if not pattern then refuse(c, "a term without a letter: '%s'", text) end
  return pattern
end

--- The hits of a term that count: of a word or phrase, a token pattern, or Hits.
-- A phrase of characters has to begin and to end where words do.
---@param c table a call
---@param term any
---@return Hits
function M.hits (c, term)
  local is_text = type(term) == "string"
  if is_text or type(term) == "table" and getmetatable(term) == false then
    term = c.corpus:find(is_text and phrase(c, term) or term)
  elseif native.base.class(term) ~= "Hits" then
    refuse(c, "a term is a word, a token pattern of lesdiplo.query, or Hits; got a %s",
           native.base.class(term) or type(term))
  end
  local ok, hits = pcall(count.counted, c.terms, c.sides, term, is_text)
  if not ok then
    if hits:find("another corpus", 1, true) then refuse(c, "the hits are of another corpus") end
    error(hits, 0)
  end
  return hits
end

--- One term or several, as an array of {name, hits}: an array keeps its order;
-- what has a name of its own follows, by name.
---@param c table a call
---@param terms any
---@return table[]
---@return boolean several
function M.terms (c, terms)
  if type(terms) ~= "table" or getmetatable(terms) == false then
    return { { type(terms) == "string" and terms or "", M.hits(c, terms) } }, false
  end
  local out = {}
  for key, term in util.sorted(terms) do
    local name = type(key) == "string" and key or type(term) == "string" and term or tostring(key)
    out[#out + 1] = { name, M.hits(c, term) }
  end
  if #out == 0 then refuse(c, "no term") end
  return out, true
end

return M
