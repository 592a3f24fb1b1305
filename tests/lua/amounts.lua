-- lesdiplo.grammar.amounts: what is an amount, what it is worth, and what is none.
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local digits = require "lesdiplo.grammar.amount.digits"
local rules = require "lesdiplo.grammar.amount.rules"
local amounts = require "lesdiplo".grammar.amounts
local check = require "lesdiplo.util.check".new()

-- The amounts of a text, one a line: what is written, class, value, unit, mod.
local function read (lang, text)
  local out = {}
  for i, a in ipairs(amounts.all(text, lang)) do
    out[i] = table.concat({ text:sub(a.first, a.last), a.class, tostring(a.value or "-"),
                            a.unit or "-", a.mod or "-" }, " | ")
  end
  return table.concat(out, "\n")
end

local function gives (lang, text, want) check:equal(read(lang, text), want, text) end
local function none (lang, text) check:equal(read(lang, text), "", text) end

-- Money ---------------------------------------------------------------------------

gives("en", "They gave US$6.5 billion in May.", "US$6.5 billion | money | 6500000000 | USD | -")
gives("en", "a loan of 6.5bn euros, no more", "6.5bn euros | money | 6500000000 | EUR | -")
gives("en", "South Africa paid R2,5 million.", "R2,5 million | money | 2500000 | ZAR | -")
gives("en", "Lesotho paid M640 000.", "M640 000 | money | 640000 | LSL | -")
gives("en", "It lies at 29°S 27°E, or 29°36'S, 27°30′45″E.", "")
gives("en", "It was 29°C.", "29°C | measure | 29 | °C | -")
gives("en", "R3,5 million was paid in Maseru.", "R3,5 million | money | 3500000 | ZAR | -")
gives("en", "The road M640 and section R2 were closed.", "")
gives("en", "nearly €2.5 million came in",
      "nearly €2.5 million | money | 2500000 | EUR | less_than")
gives("en", "In London up to £30m was raised",
      "up to £30m | money | 30000000 | GBP | less_than")
gives("en", "It owes Rs 15 crore to India.", "Rs 15 crore | money | 150000000 | INR | -")
gives("en", "worth 6 lakh taka", "6 lakh taka | money | 600000 | BDT | -")
gives("en", "exports exceeding KES 300 million",
      "KES 300 million | money | 300000000 | KES | more_than")
gives("en", "between 10 and 25 euros each", "10 and 25 euros | money | 10..25 | EUR | -")
gives("en", "3 euros and 25 cents", "3 euros and 25 cents | money | 3.25 | EUR | -")
gives("en", "some $5 per head", "some $5 | money | 5 | - | about")
gives("en", "US$ 3 million, then $ 2 million",
      "US$ 3 million | money | 3000000 | USD | -\n$ 2 million | money | 2000000 | USD | -")
gives("en", "Ottawa and Canada gave $7 million", "$7 million | money | 7000000 | CAD | -")
gives("en", "billions of dollars were lost in Canada",
      "billions of dollars | money | - | CAD | -")
gives("zh", "提供2.6亿元人民币的援助", "2.6亿元人民币 | money | 260000000 | CNY | -")
gives("zh", "約15萬億日圓", "約15萬億日圓 | money | 15000000000000 | JPY | about")
gives("ru", "выделено около 3,5 млрд долларов США",
      "около 3,5 млрд долларов США | money | 3500000000 | USD | about")
gives("ru", "по 140 тыс. рублей", "140 тыс. рублей | money | 140000 | RUB | -")
gives("fr", "près de 2,5 milliards d'euros",
      "près de 2,5 milliards d'euros | money | 2500000000 | EUR | less_than")
gives("fr", "un prêt de 1 billion de yens", "1 billion de yens | money | 1000000000000 | JPY | -")
gives("pt", "cerca de 3 mil milhões de euros",
      "cerca de 3 mil milhões de euros | money | 3000000000 | EUR | about")
gives("es", "más de 40 millones de euros",
      "más de 40 millones de euros | money | 40000000 | EUR | more_than")
gives("de", "rund 2,5 Milliarden Euro",
      "rund 2,5 Milliarden Euro | money | 2500000000 | EUR | about")

-- Percent and measures --------------------------------------------------------------

