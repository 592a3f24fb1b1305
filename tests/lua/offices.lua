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
        "foreign minister=foreign_minister NOR ?; counterpart=foreign_minister OMN ?",
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
        "Salman bin Sultan al-Tarif=- - salman-bin-sultan-al-tarif",
        "fathers' names, and al- inside a name")

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

c:finish()
