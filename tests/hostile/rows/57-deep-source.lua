-- sources that the compiler recurses on
-- with: --max-memory 256M --max-time 20
-- ends: 0
-- prints: held
for _, piece in ipairs{"(", "{", "not ", "- ", "if x then ", "function f () ", "x = x .. ", "((", "a.b["} do
  assert(load(piece:rep(100000)) == nil)
  assert(load("return " .. piece:rep(100000)) == nil)
end
assert(not pcall(function () return re.compile(("("):rep(100000)) end))
print "held"