gives("en", "grew by 6.5 per cent", "6.5 per cent | percent | 6.5 | - | -")
gives("fr", "soit 6,5 % du total", "6,5 % | percent | 6.5 | - | -")
gives("en", "up 2 percentage points", "2 percentage points | percent | 2 | point | -")
gives("en", "15-20% of it", "15-20% | percent | 15..20 | - | -")
gives("zh", "增长了百分之十六", "百分之十六 | percent | 16 | - | -")
gives("zh", "约有四成", "四成 | percent | 40 | - | -")
gives("zh", "上升3个百分点", "3个百分点 | percent | 3 | point | -")
gives("en", "600 tonnes of maize", "600 tonnes | measure | 600 | t | -")
gives("fr", "une centrale de 1 400 MW", "1 400 MW | measure | 1400 | MW | -")
gives("zh", "种植50公顷", "50公顷 | measure | 50 | ha | -")
gives("ru", "на площади 12 га", "12 га | measure | 12 | ha | -")

-- Counts ------------------------------------------------------------------------------

gives("en", "It drew more than 20 ministers from abroad.",
      "more than 20 ministers | count | 20 | ministers | more_than")
gives("en", "at least fifteen envoys", "at least fifteen envoys | count | 15 | envoys | more_than")
gives("en", "nearly 70 African states",
      "nearly 70 African states | count | 70 | African states | less_than")
gives("en", "for 5 to 6 million people",
      "5 to 6 million people | count | 5000000..6000000 | people | -")
gives("en", "Both sides agreed.", "Both sides | count | 2 | sides | -")
none("en", "Both Oslo and Rome agreed.")
gives("en", "a dozen resolutions", "a dozen resolutions | count | 12 | resolutions | -")
gives("en", "hundreds of observers came", "hundreds of observers | count | - | observers | -")
gives("en", "one hundred and forty-two members",
      "one hundred and forty-two members | count | 142 | members | -")
gives("en", "two thirds of the seats", "two thirds | count | 0.66666666666667 | - | -")
gives("en", "two thirds of a million voters",
      "two thirds of a million voters | count | 666666.66666667 | voters | -")
gives("en", "a quarter of a million tents",
      "a quarter of a million tents | count | 250000 | tents | -")
gives("en", "nearly a third of the seats",
      "nearly a third | count | 0.33333333333333 | - | less_than")
gives("en", "a third party", "third | ordinal | 3 | - | -")
gives("en", "a quarter of a century", "")
gives("fr", "deux tiers d'un million", "deux tiers d'un million | count | 666666.66666667 | - | -")
gives("zh", "两三千人", "两三千人 | count | 2000..3000 | 人 | -")
gives("zh", "十五六个国家", "十五六个国家 | count | 15..16 | 国家 | -")
gives("zh", "三四个国家", "三四个国家 | count | 3..4 | 国家 | -")
gives("zh", "七八亿美元", "七八亿美元 | money | 700000000..800000000 | USD | -")
gives("zh", "百分之二三十", "百分之二三十 | percent | 20..30 | - | -")
gives("zh", "三百二十一人", "三百二十一人 | count | 321 | 人 | -")
gives("zh", "五十多个国家出席", "五十多个国家 | count | 50 | 国家 | more_than")
gives("zh", "近80個國家", "近80個國家 | count | 80 | 國家 | less_than")
gives("zh", "两国关系", "两国 | count | 2 | 国 | -")
gives("zh", "一万五千人", "一万五千人 | count | 15000 | 人 | -")
gives("ru", "свыше 40 стран мира",
      "свыше 40 стран | count | 40 | стран | more_than")
gives("ru", "не менее двадцати пяти государств",
      "не менее двадцати пяти государств | count | 25 | государств | more_than")
gives("ru", "обе стороны", "обе стороны | count | 2 | стороны | -")
gives("fr", "une dizaine de pays", "une dizaine de pays | count | 10 | pays | about")
gives("fr", "quatre-vingt-dix-sept pays", "quatre-vingt-dix-sept pays | count | 97 | pays | -")
gives("pt", "vinte e cinco países", "vinte e cinco países | count | 25 | países | -")
gives("es", "treinta y dos países", "treinta y dos países | count | 32 | países | -")
gives("de", "dreihundertzwanzig Länder", "dreihundertzwanzig Länder | count | 320 | Länder | -")

