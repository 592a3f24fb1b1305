--- Digits, and what they are worth.
-- @module lesdiplo.grammar.amount.digits
local find, format, gsub, match = string.find, string.format, string.gsub, string.match
local floor, huge, tointeger = math.floor, math.huge, math.tointeger
local ipairs, tonumber, utf8char = ipairs, tonumber, utf8.char
_ENV = nil
local M = {}

--- A number without the noise of its computation, an integer where it is one.
--     > digits.tidy(2.2 * 1e6)
--     2200000
---@param x number
---@return number
function M.tidy (x)
  if x ~= x or x >= 1e300 or x <= -1e300 then return huge end
  if x == floor(x) and x > -2^53 and x < 2^53 then return tointeger(x) end
  local rounded = tonumber(format("%.15g", x))
  if rounded == floor(rounded) and rounded > -2^53 and rounded < 2^53 then
    return tointeger(rounded)
  end
  return rounded
end
local tidy = M.tidy


-- Worth ------------------------------------------------------------------------

-- Digits of other scripts as ASCII ones.
local ascii = {}
for i = 0, 9 do
  for _, zero in ipairs{ 0xFF10, 0x660, 0x6F0, 0x966 } do
    ascii[utf8char(zero + i)] = format("%d", i)
  end
end
ascii["．"], ascii["，"] = ".", ","

--- The text with ASCII digits, dots and commas.
---@param s string
---@return string
function M.ascii (s)
  if not find(s, "[\x80-\xFF]") then return s end
  return (gsub(s, "[\xC2-\xF4][\x80-\xBF]+", ascii))
end

-- What parts groups in a text: as its language writes, unless its own numbers say otherwise.
local points = { en = true, zh = true, ru = true }      -- 1,200.5

local function decide (marks)
  local group = points[marks.lang or "en"] and "," or "."
  local text, places = marks.text, marks.places or {}
  for i = 1, #places, 2 do
    local run = match(text, "^%d[%d.,]+%d", places[i])
    if run then
      if find(run, "%d%.%d%d%d,%d%d?$") or find(run, "%d%.%d%d%d%.%d%d%d$") then
        group = "."
        break
      elseif find(run, "%d,%d%d%d%.%d%d?$") or find(run, "%d,%d%d%d,%d%d%d") then
        group = ","
        break
      end
    end
  end
  marks.comma, marks.dot = group == ",", group == "."
end

--- What written digits are worth. One separator with three digits after it is a group
-- where `comma` or `dot` says so, a decimal sign otherwise.
--     > digits.worth("1.234,5", {})
--     1234.5
---@param s string
---@param marks table comma, dot: true where such a sign parts groups
---@return number
function M.worth (s, marks)
  if find(s, "^%d+$") then return tidy(tonumber(s)) end
  s = gsub(M.ascii(s), "[^%d.,]", "")           -- spaces and apostrophes part groups
  local _, dots = gsub(s, "%.", "")
  local _, commas = gsub(s, ",", "")
  if dots > 0 and commas > 0 then
    local group = find(s, "%..*,") and "%." or ","
    s = gsub(gsub(s, group, ""), ",", ".")
  elseif dots > 1 or commas > 1 then
    s = gsub(s, "[.,]", "")
  elseif match(s, "^[1-9]%d?%d?[.,]%d%d%d$") then
    if marks.comma == nil then decide(marks) end
    local group = find(s, ",") and marks.comma or not find(s, ",") and marks.dot
    s = gsub(s, "[.,]", group and "" or ".")
  else
    s = gsub(s, ",", ".")
  end
  local x = tonumber(s) or huge
  return x < 1e300 and tidy(x) or huge
end

--- Sets what is looked at where one separator and three digits leave it open what they mean.
---@param marks table is filled
---@param lang string
---@param text string
---@param places? integer[] where digits may begin in it, and the last byte of each
function M.learn (marks, lang, text, places)
  marks.lang, marks.text, marks.places, marks.comma, marks.dot = lang, text, places, nil, nil
end

return M
