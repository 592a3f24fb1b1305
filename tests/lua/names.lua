-- People, by the words that stand for them: short forms, forms of address, whose office it is;
-- over the documents of names.jsonl. Of each its people in order: the text, and in brackets the
-- id with the office, of whom and to whom. Of some the states by one character as well, or
-- the terms of office.
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
  ["zh-address"] = "王毅 (wang-yi foreign_minister) | 安娜 (安娜) | 王 (wang-yi) | 李 (李) | " ..
    "普京 (vladimir-putin president)",
  ["zh-again"] = "杨晓坤 (杨晓坤 ambassador CHN LSO) | 杨 (杨晓坤 ambassador) | 杨晓坤 (杨晓坤)",
  ["zh-hant-again"] = "弗拉基米爾·普京 (vladimir-putin president RUS) | " ..
    "王毅 (wang-yi foreign_minister) | " ..
    "普京 (vladimir-putin president) | 王 (wang-yi foreign_minister) | 普京 (vladimir-putin)",
  ["zh-ends"] = "普京 (vladimir-putin president RUS) | 莫迪 (narendra-modi prime_minister IND) | " ..
    "唐纳德·J·特朗普 (donald-trump president USA) | 约翰逊 (约翰逊 prime_minister GBR) | " ..
    "特朗普 (donald-trump) | 王敏 (王敏 foreign_minister)",
  ["zh-wife"] = "习近平 (xi-jinping president) | 彭丽媛 (彭丽媛) | 习近平 (xi-jinping) | " ..
    "岸田文雄 (fumio-kishida prime_minister JPN) | 岸田 (fumio-kishida prime_minister)",
  ["zh-nobody"] = "大使 (ambassador EU)",
  ["zh-pairs"] = "习近平 (xi-jinping CHN)",
  ["zh-words"] = "",
  ["zh-named"] = "总统 (president BRA)",
  ["zh-digits"] = "李安 (李安 defence_minister) | 范文海 (范文海 prime_minister VNM) | " ..
    "伊丽莎白 (伊丽莎白 ambassador) | 特朗普 (donald-trump president USA)",
  ["zh-marks"] = "外长 (foreign_minister GHA) | 王海 (王海 foreign_minister CHN) | " ..
    "总统 (president FRA) | 总统 (president EGY) | 总理 (prime_minister IND) | " ..
    "高平 (高平 ambassador JPN)",
  ["zh-unlisted"] = "通坦 (通坦 prime_minister LAO) | 敏昂 (敏昂 leader MMR) | " ..
    "久奇 (久奇 foreign_minister SRB) | 总统 (president FRA) | 总理 (prime_minister THA) | " ..
    "普京 (vladimir-putin RUS) | 国王 (king PER)",
  ["ru-words"] = "Си Цзиньпин (xi-jinping chairman CHN) | " ..
    "Нарендру Моди (narendra-modi prime_minister IND) | " ..
    "Мария Захарова (maria-zakharova spokesperson RUSMFA) | В.В.Путин (vladimir-putin RUS) | " ..
    "Петрова Ивана Сергеевича (петр-иван-сергеевич) | Сидорова А. Б. (сидор-а-б)",
  ["ru-list"] = "Мухаммад ибн Салман (мухаммад-ибн-салман) | Башар Асад (bashar-al-assad) | " ..
    "Урсула фон дер Ляйен (ursula-von-der-leyen EU) | " ..
    "Реджеп Тайип Эрдоган (recep-tayyip-erdogan president TUR) | " ..
    "фон дер Ляйен (ursula-von-der-leyen EU)",
  ["ru-states"] = "",
  ["en-bodies"] = "Anna Berg (anna-berg permanent_representative UN) | " ..
    "Karim Khan (karim-khan prosecutor ICC)",
  ["en-before"] = "ambassador (ambassador) | Anne Lund (anne-lund predecessor) | " ..
    "Jan Vik (jan-vik successor)",
  ["en-two"] = "John Smith (john-smith senator) | Jane Smith (jane-smith) | " ..
    "Smith (john-smith) | Smith (jane-smith) | Jan Berg (jan-berg) | Eva Berg (eva-berg) | " ..
    "Berg (jan-berg) | Berg (eva-berg)",
  ["en-articles"] = "Omar al-Rashid (omar-al-rashid president) | " ..
    "Hassan el-Amin (hassan-el-amin foreign_minister) | Rashid (omar-al-rashid) | " ..
    "Al-Rashid (omar-al-rashid) | El-Amin (hassan-el-amin) | Amin (hassan-el-amin) | " ..
    "Rashid (omar-al-rashid president)",
  ["en-capitals"] = "KIM Jong Un (kim-jong-un) | Kim (kim-jong-un) | " ..
    "Peter HOLM (peter-holm high_representative) | Anna BERG (anna-berg prime_minister) | " ..
    "Holm (peter-holm) | Berg (anna-berg)",
  ["en-labels"] = "Anna P. Berg (anna-p-berg minister) | " ..
    "Jan Holm (jan-holm foreign_minister CHL) | " ..
    "BERG (anna-p-berg minister) | HOLM (jan-holm foreign_minister) | Anna Berg (anna-p-berg) | " ..
    "John A. Smith (john-a-smith) | John B. Smith (john-b-smith)",
  ["en-fields"] = "Jose W. Duarte (jose-w-duarte under_secretary) | " ..
    "Eliot Vik (eliot-vik assistant_secretary) | " ..
    "Karl Lund (karl-lund director drug-control-office) | " ..
    "Yael Stein (yael-stein assistant_secretary bureau-of-northern-affairs) | " ..
    "Kim Moen (kim-moen official) | Bo Dahl (bo-dahl minister)",
  -- a word that opens the sentence is no part of a name
  ["openings-fr"] = "Anna Berg (anna-berg) | Jan Holm (jan-holm) | " ..
    "Emmanuel Macron (emmanuel-macron) | Macron (emmanuel-macron)",
  ["openings-de"] = "Anna Berg (anna-berg) | Jan Holm (jan-holm)",
  ["openings-es"] = "Anna Berg (anna-berg) | Jan Holm (jan-holm)",
  -- leaders of the histories, by the surname alone, whatever the document's date
  ["en-history"] = "Yeltsin (boris-yeltsin) | Kohl (helmut-kohl) | DUPONT Jean (jean-dupont) | " ..
    "M. Dupont (jean-dupont) | Max Berg (max-berg) | M. Berg (max-berg)",
  ["ru-history"] = "Ельцин (boris-yeltsin) | Рейгана (ronald-reagan) | " ..
    "Путин (vladimir-putin RUS) | Макрона (emmanuel-macron FRA)",
  ["zh-history"] = "普京 (vladimir-putin RUS) | 马克龙 (emmanuel-macron) | 葉爾欽 (boris-yeltsin) | " ..
    "埃马纽埃尔·马克龙 (emmanuel-macron)",
  ["fr-history"] = "Poutine (vladimir-putin RUS) | Eltsine (boris-yeltsin)",
  ["en-leaders"] = "Putin (vladimir-putin RUS) | Assad (bashar-al-assad SYR) | " ..
    "Ales Lukashenka (ales-lukashenka) | " ..
    "Putin (vladimir-putin RUS)",
  ["en-surnames"] = "Julie Bishop (julie-bishop foreign_minister AUS) | " ..
    "Angus King (angus-king senator) | Bishop (julie-bishop) | King (angus-king) | " ..
    "Major (major) | Harald (harald king) | " ..
    "Don Graves (don-graves deputy_secretary_of_state) | " ..
    "Dean Rusk (dean-rusk secretary_of_state) | Larry Holm (larry-holm) | " ..
    "Eva Lund (eva-lund) | King (angus-king)",
  ["en-ranks"] = "Said bin Amri (said-bin-amri foreign_minister OMN) | " ..
    "Sow (sow president MLI) | Anna Berg (anna-berg foreign_minister) | " ..
    "Jan Holm (jan-holm general) | Eva Lund (eva-lund major KEN) | " ..
    "Sane (sane president TCD) | Maria (maria princess) | Omar Kone (omar-kone chairman AUC)",
  ["en-alone"] = "Macron (emmanuel-macron FRA) | Scholz (olaf-scholz DEU) | " ..
    "Modi (narendra-modi IND) | Macron (emmanuel-macron FRA)",
  ["en-crowns"] = "Harald V (harald-v king NOR) | emir (emir QAT) | " ..
    "Said bin Amri (said-bin-amri sultan OMN) | king (harald-v king) | Jan Holm (jan-holm)",
  ["ru-towns"] = "Путина (vladimir-putin RUS)",
  ["en-first"] = "Anna Berg (anna-berg secretary) | " ..
    "Okita Haruto (okita-haruto deputy_foreign_minister JPN) | Berg (anna-berg) | " ..
    "Okita (okita-haruto deputy_foreign_minister) | Okita (okita-haruto) | " ..
    "Peter Holm (peter-holm) | Berg (anna-berg)",
  ["en-whose"] = "Deborah Lund (deborah-lund) | Anna Berg (anna-berg) | " ..
    "Jan Holm (jan-holm mayor)",
  ["en-twins"] = "Secretary of State (secretary_of_state GEO)",
  ["en-terms"] = "Anna Berg (anna-berg foreign_minister NOR) | " ..
    "Lars Holm (lars-holm ambassador NOR KEN) | Eva Lund (eva-lund foreign_minister) | " ..
    "Jacinda Ardern (jacinda-ardern prime_minister NZL) | Jan Vik (jan-vik secretary) | " ..
    "Hugo Ruiz (hugo-ruiz president) | Peter Berg (peter-berg president)",
  ["fr-terms"] = "Anne Boillon (anne-boillon ambassador FRA BEN) | " ..
    "Paul Martin (paul-martin foreign_minister CAN)",
  ["ru-terms"] = "Сергей Лавров (sergey-lavrov foreign_minister RUS) | " ..
    "Иван Петров (иван-петр ambassador RUS LSO) | Анна Иванова (анн-иван ambassador NOR)",
}

