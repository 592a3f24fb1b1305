-- row 16: coroutines that multiply
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

local function f (n)
  while true do
    local c = coroutine.wrap(f)
    if n < 3 then c(n + 1) end
  end
end
f(0)
