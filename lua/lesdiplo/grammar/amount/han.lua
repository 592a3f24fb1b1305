--- Numbers in Chinese characters, alone or mixed with digits: 三千五百万, 3.2亿, 5万4千.
--
-- `pattern` captures one table: value (nil of 数十), mod, percent where it is a part of a
-- hundred or a thousand (百分之七, 三成), and count: how many characters of it are numerals.
-- @module lesdiplo.grammar.amount.han
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local digits = require "lesdiplo.grammar.amount.digits"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local P, R, S, V, C, Cc, Cmt = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C, lpeg.Cc, lpeg.Cmt
local find, gmatch, gsub, match, sub = string.find, string.gmatch, string.gsub, string.match,
  string.sub
local char_pattern = utf8.charpattern
local ipairs, tonumber = ipairs, tonumber
_ENV = nil
local M = {}

local digit, unit, big, vague = {}, {}, {}, {}
local function define (t, text)
  for c, x in text:gmatch "([^%s%d]+)([%de]+)" do t[c] = tonumber(x) end
end
define(digit, [[零0 〇0 一1 二2 三3 四4 五5 六6 七7 八8 九9 两2 兩2 壹1 贰2 貳2 弐2 叁3 參3 参3 肆4 伍5
  陆6 陸6 柒7 捌8 玖9]])
define(unit, "十10 拾10 百100 佰100 千1000 仟1000 廿20 卅30 卌40")
define(big, "万1e4 萬1e4 亿1e8 億1e8 兆1e12")
for c in ("多余餘几幾来來"):gmatch(char_pattern) do vague[c] = true end


-- Numerals of cheques, which by themselves are other words.
local formal = {}
for c in ("伍陆陸柒捌玖肆叁參参贰貳拾仟佰"):gmatch(char_pattern) do formal[c] = true end


-- Worth ------------------------------------------------------------------------

-- Reads one number from a run of characters: its worth and whether there is more than
-- that of it. Nil where the characters make none.
local function worth (s)
  local total, section, current, last, lowest = 0, 0, nil, nil, 1e16
  local is_vague, zero, spelled, decimal
  local function close (scale)
    section = section + (current or 0)
    current = nil
    if section == 0 and total == 0 then return false end
    if section == 0 then total = total * scale        -- 二十一万亿
    elseif total > 0 and scale > lowest then total = (total + section) * scale   -- 一万五千亿
    else total = total + section * scale
    end
    section, lowest = 0, scale
    return true
  end
  local i = 1
  while i <= #s do
    local number = match(s, "^%d[%d,]*%.?%d*", i)
    local c = number or match(s, "^" .. char_pattern, i)
    i = i + #c
    if number then
      if current then return nil end
      current, spelled = digits.worth(number, { comma = true }), nil
    elseif digit[c] then
      local d = digit[c]
      if decimal then
        current, decimal = (current or 0) + d * decimal, decimal / 10
      elseif current and spelled then
        current = current * 10 + d                    -- 二〇二四
      elseif current then return nil
      else
        zero = d == 0 or zero
        if d ~= 0 or i > #s or not last then current, spelled = d, true end
      end
    elseif c == "点" or c == "點" then
      if decimal then return nil end
      decimal, current = 0.1, current or 0
      if find(s, "^%d", i) then                       -- 零点77
        local rest = match(s, "^%d+", i)
        current, i = current + tonumber("0." .. rest), i + #rest
      end
    elseif unit[c] then
      if unit[c] > 10 and unit[c] < 100 then current = (current or 1) * unit[c]
      else section = section + (current == nil and 1 or current) * unit[c]; current = nil
      end
      last, zero, spelled, decimal = unit[c], nil, nil, nil
    elseif big[c] then
      if not close(big[c]) then return nil end
      last, zero, spelled, decimal = big[c], nil, nil, nil
    elseif vague[c] then is_vague = true
    else return nil
    end
  end
  if current and last and last >= 100 and spelled and not zero and not decimal
     and current < 10 and current > 0 then
    current = current * last / 10                     -- 一百五, 三万四
  end
  return digits.tidy(total + section + (current or 0)), is_vague
end

--- What a number in Chinese characters is worth.
--     > han.value "三万四千五百零七"
--     34507
---@param s string
---@return number?
---@return boolean? more whether it says that there is more: 六十多
function M.value (s)
  s = gsub(digits.ascii(s), "[%s]", "")
  s = gsub(s, "\u{3000}", "")
  if s == "" or big[match(s, "^" .. char_pattern)] then return nil end
  return worth(s)
end


