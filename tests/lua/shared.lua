-- Names that several states share over the documents of shared.jsonl: which is meant, and why.
local check = require "lesdiplo.util.check"
local c = check.new()

local function shared (id)
  local out = {}
  for _, span in corpus:doc(id):layer "country":each() do
    if span.also then out[#out + 1] = span.text .. "=" .. span.id .. " " .. (span.rule or "?") end
  end
  return table.concat(out, "; ")
end

local NEAREST, LED = "what stands nearest in the document", "its leader is named in the document"
local BESIDE, FIRST = "its neighbour is named in the document", "first in the tables"

c:equal(shared "place", "Congolese=COD " .. NEAREST, "a town of one")
c:equal(shared "other", "Congolese=COG " .. NEAREST, "the capital of the other")
c:equal(shared "body", "Congolese=COD " .. NEAREST, "a body of one")
c:equal(shared "both", "Congolese=COD " .. NEAREST .. "; Congolese=COG " .. NEAREST,
        "both are named: each time the nearer one")
c:equal(shared "named", "Congolese=COD named otherwise in the document", "one is named otherwise")
c:equal(shared "leader", "Congolese=COD " .. LED, "who leads it")
c:equal(shared "leader-other", "Congolese=COG " .. LED, "or the other")
c:equal(shared "neighbour", "Congo=COD " .. BESIDE, "whose neighbour is named")
c:equal(shared "neighbour-other", "Congo=COG " .. BESIDE, "or the other's")
c:equal(shared "nothing", "Congo=COG " .. FIRST, "nothing tells")
c:equal(shared "island", "Dominican=DOM " .. BESIDE, "of two others")
c:equal(shared "fr", "congolaises=COD " .. NEAREST, "in French")
c:equal(shared "ru", "Конголезские=COG " .. NEAREST, "in Russian")
c:equal(shared "zh", "刚果=COG " .. NEAREST, "in Chinese")
c:equal(shared "single", "Georgia=GEO " .. FIRST .. "; Mexico=MEX " .. FIRST,
        "a state and a place are not two states")
c:finish()
