-- row 20: a few instructions, seconds of C
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

while true do pcall(string.rep, "x", 6e7) end
