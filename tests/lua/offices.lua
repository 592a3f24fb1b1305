-- Offices that stand for those who hold them, over the documents of offices.jsonl; people of
-- a table; names that several have.
local check = require "lesdiplo.util.check"
local c = check.new()

local function show (span)
  local to = span.to and "->" .. span.to or ""
  return string.format("%s=%s %s%s %s", span.text, span.role or "-", span.of or "-", to,
                       span.id or "?")
end

local function people (id, form)
  local out = {}
  for _, span in corpus:doc(id):layer "person":each() do
    if not form or span.form == form then out[#out + 1] = show(span) end
  end
  return table.concat(out, "; ")
end

local function offices (id) return people(id, "role_only") end

c:equal(offices "one", "foreign minister=foreign_minister - jan-holm; " ..
        "ambassador=ambassador KEN ?; Minister=minister - jan-holm",
        "the only holder; nobody is named; a wider office")
c:equal(offices "two", "foreign minister=foreign_minister - ?", "two hold it")
c:equal(offices "recalled", "ambassador=ambassador - anna-holm; ambassador=ambassador -->TZA ?",
        "another state's is somebody else")
c:equal(offices "peer",
        "foreign minister=foreign_minister NOR ?; counterpart=foreign_minister OMN ?; " ..
        "king=king - ?",
        "a counterpart has the other's office")
c:equal(people "peers",
        "Jan Holm=foreign_minister NOR jan-holm; Said Amri=foreign_minister OMN said-amri",
        "before a name, too")
c:equal(offices "lonely", "foreign minister=foreign_minister NOR ?",
        "of somebody without one it is none")
c:equal(offices "post", "", "a post, what somebody is or becomes, any minister")
c:equal(offices "behind", "", "titles of names")
c:equal(people "behind",
        "Karl Lund=prime_minister NOR karl-lund; Ana Reis=ambassador CHL->PER ana-reis",
        "which have them")
c:equal(offices "far", "President=president - ?", "one without a state, named long before")
c:equal(offices "zh", "首相=prime_minister NOR ?; 大使=ambassador CHN->PER ?",
        "whose it is and where to; Sudan is no sultan")
c:equal(offices "ru", "Посол=ambassador NOR->PER ?", "in Russian")
c:equal(offices "fr", "ambassadeur=ambassador NOR->PER ?", "in French")
c:equal(people("fr", "name"), "Jan Holm=foreign_minister NOR jan-holm", "and before a name")
c:equal(people "names", "Salman bin Sultan al-Tarif=prince - salman-bin-sultan-al-tarif; " ..
        "Hamad al-Doha=- - hamad-al-doha; " ..
        "Salman bin Sultan al-Tarif=- - salman-bin-sultan-al-tarif; " ..
        "al-Tarif=- - salman-bin-sultan-al-tarif",
        "fathers' names, and al- inside a name")

-- Given names that are lands, too; what a land's name stands before.
local function countries (id)
  local out = {}
  for _, span in corpus:doc(id):layer "country":each() do out[#out + 1] = span.text end
  return table.concat(out, " ")
end
c:equal(people "lands",
        "Chad Wilson=- - chad-wilson; Georgia Smith=- - georgia-smith; " ..
        "Chad Wilson=- - chad-wilson; Kenya Aas=- - kenya-aas; " ..
        "Jordan Peters=director - jordan-peters; Dan Holm=ambassador -->ISR dan-holm; " ..
        "Wilson=- - chad-wilson", "a surname behind it, a form of address, a title")
c:equal(countries "lands", "Israel Chad", "and no countries, but where an envoy is sent")
c:equal(people "rivers", "Mahamat Aas=president TCD mahamat-aas", "nobody is called Chad Basin")
c:equal(countries "rivers", "Chad Kenya Georgia Jordan Israel Chad Kenya", "these are countries")

-- Names that a list tells, of three at least; two initials in one; plurals.
c:equal(people "lists",
        "Anna Berg=- - anna-berg; Jan Holm=- - jan-holm; Delvan Slavov Pirski=- - " ..
        "delvan-slavov-pirski; Pirski=- - delvan-slavov-pirski; Anna Berg=- - anna-berg; " ..
        "John Smith=- - john-smith", "the third, but none that begins with New")
c:equal(people("initials", "name"), "C.S. Eliot Holm=official - c-s-eliot-holm; " ..
        "A.B. Aas=- - a-b-aas; J.R. Wilson=- - j-r-wilson", "initials begin a name")
c:equal(people("turns", "name"), "Anna Berg=- - anna-berg; Jan Holm=- - jan-holm",
        "whose office is whose is not known")
c:equal(countries "turns", "Americans Norwegians", "one of them begins no name of its own")

-- Surnames in capitals, Korean given names, what stands behind a name, dots and initials.
local function named (id)
  local out = {}
  for _, span in corpus:doc(id):layer "person":each() do
    if span.form ~= "role_only" then out[#out + 1] = span.text .. "=" .. span.name end
  end
  return table.concat(out, "; ")
end
c:equal(named "capitals",
        "XI Jinping=Xi Jinping; DUPONT Jean=Jean Dupont; YOON Suk-yeol=Yoon Suk-yeol; " ..
        "Dupont=Jean Dupont; Moon Jae-in=Moon Jae-in; Kim Jong Un=Kim Jong Un",
        "surnames that stand first")
c:equal(named "honours",
        "Anna Berg=Anna Berg; Ole Dal Jr=Ole Dal Jr; Berg=Anna Berg; Karl Aas=Karl Aas",
        "KC is no part of a name, and Jr is")
c:equal(people("honours", "name"):match "Karl.*", "Karl Aas=foreign_minister NOR karl-aas",
        "and an office stands behind it")
c:equal(named "dots",
        "德米特里‧梅德韋傑夫=德米特里·梅德韋傑夫; 德米特里・梅德韦杰夫=德米特里·梅德韦杰夫; 王毅=王毅",
        "dots of several kinds, a name at the beginning of a line")
c:equal(named "inits", "В.В. Волков=В.В. Волков; С. В. Петров=С. В. Петров; Волков=В.В. Волков",
        "initials in Russian")

-- Offices in Russian cases, of many, of a body; French ones that an adjective parts; Chinese
-- ones that are the beginning of something else, and behind a ruler's number.
c:equal(people "cases",
        "Послу=ambassador NOR ?; послом=ambassador KEN ?; " ..
        "Иван Рейес=foreign_minister CHL иван-рейес; Посла=ambassador PER ?",
        "cases of an envoy; После is after")
c:equal(people "many", "", "several envoys are nobody")
c:equal(people "bodies",
        "Анна Берг=press_secretary NORMFA анн-берг; Иван Рейес=secretary_general UN иван-рейес; " ..
        "Петра Волкова=ambassador KEN->CHL петр-волк", "a body, or two states, between")
c:equal(people "parted",
        "Jan Holm=foreign_minister NOR jan-holm; ministre kényane de la Défense=" ..
        "defence_minister KEN ?; ministre=minister CHL ?", "an adjective between")
c:equal(people "houses", "外交部长=foreign_minister NOR ?; 大使=ambassador PER ?",
        "an embassy and a palace are nobody")
c:equal(people "rulers", "哈拉尔五世=king - 哈拉尔五世; 大使=ambassador CHL ?", "a king's number")
c:equal(people "met",
        "Jan Holm=foreign_minister NOR jan-holm; ambassador=ambassador CHL ?; " ..
        "Jan Holm=foreign_minister - jan-holm", "whom he met is somebody else")

-- Capitals that act, and ministries of others.
c:equal(countries "verbs" .. countries "verbes", "Beijing OsloMoscou", "words before the verb")
local function bodies (id)
  local out = {}
  for _, span in corpus:doc(id):layer "org":each() do
    out[#out + 1] = span.text .. "=" .. span.id
  end
  return table.concat(out, "; ")
end
c:equal(bodies "ministries",
        "МИД Норвегии=NORMFA; китайский МИД=CHNMFA; МИД России=RUSMFA; МИД Кении=KENMFA",
        "whose ministry")
c:equal(bodies "groups",
        "Border Crimes Advisory Group=border-crimes-advisory-group; " ..
        "BCA=border-crimes-advisory-group; Working Group=working-group; " ..
        "BCA=border-crimes-advisory-group; War Units of the Office of the Prosecutor General of " ..
        "Chile=war-units-of-the-office-of-the-prosecutor-general-of-chile; " ..
        "OPG=office-of-the-prosecutor-general-of-chile; " ..
        "OPG=office-of-the-prosecutor-general-of-chile; Political Section of the Ministry of " ..
        "the Interior=political-section-of-the-ministry-of-the-interior; " ..
        "MININT=ministry-of-the-interior; MININT=ministry-of-the-interior; " ..
        "Museum of Northern Art=museum-of-northern-art; " ..
        "League Observation Mission=league-observation-mission",
        "groups, and what a short form spells")
c:equal(#bodies "spelt" > 0, true, "a short form that may be spelt in many ways")
c:equal(bodies "foreign",
        "Liberia's Department of Justice=liberia-s-department-of-justice; " ..
        "Department of Justice=USJUSTICE", "another state's")
c:equal(bodies "addresses",
        "EU=EU; NATO=NATO; NATO Defence Council=nato-defence-council; UNEP=UNEP; " ..
        "WTO=WTO; FAO=FAO; WHO=WHO; OBO=USOBO", "no names in addresses")

-- What a document does not tell, nobody counts among its people; relations have two ends.
c:equal(#corpus:doc "dated".people, 0, "nobody")
for doc in corpus:docs() do
  for _, span in doc:layer "relation":each() do
    c:ok(span.subject and span.object, "a relation's ends")
  end
end

-- Rows --------------------------------------------------------------------------------

c:equal(offices "dated" .. offices "later", ("prime minister=prime_minister NOR ?"):rep(2),
        "no row")
corpus:entities{
  { id = "first-one", kind = "person", name = "Ole Berg", holds = "prime_minister NOR (..2020)" },
  { id = "second-one", kind = "person", name = "Kari Dal",
    holds = "mayor (2009..2012); prime_minister NOR (2020-06-15..)" },
}
c:equal(offices "dated", "prime minister=prime_minister NOR first-one", "at its date")
c:equal(offices "later", "prime minister=prime_minister NOR second-one", "and later")
c:equal(offices "both", "prime minister=prime_minister NOR ?", "two, as far as its date tells")
c:equal(offices "undated", "prime minister=prime_minister NOR ?", "no date")
c:equal(corpus:doc "later".people[1].name, "Kari Dal", "a person of the document")
local found = 0
for span in corpus:mentions "second-one" do
  if span.form == "role_only" then found = found + 1 end
end
c:equal(found, 2, "mentions of the person, in two languages")

c:equal(people "table", "Berit Aas Moe=ambassador - berit-aas-moe; Moe=- - berit-aas-moe",
        "no table")
corpus:entities{
  { id = "moe-1961", kind = "person", name = "Berit Moe", names = { "Berit Aas Moe" } },
  { id = "vik", kind = "person", name = "Ytre Vik" },
}
c:equal(people "table", "Berit Aas Moe=ambassador - moe-1961; Moe=- - moe-1961; Ytre Vik=- - vik",
        "a table's id for all forms, and a name that nothing else tells")

-- Names that several have ------------------------------------------------------------

local function first (id)
  local span = corpus:doc(id):layer "country"[1]
  return span.id .. " not " .. table.concat(span.also, " ") .. ": " .. span.rule
end
c:equal(first "shared", "COD not COG: named otherwise in the document", "the one that is named")
c:ok(first "bare":find "first in the tables$", "or the first")

c:equal(people("short", "name"),
        "Park Sora=foreign_minister KOR park-sora; Luis Sol=secretary_general OAS luis-sol; " ..
        "Yara Dube=president UGA yara-dube; Anna Ross=envoy - anna-ross",
        "a country with its short form, a body whose name has a country, a country behind")
c:equal(people("inner", "name"),
        "Anna P. Medina=assistant_secretary - anna-p-medina; " ..
        "Hassan Sheikh Omar=president - hassan-sheikh-omar; " ..
        "Prayut Chan-o-cha=prime_minister - prayut-chan-o-cha; " ..
        "Ali Sow=- - ali-sow; Omar Kone=- - omar-kone",
        "a surname that is a town's, a title inside a name, hyphens, the second of a list")

c:equal(people("told", "name"),
        "Tarmo Kuusk=- - tarmo-kuusk; Kari Nordma=- - kari-nordma; " ..
        "Leelo Tungala=- - leelo-tungala; Bohdan Vyshka=- - bohdan-vyshka; " ..
        "Ilze Ozola=mayor - ilze-ozola",
        "an apposition, a relative clause, an appointment tell a name that no list has")

c:finish()
