-- Countries, organisations, places, people: where documents name them.
local check = require "lesdiplo.util.check"
local q = lesdiplo.query
local c = check.new()

-- A text as a document of its own cannot be made here: what is tried are the seeds,
-- and a text that the tables are asked about through CQL, too.
local function of (doc, layer)
  local out = {}
  for _, span in doc:layer(layer):each() do out[#out + 1] = span.id end
  return table.concat(out, " ")
end

-- The seeds --------------------------------------------------------------------------

local report = corpus:doc "1-anniversary.txt"
local page = corpus:doc "2-relations.md"
local policy = corpus:doc "3-policy.txt"
local wire = corpus:doc "5-congratulations.txt"

local function has (doc, layer, id)
  for _, span in doc:layer(layer):each() do
    if span.id == id then return span end
  end
end

c:ok(has(report, "country", "LSO") and has(report, "country", "RUS"), "countries of a report")
c:equal(has(wire, "country", "CHN").form, "name", "the form of a name")
c:ok(has(page, "country", "SUN"), "the Soviet Union is not Russia")
c:equal(has(page, "country", "SUN").id ~= "RUS", true, "and has an id of its own")
for _, id in ipairs{ "SADC", "SACU", "CMA", "G77", "NONALIGNED", "LDC" } do
  c:ok(has(policy, "org", id), id .. " in the policy paper")
end
for doc in corpus:docs() do
  for _, layer in ipairs{ "country", "org", "place", "person" } do
    for _, span in doc:layer(layer):each() do
      c:equal(doc.text:sub(span.first, span.last), span.text, "a span is its text")
      c:equal(type(span.id), span.form == "role_only" and type(span.name) or "string",
              "and has an id, if not an office without a name")
    end
  end
end

-- People -------------------------------------------------------------------------------

local xi = has(wire, "person", "xi-jinping")
c:equal(xi.name, "Xi Jinping", "a name")
c:equal(xi.role .. " " .. xi.of, "president CHN", "a role, of what")
c:ok(has(wire, "person", "sam-matekane"), "a role in apposition")
local king = has(wire, "person", "letsie-iii")
c:equal(king.role, "king", "a king")
local short
for _, span in wire:layer "person":each() do short = short or span.form == "short" and span end
c:equal(short.id, "xi-jinping", "a surname is its person's")
local people = wire.people
c:equal(people[1].name, "Letsie III", "who is named first")
c:equal(people[1].first.id, "letsie-iii", "and where")
c:ok(wire.countries[1].mentions >= wire.countries[2].mentions, "countries by count")
local also = q.person * "also"
c:equal(#corpus:find(also), #corpus:find(also, { plan = false }), "people in patterns")

-- Entities --------------------------------------------------------------------------------

local lesotho = lesdiplo.entity "LSO"
c:equal(lesotho.name, "Lesotho", "a name")
c:equal(lesotho:name_in "zh", "莱索托", "in Chinese")
c:equal(lesotho:name_in "ru", "Лесото", "in Russian")
c:equal(lesotho.alpha2, "LS", "a fact")
c:equal(tostring(lesotho), "Lesotho (country LSO)", "as a text")
c:equal(lesdiplo.entity "no such", nil, "nothing")

-- An id of several kinds is the country's, unless a kind is named.
for _, id in ipairs{ "ZAR", "BTN", "MKD", "SLE" } do
  c:equal(lesdiplo.entity(id).kind, "country", id)
  c:equal(lesdiplo.entity(id, "currency").kind, "currency", id .. ", the currency")
end
c:equal(lesdiplo.entity "ZAR".name, "Zaire", "a former state")
c:equal(lesdiplo.entity("ZAR", "currency").name, "South African Rand", "and the money of another")
c:equal(lesdiplo.entity("EUR", "country"), nil, "none of that kind")
c:equal(lesdiplo.entity("LSO", "no such"), nil, "no such kind")
c:raises(function () lesdiplo.entity("LSO", 5) end, "a kind is a text", "a kind that is a number")
c:equal(lesdiplo.grammar.amounts.all("It cost 500 Sierra Leonean Leones.")[1].unit, "SLE",
        "a currency with a country's id")
c:raises(function () lesdiplo.entity(3) end, "an id is a text", "no id")
local forms = {}
for _, name in ipairs(lesotho.names) do forms[name.form] = true end
c:ok(forms.official and forms.adjective and forms.demonym, "forms of a name")
local count = 0
for span in corpus:mentions "LSO" do
  c:equal(span.id, "LSO", "mentions are its own")
  count = count + 1
end
local sum = 0
for doc in corpus:docs() do
  for _, span in doc:layer "country":each() do sum = sum + (span.id == "LSO" and 1 or 0) end
end
c:equal(count, sum, "all of them")
c:ok(count > 20, "and there are some")
local again = 0
for _ in lesotho:mentions(corpus) do again = again + 1 end
c:equal(again, count, "by the entity")
for id in ("GBR USA RUS CHN SUN YUG CSK DDR UN AU SADC EU maseru moscow"):gmatch "%S+" do
  c:ok(lesdiplo.entity(id), id .. " ships")
end

-- Rows of one's own --------------------------------------------------------------------------

local before = of(wire, "org")
local own = { id = "CONGRATS", kind = "org", names = { "congratulations", "new areas" } }
own.since = 1998
c:equal(corpus:entities{ own }, 1, "a row")
c:ok(has(wire, "org", "CONGRATS"), "is found at once")
c:equal(lesdiplo.entity "CONGRATS".since, "1998", "and has its facts")
c:ok(of(wire, "org") ~= before, "the layer is made anew")
local names = #lesdiplo.entity "LSO".names
corpus:entities{ { id = "LSO", name = "Kingdom in the Sky", lang = "en", form = "metonym" } }
c:equal(#lesdiplo.entity "LSO".names, names + 1, "a name more, and none lost")
corpus:entities "[SPG place]\nen: starting point\nkind: region\n"
c:equal(has(wire, "place", "SPG").kind, "region", "entries as a text")
local rows = "id,kind,name,lang,form,seat\n" ..
  "HALL,place,Hall of the People,en,,BEIJING\nHALL,,\"Hall, People's\",en,short,BEIJING\n"
c:equal(corpus:entities(rows, "csv"), 2, "rows of CSV")
c:equal(#lesdiplo.entity "HALL".names, 2, "of one id")
c:equal(#lesdiplo.entity "HALL".facts, 1, "a fact that two rows tell is one")
c:equal(corpus:entities('{"id": "HALL", "names": ["Зал", {"text": "大厅", "lang": "zh"}],' ..
                        ' "lang": "ru", "stories": 4}', "jsonl"), 1, "an object")
local hall = lesdiplo.entity "HALL"
c:equal(hall:name_in "ru" .. hall:name_in "zh" .. hall.stories, "Зал大厅4", "and what it has")
corpus:entities{ { id = "HALL", names = { fr = "Salle", { text = "Halle", lang = "de" } } } }
hall = lesdiplo.entity "HALL"
c:equal(hall:name_in "fr" .. hall:name_in "de", "SalleHalle", "the same in Lua")
corpus:entities{ { id = "HALL", built = 1959 } }
c:equal(lesdiplo.entity "HALL".built, "1959", "a fact without a name, of what is known")
corpus:entities("[X5 place]\nen: Some Square\n")
c:raises(function () corpus:entities("id\nX1\n", "tsv") end, "no format 'tsv' of entities",
         "a format")
c:raises(function () corpus:entities("id,name\nX1,One\n,Two\n", "csv") end,
         "corpus:entities:2: 'X1' is new", "lines of a text")
for _, slip in ipairs{
  { { { id = "X1", kind = "org", names = { { txt = "a" } } } }, "'names.1.txt' means nothing" },
  { { { id = "X1", kind = "org", names = { { lang = "en" } } } }, "'names.1' has no text" },
  { { { id = "X1", kind = "org", names = { English = "a" } } }, "'names.English' means nothing" },
  { { { id = "X1", kind = "org", name = "a", lang = "English" } }, "'English' is no language" },
  { { { id = "X1", kind = "org", name = "a", lang = "en-GB" } }, "'en-GB' is no language" },
  { { { id = "X1", kind = "org", name = "a", lang = "xx" } }, "'xx' is no language: write en" },
  { { { id = "X1", kind = "org", name = "\xE9tat" } }, "cell 3 of the row is not UTF-8" },
  { { { id = "X1", kind = "org", name = "a\0b" } }, "has a NUL in it" },
  { { { id = ("x"):rep(101), kind = "org", name = "a" } }, "is too long: an id has 100 bytes" },
  { { { id = "X1", kind = "org", name = "" } }, "'' is no name" },
  { { { id = "", kind = "org", name = "a" } }, "a row has an id" },
  { { { id = "X1", kind = "org", name = "a", b = { { { 1 } } } } }, "tables inside tables" },
  { { {} }, "row 1: a row has an id" },
  { { { id = "X1" } }, "'X1' is new: say its kind" },
  { { { id = "X1", kind = "org" } }, "a row has a name" },
  { { { id = "X1", kind = "org", name = "..." } }, "is no name" },
  { { { id = "X1", kind = "org", name = "a", form = "nick" } }, "no form of a name 'nick'" },
  { { "LSO" }, "a row is a table" },
  { "[A org]\nen: a\nnonsense\n", "3: 'nonsense' cannot be read" },
  { "en: a\n", "1: 'en: a' stands before the first entry" },
  { "[A org]\nen nick: a\n", "2: 'en nick' is no form of a name" },
  { "[A org]\nen: ...\n", "2: '...' is no name" },
  { "[A]\n", "1: '[A]' is no head" },
  { { { id = "X2", kind = "person", name = "a", holds = "mayor (2009)" } }, "is nothing to hold" },
  { { { id = "X2", holds = "prime minister NOR" } }, "is nothing to hold" },
  { { { id = "X2", holds = "mayor (2009..now)" } }, "is nothing to hold" },
  { { { id = "X2", holds = "mayor; ; judge" } }, "is nothing to hold" },
  { "[X2 person]\nholds: mayor )\n", "2: 'mayor )' is nothing to hold" },
  { 3, "an array of rows is wanted" },
} do
  c:raises(function () corpus:entities(slip[1]) end, slip[2], slip[2])
end
c:equal(lesdiplo.entity "X1", nil, "what cannot be placed leaves nothing")
c:raises(function () lesdiplo.layer{ name = "country", find = q.any } end, "cannot be defined anew",
         "a layer that ships")

c:finish()
