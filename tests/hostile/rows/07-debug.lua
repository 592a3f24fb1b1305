-- row 7: debug has one function, which tells nothing of ours
-- ends: 0
-- prints: held
local names = {}
for name in pairs(debug) do names[#names + 1] = name end
assert(#names == 1 and names[1] == "traceback")
assert(require "debug" == debug)
assert(not debug.traceback("x"):find "%[C%]")
print "held"
