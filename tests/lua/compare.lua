-- corpus:compare, over the documents of compare.jsonl. The positions are a layer of our
-- own: what is tried is which of them are put side by side.
local check = require "lesdiplo.util.check"
local objects = require "lesdiplo.fact.told.objects"
local c = check.new()

-- By document: the words of an object, and who says what of it.
local held = {
  policy = {
    { "the reform of the Blue River Commission and of its council", "supports", 1 },
    { "unilateral sanctions on river states", "rejects", -1 },
    { "dialogue on fishing quotas", "supports", 1 },
    { "Taiwan as a part of China", "recognises", 1 },
    { "open a school", "commits", 1 },
  },
  communique = {
    { "unilateral sanctions", "opposes", -1 },
    { "close ties to reform the council of the Blue River Commission", "supports", 1 },
    { "reform the council of the Blue River Commission", "commits", 1 },
    { "fishing quotas without dialogue", "opposes", -1 },
    { "rain", "hopes", 0 },
  },
  zh = {
    { "非洲联盟的提案", "opposes", -1 },
    { "台湾是中国的一部分", "recognises", 1 },
    { "单边制裁", "opposes", -1 },
  },
  ["zh-2"] = { { "單邊制裁", "opposes", -1 }, { "發展", "supports", 1 } },
}
lesdiplo.layer{ name = "held", fields = { "holder", "stance", "polarity", "negated", "hedge" },
                make = function (doc, add)
  for _, row in ipairs(held[doc.id] or {}) do
    local first, last = doc.text:find(row[1], 1, true)
    add(first, last, { holder = { "VEL" }, stance = row[2], polarity = row[3] })
  end
end }

local function compare (a, b, options)
  options = options or {}
  options.layer = "held"
  return corpus:compare(a, b, options)
end
local function shown (rows)
  local out = {}
  for i, row in ipairs(rows) do
    out[i] = table.concat({ row.relation, row.a.text, row.b.text }, ": ")
  end
  return table.concat(out, "\n")
end

-- Side by side ------------------------------------------------------------------------

local rows = compare("policy", "communique")
table.sort(rows, function (x, y) return x.a.first < y.a.first end)
c:equal(shown(rows), table.concat({
  "agreement: the reform of the Blue River Commission and of its council: "
  .. "reform the council of the Blue River Commission",
  "agreement: unilateral sanctions on river states: unilateral sanctions",
  "tension: dialogue on fishing quotas: fishing quotas without dialogue",
}, "\n"), "one counterpart each; of one inside another the inner one")
c:equal(rows[3].a_says .. "|" .. rows[3].b_says, "VEL supports|VEL opposes", "who says what")
c:ok(rows[1].alike > rows[2].alike, "the more they share that is rare, the more alike")
local texts = {}
for i, row in ipairs(rows.only_a) do texts[i] = row.object.text end
c:equal(table.concat(texts, "|"), "Taiwan as a part of China|open a school", "without counterpart")
c:equal(#rows.only_b, 2, "there, too")
c:equal(shown(compare(corpus:doc "policy", corpus:doc "communique")),
        shown(compare("policy", "communique")), "documents, or their ids")
c:equal(#compare("policy", "communique", { least = 1 }), 2, "how alike")
for _, row in ipairs(compare("communique", "policy")) do
  c:ok(row.a.doc.id == "communique" and row.b.doc.id == "policy", "the other way round")
end
c:equal(#compare("communique", "policy"), #rows, "as many")

-- Chinese: two scripts, and what is named in two languages
c:equal(shown(compare("zh", "zh-2")), "agreement: 单边制裁: 單邊制裁", "in either script")
c:equal(shown(compare("policy", "zh")), "agreement: Taiwan as a part of China: 台湾是中国的一部分",
        "by what both name")

-- The measure -----------------------------------------------------------------------------

local weight = objects.weights(corpus)
c:ok(weight "quota" > weight "river", "what is rare weighs more")
local a, b = objects.of{ x = true, y = true }, objects.of{ y = true, z = true }
local function one () return 1 end
c:equal(objects.likeness(a, b, one), 0.5, "one of two")
c:equal(objects.likeness(a, a, one), 1.0, "the same")
c:equal(objects.likeness(a, objects.of{ z = true }, one), 0.0, "nothing")
a, b = objects.of{ x = true, ["=A"] = true }, objects.of{ y = true, ["=A"] = true }
c:equal(objects.likeness(a, b, one, true), 1.0, "of ids only")

-- Mistakes ----------------------------------------------------------------------------------

c:raises(function () compare("policy", "polcy") end, "did you mean", "no such document")
c:raises(function () compare("policy", 7) end, "b is a document", "no document")
c:raises(function () compare("policy", "zh", { least = 0 }) end, "above 0", "no measure")
c:raises(function () corpus:compare "policy" end, "value expected", "one document")

-- As text -------------------------------------------------------------------------------------

for _, format in ipairs(lesdiplo.report.formats) do
  local text = lesdiplo.report.text(format, rows, { width = 400 })
  c:ok(text:find(rows[2].b.cite, 1, true), format .. ": both are cited")
end
c:finish()