-- Fractions -----------------------------------------------------------------------------

gives("en", "three and a quarter billion dollars", "three and a quarter billion dollars | money"
      .. " | 3250000000 | - | -")
gives("en", "Nine out of ten envoys came.", "Nine out of ten envoys | count | 0.9 | envoys | -")
gives("en", "12 out of 15 envoys came.",
      "12 | count | 12 | - | -\n15 envoys | count | 15 | envoys | -")
gives("fr", "Neuf sur dix sont venus.", "Neuf sur dix | count | 0.9 | - | -")
gives("ru", "Два из пяти пунктов приняты.",
      "Два | count | 2 | - | -\nпяти пунктов | count | 5 | пунктов | -")
gives("en", "It is one hundred and ten fifths.",
      "one hundred and ten fifths | count | 22 | - | -")
gives("en", "It is one hundred and three fifths.",
      "one hundred and three fifths | count | 100.6 | - | -")
gives("en", "two and a third pages", "two and a third pages | count | 2.3333333333333 | pages | -")
gives("en", "one twenty-fifth of it", "one twenty-fifth | count | 0.04 | - | -")
gives("en", "seven twenty-firsts", "seven twenty-firsts | count | 0.33333333333333 | - | -")
gives("en", "six million and three quarters", "six million and three quarters | count | 6750000"
      .. " | - | -")
gives("en", "a hundredth of that", "a hundredth | count | 0.01 | - | -")
gives("en", "1 over 4", "1 over 4 | count | 0.25 | - | -")
gives("en", "1 envoy over 4 days", "1 envoy | count | 1 | envoy | -")
gives("en", "5 hundred and 12 men", "5 hundred and 12 men | count | 512 | men | -")
gives("en", "one hundred point sixty-two", "one hundred point sixty-two | count | 100.62 | - | -")
gives("en", "a third party", "third | ordinal | 3 | - | -")
gives("fr", "six et deux tiers", "six et deux tiers | count | 6.6666666666667 | - | -")
gives("fr", "vingt-sept dixièmes", "vingt-sept dixièmes | count | 2.7 | - | -")
gives("fr", "le vingt-cinquième sommet", "vingt-cinquième | ordinal | 25 | - | -")
gives("fr", "douze euros et quarante cents",
      "douze euros et quarante cents | money | 12.4 | EUR | -")
gives("zh", "三打", "三打 | count | 36 | - | -")
gives("zh", "七个半", "七个半 | count | 7.5 | - | -")
gives("zh", "两毛五", "两毛五 | money | 25 | cent | -")
none("zh", "登上陆地，联合打击走私，三角关系")

-- Ordinals ------------------------------------------------------------------------------

gives("en", "the 35th anniversary", "35th | ordinal | 35 | - | -")
gives("en", "the twenty-first session", "twenty-first | ordinal | 21 | - | -")
gives("zh", "第十五轮磋商", "第十五轮磋商 | ordinal | 15 | 磋商 | -")
gives("ru", "на XX съезде", "XX | ordinal | 20 | - | -")
gives("ru", "18-я сессия", "18-я | ordinal | 18 | - | -")
gives("fr", "la XXIIe session", "XXIIe | ordinal | 22 | - | -")
none("en", "The First Lady met the Third Secretary.")
none("en", "He spoke first, then left.")
none("en", "At first they declined.")

-- No amounts ------------------------------------------------------------------------------

