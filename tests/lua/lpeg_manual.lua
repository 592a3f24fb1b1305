-- LPeg as its manual has it, section by section, in a script's environment: how
-- patterns are composed is remembered there, and nothing else is to be seen of
-- it. What is compared with is what LPeg 1.0 says, word by word.
local check = require "lesdiplo.util.check".new()
local lpeg = require "lpeg"
local match, P, S, R, V, B = lpeg.match, lpeg.P, lpeg.S, lpeg.R, lpeg.V, lpeg.B
local C, Cc, Cp, Cs, Ct, Cg, Cb, Cf, Cmt, Carg = lpeg.C, lpeg.Cc, lpeg.Cp, lpeg.Cs, lpeg.Ct,
  lpeg.Cg, lpeg.Cb, lpeg.Cf, lpeg.Cmt, lpeg.Carg

local function all (...) return { n = select("#", ...), ... } end
local function equal (pattern, subject, expected, ...)
  check:equal(all(match(pattern, subject, ...)), expected, "of " .. tostring(subject))
end
local function values (...) return { n = select("#", ...), ... } end
local fails = values(nil)

-- Functions ------------------------------------------------------------------

check:equal(lpeg.type(P "a"), "pattern")
for _, other in ipairs{ "a", 1, true, {}, print } do check:equal(lpeg.type(other), nil) end
check:equal(lpeg.type(nil), nil)
check:ok(lpeg.version():find "^1%.")
check:equal(rawequal(lpeg, require "lpeg"), true)

-- match: where it ended, or the captures; from the start, or from init
equal(P "ab", "abc", values(3))
equal(P "b", "abc", fails)
equal(P "b", "abc", values(3), 2)
equal(P "c", "abc", values(4), -1)
equal(P "a", "abc", values(2), -10)
equal(P "", "abc", values(4), 10)
equal(C "b", "abc", values("b"), 2)
equal("ab", "abc", values(3))
equal(3, "abc", values(4))
equal(true, "abc", values(1))
equal(P(1) * Carg(1) * Carg(2), "x", values("one", "two"), 1, "one", "two")
check:equal(P "ab":match "abc", 3, "as a method")
check:equal(P "b":match("abc", 2), 3)
check:raises(function () match(P "a") end, "bad argument #2 to 'match'")
check:raises(function () match(P "a", {}) end, "string expected, got table")
check:raises(function () P "a":match() end, "string expected, got n")
check:raises(function () match(nil, "a") end, "pattern expected, got nil")
check:raises(function () match(Carg(1), "a") end, "absent extra argument #1")

-- setmaxstack
local deep = P{ "(" * V(1) * ")" + "" }
check:equal(match(deep, ("("):rep(3000) .. (")"):rep(3000)), 6001)
check:raises(function () match(deep, ("("):rep(200000)) end, "stack overflow")
lpeg.setmaxstack(100)
check:raises(function () match(deep, ("("):rep(3000)) end, "stack overflow")
lpeg.setmaxstack(10000)

-- Basic constructions -----------------------------------------------------------

