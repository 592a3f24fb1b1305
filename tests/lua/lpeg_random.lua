-- gmatch of patterns at random: what is known of how a pattern is composed
-- changes nothing. Named by a rule, the same pattern is one of which nothing is
-- known; and a search by hand finds the same.
-- (tests/unit/begin.c runs this, too, over small texts and with more PATTERNS.)
local check = require "lesdiplo.util.check".new()
local lpeg = lpeg or require "lpeg"
local P, R, S, V, B = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.B
local C, Cc, Cp, Cs, Ct, Cg, Cf, Cb, Cmt = lpeg.C, lpeg.Cc, lpeg.Cp, lpeg.Cs, lpeg.Ct, lpeg.Cg,
  lpeg.Cf, lpeg.Cb, lpeg.Cmt
local PATTERNS = rawget(_G, "PATTERNS") or 400

local state = 12345
local function pick (n)
  state = (state * 1103515245 + 12345) & 0x7FFFFFFF
  return (state >> 8) % n + 1
end

local pieces = { "a", "e", "n", "t", "b", " ", "\n", "A", "S", "the", "an", "ing ", "1", "19", "é",
  "\xC3", "\xA9", "—", "\x80", "国", "ab", "ba", "aba", "Secretary", ".", "" }
local function piece () return pieces[pick(#pieces)] end
local ranges = { "az", "AZ", "09", "ae", "\x80\xBF", "\xC2\xF4", "\0\x7F", "\0\xFF", "nt", "  " }
local locale = lpeg.locale()
local kinds = { "alpha", "upper", "lower", "digit", "space", "punct", "alnum" }

-- Numbers of calls are part of what has to be the same.
local calls
local function seen (...) calls = calls + 1 return ... end
local acts = {
  function () return true end,
  function (_, i) return i end,
  function (_, i) calls = calls + 1 return i % 3 ~= 0 end,
  function (text, i) return math.min(i + 1, #text + 1) end,
}

local make
local leaves = {
  function () return P(piece()) end,
  function () return P(piece()) end,
  function () return S(piece() .. piece()) end,
  function () return R(ranges[pick(#ranges)], ranges[pick(#ranges)]) end,
  function () return R(ranges[pick(#ranges)]) end,
  function () return P(pick(6) - 1) end,
  function () return P(-pick(3)) end,
  function () return P(pick(6) > 1) end,
  function () return locale[kinds[pick(#kinds)]] end,
  function () return Cp() end,
  function () return Cc("x", pick(3)) end,
  function () return B(P(piece())) end,
  function () return P(acts[pick(#acts)]) end,
  function () return S "" end,
}
local nodes = {
  function (d) return make(d) * make(d) end,
  function (d) return make(d) * make(d) end,
  function (d) return make(d) * make(d) * make(d) end,
  function (d) return make(d) + make(d) end,
  function (d) return make(d) + make(d) + make(d) + piece() end,
  function (d) return make(d) - make(d) end,
  function (d) return make(d) ^ (pick(9) - 5) end,
  function (d) return make(d) ^ 0 end,
  function (d) return make(d) ^ 1 end,
  function (d) return make(d) ^ -1 end,
  function (d) return #make(d) * make(d) end,
  function (d) return -make(d) * make(d) end,
  function (d) return B(make(0)) * make(d) end,
  function (d) return piece() * make(d) end,
  function (d) return make(d) * 1 end,
  function (d) return make(d) + true end,
  function (d) return 2 - make(d) end,
  function (d) return C(make(d)) end,
  function (d) return Cs(make(d)) end,
  function (d) return Ct(make(d)) end,
  function (d) return Cg(make(d)) end,
  function (d) return Cg(make(d), "g") * make(d) * Cb "g" end,
  function (d) return Cf(C(make(d)) * C(make(d)), function (a, b) return a .. "," .. b end) end,
  function (d) return make(d) / "<%0>" end,
  function (d) return make(d) / seen end,
  function (d) return make(d) / 0 end,
  function (d) return make(d) / { a = 1, the = 2 } end,
  function (d) return Cmt(make(d), acts[pick(#acts)]) end,
  function (d) return Cmt(make(d), acts[pick(#acts)]) * make(d) end,
  function (d) return P{ make(d) * V(1) + make(d) } end,
  function (d) return P{ "s", s = piece() * V "t", t = make(d) + V "s" * "a" } end,
  function (d) return P{ make(d) + V(2), make(d) } end,
}
function make (depth)
  if depth == 0 then return leaves[pick(#leaves)]() end
  return nodes[pick(#nodes)](depth - 1)
end

-- What is found, with all that it captures, as text.
local function show (value)
  if type(value) ~= "table" then return tostring(value) end
  local out = { tostring(value.g) }
  for i, v in ipairs(value) do out[i + 1] = show(v) end
  return "{" .. table.concat(out, ",") .. "}"
end
local function line (first, last, ...)
  local out = { first .. "-" .. last }
  for i = 1, select("#", ...) do out[i + 1] = show((select(i, ...))) end
  return table.concat(out, " ")
end

local function found (object, pattern)
  local out = {}
  calls = 0
  local ok, message = pcall(function ()
    local function add (span, ...)
      if span then out[#out + 1] = line(span.first, span.last, ...) return true end
    end
    local iterator = object:gmatch(pattern)
    while add(iterator()) do end
  end)
  if not ok then out[#out + 1] = (tostring(message):gsub("^.*:%d+: ", "")) end
  out[#out + 1] = "calls " .. calls
  return table.concat(out, "\n")
end

-- At each character, one after the other. Not what is called or captured.
local function by_hand (text, pattern)
  local out, at, last = {}, 1, nil
  pattern = C(pattern / 0) / function (s) return #s end
  while at <= #text + 1 do
    local inside = (text:byte(at) or 0) & 0xC0 == 0x80
    local n = not inside and pattern:match(text, at)
    if n and not (n == 0 and at == last) then
      out[#out + 1] = at .. "-" .. at + n - 1
      last = at + n
      at = n > 0 and last or at + 1
    else
      at = at + 1
    end
  end
  return table.concat(out, " ")
end
local function places (object, pattern)
  local out = {}
  for span in object:gmatch(pattern / 0) do out[#out + 1] = span.first .. "-" .. span.last end
  return table.concat(out, " ")
end

local function unknown (pattern) return P{ V(2), pattern } end
local made, matches = 0, 0
for n = 1, PATTERNS do
  local ok, pattern = pcall(make, pick(4) - 1)
  if ok then
    made = made + 1
    for i = 1, #corpus do
      local doc = corpus[i]
      if #doc.text < 1000 or n % #corpus == i - 1 then
        local got = found(doc, pattern)
        if got:find "^%d+%-" then matches = matches + 1 end
        check:equal(got, found(doc, unknown(pattern)), "pattern " .. n .. " in document " .. i)
        local right, hand = pcall(by_hand, doc.text, pattern)
        if right then check:equal(places(doc, pattern), hand, "pattern " .. n .. " by hand") end
      end
    end
  end
end
check:ok(made > PATTERNS / 2 and matches > PATTERNS / 4,
         made .. " patterns, " .. matches .. " matches")

-- Capture-free patterns that match often, or in one half of the text only.
for _, pattern in ipairs{ P "e", R "az"^1, S "aeiou", (1 - S " \n")^1, P(1), R "AZ" * R "az"^0,
    P "\x80" + "\xE2" * R "\x80\xFF"^1, R "\x80\xFF"^1, P(3), R "\xC2\xF4" * R "\x80\xBF"^1 * 1 } do
  check:equal(places(corpus, pattern), places(corpus, unknown(pattern)), "in the corpus")
  for doc in corpus:docs() do
    check:equal(places(doc, pattern), by_hand(doc.text, pattern), "many in " .. doc.id)
  end
end

-- Rows of sets are matched without LPeg: as LPeg would, and as by hand.
local function set ()
  local of = { P(1), S(piece() .. piece()), R(ranges[pick(#ranges)]), locale[kinds[pick(#kinds)]] }
  local one = of[pick(#of)]
  return pick(4) == 1 and one - of[pick(#of)] or pick(5) == 1 and one + of[pick(#of)] or one
end
local steps = {
  function () return set() end,
  function () return set()^(pick(4) - 1) end,
  function () return set()^-pick(3) end,
  function () return #set() end,
  function () return -set() end,
  function () return P(piece()) end,
}
local some = 0
for n = 1, PATTERNS do
  local row = steps[pick(#steps)]()
  for _ = 2, pick(5) do row = row * steps[pick(#steps)]() end
  local doc = corpus[n % #corpus + 1]
  local got = {}
  for span in doc:gmatch(row) do got[#got + 1] = span.first .. "-" .. span.last end
  some = some + #got
  check:equal(table.concat(got, " "), by_hand(doc.text, row), "row of sets " .. n)
end
check:ok(some > PATTERNS, some .. " matches of rows of sets")

-- With captures, too, in one another and beside one another, and handed on.
local marked = {
  function (row) return C(row) end,
  function (row) return Cp() * row end,
  function (row) return row * Cp() end,
  function (row) return Ct(row) end,
  function (row) return row / seen end,
  function (row) return row / { a = 1, the = 2 } end,
  function (row) return row * Cc("x", nil) end,
  function (row) return Cg(row, "g") end,
  function (row) return Cs(row) end,
  function (row) return row end,
}
for n = 1, PATTERNS do
  local row = P(true)
  for _ = 1, pick(4) do
    local part = marked[pick(#marked)](steps[pick(#steps)]())
    row = row * (pick(3) == 1 and marked[pick(3)](part) or part)
  end
  row = marked[pick(#marked)](row)
  local doc = corpus[n % #corpus + 1]
  check:equal(found(doc, row), found(doc, unknown(row)), "captures in a row of sets " .. n)
end

check:finish()
