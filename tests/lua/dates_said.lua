-- What is said in messages of days, hours and lengths, and notes of times of the day in reports,
-- a phenomenon a block. An utterance is dated to the minute: Tuesday, 12 February 2013, 04:30.
local check = require "lesdiplo.util.check"
local dates = lesdiplo.grammar.dates
local c = check.new()

-- The dates of a text, as they are written, before a colon.
local function told (text, lang, date)
  local out = {}
  for _, row in ipairs(dates.all(text, lang, date or "2013-02-12T04:30")) do
    out[#out + 1] = text:sub(row.first, row.last) .. ": " .. row.value
  end
  return table.concat(out, "; ")
end

local utterances = {
  en = {
    -- the end of a stretch tells what its beginning is
    { "this Fri 8-10am", "this Fri 8-10am: 2013-02-15T08:00/2013-02-15T10:00" },
    { "I am free 6-8 next Monday", "6-8 next Monday: 2013-02-18T06:00/2013-02-18T08:00" },
    { "3-5 tomorrow", "3-5 tomorrow: 2013-02-13T03:00/2013-02-13T05:00" },
    { "7 - 8", "7 - 8: 2013-02-12T07:00/2013-02-12T08:00" },
    { "16 - 3", "16 - 3: 2013-03-16" }, { "3-16", "3-16: 2013-03-16" },
    { "between 8 and 10 last night",
      "between 8 and 10 last night: 2013-02-11T20:00/2013-02-11T22:00" },
    { "ring next month between 1:40 to 2pm",
      "next month: 2013-03; between 1:40 to 2pm: T13:40/T14:00" },
    { "Regatta - 4pm - this week", "4pm: T16; this week: 2013-W07" },
    -- what makes a number an hour
    { "at 1115", "1115: 2013-02-12T11:15" },
    { "We will go 10, tonight", "10, tonight: 2013-02-12T22" },
    { "212 this afternoon", "this afternoon: 2013-02-12TAF" },
    { "Rates were at 6.45 percent", "" }, { "Meet me at 6.45", "6.45: T06:45" },
    { "previous Monday by 2 in the afternoon",
      "previous Monday by 2 in the afternoon: ../2013-02-11T14" },
    -- short units, of which some are other words, too
    { "2d 3 h 10m ago", "2d 3 h 10m ago: 2013-02-10T01:20" }, { "1 d 2 h", "1 d 2 h: P1DT2H" },
    { "in 2 mon", "in 2 mon: 2013-04" }, { "on mon", "mon: 2013-02-18" },
    { "2 m", "2 m: PT2M" }, { "We need 2 m of rope", "" },
    { "in 1/4 h", "in 1/4 h: 2013-02-12T04:45" },
    { '1"', '1": PT1S' }, { "2'", "2': PT2M" }, { "2' 30\"", "2' 30\": PT2M30S" },
    { 'in 1"', 'in 1": 2013-02-12T04:30:01' },
    -- lengths of several units
    { "next 3 weeks 2 days", "next 3 weeks 2 days: 2013-02-13/2013-03-07" },
    { "for the last 2 months and 3 weeks",
      "the last 2 months and 3 weeks: 2012-11-21/2013-02-12" },
    { "They rowed the last 4 months and 3 days ago they left",
      "the last 4 months: 2012-10/2013-02; 3 days ago: 2013-02-09" },
    -- days on which there is work
    { "the previous 4 business days", "the previous 4 business days: 2013-02-06/2013-02-12" },
    { "in 4 business days", "in 4 business days: 2013-02-18" },
    { "10 working days ago", "10 working days ago: 2013-01-29" },
    -- steps from tomorrow, and from now
    { "3 day after tomorrow", "3 day after tomorrow: 2013-02-16" },
    { "1 day before yesterday", "1 day before yesterday: 2013-02-10" },
    { "at 2 the day after tomorrow", "2 the day after tomorrow: 2013-02-14T02" },
    { "a report of the min before", "the min before: 2013-02-12T04:29" },
    { "the hour after", "the hour after: 2013-02-12T05:30" },
    -- the unit that is at hand
    { "I am off for the day", "the day: 2013-02-12" }, { "The day he left", "" },
    { "sales in the week 27", "week 27: 2013-W27" }, { "partner of the year.", "" },
    { "day after day", "" }, { "within the hour", "within the hour: 2013-02-12T05:30" },
    { "sunday in the early hours of the morning",
      "sunday in the early hours of the morning: 2013-02-17TMO" },
    -- a day that is named, and its date
    { "due next friday 5/12", "next friday 5/12: 2013-05-12" },
    { "this friday (feb-15) with", "this friday (feb-15): 2013-02-15" },
    { "this Friday-Feb-15 with", "this Friday-Feb-15: 2013-02-15" },
    { "tomorrow, 13/02/13, at 7 PM", "tomorrow, 13/02/13, at 7 PM: 2013-02-13T19" },
    { "next Monday 6-8", "next Monday 6-8: 2013-02-18T06:00/2013-02-18T08:00" },
    { "previous week - Monday", "previous week - Monday: 2013-02-04" },
    { "on Saturday 4 days from now", "Saturday 4 days from now: 2013-02-16" },
    { "next week on Monday 8 am or Friday 2 pm",
      "next week on Monday 8 am: 2013-02-18T08; Friday 2 pm: 2013-02-22T14" },
    { "That one Tuesday was good.", "Tuesday: 2013-02-12" },
    { "on the 25th Monday", "the 25th Monday: 2013-02-25" },
    { "halloween weekend 2021", "halloween weekend 2021: 2021-W43-WE" },
    { "easter two thousand nineteen", "easter two thousand nineteen: 2019-04-21" },
    -- days on which something is again and again, with its hour
    { "6am everyday", "6am everyday: XXXX-XX-XXT06" },
    { "daily at 9:30", "daily at 9:30: XXXX-XX-XXT09:30" },
    { "on Tuesday afternoons", "Tuesday afternoons: XXXX-WXX-2TAF" },
    { "8 pm on Mondays", "8 pm on Mondays: XXXX-WXX-1T20" }, { "Call me daily", "daily: P1D" },
    { "a call this or next week", "this: 2013-W07; next week: 2013-W08" },
    { "a call this week or next please?", "this week: 2013-W07; next: 2013-W08" },
    -- a date, its marks, and an hour
    { "04/29/2023.16:20", "04/29/2023.16:20: 2023-04-29T16:20" },
    { "04/29/2023:16:20", "04/29/2023:16:20: 2023-04-29T16:20" },
    { "2023-04-29:16:20", "2023-04-29:16:20: 2023-04-29T16:20" },
    { "27. 11.22", "27. 11.22: 2022-11-27" },
    { "29 . 08 . 23 11.11", "29 . 08 . 23 11.11: 2023-08-29T11:11" },
    { "back in September-2020-23.", "September-2020-23: 2020-09-23" },
    -- what is no date
    { "32 July 2015", "" }, { "July 32, 2015", "" },
    { "31 August 2014", "31 August 2014: 2014-08-31" },
    { "call 650-650-6500", "" }, { "Our number is 321-21-4321", "" },
    { "bought for $ 12 December 27", "December 27: 2013-12-27" },
    { "In dec $DEC rises", "dec: 2013-12" },
    { "Our 24th contest", "" }, { "on the 24th we left", "the 24th: 2013-02-24" },
    { "June 6th, 7th, or 8th for an hour",
      "June 6th: 2013-06-06; 7th: 2013-06-07; 8th: 2013-06-08; an hour: PT1H" },
    -- from an hour or a day on for some length
    { "from 8 for 1.5 hrs", "8 for 1.5 hrs: 2013-02-12T08:00/2013-02-12T09:30" },
    { "On air for 2 hours from 9 am", "2 hours from 9 am: T09:00/T11:00" },
    { "see me at 3pm for 1 hr", "3pm: T15; 1 hr: PT1H" },
    { "a day starting this Thursday at 6 pm",
      "a day starting this Thursday at 6 pm: 2013-02-14T18:00/2013-02-15T18:00" },
    { "4 days starting from next Tuesday",
      "4 days starting from next Tuesday: 2013-02-19/2013-02-22" },
    { "off for 1 week, from 20th dec", "1 week, from 20th dec: 2013-12-20/2013-12-26" },
    { "3 days from today", "3 days from today: 2013-02-15" },
    { "on May/22(Wed)-11:30 AM PT", "May/22(Wed)-11:30 AM PT: 2013-05-22T11:30" },
    -- zones, with an offset where they have one alone
    { "13:00 GMT - 17:00 GMT",
      "13:00 GMT - 17:00 GMT: 2013-02-12T13:00Z/2013-02-12T17:00Z" },
    { "11 am GMT -08:45", "11 am GMT -08:45: 2013-02-12T11-08:45" },
    { "between 3 and 5 pm EDT",
      "between 3 and 5 pm EDT: 2013-02-12T15:00-04:00/2013-02-12T17:00-04:00" },
    { "3pm EST", "3pm EST: 2013-02-12T15" }, { "3pm JST", "3pm JST: 2013-02-12T15+09:00" },
    { "9:45 JST today to 8:15 CEST tomorrow", "9:45 JST today to 8:15 CEST tomorrow: "
      .. "2013-02-12T09:45+09:00/2013-02-13T08:15+02:00" },
    { "2021-04-15 22:00 CT", "2021-04-15 22:00 CT: 2021-04-15T22:00" },
    { "on Thursday morning EST", "Thursday morning EST: 2013-02-14TMO" },
    -- days of the Jewish calendar that are put off for the Sabbath's sake
    { "yom haatzmaut 2021", "yom haatzmaut 2021: 2021-04-14" },
    { "yom hashoah 2021", "yom hashoah 2021: 2021-04-07" },
    { "tisha b'av 2019", "tisha b'av 2019: 2019-08-10" },
    { "rosh hashanah 2019", "rosh hashanah 2019: 2019-09-29/2019-10-01" },
    -- an hour has no day in it; a day that is said has noon to the minute
    { "3 minutes from today", "3 minutes: PT3M; today: 2013-02-12" },
    { "3 hours from now", "3 hours from now: 2013-02-12T07:30" },
    { "tomorrow at noon", "tomorrow at noon: 2013-02-13T12:00" }, { "noon", "noon: 2013-02-12T12" },
    { "See you around dinner", "around dinner: TMED" }, { "I had dinner with him", "" },
    { "done on 5.12", "5.12: 2013-05-12" }, { "sales in cy18", "cy18: 2018" },
    { "nextmonth", "nextmonth: 2013-03" },
    { "noon to 3", "noon to 3: 2013-02-12T12:00/2013-02-12T15:00" },
    { "2-3 weeks", "3 weeks: P3W" },
    -- a beginning without a year is before the end; ends of which none is before the other
    { "from March to date", "March to date: 2012-03/2013-02-12" },
    { "09:00:00 - 16/16", "09:00:00: 2013-02-12T09:00:00" }, { "February 20 - 30, 2022", "" },
  },
  ru = {
    { "завтра (13.02) в 19:00", "завтра (13.02) в 19:00: 2013-02-13T19:00" },
    { "в эту пятницу, 15.02", "эту пятницу, 15.02: 2013-02-15" },
    { "на выходных", "на выходных: 2013-W07-WE" },
    { "02.05. в 17 часов", "02.05. в 17 часов: 2013-05-02T17" },
    { "12 - 13.11.", "12 - 13.11.: 2013-11-12/2013-11-13" },
    { "12. - 13.11.19", "12. - 13.11.19: 2019-11-12/2019-11-13" },
    { "в 14:45 дня", "14:45 дня: 2013-02-12T14:45" },
    { "встреча в 15.10.", "15.10.: T15:10" },
    { "через 3 рабочих дня", "через 3 рабочих дня: 2013-02-15" },
    { "2003 года назад", "2003 года назад: 0010" }, { "1999 год", "1999 год: 1999" },
  },
  de = {
    { "am 15.10. um 12 Uhr", "15.10. um 12 Uhr: 2013-10-15T12" },
  },
  fr = {
    { "le 18 03", "18 03: 2013-03-18" }, { "2012 à 10:12", "2012: 2012; 10:12: T10:12" },
    { "tous les lundis matin", "tous les lundis matin: XXXX-WXX-1TMO" },
    { "le week-end de Pâques", "le week-end de Pâques: 2013-W13-WE" },
    { "jeudi quatorze à 15h", "jeudi quatorze à 15h: 2013-02-14T15" },
    { "à 4 heures pour 3 heures", "4 heures: T04; 3 heures: PT3H" },
    -- in the week is this one
    { "dans la semaine", "la semaine: 2013-W07" },
    { "dans l'heure", "dans l'heure: 2013-02-12T05:30" },
    { "Je serai absent la journée.", "la journée: 2013-02-12" },
    { "dans les années quatre-vingt-dix", "les années quatre-vingt-dix: 199X" },
    { "demain matin tôt", "demain matin tôt: 2013-02-13TMO" },
    { "dans 3 jours ouvrés", "dans 3 jours ouvrés: 2013-02-15" },
    { "Nous partons 11, ce soir", "11, ce soir: 2013-02-12T23" },
  },
}
utterances.zh = {
  -- names of feasts in both scripts, and in some of each; numbers that are a part of them
  { "排灯节", "排灯节: 2013-11-03" }, { "萬燈節", "萬燈節: 2013-11-03" },
  { "灑紅节", "灑紅节: 2013-03-27" }, { "十勝節", "十勝節: 2013-10-13" },
  { "2019年九夜节", "2019年九夜节: 2019-09-29/2019-10-07" },
  { "五旬节", "五旬节: 2013-05-19" }, { "五旬節", "五旬節: 2013-05-14/2013-05-15" },
  { "以色列獨立日", "以色列獨立日: 2013-04-15" }, { "总统日前会见", "日前: PAST_REF" },
  { "她从五月的最后一个星期二到九月一日不在", "五月的最后一个星期二到九月一日: 2013-05-28/2013-09-01" },
  { "7点15pm-10点pm", "7点15pm-10点pm: 2013-02-12T19:15/2013-02-12T22:00" },
}

for lang, list in pairs(utterances) do
  for _, case in ipairs(list) do c:equal(told(case[1], lang), case[2], lang .. ": " .. case[1]) end
end

local reports = {
  en = {
    { "closed Monday 7 to 9am", "Monday 7 to 9am: 2025-05-12T07:00/2025-05-12T09:00" },
    { "adopted by 5 to 3 votes", "" },
    { "between March and August of last year",
      "March and August of last year: 2024-03/2024-08" },
    { "from May 2 through the end of April of this year",
      "May 2 through the end of April of this year: 2024-05-02/2025-04" },
    { "between now and the end of June", "now and the end of June: 2025-05-14/2025-06" },
    { "A list of calls from yesterday to the end of July was found.",
      "yesterday to the end of July: 2025-05-13/2025-07" },
    { "A calendar from today to 3 February was printed.",
      "today to 3 February: 2025-05-14/2026-02-03" },
    { "He spoke on Monday to March families.", "Monday: 2025-05-12; March: 2025-03" },
    { "from fiscal year 2009 to 2021", "fiscal year 2009 to 2021: FY2009/FY2021" },
    { "late last month – April 25th", "late last month: 2025-04; April 25th: 2025-04-25" },
    -- a day or a month of a year that is told by a step
    { "in September last year", "September last year: 2024-09" },
    { "on the 15th of September last year", "the 15th of September last year: 2024-09-15" },
    { "since March 3rd of last year", "since March 3rd of last year: 2024-03-03/.." },
    { "from April to September next year", "April to September next year: 2026-04/2026-09" },
    -- a step that is said of a unit beside
    { "Growth will slow this year and next.", "this year: 2025; next: 2026" },
    { "this year and next steps", "this year: 2025" },
    { "in this and next year", "this: 2025; next year: 2026" },
    { "parallels between 2019 and 1919", "2019: 2019; 1919: 1919" },
    { "It starts this Friday, May 16th, at 8:30 a.m.",
      "this Friday, May 16th, at 8:30 a.m.: 2025-05-16T08:30" },
    { "They came for Memorial Day weekend 2024.",
      "Memorial Day weekend 2024: 2024-W21-WE" },
    { "Fri 9 May 1:29 PM - Fri 9 May 3:29 PM",
      "Fri 9 May 1:29 PM - Fri 9 May 3:29 PM: 2025-05-09T13:29/2025-05-09T15:29" },
  },
}
reports.de = {
  { "Sie trafen sich am 26. 10. 2021 in Berlin", "26. 10. 2021: 2021-10-26" },
  { "im September letzten Jahres", "September letzten Jahres: 2024-09" },
  { "vom 14.-15.10.2018 in Bern", "14.-15.10.2018: 2018-10-14/2018-10-15" },
}
reports.fr = {
  { "Il partira à midi.", "à midi: 2025-05-14T12:00" }, { "le Midi de la France", "" },
  { "dans la soirée du 15 février 2012",
    "dans la soirée du 15 février 2012: 2012-02-15TEV" },
  { "cette année et la prochaine.", "cette année: 2025; prochaine: 2026" },
}
reports.zh = {
  { "去年4月到9月", "去年4月到9月: 2024-04/2024-09" }, { "今明两年", "今明两年: 2025/2026" },
  { "下个月第一个周一", "下个月第一个周一: 2025-06-02" },
  { "一点五小时", "一点五小时: PT1.5H" }, { "两点五分", "两点五分: 2025-05-14T02:05" },
  { "三天两夜", "三天: P3D; 两夜: P2D" },
}
reports.pt = { { "em setembro do ano passado", "setembro do ano passado: 2024-09" } }
reports.es = {
  { "el 3 de septiembre del año pasado", "el 3 de septiembre del año pasado: 2024-09-03" },
  { "este año y el próximo.", "este año: 2025; el próximo: 2026" },
}
reports.ru = {
  { "в этом и в следующем году", "этом: 2025; следующем году: 2026" },
  { "в сентябре прошлого года", "сентябре прошлого года: 2024-09" },
  { "с апреля по сентябрь прошлого года", "апреля по сентябрь прошлого года: 2024-04/2024-09" },
  { "до конца года", "до конца года: ../2025" },
  { "к концу недели", "к концу недели: ../2025-W20" },
  { "по вторникам днем", "по вторникам днем: XXXX-WXX-2TAF" },
}
for lang, list in pairs(reports) do
  for _, case in ipairs(list) do
    c:equal(told(case[1], lang, "2025-05-14"), case[2], lang .. ": " .. case[1])
  end
end

c:finish()
