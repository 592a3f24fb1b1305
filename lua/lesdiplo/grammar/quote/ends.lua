--- Where what somebody says ends before what else is told of them: said Oslo would stay, and urged;
-- said the road was open, without giving a date; a dit que tout irait bien et a salué.
-- @module lesdiplo.grammar.quote.ends
local sides = require "lesdiplo.grammar.quote.sides"
local byte, find, gmatch = string.byte, string.find, string.gmatch
local match, sub = string.match, string.sub
local lower = sides.lower
_ENV = nil
local M = {}

local by_language = {}

-- Behind these no verb goes on that goes with "he": (ports must be open) and calls.
local plural_verbs = {}
for word in gmatch([[are have will would can could may might must shall should do remain continue
  stand need support]], "%S+") do
  plural_verbs[word] = true
end

-- English: (said Oslo would stay) and urged, (affirms that ports will stay) and calls, (noting that
-- they are open) and calling for. So it is read where the content's own verb goes with no such form
-- beside it, or where marks stand before it, in which that verb may be.
function by_language.en (u, first, last, x, tense)
  if not find(u, " and ", first, true) then return last end
  local piece, main = sub(u, first, last), tense == "ing" or nil
  local besides = main and x.acts_too or tense == "s" and x.acts_now or x.acts
  local modal = tense == "s" and plural_verbs or x.modal
  for word, at in gmatch(piece, "([^%s,;]+)()") do
    local w = lower(word)
    if byte(word) == 1 then
      main = true
    elseif tense == "ing" and find(w, "ing$") then
      return last                                             -- are opening ports and urging
    elseif main == nil and x.finite[w] then
      main = modal[w] or false
    elseif main and w == "and" and besides[match(piece, "^%s+(%l+)", at)] then
      return first + at - #word - 2
    end
    if main == false then return last end
  end
  return last
end

-- Russian: a comma before "и" ends the clause of что, and a verb of the list has its subject before
-- that: отметил, что дорога открыта, и призвал.
function by_language.ru (u, first, last, x)
  local marked = match(u, "^\1+(),%s", first)
  if marked and (find(u, "^,%s+и%s", marked) or find(u, "^,%s+а%s", marked)
                 or find(u, "^,%s+но%s", marked)) and not find(u, "\1", marked, true) then
    return marked - 1                                        -- добавил, что «C», и уехал
  end
  local from, _, word, stop = find(u, ",%s+([\xD0-\xD1][\x80-\xBF]*)%s+()", first)
  while from and from <= last do
    if (word == "и" or word == "а" or word == "но") and x.acts[match(u, "^[^%s,.;:]+", stop)] then
      return from - 1
    end
    from, _, word, stop = find(u, ",%s+([\xD0-\xD1][\x80-\xBF]*)%s+()", from + 1)
  end
  return last
end

local auxiliary = { a = true, ont = true, est = true, sont = true, ["s'est"] = true,
                    ["s’est"] = true, se = true }

-- The participle behind "et" and an auxiliary at a place; nil where there is none.
local function participle (u, at)
  local verb, rest = match(u, "^(%S+)%s+()", at)
  if not auxiliary[verb] then return nil end
  if verb == "se" then rest = match(u, "^sont%s+()", rest) end
  rest = rest and (match(u, "^également%s+()", rest) or match(u, "^aussi%s+()", rest) or rest)
  return rest and match(u, "^[^%s,.;:]+", rest)
end

-- French: a verb of the list behind "et" and its auxiliary, where what is said is not told in the
-- same tense: a noté que la route est ouverte et a remercié.
function by_language.fr (u, first, last, x)
  local at = first
  while true do
    local from, stop = find(u, "%f[%S]et%s+", at)
    if not from or from > last then return last end
    local piece = sub(u, at, from)
    if find(piece, "%f[%S]a%s") or find(piece, "%f[%S]ont%s") then return last end
    if x.acts[participle(u, stop + 1)] then return from - 1 end
    at = stop
  end
end

-- What begins, behind a comma, what the writer adds about the telling: without giving details.
local function before_aside (u, first, last, x)
  local from = find(u, ",", first, true)
  while from and from <= last do
    local one, at = match(u, "^%s+([^%s,.;:]+)()", from + 1)
    local two = one and x.asides_by[one] and match(u, "^%s+([^%s,.;:]+)", at)
    if two and x.asides[one .. " " .. two] then return from - 1 end
    from = find(u, ",", from + 1, true)
  end
  return last
end

--- Where what is said ends in the stretch of a sentence in which it begins.
---@param u string the sentence, opaque between marks
---@param first integer
---@param last integer
---@param x table of cues.of
---@param tense string of the word of saying
---@return integer
function M.of (u, first, last, x, tense)
  local own = by_language[x.lang]
  if not own then return last end
  return before_aside(u, first, own(u, first, last, x, tense), x)
end

return M
