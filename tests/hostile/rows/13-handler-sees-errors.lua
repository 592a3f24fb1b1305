-- row 13: an ordinary handler sees its error
-- ends: 0
-- prints: seen: x
print(select(2, xpcall(function () error("x", 0) end, function (e) return "seen: " .. e end)))
