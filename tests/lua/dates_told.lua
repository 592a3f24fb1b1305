-- Dates that hang on what is told around them: on the date told last, on the clause they stand in,
-- on the comma before them. The day that all is reckoned from is Wednesday, 14 May 2025.
local check = require "lesdiplo.util.check"
local dates = lesdiplo.grammar.dates
local c = check.new()

-- The dates of a text, one after the other; as they are written, before a colon. One that is
-- reckoned from another date of the text has a star.
local function told (text, lang, date)
  local out = {}
  for _, row in ipairs(dates.all(text, lang, date)) do
    out[#out + 1] = text:sub(row.first, row.last) .. ": " .. row.value
                    .. (row.anchor == "text" and "*" or "")
  end
  return table.concat(out, "; ")
end

-- The date told last: each text begins with one, which is not shown.
local first = {
  en = "It was signed on 12 June 1990. ", fr = "Il fut signé le 12 juin 1990. ",
  ru = "Он подписан 12 июня 1990 года. ", zh = "条约于1990年6月12日签署。",
  es = "Se firmó el 12 de junio de 1990. ", pt = "Foi assinado em 12 de junho de 1990. ",
  de = "Man traf sich am 12. Juni 1990. ",
}
local later = {
  en = {
    { "The following year it was ratified.", "The following year: 1991*" },
    { "The next year it was ratified.", "The next year: 1991*" },
    { "It grew over the previous year.", "the previous year: 1989*" },
    { "Early the next year he left.", "Early the next year: 1991*" },
    { "The following month it came.", "The following month: 1990-07*" },
    { "The following week it came.", "The following week: 1990-W25*" },
    { "The following March it came.", "The following March: 1991-03*" },
    { "The following Friday it came.", "The following Friday: 1990-06-15*" },
    { "In 1985 it fell. The same year they left.", "1985: 1985; The same year: 1985*" },
    { "A decade later it fell.", "A decade later: 2000*" },
    { "Two centuries later it fell.", "Two centuries later: 2190*" },
    { "He spoke on Friday. The following year it fell.",
      "Friday: 2025-05-09; The following year: 1991*" },
    { "From 1993 to 1995 he stayed. The following year he left.",
      "1993 to 1995: 1993/1995; The following year: 1996*" },
    -- but not the report's own
    { "Next year it was ratified.", "Next year: 2026" },
    { "It was to last over the next year.", "the next year: 2026" },
    { "The next year will be hard.", "The next year: 2026" },
    { "The budget for the following year will be adopted.", "the following year: 2026" },
    { "They fled following months of war.", "" },
    { "\n\nThe following year is hard.", "The following year: 2026" },
  },
  fr = {
    { "L'année suivante, il a été ratifié.", "L'année suivante: 1991*" },
    { "L'année précédente, on parlait.", "L'année précédente: 1989*" },
    { "Le mois suivant, il est parti.", "Le mois suivant: 1990-07*" },
    { "La même année, il est parti.", "La même année: 1990*" },
    { "Il est parti au cours du même mois.", "même mois: 1990-06*" },
    { "L'an prochain il part.", "L'an prochain: 2026" },
    { "Le mois dernier il est parti.", "Le mois dernier: 2025-04" },
  },
  ru = {
    { "На следующий год он был ратифицирован.", "следующий год: 1991*" },
    { "В следующем году стороны обменялись грамотами.", "следующем году: 1991*" },
    { "В предыдущем году прошли переговоры.", "предыдущем году: 1989*" },
    { "В том же году он был ратифицирован.", "В том же году: 1990*" },
    { "В следующем году стороны встретятся.", "следующем году: 2026" },
    { "В прошлом году стороны встретились.", "прошлом году: 2024" },
  },
  zh = {
    { "翌年批准。", "翌年: 1991*" }, { "次年批准。", "次年: 1991*" }, { "同年批准。", "同年: 1990*" },
    { "次月生效。", "次月: 1990-07*" }, { "同年8月换约。", "同年8月: 1990-08*" },
    { "翌年3月换约。", "翌年3月: 1991-03*" }, { "第二年，批准书互换。", "第二年: 1991*" },
    { "当月生效。", "当月: 1990-06*" },
    { "去年批准。明年再谈。", "去年: 2024; 明年: 2026" }, { "这是计划的第二年。", "" },
  },
  es = {
    { "Al año siguiente fue ratificado.", "año siguiente: 1991*" },
    { "El mes anterior hubo diálogo.", "El mes anterior: 1990-05*" },
    { "Ese mismo año fue ratificado.", "Ese mismo año: 1990*" },
  },
  pt = {
    { "No ano seguinte foi ratificado.", "ano seguinte: 1991*" },
    { "No mesmo ano foi ratificado.", "No mesmo ano: 1990*" },
  },
  de = {
    { "Im folgenden Jahr wurde er ratifiziert.", "folgenden Jahr: 1991*" },
    { "Im darauffolgenden Monat trat er in Kraft.", "darauffolgenden Monat: 1990-07*" },
    { "Im selben Jahr wurde er ratifiziert.", "selben Jahr: 1990*" },
    { "Im nächsten Jahr wird er ratifiziert.", "nächsten Jahr: 2026" },
  },
}
for lang, list in require "lesdiplo.util".sorted(later) do
  for _, case in ipairs(list) do
    local found = told(first[lang] .. case[1], lang, "2025-05-14")
    c:equal((found:gsub("^[^;]*;? ?", "")), case[2], lang .. ": " .. case[1])
  end
end
c:equal(told("She might be in Oslo in March. They hope to meet in April.", "en", "2025-05-14"),
        "March: 2026-03; April: 2026-04", "what might be and what is hoped for will be")
c:equal(told("The pact could have been signed in October, and ended on July 2.", "en",
             "2025-05-14"), "October: 2024-10; July 2: 2024-07-02", "what could have been was not")
c:equal(told("In 1972 it was signed. The following year it was ratified.", "en"),
  "1972: 1972; The following year: 1973*", "without a document's day")
c:equal(told("The following year is unknown.", "en"), "", "without any day")
c:equal(told("In 1972 it was signed. The following month it was ratified.", "en", "2025-05-14"),
  "1972: 1972", "a year tells no month")

local cases = {
  en = {
    -- a year before "a", an hour before am and pm
    { "In 2004 a third round was held.", "2004: 2004" },
    { "In 2010 a school opened.", "2010: 2010" },
    { "In 1972 a treaty was signed.", "1972: 1972" },
    { "By 1990 a wall fell.", "By 1990: ../1990" },
    { "It was restored in 1994 a year later.", "1994: 1994; a year later: 1995*" },
    { "the 2021 P3 Impact Award", "2021: 2021" },
    { "On May 12 a school closed.", "May 12: 2025-05-12" },
    { "They met at 3 p.m. and 5 a.m.", "3 p.m.: 2025-05-14T15; 5 a.m.: 2025-05-14T05" },
    { "They met at 10:30 a.m. on 3 March.", "10:30 a.m. on 3 March: 2025-03-03T10:30" },
    { "It took half a day.", "half a day: PT12H" }, { "That is like 13 a month.", "" },
    -- two lengths, two dates
    { "He served three years, two months ago he left.",
      "three years: P3Y; two months ago: 2025-03" },
    { "Since 1994, by 2030.", "Since 1994: 1994/..; by 2030: ../2030" },
    { "In autumn 2022, by the end of 2030", "autumn 2022: 2022-FA; by the end of 2030: ../2030" },
    { "a week, a month of this", "a week: P1W; a month: P1M" },
    { "It took two hours, thirty minutes.", "two hours, thirty minutes: PT2H30M" },
    { "It took two years, three months and five days.",
      "two years, three months and five days: P2Y3M5D" },
    { "from 2 May, to 5 May", "2 May, to 5 May: 2025-05-02/2025-05-05" },
    -- a clause and the next
    { "They met on Monday and will meet again on Friday.",
      "Monday: 2025-05-12; Friday: 2025-05-16" },
    { "Togo held talks on Monday and later will hold others.", "Monday: 2025-05-12" },
    { "It came on 12 May, from 3-5 March.",
      "12 May: 2025-05-12; 3-5 March: 2025-03-03/2025-03-05" },
    { "It was signed in May and took effect on Friday.", "May: 2025-05; Friday: 2025-05-09" },
    { "It may be signed on Friday.", "Friday: 2025-05-16" },
    -- in other words
    { "week 3 of 2021, but week 4 of the war", "week 3 of 2021: 2021-W03" },
    { "From 2026 the rule holds.", "2026: 2026" },
    { "From 2026 onwards the rule holds.", "From 2026 onwards: 2026/.." },
    { "3-Mar-19 and 3-5 March", "3-Mar-19: 2019-03-03; 3-5 March: 2025-03-03/2025-03-05" },
    { "in 480 BC and 44 BCE", "480 BC: BC0480; 44 BCE: BC0044" },
    { "Talks may resume, he said in March.", "March: 2025-03" },
    { "The two met on Tuesday, saying they would act.", "Tuesday: 2025-05-13" },
    { "Talks on Monday and Tuesday will decide.", "Monday: 2025-05-19; Tuesday: 2025-05-20" },
    { "On Friday the minister, Robert Dussey, will visit Chad.", "Friday: 2025-05-16" },
    { "The talks, which were put off, will be held on Friday.", "Friday: 2025-05-16" },
  },
  fr = {
    { "Sa mission dura trois ans, six mois après il partit.",
      "trois ans: P3Y; six mois après: 2025-11" },
    { "Depuis 1994, d'ici la fin de 2030", "Depuis 1994: 1994/..; d'ici la fin de 2030: ../2030" },
    { "Du 2 mars, jusqu'au 5 mars.", "2 mars, jusqu'au 5 mars: 2025-03-02/2025-03-05" },
    { "Ils étaient là lundi et vont revenir vendredi.", "lundi: 2025-05-12; vendredi: 2025-05-16" },
  },
  ru = {
    { "Подписали осенью 2022 года, к концу 2030 года истечёт.",
      "осенью 2022 года: 2022-FA; к концу 2030 года: ../2030" },
    { "Он служил три года, два месяца назад ушёл.", "три года: P3Y; два месяца назад: 2025-03" },
    { "Через месяц стороны встретятся.", "месяц: 2025-06" },
    { "Подписан 12 июня 1990 года. Через год он был ратифицирован.",
      "12 июня 1990 года: 1990-06-12; год: 1991*" },
    { "Через год он уехал.", "год: P1Y" },
    { "полвека назад; за полвека", "полвека назад: 1975; полвека: P50Y" },
    { "в 1990-е годы, в 2010-х годах", "1990-е годы: 199X; 2010-х годах: 201X" },
    { "1990 год", "1990 год: 1990" },
    { "Он служил три года и два месяца.", "три года и два месяца: P3Y2M" },
    { "Они встретились в понедельник и снова встретятся в пятницу.",
      "понедельник: 2025-05-12; пятницу: 2025-05-16" },
  },
  zh = {
    { "他在任三年，两个月前离职。", "三年: P3Y; 两个月前: 2025-03" },
    { "他服役三年，六个月后退休。", "三年: P3Y; 六个月后: 2025-11" },
    { "半个世纪，两小时三十分", "半个世纪: P50Y; 两小时三十分: PT2H30M" },
    { "会谈持续了三天，两小时后再次举行。", "三天: P3D" },
    { "从2019年，到2023年。", "2019年，到2023年: 2019/2023" },
    { "王毅周一会见挪威外长。", "周一: 2025-05-12" },
    { "双方周一举行会谈，周五将再次举行会谈。", "周一: 2025-05-12; 周五: 2025-05-16" },
    { "外长将于周四抵达，周五离开。", "周四: 2025-05-15; 周五: 2025-05-16" },
    { "获2010 p3奖。", "2010: 2010" },
    { "几十年来", "几十年: PXDE" }, { "农历正月初一", "农历正月初一: 2025-01-29" },
    { "3月5日离开，前一天抵达。", "3月5日: 2025-03-05; 前一天: 2025-03-04*" },
    { "从5月3日持续到5月7日", "5月3日持续到5月7日: 2025-05-03/2025-05-07" },
  },
  es = {
    { "El año pasado y el año que viene", "El año pasado: 2024; el año que viene: 2026" },
    { "el año 1990", "1990: 1990" }, { "durante tres días", "tres días: P3D" },
    { "Duró tres años, seis meses después se fue.", "tres años: P3Y; seis meses después: 2025-11" },
    { "Fue firmado en marzo y será ratificado en octubre.", "marzo: 2025-03; octubre: 2025-10" },
  },
  pt = {
    { "O ano passado, durante três dias", "O ano passado: 2024; três dias: P3D" },
  },
  de = {
    { "vor drei Monaten, drei Tage lang", "vor drei Monaten: 2025-02; drei Tage: P3D" },
    { "Sie waren am Montag hier und werden am Freitag dort sein.",
      "Montag: 2025-05-12; Freitag: 2025-05-16" },
  },
}
for lang, list in require "lesdiplo.util".sorted(cases) do
  for _, case in ipairs(list) do
    c:equal(told(case[1], lang, "2025-05-14"), case[2], lang .. ": " .. case[1])
  end
end

-- Signs that only typesetting sees are told with what they stand in.
c:equal(told("It began on 12 Septem\u{AD}ber 1990. The fol\u{AD}lowing year it ended.", "en"),
  "12 Septem\u{AD}ber 1990: 1990-09-12; The fol\u{AD}lowing year: 1991*", "soft hyphens")
c:equal(told("\u{200F}12 May 1919, \u{200F}12\u{200E} May 1920", "en"),
  "12 May 1919: 1919-05-12; 12\u{200E} May 1920: 1920-05-12", "marks of direction")
c:equal(told("12 сен\u{AD}тября 1990 года", "ru"), "12 сен\u{AD}тября 1990 года: 1990-09-12", "ru")
c:equal(told("1990年\u{200B}6月12日", "zh"), "1990年\u{200B}6月12日: 1990-06-12", "zh")
for _, row in ipairs(dates.all("\u{AD}from \u{200F}2 to 5\u{AD} March 2025\u{AD}")) do
  c:equal(row.first, 11, "a stretch begins")
  c:equal(row.last, 29, "a stretch ends")
  c:equal(row.parts and row.parts[2][1], 16, "its second end begins")
end

-- Twice as much of it ends, too.
for _, part in ipairs { "the following year, ", "1990, the same year ", "two years, a month, ",
    "will and would in May and will ", "May\u{AD} " } do
  c:ok(#dates.all(part:rep(100000 // #part), "en", "2025-05-14") >= 0, "many of " .. part)
end

c:finish()
