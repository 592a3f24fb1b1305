-- Random patterns against a matcher that is as plain as can be: what each policy
-- finds, planned or not, and that a hit is cut out of the source.
local check = require "lesdiplo.util.check"
local lpeg = require "lpeg"
local q = lesdiplo.query
local c = check.new()

lesdiplo.layer{ name = "capital", find = q.shape "title"^1 }
lesdiplo.layer{ name = "third", make = function (doc, add)
  local tokens = doc:tokens()
  for i = 3, #tokens - 1, 3 do add(tokens[i].first, tokens[i + i % 2].last) end
end }

-- Each of a list once, where it comes first.
local function unique (list)
  local out, seen = {}, {}
  for _, at in ipairs(list) do
    if not seen[at] then out[#out + 1], seen[at] = at, true end
  end
  return out
end

-- The matcher: ends(p, tokens, i) gives all ends of a match that begins at token i
-- of a sentence, the preferred one first; a token is {word, shape, layers}.
local ends = {}
local function all (p, s, i)
  local known = s.known[p]
  if not known then
    known = {}
    s.known[p] = known
  end
  known[i] = known[i] or unique(ends[p.op](p, s, i))
  return known[i]
end

function ends.word (p, s, i)
  local token = s[i]
  for _, a in ipairs(p.alternatives) do
    if token and ((a[1] == "word" and token.folded == a[2])
                  or (a[1] == "shape" and token.shape == a[2])) then return { i + 1 } end
  end
  return {}
end
function ends.any (_, s, i) return s[i] and { i + 1 } or {} end
function ends.mark (p, s, i) return s[i] and s[i].inside[p.name] and { i + 1 } or {} end
function ends.start (_, _, i) return i == 1 and { i } or {} end
function ends.stop (_, s, i) return i == #s + 1 and { i } or {} end
function ends.ahead (p, s, i) return #all(p.p, s, i) > 0 and { i } or {} end
function ends.refuse (p, s, i) return #all(p.p, s, i) == 0 and { i } or {} end
ends["as"] = function (p, s, i) return all(p.p, s, i) end
function ends.layer (p, s, i)
  local last = s[i] and s[i].begins[p.name]
  return last and last <= #s and { last + 1 } or {}
end
function ends.seq (p, s, i)
  local now = { i }
  for _, item in ipairs(p) do
    local next_ones = {}
    for _, at in ipairs(now) do table.move(all(item, s, at), 1, 1000, #next_ones + 1, next_ones) end
    now = unique(next_ones)
  end
  return now
end
function ends.choice (p, s, i)
  local out = {}
  for _, item in ipairs(p) do table.move(all(item, s, i), 1, 1000, #out + 1, out) end
  return out
end
function ends.gap (p, s, i)
  local out = {}
  for n = p.least, p.most do if i + n <= #s + 1 then out[#out + 1] = i + n end end
  return out
end
function ends.rep (p, s, i)
  local out, been = {}, {}
  local function go (at, n)
    local key = at .. " " .. (p.most and n or math.min(n, p.least))
    if been[key] then return end
    been[key] = true
    if not p.most or n < p.most then
      for _, further in ipairs(all(p.p, s, at)) do go(further, n + 1) end
    end
    if n >= p.least then out[#out + 1] = at end
  end
  go(i, 0)
  return out
end

-- LPeg's way: one end, or nil.
local one = {}
local function peg (p, s, i)
  if one[p.op] then return one[p.op](p, s, i) end
  return all(p, s, i)[1]
end
one["as"] = function (p, s, i) return peg(p.p, s, i) end
function one.ahead (p, s, i) return peg(p.p, s, i) and i end
function one.refuse (p, s, i) return not peg(p.p, s, i) and i or nil end
function one.choice (p, s, i)
  for _, item in ipairs(p) do
    local at = peg(item, s, i)
    if at then return at end
  end
end
function one.rep (p, s, i)
  local n = 0
  while not p.most or n < p.most do
    local at = peg(p.p, s, i)
    if not at then break end
    i, n = at, n + 1
  end
  return n >= p.least and i or nil
end
function one.seq (p, s, i, from)
  for k = from or 1, rawlen(p) do
    if p[k].op == "gap" and k < rawlen(p) then
      for _, at in ipairs(all(p[k], s, i)) do
        local last = one.seq(p, s, at, k + 1)
        if last then return last end
      end
      return nil
    end
    i = peg(p[k], s, i)
    if not i then return nil end
  end
  return i
end
function one.gap (p, s, i) return i + p.least <= #s + 1 and i + p.least or nil end

-- Random patterns -------------------------------------------------------------------------

local words = { "the", "lesotho", "china", "of", "and", "in", "relations", "king", ",", "." }
local layers = { "capital", "third" }
local function pick (list) return list[math.random(#list)] end

local random
local atoms = {
  function () return q.word(pick(words)) end,
  function () return q.word(pick(words)) + q.word(pick(words)) end,
  function () return q.shape(pick{ "title", "lower", "number" }) end,
  function () return q.any end,
  function () return q.layer(pick(layers)) end,
  function () return q.inside(pick(layers)) end,
  function () return q.outside(pick(layers)) end,
}
local function atom () return pick(atoms)() end
local composed = {
  function (d) return random(d) * random(d) end,
  function (d) return random(d) * q.gap(math.random(0, 1), math.random(1, 3)) * random(d) end,
  function (d) return random(d) + random(d) end,
  function (d) return (atom() * random(d))^-1 end,
  function (d) return (atom() * random(d))^math.random(0, 1) end,
  function (d) return random(d) - atom() end,
  function (d) return random(d) * #random(d) end,
  function (d) return random(d):as "x" end,
  function (d) return q.bos^-1 * random(d) * (q.eos + true) end,
}
function random (depth)
  if depth == 0 or math.random(4) == 1 then return atom() end
  return pick(composed)(depth - 1)
end

-- The sentences of a document, as the matcher takes them.
local function sentences_of (doc)
  local out = {}
  for _, sentence in doc:sentences():each() do
    local s = { known = {} }
    for _, token in sentence:tokens():each() do
      s[#s + 1] = { folded = token.folded, shape = token.shape, first = token.first,
                    last = token.last, inside = {}, begins = {} }
    end
    for _, name in ipairs(layers) do
      for _, span in doc:layer(name):each() do
        local begin
        for i, token in ipairs(s) do
          if token.last >= span.first and token.first <= span.last then
            token.inside[name] = true
            begin = begin or (token.first <= span.first or i > 1) and i
            if i == begin and span.last > sentence.last then break end
            if begin then s[begin].begins[name] = math.max(s[begin].begins[name] or 0, i) end
          end
        end
      end
    end
    out[#out + 1] = s
  end
  return out
end

-- What a policy finds in a sentence, "first-last" by token.
local choose = {
  first = function (p, s, i) return { peg(p, s, i) } end,
  regular = function (p, s, i) return { all(p, s, i)[1] } end,
  longest = function (p, s, i)
    local list = all(p, s, i)
    return #list > 0 and { math.max(table.unpack(list)) } or {}
  end,
  shortest = function (p, s, i)
    local least
    for _, at in ipairs(all(p, s, i)) do
      if at > i and (not least or at < least) then least = at end
    end
    return { least }
  end,
  all = function (p, s, i)
    local list, seen = {}, {}
    for _, at in ipairs(all(p, s, i)) do
      if not seen[at] then list[#list + 1], seen[at] = at, true end
    end
    table.sort(list)
    return list
  end,
}

local function expected (p, sentences, policy)
  local out = {}
  for _, s in ipairs(sentences) do
    local i = 1
    while i <= #s do
      local next_one = i + 1
      for _, at in ipairs(choose[policy](p, s, i)) do
        if at > i then
          out[#out + 1] = s[i].first .. "-" .. s[at - 1].last
          if policy ~= "all" then next_one = at end
        end
      end
      i = next_one
    end
  end
  return table.concat(out, " ")
end

local function found (doc, p, options)
  local out = {}
  for hit in doc:find(p, options) do out[#out + 1] = hit.first .. "-" .. hit.last end
  return table.concat(out, " ")
end

math.randomseed(7)
local docs = { corpus[4], corpus[5] }
local sentences = {}
for i, doc in ipairs(docs) do sentences[i] = sentences_of(doc) end
for n = 1, 60 do
  local p = random(3)
  for _, policy in ipairs{ "first", "regular", "longest", "shortest", "all" } do
    local i = n % 2 + 1
    local ok, got = pcall(found, docs[i], p, { policy = policy })
    if not (not ok and tostring(got):find "may match nothing") then
      c:equal(got, expected(p, sentences[i], policy), policy .. ": " .. tostring(p))
    end
  end
  if n % 3 == 0 then
    for _, policy in ipairs{ "first", "longest" } do
      local planned, scanned = {}, {}
      for hit in corpus:find(p, { policy = policy }) do planned[#planned + 1] = hit.cite end
      for hit in corpus:find(p, { policy = policy, plan = false }) do
        scanned[#scanned + 1] = hit.cite
      end
      c:equal(table.concat(planned, " "), table.concat(scanned, " "), "planned: " .. tostring(p))
    end
  end
end
c:ok(lpeg.version ~= nil, "with LPeg")
c:finish()
