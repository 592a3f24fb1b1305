-- row 19: large strings, each an error that can be caught, and gone after it
-- with: --max-memory 64M
-- ends: 0
-- prints: held
local function too_much (f)
  local ok, why = pcall(f)
  assert(not ok and tostring(why):find "memory" or tostring(why):find "large" or tostring(why):find "long", why)
end
too_much(function () return ("x"):rep(1 << 30) end)
too_much(function () return ("x"):rep(1 << 62) end)
too_much(function () local t = {} for i = 1, 100 do t[i] = ("x"):rep(1 << 20) end return table.concat(t) end)
too_much(function () local s = ("x"):rep(1 << 24) return s .. s .. s .. s .. s end)
too_much(function () return (("%s"):rep(100)):format(table.unpack((function ()
  local t = {} for i = 1, 100 do t[i] = ("x"):rep(1 << 20) end return t end)())) end)
assert(collectgarbage "count" < 64 * 1024)
print "held"
