-- recursion in Lua and through C
-- ends: 0
-- prints: held
local function down () return 1 + down() end
assert(not pcall(down))
local t = setmetatable({}, {})
getmetatable(t).__index = function (_, k) return t[k .. "x"] end
assert(not pcall(function () return t.a end))
assert(not pcall(string.gsub, "a", "a", function () return (("a"):gsub("a", down)) end))
local function sorts () table.sort({1, 2, 3}, function () sorts() end) end
assert(not pcall(sorts))
local function loads () return load(function () loads() end) end
pcall(loads)
print "held"
