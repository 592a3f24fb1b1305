--- Whose money a bare sign means: the `$` of a text on Canada, the crown of one on Norway.
--
-- What the text spelled out earlier counts first ("US$ 4 million ... $ 2 million"); else the
-- countries that it names; where that does not decide, there is no unit.
-- @module lesdiplo.grammar.amount.money
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local places = require "lesdiplo.grammar.places"
local ipairs, next, sub = ipairs, next, string.sub
_ENV = nil
local M = {}

-- Of a bare kind: its codes; of a word: the codes that it speaks for; what finds such words.
local candidates, codes_of, find_words, version
local function load ()
  if version == lexicon.version then return end
  candidates, codes_of, version = {}, {}, lexicon.version
  for _, entry in ipairs(lexicon.list("sign", "bare")) do
    local kind, code = entry[2], entry[1]
    candidates[kind] = candidates[kind] or {}
    candidates[kind][#candidates[kind] + 1] = code
  end
  local words = {}
  for _, entry in ipairs(lexicon.list("sign", "context")) do
    local word = entry[1]
    codes_of[word] = codes_of[word] or {}
    codes_of[word][#codes_of[word] + 1] = entry[2]
    words[#words + 1] = word .. "*"                        -- Canadians, Канады
  end
  find_words = places.finder(words, true)
end

-- How often the text speaks of a country whose money has that code. It is gone through once, for
-- all codes.
local function count (view, code)
  if not view.countries then
    local countries, met, at, text = {}, {}, find_words(view.text), view.text
    for i = 1, #at, 2 do
      local word = sub(text, at[i], at[i + 1])
      met[word] = (met[word] or 0) + 1
    end
    for word, times in next, met do
      for _, one in ipairs(codes_of[word] or {}) do
        countries[one] = (countries[one] or 0) + times
      end
    end
    view.countries = countries
  end
  return view.countries[code] or 0
end

-- The code that a text speaks of most; nil where two are even, or there is none.
local function likeliest (view, codes)
  local best, most, even
  for _, code in ipairs(codes) do
    local n = count(view, code)
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
    view.guessed[key] = #codes == 1 and codes[1] or likeliest(view, codes)
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
  return count(view, code) > 0
end

return M
