--- Text without the signs that only typesetting sees: soft hyphens, marks of direction, joints
-- of no width. A date or an amount is read without them, and told as it stands in the text.
-- @module lesdiplo.grammar.bare
local lpeg = require "lpeg"
local Cp, Ct, P = lpeg.Cp, lpeg.Ct, lpeg.P
local concat, sub = table.concat, string.sub
local ipairs = ipairs
local _, native = ...
_ENV = nil

local signs = { "\u{AD}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}",
  "\u{202D}", "\u{202E}", "\u{2060}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}", "\u{FEFF}" }
local sign = P(false)
for _, one in ipairs(signs) do sign = sign + one end
local has_any = native.base.signs(signs)
-- Where runs of them begin and end, one after the other.
local runs = Ct(((1 - sign)^0 * Cp() * sign^1 * Cp())^0)

-- The text asked for last, if it has none: dates and amounts are read of the same one.
local clean

--- A text without such signs, and a function from a place of it to that of the text; none where
-- the text has none of them.
---@param text string
---@return string bare
---@return function? back
return function (text)
  if text == clean then return text end
  if not has_any(text) then
    clean = text
    return text
  end
  local at = runs:match(text)
  local parts, places, gone = {}, {}, { [0] = 0 }       -- up to the n-th place, bytes left out
  local from = 1
  for i = 1, #at, 2 do
    local n = #parts + 1
    parts[n] = sub(text, from, at[i] - 1)
    places[n], gone[n] = at[i] - gone[n - 1], gone[n - 1] + at[i + 1] - at[i]
    from = at[i + 1]
  end
  parts[#parts + 1] = sub(text, from)
  return concat(parts), function (place)
    local low, high = 0, #places
    while low < high do
      local mid = (low + high + 1) // 2
      if places[mid] <= place then low = mid else high = mid - 1 end
    end
    return place + gone[low]
  end
end
