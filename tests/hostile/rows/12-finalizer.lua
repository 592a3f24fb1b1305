-- row 12: finalizers
-- ends: 0
-- prints: held
local function loop () while true do end end
assert(not pcall(setmetatable, {}, { __gc = loop }))
assert(not pcall(setmetatable, {}, { __gc = false }))
local later = {}
setmetatable({}, later)
later.__gc = loop
for i = 1, 2e6 do local _ = { i } end
print "held"
