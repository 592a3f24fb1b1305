--- Numbers as Chinese writes them: 二十五, 一百三十, 〇, full-width digits, 二〇一九.
-- @module lesdiplo.grammar.date.han
local lpeg = require "lpeg"
local ipairs = ipairs
local B, Cc, Cg, Ct, P, R = lpeg.B, lpeg.Cc, lpeg.Cg, lpeg.Ct, lpeg.P, lpeg.R
_ENV = nil
local M = {}

local digits = { { "〇", 0 }, { "零", 0 }, { "○", 0 }, { "一", 1 }, { "二", 2 }, { "两", 2 },
  { "兩", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 },
  { "九", 9 }, { "壹", 1 }, { "贰", 2 } }
local wide = {}
for i = 0, 9 do wide[i + 1] = { ("０１２３４５６７８９"):sub(3 * i + 1, 3 * i + 3),
    i } end

local function one_of (list)
  local out = P(false)
  for _, pair in ipairs(list) do out = out + P(pair[1]) * Cc(pair[2]) end
  return out
end

local digit, wide_digit = one_of(digits), one_of(wide)
local WIDE = P "\xEF\xBC" * R "\x90\x99"
local ten = P "十" + "拾"

local function joined (list)
  local n = 0
  for _, d in ipairs(list) do n = n * 10 + d end
  return n
end

local function field (name, p) return Cg(p, name) end

-- Ninety-nine and less, then hundreds and thousands, each part at its place.
local tens = Ct(field("tens", digit)^-1 * ten * field("ones", digit)^-1
                + P "廿" * field("tens", Cc(2)) * field("ones", digit)^-1) / function (t)
  return (t.tens and t.tens > 0 and t.tens or 1) * 10 + (t.ones or 0)      -- 零十五 is 15
end
local hundreds = Ct(field("h", digit) * "百" * (P "零" + "〇")^-1 * field("rest",
  tens + digit)^-1)
  / function (t) return t.h * 100 + (t.rest or 0) end
local thousands = Ct(field("k", digit) * "千" * (P "零" + "〇")^-1
                     * field("rest", hundreds + tens + digit)^-1)
  / function (t) return t.k * 1000 + (t.rest or 0) end

--- A pattern of numbers in characters, as tokens.
---@param entry function of the digits as text
---@param none table the token of what is no number
---@return any
function M.numbers (entry, none)
  local function spelled (n) return { starts = true, weak = true, num = n, spelled = true,
    len = 2 } end
  local year = Ct(digit * digit * digit * digit) * -(digit + ten + "百") / function (list)
    local n = joined(list)
    if n < 1000 or n > 2199 then return none end
    return { starts = true, weak = true, num = n, year = n, len = 4 }
  end
  local two = Ct((P "零" * Cc(0) + P "〇" * Cc(0)) * digit) * -(digit + ten) / function (list)
    return { starts = true, weak = true, num = joined(list), len = 2, digits = true }
  end
  -- So long a run is no number of a date; each is looked at once, from its beginning.
  local full = -B(WIDE) * Ct(wide_digit * wide_digit^-8) * -WIDE / function (list)
    return entry(("%d"):format(joined(list)))
  end
  -- 民國一一三年: digits by themselves
  local of_reign = B(P "民國" + "民国") * Ct(digit * digit * digit^-1) * -(digit + ten + "百")
                   / function (list) return spelled(joined(list)) end
  return year + of_reign + two + (thousands + hundreds + tens) / spelled
         + digit * -(digit * digit) / spelled + full
end

-- What a month or a day is told by: 9月底, 下个月底, 1日前.
local tells = P(false)
for c in ("〇零一二三四五六七八九十廿个個本上下这這该該０１２３４５６７８９"):gmatch "[\xC0-\xFF][\x80-\xBF]*" do
  tells = tells + c
end

--- What is behind a word that is one only where nothing tells which month it is of: 月底, but 9月 and
-- its end.
---@param word string
---@return any
function M.untold (word) return -B(R "09" * word) * -B(tells * word) end

--- What is behind a word that is a name, unless the first of so many are told: 三季度 is the third
-- quarter, but 前三季度 are three.
---@param word string
---@return any
function M.named (word) return -B((P "前" + "头" + "頭") * word) end

--- What of numbers makes a date by itself: four of them and a 年.
M.strong = (digit * digit * digit * digit * "年") / 0 + R "09"^1 * P "年"

return M
