-- gmatch.lua - corpus:gmatch of two patterns, alone: for each a line with the
-- matches and the best seconds of three rounds.
local P, R = lpeg.P, lpeg.R

local title = P"President" + "Secretary" + "Minister" + "Ambassador"
local patterns = { P"sovereignty", title * " " * R"AZ" * R"az"^1 }

for _, pattern in ipairs(patterns) do
  local best, count = math.huge, 0
  for _ = 1, 3 do
    local begin = os.clock()
    count = 0
    for _ in corpus:gmatch(pattern) do count = count + 1 end
    best = math.min(best, os.clock() - begin)
  end
  print(string.format("%d %.6f", count, best))
end
