#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "search"
version = "1.0.0"
api     = 1
summary = "Who takes a position on what: a pattern of your own over all documents"
license = "MIT"
categories = ["start here", "search"]
[param.verbs]
type = "list"
default = ["support", "supports", "reject", "rejects", "oppose", "reaffirm", "advocate", "承認", "支持"]
help = "Verbs to look for, parted by commas"
[param.word]
type = "string"
default = ""
example = "sanctions"
help = "Only where this word or phrase is among what follows the verb"
[param.width]
type = "int"
default = 40
min = 0
max = 400
help = "Characters of context on each side"
[doc.talks]
text = """
The first minister supports the treaty on the river. His guest opposes it.
Nobody supports the sanctions against the islands, the paper said."""
[test.all]
params = "--width 20"
columns = ["match", "right"]
expect = """
supports the treaty on the river\t. His guest opposes\u0020
supports the sanctions against the islands\t, the paper said.
"""
[test.word]
params = "--word sanctions --width 12"
columns = ["left", "match"]
expect = """
 it. Nobody \tsupports the sanctions against the islands
"""
]==]

-- A pattern is put together from small ones, as a sentence is from words:
--
--     a * b      a, then b
--     a + b      a or, failing that, b
--     a^0        any number of a;  a^1  at least one;  a^-3  three at most
--     -a         no a here (and nothing is taken)
--
-- The small ones are in lesdiplo.grammar.atoms: `lesdiplo help` lists them, and
-- `lesdiplo help phrases` explains one. They see letters where LPeg by itself
-- sees bytes, so that they work in every script of the world.

local script = ...
local atoms = lesdiplo.grammar.atoms

-- A verb: any of the list, in capitals or not, and not as part of another word.
local verb = atoms.phrases(script.params.verbs)

-- What follows: up to twelve words with single spaces, or line ends, between
-- them. A comma or a full stop is neither, so the pattern ends there.
local word = atoms.word + atoms.number
local words = atoms.gap * word * (atoms.gap * word)^-11

-- Chinese does without spaces: characters, as many as there are in a row.
local characters = atoms.han^1

-- lpeg.C captures, that is, hands back, what its pattern took.
local position = lpeg.C(verb) * lpeg.C(words + characters)

-- The word that was asked for may stand anywhere in what follows the verb.
local wanted
if script.params.word ~= "" then
  wanted = atoms.anywhere(atoms.phrase(script.params.word))
end

-- The text around a match, its line ends made blanks.
local function context (span)
  local left, right = span:context(script.params.width)
  return (left:gsub("%s+", " ")), (right:gsub("%s+", " "))
end

-- corpus:gmatch tries the pattern everywhere. It gives the place, a Span, and
-- after it what the pattern captured. A Span in a row brings its citation: it
-- becomes the last column, `cite`.
for span, _, object in corpus:gmatch(position) do
  if not wanted or wanted:match(object) then
    local left, right = context(span)
    lesdiplo.emit({ left = left, match = span, right = right },
                  { "left", "match", "right" })
  end
end
