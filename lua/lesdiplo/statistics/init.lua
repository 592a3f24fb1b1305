--- Counting: what corpus:frequency, ngrams, collocates, keyness, dispersion, trend
-- and cooccurrence answer, as rows.
--
-- What goes through tokens is C (src/bind/statistics.c, src/mark/tally.c); here
-- options are read and rows are made. Each row has an example, a Span: where the
-- thing stands for the first time. Rows stand by their measure, ties by the
-- bytes of the word. The array has `columns`, `words` (that were counted) and
-- `docs` (how many documents that was).
-- @module lesdiplo.statistics
local options = require "lesdiplo.statistics.options"
local measures = require "lesdiplo.statistics.measures"
local _, native = ...
local count = native.statistics
local insert, sort = table.insert, table.sort
local floor, huge, math_type = math.floor, math.huge, math.type
local ipairs = ipairs
_ENV = nil
local M = {}

M.measures = measures

local ROWS = 100        -- of an answer, unless it is told otherwise
local NEAR = 5          -- words on either side of a node
local TERMS = 200       -- of which co-occurrences are looked for, at most

-- Numbers ------------------------------------------------------------------------

-- A number with so many digits behind the point; nil for what is no number.
local function round (x, digits)
  if math_type(x) == "integer" then return x end
  if not x or x ~= x or x == huge or x == -huge then return nil end
  local unit = 10.0^digits
  return floor(x * unit + 0.5) / unit
end

local function per_million (n, words) return words > 0 and round(n * 1e6 / words, 1) or nil end

-- The name of the column with the word.
local heads = { word = "word", form = "form", stem = "stem" }

-- Frequency ------------------------------------------------------------------------

local function counted (c, n, rows, columns)
  local tally, words = count.tally(c.terms, c.sides, n, c.least)
  for i, row in ipairs(count.best(tally, "count", c.least, c.most)) do
    rows[i] = {
      [columns[1]] = row[1], count = row[2], per_million = per_million(row[2], words),
      docs = row[4], example = row[6],
    }
  end
  rows.columns, rows.words, rows.docs = columns, words, c.first
  return rows
end

--- What corpus:frequency answers.
---@param corpus Corpus
---@param wanted table? options
---@return table[] rows
function M.frequency (corpus, wanted)
  local c = options.read("frequency", wanted, {
    docs = false, by = "word", stop = false, least = 1, most = ROWS, furniture = false })
  options.open(c, corpus)
  return counted(c, 1, {}, { heads[c.by], "count", "per_million", "docs", "example", "cite" })
end

--- What corpus:ngrams answers.
---@param corpus Corpus
---@param n integer words
---@param wanted table? options
---@return table[] rows
function M.ngrams (corpus, n, wanted)
  local c = options.read("ngrams", wanted, {
    docs = false, by = "word", stop = false, least = 2, most = ROWS, furniture = false })
  n = options.read("ngrams", { n = n or "nothing" }, { n = false }).n
  options.open(c, corpus)
  return counted(c, n, {}, { "ngram", "count", "per_million", "docs", "example", "cite" })
end

-- Collocations -----------------------------------------------------------------------

local collocate_sorts = { sort = options.one_of{ "ll", "pmi", "t", "dice", "count" } }

--- What corpus:collocates answers.
---@param corpus Corpus
---@param node any a word, a pattern or Hits
---@param wanted table? options
---@return table[] rows
function M.collocates (corpus, node, wanted)
  local c = options.read("collocates", wanted, {
    docs = false, by = "word", stop = false, least = 3, most = ROWS, furniture = false,
    left = NEAR, right = NEAR, sort = "ll" }, collocate_sorts)
  options.open(c, corpus)
  local hits = options.hits(c, node)
  local tally, near, far, nodes = count.windows(c.terms, c.sides, hits, c.left, c.right)
  local rows = {
    columns = { heads[c.by], "near", "count", "ll", "pmi", "t", "dice", "example", "cite" },
    nodes = nodes, words = near + far, near = near, docs = c.first,
  }
  for i, row in ipairs(count.best(tally, c.sort, c.least, c.most)) do
    local both, all = row[2], row[2] + row[3]
    local ll, pmi, t = count.association(both, near, all, near + far)
    rows[i] = {
      [heads[c.by]] = row[1], near = both, count = all,
      ll = round(ll, 2), pmi = round(pmi, 2), t = round(t, 2),
      dice = round(count.dice(both, nodes, all), 2), example = row[6],
    }
  end
  return rows
