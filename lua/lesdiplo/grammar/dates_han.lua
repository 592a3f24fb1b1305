--- Dates as Chinese writes them; the same tables as dates_read makes.
-- @module lesdiplo.grammar.dates_han
local lpeg = require "lpeg"
local ipairs, pairs, tonumber = ipairs, pairs, tonumber
local C, Cc, Cg, Cp, Ct, P, R, S = lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct, lpeg.P, lpeg.R,
    lpeg.S
_ENV = nil
local M = {}

local digits = { ["〇"] = 0, ["零"] = 0, ["○"] = 0, ["一"] = 1, ["二"] = 2, ["两"] = 2, ["兩"] = 2,
  ["三"] = 3, ["四"] = 4, ["五"] = 5, ["六"] = 6, ["七"] = 7, ["八"] = 8, ["九"] = 9 }

local function any_of (list)
  local out = P(false)
  for key, value in pairs(list) do
    if #key > 3 then out = out + P(key) * Cc(value) end
  end
  for key, value in pairs(list) do
    if #key <= 3 then out = out + P(key) * Cc(value) end
  end
  return out
end

local digit = any_of(digits)
local ten = P "十" + "拾"
local blank = (S " \t\n" + "　" + "\u{A0}")^0
local function field (name, p) return Cg(p, name) end
-- What a rule says, and where it stands.
local function made (op, p)
  return Ct(Cg(Cc(op), "op") * Cg(Cp(), "first") * p * Cg(Cp(), "stop"))
end

-- Numbers up to ninety-nine in characters, or digits of either width.
local wide = {}
for i = 0, 9 do wide["\u{FF10}"] = 0 wide[("０１２３４５６７８９"):sub(3 * i + 1, 3 * i + 3)] = i end
local wide_digit = any_of(wide)
local arabic = C(R "09"^1) / tonumber + Ct(wide_digit^1) / function (list)
  local n = 0
  for _, d in ipairs(list) do n = n * 10 + d end
  return n
end
local spelled = Ct(field("tens", digit)^-1 * ten * field("ones", digit)^-1) / function (t)
  return (t.tens or 1) * 10 + (t.ones or 0)
end + digit
local hundred = Ct(field("h", digit) * "百" * P "零"^-1 * field("rest", spelled)^-1) / function (t)
  return t.h * 100 + (t.rest or 0)
end
local number = arabic + hundred + spelled
local year4 = C(S "12" * R "09" * R "09" * R "09") / tonumber
              + (Ct(digit * digit * digit * digit) + Ct(wide_digit * wide_digit * wide_digit
                  * wide_digit))
                / function (list)
                  return list[1] * 1000 + list[2] * 100 + list[3] * 10 + list[4]
                end

-- Years of an era begin with its first.
local eras = { ["民国"] = 1911, ["民國"] = 1911, ["昭和"] = 1925, ["平成"] = 1988, ["令和"] = 2018,
  ["大正"] = 1911, ["明治"] = 1867, ["光绪"] = 1874, ["光緒"] = 1874, ["宣统"] = 1908, ["宣統"] = 1908 }
local era = any_of(eras) * (number + P "元" * Cc(1)) / function (base, n) return base + n end

local year = (year4 + era) * blank * "年"
local month = number * blank * (P "月份" + "月")
local day = number * blank * (P "日" + "号" + "號")
local weekday = (P "星期" + "礼拜" + "禮拜" + "周" + "週")
  * (digit + (P "日" + "天") * Cc(7))

local relative = { ["今天"] = 0, ["今日"] = 0, ["昨天"] = -1, ["昨日"] = -1, ["明天"] = 1, ["明日"] = 1,
  ["前天"] = -2, ["前日"] = -2, ["后天"] = 2, ["後天"] = 2, ["当天"] = 0, ["當天"] = 0, ["当日"] = 0 }
local years = { ["今年"] = 0, ["去年"] = -1, ["明年"] = 1, ["前年"] = -2, ["后年"] = 2, ["後年"] = 2,
  ["本年"] = 0 }
local months = { ["本月"] = 0, ["上月"] = -1, ["上个月"] = -1, ["上個月"] = -1, ["下月"] = 1,
  ["下个月"] = 1, ["下個月"] = 1, ["这个月"] = 0, ["這個月"] = 0 }
local weeks = { ["本周"] = 0, ["上周"] = -1, ["下周"] = 1, ["本週"] = 0, ["上週"] = -1, ["下週"] = 1,
  ["上星期"] = -1, ["下星期"] = 1, ["这周"] = 0, ["上个星期"] = -1 }
local units = { ["年"] = "Y", ["个月"] = "M", ["個月"] = "M", ["天"] = "D", ["日"] = "D", ["周"] = "W",
  ["星期"] = "W", ["个星期"] = "W", ["個星期"] = "W", ["小时"] = "H", ["小時"] = "H", ["个小时"] = "H",
  ["分钟"] = "MIN", ["分鐘"] = "MIN", ["世纪"] = "CE", ["世紀"] = "CE", ["个世纪"] = "CE" }
