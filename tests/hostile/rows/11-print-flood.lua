-- row 11: printing without end
-- with: --max-output 1M
-- ends: 4
-- says: writes more than 1 MB, the limit (--max-output)
while true do pcall(print, ("x"):rep(1000)) end
