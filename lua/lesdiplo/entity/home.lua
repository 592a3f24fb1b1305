--- Whose own a Chinese document is: the state that it calls 我国, and whose offices it names
-- without a country, by what only a document of that state calls so.
-- @module lesdiplo.entity.home
local find, sub = string.find, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local ours = { "我国", "我國" }
local taiwan = { "台灣", "臺灣" }
local mainland = { "中共中央", "新华社", "新華社", "中方", "全国人大", "全國人大", "人民大会堂", "人民大會堂",
                   "来华" }

-- Bodies and titles that other states have as well: they tell where nothing stands before them.
local bodies = { CHN = { "外交部发言人", "外交部發言人", "国务院", "國務院", "国家主席", "國家主席" },
                 TWN = { "總統府" } }

local function any (text, words)
  for _, word in ipairs(words) do
    if find(text, word, 1, true) then return true end
  end
  return false
end

-- Does one of some words stand with no character before it?
local function bare (text, words)
  for _, word in ipairs(words) do
    local first, last = find(text, word, 1, true)
    while first do
      local before = sub(text, first - 3, first - 1)
      if first < 4 or not find(before, "^[\xE4-\xE9]") then return true end
      first, last = find(text, word, last + 1, true)
    end
  end
  return false
end

--- The state, or nil.
---@param text string
---@return string? id
function M.of (text)
  if find(text, "中華民國", 1, true) or bare(text, bodies.TWN) then return "TWN" end
  if any(text, mainland) then return "CHN" end
  if any(text, ours) then return any(text, taiwan) and "TWN" or "CHN" end
  return bare(text, bodies.CHN) and "CHN" or nil
end

local titles = { CHN = { "国家主席", "国家副主席", "國家主席", "國家副主席" },
                 TWN = { "總統", "副總統", "行政院長" } }

--- Does a title that a state's own documents name without a country end at a byte?
---@param text string
---@param last integer
---@param state string
---@return boolean
function M.titled (text, last, state)
  for _, title in ipairs(titles[state] or {}) do
    if sub(text, last - #title + 1, last) == title then return true end
  end
  return false
end

return M