end

-- Keyness --------------------------------------------------------------------------------

local key_sorts = { sort = options.one_of{ "ll", "ratio", "diff", "count" } }

--- What corpus:keyness answers.
---@param corpus Corpus
---@param docs any documents
---@param others any documents; nil: all that are left
---@param wanted table? options
---@return table[] rows
function M.keyness (corpus, docs, others, wanted)
  local c = options.read("keyness", wanted, {
    by = "word", stop = false, least = 3, most = ROWS, furniture = false, sort = "ll", n = 1 },
    key_sorts)
  if docs == nil then
    options.refuse(c, "which documents? corpus:keyness({source = \"Xinhua\"})")
  end
  c.docs = docs
  options.open(c, corpus, others == nil and true or others)
  if c.second == 0 then options.refuse(c, "no document is left to compare with") end
  local tally, words, there = count.tally(c.terms, c.sides, c.n, c.least)
  local head = c.n > 1 and "ngram" or heads[c.by]
  local rows = {
    columns = { head, "count", "other", "ll", "ratio", "diff", "docs", "example", "cite" },
    words = words, other_words = there, docs = c.first, other_docs = c.second,
  }
  for i, row in ipairs(count.best(tally, c.sort, c.least, c.most)) do
    local here, other = row[2], row[3]
    local ll, _, _, ratio, diff = count.association(here, words, here + other, words + there)
    rows[i] = {
      [head] = row[1], count = here, other = other, ll = round(ll, 2), ratio = round(ratio, 2),
      diff = round(diff, 1), docs = row[4], example = row[6],
    }
  end
  return rows
end

-- Where it stands ---------------------------------------------------------------------

-- Of the parts that have words: their words, counts, first hits and numbers.
local function spread (c, hits, parts)
  local words, counts, firsts = count.spread(c.terms, c.sides, hits, parts)
  local out = { words = {}, counts = {}, firsts = {}, numbers = {}, all = 0, sum = 0 }
  for i, n in ipairs(words) do
    if n > 0 then
      local k = #out.words + 1
      out.words[k], out.counts[k], out.firsts[k], out.numbers[k] = n, counts[i], firsts[i], i
      out.all, out.sum = out.all + n, out.sum + counts[i]
    end
  end
  return out
end

-- In how many parts it is, and the smallest part's share of the words.
local function range (s)
  local n, least = 0, huge
  for i, k in ipairs(s.counts) do
    if k > 0 then n = n + 1 end
    if s.words[i] < least then least = s.words[i] end
  end
  return n, least / s.all
end

--- What corpus:dispersion answers.
---@param corpus Corpus
---@param terms any a term, or several
---@param wanted table? options
---@return table[] rows
function M.dispersion (corpus, terms, wanted)
  local c = options.read("dispersion", wanted, {
    docs = false, by = "word", parts = false, furniture = false })
  options.open(c, corpus)
  local rows = { docs = c.first,
    columns = { "term", "count", "range", "parts", "d", "dp", "dp_norm", "example", "cite" } }
  for i, term in ipairs((options.terms(c, terms))) do
    local s = spread(c, term[2], c.parts)
    local n, share = range(s)
    local dp = measures.deviation(s.counts, s.words)
    rows.words = s.all
    rows[i] = {
      term = term[1], count = s.sum, range = n, parts = #s.words,
      d = round(measures.juilland(s.counts, s.words), 3), dp = round(dp, 3),
      dp_norm = dp and share < 1 and round(dp / (1 - share), 3) or nil, example = term[2][1],
    }
  end
  return rows
end

-- What a date says of a period; less where it says less.
local lengths = { day = 10, month = 7, year = 4, decade = 3 }
local function period_of (date, by)
  if not date then return nil end
  local head = date:sub(1, lengths[by])
  return by == "decade" and head .. "0s" or head
end

local UNKNOWN = "unknown"    -- of documents without a date; behind all digits

