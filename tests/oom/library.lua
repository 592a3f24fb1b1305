-- Our Lua library: patterns, which take thousands of allocations to make, and
-- briefs.
local atoms = lesdiplo.grammar.atoms
for span in corpus:gmatch(atoms.phrase "talks") do print(span.text, span.cite) end
for doc in corpus:docs() do
  print(lesdiplo.summary.brief(doc, { sentences = 1 }))
end
