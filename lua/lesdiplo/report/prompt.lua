--- What the commands of the prompt show: `:why`, `:whynot`, `:near`, `:layers`, `:docs`.
-- @module lesdiplo.report.prompt
local _, native = ...
local util = require "lesdiplo.util"
local concat, error, format, ipairs = table.concat, error, string.format, ipairs
local max, min, pairs, tonumber, tostring = math.max, math.min, pairs, tonumber, tostring
local type = type
local class, ids, names = native.base.class, native.entities.ids, native.layers.names
_ENV = nil
local M = {}

local CONTEXT = 160     -- characters on either side of what is cited
local TITLE = 60        -- columns of a title
local ROWS, DOCS = 100, 3   -- that are looked at for a test, and that it reads

-- One line of text, whatever stood in it.
local function flat (text) return (text:gsub("%s+", " ")) end

-- "... before [the span] behind ...", for people.
local function in_context (span)
  local left, right = span:context(CONTEXT)
  return flat(left .. "[" .. span.text .. "]" .. right)
end

-- The sentence in which a citation begins; nil when the corpus has no such.
local function cited (corpus, cite)
  local id, start = cite:match "^(.*):%d+:(%d+)%-%d+#%x+$"
  local doc = id and corpus:doc(id)
  start = tonumber(start)
  if not doc then return end
  for _, sentence in doc:sentences():each() do
    local from, to = sentence.cite:match ":(%d+)%-(%d+)#%x+$"
    if tonumber(from) <= start and start < tonumber(to) then return sentence end
  end
end

local function heading (doc)
  local out = { doc.id }
  for _, name in ipairs{ "date", "source", "title" } do out[#out + 1] = doc[name] end
  return concat(out, "  ")
end

-- A list is its items, a span its text.
local function shown (value)
  if type(value) ~= "table" then return flat(tostring(value)) end
  local out = {}
  for i, one in ipairs(value) do out[i] = shown(one) end
  return concat(out, ", ")
end

-- The fields of a row, the longest name setting the width.
local function fields_of (row)
  local width, out = 0, {}
  for name in pairs(row) do
    if type(name) == "string" then width = max(width, #name) end
  end
  for name, value in util.sorted(row) do
    if type(name) == "string" then
      out[#out + 1] = format("  %-" .. width .. "s  %s", name, shown(value))
    end
  end
  return out
end

-- The fields of its layer that it has; those of blocks and tokens are plain to see.
local function why_span (span)
  local out = { heading(span.doc), "  " .. span.cite, "", in_context(span), "" }
  local fields = { layer = span.layer }
  for _, name in ipairs(span.layer and native.layer(span.layer).fields or {}) do
    fields[name] = span[name]
  end
  for _, line in ipairs(fields_of(fields)) do out[#out + 1] = line end
  return out
end

-- The first cell that is a Span, by the order of names.
local function span_of (row)
  for _, value in util.sorted(row) do
    if class(value) == "Span" then return value end
  end
end

local function why_row (corpus, row)
  local span = span_of(row)
  local sentence = not span and type(row.cite) == "string" and cited(corpus, row.cite)
  local out = fields_of(row)
  out[#out + 1] = ""
  if span then
    for _, line in ipairs(why_span(span)) do out[#out + 1] = line end
  elseif sentence then
    out[#out + 1] = heading(sentence.doc)
    out[#out + 1] = in_context(sentence)
  else
    out[#out + 1] = "nothing in this row is cited"
  end
  return out
end

local LISTS = { Spans = true, Hits = true }

-- The documents that a value names: a Span's, that of a citation, an id.
local function doc_of (corpus, value)
  local what = class(value)
  if what == "Span" then return value.doc end
  if what == "Doc" then return value end
  if type(value) ~= "string" then return end
  return corpus:doc(value:match "^(.*):%d+:%d+%-%d+#%x+$" or value)
end

--- The numbers of the documents that a result cites, in order, with blanks between.
-- @param corpus Corpus
-- @param value any  a result of the prompt
-- @return string
function M.cites (corpus, value)
  local out, seen = {}, {}
  local function add (one)
    local doc = doc_of(corpus, one)
    if doc and not seen[doc.index] and #out < DOCS then
      seen[doc.index], out[#out + 1] = true, doc.index
    end
  end
  add(value)
  if not LISTS[class(value)] and type(value) ~= "table" then return concat(out, " ") end
  for i = 1, min(#value, ROWS) do
    local row = value[i]
    add(row)
    if type(row) == "table" then for _, cell in util.sorted(row) do add(cell) end end
  end
  return concat(out, " ")
end

--- Where row n of a result comes from: its document, its bytes, the text around it.
-- @param corpus Corpus
-- @param value Hits|Spans|Span|table  a result of the prompt
-- @param n integer  which; the first without it
-- @return string
function M.why (corpus, value, n)
  n = n or 1
  local what = class(value)
  local row = value
  if LISTS[what] or type(value) == "table" and value[1] ~= nil then
    row = value[n]
    if row == nil then error(format("the last result has %d rows, no row %d", #value, n), 0) end
  end
  if class(row) == "Span" then return concat(why_span(row), "\n") end
  if type(row) == "table" then return concat(why_row(corpus, row), "\n") end
  error("the last result has no rows: find something first, corpus:find(...), corpus:kwic(...)", 0)
end

--- The names of all layers, and what a mention of each has been found to be.
-- @param corpus Corpus
-- @return table rows
function M.layers (corpus)
  local rows = { columns = { "layer", "example", "cite" } }
  for _, name in ipairs(names()) do
    local row = { layer = name }
    local spans = corpus[1] and corpus[1]:layer(name)
    local span = spans and spans[1]
    if span then row.example, row.cite = flat(span.text), span.cite end
    rows[#rows + 1] = row
  end
  return rows
end

--- The documents of a corpus: number, id, date, language, kind, title.
-- @param corpus Corpus
-- @return table rows
function M.docs (corpus)
  local rows = { columns = { "n", "id", "date", "lang", "kind", "words", "title" } }
  for doc in corpus:docs() do
    rows[#rows + 1] = {
      n = doc.index, id = doc.id, date = doc.date, lang = doc.lang, kind = doc.kind,
      words = doc.words, title = doc.title and util.fit(doc.title, TITLE) or nil,
    }
  end
  return rows
end

-- What a text in quotation marks behind these names can be.
local QUOTED = {
  layer = "layers", inside = "layers", outside = "layers",
  entity = "entities", mentions = "entities", doc = "docs",
}

--- The names that could stand in quotation marks behind a word, as in `layer "`.
-- @param corpus Corpus
-- @param word string  the word before the mark
-- @param beginning string  what is there already
-- @return table names
function M.names (corpus, word, beginning)
  local what, out = QUOTED[word], {}
  if what == "entities" then return ids(beginning) end
  local function try (name)
    if name:sub(1, #beginning) == beginning then out[#out + 1] = name end
  end
  if what == "layers" then for _, name in ipairs(names()) do try(name) end end
  if what == "docs" then for doc in corpus:docs() do try(doc.id) end end
  return out
end

return M
