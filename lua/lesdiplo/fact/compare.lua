--- corpus:compare: the positions of two documents on the same objects, side by side.
--
-- Two positions are on the same object where their objects are alike (fact.told.objects says
-- how that is measured) at least so much as `least` says, and share two features. Each
-- has one counterpart: the most alike are paired first, and what is paired is taken. Where
-- another position begins inside an object, the object counts up to there.
-- @module lesdiplo.fact.compare
local objects = require "lesdiplo.fact.told.objects"
local util = require "lesdiplo.util"
local _, native = ...
local concat, error, floor, format = table.concat, error, math.floor, string.format
local ipairs, pairs, sort, type = ipairs, pairs, table.sort, type
_ENV = nil
local M = {}

local LEAST = 0.3          -- of likeness, unless another is asked for
local COMMON = 64          -- positions that share a feature: of more it ties nothing
local columns = { "relation", "a_says", "a", "b_says", "b", "alike" }

-- Positions ------------------------------------------------------------------------------

local function doc_of (corpus, which, name)
  if native.base.class(which) == "Doc" then return which end
  if type(which) ~= "string" then
    error(format("corpus:compare(a, b): %s is a document, or its id", name), 0)
  end
  local doc, message = corpus:doc(which)
  if not doc then error("corpus:compare: " .. message, 0) end
  return doc
end

local function holders (span) return concat(span.holder or {}, ", ") end

-- The object of a position up to where the next one begins inside it, which is another
-- ("close ties, to oppose all embargoes"); nil where that leaves nothing.
local function object_of (span, behind)
  if not behind or behind.first > span.last then return span end
  if behind.first == span.first then return behind.last >= span.last and span or nil end
  return span.doc:span(span.first, behind.first - 1)
end

-- The ids that hold the positions of some documents: what they are about is something else.
local function holders_of (...)
  local out = {}
  for _, spans in ipairs{ ... } do
    for _, span in spans:each() do
      for _, id in ipairs(span.holder or {}) do out[id] = true end
    end
  end
  return out
end

-- The positions of a document, in its order.
local function positions (spans, without)
  local out = {}
  for i, span in spans:each() do
    local object = object_of(span, spans[i + 1])
    local features = object and objects.features(object, without)
    if features and features[1] then
      out[#out + 1] = { span = span, number = i, holder = holders(span), features = features }
    end
  end
  return out
end

-- Pairs ----------------------------------------------------------------------------------------

-- Positions by their features; those by which too many are found are not kept.
local function by_feature (list)
  local out = {}
  for _, one in ipairs(list) do
    for _, feature in ipairs(one.features) do
      out[feature] = out[feature] or {}
      out[feature][#out[feature] + 1] = one
    end
  end
  for feature, found in pairs(out) do
    if #found > COMMON then out[feature] = nil end
  end
  return out
end

-- Calls f(other) for the positions that share a feature with one, each once.
local function each_other (one, by, f)
  local seen = {}
  for _, feature in ipairs(one.features) do
    for _, other in ipairs(by[feature] or {}) do
      if not seen[other] then
        seen[other] = true
        f(other)
      end
    end
  end
end

-- All pairs that are alike enough, the most alike first.
local function candidates (a, b, weight, least, ids_only)
  local by, out = by_feature(b), {}
  for _, one in ipairs(a) do
    each_other(one, by, function (other)
      local alike, shared = objects.likeness(one.features, other.features, weight, ids_only)
      if alike >= least and (shared > 1 or ids_only) then
        out[#out + 1] = { a = one, b = other, alike = alike }
      end
    end)
  end
  sort(out, function (x, y)
    if x.alike ~= y.alike then return x.alike > y.alike end
    if x.a.number ~= y.a.number then return x.a.number < y.a.number end
    return x.b.number < y.b.number
  end)
  return out
end

local function sign (n) return (n or 0) > 0 and 1 or (n or 0) < 0 and -1 or 0 end

local function relation (x, y)
  x, y = sign(x.polarity), sign(y.polarity)
  if x * y < 0 then return "tension" end
  return x == y and "agreement" or "open"
end

-- Rows -----------------------------------------------------------------------------------------

local function says (one)
  local span = one.span
  return (one.holder ~= "" and one.holder .. " " or "") .. (span.negated == true and "not: " or "")
         .. (span.stance or "?") .. (span.hedge and format(" (%s)", span.hedge) or "")
end

local function left_over (list, taken)
  local out = { columns = { "says", "object", "cite" } }
  for _, one in ipairs(list) do
    if not taken[one] then out[#out + 1] = { says = says(one), object = one.span } end
  end
  return out
end

--- What corpus:compare gives.
---@param corpus Corpus
---@param a Doc|string
---@param b Doc|string
---@param options? table least, layer
---@return table[] rows relation, a_says, a, b_says, b, alike; with only_a and only_b
function M.compare (corpus, a, b, options)
  options = util.options("corpus:compare(a, b, options)", options, { "least", "layer" })
  local least = options.least or LEAST
  if type(least) ~= "number" or least <= 0 or least > 1 then
    error("corpus:compare: least is a number above 0, up to 1", 0)
  end
  a, b = doc_of(corpus, a, "a"), doc_of(corpus, b, "b")
  local layer = options.layer or "stance"
  local without = holders_of(a:layer(layer), b:layer(layer))
  local one, other = positions(a:layer(layer), without), positions(b:layer(layer), without)
  local weight, taken = objects.weights(corpus), {}
  local out = { columns = columns }
  for _, pair in ipairs(candidates(one, other, weight, least, a.lang ~= b.lang)) do
    if not taken[pair.a] and not taken[pair.b] then
      taken[pair.a], taken[pair.b] = true, true
      out[#out + 1] = {
        relation = relation(pair.a.span, pair.b.span), alike = floor(pair.alike * 100 + 0.5) / 100,
        a_says = says(pair.a), a = pair.a.span, b_says = says(pair.b), b = pair.b.span,
      }
    end
  end
  out.only_a, out.only_b = left_over(one, taken), left_over(other, taken)
  return out
end

return M
