--- The items of a Russian sentence: words that the reader knows, marks and mentions, phrases of
-- several words as one.
-- @module lesdiplo.fact.russian.items
local words = require "lesdiplo.fact.russian.words"
local gmatch, rep, sub = string.gmatch, string.rep, string.sub
local concat, ipairs, pairs = table.concat, ipairs, pairs
_ENV = nil
local M = {}

local ITEMS_MOST = 500       -- of a sentence: a longer one is a list or a table

--- A text with its mentions masked, byte for byte.
function M.masked (text, mentions)
  local out, at = {}, 1
  for _, m in ipairs(mentions) do
    out[#out + 1] = sub(text, at, m.first - 1)
    out[#out + 1] = "\1" .. rep("\2", m.last - m.first)
    at = m.last + 1
  end
  out[#out + 1] = sub(text, at)
  return concat(out)
end

-- Does a phrase of several words go on behind item i? The index of its last one.
local function goes_on (list, i, phrase)
  for k, word in ipairs(phrase.words) do
    local item = list[i + k]
    if not item or not item.e or item.e.form ~= word then return nil end
  end
  return i + #phrase.words
end

-- Phrases become one item: в отношении, обе стороны.
local function joined (list, many)
  local out, i = {}, 1
  while i <= #list do
    local item = list[i]
    local best, stop
    for _, phrase in ipairs(item.e and item.e.form and many[item.e.form] or {}) do
      local last = goes_on(list, i, phrase)
      if last and (not stop or last > stop) then best, stop = phrase, last end
    end
    if best then
      item = { first = item.first, last = list[stop].last, e = { is = {}, [best.key] =
          best.value } }
      i = stop
    end
    out[#out + 1] = item
    i = i + 1
  end
  return out
end

-- What the words of a mention may be of: соглашение, of the Paris one.
local function words_of (text)
  local out
  for word in gmatch(text, "[\xD0\xD1\x80-\xBF]+") do
    local e = words.of(word)
    for lemma in pairs(e and e.is or {}) do
      out = out or {}
      out[lemma] = true
    end
  end
  return out
end

-- Bodies and papers that a state joins or leaves, and what such a one is for a frame.
local joinable = { igo = "организация", bloc = "организация",
                   court = "организация", agency = "организация",
                   forum = "организация", group = "организация",
                   treaty = "договор" }
local somebody = { ["персона"] = true }
local entrances = { ["in"] = true, ["to"] = true, ["from"] = true }

-- What a mention may be for a frame, behind an item: вышел из ЭКОВАС.
local function kinds_of (st, m, before)
  if m.kind == "person" then return somebody end
  local out = words_of(sub(st.simple, m.first, m.last))
  local kind = m.kind == "org" and joinable[m.row.kind]
  local e = before and before.e
  if kind and e and (entrances[e.tie] or e.membership) then
    out = out or {}
    out[kind] = true
  end
  return out
end

--- The items of the bytes of a document; none where they tell nothing.
---@return table[] each with first, last, e (words.lua) or m (a mention), and is
function M.of (st, first, last)
  local lexer, many = words.lexer()
  local list = lexer:match(sub(st.masked, first, last))
  local out, n, several, acts, named_here = {}, 0, false, false, 0
  for i = 1, #list, 3 do
    n = n + 1
    if n > ITEMS_MOST then break end
    local a, e, b = first + list[i] - 1, list[i + 1], first + list[i + 2] - 2
    local m = not e and st.at_byte[a] or nil
    if e then
      several = several or many[e.form] ~= nil
      acts = acts or e.trigger or false
    elseif m and m.c == "A" then
      named_here = named_here + 1
    end
    out[n] = { first = a, last = b, e = e or nil, m = m,
               is = m and kinds_of(st, m, out[n - 1]) or nil }
  end
  if not acts and named_here < 2 then return {} end
  return several and joined(out, many) or out
end

M.joinable = joinable
return M
