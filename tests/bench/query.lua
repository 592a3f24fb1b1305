-- query.lua - what token patterns cost, after the corpus is loaded: a line each,
-- the name, seconds of processor time (the best of several turns), hits.
local q = lesdiplo.query

local function best (turns, f)
  local least, result
  for _ = 1, turns do
    local began = os.clock()
    result = f()
    local took = os.clock() - began
    least = least and least < took and least or took
  end
  return least, result
end

local function row (name, turns, f)
  local seconds, result = best(turns, f)
  print(name, string.format("%.6f", seconds), #result)
end

-- The postings are made when they are first needed: once.
row("postings", 1, function () return corpus:find "no-such-word" end)

-- A word that stands in one sentence of some hundred thousand, and what is near.
local rare = q.word "lesotho" * q.gap(0, 3) * q.shape "title":as "what"
-- (A clock may tick no finer than a thousandth of a second: many are timed at once.)
local TIMES = 1000
local least, hits = best(5, function ()
  local found
  for _ = 1, TIMES do found = corpus:find(rare) end
  return found
end)
print("rare", string.format("%.6f", least / TIMES), #hits)

-- Every sentence is looked at: there is no plan.
local three = q.stem "visit" * q.gap(0, 6) * q.shape "title":as "where"
row("scan", 5, function () return corpus:find(three, { plan = false }) end)
row("planned", 5, function () return corpus:find(three) end)
row("longest", 5, function () return corpus:find(three, { plan = false, policy = "longest" }) end)

-- Lines of a frequent word.
local the = corpus:find("the", { most = 100000 })
row("kwic", 1, function () return the:kwic(40) end)
