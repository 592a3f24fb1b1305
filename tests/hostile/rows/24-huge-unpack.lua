-- row 24: as many values as would fill the stack
-- ends: 0
-- prints: held
local s = ("x"):rep(1e8)
assert(not pcall(table.unpack, {}, 1, 1e8))
assert(not pcall(string.byte, s, 1, -1))
assert(not pcall(utf8.codepoint, s, 1, -1))
assert(not pcall(function () return ("x"):rep(100000):byte(1, -1), table.unpack({}, 1, 1e7) end))
print "held"
