--- Whose money a bare sign means: the `$` of a text on Canada, the crown of one on Norway.
--
-- What the text spelled out earlier counts first ("US$ 4 million ... $ 2 million"); else the
-- countries that it names; where that does not decide, there is no unit.
-- @module lesdiplo.grammar.amount.money
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local find, ipairs, next = string.find, ipairs, next
_ENV = nil
local M = {}

local candidates, words, version   -- of a bare kind: codes; of a code: words that speak for it
local function load ()
  if version == lexicon.version then return end
  candidates, words, version = {}, {}, lexicon.version
  for _, entry in ipairs(lexicon.list("sign", "bare")) do
    local kind, code = entry[2], entry[1]
    candidates[kind] = candidates[kind] or {}
    candidates[kind][#candidates[kind] + 1] = code
  end
  for _, entry in ipairs(lexicon.list("sign", "context")) do
    words[entry[2]] = words[entry[2]] or {}
    words[entry[2]][#words[entry[2]] + 1] = entry[1]
  end
end

-- How often a text speaks of a country whose money has that code.
local function count (text, code)
  local n = 0
  for _, word in ipairs(words[code] or {}) do
    local at = 1
    while n < 50 do
      local a, b = find(text, word, at, true)
      if not a then break end
      n, at = n + 1, b + 1
    end
  end
  return n
end

-- The code that a text speaks of most; nil where two are even, or there is none.
local function likeliest (text, codes)
  local best, most, even
  for _, code in ipairs(codes) do
    local n = count(text, code)
    if n > 0 and (not most or n > most) then best, most, even = code, n, false
    elseif n > 0 and n == most then even = true
    end
  end
  return not even and best or nil
end

--- The code of a currency's name or sign: itself, if it is one; of a bare kind that of the
-- text, nil if it does not tell.
---@param view table
---@param key string
---@return string?
function M.code (view, key)
  load()
  view.spelled, view.guessed = view.spelled or {}, view.guessed or {}
  local codes = candidates[key]
  if not codes then
    if #key ~= 3 then return nil end
    for kind, list in next, candidates do
      for _, code in ipairs(list) do
        if code == key then view.spelled[kind] = key end
      end
    end
    return key
  end
  if view.spelled[key] then return view.spelled[key] end
  if view.guessed[key] == nil then
    view.guessed[key] = #codes == 1 and codes[1] or likeliest(view.text, codes)
                        or key == "yuan" and view.lang == "zh" and "CNY" or false
  end
  return view.guessed[key] or nil
end

--- Whether a text is about a country with that currency: R and M are signs of one only then.
---@param view table
---@param code string
---@return boolean
function M.is_about (view, code)
  load()
  return count(view.text, code) > 0
end

return M
