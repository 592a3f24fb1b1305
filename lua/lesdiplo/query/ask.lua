--- What the methods of Corpus and Doc that search call: find, cql, near, kwic and the
-- rest.
-- @module lesdiplo.query.ask
local compile = require "lesdiplo.query.compile"
local pattern = require "lesdiplo.query.pattern"
local rows = require "lesdiplo.query.rows"
local _, native = ...
local concat, ipairs = table.concat, ipairs
local pcall, require, tonumber = pcall, require, tonumber
_ENV = nil
local M = {}

-- What a term stands for: Hits are themselves, a text is words, the rest patterns.
local function hits_of (corpus, term, options)
  if native.base.class(term) == "Hits" then return term end
  return compile.find(corpus, pattern.to_pattern(term), options)
end

--- What corpus:find and doc:find call.
function M.find (corpus, p, options, doc)
  return compile.find(corpus, pattern.to_pattern(p), options, doc)
end

--- What corpus:near_misses calls.
function M.near_misses (...) return require "lesdiplo.query.explain".near_misses(...) end

--- What corpus:blind_spots calls.
function M.blind_spots (...) return require "lesdiplo.query.explain".blind_spots(...) end

--- What corpus:cql and doc:cql call.
function M.cql (corpus, text, options, doc)
  return require "lesdiplo.query.written".find(function (p, more)
    return compile.find(corpus, p, more, doc)
  end, text, options)
end

--- What corpus:near calls.
function M.near (corpus, a, b, n, options)
  local within = { within = options and options.within }
  return hits_of(corpus, a, within):near(hits_of(corpus, b, within), n, options)
end

--- What corpus:kwic calls.
function M.kwic (corpus, term, options)
  return rows.kwic(hits_of(corpus, term), options)
end

-- The verbs of the command line -----------------------------------------------------

-- What is wrong with a query in CQL, if anything: documents need not be read.
function M.check (text)
  local written = require "lesdiplo.query.written"
  local ok, message = pcall(require "lesdiplo.query.cql".checked, text, written.build, text)
  if not ok then return message end
end

-- A row a hit: what is labelled, the date, the sentence.
function M.query (corpus, text, most)
  local hits = M.cql(corpus, text, { most = tonumber(most) })
  local names = rows.names(hits)
  local out = { columns = { "text" } }
  for _, name in ipairs(names) do out.columns[#out.columns + 1] = name end
  for _, name in ipairs{ "date", "sentence" } do out.columns[#out.columns + 1] = name end
  for hit in hits do
    local row = { text = hit, date = hit.doc.date }
    for _, name in ipairs(names) do row[name] = hit[name] end
    row.sentence = rows.line(hit.sentence.text)
    out[#out + 1] = row
  end
  return out
end

-- Concordance lines of words, with options that are texts or empty.
function M.lines (corpus, sort, width, most, ...)
  return M.kwic(corpus, concat({ ... }, " "), {
    sort = sort ~= "" and sort or nil, width = tonumber(width), most = tonumber(most),
  })
end

return M
