-- row 25: a source without end, of nothing
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

load(function () return " " end)
