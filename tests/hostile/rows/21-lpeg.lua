-- row 21: an ambiguous grammar: each byte more doubles its time
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

local V = lpeg.V
lpeg.P{"A", A = "a" * V"A" * "b" + "a" * V"A" * "c" + "a"}:match(("a"):rep(60))
