-- lesdiplo.summary.rank: which sentences are taken, over the seeds.
local summary = require "lesdiplo.summary"
local lexicon = require "lesdiplo.summary.lexicon"
local cues = require "lesdiplo.data.cues"
local stopwords = require "lesdiplo.data.stopwords"
local check = require "lesdiplo.util.check".new()

-- The data ---------------------------------------------------------------------

for _, lang in ipairs{ "en", "fr", "es", "pt", "de", "ru", "zh" } do
  check:equal(type(stopwords[lang]), "string", "stop-words: " .. lang)
  for _, name in ipairs{ "acts", "leaning", "self", "furniture" } do
    check:equal(type(cues[lang] and cues[lang][name]), "string", lang .. ": " .. name)
  end
end
local function acts (lang, word) return lexicon.of(lang).acts.whole[word] == true end
check:equal(acts("en", "rejected") and acts("en", "advocates") and acts("en", "vowed"), true,
            "a verb with + stands for its forms")
check:equal(lexicon.of("ru").acts.prefixes["подпис"], true, "a word with * is a prefix")

-- Words that a script adds count from then on.
cues.en.acts = cues.en.acts .. ", frobnicate+"
check:equal(acts("en", "frobnicated"), true, "a script's own cue")
check:equal(lexicon.of("en") == lexicon.of("en"), true, "made once")

local terms = lexicon.terms(lexicon.of "en", "The Minister’s talks, and 2024’s Treaty")
local list = {}
for term in pairs(terms) do list[#list + 1] = term end
table.sort(list)
check:equal(table.concat(list, " "), "minister talk treaty", "terms: no stop-words, no plurals")
list = {}
for term in pairs(lexicon.terms(lexicon.of "zh", "萊索托的外交")) do list[#list + 1] = term end
table.sort(list)
check:equal(table.concat(list, " "), "外交 索托 萊索", "terms: Han in pairs, none over 的")

-- The sentences ------------------------------------------------------------------

local background = summary.background(corpus)
check:equal(background.docs, #corpus, "background: every document of a small corpus")

for doc in corpus:docs() do
  for _, options in ipairs{ {}, { background = background }, { sentences = 40 } } do
    local ranked = summary.rank(doc, options)
    local wanted = options.sentences or 5
    check:equal(#ranked <= wanted, true, doc.id .. ": no more than asked for")
    local seen = {}
    for _, r in ipairs(ranked) do
      local kind = r.span.block.kind
      check:equal(kind == "paragraph" or kind == "item", true, doc.id .. ": from the text proper")
      check:equal(r.span.layer, "sentence", doc.id .. ": a sentence")
      check:equal(seen[r.span.cite], nil, doc.id .. ": none twice")
      check:equal(type(r.score) == "number" and r.score > 0, true, doc.id .. ": a score")
      check:equal(type(r.reasons), "table", doc.id .. ": reasons")
      seen[r.span.cite] = true
    end
    local again = summary.rank(doc, options)
    local same = #again == #ranked
    for i, r in ipairs(again) do
      same = same and r.span == ranked[i].span and r.score == ranked[i].score
    end
    check:equal(same, true, doc.id .. ": the same again")
  end
  check:equal(#summary.rank(doc, { sentences = 0 }), 0, doc.id .. ": none, if none are wanted")
end
check:raises(function () summary.rank(corpus[1], { sentences = -1 }) end, "a number, 0 or more",
             "fewer than none")
check:raises(function () summary.rank(corpus[1], { sentences = "x" }) end, "a number", "no number")

-- In news the opening says what matters; nothing that belongs to the page does.
for doc in corpus:docs{ kind = "news" } do
  local first
  for _, sentence in doc:sentences():each() do
    if sentence.block.kind == "paragraph" then first = sentence; break end
  end
  local found = false
  for _, r in ipairs(summary.rank(doc, { background = background })) do
    found = found or r.span == first
    local text = r.span.text
    for _, furniture in ipairs{ "Related posts", "Web editor", "Lesotho Times", "Category:" } do
      check:equal(text:find(furniture, 1, true), nil, doc.id .. ": no " .. furniture)
    end
  end
  check:equal(found, true, doc.id .. ": its opening sentence is among them")
end

check:finish()
