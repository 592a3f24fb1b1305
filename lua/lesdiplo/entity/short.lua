--- One-character names of countries in Chinese, which count in company only: in pairs
-- (中俄关系, 俄非峰会) and behind a few verbs (驻莱大使, 访华).
--
-- Several countries share a character; of these the one that the document names in
-- full is meant, or else the one that the table has first. A pair has to be followed
-- by something that two states have.
-- @module lesdiplo.entity.short
local lpeg = require "lpeg"
local _, native = ...
local facts, grown = native.entities.facts, native.entities.grown
local fold = native.tokens.fold
local find, sub = string.find, string.sub
local char_pattern = utf8.charpattern
local ipairs = ipairs
local Cp = lpeg.Cp
_ENV = nil
local M = {}

-- What follows a pair, and what stands before a single one.
local company = { "关系", "两国", "双边", "合作", "建交", "友好", "友谊", "双方", "边境", "边界", "贸易", "论坛",
  "峰会", "会谈", "领导人", "元首", "联合", "战略", "经贸", "人民", "之间", "外长", "政府", "协定", "条约", "联盟",
  "同盟", "冲突", "战争", "对话", "伙伴", "互信", "互利", "高层", "交往", "交流", "文化", "军事", "投资", "首脑",
  "外交", "接触", "磋商", "谈判", "往来", "各方", "三国", "传统", "命运", "全面", "新型", "间" }
local followers = { "大使", "使馆", "使团", "，", ",", "。", "期间", "的" }
local verbs = { "驻", "访", "援", "对" }

local shorts         -- character -> array of {id, kind}
local read_at        -- when they were read

local function read ()
  shorts, read_at = {}, grown()
  for _, fact in ipairs(facts "zh_short") do
    for c in fact[3]:gmatch(char_pattern) do
      if find(c, "^[\xE3-\xE9]") then
        shorts[c] = shorts[c] or {}
        shorts[c][#shorts[c] + 1] = { fact[1], fact[2] }
      end
    end
  end
end

local any = lpeg.R("\xE3\xE9") * lpeg.R("\x80\xBF") * lpeg.R("\x80\xBF")

local function begins (text, at, words)
  local rest = fold(sub(text, at, at + 11))
  for _, word in ipairs(words) do
    if find(rest, word, 1, true) == 1 then return true end
  end
  return false
end

-- Of the countries that share a character, the one that the document names.
local function meant (list, named)
  for _, one in ipairs(list) do
    if named[one[1]] then return one end
  end
  return list[1]
end

--- Where they stand in a text.
---@param text string
---@param named table<string, true> ids of what the document names in full
---@param taken function (first, last): is it part of a name?
---@param kind string country or place
---@return integer[] positions
---@return table[] rows
function M.find (text, named, taken, kind)
  if read_at ~= grown() then read() end
  local positions, rows = {}, {}
  local folded = {}
  local function of (c)
    folded[c] = folded[c] or fold(c)
    return shorts[folded[c]]
  end
  local function add (first, c)
    local one = meant(of(c), named)
    if one[2] == kind then
      positions[#positions + 1], positions[#positions + 2] = first, first + #c - 1
      rows[#rows + 1] = { id = one[1], form = "short" }
    end
  end
  local at, before = 1, nil
  local place = (1 - any)^0 * Cp() * any * Cp()
  while true do
    local first, stop = place:match(text, at)
    if not first then return positions, rows end
    local c = sub(text, first, stop - 1)
    local next_c = sub(text, stop, stop + 2)
    local pair = of(c) and any:match(next_c) and of(next_c) and begins(text, stop + 3, company)
                 and not taken(first, stop - 1) and not taken(stop, stop + 2)
    if pair then
      add(first, c)
      add(stop, next_c)
      stop = stop + 3
    elseif before and of(c) and not taken(first, stop - 1) and begins(before, 1, verbs)
           and begins(text, stop, followers) then
      add(first, c)
    end
    before, at = c, stop
  end
end

return M
