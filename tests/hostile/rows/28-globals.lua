-- row 28: ways around the guard of the globals
-- ends: 0
-- prints: held
assert(getmetatable(_G) == false and not pcall(setmetatable, _G, {}))
for _, name in ipairs{"io", "package", "dofile", "loadfile"} do assert(rawget(_G, name) == nil) end
rawset(_G, "io", nil)
assert(not pcall(function () return io end))
do
  local assert = assert
  local _ENV = {}
  assert(io == nil and os == nil)
end
local f = load("return io", "x", "t", {})
assert(f() == nil)
print "held"
