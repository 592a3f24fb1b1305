-- Corpus statistics: each count against one made token by token, each measure
-- against its formula, and what bad input is told.
local check = require "lesdiplo.util.check"
local q = lesdiplo.query
local measures = lesdiplo.statistics.measures
local c = check.new()
local all = { most = math.huge, least = 0 }

local function with (options)
  local out = {}
  for k, v in pairs(all) do out[k] = v end
  for k, v in pairs(options or {}) do out[k] = v end
  return out
end

-- Of rows those by their word.
local function by_word (rows, name)
  local out = {}
  for _, row in ipairs(rows) do
    c:ok(out[row[name]] == nil, "a word has one row")
    out[row[name]] = row
  end
  return out
end

local function sum (rows, field)
  local total = 0
  for _, row in ipairs(rows) do total = total + (row[field] or 0) end
  return total
end

local function near (a, b) return math.abs(a - b) < 1e-9 end

-- Sentences as arrays of words, false for a mark: what is counted, by hand --------------

local page = { header = true, footer = true, byline = true, dateline = true, boilerplate = true }

local function sentences_of (doc)
  local out = {}
  for _, s in doc:sentences():each() do
    if not page[s.block.kind] then
      local words = {}
      for _, t in doc:tokens():each() do
        if t.first >= s.first and t.last <= s.last then
          words[#words + 1] = t.shape ~= "other" and t.folded or false
        end
      end
      out[#out + 1] = words
    end
  end
  return out
end

local english = {}
for doc in corpus:docs{ lang = "en" } do english[#english + 1] = doc end
local here = { corpus:doc "5-congratulations.txt" }
local sentences = sentences_of(here[1])

-- Frequency ---------------------------------------------------------------------------

local counts, words = {}, 0
for _, s in ipairs(sentences) do
  for _, w in ipairs(s) do
    if w then counts[w], words = (counts[w] or 0) + 1, words + 1 end
  end
end
local rows = corpus:frequency(with{ docs = here })
c:equal(rows.words, words, "all words")
c:equal(sum(rows, "count"), words, "the counts are all words")
c:equal(rows.docs, 1, "one document")
local found = by_word(rows, "word")
for w, n in pairs(counts) do c:equal(found[w] and found[w].count, n, "count of " .. w) end
for i, row in ipairs(rows) do
  local before = rows[i - 1]
  if row.example.text:lower() ~= row.word and not row.example.text:find "[\x80-\xFF]" then
    c:equal(row.example.text:lower(), row.word, "the example is the word")
  end
  if before and not (before.count > row.count or before.count == row.count
                     and before.word < row.word) then
    c:ok(false, "in order: " .. before.word .. " " .. row.word)
  end
end
c:equal({ rows[1].word, rows[2].word }, { "and", "the" }, "the most frequent ones")
c:ok(near(rows[1].per_million, math.floor(rows[1].count * 1e7 / words + 0.5) / 10), "per million")
c:equal(found.lesotho.example.cite, here[1]:find(q.word "lesotho")[1].cite, "its first place")
c:equal(#corpus:frequency{ docs = here, most = 3 }, 3, "so many rows")
c:equal(corpus:frequency{ docs = here, most = 3 }[3].word, rows[3].word, "the first ones")
for _, row in ipairs(corpus:frequency(with{ docs = here, least = 5 })) do
  c:ok(row.count >= 5, "at least")
end
c:equal(#corpus:frequency(), 100, "a hundred rows unless it is told")

-- sub-corpora add up
local whole, parts = by_word(corpus:frequency(all), "word"), {}
local docs, total = {}, 0
for doc in corpus:docs() do
  local one = corpus:frequency(with{ docs = { doc } })
  total = total + one.words
  for _, row in ipairs(one) do
    parts[row.word] = (parts[row.word] or 0) + row.count
    docs[row.word] = (docs[row.word] or 0) + 1
  end
end
c:equal(corpus:frequency(all).words, total, "words add up")
for w, n in pairs(parts) do
  if whole[w].count ~= n or whole[w].docs ~= docs[w] then
    c:equal({ whole[w].count, whole[w].docs }, { n, docs[w] }, "of " .. w)
  end
end
c:equal(corpus:frequency{ docs = english }, corpus:frequency{ docs = { lang = "en" } }, "filters")
c:equal(corpus:frequency{ docs = english }, corpus:frequency{ docs = corpus:docs{ lang = "en" } },
        "an iterator")
c:ok(corpus:frequency{ furniture = true }.words > corpus:frequency().words, "what is of the page")

-- by form, by stem
local forms = by_word(corpus:frequency(with{ docs = here, by = "form" }), "form")
c:equal(forms.The.count + forms.the.count, found.the.count, "forms of a word")
local stems = by_word(corpus:frequency(with{ docs = here, by = "stem" }), "stem")
c:equal(stems.exchang.count, #here[1]:find(q.stem "exchange"), "words of a stem")
c:equal(sum(corpus:frequency(with{ docs = here, by = "stem" }), "count"), words, "are all words")

-- stop words
local without = by_word(corpus:frequency(with{ docs = here, stop = true }), "word")
c:equal(without.the, nil, "a stop word")
c:equal(without["2024"], nil, "a number")
c:equal(without["'s"], nil, "what an apostrophe ties")
c:equal(without.lesotho.count, found.lesotho.count, "another word")
c:equal(corpus:frequency{ docs = here, stop = true }.words, words, "the sum is of all words")
local own = by_word(corpus:frequency(with{ docs = here, stop = { "LESOTHO", "king" } }), "word")
c:equal({ own.lesotho, own.king, own.the.count }, { nil, nil, found.the.count }, "one's own")
local kept = by_word(corpus:frequency(with{ stop = true, docs = { lang = "zh" } }), "word")
c:equal(kept["的"], nil, "a Chinese one")
c:equal(kept["我们"], nil, "of two characters")

-- Words of a dictionary ---------------------------------------------------------------------

local chinese = corpus:frequency(with{ docs = { lang = "zh" } })
local han = by_word(chinese, "word")
c:equal(sum(chinese, "count"), chinese.words, "they are all words")
c:ok(han["外交"] and han["共产主义"] and han["莫斯科"], "words of several characters")
c:equal(han["莱索托"].example.text, "萊索托", "a country is a word, in either form")
c:ok(han["德米特里"] and han["梅德韦杰夫"] and han["乔纳森"], "foreign names are words")
c:equal(han["莱索托"].count, corpus:trend("莱索托", { docs = { lang = "zh" } })[1].count,
        "a term in characters")
c:equal(corpus:trend("賴索托", { docs = { lang = "zh" } })[1].count,
        1, "another name of it")
c:equal(corpus:dispersion("共产")[1].count, 0, "a part of a word is none")
c:ok(corpus:dispersion("共产主义")[1].count > 0, "the word is one")
local pairs_of = by_word(corpus:ngrams(2, with{ docs = { lang = "zh" } }), "ngram")
c:ok(pairs_of["俄罗斯 联邦"], "pairs of such words")

-- Runs of words ---------------------------------------------------------------------------------

local function runs (n)
  local out = {}
  for _, s in ipairs(sentences) do
    for i = 1, #s - n + 1 do
      local run, good = {}, true
      for k = i, i + n - 1 do
        good = good and s[k] ~= false
        run[#run + 1] = s[k] or "?"
      end
      run = table.concat(run, " ")
      if good then out[run] = (out[run] or 0) + 1 end
    end
  end
  return out
end
for n = 1, 5 do
  local want = runs(n)
  local got, number = by_word(corpus:ngrams(n, with{ docs = here }), "ngram"), 0
  for run, count in pairs(want) do
    number = number + 1
    if not got[run] or got[run].count ~= count then
      c:equal(got[run] and got[run].count, count, n .. " words: " .. run)
    end
  end
  c:equal(#corpus:ngrams(n, with{ docs = here }), number, "runs of " .. n .. " words")
  -- what is passed over by a first look has come too seldom
  local twice, some = 0, corpus:ngrams(n, { docs = here, most = math.huge })
  for _, count in pairs(want) do twice = twice + (count >= 2 and 1 or 0) end
  c:equal(#some, twice, "those that come twice, of " .. n)
end
local single = corpus:ngrams(1, with{})
c:equal(#single, #corpus:frequency(all), "runs of one word are words")
c:equal(sum(single, "count"), single.words, "all of them")
local clean = by_word(corpus:ngrams(3, with{ docs = english, stop = true }), "ngram")
c:equal({ clean["of the united"], clean["the united nations"] }, { nil, nil },
        "no stop word begins or ends one")
c:ok(by_word(corpus:ngrams(3, with{ docs = english }), "ngram")["of the united"], "unless it may")

-- Collocations ------------------------------------------------------------------------------------

-- The words near to a node, those elsewhere, and the sums of both, by hand.
local function windows (node, left, right)
  local inside, outside, sums = {}, {}, { 0, 0, 0 }
  for _, s in ipairs(sentences) do
    local marked = {}
    for i, w in ipairs(s) do
      if w == node then
        sums[3] = sums[3] + 1
        local steps, k = 0, i - 1
        while k >= 1 and steps < left do
          if s[k] then marked[k], steps = true, steps + 1 end
          k = k - 1
        end
        steps, k = 0, i + 1
        while k <= #s and steps < right do
          if s[k] then marked[k], steps = true, steps + 1 end
          k = k + 1
        end
      end
    end
    for i, w in ipairs(s) do
      if w and w ~= node then
        local side = marked[i] and inside or outside
        side[w] = (side[w] or 0) + 1
        sums[marked[i] and 1 or 2] = sums[marked[i] and 1 or 2] + 1
      end
    end
  end
  return inside, outside, sums
end

local function g2 (a, b, x, y)
  local n, g = a + b + x + y, 0
  for _, cell in ipairs{ { a, a + b, a + x }, { b, a + b, b + y }, { x, x + y, a + x },
                         { y, x + y, b + y } } do
    if cell[1] > 0 then g = g + 2 * cell[1] * math.log(cell[1] * n / (cell[2] * cell[3])) end
  end
  return a < (a + b) * (a + x) / n and -g or g
end
local function two (x) return math.floor(x * 100 + 0.5) / 100 end

for _, window in ipairs{ { 5, 5 }, { 1, 0 }, { 0, 3 }, { 100, 100 } } do
  local left, right = window[1], window[2]
  local inside, outside, sums = windows("lesotho", left, right)
  local near_by = corpus:collocates("lesotho", with{ docs = here, left = left, right = right })
  local label = " " .. left .. "+" .. right
  c:equal(sum(near_by, "near"), sums[1], "all words within" .. label)
  c:equal(near_by.words, sums[1] + sums[2], "all words but the nodes" .. label)
  c:equal(near_by.nodes, sums[3], "all nodes" .. label)
  local got = by_word(near_by, "word")
  for w, a in pairs(inside) do
    local b, row = outside[w] or 0, got[w]
    local x, y = sums[1] - a, sums[2] - b
    local e = (a + b) * sums[1] / (sums[1] + sums[2])
    local want = { near = a, count = a + b, ll = two(g2(a, x, b, y)), pmi = two(math.log(a / e, 2)),
                   t = two((a - e) / math.sqrt(a)),
                   dice = two(14 + math.log(2 * a / (sums[3] + a + b), 2)) }
    for k, v in pairs(want) do
      if not row or math.abs(row[k] - v) > 0.0101 then
        c:equal(row and row[k], v, k .. " of " .. w .. label)
      end
    end
  end
end
local king = corpus:collocates("letsie", { docs = here, least = 1, sort = "pmi" })
c:equal(by_word(king, "word").iii.example.text, "Letsie III", "the example has the node")
for _, order in ipairs{ "ll", "pmi", "t", "dice" } do
  local sorted = corpus:collocates("lesotho", { sort = order, docs = here, least = 2 })
  for i = 2, #sorted do
    if sorted[i][order] > sorted[i - 1][order] then c:ok(false, "in order of " .. order) end
  end
end
c:equal(corpus:collocates(q.word "lesotho", { docs = here }),
        corpus:collocates("lesotho", { docs = here }), "a pattern is a node")
c:equal(corpus:collocates(corpus:find "lesotho", { docs = here }),
        corpus:collocates("LESOTHO", { docs = here }), "hits are nodes")
c:equal(#corpus:collocates("no-such-word"), 0, "a node that is not there")

-- Keyness ----------

local policy = { corpus:doc "3-policy.txt" }
local keys = corpus:keyness(here, policy, all)
local other = by_word(corpus:frequency(with{ docs = policy }), "word")
local there = corpus:frequency(with{ docs = policy }).words
c:equal({ keys.words, keys.other_words }, { words, there }, "words on both sides")
c:equal({ sum(keys, "count"), sum(keys, "other") }, { words, there }, "all of them")
for _, row in ipairs(keys) do
  local a, b = counts[row.word] or 0, other[row.word] and other[row.word].count or 0
  local want = { a, b, two(g2(a, words - a, b, there - b)),
                 two(math.log((a > 0 and a or 0.5) / words * there / (b > 0 and b or 0.5), 2)) }
  local got = { row.count, row.other, row.ll, row.ratio }
  for i = 1, 4 do
    if math.abs(want[i] - got[i]) > 0.0101 then c:equal(got, want, "keyness of " .. row.word) end
  end
end
c:ok(keys[1].ll > 0 and keys[#keys].ll < 0, "what is here more often comes first")
c:equal(corpus:keyness({ lang = "en" }), corpus:keyness({ lang = "en" }, { lang = "zh" }),
        "all other documents")
c:equal(corpus:keyness(here, policy)[1].example.doc, here[1], "an example from here")
c:ok(corpus:keyness(here, policy, { n = 2 })[1].ngram, "runs of words")

-- Where terms stand ----------

local spread = corpus:dispersion("lesotho")[1]
local sizes, hits = {}, {}
for doc in corpus:docs() do
  sizes[#sizes + 1] = corpus:frequency{ docs = { doc } }.words
  local one = by_word(corpus:frequency(with{ docs = { doc } }), "word").lesotho
  hits[#hits + 1] = one and one.count or 0
end
c:equal(spread.count, whole.lesotho.count, "as often as it is")
c:equal({ spread.range, spread.parts }, { whole.lesotho.docs, #corpus }, "in so many documents")
c:ok(math.abs(spread.dp - measures.deviation(hits, sizes)) < 0.0006, "DP over documents")
c:ok(math.abs(spread.d - measures.juilland(hits, sizes)) < 0.0006, "D over documents")
for _, n in ipairs{ 2, 7, 1000 } do
  c:equal(corpus:dispersion("lesotho", { parts = n })[1].count, spread.count, n .. " parts")
end
c:equal(corpus:dispersion("no-such-word")[1].count, 0, "a term that is not there")
c:equal(corpus:dispersion("lesotho", { docs = here })[1].d, nil, "one part has no D")

-- by hand: 3 parts of 10 words with 2, 1 and 0: V = sqrt(2/3), D = 1 - V / sqrt 2, DP = 1/3
c:ok(near(measures.juilland({ 2, 1, 0 }, { 10, 10, 10 }), 1 - math.sqrt(2 / 3) / math.sqrt(2)), "D")
c:ok(near(measures.deviation({ 2, 1, 0 }, { 10, 10, 10 }), 1 / 3), "DP")
c:equal(measures.juilland({ 1, 1 }, { 5, 5 }), 1.0, "as evenly as can be")
c:equal(measures.deviation({ 1, 2 }, { 5, 10 }), 0.0, "for its size, too")
c:ok(near(measures.juilland({ 3, 0, 0 }, { 5, 5, 5 }), 0), "all in one part")
-- by hand: 10 of 20 and 30 of 100: e = 6
c:ok(near(measures.mutual_information(10, 20, 30, 100), math.log(10 / 6, 2)), "PMI")
c:ok(near(measures.t_score(10, 20, 30, 100), 4 / math.sqrt(10)), "t")
c:ok(near(measures.log_dice(10, 20, 30), 14 + math.log(0.4, 2)), "logDice")
c:ok(near(measures.log_likelihood(10, 20, 30, 100), g2(10, 10, 20, 60)), "log-likelihood")
c:equal(measures.log_likelihood(6, 20, 30, 100), 0.0, "as by chance")
c:ok(measures.log_likelihood(2, 20, 30, 100) < 0, "less often than by chance")
c:equal(measures.log_likelihood(20, 20, 20, 20), 0.0, "nothing else is there")
c:ok(near(measures.log_ratio(20, 1000, 5, 1000), 2), "log ratio")
c:ok(near(measures.log_ratio(1, 1000, 0, 1000), 1), "of nothing")
c:equal(measures.difference(20, 1000, 5, 1000), 300.0, "%DIFF")
c:equal(measures.difference(1, 10, 0, 10), math.huge, "of nothing")

for _, by in ipairs{ "day", "month", "year", "decade" } do
  local trend = corpus:trend("lesotho", { by = by })
  c:equal(sum(trend, "count"), whole.lesotho.count, "a trend's sum, by " .. by)
  c:equal(sum(trend, "words"), total, "of its words")
  c:equal(sum(trend, "docs"), #corpus, "of its documents")
  for i = 2, #trend do c:ok(trend[i - 1][by] < trend[i][by], "in order of time") end
end
local months = corpus:trend({ "lesotho", visits = q.stem "visit" }, { by = "month" })
c:equal(months[1].term .. " " .. months[#months].term, "lesotho visits", "several terms")
c:equal(months.columns[2], "month", "and the period")
c:equal(months[1].month, "2024-01", "a month")

-- Together ----------

for _, unit in ipairs{ "sentence", "block", "doc" } do
  local together = corpus:cooccurrence({ "china", "lesotho" }, { within = unit })[1]
  local china = corpus:find("china"):expand(unit)
  local both = china:intersect(corpus:find("lesotho"):expand(unit))
  if unit ~= "sentence" or together then
    c:equal({ together.count, together.of_a }, { #both, #china }, "in one " .. unit)
  end
  c:ok(together.example.text:find "China" and together.example.text:find "Lesotho", "its example")
end
local matrix = corpus:cooccurrence({ "china", "lesotho", "peace" }, { matrix = true })
c:equal(matrix[1].lesotho, matrix[2].china, "a matrix is the same either way")
c:equal(matrix[1].china, #corpus:find("china"):expand "sentence", "with sums in its diagonal")
c:equal(table.concat(matrix.columns, " "), "term china lesotho peace example", "its columns")

-- Mistakes ----------

local function raises (f, message) c:raises(f, message, message) end
raises(function () corpus:frequency{ lest = 1 } end,
       "corpus:frequency: no option 'lest'; did you mean 'least'?")
raises(function () corpus:frequency{ by = "words" } end, "did you mean 'word'")
raises(function () corpus:frequency(3) end, "options are a table")
raises(function () corpus:frequency{ most = 0 } end, "most is a whole number from 1")
raises(function () corpus:frequency{ least = "x" } end, "least is a whole number")
raises(function () corpus:frequency{ stop = "the" } end, "stop is true, or an array of words")
raises(function () corpus:frequency{ stop = { 1 } } end, "stop[1] is no word")
raises(function () corpus:frequency{ docs = {} } end, "docs has no document")
raises(function () corpus:frequency{ docs = { lang = "xx" } } end, "docs has no document")
raises(function () corpus:frequency{ docs = { langs = "en" } } end, "did you mean 'lang'")
raises(function () corpus:frequency{ docs = { "x" } } end, "docs[1] is no document")
raises(function () corpus:frequency{ docs = 1 } end, "an array of documents")
raises(function () corpus:frequency{ furniture = 1 } end, "true or false")
raises(function () corpus:ngrams(0) end, "n is a whole number from 1 to 10")
raises(function () corpus:ngrams(11) end, "n is a whole number from 1 to 10, got 11")
raises(function () corpus:ngrams() end, "n is a whole number")
raises(function () corpus:collocates() end, "a term is a word, a token pattern")
raises(function () corpus:collocates("!") end, "without a letter")
raises(function () corpus:collocates("x", { left = -1 }) end, "left is a whole number from 0")
raises(function () corpus:collocates("x", { sort = "mi" }) end, "no sort 'mi'")
raises(function () corpus:collocates(corpus) end, "a term is a word")
raises(function () corpus:frequency{ most = 1.5 } end, "most is a whole number from 1, got 1.5")
raises(function () corpus:keyness() end, "which documents?")
raises(function () corpus:keyness(here, here) end, "is in both sub-corpora")
raises(function () corpus:keyness({ corpus[1], corpus[2], corpus[3], corpus[4], corpus[5] }) end,
       "no document is left")
raises(function () corpus:trend("x", { by = "years" }) end, "did you mean 'year'")
raises(function () corpus:dispersion("x", { parts = 1 }) end, "parts is a whole number from 2")
raises(function () corpus:dispersion({}) end, "no term")
raises(function () corpus:cooccurrence({ "a" }) end, "two terms or more")
raises(function () corpus:cooccurrence({ "a", "b" }, { within = "page" }) end, "no within 'page'")

c:finish()
