-- row 15: coroutines made before the stop, three deep, and in an iterator
-- with: --max-time 0.4
-- ends: 4
-- says: 0.4 seconds, the limit (--max-time)

local function deep (n)
  if n == 0 then while true do end end
  return coroutine.wrap(deep)(n - 1)
end
for _ in coroutine.wrap(function () coroutine.yield(1) deep(3) end) do end
