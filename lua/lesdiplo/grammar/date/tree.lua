--- The words of a language as one pattern: a tree, so that a byte that many words share is looked
-- at once.
-- @module lesdiplo.grammar.date.tree
local lpeg = require "lpeg"
local byte, char, find, sub = string.byte, string.char, string.find, string.sub
local pairs, sort = pairs, table.sort
local P, S = lpeg.P, lpeg.S
_ENV = nil
local M = {}

-- Letters in the order in which they begin words in English: the branches of a choice are
-- tried one after the other.
local frequency = {}
for c in ("taoiswcbphfmdrelngujkyvqxz"):gmatch "." do
  frequency[#frequency + 1] = c
  frequency[c] = #frequency
end
local order = {}
for b = 0, 255 do order[b] = frequency[char(b)] or 99 + b end
local function by_frequency (a, b) return order[a] < order[b] end

local white = S " \n"^1

-- The pattern of a word's bytes from one place to another, which are some.
local function bytes_of (word, from, to)
  local at = find(word, " ", from, true)
  if not at or at > to then return P(sub(word, from, to)) end
  local p = at > from and P(sub(word, from, at - 1)) * white or white
  return at < to and p * bytes_of(word, at + 1, to) or p
end

-- Up to which byte some words that share their first n are the same.
local function shared (list, n)
  local one = list[1]
  while true do
    local c = byte(one, n + 1)
    for i = 2, #list do
      if byte(list[i], n + 1) ~= c then return n end
    end
    n = n + 1
  end
end

-- Some words by the byte behind their first n, and these bytes; nil for one that has no more.
local function branches (list, n)
  local below, keys, leaf = {}, {}, nil
  for i = 1, #list do
    local word = list[i]
    local c = byte(word, n + 1)
    local words = below[c]
    if not c then leaf = word
    elseif words then words[#words + 1] = word
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
  for i = 1, #keys do
    local words = below[keys[i]]
    local word = words[1]
    if words[2] then
      local last = shared(words, n + 1)
      out[i] = bytes_of(word, n + 1, last) * pattern_behind(words, last, ends)
    else
      out[i] = bytes_of(word, n + 1, #word) * ends[word]
    end
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
