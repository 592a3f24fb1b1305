-- D6: predicates in predicates, which LPeg compiles by recursion
-- with: --max-time 20
-- ends: 0 1 4
local p = lpeg.P(1)
for _ = 1, 10000 do p = #p end
print(p:match "x")
