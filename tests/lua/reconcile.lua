-- lesdiplo.fact.reconcile: records in, entries out. No corpus is read: documents of our
-- own about states that do not exist, and two that were one (SUN, RUS).
local check = require "lesdiplo.util.check"
local differences = require "lesdiplo.fact.told.differences"
local period = require "lesdiplo.fact.told.period"
local reconcile = require "lesdiplo.fact.reconcile".reconcile
local units = require "lesdiplo.fact.told.units"
local c = check.new()

local lines = { SUN = "RUS" }
local function line (id) return lines[id] or id end

-- A record: document, number, type, date, source, target, and the rest.
local function r (doc, at, kind, date, source, target, more)
  local out = { doc = doc, at = at, type = kind, date = date, source = { source },
                target = { target }, modality = "asserted" }
  for key, value in pairs(more or {}) do out[key] = value end
  return out
end

-- Entries in a line each: date, type, who tells it.
local function shown (entries)
  local out = {}
  for i, entry in ipairs(entries) do
    local docs = {}
    for k, unit in ipairs(entry.units) do docs[k] = unit.doc end
    out[i] = table.concat({ entry.date or "?", entry.type, table.concat(docs, "+") }, " ")
  end
  return table.concat(out, "\n")
end

local function told (entry) return table.concat(differences.told(entry), "\n") end

local function of (records, options)
  options = options or {}
  options.line = line
  return reconcile(records, options)
end

local function is (records, want, what, options)
  local entries, checks = of(records, options)
  c:equal(shown(entries), want, what)
  return entries, checks
end

-- Periods ----------------------------------------

c:equal(period.of("1980-02").grain, "month", "a month")
c:equal(period.of("1980-02-01/1980-02-03").grain, "day", "some days")
c:equal(period.of("1980-02-01/1980-09-03").grain, "year", "many days are known less finely")
c:equal(period.of("198").last - period.of("198").first, 3652, "a decade")
c:equal(period.of("2026-W01").first, period.of("2025-12-29").first, "a week")
c:equal(period.of("PAST_REF"), nil, "what is no date")
c:equal(period.of("1990-01-02/1989-01-01"), nil, "a range that ends before it begins")
c:equal(period.meet(period.of "1980", period.of "1980-02-01"), true, "a year has its days")
c:equal(period.meet(period.of "2025-03", period.of "2025-04-02"), false, "a month not")
c:equal(period.meet(period.of "../1985", period.of "1980"), true, "an open range")
c:equal(period.compare(period.of "1980", period.of "1980-02"), "coarser", "coarser")
c:equal(period.compare(period.of "1980-02-01", period.of "1980-02-01"), "same", "the same")
c:equal(period.compare(period.of "2024-03-28/2024-04-02", period.of "2024-04"), "different",
        "neither contains the other")
c:equal(period.common(period.of "1980", period.of "1980-02").text, "1980-02", "the finer is kept")

-- A date, finer and coarser ----------------------------------------

local entries = is({
  r("a", 1, "establish_relations", "1980", "LSO", "RUS"),
  r("b", 1, "establish_relations", "1980-02-01", "SUN", "LSO"),
}, "1980-02-01 establish_relations a+b", "a year and a day of it; either order; SUN and RUS")
c:equal(told(entries[1]), "date: 1980 (a), 1980-02-01 (b); the finer is kept\n"
        .. "name: RUS (a), SUN (b)", "what differs")
c:equal(entries[1].date, "1980-02-01", "the finest date")

is({
  r("a", 1, "establish_relations", "1980", "LSO", "RUS"),
  r("b", 1, "establish_relations", "1980", "LSO", "FRA"),
}, "1980 establish_relations b\n1980 establish_relations a", "other parties are another event")
is({
  r("a", 1, "establish_relations", "1980", "LSO", nil),
  r("b", 1, "establish_relations", "1980-02-01", "SUN", "LSO"),
}, "1980 establish_relations a\n1980-02-01 establish_relations b",
   "a year does not tell which, where a party is missing")

