-- CQL: each form finds what the pattern composed by hand finds; a mistake names its
-- column and what was expected there.
local check = require "lesdiplo.util.check"
local lpeg = require "lpeg"
local q = lesdiplo.query
local c = check.new()

local function list (hits)
  local out = {}
  for h in hits do out[#out + 1] = h.cite .. " " .. h.text end
  return table.concat(out, "\n")
end

-- The query finds what the pattern finds, and there is something to find.
local function same (text, pattern, options)
  options = options or {}
  options.policy = options.policy or "regular"
  local got, want = corpus:cql(text), corpus:find(pattern, options)
  c:equal(list(got), list(want), text)
  if #want == 0 then c:ok(false, text .. " finds nothing") end
  return got
end

local function texts (hits)
  local out = {}
  for h in hits do out[#out + 1] = h.text end
  return table.concat(out, "|")
end

-- Tokens ------------------------------------------------------------------------

same('"Lesotho"', q.form "Lesotho")
same("'Lesotho'", q.form "Lesotho")
same('[word="Lesotho"]', q.form "Lesotho")
c:equal(#corpus:cql '"LESOTHO"', 0, "as it is written")
same('"LESOTHO"%cd', q.word "Lesotho")
same('"LESOTHO" %c %d', q.word "Lesotho")
same('[stem="visit"]', q.stem "visit")
same('[stem="visit|exchange"]', q.stem "visit" + q.stem "exchange")
same('[shape="upper"]', q.shape "upper")
same('[shape="title|upper"]', q.shape "title" + q.shape "upper")
same('[shape=".*er"]', q.shape "lower" + q.shape "upper" + q.shape "number" + q.shape "other")
same('[]', q.any)
same('"coop.*"', q.text(lpeg.P "coop" * lpeg.P(1)^0))
same('"[0-9]+"', q.text(lpeg.R "09"^1))
same('"exchang(ed|ing)"', q.form "exchanged" + q.form "exchanging")
same('"[Rr]elations?"', q.form "Relations" + q.form "relations" + q.form "Relation"
     + q.form "relation")
same('"\\d{4}"', q.text(lpeg.R "09" * lpeg.R "09" * lpeg.R "09" * lpeg.R "09"))
same('"\\."', q.form ".")
same('"."%l', q.form ".")
same('"."', q.text(lpeg.R "\0\127" + lpeg.R "\xC2\xF4" * lpeg.R "\x80\xBF"^1))
same('"[外-外]|.{0}交"', q.form "外" + q.form "交")

-- Tests ---------------------------------------------------------------------------

same('[word!="the"]', q.any - q.form "the")
same('[word="[A-Z].*" & shape!="title"]', q.text(lpeg.R "AZ" * lpeg.P(1)^0) - q.shape "title")
same('[!shape="lower" & !shape="title" & !shape="other"]',
     q.any - (q.shape "lower" + q.shape "title" + q.shape "other"))
same('[stem="exchange" | stem="visit"]', q.stem "exchange" + q.stem "visit")
same('[stem="exchange" & word="exchanges|exchanged"]', q.form "exchanges" + q.form "exchanged")
same('[shape="title" & (word="L.*" | word="M.*")]',
     #q.shape "title" * q.text(lpeg.S "LM" * lpeg.P(1)^0))
same('[!(shape="title" | shape="lower")]', q.any - (q.shape "title" + q.shape "lower"))
same('["Lesotho" | "China"]', q.form "Lesotho" + q.form "China")
same('[token]', q.any)

-- One after the other -----------------------------------------------------------------

same('"Prime" "Minister"', q.form "Prime" * q.form "Minister")
same('"Prime Minister"', q.form "Prime" * q.form "Minister")
same('"PRIME minister"%cd', q.word "prime minister")
same('[word="萊索托|Lesotho"]', q.form "萊" * "索" * q.form "托" + q.form "Lesotho")
same('"China" "and"%c [shape="title"]', q.form "China" * q.word "and" * q.shape "title")
same('"China" | "Lesotho" "and"', q.form "China" + q.form "Lesotho" * q.form "and")
same('("China" | "Lesotho") "and"', (q.form "China" + q.form "Lesotho") * q.form "and")
same('[shape="title"]+ "and"', q.shape "title"^1 * q.form "and")
same('[shape="title"]{2}', q.shape "title" * q.shape "title")
same('[shape="title"]{2,3}', q.shape "title" * q.shape "title" * q.shape "title"^-1)
same('[shape="title"]{2,}', q.shape "title"^2)
same('"the" [shape="title"]{,2} "of"', q.form "the" * q.shape "title"^-2 * q.form "of")
same('"Prime"? "Minister"', q.form "Prime"^-1 * q.form "Minister")
same('"King" []{0,8} "Xi"', q.form "King" * q.gap(0, 8) * q.form "Xi")
same('"King" [] []{0,3} []? []{2} "Xi"', q.form "King" * q.gap(3, 7) * q.form "Xi")
same('"King" []* "Xi"', q.form "King" * q.gap(0, 250) * q.form "Xi")
same('"King" []{3}', q.form "King" * 3)
same('"King" []{0,3}', q.form "King" * q.any^-3)
same('[]{2,4} "Xi"', q.gap(2, 4) * q.form "Xi")
same('("of" [shape="title"])+', (q.form "of" * q.shape "title")^1)
same('"Xi" # a remark\n "Jinping"', q.form "Xi" * q.form "Jinping")

-- Labels --------------------------------------------------------------------------------

local hits = same('who:[shape="title"]+ "," role:("prime"%c "minister"%c)',
                  q.shape "title"^1 * q.form "," * q.word "prime" * q.word "minister")
c:equal(hits[1].who.text, "Sam Matekane", "what is labelled is a field of the hit")
c:equal(hits[1].role.text, "Prime Minister", "a group, too")
c:equal(corpus:cql('"Premier" @[shape="title"]')[1].target.text, "Li", "the target")
c:equal(corpus:cql('a:b:"Xi"')[1].b.text, "Xi", "two labels of one token")

-- Where things begin and end ---------------------------------------------------------------

same('<s> [shape="title"]{2}', q.bos * q.shape "title" * q.shape "title")
same('"day" "\\." </s>', q.form "day" * q.form "." * q.eos)
same('"day" "\\." "Matekane" within doc', q.form "day" * q.form "." * q.form "Matekane",
     { within = "doc" })
same('<p> "The" within p', q.bos * q.form "The", { within = "block" })
same('[shape="title"] </doc> within doc', q.shape "title" * q.eos, { within = "doc" })
same('<s/>', q.bos * q.any^1 * q.eos)
same('<doc/> within document', q.bos * q.any^1 * q.eos, { within = "doc" })
same('<token/> "Jinping" within sentence', q.any * q.form "Jinping")
c:equal(list(corpus:cql '"Lesotho" cut 3'), list(corpus:find(q.form "Lesotho", { most = 3 })),
        "cut")
c:equal(#corpus:cql('"Lesotho"', { most = 2 }), 2, "as many as are wanted")
c:equal(#corpus:cql('"Lesotho" cut 1;', { most = 2 }), 1, "or fewer")
local doc = corpus:doc "5-congratulations.txt"
c:equal(list(doc:cql '"Xi" []{0,3} "Lesotho"'),
        list(doc:find(q.form "Xi" * q.gap(0, 3) * q.form "Lesotho")), "in one document")
local pattern, options = q.cql '"Xi" "Jinping" within p'
c:equal(options.within, "block", "what a query says of its unit")
c:equal(texts(doc:find(q.form "President" * pattern)), "President Xi Jinping",
        "a query is a pattern")

-- Layers -----------------------------------------------------------------------------------

lesdiplo.layer{ name = "leader", find = q.form "King" * q.shape "title" + q.form "Xi" * "Jinping" }
same('<leader/>', q.layer "leader")
same('who:<leader/> []{0,4} [stem="exchange"]', q.layer "leader" * q.gap(0, 4) * q.stem "exchange")
same('[leader]', q.inside "leader")
same('[leader & !word="King"]', q.inside "leader" - q.form "King")
same('[shape="title" & !leader]{3}', (q.shape "title" - q.inside "leader") * (q.shape "title"
     - q.inside "leader") * (q.shape "title" - q.inside "leader"))
same('MU(meet <leader/> "Friday" s)', q.layer "leader" * #(q.gap(0, 20) * "Friday"))
c:equal(texts(corpus:cql 'a:<leader/> []{0,9} b:<leader/> :: a.word != b.word'),
        "King Letsie III and Chinese President Xi Jinping", "conditions on mentions")
same('<p/> within doc', q.layer "block", { within = "doc" })

-- Conditions -----------------------------------------------------------------------------------

-- The hits of a pattern for which a function is true: by hand.
local function filtered (p, f)
  local out = {}
  for h in corpus:find(p, { overlap = true }) do
    if f(h) then out[#out + 1] = h.cite .. " " .. h.text end
  end
  return table.concat(out, "\n")
end
local two = q.shape "title":as "a" * "of" * q.shape "title":as "b"
local a_of_b = 'a:[shape="title"] "of"%cd b:[shape="title"] :: '
c:equal(list(corpus:cql(a_of_b .. 'a.word > b.word', { overlap = true })),
        filtered(two, function (h) return h.a.text > h.b.text end), "a comparison")
c:equal(list(corpus:cql(a_of_b .. 'b.word = "A.*|M.*" & !(a.word = "Ministry")',
                        { overlap = true })),
        filtered(two, function (h)
          return h.b.text:find "^[AM]" and h.a.text ~= "Ministry"
        end), "values are expressions")
c:equal(list(corpus:cql(a_of_b .. 'doc.lang = "en" & match.word != ".*Kingdom.*"',
                        { overlap = true })),
        filtered(two, function (h) return h.doc.lang == "en" and not h.text:find "Kingdom" end),
        "of the document, of all that matches")
c:equal(#corpus:cql '"Lesotho" :: doc.date >= "2024"', #corpus:find(q.form "Lesotho"):filter(
        function (h) return h.doc.date and h.doc.date >= "2024" end), "dates")
local twice = corpus:cql 'a:[shape="title"] []{0,9} b:[] :: a.word = b.word'
c:ok(#twice > 3, "a condition makes the gap longer")
for h in twice do c:equal(h.b.text, h.a.text, "the same word") end
c:equal(#corpus:cql 'a:"Lesotho" "and" b:[] :: a.word = b.word %c', 0, "none that are so")
c:ok(#corpus:cql 'a:"the"%c []{0,9} b:"the"%c :: a.word != b.word & a.word = b.word %c' > 0,
     "without case")
c:ok(#corpus:cql([[a:[] []{0,3} b:[]
       :: a.stem = b.stem & a.word != b.word %c & a.shape = b.shape]]) > 0, "stems")
c:equal(texts(doc:cql 'a:"Premier"? b:"Li" :: a'), "Premier Li", "a label that is there")
c:equal(texts(doc:cql '(a:"Premier" | "said") [] :: !a & match.word = "said.*"'),
        texts(doc:find(q.form "said" * q.any)), "and one that is not")
c:equal(#corpus:cql '"Lesotho" :: match.doc.id = "5.*" cut 2', 2, "conditions first, then the cut")
c:equal(#corpus:cql('"Lesotho" :: match.doc.id = "5.*"', { most = 2 }), 2, "as an option, too")

-- MU ------------------------------------------------------------------------------------------

c:equal(texts(doc:cql 'MU(meet "King" "III" 1 2)'), "King|King", "one near another")
c:equal(#doc:cql 'MU(meet "III" "King" 1 2)', 0, "but not behind it")
c:equal(texts(doc:cql 'MU(meet "III" "King" -2 -1)'), "III|III", "before")
c:equal(texts(doc:cql 'MU(meet (union "Xi" "Li") "Matekane" s)'), "Li", "in one sentence")
c:equal(texts(doc:cql 'MU(meet (meet "Premier" "Li" 1 1) "Qiang" 2 2)'), "Premier", "nested")
c:equal(doc:cql('MU(meet a:"Premier" b:"Qiang" s)')[1].b.text, "Qiang", "labels of both")
c:equal(#doc:cql 'MU(meet "Premier" "Lesotho" s) :: doc.lang = "zh"', 0, "a condition")
c:equal(texts(doc:cql 'MU(union ("Li" "Qiang") "Premier")'), "Premier|Li Qiang", "sequences")

-- Random hits, an occasional overlap among them; the distance is worked out from
-- the numbers of tokens.
local seed = 7
local function pick (n)
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return (seed >> 8) % n + 1
end

local function place (h)          -- the numbers of its tokens
  local tokens = h:tokens()
  return tokens[1].index, tokens[#tokens].index
end

local function distance (a1, a2, b1, b2)
  if b1 > a2 then return b1 - a2 end
  if b2 < a1 then return b2 - a1 end
  return 0
end

-- Every hit of a with its nearest one of b: slowly. A unit is told by first and last
-- of its span.
local function pairs_of (a, b, least, most, unit, overlap)
  local out = {}
  for x in a do
    local best, found
    local a1, a2 = place(x)
    local around = unit ~= "doc" and x[unit]
    for y in b do
      if y.doc == x.doc and (not around or y.last >= around.first and y.first <= around.last) then
        local b1, b2 = place(y)
        local d = distance(a1, a2, b1, b2)
        if d >= least and d <= most and (d ~= 0 or overlap)
           and (not best or math.abs(d) < math.abs(best) or d == -best and d < 0) then
          best, found = d, y
        end
      end
    end
    if found then out[#out + 1] = { x, found, best } end
  end
  return out
end

local frequent = { "the", "of", "and", "Lesotho", "China", "to", ",", "a", "in" }
local function some ()
  local p = q.form(frequent[pick(#frequent)]) + q.form(frequent[pick(#frequent)])
  if pick(3) == 1 then p = p * q.any^-pick(3) end
  return corpus:find(p, { overlap = pick(2) == 1 }):sample(60, pick(1000))
end

for _ = 1, 25 do
  local a, b = some(), some()
  local n, unit = pick(12), ({ "sentence", "block", "doc" })[pick(3)]
  local order = ({ "any", "before", "after" })[pick(3)]
  local want, seen = {}, {}
  for _, two_hits in ipairs(pairs_of(a, b, order == "before" and 1 or -n,
                                     order == "after" and -1 or n, unit, false)) do
    local x, y = two_hits[1], two_hits[2]
    local key = string.format("%06d %08d %08d", corpus:doc(x.doc.id) == x.doc and x.first and
                              #x.doc.id or 0, math.min(x.first, y.first), math.max(x.last, y.last))
    key = x.doc.id .. key
    if not seen[key] then
      seen[key] = true
      want[#want + 1] = key
    end
  end
  table.sort(want)
  local got = {}
  for h in a:near(b, n, { order = order, within = unit }) do
    got[#got + 1] = h.doc.id .. string.format("%06d %08d %08d", #h.doc.id, h.first, h.last)
    local a1, a2 = place(h.a)
    local b1, b2 = place(h.b)
    local d = distance(a1, a2, b1, b2)
    if d == 0 or math.abs(d) > n then c:equal(d, n, "a distance") end
  end
  local in_order = table.concat(got, "\n")
  table.sort(got)
  c:equal(in_order, table.concat(got, "\n"), "near: in the order of the corpus")
  c:equal(got, want, "near: " .. order .. " " .. n .. " " .. unit)
end

for _ = 1, 25 do
  local least = pick(9) - 5
  local most = least + pick(6) - 1
  local u, v = frequent[pick(#frequent)], frequent[pick(#frequent)]
  local want = {}
  for _, two_hits in ipairs(pairs_of(doc:find(q.form(u)), doc:find(q.form(v)), least, most, "doc",
                                     true)) do
    want[#want + 1] = two_hits[1].cite
  end
  local got = {}
  for h in doc:cql(string.format('MU(meet "%s" "%s" %d %d)', u, v, least, most)) do
    got[#got + 1] = h.cite
  end
  c:equal(got, want, string.format("MU(meet %s %s %d %d)", u, v, least, most))
end

-- Near, and filters ----------------------------------------------------------------------------

local close = corpus:near("China", q.word "Lesotho", 3)
c:ok(#close > 3 and close[1].a and close[1].b, "patterns or words")
c:equal(list(close), list(corpus:find "china":near(corpus:find "lesotho", 3)), "as of sets")
c:equal(list(corpus:near("Xi Jinping", "King Letsie", nil, { order = "before" })), "", "an order")
c:equal(#corpus:near("King Letsie", "Xi Jinping", nil, { order = "before" }), 1, "the other one")
local named = corpus:find(q.form "China":as "x"):near(corpus:find(q.form "Lesotho":as "y"), 2)
c:equal(named[1].x.text .. named[1].y.text, "ChinaLesotho", "captures of both are kept")
c:raises(function () return corpus:near("a", "b", 0) end, "1 or more", "no distance")
c:raises(function () return corpus:near("a", "b", 1, { order = "befor" }) end,
         "did you mean 'before'", "no such order")
c:raises(function () return corpus:near("a", "b", 1, { odrer = "before" }) end,
         "did you mean 'order'", "no such option")
c:raises(function () return corpus:near("a", " ") end, "no word", "no word")
c:raises(function () return corpus:near(corpus, "a") end, "token pattern", "no term")
local all = corpus:find(q.shape "title")
c:equal(list(all:filter(function () return true end)), list(all), "a filter that keeps all")
c:equal(#all:filter(function () end), 0, "or nothing")
c:equal(list(all:filter(function (h) return h.text == "Lesotho" end)),
        list(corpus:find(q.form "Lesotho")), "or some")
c:raises(function () return all:filter(function () error "mine" end) end, "mine", "its own error")

-- Concordances -----------------------------------------------------------------------------------

local lines = corpus:kwic("lesotho", { sort = "right", width = 20 })
c:equal(#lines, #corpus:find "lesotho", "a line a hit")
local function beside (h, side)
  local from, to = place(h)
  local out, tokens = {}, h.doc:tokens()
  for k = 1, 8 do
    local t = tokens[side == "right" and to + k or from - k]
    out[k] = t and t.folded or ""
  end
  return table.concat(out, "\0")
end
for _, side in ipairs{ "left", "right" } do
  local before, sorted = "", true
  for _, line in ipairs(corpus:kwic("lesotho", { sort = side })) do
    local now = beside(line.hit, side)
    sorted, before = sorted and before <= now, now
  end
  c:ok(sorted, "sorted by the words on the " .. side)
end
c:equal(#corpus:kwic("prime minister", { most = 1 }), 1, "some of the lines, of two words")
c:equal(corpus:kwic(q.stem "exchange")[1].hit, corpus:find(q.stem "exchange")[1], "of a pattern")
c:equal(#corpus:kwic(corpus:cql '"Lesotho" "and"'), #corpus:cql '"Lesotho" "and"', "of hits")
for _, row in ipairs(corpus:kwic("莱索托", { width = 9 })) do
  c:ok(lesdiplo.util.width(row.left) <= 9, "columns, not characters")
  c:ok(lesdiplo.util.width(row.right) <= 9, "on the right, too")
end
c:raises(function () return corpus:cql "<quote> []* </quote>" end,
         "cql:1:1: of a quote there is the whole", "no unit, before anything else")
c:raises(function () return corpus:kwic("a", { sort = "rigth" }) end, "did you mean 'right'")
c:raises(function () return corpus:kwic("a", { sorted = "left" }) end, "did you mean 'sort'")

-- Mistakes ---------------------------------------------------------------------------------------

-- The message, and under the line a mark where the text has one.
local function refuses (text, column, message)
  local ok, got = pcall(corpus.cql, corpus, text)
  if ok then return c:ok(false, text .. " is understood") end
  local place_of, what = got:match "cql:(%d+:%d+): ([^\n]*)"
  c:equal(place_of, column, text)
  c:ok(what and what:find(message, 1, true) or what, text)
  if what and not what:find(message, 1, true) then c:equal(what, message, text) end
end

refuses('', "1:1", "the query is empty")
refuses('  # nothing', "1:1", "the query is empty")
refuses('[word="a" & ]', "1:13", 'a test (word="...", stem="...", shape="..." or the name of a '
        .. "layer) was expected here, and there is ']'")
refuses('[word= ]', "1:8", "a value in quotes was expected here, and there is ']'")
refuses('[word "a"]', "1:7", "= or != was expected")
refuses('[word="a" "b"]', "1:11", "&, | or ] was expected here, and there is '\"b\"'")
refuses('[word="a"', "1:10", "&, | or ] was expected here, and the query ends")
refuses('[wrod="a"]', "1:2", "did you mean 'word'")
refuses('[lemma="go"]', "1:2", "stem=")
refuses('[pos="NN"]', "1:2", "parts of speech")
refuses('[stem="vis.*"]', "1:7", 'word="vis.*"')
refuses('[shape="titel"]', "1:8", "did you mean 'title'")
refuses('[sentense]', "1:2", "did you mean 'sentence'")
refuses('<tokn/>', "1:1", "did you mean 'token'")
refuses('<token', "1:7", "/> (a whole mention)")
refuses('<token> "a"', "1:1", "<token/>")
refuses('<p> "a"', "1:1", "within p")
refuses('"a" </doc>', "1:5", "within doc")
refuses('<p/>', "1:1", "within p")
refuses('"a" "b', "1:5", "never closed by another \"")
refuses("'a", "1:1", "never closed by another '")
refuses('visit', "1:1", 'a word has quotes, "visit"')
refuses('"a" visit', "1:5", 'a word has quotes, "visit"')
refuses('“a”', "1:1", "quotes are straight")
refuses('"外交" [ "关系', "1:8", "never closed")
refuses('["prime minister" & stem="prime"]', "1:2", '"prime" "minister"')
refuses('""', "1:1", "any token is []")
refuses('"()"', "1:2", "any token is []")
refuses('"a"*', "1:1", "matches where there is nothing")
refuses('"a"? | "b"', "1:1", "matches where there is nothing")
refuses('<s> </s>', "1:1", "matches where there is nothing")
refuses('("a"?)+ "b"', "1:7", "can be nothing")
refuses('"a" | ', "1:6", "a token (")
refuses('("a" "b"', "1:9", "the ) of the ( in column 1")
refuses('"a")', "1:4", "the end of the query")
refuses('"a"{', "1:5", "a number")
refuses('"a"{2', "1:6", ", or }")
refuses('"a"{3,2}', "1:4", "3 is more than 2")
refuses('"a"{1,2 "b"', "1:9", "} was expected")
refuses('"a" []{0,300} "b"', "1:7", "250")
refuses('(("a"{1,250}){1,250}){1,250}', "1:6", "too large")
refuses('text:"a"', "1:1", "every hit has a field")
refuses('"a" within x', "1:12", "a unit is s, p or doc")
refuses('"a" within', "1:11", "s, p or doc was expected here, and the query ends")
refuses('(?longst) "a"', "1:3", "there is no policy 'longst'")
refuses('"a" :: b.word = "a"', "1:8", "nothing is labelled 'b'")
refuses('who:"a" :: wo.word = "a"', "1:12", "did you mean 'who'")
refuses('a:"a" :: a.wrod = "a"', "1:12", "no 'wrod'")
refuses('a:"a" :: a = "a"', "1:12", "a field (a.word, a.stem)")
refuses('a:"a" :: a.word', "1:16", "= != < > <= or >= was expected")
refuses('a:"a" :: a.word = ', "1:18", "a value in quotes was expected")
refuses('a:"a" :: doc.titel = "a"', "1:14", "did you mean 'title'")
refuses('MU("a")', "1:4", "meet or union")
refuses('MU(meet "a")', "1:12", "a token (")
refuses('MU(meet "a" "b")', "1:16", "a window")
refuses('MU(meet "a" "b" 5 2)', "1:17", "from less to more")
refuses('MU(meet "a" "b" 5)', "1:18", "a number of tokens was expected")
refuses('"(a"', "1:2", "never closed by a )")
refuses('"a)"', "1:3", "closes nothing")
refuses('"[a"', "1:2", "never closed by a ]")
refuses('"[b-a]"', "1:3", "from less to more")
refuses('"*a"', "1:2", "nothing before *")
refuses('"a**"', "1:4", "repeats a repetition")
refuses('"a{2"', "1:3", "a repetition is")
refuses('"\\q"', "1:2", "\\q means nothing")
refuses('"(((a{1,999}){1,999}){1,999})+"', "1:2", "too large")
refuses('[word="a"\n  & ]', "2:5", "a test")
refuses('"a" %x', "1:6", "the flags c, d and l")
refuses(("("):rep(200) .. '"a"' .. (")"):rep(200), "1:101", "more than 100")
refuses(('['):rep(1) .. ("!"):rep(200) .. 'word="a"]', "1:102", "more than 100")
refuses('"' .. ("("):rep(200) .. '"', "1:102", "more than 100")

-- The mark stands below the place, whatever is before it.
local function mark (text)
  local _, message = pcall(corpus.cql, corpus, text)
  local line, below = message:match "\n    ([^\n]*)\n    ( *)%^"
  return line, below and #below
end
local line, at = mark '"外交" "关系" visit'
c:equal(line, '"外交" "关系" visit', "the line")
c:equal(at, 14, "a Han character is two columns wide")
line, at = mark('"a" [word="b"\n\t& stem= ]')
c:equal(line .. at, " & stem= ]9", "of several lines the one")
line, at = mark(('"a" | '):rep(300) .. "x" .. (' | "a"'):rep(300))
c:ok(lesdiplo.util.width(line) <= 110 and line:sub(1, 3) == "…", "of a long one what is near")
c:equal(line:find(" x ", 1, true) - #"…" + 1 + 0, at, "with its mark")

-- Large and hostile ----------------------------------------------------------------------------

local many = {}
for i = 1, 1000 do many[i] = "w" .. i end
many[500] = "Lesotho"
c:equal(#corpus:cql('"' .. table.concat(many, "|") .. '"'), #corpus:find(q.form "Lesotho"),
        "a value of a thousand words")
c:equal(#corpus:cql('"' .. table.concat(many, '" | "') .. '"'), #corpus:find(q.form "Lesotho"),
        "a thousand values")
c:equal(#corpus:cql('[word="' .. table.concat(many, '" | word="') .. '"]'),
        #corpus:find(q.form "Lesotho"), "a thousand tests")
c:equal(#corpus:cql('"' .. table.concat(many, "|") .. '"%c'), #corpus:find(q.word "Lesotho"),
        "a thousand words without case")
same('"(a*)*(a|a)*b"', q.text(lpeg.P "a"^0 * "b"))        -- others hang on that one
c:equal(#corpus:cql '"((a|b|c|d|.)*)*x{0,50}(y|z)*q"', 0, "and another")
same('"[^a]*"', q.text((lpeg.P(1) - "a")^1))
same('"(.*a.*e.*)|(.*e.*a.*)"', q.text(lpeg.P{ (lpeg.P(1) - "a" - "e")^0
     * ("a" * (1 - lpeg.P "e")^0 * "e" + "e" * (1 - lpeg.P "a")^0 * "a") * lpeg.P(1)^0 }))
for _ = 1, 300 do                -- whatever it is, it is an answer or a message
  local pieces = { '"a"', "[", "]", "(", ")", "{1,", "}", "*", "+", "|", "who:", "::", "within",
                   "s", "<s>", "</s>", "<token/>", "=", "word", '"', "!", "&", "MU", "meet", "5",
                   "-", "a.word", "@", "%c", "\\", "外", "\xFF", "?" }
  local text = {}
  for i = 1, pick(12) do text[i] = pieces[pick(#pieces)] end
  local ok, message = pcall(corpus.cql, corpus, table.concat(text, pick(2) == 1 and " " or ""))
  if not ok and not tostring(message):find "^cql:%d+:%d+: " then
    c:equal(message, "cql:...", table.concat(text, " "))
  end
end

c:finish()