local ends = { ["年底"] = "END", ["年末"] = "END", ["年初"] = "START", ["年中"] = "MID" }
local seasons = { ["春季"] = "SP", ["夏季"] = "SU", ["秋季"] = "FA", ["冬季"] = "WI", ["春"] = "SP",
  ["夏"] = "SU", ["秋"] = "FA", ["冬"] = "WI" }
local parts = { ["上午"] = "TMO", ["早上"] = "TMO", ["下午"] = "TAF", ["晚上"] = "TEV", ["晚间"] = "TEV",
  ["凌晨"] = "TMO", ["晚"] = "TEV" }

local function of_year (list)
  return Ct(any_of(list)) / function (t) return t[1] end
end

local rel_year = made("rel", field("n", of_year(years)) * field("unit", Cc "Y"))
local full = made("abs", field("y", year) * blank * field("m", month) * blank * field("d", day)
                         + field("y", year) * blank * field("m", month))
local year_only = made("abs", field("y", year))
local year_end = made("abs", field("y", year4 * blank) * field("mod", any_of(ends)))
local month_day = made("abs", field("m", month) * field("d", day))
local month_only = made("abs", field("m", month))
local dated = made("of_year", field("n", any_of(years)) * field("m", month) * field("d", day)^-1)
local of_month = made("of", field("of", made("rel", field("n", any_of(months)) * field("unit",
    Cc "M")))
                            * field("d", day))
local to = blank * (P "至" + "到" + "-" + "—" + "～" + "~" + "–" + "－") * blank
local days_range = made("range", field("a", full + month_day) * to
  * field("b", full + month_day + made("abs", field("d", day))))
local years_range = made("range", field("a", year_only + made("abs", field("y", year4))) * to
                                  * field("b", year_only))
local count = field("count", number + P "半" * Cc(0.5) + (P "几" + "數" + "数" + "多") * Cc "X")
local unit = field("unit", any_of(units))
local ago = made("ago", count * unit * (P "之前" + "以前" + "前") * field("sign", Cc(-1)))
            + made("ago", count * unit * (P "之后" + "之後" + "以后" + "以後" + "后"
                + "後") * field("sign", Cc(1)))
local dur = made("dur", count * P "多"^-1 * unit * (P "来" + "來" + "间" + "間")^-1)
local decade = made("dec", field("y", ((P "上世纪" + "上世紀" + "20世纪" + "20世紀" + "二十世纪") * Cc(1900)
  + (P "21世纪" + "本世纪") * Cc(2000)) * number * P "年代" / function (base, n) return base + n end))
local century = made("cen", field("n", number) * (P "世纪" + "世紀"))
local quarter = made("quarter", field("y", year) * P "第"^-1 * field("q", number) * (P "季度" + "季"))
local half = made("half", (field("y", year))^-1 * (P "上半年" * field("q", Cc(1))
    + P "下半年" * field("q", Cc(2))))
local season = made("season", field("y", year) * field("season", any_of(seasons)))
local every = made("every", P "每" * (field("count", number))^-1 * unit)
              + made("every", P "每" * P "逢"^-1 * field("dow", weekday)) + made("set",
                  P "每年" * field("value", Cc "P1Y"))
local anniv = made("anniv", field("n", number) * (P "周年" + "週年"))
local day_of = made("day", field("n", any_of(relative)) * field("part", any_of(parts))^-1)
local dow = made("week_dow", field("n", any_of(weeks)) * field("d", digit + (P "日" + "天") * Cc(7)))
            + made("dow", field("d", weekday))
local clock = field("half", P "上午" * Cc(0) + P "凌晨" * Cc(0) + (P "下午" + "晚上") * Cc(12))^-1
  * field("h", number) * (P "时" + "時" + "点" + "點") * (field("min", number) * P "分")^-1
local time = made("time", (field("date", full + month_day + day_of) * blank)^-1 * clock)
local rel = made("rel", field("n", any_of(months)) * field("unit", Cc "M")
                        + field("n", any_of(weeks)) * field("unit", Cc "W"))
            + rel_year
local point = full + of_month + dated + month_day + dow + year_end + season + quarter + half
    + decade
              + century + year_only + rel + day_of
local open = made("open", P "自" * field("from", point) * (P "起" + "以来" + "以來"))
             + made("open", field("from", point) * (P "以来" + "以來" + "起"))
             + made("open", (P "截至" + "到")^-1 * field("to", year_only) * P "前")
local ref = made("ref", field("value", (P "目前" + "现在" + "現在" + "当前" + "如今") * Cc "PRESENT_REF"
  + (P "近年来" + "近年來" + "近日" + "最近") * Cc "PAST_REF" + (P "未来" + "将来") * Cc "FUTURE_REF"))
local any = time + days_range + years_range + open + anniv + ago + every + point + dur + ref
    + month_only

local one = Cp() * any * Cp() / function (first, t, stop)
  return { first = first, last = stop - 1, t = t }
end
local all = Ct((one + R("\xE0\xEF") * 1 * 1 + 1)^0)

-- 去年5月: the month of that year.
local function settle (t)
  if t.op == "of_year" then return { op = "rel_month", n = t.n, m = t.m, d = t.d } end
  return t
end

--- The phrases of a text: first, last, t.
---@param text string
---@return table[]
function M.find (text)
  local out = all:match(text)
  for _, found in ipairs(out) do found.t = settle(found.t) end
  return out
end

return M
