-- row 18, D2: a long chain of coroutines that close one another
-- ends: 0 1 4
local last
for i = 1, 100000 do
  local before = last
  last = coroutine.create(function ()
    local x <close> = setmetatable({}, { __close = function ()
      if before then coroutine.close(before) end
    end })
    coroutine.yield()
  end)
  coroutine.resume(last)
end
coroutine.close(last)
