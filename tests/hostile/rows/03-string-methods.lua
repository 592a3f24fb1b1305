-- row 3: the real library behind a method
-- ends: 0
-- prints: held
assert(getmetatable "" == false)
assert(not pcall(setmetatable, "", {}))
for name, f in pairs(string) do assert((""):upper() == "" and (""):len() == 0 and ("")[name] == f) end
-- what is bounded is so either way
assert(not pcall(string.rep, "x", 1 << 40) and not pcall(function () return ("x"):rep(1 << 40) end))
assert(tostring(("%p"):format({})):find "^#" and string.format("%p", {}):find "^#")
print "held"
