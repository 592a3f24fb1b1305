-- Random queries in CQL: as text they find what the pattern composed by hand finds,
-- with the planner and without, and what a slow matcher, made here, finds.
local check = require "lesdiplo.util.check"
local q = lesdiplo.query
local c = check.new()

local seed = 11
local function pick (n)
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return (seed >> 8) % n + 1
end

local words, sentences = {}, {}
for doc in corpus:docs() do
  for _, s in doc:sentences():each() do
    local tokens = {}
    for _, t in s:tokens():each() do
      tokens[#tokens + 1] = { text = t.text, folded = t.folded, shape = t.shape, doc = doc,
                              first = t.first, last = t.last }
      if pick(9) == 1 and not t.text:find '["\\]' then words[#words + 1] = t.text end
    end
    sentences[#sentences + 1] = tokens
  end
end

-- Tests -------------------------------------------------------------------------------

-- Each is {text, pattern, holds = function of a token}: what stands between [ ].
local function one_test ()
  local w, k = words[pick(#words)], pick(6)
  local shape = ({ "lower", "title", "upper", "number", "other" })[pick(5)]
  if k == 1 then
    return { text = ('word="%s"%%l'):format(w), pattern = q.form(w),
             holds = function (t) return t.text == w end }
  elseif k == 2 then
    local folded = q.word(w)
    if folded.op ~= "word" then return one_test() end
    local want
    for _, s in ipairs(sentences) do
      for _, t in ipairs(s) do want = t.text == w and t.folded or want end
    end
    return { text = ('word="%s"%%cdl'):format(w), pattern = folded,
             holds = function (t) return t.folded == want end }
  elseif k <= 4 then
    return { text = ('shape="%s"'):format(shape), pattern = q.shape(shape),
             holds = function (t) return t.shape == shape end }
  end
  local letter = ({ "a", "e", "t", "s", "o" })[pick(5)]
  return { text = ('word=".*%s"'):format(letter),
           pattern = q.text((lpeg.P(1) - (lpeg.P(letter) * -1))^0 * letter),
           holds = function (t) return t.text:sub(-1) == letter end }
end

local function a_test (depth)
  local k = depth > 2 and 1 or pick(9)
  if k <= 5 then return one_test() end
  local a, b = a_test(depth + 1), a_test(depth + 1)
  if k == 6 then
    return { text = "!(" .. a.text .. ")", pattern = q.any - a.pattern,
             holds = function (t) return not a.holds(t) end }
  elseif k == 7 then
    return { text = ("(%s & %s)"):format(a.text, b.text), pattern = #a.pattern * b.pattern,
             holds = function (t) return a.holds(t) and b.holds(t) end }
  end
  return { text = ("(%s | %s)"):format(a.text, b.text), pattern = a.pattern + b.pattern,
           holds = function (t) return a.holds(t) or b.holds(t) end }
end

-- Patterns ------------------------------------------------------------------------------

-- Each is {text, pattern, least, match}: match(s, i, k) tries what k(j) wants to go on
-- with, in the order of the choices.
local function token ()
  local test = a_test(1)
  return { text = "[" .. test.text .. "]", pattern = test.pattern, least = 1,
           match = function (s, i, k) return s[i] and test.holds(s[i]) and k(i + 1) end }
end

local function gap_of (m, n)
  return { text = ("[]{%d,%d}"):format(m, n), pattern = q.gap(m, n), least = m,
           match = function (s, i, k)
             for j = i + m, math.min(i + n, #s + 1) do
               local out = k(j)
               if out then return out end
             end
           end }
end

local function sequence (a, b)
  return { text = a.text .. " " .. b.text, pattern = a.pattern * b.pattern,
           least = a.least + b.least, match = function (s, i, k)
             return a.match(s, i, function (j) return b.match(s, j, k) end)
           end }
end

local function choice (a, b)
  return { text = ("(%s | %s)"):format(a.text, b.text), pattern = a.pattern + b.pattern,
           least = math.min(a.least, b.least),
           match = function (s, i, k) return a.match(s, i, k) or b.match(s, i, k) end }
end

local function repeated (a, least, most)
  local pattern = a.pattern^least
  pattern.most = most
  local function try (s, i, k, count)
    return (not most or count < most)
           and a.match(s, i, function (j) return try(s, j, k, count + 1) end)
           or count >= least and k(i)
  end
  local sign = least == 0 and most == 1 and "?" or least == 0 and not most and "*"
               or least == 1 and not most and "+" or ("{%d,%s}"):format(least, most or "")
  return { text = ("(%s)%s"):format(a.text, sign), pattern = pattern, least = least * a.least,
           match = function (s, i, k) return try(s, i, k, 0) end }
end

local function random (depth)
  local k = depth > 3 and 1 or pick(12)
  if k <= 4 then return token()
  elseif k <= 6 then return sequence(random(depth + 1), random(depth + 1))
  elseif k == 7 then return choice(random(depth + 1), random(depth + 1))
  elseif k == 8 then
    local m = pick(3) - 1
    return sequence(random(depth + 1), sequence(gap_of(m, m + pick(4)), token()))
  elseif k <= 11 then
    local a, least = random(depth + 1), pick(3) - 1
    if a.least == 0 then return a end
    return repeated(a, least, pick(2) == 1 and least + pick(3) or nil)
  end
  local a, name = random(depth + 1), "x" .. pick(3)
  return { text = name .. ":(" .. a.text .. ")", pattern = a.pattern:as(name), least = a.least,
           match = a.match }
end

-- What the slow matcher finds.
local function expected (p)
  local out = {}
  for _, s in ipairs(sentences) do
    local i = 1
    while i <= #s do
      local stop = p.match(s, i, function (j) return j end)
      if stop and stop > i then
        out[#out + 1] = s[i].doc.id .. " " .. s[i].first .. " " .. s[stop - 1].last
        i = stop
      else
        i = i + 1
      end
    end
  end
  return table.concat(out, "\n")
end

local function list (hits)
  local out = {}
  for h in hits do out[#out + 1] = h.doc.id .. " " .. h.first .. " " .. h.last end
  return table.concat(out, "\n")
end

local function captures (hits)
  local out = {}
  for h in hits do
    for i = 1, 3 do
      local ok, x = pcall(function () return h["x" .. i] end)
      out[#out + 1] = ok and x and x.cite or "-"
    end
  end
  return table.concat(out, "\n")
end

local total, different = 0, 0
for _ = 1, 60 do
  local p = random(1)
  if p.least == 0 then p = sequence(p, token()) end
  local hits = corpus:cql(p.text)
  local by_hand = corpus:find(p.pattern, { policy = "regular" })
  local want = expected(p)
  total = total + #hits
  if list(hits) ~= want or list(by_hand) ~= want or captures(hits) ~= captures(by_hand)
     or list(corpus:cql(p.text, { plan = false })) ~= want then
    different = different + 1
    print(p.text)
  end
end
c:equal(different, 0, "the same hits")
c:ok(total > 500, "and there are some")

-- What an ordered choice would not find -------------------------------------------------

local function texts (text, options)
  local out = {}
  for h in corpus:doc "5-congratulations.txt":cql(text, options) do out[#out + 1] = h.text end
  return table.concat(out, "|")
end
c:equal(texts '[shape="title"]+ "Li"', "Chinese Premier Li", "a repetition gives tokens back")
c:equal(texts '[]* "anniversary" "of"', "On the 30th anniversary of", "from the beginning")
c:equal(texts '"Prime"? "Prime" "Minister"', "Prime Minister", "so does what may be there")
c:equal(texts '("Premier" | "Premier" "Li") "Qiang"', "Premier Li Qiang", "another alternative")
c:equal(texts 'who:([shape="title"] | "Chinese" []) "Li" []{0,2}', "Chinese Premier Li Qiang also",
        "as many as there are")
c:equal(texts '"King" x:[]{0,9} "Xi"', "King Letsie III and Chinese President Xi", "a labelled gap")
c:equal(texts '(?shortest) "King" [shape="title|upper"]*', "King|King", "policies")
c:equal(texts '(?longest) "King" [shape="title|upper"]*', "King Letsie III|King Letsie III",
        "of its own")

-- Ways without number: failures are remembered, or none of these would end.
for _, text in ipairs{ '([shape="han"]+)+ "zq"', '([shape="lower"]+ [shape="lower"]?)+ "zq"',
    '(([shape="han"] | [shape="han"] [])+ | [shape="han"]+)+ "zq"',
    '(?longest) ([shape="han"]{1,9}){1,9} "zq"',
    '[]* [shape="han"] []* [shape="han"] []* "zq" within doc' } do
  c:equal(#corpus:cql(text, { plan = false }), 0, text)
end
local runs = corpus:cql '[shape="lower"]+ "by"'
c:equal(list(corpus:cql '([shape="lower"]+ [shape="lower"]?)+ "by"'), list(runs), "the same runs")
c:equal(list(corpus:cql '(?longest) ([shape="lower"]+)+ "by"'),
        list(corpus:cql '(?longest) [shape="lower"]+ "by"'), "and the longest ones")
c:equal(list(corpus:cql '(?all) ([shape="lower"]+)+ "by"'),
        list(corpus:cql '(?all) [shape="lower"]+ "by"'), "and all")

-- With a condition, too: it is asked of what was found.
c:equal(#corpus:cql('a:[shape="lower"] ([shape="lower"]+ []?)+ b:"zq" :: a.word = b.word',
                    { plan = false }), 0, "a condition after a loop")
c:finish()