-- Who held which office, from when to when.
local terms = {
  ["en-terms"] = "anna-berg 2021-05.. | lars-holm 2019.. | eva-lund 2010..2014 | " ..
    "jacinda-ardern 2017.. | jan-vik .. | hugo-ruiz .. | peter-berg 2019..",
  ["fr-terms"] = "anne-boillon 2021-03.. | paul-martin 2003..2006",
  ["ru-terms"] = "sergey-lavrov .. | иван-петр 2019.. | анн-иван 2015..",
}

local states = {
  ["zh-pairs"] = "俄RUS 乌UKR 中CHN 印IND 美USA 日JPN 韩KOR 中CHN 中CHN 中CHN 美USA 俄RUS " ..
    "莱LSO 俄RUS 美USA 莱LSO",
  ["zh-words"] = "",
  ["ru-states"] = "КремльRUS Белый домUSA ПекинCHN ТокиоJPN МоскваRUS МинскBLR",
  ["en-twins"] = "GeorgiaGEO U.S.USA GeorgiaGEO USAUSA GeorgiaGEO GeorgiaGEO",
  ["zh-named"] = "西班牙ESP 中国CHN 中CHN 西ESP 巴西BRA 中CHN 巴BRA 巴BRA",
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

local function held (doc)
  local out = {}
  for _, span in doc:layer "relation":each() do
    out[#out + 1] = string.format("%s %s..%s", span.subject, span.from or "", span.to or "")
  end
  return table.concat(out, " | ")
end

for doc in corpus:docs() do
  if terms[doc.id] then c:equal(held(doc), terms[doc.id], doc.id .. ", terms of office") end
  c:equal(told(doc), wanted[doc.id], doc.id)
  wanted[doc.id] = nil
  local named = {}
  for _, span in doc:layer "country":each() do named[#named + 1] = span.text .. span.id end
  if states[doc.id] then c:equal(table.concat(named, " "), states[doc.id], doc.id .. ", states") end
end
c:equal(next(wanted), nil, "all of them are there")

c:finish()
