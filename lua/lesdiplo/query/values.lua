--- Values of CQL: regular expressions over one word, matched from end to end.
--
-- A value is read once into a tree. What stands for few words is listed, so that
-- postings answer it; anything else becomes an automaton that is built while it
-- runs, a state a set of places in the expression: linear in the word, whatever
-- the expression is.
--
-- There are `. | ? * + {m,n} ( ) [a-z] [^a-z]`, `\d` a digit, `\w` a letter, digit
-- or `_` (each character beyond ASCII is one), `\D`, `\W`, and `\` before a sign
-- that stands for itself.
-- @module lesdiplo.query.values
local lpeg = require "lpeg"
local _, native = ...
local concat, sort = table.concat, table.sort
local find, format, sub = string.find, string.format, string.sub
local char, codepoint, codes = utf8.char, utf8.codepoint, utf8.codes
local error, ipairs, next, setmetatable, tonumber = error, ipairs, next, setmetatable, tonumber
local Cmt, P = lpeg.Cmt, lpeg.P
local fold = native.tokens.folded
_ENV = nil
local M = {}

local LISTED_MOST = 4096     -- words that a value is listed as
local PLACES_MOST = 20000    -- in an automaton: {m,n} are so many copies
local STATES_MOST = 1000     -- kept of one; then they are forgotten, and made anew
local DEPTH_MOST = 100       -- parentheses in one another
local FOLDED_MOST = 4096     -- characters of a set that are folded one by one

-- Reading ---------------------------------------------------------------------

-- A mistake at byte `at` of the value.
local function wrong (at, ...) error({ at = at, message = format(...) }, 0) end

-- Trees: {op = "char", c}, {"set", ranges, negate}, {"any"}, {"seq", ...},
-- {"alt", ...}, {"rep", p, least, most}. A reader is {text, at, quote, depth}.
local read_alternatives

local function peek (r) return sub(r.text, r.at, r.at) end

-- The character there, its bytes.
local function take (r)
  local c = r.text:match("^[%z\1-\x7F\xC2-\xF4][\x80-\xBF]*", r.at) or peek(r)
  r.at = r.at + #c
  return c
end

local digits = { 0x30, 0x39 }
local letters = { 0x30, 0x39, 0x41, 0x5A, 0x5F, 0x5F, 0x61, 0x7A, 0x80, 0x10FFFF }
local classes = {
  d = { op = "set", ranges = digits }, D = { op = "set", ranges = digits, negate = true },
  w = { op = "set", ranges = letters }, W = { op = "set", ranges = letters, negate = true },
}

local function read_escape (r)
  local at = r.at - 1
  local c = take(r)
  if classes[c] then return classes[c] end
  if c == "" or find(c, "%w") then
    wrong(at, "\\%s means nothing: there are \\d \\w \\D \\W, and \\ before a sign that stands "
          .. "for itself", c)
  end
  return { op = "char", c = c }
end

-- One end of a range in [ ].
local function read_member (r)
  local c = take(r)
  if c ~= "\\" then return c end
  local p = read_escape(r)
  return p.c, p.ranges
end

local function read_set (r)
  local open, ranges, negate = r.at - 1, {}, false
  if peek(r) == "^" then
    r.at, negate = r.at + 1, true
  end
  repeat
    if r.at > #r.text then wrong(open, "this [ is never closed by a ]") end
    local at = r.at
    local c, class = read_member(r)
    if class then
      for _, cp in ipairs(class) do ranges[#ranges + 1] = cp end
    else
      local last = c
      if peek(r) == "-" and sub(r.text, r.at + 1, r.at + 1) ~= "]" and r.at < #r.text then
        r.at = r.at + 1
        last = read_member(r)
      end
      if not last or codepoint(last) < codepoint(c) then
        wrong(at, "a range goes from less to more")
      end
      ranges[#ranges + 1], ranges[#ranges + 2] = codepoint(c), codepoint(last)
    end
  until peek(r) == "]"
  r.at = r.at + 1
  return { op = "set", ranges = ranges, negate = negate }
end

local function read_one (r)
  local at, c = r.at, take(r)
  if c == "." then return { op = "any" } end
  if c == "[" then return read_set(r) end
  if c == "\\" then return read_escape(r) end
  if c == r.quote then r.at = r.at + 1 end           -- it stands there twice
  if c == "(" then
    if r.depth == DEPTH_MOST then
      wrong(at, "more than %d parentheses in one another", DEPTH_MOST)
    end
    r.depth = r.depth + 1
    local p = read_alternatives(r)
    r.depth = r.depth - 1
    if peek(r) ~= ")" then wrong(at, "this ( is never closed by a )") end
    r.at = r.at + 1
    return p
  end
  if find(c, "^[*+?{]") then
    wrong(at, "there is nothing before %s that it could repeat: the sign itself is \\%s", c, c)
  end
  return { op = "char", c = c }
end

local signs = { ["*"] = { 0 }, ["+"] = { 1 }, ["?"] = { 0, 1 } }

-- How often: least, and most or nil; nothing where no such thing stands there.
local function read_times (r)
  local sign = signs[peek(r)]
  if sign then
    r.at = r.at + 1
    return sign[1], sign[2]
  end
  if peek(r) ~= "{" then return end
  local least, comma, most, after = r.text:match("^{(%d*)(,?)(%d*)}()", r.at)
  local m, n = tonumber(least), tonumber(most)
  if not after or not (m or n) or n and (m or 0) > n or (m or n) > PLACES_MOST then
    wrong(r.at, "a repetition is {n}, {m,n}, {m,} or {,n} with m <= n: the sign itself is \\{")
  end
  r.at = after
  if comma == "" then return m, m end
  return m or 0, n
end

local function read_sequence (r)
  local out = { op = "seq" }
  while r.at <= #r.text and not find(peek(r), "[|)]") do
    local p = read_one(r)
    local least, most = read_times(r)
    if least then
      p = { op = "rep", p = p, least = least, most = most }
      if find(peek(r), "^[*+?{]") then
        wrong(r.at, "this repeats a repetition: put the first one into parentheses")
      end
    end
    out[#out + 1] = p
  end
  return out
end

function read_alternatives (r)
  local out = { op = "alt", read_sequence(r) }
  while peek(r) == "|" do
    r.at = r.at + 1
    out[#out + 1] = read_sequence(r)
  end
  return #out == 1 and out[1] or out
end

local function read (text, quote)
  local r = { text = text, at = 1, quote = quote, depth = 0 }
  local p = read_alternatives(r)
  if r.at <= #text then wrong(r.at, "this ) closes nothing: the sign itself is \\)") end
  return p
end

-- Listing ---------------------------------------------------------------------

-- The words that a tree stands for, or nil where they are too many.
local list

-- Each of a before each of b.
local function product (a, b)
  local out = {}
  if not a or not b or #a * #b > LISTED_MOST then return nil end
  for _, x in ipairs(a) do
    for _, y in ipairs(b) do out[#out + 1] = x .. y end
  end
  return out
end

local lists = {}
function lists.char (p) return { p.c } end
function lists.any () return nil end

function lists.set (p)
  local out = {}
  if p.negate then return nil end
  for i = 1, #p.ranges, 2 do
    if #out + p.ranges[i + 1] - p.ranges[i] >= LISTED_MOST then return nil end
    for cp = p.ranges[i], p.ranges[i + 1] do out[#out + 1] = char(cp) end
  end
  return out
end

function lists.seq (p)
  local out = { "" }
  for _, inner in ipairs(p) do
    out = product(out, list(inner))
    if not out then return nil end
  end
  return out
end

function lists.alt (p)
  local out = {}
  for _, inner in ipairs(p) do
    local words = list(inner)
    if not words or #out + #words > LISTED_MOST then return nil end
    for _, word in ipairs(words) do out[#out + 1] = word end
  end
  return out
end

function lists.rep (p)
  local words = p.most and p.most <= 64 and list(p.p)
  local power, out = { "" }, {}
  if not words then return nil end
  for n = 0, p.most do
    if n >= p.least then
      for _, word in ipairs(power) do out[#out + 1] = word end
    end
    power = product(power, words)
    if n == p.most then return out end
    if not power or #power + #out > LISTED_MOST then return nil end
  end
end

function list (p) return lists[p.op](p) end

-- Each word once, and none that is empty.
local function distinct (words)
  local out, seen = {}, { [""] = true }
  for _, word in ipairs(words) do
    if not seen[word] then
      seen[word] = true
      out[#out + 1] = word
    end
  end
  return out
end

-- Automata --------------------------------------------------------------------

-- Characters of a set, folded; a large one stays as it is.
local function fold_ranges (ranges, how)
  local out, count = {}, 0
  for i = 1, #ranges, 2 do count = count + ranges[i + 1] - ranges[i] + 1 end
  if count > FOLDED_MOST then return ranges end
  for i = 1, #ranges, 2 do
    for cp = ranges[i], ranges[i + 1] do
      local folded = fold(char(cp), how)
      if folded ~= "" then
        local one = codepoint(folded)
        out[#out + 1], out[#out + 2] = one, one
      end
    end
  end
  return out
end

-- Places of an automaton, each {cp}, {ranges, negate}, {all}, with `to`; {splits};
-- {final}. `put` gives the place from where a tree is matched, and then `to`.
local put

local function too_large () wrong(1, "this value is too large: its repetitions multiply") end

local function place (a, p)
  if #a >= PLACES_MOST then too_large() end
  a[#a + 1] = p
  return #a
end

local puts = {}

function puts.char (a, p, to)
  local text = a.how and fold(p.c, a.how) or p.c
  local cps = {}
  for _, cp in codes(text) do cps[#cps + 1] = cp end
  for i = #cps, 1, -1 do to = place(a, { cp = cps[i], to = to }) end
  return to
end

function puts.any (a, _, to) return place(a, { all = true, to = to }) end

function puts.set (a, p, to)
  local ranges = a.how and fold_ranges(p.ranges, a.how) or p.ranges
  return place(a, { ranges = ranges, negate = p.negate or false, to = to })
end

function puts.seq (a, p, to)
  for i = #p, 1, -1 do to = put(a, p[i], to) end
  return to
end

function puts.alt (a, p, to)
  local splits = {}
  for i, inner in ipairs(p) do splits[i] = put(a, inner, to) end
  return place(a, { splits = splits })
end

function puts.rep (a, p, to)
  if p.most then
    for _ = p.least + 1, p.most do
      to = place(a, { splits = { put(a, p.p, to), to } })
    end
  else
    local loop = { splits = { to } }
    to = place(a, loop)
    loop.splits[2] = put(a, p.p, to)
  end
  for _ = 1, p.least do to = put(a, p.p, to) end
  return to
end

function put (a, p, to)
  a.steps = (a.steps or 0) + 1             -- copies of nothing take no place
  if a.steps > 10 * PLACES_MOST then too_large() end
  return puts[p.op](a, p, to)
end

-- Adds what is reached from a place without a character. The stack is our own:
-- alternatives may be many.
local function reach (a, from, into)
  local stack = { from }
  while #stack > 0 do
    local i = stack[#stack]
    stack[#stack] = nil
    if not into[i] then
      into[i] = true
      for _, other in ipairs(a[i].splits or {}) do stack[#stack + 1] = other end
    end
  end
end

-- The state that is a set of places: {final, places, next}.
local function state_of (a, set)
  local places, final = {}, false
  for i in next, set do
    if a[i].final then final = true
    elseif not a[i].splits then places[#places + 1] = i end
  end
  sort(places)
  local key = concat(places, " ") .. (final and "." or "")
  if not a.states[key] then
    if a.count == STATES_MOST then a.states, a.count, a.start = {}, 0, nil end
    a.states[key] = { final = final, places = places, next = {} }
    a.count = a.count + 1
  end
  return a.states[key]
end

local function has (p, cp)
  if p.all then return true end
  if p.cp then return p.cp == cp end
  for i = 1, #p.ranges, 2 do
    if cp >= p.ranges[i] and cp <= p.ranges[i + 1] then return not p.negate end
  end
  return p.negate
end

local function step (a, state, cp)
  local set = {}
  for _, i in ipairs(state.places) do
    if has(a[i], cp) then reach(a, a[i].to, set) end
  end
  return state_of(a, set)
end

local function accepts (a, text)
  if a.how then text = fold(text, a.how) end
  if not a.start then
    local set = {}
    reach(a, a.first, set)
    a.start = state_of(a, set)
  end
  local state = a.start
  for _, cp in codes(text) do
    local after = state.next[cp]
    if not after then
      after = step(a, state, cp)
      state.next[cp] = after
    end
    if not after.places[1] and not after.final then return false end
    state = after
  end
  return state.final
end

-- Values ------------------------------------------------------------------------

local Value = {}
Value.__index = Value

-- value:accepts(text)
function Value:accepts (text)
  local how = self.how
  if self.words and not self.set then
    self.set = {}
    for _, word in ipairs(self.words) do self.set[how and fold(word, how) or word] = true end
  end
  if self.set then return self.set[how and fold(text, how) or text] or false end
  if not self.automaton then
    local a = { how = how, states = {}, count = 0 }
    a.first = put(a, self.tree, place(a, { final = true }))
    self.automaton = a
  end
  return accepts(self.automaton, text)
end

-- value:pattern(): an LPeg pattern of whole texts.
function Value:pattern ()
  return Cmt(P(true), function (text) return self:accepts(text) and #text + 1 end)
end

-- The text that a value is when nothing in it is a sign.
local function plain (text, quote)
  text = text:gsub("\\" .. quote, quote):gsub(quote .. quote, quote)
  return { op = "seq", { op = "char", c = text } }
end

--- Reads what stands between quotes. Of the value, `words` are those that it
-- stands for, where they are few. Mistakes are raised as {at, message}, `at` being
-- a byte of the text.
---@param text string as it stands between the quotes, any of which comes twice
---@param quote string
---@param how? string flags: c without case, d without accents, l no expression
---@return table value
function M.read (text, quote, how)
  how = how or ""
  local tree = find(how, "l", 1, true) and plain(text, quote) or read(text, quote)
  local folds = (find(how, "c", 1, true) and "c" or "") .. (find(how, "d", 1, true) and "d" or "")
  local words = list(tree)
  words = words and distinct(words)
  if words and #words == 0 then wrong(1, "this stands for no word: any token is []") end
  local value = { tree = tree, words = words, how = folds ~= "" and folds or nil }
  if not words then put({ how = value.how }, tree, 1) end        -- is it too large?
  return setmetatable(value, Value)
end

return M
