-- row 13: a handler that loops
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

xpcall(function () while true do end end, function () while true do end end)
