-- row 14: pcall that swallows the stop
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

local function f () while true do pcall(pcall, f) pcall(error) end end
f()
