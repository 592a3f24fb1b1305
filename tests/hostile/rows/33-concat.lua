-- row 33: the event of concatenation
-- ends: 1
-- says: __concat is not for scripts
setmetatable({}, { __concat = function () return "" end })
