-- row 19: memory that is kept
-- with: --max-memory 32M --max-time 20
-- ends: 4
-- says: 32 MB of memory, the limit (--max-memory)
local t = {}
while true do pcall(function () for i = 1, 1000 do t[#t + 1] = { i, tostring(i) } end end) end
