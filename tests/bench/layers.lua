-- layers.lua - what the layers cost, after the corpus is loaded: a line each, the name
-- and the seconds of processor time that it took over all documents, in the order in
-- which they need each other; then `facts`, `all` and `sentences`, how many there are.
-- Event and stance of a document are made together, as annotate does; `warm` is what
-- they take a second time: words are known then that the first one met anew.
local facts = require "lesdiplo.fact.layers"

local seconds, sentences = {}, 0

local function timed (name, f)
  local began = os.clock()
  for i = 1, #corpus do f(corpus[i]) end
  seconds[name] = os.clock() - began
  print(name, string.format("%.6f", seconds[name]))
end

local order = { "place", "country", "org", "person", "date", "amount", "quote" }
local all = 0
for _, name in ipairs(order) do
  timed(name, function (doc) return #doc:layer(name) end)
  all = all + seconds[name]
end
timed("facts", function (doc) return #doc:layer "event" + #doc:layer "stance" end)
timed("warm", facts.event)
timed("related", function (doc) return #doc:layer "relation" end)
all = all + seconds.facts + seconds.related
print("all", string.format("%.6f", all))
for i = 1, #corpus do sentences = sentences + #corpus[i]:sentences() end
print("sentences", sentences)
