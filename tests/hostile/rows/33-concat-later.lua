-- row 33, D1: one that is added later may crash, and that is all
-- with: --max-time 10
-- ends: 0 1 4
local mt = {}
local x = setmetatable({}, mt)
mt.__concat = function ()
  local function down (n) return n == 0 and 0 or 1 + down(n - 1) end
  down(50000)
  return "R"
end
for _ = 1, 20 do coroutine.wrap(function () return "A" .. "B" .. "C" .. x end)() end
