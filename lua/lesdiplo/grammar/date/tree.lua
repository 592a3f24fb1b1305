--- The words of a language as one pattern: a tree, so that a byte that many words share is looked
-- at once.
-- @module lesdiplo.grammar.date.tree
local lpeg = require "lpeg"
local find, sub = string.find, string.sub
local ipairs, pairs, sort = ipairs, pairs, table.sort
local P, S = lpeg.P, lpeg.S
_ENV = nil
local M = {}

-- Letters in the order in which they begin words in English: the branches of a choice are
-- tried one after the other.
local frequency = {}
for c in ("taoiswcbphfmdrelngujkyvqxz"):gmatch "." do
  frequency[c] = #frequency + 1
  frequency[#frequency + 1] = c
end
local function by_frequency (a, b)
  local x, y = frequency[a] or 99, frequency[b] or 99
  if x ~= y then return x < y end
  return a < b
end

-- Up to which byte some words that share their first n are the same, no blank behind these.
local function shared (list, n)
  local one = list[1]
  local last = (find(one, " ", n + 1, true) or #one + 1) - 1
  for i = 2, #list do
    while sub(list[i], n + 1, last) ~= sub(one, n + 1, last) do last = last - 1 end
  end
  return last
end

-- Some words by the byte behind their first n, and these bytes; nil for one that has no more.
local function branches (list, n)
  local below, keys, leaf = {}, {}, nil
  for _, word in ipairs(list) do
    local c = sub(word, n + 1, n + 1)
    if c == "" then leaf = word
    elseif below[c] then below[c][#below[c] + 1] = word
    else below[c], keys[#keys + 1] = { word }, c
    end
  end
  sort(keys, by_frequency)
  return below, keys, leaf
end

-- One pattern of several: `+` copies both sides, so halves are put together.
local function choice_of (list, i, j)
  if i == j then return list[i] end
  local middle = (i + j) // 2
  return choice_of(list, i, middle) + choice_of(list, middle + 1, j)
end

-- The pattern of some words that share their first n bytes, from behind these on.
local function pattern_behind (list, n, ends)
  local below, keys, leaf = branches(list, n)
  local out = {}
  for i, c in ipairs(keys) do
    local words = below[c]
    local last = shared(words, n + 1)
    local p = c == " " and S " \n"^1 * sub(words[1], n + 2, last) or P(sub(words[1], n + 1, last))
    out[i] = p * pattern_behind(words, last, ends)
  end
  out[#out + 1] = ends[leaf]
  return choice_of(out, 1, #out)
end

--- The pattern of some words: the longest wins. A blank in a phrase is any white space.
---@param ends table word -> the pattern of what is behind it
---@return any pattern nil where there are no words
function M.pattern (ends)
  local list = {}
  for word in pairs(ends) do list[#list + 1] = word end
  return list[1] and pattern_behind(list, 0, ends)
end

return M
