-- row 21: a pattern that backtracks
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

string.find(("x"):rep(50000), (".-"):rep(12) .. "b")