-- Repeatable acts ----------------------------------------

is({
  r("a", 1, "meet", "2026-01-10", "CHN", "LSO"),
  r("b", 1, "meet", "2026-01-11", "CHN", "LSO"),
}, "2026-01-10 meet a\n2026-01-11 meet b", "on different days: two meetings")
is({
  r("a", 1, "meet", "2026-01", "CHN", "LSO", { place = "maseru" }),
  r("b", 1, "meet", "2026-01-11", "CHN", "LSO", { place = "maseru" }),
}, "2026-01 meet a\n2026-01-11 meet b", "a month says too little of a meeting")
is({
  r("a", 1, "visit", "2026-01-10/2026-01-11", "CHN", "LSO"),
  r("b", 1, "visit", "2026-01-11", "CHN", "LSO"),
}, "2026-01-11 visit a+b", "a day of a visit of two")
is({
  r("a", 1, "meet", "2026-01-10", "CHN", "LSO", { persons = { "Wang Yi" } }),
  r("b", 1, "meet", "2026-01-10", "CHN", nil, { persons = { "Wang Yi" } }),
  r("c", 1, "meet", "2026-01-10", "CHN", nil),
}, "2026-01-10 meet c\n2026-01-10 meet a+b", "a day and one party say too little; a person not")
is({
  r("a", 1, "criticise", "2026-01-10", "CHN", "USA"),
  r("b", 1, "criticise", "2026-01-10", "CHN", "USA"),
  r("c", 1, "criticise", "2026-01-10", "CHN", nil),
}, "2026-01-10 criticise c\n2026-01-10 criticise a+b", "words of one about another")
is({
  r("a", 1, "visit", "2026-01-10", "CHN", "LSO"),
  r("b", 1, "visit", "2026-01-10", "LSO", "CHN"),
}, "2026-01-10 visit a\n2026-01-10 visit b", "who visits whom matters")
is({
  r("a", 1, "meet", "2026-01-10", "CHN", "LSO", { event = 1 }),
  r("a", 2, "meet", "2026-01-10", "CHN", "LSO", { event = 2 }),
}, "2026-01-10 meet a\n2026-01-10 meet a", "what a document tells as two are two")
is({
  r("a", 1, "meet", nil, "CHN", "LSO", { event = 1 }),
  r("a", 2, "meet", "2026-01-10", "CHN", nil, { event = 1 }),
  r("b", 1, "meet", "2026-01-10", "CHN", "LSO"),
}, "2026-01-10 meet a+b", "and what it tells as one, in headline and lead, is one")

is({
  r("a", 1, "meet", "2026-01-10", "CHN", "LSO", { event = 1 }),
  r("a", 2, "meet", "2026-01-10", "CHN", nil, { event = 2 }),
}, "2026-01-10 meet a+a", "save where the one says less")

-- Two ministers of one state meet two of the other on the same day: two meetings. Where
-- each document names another side, they may be the same.
local function people_of (...)
  local out, acts_for = {}, {}
  for i, name in ipairs{ ... } do
    out[i], acts_for[name] = name, name:find "^Wang" and "CHN" or name:find "^Li" and "CHN" or "LSO"
  end
  return { persons = out, acts_for = acts_for }
end
is({
  r("a", 1, "meet", "2026-01-10", "CHN", "LSO", people_of "Wang Yi"),
  r("b", 1, "meet", "2026-01-10", "CHN", "LSO", people_of("Li Qiang", "Sam Matekane")),
  r("c", 1, "meet", "2026-01-10", "LSO", "CHN", people_of "Matekane"),
}, "2026-01-10 meet a\n2026-01-10 meet b+c", "who comes tells meetings of a day apart")

-- No chains ----------------------------------------

