-- row 25: a source that is too large
-- ends: 0
-- prints: at most 64 MB
local piece = (" "):rep(1 << 20)
print(select(2, load(function () return piece end)))
