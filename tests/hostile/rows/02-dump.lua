-- row 2: string.dump
-- ends: 0
-- prints: held
assert(string.dump == nil and ("").dump == nil)
assert(not pcall(function () return ("x"):dump() end))
for key in pairs(string) do assert(key ~= "dump") end
print "held"
