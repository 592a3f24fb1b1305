-- Phrases as people say them and machines write them, a phenomenon a block: what they mean to one
-- who is told them on Thursday, 22 August 2024, at 10:15, and in a report of that day.
local check = require "lesdiplo.util.check"
local dates = lesdiplo.grammar.dates
local c = check.new()

-- The dates of a text, as they are written, before a colon.
local function told (text, lang, date)
  local out = {}
  for _, row in ipairs(dates.all(text, lang, date)) do
    out[#out + 1] = text:sub(row.first, row.last) .. ": " .. row.value
  end
  return table.concat(out, "; ")
end

local utterances = {
  en = {
    -- weekdays some weeks on, and beside a feast
    { "Thursday in two weeks", "Thursday in two weeks: 2024-09-05" },
    { "in two weeks on Tuesday", "in two weeks on Tuesday: 2024-09-03" },
    { "a week on Tuesday", "a week on Tuesday: 2024-09-03" },
    { "the Sunday before Easter", "the Sunday before Easter: 2025-04-13" },
    { "the Monday after 5 May", "the Monday after 5 May: 2024-05-06" },
    { "the day after Christmas", "the day after Christmas: 2024-12-26" },
    { "the day after 5 May", "the day after 5 May: 2024-05-06" },
    { "the day after tomorrow", "the day after tomorrow: 2024-08-24" },
    -- numbers and marks as machines write them
    { "13-Sep-24", "13-Sep-24: 2024-09-13" },
    { "13 Sep - 24 Sep", "13 Sep - 24 Sep: 2024-09-13/2024-09-24" },
    { "Sep-10-2024", "Sep-10-2024: 2024-09-10" },
    { "20240901T080000Z", "20240901T080000Z: 2024-09-01T08:00Z" },
    { "20240901", "20240901: 2024-09-01" },
    { "2024-09-01 08:00:00 +0200", "2024-09-01 08:00:00 +0200: 2024-09-01T08:00+02:00" },
    { "5pm +0100", "5pm +0100: 2024-08-22T17+01:00" },
    { "10:30 - 11:30", "10:30 - 11:30: 2024-08-22T10:30/2024-08-22T11:30" },
    { "2024-W37-2", "2024-W37-2: 2024-09-10" }, { "2024W37", "2024W37: 2024-W37" },
    { "2024-09-10 2:00 PM", "2024-09-10 2:00 PM: 2024-09-10T14:00" },
    { "2024-09-01/2024-09-05", "2024-09-01/2024-09-05: 2024-09-01/2024-09-05" },
    { "Wed Oct 26 15:50:06 2016", "Wed Oct 26 15:50:06 2016: 2016-10-26T15:50:06" },
    -- hours
    { "12 noon", "12 noon: 2024-08-22T12" }, { "at 0730", "0730: 2024-08-23T07:30" },
    { "at 07:30Z", "07:30Z: 2024-08-23T07:30Z" }, { "08:30 pm", "08:30 pm: 2024-08-22T20:30" },
    { "0900-1700", "0900-1700: 2024-08-22T09:00/2024-08-22T17:00" },
    { "at 6 sharp", "6 sharp: 2024-08-22T18" },
    { "10 to 11 in the morning", "10 to 11 in the morning: 2024-08-22T10:00/2024-08-22T11:00" },
    { "8 in the morning to 6 in the evening",
      "8 in the morning to 6 in the evening: 2024-08-22T08:00/2024-08-22T18:00" },
    { "ten to eleven", "ten to eleven: 2024-08-22T10:50" },
    { "Tuesday 10ish", "Tuesday 10ish: 2024-08-27T10" },
    { "three days ago at 6 in the morning", "three days ago at 6 in the morning: 2024-08-19T06" },
    -- stretches whose ends are hours of weekdays
    { "from Tuesday morning to Thursday evening",
      "Tuesday morning to Thursday evening: 2024-08-27TMO/2024-08-29TEV" },
    { "Tuesday 10am - Wednesday 4pm",
      "Tuesday 10am - Wednesday 4pm: 2024-08-27T10/2024-08-28T16" },
    { "from now until Friday", "from now until Friday: 2024-08-22/2024-08-23" },
    { "3 days from now", "3 days from now: 2024-08-25" },
    -- weeks, and days of a month on which there is work
    { "the week beginning Monday", "the week beginning Monday: 2024-W35" },
    { "the week ending September 8", "the week ending September 8: 2024-W36" },
    { "the week of the 9th", "the week of the 9th: 2024-W37" },
    { "the last working day of the month", "the last working day of the month: 2024-08-30" },
    { "first business day of October", "first business day of October: 2024-10-01" },
    -- lengths
    { "two-and-a-half hours", "two-and-a-half hours: PT2.5H" },
    { "three quarters of an hour", "three quarters of an hour: PT45M" },
    { "three quarters of a century", "three quarters of a century: P75Y" },
    { "a year and a half ago", "a year and a half ago: 2023-02" },
    { "in a year and a half", "in a year and a half: 2026-02" },
    -- the summer of '69, the nineties
    { "the summer of '69", "the summer of '69: 1969-SU" },
    { "in the late nineties", "the late nineties: 199X" }, { "AD 79", "AD 79: 0079" },
    { "since December", "since December: 2023-12/.." },
    -- again and again
    { "every Tuesday and Thursday at 10",
      "every Tuesday: XXXX-WXX-2; Thursday at 10: XXXX-WXX-4T10" },
    { "every year on 4 July", "every year on 4 July: XXXX-07-04" },
    { "each year in May", "each year in May: XXXX-05" },
    { "every 15th of the month", "every 15th of the month: XXXX-XX-15" },
    { "the 5th of every month", "the 5th of every month: XXXX-XX-05" },
    { "the first Monday of every month", "the first Monday of every month: P1M" },
    { "every summer", "every summer: XXXX-SU" }, { "every half hour", "every half hour: PT30M" },
    { "three times a day", "three times a day: P1D" },
    { "five times per year", "five times per year: P1Y" },
  },
  fr = {
    -- hours and lengths
    { "vers 18h", "18h: 2024-08-22T18" }, { "1 h 30 min", "1 h 30 min: PT1H30M" },
    { "à 1 h 30 min", "1 h 30 min: 2024-08-22T13:30" },
    { "à 14h30 pile", "14h30 pile: 2024-08-22T14:30" },
    { "sept heures du matin", "sept heures du matin: 2024-08-23T07" },
    { "vingt-quatre heures", "vingt-quatre heures: PT24H" },
    { "tous les matins à 7h", "tous les matins à 7h: XXXX-XX-XXT07" },
    -- beside a feast
    { "trois jours avant Noël", "trois jours avant Noël: 2024-12-22" },
    { "la veille de Noël", "la veille de Noël: 2024-12-24" },
    { "le lendemain du 13 mai", "le lendemain du 13 mai: 2024-05-14" },
    { "le dimanche avant Pâques", "le dimanche avant Pâques: 2025-04-13" },
    { "une semaine après mardi", "une semaine après mardi: 2024-09-03" },
    { "deux jours avant", "deux jours avant: 2024-08-20" },
    -- of the month, of the year
    { "le dernier vendredi du mois", "le dernier vendredi du mois: 2024-08-30" },
    { "le 15 du mois", "le 15 du mois: 2024-08-15" },
    { "d'ici la fin du mois", "d'ici la fin du mois: ../2024-08" },
    { "jusqu'à la fin du mois", "jusqu'à la fin du mois: ../2024-08" },
    { "la semaine du 9", "la semaine du 9: 2024-W37" },
    { "le premier semestre de l'année prochaine",
      "le premier semestre de l'année prochaine: 2025-H1" },
    { "T3 2024", "T3 2024: 2024-Q3" },
    { "le début des années 2000", "le début des années 2000: 200X" },
    { "fin de semaine", "fin de semaine: 2024-W34" },
    -- again and again
    { "deux fois par mois", "deux fois par mois: P1M" },
    { "le 5 de chaque mois", "le 5 de chaque mois: XXXX-XX-05" },
    { "chaque année le 14 juillet", "chaque année le 14 juillet: XXXX-07-14" },
    { "le premier lundi de chaque mois", "le premier lundi de chaque mois: P1M" },
    { "chaque été", "chaque été: XXXX-SU" },
    -- weekdays
    { "samedi dans deux semaines", "samedi dans deux semaines: 2024-09-07" },
    { "du mardi matin au jeudi soir", "mardi matin au jeudi soir: 2024-08-27TMO/2024-08-29TEV" },
    { "tard hier soir", "tard hier soir: 2024-08-21TEV" },
    { "au petit matin", "petit matin: 2024-08-22TMO" },
    { "les jours à venir", "les jours à venir: FUTURE_REF" },
  },
  ru = {
    -- hours
    { "полпервого", "полпервого: 2024-08-23T00:30" },
    { "в половине девятого вечера", "половине девятого вечера: 2024-08-22T20:30" },
    { "без двадцати девять", "без двадцати девять: 2024-08-22T20:40" },
    { "завтра без четверти семь", "завтра без четверти семь: 2024-08-23T06:45" },
    { "в пять минут шестого", "пять минут шестого: 2024-08-22T17:05" },
    { "в 2 часа ночи", "2 часа ночи: 2024-08-23T02" }, { "в 3 ночи", "3 ночи: 2024-08-23T03" },
    { "3 ночи", "3 ночи: P3D" }, { "в час дня", "час дня: 2024-08-22T13" },
    { "после 5 вечера", "после 5 вечера: 2024-08-22T17/.." },
    { "с 10 до 11 вечера", "с 10 до 11 вечера: 2024-08-22T22:00/2024-08-22T23:00" },
    { "к 20 часам", "к 20 часам: ../2024-08-22T20" }, { "примерно в 8 часов", "8 часов: T08" },
    -- of the month, of the year
    { "последняя пятница месяца", "последняя пятница месяца: 2024-08-30" },
    { "первый день следующего месяца", "первый день следующего месяца: 2024-09-01" },
    { "в будущем году", "будущем году: 2025" }, { "прошлым летом", "прошлым летом: 2023-SU" },
    { "в ближайшие дни", "в ближайшие дни: FUTURE_REF" },
    { "последние дни", "последние дни: PAST_REF" }, { "5-го числа", "5-го числа: 2024-09-05" },
    { "40-я неделя 2025 года", "40-я неделя 2025 года: 2025-W40" },
    { "в 3 квартале 2024 года", "3 квартале 2024 года: 2024-Q3" },
    { "3 квартала", "3 квартала: P9M" }, { "в III кв. 2024", "III кв. 2024: 2024-Q3" },
    { "в I полугодии 2024 г.", "I полугодии 2024 г.: 2024-H1" },
    { "500 год до н.э.", "500 год до н.э.: BC0500" }, { "5.09.24", "5.09.24: 2024-09-05" },
    { "пт 13.09", "пт 13.09: 2024-09-13" }, { "пт 18.30", "пт 18.30: 2024-08-23T18:30" },
    -- before and after
    { "через неделю после 5 мая", "неделю после 5 мая: 2024-05-12" },
    { "за неделю до 1 сентября", "неделю до 1 сентября: 2024-08-25" },
    { "через неделю во вторник", "через неделю во вторник: 2024-08-27" },
    { "в субботу через две недели", "субботу через две недели: 2024-09-07" },
    { "с завтрашнего дня", "с завтрашнего дня: 2024-08-23/.." },
    { "канун Нового года", "канун Нового года: 2024-12-31" },
    -- lengths
    { "двое суток", "двое суток: P2D" }, { "около месяца", "около месяца: P1M" },
    { "почти год", "почти год: P1Y" }, { "четверть века", "четверть века: P25Y" },
    { "через четверть часа", "через четверть часа: 2024-08-22T10:30" },
    { "полтора года назад", "полтора года назад: 2023-02" },
    -- again and again
    { "по вторникам и четвергам", "по вторникам: XXXX-WXX-2; четвергам: XXXX-WXX-4" },
    { "два раза в месяц", "два раза в месяц: P1M" }, { "трижды в день", "трижды в день: P1D" },
    { "5-го числа каждого месяца", "5-го числа каждого месяца: XXXX-XX-05" },
    { "каждый год 9 мая", "каждый год 9 мая: XXXX-05-09" }, { "по будням", "по будням: P1WD" },
    -- parts of a day
    { "рано утром", "рано утром: 2024-08-22TMO" },
    { "во второй половине дня", "второй половине дня: 2024-08-22TAF" },
    { "поздно вечером в пятницу", "поздно вечером в пятницу: 2024-08-23TEV" },
  },
  zh = {
    -- the ends of a month that is told
    { "9月底", "9月底: 2024-09" }, { "十月中旬", "十月中旬: 2024-10" }, { "2024年10月底", "2024年10月底: 2024-10" },
    { "下个月底", "下个月底: 2024-09" }, { "去年12月初", "去年12月初: 2023-12" }, { "10月中国代表团", "10月: 2024-10" },
    { "月底", "月底: 2024-08" }, { "本周初", "本周初: 2024-W34" }, { "2023年年底", "2023年年底: 2023" },
    -- up to a day, and days before it
    { "9月30日前", "9月30日前: ../2024-09-30" }, { "9月1日前后", "9月1日前后: 2024-09-01" },
    { "10月1日前夕", "10月1日: 2024-10-01" }, { "圣诞节前三天", "圣诞节前三天: 2024-12-22" },
    { "9月1日前一周", "9月1日前一周: 2024-08-25" }, { "5日前往北京", "5日: 2024-09-05" },
    { "日前", "日前: PAST_REF" },
    -- hours
    { "九点一刻", "九点一刻: 2024-08-22T21:15" }, { "差十分九点", "差十分九点: 2024-08-22T20:50" },
    { "三点差一刻", "三点差一刻: 2024-08-22T14:45" }, { "一刻钟后", "一刻钟后: 2024-08-22T10:30" },
    { "明天一早", "明天一早: 2024-08-23TMO" },
    -- months, quarters, years
    { "1-6月", "1-6月: 2025-01/2025-06" }, { "今年1至6月", "今年1至6月: 2024-01/2024-06" },
    { "三季度", "三季度: 2024-Q3" }, { "三个季度", "三个季度: P9M" }, { "前三季度", "前三季度: 2024-01/2024-09" },
    { "9/5", "9/5: 2024-09-05" }, { "公元前221年", "公元前221年: BC0221" }, { "公元前二世纪", "公元前二世纪: BC01" },
    { "90年代初", "90年代初: 199X" }, { "19世纪末", "19世纪末: 18" }, { "半年后", "半年后: 2025-02" },
    -- weekdays
    { "两周后的周六", "两周后的周六: 2024-09-07" }, { "周一至周五上午", "周一至周五上午: 2024-08-26/2024-08-30TMO" },
    { "9月13日（星期五）举行", "9月13日（星期五）: 2024-09-13" }, { "周末", "周末: 2024-W34-WE" },
    -- again and again, and of late
    { "每月5号", "每月5号: XXXX-XX-05" }, { "每年七月", "每年七月: XXXX-07" },
    { "每年10月1日", "每年10月1日: XXXX-10-01" }, { "每周一和周三", "每周一: XXXX-WXX-1; 周三: XXXX-WXX-3" },
    { "每周三次", "每周三次: P1W" }, { "每隔一天", "每隔一天: P2D" }, { "最近三个月", "最近三个月: 2024-05/2024-08" },
    { "未来两周", "未来两周: 2024-08-23/2024-09-05" }, { "近三年来", "近三年来: 2021/2024" },
    { "10月以来", "10月以来: 2023-10/.." }, { "自9月1日起", "自9月1日起: 2024-09-01/.." },
  },
  de = {
    -- hours
    { "halb neun", "halb neun: 2024-08-22T20:30" },
    { "Viertel nach fünf", "Viertel nach fünf: 2024-08-22T17:15" },
    { "fünf vor zwölf", "fünf vor zwölf: 2024-08-22T11:55" },
    { "um 14:30 Uhr", "14:30 Uhr: 2024-08-22T14:30" },
    { "eine Viertelstunde", "eine Viertelstunde: PT15M" },
    { "mittags", "mittags: 2024-08-22T12" },
    -- days, weeks, decades
    { "am 5.", "5: 2024-09-05" },
    { "der letzte Freitag des Monats", "der letzte Freitag des Monats: 2024-08-30" },
    { "Ende des Jahres", "Ende des Jahres: 2024" },
    { "die Woche vom 5. Mai", "die Woche vom 5. Mai: 2024-W18" },
    { "die 80er Jahre", "die 80er Jahre: 198X" },
    { "jeden Morgen", "jeden Morgen: XXXX-XX-XXTMO" }, { "montags", "montags: XXXX-WXX-1" },
    { "einmal pro Woche", "einmal pro Woche: P1W" },
  },
  es = {
    { "a las ocho y media", "ocho y media: T08:30" },
    { "a las nueve menos veinte", "nueve menos veinte: T08:40" },
    { "entre las 9 y las 11:30", "entre las 9 y las 11:30: 2024-08-22T09:00/2024-08-22T11:30" },
    { "el año pasado", "el año pasado: 2023" },
    { "a fines del próximo mes", "a fines del próximo mes: 2024-09" },
    { "el último viernes del mes", "el último viernes del mes: 2024-08-30" },
    { "cada mañana", "cada mañana: XXXX-XX-XXTMO" },
    { "una vez por semana", "una vez por semana: P1W" },
    { "la década de 1990", "la década de 1990: 199X" },
  },
  pt = {
    { "às 8 e meia", "8 e meia: 2024-08-22T20:30" },
    { "das 9h às 11h", "das 9h às 11h: 2024-08-22T09:00/2024-08-22T11:00" },
    { "entre as 9h e as 11h30", "entre as 9h e as 11h30: 2024-08-22T09:00/2024-08-22T11:30" },
    { "dia 5 às 10h", "dia 5 às 10h: 2024-09-05T10" },
    { "no final do ano", "no final do ano: 2024" },
    { "a última sexta-feira do mês", "a última sexta-feira do mês: 2024-08-30" },
    { "duas vezes por mês", "duas vezes por mês: P1M" },
  },
}
local reports = {
  en = {
    { "The Monday after Thanksgiving was quiet.", "The Monday after Thanksgiving: 2023-11-27" },
    { "The third Tuesday after Christmas 2014",
      "The third Tuesday after Christmas 2014: 2015-01-13" },
    { "He was held for two-and-a-half years.", "two-and-a-half years: P2.5Y" },
    { "They meet every year on 4 July.", "every year on 4 July: XXXX-07-04" },
    { "It ran from 2024-09-01/2024-09-05.", "2024-09-01/2024-09-05: 2024-09-01/2024-09-05" },
    { "She left at 12 noon.", "12 noon: 2024-08-22T12:00" },
  },
  fr = {
    { "Il est arrivé vers 18h.", "18h: 2024-08-22T18" },
    { "Trois jours avant Noël, il est parti.", "Trois jours avant Noël: 2023-12-22" },
    { "La réunion du T3 2024", "T3 2024: 2024-Q3" },
    { "le char T3 du 5 mai", "5 mai: 2024-05-05" },
    { "Il viendra d'ici la fin du mois.", "d'ici la fin du mois: ../2024-08" },
    { "Le 15 du mois, il partit.", "Le 15 du mois: 2024-08-15" },
  },
  ru = {
    { "Взрыв произошёл в 3 часа ночи.", "3 часа ночи: 2024-08-22T03" },
    { "Он прибыл в 7 утра в субботу.", "7 утра в субботу: 2024-08-17T07" },
    { "За неделю до 1 сентября школу открыли.", "неделю до 1 сентября: 2024-08-25" },
    { "В будущем году пройдут выборы.", "будущем году: 2025" },
    { "В 3 квартале 2024 года экспорт вырос.", "3 квартале 2024 года: 2024-Q3" },
    { "площадь 3 кв. м", "" }, { "последний день месяца", "последний день месяца: 2024-08-31" },
  },
  zh = {
    { "截至6月底，出口增长。", "截至6月底: ../2024-06" }, { "6月30日前完成", "6月30日前: ../2024-06-30" },
    { "9月底访问中国", "9月底: 2024-09" }, { "2024年1月1日前总统访问", "2024年1月1日: 2024-01-01" },
    { "1-6月，出口增长", "1-6月: 2024-01/2024-06" },
    { "2024年9月13日（星期五）", "2024年9月13日（星期五）: 2024-09-13" },
  },
  de = {
    { "Das Treffen begann um 14.30 Uhr.", "14.30 Uhr: 2024-08-22T14:30" },
    { "in den 1990er Jahren", "den 1990er Jahren: 199X" },
    { "Ende des Jahres", "Ende des Jahres: 2024" },
  },
  es = {
    { "El año pasado viajó.", "El año pasado: 2023" },
  },
  pt = {
    { "no final do ano", "no final do ano: 2024" },
  },
}

local function agree (list, date)
  for lang, cases in pairs(list) do
    for _, case in ipairs(cases) do
      c:equal(told(case[1], lang, date), case[2], lang .. ": " .. case[1])
    end
  end
end
agree(utterances, "2024-08-22T10:15")
agree(reports, "2024-08-22")

-- Hours with a point, where a word beside them tells that they are hours.
agree({
  ru = {
    { "Заседание началось во вторник в 12.30.", "вторник в 12.30: 2024-08-20T12:30" },
    { "В 11.00 мск состоится брифинг.", "11.00 мск: 2024-08-22T11:00" },
    { "С 10.00 до 18.30 будет открыта выставка.",
      "10.00 до 18.30: 2024-08-22T10:00/2024-08-22T18:30" },
    { "12 мая в 10.10 он вышел.", "12 мая в 10.10: 2024-05-12T10:10" },
    { "Показатель вырос в 2.50 раза.", "" }, { "Доля выросла до 12.30 процента.", "" },
  },
  es = {
    { "Empezó a las 12.30 en el palacio.", "12.30: 2024-08-22T12:30" },
    { "Empezó a las 10.15 horas.", "10.15 horas: 2024-08-22T10:15" },
    { "La tasa pasó de 10.25 a 12.30 por ciento.", "" },
  },
  pt = { { "A reunião começou às 12.30 no palácio.", "12.30: 2024-08-22T12:30" } },
  de = {
    { "Die Sitzung begann um 12.30 im Saal.", "12.30: 2024-08-22T12:30" },
    { "Der Anteil sank um 12.30 Prozent.", "" },
  },
  fr = {
    { "La séance a commencé à 12.30 dans la salle.", "12.30: 2024-08-22T12:30" },
    { "Le taux est passé à 12.30 %.", "" },
  },
  en = {
    { "It began at 12.30 GMT.", "12.30 GMT: 2024-08-22T12:30Z" },
    { "It began at 12.30 local time on Monday.", "12.30 local time on Monday: 2024-08-19T12:30" },
    { "The rand was trading at 18.45 to the dollar.", "" }, { "It was 25.30 GMT.", "" },
  },
}, "2024-08-22")

-- Nothing is read anew from each of many.
for lang, parts in pairs {
  en = { "every Tuesday and ", "13-Sep-", "three quarters of an ", "10 to 11 in ",
    "the day after " },
  ru = { "в 11.30 ", "с 10.00 до ", "без пяти ", "половина ",
    "5-го числа каждого ", "за неделю до ", "последний день " },
  zh = { "9月底", "差一刻", "1-6", "九点差", "前三天" }, de = { "fünf vor ", "halb " },
} do
  for _, part in ipairs(parts) do
    c:ok(#dates.all(part:rep(30000 // #part), lang, "2024-08-22") >= 0, "many of " .. part)
    c:ok(#dates.all(part:rep(590 // #part), lang, "2024-08-22T10:15") >= 0, "some of " .. part)
  end
end

c:finish()
