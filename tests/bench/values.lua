-- values.lua [date] - what the layers of values cost, after the corpus is loaded: a line each,
-- the name, megabytes of text a second of processor time; or dates alone. The names that
-- quotes ask for are made before them, and have a line of their own.
local bytes, took = 0, {}
for doc in corpus:docs() do bytes = bytes + #doc.text end

local function time (name, layers)
  local began = os.clock()
  for doc in corpus:docs() do
    for _, layer in ipairs(layers) do doc:layer(layer) end
  end
  took[name] = os.clock() - began
  print(name, string.format("%.2f", bytes / took[name] / 1e6))
end

time("date", { "date" })
if ... == "date" then return end
time("amount", { "amount" })
time("names", { "country", "org", "place", "person" })
time("quote", { "quote" })
local all = took.date + took.amount + took.quote
print("all", string.format("%.2f", bytes / all / 1e6))
print("all+names", string.format("%.2f", bytes / (all + took.names) / 1e6))
