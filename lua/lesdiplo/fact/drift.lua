--- A set phrase through dated documents: how each words it, and what changed.
--
-- The wording of a document is the clause (or the sentence) that the phrase stands in.
-- It is compared with the wordings of the document before it, of the same language, in
-- the order of dates: with the nearest of them, where it has several. Documents are
-- found through the postings, so that the work grows with the hits and not the corpus.
-- @module lesdiplo.fact.drift
local util = require "lesdiplo.util"
local wording = require "lesdiplo.fact.told.wording"
local _, native = ...
local error, ipairs, min, sort, type = error, ipairs, math.min, table.sort, type
local gsub, require = string.gsub, require
_ENV = nil
local M = {}

local COMPARED = 8      -- wordings of the document before: more are not looked at
local GAPS = 3          -- between the words of a phrase: of longer ones one spelling is looked for
local LEAST = 0.3       -- of the words have to be the same, or a diff says nothing

local names = { "around", "changes", "lang", "since", "until", "kind", "source" }

-- A phrase as it may be tied by hyphens, or not: "one-China policy", "One China policy".
local function spellings (phrase)
  local all = { phrase }
  local _, gaps = gsub(phrase, "%w[ -]%f[%w]", "")
  for i = 0, gaps <= GAPS and 2 ^ gaps - 1 or -1 do
    local bit = 1
    local one = gsub(phrase, "(%w)[ -]%f[%w]", function (before)
      local tie = i // bit % 2 == 1 and "-" or " "
      bit = bit * 2
      return before .. tie
    end)
    if one ~= phrase then all[#all + 1] = one end
  end
  return all
end

-- Hits of what is asked for: a phrase, a pattern, Hits, or an array of phrases.
local function hits_of (corpus, phrase)
  if native.base.class(phrase) == "Hits" then return phrase end
  local q = require "lesdiplo.query"
  if type(phrase) == "string" then phrase = { phrase } end
  if type(phrase) ~= "table" or phrase.op then return corpus:find(phrase) end
  local all
  for _, one in ipairs(phrase) do
    if type(one) ~= "string" then error("corpus:drift: an array of phrases holds texts", 0) end
    for _, spelling in ipairs(spellings(one)) do
      all = all and all + q.word(spelling) or q.word(spelling)
    end
  end
  if not all then error("corpus:drift: there is no phrase", 0) end
  return corpus:find(all)
end

-- The documents that pass the filters of corpus:docs, or nil where there are none.
local function allowed (corpus, options)
  local filters, some, out = {}, false, {}
  for _, name in ipairs{ "lang", "since", "until", "kind", "source" } do
    filters[name] = options[name]
    some = some or options[name] ~= nil
  end
  if not some then return nil end
  for doc in corpus:docs(filters) do out[doc] = true end
  return out
end

-- Documents in the order of their hits, each with its wordings, every one once.
local function read (hits, passes, around)
  local out, doc = {}, nil
  for hit in hits do
    if not passes or passes[hit.doc] then
      if not doc or doc.doc ~= hit.doc then
        doc = { doc = hit.doc, date = hit.doc.date, lang = hit.doc.lang or "", seen = {} }
        out[#out + 1] = doc
      end
      local words, first, last = wording.around(hit, around)
      local key = wording.key(words)
      if not doc.seen[key] then
        doc.seen[key] = true
        doc[#doc + 1] = { words = words, key = key, first = first, last = last }
      end
    end
  end
  return out
end

-- By date, those without one last; of one day as the corpus has them.
local function by_date (a, b)
  if a.date ~= b.date then
    if not a.date or not b.date then return b.date == nil end
    return a.date < b.date
  end
  return a.doc.index < b.doc.index
end

-- The wording of a document that is nearest to one, by the words that both have: its
-- diff, none where they are the same, likeness and place.
local function nearest (before, one)
  local best, most
  for i = 1, min(#before, COMPARED) do
    if before[i].key == one.key then return nil, 1.0, before[i] end
    local common = wording.common(before[i].words, one.words)
    if not best or common > most then best, most = before[i], common end
  end
  local pieces, like = wording.diff(best.words, one.words)
  return pieces, like, best
end

-- The row of a wording; `before` is the document that it is compared with, if any.
local function row_of (doc, one, before)
  local row = { date = doc.date, wording = doc.doc:span(one.first, one.last) }
  if not before then return row, true end
  local pieces, like, at = nearest(before, one)
  local text = not pieces and "as before" or like < LEAST and "worded anew"
               or wording.shown(pieces)
  row.change = { text = text, cite = before.doc:span(at.first, at.last).cite }
  row.alike = like
  return row, pieces ~= nil
end

--- What corpus:drift gives.
---@param corpus Corpus
---@param phrase any a text, a token pattern, Hits, or an array of texts
---@param options? table around, changes, and the filters of corpus:docs
---@return table[] rows date, wording, change, alike
function M.drift (corpus, phrase, options)
  options = util.options("corpus:drift(phrase, options)", options, names)
  util.one_of("corpus:drift: around", options.around, { "clause", "sentence" })
  local docs = read(hits_of(corpus, phrase), allowed(corpus, options), options.around)
  sort(docs, by_date)
  local out = { columns = { "date", "wording", "change", "alike" } }
  local last = {}                              -- the document before, by language
  for _, doc in ipairs(docs) do
    local before = doc.date and last[doc.lang] or nil
    for _, one in ipairs(doc) do
      local row, is_new = row_of(doc, one, before)
      if is_new or not options.changes then out[#out + 1] = row end
    end
    if doc.date then last[doc.lang] = doc end
  end
  return out
end

return M
