-- Dates as wires and histories print them: apostrophes, seasons of a year that is told, hours of
-- Greenwich, nights between two days, the year of a story. All is reckoned from Wednesday, 14 May
-- 2025, unless a day is named.
local check = require "lesdiplo.util.check"
local dates = lesdiplo.grammar.dates
local c = check.new()

-- The dates of a text, one after the other; as they are written, before a colon. One that is
-- reckoned from another date of the text has a star.
local function told (text, lang, date)
  local out = {}
  for _, row in ipairs(dates.all(text, lang, date or "2025-05-14")) do
    out[#out + 1] = text:sub(row.first, row.last) .. ": " .. row.value
                    .. (row.anchor == "text" and "*" or "") .. (row.mod and " " .. row.mod or "")
  end
  return table.concat(out, "; ")
end

local cases = {
  en = {
    -- a state of a day, or what is from then on
    { "As of March 2025, 40 states had joined.", "As of March 2025: 2025-03" },
    { "As of today, nobody has left.", "As of today: 2025-05-14" },
    { "The tariff applies as of 1 July 2025.", "as of 1 July 2025: 2025-07-01/.." },
    { "Ports will open as of August.", "as of August: 2025-08/.." },
    { "Both must report no later than 2031.", "no later than 2031: ../2031" },
    { "Bids are due not later than 9 June.", "not later than 9 June: ../2025-06-09" },
    -- seasons
    { "It stayed shut until the spring of 2026.", "until the spring of 2026: ../2026-SP" },
    { "They talked from autumn 2023 to spring 2024.",
      "autumn 2023 to spring 2024: 2023-FA/2024-SP" },
    { "A vote is due in the summer of next year.", "the summer of next year: 2026-SU" },
    { "The dam burst in the winter of last year.", "the winter of last year: 2024-WI" },
    { "Waiting times fall from the current level.", "" },
    { "They bought it in fiscal 2024.", "fiscal 2024: FY2024" },
    { "fiscal rules for 2024", "2024: 2024" },
    -- hours
    { "Polls opened at 0600 GMT on Sunday.", "0600 GMT on Sunday: 2025-05-11T06:00Z" },
    { "They closed at 1830 GMT.", "1830 GMT: 2025-05-14T18:30Z" },
    { "The line is open 0900-1700 GMT.", "0900-1700 GMT: 2025-05-14T09:00Z/2025-05-14T17:00Z" },
    { "at 7 a.m. (1100 GMT) on Tuesday", "7 a.m. (1100 GMT) on Tuesday: 2025-05-13T07" },
    { "at 7 a.m. (1100 GMT) in Lima", "7 a.m.: 2025-05-14T07; 1100 GMT: 2025-05-14T11:00Z" },
    { "It sat at 10.15am on Monday.", "10.15am on Monday: 2025-05-12T10:15" },
    { "Nobody came on 30 February 2021, in the year 0, or on 99/99/9999.", "" },
    { "Dial +1 555 010 1999 or +27 (12) 430-1987; UNSCR 1973 and UNSC 1970.", "" },
    { "It changed by +3 in 2019, by +5 2020 shows.", "2019: 2019; 2020: 2020" },
    -- nights
    { "on the night of 6-7 May", "the night of 6-7 May: 2025-05-06TNI" },
    { "on the night of 31 May to 1 June 1998",
      "the night of 31 May to 1 June 1998: 1998-05-31TNI" },
    { "the night of 6 to 9 May 1998", "the night of 6 to 9 May 1998: 1998-05-06/1998-05-09" },
    -- what is no year
    { "Flight 1977 from Oslo; room 1986; 18 U.S.C. 1956; H.R. 1886.", "" },
    { "every 9 May, each June 3", "every 9 May: XXXX-05-09; each June 3: XXXX-06-03" },
    { "the 1899-02 war, the 1914-17 talks", "1899-02: 1899-02; 1914-17: 1914/1917" },
    { "on the 3rd and 4th of this month", "the 3rd: 2025-05-03; 4th of this month: 2025-05-04" },
    { "in mid-to-late 2023", "mid-to-late 2023: 2023 END" },
    -- a time of day is a day told of, too
    { "They met on Monday evening. They left at 9 a.m. the next day.",
      "Monday evening: 2025-05-12TEV; 9 a.m. the next day: 2025-05-13T09*" },
    -- stories: the year told before, where the report's own day is far
    { "On 3 March 1911 they met. On 8 October they signed.",
      "3 March 1911: 1911-03-03; 8 October: 1911-10-08*" },
    { "On 3 November 1911 they met. On 8 January they signed.",
      "3 November 1911: 1911-11-03; 8 January: 1912-01-08*" },
    { "In 1911 the king fell; from 8 to 10 October they talked.",
      "1911: 1911; 8 to 10 October: 1911-10-08/1911-10-10*" },
    { "They met on 3 March 1911. Ministers will meet on 8 October.",
      "3 March 1911: 1911-03-03; 8 October: 2025-10-08" },
    { "They met on 3 March 1911. The pact was marked on 8 May.",
      "3 March 1911: 1911-03-03; 8 May: 2025-05-08" },
    { "Under the treaty of 1911, talks began in October.", "1911: 1911; October: 2024-10" },
    { "They met on 3 March 1911.\n\nThe following year they had parted.",
      "3 March 1911: 1911-03-03; The following year: 1912*" },
    { "They met on 3 March 1911.\n\nThe following year is hard.",
      "3 March 1911: 1911-03-03; The following year: 2026" },
    { "By the summer of the following year it fell; in that same year he died.\n",
      "By the summer of the following year: ../2026-SU; that same year: 2026*" },
  },
  fr = {
    { "Il a grandi plus que l’an dernier.", "l’an dernier: 2024" },
    { "L’année suivante est incertaine.", "L’année suivante: 2026" },
    { "Il attend depuis plus d’un an.", "un an: P1Y MORE_THAN" },
    { "Il attend depuis moins d'une heure.", "une heure: PT1H LESS_THAN" },
    { "le premier lundi d’octobre 2024", "le premier lundi d’octobre 2024: 2024-10-07" },
    { "jusqu’au printemps de 1987", "jusqu’au printemps de 1987: ../1987-SP" },
    { "au plus tard le 30 juin", "au plus tard le 30 juin: ../2025-06-30" },
    { "L’accord a été signé vers la fin de l’été 1956.", "la fin de l’été 1956: 1956-SU END" },
    { "L’été dernier a été sec.", "L’été dernier: 2024-SU" },
    { "trois quarts d’heure", "trois quarts d’heure: PT45M" },
    { "Il y a deux siècles et demi", "Il y a deux siècles et demi: 1775" },
    { "La trêve a pris fin hier.", "hier: 2025-05-13" },
    { "La trêve a pris fin lundi.", "lundi: 2025-05-12" }, { "fin mars", "fin mars: 2025-03 END" },
    -- a verb of what will be
    { "Elle repartira vendredi.", "vendredi: 2025-05-16" },
    { "Elle repartit vendredi.", "vendredi: 2025-05-09" },
    { "Il livra vendredi sa lettre.", "vendredi: 2025-05-09" },
    { "La session s’ouvrira le 3 février.", "le 3 février: 2026-02-03" },
    { "dans la nuit du 30 au 31 mai 1987", "la nuit du 30 au 31 mai 1987: 1987-05-30TNI" },
    { "la nuit de lundi à mardi", "la nuit de lundi à mardi: 2025-05-12TNI" },
    { "Il fut signé le 3 mars 1911. Quatre mois plus tard, il tomba.",
      "le 3 mars 1911: 1911-03-03; Quatre mois plus tard: 1911-07*" },
    { "la résolution 1860", "" },
  },
  ru = {
    { "Совет заседал в 1948-м.", "1948-м: 1948" },
    { "с 1948-го по 1951-й", "1948-го по 1951-й: 1948/1951" },
    { "3 мая 1948-го", "3 мая 1948-го: 1948-05-03" },
    { "к концу 1948-го", "к концу 1948-го: ../1948 END" },
    { "2000-й гость", "" }, { "в 1940-х годах", "1940-х годах: 194X" },
    { "в 80-х, с 90-х; в начале 70-х.", "80-х: 198X; с 90-х: 199X/..; в начале 70-х: 197X START" },
    { "на 80-е место, с 80-х позиций", "" }, { "В 80-е он уехал.", "80-е: 198X" },
    { "к лету 2019-го", "к лету 2019-го: ../2019-SU" }, { "в 1980-х он уехал", "1980-х: 198X" },
    { "Он прибыл 12 мая 1990 года. Днем ранее ушла она.",
      "12 мая 1990 года: 1990-05-12; Днем ранее: 1990-05-11*" },
    { "двумя неделями ранее, месяцем позже",
      "двумя неделями ранее: 2025-W18; месяцем позже: 2025-06" },
    { "каждое 9 мая", "каждое 9 мая: XXXX-05-09" }, { "весной 1948-го", "весной 1948-го: 1948-SP" },
    { "до осени следующего года", "до осени следующего года: ../2026-FA" },
    { "через год после победы", "год: P1Y" },
    { "через год после 9 мая 1945 года", "год после 9 мая 1945 года: 1946-05-09" },
    { "не позднее 3 июня", "не позднее 3 июня: ../2025-06-03" },
    { "в ночь на 3 мая", "ночь на 3 мая: 2025-05-02TNI" },
    { "в ночь с 30 апреля на 1 мая 1993 года",
      "ночь с 30 апреля на 1 мая 1993 года: 1993-04-30TNI" },
    { "в ночь с пятницы на субботу", "ночь с пятницы на субботу: 2025-05-09TNI" },
    { "Совет открылся 3 марта 1911 года, а в октябре закрылся.",
      "3 марта 1911 года: 1911-03-03; октябре: 1911-10*" },
    { "резолюция 1860 Совета, рейс 1977", "" },
  },
  zh = {
    { "四分之三的代表，三分之一弃权", "" }, { "二十分之一", "" },
    { "上个月最后一天", "上个月最后一天: 2025-04-30" },
    { "去年最后一个月", "去年最后一个月: 2024-12" },
    { "2024年最后一天", "2024年最后一天: 2024-12-31" },
    { "今年第一周", "今年第一周: 2025-W01" },
    { "去年十月，两国复交", "去年十月: 2024-10" },
    { "早在1948年", "1948年: 1948" }, { "2023财年", "2023财年: FY2023" },
    { "由1998年的3亿元增至2019年的9亿元", "1998年: 1998; 2019年: 2019" },
    { "从2001年的低点", "2001年: 2001" }, { "自2001年起", "自2001年起: 2001/.." },
    { "1998年5月3日签约。当晚双方设宴。", "1998年5月3日: 1998-05-03; 当晚: 1998-05-03TEV*" },
    { "最后一个季度", "最后一个季度: 2025-Q4" }, { "过去两年半", "过去两年半: P2.5Y" },
    { "第三天他走了", "" }, { "1948年5月3日签约，同一天换文",
      "1948年5月3日: 1948-05-03; 同一天: 1948-05-03*" },
    { "去年十月，五日", "去年十月，五日: 2024-10-05" },
    { "2021年4月，17名代表到会", "2021年4月: 2021-04" }, { "一九七九年四月，17世纪的书",
      "一九七九年四月: 1979-04; 17世纪: 16" },
    { "民國一一二年，民國九七年四月", "民國一一二年: 2023; 民國九七年四月: 2008-04" },
    { "8888年88月88日；0年；２０２２年３月４日", "２０２２年３月４日: 2022-03-04" },
    { "1911年3月3日签约。\n\n翌年春，使馆开馆。", "1911年3月3日: 1911-03-03; 翌年春: 1912-SP*" },
    { "1911年3月3日签约，三天后换文。", "1911年3月3日: 1911-03-03; 三天后: 1911-03-06*" },
  },
  es = {
    { "El 25.º aniversario se celebra aquí.", "25.º aniversario: 2025" },
    { "La delegación partirá el viernes.", "viernes: 2025-05-16" },
    { "La delegación de Irán partió el viernes.", "viernes: 2025-05-09" },
  },
  pt = {
    { "O 25.º aniversário celebra-se aqui.", "25.º aniversário: 2025" },
    { "A delegação partirá na sexta-feira.", "sexta-feira: 2025-05-16" },
    { "No verão a delegação do Irão partiu na sexta-feira.",
      "verão: 2025-SU; sexta-feira: 2025-05-09" },
  },
}
for lang, list in require "lesdiplo.util".sorted(cases) do
  for _, case in ipairs(list) do
    c:equal(told(case[1], lang), case[2], lang .. ": " .. case[1])
  end
end

-- The season that is over for months, or has not begun.
for _, case in ipairs {
  { "en", "last summer", "2025-11-20", "2025-SU" },
  { "en", "last summer", "2025-09-20", "2024-SU" },
  { "en", "last winter", "2025-11-20", "2024-WI" },
  { "en", "next winter", "2025-11-20", "2025-WI" },
  { "fr", "l’été prochain", "2025-03-20", "2025-SU" },
} do
  c:equal(told(case[2], case[1], case[3]), case[2] .. ": " .. case[4], case[2] .. " on " .. case[3])
end

-- Twice as much of it ends, too.
for _, part in ipairs { "0800-", "at 7 am (1100 GMT) ", "the night of 6-",
    "in 1911 on 8 October " } do
  c:ok(#dates.all(part:rep(100000 // #part), "en", "2025-05-14") >= 0, "many of " .. part)
end
for _, part in ipairs { "d’un an ", "qu’d’un an", "la nuit du 4 au " } do
  c:ok(#dates.all(part:rep(100000 // #part), "fr", "2025-05-14") >= 0, "many of " .. part)
end
for _, part in ipairs { "в ночь с 3 на ", "1941-м " } do
  c:ok(#dates.all(part:rep(100000 // #part), "ru", "2025-05-14") >= 0, "many of " .. part)
end
c:ok(#dates.all(("５"):rep(40000), "zh", "2025-05-14") == 0, "digits of the full width")

c:finish()
