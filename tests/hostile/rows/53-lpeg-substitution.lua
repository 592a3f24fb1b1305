-- D6: substitutions in substitutions
-- with: --max-time 20
-- ends: 0 1 4
lpeg.setmaxstack(100000)
print(#(lpeg.P{lpeg.Cs("a" * lpeg.V(1)) + "b"}:match(("a"):rep(90000) .. "b") or ""))