none("en", "under Article 12, Annex 4 and resolutions 242 and 338 of No. 7")
none("en", "the COVID-19 crisis, the Group of 77, Vision 2020, a Boeing 737 and the G20")
none("en", "as was said [3] before, and in A/RES/45/12")
none("en", "On May 12, 2024, from 10:30, in 1998 and 12.05.1919 and 3-4 June")
none("en", "at www.example.org/7/90 and HTTP://example.org/55-66.")
none("en", "in the ’67 war, in May 25-June 2, in the 5+1 format, peace first.")
none("en", "There are aims. 1. Trade with all; 2. Peace at home.")
gives("en", "It rose to 5. Then it fell.", "5 | count | 5 | - | -")
gives("en", "She said that both sides came.", "both sides | count | 2 | sides | -")
none("en", "2026-01-12 Envoys met")
none("en", "a plan which both supports trade and, first and foremost, pays")
gives("en", "ties of both nations and promote trade", "both nations | count | 2 | nations | -")
none("en", "for both nations and regions, both nations and coastal towns, both nations and the sea")
none("en", "both harbours and promote trade")
none("en", "the health of both our crews and the town")
gives("en", "with both of you and the crew", "both | count | 2 | - | -")
-- Codes of currencies that are other abbreviations; marks that are a verb.
none("en", "at COP26, ALL 50 STATES, THE TOP 10 OF COP 27")
gives("en", "COP 2.5 million, COP 12,500",
      "COP 2.5 million | money | 2500000 | COP | -\nCOP 12,500 | money | 12500 | COP | -")
gives("en", "1931 marks 50 years of peace, as May 4 marks its end; 400 marks were paid",
      "400 marks | money | 400 | DEM | -")
-- Adjectives that are joined before what is counted; but not what "both" joins.
gives("en", "with 15 other allied and partner ports",
      "15 other allied and partner ports | count | 15 | other allied and partner ports | -")
none("en", "two- to three-year plans")
gives("en", "250 U.S.-based tutors", "250 U.S.-based tutors | count | 250 | U.S.-based tutors | -")
gives("en", "12 regional or city-wide plans",
      "12 regional or city-wide plans | count | 12 | regional or city-wide plans | -")
gives("en", "The 27 met and signed pledges.", "27 | count | 27 | - | -")
none("en", "at both national and local levels")
-- Numbers in names.
none("en", "It joined the Four Rivers Initiative in Oslo.")
gives("en", "It met the Four Rivers in flood.", "Four Rivers | count | 4 | Rivers | -")
gives("en", "the Four Rivers rose", "Four Rivers | count | 4 | Rivers | -")
gives("en", "a rise of 1.5 degree Celsius, or 2.7 degrees Fahrenheit",
      "1.5 degree Celsius | measure | 1.5 | °C | -\n"
      .. "2.7 degrees Fahrenheit | measure | 2.7 | °F | -")
gives("en", "more than 500 U.S. jobs",
      "more than 500 U.S. jobs | count | 500 | U.S. jobs | more_than")
none("en", "Call +266 2231 2345 or see https://example.org/p/12345.")
none("en", "a two-day visit and three months of work, one of them hard")
none("en", "1. Peace\n2. Trade\n3. Health\n")
none("zh", "2024年5月12日，统一的一个国家，四川省")
none("ru", "12 мая 2024 года, статья 5, пункт 3")
none("fr", "le 12 mai 2024, l'article 5 et la résolution 1325")

-- Separators --------------------------------------------------------------------------------

local function worth (text, marks, want) check:equal(digits.worth(text, marks), want, text) end
worth("1,200.5", {}, 1200.5)
worth("1.200,5", {}, 1200.5)
worth("1 200,5", {}, 1200.5)
worth("1'200", {}, 1200)
worth("1,200", { comma = true }, 1200)
worth("1,200", { comma = false, dot = true }, 1.2)
worth("3,5", { comma = true }, 3.5)
worth("１２３", {}, 123)
gives("fr", "4.800 soldats", "4.800 soldats | count | 4800 | soldats | -")
gives("en", "4,800 soldiers and 1.250,5 francs", "4,800 soldiers | count | 4.8 | soldiers | -\n"
      .. "1.250,5 francs | money | 1250.5 | - | -")
gives("en", "4,800 soldiers", "4,800 soldiers | count | 4800 | soldiers | -")

-- Hostile ---------------------------------------------------------------------------------

