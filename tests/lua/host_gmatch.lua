-- gmatch: every match, once, in order; the same as a search written by hand.
-- luacheck: ignore 122 512 (it changes lpeg; loops that end at once are meant)
local check = require "lesdiplo.util.check".new()
local P, R, S, V = lpeg.P, lpeg.R, lpeg.S, lpeg.V
local C, Cc, Cg, Cs, Ct, Cmt = lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cs, lpeg.Ct, lpeg.Cmt

-- The plain way: at each character, one after the other.
local function by_hand (text, pattern)
  local out, at, last = {}, 1, nil
  pattern = pattern * lpeg.Cp()
  while at <= #text + 1 do
    local inside = (text:byte(at) or 0) & 0xC0 == 0x80
    local stop = not inside and pattern:match(text, at)
    if stop and not (stop == at and at == last) then
      out[#out + 1] = at .. "-" .. stop - 1
      last = stop
      at = stop > at and stop or at + 1
    else
      at = at + 1
    end
  end
  return table.concat(out, " ")
end

local function found (object, pattern)
  local out = {}
  for span in object:gmatch(pattern) do out[#out + 1] = span.first .. "-" .. span.last end
  return table.concat(out, " ")
end

local letter = R("az", "AZ")
local patterns = {
  literal = P "Lesotho", one = P "e", number = R "09"^1, name = R "AZ" * R "az"^1,
  empty = P "", maybe = P "o"^0, line = (1 - S "\n")^0, pair = P "ll" + "ss" + "ee",
  grammar = P { "word", word = V "letter" * V "word" + V "letter", letter = letter },
  lookbehind = lpeg.B(P " ") * letter^1, ahead = letter^1 * #P ".", not_after = -letter * P(1)^-1,
  absent = P "\1\2", never = P(false), any = P(1), all = P(1)^0, multi = P "—" + "–" + "’",
  last = P(1)^-3 * -P(1),
}
for name, pattern in lesdiplo.util.sorted(patterns) do
  for doc in corpus:docs() do
    local want, got = by_hand(doc.text, pattern), found(doc, pattern)
    check:ok(want == got, name .. " in " .. doc.id)
  end
end

-- corpus:gmatch is the documents one after the other
local one_by_one, all = {}, {}
for doc in corpus:docs() do
  for span in doc:gmatch(R "AZ"^2) do one_by_one[#one_by_one + 1] = doc.id .. span.first end
end
for span in corpus:gmatch(R "AZ"^2) do
  all[#all + 1] = span.doc.id .. span.first
  check:ok(rawequal(span.doc, corpus[span.doc.index]))
end
check:equal(all, one_by_one)
check:ok(#all > 10)

-- captures follow the span
for span, letters, digits in corpus:gmatch(C(letter^1) * " " * C(R "09"^1)) do
  check:equal(span.text, letters .. " " .. digits)
end
local row
for _, t, x, y in corpus[1]:gmatch(Ct(Cg(letter, "a") * C(letter)) * Cc(nil, 7)) do
  row = { t, x, y }
  break
end
check:ok(type(row[1]) == "table" and row[1].a and row[1][1] and row[2] == nil and row[3] == 7)
for _, n in corpus[1]:gmatch(letter^1 / string.len) do
  check:ok(math.type(n) == "integer")
  break
end
check:equal(select("#", corpus[1]:gmatch(letter)()), 1, "no capture, one value")

-- what may be a pattern
check:equal(found(corpus[1], "a"), found(corpus[1], P "a"), "a string stands for itself")
local run = { letter * V(1) + letter }
check:equal(found(corpus[1], run), found(corpus[1], P(run)))
for _, bad in ipairs{ 3, true, print, corpus, coroutine.create(print) } do
  check:raises(function () corpus:gmatch(bad) end, "LPeg pattern expected, got ")
end
check:raises(function () corpus:gmatch() end, "value expected")
check:raises(function () corpus[1]:gmatch(nil) end, "LPeg pattern expected, got nil")
check:raises(function () corpus:gmatch({}) end, "grammar")
check:raises(function () corpus:gmatch(V "x") end, "'x' undefined")
check:raises(function () corpus:gmatch(V(1)) end, "rule '1' undefined", "not our own rule")
check:raises(function () corpus:gmatch({ V(1) }) end, "left recursive")

-- code that runs during a match
local calls = 0
local counted = Cmt("the", function (_, p) calls = calls + 1 return p end)
local n = 0
for _ in corpus[1]:gmatch(counted) do n = n + 1 end
check:equal(calls, n, "a match is tried once")
check:raises(corpus:gmatch(Cmt(letter, function () error "inside" end)), "inside")
check:raises(corpus:gmatch(letter / function () error({}) end), "table")

-- the iterator, asked from within its own match, and kept going after an error
local iterator, depth = nil, 0
iterator = corpus:gmatch(Cmt(R "AZ", function (_, p)
  depth = depth + 1
  if depth < 40 then iterator() end
  return p
end))
n = 0
for span in iterator do
  n = n + 1
  check:ok(span.text:find "^%u$", "a span of the document it was found in")
  if n > 100 then break end
end
local fail = true
iterator = corpus[1]:gmatch(Cmt(letter, function (_, p)
  if fail then error "once" end
  return p
end))
check:raises(iterator, "once")
fail = false
check:ok(iterator() ~= nil, "an error does not break it")

-- a search inside a search
n = 0
for sentence in corpus:gmatch(P "Lesotho") do
  for _ in sentence.doc:gmatch(R "09"^4) do n = n + 1 break end
end
check:ok(n > 0)

-- values made ahead are nobody's business: a script's function runs when its match is
-- handed out, and what goes wrong in a match goes wrong in its turn
n, calls = 0, 0
local function next_call () calls = calls + 1 return calls end
for _, call in corpus:gmatch((letter^1 + R "09"^1) / next_call) do
  n = n + 1
  check:ok(call == n and calls == n, "called in turn")
  if n == 200 then break end
end
local odd = Cs(R "az"^1 + Ct "1")
iterator, n = corpus[1]:gmatch(odd), 0
local before = select(2, corpus[1].text:match "^[^1]*":gsub("%l+", ""))
while pcall(function () assert(iterator()) end) do n = n + 1 end
check:ok(before > 40 and n == before, "stops at the first 1, after " .. before .. ": " .. n)
check:raises(iterator, "invalid replacement value %(a table%)")
local words, kept = {}, setmetatable({}, { __index = function (_, k) return k:upper() end })
for span, word in corpus[1]:gmatch((letter^1 + "no such") / kept) do
  if word ~= span.text:upper() then words[#words + 1] = word end
end
check:equal(#words, 0, "a table is asked as LPeg asks it")

-- several at once do not disturb one another
local first, second = corpus:gmatch(P "a"), corpus:gmatch(P "a")
for _ = 1, 50 do check:ok(first() == second()) end

-- at the end it stays at the end
iterator = corpus[1]:gmatch(P "Lesotho")
repeat local span = iterator() until not span
check:equal(iterator(), nil)
check:equal(iterator(), nil)

-- what a script does to lpeg is its own affair
local match, want = lpeg.match, by_hand(corpus[1].text, P "Lesotho")
lpeg.match = function () return "nonsense" end
check:equal(found(corpus[1], P "Lesotho"), want)
lpeg.match = match

check:finish()
