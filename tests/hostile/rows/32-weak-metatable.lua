-- row 32, D3: a weak metatable while the collector is in need
-- with: --max-memory 8M --max-time 10
-- ends: 0 1 4
local mt = setmetatable({}, { __mode = "v" })
for _ = 1, 20 do
  local object = setmetatable({}, mt)
  mt.__newindex = {}
  local garbage = {}
  pcall(function () while true do garbage[#garbage + 1] = ("x"):rep(1000) .. #garbage end end)
  for i = 1, 64 do pcall(function () object["k" .. i] = { i } end) end
  garbage = nil
end
