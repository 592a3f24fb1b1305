-- People, by the words that stand for them: short forms, forms of address, whose office it is;
-- over the documents of names.jsonl. Of each its people in order: the text, and in brackets the
-- id with the office, of whom and to whom.
local check = require "lesdiplo.util.check"
local c = check.new()

local wanted = {
  ["fr-address"] = "Emmanuel Macron (emmanuel-macron president FRA) | " ..
    "Jean-Yves Le Drian (jean-yves-le-drian) | Catherine Colonna (catherine-colonna) | " ..
    "Macron (emmanuel-macron) | Le Drian (jean-yves-le-drian) | Le Drian (jean-yves-le-drian)",
  particles = "Ursula von der Leyen (ursula-von-der-leyen) | " ..
    "Dominique de Villepin (dominique-de-villepin) | " ..
    "von der Leyen (ursula-von-der-leyen president) | " ..
    "de Villepin (dominique-de-villepin) | De Villepin (dominique-de-villepin)",
  ["en-republic"] = "Paul Biya (paul-biya president CMR) | Paul Kagame (paul-kagame president RWA)",
  ["fr-republic"] = "Paul Biya (paul-biya president CMR)",
}

local function told (doc)
  local out = {}
  for _, span in doc:layer "person":each() do
    local known = {}
    for _, key in ipairs{ "id", "role", "of", "to" } do known[#known + 1] = span[key] end
    out[#out + 1] = span.text .. " (" .. table.concat(known, " ") .. ")"
  end
  return table.concat(out, " | ")
end

for doc in corpus:docs() do
  c:equal(told(doc), wanted[doc.id], doc.id)
  wanted[doc.id] = nil
end
c:equal(next(wanted), nil, "all of them are there")

c:finish()
