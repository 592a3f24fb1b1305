-- gmatch.lua - corpus:gmatch of plain LPeg, alone, and the loop that the LPeg
-- manual searches with, over the first quarter of the text. For each pattern a
-- line: its name, the matches, the best seconds of three rounds, and the seconds
-- that the loop would take for the whole text. Where a pattern captures, the loop has to
-- ask for the position, too; it keeps nothing of what it is given.
local P, R, V = lpeg.P, lpeg.R, lpeg.V

local function any_of (words)
  local out = P(false)
  for word in words:gmatch "%S+" do out = out + word end
  return out
end
local digit, capital, small = R"09", R"AZ", R"az"
local month = any_of [[January February March April May June July August
  September October November December]]
local names = any_of [[Lesotho China Russia France Germany Japan India Brazil
  Egypt Kenya Norway Poland Turkey Ukraine Vietnam Mexico Canada Israel Cuba
  Portugal]]
local title = any_of "President Secretary Minister Ambassador"

local patterns = {
  { "literal", P"sovereignty" },
  { "names", names },
  { "title", title * " " * capital * small^1 },
  { "date", digit * digit^-1 * " " * month * " " * digit * digit * digit * digit
          + month * " " * digit * digit^-1 * ", " * digit * digit * digit * digit },
  { "letter", P"e" },
  { "capital", capital * small^1 },
  { "word", (capital + small)^1 },
  { "phrase", (capital + small)^1 * " " * (capital + small)^1 * #P" " },
  { "captured", lpeg.C((capital + small)^1), true },
  { "called", (capital + small)^1 / string.len, true },
}

local text = corpus[1].text
text = text:sub(1, #text // 4)

local function best (rounds, run)
  local least, count = math.huge, 0
  for _ = 1, rounds do
    local begin = os.clock()
    count = run()
    least = math.min(least, os.clock() - begin)
  end
  return least, count
end

for _, entry in ipairs(patterns) do
  local name, pattern, captures = entry[1], entry[2], entry[3]
  local ours, count = best(3, function ()
    local n = 0
    for _ in corpus:gmatch(pattern) do n = n + 1 end
    return n
  end)
  local loop, match = P{ (captures and pattern * lpeg.Cp() or pattern) + 1 * V(1) }, lpeg.match
  local naive = best(2, function ()
    local at, value = 1, nil
    if captures then
      repeat value, at = match(loop, text, at) until not value
    else
      while at do at = match(loop, text, at) end
    end
  end)
  print(string.format("%s %d %.6f %.6f", name, count, ours, 4 * naive))
end
