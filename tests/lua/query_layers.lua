-- Layers of scripts, phrases, policies, rules, and why a pattern did not match.
local check = require "lesdiplo.util.check"
local lpeg = require "lpeg"
local q = lesdiplo.query
local c = check.new()
local here = corpus:doc "5-congratulations.txt"

local function texts (hits)
  local out = {}
  for hit in hits do out[#out + 1] = hit.text:gsub("%s+", " ") end
  return table.concat(out, "|")
end

local function find (p, options) return texts(here:find(p, options)) end

-- Layers ----------------------------------------------------------------------------

lesdiplo.layer{ name = "year", fields = { "value", "leap" }, make = function (doc, add)
  for span in doc:gmatch(lpeg.R "12" * lpeg.R "09"^3) do
    local n = tonumber(span.text)
    add(span, { value = n, leap = n % 4 == 0 })
  end
end }
local year = here:layer "year"[1]
c:equal(#here:layer "year", 1, "the spans of a layer")
c:equal(tostring(here:layer "year"), "1 year of 5-congratulations.txt", "as a text")
c:equal(year.text, "2024", "one of them")
c:equal(year.value, 2024, "a field")
c:equal(year.layer .. year.index, "year1", "its layer, its place")
c:ok(year.cite:find "^5%-congratulations.txt:1:6%-10#", "its citation")
c:raises(function () return year.valeu end, "did you mean 'value'", "no field of it")
c:equal(find(q.layer "year"), find(q.year), "a layer by its name")
c:ok(find(q.year):find "^2024", "is found in a token that it is part of")
local count = 0
for span in corpus:layer "year" do count = count + 1 c:ok(span.value == tonumber(span.text), "") end
local sum = 0
for doc in corpus:docs() do sum = sum + #doc:layer "year" end
c:equal(count, sum, "the corpus has what its documents have")

lesdiplo.layer{ name = "name", find = (q.shape "title"^2):as "whole" }
c:equal(here:layer "name"[1].whole.text, here:layer "name"[1].text, "captures are fields")
c:equal(find(q.name * "exchanged"), "Chinese President Xi Jinping exchanged", "a whole span")
c:equal(find(q.word "president" * q.name), "", "and nothing less")
c:equal(#here:find(q.inside "name") + #here:find(q.outside "name"), #here:tokens(),
        "each token is inside or outside")
c:equal(find(q.inside "name" * "qiang"), "Li Qiang", "inside is one token")
c:equal(find(q.outside "name" * q.name * "also"), "and Chinese Premier Li Qiang also",
        "around it")
for hit in corpus:find(q.name) do
  c:ok(#hit:tokens() > 1, "a name has two words")
end
c:equal(texts(corpus:find(q.name)), texts(corpus:find(q.name, { plan = false })), "planned or not")

-- a set as a layer
local says = corpus:find(q.shape "title":as "who" * q.stem "say"):layer "saying"
c:equal(#here:layer "saying", #here:find(q.shape "title" * q.stem "say"), "hits as a layer")
for span in corpus:layer "saying" do c:equal(span.who.last < span.last, true, "with captures") end
c:equal(#corpus:find(q.saying), #says, "in patterns, too")

-- more layers than a byte has room for
local many = q.any
for i = 1, 12 do
  lesdiplo.layer{ name = "l" .. i, make = function (doc, add)
    for k, token in doc:tokens():each() do if k % (i + 1) == 0 then add(token) end end
  end }
  many = many - (q.inside("l" .. i) * q.inside("l" .. i))
end
local expected = {}
for k, token in here:tokens():each() do
  local none = true
  for i = 2, 13 do none = none and k % i ~= 0 end
  if none and here:find(q.any)[k] then expected[#expected + 1] = token.text end
end
local plain = q.any
for i = 1, 12 do plain = plain - q.inside("l" .. i) end
c:equal(find(plain):gsub("|", " "), table.concat(expected, " "), "marks that are asked for")

-- spans that overlap, that begin in a token, that are long
lesdiplo.layer{ name = "odd", make = function (doc, add)
  local text = doc.text
  local a = text:find("King Letsie", 1, true)
  if not a then return end
  add(a, a + 3)
  add(a, a + 14)
  add(a + 5, a + 14)
  add(a + 1, a + 8)
  add(1, #text)
end }
c:equal(find(q.odd), "King Letsie III", "the longest of a place")
c:equal(find(q.odd, { overlap = true }), "King Letsie III|Letsie III", "overlapping spans")
c:equal(#here:find(q.inside "odd"), #here:tokens(), "one that is everything")

-- defined anew
lesdiplo.layer{ name = "year", find = q.text(lpeg.R "09"^4) }
c:equal(year.value, 2024, "a span of before is what it was")
c:equal(here:layer "year"[1].text, "2024", "those of now")
c:raises(function () return here:layer "year"[1].value end, "no field", "have other fields")

-- mistakes
c:raises(function () return q.layer "yaer" and here:find(q.layer "yaer") end,
         "did you mean 'year'", "no such layer")
c:raises(function () return q.wrod "x" end, "did you mean 'word'", "no such name")
c:raises(function () lesdiplo.layer{ name = "token", make = print } end, "cannot be defined anew",
         "one that is built in")
c:raises(function () lesdiplo.layer{ name = "x" } end, "either find", "without a rule")
c:raises(function () lesdiplo.layer{ name = "x", mak = print } end, "did you mean 'make'", "a slip")
c:raises(function () lesdiplo.layer{ name = "x y", make = print } end, "has a name", "a name")
c:raises(function () lesdiplo.layer{ name = "x", fields = { "cite" }, make = print } end,
         "cannot be called 'cite'", "a field that all have")
lesdiplo.layer{ name = "self", make = function (doc) return #doc:layer "self" end }
c:raises(function () return here:layer "self" end, "asks for itself", "a layer of itself")
c:raises(function () return here:layer "self" end, "asks for itself", "again")
lesdiplo.layer{ name = "far", make = function (_, add) add(1, 10^9 // 1 | 0) end }
c:raises(function () return here:layer "far" end, "no positions 1 to 1000000000", "beyond the text")
lesdiplo.layer{ name = "other", make = function (_, add) add(corpus[1]:sentences()[1]) end }
c:raises(function () return here:layer "other" end, "a span of 1-anniversary.txt was added", "")
lesdiplo.layer{ name = "none", make = function (_, add) add(nil) end }
c:raises(function () return here:layer "none" end, "there is no span", "nothing added")
lesdiplo.layer{ name = "bad", make = function () error "mine" end }
c:raises(function () return corpus:find(q.bad) end, "mine", "an error of its own")

-- Phrases ------------------------------------------------------------------------------

c:equal(find(q.word "prime minister"), "Prime Minister", "a word of two")
c:equal(find(q.word "Belt and Road"), "Belt and Road", "of three")
c:equal(find(q.word "king letsie iii" * "and"), "King Letsie III and", "and something more")
local list = q.lexicon("rulers", { "king", "King Letsie III", "premier", "no such words here" })
c:equal(find(list), "King Letsie III|king|King Letsie III|king|Premier", "the longest")
c:equal(find(q.lexicon "rulers" * "and"), "King Letsie III and", "by its name")
c:equal(texts(corpus:find(list)), texts(corpus:find(list, { plan = false })), "planned or not")
c:equal(find(q.lexicon{ king = true, premier = 3 } * 0), "King|king|King|king|Premier", "a set")
c:equal(find(q.lexicon{}), "", "an empty one")
c:raises(function () return q.lexicon "ruler" end, "did you mean 'rulers'", "no such lexicon")
c:raises(function () return q.lexicon{ 1, 2 } end, "array of words", "no words")
local all = {}
for i = 1, 20000 do all[i] = "w" .. i .. " x" .. i end
all[#all + 1] = "sam matekane"
c:equal(find(q.lexicon(all)), "Sam Matekane", "a long list")
c:raises(function () return q.word "" end, "no word", "no word at all")

-- The same again ---------------------------------------------------------------------------

local again = q.shape "title":as "a" * q.gap(0, 12) * q.same "a"
for hit in corpus:find(again) do
  local words = hit.a.text
  c:equal(hit.text:sub(1, #words):lower(), hit.text:sub(-#words):lower(), "the same word")
end
c:ok(#corpus:find(again) > 3, "is found")
c:raises(function () return corpus:find(q.word "li" * q.same "b") end, "no capture of that name",
         "of what is not captured")
c:equal(find((q.word "zzz":as "a")^-1 * q.word "li" * q.same "a"), "", "of nothing")
lesdiplo.layer{ name = "state", fields = { "id" }, make = function (doc, add)
  for span in doc:gmatch(lpeg.P "China" + "Chinese" + "Lesotho") do
    add(span, { id = span.text:sub(1, 3) == "Chi" and "CHN" or "LSO" })
  end
end }
local same = corpus:find(q.state:as "s" * q.gap(1, 8) * q.same "s")
local other = false
for hit in same do
  local last = hit.text:match "%S+$"
  c:equal(last:sub(1, 3), hit.s.text:sub(1, 3), "the same entity")
  other = other or last ~= hit.s.text
end
c:ok(other, "by another name")

-- Policies --------------------------------------------------------------------------------

local a = q.word "king" + q.word "king" * "letsie" + q.word "king" * "letsie" * "iii"
c:equal(find(a * q.eos^-1, { policy = "first" }), "King|king|King|king", "the first alternative")
c:equal(find(a, { policy = "longest" }), "King Letsie III|king|King Letsie III|king", "the longest")
c:equal(find(q.shape "title"^1 * "iii", { policy = "shortest" }),
        "King Letsie III|King Letsie III", "the shortest from the first place on")
c:equal(find(q.word "king" * q.any^0 * "and", { policy = "shortest" }),
        "King Letsie III and|king so that the relationship may rise further, practical "
        .. "cooperation may reach new areas and|king reiterated, stands ready for close "
        .. "coordination with China, so that friendship and", "the shortest")
c:equal(find(a, { policy = "all" }),
        "King|King Letsie|King Letsie III|king|King|King Letsie|King Letsie III|king", "all")
c:equal(find(q.shape "title"^0 * q.word "letsie"), "", "LPeg's repetition gives nothing back")
c:equal(find(q.shape "title"^0 * q.word "letsie", { policy = "regular" }),
        "King Letsie|King Letsie", "that of regular expressions does")
c:raises(function () return corpus:find(a, { policy = "frist" }) end, "no 'frist'", "a slip")
c:raises(function () return corpus:find(a, { polcy = "all" }) end, "did you mean 'policy'",
         "another")
-- as many ways as there are partitions: what failed once is not tried again
local ways = (q.any + q.any * q.any)^1
for _, policy in ipairs{ "regular", "longest", "all" } do
  c:equal(find(ways * "no-such-word", { policy = policy, within = "doc" }), "", policy)
end
c:equal(#here:find(ways * q.eos, { policy = "all" }), #here:tokens(), "all ways to the end")
local gaps = q.any
for _ = 1, 5 do gaps = gaps * q.gap(0, 250) * "the" end
for _, policy in ipairs{ "first", "regular", "longest" } do
  c:equal(find(gaps * q.gap(0, 250) * "no-such-word", { policy = policy, within = "doc" }), "",
          "gaps that multiply: " .. policy)
end
-- the longest that begins anywhere is among all
for _, p in ipairs{ a, q.shape "title"^1 * (q.word "of" * q.any)^-1,
                    q.name * q.gap(0, 3) * q.any } do
  local any = corpus:find(p, { policy = "all" })
  for _, policy in ipairs{ "regular", "longest", "shortest" } do
    local some = corpus:find(p, { policy = policy })
    c:equal(#some:intersect(any), #some, policy .. " is one of all")
  end
end
local captured = corpus:find((q.shape "title"^1):as "t" * (q.word "said" + q.word "of"),
                             { policy = "longest" })
for hit in captured do c:ok(hit.t.first == hit.first and hit.t.last < hit.last, "captures") end

-- Rules -----------------------------------------------------------------------------------

local titles = q.grammar{ "list",
  list = q.rule "name" * (q.word "," * q.rule "list" + q.word "and" * q.rule "name")^-1,
  name = q.shape "title"^1 }
c:ok(find(titles * "mark"):find("China and Lesotho mark", 1, true), "a grammar")
c:raises(function () return corpus:find(q.grammar{ "a", a = q.rule "a" * "x" }) end,
         "rule 'a' uses itself before", "left recursion")
c:raises(function () return corpus:find(q.grammar{ "a", a = q.rule "b" }) end, "no rule 'b'",
         "no such rule")
c:raises(function () return corpus:find(q.rule "a") end, "no rule 'a'", "no grammar")
c:raises(function () return q.grammar{ "b", a = q.any } end, "no rule 'b' to begin", "no first one")
c:raises(function () return corpus:find((q.word "x"^0)^0) end, "may match nothing",
         "a loop of nothing")
c:raises(function () return corpus:find(q.behind(q.any^1) * 1) end, "one length", "behind what")
c:raises(function () return corpus:find(q.bos * -q.any) end, "takes no token", "only looks")
local sequences = q.word "w0" * "x0"
for i = 1, 999 do sequences = sequences + q.word("w" .. i) * ("x" .. i) end
c:raises(function () return corpus:find(sequences) end, "q.lexicon", "a thousand sequences")
local thousand = q.word "w0"
for i = 1, 999 do thousand = thousand + q.word("w" .. i) end
c:equal(find(thousand + "premier"), "Premier", "a thousand words")
c:raises(function () return q.any^1000000 end, "at most 250", "too often")
c:raises(function () return q.gap(0, 100000) end, "any^0", "too wide")

-- Plain LPeg ---------------------------------------------------------------------------------

local said = {}
for span in here:gmatch(q.shape "title".lpeg * (lpeg.P " said")) do said[#said + 1] = span.text end
c:equal(table.concat(said, "|"), texts(here:find(q.shape "title" * "said")), "as part of LPeg")
local inner, nested = q.any:where(function () return true end), 0
local outer = q.any:where(function ()
  if corpus[1]:gmatch(inner.lpeg * " ")() then nested = nested + 1 end
  pcall(corpus[2]:gmatch(q.any:where(error).lpeg))
  return here.title ~= nil
end)
local reached = 0
for _ in here:gmatch(outer.lpeg * lpeg.P " said") do reached = reached + 1 end
c:equal(reached, #here:find(q.any * "said"), "one inside another")
c:ok(nested > reached, "which was looked for each time")
local itself, depth = nil, 0
itself = q.any:where(function ()
  depth = depth + 1
  if depth == 2 then error "mine" end
  if depth == 1 then
    pcall(corpus[2]:gmatch(itself.lpeg))
  end
  return true
end) * q.any:where(function (span) return span.doc == here end)
local pairs_found = 0
for _ in here:gmatch(itself.lpeg) do pairs_found = pairs_found + 1 end
c:ok(pairs_found > 100, "a pattern inside itself, that failed there")
c:raises(function () return lpeg.match(q.any.lpeg, ("x"):rep(#here.text)) end, "text of a document",
         "another text")
c:raises(function () return lpeg.match(q.any.lpeg, "no document") end, "text of a document",
         "where there is none")
c:raises(function () return q.any * lpeg.P "x" end, "q.text", "LPeg as a token pattern")
c:equal(#corpus:find(q.country:where(function (x) return x.id == "CHN" end)),
        #corpus:find(q.country):filter(function (x) return x.id == "CHN" end),
        "a span of a layer has its fields there")
local in_2019 = q.date:as "day":where(function (x) return x.value == "2019" end)
c:equal(#corpus:find(in_2019, { policy = "all" }), 1, "in each way of matching")
c:equal(find((q.shape "title"^2):where(lpeg.P "Sam " * lpeg.P(1)^0)), "Sam Matekane",
        "LPeg for a stretch")

-- Why --------------------------------------------------------------------------------------------

local p = q.word "king" * q.gap(0, 2) * q.word "reiterated" * q.word "loudly"
local plan = p:plan(corpus)
c:equal(plan.choice, "postings", "a plan")
c:equal(plan.by, 'q.word "loudly"', "by the rarest word")
c:ok(tostring(plan):find("needs      q.word \"king\": %d+ of"), "as a text")
c:equal(q.any:plan(corpus).choice, "scan", "nothing to go by")
c:equal(plan.policy .. " " .. plan.within, "first sentence", "as corpus:find does, told nothing")
local whole = p:plan(corpus, { policy = "longest", within = "doc" })
c:ok(tostring(whole):find("\npolicy     longest: the longest match that begins", 1, true),
     "the policy is part of the plan")
c:ok(tostring(whole):find('the documents that hold q.word "loudly": at most %d of ' .. #corpus),
     "and the unit")
c:equal(whole.units, #corpus, "of which there are as many")
c:equal((q.any * q.inside "date"):plan(corpus).layers[1], "date", "what layers are made")
c:ok(q.any:plan(corpus, { policy = "all" }).overlap, "all matches overlap")
c:ok(((q.any * q.gap(0, 3))^1):plan(corpus, { policy = "regular" }).remembers,
     "what can be done in many ways is done once")
c:equal(p:plan(corpus, { plan = false }).choice, "scan", "told not to plan")
c:raises(function () p:plan(corpus, { policy = "longst" }) end, "no 'longst'", "a slip in a plan")
c:raises(function () (-p):plan(corpus) end, "takes no token", "what cannot be found is not planned")
local why = p:explain(here:find(q.word "reiterated")[1])
c:equal(#why, 1, "of one sentence")
c:equal(why[1].expected, 'q.word "loudly"', "what was expected")
c:equal(why[1].after.text, "king reiterated", "after what")
c:equal(why[1].found.text, ",", "and what stood there")
c:equal(why[1].elements[1].passed, 1, "an element that was there")
c:ok(tostring(why):find("expected  q.word \"loudly\"", 1, true), "as a text")
c:equal(#p:explain(here), #here:sentences(), "of a document")
local again_and_again = q.grammar{ "a", a = q.shape "title" * (q.rule "a" + q.word "reiterated") }
c:ok(tostring(again_and_again:explain(here)):find('expected  q.word "reiterated"', 1, true),
     "of a grammar")
c:ok(tostring((q.behind(q.word "the" * "king") * "spoke"):explain(here)):find "spoke",
     "of what looks back")
local hit = (q.word "king" * "reiterated"):explain(here:find(q.word "reiterated")[1])[1]
c:equal(hit.hit.text, "king reiterated", "one that matches")
local misses = corpus:near_misses(p)
c:equal(misses[1].missing, 'q.word "loudly"', "a near miss")
c:ok(misses[1].matched.text:find "king reiterated", "where")
for _, miss in ipairs(misses) do
  c:equal(#miss.sentence.doc:find(p):within(miss.sentence.doc:find(p)), 0, "is no hit")
end
c:raises(function () return corpus:near_misses(q.word "x") end, "one element", "of one element")
local trigger, wanted = q.stem "stand", q.stem "stand" * "ready"
local spots = corpus:blind_spots(trigger, wanted)
c:equal(#spots:within(corpus:find(wanted):expand "sentence"), 0, "blind spots have no hit")
c:ok(#spots > 0 and #spots < #corpus:find(trigger), "and are some of the trigger's")
local profile = corpus:find(q.word "reiterated"):profile()
c:ok(profile.units <= 3 and profile.hits >= 1 and profile.seconds >= 0, "a profile")
c:equal(tostring(q.word "a" * (q.stem "b" + q.any * 2)^-1 * -q.eos - q.shape "title":as "x"),
        '-q.shape "title":as "x" * q.word "a" * (q.stem "b" + q.any * q.any^{2, 2})^-1 * -q.eos',
        "a pattern as one writes it")
-- of equal ones those with a mark in the place come last
local marks, score = 0, nil
for _, miss in ipairs(corpus:near_misses(q.country * q.shape "lower" * q.stem "support",
                                         { most = 500 })) do
  if miss.score ~= score then marks, score = 0, miss.score end
  local is_mark = miss.found and not miss.found.text:find "[%w\x80-\xFF]"
  if is_mark then marks = marks + 1 end
  c:ok(is_mark or marks == 0, "a word before a mark: " .. tostring(miss.matched))
end

-- Sets ------------------------------------------------------------------------------

local names = corpus:find(q.name:as "n")
local rows, total = names:count "n", 0
for i, row in ipairs(rows) do
  total = total + row.count
  c:ok(i == 1 or rows[i - 1].count >= row.count, "the most frequent first")
end
c:equal(total, #names, "counts add up")
c:equal(names:count(), #names, "how many")
local groups, members = names:group "doc.id", 0
for _, g in ipairs(groups) do
  members = members + #g.hits
  for h in g.hits do c:equal(h.doc.id, g["doc.id"], "of its group") end
end
c:equal(members, #names, "groups are all of it")
local sorted = names:sort "n"
for i = 2, #sorted do
  c:ok(sorted[i - 1].text:lower():gsub("%s+", " ") <= sorted[i].text:lower():gsub("%s+", " ")
       or sorted[i].text:find "[\x80-\xff]" or sorted[i - 1].text:find "[\x80-\xff]", "in order")
end
c:equal(#sorted, #names, "all of them")
c:raises(function () return names:group() end, "column is wanted", "no column")
c:raises(function () return names:sort "nn" end, "no field or method 'nn'", "no such column")

-- spans of layers as captures, and hits ------------------------------------------------

lesdiplo.layer{ name = "dated", fields = { "value" }, make = function (doc, add)
  for span in doc:gmatch(lpeg.R "12" * lpeg.R "09"^3) do
    add(span, { value = tonumber(span.text) })
  end
end }
local dated = here:find(q.dated:as "when")[1]
c:equal(dated.when.value, 2024, "a capture that is a layer's span has its fields")
c:equal(dated.when.layer, "dated", "and its name")
c:equal(here:find(q.dated)[1].value, 2024, "a hit that is one, too")
c:equal(here:find(q.dated):minus(here:find "king")[1].value, 2024, "in a set of others")
c:raises(function () return here:find(q.dated)[1].valeu end,
         "did you mean 'value'", "no field of it")
c:equal(here:find(q.dated * q.any)[1].layer, nil, "what is more than one is a hit")
c:ok(here:find((q.sentence:as "s"))[1].s.layer == "sentence", "of a built-in layer")
c:raises(function () corpus:find(q.any):layer "word" end, "lesdiplo.query.word is something else",
         "a name that is taken")
c:raises(function () corpus:find(q.any):layer "a b" end, "letters, digits", "no name")

-- what fails once fails again, whatever holds it
local twice = ((q.any + "the")^1)^1
local function never () return false end
local function is_long (span) return #span.text > 60 end
c:equal(#corpus:find((twice:where(never))^1, { policy = "regular" }), 0,
        "where around repetitions")
for found in here:find((q.any^1):where(is_long), { policy = "shortest", most = 4 }) do
  local before = found:tokens()[#found:tokens() - 1].last
  c:ok(#found.text > 60 and before - found.first < 60, "the shortest that is long enough")
end
c:equal(#corpus:find((((q.any + "the"):as "x"^1)^1) * q.same "x" * q.text(lpeg.P "qqq"),
                     { policy = "regular" }), 0, "same behind repetitions")
c:equal(#here:find(q.any^1, { policy = "longest", within = "doc" }), 1, "the whole document")

-- a choice is planned where each alternative is
local either = q.word "congratulations" * q.any + q.lexicon{ "prime minister" }
c:equal(either:plan(corpus).choice, "postings", "by one of each alternative")
c:equal(texts(corpus:find(either)), texts(corpus:find(either, { plan = false })), "the same hits")
c:equal(#(either + q.any * "x"):plan(corpus).needs, 1, "x is needed there")
c:equal(#(either + q.any * q.any):plan(corpus).needs, 0, "where one needs nothing none does")

-- The patterns of values are layers as they are ---------------------------------------

local grammar = lesdiplo.grammar
local function layer_of (name, find_it)
  lesdiplo.layer{ name = name, find = find_it }
  local out = {}
  for _, span in here:layer(name):each() do out[#out + 1] = span end
  return out
end
local found = layer_of("when", grammar.dates.pattern)
c:equal(found[1].text .. found[1].type .. found[1].value, "2024-01-13DATE2024-01-13", "a date")
local since = layer_of("since", lpeg.P "of " * grammar.dates.pattern)
for _, span in ipairs(since) do
  c:ok(span.text:find "^of " and span.value, "with words of one's own: " .. span.text)
end
found = layer_of("much", grammar.amounts.pattern)
c:ok(#found > 0, "amounts")
for _, span in ipairs(found) do c:ok(span.class and span.value, "an amount: " .. span.text) end
found = layer_of("marked", grammar.quotes.pattern)
for _, span in ipairs(found) do
  c:ok(span.text:find(span.value, 1, true), "the words between marks: " .. span.value)
end
for _, text in ipairs{ "US$4.2 billion in aid", "nearly 60 states", "7.5 per cent", "7 euros",
                       "three envoys", "from 5 to 7 tons" } do
  local row, first = grammar.amounts.pattern:match(text), grammar.amounts.all(text)[1]
  if first.first == 1 then c:equal(row, first, "as all reads it: " .. text)
  else c:equal(row, nil, "not where it begins: " .. text) end
end
local gave = lpeg.match(lpeg.P "gave " * grammar.amounts.pattern, "gave 7.5 million euros to Chad")
c:equal({ gave.first, gave.last, gave.value, gave.unit }, { 6, 22, 7500000, "EUR" }, "where it is")
c:equal(grammar.amounts.pattern:match "euros", nil, "no amount")
c:equal(lpeg.match(lpeg.P "x" * grammar.amounts.pattern, "x20 men"), nil, "not within a word")
c:equal(lpeg.match(1 * grammar.quotes.pattern, " “it is ‘our’ task” he said"),
        { first = 2, last = 27, value = "it is ‘our’ task" }, "a quote's row")
c:raises(function () return grammar.amounts.patern end, "did you mean 'pattern'", "a slip")

-- mistakes
for _, slip in ipairs{
  { function () corpus:find("a", { most = -1 }) end, "most: a whole number, 1 or more; got -1" },
  { function () corpus:find("a", { within = "sentense" }) end, "did you mean 'sentence'" },
  { function () corpus:find("a"):kwic{ widht = 3 } end, "did you mean 'width'" },
  { function () corpus:near("a", "b", 3, { ordr = "any" }) end, "did you mean 'order'" },
  { function () corpus:find("a"):rows{ 1 } end, "hits:rows: the name of a column" },
  { function () corpus:find("a"):sort "texx" end, "hits:sort: " },
  { function () corpus:find(q.any:as "count"):count "count" end, "name the capture 'count'" },
  { function () corpus:near_misses(q.any * "x" * "y", { mst = 1 }) end, "did you mean 'most'" },
  { function () return q.stem "two words" end, "a test of one token" },
  { function () return q.form "" end, "a test of one token" },
  { function () return q.any:as "a.b" end, "a text without dots" },
  { function () return q.any:plan() end, "a corpus is wanted" },
  { function () return q.any:explain(corpus) end, "a document or a span is wanted" },
  { function () return corpus:cql '"a" within s within p' end, "one within is enough" },
} do c:raises(slip[1], slip[2], slip[2]) end

local rare = q.stem "exchange" * "congratulations" * "forever"
local near = corpus:near_misses(rare, { must = "king" })
local any_near = corpus:near_misses(rare)
c:ok(#near > 0 and #near <= #any_near, "near misses that must have something else")
for _, row in ipairs(near) do c:ok(row.sentence.text:find "King", "it is there") end

c:finish()