-- The rows of one term by period.
local function periods (c, term, several)
  local s, found, names = spread(c, term[2]), {}, {}
  for i, number in ipairs(s.numbers) do
    local name = period_of(c.corpus[number].date, c.period) or UNKNOWN
    local row = found[name]
    if not row then
      row = { [c.period] = name, count = 0, words = 0, docs = 0, term = several and term[1] or nil }
      found[name], names[#names + 1] = row, name
    end
    row.count, row.words, row.docs = row.count + s.counts[i], row.words + s.words[i], row.docs + 1
    if not row.example and s.firsts[i] > 0 then row.example = term[2][s.firsts[i]] end
  end
  sort(names)
  return names, found
end

local period_names = { by = options.one_of{ "day", "month", "year", "decade" } }

--- What corpus:trend answers.
---@param corpus Corpus
---@param terms any a term, or several
---@param wanted table? options
---@return table[] rows
function M.trend (corpus, terms, wanted)
  local c = options.read("trend", wanted, { docs = false, by = "year", furniture = false },
                         period_names)
  c.period, c.by = c.by, nil
  options.open(c, corpus)
  local list, several = options.terms(c, terms)
  local columns = { c.period, "count", "words", "per_million", "docs", "example", "cite" }
  local rows = { docs = c.first, columns = columns }
  if several then insert(columns, 1, "term") end
  for _, term in ipairs(list) do
    local names, found = periods(c, term, several)
    for _, name in ipairs(names) do
      local row = found[name]
      row.per_million = per_million(row.count, row.words)
      rows[#rows + 1] = row
    end
  end
  return rows
end

-- Co-occurrence -----------------------------------------------------------------------

-- The row of two terms, by the units that each of them is in; nil where they do not
-- meet.
local function meeting (a, b, units)
  local both = a.units:intersect(b.units)
  if #both == 0 then return nil end
  local ll, pmi = count.association(#both, #a.units, #b.units, units)
  return {
    a = a.name, b = b.name, count = #both, of_a = #a.units, of_b = #b.units,
    ll = round(ll, 2), pmi = round(pmi, 2), dice = round(count.dice(#both, #a.units, #b.units), 2),
    example = both[1],
  }
end

-- A row a term with a column for each; in the diagonal how many units it is in.
local function matrix (list, found)
  local rows = { columns = { "term" } }
  for i, a in ipairs(list) do
    local row = { term = a.name, example = a.units[1] }
    rows.columns[i + 1] = a.name
    for k, b in ipairs(list) do
      local pair = found[i < k and i .. " " .. k or k .. " " .. i]
      row[b.name] = i == k and #a.units or pair and pair.count or 0
    end
    rows[i] = row
  end
  rows.columns[#rows.columns + 1] = "example"
  return rows
end

local function better (x, y)
  if x.ll ~= y.ll then return x.ll > y.ll end
  if x.a ~= y.a then return x.a < y.a end
  return x.b < y.b
end

--- What corpus:cooccurrence answers.
---@param corpus Corpus
---@param terms table of terms
---@param wanted table? options
---@return table[] rows
function M.cooccurrence (corpus, terms, wanted)
  local c = options.read("cooccurrence", wanted, {
    docs = false, by = "word", within = "sentence", least = 1, most = ROWS, furniture = false,
    matrix = false })
  options.open(c, corpus)
  local list, several = options.terms(c, terms)
  if not several or #list < 2 then
    options.refuse(c, "two terms or more: {\"visit\", \"trade\"}")
  end
  if #list > TERMS then options.refuse(c, "at most %d terms, got %d", TERMS, #list) end
  for i, term in ipairs(list) do list[i] = { name = term[1], units = term[2]:expand(c.within) } end
  local units, found, rows = count.units(c.terms, c.sides, c.within), {}, {}
  for i = 1, #list do
    for k = i + 1, #list do
      local row = meeting(list[i], list[k], units)
      found[i .. " " .. k] = row
      if row and row.count >= c.least then rows[#rows + 1] = row end
    end
  end
  if c.matrix then return matrix(list, found) end
  sort(rows, better)
  for i = #rows, c.most + 1, -1 do rows[i] = nil end
  rows.columns = { "a", "b", "count", "of_a", "of_b", "ll", "pmi", "dice", "example", "cite" }
  rows.units, rows.docs = units, c.first
  return rows
end

return M
