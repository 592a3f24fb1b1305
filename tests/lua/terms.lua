-- Who holds an office and who held it, or does not hold it yet: of the documents of terms.jsonl
-- the relation holds_role of each, with since when, until when (to) or as of when (@).
local check = require "lesdiplo.util.check"
local c = check.new()

local wanted = {
  ["en-former"] = "kari-moe foreign_minister NOR to ../2025-03-04 | " ..
    "ali-sow ambassador TGO->PER to ../2025-03-04 | " ..
    "jan-vik defence_minister DNK to ../2025-03-04 | ola-dahl mayor to ../2025-03-04",
  ["en-ex"] = "omar-kone president to ../2025-03-04 | " ..
    "rosa-vega foreign_minister CHL to ../2025-03-04 | paul-lund senator to ../2025-03-04 | " ..
    "eva-holm prime_minister to ../2025-03-04",
  ["en-then"] =
    "ola-dahl finance_minister to ../2025-03-04 | omar-kone president to ../2025-03-04 | " ..
    "jan-vik ambassador to ../2025-03-04 | kari-moe foreign_minister to ../2025-03-04",
  ["en-late"] =
    "omar-kone president to ../2025-03-04 | rosa-vega vice_president to ../2025-03-04 | " ..
    "jan-vik general to ../2025-03-04",
  ["en-next"] = "",
  ["en-now"] =
    "omar-kone president @2025-03-04 | kari-moe foreign_minister @2025-03-04 | " ..
    "jan-vik ambassador @2025-03-04 | eva-holm prime_minister @2025-03-04 | " ..
    "paul-lund senator @2025-03-04 | ola-dahl deputy_minister @2025-03-04 | " ..
    "rosa-vega president @2025-03-04",
  ["en-two"] = "eva-holm prime_minister NOR @2025-03-04 | jan-vik prime_minister to ../2025-03-04",
  ["en-term"] = "ali-sow ambassador TGO->PER from 2003 to 2008",
  ["en-laureate"] = "rosa-vega laureate @2025-03-04 | jan-vik researcher @2025-03-04",
  ["ru-former"] =
    "ян-вик ambassador NOR->PER to ../2025-03-04 | мар-вег president CHL to ../2025-03-04 | " ..
    "иван-рейес finance_minister KEN to ../2025-03-04 | " ..
    "петр-волк defence_minister DNK to ../2025-03-04 | " ..
    "анн-берг foreign_minister POL @2025-03-04",
  ["zh-former"] =
    "安娜·贝格 foreign_minister NOR to ../2025-03-04 | 奥巴马 president KEN to ../2025-03-04 | " ..
    "wang-yi foreign_minister to ../2025-03-04 | john-kerry prime_minister to ../2025-03-04 | " ..
    "vladimir-putin president @2025-03-04",
  ["fr-former"] =
    "jean-holm minister DNK to ../2025-03-04 | rosa-vega president CHL to ../2025-03-04 | " ..
    "paul-lund finance_minister to ../2025-03-04 | omar-kone president @2025-03-04 | " ..
    "marc-dahl ambassador TGO to ../2025-03-04",
  undated = "jan-vik foreign_minister DNK to PAST_REF | omar-kone president",
}

local function held (doc)
  local out = {}
  for _, span in doc:layer "relation":each() do
    if span.relation == "holds_role" then
      out[#out + 1] = string.format("%s %s%s%s%s", span.subject, span.object,
                                    span.from and " from " .. span.from or "",
                                    span.to and " to " .. span.to or "",
                                    span.date and " @" .. span.date or "")
    end
  end
  return table.concat(out, " | ")
end

for doc in corpus:docs() do
  c:equal(held(doc), wanted[doc.id], doc.id)
  wanted[doc.id] = nil
end
c:equal(next(wanted), nil, "all of them are there")

-- "The minister" is who is one, "the former minister" who was.
local said = {}
for _, span in corpus:doc "en-two":layer "quote":each() do
  said[#said + 1] = span.text .. ": " .. span.speaker
end
c:equal(table.concat(said, " | "), "the road was long: jan-vik | the road was short: eva-holm",
        "who speaks")

c:finish()
