-- gmatch.lua - corpus:gmatch of plain LPeg, alone, and the loop that the LPeg
-- manual searches with, over the first quarter of the text. For each pattern a
-- line: its name, the matches, the best seconds of three rounds, and the seconds
-- that the loop would take for the whole text. Where a pattern captures, the loop has to
-- ask for the position, too.
--
-- What each gives for a match is not the same. Ours gives a Span, which knows its
-- document and its two ends and can be cited, and the captures; the loop gives one
-- position and the captures, and does not know where the match began. The last seconds
-- are those of a loop that makes a Span, too.
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
  { "number", lpeg.C(digit^1 * ("." * digit^1)^-1 + (capital + small)^1), true },
  { "table", lpeg.Ct(lpeg.Cg((capital + small)^1, "word")), true },
  { "timed", lpeg.Cmt((capital + small)^1, function (_, at) return at, at end), true },
}

local doc = corpus[1]
local text = doc.text:sub(1, #doc.text // 4)

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
    local at, value = 1
    if captures then
      repeat value, at = match(loop, text, at) until not value
    else
      while at do at = match(loop, text, at) end
    end
  end)
  local placed = lpeg.Cp() * pattern * lpeg.Cp()
  local spans = best(captures and 2 or 0, function ()
    local search, at = P{ placed + 1 * V(1) }, 1
    while true do
      local first, _, stop = match(search, text, at)
      if not first then return end
      doc:span(first, stop - 1)
      at = stop
    end
  end)
  print(string.format("%s %d %.6f %.6f %.6f", name, count, ours, 4 * naive,
                      captures and 4 * spans or 0))
end
