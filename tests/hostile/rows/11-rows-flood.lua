-- row 11: rows without end
-- with: --max-output 100K -f tsv
-- ends: 4
-- says: the limit (--max-
while true do lesdiplo.emit{ a = ("x"):rep(1000) } end