-- The year would fit both days; the days exclude each other.
entries = is({
  r("a", 1, "open_embassy", "1983-03-01", "RUS", "LSO"),
  r("b", 1, "open_embassy", "1983", "RUS", "LSO"),
  r("c", 1, "open_embassy", "1983-05-01", "RUS", "LSO"),
}, "1983-03-01 open_embassy a+b\n1983-05-01 open_embassy c", "no chain over a year")
c:equal(#entries, 2, "two entries")
-- Parties: {CHN} fits {CHN, LSO} and {CHN, ZAF}, which are two.
is({
  r("a", 1, "meet", "2026-01-10", "CHN", "LSO"),
  r("b", 1, "meet", "2026-01-10", "CHN", "ZAF"),
  r("c", 1, "meet", "2026-01-10", "CHN", nil),
}, "2026-01-10 meet c\n2026-01-10 meet a\n2026-01-10 meet b", "what may be either is neither")

-- Something specific ----------------------------------------

is({
  r("a", 1, "sign_agreement", "2019", "LSO", "ZAF"),
  r("b", 1, "sign_agreement", "2019-10-30", "LSO", "ZAF"),
}, "2019 sign_agreement a\n2019-10-30 sign_agreement b", "agreements are many in a year")
is({
  r("a", 1, "sign_agreement", "2019", "LSO", "ZAF", { title = "River Treaty" }),
  r("b", 1, "sign_agreement", "2019-10-30", "LSO", "ZAF", { title = "River Treaty" }),
  r("c", 1, "sign_agreement", "2019-10-30", "LSO", "ZAF", { title = "Air Treaty" }),
}, "2019-10-30 sign_agreement a+b\n2019-10-30 sign_agreement c", "one of a name is one")
is({
  r("a", 1, "present_credentials", "2010", "RUS", "LSO", { persons = { "Ivan Orlov" } }),
  r("b", 1, "present_credentials", "2010-02-05", "RUS", "LSO", { persons = { "Ivan Orlov" } }),
  r("c", 1, "present_credentials", "2010-02", "RUS", "LSO", { persons = { "Petr Lisin" } }),
}, "2010-02 present_credentials c\n2010-02-05 present_credentials a+b", "of the same person")

-- Names, figures, omissions ----------------------------------------

c:equal(units.names("Lejone Mpotjoane", "Lejone Mpotjoana"), "alike", "a letter apart")
c:equal(units.names("Wang Yi", "Wang Ye"), nil, "a short name says too little for that")
c:equal(units.names("Mpotjoane", "Lejone Mpotjoane"), "short", "a surname alone")
c:equal(units.names("LETSIE III", "Letsie III"), "same", "case")
entries = is({
  r("a", 1, "meet", "2026-01-11", "CHN", "LSO",
    { persons = { "Wang Yi", "Lejone Mpotjoane" }, place = "maseru",
      figures = { { class = "money", unit = "USD", value = 5 } } }),
  r("b", 1, "meet", "2026-01-11", "LSO", "CHN",
    { persons = { "Wang Yi", "Lejone Mpotjoana" },
      figures = { { class = "money", unit = "USD", value = 7 } } }),
  r("c", 1, "meet", "2026-01-11", "CHN", "LSO", { persons = { "王毅" } }),
}, "2026-01-11 meet a+b+c", "names that differ are shown, not parted")
c:equal(told(entries[1]), table.concat({
  "name: Lejone Mpotjoana (b), Lejone Mpotjoane (a)",
  "figure: 5 USD (a), 7 USD (b)",
  "only a: maseru",
}, "\n"), "names, figures, what is left out; no name is missing in another script")

-- Planned, then done ----------------------------------------

entries = is({
  r("a", 1, "visit", "2026-01", "CHN", "LSO", { modality = "planned", told = "2025-12-20" }),
  r("b", 1, "visit", "2026-01-10/2026-01-11", "CHN", "LSO", { told = "2026-01-12" }),
}, "2026-01-10/2026-01-11 visit a+b", "a plan for the month, and the visit")
c:equal(entries[1].modality, "asserted", "done beats planned")
c:equal(#entries[1].history, 2, "both stay")
c:equal(entries[1].history[1].modality .. " " .. entries[1].history[2].modality,
        "planned asserted", "in their order")
local _, checks = is({
  r("a", 1, "visit", "2025-03", "CHN", "LSO", { modality = "planned", told = "2025-02-20" }),
}, "2025-03 visit a", "a plan alone", { latest = "2026-01-01" })
c:equal(checks[1].kind .. ": " .. checks[1].text,
        "gap: visit planned for 2025-03, and nothing tells that it came to be", "is a gap")
_, checks = of({ r("a", 1, "visit", "2025-03", "CHN", "LSO", { modality = "planned" }) },
               { latest = "2025-03-20" })
c:equal(#checks, 0, "unless its time is not over")
_, checks = of({ r("a", 1, "visit", "2025-03", "CHN", "LSO", { modality = "planned" }),
                 r("b", 1, "meet", "2025-03-09", "LSO", "CHN") }, { latest = "2026" })
c:equal(#checks, 0, "or those two met then")

-- Contradictions and gaps ----------------------------------------

_, checks = is({
  r("a", 1, "establish_relations", "1980-02-01", "LSO", "RUS"),
  r("b", 1, "establish_relations", "1980-02-11", "LSO", "SUN"),
}, "1980-02-01 establish_relations a\n1980-02-11 establish_relations b", "two days are two")
c:equal(checks[1].text, "establish_relations: 1980-02-01 against 1980-02-11", "and are shown")
c:equal(checks[1].one.doc .. checks[1].other.doc, "ab", "with both who say so")
_, checks = of{
  r("a", 1, "recognise", "1992-01-24", "LSO", "RUS"),
  r("b", 1, "recognise", "1992-01-24", "LSO", "RUS", { modality = "negated" }),
}
c:equal(checks[1].text, "recognise: told, and denied", "told and denied")
_, checks = of{
  r("a", 1, "establish_relations", "1983-05", "LSO", "CHN"),
  r("b", 1, "resume_relations", "1994-01-12", "LSO", "CHN"),
}
c:equal(checks[1].text, "resumed 1994-01-12, and nothing tells when they were severed",
        "a gap")
_, checks = of{
  r("a", 1, "establish_relations", "1983-05", "LSO", "CHN"),
  r("a", 2, "sever_relations", "1990", "CHN", "LSO"),
  r("b", 1, "resume_relations", "1994-01-12", "LSO", "CHN"),
}
c:equal(#checks, 0, "none where it is told")

-- Anniversaries ----------------------------------------

local function claim (doc, n, year, more)
  local out = { doc = doc, at = 9, kind = "anniversary", n = n, years = { year },
                type = "establish_relations", source = { "LSO" }, target = { "RUS" } }
  for key, value in pairs(more or {}) do out[key] = value end
  return out
end
local base = r("a", 1, "establish_relations", "1980-02-01", "LSO", "SUN")
entries, checks = of({ base }, { claims = { claim("b", 46, 2026) } })
c:equal(checks[1].text, "46 years from 1980 to 2026", "a sum that is right")
c:equal(checks[1].ok, true, "is said to be")
c:equal(entries[1].anniversaries[1].n, 46, "and is the entry's")
_, checks = of({ base }, { claims = { claim("b", 46, 2026, { inferred = true }) } })
c:equal(#checks, 0, "a year that is reckoned from it proves nothing")
_, checks = of({ base }, { claims = { claim("b", 45, 2026, { inferred = true }) } })
c:equal(checks[1].ok, false, "but may be wrong")
_, checks = of({ base }, { claims = { claim("b", 45, 2026) } })
c:equal(checks[1].ok, false, "a wrong one")
c:equal(checks[1].text, "45 years from 1980 to 2026: that is 46", "is reported")
c:equal(checks[1].one.doc .. checks[1].other.doc, "ba", "with both sources")

-- Its sentence tells of the event, without a date: that is no event of its own.
local again = r("b", 1, "establish_relations", nil, "LSO", "RUS", { event = "e1" })
entries = is({ base, again }, "1980-02-01 establish_relations a+b", "it has the year",
             { claims = { claim("b", 46, 2026, { event = "e1" }) } })
c:equal(entries[1].reckoned, false, "a date is told")
entries, checks = is({ base, again }, "1980-02-01 establish_relations a", "a wrong one joins not",
                     { claims = { claim("b", 45, 2026, { event = "e1" }) } })
c:equal(entries[1].mentions[1].doc, "b", "it is a mention")
c:equal(checks[1].ok, false, "and reported")
entries = is({ again }, "1980 establish_relations b", "alone it tells the year",
             { claims = { claim("b", 46, 2026, { event = "e1" }) } })
c:equal(entries[1].reckoned, true, "which is reckoned")
entries = is({ base, r("c", 1, "establish_relations", nil, "LSO", "RUS") },
             "1980-02-01 establish_relations a", "told again without a date")
c:equal(entries[1].mentions[1].doc, "c", "is a mention, too")

-- "After a break of eleven years"
local course = { r("a", 1, "sever_relations", "1983", "LSO", "CHN"),
                 r("a", 2, "resume_relations", "1994", "LSO", "CHN") }
for n, text in pairs{ [11] = "11 years from 1983 to 1994",
                      [9] = "9 years from 1983 to 1994: that is 11" } do
  _, checks = of(course, { claims = { claim("b", n, nil, { kind = "break", years = {},
    type = "resume_relations", source = { "CHN" }, target = { "LSO" } }) } })
  c:equal(checks[1].text, text, "a break of " .. n)
end

-- The order of reading ----------------------------------------

-- Many records about few days: whatever their order, the entries are the same.
local state = 11
local function random (n)
  state = (state * 1103515245 + 12345) % 2147483648
  return state // 65536 % n + 1
end
local kinds = { "meet", "visit", "establish_relations", "sign_agreement", "present_credentials" }
local dates = { "2020", "2020-03", "2020-03-01", "2020-03-02", "2020-03-01/2020-03-03", "2021" }
local states = { "RUS", "SUN", "LSO", "CHN", nil }
local people = { "Ivan Orlov", "Ivan Orlow", "Petr Lisin" }
local records = {}
for i = 1, 120 do
  local who = people[random(4)]
  records[i] = r("d" .. random(25), i, kinds[random(5)], dates[random(7)], states[random(4)],
                 states[random(5)], { place = ({ "moscow", "maseru" })[random(3)],
                                      persons = who and { who } or nil, told = "2021",
                                      modality = ({ "asserted", "planned" })[random(2)] })
end
local function all (list)
  local entries_, checks_ = of(list, { latest = "2022" })
  local out = { shown(entries_) }
  for _, entry in ipairs(entries_) do
    out[#out + 1] = told(entry)
    for _, unit in ipairs(entry.units) do
      for _, record in ipairs(unit.records) do out[#out + 1] = record.at end
    end
  end
  for _, one in ipairs(checks_) do out[#out + 1] = one.text .. one.one.at end
  return table.concat(out, "\n")
end
local first = all(records)
c:ok(#of(records) < #records, "some are one")
for _ = 1, 20 do
  for i = #records, 2, -1 do
    local k = random(i)
    records[i], records[k] = records[k], records[i]
  end
  c:equal(all(records), first, "the order of reading does not matter")
end
-- and in no entry are two dates that exclude each other, nor two events that a document
-- tells of the same parties and date
for _, entry in ipairs((of(records))) do
  local seen = {}
  for _, unit in ipairs(entry.units) do
    local key = table.concat({ unit.doc, unit.period and unit.period.text or "?",
                               table.concat(unit.source), table.concat(unit.target) }, " ")
    c:equal(seen[key], nil, "a document has an event once")
    seen[key] = true
    for _, other in ipairs(entry.units) do
      c:ok(period.meet(unit.period, other.period), "dates that do not exclude each other")
    end
  end
end
c:finish()
