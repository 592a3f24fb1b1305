-- The same sentences in English, simplified and traditional Chinese, Russian and French, over
-- the documents of tongues.jsonl: the same actors, at the very bytes that name them.
local check = require "lesdiplo.util.check"
local c = check.new()

local tongues = { "en", "zh-Hans", "zh-Hant", "ru", "fr" }

-- What each sentence names: the layer, what is known of it, and how it is written in each
-- language; in the order of the English one.
local sentences = {
  visit = {
    { "country", "RUS", "Russian", "俄罗斯", "俄羅斯", "России", "russe" },
    { "person", "foreign_minister RUS -", "Sergei Lavrov", "谢尔盖·拉夫罗夫", "謝爾蓋·拉夫羅夫",
      "Сергей Лавров", "Sergueï Lavrov" },
    { "country", "LSO", "Lesotho", "莱索托", "萊索托", "Лесото", "Lesotho" },
    { "person", "ambassador LSO -", "Anna Mokoena", "安娜·莫科埃纳", "安娜·莫科埃納",
      "Анной Мокоеной", "Anna Mokoena" },
    { "place", "moscow", "Moscow", "莫斯科", "莫斯科", "Москве", "Moscou" },
  },
  aid = {
    { "org", "AU", "African Union", "非洲联盟", "非洲聯盟", "Африканский союз", "Union africaine" },
    { "org", "SADC", "SADC", "南部非洲发展共同体", "南部非洲發展共同體", "САДК", "SADC" },
    { "country", "FRA", "France", "法国", "法國", "Францию", "France" },
    { "country", "DEU", "Germany", "德国", "德國", "Германию", "Allemagne" },
    { "country", "MOZ", "Mozambique", "莫桑比克", "莫桑比克", "Мозамбику", "Mozambique" },
  },
  former = {
    { "country", "SUN", "Soviet Union", "苏联", "蘇聯", "Советский Союз", "Union soviétique" },
    { "place", "maseru", "Maseru", "马塞卢", "馬塞盧", "Масеру", "Maseru" },
    { "country", "CSK", "Czechoslovakia", "捷克斯洛伐克", "捷克斯洛伐克", "Чехословакии",
      "Tchécoslovaquie" },
    { "country", "YUG", "Yugoslavia", "南斯拉夫", "南斯拉夫", "Югославии", "Yougoslavie" },
  },
  pair = {
    { "country", "CHN", "Sino", "中", "中", "китайская", "sino" },
    { "country", "RUS", "Russian", "俄", "俄", "Российско", "russe" },
    { "country", "LSO", "Lesotho", "莱索托", "萊索托", "Лесото", "Lesotho" },
  },
  acts = {
    { "country", "RUS", "Moscow", "莫斯科", "莫斯科", "Москва", "Moscou" },
    { "place", "moscow", "Moscow", "莫斯科", "莫斯科", "Москва", "Moscou" },
    { "org", "UN", "United Nations", "联合国", "聯合國", "Организации Объединённых Наций",
      "Nations unies" },
    { "country", "KEN", "Kenya", "肯尼亚", "肯亞", "Кения", "Kenya" },
  },
  crown = {
    { "person", "king - -", "Letsie III", "莱齐耶三世", "萊齊耶三世", "Летсие III", "Letsie III" },
    { "person", "prime_minister NOR -", "Prime Minister", "首相", "首相", "премьер-министра",
      "Premier ministre" },
    { "country", "NOR", "Norway", "挪威", "挪威", "Норвегии", "Norvège" },
    { "country", "CHL", "Chile", "智利", "智利", "Чили", "Chili" },
  },
  nested = {
    { "country", "RUS", "Russian", "俄罗斯", "俄羅斯", "России", "russe" },
    { "org", "RUSMFA", "Russian Foreign Ministry", "俄罗斯外交部", "俄羅斯外交部", "МИД России",
      "ministère russe des Affaires étrangères" },
    { "org", "AFDB", "African Development Bank", "非洲开发银行", "非洲開發銀行",
      "Африканский банк развития", "Banque africaine de développement" },
    { "org", "NONALIGNED", "Non-Aligned Movement", "不结盟运动", "不結盟運動",
      "Движение неприсоединения", "Mouvement des non-alignés" },
  },
  council = {
    { "org", "UN", "UN", "联合国", "聯合國", "ООН", "ONU" },
    { "person", "secretary_general UN -", "António Guterres", "安东尼奥·古特雷斯",
      "安東尼奧·古特雷斯", "Антониу Гутерриш", "António Guterres" },
    { "org", "UNSC", "Security Council", "安理会", "安理會", "Совету Безопасности",
      "Conseil de sécurité" },
    { "country", "SSD", "South Sudan", "南苏丹", "南蘇丹", "Южном Судане", "Soudan du Sud" },
    { "country", "GNB", "Guinea-Bissau", "几内亚比绍", "幾內亞比紹", "Гвинее-Бисау",
      "Guinée-Bissau" },
  },
  abroad = {
    { "country", "CHN", "China", "中国", "中國", "Китая", "Chine" },
    { "country", "ZAF", "South Africa", "南非", "南非", "ЮАР", "Afrique du Sud" },
    { "person", "ambassador CHN ZAF", "Wang Min", "王敏", "王敏", "Ван Минь", "Wang Min" },
    { "country", "SWZ", "Eswatini", "斯威士兰", "史瓦帝尼", "Эсватини", "Eswatini" },
    { "country", "MMR", "Burma", "缅甸", "緬甸", "Бирму", "Birmanie" },
  },
}

-- What is known of a mention: an id, or of a person the office, of whom, and to whom.
local function known_of (span, layer)
  if layer ~= "person" then return span.id end
  return string.format("%s %s %s", span.role or "-", span.of or "-", span.to or "-")
end

local function mention_at (doc, layer, first, last)
  for _, span in doc:layer(layer):each() do
    if span.first == first and span.last == last then return span end
  end
end

local expected = 0
for name, wanted in pairs(sentences) do
  for i, tongue in ipairs(tongues) do
    local doc = corpus:doc(name .. "." .. tongue)
    for _, one in ipairs(wanted) do
      local layer, known, text = one[1], one[2], one[i + 2]
      local what = string.format("%s: %s %s", doc.id, layer, text)
      local first, last = doc.text:find(text, 1, true)
      local span = mention_at(doc, layer, first, last)
      c:ok(span, what)
      c:equal(span and known_of(span, layer), known, what)
      expected = expected + 1
    end
  end
end

-- And no other country, body or person, but for envoys without a name (their offices differ
-- from language to language).
local found = 0
for doc in corpus:docs() do
  for _, layer in ipairs{ "country", "org", "person" } do
    for _, span in doc:layer(layer):each() do
      if span.form ~= "role_only" or span.role == "prime_minister" then found = found + 1 end
    end
  end
end
local places = 0
for _, wanted in pairs(sentences) do
  for _, one in ipairs(wanted) do
    if one[1] == "place" then places = places + #tongues end
  end
end
c:equal(found, expected - places, "nothing else")

c:finish()
