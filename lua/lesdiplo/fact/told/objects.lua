--- What positions are about: how alike two objects are.
--
-- An object is a set of features: the stems of its words but for function words, pairs of
-- Han characters (in one script), and the ids of the countries, bodies and places that it
-- names. A feature weighs log((N + 1) / (n + 0.5)), where n of N documents of the corpus
-- have it: what all speak of ties next to nothing. The likeness of two objects is the
-- weight of what they share, by the geometric mean of their weights: 1 for the same
-- features, 0 for none (cosine of weighted sets). Of two languages only ids are compared.
-- @module lesdiplo.fact.told.objects
local find, floor, gmatch, ipairs = string.find, math.floor, string.gmatch, ipairs
local log, max, pairs, require = math.log, math.max, pairs, require
local sort, sqrt = table.sort, math.sqrt
_ENV = nil
local M = {}

local SAMPLE = 200        -- documents that weights are reckoned from, evenly taken
local TOKENS = 20000      -- of each of them at most
local layers = { "country", "org", "place" }

local stop_words = {}     -- by language

local function stops (lang)
  lang = lang or ""
  if not stop_words[lang] then
    local set = {}
    for _, name in ipairs{ "stopwords", "function_words" } do
      local text = require("lesdiplo.data." .. name)[lang] or ""
      for word in gmatch(text, "%S+") do set[word] = true end
    end
    stop_words[lang] = set
  end
  return stop_words[lang]
end

-- Adds what tokens say: stems, and pairs of characters.
local function add_words (out, tokens, lang, most)
  local stop, before = stops(lang), nil
  for i, token in tokens:each() do
    if i > most then break end
    local shape, folded = token.shape, token.folded
    if shape == "han" then
      if before then out[before .. folded] = true end
      before = folded
    else
      before = nil
      if (shape == "lower" or shape == "title" or shape == "upper" or shape == "mixed")
         and not stop[folded] and #folded > 1 then
        out[token.stem] = true
      end
    end
  end
end

--- Features as an array in their order (sums are the same each time), and by name.
---@param set table
---@return table features
function M.of (set)
  local out = { has = set }
  for feature in pairs(set) do out[#out + 1] = feature end
  sort(out)
  return out
end

--- The features of a span.
---@param span Span
---@param without? table set of ids that tie nothing
---@return table features texts; ids begin with "="
function M.features (span, without)
  local out, doc = {}, span.doc
  add_words(out, span:tokens(), doc.lang, TOKENS)
  for _, name in ipairs(layers) do
    for _, one in ipairs(M.inside(doc:layer(name), span.first, span.last)) do
      if not without or not without[one.id] then out["=" .. one.id] = true end
    end
  end
  return M.of(out)
end

--- The spans of a layer that lie in a stretch of text.
---@param spans Spans sorted, as those of a layer are
---@param first integer
---@param last integer
---@return Span[]
function M.inside (spans, first, last)
  local low, high = 1, #spans + 1
  while low < high do
    local middle = (low + high) // 2
    if spans[middle].first < first then low = middle + 1 else high = middle end
  end
  local out = {}
  while spans[low] and spans[low].first <= last do
    if spans[low].last <= last then out[#out + 1] = spans[low] end
    low = low + 1
  end
  return out
end

--- How much features weigh in a corpus: a function of one.
---@param corpus Corpus
---@return fun(feature: string): number
function M.weights (corpus)
  local total, df, count = #corpus, {}, 0
  local step = max(1, floor(total / SAMPLE))
  for i = 1, total, step do
    local doc, set = corpus[i], {}
    add_words(set, doc:tokens(), doc.lang, TOKENS)
    for _, name in ipairs(layers) do
      for _, one in doc:layer(name):each() do set["=" .. one.id] = true end
    end
    for feature in pairs(set) do df[feature] = (df[feature] or 0) + 1 end
    count = count + 1
  end
  return function (feature) return log((count + 1) / ((df[feature] or 1) + 0.5)) end
end

-- What features weigh; of ids alone, if so asked.
local function mass (features, weight, ids_only)
  local sum = 0.0
  for _, feature in ipairs(features) do
    if not ids_only or find(feature, "^=") then sum = sum + weight(feature) end
  end
  return sum
end

--- How alike features are to others, and how many they share.
---@param a table
---@param b table
---@param weight fun(feature: string): number
---@param ids_only boolean?
---@return number likeness
---@return integer shared
function M.likeness (a, b, weight, ids_only)
  local both, shared = 0.0, 0
  for _, feature in ipairs(a) do
    if b.has[feature] and (not ids_only or find(feature, "^=")) then
      both, shared = both + weight(feature), shared + 1
    end
  end
  if shared == 0 then return 0.0, 0 end
  return both / sqrt(mass(a, weight, ids_only) * mass(b, weight, ids_only)), shared
end

return M
