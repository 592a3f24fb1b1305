-- lesdiplo.util, and the runner of suites itself.
local util = require "lesdiplo.util"
local check = require "lesdiplo.util.check".new()

check:equal(util.keys{ b = 1, a = 2, [10] = 3, [2] = 4, [true] = 5 }, { 2, 10, "a", "b", true })
check:equal(util.keys({ 3, 1, 2 }, function (a, b) return a > b end), { 3, 2, 1 })
local out = {}
for key, value in util.sorted{ z = 1, y = 2, x = 3 } do out[#out + 1] = key .. value end
check:equal(out, { "x3", "y2", "z1" })
for _ in util.sorted{} do check:ok(false, "nothing to go through") end

check:equal(util.nearest("titel", { "date", "title", "text" }), "title", "a swap")
check:equal(util.nearest("sumary", { "summary" }), "summary")
check:equal(util.nearest("foo", { "os", "bar" }), nil, "not at any price")
check:equal(util.nearest("x", { "y" }), nil)
check:equal(util.nearest("", { "a" }), nil)
check:equal(util.nearest(("x"):rep(100), { ("x"):rep(99) }), nil, "too long to be a slip")
check:equal(util.nearest("tokn", {}), nil)

check:equal(util.width "", 0)
check:equal(util.width "abc", 3)
check:equal(util.width "é", 1)
check:equal(util.width "e\u{301}", 1, "a combining accent")
check:equal(util.width "外交部", 6)
check:equal(util.width "ａ", 2, "full width")
check:equal(util.width "\xFF\xFE", 2, "no UTF-8: a column a byte")
check:equal(util.width "россия", 6)

check:equal(util.cut("abc", 5), "abc")
check:equal(util.cut("abcdef", 3), "abc")
check:equal(util.cut("日本語", 2), "日本")
check:equal(util.cut("日本語", 3), "日本語")
check:equal(util.cut("日本語", 0), "")
check:equal(util.cut("a\xFFbcdef", 3), "a\xFFb")

check:equal(util.fit("abcdef", 6), "abcdef")
check:equal(util.fit("abcdef", 4), "abc…")
check:equal(util.fit("外交部", 4), "外…", "half a character is none")
check:equal(util.fit("abc", 1), "…")
check:equal(util.fit("abc", 0), "")
check:equal(util.fit_end("abcdef", 4), "…def")
check:equal(util.fit_end("外交部", 4), "…部")
check:equal(util.fit_end("ae\u{301}bc", 3), "…bc", "an accent goes with its letter")
for columns = 0, 12 do
  for _, text in ipairs{ "communiqué final", "外交部发言人", "a外b交c部", "\xFFx\xC3" } do
    check:ok(util.width(util.fit(text, columns)) <= columns, "fits")
    check:ok(util.width(util.fit_end(text, columns)) <= columns, "fits from its end")
  end
end
check:raises(function () return util.sortd end, "did you mean 'sorted'?")

-- the runner
local lines, print_before = {}, print
local suite = require "lesdiplo.util.check".new()
check:equal(suite:equal(1, 1), true)
check:equal(suite:ok(1), true)
check:equal(suite:raises(function () error "abc" end, "abc"), true)
check:equal(suite.passed .. " " .. suite.failed, "3 0")
check:ok(print_before and #lines == 0)

check:finish()
