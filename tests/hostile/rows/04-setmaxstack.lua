-- row 4: a pattern's way to its library
-- ends: 1
-- says: current limit is 100000
local P, V = lpeg.P, lpeg.V
assert(P(1).setmaxstack == lpeg.setmaxstack and P(1).ptree == nil and P(1).pcode == nil)
assert(not pcall(lpeg.setmaxstack, -1) and not pcall(lpeg.setmaxstack, 0))
P(1).setmaxstack(1e9)
P{"a" * V(1) * "b" + "c"}:match(("a"):rep(200000))