--- By how much more the low end of a range is meant, where it leaves out the scale that the high
-- one says: 500至700万, 五至七百万; 1 where it leaves out none.
---@param low number
---@param low_text string
---@param high number
---@param high_text string
---@return number
function M.shared (low, low_text, high, high_text)
  local chars = {}
  for c in gmatch(low_text, char_pattern) do if big[c] then return 1 end end
  for c in gmatch(high_text, char_pattern) do chars[#chars + 1] = c end
  local i, scale = #chars, 1
  while vague[chars[i]] do i = i - 1 end
  while big[chars[i]] do i, scale = i - 1, scale * big[chars[i]] end
  local hundreds = digit[low_text] and unit[chars[i]] or 0
  if hundreds >= 100 and high >= low * hundreds * scale then return hundreds * scale end
  return high >= low * scale and scale or 1
end


-- Patterns ---------------------------------------------------------------------

local one = atoms.set "零〇一二三四五六七八九两兩壹贰貳叁參参肆伍陆陸柒捌玖十拾百佰千仟廿卅卌"
local large = atoms.set "万萬亿億兆"
local inside = atoms.set "多余餘几幾"
local space, spaces = S" \t"^-2, S" \t"^0
local d = atoms.digit
-- A run of figures is gone through from its first one only.
local figures = -lpeg.B(R"09") * -lpeg.B(R"09" * P",")
             * d * (d + (P"," + "，") * #(d * d * d))^0 * ((P"." + "．") * d^1)^-1
local numeral = one + large
local point = P"点" + "點"
local counted = lexicon.trie(lexicon.lists({ "zh" }, "classifier"))
local first = (one + figures * #(S" "^-1 * (numeral + inside * (large + counted))))
-- More than that many pieces are no number: a line of numerals is not read again from each.
local PIECES_MOST = 48
local piece = numeral + figures * #numeral + inside * #(space * large)
            + point * #(space * (one + d)) + figures * -d
local run = C(first * (space * piece)^-PIECES_MOST
            * (inside * -(P"年" + "天" + "月"))^-1)
-- 两三千, 十五六: two digits that follow each other say from where to where. The number with the
-- first of them, and with the second; nil where there are none such.
local function spread (s)
  local from, before, a = 1, nil, nil
  for at, c in gmatch(s, "()(" .. char_pattern .. ")") do
    local x = digit[c]
    if a and x == digit[a] + 1 and digit[a] > 0 and not digit[before or ""] then
      local after = match(s, "^" .. char_pattern, at + #c) or ""
      if (unit[after] or big[after] or after == "" and (unit[before or ""] or from == 1))
          and not digit[after] then
        return sub(s, 1, from - 1) .. a .. sub(s, at + #c), sub(s, 1, from - 1) .. sub(s, at)
      end
    end
    if a then before = a end
    if not x then before, a = c, nil else a, from = c, at end
  end
end

local function number (s)
  local low, high = spread(s)
  local x, more = M.value(low or s)
  local upto = high and M.value(high)
  if not x then return nil end
  local _, n = gsub(gsub(s, "[%d,.%s]", ""), char_pattern, "")
  return { value = x, formal = n == 1 and formal[s] or nil, mod = more and "more_than" or nil,
           upto = upto and x < upto and upto or nil, han = true, count = n }
end

local function try (_, p, s)
  local found = number(s)
  if not found then return false end
  return p, found
end

local plain = Cmt(run, try)
local function in_digits (s) return { value = digits.worth(s, { comma = true }) } end
local any = V"any"

local function found (x, percent, upto)
  return { value = digits.tidy(x), percent = percent, upto = upto and digits.tidy(upto),
           han = true, count = 9 }
end

-- A part: 百分之七 is a percentage, 三分之一 a fraction.
local part_of = spaces * P"分" * spaces * "之" * spaces
local parts = { ["百"] = 1, ["千"] = 0.1, ["万"] = 0.01, ["萬"] = 0.01, ["百万"] = 1e-4,
                ["百萬"] = 1e-4, ["万万"] = 1e-6, ["百万万"] = 1e-8 }
local of = C(P"百万万" + "百万" + "百萬" + "万万" + "百" + "千" + "万" + "萬") / parts
local sign = (P"负" + "負") * Cc(-1) + Cc(1)
local function fraction (a, minus, b)
  return found(a.value ~= 0 and minus * b.value / a.value or 0)
end
local hundredths = of * part_of * any / function (part, x)
  return found(x.value * part, true, x.upto and x.upto * part)
end
local portion = hundredths + any * part_of * sign * any / fraction

-- What may stand behind a number, as a function of it and what was captured: 一又三分之一, 三成半,
-- 七五折, 三打, 五个半. A word may begin so too: 成立, 打击.
local apart = lexicon.trie(lexicon.list("zh", "apart"))
local piece_word = P"个" + "個"
local time_word = P"月" + "年" + "天" + "小" + "世" + "钟"
local function mixed (a, f) return found(a.value + f.value) end
local function tenths (x, more) return found(x.value * 10 + (more or 0), true) end
local ones = P(false)
for n, c in ipairs{ "一", "二", "三", "四", "五", "六", "七", "八", "九" } do
  ones = ones + P(c) * Cc(n)
end
local function discount (x) return found(x.value < 10 and x.value * 10 or x.value, true) end
local function dozens (x) return found(x.value * 12) end
local function and_half (x) return found(x.value + 0.5) end
local tail = space * P"又" * space * Cc(mixed) * portion
           + part_of * Cc(fraction) * sign * any
           + space * -apart * P"成" * Cc(tenths)
             * (P"半" * Cc(5) + ones * -(atoms.set "十百千万萬亿億" + ones))^-1
           + space * P"折" * Cc(discount)
           + space * -apart * P"打" * Cc(dozens)
           + space * piece_word * "半" * -time_word * Cc(and_half)
local function apply (x, make, ...) return make(x, ...) end

local half = P"半" * #(piece_word * -(P"多" + "数" + "數")) / function () return found(0.5) end
local some = (P"数" + "數" + "上" + "成" + "好几" + "几" + "幾")
           * (P"十" + "百" + "千")^1 * (P"万" + "萬" + "亿" + "億")^0
           + (P"成" + "上" + "数" + "數") * (P"万" + "萬" + "亿" + "億")^1

--- What a number may begin with.
M.openings = { "好几" }
for c in ("零〇一二三四五六七八九两兩壹贰貳叁參参肆伍陆陸柒捌玖十拾百佰千仟廿卅卌"
          .. "万萬亿億数數上成几幾第负負半"):gmatch(char_pattern) do
  M.openings[#M.openings + 1] = c
end

--- A number with at least one Chinese character in it.
M.pattern = P{
  hundredths + any * tail / apply + half
  + some / function () return { vague = true, han = true, count = 9 } end + V"plain",
  any = V"plain" + C(figures) / in_digits, plain = plain,
}

return M