none("en", ("9"):rep(10000) .. " left")
none("en", "1e999999 and 99999999999999999999 there")
check:ok(#amounts.all(("one "):rep(3000)) >= 0, "a row of number words")
check:ok(#amounts.all(("一"):rep(3000), "zh") >= 0, "a row of numerals")
check:ok(#amounts.all(("$"):rep(3000) .. ("-"):rep(3000)) == 0, "signs and dashes")
check:ok(#amounts.all("\xFF5\xC3 10 \xE4\xB8", "zh") >= 0, "broken UTF-8")
check:equal(amounts.all "", {}, "no text")
check:raises(function () amounts.all(5) end,
             "amounts.all(text[, lang]): text: a string is wanted, got a number", "all: a number")
check:raises(function () amounts.all("5", 5) end, "lang: a string is wanted", "all: no language")
check:raises(function () amounts.each() end, "amounts.each(doc): a Doc is wanted", "each: nothing")

-- What is read without the grammar is what the grammar reads -----------------------------------

local function same_as_the_grammar (langs, openings, behind)
  local pattern, reader = rules.make(langs, {})
  local find = rules.finder(langs)
  for _, opening in ipairs(openings) do
    for _, more in ipairs(behind) do
      local text = opening .. more
      local places = find(text)
      if places[1] == 1 then                                       -- not "oneth"
        check:equal(reader(text, 1, places[2]), pattern:match(text, 1), text)
      end
    end
  end
end

local behind = {
  "", ".", ", ", ". Then", ".5", ",000 men", ": 5", ") (", "\nday", "\n\nday", "%", "-day", "th",
  "/4", " the end", " to six", " x2", " th", " e6", "e6", " m", " mW ", " mètres", " people",
  " p.m.",
  " of", " of the end", " of tons", " of a million", " of Oslo", " per", " per cent", " a", " y",
  " and", " and 25 cents.", " and a half", " hundred", " thirds", " euros et 5 cents.",
  " e 5 cents.", " USD", " US dollars", " Swiss francs", " Ie",
}
local english = {
  "5", "2021", "007", "1234567890123456", "one", "One", "first", "a hundred", "a hundredth",
  "both", "half", "half the", "several", "zero", "minus", "a couple", "tens of", "a dime",
  "third",
}
same_as_the_grammar({ "en" }, english, behind)
same_as_the_grammar({ "en", "ru" }, english, behind)
same_as_the_grammar({ "fr" }, { "5", "une dizaine", "deux", "dizaine", "premier" }, behind)
same_as_the_grammar({ "de" }, { "5", "zwei", "ein hundert" }, behind)
same_as_the_grammar({ "en", "zh", "ru" }, { "5", "one", "пять" }, behind)

-- Both ends of a range: what is said of one is said of the other -----------------------------

gives("en", "It costs $8 to $10 million.", "$8 to $10 million | money | 8000000..10000000 | - | -")
gives("en", "It costs $10-15 million.", "$10-15 million | money | 10000000..15000000 | - | -")
gives("en", "US$3-4 bn in aid", "US$3-4 bn | money | 3000000000..4000000000 | USD | -")
gives("en", "$500 to $1 million", "$500 to $1 million | money | 500..1000000 | - | -")
gives("en", "three to five million people",
      "three to five million people | count | 3000000..5000000 | people | -")
gives("en", "two to three hundred thousand people",
      "two to three hundred thousand people | count | 200000..300000 | people | -")
gives("en", "five to six hundred troops",
      "five to six hundred troops | count | 500..600 | troops | -")
gives("ru", "от 3 до 5 миллионов долларов США",
      "3 до 5 миллионов долларов США | money | 3000000..5000000 | USD | -")
gives("ru", "рост от 10 до 15 процентов", "10 до 15 процентов | percent | 10..15 | - | -")
gives("ru", "рост с 10 до 15 процентов", "10 до 15 процентов | percent | 10..15 | - | -")
gives("ru", "от трех до пяти миллионов рублей",
      "трех до пяти миллионов рублей | money | 3000000..5000000 | RUB | -")
none("ru", "с 10 до 11 утра")
none("ru", "в 8 вечера")
gives("ru", "от 30 стран", "от 30 стран | count | 30 | стран | more_than")
gives("zh", "增长百分之十到十五", "百分之十到十五 | percent | 10..15 | - | -")
gives("zh", "三到五成", "三到五成 | percent | 30..50 | - | -")

-- Parts of a unit that follow it ---------------------------------------------------------------

gives("zh", "五块五", "五块五 | money | 5.5 | CNY | -")
gives("zh", "三块零四", "三块零四 | money | 3.04 | CNY | -")
gives("fr", "3€50", "3€50 | money | 3.5 | EUR | -")
gives("ru", "три целых четырнадцать сотых", "три целых четырнадцать сотых | count | 3.14 | - | -")
gives("ru", "три целых пять сотых", "три целых пять сотых | count | 3.05 | - | -")
gives("ru", "ноль целых пять десятых", "ноль целых пять десятых | count | 0.5 | - | -")

-- Words of one's own -----------------------------------------------------------------------

gives("en", "It sold 40 dunums of land.", "40 dunums | count | 40 | dunums | -")
amounts.add_unit("dunum", "measure")
gives("en", "It sold 40 dunums of land.", "40 dunums | measure | 40 | dunum | -")
amounts.add_currency("zorkmid", "ZKM", "Zm")
gives("en", "worth 30 zorkmids or Zm 40",
      "30 zorkmids | money | 30 | ZKM | -\nZm 40 | money | 40 | ZKM | -")
amounts.add("before", "a whopping", "about", "en")
gives("en", "a whopping 40 envoys", "a whopping 40 envoys | count | 40 | envoys | about")
check:raises(function () amounts.add_unit("x", "mass") end, "no class 'mass'", "add_unit: class")
check:raises(function () return amounts.al end, "no 'al'", "a name that is not there")
check:ok(#lexicon.list("en", "money") > 50, "the lexicon is data")

-- Phrases -----------------------------------------------------------------------------------

-- What the longest of some phrases stands for and where it ends, at the place of a bar in a text.
local function longest (list, text, open, exact)
  local reader, at = lexicon.reader(list, open, exact), text:find("|", 1, true)
  local value, stop = reader((text:gsub("|", "")), at)
  return tostring(value) .. " " .. tostring(stop)
end
local phrases = { { "per cent", "%" }, { "cent", "c" }, { "d'or", "gold" }, { "élan", "e" },
                  { "万", 4 }, { "cent", "second" }, { "twenty-five", 25 }, { "twenty", 20 } }
check:equal(longest(phrases, "6 |Per  \n\t Cent."), "% 15", "white space within a paragraph")
check:equal(longest(phrases, "6 |per\n\ncent"), "nil nil", "no blank line")
check:equal(longest(phrases, "|cents"), "nil nil", "whole words")
check:equal(longest(phrases, "|cents", true), "c 5", "or their beginnings; the first of equal ones")
check:equal(longest(phrases, "|D\u{2019}OR"), "gold 7", "any apostrophe, any case")
check:equal(longest(phrases, "|ÉLAN"), "e 6", "other letters")
check:equal(longest(phrases, "|ÉLAN", false, true), "nil nil", "case that counts")
check:equal(longest(phrases, "|万cent"), "4 4", "a character that ends no word")
check:equal(longest(phrases, "|twenty\u{2011}five"), "25 14", "the longest")
check:equal(longest(phrases, "|twenty-fives"), "20 7", "and back to a shorter one")
check:equal(longest(phrases, "twenty|"), "nil nil", "at the end")
check:equal(longest({}, "|a"), "nil nil", "none")

-- Hours with a point are none.
for lang, text in pairs{ ru = "Приём начался в 12.30 и шёл с 10.00 до 18.00.",
                         es = "Empezó a las 12.30 en el palacio.", de = "Es begann um 12.30.",
                         pt = "Começou às 12.30 no palácio.", fr = "Elle a commencé à 12.30." } do
  none(lang, text)
end
gives("de", "Der Anteil sank um 12.30 Prozent.", "12.30 Prozent | percent | 12.3 | - | -")

-- A document ---------------------------------------------------------------------------------

local doc = corpus[1]
local rows = {}
for row in amounts.each(doc) do rows[#rows + 1] = row end
local layer = doc:layer "amount"
check:equal(#layer, #rows, "each and the layer agree")
check:equal(rows[1].cite, layer[1].cite, "each gives Spans, which can be cited")
for i, span in layer:each() do
  check:equal({ span.first, span.last, span.class, span.value },
              { rows[i].first, rows[i].last, rows[i].class, rows[i].value }, "row " .. i)
end
check:equal(amounts.pattern:match("7 euros").value, 7, "the pattern of one amount")

check:finish()
