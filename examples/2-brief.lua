#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "brief"
version = "1.0.0"
api     = 1
summary = "A brief of each document: what it is, its outline, its most telling sentences"
license = "MIT"
categories = ["start here", "summary"]
[param.sentences]
type = "int"
default = 5
min = 0
max = 50
help = "How many sentences to quote from each document"
[param.doc]
type = "string"
default = ""
example = "3-policy.txt"
help = "Only the document of this id"
[doc.note]
title = "A dam for the valley"
date = "1998-07-04"
text = """
Lesotho and South Africa agreed on a dam in the valley.
The dam will cost two million dollars, and South Africa pays for it.
It rained on Thursday."""
[test.one]
params = "--sentences 1"
expect = """
note
  title     A dam for the valley (stated in its record)
  date      1998-07-04 (field date of the record)
  source    unknown
  byline    unknown
  language  en, English (by its record or its words)
  kind      other (by its shape)
  length    3 sentences, 28 words, 147 bytes                                   note:1:0-147#d9036aa3
  most telling sentences
  - Lesotho and South Africa agreed on a dam in the valley.                     note:1:0-55#120581ac

"""
]==]

-- Every line of a brief is a field or a sentence of the document, word for
-- word, and ends with a citation:
--
--     3-policy.txt:4:38-150#1f0c22ab
--     document : line : bytes # fingerprint of these bytes
--
-- So a brief can be checked, now or in a year:
--
--     lesdiplo -c FOLDER examples/2-brief.lua -o brief.txt
--     lesdiplo verify -c FOLDER brief.txt
--
-- and each line whose source has changed since is named.

local script = ...
local summary = lesdiplo.summary

-- The documents to show: one, if it was named, or all. `assert` ends the script
-- with a message when there is no document of that name.
local docs = {}
if script.params.doc ~= "" then
  docs[1] = assert(corpus:doc(script.params.doc))
else
  for doc in corpus:docs() do docs[#docs + 1] = doc end
end

-- Which words are common in all documents and which are this one's own: made
-- once, used for each brief. A corpus of one document does without.
local background = #corpus > 1 and summary.background(corpus) or nil

for _, doc in ipairs(docs) do
  print(summary.brief(doc, {
    sentences = script.params.sentences,
    background = background,
  }))
end
