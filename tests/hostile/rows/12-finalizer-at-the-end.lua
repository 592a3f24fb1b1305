-- row 12: a finalizer that would run when the state is closed
-- ends: 1
-- says: on purpose
local later = {}
kept = setmetatable({}, later)
later.__gc = function () while true do end end
error "on purpose"
