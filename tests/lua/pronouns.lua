-- Whom he and she mean, over the documents of pronouns.jsonl: who speaks in each quote, who takes
-- part in each event, and whom a surname means that two have.
local check = require "lesdiplo.util.check"
local c = check.new()

local wanted = {
  she = "said omar-kone | said anna-lund | meet anna-lund+omar-kone | express_intent omar-kone",
  subject = "said omar-kone | meet omar-kone+jan-erik-sow | meet omar-kone+ali-moe",
  unknown = "said ? | said ? | meet xyza-dahl+tjis-moe",
  other = "said omar-moe | said xyza-dahl | meet xyza-dahl+omar-moe",
  behind = "said olaf-moe | meet olaf-moe+omar-kone | praise olaf-moe+omar-kone | Kone omar-kone",
  office = "said eva-dahl | said eva-dahl | said ? | meet eva-dahl+rosa-vega",
  ahead = "visit anna-lund | meet anna-lund+omar-kone",
  nearest = "said jan-holm | praise jan-holm+omar-kone | express_intent omar-kone | " ..
    "visit omar-kone | Holm jan-holm | Kone omar-kone",
  owner = "said omar-kone | visit omar-kone",
  label =
    "said holm | said ? | said holm | said omar-kone | said lund | HOLM holm | HOLM holm | " ..
    "LUND lund",
  fr = "said omar-kone | said anna-lund | said anna-lund",
  ru = "said иван-рейес | said анн-берг | said мишел-дахл | " ..
    "meet анн-берг+иван-рейес",
  zh = "said 詹姆斯·奥马 | said 安娜·贝格 | meet 安娜·贝格+詹姆斯·奥马",
  ["zh-unknown"] = "said wang-yi | said 安娜·贝格 | meet wang-yi+安娜·贝格",
  leaders = "said giorgia-meloni | said emmanuel-macron | meet giorgia-meloni+emmanuel-macron | " ..
    "express_intent giorgia-meloni | Meloni giorgia-meloni | Macron emmanuel-macron",
  surname = "meet thomas-berg+anna-berg | Berg thomas-berg | Berg anna-berg",
  ["surname-one"] = "meet tjis-berg+anna-berg | Berg tjis-berg | Berg anna-berg",
  ["surname-none"] =
    "meet tjis-berg+xyza-berg | Berg mr-berg | Berg ms-berg | Berg mr-berg | Berg xyza-berg",
}

local function told (doc)
  local out = {}
  for _, span in doc:layer "quote":each() do
    out[#out + 1] = "said " .. (span.speaker or "?")
  end
  for _, span in doc:layer "event":each() do
    out[#out + 1] = span.type .. " " .. table.concat(span.participants, "+")
  end
  for _, span in doc:layer "person":each() do
    if span.form == "short" then out[#out + 1] = span.text .. " " .. span.id end
  end
  return table.concat(out, " | ")
end

for doc in corpus:docs() do
  c:equal(told(doc), wanted[doc.id], doc.id)
  wanted[doc.id] = nil
end
c:equal(next(wanted), nil, "all of them are there")

c:finish()
