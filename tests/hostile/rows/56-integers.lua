-- every integer argument at its ends: LPeg's and Lua's
-- with: --max-memory 64M --max-time 20
-- ends: 0
-- prints: held
local ends = { math.mininteger, math.maxinteger, -1, 0, 1 << 31, -(1 << 31), 1 << 32, 0/0, 1/0, -1/0 }
for _, n in ipairs(ends) do
  for _, m in ipairs(ends) do
    pcall(string.sub, "abc", n, m)
    pcall(string.byte, "abc", n, m)
    pcall(string.find, "abc", "b", n, true)
    pcall(string.find, "abc", "(b)", n)
    pcall(string.gmatch, "abc", "b", n)
    pcall(string.rep, "", n, "")
    pcall(string.rep, "ab", n, "c")
    pcall(table.concat, {}, "", n, m)
    pcall(table.unpack, {}, n, m)
    pcall(table.move, {}, n, m, 1)
    pcall(table.move, {}, 1, 2, n)
    pcall(select, n, 1, 2)
    pcall(math.random, n, m)
    pcall(utf8.char, n, m)
    pcall(utf8.offset, "abc", n, m)
    pcall(os.date, "%c", n)
    pcall(os.time, { year = n, month = m, day = n })
    pcall(string.pack, "i" .. tostring(n), m)
    pcall(string.unpack, "s8", string.pack("i8", math.type(n) == "integer" and n or 0))
    pcall(lpeg.B, lpeg.P "a", n)
    pcall(function () return lpeg.P "a" ^ -(math.type(n) == "integer" and n & 63 or 1) end)
    pcall(lpeg.match, lpeg.P(1), "abc", n)
    pcall(lpeg.Carg, n)
  end
end
print "held"
