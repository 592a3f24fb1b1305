-- row 22: plain find with a long needle takes the sum of the lengths, not the product
-- with: --max-time 10
-- ends: 0
-- prints: held
local text = ("a"):rep(20000000)
assert(text:find(("a"):rep(10000000) .. "b", 1, true) == nil)
assert(text:find(("a"):rep(10000000) .. "b") == nil)
assert((text .. "b"):find(("a"):rep(10000000) .. "b", 1, true) == 10000001)
print "held"