-- P of each type
local p = P "a"
check:equal(rawequal(P(p), p), true, "a pattern is itself")
equal(P "", "", values(1))
equal(P "a\0b", "a\0bc", values(4))
equal(P(0), "", values(1))
equal(P(2), "abc", values(3))
equal(P(4), "abc", fails)
equal(P(-1), "", values(1))
equal(P(-1), "a", fails)
equal(P(-3), "ab", values(1))
equal(P(-3), "abc", fails)
equal(P(true), "a", values(1))
equal(P(false), "a", fails)
equal(P{ "a" * V(1) + "b" }, "aab", values(4))
equal(P(function (s, i) return #s + i end), "", values(1))
equal(P(function (_, i) return i + 1 end), "ab", values(2))
equal(P(function () return false end), "ab", fails)
check:raises(function () P() end, "bad argument #1 to 'P'")
check:raises(function () P(nil) end, "bad argument #1 to 'P'")
check:raises(function () P(coroutine.create(print)) end, "bad argument #1 to 'P'")
check:raises(function () P(corpus) end, "pattern expected, got")

-- B: what stands before, of a fixed length, without captures
equal(B "a" * "b", "ab", values(3), 2)
equal(B "a" * "b", "cb", fails, 2)
equal(B(P "ab") * 1, "abc", values(4), 3)
equal(B(1) * 1, "a", fails)
equal(-B(R "az") * "x", "x", values(2))
equal(-B(R "az") * "x", "ax", fails, 2)
check:raises(function () B(P "a" ^ 1) end, "pattern may not have fixed length")
check:raises(function () B(C "a") end, "pattern have captures")

-- R and S
equal(R("az", "09") ^ 1, "a1b2C", values(5))
equal(R "\0\255", "\200", values(2))
equal(R(), "a", fails)
equal(R "za", "b", fails)
check:raises(function () R "a" end, "range must have two characters")
check:raises(function () R "abc" end, "range must have two characters")
check:raises(function () R("az", {}) end, "bad argument #2 to 'R'")
equal(S "+-*" ^ 1, "+-a", values(3))
equal(S "", "a", fails)
equal(S(12), "2", values(2))
check:raises(function () S() end, "bad argument #1 to 'S'")
check:raises(function () S {} end, "bad argument #1 to 'S'")

-- V: rules, and none outside a grammar
equal(P{ "x", x = V "y" * "b", y = P "a" }, "ab", values(3))
equal(P{ V "y", y = P "a" }, "ab", values(2))
equal(P{ V(2), P "a" }, "ab", values(2))
check:raises(function () match(V "x", "a") end, "rule 'x' used outside a grammar")
check:raises(function () P{ V "x" } end, "rule 'x' undefined in given grammar")
check:raises(function () P{ "x" } end, "grammar has no initial rule")
check:raises(function () P{} end, "grammar has no initial rule")
check:raises(function () P{ V(1) } end, "rule '1' may be left recursive")
check:raises(function () P{ (P "" ) ^ 0 } end, "loop body may accept empty string")
check:raises(function () V(nil) end, "bad argument #1 to 'V'")

-- locale
local classes = lpeg.locale()
equal(classes.alpha ^ 1, "abC1", values(4))
equal(classes.digit ^ 1, "12a", values(3))
equal(classes.space * classes.punct * classes.upper * classes.lower * classes.alnum *
  classes.xdigit * classes.cntrl * classes.graph * classes.print, " .Aa9f\1! ", values(10))
local mine = { kept = 1 }
check:equal(rawequal(lpeg.locale(mine), mine), true)
check:ok(mine.kept == 1 and lpeg.type(mine.space) == "pattern")
check:raises(function () lpeg.locale(1) end, "bad argument #1 to 'locale'")

-- Operators: with patterns, and with what P makes patterns of ------------------------

-- # and - before a pattern consume and capture nothing
equal(#P "a", "a", values(1))
equal(#P "a", "b", fails)
equal(#C "a" * 1, "a", values(2))
equal(-P "a", "b", values(1))
equal(-P "a", "a", fails)
equal(-P(1), "", values(1))
equal(-C "a" * C(1), "b", values("b"))
equal(- -P "a", "a", values(1))

-- + is ordered, * goes on, - is not the one but the other
equal(P "a" + "ab", "ab", values(2))
equal("ab" + P "a", "ab", values(3))
equal(P "a" + 1, "b", values(2))
equal(P(false) + "a", "a", values(2))
equal(R "az" + S "01" + P "é", "é", values(3))
equal(P "a" + true, "b", values(1))
equal(P "a" + function (_, i) return i + 1 end, "b", values(2))
equal(P "a" + { "b" * V(1) + "c" }, "bbc", values(4))
equal(P "a" * "b", "ab", values(3))
equal("a" * P "b" * 1, "abc", values(4))
equal(P "a" * true * false, "a", fails)
equal(2 * P "c", "abc", values(4))
equal(P "a" * { "b" * V(1) + "c" }, "abbc", values(5))
equal(P(1) - "a", "b", values(2))
equal(1 - P "a", "a", fails)
equal(R "az" - S "aeiou", "e", fails)
equal(R "az" - S "aeiou", "f", values(2))
equal(C "ab" - P "abc", "abd", values("ab"))
equal("abc" - P "abd", "abc", values(4))
for _, operation in ipairs{ function (x) return p + x end, function (x) return p * x end,
    function (x) return p - x end, function (x) return x * p end } do
  check:raises(function () operation(nil) end, "pattern expected, got nil")
  check:raises(function () operation(corpus) end, "pattern expected, got Corpus")
end

-- ^: at least n, at most -n, possessive
equal(P "a" ^ 0, "", values(1))
equal(P "a" ^ 0, "aab", values(3))
equal(P "a" ^ 1, "b", fails)
equal(P "a" ^ 3, "aa", fails)
equal(P "a" ^ 3, "aaaaa", values(6))
equal(P "a" ^ -2, "aaa", values(3))
equal(P "a" ^ -2, "", values(1))
equal(P "a" ^ 0 * "a", "aaa", fails)
equal(P "ab" ^ "2", "ababab", values(7))
equal(("a" * P "b") ^ 5, ("ab"):rep(7), values(15))
check:raises(function () return P "" ^ 0 end, "loop body may accept empty string")
check:raises(function () return (P "a" ^ -1) ^ 1 end, "loop body may accept empty string")
check:raises(function () return p ^ {} end, "number expected, got table")
check:raises(function () return p ^ 1.5 end, "number has no integer representation")
equal((P "") ^ -2, "", values(1))

-- Captures -----------------------------------------------------------------------

equal(C(C "a" * C "b"), "ab", values("ab", "a", "b"))
equal(Cp() * 2 * Cp(), "ab", values(1, 3))
equal(Cc(1, nil, "x", false), "", values(1, nil, "x", false))
equal(Cc(), "a", values(1))
equal(Carg(2), "", values("b"), 1, "a", "b")
check:raises(function () Carg(0) end, "invalid argument index")
check:raises(function () Carg "x" end, "bad argument #1 to 'Carg'")

-- Cg and Cb: the last group of that name that is complete and at the same level
equal(Cg(C "a" * C "b"), "ab", values("a", "b"))
equal(Cg("a", "x") * "b" * Cb "x", "ab", values("a"))
equal(Cg("a", "x") * Cg("b", "x") * Cb "x", "ab", values("b"))
equal(Cg(Cc(1, 2), "x") * Cb "x" * Cb "x", "", values(1, 2, 1, 2))
equal(Cg("a", "x"), "a", values(2))
check:raises(function () match(Cb "x", "") end, "back reference 'x' not found")
check:raises(function () match(Ct(Cg("a", "x")) * Cb "x", "a") end, "back reference 'x' not found")

-- Ct: anonymous values in an array, named groups by name
equal(Ct(C "a" * Cg(C "b", "x") * Cp()), "ab", values{ "a", 3, x = "b" })
equal(Ct "a", "a", values{})
equal(Ct(Cg(C(1) * C(1), 5)), "ab", values{ [5] = "a" })

-- Cf
equal(Cf(C(R "09") * (P "," * C(R "09")) ^ 0, function (a, b) return a + b end), "1,2,4", values(7))
equal(Cf(Ct "" * Cg(C(1) * "=" * C(1)) ^ 0, rawset), "a=1b=2", values{ a = "1", b = "2" })
check:raises(function () match(Cf("a", print), "a") end, "no initial value for fold capture")
check:raises(function () Cf("a", 1) end, "bad argument #2 to 'Cf'")

-- Cs: nested values take the place of what they matched
equal(Cs((P "a" / "x" + 1) ^ 0), "banana", values("bxnxnx"))
equal(Cs(C "a" * P "b" / "%1%1"), "ab", values("aa"))
equal(Cs((1 - P "a") ^ 0 * Cc "z"), "bb", values("bbz"))
check:raises(function () match(Cs(Cc(true)), "") end, "invalid replacement value %(a boolean%)")

-- patt / string, number, table, function
equal((C "a" * C "b") / "%2%1%0%%", "ab", values("baab%"))
equal(P "ab" / "<%0>", "ab", values("<ab>"))
check:raises(function () match(P "a" / "%1%2", "a") end, "invalid capture index")
equal((C "a" * C "b") / 2, "ab", values("b"))
equal((C "a" * C "b") / 0, "ab", values(3))
check:raises(function () match(C "a" / 2, "a") end, "no capture '2'")
equal(P "a" / { a = 7 }, "a", values(7))
equal(C "b" * (P(1) / { a = 7 }), "ba", values("b", 7))
equal((C "b" * 1) / { b = 7 }, "ba", values(7))
equal(P "a" / {}, "a", values(2))
equal(P "a" / string.upper, "a", values("A"))
equal((C "a" * C "b") / function (...) return select("#", ...), ... end, "ab", values(2, "a", "b"))
equal(P "a" / function () end, "a", values(2))
equal(P "a" / function () return nil, 1 end, "a", values(nil, 1))
check:raises(function () return p / true end, "invalid replacement value")
check:raises(function () return "a" / p end, "invalid replacement value")

-- functions run once it has matched; Cmt's at once, even if it then fails
local calls = 0
local function count () calls = calls + 1 return true end
equal((P "a" / count) * "b" + "a", "ac", values(2))
check:equal(calls, 0)
equal(Cmt("a", count) * "b" + "a", "ac", values(2))
check:equal(calls, 1)
equal(Cmt("a", function (s, i, c) return i, s, i, c end), "ab", values("ab", 2, "a"))
equal(Cmt(C "a" * C "b", function (_, i, a, b) return i, b, a end), "ab", values("b", "a"))
equal(Cmt(1, function () return true end), "ab", values(2))
equal(Cmt(1, function (s) return #s + 1 end), "abc", values(4))
for _, refuses in ipairs{ function () end, function () return nil end,
    function () return false end } do
  equal(Cmt("a", refuses) + Cc "other", "a", values("other"))
end
check:raises(function () match(Cmt(2, function () return 1 end), "abc") end,
             "invalid position returned by match%-time capture")
check:raises(function () match(Cmt("a", function () return 9 end), "a") end, "invalid position")
check:raises(function () Cmt "a" end, "bad argument #2 to 'Cmt'")
check:raises(function () Cmt("a", 1) end, "bad argument #2 to 'Cmt'")
check:raises(function () C() end, "bad argument #1 to 'C'")
check:raises(function () match(P "a" / error, "a") end, "^a$")

-- Some examples ---------------------------------------------------------------------

local function split (s, sep)
  sep = P(sep)
  local element = C((1 - sep) ^ 0)
  return match(Ct(element * (sep * element) ^ 0), s)
end
check:equal(split("a,,b", ","), { "a", "", "b" })
local function anywhere (pattern) return P{ Cp() * pattern * Cp() + 1 * V(1) } end
equal(anywhere "world", "hello world!", values(7, 12))
equal(anywhere "x", "hello", fails)
local balanced = P{ "(" * ((1 - S "()") + V(1)) ^ 0 * ")" }
equal(balanced, "(a(b)c(d(e)))f", values(14))
equal(balanced, "(a(b)", fails)
local function gsub (s, pattern, to) return match(Cs((P(pattern) / to + 1) ^ 0), s) end
check:equal(gsub("hello world", R "az" ^ 1, string.upper), "HELLO WORLD")
local field = '"' * Cs(((P(1) - '"') + P '""' / '"') ^ 0) * '"' + C((1 - S ',\n"') ^ 0)
local record = Ct(field * ("," * field) ^ 0) * (P "\n" + -1)
equal(record, 'a,"b ""c""",', values{ "a", 'b "c"', "" })
local equals = P "=" ^ 0
local open, close = "[" * Cg(equals, "init") * "[" * P "\n" ^ -1, "]" * C(equals) * "]"
local ends = Cmt(close * Cb "init", function (_, _, a, b) return a == b end)
equal(open * C((P(1) - ends) ^ 0) * close / 1, "[==[\na]]b]=]c]==]", values("a]]b]=]c"))
local space = S " \n\t" ^ 0
local number, sign, times = C(P "-" ^ -1 * R "09" ^ 1) * space, C(S "+-") * space, C(S "*/") * space
local function eval (a, op, b)
  a, b = tonumber(a), tonumber(b)
  if op == "+" then return a + b elseif op == "-" then return a - b end
  if op == "*" then return a * b else return a / b end
end
equal(space * P{ "sum",
  sum = Cf(V "term" * Cg(sign * V "term") ^ 0, eval),
  term = Cf(V "factor" * Cg(times * V "factor") ^ 0, eval),
  factor = number / tonumber + "(" * space * V "sum" * ")" * space,
} * -1, "3 + 5*9 / (1+1) - 12", values(13.5))

-- re ----------------------------------------------------------------------------------

local re = require "re"
check:equal(rawequal(re, require "re"), true)
check:equal(re.match("abc", "[a-c]+"), 4)
check:equal({ re.find("the number 423 is odd", "[0-9]+") }, { 12, 14 })
check:equal(re.find("none", "[0-9]+"), nil)
check:equal({ re.find("a1b2", "{[0-9]}", 3) }, { 4, 4 }, "positions only")
check:equal(re.gsub("hello World", "[aeiou]", "."), "h.ll. W.rld")
check:equal(lpeg.type(re.compile "'a'"), "pattern")
for _, case in ipairs{
  { "'ab'", "abc", 3 }, { '"a" / "b"', "b", 2 }, { "'a' 'b'", "ab", 3 }, { "'a'*", "aab", 3 },
  { "'a'+", "b", nil }, { "'a'?", "b", 1 }, { "'a'^2", "aaa", 3 }, { "'a'^+2", "aaa", 4 },
  { "'a'^-2", "aaa", 3 }, { ".", "x", 2 }, { "!.", "", 1 }, { "&'a' .", "ab", 2 },
  { "!'a' .", "a", nil },
  { "{ 'a' }", "a", "a" }, { "{}", "a", 1 }, { "{| {.} {.} |}", "ab", { "a", "b" } },
  { "{~ ('a' -> 'x' / .)* ~}", "banana", "bxnxnx" }, { "{:x: 'a' :} =x", "aa", 3 },
  { "{| {:x: . :} |}", "a", { x = "a" } }, { "'a' -> 'b%0'", "a", "ba" }, { "{.} -> 1", "a", "a" },
  { "[^a-y]", "z", 2 }, { "[]x]+", "]x", 3 }, { "[%d%s]+", "1 2a", 4 }, { "%a+", "ab1", 3 },
  { "%nl", "\n", 2 },
  { "s <- 'a' s / 'b'", "aab", 4 }, { "s <- t 'c'\nt <- 'a' / 'b'", "bc", 3 },
  { "-- words\n'a'", "a", 2 },
  { "('a' / 'b')+ 'c'", "abc", 4 },
} do check:equal(re.match(case[2], case[1]), case[3], case[1]) end
check:equal(re.compile("{[0-9]+} -> n", { n = tonumber }):match "42", 42)
check:equal(re.compile("{.} -> t", { t = { a = 1 } }):match "a", 1)
check:equal(re.compile("({%d} (',' {%d})*) ~> add", { add = function (a, b) return a + b end })
            :match "1,2,4", 7)
check:equal(re.compile("{.} => f", { f = function (_, i, c) return i, c .. "!" end })
            :match "a", "a!")
check:equal(re.compile("%word ' ' %word", { word = R "az" ^ 1 }):match "ab cd", 6)
check:raises(function () re.compile "'a" end, "pattern error near ''a'")
check:raises(function () re.compile "%unknown" end, "name 'unknown' undefined")
check:raises(function () re.compile "a <- b" end, "rule 'b' undefined")

-- What is remembered goes with the pattern, and composing costs little -------------------

for i = 1, 5000 do
  local word = P("w" .. i) * R "az" ^ 1 + C(S "ab" ^ -1 * "c")
  check.last = lpeg.type(word)
end
check:equal(check.last, "pattern")
local before = collectgarbage "count"
for i = 1, 40000 do check.last = P("w" .. i) * R "az" ^ 1 + C(S "ab" ^ -1 * "c") end
check:ok(collectgarbage "count" < before + 20000, "patterns that are gone leave nothing")

check:finish()
