-- Patterns over tokens: what they match, that the planner changes nothing, and
-- that a hit is what it cites.
local check = require "lesdiplo.util.check"
local lpeg = require "lpeg"
local q = lesdiplo.query
local c = check.new()

local function texts (p, options)
  local out = {}
  local doc = options and options.doc or corpus
  if options then options.doc = nil end
  for hit in doc:find(p, options) do out[#out + 1] = hit.text end
  return table.concat(out, "|")
end

-- one document of the seeds, to see what is expected
local congratulations = corpus:doc "5-congratulations.txt"
local function here (p, within)
  return texts(p, { doc = congratulations, within = within })
end

-- Words ------------------------------------------------------------------------

c:equal(here(q.word "LETSIE"), "Letsie|Letsie", "case does not count")
c:equal(here(q.form "LETSIE"), "", "unless it is told to")
c:equal(here(q.form "Letsie" * q.shape "upper"), "Letsie III|Letsie III", "shapes")
c:equal(here(q.stem "exchange" * "congratulations" * "that"),
        "exchanged congratulations that", "stems; strings")
c:equal(here(q.text(lpeg.R "09"^4)), "2024", "the text of a token, by LPeg, from end to end")
c:equal(here(q.text(lpeg.C(lpeg.R "09"^4) * lpeg.Cc(false))), "2024", "whatever it captures")
c:equal(here((q.word "king" + "xi") * q.shape "title"), "King Letsie|Xi Jinping|King Letsie",
        "one of two words")
c:equal(here(q.word "no-such-word"), "", "a word that is not there")
c:equal(here(q.word("no-such-word", "letsie")), here(q.word "letsie"), "one of several words")
c:equal(here(q.form("letsie", "Letsie")), here(q.form "Letsie"), "as they are written")
c:equal(here(q.stem("nosuchword", "letsie")), here(q.stem "letsie"), "by their stems")
c:raises(function () q.word("king", 1) end, "takes a text", "each is a text")

-- Operators ----------------------------------------------------------------------

c:equal(here(q.word "king" * q.gap(0, 3) * "xi"), "", "a gap that is too short")
c:ok(here(q.word "king" * q.gap(0, 8) * "xi"):find "^King Letsie III", "a gap that is long enough")
c:equal(here(q.word "premier" * #q.word "li" * 2), "Premier Li Qiang", "look-ahead takes nothing")
c:equal(here(q.word "li" * -q.word "qiang"), "Li", "nor does what must not come")
c:equal(here((q.shape "title" - q.word "prime") * "minister"), "", "but not that one")
c:equal(here(q.behind(q.word "prime") * "minister"), "Minister", "what stands before")
c:equal(here(q.bos * q.word "sam" * q.any), "Sam Matekane", "at the beginning of a sentence")
c:equal(here(q.word "day" * "." * q.eos), "day.", "at its end")
c:equal(here(q.shape "title"^2 * "'s"), "", "repetition, at least two, then a sign")
c:equal(here(q.word "li"^-1 * "qiang"), "Li Qiang", "perhaps one")
c:equal(here(q.word "day" * "." * "matekane"), "", "no sentence is left")
c:equal(here(q.word "day" * "." * "matekane", "doc"), "day.\n\nMatekane",
        "unless the whole document is one unit")

-- Captures -------------------------------------------------------------------------

local pair = (q.shape "title"^1):as "who" * q.word "," * (q.word "prime" * "minister"):as "role"
local hit = congratulations:find(pair)[1]
c:equal(hit.who.text, "Sam Matekane", "a capture is a span")
c:equal(hit.role.text, "Prime Minister", "and so is another")
c:equal(hit.who.doc, congratulations, "of its document")
c:equal(hit.text, "Sam Matekane, Prime Minister", "the hit is one, too")
c:equal(hit.sentence.text:sub(1, 12), "Sam Matekane", "with a sentence")
c:ok(hit.cite:find "^5%-congratulations%.txt:13:", "and a citation")
c:raises(function () return hit.whom end, "no field or method 'whom'", "a name it has not")
local perhaps = q.word "li" * (q.word "keqiang":as "x")^-1
c:equal(congratulations:find(perhaps)[1].x, nil, "a capture without a part")

-- Functions --------------------------------------------------------------------------

local short = (q.shape "title":as "a" * q.shape "title"):where(function (s) return #s.text < 11 end)
c:equal(here(short), "Xi Jinping|Premier Li", "a function decides")
c:equal(congratulations:find(short)[1].a.text, "Xi", "and hands captures on")
c:equal(here((q.word "li" * 1):where(function () return false end) + q.word "li"), "Li|Li",
        "where it says no, something else is tried")
c:raises(function () return corpus:find(q.any:where(function () error "mine" end)) end, "mine",
         "an error of its own")
c:raises(function () return q.any:as "text" end, "every hit has a field", "a name that is taken")

-- Sets -------------------------------------------------------------------------------

local function cites (hits)
  local out = {}
  for h in hits do out[#out + 1] = h.cite end
  return table.concat(out, " ")
end
local titles = corpus:find(q.shape "title":as "t")
local pairs_of = corpus:find(q.shape "title":as "one" * q.shape "title")
local upper = corpus:find(q.shape "upper":as "u")
local both = titles:union(upper)
c:equal(#both, #titles + #upper, "a union of what has nothing in common")
c:equal(cites(both), cites(upper:union(titles)), "in either order")
c:equal(cites(both), cites(corpus:find(q.shape "title" + q.shape "upper")), "as one search does")
c:equal(#titles:union(titles), #titles, "of a set with itself")
c:equal(cites(both:intersect(upper)), cites(upper), "what is in both")
c:equal(cites(both:minus(upper)), cites(titles), "what is in one only")
c:equal(both:intersect(upper)[1].u.text, upper[1].text, "with its captures")
c:equal(titles:union(pairs_of):minus(pairs_of)[1].one, nil, "those that it has")
c:equal(titles:union(pairs_of):intersect(pairs_of)[1].one.text, pairs_of[1].one.text,
        "names of both sets are kept")
local inside = 0
for h in titles do
  for p2 in pairs_of do
    if p2.doc == h.doc and p2.first <= h.first and h.last <= p2.last then
      inside = inside + 1
      break
    end
  end
end
c:equal(#titles:within(pairs_of), inside, "what lies within")
local sentences = upper:expand "sentence"
c:ok(#sentences < #upper and #upper:within(sentences) == #upper, "sentences of hits")
for h in sentences do
  if h.text ~= h.sentence.text then c:equal(h.text, h.sentence.text, "a whole sentence") end
end
local seen, docs = {}, 0
for h in upper do
  if not seen[h.doc] then seen[h.doc], docs = true, docs + 1 end
end
c:equal(#upper:expand "doc", docs, "documents of hits")
local some = titles:sample(20, 7)
c:equal(#some, 20, "a sample")
c:equal(cites(some), cites(titles:sample(20, 7)), "is the same again")
c:ok(cites(some) ~= cites(titles:sample(20, 8)), "and another with another seed")
c:equal(#titles:sample(100000), #titles, "of more than there are")
c:equal(cites(some:intersect(titles)), cites(some), "and in order")
local order = {}
for i, title in titles:each() do
  if i > 3 then break end
  order[i] = title == titles[i]
end
c:equal(order, { true, true, true }, "each, with its number")
c:equal((pcall(titles.near, titles, nil)), false, "near what")
c:raises(function () return corpus:kwic() end, "a word, a pattern of lesdiplo.query, or Hits",
         "of what")
c:raises(function () return q.word "\xFF" end, "no UTF%-8", "bytes")
c:raises(function () return q.any:explain(corpus) end, "got a Corpus; .*near_misses", "of which")
c:raises(function () return titles:union "x" end, "Hits expected, got string; corpus:find gives",
         "no set")
c:raises(function () return titles:expand "page" end,
         "no unit 'page'; there are sentence block doc", "no unit")

-- Rows ------------------------------------------------------------------------------

local rows = congratulations:find(pair):rows{ "who", "doc.date", "cite", "who.first" }
c:equal(#rows, 1, "a row a hit")
c:equal(rows[1].who.text, "Sam Matekane", "a capture")
c:equal(rows[1]["doc.date"], "2024-01-13", "a field of a field")
c:equal(table.concat(rows.columns, " "), "who doc.date cite who.first", "the columns")
c:equal(table.concat(corpus:find(pair):rows().columns, " "), "text who role", "unless told, all")
c:raises(function () return corpus:find(pair):rows{ "whom" } end, "in column 'whom'", "no column")
local kwic = congratulations:find(q.word "qiang"):kwic(12)
c:equal(kwic[1].left .. "[" .. kwic[1].hit.text .. "]" .. kwic[1].right,
        " Premier Li [Qiang] also exchan", "a concordance line")
c:equal(corpus[1]:find(q.bos * q.any):kwic(30)[1].left, "", "nothing stands before it")
local groups = congratulations:find(q.shape "title"^2):group("doc.lang")
c:equal(require "lesdiplo.report.json".encode(groups[1]),
        '{"doc.lang":"en","hits":' .. #groups[1].hits .. "}", "a group shows how many it has")
c:equal(table.concat(groups.columns, " "), "doc.lang hits", "in its last column")

-- Mistakes ---------------------------------------------------------------------------

c:raises(function () return q.word "a" * {} end, "a token pattern is wanted", "no pattern")
c:raises(function () return q.gap(3, 1) end, "0 <= m <= n", "a gap the wrong way round")
c:raises(function () return q.gap(0, 1000) end, "250", "a gap over everything")
c:raises(function () return corpus:find(q.shape "titel") end, "did you mean 'title'",
         "no such shape")
c:equal(#corpus:find(q.any^0), #corpus:find(q.any^1), "what takes no token is no hit")
for _, nothing in ipairs{ q.gap(0, 3), q.gap(0, 2) * q.gap(0, 3), q.bos * q.gap(0, 3) } do
  c:raises(function () return corpus:find(nothing) end, "a gap takes as few", tostring(nothing))
end
c:equal(here(q.gap(0, 3) * q.word "qiang"), "Chinese Premier Li Qiang", "a gap before something")
c:ok(#corpus:find(q.gap(0, 3), { policy = "longest" }) > 10, "the longest gap is one")

-- Kinds beyond what a byte holds -------------------------------------------------------

-- words of the corpus, each a predicate of its own
local many, p = {}, nil
for _, word in corpus[1]:tokens():words() do
  if not many[word] then
    many[word] = true
    local one = q.word(word):as("w" .. #word)
    p = p and p + one or one
  end
  if lesdiplo.util and #lesdiplo.util.keys(many) == 250 then break end
end
local all = corpus[1]:find(p)
c:ok(#all > 300, "250 predicates, each told from the others")
local wide = {}
for h in all do wide[#wide + 1] = h.text end
local plain = {}
for _, token in corpus[1]:tokens():each() do
  if many[token.folded] then plain[#plain + 1] = token.text end
end
c:equal(table.concat(wide, " "), table.concat(plain, " "), "and found each where it is")

-- Planner ------------------------------------------------------------------------------

-- Random patterns over words of the corpus: postings or not, the hits are the
-- same, in the same order, and each is the text that it cites.
local words = {}
for doc in corpus:docs() do
  for i, word in doc:tokens():words() do
    if i % 7 == 0 and #words < 400 then words[#words + 1] = word end
  end
end
local seed = 42
local function pick (n)
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return (seed >> 8) % n + 1
end
local shapes = { "title", "lower", "upper", "number", "other" }

local function atom ()
  local k = pick(10)
  if k <= 4 then return q.word(words[pick(#words)])
  elseif k <= 6 then return q.stem(words[pick(#words)])
  elseif k <= 8 then return q.shape(shapes[pick(#shapes)])
  else return q.any end
end

local function random (depth)
  local k = depth > 3 and 1 or pick(12)
  if k <= 4 then return atom()
  elseif k <= 7 then return random(depth + 1) * random(depth + 1)
  elseif k == 8 then return random(depth + 1) + random(depth + 1)
  elseif k == 9 then return random(depth + 1) * q.gap(0, pick(6)) * random(depth + 1)
  elseif k == 10 then return random(depth + 1)^-pick(2) * atom()
  elseif k == 11 then return atom() - random(depth + 1)
  else return random(depth + 1):as "x" end
end

local function list (hits)
  local out = {}
  for h in hits do
    out[#out + 1] = h.cite .. (h.layer or "") .. h.text
  end
  return table.concat(out, "\n")
end

local same, total = 0, 0
for _ = 1, 200 do
  local pattern = random(1)
  local with, without = corpus:find(pattern, { most = 200 }),
                        corpus:find(pattern, { most = 200, plan = false })
  total = total + #with
  if list(with) == list(without) then same = same + 1 end
end
c:equal(same, 200, "the planner changes nothing")
local different, found = 0, 0
for n = 1, 120 do
  local pattern, doc = random(1), corpus[1 + n % #corpus]
  local hits = doc:find(pattern)
  found = found + #hits
  if list(hits) ~= list(doc:find(pattern, { plan = false })) then different = different + 1 end
end
c:equal(different, 0, "nor in one document")
c:ok(found > 100, "where there is something, too")
c:ok(total > 1000, "and there is something to plan")

-- What holds of sets whatever is in them.
local none, shared = corpus:find "no-such-word-anywhere", 0
for n = 1, 80 do
  local a, b = corpus:find(random(1), { most = 300 }), corpus:find(random(1), { most = 300 })
  local common, only = a:intersect(b), a:minus(b)
  shared = shared + #common
  local laws = {
    { only:union(common), a }, { b:minus(a):union(a), b:union(a) }, { a:union(a), a },
    { a:intersect(a), a }, { a:minus(a), none }, { a:union(none), a }, { a:minus(none), a },
    { a:intersect(none), none }, { only:intersect(b), none }, { common:minus(b), none },
    { a:within(a), a }, { a:within(a:expand "sentence"), a }, { a:within(none), none },
    { a:union(b):minus(b), only }, { a:sample(#a, n), a },
    { a:filter(function () return true end), a },
    { a:expand "block", a:expand "sentence":expand "block" },
  }
  for i, law in ipairs(laws) do
    if list(law[1]) ~= list(law[2]) then c:ok(false, "law " .. i .. " of sets, pair " .. n) end
  end
end
c:ok(shared > 100, shared .. " hits in both of two sets")
for h in corpus:find(q.shape "title" * q.shape "title", { most = 100 }) do
  if h.doc.text:sub(h.first, h.last) ~= h.text then c:ok(false, h.cite) end
end
c:finish()
