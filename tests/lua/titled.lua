-- Whose minister speaks by the title of a transcript, over the documents of titled.jsonl: of each
-- stance its holders.
local check = require "lesdiplo.util.check"
local c = check.new()

local function holders (id)
  local out = {}
  for _, stance in corpus:doc(id):layer "stance":each() do
    out[#out + 1] = stance.stance .. " " .. table.concat(stance.holder, "+")
  end
  return table.concat(out, " | ")
end

c:equal(holders "with", "supports MLI", "an adjective before the office")
c:equal(holders "list", "supports CRI | condemns DOM | appreciates PER",
        "of several each has his own; a first surname; a country that is no adjective")
c:equal(holders "of", "supports PLW", "a country behind of")
c:equal(holders "sent", "supports USA | condemns USA",
        "not whom an envoy is sent to, nor what a task force is for")
c:finish()
