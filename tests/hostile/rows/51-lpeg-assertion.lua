-- D4: a capture at run time inside a predicate; LPeg 1.0.2 aborts
-- ends: 0 1 4
local function f () return true, 1 end
print((#(lpeg.Cmt("", f) * "xx") * lpeg.Cmt("", f)):match "xx")
