-- row 17: a closing variable that loops while the stack unwinds
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

local x <close> = setmetatable({}, { __close = function () while true do pcall(error) end end })
while true do end
