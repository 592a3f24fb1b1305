#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "statistics"
version = "1.0.0"
api     = 1
summary = "What these documents speak of: words, runs of words, what stands near to what"
license = "MIT"
categories = ["start here", "statistics"]
[param.term]
type = "string"
default = "Lesotho"
help = "The word or phrase to look at"
[param.rows]
type = "int"
default = 8
min = 1
max = 1000
help = "Rows of each table"
[param.lang]
type = "string"
default = "en"
help = "The language of the documents to count in"
[doc.first]
lang = "en"
text = """
The dam in Lesotho feeds the river. The river feeds the town.
Lesotho sells the water of the dam, and the town pays for the water."""
[doc.second]
lang = "en"
text = "The embassy in Lesotho opened a library. The library lends books on the river."
[test.short]
params = "--rows 3"
expect = """
Words
word     count  per_million  docs  example  cite
───────  ─────  ───────────  ────  ───────  ──────────────────────
lesotho      3        75000     2  Lesotho  first:1:11-18#5c2e4745
river        3        75000     2  river    first:1:29-34#5f5a8ed8
dam          2        50000     1  dam      first:1:4-7#2fcb6465
(3 rows)

Runs of three words
(nothing)

Near to Lesotho
(nothing)

What is typical of first
word     count  other  ll  ratio  diff  docs  example  cite
───────  ─────  ─────  ──  ─────  ────  ────  ───────  ──────────────────────
lesotho      2      1   0   0.11   7.7     1  Lesotho  first:1:11-18#5c2e4745
river        2      1   0   0.11   7.7     1  river    first:1:29-34#5f5a8ed8
(2 rows)

Spread
term         count  range  parts      d     dp  dp_norm  example  cite
───────────  ─────  ─────  ─────  ─────  ─────  ───────  ───────  ──────────────────────
Lesotho          3      2      2  0.963  0.017    0.026  Lesotho  first:1:11-18#5c2e4745
cooperation      0      0      2
peace            0      0      2
(3 rows)

By year
year     count  words  per_million  docs  example  cite
───────  ─────  ─────  ───────────  ────  ───────  ──────────────────────
unknown      3     40        75000     2  Lesotho  first:1:11-18#5c2e4745
(1 row)

In one sentence
(nothing)

"""
]==]

local script = ...
local term, rows = script.params.term, script.params.rows

-- Every method that counts takes its options as a table. `docs` says where: here
-- the filters of corpus:docs. `stop` leaves out words that say little by themselves
-- (of, the, said ...) and numbers; `most` is how many rows are wanted.
local docs = { lang = script.params.lang }
local options = { docs = docs, stop = true, most = rows }

-- A table for the reader, and a heading above it. Rows of lesdiplo.emit would all be
-- one table, so each answer is printed by lesdiplo.report.
local function show (title, answer)
  print(title)
  if #answer == 0 then return print "(nothing)\n" end
  print(lesdiplo.report.text("table", answer))
end

-- How often each word comes. A row has an example, the place where the word stands
-- first, and so a citation.
show("Words", corpus:frequency(options))

-- Runs of three words; none begins or ends with a stop word.
show("Runs of three words", corpus:ngrams(3, options))

-- Which words stand near to the term, more often than by chance? `near` is how often
-- within five words on either side, `ll` how sure one can be that this is no chance
-- (above 10.83 one in a thousand is), `pmi` how strong the tie is.
show("Near to " .. term, corpus:collocates(term, options))

-- What does the first document speak of, that the others do not? `ratio` 1 is twice
-- as often, 2 four times.
show("What is typical of " .. corpus[1].id,
     corpus:keyness({ corpus[1] }, nil, { stop = true, most = rows }))

-- How evenly is the term spread over the documents? `d` is 1 where all of them have
-- as much of it, `dp` 0.
show("Spread", corpus:dispersion({ term, "cooperation", "peace" }))

-- How often does it come in each year? Documents without a date are the last row.
show("By year", corpus:trend(term))

-- Which of these come together in one sentence? A pattern is a term as well, and is
-- called by its key.
local q = lesdiplo.query
show("In one sentence", corpus:cooccurrence{
  term, "China", support = q.stem "support", reject = q.stem "reject",
})
