-- row 23: ranges and lengths without end
-- ends: 0
-- prints: held
local most = 1 << 53
local lie = setmetatable({}, { __len = function () return most end, __index = function () return 1 end,
  __newindex = function () end })
assert(not pcall(table.move, {}, 1, most, 2))
assert(not pcall(table.move, {}, math.mininteger, math.maxinteger, 2))
assert(not pcall(table.insert, lie, 1))
assert(not pcall(table.insert, lie, 1, 1))
assert(not pcall(table.remove, lie))
assert(not pcall(table.remove, lie, 1))
assert(not pcall(table.sort, lie))
assert(not pcall(table.concat, lie))
assert(not pcall(table.concat, lie, "", math.mininteger, math.maxinteger))
assert(not pcall(table.unpack, lie))
assert(not pcall(table.unpack, lie, 1, most))
-- and what is no lie works as it did
local t = table.move({1, 2, 3}, 1, 3, 2)
table.insert(t, 1, 0)
table.insert(t, 9)
table.sort(t)
assert(table.concat(t, ",") == "0,1,1,2,3,9" and table.remove(t) == 9 and table.remove(t, 1) == 0)
assert(select("#", table.unpack(t, 1, 3)) == 3)
local proxy = setmetatable({}, { __len = function () return 3 end, __index = function (_, i) return i * 2 end })
assert(table.concat(proxy, ",") == "2,4,6" and select("#", table.unpack(proxy)) == 3)
print "held"
