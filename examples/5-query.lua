#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "query"
version = "1.0.0"
api     = 1
summary = "Who takes which position on what: a pattern over words, and what it missed"
license = "MIT"
categories = ["start here", "search"]
[param.show]
type = "enum"
default = "hits"
values = ["hits", "count", "lines", "missed", "plan"]
help = "What was found, how often, in its lines; what lacks one thing; how it is looked for"
[param.verbs]
type = "list"
default = ["support", "reject", "oppose", "welcome", "condemn", "appreciate", "promise", "express"]
help = "Verbs, parted by commas: each stands for all its forms"
[param.most]
type = "int"
default = 20
min = 1
max = 100000
help = "Rows at most"
[doc.talks]
date = "1998-07-04"
text = """
France supports the talks on the river. Nobody came.
Norway and Kenya reject the new toll, and France condemns it."""
[test.hits]
columns = ["who", "does", "what"]
expect = """
France\tsupports\tthe talks on the river
Norway\treject\tthe new toll
France\tcondemns\tit
"""
[test.count]
params = "--show count --verbs support,condemn"
columns = ["who", "does"]
expect = """
France\tsupports
France\tcondemns
"""
]==]

-- A pattern over tokens is put together as one over letters is (example 3), but its
-- smallest parts are words:
--
--     q.word "peace"         that word, whatever its case and accents
--     q.stem "visit"         visit, visits, visited, visiting ...
--     q.shape "title"        a word that begins with a capital
--     q.gap(0, 4)            up to four words of any kind, as few as there need be
--     a * b   a + b   a^1    a, then b; a, or else b; one a or more
--     a:as "who"             what a takes is called who

local script = ...
local q = lesdiplo.query
local params = script.params

-- A list of verbs becomes one pattern: `+` puts stem after stem.
local verb
for _, v in ipairs(params.verbs) do verb = verb and verb + q.stem(v) or q.stem(v) end

-- A name: words with capitals in a row, but not The, In, On ..., which would have one
-- anyway at the beginning of a sentence: `-` takes those out. And since any other word
-- has one there, too (Both, First ...), a single one at the beginning, q.bos, has to be
-- a country: q.country is one of the layers that are there from the start.
local article = q.lexicon{ "the", "a", "an", "in", "on", "at", "for", "and", "it", "its", "he",
                           "she", "they", "we", "this", "that", "as", "by", "with", "his", "her",
                           "their", "our" }
local capital = q.shape "title" + q.shape "upper" - article
local name = capital^2 + q.country + -q.bos * capital

-- A layer has a name, and is from then on like those that are built in: other
-- patterns use it as q.actor, and doc:layer "actor" lists its spans.
lesdiplo.layer{ name = "actor", find = name }

-- Who, then what is done, then to what: everything up to the next mark, twelve words
-- at most. Between who and verb may stand an adverb, an auxiliary.
local mark = q.lexicon{ ",", ".", ";", ":", "(", ")", "?", "!" }
local object = (q.any - mark)^-12
local position = q.actor:as "who" * q.gap(0, 2) * verb:as "does" * object:as "what"

-- corpus:find looks for it, sentence by sentence, and gives a set of hits.
local hits = corpus:find(position)

if params.show == "plan" then
  -- Which words it needs, and how many sentences have to be looked at for them.
  print(position:plan(corpus))
elseif params.show == "count" then
  -- What a name does how often, in how many documents, with an example.
  local rows = hits:count("who", "does")
  for i = 1, math.min(#rows, params.most) do lesdiplo.emit(rows[i], rows.columns) end
elseif params.show == "lines" then
  -- A concordance: every verb under the other, n of them taken by chance, but always
  -- the same ones.
  return corpus:find(verb):within(hits:expand "sentence"):sample(params.most):kwic(36)
elseif params.show == "missed" then
  -- Sentences where all is there but one element: what is missing, and what stands
  -- in its place.
  return corpus:near_misses(position, { most = params.most })
else
  -- A column is the name of a capture, a field of the hit, or a field of such.
  -- Captures are Spans: the row brings their citations, in the column `cite`.
  return hits:sample(params.most):rows{ "who", "does", "what", "doc.date" }
end
