--[==[ lesdiplo-script 1
name = "without-memory"
version = "1.0.0"
api = 1
summary = "Touches what scripts use, for tests that refuse it memory"
[param.word]
type = "string"
required = true
help = "what is looked for"
[param.most]
type = "int"
default = 3
help = "how many rows"
[param.kinds]
type = "list"
default = ["heading", "paragraph"]
help = "kinds of blocks"
[needs]
max_memory = "64M"
[doc.a]
date = "1998-07-04"
meta.place = "Muscat"
text = """
The minister came \
for talks."""
[test.basic]
docs = ["a"]
params = "--word talks"
columns = ["word"]
expect = """
talks
"""
]==]
local script = ...
print(#corpus, script.meta.name)

-- A search, a table of blocks, stems: rows of strings, numbers, spans.
local columns = { "word", "cite", "sentence", "n" }
local n = 0
for span, word in corpus:gmatch(lpeg.C(lpeg.P(script.params.word))) do
  n = n + 1
  if n <= script.params.most then
    lesdiplo.emit({ word = word, cite = span.cite, sentence = span.sentence },
                  columns)
  end
end
for doc in corpus:docs() do
  for _, block in ipairs(doc:blocks()) do
    for _, kind in ipairs(script.params.kinds) do
      if block.kind == kind then
        lesdiplo.emit({ word = block.text:sub(1, 20), n = block.first })
      end
    end
  end
  for _, token in ipairs(doc:tokens()) do
    if re.match(token.text, "[a-z]+ !.") then n = n + #token.stem end
  end
end

-- Counts, of words of a dictionary too.
n = n + #corpus:frequency{ stop = true } + #corpus:ngrams(2, { by = "stem" })
n = n + #corpus:collocates(script.params.word) + #corpus:trend(script.params.word)

-- Token patterns: postings, kinds, stems, phrases, a layer.
local q = lesdiplo.query
lesdiplo.layer{ name = "capital", find = q.shape "title" }
print(#corpus:find(q.capital * q.gap(0, 4) * q.lexicon{ "prime minister", "king" } + q.stem "visit"))
print(#corpus:cql '[stem="say"] []{0,3} <capital/> within s')
return { { n = n } }
