-- row 21: gsub that does
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

for _ in ("x"):rep(50000):gmatch((".*"):rep(12) .. "b") do end
