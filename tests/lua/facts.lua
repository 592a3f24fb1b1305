-- lesdiplo.fact: events and stances of documents, acts and stances of one's own, why a
-- sentence tells what it tells. What the grammar of clauses reads is in
-- tests/spec/events.md and stances.md. The corpus is facts.jsonl.
local check = require "lesdiplo.util.check"
local fact = lesdiplo.fact
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local inflect = require "lesdiplo.fact.inflect"
local items = require "lesdiplo.fact.items"
local layers = require "lesdiplo.fact.layers"
local naming = require "lesdiplo.grammar.quote.mentions"
local c = check.new()

-- f raises a message that has a text in it.
local function refused (text, f, ...)
  local arguments = table.pack(...)
  c:raises(function () f(table.unpack(arguments, 1, arguments.n)) end,
           (text:gsub("%p", "%%%0")), text)
end

local function events (doc)
  local out = {}
  for _, e in doc:layer "event":each() do
    out[#out + 1] = table.concat({ e.type, table.concat(e.source, "+"), table.concat(e.target, "+"),
                                   e.modality, e.date or "-" }, " ")
  end
  return table.concat(out, "\n")
end

-- Forms ---------------------------------------------------------------------------------

local function forms (lemma)
  local out = {}
  for form, tense in inflect.verb(lemma) do out[#out + 1] = form .. "=" .. tense end
  return table.concat(out, " ")
end

c:equal(forms "visit", "visit=base visits=s visiting=ing visited=ed", "a regular verb")
c:equal(forms "agree", "agree=base agrees=s agreeing=ing agreed=ed", "a verb in ee")
c:equal(forms "ratify", "ratify=base ratifies=s ratifying=ing ratified=ed", "a verb in y")
c:equal(forms "expel", "expel=base expels=s expelling=ing expelled=ed", "doubled letters")
c:equal(forms "speak", "speak=base speaks=s speaking=ing spoke=past spoken=part", "an odd verb")
c:equal(inflect.plural "embassy", "embassies", "a plural in ies")
c:equal(inflect.plural "loss", "losses", "a plural in es")

-- Mentions ------------------------------------------------------------------------------

-- A layer of mentions of ten bytes, at each of n places that is not left out.
local function layer_of (kind, n, left_out)
  local of = { kind = kind, positions = {}, rows = {}, order = {} }
  for i = 1, n do
    if not left_out or i % 3 ~= left_out then
      local k = #of.rows + 1
      of.positions[2 * k - 1], of.positions[2 * k] = 20 * i, 20 * i + 9
      of.rows[k], of.order[k] = { id = kind .. i }, k
    end
  end
  return of
end

-- The same words as all that they may be: one reading wins at each place. Behind each of them
-- stand others, which the winner keeps where they may act.
do
  local found, places = actors.outermost(naming.merge{
    layer_of("org", 150, 1), layer_of("country", 150), layer_of("role", 150),
    layer_of("place", 150) })
  c:equal(#found, 150, "one at a place")
  for i, m in ipairs(found) do
    c:equal(m.id .. "/" .. places[2 * i - 1],
            (i % 3 == 1 and "country" or "org") .. i .. "/" .. 20 * i,
            "a body before a state before an office before a place")
    c:equal(table.concat(m.inner or {}, " "), i % 3 == 1 and "" or "country" .. i,
            "and keeps the state inside")
  end
end

-- The first of some places that is at or behind one.
do
  local list = { firsts = { 3, 5, 5, 9 } }
  local out = {}
  for i, at in ipairs{ 1, 3, 4, 5, 6, 9, 10 } do out[i] = naming.from(list, at) end
  c:equal(table.concat(out, " "), "1 1 2 2 4 4 5", "the first at or behind a place")
  c:equal(naming.from({ firsts = {} }, 1), 1, "of none, the end")
end

-- A capital that acts is its state, wherever in a long document it stands.
do
  local spans, wrong = corpus:doc "capitals":layer "event", 0
  for _, e in spans:each() do
    if e.source[1] ~= "RUS" or e.target[1] ~= "NOR" then wrong = wrong + 1 end
  end
  c:equal(#spans, 150, "each of 150 sentences tells one")
  c:equal(wrong, 0, "and all of them the state's, not the town's")
end

-- Items ---------------------------------------------------------------------------------

-- The items of a text, with what stands for all its words between { and }. A word that
-- tells something goes before it: other sentences are not read.
local function items_of (text, mentions, places)
  local s, out = clauses.blank(), {}
  text = "visited " .. text
  for i, place in ipairs(places or {}) do places[i] = place + 8 end
  local st = { text = text, mentions = mentions or {}, places = places or {} }
  clauses.begin(s, st)
  clauses.read(s, st, 1, #text, 1, true)
  for i = 2, s.n do
    out[i - 1] = items.text(s, i)
    if s.m[i] then out[i - 1] = "{" .. out[i - 1] .. "}" end
  end
  return table.concat(out, "|"), s
end

c:equal(items_of "Chad's co-chair, O'Hara (30th).", "Chad|'s|co-chair|,|O'Hara|(|30th|)",
        "words tied by hyphens and apostrophes, marks that part phrases")
c:equal(items_of "the envoys’ “été” – non‑aligned -- U.S…",
        "the|envoys|’|“|été|”|–|non‑aligned|--|U|S",
        "of other scripts and marks, too")
c:equal(items_of "x's 's-hertogenbosch don't don'",
        "x|'s|'s|-|hertogenbosch|do|n't|don|'",
        "an apostrophe behind a word is by itself")
local chad = { kind = "country", c = "A", tells = 4 }
c:equal(items_of("Chad's pro-Chad Chad-based", { chad, chad, chad }, { 1, 4, 12, 15, 17, 20 }),
        "{Chad}|'s|pro-Chad|{Chad}", "a mention stands for the words that begin in it")
c:equal(items_of("new Chad", { chad, chad }, { 1, 8, 5, 8 }), "{new Chad}",
        "and they are read once")
local _, met = items_of("with Chad and Chad", { chad, chad }, { 6, 9, 15, 18 })
local function party (i, last)
  local one, tie = clauses.party(met, 2, i, last)
  return (one or "none") .. " " .. (tie or "free")
end
c:equal(party(2, 5) .. ", " .. party(4, 5), "3 2, 5 2",
        "who stands behind a verb, and what ties them")
c:equal(party(4, 4) .. ", " .. party(6, 90), "none free, none free", "up to an item, and the end")
c:ok(not pcall(clauses.party, met, 0, 1, 2) and not pcall(met.reader.party, {}, 1, 1, 2)
     and not pcall(met.reader.bytes, met.reader, 99), "of a reader, and of its items")
local long, read = items_of(("a "):rep(500))
c:equal(read.n, 400, "a long sentence is read as far as it goes")
c:equal(#long, 797, "and no further")
local short = { text = "Chad met.", mentions = {}, places = {} }
clauses.begin(read, short)
clauses.read(read, short, 1, 9, 1, true)
for i = 3, 6 do
  c:ok(read.n == 2 and not (read.c[i] or read.e[i] or read.m[i] or read.taken[i]),
       "nothing of it is left over where somebody may look")
end
clauses.read(read, short, 2, 2, 1)
c:equal(read.opened, 0, "a sentence that tells nothing has no clauses")

-- Who speaks, and when --------------------------------------------------------------------

c:equal(events(corpus:doc "release"),
        "praise KEN OMN asserted 2020-02-03\ncooperate KEN UGA planned 2020-02-03/..\n"
        .. "provide_aid KEN NER asserted 2020-02-03", "we, the Department, today")

local report = corpus:doc "report"
local told = events(report)
c:ok(told:find("criticise MLT LBY asserted 2019-03-04", 1, true), "today is the dateline's day")
for _, e in report:layer "event":each() do
  c:equal(report.text:sub(e.first, e.last), e.text, "an event is its text")
  c:ok(e.evidence_start <= e.evidence_end, "evidence has a begin and an end")
  c:ok(e.rule:find "^acts.*:%d+$", "a rule names file and line")
end
local support
for _, s in report:layer "stance":each() do
  if s.stance == "supports" then support = s end
end
c:equal(support and support.holder[1], "NOR", "we, in marks, are the speaker's state")
c:equal(support and support.via, "anna-berg", "and the speaker says it")
c:equal(support and support.text, "the people of Nepal", "of what is said")

-- An envoy who is recalled is no side of it; one who was sent elsewhere is not meant.
c:equal(events(corpus:doc "recalled"),
        "recall NOR TCD asserted 2019-03-04\nrecall NOR MLI asserted 2019-03-05", "two envoys")
local recalls = corpus:doc "recalled":layer "event"
c:equal(table.concat(recalls[1].participants, " ") .. "/" .. #recalls[2].participants,
        "anna-berg/0", "the first of whom is named")

-- Codes, and who took part.
local codes = {}
for _, e in corpus:doc "called":layer "event":each() do
  codes[#codes + 1] = e.type .. " " .. e.cameo .. " " .. table.concat(e.participants, "+")
end
c:equal(table.concat(codes, "\n"), "meet 044 jan-holm+said-amri\nmeet 041 jan-holm\n"
        .. "other 164 \nmeet 040 \nreject 125 ", "in a third state, by phone, halted, at home")

-- Relations ---------------------------------------------------------------------------------

local related = {}
for _, r in corpus:doc "relations":layer "relation":each() do
  related[#related + 1] = r.relation .. " " .. r.subject .. " " .. r.object
end
c:equal(table.concat(related, "\n"),
        "member_of NPL UN\ncapital_of oslo NOR\npartner KEN OMN", "relations")

-- Since when, until when.
local function relations (id)
  local out = {}
  for i, r in corpus:doc(id):layer "relation":each() do
    out[i] = ("%s %s %s %s-%s"):format(r.relation, r.subject, r.object, r.from or "", r.to or "")
  end
  return table.concat(out, "\n")
end
c:equal(relations "relations-when", [[
member_of NPL UN 1955-
member_of KEN AU 2001-
member_of MLI ECOWAS -2025-01-29
partner KEN OMN -
partner OMN TCD 2004-
diplomatic_relations EGY QAT -2017
aid_to NOR MWI 1996-]], "relations with their dates")

-- A counterpart who is named has the office of that name, and to be a member is none.
local peers = relations "peers"
c:ok(peers:find "foreign_minister OMN %-\n.*said%-amri foreign_minister OMN"
     and not peers:find "said%-amri member", "a counterpart's office")

c:equal(events(corpus:doc "crown"),
        "open_embassy LSO CHN asserted 2005\nsign_agreement LSO CHN asserted 2007\n"
        .. "praise TCD LSO asserted 2019-03-05", "the kingdom is the one that was named")

-- Since when and until when an envoy was one, where it is told.
local tenures = {}
for _, id in ipairs{ "tenure-en", "tenure-zh", "tenure-brackets", "tenure-ru", "tenure-who" } do
  for _, r in corpus:doc(id):layer "relation":each() do
    tenures[#tenures + 1] = ("%s: %s %s-%s"):format(r.subject, r.object, r.from or "", r.to or "")
  end
end
c:equal(table.concat(tenures, "\n"), [[
ada-lund: ambassador KEN->NOR 2024-05-02-
harald: king -
erik-dahl: ambassador MLI->TCD 2024-04-02-
rosa-vega: ambassador -2024-05-03
安娜·贝格: ambassador NOR->NPL 2007-04-
安娜·贝格: ambassador NOR->NPL 2007-04-
иван-петр: ambassador RUS->NPL 2019-05-05-
ada-lund: ambassador KEN -
ola-berg: consul KEN 2024-05-02-
kari-moe: ambassador 2024-05-03-
erik-dahl: high_commissioner -
rosa-vega: ambassador -2024-05-02
rosa-vega: consul PER -
karl-hammer: ambassador -]], "tenures")

-- Why -----------------------------------------------------------------------------------------

local why = {}
for _, row in ipairs(fact.explain(corpus:doc "plain")) do why[row.trigger.text] = row.result end
c:equal(why["met"], "meet", "what was found")
c:equal(why["sign"], "only possible: could", "what was only possible")
c:ok((why["raised"] or ""):find "^no frame fits: .*> alarm", "what a frame asks for")
c:equal(#fact.explain(corpus:doc "plain":span(1, 3)), 0, "of a stretch")
refused("a Doc or a Span is wanted", fact.explain, 12)

-- Whatever a document is read as, explain tells of the events that the layer has.
local function told_of (id)
  local doc, out = corpus:doc(id), {}
  for _, row in ipairs(fact.explain(doc)) do
    if lesdiplo.util.nearest(row.result, fact.types) then
      out[#out + 1] = row.trigger.text .. " " .. row.result
    end
  end
  for i, span in doc:layer "event":each() do
    c:equal(out[i], span.text .. " " .. span.type, id .. ": explain and the layer")
  end
  c:equal(#out, #doc:layer "event", id .. ": no more than the layer")
  return doc.lang, table.concat(out, "; ")
end
local lang, facts_told = told_of "tongue-none"
c:equal(lang, nil, "a language that nobody can tell")
c:equal(facts_told, "visited visit; met meet", "is read as English")
lang, facts_told = told_of "tongue-letters"
c:equal(tostring(lang) .. " " .. facts_told, "nil признал recognise", "or as Russian")
lang, facts_told = told_of "tongue-ru"
c:equal(lang .. " " .. facts_told, "ru признала recognise", "Russian")
c:equal(told_of "tenure-brackets", "zh", "Chinese")
lang, facts_told = told_of "tongue-nl"
c:equal(lang .. facts_told, "nl", "a language without facts has none")
c:equal(fact.explain(corpus:doc "tongue-nl")[1].result, "facts are not read in this language: nl",
        "and that is told")
c:equal(#fact.explain(corpus:doc "tongue-nl":span(1, 3)), 1, "of a stretch, too")

-- One's own ------------------------------------------------------------------------------------

c:equal(fact.act("twin: cooperate 060 COOPERATE both\n  en verb twin", "mine"), 1, "one act")
c:equal(fact.stance("supports: 1\n  en verb champion", "mine"), 1, "one cue")
local plain = { positions = {}, rows = {} }
layers.each(corpus:doc "plain", function (st, s)
  require "lesdiplo.fact.events".sentence(st, s, plain)
end)
c:equal(plain.rows[2] and plain.rows[2].rule, "mine:2", "acts that were added are read")
local acts = fact.acts()
c:equal(acts[#acts].where, "mine:1", "and the last of all")
for _, wrong in ipairs{
  { "x: nothing 050 SUPPORT", "no event type 'nothing'" },
  { "x: visits 050 SUPPORT", "did you mean 'visit'?" },
  { "x: visit 5 SUPPORT", "two to four digits" },
  { "x: visit 050 HELP", "no PLOVER type 'HELP'" },
  { "x: visit 050 SUPPORT bothh", "did you mean 'both'?" },
  { "x visit", "an act is 'id: type CAMEO PLOVER marks'" },
  { "  en verb go", "a frame before any act" },
  { "x: visit 050 SUPPORT\n  en vreb go", "a frame is 'en verb words'" },
  { "x: visit 050 SUPPORT\n  en verb go > @where", "no list @where before this line" },
  { "@list words", "a list is '@name: word, word'" },
} do
  refused(wrong[2], fact.act, wrong[1])
end
refused("no 'xx'; there are en ru zh", fact.act, "x: visit 050 SUPPORT\n  xx verb go")
refused("no 'xx'; there are en ru zh", fact.stance, "supports: 1\n  xx verb go")
refused("no stance 'suports' before this line; did you mean 'supports'?", fact.stance, "suports:")
c:equal(lesdiplo.util.nearest("suports", fact.stances()), "supports", "the names of stances")
refused("mine:2: ", fact.act, "\nx: nothing 050 SUPPORT", "mine")
refused("a stance is 'id: polarity'", fact.stance, "supports: 2")
refused("a cue before any stance", fact.stance, "  en verb go")

-- Hostile sentences -----------------------------------------------------------------------------

local nobody = { mentions = {}, places = {} }

local function clauses_of (text)
  nobody.text = text
  local s = clauses.blank()
  clauses.begin(s, nobody)
  clauses.read(s, nobody, 1, #text, 1, true)
  return s
end

for _, piece in ipairs{ "and ", "to agree ", "that ", "which signed ", ", ", "the ", "of ", "will ",
                        "signing ", "signed by ", "\"", "’s ", "— ", "\u{202F}", "\xFF", "x" } do
  local s = clauses_of(piece:rep(5000))
  c:ok(s.n <= 400, "a sentence has an end: " .. piece)
  for i, clause in ipairs(s.clauses) do
    c:ok(clause.first <= s.n + 1 and clause.last <= s.n, "a clause lies in it")
    if i > 1 then c:ok(clause.first > s.clauses[i - 1].first - 1, "clauses are in order") end
  end
end
c:equal(clauses_of("").n, 0, "nothing has no items")

-- A name with its country behind it speaks; what is somebody's is not that one.
local spoke = {}
for _, quote in corpus:doc "spoke-of":layer "quote":each() do
  spoke[#spoke + 1] = quote.speaker or "nobody"
end
c:equal(table.concat(spoke, " "), "anna-berg nobody jan-holm", "Berg of Norway said")

-- A sentence of more items than are read stops nothing behind it.
local endless = corpus:doc "endless":layer "event"
c:equal(endless[#endless].type .. " " .. table.concat(endless[#endless].source, "+"), "meet KEN",
        "behind a sentence that is too long")

c:finish()
