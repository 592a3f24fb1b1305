-- row 5: the finalizer of a pattern that runs
-- ends: 0
-- prints: held
local P, Cmt = lpeg.P, lpeg.Cmt
local p
p = P"a" * Cmt("", function (_, at)
  local mt = getmetatable(p)
  assert(mt == false and p.__gc == nil)
  return at
end) * P"b"
assert(p:match "ab" == 3)
assert(lpeg.type(p) == "pattern" and #p and -p and p + p and p * p)
assert(re.match("ab", "'a' 'b'") == 3)
print "held"
