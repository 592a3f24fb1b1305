-- What a search costs when the document is twice as long, in calls of a function of
-- the pattern's: query_work.jsonl has the same sentence 10, 20 and 40 times.
local q = lesdiplo.query
local c = require "lesdiplo.util.check".new()

local calls
local each = q.any:where(function () calls = calls + 1 return true end)

local function cost (doc, p, options)
  calls = 0
  local hits = doc:find(p, options)
  return calls, #hits
end

-- Calls and hits of twice the document are twice as many, and a few.
local function doubles (what, p, options)
  options.within = "doc"
  local before, hits = cost(corpus[1], p, options)
  c:ok(before > 0 and hits > 0, what .. ": it is found")
  for i = 2, #corpus do
    local now, more = cost(corpus[i], p, options)
    c:ok(now <= 2 * before + 50, string.format("%s: %d calls, then %d", what, before, now))
    c:ok(more >= 2 * hits - 1 and more <= 2 * hits + 1,
         string.format("%s: %d hits, then %d", what, hits, more))
    before, hits = now, more
  end
end

doubles("shortest, of any number", each^1, { policy = "shortest" })
doubles("shortest, up to a word", q.word "met" * each^0 * q.word "peace", { policy = "shortest" })
doubles("shortest, up to 100", each^1 * each^-100, { policy = "shortest" })
doubles("shortest, in turns", (q.word "the" + each)^1 * q.any, { policy = "shortest" })
doubles("shortest, with a gap", q.word "met" * q.gap(0, 200) * each, { policy = "shortest" })

-- The whole is one hit, whatever its length.
for _, policy in ipairs{ "first", "regular", "longest" } do
  local before = cost(corpus[1], each^1, { policy = policy, within = "doc" })
  for i = 2, #corpus do
    local now, hits = cost(corpus[i], each^1, { policy = policy, within = "doc" })
    c:ok(now <= 2 * before + 50, string.format("%s: %d calls, then %d", policy, before, now))
    c:equal(hits, 1, policy)
    before = now
  end
end

-- What is looked at ahead is not cut short by a nearer end.
local far = q.word "envoy" * q.any^0 * #(q.any^0 * q.word "peace" * q.any^0 * q.word "peace")
c:equal(#corpus[1]:find(far, { policy = "shortest", within = "doc" }), 9, "peace twice ahead")

c:finish()
