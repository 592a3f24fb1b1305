-- row 34: an error whose text loops
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

error(setmetatable({}, { __tostring = function () while true do end end }))
