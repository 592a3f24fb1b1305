-- Numbers beside names, codes and years: which are amounts, and of what.
local check = require "lesdiplo.util.check"
local amounts = lesdiplo.grammar.amounts
local c = check.new()

-- The amounts of a text, one after the other: as they are written, their class and value.
local function told (text, lang)
  local out = {}
  for _, row in ipairs(amounts.all(text, lang)) do
    out[#out + 1] = ("%s: %s %s"):format(text:sub(row.first, row.last), row.class,
                                         row.value or "-")
  end
  return table.concat(out, "; ")
end

for _, case in ipairs {
  -- a conference, and the peso of Colombia
  { "en", "Ministers met at COP28 and before COP 29.", "" },
  { "en", "The rent is COP 4,500.", "COP 4,500: money 4500" },
  { "en", "They sold it for COP28 million.", "COP28 million: money 28000000" },
  { "en", "ALL 12 STATES AGREED", "" },
  { "en", "a loan of ALL 90 million", "ALL 90 million: money 90000000" },
  { "en", "fares of MAD 90 and COP 900", "MAD 90: money 90; COP 900: money 900" },
  -- titles of a code of laws, and a label in parentheses
  { "en", "under 18 U.S.C. 1956 and 31 CFR part 589", "" },
  { "en", "see 18 U.S.C. § 1956", "" },
  { "en", "18 USC units were sold", "18 USC units: count 18" },
  { "en", "under Executive Order (E.O.) 13818, as amended", "" },
  { "en", "a rise of 2.5 degree Celsius and a 1.5-degree Celsius goal",
    "2.5 degree Celsius: measure 2.5; 1.5-degree Celsius: measure 1.5" },
  -- years and ordinals with the letters of their ending
  { "ru", "в 1948-м, к 1951-му, с 1955-го", "" },
  { "ru", "в 40-е годы", "" },
  { "ru", "на 8-м съезде", "8-м: ordinal 8" },
  { "ru", "за 8 м и 8м", "8 м: measure 8; 8м: measure 8" },
  { "ru", "девятая по счёту сессия", "девятая: ordinal 9" },
  { "fr", "La deuxième, plus courte, suivit.", "deuxième: ordinal 2" },
  { "fr", "un demi-milliard d’euros", "un demi-milliard d’euros: money 500000000" },
  { "fr", "une demi-douzaine de pays", "une demi-douzaine de pays: count 6" },
  { "fr", "90 millions de doses pour un millier de colons",
    "90 millions de doses: count 90000000; un millier de colons: count 1000" },
  { "fr", "sept de ses membres, 2 milliards de plus",
    "sept: count 7; 2 milliards: count 2000000000" },
  -- a network, a sign that says of a change which way it went
  { "en", "Of 5G masts, +2.5% were new; call +266 2231 0000.", "2.5%: percent 2.5" },
  { "en", "It rose by a third to 8 percent.", "8 percent: percent 8" },
  { "fr", "en hausse d'un quart à 8 %", "un quart: count 0.25; 8 %: percent 8" },
  { "en", "from 0.5 to 8 percent", "0.5 to 8 percent: percent 0.5..8" },
  { "ru", "в 90-х, но 90-е место", "90-е: ordinal 90" },
  { "ru", "двумя днями ранее, полсотни стран", "полсотни стран: count 50" },
  -- how many of how many, and clubs with a number in their name
  { "en", "One in four drivers and three out of every four ships stayed.",
    "One in four drivers: count 0.25; three out of every four ships: count 0.75" },
  { "en", "Two ships in three ports; 12 out of 30 members", "Two ships: count 2; "
    .. "three ports: count 3; 12: count 12; 30 members: count 30" },
  { "es", "uno de cada cuatro votantes; el Grupo de los 77",
    "uno de cada cuatro votantes: count 0.25" },
  { "pt", "um em cada quatro eleitores; o Grupo dos 77",
    "um em cada quatro eleitores: count 0.25" },
  { "de", "die Gruppe der 77", "" },
  { "zh", "气温零下8度", "零下8度: measure -8" },
  { "zh", "港币800万和人民币五百元", "港币800万: money 8000000; 五百元: money 500" },
  { "zh", "根据第八条规定，第八条铁路", "第八条铁路: ordinal 8" },
  { "zh", "“十四五”规划", "" },
  { "zh", "占四成五的选民", "四成五: percent 45" },
  { "zh", "四成半，四成五十人", "四成半: percent 45; 四成: percent 40; 五十人: count 50" },
} do
  c:equal(told(case[2], case[1]), case[3], case[1] .. ": " .. case[2])
end
c:equal(#amounts.all(("٥"):rep(40000), "en"), 0, "digits that are letters to a search by words")

c:finish()
